package store_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/store"
)

// twoStates is a database with one idea more than its backup.
func twoStates(t *testing.T) (path, backup string) {
	t.Helper()
	path = version1(t)
	backup = filepath.Join(t.TempDir(), "backup.db")
	if _, err := store.Upgrade(t.Context(), path, upgradeTime); err != nil {
		t.Fatal(err)
	}
	for _, name := range filesBeside(t, path) {
		if name != "sluss.db" {
			os.Remove(filepath.Join(filepath.Dir(path), name))
		}
	}
	db := open(t, path)
	defer db.Close()
	if err := db.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	retitle(t, db, "Efteråt")
	return path, backup
}

func retitle(t *testing.T, db *store.DB, title string) {
	t.Helper()
	d := desk.New(db, "Åsa", func() time.Time { return noon })
	if _, err := d.Edit(t.Context(), []int64{2}, desk.Edit{Fields: map[idea.Field]string{idea.FieldTitle: title}}); err != nil {
		t.Fatal(err)
	}
}

const keptName = "sluss-before-20261125-093005.db"

func TestRestoreKeepsWhatWas(t *testing.T) {
	path, backup := twoStates(t)
	if err := os.Chmod(path, 0o640); err != nil {
		t.Fatal(err)
	}
	done, err := store.Restore(t.Context(), backup, path, upgradeTime)
	kept := filepath.Join(filepath.Dir(path), keptName)
	if err != nil || done != (store.Restored{From: store.SchemaVersion, Kept: kept}) {
		t.Fatalf("it did %+v (%v)", done, err)
	}
	if got := titles(t, path); got != oldTitles {
		t.Errorf("the ideas are %s", got)
	}
	if got := titles(t, kept); got != "Solceller på skoltak, Efteråt" {
		t.Errorf("the ideas that were are %s", got)
	}
	if got := titles(t, backup); got != oldTitles {
		t.Errorf("the ideas of the backup are %s", got)
	}
	if got := strings.Join(filesBeside(t, path), " "); got != keptName+" sluss.db" {
		t.Errorf("the folder holds %s", got)
	}
	for name, mode := range map[string]os.FileMode{path: 0o640, kept: 0o600} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != mode {
			t.Errorf("%s has the mode %v (%v)", name, info.Mode(), err)
		}
	}
	retitle(t, open(t, path), "Igen")
}

// What a dead writer left beside the old file belongs to it alone.
func TestRestoreOverAFileWithUnfinishedBusiness(t *testing.T) {
	path, backup := twoStates(t)
	db := open(t, path)
	retitle(t, db, "I loggen")
	copies := map[string][]byte{}
	for _, ending := range []string{"", "-wal"} {
		content, err := os.ReadFile(path + ending)
		if err != nil || len(content) == 0 {
			t.Fatalf("%d bytes in %s (%v)", len(content), ending, err)
		}
		copies[ending] = content
	}
	dead := filepath.Join(t.TempDir(), "sluss.db")
	for ending, content := range copies {
		if err := os.WriteFile(dead+ending, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	done, err := store.Restore(t.Context(), backup, dead, upgradeTime)
	if err != nil {
		t.Fatal(err)
	}
	if got := titles(t, dead); got != oldTitles {
		t.Errorf("the ideas are %s", got)
	}
	if got := titles(t, done.Kept); got != "Solceller på skoltak, I loggen" {
		t.Errorf("the ideas that were are %s", got)
	}
}

func TestRestoreOfAnOldBackup(t *testing.T) {
	path, _ := twoStates(t)
	old := version1(t)
	before, err := os.ReadFile(old)
	if err != nil {
		t.Fatal(err)
	}
	done, err := store.Restore(t.Context(), old, path, upgradeTime)
	if err != nil || done.From != 1 {
		t.Fatalf("it did %+v (%v)", done, err)
	}
	if got := titles(t, path); got != oldTitles {
		t.Errorf("the ideas are %s", got)
	}
	if after, err := os.ReadFile(old); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the backup was changed (%v)", err)
	}
	fresh := filepath.Join(t.TempDir(), "ny.db")
	if done, err := store.Restore(t.Context(), old, fresh, upgradeTime); err != nil || done.Kept != "" || titles(t, fresh) != oldTitles {
		t.Errorf("to a new file it did %+v (%v)", done, err)
	}
}

func TestRestoreOverWhatIsNoDatabase(t *testing.T) {
	_, backup := twoStates(t)
	for name, content := range map[string]string{"empty": "", "text": "hej", "half": "SQLite format 3\x00 and no more"} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "sluss.db")
			for _, file := range []string{path, path + "-wal"} {
				if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			done, err := store.Restore(t.Context(), backup, path, upgradeTime)
			if err != nil {
				t.Fatal(err)
			}
			if got := titles(t, path); got != oldTitles {
				t.Errorf("the ideas are %s", got)
			}
			for _, ending := range []string{"", "-wal"} {
				if name == "half" && ending != "" {
					continue // SQLite itself throws such a log away
				}
				if kept, err := os.ReadFile(done.Kept + ending); err != nil || string(kept) != content {
					t.Errorf("what was kept in %s holds %d bytes (%v)", ending, len(kept), err)
				}
			}
		})
	}
}

func TestRestoreRefuses(t *testing.T) {
	path, backup := twoStates(t)
	damaged := filepath.Join(t.TempDir(), "damaged.db")
	content, err := os.ReadFile(backup)
	if err != nil {
		t.Fatal(err)
	}
	copy(content[len(content)-5*4096:], make([]byte, 4096))
	if err := os.WriteFile(damaged, content, 0o600); err != nil {
		t.Fatal(err)
	}
	text := filepath.Join(t.TempDir(), "text.txt")
	if err := os.WriteFile(text, []byte("hej, det här är ingen databas"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		backup string
		kind   idea.Kind
	}{
		"damaged": {damaged, idea.Unusable},
		"text":    {text, idea.Unusable},
		"missing": {filepath.Join(t.TempDir(), "no.db"), idea.NotFound},
		"itself":  {path, idea.Usage},
		"folder":  {filepath.Dir(text), idea.Unusable},
	} {
		if done, err := store.Restore(t.Context(), c.backup, path, upgradeTime); err == nil || idea.KindOf(err) != c.kind {
			t.Errorf("%s: it did %+v (%v)", name, done, err)
		}
	}
	others := filepath.Join(t.TempDir(), "others.db")
	if err := os.WriteFile(others, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	run(t, shell(t, others), "CREATE TABLE t (x)")
	if done, err := store.Restore(t.Context(), backup, others, upgradeTime); err == nil || idea.KindOf(err) != idea.Unusable || len(filesBeside(t, others)) != 1 {
		t.Errorf("over a database that is not ours it did %+v (%v)", done, err)
	}
	if got := titles(t, path); got != "Solceller på skoltak, Efteråt" {
		t.Errorf("the ideas are %s", got)
	}
	if got := filesBeside(t, path); len(got) != 1 {
		t.Errorf("the folder holds %v", got)
	}
}
