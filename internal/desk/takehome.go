package desk

import (
	"cmp"
	"context"

	"sluss/internal/idea"
	"sluss/internal/store"
)

// OutcomeInput is what somebody took home from a mashup, in the words of the
// user.
type OutcomeInput struct {
	Organisation string
	Idea         string
	Story        string // the number of the idea of a good example; in place of Idea
	Text         string
}

// AddMashupOutcome records what an organisation took home. It returns Usage
// without an organisation, or with neither a text nor an idea.
func (d *Desk) AddMashupOutcome(ctx context.Context, mashup string, in OutcomeInput) (MashupPage, error) {
	return d.changeMashups(ctx, "mashup outcome add", func(tx *store.Tx) (m idea.Mashup, err error) {
		if m, err = findMashup(tx, mashup); err != nil {
			return m, err
		}
		who, err := idea.CleanLine("the organisation", in.Organisation)
		if err != nil {
			return m, err
		}
		if who == "" {
			return m, idea.Errorf(idea.Usage, "who took something home?").WithHint("say which organisation with --who")
		}
		about, story, err := shown(tx, cmp.Or(in.Story, in.Idea), in.Story != "")
		if err != nil {
			return m, err
		}
		text, err := idea.CleanText("the text", in.Text)
		if err != nil {
			return m, err
		}
		if text == "" && about == 0 {
			return m, idea.Errorf(idea.Usage, "what did %s take home?", who).WithHint("say it with --text, or with --idea which idea")
		}
		_, err = tx.Add(idea.AMashupOutcome, map[idea.Field]string{idea.FieldMashup: ref(m.ID), idea.FieldOrganisation: who,
			"idea": ref(about), "story": ref(story), idea.FieldText: text})
		return m, err
	})
}

// RemoveMashupOutcomes removes outcomes that were recorded by mistake, all of
// them or none.
func (d *Desk) RemoveMashupOutcomes(ctx context.Context, ids []int64) (out []idea.MashupOutcome, err error) {
	err = d.update(ctx, "mashup outcome remove", func(tx *store.Tx) error {
		all, err := tx.MashupOutcomes(0)
		if err != nil {
			return err
		}
		known := byID(all, func(o idea.MashupOutcome) int64 { return o.ID })
		for _, id := range ids {
			o, there := known[id]
			if !there {
				return idea.Errorf(idea.NotFound, "there is no outcome %d", id).WithHint("sluss mashup outcome list MASHUP shows the numbers")
			}
			delete(known, id)
			if err := tx.Remove(idea.AMashupOutcome, id); err != nil {
				return err
			}
			out = append(out, o)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// Evaluate records how those who took part judged a mashup: as a whole, or in
// answer to a question. An evaluation of the same question takes the place of
// the one before.
func (d *Desk) Evaluate(ctx context.Context, mashup string, e idea.Evaluation) (MashupPage, error) {
	return d.changeMashups(ctx, "mashup evaluate", func(tx *store.Tx) (m idea.Mashup, err error) {
		if m, err = findMashup(tx, mashup); err != nil {
			return m, err
		}
		if e.Question, err = idea.CleanLine("the question", e.Question); err != nil {
			return m, err
		}
		if e.Text, err = idea.CleanText("the text", e.Text); err != nil {
			return m, err
		}
		if err := e.CheckGrade(); err != nil {
			return m, err
		}
		e.Mashup = m.ID
		old, err := evaluationOf(tx, m.ID, e.Question)
		if err != nil {
			return m, err
		}
		if old.ID == 0 {
			_, err = tx.Add(idea.AnEvaluation, evaluationValues(e))
			return m, err
		}
		before, after := evaluationValues(old), evaluationValues(e)
		for _, f := range []idea.Field{idea.FieldAnswers, idea.FieldGrade, idea.FieldScale, idea.FieldText} {
			if err := recordField(tx, idea.AnEvaluation, old.ID, f, before[f], after[f]); err != nil {
				return m, err
			}
		}
		return m, nil
	})
}

func evaluationValues(e idea.Evaluation) map[idea.Field]string {
	return map[idea.Field]string{idea.FieldMashup: ref(e.Mashup), idea.FieldQuestion: e.Question, idea.FieldAnswers: ref(int64(e.Answers)),
		idea.FieldGrade: string(e.Grade), idea.FieldScale: string(e.Scale), idea.FieldText: e.Text}
}

func evaluationOf(tx *store.Tx, mashup int64, question string) (idea.Evaluation, error) {
	all, err := tx.Evaluations(mashup)
	for _, e := range all {
		if idea.Same(e.Question, question) {
			return e, err
		}
	}
	return idea.Evaluation{}, err
}

// RemoveEvaluation takes the evaluation of a question away. It returns NotFound
// if there is none.
func (d *Desk) RemoveEvaluation(ctx context.Context, mashup, question string) (MashupPage, error) {
	return d.changeMashups(ctx, "mashup evaluate", func(tx *store.Tx) (m idea.Mashup, err error) {
		if m, err = findMashup(tx, mashup); err != nil {
			return m, err
		}
		old, err := evaluationOf(tx, m.ID, question)
		switch {
		case err != nil:
			return m, err
		case old.ID == 0 && question != "":
			return m, idea.Errorf(idea.NotFound, "nothing is recorded of the question %q", question)
		case old.ID == 0:
			return m, idea.Errorf(idea.NotFound, "no evaluation of %s as a whole is recorded", m.Name)
		}
		return m, tx.Remove(idea.AnEvaluation, old.ID)
	})
}

// MashupOutcomes gives so many outcomes of all mashups, the last that were
// recorded.
func (d *Desk) MashupOutcomes(ctx context.Context, most int) (out []idea.MashupOutcome, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		out, err = tx.MashupOutcomes(0)
		return err
	})
	return out[max(0, len(out)-most):], err
}
