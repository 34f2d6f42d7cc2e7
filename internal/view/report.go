package view

import (
	"sluss/internal/idea"
	"sluss/internal/render"
	"sluss/internal/report"
)

// Head is what every report says about itself in JSON. The period's last day is
// in it.
type Head struct {
	From *string `json:"from"`
	To   *string `json:"to"`
	AsOf string  `json:"as_of"`
}

func headJSON(h report.Head) Head {
	out := Head{From: known(h.Period.From), AsOf: string(h.AsOf)}
	if h.Period.To != "" {
		out.To = known(h.Period.To.Add(-1))
	}
	return out
}

// Funnel is the funnel report in JSON.
type Funnel struct {
	Head
	Received int    `json:"received"`
	Merged   int    `json:"merged"`
	Forced   int    `json:"forced"`
	Steps    []Step `json:"steps"`
}

// Step is a stage of the funnel in JSON. Shares lie between 0 and 1.
type Step struct {
	Stage      string   `json:"stage"`
	Reached    int      `json:"reached"`
	Share      *float64 `json:"share_of_received"`
	Conversion *float64 `json:"share_of_previous"`
}

// Funnel is the funnel report.
func (v View) Funnel(f report.Funnel) render.Document {
	out := Funnel{Head: headJSON(f.Head), Received: f.Received, Merged: f.Merged, Forced: f.Forced, Steps: []Step{}}
	for _, s := range f.Steps {
		out.Steps = append(out.Steps, Step{Stage: string(s.Stage.Key), Reached: s.Reached, Share: number(s.Share), Conversion: number(s.Conversion)})
	}
	notes := []string{v.span(f.Head), v.t("Ideas received in the period that have been in a stage or in a later one.")}
	notes = append(notes, v.mergedNote(f.Merged)...)
	if f.Forced > 0 {
		notes = append(notes, v.t("Gates passed with --force: %d", f.Forced))
	}
	return render.Document{
		Title: v.t("Funnel"),
		Notes: notes,
		JSON:  out,
		Sections: []render.Section{{Table: &render.Table{
			Columns: []render.Column{{Key: "stage", Head: v.t("Stage")}, {Key: "reached", Head: v.t("Reached"), Right: true},
				{Key: "share_of_received", Head: v.t("Of received"), Right: true}, {Key: "share_of_previous", Head: v.t("Of the stage before"), Right: true}},
			Rows: render.RowsOf(rows(f.Steps, func(s report.Step) []render.Cell {
				return []render.Cell{coded(v.stage(s.Stage), string(s.Stage.Key)), count(s.Reached), v.share(s.Share), v.share(s.Conversion)}
			})),
		}}},
	}
}

// mergedNote tells that merged ideas are not counted twice.
func (v View) mergedNote(n int) []string {
	if n == 0 {
		return nil
	}
	return []string{v.p.N(n, "%d more idea was merged into another and is counted with it.", "%d more ideas were merged into others and are counted with them.")}
}

// span is the period of a report and the day on which it was taken.
func (v View) span(h report.Head) string {
	asOf := v.t("as of %s", string(h.AsOf))
	switch from, to := h.Period.From, h.Period.To; {
	case from == "" && to == "":
		return v.t("All time, %s", asOf)
	case from == "":
		return v.t("Until %s, %s", string(to.Add(-1)), asOf)
	case to == "":
		return v.t("Since %s, %s", string(from), asOf)
	default:
		return v.t("%s to %s, %s", string(from), string(to.Add(-1)), asOf)
	}
}

// Time is the time report in JSON. Times are in calendar days.
type Time struct {
	Head
	Measures []Measure `json:"measures"`
}

// Measure is how long something took in JSON.
type Measure struct {
	Measure string   `json:"measure"`
	Stage   *string  `json:"stage"`
	N       int      `json:"n"`
	Median  *float64 `json:"median_days"`
	P85     *float64 `json:"p85_days"`
}

type timeRow struct {
	label string
	key   string
	stage idea.StageKey
	report.Spread
}

