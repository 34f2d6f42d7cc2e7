package desk

import (
	"context"

	"sluss/internal/calendar"
	"sluss/internal/idea"
	"sluss/internal/store"
)

// promise tells by which day ideas are promised their first answer.
type promise struct {
	days     int
	today    idea.Day
	calendar *calendar.Calendar
	by       map[idea.Day]idea.Day // by the day received
}

func (d *Desk) promise(tx *store.Tx) (*promise, error) {
	rules, err := tx.Rules()
	return &promise{days: idea.ReadRules(rules).AnswerDays, today: d.Today(), calendar: calendar.New(), by: map[idea.Day]idea.Day{}}, err
}

// add tells l its day. An idea that is answered has none, and one that is merged
// is answered with the other.
func (p *promise) add(l *Listed) {
	if p.days == 0 || l.Answered != "" || l.MergedInto != 0 {
		return
	}
	l.AnswerBy = p.of(l.Received)
	l.Late = l.AnswerBy < p.today
}

// of is the day by which the giver of an idea of some day is promised the first
// answer.
func (p *promise) of(received idea.Day) idea.Day {
	by, known := p.by[received]
	if !known {
		by = p.calendar.After(received, p.days)
		p.by[received] = by
	}
	return by
}

// Rules gives what the coaches have agreed on.
func (d *Desk) Rules(ctx context.Context) (rules []idea.Rule, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		rules, err = tx.Rules()
		return err
	})
	return rules, err
}

// SetRule changes what the coaches have agreed on. It returns NotFound for a
// rule that there is not and Usage for a value that it does not take.
func (d *Desk) SetRule(ctx context.Context, name, word string) (rule idea.Rule, err error) {
	found, err := idea.FindRule(name)
	if err != nil {
		return rule, err
	}
	value, err := found.Check(word)
	if err != nil {
		return rule, err
	}
	err = d.update(ctx, "rule set", func(tx *store.Tx) error {
		rules, err := tx.Rules()
		if err != nil {
			return err
		}
		for _, r := range rules {
			if r.Name != found {
				continue
			}
			rule = idea.Rule{ID: r.ID, Name: r.Name, Value: value}
			if r.Value != value {
				return tx.Record(idea.Change{Subject: idea.ARule, ID: r.ID, Field: idea.FieldRule, Old: r.Value, New: value})
			}
		}
		return nil
	})
	return rule, err
}
