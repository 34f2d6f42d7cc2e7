package cmd

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"sluss/internal/desk"
	"sluss/internal/file"
	"sluss/internal/idea"
	"sluss/internal/render"
)

// page is a file of an export with a page for each thing.
type page struct {
	name string
	make func() (render.Document, error)
}

// exportPages writes a page for each thing. The overview comes last: who finds
// it finds every page that it names.
func (env *Env) exportPages(ctx context.Context, d *desk.Desk, o order, folder string, format render.Format) error {
	switch {
	case folder == "":
		return idea.Errorf(idea.Usage, "--each names no folder")
	case env.flags.output != "":
		return idea.Errorf(idea.Usage, "--each writes into a folder: leave -o out")
	case len(env.flags.fields) > 0 || env.flags.jq != "":
		return idea.Errorf(idea.Usage, "--each writes whole pages: leave --fields and --jq out")
	case !slices.Contains(onPages(), o.of[0]):
		return idea.Errorf(idea.Usage, "--each does not go with --of %s", string(o.of[0])).WithHint("--of takes: %s", namesOf(onPages()))
	}
	pages, overview, err := env.pages(ctx, d, o, string(format))
	if err != nil {
		return err
	}
	return env.writePages(folder, pages, overview, format)
}

// pages gives the pages of an export and the overview that leads to them.
func (env *Env) pages(ctx context.Context, d *desk.Desk, o order, ending string) (pages []page, overview render.Document, err error) {
	v := env.view()
	switch o.of[0] {
	case theStories:
		all, err := env.publishedStories(ctx, d, o)
		for _, r := range all {
			pages = append(pages, page{storyPage(r, ending), func() (render.Document, error) { return v.StoryPage(r), nil }})
		}
		return pages, v.PublishedStories(all, func(r desk.StoryRow) string { return storyPage(r, ending) }), err
	case theActivities:
		all, err := d.Activities(ctx, o.activity)
		name := func(a desk.ActivityLine) string { return pageName(a.ID, "", a.Title, ending) }
		for _, a := range all {
			pages = append(pages, page{name(a), func() (render.Document, error) { return v.Activity(a), nil }})
		}
		return pages, titled(v.ActivityOverview(all, name), env.t("Activities")), err
	}
	var all []desk.Listed
	s := o.selected()
	s.Whole = ending == string(render.JSON)
	for l, err := range d.Ideas(ctx, s) {
		if err != nil {
			return nil, overview, err
		}
		all = append(all, l)
		pages = append(pages, page{ideaPage(l, ending), func() (render.Document, error) {
			cards, err := d.Show(ctx, []int64{l.Number}, o.people)
			if err != nil {
				return render.Document{}, err
			}
			return v.Card(cards[0], o.people), nil
		}})
	}
	list := func(yield func(desk.Listed, error) bool) {
		for _, l := range all {
			if !yield(l, nil) {
				return
			}
		}
	}
	return pages, v.Overview(list, d.Today(), func(l desk.Listed) string { return ideaPage(l, ending) }, o.people), nil
}

func ideaPage(l desk.Listed, ending string) string { return pageName(l.Number, "", l.Title, ending) }

func storyPage(r desk.StoryRow, ending string) string {
	return pageName(r.Idea, r.Lang+"-", r.Title, ending)
}

func pageName(number int64, mark, title, ending string) string {
	return strconv.FormatInt(number, 10) + "-" + mark + file.Slug(title, 60) + "." + ending
}

// writePages writes pages into a folder, each whole or not at all, and the
// overview last.
func (env *Env) writePages(folder string, pages []page, overview render.Document, format render.Format) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	o := render.Options{Format: format, Lang: string(env.p.Lang()), Title: env.title}
	for _, p := range pages {
		document, err := p.make()
		if err != nil {
			return err
		}
		if err := env.printFile(filepath.Join(folder, p.name), document, o); err != nil {
			return err
		}
	}
	index := filepath.Join(folder, "index."+string(format))
	if err := env.printFile(index, overview, o); err != nil {
		return err
	}
	if _, err := fmt.Fprintln(env.streams.Out, env.p.N(len(pages), "%d page and %s", "%d pages and %s", index)); err != nil {
		return err
	}
	env.warnStale(folder, pages, string(format))
	return nil
}

// warnStale names the pages of earlier exports that stand beside the new ones:
// they may tell more than these.
func (env *Env) warnStale(folder string, pages []page, ending string) {
	there, _ := filepath.Glob(filepath.Join(folder, "[0-9]*-*."+ending))
	written := make(map[string]bool, len(pages))
	for _, p := range pages {
		written[p.name] = true
	}
	stale := slices.DeleteFunc(there, func(path string) bool { return written[filepath.Base(path)] })
	if len(stale) > 0 {
		fmt.Fprintln(env.streams.Err, env.t("warning: pages of an earlier export are still in %s: %d, such as %s", folder, len(stale), filepath.Base(stale[0])))
	}
}
