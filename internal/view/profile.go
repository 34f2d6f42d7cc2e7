package view

import (
	"strconv"
	"time"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/render"
)

// Profile is a saved export in JSON. Every is null without a schedule, last
// before the first run.
type Profile struct {
	Name    string  `json:"name"`
	Command string  `json:"command"`
	File    string  `json:"file"`
	People  bool    `json:"people"`
	Every   *string `json:"every"`
	Last    *Run    `json:"last"`
}

// Run is one run of a saved export in JSON. Rows is null where the format has
// none, file, bytes and sha256 where no file was made, error where all went well.
type Run struct {
	Profile   string  `json:"profile"`
	At        string  `json:"at"`
	TookMS    int64   `json:"took_ms"`
	Scheduled bool    `json:"scheduled"`
	Result    string  `json:"result"`
	File      *string `json:"file"`
	Rows      *int    `json:"rows"`
	Bytes     *int64  `json:"bytes"`
	SHA256    *string `json:"sha256"`
	Error     *string `json:"error"`
}

func profileJSON(l desk.ProfileLine) any {
	out := Profile{Name: l.Name, Command: l.Command, File: l.File, People: l.People}
	if l.Schedule != nil {
		every := l.Schedule.Every.String()
		out.Every = &every
	}
	if l.Last != nil {
		last := runJSON(*l.Last)
		out.Last = &last
	}
	return out
}

func runJSON(r idea.Run) Run {
	out := Run{Profile: r.Name, At: stamp(r.At), TookMS: r.Took.Milliseconds(), Scheduled: r.Scheduled, Result: string(r.Result),
		File: known(r.File), SHA256: known(r.SHA256), Error: known(r.Error)}
	if r.Rows >= 0 {
		out.Rows = &r.Rows
	}
	if r.SHA256 != "" {
		out.Bytes = &r.Bytes
	}
	return out
}

// Profiles is the saved exports.
func (v View) Profiles(lines []desk.ProfileLine) render.Document {
	return render.Document{Sections: []render.Section{{Table: v.profileTable(lines)}}, Items: items(seq(lines), profileJSON)}
}

func (v View) profileTable(lines []desk.ProfileLine) *render.Table {
	return &render.Table{
		Empty: v.t("No saved exports yet: sluss export save NAME csv -o FILE"),
		Columns: []render.Column{{Key: "name", Head: v.t("Name")}, {Key: "command", Head: v.t("Command"), Flex: true}, {Key: "file", Head: v.t("File"), Flex: true},
			{Key: "people", Head: v.t("People")}, {Key: "every", Head: v.t("Schedule"), Spare: true}, {Key: "last", Head: v.t("Last run"), Spare: true}},
		Rows: render.RowsOf(rows(lines, func(l desk.ProfileLine) []render.Cell {
			return []render.Cell{text(l.Name), text(l.Command), text(l.File), v.withNames(l.People), v.schedule(l.Schedule), v.lastRun(l.Last)}
		})),
	}
}

// withNames marks a saved export that spreads names of people.
func (v View) withNames(people bool) render.Cell {
	c := render.Cell{Raw: strconv.FormatBool(people)}
	if people {
		c.Text, c.Style = v.t("with names"), render.Warn
	}
	return c
}

func (v View) schedule(s *idea.Schedule) render.Cell {
	if s == nil {
		return render.Cell{}
	}
	return coded(v.every(s.Every), s.Every.String())
}

func (v View) every(e idea.Every) string { return v.t("%s %s", e.Days.Label(), string(e.At)) }

func (v View) lastRun(r *idea.Run) render.Cell {
	if r == nil {
		return render.Cell{}
	}
	c := coded(v.moment(r.At)+" "+v.t("%s", r.Result.Label()), stamp(r.At))
	if r.Result == idea.RunFailed {
		c.Style = render.Bad
	}
	return c
}

// Saved tells of one saved export, as a command has made it. It says so when it
// spreads names.
func (v View) Saved(l desk.ProfileLine, done idea.Word) render.Document {
	d := render.Document{Notes: []string{v.t("%s: %s", l.Name, done)}, Records: v.profileTable([]desk.ProfileLine{l}), JSON: profileJSON(l)}
	if l.People && done != "removed" {
		d.Notes = append(d.Notes, v.t("It has the names and contacts of people: each run spreads them."))
	}
	return d
}

// Removed tells which saved exports are gone.
func (v View) Removed(lines []desk.ProfileLine) render.Document {
	d := render.Document{Records: v.profileTable(lines), Items: items(seq(lines), profileJSON)}
	for _, l := range lines {
		d.Notes = append(d.Notes, v.t("%s: %s", l.Name, idea.Word("removed")))
	}
	return d
}

