package view

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"sluss/internal/idea"
	"sluss/internal/render"
	"sluss/internal/report"
)

// Report is a report in JSON. The period's last day is in it.
type Report struct {
	Report  string       `json:"report"`
	From    *string      `json:"from"`
	To      *string      `json:"to"`
	AsOf    string       `json:"as_of"`
	Known   *string      `json:"known_from"` // the day on which the register begins
	Gap     *string      `json:"gap"`        // why nothing is known of the period: empty, too_early or not_yet
	Compare *Span        `json:"compare"`
	Only    []string     `json:"only"`   // the filters, as flags
	Merged  int          `json:"merged"` // received in the period and merged into others: counted with those
	Figures []FigureJSON `json:"figures"`
	Weeks   []WeekJSON   `json:"weeks"`
	Waiting []WaitJSON   `json:"waiting"`
	Aging   []AgingJSON  `json:"aging"`
}

// Span is a period in JSON, and the last day that is looked at in it.
type Span struct {
	From *string `json:"from"`
	To   *string `json:"to"`
	AsOf string  `json:"as_of"`
	Gap  *string `json:"gap,omitempty"` // why nothing is known of a period that is compared with
}

// FigureJSON is a figure in JSON. N is how many things it was counted over, and
// Part how many of them are in a share or have ended. Group is null for all of
// it. A figure that is kept back has no value.
type FigureJSON struct {
	Measure string   `json:"measure"`
	Item    *string  `json:"item"`
	By      *string  `json:"by"`
	Group   *string  `json:"group"`
	Value   *float64 `json:"value"`
	Unit    string   `json:"unit"`
	N       *int     `json:"n"`
	Part    *int     `json:"part"`
	Low     *float64 `json:"low"`
	High    *float64 `json:"high"`
	Hidden  bool     `json:"hidden"`
	Before  *float64 `json:"before"`
	Change  *float64 `json:"change"`
	Percent *float64 `json:"change_percent"`
	P       *float64 `json:"p"`
}

func spanJSON(p idea.Period, asOf idea.Day) Span {
	s := Span{From: known(p.From), AsOf: string(asOf)}
	if p.To != "" {
		s.To = known(p.To.Add(-1))
	}
	return s
}

func (v View) reportJSON(r report.Report) Report {
	s := spanJSON(r.Period, r.AsOf)
	out := Report{Report: string(r.Name), From: s.From, To: s.To, AsOf: s.AsOf, Known: known(r.Dawn), Gap: known(r.Gap), Merged: r.Merged, Only: append([]string{}, r.Only...), Figures: []FigureJSON{}}
	if r.Compare != nil {
		c := spanJSON(*r.Compare, r.Horizon)
		c.Gap = known(r.Before)
		out.Compare = &c
	}
	eachFigure(r, func(t report.Table, g report.Group, f report.Figure) {
		out.Figures = append(out.Figures, figureJSON(t, g, f))
	})
	out.Weeks, out.Waiting, out.Aging = weeksJSON(r), waitingJSON(r), agingJSON(r)
	return out
}

// probability is a p value with four figures: however small, it is not 0.
func probability(p float64) *float64 {
	if math.IsNaN(p) {
		return nil
	}
	p, _ = strconv.ParseFloat(strconv.FormatFloat(p, 'g', 4, 64), 64)
	return &p
}

func eachFigure(r report.Report, yield func(report.Table, report.Group, report.Figure)) {
	for _, t := range r.Tables {
		for k, g := range t.Groups {
			for _, f := range t.Figures[k] {
				yield(t, g, f)
			}
		}
	}
}

