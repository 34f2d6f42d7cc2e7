package lang

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Fold is the form of s in which names are compared: case and the way in which
// letters are composed make no difference, but å, ä and ö are not a and o.
func Fold(s string) string {
	return norm.NFC.String(cases.Fold().String(norm.NFC.String(s)))
}

// Nearest picks those of among that word was probably meant to be, at most so
// many and the best first: the same but for case, then longer words that begin
// with it, then misspellings; none twice. It is empty if nothing is near.
func Nearest(word string, among []string, most int) []string {
	type candidate struct {
		text string
		far  int
	}
	folded := Fold(word)
	var near []candidate
	for _, text := range among {
		if far, ok := distance(folded, Fold(text)); ok {
			near = append(near, candidate{text, far})
		}
	}
	slices.SortStableFunc(near, func(a, b candidate) int { return cmp.Compare(a.far, b.far) })
	var texts []string
	for _, c := range near {
		if len(texts) < most && !slices.Contains(texts, c.text) {
			texts = append(texts, c.text)
		}
	}
	return texts
}

// distance says how far what was typed is from a word, and whether that is
// near enough: one edit in a short word, three in a long one. Two letters in
// each other's place are one edit.
func distance(typed, word string) (int, bool) {
	n, m := utf8.RuneCountInString(typed), utf8.RuneCountInString(word)
	allowed := min(max(1, n/3), 3)
	switch {
	case n == 0:
		return 0, false
	case strings.HasPrefix(word, typed):
		return min(m-n, 1), true
	case n-m > allowed || m-n > allowed:
		return 0, false
	}
	far := levenshtein.ComputeDistance(typed, word)
	if swapped(typed, word) {
		far = 1
	}
	return far + 1, far <= allowed && far < max(n, m)
}

// swapped tells whether two words differ in the order of two neighbours only.
func swapped(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) != len(y) {
		return false
	}
	at := 0
	for at < len(x) && x[at] == y[at] {
		at++
	}
	return at+1 < len(x) && x[at] == y[at+1] && x[at+1] == y[at] && slices.Equal(x[at+2:], y[at+2:])
}
