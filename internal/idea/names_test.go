package idea_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sluss/internal/idea"
)

func giver(name, email, phone string) idea.Person {
	return idea.Person{Of: idea.AGiver, ID: 3, Name: name, Email: email, Phone: phone}
}

func near(name string) idea.Person {
	p := giver(name, "", "")
	p.Near = true
	return p
}

// found is the places of a text that nobody agreed to, as they stand there.
func found(text string, people ...idea.Person) string {
	return foundBeside(text, nil, people...)
}

func foundBeside(text string, things []string, people ...idea.Person) string {
	var out []string
	for _, p := range idea.NewFinder(people, things).Exposed(text) {
		out = append(out, text[p.From:p.To])
	}
	return strings.Join(out, " | ")
}

func TestFullNames(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"Åsa Lind", "Åsa Lind hittade på det.", "Åsa Lind"},
		{"Åsa Lind", "Idén kom från åsa lind.", "åsa lind"},
		{"Åsa Lind", "ÅSA LIND", "ÅSA LIND"},
		{"Åsa Lind", "Åsa Linds idé", "Åsa Linds"},
		{"Åsa Lind", "Lind, Åsa", "Lind, Åsa"},
		{"Åsa Lind", "Lind Åsa", "Lind Åsa"},
		{"Lind, Åsa", "Åsa Lind", "Åsa Lind"},
		{"Åsa Lind, rektor", "Åsa Lind", "Åsa Lind"},
		{"Åsa Lind (Skola)", "Åsa Lind", "Åsa Lind"},
		{"Åsa Lind", "**Åsa** _Lind_", "Åsa** _Lind"},
		{"Åsa Lind", "[Åsa\nLind](x)", "Åsa\nLind"},
		{"Åsa Lind", "Åsa Maria Lind", "Åsa Maria Lind"},
		{"Åsa Lind", "Åsa M. Lind", "Åsa M. Lind"},
		{"Åsa Maria Lind", "Åsa Lind", "Åsa Lind"},
		{"Åsa Lind", "Asa Lind", "Asa Lind"},
		{"Åsa Lind", "A\u030asa Lind", "A\u030asa Lind"},
		{"Åsa Lind", "Å\u00adsa\u200b \u202eLind", "Å\u00adsa\u200b \u202eLind"},
		{"Anna-Karin Öberg-Lind", "anna karin öberg lind", "anna karin öberg lind"},
		{"Anna Karin Öberg", "Anna-Karin Öberg", "Anna-Karin Öberg"},
		{"Carl von Linné", "Carl von Linné", "Carl von Linné"},
		{"Carl von Linné", "Carl Linnés blommor", "Carl Linnés"},
		{"Lars Ek", "Lars Eks cykel", "Lars Eks"},
		{"Lars Moss", "Lars Moss", "Lars Moss"},
		{"Åsa Lind", "Åsa&nbsp;Lind, Åsa <b>Lind</b>, asa%20lind", "Åsa&nbsp;Lind | Åsa <b>Lind | asa%20lind"},
		{"Åsa Lind", "Åsa &amp; <Lind>", ""},
		{"Åsa Lind", "Tack till Å. Lind!", "Å. Lind"},
		{"Åsa Lind", "Å Linds idé", "Å Linds"},
		{"Åsa Lind", "A.Lind", "A.Lind"},
		{"Åsa Lind", "å lind, O. Lind, Å. lind", ""},
		{"Åsa Lind", "Åsa Lindgren", ""},
		{"Åsa Lind", "Åsa, Lind och ek", ""},
		{"Åsa Lind", "Åsa. Lind växer här.", ""},
		{"Åsa Lind", "Åsa\n\nLind", ""},
		{"Åsa Lind", "Åsa och Per Lind", ""},
		{"Åsa Lind", "Åsa", ""},
		{"Maja Berg", "I Bergs kommun kör Maja.", ""},
		{"Berg", "Berg och dal", ""},
		{"Solkraft", "Solkraft", ""},
		{"", "Åsa Lind", ""},
		{"Åsa Lind", "", ""},
		{"?", "?", ""},
	}
	for _, tt := range tests {
		if got := found(tt.text, giver(tt.name, "", "")); got != tt.want {
			t.Errorf("%q in %q: found %q, want %q", tt.name, tt.text, got, tt.want)
		}
	}
}

