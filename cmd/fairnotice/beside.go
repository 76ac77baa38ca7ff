package main

import (
	"errors"
	"os"
	"os/exec"
	"os/signal"
)

// beside runs a program in place of this one on systems where a process cannot become another: it has the same streams and console, so
// that Ctrl and C reaches it, and this one only waits for its end.
func beside(self string, args, environ []string) (int, error) {
	c := exec.Command(self, args[1:]...)
	c.Args[0] = args[0]
	c.Env = environ
	c.Stdin, c.Stdout, c.Stderr = os.Stdin, os.Stdout, os.Stderr
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt) // it is the other that stops
	defer signal.Stop(signals)
	err := c.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode(), nil
	}
	return 0, err
}
