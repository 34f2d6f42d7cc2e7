package render

import (
	"html"
	"html/template"
	"strings"

	"sluss/internal/term"
)

// Passage is Markdown that somebody wrote, made fit to stand in a page of ours:
// tags in it are shown, images give way to their texts, and links lead to the web
// and to mail only.
type Passage struct {
	HTML  template.HTML
	Plain string // without marks: words to search in
	Lead  string // the first paragraph below the first heading, without marks
}

// ReadPassage reads Markdown that stands below a heading of a level.
func ReadPassage(markdown string, level int) (Passage, error) {
	page, err := prose(markdown, level)
	if err != nil {
		return Passage{}, err
	}
	return Passage{HTML: template.HTML(page), Plain: untagged(page), Lead: lead(page)}, nil
}

// lead is the first paragraph of a page below its first heading, if it has one.
func lead(page string) string {
	from := max(strings.Index(page, "<h"), 0)
	for _, rest := range []string{page[from:], page} {
		if _, paragraph, found := strings.Cut(rest, "<p>"); found {
			paragraph, _, _ = strings.Cut(paragraph, "</p>")
			return untagged(paragraph)
		}
	}
	return ""
}

// untagged is the text of a page of ours: a < in it begins a tag.
func untagged(page string) string {
	var out strings.Builder
	for page != "" {
		text, rest, _ := strings.Cut(page, "<")
		out.WriteString(text)
		tag, after, _ := strings.Cut(rest, ">")
		if !isInline(tag) {
			out.WriteByte(' ')
		}
		page = after
	}
	return term.Safe(strings.Join(strings.Fields(html.UnescapeString(out.String())), " "))
}

// isInline tells whether words on both sides of a tag are one.
func isInline(tag string) bool {
	name, _, _ := strings.Cut(strings.TrimPrefix(tag, "/"), " ")
	switch name {
	case "a", "em", "strong", "code":
		return true
	}
	return false
}
