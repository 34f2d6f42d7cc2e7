package desk

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"sluss/internal/idea"
	"sluss/internal/store"
)

// ContactLine is a contact with the names of what it belongs to.
type ContactLine struct {
	idea.Contact
	UnitName string
	Ideas    []int64  // that the contact takes on; only of one contact
	Networks []string // only of one contact
}

// WithoutPeople is the line without the contact's name and addresses.
func (c ContactLine) WithoutPeople() ContactLine {
	c.Contact = idea.Contact{ID: c.ID, Unit: c.Unit, Role: c.Role}
	return c
}

// ContactSelection says which contacts are wanted, in the words of the user.
type ContactSelection struct {
	Text   string   // what the name or the role holds
	Units  []string // with everything under them
	People bool     // with names and addresses
}

// Contacts gives the selected contacts.
func (d *Desk) Contacts(ctx context.Context, s ContactSelection) (out []ContactLine, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		n, err := load(tx)
		if err != nil {
			return err
		}
		units, err := n.branches(s.Units)
		if err != nil {
			return err
		}
		contacts, err := tx.Contacts()
		for _, c := range contacts {
			if !idea.Holds(c.Name, s.Text) && !idea.Holds(c.Role, s.Text) || len(units) > 0 && !slices.Contains(units, c.Unit) {
				continue
			}
			line := ContactLine{Contact: c, UnitName: n.unit(c.Unit)}
			if !s.People {
				line = line.WithoutPeople()
			}
			out = append(out, line)
		}
		return err
	})
	return out, err
}

// Contact gives one contact with its ideas and networks. It returns NotFound if
// there is none of that id. Without people, name and addresses are left out.
func (d *Desk) Contact(ctx context.Context, id int64, people bool) (line ContactLine, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		line, err = contactLine(tx, id)
		return err
	})
	if !people {
		line = line.WithoutPeople()
	}
	return line, err
}

func contactLine(tx *store.Tx, id int64) (line ContactLine, err error) {
	n, err := load(tx)
	if err != nil {
		return line, err
	}
	if line.Contact, err = tx.Contact(id); err != nil {
		return line, err
	}
	line.UnitName = n.unit(line.Unit)
	if line.Ideas, err = tx.ContactIdeas(id); err != nil {
		return line, err
	}
	networks, err := tx.Networks()
	for _, network := range networks {
		if slices.Contains(network.Members, id) {
			line.Networks = append(line.Networks, network.Name)
		}
	}
	return line, err
}

// contactFields lists what is known of a contact, in the order of its events.
func contactFields() []idea.Field {
	return []idea.Field{idea.FieldName, idea.FieldUnit, idea.FieldRole, idea.FieldEmail, idea.FieldPhone}
}

func contactValues(c idea.Contact) map[idea.Field]string {
	return map[idea.Field]string{idea.FieldName: c.Name, idea.FieldUnit: ref(c.Unit), idea.FieldRole: c.Role,
		idea.FieldEmail: c.Email, idea.FieldPhone: c.Phone}
}

// AddContact stores a contact. It returns Refused if there is one of that name
// in the unit whose addresses do not tell them apart.
func (d *Desk) AddContact(ctx context.Context, fields map[idea.Field]string) (line ContactLine, err error) {
	err = d.update(ctx, "contact add", func(tx *store.Tx) error {
		n, err := load(tx)
		if err != nil {
			return err
		}
		values := map[idea.Field]string{}
		for field, word := range fields {
			if values[field], err = n.contactValue(field, word); err != nil {
				return err
			}
		}
		if values[idea.FieldName] == "" {
			return idea.Errorf(idea.Usage, "a %s needs a name", idea.AContact.Word())
		}
		if err := checkContact(tx, values); err != nil {
			return err
		}
		id, err := tx.Add(idea.AContact, values)
		if err != nil {
			return err
		}
		line, err = contactLine(tx, id)
		return err
	})
	return line, err
}

func checkContact(tx *store.Tx, values map[idea.Field]string) error {
	same := func(a, b string) bool { return a == "" || b == "" || a == b }
	all, err := tx.FindContacts(values[idea.FieldName])
	for _, c := range all {
		if ref(c.Unit) == values[idea.FieldUnit] && same(c.Email, values[idea.FieldEmail]) && same(c.Phone, values[idea.FieldPhone]) {
			return idea.Errorf(idea.Refused, "contact %d has that name already, in the same unit", c.ID).
				WithHint("sluss contact edit %d changes it; --email or --phone tells two of one name apart", c.ID)
		}
	}
	return err
}

