package cmd

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kballard/go-shellquote"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/view"
)

// savable are the commands that can be saved: they read, and what they write is
// the file of -o, or the folder of a site. The database is held shut while they run.
const savable = `|
activity list|agenda|board|coach list|contact list|effect list|forum list|forum show|giver list|list|log|
mashup badges|mashup list|mashup outcome list|mashup participants|mashup programme|mashup session list|mashup show|mashup summary|
measure list|measure show|minutes|network list|network show|newsletter|search|show|similar|spread list|stage list|story list|story show|
target list|test list|today|unit list|uptake list|
export csv|export md|export json|export html|export xlsx|export rss|export ics|export site|
report|report aging|report anchoring|report answers|report closed|report coaches|report effect|report explain|report flow|report funnel|
report givers|report mashup|report realised|report spread|report targets|report tests|report time|report trend|report units|report year|`

func isSavable(path string) bool {
	return strings.Contains(strings.ReplaceAll(savable, "\n", ""), "|"+path+"|")
}

// newExports are the exports, and those that are saved.
func newExports(env *Env) *cobra.Command {
	c := newExport(env)
	c.AddCommand(newExportSave(env), newExportList(env), newExportShow(env), newExportRun(env), newExportRename(env), newExportRemove(env))
	return c
}

func newExportSave(env *Env) *cobra.Command {
	var replace bool
	c := &cobra.Command{
		Use:   "save NAME COMMAND... -o FILE",
		Short: env.t("Save an export under a name: filters, columns, format, file"),
		Long: env.t(`Save an export under a name, to run it again with sluss export run or on schedule.
What stands after NAME is kept as you type it: the words of an export (csv --stage
test), a report (report flow --period last-month), a list or a programme: any
command that only reads, and writes the file of -o. It is run once for trial, and
refused if it fails; the file is not written yet.

Days and periods keep their words: last-month is the month before the day of each
run. The file may have marks for that day: {date} is 2026-11-25, {year} 2026,
{quarter} 2026-q4, {month} 2026-11, {week} 2026-W48, and {period} the period of the
command. Its folder must be there. Without --with-people names are left out of it.
--lang and --as may be saved too; otherwise they are those of the run. A site names
its folder instead of a file.`),
		Example: `  sluss export save ideer csv --stage test --fields number,title -o "ut/ideer-{date}.csv"
  sluss export save flode report flow --period last-month --format html -o "ut/flode-{period}.html"
  sluss export save --replace aret report year last-year -o aret.md
  sluss export save webben site --link-base https://exempel.se/exempel/ webb/exempel`,
		Args: atLeast(2, idea.Word("a name and a command, such as csv")),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) != 1 {
				return nil, cobra.ShellCompDirectiveDefault
			}
			return []string{"csv", "md", "list", "report", "today"}, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(c *cobra.Command, args []string) error {
			name, err := idea.CheckProfileName(args[0])
			if err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			p, err := env.readProfile(c.Context(), d, args[1:])
			if err != nil {
				return err
			}
			p.Name = name
			line, err := d.SaveProfile(c.Context(), p, replace)
			if err != nil {
				return err
			}
			return env.print(env.view().Saved(line, "saved"))
		},
	}
	c.Flags().SetInterspersed(false) // what stands behind the name belongs to what is saved
	c.Flags().BoolVar(&replace, "replace", false, env.t("put it in the place of one with that name; this stands before NAME"))
	return c
}

// withoutSaved is a command line up to the name of the export that it saves:
// the flags behind it are those of another command.
func withoutSaved(args []string) []string {
	for k := range args {
		if k+1 < len(args) && args[k] == "export" && args[k+1] == "save" {
			for end := k + 2; end < len(args); end++ {
				if !strings.HasPrefix(args[end], "-") && !slices.Contains([]string{"--db", "--lang", "--as", "--format"}, args[end-1]) {
					return args[:end]
				}
			}
		}
	}
	return args
}

// readProfile makes a profile of the words of a command and runs it for trial.
func (env *Env) readProfile(ctx context.Context, d *desk.Desk, words []string) (p idea.Profile, err error) {
	call, err := env.readCall(words)
	if err != nil {
		return p, err
	}
	if p.File, err = call.target(); err != nil {
		return p, err
	}
	if err := call.checkTags(ctx, d); err != nil {
		return p, err
	}
	p.Command, p.People = shellquote.Join(call.words...), call.env.flags.people
	work, err := env.workFolder()
	if err != nil {
		return p, err
	}
	folder, err := os.MkdirTemp(work, "trial-*")
	if err != nil {
		return p, err
	}
	defer os.RemoveAll(folder)
	_, err = call.run(ctx, filepath.Join(folder, filepath.Base(p.File)))
	return p, err
}

// call is the words of a command that can be saved, and the command that they
// name.
type call struct {
	env     *Env // of the command itself
	words   []string
	command *cobra.Command
	output  string // what -o says, or the folder that a site is written into
	site    bool   // it writes a folder
}

