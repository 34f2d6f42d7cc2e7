package desk

import (
	"cmp"
	"context"
	"iter"
	"slices"

	"sluss/internal/idea"
	"sluss/internal/store"
)

// Count gives how many ideas are selected.
func (d *Desk) Count(ctx context.Context, s Selection) (count int, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		n, err := load(tx)
		if err != nil {
			return err
		}
		f, err := d.filter(n, s)
		if err == nil {
			count, err = tx.Count(f)
		}
		return err
	})
	return count, err
}

// IdeasAhead is [Desk.Ideas] for very many: they are read while those before are
// used. Without people they have no givers.
func (d *Desk) IdeasAhead(ctx context.Context, s Selection) iter.Seq2[Listed, error] {
	s.withoutGivers = !s.People
	return ahead(d.Ideas(ctx, s))
}

// TestsDuring gives the tests of the selected ideas that were or are to be on a
// day of a period. Without people the names of those who test are left out.
func (d *Desk) TestsDuring(ctx context.Context, of Selection, p idea.Period, people bool) (out []TestLine, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		out, err = d.testsDuring(tx, of, p, people)
		return err
	})
	return out, err
}

func (d *Desk) testsDuring(tx *store.Tx, of Selection, p idea.Period, people bool) ([]TestLine, error) {
	all, err := d.tests(tx, nil, of, people)
	return slices.DeleteFunc(all, func(t TestLine) bool {
		first, last := t.Days()
		return p != (idea.Period{}) && (first == "" || p.To != "" && first >= p.To || p.From != "" && last < p.From)
	}), err
}

// EffectsFrom gives the effects of the selected ideas that begin in a period.
func (d *Desk) EffectsFrom(ctx context.Context, of Selection, p idea.Period) ([]EffectLine, error) {
	all, err := d.Effects(ctx, nil, of)
	return slices.DeleteFunc(all, func(e EffectLine) bool { return p != (idea.Period{}) && (e.From == "" || !p.Has(e.From)) }), err
}

// DecisionRow is a decision with the idea that it is about.
type DecisionRow struct {
	DecisionLine
	Title string // of the idea
}

// Decisions gives what was decided of the selected ideas in a period, oldest
// first. Without people the names of those who decided are left out.
func (d *Desk) Decisions(ctx context.Context, of Selection, p idea.Period, people bool) (out []DecisionRow, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		wanted, err := d.wanted(tx, of)
		if err != nil {
			return err
		}
		forums, err := tx.Forums()
		if err != nil {
			return err
		}
		called := calledForums(forums)
		all, err := tx.Decisions()
		if err != nil {
			return err
		}
		var numbers []int64
		for _, one := range all {
			if !wanted(one.Idea) || !p.Has(one.Day) {
				continue
			}
			if !people {
				one.By = ""
			}
			out = append(out, DecisionRow{DecisionLine: DecisionLine{Decision: one, ForumName: called[one.Forum]}})
			numbers = append(numbers, one.Idea)
		}
		names, err := titles(tx, numbers)
		for k := range out {
			out[k].Title = names[out[k].Idea]
		}
		return err
	})
	return out, err
}

func calledForums(forums []idea.Forum) map[int64]string {
	names := map[int64]string{}
	for _, f := range forums {
		names[f.ID] = f.Name
	}
	return names
}

// StoryRow is a published story in one language, as others read it.
type StoryRow struct {
	StoryLine
	Past
	Lang string
	Text string
}

// PublishedStories gives the stories of the selected ideas that are published
// for an audience, newest first. With languages it gives their versions in
// those, else one of each story: that in the language preferred, or another.
// Stories that name or show somebody without consent today are left out and
// counted.
func (d *Desk) PublishedStories(ctx context.Context, s StorySelection, of Selection, prefer string) (rows []StoryRow, lapsed int, err error) {
	s.Statuses = []idea.StoryStatus{idea.StoryPublished}
	err = d.db.View(ctx, func(tx *store.Tx) error {
		n, err := load(tx)
		if err != nil {
			return err
		}
		wanted, err := d.wanted(tx, of)
		if err != nil {
			return err
		}
		all, err := tx.Stories()
		if err != nil || len(all) == 0 {
			return err
		}
		lines, err := d.storyLines(tx, n, all, append(slices.Clone(s.Langs), prefer)...)
		if err != nil {
			return err
		}
		lines = slices.DeleteFunc(lines, func(l StoryLine) bool { return !wanted(l.Idea) || !s.wants(l, nil, nil) })
		ids := make([]int64, len(lines))
		for k, l := range lines {
			ids[k] = l.ID
		}
		past, err := tx.PastOf(idea.AStory, ids)
		for _, l := range lines {
			if len(l.Lapses) > 0 {
				lapsed++
				continue
			}
			rows = append(rows, storyRows(l, Past(past[l.ID]), s.Langs, prefer)...)
		}
		return err
	})
	slices.SortStableFunc(rows, func(a, b StoryRow) int {
		return cmp.Or(cmp.Compare(b.Published, a.Published), cmp.Compare(b.Idea, a.Idea))
	})
	return rows, lapsed, err
}

