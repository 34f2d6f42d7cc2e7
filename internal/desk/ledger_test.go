package desk_test

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"
	"time"

	"sluss/internal/calendar"
	"sluss/internal/idea"
)

// ledger is what a database tells of ideas, read from its tables as plainly as
// possible: where ideas stood comes from the events alone. The reports are
// compared with what is counted from it.
type ledger struct {
	today      string
	stages     []ledgerStage // in their order
	tales      []*tale       // by their numbers
	tests      []ledgerTest
	effects    []ledgerEffect
	activities []ledgerActivity
	units      []ledgerUnit
	coaches    map[int64]string
	networks   map[int64]string
	members    map[int64][]int64 // of networks
	firstIdea  map[int64]string  // the first day received, by giver
	answerDays int               // 0 is no promise
	sixMonths  bool
	calendar   *calendar.Calendar
}

type ledgerStage struct {
	key, kind       string
	position, limit int64
	removed         bool
}

func (s ledgerStage) side() bool { return s.kind == "parked" || s.kind == "closed" }
func (s ledgerStage) done() bool { return s.kind == "realised" || s.kind == "closed" }

// tale is an idea with what happened to it.
type tale struct {
	number, unit, owner, coach, into int64
	title                            string
	kind, received, reason           string
	answered, noted                  string
	tags                             []string
	givers                           []int64
	home                             int64
	stays                            []ledgerStay
	decisions                        []ledgerDecision
}

type ledgerStay struct {
	stage  ledgerStage
	day    string
	forced bool
}

type ledgerDecision struct{ day, resolution string }

type ledgerTest struct {
	id                         int64
	tale                       *tale
	planned, started, finished string
	verdict, learnt, cost      string
}

type ledgerEffect struct {
	id                           int64
	tale                         *tale
	measure, before, after, cost string
	begins                       string
	seen                         []ledgerSight // in the order of their days
}

type ledgerSight struct{ day, before, after, cost string }

type ledgerActivity struct {
	id              int64
	day             string
	participants    int64 // -1 is unknown
	units, networks []int64
}

type ledgerUnit struct {
	id, parent, employees int64
	name                  string
	closed                bool
}

// reader is a test that reads a database behind the program's back.
type reader interface {
	Helper()
	Fatal(...any)
	Context() context.Context
}

