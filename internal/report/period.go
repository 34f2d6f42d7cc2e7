package report

import (
	"cmp"
	"fmt"
	"time"

	"sluss/internal/idea"
)

// By is what the groups of a report go by.
type By string

// The ways to group. Those of time split the period.
const (
	ByNothing By = ""
	ByUnit    By = "unit"
	ByKind    By = "kind"
	ByCoach   By = "coach"
	ByTag     By = "tag"
	ByStage   By = "stage"
	ByNetwork By = "network"
	ByWeek    By = "week"
	ByMonth   By = "month"
	ByQuarter By = "quarter"
	ByYear    By = "year"
)

// Ways lists what a report can be grouped by.
func Ways() []By {
	return []By{ByUnit, ByKind, ByCoach, ByTag, ByStage, ByNetwork, ByWeek, ByMonth, ByQuarter, ByYear}
}

// Times tells whether the groups are parts of the period.
func (b By) Times() bool { return b == ByWeek || b == ByMonth || b == ByQuarter || b == ByYear }

// looks is what the groups look at.
func (b By) looks() idea.Look {
	switch b {
	case ByUnit, ByKind, ByCoach, ByNetwork:
		return idea.LookTraits
	case ByTag:
		return idea.LookTags
	case ByStage:
		return idea.LookStages
	}
	return idea.LookNowhere
}

func (b By) groups(s Scope) []Group {
	switch b {
	case ByUnit:
		return unitGroups(s)
	case ByKind:
		return kindGroups(s)
	case ByCoach:
		return coachGroups(s)
	case ByTag:
		return tagGroups(s)
	case ByStage:
		return stageGroups(s)
	case ByNetwork:
		return networkGroups(s)
	case ByNothing:
		return nil
	}
	return timeGroups(b, s)
}

// timeGroups splits the period, as far as it has come. One without a beginning
// begins with the first that is known.
func timeGroups(b By, s Scope) (out []Group) {
	from, last := cmp.Or(s.Period.From, s.dawn()), s.end()
	if from == "" {
		return nil
	}
	for _, part := range b.split(from, last) {
		key := b.key(part.From)
		out = append(out, Group{Key: key, Name: idea.Say("%s", key), narrow: within(part)})
	}
	return out
}

// split is the whole parts of time from a day to the last.
func (b By) split(from, last idea.Day) (parts []idea.Period) {
	for day := from; day <= last; {
		part := b.around(day)
		parts, day = append(parts, part), part.To
	}
	return parts
}

// Running is the key of the last group of a table by parts of time if that is not
// over at the end of a day; else empty.
func (t Table) Running(day idea.Day) string {
	if !t.By.Times() || len(t.Groups) == 0 {
		return ""
	}
	if last := t.Groups[len(t.Groups)-1].Key; last == t.By.key(t.By.around(day).From) && t.By.around(day).To > day.Add(1) {
		return last
	}
	return ""
}

// dawn is the first day of which anything is known; empty when nothing is.
func (s Scope) dawn() idea.Day {
	var days earliest
	if !s.Narrowed { // what is not read is known too
		days.see(s.Dawn)
	}
	for _, l := range s.lives() {
		days.see(l.Received)
	}
	for _, t := range s.Tests {
		days.see(t.Planned)
		days.see(t.Started)
	}
	for _, e := range s.Effects {
		days.see(e.From)
	}
	for _, a := range s.Activities {
		days.see(a.Day)
	}
	for _, o := range s.Owns {
		for _, v := range o.Values {
			days.see(v.On)
		}
	}
	return days.first
}

// earliest is the first of the days that were seen; empty while there is none.
type earliest struct{ first idea.Day }

func (e *earliest) see(day idea.Day) {
	if day != "" && (e.first == "" || day < e.first) {
		e.first = day
	}
}

// around is the week, month, quarter or year that a day lies in. Weeks begin on
// a Monday (ISO 8601).
func (b By) around(day idea.Day) idea.Period {
	t := day.Time(time.UTC)
	y, m, d := t.Date()
	from, to := t, t
	switch b {
	case ByWeek:
		from = t.AddDate(0, 0, -(int(t.Weekday())+6)%7)
		to = from.AddDate(0, 0, 7)
	case ByMonth:
		from = t.AddDate(0, 0, 1-d)
		to = from.AddDate(0, 1, 0)
	case ByQuarter:
		from = time.Date(y, m-(m-1)%3, 1, 0, 0, 0, 0, time.UTC)
		to = from.AddDate(0, 3, 0)
	default:
		from = time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC)
		to = from.AddDate(1, 0, 0)
	}
	return idea.Period{From: idea.DayOf(from), To: idea.DayOf(to)}
}

// key is what the part that begins on a day is called, as people type periods.
func (b By) key(day idea.Day) string {
	t := day.Time(time.UTC)
	switch b {
	case ByWeek:
		year, week := t.ISOWeek()
		return fmt.Sprintf("%d-W%02d", year, week)
	case ByMonth:
		return t.Format("2006-01")
	case ByQuarter:
		return fmt.Sprintf("%d-q%d", t.Year(), (int(t.Month())+2)/3)
	}
	return t.Format("2006")
}

// Previous is the period just before p: the week, month, quarter or year before
// if p is one of these, else as many days. It is false for a period with an open
// end.
func Previous(p idea.Period) (idea.Period, bool) {
	if p.From == "" || p.To == "" {
		return idea.Period{}, false
	}
	for _, b := range []By{ByWeek, ByMonth, ByQuarter, ByYear} {
		if b.around(p.From) == p {
			return b.around(p.From.Add(-1)), true
		}
	}
	return idea.Period{From: p.From.Add(p.From.Sub(p.To)), To: p.From}, true
}

// YearBefore is the same days of the year before; for a week, the week of the
// same number or the last one. It is false for a period with an open end.
func YearBefore(p idea.Period) (idea.Period, bool) {
	if p.From == "" || p.To == "" {
		return idea.Period{}, false
	}
	if ByWeek.around(p.From) == p {
		year, week := p.From.Time(time.UTC).ISOWeek()
		first := ByWeek.around(idea.Day(fmt.Sprintf("%04d-01-04", year-1)))
		from := first.From.Add(7 * (week - 1))
		if y, _ := from.Time(time.UTC).ISOWeek(); y != year-1 {
			from = from.Add(-7)
		}
		return idea.Period{From: from, To: from.Add(7)}, true
	}
	return idea.Period{From: yearBefore(p.From), To: yearBefore(p.To)}, true
}

// yearBefore is the same day of the year before; 1 March after 29 February.
func yearBefore(d idea.Day) idea.Day { return idea.DayOf(d.Time(time.UTC).AddDate(-1, 0, 0)) }

// horizon is the last day that is looked at in a period q that is compared with
// p: q is seen as long after its end as p is now, or as far into it. Else what
// is older would look better for having had more time.
func horizon(p, q idea.Period, today idea.Day) idea.Day {
	switch {
	case p.From == "" || p.To == "" || q.From == "" || q.To == "":
		return today
	case p.From > today: // not begun: there is nothing to be as old as
		return today
	case p.To <= today: // over
		return min(today, q.To.Add(today.Sub(p.To)))
	}
	return min(today, q.From.Add(today.Sub(p.From)))
}
