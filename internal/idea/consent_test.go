package idea_test

import (
	"testing"

	"pgregory.net/rapid"

	"sluss/internal/idea"
)

func TestConsentCovers(t *testing.T) {
	tests := []struct {
		c          idea.Consent
		covers     string // days of December 2026, + is covered
		ends       idea.Day
		stateOn04  idea.ConsentState
		lapsedOn05 idea.Day
	}{
		{idea.Consent{From: "2026-12-02"}, "-++++", "", idea.ConsentValid, ""},
		{idea.Consent{From: "2026-12-02", Until: "2026-12-03"}, "-++--", "2026-12-04", idea.ConsentEnded, "2026-12-04"},
		{idea.Consent{From: "2026-12-02", Withdrawn: "2026-12-04"}, "-++--", "2026-12-04", idea.ConsentWithdrawn, "2026-12-04"},
		{idea.Consent{From: "2026-12-02", Until: "2026-12-04", Withdrawn: "2026-12-03"}, "-+---", "2026-12-03", idea.ConsentWithdrawn, "2026-12-03"},
		{idea.Consent{From: "2026-12-02", Until: "2026-12-03", Withdrawn: "2026-12-05"}, "-++--", "2026-12-04", idea.ConsentEnded, "2026-12-04"},
		{idea.Consent{From: "2026-12-02", Withdrawn: "2026-12-02"}, "-----", "2026-12-02", idea.ConsentWithdrawn, "2026-12-02"},
	}
	for _, tt := range tests {
		tt.c.Giver, tt.c.Kind = 3, idea.ToBeNamed
		all := idea.Consents{{Giver: 4, Kind: idea.ToBeNamed, From: "2026-01-01"}, {Giver: 3, Kind: idea.ToBePictured, From: "2026-01-01"}, tt.c}
		got := ""
		for k := range 5 {
			mark := "-"
			if all.Cover(3, idea.ToBeNamed, idea.Day("2026-12-01").Add(k)) {
				mark = "+"
			}
			got += mark
		}
		if got != tt.covers || tt.c.Ends() != tt.ends || tt.c.State("2026-12-04") != tt.stateOn04 || all.Lapsed(3, idea.ToBeNamed, "2026-12-05") != tt.lapsedOn05 {
			t.Errorf("%+v: covers %s, ends %q, is %s, lapsed %q", tt.c, got, tt.c.Ends(), tt.c.State("2026-12-04"), all.Lapsed(3, idea.ToBeNamed, "2026-12-05"))
		}
	}
	if got := (idea.Consents{}).Lapsed(3, idea.ToBeNamed, "2026-12-05"); got != "2026-12-05" {
		t.Errorf("nothing on record: lapsed %q", got)
	}
}

// TestLapsedAgreesWithCover asks for any consents of a giver: what has lapsed does
// not count that day, nor on any day since.
func TestLapsedAgreesWithCover(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		day := rapid.Custom(func(r *rapid.T) idea.Day { return idea.Day("2026-11-01").Add(rapid.IntRange(0, 40).Draw(r, "day")) })
		maybe := rapid.OneOf(rapid.Just(idea.Day("")), day)
		all := idea.Consents{}
		for range rapid.IntRange(0, 4).Draw(r, "consents") {
			all = append(all, idea.Consent{Giver: 3, Kind: idea.ToBeNamed, From: day.Draw(r, "from"), Until: maybe.Draw(r, "until"), Withdrawn: maybe.Draw(r, "withdrawn")})
		}
		today := day.Draw(r, "today")
		lapsed := all.Lapsed(3, idea.ToBeNamed, today)
		if (lapsed == "") != all.Cover(3, idea.ToBeNamed, today) {
			r.Fatalf("lapsed %q on %s of %+v", lapsed, today, all)
		}
		if lapsed > today {
			r.Fatalf("lapsed in time to come: %s on %s", lapsed, today)
		}
		s := idea.Story{Status: idea.StoryPublished, Named: []int64{3}}
		if got := len(s.Lapses(all, today)); (got == 1) != (lapsed != "") {
			r.Fatalf("a story has %d lapses", got)
		}
		s.Status = idea.StoryWithdrawn
		if len(s.Lapses(all, today)) != 0 {
			r.Fatal("a story that is not published has lapses")
		}
	})
}
