package store

import (
	"database/sql"
	"time"

	"sluss/internal/idea"
)

const commandColumns = "SELECT c.id, c.at, c.who, c.name, coalesce(c.undoes, 0), coalesce(c.undone_by, 0) FROM command c "

// FindCommand gives a command with its events, in their order. It returns
// NotFound if there is none of that number.
func (tx *Tx) FindCommand(number int64) (idea.Command, error) {
	commands, err := tx.commands(commandColumns+"WHERE c.id = ?", number)
	if err != nil {
		return idea.Command{}, err
	}
	if len(commands) == 0 {
		return idea.Command{}, idea.Errorf(idea.NotFound, "there is no command %d", number).WithHint("sluss log shows all commands")
	}
	commands[0].Events, err = tx.events("WHERE e.command = ? ORDER BY e.id", number)
	return commands[0], err
}

// Commands gives the newest commands with their events, newest first. Of a
// command with more than few events only the first few are given. limit 0 gives all.
func (tx *Tx) Commands(limit, few int) ([]idea.Command, error) {
	commands, err := tx.commands(commandColumns+"ORDER BY c.id DESC LIMIT ?", noLimit(limit))
	if err != nil {
		return nil, err
	}
	for i := range commands {
		commands[i].Events, err = tx.events("WHERE e.command = ? ORDER BY e.id LIMIT ?", commands[i].Number, few)
		if err != nil {
			return nil, err
		}
	}
	return commands, nil
}

// IdeaLog gives the commands that changed an idea, newest first, each with its
// events about that idea.
func (tx *Tx) IdeaLog(number int64, limit int) ([]idea.Command, error) {
	events, err := tx.events("WHERE e.subject = 'idea' AND e.subject_id = ? ORDER BY e.id DESC", number)
	if err != nil {
		return nil, err
	}
	var commands []idea.Command
	for _, e := range events {
		last := len(commands) - 1
		if last < 0 || commands[last].Number != e.Command {
			if limit > 0 && len(commands) == limit {
				break
			}
			found, err := tx.commands(commandColumns+"WHERE c.id = ?", e.Command)
			if err != nil {
				return nil, err
			}
			commands = append(commands, found...)
			last = len(commands) - 1
		}
		commands[last].Events = append([]idea.Event{e}, commands[last].Events...)
	}
	return commands, nil
}

func noLimit(limit int) int {
	if limit == 0 {
		return -1
	}
	return limit
}

func (tx *Tx) commands(query string, args ...any) ([]idea.Command, error) {
	var out []idea.Command
	err := tx.each(func(rows *sql.Rows) error {
		var c idea.Command
		var at int64
		if err := rows.Scan(&c.Number, &at, &c.Who, &c.Name, &c.Undoes, &c.UndoneBy); err != nil {
			return err
		}
		c.At = time.UnixMilli(at).UTC()
		out = append(out, c)
		return nil
	}, query, args...)
	return out, err
}

// events gives events with what payload holds of them put back.
func (tx *Tx) events(where string, args ...any) ([]idea.Event, error) {
	if err := tx.tellFresh(); err != nil {
		return nil, err
	}
	var out []idea.Event
	err := tx.each(func(rows *sql.Rows) error {
		var e idea.Event
		var at int64
		var payload bool
		var old, new string
		if err := rows.Scan(&e.Number, &e.Command, &at, &e.Subject, &e.ID, &e.Field, &e.Old, &e.New,
			&e.Why, &e.Forced, &e.Live, &payload, &old, &new); err != nil {
			return err
		}
		if payload && !comesOrGoes(e.Change) {
			e.Old, e.New = old, new
		}
		e.At = time.UnixMilli(at).UTC()
		out = append(out, e)
		return nil
	}, `SELECT e.id, e.command, e.at, e.subject, e.subject_id, e.field, e.old, e.new, e.why, e.forced, e.live,
		p.event IS NOT NULL, coalesce(p.old, ''), coalesce(p.new, '')
		FROM event e LEFT JOIN payload p ON p.event = e.id `+where, args...)
	return out, err
}

// Notes gives the notes of ideas, oldest first.
func (tx *Tx) Notes(numbers ...int64) ([]idea.Note, error) {
	var out []idea.Note
	err := tx.each(func(rows *sql.Rows) error {
		var n idea.Note
		var at int64
		if err := rows.Scan(&n.Idea, &at, &n.Who, &n.Text); err != nil {
			return err
		}
		n.At = time.UnixMilli(at).UTC()
		out = append(out, n)
		return nil
	}, `SELECT e.subject_id, e.at, c.who, e.new FROM event e JOIN command c ON c.id = e.command
		WHERE e.subject_id IN (`+marks(len(numbers))+`) AND e.field = 'note' AND e.live = 1 ORDER BY e.id`, anys(numbers)...)
	return out, err
}
