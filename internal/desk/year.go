package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"sluss/internal/idea"
	"sluss/internal/report"
	"sluss/internal/store"
)

// YearInput says which account is wanted.
type YearInput struct {
	Parts []idea.Part
	Lang  string // of the good examples, where there is a choice
	ReportInput
}

// Year is the account of a period that a coach hands to the management.
type Year struct {
	report.Head
	Parts []YearPart
}

// YearPart is a part of an account: what a coach has written, and the figures.
type YearPart struct {
	Part     idea.Part
	Text     string
	Report   *report.Report
	Examples []Example
	Learnt   []Learnt
	Targets  *FollowedTargets
}

// Example is an idea that was realised in the period, without its giver, or one
// whose story was published in it. Story is the published text, which stands in
// place of need and value.
type Example struct {
	Number  int64
	Title   string
	On      idea.Day // when it was realised; empty for what only has a story
	Story   string
	Unit    string
	Need    string
	Value   string
	Effects []idea.Effect
}

// Learnt is a test that ended in the period.
type Learnt struct {
	Number int64
	Title  string
	idea.Test
}

// reportOf says which report stands in a part of the account.
func reportOf(p idea.Part) (report.Name, bool) {
	switch p {
	case idea.PartSummary:
		return report.Overview, true
	case idea.PartFlow:
		return report.Flow, true
	case idea.PartFunnel:
		return report.Funnel, true
	case idea.PartTime:
		return report.Time, true
	case idea.PartAnswers:
		return report.Answers, true
	case idea.PartTests:
		return report.Tests, true
	case idea.PartEffect:
		return report.EffectsOf, true
	case idea.PartCoverage:
		return report.Units, true
	case idea.PartGivers:
		return report.Givers, true
	case idea.PartAnchoring:
		return report.Anchoring, true
	case idea.PartClosed:
		return report.Reasons, true
	case idea.PartExamples:
		return report.Outcome, true
	}
	return "", false
}

