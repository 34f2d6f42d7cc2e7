package view

import (
	"math"
	"strings"

	"sluss/internal/desk"
	"sluss/internal/render"
)

// Similar is an idea that is like another in JSON. Score lies between 0 and 1.
type Similar struct {
	Number     int64    `json:"number"`
	Title      string   `json:"title"`
	Stage      string   `json:"stage"`
	MergedInto *int64   `json:"merged_into"`
	Score      float64  `json:"score"`
	Shared     []string `json:"shared"`
}

// Similar is the ideas that are like one, best first.
func (v View) Similar(all []desk.Similar) render.Document {
	return render.Document{
		Sections: []render.Section{{Table: &render.Table{
			Empty: v.t("Nothing like it found."),
			Columns: []render.Column{{Key: "number", Head: v.t("No."), Right: true}, {Key: "title", Head: v.t("Title"), Flex: true},
				{Key: "stage", Head: v.t("Stage")}, {Key: "score", Head: v.t("Alike"), Right: true}, {Key: "shared", Head: v.t("In common"), Flex: true}},
			Rows: render.RowsOf(rows(all, func(s desk.Similar) []render.Cell {
				return []render.Cell{{Text: number64(s.Number), Number: true}, text(s.Title), coded(v.stage(s.In), string(s.In.Key)), v.figure(s.Score, 2), text(strings.Join(s.Shared, " "))}
			})),
		}}},
		Items: items(seq(all), func(s desk.Similar) any {
			return Similar{Number: s.Number, Title: s.Title, Stage: string(s.In.Key), MergedInto: id(s.MergedInto),
				Score: math.Round(s.Score*100) / 100, Shared: append([]string{}, s.Shared...)}
		}),
	}
}

// SimilarLine tells in one line of an idea that is like another.
func (v View) SimilarLine(s desk.Similar) string {
	return v.t("%d %s (%s): %s", s.Number, s.Title, v.stage(s.In), strings.Join(s.Shared, " "))
}
