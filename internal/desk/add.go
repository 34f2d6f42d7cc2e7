package desk

import (
	"context"
	"slices"
	"time"

	"sluss/internal/idea"
	"sluss/internal/store"
)

// Add registers an idea. Without a coach it is given to the one at the desk. It
// returns Usage for a draft that cannot be stored, NotFound for an unknown unit
// or coach, and Refused for a day to come.
func (d *Desk) Add(ctx context.Context, draft idea.Draft) (card Card, err error) {
	if draft, err = draft.Clean(); err != nil {
		return card, err
	}
	if draft.Coach == "" {
		draft.Coach = Me
	}
	err = d.update(ctx, "add", func(tx *store.Tx) error {
		in, err := d.intake(tx)
		if err != nil {
			return err
		}
		number, _, err := in.add(draft)
		if err != nil {
			return err
		}
		card, err = d.card(tx, number, true)
		return err
	})
	return card, err
}

// intake makes ideas of drafts in one transaction: it finds what they name and
// sets what they leave out.
type intake struct {
	desk     *Desk
	tx       *store.Tx
	names    names
	me       int64
	addUnits bool                    // add units that are not known yet
	givers   map[giverKey]idea.Giver // as they are stored
}

// giverKey is a giver as drafts have it.
type giverKey struct {
	kind  idea.GiverKind
	giver idea.GiverDraft
}

func (d *Desk) intake(tx *store.Tx) (*intake, error) {
	n, err := load(tx)
	if err != nil {
		return nil, err
	}
	me, err := tx.Me()
	return &intake{desk: d, tx: tx, names: n, me: me, givers: map[giverKey]idea.Giver{}}, err
}

// add stores a clean draft and gives its number, or the field that is wrong. A
// draft that is refused leaves nothing behind.
func (in *intake) add(draft idea.Draft) (int64, idea.Field, error) {
	i, field, err := in.fill(draft)
	if err != nil {
		return 0, field, err
	}
	number, err := in.tx.AddIdea(i)
	if err != nil || draft.Note == "" {
		return number, "", err
	}
	return number, "", in.tx.Record(idea.Change{Subject: idea.AnIdea, ID: number, Field: idea.FieldNote, New: draft.Note})
}

func (in *intake) fill(draft idea.Draft) (i idea.Idea, field idea.Field, err error) {
	now := in.desk.now()
	i = idea.Idea{Title: draft.Title, Sections: draft.Sections, Kind: draft.Kind, Reason: draft.Reason, Registrar: in.me,
		Channel: draft.Channel, Received: draft.Received, Due: draft.Due, NextBy: draft.NextBy, Tags: draft.Tags,
		Type: draft.Type, Newness: draft.Newness, Benefits: draft.Benefits,
		Wake: draft.Wake, Answered: draft.Answered,
		Registered: now, Source: draft.Source, ExternalID: draft.ExternalID}
	if i.Received == "" {
		i.Received = idea.DayOf(now)
	}
	if i.StageSince, err = received(i.Received, now); err != nil {
		return i, idea.FieldReceived, err
	}
	if i.Stage, err = in.stage(draft.Stage); err != nil {
		return i, idea.FieldStage, err
	}
	if !draft.Registered.IsZero() {
		i.Registered = draft.Registered
	}
	if field, err := in.fits(i, draft); err != nil {
		return i, field, err
	}
	if i.Coach, err = in.coach(draft.Coach); err != nil {
		return i, idea.FieldCoach, err
	}
	newUnit := in.addUnits && draft.Unit != "" && !in.knowsUnit(draft.Unit)
	if i.Unit, err = in.unit(draft.Unit, newUnit); err != nil {
		return i, idea.FieldUnit, err
	}
	owner, err := in.owner(draft.Owner, i.Unit, newUnit)
	if err != nil {
		return i, idea.FieldOwner, err
	}
	giver, err := in.giver(draft)
	if err != nil {
		return i, idea.FieldGiver, err
	}
	if newUnit {
		if i.Unit, err = in.addUnit(draft.Unit); err != nil {
			return i, idea.FieldUnit, err
		}
	}
	if giver.ID != 0 {
		i.Givers = []int64{giver.ID}
	}
	if i.Kind == "" {
		i.Kind = giver.Kind
	}
	i.Owner, err = storeOwner(in.tx, owner, i.Unit)
	return i, idea.FieldOwner, err
}

