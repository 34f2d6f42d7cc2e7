package sheet

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// readAll reads text to the end.
func readAll(text string, o ReadOptions) (*Reader, [][]string, error) {
	r, err := NewReader(strings.NewReader(text), o)
	if err != nil {
		return nil, nil, err
	}
	rows, err := rest(r)
	return r, rows, err
}

func rest(r *Reader) ([][]string, error) {
	var rows [][]string
	for {
		row, err := r.Read()
		if err == io.EOF {
			return rows, nil
		}
		if err != nil {
			return rows, err
		}
		rows = append(rows, append([]string{}, row.Cells...))
	}
}

func TestRead(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want [][]string
	}{
		"plain":            {"a,b\n1,2\n", [][]string{{"1", "2"}}},
		"no last line end": {"a,b\n1,2", [][]string{{"1", "2"}}},
		"CR LF":            {"a,b\r\n1,2\r\n3,4\r\n", [][]string{{"1", "2"}, {"3", "4"}}},
		"CR":               {"a,b\r1,2\r3,4\r", [][]string{{"1", "2"}, {"3", "4"}}},
		"mixed line ends":  {"a,b\r1,2\n3,4\r\n5,6", [][]string{{"1", "2"}, {"3", "4"}, {"5", "6"}}},
		"only headings":    {"a,b\r\n", nil},
		"headings, no end": {"a,b", nil},
		"blank lines":      {"\n\na,b\n\n1,2\n\r\n\n", [][]string{{"1", "2"}}},
		"empty cells":      {"a,b,c\n,,\n\"\",,x\n", [][]string{{"", "", ""}, {"", "", "x"}}},
		"empty last cell":  {"a,b\n1,", [][]string{{"1", ""}}},
		"quoted":           {"a,b\n\"1,1\",\"2\"\n", [][]string{{"1,1", "2"}}},
		"doubled quotes":   {"a,b\n\"say \"\"hi\"\"\",\"\"\"\"\n", [][]string{{`say "hi"`, `"`}}},
		"quoted lines":     {"a,b\n\"1\r\n2\n3\",4\n5,6", [][]string{{"1\r\n2\n3", "4"}, {"5", "6"}}},
		"quote in a cell":  {"a,b\nthe 5\" pipe,a \"b\" c\n", [][]string{{`the 5" pipe`, `a "b" c`}}},
		"quote, no more":   {"a,b\n1,\"2\"", [][]string{{"1", "2"}}},
		"ragged":           {"a,b\n1\n1,2,3\n", [][]string{{"1"}, {"1", "2", "3"}}},
		"spaces are kept":  {"a,b\n 1 , \n", [][]string{{" 1 ", " "}}},
		"lone empty cell":  {"a\n\"\"\nx\n", [][]string{{""}, {"x"}}},
		"BOM":              {"\ufeffa,b\nå,ä\n", [][]string{{"å", "ä"}}},
		"sep line":         {"sep=;\r\na;b,c\r\n1;2,3\r\n", [][]string{{"1", "2,3"}}},
	} {
		for size, source := range map[string]func(io.Reader) io.Reader{
			"whole": func(r io.Reader) io.Reader { return r }, "by bytes": iotest.OneByteReader, "early end": iotest.DataErrReader,
		} {
			r, err := NewReader(source(strings.NewReader(c.text)), ReadOptions{})
			if err != nil {
				t.Errorf("%s, %s: %v", name, size, err)
				continue
			}
			rows, err := rest(r)
			if err != nil || !reflect.DeepEqual(rows, c.want) {
				t.Errorf("%s, %s: got %q, %v; want %q", name, size, rows, err, c.want)
			}
			if r.Bytes() != int64(len(c.text)) {
				t.Errorf("%s, %s: %d bytes read of %d", name, size, r.Bytes(), len(c.text))
			}
		}
	}
}

func TestHeader(t *testing.T) {
	r, _, err := readAll("\ufeff Rubrik ;\"Behov \";\"x\ny\"\n1;2;3\n", ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"Rubrik", "Behov", "x\ny"}; !reflect.DeepEqual(r.Header(), want) {
		t.Errorf("got %q, want %q", r.Header(), want)
	}
}

