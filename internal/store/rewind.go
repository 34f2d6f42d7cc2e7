package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"sluss/internal/idea"
)

// hindsight is what later events tell of how things were. Of several events about
// one value the first tells: what it led away from.
type hindsight struct {
	things map[idea.Subject]map[int64]*thing
	words  map[int64]bool // ideas whose words are others now
}

// thing is how one thing was, as far as it was not as it is now.
type thing struct {
	presence presence
	held     string // what a thing that went held, as JSON; empty if that is not known any more
	fields   []value
	members  []member
}

type presence int

const (
	asNow presence = iota
	came           // it was not there
	went           // it was there, and removed later
)

type value struct {
	column column
	text   string
}

type member struct {
	set set
	id  string
	in  bool
}

// rewind takes every command back that was recorded after the instant. What
// events say of each row is gathered, and the rows are written as they were in
// one go: going back event by event takes many times as long, and every rule
// of the schema holds at the end, because it did then.
func (db *DB) rewind(ctx context.Context, instant time.Time) error {
	sqlTx, err := db.sql.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer sqlTx.Rollback()
	tx := &Tx{tx: sqlTx, ctx: ctx, prepared: map[string]*sql.Stmt{}}
	defer tx.closePrepared()
	if err := tx.rewind(instant); err != nil {
		return err
	}
	return sqlTx.Commit()
}

func (tx *Tx) rewind(instant time.Time) error {
	if err := tx.execAll("DELETE FROM talk_reply", "DELETE FROM talk"); err != nil {
		return err
	}
	var last, first int64
	if err := tx.row("SELECT coalesce(max(id), 0) FROM command WHERE at <= ?", instant.UnixMilli()).Scan(&last); err != nil {
		return err
	}
	var later bool
	if err := tx.row(`SELECT EXISTS (SELECT 1 FROM command WHERE id > ?1),
		coalesce((SELECT id FROM event WHERE command > ?1 ORDER BY command, id LIMIT 1), ?2)`, last, math.MaxInt64).Scan(&later, &first); err != nil {
		return err
	}
	if later {
		if err := tx.takeBack(last, first); err != nil {
			return err
		}
	}
	return tx.dismiss()
}

// takeBack makes everything as it was after the command last; first is the
// first event after it.
func (tx *Tx) takeBack(last, first int64) error {
	h, err := tx.historySince(first)
	if err != nil {
		return err
	}
	index, err := tx.beginWords(h.words)
	if err != nil {
		return err
	}
	ideaIndexes, err := tx.withoutIndexes("idea", len(h.things[idea.AnIdea]) > many)
	if err != nil {
		return err
	}
	for _, subject := range slices.Sorted(maps.Keys(h.things)) {
		layout, known := layoutOf(subject)
		if !known {
			return fmt.Errorf("nothing is known of %q", subject)
		}
		if err := tx.restore(subject, layout, h.things[subject]); err != nil {
			return err
		}
	}
	if err := tx.forget(last, first); err != nil {
		return err
	}
	if err := tx.enteredThen(h.things[idea.AnIdea]); err != nil {
		return err
	}
	if err := tx.execAll(ideaIndexes...); err != nil {
		return err
	}
	return index()
}

// many is the number of rows from which it is faster to make the indexes of a
// table again than to change them row by row.
const many = 10_000

// withoutIndexes removes the indexes of a table if that pays, and gives the
// statements that make them again.
func (tx *Tx) withoutIndexes(table string, pays bool) (again []string, err error) {
	if !pays {
		return nil, nil
	}
	names, err := tx.strings("SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL ORDER BY name", table)
	if err != nil {
		return nil, err
	}
	if again, err = tx.strings("SELECT sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL ORDER BY name", table); err != nil {
		return nil, err
	}
	for _, name := range names {
		if err := tx.exec("DROP INDEX " + name); err != nil {
			return nil, err
		}
	}
	return again, nil
}

