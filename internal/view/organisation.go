package view

import (
	"slices"
	"strconv"
	"strings"

	"sluss/internal/desk"
	"sluss/internal/render"
)

// Unit is a unit in JSON. Its parent is the unit above it; its successor is
// the one that it was merged into.
type Unit struct {
	ID        int64   `json:"id"`
	Name      string  `json:"name"`
	Kind      string  `json:"kind"`
	Parent    *string `json:"parent"`
	Closed    bool    `json:"closed"`
	Successor *string `json:"successor"`
	Employees *int    `json:"employees"` // without the units under it
}

func unitJSON(u desk.UnitLine) any {
	out := Unit{ID: u.ID, Name: u.Name, Kind: string(u.Kind), Parent: known(u.ParentName), Closed: u.Closed, Successor: known(u.SuccessorName)}
	if u.Employees > 0 {
		out.Employees = &u.Employees
	}
	return out
}

// Units is the tree of units.
func (v View) Units(units []desk.UnitLine) render.Document {
	return render.Document{
		Sections: []render.Section{{Table: v.unitTable(units, treeName)}},
		Records:  v.unitRecords(units),
		Items:    items(seq(units), unitJSON),
	}
}

// Unit is one unit.
func (v View) Unit(u desk.UnitLine) render.Document {
	units := []desk.UnitLine{u}
	return render.Document{
		Sections: []render.Section{{Table: v.unitTable(units, func(u desk.UnitLine) string { return u.Name })}},
		Records:  v.unitRecords(units),
		JSON:     unitJSON(u),
	}
}

// treeName is a unit's name in its place in the tree. The branch shows the depth
// without spaces in front: Markdown drops those.
func treeName(u desk.UnitLine) string {
	if u.Depth == 0 {
		return u.Name
	}
	return "└" + strings.Repeat("──", u.Depth-1) + " " + u.Name
}

func (v View) unitTable(units []desk.UnitLine, name func(desk.UnitLine) string) *render.Table {
	columns := []render.Column{{Key: "name", Head: v.t("Unit"), Flex: true}, {Key: "kind", Head: v.t("Kind")}, {Key: "closed", Head: v.t("In use")}}
	if slices.ContainsFunc(units, func(u desk.UnitLine) bool { return u.Employees > 0 }) {
		columns = append(columns, render.Column{Key: "employees", Head: v.t("Employees"), Right: true, Spare: true})
	}
	return &render.Table{
		Empty:   v.t("No units yet: sluss unit add NAME"),
		Columns: columns,
		Rows: render.RowsOf(rows(units, func(u desk.UnitLine) []render.Cell {
			return []render.Cell{text(name(u)), v.unitKind(u), v.inUse(u), employees(u)}[:len(columns)]
		})),
	}
}

func (v View) unitRecords(units []desk.UnitLine) *render.Table {
	return &render.Table{
		Columns: []render.Column{{Key: "name", Head: v.t("Unit")}, {Key: "kind", Head: v.t("Kind")}, {Key: "parent", Head: v.t("Under")},
			{Key: "closed", Head: v.t("In use")}, {Key: "successor", Head: v.t("Merged into")}, {Key: "employees", Head: v.t("Employees"), Right: true}},
		Rows: render.RowsOf(rows(units, func(u desk.UnitLine) []render.Cell {
			return []render.Cell{text(u.Name), v.unitKind(u), text(u.ParentName), v.inUse(u), text(u.SuccessorName), employees(u)}
		})),
	}
}

func (v View) unitKind(u desk.UnitLine) render.Cell {
	return coded(v.word(string(u.Kind.Word())), string(u.Kind))
}

// employees is empty when the number is not known.
func employees(u desk.UnitLine) render.Cell {
	if u.Employees == 0 {
		return render.Cell{}
	}
	return count(u.Employees)
}

func (v View) inUse(u desk.UnitLine) render.Cell {
	switch {
	case u.Successor != 0:
		return coded(v.t("no, merged into %s", u.SuccessorName), "true")
	case u.Closed:
		return coded(v.t("no"), "true")
	}
	return coded(v.t("yes"), "false")
}

// Contact is a contact in JSON. Name and addresses are null unless people were
// asked for.
type Contact struct {
	ID    int64   `json:"id"`
	Name  *string `json:"name"`
	Unit  *string `json:"unit"`
	Role  *string `json:"role"`
	Email *string `json:"email"`
	Phone *string `json:"phone"`
}

