package intake

import (
	"strconv"
	"strings"
	"time"

	"sluss/internal/idea"
)

// calendar reads the days of a field.
type calendar struct {
	field  string
	layout string // of the time package; empty: year, month, day
	local  *time.Location
}

// moments are the forms of a day with a time after it; all begin with the day.
var moments = []string{
	"2006-01-02T15:04:05",
	"2006-01-02 15:04:05",
	"2006-01-02T15:04",
	"2006-01-02 15:04",
	"2006-01-02T:15:04:05",
}

// day reads s. An instant, with Z or an offset, is the day that it is locally.
func (c calendar) day(s string) (idea.Day, *idea.Error) {
	if c.layout != "" {
		return c.formatted(s)
	}
	if d, ok := c.plain(s); ok {
		return d, nil
	}
	switch {
	case ambiguous(s):
		return "", idea.Errorf(idea.Usage, "%q can be read as more than one date", s).
			WithHint("say how it is written, such as --date-format %s=02/01/2006", c.field)
	case serial(s):
		return "", idea.Errorf(idea.Usage, "%q is a number, as Excel keeps a date", s).
			WithHint("show the column as dates, such as 2026-11-24, in the spreadsheet and save it again")
	}
	return "", idea.Errorf(idea.Usage, "%q is no date", s).
		WithHint("write it as 2026-11-24, or say how it is written with --date-format %s=02/01/2006", c.field)
}

func (c calendar) formatted(s string) (idea.Day, *idea.Error) {
	t, err := time.ParseInLocation(c.layout, s, c.local)
	if d := idea.DayOf(t.In(c.local)); err == nil && d.Valid() {
		return d, nil
	}
	return "", idea.Errorf(idea.Usage, "%q is no date written as %s", s, c.layout).
		WithHint("correct the date, or say how it is written with --date-format %s=02/01/2006", c.field)
}

func (c calendar) plain(s string) (idea.Day, bool) {
	if len(s) < len(time.DateOnly) {
		return "", false
	}
	if s[4] == '/' && s[7] == '/' {
		s = s[:4] + "-" + s[5:7] + "-" + s[8:]
	}
	d := idea.Day(s[:len(time.DateOnly)])
	if !d.Valid() {
		return "", false
	}
	if len(s) == len(d) {
		return d, true
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		d = idea.DayOf(t.In(c.local))
		return d, d.Valid()
	}
	for _, layout := range moments {
		if _, err := time.Parse(layout, s); err == nil {
			return d, true
		}
	}
	return "", false
}

// ambiguous tells whether s is a date that begins with its day or its month.
func ambiguous(s string) bool {
	s, _, _ = strings.Cut(s, " ")
	s = strings.NewReplacer("/", "-", ".", "-").Replace(s)
	for _, layout := range []string{"2-1-2006", "1-2-2006", "2-1-06", "1-2-06"} {
		if _, err := time.Parse(layout, s); err == nil {
			return true
		}
	}
	return false
}

// serial tells whether s is a number of days as Excel counts them: five digits
// reach from 1927 to 2173.
func serial(s string) bool {
	days, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
	return err == nil && days >= 10_000 && days < 100_000
}

// checkLayout refuses a layout that does not tell year, month and day.
func checkLayout(layout string) *idea.Error {
	probe := time.Date(2031, 11, 23, 0, 0, 0, 0, time.UTC)
	t, err := time.Parse(layout, probe.Format(layout))
	if err == nil && idea.DayOf(t) == idea.DayOf(probe) {
		return nil
	}
	return idea.Errorf(idea.Usage, "%q does not say how a date is written", layout).
		WithHint("write the day 2 January 2006 as the file would, such as 02/01/2006")
}
