package view

import (
	"slices"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/render"
)

// ParticipantJSON is somebody on the list of a mashup, in JSON. Name and e-mail
// are null unless people were asked for.
type ParticipantJSON struct {
	ID           int64   `json:"id"`
	Name         *string `json:"name"`
	Organisation *string `json:"organisation"`
	Kind         string  `json:"kind"`
	Email        *string `json:"email"`
	Status       string  `json:"status"`
}

// Participants is the list of a mashup, with names and addresses only with
// people.
func (v View) Participants(all []idea.Participant, people bool) render.Document {
	return render.Document{
		Sections: []render.Section{{Table: v.participantTable(all, people)}},
		Items: items(seq(all), func(p idea.Participant) any {
			out := ParticipantJSON{ID: p.ID, Organisation: known(p.Organisation), Kind: string(p.Kind), Status: string(p.Status)}
			if people {
				out.Name, out.Email = known(p.Name), known(p.Email)
			}
			return out
		}),
	}
}

func (v View) participantTable(all []idea.Participant, people bool) *render.Table {
	columns := []column[idea.Participant]{
		{render.Column{Key: "id", Head: v.t("No."), Right: true}, func(p idea.Participant) render.Cell { return numbered(p.ID) }},
		{render.Column{Key: "name", Head: v.t("Name"), Flex: true}, func(p idea.Participant) render.Cell { return text(p.Name) }},
		{render.Column{Key: "organisation", Head: v.t("Organisation"), Flex: true}, func(p idea.Participant) render.Cell { return text(p.Organisation) }},
		{render.Column{Key: "kind", Head: v.t("From"), Spare: true}, func(p idea.Participant) render.Cell {
			return coded(v.word(string(p.Kind.Label())), string(p.Kind))
		}},
		{render.Column{Key: "email", Head: v.t("E-mail")}, func(p idea.Participant) render.Cell { return text(p.Email) }},
		{render.Column{Key: "status", Head: v.t("Status")}, func(p idea.Participant) render.Cell {
			return coded(v.word(string(p.Status.Label())), string(p.Status))
		}},
	}
	if !people {
		columns = slices.DeleteFunc(columns, func(c column[idea.Participant]) bool { return c.Key == "name" || c.Key == "email" })
	}
	table := columnTable(columns, all, nil)
	table.Empty = v.t("Nobody is on the list.")
	return table
}

// Badges is a card for everybody who has signed up, in the order of the
// language.
func (v View) Badges(m idea.Mashup, all []idea.Participant) render.Badges {
	out := render.Badges{Title: v.t("Name badges: %s", m.Name), Footer: m.Name, Lang: string(v.p.Lang())}
	expected := slices.DeleteFunc(slices.Clone(all), func(p idea.Participant) bool { return !p.Status.Expected() || p.Name == "" })
	compare := v.p.Compare()
	slices.SortStableFunc(expected, func(a, b idea.Participant) int { return compare(a.Name, b.Name) })
	for _, p := range expected {
		out.Cards = append(out.Cards, render.Badge{Name: p.Name, Organisation: p.Organisation})
	}
	return out
}

// ImportedParticipants is what became of a file of participants.
type ImportedParticipants struct {
	Path   string
	DryRun bool
	desk.ParticipantImport
	Unused []string
}

type importedParticipantsJSON struct {
	File    string `json:"file"`
	DryRun  bool   `json:"dry_run"`
	Mashup  string `json:"mashup"`
	Added   int    `json:"added"`
	Updated int    `json:"updated"`
	Known   int    `json:"known"`
}

// ImportedParticipants tells what became of a file of participants.
func (v View) ImportedParticipants(i ImportedParticipants) render.Document {
	d := render.Document{JSON: importedParticipantsJSON{i.Path, i.DryRun, i.Mashup, i.Added, i.Updated, i.Known}}
	if i.DryRun {
		d.Notes = append(d.Notes, v.t("Nothing was changed: this shows what would happen."))
	}
	d.Notes = append(d.Notes, v.t("%s: %s", i.Mashup, v.p.N(i.Added, "%d participant added", "%d participants added")))
	if i.Updated > 0 {
		d.Notes = append(d.Notes, v.p.N(i.Updated, "%d who was on the list already has changed", "%d who were on the list already have changed"))
	}
	if i.Known > 0 {
		d.Notes = append(d.Notes, v.p.N(i.Known, "%d row was there already", "%d rows were there already"))
	}
	return v.unused(d, i.Unused)
}
