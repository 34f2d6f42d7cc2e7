package file

import (
	"bufio"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

const list = ".list"

// files fills a folder with texts by their names.
func files(texts map[string]string) func(Put) error {
	return func(put Put) error {
		for name, s := range texts {
			if err := put(name, text(s)); err != nil {
				return err
			}
		}
		return nil
	}
}

// tree is the files and folders below a folder, with slashes behind folders.
func tree(t *testing.T, folder string) string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		name, _ := filepath.Rel(folder, path)
		if name = filepath.ToSlash(name); d.IsDir() {
			name += "/"
		}
		all = append(all, name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(all[1:], " ")
}

func TestWriteFolderMakesAndReplaces(t *testing.T) {
	above := t.TempDir()
	folder := filepath.Join(above, "webb")
	for range 2 { // the same files give the same list
		if err := WriteFolder(folder, list, files(map[string]string{"a.html": "one", "sv/b.html": "två", "sv/pictures/c": ""})); err != nil {
			t.Fatal(err)
		}
		want := listHead + `
7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed  a.html
58cf254ae30fd5f104f2857183121e6c7eaf15480fce561440403b70a260ad5c  sv/b.html
e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  sv/pictures/c
`
		got := contents(t, filepath.Join(folder, list))
		if got != want {
			t.Errorf("the list is\n%s", got)
		}
		hash, size, err := FolderSum(folder, list)
		if err != nil || size != int64(len(got)+len("one")+len("två")) || !HoldsListed(folder, list, hash) {
			t.Errorf("%s, %d bytes, %v", hash, size, err)
		}
	}
	if got := tree(t, above); got != "webb/ webb/.list webb/a.html webb/sv/ webb/sv/b.html webb/sv/pictures/ webb/sv/pictures/c" {
		t.Errorf("there is %s", got)
	}
	if err := WriteFolder(folder+"/", list, files(map[string]string{"sv/b.html": "new"})); err != nil {
		t.Fatal(err)
	}
	if got := tree(t, above); got != "webb/ webb/.list webb/sv/ webb/sv/b.html" || contents(t, filepath.Join(folder, "sv", "b.html")) != "new" {
		t.Errorf("there is %s", got)
	}
}

func TestWriteFolderLeavesWhatIsNotOurs(t *testing.T) {
	for name, make := range map[string]func(folder string) error{
		"sv/notes.txt": func(folder string) error { return os.WriteFile(filepath.Join(folder, "sv", "notes.txt"), nil, 0o600) },
		".git":         func(folder string) error { return os.Mkdir(filepath.Join(folder, ".git"), 0o700) },
		".list":        func(folder string) error { return os.WriteFile(filepath.Join(folder, list), []byte("my own"), 0o600) },
	} {
		above := t.TempDir()
		folder := filepath.Join(above, "webb")
		if err := WriteFolder(folder, list, files(map[string]string{"sv/b.html": "old"})); err != nil {
			t.Fatal(err)
		}
		if err := make(folder); err != nil {
			t.Fatal(err)
		}
		before := tree(t, above)
		err := WriteFolder(folder, list, files(map[string]string{"sv/b.html": "new"}))
		var foreign *ForeignError
		if !errors.As(err, &foreign) || foreign.Path != folder || foreign.Name != name {
			t.Errorf("%s: got %v", name, err)
		}
		if got := tree(t, above); got != before || contents(t, filepath.Join(folder, "sv", "b.html")) != "old" {
			t.Errorf("%s: there is %s", name, got)
		}
	}
	folder := t.TempDir() // empty, and with what a system puts into any folder
	for range 2 {
		if err := os.WriteFile(filepath.Join(folder, ".DS_Store"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := WriteFolder(folder, list, files(map[string]string{"a": "x"})); err != nil || tree(t, folder) != ".list a" {
			t.Errorf("%v, %s", err, tree(t, folder))
		}
	}
}

func TestWriteFolderLeavesTheOldOneWhenItFails(t *testing.T) {
	above := t.TempDir()
	folder := filepath.Join(above, "webb")
	if err := WriteFolder(folder, list, files(map[string]string{"a": "old"})); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	for _, fill := range []func(Put) error{
		func(put Put) error { return errors.Join(put("a", text("new")), broken) },
		func(put Put) error { return errors.Join(put("../b", text("new")), broken) },
		func(put Put) error { return errors.Join(put("a", text("new")), put("a", text("again")), broken) },
	} {
		if err := WriteFolder(folder, list, fill); !errors.Is(err, broken) || strings.Contains(err.Error(), ".sluss") {
			t.Errorf("got %v", err)
		}
		if got := tree(t, above); got != "webb/ webb/.list webb/a" || contents(t, filepath.Join(folder, "a")) != "old" {
			t.Errorf("there is %s", got)
		}
	}
	for _, name := range []string{"../b", "/b", "a/../b", "", "."} {
		if err := WriteFolder(folder, list, func(put Put) error { return put(name, text("x")) }); err == nil {
			t.Errorf("a file is called %q", name)
		}
	}
	gone := filepath.Join(above, "no", "webb")
	var pathError *fs.PathError
	if err := WriteFolder(gone, list, files(nil)); !errors.Is(err, fs.ErrNotExist) || !errors.As(err, &pathError) || pathError.Path != gone {
		t.Errorf("got %v", err)
	}
	for _, path := range []string{"", filepath.Join(folder, "a"), filepath.VolumeName(above) + string(filepath.Separator)} {
		if err := WriteFolder(path, list, files(nil)); err == nil || tree(t, above) != "webb/ webb/.list webb/a" {
			t.Errorf("%q: got %v", path, err)
		}
	}
}

// TestWriteFolderAfterAKill begins where a run was killed.
func TestWriteFolderAfterAKill(t *testing.T) {
	above := t.TempDir()
	folder, w := filepath.Join(above, "webb"), workshop(filepath.Join(above, ".webb.sluss"))
	half := func() {
		t.Helper()
		if err := errors.Join(os.MkdirAll(filepath.Join(w.fresh(), "sv"), 0o700), os.WriteFile(filepath.Join(w.fresh(), "sv", "b"), nil, 0o600), os.WriteFile(w.lock(), nil, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	half()
	if err := WriteFolder(folder, list, files(map[string]string{"a": "old"})); err != nil || tree(t, above) != "webb/ webb/.list webb/a" {
		t.Errorf("%v, %s", err, tree(t, above))
	}
	half()
	if err := os.Rename(folder, w.old()); err != nil { // between the two steps of a swap
		t.Fatal(err)
	}
	broken := errors.New("broken")
	if err := WriteFolder(folder, list, func(Put) error { return broken }); err != broken || tree(t, above) != "webb/ webb/.list webb/a" {
		t.Errorf("%v, %s", err, tree(t, above))
	}
}

func TestSwapInTwoSteps(t *testing.T) {
	above := t.TempDir()
	folder, w := filepath.Join(above, "webb"), workshop(filepath.Join(above, "w"))
	make := func(path, name string) {
		t.Helper()
		if err := errors.Join(os.MkdirAll(path, 0o700), os.WriteFile(filepath.Join(path, name), nil, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	make(folder, "old")
	if err := os.Mkdir(string(w), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := w.swapInTwo(folder); !errors.Is(err, fs.ErrNotExist) || names(t, folder) != "old" { // there is no new one
		t.Errorf("%v, %s", err, names(t, folder))
	}
	make(w.fresh(), "new")
	if err := w.swapInTwo(folder); err != nil || names(t, folder) != "new" || names(t, w.old()) != "old" {
		t.Errorf("%v, %s", err, tree(t, above))
	}
}

// TestWriteFolderAlone runs itself as another process, which keeps the folder.
func TestWriteFolderAlone(t *testing.T) {
	if folder := os.Getenv("FILE_TEST_FOLDER"); folder != "" {
		err := WriteFolder(folder, list, func(Put) error {
			os.Stdout.WriteString("in\n")
			_, err := os.Stdin.Read(make([]byte, 1))
			return err
		})
		if err == nil {
			os.Exit(0)
		}
		os.Exit(1)
	}
	above := t.TempDir()
	folder := filepath.Join(above, "webb")
	c := exec.Command(os.Args[0], "-test.run=^TestWriteFolderAlone$")
	c.Env = append(os.Environ(), "FILE_TEST_FOLDER="+folder)
	in, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	if err := WriteFolder(folder, list, files(map[string]string{"a": "x"})); !errors.Is(err, ErrLocked) {
		t.Errorf("got %v", err)
	}
	if _, err := in.Write([]byte("x")); err != nil {
		t.Fatal(err)
	}
	if err := c.Wait(); err != nil {
		t.Error(err)
	}
	if err := WriteFolder(folder, list, files(map[string]string{"a": "x"})); err != nil || tree(t, above) != "webb/ webb/.list webb/a" {
		t.Errorf("%v, %s", err, tree(t, above))
	}
}

func TestWriteFolderKeepsWhoMayUseIt(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("modes are not kept here")
	}
	above := t.TempDir()
	real, link := filepath.Join(above, "real"), filepath.Join(above, "link")
	mode := func(path string) fs.FileMode {
		t.Helper()
		info, err := os.Lstat(path)
		if err != nil {
			t.Fatal(err)
		}
		return info.Mode()
	}
	write := func(path string) {
		t.Helper()
		if err := WriteFolder(path, list, files(map[string]string{"sv/a": "x"})); err != nil {
			t.Fatal(err)
		}
	}
	write(real)
	if mode(real).Perm() != 0o700 || mode(filepath.Join(real, "sv")).Perm() != 0o700 || mode(filepath.Join(real, "sv", "a")) != 0o600 {
		t.Error("others may look into it")
	}
	if err := errors.Join(os.Chmod(real, 0o755), os.Symlink("real", link)); err != nil {
		t.Fatal(err)
	}
	write(link)
	if mode(real).Perm() != 0o755 || mode(filepath.Join(real, "sv")).Perm() != 0o755 || mode(filepath.Join(real, "sv", "a")) != 0o644 || mode(filepath.Join(real, list)) != 0o644 {
		t.Error("it is not open any more")
	}
	if mode(link)&fs.ModeSymlink == 0 || names(t, above) != "link real" {
		t.Errorf("there is %s", names(t, above))
	}
}

func TestHoldsListedSeesEachChange(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "webb")
	for what, change := range map[string]func() error{
		"edited": func() error { return os.WriteFile(filepath.Join(folder, "a"), []byte("X"), 0o600) },
		"gone":   func() error { return os.Remove(filepath.Join(folder, "a")) },
		"more":   func() error { return os.WriteFile(filepath.Join(folder, "b"), nil, 0o600) },
	} {
		if err := os.RemoveAll(folder); err != nil {
			t.Fatal(err)
		}
		if err := WriteFolder(folder, list, files(map[string]string{"a": "x"})); err != nil {
			t.Fatal(err)
		}
		hash, _, err := FolderSum(folder, list)
		if err != nil || !HoldsListed(folder, list, hash) || HoldsListed(folder, list, "other") {
			t.Fatal(err)
		}
		if err := change(); err != nil {
			t.Fatal(err)
		}
		if HoldsListed(folder, list, hash) {
			t.Errorf("a file that is %s is not seen", what)
		}
	}
}

func TestCopyFolder(t *testing.T) {
	above := t.TempDir()
	from, to := filepath.Join(above, "from"), filepath.Join(above, "to")
	if err := WriteFolder(from, list, files(map[string]string{"sv/a": "x", "b": "y"})); err != nil {
		t.Fatal(err)
	}
	if err := WriteFolder(to, list, func(put Put) error { return CopyFolder(from, list, put) }); err != nil {
		t.Fatal(err)
	}
	if tree(t, to) != tree(t, from) || contents(t, filepath.Join(to, list)) != contents(t, filepath.Join(from, list)) || contents(t, filepath.Join(to, "sv", "a")) != "x" {
		t.Errorf("there is %s", tree(t, to))
	}
}
