package desk_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sluss/internal/desk"
	"sluss/internal/idea"
)

// TestStoriesUndone writes, publishes and withdraws good examples at random, with
// pictures and consents, and then undoes all: every row must be what it was before.
func TestStoriesUndone(t *testing.T) {
	folder, empty := t.TempDir(), emptyDB(t)
	checks(t, 20, 40, func(t *rapid.T) {
		m := newMachine(t, folder, empty, false)
		t.Repeat(m.stories())
		m.check()
		m.unwind()
		m.check()
	})
}

// unwind undoes one command after the other until none is left, or one is refused
// because it would publish again what names somebody who is on record since: then
// nothing is changed.
func (m *machine) unwind() {
	for len(m.steps) > 0 {
		last, before := m.steps[len(m.steps)-1], m.dump()
		line, err := m.desk(last.who).Undo(m.Context(), 0)
		switch {
		case err == nil:
			m.undid(last, line)
		case idea.KindOf(err) != idea.Refused || !strings.Contains(err.Error(), "people who have not agreed to it"):
			m.Fatalf("undo of command %d: %v", last.command, err)
		case m.dump() != before:
			m.Fatalf("a refused undo changes:\n%s", difference(before, m.dump()))
		default:
			return
		}
	}
}

// TestStoriesUndoneInAnyOrder undoes commands in between: each undo is whole or
// refused, and publishes nothing that could not be published today.
func TestStoriesUndoneInAnyOrder(t *testing.T) {
	folder, empty := t.TempDir(), emptyDB(t)
	checks(t, 20, 40, func(t *rapid.T) {
		m := newMachine(t, folder, empty, false)
		actions := m.stories()
		for _, name := range []string{"undo last", "undo any", "undo other"} {
			actions[name] = func(*rapid.T) {
				out := m.published()
				m.undo(name)
				for number := range m.published() {
					if !out[number] && m.lapsed(number) {
						m.Fatalf("an undo publishes the example of idea %d without consent", number)
					}
				}
			}
		}
		actions[""] = func(*rapid.T) { m.check() }
		t.Repeat(actions)
	})
}

// fillPlainly fills the placeholders of a text as tests want it.
func fillPlainly(_, text string, p desk.StoryPeople) string {
	giver := "någon"
	for _, g := range p.Givers {
		if g.Name != "" {
			giver = g.Name
		}
	}
	return strings.NewReplacer(idea.GiverPlace, giver, idea.ContactPlace, p.Official.Name).Replace(text)
}

func (m *machine) published() map[int64]bool {
	out := map[int64]bool{}
	all, err := m.desk("Åsa").Stories(m.Context(), desk.StorySelection{Statuses: []idea.StoryStatus{idea.StoryPublished}})
	if err != nil {
		m.Fatal(err)
	}
	for _, s := range all {
		out[s.Idea] = true
	}
	return out
}

func (m *machine) lapsed(number int64) bool {
	all, err := m.desk("Åsa").Stories(m.Context(), desk.StorySelection{Lapsed: true})
	if err != nil {
		m.Fatal(err)
	}
	return slices.ContainsFunc(all, func(s desk.StoryLine) bool { return s.Idea == number })
}

// stories is the commands about good examples and consents, and some that an idea
// needs to get there.
func (m *machine) stories() map[string]func(*rapid.T) {
	draw := &draws{m}
	all := m.commands()
	kept := map[string]func(*rapid.T){"add": all["add"], "add more": all["add"], "edit": all["edit"]}
	add := func(name string, what func(d *desk.Desk, number int64) error) {
		kept[name] = func(*rapid.T) {
			number := draw.numbers()[0]
			m.run(func(d *desk.Desk) error { return what(d, number) }, nil)
		}
	}
	lang := func() string { return draw.of("lang", "sv", "en") }
	giver := func() int64 { return int64(rapid.IntRange(1, 4).Draw(m.T, "giver")) }
	write := func(d *desk.Desk, n int64) error {
		_, err := d.WriteStory(m.Context(), n, lang(), func(c desk.Card) string { return "# " + c.Title + "\n\n{giver} {contact}" })
		return err
	}
	add("story", write)
	add("story more", write)
	add("story edit", func(d *desk.Desk, n int64) error {
		text := draw.of("text", "# Ny\n\n{giver}", "Åsa Lind", "Bo Ek", "Utan namn", "")
		audience := idea.Municipalities
		return d.EditStory(m.Context(), n, desk.StoryEdit{Lang: lang(), Text: &text, Audience: &audience})
	})
	publish := func(d *desk.Desk, n int64) error {
		in := desk.PublishInput{Numbers: []int64{n}, Fill: fillPlainly, On: draw.day("on", -2, 0)}
		if draw.yes("one language") {
			in.Langs = []string{lang()}
		}
		_, err := d.PublishStories(m.Context(), in)
		if err == nil && m.lapsed(n) {
			m.Fatalf("the example of idea %d is published without consent", n)
		}
		return err
	}
	add("story publish", publish)
	add("story publish more", publish)
	add("story withdraw", func(d *desk.Desk, n int64) error {
		_, err := d.WithdrawStories(m.Context(), []int64{n}, "så blev det")
		return err
	})
	add("story picture add", func(d *desk.Desk, n int64) error {
		in := desk.PictureInput{File: draw.of("file", "a.png", "b.png"), Alt: "en bild", Place: func() (func(), error) { return func() {}, nil }}
		if draw.yes("shows") {
			in.Shows = []int64{giver()}
		}
		_, err := d.AddPicture(m.Context(), n, in)
		return err
	})
	add("story picture remove", func(d *desk.Desk, n int64) error {
		_, err := d.RemovePicture(m.Context(), n, rapid.IntRange(1, 2).Draw(m.T, "picture"))
		return err
	})
	add("consent add", func(d *desk.Desk, _ int64) error {
		_, err := d.AddConsent(m.Context(), desk.ConsentInput{Giver: giver(), Kinds: idea.ConsentKinds()[:rapid.IntRange(1, 2).Draw(m.T, "kinds")],
			On: draw.day("on", -3, 0), Until: draw.day("until", 0, 9)})
		return err
	})
	add("consent withdraw", func(d *desk.Desk, _ int64) error {
		_, err := d.WithdrawConsent(m.Context(), giver(), nil, draw.day("on", -1, 0), false)
		return err
	})
	return kept
}
