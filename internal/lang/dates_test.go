package lang_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"sluss/internal/lang"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// at is half past two in the afternoon of a day in Stockholm.
func at(t testing.TB, day string) time.Time {
	t.Helper()
	d, err := time.ParseInLocation(time.DateOnly, day, zone(t, "Europe/Stockholm"))
	if err != nil {
		t.Fatal(err)
	}
	return time.Date(d.Year(), d.Month(), d.Day(), 14, 30, 0, 0, d.Location())
}

const tuesday = "2026-11-24" // in week 48

func TestParseDay(t *testing.T) {
	tests := []struct{ now, texts, want string }{
		{tuesday, "2026-11-24|20261124| 2026-11-24 |today|TODAY|idag|i dag|i-dag|Idag|+0d|in 0 days", "2026-11-24"},
		{tuesday, "yesterday|igår|i går|IGÅR|iga\u030ar|-1d|1 day ago|1 days ago|för 1 dag sedan", "2026-11-23"},
		{tuesday, "tomorrow|imorgon|i morgon|+1d|om 1 dag|in 1 day", "2026-11-25"},
		{tuesday, "friday|fri|fredag|fre|Fredagen", "2026-11-27"},
		{tuesday, "monday|måndag|mån|next monday|nästa måndag|next-monday", "2026-11-30"},
		{tuesday, "tuesday|tisdag|tis|nästa tisdag", "2026-12-01"},
		{tuesday, "sunday|söndag", "2026-11-29"},
		{tuesday, "nästa fredag|next friday", "2026-12-04"},
		{tuesday, "i fredags|I Fredags|i-fredags", "2026-11-20"},
		{tuesday, "i måndags", "2026-11-23"},
		{tuesday, "last monday|förra måndagen", "2026-11-16"},
		{tuesday, "i tisdags", "2026-11-17"},
		{tuesday, "i onsdags", "2026-11-18"},
		{tuesday, "i söndags", "2026-11-22"},
		{tuesday, "förra fredagen|last friday|last-friday", "2026-11-20"},
		{"2026-11-29", "måndag|nästa måndag", "2026-11-30"},
		{"2026-11-29", "söndag|nästa söndag", "2026-12-06"},
		{"2026-11-29", "förra fredagen", "2026-11-20"},
		{tuesday, "+14d|+2w|in 14 days|om 14 dagar|om 2 veckor|in 2 weeks", "2026-12-08"},
		{tuesday, "-3d|3 days ago|för 3 dagar sedan|3 dagar sedan", "2026-11-21"},
		{tuesday, "+1m|om 1 månad|in 1 month", "2026-12-24"},
		{tuesday, "-1m|1 month ago", "2026-10-24"},
		{tuesday, "om 1 år|in 1 year|+12m|om 4 kvartal|om 3 tertial", "2027-11-24"},
		{tuesday, "v.48|v48|V48|v. 48|v 48|w48|vecka 48|week 48|2026-W48|2026-w48|2026-v48|2026W48|2026v48|vecka 48 2026|denna vecka|this week|this-week", "2026-11-23"},
		{tuesday, "nästa vecka|next week|nästa-vecka", "2026-11-30"},
		{tuesday, "förra veckan|last week", "2026-11-16"},
		{tuesday, "v.5|v.05|2026-W05", "2026-01-26"},
		{tuesday, "eom|end of month|end-of-month|slutet av månaden", "2026-11-30"},
		{tuesday, "eow|slutet av veckan", "2026-11-29"},
		{tuesday, "eoy|end of year|slutet av året|slutet av kvartalet|slutet av tertialet", "2026-12-31"},

		{"2026-01-31", "+1m|om 1 månad", "2026-02-28"},
		{"2028-01-31", "+1m", "2028-02-29"},
		{"2028-02-29", "om 1 år|in 1 year", "2029-02-28"},
		{"2028-02-29", "+1d", "2028-03-01"},
		{"2028-03-31", "-1m", "2028-02-29"},
		{"2026-03-28", "+1d|söndag", "2026-03-29"},
		{"2026-03-29", "+1d|måndag", "2026-03-30"},
		{"2026-03-30", "-1d", "2026-03-29"},
		{"2026-10-24", "+1d|slutet av veckan", "2026-10-25"},
		{"2026-10-25", "+1d|nästa vecka", "2026-10-26"},
		{"2026-10-26", "-1d|igår", "2026-10-25"},
		{"2026-12-31", "v.53|denna vecka|2026-W53", "2026-12-28"},
		{"2026-12-31", "v.1|2026-W01", "2025-12-29"},
		{"2026-12-31", "nästa vecka|2027-W01", "2027-01-04"},
		{"2026-12-31", "+1d", "2027-01-01"},
		{"2027-01-01", "v.53", "2026-12-28"}, // still the ISO year 2026
		{"2027-01-01", "förra veckan", "2026-12-21"},
		{"2025-12-30", "v.1", "2025-12-29"}, // already the ISO year 2026
		{"2028-02-29", "2028-02-29|20280229", "2028-02-29"},
		{tuesday, "1900-01-01", "1900-01-01"},
		{tuesday, "9999-12-31", "9999-12-31"},
	}
	for _, tt := range tests {
		now := at(t, tt.now)
		for text := range strings.SplitSeq(tt.texts, "|") {
			got, err := lang.ParseDay(text, now)
			if err != nil {
				t.Errorf("%s, on %s: %v", text, tt.now, err)
				continue
			}
			if instant(got) != local(t, tt.want) || got.Location() != now.Location() {
				t.Errorf("%s, on %s: got %v, want %s", text, tt.now, got, tt.want)
			}
		}
	}
}

