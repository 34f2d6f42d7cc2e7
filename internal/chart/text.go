package chart

import (
	"math"
	"strings"

	"github.com/guptarohit/asciigraph"

	"sluss/internal/term"
)

// TextOptions says how a chart is drawn with characters.
type TextOptions struct {
	Width int  // cells of the terminal; 0 is 80
	ASCII bool // draw with ASCII only
	// Paint colours some text without changing its width. Nil paints nothing.
	Paint func(style term.Style, text string) string
}

const (
	usualWidth  = 80
	plotHeight  = 10 // lines of a line chart above its first
	leastBar    = 8  // a bar has at least so many cells at its largest
	leastPlot   = 16 // and a line chart
	widestPlot  = 100
	widestBar   = 60
	axisOfLines = 2 // cells of asciigraph's axis and the gap before it
)

// Lines is c drawn with characters, line by line. No line is wider than the
// terminal. What tells the series apart is signs; colour only helps. A chart
// without values is its Empty.
func (c Chart) Lines(o TextOptions) []string {
	p := pen{o}
	if p.Width <= 0 {
		p.Width = usualWidth
	}
	if p.Paint == nil {
		p.Paint = func(_ term.Style, s string) string { return s }
	}
	var out []string
	if c.Title != "" {
		for _, line := range term.Wrap(term.Safe(c.Title), p.Width) {
			out = append(out, p.Paint(term.Bold, line))
		}
	}
	if !c.HasValues() {
		return append(out, term.Wrap(term.Safe(c.Empty), p.Width)...)
	}
	c = c.drawn()
	switch c.Kind {
	case Lines, Steps:
		out = append(out, p.lines(c)...)
	default:
		out = append(out, p.bars(c)...)
	}
	if c.legend() {
		out = append(out, p.legend(c)...)
	}
	return out
}

type pen struct{ TextOptions }

// bars draws a line for each bar: its label, the bar, its value.
func (p pen) bars(c Chart) []string {
	rows := p.rows(c)
	labels, values, negative := 0, 0, false
	for _, r := range rows {
		labels, values = max(labels, term.Width(r.label)), max(values, term.Width(r.value))
		negative = negative || r.negative()
	}
	labels = min(labels, max(leastBar, p.Width/3))
	bar := min(widestBar, p.Width-labels-values-2)
	if bar < leastBar {
		return p.plain(rows)
	}
	var out []string
	for _, r := range rows {
		above := term.Wrap(r.label, labels)
		label := above[len(above)-1]
		out = append(out, above[:len(above)-1]...)
		line := label + strings.Repeat(" ", labels-term.Width(label)+1) + p.bar(r, bar, negative, c.largest()) + " " + r.value
		out = append(out, strings.TrimRight(line, " "))
	}
	return out
}

// row is a line of a bar chart: some parts one after the other.
type row struct {
	label, value string
	parts        []segment
}

type segment struct {
	series int
	value  float64
}

func (r row) negative() bool {
	for _, s := range r.parts {
		if s.value < 0 {
			return true
		}
	}
	return false
}

func (p pen) rows(c Chart) []row {
	var out []row
	for i, label := range c.Labels {
		label = term.Safe(label)
		if c.Kind == Stacked {
			out = append(out, stack(c, i, label))
			continue
		}
		for n, s := range c.Series {
			r := row{label: label, value: "–"}
			if p.ASCII {
				r.value = "-"
			}
			if v := s.At(i); !math.IsNaN(v) {
				r.value, r.parts = term.Safe(c.Text(s, i)), []segment{{n, v}}
			}
			out = append(out, r)
			label = ""
		}
	}
	return out
}

// stack is the values under one label in one row, with their sum.
func stack(c Chart, at int, label string) row {
	r, sum := row{label: label}, 0.0
	for n, s := range c.Series {
		if v := s.At(at); !math.IsNaN(v) {
			r.parts = append(r.parts, segment{n, v})
			sum += v
		}
	}
	if len(r.parts) > 0 && !math.IsInf(sum, 0) {
		r.value = term.Safe(c.written(sum))
	}
	return r
}

// plain is what is left of bars where there is no room to draw any.
func (p pen) plain(rows []row) []string {
	var out []string
	for _, r := range rows {
		out = append(out, term.Wrap(strings.TrimSpace(r.label+" "+r.value), p.Width)...)
	}
	return out
}

// bar draws the parts of a row in so many cells. With negative values there is
// an axis in the middle, and bars to both sides of it.
func (p pen) bar(r row, cells int, negative bool, largest float64) string {
	if !negative {
		return p.run(r.parts, cells, largest)
	}
	half := (cells - 1) / 2
	var left, right []segment
	for _, s := range r.parts {
		if s.value < 0 {
			left = append([]segment{{s.series, -s.value}}, left...)
		} else {
			right = append(right, s)
		}
	}
	axis := "│"
	if p.ASCII {
		axis = "|"
	}
	return strings.Repeat(" ", half-p.length(left, half, largest)) + p.whole(left, half, largest) + axis + p.run(right, half, largest)
}

