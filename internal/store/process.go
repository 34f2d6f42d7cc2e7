package store

import (
	"database/sql"

	"sluss/internal/idea"
)

// Gates gives the ids of the conditions in a stage's gate.
func (tx *Tx) Gates(stage idea.StageKey) (map[idea.Condition]int64, error) {
	out := map[idea.Condition]int64{}
	err := tx.each(func(rows *sql.Rows) error {
		var id int64
		var c idea.Condition
		if err := rows.Scan(&id, &c); err != nil {
			return err
		}
		out[c] = id
		return nil
	}, "SELECT id, condition FROM gate WHERE stage = ?", stage)
	return out, err
}

// Visited tells whether an idea has ever been in a stage of a kind.
func (tx *Tx) Visited(number int64, kind idea.StageKind) (found bool, err error) {
	err = tx.row(`SELECT EXISTS (SELECT 1 FROM event WHERE subject = 'idea' AND field = 'stage' AND live = 1 AND subject_id = ?
		AND new IN (SELECT key FROM stage WHERE kind = ?))`, number, kind).Scan(&found)
	return found, err
}

// Remembered tells whether some idea stands or has stood in a stage.
func (tx *Tx) Remembered(stage idea.StageKey) (found bool, err error) {
	err = tx.row(`SELECT EXISTS (SELECT 1 FROM idea WHERE stage = ?) OR EXISTS (SELECT 1 FROM event
		WHERE subject = 'idea' AND field = 'stage' AND live = 1 AND ? IN (old, new))`, stage, stage).Scan(&found)
	return found, err
}

// Gate tells of a condition in a gate, or one that was taken out of it, which
// stage it belongs to.
func (tx *Tx) Gate(id int64) (stage idea.StageKey, c idea.Condition, err error) {
	found, err := tx.one([]any{&stage, &c}, "SELECT stage, condition FROM gate WHERE id = ?", id)
	if found || err != nil {
		return stage, c, err
	}
	_, err = tx.one([]any{&stage, &c}, `SELECT json_extract(old, '$.fields.stage'), json_extract(old, '$.fields.condition')
		FROM payload WHERE subject = 'gate' AND subject_id = ? ORDER BY event DESC LIMIT 1`, id)
	return stage, c, err
}
