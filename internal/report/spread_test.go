package report_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"sluss/internal/idea"
	"sluss/internal/report"
)

func reach(n int64) *int64 { return &n }

func someSpreading() report.Spreading {
	return report.Spreading{
		Stories: []idea.Story{{ID: 1, Idea: 14, Published: "2026-01-10"}, {ID: 2, Idea: 20, Published: "2026-04-01"}, {ID: 3, Idea: 21}},
		Titles:  map[int64]string{14: "Sol", 20: "Vind"},
		Tells: []idea.Spread{
			{ID: 1, Day: "2026-01-31", Channel: idea.ByNewsletter, Audience: idea.Internal, Reach: reach(100), Stories: []int64{1}},
			{ID: 2, Day: "2026-04-02", Channel: idea.ByMeeting, Audience: idea.Internal, Stories: []int64{1, 2}},
			{ID: 3, Day: "2026-05-02", Channel: idea.ByNewsletter, Audience: idea.Municipalities, Reach: reach(30), Stories: []int64{2}, Ideas: []int64{33}},
		},
		Uptakes: []idea.Uptake{
			{Story: 1, Day: "2026-03-31", Organisation: "Kristianstad", Kind: idea.OtherMunicipality},
			{Story: 1, Day: "2026-04-01", Organisation: "KRISTIANSTAD", Kind: idea.OtherMunicipality},
			{Story: 1, Day: "2026-04-02", Organisation: "Region Skåne", Kind: idea.Region},
		},
	}
}

func TestSpreadReport(t *testing.T) {
	quarter := idea.Period{From: "2026-04-01", To: "2026-07-01"}
	before := idea.Period{From: "2026-01-01", To: "2026-04-01"}
	r := someSpreading().Report(quarter, report.ByMonth, &before, "2026-11-25")
	if want := (report.SpreadFigures{Published: 1, Tellings: 2, Told: 2, Reach: 30, Counted: 1, Uptakes: 2, TakenUp: 1, Organisations: 2, Known: 2, Share: 0.5}); r.Figures != want {
		t.Errorf("the figures are %+v", r.Figures)
	}
	if want := (report.SpreadFigures{Published: 1, Tellings: 1, Told: 1, Reach: 100, Counted: 1, Uptakes: 1, TakenUp: 1, Organisations: 1, Known: 1, Share: 1}); r.Compared == nil || *r.Compared != want {
		t.Errorf("compared with %+v", r.Compared)
	}
	if len(r.Channels) != 2 || r.Channels[0].Key != "newsletter" || r.Channels[0].Reach != 30 || len(r.Audiences) != 2 || len(r.Kinds) != 2 || r.Kinds[0].Organisations != 1 {
		t.Errorf("the parts are %+v, %+v, %+v", r.Channels, r.Audiences, r.Kinds)
	}
	if len(r.Groups) != 3 || r.Groups[0].Key != "2026-04" || r.Groups[0].Tellings != 1 || r.Groups[2].Tellings != 0 {
		t.Errorf("the months are %+v", r.Groups)
	}
	// A period that is not over is compared with as much of the other.
	r = someSpreading().Report(quarter, report.ByStory, &before, "2026-04-20")
	if r.Horizon != "2026-01-20" || r.Compared.Tellings != 0 || r.Compared.Published != 1 {
		t.Errorf("until %s there was %+v", r.Horizon, r.Compared)
	}
	if len(r.Groups) != 2 || r.Groups[0].Key != "14" || r.Groups[0].Uptakes != 2 || r.Groups[1].Reach != 30 {
		t.Errorf("the examples are %+v", r.Groups)
	}
	none := report.Spreading{}.Report(idea.Period{}, report.ByYear, nil, "2026-11-25")
	if !math.IsNaN(none.Figures.Share) || none.Figures.Tellings != 0 || len(none.Groups) > 0 {
		t.Errorf("nothing gives %+v", none)
	}
}

// The parts add up to the whole: tellings and reach by channel, by audience and
// by time, uptakes by kind and by time.
func TestSpreadAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := rapid.Custom(func(t *rapid.T) idea.Day { return idea.Day("2026-01-01").Add(rapid.IntRange(0, 400).Draw(t, "day")) })
		s := report.Spreading{Stories: someSpreading().Stories}
		for k := range rapid.IntRange(0, 20).Draw(t, "tellings") {
			one := idea.Spread{ID: int64(k + 1), Day: day.Draw(t, "told"), Channel: rapid.SampledFrom(idea.SpreadChannels()).Draw(t, "channel"),
				Audience: rapid.SampledFrom(idea.Audiences()).Draw(t, "audience"), Stories: []int64{rapid.Int64Range(1, 2).Draw(t, "story")}}
			if rapid.Bool().Draw(t, "known") {
				one.Reach = reach(rapid.Int64Range(0, 1000).Draw(t, "reach"))
			}
			s.Tells = append(s.Tells, one)
		}
		for range rapid.IntRange(0, 10).Draw(t, "uptakes") {
			s.Uptakes = append(s.Uptakes, idea.Uptake{Story: rapid.Int64Range(1, 2).Draw(t, "story"), Day: day.Draw(t, "taken"), Organisation: rapid.SampledFrom([]string{"A", "B"}).Draw(t, "who"),
				Kind: rapid.SampledFrom(idea.OrganisationKinds()).Draw(t, "kind")})
		}
		p := idea.Period{From: day.Draw(t, "from")}
		p.To = p.From.Add(rapid.IntRange(1, 400).Draw(t, "days"))
		for _, by := range []report.By{report.ByChannel, report.ByAudience, report.ByWeek, report.ByMonth, report.ByQuarter, report.ByYear} {
			r := s.Report(p, by, nil, "2028-01-01")
			tellings, uptakes, people := 0, 0, int64(0)
			for _, g := range r.Groups {
				tellings, uptakes, people = tellings+g.Tellings, uptakes+g.Uptakes, people+g.Reach
			}
			if tellings != r.Figures.Tellings || people != r.Figures.Reach || by.Times() && uptakes != r.Figures.Uptakes {
				t.Fatalf("by %s: %d, %d, %d; in all %+v", by, tellings, people, uptakes, r.Figures)
			}
			kinds := 0
			for _, k := range r.Kinds {
				kinds += k.Uptakes
			}
			if kinds != r.Figures.Uptakes {
				t.Fatalf("by kind %d; in all %+v", kinds, r.Figures)
			}
			if f := r.Figures; f.Share < 0 || f.Share > 1 || f.Told > 2 || f.TakenUp > f.Uptakes {
				t.Fatalf("impossible: %+v", f)
			}
		}
	})
}
