package desk_test

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/store"
)

// asOf is a desk over what was there at the end of a day.
func (o *office) asOf(day idea.Day) *desk.Desk {
	o.Helper()
	past, err := o.desk("Åsa").AsOf(o.Context(), day)
	o.must(err)
	o.Cleanup(func() { o.must(past.Leave()) })
	return past
}

// sql changes the database behind the program's back.
func (o *office) sql(query string) {
	o.Helper()
	db, err := sql.Open("sqlite", "file:"+o.db.Path()+"?mode=rw")
	o.must(err)
	_, err = db.ExecContext(o.Context(), query)
	o.must(err)
	o.must(db.Close())
}

func TestAsOfADay(t *testing.T) {
	o := newOffice(t)
	o.add(idea.Draft{Title: "Cyklar"})
	o.now = o.now.Add(24 * time.Hour)
	o.move("Bo", "dialogue")
	o.now = o.now.Add(24 * time.Hour)

	for day, want := range map[idea.Day][]idea.StageKey{"2026-11-24": nil, "2026-11-25": {"received"}, "2026-11-26": {"dialogue"}, "2026-11-27": {"dialogue"}} {
		var got []idea.StageKey
		past := o.asOf(day)
		for l, err := range past.Ideas(t.Context(), desk.Selection{}) {
			o.must(err)
			if _, err := past.Show(t.Context(), []int64{l.Number}, true); err != nil { // while the list is being read
				t.Fatal(err)
			}
			got = append(got, l.Stage)
		}
		if !slices.Equal(got, want) {
			t.Errorf("as of %s ideas are in %v", day, got)
		}
		if past.Today() != day {
			t.Errorf("as of %s it is %s", day, past.Today())
		}
	}
	coaches, err := o.asOf("2026-11-25").Coaches(t.Context())
	if err != nil || len(coaches) != 1 || coaches[0].Name != "Åsa" {
		t.Errorf("the coaches are %v (%v)", coaches, err)
	}
	_, err = o.desk("Åsa").AsOf(t.Context(), "2026-11-28")
	o.refused(err, idea.Usage, "2026-11-28 is not here yet")
	_, err = o.asOf("2026-11-25").Note(t.Context(), []int64{1}, "sent", "")
	o.refused(err, idea.Refused, "cannot be changed")
	if entries, err := os.ReadDir(filepath.Dir(o.db.Path())); err != nil || len(entries) > 3 {
		t.Errorf("the folder holds %v (%v)", entries, err)
	}
}

// What events lead through in between does not matter: only the first of them
// tells what was there before.
func TestAsOfBeforeTurns(t *testing.T) {
	o := newOffice(t)
	o.add(idea.Draft{Title: "Cyklar", Tags: []string{"trafik"}})
	for _, name := range []string{"Skola", "Gata"} {
		_, err := o.desk("Bo").AddUnit(t.Context(), name, idea.Department, "")
		o.must(err)
	}
	o.now = o.now.Add(24 * time.Hour)
	for _, tag := range []string{"-trafik", "trafik", "ny", "-ny"} {
		_, err := o.desk("Bo").Tag(t.Context(), []int64{1}, []string{tag})
		o.must(err)
	}
	for _, names := range [][2]string{{"Skola", "X"}, {"Gata", "Skola"}, {"X", "Gata"}} {
		_, err := o.desk("Bo").RenameUnit(t.Context(), names[0], names[1])
		o.must(err)
	}
	past := o.asOf("2026-11-25")
	cards, err := past.Show(t.Context(), []int64{1}, true)
	if err != nil || !slices.Equal(cards[0].Tags, []string{"trafik"}) {
		t.Errorf("the idea was %+v (%v)", cards, err)
	}
	units, err := past.Units(t.Context())
	o.must(err)
	for _, u := range units {
		if want := map[int64]string{1: "Skola", 2: "Gata"}[u.ID]; u.Name != want {
			t.Errorf("unit %d was called %s", u.ID, u.Name)
		}
	}
}

// A person who was erased since is there, and has no name.
func TestAsOfWithErasedPeople(t *testing.T) {
	o := newOffice(t)
	o.add(idea.Draft{Title: "Cyklar", Giver: idea.GiverDraft{Name: "Per Ek"}})
	o.add(idea.Draft{Title: "Sol", Giver: idea.GiverDraft{Name: "Eva Ås", Email: "eva@example.se"}})
	_, err := o.desk("Åsa").AddContact(t.Context(), map[idea.Field]string{idea.FieldName: "Ulf Lund"})
	o.must(err)
	o.now = o.now.Add(24 * time.Hour)
	_, err = o.desk("Bo").EditGiver(t.Context(), 1, map[idea.Field]string{idea.FieldName: "Per Eklund"})
	o.must(err)
	_, err = o.desk("Bo").RemoveContacts(t.Context(), []int64{1})
	o.must(err)
	o.sql(`UPDATE payload SET old = '', new = ''; UPDATE giver SET name = '', email = '', phone = ''`)

	givers, err := o.asOf("2026-11-25").Givers(t.Context(), "", true)
	if err != nil || len(givers) != 2 || givers[0].Name+givers[1].Name+givers[1].Email != "" {
		t.Errorf("the givers were %+v (%v)", givers, err)
	}
	contacts, err := o.asOf("2026-11-25").Contacts(t.Context(), desk.ContactSelection{People: true})
	if err != nil || len(contacts) != 1 || contacts[0].Name != "" {
		t.Errorf("the contacts were %+v (%v)", contacts, err)
	}
}

// Where much is taken back, indexes are made again: all of them, and whole.
func TestAsOfBeforeMuch(t *testing.T) {
	o := newOffice(t)
	imports := func(title string, ideas int) {
		_, err := o.desk("Åsa").Import(t.Context(), desk.ImportInput{}, func(yield func(desk.Incoming, error) bool) {
			for line := range ideas {
				if !yield(desk.Incoming{Line: line, Draft: &idea.Draft{Title: title}}, nil) {
					return
				}
			}
		})
		o.must(err)
	}
	imports("Cyklar", 100)
	o.now = o.now.Add(24 * time.Hour)
	imports("Tåg", 12_000)
	past, err := o.db.AsOf(t.Context(), o.now.Add(-time.Hour))
	o.must(err)
	path := o.db.Path() + "-past"
	o.must(errors.Join(past.Backup(t.Context(), path), past.Close()))
	if then, now := schema(o, path), schema(o, o.db.Path()); then != now {
		t.Errorf("the schema was\n%s\nand is\n%s", then, now)
	}
	then, err := store.Open(t.Context(), path)
	o.must(err)
	defer then.Close()
	if faults, err := then.Check(t.Context(), true); err != nil || len(faults) > 0 {
		t.Errorf("damage: %v, %v", faults, err)
	}
	ideas := 0
	for l, err := range desk.New(then, "Åsa", time.Now).Ideas(t.Context(), desk.Selection{}) {
		ideas++
		if err != nil || l.Title != "Cyklar" {
			t.Fatalf("idea %d was called %s (%v)", l.Number, l.Title, err)
		}
	}
	if ideas != 100 {
		t.Errorf("there were %d ideas", ideas)
	}
}

func schema(o *office, path string) (text string) {
	o.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?mode=rw")
	o.must(err)
	defer db.Close()
	o.must(db.QueryRowContext(o.Context(), "SELECT group_concat(sql, char(10)) FROM (SELECT sql FROM sqlite_schema ORDER BY type, name)").Scan(&text))
	return text
}
