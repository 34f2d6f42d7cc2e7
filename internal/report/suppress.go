package report

import (
	"math"
	"slices"
)

// Suppress keeps back small counts of people in a report that is to be spread:
// those of fewer than least, and shares that part fewer than least from others.
// So that a difference from the total does not reveal one, it keeps back more
// groups until those kept back are two or more, with least people together
// (secondary suppression; Hundepool and others, Statistical Disclosure Control,
// 2012). None is shown: it is about nobody.
//
// What is kept back of a measure does not depend on which others stand beside
// it, and a share is kept back wherever the number that it is a share of is, and
// a formula wherever what it speaks of is. So two reports do not tell together
// what each of them hides.
func Suppress(r *Report, least int) {
	for _, t := range r.Tables {
		for k, m := range t.Measures {
			if !m.People {
				continue
			}
			column := t.column(k)
			hideSmall(column, t.Total, least)
			hideSmall(befores(column), t.Total, least)
			for _, f := range column {
				if f.Before != nil && f.Before.Hidden {
					f.P = math.NaN()
				}
			}
		}
	}
}

// column is the figures of one measure, by group.
func (t Table) column(k int) []*Figure {
	out := make([]*Figure, len(t.Figures))
	for g := range t.Figures {
		out[g] = &t.Figures[g][k]
	}
	return out
}

func befores(column []*Figure) (out []*Figure) {
	for _, f := range column {
		if f.Before != nil {
			out = append(out, f.Before)
		}
	}
	return out
}

// hideSmall hides what is to be kept back of the figures of one measure. The
// last of them is the total, if there is one.
func hideSmall(column []*Figure, total bool, least int) {
	for k, hidden := range small(column, total, least) {
		if hidden {
			column[k].hide()
		}
	}
}

// small tells which figures of a measure are to be kept back.
func small(column []*Figure, total bool, least int) []bool {
	hidden := make([]bool, len(column))
	for k, f := range column {
		hidden[k] = f.Hidden
	}
	if len(column) == 0 || slices.Contains(hidden, true) { // or it has been done
		return hidden
	}
	if column[0].Measure.Statistic == Computed {
		for k := range column[0].spoken {
			for g, also := range small(spoken(column, k), total, least) {
				hidden[g] = hidden[g] || also
			}
		}
		return hidden
	}
	protect(hidden, counts(column, (*Figure).people), total, least)
	if column[0].Measure.Statistic != Share {
		return hidden
	}
	// Of shares that add up to one, such as of those who are new and those who
	// return, the same must be hidden: the order may not tell them apart.
	parts := [][]int{counts(column, func(f *Figure) int { return f.Part }), counts(column, func(f *Figure) int { return f.N - f.Part })}
	slices.SortFunc(parts, slices.Compare)
	for range parts {
		for _, part := range parts {
			protect(hidden, part, total, least)
		}
	}
	return hidden
}

// spoken is the figures that a formula speaks of in the place k.
func spoken(column []*Figure, k int) []*Figure {
	out := make([]*Figure, len(column))
	for g, f := range column {
		out[g] = &f.spoken[k]
	}
	return out
}

func counts(column []*Figure, of func(*Figure) int) []int {
	out := make([]int, len(column))
	for k, f := range column {
		out[k] = of(f)
	}
	return out
}

// protect hides small numbers of people, and then the smallest of the others
// until the hidden ones cannot be told from what is missing in the total.
func protect(hidden []bool, people []int, total bool, least int) {
	groups := len(people)
	if total {
		groups--
	}
	for k, n := range people {
		hidden[k] = hidden[k] || 0 < n && n < least
	}
	for {
		how, missing, next := 0, 0, -1
		for k, n := range people[:groups] {
			switch {
			case hidden[k]:
				how, missing = how+1, missing+n
			case n > 0 && (next < 0 || n < people[next]):
				next = k
			}
		}
		if how == 0 || how > 1 && missing >= least || next < 0 {
			return
		}
		hidden[next] = true
	}
}

// hide takes all out of a figure that could tell its value.
func (f *Figure) hide() {
	f.Hidden, f.Value, f.Low, f.High, f.P = true, math.NaN(), math.NaN(), math.NaN(), math.NaN()
	f.N, f.Part, f.Items, f.spoken, f.per = 0, 0, nil, nil, 0
}

// people is how many people the figure is about.
func (f *Figure) people() int {
	if f.Measure.Statistic == Sum {
		return int(f.Value)
	}
	return f.N
}
