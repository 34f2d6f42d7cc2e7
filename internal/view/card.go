package view

import (
	"slices"
	"strconv"
	"strings"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/render"
)

// Card is all that is known of an idea in JSON.
type Card struct {
	Idea
	RegisteredBy *string   `json:"registered_by"`
	Notes        []Note    `json:"notes"`
	Answers      []Answer  `json:"answers"`
	Waiting      []Waiting `json:"waiting"`
	Moves        []Move    `json:"moves"`
	Ties         []Tie     `json:"ties"`

	Merged []MergedIdea `json:"merged"`

	Work
}

// Note is a note in JSON. Idea is the number of the idea that it was written
// about: this one, or one that is merged into it.
type Note struct {
	Idea int64  `json:"idea"`
	At   string `json:"at"`
	By   string `json:"by"`
	Text string `json:"text"`
}

// Move is a step on an idea's way in JSON.
type Move struct {
	At     string  `json:"at"`
	By     string  `json:"by"`
	From   *string `json:"from"`
	To     string  `json:"to"`
	Why    *string `json:"why"`
	Forced bool    `json:"forced"`
}

func cardJSON(c desk.Card) Card {
	out := Card{Idea: ideaJSON(c.Listed), RegisteredBy: known(c.RegistrarName),
		Notes: []Note{}, Moves: []Move{}}
	for _, n := range c.Notes {
		out.Notes = append(out.Notes, Note{Idea: n.Idea, At: stamp(n.At), By: n.Who, Text: n.Text})
	}
	out.Answers, out.Waiting = answersJSON(c)
	for _, m := range c.Moves {
		out.Moves = append(out.Moves, Move{At: stamp(m.At), By: m.Who, From: known(m.From.Key), To: string(m.To.Key), Why: known(m.Why), Forced: m.Forced})
	}
	out.Ties, out.Merged = tiesJSON(c.Bonds)
	out.Work = workJSON(c.Work)
	return out
}

// Card is the page of one idea.
func (v View) Card(c desk.Card, people bool) render.Document {
	d := render.Document{Title: number64(c.Number) + " " + c.Title, JSON: cardJSON(c)}
	d.Sections = append(d.Sections, render.Section{Facts: v.cardFacts(c, people)})
	for _, s := range idea.Sections() {
		if text := c.Sections[s]; text != "" {
			d.Sections = append(d.Sections, render.Section{Heading: v.Section(s), Text: text})
		}
	}
	d.Sections = append(d.Sections, v.tieSections(c.Bonds)...)
	d.Sections = append(d.Sections, v.workSections(c.Work, people)...)
	d.Sections = append(d.Sections, v.answerSections(c)...)
	if len(c.Notes) > 0 {
		d.Sections = append(d.Sections, render.Section{Heading: v.t("Notes")})
		for _, n := range c.Notes {
			who := n.Who
			if n.Idea != c.Number {
				who = v.t("%s (idea %d)", who, n.Idea)
			}
			d.Sections = append(d.Sections, render.Section{Text: v.day(n.At) + " " + who + "\n" + n.Text})
		}
	}
	d.Sections = append(d.Sections, render.Section{Heading: v.t("The way so far"), Table: v.moves(c.Moves)})
	all := func(yield func(desk.Listed, error) bool) { yield(c.Listed, nil) }
	d.Records = v.ideaTable(v.columns(people), all)
	return d
}

// Cards is the pages of several ideas, one below the other.
func (v View) Cards(cards []desk.Card, people bool) render.Document {
	if len(cards) == 1 {
		return v.Card(cards[0], people)
	}
	var d render.Document
	for _, c := range cards {
		one := v.Card(c, people)
		d.Sections = append(d.Sections, render.Section{Heading: one.Title})
		d.Sections = append(d.Sections, one.Sections...)
	}
	list := func(yield func(desk.Listed, error) bool) {
		for _, c := range cards {
			if !yield(c.Listed, nil) {
				return
			}
		}
	}
	d.Records = v.ideaTable(v.columns(people), list)
	d.Items = items(seq(cards), func(c desk.Card) any { return cardJSON(c) })
	return d
}