// readCall reads the words of a command. It returns Usage for one that is typed
// wrong, and for one that cannot be saved.
func (env *Env) readCall(words []string) (*call, error) {
	if strings.HasPrefix(words[0], "-") {
		return nil, notSavable(strings.Join(words, " "))
	}
	if isSavable("export " + words[0]) {
		words = append([]string{"export"}, words...)
	}
	child := env.child(words)
	root := newRoot(child)
	c, rest, err := root.Find(words)
	if err == nil {
		err = c.ParseFlags(rest)
	}
	if err != nil {
		return nil, child.explain(c, err)
	}
	if c == root {
		return nil, child.explain(c, child.subcommand(root, words))
	}
	path := strings.TrimPrefix(c.CommandPath(), root.Name()+" ")
	if !isSavable(path) {
		return nil, notSavable(strings.Join(words, " "))
	}
	for _, flag := range []string{"db", "each", "help"} {
		if f := c.Flags().Lookup(flag); f != nil && f.Changed {
			return nil, idea.Errorf(idea.Usage, "--%s cannot be saved: a saved export reads its own database and writes one file", flag).
				WithHint("%s --help shows how", "sluss export save")
		}
	}
	if path == siteCommand {
		words, folder, err := withoutFolder(c, words)
		return &call{env: child, words: words, command: c, output: folder, site: true}, err
	}
	if f := c.Flags().Lookup("sent"); path == "newsletter" && f != nil && f.Changed {
		return nil, idea.Errorf(idea.Usage, "--sent cannot be saved: a saved export only reads").
			WithHint("send the newsletter that it made, and record it with sluss spread add")
	}
	words = withoutOutput(c.Flags(), words)
	return &call{env: child, words: words, command: c, output: child.flags.output}, nil
}

// siteCommand is the command that writes a folder.
const siteCommand = "export site"

// withoutFolder is the words of a site without its folder, and the folder; empty
// for words that are saved already.
func withoutFolder(c *cobra.Command, words []string) (kept []string, folder string, err error) {
	args := c.Flags().Args()
	switch {
	case c.Flags().Changed("output"):
		return nil, "", idea.Errorf(idea.Usage, "a site is written into its folder: leave -o out")
	case len(args) == 0:
		return words, "", nil
	case len(args) > 1:
		return nil, "", oneSite()
	}
	plain := 0
	for k := 0; k < len(words) && words[k] != "--"; k++ {
		_, _, takesNext := flagWord(c.Flags(), words[k])
		if !strings.HasPrefix(words[k], "-") {
			if plain++; plain > len(strings.Fields(siteCommand)) {
				continue
			}
		}
		kept = append(kept, words[k])
		if takesNext && k+1 < len(words) {
			k++
			kept = append(kept, words[k])
		}
	}
	return kept, args[0], nil
}

func notSavable(words string) error {
	return idea.Errorf(idea.Usage, "%q cannot be saved: only commands that read, and write one file, can", words).
		WithHint("such as csv, md, list, report flow, story list or mashup programme, each with -o FILE")
}

// withoutOutput is words without -o and its value.
func withoutOutput(flags *pflag.FlagSet, words []string) (kept []string) {
	for k := 0; k < len(words); k++ {
		word := words[k]
		if word == "--" {
			return append(kept, words[k:]...)
		}
		name, output, takesNext := flagWord(flags, word)
		switch {
		case output:
			if name != "-" {
				kept = append(kept, name)
			}
		default:
			kept = append(kept, word)
		}
		if takesNext && k+1 < len(words) {
			k++
			if !output {
				kept = append(kept, words[k])
			}
		}
	}
	return kept
}

// flagWord tells of a word whether -o is its last flag, what of it stands before
// that (- alone is nothing), and whether the next word is its value.
func flagWord(flags *pflag.FlagSet, word string) (before string, output, takesNext bool) {
	long, isLong := strings.CutPrefix(word, "--")
	if isLong {
		name, _, valued := strings.Cut(long, "=")
		f := flags.Lookup(name)
		return "-", name == "output", f != nil && f.NoOptDefVal == "" && !valued
	}
	if len(word) < 2 || word[0] != '-' {
		return word, false, false
	}
	for k := 1; k < len(word); k++ {
		f := flags.ShorthandLookup(word[k : k+1])
		if f == nil || f.NoOptDefVal != "" {
			continue
		}
		return word[:k], f.Name == "output", k == len(word)-1
	}
	return word, false, false
}

func oneSite() error {
	return idea.Errorf(idea.Usage, "a saved site needs one folder to write").WithHint("name it at the end, such as webb/exempel")
}

// target is the file of the call as it is kept: an absolute path, with its marks.
// A folder without marks must be there.
func (c *call) target() (string, error) {
	if c.site && c.output == "" {
		return "", oneSite()
	}
	if !c.site && (c.output == "" || c.output == "-" || os.IsPathSeparator(c.output[len(c.output)-1])) {
		return "", idea.Errorf(idea.Usage, "a saved export needs a file to write").WithHint("name it at the end with -o, such as -o %s", "ideer-{date}.csv")
	}
	path, err := filepath.Abs(c.output)
	if err != nil {
		return "", err
	}
	if _, err := c.fill(path); err != nil {
		return "", err
	}
	if folder := filepath.Dir(path); !strings.Contains(folder, "{") {
		err = checkFolder(folder)
	}
	return path, err
}

