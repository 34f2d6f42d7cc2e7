package idea

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Person is somebody on record who may not be named in what is published.
type Person struct {
	Of    Subject // AGiver, AContact or AParticipant; ATest, ADecision or ASession for a name that stands there
	ID    int64   // of whoever it is; for a test and a decision the number of the idea
	Name  string  // as it was typed; several names with commas or "och" between where it is of something else
	Email string
	Phone string
	Near  bool // belongs to the idea of the story: parts of the name count too
	Named bool // agrees that the name is published
	Reach bool // agrees that address and number are published too
}

// Label says who it is without the name.
func (p Person) Label() Text {
	switch p.Of {
	case AGiver:
		return Say("giver %d", p.ID)
	case AContact:
		return Say("contact %d", p.ID)
	case AParticipant:
		return Say("participant %d of a mashup", p.ID)
	case ASession:
		return Say("a speaker in session %d of a mashup", p.ID)
	case ATest:
		return Say("somebody in a test of idea %d", p.ID)
	}
	return Say("somebody in a decision about idea %d", p.ID)
}

// Trace says what of a person stands somewhere.
type Trace string

// What can stand somewhere of a person.
const (
	TraceName  Trace = "name"
	TracePart  Trace = "part of the name"
	TraceMail  Trace = "mail address"
	TracePhone Trace = "telephone number"
)

// Place is where something of a person stands in a text, in bytes.
type Place struct {
	From, To int
	Trace    Trace
	Person   Person
}

// covered tells whether the person agrees that this is published.
func (p Place) covered() bool {
	if p.Trace == TraceMail || p.Trace == TracePhone {
		return p.Person.Reach
	}
	return p.Person.Named
}

// Ruler says where the bytes of a text are. It must be asked for one after the
// other.
type Ruler struct {
	text         string
	at           int
	line, column int
}

// NewRuler makes a Ruler that stands at the beginning of a text.
func NewRuler(text string) *Ruler { return &Ruler{text: text, line: 1, column: 1} }

// At gives the line and the character of the line of a byte, from 1.
func (r *Ruler) At(at int) (line, column int) {
	passed := r.text[r.at:at]
	if start := strings.LastIndexByte(passed, '\n'); start >= 0 {
		r.line, r.column = r.line+strings.Count(passed, "\n"), 1
		passed = passed[start+1:]
	}
	r.at, r.column = at, r.column+utf8.RuneCountInString(passed)
	return r.line, r.column
}

// Finder looks for people in texts. Of everybody it finds the full name, in any
// case, with or without the names in the middle, with the family name first,
// with a genitive s, without the rings and dots of å, ä and ö and with the first
// letter of the first name alone; the mail address in any case; and the telephone
// number however it is written. Of people who are near it also finds the first
// name or the family name alone, if it begins with a capital letter and does not
// look like the name of a place or the beginning of a sentence with an ordinary
// word.
type Finder struct {
	people  []Person
	whole   map[string][]pattern // by their first word, rings and dots gone
	initial map[string][]pattern // by the first letter of the first name
	parts   map[string][]pattern // by their first word
	masks   map[string][][]string
	mails   map[string][]int
	phones  map[string][]int
	mail    *regexp.Regexp
	numbers *regexp.Regexp
}

// pattern is the words of a name of a person: first, any words in the middle,
// and last.
type pattern struct {
	person      int
	first, last []string
	turned      bool // the family name stands first
	family      bool // of a part: it is the family name
}

// NewFinder makes a Finder of people. In the names of other things, such as
// units, no part of a name is looked for.
func NewFinder(people []Person, things []string) *Finder {
	f := &Finder{whole: map[string][]pattern{}, initial: map[string][]pattern{}, parts: map[string][]pattern{}, masks: map[string][][]string{},
		mails: map[string][]int{}, phones: map[string][]int{},
		mail:    regexp.MustCompile(`[\p{L}\p{M}\p{N}._+\-]+\s?(?:@|%40|&#64;|\(at\)|\[at\])\s?[\p{L}\p{M}\p{N}.\-]+`),
		numbers: regexp.MustCompile(`\+?\(?\d[\d\s().\-/\x{2010}-\x{2015}\x{2212}\x{a0}\x{202f}]{3,}\d`)}
	for _, p := range people {
		for _, name := range p.names() {
			f.add(p, name)
		}
	}
	for _, thing := range things {
		if words := nameWords(thing); len(words) > 0 {
			f.masks[words[0]] = append(f.masks[words[0]], words)
		}
	}
	return f
}

