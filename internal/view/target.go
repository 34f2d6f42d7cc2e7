package view

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/render"
	"sluss/internal/report"
)

// TargetJSON is the goal of a measure for a period, in JSON. Was is the goal
// that it took the place of.
type TargetJSON struct {
	Measure string       `json:"measure"`
	Name    *string      `json:"name"`
	From    string       `json:"from"`
	To      string       `json:"to"`
	Goal    *json.Number `json:"goal"`
	Unit    *string      `json:"unit"`
	Better  *string      `json:"better"`
	Was     *json.Number `json:"was"`
}

func (v View) targetJSON(t idea.Target, m *report.Measure) TargetJSON {
	out := TargetJSON{Measure: t.Measure, From: string(t.From), To: string(t.Through), Goal: amount(t.Goal)}
	if m != nil {
		name, unit := v.localized(m.Name), string(m.In())
		out.Name, out.Unit, out.Better = &name, &unit, known(m.Better)
	}
	return out
}

func (v View) targetLineJSON(l desk.TargetLine) any {
	out := v.targetJSON(l.Target, l.Measure)
	out.Was = amount(l.Was)
	return out
}

// Targets is the targets.
func (v View) Targets(lines []desk.TargetLine) render.Document {
	return render.Document{
		Sections: []render.Section{{Table: v.targetTable(lines)}},
		Items:    items(seq(lines), v.targetLineJSON),
	}
}

func (v View) targetTable(lines []desk.TargetLine) *render.Table {
	return &render.Table{
		Empty: v.t("No targets yet: sluss target set MEASURE GOAL --period PERIOD"),
		Columns: []render.Column{{Key: "measure", Head: v.t("Key")}, {Key: "name", Head: v.t("Measure"), Flex: true}, {Key: "period", Head: v.t("Period")},
			{Key: "goal", Head: v.t("Goal"), Right: true}, {Key: "wanted", Head: v.t("Wanted")}},
		Rows: render.RowsOf(rows(lines, func(l desk.TargetLine) []render.Cell {
			return []render.Cell{text(l.Target.Measure), v.targetName(l.Measure), text(report.Called(l.Period())), v.goal(l.Target, l.Measure), v.wanted(l.Measure)}
		})),
	}
}

func (v View) targetName(m *report.Measure) render.Cell {
	if m == nil {
		return render.Cell{Text: v.t("there is no such measure any more"), Void: true, Style: render.Dim}
	}
	return text(v.localized(m.Name))
}

// wanted tells on which side of the goal a figure should be.
func (v View) wanted(m *report.Measure) render.Cell {
	if m != nil && m.Better == report.Lower {
		return coded(v.t("at most"), "at_most")
	}
	return coded(v.t("at least"), "at_least")
}

func (v View) goal(t idea.Target, m *report.Measure) render.Cell {
	value, known := t.Goal.Float()
	if m == nil || !known {
		return render.Cell{Text: string(t.Goal), Raw: string(t.Goal), Number: true}
	}
	return v.exact(report.Figure{Measure: m, Value: value}, t.Goal)
}

// exact is a goal with all the decimals that it was given with.
func (v View) exact(f report.Figure, a idea.Amount) render.Cell {
	c := render.Cell{Text: v.t("%s", a), Raw: string(a), Number: true}
	if f.Measure.In() == report.Percent && !f.Measure.Own {
		hundred := f.Value * 100
		c.Text = v.t("%s%%", v.p.Number(hundred, decimals(hundred)))
	}
	return c
}

// Target tells what was done to a target.
func (v View) Target(l desk.TargetLine, done idea.Word) render.Document {
	told := v.t("%s %s: %s", l.Target.Measure, report.Called(l.Period()), done)
	if done == "" {
		told = v.t("%s %s: %s %s", l.Target.Measure, report.Called(l.Period()), v.wanted(l.Measure).Text, v.goal(l.Target, l.Measure).Text)
	}
	if l.Was != "" && l.Was != l.Goal {
		was := l.Target
		was.Goal = l.Was
		told = v.t("%s (was %s)", told, v.goal(was, l.Measure).Text)
	}
	return render.Document{Notes: []string{told}, Records: v.targetTable([]desk.TargetLine{l}), JSON: v.targetLineJSON(l)}
}

