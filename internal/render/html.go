package render

import (
	"bufio"
	"cmp"
	_ "embed" // the page and how it looks
	"fmt"
	"html/template"
	"io"
	"strings"

	"sluss/internal/chart"
	"sluss/internal/term"
)

//go:embed page.gohtml
var pageTemplate string

//go:embed page.css
var pageStyle string

// htmlPage writes one self-contained HTML file, row by row.
type htmlPage struct {
	*bufio.Writer
	*template.Template
	title  string
	open   bool // a section is open
	charts int
	err    error
}

func writeHTML(w io.Writer, d Document, o Options) error {
	templates, err := template.New("").Parse(pageTemplate)
	if err != nil {
		return err
	}
	p := &htmlPage{Writer: bufio.NewWriter(w), Template: templates, title: term.Safe(cmp.Or(d.Title, o.Title, d.firstName(), "sluss"))}
	notes := make([]string, len(d.Notes))
	for i, note := range d.Notes {
		notes[i] = term.Safe(note)
	}
	p.write("top", struct {
		Lang, Title string
		Notes       []string
		Style       template.CSS
	}{cmp.Or(o.Lang, "en"), p.title, notes, template.CSS(pageStyle)})
	level, above := 1, p.title
	for _, s := range d.Sections {
		if !s.Sub && s.Heading != "" {
			p.closeSection()
			p.write("open", s.Page)
			p.open = true
		}
		if s.Heading != "" {
			above = term.Safe(s.Heading)
			level = 2
			if s.Sub && p.open {
				level = 3
			}
			p.write(fmt.Sprintf("heading %d", level), above)
		}
		p.section(s, level, above)
	}
	p.closeSection()
	p.write("end", nil)
	if p.err != nil {
		return p.err
	}
	return p.Flush()
}

// firstName is what a document without a title is about.
func (d Document) firstName() string {
	for _, s := range d.Sections {
		switch {
		case s.Heading != "":
			return s.Heading
		case s.Table != nil && s.Table.Caption != "":
			return s.Table.Caption
		}
	}
	return ""
}

func (p *htmlPage) write(name string, data any) {
	if p.err == nil {
		p.err = p.ExecuteTemplate(p, name, data)
	}
}

func (p *htmlPage) closeSection() {
	if p.open && p.err == nil {
		_, p.err = p.WriteString("</section>\n")
	}
	p.open = false
}

func (p *htmlPage) section(s Section, level int, above string) {
	if len(s.Facts) > 0 {
		facts := make([]Fact, len(s.Facts))
		for i, f := range s.Facts {
			facts[i] = Fact{term.Safe(f.Label), term.SafeText(f.Value)}
		}
		p.write("facts", facts)
	}
	if text := strings.TrimSpace(s.Text); text != "" {
		written, err := prose(text, level)
		if p.err == nil {
			p.err = err
		}
		p.write("text", template.HTML(written))
	}
	if s.Chart != nil && (s.Chart.HasValues() || !s.fromChart) { // what made its table says there that it is empty
		p.chart(*s.Chart, above)
	}
	if s.Table != nil {
		p.table(*s.Table, above)
	}
}

// chart draws c; what the heading above says is not said again.
func (p *htmlPage) chart(c chart.Chart, above string) {
	p.charts++
	drawn, err := c.SVG(fmt.Sprintf("chart%d", p.charts))
	if p.err == nil {
		p.err = err
	}
	description := term.SafeText(c.Description)
	if drawn == "" {
		description = term.SafeText(c.Empty)
	}
	title := term.Safe(c.Title)
	if title == above {
		title = ""
	}
	p.write("chart", struct {
		Title, Description string
		Drawing            template.HTML
	}{title, description, template.HTML(drawn)})
}

type htmlHead struct {
	Text  string
	Right bool
}

// table writes t under a caption; one without a caption of its own has the
// heading above it, unseen.
func (p *htmlPage) table(t Table, above string) {
	begun := false
	for row, err := range t.rows() {
		if err != nil && p.err == nil {
			p.err = err
		}
		if p.err != nil {
			return
		}
		if !begun {
			p.tableTop(t, above)
			begun = true
		}
		p.row(t.Columns, row)
	}
	switch {
	case begun:
		p.write("table end", nil)
	case t.Empty != "":
		p.write("paragraph", term.Safe(t.Empty))
	}
}

func (p *htmlPage) tableTop(t Table, above string) {
	heads := make([]htmlHead, len(t.Columns))
	for i, c := range t.Columns {
		heads[i] = htmlHead{term.Safe(c.Head), c.Right}
	}
	p.write("table", struct {
		Caption string
		Unseen  bool
		Heads   []htmlHead
	}{term.Safe(cmp.Or(t.Caption, above)), t.Caption == "", heads})
}

// row writes cells by hand, because there may be many of them: all text in it
// goes through escaped.
func (p *htmlPage) row(columns []Column, row []Cell) {
	p.put("<tr>")
	for i, column := range columns {
		var c Cell
		if i < len(row) {
			c = row[i]
		}
		open, end := "<td", "</td>"
		if i == 0 {
			open, end = "<th scope=\"row\"", "</th>"
		}
		p.put(open)
		if class := classes(c, column); class != "" {
			p.put(" class=\"", class, "\"")
		}
		p.put(">")
		if isOutside(c.Link) || isBeside(c.Link) {
			p.put("<a href=\"", escaped(c.Link), "\">", escaped(c.Text), "</a>")
		} else {
			p.put(escaped(c.Text))
		}
		if len(c.Spark) > 0 {
			p.put(" ", chart.SparkSVG(c.Spark))
		}
		p.put(end)
	}
	p.put("</tr>\n")
}

// isBeside tells whether a link is the plain name of a page in the same folder.
func isBeside(link string) bool {
	name, page := strings.CutSuffix(link, ".html")
	return page && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

func (p *htmlPage) put(parts ...string) {
	for _, part := range parts {
		if _, err := p.WriteString(part); err != nil && p.err == nil {
			p.err = err
		}
	}
}

// escaped is text as it stands between tags, and between quotes within one.
func escaped(s string) string { return template.HTMLEscapeString(term.SafeText(s)) }

const shortWord = 12 // bytes that a column always has room for

// classes says how a cell looks. A word without spaces, such as a day, does not
// break at its hyphens.
func classes(c Cell, column Column) string {
	class := [...]string{Plain: "", Dim: "dim", Good: "good", Warn: "warn", Bad: "bad"}[c.Style]
	switch {
	case column.Right:
		class += " right"
	case c.Text != "" && !strings.ContainsAny(c.Text, " \n") && (!column.Flex || len(c.Text) <= shortWord):
		class += " whole"
	}
	return strings.TrimSpace(class)
}
