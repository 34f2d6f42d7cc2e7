package intake

import (
	"slices"
	"strings"

	"sluss/internal/idea"

	"golang.org/x/text/unicode/norm"
)

// shape is what a field may hold.
type shape int

const (
	line shape = iota
	text
	day
	word
	tags
	mail
	instant
)

// field is something of a draft that a column can fill. Headings are the
// Swedish words that mean the field when they head a column.
type field struct {
	name     string
	headings []string
	shape    shape
	label    idea.Word // what messages call it
	put      func(*idea.Draft, string)
	late     bool // no part of what a row is known again by: sluss did not read it once
}

var fields = []field{
	{"title", []string{"rubrik", "titel"}, line, "the title", func(d *idea.Draft, s string) { d.Title = s }, false},
	{"need", []string{"behov"}, text, "need", section(idea.Need), false},
	{"whom", []string{"för vem", "målgrupp"}, text, "whom", section(idea.Whom), false},
	{"solution", []string{"lösning"}, text, "solution", section(idea.Solution), false},
	{"value", []string{"nytta"}, text, "value", section(idea.Value), false},
	{"resources", []string{"resurser"}, text, "resources", section(idea.Resources), false},
	{"risks", []string{"risker"}, text, "risks", section(idea.Risks), false},
	{"next", []string{"nästa steg"}, text, "next", section(idea.Next), false},
	{"next_by", []string{"nästa steg senast"}, day, "next step by", func(d *idea.Draft, s string) { d.NextBy = idea.Day(s) }, false},
	{"kind", []string{"slag", "kategori"}, word, "kind", func(d *idea.Draft, s string) { d.Kind = idea.GiverKind(s) }, false},
	{"stage", []string{"steg"}, word, "stage", func(d *idea.Draft, s string) { d.Stage = idea.StageKey(s) }, false},
	{"reason", []string{"skäl"}, word, "reason", func(d *idea.Draft, s string) { d.Reason = idea.Reason(s) }, false},
	{"unit", []string{"förvaltning", "enhet"}, line, "the unit", func(d *idea.Draft, s string) { d.Unit = s }, false},
	{"owner", []string{"mottagare"}, line, "the owner", func(d *idea.Draft, s string) { d.Owner = s }, false},
	{"coach", []string{"idécoach"}, line, "the coach", func(d *idea.Draft, s string) { d.Coach = s }, false},
	{"channel", []string{"inkom via", "kanal"}, word, "channel", func(d *idea.Draft, s string) { d.Channel = idea.Channel(s) }, false},
	{"received", []string{"inkommen", "inkom"}, day, "received", func(d *idea.Draft, s string) { d.Received = idea.Day(s) }, false},
	{"due", []string{"senast"}, day, "due", func(d *idea.Draft, s string) { d.Due = idea.Day(s) }, false},
	{"wake", []string{"vaknar"}, day, "wake", func(d *idea.Draft, s string) { d.Wake = idea.Day(s) }, false},
	{"answered", []string{"återkoppling lämnad", "besvarad"}, day, "answered", func(d *idea.Draft, s string) { d.Answered = idea.Day(s) }, false},
	{"type", []string{"idétyp"}, word, "type", func(d *idea.Draft, s string) { d.Type = idea.Type(s) }, false},
	{"newness", []string{"nyhetsgrad"}, word, "newness", func(d *idea.Draft, s string) { d.Newness = idea.Newness(s) }, false},
	{"benefits", []string{"värden"}, word, "kind of value", func(d *idea.Draft, s string) { d.Benefits = idea.SplitBenefits(s) }, false},
	{"tags", []string{"taggar"}, tags, "tags", nil, false},
	{"giver", []string{"idégivare"}, line, "the giver's name", func(d *idea.Draft, s string) { d.Giver.Name = s }, false},
	{"giver_email", []string{"mejl", "e-post"}, mail, "the giver's e-mail", func(d *idea.Draft, s string) { d.Giver.Email = s }, false},
	{"giver_phone", []string{"telefon"}, line, "the giver's phone", func(d *idea.Draft, s string) { d.Giver.Phone = s }, false},
	{"giver_unit", []string{"idégivarens förvaltning", "arbetsplats"}, line, "the giver's unit", func(d *idea.Draft, s string) { d.Giver.Unit = s }, false},
	{"note", []string{"anteckning"}, text, "the note", func(d *idea.Draft, s string) { d.Note = s }, false},
	{"source", []string{"källa"}, line, "the source", func(d *idea.Draft, s string) { d.Source = s }, false},
	{"external_id", []string{"externt id", "number", "nummer"}, line, "the external id", func(d *idea.Draft, s string) { d.ExternalID = s }, false},
	{name: "registered", shape: instant, label: "registered", late: true},
	{name: "merged_into", shape: line, label: "merged into", put: func(d *idea.Draft, s string) { d.MergedInto = s }, late: true},
}

func section(name idea.Section) func(*idea.Draft, string) {
	return func(d *idea.Draft, s string) {
		if d.Sections == nil {
			d.Sections = map[idea.Section]string{}
		}
		d.Sections[name] = s
	}
}

// Fields lists the names that a mapping can fill.
func Fields() []string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.name
	}
	return names
}

func findField(name string) (*field, *idea.Error) {
	if i := slices.IndexFunc(fields, func(f field) bool { return f.name == name }); i >= 0 {
		return &fields[i], nil
	}
	return nil, oneOf(idea.Errorf(idea.Usage, "there is no field %q", name), name, Fields())
}

// oneOf gives e the legal words to choose from, and got, which is none of them.
func oneOf(e *idea.Error, got string, legal []string) *idea.Error {
	e.Got, e.Near = got, legal
	return e.WithHint("there are: %s", strings.Join(legal, ", "))
}

// fold makes spellings of one word equal: Handed_over, handed-over.
func fold(s string) string {
	s = strings.ToLower(norm.NFC.String(strings.TrimSpace(s)))
	return strings.Map(func(r rune) rune {
		if r == '_' || r == '-' {
			return ' '
		}
		return r
	}, s)
}
