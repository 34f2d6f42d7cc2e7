package file

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Slug makes a file name of a title, without ending: lower-case letters a to
// z, digits and hyphens, at most most of them and at least one. It is a fit
// name on every system, Windows' reserved names included.
func Slug(title string, most int) string {
	name := cut(plain(title), most)
	if name == "" {
		name = cut("untitled", most)
	}
	if reserved(name) {
		name = cut("x-"+name, most)
	}
	return name
}

func cut(name string, most int) string {
	return strings.Trim(name[:min(len(name), max(most, 1))], "-")
}

// plain writes every run of other characters as one hyphen.
func plain(title string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(norm.NFKD.String(title)) {
		letters := spell(r)
		if letters == "" {
			gap = gap || !unicode.Is(unicode.Mn, r)
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte('-')
		}
		gap = false
		b.WriteString(letters)
	}
	return b.String()
}

// spell is r in letters a to z and digits, if it can be.
func spell(r rune) string {
	if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' {
		return string(r)
	}
	switch r {
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'ø':
		return "o"
	case 'ß':
		return "ss"
	case 'ł':
		return "l"
	case 'đ', 'ð':
		return "d"
	case 'þ':
		return "th"
	}
	return ""
}

func reserved(name string) bool {
	switch name {
	case "con", "prn", "aux", "nul":
		return true
	}
	port := strings.HasPrefix(name, "com") || strings.HasPrefix(name, "lpt")
	return port && len(name) == 4 && '0' <= name[3] && name[3] <= '9'
}