// names is the names that a person is known by. Where they are not kept as names,
// as in a test, the words may be anything, and only what looks like a name counts.
func (p Person) names() []string {
	switch p.Of {
	case AGiver, AContact, AParticipant:
		return []string{personName(p.Name)}
	}
	var out []string
	flat := strings.NewReplacer(" och ", ",", " and ", ",", " samt ", ",", "&", ",", "\n", ",", ";", ",", "/", ",").Replace(p.Name)
	for part := range strings.SplitSeq(flat, ",") {
		part = personName(part)
		words := strings.Fields(part)
		lower := func(w string) bool { return !startsUpper(w) && !isParticle(strings.ToLower(w)) }
		if len(words) > 1 && !slices.ContainsFunc(words, lower) {
			out = append(out, part)
		}
	}
	return out
}

// personName is a name without what stands in brackets or after a comma: a
// role, a unit. "Lind, Åsa" is a name.
func personName(s string) string {
	if at := strings.IndexAny(s, "(["); at >= 0 {
		s = s[:at]
	}
	before, after, found := strings.Cut(s, ",")
	if !found {
		return strings.TrimSpace(s)
	}
	if len(strings.Fields(before)) == 1 && len(strings.Fields(after)) == 1 && startsUpper(strings.TrimSpace(after)) {
		return strings.TrimSpace(after) + " " + strings.TrimSpace(before)
	}
	return strings.TrimSpace(before)
}

func startsUpper(s string) bool {
	for _, r := range s {
		return unicode.IsUpper(r)
	}
	return false
}

func isParticle(word string) bool {
	return slices.Contains([]string{"af", "av", "von", "van", "de", "del", "della", "di", "da", "der", "den", "el", "al", "bin", "ibn", "la", "le"}, word)
}

func (f *Finder) add(p Person, name string) {
	if len(p.Name) > 0 && p.Of != AGiver && p.Of != AContact && p.Of != AParticipant {
		p.Name = name // of several
	}
	at := len(f.people)
	f.people = append(f.people, p)
	if address := strings.ToLower(norm.NFC.String(p.Email)); address != "" {
		f.mails[address] = append(f.mails[address], at)
	}
	for _, number := range f.numbers.FindAllString(p.Phone, -1) {
		for _, digits := range phoneForms(number) {
			f.phones[digits] = append(f.phones[digits], at)
		}
	}
	fields := slices.DeleteFunc(strings.Fields(name), func(w string) bool { return len(nameWords(w)) == 0 })
	if len(fields) == 0 {
		return
	}
	given, family := nameWords(fields[0]), nameWords(fields[len(fields)-1])
	if len(fields) > 1 {
		flatGiven, flatFamily := flattened(given), flattened(family)
		f.whole[flatGiven[0]] = append(f.whole[flatGiven[0]], pattern{person: at, first: flatGiven, last: flatFamily})
		letter := string([]rune(flatGiven[0])[:1])
		f.initial[letter] = append(f.initial[letter], pattern{person: at, first: []string{letter}, last: flatFamily})
		f.whole[flatFamily[0]] = append(f.whole[flatFamily[0]], pattern{person: at, first: flatFamily, last: flatGiven, turned: true})
	}
	if !p.Near {
		return
	}
	f.parts[given[0]] = append(f.parts[given[0]], pattern{person: at, first: given})
	if len(fields) == 1 {
		return
	}
	const shortest = 3 // letters of a family name that can stand for a person
	for k, word := range family {
		if len([]rune(word)) >= shortest {
			f.parts[word] = append(f.parts[word], pattern{person: at, first: family[k : k+1], family: true})
		}
	}
}

// token is a word of a text.
type token struct {
	from, to   int
	word, flat string // in lower case; without rings and dots too
	upper      bool   // begins with a capital letter
	gap        string // what stands between the word before and this one
	begins     bool   // a sentence, a line of a list or a heading
	masked     bool   // part of the name of a unit or the like
}

