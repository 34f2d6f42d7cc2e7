// Package render turns a document into bytes, once for each format.
package render

import (
	"iter"

	"sluss/internal/chart"
)

// Document is what a command has to say, before anybody knows in which format.
// All its texts are in the user's language already; text from people is raw
// and made safe by each format in its own way.
type Document struct {
	Title    string
	Notes    []string // short paragraphs under the title
	Sections []Section

	// Records is the document as rows for CSV; nil takes the first table. A row
	// of it is good until the next: there may be very many.
	Records *Table

	// JSON is the value for JSON: a struct for one thing. Items, if not nil,
	// is used instead: the elements of an array, one at a time.
	JSON  any
	Items iter.Seq2[any, error]

	// Sample, if not nil, is an element of Items without values: a field that
	// it does not have is refused before anything is written.
	Sample any
}

// Section is a part of a document, printed in the order facts, text, chart,
// table.
type Section struct {
	Heading string
	Page    bool // begins a new page on paper
	Paper   bool // only in what is handed on: Markdown and HTML
	Sub     bool // part of the section above: a smaller heading, where there are sizes
	Facts   []Fact
	Text    string       // Markdown that somebody wrote
	Chart   *chart.Chart // drawn at a terminal, in HTML and as SVG; others get the table
	Table   *Table       // nil takes the figures of the chart
	Board   *Board       // drawn at a terminal in place of the table

	fromChart bool // the table was made of the chart
}

// Fact is a label with a value.
type Fact struct {
	Label string
	Value string
}

// Table is rows under columns. Rows are drawn once.
type Table struct {
	Columns []Column
	Rows    iter.Seq2[[]Cell, error]

	// Pick, if not nil, draws rows of only some columns, by their places: what
	// is not asked for need not be made. Each row is good until the next.
	Pick func(columns []int) iter.Seq2[[]Cell, error]

	Empty   string // said in place of a table without rows
	Caption string // said above it
}

// Column describes the cells of one column.
type Column struct {
	Key   string // stable English name: the CSV heading, and what --fields selects
	Head  string // what people read
	Right bool   // numbers stand to the right
	Flex  bool   // text that may be cut to fit the width of a terminal
	Wrap  bool   // but goes on in the next line instead, because its end tells rows apart
	Spare bool   // may be left out on a narrow terminal
	Spark bool   // nothing but sparklines: CSV leaves it out
	Day   bool   // days or, in Raw, instants (RFC 3339): a workbook counts with them
}

// Cell is one value. Text is what people read; Raw is what CSV takes, and Text
// when it is empty.
type Cell struct {
	Text   string
	Raw    string
	Void   bool   // Text says that there is no value: CSV takes nothing
	Link   string // a file that tells more, for Markdown; HTML follows only those to the web, and to pages beside it
	Number bool   // Raw is a number: never guarded, with the decimal comma of --excel
	Style  Style  // colour on a terminal, always beside a word or a sign

	// Spark is drawn as a row of small bars after the text. It is for the eye
	// only: what it shows must be in words too.
	Spark []float64
}

// Style is a way in which a cell stands out on a terminal.
type Style int

// The styles.
const (
	Plain Style = iota
	Dim
	Good
	Warn
	Bad
)

// RowsOf makes the rows of a table from a slice.
func RowsOf(rows [][]Cell) iter.Seq2[[]Cell, error] {
	return func(yield func([]Cell, error) bool) {
		for _, row := range rows {
			if !yield(row, nil) {
				return
			}
		}
	}
}
