package desk

import (
	"context"
	"slices"
	"strconv"

	"sluss/internal/idea"
	"sluss/internal/store"
)

// Units gives all units, open and closed.
func (d *Desk) Units(ctx context.Context) (units []idea.Unit, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		units, err = tx.Units()
		return err
	})
	return units, err
}

// UnitLine is a unit in its place in the tree.
type UnitLine struct {
	idea.Leaf
	ParentName    string
	SuccessorName string
}

// UnitTree gives all units, each below the one that it lies under.
func (d *Desk) UnitTree(ctx context.Context) (lines []UnitLine, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		units, err := tx.Units()
		lines = unitLines(units)
		return err
	})
	return lines, err
}

func unitLines(units []idea.Unit) (lines []UnitLine) {
	n := names{units: units}
	for _, leaf := range idea.Tree(units) {
		lines = append(lines, UnitLine{Leaf: leaf, ParentName: n.unit(leaf.Parent), SuccessorName: n.unit(leaf.Successor)})
	}
	return lines
}

// AddUnit adds a unit, under another one unless under is empty. It returns
// Refused if there is one of that name.
func (d *Desk) AddUnit(ctx context.Context, name string, kind idea.UnitKind, under string) (line UnitLine, err error) {
	err = d.update(ctx, "unit add", func(tx *store.Tx) error {
		n, err := load(tx)
		if err != nil {
			return err
		}
		parent, err := n.parent(under)
		if err != nil {
			return err
		}
		u, err := addUnit(tx, n, idea.Unit{Name: name, Kind: kind, Parent: parent})
		if err != nil {
			return err
		}
		line, err = unitLine(tx, u.ID)
		return err
	})
	return line, err
}

// Begin adds the first units of a new database, with one command.
func (d *Desk) Begin(ctx context.Context, units []string) error {
	return d.update(ctx, "init", func(tx *store.Tx) error {
		for _, name := range units {
			n, err := load(tx)
			if err != nil {
				return err
			}
			if _, err := addUnit(tx, n, idea.Unit{Name: name, Kind: idea.Administration}); err != nil {
				return err
			}
		}
		return nil
	})
}

// parent is the unit that another one is put under; none for no word.
func (n names) parent(word string) (int64, error) {
	if word == "" {
		return 0, nil
	}
	return n.openUnit(word)
}

func addUnit(tx *store.Tx, n names, u idea.Unit) (idea.Unit, error) {
	var err error
	if u.Name, err = newName("unit", u.Name, n.units, func(u idea.Unit) string { return u.Name }); err != nil {
		return u, err
	}
	u.ID, err = tx.Add(idea.AUnit, map[idea.Field]string{idea.FieldName: u.Name, idea.FieldKind: string(u.Kind), idea.FieldParent: ref(u.Parent)})
	return u, err
}

func unitLine(tx *store.Tx, id int64) (UnitLine, error) {
	units, err := tx.Units()
	if err != nil {
		return UnitLine{}, err
	}
	lines := unitLines(units)
	return lines[slices.IndexFunc(lines, func(l UnitLine) bool { return l.ID == id })], nil
}

// newName cleans a name and refuses one that is taken, whatever its case.
func newName[T any](what idea.Word, name string, among []T, called func(T) string) (string, error) {
	name, err := idea.CleanLine(what, name)
	if err != nil {
		return "", err
	}
	if name == "" {
		return "", idea.Errorf(idea.Usage, "a %s needs a name", what)
	}
	if slices.ContainsFunc(among, func(one T) bool { return idea.Same(called(one), name) }) {
		return "", idea.Errorf(idea.Refused, "there is already a %s %q", what, name)
	}
	return name, nil
}

// RenameUnit gives a unit another name. Its ideas follow.
func (d *Desk) RenameUnit(ctx context.Context, word, name string) (UnitLine, error) {
	return d.changeUnit(ctx, "unit rename", word, func(tx *store.Tx, n names, u idea.Unit) error {
		others := slices.DeleteFunc(slices.Clone(n.units), func(o idea.Unit) bool { return o.ID == u.ID })
		name, err := newName("unit", name, others, func(u idea.Unit) string { return u.Name })
		if err != nil {
			return err
		}
		return recordField(tx, idea.AUnit, u.ID, idea.FieldName, u.Name, name)
	})
}

// MoveUnit puts a unit under another one, or at the top if under is empty. It
// returns Refused if the unit would lie under itself.
func (d *Desk) MoveUnit(ctx context.Context, word, under string) (UnitLine, error) {
	return d.changeUnit(ctx, "unit move", word, func(tx *store.Tx, n names, u idea.Unit) error {
		parent, err := n.parent(under)
		if err != nil {
			return err
		}
		moved := slices.Clone(n.units)
		moved[slices.Index(moved, u)].Parent = parent
		if err := idea.CheckTree(moved); err != nil {
			return err
		}
		return recordField(tx, idea.AUnit, u.ID, idea.FieldParent, ref(u.Parent), ref(parent))
	})
}

