package desk

import (
	"context"

	"sluss/internal/idea"
	"sluss/internal/store"
)

// GiverLine is a giver with the ideas that came from there.
type GiverLine struct {
	idea.Giver
	UnitName string
	Ideas    []int64
}

// Givers gives givers whose name holds text, or all. Without people, names and
// contacts are left out.
func (d *Desk) Givers(ctx context.Context, text string, people bool) (out []GiverLine, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		n, err := load(tx)
		if err != nil {
			return err
		}
		givers, err := tx.Givers()
		if err != nil {
			return err
		}
		for _, g := range givers {
			if !idea.Holds(g.Name, text) {
				continue
			}
			line, err := giverLine(tx, n, g)
			if err != nil {
				return err
			}
			if !people {
				line = line.WithoutPeople()
			}
			out = append(out, line)
		}
		return nil
	})
	return out, err
}

func giverLine(tx *store.Tx, n names, g idea.Giver) (GiverLine, error) {
	ideas, err := tx.GiverIdeas(g.ID)
	return GiverLine{Giver: g, UnitName: n.unit(g.Unit), Ideas: ideas}, err
}

// WithoutPeople is the line without the giver's name and contacts.
func (g GiverLine) WithoutPeople() GiverLine {
	g.Giver = idea.Giver{ID: g.ID, Kind: g.Kind, Unit: g.Unit}
	return g
}

// Giver gives one giver. It returns NotFound if there is none of that id.
// Without people, name and contacts are left out.
func (d *Desk) Giver(ctx context.Context, id int64, people bool) (line GiverLine, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		line, err = findGiver(tx, id)
		return err
	})
	if !people {
		line = line.WithoutPeople()
	}
	return line, err
}

func findGiver(tx *store.Tx, id int64) (GiverLine, error) {
	n, err := load(tx)
	if err != nil {
		return GiverLine{}, err
	}
	givers, err := tx.Givers(id)
	if err != nil {
		return GiverLine{}, err
	}
	if len(givers) == 0 {
		return GiverLine{}, idea.Errorf(idea.NotFound, "there is no giver %d", id).WithHint("sluss giver list shows the givers")
	}
	return giverLine(tx, n, givers[0])
}

// AddGiver stores a giver of whom no idea has come yet.
func (d *Desk) AddGiver(ctx context.Context, kind idea.GiverKind, draft idea.GiverDraft) (line GiverLine, err error) {
	err = d.update(ctx, "giver add", func(tx *store.Tx) error {
		n, err := load(tx)
		if err != nil {
			return err
		}
		clean, err := idea.Draft{Title: "-", Kind: kind, Giver: draft}.Clean()
		if err != nil {
			return err
		}
		if clean.Giver == (idea.GiverDraft{Unit: clean.Giver.Unit}) {
			return idea.Errorf(idea.Usage, "a giver needs a name or a contact").WithHint("sluss giver add NAME --kind employee")
		}
		g, err := draftGiver(tx, n, clean)
		if err != nil {
			return err
		}
		line, err = findGiver(tx, g.ID)
		return err
	})
	return line, err
}

// EditGiver changes what is known of a giver.
func (d *Desk) EditGiver(ctx context.Context, id int64, fields map[idea.Field]string) (line GiverLine, err error) {
	err = d.update(ctx, "giver edit", func(tx *store.Tx) error {
		n, err := load(tx)
		if err != nil {
			return err
		}
		old, err := findGiver(tx, id)
		if err != nil {
			return err
		}
		for _, f := range []idea.Field{idea.FieldKind, idea.FieldName, idea.FieldEmail, idea.FieldPhone, idea.FieldUnit} {
			word, given := fields[f]
			if !given {
				continue
			}
			if err := editGiver(tx, n, old.Giver, f, word); err != nil {
				return err
			}
		}
		line, err = findGiver(tx, id)
		return err
	})
	return line, err
}

func editGiver(tx *store.Tx, n names, g idea.Giver, f idea.Field, word string) error {
	old := map[idea.Field]string{idea.FieldKind: string(g.Kind), idea.FieldName: g.Name, idea.FieldEmail: g.Email,
		idea.FieldPhone: g.Phone, idea.FieldUnit: ref(g.Unit)}[f]
	value, err := giverValue(n, f, word)
	if err != nil || value == old {
		return err
	}
	return tx.Record(idea.Change{Subject: idea.AGiver, ID: g.ID, Field: f, Old: old, New: value})
}

func giverValue(n names, f idea.Field, word string) (string, error) {
	switch f {
	case idea.FieldKind:
		kind, err := idea.FindKind(word)
		return string(kind), err
	case idea.FieldUnit:
		if word == "" {
			return "", nil
		}
		u, err := n.findUnit(word)
		return ref(u.ID), err
	case idea.FieldEmail:
		return cleanMail(word)
	}
	return idea.CleanLine(idea.Word(f), word)
}

func cleanMail(word string) (string, error) {
	address, err := idea.CleanLine(idea.Word(idea.FieldEmail), word)
	if err != nil {
		return "", err
	}
	return address, idea.CheckMail(address)
}

// Coaches gives all coaches.
func (d *Desk) Coaches(ctx context.Context) (out []idea.Coach, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		out, err = tx.Coaches()
		return err
	})
	return out, err
}

// AddCoach adds a coach. It returns Refused if there is one of that name.
func (d *Desk) AddCoach(ctx context.Context, name string) (c idea.Coach, err error) {
	err = d.update(ctx, "coach add", func(tx *store.Tx) error {
		n, err := load(tx)
		if err != nil {
			return err
		}
		if c.Name, err = newName("coach", name, n.coaches, func(c idea.Coach) string { return c.Name }); err != nil {
			return err
		}
		if isReserved(c.Name) {
			return notAName(c.Name)
		}
		c.ID, err = tx.Add(idea.ACoach, map[idea.Field]string{idea.FieldName: c.Name})
		return err
	})
	return c, err
}
