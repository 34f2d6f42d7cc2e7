package store

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"sluss/internal/idea"
)

// Depth says how much of each idea is read.
type Depth int

// The depths.
const (
	Short         Depth = iota // without the sections and the classes
	Whole                      // all of it
	WithoutGivers              // all but the givers
)

// The order of these must be that of unpackIdea. A row is fetched as one text
// with NUL between its columns, which no text holds: fetching a column takes the
// driver as long as reading it takes SQLite. So none of them may be NULL.
const shortColumns = `number, title, kind, stage, stage_since, reason, coalesce(merged_into, 0), coalesce(unit, 0), coalesce(owner, 0),
	coalesce(coach, 0), coalesce(registrar, 0), channel, received, registered, due, wake, answered, source, external_id,
	coalesce((SELECT group_concat(tag, ' ') FROM idea_tag WHERE idea = number), ''), `

const giversColumn = `coalesce((SELECT group_concat(giver, ' ') FROM idea_giver WHERE idea = number), '')`

// shortCount is how many columns a short idea has, wholeCount a whole one.
const (
	shortCount = 21
	wholeCount = shortCount + 11
)

const sectionColumns = ", next_by, type, newness, benefits, need, whom, solution, value, resources, risks, next"

// Idea gives the whole idea of a number. It returns NotFound if there is none.
func (tx *Tx) Idea(number int64) (idea.Idea, error) {
	if err := tx.tellFresh(); err != nil {
		return idea.Idea{}, err
	}
	var out []idea.Idea
	err := tx.ideas(Whole, "WHERE number = ?", []any{number}, func(i idea.Idea) bool {
		out = append(out, i)
		return true
	})
	if err != nil {
		return idea.Idea{}, err
	}
	if len(out) == 0 {
		return idea.Idea{}, idea.Errorf(idea.NotFound, "there is no idea %d", number).
			WithHint("sluss list shows the ideas; sluss search finds one by its words")
	}
	return out[0], nil
}

// Ideas calls yield for each selected idea, in order, until it returns false.
func (tx *Tx) Ideas(f idea.Filter, o idea.Order, d Depth, yield func(idea.Idea) bool) error {
	where, args := compile(f)
	where += orderBy(o)
	if o.Limit == 0 && len(f.Numbers) == 0 {
		// Who reads them all in order reads each page once: to keep them is of no use.
		if err := tx.exec("PRAGMA cache_size = -4000"); err != nil {
			return err
		}
	}
	if o.Limit > 0 {
		where += " LIMIT " + strconv.Itoa(o.Limit)
	}
	return tx.ideas(d, where, args, yield)
}

// Count gives how many ideas a filter selects.
func (tx *Tx) Count(f idea.Filter) (int, error) {
	where, args := compile(f)
	var n int
	err := tx.row("SELECT count(*) FROM idea "+where, args...).Scan(&n)
	return n, err
}

func (tx *Tx) ideas(d Depth, where string, args []any, yield func(idea.Idea) bool) error {
	columns := shortColumns + giversColumn
	switch d {
	case Whole:
		columns += sectionColumns
	case WithoutGivers:
		columns = shortColumns + "''" + sectionColumns
	}
	rows, err := tx.tx.QueryContext(tx.ctx, "SELECT concat_ws(char(0), "+columns+") FROM idea "+where, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var packed string
		if err := rows.Scan(&packed); err != nil {
			return err
		}
		i, err := unpackIdea(packed, d)
		if err != nil {
			return err
		}
		if !yield(i) {
			return nil
		}
	}
	return rows.Err()
}

// unpackIdea makes an idea of its packed columns.
func unpackIdea(packed string, d Depth) (i idea.Idea, err error) {
	want := shortCount
	if d != Short {
		want = wholeCount
	}
	if strings.Count(packed, nul)+1 != want {
		number, _, _ := strings.Cut(packed, nul)
		return i, hasNUL("idea", number)
	}
	c := columns{packed}
	next := c.text
	whole := func() int64 {
		n, wrong := strconv.ParseInt(next(), 10, 64)
		if wrong != nil && err == nil {
			err = wrong
		}
		return n
	}
	i.Number, i.Title, i.Kind, i.Stage = whole(), next(), idea.GiverKind(next()), idea.StageKey(next())
	i.StageSince = time.UnixMilli(whole()).UTC()
	i.Reason, i.MergedInto, i.Unit, i.Owner = idea.Reason(next()), whole(), whole(), whole()
	i.Coach, i.Registrar, i.Channel, i.Received = whole(), whole(), idea.Channel(next()), idea.Day(next())
	i.Registered = time.UnixMilli(whole()).UTC()
	i.Due, i.Wake, i.Answered = idea.Day(next()), idea.Day(next()), idea.Day(next())
	i.Source, i.ExternalID, i.Tags = next(), next(), strings.Fields(next())
	for _, text := range strings.Fields(next()) {
		id, wrong := strconv.ParseInt(text, 10, 64)
		if wrong != nil {
			return i, wrong
		}
		i.Givers = append(i.Givers, id)
	}
	i.Sections = map[idea.Section]string{}
	if d != Short {
		i.NextBy, i.Type, i.Newness, i.Benefits = idea.Day(next()), idea.Type(next()), idea.Newness(next()), idea.SplitBenefits(next())
		for _, section := range idea.Sections() {
			if text := next(); text != "" {
				i.Sections[section] = text
			}
		}
	}
	return i, err
}

