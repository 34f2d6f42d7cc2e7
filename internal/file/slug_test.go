package file

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestSlug(t *testing.T) {
	for _, c := range []struct {
		title string
		most  int
		want  string
	}{
		{"Bänkar i Slottsparken åt äldre", 60, "bankar-i-slottsparken-at-aldre"},
		{"Smørrebrød, café & Łódź", 60, "smorrebrod-cafe-lodz"},
		{"../../etc/passwd", 60, "etc-passwd"},
		{"--help", 60, "help"},
		{".bashrc", 60, "bashrc"},
		{"CON", 60, "x-con"},
		{"con", 3, "x-c"},
		{"Com1", 60, "x-com1"},
		{"COM¹", 60, "x-com1"},
		{"Command", 60, "command"},
		{"コンビニ 日本", 60, "untitled"},
		{"", 60, "untitled"},
		{"en lång titel", 8, "en-lang"},
		{strings.Repeat("å", 300), 40, strings.Repeat("a", 40)},
		{"e\u0301te\u0301", 60, "ete"},
		{"x", 0, "x"},
	} {
		if got := Slug(c.title, c.most); got != c.want {
			t.Errorf("Slug(%q, %d) = %q, want %q", c.title, c.most, got, c.want)
		}
	}
}

func TestSlugIsAlwaysFit(t *testing.T) {
	fit := regexp.MustCompile(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?$`)
	rapid.Check(t, func(t *rapid.T) {
		most := rapid.IntRange(1, 80).Draw(t, "most")
		got := Slug(rapid.String().Draw(t, "title"), most)
		if !fit.MatchString(got) || len(got) > most || reserved(got) {
			t.Fatalf("got %q", got)
		}
	})
}
