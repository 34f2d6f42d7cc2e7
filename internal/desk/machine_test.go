package desk_test

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/store"
)

var stockholm = func() *time.Location {
	loc, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		panic(err)
	}
	return loc
}()

// emptyDB is the bytes of a new database.
func emptyDB(t testing.TB) []byte {
	path := filepath.Join(t.TempDir(), "empty.db")
	if err := store.Create(t.Context(), path, idea.DefaultProcess()); err != nil {
		t.Fatal(err)
	}
	bytes, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return bytes
}

// machine gives commands to a real file as coaches do.
type machine struct {
	*rapid.T
	db    *store.DB
	raw   *sql.DB
	now   time.Time
	model *world // nil: the program is not compared
	steps []step // recorded commands that are not undone
	done  []done // every recorded command, if there is a model
}

// step is the state before a command.
type step struct {
	command int64
	who     string
	dump    string
	model   *world
}

// newMachine opens a fresh copy of the empty database in folder.
func newMachine(t *rapid.T, folder string, empty []byte, model bool) *machine {
	file, err := os.CreateTemp(folder, "*.db")
	if err == nil {
		_, err = file.Write(empty)
	}
	if err = errors.Join(err, file.Close()); err != nil {
		t.Fatal(err)
	}
	m := &machine{T: t, now: time.Date(2026, 10, 20, 9, 0, 0, 0, stockholm)}
	if m.db, err = store.Open(t.Context(), file.Name()); err != nil {
		t.Fatal(err)
	}
	if m.raw, err = sql.Open("sqlite", "file:"+file.Name()+"?mode=rw&_pragma=busy_timeout(10000)"); err != nil {
		t.Fatal(err)
	}
	if model {
		m.model = newWorld(stockholm)
	}
	t.Cleanup(func() {
		_ = m.raw.Close()
		_ = m.db.Close()
		_ = os.Remove(file.Name())
	})
	return m
}

func (m *machine) desk(who string) *desk.Desk {
	return desk.New(m.db, who, func() time.Time { return m.now })
}

// run gives a command, and then compares what is there with the model.
func (m *machine) run(real func(*desk.Desk) error, model func(*world) idea.Kind) {
	m.now = m.now.Add(time.Duration(rapid.IntRange(0, 2*24*60).Draw(m.T, "minutes")) * time.Minute)
	who := rapid.SampledFrom([]string{"Åsa", "Bo"}).Draw(m.T, "who")
	before, last := m.dump(), m.lastCommand()
	err := real(m.desk(who))
	after := m.dump()
	if err != nil && m.lastCommand() != last || m.lastCommand() == last && before != after {
		m.Fatalf("a change without a command, or a failed command that is there (%v):\n%s", err, difference(before, after))
	}
	if m.lastCommand() != last {
		m.steps = append(m.steps, step{command: m.lastCommand(), who: who, dump: before, model: m.model})
	}
	if m.model == nil {
		if kind := idea.KindOf(err); err != nil && kind != idea.NotFound && kind != idea.Refused && kind != idea.Usage {
			m.Fatalf("not a refusal: %v", err)
		}
		return
	}
	m.compareWith(who, err, model, last)
}

func (m *machine) compareWith(who string, err error, model func(*world) idea.Kind, last int64) {
	before, w := m.model, m.model.clone()
	w.now, w.who = m.now, who
	want := model(w)
	got := idea.Kind(0)
	if err != nil {
		got = idea.KindOf(err)
	}
	if got != want {
		m.Fatalf("the command ended with kind %d (%v), the model with %d", got, err, want)
	}
	if err == nil {
		m.model = w
	}
	if m.count("SELECT count(*) FROM coach WHERE name = ?", who) == 1 {
		m.model = m.model.clone()
		m.model.meet(who)
	}
	if m.lastCommand() != last {
		m.done = append(m.done, done{number: m.lastCommand(), who: who, at: m.now, ideas: touched(before, m.model)})
	}
	m.compare()
}

