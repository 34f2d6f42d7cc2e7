package desk

import (
	"cmp"
	"context"
	"slices"

	"sluss/internal/idea"
	"sluss/internal/store"
)

// Place says beside which stage another goes. Without a stage it goes where its
// kind belongs.
type Place struct {
	Beside string
	Before bool
}

// AddStage adds a stage to the process, or brings one back that was removed:
// its key says that it is the same. It returns Refused for a key or a name that
// is taken, and for a place where no stage of its kind can be.
func (d *Desk) AddStage(ctx context.Context, s idea.Stage, at Place) (StageLine, error) {
	return d.reshaped(ctx, "stage add", func(_ *store.Tx, n names) (idea.Process, idea.StageKey, error) {
		s, err := s.Clean()
		if err != nil {
			return nil, "", err
		}
		if _, err := n.process.Stage(s.Key); err == nil {
			return nil, "", idea.Errorf(idea.Refused, "there is already a %s %q", idea.Word("stage"), string(s.Key)).
				WithHint("sluss stage rename changes its names and limits")
		}
		all, err := insert(n, n.stages.Without(s.Key), s, at)
		return all, s.Key, err
	})
}

// MoveStage puts a stage at another place of the process.
func (d *Desk) MoveStage(ctx context.Context, word string, at Place) (StageLine, error) {
	return d.reshaped(ctx, "stage move", func(_ *store.Tx, n names) (idea.Process, idea.StageKey, error) {
		s, err := n.findStage(word)
		if err != nil {
			return nil, "", err
		}
		all, err := insert(n, n.stages.Without(s.Key), s, at)
		return all, s.Key, err
	})
}

func insert(n names, among idea.Process, s idea.Stage, at Place) (idea.Process, error) {
	if at.Beside == "" {
		return among.Insert(s, "", false), nil
	}
	next, err := n.findStage(at.Beside)
	if err == nil && next.Key == s.Key {
		err = idea.Errorf(idea.Refused, "%s cannot stand beside itself", s.Names).WithHint("name another stage")
	}
	return among.Insert(s, next.Key, at.Before), err
}

// StageMove says where the ideas of a stage go that is removed. An empty From
// is every such stage.
type StageMove struct{ From, To string }

// Reshaped is what became of a process: its stages, and how many ideas had to
// go to another one.
type Reshaped struct {
	Stages []StageLine
	Gone   []idea.Stage
	Moved  int
}

// RemoveStage takes a stage out of the process; history keeps it. The ideas
// that stand there go to the stage moveTo. It returns Refused if there are any
// and moveTo is empty.
func (d *Desk) RemoveStage(ctx context.Context, word, moveTo string) (Reshaped, error) {
	return d.replace(ctx, "stage remove", moveAll(moveTo), func(n names) (idea.Process, error) {
		s, err := n.findStage(word)
		if err != nil {
			return nil, err
		}
		all := slices.Clone(n.stages)
		all[slices.IndexFunc(all, func(o idea.Stage) bool { return o.Key == s.Key })].Removed = true
		return all, nil
	})
}

func moveAll(to string) []StageMove {
	if to == "" {
		return nil
	}
	return []StageMove{{To: to}}
}

// ReplaceProcess makes p the process of the database. verb is the command that
// is given. Stages of the old process with the same keys stay what they are;
// the others are removed, and their ideas go where moves says. It returns
// Refused if ideas stand in a stage that is removed and moves says nothing of
// it, or if a stage would get another kind.
func (d *Desk) ReplaceProcess(ctx context.Context, verb string, p idea.Process, moves []StageMove) (Reshaped, error) {
	return d.replace(ctx, verb, moves, func(n names) (idea.Process, error) { return p.Retire(n.stages), nil })
}

func (d *Desk) replace(ctx context.Context, verb string, moves []StageMove, plan func(names) (idea.Process, error)) (out Reshaped, err error) {
	err = d.update(ctx, verb, func(tx *store.Tx) error {
		old, err := load(tx)
		if err != nil {
			return err
		}
		all, err := plan(old)
		if err != nil {
			return err
		}
		for _, s := range old.process {
			if after, err := all.Stage(s.Key); err == nil && after.Removed {
				out.Gone = append(out.Gone, s)
			}
		}
		if err := reshape(tx, old.stages, all); err != nil {
			return err
		}
		if out.Moved, err = d.clear(tx, old, all, out.Gone, moves); err != nil {
			return err
		}
		out.Stages, err = stageLines(tx)
		return err
	})
	return out, err
}

