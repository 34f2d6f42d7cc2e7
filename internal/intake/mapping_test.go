package intake

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"sluss/internal/idea"
	"sluss/internal/sheet"

	"pgregory.net/rapid"
)

const site = `# Decidim
source: Decidim Barcelona
separator: ";"
encoding: cp1252
columns:
  - field: title
    columns: [title_ca, title_es]
  - field: received
    columns: created_at
    format: 2006/01/02T:15:04:05
  - field: kind
    value: resident
  - field: stage
    columns: [status]
    values:
      - {from: Godkänd, to: closed}
      - {from: 1, to: ~}
  - field: tags
    columns: [topics]
    split: "|"
`

func TestParseMapping(t *testing.T) {
	got, err := ParseMapping("site.yaml", []byte(site))
	if err != nil {
		t.Fatal(err)
	}
	want := Mapping{
		Source: "Decidim Barcelona", Separator: ";", Encoding: "cp1252",
		Columns: []ColumnMap{
			{Field: "title", Columns: []string{"title_ca", "title_es"}},
			{Field: "received", Columns: []string{"created_at"}, Format: "2006/01/02T:15:04:05"},
			{Field: "kind", Value: "resident"},
			{Field: "stage", Columns: []string{"status"}, Values: []Exchange{{"Godkänd", "closed"}, {"1", ""}}},
			{Field: "tags", Columns: []string{"topics"}, Split: "|"},
		},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v, want\n%+v", got, want)
	}
	if o, err := got.ReadOptions(); err != nil || o != (sheet.ReadOptions{Comma: ';', Encoding: sheet.Windows1252}) {
		t.Errorf("got %v, %v", o, err)
	}
}

func TestParseMappingRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"":                           "m.yaml is empty",
		"a: b: c":                    "m.yaml is not YAML: mapping values are not allowed in this context",
		"- title":                    "m.yaml, line 1, column 1: here must stand keys with values",
		"columms: []":                `m.yaml, line 1, column 1: there is no key "columms" here`,
		"source: a\nsource: b":       `m.yaml, line 2, column 1: the key "source" stands here twice`,
		"source: [a]":                "m.yaml, line 1, column 9: here must stand a text",
		"columns: {title: a}":        "m.yaml, line 1, column 10: here must stand a list, each line with a hyphen in front",
		"separator: ab":              `m.yaml, line 1, column 1: "ab" is no separator`,
		"encoding: klingon":          `m.yaml, line 1, column 1: there is no encoding "klingon"`,
		"source: &a x\nencoding: *a": "m.yaml, line 2, column 11: here must stand a text",
		"columns:\n  - field: titel\n    columns: [a]":                                   `m.yaml, line 2, column 5: there is no field "titel"`,
		"columns:\n  - field: title\n    colums: [a]":                                    `m.yaml, line 3, column 5: there is no key "colums" here`,
		"columns:\n  - field: title\n    columns: [[a]]":                                 "m.yaml, line 3, column 15: here must stand a text",
		"columns:\n  - field: due\n    format: x":                                        `m.yaml, line 2, column 5: "x" does not say how a date is written`,
		"columns:\n  - field: kind\n    values:\n      - from: a\n        into: b\n    ": `m.yaml, line 5, column 9: there is no key "into" here`,
	} {
		_, err := ParseMapping("m.yaml", []byte(text))
		if err == nil || idea.KindOf(err) != idea.Usage || err.Error() != want {
			t.Errorf("%q gives %v, want %s", text, err, want)
		}
	}
	_, err := ParseMapping("m.yaml", []byte("columns: [{field: titel}]"))
	var e *idea.Error
	if !errors.As(err, &e) || e.Got != "titel" || !reflect.DeepEqual(e.Near, Fields()) {
		t.Errorf("nothing to suggest from: %+v", e)
	}
}

