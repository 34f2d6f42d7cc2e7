package desk_test

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"sluss/internal/desk"
	"sluss/internal/idea"
)

// TestMeasuresAndUndo gives random commands about measures and targets and then
// undoes them all: each undo brings back just what was.
func TestMeasuresAndUndo(t *testing.T) {
	folder, empty := t.TempDir(), emptyDB(t)
	checks(t, 5, 30, func(t *rapid.T) {
		m := newMachine(t, folder, empty, false)
		actions := m.measures()
		actions[""] = func(*rapid.T) { m.checkMeasures() }
		t.Repeat(actions)
		for len(m.steps) > 0 {
			m.undoLast()
		}
	})
}

// TestMeasuresUndoInAnyOrder undoes commands in between: each undo is whole or
// refused, and leaves no formula or target that speaks of what is not there.
func TestMeasuresUndoInAnyOrder(t *testing.T) {
	folder, empty := t.TempDir(), emptyDB(t)
	checks(t, 5, 30, func(t *rapid.T) {
		m := newMachine(t, folder, empty, false)
		actions := m.measures()
		for _, name := range []string{"undo last", "undo any", "undo other"} {
			actions[name] = func(*rapid.T) { m.undo(name) }
		}
		actions[""] = func(*rapid.T) { m.checkMeasures() }
		t.Repeat(actions)
	})
}

// measures is commands about few measures and days, so that they meet.
func (m *machine) measures() map[string]func(*rapid.T) {
	key := func() string { return rapid.SampledFrom([]string{"a", "b", "c"}).Draw(m.T, "key") }
	formula := func() string {
		return rapid.SampledFrom([]string{"", "a + 1", "b * received", "100 * c / a", `reached("test") - b`}).Draw(m.T, "formula")
	}
	day := func() idea.Day {
		return idea.Day("2026-10-01").Add(rapid.IntRange(0, 8).Draw(m.T, "day"))
	}
	amount := func() string { return rapid.SampledFrom([]string{"1", "2,5", "-3"}).Draw(m.T, "amount") }
	period := func() idea.Period {
		return rapid.SampledFrom([]idea.Period{{From: "2026-01-01", To: "2027-01-01"}, {From: "2026-10-01", To: "2026-11-01"}}).Draw(m.T, "period")
	}
	replace := func() bool { return rapid.Bool().Draw(m.T, "replace") }
	one := func(do func(*desk.Desk) error) { m.run(do, nil) }
	return map[string]func(*rapid.T){
		"measure define": func(*rapid.T) {
			one(func(d *desk.Desk) error {
				_, err := d.DefineMeasure(m.Context(), idea.OwnMeasure{Key: key(), Names: idea.Names{SV: "mått"}, Formula: formula()})
				return err
			})
		},
		"measure edit": func(*rapid.T) {
			one(func(d *desk.Desk) error {
				_, err := d.EditMeasure(m.Context(), key(), map[idea.Field]string{idea.FieldFormula: formula(), idea.FieldCountedIn: amount()})
				return err
			})
		},
		"measure remove": func(*rapid.T) {
			one(func(d *desk.Desk) error {
				_, err := d.RemoveMeasure(m.Context(), key())
				return err
			})
		},
		"measure record": func(*rapid.T) {
			one(func(d *desk.Desk) error {
				_, err := d.RecordValue(m.Context(), key(), desk.ValueInput{Value: amount(), On: day(), Note: formula(), Replace: replace()})
				return err
			})
		},
		"measure import": func(*rapid.T) {
			one(func(d *desk.Desk) error {
				rows := make([]desk.FileValue, rapid.IntRange(0, 4).Draw(m.T, "rows"))
				for k := range rows {
					rows[k] = desk.FileValue{Line: k + 2, On: day(), Value: "7"}
				}
				done, err := d.ImportValues(m.Context(), key(), rows, replace(), rapid.Bool().Draw(m.T, "keep"))
				if err == nil && len(done.Bad) > 0 {
					err = done.Bad[0].Err
				}
				return err
			})
		},
		"measure forget": func(*rapid.T) {
			one(func(d *desk.Desk) error {
				_, err := d.ForgetValues(m.Context(), key(), []idea.Day{day(), day()})
				return err
			})
		},
		"target set": func(*rapid.T) {
			id := rapid.SampledFrom([]string{"a", "b", "c", "received", "reached:test"}).Draw(m.T, "measure")
			one(func(d *desk.Desk) error {
				_, err := d.SetTarget(m.Context(), id, amount(), period())
				return err
			})
		},
		"target remove": func(*rapid.T) {
			id := rapid.SampledFrom([]string{"a", "b", "c", "received"}).Draw(m.T, "measure")
			one(func(d *desk.Desk) error {
				_, err := d.RemoveTarget(m.Context(), id, period())
				return err
			})
		},
	}
}

// checkMeasures looks at what is there: every formula and target finds its
// measures, and the log and the reports can tell of all.
func (m *machine) checkMeasures() {
	m.check()
	d := m.desk("Åsa")
	lines, err := d.OwnMeasures(m.Context())
	if err != nil {
		m.Fatal(err)
	}
	for _, l := range lines {
		if _, err := d.ShowMeasure(m.Context(), l.Key, desk.ReportInput{}); err != nil {
			m.Fatalf("%s: %v", l.Key, err)
		}
		if l.Formula != "" && len(l.Values) > 0 {
			m.Fatalf("%s has a formula beside values", l.Key)
		}
		if l.Formula != "" {
			if _, err := d.EditMeasure(m.Context(), l.Key, map[idea.Field]string{idea.FieldFormula: l.Formula}); err != nil {
				m.Fatalf("the formula %s of %s is one that would be refused: %v", l.Formula, l.Key, err)
			}
		}
	}
	targets, err := d.FollowTargets(m.Context(), idea.Period{}, true)
	for _, t := range targets.Targets {
		if t.Measure == nil {
			m.Fatalf("the target of %s has no measure", t.Target.Measure)
		}
	}
	_, logErr := d.Log(m.Context(), 0, 100)
	if err := errors.Join(err, logErr); err != nil {
		m.Fatal(err)
	}
}
