package desk_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/store"
)

// office is desks of several coaches over one file, with one clock.
type office struct {
	*testing.T
	db  *store.DB
	now time.Time
}

func newOffice(t *testing.T) *office {
	t.Helper()
	path := t.TempDir() + "/sluss.db"
	if err := store.Create(t.Context(), path, idea.DefaultProcess()); err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	o := &office{T: t, db: db, now: time.Date(2026, 11, 25, 9, 0, 0, 0, stockholm)}
	t.Cleanup(func() {
		faults, err := o.db.Check(context.WithoutCancel(t.Context()), true)
		if err != nil || len(faults) > 0 {
			t.Errorf("damage at the end: %v %v", faults, err)
		}
		if err := o.db.Close(); err != nil {
			t.Error(err)
		}
	})
	return o
}

func (o *office) desk(who string) *desk.Desk {
	return desk.New(o.db, who, func() time.Time { return o.now })
}

// must fails the test for an error.
func (o *office) must(err error) {
	o.Helper()
	if err != nil {
		o.Fatal(err)
	}
}

// refused fails the test unless err is a refusal whose text holds part.
func (o *office) refused(err error, kind idea.Kind, part string) {
	o.Helper()
	if err == nil || idea.KindOf(err) != kind || !strings.Contains(err.Error(), part) {
		o.Fatalf("got %v (kind %d), not kind %d with %q", err, idea.KindOf(err), kind, part)
	}
}

func (o *office) add(d idea.Draft) {
	o.Helper()
	_, err := o.desk("Åsa").Add(o.Context(), d)
	o.must(err)
}

func (o *office) move(who, to string) {
	o.Helper()
	_, err := o.desk(who).Move(o.Context(), desk.MoveInput{Numbers: []int64{1}, To: to})
	o.must(err)
}

func (o *office) card(number int64) desk.Card {
	o.Helper()
	cards, err := o.desk("Åsa").Show(o.Context(), []int64{number}, true)
	o.must(err)
	return cards[0]
}

// undo undoes a command, by its place in the log from the newest.
func (o *office) undo(who string, back int) error {
	o.Helper()
	log, err := o.desk(who).Log(o.Context(), 0, 0)
	o.must(err)
	_, err = o.desk(who).Undo(o.Context(), log[back].Number)
	return err
}