// historySince reads the events from one on.
func (tx *Tx) historySince(first int64) (hindsight, error) {
	h := hindsight{map[idea.Subject]map[int64]*thing{}, map[int64]bool{}}
	layouts := map[idea.Subject]layout{}
	return h, tx.each(func(rows *sql.Rows) error {
		var c idea.Change
		var payload string
		if err := rows.Scan(&c.Subject, &c.ID, &c.Field, &c.Old, &c.New, &payload); err != nil {
			return err
		}
		l, seen := layouts[c.Subject]
		if !seen {
			l, _ = layoutOf(c.Subject)
			layouts[c.Subject] = l
			h.things[c.Subject] = map[int64]*thing{}
		}
		return h.tell(l, c, payload)
	}, `SELECT e.subject, e.subject_id, e.field, e.old, e.new, coalesce(p.old, '')
		FROM event e LEFT JOIN payload p ON p.event = e.id WHERE e.id >= ? ORDER BY e.id`, first)
}

// tell takes in an event; payload is what was kept beside it of the old value.
func (h hindsight) tell(l layout, c idea.Change, payload string) error {
	things := h.things[c.Subject]
	t := things[c.ID]
	if t == nil {
		t = &thing{}
		things[c.ID] = t
	}
	if t.presence != asNow { // what came later is not known of, and what went is held whole
		return nil
	}
	column, isColumn := l.column(c.Field)
	set, isSet := l.set(c.Field)
	if c.Subject == idea.AnIdea && (column.words || c.Field == idea.FieldNote || comesOrGoes(c)) {
		h.words[c.ID] = true
	}
	switch {
	case comesOrGoes(c):
		t.comeOrGo(c, payload)
	case c.Subject == idea.AnIdea && c.Field == idea.FieldNote:
	case isSet:
		t.join(set, c)
	case !isColumn:
		return fmt.Errorf("%s has no field %q", c.Subject, c.Field)
	case column.private && c.Old != "":
		if payload != "" { // else it was erased, and stays as it is now
			t.fieldWas(column, payload)
		}
	default:
		t.fieldWas(column, c.Old)
	}
	return nil
}

func (t *thing) comeOrGo(c idea.Change, payload string) {
	if t.presence = came; c.New == "" {
		t.presence, t.held = went, payload
	}
}

func (t *thing) fieldWas(c column, text string) {
	if !slices.ContainsFunc(t.fields, func(v value) bool { return v.column.field == c.field }) {
		t.fields = append(t.fields, value{c, text})
	}
}

func (t *thing) join(s set, c idea.Change) {
	id := c.Old + c.New
	if !slices.ContainsFunc(t.members, func(m member) bool { return m.set.field == s.field && m.id == id }) {
		t.members = append(t.members, member{s, id, c.New == ""})
	}
}

// restore writes things of one kind as they were: those rows that are others
// now are all removed before any is written, so that names that were given
// from one to another cannot clash.
func (tx *Tx) restore(subject idea.Subject, l layout, things map[int64]*thing) error {
	ids := slices.Sorted(maps.Keys(things))
	var changed, moved []int64
	for _, id := range ids {
		t := things[id]
		if t.presence != asNow {
			moved = append(moved, id)
		}
		if t.presence != asNow || len(t.fields) > 0 {
			changed = append(changed, id)
		}
	}
	rows, err := tx.rowsNow(l, things, changed)
	if err != nil {
		return err
	}
	if err := tx.exec(fmt.Sprintf("DELETE FROM %s WHERE %s IN (SELECT value FROM json_each(?))", l.table, l.key), list(changed)); err != nil {
		return err
	}
	for _, s := range l.sets {
		if err := tx.exec(fmt.Sprintf("DELETE FROM %s WHERE %s IN (SELECT value FROM json_each(?))", s.table, s.holder), list(moved)); err != nil {
			return err
		}
	}
	for _, id := range ids {
		if err := tx.restoreThing(subject, l, id, things[id], rows[id]); err != nil {
			return err
		}
	}
	return nil
}

// list is numbers as a JSON array, for json_each.
func list(numbers []int64) string {
	if len(numbers) == 0 {
		return "[]"
	}
	text, _ := json.Marshal(numbers)
	return string(text)
}

