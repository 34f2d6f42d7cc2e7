package store

import (
	"database/sql"
	"strings"

	"sluss/internal/idea"
)

// Lives calls yield for the history of each selected idea, in the order of the
// numbers.
func (tx *Tx) Lives(f idea.Filter, yield func(idea.Life)) error {
	where, args := compile(f)
	words := interned{}
	return tx.each(func(rows *sql.Rows) error {
		var l idea.Life
		var kind, channel, received, answered, reason, tags, givers sql.RawBytes
		err := rows.Scan(&l.Number, &l.Title, &kind, &l.Unit, &l.Owner, &l.Coach, &channel, &received, &answered, &reason, &l.MergedInto, &tags, &givers)
		if err != nil {
			return err
		}
		l.Kind, l.Channel, l.Reason = idea.GiverKind(words.of(kind)), idea.Channel(words.of(channel)), idea.Reason(words.of(reason))
		l.Received, l.Answered = idea.Day(words.of(received)), idea.Day(words.of(answered))
		if len(tags) > 0 {
			for _, tag := range strings.Fields(string(tags)) {
				l.Tags = append(l.Tags, words.of([]byte(tag)))
			}
		}
		if len(givers) > 0 {
			l.Givers = ids(string(givers))
		}
		yield(l)
		return nil
	}, `SELECT number, title, kind, coalesce(unit, 0), coalesce(owner, 0), coalesce(coach, 0), channel, received, answered, reason, coalesce(merged_into, 0),
			coalesce((SELECT group_concat(tag, ' ') FROM idea_tag WHERE idea = number), ''),
			coalesce((SELECT group_concat(giver, ' ') FROM idea_giver WHERE idea = number), '')
		FROM idea `+where+` ORDER BY number`, args...)
}

// Entries calls yield for each entry of an idea into a stage that stands, in
// the order of the ideas and then as they happened. Forced ones are given by
// ForcedEntries.
func (tx *Tx) Entries(yield func(event, number int64, stage idea.StageKey, at int64)) error {
	words := interned{}
	return tx.each(func(rows *sql.Rows) error {
		var event, number, at int64
		var stage sql.RawBytes
		if err := rows.Scan(&event, &number, &stage, &at); err != nil {
			return err
		}
		yield(event, number, idea.StageKey(words.of(stage)), at)
		return nil
	}, `SELECT id, subject_id, new, at FROM event INDEXED BY event_stage
		WHERE subject = 'idea' AND field = 'stage' AND live = 1 ORDER BY subject_id, id`)
}

// ForcedEntries gives the events in which a gate was passed with --force.
func (tx *Tx) ForcedEntries() (map[int64]bool, error) {
	out := map[int64]bool{}
	all, err := tx.numbers("SELECT id FROM event WHERE forced = 1 AND live = 1")
	for _, id := range all {
		out[id] = true
	}
	return out, err
}

// FirstNotes gives when the first note about each idea was written, in
// milliseconds since 1970.
func (tx *Tx) FirstNotes() (map[int64]int64, error) {
	return tx.pairs("SELECT subject_id, min(at) FROM event WHERE field = 'note' AND live = 1 AND subject = 'idea' GROUP BY subject_id")
}

// Added gives when each thing of a kind was added, in milliseconds since 1970.
func (tx *Tx) Added(s idea.Subject) (map[int64]int64, error) {
	return tx.pairs("SELECT subject_id, at FROM event WHERE subject = ? AND subject <> 'idea' AND field = '' AND live = 1 AND new <> ''", s)
}

// FirstIdeas gives the day on which the first idea of each giver came in.
func (tx *Tx) FirstIdeas() (map[int64]idea.Day, error) {
	out := map[int64]idea.Day{}
	return out, tx.each(func(rows *sql.Rows) error {
		var giver int64
		var day idea.Day
		err := rows.Scan(&giver, &day)
		out[giver] = day
		return err
	}, "SELECT giver, min(received) FROM idea_giver JOIN idea ON number = idea GROUP BY giver")
}

// Homes gives the unit where each giver works, of those of whom it is known.
func (tx *Tx) Homes() (map[int64]int64, error) {
	return tx.pairs("SELECT id, unit FROM giver WHERE unit IS NOT NULL")
}

func (tx *Tx) pairs(query string, args ...any) (map[int64]int64, error) {
	out := map[int64]int64{}
	return out, tx.each(func(rows *sql.Rows) error {
		var key, value int64
		err := rows.Scan(&key, &value)
		out[key] = value
		return err
	}, query, args...)
}
