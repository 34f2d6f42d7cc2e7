package desk

import (
	"context"
	"slices"
	"strings"

	"sluss/internal/idea"
	"sluss/internal/store"
)

// SessionInput is what is told of a session, in the words of the user. What is
// not in Fields, and nil Speakers, stay as they are.
type SessionInput struct {
	Fields   map[idea.Field]string
	Speakers []string
}

// sessionFields lists the fields of a session, in the order of its events.
func sessionFields() []idea.Field {
	return []idea.Field{idea.FieldDay, idea.FieldBegins, idea.FieldEnds, idea.FieldRoom, idea.FieldTitle, idea.FieldKind,
		"idea", "story", idea.FieldSpeakers, idea.FieldText}
}

func sessionValues(s idea.Session) map[idea.Field]string {
	return map[idea.Field]string{idea.FieldMashup: ref(s.Mashup), idea.FieldDay: string(s.Day), idea.FieldBegins: string(s.Begins),
		idea.FieldEnds: string(s.Ends), idea.FieldRoom: s.Room, idea.FieldTitle: s.Title, idea.FieldKind: string(s.Kind),
		"idea": ref(s.Idea), "story": ref(s.Story), idea.FieldSpeakers: strings.Join(s.Speakers, "\n"), idea.FieldText: s.Text}
}

// setSession puts words into the fields of a session, cleaned. One that begins
// at another time lasts as long as before unless its end is given.
func setSession(tx *store.Tx, s *idea.Session, in SessionInput) (err error) {
	lasts := s.Ends.Minutes() - s.Begins.Minutes()
	for _, f := range sessionFields() {
		word, given := in.Fields[f]
		if !given {
			continue
		}
		switch f {
		case idea.FieldDay:
			s.Day = idea.Day(word)
		case idea.FieldBegins:
			s.Begins, err = idea.FindClock(word)
		case idea.FieldEnds:
			s.Ends, err = idea.FindClock(word)
		case idea.FieldRoom:
			s.Room, err = idea.CleanLine("the room", word)
		case idea.FieldTitle:
			s.Title, err = idea.CleanLine("the title", word)
		case idea.FieldKind:
			s.Kind, err = idea.FindSessionKind(word)
		case "idea":
			s.Idea, s.Story, err = shown(tx, word, false)
		case "story":
			s.Idea, s.Story, err = shown(tx, word, true)
		case idea.FieldText:
			s.Text, err = idea.CleanText("the text", word)
		}
		if err != nil {
			return err
		}
	}
	_, begins := in.Fields[idea.FieldBegins]
	if _, ends := in.Fields[idea.FieldEnds]; begins && !ends && s.ID != 0 {
		end, same := s.Begins.Add(lasts)
		if !same {
			return idea.Errorf(idea.Usage, "a session that begins %s and lasts as long as before goes on past midnight", s.Begins).
				WithHint("say with --end when it ends")
		}
		s.Ends = end
	}
	if in.Speakers != nil {
		s.Speakers, err = cleanSpeakers(in.Speakers)
	}
	return err
}

// shown is the idea that a word names, and its good example where that is asked
// for; 0 for none. A good example has the number of its idea.
func shown(tx *store.Tx, word string, example bool) (number, story int64, err error) {
	if word == "" || isNone(word) {
		return 0, 0, nil
	}
	if number = parseRef(strings.TrimPrefix(word, "#")); number == 0 {
		return 0, 0, idea.Errorf(idea.Usage, "%q is no number of an idea", word)
	}
	if _, err := tx.Idea(number); err != nil || !example {
		return number, 0, err
	}
	stories, err := tx.Stories(number)
	if err == nil && len(stories) == 0 {
		err = idea.Errorf(idea.NotFound, "there is no good example of idea %d", number).WithHint("sluss story %d writes one", number)
	}
	if err != nil {
		return 0, 0, err
	}
	return number, stories[0].ID, nil
}

// cleanSpeakers drops empty names and those said twice.
func cleanSpeakers(names []string) (out []string, err error) {
	for _, name := range names {
		if name, err = idea.CleanLine("the speaker", name); err != nil {
			return nil, err
		}
		if name != "" && !slices.ContainsFunc(out, func(o string) bool { return idea.Same(o, name) }) {
			out = append(out, name)
		}
	}
	return out, nil
}

