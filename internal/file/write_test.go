package file

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func text(s string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	}
}

func contents(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func names(t *testing.T, folder string) string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return strings.Join(all, " ")
}

func TestWriteMakesAndReplaces(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "idéer.csv")
	for _, want := range []string{"one", "", strings.Repeat("å", 1<<20)} {
		if err := Write(path, 0o644, text(want)); err != nil {
			t.Fatal(err)
		}
		if got := contents(t, path); got != want {
			t.Fatalf("got %d bytes, want %d", len(got), len(want))
		}
	}
	if got := names(t, folder); got != "idéer.csv" {
		t.Errorf("the folder holds %q", got)
	}
}

func TestWriteLeavesTheOldFileWhenItFails(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "a.csv")
	if err := Write(path, 0o600, text("old")); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	err := Write(path, 0o600, func(w io.Writer) error {
		if _, err := io.WriteString(w, strings.Repeat("new", 100_000)); err != nil {
			return err
		}
		return broken
	})
	if err != broken {
		t.Errorf("got %v, want the error of write itself", err)
	}
	if got := contents(t, path); got != "old" {
		t.Errorf("the file holds %q", got[:min(len(got), 20)])
	}
	if got := names(t, folder); got != "a.csv" {
		t.Errorf("the folder holds %q", got)
	}
}

func TestWriteCleansUpAfterAPanic(t *testing.T) {
	folder := t.TempDir()
	func() {
		defer func() { _ = recover() }()
		_ = Write(filepath.Join(folder, "a.csv"), 0o600, func(io.Writer) error { panic("no") })
	}()
	if got := names(t, folder); got != "" {
		t.Errorf("the folder holds %q", got)
	}
}

func TestWriteNamesTheFileInErrors(t *testing.T) {
	folder := t.TempDir()
	for name, want := range map[string]error{
		filepath.Join(folder, "no", "a.csv"): fs.ErrNotExist,
		"":                                   fs.ErrNotExist,
	} {
		err := Write(name, 0o600, text("x"))
		var pathError *fs.PathError
		if !errors.Is(err, want) || !errors.As(err, &pathError) || pathError.Path != name {
			t.Errorf("Write(%q) gives %v", name, err)
		}
	}
	for _, name := range []string{folder, filepath.Join(folder, "new") + string(filepath.Separator)} {
		if err := Write(name, 0o600, text("x")); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("Write(%q) gives %v", name, err)
		}
	}
}
