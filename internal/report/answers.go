package report

import (
	"cmp"
	"slices"
	"time"

	"sluss/internal/idea"
)

// answers is how the promise of a first answer is kept.
func answers(*Facts) []Measure {
	late := func(s Scope, l *Life) bool { return l.answered(s.Until) == "" && s.promised(l) < s.Until }
	out := []Measure{
		inTime(),
		{Key: "answers_inside", Name: idea.Say("still inside the promise"), Statistic: Count, State: true, Looks: idea.LookReceived,
			Definition: "Ideas received in the period whose givers have got no answer while the promised day has not been. They are no failures yet and not in the share.",
			Formula:    idea.Say("N(received in the period, no answer, promised day ≥ as of)"),
			Of: func(s Scope) []Item {
				return counted(s.cohort(), func(l *Life) bool { return l.answered(s.Until) == "" && s.promised(l) >= s.Until })
			}},
		{Key: "answers_late", Name: idea.Say("waiting past the promise"), Statistic: Count, State: true, Better: Lower, Looks: idea.LookReceived,
			Definition: "Ideas received in the period whose givers have got no answer though the promised day has been.",
			Formula:    idea.Say("N(received in the period, no answer, promised day < as of)"),
			Of:         func(s Scope) []Item { return counted(s.cohort(), func(l *Life) bool { return late(s, l) }) }},
		answersGiven(),
		longestWaiting(),
	}
	return append(out, firstAnswer().measures()...)
}

// promised is the day by which the first answer is promised; the end of days
// when nothing is.
func (s Scope) promised(l *Life) idea.Day {
	if s.Promise == nil {
		return "9999-12-31"
	}
	return s.Promise(l.Received)
}

func inTime() Measure {
	return Measure{Key: "answered_in_time", Name: idea.Say("answered within the promise"), Statistic: Share, Unit: Percent, Better: Higher, Looks: idea.LookReceived,
		Definition: "Ideas received in the period whose giver got the first answer by the promised working day, of those that were answered or whose promised day has been. Those still inside it are left out. An idea that is merged into another counts if its own giver was answered.",
		Formula:    idea.Say("N(first answer ≤ promised day) / N(answered or promised day < as of)"),
		Source:     wilsonText,
		Of: func(s Scope) (out []Item) {
			for _, l := range s.cohort() {
				day := l.answered(s.Until)
				if day != "" || s.promised(l) < s.Until {
					out = append(out, Item{ID: l.Number, In: day != "" && day <= s.promised(l)})
				}
			}
			for _, l := range s.received(s.Merged) {
				if day := l.answered(s.Until); day != "" {
					out = append(out, Item{ID: l.Number, In: day <= s.promised(l)})
				}
			}
			return out
		}}
}

func answersGiven() Measure {
	return Measure{Key: "answers_given", Name: idea.Say("first answers given"), Statistic: Count, Looks: idea.LookIdeas,
		Definition: "Ideas whose giver got the first answer in the period, whenever they came in. An idea that is merged into another counts if its own giver was answered.",
		Formula:    idea.Say("N(from ≤ first answer < to)"),
		Of: func(s Scope) []Item {
			return counted(slices.Concat(s.Ideas, s.Merged), func(l *Life) bool { return s.has(l.answered(s.Until)) })
		}}
}

func longestWaiting() Measure {
	return Measure{Key: "longest_waiting", Name: idea.Say("days waited by who waits longest"), Statistic: Longest, Unit: Days, State: true, Better: Lower, Looks: idea.LookIdeas,
		Definition: "Days since the day received of the idea that has waited longest for a first answer at the end of the period, or today if it is not over.",
		Formula:    idea.Say("max(as of − received), no answer"),
		Of: func(s Scope) (out []Item) {
			for _, l := range s.Ideas {
				if l.Received <= s.end() && l.answered(s.end()) == "" {
					out = append(out, Item{ID: l.Number, Value: float64(s.end().Sub(l.Received)), In: true})
				}
			}
			return out
		}}
}

// Waiting is an idea whose giver waits for a first answer.
type Waiting struct {
	Number    int64
	Title     string
	Received  idea.Day
	Days      int // since then
	By        idea.Day
	Late      bool
	SixMonths bool // it has waited for a decision for more than six months
}

// waiting lists those who wait, the oldest first.
func waiting(s Scope) []Waiting {
	out := []Waiting{}
	for _, l := range s.cohort() {
		if l.answered(s.Until) != "" {
			continue
		}
		w := Waiting{Number: l.Number, Title: l.Title, Received: l.Received, Days: s.Until.Sub(l.Received)}
		if s.Promise != nil {
			w.By = s.Promise(l.Received)
			w.Late = w.By < s.Until
		}
		w.SixMonths = s.SixMonths && l.decided(s.Until) == "" && monthsLater(l.Received, 6) < s.Until
		out = append(out, w)
	}
	slices.SortFunc(out, func(a, b Waiting) int {
		return cmp.Or(cmp.Compare(a.Received, b.Received), cmp.Compare(a.Number, b.Number))
	})
	return out
}

// longest is the few who have waited longest of all.
func longest(s Scope) (few []Waiting, all int) {
	waits := waiting(s.over(idea.Period{}, s.end()))
	return waits[:min(len(waits), 3)], len(waits)
}

const undecidedLooks = idea.LookReceived | idea.LookStages | idea.LookDecisions

// undecided is what has waited for a decision for more than six months, after
// which a party may ask for one in writing (Förvaltningslagen 2017:900, 12 §,
// where it applies).
func undecided(f *Facts) []Measure {
	if !f.SixMonths {
		return nil
	}
	return []Measure{{Key: "undecided_six_months", Name: idea.Say("without a decision for six months"), Statistic: Count, State: true, Better: Lower, Looks: undecidedLooks,
		Definition: "Ideas in hand, received in the period, that have waited for a first decision for more than six months.",
		Formula:    idea.Say("N(no decision, received + 6 months < as of)"),
		Source:     "Förvaltningslagen (2017:900) 12 §, where it applies: a party in a matter may ask in writing for a decision after six months.",
		Of: func(s Scope) []Item {
			return counted(s.cohort(), func(l *Life) bool {
				return l.open(s.Until) && l.decided(s.Until) == "" && monthsLater(l.Received, 6) < s.Until
			})
		}}}
}

// monthsLater is the day some months after a day, and the last of the month
// where there is no such day.
func monthsLater(day idea.Day, months int) idea.Day {
	t := day.Time(time.UTC)
	y, m, d := t.Date()
	last := time.Date(y, m+time.Month(months)+1, 0, 0, 0, 0, 0, time.UTC)
	return idea.DayOf(time.Date(y, m+time.Month(months), min(d, last.Day()), 0, 0, 0, 0, time.UTC))
}
