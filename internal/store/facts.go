package store

import (
	"database/sql"
	"iter"
	"time"

	"sluss/internal/idea"
)

// Reached gives how many of the selected ideas came as far as each stage of
// the way and no further.
func (tx *Tx) Reached(f idea.Filter) ([]idea.Reach, error) {
	where, args := compile(f)
	var out []idea.Reach
	err := tx.each(func(rows *sql.Rows) error {
		var r idea.Reach
		if err := rows.Scan(&r.Stage, &r.Ideas); err != nil {
			return err
		}
		out = append(out, r)
		return nil
	}, `SELECT s.key, count(*) FROM (
			SELECT max(t.position) AS far
			FROM (SELECT number FROM idea `+where+`) i
			CROSS JOIN event e ON e.subject = 'idea' AND e.field = 'stage' AND e.live = 1 AND e.subject_id = i.number
			CROSS JOIN stage t ON t.key = e.new AND t.kind NOT IN ('parked', 'closed')
			GROUP BY i.number)
		JOIN stage s ON s.position = far GROUP BY far`, args...)
	return out, err
}

// Entries gives the entries into stages of the selected ideas that changed
// stage since an instant, ordered by idea and then as they happened.
func (tx *Tx) Entries(f idea.Filter, since time.Time) iter.Seq2[idea.Entered, error] {
	within := ""
	if f.Own {
		f.Own, within = false, "AND i.merged_into IS NULL "
	}
	where, args := compile(f)
	if where != "" {
		within += "AND i.number IN (SELECT number FROM idea " + where + ")"
	}
	query := `SELECT i.number, i.received, e.new, e.at FROM event e
		CROSS JOIN idea i ON i.number = e.subject_id
		WHERE e.subject = 'idea' AND e.field = 'stage' AND e.live = 1 AND i.stage_since >= ? ` + within + `
		ORDER BY e.subject_id, e.id`
	return func(yield func(idea.Entered, error) bool) {
		rows, err := tx.tx.QueryContext(tx.ctx, query, append([]any{since.UnixMilli()}, args...)...)
		if err != nil {
			yield(idea.Entered{}, err)
			return
		}
		defer rows.Close()
		for rows.Next() {
			var e idea.Entered
			var at int64
			err := rows.Scan(&e.Idea, &e.Received, &e.Stage, &at)
			e.At = time.UnixMilli(at)
			if !yield(e, err) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(idea.Entered{}, err)
		}
	}
}

// AnswerDays gives how many days the first answer took for each selected idea
// that was answered in the period.
func (tx *Tx) AnswerDays(f idea.Filter, p idea.Period) ([]int, error) {
	where, args := compile(f)
	if where == "" {
		where = "WHERE true"
	}
	where += " AND answered <> ''"
	if p.From != "" {
		where, args = where+" AND answered >= ?", append(args, p.From)
	}
	if p.To != "" {
		where, args = where+" AND answered < ?", append(args, p.To)
	}
	var out []int
	err := tx.each(func(rows *sql.Rows) error {
		var received, answered idea.Day
		if err := rows.Scan(&received, &answered); err != nil {
			return err
		}
		out = append(out, max(0, answered.Sub(received)))
		return nil
	}, "SELECT received, answered FROM idea "+where, args...)
	return out, err
}

// UnitCounts gives the selected ideas by unit and stage.
func (tx *Tx) UnitCounts(f idea.Filter, p idea.Period, from, to time.Time) ([]idea.UnitCount, error) {
	where, args := compile(f)
	var out []idea.UnitCount
	err := tx.each(func(rows *sql.Rows) error {
		var c idea.UnitCount
		if err := rows.Scan(&c.Unit, &c.Stage, &c.All, &c.Received, &c.Came); err != nil {
			return err
		}
		out = append(out, c)
		return nil
	}, `SELECT coalesce(unit, 0), stage, count(*),
			count(*) FILTER (WHERE received >= ? AND received < ?),
			count(*) FILTER (WHERE stage_since >= ? AND stage_since < ?)
		FROM idea `+where+` GROUP BY unit, stage`,
		append([]any{p.From, p.To, from.UnixMilli(), to.UnixMilli()}, args...)...)
	return out, err
}
