package report

import (
	"cmp"
	"slices"
	"strconv"

	"sluss/internal/idea"
)

// Spreading is all that is known of how good examples were spread.
type Spreading struct {
	Stories []idea.Story
	Titles  map[int64]string // of the ideas of stories
	Tells   []idea.Spread
	Uptakes []idea.Uptake
	Begins  idea.Day // the first day of which the register knows anything; empty when nothing is known
}

// SpreadFigures is what was spread in a period.
type SpreadFigures struct {
	Published int // good examples published last in the period
	Tellings  int
	Told      int   // good examples told, each once
	Reach     int64 // people reached, summed over tellings: one person may be counted several times
	Counted   int   // tellings whose reach is known

	Uptakes       int
	TakenUp       int // good examples that somebody took up, each once
	Organisations int // of different names that took something up

	Known int     // good examples published up to the end of the period
	Share float64 // of these, that anybody has taken up by then; NaN when there are none
}

// SpreadGroup is the figures of a part.
type SpreadGroup struct {
	Key  string
	Name idea.Text
	SpreadFigures
}

// KindUptakes is how often organisations of one kind took something up.
type KindUptakes struct {
	Kind                            idea.OrganisationKind
	Uptakes, TakenUp, Organisations int
}

// The ways in which only the report of spreading can be grouped.
const (
	ByChannel  By = "channel"
	ByAudience By = "audience"
	ByStory    By = "story"
)

// SpreadWays lists what the report of spreading can be grouped by.
func SpreadWays() []By {
	return []By{ByChannel, ByAudience, ByStory, ByWeek, ByMonth, ByQuarter, ByYear}
}

// SpreadReport is the report of spreading.
type SpreadReport struct {
	Head
	Figures   SpreadFigures
	Compared  *SpreadFigures
	Channels  []SpreadGroup
	Audiences []SpreadGroup
	Kinds     []KindUptakes
	Groups    []SpreadGroup // of By
}

// Report counts what was spread in a period. With a period to compare with, that
// is seen no longer than this one has lasted.
func (s Spreading) Report(period idea.Period, by By, compare *idea.Period, today idea.Day) SpreadReport {
	dawn := s.dawn()
	r := SpreadReport{Head: Head{Period: period, AsOf: today, By: by, Compare: compare, Dawn: dawn, Gap: gapOf(dawn, period, today)}}
	r.Figures = s.figures(period)
	if compare != nil {
		r.Horizon = horizon(period, *compare, today)
		r.Before = gapOf(dawn, *compare, r.Horizon)
		seen := s.figures(compare.And(idea.Period{To: r.Horizon.Add(1)}))
		r.Compared = &seen
	}
	r.Channels, r.Audiences, r.Kinds = s.channels(period), s.audiences(period), s.kinds(period)
	switch {
	case by == ByChannel:
		r.Groups = r.Channels
	case by == ByAudience:
		r.Groups = r.Audiences
	case by == ByStory:
		r.Groups = s.stories(period)
	case by.Times():
		r.Groups = s.times(by, period, today)
	}
	return r
}

func (s Spreading) figures(p idea.Period) (f SpreadFigures) {
	taken := s.tellingsOf(p, &f)
	for _, story := range s.Stories {
		if story.Published == "" {
			continue
		}
		if p.Has(story.Published) {
			f.Published++
		}
		if (idea.Period{To: p.To}).Has(story.Published) {
			f.Known++
			if day, found := taken[story.ID]; found && (idea.Period{To: p.To}).Has(day) {
				f.Share++
			}
		}
	}
	f.Share = share(int(f.Share), f.Known)
	return f
}

