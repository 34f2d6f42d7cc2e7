package idea

import "time"

// Day is a calendar day, written 2026-11-24. The empty Day is no day. Days
// compare and sort as text.
type Day string

// DayOf is the day of t in t's own location.
func DayOf(t time.Time) Day { return Day(t.Format(time.DateOnly)) }

// Time is the first instant of the day in loc.
func (d Day) Time(loc *time.Location) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, string(d), loc)
	if err != nil {
		return time.Time{}
	}
	if DayOf(t) < d { // summer time began at midnight, which there was none of
		_, t = t.ZoneBounds()
	}
	return t
}

// Valid tells whether d is a real day between the years 1900 and 9999.
func (d Day) Valid() bool {
	t, err := time.Parse(time.DateOnly, string(d))
	return err == nil && t.Year() >= 1900
}

// Add is the day n days after d.
func (d Day) Add(n int) Day {
	return DayOf(d.Time(time.UTC).AddDate(0, 0, n))
}

// Sub is the number of calendar days from e to d.
func (d Day) Sub(e Day) int {
	return d.Number() - e.Number()
}

// Number counts the day from 1970-01-01, which is 0.
func (d Day) Number() int { return DayNumber(d.Time(time.UTC)) }

// DayNumber counts the day of t, in t's own location, from 1970-01-01.
func DayNumber(t time.Time) int {
	_, offset := t.Zone()
	seconds := t.Unix() + int64(offset)
	days := seconds / 86400
	if seconds%86400 < 0 {
		days--
	}
	return int(days)
}

// Period is a half-open range of days: From is in it, To is not. An empty end
// is open.
type Period struct{ From, To Day }

// And is the days that lie in both periods.
func (p Period) And(q Period) Period {
	out := Period{From: max(p.From, q.From), To: min(p.To, q.To)}
	if p.To == "" || q.To == "" {
		out.To = max(p.To, q.To)
	}
	return out
}

// Has tells whether d lies in the period.
func (p Period) Has(d Day) bool {
	return (p.From == "" || d >= p.From) && (p.To == "" || d < p.To)
}
