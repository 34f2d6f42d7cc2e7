package render

import (
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"sluss/internal/chart"
)

// charts is a report: a chart of the table beside it, one that makes its own,
// one without values, and a table with sparklines.
func charts() Document {
	stages := chart.Chart{Title: "Idéer per steg", Description: "Hur många idéer som står i varje steg.", Axis: "Steg", AxisKey: "stage",
		Labels: []string{"inkommen", "dialog <b>"}, Series: []chart.Series{{Key: "count", Name: "Antal", Values: []float64{12, 5}}}}
	months := chart.Chart{Kind: chart.Lines, Title: "Per månad", Description: "Inkomna och avslutade.", Axis: "Månad", AxisKey: "month",
		Labels: []string{"2026-01", "2026-02", "2026-03"}, Series: []chart.Series{
			{Key: "received", Name: "inkomna", Values: []float64{1, 4, 2}}, {Key: "closed", Name: "avslutade", Values: []float64{0, math.NaN(), 1.5}}}}
	none := chart.Chart{Title: "Tester", Empty: "Inga tester i perioden.", Axis: "Utfall", AxisKey: "verdict"}
	return Document{
		Title: "Rapport",
		Notes: []string{"2026-01-01 till 2026-03-31"},
		Sections: []Section{
			{Heading: "Steg", Chart: &stages},
			{Heading: "Månader", Page: true, Chart: &months},
			{Heading: "Tester", Chart: &none},
			{Heading: "Enheter", Table: &Table{
				Columns: []Column{{Key: "unit", Head: "Enhet"}, {Key: "received", Head: "Inkomna", Right: true}, {Key: "trend", Head: "Trend", Spark: true}},
				Rows:    RowsOf([][]Cell{{{Text: "Skola"}, {Text: "8", Number: true}, {Spark: []float64{1, 0, math.NaN(), 7}}}}),
			}},
		},
	}
}

// hostile is what somebody may have written in the hope that a page runs it.
func hostile() []string {
	return []string{
		"<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "</style><script>x</script>", "</title></table></main><b>",
		"[a](javascript:alert(1))", "[a](JaVaScRiPt&colon;alert(1))", "[a](java&#10;script:alert(1))", "[a](data:text/html,<script>1</script>)", "[a](vbscript:x)",
		"[a](//evil.example/x)", "[a](file:///etc/passwd)", "[a][b]\n\n[b]: javascript:alert(1)", "<javascript:alert(1)>", "<data:text/html,x>",
		"![a](https://spy.example/x.gif)", "![a](javascript:alert(1) \"t\")", "[![a](x)](javascript:y)", "[a](https://ok.example/\"onmouseover=alert(1))",
		"[a](https://ok.example 'title\" onclick=\"x')", "`<b>`", "```html\n<script>\n", "<!-- x --><![CDATA[<b>]]>", "<style>*{background:url(https://spy.example)}</style>",
		"&lt;script&gt;", "&#x202e;&#0;&#27;[31m", "\x1b]52;c;x\a\u202e\u2066\x00\x9b", "<a href=\"javascript:x\">y</a>", "<iframe src=//x>", "<base href=//x><meta http-equiv=refresh content=0>",
		"# one\n\n###### six\n\nset\n===", "http://plain.example", "' \" ` & <", "{{.}}<%= 1 %>", "> - 1. <b onclick=x>\n\n    <i>code</i>",
	}
}

func everywhere(s string) Document {
	c := chart.Chart{Title: s, Description: s, Empty: s, Axis: s, Labels: []string{s, s}, Series: []chart.Series{{Name: s, Values: []float64{1, 2}, Texts: []string{s, s}}, {Name: s, Values: []float64{2}}}}
	none := chart.Chart{Title: s, Empty: s}
	return Document{
		Title: s, Notes: []string{s},
		Sections: []Section{
			{Facts: []Fact{{s, s}}, Text: s},
			{Heading: s, Text: s, Chart: &c}, {Heading: s, Sub: true, Text: s, Chart: &none},
			{Table: &Table{Columns: []Column{{Key: s, Head: s}, {Key: "b", Head: s}}, Caption: s, Rows: RowsOf([][]Cell{{{Text: s, Link: s}, {Text: s, Style: Warn, Spark: []float64{1}}}})}},
			{Table: &Table{Empty: s}},
		},
	}
}