func figureJSON(t report.Table, g report.Group, f report.Figure) FigureJSON {
	m := f.Measure
	out := FigureJSON{Measure: m.Key, Item: known(m.Item), Value: number(f.Value), Unit: string(m.In()), Low: number(f.Low), High: number(f.High),
		Hidden: f.Hidden, P: probability(f.P)}
	if t.By != report.ByNothing {
		out.By = known(t.By)
		if !g.All {
			out.Group = &g.Key
		}
	}
	if !f.Hidden && f.Gap == report.NoGap {
		out.N, out.Part = &f.N, &f.Part
	}
	if f.Before != nil {
		out.Before, out.Change, out.Percent = number(f.Before.Value), number(f.Change()), number(f.Percent())
	}
	return out
}

// Report is a report as a document.
func (v View) Report(r report.Report) render.Document {
	d := render.Document{Title: v.t("%s", r.Name.Title()), Notes: v.reportNotes(r), JSON: v.reportJSON(r), Records: v.figureRecords(r), Sections: v.reportBody(r)}
	if r.Aging != nil {
		d.Records = v.agingTable(r)
	}
	return withDefinitions(d, v.definitions(r))
}

// reportBody is the figures of a report, with its charts and lists.
func (v View) reportBody(r report.Report) (out []render.Section) {
	for k, t := range r.Tables {
		if k == 0 || len(t.Groups) > 1 {
			out = append(out, v.figureSections(r, t, k == 0)...)
		}
	}
	if r.Name == report.Trend {
		out = append([]render.Section{{Table: v.sparkTable(r.Tables[0])}}, out...)
	}
	out = append(out, v.weekSections(r)...)
	out = append(out, v.spreadSections(r)...)
	out = append(out, v.curveSections(r)...)
	if r.Waiting != nil {
		out = append(out, v.waitingSection(r))
	}
	if r.Aging != nil {
		out = append(out, v.agingSection(r))
	}
	return out
}

func withDefinitions(d render.Document, s render.Section) render.Document {
	if len(s.Facts) > 0 {
		d.Sections = append(d.Sections, s)
	}
	return d
}

// definitions is what each measure of a report means, once.
func (v View) definitions(r report.Report) render.Section {
	s := render.Section{Heading: v.t("Definitions"), Paper: true}
	seen := map[string]bool{}
	for _, t := range r.Tables {
		for _, m := range t.Measures {
			if m.Definition == "" || seen[m.Key] {
				continue
			}
			seen[m.Key] = true
			s.Facts = append(s.Facts, render.Fact{Label: v.family(m), Value: v.meaning(m)})
		}
	}
	return s
}

// meaning is the definition of a measure. That of an estimate is the one of the
// plain figure too, so it is told what sets it apart.
func (v View) meaning(m report.Measure) string {
	out := v.t("%s", m.Definition)
	if m.Statistic == report.KMMedian || m.Statistic == report.KMP85 {
		out += " " + v.t("An estimate by Kaplan and Meier: what still waits counts too, for as long as it has waited.")
	}
	return out
}

// family is what a measure is called together with those that differ from it by
// their item only.
func (v View) family(m report.Measure) string {
	switch {
	case m.Item == "":
		return v.localized(m.Name)
	case m.Column.Format != "":
		return v.localized(m.Column)
	}
	return v.localized(m.Name)
}

func (v View) reportNotes(r report.Report) []string {
	notes := v.spanNotes(r.Head)
	if n := r.Merged; n > 0 {
		notes = append(notes, v.p.N(n, "%d more idea was merged into another and is counted with it.", "%d more ideas were merged into others and are counted with them."))
	}
	if r.Name == report.AgingOf && r.Period != (idea.Period{}) {
		notes = append(notes, v.t("The ages are those on %s, whatever the period.", string(r.AsOf)))
	}
	hidden, marked, estimated := false, false, false
	eachFigure(r, func(_ report.Table, _ report.Group, f report.Figure) {
		hidden, marked, estimated = hidden || f.Hidden, marked || f.Marked(), estimated || f.Measure.Survival() && f.N > 0
	})
	if estimated {
		notes = append(notes, v.t("Estimates (KM) are by Kaplan and Meier: what still waits counts for as long as it has waited."))
	}
	notes = append(notes, v.runningNotes(r)...)
	if hidden {
		notes = append(notes, v.keptBackNote())
	}
	if marked {
		notes = append(notes, v.t("* is more than chance (p < 0.05): counts by the conditional test, shares by Fisher's exact test, times by Mann–Whitney, or log-rank where some wait."))
	}
	return notes
}