// fits refuses what does not go with the stage or the day that an idea came in.
// What sluss exported may lack a reason or a day to wake: it did so there.
func (in *intake) fits(i idea.Idea, draft idea.Draft) (idea.Field, error) {
	kind := in.names.stage(i.Stage).Kind
	foreign := i.Source != Own && draft.Registered.IsZero()
	switch {
	case i.Registered.After(in.desk.now()):
		return "registered", idea.Errorf(idea.Refused, "%s is not here yet", idea.DayOf(i.Registered)).
			WithHint("give a day that has been")
	case i.Reason == "" && kind == idea.Closed && foreign:
		return idea.FieldReason, idea.Errorf(idea.Refused, "a closed idea needs the reason why it was closed").
			WithHint("fill a column reason (declined, handed-over or withdrawn), or say it for all that are closed: --set reason=declined")
	case i.Wake == "" && kind == idea.Parked && foreign:
		return idea.FieldWake, idea.Errorf(idea.Refused, "a parked idea needs a day on which it wakes").
			WithHint("fill a column wake, or say it for all that are parked: --set wake=2027-01-31")
	case (i.Reason == idea.Merged) != (draft.MergedInto != ""):
		return idea.FieldMergedInto, idea.Errorf(idea.Refused, "the reason merged and the idea that it was merged into go together").
			WithHint("fill both columns, reason and merged_into, or neither")
	case i.Reason != "" && kind != idea.Closed:
		return idea.FieldReason, idea.Errorf(idea.Refused, "a reason for closing goes with a closed stage, not with %s", in.names.stage(i.Stage).Names)
	case i.Wake != "" && kind != idea.Parked:
		return idea.FieldWake, idea.Errorf(idea.Refused, "a day to wake goes with a parked stage, not with %s", in.names.stage(i.Stage).Names)
	case i.Answered != "" && (i.Answered < i.Received || i.Answered > in.desk.Today()):
		return idea.FieldAnswered, idea.Errorf(idea.Refused, "%s does not lie between the day it came in and today", i.Answered)
	}
	return "", nil
}

func (in *intake) stage(word idea.StageKey) (idea.StageKey, error) {
	if word == "" {
		return in.names.process[0].Key, nil
	}
	s, err := in.names.findStage(string(word))
	return s.Key, err
}

func (in *intake) coach(word string) (int64, error) {
	switch {
	case word == "":
		return 0, nil
	case word == Me, idea.Same(word, in.desk.who):
		return in.me, nil
	}
	return in.desk.coachID(in.names, word)
}

// unit finds the unit of a name; a new one is added when nothing else is wrong
// with the draft.
func (in *intake) unit(name string, isNew bool) (int64, error) {
	if name == "" || isNew {
		return 0, nil
	}
	return in.names.openUnit(name)
}

// knowsUnit goes by whole names: a new unit may begin as an old one does.
func (in *intake) knowsUnit(name string) bool {
	return slices.ContainsFunc(in.names.units, func(u idea.Unit) bool { return idea.Same(u.Name, name) })
}

func (in *intake) addUnit(name string) (int64, error) {
	u, err := addUnit(in.tx, in.names, idea.Unit{Name: name, Kind: idea.Administration})
	in.names.units = append(in.names.units, u)
	return u.ID, err
}

func (in *intake) owner(word string, unit int64, isNew bool) (idea.Contact, error) {
	if isNew {
		unit = toCome
	}
	return in.names.findOwner(in.tx, word, unit)
}