// run draws parts from the left. One part alone ends with a part of a block.
func (p pen) run(parts []segment, cells int, largest float64) string {
	if len(parts) != 1 || parts[0].series != 0 || p.ASCII {
		drawn := p.whole(parts, cells, largest)
		return drawn + strings.Repeat(" ", cells-p.length(parts, cells, largest))
	}
	eighths := int(math.Round(part(parts[0].value, 0, largest) * float64(cells) * 8))
	if eighths == 0 && parts[0].value > 0 {
		eighths = 1
	}
	drawn := strings.Repeat("█", eighths/8)
	if eighths%8 > 0 {
		drawn += string([]rune("▏▎▍▌▋▊▉")[eighths%8-1])
	}
	return p.Paint(colour(0), drawn) + strings.Repeat(" ", cells-(eighths+7)/8)
}

// whole draws parts in whole cells.
func (p pen) whole(parts []segment, cells int, largest float64) string {
	var b strings.Builder
	for i, s := range parts {
		n := p.length(parts[:i+1], cells, largest) - p.length(parts[:i], cells, largest)
		b.WriteString(p.Paint(colour(s.series), strings.Repeat(p.sign(s.series), n)))
	}
	return b.String()
}

// length is how many cells parts take together: at least one if there is
// anything to see, and never more than there are.
func (p pen) length(parts []segment, cells int, largest float64) int {
	share := 0.0
	for _, s := range parts {
		share += part(s.value, 0, largest)
	}
	n := int(math.Round(min(1, share) * float64(cells)))
	if n == 0 && share > 0 {
		return 1
	}
	return n
}

// sign is what the bars of a series are made of.
func (p pen) sign(series int) string {
	signs := []string{"█", "▒", "░", "▚"}
	if p.ASCII {
		signs = []string{"#", "=", "-", "."}
	}
	if series < len(signs) {
		return signs[series]
	}
	return letter(series - len(signs))
}

func letter(n int) string { return string(rune('a' + n%26)) }

// colour is a series' colour, which helps but is not needed.
func colour(series int) term.Style {
	return []term.Style{"34", "33", "36", "35"}[series%4]
}

func (p pen) legend(c Chart) []string {
	var parts []string
	for n, s := range c.Series {
		sign := p.sign(n)
		if c.Kind == Lines || c.Kind == Steps {
			sign = p.stroke(n)
		}
		parts = append(parts, sign+" "+term.Safe(s.Name))
	}
	return term.Wrap(strings.Join(parts, "  "), p.Width)
}

// stroke is what the line of a series is made of.
func (p pen) stroke(series int) string {
	strokes := []string{"─", "•", "+", "x", "o"}
	if p.ASCII {
		strokes = []string{"*", "+", "x", "o", "."}
	}
	if series < len(strokes) {
		return strokes[series]
	}
	return letter(series - len(strokes))
}

// lines draws the series as lines, and labels below them. The values on the
// axis, and so the room for the lines, are known when they are drawn.
func (p pen) lines(c Chart) []string {
	axis := 0
	for range 4 {
		cells := min(widestPlot, p.Width-axis-axisOfLines)
		if cells < leastPlot {
			break
		}
		drawn, widest := p.plot(c, cells)
		if widest+axisOfLines+cells <= p.Width {
			return append(drawn, p.under(c, widest+axisOfLines, cells))
		}
		axis = max(widest, axis+1)
	}
	return p.plain(p.rows(c))
}

// plot draws lines of so many cells, and tells how wide the values on their axis
// are.
func (p pen) plot(c Chart, cells int) (drawn []string, widest int) {
	step, low, high := c.scaling(plotHeight)
	data, strokes := make([][]float64, len(c.Series)), make([]asciigraph.CharSet, len(c.Series))
	colours := make([]asciigraph.AnsiColor, len(c.Series))
	painted := p.Paint(term.Bold, "x") != "x"
	for n, s := range c.Series {
		data[n] = c.resampled(s, cells)
		for i := range data[n] {
			data[n][i] /= step
		}
		if n > 0 || p.ASCII {
			strokes[n] = asciigraph.CreateCharSet(p.stroke(n))
		}
		if painted {
			colours[n] = []asciigraph.AnsiColor{asciigraph.Blue, asciigraph.Olive, asciigraph.Teal, asciigraph.Purple}[n%4]
		}
	}
	between := max(1, plotHeight/int(high-low)) // lines from one value on the axis to the next
	tick := func(v float64) string {
		if math.Abs(v-math.Round(v)) > 1e-6 {
			return ""
		}
		text := term.Safe(c.written(math.Round(v) * step))
		widest = max(widest, term.Width(text))
		return text
	}
	lines := asciigraph.PlotMany(data, asciigraph.Height(int(high-low)*between), asciigraph.LowerBound(low), asciigraph.UpperBound(high),
		asciigraph.Offset(axisOfLines), asciigraph.SeriesChars(strokes...), asciigraph.SeriesColors(colours...), asciigraph.YAxisValueFormatter(tick))
	if p.ASCII {
		lines = strings.NewReplacer("┤", "|", "┼", "+").Replace(lines)
	}
	return strings.Split(lines, "\n"), widest
}

// under is the labels below a line chart, as many as there is room for.
func (p pen) under(c Chart, from, cells int) string {
	line := strings.Repeat(" ", from)
	free := from
	for i, label := range c.Labels {
		label = term.Cut(term.Safe(label), cells/2)
		at := from + int(c.place(i)*float64(cells-1))
		at = max(from, min(at-term.Width(label)/2, from+cells-term.Width(label)))
		if at < free {
			continue
		}
		line += strings.Repeat(" ", at-term.Width(line)) + label
		free = at + term.Width(label) + 2
	}
	return strings.TrimRight(line, " ")
}
