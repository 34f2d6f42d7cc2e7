package desk

import (
	"context"
	"time"

	"sluss/internal/idea"
)

// AsOf is a desk over the database as it was at the end of a day, or as it is
// now if the day is today: its clock stands there, and it can change nothing.
// It must be left with Leave. It returns Usage for a day to come.
func (d *Desk) AsOf(ctx context.Context, day idea.Day) (*Desk, error) {
	now := d.now()
	if day > idea.DayOf(now) {
		return nil, idea.Errorf(idea.Usage, "%s is not here yet", day).WithHint("give a day that has been")
	}
	then := endOfDay(day, now.Location())
	if then.After(now) {
		then = now
	}
	past, err := d.db.AsOf(ctx, then)
	if err != nil {
		return nil, err
	}
	return New(past, d.who, func() time.Time { return then }), nil
}

// Leave ends a desk that AsOf gave, and forgets the database as it was.
func (d *Desk) Leave() error { return d.db.Close() }
