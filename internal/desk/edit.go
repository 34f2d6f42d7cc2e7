package desk

import (
	"context"
	"slices"
	"strconv"
	"time"

	"sluss/internal/idea"
	"sluss/internal/store"
)

// Edit says what becomes of an idea's fields, in the words of the user. An
// empty word empties a field.
type Edit struct {
	Fields map[idea.Field]string
	Giver  idea.GiverDraft // one more giver
	Lose   []int64         // givers who are none of it
	Tags   []string        // added, or taken away with a minus in front
	Seen   *idea.Idea      // as the user saw it when she began, if that is long ago
}

// editable lists the fields that Edit can change, in the order of their events.
func editable() []idea.Field {
	fields := []idea.Field{idea.FieldTitle, idea.FieldKind, idea.FieldUnit, idea.FieldOwner, idea.FieldCoach,
		idea.FieldChannel, idea.FieldReceived, idea.FieldDue, idea.FieldType, idea.FieldNewness, idea.FieldBenefits}
	for _, s := range idea.Sections() {
		fields = append(fields, idea.Field(s))
	}
	return append(fields, idea.FieldNextBy)
}

// Edit changes fields of ideas, and of all of them or none. It returns Refused
// for a field that somebody has changed since the user saw it.
func (d *Desk) Edit(ctx context.Context, numbers []int64, e Edit) ([]Card, error) {
	return d.each(ctx, "edit", numbers, func(tx *store.Tx, n names, i idea.Idea) error {
		return d.editOne(tx, n, i, e)
	})
}

func (d *Desk) editOne(tx *store.Tx, n names, i idea.Idea, e Edit) error {
	for _, field := range editable() {
		word, given := e.Fields[field]
		if !given {
			continue
		}
		if e.Seen != nil && i.Value(field) != e.Seen.Value(field) {
			return idea.Errorf(idea.Refused, "%s %d was changed by somebody else in the meantime: %s", idea.AnIdea.Word(), i.Number, idea.Word(field)).
				WithHint("look at it again and repeat the command if it is still right")
		}
		value, err := d.value(tx, n, i.Unit, field, word)
		if err != nil {
			return err
		}
		if err := tx.RecordAll(i.Set(field, value)); err != nil {
			return err
		}
		if field == idea.Field(idea.Next) && value == "" {
			if err := tx.RecordAll(i.Set(idea.FieldNextBy, "")); err != nil {
				return err
			}
			i.NextBy = ""
		}
		if field == idea.FieldUnit { // an owner is looked for there
			i.Unit = parseRef(value)
		}
	}
	if err := checkStep(tx, i.Number, e); err != nil {
		return err
	}
	if err := setTags(tx, i, e.Tags); err != nil {
		return err
	}
	return editGivers(tx, n, i, e)
}

// checkStep refuses a day for a next step that there is not.
func checkStep(tx *store.Tx, number int64, e Edit) error {
	if e.Fields[idea.FieldNextBy] == "" {
		return nil
	}
	i, err := tx.Idea(number)
	if err == nil && i.Sections[idea.Next] == "" {
		err = noStep(number)
	}
	return err
}

// value turns a word for a field of an idea that concerns a unit into what an
// event holds.
func (d *Desk) value(tx *store.Tx, n names, unit int64, f idea.Field, word string) (string, error) {
	switch f {
	case idea.FieldTitle:
		title, err := idea.CleanLine("the title", word)
		if err == nil && title == "" {
			err = idea.Errorf(idea.Usage, "an idea needs a title").WithHint("give it in one line, in quotes")
		}
		return title, err
	case idea.FieldKind:
		kind, err := idea.FindKind(word)
		return string(kind), err
	case idea.FieldReceived:
		_, err := received(idea.Day(word), d.now())
		return word, err
	}
	if word == "" {
		return "", nil
	}
	switch f {
	case idea.FieldUnit:
		id, err := n.openUnit(word)
		return ref(id), err
	case idea.FieldOwner:
		name, err := idea.CleanLine("the owner", word)
		if err != nil {
			return "", err
		}
		c, err := n.findOwner(tx, name, unit)
		if err != nil {
			return "", err
		}
		id, err := storeOwner(tx, c, unit)
		return ref(id), err
	case idea.FieldCoach:
		id, err := d.coachID(n, word)
		return ref(id), err
	case idea.FieldChannel:
		channel, err := idea.FindChannel(word)
		return string(channel), err
	case idea.FieldDue, idea.FieldNextBy:
		return word, nil
	case idea.FieldType:
		t, err := idea.FindType(word)
		return string(t), err
	case idea.FieldNewness:
		newness, err := idea.FindNewness(word)
		return string(newness), err
	case idea.FieldBenefits:
		benefits, err := idea.FindBenefits(word)
		return idea.JoinBenefits(benefits), err
	}
	return idea.CleanText(idea.Word(f), word)
}

