package store

import (
	"database/sql"
	"fmt"
	"strings"

	"sluss/internal/idea"
)

// Tied is an idea at the other end of a tie.
type Tied struct {
	idea.Tie
	Title string
	Stage idea.StageKey
}

// Ties gives the ties of an idea from both sides, each with the idea at the
// other end.
func (tx *Tx) Ties(number int64) ([]Tied, error) {
	parts := []string{}
	args := []any{}
	layout, _ := layoutOf(idea.AnIdea)
	for k, kind := range idea.TieKinds() {
		s, _ := layout.set(kind.Field())
		for _, end := range []string{s.holder, s.member} {
			parts = append(parts, fmt.Sprintf("SELECT %d AS k, ? AS kind, %s AS a, %s AS b FROM %s WHERE %s = ?", k, s.holder, s.member, s.table, end))
			args = append(args, kind, number)
		}
	}
	var out []Tied
	err := tx.each(func(rows *sql.Rows) error {
		var t Tied
		if err := rows.Scan(&t.Kind, &t.From, &t.To, &t.Title, &t.Stage); err != nil {
			return err
		}
		out = append(out, t)
		return nil
	}, "SELECT t.kind, a, b, title, stage FROM ("+strings.Join(parts, " UNION ALL ")+`) t
		CROSS JOIN idea ON number = a + b - ? ORDER BY k, a <> ?, number`, append(args, number, number)...)
	return out, err
}

// Circle tells whether ties of a kind lead from an idea back to itself.
func (tx *Tx) Circle(kind idea.TieKind, number int64) (found bool, err error) {
	layout, _ := layoutOf(idea.AnIdea)
	s, _ := layout.set(kind.Field())
	err = tx.row(fmt.Sprintf(`WITH RECURSIVE on_way(n) AS (
			SELECT %[2]s FROM %[1]s WHERE %[3]s = ?
			UNION SELECT %[2]s FROM %[1]s JOIN on_way ON %[3]s = n)
		SELECT EXISTS (SELECT 1 FROM on_way WHERE n = ?)`, s.table, s.member, s.holder), number, number).Scan(&found)
	return found, err
}

// Merged gives the ideas that were merged into an idea, and into those.
func (tx *Tx) Merged(number int64) ([]idea.MergedIdea, error) {
	var out []idea.MergedIdea
	err := tx.each(func(rows *sql.Rows) error {
		var m idea.MergedIdea
		if err := rows.Scan(&m.Number, &m.Title, &m.Into); err != nil {
			return err
		}
		out = append(out, m)
		return nil
	}, `WITH RECURSIVE went(n) AS (
			SELECT number FROM idea WHERE merged_into = ?
			UNION SELECT number FROM idea JOIN went ON merged_into = n)
		SELECT number, title, merged_into FROM went CROSS JOIN idea ON number = n ORDER BY number`, number)
	for k := range out {
		if err != nil {
			break
		}
		out[k].Givers, err = tx.numbers("SELECT giver FROM idea_giver WHERE idea = ? ORDER BY giver", out[k].Number)
	}
	return out, err
}
