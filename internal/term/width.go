package term

import (
	"strings"

	"github.com/rivo/uniseg"
)

// Width is the number of cells that s takes on a terminal.
func Width(s string) int {
	if isASCII(s) {
		return len(s)
	}
	return uniseg.StringWidth(s)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// Cut shortens s to at most cells cells, with … at the end when something was
// cut off. It never cuts within a letter or an emoji.
func Cut(s string, cells int) string {
	if cells <= 0 {
		return ""
	}
	room, _ := split(s, cells-1)
	if _, rest := split(s, cells); rest == "" {
		return s
	}
	return strings.TrimRight(room, " ") + "…"
}

// split parts s where its first cells cells end.
func split(s string, cells int) (head, rest string) {
	used, end, state := 0, 0, -1
	for end < len(s) {
		cluster, _, width, next := uniseg.FirstGraphemeClusterInString(s[end:], state)
		if used+width > cells {
			break
		}
		used, end, state = used+width, end+len(cluster), next
	}
	return s[:end], s[end:]
}

// Wrap breaks s at spaces into lines of at most cells cells; a longer word is
// broken where it must be. Line ends in s stay, and so does the indentation of
// each line. With cells 0 or less nothing is wrapped.
func Wrap(s string, cells int) []string {
	var out []string
	for line := range strings.SplitSeq(s, "\n") {
		if cells <= 0 || Width(line) <= cells {
			out = append(out, line)
			continue
		}
		out = append(out, wrapLine(line, cells)...)
	}
	return out
}

func wrapLine(line string, cells int) []string {
	words := strings.Fields(line)
	if len(words) == 0 {
		return []string{""}
	}
	indent := line[:strings.Index(line, words[0])]
	if Width(indent) >= cells {
		indent = ""
	}
	words[0] = indent + words[0]
	var out []string
	row := ""
	for _, word := range words {
		if row != "" && Width(row)+1+Width(word) <= cells {
			row += " " + word
			continue
		}
		if row != "" {
			out = append(out, row)
		}
		row = word
		for head, rest := splitSome(row, cells); rest != ""; head, rest = splitSome(row, cells) {
			out = append(out, head)
			row = rest
		}
	}
	return append(out, row)
}

// splitSome is split that takes at least one letter, however wide.
func splitSome(s string, cells int) (head, rest string) {
	if head, rest = split(s, cells); head != "" {
		return head, rest
	}
	head, rest, _, _ = uniseg.FirstGraphemeClusterInString(s, -1)
	return head, rest
}
