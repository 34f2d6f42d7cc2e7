package alike_test

import (
	"slices"
	"testing"

	"sluss/internal/alike"
)

// TestFormsOfAWord compares titles of one word: forms of one word are one, a
// compound is near its parts, and other words are nothing.
func TestFormsOfAWord(t *testing.T) {
	for _, c := range []struct {
		a, b        string
		least, most float64
	}{
		{"skola", "skolan", 1, 1},
		{"skola", "skolor", 1, 1},
		{"skola", "skolornas", 1, 1},
		{"skola", "skolgård", 0.5, 0.7},
		{"skolan", "skolgårdarna", 0.5, 0.7},
		{"gården", "skolgård", 0.5, 0.7},
		{"förskola", "skolan", 0.5, 0.7},
		{"cykel", "cyklar", 1, 1},
		{"cykeln", "cyklarna", 1, 1},
		{"cykel", "lånecyklar", 0.5, 0.7},
		{"möbel", "möbler", 1, 1},
		{"elsparkcykel", "elsparkcyklar", 1, 1},
		{"flicka", "flickan", 1, 1},
		{"ärende", "ärendet", 1, 1},
		{"möte", "mötet", 1, 1},
		{"vatten", "vattnet", 1, 1},
		{"tecken", "tecknet", 1, 1},
		{"barn", "barnet", 1, 1},
		{"kafé", "kaféer", 1, 1},
		{"kafé", "kafén", 1, 1},
		{"återbruk", "återbruket", 1, 1},
		{"återbruk", "återbruka", 1, 1},
		{"återbruk", "återbruksbutik", 0.5, 0.7},
		{"ÅTERBRUK", "a\u030aterbruk", 1, 1},
		{"stadsplan", "stadsplaner", 1, 1},
		{"laddstolpe", "laddstolparna", 1, 1},
		{"bibliotek", "biblotek", 0.4, 0.8},
		{"city", "cities", 1, 1},
		{"bikes", "biking", 1, 1},
		{"playground", "playgrounds", 1, 1},
		{"skola", "skog", 0, 0},
		{"skola", "sol", 0, 0},
		{"bänk", "bank", 0, 0},
		{"återbruk", "återkoppling", 0, 0},
		{"parkering", "lekplats", 0, 0},
		{"cykel", "cirkel", 0, 0},
		{"vård", "värd", 0, 0},
	} {
		for range 2 {
			score, _ := alike.Compare(alike.Read(c.a, ""), alike.Read(c.b, ""))
			if score < c.least || score > c.most {
				t.Errorf("%s and %s are alike by %.2f, want %.2f to %.2f", c.a, c.b, score, c.least, c.most)
			}
			c.a, c.b = c.b, c.a
		}
	}
}

// TestBest looks which of several ideas is most like one, and with which words.
func TestBest(t *testing.T) {
	ideas := []string{"Lånecyklar vid stationen", "Grönare skolgårdar", "Återbruksbutik för möbler", "Laddstolpar på skolans parkering",
		"Digital anslagstavla på biblioteket", "Samåkning till jobbet", "Bänkar i parken", "Bike racks at the station"}
	for _, c := range []struct {
		title  string
		best   string
		shared []string
	}{
		{"Cykel att låna på station", "Lånecyklar vid stationen", []string{"stationen", "lånecyklar"}},
		{"Plantera träd på skolgården", "Grönare skolgårdar", []string{"skolgårdar"}},
		{"Idé om återbruk av möbel", "Återbruksbutik för möbler", []string{"återbruksbutik", "möbler"}},
		{"Ladda elbilen: laddstolpe vid skola", "Laddstolpar på skolans parkering", []string{"laddstolpar", "skolans"}},
		{"Racks for bikes", "Bike racks at the station", []string{"racks", "bike"}},
		{"Fler bänkar i parker", "Bänkar i parken", []string{"bänkar", "parken"}},
		{"Sommarsimskola", "", nil},
		{"En idé om något nytt", "", nil},
	} {
		best, shared, most := "", []string(nil), 0.3
		for _, title := range ideas {
			if score, words := alike.Compare(alike.Read(c.title, ""), alike.Read(title, "")); score > most {
				best, shared, most = title, words, score
			}
		}
		if best != c.best || !slices.Equal(shared, c.shared) {
			t.Errorf("%q is most like %q by %q (%.2f), want %q by %q", c.title, best, shared, most, c.best, c.shared)
		}
	}
}

// TestBody looks at what the rest of the texts adds.
func TestBody(t *testing.T) {
	same := func(title, body string) float64 {
		score, _ := alike.Compare(alike.Read("Solceller på taken", "Skolornas tak ligger öde, och elen är dyr."), alike.Read(title, body))
		return score
	}
	all, some, title := same("Solceller på taken", "Skolans tak ligger öde och el är dyrt."), same("Billigare el", "Solceller på taken till våra skolor."), same("Billigare värme", "")
	if all < 0.9 || some < 0.2 || some > 0.6 || title != 0 {
		t.Errorf("%.2f, %.2f, %.2f", all, some, title)
	}
}

func TestBeginnings(t *testing.T) {
	for text, want := range map[string][]string{
		"skolan": {"skol"}, "cykeln": {"cykl", "cykel"}, "cyklar": {"cykl", "cykel"}, "idealet": {"ideal"}, "kafén": {"kafé"},
		"biking": {"biking", "bike"}, "vattnet": {"vatt"}, "återbruket": {"återbruk"}, "cities": {"citi"}, "communities": {"communit"},
	} {
		words := alike.Words(text)
		if len(words) != 1 || !slices.Equal(words[0].Beginnings(), want) {
			t.Errorf("%s begins as %q, want %q", text, words[0].Beginnings(), want)
		}
	}
}

func TestParts(t *testing.T) {
	for text, want := range map[string][]string{"skolgård": {"skolan", "gårdar"}, "lånecyklarna": {"cykel", "cyklar"}, "förskolan": {"skola"}, "skola": nil} {
		var parts []string
		for _, forms := range alike.Words(text)[0].Parts() {
			parts = append(parts, forms...)
		}
		if want == nil && parts != nil {
			t.Errorf("%s has the parts %q", text, parts)
		}
		for _, part := range want {
			if !slices.Contains(parts, part) {
				t.Errorf("%s has the parts %q, not %s", text, parts, part)
			}
		}
	}
}