func TestHTMLIsSafe(t *testing.T) {
	for _, s := range hostile() {
		checkHTML(t, write(t, everywhere(s), Options{Format: HTML, Lang: "sv", Title: s}))
	}
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(append(hostile(), "\n", " ", "\n\n", "<", ">", "[", "](", ")", "\"", "a")), 1, 6).Draw(t, "text"), "")
		var b strings.Builder
		if err := Write(&b, everywhere(s), Options{Format: HTML}); err != nil {
			t.Fatal(err)
		}
		checkHTML(t, b.String())
	})
}

type failer interface {
	Helper()
	Fatalf(string, ...any)
}

// checkHTML reads a page as a browser does, and holds it to elements and
// attributes that run and fetch nothing, and to an order of headings.
func checkHTML(t failer, page string) {
	t.Helper()
	elements := strings.Fields("html head meta title style body main section h1 h2 h3 h4 h5 h6 p dl dt dd div table caption thead tbody tr th td figure figcaption " +
		"ul ol li em strong code pre blockquote a hr br svg desc defs pattern rect path circle text")
	attributes := strings.Fields("lang charset http-equiv content name class role tabindex aria-label scope href start title " +
		"aria-labelledby aria-hidden focusable width height viewbox font-family font-size id patternunits fill stroke stroke-width stroke-dasharray d x y cx cy r transform text-anchor")
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatalf("%v", err)
	}
	level, ids := 0, map[string]bool{}
	for n := range root.Descendants() {
		if n.Type == html.CommentNode {
			t.Fatalf("there is a comment %q in\n%s", n.Data, page)
		}
		if n.Type != html.ElementNode {
			continue
		}
		if !slices.Contains(elements, n.Data) {
			t.Fatalf("there is a <%s> in\n%s", n.Data, page)
		}
		if len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] <= '6' {
			next := int(n.Data[1] - '0')
			if next > level+1 {
				t.Fatalf("<%s> follows <h%d> in\n%s", n.Data, level, page)
			}
			level = next
		}
		if n.Data == "th" && !slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "scope" }) {
			t.Fatalf("a <th> has no scope in\n%s", page)
		}
		if n.Data == "table" && (n.FirstChild.NextSibling == nil || n.FirstChild.NextSibling.Data != "caption") {
			t.Fatalf("a <table> has no caption in\n%s", page)
		}
		for _, a := range n.Attr {
			key := strings.ToLower(a.Key)
			switch {
			case key == "xmlns":
			case !slices.Contains(attributes, key):
				t.Fatalf("<%s> has %s=%q in\n%s", n.Data, a.Key, a.Val, page)
			case key == "href" && !strings.HasPrefix(a.Val, "https://") && !strings.HasPrefix(a.Val, "http://") && !strings.HasPrefix(a.Val, "mailto:"):
				t.Fatalf("a link leads to %q in\n%s", a.Val, page)
			case key == "id" && ids[a.Val]:
				t.Fatalf("the id %q is there twice in\n%s", a.Val, page)
			case key == "id":
				ids[a.Val] = true
			}
		}
	}
	for _, r := range page {
		if r != '\n' && (r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069) {
			t.Fatalf("%U is in\n%q", r, page)
		}
	}
}

func TestHTMLFetchesNothing(t *testing.T) {
	got := write(t, charts(), Options{Format: HTML, Lang: "sv"})
	for _, part := range []string{"<html lang=\"sv\">", `default-src 'none'; style-src 'unsafe-inline'; img-src data:`, "<title>Rapport</title>"} {
		if !strings.Contains(got, part) {
			t.Errorf("%q is not in the page", part)
		}
	}
	for _, part := range []string{"<script", "<link", "src=", "url(http", "@import"} {
		if strings.Contains(got, part) {
			t.Errorf("%q is in the page", part)
		}
	}
}

// TestHTMLNames looks at what a page is called: the document, what the command
// does, what is in it.
func TestHTMLNames(t *testing.T) {
	untitled := list()
	untitled.Title = ""
	for _, test := range []struct {
		doc  Document
		opts Options
		want string
	}{
		{list(), Options{Title: "Lista"}, "Idéer"},
		{list(), Options{Title: "Lista", Bare: true}, "Idéer"},
		{untitled, Options{Title: "Lista"}, "Lista"},
		{untitled, Options{}, "Idéer | just nu"},
		{Document{}, Options{}, "sluss"},
	} {
		test.opts.Format = HTML
		if got := write(t, test.doc, test.opts); !strings.Contains(got, "<title>"+test.want+"</title>") || !strings.Contains(got, "<h1>"+test.want+"</h1>") {
			t.Errorf("the page is not called %q:\n%s", test.want, got)
		}
	}
}

