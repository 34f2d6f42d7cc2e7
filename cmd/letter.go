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
	t := templates{env: env, under: "letter template"}
	return env.parent("template", env.t("See the templates of letters and put your own in their place"),
		newTemplateList(env), t.show(), t.edit(), t.export(), t.importing(), t.reset())
}

// templates makes the commands about a template in the language of the run.
type templates struct {
	env   *Env
	under string          // the words of the command above
	of    idea.LetterName // that all of them are about; empty: the first argument names it
}

// command makes a command about one template; files says how many files it takes.
func (t templates) command(use string, files int, short, long string, run func(*cobra.Command, *desk.Desk, idea.Template, []string) error) *cobra.Command {
	named := 1
	if t.of != "" {
		named = 0
	}
	args := none
	switch named + files {
	case 1:
		args = exactly(1, idea.Word("the name of a letter"))
		if named == 0 {
			args = exactly(1, idea.Word("a file"))
		}
	case 2:
		args = exactly(2, idea.Word("the name of a letter and a file"))
	}
	words := []string{use}
	if named == 1 {
		words = append(words, "NAME")
	}
	if files == 1 {
		words = append(words, "FILE")
	}
	return &cobra.Command{
		Use: strings.Join(words, " "), Short: short, Long: long, Args: args,
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			switch {
			case len(args) == named && files == 1:
				return nil, cobra.ShellCompDirectiveDefault
			case len(args) > 0 || named == 0:
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return letterNames(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(c *cobra.Command, args []string) (err error) {
			name := t.of
			if named == 1 {
				if name, err = idea.FindLetter(args[0]); err != nil {
					return err
				}
			}
			d, err := t.env.desk(c.Context())
			if err != nil {
				return err
			}
			found, err := d.Template(c.Context(), name, string(t.env.p.Lang()))
			if err != nil {
				return err
			}
			return run(c, d, found, args[named:])
		},
	}
}

// example is a line that shows a command.
func (t templates) example(verb, rest string) string {
	line := "  sluss " + t.under + " " + verb
	if t.of == "" {
		line += " declined"
	}
	return strings.TrimRight(line+" "+rest, " ")
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

func (t templates) show() *cobra.Command {
	c := t.command("show", 0, t.env.t("Show a template"), "", func(_ *cobra.Command, _ *desk.Desk, found idea.Template, _ []string) error {
		return t.env.print(t.env.view().Template(found))
	})
	c.Example = t.example("show", "")
	return c
}

func (t templates) export() *cobra.Command {
	env := t.env
	c := t.command("export", 0, env.t("Write a template to a file, to change it there"), "", func(_ *cobra.Command, _ *desk.Desk, found idea.Template, _ []string) error {
		return env.writeOut(func(w io.Writer) error {
			_, err := io.WriteString(w, found.Text+"\n")
			return err
		})
	})
	c.Example = t.example("export", "-o mall.txt")
	c.PersistentPreRunE = func(*cobra.Command, []string) error { return nil } // it is text, whatever the ending
	return c
}

func (t templates) importing() *cobra.Command {
	env := t.env
	long := env.t(`Put the template of a file in place of one of sluss, for all coaches and in the
language of --lang; - is standard input. The first line is the subject. Between
braces stands what is filled in, as in Go's text/template: {{.Title}},
{{with .Need}}…{{end}}. There are Number, Title, Need, Giver, Coach, Unit, Stage,
Reason (why it was closed), Why (what was said at the last move), Answer (the
newest), AnswerDay (when the giver got it), AnswerBy (the day of the promise) and Today.
A template that cannot be filled is refused, with line and column.`)
	if t.of != "" {
		long = env.t(`Put the template of a file in place of that of sluss, for all coaches and in the
language of --lang; - is standard input. The first line is the subject, and the
rest is Markdown. Between braces stands what is filled in, as in Go's
text/template: {{.Today}}, {{range .Examples}}…{{.Title}}…{{end}}. There is:

%s

Summary is the first paragraphs of an example and Text all of it. A template that
cannot be filled is refused, with line and column.`, letter.NewsList())
	}
	c := t.command("import", 1, env.t("Put the template of a file in place of one of sluss"), long, func(c *cobra.Command, d *desk.Desk, found idea.Template, args []string) (err error) {
		if found.Text, err = env.fileText(args[0]); err != nil {
			return err
		}
		return env.setTemplate(c, d, found)
	})
	c.Example = t.example("import", "mall.txt --lang sv")
	return c
}

func (env *Env) setTemplate(c *cobra.Command, d *desk.Desk, t idea.Template) error {
	t, err := d.SetTemplate(c.Context(), t)
	if err != nil {
		return err
	}
	return env.print(env.view().Replaced(t))
}

func (t templates) edit() *cobra.Command {
	env := t.env
	c := t.command("edit", 0, env.t("Change a template in your editor"), "", func(c *cobra.Command, d *desk.Desk, found idea.Template, _ []string) error {
		if !env.mayAsk() {
			above := c.Parent().CommandPath()
			name := ""
			if t.of == "" {
				name = " " + string(found.Name)
			}
			return idea.Errorf(idea.Usage, "there is no terminal for an editor").
				WithHint("%[1]s export%[2]s -o FILE, change the file, and: %[1]s import%[2]s FILE", above, name)
		}
		for open := env.edit; ; open = env.editAnew {
			edited, err := open(found.Text, "txt")
			if err != nil {
				return err
			}
			found.Text = edited
			if err = env.setTemplate(c, d, found); err == nil {
				return nil
			}
			env.printError(env.explain(c, err))
			if err := env.editAgain(edited, "txt"); err != nil {
				return err
			}
		}
	})
	c.Example = t.example("edit", "")
	return c
}

func (t templates) reset() *cobra.Command {
	c := t.command("reset", 0, t.env.t("Bring the template of sluss back"), "", func(c *cobra.Command, d *desk.Desk, found idea.Template, _ []string) error {
		back, err := d.ResetTemplate(c.Context(), found.Name, found.Lang)
		if err != nil {
			return err
		}
		return t.env.print(t.env.view().Replaced(back))
	})
	c.Example = t.example("reset", "")
	return c
}
