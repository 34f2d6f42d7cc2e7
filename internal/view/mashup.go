package view

import (
	"math"
	"strconv"
	"strings"

	"sluss/internal/chart"
	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/render"
	"sluss/internal/report"
)

// MashupJSON is a mashup with its figures in JSON. Came and what follows from it
// are null until it is recorded who came. A number that is kept back because it
// tells of few people is null.
type MashupJSON struct {
	ID    int64   `json:"id"`
	Name  string  `json:"name"`
	From  string  `json:"from"`
	To    string  `json:"to"`
	Place *string `json:"place"`
	Form  string  `json:"form"`
	Text  *string `json:"text"`

	Invited        *int     `json:"invited"`
	SignedUp       *int     `json:"signed_up"`
	Came           *int     `json:"came"`
	ShareCame      *float64 `json:"share_came"`
	Organisations  int      `json:"organisations"`
	Municipalities int      `json:"municipalities"`
	FromOthers     *int     `json:"from_other_municipalities"`
	Sessions       int      `json:"sessions"`
	Ideas          int      `json:"ideas"`
	Stories        int      `json:"stories"`
	Outcomes       int      `json:"outcomes"`
	Grade          *float64 `json:"grade"`
	Scale          *float64 `json:"scale"`
}

// MashupPageJSON is a mashup with what belongs to it, in JSON.
type MashupPageJSON struct {
	MashupJSON
	Kinds       []KindJSON       `json:"kinds"`
	Programme   []SessionJSON    `json:"programme"`
	Results     []OutcomeJSON    `json:"results"`
	Evaluations []EvaluationJSON `json:"evaluations"`
}

// KindJSON is the participants from one kind of organisation, in JSON.
type KindJSON struct {
	Kind          string `json:"kind"`
	Organisations int    `json:"organisations"`
	Invited       *int   `json:"invited"`
	SignedUp      *int   `json:"signed_up"`
	Came          *int   `json:"came"`
}

// SessionJSON is a session in JSON. Speakers are null unless people were asked
// for.
type SessionJSON struct {
	ID       int64    `json:"id"`
	Day      string   `json:"day"`
	Start    string   `json:"start"`
	End      string   `json:"end"`
	From     string   `json:"from"`
	To       string   `json:"to"`
	Room     *string  `json:"room"`
	Title    string   `json:"title"`
	Kind     string   `json:"kind"`
	Idea     *int64   `json:"idea"`
	Story    bool     `json:"story"` // it shows the good example of the idea
	Speakers []string `json:"speakers"`
	Text     *string  `json:"text"`
}

// OutcomeJSON is what somebody took home, in JSON.
type OutcomeJSON struct {
	ID   int64  `json:"id"`
	Who  string `json:"who"`
	Idea *int64 `json:"idea"`
	// Story tells whether it is about the good example of the idea.
	Story bool    `json:"story"`
	Text  *string `json:"text"`
}

// EvaluationJSON is the answers to a question, in JSON. The question is null for
// the mashup as a whole, answers and grade when they are kept back.
type EvaluationJSON struct {
	Question *string  `json:"question"`
	Answers  *int     `json:"answers"`
	Grade    *float64 `json:"grade"`
	Scale    *float64 `json:"scale"`
	Text     *string  `json:"text"`
}

func people(p report.People) *int {
	if p.Hidden {
		return nil
	}
	return &p.N
}

func mashupJSON(f report.MashupFigures) MashupJSON {
	out := MashupJSON{ID: f.ID, Name: f.Name, From: string(f.Day), To: string(f.To), Place: known(f.Place), Form: string(f.Mode), Text: known(f.Text),
		Invited: people(f.Invited), SignedUp: people(f.Signed), ShareCame: number(f.Share), Organisations: f.Organisations, Municipalities: f.Municipalities,
		FromOthers: people(f.Present(idea.OtherMunicipality)), Sessions: f.Sessions, Ideas: f.Ideas, Stories: f.Stories, Outcomes: f.Outcomes, Grade: number(f.Grade.Value)}
	if f.Counted {
		out.Came = people(f.Came)
	}
	if out.Grade != nil {
		out.Scale = number(f.Grade.Scale)
	}
	return out
}

