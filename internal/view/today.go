package view

import (
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"sluss/internal/desk"
	"sluss/internal/ical"
	"sluss/internal/idea"
	"sluss/internal/render"
)

// Todo is something that waits, in JSON. Number is null for a meeting, a
// mashup and an export, title for a meeting, forum and ideas for all but a meeting. Days late are less than 0 for what
// lies ahead.
type Todo struct {
	What     string  `json:"what"`
	Number   *int64  `json:"number"`
	Title    *string `json:"title"`
	Detail   *string `json:"detail"`
	Forum    *string `json:"forum"`
	Ideas    *int    `json:"ideas"`
	By       string  `json:"by"`
	DaysLate int     `json:"days_late"`
	Coach    *string `json:"coach"`
	Command  string  `json:"command"`
}

func todoJSON(w desk.TodoLine) Todo {
	out := Todo{What: string(w.For), Number: id(w.Idea), Title: known(w.Title), Detail: known(w.Detail), Forum: known(w.Forum),
		By: string(w.By), DaysLate: w.Late, Coach: known(w.CoachName), Command: command(w)}
	if w.For == idea.ForMeeting {
		out.Ideas = &w.Ideas
	}
	return out
}

// command is the command that deals with what waits.
func command(w desk.TodoLine) string {
	n := number64(w.Idea)
	switch w.For {
	case idea.ForAnswer:
		return "sluss answer " + n
	case idea.ForNext:
		return "sluss next " + n + " --done"
	case idea.ForTest:
		return "sluss test finish " + n
	case idea.ForStart:
		return "sluss test start " + n
	case idea.ForMeeting:
		if w.Next {
			return "sluss agenda " + shellWord(w.Forum)
		}
		return "sluss agenda " + shellWord(w.Forum) + " " + string(w.By)
	case idea.ForMashup:
		return "sluss mashup show " + number64(w.Of)
	case idea.ForConsent:
		return "sluss story show " + n
	case idea.ForRun:
		return "sluss export run " + w.Title
	case idea.ForWake:
		return "sluss reopen " + n
	case idea.ForEffect:
		return "sluss effect see " + n
	}
	if w.For == idea.ForStage && w.To != "" {
		return "sluss move " + n + " " + string(w.To)
	}
	return "sluss show " + n
}

