package config

import (
	"fmt"
	"strings"

	"github.com/agnivade/levenshtein"
)

// Error is something that is wrong with a setting or with the file of
// settings.
type Error struct {
	File         string // empty if the fault is not in a file
	Line, Column int    // from 1; 0 if unknown
	From         string // the flag or variable with the fault, such as SLUSS_LIMIT
	Key          Key
	Value        string
	Nearest      []string // legal keys or values that may have been meant
	text, hint   sentence
	cause        error
}

type sentence struct {
	format string
	args   []any
}

// Where is the place of the fault: file:line, a flag, a variable, or empty.
func (e *Error) Where() string {
	if e.Line > 0 {
		return fmt.Sprintf("%s:%d", e.File, e.Line)
	}
	return e.File + e.From
}

// Text says what is wrong, without the place, as an English format that can
// be translated.
func (e *Error) Text() (format string, args []any) { return e.text.format, e.text.args }

// Hint says what to do about it, as an English format that can be translated.
// The format is empty when there is nothing to say.
func (e *Error) Hint() (format string, args []any) {
	hint := e.hint
	if len(e.Nearest) > 0 {
		hint = say("did you mean %s?", strings.Join(e.Nearest, ", ")).text
	}
	return hint.format, hint.args
}

func (e *Error) Error() string {
	text := fmt.Sprintf(e.text.format, e.text.args...)
	if where := e.Where(); where != "" {
		text = where + ": " + text
	}
	if format, args := e.Hint(); format != "" {
		text += "; " + fmt.Sprintf(format, args...)
	}
	return text
}

func (e *Error) Unwrap() error { return e.cause }

// Problems is all that is wrong with the settings.
type Problems []*Error

func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, e := range p {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives the single errors to [errors.As] and [errors.Is].
func (p Problems) Unwrap() []error {
	errs := make([]error, len(p))
	for i, e := range p {
		errs[i] = e
	}
	return errs
}

func say(format string, args ...any) *Error {
	return &Error{text: sentence{format, args}}
}

func (e *Error) withHint(format string, args ...any) *Error {
	e.hint = sentence{format, args}
	return e
}

func (e *Error) because(err error) *Error {
	e.cause = err
	return e
}

// nearest picks the words that a misspelling is near.
func nearest(typed string, words []string) []string {
	typed = strings.ToLower(typed)
	var near []string
	for _, w := range words {
		prefix := len(typed) > 1 && (strings.HasPrefix(w, typed) || strings.HasPrefix(typed, w))
		if prefix || levenshtein.ComputeDistance(typed, w) <= len(w)/3 {
			near = append(near, w)
		}
	}
	return near
}

func unknownKey(name string) *Error {
	var keys []string
	for _, k := range Keys() {
		keys = append(keys, string(k.Key))
	}
	e := say("there is no setting %q", name).withHint("the settings are %s", strings.Join(keys, ", "))
	e.Key, e.Nearest = Key(name), nearest(name, keys)
	return e
}
