package render

import (
	"io"
	"strings"

	"sluss/internal/chart"
	"sluss/internal/table"
	"sluss/internal/term"
)

// text writes for people at a terminal, or line by line for a pipe.
type text struct {
	*paper
	Options
	paint func(term.Style, string) string
	above string // the last heading
}

func writeText(w io.Writer, d Document, o Options) error {
	t := &text{paper: newPaper(w), Options: o, paint: (&term.Streams{Color: o.Color}).Paint}
	if !o.TTY {
		t.Width = 0
	}
	if o.TTY || !onlyTable(d) {
		t.top(d)
	}
	for _, s := range d.Sections {
		if err := t.section(s); err != nil {
			return err
		}
	}
	return t.Flush()
}

// onlyTable tells whether a pipe gets nothing but the rows of one table.
func onlyTable(d Document) bool {
	return len(d.Sections) == 1 && d.Sections[0].Table != nil &&
		len(d.Sections[0].Facts) == 0 && d.Sections[0].Text == ""
}

func (t *text) top(d Document) {
	if d.Title != "" {
		t.heading(d.Title)
	}
	if len(d.Notes) > 0 {
		t.block()
	}
	for _, note := range d.Notes {
		t.wrapped(term.Safe(note))
	}
	t.joined = false
}

func (t *text) heading(s string) {
	t.above = s
	t.block()
	t.line(t.paint(term.Bold, term.Safe(s)))
	t.joined = true
}

func (t *text) wrapped(safe string) {
	for _, line := range term.Wrap(safe, t.Width) {
		t.line(line)
	}
}

func (t *text) section(s Section) error {
	if s.Paper {
		return nil
	}
	if s.Heading != "" {
		t.heading(s.Heading)
	}
	if len(s.Facts) > 0 {
		t.block()
		t.facts(s.Facts)
	}
	if s.Text != "" {
		t.block()
		t.wrapped(term.SafeText(s.Text))
	}
	if s.Chart != nil && t.TTY {
		t.block()
		t.chart(*s.Chart)
	}
	switch {
	case s.Board != nil && t.TTY:
		t.board(*s.Board)
		return nil
	case s.Table == nil, s.fromChart && t.TTY && (s.Chart.TellsValues() || !s.Chart.HasValues()):
		return nil
	case t.TTY:
		return t.table(*s.Table)
	}
	return t.lines(*s.Table)
}

// chart draws c; what the heading above says is not said again.
func (t *text) chart(c chart.Chart) {
	if c.Title == t.above {
		c.Title = ""
	}
	for _, line := range c.Lines(chart.TextOptions{Width: t.Width, ASCII: t.ASCII, Paint: t.paint}) {
		t.line(line)
	}
}

// withSpark is a cell with its sparkline, safe for a terminal.
func withSpark(c Cell, ascii bool) string {
	s := term.Safe(c.Text)
	if len(c.Spark) == 0 {
		return s
	}
	return strings.TrimSpace(s + " " + chart.Spark(c.Spark, ascii))
}

func (t *text) facts(facts []Fact) {
	widest := 0
	for _, f := range facts {
		widest = max(widest, term.Width(term.Safe(f.Label)))
	}
	for _, f := range facts {
		label, value := term.Safe(f.Label), term.Safe(f.Value)
		if !t.TTY {
			t.line(label, "\t", value)
			continue
		}
		t.fact(label, value, widest+2)
	}
}

func (t *text) fact(label, value string, indent int) {
	room := t.Width - indent
	if room < 20 {
		room = 0
	}
	lines := term.Wrap(value, room)
	if value == "" {
		t.line(label)
		return
	}
	t.line(t.paint(term.Dim, label), strings.Repeat(" ", indent-term.Width(label)), lines[0])
	for _, line := range lines[1:] {
		t.line(strings.Repeat(" ", indent), line)
	}
}

// lines writes a table for a pipe: a line for each row, tabs between cells,
// nothing cut, no head.
func (t *text) lines(data Table) error {
	first := true
	for row, err := range data.rows() {
		if err != nil {
			return err
		}
		if first {
			t.block()
			first = false
		}
		for i := range data.Columns {
			if i > 0 {
				_ = t.WriteByte('\t')
			}
			if i < len(row) {
				_, _ = t.WriteString(withSpark(row[i], false))
			}
		}
		if err := t.WriteByte('\n'); err != nil {
			return err
		}
	}
	return nil
}

func (t *text) table(data Table) error {
	drawn := table.Table{Width: t.Width, ASCII: t.ASCII}
	for _, c := range data.Columns {
		drawn.Head = append(drawn.Head, term.Safe(c.Head))
		drawn.Right = append(drawn.Right, c.Right)
		drawn.Flex = append(drawn.Flex, c.Flex)
		drawn.Wrap = append(drawn.Wrap, c.Wrap)
		drawn.Spare = append(drawn.Spare, c.Spare)
	}
	styles, err := collect(data, &drawn)
	if err != nil {
		return err
	}
	above := data.Caption
	if len(drawn.Rows) == 0 {
		above = data.Empty
	}
	t.block()
	if above != "" {
		t.wrapped(term.Safe(above))
	}
	if len(drawn.Rows) == 0 {
		return nil
	}
	drawn.Paint = func(row, col int, s string) string {
		if row < 0 {
			return t.paint(term.Bold, s)
		}
		return t.paint(colors[styles[row][col]], s)
	}
	return table.Write(t, drawn)
}

// collect fills the rows of drawn and gives the styles of their cells.
func collect(data Table, drawn *table.Table) ([][]Style, error) {
	var styles [][]Style
	for row, err := range data.rows() {
		if err != nil {
			return nil, err
		}
		cells, style := make([]string, len(data.Columns)), make([]Style, len(data.Columns))
		for i := range min(len(cells), len(row)) {
			cells[i], style[i] = withSpark(row[i], drawn.ASCII), row[i].Style
		}
		drawn.Rows, styles = append(drawn.Rows, cells), append(styles, style)
	}
	return styles, nil
}

var colors = [...]term.Style{Plain: term.Plain, Dim: term.Dim, Good: term.Green, Warn: term.Yellow, Bad: term.Red}
