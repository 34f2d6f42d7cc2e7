package idea_test

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sluss/internal/idea"
)

func q(key string, fills idea.Field, when idea.When) idea.Question {
	return idea.Question{Key: key, Ask: idea.Names{EN: key + "?", SV: key + "?"}, Fills: fills, When: when}
}

// talkSet has a follow-up to a choice, a second question about a section, a
// follow-up of a follow-up, and what is held as a set or apart.
func talkSet() idea.QuestionSet {
	tried := q("tried", "", idea.When{})
	tried.Choices = []idea.Choice{{Value: "yes", Label: idea.Names{EN: "yes", SV: "ja"}}, {Value: "no", Label: idea.Names{EN: "no", SV: "nej"}}}
	spread := q("spread", "whom", idea.When{})
	spread.Adds = true
	return idea.QuestionSet{Name: "x", Questions: []idea.Question{
		q("need", "need", idea.When{}),
		tried,
		q("result", "need", idea.When{Key: "tried", Is: []string{"yes"}}),
		q("why", idea.FieldNote, idea.When{Key: "result", Contains: []string{"bra"}}),
		spread,
		q("tags", idea.FieldTags, idea.When{}),
		q("unit", idea.FieldUnit, idea.When{Key: "need", Answered: "yes"}),
	}}
}

func replies(all ...idea.Reply) idea.Replies {
	out := idea.Replies{}
	for _, r := range all {
		out[r.Key] = r
	}
	return out
}

func pathOf(s idea.QuestionSet, r idea.Replies) (keys []string) {
	for _, q := range s.Path(r) {
		keys = append(keys, q.Key)
	}
	return keys
}

func TestPath(t *testing.T) {
	s := talkSet()
	tests := []struct {
		replies idea.Replies
		want    string
	}{
		{nil, "need tried spread tags"},
		{replies(idea.Reply{Key: "need", Text: "n"}), "need tried spread tags unit"},
		{replies(idea.Reply{Key: "tried", Text: "yes"}), "need tried result spread tags"},
		{replies(idea.Reply{Key: "tried", Text: "JA"}), "need tried result spread tags"},
		{replies(idea.Reply{Key: "tried", Text: "no"}), "need tried spread tags"},
		{replies(idea.Reply{Key: "tried", Text: "yes"}, idea.Reply{Key: "result", Text: "Mycket BRA"}), "need tried result why spread tags"},
		{replies(idea.Reply{Key: "tried", Text: "no"}, idea.Reply{Key: "result", Text: "bra"}), "need tried spread tags"}, // what is not asked leads nowhere
	}
	for _, test := range tests {
		if got := strings.Join(pathOf(s, test.replies), " "); got != test.want {
			t.Errorf("%v: %s, want %s", test.replies, got, test.want)
		}
	}
}

