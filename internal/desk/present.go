package desk

import (
	"context"
	"slices"
	"time"

	"sluss/internal/idea"
	"sluss/internal/store"
)

// PresentInput says which ideas go on the agenda of a meeting.
type PresentInput struct {
	Numbers    []int64
	Forum      string   // empty: the only one
	On         idea.Day // of the meeting; empty: the next one that is known
	OnlyAgenda bool     // the ideas stay in their stages
	Remove     bool     // take them off the agenda instead
	Why        string
	Force      bool
	Classes    map[idea.Field]string // type, newness and kinds of value, as for an Edit
	Look       bool                  // only tell what is missing, and change nothing
	Supply     map[int64]Supply      // what was missing of ideas, stored with the rest
}

// Taken is what a meeting did with an idea. From and To are one stage for an
// idea that stays.
type Taken struct {
	Moved
	Forum      string
	On         idea.Day
	Resolution idea.Resolution // empty if nothing was decided
}

// Present puts ideas on the agenda of a meeting, all or none, and into the
// stage where ideas are presented if they have not come as far. It returns
// Refused for what is on that agenda already, and for what Move refuses.
func (d *Desk) Present(ctx context.Context, in PresentInput) (out []Taken, err error) {
	if in.Why, err = idea.CleanText("the reason", in.Why); err != nil {
		return nil, err
	}
	do := func(tx *store.Tx) error {
		n, err := load(tx)
		if err != nil {
			return err
		}
		forum, err := findForum(tx, in.Forum)
		if err != nil {
			return err
		}
		if in.On, err = d.nextMeeting(tx, forum, in.On); err != nil {
			return err
		}
		refusals := &refusals{}
		for _, number := range in.Numbers {
			taken, err := d.presentOne(tx, n, forum, number, in)
			if err := refusals.add(err); err != nil {
				return err
			}
			out = append(out, taken)
		}
		if err := refusals.err(); err != nil || in.Look {
			return err
		}
		return countTaken(tx, out)
	}
	if err := d.run(ctx, "present", in.Look, do); err != nil {
		return nil, err
	}
	return out, nil
}

// run does a job, as one that only looks at the database or as a command.
func (d *Desk) run(ctx context.Context, verb string, look bool, do func(*store.Tx) error) error {
	if look {
		return d.db.View(ctx, do)
	}
	return d.update(ctx, verb, do)
}

// countTaken counts the ideas in the stages that ideas were moved to.
func countTaken(tx *store.Tx, taken []Taken) error {
	moved := make([]Moved, len(taken))
	for k := range taken {
		moved[k] = taken[k].Moved
	}
	err := countStanding(tx, moved)
	for k := range taken {
		taken[k].Moved = moved[k]
	}
	return err
}

// nextMeeting is the day of a meeting: the given one, or the next that the
// forum has something on the agenda of.
func (d *Desk) nextMeeting(tx *store.Tx, forum idea.Forum, given idea.Day) (idea.Day, error) {
	if given != "" {
		return given, nil
	}
	days, err := meetingDays(tx, forum.ID)
	if err != nil {
		return "", err
	}
	if next := idea.NearMeeting(days, d.Today(), false); next >= d.Today() {
		return next, nil
	}
	return "", idea.Errorf(idea.Usage, "when does %s meet?", forum.Name).WithHint("say it with --date DAY")
}

func meetingDays(tx *store.Tx, forum int64) (days []idea.Day, err error) {
	meetings, err := tx.Meetings(forum)
	for _, m := range meetings {
		days = append(days, m.Day)
	}
	return days, err
}

func (d *Desk) presentOne(tx *store.Tx, n names, forum idea.Forum, number int64, in PresentInput) (taken Taken, err error) {
	i, err := tx.Idea(number)
	if err != nil {
		return taken, err
	}
	now := n.stage(i.Stage)
	taken = Taken{Moved: Moved{Number: number, Title: i.Title, From: now, To: now, Answered: i.Answered != ""}, Forum: forum.Name, On: in.On}
	items, err := tx.IdeaAgenda(number)
	if err != nil {
		return taken, err
	}
	at := slices.IndexFunc(items, func(a idea.AgendaItem) bool { return a.Forum == forum.ID && a.Day == in.On })
	switch {
	case in.Remove && at < 0:
		return taken, idea.Errorf(idea.Refused, "idea %d is not on the agenda of %s on %s", number, forum.Name, in.On).
			WithHint("sluss show %d shows its meetings", number)
	case in.Remove:
		return taken, tx.Remove(idea.AnAgendaItem, items[at].ID)
	case at >= 0:
		return taken, idea.Errorf(idea.Refused, "idea %d is already on the agenda of %s on %s", number, forum.Name, in.On).
			WithHint("sluss agenda %q %s shows it", forum.Name, in.On)
	}
	to, moves, err := n.process.Present(i)
	if err != nil {
		return taken, err
	}
	move := MoveInput{Why: in.Why, Force: in.Force, At: min(in.On, d.Today()), Supply: in.Supply}
	if in.Look {
		taken.Moved, err = d.lookTo(tx, n, i, to, moves && !in.OnlyAgenda, move.At)
		return taken, err
	}
	if err := d.editOne(tx, n, i, Edit{Fields: in.Classes}); err != nil {
		return taken, err
	}
	if err := d.supply(tx, n, number, move); err != nil {
		return taken, err
	}
	if _, err = tx.Add(idea.AnAgendaItem, map[idea.Field]string{
		idea.FieldForum: ref(forum.ID), idea.FieldDay: string(in.On), "idea": ref(number)}); err != nil {
		return taken, err
	}
	if in.OnlyAgenda || !moves {
		return taken, nil
	}
	taken.Moved, err = d.takeTo(tx, n, i, to, move)
	return taken, err
}

