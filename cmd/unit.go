package cmd

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"sluss/internal/desk"
	"sluss/internal/idea"
)

func newUnit(env *Env) *cobra.Command {
	return env.parent("unit", env.t("Keep the administrations, companies and departments"),
		newUnitList(env), newUnitAdd(env), newUnitRename(env), newUnitMove(env), newUnitMerge(env), newUnitEmployees(env),
		newUnitChange(env, "close UNIT", env.t("Take a unit out of use; its ideas stay"), func(d *desk.Desk, c *cobra.Command, name string) (desk.UnitLine, error) {
			return d.CloseUnit(c.Context(), name, true)
		}),
		newUnitChange(env, "open UNIT", env.t("Take a closed unit into use again"), func(d *desk.Desk, c *cobra.Command, name string) (desk.UnitLine, error) {
			return d.CloseUnit(c.Context(), name, false)
		}),
		newUnitChange(env, "remove UNIT", env.t("Remove a unit that nothing refers to"), func(d *desk.Desk, c *cobra.Command, name string) (desk.UnitLine, error) {
			return d.RemoveUnit(c.Context(), name)
		}))
}

func newUnitList(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Aliases: []string{"ls"},
		Short:   env.t("List the units as a tree"),
		Example: "  sluss unit list",
		Args:    none,
		RunE: func(c *cobra.Command, _ []string) error {
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			units, err := d.UnitTree(c.Context())
			if err != nil {
				return err
			}
			return env.print(env.view().Units(units))
		},
	}
}

func newUnitAdd(env *Env) *cobra.Command {
	var kind, under string
	c := &cobra.Command{
		Use:   "add NAME",
		Short: env.t("Add a unit"),
		Example: `  sluss unit add "Skol- och fritidsförvaltningen"
  sluss unit add Grundskola --under skol
  sluss unit add "Öresundskraft" --kind company`,
		Args: exactly(1, idea.Word("a name")),
		RunE: func(c *cobra.Command, args []string) error {
			found, err := unitKind(kind, under)
			if err != nil {
				return err
			}
			return env.changeUnit(c, func(d *desk.Desk) (desk.UnitLine, error) {
				return d.AddUnit(c.Context(), args[0], found, under)
			})
		},
	}
	c.Flags().StringVarP(&kind, "kind", "k", "", env.t("`KIND`: administration, company or department; else administration, or department under another unit"))
	c.Flags().StringVar(&under, "under", "", env.t("the `UNIT` that it lies under"))
	env.completeFlag(c, "kind", completeWords(env, idea.UnitKinds()))
	env.completeFlag(c, "under", env.completeUnits)
	return c
}

// unitKind is the kind of a new unit. What lies under another unit is a
// department unless it is said to be something else.
func unitKind(word, under string) (idea.UnitKind, error) {
	standard := idea.Administration
	if under != "" {
		standard = idea.Department
	}
	return idea.FindUnitKind(cmp.Or(word, string(standard)))
}

// changeUnit gives the desk a change of a unit and prints what became of it.
func (env *Env) changeUnit(c *cobra.Command, change func(*desk.Desk) (desk.UnitLine, error)) error {
	d, err := env.desk(c.Context())
	if err != nil {
		return err
	}
	u, err := change(d)
	if err != nil {
		return err
	}
	return env.print(env.view().Unit(u))
}

func newUnitRename(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:               "rename UNIT NAME",
		Short:             env.t("Give a unit another name; its ideas follow"),
		Example:           `  sluss unit rename Skola "Skol- och fritidsförvaltningen"`,
		Args:              exactly(2, idea.Word("a unit and its new name")),
		ValidArgsFunction: env.completeUnits,
		RunE: func(c *cobra.Command, args []string) error {
			return env.changeUnit(c, func(d *desk.Desk) (desk.UnitLine, error) {
				return d.RenameUnit(c.Context(), args[0], args[1])
			})
		},
	}
}

func newUnitMove(env *Env) *cobra.Command {
	var under string
	var top bool
	c := &cobra.Command{
		Use:               "move UNIT",
		Short:             env.t("Put a unit under another one, or at the top"),
		Example:           "  sluss unit move Grundskola --under Skola\n  sluss unit move Grundskola --top",
		Args:              exactly(1, idea.Word("a unit")),
		ValidArgsFunction: env.completeUnits,
		RunE: func(c *cobra.Command, args []string) error {
			if (under == "") == !top {
				return idea.Errorf(idea.Usage, "where to?").WithHint("say one of --under UNIT and --top")
			}
			return env.changeUnit(c, func(d *desk.Desk) (desk.UnitLine, error) {
				return d.MoveUnit(c.Context(), args[0], under)
			})
		},
	}
	c.Flags().StringVar(&under, "under", "", env.t("the `UNIT` that it lies under"))
	c.Flags().BoolVar(&top, "top", false, env.t("under no other unit"))
	env.completeFlag(c, "under", env.completeUnits)
	return c
}

func newUnitEmployees(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:               "employees UNIT NUMBER",
		Short:             env.t("Say how many work in a unit, without the units under it"),
		Example:           "  sluss unit employees Skola 2400",
		Args:              exactly(2, idea.Word("a unit and a number")),
		ValidArgsFunction: env.completeUnits,
		RunE: func(c *cobra.Command, args []string) error {
			n, err := strconv.Atoi(args[1])
			if err != nil {
				return idea.Errorf(idea.Usage, "%q is no number of employees", args[1]).WithHint("write digits only, such as 2400; 0 is unknown")
			}
			return env.changeUnit(c, func(d *desk.Desk) (desk.UnitLine, error) { return d.SetEmployees(c.Context(), args[0], n) })
		},
	}
}

func newUnitMerge(env *Env) *cobra.Command {
	var into string
	c := &cobra.Command{
		Use:   "merge UNIT",
		Short: env.t("Merge a unit into another one"),
		Long: env.t(`Merge a unit into another one. Its ideas, givers, contacts and activities go
along, and so do the units under it. The unit itself is closed and leads to the
other; sluss undo brings all of it back.`),
		Example:           "  sluss unit merge Fritid --into Kultur",
		Args:              exactly(1, idea.Word("a unit")),
		ValidArgsFunction: env.completeUnits,
		RunE: func(c *cobra.Command, args []string) error {
			if into == "" {
				return idea.Errorf(idea.Usage, "where to?").WithHint("name the other unit with --into")
			}
			return env.changeUnit(c, func(d *desk.Desk) (desk.UnitLine, error) {
				return d.MergeUnit(c.Context(), args[0], into)
			})
		},
	}
	c.Flags().StringVar(&into, "into", "", env.t("the `UNIT` that takes over"))
	env.completeFlag(c, "into", env.completeUnits)
	return c
}

func newUnitChange(env *Env, use, short string, change func(*desk.Desk, *cobra.Command, string) (desk.UnitLine, error)) *cobra.Command {
	return &cobra.Command{
		Use:               use,
		Short:             short,
		Example:           "  sluss unit " + strings.Replace(use, "UNIT", "Skola", 1),
		Args:              exactly(1, idea.Word("a unit")),
		ValidArgsFunction: env.completeUnits,
		RunE: func(c *cobra.Command, args []string) error {
			return env.changeUnit(c, func(d *desk.Desk) (desk.UnitLine, error) { return change(d, c, args[0]) })
		},
	}
}