// runningNotes says that the last part of a period, such as a month, is not over.
func (v View) runningNotes(r report.Report) []string {
	for _, t := range r.Tables {
		if key := t.Running(r.AsOf); key != "" {
			return []string{v.t("%s is not over: as of %s.", key, string(r.AsOf))}
		}
	}
	return nil
}

func (v View) keptBackNote() string {
	return v.t("A figure that shows as %s is kept back: it would tell of few people, alone or as a difference.", keptBack)
}

// spanNotes says what a report is about, and what of it is not known.
func (v View) spanNotes(h report.Head) []string {
	notes := []string{v.span(h)}
	if len(h.Only) > 0 {
		notes = append(notes, v.t("Only ideas with %s.", strings.Join(h.Only, " ")))
	}
	notes = append(notes, v.gapNotes(h.Gap, h, h.Period)...)
	if h.Compare != nil {
		notes = append(notes, v.comparedNote(h))
		if now, then := h.Lengths(); now > 0 && then > 0 && unlike(now, then) {
			notes = append(notes, v.t("The periods are not equally long: %d and %d days.", now, then))
		}
		if h.Gap != report.Empty {
			notes = append(notes, v.gapNotes(h.Before, h, *h.Compare)...)
		}
	}
	return notes
}

// unlike tells whether two periods differ by more than months and years do.
func unlike(a, b int) bool { return 10*max(a, b) > 11*min(a, b)+10 }

// gapNotes says that nothing, or not all, is known of a period.
func (v View) gapNotes(g report.Gap, h report.Head, p idea.Period) []string {
	switch {
	case g == report.Empty:
		return []string{v.t("There is nothing in the register yet, so there are no figures.")}
	case g == report.TooEarly:
		return []string{v.t("There are no figures of %s: the register begins on %s.", v.days(p), string(h.Dawn))}
	case g == report.NotYet:
		return []string{v.t("There are no figures of %s: it has not begun.", v.days(p))}
	case h.Begins(p):
		return []string{v.t("The register begins on %s, so only a part of %s is known.", string(h.Dawn), v.days(p))}
	}
	return nil
}

func (v View) comparedNote(h report.Head) string {
	return v.t("Compared with %s.", v.span(report.Head{Period: *h.Compare, AsOf: h.Horizon}))
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
		return v.t("%s, %s", v.days(h.Period), asOf)
	}
}

// days is a period from its first day to its last.
func (v View) days(p idea.Period) string {
	switch {
	case p.From == "":
		return v.t("the days until %s", string(p.To.Add(-1)))
	case p.To == "":
		return v.t("the days since %s", string(p.From))
	}
	return v.t("%s to %s", string(p.From), string(p.To.Add(-1)))
}

// figureSections shows figures in the shape that reads best: groups beside
// measures, or one below the other, or measures by rows and columns.
func (v View) figureSections(r report.Report, t report.Table, first bool) (out []render.Section) {
	heading := ""
	if !first {
		heading = v.by(t.By)
	}
	if t.By != report.ByNothing {
		return []render.Section{{Heading: heading, Table: v.groupTable(t), Chart: v.chart(r, t)}}
	}
	plain, placed := t.Figures[0], []report.Figure(nil)
	if r.Compare == nil {
		plain, placed = split(t.Figures[0])
	}
	if len(plain) > 0 {
		out = append(out, render.Section{Heading: heading, Table: v.figureTable(plain, r.Compare != nil)})
	}
	if len(placed) > 0 {
		out = append(out, render.Section{Table: v.matrix(placed)})
	}
	if len(out) > 0 && r.Name != report.Overview { // whose figures have nothing in common
		out[len(out)-1].Chart = v.chart(r, t)
	}
	return out
}

