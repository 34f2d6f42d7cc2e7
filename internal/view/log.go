package view

import (
	"strings"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/render"
)

// Command is a command with its events in JSON.
type Command struct {
	Number   int64   `json:"number"`
	At       string  `json:"at"`
	By       string  `json:"by"`
	Command  string  `json:"command"`
	Undoes   *int64  `json:"undoes"`
	UndoneBy *int64  `json:"undone_by"`
	Events   []Event `json:"events"`
	More     int     `json:"more"`
}

// Event is a change in JSON. Values of people are null.
type Event struct {
	Number  int64   `json:"number"`
	At      string  `json:"at"`
	Subject string  `json:"subject"`
	ID      int64   `json:"id"`
	Field   *string `json:"field"`
	From    *string `json:"from"`
	To      *string `json:"to"`
	Why     *string `json:"why"`
	Forced  bool    `json:"forced"`
}

func commandJSON(c desk.LogLine) any {
	out := Command{Number: c.Number, At: stamp(c.At), By: c.WhoName, Command: c.Name, Undoes: id(c.Undoes), UndoneBy: id(c.UndoneBy), Events: []Event{}, More: c.More}
	for _, e := range c.Lines {
		event := Event{Number: e.Number, At: stamp(e.At), Subject: string(e.Subject), ID: e.ID, Field: known(e.Field), Why: known(e.Why), Forced: e.Forced}
		if !aboutPeople(e) {
			event.From, event.To = known(e.OldName), known(e.NewName)
		}
		out.Events = append(out.Events, event)
	}
	return out
}

func id(n int64) *int64 {
	if n == 0 {
		return nil
	}
	return &n
}

func aboutPeople(e desk.EventLine) bool {
	if e.Subject == idea.AStoryVersion && e.Field != idea.FieldSelf || e.Field == idea.FieldAlt || e.Field == idea.FieldCaption {
		return true
	}
	if e.Subject == idea.AParticipant && (e.Field == idea.FieldName || e.Field == idea.FieldEmail) {
		return true
	}
	return e.Field == idea.FieldSpeakers || e.Subject == idea.AGiver || e.Subject == idea.AContact || e.Field == idea.FieldWho || e.Field == idea.FieldTakenBy
}

// Log is what has been done, newest first.
func (v View) Log(lines []desk.LogLine) render.Document {
	return render.Document{
		Sections: []render.Section{{Table: v.logTable(lines)}},
		Items:    items(seq(lines), commandJSON),
	}
}

// Undone is the command that was taken back.
func (v View) Undone(line desk.LogLine) render.Document {
	return render.Document{Notes: []string{v.t("Undone: %s", v.Told(line))}, Records: v.logTable([]desk.LogLine{line}), JSON: commandJSON(line)}
}

// Told tells in one line what a command did.
func (v View) Told(line desk.LogLine) string {
	return v.t("%d %s: %s", line.Number, line.Name, v.what(line))
}

func (v View) logTable(lines []desk.LogLine) *render.Table {
	return &render.Table{
		Empty: v.t("Nothing has been done yet."),
		Columns: []render.Column{{Key: "number", Head: v.t("No."), Right: true}, {Key: "at", Head: v.t("When")}, {Key: "by", Head: v.t("By"), Spare: true},
			{Key: "command", Head: v.t("Command")}, {Key: "what", Head: v.t("What"), Flex: true}},
		Rows: render.RowsOf(rows(lines, func(c desk.LogLine) []render.Cell {
			return []render.Cell{{Text: number64(c.Number), Number: true}, coded(v.moment(c.At), stamp(c.At)), text(c.WhoName), text(c.Name), text(v.what(c))}
		})),
	}
}

// what tells in one line what a command did.
func (v View) what(c desk.LogLine) string {
	line := ""
	for i, r := range v.runs(c.Lines) {
		switch {
		case i > 0 && r.again:
			line += ", "
		case i > 0:
			line += "; " + r.subject() + ": "
		default:
			line = r.subject() + ": "
		}
		line += r.what
	}
	if c.More > 0 {
		line += "; " + v.p.N(c.More, "and %d more change", "and %d more changes")
	}
	switch {
	case c.Undoes != 0:
		line = v.t("undoes %d: %s", c.Undoes, line)
	case c.UndoneBy != 0:
		line = v.t("(undone) %s", line)
	}
	return line
}

// run is the same event of one or more things of one kind.
type run struct {
	word     string
	from, to int64
	names    []string // in place of numbers
	what     string
	again    bool // it is about the same things as the run before
}

func (r run) subject() string {
	if len(r.names) > 0 {
		return r.word + " " + strings.Join(r.names, ", ")
	}
	if r.from == r.to {
		return r.word + " " + number64(r.from)
	}
	return r.word + " " + number64(r.from) + "-" + number64(r.to)
}

// takes tells whether r and its neighbour next are one run.
func (r run) takes(next run) bool {
	return !r.again && r.word == next.word && r.what == next.what && (len(next.names) > 0 || next.from == r.to+1 || next.to == r.from-1)
}

