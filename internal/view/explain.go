package view

import (
	"cmp"
	"strconv"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/render"
	"sluss/internal/report"
)

// MeasureJSON is what a measure means, in JSON.
type MeasureJSON struct {
	Measure    string  `json:"measure"`
	Item       *string `json:"item"`
	Name       string  `json:"name"`
	Unit       string  `json:"unit"`
	Better     *string `json:"better"`
	Definition string  `json:"definition"`
	Formula    string  `json:"formula"`
	Source     *string `json:"source"`
	Counts     string  `json:"counts"`
}

// ExplainedJSON is a figure with what it is made of, in JSON.
type ExplainedJSON struct {
	MeasureJSON
	From   *string      `json:"from"`
	To     *string      `json:"to"`
	AsOf   string       `json:"as_of"`
	Known  *string      `json:"known_from"`
	Gap    *string      `json:"gap"`
	By     *string      `json:"by"`
	Group  *string      `json:"group"`
	Figure FigureJSON   `json:"figure"`
	Spoken []FigureJSON `json:"formula_figures"` // of the measures that its formula speaks of
	Items  []ItemJSON   `json:"items"`
}

// ItemJSON is one thing that a figure is made of, in JSON. Value is days or an
// amount; null where things are counted.
type ItemJSON struct {
	ID     int64    `json:"id"`
	Number *int64   `json:"number"`
	Title  *string  `json:"title"`
	What   *string  `json:"what"`
	Value  *float64 `json:"value"`
	In     bool     `json:"in"`
}

func (v View) measureJSON(m report.Measure) MeasureJSON {
	return MeasureJSON{Measure: m.Key, Item: known(m.Item), Name: v.localized(m.Name), Unit: string(m.In()), Better: known(m.Better),
		Definition: v.t("%s", m.Definition), Formula: v.localized(m.Formula), Source: known(v.source(m)), Counts: string(m.Counts())}
}

func (v View) source(m report.Measure) string {
	if m.Source == "" {
		return ""
	}
	return v.t("%s", m.Source)
}

// Measures is the list of all measures.
func (v View) Measures(all []report.Measure) render.Document {
	return render.Document{
		Sections: []render.Section{{Table: &render.Table{
			Columns: []render.Column{{Key: "measure", Head: v.t("Key")}, {Key: "name", Head: v.t("Name")}, {Key: "unit", Head: v.t("Counted in")},
				{Key: "better", Head: v.t("Better")}, {Key: "definition", Head: v.t("Definition"), Flex: true}},
			Rows: render.RowsOf(rows(all, func(m report.Measure) []render.Cell {
				return []render.Cell{text(m.ID()), text(v.localized(m.Name)), coded(v.unit(m), string(m.In())), coded(v.better(m), string(m.Better)), text(v.t("%s", m.Definition))}
			}))}}},
		Items: items(seq(all), func(m report.Measure) any { return v.measureJSON(m) }),
	}
}

func (v View) unit(m report.Measure) string {
	if m.Own {
		return cmp.Or(string(m.Unit), "–")
	}
	switch m.In() {
	case report.Percent:
		return v.t("share")
	case report.Days:
		return v.t("days")
	case report.Hundred:
		return v.t("per 100")
	case report.Amount:
		return v.t("amount")
	}
	return v.t("count")
}

func (v View) better(m report.Measure) string {
	switch m.Better {
	case report.Higher:
		return v.t("higher")
	case report.Lower:
		return v.t("lower")
	}
	return ""
}

