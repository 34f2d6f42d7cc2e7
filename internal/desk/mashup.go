package desk

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"sluss/internal/idea"
	"sluss/internal/report"
	"sluss/internal/store"
)

// MashupPage is a mashup with all that belongs to it, and its figures.
type MashupPage struct {
	report.Mashup
	Past
	Figures   report.MashupFigures
	Programme []SessionLine
	Least     int              // smaller numbers of people are kept back in what is spread
	Titles    map[int64]string // of the ideas that outcomes are about
}

// SessionLine is a session with what calendars need to know of it.
type SessionLine struct {
	idea.Session
	Past
	From, To time.Time
}

// Past is what has happened to something: when it was added and last changed,
// and how often it has been changed.
type Past struct {
	Added, Changed time.Time
	Changes        int
}

// WithoutPeople is the page without names and addresses, and with small numbers
// of people kept back.
func (p MashupPage) WithoutPeople() MashupPage {
	p.Participants = slices.Clone(p.Participants)
	for k := range p.Participants {
		p.Participants[k].Name, p.Participants[k].Email = "", ""
	}
	p.Sessions, p.Programme = slices.Clone(p.Sessions), slices.Clone(p.Programme)
	for k := range p.Sessions {
		p.Sessions[k].Speakers = nil
	}
	for k := range p.Programme {
		p.Programme[k].Speakers = nil
	}
	p.Figures = p.Figures.Spreadable(p.Least)
	p.Evaluations = slices.Clone(p.Evaluations)
	for k, e := range p.Evaluations {
		if e.Answers < p.Least {
			p.Evaluations[k].Answers, p.Evaluations[k].Grade = 0, ""
		}
	}
	return p
}

// Mashups gives the figures of the mashups that begin in a period, the newest
// first. Without people, small numbers of them are kept back.
func (d *Desk) Mashups(ctx context.Context, period idea.Period, people bool) (out []report.MashupFigures, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		mashups, err := tx.Mashups()
		if err != nil {
			return err
		}
		all, err := gatherMashups(tx, 0, mashups)
		if err != nil {
			return err
		}
		least, err := leastPeople(tx)
		for _, m := range all {
			if !period.Has(m.Day) {
				continue
			}
			f := m.Figures()
			if !people {
				f = f.Spreadable(least)
			}
			out = append(out, f)
		}
		return err
	})
	return out, err
}

func leastPeople(tx *store.Tx) (int, error) {
	rules, err := tx.Rules()
	return idea.ReadRules(rules).LeastPeople, err
}

// gatherMashups reads what belongs to mashups: to one, or to all for 0.
func gatherMashups(tx *store.Tx, id int64, mashups []idea.Mashup) ([]report.Mashup, error) {
	sessions, err := tx.Sessions(id)
	if err != nil {
		return nil, err
	}
	participants, err := tx.Participants(id)
	if err != nil {
		return nil, err
	}
	outcomes, err := tx.MashupOutcomes(id)
	if err != nil {
		return nil, err
	}
	evaluations, err := tx.Evaluations(id)
	if err != nil {
		return nil, err
	}
	out := make([]report.Mashup, len(mashups))
	at := map[int64]*report.Mashup{}
	for k, m := range mashups {
		out[k].Mashup = m
		at[m.ID] = &out[k]
	}
	for _, s := range sessions {
		at[s.Mashup].Sessions = append(at[s.Mashup].Sessions, s)
	}
	for _, p := range participants {
		at[p.Mashup].Participants = append(at[p.Mashup].Participants, p)
	}
	for _, o := range outcomes {
		at[o.Mashup].Outcomes = append(at[o.Mashup].Outcomes, o)
	}
	for _, e := range evaluations {
		at[e.Mashup].Evaluations = append(at[e.Mashup].Evaluations, e)
	}
	return out, nil
}

// MashupNames gives the mashups alone, the newest first.
func (d *Desk) MashupNames(ctx context.Context) (out []idea.Mashup, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		out, err = tx.Mashups()
		return err
	})
	return out, err
}

// Mashup gives the mashup that a word names: its number or its name. It returns
// NotFound for any other.
func (d *Desk) Mashup(ctx context.Context, word string) (page MashupPage, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		m, err := findMashup(tx, word)
		if err != nil {
			return err
		}
		page, err = d.mashupPage(tx, m)
		return err
	})
	return page, err
}

func (d *Desk) mashupPage(tx *store.Tx, m idea.Mashup) (page MashupPage, err error) {
	all, err := gatherMashups(tx, m.ID, []idea.Mashup{m})
	if err != nil {
		return page, err
	}
	page.Mashup, page.Figures = all[0], all[0].Figures()
	if page.Least, err = leastPeople(tx); err != nil {
		return page, err
	}
	if page.Titles, err = ideaTitles(tx, page.Mashup); err != nil {
		return page, err
	}
	past, err := tx.PastOf(idea.AMashup, []int64{m.ID})
	if err != nil {
		return page, err
	}
	page.Past = Past(past[m.ID])
	page.Programme, err = d.programme(tx, page.Sessions)
	return page, err
}

