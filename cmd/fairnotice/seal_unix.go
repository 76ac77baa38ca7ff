//go:build unix

package main

import "syscall"

// noCore forbids an image of the memory after a crash.
func noCore() error {
	return syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{Cur: 0, Max: 0})
}
