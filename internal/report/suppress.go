package report

import (
	"math"
	"slices"

	"sluss/internal/idea"
)

// Suppress keeps back small counts of people in a report that is to be spread:
// those of fewer than least, and shares that part fewer than least from others.
// So that a difference from the total does not reveal one, it keeps back more
// groups until those kept back are two or more, with least people together
// (secondary suppression; Hundepool and others, Statistical Disclosure Control,
// 2012). None is shown: it is about nobody.
//
// Groups can share people, as quarters do, or activities, as units do. So nobody
// may be left over in the total when those of all groups that are shown are taken
// out of it, unless least are; nor may two groups that share something differ by
// fewer than least. Two periods that share days are not compared at all: what
// they differ by would tell of the days that they do not share.
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
			if r.Compare != nil && overlap(r.Period, *r.Compare) {
				for _, f := range befores(column) {
					f.hide()
				}
			}
			hideSmall(befores(column), t.Total, least)
			for _, f := range column {
				if f.Before != nil && f.Before.Hidden {
					f.P = math.NaN()
				}
			}
		}
	}
}

// Few tells which of several numbers of people are kept back when their sum may
// be known: those smaller than least, and as many more as in [Suppress].
func Few(people []int, least int) []bool {
	hidden := make([]bool, len(people))
	protect(hidden, people, false, least)
	return hidden
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
	groups := column
	if total {
		groups = column[:len(column)-1]
	}
	for hideShared(hidden, groups, least) {
		protect(hidden, counts(column, (*Figure).people), total, least)
	}
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

// overlap tells whether two periods share a day.
func overlap(p, q idea.Period) bool {
	shared := p.And(q)
	return shared.To == "" || shared.From < shared.To
}

// hideShared hides one more group if something small can be told from groups that are
// shown and that share people or activities with others.
func hideShared(hidden []bool, groups []*Figure, least int) bool {
	next := -1
	if len(groups) > 0 && groups[0].Measure.Statistic == Sum {
		next = tooNear(hidden, groups, least)
	} else if left := leftOver(hidden, groups); 0 < left && left < least {
		next = smallest(hidden, groups)
	}
	if next >= 0 {
		hidden[next] = true
	}
	return next >= 0
}

// leftOver is how many people stand in hidden groups alone.
func leftOver(hidden []bool, groups []*Figure) int {
	shown, left := map[int64]bool{}, map[int64]bool{}
	for k, f := range groups {
		for _, i := range f.Items {
			if !hidden[k] {
				shown[i.ID] = true
			}
		}
	}
	for k, f := range groups {
		for _, i := range f.Items {
			if hidden[k] && !shown[i.ID] {
				left[i.ID] = true
			}
		}
	}
	return len(left)
}

// smallest is the group with the fewest people that is shown; -1 without any.
func smallest(hidden []bool, groups []*Figure) int {
	next := -1
	for k, f := range groups {
		if !hidden[k] && f.people() > 0 && (next < 0 || f.people() < groups[next].people()) {
			next = k
		}
	}
	return next
}

// tooNear is the smaller of two groups that are shown, share something and differ
// by fewer people than least; -1 without any.
func tooNear(hidden []bool, groups []*Figure, least int) int {
	in := make([]map[int64]bool, len(groups))
	for k, f := range groups {
		in[k] = map[int64]bool{}
		for _, i := range f.Items {
			in[k][i.ID] = true
		}
	}
	for a, f := range groups {
		for b, g := range groups {
			by := g.people() - f.people()
			if hidden[a] || hidden[b] || by <= 0 || by >= least {
				continue
			}
			for id := range in[a] {
				if in[b][id] {
					return a
				}
			}
		}
	}
	return -1
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
	if f.Measure.Statistic == Sum && f.Gap == NoGap {
		return int(f.Value)
	}
	return f.N
}
