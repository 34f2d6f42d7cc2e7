package cmd

import (
	"context"

	"github.com/spf13/cobra"

	"sluss/internal/desk"
	"sluss/internal/idea"
)

func newStage(env *Env) *cobra.Command {
	return env.parent("stage", env.t("See and shape the stages of the process"),
		newStageList(env), newStageAdd(env), newStageRename(env), newStageMove(env), newStageRemove(env))
}

func newStageList(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Aliases: []string{"ls"},
		Short:   env.t("List the stages with their gates"),
		Example: "  sluss stage list",
		Args:    none,
		RunE: func(c *cobra.Command, _ []string) error {
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			stages, err := d.Stages(c.Context())
			if err != nil {
				return err
			}
			return env.print(env.view().Stages(stages))
		},
	}
}

// stageFlags are the names and limits of a stage.
type stageFlags struct {
	en, sv     string
	limit, wip int
}

func (f *stageFlags) define(env *Env, c *cobra.Command) {
	c.Flags().StringVar(&f.en, "name-en", "", env.t("`NAME` in English"))
	c.Flags().StringVar(&f.sv, "name-sv", "", env.t("`NAME` in Swedish"))
	c.Flags().IntVar(&f.limit, "limit-days", 0, env.t("`DAYS` after which an idea counts as stuck; 0 is no limit"))
	c.Flags().IntVar(&f.wip, "wip", 0, env.t("`NUMBER` of ideas at once before move warns; 0 is no limit"))
}

// placeFlags say beside which stage another goes.
type placeFlags struct{ after, before string }

func (f *placeFlags) define(env *Env, c *cobra.Command) {
	c.Flags().StringVar(&f.after, "after", "", env.t("behind this `STAGE`"))
	c.Flags().StringVar(&f.before, "before", "", env.t("in front of this `STAGE`"))
	env.completeFlag(c, "after", env.completeStages)
	env.completeFlag(c, "before", env.completeStages)
}

func (f *placeFlags) place() (desk.Place, error) {
	if f.before != "" && f.after != "" {
		return desk.Place{}, idea.Errorf(idea.Usage, "a stage has one place").WithHint("say it with --after STAGE or --before STAGE")
	}
	if f.before != "" {
		return desk.Place{Beside: f.before, Before: true}, nil
	}
	return desk.Place{Beside: f.after}, nil
}

func newStageAdd(env *Env) *cobra.Command {
	var flags stageFlags
	var place placeFlags
	var kind string
	c := &cobra.Command{
		Use:   "add KEY",
		Short: env.t("Add a stage to the process"),
		Long: env.t(`Add a stage to the process. The key never changes, and so history and reports
stay right whatever the stage is called later; the kind says what it is for
and does not change either. Without --after or --before it stands where its
kind belongs. The key of a stage that was removed brings that one back.`),
		Example: `  sluss stage add pilot --name-en pilot --name-sv pilot --kind test --after test --limit-days 60 --wip 5`,
		Args:    exactly(1, idea.Word("the key of a stage")),
		RunE: func(c *cobra.Command, args []string) error {
			s := idea.Stage{Key: idea.StageKey(args[0]), Names: idea.Names{EN: flags.en, SV: flags.sv}, LimitDays: flags.limit, Wip: flags.wip}
			if kind == "" {
				return idea.Errorf(idea.Usage, "what is the stage for?").WithHint("say it with --kind: %s", words(idea.StageKinds()))
			}
			var err error
			if s.Kind, err = idea.FindStageKind(kind); err != nil {
				return err
			}
			at, err := place.place()
			if err != nil {
				return err
			}
			return env.reshape(c, func(d *desk.Desk) (desk.StageLine, error) { return d.AddStage(c.Context(), s, at) })
		},
	}
	flags.define(env, c)
	place.define(env, c)
	c.Flags().StringVar(&kind, "kind", "", env.t("`KIND`: intake, active, presented, test, introduction, realised, parked or closed"))
	env.completeFlag(c, "kind", completeWords(env, idea.StageKinds()))
	return c
}

func words[T ~string](all []T) idea.List {
	list := make(idea.List, len(all))
	for i, one := range all {
		list[i] = idea.Word(one)
	}
	return list
}