// FollowedJSON is the report of targets, in JSON.
type FollowedJSON struct {
	Report  string         `json:"report"`
	From    *string        `json:"from"`
	To      *string        `json:"to"`
	AsOf    string         `json:"as_of"`
	Targets []ProgressJSON `json:"targets"`
}

// ProgressJSON is a target with what has come of it, in JSON. Passed is the
// share of the days of its period that lie before the day of the report, and
// Before the outcome of the whole period before.
type ProgressJSON struct {
	TargetJSON
	Outcome *float64   `json:"outcome"`
	N       *int       `json:"n"`
	Hidden  bool       `json:"hidden"`
	Left    *float64   `json:"left"`
	Passed  float64    `json:"passed"`
	Before  *float64   `json:"before"`
	Status  string     `json:"status"`
	By      *string    `json:"by"`
	Parts   []PartJSON `json:"parts"`
}

func (v View) progressJSON(p report.Progress) ProgressJSON {
	out := ProgressJSON{TargetJSON: v.targetJSON(p.Target, p.Measure), Left: number(p.Left), Passed: *number(p.Passed), Status: string(p.Status), Parts: []PartJSON{}}
	if p.Measure == nil {
		return out
	}
	out.Hidden, out.By = p.Outcome.Hidden, known(p.By)
	if p.Status != report.NotBegun {
		out.Outcome = number(p.Outcome.Value)
	}
	if out.Outcome != nil && p.Measure.Statistic != report.Computed {
		out.N = &p.Outcome.N
	}
	if p.Before != nil {
		out.Before = number(p.Before.Value)
	}
	for _, part := range p.Parts {
		out.Parts = append(out.Parts, PartJSON{part.Key, number(part.Figure.Value)})
	}
	return out
}

// behindText says how targets are judged.
const behindText idea.Word = "While a period runs, a count or a sum is behind when it is short of the part of the goal that the days before today make of the period; where low is better, when it is over that part. A share, a time, a formula and what stands on a day is behind when it does not meet the goal. A target without a direction is reached at the goal or above."

// FollowedTargets is each target with its goal, outcome and trend.
func (v View) FollowedTargets(f desk.FollowedTargets) render.Document {
	s := spanJSON(f.Period, f.AsOf)
	j := FollowedJSON{Report: string(report.Targets), From: s.From, To: s.To, AsOf: s.AsOf, Targets: []ProgressJSON{}}
	d := render.Document{Title: v.t("%s", report.Targets.Title()), Notes: []string{v.t("as of %s", string(f.AsOf))}}
	behind, hidden := false, false
	for _, p := range f.Targets {
		j.Targets = append(j.Targets, v.progressJSON(p))
		behind, hidden = behind || p.Status == report.Behind, hidden || p.Outcome.Hidden
	}
	if behind {
		d.Notes = append(d.Notes, v.t("%s", behindText))
	}
	if hidden {
		d.Notes = append(d.Notes, v.keptBackNote())
	}
	d.JSON, d.Records, d.Sections = j, v.progressRecords(j), v.progressSections(f.Targets)
	if !behind && len(f.Targets) > 0 {
		d.Sections = append(d.Sections, render.Section{Heading: v.t("Definitions"), Paper: true, Facts: []render.Fact{{Label: v.t("behind"), Value: v.t("%s", behindText)}}})
	}
	return d
}

func (v View) progressSections(all []report.Progress) []render.Section {
	out := []render.Section{{Table: v.progressTable(all)}}
	if parts := v.progressParts(all); parts != nil {
		out = append(out, render.Section{Heading: v.t("Trend"), Paper: true, Table: parts})
	}
	return out
}

