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
)

// field is something of a draft that a column can fill. Headings are the
// Swedish words that mean the field when they head a column.
type field struct {
	name     string
	headings []string
	shape    shape
	label    idea.Word // what messages call it
	put      func(*idea.Draft, string)
}

var fields = []field{
	{"title", []string{"rubrik", "titel"}, line, "the title", func(d *idea.Draft, s string) { d.Title = s }},
	{"need", []string{"behov"}, text, "need", section(idea.Need)},
	{"whom", []string{"för vem", "målgrupp"}, text, "whom", section(idea.Whom)},
	{"solution", []string{"lösning"}, text, "solution", section(idea.Solution)},
	{"value", []string{"nytta"}, text, "value", section(idea.Value)},
	{"resources", []string{"resurser"}, text, "resources", section(idea.Resources)},
	{"risks", []string{"risker"}, text, "risks", section(idea.Risks)},
	{"next", []string{"nästa steg"}, text, "next", section(idea.Next)},
	{"next_by", []string{"nästa steg senast"}, day, "next step by", func(d *idea.Draft, s string) { d.NextBy = idea.Day(s) }},
	{"kind", []string{"slag", "kategori"}, word, "kind", func(d *idea.Draft, s string) { d.Kind = idea.GiverKind(s) }},
	{"stage", []string{"steg"}, word, "stage", func(d *idea.Draft, s string) { d.Stage = idea.StageKey(s) }},
	{"reason", []string{"skäl"}, word, "reason", func(d *idea.Draft, s string) { d.Reason = idea.Reason(s) }},
	{"unit", []string{"förvaltning", "enhet"}, line, "the unit", func(d *idea.Draft, s string) { d.Unit = s }},
	{"owner", []string{"mottagare"}, line, "the owner", func(d *idea.Draft, s string) { d.Owner = s }},
	{"coach", []string{"idécoach"}, line, "the coach", func(d *idea.Draft, s string) { d.Coach = s }},
	{"channel", []string{"inkom via", "kanal"}, word, "channel", func(d *idea.Draft, s string) { d.Channel = idea.Channel(s) }},
	{"received", []string{"inkommen", "inkom"}, day, "received", func(d *idea.Draft, s string) { d.Received = idea.Day(s) }},
	{"due", []string{"senast"}, day, "due", func(d *idea.Draft, s string) { d.Due = idea.Day(s) }},
	{"wake", []string{"vaknar"}, day, "wake", func(d *idea.Draft, s string) { d.Wake = idea.Day(s) }},
	{"answered", []string{"återkoppling lämnad", "besvarad"}, day, "answered", func(d *idea.Draft, s string) { d.Answered = idea.Day(s) }},
	{"type", []string{"idétyp"}, word, "type", func(d *idea.Draft, s string) { d.Type = idea.Type(s) }},
	{"newness", []string{"nyhetsgrad"}, word, "newness", func(d *idea.Draft, s string) { d.Newness = idea.Newness(s) }},
	{"benefits", []string{"värden"}, word, "kind of value", func(d *idea.Draft, s string) { d.Benefits = idea.SplitBenefits(s) }},
	{"tags", []string{"taggar"}, tags, "tags", nil},
	{"giver", []string{"idégivare"}, line, "the giver's name", func(d *idea.Draft, s string) { d.Giver.Name = s }},
	{"giver_email", []string{"mejl", "e-post"}, line, "the giver's e-mail", func(d *idea.Draft, s string) { d.Giver.Email = s }},
	{"giver_phone", []string{"telefon"}, line, "the giver's phone", func(d *idea.Draft, s string) { d.Giver.Phone = s }},
	{"giver_unit", []string{"idégivarens förvaltning", "arbetsplats"}, line, "the giver's unit", func(d *idea.Draft, s string) { d.Giver.Unit = s }},
	{"note", []string{"anteckning"}, text, "the note", func(d *idea.Draft, s string) { d.Note = s }},
	{"source", []string{"källa"}, line, "the source", func(d *idea.Draft, s string) { d.Source = s }},
	{"external_id", []string{"externt id", "number", "nummer"}, line, "the external id", func(d *idea.Draft, s string) { d.ExternalID = s }},
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