// rowsOf reads all rows as text; what is NULL is empty.
func rowsOf(t reader, db *sql.DB, query string) (out [][]string) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(query, err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		cells, dest, line := make([]sql.NullString, len(columns)), make([]any, len(columns)), make([]string, len(columns))
		for k := range cells {
			dest[k] = &cells[k]
		}
		if err := rows.Scan(dest...); err != nil {
			t.Fatal(err)
		}
		for k := range cells {
			line[k] = cells[k].String
		}
		out = append(out, line)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

func number(word string) int64 {
	n, _ := strconv.ParseInt(word, 10, 64)
	return n
}

// stockholmDay is the day in Sweden of an instant in milliseconds since 1970.
func stockholmDay(ms string) string {
	return time.UnixMilli(number(ms)).In(stockholm).Format("2006-01-02")
}

// readLedger reads a database on a day.
func readLedger(t reader, db *sql.DB, today string) *ledger {
	t.Helper()
	l := &ledger{today: today, coaches: map[int64]string{}, networks: map[int64]string{}, members: map[int64][]int64{},
		firstIdea: map[int64]string{}, calendar: calendar.New()}
	for _, r := range rowsOf(t, db, "SELECT key, kind, position, limit_days, removed FROM stage ORDER BY position") {
		l.stages = append(l.stages, ledgerStage{r[0], r[1], number(r[2]), number(r[3]), r[4] == "1"})
	}
	for _, r := range rowsOf(t, db, "SELECT id, name FROM coach") {
		l.coaches[number(r[0])] = r[1]
	}
	for _, r := range rowsOf(t, db, "SELECT id, name FROM network") {
		l.networks[number(r[0])] = r[1]
	}
	for _, r := range rowsOf(t, db, "SELECT network, contact FROM network_member") {
		l.members[number(r[0])] = append(l.members[number(r[0])], number(r[1]))
	}
	for _, r := range rowsOf(t, db, "SELECT id, parent, employees, name, closed FROM unit") {
		l.units = append(l.units, ledgerUnit{number(r[0]), number(r[1]), number(r[2]), r[3], r[4] == "1"})
	}
	for _, r := range rowsOf(t, db, "SELECT name, value FROM rule") {
		switch r[0] {
		case "answer-days":
			l.answerDays = int(number(r[1]))
		case "six-months":
			l.sixMonths = r[1] == "yes"
		}
	}
	l.readTales(t, db)
	l.readWork(t, db)
	return l
}

func (l *ledger) readTales(t reader, db *sql.DB) {
	by := map[int64]*tale{}
	for _, r := range rowsOf(t, db, "SELECT number, title, unit, owner, coach, merged_into, kind, received, reason FROM idea ORDER BY number") {
		one := &tale{number: number(r[0]), title: r[1], unit: number(r[2]), owner: number(r[3]), coach: number(r[4]), into: number(r[5]),
			kind: r[6], received: r[7], reason: r[8]}
		by[one.number] = one
		l.tales = append(l.tales, one)
	}
	for _, r := range rowsOf(t, db, "SELECT idea, tag FROM idea_tag") {
		by[number(r[0])].tags = append(by[number(r[0])].tags, r[1])
	}
	homes := map[int64]int64{}
	for _, r := range rowsOf(t, db, "SELECT id, unit FROM giver") {
		homes[number(r[0])] = number(r[1])
	}
	for _, r := range rowsOf(t, db, "SELECT idea, giver FROM idea_giver ORDER BY idea, giver") {
		one, giver := by[number(r[0])], number(r[1])
		one.givers = append(one.givers, giver)
		if one.home == 0 {
			one.home = homes[giver]
		}
		if first := l.firstIdea[giver]; first == "" || one.received < first {
			l.firstIdea[giver] = one.received
		}
	}
	// An answer that was given is an answer; what came with an import says only on which day.
	for _, r := range rowsOf(t, db, "SELECT number, answered FROM idea") {
		by[number(r[0])].answered = r[1]
	}
	for _, r := range rowsOf(t, db, "SELECT idea, day, resolution FROM decision") {
		by[number(r[0])].decisions = append(by[number(r[0])].decisions, ledgerDecision{r[1], r[2]})
	}
	undone := map[string]bool{}
	for _, r := range rowsOf(t, db, "SELECT id, undoes FROM command WHERE undoes IS NOT NULL") {
		undone[r[0]], undone[r[1]] = true, true
	}
	stages := map[string]ledgerStage{}
	for _, s := range l.stages {
		stages[s.key] = s
	}
	for _, r := range rowsOf(t, db, "SELECT command, subject_id, field, new, at, forced FROM event WHERE subject = 'idea' AND field IN ('stage', 'note') ORDER BY id") {
		one := by[number(r[1])]
		if undone[r[0]] || one == nil {
			continue
		}
		day := stockholmDay(r[4])
		if r[2] == "note" {
			if one.noted == "" || day < one.noted {
				one.noted = day
			}
			continue
		}
		if len(one.stays) == 0 {
			day = one.received
		} else {
			day = max(day, one.stays[len(one.stays)-1].day)
		}
		one.stays = append(one.stays, ledgerStay{stages[r[3]], day, r[5] == "1"})
	}
}

func (l *ledger) readWork(t reader, db *sql.DB) {
	by := map[int64]*tale{}
	for _, one := range l.tales {
		by[one.number] = one
	}
	planned := map[string]string{}
	for _, r := range rowsOf(t, db, `SELECT e.subject_id, e.at FROM event e JOIN command c ON c.id = e.command
		WHERE e.subject = 'test_card' AND e.field = '' AND e.new <> '' AND c.undoes IS NULL AND c.undone_by IS NULL`) {
		planned[r[0]] = stockholmDay(r[1])
	}
	for _, r := range rowsOf(t, db, "SELECT id, idea, started, finished, verdict, learnt, cost FROM test_card") {
		l.tests = append(l.tests, ledgerTest{number(r[0]), by[number(r[1])], planned[r[0]], r[2], r[3], r[4], r[5], r[6]})
	}
	for _, r := range rowsOf(t, db, "SELECT id, idea, measure, value_before, value_after, cost, begins FROM effect ORDER BY id") {
		e := ledgerEffect{id: number(r[0]), tale: by[number(r[1])], measure: r[2], before: r[3], after: r[4], cost: r[5], begins: r[6]}
		for _, s := range rowsOf(t, db, "SELECT day, value_before, value_after, cost FROM effect_seen WHERE effect = "+r[0]+" ORDER BY day, id") {
			e.seen = append(e.seen, ledgerSight{s[0], s[1], s[2], s[3]})
		}
		l.effects = append(l.effects, e)
	}
	for _, r := range rowsOf(t, db, "SELECT id, day, coalesce(participants, -1) FROM activity") {
		a := ledgerActivity{id: number(r[0]), day: r[1], participants: number(r[2])}
		for _, u := range rowsOf(t, db, "SELECT unit FROM activity_unit WHERE activity = "+r[0]) {
			a.units = append(a.units, number(u[0]))
		}
		for _, n := range rowsOf(t, db, "SELECT network FROM activity_network WHERE activity = "+r[0]) {
			a.networks = append(a.networks, number(n[0]))
		}
		l.activities = append(l.activities, a)
	}
}

// under is a unit with all that lies under it.
func (l *ledger) under(name string) (out []int64) {
	for _, u := range l.units {
		if u.name == name {
			out = append(out, u.id)
		}
	}
	for grown := true; grown; {
		grown = false
		for _, u := range l.units {
			if slices.Contains(out, u.parent) && !slices.Contains(out, u.id) {
				out, grown = append(out, u.id), true
			}
		}
	}
	return out
}

// at is where the idea stood at the end of a day; false before it came in.
func (t *tale) at(day string) (s ledgerStage, there bool) {
	if day < t.received {
		return s, false
	}
	stay, _ := t.stayOn(day)
	return stay.stage, true
}

// stayOn is the last stay that had begun by the end of a day, and its place.
func (t *tale) stayOn(day string) (stay ledgerStay, place int) {
	for k, s := range t.stays {
		if k == 0 || s.day <= day {
			stay, place = s, k
		}
	}
	return stay, place
}

// inHand is neither realised nor closed.
func (t *tale) inHand(day string) bool {
	s, there := t.at(day)
	return there && !s.done()
}

// came is the first day by until on which the idea moved to a stage that fits.
func (t *tale) came(until string, fits func(ledgerStage) bool) string {
	for k, s := range t.stays {
		if k > 0 && s.day <= until && fits(s.stage) {
			return s.day
		}
	}
	return ""
}

func ofKind(kinds ...string) func(ledgerStage) bool {
	return func(s ledgerStage) bool { return slices.Contains(kinds, s.kind) }
}

// decided is the first day on which anything was decided by until.
func (t *tale) decided(until string) string {
	days := []string{t.came(until, ofKind("test", "introduction", "realised", "closed"))}
	for _, d := range t.decisions {
		if d.resolution != "postpone" && d.day <= until {
			days = append(days, max(d.day, t.received))
		}
	}
	return earliest(days...)
}

// contacted is the first day on which somebody took the idea up by until.
func (t *tale) contacted(until string) string {
	days := []string{t.came(until, func(s ledgerStage) bool { return s.kind != "intake" }), t.answer(until)}
	if t.noted != "" && t.noted <= until {
		days = append(days, max(t.noted, t.received))
	}
	return earliest(days...)
}

// answer is the day of the first answer by until.
func (t *tale) answer(until string) string {
	if t.answered == "" || t.answered > until {
		return ""
	}
	return max(t.answered, t.received)
}

// was tells whether the idea has been in a stage of a kind by until.
func (t *tale) was(until string, kinds ...string) bool {
	return slices.ContainsFunc(t.stays, func(s ledgerStay) bool { return s.day <= until && ofKind(kinds...)(s.stage) })
}

// accepted tells whether the idea was let on to test or introduction.
func (t *tale) accepted(until string) bool {
	return t.was(until, "test", "introduction", "realised") || slices.ContainsFunc(t.decisions, func(d ledgerDecision) bool {
		return d.day <= until && (d.resolution == "test" || d.resolution == "introduce")
	})
}

// closedOn is the day of the last move to closed by until.
func (t *tale) closedOn(until string) (day string) {
	for k, s := range t.stays {
		if k > 0 && s.day <= until && s.stage.kind == "closed" && t.stays[k-1].stage.kind != "closed" {
			day = s.day
		}
	}
	return day
}

func earliest(days ...string) string {
	days = slices.DeleteFunc(days, func(d string) bool { return d == "" })
	if len(days) == 0 {
		return ""
	}
	return slices.Min(days)
}

// daysBetween counts calendar days.
func daysBetween(from, to string) float64 {
	a, _ := time.Parse(time.DateOnly, from)
	b, _ := time.Parse(time.DateOnly, to)
	return b.Sub(a).Hours() / 24
}

func dayAfter(day string, days int) string {
	t, _ := time.Parse(time.DateOnly, day)
	return t.AddDate(0, 0, days).Format(time.DateOnly)
}

// promised is the working day by which the first answer is promised; far off
// without a promise.
func (l *ledger) promised(t *tale) string {
	if l.answerDays == 0 {
		return "9999-12-31"
	}
	return string(l.calendar.After(idea.Day(t.received), l.answerDays))
}

// sixMonthsLater is the same day of the month, or its last.
func sixMonthsLater(day string) string {
	t, _ := time.Parse(time.DateOnly, day)
	for month := (int(t.Month())+5)%12 + 1; ; t = t.AddDate(0, 0, -1) {
		if later := t.AddDate(0, 6, 0); int(later.Month()) == month {
			return later.Format(time.DateOnly)
		}
	}
}

func amount(word string) (float64, bool) {
	f, err := strconv.ParseFloat(word, 64)
	return f, err == nil && strings.TrimSpace(word) != ""
}

// change is after less before.
func (e ledgerEffect) change(seen bool) (float64, bool) {
	before, after := e.before, e.after
	if seen && len(e.seen) > 0 {
		last := e.seen[len(e.seen)-1]
		before, after = cmp.Or(last.before, before), last.after
	}
	from, ok := amount(before)
	to, also := amount(after)
	return to - from, ok && also
}