func TestParsePeriod(t *testing.T) {
	tests := []struct{ now, texts, from, to string }{
		{tuesday, "2026|this year|this-year|i år|i-år|2026-01..2026-12|2026..2026|q1..q4", "2026-01-01", "2027-01-01"},
		{tuesday, "2025|last year|förra året|förra-året|i fjol|i-fjol", "2025-01-01", "2026-01-01"},
		{tuesday, "next year|nästa år|nästa-år", "2027-01-01", "2028-01-01"},
		{tuesday, "2026-q3|2026q3|q3|Q3|kvartal 3|kvartal 3 2026|quarter 3 2026|q3 2026|last quarter|förra kvartalet|förra-kvartalet", "2026-07-01", "2026-10-01"},
		{tuesday, "this quarter|detta kvartal", "2026-10-01", "2027-01-01"},
		{tuesday, "2026-t2|2026t2|t2|t2 2026|tertial 2|tertial 2 2026|förra tertialet", "2026-05-01", "2026-09-01"},
		{tuesday, "2026-11|november|nov|november 2026|november-2026|nov 2026|this month|denna månad|denna-månad", "2026-11-01", "2026-12-01"},
		{tuesday, "last month|last-month|förra månaden|förra-månaden|oktober|october|okt|oct", "2026-10-01", "2026-11-01"},
		{tuesday, "next month|nästa månad|december|dec", "2026-12-01", "2027-01-01"},
		{tuesday, "maj|may|maj 2026", "2026-05-01", "2026-06-01"},
		{tuesday, "v.48|2026-W48|denna vecka|this week|2026-11-23..2026-11-29|v.48..v.48", "2026-11-23", "2026-11-30"},
		{tuesday, "v.48..v.49", "2026-11-23", "2026-12-07"},
		{tuesday, "today|idag|2026-11-24|2026-11-24..2026-11-24|last 1 days|2026-11-24 .. idag", "2026-11-24", "2026-11-25"},
		{tuesday, "2026-01..2026-03|jan..mars|januari..q1|2026-01-01..2026-03-31", "2026-01-01", "2026-04-01"},
		{tuesday, "last 30 days|last-30-days|senaste 30 dagarna|-29d..today", "2026-10-26", "2026-11-25"},
		{tuesday, "last 2 weeks|senaste 2 veckorna", "2026-11-11", "2026-11-25"},
		{tuesday, "last 3 months|senaste 3 månaderna", "2026-08-25", "2026-11-25"},
		{tuesday, "2026-03..|2026-03.. ", "2026-03-01", ""},
		{tuesday, "..2026-03|.. mars", "", "2026-04-01"},
		{tuesday, "eom", "2026-11-30", "2026-12-01"},

		{"2026-03-31", "denna månad|senaste 31 dagarna", "2026-03-01", "2026-04-01"},
		{"2026-10-31", "denna månad", "2026-10-01", "2026-11-01"},
		{"2026-03-29", "idag", "2026-03-29", "2026-03-30"},
		{"2026-10-25", "idag", "2026-10-25", "2026-10-26"},
		{"2026-12-31", "denna vecka|v.53", "2026-12-28", "2027-01-04"},
		{"2027-01-01", "förra månaden", "2026-12-01", "2027-01-01"},
		{"2027-01-01", "förra kvartalet", "2026-10-01", "2027-01-01"},
		{"2027-01-01", "förra tertialet", "2026-09-01", "2027-01-01"},
		{"2026-01-31", "nästa månad|2026-02", "2026-02-01", "2026-03-01"},
		{"2028-02-29", "denna månad", "2028-02-01", "2028-03-01"},
		{"2028-02-29", "2028-02-29", "2028-02-29", "2028-03-01"},
	}
	for _, tt := range tests {
		now := at(t, tt.now)
		for text := range strings.SplitSeq(tt.texts, "|") {
			from, to, err := lang.ParsePeriod(text, now)
			if err != nil {
				t.Errorf("%s, on %s: %v", text, tt.now, err)
				continue
			}
			if instant(from) != local(t, tt.from) || instant(to) != local(t, tt.to) {
				t.Errorf("%s, on %s: got %v to %v, want %s to %s", text, tt.now, from, to, tt.from, tt.to)
			}
		}
	}
}

