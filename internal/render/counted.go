package render

import "iter"

// Counted is d, adding one to n for each row of a table and each element of an
// array that a format takes.
func (d Document) Counted(n *int64) Document {
	d.Records = d.Records.counted(n)
	d.Items = counted(d.Items, n)
	sections := make([]Section, len(d.Sections))
	for k, s := range d.Sections {
		s.Table = s.Table.counted(n)
		sections[k] = s
	}
	d.Sections = sections
	return d
}

func (t *Table) counted(n *int64) *Table {
	if t == nil {
		return nil
	}
	out := *t
	out.Rows = counted(t.Rows, n)
	if t.Pick != nil {
		out.Pick = func(columns []int) iter.Seq2[[]Cell, error] { return counted(t.Pick(columns), n) }
	}
	return &out
}

func counted[T any](seq iter.Seq2[T, error], n *int64) iter.Seq2[T, error] {
	if seq == nil {
		return nil
	}
	return func(yield func(T, error) bool) {
		for one, err := range seq {
			if err == nil {
				*n++
			}
			if !yield(one, err) {
				return
			}
		}
	}
}
