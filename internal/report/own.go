package report

import (
	"math"
	"slices"
	"strings"

	"sluss/internal/formula"
	"sluss/internal/idea"
)

// Own is a measure that the coaches have defined, with its values.
type Own struct {
	idea.OwnMeasure
	Values []idea.MeasureValue // by their days
}

// Computation is what a formula came to.
type Computation struct {
	Value  float64  // NaN when a measure of it has none, or it divides by 0
	people []Figure // those of its measures that count people, in the order of the formula
}

const (
	valuesText  idea.Word = "Values that the coaches have recorded."
	formulaText idea.Word = "A formula over other measures, which the coaches have written."
)

// own is the measures of the coaches as measures; built are those of the
// program, which formulas may speak of.
func own(f *Facts, built []Measure) []Measure {
	known := map[string]*Measure{}
	for k := range built {
		known[built[k].ID()] = &built[k]
	}
	out := make([]Measure, len(f.Owns))
	var formulas []int
	for k, o := range f.Owns {
		out[k] = Measure{Key: o.Key, Name: o.Title(), Unit: Unit(o.CountedIn), Better: Better(o.Better), Own: true, Subject: idea.AValue,
			Definition: idea.Word(o.Definition), Source: idea.Word(o.Source), Looks: idea.LookNowhere}
		if o.Formula != "" {
			formulas = append(formulas, k)
		} else {
			out[k].values(o)
		}
		if known[o.Key] == nil {
			known[o.Key] = &out[k]
		}
	}
	for _, k := range formulas {
		out[k].computed(f.Owns, f.Owns[k], known)
	}
	return out
}

// Title is the name of the measure with its unit, unless that is the same.
func (o Own) Title() idea.Text {
	if o.CountedIn == "" || idea.Same(o.CountedIn, o.Names.EN) || idea.Same(o.CountedIn, o.Names.SV) {
		return idea.Say("%s", o.Names)
	}
	return idea.Say("%s (%s)", o.Names, o.CountedIn)
}

// values makes m a measure of recorded values.
func (m *Measure) values(o Own) {
	m.Formula = idea.Say("Σ value")
	switch o.Together {
	case idea.TogetherMean:
		m.Statistic, m.Formula = Mean, idea.Say("Σ value / N")
	case idea.TogetherLast:
		m.Statistic, m.Formula, m.State = Latest, idea.Say("last value"), true
	default:
		m.Statistic = Total
	}
	if m.Definition == "" {
		m.Definition = valuesText
	}
	m.Of = func(s Scope) (out []Item) {
		if s.Narrowed || s.narrowed { // a value belongs to no unit, kind or coach
			return nil
		}
		for _, v := range o.Values {
			if value, ok := v.Value.Float(); ok && s.has(v.On) {
				out = append(out, Item{ID: v.ID, Value: value, In: true})
			}
		}
		return out
	}
}

// computed makes m a measure of a formula. One that speaks of what is not there,
// or of itself, has no value: such are refused when they are defined.
func (m *Measure) computed(all []Own, o Own, known map[string]*Measure) {
	m.Statistic, m.Formula = Computed, idea.Say("%s", o.Formula)
	if m.Definition == "" {
		m.Definition = formulaText
	}
	f, err := formula.Parse(o.Formula)
	if err != nil || circle(all, o.OwnMeasure) != nil {
		m.Compute = func(Scope) Computation { return Computation{Value: math.NaN()} }
		return
	}
	for _, r := range f.Refs() {
		m.People = m.People || peopleIn(all, r.ID, known)
		m.Looks = m.Looks.And(looksIn(all, r.ID, known))
	}
	m.Compute = func(s Scope) (done Computation) {
		done.Value = f.Value(func(id string) float64 {
			other := known[id]
			if other == nil {
				return math.NaN()
			}
			one := other.figure(s)
			if other.People {
				done.people = append(done.people, one)
			}
			return one.Value
		})
		return done
	}
}

// peopleIn tells whether a measure, or one that its formula speaks of, counts
// people.
func peopleIn(all []Own, id string, known map[string]*Measure) bool {
	if m := known[id]; m != nil && m.People {
		return true
	}
	for _, next := range refs(all, id) {
		if peopleIn(all, next, known) {
			return true
		}
	}
	return false
}

