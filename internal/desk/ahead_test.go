package desk

import (
	"errors"
	"iter"
	"testing"

	"pgregory.net/rapid"
)

// counting gives the numbers from 1 on, with an error at one of them, and tells
// when it has ended.
func counting(n, failAt int, broken error, ended *bool) iter.Seq2[int, error] {
	return func(yield func(int, error) bool) {
		defer func() { *ended = true }()
		for k := 1; k <= n; k++ {
			var err error
			if k == failAt {
				err = broken
			}
			if !yield(k, err) {
				return
			}
		}
	}
}

// Reading ahead gives what reading gives, wherever it is left, and leaves
// nothing running.
func TestAhead(t *testing.T) {
	broken := errors.New("broken")
	rapid.Check(t, func(t *rapid.T) {
		n, failAt, stopAt := rapid.IntRange(0, 400).Draw(t, "n"), rapid.IntRange(0, 400).Draw(t, "fails at"), rapid.IntRange(1, 500).Draw(t, "stops at")
		ended := false
		count := 0
		for got, err := range ahead(counting(n, failAt, broken, &ended)) {
			count++
			if got != count || (got == failAt) != (err != nil) {
				t.Fatalf("element %d is %d, %v", count, got, err)
			}
			if count == stopAt {
				break
			}
		}
		if count != min(n, stopAt) || !ended {
			t.Fatalf("%d of %d elements, ended: %t", count, n, ended)
		}
	})
}

func TestAheadPassesAPanicOn(t *testing.T) {
	defer func() {
		if got := recover(); got != "no" {
			t.Errorf("recovered %v", got)
		}
	}()
	for range ahead(func(yield func(int, error) bool) {
		yield(1, nil)
		panic("no")
	}) {
	}
	t.Error("it went on")
}
