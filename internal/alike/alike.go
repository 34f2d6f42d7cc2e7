package alike

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Text is what an idea says: its title, and the rest.
type Text struct {
	Title []Word
	Body  []Word
}

// Read makes a Text.
func Read(title, rest string) Text { return Text{Words(title), body(rest)} }

// What is alike counts less where it does not stand in both titles.
const (
	inBody   = 0.5  // a word of one title in the body of the other
	ofBodies = 0.25 // what the bodies have in common, of all
)

// How much two words have in common that are not forms of one word.
const (
	compound = 0.6  // skola and skolgård, gård and skolgård
	spelling = 0.8  // of the share of trigrams that they have in common
	least    = 0.45 // what is less is chance
)

// longest is the length of a stem from which a word weighs no more.
const longest = 10

// Compare tells how far b is like a, from 0 to 1, and which words of b are those
// of a title that they share, the weightiest first.
func Compare(a, b Text) (float64, []string) {
	stemsA, stemsB := stems(a), stems(b)
	var found []match
	forth, all := share(a.Title, b.Title, stemsB, &found)
	back, more := share(b.Title, a.Title, stemsA, nil)
	if all == 0 || more == 0 {
		return 0, nil
	}
	score := (forth + back) / (all + more)
	if len(a.Body) > 0 && len(b.Body) > 0 {
		score = (1-ofBodies)*score + ofBodies*overlap(a.Body, b.Body, stemsB)
	}
	return score, words(found)
}

// match is a word that is shared, and what it brings.
type match struct {
	word  string
	gives float64
}

// share weighs the words of a title that another text has, and all of them.
func share(title, other []Word, body map[string]string, found *[]match) (has, all float64) {
	for _, w := range title {
		weight := w.weight()
		all += weight
		best, word := 0.0, ""
		for _, o := range other {
			if common := w.common(o); common > best {
				best, word = common, o.Text
			}
		}
		if text, ok := body[w.swedish]; ok && best < inBody {
			best, word = inBody, text
		}
		has += weight * best
		if best > 0 && found != nil {
			*found = append(*found, match{word, weight * best})
		}
	}
	return has, all
}

// overlap is the share of the smaller body that the other has too.
func overlap(a, b []Word, stemsB map[string]string) float64 {
	both := 0
	for _, w := range a {
		if _, ok := stemsB[w.swedish]; ok {
			both++
		}
	}
	return min(1, float64(both)/float64(min(len(a), len(b))))
}

// stems is the stems of a text with a word of each.
func stems(t Text) map[string]string {
	out := map[string]string{}
	for _, words := range [][]Word{t.Body, t.Title} {
		for _, w := range words {
			out[w.swedish] = w.Text
		}
	}
	return out
}

func words(found []match) []string {
	slices.SortStableFunc(found, func(a, b match) int { return cmp.Compare(b.gives, a.gives) })
	var out []string
	for _, m := range found {
		if !slices.Contains(out, m.word) {
			out = append(out, m.word)
		}
	}
	return out
}

// weight is more for a long word, which says more.
func (w Word) weight() float64 { return float64(min(utf8.RuneCountInString(w.swedish), longest)) }

// common tells how far two words are one, from 0 to 1.
func (w Word) common(o Word) float64 {
	switch {
	case w.swedish == o.swedish, w.english == o.english:
		return 1
	case within(w.swedish, o.swedish), within(o.swedish, w.swedish):
		return compound
	}
	if common := spelling * trigrams(w.swedish, o.swedish); common >= least {
		return common
	}
	return 0
}

// within tells whether a compound begins or ends with a word.
func within(word, whole string) bool {
	return utf8.RuneCountInString(word) > minStem && (strings.HasPrefix(whole, word) || strings.HasSuffix(whole, word))
}

// trigrams is the share of groups of three letters that two words have in
// common (Dice): both ends of a word count as letters.
func trigrams(a, b string) float64 {
	of := grams(a)
	n, all, both := len(of), grams(b), 0
	for _, g := range all {
		if k := slices.Index(of, g); k >= 0 {
			both++
			of = slices.Delete(of, k, k+1)
		}
	}
	return 2 * float64(both) / float64(n+len(all))
}

func grams(word string) [][3]rune {
	runes := append(append([]rune{' '}, []rune(word)...), ' ')
	out := make([][3]rune, 0, len(runes))
	for i := 0; i+3 <= len(runes); i++ {
		out = append(out, [3]rune(runes[i:i+3]))
	}
	return out
}