func seq[T any](all []T) func(func(T, error) bool) {
	return func(yield func(T, error) bool) {
		for _, one := range all {
			if !yield(one, nil) {
				return
			}
		}
	}
}

func number64(n int64) string { return strconv.FormatInt(n, 10) }

func (v View) cardFacts(c desk.Card, people bool) []render.Fact {
	var facts []render.Fact
	add := func(label, value string) {
		if value != "" {
			facts = append(facts, render.Fact{Label: label, Value: value})
		}
	}
	add(v.t("Stage"), v.standing(c.Listed))
	add(v.t("Reason"), v.word(string(c.Reason)))
	add(v.t("Merged into"), leads(c.Bonds))
	add(v.t("Wakes"), string(c.Wake))
	add(v.t("Kind"), v.word(string(c.Kind)))
	add(v.t("Giver"), v.givers(c, people))
	add(v.t("Unit"), c.UnitName)
	add(v.t("Owner"), v.owner(c.Listed, people))
	add(v.t("Coach"), c.CoachName)
	add(v.t("Received"), v.came(c))
	add(v.t("Registered"), v.t("%s by %s", v.moment(c.Registered), c.RegistrarName))
	add(v.t("Due"), string(c.Due))
	add(v.t("Next step by"), string(c.NextBy))
	add(v.t("Answer by"), v.answerBy(c.Listed))
	add(v.t("Answered"), string(c.Answered))
	add(v.t("Type"), v.word(string(c.Type.Label())))
	add(v.t("Newness"), v.word(string(c.Newness.Label())))
	add(v.t("Kinds of value"), v.benefits(c.Benefits))
	add(v.t("Tags"), strings.Join(c.Tags, " "))
	for _, s := range c.Stories {
		add(v.t("Good example"), v.storyLine(s))
	}
	add(v.t("Source"), strings.TrimSpace(c.Source+" "+c.ExternalID))
	return facts
}

func (v View) standing(l desk.Listed) string {
	s := v.t("%s, since %s", v.stage(l.In), v.day(l.StageSince))
	if l.Stuck {
		s += " " + v.t("(longer than %d days)", l.In.LimitDays)
	}
	return s
}

func (v View) came(c desk.Card) string {
	if c.Channel == "" {
		return string(c.Received)
	}
	return v.t("%s via %s", string(c.Received), v.word(string(c.Channel)))
}

func (v View) owner(l desk.Listed, people bool) string {
	if l.Owner != 0 && !people {
		return v.t("(name left out; --with-people shows it)")
	}
	return l.OwnerName
}

func (v View) givers(c desk.Card, people bool) string {
	var parts []string
	for _, g := range c.From {
		part := v.giver(g, people)
		if ideas := gave(c.Bonds, g.ID); ideas != "" {
			part = v.t("%s, who gave %s", part, ideas)
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, "; ")
}

func (v View) giver(g idea.Giver, people bool) string {
	if !people {
		return v.t("%s %d (name left out; --with-people shows it)", v.word(string(g.Kind)), g.ID)
	}
	contact := slices.DeleteFunc([]string{g.Email, g.Phone}, func(s string) bool { return s == "" })
	name := strings.TrimSpace(g.Name + " " + strings.Join(contact, ", "))
	return v.t("%s (%s, giver %d)", name, v.word(string(g.Kind)), g.ID)
}

func (v View) moves(moves []desk.MoveLine) *render.Table {
	return &render.Table{
		Columns: []render.Column{{Key: "at", Head: v.t("When")}, {Key: "to", Head: v.t("Stage")}, {Key: "by", Head: v.t("By")}, {Key: "why", Head: v.t("Why"), Flex: true}},
		Rows: render.RowsOf(rows(moves, func(m desk.MoveLine) []render.Cell {
			why := m.Why
			if m.Forced {
				why = strings.TrimSpace(why + " " + v.t("(gate passed with --force)"))
			}
			return []render.Cell{text(v.day(m.At)), coded(v.stage(m.To), string(m.To.Key)), text(m.Who), text(why)}
		})),
	}
}
