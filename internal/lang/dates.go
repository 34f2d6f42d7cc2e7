package lang

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// DateError says that a text is no day, or no period, that ParseDay or
// ParsePeriod knows. Every text in Nearest is one.
type DateError struct {
	Text    string
	Period  bool
	Nearest []string
}

func (e *DateError) Error() string {
	p := New(English)
	format, args := e.Message()
	hint, with := e.Hint()
	return p.T(format, args...) + "; " + p.T(hint, with...)
}

// Message says what is wrong, as a format for [Printer.T].
func (e *DateError) Message() (format string, args []any) {
	if e.Period {
		return say("%q is not a period", e.Text)
	}
	return say("%q is not a day", e.Text)
}

// Hint says what to write instead, as a format for [Printer.T].
func (e *DateError) Hint() (format string, args []any) {
	return say("write for example %s", strings.Join(e.Nearest, ", "))
}

func say(format string, args ...any) (string, []any) { return format, args }

// ParseDay reads a day as people type it, in Swedish or English, and gives the
// first instant of that day in the location of now. It returns a *DateError
// for anything that it does not know:
//
//	2026-11-24  20261124
//	today  yesterday  tomorrow        idag  i går  imorgon
//	friday  fri                       fredag  fre
//	next friday  last friday          nästa fredag  förra fredagen
//	                                  i fredags: the one before today
//	+14d  -3d  +2w  +1m
//	in 14 days  3 days ago            om 14 dagar  för 3 dagar sedan
//	v.48  v48  2026-W48               vecka 48: its Monday
//	this week  next week  last week   denna vecka  nästa vecka  förra veckan: its Monday
//	eow  eom  eoy  end of month       slutet av månaden
//
// A weekday alone is the coming one; today's name is the day a week ahead. The
// next and the last Friday are those of the next and the last week. Weeks are
// those of ISO 8601, and a week without a year is one of this year. A month
// ahead of 31 January is the last of February.
func ParseDay(text string, now time.Time) (time.Time, error) {
	d, ok := readDay(text, now)
	if !ok {
		return time.Time{}, &DateError{Text: text, Nearest: nearestDays(text, now)}
	}
	return midnight(d.from, now.Location()), nil
}

// ParsePeriod reads a period: a day or week as in [ParseDay], or
//
//	2026  2026-q3  q3  2026-t2  2026-11
//	november  november 2026           quarter 3 2026  kvartal 3 2026
//	this, last, next + week, month, quarter, tertial, year
//	denna, förra, nästa + vecka, månad, kvartal, tertial, år; i år, i fjol
//	last 30 days                      senaste 30 dagarna: today is the last
//	FROM..TO  FROM..  ..TO            both ends are in it
//
// It gives the first instant of the period and the first instant after it; an
// open end is the zero time. It returns a *DateError for anything that it does
// not know.
func ParsePeriod(text string, now time.Time) (from, to time.Time, err error) {
	s, ok := readPeriod(text, now)
	if !ok {
		return from, to, &DateError{Text: text, Period: true, Nearest: nearestPeriods(text, now)}
	}
	return midnight(s.from, now.Location()), midnight(s.to, now.Location()), nil
}

// span is a run of days, half-open. Its times are midnights in UTC, so that
// arithmetic on days meets no daylight saving. A text that has the form of a
// date but is none, such as 2026-02-30, is a span without days; meant is what
// it could be.
type span struct {
	from, to time.Time
	meant    string
}

// isDay tells whether s begins with a day that there is, and isPeriod also
// whether the day after it is one: those from 1900 to 9999.
func (s span) isDay() bool { return !s.from.IsZero() && s.from.Year() >= 1900 && s.from.Year() <= 9999 }

func (s span) isPeriod() bool { return s.isDay() && s.to.Year() <= 9999 }

func readDay(text string, now time.Time) (span, bool) {
	s, isDay := read(text, dateOf(now))
	return s, isDay && s.isDay()
}

func readPeriod(text string, now time.Time) (span, bool) {
	left, right, isRange := strings.Cut(text, "..")
	if !isRange {
		s, _ := read(text, dateOf(now))
		return s, s.isPeriod()
	}
	s, ok := readEnds(left, right, now)
	open := s.from.IsZero() || s.to.IsZero()
	return s, ok && (open || s.from.Before(s.to))
}

// readEnds reads both ends of a range; they may be in the wrong order.
func readEnds(left, right string, now time.Time) (s span, ok bool) {
	from, empty1, ok1 := readEnd(left, now)
	to, empty2, ok2 := readEnd(right, now)
	return span{from: from.from, to: to.to}, ok1 && ok2 && !(empty1 && empty2)
}

