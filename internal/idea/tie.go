package idea

import "slices"

// TieKind says how an idea hangs together with another.
type TieKind string

// The kinds of ties.
const (
	Related  TieKind = "related"
	PartOf   TieKind = "part-of"
	BuildsOn TieKind = "builds-on"
)

// TieKinds lists the kinds of ties.
func TieKinds() []TieKind { return []TieKind{Related, PartOf, BuildsOn} }

// FindTie gives the kind of tie that a word names, in either language. It
// returns Usage with the legal words for any other.
func FindTie(word string) (TieKind, error) {
	return findWord("kind of tie", word, TieKinds(), map[string]TieKind{
		"relaterad": Related, "del-av": PartOf, "bygger-på": BuildsOn})
}

// Field is the field of an idea that holds its ties of the kind.
func (k TieKind) Field() Field {
	switch k {
	case PartOf:
		return FieldPartOf
	case BuildsOn:
		return FieldBuildsOn
	}
	return FieldRelated
}

// Says is the kind as a sentence has it: idea 3 is part of 7.
func (k TieKind) Says() Word {
	switch k {
	case PartOf:
		return "part of"
	case BuildsOn:
		return "builds on"
	}
	return "related to"
}

// Word is what a field is called in a sentence.
func (f Field) Word() Word {
	if f == FieldMergedInto {
		return "merged into"
	}
	for _, kind := range TieKinds() {
		if kind.Field() == f {
			return kind.Says()
		}
	}
	return Word(f)
}

// Directed tells whether the kind leads from one idea to the other. Directed
// ties must not lead round in a circle.
func (k TieKind) Directed() bool { return k != Related }

// Tie says that the idea From is related to the idea To, part of it, or builds
// on it.
type Tie struct {
	From int64
	Kind TieKind
	To   int64
}

// Straight is t as it is kept: what has no direction leads from the lower
// number to the higher.
func (t Tie) Straight() Tie {
	if !t.Kind.Directed() && t.From > t.To {
		t.From, t.To = t.To, t.From
	}
	return t
}

// Add is the change that makes the tie.
func (t Tie) Add() Change {
	t = t.Straight()
	return Change{Subject: AnIdea, ID: t.From, Field: t.Kind.Field(), New: reference(t.To)}
}

// Remove is the change that takes the tie away.
func (t Tie) Remove() Change { return t.Add().Inverse() }

// Link gives the change that makes a tie, and none if it is among those that
// are there. It returns Refused for an idea and itself, and for one that is
// merged: its ties went along.
func Link(i, other Idea, kind TieKind, have []Tie) ([]Change, error) {
	if i.Number == other.Number {
		return nil, Errorf(Refused, "idea %d cannot be tied to itself", i.Number).WithHint("name another idea")
	}
	for _, one := range []Idea{i, other} {
		if one.MergedInto != 0 {
			return nil, mergedError(one)
		}
	}
	t := Tie{i.Number, kind, other.Number}.Straight()
	if slices.Contains(have, t) {
		return nil, nil
	}
	return []Change{t.Add()}, nil
}

func mergedError(i Idea) error {
	return Errorf(Refused, "idea %d is merged into %d", i.Number, i.MergedInto).
		WithHint("work with idea %d; sluss show %d tells about both", i.MergedInto, i.Number)
}

// Unlink gives the changes that take away the ties between two ideas: those of
// a kind, or all for the empty kind. It returns NotFound if there is none.
func Unlink(i, other int64, kind TieKind, have []Tie) ([]Change, error) {
	var changes []Change
	for _, t := range have {
		between := t.From == i && t.To == other || t.From == other && t.To == i
		if between && (kind == "" || t.Kind == kind) {
			changes = append(changes, t.Remove())
		}
	}
	if len(changes) == 0 {
		return nil, Errorf(NotFound, "there is no such tie between the ideas %d and %d", i, other).
			WithHint("sluss show %d shows its ties", i)
	}
	return changes, nil
}
