package idea

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// WaitingFor says what something waits for.
type WaitingFor string

// What something can wait for, what matters most first.
const (
	ForAnswer  WaitingFor = "answer"
	ForRun     WaitingFor = "run"     // an export on schedule was not made
	ForConsent WaitingFor = "consent" // a published story names or shows somebody without consent
	ForDue     WaitingFor = "due"
	ForNext    WaitingFor = "next"
	ForTest    WaitingFor = "test"  // a test that runs is to be finished
	ForStart   WaitingFor = "start" // a planned test is to begin
	ForMeeting WaitingFor = "meeting"
	ForMashup  WaitingFor = "mashup"
	ForStage   WaitingFor = "stage" // the idea has stood in its stage for too long
	ForWake    WaitingFor = "wake"
	ForEffect  WaitingFor = "effect"
)

// Todo is something that a coach is to do by a day.
type Todo struct {
	For    WaitingFor
	By     Day      // the day on which it is to be done at the latest
	Idea   int64    // 0 for a meeting, a mashup and a run
	Title  string   // of the idea or the mashup; the name of the profile
	Coach  int64    // of the idea, 0 is nobody
	Detail string   // the next step, the belief that is tested, the measure of the effect, the giver, the time of the run
	Of     int64    // the test, the effect, the forum, the mashup, the profile or the giver
	Ideas  int      // on the agenda of the meeting
	Next   bool     // the next meeting of the forum
	To     StageKey // the next stage of an idea that has stood for too long
	Failed bool     // the run was tried, and failed
}

// Late is how many days it is past its day: 0 when that is today, and less when
// it lies ahead.
func (w Todo) Late(today Day) int { return today.Sub(w.By) }

// SortByUrgency puts first what has been late for longest, and of one day what
// matters most. There are far more things than days: each day is sorted alone.
func SortByUrgency(all []Todo) {
	ends := map[Day]int{}
	for k := range all {
		ends[all[k].By]++
	}
	begin := 0
	for _, day := range slices.Sorted(maps.Keys(ends)) {
		begin, ends[day] = begin+ends[day], begin
	}
	sorted := make([]Todo, len(all))
	for k := range all {
		at := ends[all[k].By]
		sorted[at], ends[all[k].By] = all[k], at+1
	}
	copy(all, sorted)
	for begin := 0; begin < len(all); {
		end := ends[all[begin].By]
		slices.SortFunc(all[begin:end], func(a, b Todo) int {
			return cmp.Or(cmp.Compare(a.For.rank(), b.For.rank()), cmp.Compare(a.Idea, b.Idea), cmp.Compare(a.Of, b.Of))
		})
		begin = end
	}
}

// rank is small for what matters much.
func (f WaitingFor) rank() int {
	switch f {
	case ForConsent, ForRun:
		return 0
	case ForAnswer:
		return 1
	case ForDue:
		return 2
	case ForNext:
		return 3
	case ForTest:
		return 4
	case ForStart:
		return 5
	case ForMeeting, ForMashup:
		return 6
	case ForStage:
		return 7
	case ForWake:
		return 8
	}
	return 9
}

// Horizon says how far ahead what waits is looked for.
type Horizon struct {
	Today    Day
	Until    Day // the last day
	Received Day // ideas of this day and earlier must be answered about by then; empty when nothing is promised
}

// Standing is as much of an idea as it takes to tell what waits in it.
type Standing struct {
	Number   int64
	Title    string
	Coach    int64
	Stage    StageKey
	Since    time.Time // when it entered the stage
	Received Day       // only when the giver waits for the first answer
	Due      Day
	NextBy   Day
	Next     string
	Wake     Day
}

// Waits adds what waits in an idea to all. The stage is that of the idea, next
// the one after it; promised gives the day by which the giver of an idea of some
// day is promised the first answer; days begin in loc.
func (s Standing) Waits(all []Todo, h Horizon, stage *Stage, next StageKey, promised func(Day) Day, loc *time.Location) []Todo {
	add := func(what WaitingFor, by Day) *Todo {
		all = append(all, Todo{For: what, By: by, Idea: s.Number, Title: s.Title, Coach: s.Coach})
		return &all[len(all)-1]
	}
	soon := func(by Day) bool { return by != "" && by <= h.Until }
	if s.Received != "" && s.Received <= h.Received {
		add(ForAnswer, promised(s.Received))
	}
	if soon(s.Due) {
		add(ForDue, s.Due)
	}
	if soon(s.NextBy) {
		add(ForNext, s.NextBy).Detail = s.Next
	}
	if stage.Kind == Parked && soon(s.Wake) {
		add(ForWake, s.Wake)
	}
	if stage.LimitDays > 0 {
		if last := DayOf(s.Since.In(loc).AddDate(0, 0, stage.LimitDays)); last < h.Today {
			add(ForStage, last).To = next
		}
	}
	return all
}

// Wait tells what waits in a test of an idea that is not finished: its end when
// it runs, its beginning when it is planned. It reports false when that is not
// by the horizon or has no day.
func (t Test) Wait(h Horizon) (Todo, bool) {
	w := Todo{For: ForTest, By: t.To, Idea: t.Idea, Detail: t.Belief, Of: t.ID}
	if t.Started == "" {
		w.For, w.By = ForStart, cmp.Or(t.From, t.To)
	}
	return w, t.Finished == "" && w.By != "" && w.By <= h.Until
}

// Wait tells whether an effect is to be followed up by the horizon.
func (e Effect) Wait(h Horizon) (Todo, bool) {
	w := Todo{For: ForEffect, By: e.FollowUp, Idea: e.Idea, Detail: e.Measure, Of: e.ID}
	return w, e.FollowUp != "" && e.FollowUp <= h.Until && e.Last().On < e.FollowUp
}
