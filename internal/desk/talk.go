package desk

import (
	"context"
	"strings"

	"sluss/internal/idea"
	"sluss/internal/store"
)

// Sitting is what a guided talk about an idea begins with.
type Sitting struct {
	Listed
	Held  idea.Held
	Units []idea.Unit
	Draft *idea.Talk // the coach's own talk about it that is not saved; nil if there is none
}

// Sit gives what a guided talk about an idea begins with. It returns what keeps
// answers from being written, if anything does: better before a talk than in it.
func (d *Desk) Sit(ctx context.Context, number int64) (s Sitting, err error) {
	if err := d.update(ctx, "interview", func(*store.Tx) error { return nil }); err != nil {
		return s, err
	}
	err = d.db.View(ctx, func(tx *store.Tx) error {
		n, err := load(tx)
		if err != nil {
			return err
		}
		i, err := tx.Idea(number)
		if err != nil {
			return err
		}
		s.Listed, s.Held, s.Units = d.listed(n, i), held(n, i), n.units
		talks, err := tx.Talks(d.who)
		for _, t := range talks {
			if t.Idea == number {
				s.Draft = &t
			}
		}
		return err
	})
	return s, err
}

// held is what an idea holds, in the words that Edit takes.
func held(n names, i idea.Idea) idea.Held {
	h := idea.Held{
		idea.FieldTags: strings.Join(i.Tags, " "), idea.FieldUnit: n.unit(i.Unit),
		idea.FieldType: string(i.Type), idea.FieldNewness: string(i.Newness),
		idea.FieldBenefits: strings.ReplaceAll(idea.JoinBenefits(i.Benefits), " ", ", "),
	}
	for _, s := range idea.Sections() {
		h[idea.Field(s)] = i.Sections[s]
	}
	return h
}

// TalkLine is a talk that is not saved, with the title of its idea; empty if
// the idea is gone.
type TalkLine struct {
	idea.Talk
	Title string
}

// Talks gives the coach's own talks that are not saved, newest first.
func (d *Desk) Talks(ctx context.Context) (out []TalkLine, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		talks, err := tx.Talks(d.who)
		if err != nil {
			return err
		}
		for _, t := range talks {
			i, err := tx.Idea(t.Idea)
			if err != nil && idea.KindOf(err) != idea.NotFound {
				return err
			}
			out = append(out, TalkLine{t, i.Title})
		}
		return nil
	})
	return out, err
}

// KeepReply keeps an answer of a talk until the talk is saved or given up.
// questions is the set of the talk, in YAML.
func (d *Desk) KeepReply(ctx context.Context, number int64, questions string, r idea.Reply) error {
	return d.update(ctx, "interview", func(tx *store.Tx) error { return tx.KeepReply(number, questions, r) })
}

// DropTalks gives up the coach's talks about ideas, all of them or none. It
// returns NotFound for an idea without one.
func (d *Desk) DropTalks(ctx context.Context, numbers ...int64) error {
	return d.update(ctx, "interview", func(tx *store.Tx) error {
		for _, number := range numbers {
			there, err := tx.WipeTalk(number)
			if err != nil {
				return err
			}
			if !there {
				return NoTalk(number)
			}
		}
		return nil
	})
}

// NoTalk says that there is no draft of a talk about an idea.
func NoTalk(number int64) *idea.Error {
	return idea.Errorf(idea.NotFound, "you have no draft of an interview about idea %d", number).
		WithHint("sluss interview drafts lists them; sluss interview %d begins one", number)
}

// SaveTalk writes the answers of a talk into its idea, in one command, and takes
// the draft away. It returns Refused if somebody has changed meanwhile what an
// answer would write over.
func (d *Desk) SaveTalk(ctx context.Context, number int64, set idea.QuestionSet, replies idea.Replies, language string) ([]Card, error) {
	return d.each(ctx, "interview", []int64{number}, func(tx *store.Tx, n names, i idea.Idea) error {
		gist := set.Gist(replies, held(n, i), language)
		if len(gist.Clashes) > 0 {
			return idea.Errorf(idea.Refused, "%s %d was changed by somebody else in the meantime: %s",
				idea.AnIdea.Word(), number, gist.Clashes[0].Question.Fills.Word()).
				WithHint("look at it again and repeat the command if it is still right")
		}
		if err := d.editOne(tx, n, i, Edit{Fields: gist.Fields, Tags: gist.Tags}); err != nil {
			return err
		}
		note, err := idea.CleanText("the note", gist.Note)
		if err != nil {
			return err
		}
		if note != "" {
			if err := tx.Record(idea.Change{Subject: idea.AnIdea, ID: number, Field: idea.FieldNote, New: note}); err != nil {
				return err
			}
		}
		_, err = tx.WipeTalk(number)
		return err
	})
}

// Questions gives the sets of questions that coaches have imported, and the
// process whose stages they speak of.
func (d *Desk) Questions(ctx context.Context) (own []idea.QuestionText, process idea.Process, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		if own, err = tx.Questions(); err != nil {
			return err
		}
		process, err = tx.Stages()
		return err
	})
	return own, process, err
}

// SetQuestions keeps sets of questions, in place of those of their names.
func (d *Desk) SetQuestions(ctx context.Context, sets []idea.QuestionText) error {
	return d.update(ctx, "questions import", func(tx *store.Tx) error {
		old, err := tx.Questions()
		if err != nil {
			return err
		}
		for _, s := range sets {
			if err := setQuestions(tx, old, s); err != nil {
				return err
			}
		}
		return nil
	})
}

func setQuestions(tx *store.Tx, old []idea.QuestionText, s idea.QuestionText) error {
	for _, o := range old {
		switch {
		case o.Name != s.Name:
		case o.Text == s.Text:
			return nil
		default:
			return tx.Record(idea.Change{Subject: idea.AQuestionSet, ID: o.ID, Field: idea.FieldText, Old: o.Text, New: s.Text})
		}
	}
	_, err := tx.Add(idea.AQuestionSet, map[idea.Field]string{idea.FieldName: s.Name, idea.FieldText: s.Text})
	return err
}

// RemoveQuestions takes away a set of questions that a coach has imported; one
// of the program with its name stands again. It returns NotFound if there is
// none.
func (d *Desk) RemoveQuestions(ctx context.Context, name string) error {
	return d.update(ctx, "questions remove", func(tx *store.Tx) error {
		own, err := tx.Questions()
		if err != nil {
			return err
		}
		var known []string
		for _, s := range own {
			if idea.Same(s.Name, name) {
				return tx.Remove(idea.AQuestionSet, s.ID)
			}
			known = append(known, s.Name)
		}
		return idea.Unknown("question set of your own", name, known)
	})
}
