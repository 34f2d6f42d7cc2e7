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
func (d Day) Number() int {
	if t, ok := d.quick(); ok {
		return DayNumber(t)
	}
	return DayNumber(d.Time(time.UTC))
}

// quick is Time in UTC without what time.Parse does for other layouts, which
// takes ten times as long. It is false for what is not a real day.
func (d Day) quick() (t time.Time, ok bool) {
	if len(d) != len(time.DateOnly) || d[4] != '-' || d[7] != '-' {
		return t, false
	}
	number := func(digits Day) (n int) {
		for k := range len(digits) {
			if digits[k] < '0' || digits[k] > '9' {
				return -1
			}
			n = 10*n + int(digits[k]-'0')
		}
		return n
	}
	year, month, day := number(d[:4]), number(d[5:7]), number(d[8:])
	if year < 0 || month < 1 || day < 1 {
		return t, false
	}
	t = time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return t, t.Day() == day && int(t.Month()) == month
}

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
