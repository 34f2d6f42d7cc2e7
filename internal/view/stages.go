package view

import (
	"strings"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/render"
)

// Stage is a stage in JSON.
type Stage struct {
	Key       string   `json:"key"`
	NameEN    string   `json:"name_en"`
	NameSV    string   `json:"name_sv"`
	Kind      string   `json:"kind"`
	LimitDays *int     `json:"limit_days"`
	Wip       *int     `json:"wip"`
	Gates     []string `json:"gates"`
	Ideas     int      `json:"ideas"`
}

func stageJSON(s desk.StageLine) any {
	out := Stage{Key: string(s.Key), NameEN: s.Names.EN, NameSV: s.Names.SV, Kind: string(s.Kind), Gates: []string{}, Ideas: s.Ideas}
	for _, g := range s.Gates {
		out.Gates = append(out.Gates, string(g))
	}
	if s.LimitDays > 0 {
		out.LimitDays = &s.LimitDays
	}
	if s.Wip > 0 {
		out.Wip = &s.Wip
	}
	return out
}

// Stages is the process.
func (v View) Stages(stages []desk.StageLine) render.Document {
	return render.Document{
		Sections: []render.Section{{Table: &render.Table{
			Columns: []render.Column{{Key: "key", Head: v.t("Key")}, {Key: "name", Head: v.t("Stage")}, {Key: "kind", Head: v.t("Kind"), Spare: true},
				{Key: "limit_days", Head: v.t("Limit"), Right: true},
				{Key: "wip", Head: v.t("At most"), Right: true, Spare: true}, {Key: "gates", Head: v.t("Gate"), Flex: true}, {Key: "ideas", Head: v.t("Ideas"), Right: true}},
			Rows: render.RowsOf(rows(stages, v.stageRow)),
		}}},
		Items: items(seq(stages), stageJSON),
	}
}

func (v View) stageRow(s desk.StageLine) []render.Cell {
	return []render.Cell{text(string(s.Key)), text(v.stage(s.Stage)), coded(v.word(string(s.Kind)), string(s.Kind)), limit(s.LimitDays), limit(s.Wip),
		text(v.conditions(s.Gates)), count(s.Ideas)}
}

func (v View) conditions(gates []idea.Condition) string {
	var parts []string
	for _, g := range gates {
		parts = append(parts, v.word(string(g)))
	}
	return strings.Join(parts, ", ")
}

// limit is a number of which 0 is none.
func limit(n int) render.Cell {
	if n == 0 {
		return render.Cell{}
	}
	return count(n)
}

// Gate is a condition of a stage in JSON.
type Gate struct {
	Stage     string `json:"stage"`
	Condition string `json:"condition"`
}

// Gates is what must be there before an idea enters each stage.
func (v View) Gates(stages []desk.StageLine) render.Document {
	type line struct {
		stage     idea.Stage
		condition idea.Condition
	}
	var lines []line
	for _, s := range stages {
		for _, c := range s.Gates {
			lines = append(lines, line{s.Stage, c})
		}
	}
	return render.Document{
		Sections: []render.Section{{Table: &render.Table{
			Empty:   v.t("No gates: sluss gate add STAGE CONDITION"),
			Columns: []render.Column{{Key: "stage", Head: v.t("Stage")}, {Key: "condition", Head: v.t("Condition")}, {Key: "what", Head: v.t("What must be there"), Flex: true}},
			Rows: render.RowsOf(rows(lines, func(l line) []render.Cell {
				return []render.Cell{coded(v.stage(l.stage), string(l.stage.Key)), text(string(l.condition)), text(v.word(string(l.condition.Explain())))}
			})),
		}}},
		Items: items(seq(lines), func(l line) any { return Gate{string(l.stage.Key), string(l.condition)} }),
	}
}

// Reshaped is a process in JSON after stages were removed or replaced.
type Reshaped struct {
	Removed []string `json:"removed"`
	Moved   int      `json:"moved"`
	Stages  []any    `json:"stages"`
}

// Reshaped tells what became of a process.
func (v View) Reshaped(r desk.Reshaped) render.Document {
	out := Reshaped{Removed: []string{}, Moved: r.Moved, Stages: []any{}}
	d := v.Stages(r.Stages)
	d.Items = nil
	for _, s := range r.Gone {
		out.Removed = append(out.Removed, string(s.Key))
		d.Notes = append(d.Notes, v.t("%s is removed", s.Names))
	}
	if r.Moved > 0 {
		d.Notes = append(d.Notes, v.p.N(r.Moved, "%d idea moved", "%d ideas moved"))
	}
	for _, s := range r.Stages {
		out.Stages = append(out.Stages, stageJSON(s))
	}
	d.JSON = out
	return d
}
