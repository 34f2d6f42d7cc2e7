package view

import (
	"time"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/render"
)

// ScheduleLine is a saved export with its schedule and its next time.
type ScheduleLine struct {
	desk.ProfileLine
	Next time.Time
}

// Schedule is a schedule in JSON.
type Schedule struct {
	Profile     string `json:"profile"`
	Every       string `json:"every"`
	Next        string `json:"next"`
	OnlyChanged bool   `json:"only_if_changed"`
	Last        *Run   `json:"last"`
}

func scheduleJSON(l ScheduleLine) any {
	out := Schedule{Profile: l.Name, Every: l.Schedule.Every.String(), Next: stamp(l.Next), OnlyChanged: l.Schedule.OnlyChanged}
	if l.Last != nil {
		last := runJSON(*l.Last)
		out.Last = &last
	}
	return out
}

// Schedules is the schedules with their next and last runs.
func (v View) Schedules(lines []ScheduleLine) render.Document {
	return render.Document{
		Sections: []render.Section{{Table: &render.Table{
			Empty: v.t("No schedules yet: sluss schedule add NAME --every \"monday 07:00\""),
			Columns: []render.Column{{Key: "profile", Head: v.t("Name")}, {Key: "every", Head: v.t("Schedule")}, {Key: "next", Head: v.t("Next run")},
				{Key: "last", Head: v.t("Last run")}, {Key: "people", Head: v.t("People"), Spare: true}, {Key: "file", Head: v.t("File"), Flex: true}},
			Rows: render.RowsOf(rows(lines, func(l ScheduleLine) []render.Cell {
				return []render.Cell{text(l.Name), v.schedule(l.Schedule), coded(v.moment(l.Next), stamp(l.Next)), v.lastRun(l.Last), v.withNames(l.People), text(l.File)}
			})),
		}}},
		Items: items(seq(lines), scheduleJSON),
	}
}

// TimerFile is a file that starts a program at set times.
type TimerFile struct {
	File string `json:"file"`
	Text string `json:"text"`
}

// Timer is a schedule with what the system is to read, in JSON.
type Timer struct {
	Schedule
	System string      `json:"system"`
	Files  []TimerFile `json:"files"`
	Done   []string    `json:"done"`
}

// Timed tells of a schedule, and what was done with its timer, a line each.
func (v View) Timed(l ScheduleLine, system string, files []TimerFile, done []idea.Text) render.Document {
	out := Timer{System: system, Files: files, Done: []string{}}
	d := render.Document{Notes: []string{v.t("%s: %s, next %s", l.Name, v.every(l.Schedule.Every), v.moment(l.Next))}}
	for _, what := range done {
		out.Done = append(out.Done, v.t("%s", what))
	}
	d.Notes = append(d.Notes, out.Done...)
	out.Schedule, _ = scheduleJSON(l).(Schedule)
	d.JSON = out
	d.Records = v.Schedules([]ScheduleLine{l}).Sections[0].Table
	return d
}

// Untimed tells that a schedule is gone, and what was done with its timer, a line
// each.
func (v View) Untimed(l desk.ProfileLine, had bool, done []idea.Text) render.Document {
	what := v.t("it had no schedule")
	if had {
		what = v.t("the schedule is removed")
	}
	d := render.Document{Notes: []string{v.t("%s: %s", l.Name, what)}, Records: v.profileTable([]desk.ProfileLine{l})}
	out := struct {
		Profile string   `json:"profile"`
		Removed bool     `json:"removed"`
		Done    []string `json:"done"`
	}{l.Name, had, []string{}}
	for _, text := range done {
		out.Done = append(out.Done, v.t("%s", text))
	}
	d.Notes = append(d.Notes, out.Done...)
	d.JSON = out
	return d
}
