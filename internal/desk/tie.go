package desk

import (
	"context"

	"sluss/internal/idea"
	"sluss/internal/store"
)

// Bonds is how an idea hangs together with others.
type Bonds struct {
	Ties   []TieLine
	Merged []idea.MergedIdea // went into this idea, at once or by way of others
	Leads  []IdeaName        // where this idea went: the one it is merged into, the one that went into, and so on
}

// TieLine is a tie seen from one idea. Back is true for the idea that the tie
// leads to.
type TieLine struct {
	Kind  idea.TieKind
	Back  bool
	Other IdeaName
	In    idea.Stage // where the other one stands
}

// IdeaName is an idea's number and title.
type IdeaName struct {
	Number int64
	Title  string
}

func bonds(tx *store.Tx, n names, i idea.Idea) (b Bonds, err error) {
	ties, err := tx.Ties(i.Number)
	if err != nil {
		return b, err
	}
	for _, t := range ties {
		line := TieLine{Kind: t.Kind, Back: t.Kind.Directed() && t.To == i.Number, Other: IdeaName{t.To, t.Title}, In: n.stage(t.Stage)}
		if t.To == i.Number {
			line.Other.Number = t.From
		}
		b.Ties = append(b.Ties, line)
	}
	if b.Merged, err = tx.Merged(i.Number); err != nil {
		return b, err
	}
	for i.MergedInto != 0 {
		if i, err = tx.Idea(i.MergedInto); err != nil {
			return b, err
		}
		b.Leads = append(b.Leads, IdeaName{i.Number, i.Title})
	}
	return b, nil
}

// withMerged is an idea's number with those of the ideas that went into it.
func (b Bonds) withMerged(number int64) []int64 {
	numbers := []int64{number}
	for _, m := range b.Merged {
		numbers = append(numbers, m.Number)
	}
	return numbers
}

// Link ties ideas to another one. A tie that is there already is left as it is.
// It returns Refused for a circle, for an idea and itself, and for a merged one.
func (d *Desk) Link(ctx context.Context, numbers []int64, to int64, kind idea.TieKind) ([]Card, error) {
	return d.each(ctx, "link", numbers, func(tx *store.Tx, _ names, i idea.Idea) error {
		other, err := tx.Idea(to)
		if err != nil {
			return err
		}
		have, err := ties(tx, i.Number)
		if err != nil {
			return err
		}
		changes, err := idea.Link(i, other, kind, have)
		if err != nil {
			return err
		}
		if err := tx.RecordAll(changes); err != nil {
			return err
		}
		return checkCircle(tx, kind, i.Number)
	})
}

// Unlink takes away the ties between ideas and another one: those of a kind, or
// all for the empty kind. It returns NotFound where there is none.
func (d *Desk) Unlink(ctx context.Context, numbers []int64, to int64, kind idea.TieKind) ([]Card, error) {
	return d.each(ctx, "link", numbers, func(tx *store.Tx, _ names, i idea.Idea) error {
		if _, err := tx.Idea(to); err != nil {
			return err
		}
		have, err := ties(tx, i.Number)
		if err != nil {
			return err
		}
		changes, err := idea.Unlink(i.Number, to, kind, have)
		if err != nil {
			return err
		}
		return tx.RecordAll(changes)
	})
}

func ties(tx *store.Tx, number int64) (out []idea.Tie, err error) {
	tied, err := tx.Ties(number)
	for _, t := range tied {
		out = append(out, t.Tie)
	}
	return out, err
}

func checkCircle(tx *store.Tx, kind idea.TieKind, number int64) error {
	if !kind.Directed() {
		return nil
	}
	found, err := tx.Circle(kind, number)
	if err == nil && found {
		return idea.Errorf(idea.Refused, "the tie would lead from idea %d round to itself: %s", number, kind.Says()).
			WithHint("sluss show %d shows its ties; sluss link --remove takes one away", number)
	}
	return err
}

// checkTies refuses an undo that would bring back a tie of a merged idea, one
// that closes a circle, or a merge of an idea that has been tied since.
func checkTies(tx *store.Tx, undone idea.Command) error {
	for _, e := range undone.Events {
		if e.Old == "" {
			continue
		}
		if e.Subject == idea.AnIdea && e.Field == idea.FieldMergedInto {
			if err := checkMerged(tx, e.ID); err != nil {
				return err
			}
		}
		for _, kind := range idea.TieKinds() {
			if e.Subject != idea.AnIdea || e.Field != kind.Field() {
				continue
			}
			if err := checkTie(tx, kind, e.ID, parseRef(e.Old)); err != nil {
				return err
			}
		}
	}
	return nil
}

func checkMerged(tx *store.Tx, number int64) error {
	tied, err := tx.Ties(number)
	if err != nil || len(tied) == 0 {
		return err
	}
	return idea.Errorf(idea.Refused, "idea %d has been tied since then to idea %d", number, tied[0].From+tied[0].To-number).
		WithHint("undo the later commands first; sluss log shows them")
}

func checkTie(tx *store.Tx, kind idea.TieKind, from, to int64) error {
	i, err := tx.Idea(from)
	if err != nil {
		return err
	}
	other, err := tx.Idea(to)
	if err != nil {
		return err
	}
	if _, err := idea.Link(i, other, kind, nil); err != nil {
		return err
	}
	return checkCircle(tx, kind, from)
}