func TestPartsOfNamesOfThoseWhoAreNear(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"Åsa Lind", "Det säger Åsa.", "Åsa"},
		{"Åsa Lind", "Åsas idé", "Åsas"},
		{"Åsa Lind", "Det var Lind som såg det.", "Lind"},
		{"Åsa Lind", "Det var linds lindar.", ""},
		{"Åsa Lind", "Lind är ett träd.", ""},
		{"Åsa Lind", "- Lind\n- Ek", ""},
		{"Åsa Lindahl", "Lindahl berättar.", "Lindahl"},
		{"Maja Berg", "I Bergs kommun", ""},
		{"Maja Berg", "Vi var i Berg.", ""},
		{"Maja Berg", "Brevet från Berg", "Berg"},
		{"Maja Berg", "Maja berättar", "Maja"},
		{"Maja Berg", "en maja", ""},
		{"Per Ek", "Per år sparas tid.", ""},
		{"Per Ek", "Det var Per.", "Per"},
		{"Per Ek", "Det var Ek.", ""},
		{"Anna-Karin Öberg", "Då sa Anna-Karin", "Anna-Karin"},
		{"Anna-Karin Öberg", "Då sa Anna", ""},
		{"Eva Öberg-Dahlin", "Då sa Dahlin", "Dahlin"},
		{"Solkraft", "Solkraft AB", "Solkraft"},
		{"Åsa Lind", "Asa", ""},
	}
	for _, tt := range tests {
		if got := found(tt.text, near(tt.name)); got != tt.want {
			t.Errorf("%q in %q: found %q, want %q", tt.name, tt.text, got, tt.want)
		}
	}
	if got := foundBeside("På Bergs friskola och Solgården", []string{"Bergs friskola", "Solgården"}, near("Maja Berg"), near("Solgården")); got != "" {
		t.Errorf("found %q in the names of units", got)
	}
}

func TestAddressesAndNumbers(t *testing.T) {
	p := giver("Åsa Lind", "asa.lind@example.se", "042-10 50 00")
	tests := []struct{ text, want string }{
		{"Skriv till Asa.Lind@Example.SE.", "Asa.Lind@Example.SE"},
		{"[mejl](mailto:asa.lind%40example.se)", "asa.lind%40example.se"},
		{"asa.lind (at) example.se", "asa.lind (at) example.se"},
		{"fasa.lind@example.se", ""},
		{"asa.lind@example.se.org", ""},
		{"ring 042-10 50 00 i dag", "042-10 50 00"},
		{"ring 042105000", "042105000"},
		{"ring 042/1050 00", "042/1050 00"},
		{"ring +46 42 10 50 00", "46 42 10 50 00"},
		{"ring +46 (0)42-10 50 00", "46 (0)42-10 50 00"},
		{"ring 0046-42-105000", "0046-42-105000"},
		{"042\u201310\u00a050\u00a000", "042\u201310\u00a050\u00a000"},
		{"år 2026 042-10 50 00", "042-10 50 00"},
		{"042-10 50 01", ""},
		{"1042-10 50 00", ""},
		{"10 50", ""},
	}
	for _, tt := range tests {
		if got := found(tt.text, p); got != tt.want {
			t.Errorf("%q: found %q, want %q", tt.text, got, tt.want)
		}
	}
	if got := found("042-10 50 00", giver("", "", "+46 42 105000 (växel)")); got != "042-10 50 00" {
		t.Errorf("a number with its country: found %q", got)
	}
	if got := found("2026-11-24, 12", giver("", "", "12")); got != "" {
		t.Errorf("too short a number: found %q", got)
	}
}

func TestNamesInTestsAndDecisions(t *testing.T) {
	who := idea.Person{Of: idea.ATest, ID: 14, Name: "Sara Lund, Per Ek och rektorsgruppen; Enheten för stöd"}
	for text, want := range map[string]string{
		"Sara Lund mätte": "Sara Lund", "per ek": "per ek", "Rektorsgruppen beslöt": "", "Enheten för stöd": "",
	} {
		if got := found(text, who); got != want {
			t.Errorf("%q: found %q, want %q", text, got, want)
		}
	}
}

