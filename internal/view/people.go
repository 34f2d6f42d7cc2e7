package view

import (
	"strings"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/render"
)

// GiverLine is a giver in JSON, with the ideas that came from there.
type GiverLine struct {
	Giver
	Unit  *string `json:"unit"`
	Ideas []int64 `json:"ideas"`
}

func giverJSON(g desk.GiverLine) GiverLine {
	return GiverLine{Giver: giversJSON([]idea.Giver{g.Giver})[0], Unit: known(g.UnitName), Ideas: append([]int64{}, g.Ideas...)}
}

// Givers is a list of givers.
func (v View) Givers(givers []desk.GiverLine) render.Document {
	return render.Document{
		Sections: []render.Section{{Table: v.giverTable(givers)}},
		Items:    items(seq(givers), func(g desk.GiverLine) any { return giverJSON(g) }),
	}
}

// Giver is one giver.
func (v View) Giver(g desk.GiverLine) render.Document {
	return render.Document{Sections: []render.Section{{Table: v.giverTable([]desk.GiverLine{g})}}, JSON: giverJSON(g)}
}

func (v View) giverTable(givers []desk.GiverLine) *render.Table {
	return &render.Table{
		Empty: v.t("No givers found."),
		Columns: []render.Column{{Key: "id", Head: v.t("Giver"), Right: true}, {Key: "kind", Head: v.t("Kind"), Spare: true}, {Key: "name", Head: v.t("Name"), Flex: true},
			{Key: "email", Head: v.t("E-mail")}, {Key: "phone", Head: v.t("Phone")}, {Key: "unit", Head: v.t("Unit"), Flex: true, Spare: true}, {Key: "ideas", Head: v.t("Ideas")}},
		Rows: render.RowsOf(rows(givers, func(g desk.GiverLine) []render.Cell {
			var ideas []string
			for _, n := range g.Ideas {
				ideas = append(ideas, number64(n))
			}
			return []render.Cell{{Text: number64(g.ID), Number: true}, coded(v.word(string(g.Kind)), string(g.Kind)), text(g.Name),
				text(g.Email), text(g.Phone), text(g.UnitName), text(strings.Join(ideas, " "))}
		})),
	}
}

// Coach is a coach in JSON.
type Coach struct {
	ID   int64  `json:"id"`
	Name string `json:"name"`
}

func coachJSON(c idea.Coach) any { return Coach{c.ID, c.Name} }

// Coaches is a list of coaches.
func (v View) Coaches(coaches []idea.Coach) render.Document {
	return render.Document{
		Sections: []render.Section{{Table: &render.Table{
			Empty:   v.t("No coaches yet."),
			Columns: []render.Column{{Key: "name", Head: v.t("Coach"), Flex: true}},
			Rows:    render.RowsOf(rows(coaches, func(c idea.Coach) []render.Cell { return []render.Cell{text(c.Name)} })),
		}}},
		Items: items(seq(coaches), coachJSON),
	}
}
