package view

import (
	"math"
	"strconv"
	"strings"
	"time"

	"sluss/internal/chart"
	"sluss/internal/render"
	"sluss/internal/report"
)

// WeekJSON is how many ideas stood in each stage at the end of a week, in JSON.
type WeekJSON struct {
	Week   string         `json:"week"`
	Until  string         `json:"until"`
	Stages map[string]int `json:"stages"`
}

func weeksJSON(r report.Report) []WeekJSON {
	out := []WeekJSON{}
	if r.Weeks == nil {
		return out
	}
	for _, w := range r.Weeks.Weeks {
		one := WeekJSON{Week: w.Key, Until: string(w.Until), Stages: map[string]int{}}
		for k, s := range r.Weeks.Stages {
			one.Stages[string(s.Key)] = w.Ideas[k]
		}
		out = append(out, one)
	}
	return out
}

// weekSections is the work in progress by stage and week.
func (v View) weekSections(r report.Report) []render.Section {
	if r.Weeks == nil || len(r.Weeks.Weeks) == 0 {
		return nil
	}
	columns := []render.Column{{Key: "week", Head: v.t("Week")}}
	c := &chart.Chart{Kind: chart.Stacked, Title: v.t("Work in progress by week"), Axis: v.t("Week"), AxisKey: "week",
		Description: v.t("How many ideas stood in each stage at the end of each week.")}
	for k, s := range r.Weeks.Stages {
		columns = append(columns, render.Column{Key: string(s.Key), Head: v.stage(s), Right: true})
		series := chart.Series{Key: string(s.Key), Name: v.stage(s)}
		for _, w := range r.Weeks.Weeks {
			series.Values = append(series.Values, float64(w.Ideas[k]))
		}
		if !s.Kind.Done() {
			c.Series = append(c.Series, series)
		}
	}
	var lines [][]render.Cell
	for _, w := range r.Weeks.Weeks {
		c.Labels = append(c.Labels, w.Key)
		line := []render.Cell{text(w.Key)}
		for _, n := range w.Ideas {
			line = append(line, count(n))
		}
		lines = append(lines, line)
	}
	return []render.Section{{Heading: c.Title, Chart: c, Table: &render.Table{Columns: columns, Rows: render.RowsOf(lines), Caption: v.weekCaption(r.Weeks.Weeks)}}}
}

// weekCaption says how far the last week was followed, if not to its end.
func (v View) weekCaption(weeks []report.Week) string {
	last := weeks[len(weeks)-1]
	if last.Until.Time(time.UTC).Weekday() == time.Sunday {
		return ""
	}
	return v.t("%s as it stood on %s", last.Key, string(last.Until))
}

// sparkTable is a line for each measure with the shape of its trend.
func (v View) sparkTable(t report.Table) *render.Table {
	columns := []render.Column{{Key: "measure", Head: v.t("Measure"), Flex: true, Wrap: true}, {Key: "trend", Head: v.t("Trend"), Spark: true},
		{Key: "first", Head: v.t("First"), Right: true}, {Key: "last", Head: v.t("Last"), Right: true}}
	var lines [][]render.Cell
	for _, k := range mainOf(t) {
		var values []float64
		for g := range t.Groups {
			values = append(values, t.Figures[g][k].Value)
		}
		if len(values) == 0 {
			continue
		}
		lines = append(lines, []render.Cell{text(v.localized(t.Measures[k].Name)), {Spark: values},
			v.plain(t.Figures[0][k]), v.plain(t.Figures[len(values)-1][k])})
	}
	return &render.Table{Columns: columns, Rows: render.RowsOf(lines)}
}

// spreadSections is how long what ended in the period took, in bars.
func (v View) spreadSections(r report.Report) (out []render.Section) {
	for _, s := range r.Spreads {
		if s.Ended == 0 {
			continue
		}
		c := &chart.Chart{Kind: chart.Histogram, Title: v.t("Days it took: %s", s.Name), Axis: v.t("Days"), AxisKey: "days",
			Description: v.p.N(s.Ended, "How many took how many days, of %d that ended in the period.", "How many took how many days, of %d that ended in the period.")}
		series := chart.Series{Key: "count", Name: v.t("Count")}
		for _, b := range s.Bins {
			label := strconv.Itoa(b.From)
			if b.To > b.From {
				label += "–" + strconv.Itoa(b.To)
			}
			c.Labels = append(c.Labels, label)
			series.Values = append(series.Values, float64(b.N))
			series.Texts = append(series.Texts, strconv.Itoa(b.N))
		}
		c.Series = []chart.Series{series}
		out = append(out, render.Section{Heading: c.Title, Chart: c})
	}
	return out
}

