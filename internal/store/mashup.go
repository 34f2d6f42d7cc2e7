package store

import (
	"database/sql"
	"strings"
	"time"

	"sluss/internal/idea"
)

// Mashups gives all mashups, the newest first.
func (tx *Tx) Mashups() ([]idea.Mashup, error) { return tx.mashups("") }

// MashupsBetween gives the mashups that are held on some day from one to
// another, both included.
func (tx *Tx) MashupsBetween(from, to idea.Day) ([]idea.Mashup, error) {
	return tx.mashups("WHERE last_day >= ? AND day <= ? ", from, to)
}

func (tx *Tx) mashups(where string, args ...any) ([]idea.Mashup, error) {
	var out []idea.Mashup
	err := tx.each(func(rows *sql.Rows) error {
		var m idea.Mashup
		if err := rows.Scan(&m.ID, &m.Name, &m.Day, &m.To, &m.Place, &m.Mode, &m.Text); err != nil {
			return err
		}
		out = append(out, m)
		return nil
	}, "SELECT id, name, day, last_day, place, mode, text FROM mashup "+where+"ORDER BY day DESC, id DESC", args...)
	return out, err
}

// ofMashup selects what belongs to a mashup, or to any for 0.
func ofMashup(mashup int64) (string, []any) {
	if mashup == 0 {
		return "", nil
	}
	return "WHERE mashup = ? ", []any{mashup}
}

// Sessions gives the programme of a mashup, or of all for 0, in the order of
// time and room.
func (tx *Tx) Sessions(mashup int64) ([]idea.Session, error) {
	where, args := ofMashup(mashup)
	return tx.sessions(where, args...)
}

// Session gives one session. It returns NotFound if there is none of that id.
func (tx *Tx) Session(id int64) (idea.Session, error) {
	found, err := tx.sessions("WHERE id = ? ", id)
	if err != nil {
		return idea.Session{}, err
	}
	if len(found) == 0 {
		return idea.Session{}, idea.Errorf(idea.NotFound, "there is no session %d", id).
			WithHint("sluss mashup session list MASHUP shows the sessions")
	}
	return found[0], nil
}

func (tx *Tx) sessions(where string, args ...any) ([]idea.Session, error) {
	var out []idea.Session
	err := tx.each(func(rows *sql.Rows) error {
		var s idea.Session
		var speakers string
		if err := rows.Scan(&s.ID, &s.Mashup, &s.Day, &s.Begins, &s.Ends, &s.Room, &s.Title, &s.Kind, &s.Idea, &s.Story, &speakers, &s.Text); err != nil {
			return err
		}
		if speakers != "" {
			s.Speakers = strings.Split(speakers, "\n")
		}
		out = append(out, s)
		return nil
	}, `SELECT id, mashup, day, begins, ends, room, title, kind, coalesce(idea, 0), coalesce(story, 0), speakers, text
		FROM session `+where+"ORDER BY day, begins, room, id", args...)
	return out, err
}

// Participants gives the list of a mashup, or of all for 0, in the order in
// which they came on it.
func (tx *Tx) Participants(mashup int64) ([]idea.Participant, error) {
	where, args := ofMashup(mashup)
	var out []idea.Participant
	err := tx.each(func(rows *sql.Rows) error {
		var p idea.Participant
		if err := rows.Scan(&p.ID, &p.Mashup, &p.Name, &p.Organisation, &p.Kind, &p.Email, &p.Status); err != nil {
			return err
		}
		out = append(out, p)
		return nil
	}, "SELECT id, mashup, name, organisation, kind, email, status FROM participant "+where+"ORDER BY id", args...)
	return out, err
}

// MashupOutcomes gives what was taken home from a mashup, or from all for 0.
func (tx *Tx) MashupOutcomes(mashup int64) ([]idea.MashupOutcome, error) {
	where, args := ofMashup(mashup)
	var out []idea.MashupOutcome
	err := tx.each(func(rows *sql.Rows) error {
		var o idea.MashupOutcome
		if err := rows.Scan(&o.ID, &o.Mashup, &o.Organisation, &o.Idea, &o.Story, &o.Text); err != nil {
			return err
		}
		out = append(out, o)
		return nil
	}, "SELECT id, mashup, organisation, coalesce(idea, 0), coalesce(story, 0), text FROM mashup_outcome "+where+"ORDER BY id", args...)
	return out, err
}

// Evaluations gives the answers about a mashup, or about all for 0, that about
// the whole first.
func (tx *Tx) Evaluations(mashup int64) ([]idea.Evaluation, error) {
	where, args := ofMashup(mashup)
	var out []idea.Evaluation
	err := tx.each(func(rows *sql.Rows) error {
		var e idea.Evaluation
		if err := rows.Scan(&e.ID, &e.Mashup, &e.Question, &e.Answers, &e.Grade, &e.Scale, &e.Text); err != nil {
			return err
		}
		out = append(out, e)
		return nil
	}, "SELECT id, mashup, question, answers, grade, scale, text FROM evaluation "+where+"ORDER BY question <> '', id", args...)
	return out, err
}

// Past is what has happened to a thing: when it was first added and last
// changed, and how many changes lie between.
type Past struct {
	Added   time.Time
	Changed time.Time
	Changes int
}

// PastOf gives the past of things of one kind other than ideas, by their ids.
func (tx *Tx) PastOf(s idea.Subject, ids []int64) (map[int64]Past, error) {
	out := map[int64]Past{}
	if len(ids) == 0 {
		return out, nil
	}
	err := tx.each(func(rows *sql.Rows) error {
		var id, added, changed int64
		var events int
		if err := rows.Scan(&id, &added, &changed, &events); err != nil {
			return err
		}
		out[id] = Past{time.UnixMilli(added).UTC(), time.UnixMilli(changed).UTC(), events - 1}
		return nil
	}, `SELECT subject_id, min(at), max(at), count(*) FROM event WHERE subject <> 'idea' AND subject = ?
		AND subject_id IN (SELECT value FROM json_each(?)) GROUP BY subject_id`, s, list(ids))
	return out, err
}
