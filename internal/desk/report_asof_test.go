package desk_test

import (
	"bytes"
	"cmp"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/lang"
	"sluss/internal/render"
	"sluss/internal/report"
	"sluss/internal/view"
)

// TestReportsAsOf keeps reports of a day as JSON, lets much happen, and erases
// people. As of that day the reports must then be what they were, byte for byte.
func TestReportsAsOf(t *testing.T) {
	folder, empty := t.TempDir(), emptyDB(t)
	checks(t, 3, 8, func(t *rapid.T) {
		m := newMachine(t, folder, empty, false)
		m.live()
		day := idea.DayOf(m.now)
		var asked []desk.ReportInput
		for range 3 {
			asked = append(asked, m.someReport())
		}
		kept := m.inJSON(m.desk("Åsa"), asked)
		m.now = m.now.AddDate(0, 0, 10)
		m.happen(10, 30)
		m.erase()
		past, err := m.desk("Åsa").AsOf(m.Context(), day)
		if err != nil {
			m.Fatal(err)
		}
		then := m.inJSON(past, asked)
		if err := past.Leave(); err != nil {
			m.Fatal(err)
		}
		for k := range kept {
			if kept[k] != then[k] {
				m.Fatalf("as of %s a report is not what it was then:\n%s", day, difference(kept[k], then[k]))
			}
		}
	})
}

// inJSON is every report in the ways that are asked for.
func (m *machine) inJSON(d *desk.Desk, asked []desk.ReportInput) (out []string) {
	v := view.New(lang.New(lang.Swedish), stockholm)
	for _, in := range asked {
		for _, in.Name = range report.Names() {
			r, err := d.Report(m.Context(), in)
			if err != nil {
				m.Fatal(err)
			}
			var b bytes.Buffer
			if err := render.Write(&b, v.Report(r), render.Options{Format: render.JSON}); err != nil {
				m.Fatal(err)
			}
			out = append(out, b.String())
		}
	}
	return out
}

// erase takes out who givers and contacts were, also from history. Reports name
// coaches, so that these stay.
func (m *machine) erase() {
	for _, query := range []string{
		"UPDATE giver SET name = '', email = '', phone = ''",
		"UPDATE contact SET name = '', email = '', phone = ''",
		"UPDATE payload SET old = '', new = '' WHERE subject IN ('giver', 'contact') AND NOT json_valid(old)",
		`UPDATE payload SET old = json_replace(old, '$.fields.name', '', '$.fields.email', '', '$.fields.phone', '')
			WHERE subject IN ('giver', 'contact') AND json_valid(old)`,
	} {
		if _, err := m.raw.ExecContext(m.Context(), query); err != nil {
			m.Fatal(err)
		}
	}
}

