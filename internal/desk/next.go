package desk

import (
	"context"

	"sluss/internal/idea"
	"sluss/internal/store"
)

// NextInput says what is to be done with ideas next.
type NextInput struct {
	Numbers []int64
	Text    string   // empty: the step that is there
	By      idea.Day // the day by which; empty is none for a new step
	Done    bool     // the step is taken; there is none now
}

// Next writes down the next step of ideas, gives the one that is there another
// day, or takes it away when it is done. It returns Usage if there is nothing
// to write, and Refused if there is no step to give a day or to be done with.
func (d *Desk) Next(ctx context.Context, in NextInput) ([]Card, error) {
	var err error
	if in.Text, err = idea.CleanText(idea.Word(idea.Next), in.Text); err != nil {
		return nil, err
	}
	switch {
	case in.Done && (in.Text != "" || in.By != ""):
		return nil, idea.Errorf(idea.Usage, "--done takes the next step away; it goes with no text and no --by").
			WithHint("a new step takes the place of the old one: sluss next 14 \"…\" --by friday")
	case !in.Done && in.Text == "" && in.By == "":
		return nil, idea.Errorf(idea.Usage, "what is the next step?").WithHint("sluss next 14 \"…\" --by friday")
	}
	return d.each(ctx, "next", in.Numbers, func(tx *store.Tx, _ names, i idea.Idea) error {
		old := i.Sections[idea.Next]
		if in.Text == "" && old == "" && (!in.Done || i.NextBy == "") {
			return noStep(i.Number)
		}
		text := in.Text
		if text == "" && !in.Done {
			text = old
		}
		return tx.RecordAll(append(i.Set(idea.Field(idea.Next), text), i.Set(idea.FieldNextBy, string(in.By))...))
	})
}

func noStep(number int64) error {
	return idea.Errorf(idea.Refused, "idea %d has no next step", number).WithHint("sluss next %d \"…\" --by friday", number)
}
