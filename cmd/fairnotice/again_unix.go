//go:build unix

package main

import "syscall"

func start(self string, args, environ []string) (int, error) {
	return -1, syscall.Exec(self, args, environ)
}
