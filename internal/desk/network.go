package desk

import (
	"context"
	"slices"

	"sluss/internal/idea"
	"sluss/internal/store"
)

// NetworkLine is a network with its members.
type NetworkLine struct {
	idea.Network
	People []ContactLine
}

// WithoutPeople is the line without the members' names and addresses.
func (l NetworkLine) WithoutPeople() NetworkLine {
	people := make([]ContactLine, len(l.People))
	for k, c := range l.People {
		people[k] = c.WithoutPeople()
	}
	l.People = people
	return l
}

// network is the name of a network, once the networks are loaded.
func (n names) network(id int64) string {
	for _, w := range n.networks {
		if w.ID == id {
			return w.Name
		}
	}
	return ""
}

func (n names) findNetwork(word string) (idea.Network, error) {
	return pick("network", word, n.networks, func(w idea.Network) []string { return []string{w.Name} })
}

// loadAll is load with the networks too.
func loadAll(tx *store.Tx) (names, error) {
	n, err := load(tx)
	if err != nil {
		return n, err
	}
	n.networks, err = tx.Networks()
	return n, err
}

// Networks gives all networks with their members. Without people, names and
// addresses are left out.
func (d *Desk) Networks(ctx context.Context, people bool) (lines []NetworkLine, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		n, err := loadAll(tx)
		if err != nil {
			return err
		}
		lines, err = networkLines(tx, n, n.networks, people)
		return err
	})
	return lines, err
}

// Network gives one network with its members. Without people, names and
// addresses are left out.
func (d *Desk) Network(ctx context.Context, word string, people bool) (line NetworkLine, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		n, err := loadAll(tx)
		if err != nil {
			return err
		}
		w, err := n.findNetwork(word)
		if err != nil {
			return err
		}
		lines, err := networkLines(tx, n, []idea.Network{w}, people)
		if err == nil {
			line = lines[0]
		}
		return err
	})
	return line, err
}

func networkLines(tx *store.Tx, n names, networks []idea.Network, people bool) (lines []NetworkLine, err error) {
	contacts, err := tx.Contacts()
	if err != nil {
		return nil, err
	}
	for _, w := range networks {
		line := NetworkLine{Network: w}
		for _, c := range contacts {
			if slices.Contains(w.Members, c.ID) {
				line.People = append(line.People, ContactLine{Contact: c, UnitName: n.unit(c.Unit)})
			}
		}
		if !people {
			line = line.WithoutPeople()
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// AddNetwork adds a network. It returns Refused if there is one of that name.
func (d *Desk) AddNetwork(ctx context.Context, name, text string) (line NetworkLine, err error) {
	err = d.update(ctx, "network add", func(tx *store.Tx) error {
		n, err := loadAll(tx)
		if err != nil {
			return err
		}
		if line.Name, err = newName("network", name, n.networks, networkName); err != nil {
			return err
		}
		if line.Text, err = idea.CleanText("the note", text); err != nil {
			return err
		}
		line.ID, err = tx.Add(idea.ANetwork, map[idea.Field]string{idea.FieldName: line.Name, idea.FieldText: line.Text})
		return err
	})
	return line, err
}

func networkName(w idea.Network) string { return w.Name }

// NetworkEdit says what becomes of a network. A nil field stays as it is.
type NetworkEdit struct{ Name, Text *string }

// EditNetwork changes the name of a network or what it is for.
func (d *Desk) EditNetwork(ctx context.Context, word string, e NetworkEdit) (NetworkLine, error) {
	return d.changeNetwork(ctx, "network edit", word, func(tx *store.Tx, n names, w idea.Network) error {
		if e.Name != nil {
			others := slices.DeleteFunc(slices.Clone(n.networks), func(o idea.Network) bool { return o.ID == w.ID })
			name, err := newName("network", *e.Name, others, networkName)
			if err != nil {
				return err
			}
			if err := recordField(tx, idea.ANetwork, w.ID, idea.FieldName, w.Name, name); err != nil {
				return err
			}
		}
		if e.Text == nil {
			return nil
		}
		text, err := idea.CleanText("the note", *e.Text)
		if err != nil {
			return err
		}
		return recordField(tx, idea.ANetwork, w.ID, idea.FieldText, w.Text, text)
	})
}

// JoinNetwork makes contacts members. Those who are members stay so.
func (d *Desk) JoinNetwork(ctx context.Context, word string, contacts []int64) (NetworkLine, error) {
	return d.changeNetwork(ctx, "network join", word, func(tx *store.Tx, _ names, w idea.Network) error {
		for _, id := range contacts {
			if _, err := tx.Contact(id); err != nil {
				return err
			}
			if slices.Contains(w.Members, id) {
				continue
			}
			if err := tx.Record(idea.Change{Subject: idea.ANetwork, ID: w.ID, Field: idea.FieldMember, New: ref(id)}); err != nil {
				return err
			}
		}
		return nil
	})
}

// LeaveNetwork ends the membership of contacts. It returns NotFound for one who
// is no member.
func (d *Desk) LeaveNetwork(ctx context.Context, word string, contacts []int64) (NetworkLine, error) {
	return d.changeNetwork(ctx, "network leave", word, func(tx *store.Tx, _ names, w idea.Network) error {
		for _, id := range contacts {
			if !slices.Contains(w.Members, id) {
				return idea.Errorf(idea.NotFound, "contact %d is no member of %s", id, w.Name).
					WithHint("sluss network show %q shows the members", w.Name)
			}
			if err := tx.Record(idea.Change{Subject: idea.ANetwork, ID: w.ID, Field: idea.FieldMember, Old: ref(id)}); err != nil {
				return err
			}
		}
		return nil
	})
}

// RemoveNetwork removes a network that no activity was for. It returns Refused
// if one was.
func (d *Desk) RemoveNetwork(ctx context.Context, word string) (line NetworkLine, err error) {
	err = d.update(ctx, "network remove", func(tx *store.Tx) error {
		n, err := loadAll(tx)
		if err != nil {
			return err
		}
		w, err := n.findNetwork(word)
		if err != nil {
			return err
		}
		activities, err := tx.Activities(idea.ActivityFilter{Networks: []int64{w.ID}})
		if err != nil {
			return err
		}
		if len(activities) > 0 {
			return idea.Errorf(idea.Refused, "activity %d was for the network %s", activities[0].ID, w.Name).
				WithHint("a network that has met stays; sluss activity list --network %q shows when", w.Name)
		}
		lines, err := networkLines(tx, n, []idea.Network{w}, true)
		if err != nil {
			return err
		}
		line = lines[0]
		return tx.Remove(idea.ANetwork, w.ID)
	})
	return line, err
}

func (d *Desk) changeNetwork(ctx context.Context, verb, word string, change func(*store.Tx, names, idea.Network) error) (line NetworkLine, err error) {
	err = d.update(ctx, verb, func(tx *store.Tx) error {
		n, err := loadAll(tx)
		if err != nil {
			return err
		}
		w, err := n.findNetwork(word)
		if err != nil {
			return err
		}
		if err := change(tx, n, w); err != nil {
			return err
		}
		if n, err = loadAll(tx); err != nil {
			return err
		}
		at := slices.IndexFunc(n.networks, func(o idea.Network) bool { return o.ID == w.ID })
		lines, err := networkLines(tx, n, n.networks[at:at+1], true)
		if err == nil {
			line = lines[0]
		}
		return err
	})
	return line, err
}
