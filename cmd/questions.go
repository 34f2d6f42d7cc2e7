package cmd

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"sluss/internal/desk"
	"sluss/internal/file"
	"sluss/internal/idea"
	"sluss/internal/intake"
)

func newQuestions(env *Env) *cobra.Command {
	return env.parent("questions", env.t("See the questions of the interviews and put your own in their place"),
		newQuestionsList(env), newQuestionsShow(env), newQuestionsExport(env), newQuestionsImport(env), newQuestionsRemove(env))
}

// questionSets is all sets that a coach can be asked with.
func (env *Env) questionSets(ctx context.Context, d *desk.Desk) ([]idea.QuestionSet, error) {
	own, process, err := d.Questions(ctx)
	if err != nil {
		return nil, err
	}
	return intake.QuestionSets(own, process)
}

func (env *Env) completeQuestions(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return env.offers(func(ctx context.Context, d *desk.Desk) (out []string) {
		sets, _ := env.questionSets(ctx, d)
		for _, s := range sets {
			out = append(out, s.Name+"\t"+env.t("%s", s.Title))
		}
		return out
	})
}

func newQuestionsList(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Aliases: []string{"ls"},
		Short:   env.t("List the sets of questions, and whom and which stages they are for"),
		Example: "  sluss questions list\n  sluss questions list --json",
		Args:    none,
		RunE: func(c *cobra.Command, _ []string) error {
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			sets, err := env.questionSets(c.Context(), d)
			if err != nil {
				return err
			}
			return env.print(env.view().QuestionSets(sets))
		},
	}
}

func newQuestionsShow(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:               "show NAME",
		Short:             env.t("Show the questions of a set, in the language of --lang"),
		Example:           "  sluss questions show employee-first\n  sluss questions show company-first --lang sv",
		Args:              exactly(1, idea.Word("the name of a question set")),
		ValidArgsFunction: firstArg(env.completeQuestions),
		RunE: func(c *cobra.Command, args []string) error {
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			sets, err := env.questionSets(c.Context(), d)
			if err != nil {
				return err
			}
			s, err := idea.FindQuestions(sets, args[0])
			if err != nil {
				return err
			}
			return env.print(env.view().Questions(s))
		},
	}
}

func newQuestionsExport(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:               "export [NAME]",
		Short:             env.t("Write a set of questions as YAML, or all of them"),
		Long:              env.t("Write a set of questions as YAML, or all of them. What is exported can be changed\nand imported."),
		Example:           "  sluss questions export employee-first -o medarbetare.yaml\n  sluss questions export > all.yaml",
		Args:              exactly0or1,
		ValidArgsFunction: firstArg(env.completeQuestions),
		PersistentPreRunE: func(c *cobra.Command, args []string) error {
			if env.flags.output == "-" {
				env.flags.output = ""
			}
			if env.wantsYAML() {
				return nil
			}
			return env.checkFormat(c, args)
		},
		RunE: func(c *cobra.Command, args []string) error {
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			sets, err := env.questionSets(c.Context(), d)
			if err != nil {
				return err
			}
			if len(args) > 0 {
				s, err := idea.FindQuestions(sets, args[0])
				if err != nil {
					return err
				}
				sets = []idea.QuestionSet{s}
			}
			return env.writeQuestions(sets)
		},
	}
}

func (env *Env) writeQuestions(sets []idea.QuestionSet) error {
	if !env.wantsYAML() {
		return env.print(env.view().QuestionSets(sets))
	}
	text, err := intake.QuestionsYAML(sets...)
	if err != nil {
		return err
	}
	write := func(w io.Writer) error { _, err := w.Write(text); return err }
	if env.flags.output != "" {
		return file.Write(env.flags.output, 0o600, write)
	}
	return write(env.streams.Out)
}

