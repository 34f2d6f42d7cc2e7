package store

import (
	"database/sql"

	"sluss/internal/idea"
)

// Forums gives all forums in the order of their ids.
func (tx *Tx) Forums() ([]idea.Forum, error) {
	var out []idea.Forum
	err := tx.each(func(rows *sql.Rows) error {
		var f idea.Forum
		if err := rows.Scan(&f.ID, &f.Name, &f.Kind); err != nil {
			return err
		}
		out = append(out, f)
		return nil
	}, "SELECT id, name, kind FROM forum ORDER BY id")
	return out, err
}

// Meetings gives the meetings of a forum, or of all for 0, the newest first: the
// days that it has an agenda for or has decided something on.
func (tx *Tx) Meetings(forum int64) ([]idea.MeetingCount, error) {
	where, args := "", []any{}
	if forum != 0 {
		where, args = "WHERE forum = ?", []any{forum, forum}
	}
	var out []idea.MeetingCount
	err := tx.each(func(rows *sql.Rows) error {
		var m idea.MeetingCount
		if err := rows.Scan(&m.Forum, &m.Day, &m.Ideas, &m.Decided); err != nil {
			return err
		}
		out = append(out, m)
		return nil
	}, `SELECT forum, day, sum(item), sum(decided) FROM (
			SELECT forum, day, 1 AS item, 0 AS decided FROM agenda_item `+where+`
			UNION ALL SELECT forum, day, 0, 1 FROM decision `+where+`) m
		GROUP BY forum, day ORDER BY day DESC, forum`, args...)
	return out, err
}

// Agenda gives what is on the agenda of a meeting, in the order in which it was
// put there.
func (tx *Tx) Agenda(forum int64, day idea.Day) ([]idea.AgendaItem, error) {
	return tx.agenda("WHERE forum = ? AND day = ? ORDER BY id", forum, day)
}

// IdeaAgenda gives the meetings that an idea is on the agenda of, oldest first.
func (tx *Tx) IdeaAgenda(number int64) ([]idea.AgendaItem, error) {
	return tx.agenda("WHERE idea = ? ORDER BY day, id", number)
}

func (tx *Tx) agenda(where string, args ...any) ([]idea.AgendaItem, error) {
	var out []idea.AgendaItem
	err := tx.each(func(rows *sql.Rows) error {
		var a idea.AgendaItem
		if err := rows.Scan(&a.ID, &a.Forum, &a.Day, &a.Idea); err != nil {
			return err
		}
		out = append(out, a)
		return nil
	}, "SELECT id, forum, day, idea FROM agenda_item "+where, args...)
	return out, err
}

// MeetingDecisions gives what a meeting decided, oldest first.
func (tx *Tx) MeetingDecisions(forum int64, day idea.Day) ([]idea.Decision, error) {
	return tx.decisions("WHERE forum = ? AND day = ? ORDER BY id", forum, day)
}

// IdeaDecisions gives what was decided of an idea, oldest first.
func (tx *Tx) IdeaDecisions(number int64) ([]idea.Decision, error) {
	return tx.decisions("WHERE idea = ? ORDER BY day, id", number)
}

// Decisions gives what was decided of all ideas, oldest first.
func (tx *Tx) Decisions() ([]idea.Decision, error) { return tx.decisions("ORDER BY day, id") }

func (tx *Tx) decisions(where string, args ...any) ([]idea.Decision, error) {
	var out []idea.Decision
	err := tx.each(func(rows *sql.Rows) error {
		var d idea.Decision
		if err := rows.Scan(&d.ID, &d.Idea, &d.Forum, &d.Day, &d.Resolution, &d.Why, &d.By); err != nil {
			return err
		}
		out = append(out, d)
		return nil
	}, "SELECT id, idea, forum, day, resolution, why, taken_by FROM decision "+where, args...)
	return out, err
}

// Decided tells whether one of several resolutions was taken about an idea.
func (tx *Tx) Decided(number int64, grounds []idea.Resolution) (found bool, err error) {
	err = tx.row("SELECT EXISTS (SELECT 1 FROM decision WHERE idea = ? AND resolution IN ("+marks(len(grounds))+"))",
		append(anys([]int64{number}), anys(grounds)...)...).Scan(&found)
	return found, err
}

// WorkedOn gives the idea that a test or an effect is about; 0 if that is gone.
func (tx *Tx) WorkedOn(s idea.Subject, id int64) (number int64, err error) {
	l, _ := layoutOf(s)
	_, err = tx.one([]any{&number}, "SELECT idea FROM "+l.table+" WHERE id = ?", id)
	return number, err
}

// Handled tells whether anything at all is kept of an idea's meetings, tests
// and effects, or a story of it.
func (tx *Tx) Handled(number int64) (found bool, err error) {
	err = tx.row(`SELECT EXISTS (SELECT 1 FROM agenda_item WHERE idea = ?1) OR EXISTS (SELECT 1 FROM decision WHERE idea = ?1)
		OR EXISTS (SELECT 1 FROM test_card WHERE idea = ?1) OR EXISTS (SELECT 1 FROM effect WHERE idea = ?1)
		OR EXISTS (SELECT 1 FROM story WHERE idea = ?1)`, number).Scan(&found)
	return found, err
}
