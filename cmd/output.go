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
	if _, err := env.format(); err != nil || env.flags.jq == "" {
		return err
	}
	return render.CheckJQ(env.flags.jq)
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
		return "", idea.Errorf(idea.Usage, "only sluss today makes a calendar").WithHint("sluss today -o sluss.ics")
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
		Bare: env.config.Bool(config.Quiet)}
	if env.flags.output != "" {
		return env.printFile(env.flags.output, d, o)
	}
	o.TTY, o.Width, o.Color = env.streams.OutTTY, env.streams.Width, env.streams.Color
	o.ASCII = env.config.Bool(config.Accessible) || env.streams.Dumb
	out := bufio.NewWriter(env.streams.Out)
	if err := render.Write(out, d, o); err != nil {
		return err
	}
	return out.Flush()
}

func (env *Env) printFile(path string, d render.Document, o render.Options) error {
	return file.Write(path, 0o600, func(w io.Writer) error { return render.Write(w, d, o) })
}
