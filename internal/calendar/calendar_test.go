package calendar_test

import (
	"testing"
	"time"

	"sluss/internal/calendar"
	"sluss/internal/idea"
)

func TestWorks(t *testing.T) {
	c := calendar.New()
	for day, want := range map[idea.Day]bool{
		"2026-01-01": false, // nyårsdagen
		"2026-01-02": true,
		"2026-01-05": true,  // trettondagsafton
		"2026-01-06": false, // trettondedag jul
		"2026-04-02": true,  // skärtorsdagen
		"2026-04-03": false, // långfredagen
		"2026-04-05": false, // påskdagen
		"2026-04-06": false, // annandag påsk
		"2026-04-07": true,
		"2025-05-01": false, // första maj
		"2026-05-14": false, // Kristi himmelsfärdsdag
		"2026-05-15": true,  // a bridging Friday is a working day
		"2026-05-25": true,  // annandag pingst has been one since 2005
		"2025-06-06": false, // nationaldagen
		"2026-06-19": false, // midsommarafton
		"2026-06-20": false, // midsommardagen
		"2026-06-22": true,
		"2026-10-31": false, // alla helgons dag
		"2026-11-25": true,
		"2026-11-28": false, // a Saturday
		"2026-12-23": true,
		"2026-12-24": false, // julafton
		"2026-12-25": false, // juldagen
		"2025-12-26": false, // annandag jul
		"2026-12-28": true,
		"2026-12-31": false, // nyårsafton
		"2038-04-23": false, // långfredagen at its latest
		"2285-03-20": false, // and at its earliest
	} {
		if got := c.Works(day); got != want {
			t.Errorf("%s (%s): works is %v", day, day.Time(time.UTC).Weekday(), got)
		}
	}
}

func TestAfter(t *testing.T) {
	for _, test := range []struct {
		from idea.Day
		n    int
		want idea.Day
	}{
		{"2026-11-25", 0, "2026-11-25"},
		{"2026-11-28", 0, "2026-11-28"},
		{"2026-11-25", -3, "2026-11-25"},
		{"2026-11-25", 1, "2026-11-26"},
		{"2026-11-27", 1, "2026-11-30"},
		{"2026-11-28", 1, "2026-11-30"}, // from a Saturday
		{"2026-11-25", 10, "2026-12-09"},
		{"2026-04-02", 1, "2026-04-07"}, // over Easter
		{"2026-03-27", 10, "2026-04-14"},
		{"2026-06-18", 1, "2026-06-22"}, // over midsommar
		{"2026-06-17", 10, "2026-07-02"},
		{"2026-12-23", 1, "2026-12-28"}, // over Christmas
		{"2026-12-30", 1, "2027-01-04"}, // over the year's end
		{"2026-12-22", 10, "2027-01-12"},
		{"2027-12-22", 10, "2028-01-10"},  // Christmas on a weekend
		{"2028-02-28", 2, "2028-03-01"},   // a leap year
		{"2026-01-01", 251, "2026-12-30"}, // every working day of a year
	} {
		if got := calendar.New().After(test.from, test.n); got != test.want {
			t.Errorf("%d working days after %s are %s, want %s", test.n, test.from, got, test.want)
		}
	}
}
