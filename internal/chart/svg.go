package chart

import (
	"fmt"
	"html"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/go-analyze/charts"

	"sluss/internal/term"
)

const (
	svgWidth    = 720
	svgHeight   = 360 // of what has no rows
	rowHeight   = 22  // of a bar
	svgFrame    = 96  // above and below the bars
	letterWidth = 9   // pixels of a cell of text, about
	longest     = 40  // cells of a label; the table has the whole of it
	samples     = 240 // places at which steps are drawn
	xLabels     = 9
	ink         = "#1a1a1a"
	faintInk    = "#c8c8c8"
	fontFamily  = "Arial, Helvetica, sans-serif"
)

// SVG is c as an element to stand in a page, where the figures must stand too.
// The ids in it begin with id, which must be a name of letters and digits that
// is used once in the page. A chart without values is an empty string.
func (c Chart) SVG(id string) (string, error) {
	if !c.HasValues() {
		return "", nil
	}
	c.Title, c.Description = term.Safe(c.Title), term.SafeText(c.Description)
	drawing, height, err := c.draw()
	if err != nil {
		return "", err
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" aria-labelledby="%[1]s-title %[1]s-desc" width="%[2]d" height="%[3]d" viewBox="0 0 %[2]d %[3]d" font-family="%[4]s">`,
		id, svgWidth, height, fontFamily)
	fmt.Fprintf(&b, "\n<title id=\"%s-title\">%s</title>\n<desc id=\"%s-desc\">%s</desc>\n", id, html.EscapeString(c.Title), id, html.EscapeString(c.Description))
	kind := c.drawn().Kind
	p := palette{id: id, lines: kind == Lines || kind == Steps, samples: kind == Steps}
	b.WriteString(p.patterns(len(c.drawn().Series)))
	if err := p.copy(&b, drawing); err != nil {
		return "", err
	}
	p.legend(&b, c.drawn())
	b.WriteString("</svg>\n")
	return b.String(), nil
}

// Page is a whole SVG file with charts below each other. Each tells all its
// figures in words, because there is no table beside it.
func Page(w io.Writer, all []Chart) error {
	var parts []string
	y := 0
	for i, c := range all {
		c.Description = c.InWords()
		part, err := c.SVG("chart" + strconv.Itoa(i+1))
		if err != nil {
			return err
		}
		if part == "" {
			continue
		}
		heading := fmt.Sprintf(`<text x="20" y="%d" font-family="%s" font-size="18" font-weight="bold" fill="%s" aria-hidden="true">%s</text>`+"\n",
			y+28, fontFamily, ink, html.EscapeString(term.Cut(term.Safe(c.Title), 72)))
		y += 40
		parts = append(parts, heading+strings.Replace(part, "<svg ", fmt.Sprintf(`<svg y="%d" `, y), 1))
		y += c.height()
	}
	_, err := fmt.Fprintf(w, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%[1]d\" height=\"%[2]d\" viewBox=\"0 0 %[1]d %[2]d\">\n<rect width=\"%[1]d\" height=\"%[2]d\" fill=\"#fff\"/>\n%[3]s</svg>\n",
		svgWidth, y, strings.Join(parts, ""))
	return err
}

func (c Chart) height() int {
	c = c.drawn()
	switch c.Kind {
	case Bars:
		return svgFrame + c.legendHeight() + rowHeight*len(c.Labels)*len(c.Series) + 8*len(c.Labels)
	case Stacked:
		return svgFrame + c.legendHeight() + (rowHeight+8)*len(c.Labels)
	}
	return svgHeight + c.legendHeight()
}

// draw lets the library draw: the paths, marks and words of the chart, with a
// colour for each series that stands for it and is no colour of the result.
func (c Chart) draw() (drawing []byte, height int, err error) {
	height = c.height()
	c = c.drawn()
	scale := c.scale()
	p := charts.NewPainter(charts.PainterOptions{OutputFormat: charts.ChartOutputSVG, Width: svgWidth, Height: height, Theme: theme(len(c.Series))})
	if c.Kind == Lines || c.Kind == Steps {
		err = p.LineChart(c.lineOption(scale))
	} else {
		err = p.BarChart(c.barOption(scale))
	}
	if err != nil {
		return nil, 0, err
	}
	drawing, err = p.Bytes()
	return drawing, height, err
}

