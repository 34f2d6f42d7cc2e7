package report

import (
	"cmp"
	"slices"

	"sluss/internal/idea"
)

const acceptedLooks = idea.LookReceived | idea.LookStages | idea.LookDecisions

// outcomes is what became real, of what came in and of what was accepted. Both
// are in use and differ, so both are named.
func outcomes(f *Facts) []Measure {
	realised := func(s Scope, l *Life) bool { return l.was(s.Until, idea.Realised) }
	accepted := func(s Scope) []*Life { return keep(s.cohort(), func(l *Life) bool { return l.accepted(s.Until) }) }
	return []Measure{
		realisedMeasure(),
		receivedMeasure(),
		{Key: "accepted", Name: idea.Say("accepted of those received"), Statistic: Share, Unit: Percent, Better: Higher, Looks: acceptedLooks,
			Definition: "Ideas received in the period that a forum let go to test or introduction, or that came there or were realised, of all received in it.",
			Formula:    idea.Say("N(accepted) / N(received)"), Source: wilsonText,
			Of: func(s Scope) []Item { return parted(s.cohort(), func(l *Life) bool { return l.accepted(s.Until) }) }},
		{Key: "realised_of_received", Name: idea.Say("realised of those received"), Statistic: Share, Unit: Percent, Better: Higher, Looks: acceptedLooks,
			Definition: "Ideas received in the period that have been realised, of all received in it. Young ideas have had little time.",
			Formula:    idea.Say("N(realised) / N(received)"), Source: wilsonText,
			Of: func(s Scope) []Item { return parted(s.cohort(), func(l *Life) bool { return realised(s, l) }) }},
		{Key: "realised_of_accepted", Name: idea.Say("realised of those accepted"), Statistic: Share, Unit: Percent, Better: Higher, Looks: acceptedLooks,
			Definition: "Ideas received in the period that have been realised, of those received in it that were accepted.",
			Formula:    idea.Say("N(realised) / N(accepted)"), Source: wilsonText,
			Of: func(s Scope) []Item { return parted(accepted(s), func(l *Life) bool { return realised(s, l) }) }},
		perHundred(f),
	}
}

// was tells whether the idea was in a stage of a kind by the end of a day.
func (l *Life) was(until idea.Day, k idea.StageKind) bool {
	return slices.ContainsFunc(l.Visits, func(v Visit) bool { return v.Stage.Kind == k && v.Day <= until })
}

// accepted tells whether a forum let the idea go to test or introduction, or it
// came there.
func (l *Life) accepted(until idea.Day) bool {
	for _, k := range []idea.StageKind{idea.Testing, idea.Introduction, idea.Realised} {
		if l.was(until, k) {
			return true
		}
	}
	return slices.ContainsFunc(l.Decisions, func(d idea.Decision) bool {
		return d.Day <= until && (d.Resolution == idea.ToTest || d.Resolution == idea.ToIntroduce)
	})
}

func perHundred(f *Facts) Measure {
	return Measure{Key: "per_100_employees", Name: idea.Say("ideas per 100 employees"), Statistic: Rate, Unit: Hundred, Better: Higher, Looks: idea.LookReceived | idea.LookTraits | homesOf(f),
		Definition: "Ideas from employees received in the period for each 100 employees of the open units whose number of employees is known. An idea belongs to the unit where its giver works, else to the one that it concerns.",
		Formula:    idea.Say("100 × N(received from employees) / employees"),
		Source:     "The idea quota of German idea management (Ideenquote).",
		Of: func(s Scope) []Item {
			return counted(s.received(s.Employees), func(l *Life) bool {
				return slices.ContainsFunc(s.Employers, func(u idea.Unit) bool { return u.ID == l.works() })
			})
		},
		Per: func(s Scope) (employees float64) {
			for _, u := range s.Employers {
				employees += float64(u.Employees)
			}
			return employees
		}}
}

