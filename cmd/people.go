package cmd

import (
	"strings"

	"github.com/spf13/cobra"

	"sluss/internal/desk"
	"sluss/internal/idea"
)

func newGiver(env *Env) *cobra.Command {
	return env.parent("giver", env.t("Keep the idea-givers and how to reach them"),
		newGiverList(env), newGiverShow(env), newGiverAdd(env), newGiverEdit(env))
}

func newGiverList(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:     "list [NAME]",
		Aliases: []string{"ls"},
		Short:   env.t("List givers"),
		Long:    env.t("List givers. Names and contacts stand only on your own screen, or with\n--with-people."),
		Example: "  sluss giver list\n  sluss giver list åsa",
		RunE: func(c *cobra.Command, args []string) error {
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			givers, err := d.Givers(c.Context(), strings.Join(args, " "), env.people())
			if err != nil {
				return err
			}
			return env.print(env.view().Givers(givers))
		},
	}
}

func newGiverShow(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:     "show GIVER",
		Short:   env.t("Show a giver and what came from there"),
		Example: "  sluss giver show 3",
		Args:    exactly(1, idea.Word("the number of a giver")),
		RunE: func(c *cobra.Command, args []string) error {
			id, err := giverNumber(args[0])
			if err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			g, err := d.Giver(c.Context(), id, env.people())
			if err != nil {
				return err
			}
			return env.print(env.view().Giver(g))
		},
	}
}

func giverNumber(word string) (int64, error) {
	id, err := number(word)
	if err != nil {
		return 0, idea.Errorf(idea.Usage, "%q is no number of a giver", word).WithHint("sluss giver list shows the numbers")
	}
	return id, nil
}

func newGiverAdd(env *Env) *cobra.Command {
	var g idea.GiverDraft
	var kind string
	c := &cobra.Command{
		Use:     "add NAME",
		Short:   env.t("Add a giver"),
		Example: `  sluss giver add "Åsa Lind" --kind employee --email asa.lind@example.se`,
		Args:    exactly(1, idea.Word("the name of a giver")),
		RunE: func(c *cobra.Command, args []string) error {
			g.Name = args[0]
			found, err := findKind(kind)
			if err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			line, err := d.AddGiver(c.Context(), found, g)
			if err != nil {
				return err
			}
			return env.printGiver(line)
		},
	}
	c.Flags().StringVarP(&kind, "kind", "k", "", env.t("`KIND`: employee, resident, company, association or other"))
	c.Flags().StringVar(&g.Email, "email", "", env.t("`ADDRESS` for mail"))
	c.Flags().StringVar(&g.Phone, "phone", "", env.t("telephone `NUMBER`"))
	c.Flags().StringVarP(&g.Unit, "unit", "u", "", env.t("the `UNIT` where an employee works"))
	env.completeFlag(c, "kind", completeWords(env, idea.GiverKinds()))
	env.completeFlag(c, "unit", env.completeUnits)
	return c
}

// printGiver shows what a command made of a giver; the names only where people
// may be shown.
func (env *Env) printGiver(line desk.GiverLine) error {
	if !env.people() {
		line = line.WithoutPeople()
	}
	return env.print(env.view().Giver(line))
}

func findKind(word string) (idea.GiverKind, error) {
	if word == "" {
		return "", nil
	}
	return idea.FindKind(word)
}

func newGiverEdit(env *Env) *cobra.Command {
	c := &cobra.Command{
		Use:     "edit GIVER",
		Short:   env.t("Change what is known of a giver"),
		Example: `  sluss giver edit 3 --phone "042-10 50 00"`,
		Args:    exactly(1, idea.Word("the number of a giver")),
		RunE: func(c *cobra.Command, args []string) error {
			id, err := giverNumber(args[0])
			if err != nil {
				return err
			}
			fields := changedFields(c, map[string]idea.Field{"name": idea.FieldName, "kind": idea.FieldKind,
				"email": idea.FieldEmail, "phone": idea.FieldPhone, "unit": idea.FieldUnit})
			if len(fields) == 0 {
				return idea.Errorf(idea.Usage, "nothing to change").WithHint("%s --help shows how", c.CommandPath())
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			line, err := d.EditGiver(c.Context(), id, fields)
			if err != nil {
				return err
			}
			return env.printGiver(line)
		},
	}
	c.Flags().String("name", "", env.t("`NAME`; empty for an unnamed giver"))
	c.Flags().StringP("kind", "k", "", env.t("`KIND`: employee, resident, company, association or other"))
	c.Flags().String("email", "", env.t("`ADDRESS` for mail"))
	c.Flags().String("phone", "", env.t("telephone `NUMBER`"))
	c.Flags().StringP("unit", "u", "", env.t("the `UNIT` where an employee works"))
	env.completeFlag(c, "kind", completeWords(env, idea.GiverKinds()))
	env.completeFlag(c, "unit", env.completeUnits)
	return c
}

// changedFields is the flags that were given, as fields.
func changedFields(c *cobra.Command, flags map[string]idea.Field) map[idea.Field]string {
	out := map[idea.Field]string{}
	for name, field := range flags {
		if f := c.Flags().Lookup(name); f.Changed {
			out[field] = f.Value.String()
		}
	}
	return out
}

func newCoach(env *Env) *cobra.Command {
	list := &cobra.Command{
		Use:     "list",
		Aliases: []string{"ls"},
		Short:   env.t("List coaches"),
		Example: "  sluss coach list",
		Args:    none,
		RunE: func(c *cobra.Command, _ []string) error {
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			coaches, err := d.Coaches(c.Context())
			if err != nil {
				return err
			}
			return env.print(env.view().Coaches(coaches))
		},
	}
	add := &cobra.Command{
		Use:     "add NAME",
		Short:   env.t("Add a coach"),
		Example: "  sluss coach add nils",
		Args:    exactly(1, idea.Word("a name")),
		RunE: func(c *cobra.Command, args []string) error {
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			coach, err := d.AddCoach(c.Context(), args[0])
			if err != nil {
				return err
			}
			return env.print(env.view().Coaches([]idea.Coach{coach}))
		},
	}
	return env.parent("coach", env.t("Keep the coaches"), list, add)
}

func none(c *cobra.Command, args []string) error { return exactly(0, "")(c, args) }
