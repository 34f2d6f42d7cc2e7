package desk

import (
	"context"
	"slices"

	"sluss/internal/idea"
	"sluss/internal/letter"
	"sluss/internal/store"
)

// Letter is what a letter to a giver of an idea is made of.
type Letter struct {
	Card
	Template idea.Template
	Today    idea.Day
	Answer   idea.Answer // the newest, if it may be told
	Hidden   bool        // it may not: it is not approved
	To       idea.Giver  // without an id for an idea that no giver is known of
}

// Letters gives what the letters about ideas are made of, one for each giver of
// each: those named, or all. It returns NotFound for a giver who is none of an
// idea's. Names and contacts are in them: a letter is for the one it names.
func (d *Desk) Letters(ctx context.Context, numbers []int64, name idea.LetterName, lang string, givers []int64) (out []Letter, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		template, err := currentTemplate(tx, name, lang)
		if err != nil {
			return err
		}
		rules, err := tx.Rules()
		if err != nil {
			return err
		}
		for _, number := range numbers {
			card, err := d.card(tx, number, true)
			if err != nil {
				return err
			}
			for _, g := range givers {
				if !slices.Contains(card.Givers, g) {
					return noGiver(card.Idea, g)
				}
			}
			l := Letter{Card: card, Template: template, Today: d.Today()}
			l.answer(idea.ReadRules(rules))
			if len(card.From) == 0 {
				out = append(out, l)
			}
			for _, g := range card.From {
				if len(givers) == 0 || slices.Contains(givers, g.ID) {
					l.To = g
					out = append(out, l)
				}
			}
		}
		return nil
	})
	return out, err
}

// answer takes in the newest answer, unless the rules want it approved first.
func (l *Letter) answer(rules idea.Rules) {
	if len(l.Answers) == 0 {
		return
	}
	newest := l.Answers[len(l.Answers)-1]
	if l.Hidden = rules.ApproveAnswers && newest.Status == idea.Drafted; !l.Hidden {
		l.Answer = newest
	}
}

// Why is what was said when the idea came to its stage.
func (c Card) Why() string {
	if len(c.Moves) == 0 {
		return ""
	}
	return c.Moves[len(c.Moves)-1].Why
}

func currentTemplate(tx *store.Tx, name idea.LetterName, lang string) (idea.Template, error) {
	all, err := tx.Templates()
	if t, found := idea.FindTemplate(all, name, lang); found {
		return t, err
	}
	return letter.BuiltIn(name, lang), err
}

// Templates gives the template of every kind of letter in a language: that of
// the coaches, or that of the program.
func (d *Desk) Templates(ctx context.Context, lang string) (out []idea.Template, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		for _, name := range idea.LetterNames() {
			t, err := currentTemplate(tx, name, lang)
			if err != nil {
				return err
			}
			out = append(out, t)
		}
		return nil
	})
	return out, err
}

// Template gives the template of a kind of letter in a language.
func (d *Desk) Template(ctx context.Context, name idea.LetterName, lang string) (t idea.Template, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		t, err = currentTemplate(tx, name, lang)
		return err
	})
	return t, err
}

// SetTemplate puts a template in place of the one that is there. It returns
// Usage, with line and column, for one that cannot be filled.
func (d *Desk) SetTemplate(ctx context.Context, t idea.Template) (idea.Template, error) {
	var err error
	if t.Text, err = idea.CleanText("the template", t.Text); err != nil {
		return t, err
	}
	if t.Text == "" {
		e := idea.Errorf(idea.Usage, "the template is empty")
		if t.Name == idea.NewsletterTemplate {
			return t, e.WithHint("sluss newsletter template reset brings the first one back")
		}
		return t, e.WithHint("sluss letter template reset %s brings the first one back", string(t.Name))
	}
	if err := letter.Check(t); err != nil {
		return t, err
	}
	err = d.update(ctx, "letter template", func(tx *store.Tx) error {
		old, err := currentTemplate(tx, t.Name, t.Lang)
		switch {
		case err != nil || old.Text == t.Text:
			t.ID = old.ID
			return err
		case old.ID != 0:
			t.ID = old.ID
			return tx.Record(idea.Change{Subject: idea.ATemplate, ID: old.ID, Field: idea.FieldText, Old: old.Text, New: t.Text})
		}
		t.ID, err = tx.Add(idea.ATemplate, map[idea.Field]string{idea.FieldName: string(t.Name), "lang": t.Lang, idea.FieldText: t.Text})
		return err
	})
	return t, err
}

// ResetTemplate brings the program's own template back, if it was replaced.
func (d *Desk) ResetTemplate(ctx context.Context, name idea.LetterName, lang string) (idea.Template, error) {
	err := d.update(ctx, "letter template", func(tx *store.Tx) error {
		old, err := currentTemplate(tx, name, lang)
		if err != nil || old.ID == 0 {
			return err
		}
		return tx.Remove(idea.ATemplate, old.ID)
	})
	return letter.BuiltIn(name, lang), err
}
