package idea

import (
	"errors"
	"testing"
)

func TestNearMeeting(t *testing.T) {
	days := []Day{"2026-12-03", "2026-11-05", "2027-01-07"}
	for _, c := range []struct {
		days  []Day
		today Day
		past  bool
		want  Day
	}{
		{days, "2026-11-25", false, "2026-12-03"},
		{days, "2026-11-25", true, "2026-11-05"},
		{days, "2026-12-03", false, "2026-12-03"},
		{days, "2026-12-03", true, "2026-12-03"},
		{days, "2027-02-01", false, "2027-01-07"},
		{days, "2026-10-01", true, "2026-11-05"},
		{nil, "2026-10-01", true, ""},
	} {
		if got := NearMeeting(c.days, c.today, c.past); got != c.want {
			t.Errorf("near %s (past %t) is %q, want %q", c.today, c.past, got, c.want)
		}
	}
}

func TestResolve(t *testing.T) {
	for _, c := range []struct {
		r      Resolution
		from   StageKey
		reason Reason
		want   StageKey
		closed Reason
	}{
		{ToTest, "presented", "", "test", ""},
		{ToTest, "test", "", "", ""},
		{ToIntroduce, "test", "", "introduction", ""},
		{ToDevelop, "presented", "", "development", ""},
		{ToDevelop, "dialogue", "", "", ""},
		{ToDecline, "presented", "", "closed", Declined},
		{ToDecline, "closed", Declined, "", ""},
		{ToHandOver, "closed", Declined, "closed", HandedOver},
		{ToPark, "parked", "", "", ""},
		{ToPostpone, "presented", "", "", ""},
	} {
		to, reason, moves := DefaultProcess().Resolve(c.r, Idea{Stage: c.from, Reason: c.reason})
		if to.Key != c.want || moves != (c.want != "") || moves && reason != c.closed {
			t.Errorf("%s takes an idea from %s to %q (%s, %t), want %q", c.r, c.from, to.Key, reason, moves, c.want)
		}
	}
	if _, _, moves := ShortProcess().Resolve(ToTest, Idea{Stage: "working"}); moves {
		t.Error("a process without tests moves an idea there")
	}
}

func TestPresent(t *testing.T) {
	p := DefaultProcess()
	for from, want := range map[StageKey]bool{"received": true, "development": true, "parked": true, "presented": false, "test": false, "realised": false} {
		if to, moves, err := p.Present(Idea{Stage: from}); moves != want || err != nil || moves && to.Key != "presented" {
			t.Errorf("from %s: %s %t %v", from, to.Key, moves, err)
		}
	}
	for _, i := range []Idea{{Stage: "closed"}, {Stage: "closed", MergedInto: 3}} {
		if _, _, err := p.Present(i); KindOf(err) != Refused || err == nil {
			t.Errorf("%+v is presented: %v", i, err)
		}
	}
	if _, moves, err := ShortProcess().Present(Idea{Stage: "received"}); moves || err != nil {
		t.Errorf("a process without that stage: %t %v", moves, err)
	}
}

func TestGrounds(t *testing.T) {
	if got := Grounds(Testing); len(got) != 1 || got[0] != ToTest {
		t.Errorf("test rests on %v", got)
	}
	if got := Grounds(Closed); len(got) != 2 {
		t.Errorf("closed rests on %v", got)
	}
	if got := Grounds(Realised); len(got) != 3 {
		t.Errorf("realised rests on %v", got)
	}
}

func TestEffectState(t *testing.T) {
	e := Effect{FollowUp: "2027-06-01"}
	for _, c := range []struct {
		seen  []Sight
		today Day
		want  EffectState
	}{
		{nil, "2027-05-31", EffectPlanned},
		{nil, "2027-06-01", EffectDue},
		{[]Sight{{On: "2027-03-01"}}, "2027-05-31", EffectSeen},
		{[]Sight{{On: "2027-03-01"}}, "2027-06-01", EffectDue},
		{[]Sight{{On: "2027-03-01"}, {On: "2027-06-01"}}, "2027-06-01", EffectSeen},
	} {
		e.Seen = c.seen
		if got := e.State(c.today); got != c.want {
			t.Errorf("on %s with %v it is %s, want %s", c.today, c.seen, got, c.want)
		}
	}
}

func TestTestState(t *testing.T) {
	for _, c := range []struct {
		test Test
		want TestState
	}{
		{Test{To: "2026-01-01"}, TestPlanned},
		{Test{Started: "2026-01-01"}, TestRunning},
		{Test{Started: "2026-01-01", To: "2026-11-25"}, TestRunning},
		{Test{Started: "2026-01-01", To: "2026-11-24"}, TestOverdue},
		{Test{Started: "2026-01-01", To: "2026-11-24", Finished: "2026-11-25"}, TestFinished},
	} {
		if got := c.test.State("2026-11-25"); got != c.want {
			t.Errorf("%+v is %s, want %s", c.test, got, c.want)
		}
	}
}

func TestWordsInBothLanguages(t *testing.T) {
	for word, find := range map[string]func(string) error{
		"Konceptgrupp": func(w string) error { _, err := FindForumKind(w); return err },
		"lämna-över":   func(w string) error { _, err := FindResolution(w); return err },
		"motsägs":      func(w string) error { _, err := FindVerdict(w); return err },
		"försenat":     func(w string) error { _, err := FindTestState(w); return err },
		"uppföljning":  func(w string) error { _, err := FindEffectState(w); return err },
		"testplan":     func(w string) error { _, err := FindCondition(w); return err },
	} {
		if err := find(word); err != nil {
			t.Errorf("%s: %v", word, err)
		}
		var e *Error
		if err := find("x" + word); !errors.As(err, &e) || e.Kind != Usage {
			t.Errorf("x%s: %v", word, err)
		}
	}
}
