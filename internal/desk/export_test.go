package desk_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"sluss/internal/desk"
	"sluss/internal/idea"
)

// Ideas are read one at a time: the heap after ten thousand is that after a
// hundred.
func TestIdeasAreNotHeld(t *testing.T) {
	const early, late = 100, 10_000
	o := newOffice(t)
	need := strings.Repeat("behov ", 100)
	_, err := o.desk("Bo").Import(t.Context(), desk.ImportInput{}, func(yield func(desk.Incoming, error) bool) {
		for n := range late {
			draft := &idea.Draft{Title: fmt.Sprint("Idé ", n), Kind: idea.Resident, Tags: []string{"park"}, Sections: map[idea.Section]string{idea.Need: need}}
			if !yield(desk.Incoming{Line: n, Draft: draft}, nil) {
				return
			}
		}
	})
	o.must(err)
	held := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	var before, after uint64
	count := 0
	for l, err := range o.desk("Bo").Ideas(t.Context(), desk.Selection{Whole: true}) {
		o.must(err)
		if l.Sections[idea.Need] == "" {
			t.Fatal("the need is missing")
		}
		switch count++; count {
		case early:
			before = held()
		case late:
			after = held()
		}
	}
	if count != late || after > before+1<<20 {
		t.Errorf("%d ideas; %d bytes are held early and %d late", count, before, after)
	}
	n, err := o.desk("Bo").Count(t.Context(), desk.Selection{Kinds: []string{"resident"}})
	if err != nil || n != late {
		t.Errorf("%d are counted: %v", n, err)
	}
}
