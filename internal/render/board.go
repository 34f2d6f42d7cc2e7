package render

import (
	"strings"

	"sluss/internal/term"
)

// Board is lists beside each other, as cards on a wall.
type Board struct {
	Lists  []Pinned
	Legend string // says what the marks mean; empty when there are none
}

// Pinned is one list of a board.
type Pinned struct {
	Head  string
	Mark  string // at the end of the head; empty for none
	Cards []BoardCard
	More  string // said under the cards when some are left out
}

// BoardCard is one line of a list: its title is cut where there is no room.
type BoardCard struct {
	Number string
	Title  string
	End    string // age and marks
	Warn   bool
}

const (
	narrowest = 22 // columns of a terminal that a list takes at least
	widest    = 44 // and at most
	between   = 2
)

// board draws as many lists beside each other as there is room for, and the
// rest below them. Without drawing it writes one list under the other.
func (t *text) board(b Board) {
	if t.ASCII || t.Width == 0 {
		t.plainBoard(b)
	} else {
		perRow := max(1, min(len(b.Lists), (t.Width+between)/(narrowest+between)))
		rows := (len(b.Lists) + perRow - 1) / perRow
		perRow = max(1, (len(b.Lists)+max(1, rows)-1)/max(1, rows)) // as even as can be
		width := min(widest, (t.Width-between*(perRow-1))/perRow)
		for from := 0; from < len(b.Lists); from += perRow {
			t.block()
			t.lists(b.Lists[from:min(from+perRow, len(b.Lists))], width)
		}
	}
	if b.Legend != "" {
		t.block()
		t.wrapped(term.SafeText(b.Legend))
	}
}

// lists draws some lists beside each other, each so many columns wide.
func (t *text) lists(lists []Pinned, width int) {
	height := 0
	for _, l := range lists {
		height = max(height, len(l.Cards)+3)
	}
	for row := range height {
		var line strings.Builder
		gap := 0
		for _, l := range lists {
			cell, style := l.row(row, width)
			line.WriteString(strings.Repeat(" ", gap))
			line.WriteString(t.paint(style, cell))
			gap = width - term.Width(cell) + between
		}
		if drawn := strings.TrimRight(line.String(), " "); drawn != "" {
			t.line(drawn)
		}
	}
}

// row is a line of a list: the head, a rule, the cards, and what is left out.
func (l Pinned) row(row, width int) (string, term.Style) {
	switch card := row - 2; {
	case row == 0:
		return ended(term.Safe(l.Head), l.Mark, width), term.Bold
	case row == 1:
		return strings.Repeat("─", width), term.Plain
	case card < len(l.Cards):
		c := l.Cards[card]
		style := term.Plain
		if c.Warn {
			style = term.Yellow
		}
		if term.Width(c.Number+"  "+c.End)+2 > width { // the number and the marks go before the title
			return term.Cut(c.Number+" "+c.End, width), style
		}
		return ended(c.Number+" "+term.Safe(c.Title), c.End, width), style
	case card == len(l.Cards):
		return term.Cut(term.Safe(l.More), width), term.Dim
	}
	return "", term.Plain
}

// ended is text with an end at the right edge; the text is cut to make room.
func ended(s, end string, width int) string {
	if end == "" {
		return term.Cut(s, width)
	}
	room := width - term.Width(end) - 1
	if room < 1 {
		return term.Cut(s+" "+end, width)
	}
	s = term.Cut(s, room)
	return s + strings.Repeat(" ", max(1, width-term.Width(s)-term.Width(end))) + end
}

func (t *text) plainBoard(b Board) {
	for _, l := range b.Lists {
		t.heading(strings.TrimSpace(l.Head + " " + l.Mark))
		for _, c := range l.Cards {
			t.wrapped(strings.TrimSpace(c.Number + " " + term.Safe(c.Title) + " " + c.End))
		}
		if l.More != "" {
			t.wrapped(term.Safe(l.More))
		}
		t.joined = false
	}
}
