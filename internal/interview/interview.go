// Package interview asks a person at a terminal: with lists and suggestions
// where the terminal can, else line by line.
package interview

import (
	"errors"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/AlecAivazis/survey/v2/terminal"

	"sluss/internal/idea"
	"sluss/internal/lang"
	"sluss/internal/term"
)

// Question is what is asked. Its texts are in the user's language already and
// need not be safe for a terminal.
type Question struct {
	Ask     string
	Help    string                       // shown for ?, and always above a text of several lines
	Default string                       // the answer to Enter; for a choice a Value, for a confirmation yes or no
	Options []Option                     // of a choice
	Signs   []string                     // first lines that are a whole text of several lines by themselves
	Suggest func(prefix string) []string // offered for Tab, where the terminal can
	Check   func(answer string) error    // an *idea.Error is shown translated; then the question is asked again
}

// Option is one of several answers.
type Option struct {
	Value string
	Label string
}

// Asker asks questions. Every method returns an *idea.Error of the kind
// Interrupted when the person cancels, with Ctrl-C, or with Ctrl-D where there
// must be an answer.
type Asker interface {
	Line(Question) (string, error)
	Text(Question) (string, error)   // several lines; may be empty
	Choice(Question) (string, error) // the Value of an option
	Confirm(Question) (bool, error)
	Say(text string)
}

// patience is how long a terminal may take to say where its cursor is. One
// that never does would make survey wait for ever.
const patience = time.Second

// New makes an Asker on the terminal of s, which must be one; see [Possible].
// It asks line by line if plain is set or the terminal cannot do more. The
// questions go to standard error, or to standard output if only that is the
// terminal.
func New(s *term.Streams, p lang.Printer, plain bool) Asker {
	base := base{p, screen(s)}
	in, readable := s.In.(terminal.FileReader)
	out, writable := base.out.(terminal.FileWriter)
	if plain || s.Dumb || !readable || !writable || !Possible(s) {
		return newPlain(base, s.In)
	}
	answers, typed := s.AnswersCursor(out, patience)
	if !answers {
		return newPlain(base, io.MultiReader(strings.NewReader(strings.ReplaceAll(string(typed), "\r", "\n")), s.In))
	}
	translateSurvey(p, s.Color)
	return &rich{base: base, keys: &keys{FileReader: in, typed: typed}, out: out}
}

// Possible tells whether there is a person to ask: the input and one of the
// outputs are terminals.
func Possible(s *term.Streams) bool { return s.InTTY && (s.ErrTTY || s.OutTTY) }

// Guard remembers how the terminal is now. The function it gives brings that
// back, echo and cursor; it is for a signal handler, since a question that is
// open when a signal ends the program leaves the terminal without both.
func Guard(s *term.Streams) (restore func()) {
	reset := s.Save()
	return func() {
		reset()
		if Possible(s) && !s.Dumb {
			_, _ = io.WriteString(screen(s), "\x1b[?25h")
		}
	}
}

func screen(s *term.Streams) io.Writer {
	if s.OutTTY && !s.ErrTTY {
		return s.Out
	}
	return s.Err
}

// base is what both askers share.
type base struct {
	lang.Printer
	out io.Writer
}

// Say shows a text of one or more lines.
func (b base) Say(text string) { _, _ = io.WriteString(b.out, term.SafeText(text)+"\n") }

// problem is what is wrong with an answer; empty if nothing is.
func (b base) problem(q Question, answer string) string {
	err := check(q, answer)
	if err == nil {
		return ""
	}
	var known *idea.Error
	if !errors.As(err, &known) {
		return term.Safe(err.Error())
	}
	text := b.T("%s", known.Text)
	if known.Hint.Format != "" {
		text += " (" + b.T("%s", known.Hint) + ")"
	}
	return term.Safe(text)
}

func check(q Question, answer string) error {
	if !utf8.ValidString(answer) || strings.ContainsRune(answer, utf8.RuneError) {
		return idea.Errorf(idea.Usage, "some of it is not UTF-8").
			WithHint("set the terminal to UTF-8, or write it without those letters")
	}
	if q.Check == nil {
		return nil
	}
	return q.Check(answer)
}

func cancelled() *idea.Error {
	return idea.Errorf(idea.Interrupted, "cancelled; nothing was saved")
}

func nothingToChoose() *idea.Error {
	return idea.Errorf(idea.Failure, "there is nothing to choose from")
}

// confirmation makes q a question for a yes or a no, in either language.
func (b base) confirmation(q Question) Question {
	hint := idea.Word("[y/n]")
	switch q.Default {
	case "yes":
		hint = "[Y/n]"
	case "no":
		hint = "[y/N]"
	}
	standard, extra := q.Default, q.Check
	q.Ask += " " + b.T("%s", hint)
	q.Default = ""
	q.Check = func(answer string) error {
		_, ok := yesOrNo(answer, standard)
		if !ok {
			return idea.Errorf(idea.Usage, "answer yes or no")
		}
		if extra != nil {
			return extra(answer)
		}
		return nil
	}
	return q
}

func yesOrNo(answer, standard string) (yes, ok bool) {
	if strings.TrimSpace(answer) == "" {
		answer = standard
	}
	switch lang.Fold(strings.TrimSpace(answer)) {
	case "j", "ja", "y", "yes":
		return true, true
	case "n", "nej", "no":
		return false, true
	}
	return false, false
}

// isSign tells whether the first line of a text is all of it.
func isSign(signs []string, line string) bool { return slices.Contains(signs, strings.TrimSpace(line)) }

func indexOf(options []Option, value string) int {
	return slices.IndexFunc(options, func(o Option) bool { return o.Value == value })
}