// initial tells whether the word is a letter that stands for a name.
func (t token) initial() bool { return t.upper && utf8.RuneCountInString(t.word) == 1 }

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) || isInvisible(r) }

// isInvisible tells characters that nobody sees and that may stand in a word: a
// soft hyphen, a zero-width space, a mark that turns the direction.
func isInvisible(r rune) bool { return unicode.Is(unicode.Cf, r) }

// unseen is what Markdown and HTML show as white space, or do not show at all.
var unseen = regexp.MustCompile(`&(?:nbsp|ensp|emsp|thinsp|shy|zwj|zwnj|#32|#160|#[xX]20|#[xX][aA]0);|</?(?:b|br|em|i|mark|s|small|span|strong|sub|sup|u|wbr) ?/?>|%20`)

func tokens(text string) (out []token) {
	if strings.ContainsAny(text, "&<%") {
		text = unseen.ReplaceAllStringFunc(text, func(s string) string { return strings.Repeat(" ", len(s)) })
	}
	end := 0
	from := -1
	flush := func(to int) {
		if from < 0 {
			return
		}
		raw := strings.Map(func(r rune) rune {
			if isInvisible(r) {
				return -1
			}
			return r
		}, text[from:to])
		if raw != "" {
			word := strings.ToLower(norm.NFC.String(raw))
			t := token{from: from, to: to, word: word, flat: flat(word), upper: startsUpper(raw), gap: text[end:from]}
			t.begins = len(out) == 0 || beginsSentence(t.gap) && !(strings.HasPrefix(t.gap, ".") && out[len(out)-1].initial())
			out, end = append(out, t), to
		}
		from = -1
	}
	for at, r := range text {
		switch {
		case isWordRune(r) && from < 0:
			from = at
		case !isWordRune(r):
			flush(at)
		}
	}
	flush(len(text))
	return out
}

func beginsSentence(gap string) bool {
	if strings.ContainsAny(gap, ".!?:") || strings.Count(gap, "\n") > 1 {
		return true
	}
	_, line, found := strings.Cut(gap, "\n")
	return found && strings.ContainsAny(line, "-*#>+0123456789|")
}

// nameWords is the words of a name in lower case; a hyphen parts words.
func nameWords(name string) (words []string) {
	for _, t := range tokens(name) {
		words = append(words, t.word)
	}
	return words
}

func flattened(words []string) []string {
	out := make([]string, len(words))
	for k, w := range words {
		out[k] = flat(w)
	}
	return out
}

// flat takes rings, dots and accents away: Åsa is Asa where there are no such
// keys.
func flat(word string) string {
	ascii := true
	for k := 0; k < len(word); k++ {
		ascii = ascii && word[k] < 0x80
	}
	if ascii {
		return word
	}
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case r == 'ø':
			return 'o'
		case r == 'æ':
			return 'a'
		}
		return r
	}, norm.NFD.String(word))
}

// Find gives every place in a text where something of somebody stands, in the
// order of the text.
func (f *Finder) Find(text string) []Place {
	words := tokens(text)
	f.mask(words)
	var out []Place
	for k := range words {
		out = f.findWhole(out, words, k)
		out = f.findInitial(out, words, k)
		out = f.findPart(out, words, k)
	}
	out = f.findMails(out, text)
	out = f.findNumbers(out, text)
	slices.SortStableFunc(out, func(a, b Place) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(b.To, a.To)) })
	return out
}

// Exposed gives the places of a text that nobody agreed to: a place counts as
// agreed to if somebody who can be meant there agrees.
func (f *Finder) Exposed(text string) (out []Place) {
	all := f.Find(text)
	var agreed []Place
	for _, p := range all {
		if p.covered() {
			agreed = append(agreed, p)
		}
	}
	end, covered := -1, -1 // of the places before
	for _, p := range all {
		for ; len(agreed) > 0 && agreed[0].From <= p.From; agreed = agreed[1:] {
			covered = max(covered, agreed[0].To)
		}
		if p.To > covered && p.From >= end { // of what stands inside another place the larger one is enough
			out, end = append(out, p), p.To
		}
	}
	return out
}

