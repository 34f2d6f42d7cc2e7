package store

import (
	"database/sql"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"sluss/internal/idea"
)

// Hit is an idea that holds the words that were looked for.
type Hit struct {
	Number  int64
	Title   string
	Stage   idea.StageKey
	Excerpt string // found words stand between HitStart and HitEnd
}

// Marks around a found word in an excerpt. No stored text can hold them: they are
// not characters (Unicode, chapter 23.7).
const (
	HitStart = "\uFDD0"
	HitEnd   = "\uFDD1"
)

// longText is how many characters an idea may hold before its title is its
// excerpt: SQLite's snippet takes time by the square of the hits.
const longText = 20_000

// Search finds ideas by their words, best first: a word in the title weighs
// most, one in a note least (bm25).
func (tx *Tx) Search(words string, limit int) ([]Hit, error) {
	var out []Hit
	err := tx.each(func(rows *sql.Rows) error {
		var h Hit
		if err := rows.Scan(&h.Number, &h.Title, &h.Stage, &h.Excerpt); err != nil {
			return err
		}
		out = append(out, h)
		return nil
	}, `WITH found AS (SELECT rowid AS number, rank,
				CASE WHEN length(body) + length(notes) > ? THEN substr(title, 1, 80) ELSE snippet(idea_fts, -1, ?, ?, '…', 14) END AS excerpt
			FROM idea_fts WHERE idea_fts MATCH ? AND rank MATCH 'bm25(8.0, 2.0, 1.0)' ORDER BY rank LIMIT ?)
		SELECT idea.number, title, stage, excerpt FROM found JOIN idea USING (number) ORDER BY rank, idea.number`,
		longText, HitStart, HitEnd, match(words), noLimit(limit))
	return out, err
}

// match turns words into an FTS5 query: every word must occur, as the
// beginning of a word in the text, or as the whole word when it stands in
// double quotes. Nothing that a user types reaches FTS5 as syntax.
func match(words string) string {
	var terms []string
	for i, part := range strings.Split(norm.NFC.String(words), `"`) {
		part = strings.Map(dropControl, part)
		if quoted := i%2 == 1; quoted {
			if wordy(part) {
				terms = append(terms, `"`+part+`"`)
			}
			continue
		}
		for _, word := range strings.Fields(part) {
			if word = strings.Trim(word, "*"); wordy(word) {
				terms = append(terms, `"`+word+`"*`)
			}
		}
	}
	if len(terms) == 0 {
		return `""`
	}
	return strings.Join(terms, " ")
}

func dropControl(r rune) rune {
	if r == 0 {
		return ' '
	}
	return r
}

// wordy tells whether s holds anything that FTS5 would index.
func wordy(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}