func TestUndoOfWhatWasBuiltOn(t *testing.T) {
	t.Run("a stage that was left and entered again", func(t *testing.T) {
		o := newOffice(t)
		o.add(idea.Draft{Title: "Cyklar"})
		for _, to := range []string{"dialogue", "received", "dialogue"} {
			o.now = o.now.Add(time.Hour)
			o.move("Bo", to)
		}
		o.refused(o.undo("Bo", 2), idea.Refused, "changed since then: stage")
		o.must(o.undo("Bo", 0))
		if c := o.card(1); c.Stage != "received" || !c.StageSince.Equal(o.now.Add(-time.Hour)) || len(c.Moves) != 3 {
			t.Errorf("after the undo the idea is %+v", c)
		}
	})
	t.Run("a tag that was taken away and set again", func(t *testing.T) {
		o := newOffice(t)
		o.add(idea.Draft{Title: "Cyklar"})
		for _, tag := range []string{"energi", "-energi", "energi"} {
			_, err := o.desk("Bo").Tag(t.Context(), []int64{1}, []string{tag})
			o.must(err)
		}
		_, err := o.desk("Bo").Tag(t.Context(), []int64{1}, []string{"skola"})
		o.must(err)
		o.refused(o.undo("Bo", 3), idea.Refused, "changed since then: tag")
		o.must(o.undo("Bo", 0))
		if c := o.card(1); !slices.Equal(c.Tags, []string{"energi"}) {
			t.Errorf("tags are %v", c.Tags)
		}
	})
	t.Run("a first answer after a second", func(t *testing.T) {
		o := newOffice(t)
		o.add(idea.Draft{Title: "Cyklar", Received: "2026-11-01"})
		for _, on := range []idea.Day{"2026-11-05", "2026-11-07"} {
			_, err := o.desk("Bo").Answer(t.Context(), desk.AnswerInput{Numbers: []int64{1}, Text: "tack", Sent: true, Channel: "mail", On: on})
			o.must(err)
		}
		o.refused(o.undo("Bo", 1), idea.Refused, "changed since then: answered")
		o.must(o.undo("Bo", 0))
		o.must(o.undo("Bo", 2))
		if c := o.card(1); c.Answered != "" || len(c.Answers) != 0 {
			t.Errorf("answers are still there: %+v", c)
		}
	})
	t.Run("a unit whose name was taken", func(t *testing.T) {
		for _, taken := range []string{"Skola", "SKOLA"} {
			o := newOffice(t)
			_, err := o.desk("Bo").AddUnit(t.Context(), "Skola", idea.Department, "")
			o.must(err)
			_, err = o.desk("Bo").RemoveUnit(t.Context(), "Skola")
			o.must(err)
			_, err = o.desk("Bo").AddUnit(t.Context(), taken, idea.Department, "")
			o.must(err)
			o.refused(o.undo("Bo", 1), idea.Refused, "")
			units, err := o.desk("Bo").Units(t.Context())
			if err != nil || len(units) != 1 {
				t.Errorf("units are %v (%v)", units, err)
			}
		}
	})
	t.Run("a unit that is gone", func(t *testing.T) {
		o := newOffice(t)
		for _, name := range []string{"Skola", "Vård"} {
			_, err := o.desk("Åsa").AddUnit(t.Context(), name, idea.Department, "")
			o.must(err)
		}
		o.add(idea.Draft{Title: "Cyklar", Unit: "Skola"})
		_, err := o.desk("Bo").Edit(t.Context(), []int64{1}, desk.Edit{Fields: map[idea.Field]string{idea.FieldUnit: "Vård"}})
		o.must(err)
		_, err = o.desk("Åsa").RemoveUnit(t.Context(), "Skola")
		o.must(err)
		_, err = o.desk("Bo").Undo(t.Context(), 0)
		o.refused(err, idea.Refused, "is gone")
	})
	t.Run("an idea with a later note", func(t *testing.T) {
		o := newOffice(t)
		o.add(idea.Draft{Title: "Cyklar", Note: "första"})
		_, err := o.desk("Bo").Note(t.Context(), []int64{1}, "andra", "")
		o.must(err)
		_, err = o.desk("Åsa").Undo(t.Context(), 0)
		o.refused(err, idea.Refused, "worked on since")
	})
}

// An undone idea's number is not given to another, not even after the program
// was closed: what was written on paper would come to mean something else.
func TestNumbersAreNotUsedAgain(t *testing.T) {
	o := newOffice(t)
	o.add(idea.Draft{Title: "Cyklar"})
	_, err := o.desk("Åsa").Undo(t.Context(), 0)
	o.must(err)
	o.must(o.db.Close())
	if o.db, err = store.Open(t.Context(), o.db.Path()); err != nil {
		t.Fatal(err)
	}
	card, err := o.desk("Åsa").Add(t.Context(), idea.Draft{Title: "Sol"})
	if err != nil || card.Number != 2 {
		t.Errorf("the next idea is %d (%v)", card.Number, err)
	}
}

// A name in capitals or in another Unicode form is the same coach.
func TestOneCoachByHerName(t *testing.T) {
	o := newOffice(t)
	for _, name := range []string{"Åsa Lind", "åsa lind", "A\u030asa  Lind "} {
		_, err := o.desk(name).Add(t.Context(), idea.Draft{Title: "Cyklar"})
		o.must(err)
		_, err = o.desk(name).Undo(t.Context(), 0)
		o.must(err)
	}
	_, err := o.desk("Åsa").Add(t.Context(), idea.Draft{Title: "Sol"})
	o.must(err)
	coaches, err := o.desk("Bo").Coaches(t.Context())
	if err != nil || len(coaches) != 2 {
		t.Fatalf("coaches are %v (%v)", coaches, err)
	}
	for l, err := range o.desk("Åsa").Ideas(t.Context(), desk.Selection{Coaches: []string{desk.Me}}) {
		if err != nil || l.CoachName != "Åsa" {
			t.Errorf("mine is %s's (%v)", l.CoachName, err)
		}
	}
	for _, err := range o.desk("Ås").Ideas(t.Context(), desk.Selection{Coaches: []string{desk.Me}}) {
		o.refused(err, idea.NotFound, "coach")
	}
}

