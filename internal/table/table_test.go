package table

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/clipperhouse/displaywidth"
)

func ideas() Table {
	return Table{
		Head:  []string{"No", "min_rubrik", "Steg", "Dagar"},
		Right: []bool{true, false, false, true},
		Flex:  []bool{false, true},
		Rows: [][]string{
			{"1", "Återbruk av möbler mellan förskolor och skolor", "inkommen", "12"},
			{"14", "Familjecentral 👨‍👩‍👧 日本", "test", ""},
			{"203", "  Ide\u0301er", "", "4"},
		},
	}
}

func draw(t *testing.T, table Table) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, table); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWrite(t *testing.T) {
	t.Setenv("LANG", "zh_CN.UTF-8")
	narrower := func(width int, ascii bool) Table {
		table := ideas()
		table.Width, table.ASCII = width, ascii
		return table
	}
	below := func(table Table) Table {
		table.Wrap = []bool{false, true}
		return table
	}
	tests := []struct {
		name  string
		table Table
		want  string
	}{
		{"nothing cut", ideas(), `
 No  min_rubrik                                      Steg      Dagar
───  ──────────────────────────────────────────────  ────────  ─────
  1  Återbruk av möbler mellan förskolor och skolor  inkommen     12
 14  Familjecentral 👨‍👩‍👧 日本                          test
203    Idéer                                                       4
`},
		{"cut to fit", narrower(42, false), `
 No  min_rubrik            Steg      Dagar
───  ────────────────────  ────────  ─────
  1  Återbruk av möbler …  inkommen     12
 14  Familjecentral 👨‍👩‍👧 …   test
203    Idéer                             4
`},
		{"goes on below", below(narrower(42, false)), `
 No  min_rubrik            Steg      Dagar
───  ────────────────────  ────────  ─────
  1  Återbruk av möbler    inkommen     12
     mellan förskolor och
     skolor
 14  Familjecentral 👨‍👩‍👧     test
     日本
203    Idéer                             4
`},
		{"ASCII", narrower(36, true), `
 No  min_rubrik      Steg      Dagar
---  --------------  --------  -----
  1  Återbruk av...  inkommen     12
 14  Familjecent...  test
203    Idéer                       4
`},
		{"records", narrower(30, false), `
No: 1
min_rubrik: Återbruk av möbler mellan förskolor och skolor
Steg: inkommen
Dagar: 12

No: 14
min_rubrik: Familjecentral 👨‍👩‍👧 日本
Steg: test
Dagar:

No: 203
min_rubrik:   Idéer
Steg:
Dagar: 4
`},
		{"no rows", Table{Head: []string{"a", "b"}}, "\na  b\n─  ─\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			want := strings.Replace(strings.TrimPrefix(test.want, "\n"), "Idéer", "Ide\u0301er", 1)
			if got := draw(t, test.table); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func TestWriteKeepsWithinAnyWidth(t *testing.T) {
	for width := 34; width < 80; width++ {
		table := ideas()
		table.Width = width
		for line := range strings.Lines(draw(t, table)) {
			if got := displaywidth.String(strings.TrimRight(line, "\n")); got > width {
				t.Fatalf("a line takes %d of %d cells: %q", got, width, line)
			}
		}
	}
}

func TestWriteSharesBetweenFlexibleColumns(t *testing.T) {
	long := strings.Repeat("x", 60)
	got := draw(t, Table{Head: []string{"a", "b", "c"}, Flex: []bool{true, true, true}, Width: 60, Rows: [][]string{{long, "kort", long}}})
	rule := strings.Fields(strings.Split(got, "\n")[1])
	for col, want := range []int{26, 4, 26} {
		if n := displaywidth.String(rule[col]); n != want {
			t.Errorf("column %d is %d wide, want %d", col, n, want)
		}
	}
}

func TestWritePaints(t *testing.T) {
	table := ideas()
	table.Paint = func(row, col int, text string) string {
		if row == 0 && col == 3 || row == -1 && col == 0 {
			return "<" + text + ">"
		}
		return text
	}
	got := strings.Split(draw(t, table), "\n")
	if !strings.HasPrefix(got[0], " <No>  min_rubrik") || !strings.HasSuffix(got[2], "inkommen     <12>") {
		t.Errorf("painted wrongly:\n%s\n%s", got[0], got[2])
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("the disk is full") }

func TestWriteTellsOfAWriterThatFails(t *testing.T) {
	for _, width := range []int{0, 20} {
		table := ideas()
		table.Width = width
		if err := Write(broken{}, table); err == nil || err.Error() != "the disk is full" {
			t.Errorf("got %v", err)
		}
	}
}

func many(rows int) Table {
	table := ideas()
	table.Head = append(table.Head, "Coach", "Inkommen", "Etiketter")
	table.Width = 100
	table.Rows = nil
	for i := range rows {
		table.Rows = append(table.Rows, []string{fmt.Sprint(i), fmt.Sprintf("Återbruk av möbler mellan förskolor %d", i), "inkommen", fmt.Sprint(i % 90), "Anna", "2026-11-24", "skola, miljö"})
	}
	return table
}

func TestWriteOfManyRowsIsQuick(t *testing.T) {
	table := many(10_000)
	best := time.Hour
	for range 3 {
		start := time.Now()
		draw(t, table)
		best = min(best, time.Since(start))
	}
	if best > time.Second {
		t.Errorf("10 000 rows took %v", best)
	}
}

func BenchmarkWrite(b *testing.B) {
	table := many(10_000)
	for b.Loop() {
		if err := Write(&bytes.Buffer{}, table); err != nil {
			b.Fatal(err)
		}
	}
}
