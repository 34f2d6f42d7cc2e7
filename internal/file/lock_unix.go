//go:build !windows

package file

import (
	"errors"
	"io"
	"os"
	"syscall"
)

// Lock keeps the file at path for this process until it is closed or the process
// ends, however it ends; the file is made when it is not there, and stays. It
// returns ErrLocked while another process keeps it.
func Lock(path string) (io.Closer, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	whole := syscall.Flock_t{Type: syscall.F_WRLCK, Whence: io.SeekStart}
	if err := syscall.FcntlFlock(f.Fd(), syscall.F_SETLK, &whole); err != nil {
		f.Close()
		if errors.Is(err, syscall.EAGAIN) || errors.Is(err, syscall.EACCES) {
			return nil, ErrLocked
		}
		return nil, err
	}
	return f, nil
}