func newQuestionsImport(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:   "import FILE",
		Short: env.t("Take sets of questions from a YAML file"),
		Long: env.t(`Take sets of questions from a YAML file, for all coaches; - is standard input. A
set stands in place of the one of its name, or beside the others. An interview
takes the set that fits the idea's giver and stage most closely, and of equals
your own. A set that is as sluss brings it is left out.

A set has a name, a title in both languages (sv and en), the kinds of givers and
the stages that it is for (keys or kinds of stages; none is all), and questions.
A question has a key, its text in both languages (sv, en) and, if you like, help
in both (help_sv, help_en).

fills says where the answer goes: need, whom, solution, value, resources, risks,
next, note, tags, unit, type, newness or benefits. Without it the answer only
leads to other questions.

adds: true puts the answer below what is there. Without it the first question
about a section shows what is there and may replace it; further questions always
add.

choices lists the answers to choose from, each with value, sv and en.

when names the earlier question that this one depends on and what was answered:
{key: tried, is: yes}, {key: need, contains: [skola, elev]} or
{key: risks, answered: true}.`),
		Example: "  sluss questions import medarbetare.yaml",
		Args:    exactly(1, idea.Word("a YAML file")),
		RunE: func(c *cobra.Command, args []string) error {
			text, err := env.fileText(args[0])
			if err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			own, process, err := d.Questions(c.Context())
			if err != nil {
				return err
			}
			sets, err := intake.ParseQuestions(args[0], []byte(text), process)
			if err != nil {
				return err
			}
			fresh, err := changedSets(sets, own, process)
			if err != nil {
				return err
			}
			if err := d.SetQuestions(c.Context(), fresh); err != nil {
				return err
			}
			return env.questionsKept(c, d, sets)
		},
	}
}

// changedSets leaves out what is as the program brings it, unless it takes the
// place of a set of the coaches.
func changedSets(sets []idea.QuestionSet, own []idea.QuestionText, process idea.Process) (fresh []idea.QuestionText, err error) {
	ready, err := intake.QuestionSets(nil, process)
	if err != nil {
		return nil, err
	}
	standing := map[string]string{}
	for _, s := range ready {
		text, err := intake.QuestionsYAML(s)
		if err != nil {
			return nil, err
		}
		standing[s.Name] = string(text)
	}
	for _, s := range own {
		standing[s.Name] = s.Text
	}
	for _, s := range sets {
		text, err := intake.QuestionsYAML(s)
		if err != nil {
			return nil, err
		}
		if standing[s.Name] != string(text) {
			fresh = append(fresh, idea.QuestionText{Name: s.Name, Text: string(text)})
		}
	}
	return fresh, nil
}

// questionsKept tells what stands now under the names of sets.
func (env *Env) questionsKept(c *cobra.Command, d *desk.Desk, named []idea.QuestionSet) error {
	all, err := env.questionSets(c.Context(), d)
	if err != nil {
		return err
	}
	for k, s := range named {
		if named[k], err = idea.FindQuestions(all, s.Name); err != nil {
			return err
		}
	}
	return env.print(env.view().QuestionsKept(named))
}

func newQuestionsRemove(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:     "remove NAME",
		Short:   env.t("Take a set of your own away; the one of sluss with its name stands again"),
		Example: "  sluss questions remove employee-first",
		Args:    exactly(1, idea.Word("the name of a question set")),
		ValidArgsFunction: firstArg(func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return env.offers(func(ctx context.Context, d *desk.Desk) (out []string) {
				own, _, _ := d.Questions(ctx)
				for _, s := range own {
					out = append(out, s.Name)
				}
				return out
			})
		}),
		RunE: func(c *cobra.Command, args []string) error {
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			if err := d.RemoveQuestions(c.Context(), args[0]); err != nil {
				return err
			}
			sets, err := env.questionSets(c.Context(), d)
			if err != nil {
				return err
			}
			if s, err := idea.FindQuestions(sets, args[0]); err == nil {
				return env.print(env.view().QuestionsKept([]idea.QuestionSet{s}))
			}
			return env.print(env.view().QuestionsGone(args[0]))
		},
	}
}
