package view

import (
	"cmp"
	"slices"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/lang"
	"sluss/internal/render"
	"sluss/internal/site"
)

// SiteWanted says what the pages of a site hold besides its examples.
type SiteWanted struct {
	Titles   map[string]string                           // by language; that of no language is for the others
	Link     string                                      // the address of its folder; without it there are no feeds
	Hidden   bool                                        // from search engines
	Pictures func(desk.StoryRow) ([]site.Picture, error) // those of an example that others may see
	News     int                                         // the most items of a feed
}

// Site is published examples as pages in both languages. all has every version,
// the newest first. In a list each example stands once, in its language if it is
// there.
func (v View) Site(all []desk.StoryRow, w SiteWanted) (site.Site, error) {
	out := site.Site{Hidden: w.Hidden}
	for _, language := range []lang.Lang{lang.Swedish, lang.English} {
		edition, err := New(lang.New(language), v.loc).edition(all, w)
		if err != nil {
			return out, err
		}
		out.Editions = append(out.Editions, edition)
	}
	return out, nil
}

func (v View) edition(all []desk.StoryRow, w SiteWanted) (site.Edition, error) {
	language := string(v.p.Lang())
	out := site.Edition{Lang: language, Name: v.t("In %s", idea.LangWord(language)), Title: cmp.Or(w.Titles[language], w.Titles[""], v.t("Good examples")),
		About: v.t("What ideas became, and what others can reuse."), Compare: v.p.Compare()}
	list := oneEach(all, language)
	for _, r := range list {
		pictures, err := w.Pictures(r)
		if err != nil {
			return out, err
		}
		out.Examples = append(out.Examples, site.Example{Number: r.Idea, Lang: r.Lang, Elsewhere: elsewhere(all, r), In: v.t("In %s", idea.LangWord(r.Lang)),
			Title: r.Title, Published: string(r.Published), Unit: r.UnitName, Type: v.word(string(r.Type.Label())), Tags: r.Tags, Text: bodyOf(r), Pictures: pictures})
	}
	out.Words = v.siteWords(len(list))
	if w.Link != "" {
		feed := v.StoryFeed(list[:min(len(list), w.News)], func(r *desk.StoryRow) string {
			if r == nil {
				return w.Link + site.Index(language)
			}
			return w.Link + site.Page(r.Lang, r.Idea)
		})
		feed.Title = out.Title
		out.Feed = &feed
	}
	return out, nil
}

// oneEach is one version of each story: the one in a language, or another.
func oneEach(all []desk.StoryRow, language string) (out []desk.StoryRow) {
	at := map[int64]int{}
	for _, r := range all {
		k, found := at[r.Idea]
		switch {
		case !found:
			at[r.Idea] = len(out)
			out = append(out, r)
		case r.Lang == language:
			out[k] = r
		}
	}
	return out
}

// elsewhere is the other languages in which a story is there.
func elsewhere(all []desk.StoryRow, r desk.StoryRow) (langs []string) {
	for _, other := range all {
		if other.Idea == r.Idea && other.Lang != r.Lang && !slices.Contains(langs, other.Lang) {
			langs = append(langs, other.Lang)
		}
	}
	return langs
}

func (v View) siteWords(examples int) site.Words {
	return site.Words{
		Skip: v.t("Skip to the content"), Languages: v.t("Language"),
		Find: v.t("Find examples"), Search: v.t("Search for words"), Unit: v.t("Unit"), Type: v.t("Type"), Tag: v.t("Tag"), Language: v.t("Language"),
		Any: v.t("All"), Clear: v.t("Clear the search"),
		Count: v.p.N(examples, "%d example", "%d examples"), Shown: v.t("%s of %s examples shown", "{shown}", "{all}"),
		NoneFits: v.t("No example fits. Try other words or fewer choices."), None: v.t("No good examples are published yet."),
		Published: v.t("Published"), Pictures: v.t("Pictures"), All: v.t("All examples"), Feed: v.t("Follow new examples (RSS)"),
	}
}

// SiteDone is what was written of a site, in JSON.
type SiteDone struct {
	Folder   string `json:"folder"`
	Examples int    `json:"examples"`
	Pages    int    `json:"pages"`
	Pictures int    `json:"pictures"`
	Feeds    int    `json:"feeds"`
}

// SiteWritten tells what was written of a site into a folder.
func (v View) SiteWritten(s site.Site, folder string) render.Document {
	done := SiteDone{Folder: folder, Examples: len(s.Editions[0].Examples), Pages: s.Pages(), Pictures: len(s.Pictures()), Feeds: s.Feeds()}
	return render.Document{JSON: done, Notes: []string{v.t("%s: %s, %s, %s, %s", folder,
		v.p.N(done.Examples, "%d example", "%d examples"), v.p.N(done.Pages, "%d page", "%d pages"),
		v.p.N(done.Pictures, "%d picture", "%d pictures"), v.p.N(done.Feeds, "%d feed", "%d feeds"))}}
}
