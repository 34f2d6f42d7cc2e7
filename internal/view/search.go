package view

import (
	"strings"

	"sluss/internal/desk"
	"sluss/internal/render"
)

// Hit is a found idea in JSON.
type Hit struct {
	Number  int64  `json:"number"`
	Title   string `json:"title"`
	Stage   string `json:"stage"`
	Excerpt string `json:"excerpt"`
}

// Hits is what a search found, best first.
func (v View) Hits(hits []desk.Hit) render.Document {
	return render.Document{
		Sections: []render.Section{{Table: &render.Table{
			Empty: v.t("No ideas found."),
			Columns: []render.Column{{Key: "number", Head: v.t("No."), Right: true}, {Key: "title", Head: v.t("Title"), Flex: true},
				{Key: "stage", Head: v.t("Stage")}, {Key: "excerpt", Head: v.t("Found in"), Flex: true}},
			Rows: render.RowsOf(rows(hits, func(h desk.Hit) []render.Cell {
				return []render.Cell{{Text: number64(h.Number), Number: true}, text(h.Title), coded(v.stage(h.In), string(h.Stage)), {Text: marked(around(h.Excerpt), "[", "]"), Raw: marked(h.Excerpt, "[", "]")}}
			})),
		}}},
		Items: items(seq(hits), func(h desk.Hit) any {
			return Hit{Number: h.Number, Title: h.Title, Stage: string(h.Stage), Excerpt: marked(h.Excerpt, "", "")}
		}),
	}
}

func marked(excerpt, left, right string) string {
	line := strings.Join(strings.Fields(excerpt), " ")
	return strings.NewReplacer(desk.HitStart, left, desk.HitEnd, right).Replace(line)
}

// around leaves out what stands long before the first hit, so that a narrow
// column shows it.
func around(excerpt string) string {
	before, rest, found := strings.Cut(excerpt, desk.HitStart)
	if r := []rune(before); found && len(r) > 12 {
		return "…" + string(r[len(r)-12:]) + desk.HitStart + rest
	}
	return excerpt
}
