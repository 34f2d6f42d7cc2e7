package sheet_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/thedatashed/xlsxreader"

	"sluss/internal/sheet"
)

// book writes rows under headings that are called after their letters.
func book(t testing.TB, name string, rows ...[]sheet.Value) []byte {
	t.Helper()
	var headings []sheet.Heading
	for i := range rows[0] {
		headings = append(headings, sheet.Heading{Text: string(rune('a' + i)), Width: 10})
	}
	var out bytes.Buffer
	b, err := sheet.NewBook(&out, name, headings)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if err := b.Write(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// part is the text of one file of a workbook. Every file must be XML.
func part(t testing.TB, data []byte, name string) (text string) {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		all, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		for d := xml.NewDecoder(bytes.NewReader(all)); ; {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
		}
		if f.Name == name {
			text = string(all)
		}
	}
	return text
}

// read is the cells of a workbook as another library reads them, by place: A2.
func read(t testing.TB, data []byte, name string) map[string]xlsxreader.Cell {
	t.Helper()
	r, err := xlsxreader.NewReader(data)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Sheets) != 1 || r.Sheets[0] != name {
		t.Fatalf("the sheets are %q", r.Sheets)
	}
	cells := map[string]xlsxreader.Cell{}
	for row := range r.ReadRows(name) {
		if row.Error != nil {
			t.Fatal(row.Error)
		}
		for _, c := range row.Cells {
			cells[fmt.Sprint(c.Column, c.Row)] = c
		}
	}
	return cells
}

func TestBookTypes(t *testing.T) {
	data := book(t, "Idéer", []sheet.Value{
		{Text: "14", Number: true}, {Text: "-3.25", Number: true}, {Text: "2026-11-25", Day: true}, {Text: "2026-11-25T08:00:00Z", Day: true},
		{Text: "2026-11-25"}, {Text: "soon", Day: true}, {Text: "1899-01-01", Day: true}, {Text: "1234567890123456", Number: true}, {Text: "1,5", Number: true}, {}})
	cells := read(t, data, "Idéer")
	for place, want := range map[string]struct {
		value string
		kind  xlsxreader.CellType
	}{
		"A1": {"a", xlsxreader.TypeString}, "A2": {"14", xlsxreader.TypeNumerical}, "B2": {"-3.25", xlsxreader.TypeNumerical},
		"C2": {"2026-11-25", xlsxreader.TypeDateTime}, "D2": {"2026-11-25T08:00:00Z", xlsxreader.TypeDateTime},
		"E2": {"2026-11-25", xlsxreader.TypeString}, "F2": {"soon", xlsxreader.TypeString}, "G2": {"1899-01-01", xlsxreader.TypeString},
		"H2": {"1234567890123456", xlsxreader.TypeString}, "I2": {"1,5", xlsxreader.TypeString},
	} {
		if got := cells[place]; got.Value != want.value || got.Type != want.kind {
			t.Errorf("%s is %q (%s), want %q (%s)", place, got.Value, got.Type, want.value, want.kind)
		}
	}
	if got, found := cells["J2"]; found {
		t.Errorf("an empty cell is there: %v", got)
	}
	text := part(t, data, "xl/worksheets/sheet1.xml")
	for _, want := range []string{`<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>`, `<autoFilter ref="A1:J2"/>`, `<col min="10" max="10" width="10" customWidth="1"/>`} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the sheet", want)
		}
	}
}

func TestBookKeepsText(t *testing.T) {
	texts := []string{`=HYPERLINK("http://x.se";"Klicka")`, "+46 42", "-5", "@SUM(A1)", "=1+1", " two  spaces ", "line\nline", "a<b>&amp;\"'", "åäö 👩‍👩‍👧", "\u202eabc", "]]>",
		strings.Repeat("x", 100_000/4), "_x0041_ stays", "_x00zz_"}
	var rows [][]sheet.Value
	for _, text := range texts {
		rows = append(rows, []sheet.Value{{Text: text}})
	}
	data := book(t, "x", rows...)
	cells := read(t, data, "x")
	for i, want := range texts {
		got := cells[fmt.Sprint("A", i+2)]
		if value := strings.ReplaceAll(got.Value, "_x005F_", "_"); value != want || got.Type != xlsxreader.TypeString {
			t.Errorf("%.40q came back as %.40q (%s)", want, got.Value, got.Type)
		}
	}
	if text := part(t, data, "xl/worksheets/sheet1.xml"); strings.Contains(text, "<f>") || strings.Count(text, `s="4"`) != 5 {
		t.Error("what a spreadsheet would run is not held")
	}
}