// compare holds the model against what the desk shows and lists.
func (m *machine) compare() {
	d := m.desk("Åsa")
	numbers := m.numbers()
	cards, err := d.Show(m.Context(), numbers, true)
	if err != nil {
		m.Fatal(err)
	}
	want, got := "", ""
	for _, number := range numbers {
		if i := m.model.ideas[number]; i != nil {
			want += m.model.tell(i) + "\n"
		}
	}
	listed := 0
	for l, err := range d.Ideas(m.Context(), desk.Selection{Sort: idea.ByNumber, Whole: true, People: true}) {
		if err != nil {
			m.Fatal(err)
		}
		if listed >= len(cards) || !reflect.DeepEqual(l, cards[listed].Listed) {
			m.Fatalf("the list and the card of idea %d differ: %+v", l.Number, l)
		}
		listed++
	}
	for _, c := range cards {
		got += tellCard(c) + "\n"
	}
	if want != got || listed != len(m.model.ideas) {
		m.Fatalf("the database does not hold what it should:\n%s", difference(want, got))
	}
	units, err := d.Units(m.Context())
	if err != nil || !slices.Equal(units, m.model.units) && len(units)+len(m.model.units) > 0 {
		m.Fatalf("units are %v, should be %v (%v)", units, m.model.units, err)
	}
	coaches, err := d.Coaches(m.Context())
	names := []string{}
	for _, c := range coaches {
		names = append(names, c.Name)
	}
	if err != nil || !slices.Equal(slices.Sorted(slices.Values(names)), slices.Sorted(slices.Values(m.model.coaches))) {
		m.Fatalf("coaches are %v, should be %v (%v)", names, m.model.coaches, err)
	}
	rules, err := d.Rules(m.Context())
	if err != nil || idea.ReadRules(rules).ApproveAnswers != m.model.approve {
		m.Fatalf("the rules are %v (%v)", rules, err)
	}
	m.compareStages(d)
	m.compareOrganisation(d)
	m.compareLog(d)
}

func (m *machine) compareStages(d *desk.Desk) {
	stages, err := d.Stages(m.Context())
	if err != nil {
		m.Fatal(err)
	}
	for k, s := range stages {
		want := m.model.stages[k]
		ideas := 0
		for _, i := range m.model.ideas {
			if i.Stage == s.Key {
				ideas++
			}
		}
		if s.Key != want.Key || s.Names != want.Names || s.LimitDays != want.LimitDays || s.Ideas != ideas || !slices.Equal(s.Gates, want.Gates) {
			m.Fatalf("stage %+v should be %+v with %d ideas", s, want, ideas)
		}
	}
}

// same holds the cards that a command gives against those that show gives.
func (m *machine) same(d *desk.Desk, cards []desk.Card, err error) error {
	for _, c := range cards {
		shown, err := d.Show(m.Context(), []int64{c.Number}, true)
		if err != nil || len(cards) == 1 && !reflect.DeepEqual(c, shown[0]) {
			m.Fatalf("the command gave\n%+v\nbut there is\n%+v\n%v", c, shown, err)
		}
	}
	return err
}

func (m *machine) count(query string, args ...any) (n int64) {
	if err := m.raw.QueryRowContext(m.Context(), query, args...).Scan(&n); err != nil {
		m.Fatal(err)
	}
	return n
}

func (m *machine) lastCommand() int64 { return m.count("SELECT coalesce(max(id), 0) FROM command") }

func (m *machine) numbers() []int64 {
	var out []int64
	for _, row := range m.rows("SELECT number FROM idea ORDER BY number") {
		out = append(out, row[0].(int64))
	}
	return out
}

func (m *machine) rows(query string, args ...any) (out [][]any) {
	rows, err := m.raw.QueryContext(m.Context(), query, args...)
	if err != nil {
		m.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		m.Fatal(err)
	}
	for rows.Next() {
		row, dest := make([]any, len(columns)), make([]any, len(columns))
		for k := range row {
			dest[k] = &row[k]
		}
		if err := rows.Scan(dest...); err != nil {
			m.Fatal(err)
		}
		out = append(out, row)
	}
	if err := rows.Err(); err != nil {
		m.Fatal(err)
	}
	return out
}