func TestSeparator(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want rune
	}{
		"comma":                      {"a,b\n1,2\n", ','},
		"semicolon, decimal commas":  {"a;b;c\n1,5;2,5;x\n2,5;3,5;y, z\n", ';'},
		"tab":                        {"a\tb\n1, 2; 3\t4\n", '\t'},
		"bar":                        {"a|b\n1, 2|3\n", '|'},
		"comma, lists in quotes":     {"a,b\n\"1;2;3\",4\n\"5;6\",7\n", ','},
		"semicolon, commas headings": {"a;b (x, y, z)\n1;2\n3;4\n", ';'},
		"one column":                 {"title\nFix the road, please\nMore trees\n", ';'},
		"one column, plain":          {"title\nMore trees\n", ','},
		"headings only":              {"a|b,c|d", '|'},
		"one heading with a comma":   {"title, such as it is\nMore trees\nBenches\n", ';'},
		"an end in every row":        {"a;b;c\n1;2;3,;\n4;5;6;\n", ';'},
		"ragged semicolons":          {"a;b;c\n1;2\n1;2;3\n1;2;3;4\n", ';'},
	} {
		r, _, err := readAll(c.text, ReadOptions{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := r.Dialect().Comma; got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
	r, rows, err := readAll("sep=,\na,b;c\n1,2;3\n", ReadOptions{Comma: ';'})
	if err != nil || r.Dialect().Comma != ';' || !reflect.DeepEqual(rows, [][]string{{"1,2", "3"}}) {
		t.Errorf("a separator that is asked for: got %q, %v", rows, err)
	}
}

func TestEncoding(t *testing.T) {
	const text = "rubrik;pris\r\nBänkar på Öland – så här;5 €\r\n"
	encode := func(s string, err error) string {
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	ansi := encode(charmap.Windows1252.NewEncoder().String(text))
	little := encode(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text))
	big := encode(unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(text))
	bare := encode(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().String(text))
	for name, c := range map[string]struct {
		text  string
		asked Encoding
		want  Dialect
	}{
		"UTF-8":               {text, "", Dialect{';', UTF8, false}},
		"UTF-8 with BOM":      {"\ufeff" + text, "", Dialect{';', UTF8, true}},
		"BOM and asked":       {"\ufeff" + text, UTF8, Dialect{';', UTF8, true}},
		"Windows-1252":        {ansi, "", Dialect{';', Windows1252, false}},
		"Windows-1252, asked": {ansi, Windows1252, Dialect{';', Windows1252, false}},
		"UTF-16LE":            {little, "", Dialect{';', UTF16LE, true}},
		"UTF-16BE":            {big, "", Dialect{';', UTF16BE, true}},
		"UTF-16LE, no BOM":    {bare, UTF16LE, Dialect{';', UTF16LE, false}},
	} {
		r, rows, err := readAll(c.text, ReadOptions{Encoding: c.asked})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if r.Dialect() != c.want {
			t.Errorf("%s: taken for %v", name, r.Dialect())
		}
		if want := [][]string{{"Bänkar på Öland – så här", "5 €"}}; !reflect.DeepEqual(rows, want) {
			t.Errorf("%s: got %q", name, rows)
		}
	}
}

// TestEncodingAtTheHeadsEnd has a character of two bytes on the border of what
// the encoding is judged by.
func TestEncodingAtTheHeadsEnd(t *testing.T) {
	for shift := range 3 {
		line := strings.Repeat("x", 99) + "\n"
		text := "a\n" + strings.Repeat(line, headSize/100+1)
		text = text[:headSize-shift] + "å\nö\n"
		r, rows, err := readAll(text, ReadOptions{})
		if err != nil || r.Dialect().Encoding != UTF8 || rows[len(rows)-1][0] != "ö" {
			t.Errorf("shift %d: %v", shift, err)
		}
	}
	r, rows, err := readAll("a\nkaf\xe9", ReadOptions{})
	if err != nil || r.Dialect().Encoding != Windows1252 || rows[0][0] != "kafé" {
		t.Errorf("a file that ends in an accented letter: %q, %v", rows, err)
	}
}

func TestReadErrors(t *testing.T) {
	long := "a\n" + strings.Repeat("plain text\n", headSize/10)
	for name, c := range map[string]struct {
		text string
		want string
	}{
		"empty":                 {"", "the file is empty"},
		"only a BOM":            {"\ufeff", "the file is empty"},
		"only blank lines":      {"\n\r\n", "the file is empty"},
		"a workbook":            {"PK\x03\x04rest", "this is a workbook or an archive, not CSV"},
		"unclosed":              {"a,b\n1,2\n\"x\ny\",å \"z\n3,\"4\n5,6\n", "line 5, column 3: a quote opens here and never closes"},
		"unclosed heading":      {"a,\"b\n", "line 1, column 3: a quote opens here and never closes"},
		"stray":                 {"a,b\n1,2\n\"x\nåäö\"y\",2\n", "line 4, column 4: a quote stands inside a quoted cell"},
		"NUL":                   {"a,b\n1,å\x00\n", "line 2, column 4: there is a NUL character here"},
		"Windows-1252 too late": {long + "caf\xe9\n", fmt.Sprintf("line %d, column 4: the byte 0xe9 is not UTF-8", strings.Count(long, "\n")+1)},
		"a huge row":            {"a\nb\n" + strings.Repeat("x", maxRow+1), "line 3: the row is longer than 10 MiB"},
		"a huge whole row":      {"a\nb\n" + strings.Repeat("x", maxRow) + "\nc\n", "line 3: the row is longer than 10 MiB"},
		"a huge quoted row":     {"a\nb\n \"x,\"" + strings.Repeat("x\n", maxRow), "line 3, column 5: a quote opens here and never closes"},
		"too many cells":        {"a\nb,b\n" + strings.Repeat(",", maxCells), "line 3: the row has more than 16384 cells"},
	} {
		r, _, err := readAll(c.text, ReadOptions{Comma: ','})
		var e *Error
		if !errors.As(err, &e) || err.Error() != c.want {
			t.Errorf("%s: got %v, want %s", name, err, c.want)
			continue
		}
		if e.Hint == "" {
			t.Errorf("%s: there is no hint", name)
		}
		if r != nil {
			if _, again := r.Read(); again != err {
				t.Errorf("%s: the next Read gives %v", name, again)
			}
		}
	}
	for _, o := range []ReadOptions{{Comma: '"'}, {Comma: '\n'}, {Comma: 'å'}, {Encoding: "ebcdic"}} {
		if _, _, err := readAll("a,b\n", o); err == nil {
			t.Errorf("%v is not refused", o)
		}
	}
}

func TestReadGivesTheErrorOfItsSource(t *testing.T) {
	broken := errors.New("the disk is broken")
	source := io.MultiReader(strings.NewReader("a\n"+strings.Repeat("x\n", headSize)), iotest.ErrReader(broken))
	r, err := NewReader(source, ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := rest(r); err != broken {
		t.Errorf("got %v", err)
	}
	if _, err := NewReader(iotest.ErrReader(broken), ReadOptions{}); err != broken {
		t.Errorf("got %v", err)
	}
}

func TestPosition(t *testing.T) {
	r, err := NewReader(strings.NewReader("\ufeffa,b,c\r\nå,\"x\r\nyö\",z\r\n\r\n1\r\n"), ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	want := [][][2]int{{{2, 1}, {2, 3}, {3, 5}, {3, 6}}, {{5, 1}, {5, 2}, {5, 2}}}
	for _, places := range want {
		row, err := r.Read()
		if err != nil {
			t.Fatal(err)
		}
		if row.Line != places[0][0] {
			t.Errorf("the row begins on line %d, want %d", row.Line, places[0][0])
		}
		for i, place := range places {
			if line, column := row.Position(i); line != place[0] || column != place[1] {
				t.Errorf("cell %d of line %d is at %d:%d, want %v", i, row.Line, line, column, place)
			}
		}
	}
}

func TestNote(t *testing.T) {
	r, err := NewReader(strings.NewReader("a,b\n1,2\n1\n1,2,3\n"), ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"", "line 3: cells in the row: 1, headings: 2", "line 4: cells in the row: 3, headings: 2"} {
		row, err := r.Read()
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if note := row.Note(); note != nil {
			got = note.Error()
		}
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestCellsOutliveTheNextRow(t *testing.T) {
	r, err := NewReader(strings.NewReader("a\n"+strings.Repeat("first\n", bufferSize)), ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	row, err := r.Read()
	if err != nil {
		t.Fatal(err)
	}
	cell := row.Cells[0]
	if _, err := rest(r); err != nil || cell != "first" {
		t.Errorf("the cell has become %q (%v)", cell, err)
	}
}

func TestParseEncoding(t *testing.T) {
	for name, want := range map[string]Encoding{"UTF-8": UTF8, "utf8": UTF8, "Latin1": Windows1252, "utf-16be": UTF16BE, "": "", "klingon": ""} {
		if got, ok := ParseEncoding(name); got != want || ok != (want != "") {
			t.Errorf("ParseEncoding(%q) = %q, %v", name, got, ok)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{"a,b\n1,2\n", "\ufeffa;b\r\n\"x\"\"\r\n\";y", "a\tb\r1\t\"", "sep=;\na", "\xff\xfea\x00,\x00b\x00\n\x00", "a\xe5|b\n\x00"} {
		f.Add([]byte(seed), byte(0))
	}
	f.Fuzz(func(t *testing.T, text []byte, comma byte) {
		r, err := NewReader(strings.NewReader(string(text)), ReadOptions{Comma: rune(comma)})
		if err != nil {
			return
		}
		for last := 0; ; {
			row, err := r.Read()
			if err != nil {
				return
			}
			if row.Line <= last || len(row.Cells) == 0 {
				t.Fatalf("line %d comes after line %d with %q", row.Line, last, row.Cells)
			}
			last = row.Line
			for i := range len(row.Cells) + 1 {
				if line, column := row.Position(i); line < row.Line || column < 1 {
					t.Fatalf("cell %d is at %d:%d", i, line, column)
				}
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	const rows = 100_000
	var text strings.Builder
	text.WriteString("number,title,need,kind,stage\n")
	for i := range rows {
		fmt.Fprintf(&text, "%d,Bänkar i parken,\"Det finns, som \"\"alla\"\" vet, för få\",resident,received\n", i)
	}
	b.SetBytes(int64(text.Len()))
	b.ReportAllocs()
	for b.Loop() {
		r, err := NewReader(strings.NewReader(text.String()), ReadOptions{})
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		for ; err == nil; n++ {
			_, err = r.Read()
		}
		if err != io.EOF || n != rows+1 {
			b.Fatal(n, err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*rows), "ns/row")
}
