package idea

import "testing"

func TestDaysOfATest(t *testing.T) {
	for _, c := range []struct {
		test        Test
		first, last Day
	}{
		{Test{}, "", ""},
		{Test{From: "2026-11-01", To: "2026-12-01"}, "2026-11-01", "2026-12-01"},
		{Test{From: "2026-11-01"}, "2026-11-01", "2026-11-01"},
		{Test{To: "2026-12-01"}, "2026-12-01", "2026-12-01"},
		{Test{From: "2026-11-01", To: "2026-12-01", Started: "2026-11-05"}, "2026-11-05", "2026-12-01"},
		{Test{From: "2026-11-01", To: "2026-12-01", Started: "2026-12-05"}, "2026-12-05", "2026-12-05"},
		{Test{From: "2026-11-01", To: "2026-12-01", Started: "2026-11-05", Finished: "2026-11-20"}, "2026-11-05", "2026-11-20"},
		{Test{Started: "2026-11-05", Finished: "2027-01-20"}, "2026-11-05", "2027-01-20"},
	} {
		if first, last := c.test.Days(); first != c.first || last != c.last {
			t.Errorf("%+v is from %s to %s, want %s to %s", c.test, first, last, c.first, c.last)
		}
	}
}
