package store

import (
	"database/sql"
	"fmt"
	"strings"

	"sluss/internal/idea"
)

// Said is what an idea says: its title and the beginning of its sections.
type Said struct {
	Number     int64
	Title      string
	Stage      idea.StageKey
	MergedInto int64
	Body       string
}

// saidMost is how much of each section is read, in characters.
const saidMost = 400

// HaveWord counts the ideas in whose title or sections one of the words stands,
// up to most.
func (tx *Tx) HaveWord(most int, words ...string) (n int, err error) {
	err = tx.row("SELECT count(*) FROM (SELECT 1 FROM idea_fts WHERE idea_fts MATCH ? LIMIT ?)", inTexts(quoted(words, "")), most).Scan(&n)
	return n, err
}

// Candidates gives the ideas that have one of the words, or one with one of the
// beginnings, in their title or sections: those with more and rarer ones first
// (bm25).
func (tx *Tx) Candidates(beginnings, words []string, limit int) (out []Said, err error) {
	terms := append(quoted(beginnings, "*"), quoted(words, "")...)
	if len(terms) == 0 {
		return nil, nil
	}
	err = tx.each(func(rows *sql.Rows) error {
		var s Said
		if err := rows.Scan(&s.Number, &s.Title, &s.Stage, &s.MergedInto, &s.Body); err != nil {
			return err
		}
		out = append(out, s)
		return nil
	}, `WITH found AS (SELECT rowid AS number, rank FROM idea_fts
			WHERE idea_fts MATCH ? AND rank MATCH 'bm25(8.0, 2.0, 0.0)' ORDER BY rank LIMIT ?)
		SELECT number, title, stage, coalesce(merged_into, 0), `+saidSections()+` FROM found JOIN idea USING (number) ORDER BY rank, number`,
		inTexts(terms), limit)
	return out, err
}

// inTexts is an FTS5 query for any of the terms outside of the notes.
func inTexts(terms []string) string { return "{title body} : (" + strings.Join(terms, " OR ") + ")" }

// quoted makes FTS5 terms of words, which hold no quotes.
func quoted(words []string, end string) []string {
	out := make([]string, len(words))
	for k, word := range words {
		out[k] = `"` + word + `"` + end
	}
	return out
}

func saidSections() string {
	var parts []string
	for _, s := range idea.Sections() {
		parts = append(parts, fmt.Sprintf("substr(%s, 1, %d)", s, saidMost))
	}
	return strings.Join(parts, " || ' ' || ")
}
