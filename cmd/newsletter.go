package cmd

import (
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/kballard/go-shellquote"
	"github.com/spf13/cobra"

	"sluss/internal/config"
	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/letter"
	"sluss/internal/render"
	"sluss/internal/term"
	"sluss/internal/view"
)

// newsletterFormats are the formats of a newsletter.
var newsletterFormats = []string{"md", "html", mailEnding, "txt", "json"}

// newsletterFlags are what a newsletter is made by.
type newsletterFlags struct {
	since, audience, reach string
	parts                  []string
	again, sent            bool
	ahead                  int
}

func newNewsletter(env *Env) *cobra.Command {
	var f newsletterFlags
	c := &cobra.Command{
		Use:   "newsletter",
		Short: env.t("Gather what is new into a newsletter, as Markdown, HTML or a mail"),
		Long: env.t(`Gather what is new into a newsletter: good examples, new ideas, decisions, tests, and
dates to come. As Markdown, as text (-o FILE.txt), as HTML that mail programs show,
or as a mail with text and HTML (-o FILE.eml) that your mail program opens as a
draft. Sluss sends nothing.

New is what was recorded since the last newsletter to the same --audience, or since
a day; without any before, in the last 30 days. What happened more than a month
before that is no news. What the audience has been told already is left out, and
said; --again takes it in. --sent records that this newsletter is sent.

Without --parts the own organisation is told of everything, and others only of what
is published for them and of mashups. Names, addresses and telephone numbers of
people on record are left out, but for those who agreed to stand in an example.
Examples whose consent has ended, and ideas that their givers took back, are never
there.`),
		Example: `  sluss newsletter
  sluss newsletter --audience municipalities -o brev.eml --lang sv
  sluss newsletter --since 2026-11-01 --parts examples,dates --format html -o brev.html
  sluss newsletter --sent --reach 240 -o brev.eml`,
		Args:              none,
		PersistentPreRunE: func(*cobra.Command, []string) error { return nil },
		RunE: func(c *cobra.Command, _ []string) error {
			env.steady = true
			return env.newsletter(c, f)
		},
	}
	flags := c.Flags()
	flags.StringVar(&f.since, "since", "last", env.t("what is new since this `DAY`, or since the last newsletter to the audience"))
	flags.StringVar(&f.audience, "audience", string(idea.Internal), env.t("the `AUDIENCE`: internal, municipalities or all; else internal"))
	flags.StringSliceVar(&f.parts, "parts", nil, env.t("the `PARTS`: examples, ideas, decisions, tests, dates; with commas between"))
	flags.IntVar(&f.ahead, "ahead", 60, env.t("dates so many `DAYS` ahead; else 60"))
	flags.BoolVar(&f.again, "again", false, env.t("also what the audience has been told already"))
	flags.BoolVar(&f.sent, "sent", false, env.t("record that this newsletter is sent"))
	flags.StringVar(&f.reach, "reach", "", env.t("with --sent: the `NUMBER` of people whom it reaches"))
	env.completeFlag(c, "since", completeKeys("last"))
	env.completeFlag(c, "audience", completeWords(env, idea.Audiences()))
	env.completeFlag(c, "parts", completeWords(env, idea.NewsletterParts()))
	t := templates{env: env, under: "newsletter template", of: idea.NewsletterTemplate}
	below := env.parent("template", env.t("See the template of newsletters and put your own in its place"), t.show(), t.edit(), t.export(), t.importing(), t.reset())
	below.PersistentPreRunE = env.checkFormat
	c.AddCommand(below)
	return c
}

// input reads what the flags of a newsletter say.
func (f newsletterFlags) input(env *Env) (in desk.NewsletterInput, reach *int64, err error) {
	in = desk.NewsletterInput{Again: f.again, Ahead: f.ahead, Lang: string(env.p.Lang()), Mask: env.t("[left out]"), People: env.flags.people}
	if in.Audience, err = idea.FindAudience(f.audience); err != nil {
		return in, nil, err
	}
	if !slices.Contains([]string{"last", "senaste", "senast"}, strings.ToLower(strings.TrimSpace(f.since))) {
		if in.Since, err = env.day(f.since); err != nil {
			return in, nil, err
		}
		if in.Since == "" {
			return in, nil, idea.Errorf(idea.Usage, "since when?").WithHint("say --since last, or a day such as 2026-11-01")
		}
	}
	if in.Parts, err = findAll(f.parts, idea.FindNewsletterPart); err != nil {
		return in, nil, err
	}
	if f.ahead < 0 || f.ahead > 3660 {
		return in, nil, idea.Errorf(idea.Usage, "%d is no number of days ahead", f.ahead).WithHint("give a number from 0 to 3660, such as 60")
	}
	if f.reach != "" && !f.sent {
		return in, nil, idea.Errorf(idea.Usage, "--reach needs --sent").WithHint("sluss spread reach records it later")
	}
	reach, err = idea.FindReach(f.reach)
	return in, reach, err
}

