package report

import (
	"slices"

	"sluss/internal/idea"
)

// Name names a report.
type Name string

// The reports.
const (
	Overview  Name = "overview"
	Funnel    Name = "funnel"
	Flow      Name = "flow"
	Time      Name = "time"
	Answers   Name = "answers"
	Units     Name = "units"
	Givers    Name = "givers"
	Outcome   Name = "realised"
	Tests     Name = "tests"
	EffectsOf Name = "effect"
	Anchoring Name = "anchoring"
	Coaches   Name = "coaches"
	Reasons   Name = "closed"
	AgingOf   Name = "aging"
	Trend     Name = "trend"
	Explain   Name = "explain"
)

// Names lists the reports in the order in which they are shown.
func Names() []Name {
	return []Name{Overview, Funnel, Flow, Time, Answers, Units, Givers, Outcome, Tests, EffectsOf, Anchoring, Coaches, Reasons, AgingOf}
}

// Title is what a report is called.
func (n Name) Title() idea.Word { return specOf(n).title }

// Short says in a line what a report tells.
func (n Name) Short() idea.Word { return specOf(n).short }

// spec says what a report is made of.
type spec struct {
	title, short idea.Word
	parts        []part
	more         func(*Report, Scope)
	besides      idea.Look // what more looks at, beyond the measures
}

// looks is what more looks at.
func (s spec) looks(f *Facts) idea.Look {
	looks := s.besides | idea.LookNowhere
	if looks.Has(idea.LookTitles) && f.SixMonths { // what waits is marked
		looks |= undecidedLooks
	}
	return looks
}

// part is a table of a report. It goes by what is asked for, unless it is
// fixed; when nothing is asked for it goes by what is usual for it.
type part struct {
	measures func(*Facts) []Measure
	by       By
	fixed    bool
}

func (p part) way(asked By) By {
	if p.fixed || asked == ByNothing {
		return p.by
	}
	return asked
}

func whole(measures func(*Facts) []Measure) []part { return []part{{measures: measures}} }

func nothingMore(*Report, Scope) {}

func specOf(n Name) spec {
	switch n {
	case Funnel:
		return spec{"Funnel", "How far the ideas of a period have come", whole(funnel), nothingMore, 0}
	case Flow:
		return spec{"Flow", "What came, moved and went in a period", whole(flow),
			func(r *Report, s Scope) { r.Weeks = weeks(s) }, everyStay}
	case Time:
		return spec{"Time", "How long things take, and how long what has not ended has waited", whole(times),
			func(r *Report, s Scope) { r.Curves, r.Spreads = curves(s), spreads(s) }, 0}
	case Answers:
		return spec{"Answers", "How the promise of a first answer is kept, and who waits",
			whole(func(f *Facts) []Measure { return append(answers(f), undecided(f)...) }),
			func(r *Report, s Scope) { r.Waiting = waiting(s); r.Waits = len(r.Waiting) }, idea.LookReceived | idea.LookTitles}
	case Units:
		return spec{"Coverage", "Which units, kinds of givers and networks gave ideas and got activities and tests",
			[]part{{covered, ByNothing, true}, {coverage, ByUnit, false}, {coverage, ByKind, true}, {coverage, ByNetwork, true}}, nothingMore, 0}
	case Givers:
		return spec{"Givers", "Who gives ideas, again or for the first time", []part{{givers, ByNothing, true}, {givers, ByKind, false}}, nothingMore, 0}
	case Outcome:
		return spec{"Realised", "What became real, of what came in and of what was accepted", whole(outcomes), nothingMore, 0}
	case Tests:
		return spec{"Tests", "Tests, what came of them and what they cost", whole(trials), nothingMore, 0}
	case EffectsOf:
		return spec{"Effects", "What was planned against what was seen", whole(effects), nothingMore, 0}
	case Anchoring:
		return spec{"Anchoring", "Activities and participants by unit and network",
			[]part{{anchoring, ByNothing, true}, {anchoring, ByUnit, false}, {anchoring, ByNetwork, true}}, nothingMore, 0}
	case Coaches:
		return spec{"Coaches", "What each coach holds, and how old it is", []part{{load, ByCoach, false}}, nothingMore, 0}
	case Reasons:
		return spec{"Closed", "Why ideas were closed, and whether the givers heard of it", whole(endings), nothingMore, 0}
	case Trend:
		return spec{"Trend", "Any figures over weeks, months, quarters or years", nil, nothingMore, 0}
	case Explain:
		return spec{"Explanation", "What a figure means, and which ideas it counts", nil, nothingMore, 0}
	case Targets:
		return spec{"Targets", "Goal, outcome and trend of each target", nil, nothingMore, 0}
	case AgingOf:
		return spec{"Aging", "Ideas in hand against how long others stood in their stage", nil,
			func(r *Report, s Scope) { r.Aging = aging(s) }, everyStay | idea.LookTitles}
	}
	return spec{"Overview", "The figures that a coach needs, each beside those of the period before", whole(overview),
		func(r *Report, s Scope) { r.Waiting, r.Waits = longest(s) }, idea.LookIdeas | idea.LookTitles}
}

