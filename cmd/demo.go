package cmd

import (
	"context"
	_ "embed"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/kballard/go-shellquote"
	"github.com/spf13/cobra"

	"sluss/internal/config"
	"sluss/internal/file"
	"sluss/internal/idea"
	"sluss/internal/lang"
	"sluss/internal/term"
)

//go:embed demo/year.txt
var demoYear string

//go:embed demo/forslag.csv
var demoSuggestions string

func newDemo(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:   "demo DIR",
		Short: env.t("Play a made-up year of ideas, to see what sluss does"),
		Long: env.t(`Play a year of ideas in a town that does not exist: each command stands above
what it answers. The new folder DIR keeps the database and the files that were
exported, to play with. Your own database and settings are left alone.`),
		Example: "  sluss demo ./demo\n  sluss --db ./demo/sluss.db list",
		Args:    exactly(1, idea.Word("the name of a new folder")),
		RunE: func(c *cobra.Command, args []string) error {
			env.watchSignals()
			if err := refuseFull(args[0]); err != nil {
				return err
			}
			d := &demo{env: env, dir: args[0], now: env.now()}
			if err := d.suggestions(); err != nil {
				return err
			}
			return d.play(c.Context(), demoYear)
		},
	}
}

// refuseFull keeps the demonstration from writing among files of the user's.
func refuseFull(dir string) error {
	entries, err := os.ReadDir(dir)
	if os.IsNotExist(err) {
		return os.MkdirAll(dir, 0o700)
	}
	if err == nil && len(entries) > 0 {
		err = idea.Errorf(idea.Refused, "there are already files in %s", dir).WithHint("name a folder that does not exist yet")
	}
	return err
}

// demo plays a script: a command a line. A line with $ in front is shown above
// its answer, one with ! also, and must be refused; the others run unseen. A
// line with # is a heading, in English and Swedish. {30} is the day 30 days
// ago, {-30} the one in 30 days, and {dir} the folder.
type demo struct {
	env    *Env
	dir    string
	now    time.Time
	unseen int // commands since the last one that was shown
}

// suggestions writes the file that the script imports.
func (d *demo) suggestions() error {
	return file.Write(filepath.Join(d.dir, "forslag.csv"), 0o600, func(w io.Writer) error {
		_, err := io.WriteString(w, d.fill(demoSuggestions))
		return err
	})
}

func (d *demo) play(ctx context.Context, script string) error {
	d.say(term.Plain, d.env.t("A year of ideas in Granhamn, a town that does not exist.\nYou are Maja, an idea coach. All commands run with SLUSS_DB=%s.", d.db()))
	for line := range strings.Lines(script) {
		if err := d.line(ctx, d.fill(strings.TrimSpace(line))); err != nil {
			return err
		}
	}
	return d.farewell()
}

// farewell tells what is there now, and how to go on.
func (d *demo) farewell() error {
	entries, err := os.ReadDir(d.dir)
	if err != nil {
		return err
	}
	d.heading(d.env.t("Now you"))
	d.say(term.Plain, d.env.t("This is in %s now:", d.dir))
	for _, e := range entries {
		d.say(term.Plain, "  "+e.Name())
	}
	d.say(term.Plain, d.env.t("Go on with:"))
	for _, next := range []string{"list", "show 12", "search skola", "report units"} {
		d.say(term.Plain, "  sluss --db "+shellquote.Join(d.db())+" "+next)
	}
	return nil
}

func (d *demo) line(ctx context.Context, line string) error {
	mark, rest, _ := strings.Cut(line, " ")
	switch mark {
	case "":
		return nil
	case "#":
		english, swedish, _ := strings.Cut(rest, " | ")
		if d.env.p.Lang() == lang.Swedish {
			english = swedish
		}
		d.heading(english)
		return nil
	case "$", "!":
		d.tellUnseen()
		d.say(term.Bold, "\n$ "+rest)
		return d.run(ctx, rest, d.shown(), mark == "!")
	}
	d.unseen++
	return d.run(ctx, line, &term.Streams{In: strings.NewReader(""), Out: io.Discard, Err: io.Discard}, false)
}

func (d *demo) heading(text string) {
	d.tellUnseen()
	d.say(term.Bold, "\n"+strings.ToUpper(text))
}

func (d *demo) tellUnseen() {
	if d.unseen > 0 {
		d.say(term.Dim, "\n"+d.env.p.N(d.unseen, "(and %d more command like these)", "(and %d more commands like these)"))
	}
	d.unseen = 0
}

func (d *demo) say(style term.Style, text string) {
	for line := range strings.SplitSeq(text, "\n") {
		fmt.Fprintln(d.env.streams.Out, d.env.streams.Paint(style, term.Safe(line)))
	}
}

// shown is the streams of a command whose answer is shown: as on a terminal,
// wherever it goes, with nobody to ask and without hints.
func (d *demo) shown() *term.Streams {
	s := *d.env.streams
	s.In, s.InTTY, s.ErrTTY, s.OutTTY = strings.NewReader(""), false, false, true
	s.Err = s.Out
	if s.Width == 0 {
		s.Width = 80
	}
	return &s
}

// run gives a command to a program of its own. A command that must be refused
// and is not is an error.
func (d *demo) run(ctx context.Context, line string, s *term.Streams, refused bool) error {
	words, err := shellquote.Split(line)
	if err != nil {
		return err
	}
	child := newEnv(words[1:], d.getenv)
	child.streams = s
	defer child.close()
	ran, err := child.execute(ctx, words[1:])
	if !refused || err == nil {
		return err
	}
	e := child.explain(ran, err)
	if e.Kind != idea.Refused {
		return e
	}
	child.printError(e)
	d.say(term.Dim, d.env.t("(exit code %d)", e.Kind.Exit()))
	return nil
}

// getenv is the environment of the commands: nothing in it leads to the user's
// own files.
func (d *demo) getenv(name string) string {
	switch name {
	case "SLUSS_NOW", "TERM":
		return d.env.getenv(name)
	case config.DB.Variable():
		return d.db()
	case config.Coach.Variable():
		return "maja"
	case config.Lang.Variable():
		return string(d.env.p.Lang())
	}
	for _, key := range []config.Key{config.Timezone, config.Accessible, config.Quiet} {
		if name == key.Variable() {
			return d.env.config.Get(key)
		}
	}
	return ""
}

func (d *demo) db() string { return filepath.Join(d.dir, "sluss.db") }

// fill puts days and the folder into a text.
func (d *demo) fill(text string) string {
	return regexp.MustCompile(`\{(-?\d+|dir)\}`).ReplaceAllStringFunc(text, func(mark string) string {
		ago, err := strconv.Atoi(mark[1 : len(mark)-1])
		if err != nil {
			return shellquote.Join(d.dir)
		}
		return string(d.workday(ago))
	})
}

// workday is the day so many days ago, or the Friday before it on a weekend.
func (d *demo) workday(ago int) idea.Day {
	t := d.now.AddDate(0, 0, -ago)
	switch t.Weekday() {
	case time.Saturday:
		t = t.AddDate(0, 0, -1)
	case time.Sunday:
		t = t.AddDate(0, 0, -2)
	}
	return idea.DayOf(t)
}
