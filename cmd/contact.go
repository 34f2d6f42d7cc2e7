package cmd

import (
	"context"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"sluss/internal/desk"
	"sluss/internal/idea"
)

func newContact(env *Env) *cobra.Command {
	return env.parent("contact", env.t("Keep the contact persons in the units"),
		newContactList(env), newContactShow(env), newContactAdd(env), newContactEdit(env), newContactRemove(env))
}

func newContactList(env *Env) *cobra.Command {
	var s desk.ContactSelection
	c := &cobra.Command{
		Use:     "list [WORDS]",
		Aliases: []string{"ls"},
		Short:   env.t("List contacts"),
		Long: env.t(`List contacts whose name or role holds the words, or all. Names and addresses
stand only on your own screen, or with --with-people.`),
		Example: "  sluss contact list\n  sluss contact list rektor --unit Skola",
		RunE: func(c *cobra.Command, args []string) error {
			s.Text, s.People = strings.Join(args, " "), env.people()
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			contacts, err := d.Contacts(c.Context(), s)
			if err != nil {
				return err
			}
			return env.print(env.view().Contacts(contacts))
		},
	}
	c.Flags().StringArrayVarP(&s.Units, "unit", "u", nil, env.t("in this `UNIT` or under it; again for more"))
	env.completeFlag(c, "unit", env.completeUnits)
	return c
}

func newContactShow(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:               "show CONTACT",
		Short:             env.t("Show a contact with ideas and networks"),
		Example:           "  sluss contact show 3",
		Args:              exactly(1, idea.Word("the number of a contact")),
		ValidArgsFunction: env.completeContacts,
		RunE: func(c *cobra.Command, args []string) error {
			id, err := contactNumber(args[0])
			if err != nil {
				return err
			}
			return env.printContact(c, func(d *desk.Desk) (desk.ContactLine, error) {
				return d.Contact(c.Context(), id, env.people())
			})
		},
	}
}

// printContact shows the contact that the desk gives; the name only where
// people may be shown.
func (env *Env) printContact(c *cobra.Command, ask func(*desk.Desk) (desk.ContactLine, error)) error {
	d, err := env.desk(c.Context())
	if err != nil {
		return err
	}
	line, err := ask(d)
	if err != nil {
		return err
	}
	if !env.people() {
		line = line.WithoutPeople()
	}
	return env.print(env.view().Contact(line, env.people()))
}

func contactNumber(word string) (int64, error) {
	id, err := number(word)
	if err != nil {
		return 0, noContact(word)
	}
	return id, nil
}

// contactNumbers reads numbers of contacts, as numbers does those of ideas.
func (env *Env) contactNumbers(words []string) ([]int64, error) { return env.ids(words, noContact) }

func noContact(word string) error {
	return idea.Errorf(idea.Usage, "%q is no number of a contact", word).WithHint("sluss contact list shows the numbers")
}

func newContactAdd(env *Env) *cobra.Command {
	c := &cobra.Command{
		Use:     "add NAME",
		Short:   env.t("Add a contact"),
		Example: `  sluss contact add "Per Ek" --unit Skola --role rektor --email per.ek@example.se`,
		Args:    exactly(1, idea.Word("the name of a contact")),
		RunE: func(c *cobra.Command, args []string) error {
			fields := contactFlags(c)
			fields[idea.FieldName] = args[0]
			return env.printContact(c, func(d *desk.Desk) (desk.ContactLine, error) {
				return d.AddContact(c.Context(), fields)
			})
		},
	}
	defineContact(env, c)
	return c
}

func defineContact(env *Env, c *cobra.Command) {
	c.Flags().StringP("unit", "u", "", env.t("the `UNIT` where the contact works"))
	c.Flags().String("role", "", env.t("the `ROLE` there, such as rektor"))
	c.Flags().String("email", "", env.t("`ADDRESS` for mail"))
	c.Flags().String("phone", "", env.t("telephone `NUMBER`"))
	env.completeFlag(c, "unit", env.completeUnits)
}

func contactFlags(c *cobra.Command) map[idea.Field]string {
	return changedFields(c, map[string]idea.Field{"unit": idea.FieldUnit, "role": idea.FieldRole, "email": idea.FieldEmail, "phone": idea.FieldPhone})
}

func newContactEdit(env *Env) *cobra.Command {
	c := &cobra.Command{
		Use:               "edit CONTACT",
		Short:             env.t("Change what is known of a contact"),
		Long:              env.t("Change what is known of a contact. An empty value empties a field."),
		Example:           `  sluss contact edit 3 --role "biträdande rektor" --phone ""`,
		Args:              exactly(1, idea.Word("the number of a contact")),
		ValidArgsFunction: env.completeContacts,
		RunE: func(c *cobra.Command, args []string) error {
			id, err := contactNumber(args[0])
			if err != nil {
				return err
			}
			fields := contactFlags(c)
			if f := c.Flags().Lookup("name"); f.Changed {
				fields[idea.FieldName] = f.Value.String()
			}
			if len(fields) == 0 {
				return idea.Errorf(idea.Usage, "nothing to change").WithHint("%s --help shows how", c.CommandPath())
			}
			return env.printContact(c, func(d *desk.Desk) (desk.ContactLine, error) {
				return d.EditContact(c.Context(), id, fields)
			})
		},
	}
	c.Flags().String("name", "", env.t("the `NAME`"))
	defineContact(env, c)
	return c
}

func newContactRemove(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:   "remove CONTACT...",
		Short: env.t("Remove contacts"),
		Long: env.t(`Remove contacts. They leave their networks. A contact who is the owner of an
idea stays until the idea has another owner.`),
		Example:           "  sluss contact remove 3 5-7",
		Args:              atLeast(1, idea.Word("the number of a contact")),
		ValidArgsFunction: env.completeContacts,
		RunE: func(c *cobra.Command, args []string) error {
			ids, err := env.contactNumbers(args)
			if err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			lines, err := d.RemoveContacts(c.Context(), ids)
			if err != nil {
				return err
			}
			if !env.people() {
				for k, line := range lines {
					lines[k] = line.WithoutPeople()
				}
			}
			return env.print(env.view().Contacts(lines))
		},
	}
}

// completeContacts offers the numbers of contacts with unit and role: names
// are not for every screen.
func (env *Env) completeContacts(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return env.offers(func(ctx context.Context, d *desk.Desk) (out []string) {
		contacts, _ := d.Contacts(ctx, desk.ContactSelection{})
		for _, c := range contacts[:min(len(contacts), maxOffers)] {
			about := strings.Trim(c.UnitName+", "+c.Role, ", ")
			out = append(out, strconv.FormatInt(c.ID, 10)+"\t"+about)
		}
		return out
	})
}
