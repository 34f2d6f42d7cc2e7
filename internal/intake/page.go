package intake

import (
	"bytes"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"sluss/internal/idea"
)

// Page is an idea as a text to edit: its fields as YAML front matter between
// lines of three dashes, its sections as Markdown under headings.
type Page struct {
	Fields   map[idea.Field]string
	Tags     []string
	Sections map[idea.Section]string
}

// pageFields lists the fields of the front matter in their order.
func pageFields() []idea.Field {
	return []idea.Field{idea.FieldTitle, idea.FieldKind, idea.FieldUnit, idea.FieldOwner, idea.FieldCoach,
		idea.FieldChannel, idea.FieldReceived, idea.FieldDue, idea.FieldType, idea.FieldNewness, idea.FieldBenefits, "tags"}
}

// Text writes the page. heading names a section in the user's language.
func (p Page) Text(heading func(idea.Section) string) (string, error) {
	front := &yaml.Node{Kind: yaml.MappingNode}
	for _, f := range pageFields() {
		value := p.Fields[f]
		if f == "tags" {
			value = strings.Join(p.Tags, " ")
		}
		key, item := &yaml.Node{}, &yaml.Node{}
		key.SetString(string(f))
		item.SetString(value)
		front.Content = append(front.Content, key, item)
	}
	head, err := yaml.Marshal(front)
	if err != nil {
		return "", err
	}
	var out strings.Builder
	out.WriteString("---\n" + string(head) + "---\n")
	for _, s := range idea.Sections() {
		out.WriteString("\n## " + heading(s) + "\n\n")
		if text := p.Sections[s]; text != "" {
			out.WriteString(text + "\n")
		}
	}
	return out.String(), nil
}

// ParsePage reads a page that Text has written of before and somebody has
// edited. It returns Usage with the line for front matter that is not YAML,
// unknown or missing, and for a heading that names no section. One that stood in
// a text before belongs to that text.
func ParsePage(text string, before Page, heading func(idea.Section) string) (Page, error) {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	end := -1
	for i, line := range lines {
		if i > 0 && strings.TrimRight(line, " ") == "---" {
			end = i
			break
		}
	}
	if end < 0 || strings.TrimRight(lines[0], " ") != "---" {
		return Page{}, idea.Errorf(idea.Usage, "the fields must stand first, between two lines of ---")
	}
	p := Page{Fields: map[idea.Field]string{}, Sections: map[idea.Section]string{}}
	if err := p.readFront(strings.Join(lines[1:end], "\n")); err != nil {
		return p, err
	}
	return p, p.readSections(lines[end+1:], end+2, before, heading)
}

func (p *Page) readFront(text string) error {
	var doc yaml.Node
	decoder := yaml.NewDecoder(bytes.NewReader([]byte("\n" + text)))
	if err := decoder.Decode(&doc); err != nil {
		return idea.Errorf(idea.Usage, "the fields are not right: %s", err).WithHint("put a text with : or # in it in quotes")
	}
	if len(doc.Content) == 0 || doc.Content[0].Kind != yaml.MappingNode {
		return idea.Errorf(idea.Usage, "the fields must be lines such as title: My idea")
	}
	pairs := doc.Content[0].Content
	for i := 0; i+1 < len(pairs); i += 2 {
		key, value := pairs[i], pairs[i+1]
		if !known(key.Value) {
			return idea.Errorf(idea.Usage, "line %d: there is no field %q", key.Line, key.Value)
		}
		if value.Kind != yaml.ScalarNode {
			return idea.Errorf(idea.Usage, "line %d: %s must be one line of text", value.Line, key.Value)
		}
		if key.Value == "tags" {
			p.Tags = strings.Fields(strings.ReplaceAll(plain(value), ",", " "))
			continue
		}
		p.Fields[idea.Field(key.Value)] = plain(value)
	}
	return nil
}

func plain(n *yaml.Node) string {
	if n.Tag == "!!null" {
		return ""
	}
	return n.Value
}

func known(key string) bool {
	for _, f := range pageFields() {
		if string(f) == key {
			return true
		}
	}
	return false
}

func (p *Page) readSections(lines []string, first int, before Page, heading func(idea.Section) string) error {
	var current idea.Section
	var body []string
	flush := func() {
		if current != "" {
			p.Sections[current] = strings.Trim(strings.Join(body, "\n"), "\n")
		}
		body = nil
	}
	for i, line := range lines {
		if s, ok := sectionOf(line, heading); ok {
			flush()
			current = s
			continue
		}
		if strings.HasPrefix(line, "## ") && !before.holds(line) {
			return unknownHeading(first+i, line, heading)
		}
		if current == "" && strings.TrimSpace(line) != "" {
			return idea.Errorf(idea.Usage, "line %d: this text stands under no heading", first+i).
				WithHint("move it under one of the headings, such as ## %s", heading(idea.Need))
		}
		body = append(body, line)
	}
	flush()
	return nil
}

// holds tells whether a line stands in one of the sections.
func (p Page) holds(line string) bool {
	for _, text := range p.Sections {
		if slices.Contains(strings.Split(text, "\n"), line) {
			return true
		}
	}
	return false
}

func unknownHeading(line int, text string, heading func(idea.Section) string) error {
	title := strings.TrimSpace(strings.TrimPrefix(text, "## "))
	var legal []string
	for _, s := range idea.Sections() {
		legal = append(legal, heading(s))
	}
	e := idea.Errorf(idea.Usage, "line %d: there is no section %q", line, title)
	e.Got, e.Near = title, legal
	return e.WithHint("the sections are: %s; a heading of your own begins with ###", strings.Join(legal, ", "))
}

func sectionOf(line string, heading func(idea.Section) string) (idea.Section, bool) {
	title, ok := strings.CutPrefix(line, "## ")
	if !ok {
		return "", false
	}
	for _, s := range idea.Sections() {
		if idea.Same(strings.TrimSpace(title), heading(s)) || idea.Same(strings.TrimSpace(title), string(s)) {
			return s, true
		}
	}
	return "", false
}
