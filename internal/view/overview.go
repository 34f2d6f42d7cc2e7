package view

import (
	"iter"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/render"
)

// Overview is a document about many ideas, to be handed on. page, if not nil,
// names the file that tells more of an idea.
func (v View) Overview(list iter.Seq2[desk.Listed, error], day idea.Day, page func(desk.Listed) string, people bool) render.Document {
	d := v.Ideas(list, people)
	d.Title = v.t("Ideas")
	d.Notes = []string{v.t("As of %s", string(day))}
	if page != nil {
		table := d.Sections[0].Table
		cells := table.Rows
		table.Columns = append(table.Columns, render.Column{Key: "page", Head: v.t("Page")})
		table.Rows = withPages(list, cells, page)
	}
	return d
}

// withPages adds the page of each idea to its row. Both sequences are of the
// same ideas.
func withPages(list iter.Seq2[desk.Listed, error], rows iter.Seq2[[]render.Cell, error], page func(desk.Listed) string) iter.Seq2[[]render.Cell, error] {
	return func(yield func([]render.Cell, error) bool) {
		next, stop := iter.Pull2(list)
		defer stop()
		for row, err := range rows {
			l, _, _ := next()
			if err == nil {
				row = append(row, render.Cell{Text: page(l), Link: page(l)})
			}
			if !yield(row, err) {
				return
			}
		}
	}
}
