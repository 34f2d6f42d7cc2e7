package desk

import (
	"context"
	"strconv"

	"sluss/internal/idea"
	"sluss/internal/store"
)

// SetSchedule says when a saved export is to be made. A schedule that it has
// already is changed; one that says the same stays as it is.
func (d *Desk) SetSchedule(ctx context.Context, name string, every idea.Every, onlyChanged bool) (line ProfileLine, err error) {
	err = d.update(ctx, "schedule add", func(tx *store.Tx) error {
		if line, err = findProfile(tx, name); err != nil {
			return err
		}
		now := d.now()
		to := idea.Schedule{Profile: line.ID, Every: every, Since: now, OnlyChanged: onlyChanged}
		was := line.Schedule
		line.Schedule = &to
		if was == nil {
			to.ID, err = tx.Add(idea.ASchedule, scheduleFields(to))
			return err
		}
		to.ID = was.ID
		if was.Every == every {
			to.Since = was.Since
		}
		old, fields := scheduleFields(*was), scheduleFields(to)
		for _, f := range []idea.Field{idea.FieldEvery, idea.FieldSince, idea.FieldOnlyChanged} {
			if err := recordField(tx, idea.ASchedule, to.ID, f, old[f], fields[f]); err != nil {
				return err
			}
		}
		return nil
	})
	return line, err
}

func scheduleFields(s idea.Schedule) map[idea.Field]string {
	return map[idea.Field]string{
		idea.FieldProfile: strconv.FormatInt(s.Profile, 10), idea.FieldEvery: s.Every.String(),
		idea.FieldSince: strconv.FormatInt(s.Since.UnixMilli(), 10), idea.FieldOnlyChanged: flag(s.OnlyChanged),
	}
}

// RemoveSchedule takes the schedule of a saved export away and tells whether it
// had one.
func (d *Desk) RemoveSchedule(ctx context.Context, name string) (line ProfileLine, had bool, err error) {
	err = d.update(ctx, "schedule remove", func(tx *store.Tx) error {
		if line, err = findProfile(tx, name); err != nil || line.Schedule == nil {
			return err
		}
		had = true
		return tx.Remove(idea.ASchedule, line.Schedule.ID)
	})
	return line, had, err
}

// LogRun writes a run into the log of runs.
func (d *Desk) LogRun(ctx context.Context, r idea.Run) error {
	return d.db.Update(ctx, store.Stamp{Name: "export run", Who: d.who, At: d.now()}, func(tx *store.Tx) error { return tx.AddRun(r) })
}

// Runs gives the newest runs of a saved export, or of all without a name, newest
// first; limit 0 is all.
func (d *Desk) Runs(ctx context.Context, name string, limit int) (runs []idea.Run, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		var profile int64
		if name != "" {
			line, err := findProfile(tx, name)
			if err != nil {
				return err
			}
			profile = line.ID
		}
		runs, err = tx.Runs(profile, limit)
		return err
	})
	return runs, err
}

// runsWaiting gives the exports on schedule that should have been made by now.
func (d *Desk) runsWaiting(tx *store.Tx) (all []idea.Todo, err error) {
	lines, err := tx.Scheduled()
	now := d.now()
	for _, s := range lines {
		at, failed, missed := s.Miss(now, s.Done, s.Failed)
		if missed {
			all = append(all, idea.Todo{For: idea.ForRun, By: idea.DayOf(at), Title: s.Name, Of: s.Profile,
				Detail: at.Format("2006-01-02 15:04"), Failed: failed})
		}
	}
	return all, err
}
