package desk

import (
	"context"
	"slices"
	"strconv"

	"sluss/internal/idea"
	"sluss/internal/store"
)

// StageLine is a stage with the number of ideas that stand in it.
type StageLine struct {
	idea.Stage
	Ideas int
}

// Stages gives the stages in their order.
func (d *Desk) Stages(ctx context.Context) (out []StageLine, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		out, err = stageLines(tx)
		return err
	})
	return out, err
}

func stageLines(tx *store.Tx) (out []StageLine, err error) {
	p, err := tx.Process()
	if err != nil {
		return nil, err
	}
	counts, err := tx.StageCounts()
	for _, s := range p {
		out = append(out, StageLine{Stage: s, Ideas: counts[s.Key]})
	}
	return out, err
}

// ProcessOf is the process that stages make.
func ProcessOf(stages []StageLine) idea.Process {
	p := make(idea.Process, len(stages))
	for i, s := range stages {
		p[i] = s.Stage
	}
	return p
}

// StageEdit says what becomes of a stage. A nil field stays as it is.
type StageEdit struct {
	EN, SV    *string
	LimitDays *int
	Wip       *int
}

// EditStage renames a stage or changes its limits. Its key stays, and so
// history and reports do.
func (d *Desk) EditStage(ctx context.Context, word string, e StageEdit) (StageLine, error) {
	return d.changeStage(ctx, "stage rename", word, func(_ names, s idea.Stage) (idea.Stage, error) {
		set(&s.Names.EN, e.EN)
		set(&s.Names.SV, e.SV)
		set(&s.LimitDays, e.LimitDays)
		set(&s.Wip, e.Wip)
		return s, nil
	})
}

func set[T any](to *T, from *T) {
	if from != nil {
		*to = *from
	}
}

// AddGate puts conditions into the gate of a stage. Those that are there
// already stay.
func (d *Desk) AddGate(ctx context.Context, word string, conditions []idea.Condition) (StageLine, error) {
	return d.changeStage(ctx, "gate add", word, func(_ names, s idea.Stage) (idea.Stage, error) {
		for _, c := range conditions {
			if !slices.Contains(s.Gates, c) {
				s.Gates = append(slices.Clone(s.Gates), c)
			}
		}
		return s, nil
	})
}

// RemoveGate takes conditions out of the gate of a stage. It returns NotFound
// for one that it does not hold.
func (d *Desk) RemoveGate(ctx context.Context, word string, conditions []idea.Condition) (StageLine, error) {
	return d.changeStage(ctx, "gate remove", word, func(_ names, s idea.Stage) (idea.Stage, error) {
		for _, c := range conditions {
			if !slices.Contains(s.Gates, c) {
				return s, idea.Errorf(idea.NotFound, "the gate of %s does not hold: %s", s.Names, idea.Word(c)).
					WithHint("sluss gate list %s shows what it holds", string(s.Key))
			}
			s.Gates = slices.DeleteFunc(slices.Clone(s.Gates), func(o idea.Condition) bool { return o == c })
		}
		return s, nil
	})
}

func (d *Desk) changeStage(ctx context.Context, verb, word string, change func(names, idea.Stage) (idea.Stage, error)) (StageLine, error) {
	return d.reshaped(ctx, verb, func(_ *store.Tx, n names) (idea.Process, idea.StageKey, error) {
		s, err := n.findStage(word)
		if err != nil {
			return nil, "", err
		}
		if s, err = change(n, s); err != nil {
			return nil, "", err
		}
		if s, err = s.Clean(); err != nil {
			return nil, "", err
		}
		all := slices.Clone(n.stages)
		all[slices.IndexFunc(all, func(o idea.Stage) bool { return o.Key == s.Key })] = s
		return all, s.Key, nil
	})
}

// reshaped gives the process the shape that plan makes of it, and the stage
// that plan names as it is then.
func (d *Desk) reshaped(ctx context.Context, verb string, plan func(*store.Tx, names) (idea.Process, idea.StageKey, error)) (line StageLine, err error) {
	err = d.update(ctx, verb, func(tx *store.Tx) error {
		n, err := load(tx)
		if err != nil {
			return err
		}
		all, key, err := plan(tx, n)
		if err != nil {
			return err
		}
		if err := reshape(tx, n.stages, all); err != nil {
			return err
		}
		lines, err := stageLines(tx)
		if k := slices.IndexFunc(lines, func(l StageLine) bool { return l.Key == key }); k >= 0 {
			line = lines[k]
		}
		return err
	})
	return line, err
}

