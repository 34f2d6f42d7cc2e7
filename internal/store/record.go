package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"sluss/internal/idea"
)

// exists stands in an event for a thing that is there; its fields are in its
// own table, and after a removal in payload.
const exists = "+"

// Record makes a change and writes its event, and is the only way to change
// what is there: a silent change cannot be written. It returns Refused if what
// is there now is not what the change starts from.
func (tx *Tx) Record(c idea.Change) error {
	layout, known := layoutOf(c.Subject)
	if !known {
		return fmt.Errorf("nothing is known of %q", c.Subject)
	}
	if err := tx.unindex(layout, c); err != nil {
		return err
	}
	event, err := tx.log(c, true)
	if err != nil {
		return err
	}
	return tx.apply(layout, c, event)
}

// RecordAll makes several changes in their order.
func (tx *Tx) RecordAll(changes []idea.Change) error {
	for _, c := range changes {
		if err := tx.Record(c); err != nil {
			return err
		}
	}
	return nil
}

// Add makes a new thing with the given fields and gives its id.
func (tx *Tx) Add(s idea.Subject, fields map[idea.Field]string) (int64, error) {
	layout, _ := layoutOf(s)
	id, err := tx.insertRow(layout, 0, fields)
	if err != nil {
		return 0, err
	}
	_, err = tx.log(idea.Change{Subject: s, ID: id, New: exists}, true)
	return id, err
}

// Remove takes a thing away. What it held goes to payload.
func (tx *Tx) Remove(s idea.Subject, id int64) error {
	return tx.Record(idea.Change{Subject: s, ID: id, Old: exists})
}

// log writes the event of a change, and the command before its first event.
func (tx *Tx) log(c idea.Change, live bool) (int64, error) {
	if err := errors.Join(tx.begin(), tx.tellFresh()); err != nil {
		return 0, err
	}
	at := c.At
	if at.IsZero() {
		at = tx.at
	}
	old, new := c.Old, c.New
	private := tx.private(c)
	if private {
		old, new = mask(old), mask(new)
	}
	event, err := tx.insert("INSERT INTO event (command, at, subject, subject_id, field, old, new, why, forced, live) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		tx.command, at.UTC().UnixMilli(), c.Subject, c.ID, c.Field, old, new, c.Why, c.Forced, live)
	if err != nil || !private {
		return event, err
	}
	return event, tx.exec("INSERT INTO payload (event, subject, subject_id, old, new) VALUES (?, ?, ?, ?, ?)",
		event, c.Subject, c.ID, c.Old, c.New)
}

func mask(value string) string {
	if value == "" {
		return ""
	}
	return exists
}

func (tx *Tx) private(c idea.Change) bool {
	layout, _ := layoutOf(c.Subject)
	column, _ := layout.column(c.Field)
	return column.private
}

// begin writes the command before its first event.
func (tx *Tx) begin() error {
	if tx.command != 0 {
		return nil
	}
	who, err := tx.Me()
	if err != nil {
		return err
	}
	tx.command, err = tx.insert("INSERT INTO command (at, who, name, undoes) VALUES (?, ?, ?, ?)",
		tx.at.UnixMilli(), who, tx.name, nullable(tx.undoes))
	return err
}

// Me is the id of the coach who gives the command. A coach is there from the
// first command that she gives; that is no change of its own.
func (tx *Tx) Me() (int64, error) {
	if tx.coach != 0 {
		return tx.coach, nil
	}
	id, err := tx.coachNamed(tx.who)
	if err == nil && id == 0 {
		id, err = tx.insert("INSERT INTO coach (name) VALUES (?)", tx.who)
	}
	tx.coach = id
	return id, err
}

// coachNamed is the id of the coach whom a name means, whatever its case; 0 if
// there is none.
func (tx *Tx) coachNamed(name string) (int64, error) {
	coaches, err := tx.Coaches()
	for _, c := range coaches {
		if idea.Same(c.Name, name) {
			return c.ID, err
		}
	}
	return 0, err
}

func nullable(id int64) any {
	if id == 0 {
		return nil
	}
	return id
}

// apply changes the table that c speaks of.
func (tx *Tx) apply(layout layout, c idea.Change, event int64) error {
	switch {
	case c.Subject == idea.AnIdea && c.Field == idea.FieldNote:
		return nil
	case comesOrGoes(c):
		return tx.removeRow(layout, c, event)
	}
	if s, ok := layout.set(c.Field); ok {
		return tx.applySet(s, c)
	}
	column, ok := layout.column(c.Field)
	if !ok {
		return fmt.Errorf("%s has no field %q", c.Subject, c.Field)
	}
	return tx.applyField(layout, column, c)
}

// comesOrGoes tells whether a whole thing appears or disappears. An idea is
// there as long as it has a stage.
func comesOrGoes(c idea.Change) bool {
	if c.Subject == idea.AnIdea {
		return c.Field == idea.FieldStage && (c.Old == "" || c.New == "")
	}
	return c.Field == idea.FieldSelf
}

func (tx *Tx) applyField(l layout, col column, c idea.Change) error {
	query := fmt.Sprintf("UPDATE %s SET %s = ? WHERE %s = ? AND %[2]s IS ?", l.table, col.field, l.key)
	to, err := bind(col, c.New)
	if err != nil {
		return err
	}
	from, err := bind(col, c.Old)
	if err != nil {
		return err
	}
	result, err := tx.tx.ExecContext(tx.ctx, query, to, c.ID, from)
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, changedSince(c))
	}
	if c.Subject == idea.AnIdea && c.Field == idea.FieldStage {
		return tx.exec(`UPDATE idea SET stage_since =
			(SELECT at FROM event WHERE subject = 'idea' AND field = 'stage' AND live = 1 AND subject_id = number
			 ORDER BY id DESC LIMIT 1) WHERE number = ?`, c.ID)
	}
	return nil
}

