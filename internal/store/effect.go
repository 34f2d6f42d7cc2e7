package store

import (
	"sluss/internal/idea"
)

// IdeaEffects gives the effects of an idea with what was seen of them, oldest
// first.
func (tx *Tx) IdeaEffects(number int64) ([]idea.Effect, error) {
	return tx.effects("WHERE idea = ?", number)
}

// Effects gives the effects of all ideas with what was seen of them, in the
// order of the ideas.
func (tx *Tx) Effects() ([]idea.Effect, error) { return tx.effects("") }

func (tx *Tx) effects(where string, args ...any) ([]idea.Effect, error) {
	rows, c, err := tx.packed("effect", []string{"id", "idea", "measure", "value_before", "value_after", "cost", "begins", "follow_up"}, where+" ORDER BY idea, id", args...)
	out := make([]idea.Effect, rows)
	for k := range out {
		out[k] = idea.Effect{ID: c.whole(), Idea: c.whole(), Measure: c.text(), Before: idea.Amount(c.text()), After: idea.Amount(c.text()),
			Cost: idea.Amount(c.text()), From: c.day(), FollowUp: c.day()}
	}
	if err != nil {
		return nil, err
	}
	at := make(map[int64]*idea.Effect, len(out))
	for k := range out {
		at[out[k].ID] = &out[k]
	}
	if where != "" {
		where = "WHERE effect IN (SELECT id FROM effect " + where + ")"
	}
	rows, c, err = tx.packed("effect_seen", []string{"id", "effect", "day", "value_before", "value_after", "cost", "text"}, where+" ORDER BY effect, day, id", args...)
	for range rows {
		s := idea.Sight{ID: c.whole(), Effect: c.whole(), On: c.day(), Before: idea.Amount(c.text()), After: idea.Amount(c.text()),
			Cost: idea.Amount(c.text()), Text: c.text()}
		e := at[s.Effect]
		e.Seen = append(e.Seen, s)
	}
	return out, err
}

// HasEffect tells whether an effect of an idea is planned or seen.
func (tx *Tx) HasEffect(number int64) (found bool, err error) {
	err = tx.row("SELECT EXISTS (SELECT 1 FROM effect WHERE idea = ?)", number).Scan(&found)
	return found, err
}
