package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	headSize   = 1 << 20 // what the encoding is judged by
	bufferSize = 256 << 10
	maxRow     = 10 << 20

	bomUTF8    = "\xef\xbb\xbf"
	bomUTF16LE = "\xff\xfe"
	bomUTF16BE = "\xfe\xff"
)

// ReadOptions says how a file is written. What is zero is found out.
type ReadOptions struct {
	Comma    rune
	Encoding Encoding
}

// Reader reads a table from CSV, however its maker wrote it: RFC 4180, with
// another separator, another encoding or other line ends. A quote in the
// middle of a cell that does not begin with one is a character like any
// other, as in Excel. Blank lines are skipped.
type Reader struct {
	source  *counter
	text    io.Reader // UTF-8, if the file is what it was taken for
	dialect Dialect
	scan    *scanner
	header  []string
	cells   []string

	buf        []byte
	start, end int // what is not yet read of buf
	eof        bool
	line       int // of buf[start]
	err        error
}

// NewReader finds out how r is written and reads its headings. It returns an
// *Error for an empty file, an encoding or separator that cannot be, or
// headings that cannot be read, and else the error of r.
func NewReader(r io.Reader, o ReadOptions) (*Reader, error) {
	source := &counter{Reader: r}
	buffered := bufio.NewReaderSize(source, headSize)
	head, err := buffered.Peek(headSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) {
		return nil, errorf(0, 0, "this is a workbook or an archive, not CSV").
			withHint("open it in the spreadsheet program and save it as CSV UTF-8")
	}
	encoding, bom, err := judgeEncoding(head, err != nil, o.Encoding)
	if err != nil {
		return nil, err
	}
	if _, err := buffered.Discard(len(bom)); err != nil {
		return nil, err
	}
	reader := &Reader{
		source:  source,
		text:    buffered,
		dialect: Dialect{Encoding: encoding, BOM: bom != ""},
		buf:     make([]byte, bufferSize),
		line:    1,
	}
	if d := encoding.decoder(); d != nil {
		reader.text = d.Reader(buffered)
	}
	if err := reader.begin(o.Comma); err != nil {
		return nil, err
	}
	return reader, nil
}

// judgeEncoding takes a file without a byte order mark for UTF-8 if its head
// is that, and else for Windows-1252. All says that head is the whole file.
func judgeEncoding(head []byte, all bool, asked Encoding) (Encoding, string, error) {
	if asked != "" && !slices.Contains(Encodings(), asked) {
		return "", "", errorf(0, 0, "%q is no encoding that can be read", asked).
			withHint("use one of: utf-8, windows-1252, utf-16le, utf-16be")
	}
	marked, bom := mark(head)
	switch {
	case asked != "" && asked != marked:
		return asked, "", nil
	case marked != "":
		return marked, bom, nil
	case utf8.Valid(head) || !all && utf8.Valid(cutRune(head)):
		return UTF8, "", nil
	}
	return Windows1252, "", nil
}

func mark(head []byte) (Encoding, string) {
	switch {
	case bytes.HasPrefix(head, []byte(bomUTF8)):
		return UTF8, bomUTF8
	case bytes.HasPrefix(head, []byte(bomUTF16LE)):
		return UTF16LE, bomUTF16LE
	case bytes.HasPrefix(head, []byte(bomUTF16BE)):
		return UTF16BE, bomUTF16BE
	}
	return "", ""
}

// cutRune takes off the beginning of a character that goes on after text.
func cutRune(text []byte) []byte {
	for i := len(text) - 1; i >= max(0, len(text)-utf8.UTFMax+1); i-- {
		if utf8.RuneStart(text[i]) {
			if !utf8.FullRune(text[i:]) {
				return text[:i]
			}
			break
		}
	}
	return text
}

// begin settles the separator and reads the headings.
func (r *Reader) begin(comma rune) error {
	if err := r.fill(); err != nil {
		return err
	}
	if comma != 0 && (comma >= utf8.RuneSelf || strings.ContainsRune("\"\r\n\x00", comma)) {
		return errorf(0, 0, "%q cannot separate cells", string(comma)).
			withHint("use one of: , ; | or a tab")
	}
	noted := r.note()
	switch {
	case comma != 0:
	case noted != 0:
		comma = rune(noted)
	default:
		comma = rune(separator(r.buf[r.start:r.end], r.eof))
	}
	r.dialect.Comma = comma
	r.scan = newScanner(byte(comma))
	row, err := r.next()
	if err == io.EOF {
		return errorf(0, 0, "the file is empty").withHint("its first line must be the headings")
	}
	if err != nil {
		return err
	}
	for _, cell := range row.Cells {
		r.header = append(r.header, strings.TrimSpace(cell))
	}
	return nil
}

// note reads past a first line such as sep=; that some programs write for
// Excel, and gives the separator that it names.
func (r *Reader) note() byte {
	const length = len("sep=;")
	text := r.buf[r.start:r.end]
	if len(text) <= length || !bytes.HasPrefix(text, []byte("sep=")) || bytes.IndexByte([]byte(",;\t|"), text[length-1]) < 0 ||
		text[length] != '\r' && text[length] != '\n' {
		return 0
	}
	n, _ := lineEnd(text, length, true)
	r.start, r.line = n, 2
	return text[length-1]
}

