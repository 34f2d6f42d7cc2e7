package sheet

import (
	"bufio"
	"io"
	"strings"
)

// Value is a cell to be written. A number has Number set and its Text in
// digits, with a point before the decimals and a minus in front if it needs one.
// A day (2026-11-24) or an instant (RFC 3339) has Day set.
type Value struct {
	Text   string
	Number bool
	Day    bool
}

// WriteOptions says for whom a table is written.
type WriteOptions struct {
	// Excel writes what Swedish Excel opens rightly with a double click: a
	// byte order mark, semicolons, CR LF and decimal commas. The default is
	// RFC 4180 with LF, which other programs and pipes expect.
	Excel bool
}

// Writer writes a table as CSV in UTF-8. Text that a spreadsheet would run is
// guarded; see [Guard].
type Writer struct {
	out   *bufio.Writer
	excel bool
	begun bool
}

// NewWriter makes a Writer on w. Flush must be called at the end.
func NewWriter(w io.Writer, o WriteOptions) *Writer {
	const size = 64 << 10
	return &Writer{out: bufio.NewWriterSize(w, size), excel: o.Excel}
}

// Write writes a row. It returns the error of the underlying writer, now or at
// a later call.
func (w *Writer) Write(row []Value) error {
	w.begin()
	for i, v := range row {
		if i > 0 {
			w.out.WriteByte(w.comma())
		}
		w.cell(v, len(row) == 1)
	}
	if w.excel {
		w.out.WriteByte('\r')
	}
	return w.out.WriteByte('\n')
}

// Flush writes what is still held back. It returns the first error of the
// underlying writer.
func (w *Writer) Flush() error {
	w.begin()
	return w.out.Flush()
}

func (w *Writer) begin() {
	if w.excel && !w.begun {
		w.out.WriteString(bomUTF8)
	}
	w.begun = true
}

func (w *Writer) comma() byte {
	if w.excel {
		return ';'
	}
	return ','
}

// cell quotes whatever any reader could split, so that no part of a text can
// become a cell of its own. A lone empty cell is quoted lest its row be blank.
func (w *Writer) cell(v Value, alone bool) {
	switch {
	case v.Number && isNumber(v.Text):
		w.number(v.Text)
	case v.Text == "" && !alone:
	default:
		w.text(Guard(v.Text))
	}
}

func (w *Writer) number(s string) {
	if w.excel {
		s = strings.Replace(s, ".", ",", 1)
	}
	w.out.WriteString(s)
}

func (w *Writer) text(s string) {
	if s != "" && !strings.ContainsAny(s, "\",;\t|\r\n") {
		w.out.WriteString(s)
		return
	}
	w.out.WriteByte('"')
	for {
		before, after, found := strings.Cut(s, `"`)
		w.out.WriteString(before)
		if !found {
			break
		}
		w.out.WriteString(`""`)
		s = after
	}
	w.out.WriteByte('"')
}

// isNumber keeps a text from passing for a number and so escaping its guard.
func isNumber(s string) bool {
	whole, decimals, point := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	return digits(whole) && (!point || digits(decimals))
}

func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
