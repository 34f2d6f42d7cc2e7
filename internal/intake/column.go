package intake

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"sluss/internal/idea"
	"sluss/internal/sheet"

	"golang.org/x/text/unicode/norm"
)

// column is a ColumnMap made ready for one file.
type column struct {
	*field
	indexes  []int
	constant string
	split    string
	values   map[string]string
	words    *vocabulary
	calendar calendar
}

// exchange takes in values, whose new words must be legal.
func (c *column) exchange(values []Exchange) error {
	if len(values) > 0 {
		c.values = map[string]string{}
	}
	for _, v := range values {
		to := strings.TrimSpace(v.To)
		if c.shape == word && to != "" {
			key, err := c.words.key(to)
			if err != nil {
				return err
			}
			to = key
		}
		c.values[norm.NFC.String(strings.TrimSpace(v.From))] = to
	}
	return nil
}

// fix takes in the value for rows whose columns have none. It is cleaned for
// each row anew, but refused here.
func (c *column) fix(value string) error {
	c.constant = strings.TrimSpace(value)
	if c.constant == "" {
		return nil
	}
	if err := c.fill(&idea.Draft{}, c.constant); err != nil {
		return err
	}
	return nil
}

// pick is the first of the column's cells that has text, and its index. If
// none has, it is the first index; a constant has -1.
func (c *column) pick(cells []string) (string, int) {
	for _, i := range c.indexes {
		if i >= len(cells) {
			continue
		}
		if value := strings.TrimSpace(sheet.Unguard(cells[i])); value != "" {
			return value, i
		}
	}
	if len(c.indexes) == 0 {
		return "", -1
	}
	return "", c.indexes[0]
}

// fill puts a value into d, cleaned.
func (c *column) fill(d *idea.Draft, value string) *idea.Error {
	switch c.shape {
	case tags:
		return c.fillTags(d, value)
	case instant:
		return c.fillInstant(d, value)
	}
	value, known := c.exchanged(value)
	if value == "" && c.name == "title" {
		return idea.Errorf(idea.Usage, "an idea needs a title").
			WithHint("fill the cell, or take the row away")
	}
	if value == "" {
		return nil
	}
	var err *idea.Error
	if !known || c.shape != word {
		value, err = c.clean(value)
	}
	if err == nil {
		c.put(d, value)
	}
	return err
}

func (c *column) exchanged(value string) (string, bool) {
	if c.values == nil {
		return value, false
	}
	to, known := c.values[norm.NFC.String(value)]
	if !known {
		return value, false
	}
	return to, true
}

func (c *column) clean(value string) (string, *idea.Error) {
	switch c.shape {
	case word:
		return c.words.key(value)
	case day:
		d, err := c.calendar.day(value)
		return string(d), err
	case text:
		clean, err := idea.CleanText(c.label, value)
		return clean, asError(err)
	}
	clean, err := cleanLine(c.label, value)
	if err == nil && c.shape == mail {
		err = asError(idea.CheckMails(clean))
	}
	return clean, err
}

// fillInstant puts an instant into d. A day alone is its beginning.
func (c *column) fillInstant(d *idea.Draft, value string) *idea.Error {
	value, _ = c.exchanged(value)
	if value == "" {
		return nil
	}
	if at, err := time.Parse(time.RFC3339, value); err == nil {
		d.Registered = at
		return nil
	}
	on, err := c.calendar.day(value)
	if err == nil {
		d.Registered = on.Time(c.calendar.local)
	}
	return err
}

// cleanLine is idea.CleanLine, which most lines need not pass through.
func cleanLine(label idea.Word, s string) (string, *idea.Error) {
	if tidy(s) {
		return s, nil
	}
	clean, err := idea.CleanLine(label, s)
	return clean, asError(err)
}

// tidy tells whether cleaning would leave s, which is trimmed, as it is.
func tidy(s string) bool {
	if len(s) > idea.MaxLine {
		return false
	}
	ascii, space := true, false
	for _, r := range s {
		switch {
		case r == ' ' && space, r == 0, r == utf8.RuneError, r != ' ' && unicode.IsSpace(r):
			return false
		case r >= utf8.RuneSelf:
			ascii = false
		}
		space = r == ' '
	}
	return ascii || norm.NFC.IsNormalString(s)
}

// fillTags adds the tags that value holds. What is several words becomes one,
// with hyphens.
func (c *column) fillTags(d *idea.Draft, value string) *idea.Error {
	for value != "" {
		var piece string
		piece, value = c.cut(value)
		piece, _ = c.exchanged(strings.TrimSpace(piece))
		piece = strings.TrimLeft(strings.Join(strings.FieldsFunc(piece, splitsTag), "-"), "#")
		if piece == "" {
			continue
		}
		tag, err := idea.CleanTag(piece)
		if err != nil {
			return asError(err)
		}
		if !slices.Contains(d.Tags, tag) {
			d.Tags = append(d.Tags, tag)
		}
	}
	return nil
}

// cut gives the first tag of value and what comes after it.
func (c *column) cut(value string) (tag, rest string) {
	if c.split != "" {
		tag, rest, _ = strings.Cut(value, c.split)
		return tag, rest
	}
	if i := strings.IndexAny(value, ",;"); i >= 0 {
		return value[:i], value[i+1:]
	}
	return value, ""
}

func splitsTag(r rune) bool { return r == ',' || r == ';' || unicode.IsSpace(r) }
