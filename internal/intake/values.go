package intake

import (
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"sluss/internal/idea"
	"sluss/internal/sheet"
)

// ValueRow is a row of a file of values. With any problem it is not fit for use.
type ValueRow struct {
	Line     int    // where the row begins, from 1
	Column   int    // where its day begins
	Heading  string // of the column of days
	Day      idea.Day
	Value    idea.Amount
	Note     string
	Problems []Problem
}

// ValueReader reads the values of a measure from a table with the columns day,
// value and, if there is one, note.
type ValueReader struct {
	rows     *sheet.Reader
	file     string
	calendar calendar
	columns  map[string]int // by what they hold
}

// ValueOptions says how a file of values is written.
type ValueOptions struct {
	Maps     []string // FIELD=COLUMN, for headings that are not understood
	Layout   string   // how a day is written, in the form of the time package; empty: year, month, day
	Location *time.Location
}

// valueHeads is the headings that are understood without a mapping.
func valueHeads(field string) []string {
	switch field {
	case "day":
		return []string{"day", "date", "dag", "datum"}
	case "value":
		return []string{"value", "number", "count", "värde", "tal", "antal"}
	}
	return []string{"note", "comment", "anteckning", "kommentar"}
}

// columnWord is what a column is called: value is a section of ideas too.
func columnWord(field string) idea.Word {
	if field == "value" {
		return "measured value"
	}
	return idea.Word(field)
}

// NewValues makes a reader of the rows of r, which come from file. It returns
// Usage when it does not find the columns.
func NewValues(r *sheet.Reader, file string, o ValueOptions) (*ValueReader, error) {
	layout := strings.TrimPrefix(o.Layout, "day=")
	if layout != "" {
		if err := checkLayout(layout); err != nil {
			return nil, err
		}
	}
	out := &ValueReader{rows: r, file: file, calendar: calendar{"day", layout, o.Location}, columns: map[string]int{}}
	for _, m := range o.Maps {
		field, heading, found := strings.Cut(m, "=")
		if field = strings.ToLower(strings.TrimSpace(field)); !found || !slices.Contains([]string{"day", "value", "note"}, field) {
			return nil, idea.Errorf(idea.Usage, "%q maps no column", m).WithHint("write --map day=Datum, value=… or note=…")
		}
		if err := out.find(field, strings.TrimSpace(heading)); err != nil {
			return nil, err
		}
	}
	for _, field := range []string{"day", "value", "note"} {
		if _, mapped := out.columns[field]; mapped {
			continue
		}
		if err := out.find(field, valueHeads(field)...); err != nil && field != "note" {
			return nil, err
		}
	}
	return out, nil
}

// find looks for the one column that has a heading.
func (r *ValueReader) find(field string, headings ...string) error {
	header := r.rows.Header()
	fits := func(h string) bool {
		return slices.ContainsFunc(headings, func(name string) bool { return fold(name) == fold(h) })
	}
	at := slices.IndexFunc(header, fits)
	if at < 0 {
		return idea.Errorf(idea.Usage, "%s, line 1: no column gives the %s", r.file, columnWord(field)).
			WithHint("its headings are %s; say which with --map %s=HEADING", strings.Join(header, ", "), field)
	}
	if again := slices.IndexFunc(header[at+1:], fits); again >= 0 {
		return idea.Errorf(idea.Usage, "%s, line 1: %q and %q can both be the %s", r.file, header[at], header[at+1+again], columnWord(field)).
			WithHint("say which with --map %s=HEADING, or give one of them another name in the file", field)
	}
	r.columns[field] = at
	return nil
}

// Unused lists the headings of the columns that nothing is taken from.
func (r *ValueReader) Unused() (unused []string) {
	for k, h := range r.rows.Header() {
		used := false
		for _, at := range r.columns {
			used = used || at == k
		}
		if !used {
			unused = append(unused, h)
		}
	}
	return unused
}

// All reads every row that has any text. It returns Usage with a place for a
// file that is no CSV there, and else the error of the source. What is wrong with
// a row is no error: it has Problems.
func (r *ValueReader) All() (rows []ValueRow, err error) {
	for {
		row, err := r.rows.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, Explain(r.file, err)
		}
		if slices.ContainsFunc(row.Cells, filled) {
			rows = append(rows, r.read(row))
		}
	}
}

func (r *ValueReader) read(row sheet.Row) ValueRow {
	out := ValueRow{Line: row.Line, Heading: r.rows.Header()[r.columns["day"]]}
	_, out.Column = row.Position(r.columns["day"])
	bad := func(field string, e *idea.Error) {
		at := r.columns[field]
		p := Problem{File: r.file, Value: cell(row.Cells, at), Header: r.rows.Header()[at], Text: e.Text, Hint: e.Hint}
		p.Line, p.Column = row.Position(at)
		out.Problems = append(out.Problems, p)
	}
	var e *idea.Error
	if out.Day, e = r.day(cell(row.Cells, r.columns["day"])); e != nil {
		bad("day", e)
	}
	var err error
	if out.Value, err = idea.FindAmount(cell(row.Cells, r.columns["value"])); err != nil {
		bad("value", asError(err))
	} else if out.Value == "" {
		bad("value", idea.Errorf(idea.Usage, "the value is missing").WithHint("fill the cell, or take the row away"))
	}
	if at, mapped := r.columns["note"]; mapped {
		if out.Note, err = idea.CleanText("the note", cell(row.Cells, at)); err != nil {
			bad("note", asError(err))
		}
	}
	width := len(r.rows.Header())
	if len(row.Cells) > width && slices.ContainsFunc(row.Cells[width:], filled) {
		note := row.Note()
		p := Problem{File: r.file, Text: idea.Say(note.Format, note.Args...), Hint: idea.Say(note.Hint)}
		p.Line, p.Column = row.Position(width)
		out.Problems = append(out.Problems, p)
	}
	return out
}

func (r *ValueReader) day(text string) (idea.Day, *idea.Error) {
	if text == "" {
		return "", idea.Errorf(idea.Usage, "the day is missing").WithHint("fill the cell, or take the row away")
	}
	return r.calendar.day(text)
}

// cell is the text of a cell, without the guard against formulas; empty for one
// that the row lacks.
func cell(cells []string, at int) string {
	if at >= len(cells) {
		return ""
	}
	return strings.TrimSpace(sheet.Unguard(cells[at]))
}