// local is the midnight of a day in Stockholm; no day is the zero time.
func local(t *testing.T, day string) string {
	t.Helper()
	if day == "" {
		return instant(time.Time{})
	}
	d := at(t, day)
	return instant(time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, d.Location()))
}

func instant(t time.Time) string { return t.Format(time.RFC3339) }

func TestRefusedDays(t *testing.T) {
	examples := []string{"2026-11-24", "+14d", "v.48"}
	tests := []struct {
		text string
		want []string
	}{
		{"2026-02-30", []string{"2026-02-28"}},
		{"2028-02-30", []string{"2028-02-29"}},
		{"2026-13-01", []string{"2026-12-01"}},
		{"2026-00-00", []string{"2026-01-01"}},
		{"20261131", []string{"2026-11-30"}},
		{"2026-W54", []string{"2026-W53"}},
		{"2025-W53", []string{"2025-W52"}},
		{"2026-W0", []string{"2026-W01"}},
		{"v.54", []string{"2026-W53"}},
		{"24/11", []string{"2026-11-24"}},
		{"24/11 2026", []string{"2026-11-24"}},
		{"24/11/2026", []string{"2026-11-24"}},
		{"24.11.2026", []string{"2026-11-24"}},
		{"2026/11/24", []string{"2026-11-24"}},
		{"31/2 2026", []string{"2026-02-28"}},
		{"2026-11", []string{"2026-11-01"}},
		{"november", []string{"2026-11-01"}},
		{"2026", []string{"2026-01-01"}},
		{"frdag", []string{"fredag"}},
		{"nästa vekca", []string{"nästa vecka"}},
		{"tomorow", []string{"tomorrow"}},
		{"imorrgon", []string{"imorgon"}},
		{"", examples}, {" ", examples}, {"banan", examples}, {"1899-12-31", examples}, {"0000-00-00", examples},
		{"day:1", examples}, {"next unit:2", examples}, {"unit:9", examples}, {"2026 11 24", examples}, {"2026-11-24T10:00", examples},
		{"26-11-24", examples}, {"+14", examples}, {"+14x", examples}, {"+14d +1w", examples}, {"-", examples}, {"+99999d", examples},
		{"nästa", examples}, {"+9999m..", examples}, {"2026-01..2026-02", examples}, {strings.Repeat("fredag ", 1000), examples},
		{"2026-11-24\x00", examples}, {"\xff\xfe", examples}, {"２０２６-11-24", examples},
	}
	now := at(t, tuesday)
	for _, tt := range tests {
		d, err := lang.ParseDay(tt.text, now)
		var refused *lang.DateError
		if !errors.As(err, &refused) || !d.IsZero() {
			t.Errorf("%q is accepted as %v (%v)", tt.text, d, err)
			continue
		}
		if refused.Text != tt.text || refused.Period || !slices.Equal(refused.Nearest, tt.want) {
			t.Errorf("%q: nearest %q, want %q", tt.text, refused.Nearest, tt.want)
		}
	}
}

