package report

import (
	"slices"

	"sluss/internal/idea"
)

// scope is all facts over a period, as they look on day until.
func (f *Facts) scope(p idea.Period, until idea.Day) Scope {
	s := Scope{Facts: f, Employers: f.Employers, Tests: f.Tests, Effects: f.Effects,
		Ideas: make([]*Life, 0, len(f.Ideas)), Activities: make([]*idea.Activity, len(f.Activities))}
	for k := range f.Activities {
		s.Activities[k] = &f.Activities[k]
	}
	for _, l := range f.Ideas {
		if l.merged() {
			s.Merged = append(s.Merged, l)
			continue
		}
		s.Ideas = append(s.Ideas, l)
		if l.Kind == idea.Employee {
			s.Employees = append(s.Employees, l)
		}
	}
	return s.over(p, until)
}

// over is the scope over another period, as it looks on another day.
func (s Scope) over(p idea.Period, until idea.Day) Scope {
	s.Period, s.Until = p, until
	return s.fresh()
}

// has tells whether a day lies in the period and may be looked at.
func (s Scope) has(day idea.Day) bool { return day != "" && day <= s.Until && s.Period.Has(day) }

// end is the last day of the period that may be looked at.
func (s Scope) end() idea.Day { return s.memory.end }

func endOf(p idea.Period, until idea.Day) idea.Day {
	if p.To == "" {
		return until
	}
	return min(p.To.Add(-1), until)
}

// before is the day before the period; empty when the period has no beginning.
func (s Scope) before() idea.Day {
	if s.Period.From == "" {
		return ""
	}
	return min(s.Period.From.Add(-1), s.Until)
}

// lives is the merged ideas too: they have tests, effects and givers.
func (s Scope) lives() []*Life { return slices.Concat(s.Ideas, s.Merged) }

// cohort is the ideas that came in in the period.
func (s Scope) cohort() []*Life {
	return remembered(&s.memory.cohort, func() []*Life { return s.received(s.Ideas) })
}

// memory is what several measures of one scope come from. Whoever narrows a scope
// gives it a fresh one.
type memory struct {
	end      idea.Day
	cohort   []*Life
	standing []*Life // at the end
	moved    []move
	begun    []Effect
	gave     []int64
	held     []*idea.Activity
	spans    []span // of the last duration that was asked for
	spansOf  string
	items    map[string][]Item
	parts    map[string]map[int64][]*Life
}

// fresh is the scope with a memory of its own.
func (s Scope) fresh() Scope {
	s.memory = &memory{end: endOf(s.Period, s.Until), items: map[string][]Item{}, parts: map[string]map[int64][]*Life{}}
	return s
}

// remembered is what a place of a memory holds, counted when it is asked for first.
func remembered[T any](place *[]T, count func() []T) []T {
	if *place == nil {
		*place = count()
	}
	return *place
}

// once counts items, or remembers them.
func (s Scope) once(key string, count func() []Item) []Item {
	items, known := s.memory.items[key]
	if !known {
		items = count()
		s.memory.items[key] = items
	}
	return items
}

func (s Scope) received(among []*Life) (out []*Life) {
	for _, l := range among {
		if s.has(l.Received) {
			out = append(out, l)
		}
	}
	return out
}

// standing is the ideas that were in hand at the end of a day.
func (s Scope) standing(day idea.Day) (out []*Life) {
	if day == "" {
		return nil
	}
	open := func() []*Life { return keep(s.Ideas, func(l *Life) bool { return l.open(day) }) }
	if day == s.end() {
		return remembered(&s.memory.standing, open)
	}
	return open()
}

// move is a move of an idea from one stage to another.
type move struct {
	number   int64
	from, to *idea.Stage
}

// moves is an item for each move in the period that fits.
func (s Scope) moves(fits func(from, to *idea.Stage) bool) (out []Item) {
	for _, m := range s.moved() {
		if fits(m.from, m.to) {
			out = append(out, Item{ID: m.number, In: true})
		}
	}
	return out
}