// Explained is what a figure means, and what it is made of.
func (v View) Explained(x desk.Explained, items bool) render.Document {
	m := *x.Measure
	s := spanJSON(x.Period, x.AsOf)
	j := ExplainedJSON{MeasureJSON: v.measureJSON(m), From: s.From, To: s.To, AsOf: s.AsOf, Known: known(x.Dawn), Gap: known(x.Head.Gap), By: known(x.By), Group: known(x.Group.Key),
		Figure: figureJSON(report.Table{}, report.Group{All: true}, x.Figure), Spoken: []FigureJSON{}, Items: []ItemJSON{}}
	facts := []render.Fact{{Label: v.t("Key"), Value: m.ID()}, {Label: v.t("Figure"), Value: v.full(x.Figure).Text}, {Label: v.t("Counted in"), Value: v.unit(m)},
		{Label: v.t("Definition"), Value: j.Definition}, {Label: v.t("Formula"), Value: j.Formula}}
	if better := v.better(m); better != "" {
		facts = append(facts, render.Fact{Label: v.t("Better"), Value: better})
	}
	if source := v.source(m); source != "" {
		facts = append(facts, render.Fact{Label: v.t("Source"), Value: source})
	}
	notes := v.spanNotes(x.Head)
	if !x.Group.All {
		notes = append(notes, v.t("%s: %s", v.groupHead(x.By), v.localized(x.Group.Name)))
	}
	if x.Hidden {
		notes = append(notes, v.keptBackNote())
	}
	d := render.Document{Title: v.localized(m.Name), Notes: notes, Sections: []render.Section{{Facts: facts}}}
	if len(x.Spoken) > 0 {
		d.Sections = append(d.Sections, v.spokenSection(x.Spoken))
	}
	if items && m.Statistic != report.Computed {
		for _, l := range x.Lines {
			j.Items = append(j.Items, itemJSON(m, l))
		}
		table := v.itemTable(x)
		d.Sections, d.Records = append(d.Sections, render.Section{Heading: v.t("What it is made of"), Table: table}), table
	}
	for _, f := range x.Spoken {
		j.Spoken = append(j.Spoken, figureJSON(report.Table{}, report.Group{All: true}, f))
	}
	d.JSON = j
	return d
}

func itemJSON(m report.Measure, l desk.ItemLine) ItemJSON {
	out := ItemJSON{ID: l.ID, Number: id(l.Number), Title: known(l.Title), What: known(l.What), In: l.In}
	if m.Valued() {
		out.Value = number(l.Value)
	}
	return out
}

// itemTable lists what a figure is made of: as many lines as it counts.
func (v View) itemTable(x desk.Explained) *render.Table {
	m := x.Measure
	columns := []render.Column{}
	var cells []func(desk.ItemLine) render.Cell
	column := func(key, head string, right, flex bool, cell func(desk.ItemLine) render.Cell) {
		columns, cells = append(columns, render.Column{Key: key, Head: head, Right: right, Flex: flex}), append(cells, cell)
	}
	if m.Counts() != idea.AnIdea {
		column("id", v.t("Id"), true, false, func(l desk.ItemLine) render.Cell { return text(strconv.FormatInt(l.ID, 10)) })
		column("what", v.t("%s", m.Counts().Word()), false, true, func(l desk.ItemLine) render.Cell { return text(l.What) })
	}
	if m.Counts() == idea.AnIdea || m.Counts() == idea.ATest || m.Counts() == idea.AnEffect {
		column("number", v.t("No."), true, false, func(l desk.ItemLine) render.Cell { return numbered(l.Number) })
		column("title", v.t("Title"), false, true, func(l desk.ItemLine) render.Cell { return text(l.Title) })
	}
	if m.Valued() {
		column("value", v.unit(*m), true, false, func(l desk.ItemLine) render.Cell { return v.figure(l.Value, decimals(l.Value)) })
	}
	if m.Statistic == report.Share {
		column("in", v.t("In the part"), false, false, v.inPart)
	}
	if m.Survival() {
		column("in", v.t("Has ended"), false, false, v.inPart)
	}
	return &render.Table{Columns: columns, Empty: v.t("Nothing."), Rows: render.RowsOf(rows(x.Lines, func(l desk.ItemLine) []render.Cell {
		line := make([]render.Cell, len(cells))
		for k, cell := range cells {
			line[k] = cell(l)
		}
		return line
	}))}
}

func (v View) inPart(l desk.ItemLine) render.Cell {
	if l.In {
		return coded(v.t("yes"), "true")
	}
	return coded(v.t("no"), "false")
}