func (v View) runs(events []desk.EventLine) (all []run) {
	for _, e := range events {
		next := run{word: v.t("%s", e.Subject.Word()), from: e.ID, to: e.ID, what: v.event(e)}
		if e.Thing.Format != "" {
			next.names = []string{v.t("%s", e.Thing)}
		}
		if len(all) > 0 {
			last := &all[len(all)-1]
			if last.takes(next) {
				last.from, last.to = min(last.from, next.from), max(last.to, next.to)
				last.names = append(last.names, next.names...)
				continue
			}
			next.again = next.subject() == last.subject()
		}
		all = append(all, next)
	}
	return all
}

// event tells what happened to something.
func (v View) event(e desk.EventLine) string {
	switch {
	case e.Old == "" && e.What.Format != "":
		return v.t("%s", e.What)
	case e.Old == "" && (e.Field == idea.FieldSelf || e.Field == idea.FieldStage):
		return v.t("added")
	case e.New == "" && (e.Field == idea.FieldSelf || e.Field == idea.FieldStage):
		return v.t("removed")
	case e.Field == idea.FieldPublished && (e.Subject == idea.AStoryVersion || e.New == "1"):
		return v.t("published as it is now")
	case e.Field == idea.FieldPublished && e.New == "0":
		return v.t("not published any more")
	case aboutPeople(e):
		return v.t("%s changed", fieldWord(e))
	case e.Field == idea.FieldNote && e.New == "":
		return v.t("note taken back")
	case e.Field == idea.FieldNote:
		return v.t("note %q", short(e.New))
	case e.Field == idea.FieldClosed && e.New == "1":
		return v.t("closed down")
	case e.Field == idea.FieldClosed:
		return v.t("opened again")
	case e.Field == idea.FieldRemoved && e.New == "1":
		return v.t("removed")
	case e.Field == idea.FieldRemoved:
		return v.t("brought back")
	case e.Subject == idea.AQuestionSet:
		return v.t("changed")
	case e.Subject == idea.ASpread && e.Field == idea.FieldStory && e.New != "":
		return v.t("good example %s", e.NewName)
	case e.Subject == idea.ASpread && e.Field == idea.FieldIdea && e.New != "":
		return v.t("idea %s", e.NewName)
	case e.Field == idea.FieldPosition:
		return v.t("place changed")
	case e.Field == idea.FieldTag && e.Old == "":
		return "+" + e.New
	case e.Field == idea.FieldTag:
		return "-" + e.Old
	}
	return v.fromTo(e)
}

func (v View) fromTo(e desk.EventLine) string {
	line := v.t("%s", fieldWord(e))
	if e.Old != "" {
		line += " " + v.eventValue(e, e.OldName) + " →"
	}
	line += " " + v.eventValue(e, e.NewName)
	if e.Why != "" {
		line += " (" + short(e.Why) + ")"
	}
	return strings.TrimSpace(line)
}

func fieldWord(e desk.EventLine) idea.Word {
	if e.Subject == idea.AnAnswer && e.Field == idea.FieldChannel {
		return "given by"
	}
	if e.Field == idea.FieldOfficial {
		return "contact person"
	}
	if e.Field == idea.FieldNextBy {
		return "next step by"
	}
	if e.Subject == idea.ARule {
		return "" // the rule itself says it
	}
	return e.Field.Word()
}

func (v View) eventValue(e desk.EventLine, value string) string {
	switch {
	case value == "":
		return "–"
	case e.Field == idea.FieldStage && value == e.Old && e.OldStage.EN != "":
		return v.t("%s", e.OldStage)
	case e.Field == idea.FieldStage && e.NewStage.EN != "":
		return v.t("%s", e.NewStage)
	case e.Field == idea.FieldBenefits:
		return v.benefits(idea.SplitBenefits(value))
	case e.Field == idea.FieldAudience:
		return v.t("%s", idea.Audience(value).Label())
	case e.Subject == idea.AStory && e.Field == idea.FieldStatus:
		return v.t("%s", idea.StoryStatus(value).Label())
	case e.Subject == idea.AProfile || e.Subject == idea.ASchedule:
		return v.savedValue(e.Field, value)
	case e.Subject == idea.ARule:
		return v.ruleValue(value)
	case e.Subject == idea.AUnit && e.Field == idea.FieldKind:
		return v.t("%s", idea.UnitKind(value).Word())
	}
	switch e.Field {
	case idea.FieldFigure, idea.FieldGoal:
		return v.t("%s", idea.Amount(value))
	case idea.FieldBetter, idea.FieldTogether, idea.FieldStage, idea.FieldKind, idea.FieldReason, idea.FieldChannel, idea.FieldStatus, idea.FieldType, idea.FieldNewness:
		value = v.word(value)
	}
	return short(value)
}

// short is the beginning of a text, for a line.
func short(s string) string {
	s, _, more := strings.Cut(s, "\n")
	if r := []rune(s); len(r) > 40 {
		s, more = string(r[:40]), true
	}
	if more {
		s += "…"
	}
	return s
}
