package interview

import (
	"slices"
	"strings"

	"github.com/AlecAivazis/survey/v2/terminal"
)

const (
	ctrlC  = '\x03'
	ctrlD  = '\x04'
	escape = '\x1b'
)

// keys is the keyboard as survey may see it: without the keys at which it
// stumbles, and with a Ctrl-D that ends a question rather than being lost.
type keys struct {
	terminal.FileReader
	typed []byte // before the first question
	queue []byte // translated and not read yet
	asked asked
	fresh bool // nothing was typed in this question
	ended bool // Ctrl-D was typed in this question
}

// asked is the kind of the question that is open.
type asked int

const (
	aLine asked = iota
	aText
	aChoice
)

// begin is for a new question. What is left of a Ctrl-D, which is several keys,
// is not meant for it.
func (k *keys) begin(a asked) {
	if k.ended {
		k.queue = nil
	}
	k.asked, k.fresh, k.ended = a, true, false
}

// Read gives a report of the cursor's place by itself: survey throws away what
// comes with it in one read.
func (k *keys) Read(p []byte) (int, error) {
	for len(k.queue) == 0 {
		typed, err := k.next(len(p))
		k.queue = k.translate(typed)
		if err != nil {
			return 0, err
		}
	}
	n := copy(p, throughReport(k.queue))
	k.queue = k.queue[n:]
	return n, nil
}

func (k *keys) next(most int) ([]byte, error) {
	if len(k.typed) > 0 {
		typed := k.typed
		k.typed = nil
		return typed, nil
	}
	buf := make([]byte, max(1, most))
	n, err := k.FileReader.Read(buf)
	return buf[:n], err
}

// throughReport is what comes before the end of the first report.
func throughReport(typed []byte) []byte {
	for i := 0; i < len(typed); {
		n := sequence(typed[i:])
		if isReport(typed[i : i+n]) {
			return typed[:i+n]
		}
		i += n
	}
	return typed
}

func (k *keys) translate(typed []byte) []byte {
	var out []byte
	for len(typed) > 0 {
		n := sequence(typed)
		key := typed[:n]
		typed = typed[n:]
		if isReport(key) {
			out = append(out, key...)
			continue
		}
		if k.asked == aText && k.fresh && isEnter(key) && len(typed) == 0 {
			out = append(out, '\n') // Enter skips a text; survey wants it twice
		}
		k.fresh = false
		out = append(out, k.translateKey(key)...)
	}
	return out
}

func isEnter(key []byte) bool { return key[0] == '\n' || key[0] == '\r' }

func (k *keys) translateKey(key []byte) []byte {
	switch {
	case key[0] == ctrlD:
		return k.end()
	case key[0] != escape:
		return key
	case len(key) == 1 && k.asked == aLine, isKnown(key):
		return key
	}
	return nil
}

// end is what Ctrl-D stands for: Enter in a line, the end of a text, and
// Ctrl-C in a choice.
func (k *keys) end() []byte {
	k.ended = true
	switch k.asked {
	case aText:
		return []byte("\n\n\n")
	case aChoice:
		return []byte{ctrlC}
	}
	return []byte{'\n'}
}

// sequence is the length of the key that typed begins with: of a byte, or of
// an escape sequence.
func sequence(typed []byte) int {
	if typed[0] != escape || len(typed) == 1 || typed[1] == escape {
		return 1
	}
	if typed[1] != '[' {
		if typed[1] == 'O' && len(typed) > 2 {
			return 3
		}
		return 2
	}
	for i := 2; i < len(typed); i++ {
		if typed[i] >= '@' && typed[i] <= '~' {
			return i + 1
		}
	}
	return len(typed)
}

// isKnown tells whether survey knows an escape sequence: the arrows, Home, End
// and Delete. At any other it fails or takes its end for typed letters.
func isKnown(key []byte) bool {
	name := strings.Replace(string(key), "\x1bO", "\x1b[", 1)
	return slices.Contains([]string{"\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[F", "\x1b[H", "\x1b[3~"}, name)
}

func isReport(key []byte) bool {
	return len(key) > 3 && key[0] == escape && key[1] == '[' && key[len(key)-1] == 'R'
}
