package cmd_test

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"sluss/internal/file"
	"sluss/internal/sheet"

	"io"
)

// BenchmarkProgram times the built program beside the sqlite3 shell doing the
// same on the same file, in turn, whole processes. It reports the medians in
// milliseconds and their ratio. The sizes are 1,000 and 100,000 ideas with ten
// events each, or those in SLUSS_BENCH_SIZES:
//
//	SLUSS_BENCH_SIZES=1000,100000,1000000 go test ./cmd -run '^$' -bench Program -timeout 2h
func BenchmarkProgram(b *testing.B) {
	shell, err := exec.LookPath("sqlite3")
	if err != nil {
		b.Skip("needs the sqlite3 shell")
	}
	bench := &bench{shell: shell, dir: b.TempDir()}
	bench.build(b)
	b.Run("start", func(b *testing.B) {
		compare(b, "cobra", bench.sluss("version"), func() *exec.Cmd { return exec.Command(bench.path("bare"), "version") })
	})
	for _, size := range benchSizes(b) {
		b.Run(strconv.Itoa(size), func(b *testing.B) { bench.size(b, size) })
	}
}

func benchSizes(b *testing.B) []int {
	text := os.Getenv("SLUSS_BENCH_SIZES")
	if text == "" {
		text = "1000,100000"
	}
	var sizes []int
	for _, word := range strings.Split(text, ",") {
		n, err := strconv.Atoi(word)
		if err != nil {
			b.Fatal(err)
		}
		sizes = append(sizes, n)
	}
	return sizes
}

type bench struct{ shell, dir, db string }

func (x *bench) path(name string) string { return filepath.Join(x.dir, name) }

// build makes both programs as a release would, without cgo and symbols.
func (x *bench) build(b testing.TB) {
	for name, folder := range map[string]string{"sluss": "..", "bare": "./testdata/bare"} {
		c := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", x.path(name), folder)
		c.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := c.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
	}
}

func (x *bench) sluss(args ...string) func() *exec.Cmd {
	return func() *exec.Cmd {
		c := exec.Command(x.path("sluss"), args...)
		c.Env = append(os.Environ(), "SLUSS_DB="+x.db, "SLUSS_CONFIG="+x.path("none.yaml"), "SLUSS_COACH=anna")
		return c
	}
}

func (x *bench) sql(script string) func() *exec.Cmd {
	return func() *exec.Cmd {
		c := exec.Command(x.shell, "-bail", x.db)
		c.Stdin = strings.NewReader("PRAGMA foreign_keys = 1;\n" + script)
		return c
	}
}

// size measures every command on a file of so many ideas.
func (x *bench) size(b *testing.B, ideas int) {
	x.fill(b, ideas)
	filled := x.db
	x.db = x.path(fmt.Sprintf("import-%d.db", ideas))
	b.Run("import", func(b *testing.B) { x.imports(b, x.path("ideas.csv")) })
	x.db = filled
	x.must(b, x.sluss("add", "Miljö och lek"))
	middle := strconv.Itoa(ideas / 2)
	for _, c := range []struct{ name, args, query string }{
		{"add", "add|Solceller på skolans tak|--kind|resident|--unit|Enhet 3", addIdea},
		{"show", "show|" + middle, fmt.Sprintf(showIdea, middle)},
		{"list", "list|--stage|test|--limit|50", listIdeas},
		{"search", "search|ljus|energiarna", searchIdeas},
		{"similar", "similar|" + strconv.Itoa(ideas+1), similarIdeas},
		{"today", "today", todayIdeas},
		{"board", "board", boardIdeas},
	} {
		b.Run(c.name, func(b *testing.B) {
			compare(b, "sqlite3", x.sluss(strings.Split(c.args, "|")...), x.sql(c.query))
		})
	}
	for _, name := range reportNames() {
		b.Run("report "+name, func(b *testing.B) {
			compare(b, "sqlite3", x.sluss(reportArgs(name)...), x.sql(reportSQL(b, name)))
		})
	}
	b.Run("report year", func(b *testing.B) { x.alone(b, x.sluss("report", "year", "2024")) })
	shellCSV := func(query string) func() *exec.Cmd {
		return func() *exec.Cmd { return exec.Command(x.shell, x.db, ".mode csv", ".headers on", query) }
	}
	b.Run("csv", func(b *testing.B) { compare(b, "sqlite3", x.sluss("export", "csv"), shellCSV(csvIdeas)) })
	b.Run("csv of some columns", func(b *testing.B) {
		compare(b, "sqlite3", x.sluss("export", "csv", "--fields", storedFields), shellCSV(storedIdeas))
	})
	for _, format := range []string{"csv", "json", "md", "html", "xlsx"} {
		b.Run("memory of "+format, func(b *testing.B) { x.memory(b, format) })
	}
}

