package idea_test

import (
	"slices"
	"testing"

	"sluss/internal/idea"
)

func given(text string, givers ...int64) idea.Answer {
	a := idea.Answer{ID: 1, Text: text, Status: idea.Given, Channel: "mail", On: "2026-11-20"}
	for _, g := range givers {
		a.Told = append(a.Told, idea.Telling{Giver: g, Channel: "mail", On: "2026-11-20"})
	}
	return a
}

func TestWaiting(t *testing.T) {
	draft := idea.Answer{Text: "C", Status: idea.Drafted}
	for name, test := range map[string]struct {
		givers  []int64
		answers []idea.Answer
		want    []int64
	}{
		"nobody was told":           {[]int64{1, 2}, []idea.Answer{draft}, []int64{1, 2}},
		"one was told":              {[]int64{1, 2}, []idea.Answer{given("A", 2)}, []int64{1}},
		"the newest counts":         {[]int64{1, 2}, []idea.Answer{given("A", 1, 2), given("B", 1), draft}, []int64{2}},
		"without givers":            {nil, []idea.Answer{given("A")}, nil},
		"a giver who came later":    {[]int64{3}, []idea.Answer{given("A")}, []int64{3}},
		"a giver who is none of it": {[]int64{1}, []idea.Answer{given("A", 1, 9)}, nil},
	} {
		if got := idea.Waiting(idea.Idea{Givers: test.givers}, test.answers); !slices.Equal(got, test.want) {
			t.Errorf("%s: %v are waiting, want %v", name, got, test.want)
		}
	}
}

func TestCurrent(t *testing.T) {
	draft := idea.Answer{Text: "C", Status: idea.Approved}
	for name, test := range map[string]struct {
		answers []idea.Answer
		text    string
		givers  []int64
		want    string
	}{
		"none":                        {nil, "", []int64{1}, ""},
		"the draft":                   {[]idea.Answer{given("A"), draft}, "new", nil, "C"},
		"the newest for who lacks it": {[]idea.Answer{given("A", 1), given("B", 1)}, "", []int64{1, 2}, "B"},
		"by its text":                 {[]idea.Answer{given("B", 1)}, "B", []int64{2}, "B"},
		"another text":                {[]idea.Answer{given("B", 1)}, "D", []int64{2}, ""},
		"all have it":                 {[]idea.Answer{given("B", 1, 2)}, "", []int64{1, 2}, ""},
		"there is nobody":             {[]idea.Answer{given("B")}, "", nil, ""},
	} {
		got, found := idea.Current(test.answers, test.text, test.givers)
		if found != (test.want != "") || found && got.Text != test.want {
			t.Errorf("%s: %q %v, want %q", name, got.Text, found, test.want)
		}
	}
}

func TestGive(t *testing.T) {
	i := idea.Idea{Number: 7, Received: "2026-11-10"}
	draft := idea.Answer{ID: 1, Status: idea.Drafted}
	approved := idea.Answer{ID: 1, Status: idea.Approved}
	must := idea.Rules{ApproveAnswers: true}
	for name, test := range map[string]struct {
		answer  idea.Answer
		on      idea.Day
		rules   idea.Rules
		kind    idea.Kind
		changes int
	}{
		"a draft":                     {draft, "2026-11-20", idea.Rules{}, 0, 4},
		"on the day it came":          {draft, "2026-11-10", idea.Rules{}, 0, 4},
		"before it came":              {draft, "2026-11-09", idea.Rules{}, idea.Refused, 0},
		"not approved":                {draft, "2026-11-20", must, idea.Refused, 0},
		"approved":                    {approved, "2026-11-20", must, 0, 4},
		"to one more":                 {given("A", 1), "2026-11-21", must, 0, 1},
		"to one who had it earlier":   {given("A", 1), "2026-11-19", must, 0, 2},
		"to one who was told by then": {given("A", 1), "2026-11-20", must, 0, 1},
	} {
		changes, err := idea.Gives{Idea: i, Answer: test.answer, Channel: "mail", On: test.on}.Give(test.rules)
		if len(changes) != test.changes || (err != nil) != (test.kind != 0) || err != nil && idea.KindOf(err) != test.kind {
			t.Errorf("%s: %+v, %v", name, changes, err)
		}
	}
}

func TestRuleValues(t *testing.T) {
	for _, test := range []struct {
		rule       idea.RuleName
		word, want string
	}{
		{idea.AnswerDays, " 10 ", "10"}, {idea.AnswerDays, "010", "10"}, {idea.AnswerDays, "0", "0"}, {idea.AnswerDays, "260", "260"},
		{idea.AnswerDays, "261", ""}, {idea.AnswerDays, "-1", ""}, {idea.AnswerDays, "1.5", ""}, {idea.AnswerDays, "", ""}, {idea.AnswerDays, "ja", ""},
		{idea.ApproveAnswers, "JA", "yes"}, {idea.ApproveAnswers, "pa\u030a", "yes"}, {idea.ApproveAnswers, "no", "no"}, {idea.ApproveAnswers, "1", ""},
	} {
		got, err := test.rule.Check(test.word)
		if got != test.want || (err == nil) != (test.want != "") || err != nil && idea.KindOf(err) != idea.Usage {
			t.Errorf("%s %q: %q, %v", test.rule, test.word, got, err)
		}
	}
}
