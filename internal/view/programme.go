package view

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"sluss/internal/desk"
	"sluss/internal/ical"
	"sluss/internal/idea"
	"sluss/internal/render"
)

// sessionColumns has the speakers only with people.
func (v View) sessionColumns(people bool) []column[desk.SessionLine] {
	plain := func(key, head string, part func(desk.SessionLine) string) column[desk.SessionLine] {
		return column[desk.SessionLine]{render.Column{Key: key, Head: head, Flex: key == "title" || key == "room"},
			func(s desk.SessionLine) render.Cell { return text(part(s)) }}
	}
	all := []column[desk.SessionLine]{
		{render.Column{Key: "id", Head: v.t("No."), Right: true}, func(s desk.SessionLine) render.Cell { return numbered(s.ID) }},
		plain("day", v.t("Day"), func(s desk.SessionLine) string { return string(s.Day) }),
		plain("start", v.t("Begins"), func(s desk.SessionLine) string { return string(s.Begins) }),
		plain("end", v.t("Ends"), func(s desk.SessionLine) string { return string(s.Ends) }),
		plain("room", v.t("Room"), func(s desk.SessionLine) string { return s.Room }),
		plain("title", v.t("Session"), func(s desk.SessionLine) string { return s.Title }),
		{render.Column{Key: "kind", Head: v.t("Kind"), Spare: true}, func(s desk.SessionLine) render.Cell {
			return coded(v.word(string(s.Kind)), string(s.Kind))
		}},
	}
	if people {
		all = append(all, column[desk.SessionLine]{render.Column{Key: "speakers", Head: v.t("Speakers"), Flex: true},
			func(s desk.SessionLine) render.Cell { return text(strings.Join(s.Speakers, ", ")) }})
	}
	return append(all,
		column[desk.SessionLine]{render.Column{Key: "idea", Head: v.t("Idea"), Right: true, Spare: true}, func(s desk.SessionLine) render.Cell { return numbered(s.Idea) }},
		column[desk.SessionLine]{render.Column{Key: "text", Head: v.t("Text"), Flex: true}, func(s desk.SessionLine) render.Cell { return text(s.Text) }})
}

// Sessions is a list of sessions.
func (v View) Sessions(all []desk.SessionLine, people bool) render.Document {
	table := columnTable(v.sessionColumns(people), all, []string{"id", "day", "start", "end", "room", "title", "kind", "speakers", "idea"})
	table.Empty = v.t("No sessions yet: sluss mashup session add MASHUP --start 09:00 --end 09:45 --title TITLE")
	return render.Document{
		Sections: []render.Section{{Table: table}},
		Records:  columnTable(v.sessionColumns(people), all, nil),
		Items:    items(seq(all), func(s desk.SessionLine) any { return sessionJSON(s) }),
	}
}

// Session is one session, as a command has made it.
func (v View) Session(s desk.SessionLine, people bool) render.Document {
	d := v.Sessions([]desk.SessionLine{s}, people)
	d.Items, d.JSON = nil, sessionJSON(s)
	return d
}

// Programme is the programme of a mashup, to be handed on: a table for each day,
// and under them what there is to know of the sessions.
func (v View) Programme(p desk.MashupPage, people bool) render.Document {
	d := render.Document{Title: p.Name, JSON: mashupPageJSON(p), Records: columnTable(v.sessionColumns(people), p.Programme, nil)}
	d.Sections = append(d.Sections, render.Section{Text: p.Text, Facts: facts(render.Fact{Label: v.t("Day"), Value: v.t("%s", p.Days())},
		render.Fact{Label: v.t("Place"), Value: p.Place}, render.Fact{Label: v.t("Form"), Value: v.word(string(p.Mode.Label()))})})
	if len(p.Programme) == 0 {
		d.Sections = append(d.Sections, render.Section{Text: v.t("The programme is not set yet.")})
		return d
	}
	for _, day := range daysOf(p.Programme) {
		of := slices.DeleteFunc(slices.Clone(p.Programme), func(s desk.SessionLine) bool { return s.Day != day })
		d.Sections = append(d.Sections, render.Section{Heading: v.t("Programme %s", string(day)), Table: v.dayTable(of, people)})
	}
	for _, s := range p.Programme {
		if s.Text != "" {
			d.Sections = append(d.Sections, render.Section{Heading: string(s.Begins) + " " + s.Title, Sub: true, Text: s.Text})
		}
	}
	return d
}

func daysOf(all []desk.SessionLine) (days []idea.Day) {
	for _, s := range all {
		if !slices.Contains(days, s.Day) {
			days = append(days, s.Day)
		}
	}
	return days
}

// dayTable has a column of rooms where there is any, and one of speakers where
// they may be named.
func (v View) dayTable(all []desk.SessionLine, people bool) *render.Table {
	columns := []column[desk.SessionLine]{
		{render.Column{Key: "time", Head: v.t("Time")}, func(s desk.SessionLine) render.Cell {
			return text(string(s.Begins) + "–" + string(s.Ends))
		}},
		{render.Column{Key: "title", Head: v.t("Session"), Flex: true}, func(s desk.SessionLine) render.Cell { return text(s.Title) }},
	}
	if slices.ContainsFunc(all, func(s desk.SessionLine) bool { return s.Room != "" }) {
		columns = append(columns, column[desk.SessionLine]{render.Column{Key: "room", Head: v.t("Room"), Flex: true}, func(s desk.SessionLine) render.Cell { return text(s.Room) }})
	}
	if people && slices.ContainsFunc(all, func(s desk.SessionLine) bool { return len(s.Speakers) > 0 }) {
		columns = append(columns, column[desk.SessionLine]{render.Column{Key: "speakers", Head: v.t("Speakers"), Flex: true}, func(s desk.SessionLine) render.Cell {
			return text(strings.Join(s.Speakers, ", "))
		}})
	}
	return columnTable(columns, all, nil)
}

// ProgrammeCalendar is the programme as events: one for each session, and one
// for the mashup as a whole until there is any. The id of an event has the
// instant at which the session was added, so that those of two databases differ.
func (v View) ProgrammeCalendar(p desk.MashupPage) []ical.Session {
	if len(p.Programme) == 0 {
		return []ical.Session{{ID: eventID("mashup", p.ID, p.Past), From: p.Day.Time(time.UTC), To: p.To.Add(1).Time(time.UTC),
			AllDay: true, What: p.Name, Where: p.Place, More: p.Text, Changed: p.Changed, Changes: p.Changes}}
	}
	var out []ical.Session
	for _, s := range p.Programme {
		where := slices.DeleteFunc([]string{s.Room, p.Place}, func(s string) bool { return s == "" })
		more := slices.DeleteFunc([]string{strings.Join(s.Speakers, ", "), s.Text}, func(s string) bool { return s == "" })
		out = append(out, ical.Session{ID: eventID("session", s.ID, s.Past),
			From: s.From, To: s.To, What: s.Title, More: strings.Join(more, "\n"), Where: strings.Join(where, ", "), Changed: s.Changed, Changes: s.Changes})
	}
	return out
}

func eventID(what string, id int64, past desk.Past) string {
	return what + "-" + number64(id) + "-" + strconv.FormatInt(past.Added.UnixMilli(), 36) + "@sluss"
}
