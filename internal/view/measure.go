package view

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"sluss/internal/chart"
	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/render"
	"sluss/internal/report"
)

// OwnMeasureJSON is a measure of the coaches, in JSON. Values is how many are
// recorded; First and Last are their days.
type OwnMeasureJSON struct {
	Measure    string       `json:"measure"`
	Name       string       `json:"name"`
	NameEN     string       `json:"name_en"`
	NameSV     string       `json:"name_sv"`
	Unit       *string      `json:"unit"`
	Better     *string      `json:"better"`
	Together   *string      `json:"together"`
	Formula    *string      `json:"formula"`
	Definition *string      `json:"definition"`
	Source     *string      `json:"source"`
	Values     int          `json:"values"`
	First      *string      `json:"first"`
	Last       *string      `json:"last"`
	Latest     *json.Number `json:"latest"`
	Formulas   []string     `json:"used_in"`
	Targets    int          `json:"targets"`
}

func (v View) ownJSON(l desk.MeasureLine) OwnMeasureJSON {
	out := OwnMeasureJSON{Measure: l.Key, Name: v.t("%s", l.Names), NameEN: l.Names.EN, NameSV: l.Names.SV, Unit: known(l.CountedIn), Better: known(l.Better),
		Together: known(l.Together), Formula: known(l.Formula), Definition: known(l.Definition), Source: known(l.Source), Values: len(l.Values), Formulas: append([]string{}, l.Formulas...), Targets: l.Targets}
	if n := len(l.Values); n > 0 {
		out.First, out.Last, out.Latest = known(l.Values[0].On), known(l.Values[n-1].On), amount(l.Values[n-1].Value)
	}
	return out
}

// OwnMeasures is the measures of the coaches.
func (v View) OwnMeasures(lines []desk.MeasureLine) render.Document {
	return render.Document{
		Sections: []render.Section{{Table: v.ownTable(lines)}},
		Items:    items(seq(lines), func(l desk.MeasureLine) any { return v.ownJSON(l) }),
	}
}

// recent is how many values a sparkline shows.
const recent = 24

func (v View) ownTable(lines []desk.MeasureLine) *render.Table {
	return &render.Table{
		Empty: v.t("No measures of your own yet: sluss measure define KEY --name NAME"),
		Columns: []render.Column{{Key: "measure", Head: v.t("Key")}, {Key: "name", Head: v.t("Name"), Flex: true}, {Key: "unit", Head: v.t("Counted in")},
			{Key: "better", Head: v.t("Better")}, {Key: "counted", Head: v.t("How it is counted"), Flex: true}, {Key: "values", Head: v.t("Values"), Right: true},
			{Key: "last", Head: v.t("Last day"), Spare: true}, {Key: "latest", Head: v.t("Last value"), Right: true}, {Key: "trend", Head: v.t("Trend"), Spark: true}},
		Rows: render.RowsOf(rows(lines, func(l desk.MeasureLine) []render.Cell {
			last, latest, trend := render.Cell{}, render.Cell{}, render.Cell{}
			if n := len(l.Values); n > 0 {
				last, latest = text(string(l.Values[n-1].On)), v.amountCell(l.Values[n-1].Value)
				for _, one := range l.Values[max(0, n-recent):] {
					f, _ := one.Value.Float()
					trend.Spark = append(trend.Spark, f)
				}
			}
			return []render.Cell{text(l.Key), text(v.t("%s", l.Names)), text(l.CountedIn), coded(v.word(string(l.Better)), string(l.Better)),
				coded(v.how(l.OwnMeasure), string(l.Together)+l.Formula), count(len(l.Values)), last, latest, trend}
		})),
	}
}

// how tells how a measure is counted.
func (v View) how(m idea.OwnMeasure) string {
	if m.Formula != "" {
		return m.Formula
	}
	return v.word(string(m.Together))
}

// OwnMeasure tells what was done to a measure of the coaches.
func (v View) OwnMeasure(l desk.MeasureLine, done idea.Word) render.Document {
	return render.Document{Notes: []string{v.t("%s: %s", l.Key, done)}, Records: v.ownTable([]desk.MeasureLine{l}), JSON: v.ownJSON(l)}
}

// ValueJSON is a value of a measure, in JSON. Was is the one that it took the
// place of.
type ValueJSON struct {
	Measure string       `json:"measure"`
	Day     string       `json:"day"`
	Value   *json.Number `json:"value"`
	Unit    *string      `json:"unit"`
	Note    *string      `json:"note"`
	Was     *json.Number `json:"was"`
}

