//go:build !windows

package file

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/google/renameio/v2"
)

func replace(path, target string, mode fs.FileMode, write func(io.Writer) error) error {
	folder := filepath.Dir(target)
	f, err := renameio.NewPendingFile(target, renameio.WithTempDir(folder), renameio.WithPermissions(mode))
	if err != nil {
		return at(path, err)
	}
	defer f.Cleanup()
	if err := fill(path, f.File, write); err != nil {
		return err
	}
	if err := f.CloseAtomicallyReplace(); err != nil {
		return at(path, err)
	}
	return at(path, syncFolder(folder))
}

// fill keeps the file to its owner while it is written. The mode that it was
// made with, in which the umask has its part, comes back at the end. Where
// every file has the same mode, as on a memory stick, it stays.
func fill(path string, f *os.File, write func(io.Writer) error) error {
	info, err := f.Stat()
	if err != nil {
		return at(path, err)
	}
	mode := info.Mode().Perm()
	private := f.Chmod(mode&0o600) == nil
	if err := buffered(path, f, write); err != nil || !private {
		return err
	}
	return at(path, f.Chmod(mode))
}

// syncFolder makes the new name last. A folder that cannot be opened for
// reading, or a file system without the call, is left to the system.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if errors.Is(err, fs.ErrPermission) {
		return nil
	}
	if err != nil {
		return err
	}
	defer folder.Close()
	err = folder.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		return nil
	}
	return err
}