// reshape records what turns the stages old into all, in that order. It returns
// Refused for a process that ideas cannot go through, and for a stage that
// would get another kind.
func reshape(tx *store.Tx, old, all idea.Process) error {
	if _, err := all.Current().Check(); err != nil {
		return err
	}
	for k, s := range all {
		s.Position = k + 1
		before, err := old.Stage(s.Key)
		if err != nil {
			err = addStage(tx, s)
		} else {
			err = changeStage(tx, before, s)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func addStage(tx *store.Tx, s idea.Stage) error {
	_, err := tx.Add(idea.AStage, map[idea.Field]string{
		"key": string(s.Key), idea.FieldNameEN: s.Names.EN, idea.FieldNameSV: s.Names.SV, idea.FieldKind: string(s.Kind),
		idea.FieldPosition: strconv.Itoa(s.Position), idea.FieldLimit: strconv.Itoa(s.LimitDays), idea.FieldWip: strconv.Itoa(s.Wip)})
	if err != nil {
		return err
	}
	return addGates(tx, s.Key, s.Gates)
}

func addGates(tx *store.Tx, key idea.StageKey, gates []idea.Condition) error {
	for _, c := range gates {
		if _, err := tx.Add(idea.AGate, map[idea.Field]string{"stage": string(key), "condition": string(c)}); err != nil {
			return err
		}
	}
	return nil
}

func changeStage(tx *store.Tx, old, new idea.Stage) error {
	if old.Kind != new.Kind {
		return idea.Errorf(idea.Refused, "the stage %q is of the kind %s and stays so", string(old.Key), idea.Word(old.Kind)).
			WithHint("reports count on that; give the new stage another key")
	}
	if err := tx.RecordAll(stageChanges(old, new)); err != nil {
		return err
	}
	return changeGates(tx, old, new)
}

func stageChanges(old, new idea.Stage) []idea.Change {
	var changes []idea.Change
	for _, c := range []struct {
		field    idea.Field
		old, new string
	}{
		{idea.FieldNameEN, old.Names.EN, new.Names.EN},
		{idea.FieldNameSV, old.Names.SV, new.Names.SV},
		{idea.FieldLimit, strconv.Itoa(old.LimitDays), strconv.Itoa(new.LimitDays)},
		{idea.FieldWip, strconv.Itoa(old.Wip), strconv.Itoa(new.Wip)},
		{idea.FieldRemoved, flag(old.Removed), flag(new.Removed)},
		{idea.FieldPosition, strconv.Itoa(old.Position), strconv.Itoa(new.Position)},
	} {
		if c.old != c.new {
			changes = append(changes, idea.Change{Subject: idea.AStage, ID: old.ID, Field: c.field, Old: c.old, New: c.new})
		}
	}
	return changes
}

func flag(set bool) string {
	if set {
		return "1"
	}
	return "0"
}

func changeGates(tx *store.Tx, old, new idea.Stage) error {
	var gone, come []idea.Condition
	for _, c := range old.Gates {
		if !slices.Contains(new.Gates, c) {
			gone = append(gone, c)
		}
	}
	for _, c := range new.Gates {
		if !slices.Contains(old.Gates, c) {
			come = append(come, c)
		}
	}
	if len(gone) > 0 {
		ids, err := tx.Gates(old.Key)
		if err != nil {
			return err
		}
		for _, c := range gone {
			if err := tx.Remove(idea.AGate, ids[c]); err != nil {
				return err
			}
		}
	}
	return addGates(tx, old.Key, come)
}

// Gates gives the stages that have a gate, or the one that a word names.
func (d *Desk) Gates(ctx context.Context, word ...string) ([]StageLine, error) {
	lines, err := d.Stages(ctx)
	if err != nil || len(word) == 0 {
		return lines, err
	}
	s, err := names{process: ProcessOf(lines)}.findStage(word[0])
	return slices.DeleteFunc(lines, func(l StageLine) bool { return l.Key != s.Key }), err
}
