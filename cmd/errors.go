package cmd

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"sluss/internal/config"
	"sluss/internal/idea"
	"sluss/internal/lang"
	"sluss/internal/render"
	"sluss/internal/sheet"
	"sluss/internal/term"
)

// explain turns any error into one that says what is wrong and what to do.
func (env *Env) explain(ran *cobra.Command, err error) *idea.Error {
	var known *idea.Error
	if errors.As(err, &known) {
		return env.withNearest(known)
	}
	if errors.Is(err, context.Canceled) {
		return idea.Errorf(idea.Interrupted, "interrupted; nothing was changed").Because(err)
	}
	var problems config.Problems
	if errors.As(err, &problems) {
		return settingsError(problems)
	}
	var setting *config.Error
	if errors.As(err, &setting) {
		return settingsError(config.Problems{setting})
	}
	var date *lang.DateError
	if errors.As(err, &date) {
		return dateError(date)
	}
	var field *render.UnknownField
	if errors.As(err, &field) {
		e := idea.Errorf(idea.Usage, "there is no field %q", field.Name).WithHint("the fields are: %s", strings.Join(field.Known, ", "))
		return env.withNearest(withNear(e, field.Name, field.Known))
	}
	var jq *render.JQError
	if errors.As(err, &jq) {
		return idea.Errorf(idea.Usage, "the jq expression %q failed: %s", jq.Expr, jq.Err).WithHint("jqlang.org has a manual")
	}
	var picture *render.NoChart
	if errors.As(err, &picture) {
		return idea.Errorf(idea.Usage, "this report has nothing to draw for what you chose").WithHint("--format table shows what there is")
	}
	var table *sheet.Error
	if errors.As(err, &table) {
		return idea.Errorf(idea.Refused, table.Format, table.Args...).WithHint(table.Hint)
	}
	if e := flagError(ran, err); e != nil {
		return env.withNearest(e)
	}
	return systemError(err)
}

func withNear(e *idea.Error, got string, known []string) *idea.Error {
	e.Got, e.Near = got, known
	return e
}

// withNearest adds the names that may have been meant.
func (env *Env) withNearest(e *idea.Error) *idea.Error {
	if e.Got == "" {
		return e
	}
	near := lang.Nearest(e.Got, e.Near, 3)
	switch {
	case len(near) > 0:
		return e.WithHint("did you mean %s?", strings.Join(near, ", "))
	case e.Hint.Format == "" && len(e.Near) > 0 && len(e.Near) <= 40:
		return e.WithHint("there are: %s", strings.Join(slices.Compact(slices.Clone(e.Near)), ", "))
	case e.Hint.Format == "" && len(e.Near) == 0:
		return e.WithHint("there are none yet")
	}
	return e
}

func settingsError(problems config.Problems) *idea.Error {
	e := idea.Errorf(idea.Usage, "the settings are wrong")
	for _, p := range problems {
		format, args := p.Text()
		line := idea.Say("%s: %s", p.Where(), idea.Say(format, args...))
		if p.Where() == "" {
			line = idea.Say(format, args...)
		}
		e.More = append(e.More, line)
		if format, args := p.Hint(); format != "" {
			e.Hint = idea.Say(format, args...)
		}
	}
	if len(problems) == 1 {
		e.Text, e.More = e.More[0], nil
	}
	return e
}

func dateError(date *lang.DateError) *idea.Error {
	format, args := date.Message()
	e := &idea.Error{Kind: idea.Usage, Text: idea.Say(format, args...)}
	if format, args := date.Hint(); format != "" {
		e.Hint = idea.Say(format, args...)
	}
	return e
}

// flagError is for flags that were typed wrong; nil for other errors.
func flagError(ran *cobra.Command, err error) *idea.Error {
	help := func(e *idea.Error) *idea.Error {
		return e.WithHint("%s --help shows how", ran.CommandPath())
	}
	var missing *pflag.NotExistError
	if errors.As(err, &missing) {
		var known []string
		ran.Flags().VisitAll(func(f *pflag.Flag) { known = append(known, "--"+f.Name) })
		name := missing.GetSpecifiedName()
		switch {
		case missing.GetSpecifiedShortnames() != "" && ran.Name() == "tag":
			return idea.Errorf(idea.Usage, "there is no flag -%s", name).WithHint("to take the tag %s away: sluss tag NUMBER --remove %s", name, name)
		case missing.GetSpecifiedShortnames() != "":
			return help(idea.Errorf(idea.Usage, "there is no flag -%s", name))
		}
		return withNear(help(idea.Errorf(idea.Usage, "there is no flag --%s", name)), "--"+name, known)
	}
	var value *pflag.ValueRequiredError
	if errors.As(err, &value) {
		return help(idea.Errorf(idea.Usage, "the flag --%s needs a value", value.GetFlag().Name))
	}
	var invalid *pflag.InvalidValueError
	if errors.As(err, &invalid) {
		return help(idea.Errorf(idea.Usage, "%q is no value for the flag --%s", invalid.GetValue(), invalid.GetFlag().Name))
	}
	var syntax *pflag.InvalidSyntaxError
	if errors.As(err, &syntax) {
		return help(idea.Errorf(idea.Usage, "%q is no flag", syntax.GetSpecifiedFlag()))
	}
	return nil
}

// systemError is for what the operating system refused.
func systemError(err error) *idea.Error {
	var path *fs.PathError
	name := ""
	if errors.As(err, &path) {
		name = path.Path
	}
	switch {
	case errors.Is(err, syscall.ENOSPC) && name == "":
		return idea.Errorf(idea.Failure, "the result could not be written: the disk is full").Because(err)
	case errors.Is(err, syscall.ENOSPC):
		return idea.Errorf(idea.Failure, "%s could not be written: the disk is full", name).WithHint("make room and try again").Because(err)
	case errors.Is(err, fs.ErrPermission):
		return idea.Errorf(idea.Failure, "no permission to use %s", name).WithHint("check who owns the file and the folder").Because(err)
	case errors.Is(err, fs.ErrNotExist):
		return idea.Errorf(idea.NotFound, "there is no file or folder %s", name).Because(err)
	case path != nil:
		return idea.Errorf(idea.Failure, "%s could not be used: %s", name, path.Err).Because(err)
	}
	return idea.Errorf(idea.Failure, "%s", err).Because(err)
}

// printError writes an error to standard error: lines for people, one object
// with --json.
func (env *Env) printError(e *idea.Error) {
	message := env.t("%s", e.Text)
	for _, line := range e.More {
		message += "\n  " + env.t("%s", line)
	}
	hint := ""
	if e.Hint.Format != "" {
		hint = env.t("%s", e.Hint)
	}
	if env.wantsJSON() {
		object := struct {
			Code    string  `json:"code"`
			Exit    int     `json:"exit"`
			Message string  `json:"message"`
			Hint    *string `json:"hint"`
		}{e.Kind.String(), e.Kind.Exit(), message, nil}
		if hint != "" {
			object.Hint = &hint
		}
		encoder := json.NewEncoder(env.streams.Err)
		encoder.SetEscapeHTML(false)
		_ = encoder.Encode(object)
		return
	}
	fmt.Fprintln(env.streams.Err, "sluss: "+term.SafeText(message))
	if hint != "" {
		fmt.Fprintln(env.streams.Err, env.t("hint: %s", term.SafeText(hint)))
	}
}

func (env *Env) wantsJSON() bool {
	return env.json || env.config.Get(config.Format) == "json"
}
