package main

import (
	"os"
	"slices"
	"strings"
)

// Some settings of the Go runtime are read when a process starts, and at no other time. For serve they are
//
//	GODEBUG=clobberfree=1       what the collector frees is overwritten at once, with it what readers sent
//	GODEBUG=asyncpreemptoff=1   no goroutine is interrupted by a signal: the system leaves the registers, which may just hold a piece
//	                            of a request, on a stack that nobody empties (found by TestServeForgets)
//	GOTRACEBACK=none            a crash prints no stacks: they hold the arguments of functions
//
// So the command starts itself again with them, once; what else GODEBUG says stays.
const (
	debugSettings = "asyncpreemptoff=1,clobberfree=1"
	traceSetting  = "none"
)

// needed gives the environment with which to start again; false where this process was started so.
func needed(environ []string) ([]string, bool) {
	godebug, traces := "", ""
	for _, e := range environ {
		name, value, _ := strings.Cut(e, "=")
		switch name {
		case "GODEBUG":
			godebug = value
		case "GOTRACEBACK":
			traces = value
		}
	}
	if traces == traceSetting && (godebug == debugSettings || strings.HasSuffix(godebug, ","+debugSettings)) {
		return nil, false
	}
	if godebug != "" {
		godebug += "," // of two settings of one thing the last holds
	}
	out := slices.DeleteFunc(slices.Clone(environ), func(e string) bool {
		return strings.HasPrefix(e, "GODEBUG=") || strings.HasPrefix(e, "GOTRACEBACK=")
	})
	return append(out, "GODEBUG="+godebug+debugSettings, "GOTRACEBACK="+traceSetting), true
}

// again starts this program again where its settings are not the needed ones. On systems that can, the new one takes the place of this
// process, and again returns only if that fails. Elsewhere it runs beside it, and its exit code is given; -1 says that nothing had to be done.
func again() (int, error) {
	environ, ok := needed(os.Environ())
	if !ok {
		return -1, nil
	}
	self, err := os.Executable()
	if err != nil {
		return -1, err
	}
	return start(self, os.Args, environ)
}

// closeMemory is seal, but in the test that reads a server's memory.
var closeMemory = seal
