package idea

import (
	"slices"
	"strconv"
)

// Contact is a person in a unit: the one who takes an idea on there, a member
// of a network.
type Contact struct {
	ID    int64
	Name  string
	Unit  int64 // 0 is unknown
	Role  string
	Email string
	Phone string
}

// Network is contacts who meet.
type Network struct {
	ID      int64
	Name    string
	Text    string  // what it is for
	Members []int64 // contacts
}

// ActivityKind says what sort of activity an activity is.
type ActivityKind string

// ActivityKinds lists the kinds of activities.
func ActivityKinds() []ActivityKind {
	return []ActivityKind{"meeting", "workshop", "talk", "course", "visit"}
}

// FindActivityKind gives the kind of activity that a word names, in either
// language. It returns Usage with the legal words for any other.
func FindActivityKind(word string) (ActivityKind, error) {
	return findWord("kind of activity", word, ActivityKinds(), map[string]ActivityKind{
		"möte": "meeting", "föredrag": "talk", "kurs": "course", "besök": "visit"})
}

// Activity is work that anchors the coaches in the organisation: a meeting, a
// talk.
type Activity struct {
	ID           int64
	Title        string
	Kind         ActivityKind
	Day          Day
	Participants *int64 // nil is unknown
	Text         string // Markdown
	Units        []int64
	Networks     []int64
}

// MaxEmployees is the most employees that a unit can have: more than the
// largest employer in the country.
const MaxEmployees = 1_000_000

// MaxParticipants is the most that an activity can have.
const MaxParticipants = 1_000_000

// FindParticipants reads how many took part; the empty word is unknown. It
// returns Usage for anything but a number that makes sense.
func FindParticipants(word string) (*int64, error) {
	if word == "" {
		return nil, nil
	}
	n, err := strconv.ParseInt(word, 10, 64)
	if err != nil || n < 0 || n > MaxParticipants {
		return nil, Errorf(Usage, "%q is no number of participants", word).
			WithHint("write a whole number, such as 14")
	}
	return &n, nil
}

// ActivityFilter selects activities, as Filter selects ideas.
type ActivityFilter struct {
	IDs      []int64
	Kinds    []ActivityKind
	Units    []int64
	Networks []int64
	Period   Period
}

// Leaf is a unit in its place in the tree; Depth counts the units above it.
type Leaf struct {
	Unit
	Depth int
}

// Tree puts every unit below the one that it lies under, in their order
// otherwise. No unit is left out, whatever their parents say.
func Tree(units []Unit) []Leaf {
	var out []Leaf
	placed := map[int64]bool{}
	var place func(u Unit, depth int)
	place = func(u Unit, depth int) {
		if placed[u.ID] {
			return
		}
		placed[u.ID] = true
		out = append(out, Leaf{u, depth})
		for _, child := range units {
			if child.Parent == u.ID {
				place(child, depth+1)
			}
		}
	}
	for _, u := range units {
		if u.Parent == 0 {
			place(u, 0)
		}
	}
	for _, u := range units {
		place(u, 0)
	}
	return out
}

// Branch is a unit with everything under it.
func Branch(units []Unit, root int64) []int64 {
	branch := []int64{root}
	for k := 0; k < len(branch); k++ {
		for _, u := range units {
			if u.Parent == branch[k] && !slices.Contains(branch, u.ID) {
				branch = append(branch, u.ID)
			}
		}
	}
	return branch
}

// Lies tells whether a unit is another one or lies under it.
func Lies(units []Unit, unit, under int64) bool {
	return slices.Contains(Branch(units, under), unit)
}

// CheckTree returns Refused if some unit lies under itself.
func CheckTree(units []Unit) error {
	above := map[int64]int64{}
	names := map[int64]string{}
	for _, u := range units {
		above[u.ID], names[u.ID] = u.Parent, u.Name
	}
	for _, u := range units {
		seen := map[int64]bool{}
		for at := u.ID; at != 0; at = above[at] {
			if seen[at] {
				return Errorf(Refused, "%s would lie under itself", names[at]).WithHint("sluss unit list shows the units as a tree")
			}
			seen[at] = true
		}
	}
	return nil
}

// CheckMerge returns Refused if a unit cannot be merged into another: into
// itself, into one that is closed or lies under it, or a second time.
func CheckMerge(units []Unit, u, into Unit) error {
	switch {
	case u.ID == into.ID:
		return Errorf(Refused, "%s cannot be merged into itself", u.Name)
	case u.Successor != 0:
		return Errorf(Refused, "%s has been merged into another unit already", u.Name).
			WithHint("sluss unit open %q takes it into use again", u.Name)
	case into.Closed:
		return Errorf(Refused, "the unit %s is closed", into.Name).
			WithHint("choose the unit that took over; sluss unit list shows the units")
	case Lies(units, into.ID, u.ID):
		return Errorf(Refused, "%s lies under %s", into.Name, u.Name).
			WithHint("move it out first: sluss unit move %q --top", into.Name)
	}
	return nil
}
