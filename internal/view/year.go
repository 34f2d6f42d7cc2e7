package view

import (
	"strings"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/render"
)

// YearJSON is the account of a period in JSON.
type YearJSON struct {
	From    *string        `json:"from"`
	To      *string        `json:"to"`
	AsOf    string         `json:"as_of"`
	Known   *string        `json:"known_from"`
	Gap     *string        `json:"gap"`
	Compare *Span          `json:"compare"`
	Parts   []YearPartJSON `json:"parts"`
}

// YearPartJSON is a part of an account in JSON.
type YearPartJSON struct {
	Part     string        `json:"part"`
	Title    string        `json:"title"`
	Text     *string       `json:"text"`
	Report   *Report       `json:"report"`
	Examples []ExampleJSON `json:"examples"`
	Learnt   []LearntJSON  `json:"learnt"`

	Targets []ProgressJSON `json:"targets"`
}

// ExampleJSON is an idea that was realised, in JSON.
type ExampleJSON struct {
	Number int64   `json:"number"`
	Title  string  `json:"title"`
	On     *string `json:"realised"`
	Story  *string `json:"story"`
	Unit   *string `json:"unit"`
	Need   *string `json:"need"`
	Value  *string `json:"value"`
}

// LearntJSON is a test that ended, in JSON.
type LearntJSON struct {
	Number   int64   `json:"number"`
	Title    string  `json:"title"`
	Belief   string  `json:"belief"`
	Result   *string `json:"result"`
	Verdict  *string `json:"verdict"`
	Learnt   *string `json:"learnt"`
	Finished string  `json:"finished"`
}

// Year is the account of a period: each part with the coach's own text, its
// figures and charts, and what they mean at the end.
func (v View) Year(y desk.Year, title string) render.Document {
	d := render.Document{Title: title, Notes: v.yearNotes(y), JSON: v.yearJSON(y)}
	for _, p := range y.Parts {
		d.Sections = append(d.Sections, v.yearPart(p, y)...)
	}
	return d
}

func (v View) yearNotes(y desk.Year) []string {
	return v.spanNotes(y.Head)
}

func (v View) yearJSON(y desk.Year) YearJSON {
	s := spanJSON(y.Period, y.AsOf)
	out := YearJSON{From: s.From, To: s.To, AsOf: s.AsOf, Parts: []YearPartJSON{}}
	if y.Compare != nil {
		c := spanJSON(*y.Compare, y.Horizon)
		c.Gap = known(y.Before)
		out.Compare = &c
	}
	for _, p := range y.Parts {
		one := YearPartJSON{Part: string(p.Part), Title: v.partTitle(p.Part), Text: known(p.Text), Examples: []ExampleJSON{}, Learnt: []LearntJSON{}, Targets: []ProgressJSON{}}
		if p.Targets != nil {
			for _, t := range p.Targets.Targets {
				one.Targets = append(one.Targets, v.progressJSON(t))
			}
		}
		if p.Report != nil {
			r := v.reportJSON(*p.Report)
			one.Report = &r
		}
		for _, e := range p.Examples {
			one.Examples = append(one.Examples, ExampleJSON{e.Number, e.Title, known(e.On), known(e.Story), known(e.Unit), known(e.Need), known(e.Value)})
		}
		for _, l := range p.Learnt {
			one.Learnt = append(one.Learnt, LearntJSON{l.Number, l.Title, l.Belief, known(l.Result), known(l.Verdict), known(l.Test.Learnt), string(l.Finished)})
		}
		out.Parts = append(out.Parts, one)
	}
	return out
}

func (v View) partTitle(p idea.Part) string {
	switch p {
	case idea.PartSummary:
		return v.t("Summary")
	case idea.PartTargets:
		return v.t("Targets")
	case idea.PartFlow:
		return v.t("What came, moved and went")
	case idea.PartFunnel:
		return v.t("How far the ideas came")
	case idea.PartTime:
		return v.t("How long things took")
	case idea.PartAnswers:
		return v.t("Answers to the givers")
	case idea.PartExamples:
		return v.t("Good examples")
	case idea.PartTests:
		return v.t("Tests and what was learnt")
	case idea.PartEffect:
		return v.t("Effects")
	case idea.PartCoverage:
		return v.t("Coverage")
	case idea.PartGivers:
		return v.t("Who gave ideas")
	case idea.PartAnchoring:
		return v.t("Anchoring")
	case idea.PartClosed:
		return v.t("Why ideas were closed")
	}
	return v.t("Definitions")
}