// Time is the time report.
func (v View) Time(t report.Time) render.Document {
	lines := []timeRow{
		{v.t("received to realised"), "lead_realised", "", t.Realised},
		{v.t("received to closed"), "lead_closed", "", t.Closed},
		{v.t("received to first answer"), "first_answer", "", t.Answer},
	}
	for _, s := range t.Stages {
		lines = append(lines, timeRow{v.t("in %s", v.stage(s.Stage)), "in_stage", s.Stage.Key, s.Visits})
	}
	out := Time{Head: headJSON(t.Head), Measures: []Measure{}}
	for _, l := range lines {
		out.Measures = append(out.Measures, Measure{Measure: l.key, Stage: known(l.stage), N: l.N, Median: number(l.Median), P85: number(l.P85)})
	}
	notes := []string{v.span(t.Head), v.t("Calendar days of what ended in the period. What still goes on is not counted.")}
	if t.Merged > 0 {
		notes = append(notes, v.t("Of ideas that are merged into others, only the answers are counted."))
	}
	return render.Document{
		Title: v.t("Time"),
		Notes: notes,
		JSON:  out,
		Sections: []render.Section{{Table: &render.Table{
			Columns: []render.Column{{Key: "measure", Head: v.t("Time")}, {Key: "n", Head: v.t("Count"), Right: true},
				{Key: "median_days", Head: v.t("Median"), Right: true}, {Key: "p85_days", Head: v.t("85th percentile"), Right: true}},
			Rows: render.RowsOf(rows(lines, func(l timeRow) []render.Cell {
				key := l.key
				if l.stage != "" {
					key += ":" + string(l.stage)
				}
				return []render.Cell{coded(l.label, key), count(l.N), v.figure(l.Median, 1), v.figure(l.P85, 1)}
			})),
		}}},
	}
}

// Units is the unit report in JSON.
type Units struct {
	Head
	Units []UnitFigures `json:"units"`
	Total UnitFigures   `json:"total"`

	// Merged is the ideas received in the period that are merged into others:
	// they are counted with those.
	Merged int `json:"merged"`
}

// UnitFigures is the figures of a unit in JSON; unit is null for ideas without
// one and for the total.
type UnitFigures struct {
	Unit     *string `json:"unit"`
	Received int     `json:"received"`
	Open     int     `json:"open"`
	Realised int     `json:"realised"`
	Closed   int     `json:"closed"`
}

func unitFigures(r report.UnitRow) UnitFigures {
	return UnitFigures{Unit: known(r.Name), Received: r.Received, Open: r.Open, Realised: r.Realised, Closed: r.Closed}
}

// UnitReport is the unit report.
func (v View) UnitReport(u report.Units) render.Document {
	out := Units{Head: headJSON(u.Head), Units: []UnitFigures{}, Total: unitFigures(u.Total), Merged: u.Merged}
	notes := []string{v.span(u.Head), v.t("Received in the period; realised or closed in it and still so; open on the day of the report.")}
	notes = append(notes, v.mergedNote(u.Merged)...)
	if u.Nested {
		notes = append(notes, v.t("A unit's row counts its own ideas; the units under it have rows of their own."))
	}
	for _, r := range u.Rows {
		out.Units = append(out.Units, unitFigures(r))
	}
	columns := []render.Column{{Key: "unit", Head: v.t("Unit"), Flex: true}, {Key: "received", Head: v.t("Received"), Right: true},
		{Key: "open", Head: v.t("Open now"), Right: true}, {Key: "realised", Head: v.t("Realised"), Right: true}, {Key: "closed", Head: v.t("Closed"), Right: true}}
	cells := func(name string, r report.UnitRow) []render.Cell {
		return []render.Cell{text(name), count(r.Received), count(r.Open), count(r.Realised), count(r.Closed)}
	}
	row := func(r report.UnitRow) []render.Cell {
		if r.Unit == 0 {
			row := cells(v.t("(no unit)"), r)
			row[0].Void = true
			return row
		}
		return cells(r.Name, r)
	}
	shown := append(rows(u.Rows, row), cells(v.t("Total"), u.Total))
	return render.Document{
		Title:    v.t("Units"),
		Notes:    notes,
		JSON:     out,
		Records:  &render.Table{Columns: columns, Rows: render.RowsOf(rows(u.Rows, row))},
		Sections: []render.Section{{Table: &render.Table{Columns: columns, Rows: render.RowsOf(shown)}}},
	}
}