// shellWord is s as one word of a command line.
func shellWord(s string) string {
	plain := func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '_' || r == '.'
	}
	if s != "" && s[0] != '-' && strings.IndexFunc(s, func(r rune) bool { return !plain(r) }) < 0 {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// waitsFor says what waits, in few words.
func (v View) waitsFor(w desk.TodoLine) string {
	switch w.For {
	case idea.ForAnswer:
		return v.t("the first answer")
	case idea.ForRun:
		if w.Failed {
			return v.t("the export of %s failed", w.Detail)
		}
		return v.t("the export of %s was not made", w.Detail)
	case idea.ForDue:
		return v.t("the idea is due")
	case idea.ForNext:
		return v.t("next step")
	case idea.ForTest:
		return v.t("the test ends")
	case idea.ForStart:
		return v.t("the test begins")
	case idea.ForMeeting:
		return v.p.N(w.Ideas, "meeting: %d idea", "meeting: %d ideas")
	case idea.ForMashup:
		return v.t("mashup")
	case idea.ForConsent:
		if w.Late < 0 {
			return v.t("the consent of giver %d ends", w.Of)
		}
		return v.t("published without the consent of giver %d", w.Of)
	case idea.ForStage:
		return v.t("stuck in its stage")
	case idea.ForWake:
		return v.t("parked until now")
	}
	return v.t("effect to follow up")
}

// about is the idea, the forum or the mashup that w is about.
func about(w desk.TodoLine) string {
	if w.For == idea.ForMeeting {
		return w.Forum
	}
	return w.Title
}

// late says how late it is, or how long there is left.
func (v View) late(days int) string {
	if days > 0 {
		return v.p.N(days, "%d day late", "%d days late") + " !"
	}
	return v.p.Ago(days)
}

// Today is what waits. Everybody's has the coaches beside.
func (v View) Today(all []desk.TodoLine, everybody bool) render.Document {
	few := []string{"what", "number", "title", "by", "days_late", "command"}
	if everybody {
		few = append(few, "coach")
	}
	section := render.Section{Table: v.todoTable(all, func(key string) bool { return slices.Contains(few, key) })}
	if len(all) == 0 {
		section = render.Section{Text: v.t("Nothing waits.")}
	}
	return render.Document{
		Sections: []render.Section{section},
		Records:  v.todoTable(all, func(string) bool { return true }),
		Items:    items(seq(all), func(w desk.TodoLine) any { return todoJSON(w) }),
	}
}

func (v View) todoColumns() []column[desk.TodoLine] {
	when := map[int]string{}
	return []column[desk.TodoLine]{
		{render.Column{Key: "what", Head: v.t("What"), Flex: true}, func(w desk.TodoLine) render.Cell {
			shown := v.waitsFor(w)
			if w.For == idea.ForNext && w.Detail != "" {
				shown += ": " + w.Detail
			}
			return coded(shown, string(w.For))
		}},
		{render.Column{Key: "number", Head: v.t("No."), Right: true}, func(w desk.TodoLine) render.Cell { return numbered(w.Idea) }},
		{render.Column{Key: "title", Head: v.t("Title"), Flex: true}, func(w desk.TodoLine) render.Cell { return text(about(w)) }},
		{render.Column{Key: "detail", Head: v.t("Detail"), Flex: true}, func(w desk.TodoLine) render.Cell { return text(w.Detail) }},
		{render.Column{Key: "coach", Head: v.t("Coach"), Spare: true}, func(w desk.TodoLine) render.Cell { return text(w.CoachName) }},
		{render.Column{Key: "by", Head: v.t("Day"), Spare: true}, func(w desk.TodoLine) render.Cell { return text(string(w.By)) }},
		{render.Column{Key: "days_late", Head: v.t("When")}, func(w desk.TodoLine) render.Cell {
			shown, known := when[w.Late]
			if !known {
				shown = v.late(w.Late)
				when[w.Late] = shown
			}
			c := render.Cell{Text: shown, Raw: strconv.Itoa(w.Late), Number: true}
			if w.Late > 0 {
				c.Style = render.Warn
			}
			return c
		}},
		{render.Column{Key: "command", Head: v.t("Command")}, func(w desk.TodoLine) render.Cell { return text(command(w)) }},
	}
}

// todoTable makes its rows as they are drawn: there can be many.
func (v View) todoTable(all []desk.TodoLine, shown func(key string) bool) *render.Table {
	columns := slices.DeleteFunc(v.todoColumns(), func(c column[desk.TodoLine]) bool { return !shown(c.Key) })
	table := &render.Table{Empty: v.t("Nothing waits.")}
	for _, c := range columns {
		table.Columns = append(table.Columns, c.Column)
	}
	table.Rows = func(yield func([]render.Cell, error) bool) {
		row := make([]render.Cell, len(columns))
		for _, w := range all {
			for k, c := range columns {
				row[k] = c.cell(w)
			}
			if !yield(row, nil) {
				return
			}
		}
	}
	return table
}

// Calendar is what waits as events, each on its day; what is late stands on the
// day today. Next steps and tests can name people: their words are left out.
func (v View) Calendar(all []desk.TodoLine, today idea.Day) iter.Seq[ical.Event] {
	return func(yield func(ical.Event) bool) {
		for _, w := range all {
			e := ical.Event{ID: uid(w), Day: max(w.By, today), More: command(w)}
			e.What = v.waitsFor(w) + ": "
			if w.Idea != 0 {
				e.What += number64(w.Idea) + " "
			}
			e.What += about(w)
			if w.Late > 0 {
				e.What += " (" + v.t("since %s", string(w.By)) + ")"
			}
			if !yield(e) {
				return
			}
		}
	}
}

// uid names what waits: the same today and tomorrow.
func uid(w desk.TodoLine) string {
	switch {
	case w.For == idea.ForMeeting:
		return string(w.For) + "-" + number64(w.Of) + "-" + string(w.By) + "@sluss"
	case w.For == idea.ForMashup, w.For == idea.ForRun:
		return string(w.For) + "-" + number64(w.Of) + "@sluss"
	case w.Of != 0:
		return string(w.For) + "-" + number64(w.Idea) + "-" + number64(w.Of) + "@sluss"
	}
	return string(w.For) + "-" + number64(w.Idea) + "@sluss"
}