// reshape gives the desk a change of a stage and prints the stage.
func (env *Env) reshape(c *cobra.Command, change func(*desk.Desk) (desk.StageLine, error)) error {
	d, err := env.desk(c.Context())
	if err != nil {
		return err
	}
	stage, err := change(d)
	if err != nil {
		return err
	}
	return env.print(env.view().Stages([]desk.StageLine{stage}))
}

func newStageRename(env *Env) *cobra.Command {
	var flags stageFlags
	c := &cobra.Command{
		Use:               "rename STAGE",
		Short:             env.t("Rename a stage or change its limits"),
		Long:              env.t("Rename a stage or change its limits. The key of a stage never changes, and so\nhistory and reports stay right."),
		Example:           `  sluss stage rename presented --name-sv "i idérådet" --limit-days 45`,
		Args:              exactly(1, idea.Word("a stage")),
		ValidArgsFunction: firstArg(env.completeStages),
		RunE: func(c *cobra.Command, args []string) error {
			e := desk.StageEdit{}
			for name, set := range map[string]func(){
				"name-en": func() { e.EN = &flags.en }, "name-sv": func() { e.SV = &flags.sv },
				"limit-days": func() { e.LimitDays = &flags.limit }, "wip": func() { e.Wip = &flags.wip },
			} {
				if c.Flags().Changed(name) {
					set()
				}
			}
			if e == (desk.StageEdit{}) {
				return idea.Errorf(idea.Usage, "nothing to change").WithHint("%s --help shows how", c.CommandPath())
			}
			return env.reshape(c, func(d *desk.Desk) (desk.StageLine, error) { return d.EditStage(c.Context(), args[0], e) })
		},
	}
	flags.define(env, c)
	return c
}

// firstArg completes the first argument only.
func firstArg(offer completer) completer {
	return func(c *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return offer(c, args, word)
	}
}

func newStageMove(env *Env) *cobra.Command {
	var place placeFlags
	c := &cobra.Command{
		Use:               "move STAGE --after STAGE",
		Short:             env.t("Put a stage at another place of the process"),
		Example:           "  sluss stage move pilot --after development\n  sluss stage move pilot --before test",
		Args:              exactly(1, idea.Word("a stage")),
		ValidArgsFunction: firstArg(env.completeStages),
		RunE: func(c *cobra.Command, args []string) error {
			at, err := place.place()
			if err != nil {
				return err
			}
			if at.Beside == "" {
				return idea.Errorf(idea.Usage, "where does it go?").WithHint("say it with --after STAGE or --before STAGE")
			}
			return env.reshape(c, func(d *desk.Desk) (desk.StageLine, error) { return d.MoveStage(c.Context(), args[0], at) })
		},
	}
	place.define(env, c)
	return c
}

func newStageRemove(env *Env) *cobra.Command {
	var moveTo string
	c := &cobra.Command{
		Use:               "remove STAGE",
		Short:             env.t("Take a stage out of the process; history keeps it"),
		Long:              env.t("Take a stage out of the process. Ideas that stand there go to the stage of\n--move-to, whatever its gate asks for. History and reports keep the stage."),
		Example:           "  sluss stage remove pilot --move-to test",
		Args:              exactly(1, idea.Word("a stage")),
		ValidArgsFunction: firstArg(env.completeStages),
		RunE: func(c *cobra.Command, args []string) error {
			return env.replace(c, func(ctx context.Context, d *desk.Desk) (desk.Reshaped, error) {
				return d.RemoveStage(ctx, args[0], moveTo)
			})
		},
	}
	c.Flags().StringVar(&moveTo, "move-to", "", env.t("the `STAGE` where its ideas go"))
	env.completeFlag(c, "move-to", env.completeStages)
	return c
}

// replace gives the desk a change of the process and prints what became of it.
func (env *Env) replace(c *cobra.Command, change func(context.Context, *desk.Desk) (desk.Reshaped, error)) error {
	d, err := env.desk(c.Context())
	if err != nil {
		return err
	}
	r, err := change(c.Context(), d)
	if err != nil {
		return err
	}
	return env.print(env.view().Reshaped(r))
}
