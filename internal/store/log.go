package store

import (
	"database/sql"
	"strconv"
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

// aboutIdea selects the events about idea ?1, which is ?2 in text: its own, the
// ties and merges that lead to it, and those of what belongs to it (answers,
// agenda items, decisions, tests and effects, and what belongs to these), removed
// or not. What a removed row belonged to stands in payload. The conditions are
// those of the indexes event_tie and payload_owner, and nothing must be cast: an
// expression with an affinity makes the indexes useless.
const aboutIdea = `WITH
	thing (subject, id) AS (
		SELECT 'answer', id FROM answer WHERE idea = ?1
		UNION SELECT 'agenda_item', id FROM agenda_item WHERE idea = ?1
		UNION SELECT 'decision', id FROM decision WHERE idea = ?1
		UNION SELECT 'test_card', id FROM test_card WHERE idea = ?1
		UNION SELECT 'effect', id FROM effect WHERE idea = ?1
		UNION SELECT 'story', id FROM story WHERE idea = ?1
		UNION SELECT subject, subject_id FROM payload WHERE ` + removed + `
			AND subject IN ('answer', 'agenda_item', 'decision', 'test_card', 'effect', 'story') AND ` + owner + ` = ?2),
	part (subject, id) AS (
		SELECT 'telling', t.id FROM thing JOIN telling t ON t.answer = thing.id WHERE subject = 'answer'
		UNION SELECT 'test_note', n.id FROM thing JOIN test_note n ON n.test_card = thing.id WHERE subject = 'test_card'
		UNION SELECT 'effect_seen', s.id FROM thing JOIN effect_seen s ON s.effect = thing.id WHERE subject = 'effect'
		UNION SELECT 'story_version', v.id FROM thing JOIN story_version v ON v.story = thing.id WHERE subject = 'story'
		UNION SELECT 'story_picture', p.id FROM thing JOIN story_picture p ON p.story = thing.id WHERE subject = 'story'
		UNION SELECT payload.subject, subject_id FROM thing JOIN payload ON ` + removed + ` AND ` + owner + ` = thing.id || ''
			AND payload.subject = CASE thing.subject WHEN 'answer' THEN 'telling' WHEN 'test_card' THEN 'test_note' WHEN 'effect' THEN 'effect_seen' WHEN 'story' THEN 'story_version' END
		UNION SELECT payload.subject, subject_id FROM thing JOIN payload ON ` + removed + ` AND ` + owner + ` = thing.id || ''
			AND payload.subject = 'story_picture' WHERE thing.subject = 'story')
	SELECT id FROM event WHERE subject = 'idea' AND subject_id = ?1
	UNION SELECT id FROM event WHERE field IN ('related', 'part_of', 'builds_on', 'merged_into') AND old || new = ?2
	UNION SELECT e.id FROM thing JOIN event e ON e.subject <> 'idea' AND e.subject = thing.subject AND e.subject_id = thing.id
	UNION SELECT e.id FROM part JOIN event e ON e.subject <> 'idea' AND e.subject = part.subject AND e.subject_id = part.id`

// What a removed row belonged to, and the rows of payload that are such.
const (
	owner   = `coalesce(json_extract(old, '$.fields.idea'), json_extract(old, '$.fields.answer'), json_extract(old, '$.fields.test_card'), json_extract(old, '$.fields.effect'), json_extract(old, '$.fields.story'))`
	removed = `json_valid(old) AND payload.subject IN ('answer', 'agenda_item', 'decision', 'test_card', 'effect', 'telling', 'test_note', 'effect_seen', 'story', 'story_version', 'story_picture')`
)

// IdeaLog gives the commands that changed an idea or what belongs to it, newest
// first, each with its events about them.
func (tx *Tx) IdeaLog(number int64, limit int) ([]idea.Command, error) {
	return tx.grouped(limit, "WHERE e.id IN ("+aboutIdea+") ORDER BY e.id DESC", number, strconv.FormatInt(number, 10))
}

// IdeaMoves gives the commands that moved an idea and are not undone, newest
// first, each with the events of it.
func (tx *Tx) IdeaMoves(number int64) ([]idea.Command, error) {
	return tx.grouped(0, "WHERE e.subject = 'idea' AND e.field = 'stage' AND e.live = 1 AND e.subject_id = ? ORDER BY e.id DESC", number)
}

// grouped gives events, which are selected newest first, under their commands.
func (tx *Tx) grouped(limit int, where string, args ...any) ([]idea.Command, error) {
	events, err := tx.events(where, args...)
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
