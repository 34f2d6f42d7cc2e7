package view_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/lang"
	"sluss/internal/render"
	"sluss/internal/report"
	"sluss/internal/view"
)

// crowded is activities of six units in two years. Two units had few people each
// year, which makes their numbers rare.
func crowded() *report.Facts {
	f := &report.Facts{Dawn: "2000-01-01", Today: "2027-01-31", Loc: time.UTC, Stages: idea.DefaultProcess(), FirstIdea: map[int64]idea.Day{}}
	for k, people := range [][2]int64{{7013, 21101}, {8017, 6029}, {31307, 5039}, {40013, 50021}, {60101, 71011}, {80021, 90011}} {
		unit := int64(k + 1)
		f.Units = append(f.Units, idea.Unit{ID: unit, Name: fmt.Sprint("Enhet ", string(rune('A'+k)))})
		for n, day := range []idea.Day{"2026-04-02", "2025-04-02"} {
			f.Activities = append(f.Activities, idea.Activity{ID: int64(len(f.Activities) + 1), Day: day, Participants: &people[n], Units: []int64{unit}})
		}
	}
	return f
}

// digits is a text without what stands between digits, and without drawn lines.
func digits(s string) string {
	s = regexp.MustCompile(`(?s)<style>.*?</style>|<(path|rect|line|polyline|circle) [^>]*>`).ReplaceAllString(s, "")
	return regexp.MustCompile(`(\d)[\s\x{00a0}\x{202f},.]+(\d{3})`).ReplaceAllString(s, "$1$2")
}

// TestNothingIsLeftOfWhatIsKeptBack writes a report in every format and looks for
// the numbers that are kept back, and for what they differ by from others.
func TestNothingIsLeftOfWhatIsKeptBack(t *testing.T) {
	f := crowded()
	before := idea.Period{From: "2025-01-01", To: "2026-01-01"}
	r := report.New(f, report.Anchoring, report.Options{Period: idea.Period{From: "2026-01-01", To: "2027-01-01"}, By: report.ByUnit, Against: &before})
	whole := report.New(f, report.Anchoring, report.Options{Period: r.Period, By: report.ByUnit, Against: &before})
	report.Suppress(&r, 10_000)
	secrets := map[string]string{}
	figures := whole.Figures()
	hidden := 0
	for k, one := range r.Figures() {
		truth := figures[k]
		tell := func(what string, f float64) { secrets[strings.TrimPrefix(fmt.Sprintf("%.0f", f), "-")] = what }
		if one.Hidden {
			hidden++
			tell("a figure", truth.Value)
		}
		if one.Before.Hidden {
			tell("a figure before", truth.Before.Value)
		}
		if one.Hidden || one.Before.Hidden {
			tell("a change", truth.Change())
		}
	}
	if hidden != 2 || len(secrets) < 6 {
		t.Fatalf("%d figures are hidden: %v", hidden, secrets)
	}
	explained := desk.Explained{Head: r.Head, Figure: r.Tables[1].Figures[0][1], Group: r.Tables[1].Groups[0]}
	for _, p := range []lang.Printer{lang.New(lang.English), lang.New(lang.Swedish)} {
		v := view.New(p, time.UTC)
		for _, d := range []func() render.Document{
			func() render.Document { return v.Report(r) },
			func() render.Document { return v.Explained(explained, true) },
		} {
			for _, s := range d().Sections {
				for n := range drawnIn(s) {
					if what := secrets[fmt.Sprintf("%.0f", n)]; what != "" {
						t.Errorf("a chart draws %s that is kept back, %v", what, n)
					}
				}
			}
			for _, format := range render.Formats() {
				for _, o := range []render.Options{{Format: format}, {Format: format, TTY: true, Width: 100, Excel: true}} {
					var b bytes.Buffer
					if err := render.Write(&b, d(), o); err != nil && format != render.SVG {
						t.Fatalf("%s: %v", format, err)
					}
					for secret, what := range secrets {
						if strings.Contains(digits(b.String()), secret) {
							t.Errorf("%s tells %s that is kept back, %s:\n%s", format, what, secret, b.String())
						}
					}
				}
			}
		}
	}
	checkHidden(t, r)
}

// drawnIn is the numbers that a chart of a section is drawn from.
func drawnIn(s render.Section) map[float64]bool {
	out := map[float64]bool{}
	if s.Chart != nil {
		for _, one := range s.Chart.Series {
			for _, n := range one.Values {
				out[n] = true
			}
		}
	}
	return out
}

// checkHidden looks at the JSON and the CSV of figures that are kept back: their
// names and nothing more.
func checkHidden(t *testing.T, r report.Report) {
	t.Helper()
	v := view.New(lang.New(lang.English), time.UTC)
	var b bytes.Buffer
	if err := render.Write(&b, v.Report(r), render.Options{Format: render.JSON}); err != nil {
		t.Fatal(err)
	}
	var got struct{ Figures []map[string]any }
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, one := range got.Figures {
		if one["hidden"] != true {
			continue
		}
		seen++
		for _, key := range []string{"value", "n", "part", "low", "high", "change", "change_percent", "p"} {
			if value, there := one[key]; !there || value != nil {
				t.Errorf("a figure is kept back, and its %s is %v", key, value)
			}
		}
	}
	b.Reset()
	if err := render.Write(&b, v.Report(r), render.Options{Format: render.CSV}); err != nil {
		t.Fatal(err)
	}
	lines := 0
	for line := range strings.Lines(b.String()) {
		if cells := strings.Split(strings.TrimSpace(line), ","); len(cells) == 15 && cells[10] == "true" {
			lines++
			if rest := cells[4] + strings.Join(cells[6:10], "") + strings.Join(cells[12:], ""); rest != "" {
				t.Errorf("a figure is kept back, and CSV has %s", line)
			}
		}
	}
	if seen != 2 || lines != 2 {
		t.Errorf("%d figures of JSON and %d of CSV are kept back", seen, lines)
	}
}
