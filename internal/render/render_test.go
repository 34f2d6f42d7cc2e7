package render

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

var update = flag.Bool("update", false, "write the golden files anew")

type record struct {
	Number int64   `json:"number"`
	Title  string  `json:"title"`
	Stage  string  `json:"stage"`
	Due    *string `json:"due"`
}

func records() []record {
	due := "2026-12-24"
	return []record{
		{1, "Återbruk <b>av</b> möbler | \"skola\" & @anna #12", "received", &due},
		{14, "Röd\x1b[31m\x1b]52;c;cm0=\a \u202eakam \u009b2J", "test", nil},
		{203, "=cmd|' /C calc'!A0", "received", nil},
		{204, "👨‍👩‍👧 ide\u0301er\nrad två", "closed", nil},
	}
}

func items(yield func(any, error) bool) {
	for _, r := range records() {
		if !yield(r, nil) {
			return
		}
	}
}

func shown() *Table {
	stages := map[string]Cell{
		"received": {Text: "inkommen", Raw: "received", Style: Warn},
		"test":     {Text: "test", Raw: "test", Style: Good},
		"closed":   {Text: "avslutad", Raw: "closed", Style: Dim},
	}
	var rows [][]Cell
	for _, r := range records() {
		days := Cell{Text: "-1,5", Raw: "-1.5", Number: true}
		rows = append(rows, []Cell{{Text: fmt.Sprint(r.Number), Number: true}, {Text: r.Title}, stages[r.Stage], days})
	}
	return &Table{
		Columns: []Column{
			{Key: "number", Head: "Nr", Right: true},
			{Key: "title", Head: "Rubrik", Flex: true},
			{Key: "stage", Head: "Steg"},
			{Key: "days", Head: "Dagar", Right: true},
		},
		Rows:    RowsOf(rows),
		Empty:   "Inga idéer.",
		Caption: "Idéer | just nu",
	}
}

func list() Document {
	table := shown()
	return Document{Title: "Idéer", Sections: []Section{{Table: table}}, Items: items}
}

const foreign = "# Behov\r\nDet är <script>alert(1)</script> svårt.\n\nUnder\n=====\n" +
	"- [länk](java&#115;cript:alert(1)) och [bra](https://www.ostersund.se/a_b)\n" +
	"- ![spår](https://spion.example/x.gif) @anna #12\n\n[a]: data:text/html,x\n\u202e\x1b]0;x\a\n```\n<b> # inte rubrik"

func page() Document {
	one := records()[1]
	return Document{
		Title: "Idé 14: " + one.Title,
		Notes: []string{"1. Per den 24 november 2026 [x]", "- <i>räknat</i>"},
		Sections: []Section{
			{Facts: []Fact{
				{"Steg", "test"},
				{"Idégivare", "Anna *Stark* | IT\nOpe"},
				{"Ägare\x1b[2J", ""},
			}},
			{Heading: "Behov <2>", Text: foreign},
			{Heading: "Händelser", Table: shown()},
			{Table: &Table{Columns: []Column{{Key: "a", Head: "A"}}, Empty: "- Inga *tester* än."}},
		},
		Records: &Table{
			Columns: []Column{{Key: "number"}, {Key: "title"}, {Key: "need"}},
			Rows:    RowsOf([][]Cell{{{Text: "14", Number: true}, {Text: one.Title}, {Text: "rad ett\nrad \"två\"; 3"}}}),
		},
		JSON: one,
	}
}

