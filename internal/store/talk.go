package store

import (
	"database/sql"
	"time"

	"sluss/internal/idea"
)

// Questions gives the sets of questions that coaches have imported.
func (tx *Tx) Questions() ([]idea.QuestionText, error) {
	var out []idea.QuestionText
	err := tx.each(func(rows *sql.Rows) error {
		var q idea.QuestionText
		if err := rows.Scan(&q.ID, &q.Name, &q.Text); err != nil {
			return err
		}
		out = append(out, q)
		return nil
	}, "SELECT id, name, text FROM question_set ORDER BY name")
	return out, err
}

// QuestionSetName is what a set of questions is called, also one that was
// removed.
func (tx *Tx) QuestionSetName(id int64) (name string, err error) {
	found, err := tx.one([]any{&name}, "SELECT name FROM question_set WHERE id = ?", id)
	if found || err != nil {
		return name, err
	}
	_, err = tx.one([]any{&name}, `SELECT old ->> '$.fields.name'
		FROM payload WHERE subject = 'question set' AND subject_id = ? ORDER BY event DESC LIMIT 1`, id)
	return name, err
}

// Talks gives the talks of a coach that are not saved, newest first.
func (tx *Tx) Talks(coach string) ([]idea.Talk, error) {
	id, err := tx.coachNamed(coach)
	if err != nil || id == 0 {
		return nil, err
	}
	var out []idea.Talk
	err = tx.each(func(rows *sql.Rows) error {
		var t idea.Talk
		var begun, changed int64
		if err := rows.Scan(&t.ID, &t.Idea, &t.Questions, &begun, &changed); err != nil {
			return err
		}
		t.Begun, t.Changed = time.UnixMilli(begun).UTC(), time.UnixMilli(changed).UTC()
		out = append(out, t)
		return nil
	}, "SELECT id, idea, questions, begun, changed FROM talk WHERE coach = ? ORDER BY changed DESC, id DESC", id)
	for k := range out {
		if err != nil {
			break
		}
		out[k].Replies, err = tx.replies(out[k].ID)
	}
	return out, err
}

func (tx *Tx) replies(talk int64) (idea.Replies, error) {
	out := idea.Replies{}
	err := tx.each(func(rows *sql.Rows) error {
		var r idea.Reply
		if err := rows.Scan(&r.Key, &r.Text, &r.Seen); err != nil {
			return err
		}
		out[r.Key] = r
		return nil
	}, "SELECT key, text, seen FROM talk_reply WHERE talk = ?", talk)
	return out, err
}

// KeepReply keeps an answer of a talk about an idea, and the talk with its
// first answer. It is no change of the idea, and so no event.
func (tx *Tx) KeepReply(number int64, questions string, r idea.Reply) error {
	me, err := tx.Me()
	if err != nil {
		return err
	}
	if err := tx.wipe(); err != nil {
		return err
	}
	at := tx.at.UnixMilli()
	var id int64
	err = tx.row(`INSERT INTO talk (coach, idea, questions, begun, changed) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (coach, idea) DO UPDATE SET changed = excluded.changed RETURNING id`, me, number, questions, at, at).Scan(&id)
	if err != nil {
		return err
	}
	return tx.exec(`INSERT INTO talk_reply (talk, key, text, seen) VALUES (?, ?, ?, ?)
		ON CONFLICT (talk, key) DO UPDATE SET text = excluded.text, seen = excluded.seen`, id, r.Key, r.Text, r.Seen)
}

// wipe has SQLite write zeros over what is taken away from now on: what somebody
// said in a talk that came to nothing shall not be left in free pages.
func (tx *Tx) wipe() error { return tx.exec("PRAGMA secure_delete = ON") }

// WipeTalk takes away the coach's talk about an idea, and tells whether there
// was one.
func (tx *Tx) WipeTalk(number int64) (bool, error) {
	me, err := tx.coachNamed(tx.who)
	if err != nil {
		return false, err
	}
	if err := tx.wipe(); err != nil {
		return false, err
	}
	result, err := tx.tx.ExecContext(tx.ctx, "DELETE FROM talk WHERE coach = ? AND idea = ?", me, number)
	if err != nil {
		return false, err
	}
	n, err := result.RowsAffected()
	return n > 0, err
}