func valueJSON(l desk.ValueLine) ValueJSON {
	out := ValueJSON{Measure: l.Measure.Key, Day: string(l.On), Value: amount(l.Value), Unit: known(l.Measure.CountedIn), Note: known(l.Note)}
	if l.Was != nil {
		out.Was = amount(l.Was.Value)
	}
	return out
}

// Recorded tells which value was recorded.
func (v View) Recorded(l desk.ValueLine) render.Document {
	told := v.t("%s %s: %s", l.Measure.Key, string(l.On), v.withUnit(l.Value, l.Measure.OwnMeasure))
	if l.Was != nil {
		told = v.t("%s (was %s)", told, l.Was.Value)
	}
	return render.Document{Notes: []string{told}, JSON: valueJSON(l), Records: v.valueTable([]idea.MeasureValue{l.MeasureValue})}
}

// Forgotten tells which values were taken away.
func (v View) Forgotten(lines []desk.ValueLine) render.Document {
	d := render.Document{Items: items(seq(lines), func(l desk.ValueLine) any { return valueJSON(l) })}
	var values []idea.MeasureValue
	for _, l := range lines {
		d.Notes = append(d.Notes, v.t("%s %s: %s taken away", l.Measure.Key, string(l.On), v.withUnit(l.Value, l.Measure.OwnMeasure)))
		values = append(values, l.MeasureValue)
	}
	d.Records = v.valueTable(values)
	return d
}

func (v View) withUnit(a idea.Amount, m idea.OwnMeasure) string {
	return strings.TrimSpace(v.t("%s", a) + " " + m.CountedIn)
}

// ImportedValuesJSON is what became of a file of values, in JSON.
type ImportedValuesJSON struct {
	File     string `json:"file"`
	Measure  string `json:"measure"`
	DryRun   bool   `json:"dry_run"`
	Added    int    `json:"added"`
	Replaced int    `json:"replaced"`
	Already  int    `json:"already"`
}

// ImportedValues tells what became of a file of values.
func (v View) ImportedValues(path string, dryRun bool, i desk.ImportedValues, unused []string) render.Document {
	d := render.Document{JSON: ImportedValuesJSON{path, i.Measure.Key, dryRun, i.Added, i.Replaced, i.Already}}
	if dryRun {
		d.Notes = append(d.Notes, v.t("Nothing was changed: this shows what would happen."))
	}
	if i.Added > 0 || i.Replaced+i.Already == 0 {
		d.Notes = append(d.Notes, v.p.N(i.Added, "%d value added", "%d values added"))
	}
	if i.Replaced > 0 {
		d.Notes = append(d.Notes, v.p.N(i.Replaced, "%d value put in place of another", "%d values put in place of others"))
	}
	if i.Already > 0 {
		d.Notes = append(d.Notes, v.p.N(i.Already, "%d row was there already", "%d rows were there already"))
	}
	if len(unused) > 0 {
		d.Notes = append(d.Notes, v.t("Columns that nothing was taken from: %s", strings.Join(unused, ", ")))
	}
	return d
}

// ShownJSON is a measure of the coaches over a period, in JSON.
type ShownJSON struct {
	OwnMeasureJSON
	From     *string    `json:"from"`
	To       *string    `json:"to"`
	AsOf     string     `json:"as_of"`
	Figure   *float64   `json:"figure"`
	N        int        `json:"n"`
	By       *string    `json:"by"`
	Parts    []PartJSON `json:"parts"`
	Recorded []DayJSON  `json:"recorded"`
}

// PartJSON is the figure of a part of a period, in JSON.
type PartJSON struct {
	Part  string   `json:"part"`
	Value *float64 `json:"value"`
}

// DayJSON is a value with its day, in JSON.
type DayJSON struct {
	Day   string       `json:"day"`
	Value *json.Number `json:"value"`
	Note  *string      `json:"note"`
}

// ShownMeasure is a measure of the coaches: what it means, what its values come
// to, and the values.
func (v View) ShownMeasure(x desk.ShownMeasure) render.Document {
	d := render.Document{Title: v.localized(x.Title()), Notes: []string{v.span(x.Head)}, JSON: v.shownJSON(x)}
	d.Sections = append(d.Sections, render.Section{Facts: v.measureFacts(x)})
	if x.Parts != nil {
		s := render.Section{Heading: v.by(x.Parts.By), Table: v.groupTable(*x.Parts), Chart: v.partChart(x)}
		d.Sections, d.Records = append(d.Sections, s), s.Table
	}
	if len(x.Spoken) > 0 {
		d.Sections = append(d.Sections, v.spokenSection(x.Spoken))
	}
	if x.Formula == "" {
		s := render.Section{Heading: v.t("Values"), Table: v.valueTable(x.Inside)}
		if x.Parts == nil {
			s.Chart, d.Records = v.valueChart(x), s.Table
		}
		d.Sections = append(d.Sections, s)
	}
	return d
}

