package desk

import (
	"context"
	"errors"
	"slices"
	"strings"

	"sluss/internal/idea"
	"sluss/internal/store"
)

// ParticipantSelection says which participants are wanted, in the words of the
// user.
type ParticipantSelection struct {
	Statuses []string
	Kinds    []string
}

// Participants gives the list of a mashup, or those of it that are wanted.
func (d *Desk) Participants(ctx context.Context, mashup string, s ParticipantSelection) (m idea.Mashup, out []idea.Participant, err error) {
	var statuses []idea.Attendance
	for _, word := range s.Statuses {
		status, err := idea.FindAttendance(word)
		if err != nil {
			return m, nil, err
		}
		statuses = append(statuses, status)
	}
	var kinds []idea.OrganisationKind
	for _, word := range s.Kinds {
		kind, err := idea.FindOrganisationKind(word)
		if err != nil {
			return m, nil, err
		}
		kinds = append(kinds, kind)
	}
	err = d.db.View(ctx, func(tx *store.Tx) error {
		if m, err = findMashup(tx, mashup); err != nil {
			return err
		}
		out, err = tx.Participants(m.ID)
		return err
	})
	return m, slices.DeleteFunc(out, func(p idea.Participant) bool {
		return len(statuses) > 0 && !slices.Contains(statuses, p.Status) || len(kinds) > 0 && !slices.Contains(kinds, p.Kind)
	}), err
}

// ParticipantInput is who is put on the list of a mashup, in the words of the
// user: people from one organisation.
type ParticipantInput struct {
	Names        []string
	Organisation string
	Kind         string // empty: that of the organisation on earlier lists, or what its name tells
	Email        string // only of one
}