func TestRefusedPeriods(t *testing.T) {
	examples := []string{"2026", "2026-q3", "2026-11", "2026-01..2026-08"}
	tests := []struct {
		text string
		want []string
	}{
		{"2026-13", []string{"2026-12"}},
		{"2026-00", []string{"2026-01"}},
		{"2026-q5", []string{"2026-q4"}},
		{"2026-t4", []string{"2026-t3"}},
		{"q0", []string{"2026-q1"}},
		{"2025-W53", []string{"2025-W52"}},
		{"2026-02-30", []string{"2026-02-28"}},
		{"2026-03..2026-01", []string{"2026-01..2026-03"}},
		{"2026-02-30..2026-13", []string{"2026-02-28..2026-12"}},
		{"..2026-13", []string{"..2026-12"}},
		{"novmber 2026", []string{"november 2026"}},
		{"förra mnåaden", []string{"förra månaden"}},
		{"", examples}, {"..", examples}, {" .. ", examples}, {"banan", examples}, {"2026...2027", examples}, {"2026..2027..2028", examples},
		{"1899", examples}, {"9999", examples}, {"9999-12-31", examples}, {"last 0 days", examples}, {"senaste dagarna", examples}, {"this day", examples},
		{"end of day", examples}, {"2026-1", examples}, {"-", examples},
	}
	now := at(t, tuesday)
	for _, tt := range tests {
		from, to, err := lang.ParsePeriod(tt.text, now)
		var refused *lang.DateError
		if !errors.As(err, &refused) || !from.IsZero() || !to.IsZero() {
			t.Errorf("%q is accepted as %v to %v (%v)", tt.text, from, to, err)
			continue
		}
		if refused.Text != tt.text || !refused.Period || !slices.Equal(refused.Nearest, tt.want) {
			t.Errorf("%q: nearest %q, want %q", tt.text, refused.Nearest, tt.want)
		}
	}
}

func TestDateError(t *testing.T) {
	_, err := lang.ParseDay("2026-02-30", at(t, tuesday))
	if got := err.Error(); got != `"2026-02-30" is not a day; write for example 2026-02-28` {
		t.Error(got)
	}
	_, _, err = lang.ParsePeriod("2026-13", at(t, tuesday))
	var refused *lang.DateError
	if !errors.As(err, &refused) {
		t.Fatal(err)
	}
	format, args := refused.Message()
	if got := lang.New(lang.Swedish).T(format, args...); got != `"2026-13" är ingen period` {
		t.Error(got)
	}
	hint, args := refused.Hint()
	if got := lang.New(lang.Swedish).T(hint, args...); got != "skriv till exempel 2026-12" {
		t.Error(got)
	}
}

