package interview

import (
	"strings"

	"github.com/AlecAivazis/survey/v2"
	"github.com/AlecAivazis/survey/v2/terminal"
)

// longText is a survey prompt for several lines, which two empty ones end.
// Survey's own leaves the text on the screen twice, or half of it.
type longText struct {
	survey.Renderer
	Message, Help, Hint, Default string
	Signs                        []string
}

const longTextTemplate = `
{{- color "green+hb"}}? {{color "reset"}}{{color "default+hb"}}{{ .Message }} {{color "reset"}}
{{- if .Default}}({{ .Default }}) {{end}}{{color "cyan"}}[{{ .Hint }}]{{color "reset"}}{{"\n"}}
{{- if .Help}}{{color "cyan"}}{{ .Help }}{{color "reset"}}{{"\n"}}{{end}}`

func (l *longText) Prompt(*survey.PromptConfig) (any, error) {
	if err := l.Render(longTextTemplate, l); err != nil {
		return "", err
	}
	keys := l.NewRuneReader()
	_ = keys.SetTermMode()
	defer func() { _ = keys.RestoreTermMode() }()
	lines, err := l.readLines(keys)
	if err != nil {
		return "", err
	}
	if len(lines) == 1 && isSign(l.Signs, lines[0]) {
		return strings.TrimSpace(lines[0]), nil
	}
	for range 2 {
		_ = l.NewCursor().PreviousLine(1)
	}
	if text := strings.TrimSpace(strings.Join(lines, "\n")); text != "" {
		return text, nil
	}
	return l.Default, nil
}

func (l *longText) readLines(keys *terminal.RuneReader) (lines []string, err error) {
	empty := false
	for {
		line, err := keys.ReadLine(0)
		if err != nil || len(line) == 0 && empty {
			return lines, err
		}
		empty = len(line) == 0
		lines = append(lines, string(line))
		if len(lines) == 1 && isSign(l.Signs, lines[0]) {
			return lines, nil
		}
	}
}

// Cleanup leaves the text as it was typed.
func (l *longText) Cleanup(*survey.PromptConfig, any) error { return nil }