// AddParticipants puts people on the list of a mashup, all of them or none. It
// returns Refused for one who is on it.
func (d *Desk) AddParticipants(ctx context.Context, verb, mashup string, in ParticipantInput, status idea.Attendance) (out []idea.Participant, err error) {
	if in.Email != "" && len(in.Names) > 1 {
		return nil, idea.Errorf(idea.Usage, "%d people cannot have one address for mail", len(in.Names)).WithHint("invite them one at a time")
	}
	err = d.update(ctx, "mashup "+verb, func(tx *store.Tx) error {
		list, err := listOf(tx, mashup)
		if err != nil {
			return err
		}
		for _, name := range in.Names {
			p, err := list.clean(idea.Participant{Name: name, Organisation: in.Organisation, Email: in.Email, Status: status}, in.Kind)
			if err != nil {
				return err
			}
			if known := list.known(p); known != nil {
				return idea.Errorf(idea.Refused, "%s is on the list already, as number %d: %s", p.Name, known.ID, known.Status.Label()).
					WithHint("sluss mashup participants edit %d changes what is known; --email tells two of one name apart", known.ID)
			}
			if p, err = list.add(tx, p); err != nil {
				return err
			}
			out = append(out, p)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// guestList is the participants of one mashup, and the kinds that organisations
// had on all lists.
type guestList struct {
	mashup idea.Mashup
	people []*idea.Participant
	byMail map[string]*idea.Participant
	byName map[[2]string]*idea.Participant
	kinds  map[string]idea.OrganisationKind
}

func listOf(tx *store.Tx, mashup string) (*guestList, error) {
	m, err := findMashup(tx, mashup)
	if err != nil {
		return nil, err
	}
	all, err := tx.Participants(0)
	l := &guestList{mashup: m, byMail: map[string]*idea.Participant{}, byName: map[[2]string]*idea.Participant{}, kinds: map[string]idea.OrganisationKind{}}
	for k := range all {
		if all[k].Organisation != "" {
			l.kinds[idea.Fold(all[k].Organisation)] = all[k].Kind
		}
		if all[k].Mashup == m.ID {
			l.put(&all[k])
		}
	}
	return l, err
}

func (l *guestList) put(p *idea.Participant) {
	l.people = append(l.people, p)
	l.index(p)
}

// index lets somebody be found by address and by name.
func (l *guestList) index(p *idea.Participant) {
	if p.Email != "" {
		l.byMail[idea.Fold(p.Email)] = p
	}
	l.byName[[2]string{idea.Fold(p.Name), idea.Fold(p.Organisation)}] = p
}

// clean makes what is told of somebody fit to be kept. The kind is a word, or
// empty.
func (l *guestList) clean(p idea.Participant, kind string) (idea.Participant, error) {
	var err error
	if p.Name, err = idea.CleanLine("the name", p.Name); err != nil {
		return p, err
	}
	if p.Organisation, err = idea.CleanLine("the organisation", p.Organisation); err != nil {
		return p, err
	}
	if p.Email, err = cleanMail(p.Email); err != nil {
		return p, err
	}
	if p.Name == "" && p.Email == "" {
		return p, idea.Errorf(idea.Usage, "a %s needs a name", idea.AParticipant.Word())
	}
	if kind != "" {
		p.Kind, err = idea.FindOrganisationKind(kind)
	}
	return p, err
}

// known is who of the list p is: the one of the same address, or of the same
// name and organisation where one of the two has no address; nil if nobody is.
func (l *guestList) known(p idea.Participant) *idea.Participant {
	if p.Email != "" {
		if found := l.byMail[idea.Fold(p.Email)]; found != nil {
			return found
		}
	}
	found := l.byName[[2]string{idea.Fold(p.Name), idea.Fold(p.Organisation)}]
	if found == nil || p.Name == "" || p.Email != "" && found.Email != "" {
		return nil
	}
	return found
}

// add puts somebody on the list.
func (l *guestList) add(tx *store.Tx, p idea.Participant) (idea.Participant, error) {
	p.Mashup = l.mashup.ID
	if p.Kind == "" {
		p.Kind = l.kindOf(p.Organisation)
	}
	var err error
	p.ID, err = tx.Add(idea.AParticipant, participantValues(p))
	l.put(&p)
	return p, err
}

// kindOf is the kind that an organisation has on some list, or else the one that
// its name tells.
func (l *guestList) kindOf(organisation string) idea.OrganisationKind {
	if kind, known := l.kinds[idea.Fold(organisation)]; known {
		return kind
	}
	return idea.GuessOrganisationKind(organisation)
}

func participantFields() []idea.Field {
	return []idea.Field{idea.FieldName, idea.FieldOrganisation, idea.FieldKind, idea.FieldEmail, idea.FieldStatus}
}

func participantValues(p idea.Participant) map[idea.Field]string {
	return map[idea.Field]string{idea.FieldMashup: ref(p.Mashup), idea.FieldName: p.Name, idea.FieldOrganisation: p.Organisation,
		idea.FieldKind: string(p.Kind), idea.FieldEmail: p.Email, idea.FieldStatus: string(p.Status)}
}

func recordParticipant(tx *store.Tx, old, p idea.Participant) error {
	before, after := participantValues(old), participantValues(p)
	for _, f := range participantFields() {
		if err := recordField(tx, idea.AParticipant, p.ID, f, before[f], after[f]); err != nil {
			return err
		}
	}
	return nil
}

// Attend gives people on the list of a mashup a status: by their numbers,
// addresses or names, or all for whom the status is next. All of them or none.
func (d *Desk) Attend(ctx context.Context, verb, mashup string, people []string, all bool, status idea.Attendance) (out []idea.Participant, err error) {
	err = d.update(ctx, "mashup "+verb, func(tx *store.Tx) error {
		list, err := listOf(tx, mashup)
		if err != nil {
			return err
		}
		found, err := list.find(people)
		if err != nil {
			return err
		}
		for _, p := range list.people {
			if all && p.Status == idea.SignedUp {
				found = append(found, p)
			}
		}
		for _, p := range found {
			old := *p
			p.Status = status
			if err := recordParticipant(tx, old, *p); err != nil {
				return err
			}
			out = append(out, *p)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// find finds people on the list, each once, by numbers, addresses or names.
func (l *guestList) find(words []string) (out []*idea.Participant, err error) {
	for _, word := range words {
		p, err := l.findOne(word)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out, nil
}

func (l *guestList) findOne(word string) (*idea.Participant, error) {
	id := parseRef(strings.TrimPrefix(word, "#"))
	var found []*idea.Participant
	for _, p := range l.people {
		called := p.Name != "" && idea.Same(p.Name, word) || p.Email != "" && idea.Same(p.Email, word)
		if id != 0 && p.ID == id || id == 0 && called {
			found = append(found, p)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return nil, idea.Errorf(idea.NotFound, "there is nobody %q on the list of %s", word, l.mashup.Name).
			WithHint("sluss mashup participants %d shows the numbers, and sluss mashup invite puts somebody on the list", l.mashup.ID)
	}
	return nil, idea.Errorf(idea.Refused, "%d on the list are called %s", len(found), word).
		WithHint("say which by the number; sluss mashup participants %d shows them", l.mashup.ID)
}

// EditParticipant changes what is known of somebody on the list of a mashup. It
// returns NotFound if there is none of that number, and Refused for an address
// that another one on the list has.
func (d *Desk) EditParticipant(ctx context.Context, id int64, fields map[idea.Field]string) (p idea.Participant, err error) {
	err = d.update(ctx, "mashup participants edit", func(tx *store.Tx) error {
		list, old, err := participant(tx, id)
		if err != nil {
			return err
		}
		p = *old
		for f, to := range map[idea.Field]*string{idea.FieldName: &p.Name, idea.FieldOrganisation: &p.Organisation, idea.FieldEmail: &p.Email} {
			if word, given := fields[f]; given {
				*to = word
			}
		}
		if p, err = list.clean(p, fields[idea.FieldKind]); err != nil {
			return err
		}
		if word, given := fields[idea.FieldStatus]; given {
			if p.Status, err = idea.FindAttendance(word); err != nil {
				return err
			}
		}
		if other := list.byMail[idea.Fold(p.Email)]; p.Email != "" && other != nil && other.ID != p.ID {
			return idea.Errorf(idea.Refused, "number %d on the list has that address already", other.ID)
		}
		return recordParticipant(tx, *old, p)
	})
	return p, err
}

// participant finds somebody by number, with the list.
func participant(tx *store.Tx, id int64) (*guestList, *idea.Participant, error) {
	all, err := tx.Participants(0)
	if err != nil {
		return nil, nil, err
	}
	p, there := byID(all, participantID)[id]
	if !there {
		return nil, nil, noParticipant(id)
	}
	m, err := mashupOf(tx, p.Mashup)
	if err != nil {
		return nil, nil, err
	}
	list, err := listOf(tx, m.Name)
	if err != nil {
		return nil, nil, err
	}
	found, err := list.findOne(ref(id))
	return list, found, err
}

func participantID(p idea.Participant) int64 { return p.ID }

func noParticipant(id int64) error {
	return idea.Errorf(idea.NotFound, "there is no participant %d", id).WithHint("sluss mashup participants MASHUP shows the numbers")
}

// RemoveParticipants takes people off the list who were put there by mistake,
// all of them or none.
func (d *Desk) RemoveParticipants(ctx context.Context, ids []int64) (out []idea.Participant, err error) {
	err = d.update(ctx, "mashup participants remove", func(tx *store.Tx) error {
		all, err := tx.Participants(0)
		if err != nil {
			return err
		}
		known := byID(all, participantID)
		for _, id := range ids {
			p, there := known[id]
			if !there {
				return noParticipant(id)
			}
			if err := tx.Remove(idea.AParticipant, id); err != nil {
				return err
			}
			out = append(out, p)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// ParticipantImport is what became of a file of participants.
type ParticipantImport struct {
	Mashup                string
	Added, Updated, Known int
}

// ImportParticipants puts the people of a file on the list of a mashup. One who
// is on it by address, or by name and organisation, is not added again: what
// the file tells takes the place of what was known, but for a status that lies
// behind. Without a status people are invited; without a kind, see
// [ParticipantInput].
func (d *Desk) ImportParticipants(ctx context.Context, mashup string, rows []idea.Participant, dryRun bool) (out ParticipantImport, err error) {
	err = d.update(ctx, "mashup import", func(tx *store.Tx) error {
		list, err := listOf(tx, mashup)
		if err != nil {
			return err
		}
		out.Mashup = list.mashup.Name
		for _, row := range rows {
			if err := list.take(tx, row, &out); err != nil {
				return err
			}
		}
		if dryRun {
			return errRollback
		}
		return nil
	})
	if errors.Is(err, errRollback) {
		err = nil
	}
	return out, err
}

func (l *guestList) take(tx *store.Tx, row idea.Participant, out *ParticipantImport) error {
	known := l.known(row)
	if known == nil {
		if row.Status == "" {
			row.Status = idea.Invited
		}
		_, err := l.add(tx, row)
		out.Added++
		return err
	}
	old := *known
	for to, from := range map[*string]string{&known.Name: row.Name, &known.Organisation: row.Organisation, &known.Email: row.Email} {
		if from != "" {
			*to = from
		}
	}
	switch {
	case row.Kind != "":
		known.Kind = row.Kind
	case row.Organisation != "" && !idea.Same(row.Organisation, old.Organisation):
		known.Kind = l.kindOf(row.Organisation)
	}
	known.Status = old.Status.Further(row.Status)
	if *known == old {
		out.Known++
		return nil
	}
	out.Updated++
	l.index(known)
	return recordParticipant(tx, old, *known)
}
