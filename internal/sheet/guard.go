package sheet

import (
	"strings"
	"unicode/utf8"
)

// Guard puts an apostrophe before a text that a spreadsheet would run as a
// formula, and before one that would look guarded without being so.
func Guard(s string) string {
	if runs(strings.TrimLeft(s, "'")) {
		return "'" + s
	}
	return s
}

// Unguard takes off what Guard put on: Unguard(Guard(s)) is s. A text that
// Guard cannot have made is left alone.
func Unguard(s string) string {
	if len(s) > 0 && s[0] == '\'' && runs(strings.TrimLeft(s, "'")) {
		return s[1:]
	}
	return s
}

// runs tells whether a spreadsheet may take s for more than text. OWASP's list
// for CSV injection, with NUL from ASVS 1.2.10.
func runs(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	switch r {
	case '=', '+', '-', '@', '\t', '\r', '\n', '\x00', '＝', '＋', '－', '＠':
		return true
	}
	return false
}
