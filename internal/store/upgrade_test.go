package store_test

import (
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sluss/internal/idea"
	"sluss/internal/store"
)

// version1 is a file that the first release of the program wrote, in a folder
// of its own.
func version1(t *testing.T) string {
	t.Helper()
	return madeBy(t, 1)
}

// madeBy is a file with a schema of an earlier version, as the program that had
// it wrote it, in a folder of its own.
func madeBy(t *testing.T, version int) string {
	t.Helper()
	packed, err := os.Open(fmt.Sprintf("testdata/version%d.db.gz", version))
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	plain, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	bytes, err := io.ReadAll(plain)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "sluss.db")
	if err := os.WriteFile(path, bytes, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

var upgradeTime = time.Date(2026, 11, 25, 9, 30, 5, 0, time.UTC)

func filesBeside(t *testing.T, path string) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// titles opens the file, which must be whole, and gives its ideas.
func titles(t *testing.T, path string) string {
	t.Helper()
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if faults, err := db.Check(t.Context(), true); err != nil || len(faults) > 0 {
		t.Fatalf("damage: %v, %v", faults, err)
	}
	var out []string
	err = db.View(t.Context(), func(tx *store.Tx) error {
		for _, number := range []int64{1, 2} {
			i, err := tx.Idea(number)
			if err != nil {
				return err
			}
			out = append(out, i.Title)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(out, ", ")
}

const oldTitles = "Solceller på skoltak, Cykelpool"

func TestUpgradeKeepsABackup(t *testing.T) {
	for version := 1; version < store.SchemaVersion; version++ {
		t.Run(fmt.Sprint(version), func(t *testing.T) { keepsABackup(t, version) })
	}
}

func keepsABackup(t *testing.T, version int) {
	path := madeBy(t, version)
	_, err := store.Open(t.Context(), path)
	if !store.Old(err) || idea.KindOf(err) != idea.Unusable {
		t.Fatalf("opening an old file gives %v", err)
	}
	done, err := store.Upgrade(t.Context(), path, upgradeTime)
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("sluss-v%d-20261125-093005.db", version)
	backup := filepath.Join(filepath.Dir(path), name)
	if done != (store.Upgraded{From: version, To: store.SchemaVersion, Backup: backup}) {
		t.Errorf("it did %+v", done)
	}
	if got := filesBeside(t, path); strings.Join(got, " ") != name+" sluss.db" {
		t.Errorf("the folder holds %v", got)
	}
	if info, err := os.Stat(backup); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the backup has the mode %v (%v)", info.Mode(), err)
	}
	if got := titles(t, path); got != oldTitles {
		t.Errorf("the ideas are %s", got)
	}
	if _, err := store.Open(t.Context(), backup); !store.Old(err) {
		t.Errorf("the backup opens with %v", err)
	}
	if again, err := store.Upgrade(t.Context(), path, upgradeTime); err != nil || again.Backup != "" || again.From != store.SchemaVersion {
		t.Errorf("a second upgrade does %+v (%v)", again, err)
	}
	if again, err := store.Upgrade(t.Context(), backup, upgradeTime); err != nil || again.Backup == "" || titles(t, backup) != oldTitles {
		t.Errorf("the upgrade of the backup does %+v (%v)", again, err)
	}
}

// upgraded is a file with a schema of an earlier version, upgraded and open.
func upgraded(t *testing.T, version int) *store.DB {
	t.Helper()
	path := madeBy(t, version)
	if _, err := store.Upgrade(t.Context(), path, upgradeTime); err != nil {
		t.Fatal(err)
	}
	return open(t, path)
}

// What a database of the third schema holds is all there in the newest.
func TestUpgradeKeepsSpreading(t *testing.T) {
	err := upgraded(t, 3).View(t.Context(), func(tx *store.Tx) error {
		spreads, err := tx.Spreads()
		if err != nil || len(spreads) != 1 || *spreads[0].Reach != 120 || spreads[0].Text != "Brev 4" || len(spreads[0].Stories) != 1 {
			t.Errorf("the tellings are %+v (%v)", spreads, err)
		}
		uptakes, err := tx.Uptakes()
		if err != nil || len(uptakes) != 1 || uptakes[0].Organisation != "Region Skåne" || uptakes[0].Story != spreads[0].Stories[0] {
			t.Errorf("the uptakes are %+v (%v)", uptakes, err)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// What a database of the second schema holds is all there in the newest.
func TestUpgradeKeepsStoriesAndMashups(t *testing.T) {
	err := upgraded(t, 2).View(t.Context(), func(tx *store.Tx) error {
		stories, err := tx.Stories()
		if err != nil || len(stories) != 2 || stories[0].Audience != idea.Municipalities || stories[0].Published != "2026-11-20" ||
			!strings.HasPrefix(stories[1].Versions[0].Published, "# Cykelpool\n") {
			t.Errorf("the stories are %+v (%v)", stories, err)
		}
		mashups, err := tx.Mashups()
		if err != nil || len(mashups) != 1 || mashups[0].Name != "Mashup 2027" {
			t.Errorf("the mashups are %+v (%v)", mashups, err)
		}
		outcomes, err := tx.MashupOutcomes(0)
		if err != nil || len(outcomes) != 1 || outcomes[0].Story != stories[0].ID {
			t.Errorf("the outcomes are %+v (%v)", outcomes, err)
		}
		spreads, err := tx.Spreads()
		if err != nil || len(spreads) > 0 {
			t.Errorf("the tellings are %+v (%v)", spreads, err)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestUpgradeWritesOverNoBackup(t *testing.T) {
	path := version1(t)
	taken := filepath.Join(filepath.Dir(path), "sluss-v1-20261125-093005.db")
	if err := os.WriteFile(taken, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	done, err := store.Upgrade(t.Context(), path, upgradeTime)
	if err != nil || filepath.Base(done.Backup) != "sluss-v1-20261125-093005-2.db" {
		t.Errorf("it did %+v (%v)", done, err)
	}
	if bytes, err := os.ReadFile(taken); err != nil || string(bytes) != "mine" {
		t.Errorf("the other file holds %q (%v)", bytes, err)
	}
}

func TestUpgradeOfADamagedFile(t *testing.T) {
	path := version1(t)
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	before, err := file.Stat()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.WriteAt(make([]byte, 4096), before.Size()-3*4096); err != nil {
		t.Fatal(err)
	}
	if done, err := store.Upgrade(t.Context(), path, upgradeTime); err == nil || idea.KindOf(err) != idea.Unusable {
		t.Errorf("it did %+v (%v)", done, err)
	}
	if _, err := store.Open(t.Context(), path); !store.Old(err) {
		t.Errorf("afterwards it opens with %v", err)
	}
	if got := filesBeside(t, path); len(got) != 1 {
		t.Errorf("the folder holds %v", got)
	}
}
