package store

import (
	"database/sql"
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
	Short Depth = iota // without the sections and the classes
	Whole
)

// The order of these must be that of scanIdea.
const shortColumns = `number, title, kind, stage, stage_since, reason, coalesce(merged_into, 0), coalesce(unit, 0), coalesce(owner, 0),
	coalesce(coach, 0), coalesce(registrar, 0), channel, received, registered, due, wake, answered, source, external_id,
	coalesce((SELECT group_concat(tag, ' ') FROM idea_tag WHERE idea = number), ''),
	coalesce((SELECT group_concat(giver, ' ') FROM idea_giver WHERE idea = number), '')`

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

// CountMerged gives how many of the ideas that a filter selects are merged into
// others. There are few: it must not look at all that the filter selects.
func (tx *Tx) CountMerged(f idea.Filter) (int, error) {
	where, args := compile(f)
	if where == "" {
		where = "WHERE true"
	}
	var n int
	err := tx.row("SELECT count(*) FROM idea INDEXED BY idea_merged "+where+" AND merged_into IS NOT NULL", args...).Scan(&n)
	return n, err
}

func (tx *Tx) ideas(d Depth, where string, args []any, yield func(idea.Idea) bool) error {
	columns := shortColumns
	if d == Whole {
		columns += sectionColumns
	}
	rows, err := tx.tx.QueryContext(tx.ctx, "SELECT "+columns+" FROM idea "+where, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		i, err := scanIdea(rows, d)
		if err != nil {
			return err
		}
		if !yield(i) {
			return nil
		}
	}
	return rows.Err()
}

func scanIdea(rows *sql.Rows, d Depth) (idea.Idea, error) {
	var i idea.Idea
	var since, registered int64
	var tags, givers string
	dest := []any{&i.Number, &i.Title, &i.Kind, &i.Stage, &since, &i.Reason, &i.MergedInto, &i.Unit, &i.Owner,
		&i.Coach, &i.Registrar, &i.Channel, &i.Received, &registered, &i.Due, &i.Wake, &i.Answered,
		&i.Source, &i.ExternalID, &tags, &givers}
	texts := make([]string, len(idea.Sections()))
	var benefits string
	if d == Whole {
		dest = append(dest, &i.NextBy, &i.Type, &i.Newness, &benefits)
		for k := range texts {
			dest = append(dest, &texts[k])
		}
	}
	if err := rows.Scan(dest...); err != nil {
		return i, err
	}
	i.StageSince = time.UnixMilli(since).UTC()
	i.Registered = time.UnixMilli(registered).UTC()
	i.Tags = strings.Fields(tags)
	i.Benefits = idea.SplitBenefits(benefits)
	for _, text := range strings.Fields(givers) {
		id, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return i, err
		}
		i.Givers = append(i.Givers, id)
	}
	i.Sections = map[idea.Section]string{}
	for k, section := range idea.Sections() {
		if texts[k] != "" {
			i.Sections[section] = texts[k]
		}
	}
	return i, nil
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
	in("unit", anys(f.Units))
	if len(f.Coaches) > 0 {
		coachTerm(f.Coaches, add)
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

func coachTerm(coaches []int64, add func(string, ...any)) {
	var named []any
	term := ""
	for _, c := range coaches {
		if c == 0 {
			term = "coach IS NULL"
		} else {
			named = append(named, c)
		}
	}
	if len(named) > 0 {
		if term != "" {
			term += " OR "
		}
		term += "coach IN (" + marks(len(named)) + ")"
	}
	add("("+term+")", named...)
}
