// Package chart draws figures: with characters on a terminal and as SVG.
package chart

import (
	"math"
	"strconv"
	"strings"
)

// Kind is what a chart looks like.
type Kind int

// The kinds of charts.
const (
	Bars      Kind = iota // a bar for each series under each label, side by side
	Stacked               // the bars of a label in one, the series after each other
	Histogram             // bars of one series; the labels are ranges, in their order
	Lines                 // a line for each series over labels in their order
	Steps                 // lines that hold their value from one X to the next: survival, for one
)

// Chart is figures to be drawn. All its texts are in the user's language; they
// are made safe where they are drawn.
type Chart struct {
	Kind        Kind
	Title       string
	Description string // a sentence on what is shown, for those who do not see it
	Empty       string // said in place of a chart without values

	Axis    string // what the labels are, as the head of their column
	AxisKey string // that in a stable English name, for CSV
	Labels  []string
	X       []float64 // for Steps: where each label stands, rising
	Series  []Series

	Format func(float64) string // writes a value on an axis; nil writes plain figures
}

// Series is values under the labels of a chart.
type Series struct {
	Key    string // stable English name, for CSV
	Name   string
	Values []float64 // NaN where there is none
	Texts  []string  // the values as people read them; nil follows the chart's Format
}

// None is the value where there is none.
func None() float64 { return math.NaN() }

// HasValues tells whether there is anything to draw.
func (c Chart) HasValues() bool {
	for _, s := range c.Series {
		for i := range c.Labels {
			if !math.IsNaN(s.At(i)) {
				return true
			}
		}
	}
	return false
}

// TellsValues tells whether each value stands beside its bar where the chart is
// drawn with characters.
func (c Chart) TellsValues() bool { return c.Kind == Bars || c.Kind == Histogram }

// Text is the value of a series under a label as people read it; empty when
// there is none.
func (c Chart) Text(s Series, label int) string {
	v := s.At(label)
	switch {
	case math.IsNaN(v):
		return ""
	case label < len(s.Texts):
		return s.Texts[label]
	}
	return c.written(v)
}

func (c Chart) written(v float64) string {
	if c.Format == nil {
		return strconv.FormatFloat(v, 'g', 6, 64)
	}
	return c.Format(v)
}

// InWords is what the chart shows, with all its figures.
func (c Chart) InWords() string {
	var parts []string
	for _, s := range c.Series {
		for i, label := range c.Labels {
			if text := c.Text(s, i); text != "" {
				parts = append(parts, named(s.Name, label)+": "+text)
			}
		}
	}
	if len(parts) == 0 {
		parts = append(parts, c.Empty)
	}
	return strings.TrimSpace(c.Description + "\n" + strings.Join(parts, "; "))
}

func named(series, label string) string {
	switch {
	case series == "":
		return label
	case label == "":
		return series
	}
	return series + ", " + label
}

// At is the value under a label. What is infinite cannot be drawn and counts as
// none.
func (s Series) At(label int) float64 {
	if label >= len(s.Values) || math.IsInf(s.Values[label], 0) {
		return math.NaN()
	}
	return s.Values[label]
}

// drawn is c without the series that have no values.
func (c Chart) drawn() Chart {
	var series []Series
	for _, s := range c.Series {
		if (Chart{Labels: c.Labels, Series: []Series{s}}).HasValues() {
			series = append(series, s)
		}
	}
	c.Series = series
	if len(c.Labels) < 2 && (c.Kind == Lines || c.Kind == Steps) { // a line needs two ends
		c.Kind = Bars
	}
	return c
}

// legend tells whether the series must be named.
func (c Chart) legend() bool { return len(c.Series) > 1 }

// resampled is the values of a series at n places that are evenly spread over
// the axis.
func (c Chart) resampled(s Series, n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = c.between(s, float64(i)/float64(n-1))
	}
	if c.Kind == Lines { // a value between two gaps is seen although no line touches it
		for i := range c.Labels {
			at := int(math.Round(float64(i) / float64(len(c.Labels)-1) * float64(n-1)))
			if v := s.At(i); !math.IsNaN(v) && math.IsNaN(out[at]) {
				out[at] = v
			}
		}
	}
	return out
}

// between is the value at a part of the axis, which goes from 0 to 1.
func (c Chart) between(s Series, part float64) float64 {
	if c.Kind == Steps {
		first, last := c.X[0], c.X[len(c.Labels)-1]
		at := first + part*(last-first)
		v := math.NaN()
		for i := range c.Labels {
			if c.X[i] > at {
				break
			}
			v = s.At(i)
		}
		return v
	}
	at := part * float64(len(c.Labels)-1)
	left := min(int(at), len(c.Labels)-2)
	share := at - float64(left)
	a, b := s.At(left), s.At(left+1)
	switch {
	case share == 0:
		return a
	case share == 1:
		return b
	}
	return a*(1-share) + b*share
}

// place is where a label stands on the axis, from 0 to 1.
func (c Chart) place(label int) float64 {
	if c.Kind != Steps {
		return float64(label) / float64(len(c.Labels)-1)
	}
	first, last := c.X[0], c.X[len(c.Labels)-1]
	if last <= first {
		return 0
	}
	return (c.X[label] - first) / (last - first)
}
