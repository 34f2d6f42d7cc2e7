package store

import (
	"database/sql"

	"sluss/internal/idea"
)

// Answers gives the answers of an idea, oldest first, with who got them.
func (tx *Tx) Answers(number int64) ([]idea.Answer, error) {
	var out []idea.Answer
	err := tx.each(func(rows *sql.Rows) error {
		var a idea.Answer
		if err := rows.Scan(&a.ID, &a.Idea, &a.Text, &a.Status, &a.Channel, &a.On); err != nil {
			return err
		}
		out = append(out, a)
		return nil
	}, "SELECT id, idea, text, status, channel, given FROM answer WHERE idea = ? ORDER BY id", number)
	for k := range out {
		if err != nil {
			break
		}
		out[k].Told, err = tx.tellings(out[k].ID)
	}
	return out, err
}

func (tx *Tx) tellings(answer int64) ([]idea.Telling, error) {
	var out []idea.Telling
	err := tx.each(func(rows *sql.Rows) error {
		t := idea.Telling{Answer: answer}
		if err := rows.Scan(&t.ID, &t.Giver, &t.Channel, &t.On); err != nil {
			return err
		}
		out = append(out, t)
		return nil
	}, "SELECT id, giver, channel, given FROM telling WHERE answer = ? ORDER BY id", answer)
	return out, err
}

// Telling gives who got an answer, also if that was taken back.
func (tx *Tx) Telling(id int64) (t idea.Telling, err error) {
	t.ID = id
	dest := []any{&t.Answer, &t.Giver, &t.Channel, &t.On}
	found, err := tx.one(dest, "SELECT answer, giver, channel, given FROM telling WHERE id = ?", id)
	if found || err != nil {
		return t, err
	}
	_, err = tx.one(dest, `SELECT CAST(old ->> '$.fields.answer' AS INTEGER), CAST(old ->> '$.fields.giver' AS INTEGER),
		old ->> '$.fields.channel', old ->> '$.fields.given'
		FROM payload WHERE subject = 'telling' AND subject_id = ? ORDER BY event DESC LIMIT 1`, id)
	return t, err
}

// toldLater tells whether a giver got an answer after e.
func (tx *Tx) toldLater(e idea.Event) (found bool, err error) {
	err = tx.row(`SELECT EXISTS (SELECT 1 FROM telling t JOIN event e ON e.subject = 'telling' AND e.subject_id = t.id
		WHERE t.answer = ? AND e.live = 1 AND e.id > ?)`, e.ID, e.Number).Scan(&found)
	return found, err
}

// Rules gives what the coaches have agreed on.
func (tx *Tx) Rules() ([]idea.Rule, error) {
	var out []idea.Rule
	err := tx.each(func(rows *sql.Rows) error {
		var r idea.Rule
		if err := rows.Scan(&r.ID, &r.Name, &r.Value); err != nil {
			return err
		}
		out = append(out, r)
		return nil
	}, "SELECT id, name, value FROM rule ORDER BY id")
	return out, err
}

// Templates gives the templates that coaches have put in place of those of the
// program.
func (tx *Tx) Templates() ([]idea.Template, error) {
	var out []idea.Template
	err := tx.each(func(rows *sql.Rows) error {
		var t idea.Template
		if err := rows.Scan(&t.ID, &t.Name, &t.Lang, &t.Text); err != nil {
			return err
		}
		out = append(out, t)
		return nil
	}, "SELECT id, name, lang, text FROM letter_template ORDER BY name, lang")
	return out, err
}

// Template gives a template, also one that was taken away.
func (tx *Tx) Template(id int64) (t idea.Template, err error) {
	t.ID = id
	dest := []any{&t.Name, &t.Lang}
	found, err := tx.one(dest, "SELECT name, lang FROM letter_template WHERE id = ?", id)
	if found || err != nil {
		return t, err
	}
	_, err = tx.one(dest, `SELECT old ->> '$.fields.name', old ->> '$.fields.lang'
		FROM payload WHERE subject = 'template' AND subject_id = ? ORDER BY event DESC LIMIT 1`, id)
	return t, err
}
