package desk_test

import (
	"testing"

	"pgregory.net/rapid"

	"sluss/internal/desk"
	"sluss/internal/idea"
)

// TestSpreadingUndone tells of good examples and records who took them up at
// random, and then undoes all: every row must be what it was before.
func TestSpreadingUndone(t *testing.T) {
	folder, empty := t.TempDir(), emptyDB(t)
	checks(t, 20, 40, func(t *rapid.T) {
		m := newMachine(t, folder, empty, false)
		t.Repeat(m.spreading(nil))
		m.check()
		m.unwind()
		m.check()
	})
}

// TestNothingIsToldTwice sends newsletters to audiences between all else that
// coaches do: no example and no idea is told twice to one of them, and none that
// is not published for it, or not any more, or without consent.
func TestNothingIsToldTwice(t *testing.T) {
	folder, empty := t.TempDir(), emptyDB(t)
	checks(t, 30, 60, func(t *rapid.T) {
		m := newMachine(t, folder, empty, false)
		told := map[idea.Audience]map[[2]int64]bool{idea.Internal: {}, idea.Municipalities: {}, idea.Everybody: {}}
		t.Repeat(m.spreading(told))
	})
}

// spreading is the commands about spreading, and those about stories. told, if it
// is not nil, is what was told to each audience (1 and the number of a story's
// idea, or 2 and that of an idea): then nothing is taken back.
func (m *machine) spreading(told map[idea.Audience]map[[2]int64]bool) map[string]func(*rapid.T) {
	draw := &draws{m}
	kept := m.stories()
	add := func(name string, what func(d *desk.Desk) error) {
		kept[name] = func(*rapid.T) { m.run(what, nil) }
	}
	audience := func() idea.Audience { return rapid.SampledFrom(idea.Audiences()).Draw(m.T, "audience") }
	record := func(line desk.SpreadLine, err error) error {
		if err != nil || told == nil {
			return err
		}
		for _, n := range line.Of {
			told[line.Audience][[2]int64{1, n}] = true
		}
		for _, n := range line.Ideas {
			told[line.Audience][[2]int64{2, n}] = true
		}
		return nil
	}
	id := func() int64 { return int64(rapid.IntRange(1, 4).Draw(m.T, "id")) }
	add("spread add", func(d *desk.Desk) error {
		in := desk.SpreadInput{Day: draw.day("day", -3, 1), Channel: rapid.SampledFrom(idea.SpreadChannels()).Draw(m.T, "channel"), Audience: audience(), Stories: draw.numbers()}
		if draw.yes("reach") {
			n := int64(rapid.IntRange(0, 500).Draw(m.T, "people"))
			in.Reach = &n
		}
		if draw.yes("ideas") {
			in.Ideas = draw.numbers()
		}
		return record(d.AddSpread(m.Context(), in))
	})
	add("uptake add", func(d *desk.Desk) error {
		_, err := d.AddUptake(m.Context(), desk.UptakeInput{Story: draw.numbers()[0], Day: draw.day("day", -3, 1), Organisation: draw.of("who", "Kristianstad", "Region Skåne", "Exempel AB", ""),
			Kind: rapid.SampledFrom([]idea.OrganisationKind{"", idea.OtherMunicipality}).Draw(m.T, "kind")})
		return err
	})
	send := func(d *desk.Desk) error {
		in := desk.NewsletterInput{Audience: audience(), Since: draw.day("since", -9, 0), Lang: "sv", Ahead: 60, Mask: "…"}
		if draw.yes("last") {
			in.Since = ""
		}
		return record(d.SendNewsletter(m.Context(), in, nil, func(n desk.Newsletter) (string, error) {
			m.mayBeTold(d, n, told[in.Audience])
			return "Brev", nil
		}))
	}
	for _, name := range []string{"newsletter", "newsletter more", "newsletter still more"} {
		add(name, send)
	}
	if told != nil {
		return kept
	}
	for _, name := range []string{"story edit", "story withdraw", "consent add", "consent withdraw"} {
		delete(kept, name) // an undo of these may be refused, for the sake of people
	}
	add("spread reach", func(d *desk.Desk) error {
		n := int64(rapid.IntRange(0, 500).Draw(m.T, "people"))
		_, err := d.SetReach(m.Context(), id(), &n)
		return err
	})
	add("spread remove", func(d *desk.Desk) error { _, err := d.RemoveSpreads(m.Context(), []int64{id()}); return err })
	add("uptake remove", func(d *desk.Desk) error { _, err := d.RemoveUptakes(m.Context(), []int64{id()}); return err })
	return kept
}

// mayBeTold fails if a newsletter tells what it may not.
func (m *machine) mayBeTold(d *desk.Desk, n desk.Newsletter, told map[[2]int64]bool) {
	all, err := d.Stories(m.Context(), desk.StorySelection{})
	if err != nil {
		m.Fatal(err)
	}
	now := map[int64]desk.StoryLine{}
	for _, s := range all {
		now[s.Idea] = s
	}
	for _, s := range n.Stories {
		is := now[s.Idea]
		if told[[2]int64{1, s.Idea}] || is.Status != idea.StoryPublished || !is.Audience.Reaches(n.Audience) || len(is.Lapses) > 0 || s.Text == "" || is.Published < n.Since {
			m.Fatalf("the example of idea %d is told to %s: %+v", s.Idea, n.Audience, is)
		}
	}
	for _, l := range n.Ideas {
		if told[[2]int64{2, l.Number}] || n.Audience != idea.Internal {
			m.Fatalf("idea %d is told to %s", l.Number, n.Audience)
		}
	}
}
