package store_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/store"
)

var noon = time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)

// create makes a database in a folder of its own and opens it.
func create(t *testing.T) *store.DB {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sluss.db")
	if err := store.Create(t.Context(), path, idea.DefaultProcess()); err != nil {
		t.Fatal(err)
	}
	return open(t, path)
}

func open(t *testing.T, path string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// shell is the file as any other program with SQLite sees it.
func shell(t testing.TB, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?mode=rw&_pragma=busy_timeout(10000)")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func run(t *testing.T, db *sql.DB, query string, args ...any) {
	t.Helper()
	if _, err := db.ExecContext(t.Context(), query, args...); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

func seat(db *store.DB) *desk.Desk {
	return desk.New(db, "Åsa", func() time.Time { return noon })
}

func add(t *testing.T, db *store.DB, drafts ...idea.Draft) {
	t.Helper()
	for _, d := range drafts {
		if _, err := seat(db).Add(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
}

func wantKind(t *testing.T, err error, kind idea.Kind) {
	t.Helper()
	if err == nil || idea.KindOf(err) != kind {
		t.Errorf("got %v, of kind %d, not %d", err, idea.KindOf(err), kind)
	}
}

func TestCreate(t *testing.T) {
	for _, name := range []string{"sluss.db", "a b.db", "å ö#?.db", "50%41.db", "x?mode=memory&a=b.db", "-x.db", "a'b\".db", "rad\n2.db", "+.db"} {
		t.Run(name, func(t *testing.T) {
			folder := filepath.Join(t.TempDir(), "ny", "mapp")
			path := filepath.Join(folder, name)
			if err := store.Create(t.Context(), path, idea.DefaultProcess()); err != nil {
				t.Fatal(err)
			}
			db := open(t, path)
			add(t, db, idea.Draft{Title: "Cyklar"})
			files, err := os.ReadDir(folder)
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, f := range files {
				info, err := f.Info()
				if err != nil || info.Mode().Perm() != 0o600 {
					t.Errorf("%s has mode %v (%v)", f.Name(), info.Mode(), err)
				}
				names = append(names, f.Name())
			}
			if !slices.Equal(names, []string{name, name + "-shm", name + "-wal"}) {
				t.Errorf("the folder holds %q", names)
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			if left, _ := os.ReadDir(folder); len(left) != 1 {
				t.Errorf("after closing, the folder holds %v", left)
			}
			wantKind(t, store.Create(t.Context(), path, nil), idea.Refused)
			if info, err := os.Stat(folder); err != nil || info.Mode().Perm() != 0o700 {
				t.Errorf("the folder has mode %v (%v)", info.Mode(), err)
			}
		})
	}
}

func TestCreateLeavesNothing(t *testing.T) {
	folder := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	wantKind(t, store.Create(ctx, filepath.Join(folder, "a.db"), idea.DefaultProcess()), idea.Interrupted)
	link := filepath.Join(folder, "link.db")
	if err := os.Symlink(filepath.Join(folder, "nowhere"), link); err != nil {
		t.Fatal(err)
	}
	wantKind(t, store.Create(t.Context(), link, idea.DefaultProcess()), idea.Refused)
	if left, _ := os.ReadDir(folder); len(left) != 1 {
		t.Errorf("the folder holds %v", left)
	}
}

// What is no database of ours is refused, and not a byte of it is changed.
func TestOpenOfOtherFiles(t *testing.T) {
	whole := filepath.Join(t.TempDir(), "whole.db")
	if err := store.Create(t.Context(), whole, idea.DefaultProcess()); err != nil {
		t.Fatal(err)
	}
	image, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	header := func(offset int, value uint32) []byte {
		out := slices.Clone(image)
		binary.BigEndian.PutUint32(out[offset:], value) // sqlite.org/fileformat2.html, 1.3
		return out
	}
	const userVersion, applicationID = 60, 68
	for name, c := range map[string]struct {
		content []byte
		kind    idea.Kind
		says    string
	}{
		"empty":          {nil, idea.Unusable, "is empty"},
		"a text":         {[]byte("number;title\n1;Cyklar\n"), idea.Unusable, "not a sluss database"},
		"one byte":       {[]byte("S"), idea.Unusable, "not a sluss database"},
		"another's":      {header(applicationID, 0x0f055112), idea.Unusable, "not a sluss database"}, // Fossil
		"nobody's":       {header(applicationID, 0), idea.Unusable, "not a sluss database"},
		"newer":          {header(userVersion, store.SchemaVersion+1), idea.Unusable, "newer sluss"},
		"only a head":    {image[:16], idea.Unusable, ""},
		"cut off":        {image[:100], idea.Unusable, ""},
		"cut in the mid": {image[:len(image)/2], idea.Unusable, ""},
		"overwritten":    {slices.Concat(image[:100], bytes.Repeat([]byte{0xaa}, len(image)-100)), idea.Unusable, ""},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			path := filepath.Join(folder, "x.db")
			if err := os.WriteFile(path, c.content, 0o600); err != nil {
				t.Fatal(err)
			}
			db, err := store.Open(t.Context(), path)
			if err == nil { // only reading finds the damage
				_, err = seat(db).Show(t.Context(), []int64{1}, true)
				if kind := idea.KindOf(err); kind == idea.NotFound {
					_, err = db.Check(t.Context(), true)
				}
				db.Close()
			}
			wantKind(t, err, c.kind)
			if err != nil && !strings.Contains(err.Error(), c.says) {
				t.Errorf("it says %q, not %q", err, c.says)
			}
			if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, c.content) {
				t.Errorf("the file was changed (%v)", err)
			}
			if left, _ := os.ReadDir(folder); len(left) != 1 {
				t.Errorf("the folder holds %v", left)
			}
		})
	}
	folder := t.TempDir()
	_, err = store.Open(t.Context(), folder)
	wantKind(t, err, idea.Unusable)
	_, err = store.Open(t.Context(), filepath.Join(folder, "none.db"))
	wantKind(t, err, idea.NotFound)
	if left, _ := os.ReadDir(folder); len(left) != 0 {
		t.Errorf("opening made %v", left)
	}
}

// A program that is open while a newer one changes the schema writes nothing more.
func TestNewerSchemaWhileOpen(t *testing.T) {
	db := create(t)
	add(t, db, idea.Draft{Title: "Cyklar"})
	run(t, shell(t, db.Path()), fmt.Sprintf("PRAGMA user_version = %d", store.SchemaVersion+1))
	_, err := seat(db).Add(t.Context(), idea.Draft{Title: "Sol"})
	wantKind(t, err, idea.Unusable)
}

// The schema can be read and written by a plain SQLite: strict tables, no
// functions and no orders of our own.
func TestSchema(t *testing.T) {
	db := create(t)
	plain := shell(t, db.Path())
	rows, err := plain.QueryContext(t.Context(), "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'goose%'")
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		t.Errorf("%s is not strict", name)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		t.Fatal(err)
	}
	text := ""
	if err := plain.QueryRowContext(t.Context(), "SELECT group_concat(sql, char(10)) FROM sqlite_schema").Scan(&text); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(strings.ToUpper(text), "COLLATE") || strings.Contains(strings.ToUpper(text), "TRIGGER") {
		t.Errorf("the schema orders by something of our own, or works by itself:\n%s", text)
	}
	var mode string
	if err := plain.QueryRowContext(t.Context(), "PRAGMA journal_mode").Scan(&mode); err != nil || mode != "wal" {
		t.Errorf("the journal is %s (%v)", mode, err)
	}
	for _, bad := range []string{
		"INSERT INTO idea_tag (idea, tag) VALUES (99, 'x')",
		"INSERT INTO unit (name, kind, closed) VALUES ('x', 'y', 'not a number')",
		"INSERT INTO idea (title, kind, stage, stage_since, received, registered) VALUES ('', 'x', 'received', 0, '', 0)",
	} {
		if _, err := plain.ExecContext(t.Context(), "PRAGMA foreign_keys = 1; "+bad); err == nil {
			t.Errorf("this was let in: %s", bad)
		}
	}
}

func TestFiltersAndOrders(t *testing.T) {
	db := create(t)
	d := seat(db)
	for _, name := range []string{"Skola", "Vård"} {
		if _, err := d.AddUnit(t.Context(), name, idea.Administration, ""); err != nil {
			t.Fatal(err)
		}
	}
	add(t, db,
		idea.Draft{Title: "Ärtor", Received: "2026-11-01", Unit: "Skola", Tags: []string{"mat"}, Kind: idea.Employee, Due: "2026-12-24"},
		idea.Draft{Title: "Cyklar", Received: "2026-10-01", Coach: desk.None, Tags: []string{"trafik", "barn"}, Kind: idea.Resident},
		idea.Draft{Title: "Zebror", Received: "2026-11-20", Unit: "Vård", Tags: []string{"barn"}, Kind: idea.Employee, Sections: map[idea.Section]string{idea.Need: "övergångsställen"}},
		idea.Draft{Title: "Åkrar", Received: "2026-11-01", Stage: "closed", Reason: idea.Declined, Kind: idea.Company, Type: "service", Benefits: []idea.Benefit{"quality", "efficiency"}, Due: "2026-11-30"})
	compare := func(a, b string) int { return strings.Compare(a, b) }
	for name, c := range map[string]struct {
		s    desk.Selection
		want []int64
	}{
		"all":             {desk.Selection{}, []int64{1, 2, 3, 4}},
		"newest first":    {desk.Selection{Desc: true}, []int64{4, 3, 2, 1}},
		"open":            {desk.Selection{Open: true}, []int64{1, 2, 3}},
		"closed":          {desk.Selection{Stages: []string{"avslutad"}, Open: true}, []int64{4}},
		"two stages":      {desk.Selection{Stages: []string{"received", "closed"}}, []int64{1, 2, 3, 4}},
		"unit":            {desk.Selection{Units: []string{"skola"}}, []int64{1}},
		"units":           {desk.Selection{Units: []string{"Skola", "Vård"}}, []int64{1, 3}},
		"no unit":         {desk.Selection{Units: []string{"none"}}, []int64{2, 4}},
		"unit or none":    {desk.Selection{Units: []string{"ingen", "Vård"}}, []int64{2, 3, 4}},
		"type":            {desk.Selection{Types: []string{"tjänst"}}, []int64{4}},
		"type not known":  {desk.Selection{Types: []string{"none"}}, []int64{1, 2, 3}},
		"newness":         {desk.Selection{Newness: []string{"first", "none"}}, []int64{1, 2, 3, 4}},
		"value":           {desk.Selection{Benefits: []string{"effektivitet"}}, []int64{4}},
		"no value":        {desk.Selection{Benefits: []string{"none"}}, []int64{1, 2, 3}},
		"tag":             {desk.Selection{Tags: []string{"barn"}}, []int64{2, 3}},
		"tag, not tag":    {desk.Selection{Tags: []string{"barn", "-trafik"}}, []int64{3}},
		"without tag":     {desk.Selection{Tags: []string{"-barn"}}, []int64{1, 4}},
		"kind":            {desk.Selection{Kinds: []string{"medarbetare"}}, []int64{1, 3}},
		"kind and unit":   {desk.Selection{Kinds: []string{"employee"}, Units: []string{"Vård"}}, []int64{3}},
		"mine":            {desk.Selection{Coaches: []string{desk.Me}}, []int64{1, 3, 4}},
		"nobody's":        {desk.Selection{Coaches: []string{desk.None}}, []int64{2}},
		"mine or none":    {desk.Selection{Coaches: []string{desk.None, "Åsa"}}, []int64{1, 2, 3, 4}},
		"since":           {desk.Selection{Received: idea.Period{From: "2026-11-01"}}, []int64{1, 3, 4}},
		"until":           {desk.Selection{Received: idea.Period{To: "2026-11-01"}}, []int64{2}},
		"words":           {desk.Selection{Text: "ÖVERGÅNGS"}, []int64{3}},
		"no such words":   {desk.Selection{Text: "övergångs cyklar"}, nil},
		"numbers":         {desk.Selection{Numbers: []int64{3, 1, 99}}, []int64{1, 3}},
		"by received":     {desk.Selection{Sort: idea.ByReceived}, []int64{2, 1, 4, 3}},
		"latest received": {desk.Selection{Sort: idea.ByReceived, Desc: true}, []int64{3, 4, 1, 2}},
		"by due":          {desk.Selection{Sort: idea.ByDue}, []int64{4, 1, 2, 3}},
		"latest due":      {desk.Selection{Sort: idea.ByDue, Desc: true}, []int64{1, 4, 2, 3}},
		"by age":          {desk.Selection{Sort: idea.ByAge}, []int64{2, 1, 4, 3}},
		"by title":        {desk.Selection{Sort: idea.ByTitle}, []int64{2, 3, 1, 4}}, // in the order of bytes here
		"by unit":         {desk.Selection{Sort: idea.ByUnit, Desc: true}, []int64{3, 1, 2, 4}},
		"by stage":        {desk.Selection{Sort: idea.ByStage, Desc: true}, []int64{4, 1, 2, 3}},
		"two by title":    {desk.Selection{Sort: idea.ByTitle, Limit: 2}, []int64{2, 3}},
		"two":             {desk.Selection{Limit: 2, Desc: true}, []int64{4, 3}},
	} {
		c.s.Compare = compare
		var got []int64
		for l, err := range d.Ideas(t.Context(), c.s) {
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			got = append(got, l.Number)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, not %v", name, got, c.want)
		}
	}
}

// More numbers than SQLite takes values in one query are not too many for us.
func TestVeryManyNumbers(t *testing.T) {
	db := create(t)
	add(t, db, idea.Draft{Title: "Cyklar"})
	numbers := make([]int64, 100_000)
	for k := range numbers {
		numbers[k] = int64(k + 1)
	}
	count := 0
	for l, err := range seat(db).Ideas(t.Context(), desk.Selection{Numbers: numbers}) {
		if err != nil {
			t.Fatal(err)
		}
		count += int(l.Number)
	}
	if count != 1 {
		t.Errorf("%d ideas", count)
	}
}

// The index of words follows every change of a text.
func TestWordsFollow(t *testing.T) {
	db := create(t)
	d := seat(db)
	one := []int64{1}
	for _, step := range []struct {
		name string
		do   func() error
		hits map[string]int
	}{
		{"add", func() error {
			_, err := d.Add(t.Context(), idea.Draft{Title: "Cyklar", Note: "ringde", Sections: map[idea.Section]string{idea.Need: "trängsel"}})
			return err
		}, map[string]int{"cyklar": 1, "ringde": 1, "trängsel": 1}},
		{"edit", func() error {
			_, err := d.Edit(t.Context(), one, desk.Edit{Fields: map[idea.Field]string{idea.FieldTitle: "Bussar", idea.Field(idea.Need): "", idea.Field(idea.Next): "möte"}})
			return err
		}, map[string]int{"cyklar": 0, "bussar": 1, "trängsel": 0, "möte": 1, "ringde": 1}},
		{"note", func() error { _, err := d.Note(t.Context(), one, "mejlade", ""); return err }, map[string]int{"mejlade": 1, "ringde": 1}},
		{"move", func() error {
			_, err := d.Move(t.Context(), desk.MoveInput{Numbers: one, To: "dialogue", Why: "hemligt"})
			return err
		}, map[string]int{"bussar": 1, "hemligt": 0}},
		{"undo move", func() error { _, err := d.Undo(t.Context(), 0); return err }, map[string]int{"mejlade": 1}},
		{"undo note", func() error { _, err := d.Undo(t.Context(), 0); return err }, map[string]int{"mejlade": 0, "ringde": 1}},
		{"import", func() error {
			_, err := d.Import(t.Context(), desk.ImportInput{}, func(yield func(desk.Incoming, error) bool) {
				for line := range 1200 { // so many that the index is given more memory
					if !yield(desk.Incoming{Line: line, Draft: &idea.Draft{Title: "Parker", Note: fmt.Sprint("anteckning", line)}}, nil) {
						return
					}
				}
			})
			return err
		}, map[string]int{"parker": 1200, "anteckning1077": 1, "bussar": 1}},
		{"undo import", func() error { _, err := d.Undo(t.Context(), 0); return err }, map[string]int{"parker": 0, "anteckning1077": 0, "bussar": 1}},
		{"undo edit", func() error { _, err := d.Undo(t.Context(), 0); return err }, map[string]int{"cyklar": 1, "bussar": 0, "trängsel": 1}},
		{"undo add", func() error { _, err := d.Undo(t.Context(), 0); return err }, map[string]int{"cyklar": 0, "ringde": 0}},
	} {
		if err := step.do(); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		if faults, err := db.Check(t.Context(), true); err != nil || len(faults) > 0 {
			t.Fatalf("%s: %v %v", step.name, faults, err)
		}
		for word, want := range step.hits {
			hits, err := d.Search(t.Context(), word, 0)
			if err != nil || len(hits) != want {
				t.Errorf("%s: %q finds %d, not %d (%v)", step.name, word, len(hits), want, err)
			}
		}
	}
}

func TestSearchOrder(t *testing.T) {
	db := create(t)
	add(t, db, idea.Draft{Title: "Bussar", Note: "cyklar"}, idea.Draft{Title: "Bilar", Sections: map[idea.Section]string{idea.Risks: "cyklar"}}, idea.Draft{Title: "Cyklar"})
	hits, err := seat(db).Search(t.Context(), "cyk", 2)
	if err != nil || len(hits) != 2 || hits[0].Number != 3 || hits[1].Number != 2 {
		t.Fatalf("%+v (%v)", hits, err)
	}
	if want := store.HitStart + "cyklar" + store.HitEnd; !strings.Contains(hits[1].Excerpt, want) {
		t.Errorf("the excerpt is %q", hits[1].Excerpt)
	}
}

// Check finds damage that was planted behind the program's back.
func TestCheckFindsDamage(t *testing.T) {
	for name, c := range map[string]struct {
		plant string
		says  string
		full  bool
	}{
		"wrong stage":         {"UPDATE idea SET stage = 'test' WHERE number = 1", "idea 1 is not in the stage", false},
		"wrong time":          {"UPDATE idea SET stage_since = stage_since + 1 WHERE number = 2", "idea 2 is not in the stage", false},
		"broken history":      {"UPDATE event SET old = 'test' WHERE field = 'stage' AND old = 'received'", "the moves of idea 1 do not follow", false},
		"lost event":          {"DELETE FROM event WHERE field = 'stage' AND subject_id = 2", "idea 2 is not in the stage", false},
		"lost reference":      {"PRAGMA foreign_keys = 0; DELETE FROM coach", "refers to something in coach", false},
		"changed text":        {"UPDATE idea SET title = 'Bilar' WHERE number = 1", "the index of words does not agree", true},
		"changed note":        {"UPDATE event SET new = 'mejlade' WHERE field = 'note'", "the index of words does not agree", true},
		"lost index of words": {"DELETE FROM idea_fts_data", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			db := create(t)
			add(t, db, idea.Draft{Title: "Cyklar", Note: "ringde"}, idea.Draft{Title: "Sol"})
			if _, err := seat(db).Move(t.Context(), desk.MoveInput{Numbers: []int64{1}, To: "dialogue"}); err != nil {
				t.Fatal(err)
			}
			if faults, err := db.Check(t.Context(), true); err != nil || len(faults) > 0 {
				t.Fatalf("damage before: %v %v", faults, err)
			}
			run(t, shell(t, db.Path()), c.plant)
			faults, err := db.Check(t.Context(), c.full)
			if err != nil && idea.KindOf(err) == idea.Unusable && c.says == "" {
				return
			}
			text := ""
			for _, f := range faults {
				text += f.String() + "\n"
			}
			if err != nil || text == "" || !strings.Contains(text, c.says) {
				t.Errorf("check says %q (%v), not %q", text, err, c.says)
			}
		})
	}
}

