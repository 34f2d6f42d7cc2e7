package store

import (
	"cmp"
	"database/sql"
	"encoding/json"
	"reflect"
	"slices"
	"strings"

	"sluss/internal/idea"
)

// Lives calls yield for each of the ideas that are sought, in the order of their
// numbers.
func (tx *Tx) Lives(s idea.Sought, yield func(idea.Life)) error {
	where, args := seek(s)
	rows, c, err := tx.packed("idea", lifeColumns(s.Look), where+" ORDER BY number", args...)
	for range rows {
		l := idea.Life{Number: c.whole(), Received: c.day(), Answered: c.day(), MergedInto: c.whole()}
		if s.Look.Has(idea.LookTraits) {
			l.Kind, l.Unit, l.Owner, l.Coach = idea.GiverKind(c.text()), c.whole(), c.whole(), c.whole()
			l.Channel, l.Reason = idea.Channel(c.text()), idea.Reason(c.text())
		}
		if s.Look.Has(idea.LookTitles) {
			l.Title = c.text()
		}
		if s.Look.Has(idea.LookTags) {
			l.Tags = strings.Fields(c.text())
		}
		if s.Look.Has(idea.LookGivers) {
			l.Givers = ids(c.text())
		}
		if s.Look.Has(idea.LookNotes) {
			l.FirstNote = c.whole()
		}
		yield(l)
	}
	return err
}

// lifeColumns is the columns of a life, in their order. What is not looked at is
// empty.
func lifeColumns(l idea.Look) []string {
	all := []string{"number", "received", "answered", "coalesce(merged_into, 0)"}
	for _, part := range []struct {
		look    idea.Look
		columns []string
	}{
		{idea.LookTraits, []string{"kind", "coalesce(unit, 0)", "coalesce(owner, 0)", "coalesce(coach, 0)", "channel", "reason"}},
		{idea.LookTitles, []string{"title"}},
		{idea.LookTags, []string{"coalesce((SELECT group_concat(tag, ' ') FROM idea_tag WHERE idea = number), '')"}},
		{idea.LookGivers, []string{giversColumn}},
		{idea.LookNotes, []string{`coalesce((SELECT at FROM event INDEXED BY event_note
			WHERE subject = 'idea' AND field = 'note' AND live = 1 AND subject_id = number ORDER BY id LIMIT 1), 0)`}},
	} {
		if l.Has(part.look) {
			all = append(all, part.columns...)
		}
	}
	return all
}

// Narrow finds out which ideas are sought where that takes long, so that it is
// done once: then they are sought by their numbers.
func (tx *Tx) Narrow(s idea.Sought) (idea.Sought, error) {
	if s.Look.Has(idea.LookIdeas) || s.Look&(idea.LookRealised|idea.LookClosed) == 0 {
		return s, nil
	}
	where, args := seek(s)
	numbers, err := tx.numbers("SELECT number FROM idea "+where, args...)
	if len(numbers) == 0 {
		numbers = []int64{0}
	}
	s.Filter, s.Look = idea.Filter{Numbers: numbers}, s.Look|idea.LookIdeas
	return s, err
}

// seek is the clause that selects the ideas that are sought.
func seek(s idea.Sought) (string, []any) {
	where, args := compile(s.Filter)
	if s.Look.Has(idea.LookIdeas) {
		return where, args
	}
	ends := cmp.Or(s.Period.To, never)
	terms := []string{}
	for _, some := range []struct {
		look idea.Look
		term string
		args []any
	}{
		{idea.LookReceived, "received >= ? AND received < ?", []any{s.Period.From, ends}},
		{idea.LookRealised, "number IN (" + everIn("realised") + ")", nil},
		{idea.LookClosed, "number IN (" + everIn("closed") + ")", nil},
		{idea.LookTests, "number IN (SELECT idea FROM test_card WHERE " + testsIn + ")", []any{s.Period.From, s.Period.From}},
		{idea.LookEffects, "number IN (SELECT idea FROM effect WHERE " + effectsIn + ")", []any{s.Period.From, ends}},
	} {
		if s.Look.Has(some.look) {
			terms, args = append(terms, some.term), append(args, some.args...)
		}
	}
	if len(terms) == 0 {
		terms = append(terms, "false")
	}
	if where == "" {
		where = "WHERE true"
	}
	return where + " AND (" + strings.Join(terms, " OR ") + ")", args
}

// numbersOf is a clause with the numbers of the ideas that are sought, after what
// leads to it; empty for all ideas.
func numbersOf(s idea.Sought, lead string) (string, []any) {
	if len(s.Numbers) > 0 && s.Look.Has(idea.LookIdeas) && reflect.DeepEqual(s.Filter, idea.Filter{Numbers: s.Numbers}) {
		numbers, _ := json.Marshal(s.Numbers)
		return lead + "(SELECT value FROM json_each(?))", []any{string(numbers)}
	}
	where, args := seek(s)
	if where == "" {
		return "", nil
	}
	return lead + "(SELECT number FROM idea " + where + ")", args
}