// checkTags refuses a tag that no idea has: a list takes any, but one that is
// misspelt would write empty files from now on.
func (c *call) checkTags(ctx context.Context, d *desk.Desk) error {
	if c.command.Flags().Lookup("tag") == nil {
		return nil
	}
	wanted, err := c.command.Flags().GetStringArray("tag")
	if err != nil || len(wanted) == 0 {
		return err
	}
	tags, err := d.Tags(ctx)
	if err != nil {
		return err
	}
	for _, word := range wanted {
		tag, err := idea.CleanTag(strings.TrimPrefix(word, "-"))
		if err != nil {
			return err
		}
		if _, known := tags[tag]; !known {
			return idea.Unknown("tag", tag, slices.Sorted(maps.Keys(tags)))
		}
	}
	return nil
}

func checkFolder(folder string) error {
	info, err := os.Stat(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return idea.Errorf(idea.NotFound, "there is no folder %s", folder).WithHint("make it, or give the export another file").Because(err)
	case err == nil && !info.IsDir():
		return idea.Errorf(idea.NotFound, "%s is no folder", folder)
	}
	return err
}

// fill puts the time of now into the marks of a path.
func (c *call) fill(path string) (string, error) {
	period, err := c.period()
	if err != nil {
		return "", c.env.explain(c.command, err)
	}
	return idea.FillMarks(path, c.env.now(), period)
}

func newExportList(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Aliases: []string{"ls"},
		Short:   env.t("List the saved exports, and which of them spread names"),
		Example: "  sluss export list",
		Args:    none,
		RunE: func(c *cobra.Command, _ []string) error {
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			lines, err := d.Profiles(c.Context())
			if err != nil {
				return err
			}
			return env.print(env.view().Profiles(lines))
		},
	}
}

func newExportShow(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:               "show NAME",
		Short:             env.t("Show a saved export: its command, file, schedule and last run"),
		Example:           "  sluss export show ideer",
		Args:              exactly(1, idea.Word("the name of a saved export")),
		ValidArgsFunction: firstArg(env.completeProfiles),
		RunE: func(c *cobra.Command, args []string) error {
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			lines, err := d.FindProfiles(c.Context(), args)
			if err != nil {
				return err
			}
			line := env.scheduleLine(lines[0])
			file := line.File
			if call, err := env.savedCall(line.Profile); err == nil {
				if filled, err := call.fill(file); err == nil {
					file = filled
				}
			}
			return env.print(env.view().Profile(line.ProfileLine, file, line.Next))
		},
	}
}

func newExportRename(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:               "rename NAME NEW",
		Short:             env.t("Give a saved export another name"),
		Example:           "  sluss export rename ideer ideer-varje-vecka",
		Args:              exactly(2, idea.Word("the name of a saved export and the new one")),
		ValidArgsFunction: firstArg(env.completeProfiles),
		RunE: func(c *cobra.Command, args []string) error {
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			line, err := d.RenameProfile(c.Context(), args[0], args[1])
			if err != nil {
				return err
			}
			return env.print(env.view().Saved(line, "renamed"))
		},
	}
}

func newExportRemove(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:               "remove NAME...",
		Short:             env.t("Take saved exports away; the files that they wrote stay"),
		Example:           "  sluss export remove ideer",
		Args:              atLeast(1, idea.Word("the name of a saved export")),
		ValidArgsFunction: env.completeProfiles,
		RunE: func(c *cobra.Command, args []string) error {
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			lines, err := d.RemoveProfiles(c.Context(), args)
			if err != nil {
				return err
			}
			return env.print(env.view().Removed(lines))
		},
	}
}

// completeProfiles offers the saved exports.
func (env *Env) completeProfiles(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return env.offers(func(ctx context.Context, d *desk.Desk) (out []string) {
		lines, _ := d.Profiles(ctx)
		for _, l := range lines {
			out = append(out, l.Name+"\t"+l.Command)
		}
		return out
	})
}

// savedCall reads the command of a profile again.
func (env *Env) savedCall(p idea.Profile) (*call, error) {
	words, err := shellquote.Split(p.Command)
	if err != nil || len(words) == 0 {
		return nil, idea.Errorf(idea.Failure, "the command of %s cannot be read: %s", p.Name, p.Command).Because(err)
	}
	return env.readCall(words)
}

// scheduleLine is a profile with the next time of its schedule.
func (env *Env) scheduleLine(l desk.ProfileLine) view.ScheduleLine {
	out := view.ScheduleLine{ProfileLine: l}
	if l.Schedule != nil {
		out.Next = l.Schedule.Every.Next(env.now())
	}
	return out
}
