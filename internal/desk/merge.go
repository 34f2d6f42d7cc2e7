package desk

import (
	"context"
	"time"

	"sluss/internal/idea"
	"sluss/internal/store"
)

// MergeInput says which ideas go into which.
type MergeInput struct {
	Numbers []int64
	Into    int64 // a merged idea stands for the one that it leads to
	Why     string
	At      idea.Day // when it happened; empty is now
}

// Merge closes ideas as merged into another one, which gets their givers, tags
// and ties; all of them or none. It returns Refused for what idea.Merge
// refuses, and for ties that would lead in a circle.
func (d *Desk) Merge(ctx context.Context, in MergeInput) (card Card, err error) {
	at, err := d.when(in.At)
	if err != nil {
		return card, err
	}
	if in.Why, err = idea.CleanText("the reason", in.Why); err != nil {
		return card, err
	}
	err = d.update(ctx, "merge", func(tx *store.Tx) error {
		n, err := load(tx)
		if err != nil {
			return err
		}
		into, err := leadsTo(tx, in.Into)
		if err != nil {
			return err
		}
		refusals := &refusals{}
		for _, number := range in.Numbers {
			if err := refusals.add(mergeOne(tx, n, number, into, in, at)); err != nil {
				return err
			}
		}
		if err := refusals.err(); err != nil {
			return err
		}
		for _, kind := range idea.TieKinds() {
			if err := checkCircle(tx, kind, into); err != nil {
				return err
			}
		}
		card, err = d.card(tx, into, true)
		return err
	})
	return card, err
}

// leadsTo is the number of the idea that a number leads to in the end.
func leadsTo(tx *store.Tx, number int64) (int64, error) {
	i, err := tx.Idea(number)
	for err == nil && i.MergedInto != 0 {
		i, err = tx.Idea(i.MergedInto)
	}
	return i.Number, err
}

func mergeOne(tx *store.Tx, n names, number, into int64, in MergeInput, at time.Time) (err error) {
	m := idea.Merging{}
	if m.Idea, err = tx.Idea(number); err != nil {
		return err
	}
	if m.Into, err = tx.Idea(into); err != nil {
		return err
	}
	m.From = n.stage(m.Idea.Stage)
	if m.Ties, err = ties(tx, number); err != nil {
		return err
	}
	if m.Have, err = ties(tx, into); err != nil {
		return err
	}
	m.Entry = idea.Entry{Why: in.Why, At: entryTime(m.Idea, in.At, at)}
	if m.Entry.To, err = n.process.OfKind(idea.Closed); err != nil {
		return err
	}
	if m.Facts, err = gateFacts(tx, m.Idea, m.Entry.To); err != nil {
		return err
	}
	changes, err := idea.Merge(m)
	if err != nil {
		return err
	}
	return tx.RecordAll(changes)
}