func (in *intake) giver(draft idea.Draft) (idea.Giver, error) {
	key := giverKey{draft.Kind, draft.Giver}
	if g, ok := in.givers[key]; ok {
		return g, nil
	}
	g, err := draftGiver(in.tx, in.names, draft)
	if err == nil {
		in.givers[key] = g
	}
	return g, err
}

// received is the instant from which an idea waits: now if it came in today,
// else the beginning of its day.
func received(day idea.Day, now time.Time) (time.Time, error) {
	if !day.Valid() {
		return now, idea.Errorf(idea.Usage, "%q is not a day", string(day)).WithHint("write it as 2026-11-24")
	}
	today := idea.DayOf(now)
	if day > today {
		return now, idea.Errorf(idea.Refused, "%s is not here yet; an idea cannot have come in then", day).
			WithHint("give the day that it came in with --at")
	}
	if day == today {
		return now, nil
	}
	return day.Time(now.Location()), nil
}

// draftGiver finds the giver that a draft names, or adds one. A giver without
// name and contact is only a kind.
func draftGiver(tx *store.Tx, n names, draft idea.Draft) (idea.Giver, error) {
	g := idea.Giver{Kind: draft.Kind, Name: draft.Giver.Name, Email: draft.Giver.Email, Phone: draft.Giver.Phone}
	if draft.Giver.Unit != "" {
		unit, err := n.findUnit(draft.Giver.Unit)
		if err != nil {
			return g, err
		}
		g.Unit = unit.ID
	}
	if g.Name == "" && g.Email == "" && g.Phone == "" {
		if g.Kind == "" {
			g.Kind = idea.Other
		}
		return g, nil
	}
	return findOrAddGiver(tx, g)
}

// findOrAddGiver takes a stored giver of the same name whose contacts do not
// speak against it. Two of them is one too many to choose from.
func findOrAddGiver(tx *store.Tx, g idea.Giver) (idea.Giver, error) {
	var same []idea.Giver
	if g.Name != "" {
		all, err := tx.FindGivers(g.Name)
		if err != nil {
			return g, err
		}
		for _, one := range all {
			if agrees(one, g) {
				same = append(same, one)
			}
		}
	}
	switch len(same) {
	case 0:
		if g.Kind == "" {
			g.Kind = idea.Other
		}
		id, err := tx.Add(idea.AGiver, giverFields(g))
		g.ID = id
		return g, err
	case 1:
		return same[0], complete(tx, same[0], g)
	}
	e := idea.Errorf(idea.Refused, "%d givers have that name", len(same))
	return g, e.WithHint("say which by adding --email or --phone; sluss giver list shows them")
}

func agrees(stored, given idea.Giver) bool {
	same := func(a, b string) bool { return a == "" || b == "" || a == b }
	return same(stored.Email, given.Email) && same(stored.Phone, given.Phone) &&
		same(string(stored.Kind), string(given.Kind))
}

// complete adds contacts that were not known of a giver before.
func complete(tx *store.Tx, stored, given idea.Giver) error {
	var changes []idea.Change
	add := func(field idea.Field, old, new string) {
		if old == "" && new != "" {
			changes = append(changes, idea.Change{Subject: idea.AGiver, ID: stored.ID, Field: field, New: new})
		}
	}
	add(idea.FieldEmail, stored.Email, given.Email)
	add(idea.FieldPhone, stored.Phone, given.Phone)
	if stored.Unit == 0 {
		add(idea.FieldUnit, "", ref(given.Unit))
	}
	return tx.RecordAll(changes)
}

func giverFields(g idea.Giver) map[idea.Field]string {
	return map[idea.Field]string{idea.FieldKind: string(g.Kind), idea.FieldName: g.Name, idea.FieldEmail: g.Email,
		idea.FieldPhone: g.Phone, idea.FieldUnit: ref(g.Unit)}
}