// clear moves the ideas out of the stages that are gone.
func (d *Desk) clear(tx *store.Tx, old names, all idea.Process, gone []idea.Stage, moves []StageMove) (int, error) {
	targets, err := targetsOf(old, names{process: all.Current()}, gone, moves)
	if err != nil {
		return 0, err
	}
	counts, err := tx.StageCounts()
	if err != nil {
		return 0, err
	}
	refused := idea.Errorf(idea.Refused, "ideas stand in what would be removed").WithHint("say where they go")
	moved := 0
	for _, s := range gone {
		to, known := targets[s.Key]
		switch {
		case counts[s.Key] == 0:
			continue
		case !known:
			refused.More = append(refused.More, idea.Say("%d in %s: --move-to %s=STAGE", counts[s.Key], s.Names, string(s.Key)))
			continue
		}
		if err := d.relocate(tx, s, to); err != nil {
			return 0, err
		}
		moved += counts[s.Key]
	}
	switch {
	case len(refused.More) > 0 && len(gone) == 1:
		s := gone[0]
		return 0, idea.Errorf(idea.Refused, "ideas stand in %s (%d)", s.Names, counts[s.Key]).WithHint("say with --move-to STAGE where they go")
	case len(refused.More) > 0:
		return 0, refused
	}
	return moved, nil
}

// targetsOf is where the ideas of each stage that is gone are to go.
func targetsOf(old, new names, gone []idea.Stage, moves []StageMove) (map[idea.StageKey]idea.Stage, error) {
	targets := map[idea.StageKey]idea.Stage{}
	for _, general := range []bool{true, false} { // what is said of one stage stands above what is said of all
		for _, m := range moves {
			if general != (m.From == "") {
				continue
			}
			to, err := new.findStage(m.To)
			if err != nil {
				return nil, err
			}
			from := gone
			if !general {
				s, err := old.findStage(m.From)
				if err != nil {
					return nil, err
				}
				if !slices.ContainsFunc(gone, func(g idea.Stage) bool { return g.Key == s.Key }) {
					return nil, idea.Errorf(idea.Refused, "%s is not removed, so its ideas stay", s.Names).
						WithHint("leave --move-to %s=… out", string(s.Key))
				}
				from = []idea.Stage{s}
			}
			for _, s := range from {
				targets[s.Key] = to
			}
		}
	}
	return targets, nil
}

func (d *Desk) relocate(tx *store.Tx, from, to idea.Stage) error {
	var all []idea.Idea
	err := tx.Ideas(idea.Filter{Stages: []idea.StageKey{from.Key}}, idea.Order{By: idea.ByNumber}, store.Short, func(i idea.Idea) bool {
		all = append(all, i)
		return true
	})
	if err != nil {
		return err
	}
	for _, i := range all {
		at := d.now()
		if at.Before(i.StageSince) { // the clock has gone back since then
			at = i.StageSince
		}
		changes, err := idea.Relocate(i, from, to, at)
		if err != nil {
			return err
		}
		if err := tx.RecordAll(changes); err != nil {
			return err
		}
	}
	return nil
}

// checkProcess refuses the undo of c if it leaves a process that ideas cannot
// go through, ideas in a stage that is not used any more, or a history that
// speaks of a stage that is not there. before is the stages as they were.
func checkProcess(tx *store.Tx, c idea.Command, before idea.Process) error {
	after, err := tx.Stages()
	if err != nil {
		return err
	}
	for _, s := range before {
		if _, err := after.Stage(s.Key); err == nil {
			continue
		}
		if used, err := tx.Remembered(s.Key); err != nil || used {
			return cmp.Or(err, error(idea.Errorf(idea.Refused, "ideas have been in %s since it was added", s.Names).
				WithHint("take it out of the process with: sluss stage remove %s", string(s.Key))))
		}
	}
	if _, err := after.Current().Check(); err != nil {
		return err
	}
	counts := map[idea.StageKey]int{}
	if len(after.Current()) < len(after) {
		if counts, err = tx.StageCounts(); err != nil {
			return err
		}
	}
	for k, s := range after {
		if s.Removed && counts[s.Key] > 0 {
			return idea.Errorf(idea.Refused, "the stage %s was removed, and ideas would stand there", s.Names).
				WithHint("bring it back first: sluss log shows the command that removed it")
		}
		if k > 0 && after[k-1].Position == s.Position {
			return idea.Errorf(idea.Refused, "command %d cannot be undone: something that it speaks of is gone, or its name is taken", c.Number).
				WithHint("undo the later commands first; sluss log shows them")
		}
	}
	return nil
}
