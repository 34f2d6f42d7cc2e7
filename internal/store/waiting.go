package store

import (
	"database/sql"
	"encoding/json"
	"strings"
	"time"

	"sluss/internal/idea"
)

// Standings calls yield for the open ideas of a filter in which something may
// wait by the horizon. Of stages with a limit, limits tells since when an idea
// has stood there for too long. The day received is given only where the giver
// must be answered by the horizon, so that less is read.
func (tx *Tx) Standings(f idea.Filter, h idea.Horizon, limits map[idea.StageKey]time.Time, yield func(idea.Standing)) error {
	f.Open = true
	where, more := compile(f)
	where += " AND (due <> '' AND due <= ? OR next_by <> '' AND next_by <= ? OR wake <> '' AND wake <= ? OR answered = '' AND received <= ?"
	args := append([]any{h.Received}, more...)
	args = append(args, h.Until, h.Until, h.Until, h.Received)
	for stage, since := range limits {
		where += " OR stage = ? AND stage_since < ?"
		args = append(args, stage, since.UnixMilli())
	}
	rows, c, err := tx.packed("idea", []string{"number", "title", "coalesce(coach, 0)", "stage", "stage_since",
		"CASE WHEN answered = '' AND merged_into IS NULL AND received <= ? THEN received ELSE '' END",
		"CASE WHEN due <> '' OR next_by <> '' OR wake <> '' THEN due || ' ' || next_by || ' ' || wake || ' ' || next ELSE '' END"}, where+")", args...)
	for range rows {
		s := idea.Standing{Number: c.whole(), Title: c.text(), Coach: c.whole(), Stage: idea.StageKey(c.text()), Since: time.UnixMilli(c.whole()), Received: c.day()}
		if parts := strings.SplitN(c.text(), " ", 4); len(parts) == 4 {
			s.Due, s.NextBy, s.Wake, s.Next = idea.Day(parts[0]), idea.Day(parts[1]), idea.Day(parts[2]), parts[3]
		}
		yield(s)
	}
	return err
}

// Board calls yield for the ideas of a filter that are on the way, neither
// parked nor closed, in no order. The day received is given only where nobody
// has been answered.
func (tx *Tx) Board(f idea.Filter, yield func(idea.Standing)) error {
	where, args := compile(f)
	if where == "" {
		where = "WHERE true"
	}
	rows, c, err := tx.packed("idea", []string{"number", "title", "stage", "stage_since", "CASE WHEN answered = '' AND merged_into IS NULL THEN received ELSE '' END"},
		where+" AND stage NOT IN (SELECT key FROM stage WHERE kind IN ('parked', 'closed'))", args...)
	for range rows {
		yield(idea.Standing{Number: c.whole(), Title: c.text(), Stage: idea.StageKey(c.text()), Since: time.UnixMilli(c.whole()), Received: c.day()})
	}
	return err
}

// Heads gives what ideas are called and whose they are, of those of some
// numbers that are not closed.
func (tx *Tx) Heads(numbers []int64) (map[int64]idea.Standing, error) {
	text, err := json.Marshal(numbers)
	if err != nil {
		return nil, err
	}
	out := map[int64]idea.Standing{}
	err = tx.each(func(rows *sql.Rows) error {
		var s idea.Standing
		if err := rows.Scan(&s.Number, &s.Title, &s.Coach, &s.Stage); err != nil {
			return err
		}
		out[s.Number] = s
		return nil
	}, `SELECT number, title, coalesce(coach, 0), stage FROM idea
		WHERE number IN (SELECT value FROM json_each(?)) AND stage NOT IN (SELECT key FROM stage WHERE kind = 'closed')`, string(text))
	return out, err
}
