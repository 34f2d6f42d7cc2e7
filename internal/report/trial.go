package report

import (
	"slices"

	"sluss/internal/idea"
)

// trials is the tests: how many stood where, what came of them and what they
// cost.
func trials(*Facts) []Measure {
	pick := func(fits func(Scope, Test) bool) func(Scope) []Item {
		return func(s Scope) (out []Item) {
			for _, t := range s.Tests {
				if fits(s, t) {
					out = append(out, Item{ID: t.ID, In: true})
				}
			}
			return out
		}
	}
	finished := func(s Scope, t Test) bool { return s.has(t.Finished) }
	out := []Measure{
		{Key: "tests_planned", Name: idea.Say("tests planned, not started"), Statistic: Count, State: true, Subject: idea.ATest, Looks: idea.LookTests | idea.LookPlanned,
			Definition: "Test cards that were planned but not started at the end of the period, or today if it is not over.",
			Formula:    idea.Say("N(planned ≤ end, not started by the end)"),
			Of: pick(func(s Scope, t Test) bool {
				return t.Planned <= s.end() && (t.Started == "" || t.Started > s.end())
			})},
		{Key: "tests_running", Name: idea.Say("tests running"), Statistic: Count, State: true, Subject: idea.ATest, Looks: idea.LookTests,
			Definition: "Tests that ran at the end of the period, or today if it is not over.",
			Formula:    idea.Say("N(started ≤ end, not finished by the end)"),
			Of: pick(func(s Scope, t Test) bool {
				return t.Started != "" && t.Started <= s.end() && (t.Finished == "" || t.Finished > s.end())
			})},
		{Key: "tests_started", Name: idea.Say("tests started"), Statistic: Count, Better: Higher, Subject: idea.ATest, Looks: idea.LookTests,
			Definition: "Tests that began in the period.", Formula: idea.Say("N(from ≤ started < to)"),
			Of: pick(func(s Scope, t Test) bool { return s.has(t.Started) })},
		{Key: "tests_finished", Name: idea.Say("tests finished"), Statistic: Count, Better: Higher, Subject: idea.ATest, Looks: idea.LookTests,
			Definition: "Tests that ended in the period.", Formula: idea.Say("N(from ≤ finished < to)"),
			Of: pick(finished)},
	}
	for _, v := range idea.Verdicts() {
		out = append(out, Measure{Key: "verdict", Item: string(v), Name: idea.Say("tests finished: %s", idea.Word(v)), Statistic: Count, Subject: idea.ATest, Looks: idea.LookTests,
			Definition: "Tests that ended in the period with the verdict.", Formula: idea.Say("N(finished in the period, verdict)"),
			Of: pick(func(s Scope, t Test) bool { return finished(s, t) && t.Verdict == v })})
	}
	return append(out,
		Measure{Key: "tests_learnt", Name: idea.Say("tests with something learnt"), Statistic: Share, Unit: Percent, Better: Higher, Subject: idea.ATest, Looks: idea.LookTests,
			Definition: "Tests that ended in the period with something written as learnt, of all that ended in it.",
			Formula:    idea.Say("N(finished, learnt written) / N(finished)"), Source: wilsonText,
			Of: func(s Scope) (out []Item) {
				for _, t := range s.Tests {
					if finished(s, t) {
						out = append(out, Item{ID: t.ID, In: t.Learnt != ""})
					}
				}
				return out
			}},
		Measure{Key: "decision_to_test_median", Name: idea.Say("median days from decision to test"), Statistic: Median, Unit: Days, Better: Lower, Subject: idea.ATest, Looks: idea.LookTests | idea.LookToTest,
			Definition: "Days from the last decision to test the idea to the start of the test, of tests that began in the period after such a decision.",
			Formula:    idea.Say("started − day of the decision to test"), Source: typeSevenText,
			Of: func(s Scope) (out []Item) {
				for _, t := range s.Tests {
					if day := t.Life.letTest(t.Started); s.has(t.Started) && day != "" {
						out = append(out, Item{ID: t.ID, Value: float64(t.Started.Sub(day)), In: true})
					}
				}
				return out
			}},
		Measure{Key: "tests_cost", Name: idea.Say("cost of tests finished"), Statistic: Sum, Unit: Amount, Subject: idea.ATest, Looks: idea.LookTests,
			Definition: "Costs written on the cards of the tests that ended in the period. Cards without a cost are left out.",
			Formula:    idea.Say("Σ cost"),
			Of: func(s Scope) (out []Item) {
				for _, t := range s.Tests {
					if cost, known := t.Cost.Float(); known && finished(s, t) {
						out = append(out, Item{ID: t.ID, Value: cost, In: true})
					}
				}
				return out
			}})
}

// letTest is the day of the last decision to test the idea up to a day.
func (l *Life) letTest(until idea.Day) (day idea.Day) {
	for _, d := range l.Decisions {
		if d.Resolution == idea.ToTest && d.Day <= until {
			day = max(day, d.Day)
		}
	}
	return day
}

