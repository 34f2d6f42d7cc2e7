package desk

import (
	"context"
	"slices"
	"time"

	"sluss/internal/idea"
	"sluss/internal/store"
)

// MoveInput says which ideas go where.
type MoveInput struct {
	Numbers []int64
	To      string // a stage, in any of its names
	Why     string
	Force   bool
	At      idea.Day // when it happened; empty is now
	Until   idea.Day // when a parked idea wakes
	Reason  idea.Reason
	Look    bool             // only tell what is missing, and change nothing
	Supply  map[int64]Supply // what was missing of ideas, stored with the move
}

// Supply is what somebody answered when a gate asked for it.
type Supply struct {
	Edit    Edit
	Email   string                // of the first giver who cannot be reached
	Phone   string                // likewise
	Answer  string                // what the giver was told
	Channel idea.Channel          // and how
	Test    map[idea.Field]string // the plan of a test, as for PlanTest
}

// Moved is what became of an idea.
type Moved struct {
	Number   int64
	Title    string
	From, To idea.Stage
	Answered bool             // the giver has been answered
	Missing  []idea.Condition // what the gate of To asks for; only when looking
	Classes  []idea.Field     // type, newness and kinds of value that are not known; only when looking
	Givers   []idea.Giver     // only when looking
	UnitName string           // only when looking
	Standing int              // ideas in To after the move; 0 when To has no limit
}

// Move puts ideas into another stage, all of them or none. It returns Refused
// with everything that is missing if a gate is not met.
func (d *Desk) Move(ctx context.Context, in MoveInput) ([]Moved, error) {
	return d.move(ctx, "move", in, func(n names, _ *store.Tx, _ idea.Idea) (idea.Stage, error) {
		to, err := n.findStage(in.To)
		if err != nil {
			return to, err
		}
		switch to.Kind {
		case idea.Closed:
			return to, idea.Errorf(idea.Usage, "an idea is closed with a reason").
				WithHint("sluss close %d --reason declined --why \"…\"", in.Numbers[0])
		case idea.Parked:
			return to, idea.Errorf(idea.Usage, "an idea is parked until a day").
				WithHint("sluss park %d --until DATE", in.Numbers[0])
		}
		return to, nil
	})
}

// Park puts ideas aside until a day.
func (d *Desk) Park(ctx context.Context, in MoveInput) ([]Moved, error) {
	if err := idea.CheckWake(in.Until, d.Today()); err != nil {
		return nil, err
	}
	return d.move(ctx, "park", in, ofKind(idea.Parked))
}

// Close ends ideas with a reason that their givers are to hear.
func (d *Desk) Close(ctx context.Context, in MoveInput) ([]Moved, error) {
	return d.move(ctx, "close", in, ofKind(idea.Closed))
}

// Reopen puts parked and closed ideas back where they were, or into in.To. It
// returns Refused for an idea that is neither.
func (d *Desk) Reopen(ctx context.Context, in MoveInput) ([]Moved, error) {
	return d.move(ctx, "reopen", in, func(n names, tx *store.Tx, i idea.Idea) (idea.Stage, error) {
		if !n.stage(i.Stage).Kind.Side() && n.stage(i.Stage).Kind != idea.Realised {
			return idea.Stage{}, idea.Errorf(idea.Refused, "idea %d is neither parked nor closed: it is in %s", i.Number, n.stage(i.Stage).Names).
				WithHint("sluss move %d STAGE moves it", i.Number)
		}
		if in.To != "" {
			return n.findStage(in.To)
		}
		steps, err := moves(tx, n, i.Number)
		if err != nil {
			return idea.Stage{}, err
		}
		for k := len(steps) - 1; k >= 0; k-- {
			if from := steps[k].From; from.Key != "" && !from.Kind.Side() && !from.Removed {
				return from, nil
			}
		}
		return n.process[0], nil
	})
}

func ofKind(k idea.StageKind) func(names, *store.Tx, idea.Idea) (idea.Stage, error) {
	return func(n names, _ *store.Tx, _ idea.Idea) (idea.Stage, error) { return n.process.OfKind(k) }
}

