package interview

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"sluss/internal/idea"
	"sluss/internal/lang"
	"sluss/internal/term"
)

// plain asks line by line, without moving the cursor: for screen readers,
// terminals that know no escape sequences, and pipes.
type plain struct {
	base
	in *bufio.Reader
}

func newPlain(b base, in io.Reader) *plain { return &plain{b, bufio.NewReader(in)} }

func (p *plain) Line(q Question) (string, error) { return p.line(q, true) }

// line asks until the answer is good. At the end of the input the default is
// the answer, if that may be.
func (p *plain) line(q Question, endIsDefault bool) (string, error) {
	for {
		p.prompt(q)
		answer, ended := p.read()
		answer = strings.TrimSpace(answer)
		if answer == "?" && q.Help != "" {
			p.Say(q.Help)
			continue
		}
		if answer == "" {
			if ended && !endIsDefault {
				return "", cancelled()
			}
			answer = q.Default
		}
		problem := p.problem(q, answer)
		if problem == "" {
			return answer, nil
		}
		if ended {
			return "", cancelled()
		}
		p.Say(problem)
	}
}

func (p *plain) prompt(q Question) {
	text := term.Safe(q.Ask)
	if q.Help != "" {
		text += " [" + p.T("? for help") + "]"
	}
	if q.Default != "" {
		text += " (" + term.Safe(q.Default) + ")"
	}
	if !strings.HasSuffix(text, "?") {
		text += ":"
	}
	_, _ = io.WriteString(p.out, text+" ")
}

func (p *plain) Text(q Question) (string, error) {
	p.Say(term.Safe(q.Ask))
	if q.Help != "" {
		p.Say(q.Help)
	}
	if q.Default != "" {
		p.Say("(" + q.Default + ")")
	}
	for {
		p.Say("[" + p.T("two empty lines or Ctrl-D end the text") + "]")
		answer, ended := p.lines(q.Signs)
		if answer == "" {
			answer = q.Default
		}
		problem := p.problem(q, answer)
		if problem == "" {
			return answer, nil
		}
		if ended {
			return "", cancelled()
		}
		p.Say(problem)
	}
}

// lines reads until two empty lines, an empty first line, a sign in the first
// line, or the end.
func (p *plain) lines(signs []string) (text string, ended bool) {
	var lines []string
	for !ended {
		var line string
		line, ended = p.read()
		empty := strings.TrimSpace(line) == ""
		if empty && (len(lines) == 0 || strings.TrimSpace(lines[len(lines)-1]) == "") {
			break
		}
		lines = append(lines, line)
		if len(lines) == 1 && isSign(signs, line) {
			break
		}
	}
	return strings.TrimSpace(strings.Join(lines, "\n")), ended
}

func (p *plain) Choice(q Question) (string, error) {
	if len(q.Options) == 0 {
		return "", nothingToChoose()
	}
	p.Say(term.Safe(q.Ask))
	for i, o := range q.Options {
		p.Say(fmt.Sprintf("%3d  %s", i+1, term.Safe(o.Label)))
	}
	options, extra := q.Options, q.Check
	q.Ask = p.T("Number or name")
	if i := indexOf(options, q.Default); i >= 0 {
		q.Default = options[i].Label
	} else {
		q.Default = ""
	}
	q.Check = func(answer string) error {
		i := chosen(options, answer)
		if i < 0 {
			return idea.Errorf(idea.Usage, "%q is not one of the choices", answer)
		}
		if extra != nil {
			return extra(options[i].Value)
		}
		return nil
	}
	answer, err := p.line(q, false)
	if err != nil {
		return "", err
	}
	return options[chosen(options, answer)].Value, nil
}

// chosen is the option that is meant by its number, its name, or the only name
// that begins so; -1 is none.
func chosen(options []Option, answer string) int {
	answer = lang.Fold(answer)
	if answer == "" {
		return -1
	}
	begins := []int{}
	for i, o := range options {
		label := lang.Fold(o.Label)
		if label == answer || lang.Fold(o.Value) == answer {
			return i
		}
		if strings.HasPrefix(label, answer) {
			begins = append(begins, i)
		}
	}
	if n, err := strconv.Atoi(answer); err == nil && n >= 1 && n <= len(options) {
		return n - 1
	}
	if len(begins) == 1 {
		return begins[0]
	}
	return -1
}

func (p *plain) Confirm(q Question) (bool, error) {
	standard := q.Default
	answer, err := p.line(p.confirmation(q), false)
	yes, _ := yesOrNo(answer, standard)
	return yes && err == nil, err
}

// read reads a line without what keys such as the arrows leave in it. Ctrl-C
// that was typed before the first question counts as the end.
func (p *plain) read() (line string, ended bool) {
	line, err := p.in.ReadString('\n')
	if strings.ContainsRune(line, ctrlC) {
		return "", true
	}
	return withoutKeys(line), err != nil
}

func withoutKeys(line string) string {
	typed := []byte(line)
	var text []byte
	for len(typed) > 0 {
		n := sequence(typed)
		if n == 1 && (typed[0] >= ' ' && typed[0] != 0x7f || typed[0] == '\t') {
			text = append(text, typed[0])
		}
		typed = typed[n:]
	}
	return string(text)
}
