package view

import (
	"strings"
	"time"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/lang"
)

// StoryDraft makes the first text of a good example from what is known of an
// idea, in a language. It names no giver and no contact: placeholders stand for
// them.
func StoryDraft(language string, loc *time.Location) func(desk.Card) string {
	v := New(lang.New(lang.Lang(language)), loc)
	return func(c desk.Card) string {
		parts := []string{"# " + c.Title, v.t("The idea came from %s.", idea.GiverPlace)}
		add := func(heading string, paragraphs ...string) {
			var there []string
			for _, p := range paragraphs {
				if p != "" {
					there = append(there, p)
				}
			}
			if len(there) > 0 {
				parts = append(append(parts, "## "+heading), there...)
			}
		}
		add(v.t("The need"), c.Sections[idea.Need])
		add(v.t("For whom"), c.Sections[idea.Whom])
		add(v.t("The solution"), c.Sections[idea.Solution])
		add(v.t("What was tried"), v.triedParts(c.Tests)...)
		add(v.t("What came of it"), append([]string{c.Sections[idea.Value], v.standsPart(c.Listed), v.decidedPart(c.Decisions)}, v.seenParts(c.Effects)...)...)
		add(v.t("Figures"), v.figuresPart(c.Effects))
		add(v.t("What others can reuse"), v.labelled(v.t("It takes"), c.Sections[idea.Resources]), v.labelled(v.t("Mind this"), c.Sections[idea.Risks]))
		add(v.t("Contact"), idea.ContactPlace)
		return strings.Join(parts, "\n\n") + "\n"
	}
}

// labelled is a text with what it is about before it.
func (v View) labelled(label, text string) string {
	if text == "" {
		return ""
	}
	if strings.Contains(text, "\n") {
		return "**" + label + "**\n\n" + text
	}
	return "**" + label + ":** " + text
}

// triedParts tells of tests that have begun.
func (v View) triedParts(tests []desk.TestLine) (parts []string) {
	for _, t := range tests {
		if t.Started == "" {
			continue
		}
		parts = append(parts, v.labelled(v.t("Belief"), t.Belief), v.labelled(v.t("Method"), t.Method),
			v.labelled(v.t("Result"), t.Result), v.labelled(v.t("Verdict"), v.word(string(t.Verdict))), v.labelled(v.t("Learnt"), t.Learnt))
	}
	return parts
}

func (v View) standsPart(l desk.Listed) string {
	if l.In.Kind != idea.Realised {
		return ""
	}
	return v.t("The idea is realised since %s.", v.day(l.StageSince))
}

func (v View) decidedPart(all []desk.DecisionLine) string {
	var lines []string
	for _, one := range all {
		line := "- " + string(one.Day) + " " + one.ForumName + ": " + v.t("%s", one.Resolution.Label())
		if one.Why != "" {
			line += " (" + strings.ReplaceAll(one.Why, "\n", " ") + ")"
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func (v View) seenParts(effects []desk.EffectLine) (parts []string) {
	for _, e := range effects {
		for _, s := range e.Seen {
			parts = append(parts, s.Text)
		}
	}
	return parts
}

// figuresPart is a line for each effect: what it was, what was planned and what
// was seen.
func (v View) figuresPart(effects []desk.EffectLine) string {
	var lines []string
	for _, e := range effects {
		before, seen := e.Before, e.Last()
		if seen.Before != "" {
			before = seen.Before
		}
		line := "- " + v.t("%s: %s before", e.Measure, before)
		if seen.On != "" {
			line += ", " + v.t("%s on %s", seen.After, string(seen.On))
		}
		line += " " + v.t("(planned: %s)", e.After)
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// FillStory fills the placeholders of a good example: the givers who agree to be
// named with their names and the others with what they are, and the contact with
// name, role and addresses, or the unit and the coach without one.
func FillStory(language, text string, p desk.StoryPeople) string {
	v := New(lang.New(lang.Lang(language)), time.UTC)
	return strings.NewReplacer(idea.GiverPlace, v.storyGivers(p.Givers), idea.ContactPlace, v.storyContact(p)).Replace(text)
}

func (v View) storyGivers(givers []idea.Giver) string {
	var names []string
	count := map[idea.GiverKind]int{}
	for _, g := range givers {
		if g.Name != "" {
			names = append(names, g.Name)
		} else {
			count[g.Kind]++
		}
	}
	for _, kind := range idea.GiverKinds() {
		if n := count[kind]; n > 0 {
			names = append(names, v.someGivers(kind, n))
		}
	}
	switch last := len(names) - 1; last {
	case -1:
		return v.t("somebody")
	case 0:
		return names[0]
	default:
		return v.t("%s and %s", strings.Join(names[:last], ", "), names[last])
	}
}

// someGivers is givers of a kind without their names.
func (v View) someGivers(kind idea.GiverKind, n int) string {
	switch kind {
	case idea.Employee:
		return v.p.N(n, "an employee", "%d employees")
	case idea.Resident:
		return v.p.N(n, "a resident", "%d residents")
	case idea.Company:
		return v.p.N(n, "a company", "%d companies")
	case idea.Association:
		return v.p.N(n, "an association", "%d associations")
	}
	return v.p.N(n, "somebody", "%d others")
}

func (v View) storyContact(p desk.StoryPeople) string {
	var parts []string
	add := func(s string) {
		if s != "" {
			parts = append(parts, s)
		}
	}
	c := p.Official
	add(c.Name)
	add(c.Role)
	add(p.UnitName)
	add(c.Email)
	add(c.Phone)
	if c.ID == 0 && p.Coach != "" {
		add(v.t("idea coach %s", p.Coach))
	}
	if len(parts) == 0 {
		return v.t("the idea coaches")
	}
	return strings.Join(parts, ", ")
}
