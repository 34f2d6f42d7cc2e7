package table

import (
	"bufio"
	"io"
	"slices"
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
	lines := [][]string{cells}
	if slices.Contains(l.Wrap, true) {
		lines = l.wrapped(cells)
	}
	for _, line := range lines {
		l.line(l.row, line)
	}
	l.row++
}

// wrapped is the lines of a row of which some columns go on below.
func (l *light) wrapped(cells []string) [][]string {
	lines := [][]string{slices.Clone(cells)}
	for col, width := range l.widths {
		if !at(l.Wrap, col) {
			continue
		}
		for n, part := range term.Wrap(cells[col], width) {
			if n == len(lines) {
				lines = append(lines, make([]string, len(cells)))
			}
			lines[n][col] = part
		}
	}
	return lines
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
