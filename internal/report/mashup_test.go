package report_test

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"sluss/internal/idea"
	"sluss/internal/report"
)

func guests(kind idea.OrganisationKind, organisation string, status idea.Attendance, n int) []idea.Participant {
	out := make([]idea.Participant, n)
	for k := range out {
		out[k] = idea.Participant{Kind: kind, Organisation: organisation, Status: status}
	}
	return out
}

func together(all ...[]idea.Participant) (out []idea.Participant) {
	for _, some := range all {
		out = append(out, some...)
	}
	return out
}

func TestMashupFigures(t *testing.T) {
	m := report.Mashup{
		Participants: together(guests("own", "Helsingborgs stad", "came", 10), guests("municipality", "Lund", "came", 4), guests("municipality", "LUND", "came", 1),
			guests("municipality", "Malmö", "absent", 2), guests("region", "Region Skåne", "invited", 6), guests("company", "X AB", "cancelled", 1)),
		Sessions: []idea.Session{{Kind: "talk", Idea: 3}, {Kind: "workshop", Idea: 3, Story: 1}, {Kind: "break"}, {Kind: "talk"}},
		Outcomes: []idea.MashupOutcome{{Organisation: "Lund"}},
	}
	f := m.Figures()
	if f.Invited.N != 24 || f.Signed.N != 17 || f.Came.N != 15 || !f.Counted || math.Abs(f.Share-15.0/17) > 1e-9 {
		t.Errorf("people: %+v", f)
	}
	if f.Organisations != 2 || f.Municipalities != 1 || f.Sessions != 3 || f.Ideas != 1 || f.Stories != 1 || f.Outcomes != 1 || !math.IsNaN(f.Grade.Value) {
		t.Errorf("the rest: %+v", f)
	}
	if got := f.Present(idea.OtherMunicipality); got != (report.People{N: 5}) {
		t.Errorf("from other municipalities: %+v", got)
	}
	if got := f.Kind("municipality"); got.Organisations != 2 || got.Invited.N != 7 || got.Signed.N != 7 || got.Came.N != 5 {
		t.Errorf("other municipalities: %+v", got)
	}
	planned := report.Mashup{Participants: guests("municipality", "Lund", "signed-up", 2)}.Figures()
	if planned.Counted || !math.IsNaN(planned.Share) || planned.Organisations != 1 || planned.Present(idea.OtherMunicipality).N != 2 {
		t.Errorf("before it is held: %+v", planned)
	}
}

func TestMashupGrade(t *testing.T) {
	for _, tt := range []struct {
		all     []idea.Evaluation
		value   float64
		answers int
	}{
		{nil, math.NaN(), 0},
		{[]idea.Evaluation{{Answers: 48, Grade: "4.3", Scale: "5"}, {Question: "a", Answers: 9, Grade: "1", Scale: "10"}}, 4.3, 48},
		{[]idea.Evaluation{{Question: "a", Answers: 30, Grade: "4", Scale: "5"}, {Question: "b", Answers: 10, Grade: "2", Scale: "5"}}, 3.5, 30},
		{[]idea.Evaluation{{Question: "a", Answers: 30, Grade: "4", Scale: "5"}, {Question: "b", Answers: 10, Grade: "2", Scale: "10"}}, math.NaN(), 0},
	} {
		g := report.Mashup{Evaluations: tt.all}.Figures().Grade
		if same := g.Value == tt.value || math.IsNaN(g.Value) && math.IsNaN(tt.value); !same || g.Answers != tt.answers {
			t.Errorf("%+v: %+v", tt.all, g)
		}
	}
	f := report.Mashup{Evaluations: []idea.Evaluation{{Answers: 4, Grade: "4.3", Scale: "5"}}}.Figures()
	if g := f.Spreadable(5).Grade; !g.Hidden || !math.IsNaN(g.Value) || g.Answers != 0 {
		t.Errorf("of four answers: %+v", g)
	}
	if g := f.Spreadable(4).Grade; g.Hidden || g.Value != 4.3 {
		t.Errorf("of four, when four are enough: %+v", g)
	}
}

// TestSpreadableMashup tells that what is shown never gives a small number of
// people away, not even as what is missing in the sum.
func TestSpreadableMashup(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var people []idea.Participant
		for _, kind := range idea.OrganisationKinds() {
			for _, status := range idea.Attendances() {
				people = append(people, guests(kind, "O", status, rapid.IntRange(0, 8).Draw(t, fmt.Sprint(kind, status)))...)
			}
		}
		least := rapid.IntRange(0, 6).Draw(t, "least")
		m := report.Mashup{Participants: people}
		whole := m.Figures()
		shown := whole.Spreadable(least)
		for name, part := range map[string]func(report.KindFigures) report.People{
			"invited": func(k report.KindFigures) report.People { return k.Invited },
			"signed":  func(k report.KindFigures) report.People { return k.Signed },
			"came":    func(k report.KindFigures) report.People { return k.Came },
		} {
			hidden, missing := 0, 0
			for k := range shown.Kinds {
				p, truth := part(shown.Kinds[k]), part(whole.Kinds[k])
				switch {
				case p.Hidden && p.N != 0:
					t.Fatalf("%s: a hidden number is there: %+v", name, p)
				case p.Hidden:
					hidden, missing = hidden+1, missing+truth.N
				case p != truth:
					t.Fatalf("%s: %+v is shown for %+v", name, p, truth)
				case 0 < p.N && p.N < least:
					t.Fatalf("%s: %d is shown, fewer than %d", name, p.N, least)
				}
			}
			rest := false // somebody is left whom hiding would help
			for k := range shown.Kinds {
				p := part(shown.Kinds[k])
				rest = rest || !p.Hidden && p.N > 0
			}
			if hidden > 0 && rest && (hidden < 2 || missing < least) {
				t.Fatalf("%s: %d kinds of %d people are hidden, which the sum tells", name, hidden, missing)
			}
		}
	})
}
