package report

import (
	"math"
	"slices"

	"sluss/internal/idea"
)

// Mashup is a mashup with all that belongs to it.
type Mashup struct {
	idea.Mashup
	Sessions     []idea.Session
	Participants []idea.Participant
	Outcomes     []idea.MashupOutcome
	Evaluations  []idea.Evaluation
}

// People is a number of people, which may be kept back because it is small.
type People struct {
	N      int
	Hidden bool
}

// Grade is how those who took part judged a mashup. Value is NaN when there is
// no grade, or it is kept back because few answered.
type Grade struct {
	Value   float64
	Scale   float64 // the best that could be given
	Answers int     // at least so many people answered
	Hidden  bool
}

// MashupFigures is a mashup in figures.
type MashupFigures struct {
	idea.Mashup
	Counted bool   // it is recorded who came
	Invited People // all on the list
	Signed  People // those who signed up and did not cancel
	Came    People
	Share   float64 // that came, of those who had signed up; NaN when it is not known or kept back

	Organisations  int // of those who came, or of those who signed up until that is recorded
	Municipalities int // other ones among these

	Kinds    []KindFigures // by kind of organisation, those with anybody on the list
	Sessions int           // without breaks
	Ideas    int           // that sessions show
	Stories  int           // that sessions show
	Outcomes int
	Grade    Grade
}

// KindFigures is the participants from one kind of organisation.
type KindFigures struct {
	Kind                  idea.OrganisationKind
	Organisations         int // on the list
	Invited, Signed, Came People
}

// Figures counts a mashup.
func (m Mashup) Figures() MashupFigures {
	f := MashupFigures{Mashup: m.Mashup, Invited: People{N: len(m.Participants)}, Share: math.NaN(), Outcomes: len(m.Outcomes), Grade: grade(m.Evaluations)}
	for _, p := range m.Participants {
		f.Counted = f.Counted || p.Status == idea.Came || p.Status == idea.Absent
		if p.Status.Expected() {
			f.Signed.N++
		}
		if p.Status == idea.Came {
			f.Came.N++
		}
	}
	if f.Counted {
		f.Share = share(f.Came.N, f.Signed.N)
	}
	present := func(p idea.Participant) bool {
		return p.Status == idea.Came || !f.Counted && p.Status.Expected()
	}
	f.Organisations = organisations(m.Participants, present)
	f.Municipalities = organisations(m.Participants, func(p idea.Participant) bool { return present(p) && p.Kind == idea.OtherMunicipality })
	f.Kinds = kindFigures(m.Participants)
	ideas, stories := map[int64]bool{}, map[int64]bool{}
	for _, s := range m.Sessions {
		if s.Kind != idea.BreakSession {
			f.Sessions++
		}
		ideas[s.Idea], stories[s.Story] = true, true
	}
	delete(ideas, 0)
	delete(stories, 0)
	f.Ideas, f.Stories = len(ideas), len(stories)
	return f
}

// organisations counts those of different names among participants that fit.
func organisations(all []idea.Participant, fits func(idea.Participant) bool) int {
	names := map[string]bool{}
	for _, p := range all {
		if p.Organisation != "" && fits(p) {
			names[idea.Fold(p.Organisation)] = true
		}
	}
	return len(names)
}

func kindFigures(all []idea.Participant) (out []KindFigures) {
	for _, kind := range idea.OrganisationKinds() {
		k := KindFigures{Kind: kind, Organisations: organisations(all, func(p idea.Participant) bool { return p.Kind == kind })}
		for _, p := range all {
			if p.Kind != kind {
				continue
			}
			k.Invited.N++
			if p.Status.Expected() {
				k.Signed.N++
			}
			if p.Status == idea.Came {
				k.Came.N++
			}
		}
		if k.Invited.N > 0 {
			out = append(out, k)
		}
	}
	return out
}

// grade is the mean for the mashup as a whole, and else that of all answers to
// its questions, if they have one scale.
func grade(all []idea.Evaluation) Grade {
	g := Grade{Value: math.NaN()}
	sum, weight := 0.0, 0.0
	for _, e := range all {
		value, _ := e.Grade.Float()
		scale, _ := e.Scale.Float()
		if e.Question == "" {
			return Grade{Value: value, Scale: scale, Answers: e.Answers}
		}
		if weight > 0 && g.Scale != scale {
			return Grade{Value: math.NaN()}
		}
		g.Scale, g.Answers = scale, max(g.Answers, e.Answers)
		sum, weight = sum+value*float64(e.Answers), weight+float64(e.Answers)
	}
	if weight > 0 {
		g.Value = sum / weight
	}
	return g
}

// Kind is the figures of one kind of organisation; zero for one that nobody
// comes from.
func (f MashupFigures) Kind(kind idea.OrganisationKind) KindFigures {
	for _, k := range f.Kinds {
		if k.Kind == kind {
			return k
		}
	}
	return KindFigures{Kind: kind}
}

// Present is how many came from a kind of organisation, or signed up until it is
// recorded who came.
func (f MashupFigures) Present(kind idea.OrganisationKind) People {
	if f.Counted {
		return f.Kind(kind).Came
	}
	return f.Kind(kind).Signed
}

// Spreadable is the figures as they may be spread: the numbers of people, in all
// and by kind of organisation, are kept back as in [Suppress], and a mean of fewer
// than least answers, which is close to what one of them said.
func (f MashupFigures) Spreadable(least int) MashupFigures {
	for _, all := range []*People{&f.Invited, &f.Signed, &f.Came} {
		if 0 < all.N && all.N < least {
			*all = People{Hidden: true}
		}
	}
	if f.Signed.Hidden || f.Came.Hidden {
		f.Share = math.NaN()
	}
	f.Kinds = slices.Clone(f.Kinds)
	for _, part := range []func(*KindFigures) *People{
		func(k *KindFigures) *People { return &k.Invited },
		func(k *KindFigures) *People { return &k.Signed },
		func(k *KindFigures) *People { return &k.Came },
	} {
		column := make([]*People, len(f.Kinds))
		for k := range f.Kinds {
			column[k] = part(&f.Kinds[k])
		}
		keepBack(column, least)
	}
	if 0 < f.Grade.Answers && f.Grade.Answers < least {
		f.Grade = Grade{Value: math.NaN(), Scale: f.Grade.Scale, Hidden: true}
	}
	return f
}

// keepBack hides the small ones of several numbers whose sum is known.
func keepBack(column []*People, least int) {
	counting := &Measure{Statistic: Count, People: true}
	figures := make([]*Figure, len(column)+1)
	total := 0
	for k, p := range column {
		figures[k] = &Figure{Measure: counting, N: p.N}
		total += p.N
	}
	figures[len(column)] = &Figure{Measure: counting, N: total}
	hideSmall(figures, true, least)
	for k, p := range column {
		if figures[k].Hidden {
			*p = People{Hidden: true}
		}
	}
}
