package sheet

import (
	"archive/zip"
	"compress/flate"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// MaxRows is how many rows a sheet of a workbook can have, its headings among
// them, and MaxCell how many UTF-16 units of text a cell can hold: ECMA-376 and
// Excel's own limits.
const (
	MaxRows = 1_048_576
	MaxCell = 32_767
)

// Heading is the top of a column of a workbook.
type Heading struct {
	Text  string
	Width int // in characters of the standard font
}

// Book writes a table as an Office Open XML workbook of one sheet, row by row:
// no more than a row is held at a time. Its headings stand still while the rows
// are rolled. The same rows give the same bytes: nothing in it tells when or
// where it was made.
type Book struct {
	file  *zip.Writer
	sheet io.Writer
	buf   []byte
	wide  int // columns
	row   int // the last that was written, from 1
	cut   int
}

// The styles of cells, by their place in styles.xml.
const (
	plainStyle = iota
	headStyle
	dayStyle
	instantStyle
	heldStyle // text that a spreadsheet would run
)

// NewBook begins a workbook on w whose sheet has a name and headings.
func NewBook(w io.Writer, name string, headings []Heading) (*Book, error) {
	b := &Book{file: zip.NewWriter(w), wide: len(headings)}
	b.file.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	for _, part := range []struct{ name, text string }{
		{"[Content_Types].xml", contentTypes}, {"_rels/.rels", rootRelations},
		{"xl/workbook.xml", strings.Replace(workbook, "NAME", string(appendXML(nil, sheetName(name))), 1)},
		{"xl/_rels/workbook.xml.rels", workbookRelations}, {"xl/styles.xml", styles},
	} {
		p, err := b.part(part.name)
		if err == nil {
			_, err = io.WriteString(p, part.text)
		}
		if err != nil {
			return nil, err
		}
	}
	var err error
	if b.sheet, err = b.part("xl/worksheets/sheet1.xml"); err != nil {
		return nil, err
	}
	b.buf = append(b.buf, sheetTop...)
	for i, h := range headings {
		b.buf = fmt.Appendf(b.buf, `<col min="%d" max="%d" width="%d" customWidth="1"/>`, i+1, i+1, h.Width)
	}
	b.buf = append(b.buf, "</cols><sheetData>"...)
	b.open()
	for i, h := range headings {
		b.text(i, headStyle, h.Text)
	}
	return b, b.end()
}

func (b *Book) part(name string) (io.Writer, error) {
	dos := time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC) // the first day that the format knows
	return b.file.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: dos})
}

// sheetName is name as a sheet may be called: 31 characters at most, without
// some signs.
func sheetName(name string) string {
	letters := []rune(strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\"`, r) || r < ' ' {
			return ' '
		}
		return r
	}, name), "' "))
	if name = strings.Trim(string(letters[:min(len(letters), 31)]), "' "); name == "" {
		return "sluss"
	}
	return name
}

// Write writes a row. Numbers and days become numbers and days, all else text,
// also what looks like a formula. It returns an *Error when the sheet is full,
// and else the error of the underlying writer, now or at a later call.
func (b *Book) Write(row []Value) error {
	if b.row >= MaxRows {
		return TooLong()
	}
	b.open()
	for i, v := range row {
		b.cell(i, v)
	}
	return b.end()
}

// TooLong is the error for more rows than a sheet can have.
func TooLong() *Error {
	return errorf(0, 0, "a workbook holds %d rows at most, and this is more", MaxRows-1).
		withHint("choose fewer with --period or another filter, or write csv")
}

// Close writes the end of the workbook; it does not close the underlying
// writer. It returns the first error of that.
func (b *Book) Close() error {
	b.buf = append(b.buf, "</sheetData>"...)
	if b.wide > 0 {
		b.buf = append(b.buf, `<autoFilter ref="A1:`...)
		b.buf = appendPlace(b.buf, b.wide-1, b.row)
		b.buf = append(b.buf, `"/>`...)
	}
	b.buf = append(b.buf, "</worksheet>"...)
	if err := b.flush(); err != nil {
		return err
	}
	return b.file.Close()
}

// Cut counts the texts that were longer than a cell can be, and so end in […].
func (b *Book) Cut() int { return b.cut }

func (b *Book) open() {
	b.row++
	b.buf = append(b.buf, `<row r="`...)
	b.buf = strconv.AppendInt(b.buf, int64(b.row), 10)
	b.buf = append(b.buf, `">`...)
}

func (b *Book) end() error {
	b.buf = append(b.buf, "</row>"...)
	const enough = 64 << 10
	if len(b.buf) < enough {
		return nil
	}
	return b.flush()
}

func (b *Book) flush() error {
	_, err := b.sheet.Write(b.buf)
	b.buf = b.buf[:0]
	return err
}

func (b *Book) cell(column int, v Value) {
	if v.Text == "" {
		return
	}
	if v.Number && exact(v.Text) {
		b.number(column, plainStyle, v.Text)
		return
	}
	if v.Day {
		if serial, style, ok := serialOf(v.Text); ok {
			b.number(column, style, serial)
			return
		}
	}
	style := plainStyle
	if runs(v.Text) {
		style = heldStyle
	}
	b.text(column, style, v.Text)
}