// EditContact changes what is known of a contact.
func (d *Desk) EditContact(ctx context.Context, id int64, fields map[idea.Field]string) (line ContactLine, err error) {
	err = d.update(ctx, "contact edit", func(tx *store.Tx) error {
		n, err := load(tx)
		if err != nil {
			return err
		}
		c, err := tx.Contact(id)
		if err != nil {
			return err
		}
		old := contactValues(c)
		for _, f := range contactFields() {
			word, given := fields[f]
			if !given {
				continue
			}
			value, err := n.contactValue(f, word)
			if err != nil {
				return err
			}
			if f == idea.FieldName && value == "" {
				return idea.Errorf(idea.Usage, "a %s needs a name", idea.AContact.Word())
			}
			if err := recordField(tx, idea.AContact, id, f, old[f], value); err != nil {
				return err
			}
		}
		line, err = contactLine(tx, id)
		return err
	})
	return line, err
}

// recordField records a change of a field that does change.
func recordField(tx *store.Tx, s idea.Subject, id int64, f idea.Field, old, new string) error {
	if old == new {
		return nil
	}
	return tx.Record(idea.Change{Subject: s, ID: id, Field: f, Old: old, New: new})
}

// contactValue turns a word for a field of a contact into what is stored.
func (n names) contactValue(f idea.Field, word string) (string, error) {
	switch f {
	case idea.FieldUnit:
	case idea.FieldEmail:
		return cleanMail(word)
	default:
		return idea.CleanLine(idea.Word(f), word)
	}
	if word == "" {
		return "", nil
	}
	id, err := n.openUnit(word)
	return ref(id), err
}

// RemoveContacts removes contacts, all or none; they leave their networks. It
// returns Refused for one who takes on an idea.
func (d *Desk) RemoveContacts(ctx context.Context, numbers []int64) (lines []ContactLine, err error) {
	err = d.update(ctx, "contact remove", func(tx *store.Tx) error {
		refusals := &refusals{}
		for _, id := range numbers {
			line, err := removeContact(tx, id)
			if err := refusals.add(err); err != nil {
				return err
			}
			lines = append(lines, line)
		}
		return refusals.err()
	})
	if err != nil {
		return nil, err
	}
	return lines, nil
}

func removeContact(tx *store.Tx, id int64) (ContactLine, error) {
	line, err := contactLine(tx, id)
	if err != nil {
		return line, err
	}
	if len(line.Ideas) > 0 {
		return line, idea.Errorf(idea.Refused, "contact %d is the owner of idea %d", id, line.Ideas[0]).
			WithHint("give it another owner first: sluss edit %d --owner NAME", line.Ideas[0])
	}
	networks, err := tx.Networks()
	if err != nil {
		return line, err
	}
	for _, n := range networks {
		if !slices.Contains(n.Members, id) {
			continue
		}
		if err := tx.Record(idea.Change{Subject: idea.ANetwork, ID: n.ID, Field: idea.FieldMember, Old: ref(id)}); err != nil {
			return line, err
		}
	}
	return line, tx.Remove(idea.AContact, id)
}

// toCome stands for a unit that is about to be added: nobody is in it yet.
const toCome = -1

// findOwner finds the contact whom a word names, by name or number. One who is
// not known yet has no id; see storeOwner.
func (n names) findOwner(tx *store.Tx, word string, unit int64) (c idea.Contact, err error) {
	if word == "" {
		return c, nil
	}
	if id, err := strconv.ParseInt(strings.TrimPrefix(word, "#"), 10, 64); err == nil {
		return tx.Contact(id)
	}
	all, err := tx.FindContacts(word)
	if err != nil {
		return c, err
	}
	switch found := n.near(all, unit); len(found) {
	case 0:
		return idea.Contact{Name: word}, nil
	case 1:
		return found[0], nil
	default:
		return c, idea.Errorf(idea.Refused, "%d contacts have that name", len(found)).
			WithHint("say which by the number; sluss contact list shows them")
	}
}

// near picks those who are in the unit, else those who may be meant: above or
// under it, or in none.
func (n names) near(all []idea.Contact, unit int64) (near []idea.Contact) {
	for _, c := range all {
		if c.Unit == unit {
			near = append(near, c)
		}
	}
	if len(near) > 0 {
		return near
	}
	for _, c := range all {
		if c.Unit == 0 || unit == 0 || idea.Lies(n.units, c.Unit, unit) || idea.Lies(n.units, unit, c.Unit) {
			near = append(near, c)
		}
	}
	return near
}

// storeOwner adds a contact who is not known yet to the unit that the idea
// concerns, and gives the id. One without a unit is in it from then on.
func storeOwner(tx *store.Tx, c idea.Contact, unit int64) (int64, error) {
	switch {
	case c.ID == 0 && c.Name == "":
		return 0, nil
	case c.ID == 0:
		return tx.Add(idea.AContact, map[idea.Field]string{idea.FieldName: c.Name, idea.FieldUnit: ref(unit)})
	case c.Unit == 0 && unit != 0:
		return c.ID, recordField(tx, idea.AContact, c.ID, idea.FieldUnit, "", ref(unit))
	}
	return c.ID, nil
}
