package term

import (
	"slices"
	"strings"
	"testing"
)

func TestWidth(t *testing.T) {
	for s, want := range map[string]int{
		"": 0, "idé": 3, "ide\u0301": 3, "日本": 4, "👨‍👩‍👧": 2, "🇸🇪": 2, "‹ESC›": 5,
	} {
		if got := Width(s); got != want {
			t.Errorf("Width(%q) = %d, want %d", s, got, want)
		}
	}
}

func TestCut(t *testing.T) {
	tests := []struct {
		in    string
		cells int
		want  string
	}{
		{"Återbruk", 8, "Återbruk"},
		{"Återbruk", 7, "Återbr…"},
		{"Ny idé om", 7, "Ny idé…"},
		{"Återbruk", 1, "…"},
		{"Återbruk", 0, ""},
		{"å", 1, "å"},
		{"", 0, ""},
		{"ide\u0301er", 4, "ide\u0301…"},
		{"日本語", 4, "日…"},
		{"日本語", 5, "日本…"},
		{"👨‍👩‍👧👨‍👩‍👧", 3, "👨‍👩‍👧…"},
		{"👨‍👩‍👧👨‍👩‍👧", 2, "…"},
		{"🇸🇪🇳🇴", 4, "🇸🇪🇳🇴"},
		{"🇸🇪🇳🇴", 3, "🇸🇪…"},
	}
	for _, test := range tests {
		if got := Cut(test.in, test.cells); got != test.want {
			t.Errorf("Cut(%q, %d) = %q, want %q", test.in, test.cells, got, test.want)
		}
	}
}

func TestWrap(t *testing.T) {
	tests := []struct {
		in    string
		cells int
		want  []string
	}{
		{"en liten idé om skolan", 11, []string{"en liten", "idé om", "skolan"}},
		{"en liten\n\nidé", 20, []string{"en liten", "", "idé"}},
		{"återvinningscentral", 8, []string{"återvinn", "ingscent", "ral"}},
		{"på återvinningen", 8, []string{"på", "återvinn", "ingen"}},
		{"  - punkt ett", 9, []string{"  - punkt", "ett"}},
		{"en liten idé", 0, []string{"en liten idé"}},
		{"日本語", 1, []string{"日", "本", "語"}},
		{strings.Repeat(" ", 30), 10, []string{""}},
		{"", 10, []string{""}},
	}
	for _, test := range tests {
		if got := Wrap(test.in, test.cells); !slices.Equal(got, test.want) {
			t.Errorf("Wrap(%q, %d) = %q, want %q", test.in, test.cells, got, test.want)
		}
	}
}

func TestWrapOfAHugeWordIsQuick(t *testing.T) {
	word := strings.Repeat("å", 1<<19)
	if got := len(Wrap(word, 64)); got != len(word)/2/64 {
		t.Errorf("got %d lines", got)
	}
}