// exact tells whether a spreadsheet keeps a number as it is: it has floating
// point of 15 digits.
func exact(s string) bool {
	return isNumber(s) && len(strings.TrimLeft(strings.NewReplacer("-", "", ".", "").Replace(s), "0")) <= 15
}

// serialOf is a day, or an instant in RFC 3339, as spreadsheets count: in days
// since 30 December 1899. It reports false before March 1900, where they count
// a day that never was.
func serialOf(s string) (serial string, style int, ok bool) {
	t, err := time.Parse(time.DateOnly, s)
	style = dayStyle
	if err != nil {
		if t, err = time.Parse(time.RFC3339, s); err != nil {
			return "", 0, false
		}
		style = instantStyle
	}
	days := t.UTC().Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Seconds() / 86400
	const march = 61
	return strconv.FormatFloat(days, 'f', -1, 64), style, days >= march && t.Year() <= 9999
}

func (b *Book) place(column, style int) {
	b.buf = append(b.buf, `<c r="`...)
	b.buf = appendPlace(b.buf, column, b.row)
	if style != plainStyle {
		b.buf = append(b.buf, `" s="`...)
		b.buf = strconv.AppendInt(b.buf, int64(style), 10)
	}
}

func (b *Book) number(column, style int, s string) {
	b.place(column, style)
	b.buf = append(b.buf, `"><v>`...)
	b.buf = append(b.buf, s...)
	b.buf = append(b.buf, "</v></c>"...)
}

func (b *Book) text(column, style int, s string) {
	if len(s) > MaxCell { // bytes are at least as many
		s = b.fit(s)
	}
	b.place(column, style)
	b.buf = append(b.buf, `" t="inlineStr"><is><t xml:space="preserve">`...)
	b.buf = appendXML(b.buf, s)
	b.buf = append(b.buf, "</t></is></c>"...)
}

// fit cuts a text that is too long for a cell.
func (b *Book) fit(s string) string {
	const mark = " […]"
	units, last := 0, 0
	for i, r := range s {
		if units <= MaxCell-len(mark) {
			last = i
		}
		if units++; r > math.MaxUint16 {
			units++
		}
	}
	if units <= MaxCell {
		return s
	}
	b.cut++
	return s[:last] + mark
}

func appendPlace(buf []byte, column, row int) []byte {
	var letters [8]byte
	at := len(letters)
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		at--
		letters[at] = byte('A' + (n-1)%26)
	}
	return strconv.AppendInt(append(buf, letters[at:]...), int64(row), 10)
}

// appendXML is s as text between tags. What XML cannot hold becomes U+FFFD. A
// piece such as _x0041_, which spreadsheets take for an A, is kept from that.
func appendXML(buf []byte, s string) []byte {
	done := 0
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		instead := ""
		switch {
		case r == '&':
			instead = "&amp;"
		case r == '<':
			instead = "&lt;"
		case r == '>':
			instead = "&gt;"
		case r == '\r':
			instead = "&#13;"
		case r == '_' && isCode(s[i:]):
			instead = "_x005F_"
		case r < ' ' && r != '\t' && r != '\n', r == utf8.RuneError, r == 0xFFFE, r == 0xFFFF:
			instead = "\uFFFD"
		}
		if instead != "" {
			buf = append(append(buf, s[done:i]...), instead...)
			done = i + size
		}
		i += size
	}
	return append(buf, s[done:]...)
}

// isCode tells whether s begins with what spreadsheets read as a character by
// its number: _x0041_.
func isCode(s string) bool {
	return len(s) >= 7 && (s[1] == 'x' || s[1] == 'X') && s[6] == '_' && strings.Trim(s[2:6], "0123456789abcdefABCDEF") == ""
}

const xmlTop = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

const contentTypes = xmlTop + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
	`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
	`<Default Extension="xml" ContentType="application/xml"/>` +
	`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` +
	`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>` +
	`<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`

const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

const rootRelations = xmlTop + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
	`<Relationship Id="rId1" Type="` + relations + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`

const workbook = xmlTop + `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="` + relations + `">` +
	`<sheets><sheet name="NAME" sheetId="1" r:id="rId1"/></sheets></workbook>`

const workbookRelations = xmlTop + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
	`<Relationship Id="rId1" Type="` + relations + `/worksheet" Target="worksheets/sheet1.xml"/>` +
	`<Relationship Id="rId2" Type="` + relations + `/styles" Target="styles.xml"/></Relationships>`

// styles has the styles of cells in the order of the constants. An instant is
// shown in UTC, and says so.
const styles = xmlTop + `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
	`<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="yyyy\-mm\-dd\ hh:mm&quot;Z&quot;"/></numFmts>` +
	`<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
	`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
	`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
	`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
	`<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
	`<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>` +
	`<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
	`<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
	`<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/></cellXfs>` +
	`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`

const sheetTop = xmlTop + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
	`<sheetViews><sheetView tabSelected="1" workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>`
