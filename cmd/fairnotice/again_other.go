//go:build !unix

package main

func start(self string, args, environ []string) (int, error) { return beside(self, args, environ) }