// dump is every row of every table, but for the history and for the coaches at
// the desk, who are there from their first command.
func (m *machine) dump() string {
	var b strings.Builder
	for _, table := range []string{"stage", "gate", "unit", "giver", "contact", "coach", "idea", "idea_tag", "idea_giver", "answer", "telling", "rule", "letter_template", "idea_related", "idea_part_of", "idea_builds_on",
		"network", "network_member", "activity", "activity_unit", "activity_network",
		"forum", "agenda_item", "decision", "test_card", "test_note", "effect", "effect_seen", "measure", "measure_value", "aim",
		"story", "story_named", "story_version", "story_picture", "story_picture_giver", "consent",
		"spread", "spread_story", "spread_idea", "uptake"} {
		where := ""
		if table == "coach" {
			where = " WHERE name NOT IN ('Åsa', 'Bo')"
		}
		for _, row := range m.rows("SELECT * FROM " + table + where + " ORDER BY 1, 2") {
			fmt.Fprintf(&b, "%s %v\n", table, row)
		}
	}
	return b.String()
}

// check looks for damage, as db check --full does, and for fields that do not
// hold what the last event about them says.
func (m *machine) check() {
	faults, err := m.db.Check(m.Context(), true)
	if err != nil || len(faults) > 0 {
		m.Fatalf("damage: %v %v", faults, err)
	}
	type field struct {
		subject, name string
		id            int64
	}
	said := map[field]string{}
	for _, row := range m.rows(`SELECT e.subject, e.field, e.subject_id, coalesce(p.old, e.old), coalesce(p.new, e.new)
		FROM event e LEFT JOIN payload p ON p.event = e.id
		WHERE e.live = 1 AND e.field NOT IN ('', 'note', 'tag', 'giver', 'related', 'part_of', 'builds_on', 'member', 'network', 'named', 'shows')
		AND NOT (e.subject = 'activity' AND e.field = 'unit') AND NOT (e.subject = 'spread' AND e.field IN ('story', 'idea')) ORDER BY e.id`) {
		f, old, new := field{row[0].(string), row[1].(string), row[2].(int64)}, row[3].(string), row[4].(string)
		if before, ok := said[f]; ok && before != old {
			m.Fatalf("the events about %+v do not follow on each other: %q, then %q", f, before, old)
		}
		said[f] = new
	}
	for f, value := range said {
		key := "id"
		if f.subject == "idea" {
			key = "number"
		}
		if f.subject == "template" {
			f.subject = "letter_template"
		}
		now := m.rows(fmt.Sprintf("SELECT CAST(coalesce(%s, '') AS TEXT) FROM %s WHERE %s = ?", f.name, f.subject, key), f.id)
		if len(now) == 1 && now[0][0].(string) != value {
			m.Fatalf("%+v is %q, its last event says %q", f, now[0][0], value)
		}
	}
	for _, row := range m.rows(`SELECT number FROM idea WHERE answered <>
		coalesce((SELECT min(given) FROM answer WHERE idea = number AND status = 'given'), '')`) {
		m.Fatalf("idea %d is not answered on the day of its first answer", row[0])
	}
	for _, row := range m.rows("SELECT a.id FROM answer a JOIN telling t ON t.answer = a.id WHERE a.status <> 'given' OR t.given < a.given") {
		m.Fatalf("a giver got answer %d before it was given", row[0])
	}
}

func difference(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	var out []string
	for _, line := range a {
		if !slices.Contains(b, line) {
			out = append(out, "- "+line)
		}
	}
	for _, line := range b {
		if !slices.Contains(a, line) {
			out = append(out, "+ "+line)
		}
	}
	return strings.Join(out, "\n")
}

// undoLast takes back the newest command that is left: it must be that one, and
// every row must be what it was before.
func (m *machine) undoLast() (step, desk.LogLine) {
	last := m.steps[len(m.steps)-1]
	line, err := m.desk(last.who).Undo(m.Context(), 0)
	if err != nil {
		m.Fatalf("undo of command %d: %v", last.command, err)
	}
	return last, m.undid(last, line)
}

// undid checks what the undo of the last step has done, and drops the step.
func (m *machine) undid(last step, line desk.LogLine) desk.LogLine {
	m.steps = m.steps[:len(m.steps)-1]
	if line.Number != last.command {
		m.Fatalf("undid command %d, not %d", line.Number, last.command)
	}
	for k := range m.done {
		if m.done[k].number == last.command {
			m.done[k].undoneBy = m.lastCommand()
			m.done = append(m.done, done{number: m.lastCommand(), who: last.who, at: m.now, undoes: last.command, ideas: m.done[k].ideas})
		}
	}
	if now := m.dump(); now != last.dump {
		m.Fatalf("the undo of %s (%d) does not restore:\n%s", line.Name, last.command, difference(last.dump, now))
	}
	return line
}
