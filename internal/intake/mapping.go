// Package intake makes drafts of the rows of a table. A mapping says which
// column fills which field; a row that does not fit is named with file, line,
// column and reason.
package intake

import (
	"slices"
	"unicode/utf8"

	"sluss/internal/idea"
	"sluss/internal/sheet"
)

// Mapping says how a file of somebody else's is written and which of its
// columns fill which fields.
type Mapping struct {
	Source    string      `yaml:"source,omitempty"`    // what the file comes from, for rows that do not say
	Separator string      `yaml:"separator,omitempty"` // one character, or tab; empty: found out
	Encoding  string      `yaml:"encoding,omitempty"`  // empty: found out
	Columns   []ColumnMap `yaml:"columns"`
}

// ColumnMap says what fills a field: the first of its columns that is not
// empty in a row, and else Value. A field can be mapped once; tags can be
// mapped several times and add up.
type ColumnMap struct {
	Field   string     `yaml:"field"`
	Columns []string   `yaml:"columns,omitempty,flow"`
	Value   string     `yaml:"value,omitempty"`
	Format  string     `yaml:"format,omitempty"` // of a day: how 2 January 2006 is written there
	Split   string     `yaml:"split,omitempty"`  // of tags: what stands between them; empty: comma or semicolon
	Values  []Exchange `yaml:"values,omitempty"`
}

// Exchange puts one value in the place of another. An empty To leaves the
// field empty.
type Exchange struct {
	From string `yaml:"from"`
	To   string `yaml:"to"`
}

// Default is the mapping of a file whose headings are our own: the names of
// fields, or the Swedish words for them, such as rubrik and behov. A number
// column, as in what sluss exports, is the external id of rows without one.
func Default(header []string) Mapping {
	var m Mapping
	for _, f := range fields {
		var columns []string
		for _, name := range append([]string{f.name}, f.headings...) {
			for _, h := range header {
				if fold(h) == fold(name) {
					columns = append(columns, h)
				}
			}
		}
		if columns != nil {
			m.Columns = append(m.Columns, ColumnMap{Field: f.name, Columns: columns})
		}
	}
	return m
}

// Own tells whether a file has the headings that only an export of sluss has.
func Own(header []string) bool {
	for _, name := range []string{"number", "days_in_stage", "registered"} {
		if !slices.Contains(header, name) {
			return false
		}
	}
	return true
}

// Or is m with what it does not say taken from other.
func (m Mapping) Or(other Mapping) Mapping {
	m.Source = or(m.Source, other.Source)
	m.Separator = or(m.Separator, other.Separator)
	m.Encoding = or(m.Encoding, other.Encoding)
	m.Columns = slices.Clone(m.Columns)
	for _, c := range other.Columns {
		if i := m.find(c.Field); i >= 0 {
			m.Columns[i] = m.Columns[i].or(c)
		} else {
			m.Columns = append(m.Columns, c)
		}
	}
	return m
}

func (c ColumnMap) or(other ColumnMap) ColumnMap {
	if c.Columns == nil && c.Value == "" {
		c.Columns, c.Value = other.Columns, other.Value
	}
	c.Format = or(c.Format, other.Format)
	c.Split = or(c.Split, other.Split)
	if c.Values == nil {
		c.Values = other.Values
	}
	return c
}

func or(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

func (m Mapping) find(field string) int {
	return slices.IndexFunc(m.Columns, func(c ColumnMap) bool { return c.Field == field })
}

// ReadOptions is how the file is to be read. It returns Usage for a separator
// or an encoding that cannot be.
func (m Mapping) ReadOptions() (sheet.ReadOptions, error) {
	var o sheet.ReadOptions
	switch {
	case m.Separator == "tab":
		o.Comma = '\t'
	case utf8.RuneCountInString(m.Separator) > 1:
		return o, idea.Errorf(idea.Usage, "%q is no separator", m.Separator).
			WithHint("a separator is one character, or the word tab")
	case m.Separator != "":
		o.Comma, _ = utf8.DecodeRuneInString(m.Separator)
	}
	if m.Encoding == "" {
		return o, nil
	}
	encoding, ok := sheet.ParseEncoding(m.Encoding)
	if !ok {
		names := []string{}
		for _, e := range sheet.Encodings() {
			names = append(names, string(e))
		}
		return o, oneOf(idea.Errorf(idea.Usage, "there is no encoding %q", m.Encoding), m.Encoding, names)
	}
	o.Encoding = encoding
	return o, nil
}

// check refuses what no file could make right.
func (c ColumnMap) check() *idea.Error {
	f, err := findField(c.Field)
	switch {
	case err != nil:
		return err
	case c.Format != "" && f.shape != day:
		return idea.Errorf(idea.Usage, "%s is no date and has no format", c.Field).
			WithHint("only received and due have a format")
	case c.Split != "" && f.shape != tags:
		return idea.Errorf(idea.Usage, "%s cannot be split", c.Field).
			WithHint("only tags can be split")
	case c.Format != "":
		return checkLayout(c.Format)
	}
	return nil
}
