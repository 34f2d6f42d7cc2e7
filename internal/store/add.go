package store

import (
	"database/sql"
	"strings"

	"sluss/internal/idea"
)

// bulk is the number of new ideas in one transaction from which the index of
// words is given more memory to gather them in (64 MiB instead of 1).
const bulk = 1000

// AddIdea writes a new idea and gives its number. The first stage is entered at
// i.StageSince. Numbers are never used again, not even after an undo.
func (tx *Tx) AddIdea(i idea.Idea) (int64, error) {
	if err := tx.begin(); err != nil {
		return 0, err
	}
	values := []any{i.Title, i.Kind, i.Stage, i.StageSince.UTC().UnixMilli(), i.Reason, nullable(i.MergedInto), nullable(i.Unit), nullable(i.Owner),
		nullable(i.Coach), nullable(i.Registrar), i.Channel, i.Received, i.Registered.UTC().UnixMilli(), i.Due, i.Wake, i.NextBy,
		i.Answered, i.Type, i.Newness, idea.JoinBenefits(i.Benefits), i.Source, i.ExternalID}
	for _, s := range idea.Sections() {
		values = append(values, i.Sections[s])
	}
	number, err := tx.insertPrepared(tx.insertIdea(), values...)
	if err != nil {
		return 0, err
	}
	if tx.fresh == 0 {
		tx.fresh, tx.untold = number, number
	}
	tx.added++
	tx.last = number
	for _, tag := range i.Tags {
		tx.tags = append(tx.tags, number, tag)
	}
	if len(tx.tags) >= maxTags {
		if err := tx.writeTags(); err != nil {
			return 0, err
		}
	}
	for _, giver := range i.Givers {
		if _, err := tx.insertPrepared("INSERT INTO idea_giver (idea, giver) VALUES (?, ?)", number, giver); err != nil {
			return 0, err
		}
	}
	return number, nil
}

func (tx *Tx) insertIdea() string {
	if tx.ideaSQL == "" {
		var names []string
		for _, c := range ideaColumns() {
			names = append(names, string(c.field))
		}
		tx.ideaSQL = "INSERT INTO idea (" + strings.Join(names, ", ") + ") VALUES (" + marks(len(names)) + ")"
	}
	return tx.ideaSQL
}

// insertPrepared keeps the statement for the next of many rows.
func (tx *Tx) insertPrepared(query string, args ...any) (int64, error) {
	statement, ok := tx.prepared[query]
	if !ok {
		var err error
		if statement, err = tx.tx.PrepareContext(tx.ctx, query); err != nil {
			return 0, err
		}
		tx.prepared[query] = statement
	}
	result, err := statement.ExecContext(tx.ctx, args...)
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

func (tx *Tx) closePrepared() {
	for _, statement := range tx.prepared {
		statement.Close()
	}
}

// maxTags is how many ids and tags are gathered before they are written.
const maxTags = 400

// writeTags writes the tags of new ideas, many with one statement.
func (tx *Tx) writeTags() error {
	if len(tx.tags) == 0 {
		return nil
	}
	pairs := strings.TrimSuffix(strings.Repeat("(?, ?), ", len(tx.tags)/2), ", ")
	_, err := tx.insertPrepared("INSERT INTO idea_tag (idea, tag) VALUES "+pairs, tx.tags...)
	tx.tags = tx.tags[:0]
	return err
}

// tellFresh writes the tags and the events of the ideas that were added since
// it was last called, with one statement for all. It comes before any other
// event, so that an idea's first event is that it was added, and before an idea
// is read.
func (tx *Tx) tellFresh() error {
	if tx.added == tx.told {
		return nil
	}
	if err := tx.writeTags(); err != nil {
		return err
	}
	from := tx.untold
	tx.untold, tx.told = tx.last+1, tx.added
	return tx.exec(`INSERT INTO event (command, at, subject, subject_id, field, new)
		SELECT ?, stage_since, 'idea', number, 'stage', stage FROM idea WHERE number >= ? ORDER BY number`, tx.command, from)
}

// indexFresh puts the words of the ideas that were added in this transaction
// into the index with one statement: one a row is several times slower.
func (tx *Tx) indexFresh() error {
	if tx.added == 0 {
		return nil
	}
	if tx.added >= bulk {
		if err := tx.exec("INSERT INTO idea_fts (idea_fts, rank) VALUES ('hashsize', 67108864)"); err != nil {
			return err
		}
	}
	err := tx.exec(`INSERT INTO idea_fts (rowid, title, body, notes)
		SELECT number, title, body, notes FROM idea_text WHERE number >= ?`, tx.fresh)
	if err != nil || tx.added < bulk {
		return err
	}
	return tx.exec("INSERT INTO idea_fts (idea_fts, rank) VALUES ('hashsize', 1048576)")
}

// ExternalIDs gives the numbers of the ideas that came from a source, by the
// number that they have there.
func (tx *Tx) ExternalIDs(source string) (map[string]int64, error) {
	out := map[string]int64{}
	err := tx.each(func(rows *sql.Rows) error {
		var id string
		var number int64
		if err := rows.Scan(&id, &number); err != nil {
			return err
		}
		out[id] = number
		return nil
	}, "SELECT external_id, number FROM idea WHERE source = ? AND external_id <> ''", source)
	return out, err
}
