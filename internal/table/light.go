package table

import (
	"bufio"
	"io"
	"strings"

	"github.com/clipperhouse/displaywidth"
	"github.com/olekukonko/ll"
	"github.com/olekukonko/tablewriter/tw"

	"sluss/internal/term"
)

// light is a tablewriter renderer without borders: it cuts, pads and paints
// whole letters, and leaves no spaces at the end of a line.
type light struct {
	Table
	widths []int
	row    int
	out    *bufio.Writer
}

func (l *light) Header(lines [][]string, _ tw.Formatting) {
	for _, line := range lines {
		l.line(-1, line)
	}
	l.rule()
}

func (l *light) Row(cells []string, _ tw.Formatting) {
	wrapped, lines := make([][]string, len(cells)), 1
	for col, text := range cells {
		wrapped[col] = []string{text}
		if at(l.Wrap, col) && col < len(l.widths) {
			wrapped[col] = term.Wrap(text, l.widths[col])
			lines = max(lines, len(wrapped[col]))
		}
	}
	for n := range lines {
		line := make([]string, len(cells))
		for col, parts := range wrapped {
			if n < len(parts) {
				line[col] = parts[n]
			}
		}
		l.line(l.row, line)
	}
	l.row++
}

func (l *light) line(row int, cells []string) {
	pending := 0 // spaces that are due if more text follows
	for col, width := range l.widths {
		if col > 0 {
			pending += gap
		}
		text := displaywidth.TruncateString(cells[col], width, l.ellipsis())
		left, right := 0, max(0, width-displaywidth.String(text))
		if at(l.Right, col) {
			left, right = right, 0
		}
		if text != "" {
			_, _ = l.out.WriteString(strings.Repeat(" ", pending+left) + l.paint(row, col, text))
			pending, left = 0, 0
		}
		pending += left + right
	}
	_ = l.out.WriteByte('\n')
}

func (l *light) rule() {
	dash := "─"
	if l.ASCII {
		dash = "-"
	}
	for col, width := range l.widths {
		if col > 0 {
			_, _ = l.out.WriteString(strings.Repeat(" ", gap))
		}
		_, _ = l.out.WriteString(strings.Repeat(dash, width))
	}
	_ = l.out.WriteByte('\n')
}

func (l *light) Start(io.Writer) error            { return nil }
func (l *light) Close() error                     { return nil }
func (l *light) Footer([][]string, tw.Formatting) {}
func (l *light) Line(tw.Formatting)               {}
func (l *light) Logger(*ll.Logger)                {}
func (l *light) Config() tw.Rendition             { return tw.Rendition{Streaming: true} }
