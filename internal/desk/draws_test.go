package desk_test

import (
	"pgregory.net/rapid"

	"sluss/internal/desk"
	"sluss/internal/idea"
)

// draws makes up the words of commands. The pools are small, so that things
// meet.
type draws struct{ m *machine }

func (d *draws) of(what string, words ...string) string {
	return rapid.SampledFrom(words).Draw(d.m.T, what)
}

func (d *draws) yes(what string) bool { return rapid.Bool().Draw(d.m.T, what) }

func (d *draws) unit() string { return d.of("unit", "Skola", "Vård", "Teknik") }

func (d *draws) coach() string {
	return d.of("coach", "", "", desk.Me, desk.None, "Åsa", "Cia", "Eva")
}

func (d *draws) kind() idea.GiverKind {
	return rapid.SampledFrom([]idea.GiverKind{"", idea.Employee, idea.Resident}).Draw(d.m.T, "kind")
}

// day is no day, or one so many days from now.
func (d *draws) day(what string, from, to int) idea.Day {
	if d.yes("with " + what) {
		return ""
	}
	return idea.DayOf(d.m.now).Add(rapid.IntRange(from, to).Draw(d.m.T, what))
}

func (d *draws) giver() idea.GiverDraft {
	return idea.GiverDraft{Name: d.of("giver", "", "Per Ek", "Li Al"), Email: d.of("email", "", "", "a@b.se", "c@d.se"),
		Phone: d.of("phone", "", "", "070"), Unit: d.of("giver's unit", "", "", d.unit())}
}

// numbers is one or two ideas, now and then one that there is not.
func (d *draws) numbers() []int64 {
	there := d.m.numbers()
	if len(there) == 0 || rapid.IntRange(0, 19).Draw(d.m.T, "strange") == 0 {
		return []int64{99}
	}
	return rapid.SliceOfNDistinct(rapid.SampledFrom(there), 1, min(2, len(there)), rapid.ID).Draw(d.m.T, "numbers")
}

// tags is tags to add and to take away, each perhaps twice, but not both.
func (d *draws) tags() []string {
	var out []string
	for _, tag := range []string{"energi", "skola", "vård"} {
		switch d.of(tag, "no", "no", "add", "twice", "away") {
		case "add":
			out = append(out, tag)
		case "twice":
			out = append(out, tag, tag)
		case "away":
			out = append(out, "-"+tag)
		}
	}
	return out
}

func (d *draws) draft() idea.Draft {
	draft := idea.Draft{Title: d.of("title", "Lånecyklar", "Solceller"), Kind: d.kind(), Owner: d.of("owner", "", "Eva Berg"),
		Coach: d.coach(), Channel: idea.Channel(d.of("channel", "", "mail")), Received: d.day("received", -5, 1), Due: d.day("due", 0, 5),
		Giver: d.giver(), Note: d.of("note", "", "första mötet"),
		Sections: map[idea.Section]string{idea.Need: d.of("need", "", "cyklar åt alla"), idea.Risks: d.of("risks", "", "stöld")}}
	if d.yes("unit") {
		draft.Unit = d.unit()
	}
	if d.yes("tags") {
		draft.Tags = []string{"energi", "vård"}
	}
	return draft
}

func (d *draws) edit() desk.Edit {
	e := desk.Edit{Fields: map[idea.Field]string{}}
	choices := map[idea.Field][]string{
		idea.FieldTitle: {"Cyklar", "Sol", ""}, idea.FieldKind: {"company", "employee"}, idea.FieldUnit: {"", d.unit()},
		idea.FieldOwner: {"", "Eva Berg", "Ola Dahl"}, idea.FieldCoach: {"", "Cia", "Åsa"}, idea.FieldChannel: {"", "phone"},
		idea.FieldDue: {"", "2026-12-24"}, idea.Field(idea.Need): {"", "mer sol", "fler cyklar"}, idea.Field(idea.Next): {"", "möte"},
		idea.FieldReceived: {string(idea.DayOf(d.m.now).Add(-2)), string(idea.DayOf(d.m.now).Add(1))},
	}
	for _, f := range []idea.Field{idea.FieldTitle, idea.FieldKind, idea.FieldUnit, idea.FieldOwner, idea.FieldCoach, idea.FieldChannel,
		idea.FieldReceived, idea.FieldDue, idea.Field(idea.Need), idea.Field(idea.Next)} {
		if rapid.IntRange(0, 3).Draw(d.m.T, "change "+string(f)) == 0 {
			e.Fields[f] = d.of(string(f), choices[f]...)
		}
	}
	if d.yes("tags") {
		e.Tags = d.tags()
	}
	if rapid.IntRange(0, 2).Draw(d.m.T, "one more giver") == 0 {
		e.Giver = d.giver()
	}
	if rapid.IntRange(0, 4).Draw(d.m.T, "one giver less") == 0 {
		e.Lose = []int64{rapid.Int64Range(1, 3).Draw(d.m.T, "lose")}
	}
	return e
}
