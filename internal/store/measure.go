package store

import (
	"database/sql"

	"sluss/internal/idea"
)

// OwnMeasures gives the measures that the coaches have defined, by their keys.
func (tx *Tx) OwnMeasures() ([]idea.OwnMeasure, error) {
	var out []idea.OwnMeasure
	err := tx.each(func(rows *sql.Rows) error {
		var m idea.OwnMeasure
		err := rows.Scan(&m.ID, &m.Key, &m.Names.EN, &m.Names.SV, &m.CountedIn, &m.Better, &m.Together, &m.Formula, &m.Definition, &m.Source)
		out = append(out, m)
		return err
	}, "SELECT id, key, name_en, name_sv, counted_in, better, together, formula, definition, source FROM measure ORDER BY key")
	return out, err
}

// MeasureValues gives the values of all measures, by their days.
func (tx *Tx) MeasureValues() ([]idea.MeasureValue, error) {
	return tx.measureValues("ORDER BY day, id")
}

func (tx *Tx) measureValues(rest string, args ...any) ([]idea.MeasureValue, error) {
	var out []idea.MeasureValue
	err := tx.each(func(rows *sql.Rows) error {
		var v idea.MeasureValue
		err := rows.Scan(&v.ID, &v.Measure, &v.On, &v.Value, &v.Note)
		out = append(out, v)
		return err
	}, "SELECT id, measure, day, figure, text FROM measure_value "+rest, args...)
	return out, err
}

// Targets gives all targets, the newest period first.
func (tx *Tx) Targets() ([]idea.Target, error) {
	var out []idea.Target
	err := tx.each(func(rows *sql.Rows) error {
		var t idea.Target
		err := rows.Scan(&t.ID, &t.Measure, &t.From, &t.Through, &t.Goal)
		out = append(out, t)
		return err
	}, "SELECT id, measure, begins, ends, goal FROM aim ORDER BY begins DESC, ends DESC, measure")
	return out, err
}

// MeasureCalled gives the key of a measure, also of one that was removed.
func (tx *Tx) MeasureCalled(id int64) (key string, err error) {
	found, err := tx.one([]any{&key}, "SELECT key FROM measure WHERE id = ?", id)
	if found || err != nil {
		return key, err
	}
	_, err = tx.one([]any{&key}, "SELECT old ->> '$.fields.key' FROM payload WHERE subject = ? AND subject_id = ? ORDER BY event DESC LIMIT 1", idea.AMeasure, id)
	return key, err
}

// MeasureValue gives a value, also one that was removed.
func (tx *Tx) MeasureValue(id int64) (v idea.MeasureValue, err error) {
	found, err := tx.one([]any{&v.Measure, &v.On, &v.Value}, "SELECT measure, day, figure FROM measure_value WHERE id = ?", id)
	if found || err != nil {
		return v, err
	}
	_, err = tx.one([]any{&v.Measure, &v.On, &v.Value}, `SELECT CAST(old ->> '$.fields.measure' AS INTEGER), old ->> '$.fields.day', old ->> '$.fields.figure'
		FROM payload WHERE subject = ? AND subject_id = ? AND json_valid(old) ORDER BY event DESC LIMIT 1`, idea.AValue, id)
	return v, err
}

// Target gives a target, also one that was removed.
func (tx *Tx) Target(id int64) (t idea.Target, err error) {
	found, err := tx.one([]any{&t.Measure, &t.From, &t.Through, &t.Goal}, "SELECT measure, begins, ends, goal FROM aim WHERE id = ?", id)
	if found || err != nil {
		return t, err
	}
	_, err = tx.one([]any{&t.Measure, &t.From, &t.Through, &t.Goal}, `SELECT old ->> '$.fields.measure', old ->> '$.fields.begins', old ->> '$.fields.ends', old ->> '$.fields.goal'
		FROM payload WHERE subject = ? AND subject_id = ? AND json_valid(old) ORDER BY event DESC LIMIT 1`, idea.ATarget, id)
	return t, err
}

// ChangedAfter gives what a field of the thing of an event held until it was
// first changed after the event, and whether it was.
func (tx *Tx) ChangedAfter(e idea.Event, f idea.Field) (old string, changed bool, err error) {
	changed, err = tx.one([]any{&old}, `SELECT old FROM event WHERE subject = ? AND subject <> 'idea' AND subject_id = ? AND field = ? AND id > ? ORDER BY id LIMIT 1`,
		e.Subject, e.ID, f, e.Number)
	return old, changed, err
}