// everIn selects the numbers of the ideas that have been in a kind of stage.
func everIn(k idea.StageKind) string {
	return `SELECT subject_id FROM event INDEXED BY event_stage WHERE subject = 'idea' AND field = 'stage' AND live = 1
		AND new IN (SELECT key FROM stage WHERE kind = '` + string(k) + `')`
}

// Arrivals calls yield for each of the ideas that are sought with its arrivals
// in stages that stand, in the order of the numbers. Where stages are looked at
// for effects alone, it is the ideas that have an effect without a day. The
// arrivals are in the order of the events, which is that of the index, and last
// until yield returns.
func (tx *Tx) Arrivals(s idea.Sought, yield func(number int64, arrivals []idea.Arrival)) error {
	where, args := " AND subject_id IN ("+undated+")", []any(nil)
	if s.Look.Has(idea.LookStages) {
		where, args = numbersOf(s, " AND subject_id IN ")
	}
	var arrivals []idea.Arrival
	return tx.each(func(rows *sql.Rows) error {
		var packed string
		if err := rows.Scan(&packed); err != nil {
			return err
		}
		number, rest, _ := strings.Cut(packed, " ")
		arrivals = arrivals[:0]
		for rest != "" {
			var stage, at string
			stage, rest, _ = strings.Cut(rest, " ")
			at, rest, _ = strings.Cut(rest, " ")
			arrivals = append(arrivals, idea.Arrival{Stage: idea.StageKey(stage), At: wholeNumber(at)})
		}
		yield(wholeNumber(number), arrivals)
		return nil
	}, `SELECT subject_id || ' ' || group_concat(new || ' ' || at, ' ') FROM event INDEXED BY event_stage
		WHERE subject = 'idea' AND field = 'stage' AND live = 1`+where+" GROUP BY subject_id ORDER BY subject_id", args...)
}

// ForcedArrivals calls yield for each arrival for which a gate was passed with
// --force: the place counts the arrivals of the idea, from 0.
func (tx *Tx) ForcedArrivals(yield func(number int64, place int)) error {
	return tx.each(func(rows *sql.Rows) error {
		var number int64
		var place int
		err := rows.Scan(&number, &place)
		yield(number, place)
		return err
	}, `SELECT subject_id, (SELECT count(*) FROM event e INDEXED BY event_stage
			WHERE e.subject = 'idea' AND e.field = 'stage' AND e.live = 1 AND e.subject_id = f.subject_id AND e.id < f.id)
		FROM event f INDEXED BY event_forced WHERE forced = 1 AND live = 1 AND subject = 'idea' AND field = 'stage'`)
}

// VisitedStages gives the stages that an idea has been in.
func (tx *Tx) VisitedStages() (map[idea.StageKey]bool, error) {
	out := map[idea.StageKey]bool{}
	return out, tx.each(func(rows *sql.Rows) error {
		var stage idea.StageKey
		err := rows.Scan(&stage)
		out[stage] = true
		return err
	}, "SELECT DISTINCT new FROM event INDEXED BY event_stage WHERE subject = 'idea' AND field = 'stage' AND live = 1")
}

// EffectMeasures gives the measures of the effects of some ideas, each spelling
// once, by the numbers of the ideas; and whether any effect has no day on which
// it begins.
func (tx *Tx) EffectMeasures(f idea.Filter) (all []string, undated bool, err error) {
	where, args := compile(f)
	if where != "" {
		where = "WHERE idea IN (SELECT number FROM idea " + where + ") "
	}
	return all, undated, tx.each(func(rows *sql.Rows) error {
		var measure string
		var without bool
		err := rows.Scan(&measure, &without)
		all, undated = append(all, measure), undated || without
		return err
	}, "SELECT measure, max(begins = '') FROM effect "+where+"GROUP BY measure ORDER BY min(idea), min(id)", args...)
}

// DecidedOn calls yield for each decision, with its idea, day and resolution
// alone: of all ideas, or where only tests are looked at, those to test an idea
// whose test began in the period.
func (tx *Tx) DecidedOn(s idea.Sought, yield func(idea.Decision)) error {
	where, args := "", []any(nil)
	if !s.Look.Has(idea.LookDecisions) {
		where, args = "WHERE resolution = 'test' AND idea IN (SELECT idea FROM test_card WHERE started >= ? AND started < ?)", []any{s.Period.From, cmp.Or(s.Period.To, never)}
	}
	rows, c, err := tx.packed("decision", []string{"idea", "day", "resolution"}, where, args...)
	for range rows {
		yield(idea.Decision{Idea: c.whole(), Day: c.day(), Resolution: idea.Resolution(c.text())})
	}
	return err
}