// ContactCard is one contact in JSON, with the ideas that the contact takes on
// and the networks.
type ContactCard struct {
	Contact
	Ideas    []int64  `json:"ideas"`
	Networks []string `json:"networks"`
}

func contactJSON(c desk.ContactLine) Contact {
	return Contact{ID: c.ID, Name: known(c.Name), Unit: known(c.UnitName), Role: known(c.Role), Email: known(c.Email), Phone: known(c.Phone)}
}

// Contacts is a list of contacts.
func (v View) Contacts(contacts []desk.ContactLine) render.Document {
	return render.Document{
		Sections: []render.Section{{Table: v.contactTable(contacts, v.t("No contacts found."))}},
		Items:    items(seq(contacts), func(c desk.ContactLine) any { return contactJSON(c) }),
		Sample:   Contact{},
	}
}

func (v View) contactTable(contacts []desk.ContactLine, empty string) *render.Table {
	return &render.Table{
		Empty: empty,
		Columns: []render.Column{{Key: "id", Head: v.t("Contact"), Right: true}, {Key: "name", Head: v.t("Name"), Flex: true}, {Key: "role", Head: v.t("Role"), Flex: true},
			{Key: "unit", Head: v.t("Unit"), Flex: true}, {Key: "email", Head: v.t("E-mail"), Spare: true}, {Key: "phone", Head: v.t("Phone"), Spare: true}},
		Rows: render.RowsOf(rows(contacts, func(c desk.ContactLine) []render.Cell {
			return []render.Cell{{Text: number64(c.ID), Number: true}, text(c.Name), text(c.Role), text(c.UnitName), text(c.Email), text(c.Phone)}
		})),
	}
}

// Contact is one contact.
func (v View) Contact(c desk.ContactLine, people bool) render.Document {
	var ideas []string
	for _, n := range c.Ideas {
		ideas = append(ideas, number64(n))
	}
	name := c.Name
	if !people {
		name = v.t("(name left out; --with-people shows it)")
	}
	return render.Document{
		Title: v.t("Contact %d", c.ID),
		Sections: []render.Section{{Facts: facts(render.Fact{Label: v.t("Name"), Value: name}, render.Fact{Label: v.t("Role"), Value: c.Role},
			render.Fact{Label: v.t("Unit"), Value: c.UnitName}, render.Fact{Label: v.t("E-mail"), Value: c.Email}, render.Fact{Label: v.t("Phone"), Value: c.Phone},
			render.Fact{Label: v.t("Ideas"), Value: strings.Join(ideas, " ")}, render.Fact{Label: v.t("Networks"), Value: strings.Join(c.Networks, ", ")})}},
		Records: v.contactTable([]desk.ContactLine{c}, ""),
		JSON:    ContactCard{Contact: contactJSON(c), Ideas: append([]int64{}, c.Ideas...), Networks: append([]string{}, c.Networks...)},
	}
}

// facts is those that say anything.
func facts(all ...render.Fact) (said []render.Fact) {
	for _, f := range all {
		if f.Value != "" {
			said = append(said, f)
		}
	}
	return said
}

// Network is a network in JSON, with its members.
type Network struct {
	ID      int64     `json:"id"`
	Name    string    `json:"name"`
	Note    *string   `json:"note"`
	Members []Contact `json:"members"`
}

func networkJSON(l desk.NetworkLine) any {
	out := Network{ID: l.ID, Name: l.Name, Note: known(l.Text), Members: []Contact{}}
	for _, c := range l.People {
		out.Members = append(out.Members, contactJSON(c))
	}
	return out
}

// Networks is a list of networks.
func (v View) Networks(networks []desk.NetworkLine) render.Document {
	return render.Document{Sections: []render.Section{{Table: v.networkTable(networks)}}, Items: items(seq(networks), networkJSON)}
}

func (v View) networkTable(networks []desk.NetworkLine) *render.Table {
	return &render.Table{
		Empty: v.t("No networks yet: sluss network add NAME"),
		Columns: []render.Column{{Key: "name", Head: v.t("Network"), Flex: true}, {Key: "members", Head: v.t("Members"), Right: true},
			{Key: "note", Head: v.t("Note"), Flex: true}},
		Rows: render.RowsOf(rows(networks, func(l desk.NetworkLine) []render.Cell {
			return []render.Cell{text(l.Name), count(len(l.People)), coded(short(l.Text), l.Text)}
		})),
	}
}

