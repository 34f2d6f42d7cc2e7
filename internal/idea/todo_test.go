package idea_test

import (
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"sluss/internal/idea"
)

func TestSortByUrgency(t *testing.T) {
	want := []idea.Todo{
		{For: idea.ForEffect, By: "2026-01-01", Idea: 9},
		{For: idea.ForAnswer, By: "2026-11-20", Idea: 7},
		{For: idea.ForDue, By: "2026-11-20", Idea: 2},
		{For: idea.ForDue, By: "2026-11-20", Idea: 5},
		{For: idea.ForTest, By: "2026-11-20", Idea: 1, Of: 3},
		{For: idea.ForTest, By: "2026-11-20", Idea: 1, Of: 4},
		{For: idea.ForStage, By: "2026-11-25", Idea: 1},
		{For: idea.ForMeeting, By: "2026-11-26", Of: 1},
		{For: idea.ForAnswer, By: "2026-11-27", Idea: 1},
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		got := append([]idea.Todo{}, want...)
		random.Shuffle(len(got), func(i, j int) { got[i], got[j] = got[j], got[i] })
		idea.SortByUrgency(got)
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("got %v", got)
		}
	}
}

func TestStandingWaits(t *testing.T) {
	h := idea.Horizon{Today: "2026-11-25", Until: "2026-12-02", Received: "2026-11-13"}
	stage := idea.Stage{Key: "dialogue", Kind: idea.Active, LimitDays: 30}
	promised := func(d idea.Day) idea.Day { return d.Add(14) }
	at := func(day idea.Day) time.Time { return day.Time(time.UTC) }
	fresh := idea.Standing{Number: 1, Title: "A", Coach: 2, Since: at("2026-11-20"), Received: "2026-11-20"}
	for name, c := range map[string]struct {
		change func(*idea.Standing)
		stage  idea.Stage
		want   []idea.Todo
	}{
		"no giver waits": {func(s *idea.Standing) { s.Received = "" }, stage, nil},
		"nothing":        {func(*idea.Standing) {}, stage, nil},
		"answer":         {func(s *idea.Standing) { s.Received = "2026-11-13" }, stage, []idea.Todo{{For: idea.ForAnswer, By: "2026-11-27"}}},
		"answer later":   {func(s *idea.Standing) { s.Received = "2026-11-14" }, stage, nil},
		"due":            {func(s *idea.Standing) { s.Due = "2026-12-02" }, stage, []idea.Todo{{For: idea.ForDue, By: "2026-12-02"}}},
		"due later":      {func(s *idea.Standing) { s.Due = "2026-12-03" }, stage, nil},
		"next":           {func(s *idea.Standing) { s.Next, s.NextBy = "Ring", "2026-11-01" }, stage, []idea.Todo{{For: idea.ForNext, By: "2026-11-01", Detail: "Ring"}}},
		"next, no day":   {func(s *idea.Standing) { s.Next = "Ring" }, stage, nil},
		"at the limit":   {func(s *idea.Standing) { s.Since = at("2026-10-26") }, stage, nil},
		"over the limit": {func(s *idea.Standing) { s.Since = at("2026-10-25") }, stage, []idea.Todo{{For: idea.ForStage, By: "2026-11-24", To: "development"}}},
		"no limit":       {func(s *idea.Standing) { s.Since = at("2020-10-25") }, idea.Stage{Kind: idea.Active}, nil},
		"wakes":          {func(s *idea.Standing) { s.Wake = "2026-11-25" }, idea.Stage{Kind: idea.Parked}, []idea.Todo{{For: idea.ForWake, By: "2026-11-25"}}},
		"not parked":     {func(s *idea.Standing) { s.Wake = "2026-11-25" }, stage, nil},
	} {
		t.Run(name, func(t *testing.T) {
			s := fresh
			c.change(&s)
			for k := range c.want {
				c.want[k].Idea, c.want[k].Title, c.want[k].Coach = 1, "A", 2
			}
			if got := s.Waits(nil, h, &c.stage, "development", promised, time.UTC); !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

func TestWorkWaits(t *testing.T) {
	h := idea.Horizon{Today: "2026-11-25", Until: "2026-12-02"}
	for _, c := range []struct {
		test  idea.Test
		what  idea.WaitingFor
		waits bool
	}{
		{idea.Test{Started: "2026-11-01", To: "2026-12-02"}, idea.ForTest, true},
		{idea.Test{Started: "2026-11-01", To: "2026-12-03"}, idea.ForTest, false},
		{idea.Test{Started: "2026-11-01"}, idea.ForTest, false},
		{idea.Test{Started: "2026-11-01", To: "2026-11-02", Finished: "2026-11-02"}, idea.ForTest, false},
		{idea.Test{From: "2026-11-01", To: "2027-12-03"}, idea.ForStart, true},
		{idea.Test{To: "2026-11-03"}, idea.ForStart, true},
		{idea.Test{From: "2026-12-03"}, idea.ForStart, false},
	} {
		if w, waits := c.test.Wait(h); w.For != c.what || waits != c.waits {
			t.Errorf("%+v: %s %v", c.test, w.For, waits)
		}
	}
	for _, c := range []struct {
		effect idea.Effect
		waits  bool
	}{
		{idea.Effect{FollowUp: "2026-12-02"}, true},
		{idea.Effect{FollowUp: "2026-12-03"}, false},
		{idea.Effect{}, false},
		{idea.Effect{FollowUp: "2026-11-01", Seen: []idea.Sight{{On: "2026-10-31"}}}, true},
		{idea.Effect{FollowUp: "2026-11-01", Seen: []idea.Sight{{On: "2026-11-01"}}}, false},
	} {
		if _, waits := c.effect.Wait(h); waits != c.waits {
			t.Errorf("%+v: %v", c.effect, waits)
		}
	}
}
