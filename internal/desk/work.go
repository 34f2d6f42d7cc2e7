package desk

import (
	"time"

	"sluss/internal/idea"
	"sluss/internal/store"
)

// Work is what has been done with an idea beside talking: meetings, decisions,
// tests and effects, each oldest first.
type Work struct {
	Meetings  []MeetingName
	Decisions []DecisionLine
	Tests     []TestLine
	Effects   []EffectLine
	Stories   []idea.Story // one at the most
}

// MeetingName is a meeting that an idea is on the agenda of.
type MeetingName struct {
	Forum string
	Day   idea.Day
}

// DecisionLine is a decision with the name of the forum.
type DecisionLine struct {
	idea.Decision
	ForumName string
}

// TestLine is a test with what follows from the day.
type TestLine struct {
	idea.Test
	Title string // of the idea
	State idea.TestState
	Diary []TestNote // only on the card of the idea
}

// TestNote is a note about a test with its writer's name.
type TestNote struct {
	At   time.Time
	Who  string
	Text string
}

// EffectLine is an effect with what follows from the day.
type EffectLine struct {
	idea.Effect
	Title string // of the idea
	State idea.EffectState
}

func (d *Desk) work(tx *store.Tx, n names, number int64) (w Work, err error) {
	if found, err := tx.Handled(number); err != nil || !found {
		return w, err
	}
	if err := w.addMeetings(tx, number); err != nil {
		return w, err
	}
	tests, err := tx.IdeaTests(number)
	if err != nil {
		return w, err
	}
	for _, t := range tests {
		line := TestLine{Test: t, State: t.State(d.Today())}
		for _, note := range t.Notes {
			line.Diary = append(line.Diary, TestNote{At: note.At, Who: n.coach(note.Who), Text: note.Text})
		}
		w.Tests = append(w.Tests, line)
	}
	effects, err := tx.IdeaEffects(number)
	for _, e := range effects {
		w.Effects = append(w.Effects, EffectLine{Effect: e, State: e.State(d.Today())})
	}
	if err != nil {
		return w, err
	}
	w.Stories, err = tx.Stories(number)
	return w, err
}

func (w *Work) addMeetings(tx *store.Tx, number int64) error {
	forums, err := tx.Forums()
	if err != nil {
		return err
	}
	names := map[int64]string{}
	for _, f := range forums {
		names[f.ID] = f.Name
	}
	items, err := tx.IdeaAgenda(number)
	if err != nil {
		return err
	}
	for _, a := range items {
		w.Meetings = append(w.Meetings, MeetingName{names[a.Forum], a.Day})
	}
	decisions, err := tx.IdeaDecisions(number)
	for _, one := range decisions {
		w.Decisions = append(w.Decisions, DecisionLine{one, names[one.Forum]})
	}
	return err
}

// withoutPeople is the work without the names of those who took part.
func (w Work) withoutPeople() Work {
	for k := range w.Decisions {
		w.Decisions[k].By = ""
	}
	for k := range w.Tests {
		w.Tests[k].Who = ""
	}
	return w
}

// checkWork refuses an undo that would leave tests or effects of an idea behind
// that no commands could lead to.
func checkWork(tx *store.Tx, undone idea.Command) error {
	for _, e := range undone.Events {
		if e.Subject != idea.ATest && e.Subject != idea.AnEffect {
			continue
		}
		number, err := tx.WorkedOn(e.Subject, e.ID)
		if err != nil {
			return err
		}
		tests, err := tx.IdeaTests(number)
		if err != nil {
			return err
		}
		if err := idea.CheckTests(number, tests); err != nil {
			return err
		}
		effects, err := tx.IdeaEffects(number)
		if err != nil {
			return err
		}
		for k, one := range effects {
			if err := checkMeasure(number, effects[:k], one.Measure); err != nil {
				return err
			}
		}
	}
	return nil
}

// titles is what the ideas of some numbers are called.
func titles(tx *store.Tx, numbers []int64) (map[int64]string, error) {
	out := map[int64]string{}
	if len(numbers) == 0 {
		return out, nil
	}
	err := tx.Ideas(idea.Filter{Numbers: numbers}, idea.Order{}, store.Short, func(i idea.Idea) bool {
		out[i.Number] = i.Title
		return true
	})
	return out, err
}