func readEnd(text string, now time.Time) (s span, empty, ok bool) {
	if strings.TrimSpace(text) == "" {
		return span{}, true, true
	}
	s, _ = read(text, dateOf(now))
	return s, false, s.isPeriod()
}

// nearestDays lists days that text may have been meant to be, or examples.
func nearestDays(text string, now time.Time) []string {
	is := func(s string) bool { _, ok := readDay(s, now); return ok }
	s, _ := readDay(text, now)
	guesses := []string{s.meant}
	if s.isDay() {
		guesses = append(guesses, s.from.Format(time.DateOnly))
	}
	guesses = append(guesses, mend(text)...)
	if near := first(3, guesses, is); near != nil {
		return near
	}
	return []string{dateOf(now).Format(time.DateOnly), "+14d", "v.48"}
}

// nearestPeriods lists periods that text may have been meant to be, or
// examples.
func nearestPeriods(text string, now time.Time) []string {
	is := func(s string) bool { _, ok := readPeriod(s, now); return ok }
	if near := first(3, periodGuesses(text, now), is); near != nil {
		return near
	}
	year := dateOf(now).Format("2006")
	return []string{year, year + "-q3", year + "-11", year + "-01.." + year + "-08"}
}

func periodGuesses(text string, now time.Time) []string {
	left, right, isRange := strings.Cut(text, "..")
	if !isRange {
		s, _ := readPeriod(text, now)
		return append([]string{s.meant}, mend(text)...)
	}
	guesses := []string{right + ".." + left}
	for _, l := range endGuesses(left, now) {
		for _, r := range endGuesses(right, now) {
			guesses = append(guesses, l+".."+r)
		}
	}
	return guesses
}

func endGuesses(text string, now time.Time) []string {
	if _, _, ok := readEnd(text, now); ok {
		return []string{text}
	}
	return slices.DeleteFunc(periodGuesses(text, now), func(s string) bool { return s == "" })
}

// first is the first few different texts that are fit.
func first(few int, texts []string, fit func(string) bool) []string {
	var out []string
	seen := map[string]bool{}
	for _, t := range texts {
		if len(out) < few && !seen[t] && fit(t) {
			out = append(out, t)
		}
		seen[t] = true
	}
	return out
}

// A form is a way to write a span; see match for patterns. It is written in
// canonical words; see canonical.
type form struct {
	pattern string
	isDay   bool // also a day, and not only a period
	read    func(today time.Time, n []int) span
}

