package store

import (
	"database/sql"
	"slices"
	"time"

	"sluss/internal/idea"
)

// Spreads gives all tellings with what was told, the newest first.
func (tx *Tx) Spreads() ([]idea.Spread, error) {
	var out []idea.Spread
	err := tx.each(func(rows *sql.Rows) error {
		var s idea.Spread
		var reach sql.NullInt64
		var stories, ideas string
		if err := rows.Scan(&s.ID, &s.Day, &s.Channel, &s.Audience, &reach, &s.Text, &stories, &ideas); err != nil {
			return err
		}
		if reach.Valid {
			s.Reach = &reach.Int64
		}
		s.Stories, s.Ideas = sortedIDs(stories), sortedIDs(ideas)
		out = append(out, s)
		return nil
	}, `SELECT id, day, channel, audience, reach, text,
		coalesce((SELECT group_concat(story, ' ') FROM spread_story WHERE spread = id), ''),
		coalesce((SELECT group_concat(idea, ' ') FROM spread_idea WHERE spread = id), '')
		FROM spread ORDER BY day DESC, id DESC`)
	return out, err
}

func sortedIDs(list string) []int64 {
	out := ids(list)
	slices.Sort(out)
	return out
}

// SpreadOf gives what is known of one telling without what was told, also of one
// that was taken away.
func (tx *Tx) SpreadOf(id int64) (s idea.Spread, err error) {
	s.ID = id
	dest := []any{&s.Day, &s.Channel, &s.Audience}
	found, err := tx.one(dest, "SELECT day, channel, audience FROM spread WHERE id = ?", id)
	if found || err != nil {
		return s, err
	}
	_, err = tx.one(dest, `SELECT old ->> '$.fields.day', old ->> '$.fields.channel', old ->> '$.fields.audience'
		FROM payload WHERE subject = 'spread' AND subject_id = ? ORDER BY event DESC LIMIT 1`, id)
	return s, err
}

// Uptakes gives who took good examples up, the newest first.
func (tx *Tx) Uptakes() ([]idea.Uptake, error) {
	var out []idea.Uptake
	err := tx.each(func(rows *sql.Rows) error {
		var u idea.Uptake
		err := rows.Scan(&u.ID, &u.Story, &u.Day, &u.Organisation, &u.Kind, &u.Text)
		out = append(out, u)
		return err
	}, "SELECT id, story, day, organisation, kind, text FROM uptake ORDER BY day DESC, id DESC")
	return out, err
}

// UptakeOf gives one uptake, also one that was taken away.
func (tx *Tx) UptakeOf(id int64) (u idea.Uptake, err error) {
	u.ID = id
	dest := []any{&u.Story, &u.Organisation}
	found, err := tx.one(dest, "SELECT story, organisation FROM uptake WHERE id = ?", id)
	if found || err != nil {
		return u, err
	}
	_, err = tx.one(dest, `SELECT CAST(old ->> '$.fields.story' AS INTEGER), old ->> '$.fields.organisation'
		FROM payload WHERE subject = 'uptake' AND subject_id = ? ORDER BY event DESC LIMIT 1`, id)
	return u, err
}

// Moment is a place in what was recorded: from an instant on, and after a command.
type Moment struct {
	At    time.Time
	After int64 // 0 is from the beginning
}

// RecordedSince gives the things of one kind other than ideas of which a field
// was set since a moment, and not undone. FieldSelf asks for those that were
// added.
func (tx *Tx) RecordedSince(s idea.Subject, f idea.Field, m Moment) (map[int64]bool, error) {
	out := map[int64]bool{}
	err := tx.each(func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		out[id] = true
		return err
	}, `SELECT DISTINCT e.subject_id FROM event e JOIN command c ON c.id = e.command
		WHERE e.subject <> 'idea' AND e.subject = ? AND e.field = ? AND e.new <> '' AND e.live = 1 AND c.at >= ? AND c.id > ?`,
		s, f, m.At.UTC().UnixMilli(), m.After)
	return out, err
}

// RecordedAt is when a thing other than an idea was added, and the name of the
// command that did it; empty if that is not known.
func (tx *Tx) RecordedAt(s idea.Subject, id int64) (m Moment, command string, err error) {
	var at int64
	found, err := tx.one([]any{&at, &m.After, &command}, `SELECT c.at, c.id, c.name FROM event e JOIN command c ON c.id = e.command
		WHERE e.subject <> 'idea' AND e.subject = ? AND e.subject_id = ? AND e.field = '' ORDER BY e.id DESC LIMIT 1`, s, id)
	if found {
		m.At = time.UnixMilli(at)
	}
	return m, command, err
}