// overview is the handful of figures that a coach needs.
func overview(f *Facts) []Measure {
	out := []Measure{receivedMeasure()}
	out = append(out, receivedFrom()...)
	out = append(out, standings(f)...)
	out = append(out, inTime())
	for _, d := range []duration{firstAnswer(), decision()} {
		out = append(out, byKey(d.measures(), d.key+"_median"), byKey(d.measures(), d.key+"_km_median"))
	}
	tests := trials(f)
	out = append(out, byKey(tests, "tests_running"), byKey(tests, "tests_finished"), realisedMeasure(), longestWaiting())
	for k := range out {
		out[k].Row, out[k].Column, out[k].Minor = idea.Text{}, idea.Text{}, false
	}
	return out
}

func receivedFrom() (out []Measure) {
	for _, k := range idea.GiverKinds() {
		m := receivedMeasure()
		m.Key, m.Item, m.Name = "received_from", string(k), idea.Say("received from: %s", idea.Word(k))
		m.Definition = "Ideas that came in in the period from givers of a kind, by the day on which they reached us."
		m.Looks |= idea.LookTraits
		m.Of = func(s Scope) []Item { return counted(s.cohort(), func(l *Life) bool { return l.Kind == k }) }
		out = append(out, m)
	}
	return out
}

func byKey(among []Measure, id string) Measure {
	for _, m := range among {
		if m.ID() == id {
			return m
		}
	}
	return Measure{}
}

// Measures lists every measure that the program knows over some facts, each
// once, in the order of the reports.
func Measures(f *Facts) (out []Measure) {
	seen := map[string]bool{}
	add := func(all []Measure) {
		for _, m := range all {
			if !seen[m.ID()] {
				seen[m.ID()] = true
				out = append(out, m)
			}
		}
	}
	for _, n := range Names() {
		for _, p := range specOf(n).parts {
			add(p.measures(f))
		}
	}
	add(own(f, out))
	return out
}

// Wanted gives the measures that words name, each once: ids of measures, and names
// of reports for all of theirs that are not minor. It returns NotFound, with the
// nearest, for any other word.
func Wanted(f *Facts, words []string) (out []Measure, err error) {
	seen := map[string]bool{}
	add := func(all ...Measure) {
		for _, m := range all {
			if !seen[m.ID()] {
				seen[m.ID()] = true
				out = append(out, m)
			}
		}
	}
	for _, word := range words {
		if n := Name(word); slices.Contains(Names(), n) && len(specOf(n).parts) > 0 {
			add(keep(specOf(n).parts[0].measures(f), func(m Measure) bool { return !m.Minor || m.Balance })...)
			continue
		}
		m, err := Find(f, word)
		if err != nil {
			return nil, err
		}
		add(m)
	}
	return out, nil
}

// Find gives the measure of an id, such as received or reached:test. It returns
// NotFound, with the nearest, for any other.
func Find(f *Facts, id string) (Measure, error) {
	var known []string
	for _, m := range Measures(f) {
		if m.ID() == id {
			return m, nil
		}
		known = append(known, m.ID())
	}
	return Measure{}, idea.Unknown("measure", id, known).WithHint("sluss report explain lists the measures")
}
