package render

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"slices"
)

// Format is a way to write a document.
type Format string

// The formats.
const (
	TableFormat Format = "table" // for people at a terminal, and plain lines for pipes
	JSON        Format = "json"
	CSV         Format = "csv"
	Markdown    Format = "md"
	HTML        Format = "html" // one self-contained page
	SVG         Format = "svg"  // the charts alone
	XLSX        Format = "xlsx" // a workbook with what CSV has
)

// Formats lists the formats.
func Formats() []Format { return []Format{TableFormat, JSON, CSV, Markdown, HTML, SVG, XLSX} }

// Options says how a document is written. The zero Options writes plain lines
// for a pipe.
type Options struct {
	Format Format   // empty: TableFormat
	TTY    bool     // the reader is a person at a terminal
	Width  int      // columns of the terminal; 0 wraps and cuts nothing
	Color  bool     // paint with escape sequences
	ASCII  bool     // draw with ASCII only
	Excel  bool     // CSV as Swedish Excel wants it
	Fields []string // keys of the columns or JSON values to show, in this order
	JQ     string   // a jq expression over the JSON; goes before Format
	Bare   bool     // leave the document's title out; HTML keeps it
	Lang   string   // language of the document as HTML wants it; empty: en
	Title  string   // of an HTML page or a workbook whose document has none
	Cut    *int     // counts the texts that were too long for a workbook; nil for nobody
}

// UnknownField is the error for a field that the document does not have.
type UnknownField struct {
	Name  string
	Known []string
}

func (e *UnknownField) Error() string { return fmt.Sprintf("there is no field %q", e.Name) }

// Write writes d to w. It returns an *UnknownField for a name in o.Fields that
// d does not have, a *JQError for an expression that is wrong, fails or takes
// too long, a *NoChart for SVG of a document without charts, a *sheet.Error for
// more rows than a workbook holds, and else the first error of d's rows or of w.
func Write(w io.Writer, d Document, o Options) error {
	switch {
	case o.JQ != "":
		return writeJQ(w, d, o)
	case o.Format == JSON:
		if err := d.checkFields(o.Fields); err != nil {
			return err
		}
		return writeJSON(w, d, o.Fields)
	}
	if o.Format == SVG {
		return writeSVG(w, d)
	}
	d, err := selectFields(d.withFigures(), o.Fields)
	if err != nil {
		return err
	}
	if o.Format == HTML {
		return writeHTML(w, d, o)
	}
	if o.Bare {
		d.Title = ""
	}
	switch o.Format {
	case CSV:
		return writeCSV(w, d, o.Excel)
	case XLSX:
		return writeXLSX(w, d, o)
	case Markdown:
		return writeMarkdown(w, d)
	case TableFormat, "":
		return writeText(w, d, o)
	}
	return fmt.Errorf("there is no format %q", o.Format)
}

// selectFields makes d a document of one table with the columns asked for.
func selectFields(d Document, fields []string) (Document, error) {
	if len(fields) == 0 {
		return d, nil
	}
	table := d.records()
	if table == nil {
		return d, &UnknownField{Name: fields[0]}
	}
	table, err := table.selected(fields)
	if err != nil {
		return d, err
	}
	shown := *table
	shown.Rows = func(yield func([]Cell, error) bool) {
		for row, err := range table.rows() {
			if !yield(slices.Clone(row), err) {
				return
			}
		}
	}
	return Document{Title: d.Title, Notes: d.Notes, Records: table, Sections: []Section{{Table: &shown}}}, nil
}

// records is the table that stands for the whole document; nil if it has none.
func (d Document) records() *Table {
	if d.Records != nil {
		return d.Records
	}
	for _, s := range d.Sections {
		if s.Table != nil {
			return s.Table
		}
	}
	return nil
}

func (t *Table) selected(fields []string) (*Table, error) {
	picked := *t
	picked.Columns = nil
	var from []int
	for _, field := range fields {
		i := slices.IndexFunc(t.Columns, func(c Column) bool { return c.Key == field })
		if i < 0 {
			return nil, &UnknownField{Name: field, Known: t.keys()}
		}
		from = append(from, i)
		column := t.Columns[i]
		column.Spare = false
		picked.Columns = append(picked.Columns, column)
	}
	picked.Pick = nil
	if t.Pick != nil {
		picked.Rows = t.Pick(from)
		return &picked, nil
	}
	picked.Rows = func(yield func([]Cell, error) bool) {
		for row, err := range t.rows() {
			cells := make([]Cell, len(from))
			for i, col := range from {
				if col < len(row) {
					cells[i] = row[col]
				}
			}
			if !yield(cells, err) {
				return
			}
		}
	}
	return &picked, nil
}

func (t *Table) keys() []string {
	keys := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		keys[i] = c.Key
	}
	return keys
}

// rows is the rows of t, none if there is no iterator.
func (t *Table) rows() iter.Seq2[[]Cell, error] {
	if t.Rows == nil {
		return RowsOf(nil)
	}
	return t.Rows
}

// paper is what the formats for people write on: blocks with an empty line
// between them.
type paper struct {
	*bufio.Writer
	begun  bool
	joined bool // the next block follows without a gap
}

func newPaper(w io.Writer) *paper { return &paper{Writer: bufio.NewWriter(w)} }

func (p *paper) block() {
	if p.begun && !p.joined {
		_ = p.WriteByte('\n')
	}
	p.begun, p.joined = true, false
}

func (p *paper) line(parts ...string) {
	for _, part := range parts {
		_, _ = p.WriteString(part)
	}
	_ = p.WriteByte('\n')
}