// storyRows is the versions of a story that are published in some languages, or
// one version without languages.
func storyRows(l StoryLine, past Past, langs []string, prefer string) (out []StoryRow) {
	versions := slices.DeleteFunc(slices.Clone(l.Versions), func(v idea.StoryVersion) bool { return v.Published == "" })
	if len(langs) == 0 && len(versions) > 0 {
		langs = []string{versions[0].Lang}
		if slices.ContainsFunc(versions, func(v idea.StoryVersion) bool { return v.Lang == prefer }) {
			langs = []string{prefer}
		}
	}
	for _, v := range versions {
		if slices.Contains(langs, v.Lang) {
			row := StoryRow{StoryLine: l, Past: past, Lang: v.Lang, Text: v.Published}
			row.Title = cmp.Or(idea.StoryTitle(v.Published), l.Title)
			out = append(out, row)
		}
	}
	return out
}

// Dates is what has a day in the work of the coaches.
type Dates struct {
	Activities []DatedActivity
	Meetings   []DatedMeeting
	Tests      []DatedTest
	Mashups    []MashupPage
}

// DatedActivity is an activity with its past.
type DatedActivity struct {
	ActivityLine
	Past
}

// DatedTest is a test with its past.
type DatedTest struct {
	TestLine
	Past
}

// DatedMeeting is a meeting of a forum. Past is that of what it has on its
// agenda.
type DatedMeeting struct {
	idea.MeetingCount
	Past
	ForumName string
}

// DatesWanted says which dates are wanted.
type DatesWanted struct {
	Activities, Meetings, Tests, Mashups bool

	Activity ActivitySelection // its Period is not looked at
	Of       Selection         // the ideas of tests
	Days     idea.Period
	People   bool
}

// Dates gives what has its days in a period, from one state of the database.
func (d *Desk) Dates(ctx context.Context, w DatesWanted) (out Dates, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		if w.Activities {
			if out.Activities, err = d.datedActivities(tx, w); err != nil {
				return err
			}
		}
		if w.Meetings {
			if out.Meetings, err = d.datedMeetings(tx, w.Days); err != nil {
				return err
			}
		}
		if w.Tests {
			if out.Tests, err = d.datedTests(tx, w); err != nil {
				return err
			}
		}
		if w.Mashups {
			out.Mashups, err = d.datedMashups(tx, w)
		}
		return err
	})
	return out, err
}

func (d *Desk) datedActivities(tx *store.Tx, w DatesWanted) (out []DatedActivity, err error) {
	n, err := loadAll(tx)
	if err != nil {
		return nil, err
	}
	w.Activity.Period = w.Days
	f, err := n.activityFilter(w.Activity)
	if err != nil {
		return nil, err
	}
	all, err := tx.Activities(f)
	if err != nil {
		return nil, err
	}
	ids := make([]int64, len(all))
	for k, a := range all {
		ids[k] = a.ID
	}
	past, err := tx.PastOf(idea.AnActivity, ids)
	for _, a := range all {
		out = append(out, DatedActivity{n.activity(a), Past(past[a.ID])})
	}
	return out, err
}

func (d *Desk) datedTests(tx *store.Tx, w DatesWanted) (out []DatedTest, err error) {
	all, err := d.testsDuring(tx, w.Of, w.Days, w.People)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(t TestLine) bool { first, _ := t.Days(); return first == "" })
	ids := make([]int64, len(all))
	for k, t := range all {
		ids[k] = t.ID
	}
	past, err := tx.PastOf(idea.ATest, ids)
	for _, t := range all {
		out = append(out, DatedTest{t, Past(past[t.ID])})
	}
	return out, err
}

func (d *Desk) datedMeetings(tx *store.Tx, days idea.Period) (out []DatedMeeting, err error) {
	forums, err := tx.Forums()
	if err != nil {
		return nil, err
	}
	called := calledForums(forums)
	all, err := tx.Meetings(0)
	if err != nil {
		return nil, err
	}
	for _, m := range all {
		if !days.Has(m.Day) {
			continue
		}
		items, err := tx.Agenda(m.Forum, m.Day)
		if err != nil {
			return nil, err
		}
		decisions, err := tx.MeetingDecisions(m.Forum, m.Day)
		if err != nil {
			return nil, err
		}
		line := DatedMeeting{MeetingCount: m, ForumName: called[m.Forum]}
		if line.Past, err = pastOfMeeting(tx, items, decisions); err != nil {
			return nil, err
		}
		out = append(out, line)
	}
	return out, nil
}

// pastOfMeeting is when the first thing of a meeting was recorded, and when the
// last was changed. A meeting has no row of its own.
func pastOfMeeting(tx *store.Tx, items []idea.AgendaItem, decisions []idea.Decision) (past Past, err error) {
	ids := map[idea.Subject][]int64{}
	for _, a := range items {
		ids[idea.AnAgendaItem] = append(ids[idea.AnAgendaItem], a.ID)
	}
	for _, one := range decisions {
		ids[idea.ADecision] = append(ids[idea.ADecision], one.ID)
	}
	for subject, of := range ids {
		all, err := tx.PastOf(subject, of)
		if err != nil {
			return past, err
		}
		for _, p := range all {
			if past.Added.IsZero() || p.Added.Before(past.Added) {
				past.Added = p.Added
			}
			if p.Changed.After(past.Changed) {
				past.Changed = p.Changed
			}
		}
	}
	return past, nil
}

func (d *Desk) datedMashups(tx *store.Tx, w DatesWanted) (out []MashupPage, err error) {
	all, err := tx.Mashups()
	if err != nil {
		return nil, err
	}
	for _, m := range all {
		if !w.Days.Has(m.Day) {
			continue
		}
		page, err := d.mashupPage(tx, m)
		if err != nil {
			return nil, err
		}
		if !w.People {
			page = page.WithoutPeople()
		}
		out = append(out, page)
	}
	return out, nil
}
