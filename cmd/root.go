package cmd

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"sluss/internal/idea"
	"sluss/internal/lang"
	"sluss/internal/render"
)

func newRoot(env *Env) *cobra.Command {
	root := &cobra.Command{
		Use:   "sluss",
		Short: env.t("Take care of ideas, from the first talk to what came of them"),
		Long: env.t(`Sluss keeps the ideas of an idea sluice in one file: who gave them, how far
they have come, what was said about them, and what the givers were told.`),
		Example: `  sluss add "Solceller på skoltak" --kind resident --tag energi
  sluss list --stage received
  sluss move 14 dialogue --why "Ringde Åsa"`,
		SilenceErrors:     true,
		SilenceUsage:      true,
		Args:              env.subcommand,
		RunE:              showHelp,
		PersistentPreRunE: env.checkFormat,
	}
	env.flags.define(root.PersistentFlags(), env.t)
	env.completeFlag(root, "as", env.completeCoaches)
	env.completeFlag(root, "lang", completeKeys(lang.Swedish, lang.English))
	env.completeFlag(root, "format", completeKeys(render.Formats()...))
	env.completeFlag(root, "color", completeKeys("auto", "always", "never"))
	root.SetHelpFunc(env.printHelp)
	root.SetOut(&env.help)
	root.SetErr(env.streams.Err)
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetHelpCommand(env.newHelp())
	root.PersistentFlags().BoolP("help", "h", false, env.t("show this help"))
	for _, g := range env.groups() {
		root.AddGroup(&cobra.Group{ID: g.id, Title: g.title})
		for _, make := range g.commands(env.word) {
			c := make(env)
			c.GroupID = g.id
			root.AddCommand(c)
		}
	}
	if env.word == "" { // a shell may ask for words
		env.offerNoFiles(root)
	}
	env.localize(root)
	return root
}

// group is the commands that stand together in the help.
type group struct {
	id, title string
	makers    []maker
}

// maker makes the command of a name. Names are known beforehand so that a run
// makes only the command that it is about.
type maker struct {
	names string
	make  func(*Env) *cobra.Command
}

func (env *Env) groups() []group {
	return []group{
		{"begin", env.t("Begin:"), []maker{{"init", newInit}, {"demo", newDemo}, {"add", newAdd}, {"import", newImport}}},
		{"find", env.t("Find:"), []maker{{"list ls", newList}, {"search", newSearch}, {"show", newShow}, {"similar", newSimilar}, {"today", newToday}, {"board", newBoard}}},
		{"develop", env.t("Develop:"), []maker{{"move mv", newMove}, {"note", newNote}, {"edit", newEdit}, {"interview", newInterview}, {"assign", newAssign},
			{"tag", newTag}, {"link", newLink}, {"merge", newMerge}, {"split", newSplit}, {"next", newNext}, {"answer", newAnswer}, {"letter", newLetter}, {"due", newDue}, {"park", newPark}, {"close", newClose}, {"reopen", newReopen}}},
		{"decide", env.t("Present and test:"), []maker{{"present", newPresent}, {"agenda", newAgenda}, {"decide", newDecide}, {"minutes", newMinutes},
			{"test", newTest}, {"effect", newEffect}, {"forum", newForum}}},
		{"spread", env.t("Spread:"), []maker{{"story", newStory}, {"spread", newSpread}, {"newsletter", newNewsletter}, {"uptake", newUptake}, {"mashup", newMashup}, {"export", newExports}, {"schedule", newSchedule}}},
		{"measure", env.t("Measure:"), []maker{{"activity", newActivity}, {"measure", newMeasure}, {"target", newTarget}, {"report", newReport}}},
		{"care", env.t("Care:"), []maker{{"log", newLog}, {"undo", newUndo}, {"giver", newGiver}, {"consent", newConsent}, {"unit", newUnit}, {"contact", newContact},
			{"network", newNetwork}, {"coach", newCoach},
			{"stage", newStage}, {"gate", newGate}, {"process", newProcess}, {"questions", newQuestions}, {"rule", newRule}, {"db", newDB}, {"config", newConfig}, {"completion", newCompletion}, {"version", newVersion}}},
	}
}

// named tells whether some command of all groups has a name.
func (env *Env) named(word string) bool {
	return slices.ContainsFunc(env.groups(), func(g group) bool { return g.named(word) })
}

func (g group) named(word string) bool {
	return slices.ContainsFunc(g.makers, func(m maker) bool { return m.named(word) })
}

func (m maker) named(word string) bool { return slices.Contains(strings.Fields(m.names), word) }

// only is the makers of the command called word, or all if none is.
func (g group) only(word string) []func(*Env) *cobra.Command {
	if !g.named(word) {
		word = ""
	}
	return g.commands(word)
}

// commands is the makers of the command called word, or all without one.
func (g group) commands(word string) (makers []func(*Env) *cobra.Command) {
	for _, m := range g.makers {
		if word == "" || m.named(word) {
			makers = append(makers, m.make)
		}
	}
	return makers
}

func showHelp(c *cobra.Command, _ []string) error { return c.Help() }

// subcommand refuses a word that is no command below c, and names the nearest.
func (env *Env) subcommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var known []string
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			known = append(known, sub.Name())
		}
	}
	e := idea.Errorf(idea.Usage, "%q is no command of %s", args[0], c.CommandPath()).WithHint("%s --help shows the commands", c.CommandPath())
	return withNear(e, args[0], known)
}

// parent makes a command that only holds others.
func (env *Env) parent(use, short string, subs ...*cobra.Command) *cobra.Command {
	c := &cobra.Command{Use: use, Short: short, Args: env.subcommand, RunE: showHelp}
	c.AddCommand(subs...)
	return c
}
