package intake

import (
	"errors"
	"io"
	"slices"
	"strings"

	"sluss/internal/idea"
	"sluss/internal/sheet"
)

// Participants is the people of a file, or what is wrong with it.
type Participants struct {
	People   []idea.Participant
	Problems []Problem
	Unused   []string // headings of the columns that fill nothing
}

// guestField is something of a participant that a column can fill. Headings are
// the words that mean the field when they head a column.
type guestField struct {
	name     string
	label    idea.Word // what messages call it
	headings []string
}

// guestFields lists what a column can fill. A first name and a last name are put
// together where there is no whole one.
func guestFields() []guestField {
	return []guestField{
		{"name", "the name", []string{"namn", "fullständigt namn", "för och efternamn", "full name", "deltagare"}},
		{"first_name", "the first name", []string{"förnamn"}},
		{"last_name", "the last name", []string{"efternamn", "surname"}},
		{"organisation", "the organisation", []string{"organization", "kommun", "arbetsplats", "arbetsgivare", "företag"}},
		{"kind", "kind of organisation", []string{"typ av organisation", "slag", "kategori"}},
		{"email", "email", []string{"e mail", "mail", "mejl", "e post", "epost", "e postadress", "mejladress"}},
		{"status", "status of a participant", nil},
	}
}

// ParticipantFields lists the names of what a column can fill.
func ParticipantFields() []string {
	var names []string
	for _, f := range guestFields() {
		names = append(names, f.name)
	}
	return names
}

// guest is where a field comes from: the first of its columns that is filled,
// and else a word.
type guest struct {
	field   string
	label   idea.Word
	columns []int
	word    string
}

// ReadParticipants reads the people of a table that comes from file. Columns are
// found by their headings, or as maps say, each FIELD=COLUMN with commas between
// several columns; sets, each FIELD=VALUE, fill what no column does. It returns
// Usage for a mapping that cannot be and for a file that is no CSV there; rows
// that make no participant are no error but Problems.
func ReadParticipants(r *sheet.Reader, file string, maps, sets []string) (out Participants, err error) {
	base := &Reader{rows: r, file: file}
	fields, err := guestsOf(base, maps, sets)
	if err != nil {
		return out, err
	}
	for i, heading := range r.Header() {
		if !slices.ContainsFunc(fields, func(g guest) bool { return slices.Contains(g.columns, i) }) {
			out.Unused = append(out.Unused, heading)
		}
	}
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return out, Explain(file, err)
		}
		if !slices.ContainsFunc(row.Cells, filled) {
			continue
		}
		p, problems := base.participant(row, fields)
		if len(problems) > 0 {
			out.Problems = append(out.Problems, problems...)
			continue
		}
		out.People = append(out.People, p)
	}
}

// guestsOf is where each field comes from. Without a name, a first or last name
// and an address nobody can be told from another.
func guestsOf(base *Reader, maps, sets []string) ([]guest, error) {
	given, err := assignments("--map", maps)
	if err != nil {
		return nil, err
	}
	fixed, err := assignments("--set", sets)
	if err != nil {
		return nil, err
	}
	var fields []guest
	for _, f := range guestFields() {
		g := guest{field: f.name, label: f.label, word: fixed[f.name]}
		names := f.columnsIn(base.rows.Header())
		if columns, mapped := given[f.name]; mapped {
			names = strings.Split(columns, ",")
		}
		for _, name := range names {
			i, err := base.index(name)
			if err != nil {
				return nil, err
			}
			g.columns = append(g.columns, i)
			base.mapped = max(base.mapped, i+1)
		}
		if g.word != "" {
			if err := fillGuest(&idea.Participant{}, f.name, g.word); err != nil {
				return nil, err
			}
		}
		if len(g.columns) > 0 || g.word != "" {
			fields = append(fields, g)
		}
	}
	names := func(g guest) bool {
		return slices.Contains([]string{"name", "first_name", "last_name", "email"}, g.field)
	}
	if !slices.ContainsFunc(fields, names) {
		return nil, idea.Errorf(idea.Usage, "%s: no column gives a name or an address for mail", base.file).
			WithHint("say which with --map name=COLUMN; there are: %s", strings.Join(base.rows.Header(), ", "))
	}
	return fields, nil
}

// assignments reads flags that are each FIELD=WHAT.
func assignments(flag string, given []string) (map[string]string, error) {
	out := map[string]string{}
	for _, one := range given {
		field, what, found := strings.Cut(one, "=")
		field = strings.TrimSpace(field)
		if !found || what == "" {
			return nil, idea.Errorf(idea.Usage, "%s %q does not say what the field is to be", flag, one).
				WithHint("write it as in %s", flag+" name=Namn")
		}
		if !slices.Contains(ParticipantFields(), field) {
			return nil, oneOf(idea.Errorf(idea.Usage, "there is no field %q", field), field, ParticipantFields())
		}
		out[field] = what
	}
	return out, nil
}

// columnsIn is the headings that mean the field.
func (f guestField) columnsIn(header []string) (out []string) {
	for _, name := range append([]string{f.name}, f.headings...) {
		for _, h := range header {
			if fold(h) == fold(name) && !slices.Contains(out, h) {
				out = append(out, h)
			}
		}
	}
	return out
}

// participant is the person of a row, or what is wrong with it.
func (r *Reader) participant(row sheet.Row, fields []guest) (p idea.Participant, problems []Problem) {
	parts := map[string]string{}
	for _, g := range fields {
		value, index := g.pick(row.Cells)
		if value == "" {
			continue
		}
		clean, err := cleanLine(g.label, value)
		if err == nil {
			err = fillGuest(&p, g.field, clean)
		}
		if err != nil {
			problems = append(problems, r.problem(row, index, value, err))
		}
		parts[g.field] = clean
	}
	if p.Name == "" {
		p.Name = strings.TrimSpace(parts["first_name"] + " " + parts["last_name"])
	}
	if p.Name == "" && p.Email == "" && len(problems) == 0 {
		problems = append(problems, r.problem(row, firstColumn(fields), "", idea.Errorf(idea.Usage, "there is neither a name nor an address for mail").
			WithHint("fill the cell, or take the row away")))
	}
	if !r.fits(row.Cells) {
		note := row.Note()
		problems = append(problems, r.problem(row, len(r.rows.Header()), "",
			&idea.Error{Text: idea.Say(note.Format, note.Args...), Hint: idea.Say(note.Hint)}))
	}
	return p, problems
}

// unnamed is what Microsoft Forms writes in place of the address of somebody who
// did not log in.
const unnamed = "anonymous"

// pick is the first of the columns that has text and its index, or else the
// word for every row, with -1.
func (g guest) pick(cells []string) (string, int) {
	for _, i := range g.columns {
		if i >= len(cells) {
			continue
		}
		value := strings.TrimSpace(sheet.Unguard(cells[i]))
		if value != "" && !(g.field == "email" && strings.EqualFold(value, unnamed)) {
			return value, i
		}
	}
	return g.word, -1
}

// firstColumn is the column where a name or an address is looked for first.
func firstColumn(fields []guest) int {
	for _, g := range fields {
		if len(g.columns) > 0 {
			return g.columns[0]
		}
	}
	return 0
}

func fillGuest(p *idea.Participant, field, value string) *idea.Error {
	var err error
	switch field {
	case "name":
		p.Name = value
	case "organisation":
		p.Organisation = value
	case "kind":
		p.Kind, err = idea.FindOrganisationKind(value)
	case "email":
		p.Email, err = value, idea.CheckMail(value)
	case "status":
		p.Status, err = idea.FindAttendance(value)
	}
	return asError(err)
}
