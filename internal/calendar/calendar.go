// Package calendar knows on which days people work in Sweden.
package calendar

import (
	"time"

	"github.com/rickar/cal/v2/se"

	"sluss/internal/idea"
)

// Calendar counts working days: Monday to Friday, but for public holidays and
// the eves of midsummer, Christmas and New Year, on which offices are closed
// too. It keeps the holidays of the years that it was asked about and so must
// not be used by two goroutines at once.
type Calendar struct {
	free map[int]map[time.Time]bool // by year; days are midnight UTC
}

// New makes a Calendar.
func New() *Calendar { return &Calendar{map[int]map[time.Time]bool{}} }

// Works tells whether people work on a day.
func (c *Calendar) Works(day idea.Day) bool { return c.works(day.Time(time.UTC)) }

func (c *Calendar) works(at time.Time) bool {
	if at.Weekday() == time.Saturday || at.Weekday() == time.Sunday {
		return false
	}
	return !c.holidays(at.Year())[at]
}

func (c *Calendar) holidays(year int) map[time.Time]bool {
	if free, known := c.free[year]; known {
		return free
	}
	free := map[time.Time]bool{}
	for _, h := range se.Holidays {
		at, _ := h.Calc(year)
		free[time.Date(year, at.Month(), at.Day(), 0, 0, 0, 0, time.UTC)] = true
	}
	c.free[year] = free
	return free
}

// After is the nth working day after a day, which itself does not count. For n
// 0 or less it is the day itself.
func (c *Calendar) After(day idea.Day, n int) idea.Day {
	at := day.Time(time.UTC)
	for n > 0 {
		at = at.AddDate(0, 0, 1)
		if c.works(at) {
			n--
		}
	}
	return idea.DayOf(at)
}
