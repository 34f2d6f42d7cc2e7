package cmd

import (
	"bufio"
	"context"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"sluss/internal/idea"
	"sluss/internal/lang"
)

// maxNumbers is how many ideas one command may name.
const maxNumbers = 100_000

// numbers reads the numbers of ideas: 3, #3, 7-9, and - for standard input.
func (env *Env) numbers(words []string) ([]int64, error) {
	var out []int64
	seen := map[int64]bool{}
	for _, word := range words {
		if word == "-" {
			text, err := env.stdin()
			if err != nil {
				return nil, err
			}
			if words = strings.Fields(text); len(words) == 0 {
				return nil, idea.Errorf(idea.Usage, "standard input holds no number")
			}
			return env.numbers(dropDashes(words))
		}
		from, to, err := span(word)
		if err != nil {
			return nil, err
		}
		if len(out)+int(min(to-from, maxNumbers)) >= maxNumbers {
			return nil, idea.Errorf(idea.Usage, "%s is too many ideas at once; the most is %d", word, maxNumbers)
		}
		for n := from; n <= to; n++ {
			if !seen[n] {
				seen[n] = true
				out = append(out, n)
			}
		}
	}
	return out, nil
}

// dropDashes keeps a - on standard input from reading it again.
func dropDashes(words []string) []string {
	for i, w := range words {
		if w == "-" {
			words[i] = "?"
		}
	}
	return words
}

func span(word string) (from, to int64, err error) {
	left, right, ranged := strings.Cut(word, "-")
	from, err = number(left)
	to = from
	if err == nil && ranged {
		to, err = number(right)
	}
	if err != nil || to < from {
		return 0, 0, idea.Errorf(idea.Usage, "%q is no number of an idea", word).
			WithHint("write numbers such as 14, 3 7 12, 7-9, or - to read them from standard input")
	}
	return from, to, nil
}

func number(word string) (int64, error) {
	n, err := strconv.ParseInt(strings.TrimPrefix(word, "#"), 10, 64)
	if err == nil && n < 1 {
		err = strconv.ErrRange
	}
	return n, err
}

func isNumbers(word string) bool {
	if word == "-" {
		return true
	}
	_, _, err := span(word)
	return err == nil
}

// splitNumbers parts the numbers in front from the words behind them.
func splitNumbers(args []string) (numbers, rest []string) {
	for i, a := range args {
		if !isNumbers(a) {
			return args[:i], args[i:]
		}
	}
	return args, nil
}

// input is standard input. A signal ends the waiting for more of it.
func (env *Env) input() io.Reader {
	env.watchSignals()
	return input{env.streams.In, env.stopped}
}

type input struct {
	in      io.Reader
	stopped <-chan struct{}
}

func (i input) Read(p []byte) (int, error) {
	type result struct {
		n   int
		err error
	}
	read := make(chan result, 1)
	go func() {
		n, err := i.in.Read(p)
		read <- result{n, err}
	}()
	select {
	case r := <-read:
		return r.n, r.err
	case <-i.stopped:
		return 0, context.Canceled
	}
}

func (env *Env) stdin() (string, error) {
	text, err := io.ReadAll(io.LimitReader(bufio.NewReader(env.input()), idea.MaxText+1))
	return string(text), err
}

// atLeast refuses fewer arguments than a command needs; what names them.
func atLeast(n int, what idea.Word) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) >= n {
			return nil
		}
		return idea.Errorf(idea.Usage, "%s needs %s", c.CommandPath(), what).WithHint("%s --help shows how", c.CommandPath())
	}
}

// atMostOne refuses more than one argument.
func atMostOne(c *cobra.Command, args []string) error {
	if len(args) > 1 {
		return exactly(1, "")(c, args)
	}
	return nil
}

// exactly refuses any other number of arguments.
func exactly(n int, what idea.Word) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) > n {
			return idea.Errorf(idea.Usage, "%q is more than %s takes", args[n], c.CommandPath()).
				WithHint("put words with spaces between them in quotes")
		}
		return atLeast(n, what)(c, args)
	}
}

// day reads a day in words; the empty word is no day.
func (env *Env) day(word string) (idea.Day, error) {
	if word == "" {
		return "", nil
	}
	t, err := lang.ParseDay(word, env.now())
	if err != nil {
		return "", err
	}
	return idea.DayOf(t), nil
}

// period reads a period in words; the empty word is all time.
func (env *Env) period(word string) (idea.Period, error) {
	if word == "" {
		return idea.Period{}, nil
	}
	from, to, err := lang.ParsePeriod(word, env.now())
	if err != nil {
		return idea.Period{}, err
	}
	p := idea.Period{}
	if !from.IsZero() {
		p.From = idea.DayOf(from)
	}
	if !to.IsZero() {
		p.To = idea.DayOf(to)
	}
	return p, nil
}

// periodFlag is the period of --period, or all time without the flag. An empty
// one is refused: it is a variable that was not set.
func (env *Env) periodFlag(c *cobra.Command, word string) (idea.Period, error) {
	if word == "" && c.Flags().Changed("period") {
		return idea.Period{}, idea.Errorf(idea.Usage, "the period is empty").WithHint("leave --period out for all time")
	}
	return env.period(word)
}

// longText is a text given in words, read from standard input for -, or
// written in the editor when there is none and somebody can.
func (env *Env) longText(words []string, begin string) (string, error) {
	switch {
	case len(words) == 1 && words[0] == "-":
		return env.stdin()
	case len(words) > 0:
		return strings.Join(words, " "), nil
	case env.mayAsk():
		return env.edit(begin, "txt")
	}
	return "", nil
}