func (v View) progressTable(all []report.Progress) *render.Table {
	return &render.Table{
		Empty: v.t("No targets for the period."),
		Columns: []render.Column{{Key: "measure", Head: v.t("Measure"), Flex: true}, {Key: "period", Head: v.t("Period")}, {Key: "goal", Head: v.t("Goal"), Right: true},
			{Key: "outcome", Head: v.t("Outcome"), Right: true}, {Key: "left", Head: v.t("Left"), Right: true}, {Key: "trend", Head: v.t("Trend"), Spark: true},
			{Key: "before", Head: v.t("Period before"), Right: true, Spare: true}, {Key: "status", Head: v.t("Status")}},
		Rows: render.RowsOf(rows(all, v.progressRow)),
	}
}

func (v View) progressRow(p report.Progress) []render.Cell {
	none := v.figure(math.NaN(), 0)
	outcome, left, before, trend := none, none, none, render.Cell{}
	goal := v.goal(p.Target, p.Measure)
	if p.Measure != nil {
		goal.Text = v.wanted(p.Measure).Text + " " + goal.Text
		outcome, left = v.plain(p.Outcome), v.left(p)
		if p.Status == report.NotBegun {
			outcome = none
		}
		if p.Before != nil {
			before = v.plain(*p.Before)
		}
		for _, part := range p.Parts {
			trend.Spark = append(trend.Spark, part.Figure.Value)
		}
	}
	name := v.targetName(p.Measure)
	if p.Measure == nil {
		name = text(p.Target.Measure)
	}
	return []render.Cell{name, text(report.Called(p.Period())), goal, outcome, left, trend, before, v.status(p)}
}

// left is how much is left to the goal.
func (v View) left(p report.Progress) render.Cell {
	if math.IsNaN(p.Left) {
		return v.figure(p.Left, 0)
	}
	if p.Measure.In() == report.Percent && !p.Measure.Own {
		return render.Cell{Text: v.t("%s points", v.p.Number(100*p.Left, decimals(100*p.Left))), Raw: strconv.FormatFloat(p.Left, 'f', -1, 64), Number: true}
	}
	return v.figure(p.Left, decimals(p.Left))
}

func (v View) status(p report.Progress) render.Cell {
	c := coded(v.t("%s", p.Status.Label()), string(p.Status))
	if p.Measure == nil {
		c.Text = v.t("there is no such measure any more")
	}
	switch p.Status {
	case report.Reached, report.OnTheWay:
		c.Style = render.Good
	case report.Behind:
		c.Style = render.Warn
	case report.Missed:
		c.Style = render.Bad
	default:
		c.Style = render.Dim
	}
	return c
}

// progressParts is what the sparklines show, in figures.
func (v View) progressParts(all []report.Progress) *render.Table {
	var lines [][]render.Cell
	for _, p := range all {
		var figures []string
		for _, part := range p.Parts {
			figures = append(figures, part.Key+": "+v.plain(part.Figure).Text)
		}
		if figures != nil {
			lines = append(lines, []render.Cell{v.targetName(p.Measure), text(report.Called(p.Period())), text(strings.Join(figures, ", "))})
		}
	}
	if lines == nil {
		return nil
	}
	return &render.Table{Columns: []render.Column{{Key: "measure", Head: v.t("Measure"), Flex: true}, {Key: "period", Head: v.t("Period")}, {Key: "figures", Head: v.t("Figures"), Flex: true}},
		Rows: render.RowsOf(lines)}
}

// progressRecords is each target as a row.
func (v View) progressRecords(j FollowedJSON) *render.Table {
	var columns []render.Column
	for _, key := range []string{"measure", "from", "to", "unit", "better", "goal", "outcome", "n", "hidden", "left", "passed", "before", "status"} {
		columns = append(columns, render.Column{Key: key, Head: key})
	}
	return &render.Table{Columns: columns, Rows: render.RowsOf(rows(j.Targets, func(p ProgressJSON) []render.Cell {
		return []render.Cell{text(p.Measure), text(p.From), text(p.To), optional(p.Unit), optional(p.Better), exactCell(p.Goal), decimal(p.Outcome), whole(p.N),
			text(strconv.FormatBool(p.Hidden)), decimal(p.Left), decimal(&p.Passed), decimal(p.Before), text(p.Status)}
	}))}
}

func exactCell(n *json.Number) render.Cell {
	if n == nil {
		return render.Cell{}
	}
	return render.Cell{Text: n.String(), Raw: n.String(), Number: true}
}