// ReceivedUndated calls yield for the ideas that have an effect without a day,
// with the day on which they came in.
func (tx *Tx) ReceivedUndated(yield func(number int64, day idea.Day)) error {
	rows, c, err := tx.packed("idea", []string{"number", "received"}, "INDEXED BY idea_day WHERE number IN ("+undated+")")
	for range rows {
		yield(c.whole(), c.day())
	}
	return err
}

// never is after every day.
const never idea.Day = "~"

// undated selects the ideas that have an effect without a day.
const undated = "SELECT idea FROM effect WHERE begins = ''"

// testsIn selects the tests that had not ended before a day, and effectsIn the
// effects that begin in a period or have no day on which they do.
const (
	testsIn   = "(finished = '' OR finished >= ? OR started >= ?)"
	effectsIn = "(begins = '' OR begins >= ? AND begins < ?)"
)

// TestsIn gives the tests that had not ended before the period of what is sought,
// in the order of the ideas. Where nobody looks at titles they have no texts but
// for a word of what was learnt.
func (tx *Tx) TestsIn(s idea.Sought) ([]idea.Trial, error) {
	which, read := testColumns(), (*columns).test
	if !s.Look.Has(idea.LookTitles) {
		which, read = []string{"id", "idea", "cost", "started", "finished", "verdict", "substr(learnt, 1, 1)"}, (*columns).shortTest
	}
	planned, args := "0", []any{s.Period.From, s.Period.From}
	if s.Look.Has(idea.LookPlanned) {
		planned, args = `CASE WHEN started = '' OR started > ? THEN coalesce((SELECT at FROM event INDEXED BY event_planned
			WHERE subject = 'test_card' AND field = '' AND new <> '' AND live = 1 AND subject_id = test_card.id), 0) ELSE 0 END`, append([]any{s.Ends}, args...)
	}
	rows, c, err := tx.packed("test_card", append(which, planned), "WHERE "+testsIn+" ORDER BY id", args...)
	out := make([]idea.Trial, rows)
	for k := range out {
		out[k] = idea.Trial{Test: read(&c), Planned: c.whole()}
	}
	slices.SortStableFunc(out, func(a, b idea.Trial) int { return cmp.Compare(a.Idea, b.Idea) }) // faster than by the index of a few columns
	return out, err
}

func (c *columns) shortTest() idea.Test {
	return idea.Test{ID: c.whole(), Idea: c.whole(), Cost: idea.Amount(c.text()), Started: c.day(),
		Finished: c.day(), Verdict: idea.Verdict(c.text()), Learnt: c.text()}
}

// EffectsIn gives the effects that begin in a period, or have no day on which
// they do, in the order of the ideas.
func (tx *Tx) EffectsIn(p idea.Period) ([]idea.Effect, error) {
	return tx.effects("WHERE "+effectsIn, p.From, cmp.Or(p.To, never))
}

// FirstIdeas gives the day on which the first idea of each giver came in, of
// those who have given any of the ideas that are sought.
func (tx *Tx) FirstIdeas(s idea.Sought) (map[int64]idea.Day, error) {
	where, args := numbersOf(s, "WHERE giver IN (SELECT giver FROM idea_giver WHERE idea IN ")
	if where != "" {
		where += ")"
	}
	rows, c, err := tx.packed("idea_giver", []string{"giver", "min(received)"}, "JOIN idea INDEXED BY idea_day ON number = idea "+where+" GROUP BY giver", args...)
	out := make(map[int64]idea.Day, rows)
	for range rows {
		giver := c.whole()
		out[giver] = c.day()
	}
	return out, err
}

// Homes gives the unit where each giver works, of those of whom it is known.
func (tx *Tx) Homes() (map[int64]int64, error) {
	return tx.pairs("SELECT id, unit FROM giver WHERE unit IS NOT NULL")
}

// Dawn is the first day of which the register knows anything: when the first idea
// came in, or the first activity was held. It is empty when nothing is known.
func (tx *Tx) Dawn() (day idea.Day, err error) {
	err = tx.row("SELECT coalesce(min(day), '') FROM (SELECT min(received) AS day FROM idea UNION ALL SELECT min(day) FROM activity)").Scan(&day)
	return day, err
}

func (tx *Tx) pairs(query string, args ...any) (map[int64]int64, error) {
	out := map[int64]int64{}
	return out, tx.each(func(rows *sql.Rows) error {
		var key, value int64
		err := rows.Scan(&key, &value)
		out[key] = value
		return err
	}, query, args...)
}
