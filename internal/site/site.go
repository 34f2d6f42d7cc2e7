// Package site writes published good examples as pages to be laid on a web
// server, or opened from a disk as they are: a list in each language that can be
// searched, a page for each example, and a feed. The pages fetch nothing from
// anywhere, and say so in their Content-Security-Policy.
package site

import (
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"sluss/internal/render"
	"sluss/internal/term"
)

// Site is all that is written. Its texts are raw: they are made safe here.
type Site struct {
	Editions []Edition
	Hidden   bool // from search engines: it is not for everybody
}

// Edition is the site as readers of one language see it. Every example is in its
// list, also those that are written in another language; the pages of an edition
// are those of its own.
type Edition struct {
	Lang     string // sv or en
	Name     string // that it is in that language, such as In English
	Title    string
	About    string
	Words    Words
	Examples []Example // in the order of the list
	Feed     *render.Feed
	Compare  func(a, b string) int // sorts what can be chosen
}

// Example is a good example in one language, told to readers of an edition.
type Example struct {
	Number    int64
	Lang      string
	Elsewhere []string // its other languages
	In        string   // that it is in its language
	Title     string
	Published string // a day, as 2026-11-25
	Unit      string // may be empty
	Type      string // a word; may be empty
	Tags      []string
	Text      string // Markdown, without its title
	Pictures  []Picture
}

// Picture is a picture of an example.
type Picture struct {
	Name          string // of the file
	Alt, Caption  string
	Width, Height int
	Copy          func(io.Writer) error // writes the file
}

// Words are what the pages say, in the language of an edition.
type Words struct {
	Skip, Languages                                     string
	Find, Search, Unit, Type, Tag, Language, Any, Clear string
	Count, Shown, NoneFits, None                        string // Shown has {shown} and {all} in it
	Published, Pictures, All, Feed                      string
}

// Pages is how many files with pages s has.
func (s Site) Pages() int {
	pages := 1 + len(s.Editions)
	for _, e := range s.Editions {
		pages += len(e.own())
	}
	return pages
}

// Feeds is how many feeds s has.
func (s Site) Feeds() (feeds int) {
	for _, e := range s.Editions {
		if e.Feed != nil {
			feeds++
		}
	}
	return feeds
}

// Pictures is the pictures of s, each once.
func (s Site) Pictures() (all []Picture) {
	seen := map[string]bool{}
	for _, e := range s.Editions {
		for _, x := range e.own() {
			for _, p := range x.Pictures {
				if !seen[p.Name] {
					all = append(all, p)
				}
				seen[p.Name] = true
			}
		}
	}
	return all
}

// own is the examples that are written in the language of e.
func (e Edition) own() []Example {
	return slices.DeleteFunc(slices.Clone(e.Examples), func(x Example) bool { return x.Lang != e.Lang })
}

// Page is the file of the page of an example, below the folder of the site. It
// stays the same when the title is changed.
func Page(lang string, number int64) string {
	return lang + "/" + strconv.FormatInt(number, 10) + ".html"
}

// Index is the file of the list of an edition, below the folder of the site.
func Index(lang string) string { return lang + "/index.html" }

// feedName is the file of a feed in the folder of its edition.
const feedName = "rss.xml"

// Write puts the files of s.
func Write(s Site, put func(name string, write func(io.Writer) error) error) error {
	p, err := newPages(s)
	if err != nil {
		return err
	}
	if err := put("index.html", p.start); err != nil {
		return err
	}
	for _, e := range s.Editions {
		if err := put(Index(e.Lang), func(w io.Writer) error { return p.index(w, e) }); err != nil {
			return err
		}
		for _, x := range e.own() {
			if err := put(Page(x.Lang, x.Number), func(w io.Writer) error { return p.example(w, e, x) }); err != nil {
				return err
			}
		}
		if e.Feed == nil {
			continue
		}
		if err := put(e.Lang+"/"+feedName, func(w io.Writer) error { return render.WriteFeed(w, *e.Feed) }); err != nil {
			return err
		}
	}
	for _, picture := range s.Pictures() {
		if err := put("pictures/"+picture.Name, picture.Copy); err != nil {
			return err
		}
	}
	return nil
}

// cut is a text of at most so many characters, ended between two words.
func cut(text string, most int) string {
	runes := []rune(term.Safe(text))
	if len(runes) <= most {
		return string(runes)
	}
	short := string(runes[:most])
	if at := strings.LastIndexByte(short, ' '); at > len(short)/2 {
		short = short[:at]
	}
	return strings.TrimRight(short, " .,;:–-") + "…"
}

// searched is the words of texts as the search looks for them: each once, in
// small letters.
func searched(texts ...string) string {
	words := strings.FieldsFunc(strings.ToLower(strings.Join(texts, " ")), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) })
	slices.Sort(words)
	return strings.Join(slices.Compact(words), " ")
}