// A row that is left out leaves nothing behind: no unit, no owner, no giver
// and no contact.
func TestSkippedRowsLeaveNothing(t *testing.T) {
	o := newOffice(t)
	bo := o.desk("Bo")
	for _, g := range []idea.GiverDraft{{Name: "Per Ek", Email: "a@b.se"}, {Name: "Per Ek", Email: "c@d.se"}, {Name: "Li Al"}} {
		_, err := bo.AddGiver(t.Context(), idea.Employee, g)
		o.must(err)
	}
	bad := []idea.Draft{
		{Title: "1", Unit: "Ny", Owner: "Ny", Giver: idea.GiverDraft{Name: "Per Ek"}},                                           // two of that name
		{Title: "2", Unit: "Ny", Owner: "Ny", Giver: idea.GiverDraft{Name: "Li Al", Phone: "070", Unit: "Okänd"}},               // no such unit
		{Title: "3", Unit: "Ny", Owner: "Ny", Giver: idea.GiverDraft{Name: "Ny"}, Received: "2027-01-01"},                       // not here yet
		{Title: "4", Unit: "Ny", Owner: "Ny", Giver: idea.GiverDraft{Name: "Ny"}, Coach: "Okänd"},                               // no such coach
		{Title: "5", Unit: "Ny", Owner: "Ny", Giver: idea.GiverDraft{Name: "Ny"}, Stage: "okänt"},                               // no such stage
		{Title: "6", Unit: "Ny", Owner: "Ny", Giver: idea.GiverDraft{Name: "Ny", Unit: "Okänd"}, Source: "f", ExternalID: "12"}, // no such unit
	}
	rows := func(yield func(desk.Incoming, error) bool) {
		for k := range bad {
			if !yield(desk.Incoming{Line: k + 2, Draft: &bad[k]}, nil) {
				return
			}
		}
		if yield(desk.Incoming{Line: 8, Draft: &idea.Draft{Title: "7", Giver: idea.GiverDraft{Name: "Li Al"}}}, nil) {
			yield(desk.Incoming{Line: 9, Draft: &idea.Draft{Title: "8", Giver: idea.GiverDraft{Name: "Li Al", Unit: "Okänd"}}}, nil)
		}
	}
	done, err := bo.Import(t.Context(), desk.ImportInput{SkipBad: true, AddUnits: true}, rows)
	if err != nil || done.Added != 1 || len(done.Bad) != 7 || done.Bad[6].Line != 9 {
		t.Fatalf("import says %+v (%v)", done, err)
	}
	units, err := bo.Units(t.Context())
	if err != nil || len(units) != 0 {
		t.Errorf("units are %v (%v)", units, err)
	}
	givers, err := bo.Givers(t.Context(), "", true)
	if err != nil || len(givers) != 3 || givers[2].Phone != "" {
		t.Errorf("givers are %v (%v)", givers, err)
	}
}

// With --add-units a unit whose name begins as another's is a new one.
func TestImportTakesUnitsByWholeNames(t *testing.T) {
	o := newOffice(t)
	_, err := o.desk("Bo").AddUnit(t.Context(), "Skolan", idea.Department, "")
	o.must(err)
	rows := func(yield func(desk.Incoming, error) bool) {
		for line, unit := range []string{"Skola", "SKOLAN", "Skola"} {
			if !yield(desk.Incoming{Line: line + 2, Draft: &idea.Draft{Title: unit, Unit: unit}}, nil) {
				return
			}
		}
	}
	_, err = o.desk("Bo").Import(t.Context(), desk.ImportInput{AddUnits: true}, rows)
	o.must(err)
	for number, unit := range map[int64]string{1: "Skola", 2: "Skolan", 3: "Skola"} {
		if c := o.card(number); c.UnitName != unit {
			t.Errorf("idea %d went to %q", number, c.UnitName)
		}
	}
}

