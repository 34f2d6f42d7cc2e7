package report

import (
	"cmp"
	"slices"

	"sluss/internal/idea"
	"sluss/internal/stat"
)

// Aging is an idea in hand against how long others stood in its stage.
type Aging struct {
	Number int64
	Title  string
	Coach  int64
	Stage  idea.Stage
	Days   int     // in the stage
	Stays  int     // of others there, that have ended
	P50    float64 // days of these; NaN when there are none
	P85    float64
	P95    float64
	Over   int // the highest of 50, 85 and 95 that the idea has passed; 0 is none
}

// aging lists the ideas in hand, the oldest against its stage first.
func aging(s Scope) []Aging {
	days := map[idea.StageKey][]float64{}
	for _, l := range s.Ideas {
		for k, v := range l.Visits[:len(l.Visits)-1] {
			if next := l.Visits[k+1]; next.Day <= s.Until {
				days[v.Stage.Key] = append(days[v.Stage.Key], float64(next.Day.Sub(v.Day)))
			}
		}
	}
	for _, all := range days {
		slices.Sort(all)
	}
	out := []Aging{}
	for _, l := range s.standing(s.Until) {
		stage, since := l.stay(s.Until)
		all := days[stage.Key]
		a := Aging{Number: l.Number, Title: l.Title, Coach: l.Coach, Stage: *stage, Days: s.Until.Sub(since), Stays: len(all),
			P50: stat.Quantile(all, 0.5), P85: stat.Quantile(all, 0.85), P95: stat.Quantile(all, 0.95)}
		for _, mark := range []struct {
			over int
			days float64
		}{{50, a.P50}, {85, a.P85}, {95, a.P95}} {
			if float64(a.Days) > mark.days {
				a.Over = mark.over
			}
		}
		out = append(out, a)
	}
	slices.SortFunc(out, func(a, b Aging) int {
		return cmp.Or(cmp.Compare(b.Over, a.Over), cmp.Compare(b.Days, a.Days), cmp.Compare(a.Number, b.Number))
	})
	return out
}

// Curve is how many of things of a kind had not ended after so many days, by
// Kaplan and Meier.
type Curve struct {
	Name  idea.Text
	Days  []float64 // ascending, from 0
	Left  []float64 // the share that had not ended then
	Waits int       // how many have not ended yet
	N     int
}

// Spread is how many things of a kind that ended in the period took how long.
type Spread struct {
	Name  idea.Text
	Bins  []Bin
	Ended int
}

// Bin is how many took from From to To days, both counted.
type Bin struct {
	From, To int
	N        int
}

// mostBins is how many bars can be told apart at a glance.
const mostBins = 12

// spreads is how long the first answers and decisions of the period took.
func spreads(s Scope) (out []Spread) {
	for _, d := range []duration{firstAnswer(), decision()} {
		items := d.ended(s)
		out = append(out, Spread{Name: d.name, Ended: len(items), Bins: bins(items)})
	}
	return out
}

// bins parts days into at most mostBins of one width, which is a day, a week or
// a round number.
func bins(items []Item) []Bin {
	longest := 0
	for _, i := range items {
		longest = max(longest, int(i.Value))
	}
	width := 1
	for _, w := range []int{1, 2, 7, 14, 30, 60, 90, 180, 365, 730, 3650, 36500} {
		if width = w; longest/w < mostBins {
			break
		}
	}
	if len(items) == 0 {
		return nil
	}
	out := make([]Bin, longest/width+1)
	for k := range out {
		out[k].From, out[k].To = k*width, (k+1)*width-1
	}
	for _, i := range items {
		out[int(i.Value)/width].N++
	}
	return out
}

// curves is the curves of first answer and decision.
func curves(s Scope) (out []Curve) {
	for _, d := range []duration{firstAnswer(), decision()} {
		items := d.begun(s)
		f := Figure{Items: items}
		c := Curve{Name: d.name, N: len(items), Days: []float64{0}, Left: []float64{1}}
		for _, i := range items {
			if !i.In {
				c.Waits++
			}
		}
		steps := stat.KaplanMeier(f.observations()).Steps
		for k, step := range steps {
			if step.Ended > 0 || k == len(steps)-1 && step.Time > 0 { // the last shows how long others have waited
				c.Days, c.Left = append(c.Days, step.Time), append(c.Left, step.Survival)
			}
		}
		out = append(out, c)
	}
	return out
}
