package store

import (
	"database/sql"
	"strings"

	"sluss/internal/idea"
)

// nul stands between the columns, and the rows, of what is packed: no text holds
// one.
const nul = "\x00"

// packed gives how many rows of a table a clause selects, and some columns of
// them, one after another, of which none may be NULL.
//
// SQLite joins them to one text: a row that the driver steps to takes longer
// than what SQLite does for it.
func (tx *Tx) packed(table string, which []string, clause string, args ...any) (rows int, c columns, err error) {
	one := "SELECT concat_ws(char(0), " + strings.Join(which, ", ") + ") AS one FROM " + table + " " + clause
	if err := tx.row("SELECT count(*), coalesce(group_concat(one, char(0)), '') FROM ("+one+")", args...).Scan(&rows, &c.rest); err != nil {
		return 0, c, err
	}
	if rows > 0 && strings.Count(c.rest, nul)+1 != rows*len(which) {
		return 0, c, tx.findNUL(table, len(which), one, args)
	}
	return rows, c, nil
}

// findNUL tells which row has a text with a NUL character.
func (tx *Tx) findNUL(table string, want int, query string, args []any) error {
	return tx.each(func(rows *sql.Rows) error {
		var text string
		if err := rows.Scan(&text); err != nil {
			return err
		}
		if strings.Count(text, nul)+1 != want {
			first, _, _ := strings.Cut(text, nul)
			return hasNUL(table, first)
		}
		return nil
	}, query, args...)
}

// columns is what is left of packed rows.
type columns struct{ rest string }

func (c *columns) text() (column string) {
	column, c.rest, _ = strings.Cut(c.rest, nul)
	return column
}

func (c *columns) whole() int64 { return wholeNumber(c.text()) }

func (c *columns) day() idea.Day { return idea.Day(c.text()) }

// wholeNumber reads a number that SQLite has written.
func wholeNumber(digits string) (n int64) {
	digits, negative := strings.CutPrefix(digits, "-")
	for _, d := range []byte(digits) {
		n = 10*n + int64(d-'0')
	}
	if negative {
		return -n
	}
	return n
}