// scale is what the values are divided by before the library sees them: its
// axis does not count with very large or small ones, and it begins stacked bars
// below zero if one of them is less than 1.
func (c Chart) scale() float64 {
	most := c.largest()
	switch {
	case most == 0:
		return 1
	case most > 1e12 || most < 1e-6:
		return most
	case c.Kind == Stacked && c.lowestPart() < 1:
		return math.Pow(10, math.Floor(math.Log10(max(c.lowestPart(), most*1e-9))))
	}
	return 1
}

// lowestPart is the smallest value above zero.
func (c Chart) lowestPart() float64 {
	least := math.Inf(1)
	for _, s := range c.Series {
		for i := range c.Labels {
			if v := s.At(i); v > 0 {
				least = min(least, v)
			}
		}
	}
	return least
}

func (c Chart) barOption(scale float64) charts.BarChartOption {
	if c.Kind != Histogram { // which the library draws from the bottom
		c = c.reversed()
	}
	o := charts.NewBarChartOptionWithData(c.data(scale))
	o.Theme = theme(len(c.Series))
	o.Horizontal = c.Kind != Histogram
	o.CategoryAxis = charts.CategoryAxisOption{Labels: c.shortLabels(), LabelCount: len(c.Labels), LabelFontStyle: font(12)}
	if c.Kind == Histogram {
		o.BarMargin, o.BarSize = charts.Ptr(0.0), 1
		o.CategoryAxis.Labels = c.spacedLabels()
		o.CategoryAxis.Title, o.CategoryAxis.TitleFontStyle = term.Safe(c.Axis), font(12)
	}
	o.ValueAxis = []charts.ValueAxisOption{c.valueAxis(scale)}
	o.StackSeries = charts.Ptr(c.Kind == Stacked)
	o.Padding = charts.NewBox(10, 24+c.legendHeight(), c.rightOfBars(), 10)
	for i, s := range c.Series {
		o.SeriesList[i].Label = charts.SeriesLabel{Show: charts.Ptr(c.TellsValues()), ValueFormatter: c.telling(s, scale), FontStyle: font(12)}
	}
	return o
}

func (c Chart) lineOption(scale float64) charts.LineChartOption {
	o := charts.NewLineChartOptionWithData(c.data(scale))
	o.Theme = theme(len(c.Series))
	o.XAxis = charts.XAxisOption{Labels: c.spacedLabels(), LabelCount: len(c.Labels), LabelFontStyle: font(12), BoundaryGap: charts.Ptr(false), Title: term.Safe(c.Axis), TitleFontStyle: font(12)}
	o.Symbol = charts.Symbol{Shape: charts.SymbolNone}
	if c.marked() {
		for i := range c.Series {
			o.SeriesList[i].Symbol = charts.Symbol{Shape: shapes()[i%len(shapes())], Size: 4}
		}
	}
	if c.Kind == Steps {
		o.XAxis.Labels, o.XAxis.LabelCount = c.places(), samples
	}
	o.YAxis = []charts.YAxisOption{c.valueAxis(scale)}
	o.LineStrokeWidth = 2
	o.Padding = charts.NewBox(10, 16+c.legendHeight(), 24, 10)
	return o
}

// marked tells whether each value of a line has a mark.
func (c Chart) marked() bool { return c.Kind == Lines && len(c.Labels) <= 60 }

func shapes() []charts.SymbolShape {
	return []charts.SymbolShape{charts.SymbolDot, charts.SymbolSquare, charts.SymbolDiamond, charts.SymbolCircle}
}

func font(size float64) charts.FontStyle { return charts.FontStyle{FontSize: size} }

func (c Chart) valueAxis(scale float64) charts.ValueAxisOption {
	ticks := 8
	if c.Kind == Bars || c.Kind == Stacked { // the values stand beside each other
		ticks = max(2, min(ticks, svgWidth*2/3/(c.tickWidth()*3/2+letterWidth*3)))
	}
	step, low, high := c.scaling(ticks)
	return charts.ValueAxisOption{LabelFontStyle: font(12), SplitLineShow: charts.Ptr(true), LabelCount: int(high-low) + 1,
		Min: charts.Ptr(low * step / scale), Max: charts.Ptr(high * step / scale),
		ValueFormatter: func(v float64) string { return term.Safe(c.written(math.Round(v*scale/step) * step)) }}
}