// effects is what was planned against what was seen, for each measure that
// coaches have written on effects. Different measures are never added.
func effects(f *Facts) []Measure {
	names := map[string]string{}
	for _, measure := range f.EffectMeasures {
		if _, known := names[idea.Fold(measure)]; !known {
			names[idea.Fold(measure)] = measure
		}
	}
	out := []Measure{}
	for _, key := range sortedKeys(names) {
		out = append(out, effectMeasures(names[key], func(e Effect) bool { return idea.Fold(e.Measure) == key })...)
	}
	cost := func(of func(Effect) idea.Amount) func(Scope) []Item {
		return func(s Scope) (out []Item) {
			for _, e := range s.begun() {
				if v, known := of(e).Float(); known {
					out = append(out, Item{ID: e.ID, Value: v, In: true})
				}
			}
			return out
		}
	}
	out = append(out,
		Measure{Key: "effect_cost", Name: idea.Say("planned cost"), Row: idea.Say("cost"), Column: idea.Say("planned"), Statistic: Sum, Unit: Amount, Subject: idea.AnEffect,
			Definition: "Planned costs of the effects that begin in the period. An effect without a day begins when its idea is first moved to realised.", Formula: idea.Say("Σ planned cost"),
			Of: cost(func(e Effect) idea.Amount { return e.Cost })},
		Measure{Key: "effect_cost_seen", Name: idea.Say("seen cost"), Row: idea.Say("cost"), Column: idea.Say("seen"), Statistic: Sum, Unit: Amount, Subject: idea.AnEffect,
			Definition: "Costs seen at the last follow-up of the effects that begin in the period. An effect without a day begins when its idea is first moved to realised.", Formula: idea.Say("Σ seen cost"),
			Of: cost(func(e Effect) idea.Amount { return e.Last().Cost })},
		Measure{Key: "effects_seen", Name: idea.Say("effects that were followed up"), Row: idea.Say("followed up"), Column: idea.Say("share"), Statistic: Share, Unit: Percent, Better: Higher, Subject: idea.AnEffect,
			Definition: "Effects that begin in the period and have been followed up, of all that begin in it. An effect without a day begins when its idea is first moved to realised.",
			Formula:    idea.Say("N(followed up) / N(effects)"), Source: wilsonText,
			Of: func(s Scope) (out []Item) {
				for _, e := range s.begun() {
					out = append(out, Item{ID: e.ID, In: len(e.Seen) > 0})
				}
				return out
			}})
	for k := range out {
		out[k].Looks = idea.LookEffects
		if f.Undated {
			out[k].Looks |= idea.LookBegun
		}
	}
	return out
}

// begun is the effects that begin in the period. One without a day begins when
// its idea was realised.
func (s Scope) begun() []Effect {
	return remembered(&s.memory.begun, func() []Effect {
		begun := keep(s.Effects, s.begins)
		for k := range begun {
			begun[k] = begun[k].sawBy(s.Until)
		}
		return begun
	})
}

func (s Scope) begins(e Effect) bool {
	day := e.From
	if day == "" {
		day = e.Life.first(s.Until, kinds(idea.Realised))
	}
	if day == "" {
		return s.Period == idea.Period{}
	}
	return s.Period.Has(day)
}

func effectMeasures(name string, fits func(Effect) bool) []Measure {
	changes := func(both, seen bool) func(Scope) []Item {
		return func(s Scope) (out []Item) {
			for _, e := range s.begun() {
				if !fits(e) || both && len(e.Seen) == 0 {
					continue
				}
				if v, known := e.change(seen); known {
					out = append(out, Item{ID: e.ID, Value: v, In: true})
				}
			}
			return out
		}
	}
	row := idea.Say("%s", name)
	return []Measure{
		{Key: "effect_planned", Item: name, Name: idea.Say("planned change: %s", name), Row: row, Column: idea.Say("planned"), Statistic: Sum, Unit: Amount, Subject: idea.AnEffect,
			Definition: "Planned changes, after less before, of all effects with the measure that begin in the period. An effect without a day begins when its idea is first moved to realised.", Formula: idea.Say("Σ (after − before)"),
			Of: changes(false, false)},
		{Key: "effect_planned_seen", Item: name, Name: idea.Say("planned change of what was followed up: %s", name), Row: row, Column: idea.Say("planned, of those seen"), Statistic: Sum, Unit: Amount, Subject: idea.AnEffect,
			Definition: "Planned changes of those effects with the measure that have been followed up: what the seen ones can be set against.", Formula: idea.Say("Σ (after − before), followed up"),
			Of: changes(true, false)},
		{Key: "effect_seen", Item: name, Name: idea.Say("seen change: %s", name), Row: row, Column: idea.Say("seen"), Statistic: Sum, Unit: Amount, Subject: idea.AnEffect,
			Definition: "Changes seen at the last follow-up, after less before, of the effects with the measure that begin in the period. Without a value before of its own, it is set against the planned one.", Formula: idea.Say("Σ (seen after − before)"),
			Of: changes(true, true)},
	}
}

// change is after less before, as planned or as last seen.
func (e Effect) change(seen bool) (float64, bool) {
	before, after := e.Before, e.After
	if seen {
		last := e.Last()
		after = last.After
		if last.Before != "" {
			before = last.Before
		}
	}
	from, known := before.Float()
	to, also := after.Float()
	return to - from, known && also
}

// sawBy leaves out follow-ups after a day.
func (e Effect) sawBy(day idea.Day) Effect {
	e.Seen = slices.DeleteFunc(slices.Clone(e.Seen), func(s idea.Sight) bool { return s.On > day })
	return e
}
