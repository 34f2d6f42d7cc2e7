package desk_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sluss/internal/desk"
	"sluss/internal/idea"
)

// TestProcessCommandsUndo changes the process while ideas go through it, and
// then undoes all of it: after each command ideas can still go through, no idea
// stands outside, and each undo gives back every row.
func TestProcessCommandsUndo(t *testing.T) {
	folder, empty := t.TempDir(), emptyDB(t)
	checks(t, 5, 30, func(t *rapid.T) {
		m := newMachine(t, folder, empty, false)
		actions := m.shapes()
		actions[""] = func(*rapid.T) { m.checkProcess() }
		t.Repeat(actions)
		for len(m.steps) > 0 {
			m.undoLast()
		}
	})
}

// TestProcessUndoInAnyOrder undoes commands in between: each undo is whole or
// refused, and leaves a process that ideas can go through.
func TestProcessUndoInAnyOrder(t *testing.T) {
	folder, empty := t.TempDir(), emptyDB(t)
	checks(t, 5, 30, func(t *rapid.T) {
		m := newMachine(t, folder, empty, false)
		actions := m.shapes()
		for _, name := range []string{"undo any", "undo other"} {
			actions[name] = func(*rapid.T) { m.undo(name) }
		}
		actions[""] = func(*rapid.T) { m.checkProcess() }
		t.Repeat(actions)
	})
}

// checkProcess looks at the process and at where ideas stand.
func (m *machine) checkProcess() {
	m.check()
	lines, err := m.desk("Åsa").Stages(m.Context())
	if err != nil {
		m.Fatal(err)
	}
	if _, err := desk.ProcessOf(lines).Check(); err != nil {
		m.Fatalf("ideas cannot go through the process: %v", err)
	}
	if n := m.count("SELECT count(*) FROM idea WHERE stage IN (SELECT key FROM stage WHERE removed = 1)"); n > 0 {
		m.Fatalf("%d ideas stand in a stage that was removed", n)
	}
	if n := m.count("SELECT count(*) - count(DISTINCT position) FROM stage"); n > 0 {
		m.Fatalf("%d stages share a place", n)
	}
	if n := m.count("SELECT count(*) FROM event WHERE subject = 'idea' AND field = 'stage' AND live = 1 AND new <> '' AND new NOT IN (SELECT key FROM stage)"); n > 0 {
		m.Fatalf("history speaks of %d stages that are not there", n)
	}
}

// shapes is every command that changes the process, and some that move ideas.
func (m *machine) shapes() map[string]func(*rapid.T) {
	draw := &draws{m}
	stage := func(label string) string {
		return draw.of(label, "dialogue", "pilot", "pilot", "received", "realised", "working") // few, so that commands meet
	}
	change := func(do func(*desk.Desk) error) { m.run(do, nil) }
	place := func() desk.Place {
		return desk.Place{Beside: draw.of("beside", "", stage("next")), Before: draw.yes("before")}
	}
	condition := func() []idea.Condition {
		return []idea.Condition{rapid.SampledFrom(idea.Conditions()).Draw(m.T, "condition")}
	}
	moves := func() []desk.StageMove {
		return []desk.StageMove{{To: stage("to")}, {From: draw.of("from", "", "dialogue", "test"), To: stage("to too")}}[:rapid.IntRange(0, 2).Draw(m.T, "moves")]
	}
	return map[string]func(*rapid.T){
		"add": func(*rapid.T) {
			change(func(d *desk.Desk) error { _, err := d.Add(m.Context(), idea.Draft{Title: "Solceller"}); return err })
		},
		"move": func(*rapid.T) {
			in := desk.MoveInput{Numbers: draw.numbers(), To: stage("to"), Force: true, Why: "prov"}
			change(func(d *desk.Desk) error { _, err := d.Move(m.Context(), in); return err })
		},
		"reopen": func(*rapid.T) {
			in := desk.MoveInput{Numbers: draw.numbers(), Force: true, Why: "prov"}
			change(func(d *desk.Desk) error { _, err := d.Reopen(m.Context(), in); return err })
		},
		"close": func(*rapid.T) {
			in := desk.MoveInput{Numbers: draw.numbers(), Force: true, Why: "prov", Reason: idea.Declined}
			change(func(d *desk.Desk) error { _, err := d.Close(m.Context(), in); return err })
		},
		"stage add": func(*rapid.T) {
			s := idea.Stage{Key: idea.StageKey(draw.of("key", "pilot", "pilot", "slut")), Kind: rapid.SampledFrom([]idea.StageKind{idea.Active, idea.Active, idea.Realised, idea.Closed}).Draw(m.T, "kind"),
				Gates: slices.Clip(condition())}
			s.Names = idea.Names{EN: string(s.Key), SV: draw.of("name", "prov", "klar", string(s.Key))}
			at := place()
			change(func(d *desk.Desk) error { _, err := d.AddStage(m.Context(), s, at); return err })
		},
		"stage rename": func(*rapid.T) {
			word, name, wip := stage("stage"), draw.of("name", "prov", "klar", "dialog"), rapid.IntRange(-1, 3).Draw(m.T, "wip")
			change(func(d *desk.Desk) error {
				_, err := d.EditStage(m.Context(), word, desk.StageEdit{SV: &name, Wip: &wip})
				return err
			})
		},
		"stage move": func(*rapid.T) {
			word, at := stage("stage"), place()
			change(func(d *desk.Desk) error { _, err := d.MoveStage(m.Context(), word, at); return err })
		},
		"stage remove": func(*rapid.T) {
			word, to := stage("stage"), draw.of("to", "", "dialogue", stage("there"))
			change(func(d *desk.Desk) error { _, err := d.RemoveStage(m.Context(), word, to); return err })
		},
		"gate add": func(*rapid.T) {
			word, c := stage("stage"), condition()
			change(func(d *desk.Desk) error { _, err := d.AddGate(m.Context(), word, c); return err })
		},
		"gate remove": func(*rapid.T) {
			word, c := stage("stage"), condition()
			change(func(d *desk.Desk) error { _, err := d.RemoveGate(m.Context(), word, c); return err })
		},
		"process use": func(*rapid.T) {
			p, there := idea.ShortProcess(), moves()
			if draw.yes("default") {
				p = idea.DefaultProcess()
			}
			change(func(d *desk.Desk) error { _, err := d.ReplaceProcess(m.Context(), "process use", p, there); return err })
		},
	}
}
