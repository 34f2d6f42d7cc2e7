package report

import (
	"slices"

	"sluss/internal/idea"
)

// coverage is what a unit, a kind of giver or a network gave and got.
func coverage(*Facts) []Measure {
	return []Measure{
		receivedMeasure(), openMeasure(), realisedMeasure(),
		{Key: "tests_run", Name: idea.Say("tests"), Short: idea.Say("Tests"), Statistic: Count, Subject: idea.ATest, Looks: idea.LookTests,
			Definition: "Test cards of the ideas that ran on a day of the period.",
			Formula:    idea.Say("N(started < to, finished ≥ from or not finished)"),
			Of: func(s Scope) (out []Item) {
				for _, t := range s.Tests {
					begun := t.Started != "" && t.Started <= s.end() && s.Period.From <= s.end()
					if begun && (t.Finished == "" || t.Finished > s.end() || s.has(t.Finished)) {
						out = append(out, Item{ID: t.ID, In: true})
					}
				}
				return out
			}},
		activitiesMeasure(),
	}
}

// covered is which units gave ideas or got activities, of those that are open.
func covered(*Facts) []Measure {
	over := func(which func(Scope) map[int64]bool) func(Scope) []Item {
		return func(s Scope) (out []Item) {
			in := which(s)
			for _, u := range s.Units {
				if !u.Closed {
					out = append(out, Item{ID: u.ID, In: in[u.ID]})
				}
			}
			return out
		}
	}
	return []Measure{
		{Key: "units_with_ideas", Name: idea.Say("units with ideas"), Statistic: Share, Unit: Percent, Better: Higher, Subject: idea.AUnit, Looks: idea.LookReceived | idea.LookTraits,
			Definition: "Open units that an idea received in the period concerns, of all open units. Units under them are counted for themselves.",
			Formula:    idea.Say("N(units with ideas) / N(open units)"), Source: wilsonText,
			Of: over(func(s Scope) map[int64]bool {
				gave := map[int64]bool{}
				for _, l := range s.cohort() {
					gave[l.Unit] = true
				}
				return gave
			})},
		{Key: "units_reached", Name: idea.Say("units with activities"), Statistic: Share, Unit: Percent, Better: Higher, Subject: idea.AUnit, Looks: idea.LookActivities,
			Definition: "Open units that took part in an activity of the period, of all open units.",
			Formula:    idea.Say("N(units with activities) / N(open units)"), Source: wilsonText,
			Of: over(func(s Scope) map[int64]bool {
				reached := map[int64]bool{}
				for _, a := range s.held() {
					for _, u := range a.Units {
						reached[u] = true
					}
				}
				return reached
			})},
	}
}

func activitiesMeasure() Measure {
	return Measure{Key: "activities", Name: idea.Say("activities"), Short: idea.Say("Activities"), Statistic: Count, Better: Higher, Subject: idea.AnActivity, Looks: idea.LookActivities,
		Definition: "Meetings, workshops, talks, courses and visits on a day of the period.",
		Formula:    idea.Say("N(from ≤ day < to)"),
		Of: func(s Scope) []Item {
			return heldItems(s, func(*idea.Activity) bool { return true })
		}}
}

func heldItems(s Scope, in func(*idea.Activity) bool) []Item {
	held := s.held()
	out := make([]Item, len(held))
	for k, a := range held {
		out[k] = Item{ID: a.ID, In: in(a)}
	}
	return out
}

// held is the activities of the period.
func (s Scope) held() []*idea.Activity {
	return remembered(&s.memory.held, func() []*idea.Activity {
		return keep(s.Activities, func(a *idea.Activity) bool { return s.has(a.Day) })
	})
}

// anchoring is the activities that anchor the work, and who took part.
func anchoring(*Facts) []Measure {
	return []Measure{
		activitiesMeasure(),
		{Key: "participants", Name: idea.Say("participants"), Short: idea.Say("Participants"), Statistic: Sum, Better: Higher, Subject: idea.AnActivity, People: true, Unknown: func(s Scope) bool { return len(s.held()) > 0 }, Looks: idea.LookActivities,
			Definition: "Participants in the activities of the period, as far as they were counted. Somebody who came twice is counted twice.",
			Formula:    idea.Say("Σ participants"),
			Of: func(s Scope) (out []Item) {
				for _, a := range s.held() {
					if a.Participants != nil {
						out = append(out, Item{ID: a.ID, Value: float64(*a.Participants), In: true})
					}
				}
				return out
			}},
		{Key: "activities_counted", Name: idea.Say("activities with counted participants"), Statistic: Share, Unit: Percent, Minor: true, Subject: idea.AnActivity, Looks: idea.LookActivities,
			Definition: "Activities of the period whose participants were counted, of all of them.",
			Formula:    idea.Say("N(counted) / N(activities)"), Source: wilsonText,
			Of: func(s Scope) []Item {
				return heldItems(s, func(a *idea.Activity) bool { return a.Participants != nil })
			}},
	}
}

