package desk

import (
	"context"
	"slices"

	"sluss/internal/idea"
	"sluss/internal/store"
)

// Effects gives the effects of all ideas that are in one of some states, or in
// any without states.
func (d *Desk) Effects(ctx context.Context, states []idea.EffectState, of Selection) (out []EffectLine, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		wanted, err := d.wanted(tx, of)
		if err != nil {
			return err
		}
		effects, err := tx.Effects()
		if err != nil {
			return err
		}
		var numbers []int64
		for _, e := range effects {
			if !wanted(e.Idea) {
				continue
			}
			line := EffectLine{Effect: e, State: e.State(d.Today())}
			if len(states) == 0 || slices.Contains(states, line.State) {
				out, numbers = append(out, line), append(numbers, e.Idea)
			}
		}
		names, err := titles(tx, numbers)
		for k := range out {
			out[k].Title = names[out[k].Idea]
		}
		return err
	})
	return out, err
}

// effectFields lists what is planned of an effect, in the order of its events.
func effectFields() []idea.Field {
	return []idea.Field{idea.FieldMeasure, idea.FieldBefore, idea.FieldAfter, idea.FieldCost, idea.FieldBegins, idea.FieldFollowUp}
}

func effectValues(e idea.Effect) map[idea.Field]string {
	return map[idea.Field]string{idea.FieldMeasure: e.Measure, idea.FieldBefore: string(e.Before), idea.FieldAfter: string(e.After),
		idea.FieldCost: string(e.Cost), idea.FieldBegins: string(e.From), idea.FieldFollowUp: string(e.FollowUp)}
}

// cleanEffect makes the words of an effect fit to be stored.
func cleanEffect(fields map[idea.Field]string) (e idea.Effect, err error) {
	if e.Measure, err = idea.CleanLine(idea.Word(idea.FieldMeasure), fields[idea.FieldMeasure]); err != nil {
		return e, err
	}
	if err := findAmounts(fields[idea.FieldBefore], &e.Before, fields[idea.FieldAfter], &e.After, fields[idea.FieldCost], &e.Cost); err != nil {
		return e, err
	}
	e.From, e.FollowUp = idea.Day(fields[idea.FieldBegins]), idea.Day(fields[idea.FieldFollowUp])
	return e, e.Check()
}

// findAmounts reads a value before, one after and a cost.
func findAmounts(before string, toBefore *idea.Amount, after string, toAfter *idea.Amount, cost string, toCost *idea.Amount) (err error) {
	if *toBefore, err = idea.FindAmount(before); err != nil {
		return err
	}
	if *toAfter, err = idea.FindAmount(after); err != nil {
		return err
	}
	*toCost, err = idea.FindAmount(cost)
	return err
}

// PlanEffect plans an effect of an idea. It returns Refused if the idea has one
// of that measure, and Usage for one that lacks something.
func (d *Desk) PlanEffect(ctx context.Context, number int64, fields map[idea.Field]string) ([]Card, error) {
	e, err := cleanEffect(fields)
	if err != nil {
		return nil, err
	}
	return d.each(ctx, "effect plan", []int64{number}, func(tx *store.Tx, _ names, _ idea.Idea) error {
		effects, err := tx.IdeaEffects(number)
		if err != nil {
			return err
		}
		if err := checkMeasure(number, effects, e.Measure); err != nil {
			return err
		}
		values := effectValues(e)
		values["idea"] = ref(number)
		_, err = tx.Add(idea.AnEffect, values)
		return err
	})
}

func checkMeasure(number int64, effects []idea.Effect, measure string) error {
	if slices.ContainsFunc(effects, func(e idea.Effect) bool { return idea.Same(e.Measure, measure) }) {
		return idea.Errorf(idea.Refused, "idea %d has an effect %q already", number, measure).
			WithHint("sluss effect edit %d changes what is planned; sluss effect see %d records what was seen", number, number)
	}
	return nil
}

// EditEffect changes what is planned of an effect: the one of that measure, or
// the only one.
func (d *Desk) EditEffect(ctx context.Context, number int64, measure string, fields map[idea.Field]string) ([]Card, error) {
	return d.each(ctx, "effect edit", []int64{number}, func(tx *store.Tx, _ names, _ idea.Idea) error {
		effects, err := tx.IdeaEffects(number)
		if err != nil {
			return err
		}
		was, err := idea.FindEffect(number, effects, measure)
		if err != nil {
			return err
		}
		old, words := effectValues(was), effectValues(was)
		for f, word := range fields {
			words[f] = word
		}
		e, err := cleanEffect(words)
		if err != nil {
			return err
		}
		others := slices.DeleteFunc(slices.Clone(effects), func(o idea.Effect) bool { return o.ID == was.ID })
		if err := checkMeasure(number, others, e.Measure); err != nil {
			return err
		}
		values := effectValues(e)
		for _, f := range effectFields() {
			if err := recordField(tx, idea.AnEffect, was.ID, f, old[f], values[f]); err != nil {
				return err
			}
		}
		return nil
	})
}

// SightInput is what somebody saw of an effect.
type SightInput struct {
	Measure             string // empty: the only one
	Before, After, Cost string
	Text                string
	On                  idea.Day // empty is today
}

// SeeEffect records what was seen of an effect. It returns Usage without a
// value, and Refused for a day to come or before the effect begins.
func (d *Desk) SeeEffect(ctx context.Context, number int64, in SightInput) ([]Card, error) {
	s, err := d.cleanSight(in)
	if err != nil {
		return nil, err
	}
	return d.each(ctx, "effect see", []int64{number}, func(tx *store.Tx, _ names, _ idea.Idea) error {
		effects, err := tx.IdeaEffects(number)
		if err != nil {
			return err
		}
		e, err := idea.FindEffect(number, effects, in.Measure)
		if err != nil {
			return err
		}
		if err := e.See(s); err != nil {
			return err
		}
		_, err = tx.Add(idea.ASight, map[idea.Field]string{"effect": ref(e.ID), idea.FieldDay: string(s.On),
			idea.FieldBefore: string(s.Before), idea.FieldAfter: string(s.After), idea.FieldCost: string(s.Cost), idea.FieldText: s.Text})
		return err
	})
}

func (d *Desk) cleanSight(in SightInput) (s idea.Sight, err error) {
	if s.On, err = d.happened(in.On); err != nil {
		return s, err
	}
	if err := findAmounts(in.Before, &s.Before, in.After, &s.After, in.Cost, &s.Cost); err != nil {
		return s, err
	}
	if s.After == "" {
		return s, idea.Errorf(idea.Usage, "which value was seen?").WithHint("say it with --after")
	}
	s.Text, err = idea.CleanText("the note", in.Text)
	return s, err
}