func TestGist(t *testing.T) {
	s := talkSet()
	held := idea.Held{"need": "gammalt", "whom": "alla", idea.FieldTags: "a b", idea.FieldUnit: "Skola"}
	type fields = map[idea.Field]string
	tests := map[string]struct {
		replies idea.Replies
		now     idea.Held
		want    idea.Gist
	}{
		"nothing": {nil, held, idea.Gist{Fields: fields{}}},
		"as it stood": {replies(idea.Reply{Key: "need", Text: "gammalt", Seen: "gammalt"}, idea.Reply{Key: "tags", Text: "a b", Seen: "a b"}),
			held, idea.Gist{Fields: fields{}}},
		"another": {replies(idea.Reply{Key: "need", Text: "nytt", Seen: "gammalt"}), held, idea.Gist{Fields: fields{"need": "nytt"}}},
		"emptied": {replies(idea.Reply{Key: "need", Seen: "gammalt"}), held, idea.Gist{Fields: fields{"need": ""}}},
		"below": {replies(idea.Reply{Key: "tried", Text: "yes"}, idea.Reply{Key: "result", Text: "gick bra"}, idea.Reply{Key: "why", Text: "Väl\nförberett"}), held,
			idea.Gist{Fields: fields{"need": "gammalt\n\nresult? gick bra"}, Note: "why?\nVäl\nförberett"}},
		"below another": {replies(idea.Reply{Key: "need", Text: "nytt", Seen: "gammalt"}, idea.Reply{Key: "tried", Text: "yes"}, idea.Reply{Key: "result", Text: "trist"}),
			held, idea.Gist{Fields: fields{"need": "nytt\n\nresult? trist"}}},
		"not asked any more": {replies(idea.Reply{Key: "tried", Text: "no"}, idea.Reply{Key: "result", Text: "trist"}), held, idea.Gist{Fields: fields{}}},
		"adds":               {replies(idea.Reply{Key: "spread", Text: "fler"}), held, idea.Gist{Fields: fields{"whom": "alla\n\nspread? fler"}}},
		"adds to nothing":    {replies(idea.Reply{Key: "spread", Text: "fler"}), idea.Held{}, idea.Gist{Fields: fields{"whom": "spread? fler"}}},
		"tags":               {replies(idea.Reply{Key: "tags", Text: "b c", Seen: "a b"}), held, idea.Gist{Fields: fields{}, Tags: []string{"c", "-a"}}},
		"kept while somebody else changed it": {replies(idea.Reply{Key: "need", Text: "gammalt", Seen: "gammalt"}),
			idea.Held{"need": "andras"}, idea.Gist{Fields: fields{}}},
		"both said the same": {replies(idea.Reply{Key: "need", Text: "nytt", Seen: "gammalt"}), idea.Held{"need": "nytt"}, idea.Gist{Fields: fields{}}},
		"clash": {replies(idea.Reply{Key: "need", Text: "nytt", Seen: "gammalt"}), idea.Held{"need": "andras"},
			idea.Gist{Fields: fields{"need": "nytt"}, Clashes: []idea.Clash{{Question: s.Questions[0], Now: "andras", Mine: "nytt"}}}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := s.Gist(test.replies, test.now, "sv"); !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}

// TestGistProperty: whatever is answered in whatever order, and whatever others
// change meanwhile, nothing that somebody else wrote goes without a clash, an
// answer that is settled does not clash again, and questions that are not asked
// change nothing.
func TestGistProperty(t *testing.T) {
	s := talkSet()
	word := rapid.SampledFrom([]string{"", "yes", "no", "bra", "ett", "två", "a b", "b c"})
	rapid.Check(t, func(t *rapid.T) {
		before := idea.Held{}
		now := idea.Held{}
		for _, f := range []idea.Field{"need", "whom", idea.FieldTags, idea.FieldUnit} {
			before[f] = word.Draw(t, "before")
			now[f] = before[f]
			if rapid.Bool().Draw(t, "changed by others") {
				now[f] = word.Draw(t, "now")
			}
		}
		r := idea.Replies{}
		for range rapid.IntRange(0, 12).Draw(t, "answers") {
			path := s.Path(r)
			q := path[rapid.IntRange(0, len(path)-1).Draw(t, "question")]
			text, seen := s.Default(q, r, before)
			if rapid.Bool().Draw(t, "said") {
				text = word.Draw(t, "text")
			}
			r[q.Key] = idea.Reply{Key: q.Key, Text: text, Seen: seen}
		}
		gist := s.Gist(r, now, "sv")
		clashing := map[idea.Field]bool{}
		for _, c := range gist.Clashes {
			clashing[c.Question.Fills] = true
		}
		for f, text := range gist.Fields {
			if now[f] != before[f] && !clashing[f] && !strings.HasPrefix(text, now[f]) {
				t.Fatalf("%s: %q goes without a word for %q", f, now[f], text)
			}
		}
		asked := s.Path(r)
		only := maps.Clone(r)
		maps.DeleteFunc(only, func(key string, _ idea.Reply) bool {
			return !slices.ContainsFunc(asked, func(q idea.Question) bool { return q.Key == key })
		})
		if again := s.Gist(only, now, "sv"); !reflect.DeepEqual(again, gist) {
			t.Fatalf("what is not asked counts: %+v and %+v", gist, again)
		}
		for _, c := range gist.Clashes {
			r[c.Question.Key] = c.Settle(c.Mine)
		}
		if again := s.Gist(r, now, "sv"); len(again.Clashes) > 0 || !reflect.DeepEqual(again.Fields, gist.Fields) {
			t.Fatalf("%+v does not settle %+v", again, gist)
		}
	})
}

func TestChooseQuestions(t *testing.T) {
	set := func(name string, kinds []idea.GiverKind, own bool, stages ...string) idea.QuestionSet {
		return idea.QuestionSet{Name: name, Kinds: kinds, Stages: stages, Own: own}
	}
	company := []idea.GiverKind{idea.Company}
	all := []idea.QuestionSet{set("any", nil, false), set("company", company, false, "active"), set("dialogue", company, false, "dialogue"),
		set("test", nil, false, "test"), set("mine", nil, true, "test")}
	p := idea.DefaultProcess()
	for _, test := range []struct {
		kind  idea.GiverKind
		stage idea.StageKey
		want  string
	}{
		{idea.Company, "dialogue", "dialogue"}, {idea.Company, "development", "company"}, {idea.Other, "development", "any"},
		{idea.Company, "test", "mine"}, {idea.Company, "closed", "any"},
	} {
		stage, err := p.Stage(test.stage)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := idea.ChooseQuestions(all, test.kind, stage); got.Name != test.want {
			t.Errorf("%s in %s are asked with %s, want %s", test.kind, test.stage, got.Name, test.want)
		}
	}
	if _, found := idea.ChooseQuestions(nil, idea.Other, p[0]); found {
		t.Error("there is a set where there is none")
	}
}