func mashupPageJSON(p desk.MashupPage) MashupPageJSON {
	out := MashupPageJSON{MashupJSON: mashupJSON(p.Figures), Kinds: []KindJSON{}, Programme: []SessionJSON{}, Results: []OutcomeJSON{}, Evaluations: []EvaluationJSON{}}
	for _, k := range p.Figures.Kinds {
		out.Kinds = append(out.Kinds, KindJSON{string(k.Kind), k.Organisations, people(k.Invited), people(k.Signed), people(k.Came)})
	}
	for _, s := range p.Programme {
		out.Programme = append(out.Programme, sessionJSON(s))
	}
	for _, o := range p.Outcomes {
		out.Results = append(out.Results, outcomeJSON(o))
	}
	for _, e := range p.Evaluations {
		one := EvaluationJSON{Question: known(e.Question), Grade: amountNumber(e.Grade), Scale: amountNumber(e.Scale), Text: known(e.Text)}
		if e.Answers > 0 {
			one.Answers = &e.Answers
		}
		out.Evaluations = append(out.Evaluations, one)
	}
	return out
}

func amountNumber(a idea.Amount) *float64 {
	f, known := a.Float()
	if !known {
		return nil
	}
	return &f
}

func sessionJSON(s desk.SessionLine) SessionJSON {
	return SessionJSON{ID: s.ID, Day: string(s.Day), Start: string(s.Begins), End: string(s.Ends), From: stamp(s.From), To: stamp(s.To),
		Room: known(s.Room), Title: s.Title, Kind: string(s.Kind), Idea: id(s.Idea), Story: s.Story != 0, Speakers: s.Speakers, Text: known(s.Text)}
}

func outcomeJSON(o idea.MashupOutcome) OutcomeJSON {
	return OutcomeJSON{o.ID, o.Organisation, id(o.Idea), o.Story != 0, known(o.Text)}
}

// Mashups is a list of mashups.
func (v View) Mashups(all []report.MashupFigures) render.Document {
	table := columnTable(v.mashupColumns(), all, []string{"id", "name", "from", "place", "form", "signed_up", "came", "sessions"})
	table.Empty = v.t("No mashups found.")
	return render.Document{
		Sections: []render.Section{{Table: table}},
		Records:  columnTable(v.mashupColumns(), all, nil),
		Items:    items(seq(all), func(f report.MashupFigures) any { return mashupJSON(f) }),
	}
}

func (v View) mashupColumns() []column[report.MashupFigures] {
	whole := func(key, head string, part func(report.MashupFigures) int) column[report.MashupFigures] {
		return column[report.MashupFigures]{render.Column{Key: key, Head: head, Right: true}, func(f report.MashupFigures) render.Cell { return count(part(f)) }}
	}
	word := func(key, head string, part func(report.MashupFigures) string) column[report.MashupFigures] {
		return column[report.MashupFigures]{render.Column{Key: key, Head: head, Spare: key == "place" || key == "form", Flex: key == "name" || key == "place"},
			func(f report.MashupFigures) render.Cell { return text(part(f)) }}
	}
	return []column[report.MashupFigures]{
		{render.Column{Key: "id", Head: v.t("No."), Right: true}, func(f report.MashupFigures) render.Cell { return numbered(f.ID) }},
		word("name", v.t("Mashup"), func(f report.MashupFigures) string { return f.Name }),
		word("from", v.t("Day"), func(f report.MashupFigures) string { return string(f.Day) }),
		word("to", v.t("Last day"), func(f report.MashupFigures) string { return string(f.To) }),
		word("place", v.t("Place"), func(f report.MashupFigures) string { return f.Place }),
		{render.Column{Key: "form", Head: v.t("Form"), Spare: true}, func(f report.MashupFigures) render.Cell {
			return coded(v.word(string(f.Mode.Label())), string(f.Mode))
		}},
		{render.Column{Key: "invited", Head: v.t("On the list"), Right: true}, func(f report.MashupFigures) render.Cell { return peopleCell(f.Invited) }},
		{render.Column{Key: "signed_up", Head: v.t("Signed up"), Right: true}, func(f report.MashupFigures) render.Cell { return peopleCell(f.Signed) }},
		{render.Column{Key: "came", Head: v.t("Came"), Right: true}, v.cameCell},
		{render.Column{Key: "share_came", Head: v.t("Share that came"), Right: true}, func(f report.MashupFigures) render.Cell { return v.share(f.Share) }},
		whole("organisations", v.t("Organisations"), func(f report.MashupFigures) int { return f.Organisations }),
		whole("municipalities", v.t("Other municipalities"), func(f report.MashupFigures) int { return f.Municipalities }),
		{render.Column{Key: "from_other_municipalities", Head: v.t("People from these"), Right: true}, func(f report.MashupFigures) render.Cell {
			return peopleCell(f.Present(idea.OtherMunicipality))
		}},
		whole("sessions", v.t("Sessions"), func(f report.MashupFigures) int { return f.Sessions }),
		whole("ideas", v.t("Ideas shown"), func(f report.MashupFigures) int { return f.Ideas }),
		whole("stories", v.t("Good examples"), func(f report.MashupFigures) int { return f.Stories }),
		whole("outcomes", v.t("Taken home"), func(f report.MashupFigures) int { return f.Outcomes }),
		{render.Column{Key: "grade", Head: v.t("Grade"), Right: true}, v.gradeCell},
	}
}