// tickWidth is about how many pixels a value on the axis takes.
func (c Chart) tickWidth() int {
	return letterWidth * max(term.Width(c.written(c.largest())), term.Width(c.written(min(0, c.lowest()))))
}

// rightOfBars is the pixels that a value needs at the end of the longest bar.
func (c Chart) rightOfBars() int {
	widest := c.tickWidth() / 2
	for _, s := range c.Series {
		for i := range c.Labels {
			if c.Kind == Bars {
				widest = max(widest, letterWidth*term.Width(term.Safe(c.Text(s, i))))
			}
		}
	}
	return min(svgWidth/3, max(30, widest)+10)
}

// telling writes a value of s as its text says. Two texts for the same value
// give way to what the chart writes for it.
func (c Chart) telling(s Series, scale float64) func(float64) string {
	texts := map[float64]string{}
	for i := range c.Labels {
		v := s.At(i) / scale
		if math.IsNaN(v) {
			continue
		}
		text := c.Text(s, i)
		if said, twice := texts[v]; twice && said != text {
			text = c.written(v * scale)
		}
		texts[v] = text
	}
	return func(v float64) string {
		if text, known := texts[v]; known {
			return term.Safe(text)
		}
		return term.Safe(c.written(v * scale))
	}
}

func (c Chart) data(scale float64) [][]float64 {
	out := make([][]float64, len(c.Series))
	for n, s := range c.Series {
		out[n] = make([]float64, len(c.Labels))
		for i := range out[n] {
			out[n][i] = s.At(i)
		}
		if c.Kind == Steps {
			out[n] = c.resampled(s, samples)
		}
		for i, v := range out[n] {
			if math.IsNaN(v) || v == 0 && c.Kind == Stacked { // nothing is a line, if it is drawn
				out[n][i] = charts.GetNullValue()
			} else {
				out[n][i] = v / scale
			}
		}
	}
	return out
}

func (c Chart) shortLabels() []string {
	out := make([]string, len(c.Labels))
	for i, label := range c.Labels {
		out[i] = term.Cut(term.Safe(label), longest)
	}
	return out
}

// spacedLabels is the labels that have room beside each other; the others are
// empty.
func (c Chart) spacedLabels() []string {
	out, widest := c.shortLabels(), 1
	for _, label := range out {
		widest = max(widest, term.Width(label))
	}
	room := max(2, svgWidth/(widest*letterWidth+20))
	every := (len(out) + room - 1) / room
	for i := range out {
		beyond := term.Width(out[i])*letterWidth - (len(out)-1-i)*(svgWidth-80)/max(1, len(out)-1)
		if i%every != 0 || c.Kind == Lines && beyond > 0 && i < len(out)-1 { // they begin at their places
			out[i] = ""
		}
	}
	return out
}

func (c Chart) reversed() Chart {
	c.Labels = slices.Clone(c.Labels)
	slices.Reverse(c.Labels)
	series := slices.Clone(c.Series)
	for n, s := range series {
		values, texts := make([]float64, len(c.Labels)), make([]string, len(c.Labels))
		for i := range c.Labels {
			values[len(values)-1-i], texts[len(texts)-1-i] = s.At(i), c.Text(s, i)
		}
		series[n].Values, series[n].Texts = values, texts
	}
	c.Series = series
	return c
}

// places is the samples of steps by where they stand, in figures: only those at
// round places.
func (c Chart) places() []string {
	first, last := c.X[0], c.X[len(c.Labels)-1]
	out := make([]string, samples)
	if last <= first {
		return out
	}
	step, _, _ := Chart{Labels: []string{""}, Series: []Series{{Values: []float64{last - first}}}}.scaling(xLabels)
	for n := math.Ceil(first / step); n*step <= last; n++ {
		at := int(math.Round((n*step - first) / (last - first) * (samples - 1)))
		out[at] = strconv.FormatFloat(n*step, 'g', 6, 64)
	}
	return out
}

func theme(series int) charts.ColorPalette {
	o := charts.ThemeOption{AxisStrokeColor: charts.ColorFromHex("#555555"), AxisSplitLineColor: charts.ColorFromHex(faintInk),
		BackgroundColor: charts.ColorWhite, TextColor: charts.ColorFromHex(ink)}
	for i := range series {
		o.SeriesColors = append(o.SeriesColors, charts.ColorFromHex(fmt.Sprintf("#0101%02x", 10+i%200)))
	}
	return charts.MakeTheme(o)
}