// checkClock refuses times that the clock of the place skips on that day.
func (d *Desk) checkClock(s idea.Session) error {
	for _, at := range []idea.Clock{s.Begins, s.Ends} {
		if _, there := at.On(s.Day, d.Location()); !there {
			return idea.Errorf(idea.Usage, "there is no %s on %s: summer time begins then", at, s.Day)
		}
	}
	return nil
}

// AddSession adds a session to the programme of a mashup. It is a talk unless
// another kind is given, and on the day of a mashup of one day. It returns
// Refused if it would be at the same time as another in the same room or of the
// same speaker.
func (d *Desk) AddSession(ctx context.Context, mashup string, in SessionInput) (SessionLine, error) {
	return d.changeSession(ctx, "mashup session add", func(tx *store.Tx) (s idea.Session, err error) {
		m, err := findMashup(tx, mashup)
		if err != nil {
			return s, err
		}
		s = idea.Session{Mashup: m.ID, Kind: idea.TalkSession}
		if err := setSession(tx, &s, in); err != nil {
			return s, err
		}
		switch {
		case s.Day == "" && m.Day != m.To:
			return s, idea.Errorf(idea.Usage, "on which day?").WithHint("%s is held %s: say one of them with --day", m.Name, m.Days())
		case s.Day == "":
			s.Day = m.Day
		}
		if err := d.checkSession(tx, m, s); err != nil {
			return s, err
		}
		s.ID, err = tx.Add(idea.ASession, sessionValues(s))
		return s, err
	})
}

func (d *Desk) checkSession(tx *store.Tx, m idea.Mashup, s idea.Session) error {
	if s.Title == "" {
		return idea.Errorf(idea.Usage, "a session needs a title").WithHint("say it with --title")
	}
	if s.Begins == "" || s.Ends == "" {
		return idea.Errorf(idea.Usage, "when does the session begin and end?").WithHint("say it with --start 09:00 --end 09:45")
	}
	others, err := tx.Sessions(m.ID)
	if err != nil {
		return err
	}
	if err := m.CheckSession(s, others); err != nil {
		return err
	}
	return d.checkClock(s)
}

// EditSession changes what is told of a session, or when and where it is. It
// returns Refused as AddSession does.
func (d *Desk) EditSession(ctx context.Context, verb string, id int64, in SessionInput) (SessionLine, error) {
	return d.changeSession(ctx, "mashup session "+verb, func(tx *store.Tx) (s idea.Session, err error) {
		old, err := tx.Session(id)
		if err != nil {
			return s, err
		}
		s = old
		if err := setSession(tx, &s, in); err != nil {
			return s, err
		}
		m, err := mashupOf(tx, s.Mashup)
		if err != nil {
			return s, err
		}
		if err := d.checkSession(tx, m, s); err != nil {
			return s, err
		}
		before, after := sessionValues(old), sessionValues(s)
		for _, f := range sessionFields() {
			if err := recordField(tx, idea.ASession, id, f, before[f], after[f]); err != nil {
				return s, err
			}
		}
		return s, nil
	})
}

func (d *Desk) changeSession(ctx context.Context, verb string, change func(*store.Tx) (idea.Session, error)) (line SessionLine, err error) {
	err = d.update(ctx, verb, func(tx *store.Tx) error {
		s, err := change(tx)
		if err != nil {
			return err
		}
		line, err = d.sessionLine(tx, s)
		return err
	})
	return line, err
}

func (d *Desk) sessionLine(tx *store.Tx, s idea.Session) (line SessionLine, err error) {
	lines, err := d.programme(tx, []idea.Session{s})
	if err != nil {
		return line, err
	}
	return lines[0], nil
}

// RemoveSessions takes sessions out of a programme, all of them or none.
func (d *Desk) RemoveSessions(ctx context.Context, ids []int64) ([]SessionLine, error) {
	return removeEach(ctx, d, "mashup session remove", idea.ASession, ids, func(tx *store.Tx, id int64) (SessionLine, error) {
		s, err := tx.Session(id)
		if err != nil {
			return SessionLine{}, err
		}
		return d.sessionLine(tx, s)
	})
}

// Sessions gives so many sessions of all mashups, those of the newest mashup
// last.
func (d *Desk) Sessions(ctx context.Context, most int) (out []idea.Session, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		out, err = tx.Sessions(0)
		return err
	})
	return out[max(0, len(out)-most):], err
}