func TestYAMLRoundTrip(t *testing.T) {
	word := rapid.Map(rapid.StringOf(rapid.OneOf(rapid.RuneFrom([]rune(" :#-'\"|>\n\t~!&*0yåΩ")), rapid.Rune())), strings.TrimSpace)
	list := rapid.SliceOfN(word, 1, 3)
	rapid.Check(t, func(t *rapid.T) {
		m := Mapping{Source: word.Draw(t, "source"), Separator: rapid.SampledFrom([]string{"", ";", "tab", "\t"}).Draw(t, "separator")}
		for range rapid.IntRange(1, 4).Draw(t, "columns") {
			c := ColumnMap{Field: rapid.SampledFrom(Fields()).Draw(t, "field"), Value: word.Draw(t, "value")}
			if rapid.Bool().Draw(t, "mapped") {
				c.Columns = list.Draw(t, "headings")
			}
			if rapid.Bool().Draw(t, "exchanged") {
				c.Values = []Exchange{{word.Draw(t, "from"), word.Draw(t, "to")}}
			}
			m.Columns = append(m.Columns, c)
		}
		text, err := m.YAML()
		if err != nil {
			t.Fatal(err)
		}
		got, err := ParseMapping("m.yaml", text)
		if err != nil || !reflect.DeepEqual(got, m) {
			t.Fatalf("%s\nis read as\n%+v, %v; want\n%+v", text, got, err, m)
		}
	})
}

func TestFlagMapping(t *testing.T) {
	got := flags(t, []string{"title=a,b", "title=c", "tags = d"}, []string{"kind=resident", "note=a=b"}, []string{"due=02.01.2006"}, []string{"tags=/"})
	want := Mapping{Columns: []ColumnMap{
		{Field: "title", Columns: []string{"a", "b", "c"}},
		{Field: "tags", Columns: []string{" d"}, Split: "/"},
		{Field: "kind", Value: "resident"},
		{Field: "note", Value: "a=b"},
		{Field: "due", Format: "02.01.2006"},
	}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v, want\n%+v", got, want)
	}
	for _, c := range []struct {
		maps, sets, formats, splits []string
		want                        string
	}{
		{maps: []string{"title"}, want: `--map "title" does not say what the field is to be`},
		{sets: []string{"kind="}, want: `--set "kind=" does not say what the field is to be`},
		{maps: []string{"titel=a"}, want: `there is no field "titel"`},
		{formats: []string{"title=2006"}, want: "title is no date and has no format"},
		{formats: []string{"due=dd/mm/yyyy"}, want: `"dd/mm/yyyy" does not say how a date is written`},
		{splits: []string{"need=,"}, want: "need cannot be split"},
	} {
		_, err := FlagMapping(c.maps, c.sets, c.formats, c.splits)
		var e *idea.Error
		if !errors.As(err, &e) || e.Kind != idea.Usage || e.Error() != c.want || e.Hint.Format == "" {
			t.Errorf("got %v, want %s", err, c.want)
		}
	}
}

func TestOr(t *testing.T) {
	m := flags(t, []string{"title=Namn"}, []string{"kind=resident"}, []string{"received=02/01/2006"}, nil)
	before := m.Columns[2]
	got := m.Or(Default([]string{"Namn", "title", "Slag", "Inkommen", "Behov"}))
	want := Mapping{Columns: []ColumnMap{
		{Field: "title", Columns: []string{"Namn"}},
		{Field: "kind", Value: "resident"},
		{Field: "received", Columns: []string{"Inkommen"}, Format: "02/01/2006"},
		{Field: "need", Columns: []string{"Behov"}},
	}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v, want\n%+v", got, want)
	}
	if !reflect.DeepEqual(m.Columns[2], before) {
		t.Error("the mapping itself has changed")
	}
}

func TestFieldsAreOneWordEach(t *testing.T) {
	seen := map[string]string{}
	for _, f := range fields {
		for _, name := range append([]string{f.name}, f.headings...) {
			if other, twice := seen[fold(name)]; twice {
				t.Errorf("%q means both %s and %s", name, other, f.name)
			}
			seen[fold(name)] = f.name
		}
		if strings.ToLower(f.name) != f.name || f.put == nil && f.shape != tags && f.shape != instant {
			t.Errorf("the field %s is not whole", f.name)
		}
	}
}
