package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"sluss/internal/idea"
	"sluss/internal/store"
)

const (
	// NewsDays is how far back a newsletter looks when there was none before.
	NewsDays = 30
	// oldNews is how many days before its beginning something may have happened
	// that was recorded later: what is older, such as an import, is no news.
	oldNews = 31
	// sendNewsletter is the command that makes a newsletter and records it.
	sendNewsletter = "newsletter"
)

// NewsletterInput says what a newsletter is to tell, and to whom.
type NewsletterInput struct {
	Audience idea.Audience
	Since    idea.Day // empty: since the last newsletter to the audience
	Again    bool     // also what the audience has been told already
	Parts    []idea.NewsletterPart
	Ahead    int    // how many days ahead dates may lie
	Lang     string // of the template, and of examples where there is a choice
	Mask     string // stands in place of names, addresses and numbers of people
	People   bool   // they are not masked
}

// Newsletter is what a newsletter is made of.
type Newsletter struct {
	Audience  idea.Audience
	Template  idea.Template
	Today     idea.Day
	Since     idea.Day
	Last      *idea.Spread // the newsletter before, if it begins there
	First     bool         // nobody said since when, and there was none before
	Stories   []StoryRow
	Ideas     []Listed
	Decisions []DecisionRow
	Tests     []TestLine
	Dates     []idea.ComingDate

	Before []int64 // numbers of examples that are left out: told to the audience before
	Lapsed int     // examples that are left out: they name or show somebody without consent
	Older  int     // examples from before Since that the audience was never told
}

// Newsletter gathers what is to be told to an audience.
func (d *Desk) Newsletter(ctx context.Context, in NewsletterInput) (n Newsletter, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		n, err = d.newsletter(tx, in)
		return err
	})
	return n, err
}

// SendNewsletter gathers what is to be told, lets it be written, and records that
// it was: all of that or nothing. write gives the subject. It returns Refused if
// there is nothing to tell.
func (d *Desk) SendNewsletter(ctx context.Context, in NewsletterInput, reach *int64, write func(Newsletter) (string, error)) (line SpreadLine, err error) {
	var failed error // to write: that is no failure of the database
	err = d.update(ctx, sendNewsletter, func(tx *store.Tx) error {
		n, err := d.newsletter(tx, in)
		if err != nil {
			return err
		}
		told := n.Spread(reach)
		if len(told.Stories)+len(told.Ideas) == 0 {
			return idea.Errorf(idea.Refused, "this newsletter tells of no good example and no new idea: there is nothing to record").
				WithHint("sluss newsletter without --sent writes it; --again or --since DAY take in more")
		}
		if told.Text, failed = write(n); failed != nil {
			return failed
		}
		line, err = d.addSpread(tx, told)
		return err
	})
	if failed != nil {
		err = failed
	}
	return line, err
}

// Spread is what is recorded when n has been sent.
func (n Newsletter) Spread(reach *int64) SpreadInput {
	in := SpreadInput{Day: n.Today, Channel: idea.ByNewsletter, Audience: n.Audience, Reach: reach}
	for _, s := range n.Stories {
		in.Stories = append(in.Stories, s.Idea)
	}
	for _, l := range n.Ideas {
		in.Ideas = append(in.Ideas, l.Number)
	}
	return in
}

func (d *Desk) newsletter(tx *store.Tx, in NewsletterInput) (n Newsletter, err error) {
	n = Newsletter{Audience: in.Audience, Today: d.Today()}
	if n.Template, err = currentTemplate(tx, idea.NewsletterTemplate, in.Lang); err != nil {
		return n, err
	}
	spreads, err := tx.Spreads()
	if err != nil {
		return n, err
	}
	since, err := d.newsSince(tx, &n, in, spreads)
	if err != nil {
		return n, err
	}
	told := idea.ToldTo(in.Audience, spreads)
	if in.Again {
		told = idea.Told{}
	}
	g := gatherer{d, tx, in, since, told, nil}
	if !in.People {
		if g.finder, err = finderOf(tx); err != nil {
			return n, err
		}
	}
	for _, part := range idea.NewsletterParts() {
		if g.wants(part) {
			if err := g.gather(part, &n); err != nil {
				return n, err
			}
		}
	}
	return n, nil
}

