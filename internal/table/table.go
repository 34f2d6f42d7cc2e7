// Package table draws tables for people at a terminal.
package table

import (
	"bufio"
	"io"
	"slices"

	"github.com/clipperhouse/displaywidth"
	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/tw"
)

const (
	gap    = 2  // cells between columns
	narrow = 12 // a column is not cut below this many cells
	roomy  = 20 // nor below this many while a spare one can be left out
)

// Table is what is drawn. Its texts must be single lines that are safe for a
// terminal, and no row may be longer than Head. Right, Flex, Wrap and Spare may
// be shorter.
type Table struct {
	Head  []string
	Rows  [][]string
	Right []bool // numbers stand to the right
	Flex  []bool // columns that may be narrowed to fit
	Wrap  []bool // columns that go on below where they are narrowed; others are cut
	Spare []bool // columns that may be left out to fit, the last first
	Width int    // cells of the terminal; 0 cuts nothing
	ASCII bool   // draw with ASCII only
	// Paint colours the text of a cell; row -1 is the head. It must not change
	// the width. Nil paints nothing.
	Paint func(row, col int, text string) string
}

// Write draws t: a head, a line and a line for each row. What does not fit the
// width even with its flexible columns cut and its spare ones left out is
// written as records, a block of "Head: value" lines for each row. It returns
// the first error of w.
func Write(w io.Writer, t Table) error {
	out := bufio.NewWriter(w)
	drawn := t
	widths, fits := drawn.fit(drawn.natural())
	for spare := lastSpare(drawn); !fits && spare >= 0; spare = lastSpare(drawn) {
		drawn = drawn.without(spare)
		widths, fits = drawn.fit(drawn.natural())
	}
	if fits {
		if err := drawn.draw(out, widths); err != nil {
			return err
		}
	} else {
		t.records(out)
	}
	return out.Flush()
}

// lastSpare is the last column that may be left out, and -1 if there is none.
func lastSpare(t Table) int {
	for col := len(t.Spare) - 1; col >= 0; col-- {
		if t.Spare[col] {
			return col
		}
	}
	return -1
}

// without is t without a column.
func (t Table) without(col int) Table {
	rows := make([][]string, len(t.Rows))
	for i, row := range t.Rows {
		rows[i] = dropped(row, col)
	}
	all := t
	t.Head, t.Rows = dropped(t.Head, col), rows
	t.Right, t.Flex, t.Spare = dropped(t.Right, col), dropped(t.Flex, col), dropped(t.Spare, col)
	t.Wrap = dropped(t.Wrap, col)
	t.Paint = func(row, at int, text string) string {
		if at >= col {
			at++
		}
		return all.paint(row, at, text)
	}
	return t
}

func dropped[T any](all []T, at int) []T {
	if at >= len(all) {
		return all
	}
	return slices.Concat(all[:at], all[at+1:])
}

func (t Table) draw(out *bufio.Writer, widths []int) error {
	cells := tw.NewMapper[int, int]()
	for col, width := range widths {
		cells.Set(col, max(1, width))
	}
	table := tablewriter.NewTable(out,
		tablewriter.WithRenderer(&light{Table: t, widths: widths, out: out}),
		tablewriter.WithStreaming(tw.StreamConfig{Enable: true}),
		tablewriter.WithColumnWidths(cells),
		tablewriter.WithEastAsian(tw.Off),
		tablewriter.WithTrimSpace(tw.Off),
		tablewriter.WithHeaderAutoFormat(tw.Off),
		tablewriter.WithHeaderAutoWrap(tw.WrapNone),
		tablewriter.WithRowAutoWrap(tw.WrapNone),
	)
	if err := table.Start(); err != nil {
		return err
	}
	table.Header(t.Head)
	for _, row := range t.Rows {
		if err := table.Append(row); err != nil {
			return err
		}
	}
	return table.Close()
}

func (t Table) records(out *bufio.Writer) {
	for i, row := range t.Rows {
		if i > 0 {
			_ = out.WriteByte('\n')
		}
		for col, text := range row {
			_, _ = out.WriteString(t.paint(-1, col, t.Head[col]+":"))
			if text != "" {
				_, _ = out.WriteString(" " + t.paint(i, col, text))
			}
			_ = out.WriteByte('\n')
		}
	}
}

func (t Table) paint(row, col int, text string) string {
	if t.Paint == nil {
		return text
	}
	return t.Paint(row, col, text)
}

func (t Table) natural() []int {
	widths := make([]int, len(t.Head))
	for col, head := range t.Head {
		widths[col] = displaywidth.String(head)
	}
	for _, row := range t.Rows {
		for col, text := range row {
			widths[col] = max(widths[col], displaywidth.String(text))
		}
	}
	return widths
}

// fit narrows the flexible columns, the widest first, until the table fits.
func (t Table) fit(widths []int) (fitted []int, fits bool) {
	if t.Width <= 0 {
		return widths, true
	}
	over := gap*(len(widths)-1) - t.Width
	for _, width := range widths {
		over += width
	}
	least := narrow
	if lastSpare(t) >= 0 {
		least = roomy
	}
	for ; over > 0; over-- {
		widest := -1
		for col, width := range widths {
			if at(t.Flex, col) && width > least && (widest < 0 || width > widths[widest]) {
				widest = col
			}
		}
		if widest < 0 {
			return nil, false
		}
		widths[widest]--
	}
	return widths, true
}

func at(flags []bool, col int) bool { return col < len(flags) && flags[col] }

func (t Table) ellipsis() string {
	if t.ASCII {
		return "..."
	}
	return "…"
}
