package idea

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParseEvery(t *testing.T) {
	for text, want := range map[string]Every{
		"monday 07:00":                  {OnMonday, "07:00"},
		"Måndag 7.00":                   {OnMonday, "07:00"},
		"ma\u030andag 07:00":            {OnMonday, "07:00"},
		"varje måndag kl. 07:00":        {OnMonday, "07:00"},
		"07:00 tors":                    {OnThursday, "07:00"},
		"daily 06:30":                   {Daily, "06:30"},
		"every day at 6:30":             {Daily, "06:30"},
		"dagligen 00:00":                {Daily, "00:00"},
		"alla dagar 23:59":              {Daily, "23:59"},
		"weekday 16:00":                 {OnWeekdays, "16:00"},
		"vardagar 16:00":                {OnWeekdays, "16:00"},
		"first of month 07:00":          {OnFirst, "07:00"},
		"on the first of the month 7":   {OnFirst, "07:00"},
		"första i månaden 07:00":        {OnFirst, "07:00"},
		"den första dagen i månaden 07": {OnFirst, "07:00"},
		"söndag 07:00":                  {OnSunday, "07:00"},
	} {
		if got, err := ParseEvery(text); err != nil || got != want {
			t.Errorf("%q gives %v, %v, want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "07:00", "monday", "måndag 25:00", "monday 07:61", "monday tuesday 07:00", "monday 07:00 08:00", "hourly", "0 7 * * 1",
		"mondag 07:00", "first 07:00", "-1 07:00", "every 07:00", ",monday, 07:00", "monday\x0007:00"} {
		if got, err := ParseEvery(text); KindOf(err) != Usage {
			t.Errorf("%q gives %v, %v", text, got, err)
		}
	}
}

func everyGen() *rapid.Generator[Every] {
	return rapid.Custom(func(t *rapid.T) Every {
		at, _ := Clock("00:00").Add(rapid.IntRange(0, 24*60-1).Draw(t, "minutes"))
		return Every{rapid.SampledFrom(EveryDays()).Draw(t, "days"), at}
	})
}

func TestEveryIsReadAsItIsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := everyGen().Draw(t, "every")
		if got, err := ParseEvery(e.String()); err != nil || got != e {
			t.Fatalf("%q gives %v, %v", e, got, err)
		}
	})
}

// TestLastAndNext looks minute by minute for what Last and Next find, through
// the changes of the clock.
func TestLastAndNext(t *testing.T) {
	loc, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		e := everyGen().Draw(t, "every")
		from := time.Date(2026, 1, 1, 0, 0, 0, 0, loc)
		now := from.Add(time.Duration(rapid.IntRange(0, 2*365*24*60).Draw(t, "minute")) * time.Minute)
		last, next := e.Last(now), e.Next(now)
		if last.After(now) || !next.After(now) || next.Sub(last) > 32*24*time.Hour {
			t.Fatalf("%v: %v, %v, %v", e, last, now, next)
		}
		for _, at := range []time.Time{last, next} {
			skipped := at.Format("15:04") != string(e.At) // the hour that summer time leaves out
			if skipped && at.Month() != time.March || !e.Days.has(at) {
				t.Fatalf("%v is no time of %v", at, e)
			}
		}
		if !e.Next(last).Equal(next) || !e.Last(next.Add(-time.Second)).Equal(last) {
			t.Fatalf("%v: something lies between %v and %v", e, last, next)
		}
	})
}

func TestMiss(t *testing.T) {
	at := func(text string) time.Time {
		if text == "" {
			return time.Time{}
		}
		when, err := time.Parse("2006-01-02 15:04", text)
		if err != nil {
			t.Fatal(err)
		}
		return when
	}
	s := Schedule{Every: Every{OnMonday, "07:00"}, Since: at("2026-11-10 12:00")}
	for _, c := range []struct {
		now, done, tried string
		missed, failed   bool
	}{
		{"2026-11-15 12:00", "", "", false, false}, // no monday yet
		{"2026-11-16 07:05", "", "", false, false}, // it may be running
		{"2026-11-16 07:10", "", "", true, false},
		{"2026-11-22 23:00", "", "", true, false},
		{"2026-11-16 08:00", "2026-11-16 07:00", "", false, false},
		{"2026-11-23 08:00", "2026-11-16 07:00", "", true, false},
		{"2026-11-23 08:00", "2026-11-16 07:00", "2026-11-23 07:00", true, true},
		{"2026-11-23 08:00", "2026-11-23 07:30", "2026-11-23 07:00", false, false}, // made up for
		{"2026-11-23 07:05", "", "2026-11-16 07:00", true, true},
	} {
		due, failed, missed := s.Miss(at(c.now), at(c.done), at(c.tried))
		if missed != c.missed || failed != c.failed || missed && due.Weekday() != time.Monday {
			t.Errorf("%+v: %v %v %v", c, due, failed, missed)
		}
	}
}

func TestFillMarks(t *testing.T) {
	at := time.Date(2027, 1, 1, 7, 0, 0, 0, time.UTC)
	for path, want := range map[string]string{
		"/a/b.csv": "/a/b.csv", "/{year}/{date}.csv": "/2027/2027-01-01.csv", "{week}": "2026-W53", "{month}-{quarter}": "2027-01-2027-q1",
		"x{period}y": "x2026-12y", "a}b": "a}b",
	} {
		if got, err := FillMarks(path, at, "2026-12"); err != nil || got != want {
			t.Errorf("%q gives %q, %v", path, got, err)
		}
	}
	for _, path := range []string{"{", "{}", "{dat}", "{DATE}", "{date", "a{{date}}"} {
		if got, err := FillMarks(path, at, "2026-12"); KindOf(err) != Usage {
			t.Errorf("%q gives %q, %v", path, got, err)
		}
	}
	if _, err := FillMarks("{period}", at, ""); KindOf(err) != Usage {
		t.Errorf("a period that there is not gives %v", err)
	}
}

func TestCheckProfileName(t *testing.T) {
	for name, want := range map[string]string{"ideer": "ideer", "Månad_1": "månad_1", "a-b": "a-b", "2026": "2026"} {
		if got, err := CheckProfileName(name); err != nil || got != want {
			t.Errorf("%q gives %q, %v", name, got, err)
		}
	}
	for _, name := range []string{"", " ", "-a", "a b", "a/b", "a%b", "../a", "a;b", "a\nb", "a\"b", "$a", "a.b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"} {
		if got, err := CheckProfileName(name); KindOf(err) != Usage {
			t.Errorf("%q gives %q, %v", name, got, err)
		}
	}
}