// split parts the figures that stand alone from those that have a column.
func split(all []report.Figure) (plain, placed []report.Figure) {
	for _, f := range all {
		if f.Measure.Column.Format == "" {
			plain = append(plain, f)
		} else {
			placed = append(placed, f)
		}
	}
	return plain, placed
}

func (v View) by(b report.By) string {
	switch b {
	case report.ByUnit:
		return v.t("By unit")
	case report.ByKind:
		return v.t("By kind of giver")
	case report.ByCoach:
		return v.t("By coach")
	case report.ByTag:
		return v.t("By tag")
	case report.ByStage:
		return v.t("By stage")
	case report.ByNetwork:
		return v.t("By network")
	case report.ByWeek:
		return v.t("By week")
	case report.ByMonth:
		return v.t("By month")
	case report.ByQuarter:
		return v.t("By quarter")
	case report.ByYear:
		return v.t("By year")
	}
	return ""
}

func (v View) localized(t idea.Text) string { return t.Localize("", v.p.T) }

func (v View) groupName(t report.Table, g report.Group) render.Cell {
	return render.Cell{Text: v.localized(g.Name), Raw: g.Key, Void: g.Key == "" || g.All}
}

// groupTable has a row for each group and a column for each measure that is not
// minor.
func (v View) groupTable(t report.Table) *render.Table {
	columns := []render.Column{{Key: string(t.By), Head: v.groupHead(t.By), Flex: true, Wrap: true}}
	shown := mainOf(t)
	heads := v.heads(t.Measures, shown)
	for _, k := range shown {
		columns = append(columns, render.Column{Key: t.Measures[k].ID(), Head: heads[k], Right: true})
	}
	var lines [][]render.Cell
	for g, group := range t.Groups {
		line := []render.Cell{v.groupName(t, group)}
		for _, k := range shown {
			line = append(line, v.brief(t.Figures[g][k]))
		}
		lines = append(lines, line)
	}
	return &render.Table{Columns: columns, Rows: render.RowsOf(lines), Caption: v.common(t.Measures, shown)}
}

// mainOf is the places of the main measures of a table, and of all when none is.
func mainOf(t report.Table) []int {
	if shown := t.Main(); len(shown) > 0 {
		return shown
	}
	all := make([]int, len(t.Measures))
	for k := range all {
		all[k] = k
	}
	return all
}

func (v View) groupHead(b report.By) string {
	switch b {
	case report.ByUnit:
		return v.t("Unit")
	case report.ByKind:
		return v.t("Kind")
	case report.ByCoach:
		return v.t("Coach")
	case report.ByTag:
		return v.t("Tag")
	case report.ByStage:
		return v.t("Stage")
	case report.ByNetwork:
		return v.t("Network")
	case report.ByWeek:
		return v.t("Week")
	case report.ByMonth:
		return v.t("Month")
	case report.ByQuarter:
		return v.t("Quarter")
	}
	return v.t("Year")
}

// heads are the shown measures over their columns: what sets them apart, where
// that is enough.
func (v View) heads(measures []report.Measure, shown []int) map[int]string {
	out := map[int]string{}
	used := map[string]int{}
	for _, k := range shown {
		for _, t := range []idea.Text{measures[k].Short, measures[k].Row, measures[k].Name} {
			if out[k] == "" && t.Format != "" {
				out[k] = v.localized(t)
			}
		}
		used[out[k]]++
	}
	for _, k := range shown {
		if used[out[k]] > 1 {
			out[k] = v.localized(measures[k].Name)
		}
	}
	return out
}