// newsletterFormat is the format that the flags or the ending of -o ask for.
func (env *Env) newsletterFormat() (string, error) {
	if env.flags.output == "-" {
		env.flags.output = ""
	}
	if env.flags.json || env.flags.jq != "" {
		return "json", nil
	}
	name := cmp.Or(env.flags.format, strings.TrimPrefix(filepath.Ext(env.flags.output), "."))
	switch {
	case name == "" && env.config.Get(config.Format) == "json":
		name = "json"
	case name == "":
		name = "md"
	case name == string(render.TableFormat):
		name = "txt"
	case name == "htm":
		name = "html"
	}
	if !slices.Contains(newsletterFormats, name) {
		return "", withNear(idea.Errorf(idea.Usage, "a newsletter cannot be written as %s", name).WithHint("the formats are: %s", strings.Join(newsletterFormats, ", ")), name, newsletterFormats)
	}
	if len(env.flags.fields) > 0 && name != "json" {
		return "", idea.Errorf(idea.Usage, "%s has no fields to choose", name)
	}
	return name, nil
}

func (env *Env) newsletter(c *cobra.Command, f newsletterFlags) error {
	format, err := env.newsletterFormat()
	if err != nil {
		return err
	}
	if env.flags.jq != "" {
		if err := render.CheckJQ(env.flags.jq); err != nil {
			return err
		}
	}
	in, reach, err := f.input(env)
	if err != nil {
		return err
	}
	d, err := env.desk(c.Context())
	if err != nil {
		return err
	}
	if f.sent {
		var made desk.Newsletter
		line, err := d.SendNewsletter(c.Context(), in, reach, func(n desk.Newsletter) (string, error) {
			made = n
			l, err := env.writeNewsletter(n, format)
			return l.Subject, err
		})
		if err != nil {
			return err
		}
		env.sayNewsletter(made)
		env.warn(env.t("recorded as spreading %d; sluss undo takes it back", line.ID))
		return nil
	}
	n, err := d.Newsletter(c.Context(), in)
	if err != nil {
		return err
	}
	l, err := env.writeNewsletter(n, format)
	if err != nil {
		return err
	}
	env.sayNewsletter(n)
	env.hintSent(n, l)
	return nil
}

// writeNewsletter writes a newsletter where the flags want it.
func (env *Env) writeNewsletter(n desk.Newsletter, format string) (letter.Letter, error) {
	l, err := env.view().NewsletterLetter(n, env.config.Get(config.Coach))
	if err != nil {
		return l, err
	}
	if format == "json" {
		return l, env.print(env.view().Newsletter(n, l))
	}
	markdown := term.SafeText(view.NewsletterMarkdown(l))
	write := func(w io.Writer) error {
		_, err := io.WriteString(w, markdown)
		return err
	}
	switch format {
	case "txt":
		write = func(w io.Writer) error {
			_, err := io.WriteString(w, render.PlainText(markdown)+"\n")
			return err
		}
	case "html", mailEnding:
		page, err := render.MailHTML(l.Subject, markdown, string(env.p.Lang()))
		if err != nil {
			return l, err
		}
		if write = func(w io.Writer) error { _, err := io.WriteString(w, page); return err }; format == mailEnding {
			// The same newsletter of one day gives the same bytes.
			draft := letter.Draft{Letter: letter.Letter{Subject: l.Subject, Body: render.PlainText(l.Body)}, HTML: page,
				ID: "newsletter-" + string(n.Audience), At: n.Today.Time(env.now().Location())}
			write = draft.WriteMail
		}
	}
	return l, env.writeOut(write)
}

// sayNewsletter tells what is not in a newsletter, and where it begins.
func (env *Env) sayNewsletter(n desk.Newsletter) {
	if n.First {
		env.warn(env.t("no newsletter to this audience (%s) is recorded: this one begins %d days back, on %s", n.Audience.Label(), desk.NewsDays, string(n.Since)))
	}
	if len(n.Before) > 0 {
		env.warn(env.t("left out, told to this audience before: %s; --again takes them in", joined(n.Before)))
	}
	if n.Lapsed > 0 {
		env.warn(env.p.N(n.Lapsed, "%d good example is left out: it names or shows somebody whose consent is missing", "%d good examples are left out: they name or show somebody whose consent is missing"))
	}
	if n.Older > 0 {
		env.hint(env.p.N(n.Older, "hint: %d older good example was never told to this audience; --since DAY takes it in", "hint: %d older good examples were never told to this audience; --since DAY takes them in"))
	}
}

func joined(numbers []int64) string {
	words := make([]string, len(numbers))
	for k, n := range numbers {
		words[k] = strconv.FormatInt(n, 10)
	}
	return strings.Join(words, " ")
}

// hintSent tells the command that records the newsletter when it has been sent.
func (env *Env) hintSent(n desk.Newsletter, l letter.Letter) {
	told := n.Spread(nil)
	if len(told.Stories)+len(told.Ideas) == 0 {
		return
	}
	words := append([]string{"sluss", "spread", "add"}, spans(told.Stories)...)
	for _, numbers := range spans(told.Ideas) {
		words = append(words, "--idea", numbers)
	}
	words = append(words, "--channel", string(told.Channel), "--audience", string(told.Audience), "--day", string(told.Day), "--text", l.Subject)
	env.hint(env.t("hint: when it is sent, record it: %s", shellquote.Join(words...)))
}

// spans writes numbers as commands take them, neighbours as one: 3, 7-9.
func spans(numbers []int64) (out []string) {
	numbers = slices.Sorted(slices.Values(numbers))
	for k := 0; k < len(numbers); {
		end := k
		for end+1 < len(numbers) && numbers[end+1] == numbers[end]+1 {
			end++
		}
		if end == k {
			out = append(out, strconv.FormatInt(numbers[k], 10))
		} else {
			out = append(out, fmt.Sprintf("%d-%d", numbers[k], numbers[end]))
		}
		k = end + 1
	}
	return out
}