// takeTo moves an idea on the day of a meeting.
func (d *Desk) takeTo(tx *store.Tx, n names, i idea.Idea, to idea.Stage, in MoveInput) (Moved, error) {
	at, err := d.takenAt(i, in.At)
	if err != nil {
		return Moved{}, err
	}
	if in.At == d.Today() {
		in.At = ""
	}
	return moveOne(tx, n, i.Number, in, at, func(names, *store.Tx, idea.Idea) (idea.Stage, error) { return to, nil })
}

// takenAt is when a meeting of a day moves an idea.
func (d *Desk) takenAt(i idea.Idea, day idea.Day) (time.Time, error) {
	at := d.now()
	if day == "" || day == d.Today() {
		return at, nil
	}
	if at = endOfDay(day, at.Location()); at.Before(i.StageSince) {
		return at, idea.Errorf(idea.Refused, "idea %d entered its stage %s; it cannot leave before that", i.Number,
			idea.DayOf(i.StageSince.In(at.Location()))).WithHint("give a later day with --date")
	}
	return at, nil
}

// lookTo tells what an idea lacks for takeTo, if it moves at all.
func (d *Desk) lookTo(tx *store.Tx, n names, i idea.Idea, to idea.Stage, moves bool, day idea.Day) (Moved, error) {
	if !moves {
		return standing(tx, n, i)
	}
	at, err := d.takenAt(i, day)
	if err != nil {
		return Moved{}, err
	}
	if day == d.Today() {
		day = ""
	}
	return lookOne(tx, n, i, to, entryTime(i, day, at))
}

// Meeting is what a forum has on a day.
type Meeting struct {
	Forum idea.Forum
	Day   idea.Day
	Items []MeetingItem
}

// MeetingItem is an idea that a meeting takes up, with all that was done before.
type MeetingItem struct {
	Listed
	Work
	OnAgenda bool
	Decision *idea.Decision // of this meeting; nil is none
}

// Agenda gives a meeting of a forum: that of a day, or the next one. It returns
// NotFound if there is none to choose from.
func (d *Desk) Agenda(ctx context.Context, forum string, day idea.Day, people bool) (Meeting, error) {
	return d.meeting(ctx, forum, day, people, false)
}

// Minutes gives a meeting of a forum: that of a day, or the last one. It
// returns NotFound if there is none to choose from.
func (d *Desk) Minutes(ctx context.Context, forum string, day idea.Day, people bool) (Meeting, error) {
	return d.meeting(ctx, forum, day, people, true)
}

func (d *Desk) meeting(ctx context.Context, word string, day idea.Day, people, past bool) (m Meeting, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		n, err := load(tx)
		if err != nil {
			return err
		}
		if m.Forum, err = findForum(tx, word); err != nil {
			return err
		}
		if m.Day, err = d.nearMeeting(tx, m.Forum, day, past); err != nil {
			return err
		}
		m.Items, err = d.meetingItems(tx, n, m, people)
		return err
	})
	return m, err
}

func (d *Desk) nearMeeting(tx *store.Tx, forum idea.Forum, given idea.Day, past bool) (idea.Day, error) {
	if given != "" {
		return given, nil
	}
	days, err := meetingDays(tx, forum.ID)
	if err == nil && len(days) == 0 {
		err = idea.Errorf(idea.NotFound, "%s has no meeting yet", forum.Name).
			WithHint("sluss present NUMBER --forum %q --date DAY", forum.Name)
	}
	return idea.NearMeeting(days, d.Today(), past), err
}

func (d *Desk) meetingItems(tx *store.Tx, n names, m Meeting, people bool) (out []MeetingItem, err error) {
	agenda, err := tx.Agenda(m.Forum.ID, m.Day)
	if err != nil {
		return nil, err
	}
	decisions, err := tx.MeetingDecisions(m.Forum.ID, m.Day)
	if err != nil {
		return nil, err
	}
	var numbers []int64
	for _, a := range agenda {
		numbers = append(numbers, a.Idea)
	}
	decided := map[int64]*idea.Decision{}
	for k := range decisions {
		decided[decisions[k].Idea] = &decisions[k]
		if !slices.Contains(numbers, decisions[k].Idea) {
			numbers = append(numbers, decisions[k].Idea)
		}
	}
	for k, number := range numbers {
		item, err := d.meetingItem(tx, n, number, people)
		if err != nil {
			return nil, err
		}
		item.OnAgenda, item.Decision = k < len(agenda), decided[number]
		if item.Decision != nil && !people {
			item.Decision.By = ""
		}
		out = append(out, item)
	}
	return out, nil
}

func (d *Desk) meetingItem(tx *store.Tx, n names, number int64, people bool) (item MeetingItem, err error) {
	i, err := tx.Idea(number)
	if err != nil {
		return item, err
	}
	item.Listed = d.listed(n, i)
	if item.Work, err = d.work(tx, n, number); err != nil {
		return item, err
	}
	if people {
		return item, addPeople(tx, &item.Listed)
	}
	item.Work = item.Work.withoutPeople()
	return item, nil
}
