// Package desk is what a coach does: each file one job, each job one
// transaction. It loads, asks the rules of package idea, and records.
package desk

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"sluss/internal/idea"
	"sluss/internal/store"
)

// Desk is where one coach works on one database.
type Desk struct {
	db  *store.DB
	who string
	now func() time.Time
}

// New makes a desk for the coach called who. The location of what now returns
// decides where days begin.
func New(db *store.DB, who string, now func() time.Time) *Desk {
	if clean, err := idea.CleanLine("the coach", who); err == nil {
		who = clean
	}
	return &Desk{db: db, who: who, now: now}
}

// Today is the day that it is.
func (d *Desk) Today() idea.Day { return idea.DayOf(d.now()) }

// Location is where days begin.
func (d *Desk) Location() *time.Location { return d.now().Location() }

func (d *Desk) update(ctx context.Context, verb string, fn func(*store.Tx) error) error {
	if _, err := idea.CleanLine("the coach", d.who); err != nil {
		return err
	}
	if d.who == "" {
		return idea.Errorf(idea.Usage, "sluss does not know who you are").
			WithHint("say so once with: sluss config set coach YOUR-NAME")
	}
	if isReserved(d.who) {
		return notAName(d.who)
	}
	return d.db.Update(ctx, store.Stamp{Name: verb, Who: d.who, At: d.now()}, fn)
}

// when is the instant of a command that is dated back to day; without a day it
// is now. It returns Refused for a day to come.
func (d *Desk) when(day idea.Day) (time.Time, error) {
	now := d.now()
	switch today := idea.DayOf(now); {
	case day == "" || day == today:
		return now, nil
	case day > today:
		return now, idea.Errorf(idea.Refused, "%s is not here yet", day).WithHint("give a day that has been with --at")
	}
	return endOfDay(day, now.Location()), nil
}

// endOfDay is the last instant of a day that the database can hold: what is
// dated back to the day of an earlier change comes after it.
func endOfDay(day idea.Day, loc *time.Location) time.Time {
	return day.Add(1).Time(loc).Add(-time.Millisecond)
}

// names is what the small tables hold, read once in a transaction.
type names struct {
	process idea.Process // the stages in use
	stages  idea.Process // these, and those that were removed
	units   []idea.Unit
	coaches []idea.Coach

	networks []idea.Network // only after loadAll
}

func load(tx *store.Tx) (n names, err error) {
	if n.stages, err = tx.Stages(); err != nil {
		return n, err
	}
	n.process = n.stages.Current()
	if n.units, err = tx.Units(); err != nil {
		return n, err
	}
	n.coaches, err = tx.Coaches()
	return n, err
}

func (n names) stage(key idea.StageKey) idea.Stage {
	s, err := n.stages.Stage(key)
	if err != nil {
		return idea.Stage{Key: key, Names: idea.Names{EN: string(key), SV: string(key)}}
	}
	return s
}

func (n names) unit(id int64) string {
	for _, u := range n.units {
		if u.ID == id {
			return u.Name
		}
	}
	return ""
}

func (n names) coach(id int64) string {
	for _, c := range n.coaches {
		if c.ID == id {
			return c.Name
		}
	}
	return ""
}

func (n names) findStage(word string) (idea.Stage, error) {
	return pick("stage", word, n.process, func(s idea.Stage) []string {
		return []string{string(s.Key), s.Names.EN, s.Names.SV}
	})
}

func (n names) findUnit(word string) (idea.Unit, error) {
	return pick("unit", word, n.units, func(u idea.Unit) []string { return []string{u.Name} })
}

// openUnit is findUnit for an idea that goes there now.
func (n names) openUnit(word string) (int64, error) {
	u, err := n.findUnit(word)
	switch {
	case err == nil && u.Successor != 0:
		return 0, idea.Errorf(idea.Refused, "the unit %s is closed", u.Name).
			WithHint("it was merged into %s", n.unit(u.Successor))
	case err == nil && u.Closed:
		return 0, idea.Errorf(idea.Refused, "the unit %s is closed", u.Name).
			WithHint("choose the unit that took over; sluss unit list shows the units")
	}
	return u.ID, err
}

// branches is the units that words name with everything under them.
func (n names) branches(words []string) (out []int64, err error) {
	for _, word := range words {
		unit, err := n.findUnit(word)
		if err != nil {
			return nil, err
		}
		for _, id := range idea.Branch(n.units, unit.ID) {
			if !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out, nil
}

func (n names) findCoach(word string) (idea.Coach, error) {
	return pick("coach", word, n.coaches, func(c idea.Coach) []string { return []string{c.Name} })
}

// pick finds the thing that a word names, whatever its case, or that begins
// with the word if only one does. It returns NotFound with the known names.
func pick[T any](what idea.Word, word string, among []T, called func(T) []string) (T, error) {
	word = norm.NFC.String(strings.TrimSpace(word))
	var begins []T
	var known []string
	for _, one := range among {
		prefix := false
		for _, name := range called(one) {
			if strings.EqualFold(name, word) {
				return one, nil
			}
			prefix = prefix || hasPrefixFold(name, word)
			known = append(known, name)
		}
		if prefix {
			begins = append(begins, one)
		}
	}
	if len(begins) == 1 {
		return begins[0], nil
	}
	var none T
	return none, idea.Unknown(what, word, known)
}

func hasPrefixFold(name, prefix string) bool {
	n, p := []rune(name), []rune(prefix)
	return len(p) > 1 && len(n) > len(p) && strings.EqualFold(string(n[:len(p)]), prefix)
}

func parseRef(value string) int64 {
	id, err := strconv.ParseInt(value, 10, 64)
	if err != nil {
		return 0
	}
	return id
}
