package report

import (
	"math"
	"slices"

	"sluss/internal/idea"
	"sluss/internal/stat"
)

// Item is one thing that a figure is made of. The figure can be counted again
// from its items.
type Item struct {
	ID    int64   // the number of the idea, or the id of the subject of the measure
	Value float64 // a time in days, an amount; nothing when things are counted
	In    bool    // it counts: it is in the part of a share, or its time has ended
}

// Statistic is how a figure comes out of its items.
type Statistic int

// The statistics. Shares and times are counted over all items; In tells which
// of them are in the part, or whose time has ended.
const (
	Count    Statistic = iota // how many items
	Sum                       // of the values
	Share                     // items that are in, of all: 0 to 1, with Wilson's interval of 95 %
	Rate                      // items for each hundred of Per
	Median                    // of the values that are in
	P85                       // the 85th percentile of the values that are in
	KMMedian                  // Kaplan–Meier: half of all took at most this long
	KMP85                     // Kaplan–Meier: 85 of 100 took at most this long
	Longest                   // the largest value
	Total                     // the sum of the values; none without any
	Mean                      // the mean of the values
	Latest                    // the last value
	Computed                  // by a formula, not out of items
)

// Unit is what a figure counts in.
type Unit string

// The units.
const (
	Number  Unit = "number"
	Percent Unit = "share" // between 0 and 1
	Days    Unit = "days"  // calendar days
	Hundred Unit = "per 100"
	Amount  Unit = "amount"
)

// Better is the direction in which a figure is to go.
type Better string

// The directions.
const (
	Higher  Better = "higher"
	Lower   Better = "lower"
	Neither Better = ""
)

// Measure is a figure before it is counted: its name, its definition and how it
// comes out of the facts.
type Measure struct {
	Key        string    // stable: small letters and underscores
	Item       string    // what sets measures of one key apart, such as a stage; empty for the only one
	Name       idea.Text // the whole name
	Short      idea.Text // where there is little room; empty is the row or the name
	Row        idea.Text // its line in a table of a report; empty is the name
	Column     idea.Text // its column in a table of a report; empty is the only one
	Statistic  Statistic
	Unit       Unit
	Better     Better
	Definition idea.Word
	Formula    idea.Text
	Source     idea.Word
	Subject    idea.Subject // what its items are; empty is ideas
	People     bool         // counts people: small figures are kept back in what is spread
	Minor      bool         // left out of a table that is wide already
	Balance    bool         // but never where it is not 0: without it, the others do not add up
	Looks      idea.Look    // what Of looks at; 0 is everything
	State      bool         // counts what stands on a day, not what happens in a period
	Of         func(Scope) []Item
	// Unknown tells, of no items, that the sum is not known, and not 0; nil is never.
	Unknown func(Scope) bool
	Per     func(Scope) float64 // of a rate: the number of those who could
	Own     bool                // the coaches have defined it; Unit is in their words
	Compute func(Scope) Computation
}

// Scope is what a figure is counted over: ideas and what belongs to them, a
// period, and the last day that is looked at.
type Scope struct {
	*Facts
	Ideas      []*Life // own ones, those that are not merged into others
	Merged     []*Life
	Employees  []*Life     // own ideas from employees: of a unit, those of who works there
	Employers  []idea.Unit // whose number of employees is known
	Tests      []Test
	Effects    []Effect
	Activities []*idea.Activity
	Period     idea.Period
	Until      idea.Day // what happened later is not seen
	narrowed   bool     // it is a part of what Facts holds
	memory     *memory

	withoutActivities bool // activities do not belong to the groups of this part
}

// ID is the key of the measure with its item, such as reached:test.
func (m Measure) ID() string {
	if m.Item == "" {
		return m.Key
	}
	return m.Key + ":" + m.Item
}

// In is what the measure counts in.
func (m Measure) In() Unit {
	if m.Unit == "" {
		return Number
	}
	return m.Unit
}

// Counts is what the items of the measure are.
func (m Measure) Counts() idea.Subject {
	if m.Subject == "" {
		return idea.AnIdea
	}
	return m.Subject
}

