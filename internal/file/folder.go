package file

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
)

// Put writes one file of a folder. Its name is a path below the folder, with
// slashes.
type Put func(name string, write func(io.Writer) error) error

// ForeignError says that a folder holds what WriteFolder did not write.
type ForeignError struct {
	Path string // of the folder
	Name string // of a file or folder in it that is not ours
}

func (e *ForeignError) Error() string { return fmt.Sprintf("%s holds %s", e.Path, e.Name) }

// WriteFolder makes or replaces the folder at path with the files that fill puts.
// Readers see the old folder or the whole new one; if anything fails, the old one
// is as it was. The folder above must be there. A link stays a link.
//
// The file called list, in the folder, names the others with their SHA-256. It
// proves that a folder was written here: one that is not empty and holds anything
// that its list does not name is left alone, with a *ForeignError.
//
// Only the owner may look into a new folder. One that is there keeps who may use
// it, and its files follow.
//
// What is not ready lies beside the folder, in .NAME.sluss; what a run that was
// killed left there is put back or cleaned away by the next. While another process
// writes the same folder it returns ErrLocked. Its other errors are those of fill,
// or an *fs.PathError with path.
func WriteFolder(path, list string, fill func(Put) error) error {
	target, err := folderAt(path)
	if err != nil {
		return at(path, err)
	}
	w := workshop(filepath.Join(filepath.Dir(target), "."+filepath.Base(target)+".sluss"))
	leave, err := w.enter()
	if errors.Is(err, ErrLocked) {
		return err
	}
	if err != nil {
		return at(path, err)
	}
	defer leave()
	if err := w.recover(target); err != nil {
		return at(path, err)
	}
	mode, err := checkOurs(target, list)
	var foreign *ForeignError
	if errors.As(err, &foreign) {
		return &ForeignError{path, foreign.Name}
	}
	if err != nil {
		return at(path, err)
	}
	f := fresh{folder: w.fresh(), shown: path}
	if err := os.Mkdir(f.folder, 0o700); err != nil {
		return at(path, err)
	}
	if err := fill(f.put); err != nil {
		return err
	}
	if err := f.finish(list, mode); err != nil {
		return at(path, err)
	}
	return at(path, w.swap(target))
}

// folderAt is the absolute path of a folder, there or not, through links.
func folderAt(path string) (string, error) {
	if path == "" {
		return "", &fs.PathError{Op: "open", Path: path, Err: syscall.ENOENT}
	}
	target, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	if target, err = follow(target); err != nil {
		return "", err
	}
	if target == filepath.Dir(target) { // a root has nothing beside it
		return "", &fs.PathError{Op: "open", Path: path, Err: syscall.EBUSY}
	}
	return target, nil
}

// workshop is the folder beside another where its successor is made.
type workshop string

func (w workshop) lock() string  { return filepath.Join(string(w), "lock") }
func (w workshop) fresh() string { return filepath.Join(string(w), "new") }
func (w workshop) old() string   { return filepath.Join(string(w), "old") }

// enter keeps the workshop for this process. leave takes it away.
func (w workshop) enter() (leave func(), err error) {
	if err := os.Mkdir(string(w), 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	lock, err := Lock(w.lock())
	if errors.Is(err, fs.ErrNotExist) { // the process before took it away just now
		return nil, ErrLocked
	}
	if err != nil {
		return nil, err
	}
	if !isStillThere(lock, w.lock()) {
		lock.Close()
		return nil, ErrLocked
	}
	return func() {
		os.RemoveAll(w.fresh())
		os.RemoveAll(w.old())
		removed := os.Remove(w.lock()) == nil
		lock.Close()
		if !removed { // Windows keeps a file that is open
			os.Remove(w.lock())
		}
		os.Remove(string(w))
	}, nil
}

// isStillThere tells whether the file that was opened is the one that path names.
func isStillThere(opened io.Closer, path string) bool {
	f, ok := opened.(*os.File)
	if !ok || runtime.GOOS == "windows" { // where nobody can take away a file that is open
		return ok
	}
	mine, err := f.Stat()
	if err != nil {
		return false
	}
	named, err := os.Stat(path)
	return err == nil && os.SameFile(mine, named)
}

// recover puts back the folder that a killed run had taken from its place, and
// removes what that run had made.
func (w workshop) recover(target string) error {
	_, err := os.Lstat(target)
	if _, kept := os.Lstat(w.old()); errors.Is(err, fs.ErrNotExist) && kept == nil {
		if err := os.Rename(w.old(), target); err != nil {
			return err
		}
	}
	return errors.Join(os.RemoveAll(w.fresh()), os.RemoveAll(w.old()))
}

// swap puts the new folder in the place of the old one: in one step where the
// system can.
func (w workshop) swap(target string) error {
	_, err := os.Lstat(target)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		err = os.Rename(w.fresh(), target)
	case err == nil:
		if err = exchange(w.fresh(), target); errors.Is(err, errors.ErrUnsupported) {
			err = w.swapInTwo(target)
		}
	}
	if err != nil {
		return err
	}
	return syncFolder(filepath.Dir(target))
}

func (w workshop) swapInTwo(target string) error {
	if err := os.Rename(target, w.old()); err != nil {
		return err
	}
	err := os.Rename(w.fresh(), target)
	if err != nil {
		err = errors.Join(err, os.Rename(w.old(), target))
	}
	return err
}

// fresh is a folder that is being written.
type fresh struct {
	folder  string
	shown   string // what it is called in errors
	entries []entry
}

type entry struct{ name, sum string }