// A byte that the disk changed inside a text is found by check --full alone.
func TestCheckFindsAFlippedByte(t *testing.T) {
	db := create(t)
	add(t, db, idea.Draft{Title: "Cyklar", Sections: map[idea.Section]string{idea.Need: "trafiksäkerhetsåtgärder"}})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	image, err := os.ReadFile(db.Path())
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(image, []byte("trafiksäkerhetsåtgärder"))
	if at < 0 {
		t.Fatal("the text is not in the file")
	}
	image[at] = 'T' + 1
	if err := os.WriteFile(db.Path(), image, 0o600); err != nil {
		t.Fatal(err)
	}
	faults, err := open(t, db.Path()).Check(t.Context(), true)
	if err != nil || len(faults) == 0 {
		t.Errorf("check finds nothing (%v)", err)
	}
}

func TestBackup(t *testing.T) {
	db := create(t)
	add(t, db, idea.Draft{Title: "Cyklar", Note: "ringde"})
	folder := filepath.Join(t.TempDir(), "å #?%41")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(folder, "kopia.db")
	if err := db.Backup(t.Context(), copied); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(copied); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the copy has mode %v (%v)", info.Mode(), err)
	}
	if left, _ := os.ReadDir(folder); len(left) != 1 {
		t.Errorf("the folder holds %v", left)
	}
	wantKind(t, db.Backup(t.Context(), copied), idea.Refused)
	wantKind(t, db.Backup(t.Context(), filepath.Join(folder, "none", "x.db")), idea.NotFound)
	wantKind(t, db.Backup(t.Context(), db.Path()), idea.Refused)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	wantKind(t, db.Backup(ctx, filepath.Join(folder, "y.db")), idea.Interrupted)
	if _, err := os.Stat(filepath.Join(folder, "y.db")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a cancelled backup is there (%v)", err)
	}

	again := open(t, copied)
	add(t, again, idea.Draft{Title: "Sol"})
	if faults, err := again.Check(t.Context(), true); err != nil || len(faults) > 0 {
		t.Errorf("the copy: %v %v", faults, err)
	}
	cards, err := seat(again).Show(t.Context(), []int64{1, 2}, true)
	if err != nil || cards[0].Title != "Cyklar" || cards[0].Notes[0].Text != "ringde" || cards[1].Title != "Sol" {
		t.Errorf("the copy holds %+v (%v)", cards, err)
	}
	var mode string
	if err := shell(t, "kopia.db").PingContext(t.Context()); err == nil {
		t.Error("a database was made in the wrong place")
	}
	plain, err := sql.Open("sqlite", strings.NewReplacer("%", "%25", "#", "%23", "?", "%3f").Replace("file:"+copied))
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Close()
	if err := plain.QueryRowContext(t.Context(), "PRAGMA journal_mode").Scan(&mode); err != nil || mode != "wal" {
		t.Errorf("the copy's journal is %q (%v): readers and writers would stop each other", mode, err)
	}
}

