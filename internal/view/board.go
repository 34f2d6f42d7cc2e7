package view

import (
	"strconv"
	"strings"

	"sluss/internal/desk"
	"sluss/internal/render"
)

// Column is a stage of the board in JSON. Limit is how many ideas should stand
// there at most, null for no limit; crowded is that more stand there, selected
// or not.
type Column struct {
	Stage   string   `json:"stage"`
	Name    string   `json:"name"`
	Count   int      `json:"count"`
	Limit   *int     `json:"limit"`
	Crowded bool     `json:"crowded"`
	Ideas   []Pinned `json:"ideas"`
}

// Pinned is an idea on the board in JSON.
type Pinned struct {
	Number      int64  `json:"number"`
	Title       string `json:"title"`
	DaysInStage int    `json:"days_in_stage"`
	Stuck       bool   `json:"stuck"`
	AnswerLate  bool   `json:"answer_late"`
}

func columnJSON(name string, c desk.Column) Column {
	out := Column{Stage: string(c.In.Key), Name: name, Count: len(c.Cards), Crowded: c.Crowded(), Ideas: []Pinned{}}
	if c.In.Wip > 0 {
		out.Limit = &c.In.Wip
	}
	for _, card := range c.Cards {
		out.Ideas = append(out.Ideas, Pinned{card.Number, card.Title, card.Days, card.Stuck, card.Late})
	}
	return out
}

// The marks of ideas on the board: they stand for words where there is no room.
const (
	stuckMark = "!"
	lateMark  = "?"
)

// Board is the stages of the way with their ideas: columns at a terminal, of
// which each shows so many ideas as most says and 0 shows all; else a line for
// each idea.
func (v View) Board(all []desk.Column, most int) render.Document {
	table := v.boardTable(all)
	return render.Document{
		Sections: []render.Section{{Table: table, Board: v.wall(all, most)}},
		Records:  table,
		Items:    items(seq(all), func(c desk.Column) any { return columnJSON(v.stage(c.In), c) }),
	}
}

func (v View) wall(all []desk.Column, most int) *render.Board {
	wall := &render.Board{}
	stuck, late := false, false
	for _, c := range all {
		list := render.Pinned{Head: v.stage(c.In), Mark: crowd(c)}
		cards := c.Cards
		if most > 0 && len(cards) > most {
			cards = cards[:most]
			list.More = v.t("… and %d more", len(c.Cards)-most)
		}
		for _, card := range cards {
			stuck, late = stuck || card.Stuck, late || card.Late
			list.Cards = append(list.Cards, render.BoardCard{Number: number64(card.Number), Title: card.Title,
				End: v.t("%d d", card.Days) + signs(card), Warn: card.Stuck || card.Late})
		}
		wall.Lists = append(wall.Lists, list)
	}
	var legend []string
	if stuck {
		legend = append(legend, v.t("! has stood there for too long"))
	}
	if late {
		legend = append(legend, v.t("? the giver waits for the answer that was promised"))
	}
	wall.Legend = strings.Join(legend, "\n")
	return wall
}

// crowd is how many ideas a column has, and how many it should have at most. Of
// a selection all that stand there are in brackets.
func crowd(c desk.Column) string {
	shown := strconv.Itoa(len(c.Cards))
	if c.In.Wip == 0 {
		return shown
	}
	all := strconv.Itoa(c.Standing) + "/" + strconv.Itoa(c.In.Wip)
	if c.Crowded() {
		all += " " + stuckMark
	}
	if c.Standing == len(c.Cards) {
		return all
	}
	return shown + " (" + all + ")"
}

// signs is the marks of a card.
func signs(card desk.Pinned) (s string) {
	if card.Stuck {
		s += stuckMark
	}
	if card.Late {
		s += lateMark
	}
	if s != "" {
		s = " " + s
	}
	return s
}

// boardTable is the board as a line for each idea. The marks are words.
func (v View) boardTable(all []desk.Column) *render.Table {
	table := &render.Table{
		Empty: v.t("No ideas found."),
		Columns: []render.Column{{Key: "stage", Head: v.t("Stage")}, {Key: "number", Head: v.t("No."), Right: true}, {Key: "title", Head: v.t("Title"), Flex: true},
			{Key: "days_in_stage", Head: v.t("Days"), Right: true}, {Key: "marks", Head: v.t("Marks")}},
	}
	table.Rows = func(yield func([]render.Cell, error) bool) {
		row := make([]render.Cell, 5)
		for _, c := range all {
			stage := coded(v.stage(c.In), string(c.In.Key))
			for _, card := range c.Cards {
				row[0], row[1], row[2], row[3], row[4] = stage, numbered(card.Number), text(card.Title), count(card.Days), v.marks(card)
				if !yield(row, nil) {
					return
				}
			}
		}
	}
	return table
}

func (v View) marks(card desk.Pinned) render.Cell {
	if !card.Stuck && !card.Late {
		return render.Cell{}
	}
	var words, keys []string
	if card.Stuck {
		words, keys = append(words, v.t("stuck")), append(keys, "stuck")
	}
	if card.Late {
		words, keys = append(words, v.t("answer late")), append(keys, "answer-late")
	}
	return coded(strings.Join(words, ", "), strings.Join(keys, ","))
}