func (f *fresh) put(name string, write func(io.Writer) error) error {
	shown := filepath.Join(f.shown, filepath.FromSlash(name))
	if !filepath.IsLocal(filepath.FromSlash(name)) || path.Clean(name) != name {
		return &fs.PathError{Op: "open", Path: shown, Err: fs.ErrInvalid}
	}
	real := filepath.Join(f.folder, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(real), 0o700); err != nil {
		return at(shown, err)
	}
	out, err := os.OpenFile(real, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return at(shown, err)
	}
	defer out.Close()
	sum := sha256.New()
	if err := buffered(shown, io.MultiWriter(out, sum), write); err != nil {
		return err
	}
	if err := out.Sync(); err != nil {
		return at(shown, err)
	}
	f.entries = append(f.entries, entry{name, hex.EncodeToString(sum.Sum(nil))})
	return at(shown, out.Close())
}

// listHead is the first line of a list. The rest is as sha256sum -c reads it.
const listHead = "# Written by sluss. The next export replaces this folder whole."

// finish writes the list, opens the folder to those who may use it, and makes all
// of it last.
func (f *fresh) finish(list string, mode fs.FileMode) error {
	slices.SortFunc(f.entries, func(a, b entry) int { return strings.Compare(a.name, b.name) })
	lines := []string{listHead}
	for _, e := range f.entries {
		lines = append(lines, e.sum+"  "+e.name)
	}
	if err := f.put(list, func(w io.Writer) error {
		_, err := io.WriteString(w, strings.Join(lines, "\n")+"\n")
		return err
	}); err != nil {
		return err
	}
	var folders []string
	err := filepath.WalkDir(f.folder, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir():
			folders = append(folders, path)
			return os.Chmod(path, mode)
		}
		return os.Chmod(path, mode&0o666)
	})
	for _, folder := range slices.Backward(folders) {
		if err == nil {
			err = syncFolder(folder)
		}
	}
	return err
}

// checkOurs gives who may use the folder at path: its owner only if it is not
// there yet.
func checkOurs(path, list string) (fs.FileMode, error) {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return 0o700, nil
	}
	if err != nil {
		return 0, err
	}
	if !info.IsDir() {
		return 0, &fs.PathError{Op: "open", Path: path, Err: syscall.ENOTDIR}
	}
	mode := info.Mode().Perm() | 0o700
	ours, err := listed(filepath.Join(path, list))
	if err != nil {
		return 0, err
	}
	if ours != nil {
		ours[list] = true
	}
	return mode, filepath.WalkDir(path, func(file string, _ fs.DirEntry, err error) error {
		if err != nil || file == path {
			return err
		}
		name, err := filepath.Rel(path, file)
		if err == nil && !ours[filepath.ToSlash(name)] && !isDropped(filepath.Base(name)) {
			err = &ForeignError{path, filepath.ToSlash(name)}
		}
		return err
	})
}

// isDropped tells whether a system puts files of that name into any folder that
// somebody looks at.
func isDropped(name string) bool {
	return slices.Contains([]string{".DS_Store", "Thumbs.db", "desktop.ini"}, name)
}

// listed is the files that a list names, and the folders in which they lie; nil
// without a list of ours.
func listed(file string) (map[string]bool, error) {
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) || err == nil && !bytes.HasPrefix(data, []byte(listHead+"\n")) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	names := map[string]bool{}
	const sum = 2 * sha256.Size
	lines := bufio.NewScanner(bytes.NewReader(data))
	for lines.Scan() {
		line := lines.Text()
		if len(line) < sum+3 || line[0] == '#' {
			continue
		}
		for name := line[sum+2:]; name != "." && name != "/"; name = path.Dir(name) {
			names[name] = true
		}
	}
	return names, lines.Err()
}

// FolderSum is the SHA-256 of the list of a folder that WriteFolder wrote, which
// tells it from any with other contents, and the bytes of all its files.
func FolderSum(folder, list string) (hash string, size int64, err error) {
	data, err := os.ReadFile(filepath.Join(folder, list))
	if err != nil {
		return "", 0, err
	}
	sum := sha256.Sum256(data)
	err = filepath.WalkDir(folder, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			size += info.Size()
		}
		return err
	})
	return hex.EncodeToString(sum[:]), size, err
}

// HoldsListed tells whether a folder holds just the files of a list with a
// SHA-256, and each as it was written.
func HoldsListed(folder, list, hash string) bool {
	got, _, err := FolderSum(folder, list)
	if err != nil || got != hash {
		return false
	}
	if _, err := checkOurs(folder, list); err != nil {
		return false
	}
	data, err := os.ReadFile(filepath.Join(folder, list))
	if err != nil {
		return false
	}
	for line := range strings.Lines(string(data)) {
		sum, name, isFile := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		if !isFile {
			continue
		}
		if got, err := sumOf(filepath.Join(folder, filepath.FromSlash(name))); err != nil || got != sum {
			return false
		}
	}
	return true
}

func sumOf(path string) (string, error) {
	in, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer in.Close()
	sum := sha256.New()
	_, err = io.Copy(sum, in)
	return hex.EncodeToString(sum.Sum(nil)), err
}

// CopyFolder puts the files of a folder that WriteFolder wrote, all but its list.
func CopyFolder(folder, list string, put Put) error {
	return filepath.WalkDir(folder, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(folder, file)
		if err != nil || name == list {
			return err
		}
		in, err := os.Open(file)
		if err != nil {
			return err
		}
		defer in.Close()
		return put(filepath.ToSlash(name), func(w io.Writer) error {
			_, err := io.Copy(w, in)
			return err
		})
	})
}