func (v View) measureFacts(x desk.ShownMeasure) (facts []render.Fact) {
	fact := func(label, value string) {
		if value != "" {
			facts = append(facts, render.Fact{Label: label, Value: value})
		}
	}
	fact(v.t("Key"), x.Key)
	figure := v.plain(x.Figure)
	if !figure.Void {
		figure.Text = strings.TrimSpace(figure.Text + " " + x.CountedIn)
	}
	fact(v.t("Figure"), figure.Text)
	if x.Formula == "" {
		fact(v.t("How it is counted"), v.t("%s (%d)", x.Together.Explain(), len(x.Inside)))
	}
	fact(v.t("Formula"), x.Formula)
	fact(v.t("Better"), v.word(string(x.Better)))
	fact(v.t("Definition"), x.Definition)
	fact(v.t("Source"), x.Source)
	fact(v.t("In the formulas of"), strings.Join(x.Formulas, ", "))
	if x.Targets > 0 {
		fact(v.t("Number of targets"), strconv.Itoa(x.Targets))
	}
	return facts
}

func (v View) shownJSON(x desk.ShownMeasure) ShownJSON {
	s := spanJSON(x.Head.Period, x.Head.AsOf)
	out := ShownJSON{OwnMeasureJSON: v.ownJSON(x.MeasureLine), From: s.From, To: s.To, AsOf: s.AsOf, Figure: number(x.Figure.Value), N: x.Figure.N, Parts: []PartJSON{}, Recorded: []DayJSON{}}
	if x.Parts != nil {
		out.By = known(x.Parts.By)
		for k, g := range x.Parts.Groups {
			out.Parts = append(out.Parts, PartJSON{g.Key, number(x.Parts.Figures[k][0].Value)})
		}
	}
	for _, one := range x.Inside {
		out.Recorded = append(out.Recorded, DayJSON{string(one.On), amount(one.Value), known(one.Note)})
	}
	return out
}

func (v View) valueTable(values []idea.MeasureValue) *render.Table {
	return &render.Table{
		Empty:   v.t("No values in the period."),
		Columns: []render.Column{{Key: "day", Head: v.t("Day")}, {Key: "value", Head: v.t("Figure"), Right: true}, {Key: "note", Head: v.t("Note"), Flex: true}},
		Rows: render.RowsOf(rows(values, func(one idea.MeasureValue) []render.Cell {
			return []render.Cell{text(string(one.On)), v.amountCell(one.Value), text(one.Note)}
		})),
	}
}

func (v View) measureChart(x desk.ShownMeasure, axis, key string) *chart.Chart {
	return &chart.Chart{Kind: chart.Lines, Title: v.localized(x.Title()), Description: v.span(x.Head), Axis: axis, AxisKey: key,
		Series: []chart.Series{{Key: x.Key, Name: v.localized(x.Title())}}}
}

func (v View) partChart(x desk.ShownMeasure) *chart.Chart {
	c := v.measureChart(x, v.groupHead(x.Parts.By), string(x.Parts.By))
	for k, g := range x.Parts.Groups {
		f := x.Parts.Figures[k][0]
		c.Labels = append(c.Labels, v.localized(g.Name))
		c.Series[0].Values, c.Series[0].Texts = append(c.Series[0].Values, f.Value), append(c.Series[0].Texts, v.plain(f).Text)
	}
	return drawable(c)
}

func (v View) valueChart(x desk.ShownMeasure) *chart.Chart {
	c := v.measureChart(x, v.t("Day"), "day")
	for _, one := range x.Inside {
		f, ok := one.Value.Float()
		if !ok {
			f = math.NaN()
		}
		c.Labels = append(c.Labels, string(one.On))
		c.Series[0].Values, c.Series[0].Texts = append(c.Series[0].Values, f), append(c.Series[0].Texts, v.t("%s", one.Value))
	}
	return drawable(c)
}

// spokenSection is the figures of the measures that a formula speaks of.
func (v View) spokenSection(figures []report.Figure) render.Section {
	return render.Section{Heading: v.t("Measures of the formula"), Table: &render.Table{
		Columns: []render.Column{{Key: "key", Head: v.t("Key")}, {Key: "measure", Head: v.t("Measure"), Flex: true}, {Key: "value", Head: v.t("Figure"), Right: true}},
		Rows: render.RowsOf(rows(figures, func(f report.Figure) []render.Cell {
			return []render.Cell{text(f.Measure.ID()), text(v.localized(f.Measure.Name)), v.full(f)}
		})),
	}}
}
