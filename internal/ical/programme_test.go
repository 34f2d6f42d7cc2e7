package ical_test

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	reader "github.com/emersion/go-ical"

	"sluss/internal/ical"
)

// TestProgramme reads a programme back with another library.
func TestProgramme(t *testing.T) {
	stockholm, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		t.Fatal(err)
	}
	changed := time.Date(2026, 11, 25, 8, 0, 0, 0, time.UTC)
	sessions := []ical.Session{
		{ID: "session-1-x@sluss", From: time.Date(2027, 3, 27, 9, 0, 0, 0, stockholm), To: time.Date(2027, 3, 27, 9, 45, 0, 0, stockholm), What: "Öppning", Changed: changed},
		{ID: "session-2-x@sluss", From: time.Date(2027, 3, 28, 9, 0, 0, 0, stockholm), To: time.Date(2027, 3, 28, 9, 45, 0, 0, stockholm), Changed: changed, Changes: 3,
			What: "a,b;c\\d\nEND:VEVENT\r\nX:1\x00\x1b \u202eabc", More: "Rad ett; x,y\nBEGIN:VALARM\\n" + strings.Repeat("å", 200), Where: "Sal; A, plan 2"},
		{ID: "mashup-1-x@sluss", AllDay: true, From: time.Date(2027, 3, 27, 0, 0, 0, 0, time.UTC), To: time.Date(2027, 3, 29, 0, 0, 0, 0, time.UTC), What: "=1+1<script>", Changed: changed},
	}
	var out, again bytes.Buffer
	if err := ical.WriteProgramme(&out, "Mashup\n2027, Skåne", sessions); err != nil {
		t.Fatal(err)
	}
	if err := ical.WriteProgramme(&again, "Mashup\n2027, Skåne", sessions); err != nil || !bytes.Equal(out.Bytes(), again.Bytes()) {
		t.Errorf("it is not the same again: %v", err)
	}
	for line := range strings.SplitSeq(out.String(), "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\n\r\x00\x1b\u202e") {
			t.Errorf("%d bytes: %q", len(line), line)
		}
	}
	calendar, err := reader.NewDecoder(&out).Decode()
	if err != nil {
		t.Fatal(err)
	}
	events := calendar.Events()
	if len(events) != 3 || len(calendar.Children) != 3 {
		t.Fatalf("%d events of %d parts", len(events), len(calendar.Children))
	}
	for k, want := range []struct{ id, from, to, what, more, where, changes string }{
		{"session-1-x@sluss", "2027-03-27T08:00:00Z", "2027-03-27T08:45:00Z", "Öppning", "", "", "0"},
		{"session-2-x@sluss", "2027-03-28T07:00:00Z", "2027-03-28T07:45:00Z", "a,b;c\\d END:VEVENT  X:1    abc",
			"Rad ett; x,y\nBEGIN:VALARM\\n" + strings.Repeat("å", 200), "Sal; A, plan 2", "3"},
		{"mashup-1-x@sluss", "2027-03-27T00:00:00Z", "2027-03-29T00:00:00Z", "=1+1<script>", "", "", "0"},
	} {
		e := events[k]
		from, err := e.DateTimeStart(time.UTC)
		if err != nil || from.UTC().Format(time.RFC3339) != want.from {
			t.Errorf("%d begins %s, %v; want %s", k, from, err, want.from)
		}
		to, err := e.DateTimeEnd(time.UTC)
		if err != nil || to.UTC().Format(time.RFC3339) != want.to {
			t.Errorf("%d ends %s, %v; want %s", k, to, err, want.to)
		}
		for name, text := range map[string]string{reader.PropUID: want.id, reader.PropSummary: want.what, reader.PropDescription: want.more, reader.PropLocation: want.where} {
			if got, err := e.Props.Text(name); err != nil || got != text {
				t.Errorf("%d: %s is %q, %v; want %q", k, name, got, err, text)
			}
		}
		if got := e.Props.Get(reader.PropSequence).Value; got != want.changes {
			t.Errorf("%d was changed %s times", k, got)
		}
		if at, err := e.Props.DateTime(reader.PropDateTimeStamp, time.UTC); err != nil || !at.Equal(changed) {
			t.Errorf("%d has the stamp %s, %v", k, at, err)
		}
	}
	if name, err := calendar.Props.Text("X-WR-CALNAME"); err != nil || name != "Mashup 2027, Skåne" {
		t.Errorf("it is called %q, %v", name, err)
	}
	if calendar.Props.Get(reader.PropMethod) != nil {
		t.Error("it has a method, and its stamps are not when it was written")
	}
}
