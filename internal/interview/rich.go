package interview

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"syscall"

	"github.com/AlecAivazis/survey/v2"
	"github.com/AlecAivazis/survey/v2/core"
	"github.com/AlecAivazis/survey/v2/terminal"

	"sluss/internal/idea"
	"sluss/internal/lang"
	"sluss/internal/term"
)

const pageSize = 10 // options that are shown at a time

// rich asks with survey.
type rich struct {
	base
	keys *keys
	out  terminal.FileWriter
}

func (r *rich) Line(q Question) (string, error) { return r.line(q, true) }

// line asks for a line. Ctrl-D gives the default, if that may be, and else
// cancels.
func (r *rich) line(q Question, endIsDefault bool) (string, error) {
	safe := term.Safe(q.Default)
	prompt := &survey.Input{Message: term.Safe(q.Ask), Help: term.Safe(q.Help), Default: safe, Suggest: suggestions(q.Suggest)}
	answer, stopped := "", false
	err := r.ask(aLine, prompt, &answer, func(typed string) string {
		problem := r.problem(q, meant(typed, q.Default))
		stopped = r.keys.ended && typed == safe && (problem != "" || !endIsDefault)
		if stopped {
			return ""
		}
		return problem
	})
	if err == nil && stopped {
		err = cancelled()
	}
	return meant(answer, q.Default), err
}

// meant is what a typed line means: the default as it was given, if the line is
// its safe form.
func meant(typed, standard string) string {
	if typed == term.Safe(standard) {
		return standard
	}
	return strings.TrimSpace(typed)
}

// suggestions leaves out what could not be shown as it is.
func suggestions(suggest func(string) []string) func(string) []string {
	if suggest == nil {
		return nil
	}
	return func(prefix string) []string {
		var out []string
		for _, s := range suggest(prefix) {
			if s == term.Safe(s) {
				out = append(out, s)
			}
		}
		return out
	}
}

func (r *rich) Text(q Question) (string, error) {
	prompt := &longText{Message: term.Safe(q.Ask), Help: term.Safe(q.Help), Default: term.SafeText(q.Default),
		Hint: r.T("two empty lines or Ctrl-D end the text"), Signs: q.Signs}
	answer := ""
	err := r.ask(aText, prompt, &answer, func(typed string) string { return r.problem(q, typed) })
	if answer == term.SafeText(q.Default) {
		answer = q.Default
	}
	return answer, err
}

func (r *rich) Choice(q Question) (string, error) {
	if len(q.Options) == 0 {
		return "", nothingToChoose()
	}
	width := max(20, term.Columns(r.out)-4)
	prompt := &survey.Select{Message: term.Safe(q.Ask), Help: term.Safe(q.Help), Default: max(0, indexOf(q.Options, q.Default)), PageSize: pageSize}
	prompt.Filter = func(typed, label string, _ int) bool { return strings.Contains(lang.Fold(label), lang.Fold(typed)) }
	for _, o := range q.Options {
		prompt.Options = append(prompt.Options, term.Cut(term.Safe(o.Label), width))
	}
	var at int
	err := r.askAny(aChoice, prompt, &at, func(answer any) string {
		option, _ := answer.(core.OptionAnswer)
		return r.problem(q, q.Options[option.Index].Value)
	})
	if err != nil {
		return "", err
	}
	return q.Options[at].Value, nil
}

func (r *rich) Confirm(q Question) (bool, error) {
	standard := q.Default
	answer, err := r.line(r.confirmation(q), false)
	yes, _ := yesOrNo(answer, standard)
	return yes && err == nil, err
}

func (r *rich) ask(a asked, prompt survey.Prompt, answer *string, problem func(string) string) error {
	return r.askAny(a, prompt, answer, func(v any) string {
		s, _ := v.(string)
		return problem(s)
	})
}

func (r *rich) askAny(a asked, prompt survey.Prompt, answer any, problem func(any) string) error {
	r.keys.begin(a)
	err := survey.AskOne(prompt, answer,
		survey.WithStdio(r.keys, r.out, r.out),
		survey.WithShowCursor(true),
		survey.WithValidator(func(v any) error {
			if text := problem(v); text != "" {
				r.keys.begin(a)
				return errors.New(text)
			}
			return nil
		}))
	switch {
	case err == nil:
		return nil
	case errors.Is(err, terminal.InterruptErr), errors.Is(err, io.EOF), errors.Is(err, syscall.EIO):
		return cancelled().Because(err)
	}
	return idea.Errorf(idea.Failure, "the terminal cannot be read").Because(err)
}

// translateSurvey gives survey our words, and colour or none. Survey has both
// only as variables of its packages, and its texts only in English; nothing
// else here touches them.
func translateSurvey(p lang.Printer, color bool) {
	core.DisableColor = !color
	survey.ErrorTemplate = `{{color "red"}}! {{ .Error.Error }}{{color "reset"}}` + "\n"
	survey.InputQuestionTemplate = fmt.Sprintf(inputTemplate,
		p.T("arrows move, Enter chooses, or type on"), p.T("? for help"), p.T("Tab for suggestions"))
	survey.SelectQuestionTemplate = fmt.Sprintf(selectTemplate,
		p.T("arrows move, type to filter, Enter chooses"), p.T("? for help"))
}

const inputTemplate = `
{{- if .ShowHelp }}{{color "cyan"}}{{ .Help }}{{color "reset"}}{{"\n"}}{{end}}
{{- color "green+hb"}}? {{color "reset"}}{{color "default+hb"}}{{ .Message }} {{color "reset"}}
{{- if .ShowAnswer}}{{color "cyan"}}{{ .Answer }}{{color "reset"}}{{"\n"}}
{{- else if .PageEntries -}}
  {{- .Answer }} [{{ %[1]q }}]{{"\n"}}
  {{- range $ix, $choice := .PageEntries}}
    {{- if eq $ix $.SelectedIndex }}{{color "cyan+b"}}> {{else}}{{color "default"}}  {{end}}
    {{- $choice.Value}}{{color "reset"}}{{"\n"}}
  {{- end}}
{{- else }}
  {{- $help := and .Help (not .ShowHelp)}}
  {{- if or $help .Suggest }}{{color "cyan"}}[
    {{- if $help }}{{ %[2]q }}{{end}}{{if and $help .Suggest }}, {{end}}{{if .Suggest }}{{ %[3]q }}{{end -}}
  ]{{color "reset"}} {{end}}
  {{- if .Default}}({{ .Default }}) {{end}}
{{- end}}`

const selectTemplate = `
{{- define "option"}}
  {{- if eq .SelectedIndex .CurrentIndex }}{{color "cyan+b"}}> {{else}}{{color "default"}}  {{end}}
  {{- .CurrentOpt.Value}}{{color "reset"}}
{{end}}
{{- if .ShowHelp }}{{color "cyan"}}{{ .Help }}{{color "reset"}}{{"\n"}}{{end}}
{{- color "green+hb"}}? {{color "reset"}}{{color "default+hb"}}{{ .Message }}{{ .FilterMessage }}{{color "reset"}}
{{- if .ShowAnswer}} {{color "cyan"}}{{ .Answer }}{{color "reset"}}{{"\n"}}
{{- else }} {{color "cyan"}}[{{ %[1]q }}{{if and .Help (not .ShowHelp)}}, {{ %[2]q }}{{end}}]{{color "reset"}}{{"\n"}}
  {{- range $ix, $option := .PageEntries}}{{template "option" $.IterateOption $ix $option}}{{end}}
{{- end}}`