// noFigure stands where there is no figure.
func noFigure() render.Cell { return render.Cell{Text: "–", Void: true, Style: render.Dim} }

func peopleCell(p report.People) render.Cell {
	if p.Hidden {
		return render.Cell{Text: keptBack, Void: true, Style: render.Dim}
	}
	return count(p.N)
}

func (v View) cameCell(f report.MashupFigures) render.Cell {
	if !f.Counted {
		return noFigure()
	}
	return peopleCell(f.Came)
}

func (v View) gradeCell(f report.MashupFigures) render.Cell {
	switch {
	case f.Grade.Hidden:
		return render.Cell{Text: keptBack, Void: true, Style: render.Dim}
	case math.IsNaN(f.Grade.Value):
		return noFigure()
	}
	decimals := 1
	if tenths := 10 * f.Grade.Value; math.Abs(tenths-math.Round(tenths)) > 0.05 {
		decimals = 2
	}
	c := v.figure(f.Grade.Value, decimals)
	c.Text = v.t("%s out of %s", c.Text, v.t("%s", idea.Amount(strconv.FormatFloat(f.Grade.Scale, 'f', -1, 64))))
	return c
}

// Mashup is the page of a mashup, with the numbers that commands take.
func (v View) Mashup(p desk.MashupPage, people bool) render.Document {
	d := render.Document{Title: p.Name, JSON: mashupPageJSON(p), Records: columnTable(v.mashupColumns(), []report.MashupFigures{p.Figures}, nil)}
	facts := append([]render.Fact{{Label: v.t("No."), Value: number64(p.ID)}}, v.mashupFacts(p)...)
	d.Sections = append(d.Sections, render.Section{Facts: facts, Text: p.Text})
	return v.mashupParts(d, p, people, true)
}

// MashupSummary is what came of a mashup, to be handed on.
func (v View) MashupSummary(p desk.MashupPage, people bool) render.Document {
	d := render.Document{Title: v.t("Summary: %s", p.Name), JSON: mashupPageJSON(p), Records: columnTable(v.mashupColumns(), []report.MashupFigures{p.Figures}, nil)}
	d.Sections = append(d.Sections, render.Section{Facts: v.mashupFacts(p), Text: p.Text})
	return v.mashupParts(d, p, people, false)
}

// mashupParts adds who took part, the programme, what was taken home and how it
// was judged: with numbers for those who work with it.
func (v View) mashupParts(d render.Document, p desk.MashupPage, people, numbers bool) render.Document {
	add := func(heading string, n int, table *render.Table) {
		if n > 0 {
			d.Sections = append(d.Sections, render.Section{Heading: heading, Table: table})
		}
	}
	add(v.t("Participants"), len(p.Figures.Kinds), v.kindTable(p.Figures))
	if hidesPeople(p.Figures) {
		d.Notes = append(d.Notes, v.keptBackNote())
	}
	keys := []string{"day", "start", "end", "room", "title", "speakers"}
	if numbers {
		keys = append(keys, "id", "idea")
	}
	add(v.t("Programme"), len(p.Programme), columnTable(v.sessionColumns(people), p.Programme, keys))
	outcomes := columnTable(v.outcomeColumns(p.Titles), p.Outcomes, []string{"who", "idea", "text"})
	if numbers {
		outcomes = columnTable(v.outcomeColumns(p.Titles), p.Outcomes, nil)
	}
	add(v.t("Taken home"), len(p.Outcomes), outcomes)
	add(v.t("Evaluation"), len(p.Evaluations), v.evaluationTable(p.Evaluations))
	return d
}

