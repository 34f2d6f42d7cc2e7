// Package alike tells how far two texts in Swedish or English speak of the same
// thing, and with which words. It knows no database.
package alike

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kljensen/snowball/english"
	"github.com/kljensen/snowball/swedish"
	"golang.org/x/text/unicode/norm"
)

// minStem is the shortest that a stem may become, in characters.
const minStem = 3

const vowels = "aeiouyåäöé"

// Word is a word of a text with what it is compared by.
type Word struct {
	Text    string // as it stands there, in lower case
	swedish string // its stem if it is Swedish
	english string // its stem if it is English; not in a body
}

// Words gives the words of a text that say what it is about, each once: not
// those that every text has, and no numbers.
func Words(text string) []Word {
	words := body(text)
	for k, w := range words {
		words[k].english = english.Stem(w.Text, false)
	}
	return words
}

// body is the words of a text that are compared by their Swedish stems only:
// stemming is what takes the time.
func body(text string) []Word {
	var out []Word
	seen := map[string]bool{}
	for _, word := range strings.FieldsFunc(strings.ToLower(norm.NFC.String(text)), apart) {
		word = strings.Trim(word, "-'’")
		if seen[word] || !telling(word) {
			continue
		}
		seen[word] = true
		out = append(out, Word{Text: word, swedish: swedishStem(word)})
	}
	return out
}

func apart(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) }

func telling(word string) bool {
	return utf8.RuneCountInString(word) >= minStem && strings.ContainsFunc(word, unicode.IsLetter) &&
		!swedish.IsStopWord(word) && !english.IsStopWord(word) && !commonplace(word)
}

// commonplace lists words that many titles of ideas have and that the lists of
// the stemmers leave in.
func commonplace(word string) bool {
	switch word {
	case "fler", "flera", "mer", "bättre", "bra", "nya", "nytt", "ska", "kunna", "vill", "finns", "göra", "gör", "få", "får",
		"samt", "också", "även", "idé", "idén", "idéer", "förslag", "förslaget",
		"more", "better", "new", "should", "could", "would", "need", "needs", "want", "idea", "ideas", "proposal":
		return true
	}
	return false
}

// swedishStem is the stem of a Swedish word. The stemmer of Snowball takes some
// definite forms for words of their own (skolan, cykeln, idén, återbruket);
// these come together here with the others.
func swedishStem(word string) string {
	stem := swedish.Stem(word, false)
	for {
		bare := indefinite(stem)
		if bare == stem {
			return syncope(stem)
		}
		shorter := swedish.Stem(bare, false)
		if utf8.RuneCountInString(shorter) < minStem {
			return syncope(stem)
		}
		stem = shorter
	}
}

// indefinite takes the article off the end of a noun.
func indefinite(word string) string {
	rest, length := "", utf8.RuneCountInString(word)
	switch {
	case length > 4 && hasSuffix(word, "an", "eln", "ern", "én"):
		rest = word[:len(word)-1]
	case length > 4 && hasSuffix(word, "et"):
		rest = strings.TrimSuffix(word, "et")
		if hasSuffix(rest, "ttn", "ckn") {
			rest = rest[:len(rest)-1]
		}
	}
	if strings.ContainsAny(rest, vowels) {
		return rest
	}
	return word
}

// syncope leaves the e out that cyklar has lost from cykel.
func syncope(stem string) string {
	rest, ok := strings.CutSuffix(stem, "el")
	last, _ := utf8.DecodeLastRuneInString(rest)
	if ok && utf8.RuneCountInString(rest) >= minStem && !strings.ContainsRune(vowels, last) {
		return rest + "l"
	}
	return stem
}

func hasSuffix(s string, suffixes ...string) bool {
	for _, suffix := range suffixes {
		if strings.HasSuffix(s, suffix) {
			return true
		}
	}
	return false
}

// Beginnings gives the beginnings of words under which w and its other forms
// stand in an index of words.
func (w Word) Beginnings() []string {
	var out []string
	add := func(s string) {
		if utf8.RuneCountInString(s) < minStem {
			return
		}
		for _, have := range out {
			if strings.HasPrefix(s, have) {
				return
			}
		}
		out = append(slices.DeleteFunc(out, func(have string) bool { return strings.HasPrefix(have, s) }), s)
	}
	add(w.swedish)
	if rest, ok := strings.CutSuffix(w.swedish, "l"); ok && syncope(rest+"el") == w.swedish {
		add(rest + "el")
	}
	if stem := strings.TrimSuffix(w.english, "i"); utf8.RuneCountInString(stem) > minStem {
		add(stem)
	} else {
		add(w.english)
	}
	add(w.Text)
	return out
}

// Parts gives, for each part that w may be a compound of, the forms in which
// that part may stand alone in an index of words: skola and skolan, gård and
// gårdar of skolgård. Most of the parts are no words.
func (w Word) Parts() (out [][]string) {
	stem := []rune(w.swedish)
	for k := minStem + 1; k <= len(stem)-minStem; k++ {
		out = append(out, forms(string(stem[:k])))
	}
	for k := minStem; k < len(stem)-minStem; k++ {
		out = append(out, forms(string(stem[k:])))
	}
	return out
}

// forms is the forms that a noun of a stem may have.
func forms(stem string) []string {
	out := []string{stem}
	for _, ending := range []string{"a", "an", "e", "en", "et", "n", "ar", "arna", "er", "erna", "or", "orna"} {
		out = append(out, stem+ending)
	}
	if rest, ok := strings.CutSuffix(stem, "l"); ok && syncope(rest+"el") == stem {
		out = append(out, rest+"el", rest+"eln")
	}
	return out
}
