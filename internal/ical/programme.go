package ical

import (
	"io"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"
)

// Session is something with a beginning and an end. Its id is the same each time
// that a calendar is written; Changes counts how often it has been changed, and
// Changed is when, so that a calendar program takes the newer of two.
type Session struct {
	ID       string
	From, To time.Time
	AllDay   bool // From is its first day and To the day after its last
	What     string
	More     string
	Where    string
	Changed  time.Time
	Changes  int
}

// WriteProgramme writes a calendar of a name. The same sessions give the same
// bytes: without a method, the stamp of an event is when it was last changed
// (RFC 5545, 3.8.7.2). Times are UTC, which is right on both sides of summer
// time whatever the reader knows of it.
func WriteProgramme(w io.Writer, name string, sessions []Session) error {
	c := ics.NewCalendarFor("sluss")
	c.SetProductId("-//sluss//sluss//EN")
	c.SetXWRCalName(clean(name))
	for _, s := range sessions {
		one := c.AddEvent(s.ID)
		one.SetDtStampTime(s.Changed)
		if s.AllDay {
			one.SetAllDayStartAt(s.From)
			one.SetAllDayEndAt(s.To)
		} else {
			one.SetStartAt(s.From)
			one.SetEndAt(s.To)
		}
		one.SetSummary(clean(s.What))
		if s.Where != "" {
			one.SetLocation(clean(s.Where))
		}
		if s.More != "" {
			one.SetDescription(cleanLines(s.More))
		}
		one.SetSequence(s.Changes)
	}
	return c.SerializeTo(w, ics.WithNewLineWindows)
}

// cleanLines is clean for a text of several lines.
func cleanLines(s string) string {
	lines := strings.Split(s, "\n")
	for k, line := range lines {
		lines[k] = clean(line)
	}
	return strings.Join(lines, "\n")
}
