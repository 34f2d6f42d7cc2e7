//go:build !windows

package file

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestWriteModes(t *testing.T) {
	old := syscall.Umask(0o027)
	defer syscall.Umask(old)
	for _, c := range []struct{ before, mode, want fs.FileMode }{
		{0, 0o600, 0o600},
		{0, 0o666, 0o640},
		{0o640, 0o600, 0o600},
		{0o600, 0o644, 0o600},
		{0o444, 0o600, 0o400},
	} {
		path := filepath.Join(t.TempDir(), "a.csv")
		if c.before != 0 {
			if err := os.WriteFile(path, nil, 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(path, c.before); err != nil {
				t.Fatal(err)
			}
		}
		if err := Write(path, c.mode, ownerOnly(t, filepath.Dir(path))); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != c.want {
			t.Errorf("%o over %o: got %o, want %o", c.mode, c.before, got, c.want)
		}
	}
}

// ownerOnly looks at the temporary file while it is being written.
func ownerOnly(t *testing.T, folder string) func(io.Writer) error {
	return func(w io.Writer) error {
		found, err := filepath.Glob(filepath.Join(folder, ".a.csv*"))
		if err != nil || len(found) != 1 {
			t.Errorf("temporary files: %v, %v", found, err)
			return err
		}
		info, err := os.Stat(found[0])
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("others may open the temporary file: %o", info.Mode().Perm())
		}
		return err
	}
}

func TestWriteKeepsLinks(t *testing.T) {
	folder := t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, "real"), 0o700); err != nil {
		t.Fatal(err)
	}
	link, second := filepath.Join(folder, "link"), filepath.Join(folder, "second")
	if err := errors.Join(os.Symlink("real/../real/a.csv", link), os.Symlink(link, second)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"the link led nowhere", "it leads to a file"} {
		if err := Write(second, 0o600, text(want)); err != nil {
			t.Fatal(err)
		}
		if got := contents(t, filepath.Join(folder, "real", "a.csv")); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	for _, l := range []string{link, second} {
		if info, err := os.Lstat(l); err != nil || info.Mode()&fs.ModeSymlink == 0 {
			t.Errorf("%s is no link any more (%v)", l, err)
		}
	}
	if got := names(t, folder) + " " + names(t, filepath.Join(folder, "real")); got != "link real second a.csv" {
		t.Errorf("the folders hold %q", got)
	}
}

func TestWriteRefusesALoop(t *testing.T) {
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(link, link); err != nil {
		t.Fatal(err)
	}
	if err := Write(link, 0o600, text("x")); !errors.Is(err, syscall.ELOOP) {
		t.Errorf("got %v", err)
	}
}

func TestWriteToAFullDisk(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("this system has no /dev/full")
	}
	err := Write("/dev/full", 0o600, text("x"))
	if !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "/dev/full") {
		t.Errorf("got %v", err)
	}
}

func TestWriteToAPipe(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- Write(path, 0o600, text("through")) }()
	if got := contents(t, path); got != "through" {
		t.Errorf("got %q", got)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode()&fs.ModeNamedPipe == 0 {
		t.Error("the pipe was replaced by a file")
	}
}

// TestWriteToStdout runs itself with a standard output that appends to a file,
// as `sluss export -o /dev/stdout >> file` has.
func TestWriteToStdout(t *testing.T) {
	if path := os.Getenv("FILE_TEST_WRITE"); path != "" {
		if err := Write(path, 0o600, text("new")); err != nil {
			t.Fatal(err)
		}
		os.Exit(0)
	}
	for _, path := range []string{"/dev/stdout", "/dev/fd/1"} {
		out := filepath.Join(t.TempDir(), "out")
		if err := os.WriteFile(out, []byte("old "), 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := os.OpenFile(out, os.O_WRONLY|os.O_APPEND, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		c := exec.Command(os.Args[0], "-test.run=^TestWriteToStdout$")
		c.Env = append(os.Environ(), "FILE_TEST_WRITE="+path)
		c.Stdout = f
		if err := c.Run(); err != nil {
			t.Fatal(err)
		}
		if got := contents(t, out); got != "old new" {
			t.Errorf("%s: got %q", path, got)
		}
	}
}

func TestWriteWhereNoFileMayBeMade(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may write everywhere")
	}
	folder := t.TempDir()
	if err := os.Chmod(folder, 0o500); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, "a.csv")
	if err := Write(path, 0o600, text("x")); !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), path+":") {
		t.Errorf("got %v", err)
	}
}
