package idea

import (
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

// Days says on which days something is done again and again.
type Days string

// The days that a schedule can have. OnWeekdays is Monday to Friday, public
// holidays too; a timer of the system knows no others.
const (
	Daily       Days = "daily"
	OnWeekdays  Days = "weekday"
	OnMonday    Days = "monday"
	OnTuesday   Days = "tuesday"
	OnWednesday Days = "wednesday"
	OnThursday  Days = "thursday"
	OnFriday    Days = "friday"
	OnSaturday  Days = "saturday"
	OnSunday    Days = "sunday"
	OnFirst     Days = "first of month"
)

// EveryDays lists the days that a schedule can have.
func EveryDays() []Days {
	return []Days{Daily, OnWeekdays, OnMonday, OnTuesday, OnWednesday, OnThursday, OnFriday, OnSaturday, OnSunday, OnFirst}
}

// Label is the days in words.
func (d Days) Label() Word { return Word(d) }

// Weekday is the day of the week that d means, if it means one.
func (d Days) Weekday() (time.Weekday, bool) {
	k := slices.Index([]Days{OnSunday, OnMonday, OnTuesday, OnWednesday, OnThursday, OnFriday, OnSaturday}, d)
	return time.Weekday(max(k, 0)), k >= 0
}

func (d Days) has(t time.Time) bool {
	switch d {
	case Daily:
		return true
	case OnWeekdays:
		return t.Weekday() != time.Saturday && t.Weekday() != time.Sunday
	case OnFirst:
		return t.Day() == 1
	}
	day, _ := d.Weekday()
	return t.Weekday() == day
}

// Every is a time at which something is done again and again, by the clock on
// the wall.
type Every struct {
	Days Days
	At   Clock
}

// String is e as it is kept and as it can be typed.
func (e Every) String() string { return string(e.Days) + " " + string(e.At) }

// Last is the newest time of e that is not after t, in the time zone of t.
func (e Every) Last(t time.Time) time.Time {
	return e.near(t, -1, func(at time.Time) bool { return !at.After(t) })
}

// Next is the first time of e after t, in the time zone of t.
func (e Every) Next(t time.Time) time.Time {
	return e.near(t, 1, func(at time.Time) bool { return at.After(t) })
}

func (e Every) near(t time.Time, step int, fits func(time.Time) bool) time.Time {
	const longest = 32 // days between two times of any schedule, and one more
	for k := range longest + 1 {
		at := time.Date(t.Year(), t.Month(), t.Day()+step*k, 0, e.At.Minutes(), 0, 0, t.Location())
		if e.Days.has(time.Date(t.Year(), t.Month(), t.Day()+step*k, 12, 0, 0, 0, time.UTC)) && fits(at) {
			return at
		}
	}
	return time.Time{}
}

// fillers are words of a schedule that say nothing.
const fillers = " every each varje var alla at on the of kl kl. klockan den på i in "

// daysWords gives the words for days, in both languages and without fillers,
// with commas between.
var daysWords = [...]struct {
	days  Days
	words string
}{
	{Daily, ",daily,day,days,dagligen,dag,dagar,"},
	{OnWeekdays, ",weekday,weekdays,vardag,vardagar,vardagen,"},
	{OnMonday, ",monday,mondays,mon,måndag,måndagar,måndagen,mån,"},
	{OnTuesday, ",tuesday,tuesdays,tue,tisdag,tisdagar,tisdagen,tis,"},
	{OnWednesday, ",wednesday,wednesdays,wed,onsdag,onsdagar,onsdagen,ons,"},
	{OnThursday, ",thursday,thursdays,thu,torsdag,torsdagar,torsdagen,tors,"},
	{OnFriday, ",friday,fridays,fri,fredag,fredagar,fredagen,fre,"},
	{OnSaturday, ",saturday,saturdays,sat,lördag,lördagar,lördagen,lör,"},
	{OnSunday, ",sunday,sundays,sun,söndag,söndagar,söndagen,sön,"},
	{OnFirst, ",first month,first day month,första månaden,första dagen månaden,"},
}

// ParseEvery reads a schedule as it is typed, in either language: days and a
// time of day. It returns Usage, with examples, for anything else.
func ParseEvery(text string) (Every, error) {
	var e Every
	var days []string
	clocks := 0
	for _, word := range strings.Fields(strings.ToLower(norm.NFC.String(text))) {
		switch {
		case word[0] >= '0' && word[0] <= '9':
			at, err := FindClock(word)
			if err != nil {
				return e, notEvery(text)
			}
			e.At = at
			clocks++
		case !strings.Contains(fillers, " "+word+" "):
			days = append(days, word)
		}
	}
	for _, row := range daysWords {
		if len(days) > 0 && strings.Contains(row.words, ","+strings.Join(days, " ")+",") {
			e.Days = row.days
		}
	}
	switch {
	case e.Days == "":
		return e, notEvery(text)
	case clocks == 0:
		return e, Errorf(Usage, "%q has no time of day", text).WithHint("write %s 07:00", e.Days.Label())
	case clocks > 1:
		return e, Errorf(Usage, "%q has several times of day; a schedule has one", text).WithHint("save the export under another name for the other time")
	}
	return e, nil
}

func notEvery(text string) error {
	return Errorf(Usage, "%q is no time that comes again and again", text).
		WithHint("write one such as: monday 07:00, daily 06:30, weekday 16:00, first of month 07:00")
}

// Schedule says when a profile is run.
type Schedule struct {
	ID          int64
	Profile     int64
	Every       Every
	Since       time.Time // when it was made or changed: runs before are not missed
	OnlyChanged bool      // a file that would hold the same again is left alone
}

// Grace is how long after its time a run is not yet missed.
const Grace = 10 * time.Minute

// Miss tells whether the newest run that s asks for has not been done by now.
// done is when the profile was last run well, tried when it was last run and
// failed; the zero time is never.
func (s Schedule) Miss(now, done, tried time.Time) (at time.Time, failed, missed bool) {
	at = s.Every.Last(now.Add(-Grace))
	if at.IsZero() || at.Before(s.Since) || !done.Before(at) {
		return at, false, false
	}
	return at, !tried.Before(at), true
}