var forms = [...]form{
	{"####-##-##", true, func(_ time.Time, n []int) span { return dayOf(n[0], n[1], n[2]) }},
	{"########", true, func(_ time.Time, n []int) span { return dayOf(n[0]/10000, n[0]/100%100, n[0]%100) }},
	{"today", true, func(today time.Time, _ []int) span { return oneDay(today, 0) }},
	{"yesterday", true, func(today time.Time, _ []int) span { return oneDay(today, -1) }},
	{"tomorrow", true, func(today time.Time, _ []int) span { return oneDay(today, 1) }},
	{"day:#", true, func(today time.Time, n []int) span { return oneDay(today, (n[0]-weekday(today)+6)%7+1) }},
	{"next day:#", true, func(today time.Time, n []int) span { return oneDay(today, 7+n[0]-weekday(today)) }},
	{"last day:#", true, func(today time.Time, n []int) span { return oneDay(today, -7+n[0]-weekday(today)) }},
	{"past day:#", true, func(today time.Time, n []int) span { return oneDay(today, -((weekday(today)-n[0]+6)%7 + 1)) }},
	{"+*d", true, func(today time.Time, n []int) span { return shifted(today, days, n[0]) }},
	{"-*d", true, func(today time.Time, n []int) span { return shifted(today, days, -n[0]) }},
	{"+*w", true, func(today time.Time, n []int) span { return shifted(today, weeks, n[0]) }},
	{"-*w", true, func(today time.Time, n []int) span { return shifted(today, weeks, -n[0]) }},
	{"+*m", true, func(today time.Time, n []int) span { return shifted(today, months, n[0]) }},
	{"-*m", true, func(today time.Time, n []int) span { return shifted(today, months, -n[0]) }},
	{"in * unit:#", true, func(today time.Time, n []int) span { return shifted(today, n[1], n[0]) }},
	{"* unit:# ago", true, func(today time.Time, n []int) span { return shifted(today, n[1], -n[0]) }},
	{"för * unit:# ago", true, func(today time.Time, n []int) span { return shifted(today, n[1], -n[0]) }},
	{"####-w*", true, weekOfYear},
	{"####-v*", true, weekOfYear},
	{"####w*", true, weekOfYear},
	{"####v*", true, weekOfYear},
	{"v.*", true, weekOfThisYear},
	{"v. *", true, weekOfThisYear},
	{"v*", true, weekOfThisYear},
	{"v *", true, weekOfThisYear},
	{"w*", true, weekOfThisYear},
	{"unit:2 *", true, weekOfThisYear},
	{"unit:2 * ####", true, func(today time.Time, n []int) span { return weekOfYear(today, []int{n[1], n[0]}) }},
	{"this unit:2", true, func(today time.Time, _ []int) span { return whole(today, weeks, 0) }},
	{"next unit:2", true, func(today time.Time, _ []int) span { return whole(today, weeks, 1) }},
	{"last unit:2", true, func(today time.Time, _ []int) span { return whole(today, weeks, -1) }},
	{"end of unit:#", true, func(today time.Time, n []int) span { return oneDay(whole(today, n[0], 0).to, -1) }},
	{"####", false, func(_ time.Time, n []int) span { return part(n[0], years, 1) }},
	{"####-##", false, func(_ time.Time, n []int) span { return part(n[0], months, n[1]) }},
	{"month:*", false, func(today time.Time, n []int) span { return part(today.Year(), months, n[0]) }},
	{"month:* ####", false, func(_ time.Time, n []int) span { return part(n[1], months, n[0]) }},
	{"####-q*", false, func(_ time.Time, n []int) span { return part(n[0], quarters, n[1]) }},
	{"####q*", false, func(_ time.Time, n []int) span { return part(n[0], quarters, n[1]) }},
	{"q*", false, func(today time.Time, n []int) span { return part(today.Year(), quarters, n[0]) }},
	{"q* ####", false, func(_ time.Time, n []int) span { return part(n[1], quarters, n[0]) }},
	{"####-t*", false, func(_ time.Time, n []int) span { return part(n[0], tertials, n[1]) }},
	{"####t*", false, func(_ time.Time, n []int) span { return part(n[0], tertials, n[1]) }},
	{"t*", false, func(today time.Time, n []int) span { return part(today.Year(), tertials, n[0]) }},
	{"t* ####", false, func(_ time.Time, n []int) span { return part(n[1], tertials, n[0]) }},
	{"unit:4 *", false, func(today time.Time, n []int) span { return part(today.Year(), tertials, n[0]) }},
	{"unit:4 * ####", false, func(_ time.Time, n []int) span { return part(n[1], tertials, n[0]) }},
	{"unit:5 *", false, func(today time.Time, n []int) span { return part(today.Year(), quarters, n[0]) }},
	{"unit:5 * ####", false, func(_ time.Time, n []int) span { return part(n[1], quarters, n[0]) }},
	{"this unit:#", false, func(today time.Time, n []int) span { return whole(today, n[0], 0) }},
	{"next unit:#", false, func(today time.Time, n []int) span { return whole(today, n[0], 1) }},
	{"last unit:#", false, func(today time.Time, n []int) span { return whole(today, n[0], -1) }},
	{"last * unit:#", false, func(today time.Time, n []int) span { return until(today, n[1], n[0]) }},
	{"senaste * unit:#", false, func(today time.Time, n []int) span { return until(today, n[1], n[0]) }},
	{"*/*", true, func(today time.Time, n []int) span { return span{meant: dayOf(today.Year(), n[1], n[0]).text()} }},
	{"*/* ####", true, func(_ time.Time, n []int) span { return span{meant: dayOf(n[2], n[1], n[0]).text()} }},
	{"*/*/####", true, func(_ time.Time, n []int) span { return span{meant: dayOf(n[2], n[1], n[0]).text()} }},
	{"*.*.####", true, func(_ time.Time, n []int) span { return span{meant: dayOf(n[2], n[1], n[0]).text()} }},
	{"####/##/##", true, func(_ time.Time, n []int) span { return span{meant: dayOf(n[0], n[1], n[2]).text()} }},
}

// maxDate is the length in bytes of the longest text that is tried as a date.
const maxDate = 64

func read(text string, today time.Time) (s span, isDay bool) {
	if len(text) > maxDate {
		return span{}, false
	}
	if d, err := time.Parse(time.DateOnly, text); err == nil {
		return oneDay(d, 0), true
	}
	written := canonical(text)
	for _, f := range forms {
		if n, ok := match(f.pattern, written); ok {
			return f.read(today, n), f.isDay
		}
	}
	return span{}, false
}

// match holds text against a pattern and gives its numbers. In a pattern each
// # is a digit, * is one to four digits, and anything else is itself.
func match(pattern, text string) (numbers []int, ok bool) {
	for pattern != "" {
		width := len(pattern) - len(strings.TrimLeft(pattern, "#"))
		least, most := width, width
		if pattern[0] == '*' {
			width, least, most = 1, 1, 4
		}
		if width == 0 {
			if text == "" || text[0] != pattern[0] {
				return nil, false
			}
			pattern, text = pattern[1:], text[1:]
			continue
		}
		n, used := leadingNumber(text, most)
		if used < least {
			return nil, false
		}
		numbers = append(numbers, n)
		pattern, text = pattern[width:], text[used:]
	}
	return numbers, text == ""
}