// TestDaysOfReports lets things happen just before and after midnight, and in
// the hours that summer time leaves out or repeats. They lie on the day that the
// clock on the wall in Sweden shows, wherever the computer believes to be.
func TestDaysOfReports(t *testing.T) {
	cases := []dayCase{
		{"2026-03-28T22:59:59Z", "2026-03-28", "2026-W13", "2026-03", "2026-q1", "2026"},
		{"2026-03-28T23:00:00Z", "2026-03-29", "2026-W13", "2026-03", "2026-q1", "2026"}, // summer time begins on this day
		{"2026-03-29T00:59:59Z", "2026-03-29", "2026-W13", "2026-03", "2026-q1", "2026"},
		{"2026-03-29T01:00:00Z", "2026-03-29", "2026-W13", "2026-03", "2026-q1", "2026"},
		{"2026-03-29T21:59:59Z", "2026-03-29", "2026-W13", "2026-03", "2026-q1", "2026"},
		{"2026-03-29T22:00:00Z", "2026-03-30", "2026-W14", "2026-03", "2026-q1", "2026"},
		{"2026-03-31T22:00:00Z", "2026-04-01", "2026-W14", "2026-04", "2026-q2", "2026"},
		{"2026-10-24T22:00:00Z", "2026-10-25", "2026-W43", "2026-10", "2026-q4", "2026"}, // and ends on this one
		{"2026-10-25T00:30:00Z", "2026-10-25", "2026-W43", "2026-10", "2026-q4", "2026"},
		{"2026-10-25T01:30:00Z", "2026-10-25", "2026-W43", "2026-10", "2026-q4", "2026"}, // half past two again
		{"2026-10-25T22:59:59Z", "2026-10-25", "2026-W43", "2026-10", "2026-q4", "2026"},
		{"2026-10-25T23:00:00Z", "2026-10-26", "2026-W44", "2026-10", "2026-q4", "2026"},
		{"2026-12-31T22:59:59Z", "2026-12-31", "2026-W53", "2026-12", "2026-q4", "2026"},
		{"2026-12-31T23:00:00Z", "2027-01-01", "2026-W53", "2027-01", "2027-q1", "2027"},
		{"2024-12-30T12:00:00Z", "2024-12-30", "2025-W01", "2024-12", "2024-q4", "2024"},
		{"2025-12-28T23:00:00Z", "2025-12-29", "2026-W01", "2025-12", "2025-q4", "2025"},
		{"2024-02-29T22:30:00Z", "2024-02-29", "2024-W09", "2024-02", "2024-q1", "2024"},
	}
	slices.SortFunc(cases, func(a, b dayCase) int { return cmp.Compare(a.utc, b.utc) })
	local := time.Local
	t.Cleanup(func() { time.Local = local })
	for _, zone := range []string{"UTC", "Pacific/Auckland", "America/Los_Angeles"} {
		loc, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		time.Local = loc
		t.Run(zone, func(t *testing.T) { checkDays(t, cases) })
	}
}

// dayCase is an instant with the day that it lies on, and what that day lies in.
type dayCase struct {
	utc                        string
	day                        idea.Day
	week, month, quarter, year string
}

// checkDays moves an idea at each instant.
func checkDays(t *testing.T, cases []dayCase) {
	o := newOffice(t)
	for k, c := range cases {
		at, err := time.Parse(time.RFC3339, c.utc)
		o.must(err)
		o.now = at.In(stockholm)
		_, err = o.desk("Åsa").Add(t.Context(), idea.Draft{Title: c.utc, Received: c.day.Add(-40)})
		o.must(err)
		_, err = o.desk("Åsa").Move(t.Context(), desk.MoveInput{Numbers: []int64{int64(k + 1)}, To: "dialogue"})
		o.must(err)
	}
	o.now = o.now.AddDate(0, 0, 40)
	moved := func(number int, p idea.Period, by report.By) map[string]bool {
		r, err := o.desk("Åsa").Trend(t.Context(), []string{"moved"}, desk.ReportInput{Options: report.Options{Period: p, By: by}})
		o.must(err)
		in := map[string]bool{}
		for g, group := range r.Tables[0].Groups {
			for _, i := range r.Tables[0].Figures[g][0].Items {
				if i.ID == int64(number) {
					in[group.Key] = true
				}
			}
		}
		return in
	}
	for k, c := range cases {
		for shift := -1; shift <= 1; shift++ {
			p := idea.Period{From: c.day.Add(shift), To: c.day.Add(shift + 1)}
			if got := len(moved(k+1, p, report.ByNothing)) == 1; got != (shift == 0) {
				t.Errorf("%s lies on %s: %t", c.utc, p.From, got)
			}
		}
		for by, want := range map[report.By]string{report.ByWeek: c.week, report.ByMonth: c.month, report.ByQuarter: c.quarter, report.ByYear: c.year} {
			if got := moved(k+1, idea.Period{}, by); len(got) != 1 || !got[want] {
				t.Errorf("%s lies in %v, not in %s", c.utc, got, want)
			}
		}
	}
}
