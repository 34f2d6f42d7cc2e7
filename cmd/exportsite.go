package cmd

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"sluss/internal/desk"
	"sluss/internal/file"
	"sluss/internal/idea"
	"sluss/internal/lang"
	"sluss/internal/site"
	"sluss/internal/view"
)

// siteList is the file in a folder of pages that proves that sluss wrote it.
const siteList = ".sluss-site"

func newExportSite(env *Env) *cobra.Command {
	var flags exportFlags
	var titles []string
	c := &cobra.Command{
		Use:   "site DIR",
		Short: env.t("Write published good examples as web pages to hand on"),
		Long: env.t(`Write published good examples as pages in a folder: a list in Swedish and one in
English that can be searched, and a page for each example with its pictures. Lay
the folder on a web server, or open its index.html as it is: the pages fetch
nothing from anywhere, and the whole list can be read without scripts. With
--link-base, the address where it will lie, there are feeds (RSS) too.

The folder is replaced whole or not at all, so that what was withdrawn is gone.
One that holds anything else than what sluss wrote there is left alone. A new
folder is for its owner only; open it with chmod, and it stays open.`),
		Example: `  sluss export site exempel
  sluss export site webb/exempel --title "Goda exempel" --link-base https://exempel.se/exempel/
  sluss export site internt --audience internal --unit Skola`,
		Args: exactly(1, idea.Word("a folder")),
		RunE: func(c *cobra.Command, args []string) error {
			if err := env.checkSite(args[0]); err != nil {
				return err
			}
			o, err := flags.order(env, c, []thing{theStories}, theStories)
			if err != nil {
				return err
			}
			w := view.SiteWanted{Hidden: o.stories.Audience != idea.Everybody, News: maxNews}
			if w.Titles, err = siteTitles(titles); err != nil {
				return err
			}
			if c.Flags().Changed("link-base") {
				if w.Link, err = base(flags.link); err != nil {
					return err
				}
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			if len(o.stories.Langs) == 0 {
				o.stories.Langs = []string{string(lang.Swedish), string(lang.English)}
			}
			return env.exportSite(c.Context(), d, o, w, args[0])
		},
	}
	flags.define(env, c, []thing{theStories})
	c.Flags().StringArrayVar(&titles, "title", nil, env.t("what the pages are called, as a `TEXT`; en=TEXT or sv=TEXT is for one language; again for the other"))
	c.Flags().StringVar(&flags.link, "link-base", "", env.t("the `ADDRESS` where the folder will lie; with it there are feeds"))
	return c
}

// siteTitles reads what the pages are called, by language.
func siteTitles(words []string) (map[string]string, error) {
	titles := map[string]string{}
	for _, word := range words {
		language, title, found := strings.Cut(word, "=")
		if !found || language != string(lang.Swedish) && language != string(lang.English) {
			language, title = "", word
		}
		title, err := idea.CleanLine("the title", title)
		if err != nil {
			return nil, err
		}
		titles[language] = title
	}
	return titles, nil
}

// checkSite refuses a folder that cannot be replaced, and flags that ask for a
// file.
func (env *Env) checkSite(folder string) error {
	switch {
	case folder == "":
		return idea.Errorf(idea.Usage, "the folder has no name")
	case env.flags.output != "":
		return idea.Errorf(idea.Usage, "a site is written into its folder: leave -o out")
	}
	if err := checkFolder(filepath.Dir(filepath.Clean(folder))); err != nil {
		return err
	}
	info, err := os.Stat(folder)
	switch {
	case err == nil && !info.IsDir():
		return idea.Errorf(idea.Refused, "%s is no folder", folder).WithHint("name a new folder")
	case err == nil && isAround(info):
		return idea.Errorf(idea.Refused, "you are in the folder %s, which would be replaced", folder).WithHint("go out of it with cd .. and name it from there")
	}
	return nil
}

// isAround tells whether the working folder is a folder or lies in it.
func isAround(folder os.FileInfo) bool {
	path, err := os.Getwd()
	for err == nil {
		if info, wrong := os.Stat(path); wrong == nil && os.SameFile(info, folder) {
			return true
		}
		above := filepath.Dir(path)
		if above == path {
			return false
		}
		path = above
	}
	return false
}

func (env *Env) exportSite(ctx context.Context, d *desk.Desk, o order, w view.SiteWanted, folder string) error {
	all, err := env.publishedStories(ctx, d, o)
	if err != nil {
		return err
	}
	w.Pictures = env.sitePictures
	s, err := env.view().Site(all, w)
	if err != nil {
		return err
	}
	if err := writeSite(folder, func(put file.Put) error {
		return site.Write(s, func(name string, write func(io.Writer) error) error {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			return put(name, write)
		})
	}); err != nil {
		return err
	}
	if err := env.print(env.view().SiteWritten(s, folder)); err != nil {
		return err
	}
	if env.rows != nil {
		*env.rows = int64(len(s.Editions[0].Examples))
	}
	if w.Link == "" {
		env.hint(env.t("there are no feeds: --link-base tells where the pages will lie"))
	}
	return nil
}

// writeSite replaces a folder of pages with what fill puts.
func writeSite(folder string, fill func(file.Put) error) error {
	err := file.WriteFolder(folder, siteList, fill)
	var foreign *file.ForeignError
	switch {
	case errors.As(err, &foreign):
		return idea.Errorf(idea.Refused, "%s holds %s, which sluss did not write there; nothing was changed", folder, foreign.Name).
			WithHint("name a new folder, or move what is in it elsewhere")
	case errors.Is(err, file.ErrLocked):
		return idea.Errorf(idea.Busy, "another export to %s is going on", folder).WithHint("try again when it is done")
	}
	return err
}

// sitePictures is the pictures of an example that others may see.
func (env *Env) sitePictures(r desk.StoryRow) (out []site.Picture, err error) {
	folder := env.pictures()
	for k, p := range r.Pictures {
		if !p.Published {
			continue
		}
		one := site.Picture{Name: p.File, Alt: p.Alt, Caption: p.Caption, Copy: func(w io.Writer) error { return folder.Copy(w, p.File) }}
		one.Width, one.Height, err = folder.Size(p.File)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, idea.Errorf(idea.NotFound, "picture %d of the good example of idea %d is gone: there is no file %s", k+1, r.Idea, folder.Path(p.File)).
				WithHint("put it back from a backup, or take the picture away with sluss story picture remove %d %d", r.Idea, k+1)
		}
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}
