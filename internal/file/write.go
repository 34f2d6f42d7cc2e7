// Package file writes files whole or not at all, and makes names for files out
// of what people wrote.
package file

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// Write makes or replaces the file at path with what write writes. Readers see
// the old file or the whole new one; if anything fails, the old file is as it
// was and nothing is left beside it. A link stays a link: the file that it
// leads to is replaced. The mode, less the umask, is the most that the file is
// open to: a stricter mode of an existing file is kept.
//
// A stream, such as /dev/stdout or a pipe, is written straight through.
//
// The errors are those of write, or an *fs.PathError with path.
func Write(path string, mode fs.FileMode, write func(io.Writer) error) error {
	target, err := follow(path)
	if err != nil {
		return at(path, err)
	}
	info, err := os.Stat(target)
	switch {
	case isStream(target), err == nil && !info.Mode().IsRegular():
		return stream(path, target, write)
	case err == nil:
		mode &= info.Mode().Perm()
	case !errors.Is(err, fs.ErrNotExist):
		return at(path, err)
	}
	return replace(path, target, mode.Perm(), write)
}

// follow is the name of the file that path leads to through links, there or
// not. It stops at a stream, whose links lead to no name.
func follow(path string) (string, error) {
	if path == "" {
		return "", &fs.PathError{Op: "open", Path: path, Err: syscall.ENOENT}
	}
	if os.IsPathSeparator(path[len(path)-1]) {
		return "", &fs.PathError{Op: "open", Path: path, Err: syscall.EISDIR}
	}
	const most = 40 // links, as in Linux
	for range most {
		info, err := os.Lstat(path)
		if isStream(path) || errors.Is(err, fs.ErrNotExist) {
			return path, nil
		}
		if err != nil {
			return "", err
		}
		if info.Mode()&fs.ModeSymlink == 0 {
			return path, nil
		}
		link, err := os.Readlink(path)
		if err != nil {
			return "", err
		}
		if !filepath.IsAbs(link) {
			link = filepath.Dir(path) + string(filepath.Separator) + link
		}
		path = link
	}
	return "", &fs.PathError{Op: "open", Path: path, Err: syscall.ELOOP}
}

func isStream(path string) bool {
	return path == "/dev/stdout" || path == "/dev/stderr" ||
		strings.HasPrefix(path, "/dev/fd/") || strings.HasPrefix(path, "/proc/self/fd/")
}

func stream(path, target string, write func(io.Writer) error) (err error) {
	if target == "/dev/stdout" {
		return buffered(path, os.Stdout, write)
	}
	// Appending does right by a stream that the shell opened on a file.
	f, err := os.OpenFile(target, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return at(path, err)
	}
	defer func() {
		if closing := f.Close(); err == nil {
			err = at(path, closing)
		}
	}()
	return buffered(path, f, write)
}

func buffered(path string, w io.Writer, write func(io.Writer) error) error {
	const size = 64 << 10
	b := bufio.NewWriterSize(named{w, path}, size)
	if err := write(b); err != nil {
		return err
	}
	return b.Flush()
}

// named is a writer whose errors name the file that the user asked for.
type named struct {
	io.Writer
	path string
}

func (n named) Write(p []byte) (int, error) {
	count, err := n.Writer.Write(p)
	return count, at(n.path, err)
}

// at makes an error of the operating system speak of path and not of a
// temporary name.
func at(path string, err error) error {
	var pathError *fs.PathError
	var linkError *os.LinkError
	switch {
	case errors.As(err, &pathError):
		return &fs.PathError{Op: pathError.Op, Path: path, Err: pathError.Err}
	case errors.As(err, &linkError):
		return &fs.PathError{Op: linkError.Op, Path: path, Err: linkError.Err}
	}
	return err
}
