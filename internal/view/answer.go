package view

import (
	"slices"
	"strings"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/render"
)

// Answer is an answer to the givers in JSON. Channel and given are those of the
// first who got it.
type Answer struct {
	Text    string    `json:"text"`
	Status  string    `json:"status"`
	Channel *string   `json:"channel"`
	Given   *string   `json:"given"`
	Told    []Telling `json:"told"`
}

// Telling is that a giver got an answer, in JSON. The name is null unless people
// were asked for.
type Telling struct {
	Giver   int64   `json:"giver"`
	Name    *string `json:"name"`
	Channel string  `json:"channel"`
	Given   string  `json:"given"`
}

// Waiting is a giver who has not got the newest answer, in JSON. The name is
// null unless people were asked for.
type Waiting struct {
	Giver int64   `json:"giver"`
	Name  *string `json:"name"`
}

func answersJSON(c desk.Card) (answers []Answer, waiting []Waiting) {
	answers, waiting = []Answer{}, []Waiting{}
	for _, a := range c.Answers {
		out := Answer{Text: a.Text, Status: string(a.Status), Channel: known(a.Channel), Given: known(a.On), Told: []Telling{}}
		for _, t := range a.Told {
			out.Told = append(out.Told, Telling{Giver: t.Giver, Name: known(giverOf(c, t.Giver).Name), Channel: string(t.Channel), Given: string(t.On)})
		}
		answers = append(answers, out)
	}
	for _, g := range c.Waiting {
		waiting = append(waiting, Waiting{Giver: g, Name: known(giverOf(c, g).Name)})
	}
	return answers, waiting
}

// giverOf is a giver of an idea; only the id of one who is none of its any more.
func giverOf(c desk.Card, id int64) idea.Giver {
	if k := slices.IndexFunc(c.From, func(g idea.Giver) bool { return g.ID == id }); k >= 0 {
		return c.From[k]
	}
	return idea.Giver{ID: id}
}

// answerSections are the answers of an idea, each with those who got it. One
// giver alone needs no such line: the heading tells it.
func (v View) answerSections(c desk.Card) []render.Section {
	newest := -1
	for k, a := range c.Answers {
		if a.Status == idea.Given {
			newest = k
		}
	}
	var out []render.Section
	for k, a := range c.Answers {
		s := render.Section{Heading: v.answerHeading(a), Text: a.Text}
		if len(a.Told) > 0 && len(c.Givers) > 1 {
			s.Facts = append(s.Facts, render.Fact{Label: v.t("Told"), Value: v.told(c, a)})
		}
		if k == newest && len(c.Waiting) > 0 {
			s.Facts = append(s.Facts, render.Fact{Label: v.t("Still waiting"), Value: v.waiting(c)})
		}
		out = append(out, s)
	}
	return out
}

func (v View) answerHeading(a idea.Answer) string {
	switch a.Status {
	case idea.Given:
		return v.t("Answer to the giver, %s via %s", string(a.On), v.word(string(a.Channel)))
	case idea.Approved:
		return v.t("Answer to the giver (approved, not given)")
	}
	return v.t("Answer to the giver (draft)")
}

func (v View) told(c desk.Card, a idea.Answer) string {
	var parts []string
	for _, t := range a.Told {
		parts = append(parts, v.t("%s %s via %s", v.giverName(c, t.Giver), string(t.On), v.word(string(t.Channel))))
	}
	return strings.Join(parts, "; ")
}

func (v View) waiting(c desk.Card) string {
	var parts []string
	for _, g := range c.Waiting {
		parts = append(parts, v.giverName(c, g))
	}
	return strings.Join(parts, "; ")
}

// giverName is a giver in a line: by name where people are shown, else by
// number.
func (v View) giverName(c desk.Card, id int64) string {
	g := giverOf(c, id)
	if g.Name == "" {
		return v.t("giver %d", id)
	}
	return v.t("%s (giver %d)", g.Name, id)
}

// answerBy is the day by which the first answer is promised.
func (v View) answerBy(l desk.Listed) string {
	if l.Late {
		return v.t("%s (that day has been)", string(l.AnswerBy))
	}
	return string(l.AnswerBy)
}

// Told tells how far the answer to the givers has come.
func Told(in desk.AnswerInput) func(desk.Card) idea.Text {
	return func(c desk.Card) idea.Text {
		switch {
		case in.Sent && len(c.Waiting) == 1:
			return idea.Say("the answer is given; one giver is still waiting")
		case in.Sent && len(c.Waiting) > 1:
			return idea.Say("the answer is given; %d givers are still waiting", len(c.Waiting))
		case in.Sent:
			return idea.Say("the answer is given")
		case in.Approve:
			return idea.Say("the answer is approved")
		}
		return idea.Say("the answer is drafted")
	}
}
