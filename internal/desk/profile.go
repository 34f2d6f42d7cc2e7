package desk

import (
	"context"
	"strconv"
	"strings"

	"sluss/internal/idea"
	"sluss/internal/store"
)

// ProfileLine is a saved export with its schedule and its last run; nil where
// there is none.
type ProfileLine struct {
	idea.Profile
	Schedule *idea.Schedule
	Last     *idea.Run
}

// Profiles gives the saved exports, by name.
func (d *Desk) Profiles(ctx context.Context) (lines []ProfileLine, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		lines, err = profileLines(tx)
		return err
	})
	return lines, err
}

func profileLines(tx *store.Tx) ([]ProfileLine, error) {
	profiles, err := tx.Profiles()
	if err != nil {
		return nil, err
	}
	schedules, err := tx.Schedules()
	if err != nil {
		return nil, err
	}
	lines := make([]ProfileLine, len(profiles))
	for k, p := range profiles {
		lines[k].Profile = p
		for _, s := range schedules {
			if s.Profile == p.ID {
				lines[k].Schedule = &s
			}
		}
		runs, err := tx.Runs(p.ID, 1)
		if err != nil {
			return nil, err
		}
		if len(runs) > 0 {
			lines[k].Last = &runs[0]
		}
	}
	return lines, nil
}

// FindProfiles gives the saved exports of these names, in their order. It returns
// NotFound for a name that there is not.
func (d *Desk) FindProfiles(ctx context.Context, names []string) (lines []ProfileLine, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		lines, err = findProfiles(tx, names)
		return err
	})
	return lines, err
}

func findProfiles(tx *store.Tx, names []string) (found []ProfileLine, err error) {
	all, err := profileLines(tx)
	if err != nil {
		return nil, err
	}
	seen := map[int64]bool{}
	for _, name := range names {
		line, err := pickProfile(all, name)
		if err != nil {
			return nil, err
		}
		if !seen[line.ID] {
			found = append(found, line)
		}
		seen[line.ID] = true
	}
	return found, nil
}

// pickProfile finds a saved export by its whole name: a timer must not run
// another when its own is gone.
func pickProfile(all []ProfileLine, name string) (ProfileLine, error) {
	var known []string
	for _, l := range all {
		if idea.Same(l.Name, name) {
			return l, nil
		}
		known = append(known, l.Name)
	}
	return ProfileLine{}, idea.Unknown(idea.AProfile.Word(), name, known)
}

func findProfile(tx *store.Tx, name string) (ProfileLine, error) {
	found, err := findProfiles(tx, []string{name})
	if err != nil {
		return ProfileLine{}, err
	}
	return found[0], nil
}

// SaveProfile saves an export. It returns Refused if there is one of that name
// and it is not to be replaced, or if another writes the same file.
func (d *Desk) SaveProfile(ctx context.Context, p idea.Profile, replace bool) (line ProfileLine, err error) {
	if p.Name, err = idea.CheckProfileName(p.Name); err != nil {
		return line, err
	}
	err = d.update(ctx, "export save", func(tx *store.Tx) error {
		all, err := profileLines(tx)
		if err != nil {
			return err
		}
		line.Profile = p
		for _, other := range all {
			switch {
			case other.Name == p.Name && !replace:
				return idea.Errorf(idea.Refused, "there is already a %s %q", idea.AProfile.Word(), p.Name).
					WithHint("to put this in its place: sluss export save --replace %s …", p.Name)
			case other.Name == p.Name:
				line = other
			case other.File == p.File:
				return idea.Errorf(idea.Refused, "%s is the file of another saved export: %s", p.File, other.Name).
					WithHint("give this one another file, or remove that one: sluss export remove %s", other.Name)
			}
		}
		return line.keep(tx, p)
	})
	return line, err
}

func (l *ProfileLine) keep(tx *store.Tx, p idea.Profile) (err error) {
	fields := map[idea.Field]string{idea.FieldName: p.Name, idea.FieldCommand: p.Command, idea.FieldFile: p.File, idea.FieldPeople: flag(p.People)}
	if l.ID == 0 {
		l.ID, err = tx.Add(idea.AProfile, fields)
		return err
	}
	was := map[idea.Field]string{idea.FieldCommand: l.Command, idea.FieldFile: l.File, idea.FieldPeople: flag(l.People)}
	for _, f := range []idea.Field{idea.FieldCommand, idea.FieldFile, idea.FieldPeople} {
		if err := recordField(tx, idea.AProfile, l.ID, f, was[f], fields[f]); err != nil {
			return err
		}
	}
	l.Command, l.File, l.People = p.Command, p.File, p.People
	return nil
}

// RenameProfile gives a saved export another name. It returns Refused for one
// that has a schedule: the timer of the system knows it by its name.
func (d *Desk) RenameProfile(ctx context.Context, name, to string) (line ProfileLine, err error) {
	if to, err = idea.CheckProfileName(to); err != nil {
		return line, err
	}
	err = d.update(ctx, "export rename", func(tx *store.Tx) error {
		if line, err = findProfile(tx, name); err != nil {
			return err
		}
		if err := line.unscheduled(); err != nil {
			return err
		}
		all, err := tx.Profiles()
		if err != nil {
			return err
		}
		for _, other := range all {
			if other.ID != line.ID && other.Name == to {
				return idea.Errorf(idea.Refused, "there is already a %s %q", idea.AProfile.Word(), to)
			}
		}
		was := line.Name
		line.Name = to
		return recordField(tx, idea.AProfile, line.ID, idea.FieldName, was, to)
	})
	return line, err
}

// unscheduled refuses a profile that has a schedule.
func (l *ProfileLine) unscheduled() error {
	if l.Schedule == nil {
		return nil
	}
	return idea.Errorf(idea.Refused, "%s has a schedule, and a timer may run it by this name", l.Name).
		WithHint("take it away first: sluss schedule remove %s --install", l.Name)
}

// RemoveProfiles takes saved exports away, all or none. It returns Refused if one
// has a schedule.
func (d *Desk) RemoveProfiles(ctx context.Context, names []string) (lines []ProfileLine, err error) {
	err = d.update(ctx, "export remove", func(tx *store.Tx) error {
		if lines, err = findProfiles(tx, names); err != nil {
			return err
		}
		for _, l := range lines {
			if err := l.unscheduled(); err != nil {
				return err
			}
			if err := tx.Remove(idea.AProfile, l.ID); err != nil {
				return err
			}
		}
		return nil
	})
	return lines, err
}

// aboutProfiles names the saved export that an event speaks of.
func (l *EventLine) aboutProfiles(tx *store.Tx) error {
	profile, err := l.ID, error(nil)
	if l.Subject == idea.ASchedule {
		if profile, err = tx.ScheduleProfile(l.ID); err != nil {
			return err
		}
	}
	name, err := tx.ProfileCalled(profile)
	if name == "" {
		name = strconv.FormatInt(l.ID, 10)
	}
	l.Thing = idea.Say("%s", strings.TrimSpace(name))
	return err
}
