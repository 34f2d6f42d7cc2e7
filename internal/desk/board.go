package desk

import (
	"cmp"
	"context"
	"slices"

	"sluss/internal/idea"
	"sluss/internal/store"
)

// Column is a stage of the way with the ideas that stand there, the oldest
// first.
type Column struct {
	In       idea.Stage
	Cards    []Pinned
	Standing int // how many ideas stand there, selected or not; only in a stage with a limit
}

// Crowded tells whether more ideas stand in the stage than should.
func (c Column) Crowded() bool { return c.In.Wip > 0 && c.Standing > c.In.Wip }

// Pinned is an idea on the board.
type Pinned struct {
	Number int64
	Title  string
	Days   int  // how long it has stood in its stage
	Stuck  bool // longer than the stage allows
	Late   bool // the giver has not got the answer that was promised
}

// Board gives the stages of the way with the selected ideas. What is parked or
// closed is not there.
func (d *Desk) Board(ctx context.Context, s Selection) (board []Column, err error) {
	err = d.db.Survey(ctx, func(tx *store.Tx) error {
		board, err = d.board(tx, s)
		return err
	})
	return board, err
}

func (d *Desk) board(tx *store.Tx, s Selection) ([]Column, error) {
	n, err := load(tx)
	if err != nil {
		return nil, err
	}
	f, err := d.filter(n, s)
	if err != nil {
		return nil, err
	}
	board, at := []Column{}, map[idea.StageKey]int{}
	for k, stage := range n.process.Path() {
		c := Column{In: stage}
		if stage.Wip > 0 {
			if c.Standing, err = tx.Count(idea.Filter{Stages: []idea.StageKey{stage.Key}}); err != nil {
				return nil, err
			}
		}
		board, at[stage.Key] = append(board, c), k
	}
	p, err := d.promise(tx)
	if err != nil {
		return nil, err
	}
	loc, today := d.Location(), idea.DayNumber(d.now())
	err = tx.Board(f, func(s idea.Standing) {
		if k, known := at[s.Stage]; known {
			c := &board[k]
			days := max(0, today-idea.DayNumber(s.Since.In(loc)))
			c.Cards = append(c.Cards, Pinned{Number: s.Number, Title: s.Title, Days: days,
				Stuck: c.In.LimitDays > 0 && days > c.In.LimitDays,
				Late:  p.days > 0 && s.Received != "" && p.of(s.Received) < p.today})
		}
	})
	for _, c := range board {
		slices.SortFunc(c.Cards, func(a, b Pinned) int { return cmp.Or(cmp.Compare(b.Days, a.Days), cmp.Compare(a.Number, b.Number)) })
	}
	return board, err
}
