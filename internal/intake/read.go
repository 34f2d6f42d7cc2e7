package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"sluss/internal/idea"
	"sluss/internal/sheet"
)

// Options is what the words of a file are read by.
type Options struct {
	Process  idea.Process   // whose stages there are; nil: the default process
	Location *time.Location // where an instant becomes a day; nil: the computer's own
}

// Reader reads drafts from a table.
type Reader struct {
	rows    *sheet.Reader
	file    string
	source  string
	columns []column
	mapped  int // the number of columns up to the last one mapped
	number  int // the column of numbers that merged_into speaks of; -1: the external id
	merges  bool
	process idea.Process
	print   []byte
	seen    map[[16]byte]int
}

// Record is what a row holds. With any problem the draft is not fit for use.
type Record struct {
	Line     int      // where the row begins, from 1
	Raw      []string // the cells as they stand in the file; good until the next Read
	Draft    idea.Draft
	Problems []Problem
}

// Problem says what is wrong with a row. Column counts characters on the line
// from 1.
type Problem struct {
	File   string
	Line   int
	Column int
	Header string // the heading of the column; empty if it is the row as a whole
	Value  string // what stands in the cell
	Text   idea.Text
	Hint   idea.Text
}

// New makes a Reader of the rows of r, which come from file. It returns Usage
// for a mapping that asks for columns that r does not have, that fills a field
// twice or with a word that cannot be, or that leaves ideas without titles.
func New(r *sheet.Reader, m Mapping, file string, o Options) (*Reader, error) {
	if o.Process == nil {
		o.Process = idea.DefaultProcess()
	}
	if o.Location == nil {
		o.Location = time.Local
	}
	source, err := idea.CleanLine("the source", m.Source)
	if err != nil {
		return nil, err
	}
	out := &Reader{rows: r, file: file, source: source, seen: map[[16]byte]int{}, process: o.Process}
	for _, c := range m.Columns {
		if err := out.add(c, o); err != nil {
			return nil, err
		}
	}
	out.merges = out.has("merged_into")
	out.number = slices.IndexFunc(r.Header(), func(h string) bool { return fold(h) == "number" })
	if !out.has("title") {
		return nil, idea.Errorf(idea.Usage, "%s: no column gives the title", file).
			WithHint("say which with --map title=COLUMN; there are: %s", strings.Join(r.Header(), ", "))
	}
	return out, nil
}

func (r *Reader) has(field string) bool {
	return slices.ContainsFunc(r.columns, func(c column) bool { return c.name == field })
}

func (r *Reader) add(m ColumnMap, o Options) error {
	if err := m.check(); err != nil {
		return err
	}
	f, _ := findField(m.Field)
	if f.shape != tags && r.has(f.name) {
		return idea.Errorf(idea.Usage, "the field %s is mapped twice", f.name).
			WithHint("name all its columns at once; the first that is not empty counts")
	}
	c := column{field: f, split: m.Split, calendar: calendar{f.name, m.Format, o.Location}}
	if f.shape == word {
		c.words = newVocabulary(f.name, o.Process)
	}
	for _, name := range m.Columns {
		i, err := r.index(name)
		if err != nil {
			return err
		}
		c.indexes = append(c.indexes, i)
		r.mapped = max(r.mapped, i+1)
	}
	if len(c.indexes) == 0 && m.Value == "" {
		return idea.Errorf(idea.Usage, "nothing fills the field %s", f.name).
			WithHint("name a column with --map, or give a value with --set")
	}
	if err := c.exchange(m.Values); err != nil {
		return err
	}
	if err := c.fix(m.Value); err != nil {
		return err
	}
	r.columns = append(r.columns, c)
	return nil
}

// index finds a column by its heading, exactly or else in another spelling.
func (r *Reader) index(name string) (int, error) {
	header := r.rows.Header()
	for _, same := range []func(string) bool{
		func(h string) bool { return h == name },
		func(h string) bool { return fold(h) == fold(name) },
	} {
		i := slices.IndexFunc(header, same)
		if i < 0 {
			continue
		}
		if slices.ContainsFunc(header[i+1:], same) {
			return 0, idea.Errorf(idea.Usage, "%s, line 1: two columns are called %q", r.file, header[i]).
				WithHint("give one of them another name in the file")
		}
		return i, nil
	}
	return 0, oneOf(idea.Errorf(idea.Usage, "%s, line 1: there is no column %q", r.file, name), name, header)
}

// Unused lists the headings of the columns that fill nothing.
func (r *Reader) Unused() []string {
	var unused []string
	for i, h := range r.rows.Header() {
		if !slices.ContainsFunc(r.columns, func(c column) bool { return slices.Contains(c.indexes, i) }) {
			unused = append(unused, h)
		}
	}
	return unused
}