func (d *Desk) move(ctx context.Context, verb string, in MoveInput, target func(names, *store.Tx, idea.Idea) (idea.Stage, error)) (out []Moved, err error) {
	at, err := d.when(in.At)
	if err != nil {
		return nil, err
	}
	if in.Why, err = idea.CleanText("the reason", in.Why); err != nil {
		return nil, err
	}
	if in.Look {
		return d.look(ctx, in, at, target)
	}
	err = d.update(ctx, verb, func(tx *store.Tx) error {
		n, err := load(tx)
		if err != nil {
			return err
		}
		refusals := &refusals{}
		for _, number := range in.Numbers {
			if err := d.supply(tx, n, number, in); err != nil {
				return err
			}
			moved, err := moveOne(tx, n, number, in, at, target)
			if err := refusals.add(err); err != nil {
				return err
			}
			out = append(out, moved)
		}
		if err := refusals.err(); err != nil {
			return err
		}
		return countStanding(tx, out)
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

func moveOne(tx *store.Tx, n names, number int64, in MoveInput, at time.Time, target func(names, *store.Tx, idea.Idea) (idea.Stage, error)) (Moved, error) {
	i, err := tx.Idea(number)
	if err != nil {
		return Moved{}, err
	}
	to, err := target(n, tx, i)
	if err != nil {
		return Moved{}, err
	}
	facts, err := gateFacts(tx, i, to)
	if err != nil {
		return Moved{}, err
	}
	at = entryTime(i, in.At, at)
	changes, err := idea.Move(i, facts, idea.Entry{To: to, Why: in.Why, Force: in.Force, At: at, Wake: in.Until, Cause: in.Reason})
	if err != nil {
		return Moved{}, err
	}
	moved := Moved{Number: number, Title: i.Title, From: n.stage(i.Stage), To: to, Answered: i.Answered != ""}
	return moved, tx.RecordAll(changes)
}

// entryTime is when a move of i happens: at, and without a day that somebody
// gave never before its last one, even if the clock has gone back since then.
func entryTime(i idea.Idea, given idea.Day, at time.Time) time.Time {
	if given == "" && at.Before(i.StageSince) {
		return i.StageSince.In(at.Location())
	}
	return at
}

// gateFacts finds out what the gate of a stage asks for.
func gateFacts(tx *store.Tx, i idea.Idea, to idea.Stage) (f idea.Facts, err error) {
	for _, c := range to.Gates {
		switch c {
		case idea.HasContact:
			f.Contact, err = reachable(tx, i)
		case idea.WasPresented:
			f.Presented, err = tx.Visited(i.Number, idea.Presented)
		case idea.HasDecision:
			f.Decided, err = tx.Decided(i.Number, idea.Grounds(to.Kind))
		case idea.HasTestPlan:
			f.Planned, err = tx.TestPlanned(i.Number)
		case idea.HasTestResult:
			f.Tested, err = tx.TestFinished(i.Number)
		case idea.HasEffect:
			f.Effect, err = tx.HasEffect(i.Number)
		}
		if err != nil {
			return f, err
		}
	}
	return f, nil
}

func reachable(tx *store.Tx, i idea.Idea) (bool, error) {
	if len(i.Givers) == 0 {
		return false, nil
	}
	givers, err := tx.Givers(i.Givers...)
	return slices.ContainsFunc(givers, func(g idea.Giver) bool { return g.Email != "" || g.Phone != "" }), err
}

// refusals gathers what the rules say against several ideas, so that a coach
// hears all of it at once.
type refusals struct{ all []*idea.Error }

// add keeps a refusal and gives back any other error.
func (r *refusals) add(err error) error {
	if err == nil || idea.KindOf(err) != idea.Refused {
		return err
	}
	if e, ok := err.(*idea.Error); ok {
		r.all = append(r.all, e)
		return nil
	}
	return err
}

func (r *refusals) err() error {
	if len(r.all) == 0 {
		return nil
	}
	first := r.all[0]
	for _, e := range r.all[1:] {
		first.More = append(append(first.More, e.Text), e.More...)
	}
	return first
}