func write(t *testing.T, d Document, o Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, d, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestGolden(t *testing.T) {
	tests := []struct {
		name string
		doc  Document
		opts Options
	}{
		{"list-terminal", list(), Options{TTY: true, Width: 60}},
		{"list-color", list(), Options{TTY: true, Width: 60, Color: true}},
		{"list-records", list(), Options{TTY: true, Width: 30, ASCII: true}},
		{"list-pipe", list(), Options{}},
		{"list.json", list(), Options{Format: JSON}},
		{"list.csv", list(), Options{Format: CSV}},
		{"list-excel.csv", list(), Options{Format: CSV, Excel: true}},
		{"list.md", list(), Options{Format: Markdown}},
		{"page-terminal", page(), Options{TTY: true, Width: 60}},
		{"page-bare", page(), Options{TTY: true, Bare: true}},
		{"page-pipe", page(), Options{}},
		{"page.json", page(), Options{Format: JSON}},
		{"page.csv", page(), Options{Format: CSV}},
		{"page.md", page(), Options{Format: Markdown}},
		{"fields-terminal", list(), Options{TTY: true, Fields: []string{"stage", "number"}}},
		{"fields-pipe", page(), Options{Fields: []string{"need", "number"}}},
		{"fields.json", list(), Options{Format: JSON, Fields: []string{"due", "title"}}},
		{"fields-one.json", page(), Options{Format: JSON, Fields: []string{"stage", "number"}}},
		{"fields.csv", page(), Options{Format: CSV, Fields: []string{"need", "number"}}},
		{"fields.md", list(), Options{Format: Markdown, Fields: []string{"stage"}}},
		{"list.html", list(), Options{Format: HTML, Lang: "sv", Title: "Lista"}},
		{"page.html", page(), Options{Format: HTML, Lang: "sv"}},
		{"fields.html", list(), Options{Format: HTML, Fields: []string{"stage"}, Bare: true}},
		{"charts-terminal", charts(), Options{TTY: true, Width: 60}},
		{"charts-ascii", charts(), Options{TTY: true, Width: 60, ASCII: true}},
		{"charts-pipe", charts(), Options{}},
		{"charts.csv", charts(), Options{Format: CSV}},
		{"charts.md", charts(), Options{Format: Markdown}},
		{"charts.html", charts(), Options{Format: HTML, Lang: "sv"}},
		{"charts.svg", charts(), Options{Format: SVG}},
		{"jq", list(), Options{JQ: `.[] | .title, {number, due}`}},
		{"jq-terminal", list(), Options{TTY: true, JQ: `map(.title)[]`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := strings.Replace(write(t, test.doc, test.opts), pageStyle, "", 1)
			file := filepath.Join("testdata", test.name+".golden")
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// What people read must not steer their terminal; only our own colours may.
func TestNothingSteersTheTerminal(t *testing.T) {
	for _, o := range []Options{
		{TTY: true}, {TTY: true, Width: 30}, {TTY: true, Width: 60, Color: true}, {},
		{Format: Markdown}, {Format: JSON}, {TTY: true, JQ: `.. | strings`},
	} {
		for _, d := range []Document{list(), page()} {
			got := write(t, d, o)
			for _, ours := range []string{"\x1b[1m", "\x1b[2m", "\x1b[32m", "\x1b[33m", "\x1b[0m"} {
				got = strings.ReplaceAll(got, ours, "")
			}
			if !utf8.ValidString(got) {
				t.Errorf("%+v: not UTF-8", o)
			}
			for _, r := range got {
				if r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 || r == 0x202e {
					t.Fatalf("%+v lets %U through:\n%q", o, r, got)
				}
			}
		}
	}
}

func TestJSONKeepsItsValue(t *testing.T) {
	var got []record
	if err := json.Unmarshal([]byte(write(t, list(), Options{Format: JSON})), &got); err != nil {
		t.Fatal(err)
	}
	if want := records(); len(got) != len(want) || got[1].Title != want[1].Title || got[0].Title != want[0].Title {
		t.Errorf("got %v", got)
	}
}

func TestJSONOfNothing(t *testing.T) {
	none := Document{Items: func(func(any, error) bool) {}}
	for _, o := range []Options{{Format: JSON}, {Format: JSON, Fields: []string{"x"}}, {JQ: "."}} {
		if got := write(t, none, o); got != "[]\n" {
			t.Errorf("%+v: got %q", o, got)
		}
	}
}

func TestNoRows(t *testing.T) {
	table := *shown()
	table.Rows = RowsOf(nil)
	d := Document{Title: "Idéer", Sections: []Section{{Table: &table}}}
	for want, o := range map[string]Options{
		"Idéer\n\nInga idéer.\n":    {TTY: true},
		"":                          {},
		"number,title,stage,days\n": {Format: CSV},
		"# Idéer\n\nInga idéer.\n":  {Format: Markdown},
	} {
		if got := write(t, d, o); got != want {
			t.Errorf("%+v: got %q, want %q", o, got, want)
		}
	}
}

func TestUnknownField(t *testing.T) {
	columns := []string{"number", "title", "stage", "days"}
	keys := []string{"number", "title", "stage", "due"}
	for _, test := range []struct {
		o     Options
		d     Document
		known []string
	}{
		{Options{}, list(), columns},
		{Options{Format: CSV}, list(), columns},
		{Options{Format: Markdown}, list(), columns},
		{Options{Format: JSON}, list(), keys},
		{Options{Format: JSON}, page(), keys},
		{Options{Format: JSON}, Document{JSON: records()}, keys},
		{Options{JQ: "."}, list(), keys},
		{Options{}, Document{Title: "x"}, nil},
	} {
		test.o.Fields = []string{"title", "nummer"}
		if test.known == nil {
			test.o.Fields = []string{"nummer"}
		}
		var b bytes.Buffer
		err := Write(&b, test.d, test.o)
		var unknown *UnknownField
		if !errors.As(err, &unknown) || unknown.Name != "nummer" || !slices.Equal(unknown.Known, test.known) {
			t.Errorf("%+v: got %v", test.o, err)
		}
		if b.Len() != 0 {
			t.Errorf("%+v: wrote %q before failing", test.o, b.String())
		}
	}
}

func TestUnknownFormat(t *testing.T) {
	if err := Write(io.Discard, list(), Options{Format: "pdf"}); err == nil || err.Error() != `there is no format "pdf"` {
		t.Errorf("got %v", err)
	}
}

var errRows = errors.New("the database is gone")

func failing() Document {
	table := shown()
	table.Rows = func(yield func([]Cell, error) bool) { yield(nil, errRows) }
	return Document{
		Sections: []Section{{Table: table}},
		Items:    func(yield func(any, error) bool) { yield(nil, errRows) },
	}
}

func TestErrorsOfRows(t *testing.T) {
	for _, o := range []Options{{}, {TTY: true}, {Format: CSV}, {Format: JSON}, {Format: Markdown}, {JQ: "."}, {Fields: []string{"title"}}} {
		if err := Write(io.Discard, failing(), o); !errors.Is(err, errRows) {
			t.Errorf("%+v: got %v", o, err)
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestErrorsOfTheWriter(t *testing.T) {
	for _, o := range []Options{{}, {TTY: true}, {Format: CSV}, {Format: JSON}, {Format: Markdown}, {JQ: "."}} {
		if err := Write(full{}, list(), o); !errors.Is(err, io.ErrShortWrite) {
			t.Errorf("%+v: got %v", o, err)
		}
	}
}

func TestHugeTitle(t *testing.T) {
	title := strings.Repeat("å ", 50_000)
	d := Document{Title: title, Sections: []Section{{Facts: []Fact{{"Rubrik", title}}, Table: &Table{
		Columns: []Column{{Key: "title", Head: "Rubrik", Flex: true}}, Rows: RowsOf([][]Cell{{{Text: title}}}),
	}}}}
	start := time.Now()
	for _, o := range []Options{{TTY: true, Width: 80}, {Format: Markdown}, {Format: CSV}} {
		if got := write(t, d, o); o.Format != "" && !strings.Contains(got, strings.TrimSpace(title)) {
			t.Errorf("%+v: the title is not whole", o)
		}
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("took %v", took)
	}
}

func TestJQ(t *testing.T) {
	for expr, want := range map[string]string{
		`length`:                       "4\n",
		`.[0].number`:                  "1\n",
		`.[0] | {number, stage}`:       `{"number":1,"stage":"received"}` + "\n",
		`.[1:3] | map(.due)`:           "[null,null]\n",
		`env, $ENV`:                    "{}\n{}\n",
		`1, halt, 2`:                   "1\n",
		`"<a> & \"b\""`:                "<a> & \"b\"\n",
		`12345678901234567890, [1.25]`: "12345678901234567890\n[1.25]\n",
		`.[] | select(.number > 999)`:  "",
	} {
		if got := write(t, list(), Options{JQ: expr}); got != want {
			t.Errorf("%s: got %q, want %q", expr, got, want)
		}
	}
}

func TestJQErrors(t *testing.T) {
	for _, expr := range []string{`.[`, `nofunc`, `.[0].title.x`, `error("x")`, `input`, `include "a"; 1`} {
		var wrong *JQError
		if err := Write(io.Discard, list(), Options{JQ: expr}); !errors.As(err, &wrong) || wrong.Expr != expr {
			t.Errorf("%s: got %v", expr, err)
		}
	}
}

func TestJQEndsInTime(t *testing.T) {
	var wrong *JQError
	start := time.Now()
	err := runJQ(io.Discard, list(), Options{JQ: `def f: f; f`}, 50*time.Millisecond)
	if !errors.As(err, &wrong) || time.Since(start) > 5*time.Second {
		t.Errorf("got %v after %v", err, time.Since(start))
	}
}