func hidesPeople(f report.MashupFigures) bool {
	if f.Invited.Hidden || f.Signed.Hidden || f.Came.Hidden {
		return true
	}
	for _, k := range f.Kinds {
		if k.Invited.Hidden || k.Signed.Hidden || k.Came.Hidden {
			return true
		}
	}
	return f.Grade.Hidden
}

func (v View) mashupFacts(p desk.MashupPage) []render.Fact {
	f := p.Figures
	cell := func(c render.Cell) string {
		if c.Void && c.Text != keptBack {
			return ""
		}
		return c.Text
	}
	came := cell(v.cameCell(f))
	if f.Counted && f.Signed.N > 0 && !f.Came.Hidden {
		came = v.t("%s (%s of those who had signed up)", came, v.p.Percent(f.Share))
	}
	return facts(
		render.Fact{Label: v.t("Day"), Value: v.t("%s", p.Days())}, render.Fact{Label: v.t("Place"), Value: p.Place},
		render.Fact{Label: v.t("Form"), Value: v.word(string(p.Mode.Label()))}, render.Fact{Label: v.t("On the list"), Value: cell(peopleCell(f.Invited))},
		render.Fact{Label: v.t("Signed up"), Value: cell(peopleCell(f.Signed))}, render.Fact{Label: v.t("Came"), Value: came},
		render.Fact{Label: v.t("Organisations"), Value: v.organisations(f)},
		render.Fact{Label: v.t("Sessions"), Value: cell(count(f.Sessions))}, render.Fact{Label: v.t("Ideas shown"), Value: cell(count(f.Ideas))},
		render.Fact{Label: v.t("Good examples"), Value: cell(count(f.Stories))}, render.Fact{Label: v.t("Taken home"), Value: cell(count(f.Outcomes))}, render.Fact{Label: v.t("Grade"), Value: cell(v.gradeCell(f))})
}

func (v View) organisations(f report.MashupFigures) string {
	line := count(f.Organisations).Text
	if f.Municipalities > 0 {
		line = v.p.N(f.Municipalities, "%[2]s, of which %[1]d another municipality", "%[2]s, of which %[1]d other municipalities", line)
	}
	return line
}

func (v View) kindTable(f report.MashupFigures) *render.Table {
	return &render.Table{
		Columns: []render.Column{{Key: "kind", Head: v.t("From")}, {Key: "organisations", Head: v.t("Organisations"), Right: true},
			{Key: "invited", Head: v.t("On the list"), Right: true}, {Key: "signed_up", Head: v.t("Signed up"), Right: true}, {Key: "came", Head: v.t("Came"), Right: true}},
		Rows: render.RowsOf(rows(f.Kinds, func(k report.KindFigures) []render.Cell {
			came := peopleCell(k.Came)
			if !f.Counted {
				came = noFigure()
			}
			return []render.Cell{coded(v.word(string(k.Kind.Label())), string(k.Kind)), count(k.Organisations), peopleCell(k.Invited), peopleCell(k.Signed), came}
		})),
	}
}

func (v View) evaluationTable(all []idea.Evaluation) *render.Table {
	return &render.Table{
		Columns: []render.Column{{Key: "question", Head: v.t("Question"), Flex: true}, {Key: "answers", Head: v.t("Replies"), Right: true},
			{Key: "grade", Head: v.t("Grade"), Right: true}, {Key: "scale", Head: v.t("Of"), Right: true}, {Key: "text", Head: v.t("Note"), Flex: true}},
		Rows: render.RowsOf(rows(all, func(e idea.Evaluation) []render.Cell {
			question := coded(e.Question, e.Question)
			if e.Question == "" {
				question = render.Cell{Text: v.t("As a whole"), Void: true}
			}
			answers, grade := count(e.Answers), v.amountCell(e.Grade)
			if e.Answers == 0 {
				answers, grade = peopleCell(report.People{Hidden: true}), peopleCell(report.People{Hidden: true})
			}
			return []render.Cell{question, answers, grade, v.amountCell(e.Scale), text(e.Text)}
		})),
	}
}

