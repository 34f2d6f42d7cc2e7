package store

import (
	"database/sql"

	"sluss/internal/idea"
)

// IdeaEffects gives the effects of an idea with what was seen of them, oldest
// first.
func (tx *Tx) IdeaEffects(number int64) ([]idea.Effect, error) {
	return tx.effects("WHERE e.idea = ?", number)
}

// Effects gives the effects of all ideas with what was seen of them, in the
// order of the ideas.
func (tx *Tx) Effects() ([]idea.Effect, error) { return tx.effects("") }

func (tx *Tx) effects(where string, args ...any) ([]idea.Effect, error) {
	var out []idea.Effect
	err := tx.each(func(rows *sql.Rows) error {
		var e idea.Effect
		var s idea.Sight
		if err := rows.Scan(&e.ID, &e.Idea, &e.Measure, &e.Before, &e.After, &e.Cost, &e.From, &e.FollowUp,
			&s.ID, &s.On, &s.Before, &s.After, &s.Cost, &s.Text); err != nil {
			return err
		}
		if last := len(out) - 1; last < 0 || out[last].ID != e.ID {
			out = append(out, e)
		}
		if s.ID != 0 {
			s.Effect = e.ID
			last := &out[len(out)-1]
			last.Seen = append(last.Seen, s)
		}
		return nil
	}, `SELECT e.id, e.idea, e.measure, e.value_before, e.value_after, e.cost, e.begins, e.follow_up,
		coalesce(s.id, 0), coalesce(s.day, ''), coalesce(s.value_before, ''), coalesce(s.value_after, ''), coalesce(s.cost, ''), coalesce(s.text, '')
		FROM effect e LEFT JOIN effect_seen s ON s.effect = e.id `+where+" ORDER BY e.idea, e.id, s.day, s.id", args...)
	return out, err
}

// HasEffect tells whether an effect of an idea is planned or seen.
func (tx *Tx) HasEffect(number int64) (found bool, err error) {
	err = tx.row("SELECT EXISTS (SELECT 1 FROM effect WHERE idea = ?)", number).Scan(&found)
	return found, err
}
