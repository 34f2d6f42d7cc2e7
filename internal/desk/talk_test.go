package desk_test

import (
	"testing"

	"sluss/internal/desk"
	"sluss/internal/idea"
)

func talkAbout(keys ...idea.Field) (s idea.QuestionSet) {
	for _, key := range keys {
		s.Questions = append(s.Questions, idea.Question{Key: string(key), Fills: key, Ask: idea.Names{EN: "?", SV: "?"}})
	}
	return s
}

// drafts is the ideas that a coach has drafts of talks about.
func (o *office) drafts(who string) (numbers []int64) {
	o.Helper()
	talks, err := o.desk(who).Talks(o.Context())
	o.must(err)
	for _, t := range talks {
		numbers = append(numbers, t.Idea)
	}
	return numbers
}

func (o *office) keep(who string, r idea.Reply) {
	o.Helper()
	o.must(o.desk(who).KeepReply(o.Context(), 1, "name: x", r))
}

// TestTalkIsKeptApart: drafts are each coach's own, no history, and in nobody's
// way.
func TestTalkIsKeptApart(t *testing.T) {
	o := newOffice(t)
	o.add(idea.Draft{Title: "Solceller", Kind: idea.Resident})
	o.keep("Åsa", idea.Reply{Key: "need", Text: "ett"})
	o.keep("Åsa", idea.Reply{Key: "need", Text: "två"})
	o.keep("Bo", idea.Reply{Key: "need", Text: "tre"})
	sitting, err := o.desk("Åsa").Sit(t.Context(), 1)
	o.must(err)
	if sitting.Draft == nil || sitting.Draft.Replies["need"].Text != "två" || len(sitting.Draft.Replies) != 1 {
		t.Errorf("the draft is %+v", sitting.Draft)
	}
	if sitting.Draft.Questions != "name: x" || !sitting.Draft.Changed.Equal(o.now) {
		t.Errorf("the draft is %+v", sitting.Draft)
	}
	lines, err := o.desk("Åsa").Log(t.Context(), 0, 9)
	o.must(err)
	if len(lines) != 1 {
		t.Errorf("drafts are in the history: %+v", lines)
	}
	o.must(o.desk("Åsa").DropTalks(t.Context(), 1))
	o.refused(o.desk("Åsa").DropTalks(t.Context(), 1), idea.NotFound, "no draft")
	if len(o.drafts("Åsa")) != 0 || len(o.drafts("Bo")) != 1 {
		t.Error("the draft of another coach was dropped")
	}
	_, err = o.desk("Åsa").Undo(t.Context(), 0) // of the idea itself
	o.must(err)
	if got := o.drafts("Bo"); len(got) != 1 {
		t.Errorf("a draft about an idea that is gone is lost: %v", got)
	}
	_, err = o.desk("Bo").SaveTalk(t.Context(), 1, talkAbout("need"), idea.Replies{"need": {Key: "need", Text: "tre"}}, "sv")
	o.refused(err, idea.NotFound, "1")
	if len(o.drafts("Bo")) != 1 {
		t.Error("a draft that could not be saved is lost")
	}
}

// TestSaveTalk: all answers are one command that undo takes back whole, a clash
// saves nothing and keeps the draft, and the draft goes when it is saved.
func TestSaveTalk(t *testing.T) {
	o := newOffice(t)
	_, err := o.desk("Åsa").AddUnit(t.Context(), "Skola", idea.Administration, "")
	o.must(err)
	o.add(idea.Draft{Title: "Solceller", Kind: idea.Resident, Sections: map[idea.Section]string{idea.Need: "gammalt"}, Tags: []string{"el"}})
	before := o.card(1)
	set := talkAbout("need", "whom", idea.FieldNote, idea.FieldTags, idea.FieldUnit, idea.FieldType, idea.FieldBenefits)
	replies := idea.Replies{
		"need": {Key: "need", Text: "nytt", Seen: "gammalt"}, "whom": {Key: "whom", Text: "alla"}, "note": {Key: "note", Text: "En not"},
		"tags": {Key: "tags", Text: "sol", Seen: "el"}, "unit": {Key: "unit", Text: "Skola"},
		"type": {Key: "type", Text: "service"}, "benefits": {Key: "benefits", Text: "quality, efficiency"},
	}
	for _, r := range replies {
		o.keep("Åsa", r)
	}
	_, err = o.desk("Bo").Edit(t.Context(), []int64{1}, desk.Edit{Fields: map[idea.Field]string{idea.Field(idea.Need): "Bos"}})
	o.must(err)
	_, err = o.desk("Åsa").SaveTalk(t.Context(), 1, set, replies, "sv")
	o.refused(err, idea.Refused, "need")
	if c := o.card(1); c.Sections[idea.Whom] != "" || c.Sections[idea.Need] != "Bos" || len(o.drafts("Åsa")) != 1 {
		t.Errorf("a clash changed %+v, drafts %v", c.Sections, o.drafts("Åsa"))
	}
	_, err = o.desk("Bo").Undo(t.Context(), 0)
	o.must(err)
	cards, err := o.desk("Åsa").SaveTalk(t.Context(), 1, set, replies, "sv")
	o.must(err)
	c := cards[0]
	if c.Sections[idea.Need] != "nytt" || c.Sections[idea.Whom] != "alla" || len(c.Notes) != 1 || c.UnitName != "Skola" ||
		len(c.Tags) != 1 || c.Tags[0] != "sol" || c.Type != "service" || len(c.Benefits) != 2 {
		t.Errorf("saved was %+v", c)
	}
	if len(o.drafts("Åsa")) != 0 {
		t.Error("the draft is still there")
	}
	_, err = o.desk("Åsa").Undo(t.Context(), 0)
	o.must(err)
	after := o.card(1)
	if after.Sections[idea.Need] != before.Sections[idea.Need] || after.Sections[idea.Whom] != "" || len(after.Notes) != 0 || after.Unit != 0 ||
		len(after.Tags) != 1 || after.Tags[0] != "el" || after.Type != "" || len(after.Benefits) != 0 {
		t.Errorf("undo left %+v", after)
	}
}
