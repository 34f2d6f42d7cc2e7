package desk

import (
	"context"
	"slices"
	"strconv"

	"sluss/internal/idea"
	"sluss/internal/report"
	"sluss/internal/store"
)

// ActivityLine is an activity with the names of what it was for.
type ActivityLine struct {
	idea.Activity
	UnitNames    []string
	NetworkNames []string
	Few          bool // the number of participants is kept back
}

// ActivitySelection says which activities are wanted, in the words of the user.
type ActivitySelection struct {
	Kinds    []string
	Units    []string // with everything under them
	Networks []string
	Period   idea.Period
	People   bool // small numbers of participants are shown
}

// Activities gives the selected activities, the newest first.
func (d *Desk) Activities(ctx context.Context, s ActivitySelection) (lines []ActivityLine, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		n, err := loadAll(tx)
		if err != nil {
			return err
		}
		f, err := n.activityFilter(s)
		if err != nil {
			return err
		}
		activities, err := tx.Activities(f)
		if err != nil {
			return err
		}
		for _, a := range activities {
			lines = append(lines, n.activity(a))
		}
		if s.People {
			return nil
		}
		least, err := leastPeople(tx)
		withoutFew(lines, least)
		return err
	})
	return lines, err
}

// withoutFew takes numbers of participants that are smaller than least out of
// activities, and what would tell of them.
func withoutFew(all []ActivityLine, least int) {
	people := make([]int, len(all))
	for k, l := range all {
		if l.Participants != nil {
			people[k] = int(*l.Participants)
		}
	}
	for k, hidden := range report.Few(people, least) {
		if hidden {
			all[k].Participants, all[k].Few = nil, true
		}
	}
}

func (n names) activityFilter(s ActivitySelection) (f idea.ActivityFilter, err error) {
	f.Period = s.Period
	for _, word := range s.Kinds {
		kind, err := idea.FindActivityKind(word)
		if err != nil {
			return f, err
		}
		f.Kinds = append(f.Kinds, kind)
	}
	if f.Units, err = n.branches(s.Units); err != nil {
		return f, err
	}
	for _, word := range s.Networks {
		w, err := n.findNetwork(word)
		if err != nil {
			return f, err
		}
		f.Networks = append(f.Networks, w.ID)
	}
	return f, nil
}

func (n names) activity(a idea.Activity) ActivityLine {
	line := ActivityLine{Activity: a}
	for _, u := range n.units {
		if slices.Contains(a.Units, u.ID) {
			line.UnitNames = append(line.UnitNames, u.Name)
		}
	}
	for _, w := range n.networks {
		if slices.Contains(a.Networks, w.ID) {
			line.NetworkNames = append(line.NetworkNames, w.Name)
		}
	}
	return line
}

// Activity gives one activity. It returns NotFound if there is none of that id.
func (d *Desk) Activity(ctx context.Context, id int64) (line ActivityLine, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		line, err = activityLine(tx, id)
		return err
	})
	return line, err
}

func activityLine(tx *store.Tx, id int64) (ActivityLine, error) {
	n, err := loadAll(tx)
	if err != nil {
		return ActivityLine{}, err
	}
	a, err := tx.Activity(id)
	return n.activity(a), err
}

// ActivityInput is what is told of an activity, in the words of the user. What
// is not in Fields, and nil sets, stay as they are.
type ActivityInput struct {
	Fields   map[idea.Field]string
	Units    []string
	Networks []string
}

// activityFields lists the fields of an activity, in the order of its events.
func activityFields() []idea.Field {
	return []idea.Field{idea.FieldTitle, idea.FieldKind, idea.FieldDay, idea.FieldParticipants, idea.FieldText}
}

// AddActivity records an activity that has been; without a day, today. It
// returns Usage without a title or a kind, and Refused for a day to come.
func (d *Desk) AddActivity(ctx context.Context, in ActivityInput) (line ActivityLine, err error) {
	err = d.update(ctx, "activity add", func(tx *store.Tx) error {
		values := map[idea.Field]string{}
		for _, f := range activityFields() {
			word := in.Fields[f]
			if f == idea.FieldDay && word == "" {
				word = string(d.Today())
			}
			if values[f], err = d.activityValue(f, word); err != nil {
				return err
			}
		}
		n, err := loadAll(tx)
		if err != nil {
			return err
		}
		id, err := tx.Add(idea.AnActivity, values)
		if err != nil {
			return err
		}
		if err := n.setActivity(tx, idea.Activity{ID: id}, in); err != nil {
			return err
		}
		line, err = activityLine(tx, id)
		return err
	})
	return line, err
}