func editGivers(tx *store.Tx, n names, i idea.Idea, e Edit) error {
	for _, id := range slices.Compact(slices.Sorted(slices.Values(e.Lose))) {
		if !slices.Contains(i.Givers, id) {
			return idea.Errorf(idea.NotFound, "giver %d has not given idea %d", id, i.Number).
				WithHint("sluss show %d shows its givers", i.Number)
		}
		if err := tx.Record(idea.Change{Subject: idea.AnIdea, ID: i.Number, Field: idea.FieldGiver, Old: ref(id)}); err != nil {
			return err
		}
		i.Givers = slices.DeleteFunc(slices.Clone(i.Givers), func(g int64) bool { return g == id })
	}
	if e.Giver == (idea.GiverDraft{}) {
		return nil
	}
	kind := i.Kind
	if word := e.Fields[idea.FieldKind]; word != "" {
		var err error
		if kind, err = idea.FindKind(word); err != nil {
			return err
		}
	}
	draft, err := idea.Draft{Title: i.Title, Kind: kind, Giver: e.Giver}.Clean()
	if err != nil {
		return err
	}
	g, err := draftGiver(tx, n, draft)
	if err != nil || g.ID == 0 || slices.Contains(i.Givers, g.ID) {
		return err
	}
	return tx.Record(idea.Change{Subject: idea.AnIdea, ID: i.Number, Field: idea.FieldGiver, New: ref(g.ID)})
}

// Tag adds tags to ideas and takes tags with a minus in front away.
func (d *Desk) Tag(ctx context.Context, numbers []int64, tags []string) ([]Card, error) {
	return d.each(ctx, "tag", numbers, func(tx *store.Tx, _ names, i idea.Idea) error {
		return setTags(tx, i, tags)
	})
}

func setTags(tx *store.Tx, i idea.Idea, tags []string) error {
	f, err := tagFilter(idea.Filter{}, tags)
	if err != nil {
		return err
	}
	return tx.RecordAll(i.SetTags(f.Tags, f.NoTags))
}

// Assign gives ideas to a coach, or to none.
func (d *Desk) Assign(ctx context.Context, numbers []int64, coach string) ([]Card, error) {
	return d.each(ctx, "assign", numbers, func(tx *store.Tx, n names, i idea.Idea) error {
		if coach == Me || coach == "jag" {
			id, err := tx.Me()
			if err != nil {
				return err
			}
			return tx.RecordAll(i.Set(idea.FieldCoach, ref(id)))
		}
		id, err := d.coachID(n, coach)
		if err != nil {
			return err
		}
		return tx.RecordAll(i.Set(idea.FieldCoach, ref(id)))
	})
}

// Due sets the day by which something must be done with ideas; an empty day
// takes it away.
func (d *Desk) Due(ctx context.Context, numbers []int64, day idea.Day) ([]Card, error) {
	return d.each(ctx, "due", numbers, func(tx *store.Tx, _ names, i idea.Idea) error {
		return tx.RecordAll(i.Set(idea.FieldDue, string(day)))
	})
}

// Note writes a note about ideas, dated back to the day at if there is one.
func (d *Desk) Note(ctx context.Context, numbers []int64, text string, at idea.Day) ([]Card, error) {
	text, when, err := d.noteText(text, at)
	if err != nil {
		return nil, err
	}
	return d.each(ctx, "note", numbers, func(tx *store.Tx, _ names, i idea.Idea) error {
		return tx.Record(idea.Change{Subject: idea.AnIdea, ID: i.Number, Field: idea.FieldNote, New: text, At: when})
	})
}

// noteText is a note as it is kept, and the instant that it is dated to. It
// returns Usage for an empty note and Refused for a day to come.
func (d *Desk) noteText(text string, at idea.Day) (string, time.Time, error) {
	text, err := idea.CleanText("the note", text)
	if err != nil {
		return "", time.Time{}, err
	}
	if text == "" {
		return "", time.Time{}, idea.Errorf(idea.Usage, "the note is empty").WithHint("write it in quotes after the number")
	}
	when, err := d.when(at)
	return text, when, err
}

// each changes several ideas in one transaction and gives their cards.
func (d *Desk) each(ctx context.Context, verb string, numbers []int64, change func(*store.Tx, names, idea.Idea) error) (cards []Card, err error) {
	err = d.update(ctx, verb, func(tx *store.Tx) error {
		n, err := load(tx)
		if err != nil {
			return err
		}
		for _, number := range numbers {
			i, err := tx.Idea(number)
			if err != nil {
				return err
			}
			if err := change(tx, n, i); err != nil {
				return err
			}
			card, err := d.card(tx, number, true)
			if err != nil {
				return err
			}
			cards = append(cards, card)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return cards, nil
}

// ref writes a reference as an event does.
func ref(id int64) string {
	if id == 0 {
		return ""
	}
	return strconv.FormatInt(id, 10)
}
