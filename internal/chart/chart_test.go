package chart

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sluss/internal/term"
)

var update = flag.Bool("update", false, "write the golden files anew")

func byStage() Chart {
	return Chart{
		Kind: Bars, Title: "Idéer per steg", Description: "Hur många idéer som står i varje steg.", Empty: "Inga idéer i perioden.",
		Axis: "Steg", AxisKey: "stage", Labels: []string{"inkommen", "dialog <b>", "en bolagsenhet med ett långt namn"},
		Series: []Series{{Key: "count", Name: "Antal", Values: []float64{12, 5, 0.3}, Texts: []string{"12", "5", "0,3"}}},
	}
}

func byKind(kind Kind) Chart {
	c := byStage()
	c.Kind, c.Title = kind, "Idéer per steg och kategori"
	c.Series = []Series{
		{Key: "employee", Name: "medarbetare", Values: []float64{12, 5, 2}},
		{Key: "resident", Name: "invånare & <i>", Values: []float64{3, None(), 9}},
		{Key: "company", Name: "företag", Values: []float64{0, 4, 1}},
	}
	return c
}

func change() Chart {
	c := byStage()
	c.Title, c.Series = "Förändring", []Series{{Key: "change", Name: "Förändring", Values: []float64{-4, 5, 0}}}
	return c
}

func lead() Chart {
	return Chart{Kind: Histogram, Title: "Ledtid", Axis: "Dagar", AxisKey: "days", Labels: []string{"0–30", "30–60", "60–90", "90–"},
		Series: []Series{{Key: "count", Name: "Antal", Values: []float64{1, 3, 2, 0}}}}
}

func trend() Chart {
	c := Chart{Kind: Lines, Title: "Inkomna och avslutade", Axis: "Månad", AxisKey: "month", Series: []Series{
		{Key: "received", Name: "inkomna"}, {Key: "closed", Name: "avslutade"}}}
	for i := range 12 {
		c.Labels = append(c.Labels, fmt.Sprintf("2026-%02d", i+1))
		c.Series[0].Values = append(c.Series[0].Values, float64(i*i%23))
		c.Series[1].Values = append(c.Series[1].Values, float64(20-i))
	}
	c.Series[1].Values[5], c.Series[1].Values[7] = None(), None()
	return c
}

func survival() Chart {
	return Chart{Kind: Steps, Title: "Väntan på beslut", Axis: "Dagar", AxisKey: "days",
		Labels: []string{"0", "6", "7", "10", "30", "90"}, X: []float64{0, 6, 7, 10, 30, 90},
		Series: []Series{{Key: "waiting", Name: "väntar", Values: []float64{1, 0.857, 0.807, 0.753, 0.6, 0.448}}},
		Format: func(v float64) string { return fmt.Sprintf("%.0f %%", v*100) }}
}

func empty() Chart {
	c := byStage()
	c.Series = []Series{{Key: "count", Name: "Antal", Values: []float64{None(), math.Inf(1), None()}}}
	return c
}

type example struct {
	name  string
	chart Chart
}

func examples() []example {
	return []example{{"bars", byStage()}, {"grouped", byKind(Bars)}, {"stacked", byKind(Stacked)}, {"change", change()},
		{"histogram", lead()}, {"lines", trend()}, {"steps", survival()}, {"empty", empty()}}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is\n%s\nwant\n%s", name, got, want)
	}
}

func TestLinesGolden(t *testing.T) {
	colour := (&term.Streams{Color: true}).Paint
	for _, e := range examples() {
		var b strings.Builder
		for _, o := range []TextOptions{{Width: 80}, {Width: 40}, {Width: 80, ASCII: true}, {Width: 40, Paint: colour}} {
			fmt.Fprintf(&b, "-- width %d, ascii %t, colour %t --\n%s\n", o.Width, o.ASCII, o.Paint != nil, strings.Join(e.chart.Lines(o), "\n"))
		}
		golden(t, e.name+".txt.golden", b.String())
	}
}

func TestSVGGolden(t *testing.T) {
	for _, e := range examples() {
		got, err := e.chart.SVG("chart1")
		if err != nil {
			t.Fatal(err)
		}
		golden(t, e.name+".svg.golden", got)
	}
}

func TestPageGolden(t *testing.T) {
	var b bytes.Buffer
	if err := Page(&b, []Chart{byStage(), survival()}); err != nil {
		t.Fatal(err)
	}
	golden(t, "page.svg.golden", b.String())
	checkSVG(t, b.String())
}

