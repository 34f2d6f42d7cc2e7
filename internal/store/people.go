package store

import (
	"database/sql"
	"strings"

	"sluss/internal/idea"
)

// Units gives all units in the order of their ids.
func (tx *Tx) Units() ([]idea.Unit, error) {
	var out []idea.Unit
	err := tx.each(func(rows *sql.Rows) error {
		var u idea.Unit
		out = append(out, u)
		u2 := &out[len(out)-1]
		return rows.Scan(&u2.ID, &u2.Name, &u2.Kind, &u2.Parent, &u2.Closed, &u2.Successor, &u2.Employees)
	}, "SELECT id, name, kind, coalesce(parent, 0), closed, coalesce(successor, 0), employees FROM unit ORDER BY id")
	return out, err
}

// Coaches gives all coaches in the order of their ids.
func (tx *Tx) Coaches() ([]idea.Coach, error) {
	var out []idea.Coach
	err := tx.each(func(rows *sql.Rows) error {
		var c idea.Coach
		if err := rows.Scan(&c.ID, &c.Name); err != nil {
			return err
		}
		out = append(out, c)
		return nil
	}, "SELECT id, name FROM coach ORDER BY id")
	return out, err
}

const giverColumns = "SELECT id, kind, name, email, phone, coalesce(unit, 0) FROM giver "

// Givers gives the givers whose ids are asked for, or all without any.
func (tx *Tx) Givers(ids ...int64) ([]idea.Giver, error) {
	where, args := "", []any{}
	if len(ids) > 0 {
		where, args = "WHERE id IN ("+marks(len(ids))+")", anys(ids)
	}
	return tx.givers(where+" ORDER BY id", args...)
}

// FindGivers gives the givers of exactly that name.
func (tx *Tx) FindGivers(name string) ([]idea.Giver, error) {
	return tx.givers("WHERE name = ? ORDER BY id", name)
}

func (tx *Tx) givers(where string, args ...any) ([]idea.Giver, error) {
	var out []idea.Giver
	err := tx.each(func(rows *sql.Rows) error {
		var g idea.Giver
		if err := rows.Scan(&g.ID, &g.Kind, &g.Name, &g.Email, &g.Phone, &g.Unit); err != nil {
			return err
		}
		out = append(out, g)
		return nil
	}, giverColumns+where, args...)
	return out, err
}

// GiverIdeas gives the numbers of the ideas that came from a giver.
func (tx *Tx) GiverIdeas(giver int64) ([]int64, error) {
	return tx.numbers("SELECT idea FROM idea_giver WHERE giver = ? ORDER BY idea", giver)
}

func (tx *Tx) numbers(query string, args ...any) ([]int64, error) {
	var out []int64
	err := tx.each(func(rows *sql.Rows) error {
		var n int64
		if err := rows.Scan(&n); err != nil {
			return err
		}
		out = append(out, n)
		return nil
	}, query, args...)
	return out, err
}

// Process gives the stages that are in use, in their order with their gates.
func (tx *Tx) Process() (idea.Process, error) {
	p, err := tx.Stages()
	return p.Current(), err
}

// Stages gives all stages in their order, also those that were removed.
func (tx *Tx) Stages() (idea.Process, error) {
	var p idea.Process
	err := tx.each(func(rows *sql.Rows) error {
		var s idea.Stage
		var gates string
		if err := rows.Scan(&s.ID, &s.Key, &s.Names.EN, &s.Names.SV, &s.Kind, &s.Position, &s.LimitDays, &s.Wip, &s.Removed, &gates); err != nil {
			return err
		}
		for _, c := range strings.Fields(gates) {
			s.Gates = append(s.Gates, idea.Condition(c))
		}
		p = append(p, s)
		return nil
	}, `SELECT id, key, name_en, name_sv, kind, position, limit_days, wip, removed,
		coalesce((SELECT group_concat(condition, ' ') FROM (SELECT condition FROM gate WHERE stage = key ORDER BY id)), '')
		FROM stage ORDER BY position, id`)
	return p, err
}

// StageCounts gives how many ideas stand in each stage.
func (tx *Tx) StageCounts() (map[idea.StageKey]int, error) {
	out := map[idea.StageKey]int{}
	err := tx.each(func(rows *sql.Rows) error {
		var key idea.StageKey
		var n int
		if err := rows.Scan(&key, &n); err != nil {
			return err
		}
		out[key] = n
		return nil
	}, "SELECT stage, count(*) FROM idea GROUP BY stage")
	return out, err
}

// Tags gives every tag with the number of ideas that bear it.
func (tx *Tx) Tags() (map[string]int, error) {
	out := map[string]int{}
	err := tx.each(func(rows *sql.Rows) error {
		var tag string
		var n int
		if err := rows.Scan(&tag, &n); err != nil {
			return err
		}
		out[tag] = n
		return nil
	}, "SELECT tag, count(*) FROM idea_tag GROUP BY tag")
	return out, err
}

func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

func anys[T any](values []T) []any {
	out := make([]any, len(values))
	for i, v := range values {
		out[i] = v
	}
	return out
}
