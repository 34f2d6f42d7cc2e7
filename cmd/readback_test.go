package cmd_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/emersion/go-ical"
	"github.com/mmcdole/gofeed"
	"github.com/thedatashed/xlsxreader"
	nethtml "golang.org/x/net/html"

	"sluss/cmd"
	"sluss/internal/sheet"
)

// hostile is what people may have written, by the number of the idea.
func hostile() []string {
	return []string{
		`=HYPERLINK("http://x.se";"Klicka")`, "+46 42 10 50 00", "-5", "@SUM(A1)", "=cmd|' /C calc'!A0", "＝1+1", `'=1+1`, `a,b;c"d`, "tab\there",
		`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `]]><x/>`, "&amp; &lt;", `</textarea><!--`, "[länk](javascript:alert(1))",
		"\u202eomvänd\u202c", "\u2066isolerad", "Fara\x1b[2J\x1b]0;x\x07", "del\x7f c1\u009b31m", "🧑‍🚒 åäö ÅÄÖ é", "_x0041_ BEGIN:VEVENT", "2026-11-25", "1234567890123456789",
		"{{.}} ${x} %s", `back\slash\n`, "| rör | *fet*",
	}
}

// long is a text of 100 kB that no cell of a workbook holds.
var long = strings.Repeat("lång text ", 10_000)

// exported is a database of hostile ideas and all else that can be exported,
// run in this process.
type exported struct {
	*testing.T
	folder string
	env    map[string]string
}

func newExported(t *testing.T) *exported {
	x := &exported{T: t, folder: t.TempDir()}
	x.env = map[string]string{"HOME": x.folder, "SLUSS_DB": filepath.Join(x.folder, "sluss.db"), "SLUSS_COACH": "anna", "SLUSS_LANG": "sv",
		"SLUSS_NOW": "2026-11-25T08:00:00Z"}
	x.run("init", "--unit", "Skola", "--unit", `=Vård "<x>"`)
	var rows strings.Builder
	w := csv.NewWriter(&rows)
	_ = w.Write([]string{"title", "need", "unit", "received", "solution"})
	for k, text := range hostile() {
		unit := "Skola"
		if k%2 == 1 {
			unit = `=Vård "<x>"`
		}
		_ = w.Write([]string{sheet.Guard(text), sheet.Guard(text), unit, fmt.Sprintf("2026-10-%02d", k+1), sheet.Guard(text + "\nrad två")})
	}
	w.Flush()
	x.write("in.csv", rows.String())
	x.run("import", x.path("in.csv"))
	x.run("edit", "1", "--need", long, "-o", x.path("said"))
	for k, text := range hostile() {
		x.run("activity", "add", "--kind", "talk", "--at", fmt.Sprintf("2026-11-%02d", k%24+1), "--note="+text, "--unit", "Skola", "-o", x.path("said"), "--", text)
	}
	x.run("test", "plan", "2", "--belief", hostile()[9], "--method", hostile()[15], "--measure", "x", "--target", "1", "--from", "2026-11-01", "--to", "2026-12-01", "-o", x.path("said"))
	for k := range hostile() {
		number := fmt.Sprint(k + 1)
		x.run("story", number, "--in", "sv", "--edit=false", "-o", x.path("said"))
		x.run("story", "publish", number, "--audience", "all", "--at", "2026-11-20", "-o", x.path("said"))
	}
	return x
}

func (x *exported) path(name string) string { return filepath.Join(x.folder, name) }

func (x *exported) write(name, text string) {
	x.Helper()
	if err := os.WriteFile(x.path(name), []byte(text), 0o600); err != nil {
		x.Fatal(err)
	}
}

func (x *exported) run(args ...string) {
	x.Helper()
	if code := cmd.Main(args, func(name string) string { return x.env[name] }); code != 0 {
		x.Fatalf("%.200q ended with %d", args, code)
	}
}

// file is the bytes that an export writes.
func (x *exported) file(ending string, args ...string) []byte {
	x.Helper()
	path := x.path("out." + ending)
	x.run(append(append([]string{"export", ending}, args...), "-o", path)...)
	data, err := os.ReadFile(path)
	if err != nil {
		x.Fatal(err)
	}
	return data
}

// titles is what the ideas of hostile are called: some signs become spaces in a
// title.
func titles() []string {
	out := hostile()
	for k := range out {
		out[k] = strings.ReplaceAll(out[k], "\t", " ")
	}
	return out
}

// visible tells that a text has nothing that steers a terminal or turns letters
// round.
func visible(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool {
		return r != '\n' && r != '\r' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
	})
}

// Everything that people wrote comes out of every format as another reader
// reads it, and nothing of it acts.
func TestReadBack(t *testing.T) {
	x := newExported(t)
	t.Run("csv", func(t *testing.T) { readCSV(t, x.file("csv")) })
	t.Run("csv by Python", func(t *testing.T) { readPython(t, x.file("csv")) })
	t.Run("json", func(t *testing.T) { readJSON(t, x.file("json")) })
	t.Run("xlsx", func(t *testing.T) { readBook(t, x.file("xlsx")) })
	t.Run("md", func(t *testing.T) {
		text := string(x.file("md", "--fields", "number,title,need"))
		if strings.Contains(text, "<script>") || !visible(text) || strings.Count(text, "\n| ") != len(hostile())+2 {
			t.Errorf("%d rows in\n%.2000s", strings.Count(text, "\n| "), text)
		}
	})
	t.Run("html", func(t *testing.T) { readHTML(t, x.file("html", "--fields", "number,title,solution")) })
	t.Run("rss", func(t *testing.T) { readFeed(t, x.file("rss", "--of", "ideas", "--link-base", "https://exempel.se/")) })
	t.Run("rss of examples", func(t *testing.T) { readFeed(t, x.file("rss", "--link-base", "https://exempel.se/")) })
	t.Run("ics", func(t *testing.T) { readCalendar(t, x.file("ics")) })
	t.Run("pages", func(t *testing.T) {
		folder := x.path("pages")
		x.run("export", "html", "--of", "stories", "--each", folder)
		pages, err := filepath.Glob(folder + "/*.html")
		if err != nil || len(pages) != len(hostile())+1 {
			t.Errorf("%d pages, %v", len(pages), err)
		}
		for _, page := range pages {
			data, err := os.ReadFile(page)
			if err != nil {
				t.Fatal(err)
			}
			tame(t, data)
		}
	})
}

// unguarded is a cell of CSV without the apostrophe before what would run.
func unguarded(cell string) string {
	if strings.HasPrefix(cell, "'") && strings.ContainsAny(strings.TrimLeft(cell, "'")[:1], "=+-@＝") || strings.HasPrefix(cell, "'＝") {
		return cell[1:]
	}
	return cell
}

func readCSV(t *testing.T, data []byte) {
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil || len(rows) != len(hostile())+1 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	title, solution := slices.Index(rows[0], "title"), slices.Index(rows[0], "solution")
	for k, row := range rows[1:] {
		if unguarded(row[title]) != titles()[k] || !strings.HasSuffix(row[solution], "\nrad två") {
			t.Errorf("%q came back as %q, %q", titles()[k], row[title], row[solution])
		}
		for _, cell := range row {
			if strings.IndexAny(cell, "=+-@") == 0 {
				t.Errorf("a spreadsheet would run %.60q", cell)
			}
		}
	}
	if need := rows[1][slices.Index(rows[0], "need")]; need != strings.TrimSpace(long) {
		t.Errorf("the long text has %d bytes", len(need))
	}
}

// readPython reads CSV with the reader of another language, where there is one.
func readPython(t *testing.T, data []byte) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("needs python3")
	}
	c := exec.CommandContext(t.Context(), python, "-c", "import csv, io, json, sys\ncsv.field_size_limit(1 << 30)\n"+
		"print(json.dumps([r['title'] for r in csv.DictReader(io.TextIOWrapper(sys.stdin.buffer, 'utf-8', newline=''), strict=True)]))")
	c.Stdin = bytes.NewReader(data)
	out, err := c.Output()
	var read []string
	if err != nil || json.Unmarshal(out, &read) != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for k, title := range read {
		read[k] = unguarded(title)
	}
	if !slices.Equal(read, titles()) {
		t.Errorf("it reads %q", read)
	}
}

func readJSON(t *testing.T, data []byte) {
	var ideas []struct{ Title, Need, Solution string }
	if err := json.Unmarshal(data, &ideas); err != nil || len(ideas) != len(hostile()) {
		t.Fatalf("%d ideas, %v", len(ideas), err)
	}
	for k, i := range ideas {
		if i.Title != titles()[k] || i.Solution != hostile()[k]+"\nrad två" {
			t.Errorf("%q came back as %q, %q", titles()[k], i.Title, i.Solution)
		}
	}
	if !visible(string(data)) {
		t.Error("there are controls in it")
	}
}

func readBook(t *testing.T, data []byte) {
	book, err := xlsxreader.NewReader(data)
	if err != nil {
		t.Fatal(err)
	}
	columns, k := map[string]string{}, 0
	for row := range book.ReadRows(book.Sheets[0]) {
		if row.Error != nil {
			t.Fatal(row.Error)
		}
		cells := map[string]xlsxreader.Cell{}
		for _, c := range row.Cells {
			if row.Index == 1 {
				columns[c.Column] = c.Value
			}
			cells[columns[c.Column]] = c
			if !visible(c.Value) || utf8.RuneCountInString(c.Value) > sheet.MaxCell {
				t.Errorf("%s%d holds %.60q", c.Column, c.Row, c.Value)
			}
		}
		if row.Index == 1 {
			continue
		}
		want := titles()[k]
		k++
		if got := strings.ReplaceAll(cells["Titel"].Value, "_x005F_", "_"); visible(want) && got != want || cells["Titel"].Type != xlsxreader.TypeString {
			t.Errorf("%q came back as %q (%s)", want, got, cells["Titel"].Type)
		}
		if cells["Nr"].Type != xlsxreader.TypeNumerical || cells["Inkom"].Type != xlsxreader.TypeDateTime || cells["Registrerad"].Type != xlsxreader.TypeDateTime {
			t.Errorf("the types are %s, %s, %s", cells["Nr"].Type, cells["Inkom"].Type, cells["Registrerad"].Type)
		}
	}
	if k != len(hostile()) {
		t.Errorf("%d rows", k)
	}
}

// tame fails if a page has an element or an attribute that acts or fetches.
func tame(t *testing.T, data []byte) (text string) {
	t.Helper()
	if !visible(string(data)) {
		t.Error("there are controls in a page")
	}
	for z := nethtml.NewTokenizer(bytes.NewReader(data)); ; {
		switch z.Next() {
		case nethtml.ErrorToken:
			if z.Err() != io.EOF {
				t.Fatal(z.Err())
			}
			return text
		case nethtml.TextToken:
			text += string(z.Text())
		case nethtml.CommentToken:
			t.Errorf("a comment: %q", z.Text())
		case nethtml.StartTagToken, nethtml.SelfClosingTagToken:
			token := z.Token()
			if slices.Contains([]string{"script", "img", "iframe", "object", "x", "textarea", "form", "base"}, token.Data) {
				t.Errorf("there is a %s", token)
			}
			for _, a := range token.Attr {
				value := strings.ToLower(html.UnescapeString(a.Val))
				if strings.HasPrefix(a.Key, "on") || a.Key == "src" || a.Key == "href" && strings.Contains(value, ":") && !strings.HasPrefix(value, "http") && !strings.HasPrefix(value, "mailto:") {
					t.Errorf("there is %s", token)
				}
			}
		}
	}
}

func readHTML(t *testing.T, data []byte) {
	text := tame(t, data)
	for _, title := range titles() {
		if visible(title) && !strings.Contains(text, title) {
			t.Errorf("%q is not to be read in it", title)
		}
	}
}

func readFeed(t *testing.T, data []byte) {
	feed, err := gofeed.NewParser().ParseString(string(data))
	if err != nil {
		t.Fatal(err)
	}
	if feed.FeedType != "rss" || feed.FeedVersion != "2.0" || feed.Link != "https://exempel.se/" || feed.Language != "sv" || feed.Title == "" || feed.Description == "" {
		t.Errorf("the feed is %q %q %q %q %q", feed.FeedType, feed.FeedVersion, feed.Link, feed.Language, feed.Title)
	}
	seen := map[string]bool{}
	for _, i := range feed.Items {
		if seen[i.GUID] || i.GUID == "" || i.PublishedParsed == nil || !strings.HasPrefix(i.Link, feed.Link) || !visible(i.Title) {
			t.Errorf("an item is %q %q %q", i.GUID, i.Link, i.Title)
		}
		seen[i.GUID] = true
		tame(t, []byte(i.Description))
	}
	for _, title := range titles() {
		if visible(title) && !slices.ContainsFunc(feed.Items, func(i *gofeed.Item) bool { return i.Title == title }) {
			t.Errorf("%q is not in it", title)
		}
	}
	if len(feed.Items) != len(hostile()) {
		t.Errorf("%d items", len(feed.Items))
	}
}

func readCalendar(t *testing.T, data []byte) {
	calendar, err := ical.NewDecoder(bytes.NewReader(data)).Decode()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, e := range calendar.Events() {
		uid, _ := e.Props.Text(ical.PropUID)
		what, err := e.Props.Text(ical.PropSummary)
		start, wrong := e.DateTimeStart(nil)
		if err != nil || wrong != nil || seen[uid] || uid == "" || what == "" || !visible(what) || start.IsZero() {
			t.Errorf("an event is %q %q %v %v %v", uid, what, start, err, wrong)
		}
		seen[uid] = true
	}
	if len(seen) != len(hostile())+1 {
		t.Errorf("%d events", len(seen))
	}
	var again bytes.Buffer
	if err := ical.NewEncoder(&again).Encode(calendar); err != nil {
		t.Errorf("it is not valid: %v", err)
	}
}

// The same data gives the same bytes, whatever the time zone, the locale and the
// order of maps are.
func TestExportsAreStable(t *testing.T) {
	x := newExported(t)
	exports := map[string][]string{"csv": nil, "json": nil, "md": nil, "html": {"--fields", "number,registered,stage"}, "xlsx": nil,
		"rss": {"--link-base", "https://exempel.se/"}, "ics": nil}
	surroundings := [][]string{{"TZ=UTC", "LANG=C"}, {"TZ=Pacific/Kiritimati", "LANG=sv_SE.UTF-8", "LC_ALL=sv_SE.UTF-8"}, {"TZ=America/Los_Angeles", "LANG=tr_TR.UTF-8", "LC_NUMERIC=de_DE"}}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(x.folder, "sluss")
	if os.Link(self, program) != nil && os.Symlink(self, program) != nil {
		t.Skip("the program cannot be linked")
	}
	for format, args := range exports {
		var first []byte
		for k, around := range surroundings {
			c := exec.CommandContext(t.Context(), program, append([]string{"export", format}, args...)...)
			for name, value := range x.env {
				c.Env = append(c.Env, name+"="+value)
			}
			c.Env = append(c.Env, around...)
			out, err := c.Output()
			if err != nil || len(out) == 0 {
				t.Fatalf("%s: %v", format, err)
			}
			if k == 0 {
				first = out
			} else if !bytes.Equal(out, first) {
				t.Errorf("%s with %v differs", format, around)
			}
		}
	}
}
