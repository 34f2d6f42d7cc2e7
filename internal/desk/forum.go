package desk

import (
	"context"
	"slices"

	"sluss/internal/idea"
	"sluss/internal/store"
)

// ForumLine is a forum with its meetings, the newest first.
type ForumLine struct {
	idea.Forum
	Meetings   []idea.MeetingCount
	Last, Next idea.Day // the meetings beside today; empty where there is none
}

// Forums gives all forums with their meetings.
func (d *Desk) Forums(ctx context.Context) (lines []ForumLine, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		forums, err := tx.Forums()
		if err != nil {
			return err
		}
		for _, f := range forums {
			line, err := d.forumLine(tx, f)
			if err != nil {
				return err
			}
			lines = append(lines, line)
		}
		return nil
	})
	return lines, err
}

// Forum gives the forum that a word names; the only one without a word.
func (d *Desk) Forum(ctx context.Context, word string) (line ForumLine, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		f, err := findForum(tx, word)
		if err != nil {
			return err
		}
		line, err = d.forumLine(tx, f)
		return err
	})
	return line, err
}

func (d *Desk) forumLine(tx *store.Tx, f idea.Forum) (line ForumLine, err error) {
	line.Forum = f
	if line.Meetings, err = tx.Meetings(f.ID); err != nil {
		return line, err
	}
	for _, m := range line.Meetings {
		if m.Day >= d.Today() {
			line.Next = m.Day
		} else if line.Last == "" {
			line.Last = m.Day
		}
	}
	return line, nil
}

// findForum finds the forum that a word names. Without a word it is the only
// one.
func findForum(tx *store.Tx, word string) (f idea.Forum, err error) {
	forums, err := tx.Forums()
	switch {
	case err != nil:
		return f, err
	case word != "":
		return pick("forum", word, forums, func(f idea.Forum) []string { return []string{f.Name} })
	case len(forums) == 1:
		return forums[0], nil
	case len(forums) == 0:
		return f, idea.Errorf(idea.NotFound, "there are no forums yet").WithHint("sluss forum add NAME --kind council")
	}
	return f, idea.Errorf(idea.Usage, "which forum?").WithHint("the forums are: %s", forumNames(forums))
}

func forumNames(forums []idea.Forum) idea.List {
	names := make(idea.List, len(forums))
	for k, f := range forums {
		names[k] = f.Name
	}
	return names
}

// AddForum adds a forum. It returns Refused if there is one of that name.
func (d *Desk) AddForum(ctx context.Context, name string, kind idea.ForumKind) (line ForumLine, err error) {
	err = d.update(ctx, "forum add", func(tx *store.Tx) error {
		forums, err := tx.Forums()
		if err != nil {
			return err
		}
		line.Kind = kind
		if line.Name, err = newName(idea.AForum.Word(), name, forums, func(f idea.Forum) string { return f.Name }); err != nil {
			return err
		}
		line.ID, err = tx.Add(idea.AForum, map[idea.Field]string{idea.FieldName: line.Name, idea.FieldKind: string(kind)})
		return err
	})
	return line, err
}

// EditForum gives a forum another name or kind; an empty one stays as it is.
func (d *Desk) EditForum(ctx context.Context, word, name string, kind idea.ForumKind) (line ForumLine, err error) {
	err = d.update(ctx, "forum edit", func(tx *store.Tx) error {
		f, err := findForum(tx, word)
		if err != nil {
			return err
		}
		if name != "" {
			if name, err = d.otherName(tx, f, name); err != nil {
				return err
			}
			if err := recordField(tx, idea.AForum, f.ID, idea.FieldName, f.Name, name); err != nil {
				return err
			}
			f.Name = name
		}
		if kind != "" {
			if err := recordField(tx, idea.AForum, f.ID, idea.FieldKind, string(f.Kind), string(kind)); err != nil {
				return err
			}
			f.Kind = kind
		}
		line, err = d.forumLine(tx, f)
		return err
	})
	return line, err
}

func (d *Desk) otherName(tx *store.Tx, f idea.Forum, name string) (string, error) {
	forums, err := tx.Forums()
	if err != nil {
		return "", err
	}
	others := slices.DeleteFunc(forums, func(o idea.Forum) bool { return o.ID == f.ID })
	return newName(idea.AForum.Word(), name, others, func(f idea.Forum) string { return f.Name })
}

// RemoveForum removes a forum. It returns Refused for one that has met.
func (d *Desk) RemoveForum(ctx context.Context, word string) (line ForumLine, err error) {
	err = d.update(ctx, "forum remove", func(tx *store.Tx) error {
		f, err := findForum(tx, word)
		if err != nil {
			return err
		}
		if line, err = d.forumLine(tx, f); err != nil {
			return err
		}
		if len(line.Meetings) > 0 {
			return idea.Errorf(idea.Refused, "the forum %s has meetings and cannot be removed", f.Name).
				WithHint("sluss forum edit %q --name NAME gives it another name", f.Name)
		}
		return tx.Remove(idea.AForum, f.ID)
	})
	return line, err
}

// checkForums refuses an undo that would bring two forums of one name, whatever
// its case.
func checkForums(tx *store.Tx) error {
	forums, err := tx.Forums()
	for k, f := range forums {
		if slices.ContainsFunc(forums[:k], func(o idea.Forum) bool { return idea.Same(o.Name, f.Name) }) {
			return idea.Errorf(idea.Refused, "there is already a %s %q", idea.AForum.Word(), f.Name)
		}
	}
	return err
}