const gaveLooks = idea.LookReceived | idea.LookGivers | idea.LookFirst

// givers is who gave: how many, and how many for the first time.
func givers(*Facts) []Measure {
	return []Measure{
		{Key: "givers", Name: idea.Say("givers"), Short: idea.Say("Givers"), Statistic: Count, Better: Higher, Subject: idea.AGiver, People: true, Looks: gaveLooks,
			Definition: "Different givers of ideas received in the period. Ideas merged into others are among them. Givers that nothing is known of are not counted.",
			Formula:    idea.Say("N(different givers)"),
			Of: func(s Scope) (out []Item) {
				for _, g := range s.gave() {
					out = append(out, Item{ID: g, In: true})
				}
				return out
			}},
		{Key: "first_timers", Name: idea.Say("for the first time"), Short: idea.Say("First time"), Statistic: Share, Unit: Percent, Subject: idea.AGiver, People: true, Looks: gaveLooks,
			Definition: "Givers whose first idea of all came in in the period, of all givers in it.",
			Formula:    idea.Say("N(first idea in the period) / N(givers)"), Source: wilsonText,
			Of: func(s Scope) []Item {
				return s.giversThat(func(first idea.Day) bool { return s.Period.Has(first) })
			}},
		{Key: "returning", Name: idea.Say("returning"), Short: idea.Say("Returning"), Statistic: Share, Unit: Percent, Better: Higher, Subject: idea.AGiver, People: true, Looks: gaveLooks,
			Definition: "Givers who had given an idea before the period, of all givers in it.",
			Formula:    idea.Say("N(first idea < from) / N(givers)"), Source: wilsonText,
			Of: func(s Scope) []Item {
				return s.giversThat(func(first idea.Day) bool { return !s.Period.Has(first) })
			}},
		{Key: "unnamed", Name: idea.Say("ideas without a known giver"), Statistic: Count, Minor: true, Looks: idea.LookReceived | idea.LookGivers,
			Definition: "Ideas received in the period of which no giver is known.",
			Formula:    idea.Say("N(received, no giver)"),
			Of:         func(s Scope) []Item { return counted(s.cohort(), func(l *Life) bool { return len(l.Givers) == 0 }) }},
	}
}

// gave is the givers of the period, by their ids.
func (s Scope) gave() []int64 {
	return remembered(&s.memory.gave, func() (out []int64) {
		for _, l := range slices.Concat(s.cohort(), s.received(s.Merged)) {
			out = append(out, l.Givers...)
		}
		slices.Sort(out)
		return slices.Compact(out)
	})
}

// giversThat parts the givers of the period by the day of their first idea.
func (s Scope) giversThat(fits func(first idea.Day) bool) (out []Item) {
	for _, g := range s.gave() {
		out = append(out, Item{ID: g, In: fits(s.FirstIdea[g])})
	}
	return out
}

// load is what each coach holds.
func load(*Facts) []Measure {
	ages := func(s Scope) (out []Item) {
		for _, l := range s.standing(s.end()) {
			out = append(out, Item{ID: l.Number, Value: float64(s.end().Sub(l.Received)), In: true})
		}
		return out
	}
	return []Measure{
		openMeasure(), receivedMeasure(), realisedMeasure(),
		{Key: "open_age_median", Name: idea.Say("median age of what is in hand"), Short: idea.Say("Median age"), Statistic: Median, Unit: Days, State: true, Looks: everyStay, Better: Lower,
			Definition: "Days since the day received of the ideas in hand at the end of the period, or today if it is not over.",
			Formula:    idea.Say("median(as of − received)"), Source: typeSevenText, Of: ages},
		{Key: "open_age_longest", Name: idea.Say("the oldest in hand"), Short: idea.Say("Oldest"), Statistic: Longest, Unit: Days, State: true, Looks: everyStay, Better: Lower,
			Definition: "Days since the day received of the oldest idea in hand at the end of the period, or today if it is not over.",
			Formula:    idea.Say("max(as of − received)"), Of: ages},
		{Key: "stuck", Name: idea.Say("stuck"), Short: idea.Say("Stuck"), Statistic: Count, State: true, Looks: everyStay, Better: Lower,
			Definition: "Ideas in hand that had stood in their stage for longer than the stage allows.",
			Formula:    idea.Say("N(days in stage > limit)"),
			Of: func(s Scope) []Item {
				return counted(s.standing(s.end()), func(l *Life) bool {
					stage, since := l.stay(s.end())
					return stage.LimitDays > 0 && s.end().Sub(since) > stage.LimitDays
				})
			}},
	}
}

// stay is the stage in which the idea stood at the end of a day, and since when.
func (l *Life) stay(day idea.Day) (*idea.Stage, idea.Day) {
	now := l.Visits[0]
	for _, v := range l.Visits[1:] {
		if v.Day > day {
			break
		}
		now = v
	}
	return now.Stage, now.Day
}