// curveSections is how long things take, ended or not.
func (v View) curveSections(r report.Report) (out []render.Section) {
	for _, curve := range r.Curves {
		if curve.N == 0 {
			continue
		}
		c := &chart.Chart{Kind: chart.Steps, Title: v.t("Still waiting: %s", curve.Name), Axis: v.t("Days"), AxisKey: "days", X: curve.Days,
			Description: v.p.N(curve.N, "The share of ideas for which it had not ended after so many days, by Kaplan and Meier, of %d.", "The share of ideas for which it had not ended after so many days, by Kaplan and Meier, of %d."),
			Format:      v.p.Percent}
		series := chart.Series{Key: "left", Name: v.t("Share"), Values: curve.Left}
		for _, day := range curve.Days {
			c.Labels = append(c.Labels, strconv.Itoa(int(day)))
		}
		c.Series = []chart.Series{series}
		out = append(out, render.Section{Heading: c.Title, Chart: c})
	}
	return out
}

// chart is the main figures of a table as a picture.
func (v View) chart(r report.Report, t report.Table) *chart.Chart {
	if t.By != report.ByNothing {
		return v.groupChart(r, t)
	}
	c := &chart.Chart{Kind: chart.Bars, Title: v.t("%s", r.Name.Title()), Description: v.span(r.Head), Axis: v.t("Measure"), AxisKey: "measure"}
	now, before := chart.Series{Key: "value", Name: v.t("This period")}, chart.Series{Key: "before", Name: v.t("Before")}
	figures := t.Figures[len(t.Figures)-1]
	unit := mainUnit(t.Measures)
	shown := mainOf(t)
	heads := v.heads(t.Measures, shown)
	if what := v.common(t.Measures, shown); what != "" {
		c.Title += " – " + what
	}
	for _, k := range shown {
		f := figures[k]
		if f.Measure.In() != unit || !sameScale(t.Measures[shown[0]], *f.Measure) {
			continue
		}
		c.Labels = append(c.Labels, heads[k])
		now.Values, now.Texts = append(now.Values, f.Value), append(now.Texts, v.plain(f).Text)
		if f.Before != nil {
			before.Values, before.Texts = append(before.Values, f.Before.Value), append(before.Texts, v.plain(*f.Before).Text)
		}
	}
	c.Series = []chart.Series{now}
	if len(before.Values) > 0 {
		c.Series = append(c.Series, before)
	}
	return drawable(c)
}

// mainUnit is the unit of the first measure that is not minor: what stands in
// one picture must have one scale.
func mainUnit(measures []report.Measure) report.Unit {
	for _, m := range measures {
		if !m.Minor {
			return m.In()
		}
	}
	return report.Number
}

// sameScale tells whether amounts are of the same thing: one effect may be counted
// in hours and another in kronor.
func sameScale(a, b report.Measure) bool {
	return a.In() != report.Amount || a.Item == b.Item
}

// groupChart is bars of the first measures over groups, or lines over time.
func (v View) groupChart(r report.Report, t report.Table) *chart.Chart {
	c := &chart.Chart{Kind: chart.Bars, Title: v.t("%s", r.Name.Title()) + " – " + v.by(t.By), Description: v.span(r.Head), Axis: v.groupHead(t.By), AxisKey: string(t.By)}
	most := 1
	if t.By.Times() {
		c.Kind, most = chart.Lines, 4
	}
	for g, group := range t.Groups {
		if !group.All {
			c.Labels = append(c.Labels, v.groupName(t, group).Text)
		} else if g == 0 {
			return nil
		}
	}
	unit := mainUnit(t.Measures)
	shown := mainOf(t)
	heads := v.heads(t.Measures, shown)
	var names []string
	for _, k := range shown {
		m := t.Measures[k]
		if m.In() != unit || len(c.Series) == most || !sameScale(t.Measures[shown[0]], m) {
			continue
		}
		s := chart.Series{Key: m.ID(), Name: heads[k]}
		for g := range c.Labels {
			f := t.Figures[g][k]
			s.Values, s.Texts = append(s.Values, f.Value), append(s.Texts, v.plain(f).Text)
		}
		c.Series = append(c.Series, s)
		names = append(names, heads[k])
	}
	if len(names) < len(shown) { // say which of them are drawn
		c.Title += ": " + strings.Join(names, ", ")
	}
	return drawable(c)
}

// drawable is nil for a picture that would show nothing or one thing.
func drawable(c *chart.Chart) *chart.Chart {
	if len(c.Labels) < 2 || !c.HasValues() {
		return nil
	}
	return c
}

