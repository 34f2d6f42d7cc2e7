package intake

import (
	"strings"

	"sluss/internal/idea"
)

// FlagMapping reads a mapping from flags, each FIELD=WHAT: maps name the
// columns of a field with commas between, sets give it a value, formats say how
// its dates are written and splits what stands between its tags. It returns
// Usage for a flag that is not written so and for fields that do not exist.
func FlagMapping(maps, sets, formats, splits []string) (Mapping, error) {
	var m Mapping
	for _, flag := range []struct {
		name, example string
		given         []string
		set           func(*ColumnMap, string)
	}{
		{"--map", "--map title=Rubrik", maps, func(c *ColumnMap, s string) { c.Columns = append(c.Columns, strings.Split(s, ",")...) }},
		{"--set", "--set kind=resident", sets, func(c *ColumnMap, s string) { c.Value = s }},
		{"--date-format", "--date-format received=02/01/2006", formats, func(c *ColumnMap, s string) { c.Format = s }},
		{"--split", "--split tags=/", splits, func(c *ColumnMap, s string) { c.Split = s }},
	} {
		for _, given := range flag.given {
			field, what, found := strings.Cut(given, "=")
			if !found || what == "" {
				return m, idea.Errorf(idea.Usage, "%s %q does not say what the field is to be", flag.name, given).
					WithHint("write it as in %s", flag.example)
			}
			c := m.column(strings.TrimSpace(field))
			flag.set(c, what)
			if err := c.check(); err != nil {
				return m, err
			}
		}
	}
	return m, nil
}

// column is the entry of a field, made if it is not there.
func (m *Mapping) column(field string) *ColumnMap {
	if i := m.find(field); i >= 0 {
		return &m.Columns[i]
	}
	m.Columns = append(m.Columns, ColumnMap{Field: field})
	return &m.Columns[len(m.Columns)-1]
}
