package desk_test

import (
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"sluss/internal/desk"
	"sluss/internal/idea"
)

// organisation is what a database should hold of contacts, networks and
// activities.
type organisation struct {
	contacts   []idea.Contact
	networks   []idea.Network
	activities []idea.Activity
	last       map[string]int64 // the last id of each
}

func (o organisation) clone() organisation {
	c := organisation{contacts: slices.Clone(o.contacts), last: map[string]int64{}}
	for _, n := range o.networks {
		n.Members = slices.Clone(n.Members)
		c.networks = append(c.networks, n)
	}
	for _, a := range o.activities {
		a.Units, a.Networks = slices.Clone(a.Units), slices.Clone(a.Networks)
		c.activities = append(c.activities, a)
	}
	for what, id := range o.last {
		c.last[what] = id
	}
	return c
}

func (o *organisation) next(what string) int64 {
	o.last[what]++
	return o.last[what]
}

func (w *world) contactName(id int64) string {
	for _, c := range w.contacts {
		if c.ID == id {
			return c.Name
		}
	}
	return ""
}

// above tells whether a unit is another one or one of those above it.
func (w *world) above(upper, lower int64) bool {
	for lower != 0 {
		if lower == upper {
			return true
		}
		next := int64(0)
		for _, u := range w.units {
			if u.ID == lower {
				next = u.Parent
			}
		}
		lower = next
	}
	return false
}

// owner finds the contact who takes on an idea of a unit; place in the
// contacts, or -1 for one to be added.
func (w *world) owner(name string, unit int64) (place int, kind idea.Kind) {
	var here, near []int
	for k, c := range w.contacts {
		if c.Name != name {
			continue
		}
		if c.Unit == unit {
			here = append(here, k)
		}
		if c.Unit == 0 || unit == 0 || w.above(c.Unit, unit) || w.above(unit, c.Unit) {
			near = append(near, k)
		}
	}
	if len(here) > 0 {
		near = here
	}
	switch len(near) {
	case 0:
		return -1, 0
	case 1:
		return near[0], 0
	}
	return 0, idea.Refused
}

func (w *world) takeOn(i *modelIdea, name string, place int) {
	switch {
	case name == "":
		i.Owner = 0
		return
	case place < 0:
		place = len(w.contacts)
		w.contacts = append(w.contacts, idea.Contact{ID: w.next("contact"), Name: name, Unit: i.Unit})
	case w.contacts[place].Unit == 0:
		w.contacts[place].Unit = i.Unit
	}
	i.Owner = w.contacts[place].ID
}

func (w *world) newUnitUnder(name, under string) idea.Kind {
	parent, kind := w.openUnit(under)
	if kind != 0 {
		return kind
	}
	if w.unitNamed(name) != nil {
		return idea.Refused
	}
	w.addUnit(name, idea.Department)
	w.units[len(w.units)-1].Parent = parent
	return 0
}

func (w *world) moveUnit(name, under string) idea.Kind {
	u := w.unitNamed(name)
	if u == nil {
		return idea.NotFound
	}
	parent, kind := w.openUnit(under)
	if kind == 0 && parent != 0 && w.above(u.ID, parent) {
		kind = idea.Refused
	}
	if kind == 0 {
		u.Parent = parent
	}
	return kind
}

func (w *world) mergeUnit(name, into string) idea.Kind {
	u, to := w.unitNamed(name), w.unitNamed(into)
	switch {
	case u == nil || to == nil:
		return idea.NotFound
	case u.Successor != 0 || to.Closed || w.above(u.ID, to.ID):
		return idea.Refused
	}
	u.Closed, u.Successor = true, to.ID
	for k := range w.units {
		follow(&w.units[k].Parent, u.ID, to.ID)
	}
	for _, i := range w.ideas {
		follow(&i.Unit, u.ID, to.ID)
	}
	for k := range w.givers {
		follow(&w.givers[k].Unit, u.ID, to.ID)
	}
	for k := range w.contacts {
		follow(&w.contacts[k].Unit, u.ID, to.ID)
	}
	for k, a := range w.activities {
		if slices.Contains(a.Units, u.ID) {
			w.activities[k].Units = replaced(a.Units, u.ID, to.ID)
		}
	}
	return 0
}

