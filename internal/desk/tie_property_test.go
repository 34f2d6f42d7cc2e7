package desk_test

import (
	"maps"
	"testing"

	"pgregory.net/rapid"
)

// TestTiesUndone ties, merges and splits ideas at random among other commands,
// and then undoes all: every row must be what it was before.
func TestTiesUndone(t *testing.T) {
	folder, empty := t.TempDir(), emptyDB(t)
	checks(t, 10, 40, func(t *rapid.T) {
		m := newMachine(t, folder, empty, false)
		actions := m.ties()
		actions[""] = func(*rapid.T) { m.checkTies() }
		t.Repeat(actions)
		m.check()
		for len(m.steps) > 0 {
			m.undoLast()
		}
		m.check()
	})
}

// TestTiesUndoneInAnyOrder undoes commands in between: each undo is whole or
// refused, and what is there makes sense after it.
func TestTiesUndoneInAnyOrder(t *testing.T) {
	folder, empty := t.TempDir(), emptyDB(t)
	checks(t, 10, 40, func(t *rapid.T) {
		m := newMachine(t, folder, empty, false)
		actions := m.ties()
		for _, name := range []string{"undo last", "undo any", "undo other"} {
			actions[name] = func(*rapid.T) { m.undo(name) }
		}
		actions[""] = func(*rapid.T) {
			m.check()
			m.checkTies()
		}
		t.Repeat(actions)
	})
}

// ties is the commands about ties, and the others that ideas go through.
func (m *machine) ties() map[string]func(*rapid.T) {
	draw := &draws{m}
	all := m.commands()
	kept := map[string]func(*rapid.T){}
	for _, name := range []string{"add", "edit", "tag", "note", "move", "close", "reopen"} {
		if all[name] == nil {
			m.Fatalf("there is no command %s", name)
		}
		kept[name] = all[name]
	}
	bonds := m.bonds(draw)
	maps.Copy(kept, bonds)
	kept["link more"], kept["link still more"] = bonds["link"], bonds["link"]
	return kept
}

// checkTies looks for ties that make no sense.
func (m *machine) checkTies() {
	for what, query := range map[string]string{
		"is merged but not closed as merged, or the other way round": `SELECT number FROM idea WHERE (merged_into IS NOT NULL) <> (reason = 'merged')
			OR merged_into IS NOT NULL AND stage <> 'closed'`,
		"leads round to itself": `WITH RECURSIVE up(n, at) AS (SELECT number, merged_into FROM idea WHERE merged_into IS NOT NULL
			UNION SELECT n, merged_into FROM up JOIN idea ON number = at WHERE merged_into IS NOT NULL) SELECT n FROM up WHERE n = at`,
		"is part of itself": `WITH RECURSIVE up(n, at) AS (SELECT idea, other FROM idea_part_of
			UNION SELECT n, other FROM up JOIN idea_part_of ON idea = at) SELECT n FROM up WHERE n = at`,
		"builds on itself": `WITH RECURSIVE up(n, at) AS (SELECT idea, other FROM idea_builds_on
			UNION SELECT n, other FROM up JOIN idea_builds_on ON idea = at) SELECT n FROM up WHERE n = at`,
		"is merged but has a tie": `SELECT number FROM idea JOIN (SELECT idea, other FROM idea_related UNION SELECT idea, other FROM idea_part_of
			UNION SELECT idea, other FROM idea_builds_on) ON number IN (idea, other) WHERE merged_into IS NOT NULL`,
	} {
		for _, row := range m.rows(query) {
			m.Fatalf("idea %d %s", row[0], what)
		}
	}
}
