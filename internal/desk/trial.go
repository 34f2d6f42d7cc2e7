package desk

import (
	"context"
	"slices"

	"sluss/internal/idea"
	"sluss/internal/store"
)

// Tests gives the tests of all ideas that are in one of some states, or in any
// without states. Without people the names of those who test are left out.
func (d *Desk) Tests(ctx context.Context, states []idea.TestState, of Selection, people bool) (out []TestLine, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		out, err = d.tests(tx, states, of, people)
		return err
	})
	return out, err
}

func (d *Desk) tests(tx *store.Tx, states []idea.TestState, of Selection, people bool) (out []TestLine, err error) {
	wanted, err := d.wanted(tx, of)
	if err != nil {
		return nil, err
	}
	tests, err := tx.Tests(len(states) > 0 && !slices.Contains(states, idea.TestFinished))
	if err != nil {
		return nil, err
	}
	var numbers []int64
	for _, t := range tests {
		if !wanted(t.Idea) {
			continue
		}
		line := TestLine{Test: t, State: t.State(d.Today())}
		if !people {
			line.Who = ""
		}
		if len(states) == 0 || slices.Contains(states, line.State) || line.State == idea.TestOverdue && slices.Contains(states, idea.TestRunning) {
			out, numbers = append(out, line), append(numbers, t.Idea)
		}
	}
	names, err := titles(tx, numbers)
	for k := range out {
		out[k].Title = names[out[k].Idea]
	}
	return out, err
}

// testFields lists what a plan says, in the order of its events.
func testFields() []idea.Field {
	return []idea.Field{idea.FieldBelief, idea.FieldMethod, idea.FieldMeasure, idea.FieldTarget, idea.FieldBegins,
		idea.FieldEnds, idea.FieldWho, idea.FieldCost}
}

func testValues(t idea.Test) map[idea.Field]string {
	return map[idea.Field]string{idea.FieldBelief: t.Belief, idea.FieldMethod: t.Method, idea.FieldMeasure: t.Measure,
		idea.FieldTarget: t.Target, idea.FieldBegins: string(t.From), idea.FieldEnds: string(t.To), idea.FieldWho: t.Who,
		idea.FieldCost: string(t.Cost)}
}

// cleanTest makes the words of a plan fit to be stored.
func cleanTest(fields map[idea.Field]string) (idea.Test, error) {
	clean := map[idea.Field]string{}
	for _, f := range testFields() {
		var err error
		switch f {
		case idea.FieldBegins, idea.FieldEnds:
			clean[f] = fields[f]
		case idea.FieldCost:
			var cost idea.Amount
			cost, err = idea.FindAmount(fields[f])
			clean[f] = string(cost)
		case idea.FieldWho:
			clean[f], err = idea.CleanLine(idea.Word(f), fields[f])
		default:
			clean[f], err = idea.CleanText(idea.Word(f), fields[f])
		}
		if err != nil {
			return idea.Test{}, err
		}
	}
	t := idea.Test{Belief: clean[idea.FieldBelief], Method: clean[idea.FieldMethod], Measure: clean[idea.FieldMeasure],
		Target: clean[idea.FieldTarget], From: idea.Day(clean[idea.FieldBegins]), To: idea.Day(clean[idea.FieldEnds]),
		Who: clean[idea.FieldWho], Cost: idea.Amount(clean[idea.FieldCost])}
	return t, t.Check()
}

// PlanTest plans a test of an idea. It returns Usage for a plan that lacks
// something, and Refused if the test before is not finished.
func (d *Desk) PlanTest(ctx context.Context, number int64, fields map[idea.Field]string) ([]Card, error) {
	t, err := cleanTest(fields)
	if err != nil {
		return nil, err
	}
	return d.each(ctx, "test plan", []int64{number}, func(tx *store.Tx, _ names, i idea.Idea) error {
		return planTest(tx, i, t)
	})
}