func follow(unit *int64, from, to int64) {
	if *unit == from {
		*unit = to
	}
}

func replaced(ids []int64, from, to int64) []int64 {
	ids = slices.DeleteFunc(ids, func(id int64) bool { return id == from })
	return slices.Compact(slices.Sorted(slices.Values(append(ids, to))))
}

// usesUnit tells whether anything but ideas and givers refers to a unit.
func (w *world) usesUnit(id int64) bool {
	return slices.ContainsFunc(w.units, func(u idea.Unit) bool { return u.Parent == id || u.Successor == id }) ||
		slices.ContainsFunc(w.contacts, func(c idea.Contact) bool { return c.Unit == id }) ||
		slices.ContainsFunc(w.activities, func(a idea.Activity) bool { return slices.Contains(a.Units, id) })
}

func (w *world) addContact(name, unit, role string) idea.Kind {
	id, kind := w.openUnit(unit)
	if kind != 0 {
		return kind
	}
	if slices.ContainsFunc(w.contacts, func(c idea.Contact) bool { return c.Name == name && c.Unit == id }) {
		return idea.Refused
	}
	w.contacts = append(w.contacts, idea.Contact{ID: w.next("contact"), Name: name, Unit: id, Role: role})
	return 0
}

func (w *world) contact(id int64) *idea.Contact {
	for k := range w.contacts {
		if w.contacts[k].ID == id {
			return &w.contacts[k]
		}
	}
	return nil
}

func (w *world) editContact(id int64, name, unit string) idea.Kind {
	c := w.contact(id)
	if c == nil {
		return idea.NotFound
	}
	to, kind := w.openUnit(unit)
	switch {
	case name == "":
		return idea.Usage
	case kind != 0:
		return kind
	}
	c.Name, c.Unit = name, to
	return 0
}

func (w *world) removeContact(id int64) idea.Kind {
	if w.contact(id) == nil {
		return idea.NotFound
	}
	for _, i := range w.ideas {
		if i.Owner == id {
			return idea.Refused
		}
	}
	for k := range w.networks {
		w.networks[k].Members = slices.DeleteFunc(w.networks[k].Members, func(m int64) bool { return m == id })
	}
	w.contacts = slices.DeleteFunc(w.contacts, func(c idea.Contact) bool { return c.ID == id })
	return 0
}

func (w *world) network(name string) *idea.Network {
	for k := range w.networks {
		if w.networks[k].Name == name {
			return &w.networks[k]
		}
	}
	return nil
}

func (w *world) addNetwork(name string) idea.Kind {
	if w.network(name) != nil {
		return idea.Refused
	}
	w.networks = append(w.networks, idea.Network{ID: w.next("network"), Name: name})
	return 0
}

func (w *world) member(name string, contact int64, join bool) idea.Kind {
	n := w.network(name)
	if n == nil || join && w.contact(contact) == nil {
		return idea.NotFound
	}
	in := slices.Contains(n.Members, contact)
	switch {
	case join && !in:
		n.Members = append(n.Members, contact)
	case !join && !in:
		return idea.NotFound
	case !join:
		n.Members = slices.DeleteFunc(n.Members, func(m int64) bool { return m == contact })
	}
	slices.Sort(n.Members)
	return 0
}

func (w *world) removeNetwork(name string) idea.Kind {
	n := w.network(name)
	if n == nil {
		return idea.NotFound
	}
	id := n.ID
	if slices.ContainsFunc(w.activities, func(a idea.Activity) bool { return slices.Contains(a.Networks, id) }) {
		return idea.Refused
	}
	w.networks = slices.DeleteFunc(w.networks, func(n idea.Network) bool { return n.ID == id })
	return 0
}

