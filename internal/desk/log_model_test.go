package desk_test

import (
	"fmt"
	"reflect"
	"slices"
	"time"

	"sluss/internal/desk"
	"sluss/internal/idea"
)

// done is a command that was recorded, and which ideas it was about.
type done struct {
	number           int64
	who              string
	at               time.Time
	ideas            []int64
	undoes, undoneBy int64
}

func (c done) String() string {
	return fmt.Sprintf("%d %s %d, undoes %d, undone by %d", c.number, c.who, c.at.UnixMilli(), c.undoes, c.undoneBy)
}

// touched lists the ideas that a command changed, or whose tests, answers, ties
// or merges it changed.
func touched(before, after *world) (numbers []int64) {
	for n, i := range after.ideas {
		was := before.ideas[n]
		if was == nil || !reflect.DeepEqual(was, i) {
			numbers = append(numbers, n)
		}
		if into := mergedInto(was, i); into != 0 {
			numbers = append(numbers, into)
		}
	}
	for _, ties := range [][2][]idea.Tie{{before.ties, after.ties}, {after.ties, before.ties}} {
		for _, t := range ties[0] {
			if !slices.Contains(ties[1], t) {
				numbers = append(numbers, t.From, t.To)
			}
		}
	}
	slices.Sort(numbers)
	return slices.Compact(numbers)
}

// mergedInto is the idea that one was merged into or taken out of; 0 is none.
func mergedInto(was, is *modelIdea) int64 {
	if was == nil || was.MergedInto == is.MergedInto {
		return 0
	}
	return max(was.MergedInto, is.MergedInto) // one of them is none
}

// compareLog holds what the log says, of all and of each idea, against the
// commands that were given.
func (m *machine) compareLog(d *desk.Desk) {
	m.compareLogOf(d, 0)
	for number := range m.model.lastIdea {
		if slices.ContainsFunc(m.done, func(c done) bool { return slices.Contains(c.ideas, number+1) }) {
			m.compareLogOf(d, number+1)
		}
	}
}

func (m *machine) compareLogOf(d *desk.Desk, number int64) {
	lines, err := d.Log(m.Context(), number, 0)
	if err != nil {
		m.Fatal(err)
	}
	want, got := "", ""
	for _, c := range slices.Backward(m.done) {
		if number == 0 || slices.Contains(c.ideas, number) {
			want += c.String() + "\n"
		}
	}
	for _, l := range lines {
		got += done{number: l.Number, who: l.WhoName, at: l.At, undoes: l.Undoes, undoneBy: l.UndoneBy}.String() + "\n"
		if len(l.Lines) == 0 {
			m.Fatalf("the log of idea %d does not say what command %d did", number, l.Number)
		}
	}
	if want != got {
		m.Fatalf("the log of idea %d (0 is all):\n%s", number, difference(want, got))
	}
}
