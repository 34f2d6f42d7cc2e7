package picture

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sluss/internal/file"
	"sluss/internal/idea"
)

// Folder is the folder beside a database in which its pictures lie: sluss-pictures
// for sluss.db.
type Folder string

// FolderOf is the folder of the database at a path, wherever a link there leads.
func FolderOf(db string) Folder {
	if real, err := filepath.EvalSymlinks(db); err == nil {
		db = real
	}
	return Folder(strings.TrimSuffix(db, filepath.Ext(db)) + "-pictures")
}

// Path is where a picture lies.
func (f Folder) Path(name string) string { return filepath.Join(string(f), name) }

// Keep puts a picture into the folder, which only its owner can look into, and
// gives a function that takes it away again. A picture that is there already
// stays.
func (f Folder) Keep(name string, p Picture) (back func(), err error) {
	err = os.Mkdir(string(f), 0o700)
	made := err == nil
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	if _, err := os.Lstat(f.Path(name)); err == nil {
		return func() {}, nil
	}
	back = func() {
		os.Remove(f.Path(name))
		if made {
			os.Remove(string(f))
		}
	}
	err = file.Write(f.Path(name), 0o600, func(w io.Writer) error {
		_, err := w.Write(p.Data)
		return err
	})
	if err != nil {
		back()
		return nil, err
	}
	return back, nil
}

// Compare gives which of the names that should be there are not, and which files
// are there that none of them is, both sorted.
func (f Folder) Compare(names []string) (missing, unused []string, err error) {
	entries, err := os.ReadDir(string(f))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, err
	}
	gone := map[string]bool{}
	for _, name := range names {
		gone[name] = true
	}
	for _, e := range entries {
		if !gone[e.Name()] {
			unused = append(unused, e.Name())
		} else if e.Type().IsRegular() {
			gone[e.Name()] = false
		}
	}
	for name, is := range gone {
		if is {
			missing = append(missing, name)
		}
	}
	slices.Sort(missing)
	return missing, unused, nil
}

// Remove deletes a file of the folder.
func (f Folder) Remove(name string) error {
	if name != filepath.Base(name) {
		return idea.Errorf(idea.Refused, "%s is no file of %s", name, string(f))
	}
	return os.Remove(f.Path(name))
}
