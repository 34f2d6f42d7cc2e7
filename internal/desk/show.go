package desk

import (
	"context"
	"time"

	"sluss/internal/idea"
	"sluss/internal/store"
)

// Card is all that is known of an idea.
type Card struct {
	Listed
	RegistrarName string
	Notes         []NoteLine
	Answers       []idea.Answer
	Waiting       []int64 // givers who have not got the newest answer
	Moves         []MoveLine
	Bonds
	Work
}

// NoteLine is a note with its writer's name.
type NoteLine struct {
	Idea int64 // the idea that it was written about: the card's own, or one merged into it
	At   time.Time
	Who  string
	Text string
}

// MoveLine is one step on an idea's way.
type MoveLine struct {
	At     time.Time
	Who    string
	From   idea.Stage // the zero Stage at the beginning
	To     idea.Stage
	Why    string
	Forced bool
}

// Show gives the cards of ideas. It returns NotFound for a number that no idea
// has. Without people, names and contacts of givers and owners are left out.
func (d *Desk) Show(ctx context.Context, numbers []int64, people bool) (cards []Card, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		for _, number := range numbers {
			card, err := d.card(tx, number, people)
			if err != nil {
				return err
			}
			cards = append(cards, card)
		}
		return nil
	})
	return cards, err
}

func (d *Desk) card(tx *store.Tx, number int64, people bool) (Card, error) {
	n, err := load(tx)
	if err != nil {
		return Card{}, err
	}
	i, err := tx.Idea(number)
	if err != nil {
		return Card{}, err
	}
	card := Card{Listed: d.listed(n, i), RegistrarName: n.coach(i.Registrar)}
	if err := addPeople(tx, &card.Listed); err != nil {
		return card, err
	}
	if !people {
		card.Listed = withoutPeople(card.Listed)
	}
	if card.Bonds, err = bonds(tx, n, i); err != nil {
		return card, err
	}
	notes, err := tx.Notes(card.withMerged(number)...)
	if err != nil {
		return card, err
	}
	for _, note := range notes {
		card.Notes = append(card.Notes, NoteLine{Idea: note.Idea, At: note.At, Who: n.coach(note.Who), Text: note.Text})
	}
	if card.Answers, err = tx.Answers(number); err != nil {
		return card, err
	}
	if card.Work, err = d.work(tx, n, number); err != nil {
		return card, err
	}
	if !people {
		card.Work = card.Work.withoutPeople()
	}
	card.Waiting = idea.Waiting(i, card.Answers)
	promise, err := d.promise(tx)
	if err != nil {
		return card, err
	}
	promise.add(&card.Listed)
	card.Moves, err = moves(tx, n, number)
	return card, err
}

// WithoutPeople is the card without names and contacts of givers and owners.
func (c Card) WithoutPeople() Card {
	c.Listed, c.Work = withoutPeople(c.Listed), c.Work.withoutPeople()
	return c
}

func withoutPeople(l Listed) Listed {
	for k, g := range l.From {
		l.From[k] = idea.Giver{ID: g.ID, Kind: g.Kind}
	}
	l.OwnerName = ""
	return l
}

func moves(tx *store.Tx, n names, number int64) ([]MoveLine, error) {
	log, err := tx.IdeaMoves(number)
	if err != nil {
		return nil, err
	}
	var out []MoveLine
	for k := len(log) - 1; k >= 0; k-- {
		for _, e := range log[k].Events {
			line := MoveLine{At: e.At, Who: n.coach(log[k].Who), To: n.stage(idea.StageKey(e.New)), Why: e.Why, Forced: e.Forced}
			if e.Old != "" {
				line.From = n.stage(idea.StageKey(e.Old))
			}
			out = append(out, line)
		}
	}
	return out, nil
}
