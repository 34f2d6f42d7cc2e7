package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// dateWords gives the words of dates that mean the same, in both languages,
// after the text that stands for them in the pattern of a form.
var dateWords = [...][2]string{
	{"today", "today idag"},
	{"yesterday", "yesterday igår"},
	{"tomorrow", "tomorrow imorgon"},
	{"this", "this denna detta"},
	{"next", "next nästa"},
	{"last", "last förra"},
	{"senaste", "senaste"},
	{"this unit:6", "iår"},
	{"last unit:6", "ifjol"},
	{"in", "in om"},
	{"ago", "ago sedan"},
	{"för", "för"},
	{"end", "end slutet"},
	{"of", "of av"},
	{"end of unit:2", "eow"},
	{"end of unit:3", "eom"},
	{"end of unit:6", "eoy"},
	{"unit:1", "day days dag dagar dagarna"},
	{"unit:2", "week weeks vecka veckan veckor veckorna"},
	{"unit:3", "month months månad månaden månader månaderna"},
	{"unit:4", "tertial tertialet tertials"},
	{"unit:5", "quarter quarters kvartal kvartalet kvartalen"},
	{"unit:6", "year years år året åren"},
	{"day:1", "monday mon måndag måndagen mån"},
	{"day:2", "tuesday tue tisdag tisdagen tis"},
	{"day:3", "wednesday wed onsdag onsdagen ons"},
	{"day:4", "thursday thu torsdag torsdagen tors tor"},
	{"day:5", "friday fri fredag fredagen fre"},
	{"day:6", "saturday sat lördag lördagen lör"},
	{"day:7", "sunday sun söndag söndagen sön"},
	{"past day:1", "imåndags"},
	{"past day:2", "itisdags"},
	{"past day:3", "ionsdags"},
	{"past day:4", "itorsdags"},
	{"past day:5", "ifredags"},
	{"past day:6", "ilördags"},
	{"past day:7", "isöndags"},
	{"month:1", "january januari jan"},
	{"month:2", "february februari feb"},
	{"month:3", "march mars mar"},
	{"month:4", "april apr"},
	{"month:5", "may maj"},
	{"month:6", "june juni jun"},
	{"month:7", "july juli jul"},
	{"month:8", "august augusti aug"},
	{"month:9", "september sep sept"},
	{"month:10", "october oktober oct okt"},
	{"month:11", "november nov"},
	{"month:12", "december dec"},
}

// canonical is text as the patterns of forms are written: folded, one space
// between words, and one word for each meaning. It is empty for a text with a
// colon, which no date has.
func canonical(text string) string {
	if strings.Contains(text, ":") {
		return ""
	}
	words := splitDate(text)
	for i, w := range words {
		if stem, ok := meaning(w); ok {
			words[i] = stem
		}
	}
	return strings.Join(words, " ")
}

func meaning(word string) (string, bool) {
	for _, row := range dateWords {
		for same := range strings.FieldsSeq(row[1]) {
			if same == word {
				return row[0], true
			}
		}
	}
	return "", false
}

// splitDate is the folded words of a text. A hyphen in a text that begins with
// a letter is a space: next-week. The i of "i dag" belongs to the next word.
func splitDate(text string) []string {
	text = strings.TrimSpace(Fold(text))
	if r, _ := utf8.DecodeRuneInString(text); unicode.IsLetter(r) {
		text = strings.ReplaceAll(text, "-", " ")
	}
	words := strings.Fields(text)
	if len(words) == 2 && words[0] == "i" {
		if _, ok := meaning("i" + words[1]); ok {
			return []string{"i" + words[1]}
		}
	}
	return words
}

// mend lists what text would be with a misspelt word put right.
func mend(text string) []string {
	if len(text) > maxDate {
		return nil
	}
	var legal []string
	for _, row := range dateWords {
		legal = append(legal, strings.Fields(row[1])...)
	}
	words := splitDate(text)
	var mended []string
	for i, word := range words {
		if _, ok := meaning(word); ok || !strings.ContainsFunc(word, unicode.IsLetter) {
			continue
		}
		for _, right := range Nearest(word, legal, 3) {
			words[i] = right
			mended = append(mended, strings.Join(words, " "))
		}
		words[i] = word
	}
	return mended
}
