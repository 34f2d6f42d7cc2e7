// Package ical writes calendars that calendar programs read (RFC 5545).
package ical

import (
	"io"
	"strings"
	"time"
	"unicode"

	ics "github.com/arran4/golang-ical"

	"sluss/internal/idea"
)

// Event is something that takes a whole day. Its id is the same each time that
// a calendar is written, so that a calendar program moves it and does not show
// it twice.
type Event struct {
	ID   string
	Day  idea.Day
	What string
	More string
}

// Write writes a calendar of a name as it is at an instant.
func Write(w io.Writer, name string, events []Event, at time.Time) error {
	c := ics.NewCalendarFor("sluss")
	c.SetProductId("-//sluss//sluss//EN")
	c.SetMethod(ics.MethodPublish)
	c.SetXWRCalName(clean(name))
	for _, e := range events {
		one := c.AddEvent(e.ID)
		one.SetDtStampTime(at)
		one.SetAllDayStartAt(e.Day.Time(time.UTC))
		one.SetAllDayEndAt(e.Day.Add(1).Time(time.UTC))
		one.SetSummary(clean(e.What))
		one.SetDescription(clean(e.More))
		one.SetTimeTransparency(ics.TransparencyTransparent)
	}
	return c.SerializeTo(w, ics.WithNewLineWindows)
}

// clean takes out what a line of a calendar must not hold, and what would turn
// the order of its letters round.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return ' '
		}
		return r
	}, s)
}