// In São Paulo the clocks went from 23:59 on 3 November 2018 to 01:00.
func TestDayWithoutMidnight(t *testing.T) {
	loc := zone(t, "America/Sao_Paulo")
	now := time.Date(2018, 11, 3, 12, 0, 0, 0, loc)
	got, err := lang.ParseDay("imorgon", now)
	if want := time.Date(2018, 11, 4, 1, 0, 0, 0, loc); err != nil || !got.Equal(want) {
		t.Errorf("got %v, want %v (%v)", got, want, err)
	}
}

func TestTodayIsThatOfTheZone(t *testing.T) {
	utc := time.Date(2026, 12, 31, 23, 30, 0, 0, time.UTC)
	got, err := lang.ParseDay("idag", utc.In(zone(t, "Europe/Stockholm")))
	if err != nil || got.Format(time.DateOnly) != "2027-01-01" {
		t.Errorf("%v %v", got, err)
	}
}

func seed(f *testing.F) {
	for _, s := range []string{
		"2026-11-24", "20261124", "24/11", "idag", "i morgon", "nästa fredag", "+14d", "-9999m", "om 3 månader", "för 3 dagar sedan",
		"v.48", "2026-W53", "vecka 48 2026", "eom", "slutet av året", "2026-q3", "t2", "november 2026", "senaste 30 dagarna", "i-fjol",
		"2026-01..2026-03", "..", "2026..", "nästa vekca", "day:1", "9999-12-31", "..9999-12-30", "1900-01-01", "\xff", "2026-02-30..frdag",
	} {
		f.Add(s, int64(1795523400))
	}
}

// clock is an instant in Stockholm between 1970 and 2106.
func clock(t testing.TB, seconds int64) time.Time {
	return time.Unix(int64(uint32(seconds)), 0).In(zone(t, "Europe/Stockholm"))
}

func FuzzParseDay(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, text string, seconds int64) {
		now := clock(t, seconds)
		got, err := lang.ParseDay(text, now)
		if err != nil {
			checkNearest(t, err, func(s string) error { _, err := lang.ParseDay(s, now); return err })
			return
		}
		checkDay(t, got, now)
		if got.AddDate(0, 0, 1).Year() > 9999 {
			return // no day is after it
		}
		from, to, err := lang.ParsePeriod(text, now)
		if err != nil || !from.Equal(got) || !to.After(from) {
			t.Errorf("%q is the day %v and the period %v to %v (%v)", text, got, from, to, err)
		}
	})
}

func FuzzParsePeriod(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, text string, seconds int64) {
		now := clock(t, seconds)
		from, to, err := lang.ParsePeriod(text, now)
		if err != nil {
			checkNearest(t, err, func(s string) error { _, _, err := lang.ParsePeriod(s, now); return err })
			return
		}
		if from.IsZero() && to.IsZero() || !from.IsZero() && !to.IsZero() && !from.Before(to) {
			t.Errorf("%q is from %v to %v", text, from, to)
		}
		for _, end := range []time.Time{from, to} {
			if !end.IsZero() {
				checkDay(t, end, now)
			}
		}
	})
}

// checkDay makes sure that d is the beginning of a day that can be typed.
func checkDay(t *testing.T, d, now time.Time) {
	t.Helper()
	again, err := lang.ParseDay(d.Format(time.DateOnly), now)
	if err != nil || !again.Equal(d) {
		t.Errorf("%v is typed as %v (%v)", d, again, err)
	}
}

// checkNearest makes sure that a refusal offers what is not refused.
func checkNearest(t *testing.T, err error, parse func(string) error) {
	t.Helper()
	var refused *lang.DateError
	if !errors.As(err, &refused) || len(refused.Nearest) == 0 {
		t.Fatalf("%v", err)
	}
	for _, text := range refused.Nearest {
		if parse(text) != nil {
			t.Errorf("%q is offered for %q", text, refused.Text)
		}
	}
}
