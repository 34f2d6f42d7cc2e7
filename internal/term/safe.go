package term

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Safe makes s fit to be shown on one line of a terminal. White space that
// would end or shift the line becomes a space; every other control character,
// bidi control, line separator and byte that is not UTF-8 becomes visible, as
// ‹ESC› or ‹U+202E›. It gives s itself when there is nothing to change.
func Safe(s string) string { return escape(s, false) }

// SafeText is Safe for text of several lines: line ends stay, as LF, and a tab
// becomes four spaces.
func SafeText(s string) string { return escape(s, true) }

func escape(s string, lines bool) string {
	i := unsafeAt(s, lines)
	if i < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + len(s)/4)
	for i >= 0 {
		b.WriteString(s[:i])
		n := 1
		if strings.HasPrefix(s[i:], "\r\n") {
			n = 2
		} else if _, size := utf8.DecodeRuneInString(s[i:]); size > 1 {
			n = size
		}
		b.WriteString(visible(s[i:i+n], lines))
		s = s[i+n:]
		i = unsafeAt(s, lines)
	}
	b.WriteString(s)
	return b.String()
}

// unsafeAt is the place of the first character that may not go to a terminal,
// or -1.
func unsafeAt(s string, lines bool) int {
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if c < ' ' && !(lines && c == '\n') || c == 0x7f {
				return i
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 || IsControl(r) {
			return i
		}
		i += size
	}
	return -1
}

// IsControl tells whether r steers a terminal or the direction of text and is
// not shown itself: C0, DEL, C1, the bidi controls and the Unicode line ends.
func IsControl(r rune) bool {
	switch {
	case r < ' ', r >= 0x7f && r <= 0x9f, r == 0x061c,
		r == 0x200e, r == 0x200f, r >= 0x2028 && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
		return true
	}
	return false
}

func visible(s string, lines bool) string {
	switch s {
	case "\r\n", "\n", "\r":
		if lines {
			return "\n"
		}
		return " "
	case "\t":
		if lines {
			return "    "
		}
		return " "
	case "\x1b":
		return "‹ESC›"
	case "\x00":
		return "‹NUL›"
	}
	if r, _ := utf8.DecodeRuneInString(s); r != utf8.RuneError {
		return fmt.Sprintf("‹U+%04X›", r)
	}
	return fmt.Sprintf("‹0x%02X›", s[0])
}
