package desk

import (
	"cmp"
	"context"
	"slices"

	"sluss/internal/idea"
	"sluss/internal/store"
)

// few is the number of events that the log shows of one command.
const few = 20

// LogLine is a command with names in place of ids.
type LogLine struct {
	idea.Command
	WhoName string
	Lines   []EventLine
	More    int // events that are not shown
}

// EventLine is an event in which references are names.
type EventLine struct {
	idea.Event
	OldName, NewName string
	Thing            idea.Text // what a stage or a gate is called; empty for other things
	What             idea.Text // what was added, where that says more than "added"
	OldStage         idea.Names
	NewStage         idea.Names
}

// Log gives the newest commands, newest first, or those that changed one idea or
// what belongs to it.
func (d *Desk) Log(ctx context.Context, number int64, limit int) (out []LogLine, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		commands, err := findCommands(tx, number, limit)
		if err != nil {
			return err
		}
		out, err = logLines(tx, commands)
		return err
	})
	return out, err
}

func findCommands(tx *store.Tx, number int64, limit int) ([]idea.Command, error) {
	if number == 0 {
		return tx.Commands(limit, few+1)
	}
	commands, err := tx.IdeaLog(number, limit)
	if err == nil && len(commands) == 0 {
		_, err = tx.Idea(number)
	}
	return commands, err
}

func logLines(tx *store.Tx, commands []idea.Command) ([]LogLine, error) {
	n, err := loadAll(tx)
	if err != nil {
		return nil, err
	}
	var out []LogLine
	for _, c := range commands {
		line := LogLine{Command: c, WhoName: n.coach(c.Who)}
		for k, e := range c.Events {
			if k == few {
				line.More = len(c.Events) - few
				break
			}
			shown, err := eventLine(tx, n, e)
			if err != nil {
				return nil, err
			}
			line.Lines = append(line.Lines, shown)
		}
		out = append(out, line)
	}
	return out, nil
}

func eventLine(tx *store.Tx, n names, e idea.Event) (EventLine, error) {
	line := EventLine{Event: e, OldName: n.value(e.Field, e.Old), NewName: n.value(e.Field, e.New)}
	switch {
	case e.Field == idea.FieldStage:
		line.OldStage, line.NewStage = n.stage(idea.StageKey(e.Old)).Names, n.stage(idea.StageKey(e.New)).Names
	case e.Subject == idea.AStage:
		for _, s := range n.stages {
			if s.ID == e.ID {
				line.Thing = idea.Say("%s", s.Names)
			}
		}
	case e.Subject == idea.AGate:
		stage, condition, err := tx.Gate(e.ID)
		if err != nil {
			return line, err
		}
		line.Thing = idea.Say("%s: %s", n.stage(stage).Names, idea.Word(condition))
	case e.Subject == idea.ATelling, e.Subject == idea.ARule, e.Subject == idea.ATemplate:
		return line, line.aboutAnswers(tx)
	case e.Subject == idea.AMeasure, e.Subject == idea.AValue, e.Subject == idea.ATarget:
		return line, line.aboutMeasures(tx)
	case e.Subject == idea.AStory, e.Subject == idea.AStoryVersion, e.Subject == idea.APicture, e.Subject == idea.AConsent:
		return line, line.aboutStories(tx)
	case e.Subject == idea.AProfile, e.Subject == idea.ASchedule:
		return line, line.aboutProfiles(tx)
	case e.Subject == idea.ASpread, e.Subject == idea.AnUptake:
		return line, line.aboutSpread(tx)
	case e.Subject == idea.AQuestionSet:
		name, err := tx.QuestionSetName(e.ID)
		line.Thing = idea.Say("%s", name)
		return line, err
	}
	return line, nil
}

// aboutAnswers names what an event about answers, rules and letters speaks of.
func (l *EventLine) aboutAnswers(tx *store.Tx) error {
	switch l.Subject {
	case idea.ATelling:
		t, err := tx.Telling(l.ID)
		l.Thing, l.What = idea.Say("%d", t.Giver), idea.Say("%s %s", idea.Word(t.Channel), string(t.On))
		return err
	case idea.ATemplate:
		t, err := tx.Template(l.ID)
		l.Thing = idea.Say("%s (%s)", string(t.Name), t.Lang)
		return err
	}
	rules, err := tx.Rules()
	for _, r := range rules {
		if r.ID == l.ID {
			l.Thing = idea.Say("%s", string(r.Name))
		}
	}
	return err
}

// value is what an event's value is called. Givers and owners stay numbers: the
// log names no people but coaches.
func (n names) value(f idea.Field, value string) string {
	var name string
	switch f {
	case idea.FieldUnit, idea.FieldParent, idea.FieldSuccessor:
		name = n.unit(parseRef(value))
	case idea.FieldNetwork:
		name = n.network(parseRef(value))
	case idea.FieldCoach:
		name = n.coach(parseRef(value))
	}
	if name == "" {
		return value
	}
	return name
}

// Last is the command that Undo would take back now.
func (d *Desk) Last(ctx context.Context) (line LogLine, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		c, err := tx.Last(d.who)
		if err != nil {
			return err
		}
		lines, err := logLines(tx, []idea.Command{c})
		if err == nil {
			line = lines[0]
		}
		return err
	})
	return line, err
}

// Undo takes back the command of that number, or the last one of this coach for
// number 0. It returns Refused if something was built on it since.
func (d *Desk) Undo(ctx context.Context, number int64) (line LogLine, err error) {
	err = d.update(ctx, "undo", func(tx *store.Tx) error {
		c, err := undoable(tx, d.who, number)
		if err != nil {
			return err
		}
		lines, err := logLines(tx, []idea.Command{c})
		if err != nil {
			return err
		}
		line = lines[0]
		before, err := tx.Stages()
		if err != nil {
			return err
		}
		if err := tx.Undo(c); err != nil {
			return err
		}
		return cmp.Or(checkNames(tx), checkForums(tx), checkMashups(tx, c), checkWork(tx, c), d.checkStories(tx, c), checkTies(tx, c), checkProcess(tx, c, before), d.checkMeasures(tx, c))
	})
	return line, err
}

// checkNames refuses an undo that would bring two units, networks or stages of
// one name, whatever its case, or a unit under itself.
func checkNames(tx *store.Tx) error {
	n, err := loadAll(tx)
	if err != nil {
		return err
	}
	for k, u := range n.units {
		if slices.ContainsFunc(n.units[:k], func(o idea.Unit) bool { return idea.Same(o.Name, u.Name) }) {
			return idea.Errorf(idea.Refused, "there is already a %s %q", idea.Word("unit"), u.Name)
		}
	}
	if err := idea.CheckTree(n.units); err != nil {
		return err
	}
	for k, w := range n.networks {
		if slices.ContainsFunc(n.networks[:k], func(o idea.Network) bool { return idea.Same(o.Name, w.Name) }) {
			return idea.Errorf(idea.Refused, "there is already a %s %q", idea.Word("network"), w.Name)
		}
	}
	return nil
}

func undoable(tx *store.Tx, who string, number int64) (idea.Command, error) {
	if number == 0 {
		return tx.Last(who)
	}
	c, err := tx.FindCommand(number)
	if err != nil {
		return c, err
	}
	if c.UndoneBy != 0 || c.Undoes != 0 {
		return c, idea.Errorf(idea.Refused, "command %d is undone already, or an undoing itself", number).WithHint("sluss log shows all commands")
	}
	return c, nil
}