// WaitJSON is an idea that waits for an answer, in JSON.
type WaitJSON struct {
	Number    int64   `json:"number"`
	Title     string  `json:"title"`
	Received  string  `json:"received"`
	Days      int     `json:"days"`
	By        *string `json:"answer_by"`
	Late      bool    `json:"late"`
	SixMonths bool    `json:"six_months"`
}

func waitingJSON(r report.Report) []WaitJSON {
	out := []WaitJSON{}
	for _, w := range r.Waiting {
		out = append(out, WaitJSON{w.Number, w.Title, string(w.Received), w.Days, known(w.By), w.Late, w.SixMonths})
	}
	return out
}

// waitingSection is who waits for an answer, the oldest first.
func (v View) waitingSection(r report.Report) render.Section {
	heading := v.t("Waiting for an answer")
	if r.Waits > len(r.Waiting) {
		heading = v.t("Waiting for an answer: the %d of %d who have waited longest", len(r.Waiting), r.Waits)
	}
	return render.Section{Heading: heading, Table: &render.Table{
		Empty: v.t("Nobody waits."),
		Columns: []render.Column{{Key: "number", Head: v.t("No."), Right: true}, {Key: "title", Head: v.t("Title"), Flex: true}, {Key: "received", Head: v.t("Received")},
			{Key: "days", Head: v.t("Days"), Right: true}, {Key: "answer_by", Head: v.t("Promised by")}, {Key: "mark", Head: v.t("Mark")}},
		Rows: render.RowsOf(rows(r.Waiting, func(w report.Waiting) []render.Cell {
			return []render.Cell{numbered(w.Number), text(w.Title), text(string(w.Received)), count(w.Days), text(string(w.By)), v.waitMark(w)}
		}))}}
}

func (v View) waitMark(w report.Waiting) render.Cell {
	switch {
	case w.SixMonths:
		return render.Cell{Text: v.t("no decision in six months"), Raw: "six_months", Style: render.Bad}
	case w.Late:
		return render.Cell{Text: v.t("late"), Raw: "late", Style: render.Warn}
	}
	return render.Cell{}
}

// AgingJSON is an idea in hand against others in its stage, in JSON.
type AgingJSON struct {
	Number int64    `json:"number"`
	Title  string   `json:"title"`
	Stage  string   `json:"stage"`
	Days   int      `json:"days"`
	Stays  int      `json:"stays"`
	P50    *float64 `json:"p50"`
	P85    *float64 `json:"p85"`
	P95    *float64 `json:"p95"`
	Over   *int     `json:"over"`
}

func agingJSON(r report.Report) []AgingJSON {
	out := []AgingJSON{}
	for _, a := range r.Aging {
		one := AgingJSON{a.Number, a.Title, string(a.Stage.Key), a.Days, a.Stays, number(a.P50), number(a.P85), number(a.P95), nil}
		if a.Over > 0 {
			one.Over = &a.Over
		}
		out = append(out, one)
	}
	return out
}

func (v View) agingTable(r report.Report) *render.Table {
	return &render.Table{
		Empty: v.t("No idea is in hand."),
		Columns: []render.Column{{Key: "number", Head: v.t("No."), Right: true}, {Key: "title", Head: v.t("Title"), Flex: true}, {Key: "stage", Head: v.t("Stage")},
			{Key: "days", Head: v.t("Days"), Right: true}, {Key: "p50", Head: v.t("Half of others"), Right: true}, {Key: "p85", Head: v.t("85 of 100"), Right: true},
			{Key: "p95", Head: v.t("95 of 100"), Right: true}, {Key: "over", Head: v.t("Older than"), Right: true}},
		Rows: render.RowsOf(rows(r.Aging, func(a report.Aging) []render.Cell {
			return []render.Cell{numbered(a.Number), text(a.Title), coded(v.stage(a.Stage), string(a.Stage.Key)), count(a.Days),
				v.figure(a.P50, 1), v.figure(a.P85, 1), v.figure(a.P95, 1), v.over(a)}
		}))}
}

func (v View) over(a report.Aging) render.Cell {
	if a.Over == 0 || math.IsNaN(a.P50) {
		return render.Cell{}
	}
	style := render.Plain
	if a.Over >= 85 {
		style = render.Warn
	}
	return render.Cell{Text: v.t("%d of 100", a.Over), Raw: strconv.Itoa(a.Over), Number: true, Style: style}
}

// agingSection is the ideas in hand against how long others stood in their
// stage.
func (v View) agingSection(r report.Report) render.Section {
	return render.Section{Table: v.agingTable(r)}
}
