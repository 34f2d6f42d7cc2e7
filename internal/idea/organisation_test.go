package idea_test

import (
	"fmt"
	"slices"
	"testing"

	"sluss/internal/idea"
)

// forest is Skola (1) with Grundskola (2), which holds Östra (4), and Vård (3).
func forest() []idea.Unit {
	return []idea.Unit{{ID: 1, Name: "Skola"}, {ID: 2, Name: "Grundskola", Parent: 1}, {ID: 3, Name: "Vård"}, {ID: 4, Name: "Östra", Parent: 2}}
}

// knot is two units that lie under each other, as only a hand in the database
// can leave them.
func knot() []idea.Unit {
	return []idea.Unit{{ID: 1, Name: "Skola", Parent: 2}, {ID: 2, Name: "Vård", Parent: 1}, {ID: 3, Name: "Park"}}
}

func TestTree(t *testing.T) {
	for _, test := range []struct {
		units []idea.Unit
		want  string
	}{
		{nil, "[]"},
		{forest(), "[1.0 2.1 4.2 3.0]"},
		{knot(), "[3.0 1.0 2.1]"},
		{[]idea.Unit{{ID: 1, Parent: 9}}, "[1.0]"},
	} {
		var got []string
		for _, leaf := range idea.Tree(test.units) {
			got = append(got, fmt.Sprintf("%d.%d", leaf.ID, leaf.Depth))
		}
		if fmt.Sprint(got) != test.want {
			t.Errorf("Tree(%v) is %v, want %s", test.units, got, test.want)
		}
	}
}

func TestBranch(t *testing.T) {
	for _, test := range []struct {
		units []idea.Unit
		root  int64
		want  []int64
	}{
		{forest(), 1, []int64{1, 2, 4}},
		{forest(), 4, []int64{4}},
		{forest(), 3, []int64{3}},
		{knot(), 1, []int64{1, 2}},
	} {
		if got := idea.Branch(test.units, test.root); !slices.Equal(got, test.want) {
			t.Errorf("Branch(%d) is %v, want %v", test.root, got, test.want)
		}
	}
}

func TestCheckTree(t *testing.T) {
	if err := idea.CheckTree(forest()); err != nil {
		t.Error(err)
	}
	for _, units := range [][]idea.Unit{knot(), {{ID: 1, Parent: 1}}} {
		if err := idea.CheckTree(units); err == nil || idea.KindOf(err) != idea.Refused {
			t.Errorf("CheckTree(%v) says %v", units, err)
		}
	}
}

func TestCheckMerge(t *testing.T) {
	units := forest()
	closed := idea.Unit{ID: 5, Name: "Fritid", Closed: true}
	gone := idea.Unit{ID: 6, Name: "Kultur", Closed: true, Successor: 1}
	for _, test := range []struct {
		u, into idea.Unit
		refused bool
	}{
		{units[2], units[0], false},
		{units[1], units[0], false},
		{closed, units[0], false},
		{units[0], units[0], true},
		{units[0], units[3], true},
		{units[0], closed, true},
		{gone, units[2], true},
	} {
		err := idea.CheckMerge(append(units, closed, gone), test.u, test.into)
		if refused := err != nil && idea.KindOf(err) == idea.Refused; refused != test.refused {
			t.Errorf("%s into %s: %v", test.u.Name, test.into.Name, err)
		}
	}
}

func TestFindParticipants(t *testing.T) {
	for word, want := range map[string]int64{"0": 0, "14": 14, "1000000": 1_000_000} {
		if n, err := idea.FindParticipants(word); err != nil || n == nil || *n != want {
			t.Errorf("%q gives %v, %v", word, n, err)
		}
	}
	if n, err := idea.FindParticipants(""); n != nil || err != nil {
		t.Errorf("no word gives %v, %v", n, err)
	}
	for _, word := range []string{"-1", "1000001", "många", "1.5", "99999999999999999999"} {
		if _, err := idea.FindParticipants(word); err == nil || idea.KindOf(err) != idea.Usage {
			t.Errorf("%q gives %v", word, err)
		}
	}
}