// Network is one network with its members.
func (v View) Network(l desk.NetworkLine) render.Document {
	return render.Document{
		Title: l.Name,
		Sections: []render.Section{{Text: l.Text}, {Heading: v.t("Members"),
			Table: v.contactTable(l.People, v.t("No members yet: sluss network join NETWORK CONTACT"))}},
		Records: v.contactTable(l.People, ""),
		JSON:    networkJSON(l),
	}
}

// Activity is an activity in JSON.
type Activity struct {
	ID           int64    `json:"id"`
	Title        string   `json:"title"`
	Kind         string   `json:"kind"`
	Day          string   `json:"day"`
	Participants *int64   `json:"participants"` // null when they were not counted, or their number is kept back
	Few          bool     `json:"kept_back"`
	Units        []string `json:"units"`
	Networks     []string `json:"networks"`
	Note         *string  `json:"note"`
}

func activityJSON(a desk.ActivityLine) any {
	return Activity{ID: a.ID, Title: a.Title, Kind: string(a.Kind), Day: string(a.Day), Participants: a.Participants, Few: a.Few,
		Units: append([]string{}, a.UnitNames...), Networks: append([]string{}, a.NetworkNames...), Note: known(a.Text)}
}

// Activities is a list of activities.
func (v View) Activities(activities []desk.ActivityLine) render.Document {
	return render.Document{
		Sections: []render.Section{{Table: v.activityTable(activities)}},
		Records:  v.activityRecords(activities),
		Items:    items(seq(activities), activityJSON),
		Sample:   Activity{},
	}
}

// activityRecords is the table with the notes too.
func (v View) activityRecords(activities []desk.ActivityLine) *render.Table {
	t := v.activityTable(activities)
	cells := t.Rows
	t.Columns = append(t.Columns, render.Column{Key: "note", Head: v.t("Note")})
	t.Rows = func(yield func([]render.Cell, error) bool) {
		k := 0
		for row, err := range cells {
			if !yield(append(row, text(activities[k].Text)), err) {
				return
			}
			k++
		}
	}
	return t
}

func (v View) activityTable(activities []desk.ActivityLine) *render.Table {
	return &render.Table{
		Empty: v.t("No activities found."),
		Columns: []render.Column{{Key: "id", Head: v.t("No."), Right: true}, {Key: "day", Head: v.t("Day"), Day: true}, {Key: "kind", Head: v.t("Kind")},
			{Key: "title", Head: v.t("Title"), Flex: true}, {Key: "units", Head: v.t("Units"), Flex: true, Spare: true},
			{Key: "networks", Head: v.t("Networks"), Flex: true, Spare: true}, {Key: "participants", Head: v.t("Participants"), Right: true}},
		Rows: render.RowsOf(rows(activities, func(a desk.ActivityLine) []render.Cell {
			return []render.Cell{{Text: number64(a.ID), Number: true}, text(string(a.Day)), coded(v.word(string(a.Kind)), string(a.Kind)), text(a.Title),
				text(strings.Join(a.UnitNames, "; ")), text(strings.Join(a.NetworkNames, "; ")), {Text: participants(a), Number: a.Participants != nil, Void: a.Few}}
		})),
	}
}

func participants(a desk.ActivityLine) string {
	if a.Few {
		return keptBack
	}
	if a.Participants == nil {
		return ""
	}
	return strconv.FormatInt(*a.Participants, 10)
}

// Activity is one activity.
func (v View) Activity(a desk.ActivityLine) render.Document {
	return render.Document{
		Title: number64(a.ID) + " " + a.Title,
		Sections: []render.Section{{Facts: facts(render.Fact{Label: v.t("Day"), Value: string(a.Day)}, render.Fact{Label: v.t("Kind"), Value: v.word(string(a.Kind))},
			render.Fact{Label: v.t("Participants"), Value: participants(a)}, render.Fact{Label: v.t("Units"), Value: strings.Join(a.UnitNames, ", ")},
			render.Fact{Label: v.t("Networks"), Value: strings.Join(a.NetworkNames, ", ")}), Text: a.Text}},
		Records: v.activityRecords([]desk.ActivityLine{a}),
		JSON:    activityJSON(a),
	}
}
