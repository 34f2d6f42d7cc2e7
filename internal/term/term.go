// Package term knows the streams of the program: which are terminals, how wide
// and coloured they are, and which text is safe to show on them.
package term

import (
	"cmp"
	"io"
	"os"
	"strconv"
	"strings"

	xterm "golang.org/x/term"
)

// Streams is where the program reads and writes, and what is known of it.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
	InTTY    bool
	OutTTY   bool
	ErrTTY   bool
	Width    int  // columns of the terminal that Out is; 0 is unknown or no terminal
	Color    bool // Out may be coloured
	Dumb     bool // the terminal knows no escape sequences
	ASCII    bool // Out is a terminal that shows no other signs for drawings
}

// System is the streams of the process. The argument color is what the user
// asked for: always, never, or anything else for what the terminal and the
// environment say (NO_COLOR, CLICOLOR_FORCE, TERM). COLUMNS goes before the
// width that the terminal tells.
func System(getenv func(string) string, color string) *Streams {
	s := &Streams{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		InTTY: isTerminal(os.Stdin), OutTTY: isTerminal(os.Stdout), ErrTTY: isTerminal(os.Stderr),
		Dumb: getenv("TERM") == "dumb",
	}
	if s.OutTTY {
		s.Width = columns(getenv("COLUMNS"), os.Stdout)
		s.ASCII = s.Dumb || !unicodeLocale(getenv)
	}
	s.Color = wantsColor(getenv, color, s) && acceptsEscapes(os.Stdout, s.OutTTY)
	return s
}

// unicodeLocale tells whether the locale of the environment writes in UTF-8. Where
// nothing is said it does, as terminals do today. The order of the variables is
// that of POSIX (Base Definitions, 8.2).
func unicodeLocale(getenv func(string) string) bool {
	locale := cmp.Or(getenv("LC_ALL"), getenv("LC_CTYPE"), getenv("LANG"))
	if locale == "C" || locale == "POSIX" {
		return false
	}
	_, charset, named := strings.Cut(locale, ".")
	charset, _, _ = strings.Cut(strings.ToUpper(charset), "@")
	return !named || charset == "UTF-8" || charset == "UTF8"
}

func isTerminal(f *os.File) bool { return xterm.IsTerminal(int(f.Fd())) }

func columns(env string, w io.Writer) int {
	if n, err := strconv.Atoi(env); err == nil && n > 0 {
		return n
	}
	return Columns(w)
}

// Columns is the width of the terminal that w is; 0 if it is none or does not
// know.
func Columns(w io.Writer) int {
	f, ok := w.(interface{ Fd() uintptr })
	if !ok {
		return 0
	}
	width, _, err := xterm.GetSize(int(f.Fd()))
	if err != nil || width < 0 {
		return 0
	}
	return width
}

func wantsColor(getenv func(string) string, color string, s *Streams) bool {
	switch color {
	case "always":
		return true
	case "never":
		return false
	}
	if getenv("NO_COLOR") != "" {
		return false
	}
	if force := getenv("CLICOLOR_FORCE"); force != "" && force != "0" {
		return true
	}
	return s.OutTTY && !s.Dumb
}

// Style is a way to paint text.
type Style string

// The styles, as the parameters of the escape sequence that selects them.
const (
	Plain  Style = ""
	Bold   Style = "1"
	Dim    Style = "2"
	Red    Style = "31"
	Green  Style = "32"
	Yellow Style = "33"
)

// Paint gives text in a style where colour is wanted, and text itself
// otherwise. It does not make text safe.
func (s *Streams) Paint(style Style, text string) string {
	if !s.Color || style == Plain || text == "" {
		return text
	}
	return "\x1b[" + string(style) + "m" + text + "\x1b[0m"
}

// Save remembers the state of the terminal that is read from and gives a
// function that brings it back, echo and all. The function may be called at
// any time, more than once, and does nothing if In is no terminal.
func (s *Streams) Save() (restore func()) {
	f, ok := s.In.(interface{ Fd() uintptr })
	if !ok {
		return func() {}
	}
	state, err := xterm.GetState(int(f.Fd()))
	if err != nil {
		return func() {}
	}
	return func() { _ = xterm.Restore(int(f.Fd()), state) }
}
