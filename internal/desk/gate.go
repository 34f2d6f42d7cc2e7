package desk

import (
	"context"
	"time"

	"sluss/internal/idea"
	"sluss/internal/store"
)

// look tells where ideas would go and what they lack for it.
func (d *Desk) look(ctx context.Context, in MoveInput, at time.Time, target func(names, *store.Tx, idea.Idea) (idea.Stage, error)) (out []Moved, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		n, err := load(tx)
		if err != nil {
			return err
		}
		for _, number := range in.Numbers {
			i, err := tx.Idea(number)
			if err != nil {
				return err
			}
			to, err := target(n, tx, i)
			if err != nil {
				return err
			}
			moved, err := lookOne(tx, n, i, to, entryTime(i, in.At, at))
			if err != nil {
				return err
			}
			out = append(out, moved)
		}
		return nil
	})
	return out, err
}

// lookOne tells what one idea lacks to enter a stage at a time.
func lookOne(tx *store.Tx, n names, i idea.Idea, to idea.Stage, at time.Time) (Moved, error) {
	if err := idea.CheckEntry(i, idea.Entry{To: to, At: at}); err != nil {
		return Moved{}, err
	}
	known, err := gateFacts(tx, i, to)
	if err != nil {
		return Moved{}, err
	}
	moved, err := standing(tx, n, i)
	moved.To, moved.Missing = to, idea.Missing(to, i, known)
	return moved, err
}

// standing is an idea that stays where it is, as a look tells of it.
func standing(tx *store.Tx, n names, i idea.Idea) (Moved, error) {
	l := Listed{Idea: i}
	err := addPeople(tx, &l)
	now := n.stage(i.Stage)
	return Moved{Number: i.Number, Title: i.Title, From: now, To: now, Answered: i.Answered != "",
		Classes: unclassed(i), Givers: l.From, UnitName: n.unit(i.Unit)}, err
}

// unclassed lists the classes of an idea that are not known.
func unclassed(i idea.Idea) (fields []idea.Field) {
	for _, f := range []idea.Field{idea.FieldType, idea.FieldNewness, idea.FieldBenefits} {
		if i.Value(f) == "" {
			fields = append(fields, f)
		}
	}
	return fields
}

// supply stores what was missing of an idea before it is moved.
func (d *Desk) supply(tx *store.Tx, n names, number int64, in MoveInput) error {
	s, given := in.Supply[number]
	if !given {
		return nil
	}
	i, err := tx.Idea(number)
	if err != nil {
		return err
	}
	if err := d.editOne(tx, n, i, s.Edit); err != nil {
		return err
	}
	if err := supplyContact(tx, i, s); err != nil {
		return err
	}
	if err := supplyTest(tx, i, s); err != nil {
		return err
	}
	if s.Answer == "" {
		return nil
	}
	on := in.At
	if on == "" {
		on = d.Today()
	}
	return answer(tx, i, AnswerInput{Text: s.Answer, Sent: true, Channel: s.Channel, On: on})
}

func supplyTest(tx *store.Tx, i idea.Idea, s Supply) error {
	if len(s.Test) == 0 {
		return nil
	}
	t, err := cleanTest(s.Test)
	if err != nil {
		return err
	}
	return planTest(tx, i, t)
}

// supplyContact completes the first giver whom nothing is known to reach by.
func supplyContact(tx *store.Tx, i idea.Idea, s Supply) error {
	if s.Email == "" && s.Phone == "" || len(i.Givers) == 0 {
		return nil
	}
	email, err := cleanMail(s.Email)
	if err != nil {
		return err
	}
	givers, err := tx.Givers(i.Givers...)
	if err != nil {
		return err
	}
	for _, g := range givers {
		if g.Email == "" && g.Phone == "" {
			return complete(tx, g, idea.Giver{Email: email, Phone: s.Phone})
		}
	}
	return nil
}

// countStanding counts the ideas in the stages that have a limit.
func countStanding(tx *store.Tx, moved []Moved) error {
	var counts map[idea.StageKey]int
	for k := range moved {
		if moved[k].To.Wip == 0 {
			continue
		}
		if counts == nil {
			var err error
			if counts, err = tx.StageCounts(); err != nil {
				return err
			}
		}
		moved[k].Standing = counts[moved[k].To.Key]
	}
	return nil
}
