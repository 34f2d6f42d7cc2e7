package cmd

import (
	"context"

	"github.com/spf13/cobra"

	"sluss/internal/desk"
	"sluss/internal/idea"
)

func newNetwork(env *Env) *cobra.Command {
	return env.parent("network", env.t("Keep networks of contacts"),
		newNetworkList(env), newNetworkShow(env), newNetworkAdd(env), newNetworkEdit(env),
		newNetworkMembers(env, "join", env.t("Make contacts members of a network"), (*desk.Desk).JoinNetwork),
		newNetworkMembers(env, "leave", env.t("Take contacts out of a network"), (*desk.Desk).LeaveNetwork),
		newNetworkRemove(env))
}

func newNetworkList(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Aliases: []string{"ls"},
		Short:   env.t("List networks"),
		Example: "  sluss network list",
		Args:    none,
		RunE: func(c *cobra.Command, _ []string) error {
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			networks, err := d.Networks(c.Context(), env.people())
			if err != nil {
				return err
			}
			return env.print(env.view().Networks(networks))
		},
	}
}

func newNetworkShow(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:               "show NETWORK",
		Short:             env.t("Show a network and its members"),
		Example:           "  sluss network show Skolutvecklare",
		Args:              exactly(1, idea.Word("a network")),
		ValidArgsFunction: env.completeNetworks,
		RunE: func(c *cobra.Command, args []string) error {
			return env.printNetwork(c, func(d *desk.Desk) (desk.NetworkLine, error) {
				return d.Network(c.Context(), args[0], env.people())
			})
		},
	}
}

// printNetwork shows the network that the desk gives; names only where people
// may be shown.
func (env *Env) printNetwork(c *cobra.Command, ask func(*desk.Desk) (desk.NetworkLine, error)) error {
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
	return env.print(env.view().Network(line))
}

func newNetworkAdd(env *Env) *cobra.Command {
	var note string
	c := &cobra.Command{
		Use:     "add NAME",
		Short:   env.t("Add a network"),
		Example: `  sluss network add Skolutvecklare --note "Träffas en gång i månaden"`,
		Args:    exactly(1, idea.Word("a name")),
		RunE: func(c *cobra.Command, args []string) error {
			return env.printNetwork(c, func(d *desk.Desk) (desk.NetworkLine, error) {
				return d.AddNetwork(c.Context(), args[0], note)
			})
		},
	}
	c.Flags().StringVar(&note, "note", "", env.t("what it is for, as a `TEXT`"))
	return c
}

func newNetworkEdit(env *Env) *cobra.Command {
	var name, note string
	c := &cobra.Command{
		Use:               "edit NETWORK",
		Short:             env.t("Rename a network or change what it is for"),
		Example:           `  sluss network edit Skolutvecklare --name "Skola och utveckling"`,
		Args:              exactly(1, idea.Word("a network")),
		ValidArgsFunction: env.completeNetworks,
		RunE: func(c *cobra.Command, args []string) error {
			var e desk.NetworkEdit
			if c.Flags().Changed("name") {
				e.Name = &name
			}
			if c.Flags().Changed("note") {
				e.Text = &note
			}
			if e == (desk.NetworkEdit{}) {
				return idea.Errorf(idea.Usage, "nothing to change").WithHint("%s --help shows how", c.CommandPath())
			}
			return env.printNetwork(c, func(d *desk.Desk) (desk.NetworkLine, error) {
				return d.EditNetwork(c.Context(), args[0], e)
			})
		},
	}
	c.Flags().StringVar(&name, "name", "", env.t("the `NAME`"))
	c.Flags().StringVar(&note, "note", "", env.t("what it is for, as a `TEXT`"))
	return c
}

func newNetworkMembers(env *Env, verb, short string, change func(*desk.Desk, context.Context, string, []int64) (desk.NetworkLine, error)) *cobra.Command {
	return &cobra.Command{
		Use:     verb + " NETWORK CONTACT...",
		Short:   short,
		Example: "  sluss network " + verb + " Skolutvecklare 3 5-7",
		Args:    atLeast(2, idea.Word("a network and the number of a contact")),
		ValidArgsFunction: func(c *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
			if len(args) == 0 {
				return env.completeNetworks(c, args, word)
			}
			return env.completeContacts(c, args, word)
		},
		RunE: func(c *cobra.Command, args []string) error {
			contacts, err := env.contactNumbers(args[1:])
			if err != nil {
				return err
			}
			return env.printNetwork(c, func(d *desk.Desk) (desk.NetworkLine, error) {
				return change(d, c.Context(), args[0], contacts)
			})
		},
	}
}

func newNetworkRemove(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:               "remove NETWORK",
		Short:             env.t("Remove a network that no activity was for"),
		Example:           "  sluss network remove Skolutvecklare",
		Args:              exactly(1, idea.Word("a network")),
		ValidArgsFunction: env.completeNetworks,
		RunE: func(c *cobra.Command, args []string) error {
			return env.printNetwork(c, func(d *desk.Desk) (desk.NetworkLine, error) {
				return d.RemoveNetwork(c.Context(), args[0])
			})
		},
	}
}

func (env *Env) completeNetworks(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return env.offers(func(ctx context.Context, d *desk.Desk) (out []string) {
		networks, _ := d.Networks(ctx, false)
		for _, l := range networks {
			out = append(out, l.Name+"\t"+env.p.N(len(l.People), "%d member", "%d members"))
		}
		return out
	})
}
