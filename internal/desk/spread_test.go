package desk_test

import (
	"testing"
	"time"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/report"
)

// published is an office with good examples of some ideas that are published for
// everybody.
func published(t *testing.T, titles ...string) *office {
	o := newOffice(t)
	for k, title := range titles {
		o.add(idea.Draft{Title: title})
		_, err := o.desk("Åsa").WriteStory(t.Context(), int64(k+1), "sv", func(c desk.Card) string { return "# " + c.Title + "\n\nText" })
		o.must(err)
		audience := idea.Everybody
		_, err = o.desk("Åsa").PublishStories(t.Context(), desk.PublishInput{Numbers: []int64{int64(k + 1)}, Fill: fillPlainly, Audience: &audience})
		o.must(err)
	}
	return o
}

// What was spread is there as it was at the end of an earlier day.
func TestSpreadingAsOfADay(t *testing.T) {
	o := published(t, "Cyklar", "Sol")
	first := o.desk("Åsa").Today()
	_, err := o.desk("Åsa").AddSpread(t.Context(), desk.SpreadInput{Channel: idea.ByMeeting, Audience: idea.Internal, Stories: []int64{1, 2}})
	o.must(err)
	_, err = o.desk("Åsa").AddUptake(t.Context(), desk.UptakeInput{Story: 1, Organisation: "Region Skåne"})
	o.must(err)
	o.now = o.now.Add(24 * time.Hour)
	n := int64(40)
	_, err = o.desk("Åsa").SetReach(t.Context(), 1, &n)
	o.must(err)
	_, err = o.desk("Åsa").RemoveUptakes(t.Context(), []int64{1})
	o.must(err)
	o.now = o.now.Add(24 * time.Hour)
	_, err = o.desk("Åsa").RemoveSpreads(t.Context(), []int64{1})
	o.must(err)
	for k, want := range []report.SpreadFigures{
		{Published: 2, Tellings: 1, Told: 2, Uptakes: 1, TakenUp: 1, Organisations: 1, Known: 2, Share: 0.5},
		{Published: 2, Tellings: 1, Told: 2, Reach: 40, Counted: 1, Known: 2},
		{Published: 2, Known: 2},
	} {
		day := first.Add(k)
		r, err := o.asOf(day).SpreadReport(t.Context(), idea.Period{}, report.ByNothing, nil)
		o.must(err)
		if r.Figures != want {
			t.Errorf("as of %s: %+v", day, r.Figures)
		}
	}
}

// A newsletter begins at the last one that was recorded for its audience, and no
// other.
func TestNewsletterBeginsAtTheLast(t *testing.T) {
	o := published(t, "Cyklar")
	ask := func(audience idea.Audience) desk.Newsletter {
		n, err := o.desk("Åsa").Newsletter(t.Context(), desk.NewsletterInput{Audience: audience, Lang: "sv", Ahead: 60})
		o.must(err)
		return n
	}
	today := o.desk("Åsa").Today()
	if n := ask(idea.Internal); !n.First || n.Since != today.Add(-desk.NewsDays) || len(n.Stories) != 1 || len(n.Ideas) != 1 {
		t.Errorf("the first is %+v", n)
	}
	spread := func(channel idea.SpreadChannel, audience idea.Audience, day idea.Day) {
		_, err := o.desk("Åsa").AddSpread(t.Context(), desk.SpreadInput{Channel: channel, Audience: audience, Day: day, Stories: []int64{1}})
		o.must(err)
	}
	spread(idea.ByMeeting, idea.Internal, "")
	if n := ask(idea.Internal); !n.First || len(n.Stories) != 0 || len(n.Before) != 1 {
		t.Errorf("after a meeting it is %+v", n)
	}
	spread(idea.ByNewsletter, idea.Internal, today.Add(-3))
	if n := ask(idea.Internal); n.First || n.Last == nil || n.Since != today.Add(-3) || len(n.Ideas) != 1 {
		t.Errorf("after a newsletter of three days ago it is %+v", n)
	}
	spread(idea.ByNewsletter, idea.Internal, "")
	if n := ask(idea.Internal); n.Since != today || len(n.Decisions) != 0 {
		t.Errorf("after a newsletter of today it is %+v", n)
	}
	if n := ask(idea.Municipalities); !n.First || len(n.Stories) != 1 || len(n.Ideas) != 0 {
		t.Errorf("to others it is %+v", n)
	}
}

// What is recorded between the making of a draft and the recording that it was
// sent is in the next newsletter, and what was told is not.
func TestNothingIsLostBetweenDraftAndRecord(t *testing.T) {
	o := published(t, "Cyklar")
	in := desk.NewsletterInput{Audience: idea.Internal, Lang: "sv"}
	draft, err := o.desk("Åsa").Newsletter(t.Context(), in)
	o.must(err)
	o.now = o.now.Add(time.Hour)
	o.add(idea.Draft{Title: "Emellan"})
	o.now = o.now.Add(20 * time.Hour) // the next day
	told := draft.Spread(nil)
	_, err = o.desk("Åsa").AddSpread(t.Context(), told)
	o.must(err)
	next, err := o.desk("Åsa").Newsletter(t.Context(), in)
	o.must(err)
	if len(next.Ideas) != 1 || next.Ideas[0].Title != "Emellan" || len(next.Stories) != 0 {
		t.Errorf("the next one tells %+v, %+v", next.Ideas, next.Stories)
	}
	_, err = o.desk("Åsa").SendNewsletter(t.Context(), in, nil, func(desk.Newsletter) (string, error) { return "", nil })
	o.must(err)
	o.add(idea.Draft{Title: "Efteråt"})
	next, err = o.desk("Åsa").Newsletter(t.Context(), in)
	o.must(err)
	if len(next.Ideas) != 1 || next.Ideas[0].Title != "Efteråt" {
		t.Errorf("after that it tells %+v", next.Ideas)
	}
}

// Who took something up before, a unit of ours and one who was at a mashup are
// known for what they are.
func TestKindOfWhoTookItUp(t *testing.T) {
	o := published(t, "Cyklar", "Sol")
	d := o.desk("Åsa")
	_, err := d.AddUnit(t.Context(), "Hemtjänst", idea.Department, "")
	o.must(err)
	_, err = d.AddMashup(t.Context(), map[idea.Field]string{idea.FieldName: "Mashup", idea.FieldDay: "2027-01-01"})
	o.must(err)
	take := func(number int64, who string, kind idea.OrganisationKind) (idea.OrganisationKind, error) {
		u, err := d.AddUptake(t.Context(), desk.UptakeInput{Story: number, Organisation: who, Kind: kind})
		return u.Kind, err
	}
	for _, c := range []struct {
		story     int64
		who       string
		kind, get idea.OrganisationKind
		fails     idea.Kind
	}{
		{1, "hemtjänst", "", idea.OwnOrganisation, 0},
		{1, "Eslövs kommun", "", idea.OtherMunicipality, 0},
		{1, "Lund", "", "", idea.Usage},
		{1, "Lund", idea.OtherMunicipality, idea.OtherMunicipality, 0},
		{2, "LUND", "", idea.OtherMunicipality, 0},
		{2, "lund", "", "", idea.Refused},
		{2, " ", "", "", idea.Usage},
	} {
		got, err := take(c.story, c.who, c.kind)
		failed := idea.Kind(0)
		if err != nil {
			failed = idea.KindOf(err)
		}
		if got != c.get || failed != c.fails {
			t.Errorf("%q took up %d: %s, %v", c.who, c.story, got, err)
		}
	}
}
