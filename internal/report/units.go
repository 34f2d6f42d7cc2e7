package report

import (
	"cmp"
	"slices"

	"sluss/internal/idea"
)

// Units tells which units gave and took on ideas.
type Units struct {
	Head
	Rows   []UnitRow
	Total  UnitRow
	Nested bool // some unit lies under another one
	Merged int  // ideas received in the period that are merged into others: in no row
}

// UnitRow is the figures of one unit. Unit 0 is ideas without a unit.
type UnitRow struct {
	Unit     int64
	Name     string
	Received int // in the period
	Open     int // on the day of the report, whenever received
	Realised int // in the period, and still so
	Closed   int // in the period, and still so
}

// NewUnits adds up the counts by unit. Every unit gets a row, also one without
// ideas: that is what coverage means. Closed units without any are left out.
func NewUnits(h Head, p idea.Process, units []idea.Unit, counts []idea.UnitCount) Units {
	rows := map[int64]*UnitRow{}
	for _, u := range units {
		rows[u.ID] = &UnitRow{Unit: u.ID, Name: u.Name}
	}
	total := UnitRow{}
	for _, c := range counts {
		row := rows[c.Unit]
		if row == nil {
			row = &UnitRow{Unit: c.Unit}
			rows[c.Unit] = row
		}
		s, _ := p.Stage(c.Stage)
		row.count(s.Kind, c)
		total.count(s.Kind, c)
	}
	out := Units{Head: h, Total: total, Nested: slices.ContainsFunc(units, func(u idea.Unit) bool { return u.Parent != 0 })}
	for _, row := range rows {
		if *row != (UnitRow{Unit: row.Unit, Name: row.Name}) || isOpen(units, row.Unit) {
			out.Rows = append(out.Rows, *row)
		}
	}
	slices.SortFunc(out.Rows, func(a, b UnitRow) int {
		return cmp.Or(cmp.Compare(b.Received, a.Received), cmp.Compare(b.Open, a.Open), cmp.Compare(a.Unit, b.Unit))
	})
	return out
}

func (r *UnitRow) count(k idea.StageKind, c idea.UnitCount) {
	r.Received += c.Received
	switch k {
	case idea.Realised:
		r.Realised += c.Came
	case idea.Closed:
		r.Closed += c.Came
	default:
		r.Open += c.All
	}
}

func isOpen(units []idea.Unit, id int64) bool {
	return slices.ContainsFunc(units, func(u idea.Unit) bool { return u.ID == id && !u.Closed })
}
