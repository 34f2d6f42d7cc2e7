package desk_test

import (
	"testing"

	"pgregory.net/rapid"

	"sluss/internal/desk"
	"sluss/internal/idea"
)

// TestWorkUndone presents, decides, tests and measures ideas at random among
// other commands, and then undoes all: every row must be what it was before.
func TestWorkUndone(t *testing.T) {
	folder, empty := t.TempDir(), emptyDB(t)
	checks(t, 20, 30, func(t *rapid.T) {
		m := newMachine(t, folder, empty, false)
		actions := m.works()
		actions[""] = func(*rapid.T) { m.checkWorks() }
		t.Repeat(actions)
		m.check()
		for len(m.steps) > 0 {
			m.undoLast()
		}
		m.check()
	})
}

// TestWorkUndoneInAnyOrder undoes commands in between: each undo is whole or
// refused, and what is there makes sense after it.
func TestWorkUndoneInAnyOrder(t *testing.T) {
	folder, empty := t.TempDir(), emptyDB(t)
	checks(t, 20, 30, func(t *rapid.T) {
		m := newMachine(t, folder, empty, false)
		actions := m.works()
		for _, name := range []string{"undo last", "undo any", "undo other"} {
			actions[name] = func(*rapid.T) { m.undo(name) }
		}
		actions[""] = func(*rapid.T) {
			m.check()
			m.checkWorks()
		}
		t.Repeat(actions)
	})
}

// plan is the plan of a test.
func plan() map[idea.Field]string {
	return map[idea.Field]string{idea.FieldBelief: "det går", idea.FieldMethod: "fem provar", idea.FieldMeasure: "timmar",
		idea.FieldTarget: "8", idea.FieldWho: "Sara Lund"}
}

// works is the commands about meetings, tests and effects, and some that an
// idea needs to get there.
func (m *machine) works() map[string]func(*rapid.T) {
	draw := &draws{m}
	all := m.commands()
	kept := map[string]func(*rapid.T){}
	for _, name := range []string{"add", "edit", "move", "close", "reopen", "test plan"} {
		if all[name] == nil {
			m.Fatalf("there is no command %s", name)
		}
		kept[name] = all[name]
	}
	run := func(what func(*desk.Desk) ([]desk.Card, error)) {
		m.run(func(d *desk.Desk) error {
			cards, err := what(d)
			return m.same(d, cards, err)
		}, nil)
	}
	add := func(name string, what func(d *desk.Desk, numbers []int64) ([]desk.Card, error)) {
		kept[name] = func(*rapid.T) {
			numbers := draw.numbers()
			run(func(d *desk.Desk) ([]desk.Card, error) { return what(d, numbers) })
		}
	}
	add("test edit", func(d *desk.Desk, n []int64) ([]desk.Card, error) {
		return d.EditTest(m.Context(), n[0], map[idea.Field]string{idea.FieldCost: draw.of("cost", "", "5", "6,5"), idea.FieldWho: draw.of("who", "", "Bo Ek")})
	})
	add("test start", func(d *desk.Desk, n []int64) ([]desk.Card, error) {
		return d.StartTest(m.Context(), n, draw.day("on", -2, 0))
	})
	add("test note", func(d *desk.Desk, n []int64) ([]desk.Card, error) { return d.NoteTest(m.Context(), n, "sett", "") })
	add("test finish", func(d *desk.Desk, n []int64) ([]desk.Card, error) {
		return d.FinishTest(m.Context(), n, idea.Outcome{On: draw.day("on", -2, 0), Result: "7", Verdict: "supported", Learnt: "kort"})
	})
	add("effect plan", func(d *desk.Desk, n []int64) ([]desk.Card, error) {
		return d.PlanEffect(m.Context(), n[0], map[idea.Field]string{idea.FieldMeasure: draw.of("measure", "timmar", "TIMMAR", "kWh"),
			idea.FieldBefore: "40", idea.FieldAfter: "12,5"})
	})
	add("effect edit", func(d *desk.Desk, n []int64) ([]desk.Card, error) {
		return d.EditEffect(m.Context(), n[0], draw.of("measure", "", "timmar", "kWh"),
			map[idea.Field]string{idea.FieldMeasure: draw.of("name", "timmar", "kWh"), idea.FieldAfter: draw.of("after", "3", "4")})
	})
	add("effect see", func(d *desk.Desk, n []int64) ([]desk.Card, error) {
		return d.SeeEffect(m.Context(), n[0], desk.SightInput{Measure: draw.of("measure", "", "timmar"), After: "14", On: draw.day("on", -2, 0)})
	})
	m.meets(draw, kept)
	return kept
}