// alone measures a command that SQL has nothing like.
func (x *bench) alone(b *testing.B, command func() *exec.Cmd) {
	var all []time.Duration
	for b.Loop() {
		all = append(all, timed(b, command()))
	}
	b.ReportMetric(median(all), "ms")
	b.ReportMetric(0, "ns/op")
}

// fill makes a file of so many ideas with their history.
func (x *bench) fill(t testing.TB, ideas int) {
	csv := x.path("ideas.csv")
	writeIdeas(t, csv, ideas)
	x.db = x.path(fmt.Sprintf("%d.db", ideas))
	x.must(t, x.sluss("init", "--yes"))
	x.must(t, x.sluss("import", csv, "--add-units", "--source", "x"))
	x.must(t, x.sql(readSQL(t, "history")))
}

// memory measures how much an export takes at its most.
func (x *bench) memory(b *testing.B, format string) {
	var most int64
	for b.Loop() {
		c := x.sluss("export", format)()
		timed(b, c)
		most = max(most, peak(c.ProcessState))
	}
	b.ReportMetric(float64(most)/1024, "MiB")
	b.ReportMetric(0, "ns/op")
}

// imports compares an import with the shell's own into the same tables, each
// time into a new file.
func (x *bench) imports(b *testing.B, csv string) {
	script := strings.ReplaceAll(importIdeas, "FILE", csv)
	compareFrom(b, "sqlite3", func() {
		for _, ending := range []string{"", "-wal", "-shm"} {
			os.Remove(x.db + ending)
		}
		x.must(b, x.sluss("init", "--yes"))
	}, x.sluss("import", csv, "--add-units", "--source", "x"), func() *exec.Cmd {
		c := exec.Command(x.shell, x.db)
		c.Stdin = strings.NewReader(script)
		return c
	})
}

func (x *bench) must(b testing.TB, command func() *exec.Cmd) {
	b.Helper()
	if out, err := command().CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
}

func compare(b *testing.B, other string, ours, theirs func() *exec.Cmd) {
	compareFrom(b, other, func() {}, ours, theirs)
}

// compareFrom runs two commands in turn, each from the same beginning.
func compareFrom(b *testing.B, other string, begin func(), ours, theirs func() *exec.Cmd) {
	var a, z []time.Duration
	for b.Loop() {
		begin()
		a = append(a, timed(b, ours()))
		begin()
		z = append(z, timed(b, theirs()))
	}
	b.ReportMetric(median(a), "ms")
	b.ReportMetric(median(z), other+"-ms")
	b.ReportMetric(median(a)/median(z), "ratio")
	b.ReportMetric(0, "ns/op")
}

func timed(b *testing.B, c *exec.Cmd) time.Duration {
	var said strings.Builder
	c.Stderr = &said
	start := time.Now()
	if err := c.Run(); err != nil {
		b.Fatalf("%v: %v\n%s", c.Args, err, said.String())
	}
	return time.Since(start)
}

func median(all []time.Duration) float64 {
	slices.Sort(all)
	return float64(all[len(all)/2].Microseconds()) / 1000
}

// writeIdeas writes a file of made-up ideas, the same at every run.
func writeIdeas(b testing.TB, path string, n int) {
	words := strings.Fields("skola park cykel energi äldre möte digital resa vatten ljus åter bruk lek plats stad buss träd mat hälsa tid arbete miljö öppen grön trygg")
	random := rand.New(rand.NewPCG(1, 2))
	sentence := func(count int, endings ...string) string {
		out := make([]string, count)
		for i := range out {
			out[i] = words[random.IntN(len(words))] + endings[random.IntN(len(endings))]
		}
		return strings.Join(out, " ")
	}
	day := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	err := file.Write(path, 0o600, func(out io.Writer) error {
		w := sheet.NewWriter(bufio.NewWriter(out), sheet.WriteOptions{})
		row := func(cells ...string) error {
			values := make([]sheet.Value, len(cells))
			for i, c := range cells {
				values[i] = sheet.Value{Text: c}
			}
			return w.Write(values)
		}
		if err := row("external_id", "title", "need", "kind", "unit", "received", "tags"); err != nil {
			return err
		}
		for i := range n {
			kind := []string{"employee", "resident", "company"}[random.IntN(3)]
			received := day.AddDate(0, 0, i*2100/n).Format(time.DateOnly)
			err := row(strconv.Itoa(i+1), sentence(5, ""), sentence(25, "", "en", "arna", "et"), kind,
				fmt.Sprintf("Enhet %d", random.IntN(12)+1), received, words[random.IntN(len(words))])
			if err != nil {
				return err
			}
		}
		return w.Flush()
	})
	if err != nil {
		b.Fatal(err)
	}
}