func ideaTitles(tx *store.Tx, m report.Mashup) (map[int64]string, error) {
	var numbers []int64
	for _, s := range m.Sessions {
		numbers = append(numbers, s.Idea)
	}
	for _, o := range m.Outcomes {
		numbers = append(numbers, o.Idea)
	}
	titles := map[int64]string{}
	heads, err := tx.Heads(numbers)
	for number, head := range heads {
		titles[number] = head.Title
	}
	return titles, err
}

// programme gives sessions with their instants.
func (d *Desk) programme(tx *store.Tx, sessions []idea.Session) ([]SessionLine, error) {
	ids := make([]int64, len(sessions))
	for k, s := range sessions {
		ids[k] = s.ID
	}
	past, err := tx.PastOf(idea.ASession, ids)
	if err != nil {
		return nil, err
	}
	lines := make([]SessionLine, len(sessions))
	for k, s := range sessions {
		line := SessionLine{Session: s, Past: Past(past[s.ID])}
		line.From, _ = s.Begins.On(s.Day, d.Location())
		line.To, _ = s.Ends.On(s.Day, d.Location())
		lines[k] = line
	}
	return lines, nil
}

// findMashup finds a mashup by its name, its number or the beginning of its
// name.
func findMashup(tx *store.Tx, word string) (m idea.Mashup, err error) {
	all, err := tx.Mashups()
	if err != nil {
		return m, err
	}
	if len(all) == 0 {
		return m, idea.Errorf(idea.NotFound, "there are no mashups yet").WithHint("sluss mashup add NAME --date DAY")
	}
	named := slices.ContainsFunc(all, func(m idea.Mashup) bool { return idea.Same(m.Name, strings.TrimSpace(word)) })
	if id, err := strconv.ParseInt(strings.TrimPrefix(word, "#"), 10, 64); err == nil && !named {
		at := slices.IndexFunc(all, func(m idea.Mashup) bool { return m.ID == id })
		if at < 0 {
			return m, idea.Errorf(idea.NotFound, "there is no mashup %d", id).WithHint("sluss mashup list shows the mashups")
		}
		return all[at], nil
	}
	return pick(idea.AMashup.Word(), word, all, func(m idea.Mashup) []string { return []string{m.Name} })
}

// mashupOf is the mashup of an id.
func mashupOf(tx *store.Tx, id int64) (idea.Mashup, error) {
	all, err := tx.Mashups()
	for _, m := range all {
		if m.ID == id {
			return m, nil
		}
	}
	return idea.Mashup{}, err
}

// mashupFields lists the fields of a mashup, in the order of its events.
func mashupFields() []idea.Field {
	return []idea.Field{idea.FieldName, idea.FieldDay, idea.FieldLastDay, idea.FieldPlace, idea.FieldMode, idea.FieldText}
}

func mashupValues(m idea.Mashup) map[idea.Field]string {
	return map[idea.Field]string{idea.FieldName: m.Name, idea.FieldDay: string(m.Day), idea.FieldLastDay: string(m.To),
		idea.FieldPlace: m.Place, idea.FieldMode: string(m.Mode), idea.FieldText: m.Text}
}

// setMashup puts words into the fields of a mashup, cleaned.
func setMashup(m *idea.Mashup, fields map[idea.Field]string) (err error) {
	for _, f := range mashupFields() {
		word, given := fields[f]
		if !given || err != nil {
			continue
		}
		switch f {
		case idea.FieldDay:
			m.Day = idea.Day(word)
		case idea.FieldLastDay:
			m.To = idea.Day(word)
		case idea.FieldPlace:
			m.Place, err = idea.CleanLine("the place", word)
		case idea.FieldMode:
			m.Mode, err = idea.FindMashupMode(word)
		case idea.FieldText:
			m.Text, err = idea.CleanText("the text", word)
		}
	}
	return err
}

// AddMashup adds a mashup. Without a last day it lasts one day, and without a
// mode it is held on site. It returns Refused if there is one of that name.
func (d *Desk) AddMashup(ctx context.Context, fields map[idea.Field]string) (MashupPage, error) {
	return d.changeMashups(ctx, "mashup add", func(tx *store.Tx) (m idea.Mashup, err error) {
		all, err := tx.Mashups()
		if err != nil {
			return m, err
		}
		m.Mode = idea.OnSite
		if err := setMashup(&m, fields); err != nil {
			return m, err
		}
		if m.To == "" {
			m.To = m.Day
		}
		if m.Name, err = newName(idea.AMashup.Word(), fields[idea.FieldName], all, func(m idea.Mashup) string { return m.Name }); err != nil {
			return m, err
		}
		if err := m.CheckDays(); err != nil {
			return m, err
		}
		m.ID, err = tx.Add(idea.AMashup, mashupValues(m))
		return m, err
	})
}

// changeMashups makes a change of a mashup and gives its page.
func (d *Desk) changeMashups(ctx context.Context, verb string, change func(*store.Tx) (idea.Mashup, error)) (page MashupPage, err error) {
	err = d.update(ctx, verb, func(tx *store.Tx) error {
		m, err := change(tx)
		if err != nil {
			return err
		}
		page, err = d.mashupPage(tx, m)
		return err
	})
	return page, err
}