// homesOf is what is looked at to know where givers work: nothing when no number
// of employees is known.
func homesOf(f *Facts) idea.Look {
	if len(f.Employers) == 0 {
		return idea.LookNowhere
	}
	return idea.LookGivers | idea.LookHomes
}

// works is the unit that an idea of an employee comes from.
func (l *Life) works() int64 {
	if l.Home != 0 {
		return l.Home
	}
	return l.Unit
}

const closedLooks = idea.LookClosed | idea.LookStages | idea.LookTraits

// endings is why ideas were closed.
func endings(*Facts) (out []Measure) {
	closed := func(s Scope) (out []*Life) {
		for _, l := range s.Ideas {
			if at := l.at(s.Until); at != nil && at.Kind == idea.Closed && s.has(l.lastClosed(s.Until)) {
				out = append(out, l)
			}
		}
		return out
	}
	out = append(out, Measure{Key: "closed_still", Name: idea.Say("closed and still so"), Statistic: Count, Looks: closedLooks,
		Definition: "Ideas that were closed in the period and are closed still. Those merged into others are counted with them.",
		Formula:    idea.Say("N(from ≤ last move to closed < to)"),
		Of:         func(s Scope) []Item { return counted(closed(s), nil) }})
	for _, r := range idea.Reasons() {
		name := idea.Word(r)
		out = append(out,
			Measure{Key: "closed_reason", Item: string(r), Name: idea.Say("closed: %s", name), Row: idea.Say("%s", name), Column: idea.Say("count"), Statistic: Count, Looks: closedLooks,
				Definition: "Ideas that were closed in the period and are closed still, by the reason that they have now.",
				Formula:    idea.Say("N(closed with the reason)"),
				Of:         func(s Scope) []Item { return counted(closed(s), func(l *Life) bool { return l.Reason == r }) }},
			Measure{Key: "closed_reason_share", Item: string(r), Name: idea.Say("share closed: %s", name), Row: idea.Say("%s", name), Column: idea.Say("of closed"), Statistic: Share, Unit: Percent, Minor: true, Looks: closedLooks,
				Definition: "Ideas closed for the reason, of those that were closed in the period and are closed still.",
				Formula:    idea.Say("N(closed with the reason) / N(closed)"), Source: wilsonText,
				Of: func(s Scope) []Item { return parted(closed(s), func(l *Life) bool { return l.Reason == r }) }})
	}
	return append(out, Measure{Key: "closed_told", Name: idea.Say("closed and the giver told"), Statistic: Share, Unit: Percent, Better: Higher, Looks: closedLooks,
		Definition: "Ideas whose giver has got an answer, of those that were closed in the period and are closed still.",
		Formula:    idea.Say("N(closed, answered) / N(closed)"), Source: wilsonText,
		Of: func(s Scope) []Item {
			return parted(closed(s), func(l *Life) bool { return l.answered(s.Until) != "" })
		}})
}

// lastClosed is the day of the last move to a closed stage; empty if the idea
// was closed when it was taken in.
func (l *Life) lastClosed(until idea.Day) (day idea.Day) {
	for k, v := range l.Visits {
		if k > 0 && v.Day <= until && v.Stage.Kind == idea.Closed && l.Visits[k-1].Stage.Kind != idea.Closed {
			day = v.Day
		}
	}
	return day
}

// RealisedIdea is an idea with the day on which it was realised.
type RealisedIdea struct {
	*Life
	On idea.Day
}

// Realised is the ideas that were realised in a period and are so still, in the
// order of the days.
func (f *Facts) Realised(p idea.Period) (out []RealisedIdea) {
	s := f.scope(p, f.Today)
	for _, l := range s.Ideas {
		stage, since := l.stay(s.Until)
		if stage.Kind == idea.Realised && s.has(since) && len(l.Visits) > 1 {
			out = append(out, RealisedIdea{l, since})
		}
	}
	slices.SortStableFunc(out, func(a, b RealisedIdea) int { return cmp.Compare(a.On, b.On) })
	return out
}