// moved is the moves in the period.
func (s Scope) moved() []move {
	return remembered(&s.memory.moved, func() (out []move) {
		for _, l := range s.Ideas {
			for k, v := range l.Visits[1:] {
				if s.has(v.Day) {
					out = append(out, move{l.Number, l.Visits[k].Stage, v.Stage})
				}
			}
		}
		return out
	})
}

func counted(among []*Life, fits func(*Life) bool) (out []Item) {
	if fits == nil {
		out = make([]Item, 0, len(among))
	}
	for _, l := range among {
		if fits == nil || fits(l) {
			out = append(out, Item{ID: l.Number, In: true})
		}
	}
	return out
}

func parted(among []*Life, in func(*Life) bool) []Item {
	out := make([]Item, len(among))
	for k, l := range among {
		out[k] = Item{ID: l.Number, In: in(l)}
	}
	return out
}

// Group is a part of what a report is about.
type Group struct {
	Key    string    // what scripts read: a name, a word, a month
	Name   idea.Text // what people read
	All    bool      // it is no part but all of it
	narrow func(Scope) Scope
}

// of is the part of a scope that the group is about.
func (g Group) of(s Scope) Scope {
	if g.All {
		return s
	}
	return g.narrow(s).fresh()
}

// only narrows a scope to the ideas that fit, with their tests and effects, and
// to the activities that fit; nil if activities do not belong to such groups.
func only(fits func(*Life) bool, activity func(*idea.Activity) bool) func(Scope) Scope {
	return func(s Scope) Scope {
		s.Ideas, s.Merged, s.Employees = keep(s.Ideas, fits), keep(s.Merged, fits), keep(s.Employees, fits)
		s.Tests = keep(s.Tests, func(t Test) bool { return fits(t.Life) })
		s.Effects = keep(s.Effects, func(e Effect) bool { return fits(e.Life) })
		if s.withoutActivities = activity == nil; activity != nil {
			s.Activities = keep(s.Activities, activity)
		}
		s.narrowed = true
		return s
	}
}

// ofPart is only for the ideas of which something is id, without looking at all
// of them for every group.
func ofPart(what string, of func(*Life) int64, id int64, activity func(*idea.Activity) bool) func(Scope) Scope {
	return func(s Scope) Scope {
		ideas, employees := s.part(what, s.Ideas, of)[id], s.part(what+" of employees", s.Employees, of)[id]
		s.Ideas, s.Employees = nil, nil
		out := only(func(l *Life) bool { return of(l) == id }, activity)(s)
		out.Ideas, out.Employees = ideas, employees
		return out
	}
}

// part parts ideas by what something is of them, once.
func (s Scope) part(what string, ideas []*Life, of func(*Life) int64) map[int64][]*Life {
	if s.memory.parts[what] != nil {
		return s.memory.parts[what]
	}
	parts := map[int64][]*Life{}
	for _, l := range ideas {
		parts[of(l)] = append(parts[of(l)], l)
	}
	s.memory.parts[what] = parts
	return parts
}

func keep[T any](all []T, fits func(T) bool) (out []T) {
	for _, one := range all {
		if fits(one) {
			out = append(out, one)
		}
	}
	return out
}

func within(p idea.Period) func(Scope) Scope {
	return func(s Scope) Scope {
		s.Period = s.Period.And(p)
		return s
	}
}

// ofUnit narrows a scope to what concerns a unit, and to those who work there.
func ofUnit(unit int64, activity func(*idea.Activity) bool) func(Scope) Scope {
	narrow := ofPart("unit", func(l *Life) int64 { return l.Unit }, unit, activity)
	return func(s Scope) Scope {
		out := narrow(s)
		out.Employees = s.part("works", s.Employees, (*Life).works)[unit]
		out.Employers = keep(s.Employers, func(u idea.Unit) bool { return u.ID == unit })
		return out
	}
}