// row is the columns of a row and what they hold.
type row struct {
	names  []string
	values []any
}

func (r *row) set(name string, v any) {
	if k := slices.Index(r.names, name); k >= 0 {
		r.values[k] = v
		return
	}
	r.names, r.values = append(r.names, name), append(r.values, v)
}

// rowsNow is the rows of those ids that are there and were there.
func (tx *Tx) rowsNow(l layout, things map[int64]*thing, ids []int64) (map[int64]*row, error) {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id int64) bool { return things[id].presence != asNow })
	out := make(map[int64]*row, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	var names []string
	return out, tx.each(func(rows *sql.Rows) (err error) {
		if names == nil {
			if names, err = rows.Columns(); err != nil {
				return err
			}
		}
		r := &row{names: names, values: make([]any, len(names))}
		dest := make([]any, len(names))
		for k := range dest {
			dest[k] = &r.values[k]
		}
		if err := rows.Scan(dest...); err != nil {
			return err
		}
		id, ok := r.values[slices.Index(names, l.key)].(int64)
		if !ok {
			return fmt.Errorf("a row of %s has no number", l.table)
		}
		out[id] = r
		return nil
	}, fmt.Sprintf("SELECT * FROM %s WHERE %s IN (SELECT value FROM json_each(?))", l.table, l.key), list(ids))
}

// restoreThing writes a thing as it was; r is what there is of it now.
func (tx *Tx) restoreThing(subject idea.Subject, l layout, id int64, t *thing, r *row) error {
	if t.presence == came {
		return nil
	}
	if t.presence == went {
		var held snapshot
		if t.held == "" {
			if held.Fields = nameless(subject, id); held.Fields == nil {
				return nil // nothing can be said of it any more
			}
		} else if err := json.Unmarshal([]byte(t.held), &held); err != nil {
			return err
		}
		r = &row{}
		r.set(l.key, id)
		if err := r.fill(l, held.Fields); err != nil {
			return err
		}
		for _, s := range l.sets {
			for _, id2 := range held.Sets[s.field] {
				if err := tx.restoreMember(id, member{s, id2, true}); err != nil {
					return err
				}
			}
		}
	}
	for _, v := range t.fields {
		if r == nil {
			break
		}
		bound, err := bind(v.column, v.text)
		if err != nil {
			return err
		}
		r.set(string(v.column.field), bound)
	}
	if r != nil {
		if err := tx.insertAs(l.table, r); err != nil {
			return err
		}
	}
	for _, m := range t.members {
		if err := tx.restoreMember(id, m); err != nil {
			return err
		}
	}
	return nil
}

func (r *row) fill(l layout, fields map[idea.Field]string) error {
	for _, c := range l.columns {
		text, given := fields[c.field]
		if !given {
			continue
		}
		bound, err := bind(c, text)
		if err != nil {
			return err
		}
		r.set(string(c.field), bound)
	}
	return nil
}

func (tx *Tx) insertAs(table string, r *row) error {
	_, err := tx.insertPrepared("INSERT INTO "+table+" ("+strings.Join(r.names, ", ")+") VALUES ("+marks(len(r.names))+")", r.values...)
	return err
}

func (tx *Tx) restoreMember(id int64, m member) error {
	query := "DELETE FROM %s WHERE %s = ? AND %s = ?"
	if m.in {
		query = "INSERT OR IGNORE INTO %s (%s, %s) VALUES (?, ?)"
	}
	bound, err := bind(column{number: m.set.number}, m.id)
	if err != nil {
		return err
	}
	_, err = tx.insertPrepared(fmt.Sprintf(query, m.set.table, m.set.holder, m.set.member), id, bound)
	return err
}

// nameless is what is known of people who were removed and then erased: that
// they were there.
func nameless(s idea.Subject, id int64) map[idea.Field]string {
	switch s {
	case idea.AGiver:
		return map[idea.Field]string{idea.FieldKind: string(idea.Other)}
	case idea.AContact:
		return map[idea.Field]string{idea.FieldName: ""}
	case idea.ACoach: // no two have the same name
		return map[idea.Field]string{idea.FieldName: fmt.Sprintf("#%d", id)}
	}
	return nil
}

