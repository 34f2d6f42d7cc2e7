package desk

import (
	"context"
	"slices"

	"sluss/internal/idea"
	"sluss/internal/store"
)

// AnswerInput is an answer to the givers of ideas.
type AnswerInput struct {
	Numbers []int64
	Text    string       // empty: the answer that is there
	Approve bool         // it may be given
	Sent    bool         // the givers have got it
	Givers  []int64      // which of them; empty is all
	Channel idea.Channel // how; must be there when it is sent
	On      idea.Day     // when; empty is today
}

// Answer drafts an answer, approves it, or records which givers got it. It
// returns Usage if there is neither a text nor an answer that somebody waits
// for, or if a sent answer has no channel; NotFound for a giver who is none of
// the idea's; Refused for an answer that should be approved first.
func (d *Desk) Answer(ctx context.Context, in AnswerInput) ([]Card, error) {
	var err error
	if in.Text, err = idea.CleanText("the answer", in.Text); err != nil {
		return nil, err
	}
	if in.Sent && in.Channel == "" {
		return nil, idea.Errorf(idea.Usage, "how was the answer given?").
			WithHint("say it with --channel: %s", words(idea.Channels()))
	}
	if _, err := d.when(in.On); err != nil {
		return nil, err
	}
	if in.On == "" {
		in.On = d.Today()
	}
	return d.each(ctx, "answer", in.Numbers, func(tx *store.Tx, _ names, i idea.Idea) error {
		return answer(tx, i, in)
	})
}

func answer(tx *store.Tx, i idea.Idea, in AnswerInput) error {
	givers := i.Givers
	if len(in.Givers) > 0 {
		givers = in.Givers
	}
	for _, g := range givers {
		if !slices.Contains(i.Givers, g) {
			return noGiver(i, g)
		}
	}
	a, err := writeAnswer(tx, i, givers, in)
	if err != nil {
		return err
	}
	if in.Approve && a.Status == idea.Drafted {
		if err := tx.RecordAll(a.Approve()); err != nil {
			return err
		}
		a.Status = idea.Approved
	}
	if !in.Sent {
		return nil
	}
	rules, err := tx.Rules()
	if err != nil {
		return err
	}
	changes, err := idea.Gives{Idea: i, Answer: a, Channel: in.Channel, On: in.On, New: in.Text != ""}.Give(idea.ReadRules(rules))
	if err != nil {
		return err
	}
	if err := tx.RecordAll(changes); err != nil {
		return err
	}
	return tell(tx, a, givers, in)
}

func noGiver(i idea.Idea, giver int64) error {
	return idea.Errorf(idea.NotFound, "giver %d has not given idea %d", giver, i.Number).
		WithHint("sluss show %d shows its givers", i.Number)
}

// tell records that those of givers who lacked an answer have got it.
func tell(tx *store.Tx, a idea.Answer, givers []int64, in AnswerInput) error {
	for _, giver := range a.Untold(givers) {
		_, err := tx.Add(idea.ATelling, map[idea.Field]string{"answer": ref(a.ID), idea.FieldGiver: ref(giver),
			idea.FieldChannel: string(in.Channel), idea.FieldOn: string(in.On)})
		if err != nil {
			return err
		}
	}
	return nil
}

// writeAnswer is the answer that the input speaks of: the one that is there,
// rewritten if it is a draft, or a new one.
func writeAnswer(tx *store.Tx, i idea.Idea, givers []int64, in AnswerInput) (idea.Answer, error) {
	answers, err := tx.Answers(i.Number)
	if err != nil {
		return idea.Answer{}, err
	}
	if !in.Sent {
		givers = nil // what is given to some is not written anew for the others
	}
	a, found := idea.Current(answers, in.Text, givers)
	switch {
	case found && a.Status != idea.Given:
		changes := a.Rewrite(in.Text)
		if len(changes) > 0 {
			a.Text, a.Status = in.Text, idea.Drafted
		}
		return a, tx.RecordAll(changes)
	case found:
		return a, nil
	case in.Text == "" && in.Sent && len(answers) > 0:
		return a, idea.Errorf(idea.Usage, "the answer to idea %d has been given already; nobody is waiting for it", i.Number).
			WithHint("a new one: sluss answer %d \"…\"", i.Number)
	case in.Text == "":
		return a, idea.Errorf(idea.Usage, "idea %d has no drafted answer", i.Number).WithHint("sluss answer %d \"…\"", i.Number)
	}
	a = idea.Answer{Idea: i.Number, Text: in.Text, Status: idea.Drafted}
	a.ID, err = tx.Add(idea.AnAnswer, map[idea.Field]string{"idea": ref(i.Number), idea.FieldText: a.Text, idea.FieldStatus: string(a.Status)})
	return a, err
}

func words[T ~string](all []T) idea.List {
	list := make(idea.List, len(all))
	for i, one := range all {
		list[i] = idea.Word(one)
	}
	return list
}
