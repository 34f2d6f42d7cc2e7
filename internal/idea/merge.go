package idea

import "slices"

// Merging is what a rule needs to know to merge one idea into another.
type Merging struct {
	Into  Idea
	Idea  Idea  // the one that goes into it
	From  Stage // where it stands
	Facts Facts
	Entry Entry // into the closed stage
	Ties  []Tie // of Idea
	Have  []Tie // of Into
}

// MergedIdea is an idea that went into another, at once or by way of a third.
type MergedIdea struct {
	Number int64
	Title  string
	Into   int64
	Givers []int64
}

// Merge gives the changes that close an idea as merged into another, which gets
// its givers, tags and ties. Texts, notes and answers stay where they are: the
// number leads on. It returns Refused for an idea and itself, for one that is
// merged or realised, and what Move returns.
func Merge(m Merging) ([]Change, error) {
	i := m.Idea
	switch {
	case i.Number == m.Into.Number:
		return nil, Errorf(Refused, "idea %d cannot be merged into itself", i.Number).WithHint("name another idea with --into")
	case i.MergedInto != 0:
		return nil, Errorf(Refused, "idea %d is merged into %d already", i.Number, i.MergedInto).
			WithHint("sluss reopen %d takes it out again", i.Number)
	case m.From.Kind == Realised:
		return nil, Errorf(Refused, "idea %d is realised and cannot be merged into another", i.Number).
			WithHint("sluss link %d %d --tie builds-on ties them", m.Into.Number, i.Number)
	}
	m.Entry.Cause, m.Entry.Into = Merged, m.Into.Number
	changes, err := m.close()
	if err != nil {
		return nil, err
	}
	for _, giver := range i.Givers {
		if !slices.Contains(m.Into.Givers, giver) {
			changes = append(changes, Change{Subject: AnIdea, ID: m.Into.Number, Field: FieldGiver, New: reference(giver)})
		}
	}
	changes = append(changes, m.Into.SetTags(i.Tags, nil)...)
	return append(changes, m.moveTies()...), nil
}

// close puts the idea into the closed stage; one that is closed already keeps
// the day of it.
func (m Merging) close() ([]Change, error) {
	if m.From.Kind != Closed {
		return Move(m.Idea, m.Facts, m.Entry)
	}
	changes := append(m.Idea.Set(FieldReason, string(Merged)), m.Idea.Set(FieldMergedInto, reference(m.Into.Number))...)
	changes[len(changes)-1].Why = m.Entry.Why
	for k := range changes {
		changes[k].At = m.Entry.At
	}
	return changes, nil
}

// moveTies lets the ties of the idea lead to the other instead. Those between
// the two are gone with it.
func (m Merging) moveTies() (changes []Change) {
	have := slices.Clone(m.Have)
	for _, t := range m.Ties {
		changes = append(changes, t.Remove())
		if t.From == m.Idea.Number {
			t.From = m.Into.Number
		} else {
			t.To = m.Into.Number
		}
		if t = t.Straight(); t.From == t.To || slices.Contains(have, t) {
			continue
		}
		have = append(have, t)
		changes = append(changes, t.Add())
	}
	return changes
}