// newsSince is the moment from which on something is new: just after a newsletter
// that was recorded as it was made. Of one that was recorded by hand it is not
// known when it was made, and the whole of its day counts: what has no record of
// having been told is rather told twice than never.
func (d *Desk) newsSince(tx *store.Tx, n *Newsletter, in NewsletterInput, spreads []idea.Spread) (m store.Moment, err error) {
	n.Since = in.Since
	if n.Since > n.Today {
		return m, idea.Errorf(idea.Refused, "%s is not here yet", n.Since)
	}
	last, found := idea.LastNewsletter(in.Audience, spreads)
	switch {
	case n.Since != "":
	case !found:
		n.First, n.Since = true, n.Today.Add(-NewsDays)
	default:
		n.Last, n.Since = &last, last.Day
		m, command, err := tx.RecordedAt(idea.ASpread, last.ID)
		if err != nil || command == sendNewsletter {
			return m, err
		}
	}
	return store.Moment{At: n.Since.Time(d.Location())}, nil
}

// finderOf finds everybody on record, whoever agreed to what.
func finderOf(tx *store.Tx) (*idea.Finder, error) {
	people, err := tx.People()
	if err != nil {
		return nil, err
	}
	units, err := tx.Units()
	names := make([]string, len(units))
	for k, u := range units {
		names[k] = u.Name
	}
	return idea.NewFinder(people, names), err
}

// gatherer gathers the parts of one newsletter.
type gatherer struct {
	d      *Desk
	tx     *store.Tx
	in     NewsletterInput
	since  store.Moment
	told   idea.Told
	finder *idea.Finder // nil masks nothing
}

func (g gatherer) wants(part idea.NewsletterPart) bool {
	parts := g.in.Parts
	if len(parts) == 0 {
		parts = idea.PartsFor(g.in.Audience)
	}
	return slices.Contains(parts, part)
}

// masked is a text without what names people.
func (g gatherer) masked(text string) string {
	if g.finder == nil {
		return text
	}
	return proof{finder: g.finder}.masked(text, g.in.Mask)
}

// recent tells whether a day is not so long ago that it is no news.
func (g gatherer) recent(day idea.Day) bool {
	return day >= idea.DayOf(g.since.At.In(g.d.Location())).Add(-oldNews)
}

func (g gatherer) gather(part idea.NewsletterPart, n *Newsletter) error {
	switch part {
	case idea.NewsExamples:
		return g.stories(n)
	case idea.NewsIdeas:
		return g.ideas(n)
	case idea.NewsDecisions:
		return g.decisions(n)
	case idea.NewsTests:
		return g.tests(n)
	}
	return g.dates(n)
}

func (g gatherer) stories(n *Newsletter) error {
	names, err := load(g.tx)
	if err != nil {
		return err
	}
	all, err := g.tx.Stories()
	if err != nil || len(all) == 0 {
		return err
	}
	lines, err := g.d.storyLines(g.tx, names, all, g.in.Lang)
	if err != nil {
		return err
	}
	of := StorySelection{Statuses: []idea.StoryStatus{idea.StoryPublished}, Audience: g.in.Audience}
	for _, l := range lines {
		old := l.Published < n.Since
		switch {
		case !of.wants(l, nil, nil):
		case len(l.Lapses) > 0:
			if !old && !g.told.Stories[l.ID] {
				n.Lapsed++
			}
		case g.told.Stories[l.ID]:
			if !old {
				n.Before = append(n.Before, l.Idea)
			}
		case old:
			n.Older++
		default:
			n.Stories = append(n.Stories, storyRows(l, Past{}, nil, g.in.Lang)...)
		}
	}
	if g.in.Again { // then nothing counts as told, and what is older may have been
		n.Older = 0
	}
	slices.SortStableFunc(n.Stories, func(a, b StoryRow) int {
		return cmp.Or(cmp.Compare(b.Published, a.Published), cmp.Compare(b.Idea, a.Idea))
	})
	return nil
}

func (g gatherer) ideas(n *Newsletter) error {
	from := idea.DayOf(g.since.At.In(g.d.Location())).Add(-oldNews)
	s := Selection{Open: true, Whole: true, Received: idea.Period{From: from}, Sort: idea.ByNumber, withoutGivers: true}
	return g.d.eachIdea(g.tx, s, func(l Listed) bool {
		if !l.Registered.Before(g.since.At) && l.MergedInto == 0 && !g.told.Ideas[l.Number] {
			l.Title, l.Sections = g.masked(l.Title), map[idea.Section]string{idea.Need: g.masked(l.Sections[idea.Need])}
			l.OwnerName, l.From = "", nil
			n.Ideas = append(n.Ideas, l)
		}
		return true
	})
}

// kept gives the titles of those ideas of some that their givers have not taken
// back.
func (g gatherer) kept(numbers []int64) (map[int64]string, error) {
	out := map[int64]string{}
	if len(numbers) == 0 {
		return out, nil
	}
	err := g.tx.Ideas(idea.Filter{Numbers: numbers}, idea.Order{}, store.Short, func(i idea.Idea) bool {
		if i.Reason != idea.Withdrawn {
			out[i.Number] = g.masked(i.Title)
		}
		return true
	})
	return out, err
}

