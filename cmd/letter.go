package cmd

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"sluss/internal/config"
	"sluss/internal/desk"
	"sluss/internal/file"
	"sluss/internal/idea"
	"sluss/internal/letter"
)

// mailEnding is the format of letters as mails, and the ending of their files.
const mailEnding = "eml"

func newLetter(env *Env) *cobra.Command {
	var name string
	var givers []string
	c := &cobra.Command{
		Use:   "letter NUMBER...",
		Short: env.t("Write letters to the givers of ideas from a template"),
		Long: env.t(`Write letters to the givers of ideas from a template, in the language of --lang:
one letter for each giver, or for those of --giver. As text, Markdown, JSON or a
mail (--format eml, -o FILE.eml) that your mail program opens as a draft. With
--format eml and -o FOLDER/ each letter is a file of its own. Sluss sends
nothing, and that you wrote a letter is not recorded: sluss answer does that.

A letter is for the giver: it holds the giver's name and address wherever you
write it, without --with-people too.`),
		Example: `  sluss letter 14 --template received
  sluss letter 14 --template declined --giver 3 -o svar.eml
  sluss letter 3 7-9 --template presented --format eml -o brev/ --lang sv`,
		Args:              atLeast(1, idea.Word("the number of an idea")),
		ValidArgsFunction: env.completeNumbers,
		PersistentPreRunE: func(c *cobra.Command, args []string) error {
			if env.wantsMail() {
				return nil
			}
			return env.checkFormat(c, args)
		},
		RunE: func(c *cobra.Command, args []string) error {
			if name == "" {
				return idea.Errorf(idea.Usage, "which letter?").WithHint("say it with --template: %s", strings.Join(letterNames(), ", "))
			}
			return env.writeLetters(c, args, name, givers)
		},
	}
	c.Flags().StringVar(&name, "template", "", env.t("the `LETTER`: received, question, presented, test, declined or realised"))
	c.Flags().StringArrayVar(&givers, "giver", nil, env.t("the number of a `GIVER`; again for more; else all"))
	env.completeFlag(c, "template", completeKeys(idea.LetterNames()...))
	env.completeFlag(c, "giver", env.completeGivers)
	c.AddCommand(newLetterTemplate(env))
	return c
}

func letterNames() (names []string) {
	for _, n := range idea.LetterNames() {
		names = append(names, string(n))
	}
	return names
}

// wantsMail tells whether letters are to be mails.
func (env *Env) wantsMail() bool {
	if env.flags.json || env.flags.jq != "" {
		return false
	}
	if env.flags.format == "" {
		return filepath.Ext(env.flags.output) == "."+mailEnding
	}
	return env.flags.format == mailEnding
}

func (env *Env) writeLetters(c *cobra.Command, args []string, name string, givers []string) error {
	numbers, err := env.numbers(args)
	if err != nil {
		return err
	}
	kind, err := idea.FindLetter(name)
	if err != nil {
		return err
	}
	ids, err := giverNumbers(givers)
	if err != nil {
		return err
	}
	d, err := env.desk(c.Context())
	if err != nil {
		return err
	}
	all, err := d.Letters(c.Context(), numbers, kind, string(env.p.Lang()), ids)
	if err != nil {
		return err
	}
	written := make([]letter.Letter, len(all))
	for k, l := range all {
		if l.Hidden {
			env.hint(env.t("hint: the answer to idea %d is not approved and not in the letter", l.Number))
		}
		if written[k], err = env.view().Written(l, env.config.Get(config.Coach)); err != nil {
			return err
		}
	}
	if env.wantsMail() {
		return env.writeMails(all, written)
	}
	return env.print(env.view().Letters(all, written))
}

// writeMails writes one letter where -o says, or each into a file in a folder.
func (env *Env) writeMails(all []desk.Letter, written []letter.Letter) error {
	path := env.flags.output
	info, err := os.Stat(path)
	folder := err == nil && info.IsDir() || strings.HasSuffix(path, "/") || strings.HasSuffix(path, string(filepath.Separator))
	if len(all) > 1 && !folder {
		return idea.Errorf(idea.Usage, "these are %d letters, and a mail is for one giver", len(all)).
			WithHint("choose a giver with --giver, or name a folder: --format eml -o letters/")
	}
	mails := make([]letter.Draft, len(all))
	for k, l := range all {
		mails[k] = letter.Draft{Letter: written[k], Name: l.To.Name, Address: l.To.Email, ID: mailName(l), At: env.now()}
		if err := mails[k].WriteMail(io.Discard); err != nil {
			return err
		}
		if l.To.Email == "" {
			env.hint(env.t("hint: no address for mail is known for the letter about idea %d", l.Number))
		}
	}
	switch {
	case folder:
		return env.writeMailFolder(path, mails)
	case path != "":
		return file.Write(path, 0o600, mails[0].WriteMail)
	}
	out := bufio.NewWriter(env.streams.Out)
	if err := mails[0].WriteMail(out); err != nil {
		return err
	}
	return out.Flush()
}

func (env *Env) writeMailFolder(folder string, mails []letter.Draft) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	for _, m := range mails {
		if err := file.Write(filepath.Join(folder, m.ID+"."+mailEnding), 0o600, m.WriteMail); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintln(env.streams.Out, env.p.N(len(mails), "%d letter in %s", "%d letters in %s", folder))
	return err
}

