package desk

import (
	"context"

	"sluss/internal/idea"
	"sluss/internal/store"
)

// Marks around a found word in an excerpt.
const (
	HitStart = store.HitStart
	HitEnd   = store.HitEnd
)

// Hit is an idea that holds the words that were looked for.
type Hit struct {
	store.Hit
	In idea.Stage
}

// Search finds ideas by their words, best first.
func (d *Desk) Search(ctx context.Context, words string, limit int) (out []Hit, err error) {
	err = d.db.Survey(ctx, func(tx *store.Tx) error {
		n, err := load(tx)
		if err != nil {
			return err
		}
		hits, err := tx.Search(words, limit)
		for _, h := range hits {
			out = append(out, Hit{Hit: h, In: n.stage(h.Stage)})
		}
		return err
	})
	return out, err
}

// Tags gives every tag with the number of ideas that bear it.
func (d *Desk) Tags(ctx context.Context) (out map[string]int, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		out, err = tx.Tags()
		return err
	})
	return out, err
}
