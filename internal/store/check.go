package store

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"slices"
	"strconv"

	"sluss/internal/idea"
)

// Check looks for damage and gives what it finds, one line each. A whole
// database gives none. full also reads every word of the index back.
func (db *DB) Check(ctx context.Context, full bool) (faults []idea.Text, err error) {
	err = db.View(ctx, func(tx *Tx) error {
		for _, look := range []func(*Tx) ([]idea.Text, error){pages, references, stages, history, circles} {
			found, err := look(tx)
			if err != nil {
				return err
			}
			faults = append(faults, found...)
		}
		return nil
	})
	if err != nil || db.readOnly {
		return faults, err
	}
	found, err := db.checkWords(ctx, full)
	return append(faults, found...), err
}

// pages is SQLite's own check of its pages and indexes.
func pages(tx *Tx) ([]idea.Text, error) {
	lines, err := tx.strings("PRAGMA integrity_check(20)")
	var faults []idea.Text
	for _, line := range lines {
		if line != "ok" {
			faults = append(faults, idea.Say("SQLite says: %s", line))
		}
	}
	return faults, err
}

func references(tx *Tx) ([]idea.Text, error) {
	var faults []idea.Text
	err := tx.each(func(rows *sql.Rows) error {
		var table, parent string
		var row, key sql.NullInt64
		if err := rows.Scan(&table, &row, &parent, &key); err != nil {
			return err
		}
		faults = append(faults, idea.Say("row %d of %s refers to something in %s that is not there", row.Int64, table, parent))
		return nil
	}, "PRAGMA foreign_key_check")
	return faults, err
}

// stages compares where ideas stand with their last move.
func stages(tx *Tx) ([]idea.Text, error) {
	return tx.faults("idea %d is not in the stage that its last move led to", `
		SELECT number FROM idea WHERE NOT EXISTS (
			SELECT 1 FROM (SELECT new, at FROM event WHERE subject = 'idea' AND field = 'stage' AND live = 1 AND subject_id = number ORDER BY id DESC LIMIT 1)
			WHERE new = stage AND at = stage_since)
		LIMIT 20`)
}

// history looks for moves that do not begin where the one before ended.
func history(tx *Tx) ([]idea.Text, error) {
	return tx.faults("the moves of idea %d do not follow on each other", `
		SELECT subject_id FROM (
			SELECT subject_id, old, lag(new, 1, '') OVER (PARTITION BY subject_id ORDER BY id) AS before
			FROM event WHERE subject = 'idea' AND field = 'stage' AND live = 1)
		WHERE old <> before LIMIT 20`)
}

// circles looks for units and ideas that are under themselves, and for ideas
// that were merged into themselves.
func circles(tx *Tx) ([]idea.Text, error) {
	var faults []idea.Text
	for _, c := range []struct {
		say   idea.Word
		pairs string
	}{
		{"unit %d lies under itself", "SELECT id AS low, parent AS high FROM unit WHERE parent IS NOT NULL"},
		{"unit %d was merged into itself", "SELECT id AS low, successor AS high FROM unit WHERE successor IS NOT NULL"},
		{"idea %d is part of itself", "SELECT idea AS low, other AS high FROM idea_part_of"},
		{"idea %d builds on itself", "SELECT idea AS low, other AS high FROM idea_builds_on"},
		{"idea %d was merged into itself", "SELECT number AS low, merged_into AS high FROM idea WHERE merged_into IS NOT NULL"},
	} {
		var pairs [][2]int64
		err := tx.each(func(rows *sql.Rows) error {
			var p [2]int64
			err := rows.Scan(&p[0], &p[1])
			pairs = append(pairs, p)
			return err
		}, c.pairs)
		if err != nil {
			return nil, err
		}
		for _, number := range inCircles(pairs) {
			faults = append(faults, idea.Say(string(c.say), number))
		}
	}
	return faults, nil
}

// inCircles is those from which the pairs lead back to themselves, at most 20.
// What leads nowhere, and then what leads only there, is in no circle; nor is
// what nothing in a circle leads to.
func inCircles(pairs [][2]int64) (out []int64) {
	for from := range 2 {
		for left := -1; left != len(pairs); {
			left = len(pairs)
			goesOn := map[int64]bool{}
			for _, p := range pairs {
				goesOn[p[from]] = true
			}
			pairs = slices.DeleteFunc(pairs, func(p [2]int64) bool { return !goesOn[p[1-from]] })
		}
	}
	for _, p := range pairs {
		out = append(out, p[0])
	}
	slices.Sort(out)
	out = slices.Compact(out)
	return out[:min(len(out), 20)]
}

func (tx *Tx) faults(format, query string) ([]idea.Text, error) {
	numbers, err := tx.strings(query)
	var faults []idea.Text
	for _, text := range numbers {
		number, _ := strconv.ParseInt(text, 10, 64)
		faults = append(faults, idea.Text{Format: format, Args: []any{number}})
	}
	return faults, err
}

// checkWords compares the index of words with the texts. Only this finds a byte
// that was changed inside a text. SQLite lets nobody do it who may not write.
func (db *DB) checkWords(ctx context.Context, full bool) ([]idea.Text, error) {
	tx, err := db.sql.BeginTx(ctx, nil)
	if err != nil {
		return nil, wrap(err, db.path)
	}
	defer tx.Rollback()
	rank := 0
	if full {
		rank = 1
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO idea_fts (idea_fts, rank) VALUES ('integrity-check', ?)", rank)
	if unwritable(err) {
		return nil, nil
	}
	if err = wrap(err, db.path); idea.KindOf(err) == idea.Unusable && err != nil {
		return []idea.Text{idea.Say("the index of words does not agree with the ideas")}, nil
	}
	return nil, err
}

// Backup copies the database to path, whole and checked, readable by its owner
// only. It returns Refused if there is a file already.
func (db *DB) Backup(ctx context.Context, path string) error {
	if _, err := os.Lstat(path); err == nil {
		return idea.Errorf(idea.Refused, "there is already a file at %s", path).WithHint("choose another name")
	}
	return appear(path, func(draft string) error { return db.copyTo(ctx, draft, path) })
}

// copyTo writes the copy to draft; path is what it will be called.
func (db *DB) copyTo(ctx context.Context, draft, path string) error {
	if _, err := db.sql.ExecContext(ctx, "VACUUM INTO ?", draft); err != nil {
		return wrap(err, path)
	}
	backup, err := open(ctx, draft, "mode=rw", false)
	if err != nil {
		return err
	}
	backup.path = path
	if err := errors.Join(backup.makeReady(ctx), backup.Close()); err != nil {
		return err
	}
	file, err := os.OpenFile(draft, os.O_RDWR, 0)
	if err != nil {
		return fileError(err, path)
	}
	defer file.Close()
	if err := file.Sync(); err != nil {
		return fileError(err, path)
	}
	return nil
}

// makeReady gives a copy what SQLite does not copy, and checks that it is whole.
func (db *DB) makeReady(ctx context.Context) error {
	if _, err := db.sql.ExecContext(ctx, "PRAGMA journal_mode = WAL"); err != nil {
		return wrap(err, db.path)
	}
	faults, err := db.Check(ctx, false)
	if err == nil && len(faults) > 0 {
		err = idea.Errorf(idea.Unusable, "the copy is damaged: %s", faults[0]).WithHint("sluss db check tells whether the database itself is")
	}
	return err
}