// meets finds the units and networks that an activity was for.
func (w *world) meets(unit, network string) (units, networks []int64, kind idea.Kind) {
	if unit != "" {
		u := w.unitNamed(unit)
		if u == nil {
			return nil, nil, idea.NotFound
		}
		units = []int64{u.ID}
	}
	if network != "" {
		n := w.network(network)
		if n == nil {
			return nil, nil, idea.NotFound
		}
		networks = []int64{n.ID}
	}
	return units, networks, 0
}

func (w *world) addActivity(day idea.Day, unit, network string) idea.Kind {
	if day == "" {
		day = w.today()
	}
	units, networks, kind := w.meets(unit, network)
	switch {
	case day > w.today():
		return idea.Refused
	case kind != 0:
		return kind
	}
	w.activities = append(w.activities, idea.Activity{ID: w.next("activity"), Title: "Föredrag", Kind: "talk", Day: day, Units: units, Networks: networks})
	return 0
}

func (w *world) editActivity(id int64, title, unit, network string) idea.Kind {
	units, networks, kind := w.meets(unit, network)
	for k := range w.activities {
		if a := &w.activities[k]; a.ID == id && kind == 0 {
			a.Title, a.Units, a.Networks = title, units, networks
			return 0
		}
	}
	return idea.NotFound
}

func (w *world) removeActivity(id int64) idea.Kind {
	for k, a := range w.activities {
		if a.ID == id {
			w.activities = slices.Delete(w.activities, k, k+1)
			return 0
		}
	}
	return idea.NotFound
}