// EditMashup changes what is told of a mashup. When its first day moves, its
// last day, unless that is given, and its programme move with it. It returns
// Refused if a session would be outside its days.
func (d *Desk) EditMashup(ctx context.Context, word string, fields map[idea.Field]string) (MashupPage, error) {
	return d.changeMashups(ctx, "mashup edit", func(tx *store.Tx) (m idea.Mashup, err error) {
		old, err := findMashup(tx, word)
		if err != nil {
			return m, err
		}
		m = old
		if err := setMashup(&m, fields); err != nil {
			return m, err
		}
		if _, given := fields[idea.FieldName]; given {
			if m.Name, err = otherMashupName(tx, old, fields[idea.FieldName]); err != nil {
				return m, err
			}
		}
		if !m.Day.Valid() {
			return m, m.CheckDays()
		}
		moved := m.Day.Sub(old.Day)
		if fields[idea.FieldLastDay] == "" {
			m.To = old.To.Add(moved)
		}
		if err := m.CheckDays(); err != nil {
			return m, err
		}
		before, after := mashupValues(old), mashupValues(m)
		for _, f := range mashupFields() {
			if err := recordField(tx, idea.AMashup, m.ID, f, before[f], after[f]); err != nil {
				return m, err
			}
		}
		return m, d.moveProgramme(tx, m, moved)
	})
}

func otherMashupName(tx *store.Tx, m idea.Mashup, name string) (string, error) {
	all, err := tx.Mashups()
	if err != nil {
		return "", err
	}
	others := slices.DeleteFunc(all, func(o idea.Mashup) bool { return o.ID == m.ID })
	return newName(idea.AMashup.Word(), name, others, func(m idea.Mashup) string { return m.Name })
}

// moveProgramme moves every session so many days, and refuses one that is then
// outside the mashup.
func (d *Desk) moveProgramme(tx *store.Tx, m idea.Mashup, days int) error {
	sessions, err := tx.Sessions(m.ID)
	if err != nil {
		return err
	}
	for _, s := range sessions {
		old := s
		s.Day = s.Day.Add(days)
		if !m.Has(s.Day) {
			return idea.Errorf(idea.Refused, "session %d would be outside the mashup: %s, %s", s.ID, s.Title, s.When()).
				WithHint("move it first: sluss mashup session move %d --day DAY", s.ID)
		}
		if err := d.checkClock(s); err != nil {
			return err
		}
		if err := recordField(tx, idea.ASession, s.ID, idea.FieldDay, string(old.Day), string(s.Day)); err != nil {
			return err
		}
	}
	return nil
}

// RemoveMashup removes a mashup that has nothing yet. It returns Refused for one
// that has a programme, participants, outcomes or an evaluation.
func (d *Desk) RemoveMashup(ctx context.Context, word string) (page MashupPage, err error) {
	err = d.update(ctx, "mashup remove", func(tx *store.Tx) error {
		m, err := findMashup(tx, word)
		if err != nil {
			return err
		}
		if page, err = d.mashupPage(tx, m); err != nil {
			return err
		}
		for _, has := range []struct {
			n    int
			what idea.Word
		}{
			{len(page.Sessions), "a programme"}, {len(page.Participants), "participants"},
			{len(page.Outcomes), "outcomes"}, {len(page.Evaluations), "an evaluation"},
		} {
			if has.n > 0 {
				return idea.Errorf(idea.Refused, "%s has %s and cannot be removed", m.Name, has.what).
					WithHint("sluss mashup show %d shows what there is", m.ID)
			}
		}
		return tx.Remove(idea.AMashup, m.ID)
	})
	return page, err
}

// checkMashups refuses an undo that would bring two mashups of one name,
// whatever its case, or a programme that no command lets be.
func checkMashups(tx *store.Tx, c idea.Command) error {
	if !slices.ContainsFunc(c.Events, func(e idea.Event) bool { return e.Subject == idea.AMashup || e.Subject == idea.ASession }) {
		return nil
	}
	all, err := tx.Mashups()
	if err != nil {
		return err
	}
	sessions, err := tx.Sessions(0)
	if err != nil {
		return err
	}
	for k, m := range all {
		if slices.ContainsFunc(all[:k], func(o idea.Mashup) bool { return idea.Same(o.Name, m.Name) }) {
			return idea.Errorf(idea.Refused, "there is already a %s %q", idea.AMashup.Word(), m.Name)
		}
		own := slices.DeleteFunc(slices.Clone(sessions), func(s idea.Session) bool { return s.Mashup != m.ID })
		for _, s := range own {
			if err := m.CheckSession(s, own); err != nil {
				return err
			}
		}
	}
	return nil
}

// mashupsWaiting is the mashups of the days to come.
func mashupsWaiting(tx *store.Tx, h idea.Horizon) (all []idea.Todo, err error) {
	mashups, err := tx.MashupsBetween(h.Today, h.Until)
	for _, m := range mashups {
		all = append(all, idea.Todo{For: idea.ForMashup, By: max(m.Day, h.Today), Title: m.Name, Of: m.ID})
	}
	return all, err
}