func TestColourOnlyHelps(t *testing.T) {
	paint := (&term.Streams{Color: true}).Paint
	for _, e := range examples() {
		plain := strings.Join(e.chart.Lines(TextOptions{Width: 72}), "\n")
		coloured := strings.Join(e.chart.Lines(TextOptions{Width: 72, Paint: paint}), "\n")
		if uncoloured(coloured) != plain {
			t.Errorf("%s in colour says\n%s\nand without\n%s", e.name, uncoloured(coloured), plain)
		}
		if e.name != "empty" && coloured == plain {
			t.Errorf("%s has no colour", e.name)
		}
	}
}

func uncoloured(s string) string {
	var b strings.Builder
	for s != "" {
		before, after, found := strings.Cut(s, "\x1b[")
		b.WriteString(before)
		if !found {
			break
		}
		_, s, _ = strings.Cut(after, "m")
	}
	return b.String()
}

// TestSeriesDifferInBlackAndWhite looks for what is left when colour is gone:
// the signs of bars and lines, the patterns and the dashes.
func TestSeriesDifferInBlackAndWhite(t *testing.T) {
	for _, ascii := range []bool{false, true} {
		p := pen{TextOptions{ASCII: ascii}}
		signs, strokes := map[string]bool{}, map[string]bool{}
		for n := range 12 {
			signs[p.sign(n)], strokes[p.stroke(n)] = true, true
		}
		if len(signs) != 12 || len(strokes) < 11 {
			t.Errorf("of 12 series only %d bars and %d lines differ", len(signs), len(strokes))
		}
	}
	looks, dashes := map[string]bool{}, map[string]bool{}
	for i := range 6 {
		looks[hatches()[i]], dashes[dash(i)] = true, true
	}
	if len(looks) != 6 || len(dashes) != 6 {
		t.Errorf("of 6 series only %d patterns and %d dashes differ", len(looks), len(dashes))
	}
	bars, err := byKind(Bars).SVG("a")
	if err != nil {
		t.Fatal(err)
	}
	for n := range 3 {
		if use := fmt.Sprintf(`fill="url(#a-p%d)"`, n); strings.Count(bars, use) < 3 { // two bars at least, and the legend
			t.Errorf("%s is used %d times", use, strings.Count(bars, use))
		}
	}
}

func TestEmptySaysSo(t *testing.T) {
	for _, c := range []Chart{empty(), {Empty: "Inget än."}, {Kind: Lines, Empty: "Inget än.", Labels: []string{"a"}}, {Kind: Steps, Empty: "Inget än."}} {
		if lines := c.Lines(TextOptions{Width: 40}); lines[len(lines)-1] != c.Empty {
			t.Errorf("an empty chart says %q", lines)
		}
		if svg, err := c.SVG("a"); err != nil || svg != "" {
			t.Errorf("an empty chart draws %q, %v", svg, err)
		}
		if words := c.InWords(); !strings.HasSuffix(words, c.Empty) {
			t.Errorf("an empty chart in words is %q", words)
		}
	}
}

func TestZeros(t *testing.T) {
	for kind := Bars; kind <= Steps; kind++ {
		c := Chart{Kind: kind, Labels: []string{"a", "b"}, X: []float64{0, 1}, Series: []Series{{Values: []float64{0, 0}}, {Values: []float64{0, None()}}}}
		svg, err := c.SVG("a")
		if err != nil {
			t.Fatalf("kind %d: %v", kind, err)
		}
		checkSVG(t, svg)
		if lines := c.Lines(TextOptions{Width: 40}); len(lines) < 2 {
			t.Errorf("kind %d: zeros are %q", kind, lines)
		}
	}
}

func TestSpark(t *testing.T) {
	tests := []struct {
		values []float64
		shown  string
		ascii  string
	}{
		{nil, "", ""},
		{[]float64{0, 0}, "▁▁", "__"},
		{[]float64{3, 3}, "██", "##"},
		{[]float64{0, 1, 2, 3, 4, 5, 6, 7}, "▁▂▃▄▅▆▇█", "_..--==#"},
		{[]float64{1, None(), 2}, "▅ █", "- #"},
		{[]float64{-1, 0, 1}, "▁▅█", "_-#"},
		{[]float64{-math.MaxFloat64, math.MaxFloat64, math.Inf(1)}, "▁█ ", "_# "},
	}
	for _, test := range tests {
		if got := Spark(test.values, false); got != test.shown {
			t.Errorf("Spark(%v) = %q, want %q", test.values, got, test.shown)
		}
		if got := Spark(test.values, true); got != test.ascii {
			t.Errorf("Spark(%v) in ASCII = %q, want %q", test.values, got, test.ascii)
		}
		checkSVG(t, "<a>"+SparkSVG(test.values)+"</a>")
	}
}

// values are what can be asked of a chart, odd ones too.
func values() *rapid.Generator[float64] {
	return rapid.OneOf(rapid.SampledFrom([]float64{0, 1, -1, 5, math.NaN(), math.Inf(1), math.Inf(-1), math.MaxFloat64, -math.MaxFloat64,
		math.SmallestNonzeroFloat64, 1e-9, 1e15}), rapid.Float64Range(-100, 100), rapid.Map(rapid.IntRange(0, 40), func(n int) float64 { return float64(n) }))
}