func leadingNumber(text string, most int) (n, used int) {
	for used < most && used < len(text) && '0' <= text[used] && text[used] <= '9' {
		n = n*10 + int(text[used]-'0')
		used++
	}
	return n, used
}

func weekOfYear(_ time.Time, n []int) span { return week(n[0], n[1]) }

func weekOfThisYear(today time.Time, n []int) span {
	year, _ := today.ISOWeek()
	return week(year, n[0])
}

func week(year, n int) span {
	monday := start(date(year, 1, 4), weeks).AddDate(0, 0, 7*(n-1))
	if y, w := monday.ISOWeek(); y == year && w == n {
		return whole(monday, weeks, 0)
	}
	_, last := date(year, 12, 28).ISOWeek()
	return span{meant: fmt.Sprintf("%04d-W%02d", year, max(1, min(n, last)))}
}

func dayOf(year, month, day int) span {
	m := max(1, min(month, 12))
	d := max(1, min(day, date(year, m+1, 0).Day()))
	if m != month || d != day {
		return span{meant: date(year, m, d).Format(time.DateOnly)}
	}
	return oneDay(date(year, month, day), 0)
}

// text is the day that s is or was meant to be.
func (s span) text() string {
	if s.meant != "" {
		return s.meant
	}
	return s.from.Format(time.DateOnly)
}

// part is the nth month, tertial or quarter of a year.
func part(year, unit, n int) span {
	parts := 12 / monthsIn[unit]
	if n >= 1 && n <= parts {
		return whole(date(year, 1, 1), unit, n-1)
	}
	n = max(1, min(n, parts))
	if unit == months {
		return span{meant: fmt.Sprintf("%04d-%02d", year, n)}
	}
	letter := "q"
	if unit == tertials {
		letter = "t"
	}
	return span{meant: fmt.Sprintf("%04d-%s%d", year, letter, n)}
}

// The units of time, by the numbers that they have in canonical text.
const (
	days = iota + 1
	weeks
	months
	tertials
	quarters
	years
)

var monthsIn = [...]int{months: 1, tertials: 4, quarters: 3, years: 12}

func date(year, month, day int) time.Time {
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}

func dateOf(now time.Time) time.Time {
	return date(now.Year(), int(now.Month()), now.Day())
}

// midnight is the first instant of a date in loc. Where a change of the clock
// skips midnight the day begins an hour later.
func midnight(d time.Time, loc *time.Location) time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	t := time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, loc)
	if t.Day() != d.Day() {
		t = t.Add(time.Hour)
	}
	return t
}

// weekday is 1 on a Monday and 7 on a Sunday.
func weekday(d time.Time) int { return (int(d.Weekday())+6)%7 + 1 }

func oneDay(d time.Time, offset int) span {
	from := d.AddDate(0, 0, offset)
	return span{from: from, to: from.AddDate(0, 0, 1)}
}

func shifted(d time.Time, unit, n int) span {
	if unit < days || unit > years {
		return span{}
	}
	return oneDay(shift(d, unit, n), 0)
}

// shift is d some units of time later, or the last day of the month if that
// month is too short.
func shift(d time.Time, unit, n int) time.Time {
	switch unit {
	case days:
		return d.AddDate(0, 0, n)
	case weeks:
		return d.AddDate(0, 0, 7*n)
	}
	month := int(d.Month()) + n*monthsIn[unit]
	last := date(d.Year(), month+1, 0).Day()
	return date(d.Year(), month, min(d.Day(), last))
}

// start is the first day of the unit of time that d lies in.
func start(d time.Time, unit int) time.Time {
	if unit == weeks {
		return d.AddDate(0, 0, 1-weekday(d))
	}
	size := monthsIn[unit]
	return date(d.Year(), (int(d.Month())-1)/size*size+1, 1)
}

// whole is the unit of time that d lies in, or the one so many later.
func whole(d time.Time, unit, offset int) span {
	if unit <= days || unit > years {
		return span{}
	}
	from := shift(start(d, unit), unit, offset)
	return span{from: from, to: shift(from, unit, 1)}
}

// until is a run of so many units of time that ends with today.
func until(today time.Time, unit, n int) span {
	if unit < days || unit > years || n == 0 {
		return span{}
	}
	to := today.AddDate(0, 0, 1)
	return span{from: shift(to, unit, -n), to: to}
}