func changedSince(c idea.Change) error {
	return idea.Errorf(idea.Refused, "%s %d was changed by somebody else in the meantime: %s", c.Subject.Word(), c.ID, c.Field.Word()).
		WithHint("look at it again and repeat the command if it is still right")
}

func bind(c column, value string) (any, error) {
	switch {
	case c.ref && value == "":
		return nil, nil
	case c.ref || c.number:
		return strconv.ParseInt(value, 10, 64)
	}
	return value, nil
}

func (tx *Tx) applySet(s set, c idea.Change) error {
	query, value := fmt.Sprintf("INSERT INTO %s (%s, %s) VALUES (?, ?)", s.table, s.holder, s.member), c.New
	if c.New == "" {
		query, value = fmt.Sprintf("DELETE FROM %s WHERE %s = ? AND %s = ?", s.table, s.holder, s.member), c.Old
	}
	member, err := bind(column{number: s.number}, value)
	if err != nil {
		return err
	}
	result, err := tx.tx.ExecContext(tx.ctx, query, c.ID, member)
	if clashes(err) {
		return changedSince(c)
	}
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, changedSince(c))
	}
	return nil
}

// snapshot is a removed row: its columns by field, its sets by field.
type snapshot struct {
	Fields map[idea.Field]string   `json:"fields"`
	Sets   map[idea.Field][]string `json:"sets,omitempty"`
}

func (tx *Tx) removeRow(l layout, c idea.Change, event int64) error {
	held, err := tx.snapshot(l, c.ID)
	if err != nil {
		return err
	}
	text, err := json.Marshal(held)
	if err != nil {
		return err
	}
	if err := tx.exec("INSERT INTO payload (event, subject, subject_id, old) VALUES (?, ?, ?, ?)",
		event, c.Subject, c.ID, string(text)); err != nil {
		return err
	}
	for _, s := range l.sets {
		if err := tx.exec(fmt.Sprintf("DELETE FROM %s WHERE %s = ?", s.table, s.holder), c.ID); err != nil {
			return err
		}
	}
	err = tx.exec(fmt.Sprintf("DELETE FROM %s WHERE %s = ?", l.table, l.key), c.ID)
	if clashes(err) {
		return idea.Errorf(idea.Refused, "%s %d is in use and cannot be removed", c.Subject.Word(), c.ID)
	}
	return err
}

func (tx *Tx) snapshot(l layout, id int64) (snapshot, error) {
	held := snapshot{Fields: map[idea.Field]string{}, Sets: map[idea.Field][]string{}}
	names := make([]string, len(l.columns))
	values := make([]string, len(l.columns))
	dest := make([]any, len(l.columns))
	for i, c := range l.columns {
		names[i], dest[i] = fmt.Sprintf("coalesce(CAST(%s AS TEXT), '')", c.field), &values[i]
	}
	query := fmt.Sprintf("SELECT %s FROM %s WHERE %s = ?", strings.Join(names, ", "), l.table, l.key)
	if err := tx.row(query, id).Scan(dest...); err != nil {
		return held, err
	}
	for i, c := range l.columns {
		held.Fields[c.field] = values[i]
	}
	for _, s := range l.sets {
		members, err := tx.strings(fmt.Sprintf("SELECT CAST(%s AS TEXT) FROM %s WHERE %s = ?", s.member, s.table, s.holder), id)
		if err != nil {
			return held, err
		}
		held.Sets[s.field] = members
	}
	return held, nil
}

// insertRow writes a row; id 0 takes the next free number.
func (tx *Tx) insertRow(l layout, id int64, fields map[idea.Field]string) (int64, error) {
	names, marks, values := []string{}, []string{}, []any{}
	if id != 0 {
		names, marks, values = append(names, l.key), append(marks, "?"), append(values, id)
	}
	for _, c := range l.columns {
		value, given := fields[c.field]
		if !given {
			continue
		}
		bound, err := bind(c, value)
		if err != nil {
			return 0, err
		}
		names, marks, values = append(names, string(c.field)), append(marks, "?"), append(values, bound)
	}
	return tx.insert(fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s)", l.table,
		strings.Join(names, ", "), strings.Join(marks, ", ")), values...)
}

func (tx *Tx) strings(query string, args ...any) ([]string, error) {
	rows, err := tx.tx.QueryContext(tx.ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, rows.Err()
}
