package file

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

func replace(path, target string, _ fs.FileMode, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(target), ".sluss-*")
	if err != nil {
		return at(path, err)
	}
	defer os.Remove(f.Name())
	defer f.Close()
	if err := buffered(path, f, write); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return at(path, err)
	}
	if err := f.Close(); err != nil {
		return at(path, err)
	}
	return at(path, os.Rename(f.Name(), target))
}

// syncFolder does nothing: a folder cannot be synchronised here.
func syncFolder(string) error { return nil }
