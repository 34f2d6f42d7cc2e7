package render

import (
	"cmp"
	"io"
	"unicode/utf8"

	"sluss/internal/sheet"
	"sluss/internal/term"
)

// writeXLSX writes the records of d as a workbook for people: headings and words
// in their language, numbers and days to count with.
func writeXLSX(w io.Writer, d Document, o Options) error {
	table := d.records()
	if table == nil {
		table = factTable(d)
	}
	table = table.withoutSparks()
	headings := make([]sheet.Heading, len(table.Columns))
	for i, c := range table.Columns {
		headings[i] = sheet.Heading{Text: term.Safe(cmp.Or(c.Head, c.Key)), Width: bookWidth(c)}
	}
	book, err := sheet.NewBook(w, cmp.Or(d.Title, o.Title, "sluss"), headings)
	if err != nil {
		return err
	}
	values := make([]sheet.Value, len(table.Columns))
	for row, err := range table.rows() {
		if err != nil {
			return err
		}
		clear(values)
		for i := range min(len(row), len(values)) {
			values[i] = bookValue(row[i], table.Columns[i])
		}
		if err := book.Write(values); err != nil {
			return err
		}
	}
	if o.Cut != nil {
		*o.Cut += book.Cut()
	}
	return book.Close()
}

// bookWidth is how wide a column of a workbook begins: wide enough for its
// heading with the button of the filter.
func bookWidth(c Column) int {
	const number, day, word, prose, button = 8, 17, 16, 48, 4
	width := word
	switch {
	case c.Right:
		width = number
	case c.Day:
		width = day
	case c.Flex:
		width = prose
	}
	return max(width, utf8.RuneCountInString(c.Head)+button)
}

// bookValue is what people read, but numbers and days as they are counted.
func bookValue(c Cell, column Column) sheet.Value {
	switch {
	case c.Void:
		return sheet.Value{}
	case c.Number:
		return sheet.Value{Text: cmp.Or(c.Raw, c.Text), Number: true}
	case column.Day:
		return sheet.Value{Text: term.SafeText(cmp.Or(c.Raw, c.Text)), Day: true}
	}
	return sheet.Value{Text: term.SafeText(c.Text)}
}
