package cmd_test

import (
	"os"
	"syscall"
)

// peak is the most memory that a process had, in KiB.
func peak(s *os.ProcessState) int64 {
	usage, _ := s.SysUsage().(*syscall.Rusage)
	return usage.Maxrss
}