// mailName is what a letter is called as a file and a mail.
func mailName(l desk.Letter) string {
	if l.To.ID == 0 {
		return fmt.Sprintf("%d-%s", l.Number, l.Template.Name)
	}
	return fmt.Sprintf("%d-%s-%d", l.Number, l.Template.Name, l.To.ID)
}

func newLetterTemplate(env *Env) *cobra.Command {
	return env.parent("template", env.t("See the templates of letters and put your own in their place"),
		newTemplateList(env), newTemplateShow(env), newTemplateEdit(env), newTemplateExport(env), newTemplateImport(env), newTemplateReset(env))
}

// withTemplate makes a command about the template of one letter in the language
// of the run.
func (env *Env) withTemplate(use, short, long, example string, run func(*cobra.Command, *desk.Desk, idea.Template, []string) error) *cobra.Command {
	args := exactly(1, idea.Word("the name of a letter"))
	if strings.Count(use, " ") > 1 {
		args = exactly(2, idea.Word("the name of a letter and a file"))
	}
	return &cobra.Command{
		Use: use, Short: short, Long: long, Example: example, Args: args,
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) == 1 && strings.HasSuffix(use, "FILE") {
				return nil, cobra.ShellCompDirectiveDefault
			}
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return letterNames(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(c *cobra.Command, args []string) error {
			name, err := idea.FindLetter(args[0])
			if err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			t, err := d.Template(c.Context(), name, string(env.p.Lang()))
			if err != nil {
				return err
			}
			return run(c, d, t, args)
		},
	}
}

func newTemplateList(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Aliases: []string{"ls"},
		Short:   env.t("List the templates in the language of --lang"),
		Example: "  sluss letter template list\n  sluss letter template list --lang en",
		Args:    none,
		RunE: func(c *cobra.Command, _ []string) error {
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			all, err := d.Templates(c.Context(), string(env.p.Lang()))
			if err != nil {
				return err
			}
			return env.print(env.view().Templates(all))
		},
	}
}

func newTemplateShow(env *Env) *cobra.Command {
	return env.withTemplate("show NAME", env.t("Show a template"), "", "  sluss letter template show received",
		func(_ *cobra.Command, _ *desk.Desk, t idea.Template, _ []string) error {
			return env.print(env.view().Template(t))
		})
}

func newTemplateExport(env *Env) *cobra.Command {
	c := env.withTemplate("export NAME", env.t("Write a template to a file, to change it there"), "",
		"  sluss letter template export declined -o avböjd.txt",
		func(_ *cobra.Command, _ *desk.Desk, t idea.Template, _ []string) error {
			write := func(w io.Writer) error {
				_, err := io.WriteString(w, t.Text+"\n")
				return err
			}
			if env.flags.output != "" {
				return file.Write(env.flags.output, 0o600, write)
			}
			return write(env.streams.Out)
		})
	c.PersistentPreRunE = func(*cobra.Command, []string) error { return nil } // it is text, whatever the ending
	return c
}

func newTemplateImport(env *Env) *cobra.Command {
	return env.withTemplate("import NAME FILE", env.t("Put the template of a file in place of one of sluss"),
		env.t(`Put the template of a file in place of one of sluss, for all coaches and in the
language of --lang; - is standard input. The first line is the subject. Between
braces stands what is filled in, as in Go's text/template: {{.Title}},
{{with .Need}}…{{end}}. There are Number, Title, Need, Giver, Coach, Unit, Stage,
Reason (why it was closed), Why (what was said at the last move), Answer (the
newest), AnswerDay (when the giver got it), AnswerBy (the day of the promise) and Today.
A template that cannot be filled is refused, with line and column.`),
		"  sluss letter template import declined avböjd.txt --lang sv",
		func(c *cobra.Command, d *desk.Desk, t idea.Template, args []string) (err error) {
			if t.Text, err = env.fileText(args[1]); err != nil {
				return err
			}
			return env.setTemplate(c, d, t)
		})
}

func (env *Env) setTemplate(c *cobra.Command, d *desk.Desk, t idea.Template) error {
	t, err := d.SetTemplate(c.Context(), t)
	if err != nil {
		return err
	}
	return env.print(env.view().Replaced(t))
}

func newTemplateEdit(env *Env) *cobra.Command {
	return env.withTemplate("edit NAME", env.t("Change a template in your editor"), "", "  sluss letter template edit declined",
		func(c *cobra.Command, d *desk.Desk, t idea.Template, _ []string) error {
			if !env.mayAsk() {
				return idea.Errorf(idea.Usage, "there is no terminal for an editor").
					WithHint("sluss letter template export %[1]s -o FILE, change the file, and: sluss letter template import %[1]s FILE", string(t.Name))
			}
			for open := env.edit; ; open = env.editAnew {
				edited, err := open(t.Text, "txt")
				if err != nil {
					return err
				}
				t.Text = edited
				if err = env.setTemplate(c, d, t); err == nil {
					return nil
				}
				env.printError(env.explain(c, err))
				if err := env.editAgain(edited, "txt"); err != nil {
					return err
				}
			}
		})
}

func newTemplateReset(env *Env) *cobra.Command {
	return env.withTemplate("reset NAME", env.t("Bring the template of sluss back"), "", "  sluss letter template reset declined",
		func(c *cobra.Command, d *desk.Desk, t idea.Template, _ []string) error {
			t, err := d.ResetTemplate(c.Context(), t.Name, t.Lang)
			if err != nil {
				return err
			}
			return env.print(env.view().Replaced(t))
		})
}
