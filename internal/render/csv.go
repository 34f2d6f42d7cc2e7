package render

import (
	"io"
	"slices"

	"sluss/internal/sheet"
)

// writeCSV writes the records of d under the keys of their columns, row by
// row; a document without a table is written as its facts.
func writeCSV(w io.Writer, d Document, excel bool) error {
	out := sheet.NewWriter(w, sheet.WriteOptions{Excel: excel})
	table := d.records()
	if table == nil {
		table = factTable(d)
	}
	table = table.withoutSparks()
	if err := out.Write(head(table)); err != nil {
		return err
	}
	values := make([]sheet.Value, len(table.Columns))
	for row, err := range table.rows() {
		if err != nil {
			return err
		}
		clear(values)
		for i := range min(len(row), len(values)) {
			values[i] = value(row[i])
		}
		if err := out.Write(values); err != nil {
			return err
		}
	}
	return out.Flush()
}

// withoutSparks is t without the columns that are nothing but sparklines.
func (t *Table) withoutSparks() *Table {
	if !slices.ContainsFunc(t.Columns, func(c Column) bool { return c.Spark }) {
		return t
	}
	var keys []string
	for _, c := range t.Columns {
		if !c.Spark {
			keys = append(keys, c.Key)
		}
	}
	picked, err := t.selected(keys)
	if err != nil {
		return t
	}
	return picked
}

func head(t *Table) []sheet.Value {
	var values []sheet.Value
	for _, key := range t.keys() {
		values = append(values, sheet.Value{Text: key})
	}
	return values
}

func value(c Cell) sheet.Value {
	if c.Void {
		return sheet.Value{}
	}
	if c.Raw == "" {
		return sheet.Value{Text: c.Text, Number: c.Number}
	}
	return sheet.Value{Text: c.Raw, Number: c.Number}
}

func factTable(d Document) *Table {
	var rows [][]Cell
	for _, s := range d.Sections {
		for _, f := range s.Facts {
			rows = append(rows, []Cell{{Text: f.Label}, {Text: f.Value}})
		}
	}
	return &Table{Columns: []Column{{Key: "label"}, {Key: "value"}}, Rows: RowsOf(rows)}
}
