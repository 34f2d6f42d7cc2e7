package store

import (
	"maps"
	"slices"

	"sluss/internal/idea"
)

// The index of words is not kept by triggers: with them SQLite writes its
// pending words at every statement, and an import takes four times as long.

const (
	unindexWords = "INSERT INTO idea_fts (idea_fts, rowid, title, body, notes) SELECT 'delete', number, title, body, notes FROM idea_text WHERE number = ?"
	indexWords   = "INSERT INTO idea_fts (rowid, title, body, notes) SELECT number, title, body, notes FROM idea_text WHERE number = ?"
)

// unindex takes an idea's words out of the index before the first change of
// them in a transaction: SQLite needs the old text for that.
func (tx *Tx) unindex(l layout, c idea.Change) error {
	column, _ := l.column(c.Field)
	touches := column.words || c.Field == idea.FieldNote || comesOrGoes(c)
	if c.Subject != idea.AnIdea || !touches || tx.text[c.ID] || tx.isFresh(c.ID) {
		return nil
	}
	tx.text[c.ID] = true
	return tx.exec(unindexWords, c.ID)
}

// isFresh tells whether an idea was added in this transaction and so is not
// in the index yet. New ideas have the highest numbers: nobody else adds any meanwhile.
func (tx *Tx) isFresh(number int64) bool { return tx.fresh != 0 && number >= tx.fresh }

// reindex puts the words of changed ideas into the index.
func (tx *Tx) reindex() error {
	for _, number := range slices.Sorted(maps.Keys(tx.text)) {
		if err := tx.exec(indexWords, number); err != nil {
			return err
		}
	}
	return nil
}
