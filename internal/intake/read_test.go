package intake

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"

	"sluss/internal/idea"
	"sluss/internal/sheet"

	"golang.org/x/text/encoding/charmap"
	"pgregory.net/rapid"
)

func open(t testing.TB, file string, m Mapping) (*Reader, error) {
	t.Helper()
	rows, err := sheet.NewReader(strings.NewReader(file), sheet.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if m.Columns == nil {
		m = m.Or(Default(rows.Header()))
	}
	return New(rows, m, "ideas.csv", Options{Location: time.FixedZone("CET", 3600)})
}

func records(t testing.TB, file string, m Mapping) []Record {
	t.Helper()
	r, err := open(t, file, m)
	if err != nil {
		t.Fatal(err)
	}
	var all []Record
	for {
		record, err := r.Read()
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, record)
	}
}

// drafts reads a file in which every row is good.
func drafts(t testing.TB, file string, m Mapping) []idea.Draft {
	t.Helper()
	var all []idea.Draft
	for _, r := range records(t, file, m) {
		if len(r.Problems) > 0 {
			t.Errorf("line %d: %v", r.Line, r.Problems)
		}
		all = append(all, r.Draft)
	}
	return all
}

func flags(t testing.TB, maps, sets, formats, splits []string) Mapping {
	t.Helper()
	m, err := FlagMapping(maps, sets, formats, splits)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestParticipationSite has the oddities of a site's export: Windows-1252,
// semicolons that also join lists, a colon after the T, titles in one of two
// languages and with spaces around.
func TestParticipationSite(t *testing.T) {
	file, err := charmap.Windows1252.NewEncoder().String(strings.Join([]string{
		"id_proposal;title_ca;title_es;comments;created_at",
		`3;Més bancs a l’avinguda;;"5809;12563";2016/01/22T:13:06:40`,
		`7;; "Una ""gran"" plaza" ;;2018/04/04T:23:59:59`,
		`12;"  Instal·lació  de bústies ";Buzones;;2020/02/29T:00:00:00`,
		`;+1 carril bici;;;`,
		`;;;;`,
		"",
	}, "\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	m := flags(t, []string{"title=title_ca,title_es", "received=created_at", "external_id=id_proposal"}, []string{"kind=resident"}, nil, nil)
	m.Source = "decidim"
	got := drafts(t, file, m)
	want := []idea.Draft{
		{Title: "Més bancs a l’avinguda", Kind: idea.Resident, Received: "2016-01-22", Source: "decidim", ExternalID: "3"},
		{Title: `"Una ""gran"" plaza"`, Kind: idea.Resident, Received: "2018-04-04", Source: "decidim", ExternalID: "7"},
		{Title: "Instal·lació de bústies", Kind: idea.Resident, Received: "2020-02-29", Source: "decidim", ExternalID: "12"},
		{Title: "+1 carril bici", Kind: idea.Resident, Source: "decidim", ExternalID: got[3].ExternalID},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v, want\n%+v", got, want)
	}
	m = m.Or(flags(t, nil, nil, []string{"received=2006/01/02T:15:04:05"}, nil))
	if again := drafts(t, file, m); !reflect.DeepEqual(again, want) {
		t.Errorf("with a format: got\n%+v", again)
	}
}

// TestPetitionSite has texts of several lines and lists of topics with spaces
// and ampersands.
func TestPetitionSite(t *testing.T) {
	file := "serial,title,body,issues\r\n" +
		"6,Count every vote,\"Some states \"\"swing\"\".\r\n\r\nOthers\ndo not.  \",\"Civil Rights & Equality,Foreign Policy,civil rights & equality\"\r\n" +
		"11,Plant trees,,\r\n"
	got := drafts(t, file, flags(t, []string{"title=title", "need=body", "tags=issues", "external_id=serial"}, nil, nil, []string{"tags=,"}))
	want := []idea.Draft{
		{Title: "Count every vote", Sections: map[idea.Section]string{idea.Need: "Some states \"swing\".\n\nOthers\ndo not."},
			Tags: []string{"civil-rights-&-equality", "foreign-policy"}, ExternalID: "6"},
		{Title: "Plant trees", ExternalID: "11"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v, want\n%+v", got, want)
	}
}

func TestOwnHeadings(t *testing.T) {
	want := idea.Draft{
		Title:    "Bänkar",
		Sections: map[idea.Section]string{idea.Need: "Vila", idea.Whom: "Äldre", idea.Solution: "Bänkar", idea.Value: "Hälsa", idea.Resources: "50 000", idea.Risks: "Klotter", idea.Next: "Ring"},
		Kind:     idea.Employee, Stage: "closed", Reason: idea.HandedOver, Unit: "Fastighet", Owner: "Eva Ek", Coach: "Ann",
		Channel: "mail", Received: "2026-11-24", Due: "2026-12-24", Tags: []string{"park", "äldre"},
		Wake: "2027-01-15", Answered: "2026-11-25",
		NextBy: "2026-12-01", Type: "service", Newness: "inspired", Benefits: []idea.Benefit{"quality", "political-goals"},
		Giver: idea.GiverDraft{Name: "Bo By", Email: "bo@example.se", Phone: "+46 40 1", Unit: "Vård"},
		Note:  "Ringde", Source: "formulär", ExternalID: "A-7",
	}
	for name, file := range map[string]string{
		"English": strings.Join(Fields(), ",") + "\n" +
			"Bänkar,Vila,Äldre,Bänkar,Hälsa,50 000,Klotter,Ring,2026-12-01,employee,closed,handed-over,Fastighet,Eva Ek,Ann,mail,2026-11-24,2026-12-24,2027-01-15,2026-11-25,service,inspired,\"quality,political-goals\",\"park,äldre\",Bo By,bo@example.se,'+46 40 1,Vård,Ringde,formulär,A-7,2026-11-24T10:00:00Z,12\n",
		"Swedish": "Rubrik;Behov;Målgrupp;Lösning;Nytta;Resurser;Risker;Nästa steg;Nästa steg senast;Slag;Steg;Skäl;Förvaltning;Mottagare;Idécoach;Inkom via;Inkommen;Senast;Vaknar;Besvarad;Idétyp;Nyhetsgrad;Värden;Taggar;Idégivare;E-post;Telefon;Arbetsplats;Anteckning;Källa;Externt id\n" +
			"Bänkar;Vila;Äldre;Bänkar;Hälsa;50 000;Klotter;Ring;2026-12-01;Medarbetare;AVSLUTAD;överlämnad;Fastighet;Eva Ek;Ann;mejl;2026-11-24;2026-12-24;2027-01-15;2026-11-25;tjänst;Inspirerad av andra;\"politiska mål, kvalitet\";\"park; #Äldre\";Bo By;bo@example.se;+46 40 1;Vård;Ringde;formulär;A-7\n",
	} {
		want := want
		if name == "English" { // only what sluss exports has these
			want.Registered, want.MergedInto, want.Number = time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC), "12", "A-7"
		}
		if got := drafts(t, file, Mapping{}); len(got) != 1 || !reflect.DeepEqual(got[0], want) {
			t.Errorf("%s: got\n%+v, want\n%+v", name, got, want)
		}
	}
}

// TestOwnExport is what sluss exports: a number is the external id of an idea
// that has no other.
func TestOwnExport(t *testing.T) {
	got := drafts(t, "number,title,stage,reason,merged_into,external_id\n14,A,closed,merged,15,\n15,B,parked,,,X-1\n", Mapping{})
	want := []idea.Draft{
		{Title: "A", Stage: "closed", Reason: idea.Merged, Number: "14", MergedInto: "15", ExternalID: "14"},
		{Title: "B", Stage: "parked", Number: "15", ExternalID: "X-1"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestValues(t *testing.T) {
	m := Mapping{Columns: []ColumnMap{
		{Field: "title", Columns: []string{"Rubrik"}},
		{Field: "stage", Columns: []string{"Status"}, Values: []Exchange{{"Godkänd arkiverad", "avslutad"}, {"Samlar underskrifter", ""}}},
		{Field: "reason", Columns: []string{"Resultat"}, Values: []Exchange{{"Fo\u0308r fa\u030a", "declined"}}},
		{Field: "unit", Columns: []string{"Till"}, Values: []Exchange{{"Ingen", ""}, {"TN", "Tekniska"}}},
		{Field: "tags", Columns: []string{"Gäller"}, Split: "|", Values: []Exchange{{"Övrigt", ""}, {"Trafik", "väg"}}},
		{Field: "tags", Value: "import, 2022"},
	}}
	got := drafts(t, "Rubrik,Status,Resultat,Till,Gäller\nA,Godkänd arkiverad,För få,TN,\"Gata, park och lek|Trafik\"\nB,Samlar underskrifter,,Ingen,Övrigt\nC,dialog,,Kultur,\n", m)
	want := []idea.Draft{
		{Title: "A", Stage: "closed", Reason: idea.Declined, Unit: "Tekniska", Tags: []string{"gata-park-och-lek", "väg", "import", "2022"}},
		{Title: "B", Tags: []string{"import", "2022"}},
		{Title: "C", Stage: "dialogue", Unit: "Kultur", Tags: []string{"import", "2022"}},
	}
	for i := range got {
		got[i].ExternalID = ""
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v, want\n%+v", got, want)
	}
}

func TestStagesOfTheProcess(t *testing.T) {
	rows, err := sheet.NewReader(strings.NewReader("title,stage\nA,Försök\n"), sheet.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	process := idea.Process{{Key: "trial", Names: idea.Names{EN: "Trial run", SV: "Försök"}}}
	r, err := New(rows, Default(rows.Header()), "ideas.csv", Options{Process: process})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := r.Read(); err != nil || got.Draft.Stage != "trial" {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestDays(t *testing.T) {
	for written, want := range map[string]idea.Day{
		"2026-11-24":                "2026-11-24",
		"2026/01/22":                "2026-01-22",
		"2026-11-24T13:27:27":       "2026-11-24",
		"2026-11-24T13:27":          "2026-11-24",
		"2026-11-24 13:27":          "2026-11-24",
		"2026-11-24 13:27:27":       "2026-11-24",
		"2026-11-24 13:27:27.123":   "2026-11-24",
		"2026/01/22T:13:06:40":      "2026-01-22",
		"2026-11-24T13:27:27+01:00": "2026-11-24",
		"2026-11-24T23:27:27Z":      "2026-11-25", // in Sweden
		"2028-02-29":                "2028-02-29",
		" 2026-11-24 ":              "2026-11-24",
	} {
		got := drafts(t, fmt.Sprintf("title;received\nA;%s\n", written), Mapping{})
		if got[0].Received != want {
			t.Errorf("%q is read as %q, want %q", written, got[0].Received, want)
		}
	}
	for written, want := range map[string]string{
		"24/11/2026":          `"24/11/2026" can be read as more than one date`,
		"1.2.26":              `"1.2.26" can be read as more than one date`,
		"3-4-2026 10:00":      `"3-4-2026 10:00" can be read as more than one date`,
		"38491":               `"38491" is a number, as Excel keeps a date`,
		"45678,5":             `"45678,5" is a number, as Excel keeps a date`,
		"2026-02-30":          `"2026-02-30" is no date`,
		"2026-11-24 i morse":  `"2026-11-24 i morse" is no date`,
		"2026-11-24T25:00:00": `"2026-11-24T25:00:00" is no date`,
		"20261124":            `"20261124" is no date`,
		"0000-00-00":          `"0000-00-00" is no date`,
		"soon":                `"soon" is no date`,
		"åååå-åå-åå":          `"åååå-åå-åå" is no date`,
	} {
		got := records(t, fmt.Sprintf("title;received\nA;%s\n", written), Mapping{})
		if p := got[0].Problems; len(p) != 1 || p[0].Text.String() != want || p[0].Hint.Format == "" {
			t.Errorf("%q: got %+v", written, p)
		}
	}
}

func TestDaysWithAFormat(t *testing.T) {
	m := flags(t, []string{"title=title", "received=received"}, nil, []string{"received=02/01/2006"}, nil)
	got := records(t, "title;received\nA;24/11/2026\nB;2026-11-24\n", m)
	if got[0].Draft.Received != "2026-11-24" || len(got[0].Problems) > 0 {
		t.Errorf("got %+v", got[0])
	}
	if p := got[1].Problems; len(p) != 1 || p[0].Text.String() != `"2026-11-24" is no date written as 02/01/2006` {
		t.Errorf("got %+v", p)
	}
}

func TestProblems(t *testing.T) {
	file := "\ufeffRubrik;Slag;Steg;Inkommen;Taggar;Behov\n" +
		"Bra;invånare;;;;\n" +
		";\"invånare\";\"för\nlänge\";igår;-a;x\n" +
		strings.Repeat("å", 501) + ";;;;;\n" +
		"kort\n" +
		"Bra;;;;;;;\n" +
		"Bra;;;;;x;y\n"
	got := records(t, file, Mapping{})
	type place struct {
		line, column        int
		header, value, text string
	}
	want := [][]place{
		nil,
		{
			{3, 1, "Rubrik", "", "an idea needs a title"},
			{3, 13, "Steg", "för\nlänge", `"för\nlänge" is no stage`},
			{4, 8, "Inkommen", "igår", `"igår" is no date`},
			{4, 13, "Taggar", "-a", `"-a" is not a tag`},
		},
		{{5, 1, "Rubrik", strings.Repeat("å", 501), "the title is 501 characters long; the most is 500"}},
		{{6, 5, "", "", "cells in the row: 1, headings: 6"}},
		nil,
		{{8, 11, "", "", "cells in the row: 7, headings: 6"}},
	}
	for i, r := range got {
		var places []place
		for _, p := range r.Problems {
			if p.File != "ideas.csv" || p.Hint.Format == "" {
				t.Errorf("line %d: %+v", r.Line, p)
			}
			places = append(places, place{p.Line, p.Column, p.Header, p.Value, p.Text.String()})
		}
		if !reflect.DeepEqual(places, want[i]) {
			t.Errorf("line %d: got\n%+v, want\n%+v", r.Line, places, want[i])
		}
	}
	if len(got) != len(want) {
		t.Errorf("got %d rows, want %d", len(got), len(want))
	}
}

func TestRowNames(t *testing.T) {
	const file = "title,votes\nA,1\nB,2\nA,3\nA,4\n"
	m := flags(t, []string{"title=title"}, []string{"kind=resident"}, nil, nil)
	first := drafts(t, file, m)
	seen := map[string]bool{}
	for i, d := range drafts(t, file, m) {
		if d.ExternalID != first[i].ExternalID {
			t.Errorf("row %d is called %s and then %s", i, first[i].ExternalID, d.ExternalID)
		}
		if !strings.HasPrefix(d.ExternalID, "row:") || seen[d.ExternalID] {
			t.Errorf("row %d is called %s", i, d.ExternalID)
		}
		seen[d.ExternalID] = true
	}
	if want := first[0].ExternalID + "-3"; first[3].ExternalID != want {
		t.Errorf("the third A is called %s, want %s", first[3].ExternalID, want)
	}
	if more := drafts(t, "votes,title\n9,B\n", m); more[0].ExternalID != first[1].ExternalID {
		t.Error("a column that is not mapped changes the name")
	}
	shifted := drafts(t, "title,need\nab,c\na,bc\n", Mapping{})
	if shifted[0].ExternalID == shifted[1].ExternalID[:len(shifted[0].ExternalID)] {
		t.Error("a text that moves from one cell to the next keeps the name")
	}
}

func TestNewRefuses(t *testing.T) {
	const file = "Rubrik på förslaget,Behov,Behov\nA,B,C\n"
	title := ColumnMap{Field: "title", Columns: []string{"rubrik på förslaget"}}
	for want, c := range map[string]ColumnMap{
		`ideas.csv, line 1: there is no column "Rubrik"`:     {Field: "need", Columns: []string{"Rubrik"}},
		`ideas.csv, line 1: two columns are called "Behov"`:  {Field: "need", Columns: []string{"Behov"}},
		`there is no field "ned"`:                            {Field: "ned", Value: "x"},
		`nothing fills the field need`:                       {Field: "need"},
		`the field title is mapped twice`:                    title,
		`"klingon" is no kind`:                               {Field: "kind", Value: "klingon"},
		`"limbo" is no stage`:                                {Field: "stage", Columns: []string{"rubrik på förslaget"}, Values: []Exchange{{"x", "limbo"}}},
		`"+x" is not a tag`:                                  {Field: "tags", Value: "+x"},
		`need is no date and has no format`:                  {Field: "need", Value: "x", Format: "2006"},
		`need cannot be split`:                               {Field: "need", Value: "x", Split: ","},
		`"2006-01" does not say how a date is written`:       {Field: "due", Format: "2006-01", Columns: []string{"Behov"}},
		`"yyyy-mm-dd" does not say how a date is written`:    {Field: "due", Format: "yyyy-mm-dd", Columns: []string{"Behov"}},
		`the owner is 501 characters long; the most is 500`:  {Field: "owner", Value: strings.Repeat("x", 501)},
		`ideas.csv: no column gives the title`:               {},
		`the source is 501 characters long; the most is 500`: {Field: "source"},
	} {
		m := Mapping{Columns: []ColumnMap{title, c}}
		switch c.Field {
		case "":
			m.Columns = []ColumnMap{{Field: "note", Value: "x"}}
		case "source":
			m = Mapping{Source: strings.Repeat("x", 501), Columns: m.Columns[:1]}
		}
		_, err := open(t, file, m)
		var e *idea.Error
		if !errors.As(err, &e) || e.Kind != idea.Usage || e.Error() != want || e.Hint.Format == "" {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	_, err := open(t, file, Mapping{Columns: []ColumnMap{{Field: "title", Columns: []string{"Rubrik"}}}})
	var e *idea.Error
	if !errors.As(err, &e) || e.Got != "Rubrik" || len(e.Near) != 3 || e.Hint.String() != "there are: Rubrik på förslaget, Behov, Behov" {
		t.Errorf("got %+v", e)
	}
}

func TestUnused(t *testing.T) {
	r, err := open(t, "title,votes,Behov,\nA,1,2,3\n", Mapping{})
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Unused(); !reflect.DeepEqual(got, []string{"votes", ""}) {
		t.Errorf("got %q", got)
	}
}

func TestReadNamesThePlaceOfABrokenQuote(t *testing.T) {
	r, err := open(t, "title,need\nA,B\nC,\"D\n", Mapping{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Read(); err != nil {
		t.Fatal(err)
	}
	_, err = r.Read()
	const want = "ideas.csv, line 3, column 3: a quote opens here and never closes"
	var cause *sheet.Error
	if idea.KindOf(err) != idea.Usage || err.Error() != want || !errors.As(err, &cause) {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestExplain(t *testing.T) {
	for want, err := range map[string]error{
		"a.csv: x 1":                   &sheet.Error{Format: "x %d", Args: []any{1}},
		"a.csv, line 2: x":             &sheet.Error{Line: 2, Format: "x"},
		"a.csv, line 2, column 3: 5 %": &sheet.Error{Line: 2, Column: 3, Format: "%d %%", Args: []any{5}},
		"disk":                         errors.New("disk"),
	} {
		if got := Explain("a.csv", err); got.Error() != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// FuzzIntake holds that whatever is read without problems is fit to be stored
// as it is.
func FuzzIntake(f *testing.F) {
	f.Add([]byte("number,title,kind,stage,received,tags\n1,A,resident,dialog,2026/01/22T:13:06:40,\"a b,#c\"\n"))
	f.Add([]byte("Rubrik;Behov;Inkommen\r\n'=1+1;\"x\r\n\";24/11/2026\r\n;;\r\nA\r\n"))
	f.Add([]byte("titel|taggar\nE\u0301\u2003\u00a0x|\u212b\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		rows, err := sheet.NewReader(strings.NewReader(string(text)), sheet.ReadOptions{})
		if err != nil {
			return
		}
		r, err := New(rows, Default(rows.Header()), "fuzz.csv", Options{})
		if err != nil {
			return
		}
		for {
			record, err := r.Read()
			if err != nil {
				return
			}
			if len(record.Problems) > 0 {
				continue
			}
			clean, err := record.Draft.Clean()
			if err != nil {
				t.Fatalf("line %d has no problems, yet: %v", record.Line, err)
			}
			if record.Draft.Sections == nil {
				clean.Sections = nil
			}
			if !reflect.DeepEqual(clean, record.Draft) {
				t.Fatalf("cleaning makes\n%+v of\n%+v", clean, record.Draft)
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	const rows = 100_000
	var text strings.Builder
	text.WriteString("number,title,need,kind,stage,unit,received,tags\n")
	for i := range rows {
		fmt.Fprintf(&text, "%d,Bänkar i parken vid sjön,Det finns för få platser att vila på,resident,inkommen,Fastighet,2026-01-%02d,\"park,äldre\"\n", i, i%28+1)
	}
	for _, c := range []struct {
		name string
		maps []string
	}{
		{"title", []string{"title=title", "external_id=number"}},
		{"all", []string{"title=title", "external_id=number", "need=need", "kind=kind", "stage=stage", "unit=unit", "received=received", "tags=tags"}},
		{"hashed", []string{"title=title", "need=need"}},
	} {
		m := flags(b, c.maps, nil, nil, nil)
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r, err := open(b, text.String(), m)
				if err != nil {
					b.Fatal(err)
				}
				n := 0
				for {
					record, err := r.Read()
					if err == io.EOF {
						break
					}
					if err != nil || len(record.Problems) > 0 {
						b.Fatal(err, record.Problems)
					}
					n++
				}
				if n != rows {
					b.Fatal(n)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*rows), "ns/row")
		})
	}
}

func TestTidyIsClean(t *testing.T) {
	nasty := rapid.StringOf(rapid.OneOf(rapid.RuneFrom([]rune("ab  \t\n\u00a0\u2003\u0301\u0308\u212bé\x00")), rapid.Rune()))
	rapid.Check(t, func(t *rapid.T) {
		s := strings.TrimSpace(nasty.Draw(t, "line"))
		if clean, err := idea.CleanLine("the line", s); tidy(s) && (err != nil || clean != s) {
			t.Fatalf("%q is cleaned to %q, %v", s, clean, err)
		}
	})
}
