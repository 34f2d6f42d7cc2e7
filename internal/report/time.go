package report

import "sluss/internal/idea"

// span is something that takes time: it begins on a day, and ends on one or has
// not ended yet.
type span struct {
	id       int64
	from, to idea.Day // to is empty while it lasts
}

// duration is a kind of span, and the measures of how long they take.
type duration struct {
	key        string
	item       string
	name       idea.Text
	definition idea.Word
	estimated  bool      // also by Kaplan–Meier; what can end in another way cannot be
	looks      idea.Look // what spans looks at
	spans      func(Scope) []span
}

// measures gives the plain figures of the spans that ended in the period, and
// beside them estimates from all that began in it, ended or not.
func (d duration) measures() []Measure {
	base := Measure{Key: d.key, Item: d.item, Row: d.name, Unit: Days, Better: Lower, Definition: d.definition, Looks: d.looks}
	with := func(suffix string, stat Statistic, name idea.Text, column idea.Word, of func(Scope) []Item) Measure {
		m := base
		m.Key, m.Name, m.Statistic, m.Column, m.Of = d.key+suffix, name, stat, idea.Say("%s", column), of
		switch stat {
		case Count:
			m.Unit, m.Better, m.Minor, m.Formula = Number, Neither, true, idea.Say("N(end in the period)")
		case Median, P85:
			m.Minor, m.Formula, m.Source = stat == P85, idea.Say("end − beginning, of what ended in the period"), typeSevenText
		case KMMedian, KMP85:
			m.Minor, m.Formula, m.Source = true, idea.Say("S(t) = Π (1 − ended(i) / at risk(i)), of what began in the period"), kmText
		}
		return m
	}
	out := []Measure{
		with("_ended", Count, idea.Say("ended: %s", d.name), "ended", d.ended),
		with("_median", Median, idea.Say("median days: %s", d.name), "median", d.ended),
		with("_p85", P85, idea.Say("85th percentile of days: %s", d.name), "85th pct", d.ended),
	}
	if d.estimated {
		out = append(out,
			with("_km_median", KMMedian, idea.Say("estimated median days: %s", d.name), "KM median", d.begun),
			with("_km_p85", KMP85, idea.Say("estimated 85th percentile of days: %s", d.name), "KM 85th pct", d.begun))
	}
	return out
}

// spans is the spans of a duration, which what ended and what began come from.
func (s Scope) spans(d duration) []span {
	if s.memory.spansOf != d.key+d.item {
		s.memory.spansOf, s.memory.spans = d.key+d.item, d.spans(s)
	}
	return s.memory.spans
}

func (d duration) ended(s Scope) []Item {
	return s.once("ended "+d.key+d.item, func() (out []Item) {
		for _, x := range s.spans(d) {
			if s.has(x.to) {
				out = append(out, Item{ID: x.id, Value: float64(x.to.Sub(x.from)), In: true})
			}
		}
		return out
	})
}

func (d duration) begun(s Scope) []Item {
	return s.once("begun "+d.key+d.item, func() (out []Item) {
		for _, x := range s.spans(d) {
			if !s.has(x.from) {
				continue
			}
			last, ended := x.to, x.to != ""
			if !ended {
				last = s.Until
			}
			out = append(out, Item{ID: x.id, Value: float64(last.Sub(x.from)), In: ended})
		}
		return out
	})
}

// times is how long things took.
func times(f *Facts) (out []Measure) {
	for _, d := range durations(f) {
		out = append(out, d.measures()...)
	}
	return out
}

func durations(f *Facts) []duration {
	all := []duration{
		firstContact(), firstAnswer(), decision(),
		{"lead", "", idea.Say("received to realised or closed"),
			"Days from the day received to the first move to realised or closed. An idea that was over when it was written down counts only if it moves there anew.", true, everyStay,
			since(func(s Scope, l *Life) idea.Day { return l.first(s.Until, kinds(idea.Realised, idea.Closed)) })},
		{"lead_realised", "", idea.Say("received to realised"),
			"Days from the day received to the first move to realised. An idea that was over when it was written down counts only if it moves there anew.", false, everyStay,
			since(func(s Scope, l *Life) idea.Day { return l.first(s.Until, kinds(idea.Realised)) })},
		{"lead_closed", "", idea.Say("received to closed"),
			"Days from the day received to the first move to closed. An idea that was over when it was written down counts only if it moves there anew.", false, everyStay,
			since(func(s Scope, l *Life) idea.Day { return l.first(s.Until, kinds(idea.Closed)) })},
	}
	for _, stage := range f.Stages {
		if !stage.Kind.Done() && (!stage.Removed || f.Visited[stage.Key]) {
			all = append(all, duration{"stage", string(stage.Key), idea.Say("in %s", stageName(stage)),
				"Days of one stay in the stage, from the move there to the next move. The stay in which an idea was taken in begins on the day received.", true, everyStay,
				stays(stage.Key)})
		}
	}
	return all
}

func firstContact() duration {
	return duration{"first_contact", "", idea.Say("received to first contact"),
		"Days from the day received to the first note, answer or move to a stage of another kind than the one in which ideas come in. An idea that was over when it was written down does not wait.", true, everyStay | idea.LookNotes,
		since(func(s Scope, l *Life) idea.Day { return l.contacted(s.Until) })}
}

// firstAnswer looks at merged ideas too, if their givers were answered: else
// they are answered with the other idea. The giver of a closed idea waits as
// well.
func firstAnswer() duration {
	return duration{"first_answer", "", idea.Say("received to first answer"),
		"Days from the day received to the day on which a giver got the first answer, whenever that was written down. An idea that is merged into another counts if its own giver was answered.", true, idea.LookIdeas,
		func(s Scope) []span {
			out := make([]span, 0, len(s.Ideas))
			for _, l := range s.Ideas {
				if l.Received <= s.Until {
					out = append(out, span{l.Number, l.Received, l.answered(s.Until)})
				}
			}
			for _, l := range s.Merged {
				if day := l.answered(s.Until); day != "" {
					out = append(out, span{l.Number, l.Received, day})
				}
			}
			return out
		}}
}

func decision() duration {
	return duration{"decision", "", idea.Say("received to first decision"), toDecisionText, true, everyStay | idea.LookDecisions,
		since(func(s Scope, l *Life) idea.Day { return l.decided(s.Until) })}
}

// since is the spans from the day received to a day of each idea. One that was
// over when it was taken in does not wait: nobody knows when it ended.
func since(day func(Scope, *Life) idea.Day) func(Scope) []span {
	return func(s Scope) []span {
		out := make([]span, 0, len(s.Ideas))
		for _, l := range s.Ideas {
			if l.Received > s.Until {
				continue
			}
			to := day(s, l)
			if to == "" && l.Visits[0].Stage.Kind.Done() {
				continue
			}
			out = append(out, span{l.Number, l.Received, to})
		}
		return out
	}
}

// stays is the stays of all ideas in a stage.
func stays(key idea.StageKey) func(Scope) []span {
	return func(s Scope) (out []span) {
		for _, l := range s.Ideas {
			for k, v := range l.Visits {
				if v.Stage.Key != key || v.Day > s.Until {
					continue
				}
				x := span{id: l.Number, from: v.Day}
				if k+1 < len(l.Visits) && l.Visits[k+1].Day <= s.Until {
					x.to = l.Visits[k+1].Day
				}
				out = append(out, x)
			}
		}
		return out
	}
}
