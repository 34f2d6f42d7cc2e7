package ical_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"sluss/internal/ical"
)

func TestWrite(t *testing.T) {
	at := time.Date(2026, 11, 25, 8, 0, 0, 0, time.UTC)
	long := strings.Repeat("å", 80)
	var out strings.Builder
	err := ical.Write(&out, "Sluss", []ical.Event{
		{ID: "due-14@sluss", Day: "2026-12-31", What: "Klart; 14, a\\b\nEND:VEVENT", More: "sluss show 14"},
		{ID: "due-15@sluss", Day: "2026-11-25", What: long},
	}, at)
	if err != nil {
		t.Fatal(err)
	}
	got := out.String()
	for _, want := range []string{
		"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//sluss//", "UID:due-14@sluss\r\n", "DTSTAMP:20261125T080000Z\r\n",
		"DTSTART;VALUE=DATE:20261231\r\n", "DTEND;VALUE=DATE:20270101\r\n", `SUMMARY:Klart\; 14\, a\\b END:VEVENT` + "\r\n", "DESCRIPTION:sluss show 14\r\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
	if n := strings.Count(got, "\r\nEND:VEVENT\r\n"); n != 2 {
		t.Errorf("%d events", n)
	}
	for line := range strings.SplitSeq(got, "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) || strings.Contains(line, "\n") {
			t.Errorf("%d bytes: %q", len(line), line)
		}
	}
	if whole := strings.ReplaceAll(got, "\r\n ", ""); !strings.Contains(whole, "SUMMARY:"+long+"\r\n") {
		t.Errorf("folding lost something:\n%s", got)
	}
}
