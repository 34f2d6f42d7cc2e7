// Package lang holds what depends on the language of the reader: texts,
// numbers, sorting, the comparing of names, and the days and periods that
// people type.
package lang

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// Lang is a language that the program speaks.
type Lang string

// The languages.
const (
	English Lang = "en"
	Swedish Lang = "sv"
)

// Parse reads the name of a language or locale, such as sv, sv_SE.UTF-8,
// svenska or english. It reports false for a language that the program does
// not speak.
func Parse(s string) (Lang, bool) {
	name, _, _ := strings.Cut(Fold(s), ".")
	name = strings.FieldsFunc(name+" ", func(r rune) bool { return strings.ContainsRune("_-@", r) })[0]
	switch strings.TrimSpace(name) {
	case "sv", "swe", "svenska", "swedish":
		return Swedish, true
	case "en", "eng", "engelska", "english":
		return English, true
	}
	return "", false
}

// Detect is the language of the locale in the environment: LC_ALL, else
// LC_MESSAGES, else LANG. All but Swedish is English.
func Detect(getenv func(string) string) Lang {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		locale := getenv(name)
		if locale == "" {
			continue
		}
		if l, ok := Parse(locale); ok {
			return l
		}
		return English
	}
	return English
}

// Printer writes texts and numbers in one language. The zero Printer writes
// English.
type Printer struct {
	lang  Lang
	texts map[string]string // by their English formats; none for English
}

// New is a Printer for l.
func New(l Lang) Printer {
	if l == Swedish {
		return Printer{l, swedish()}
	}
	return Printer{lang: l}
}

// Lang is the language that p writes.
func (p Printer) Lang() Lang {
	if p.lang == Swedish {
		return Swedish
	}
	return English
}

// localizer is an argument that is written differently in each language.
type localizer interface {
	Localize(language string, translate func(string, ...any) string) string
}

// T is a text in the language of p. The English format is the key; a format
// without a translation stays English. Arguments that can localize themselves
// do so first. Without arguments the text is not a format: a percent sign is a
// percent sign.
func (p Printer) T(format string, args ...any) string {
	text := p.lookup(format)
	if len(args) == 0 {
		return text
	}
	filled := make([]any, len(args))
	for i, arg := range args {
		if l, ok := arg.(localizer); ok {
			arg = l.Localize(string(p.Lang()), p.T)
		}
		filled[i] = arg
	}
	return fmt.Sprintf(text, filled...)
}

func (p Printer) lookup(format string) string {
	if text, ok := p.texts[format]; ok {
		return text
	}
	return format
}

// N is the text one if n is 1 and else many, filled with n and then args. Both
// formats must take n first, as in "%d idea" and "%d ideas"; one that has no
// verb for n, as in "one idea", is filled with args alone.
func (p Printer) N(n int, one, many string, args ...any) string {
	format := many
	if n == 1 {
		format = one
	}
	if verbs(format) > len(args) {
		args = append([]any{n}, args...)
	}
	return p.T(format, args...)
}

func verbs(format string) int {
	return strings.Count(format, "%") - 2*strings.Count(format, "%%")
}

// Number writes f with a number of decimals, after a comma in Swedish.
func (p Printer) Number(f float64, decimals int) string {
	s := strconv.FormatFloat(halfUp(f, decimals), 'f', decimals, 64)
	if strings.Trim(s, "-0.") == "" {
		s = strings.TrimPrefix(s, "-")
	}
	if p.lang == Swedish {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s
}

// halfUp rounds halves away from 0, as people do: 12.5 is 13, and 0.145, which a
// float64 holds as a little less, is 0.15.
func halfUp(f float64, decimals int) float64 {
	scale := math.Pow10(decimals)
	rounded := math.Round(f*scale+math.Copysign(1e-9, f)) / scale
	if math.IsInf(rounded, 0) {
		return f
	}
	return rounded
}

// Percent writes a share in whole percent: 0.42 is 42% and in Swedish 42 %.
func (p Printer) Percent(share float64) string {
	if p.lang == Swedish {
		return p.Number(share*100, 0) + " %"
	}
	return p.Number(share*100, 0) + "%"
}

// Ago says how long ago something was, in days. Negative days lie ahead.
func (p Printer) Ago(days int) string {
	switch {
	case days == 0:
		return p.T("today")
	case days < 0:
		return p.N(-days, "in %d day", "in %d days")
	default:
		return p.N(days, "%d day ago", "%d days ago")
	}
}

// Compare makes a function that orders texts as a dictionary of the language
// does, with no regard to case and with numbers by their value. The function
// must not be called by two goroutines at once.
func (p Printer) Compare() func(a, b string) int {
	tag := language.English
	if p.lang == Swedish {
		tag = language.Swedish
	}
	return collate.New(tag, collate.IgnoreCase, collate.Numeric).CompareString
}