const addIdea = `BEGIN IMMEDIATE;
INSERT INTO command (at, who, name) VALUES (1764000000000, 1, 'add');
INSERT INTO idea (title, kind, stage, stage_since, unit, coach, registrar, received, registered)
	VALUES ('Solceller på skolans tak', 'resident', 'received', 1764000000000, (SELECT id FROM unit WHERE name = 'Enhet 3'), 1, 1, '2025-11-25', 1764000000000);
INSERT INTO event (command, at, subject, subject_id, field, new)
	SELECT max(command.id), 1764000000000, 'idea', (SELECT max(number) FROM idea), 'stage', 'received' FROM command;
INSERT INTO idea_fts (rowid, title, body, notes) SELECT number, title, body, notes FROM idea_text WHERE number = (SELECT max(number) FROM idea);
COMMIT;`

const showIdea = `SELECT *, (SELECT group_concat(tag) FROM idea_tag WHERE idea = number) FROM idea WHERE number = %[1]s;
SELECT e.at, c.who, e.new FROM event e JOIN command c ON c.id = e.command WHERE subject_id = %[1]s AND field = 'note' AND live = 1 ORDER BY e.id;
SELECT * FROM answer WHERE idea = %[1]s;
SELECT e.*, c.* FROM event e JOIN command c ON c.id = e.command WHERE subject = 'idea' AND subject_id = %[1]s ORDER BY e.id DESC;`

const listIdeas = `SELECT number, title, i.kind, s.name_en, stage_since, u.name, c.name, received,
	(SELECT group_concat(tag) FROM idea_tag WHERE idea = number)
	FROM idea i JOIN stage s ON s.key = i.stage LEFT JOIN unit u ON u.id = i.unit LEFT JOIN coach c ON c.id = i.coach
	WHERE i.stage = 'test' ORDER BY number DESC LIMIT 50;`

const searchIdeas = `WITH found AS (SELECT rowid AS number, snippet(idea_fts, -1, '[', ']', '…', 14) AS excerpt, rank FROM idea_fts
	WHERE idea_fts MATCH '"ljus"* "energiarna"*' AND rank MATCH 'bm25(8.0, 2.0, 1.0)' ORDER BY rank LIMIT 20)
	SELECT idea.number, title, stage, excerpt FROM found JOIN idea USING (number) ORDER BY rank, idea.number;`

const similarIdeas = `WITH found AS (SELECT rowid AS number, rank FROM idea_fts
	WHERE idea_fts MATCH '{title body} : ("miljö"* OR "lek"*)' AND rank MATCH 'bm25(8.0, 2.0, 0.0)' ORDER BY rank LIMIT 200)
	SELECT idea.number, title, stage, need FROM found JOIN idea USING (number) ORDER BY rank, idea.number;`

// todayIdeas gives what waits in ideas that are anna's or nobody's. The shell
// knows no working days: it counts 14 days for the ten of the promise.
const todayIdeas = `WITH open AS (SELECT i.number, i.title, i.received, i.answered, i.due, i.next, i.next_by, i.wake, i.stage_since, s.kind, s.limit_days, c.name
		FROM idea i JOIN stage s ON s.key = i.stage LEFT JOIN coach c ON c.id = i.coach
		WHERE s.kind NOT IN ('realised', 'closed') AND (i.coach IS NULL OR c.name = 'anna'))
	SELECT 'answer', number, title, date(received, '+14 days') AS by, 'sluss answer ' || number FROM open WHERE answered = '' AND received <= date('now', '-10 days')
	UNION ALL SELECT 'due', number, title, due, 'sluss show ' || number FROM open WHERE due <> '' AND due <= date('now', '+7 days')
	UNION ALL SELECT 'next', number, title || next, next_by, 'sluss next ' || number FROM open WHERE next_by <> '' AND next_by <= date('now', '+7 days')
	UNION ALL SELECT 'wake', number, title, wake, 'sluss reopen ' || number FROM open WHERE kind = 'parked' AND wake <> '' AND wake <= date('now', '+7 days')
	UNION ALL SELECT 'stage', number, title, date(stage_since / 1000 + limit_days * 86400, 'unixepoch'), 'sluss move ' || number
		FROM open WHERE limit_days > 0 AND stage_since < (unixepoch() - limit_days * 86400) * 1000
	UNION ALL SELECT 'test', t.idea, title, ends, 'sluss test finish ' || t.idea FROM test_card t JOIN open ON number = t.idea
		WHERE finished = '' AND ends <> '' AND ends <= date('now', '+7 days')
	UNION ALL SELECT 'effect', e.idea, title, follow_up, 'sluss effect see ' || e.idea FROM effect e JOIN open ON number = e.idea
		WHERE follow_up <> '' AND follow_up <= date('now', '+7 days')
	UNION ALL SELECT 'meeting', count(*), f.name, day, 'sluss agenda ' || day FROM agenda_item a JOIN forum f ON f.id = a.forum
		WHERE day BETWEEN date('now') AND date('now', '+7 days') GROUP BY a.forum, day
	ORDER BY by, 1, 2;`