// Profile is the page of one saved export: file is the one that a run at this
// moment would write, next the next time of its schedule.
func (v View) Profile(l desk.ProfileLine, file string, next time.Time) render.Document {
	facts := []render.Fact{{Label: v.t("Command"), Value: "sluss " + l.Command}, {Label: v.t("File"), Value: l.File}}
	if file != l.File {
		facts = append(facts, render.Fact{Label: v.t("File of a run now"), Value: file})
	}
	if l.People {
		facts = append(facts, render.Fact{Label: v.t("People"), Value: v.t("It has the names and contacts of people: each run spreads them.")})
	}
	if l.Schedule != nil {
		facts = append(facts, render.Fact{Label: v.t("Schedule"), Value: v.every(l.Schedule.Every)}, render.Fact{Label: v.t("Next run"), Value: v.moment(next)})
	}
	if l.Last != nil {
		facts = append(facts, render.Fact{Label: v.t("Last run"), Value: v.moment(l.Last.At) + " " + v.ran(*l.Last)})
	}
	return render.Document{Title: l.Name, JSON: profileJSON(l), Records: v.profileTable([]desk.ProfileLine{l}), Sections: []render.Section{{Facts: facts}}}
}

// ran tells in one line what came of a run.
func (v View) ran(r idea.Run) string {
	switch {
	case r.Result == idea.RunFailed:
		return v.t("failed: %s", r.Error)
	case r.Result == idea.RunUnchanged:
		return v.t("unchanged: %s", r.File)
	case r.Rows >= 0:
		return v.p.N(r.Rows, "written: %[2]s (%[1]d row, %[3]d bytes)", "written: %[2]s (%[1]d rows, %[3]d bytes)", r.File, r.Bytes)
	}
	return v.t("written: %s (%d bytes)", r.File, r.Bytes)
}

// Ran tells what came of runs, a line each.
func (v View) Ran(runs []idea.Run) render.Document {
	d := render.Document{Records: v.runTable(runs), Items: items(seq(runs), func(r idea.Run) any { return runJSON(r) })}
	for _, r := range runs {
		d.Notes = append(d.Notes, r.Name+": "+v.ran(r))
	}
	return d
}

// Runs is the log of runs.
func (v View) Runs(runs []idea.Run) render.Document {
	return render.Document{Sections: []render.Section{{Table: v.runTable(runs)}}, Items: items(seq(runs), func(r idea.Run) any { return runJSON(r) })}
}

func (v View) runTable(runs []idea.Run) *render.Table {
	return &render.Table{
		Empty: v.t("No runs yet: sluss export run NAME"),
		Columns: []render.Column{{Key: "at", Head: v.t("When")}, {Key: "profile", Head: v.t("Name")}, {Key: "result", Head: v.t("Result")},
			{Key: "rows", Head: v.t("Rows"), Right: true}, {Key: "bytes", Head: v.t("Bytes"), Right: true}, {Key: "took_ms", Head: v.t("ms"), Right: true, Spare: true},
			{Key: "sha256", Head: "SHA-256", Flex: true}, {Key: "scheduled", Head: v.t("On schedule"), Spare: true}, {Key: "file", Head: v.t("File"), Flex: true},
			{Key: "error", Head: v.t("Error"), Flex: true}},
		Rows: render.RowsOf(rows(runs, func(r idea.Run) []render.Cell {
			size, lines := render.Cell{}, render.Cell{}
			if r.SHA256 != "" {
				size = render.Cell{Text: number64(r.Bytes), Number: true}
			}
			if r.Rows >= 0 {
				lines = count(r.Rows)
			}
			result := coded(v.t("%s", r.Result.Label()), string(r.Result))
			if r.Result == idea.RunFailed {
				result.Style = render.Bad
			}
			scheduled := render.Cell{Raw: strconv.FormatBool(r.Scheduled)}
			if r.Scheduled {
				scheduled.Text = v.t("yes")
			}
			return []render.Cell{coded(v.moment(r.At), stamp(r.At)), text(r.Name), result, lines, size,
				{Text: number64(r.Took.Milliseconds()), Number: true}, text(r.SHA256), scheduled, text(r.File), text(r.Error)}
		})),
	}
}

// savedValue is a value of a saved export or a schedule in the log.
func (v View) savedValue(f idea.Field, value string) string {
	switch f {
	case idea.FieldEvery:
		if e, err := idea.ParseEvery(value); err == nil {
			return v.every(e)
		}
	case idea.FieldSince:
		if ms, err := strconv.ParseInt(value, 10, 64); err == nil {
			return v.moment(time.UnixMilli(ms))
		}
	case idea.FieldPeople, idea.FieldOnlyChanged:
		if value == "1" {
			return v.t("yes")
		}
		return v.t("no")
	}
	return short(value)
}