// NamedIn gives the givers whose names stand in a text and who agree to that.
func (f *Finder) NamedIn(text string) (givers []int64) {
	for _, p := range f.Find(text) {
		if p.Person.Of == AGiver && p.covered() && !slices.Contains(givers, p.Person.ID) {
			givers = append(givers, p.Person.ID)
		}
	}
	slices.Sort(givers)
	return givers
}

func (f *Finder) mask(all []token) {
	for k := range all {
		for _, words := range f.masks[all[k].word] {
			if end := runs(all, k, words, false); end > 0 {
				for i := k; i < end; i++ {
					all[i].masked = true
				}
			}
		}
	}
}

// runs tells whether words stand in a text from the token k on, one after the
// other, the last perhaps with a genitive s. It gives the token after them, 0 if
// they do not.
func runs(all []token, k int, words []string, isFlat bool) int {
	if k+len(words) > len(all) {
		return 0
	}
	for i, want := range words {
		t := all[k+i]
		got := t.word
		if isFlat {
			got = t.flat
		}
		if i > 0 && !joins(t.gap) {
			return 0
		}
		if got != want && !(i == len(words)-1 && got == want+"s") {
			return 0
		}
	}
	return k + len(words)
}

// joins tells whether what stands between two words leaves them one name: white
// space, hyphens and the marks of Markdown, within a paragraph.
func joins(gap string) bool {
	const most = 12
	if len(gap) > most || strings.Count(gap, "\n") > 1 {
		return false
	}
	for _, r := range gap {
		if !unicode.IsSpace(r) && !unicode.Is(unicode.Pd, r) && !strings.ContainsRune("*_~`[]()<>\\", r) {
			return false
		}
	}
	return true
}

// middle is how many names may stand between the first and the last.
const middle = 3

// findInitial finds a first letter, which is a capital, with a family name, which
// begins with one.
func (f *Finder) findInitial(out []Place, all []token, k int) []Place {
	if !all[k].initial() || k+1 == len(all) || !all[k+1].upper {
		return out
	}
	for _, p := range f.initial[all[k].flat] {
		if end := wholeEnd(all, k+1, p); end > 0 {
			out = append(out, Place{From: all[k].from, To: all[end-1].to, Trace: TraceName, Person: f.people[p.person]})
		}
	}
	return out
}

func (f *Finder) findWhole(out []Place, all []token, k int) []Place {
	for _, key := range []string{all[k].flat, strings.TrimSuffix(all[k].flat, "s")} {
		for _, p := range f.whole[key] {
			begun := runs(all, k, p.first, true)
			if begun == 0 {
				continue
			}
			if end := wholeEnd(all, begun, p); end > 0 {
				out = append(out, Place{From: all[k].from, To: all[end-1].to, Trace: TraceName, Person: f.people[p.person]})
			}
		}
		if !strings.HasSuffix(all[k].flat, "s") {
			break
		}
	}
	return out
}

// wholeEnd is the token after a full name whose first words end before the
// token k; 0 if it is none.
func wholeEnd(all []token, k int, p pattern) int {
	for skipped := 0; k < len(all) && skipped <= middle; skipped++ {
		gap := all[k].gap
		if p.turned && skipped == 0 {
			gap = strings.Replace(gap, ",", "", 1)
		}
		initial := (gap == ". " || gap == ".") && all[k-1].initial()
		if !joins(gap) && !initial {
			return 0
		}
		if end := runs(all, k, p.last, true); end > 0 {
			return end
		}
		if p.turned || !all[k].upper && !isParticle(all[k].word) {
			return 0
		}
		k++
	}
	return 0
}

func (f *Finder) findPart(out []Place, all []token, k int) []Place {
	t := all[k]
	if !t.upper || t.masked {
		return out
	}
	for _, key := range []string{t.word, strings.TrimSuffix(t.word, "s")} {
		for _, p := range f.parts[key] {
			end := runs(all, k, p.first, false)
			if end > 0 && !(p.family && isPlace(all, k, end)) && !(t.begins && isOrdinary(p.first)) {
				out = append(out, Place{From: t.from, To: all[end-1].to, Trace: TracePart, Person: f.people[p.person]})
			}
		}
		if !strings.HasSuffix(t.word, "s") {
			break
		}
	}
	return out
}