func TestBookCutsWhatNoCellHolds(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		cut  int
	}{
		"just fits":         {strings.Repeat("x", sheet.MaxCell), 0},
		"one too long":      {strings.Repeat("x", sheet.MaxCell+1), 1},
		"fits, in two-byte": {strings.Repeat("å", sheet.MaxCell), 0},
		"pairs":             {strings.Repeat("👩", sheet.MaxCell), 1},
	} {
		var out bytes.Buffer
		b, err := sheet.NewBook(&out, "x", []sheet.Heading{{Text: "a", Width: 10}})
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(b.Write([]sheet.Value{{Text: c.text}}), b.Close()); err != nil {
			t.Fatal(err)
		}
		got := read(t, out.Bytes(), "x")["A2"].Value
		units := 0
		for _, r := range got {
			units++
			if r > 0xffff {
				units++
			}
		}
		if b.Cut() != c.cut || units > sheet.MaxCell || !utf8.ValidString(got) || (c.cut == 0) != (got == c.text) {
			t.Errorf("%s: %d cut, %d units", name, b.Cut(), units)
		}
	}
}

func TestBookNames(t *testing.T) {
	for name, want := range map[string]string{"": "sluss", "a/b": "a b", "'x'": "x", strings.Repeat("å", 40): strings.Repeat("å", 31), `<&">`: "<&"} {
		data := book(t, name, []sheet.Value{{Text: "x"}})
		r, err := xlsxreader.NewReader(data)
		if err != nil || r.Sheets[0] != want && r.Sheets[0] != want+" >" {
			t.Errorf("%q: %v, %v", name, r, err)
		}
	}
}

func TestBookIsTheSameEachTime(t *testing.T) {
	row := []sheet.Value{{Text: "14", Number: true}, {Text: "x"}}
	if !bytes.Equal(book(t, "x", row, row), book(t, "x", row, row)) {
		t.Error("the same rows give other bytes")
	}
}

// A sheet ends at its last row, and no more than a piece of it is ever held.
func TestBookOfAllRows(t *testing.T) {
	b, err := sheet.NewBook(io.Discard, "x", []sheet.Heading{{Text: "a", Width: 10}})
	if err != nil {
		t.Fatal(err)
	}
	row := []sheet.Value{{Text: strings.Repeat("text ", 10)}}
	held := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	var early uint64
	for n := 1; n < sheet.MaxRows; n++ {
		if err := b.Write(row); err != nil {
			t.Fatal(n, err)
		}
		if n == 1000 {
			early = held()
		}
	}
	if late := held(); late > early+1<<20 {
		t.Errorf("%d bytes are held after 1,000 rows and %d at the end", early, late)
	}
	var full *sheet.Error
	if err := b.Write(row); !errors.As(err, &full) || !strings.Contains(err.Error(), "1048575 rows") {
		t.Errorf("one more gives %v", err)
	}
	if err := b.Close(); err != nil {
		t.Error(err)
	}
}

// The whole of a small sheet, as it must stay.
func TestBookSheet(t *testing.T) {
	data := book(t, "x", []sheet.Value{{Text: "14", Number: true}, {Text: "=1+1"}, {Text: "2026-11-25", Day: true}, {Text: "2026-11-25T12:00:00Z", Day: true}, {Text: "a & b"}})
	const want = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView tabSelected="1" workbookViewId="0">` +
		`<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>` +
		`<col min="1" max="1" width="10" customWidth="1"/><col min="2" max="2" width="10" customWidth="1"/><col min="3" max="3" width="10" customWidth="1"/>` +
		`<col min="4" max="4" width="10" customWidth="1"/><col min="5" max="5" width="10" customWidth="1"/></cols><sheetData><row r="1">` +
		`<c r="A1" s="1" t="inlineStr"><is><t xml:space="preserve">a</t></is></c><c r="B1" s="1" t="inlineStr"><is><t xml:space="preserve">b</t></is></c>` +
		`<c r="C1" s="1" t="inlineStr"><is><t xml:space="preserve">c</t></is></c><c r="D1" s="1" t="inlineStr"><is><t xml:space="preserve">d</t></is></c>` +
		`<c r="E1" s="1" t="inlineStr"><is><t xml:space="preserve">e</t></is></c></row><row r="2"><c r="A2"><v>14</v></c>` +
		`<c r="B2" s="4" t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c><c r="C2" s="2"><v>46351</v></c><c r="D2" s="3"><v>46351.5</v></c>` +
		`<c r="E2" t="inlineStr"><is><t xml:space="preserve">a &amp; b</t></is></c></row></sheetData><autoFilter ref="A1:E2"/></worksheet>`
	if got := part(t, data, "xl/worksheets/sheet1.xml"); got != want {
		t.Errorf("the sheet is\n%s", got)
	}
}