// CloseUnit takes a unit out of use, or back into it: no new ideas go there,
// and the old ones stay. A unit that is opened again is no longer merged into
// another.
func (d *Desk) CloseUnit(ctx context.Context, word string, closed bool) (UnitLine, error) {
	verb, old, new := "unit close", "0", "1"
	if !closed {
		verb, old, new = "unit open", "1", "0"
	}
	return d.changeUnit(ctx, verb, word, func(tx *store.Tx, _ names, u idea.Unit) error {
		if u.Closed == closed {
			return nil
		}
		if err := recordField(tx, idea.AUnit, u.ID, idea.FieldClosed, old, new); err != nil || closed {
			return err
		}
		return recordField(tx, idea.AUnit, u.ID, idea.FieldSuccessor, ref(u.Successor), "")
	})
}

// SetEmployees says how many work in a unit, without the units under it; 0 is
// unknown. It returns Usage for a number below 0 or above MaxEmployees.
func (d *Desk) SetEmployees(ctx context.Context, word string, employees int) (UnitLine, error) {
	if employees < 0 || employees > idea.MaxEmployees {
		return UnitLine{}, idea.Errorf(idea.Usage, "a unit has from 0 to %d employees, not %d", idea.MaxEmployees, employees)
	}
	return d.changeUnit(ctx, "unit employees", word, func(tx *store.Tx, _ names, u idea.Unit) error {
		return recordField(tx, idea.AUnit, u.ID, idea.FieldEmployees, strconv.Itoa(u.Employees), strconv.Itoa(employees))
	})
}

// RemoveUnit removes a unit that nothing refers to. It returns Refused if
// something does.
func (d *Desk) RemoveUnit(ctx context.Context, word string) (line UnitLine, err error) {
	err = d.update(ctx, "unit remove", func(tx *store.Tx) error {
		n, err := load(tx)
		if err != nil {
			return err
		}
		u, err := n.findUnit(word)
		if err != nil {
			return err
		}
		if line, err = unitLine(tx, u.ID); err != nil {
			return err
		}
		err = tx.Remove(idea.AUnit, u.ID)
		if idea.KindOf(err) == idea.Refused {
			return idea.Errorf(idea.Refused, "the unit %s is in use and cannot be removed", u.Name).
				WithHint("sluss unit close %q takes it out of use", u.Name).Because(err)
		}
		return err
	})
	return line, err
}

func (d *Desk) changeUnit(ctx context.Context, verb, word string, change func(*store.Tx, names, idea.Unit) error) (line UnitLine, err error) {
	err = d.update(ctx, verb, func(tx *store.Tx) error {
		n, err := load(tx)
		if err != nil {
			return err
		}
		u, err := n.findUnit(word)
		if err != nil {
			return err
		}
		if err := change(tx, n, u); err != nil {
			return err
		}
		line, err = unitLine(tx, u.ID)
		return err
	})
	return line, err
}

// MergeUnit puts a unit into another one: its ideas, givers, contacts,
// activities and the units under it go along, and it is closed and leads to
// the other. It returns Refused if that cannot be: see [idea.CheckMerge].
func (d *Desk) MergeUnit(ctx context.Context, word, into string) (UnitLine, error) {
	return d.changeUnit(ctx, "unit merge", word, func(tx *store.Tx, n names, u idea.Unit) error {
		to, err := n.findUnit(into)
		if err != nil {
			return err
		}
		if err := idea.CheckMerge(n.units, u, to); err != nil {
			return err
		}
		changes := []idea.Change{{Subject: idea.AUnit, ID: u.ID, Field: idea.FieldSuccessor, New: ref(to.ID)}}
		if !u.Closed {
			changes = append(changes, idea.Change{Subject: idea.AUnit, ID: u.ID, Field: idea.FieldClosed, Old: "0", New: "1"})
		}
		along, err := goAlong(tx, n, u.ID, to.ID)
		if err != nil {
			return err
		}
		return tx.RecordAll(append(changes, along...))
	})
}

// goAlong is what follows a unit into another one.
func goAlong(tx *store.Tx, n names, from, to int64) (changes []idea.Change, err error) {
	follow := func(s idea.Subject, f idea.Field, ids ...int64) {
		for _, id := range ids {
			changes = append(changes, idea.Change{Subject: s, ID: id, Field: f, Old: ref(from), New: ref(to)})
		}
	}
	for _, u := range n.units {
		if u.Parent == from {
			follow(idea.AUnit, idea.FieldParent, u.ID)
		}
	}
	ideas, err := tx.UnitIdeas(from)
	if err != nil {
		return nil, err
	}
	follow(idea.AnIdea, idea.FieldUnit, ideas...)
	givers, err := tx.UnitGivers(from)
	if err != nil {
		return nil, err
	}
	follow(idea.AGiver, idea.FieldUnit, givers...)
	contacts, err := tx.Contacts()
	if err != nil {
		return nil, err
	}
	for _, c := range contacts {
		if c.Unit == from {
			follow(idea.AContact, idea.FieldUnit, c.ID)
		}
	}
	activities, err := tx.Activities(idea.ActivityFilter{Units: []int64{from}})
	for _, a := range activities {
		changes = append(changes, idea.Change{Subject: idea.AnActivity, ID: a.ID, Field: idea.FieldUnit, Old: ref(from)})
		if !slices.Contains(a.Units, to) {
			changes = append(changes, idea.Change{Subject: idea.AnActivity, ID: a.ID, Field: idea.FieldUnit, New: ref(to)})
		}
	}
	return changes, err
}