// Valued tells whether the items have values: days or amounts.
func (m Measure) Valued() bool {
	return m.Statistic != Count && m.Statistic != Share && m.Statistic != Rate
}

// Survival tells whether the measure is an estimate with those that wait.
func (m Measure) Survival() bool { return m.Statistic == KMMedian || m.Statistic == KMP85 }

// Change is how much the figure differs from the one before; NaN when one of
// the two is missing.
func (f Figure) Change() float64 {
	if f.Before == nil {
		return math.NaN()
	}
	return f.Value - f.Before.Value
}

// Percent is the change in percent of the figure before; NaN when that is
// missing or 0.
func (f Figure) Percent() float64 {
	if f.Before == nil || f.Before.Value == 0 {
		return math.NaN()
	}
	return 100 * f.Change() / math.Abs(f.Before.Value)
}

// Figure is a number of a report with what it is made of.
type Figure struct {
	Measure *Measure
	Value   float64 // NaN when there is none
	N       int     // how many items
	Part    int     // how many of them are in
	Low     float64 // the interval of 95 % of a share, or of a Kaplan–Meier median; NaN when there is none
	High    float64
	Items   []Item
	Gap     Gap      // why there is none; Value is NaN
	Hidden  bool     // kept back because it counts few people; Value is NaN
	spoken  []Figure // those about people that a formula speaks of
	per     float64

	Before *Figure // the same in the period that it is compared with
	P      float64 // how likely a difference like this is by chance; NaN when it is not tested
}

// figure counts a measure over a scope.
func (m *Measure) figure(s Scope) Figure {
	if s.Stopped != nil && s.Stopped() {
		return m.blank(NotYet)
	}
	if gap := s.gapOf(m); gap != NoGap {
		return m.blank(gap)
	}
	f := Figure{Measure: m, Low: math.NaN(), High: math.NaN(), P: math.NaN()}
	if m.Statistic == Computed {
		done := m.Compute(s)
		f.Value, f.spoken = done.Value, done.people
		return f
	}
	f.Items = m.Of(s)
	f.N = len(f.Items)
	for _, i := range f.Items {
		if i.In {
			f.Part++
		}
	}
	if m.Per != nil {
		f.per = m.Per(s)
	}
	f.Value = f.value()
	if f.N == 0 && m.Unknown != nil && m.Unknown(s) {
		f.Value = math.NaN()
	}
	switch m.Statistic {
	case Share:
		if f.N > 0 {
			f.Low, f.High = stat.Wilson(f.Part, f.N)
		}
	case KMMedian, KMP85:
		f.survive()
	}
	return f
}

func (f *Figure) value() float64 {
	switch f.Measure.Statistic {
	case Count:
		return float64(f.N)
	case Sum:
		if f.N == 0 && f.Measure.Unit == Amount {
			return math.NaN() // nothing was written down; that is not 0
		}
		sum := 0.0
		for _, i := range f.Items {
			sum += i.Value
		}
		return sum
	case Share:
		return share(f.Part, f.N)
	case Rate:
		if f.per == 0 {
			return math.NaN()
		}
		return 100 * float64(f.N) / f.per
	case Median:
		return stat.Quantile(f.ended(), 0.5)
	case P85:
		return stat.Quantile(f.ended(), 0.85)
	case Longest:
		longest := math.NaN()
		for _, i := range f.Items {
			if !(i.Value <= longest) {
				longest = i.Value
			}
		}
		return longest
	}
	return f.put()
}

// ended is the sorted values of what is in.
func (f *Figure) ended() []float64 {
	var values []float64
	for _, i := range f.Items {
		if i.In {
			values = append(values, i.Value)
		}
	}
	slices.Sort(values)
	return values
}

func (f *Figure) observations() []stat.Observation {
	out := make([]stat.Observation, len(f.Items))
	for k, i := range f.Items {
		out[k] = stat.Observation{Time: i.Value, Ended: i.In}
	}
	return out
}

func share(part, whole int) float64 {
	if whole == 0 {
		return math.NaN()
	}
	return float64(part) / float64(whole)
}
