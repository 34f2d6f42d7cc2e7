package cmd

import (
	"cmp"
	"context"
	"io"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"sluss/internal/desk"
	"sluss/internal/ical"
	"sluss/internal/idea"
	"sluss/internal/render"
)

// feedEnding is the ending of a feed.
const feedEnding = "rss"

// maxNews is how many items a feed has if nobody says.
const maxNews = 100

func newExportRSS(env *Env) *cobra.Command {
	var flags exportFlags
	c := &cobra.Command{
		Use:   feedEnding,
		Short: env.t("Write published good examples as a feed for news readers (RSS), or ideas"),
		Long: env.t(`Write published good examples, or ideas, as a feed in RSS 2.0, the newest first, to
be laid where readers fetch it. --link-base is the address of the folder where the
pages lie that sluss export html --each writes. Names of people in ideas are left
out; an example holds those who agree to stand there.`),
		Example: `  sluss export rss --link-base https://exempel.se/ideslussen/ -o exempel.rss
  sluss export rss --of ideas --tag skola --link-base https://intranet.exempel.se/ideer/`,
		Args:              none,
		PersistentPreRunE: env.plain(feedEnding),
		RunE: func(c *cobra.Command, _ []string) error {
			o, err := flags.order(env, c, inFeeds(), theStories)
			if err != nil {
				return err
			}
			link, err := base(flags.link)
			if err != nil {
				return err
			}
			if len(o.of) > 1 {
				return idea.Errorf(idea.Usage, "a feed is of one thing, not of %s", namesOf(o.of))
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			feed, err := env.feed(c.Context(), d, o, flags.limit, link)
			if err != nil {
				return err
			}
			return env.writeOut(func(w io.Writer) error { return render.WriteFeed(w, feed) })
		},
	}
	flags.define(env, c, inFeeds())
	c.Flags().StringVar(&flags.link, "link-base", "", env.t("the `ADDRESS` of the folder with the pages, such as https://exempel.se/slussen/"))
	env.limitFlag(c, &flags.limit, maxNews)
	return c
}

// base reads the address below which pages lie.
func base(word string) (string, error) {
	if word == "" {
		return "", idea.Errorf(idea.Usage, "a feed must tell where its pages lie").WithHint("say it with --link-base https://…/")
	}
	u, err := url.Parse(word)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return "", idea.Errorf(idea.Usage, "%q is no address of a folder on the web", word).WithHint("write it as https://exempel.se/slussen/")
	}
	if !strings.HasSuffix(u.Path, "/") {
		u.Path += "/"
		u.RawPath = ""
	}
	return u.String(), nil
}

func (env *Env) feed(ctx context.Context, d *desk.Desk, o order, limit int, link string) (render.Feed, error) {
	if o.of[0] == theStories {
		all, err := env.publishedStories(ctx, d, o)
		if limit > 0 {
			all = all[:min(limit, len(all))]
		}
		return env.view().StoryFeed(all, func(r *desk.StoryRow) string {
			if r == nil {
				return link
			}
			return link + storyPage(*r, "html")
		}), err
	}
	s := o.selected()
	s.Sort, s.Desc, s.Limit = idea.ByReceived, true, limit
	var all []desk.Listed
	for l, err := range d.Ideas(ctx, s) {
		if err != nil {
			return render.Feed{}, err
		}
		all = append(all, l)
	}
	return env.view().IdeaFeed(all, func(l *desk.Listed) string {
		if l == nil {
			return link
		}
		return link + ideaPage(*l, "html")
	}), nil
}

func newExportCalendar(env *Env) *cobra.Command {
	var flags exportFlags
	c := &cobra.Command{
		Use:   calendarEnding,
		Short: env.t("Write activities, meetings, tests and mashups as a calendar"),
		Long: env.t(`Write what has a day as a calendar that calendar programs read (iCalendar):
activities, meetings of forums, tests from their first day to their last, and the
programmes of mashups; --of chooses among them. An event keeps its id, so that a
program that reads the calendar anew moves it and does not show it twice. Names
are left out unless --with-people is given. What waits for you is in another one:
sluss today -o sluss.ics`),
		Example: `  sluss export ics -o slussen.ics
  sluss export ics --of activities,mashups --since today -o kommande.ics`,
		Args:              none,
		PersistentPreRunE: env.plain(calendarEnding),
		RunE: func(c *cobra.Command, _ []string) error {
			o, err := flags.order(env, c, inDates(), inDates()...)
			if err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			has := func(t thing) bool { return slices.Contains(o.of, t) }
			dates, err := d.Dates(c.Context(), desk.DatesWanted{Activities: has(theActivities), Meetings: has(theMeetings), Tests: has(theTests),
				Mashups: has(theMashups), Activity: o.activity, Of: o.ideas, Days: o.days, People: o.people})
			if err != nil {
				return err
			}
			sessions := env.view().Dates(dates)
			return env.writeOut(func(w io.Writer) error { return ical.WriteProgramme(w, env.t("The idea sluice"), sessions) })
		},
	}
	flags.define(env, c, inDates())
	return c
}

// plain lets a command write a format of its own, and refuses flags that ask
// for another.
func (env *Env) plain(ending string) func(*cobra.Command, []string) error {
	return func(*cobra.Command, []string) error {
		switch got := cmp.Or(env.flags.format, strings.TrimPrefix(filepath.Ext(env.flags.output), ".")); {
		case env.flags.json || env.flags.jq != "":
			return idea.Errorf(idea.Usage, "this writes %s, not %s", ending, "json").WithHint("sluss export --help lists the formats")
		case len(env.flags.fields) > 0:
			return idea.Errorf(idea.Usage, "%s has no fields to choose", ending)
		case got == "" || got == ending || got == "xml" && ending == feedEnding:
			return nil
		case env.flags.output == "-" || env.flags.format == "" && !slices.Contains(render.Formats(), render.Format(got)):
			return nil
		default:
			return idea.Errorf(idea.Usage, "this writes %s, not %s", ending, got).WithHint("sluss export --help lists the formats")
		}
	}
}