// yearPart is a part under its heading: what a coach wrote, then the figures.
func (v View) yearPart(p desk.YearPart, y desk.Year) []render.Section {
	out := []render.Section{{Heading: v.partTitle(p.Part), Text: p.Text}}
	if p.Part == idea.PartDefinitions {
		return append(out, v.yearDefinitions(y)...)
	}
	var body []render.Section
	if p.Report != nil {
		body = v.reportBody(*p.Report)
	}
	if p.Targets != nil {
		body = append(body, v.progressSections(p.Targets.Targets)...)
	}
	for _, s := range body {
		s.Sub = true
		out = append(out, s)
	}
	out = append(out, v.exampleSections(p.Examples)...)
	return append(out, v.learntSections(p.Learnt)...)
}

func (v View) exampleSections(all []desk.Example) (out []render.Section) {
	for _, e := range all {
		s := render.Section{Heading: e.Title, Sub: true, Facts: []render.Fact{{Label: v.t("Idea"), Value: number64(e.Number)}}}
		if e.On != "" {
			s.Facts = append(s.Facts, render.Fact{Label: v.t("Realised on"), Value: string(e.On)})
		}
		if e.Unit != "" {
			s.Facts = append(s.Facts, render.Fact{Label: v.t("Unit"), Value: e.Unit})
		}
		for _, x := range e.Effects {
			s.Facts = append(s.Facts, render.Fact{Label: x.Measure, Value: v.realisedEffect(x)})
		}
		parts := []string{e.Story}
		if e.Story != "" {
			e.Need, e.Value = "", ""
		}
		for _, text := range []string{e.Need, e.Value} {
			if text != "" {
				parts = append(parts, text)
			}
		}
		s.Text = strings.TrimSpace(strings.Join(parts, "\n\n"))
		out = append(out, s)
	}
	return out
}

// effectLine is an effect from before to after, as seen if it was followed up.
func (v View) realisedEffect(e idea.Effect) string {
	last := e.Last()
	if last.On == "" {
		return v.t("from %s to %s planned", e.Before, e.After)
	}
	before := e.Before
	if last.Before != "" {
		before = last.Before
	}
	return v.t("from %s to %s, seen %s", before, last.After, string(last.On))
}

func (v View) learntSections(all []desk.Learnt) (out []render.Section) {
	for _, l := range all {
		s := render.Section{Heading: l.Title, Sub: true, Facts: []render.Fact{{Label: v.t("Idea"), Value: number64(l.Number)}, {Label: v.t("What we believed"), Value: l.Belief},
			{Label: v.t("Result"), Value: l.Result}, {Label: v.t("Verdict"), Value: v.word(string(l.Verdict))}}}
		s.Text = l.Test.Learnt
		out = append(out, s)
	}
	return out
}

// yearDefinitions is what each figure of the account means, once.
func (v View) yearDefinitions(y desk.Year) []render.Section {
	s := render.Section{}
	seen := map[string]bool{}
	for _, p := range y.Parts {
		if p.Report == nil {
			continue
		}
		for _, f := range v.definitions(*p.Report).Facts {
			if !seen[f.Label] {
				seen[f.Label] = true
				s.Facts = append(s.Facts, f)
			}
		}
	}
	return []render.Section{s}
}

// ReportTextJSON is a text of the account in JSON.
type ReportTextJSON struct {
	Part string  `json:"part"`
	From *string `json:"from"`
	To   *string `json:"to"`
	Text string  `json:"text"`
}

func reportTextJSON(t idea.ReportText) ReportTextJSON {
	s := spanJSON(t.Period, "")
	return ReportTextJSON{Part: string(t.Part), From: s.From, To: s.To, Text: t.Text}
}

// ReportTexts is what coaches have written in accounts.
func (v View) ReportTexts(all []idea.ReportText) render.Document {
	return render.Document{
		Sections: []render.Section{{Table: &render.Table{
			Empty:   v.t("No texts yet: sluss report text PART \"…\" --period 2026"),
			Columns: []render.Column{{Key: "part", Head: v.t("Part")}, {Key: "from", Head: v.t("From")}, {Key: "to", Head: v.t("To")}, {Key: "text", Head: v.t("Text"), Flex: true}},
			Rows: render.RowsOf(rows(all, func(t idea.ReportText) []render.Cell {
				return []render.Cell{text(string(t.Part)), text(string(t.Period.From)), text(string(t.Period.To.Add(-1))), text(t.Text)}
			}))}}},
		Items: items(seq(all), func(t idea.ReportText) any { return reportTextJSON(t) }),
	}
}

// ReportText tells what stands in a part of the account now.
func (v View) ReportText(t idea.ReportText) render.Document {
	note := v.t("%s: the text is kept, and stands in every account of the period.", v.partTitle(t.Part))
	if t.Text == "" {
		note = v.t("%s: the text is gone.", v.partTitle(t.Part))
	}
	return render.Document{Notes: []string{note}, JSON: reportTextJSON(t)}
}