func TestHTMLStopsAtAnError(t *testing.T) {
	broken := errors.New("the disk is gone")
	rows := func(yield func([]Cell, error) bool) {
		_ = yield([]Cell{{Text: "1"}}, nil) && yield(nil, broken)
	}
	d := Document{Sections: []Section{{Table: &Table{Columns: []Column{{Head: "a"}}, Rows: rows}}}}
	if err := Write(io.Discard, d, Options{Format: HTML}); !errors.Is(err, broken) {
		t.Errorf("the error is %v", err)
	}
	if err := Write(failingWriter{}, list(), Options{Format: HTML}); !errors.Is(err, errFull) {
		t.Errorf("the error is %v", err)
	}
}

var errFull = errors.New("no room")

type failingWriter struct{}

func (failingWriter) Write([]byte) (int, error) { return 0, errFull }

// TestHTMLStreams holds the memory for a long list to that for a short one.
func TestHTMLStreams(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 200 000 rows")
	}
	most := uint64(0)
	rows := func(yield func([]Cell, error) bool) {
		for i := range 200_000 {
			if i%50_000 == 49_999 {
				runtime.GC()
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				most = max(most, m.HeapAlloc)
			}
			if !yield([]Cell{{Text: fmt.Sprint(i)}, {Text: "Återbruk av möbler"}}, nil) {
				return
			}
		}
	}
	d := Document{Sections: []Section{{Table: &Table{Columns: []Column{{Head: "Nr"}, {Head: "Titel"}}, Rows: rows}}}}
	if err := Write(io.Discard, d, Options{Format: HTML}); err != nil {
		t.Fatal(err)
	}
	if most > 30<<20 {
		t.Errorf("200 000 rows take %d MB", most>>20)
	}
}

// TestContrast holds the colours of text to 4.5:1 against white, and those of
// lines to 3:1 (WCAG 2.1, 1.4.3 and 1.4.11), but for the lines between rows,
// which nothing depends on.
func TestContrast(t *testing.T) {
	for _, rule := range regexp.MustCompile(`(color|fill|border[a-z-]*|background):[^;]*#([0-9a-f]{6}|fff)\b`).FindAllStringSubmatch(pageStyle, -1) {
		least := 4.5
		switch {
		case strings.HasPrefix(rule[1], "background"):
			continue
		case strings.HasPrefix(rule[1], "border"):
			least = 3
		}
		if rule[2] == "d0d0d0" {
			continue
		}
		if got := contrast(t, rule[2]); got < least {
			t.Errorf("%q has a contrast of %.1f:1, want %v:1", rule[0], got, least)
		}
	}
}

// contrast is that of a colour with white, after WCAG 2.1, "relative luminance".
func contrast(t *testing.T, hex string) float64 {
	var channels [3]int
	if _, err := fmt.Sscanf(hex, "%02x%02x%02x", &channels[0], &channels[1], &channels[2]); err != nil {
		t.Fatal(hex, err)
	}
	luminance := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		c := float64(channels[i]) / 255
		if c <= 0.03928 {
			luminance += weight * c / 12.92
		} else {
			luminance += weight * math.Pow((c+0.055)/1.055, 2.4)
		}
	}
	return 1.05 / (luminance + 0.05)
}

func TestNoChart(t *testing.T) {
	var none *NoChart
	for _, d := range []Document{list(), page(), {}} {
		if err := Write(io.Discard, d, Options{Format: SVG}); !errors.As(err, &none) {
			t.Errorf("the error is %v", err)
		}
	}
}

func BenchmarkHTML(b *testing.B) {
	rows := make([][]Cell, 1000)
	for i := range rows {
		rows[i] = []Cell{{Text: fmt.Sprint(i)}, {Text: "Återbruk av möbler"}, {Text: "inkommen"}, {Text: "12"}, {Text: "medarbetare"}, {Text: "Skola"}, {Text: "maja"}, {Text: "2026-11-24"}}
	}
	columns := make([]Column, 8)
	for b.Loop() {
		d := Document{Sections: []Section{{Table: &Table{Columns: columns, Rows: RowsOf(rows)}}}}
		if err := Write(io.Discard, d, Options{Format: HTML}); err != nil {
			b.Fatal(err)
		}
	}
}