// A damaged database is not copied as if it were whole.
func TestBackupOfADamagedDatabase(t *testing.T) {
	db := create(t)
	add(t, db, idea.Draft{Title: "Cyklar"})
	run(t, shell(t, db.Path()), "UPDATE idea SET stage = 'test'")
	path := filepath.Join(t.TempDir(), "kopia.db")
	wantKind(t, db.Backup(t.Context(), path), idea.Unusable)
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the copy is there (%v)", err)
	}
}

// Somebody else's transaction does not stop readers, and a reader sees one
// state however long it takes.
func TestReadersAndWriters(t *testing.T) {
	db := create(t)
	add(t, db, idea.Draft{Title: "Cyklar"}, idea.Draft{Title: "Sol"})
	other := shell(t, db.Path())
	other.SetMaxOpenConns(1)
	run(t, other, "BEGIN IMMEDIATE")
	if _, err := seat(db).Show(t.Context(), []int64{1}, true); err != nil {
		t.Errorf("a reader was stopped: %v", err)
	}
	run(t, other, "ROLLBACK")
	count := 0
	for _, err := range seat(db).Ideas(t.Context(), desk.Selection{}) {
		if err != nil {
			t.Fatal(err)
		}
		if count++; count == 1 {
			add(t, db, idea.Draft{Title: "Vind"})
		}
	}
	if count != 2 {
		t.Errorf("the reader saw %d ideas", count)
	}
}