// isPlace tells whether the words from k to end look like the name of a place:
// i Berg, Bergs kommun.
func isPlace(all []token, k, end int) bool {
	if !all[k].begins && k > 0 && slices.Contains([]string{"i", "in", "vid", "at", "near"}, all[k-1].word) {
		return true
	}
	if end == len(all) || !joins(all[end].gap) {
		return false
	}
	for _, place := range []string{"kommun", "region", "län", "stad", "församling", "socken", "skola", "gata", "väg", "torg", "municipality", "county", "school", "street"} {
		if strings.HasPrefix(all[end].word, place) {
			return true
		}
	}
	return false
}

// isOrdinary tells names that are ordinary words too: at the beginning of a
// sentence they say nothing.
func isOrdinary(words []string) bool {
	if len(words) > 1 {
		return false
	}
	const shortest = 3
	return len([]rune(words[0])) < shortest || slices.Contains([]string{"alm", "ask", "berg", "bill", "björk", "björn", "blom", "bro", "dag", "dahl", "dal",
		"ek", "faith", "frank", "frej", "fri", "glad", "grace", "gran", "hope", "hägg", "kvist", "lilja", "lind", "ljung", "love", "lund", "löv", "maj", "mark",
		"may", "mars", "modig", "new", "park", "per", "rask", "ros", "rose", "saga", "siv", "sjö", "skog", "sten", "stig", "storm", "strand", "ström", "sund",
		"svan", "tage", "tor", "ung", "vega", "viola", "vår", "will", "young"}, words[0])
}

func (f *Finder) findMails(out []Place, text string) []Place {
	if len(f.mails) == 0 {
		return out
	}
	for _, at := range f.mail.FindAllStringIndex(text, -1) {
		found := strings.TrimRight(text[at[0]:at[1]], ".-")
		address := strings.ToLower(strings.NewReplacer("%40", "@", "&#64;", "@", "(at)", "@", "[at]", "@", " ", "").Replace(found))
		for _, person := range f.mails[strings.TrimLeft(address, "._-+")] {
			out = append(out, Place{From: at[0], To: at[0] + len(found), Trace: TraceMail, Person: f.people[person]})
		}
	}
	return out
}

// phoneForms is the digits of a number in the ways that it can be dialled.
func phoneForms(number string) []string {
	const shortest, distinct = 5, 8
	digits := digitsOf(number)
	national, abroad := strings.CutPrefix(digits, "0046")
	if !abroad && strings.HasPrefix(strings.TrimLeft(number, " ("), "+") {
		national, abroad = strings.CutPrefix(digits, "46")
	}
	if !abroad {
		national = digits
	}
	short := strings.TrimPrefix(national, "0")
	switch {
	case len(short) < shortest:
		return nil
	case !abroad && short == national: // without an area code
		return []string{digits}
	}
	forms := []string{"0" + short, "46" + short, "460" + short, "0046" + short, "00460" + short}
	if len(short) >= distinct { // also without the 0
		forms = append(forms, short)
	}
	return forms
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

func (f *Finder) findNumbers(out []Place, text string) []Place {
	if len(f.phones) == 0 {
		return out
	}
	for _, at := range f.numbers.FindAllStringIndex(text, -1) {
		out = f.numbersIn(out, text, at[0], at[1])
	}
	return out
}

// numbersIn looks for numbers in digits and what parts them: any groups of
// digits that stand side by side can be one number.
func (f *Finder) numbersIn(out []Place, text string, from, to int) []Place {
	var starts, ends []int
	for k := from; k < to; k++ {
		digit := text[k] >= '0' && text[k] <= '9'
		if digit && (len(ends) == 0 || ends[len(ends)-1] != k) {
			starts, ends = append(starts, k), append(ends, k)
		}
		if digit {
			ends[len(ends)-1] = k + 1
		}
	}
	const longest = 17 // digits
	for i := 0; i < len(starts); i++ {
		digits := ""
		for j := i; j < len(starts) && len(digits) <= longest; j++ {
			digits += text[starts[j]:ends[j]]
			people := f.phones[digits]
			for _, person := range people {
				out = append(out, Place{From: starts[i], To: ends[j], Trace: TracePhone, Person: f.people[person]})
			}
			if len(people) > 0 {
				i = j
				break
			}
		}
	}
	return out
}