// EditActivity changes what is told of an activity. Units and networks that are
// given take the place of those before; one empty word takes all away.
func (d *Desk) EditActivity(ctx context.Context, id int64, in ActivityInput) (line ActivityLine, err error) {
	err = d.update(ctx, "activity edit", func(tx *store.Tx) error {
		a, err := tx.Activity(id)
		if err != nil {
			return err
		}
		old := activityValues(a)
		for _, f := range activityFields() {
			word, given := in.Fields[f]
			if !given {
				continue
			}
			value, err := d.activityValue(f, word)
			if err != nil {
				return err
			}
			if err := recordField(tx, idea.AnActivity, id, f, old[f], value); err != nil {
				return err
			}
		}
		n, err := loadAll(tx)
		if err != nil {
			return err
		}
		if err := n.setActivity(tx, a, in); err != nil {
			return err
		}
		line, err = activityLine(tx, id)
		return err
	})
	return line, err
}

func activityValues(a idea.Activity) map[idea.Field]string {
	return map[idea.Field]string{idea.FieldTitle: a.Title, idea.FieldKind: string(a.Kind), idea.FieldDay: string(a.Day),
		idea.FieldParticipants: participants(a.Participants), idea.FieldText: a.Text}
}

func participants(n *int64) string {
	if n == nil {
		return ""
	}
	return strconv.FormatInt(*n, 10)
}

// activityValue turns a word for a field of an activity into what is stored.
func (d *Desk) activityValue(f idea.Field, word string) (string, error) {
	switch f {
	case idea.FieldTitle:
		title, err := idea.CleanLine("the title", word)
		if err == nil && title == "" {
			err = idea.Errorf(idea.Usage, "an activity needs a title").WithHint("give it in one line, in quotes")
		}
		return title, err
	case idea.FieldKind:
		kind, err := idea.FindActivityKind(word)
		return string(kind), err
	case idea.FieldDay:
		return word, d.checkHeld(idea.Day(word))
	case idea.FieldParticipants:
		n, err := idea.FindParticipants(word)
		return participants(n), err
	}
	return idea.CleanText("the note", word)
}

// checkHeld refuses a day on which nothing can have been held yet.
func (d *Desk) checkHeld(day idea.Day) error {
	switch {
	case !day.Valid():
		return idea.Errorf(idea.Usage, "%q is not a day", string(day)).WithHint("write it as 2026-11-24")
	case day > d.Today():
		return idea.Errorf(idea.Refused, "%s is not here yet", day).WithHint("record an activity when it has been held")
	}
	return nil
}

// setActivity gives an activity the units and networks that are named.
func (n names) setActivity(tx *store.Tx, a idea.Activity, in ActivityInput) error {
	units, err := findAll(in.Units, func(word string) (int64, error) {
		u, err := n.findUnit(word)
		return u.ID, err
	})
	if err != nil {
		return err
	}
	networks, err := findAll(in.Networks, func(word string) (int64, error) {
		w, err := n.findNetwork(word)
		return w.ID, err
	})
	if err != nil {
		return err
	}
	if in.Units != nil {
		if err := setMembers(tx, a.ID, idea.FieldUnit, a.Units, units); err != nil {
			return err
		}
	}
	if in.Networks == nil {
		return nil
	}
	return setMembers(tx, a.ID, idea.FieldNetwork, a.Networks, networks)
}

// findAll finds what words name, each once; empty words name nothing.
func findAll(words []string, find func(string) (int64, error)) (out []int64, err error) {
	for _, word := range words {
		if word == "" {
			continue
		}
		id, err := find(word)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out, nil
}

func setMembers(tx *store.Tx, id int64, f idea.Field, old, new []int64) error {
	for _, o := range old {
		if !slices.Contains(new, o) {
			if err := tx.Record(idea.Change{Subject: idea.AnActivity, ID: id, Field: f, Old: ref(o)}); err != nil {
				return err
			}
		}
	}
	for _, o := range new {
		if !slices.Contains(old, o) {
			if err := tx.Record(idea.Change{Subject: idea.AnActivity, ID: id, Field: f, New: ref(o)}); err != nil {
				return err
			}
		}
	}
	return nil
}

// RemoveActivities removes activities that were recorded by mistake, all of
// them or none.
func (d *Desk) RemoveActivities(ctx context.Context, numbers []int64) ([]ActivityLine, error) {
	return removeEach(ctx, d, "activity remove", idea.AnActivity, numbers, activityLine)
}

// removeEach removes things of a kind, all of them or none, and gives each as it
// was.
func removeEach[T any](ctx context.Context, d *Desk, name string, s idea.Subject, ids []int64, read func(*store.Tx, int64) (T, error)) (out []T, err error) {
	err = d.update(ctx, name, func(tx *store.Tx) error {
		for _, id := range ids {
			one, err := read(tx, id)
			if err != nil {
				return err
			}
			if err := tx.Remove(s, id); err != nil {
				return err
			}
			out = append(out, one)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}
