package report

import "sluss/internal/idea"

// funnel follows the ideas that came in in a period: how many ever came as far
// as each stage of the way.
func funnel(f *Facts) (out []Measure) {
	var before *idea.Stage
	way := f.way()
	for _, stage := range way {
		reached := func(l *Life, until idea.Day) bool { return l.reached(until, stage, way[0]) }
		first := before
		name := stageName(stage)
		out = append(out,
			Measure{Key: "reached", Item: string(stage.Key), Name: idea.Say("reached %s", name), Row: name, Column: idea.Say("reached"),
				Statistic: Count, Better: Higher, Definition: reachedText, Formula: idea.Say("N(from ≤ received < to, furthest stage ≥ this one)"),
				Of: func(s Scope) []Item {
					return counted(s.cohort(), func(l *Life) bool { return reached(l, s.Until) })
				}},
			Measure{Key: "reached_share", Item: string(stage.Key), Name: idea.Say("share that reached %s", name), Row: name, Column: idea.Say("of received"),
				Statistic: Share, Unit: Percent, Better: Higher, Minor: true, Definition: "Those that reached the stage, of the ideas received in the period.",
				Formula: idea.Say("reached / received"), Source: wilsonText,
				Of: func(s Scope) []Item {
					return parted(s.cohort(), func(l *Life) bool { return reached(l, s.Until) })
				}},
			Measure{Key: "conversion", Item: string(stage.Key), Name: idea.Say("went on to %s", name), Row: name, Column: idea.Say("of the stage before"),
				Statistic: Share, Unit: Percent, Better: Higher, Minor: true, Definition: "Those that reached the stage, of those received in the period that reached the stage before it.",
				Formula: idea.Say("reached / reached the stage before"), Source: wilsonText,
				Of: func(s Scope) []Item {
					came := s.cohort()
					if first != nil {
						came = keep(came, func(l *Life) bool { return l.reached(s.Until, *first, way[0]) })
					}
					return parted(came, func(l *Life) bool { return reached(l, s.Until) })
				}})
		before = &stage
	}
	out = append(out, Measure{Key: "forced", Name: idea.Say("gates passed by force"), Statistic: Count, Better: Lower, Minor: true,
		Looks:      idea.LookForced,
		Definition: "Moves of the ideas received in the period past a gate that was not met.",
		Formula:    idea.Say("N(moves with --force)"),
		Of: func(s Scope) (out []Item) {
			for _, l := range s.cohort() {
				for _, v := range l.Visits {
					if v.Forced && v.Day <= s.Until {
						out = append(out, Item{ID: l.Number, In: true})
					}
				}
			}
			return out
		}})
	for k := range out {
		out[k].Looks |= idea.LookReceived | idea.LookStages
	}
	return out
}

// way is the stages on the way forward: those in use, and those that ideas have
// been in.
func (f *Facts) way() (out []idea.Stage) {
	for _, s := range f.Stages.Path() {
		if !s.Removed || f.Visited[s.Key] {
			out = append(out, s)
		}
	}
	return out
}

// reached tells whether the idea has been in a stage or in a later one. Every
// idea has reached the first, also one that went straight to a side door.
func (l *Life) reached(until idea.Day, stage, first idea.Stage) bool {
	if stage.Key == first.Key {
		return true
	}
	for _, v := range l.Visits {
		if v.Day <= until && !v.Stage.Kind.Side() && v.Stage.Position >= stage.Position {
			return true
		}
	}
	return false
}

// stageName is what a stage is called. One that was removed says so.
func stageName(s idea.Stage) idea.Text {
	if s.Removed {
		return idea.Say("%s (removed)", s.Names)
	}
	return idea.Say("%s", s.Names)
}