// Dialect tells how the file is written.
func (r *Reader) Dialect() Dialect { return r.dialect }

// Header is the headings: the first row that is not blank, each without white
// space at its ends.
func (r *Reader) Header() []string { return r.header }

// Bytes counts the bytes of the source that have been taken in, some of which
// may not have been read as rows yet. It is meant for a progress bar.
func (r *Reader) Bytes() int64 { return r.source.n }

// Read reads the next row. It returns io.EOF after the last one, an *Error
// with a place for what is no CSV or no text in the encoding of the file, and
// else the error of the source. After an error every Read returns the same.
//
// The slice Cells and what Position tells are good until the next Read; the
// strings are good for ever.
func (r *Reader) Read() (Row, error) {
	if r.err != nil {
		return Row{}, r.err
	}
	row, err := r.next()
	r.err = err
	return row, err
}

func (r *Reader) next() (Row, error) {
	for {
		data, err := r.record()
		if err != nil {
			return Row{}, err
		}
		line := r.line
		r.start += len(data)
		r.line += r.scan.breaks + 1
		if !r.scan.blank() {
			return r.row(data, line)
		}
	}
}

// record scans the next record and gives its bytes, having taken in as much
// as it needs.
func (r *Reader) record() ([]byte, error) {
	for {
		data := r.buf[r.start:r.end]
		if len(data) == 0 && r.eof {
			return nil, io.EOF
		}
		n, found := r.scan.record(data, r.eof)
		switch {
		case found == whole && n <= maxRow:
			return data[:n], nil
		case found == partial && len(data) <= maxRow:
			if err := r.fill(); err != nil {
				return nil, err
			}
		default:
			return nil, r.fault(data, found)
		}
	}
}

func (r *Reader) fault(data []byte, found state) error {
	if found == tooMany {
		return errorf(r.line, 0, "the row has more than %d cells", maxCells).
			withHint("look for a quote too much or too little in the rows before")
	}
	if found == whole || found == partial && r.scan.fault < 0 {
		return errorf(r.line, 0, "the row is longer than %d MiB", maxRow>>20).
			withHint("look for a quote too much or too little in the rows before")
	}
	line, column := place(data[:r.scan.fault], r.line)
	if found == stray {
		return errorf(line, column, "a quote stands inside a quoted cell").
			withHint("write it twice (\"\"), or take it away")
	}
	return errorf(line, column, "a quote opens here and never closes").
		withHint("close the quote, or take it away")
}

// row makes a row of a scanned record. All its cells but those with doubled
// quotes share one string.
func (r *Reader) row(data []byte, line int) (Row, error) {
	if i := bytes.IndexByte(data, 0); i >= 0 {
		line, column := place(data[:i], line)
		return Row{}, errorf(line, column, "there is a NUL character here").
			withHint("if this is text saved as Unicode, give --encoding utf-16le; else remove it")
	}
	if r.dialect.Encoding == UTF8 && !utf8.Valid(data) {
		i := firstInvalid(data)
		line, column := place(data[:i], line)
		return Row{}, errorf(line, column, "the byte %#x is not UTF-8", data[i]).
			withHint("give --encoding windows-1252 if an older Windows program saved the file")
	}
	text := string(data)
	r.cells = r.cells[:0]
	for _, c := range r.scan.cells {
		cell := text[c.start:c.end]
		if c.doubled {
			cell = strings.ReplaceAll(cell, `""`, `"`)
		}
		r.cells = append(r.cells, cell)
	}
	return Row{Line: line, Cells: r.cells, text: text, spans: r.scan.cells, want: len(r.header)}, nil
}

func firstInvalid(data []byte) int {
	for i := 0; i < len(data); {
		c, size := utf8.DecodeRune(data[i:])
		if c == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(data)
}

// fill takes in more of the file behind what is not yet read.
func (r *Reader) fill() error {
	r.end = copy(r.buf, r.buf[r.start:r.end])
	r.start = 0
	if r.end == len(r.buf) {
		r.buf = append(r.buf, make([]byte, len(r.buf))...)
	}
	n, err := io.ReadFull(r.text, r.buf[r.end:])
	r.end += n
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		r.eof = true
		return nil
	}
	return err
}

// Row is a row of a table.
type Row struct {
	Line  int // where it begins in the file, from 1
	Cells []string

	text  string
	spans []span
	want  int
}

// Position is where cell i begins in the file. Lines and columns count from 1,
// columns in characters. For a cell that the row lacks it is the row's end.
func (r Row) Position(i int) (line, column int) {
	if len(r.spans) == 0 {
		return r.Line, 1
	}
	at := r.spans[min(i, len(r.spans)-1)]
	offset := at.start
	switch {
	case i >= len(r.spans):
		offset = at.end
	case at.quoted:
		offset--
	}
	return place([]byte(r.text[:offset]), r.Line)
}

// Note says what is odd about the row: that it is wider or narrower than the
// headings. It is nil for nothing.
func (r Row) Note() *Error {
	if len(r.Cells) == r.want {
		return nil
	}
	return errorf(r.Line, 0, "cells in the row: %d, headings: %d", len(r.Cells), r.want).
		withHint("look for a separator or a quote too much or too little")
}

type counter struct {
	io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	return n, err
}