// organises is the commands about the organisation.
func (m *machine) organises(draw *draws) map[string]func(*rapid.T) {
	unit := func() string { return draw.of("unit or none", "", draw.unit()) }
	network := func() string { return draw.of("network", "Råd", "Ring") }
	id := func(what string) int64 { return rapid.Int64Range(1, 3).Draw(m.T, what) }
	return map[string]func(*rapid.T){
		"unit under": func(*rapid.T) {
			name, under := draw.unit(), unit()
			m.run(func(d *desk.Desk) error {
				_, err := d.AddUnit(m.Context(), name, idea.Department, under)
				return err
			}, func(w *world) idea.Kind { return w.newUnitUnder(name, under) })
		},
		"unit move": func(*rapid.T) {
			name, under := draw.unit(), unit()
			m.run(func(d *desk.Desk) error { _, err := d.MoveUnit(m.Context(), name, under); return err },
				func(w *world) idea.Kind { return w.moveUnit(name, under) })
		},
		"unit merge": func(*rapid.T) {
			name, into := draw.unit(), draw.unit()
			m.run(func(d *desk.Desk) error { _, err := d.MergeUnit(m.Context(), name, into); return err },
				func(w *world) idea.Kind { return w.mergeUnit(name, into) })
		},
		"contact add": func(*rapid.T) {
			fields := map[idea.Field]string{idea.FieldName: draw.of("name", "Eva Berg", "Ola Dahl"), idea.FieldUnit: unit(),
				idea.FieldRole: draw.of("role", "", "rektor")}
			m.run(func(d *desk.Desk) error { _, err := d.AddContact(m.Context(), fields); return err },
				func(w *world) idea.Kind {
					return w.addContact(fields[idea.FieldName], fields[idea.FieldUnit], fields[idea.FieldRole])
				})
		},
		"contact edit": func(*rapid.T) {
			contact := id("contact")
			fields := map[idea.Field]string{idea.FieldName: draw.of("name", "", "Eva Berg", "Ola Dahl"), idea.FieldUnit: unit()}
			m.run(func(d *desk.Desk) error { _, err := d.EditContact(m.Context(), contact, fields); return err },
				func(w *world) idea.Kind {
					return w.editContact(contact, fields[idea.FieldName], fields[idea.FieldUnit])
				})
		},
		"contact remove": func(*rapid.T) {
			contact := id("contact")
			m.run(func(d *desk.Desk) error { _, err := d.RemoveContacts(m.Context(), []int64{contact}); return err },
				func(w *world) idea.Kind { return w.removeContact(contact) })
		},
		"network add": func(*rapid.T) {
			name := network()
			m.run(func(d *desk.Desk) error { _, err := d.AddNetwork(m.Context(), name, ""); return err },
				func(w *world) idea.Kind { return w.addNetwork(name) })
		},
		"network join or leave": func(*rapid.T) {
			name, contact, join := network(), id("contact"), draw.yes("join")
			m.run(func(d *desk.Desk) (err error) {
				if join {
					_, err = d.JoinNetwork(m.Context(), name, []int64{contact})
				} else {
					_, err = d.LeaveNetwork(m.Context(), name, []int64{contact})
				}
				return err
			}, func(w *world) idea.Kind { return w.member(name, contact, join) })
		},
		"network remove": func(*rapid.T) {
			name := network()
			m.run(func(d *desk.Desk) error { _, err := d.RemoveNetwork(m.Context(), name); return err },
				func(w *world) idea.Kind { return w.removeNetwork(name) })
		},
		"activity add": func(*rapid.T) {
			day, unit, network := draw.day("day", -3, 1), unit(), draw.of("network or none", "", network())
			in := desk.ActivityInput{Fields: map[idea.Field]string{idea.FieldTitle: "Föredrag", idea.FieldKind: "talk", idea.FieldDay: string(day)},
				Units: []string{unit}, Networks: []string{network}}
			m.run(func(d *desk.Desk) error { _, err := d.AddActivity(m.Context(), in); return err },
				func(w *world) idea.Kind { return w.addActivity(day, unit, network) })
		},
		"activity edit": func(*rapid.T) {
			activity, title, unit, network := id("activity"), draw.of("title", "Besök", "Möte"), unit(), draw.of("network or none", "", network())
			in := desk.ActivityInput{Fields: map[idea.Field]string{idea.FieldTitle: title}, Units: []string{unit}, Networks: []string{network}}
			m.run(func(d *desk.Desk) error { _, err := d.EditActivity(m.Context(), activity, in); return err },
				func(w *world) idea.Kind { return w.editActivity(activity, title, unit, network) })
		},
		"activity remove": func(*rapid.T) {
			activity := id("activity")
			m.run(func(d *desk.Desk) error { _, err := d.RemoveActivities(m.Context(), []int64{activity}); return err },
				func(w *world) idea.Kind { return w.removeActivity(activity) })
		},
	}
}

// compareOrganisation holds the model against what the desk lists.
func (m *machine) compareOrganisation(d *desk.Desk) {
	var want, got strings.Builder
	for _, c := range m.model.contacts {
		fmt.Fprintln(&want, c, m.model.unitName(c.Unit))
	}
	for _, n := range m.model.networks {
		fmt.Fprintln(&want, n)
	}
	for _, a := range m.model.activities {
		fmt.Fprintln(&want, a)
	}
	contacts, err := d.Contacts(m.Context(), desk.ContactSelection{People: true})
	for _, c := range contacts {
		fmt.Fprintln(&got, c.Contact, c.UnitName)
	}
	if err != nil {
		m.Fatal(err)
	}
	networks, err := d.Networks(m.Context(), true)
	for _, n := range networks {
		fmt.Fprintln(&got, n.Network)
	}
	if err != nil {
		m.Fatal(err)
	}
	activities, err := d.Activities(m.Context(), desk.ActivitySelection{People: true})
	slices.SortFunc(activities, func(a, b desk.ActivityLine) int { return int(a.ID - b.ID) })
	for _, a := range activities {
		fmt.Fprintln(&got, a.Activity)
	}
	if err != nil || want.String() != got.String() {
		m.Fatalf("the organisation is not what it should be (%v):\n%s", err, difference(want.String(), got.String()))
	}
}