func (v View) outcomeColumns(titles map[int64]string) []column[idea.MashupOutcome] {
	return []column[idea.MashupOutcome]{
		{render.Column{Key: "id", Head: v.t("No."), Right: true}, func(o idea.MashupOutcome) render.Cell { return numbered(o.ID) }},
		{render.Column{Key: "who", Head: v.t("Who"), Flex: true}, func(o idea.MashupOutcome) render.Cell { return text(o.Organisation) }},
		{render.Column{Key: "idea", Head: v.t("Idea"), Flex: true}, func(o idea.MashupOutcome) render.Cell {
			if o.Idea == 0 {
				return render.Cell{}
			}
			return render.Cell{Text: strings.TrimSpace(number64(o.Idea) + " " + titles[o.Idea]), Raw: number64(o.Idea), Number: true}
		}},
		{render.Column{Key: "text", Head: v.t("What"), Flex: true}, func(o idea.MashupOutcome) render.Cell { return coded(short(o.Text), o.Text) }},
	}
}

// MashupOutcomes is what was taken home from a mashup.
func (v View) MashupOutcomes(all []idea.MashupOutcome, titles map[int64]string) render.Document {
	table := columnTable(v.outcomeColumns(titles), all, nil)
	table.Empty = v.t("Nothing is recorded: sluss mashup outcome add MASHUP --who ORGANISATION")
	return render.Document{
		Sections: []render.Section{{Table: table}},
		Items:    items(seq(all), func(o idea.MashupOutcome) any { return outcomeJSON(o) }),
	}
}

// ReportMashups compares mashups, the newest first: what each figure means stands
// under them in what is handed on.
func (v View) ReportMashups(all []report.MashupFigures, period idea.Period, today idea.Day) render.Document {
	keys := []string{"name", "from", "invited", "signed_up", "came", "share_came", "organisations", "municipalities", "from_other_municipalities", "sessions", "ideas", "stories", "outcomes", "grade"}
	table := columnTable(v.mashupColumns(), all, keys)
	table.Empty = v.t("No mashups found.")
	d := render.Document{
		Title:    v.t("Mashups"),
		Notes:    []string{v.span(report.Head{Period: period, AsOf: today})},
		Sections: []render.Section{{Table: table}},
		Records:  columnTable(v.mashupColumns(), all, nil),
		Items:    items(seq(all), func(f report.MashupFigures) any { return mashupJSON(f) }),
	}
	for _, f := range all {
		if hidesPeople(f) {
			d.Notes = append(d.Notes, v.keptBackNote())
			break
		}
	}
	if len(all) == 0 {
		return d
	}
	d.Sections[0].Chart = v.mashupChart(all, v.span(report.Head{Period: period, AsOf: today}))
	return withDefinitions(d, render.Section{Heading: v.t("Definitions"), Paper: true, Facts: []render.Fact{
		{Label: v.t("Signed up"), Value: v.t("Those on the list who signed up and did not cancel, whether they came or not.")},
		{Label: v.t("Came"), Value: v.t("Those of whom it is recorded that they came. A dash: nothing is recorded.")},
		{Label: v.t("Share that came"), Value: v.t("Those who came, of those who had signed up.")},
		{Label: v.t("Organisations"), Value: v.t("Organisations of different names among those who came, or signed up until it is recorded who came; other municipalities are those that are not our own.")},
		{Label: v.t("Sessions"), Value: v.t("Sessions of the programme without breaks.")},
		{Label: v.t("Ideas shown"), Value: v.t("Ideas that some session shows, each once.")},
		{Label: v.t("Grade"), Value: v.t("The mean of the evaluation as a whole, or of the answers to all its questions.")},
	}})
}

func charted(p report.People) float64 {
	if p.Hidden {
		return chart.None()
	}
	return float64(p.N)
}

// mashupChart draws how many signed up and came, the oldest first.
func (v View) mashupChart(all []report.MashupFigures, description string) *chart.Chart {
	c := &chart.Chart{Kind: chart.Bars, Title: v.t("Participants"), Description: description, Axis: v.t("Mashup"), AxisKey: "name"}
	signed, came := chart.Series{Key: "signed_up", Name: v.t("Signed up")}, chart.Series{Key: "came", Name: v.t("Came")}
	for k := len(all) - 1; k >= 0; k-- {
		c.Labels = append(c.Labels, all[k].Name)
		signed.Values = append(signed.Values, charted(all[k].Signed))
		value := chart.None()
		if all[k].Counted {
			value = charted(all[k].Came)
		}
		came.Values = append(came.Values, value)
	}
	c.Series = []chart.Series{signed, came}
	return c
}
