package cmd

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"sluss/internal/idea"
	"sluss/internal/term"
)

// localize writes the usage lines of c and of the commands below it in the
// user's language. Flags keep the order in which they were defined.
func (env *Env) localize(c *cobra.Command) {
	for _, w := range []idea.Word{"ACTIVITY", "COACH", "COMMAND", "CONTACT", "DAY", "DECISION", "DIR", "FILE", "GIVER", "KEY", "MEASURE", "NAME", "NETWORK", "NUMBER", "PEOPLE", "REASON", "RULE", "SHELL",
		"SPREADING", "UPTAKE",
		"STAGE", "TAG", "TEXT", "TITLE", "UNIT", "VALUE", "VERDICT", "WORDS"} {
		c.Use = strings.ReplaceAll(c.Use, string(w), env.t("%s", w))
	}
	if c.HasParent() {
		c.Use += " " + env.t("[flags]")
	}
	c.DisableFlagsInUseLine = true
	c.Flags().SortFlags = false
	c.PersistentFlags().SortFlags = false
	for _, sub := range c.Commands() {
		env.localize(sub)
	}
}

func (env *Env) newHelp() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: env.t("Show the help of a command"),
		ValidArgsFunction: func(c *cobra.Command, args []string, _ string) (names []string, _ cobra.ShellCompDirective) {
			if found, _, err := c.Root().Find(args); err == nil {
				for _, sub := range found.Commands() {
					if sub.IsAvailableCommand() {
						names = append(names, sub.Name()+"\t"+sub.Short)
					}
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(c *cobra.Command, args []string) error {
			found, rest, err := c.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return env.subcommand(c.Root(), args)
			}
			return found.Help()
		},
	}
}

// printHelp writes the help of a command. Examples stand before the rest: they
// are what people look for. Cobra's own help counts bytes where it should count
// letters, and tells defaults in English.
func (env *Env) printHelp(c *cobra.Command, _ []string) {
	w := c.OutOrStdout()
	about := c.Long
	if about == "" {
		about = c.Short
	}
	fmt.Fprintln(w, env.paragraphs(about))
	if c.Example != "" {
		fmt.Fprintf(w, "\n%s\n%s\n", env.t("Examples:"), c.Example)
	}
	fmt.Fprintf(w, "\n%s\n  %s\n", env.t("Usage:"), env.usageLine(c))
	env.printCommands(w, c)
	if flags := c.LocalFlags(); flags.HasAvailableFlags() {
		fmt.Fprintf(w, "\n%s\n", env.t("Flags:"))
		env.printFlags(w, flags)
	}
	if flags := c.InheritedFlags(); flags.HasAvailableFlags() {
		fmt.Fprintf(w, "\n%s\n", env.t("Flags of all commands, which sluss --help explains:"))
		env.printLine(w, "  ", 2, strings.Join(flagNames(flags), " "))
	}
	if c.HasAvailableSubCommands() {
		fmt.Fprintf(w, "\n%s\n", env.t("%s --help tells more of a command.", c.CommandPath()+" "+env.t("COMMAND")))
	}
}

func (env *Env) usageLine(c *cobra.Command) string {
	alone := strings.Contains(strings.TrimSuffix(c.Use, " "+env.t("[flags]")), " ") // it does something without a subcommand
	if c.HasAvailableSubCommands() && !alone {
		return c.CommandPath() + " " + env.t("COMMAND")
	}
	return c.UseLine()
}

func (env *Env) printCommands(w io.Writer, c *cobra.Command) {
	heading := ""
	groups := c.Groups()
	if len(groups) == 0 && c.HasAvailableSubCommands() {
		groups = []*cobra.Group{{Title: env.t("Commands:")}}
	}
	for _, g := range groups {
		for _, sub := range c.Commands() {
			if sub.GroupID != g.ID || !sub.IsAvailableCommand() {
				continue
			}
			if heading != g.Title {
				heading = g.Title
				fmt.Fprintf(w, "\n%s\n", heading)
			}
			env.printLine(w, "  "+sub.Name(), sub.NamePadding()+3, sub.Short)
		}
	}
}

// printFlags writes a line for each flag, and more where it needs them.
func (env *Env) printFlags(w io.Writer, flags *pflag.FlagSet) {
	widest := 0
	var names, abouts []string
	flags.VisitAll(func(f *pflag.Flag) {
		value, about := pflag.UnquoteUsage(f)
		name := "      --" + f.Name
		if f.Shorthand != "" {
			name = "  -" + f.Shorthand + ", --" + f.Name
		}
		name = strings.TrimRight(name+" "+value, " ")
		widest = max(widest, term.Width(name))
		names, abouts = append(names, name), append(abouts, about)
	})
	for i, name := range names {
		env.printLine(w, name, widest+3, abouts[i])
	}
}

// printLine writes a name and, from a column on, what it is.
func (env *Env) printLine(w io.Writer, name string, column int, about string) {
	for _, line := range term.Wrap(about, max(20, env.helpWidth(100)-column)) {
		fmt.Fprintln(w, name+strings.Repeat(" ", max(0, column-term.Width(name)))+line)
		name = ""
	}
}

// flagNames lists flags as they are typed most shortly.
func flagNames(flags *pflag.FlagSet) (names []string) {
	flags.VisitAll(func(f *pflag.Flag) {
		name := "--" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand
		}
		names = append(names, name)
	})
	return names
}

// paragraphs lays a text out in lines that are easy to read.
func (env *Env) paragraphs(text string) string {
	all := strings.Split(text, "\n\n")
	for i, p := range all {
		all[i] = strings.Join(term.Wrap(strings.ReplaceAll(p, "\n", " "), env.helpWidth(80)), "\n")
	}
	return strings.Join(all, "\n\n")
}

func (env *Env) helpWidth(most int) int {
	if env.streams.OutTTY && env.streams.Width > 0 {
		return min(env.streams.Width, most)
	}
	return most
}
