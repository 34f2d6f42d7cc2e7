package render

import (
	"io"
	"math"
	"strconv"

	"sluss/internal/chart"
)

// NoChart is the error for a picture of a document that has none.
type NoChart struct{}

func (e *NoChart) Error() string { return "there is no chart in this" }

// writeSVG writes the charts of d as one picture, below each other.
func writeSVG(w io.Writer, d Document) error {
	var all []chart.Chart
	for _, s := range d.Sections {
		if s.Chart != nil && s.Chart.HasValues() {
			all = append(all, *s.Chart)
		}
	}
	if len(all) == 0 {
		return &NoChart{}
	}
	return chart.Page(w, all)
}

// withFigures gives each chart that stands alone its figures as a table.
func (d Document) withFigures() Document {
	sections := make([]Section, len(d.Sections))
	for i, s := range d.Sections {
		if s.Chart != nil && s.Table == nil {
			s.Table, s.fromChart = figures(*s.Chart), true
		}
		sections[i] = s
	}
	d.Sections = sections
	return d
}

// figures is a chart as rows: a label and the value of each series under it.
func figures(c chart.Chart) *Table {
	t := &Table{Columns: []Column{{Key: c.AxisKey, Head: c.Axis, Flex: true}}, Empty: c.Empty}
	for _, s := range c.Series {
		t.Columns = append(t.Columns, Column{Key: s.Key, Head: s.Name, Right: true})
	}
	var rows [][]Cell
	for i, label := range c.Labels {
		row := []Cell{{Text: label}}
		for _, s := range c.Series {
			row = append(row, figure(c, s, i))
		}
		rows = append(rows, row)
	}
	if !c.HasValues() {
		rows = nil
	}
	t.Rows = RowsOf(rows)
	return t
}

func figure(c chart.Chart, s chart.Series, label int) Cell {
	v := s.At(label)
	if math.IsNaN(v) {
		return Cell{Text: "–", Void: true, Style: Dim}
	}
	return Cell{Text: c.Text(s, label), Raw: strconv.FormatFloat(v, 'f', -1, 64), Number: true}
}
