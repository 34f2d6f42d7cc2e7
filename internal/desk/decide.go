package desk

import (
	"context"
	"slices"
	"strings"

	"sluss/internal/idea"
	"sluss/internal/store"
)

// DecideInput is what a meeting decided of ideas.
type DecideInput struct {
	Numbers    []int64
	Forum      string // empty: the one that has the idea on its agenda, or the only one
	Resolution idea.Resolution
	Why        string
	By         []string // who took it, if it was not the forum as a whole
	On         idea.Day // empty: the last meeting that had it on its agenda, or today
	Until      idea.Day // when a parked idea wakes
	Force      bool
	Look       bool             // only tell what is missing, and change nothing
	Supply     map[int64]Supply // what was missing of ideas, stored with the rest
}

// Decide records what a meeting decided of ideas and moves them to where that
// leads, all or none. It returns Refused for an idea that the meeting has
// decided on already, for a day to come, and for what Move refuses.
func (d *Desk) Decide(ctx context.Context, in DecideInput) (out []Taken, err error) {
	if in, err = d.cleanDecision(in); err != nil {
		return nil, err
	}
	do := func(tx *store.Tx) error {
		n, err := load(tx)
		if err != nil {
			return err
		}
		refusals := &refusals{}
		for _, number := range in.Numbers {
			taken, err := d.decideOne(tx, n, number, in)
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
	if err := d.run(ctx, "decide", in.Look, do); err != nil {
		return nil, err
	}
	return out, nil
}

func (d *Desk) cleanDecision(in DecideInput) (DecideInput, error) {
	var err error
	if in.Why, err = idea.CleanText("the reason", in.Why); err != nil {
		return in, err
	}
	for k, name := range in.By {
		if in.By[k], err = idea.CleanLine("the name", name); err != nil {
			return in, err
		}
	}
	in.By = slices.DeleteFunc(in.By, func(name string) bool { return name == "" })
	parks := in.Resolution == idea.ToPark
	switch {
	case in.On > d.Today():
		return in, idea.Errorf(idea.Refused, "%s is not here yet", in.On).WithHint("give a day that has been with --date")
	case parks && in.Until == "":
		return in, idea.Errorf(idea.Usage, "until when is it parked?").WithHint("say it with --until DAY")
	case !parks && in.Until != "":
		return in, idea.Errorf(idea.Usage, "--until goes with the decision %s", idea.Word(idea.ToPark))
	case in.Resolution == idea.ToDecline && in.Why == "":
		return in, idea.Errorf(idea.Usage, "why was it declined?").WithHint("say it with --why; the giver is to hear it")
	}
	return in, idea.CheckWake(in.Until, d.Today())
}

func (d *Desk) decideOne(tx *store.Tx, n names, number int64, in DecideInput) (taken Taken, err error) {
	i, err := tx.Idea(number)
	if err != nil {
		return taken, err
	}
	now := n.stage(i.Stage)
	if err := idea.CheckDecide(in.Resolution, i, now); err != nil {
		return taken, err
	}
	forum, day, err := d.meetingOf(tx, number, in)
	if err != nil {
		return taken, err
	}
	if err := checkUndecided(tx, forum, day, number); err != nil {
		return taken, err
	}
	to, reason, moves := n.process.Resolve(in.Resolution, i)
	move := MoveInput{Why: in.Why, Force: in.Force, At: day, Until: in.Until, Reason: reason, Supply: in.Supply}
	if in.Look {
		taken.Moved, err = d.lookTo(tx, n, i, to, moves, day)
		if slices.Contains(idea.Grounds(to.Kind), in.Resolution) { // it is about to be there
			taken.Missing = slices.DeleteFunc(taken.Missing, func(c idea.Condition) bool { return c == idea.HasDecision })
		}
		return taken, err
	}
	if err := d.supply(tx, n, number, move); err != nil {
		return taken, err
	}
	if _, err := tx.Add(idea.ADecision, map[idea.Field]string{"idea": ref(number), idea.FieldForum: ref(forum.ID),
		idea.FieldDay: string(day), idea.FieldResolution: string(in.Resolution), idea.FieldWhy: in.Why,
		idea.FieldTakenBy: strings.Join(in.By, ", ")}); err != nil {
		return taken, err
	}
	taken = Taken{Moved: Moved{Number: number, Title: i.Title, From: now, To: now, Answered: i.Answered != ""},
		Forum: forum.Name, On: day, Resolution: in.Resolution}
	if !moves {
		return taken, tx.RecordAll(sleepLonger(i, now, in.Until))
	}
	taken.Moved, err = d.takeTo(tx, n, i, to, move)
	return taken, err
}

// sleepLonger lets an idea that is parked already wake on another day.
func sleepLonger(i idea.Idea, now idea.Stage, until idea.Day) []idea.Change {
	if now.Kind != idea.Parked || until == "" {
		return nil
	}
	return i.Set(idea.FieldWake, string(until))
}

// meetingOf is the meeting that a decision about an idea was taken at: the last
// one with the idea on its agenda among those that in allows.
func (d *Desk) meetingOf(tx *store.Tx, number int64, in DecideInput) (f idea.Forum, day idea.Day, err error) {
	if in.Forum != "" {
		if f, err = findForum(tx, in.Forum); err != nil {
			return f, "", err
		}
	}
	items, err := tx.IdeaAgenda(number)
	if err != nil {
		return f, "", err
	}
	for k := len(items) - 1; k >= 0; k-- {
		a := items[k]
		if a.Day > d.Today() || f.ID != 0 && a.Forum != f.ID || in.On != "" && a.Day != in.On {
			continue
		}
		if f.ID == 0 {
			f, err = forumOf(tx, a.Forum)
		}
		return f, a.Day, err
	}
	if f.ID == 0 {
		f, err = findForum(tx, "")
	}
	if in.On == "" {
		in.On = d.Today()
	}
	return f, in.On, err
}

func forumOf(tx *store.Tx, id int64) (f idea.Forum, err error) {
	forums, err := tx.Forums()
	for _, one := range forums {
		if one.ID == id {
			f = one
		}
	}
	return f, err
}

func checkUndecided(tx *store.Tx, forum idea.Forum, day idea.Day, number int64) error {
	decisions, err := tx.IdeaDecisions(number)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(decisions, func(one idea.Decision) bool { return one.Forum == forum.ID && one.Day == day }) {
		return idea.Errorf(idea.Refused, "%s has decided on idea %d already, on %s", forum.Name, number, day).
			WithHint("give the day of another meeting with --date, or undo that decision first")
	}
	return nil
}
