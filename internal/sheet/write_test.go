package sheet

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func write(t *testing.T, o WriteOptions, rows ...[]Value) string {
	t.Helper()
	var out strings.Builder
	w := NewWriter(&out, o)
	for _, row := range rows {
		if err := w.Write(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestWrite(t *testing.T) {
	rows := [][]Value{
		{{Text: "number"}, {Text: "title"}, {Text: "value"}},
		{{Text: "1", Number: true}, {Text: "Bänkar; och \"bord\", fler"}, {Text: "-1234.5", Number: true}},
		{{Text: "", Number: true}, {Text: ""}, {Text: "line\nbreak"}},
		{{Text: "-5"}, {Text: "=1+1", Number: true}, {Text: "1.2.3", Number: true}},
	}
	for _, c := range []struct {
		o    WriteOptions
		want string
	}{
		{WriteOptions{}, "number,title,value\n1,\"Bänkar; och \"\"bord\"\", fler\",-1234.5\n,,\"line\nbreak\"\n'-5,'=1+1,1.2.3\n"},
		{WriteOptions{Excel: true}, "\ufeffnumber;title;value\r\n1;\"Bänkar; och \"\"bord\"\", fler\";-1234,5\r\n;;\"line\nbreak\"\r\n'-5;'=1+1;1.2.3\r\n"},
	} {
		if got := write(t, c.o, rows...); got != c.want {
			t.Errorf("%v: got\n%q, want\n%q", c.o, got, c.want)
		}
	}
	if got := write(t, WriteOptions{Excel: true}); got != "\ufeff" {
		t.Errorf("nothing is written as %q", got)
	}
	if got := write(t, WriteOptions{}, []Value{{}}); got != "\"\"\n" {
		t.Errorf("a lone empty cell is written as %q", got)
	}
}

type full struct{}

var errFull = errors.New("the disk is full")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestWriteGivesTheErrorOfItsTarget(t *testing.T) {
	w := NewWriter(full{}, WriteOptions{})
	if err := w.Write([]Value{{Text: strings.Repeat("x", 1<<20)}}); err != errFull {
		t.Errorf("Write gives %v", err)
	}
	if err := w.Flush(); err != errFull {
		t.Errorf("Flush gives %v", err)
	}
}

func TestGuard(t *testing.T) {
	for text, want := range map[string]string{
		"":                   "",
		"plain":              "plain",
		"a=1":                "a=1",
		"=1+1":               "'=1+1",
		"+46 40 34 10 00":    "'+46 40 34 10 00",
		"-5":                 "'-5",
		"@SUM(A1)":           "'@SUM(A1)",
		"\tx":                "'\tx",
		"\rx":                "'\rx",
		"\nx":                "'\nx",
		"\x00x":              "'\x00x",
		"＝1":                 "'＝1",
		"＋1":                 "'＋1",
		"－1":                 "'－1",
		"＠x":                 "'＠x",
		"'tis":               "'tis",
		"''":                 "''",
		"'=1":                "''=1",
		"''=1":               "'''=1",
		"=cmd|' /C calc'!A0": "'=cmd|' /C calc'!A0",
	} {
		if got := Guard(text); got != want {
			t.Errorf("Guard(%q) = %q, want %q", text, got, want)
		}
		if got := Unguard(want); got != text {
			t.Errorf("Unguard(%q) = %q, want %q", want, got, text)
		}
	}
}

func TestUnguardUndoesGuard(t *testing.T) {
	nasty := rapid.StringOfN(rapid.RuneFrom([]rune("''=+-@\t\r\n\x00＝＋－＠aå")), 0, 8, -1)
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(nasty, rapid.String()).Draw(t, "text")
		if got := Unguard(Guard(s)); got != s {
			t.Fatalf("%q comes back as %q", s, got)
		}
		if runs(Guard(s)) {
			t.Fatalf("%q is not guarded", s)
		}
		if u := Unguard(s); u != s && Guard(u) != s {
			t.Fatalf("Guard cannot have made %q, yet it becomes %q", s, u)
		}
	})
}

func FuzzRoundTrip(f *testing.F) {
	f.Add("plain", "å;ä,ö", "=1+1\n\"x\"", false)
	f.Add("", "", "", true)
	f.Add("'", "\r", "\r\n\t|", true)
	f.Fuzz(func(t *testing.T, a, b, c string, excel bool) {
		cells := []string{a, b, c}
		for _, cell := range cells {
			if !utf8.ValidString(cell) || strings.Contains(cell, "\x00") {
				t.Skip()
			}
		}
		rows := [][]Value{{{Text: "a"}, {Text: "b"}, {Text: "c"}}, {{Text: a}, {Text: b}, {Text: c}}, {{Text: c}, {Text: b}, {Text: a}}}
		_, got, err := readAll(write(t, WriteOptions{Excel: excel}, rows...), ReadOptions{})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range got {
			for i := range row {
				row[i] = Unguard(row[i])
			}
		}
		if want := [][]string{cells, {c, b, a}}; !reflect.DeepEqual(got, want) {
			t.Fatalf("%q comes back as %q", want, got)
		}
	})
}

// TestRoundTripOfOneColumn is the hard case: no separator, and an empty cell
// that must not become a blank line.
func TestRoundTripOfOneColumn(t *testing.T) {
	for _, excel := range []bool{false, true} {
		text := write(t, WriteOptions{Excel: excel}, []Value{{Text: "title"}}, []Value{{Text: ""}}, []Value{{Text: "a;b,c"}})
		_, got, err := readAll(text, ReadOptions{})
		if want := [][]string{{""}, {"a;b,c"}}; err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got %q, %v", got, err)
		}
	}
}
