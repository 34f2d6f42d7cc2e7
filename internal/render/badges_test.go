package render

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"sluss/internal/term"
)

// nodes is the elements of a page, with the text of those that have any.
func nodes(t *testing.T, page string) (names []string, cards [][]string, sheets []int) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		names = append(names, n.Data)
		switch n.Data {
		case "ul":
			sheets = append(sheets, 0)
		case "li":
			sheets[len(sheets)-1]++
			cards = append(cards, nil)
		case "p":
			text := ""
			if n.FirstChild != nil {
				text = n.FirstChild.Data
			}
			cards[len(cards)-1] = append(cards[len(cards)-1], text)
		}
	}
	return names, cards, sheets
}

func TestBadges(t *testing.T) {
	b := Badges{Title: "Namnskyltar: M", Footer: "M", Lang: "sv"}
	for k := range 23 {
		b.Cards = append(b.Cards, Badge{Name: fmt.Sprint("Åsa ", k), Organisation: "Lund"})
	}
	b.Cards[3].Organisation = ""
	var out strings.Builder
	if err := WriteBadges(&out, b); err != nil {
		t.Fatal(err)
	}
	_, cards, sheets := nodes(t, out.String())
	if !slices.Equal(sheets, []int{10, 10, 3}) {
		t.Errorf("the sheets hold %v cards", sheets)
	}
	if !slices.Equal(cards[22], []string{"Åsa 22", "Lund", "M"}) || !slices.Equal(cards[3], []string{"Åsa 3", "M"}) {
		t.Errorf("cards: %q, %q", cards[22], cards[3])
	}
	for name, size := range map[string]string{"Åsa Öberg": "large", strings.Repeat("å", 29): "middle", strings.Repeat("å", 61): "small"} {
		if got := badgeSize(name); got != size {
			t.Errorf("%q is written %s", name, got)
		}
	}
}

// TestBadgesRunNothing tells that no name becomes anything but text.
func TestBadgesRunNothing(t *testing.T) {
	var plain strings.Builder
	if err := WriteBadges(&plain, Badges{Title: "x", Footer: "x", Cards: []Badge{{"x", "x"}}}); err != nil {
		t.Fatal(err)
	}
	want, _, _ := nodes(t, plain.String())
	for _, bad := range append(hostile(), "=1+1", "]]>", "{{.}}") {
		var out strings.Builder
		if err := WriteBadges(&out, Badges{Title: bad, Footer: bad, Lang: "sv", Cards: []Badge{{bad, bad}}}); err != nil {
			t.Fatal(err)
		}
		got, cards, _ := nodes(t, out.String())
		if !slices.Equal(got, want) {
			t.Errorf("%q makes %v", bad, got)
		}
		if shown := term.Safe(bad); cards[0][0] != shown && strings.TrimSpace(shown) != "" {
			t.Errorf("%q is shown as %q", bad, cards[0][0])
		}
	}
}