// Year makes the account of a period. It returns Usage for a period without
// both ends.
func (d *Desk) Year(ctx context.Context, in YearInput) (y Year, err error) {
	if in.Period.From == "" || in.Period.To == "" {
		return y, wholePeriod()
	}
	f, rules, err := d.facts(ctx, in.Selection, everything())
	if err != nil {
		return y, err
	}
	err = d.db.View(ctx, func(tx *store.Tx) error {
		texts, err := tx.ReportTexts()
		if err != nil {
			return err
		}
		for _, part := range in.Parts {
			p := YearPart{Part: part, Text: textOf(texts, part, in.Period)}
			if name, has := reportOf(part); has {
				r := accountOf(f, name, in.Options)
				report.Suppress(&r, leastShown(rules, in.People))
				p.Report = &r
				y.Horizon = max(y.Horizon, r.Horizon)
				y.Dawn, y.Gap, y.Before = r.Dawn, r.Gap, cmp.Or(y.Before, r.Before)
			}
			if err := d.addToPart(tx, f, &p, in, leastShown(rules, in.People)); err != nil {
				return err
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			y.Parts = append(y.Parts, p)
		}
		return nil
	})
	y.Period, y.AsOf, y.Compare, y.Only = in.Period, f.Today, in.Against, in.Selection.Flags()
	return y, err
}

// accountOf is a report as it stands in an account: its main figures, and those
// of the flow by month too. What only helps coaches from day to day is left out.
func accountOf(f *report.Facts, name report.Name, o report.Options) report.Report {
	if name == report.Funnel {
		o.Against = nil // its steps are compared with each other
		return report.New(f, name, o)
	}
	r := report.New(f, name, o).Main()
	r.Waiting, r.Weeks = nil, nil
	if name == report.Flow {
		o.By, o.Against = report.ByMonth, nil
		r.Tables = append(r.Tables, report.New(f, name, o).Main().Tables...)
	}
	return r
}

func wholePeriod() error {
	return idea.Errorf(idea.Usage, "an account is of a period with both ends").WithHint("sluss report year 2026")
}

// addToPart adds what is no figure.
func (d *Desk) addToPart(tx *store.Tx, f *report.Facts, p *YearPart, in YearInput, least int) (err error) {
	switch p.Part {
	case idea.PartTargets:
		var followed FollowedTargets
		followed, err = followTargets(tx, f, in.Period, least)
		p.Targets = &followed
	case idea.PartExamples:
		p.Examples, err = d.examples(tx, f, in)
	case idea.PartTests:
		p.Learnt = learnt(f, in.Period)
	}
	return err
}

// examples is the ideas that were realised in the period, and then those that
// only have a story that was published in it.
func (d *Desk) examples(tx *store.Tx, f *report.Facts, in YearInput) (out []Example, err error) {
	stories, err := d.toldIn(tx, f, in)
	if err != nil {
		return nil, err
	}
	for _, l := range f.Realised(in.Period) {
		e, err := example(tx, f, l.Number)
		if err != nil {
			return nil, err
		}
		e.On = l.On
		if at := slices.IndexFunc(stories, func(s Example) bool { return s.Number == l.Number }); at >= 0 {
			e.Story = stories[at].Story
			stories = slices.Delete(stories, at, at+1)
		}
		out = append(out, e)
	}
	return append(out, stories...), nil
}

// toldIn is the stories of the ideas that were published in the period and are
// so still, in the language of the account or in another, but not those that
// name somebody who does not agree any more.
func (d *Desk) toldIn(tx *store.Tx, f *report.Facts, in YearInput) (out []Example, err error) {
	all, err := tx.Stories()
	if err != nil || len(all) == 0 {
		return nil, err
	}
	lines, err := d.storyLines(tx, names{}, all, in.Lang)
	if err != nil {
		return nil, err
	}
	for _, l := range lines {
		text := l.told(in.Lang)
		if l.Status != idea.StoryPublished || !in.Period.Has(l.Published) || len(l.Lapses) > 0 || text == "" || f.Life(l.Idea) == nil {
			continue
		}
		e, err := example(tx, f, l.Idea)
		if err != nil {
			return nil, err
		}
		e.Title, e.Story = l.Title, text
		out = append(out, e)
	}
	return out, nil
}

// told is the published text without its title, in a language or else in the
// first that there is.
func (l StoryLine) told(lang string) string {
	text := ""
	for _, v := range l.Versions {
		if v.Published != "" && (text == "" || v.Lang == lang) {
			text = v.Published
		}
	}
	if first, rest, _ := strings.Cut(text, "\n"); strings.HasPrefix(first, "# ") {
		text = rest
	}
	return strings.TrimSpace(text)
}

func example(tx *store.Tx, f *report.Facts, number int64) (e Example, err error) {
	i, err := tx.Idea(number)
	if err != nil {
		return e, err
	}
	e = Example{Number: number, Title: i.Title, Need: i.Sections[idea.Need], Value: i.Sections[idea.Value]}
	for _, u := range f.Units {
		if u.ID == i.Unit {
			e.Unit = u.Name
		}
	}
	e.Effects, err = tx.IdeaEffects(number)
	return e, err
}

func learnt(f *report.Facts, period idea.Period) (out []Learnt) {
	for _, t := range f.Tests {
		if t.Finished != "" && t.Finished <= f.Today && period.Has(t.Finished) {
			test := *t.Test
			test.Who = ""
			out = append(out, Learnt{Number: t.Life.Number, Title: t.Life.Title, Test: test})
		}
	}
	slices.SortFunc(out, func(a, b Learnt) int {
		return cmp.Or(cmp.Compare(a.Finished, b.Finished), cmp.Compare(a.ID, b.ID))
	})
	return out
}

func textOf(texts []idea.ReportText, part idea.Part, p idea.Period) string {
	for _, t := range texts {
		if t.Part == part && t.Period == p {
			return t.Text
		}
	}
	return ""
}

// ReportTexts gives what coaches have written in the account of a period, or of
// all periods.
func (d *Desk) ReportTexts(ctx context.Context, p idea.Period) (out []idea.ReportText, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		all, err := tx.ReportTexts()
		for _, t := range all {
			if p == (idea.Period{}) || t.Period == p {
				out = append(out, t)
			}
		}
		return err
	})
	return out, err
}

// SetReportText puts a text in a part of the account of a period, in place of
// the one that is there; an empty one takes it away. It returns Usage for a
// period without both ends.
func (d *Desk) SetReportText(ctx context.Context, t idea.ReportText) (idea.ReportText, error) {
	if t.Period.From == "" || t.Period.To == "" {
		return t, wholePeriod()
	}
	var err error
	if t.Text, err = idea.CleanText("the text", t.Text); err != nil {
		return t, err
	}
	return t, d.update(ctx, "report text", func(tx *store.Tx) error {
		all, err := tx.ReportTexts()
		if err != nil {
			return err
		}
		for _, old := range all {
			if old.Part != t.Part || old.Period != t.Period {
				continue
			}
			if t.Text == "" {
				return tx.Remove(idea.AReportText, old.ID)
			}
			return recordField(tx, idea.AReportText, old.ID, idea.FieldText, old.Text, t.Text)
		}
		if t.Text == "" {
			return idea.Errorf(idea.NotFound, "there is no text in that part of the account").WithHint("sluss report text list shows the texts")
		}
		_, err = tx.Add(idea.AReportText, map[idea.Field]string{idea.FieldPart: string(t.Part), idea.FieldPeriodFrom: string(t.Period.From),
			idea.FieldPeriodTo: string(t.Period.To), idea.FieldText: t.Text})
		return err
	})
}
