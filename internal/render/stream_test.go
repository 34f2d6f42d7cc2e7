package render_test

import (
	"fmt"
	"io"
	"iter"
	"runtime"
	"strings"
	"testing"

	"sluss/internal/render"
)

// What is written row by row is not held: after a hundred times as many rows the
// heap is as it was.
func TestRowsAreNotHeld(t *testing.T) {
	const early, late = 1_000, 100_000
	held := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	for _, format := range []render.Format{render.CSV, render.JSON, render.Markdown, render.HTML, render.XLSX} {
		var before, after uint64
		looked := func(n int) {
			switch n {
			case early:
				before = held()
			case late:
				after = held()
			}
		}
		text := strings.Repeat("text ", 40)
		rows := func(yield func([]render.Cell, error) bool) {
			for n := 1; n <= late; n++ {
				looked(n)
				if !yield([]render.Cell{{Text: fmt.Sprint(n), Number: true}, {Text: text}}, nil) {
					return
				}
			}
		}
		var items iter.Seq2[any, error] = func(yield func(any, error) bool) {
			for n := 1; n <= late; n++ {
				looked(n)
				if !yield(map[string]any{"number": n, "text": text}, nil) {
					return
				}
			}
		}
		table := &render.Table{Columns: []render.Column{{Key: "number", Head: "No.", Right: true}, {Key: "text", Head: "Text", Flex: true}}, Rows: rows}
		d := render.Document{Title: "x", Sections: []render.Section{{Table: table}}, Items: items}
		if err := render.Write(io.Discard, d, render.Options{Format: format}); err != nil {
			t.Fatal(format, err)
		}
		if before == 0 || after == 0 || after > before+2<<20 {
			t.Errorf("%s holds %d bytes after %d rows and %d after %d", format, before, early, after, late)
		}
	}
}