// A command that is cancelled says so and leaves nothing.
func TestCancelledImport(t *testing.T) {
	o := newOffice(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	rows := func(yield func(desk.Incoming, error) bool) {
		for line := 2; line < 5000; line++ {
			if line == 2500 {
				cancel()
			}
			if !yield(desk.Incoming{Line: line, Draft: &idea.Draft{Title: "x"}}, nil) {
				return
			}
		}
	}
	_, err := o.desk("Bo").Import(ctx, desk.ImportInput{}, rows)
	o.refused(err, idea.Interrupted, "nothing was changed")
	for l, err := range o.desk("Bo").Ideas(t.Context(), desk.Selection{}) {
		t.Errorf("idea %d is there (%v)", l.Number, err)
	}
}

// Days are told apart where the coach is, also on the days when the clocks
// change; a clock that goes back stops nobody.
func TestDaysAndClocks(t *testing.T) {
	o := newOffice(t)
	o.now = time.Date(2026, 10, 25, 2, 30, 0, 0, stockholm) // the first of two
	o.add(idea.Draft{Title: "Cyklar", Received: "2026-10-24"})
	o.move("Bo", "dialogue")
	o.now = o.now.Add(-20 * time.Minute)
	o.move("Bo", "development")
	o.now = o.now.Add(3 * 24 * time.Hour)
	if c := o.card(1); c.Days != 3 || len(c.Moves) != 3 || c.Moves[2].At.Before(c.Moves[1].At) {
		t.Errorf("the idea has stood %d days, moves %+v", c.Days, c.Moves)
	}
	at := func(day idea.Day) error {
		_, err := o.desk("Bo").Move(t.Context(), desk.MoveInput{Numbers: []int64{1}, To: "dialogue", At: day})
		return err
	}
	o.refused(at("2026-10-24"), idea.Refused, "2026-10-25")
	o.refused(at("2026-10-29"), idea.Refused, "not here yet")
	o.must(at("2026-10-25"))
	if c := o.card(1); idea.DayOf(c.StageSince.In(stockholm)) != "2026-10-25" {
		t.Errorf("it was moved at %s", c.StageSince)
	}
	o.now = time.Date(2026, 12, 31, 23, 59, 59, int(999500*time.Microsecond), stockholm)
	o.move("Bo", "received")
	o.now = o.now.Add(48 * time.Hour)
	_, err := o.desk("Bo").Move(t.Context(), desk.MoveInput{Numbers: []int64{1}, To: "dialogue", At: "2026-12-31"})
	o.must(err)
}

// Who edits for long does not write over what somebody else has done meanwhile.
func TestEditOfWhatWasSeen(t *testing.T) {
	o := newOffice(t)
	o.add(idea.Draft{Title: "Cyklar", Sections: map[idea.Section]string{idea.Need: "a"}})
	seen := o.card(1).Idea
	edit := func(who string, seen *idea.Idea, f idea.Field, word string) error {
		_, err := o.desk(who).Edit(t.Context(), []int64{1}, desk.Edit{Fields: map[idea.Field]string{f: word}, Seen: seen})
		return err
	}
	o.must(edit("Bo", nil, idea.FieldTitle, "Lånecyklar"))
	o.refused(edit("Åsa", &seen, idea.FieldTitle, "Elcyklar"), idea.Refused, "changed by somebody else in the meantime: title")
	o.must(edit("Åsa", &seen, idea.Field(idea.Need), "b"))
	if c := o.card(1); c.Title != "Lånecyklar" || c.Sections[idea.Need] != "b" {
		t.Errorf("%+v", c.Idea)
	}
}

func TestKindInSwedishWithAGiver(t *testing.T) {
	o := newOffice(t)
	o.add(idea.Draft{Title: "Cyklar"})
	_, err := o.desk("Bo").Edit(t.Context(), []int64{1}, desk.Edit{Fields: map[idea.Field]string{idea.FieldKind: "medarbetare"}, Giver: idea.GiverDraft{Name: "Per Ek"}})
	o.must(err)
	if c := o.card(1); c.Kind != idea.Employee || c.From[0].Kind != idea.Employee {
		t.Errorf("the giver is %+v", c.From)
	}
}
