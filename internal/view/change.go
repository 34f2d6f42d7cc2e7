package view

import (
	"strings"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/render"
)

// Moved is an idea that was moved, in JSON.
type Moved struct {
	Number int64  `json:"number"`
	Title  string `json:"title"`
	From   string `json:"from"`
	To     string `json:"to"`
}

// Moved tells where ideas went, a line each.
func (v View) Moved(all []desk.Moved) render.Document {
	d := render.Document{Items: items(seq(all), func(m desk.Moved) any {
		return Moved{Number: m.Number, Title: m.Title, From: string(m.From.Key), To: string(m.To.Key)}
	})}
	for _, m := range all {
		d.Notes = append(d.Notes, v.t("%d %s: %s → %s", m.Number, m.Title, v.stage(m.From), v.stage(m.To)))
	}
	return d
}

// Added tells that an idea was added.
func (v View) Added(card desk.Card, people bool) render.Document {
	return v.lines(v.Card(card, people), Done("registered"), card)
}

// Changed tells what was done to ideas, a line each.
func (v View) Changed(cards []desk.Card, done func(desk.Card) idea.Text, people bool) render.Document {
	d := v.Cards(cards, people)
	d.Items = items(seq(cards), func(c desk.Card) any { return cardJSON(c) })
	return v.lines(d, done, cards...)
}

// lines is d with a line for each card in place of what people read.
func (v View) lines(d render.Document, done func(desk.Card) idea.Text, cards ...desk.Card) render.Document {
	d.Title, d.Sections, d.Notes = "", nil, nil
	for _, c := range cards {
		d.Notes = append(d.Notes, v.t("%d %s: %s", c.Number, c.Title, done(c)))
	}
	return d
}

// Done tells of any idea that something was done.
func Done(what idea.Word) func(desk.Card) idea.Text {
	return func(desk.Card) idea.Text { return idea.Say("%s", what) }
}

// Assigned tells who has an idea now.
func Assigned(c desk.Card) idea.Text {
	if c.CoachName == "" {
		return idea.Say("no coach")
	}
	return idea.Say("coach %s", c.CoachName)
}

// Tagged tells which tags an idea has now.
func Tagged(c desk.Card) idea.Text {
	if len(c.Tags) == 0 {
		return idea.Say("no tags")
	}
	return idea.Say("tags %s", strings.Join(c.Tags, " "))
}

// Timed tells by which day something must be done now.
func Timed(c desk.Card) idea.Text {
	if c.Due == "" {
		return idea.Say("no due day")
	}
	return idea.Say("due %s", string(c.Due))
}

// NextStep tells what is to be done next with an idea.
func NextStep(c desk.Card) idea.Text {
	step, by := short(c.Sections[idea.Next]), string(c.NextBy)
	switch {
	case step == "" && by == "":
		return idea.Say("no next step")
	case by == "":
		return idea.Say("next step: %s", step)
	}
	return idea.Say("next step by %s: %s", by, step)
}