// common says what all shown measures are, if their heads leave it out.
func (v View) common(measures []report.Measure, shown []int) string {
	for _, k := range shown {
		if m := measures[k]; m.Statistic != report.Median || m.Short.Format != "" {
			return ""
		}
	}
	return v.t("Median days")
}

// matrix has measures in rows and columns, as they say.
func (v View) matrix(figures []report.Figure) *render.Table {
	var heads, labels []string
	cells := map[[2]string]render.Cell{}
	for _, f := range figures {
		row, column := v.localized(f.Measure.Row), v.localized(f.Measure.Column)
		if !slices.Contains(labels, row) {
			labels = append(labels, row)
		}
		if !slices.Contains(heads, column) {
			heads = append(heads, column)
		}
		cells[[2]string{row, column}] = v.brief(f)
	}
	columns := []render.Column{{Key: "measure", Head: v.t("Measure"), Flex: true, Wrap: true}}
	for _, h := range heads {
		columns = append(columns, render.Column{Key: h, Head: h, Right: true})
	}
	var lines [][]render.Cell
	for _, l := range labels {
		line := []render.Cell{text(l)}
		for _, h := range heads {
			line = append(line, cells[[2]string{l, h}])
		}
		lines = append(lines, line)
	}
	return &render.Table{Columns: columns, Rows: render.RowsOf(lines)}
}

// figureTable has a row for each measure.
func (v View) figureTable(figures []report.Figure, compared bool) *render.Table {
	columns := []render.Column{{Key: "measure", Head: v.t("Measure"), Flex: true, Wrap: true}, {Key: "value", Head: v.t("Figure"), Right: true}}
	if compared {
		columns = append(columns, render.Column{Key: "before", Head: v.t("Before"), Right: true}, render.Column{Key: "change", Head: v.t("Change"), Right: true},
			render.Column{Key: "change_percent", Head: "%", Right: true})
	}
	var lines [][]render.Cell
	for _, f := range figures {
		line := []render.Cell{text(v.localized(f.Measure.Name)), v.full(f)}
		if compared {
			line = append(line, v.full(*f.Before), v.change(f), v.percent(f))
		}
		lines = append(lines, line)
	}
	return &render.Table{Columns: columns, Rows: render.RowsOf(lines)}
}

// keptBack stands for a figure about few people.
const keptBack = ".."

// few is how many a share can be of without being shown with its interval.
const few = 100

// plain is the value of a figure.
func (v View) plain(f report.Figure) render.Cell {
	switch {
	case f.Hidden:
		return render.Cell{Text: keptBack, Void: true, Style: render.Dim}
	case math.IsNaN(f.Value):
		return v.figure(f.Value, 0)
	case f.Measure.Own:
		return v.figure(f.Value, decimals(f.Value))
	}
	switch f.Measure.In() {
	case report.Percent:
		return v.share(f.Value)
	case report.Days, report.Hundred:
		return v.figure(f.Value, 1)
	case report.Amount:
		return v.figure(f.Value, decimals(f.Value))
	}
	return v.figure(f.Value, 0)
}

// decimals is how many an amount is written with, at most 2.
func decimals(f float64) int {
	text := strconv.FormatFloat(math.Round(f*100)/100, 'f', -1, 64)
	_, part, _ := strings.Cut(text, ".")
	return len(part)
}

// full is a value with what it is of and its interval where that is wide.
func (v View) full(f report.Figure) render.Cell {
	c := v.plain(f)
	if f.Hidden {
		return c
	}
	switch {
	case f.Measure.Statistic == report.Share && f.N > 0:
		c.Text = v.t("%s (%d of %d)", c.Text, f.Part, f.N) + v.interval(f)
	case f.Measure.Survival() && f.N > 0:
		c.Text += v.interval(f)
	}
	return c
}

