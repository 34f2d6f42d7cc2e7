package desk

import (
	"context"
	"slices"
	"time"

	"sluss/internal/idea"
	"sluss/internal/store"
)

// answerAhead is how many working days before the promise an answer begins to
// wait.
const answerAhead = 2

// TodoLine is something that waits, with the names of what it refers to.
type TodoLine struct {
	*idea.Todo
	CoachName string
	Forum     string // of a meeting
	Late      int    // days; less than 0 is ahead
}

// Waiting gives what waits by so many days from today, the most urgent first:
// of the coach at the desk and of what nobody has, or of everybody. It returns
// Usage when it is not known who is at the desk, and NotFound when she has
// never been there.
func (d *Desk) Waiting(ctx context.Context, days int, everybody bool) (out []TodoLine, err error) {
	err = d.db.Survey(ctx, func(tx *store.Tx) error {
		out, err = d.waiting(tx, days, everybody)
		return err
	})
	return out, err
}

func (d *Desk) waiting(tx *store.Tx, days int, everybody bool) ([]TodoLine, error) {
	n, err := load(tx)
	if err != nil {
		return nil, err
	}
	var f idea.Filter
	if !everybody {
		if d.who == "" {
			return nil, idea.Errorf(idea.Usage, "sluss does not know who you are").
				WithHint("say so once with: sluss config set coach YOUR-NAME")
		}
		me, err := d.me(n)
		if err != nil {
			return nil, err
		}
		f.Coaches = []int64{me, 0}
	}
	p, err := d.promise(tx)
	if err != nil {
		return nil, err
	}
	h := idea.Horizon{Today: p.today, Until: p.today.Add(days), Received: p.horizon()}
	all, err := d.ideasWaiting(tx, n, f, h, p)
	if err != nil {
		return nil, err
	}
	work, err := workWaiting(tx, n, f, h)
	if err != nil {
		return nil, err
	}
	meetings, err := meetingsWaiting(tx, h)
	if err != nil {
		return nil, err
	}
	mashups, err := mashupsWaiting(tx, h)
	if err != nil {
		return nil, err
	}
	stories, err := storiesWaiting(tx, f, h)
	if err != nil {
		return nil, err
	}
	runs, err := d.runsWaiting(tx)
	if err != nil {
		return nil, err
	}
	all = slices.Concat(all, work, meetings, mashups, stories, runs)
	idea.SortByUrgency(all)
	return waitingLines(tx, n, all, h)
}

// horizon is the last day of which the ideas must be answered about within two
// working days; empty when nothing is promised.
func (p *promise) horizon() idea.Day {
	if p.days == 0 {
		return ""
	}
	last := p.calendar.After(p.today, answerAhead)
	day := p.today
	for p.calendar.After(day, p.days) > last {
		day = day.Add(-1)
	}
	return day
}

func (d *Desk) ideasWaiting(tx *store.Tx, n names, f idea.Filter, h idea.Horizon, p *promise) (all []idea.Todo, err error) {
	loc := d.Location()
	type place struct {
		*idea.Stage
		next idea.StageKey
	}
	stages, limits := map[idea.StageKey]place{}, map[idea.StageKey]time.Time{}
	path := n.process.Path()
	for k, s := range n.stages {
		here := place{Stage: &n.stages[k]}
		if at := slices.IndexFunc(path, func(on idea.Stage) bool { return on.Key == s.Key }); at >= 0 && at+1 < len(path) {
			here.next = path[at+1].Key
		}
		if s.LimitDays > 0 {
			limits[s.Key] = h.Today.Add(-s.LimitDays).Time(loc)
		}
		stages[s.Key] = here
	}
	err = tx.Standings(f, h, limits, func(s idea.Standing) {
		stage := stages[s.Stage]
		all = s.Waits(all, h, stage.Stage, stage.next, p.of, loc)
	})
	return all, err
}

// workWaiting is what waits in tests of open ideas and effects of all but closed
// ones.
func workWaiting(tx *store.Tx, n names, f idea.Filter, h idea.Horizon) ([]idea.Todo, error) {
	tests, err := tx.Tests(true)
	if err != nil {
		return nil, err
	}
	effects, err := tx.Effects()
	if err != nil {
		return nil, err
	}
	var all []idea.Todo
	for _, t := range tests {
		if w, waits := t.Wait(h); waits {
			all = append(all, w)
		}
	}
	for _, e := range effects {
		if w, waits := e.Wait(h); waits {
			all = append(all, w)
		}
	}
	if len(all) == 0 {
		return nil, nil
	}
	numbers := make([]int64, len(all))
	for k, w := range all {
		numbers[k] = w.Idea
	}
	heads, err := tx.Heads(numbers)
	if err != nil {
		return nil, err
	}
	kept := all[:0]
	for _, w := range all {
		head, found := heads[w.Idea]
		mine := len(f.Coaches) == 0 || slices.Contains(f.Coaches, head.Coach)
		over := w.For != idea.ForEffect && n.stage(head.Stage).Kind.Done()
		if found && mine && !over {
			w.Title, w.Coach = head.Title, head.Coach
			kept = append(kept, w)
		}
	}
	return kept, nil
}

func meetingsWaiting(tx *store.Tx, h idea.Horizon) (all []idea.Todo, err error) {
	meetings, err := tx.Meetings(0)
	days := map[int64][]idea.Day{}
	for _, m := range meetings {
		days[m.Forum] = append(days[m.Forum], m.Day)
	}
	for _, m := range meetings {
		if m.Ideas > 0 && m.Day >= h.Today && m.Day <= h.Until {
			next := idea.NearMeeting(days[m.Forum], h.Today, false) == m.Day
			all = append(all, idea.Todo{For: idea.ForMeeting, By: m.Day, Of: m.Forum, Ideas: m.Ideas, Next: next})
		}
	}
	return all, err
}

func waitingLines(tx *store.Tx, n names, all []idea.Todo, h idea.Horizon) ([]TodoLine, error) {
	forums, err := tx.Forums()
	if err != nil {
		return nil, err
	}
	late := map[idea.Day]int{}
	out := make([]TodoLine, len(all))
	for k := range all {
		w := &all[k]
		days, known := late[w.By]
		if !known {
			days = w.Late(h.Today)
			late[w.By] = days
		}
		out[k] = TodoLine{Todo: w, CoachName: n.coach(w.Coach), Late: days}
		if w.For != idea.ForMeeting {
			continue
		}
		for _, forum := range forums {
			if forum.ID == w.Of {
				out[k].Forum = forum.Name
			}
		}
	}
	return out, nil
}