func drawnChart(t *rapid.T) Chart {
	word := rapid.SampledFrom([]string{"", "dialog", "ÅÄÖ", "👨‍👩‍👧 familj", "\x1b[31mröd\u202e", `<script>"'&`, "]]>", strings.Repeat("lång ", 30), "漢字漢字"})
	c := Chart{Kind: Kind(rapid.IntRange(int(Bars), int(Steps)).Draw(t, "kind")), Title: word.Draw(t, "title"), Description: word.Draw(t, "description"),
		Empty: "inget", Axis: word.Draw(t, "axis")}
	x := 0.0
	for range rapid.IntRange(0, 30).Draw(t, "labels") {
		c.Labels = append(c.Labels, word.Draw(t, "label"))
		c.X = append(c.X, x)
		x += rapid.Float64Range(0, 9).Draw(t, "step")
	}
	for range rapid.IntRange(0, 9).Draw(t, "series") {
		c.Series = append(c.Series, Series{Name: word.Draw(t, "name"), Values: rapid.SliceOfN(values(), 0, len(c.Labels)).Draw(t, "values")})
	}
	return c
}

func TestNoLineIsTooWide(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawnChart(t)
		o := TextOptions{Width: rapid.IntRange(20, 200).Draw(t, "width"), ASCII: rapid.Bool().Draw(t, "ascii")}
		for _, line := range c.Lines(o) {
			if term.Width(line) > o.Width {
				t.Fatalf("%q takes %d of %d cells", line, term.Width(line), o.Width)
			}
			if term.SafeText(line) != line {
				t.Fatalf("%q is not safe", line)
			}
			if o.ASCII && strings.ContainsAny(line, "█▏▎▍▌▋▊▉▒░▚│┤┼─╭╮╰╯•╴╶") {
				t.Fatalf("%q is not ASCII", line)
			}
		}
	})
}

func TestSVGIsSafe(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawnChart(t)
		first, err := c.SVG("chart1")
		if err != nil {
			t.Fatal(err)
		}
		again, err := c.SVG("chart1")
		if err != nil || again != first {
			t.Fatalf("the same chart is drawn in two ways, %v", err)
		}
		if first != "" {
			checkSVG(t, first)
		}
	})
}

type failer interface {
	Helper()
	Fatalf(string, ...any)
}

// checkSVG holds a drawing to XML of the elements and attributes that a drawing
// has, references to itself only, and names that are there once.
func checkSVG(t failer, svg string) {
	t.Helper()
	elements := strings.Fields("a svg title desc defs pattern rect path circle text")
	attributes := strings.Fields("xmlns class role aria-labelledby aria-hidden focusable width height viewBox font-family font-size font-weight id " +
		"patternUnits fill stroke stroke-width stroke-dasharray d x y cx cy r transform text-anchor")
	var ids, refs []string
	d := xml.NewDecoder(strings.NewReader(svg))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, svg)
		}
		e, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if !slices.Contains(elements, e.Name.Local) {
			t.Fatalf("there is a <%s> in\n%s", e.Name.Local, svg)
		}
		for _, a := range e.Attr {
			switch {
			case !slices.Contains(attributes, a.Name.Local):
				t.Fatalf("<%s> has %s", e.Name.Local, a.Name.Local)
			case a.Name.Local == "id":
				ids = append(ids, a.Value)
			case a.Name.Local == "aria-labelledby":
				refs = append(refs, strings.Fields(a.Value)...)
			}
			if ref, found := strings.CutPrefix(a.Value, "url("); found {
				refs = append(refs, strings.Trim(ref, "#)"))
			}
			if strings.Contains(a.Value, "NaN") || strings.Contains(a.Value, "Inf") || strings.Contains(a.Value, "rgb(1,1,") {
				t.Fatalf("<%s> has %s=%q", e.Name.Local, a.Name.Local, a.Value)
			}
		}
	}
	for _, ref := range refs {
		if !slices.Contains(ids, ref) {
			t.Fatalf("%q is nowhere in\n%s", ref, svg)
		}
	}
	slices.Sort(ids)
	if len(slices.Compact(slices.Clone(ids))) != len(ids) {
		t.Fatalf("an id is used twice: %v", ids)
	}
}

func TestStepsHoldTheirValue(t *testing.T) {
	c := survival()
	got := c.resampled(c.Series[0], 10) // at 0, 10, 20 … 90
	want := []float64{1, 0.753, 0.753, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.448}
	if !slices.Equal(got, want) {
		t.Errorf("the steps are %v, want %v", got, want)
	}
}
