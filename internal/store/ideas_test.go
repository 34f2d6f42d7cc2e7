package store_test

import (
	"path/filepath"
	"strings"
	"testing"

	"sluss/internal/idea"
	"sluss/internal/store"
)

// A row is fetched as one text: every column must come out in its own field.
func TestEveryColumnIsInItsField(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sluss.db")
	if err := store.Create(t.Context(), path, idea.DefaultProcess()); err != nil {
		t.Fatal(err)
	}
	db := open(t, path)
	add(t, db, idea.Draft{Title: "One", Kind: idea.Employee}, idea.Draft{Title: "Two", Kind: idea.Employee, Tags: []string{"b", "a"}, Giver: idea.GiverDraft{Name: "Per"}})
	columns := strings.Fields("title kind reason channel received due wake answered source external_id next_by type newness need whom solution value resources risks next")
	var set []string
	for _, c := range columns {
		set = append(set, c+" = '<"+c+">\n\t\x1f'")
	}
	run(t, shell(t, path), "UPDATE idea SET "+strings.Join(set, ", ")+", benefits = 'x y', merged_into = 1, stage_since = 1001, registered = -2 WHERE number = 2")
	is := func(column, got string) {
		t.Helper()
		if want := "<" + column + ">\n\t\x1f"; got != want {
			t.Errorf("%s is %q", column, got)
		}
	}
	err := db.View(t.Context(), func(tx *store.Tx) error {
		i, err := tx.Idea(2)
		for column, got := range map[string]string{"title": i.Title, "kind": string(i.Kind), "reason": string(i.Reason), "channel": string(i.Channel),
			"received": string(i.Received), "due": string(i.Due), "wake": string(i.Wake), "answered": string(i.Answered), "source": i.Source,
			"external_id": i.ExternalID, "next_by": string(i.NextBy), "type": string(i.Type), "newness": string(i.Newness)} {
			is(column, got)
		}
		for _, s := range idea.Sections() {
			is(string(s), i.Sections[s])
		}
		if i.Number != 2 || i.Stage != "received" || i.MergedInto != 1 || i.Registrar == 0 || i.StageSince.UnixMilli() != 1001 || i.Registered.UnixMilli() != -2 ||
			len(i.Tags) != 2 || len(i.Givers) != 1 || len(i.Benefits) != 2 {
			t.Errorf("the rest is %+v", i)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// What no command writes is told and not read wrongly.
func TestTextWithNUL(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sluss.db")
	if err := store.Create(t.Context(), path, idea.DefaultProcess()); err != nil {
		t.Fatal(err)
	}
	db := open(t, path)
	add(t, db, idea.Draft{Title: "One", Kind: idea.Employee})
	run(t, shell(t, path), "UPDATE idea SET need = 'a' || char(0) || 'b'")
	err := db.View(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Idea(1)
		return err
	})
	wantKind(t, err, idea.Unusable)
}

// Where many rows are read as one text it is told which of them it is.
func TestManyTextsWithNUL(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sluss.db")
	if err := store.Create(t.Context(), path, idea.DefaultProcess()); err != nil {
		t.Fatal(err)
	}
	db := open(t, path)
	for _, title := range []string{"One", "Two", "Three"} {
		add(t, db, idea.Draft{Title: title, Kind: idea.Employee})
	}
	run(t, shell(t, path), "UPDATE idea SET title = 'Tw' || char(0) || 'o' WHERE number = 2")
	err := db.View(t.Context(), func(tx *store.Tx) error {
		return tx.Lives(idea.Sought{Look: idea.LookIdeas | idea.LookTitles}, func(l idea.Life) {
			t.Errorf("idea %d is read", l.Number)
		})
	})
	wantKind(t, err, idea.Unusable)
	if !strings.Contains(err.Error(), "idea 2 ") {
		t.Errorf("it says %v", err)
	}
}
