package cmd

import (
	"bufio"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"sluss/internal/config"
	"sluss/internal/file"
	"sluss/internal/idea"
	"sluss/internal/render"
)

// checkFormat refuses a format that there is not, or a wrong jq expression,
// before anything is done. The file - is standard output.
func (env *Env) checkFormat(c *cobra.Command, _ []string) error {
	if env.flags.output == "-" {
		env.flags.output = ""
	}
	env.title = c.Short
	format, err := env.format()
	switch {
	case err != nil:
		return err
	case format == render.SVG && !draws(c):
		return noChart()
	case env.notOnTerminal(format) != nil:
		return env.notOnTerminal(format)
	case env.flags.jq == "":
		return nil
	}
	return render.CheckJQ(env.flags.jq)
}

// draws tells whether the result of a command may have charts.
func draws(c *cobra.Command) bool {
	for ; c.HasParent(); c = c.Parent() {
		if c.Name() == "report" || c.CommandPath() == "sluss measure show" {
			return true
		}
	}
	return false
}

// notOnTerminal refuses a format that is no text when a person would read it.
func (env *Env) notOnTerminal(format render.Format) error {
	if format != render.XLSX || env.flags.output != "" || !env.streams.OutTTY {
		return nil
	}
	return idea.Errorf(idea.Usage, "a workbook cannot be shown in a terminal").WithHint("name a file with -o FILE.xlsx")
}

func noChart() *idea.Error {
	return idea.Errorf(idea.Usage, "there is no chart here to write as svg").WithHint("charts are in the reports: sluss report --help; html has them with their tables")
}

// format is what --json, --format, the ending of -o or the settings ask for.
func (env *Env) format() (render.Format, error) {
	if env.flags.json || env.flags.jq != "" {
		return render.JSON, nil
	}
	name := env.flags.format
	if name == "" {
		name = strings.TrimPrefix(filepath.Ext(env.flags.output), ".")
	}
	switch name {
	case "":
		name = env.config.Get(config.Format)
	case "txt":
		return render.TableFormat, nil
	case calendarEnding:
		return "", idea.Errorf(idea.Usage, "only sluss today, sluss mashup programme and sluss export ics make calendars").WithHint("sluss today -o sluss.ics")
	case feedEnding:
		return "", idea.Errorf(idea.Usage, "only sluss export rss makes feeds").WithHint("sluss export rss --link-base https://exempel.se/slussen/ -o exempel.rss")
	}
	var known []string
	for _, f := range render.Formats() {
		if string(f) == name {
			return f, nil
		}
		known = append(known, string(f))
	}
	e := idea.Errorf(idea.Usage, "there is no format %q", name).WithHint("the formats are: %s", strings.Join(known, ", "))
	return "", withNear(e, name, known)
}

// atTerminal tells whether the result is read by a person right now.
func (env *Env) atTerminal() bool {
	format, err := env.format()
	return err == nil && format == render.TableFormat && env.flags.output == "" && env.streams.OutTTY
}

// people tells whether names and contacts may be in the result: when asked for,
// and for the card of an idea on a coach's own screen.
func (env *Env) people() bool { return env.flags.people || env.atTerminal() }

// print writes a document where the flags want it.
func (env *Env) print(d render.Document) error {
	format, err := env.format()
	if err != nil {
		return err
	}
	o := render.Options{Format: format, Fields: env.flags.fields, JQ: env.flags.jq, Excel: env.config.Bool(config.Excel),
		Bare: env.config.Bool(config.Quiet), Lang: string(env.p.Lang()), Title: env.title}
	cut := 0
	o.Cut = &cut
	defer func() {
		if cut > 0 {
			env.warn(env.p.N(cut, "warning: %d text was too long for a cell of a workbook and is cut; csv and json have it whole",
				"warning: %d texts were too long for a cell of a workbook and are cut; csv and json have them whole"))
		}
	}()
	if env.rows != nil {
		*env.rows = 0
		d = d.Counted(env.rows)
	}
	if env.flags.output != "" {
		return env.printFile(env.flags.output, d, o)
	}
	o.TTY, o.Width, o.Color = env.streams.OutTTY, env.streams.Width, env.streams.Color
	o.ASCII = env.config.Bool(config.Accessible) || env.streams.ASCII
	out := bufio.NewWriter(env.streams.Out)
	if err := render.Write(out, d, o); err != nil {
		return err
	}
	return out.Flush()
}

func (env *Env) printFile(path string, d render.Document, o render.Options) error {
	return file.Write(path, 0o600, func(w io.Writer) error { return render.Write(w, d, o) })
}
