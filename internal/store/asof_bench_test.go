package store_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"sluss/internal/idea"
	"sluss/internal/store"
)

// BenchmarkAsOf takes back a share of the history of 100,000 ideas with 500,000
// events: each idea is added, moved, renamed, noted and moved again, a command a
// second.
//
//	go test ./internal/store -run '^$' -bench AsOf -benchtime 3x
func BenchmarkAsOf(b *testing.B) {
	const ideas, rounds = 100_000, 5
	path := filepath.Join(b.TempDir(), "sluss.db")
	if err := store.Create(b.Context(), path, idea.DefaultProcess()); err != nil {
		b.Fatal(err)
	}
	raw := shell(b, path)
	for _, query := range []string{
		"INSERT INTO coach (name) VALUES ('Åsa')",
		`INSERT INTO command (at, who, name) WITH RECURSIVE n(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < 500000)
			SELECT k * 1000, 1, 'change' FROM n`,
		`INSERT INTO event (command, at, subject, subject_id, field, old, new) SELECT id, at, 'idea', (id - 1) % 100000 + 1,
			CASE (id - 1) / 100000 WHEN 2 THEN 'title' WHEN 3 THEN 'note' ELSE 'stage' END,
			CASE (id - 1) / 100000 WHEN 1 THEN 'received' WHEN 2 THEN 'Cykel nummer ' || ((id - 1) % 100000 + 1) WHEN 4 THEN 'dialogue' ELSE '' END,
			CASE (id - 1) / 100000 WHEN 0 THEN 'received' WHEN 1 THEN 'dialogue' WHEN 2 THEN 'Hoj nummer ' || ((id - 1) % 100000 + 1)
				WHEN 3 THEN 'ringde och fick veta mer om saken' ELSE 'development' END FROM command`,
		`INSERT INTO idea (title, kind, stage, stage_since, received, registered, need, solution, coach) SELECT new, 'employee', 'development',
			(subject_id + 400000) * 1000, '1970-01-02', subject_id * 1000, 'Vi behöver bättre ordning på cyklarna vid skolan, och det är bråttom nu',
			'Ett tak och ett lås, som i grannkommunen, och någon som ser efter dem', 1 FROM event WHERE field = 'title' ORDER BY subject_id`,
		"INSERT INTO idea_fts (idea_fts) VALUES ('rebuild')",
	} {
		if _, err := raw.ExecContext(b.Context(), query); err != nil {
			b.Fatal(err)
		}
	}
	db, err := store.Open(b.Context(), path)
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	for _, percent := range []int64{1, 10, 50, 79, 90, 99, 100} {
		b.Run(fmt.Sprintf("%d%%", percent), func(b *testing.B) {
			for b.Loop() {
				past, err := db.AsOf(b.Context(), time.UnixMilli(ideas*rounds*10*percent))
				if err != nil {
					b.Fatal(err)
				}
				if err := past.Close(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