// meets adds the commands about forums and their meetings.
func (m *machine) meets(draw *draws, to map[string]func(*rapid.T)) {
	forum := func() string { return draw.of("forum", "", "Rådet", "Ledningen") }
	to["forum add"] = func(*rapid.T) {
		name := draw.of("name", "Rådet", "Ledningen", "RÅDET")
		m.run(func(d *desk.Desk) error { _, err := d.AddForum(m.Context(), name, idea.Council); return err }, nil)
	}
	to["forum edit"] = func(*rapid.T) {
		word, name := forum(), draw.of("name", "Rådet", "ledningen", "")
		m.run(func(d *desk.Desk) error {
			_, err := d.EditForum(m.Context(), word, name, idea.Management)
			return err
		}, nil)
	}
	to["forum remove"] = func(*rapid.T) {
		word := forum()
		m.run(func(d *desk.Desk) error { _, err := d.RemoveForum(m.Context(), word); return err }, nil)
	}
	present := func(*rapid.T) {
		in := desk.PresentInput{Numbers: draw.numbers(), Forum: forum(), On: draw.day("on", -3, 3), OnlyAgenda: draw.yes("only agenda"),
			Remove: rapid.IntRange(0, 3).Draw(m.T, "remove") == 0}
		m.run(func(d *desk.Desk) error { _, err := d.Present(m.Context(), in); return err }, nil)
	}
	decide := func(*rapid.T) {
		in := desk.DecideInput{Numbers: draw.numbers(), Forum: forum(), Resolution: rapid.SampledFrom(idea.Resolutions()).Draw(m.T, "resolution"),
			Why: "så blev det", By: []string{draw.of("by", "", "Eva Lind")}, On: draw.day("on", -2, 1), Force: draw.yes("force")}
		if in.Resolution == idea.ToPark {
			in.Until = draw.day("until", 1, 9)
		}
		m.run(func(d *desk.Desk) error { _, err := d.Decide(m.Context(), in); return err }, nil)
	}
	to["present"], to["present more"] = present, present
	to["decide"], to["decide more"] = decide, decide
}

// checkWorks looks for tests, effects and forums that no commands lead to.
func (m *machine) checkWorks() {
	for what, query := range map[string]string{
		"a test that ended but never started": "SELECT 1 FROM test_card WHERE finished <> '' AND started = ''",
		"a test that ended before it began":   "SELECT 1 FROM test_card WHERE finished <> '' AND finished < started",
		"two tests at a time":                 "SELECT 1 FROM test_card a JOIN test_card b ON a.idea = b.idea AND a.id < b.id AND a.finished = ''",
		"two effects of one measure":          "SELECT 1 FROM effect a JOIN effect b ON a.idea = b.idea AND a.id < b.id AND lower(a.measure) = lower(b.measure)",
		"a decided idea that is left behind":  "SELECT 1 FROM decision d LEFT JOIN idea i ON i.number = d.idea WHERE i.number IS NULL",
	} {
		if rows := m.rows(query); len(rows) > 0 {
			m.Fatalf("there is %s", what)
		}
	}
	forums, err := m.desk("Åsa").Forums(m.Context())
	for k, f := range forums {
		for _, other := range forums[:k] {
			if idea.Same(f.Name, other.Name) {
				m.Fatalf("there are two forums called %s", f.Name)
			}
		}
	}
	if err != nil {
		m.Fatal(err)
	}
}
