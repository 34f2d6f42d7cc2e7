package store

import (
	"database/sql"

	"sluss/internal/idea"
)

// ReportTexts gives what coaches have written in the accounts of all periods,
// the newest period first.
func (tx *Tx) ReportTexts() ([]idea.ReportText, error) {
	var out []idea.ReportText
	err := tx.each(func(rows *sql.Rows) error {
		var t idea.ReportText
		if err := rows.Scan(&t.ID, &t.Part, &t.Period.From, &t.Period.To, &t.Text); err != nil {
			return err
		}
		out = append(out, t)
		return nil
	}, "SELECT id, part, begins, ends, text FROM report_text ORDER BY begins DESC, ends DESC, id")
	return out, err
}