// Read reads the next row that has any text. It returns io.EOF after the last
// one, Usage with a place for a file that is no CSV there, and else the error
// of the source. A row that makes no idea is no error: it has Problems.
//
// A row without an external id gets one that is made of the texts in its
// mapped columns, and of its place among rows that are alike in them, so that
// a file can be imported again with the same mapping and adds nothing twice.
func (r *Reader) Read() (Record, error) {
	for {
		row, err := r.rows.Read()
		if err != nil {
			return Record{}, Explain(r.file, err)
		}
		if slices.ContainsFunc(row.Cells, filled) {
			return r.record(row), nil
		}
	}
}

func filled(cell string) bool { return strings.TrimSpace(cell) != "" }

func (r *Reader) record(row sheet.Row) Record {
	record := Record{Line: row.Line, Raw: row.Cells}
	record.Draft.Source = r.source
	var fixed []string // fields that the cells say nothing of
	r.print = r.print[:0]
	for i := range r.columns {
		c := &r.columns[i]
		value, index := c.pick(row.Cells)
		if !c.late {
			r.print = strconv.AppendInt(r.print, int64(len(value)), 10)
			r.print = append(append(r.print, ' '), value...)
		}
		if value == "" {
			value = c.constant
			fixed = append(fixed, c.name)
		}
		if err := c.fill(&record.Draft, value); err != nil {
			record.Problems = append(record.Problems, r.problem(row, index, value, err))
		}
	}
	r.leaveOut(&record.Draft, fixed)
	if record.Draft.ExternalID == "" {
		record.Draft.ExternalID = r.name()
	}
	if r.merges {
		record.Draft.Number = record.Draft.ExternalID
		if r.number >= 0 && r.number < len(row.Cells) {
			record.Draft.Number = strings.TrimSpace(row.Cells[r.number])
		}
	}
	if !r.fits(row.Cells) {
		note := row.Note()
		record.Problems = append(record.Problems, r.problem(row, len(r.rows.Header()), "",
			&idea.Error{Text: idea.Say(note.Format, note.Args...), Hint: idea.Say(note.Hint)}))
	}
	return record
}

// leaveOut takes out of a draft what was said for every row but goes only with
// some stages: the reason of a closed idea, the day on which a parked one wakes.
func (r *Reader) leaveOut(d *idea.Draft, fixed []string) {
	var kind idea.StageKind
	for _, s := range r.process {
		if s.Key == d.Stage {
			kind = s.Kind
		}
	}
	if kind != idea.Closed && slices.Contains(fixed, "reason") {
		d.Reason = ""
	}
	if kind != idea.Parked && slices.Contains(fixed, "wake") {
		d.Wake = ""
	}
}

// fits tells whether every mapped column has a cell and every cell with text
// a heading. A separator too much at the end of a row does no harm.
func (r *Reader) fits(cells []string) bool {
	width := len(r.rows.Header())
	return len(cells) >= r.mapped && (len(cells) <= width || !slices.ContainsFunc(cells[width:], filled))
}

func (r *Reader) problem(row sheet.Row, index int, value string, e *idea.Error) Problem {
	p := Problem{File: r.file, Line: row.Line, Value: value, Text: e.Text, Hint: e.Hint}
	if index >= 0 {
		p.Line, p.Column = row.Position(index)
	}
	if header := r.rows.Header(); index >= 0 && index < len(header) {
		p.Header = header[index]
	}
	return p
}

// name makes an external id for the row whose texts are in r.print.
func (r *Reader) name() string {
	sum := sha256.Sum256(r.print)
	short := [16]byte(sum[:])
	r.seen[short]++
	const prefix = "row:"
	id := make([]byte, 0, len(prefix)+2*len(short)+4)
	id = hex.AppendEncode(append(id, prefix...), short[:])
	if n := r.seen[short]; n > 1 {
		id = strconv.AppendInt(append(id, '-'), int64(n), 10)
	}
	return string(id)
}

// Explain makes an error of sheet, about file, one that users can be told. It
// gives back any other error as it is.
func Explain(file string, err error) error {
	var e *sheet.Error
	if !errors.As(err, &e) {
		return err
	}
	text := idea.Say(e.Format, e.Args...)
	out := &idea.Error{Kind: idea.Usage, Hint: idea.Say(e.Hint), Err: err}
	switch {
	case e.Line == 0:
		out.Text = idea.Say("%s: %s", file, text)
	case e.Column == 0:
		out.Text = idea.Say("%s, line %d: %s", file, e.Line, text)
	default:
		out.Text = idea.Say("%s, line %d, column %d: %s", file, e.Line, e.Column, text)
	}
	return out
}

// asError is err, which comes from the domain, as what it is; nil stays nil.
func asError(err error) *idea.Error {
	var e *idea.Error
	if err != nil && !errors.As(err, &e) {
		return idea.Errorf(idea.Failure, "%s", err).Because(err)
	}
	return e
}
