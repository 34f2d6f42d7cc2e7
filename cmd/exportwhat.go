package cmd

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/lang"
)

// thing is what an export is of.
type thing string

// The things that can be exported.
const (
	theIdeas      thing = "ideas"
	theStories    thing = "stories"
	theActivities thing = "activities"
	theTests      thing = "tests"
	theEffects    thing = "effects"
	theDecisions  thing = "decisions"
	theContacts   thing = "contacts"
	theMeetings   thing = "meetings"
	theMashups    thing = "mashups"
)

// inTables lists what can be rows of a table, inFeeds what can be news, inDates
// what has a day in a calendar, and onPages what can have a page each.
func inTables() []thing {
	return []thing{theIdeas, theStories, theActivities, theTests, theEffects, theDecisions, theContacts}
}
func inFeeds() []thing { return []thing{theStories, theIdeas} }
func inDates() []thing { return []thing{theActivities, theMeetings, theTests, theMashups} }
func onPages() []thing { return []thing{theIdeas, theStories, theActivities} }

// swedishThings is what they are called in Swedish.
func swedishThings() map[string]thing {
	return map[string]thing{"idéer": theIdeas, "exempel": theStories, "aktiviteter": theActivities, "test": theTests, "tester": theTests,
		"effekter": theEffects, "beslut": theDecisions, "kontakter": theContacts, "kontaktpersoner": theContacts, "möten": theMeetings, "mashuper": theMashups}
}

func findThing(word string, among []thing) (thing, error) {
	word = strings.ToLower(strings.TrimSpace(word))
	found, swedish := swedishThings()[word]
	if !swedish {
		found = thing(word)
	}
	if slices.Contains(among, found) {
		return found, nil
	}
	known := make([]string, len(among))
	for k, one := range among {
		known[k] = string(one)
	}
	e := idea.Errorf(idea.Usage, "%q cannot be written here", word).WithHint("--of takes: %s", strings.Join(known, ", "))
	return "", withNear(e, word, known)
}

// Filters of an export. Those of days are about the thing itself, the others of
// most things about their ideas.
const (
	dayFilters   = "since until period"
	ideaFilters  = "stage tag unit kind coach type newness benefit text"
	storyFilters = "audience in"
	otherFilters = "network"
)

// takes tells whether a filter selects among the things.
func (t thing) takes(filter string) bool {
	taken := dayFilters + " " + ideaFilters
	switch t {
	case theStories:
		taken += " " + storyFilters
	case theActivities:
		taken = dayFilters + " unit kind network"
	case theContacts:
		taken = "unit text"
	case theMeetings, theMashups:
		taken = dayFilters
	}
	return slices.Contains(strings.Fields(taken), filter)
}

// exportFlags select what is written. An export takes every idea, closed ones
// too, unless filters say otherwise.
type exportFlags struct {
	of              []string
	filter          filterFlags
	period          string
	audience        string
	langs, networks []string
	each, link      string
	limit           int
}

func (f *exportFlags) define(env *Env, c *cobra.Command, among []thing) {
	f.filter.define(env, c)
	flags := c.Flags()
	if len(among) > 1 {
		flags.StringSliceVar(&f.of, "of", nil, env.t("`WHAT` is written: %s", namesOf(among)))
		env.completeFlag(c, "of", completeKeys(among...))
	}
	flags.StringVarP(&f.period, "period", "p", "", env.t("received, published or held in this `PERIOD`"))
	if slices.Contains(among, theStories) {
		flags.StringVar(&f.audience, "audience", "", env.t("stories that this `AUDIENCE` may read: internal, municipalities or all; else all"))
		flags.StringArrayVar(&f.langs, "in", nil, env.t("stories in this `LANGUAGE`: sv or en; again for more"))
		env.completeFlag(c, "audience", completeKeys(idea.Audiences()...))
		env.completeFlag(c, "in", completeKeys(lang.Swedish, lang.English))
	}
	if slices.Contains(among, theActivities) {
		flags.StringArrayVar(&f.networks, "network", nil, env.t("activities for this `NETWORK`; again for more"))
		env.completeFlag(c, "network", env.completeNetworks)
	}
}

func namesOf(things []thing) string {
	words := make([]string, len(things))
	for k, t := range things {
		words[k] = string(t)
	}
	return strings.Join(words, ", ")
}

// order is an export that has been read: what of, and which of that.
type order struct {
	of       []thing
	ideas    desk.Selection // Received is only set for ideas themselves
	days     idea.Period    // of all else
	stories  desk.StorySelection
	activity desk.ActivitySelection
	people   bool
}

// order reads the flags. standard is what is written without --of.
func (f *exportFlags) order(env *Env, c *cobra.Command, among []thing, standard ...thing) (o order, err error) {
	env.steady = true
	if o.of, err = findAll(f.of, func(word string) (thing, error) { return findThing(word, among) }); err != nil {
		return o, err
	}
	if len(o.of) == 0 && c.Flags().Changed("of") { // a variable that was not set
		return o, idea.Errorf(idea.Usage, "--of names nothing").WithHint("--of takes: %s", namesOf(among))
	}
	if len(o.of) == 0 {
		o.of = standard
	}
	if err := checkTaken(c, o.of); err != nil {
		return o, err
	}
	o.people = env.flags.people
	kinds := f.filter.kinds
	if !slices.ContainsFunc(o.of, func(t thing) bool { return t.takes("stage") }) { // kinds are those of activities
		f.filter.kinds = nil
	}
	if o.ideas, err = f.filter.selection(env); err != nil {
		return o, err
	}
	p, err := env.periodFlag(c, f.period)
	if err != nil {
		return o, err
	}
	o.days = o.ideas.Received.And(p)
	o.ideas.Received = idea.Period{}
	o.ideas.Sort, o.ideas.Whole, o.ideas.People = idea.ByNumber, true, o.people
	o.activity = desk.ActivitySelection{Kinds: kinds, Units: f.filter.units, Networks: f.networks, Period: o.days, People: o.people}
	o.stories = desk.StorySelection{Audience: idea.Everybody, Period: o.days}
	if f.audience != "" {
		if o.stories.Audience, err = idea.FindAudience(f.audience); err != nil {
			return o, err
		}
	}
	o.stories.Langs, err = env.versions(f.langs)
	return o, err
}

// checkTaken refuses a filter that something of an export does not have: it
// would be left out of it silently.
func checkTaken(c *cobra.Command, of []thing) (err error) {
	filters := strings.Fields(strings.Join([]string{dayFilters, ideaFilters, storyFilters, otherFilters}, " "))
	c.Flags().Visit(func(f *pflag.Flag) {
		for _, t := range of {
			if err == nil && slices.Contains(filters, f.Name) && !t.takes(f.Name) {
				err = idea.Errorf(idea.Usage, "--%s does not go with --of %s", f.Name, string(t)).WithHint("%s --help shows how", c.CommandPath())
			}
		}
	})
	return err
}

// selected is the ideas of an export of ideas.
func (o order) selected() desk.Selection {
	s := o.ideas
	s.Received = o.days
	return s
}