func TestWhoAgreesIsNotExposed(t *testing.T) {
	agreed := near("Åsa Lind")
	agreed.Named, agreed.Email, agreed.Phone = true, "asa@example.se", "042-105000"
	other := near("Åsa Berg")
	other.ID = 4
	tests := []struct{ text, want string }{
		{"Åsa Lind hittade på det, sa Åsa.", ""},
		{"Åsa Berg sa något.", "Åsa Berg"},
		{"asa@example.se, 042-105000", "asa@example.se | 042-105000"},
	}
	for _, tt := range tests {
		if got := found(tt.text, agreed, other); got != tt.want {
			t.Errorf("%q: found %q, want %q", tt.text, got, tt.want)
		}
	}
	if got := idea.NewFinder([]idea.Person{agreed, other}, nil).NamedIn("Åsa Lind och Åsa Berg"); len(got) != 1 || got[0] != 3 {
		t.Errorf("named: %v", got)
	}
	official := idea.Person{Of: idea.AContact, ID: 1, Name: "Åsa Berg", Email: "berg@example.se", Named: true, Reach: true}
	if got := found("Åsa Berg, berg@example.se", official, other); got != "" {
		t.Errorf("one person on record twice: found %q", got)
	}
}

func TestRuler(t *testing.T) {
	text := "# Ö\nÅ på Åsa Ek\n\nbo"
	ruler := idea.NewRuler(text)
	for _, tt := range []struct {
		part         string
		line, column int
	}{{"#", 1, 1}, {"Ö", 1, 3}, {"Åsa", 2, 6}, {"Ek", 2, 10}, {"bo", 4, 1}} {
		if line, column := ruler.At(strings.Index(text, tt.part)); line != tt.line || column != tt.column {
			t.Errorf("%s: line %d, column %d", tt.part, line, column)
		}
	}
}

// TestAFullNameIsFoundAnywhere puts a name between any words.
func TestAFullNameIsFoundAnywhere(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		name := rapid.SampledFrom([]string{"Åsa Lind", "Anna-Karin Öberg", "Per Ek", "Bo af Ström"}).Draw(r, "name")
		written := rapid.SampledFrom([]string{name, strings.ToUpper(name), strings.ToLower(name), name + "s"}).Draw(r, "written")
		before := rapid.SampledFrom([]string{"", "\n", "- ", "och ", "«", "(", "1. ", "\u202e", "x: "}).Draw(r, "before")
		after := rapid.SampledFrom([]string{"", ".", "\n\n", ", ", "!", " kommun", "\u200f", "»", ")"}).Draw(r, "after")
		text := before + written + after
		places := idea.NewFinder([]idea.Person{giver(name, "", "")}, nil).Exposed(text)
		if len(places) != 1 || !strings.Contains(text[places[0].From:places[0].To], written) {
			r.Fatalf("%q in %q: %v", name, text, places)
		}
	})
}

// TestAnyTextIsSearched takes texts that nobody would write.
func TestAnyTextIsSearched(t *testing.T) {
	f := idea.NewFinder([]idea.Person{near("Åsa Lind"), giver("Bo Ek", "bo@ek.se", "0701234567")}, []string{"Lind"})
	rapid.Check(t, func(r *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`(Åsa|Lind|Bo|Ek|070|123 45 67|bo@ek.se|[ ,.*\n@+s-])*`)).Draw(r, "text")
		end := 0
		for _, p := range f.Exposed(text) {
			if p.From < end || p.To <= p.From || p.To > len(text) {
				r.Fatalf("places overlap or are empty: %v", p)
			}
			end = p.To
		}
	})
}

func TestLargeTextsAreSearchedFast(t *testing.T) {
	people := make([]idea.Person, 100)
	for k := range people {
		people[k] = giver("Åsa Lind", "asa@example.se", "0701234567")
	}
	text := strings.Repeat("åsa ", 25_000) + strings.Repeat("0 7 0 1 ", 10_000) + strings.Repeat("a@", 10_000)
	if got := found(text, people...); got != "" {
		t.Errorf("found %q", got[:40])
	}
}
