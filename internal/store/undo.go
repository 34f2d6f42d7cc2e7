package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"modernc.org/sqlite"

	"sluss/internal/idea"
)

// Last is the newest command of the coach who gives this one that has not been
// undone. It returns NotFound if there is none.
func (tx *Tx) Last(who string) (idea.Command, error) {
	coach, err := tx.coachNamed(who)
	if err != nil {
		return idea.Command{}, err
	}
	var number int64
	found, err := tx.one([]any{&number}, `SELECT id FROM command WHERE undone_by IS NULL AND undoes IS NULL
		AND who = ? ORDER BY id DESC LIMIT 1`, coach)
	if err != nil {
		return idea.Command{}, err
	}
	if !found {
		return idea.Command{}, idea.Errorf(idea.NotFound, "%s has given no command that can be undone", who).
			WithHint("sluss log shows all commands")
	}
	return tx.FindCommand(number)
}

// Undo takes a command back, by new events that turn each of its changes
// round. It returns Refused if something has been changed since then that the
// command had changed, or that depends on it.
func (tx *Tx) Undo(c idea.Command) error {
	tx.undoes = c.Number
	if err := tx.begin(); err != nil {
		return err
	}
	for _, e := range c.Events {
		layout, _ := layoutOf(e.Subject)
		if err := tx.unindex(layout, e.Change); err != nil {
			return err
		}
	}
	if err := tx.exec("UPDATE event SET live = 0 WHERE command = ?", c.Number); err != nil {
		return err
	}
	for i := len(c.Events) - 1; i >= 0; i-- {
		if err := tx.reverse(c.Events[i]); clashes(err) {
			return idea.Errorf(idea.Refused, "command %d cannot be undone: something that it speaks of is gone, or its name is taken", c.Number).
				WithHint("sluss log shows what has been done since").Because(err)
		} else if err != nil {
			return err
		}
	}
	return tx.exec("UPDATE command SET undone_by = ? WHERE id = ?", tx.command, c.Number)
}

func (tx *Tx) reverse(e idea.Event) error {
	back := e.Inverse()
	back.At = tx.at
	layout, _ := layoutOf(e.Subject)
	check := tx.checkLast
	if comesOrGoes(back) {
		check = tx.checkUnused
	}
	if err := check(e); err != nil {
		return err
	}
	event, err := tx.log(back, false)
	if err != nil {
		return err
	}
	if comesOrGoes(back) && back.New != "" {
		return tx.restoreRow(layout, e)
	}
	return tx.apply(layout, back, event)
}

func (tx *Tx) checkUnused(e idea.Event) error {
	used, err := tx.later(e, "")
	if used {
		return idea.Errorf(idea.Refused, "%s %d has been worked on since it was added", e.Subject.Word(), e.ID).
			WithHint("undo the later commands first; sluss log shows them")
	}
	return err
}

// checkLast refuses to take a change back that a later one has built on, even
// if what is there now is what the change led to.
func (tx *Tx) checkLast(e idea.Event) (err error) {
	layout, _ := layoutOf(e.Subject)
	_, member := layout.set(e.Field)
	var used bool
	switch {
	case e.Field == idea.FieldNote:
	case member:
		used, err = tx.later(e, "AND field = ? AND ? IN (old, new)", e.Field, e.Old+e.New)
	case e.Field == idea.FieldMergedInto:
		e.ID, used, err = tx.mergedLater(e)
	case e.Subject == idea.AnIdea && e.Field == idea.FieldAnswered:
		used, err = tx.answeredLater(e)
	case e.Subject == idea.AnAnswer && (e.Field == idea.FieldStatus || e.Field == idea.FieldOn):
		if used, err = tx.toldLater(e); err == nil && !used {
			used, err = tx.later(e, "AND field = ?", e.Field)
		}
	default:
		used, err = tx.later(e, "AND field = ?", e.Field)
	}
	if used {
		return idea.Errorf(idea.Refused, "%s %d has been changed since then: %s", e.Subject.Word(), e.ID, e.Field.Word()).
			WithHint("undo the later commands first; sluss log shows them")
	}
	return err
}

// later tells whether a live event about the same thing came after e. The two
// queries differ in the index that they use.
func (tx *Tx) later(e idea.Event, only string, args ...any) (found bool, err error) {
	about := "subject <> 'idea'"
	if e.Subject == idea.AnIdea {
		about = "subject = 'idea'"
	}
	query := "SELECT EXISTS (SELECT 1 FROM event WHERE " + about + " AND subject = ? AND subject_id = ? AND id > ? AND live = 1 " + only + ")"
	err = tx.row(query, append([]any{e.Subject, e.ID, e.Number}, args...)...).Scan(&found)
	return found, err
}

// mergedLater tells whether an idea, or the one that it was merged into, was
// merged or taken out of a merge later, and which of the two.
func (tx *Tx) mergedLater(e idea.Event) (number int64, found bool, err error) {
	into, err := strconv.ParseInt(e.Old+e.New, 10, 64)
	if err != nil {
		return e.ID, false, err
	}
	for _, e.ID = range []int64{e.ID, into} {
		if found, err = tx.later(e, "AND field = ?", e.Field); err != nil || found {
			break
		}
	}
	return e.ID, found, err
}

// answeredLater tells whether an idea was answered again: the day of the first
// answer stands as long as there is any.
func (tx *Tx) answeredLater(e idea.Event) (found bool, err error) {
	err = tx.row(`SELECT EXISTS (SELECT 1 FROM answer a JOIN event e ON e.subject = 'answer' AND e.subject_id = a.id
		WHERE a.idea = ? AND e.field = 'given' AND e.live = 1 AND e.id > ?)`, e.ID, e.Number).Scan(&found)
	return found, err
}

// clashes tells whether a rule of the schema stands against a change.
func clashes(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code()&0xff == 19
}

// restoreRow brings back the row that the removal e took away.
func (tx *Tx) restoreRow(l layout, e idea.Event) error {
	var text string
	found, err := tx.one([]any{&text}, "SELECT old FROM payload WHERE event = ?", e.Number)
	if err != nil {
		return err
	}
	var held snapshot
	if found {
		err = json.Unmarshal([]byte(text), &held)
	}
	if err != nil || !found {
		return idea.Errorf(idea.Refused, "what %s %d held is gone", e.Subject.Word(), e.ID).Because(err)
	}
	if _, err := tx.insertRow(l, e.ID, held.Fields); err != nil {
		return err
	}
	for _, s := range l.sets {
		for _, member := range held.Sets[s.field] {
			if err := tx.exec(fmt.Sprintf("INSERT INTO %s (%s, %s) VALUES (?, ?)", s.table, s.holder, s.member), e.ID, member); err != nil {
				return err
			}
		}
	}
	return nil
}
