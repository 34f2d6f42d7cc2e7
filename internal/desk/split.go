package desk

import (
	"context"

	"sluss/internal/idea"
	"sluss/internal/store"
)

// Split makes a new idea of each title, as a part of an idea. Its kind, unit,
// coach, channel, day of receipt, tags and givers go along. It returns Usage for
// a title that cannot be stored, and Refused for a merged idea.
func (d *Desk) Split(ctx context.Context, number int64, titles []string) (cards []Card, err error) {
	drafts := make([]idea.Draft, len(titles))
	for k, title := range titles {
		if drafts[k], err = (idea.Draft{Title: title}).Clean(); err != nil {
			return nil, err
		}
	}
	err = d.update(ctx, "split", func(tx *store.Tx) error {
		cards = nil
		n, err := load(tx)
		if err != nil {
			return err
		}
		whole, err := tx.Idea(number)
		if err != nil {
			return err
		}
		for _, draft := range drafts {
			part, err := d.part(tx, n, whole, draft.Title)
			if err != nil {
				return err
			}
			card, err := d.card(tx, part, true)
			if err != nil {
				return err
			}
			cards = append(cards, card)
		}
		return nil
	})
	return cards, err
}

// part adds a part of an idea and gives its number.
func (d *Desk) part(tx *store.Tx, n names, whole idea.Idea, title string) (int64, error) {
	me, err := tx.Me()
	if err != nil {
		return 0, err
	}
	now := d.now()
	i := idea.Idea{Title: title, Kind: whole.Kind, Stage: n.process[0].Key, StageSince: now, Unit: whole.Unit, Coach: whole.Coach,
		Registrar: me, Channel: whole.Channel, Received: whole.Received, Registered: now, Tags: whole.Tags, Givers: whole.Givers}
	if i.Number, err = tx.AddIdea(i); err != nil {
		return 0, err
	}
	changes, err := idea.Link(i, whole, idea.PartOf, nil)
	if err != nil {
		return 0, err
	}
	return i.Number, tx.RecordAll(changes)
}