// looksIn is what a measure, and those that its formula speaks of, look at.
func looksIn(all []Own, id string, known map[string]*Measure) idea.Look {
	looks := idea.LookNowhere
	if m := known[id]; m != nil && !m.Own {
		looks = m.Looks
	}
	for _, next := range refs(all, id) {
		looks = looks.And(looksIn(all, next, known))
	}
	return looks
}

// put is the values of the items put together; NaN without any.
func (f *Figure) put() float64 {
	if f.N == 0 {
		return math.NaN()
	}
	sum := 0.0
	for _, i := range f.Items {
		sum += i.Value
	}
	switch f.Measure.Statistic {
	case Total:
		return sum
	case Mean:
		return sum / float64(f.N)
	case Latest:
		return f.Items[f.N-1].Value
	}
	return math.NaN()
}

// refs is the measures that the formula of an own one speaks of.
func refs(all []Own, key string) (out []string) {
	for _, o := range all {
		if o.Key != key || o.Formula == "" {
			continue
		}
		f, err := formula.Parse(o.Formula)
		if err != nil {
			return nil
		}
		for _, r := range f.Refs() {
			out = append(out, r.ID)
		}
	}
	return out
}

// circle is the way on which a formula leads back to itself; nil for none.
func circle(all []Own, o idea.OwnMeasure) []string {
	all = slices.DeleteFunc(slices.Clone(all), func(other Own) bool { return other.Key == o.Key })
	all = append(all, Own{OwnMeasure: o})
	seen := map[string]bool{}
	var walk func(key string, way []string) []string
	walk = func(key string, way []string) []string {
		way = append(way, key)
		for _, next := range refs(all, key) {
			if slices.Contains(way, next) {
				return append(way, next)
			}
			if seen[next] {
				continue
			}
			if found := walk(next, way); found != nil {
				return found
			}
		}
		seen[key] = true
		return nil
	}
	return walk(o.Key, nil)
}

// CheckNew refuses a new measure that is called as one of the program or whose key
// cannot stand in a formula, and what CheckFormula refuses.
func CheckNew(f *Facts, o idea.OwnMeasure) error {
	for _, m := range Measures(f) {
		if m.Key == o.Key && !m.Own {
			return idea.Errorf(idea.Refused, "sluss has a measure %q already", o.Key).
				WithHint("take another key; sluss report explain %s tells what that one means", m.ID())
		}
	}
	if !formula.Names(o.Key) {
		return idea.Errorf(idea.Usage, "%q cannot be the key of a measure: formulas use the word", o.Key).WithHint("take another word")
	}
	return CheckFormula(f, o)
}

// CheckFormula refuses a measure whose formula cannot be read, speaks of what is
// not there or leads back to itself.
func CheckFormula(f *Facts, o idea.OwnMeasure) error {
	if o.Formula == "" {
		return nil
	}
	parsed, err := formula.Parse(o.Formula)
	if err != nil {
		return err
	}
	var known []string
	for _, m := range Measures(f) {
		known = append(known, formula.Write(m.ID()))
	}
	for _, r := range parsed.Refs() {
		if id := formula.Write(r.ID); !slices.Contains(known, id) && r.ID != o.Key {
			e := idea.Errorf(idea.NotFound, "there is no measure %q, at character %d of the formula", id, r.At).
				WithHint("sluss report explain lists the measures")
			e.Got, e.Near = id, known
			return e
		}
	}
	if way := circle(f.Owns, o); way != nil {
		return idea.Errorf(idea.Refused, "the formula leads back to itself: %s", strings.Join(way, " → ")).WithHint("a formula can speak of other measures only")
	}
	return nil
}

// FormulasWith lists the own measures whose formulas speak of a measure.
func FormulasWith(all []Own, id string) (keys []string) {
	for _, o := range all {
		if slices.Contains(refs(all, o.Key), id) {
			keys = append(keys, o.Key)
		}
	}
	return keys
}

// Spoken lists the measures that the formula of a measure speaks of, each once.
func Spoken(f *Facts, m Measure) (out []Measure) {
	if m.Statistic != Computed {
		return nil
	}
	seen := map[string]bool{}
	for _, id := range refs(f.Owns, m.Key) {
		if other, err := Find(f, id); err == nil && !seen[id] {
			seen[id] = true
			out = append(out, other)
		}
	}
	return out
}
