package cmd

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// fileFlags are the flags that take the name of a file.
func fileFlags() []string { return []string{"db", "output", "bad", "mapping"} }

// offerNoFiles keeps a shell from offering the names of files where no file can
// stand: for arguments and flags that nothing completes.
func (env *Env) offerNoFiles(c *cobra.Command) {
	if c.ValidArgsFunction == nil {
		c.ValidArgsFunction = argumentsOf(c.Use)
	}
	for _, flags := range []*pflag.FlagSet{c.Flags(), c.PersistentFlags()} {
		flags.VisitAll(func(f *pflag.Flag) {
			if _, done := c.GetFlagCompletionFunc(f.Name); done || slices.Contains(fileFlags(), f.Name) {
				return
			}
			offer := nothing
			if f.Name == "each" {
				offer = folders
			}
			env.completeFlag(c, f.Name, offer)
		})
	}
	for _, sub := range c.Commands() {
		env.offerNoFiles(sub)
	}
}

// argumentsOf completes the arguments of a command from what its usage says.
func argumentsOf(use string) completer {
	switch {
	case strings.Contains(use, "FILE"):
		return nil
	case strings.Contains(use, "DIR"):
		return folders
	}
	return nothing
}

func nothing(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveNoFileComp
}

func folders(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveFilterDirs
}

// completeMappings offers the kept mappings; a mapping can be any file too.
func (env *Env) completeMappings(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	path, err := env.mappingPath("")
	if err != nil {
		return nil, cobra.ShellCompDirectiveDefault
	}
	files, _ := os.ReadDir(filepath.Dir(path))
	var names []string
	for _, f := range files {
		if name, kept := strings.CutSuffix(f.Name(), ".yaml"); kept {
			names = append(names, name)
		}
	}
	return names, cobra.ShellCompDirectiveDefault
}