// forget removes the history after a command, and its marks on what was before.
func (tx *Tx) forget(last, first int64) error {
	if err := tx.exec(`UPDATE event SET live = 1 WHERE command IN
		(SELECT id FROM command WHERE id <= ?1 AND undone_by > ?1 AND undoes IS NULL)`, last); err != nil {
		return err
	}
	if err := tx.exec("UPDATE command SET undone_by = NULL WHERE undone_by > ?", last); err != nil {
		return err
	}
	if err := tx.exec("DELETE FROM payload WHERE event >= ?", first); err != nil {
		return err
	}
	var left, gone int64
	if err := tx.row("SELECT coalesce(sum(id < ?1), 0), coalesce(sum(id >= ?1), 0) FROM event", first).Scan(&left, &gone); err != nil {
		return err
	}
	indexes, err := tx.withoutIndexes("event", gone > many && gone > left)
	if err != nil {
		return err
	}
	if err := tx.exec("DELETE FROM event WHERE id >= ?", first); err != nil {
		return err
	}
	if err := tx.execAll(indexes...); err != nil {
		return err
	}
	return tx.exec("DELETE FROM command WHERE id > ?", last)
}

// dismiss removes the coaches who were not there yet: a coach comes with her
// first command, without an event, or when she is added.
func (tx *Tx) dismiss() error {
	return tx.exec(`DELETE FROM coach WHERE id NOT IN (
		SELECT who FROM command UNION SELECT subject_id FROM event WHERE subject = 'coach'
		UNION SELECT coach FROM idea WHERE coach IS NOT NULL UNION SELECT registrar FROM idea WHERE registrar IS NOT NULL
		UNION SELECT coach FROM test_note)`)
}

// enteredThen gives ideas the time at which they entered the stage that they
// were in.
func (tx *Tx) enteredThen(ideas map[int64]*thing) error {
	var moved []int64
	for id, t := range ideas {
		if slices.ContainsFunc(t.fields, func(v value) bool { return v.column.field == idea.FieldStage }) {
			moved = append(moved, id)
		}
	}
	return tx.exec(`UPDATE idea SET stage_since =
		(SELECT at FROM event WHERE subject = 'idea' AND field = 'stage' AND live = 1 AND subject_id = number
		 ORDER BY id DESC LIMIT 1) WHERE number IN (SELECT value FROM json_each(?))`, list(moved))
}

// beginWords takes the words of ideas out of the index while they are as they
// are now, and gives what puts those in that were there. When many are others,
// the whole index is made again instead.
func (tx *Tx) beginWords(ideas map[int64]bool) (index func() error, err error) {
	var all int
	if err := tx.row("SELECT count(*) FROM idea").Scan(&all); err != nil {
		return nil, err
	}
	const rebuilt = 5 // one idea in so many
	if len(ideas) > all/rebuilt {
		return func() error {
			return tx.execAll("INSERT INTO idea_fts (idea_fts, rank) VALUES ('hashsize', 67108864)", "INSERT INTO idea_fts (idea_fts) VALUES ('rebuild')")
		}, nil
	}
	numbers := list(slices.Collect(maps.Keys(ideas)))
	if err := tx.exec("INSERT INTO idea_fts (idea_fts, rowid, title, body, notes) SELECT 'delete', number, title, body, notes FROM idea_text WHERE number IN (SELECT value FROM json_each(?))", numbers); err != nil {
		return nil, err
	}
	return func() error {
		return tx.exec("INSERT INTO idea_fts (rowid, title, body, notes) SELECT number, title, body, notes FROM idea_text WHERE number IN (SELECT value FROM json_each(?))", numbers)
	}, nil
}

func (tx *Tx) execAll(queries ...string) error {
	for _, q := range queries {
		if err := tx.exec(q); err != nil {
			return err
		}
	}
	return nil
}