func (v View) interval(f report.Figure) string {
	switch {
	case f.Measure.Statistic == report.Share && f.N < few:
		return v.t(", %s–%s", v.p.Percent(f.Low), v.p.Percent(f.High))
	case f.Measure.Survival() && !math.IsNaN(f.Low):
		high := v.t("?")
		if !math.IsNaN(f.High) {
			high = v.p.Number(f.High, 0)
		}
		return v.t(", %s–%s", v.p.Number(f.Low, 0), high)
	}
	return ""
}

// brief is a value for a table that is wide already.
func (v View) brief(f report.Figure) render.Cell {
	c := v.plain(f)
	if !f.Hidden && f.Measure.Statistic == report.Share && f.N > 0 && f.Before == nil && f.N < few {
		c.Text = v.t("%s (%s–%s)", c.Text, v.p.Percent(f.Low), v.p.Percent(f.High))
	}
	if f.Before != nil && !math.IsNaN(f.Change()) {
		c.Text = v.t("%s (%s)", c.Text, v.change(f).Text)
	}
	return c
}

// change is how much a figure has changed, with a mark where that is more than
// chance.
func (v View) change(f report.Figure) render.Cell {
	by := f.Change()
	if math.IsNaN(by) {
		return v.figure(by, 0)
	}
	delta := f
	delta.Value = math.Abs(by)
	c := v.plain(delta)
	if f.Measure.In() == report.Percent {
		c.Text = v.t("%s points", v.p.Number(100*delta.Value, 0))
	}
	c.Raw = strconv.FormatFloat(by, 'f', -1, 64)
	c.Text = signOf(by) + c.Text
	if f.Marked() {
		c.Text += "*"
		c.Style = v.style(f, by)
	}
	return c
}

// style is whether a marked change is for the better.
func (v View) style(f report.Figure, by float64) render.Style {
	switch {
	case f.Measure.Better == report.Neither:
		return render.Plain
	case (by > 0) == (f.Measure.Better == report.Higher):
		return render.Good
	}
	return render.Warn
}

func signOf(f float64) string {
	switch {
	case f > 0:
		return "+"
	case f < 0:
		return "−"
	}
	return "±"
}

func (v View) percent(f report.Figure) render.Cell {
	p := f.Percent()
	if math.IsNaN(p) {
		return v.figure(p, 0)
	}
	return render.Cell{Text: signOf(p) + v.p.Percent(math.Abs(p)/100), Raw: strconv.FormatFloat(p, 'f', 1, 64), Number: true}
}

// figureRecords is every figure as a row, with the same columns for every
// report.
func (v View) figureRecords(r report.Report) *render.Table {
	columns := make([]render.Column, 0, 15)
	for _, key := range []string{"measure", "item", "by", "group", "value", "unit", "n", "part", "low", "high", "hidden", "before", "change", "change_percent", "p"} {
		columns = append(columns, render.Column{Key: key, Head: key})
	}
	var lines [][]render.Cell
	eachFigure(r, func(t report.Table, g report.Group, f report.Figure) {
		j := figureJSON(t, g, f)
		if g.All { // a row without a group is of what has none
			j.By = nil
		}
		lines = append(lines, []render.Cell{text(j.Measure), optional(j.Item), optional(j.By), optional(j.Group), decimal(j.Value), text(j.Unit),
			whole(j.N), whole(j.Part), decimal(j.Low), decimal(j.High), text(strconv.FormatBool(j.Hidden)), decimal(j.Before), decimal(j.Change), decimal(j.Percent), decimal(j.P)})
	})
	return &render.Table{Columns: columns, Rows: render.RowsOf(lines)}
}

func optional(s *string) render.Cell {
	if s == nil {
		return render.Cell{}
	}
	return text(*s)
}

func decimal(f *float64) render.Cell {
	if f == nil {
		return render.Cell{}
	}
	s := strconv.FormatFloat(*f, 'f', -1, 64)
	return render.Cell{Text: s, Raw: s, Number: true}
}

func whole(n *int) render.Cell {
	if n == nil {
		return render.Cell{}
	}
	return count(*n)
}
