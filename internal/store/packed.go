package store

import (
	"bytes"
	"database/sql"
	"strings"
)

// columns is a row that was fetched as one text with NUL between its columns,
// which no text holds: fetching a column takes the driver as long as reading it
// takes SQLite. So none of them may be NULL.
type columns struct{ rest []byte }

var nul = []byte{0}

// packed calls row for each row of a table that a clause selects, with some
// columns. A row must take all of them, and lasts until row returns.
func (tx *Tx) packed(table string, which []string, clause string, args []any, row func(*columns)) error {
	return tx.each(func(rows *sql.Rows) error {
		var text sql.RawBytes
		if err := rows.Scan(&text); err != nil {
			return err
		}
		if bytes.Count(text, nul)+1 != len(which) {
			first, _, _ := bytes.Cut(text, nul)
			return hasNUL(table, string(first))
		}
		row(&columns{text})
		return nil
	}, "SELECT concat_ws(char(0), "+strings.Join(which, ", ")+") FROM "+table+" "+clause, args...)
}

func (c *columns) next() (column []byte) {
	column, c.rest, _ = bytes.Cut(c.rest, nul)
	return column
}

func (c *columns) text() string { return string(c.next()) }

func (c *columns) whole() int64 { return wholeNumber(c.next()) }

// word is the text of a column that has few.
func (c *columns) word(known interned) string { return known.of(c.next()) }

// wholeNumber reads a number that SQLite has written.
func wholeNumber(digits []byte) (n int64) {
	negative := len(digits) > 0 && digits[0] == '-'
	if negative {
		digits = digits[1:]
	}
	for _, d := range digits {
		n = 10*n + int64(d-'0')
	}
	if negative {
		return -n
	}
	return n
}
