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

// Size is the width and height in pixels of a picture of the folder.
func (f Folder) Size(name string) (width, height int, err error) {
	in, err := f.open(name)
	if err != nil {
		return 0, 0, err
	}
	defer in.Close()
	head := make([]byte, headBytes)
	n, err := io.ReadFull(in, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return 0, 0, err
	}
	config, _, err := decodeConfig(head[:n])
	if err != nil {
		return 0, 0, notAPicture(f.Path(name), head[:n], err)
	}
	return config.Width, config.Height, nil
}

// headBytes holds what tells the size of a picture that was kept here.
const headBytes = 64 << 10

// Copy writes the file of a picture of the folder.
func (f Folder) Copy(w io.Writer, name string) error {
	in, err := f.open(name)
	if err != nil {
		return err
	}
	defer in.Close()
	_, err = io.Copy(w, in)
	return err
}

func (f Folder) open(name string) (*os.File, error) {
	if name != filepath.Base(name) {
		return nil, notOf(f, name)
	}
	return os.Open(f.Path(name))
}

func notOf(f Folder, name string) error {
	return idea.Errorf(idea.Refused, "%s is no file of %s", name, string(f))
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
		return notOf(f, name)
	}
	return os.Remove(f.Path(name))
}
