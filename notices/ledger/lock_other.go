//go:build !darwin && !dragonfly && !freebsd && !linux && !netbsd && !openbsd && !windows

package ledger

import "errors"

// lockFile cannot keep a second writer out on this system, so nothing is written.
func lockFile(string) (func(), error) {
	return nil, errors.New("a ledger cannot be written on this system: it has no lock that keeps a second writer out")
}
