package cmd

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"sluss/internal/desk"
	"sluss/internal/file"
	"sluss/internal/idea"
	"sluss/internal/intake"
)

func newProcess(env *Env) *cobra.Command {
	return env.parent("process", env.t("Keep the whole process in a file, or take another one"),
		newProcessExport(env), newProcessImport(env), newProcessUse(env))
}

func newProcessExport(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:     "export",
		Short:   env.t("Write the process as YAML"),
		Long:    env.t("Write the process as YAML: the stages in their order with keys, names, kinds,\nlimits and gates. What is exported can be changed and imported."),
		Example: "  sluss process export -o process.yaml\n  sluss process export --json",
		Args:    none,
		PersistentPreRunE: func(c *cobra.Command, args []string) error {
			if env.wantsYAML() {
				return nil
			}
			return env.checkFormat(c, args)
		},
		RunE: func(c *cobra.Command, _ []string) error {
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			stages, err := d.Stages(c.Context())
			if err != nil {
				return err
			}
			if !env.wantsYAML() {
				return env.print(env.view().Stages(stages))
			}
			text, err := intake.ProcessYAML(desk.ProcessOf(stages))
			if err != nil {
				return err
			}
			if env.flags.output != "" {
				return file.Write(env.flags.output, 0o600, func(w io.Writer) error { _, err := w.Write(text); return err })
			}
			_, err = env.streams.Out.Write(text)
			return err
		},
	}
}

// wantsYAML tells whether no other format is asked for.
func (env *Env) wantsYAML() bool {
	if env.flags.format != "" || env.flags.json || env.flags.jq != "" || len(env.flags.fields) > 0 {
		return false
	}
	switch filepath.Ext(env.flags.output) {
	case "", ".yaml", ".yml":
		return true
	}
	return false
}

func newProcessImport(env *Env) *cobra.Command {
	var moves []string
	c := &cobra.Command{
		Use:   "import FILE",
		Short: env.t("Make the process of a YAML file that of the database"),
		Long: env.t(`Make the process of a YAML file that of the database; - is standard input.
Stages with the same key stay what they are and get the names, limits, gates
and places of the file. The others are removed; if ideas stand there, say with
--move-to where they go. All of it is one command, which undo takes back.`),
		Example: "  sluss process import process.yaml\n  sluss process import process.yaml --move-to pilot=test",
		Args:    exactly(1, idea.Word("a YAML file")),
		RunE: func(c *cobra.Command, args []string) error {
			text, err := env.fileText(args[0])
			if err != nil {
				return err
			}
			p, err := intake.ParseProcess(args[0], []byte(text))
			if err != nil {
				return err
			}
			return env.useProcess(c, "process import", p, moves)
		},
	}
	env.moveToFlag(c, &moves)
	return c
}

func (env *Env) fileText(path string) (string, error) {
	if path == "-" {
		return env.stdin()
	}
	text, err := os.ReadFile(path)
	return string(text), err
}

func newProcessUse(env *Env) *cobra.Command {
	var moves []string
	c := &cobra.Command{
		Use:   "use NAME",
		Short: env.t("Take a process that sluss brings with it: default or short"),
		Long: env.t(`Take a process that sluss brings with it. The default one leads an idea from
received over dialogue, development, presented, test and introduction to
realised; the short one has received, working on it and done. Both have parked
and closed beside the way. Ideas in stages that the new one does not have go
where --move-to says.`),
		Example:           "  sluss process use short --move-to working\n  sluss process use default --move-to working=dialogue",
		Args:              exactly(1, idea.Word("the name of a process: default or short")),
		ValidArgsFunction: firstArg(completeKeys(idea.ProcessNames()...)),
		RunE: func(c *cobra.Command, args []string) error {
			p, err := idea.ReadyProcess(args[0])
			if err != nil {
				return err
			}
			return env.useProcess(c, "process use", p, moves)
		},
	}
	env.moveToFlag(c, &moves)
	return c
}

func (env *Env) moveToFlag(c *cobra.Command, moves *[]string) {
	c.Flags().StringArrayVar(moves, "move-to", nil, env.t("the `STAGE` where ideas of removed stages go, or OLD=NEW; again for more"))
	env.completeFlag(c, "move-to", env.completeStages)
}

func (env *Env) useProcess(c *cobra.Command, verb string, p idea.Process, words []string) error {
	moves := make([]desk.StageMove, len(words))
	for k, word := range words {
		from, to, found := strings.Cut(word, "=")
		if !found {
			from, to = "", word
		}
		moves[k] = desk.StageMove{From: from, To: to}
	}
	return env.replace(c, func(ctx context.Context, d *desk.Desk) (desk.Reshaped, error) {
		return d.ReplaceProcess(ctx, verb, p, moves)
	})
}