// unitGroups is a group for every unit that is open or has something, and one
// for what has no unit. A unit's group holds its own, not what lies under it.
func unitGroups(s Scope) (out []Group) {
	used := map[int64]bool{}
	for _, l := range s.lives() {
		used[l.Unit] = true
	}
	for _, a := range s.Activities {
		for _, u := range a.Units {
			used[u] = true
		}
		used[0] = used[0] || len(a.Units) == 0
	}
	for _, u := range s.Units {
		if used[u.ID] || !u.Closed {
			out = append(out, Group{Key: u.Name, Name: idea.Say("%s", u.Name), narrow: ofUnit(u.ID, func(a *idea.Activity) bool { return slices.Contains(a.Units, u.ID) })})
		}
	}
	if used[0] {
		out = append(out, Group{Name: idea.Say("(no unit)"), narrow: ofUnit(0, func(a *idea.Activity) bool { return len(a.Units) == 0 })})
	}
	return out
}

func kindGroups(Scope) (out []Group) {
	for _, k := range idea.GiverKinds() {
		out = append(out, Group{Key: string(k), Name: idea.Say("%s", idea.Word(k)), narrow: only(func(l *Life) bool { return l.Kind == k }, nil)})
	}
	return out
}

func coachGroups(s Scope) (out []Group) {
	used := map[int64]bool{}
	for _, l := range s.lives() {
		used[l.Coach] = true
	}
	for _, c := range s.Coaches {
		if used[c.ID] {
			out = append(out, Group{Key: c.Name, Name: idea.Say("%s", c.Name), narrow: ofPart("coach", coachOf, c.ID, nil)})
		}
	}
	if used[0] {
		out = append(out, Group{Name: idea.Say("(no coach)"), narrow: ofPart("coach", coachOf, 0, nil)})
	}
	return out
}

func coachOf(l *Life) int64 { return l.Coach }

// tagGroups overlap: an idea with two tags is in both.
func tagGroups(s Scope) (out []Group) {
	tags := map[string]bool{}
	without := false
	for _, l := range s.lives() {
		for _, t := range l.Tags {
			tags[t] = true
		}
		without = without || len(l.Tags) == 0
	}
	for _, tag := range sortedKeys(tags) {
		out = append(out, Group{Key: tag, Name: idea.Say("%s", tag), narrow: only(func(l *Life) bool { return slices.Contains(l.Tags, tag) }, nil)})
	}
	if without {
		out = append(out, Group{Name: idea.Say("(no tag)"), narrow: only(func(l *Life) bool { return len(l.Tags) == 0 }, nil)})
	}
	return out
}

// stageGroups go by where ideas stood at the end of the period; at that of the
// other, where it is compared.
func stageGroups(s Scope) (out []Group) {
	used := map[idea.StageKey]bool{}
	for _, l := range s.lives() {
		if at := l.at(s.end()); at != nil {
			used[at.Key] = true
		}
	}
	for _, stage := range s.Stages {
		if used[stage.Key] || !stage.Removed {
			out = append(out, Group{Key: string(stage.Key), Name: stageName(stage), narrow: inStage(stage.Key)})
		}
	}
	return out
}

func inStage(key idea.StageKey) func(Scope) Scope {
	return func(s Scope) Scope {
		return only(func(l *Life) bool {
			at := l.at(s.end())
			return at != nil && at.Key == key
		}, nil)(s)
	}
}

// networkGroups hold the activities of a network, and the ideas that its
// members own.
func networkGroups(s Scope) (out []Group) {
	for _, n := range s.Networks {
		out = append(out, Group{Key: n.Name, Name: idea.Say("%s", n.Name), narrow: only(
			func(l *Life) bool { return l.Owner != 0 && slices.Contains(n.Members, l.Owner) },
			func(a *idea.Activity) bool { return slices.Contains(a.Networks, n.ID) })})
	}
	return out
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
