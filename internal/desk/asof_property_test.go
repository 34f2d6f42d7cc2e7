package desk_test

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// moment is every row that there was after a command.
type moment struct {
	command int64
	at      time.Time
	dump    string
}

// TestAsOf gives random commands, undone ones among them, under a clock that
// now and then goes back. The database as of any moment must then be, row for
// row, history included, what it was after the last command that was recorded
// by then.
func TestAsOf(t *testing.T) {
	folder, empty := t.TempDir(), emptyDB(t)
	checks(t, 20, 60, func(t *rapid.T) {
		m := newMachine(t, folder, empty, false)
		actions := m.commands()
		for _, more := range []map[string]func(*rapid.T){m.ties(), m.works(), m.shapes(), m.measures()} {
			maps.Copy(actions, more)
		}
		for _, name := range []string{"undo last", "undo any", "undo other"} {
			actions[name] = func(*rapid.T) { m.undo(name) }
		}
		actions["clock"] = func(*rapid.T) {
			m.now = m.now.Add(time.Duration(rapid.IntRange(-300, 300).Draw(m.T, "clock")) * time.Minute)
		}
		moments := []moment{{dump: m.everything()}}
		actions[""] = func(*rapid.T) {
			if last := m.lastCommand(); last != moments[len(moments)-1].command {
				at := time.UnixMilli(m.count("SELECT at FROM command WHERE id = ?", last))
				moments = append(moments, moment{last, at, m.everything()})
			}
		}
		t.Repeat(actions)
		for range 4 {
			m.compareAsOf(moments)
		}
	})
}

func (m *machine) compareAsOf(moments []moment) {
	instant := rapid.SampledFrom(moments).Draw(m.T, "moment").at.Add(
		time.Duration(rapid.IntRange(-1, 1).Draw(m.T, "milliseconds")) * time.Millisecond)
	want := moments[0]
	for _, then := range moments[1:] {
		if !then.at.After(instant) {
			want = then
		}
	}
	path := m.db.Path() + "-past"
	past, err := m.db.AsOf(m.Context(), instant)
	if err != nil {
		m.Fatalf("as of command %d: %v", want.command, err)
	}
	if err := errors.Join(past.Backup(m.Context(), path), past.Close()); err != nil {
		m.Fatalf("as of command %d: %v", want.command, err)
	}
	defer os.Remove(path)
	then := m.beside(path)
	faults, err := then.db.Check(m.Context(), true)
	if err != nil || len(faults) > 0 {
		m.Fatalf("as of command %d there is damage: %v %v", want.command, faults, err)
	}
	if got := then.everything(); got != want.dump {
		m.Fatalf("as of command %d it is not what it was:\n%s", want.command, difference(want.dump, got))
	}
}

// everything is every row of every table but the index of words and what belongs
// to SQLite and goose, and of guided talks. Coaches of whom nothing tells are left out: a command that
// changed nothing may have brought them.
func (m *machine) everything() string {
	var b strings.Builder
	for _, table := range m.rows(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
		AND name NOT LIKE 'goose_%' AND name NOT LIKE 'idea_fts%' AND name NOT LIKE 'talk%' ORDER BY name`) {
		where := ""
		if table[0] == "coach" {
			where = `WHERE id IN (SELECT who FROM command UNION SELECT subject_id FROM event WHERE subject = 'coach'
				UNION SELECT coach FROM idea UNION SELECT registrar FROM idea UNION SELECT coach FROM test_note)`
		}
		for _, row := range m.rows(fmt.Sprintf("SELECT * FROM %s %s ORDER BY 1, 2", table[0], where)) {
			fmt.Fprintf(&b, "%s %v\n", table[0], row)
		}
	}
	return b.String()
}

// beside is a machine over another file.
func (m *machine) beside(path string) *machine {
	bytes, err := os.ReadFile(path)
	if err != nil {
		m.Fatal(err)
	}
	return newMachine(m.T, filepath.Dir(path), bytes, false)
}
