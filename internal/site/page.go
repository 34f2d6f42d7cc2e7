package site

import (
	"cmp"
	"crypto/sha256"
	_ "embed" // the pages, how they look, and the search
	"encoding/base64"
	"html/template"
	"io"
	"slices"
	"strings"

	"sluss/internal/render"
	"sluss/internal/term"
)

//go:embed pages.gohtml
var pageTemplates string

//go:embed style.css
var style string

//go:embed find.js
var script string

// pages writes the pages of a site.
type pages struct {
	*template.Template
	Site
}

func newPages(s Site) (pages, error) {
	t, err := template.New("").Parse(pageTemplates)
	return pages{t, s}, err
}

// policy is the Content-Security-Policy of a page: it may use the style and the
// script that stand in it and show pictures from where it lies, and nothing else.
func policy(scripts ...string) string {
	parts := []string{"default-src 'none'", "img-src 'self'", "style-src '" + hashed(style) + "'"}
	for _, s := range scripts {
		parts = append(parts, "script-src '"+hashed(s)+"'")
	}
	return strings.Join(append(parts, "base-uri 'none'", "form-action 'none'"), "; ")
}

func hashed(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// top is what every page begins with.
type top struct {
	Lang, Title, Policy string
	Style               template.CSS
	Hidden              bool
	Site, Home          string // what the site is called, and where its list lies
	Words               Words
	Others              []link // the same page in other languages
	FeedTitle, Feed     string // empty: none
}

// link leads to a page.
type link struct{ To, Lang, Text string }

// option is a value of a filter.
type option struct{ Value, Text string }

// filter chooses among the examples of a list.
type filter struct {
	Name, Label string
	Options     []option
}

// item is an example in a list.
type item struct {
	link
	Foreign                         string // in which language, if not that of the list
	Day, Unit, Type, Lead           string
	Tags                            []string
	TagWords, SearchWords, LangCode string
}

const (
	longestTitle = 160 // characters, in a list and above a window
	longestLead  = 220
)

func (p pages) top(e Edition, title string, scripts ...string) top {
	t := top{Lang: e.Lang, Title: cut(title, longestTitle), Policy: policy(scripts...), Style: template.CSS(style), Hidden: p.Hidden,
		Site: term.Safe(e.Title), Home: "index.html", Words: e.Words}
	if e.Feed != nil {
		t.Feed, t.FeedTitle = feedName, term.Safe(e.Feed.Title)
	}
	return t
}

// start is the page that leads to the editions.
func (p pages) start(w io.Writer) error {
	first := p.Editions[0]
	type edition struct {
		link
		Count string
	}
	data := struct {
		top
		Titles   []link
		Editions []edition
	}{top: p.top(first, first.Title)}
	data.Feed = ""
	for _, e := range p.Editions {
		title := term.Safe(e.Title)
		if !slices.ContainsFunc(data.Titles, func(l link) bool { return l.Text == title }) {
			data.Titles = append(data.Titles, link{Lang: e.Lang, Text: title})
		}
		data.Editions = append(data.Editions, edition{link{Index(e.Lang), e.Lang, e.Name}, e.Words.Count})
	}
	var titles []string
	for _, t := range data.Titles {
		titles = append(titles, t.Text)
	}
	data.Title = cut(strings.Join(titles, " · "), longestTitle)
	return p.ExecuteTemplate(w, "start", data)
}

// index is the list of an edition.
func (p pages) index(w io.Writer, e Edition) error {
	data := struct {
		top
		Script  template.JS
		About   string
		Filters []filter
		Items   []item
	}{top: p.top(e, e.Title, script), Script: template.JS(script), About: term.Safe(e.About), Filters: e.filters()}
	for _, other := range p.Editions {
		if other.Lang != e.Lang {
			data.Others = append(data.Others, link{"../" + Index(other.Lang), other.Lang, other.Name})
		}
	}
	for _, x := range e.Examples {
		one, err := newItem(e, x)
		if err != nil {
			return err
		}
		data.Items = append(data.Items, one)
	}
	return p.ExecuteTemplate(w, "index", data)
}

func newItem(e Edition, x Example) (item, error) {
	passage, err := render.ReadPassage(x.Text, 1)
	if err != nil {
		return item{}, err
	}
	one := item{link: link{To: strings.TrimPrefix(Page(x.Lang, x.Number), e.Lang+"/"), Text: cut(x.Title, longestTitle)},
		Day: x.Published, Unit: term.Safe(x.Unit), Type: term.Safe(x.Type), Lead: cut(passage.Lead, longestLead),
		Tags: safeAll(x.Tags), TagWords: strings.Join(safeAll(x.Tags), " "), LangCode: x.Lang,
		SearchWords: searched(append([]string{x.Title, x.Unit, x.Type, passage.Plain}, x.Tags...)...)}
	if x.Lang != e.Lang {
		one.To, one.Lang, one.Foreign = "../"+Page(x.Lang, x.Number), x.Lang, x.In
	}
	return one, nil
}

func safeAll(texts []string) []string {
	out := make([]string, len(texts))
	for k, text := range texts {
		out[k] = term.Safe(text)
	}
	return out
}

// filters gives those that have something to choose between.
func (e Edition) filters() (out []filter) {
	add := func(name, label string, of func(Example) []option) {
		f := filter{Name: name, Label: label}
		for _, x := range e.Examples {
			for _, o := range of(x) {
				if o.Value != "" && !slices.Contains(f.Options, o) {
					f.Options = append(f.Options, o)
				}
			}
		}
		slices.SortFunc(f.Options, func(a, b option) int { return cmp.Or(e.Compare(a.Text, b.Text), strings.Compare(a.Text, b.Text)) })
		if len(f.Options) > 1 || len(f.Options) == 1 && name == "tag" {
			out = append(out, f)
		}
	}
	word := func(text string) []option { return []option{{term.Safe(text), term.Safe(text)}} }
	add("unit", e.Words.Unit, func(x Example) []option { return word(x.Unit) })
	add("type", e.Words.Type, func(x Example) []option { return word(x.Type) })
	add("tag", e.Words.Tag, func(x Example) (all []option) {
		for _, tag := range x.Tags {
			all = append(all, word(tag)...)
		}
		return all
	})
	add("lang", e.Words.Language, func(x Example) []option { return []option{{x.Lang, x.In}} })
	return out
}

// example is the page of an example.
func (p pages) example(w io.Writer, e Edition, x Example) error {
	passage, err := render.ReadPassage(x.Text, 1)
	if err != nil {
		return err
	}
	data := struct {
		top
		Name, Day, Unit, Type string
		Tags                  []string
		Text                  template.HTML
		First                 *Picture
		More                  []Picture
	}{top: p.top(e, x.Title+" – "+e.Title), Name: term.Safe(x.Title), Day: x.Published, Unit: term.Safe(x.Unit), Type: term.Safe(x.Type),
		Tags: safeAll(x.Tags), Text: passage.HTML}
	for _, other := range p.Editions {
		if slices.Contains(x.Elsewhere, other.Lang) {
			data.Others = append(data.Others, link{"../" + Page(other.Lang, x.Number), other.Lang, other.Name})
		}
	}
	for k, picture := range x.Pictures {
		picture.Alt, picture.Caption = term.Safe(picture.Alt), term.Safe(picture.Caption)
		if k == 0 {
			data.First = &picture
			continue
		}
		data.More = append(data.More, picture)
	}
	return p.ExecuteTemplate(w, "example", data)
}
