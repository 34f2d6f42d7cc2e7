package view

import (
	"fmt"
	"slices"
	"strings"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/render"
)

// Tie is a tie in JSON, seen from the idea that it stands with. As is related,
// part-of or builds-on; seen from the other end has-part or base-of.
type Tie struct {
	As     string `json:"as"`
	Number int64  `json:"number"`
	Title  string `json:"title"`
	Stage  string `json:"stage"`
}

// MergedIdea is an idea that went into another in JSON. Givers are the ids of
// those who gave it.
type MergedIdea struct {
	Number     int64   `json:"number"`
	Title      string  `json:"title"`
	MergedInto int64   `json:"merged_into"`
	Givers     []int64 `json:"givers"`
}

func tiesJSON(b desk.Bonds) ([]Tie, []MergedIdea) {
	ties, merged := []Tie{}, []MergedIdea{}
	for _, t := range b.Ties {
		ties = append(ties, Tie{As: tieKey(t), Number: t.Other.Number, Title: t.Other.Title, Stage: string(t.In.Key)})
	}
	for _, m := range b.Merged {
		merged = append(merged, MergedIdea{Number: m.Number, Title: m.Title, MergedInto: m.Into, Givers: append([]int64{}, m.Givers...)})
	}
	return ties, merged
}

func tieKey(t desk.TieLine) string {
	switch {
	case t.Back && t.Kind == idea.PartOf:
		return "has-part"
	case t.Back && t.Kind == idea.BuildsOn:
		return "base-of"
	}
	return string(t.Kind)
}

func tieWord(t desk.TieLine) idea.Word {
	switch tieKey(t) {
	case "has-part":
		return "has the part"
	case "base-of":
		return "is the base of"
	}
	return t.Kind.Says()
}

// tieSections are the ties of an idea and the ideas that went into it.
func (v View) tieSections(b desk.Bonds) (out []render.Section) {
	columns := []render.Column{{Key: "as", Head: v.t("Tie")}, {Key: "number", Head: v.t("No."), Right: true}, {Key: "title", Head: v.t("Title"), Flex: true}}
	if len(b.Ties) > 0 {
		out = append(out, render.Section{Heading: v.t("Ties"), Table: &render.Table{
			Columns: append(columns, render.Column{Key: "stage", Head: v.t("Stage")}),
			Rows: render.RowsOf(rows(b.Ties, func(t desk.TieLine) []render.Cell {
				return []render.Cell{coded(v.t("%s", tieWord(t)), tieKey(t)), {Text: number64(t.Other.Number), Number: true}, text(t.Other.Title), coded(v.stage(t.In), string(t.In.Key))}
			})),
		}})
	}
	if len(b.Merged) > 0 {
		out = append(out, render.Section{Heading: v.t("Merged into this idea"), Table: &render.Table{
			Columns: columns[1:],
			Rows: render.RowsOf(rows(b.Merged, func(m idea.MergedIdea) []render.Cell {
				return []render.Cell{{Text: number64(m.Number), Number: true}, text(m.Title)}
			})),
		}})
	}
	return out
}

// leads is where a merged idea went.
func leads(b desk.Bonds) string {
	var parts []string
	for _, l := range b.Leads {
		parts = append(parts, fmt.Sprintf("%d %s", l.Number, l.Title))
	}
	return strings.Join(parts, " → ")
}

// gave is the numbers of the merged ideas that a giver gave.
func gave(b desk.Bonds, giver int64) string {
	var numbers []string
	for _, m := range b.Merged {
		if slices.Contains(m.Givers, giver) {
			numbers = append(numbers, number64(m.Number))
		}
	}
	return strings.Join(numbers, ", ")
}

// Linked tells how ideas hang together with another one now.
func Linked(with int64) func(desk.Card) idea.Text {
	return func(c desk.Card) idea.Text {
		var ties idea.List
		for _, t := range c.Ties {
			if t.Other.Number == with {
				ties = append(ties, idea.Say("%s %d", tieWord(t), with))
			}
		}
		if len(ties) == 0 {
			return idea.Say("no tie to %d", with)
		}
		return idea.Say("%s", ties)
	}
}

// Merged tells which ideas have gone into one.
func Merged(numbers []int64) func(desk.Card) idea.Text {
	var all idea.List
	for _, n := range numbers {
		all = append(all, idea.Say("%d", n))
	}
	return func(desk.Card) idea.Text { return idea.Say("%s merged into it", all) }
}
