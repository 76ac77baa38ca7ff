package main

import "syscall"

// seal closes the memory of this process: no image of it is written when it crashes, and no other process of the same user can read it.
// (An administrator still can.)
func seal() error {
	const setDumpable = 4 // PR_SET_DUMPABLE of linux/prctl.h
	if _, _, no := syscall.RawSyscall(syscall.SYS_PRCTL, setDumpable, 0, 0); no != 0 {
		return no
	}
	_ = noCore() // of a process that is closed none is written anyway; a service manager may forbid to set limits, and has set them
	return nil
}
