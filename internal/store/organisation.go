package store

import (
	"database/sql"
	"strings"

	"sluss/internal/idea"
)

const contactColumns = "SELECT id, name, coalesce(unit, 0), role, email, phone FROM contact "

// Contacts gives all contacts in the order of their ids.
func (tx *Tx) Contacts() ([]idea.Contact, error) { return tx.contacts("ORDER BY id") }

// FindContacts gives the contacts of exactly that name.
func (tx *Tx) FindContacts(name string) ([]idea.Contact, error) {
	return tx.contacts("WHERE name = ? ORDER BY id", name)
}

// Contact gives one contact. It returns NotFound if there is none of that id.
func (tx *Tx) Contact(id int64) (idea.Contact, error) {
	found, err := tx.contacts("WHERE id = ?", id)
	if err != nil {
		return idea.Contact{}, err
	}
	if len(found) == 0 {
		return idea.Contact{}, idea.Errorf(idea.NotFound, "there is no contact %d", id).WithHint("sluss contact list shows the contacts")
	}
	return found[0], nil
}

func (tx *Tx) contacts(where string, args ...any) ([]idea.Contact, error) {
	var out []idea.Contact
	err := tx.each(func(rows *sql.Rows) error {
		var c idea.Contact
		if err := rows.Scan(&c.ID, &c.Name, &c.Unit, &c.Role, &c.Email, &c.Phone); err != nil {
			return err
		}
		out = append(out, c)
		return nil
	}, contactColumns+where, args...)
	return out, err
}

// ContactIdeas gives the numbers of the ideas that a contact takes on.
func (tx *Tx) ContactIdeas(contact int64) ([]int64, error) {
	return tx.numbers("SELECT number FROM idea WHERE owner = ? ORDER BY number", contact)
}

// UnitIdeas gives the numbers of the ideas that concern a unit.
func (tx *Tx) UnitIdeas(unit int64) ([]int64, error) {
	return tx.numbers("SELECT number FROM idea WHERE unit = ? ORDER BY number", unit)
}

// UnitGivers gives the ids of the givers who work in a unit.
func (tx *Tx) UnitGivers(unit int64) ([]int64, error) {
	return tx.numbers("SELECT id FROM giver WHERE unit = ? ORDER BY id", unit)
}

// Networks gives all networks with their members, in the order of their ids.
func (tx *Tx) Networks() ([]idea.Network, error) {
	var out []idea.Network
	err := tx.each(func(rows *sql.Rows) error {
		var n idea.Network
		var members string
		if err := rows.Scan(&n.ID, &n.Name, &n.Text, &members); err != nil {
			return err
		}
		n.Members = ids(members)
		out = append(out, n)
		return nil
	}, `SELECT id, name, text,
		coalesce((SELECT group_concat(contact, ' ') FROM network_member WHERE network = id), '')
		FROM network ORDER BY id`)
	return out, err
}

// Activities gives the activities that a filter selects, the newest first.
func (tx *Tx) Activities(f idea.ActivityFilter) ([]idea.Activity, error) {
	where, args := compileActivities(f)
	rows, c, err := tx.packed("activity", []string{"id", "title", "kind", "day", "coalesce(participants, '')", "text",
		"coalesce((SELECT group_concat(unit, ' ') FROM activity_unit WHERE activity = id), '')",
		"coalesce((SELECT group_concat(network, ' ') FROM activity_network WHERE activity = id), '')",
	}, where+" ORDER BY day DESC, id DESC", args...)
	out := make([]idea.Activity, rows)
	for k := range out {
		a := idea.Activity{ID: c.whole(), Title: c.text(), Kind: idea.ActivityKind(c.text()), Day: c.day()}
		if counted := c.text(); counted != "" {
			n := wholeNumber(counted)
			a.Participants = &n
		}
		a.Text, a.Units, a.Networks = c.text(), ids(c.text()), ids(c.text())
		out[k] = a
	}
	return out, err
}

func compileActivities(f idea.ActivityFilter) (string, []any) {
	terms, args := []string{"true"}, []any{}
	in := func(test string, values []any) {
		if len(values) > 0 {
			terms, args = append(terms, strings.Replace(test, "?", marks(len(values)), 1)), append(args, values...)
		}
	}
	in("id IN (?)", anys(f.IDs))
	in("kind IN (?)", anys(f.Kinds))
	in("id IN (SELECT activity FROM activity_unit WHERE unit IN (?))", anys(f.Units))
	in("id IN (SELECT activity FROM activity_network WHERE network IN (?))", anys(f.Networks))
	if f.Period.From != "" {
		in("day >= ?", []any{f.Period.From})
	}
	if f.Period.To != "" {
		in("day < ?", []any{f.Period.To})
	}
	return "WHERE " + strings.Join(terms, " AND "), args
}

// Activity gives one activity. It returns NotFound if there is none of that id.
func (tx *Tx) Activity(id int64) (idea.Activity, error) {
	found, err := tx.Activities(idea.ActivityFilter{IDs: []int64{id}})
	if err != nil {
		return idea.Activity{}, err
	}
	if len(found) == 0 {
		return idea.Activity{}, idea.Errorf(idea.NotFound, "there is no activity %d", id).WithHint("sluss activity list shows the activities")
	}
	return found[0], nil
}

// ids reads what group_concat wrote. The database keeps nothing but numbers
// there.
func ids(text string) []int64 {
	var out []int64
	for id := range strings.FieldsSeq(text) {
		out = append(out, wholeNumber(id))
	}
	return out
}