func planTest(tx *store.Tx, i idea.Idea, t idea.Test) error {
	tests, err := tx.IdeaTests(i.Number)
	if err != nil {
		return err
	}
	if err := idea.PlanTest(i, tests); err != nil {
		return err
	}
	values := testValues(t)
	values["idea"] = ref(i.Number)
	_, err = tx.Add(idea.ATest, values)
	return err
}

// EditTest changes the plan of an idea's last test. It returns Refused if there
// is none that is not finished.
func (d *Desk) EditTest(ctx context.Context, number int64, fields map[idea.Field]string) ([]Card, error) {
	return d.each(ctx, "test edit", []int64{number}, func(tx *store.Tx, _ names, _ idea.Idea) error {
		tests, err := tx.IdeaTests(number)
		if err != nil {
			return err
		}
		last, err := idea.OpenTest(number, tests)
		if err != nil {
			return err
		}
		old := testValues(last)
		words := testValues(last)
		for f, word := range fields {
			words[f] = word
		}
		t, err := cleanTest(words)
		if err != nil {
			return err
		}
		values := testValues(t)
		for _, f := range testFields() {
			if err := recordField(tx, idea.ATest, last.ID, f, old[f], values[f]); err != nil {
				return err
			}
		}
		return nil
	})
}

// StartTest begins the planned tests of ideas on a day; empty is today.
func (d *Desk) StartTest(ctx context.Context, numbers []int64, on idea.Day) ([]Card, error) {
	on, err := d.happened(on)
	if err != nil {
		return nil, err
	}
	return d.changeTests(ctx, "test start", numbers, func(number int64, tests []idea.Test) ([]idea.Change, error) {
		return idea.StartTest(number, tests, on)
	})
}

// FinishTest ends the running tests of ideas. It returns Usage for an outcome
// that lacks something.
func (d *Desk) FinishTest(ctx context.Context, numbers []int64, out idea.Outcome) ([]Card, error) {
	var err error
	if out.On, err = d.happened(out.On); err != nil {
		return nil, err
	}
	if out.Result, err = idea.CleanText(idea.Word(idea.FieldResult), out.Result); err != nil {
		return nil, err
	}
	if out.Learnt, err = idea.CleanText(idea.Word(idea.FieldLearnt), out.Learnt); err != nil {
		return nil, err
	}
	if err := out.Check(); err != nil {
		return nil, err
	}
	return d.changeTests(ctx, "test finish", numbers, func(number int64, tests []idea.Test) ([]idea.Change, error) {
		return idea.FinishTest(number, tests, out)
	})
}

// happened is a day that has been, or today for none.
func (d *Desk) happened(on idea.Day) (idea.Day, error) {
	if on == "" {
		return d.Today(), nil
	}
	_, err := d.when(on)
	return on, err
}

func (d *Desk) changeTests(ctx context.Context, verb string, numbers []int64, change func(int64, []idea.Test) ([]idea.Change, error)) ([]Card, error) {
	return d.each(ctx, verb, numbers, func(tx *store.Tx, _ names, i idea.Idea) error {
		tests, err := tx.IdeaTests(i.Number)
		if err != nil {
			return err
		}
		changes, err := change(i.Number, tests)
		if err != nil {
			return err
		}
		return tx.RecordAll(changes)
	})
}

// NoteTest writes a note about the last tests of ideas, dated back to the day
// at if there is one. It returns Refused for an idea without a test.
func (d *Desk) NoteTest(ctx context.Context, numbers []int64, text string, at idea.Day) ([]Card, error) {
	text, when, err := d.noteText(text, at)
	if err != nil {
		return nil, err
	}
	return d.each(ctx, "test note", numbers, func(tx *store.Tx, _ names, i idea.Idea) error {
		tests, err := tx.IdeaTests(i.Number)
		if err != nil {
			return err
		}
		last, err := idea.AnyTest(i.Number, tests)
		if err != nil {
			return err
		}
		me, err := tx.Me()
		if err != nil {
			return err
		}
		_, err = tx.Add(idea.ATestNote, map[idea.Field]string{"test_card": ref(last.ID), "at": ref(when.UnixMilli()),
			idea.FieldCoach: ref(me), idea.FieldText: text})
		return err
	})
}