// tellingsOf counts tellings and uptakes of a period, and gives the day on which
// each good example was first taken up.
func (s Spreading) tellingsOf(p idea.Period, f *SpreadFigures) map[int64]idea.Day {
	told, taken, first, names := map[int64]bool{}, map[int64]bool{}, map[int64]idea.Day{}, map[string]bool{}
	for _, t := range s.Tells {
		if !p.Has(t.Day) {
			continue
		}
		f.Tellings++
		if t.Reach != nil {
			f.Counted++
			f.Reach += *t.Reach
		}
		for _, id := range t.Stories {
			told[id] = true
		}
	}
	for _, u := range s.Uptakes {
		if day, found := first[u.Story]; !found || u.Day < day {
			first[u.Story] = u.Day
		}
		if p.Has(u.Day) {
			f.Uptakes++
			taken[u.Story], names[idea.Fold(u.Organisation)] = true, true
		}
	}
	f.Told, f.TakenUp, f.Organisations = len(told), len(taken), len(names)
	return first
}

// only is s with the tellings that fit, and nothing that was taken up: that is
// known of good examples and not of tellings.
func (s Spreading) only(fits func(idea.Spread) bool) Spreading {
	out := Spreading{Stories: nil}
	for _, t := range s.Tells {
		if fits(t) {
			out.Tells = append(out.Tells, t)
		}
	}
	return out
}

func (s Spreading) channels(p idea.Period) (out []SpreadGroup) {
	for _, c := range idea.SpreadChannels() {
		f := s.only(func(t idea.Spread) bool { return t.Channel == c }).figures(p)
		if f.Tellings > 0 {
			out = append(out, SpreadGroup{string(c), idea.Say("%s", c.Label()), f})
		}
	}
	return out
}

func (s Spreading) audiences(p idea.Period) (out []SpreadGroup) {
	for _, a := range idea.Audiences() {
		f := s.only(func(t idea.Spread) bool { return t.Audience == a }).figures(p)
		if f.Tellings > 0 {
			out = append(out, SpreadGroup{string(a), idea.Say("%s", a.Label()), f})
		}
	}
	return out
}

func (s Spreading) kinds(p idea.Period) (out []KindUptakes) {
	for _, kind := range idea.OrganisationKinds() {
		var f SpreadFigures
		of := Spreading{Uptakes: slices.DeleteFunc(slices.Clone(s.Uptakes), func(u idea.Uptake) bool { return u.Kind != kind })}
		of.tellingsOf(p, &f)
		if f.Uptakes > 0 {
			out = append(out, KindUptakes{kind, f.Uptakes, f.TakenUp, f.Organisations})
		}
	}
	return out
}

// stories gives the good examples that were told or taken up, those that were
// taken up most first, then those that reached most.
func (s Spreading) stories(p idea.Period) (out []SpreadGroup) {
	for _, story := range s.Stories {
		of := s.only(func(t idea.Spread) bool { return slices.Contains(t.Stories, story.ID) })
		of.Stories = []idea.Story{story}
		of.Uptakes = slices.DeleteFunc(slices.Clone(s.Uptakes), func(u idea.Uptake) bool { return u.Story != story.ID })
		if f := of.figures(p); f.Tellings > 0 || f.Uptakes > 0 {
			out = append(out, SpreadGroup{strconv.FormatInt(story.Idea, 10), idea.Say("%s", s.Titles[story.Idea]), f})
		}
	}
	slices.SortStableFunc(out, func(a, b SpreadGroup) int {
		return cmp.Or(cmp.Compare(b.Uptakes, a.Uptakes), cmp.Compare(b.Reach, a.Reach), cmp.Compare(b.Tellings, a.Tellings))
	})
	return out
}

// times splits the period, as far as it has come; one without a beginning begins
// with the first that is known.
func (s Spreading) times(by By, p idea.Period, today idea.Day) (out []SpreadGroup) {
	dawn := s.dawn()
	from, last := cmp.Or(p.From, dawn), endOf(p, today)
	if from == "" {
		return nil
	}
	for _, part := range by.split(from, last) {
		key := by.key(part.From)
		if gapOf(dawn, part.And(p), today) == NoGap {
			out = append(out, SpreadGroup{key, idea.Say("%s", key), s.figures(part.And(p))})
		}
	}
	return out
}

func (s Spreading) dawn() idea.Day {
	days := earliest{s.Begins}
	for _, t := range s.Tells {
		days.see(t.Day)
	}
	for _, u := range s.Uptakes {
		days.see(u.Day)
	}
	for _, story := range s.Stories {
		days.see(story.Published)
	}
	return days.first
}
