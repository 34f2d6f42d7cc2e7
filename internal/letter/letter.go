// Package letter writes letters to idea-givers from templates. It sends
// nothing.
package letter

import (
	"embed"
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template"
	"unicode/utf8"

	"sluss/internal/idea"
)

//go:embed templates/*.txt
var builtIn embed.FS

// BuiltIn is the template that the program brings with it, in Swedish for sv
// and else in English.
func BuiltIn(name idea.LetterName, lang string) idea.Template {
	if lang != "sv" {
		lang = "en"
	}
	text, err := builtIn.ReadFile("templates/" + string(name) + "." + lang + ".txt")
	if err != nil {
		panic(err) // only a name that is none of idea.LetterNames, nor of newsletters
	}
	return idea.Template{Name: name, Lang: lang, Text: strings.TrimSpace(string(text))}
}

// Data is what a template can use. A field that is not known is empty.
type Data struct {
	Number    int64
	Title     string
	Need      string
	Giver     string // name
	Coach     string
	Unit      string
	Stage     string
	Reason    string   // why it was closed, as a word
	Why       string   // what was said when it came to its stage
	Answer    string   // the newest answer
	AnswerDay idea.Day // when the giver got it; empty before
	AnswerBy  idea.Day // the day by which the first answer is promised
	Today     idea.Day
}

// Fields lists what a template can use.
func Fields() []string {
	return []string{"Number", "Title", "Need", "Giver", "Coach", "Unit", "Stage", "Reason", "Why", "Answer", "AnswerDay", "AnswerBy", "Today"}
}

// Letter is a letter that is ready to be sent by somebody.
type Letter struct {
	Subject string // one line
	Body    string
}

// Text is the letter with its subject in front.
func (l Letter) Text() string { return strings.TrimSpace(l.Subject + "\n\n" + l.Body) }

// Fill makes a letter of a template. The first line is the subject. It returns
// Usage with line and column if the template does not parse or uses something
// that there is not.
func Fill(t idea.Template, data Data) (Letter, error) { return fill(t, data, idea.MaxText) }

func fill(t idea.Template, data any, room int) (Letter, error) {
	parsed, err := parse(t.Text)
	if err != nil {
		return Letter{}, broken(t, place(t.Text, err))
	}
	out := &capped{room: room}
	if err := parsed.Execute(out, data); err != nil {
		return Letter{}, broken(t, place(t.Text, err))
	}
	subject, body, _ := strings.Cut(strings.TrimSpace(out.String()), "\n")
	return Letter{Subject: strings.Join(strings.Fields(subject), " "), Body: strings.TrimSpace(body)}, nil
}

// Check tells whether a template can be filled: with everything that it can
// use, and with nothing.
func Check(t idea.Template) error {
	if t.Name == idea.NewsletterTemplate {
		return checkNews(t)
	}
	whole := Data{Number: 14, Title: "a", Need: "a", Giver: "a", Coach: "a", Unit: "a", Stage: "a", Reason: "a", Why: "a",
		Answer: "a", AnswerDay: "2026-11-24", AnswerBy: "2026-11-24", Today: "2026-11-24"}
	for _, data := range []Data{whole, {}} {
		if _, err := Fill(t, data); err != nil {
			return err
		}
	}
	return nil
}

func parse(text string) (*template.Template, error) {
	return template.New("").Option("missingkey=error").Parse(text)
}

var errTooLong = errors.New("the letter is too long")

// capped holds a letter and takes no more than fits.
type capped struct {
	strings.Builder
	room int
}

func (c *capped) Write(p []byte) (int, error) {
	if c.room -= len(p); c.room < 0 {
		return 0, errTooLong
	}
	return c.Builder.Write(p)
}

// fault is where a template is wrong, and what is.
type fault struct {
	line, column int
	what         string // as text/template says it
}

func broken(t idea.Template, f fault) error {
	e := idea.Errorf(idea.Usage, "the template %s (%s) is wrong on line %d, column %d: %s", string(t.Name), t.Lang, f.line, f.column, told(f.what))
	if t.Name == idea.NewsletterTemplate {
		return e.WithHint("what a template can use: %s", NewsFields())
	}
	return e.WithHint("what a template can use: %s", "{{."+strings.Join(Fields(), "}} {{.")+"}}")
}

// said parts an error of text/template into the line, perhaps the byte in the
// line, and what is wrong.
func said(err error) []string {
	return regexp.MustCompile(`(?s)^template: :(\d+):(?:(\d+):)? ?(?:executing "" at )?(.*)$`).FindStringSubmatch(err.Error())
}

func place(text string, err error) fault {
	m := said(err)
	if m == nil {
		return fault{1, 1, err.Error()}
	}
	f := fault{what: m[3]}
	f.line, _ = strconv.Atoi(m[1])
	line := lineOf(text, f.line)
	if m[2] != "" {
		at, _ := strconv.Atoi(m[2])
		f.column = 1 + utf8.RuneCountInString(line[:min(at, len(line))])
		return f
	}
	f.column = column(text, f.line, f.what)
	return f
}

func lineOf(text string, n int) string {
	lines := strings.Split(text, "\n")
	if n < 1 || n > len(lines) {
		return ""
	}
	return lines[n-1]
}

// column finds the column of an error for which the parser tells only the line:
// it puts every word of the line, or else every action, on a line of its own
// and parses again.
func column(text string, line int, what string) int {
	lines := strings.Split(text, "\n")
	if line < 1 || line > len(lines) {
		return 1
	}
	row := lines[line-1]
	words, actions := regexp.MustCompile(`"(?:[^"\\]|\\.)*"|\{\{|[^\s{"]+`), regexp.MustCompile(`\{\{`)
	for _, beginning := range []*regexp.Regexp{words, actions} {
		pieces := split(row, beginning)
		_, err := parse(strings.Join(slices.Concat(lines[:line-1], pieces, lines[line:]), "\n"))
		if err == nil {
			continue
		}
		m := said(err)
		if m == nil || m[3] != what {
			continue
		}
		if n, _ := strconv.Atoi(m[1]); n >= line && n < line+len(pieces) {
			return 1 + utf8.RuneCountInString(strings.Join(pieces[:n-line], ""))
		}
	}
	return 1
}

// split parts a line where something begins; the pieces together are the line.
func split(row string, beginning *regexp.Regexp) (pieces []string) {
	last := 0
	for _, at := range beginning.FindAllStringIndex(row, -1) {
		if at[0] > 0 {
			pieces = append(pieces, row[last:at[0]])
			last = at[0]
		}
	}
	return append(pieces, row[last:])
}