const boardIdeas = `SELECT s.name_en, number, title, (unixepoch() - stage_since / 1000) / 86400,
	CASE WHEN limit_days > 0 AND stage_since < (unixepoch() - limit_days * 86400) * 1000 THEN 'stuck ' ELSE '' END ||
	CASE WHEN answered = '' AND merged_into IS NULL AND received < date('now', '-14 days') THEN 'answer late' ELSE '' END
	FROM idea i JOIN stage s ON s.key = i.stage WHERE s.kind NOT IN ('parked', 'closed') ORDER BY s.position, stage_since, number;`

// csvIdeas is the columns of an export, with 14 days for the ten working days of
// the promise.
const csvIdeas = `SELECT number, title, stage, max(0, CAST(julianday('now', 'localtime', 'start of day') - julianday(date(stage_since / 1000, 'unixepoch', 'localtime')) AS INTEGER)) AS days_in_stage,
	i.kind, u.name AS unit, c.name AS coach, received, strftime('%Y-%m-%dT%H:%M:%SZ', registered / 1000, 'unixepoch') AS registered, channel, due, wake, answered,
	CASE WHEN answered = '' AND merged_into IS NULL THEN date(received, '+14 days') END AS answer_by, reason, merged_into, type, newness, replace(benefits, ' ', ',') AS benefits,
	(SELECT group_concat(tag) FROM idea_tag WHERE idea = number) AS tags, need, whom, solution, value, resources, risks, next, next_by, source, external_id
	FROM idea i LEFT JOIN unit u ON u.id = i.unit LEFT JOIN coach c ON c.id = i.coach ORDER BY number;`

// storedFields is columns that the table holds as they are.
const storedFields = "number,title,stage,kind,unit,received,due,answered,tags,need,solution,source,external_id"

const storedIdeas = `SELECT number, title, stage, i.kind, u.name AS unit, received, due, answered, (SELECT group_concat(tag) FROM idea_tag WHERE idea = number) AS tags,
	need, solution, source, external_id FROM idea i LEFT JOIN unit u ON u.id = i.unit ORDER BY number;`

const importIdeas = `PRAGMA foreign_keys = 1;
.mode csv
BEGIN IMMEDIATE;
CREATE TEMP TABLE raw (external_id TEXT, title TEXT, need TEXT, kind TEXT, unit TEXT, received TEXT, tags TEXT);
.import --skip 1 FILE raw
INSERT INTO coach (name) VALUES ('anna');
INSERT INTO command (at, who, name) VALUES (1764000000000, 1, 'import');
INSERT INTO unit (name, kind) SELECT DISTINCT unit, 'administration' FROM raw;
INSERT INTO idea (title, kind, stage, stage_since, unit, registrar, received, registered, source, external_id, need)
	SELECT title, kind, 'received', unixepoch(received) * 1000, (SELECT id FROM unit WHERE name = raw.unit), 1, received, 1764000000000, 'x', external_id, need
	FROM raw ORDER BY rowid;
INSERT INTO event (command, at, subject, subject_id, field, new) SELECT 1, stage_since, 'idea', number, 'stage', stage FROM idea ORDER BY number;
INSERT INTO idea_tag SELECT number, tags FROM raw JOIN idea ON source = 'x' AND idea.external_id = raw.external_id ORDER BY 1;
INSERT INTO idea_fts (rowid, title, body, notes) SELECT number, title, body, notes FROM idea_text;
COMMIT;
`
