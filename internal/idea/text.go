package idea

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Limits of what is stored, in characters for lines and in bytes for texts.
const (
	MaxLine = 500     // a title, a name, a tag
	MaxText = 1 << 20 // a section or a note: 1 MiB
)

// CleanLine makes s fit to be stored as one line: Unicode NFC, no white space
// at the ends, every other run of white space one space. It refuses (Usage) what is not
// UTF-8, holds a NUL or is longer than MaxLine characters; field names the
// input in the message.
func CleanLine(field Word, s string) (string, error) {
	if err := checkBytes(field, s); err != nil {
		return "", err
	}
	s = norm.NFC.String(strings.Join(strings.FieldsFunc(s, unicode.IsSpace), " "))
	if n := utf8.RuneCountInString(s); n > MaxLine {
		return "", Errorf(Usage, "%s is %d characters long; the most is %d", field, n, MaxLine).
			WithHint("shorten it, and put the rest in the need or in a note")
	}
	return s, nil
}

// CleanText makes s fit to be stored as Markdown: NFC, LF line ends, no white
// space at the end. It refuses (Usage) what is not UTF-8, holds a NUL or is longer than
// MaxText bytes.
func CleanText(field Word, s string) (string, error) {
	if err := checkBytes(field, s); err != nil {
		return "", err
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.ReplaceAll(s, "\r", "\n")
	s = norm.NFC.String(strings.TrimRightFunc(s, unicode.IsSpace))
	if len(s) > MaxText {
		return "", Errorf(Usage, "%s is %d bytes long; the most is %d", field, len(s), MaxText).
			WithHint("keep long material in a document of its own and write where it lies")
	}
	return s, nil
}

func checkBytes(field Word, s string) error {
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			return Errorf(Usage, "%s is not UTF-8: byte %d is %#x", field, i+1, s[i]).
				WithHint("save the text as UTF-8, or import the file with --encoding windows-1252")
		case r == 0:
			return Errorf(Usage, "%s holds a NUL character at byte %d", field, i+1).
				WithHint("remove it and try again")
		}
		i += size
	}
	return nil
}

// CleanTag makes s fit to be a tag: one lower-case word without comma,
// semicolon or white space, and without + or - in front. It refuses (Usage)
// anything else.
func CleanTag(s string) (string, error) {
	s, err := CleanLine("the tag", s)
	if err != nil {
		return "", err
	}
	s = strings.ToLower(s)
	if s == "" || strings.ContainsAny(s, " ,;") || strings.ContainsAny(s[:1], "+-#") {
		return "", Errorf(Usage, "%q is not a tag", s).
			WithHint("a tag is one word without comma, such as skola or energi-2026")
	}
	return s, nil
}

// CleanTags cleans each tag and drops those said twice.
func CleanTags(tags []string) ([]string, error) {
	var out []string
	seen := map[string]bool{}
	for _, t := range tags {
		t, err := CleanTag(t)
		if err != nil {
			return nil, err
		}
		if !seen[t] {
			seen[t] = true
			out = append(out, t)
		}
	}
	return out, nil
}

// Same tells whether two names are one to people: case and Unicode form do not
// count, but å is not a.
func Same(a, b string) bool {
	return strings.EqualFold(norm.NFC.String(a), norm.NFC.String(b))
}

// Fold is a name as it is compared: the same for all names that are one to
// people.
func Fold(name string) string { return strings.ToLower(norm.NFC.String(name)) }

// Holds tells whether text holds part, whatever the case.
func Holds(text, part string) bool {
	return strings.Contains(strings.ToLower(norm.NFC.String(text)), strings.ToLower(norm.NFC.String(part)))
}