func (g gatherer) decisions(n *Newsletter) error {
	fresh, err := g.tx.RecordedSince(idea.ADecision, idea.FieldSelf, g.since)
	if err != nil || len(fresh) == 0 {
		return err
	}
	forums, err := g.tx.Forums()
	if err != nil {
		return err
	}
	called := calledForums(forums)
	all, err := g.tx.Decisions()
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(one idea.Decision) bool { return !fresh[one.ID] || !g.recent(one.Day) })
	titles, err := g.kept(column(all, func(one idea.Decision) int64 { return one.Idea }))
	for _, one := range all {
		if title, kept := titles[one.Idea]; kept {
			one.By, one.Why = "", "" // why is for those whom it concerns
			n.Decisions = append(n.Decisions, DecisionRow{DecisionLine{Decision: one, ForumName: g.masked(called[one.Forum])}, title})
		}
	}
	return err
}

func column[T any](all []T, part func(T) int64) (out []int64) {
	for _, one := range all {
		out = append(out, part(one))
	}
	return out
}

func (g gatherer) tests(n *Newsletter) error {
	started, err := g.tx.RecordedSince(idea.ATest, idea.FieldStarted, g.since)
	if err != nil {
		return err
	}
	finished, err := g.tx.RecordedSince(idea.ATest, idea.FieldFinished, g.since)
	if err != nil || len(started)+len(finished) == 0 {
		return err
	}
	all, err := g.tx.Tests(false)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(t idea.Test) bool {
		return !(t.Finished != "" && finished[t.ID] && g.recent(t.Finished)) && !(t.Started != "" && started[t.ID] && g.recent(t.Started))
	})
	titles, err := g.kept(column(all, func(t idea.Test) int64 { return t.Idea }))
	for _, t := range all {
		if title, kept := titles[t.Idea]; kept {
			t.Who, t.Notes = "", nil
			for _, text := range []*string{&t.Belief, &t.Method, &t.Measure, &t.Target, &t.Result, &t.Learnt} {
				*text = g.masked(*text)
			}
			n.Tests = append(n.Tests, TestLine{Test: t, State: t.State(n.Today), Title: title})
		}
	}
	return err
}

// dates gathers the mashups to come, and for those who are told of decisions and
// tests the meetings and the beginnings and ends of tests.
func (g gatherer) dates(n *Newsletter) error {
	until := n.Today.Add(g.in.Ahead)
	within := func(day idea.Day) bool { return n.Today <= day && day <= until }
	mashups, err := g.tx.MashupsBetween(n.Today, until)
	if err != nil {
		return err
	}
	for _, m := range mashups {
		n.Dates = append(n.Dates, idea.ComingDate{Day: m.Day, To: m.To, Kind: idea.MashupDate, Title: g.masked(m.Name), Place: g.masked(m.Place)})
	}
	if g.wants(idea.NewsDecisions) {
		forums, err := g.tx.Forums()
		if err != nil {
			return err
		}
		called := calledForums(forums)
		meetings, err := g.tx.Meetings(0)
		if err != nil {
			return err
		}
		for _, m := range meetings {
			if within(m.Day) {
				n.Dates = append(n.Dates, idea.ComingDate{Day: m.Day, To: m.Day, Kind: idea.MeetingDate, Title: g.masked(called[m.Forum])})
			}
		}
	}
	if g.wants(idea.NewsTests) {
		if err := g.testDates(n, within); err != nil {
			return err
		}
	}
	slices.SortStableFunc(n.Dates, func(a, b idea.ComingDate) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Idea, b.Idea), strings.Compare(a.Title, b.Title))
	})
	return nil
}

func (g gatherer) testDates(n *Newsletter, within func(idea.Day) bool) error {
	open, err := g.tx.Tests(true)
	if err != nil {
		return err
	}
	titles, err := g.kept(column(open, func(t idea.Test) int64 { return t.Idea }))
	for _, t := range open {
		title, kept := titles[t.Idea]
		if !kept {
			continue
		}
		if t.Started == "" && within(t.From) {
			n.Dates = append(n.Dates, idea.ComingDate{Day: t.From, To: t.From, Kind: idea.TestStartDate, Title: title, Idea: t.Idea})
		}
		if within(t.To) {
			n.Dates = append(n.Dates, idea.ComingDate{Day: t.To, To: t.To, Kind: idea.TestEndDate, Title: title, Idea: t.Idea})
		}
	}
	return err
}