func hasNUL(table, row string) error {
	return idea.Errorf(idea.Unusable, "%s %s in the database has a text with a NUL character, which sluss never writes", table, row).
		WithHint("take it out with the sqlite3 shell, or put a backup back")
}

func orderBy(o idea.Order) string {
	direction := ""
	if o.Desc {
		direction = " DESC"
	}
	switch o.By {
	case idea.ByReceived:
		return " ORDER BY received" + direction + ", number" + direction
	case idea.ByDue:
		return " ORDER BY due = '', due" + direction + ", number"
	case idea.ByAge:
		if o.Desc {
			return " ORDER BY stage_since DESC, number DESC"
		}
		return " ORDER BY stage_since, number"
	}
	return " ORDER BY number" + direction
}

// compile turns a filter into a WHERE clause with bound values.
func compile(f idea.Filter) (string, []any) {
	var terms []string
	var args []any
	add := func(term string, values ...any) {
		terms, args = append(terms, term), append(args, values...)
	}
	in := func(column string, values []any) {
		if len(values) > 0 {
			add(column+" IN ("+marks(len(values))+")", values...)
		}
	}
	if len(f.Numbers) > 0 { // they can be more than SQLite takes values
		numbers, _ := json.Marshal(f.Numbers)
		add("number IN (SELECT value FROM json_each(?))", string(numbers))
	}
	in("stage", anys(f.Stages))
	in("kind", anys(f.Kinds))
	in("type", anys(f.Types))
	in("newness", anys(f.Newness))
	orNone("unit", f.Units, add)
	orNone("coach", f.Coaches, add)
	if len(f.Benefits) > 0 {
		benefitTerm(f.Benefits, add)
	}
	if len(f.Tags) > 0 {
		add("number IN (SELECT idea FROM idea_tag WHERE tag IN ("+marks(len(f.Tags))+"))", anys(f.Tags)...)
	}
	if len(f.NoTags) > 0 {
		add("number NOT IN (SELECT idea FROM idea_tag WHERE tag IN ("+marks(len(f.NoTags))+"))", anys(f.NoTags)...)
	}
	if len(f.Givers) > 0 {
		add("number IN (SELECT idea FROM idea_giver WHERE giver IN ("+marks(len(f.Givers))+"))", anys(f.Givers)...)
	}
	if f.Received.From != "" {
		add("received >= ?", f.Received.From)
	}
	if f.Received.To != "" {
		add("received < ?", f.Received.To)
	}
	if f.Open && len(f.Stages) == 0 {
		add("stage NOT IN (SELECT key FROM stage WHERE kind IN ('realised', 'closed'))")
	}
	if f.Own {
		add("number NOT IN (SELECT number FROM idea WHERE merged_into IS NOT NULL)")
	}
	if f.Waiting {
		add("answered = '' AND merged_into IS NULL")
	}
	if f.Text != "" {
		add("number IN (SELECT rowid FROM idea_fts WHERE idea_fts MATCH ?)", match(f.Text))
	}
	if len(terms) == 0 {
		return "", nil
	}
	return "WHERE " + strings.Join(terms, " AND "), args
}

// orNone selects by references, of which 0 is none at all.
func orNone(column string, ids []int64, add func(string, ...any)) {
	var named []any
	var terms []string
	for _, id := range ids {
		if id != 0 {
			named = append(named, id)
		}
	}
	if len(named) < len(ids) {
		terms = append(terms, column+" IS NULL")
	}
	if len(named) > 0 {
		terms = append(terms, column+" IN ("+marks(len(named))+")")
	}
	if len(terms) > 0 {
		add("("+strings.Join(terms, " OR ")+")", named...)
	}
}

// benefitTerm selects ideas that bring one of these kinds of value; the empty
// kind is none.
func benefitTerm(all []idea.Benefit, add func(string, ...any)) {
	terms := make([]string, len(all))
	args := make([]any, len(all))
	for k, b := range all {
		terms[k], args[k] = "instr(' ' || benefits || ' ', ' ' || ? || ' ') > 0", b
		if b == "" {
			terms[k] = "benefits = ?"
		}
	}
	add("("+strings.Join(terms, " OR ")+")", args...)
}
