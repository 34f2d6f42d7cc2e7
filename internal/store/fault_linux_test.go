package store_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluss/internal/idea"
	"sluss/internal/store"
)

// What cannot be read of a file that is mapped into memory is an error like any
// other, whoever reads it; and the database is left alone from then on.
func TestMappedFileThatIsCutOff(t *testing.T) {
	for name, read := range map[string]func(*store.Tx) error{
		"a row at a time": func(tx *store.Tx) error {
			return tx.Ideas(idea.Filter{}, idea.Order{}, store.Whole, func(idea.Idea) bool { return true })
		},
		"at once": func(tx *store.Tx) error {
			return tx.Lives(idea.Sought{Look: idea.Everything}, func(idea.Life) {})
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "sluss.db")
			if err := store.Create(t.Context(), path, idea.DefaultProcess()); err != nil {
				t.Fatal(err)
			}
			writer := open(t, path)
			for n := range 100 {
				add(t, writer, idea.Draft{Title: fmt.Sprint("Idea ", n), Kind: idea.Employee, Sections: map[idea.Section]string{idea.Need: strings.Repeat("long ", 800)}})
			}
			writer.Close() // which empties the WAL file
			db := open(t, path)
			err := db.Survey(t.Context(), func(tx *store.Tx) error {
				if _, err := tx.Idea(1); err != nil {
					t.Fatal(err)
				}
				if err := os.Truncate(path, 64<<10); err != nil {
					t.Fatal(err)
				}
				return read(tx)
			})
			wantKind(t, err, idea.Failure)
			if !strings.Contains(err.Error(), "could not be read") {
				t.Errorf("it says %v", err)
			}
			wantKind(t, db.View(t.Context(), read), idea.Failure)
			wantKind(t, db.Update(t.Context(), store.Stamp{Name: "note"}, read), idea.Failure)
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}
