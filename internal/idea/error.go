package idea

import (
	"errors"
	"fmt"
)

// Kind says what sort of failure an Error is. Each kind has an exit code of
// its own; see [Kind.Exit].
type Kind int

const (
	Failure     Kind = iota + 1 // something outside went wrong: a disk, a stream
	Usage                       // the command was typed wrong
	NotFound                    // what was named does not exist
	Refused                     // a rule says no: a gate, a conflict
	Busy                        // somebody else is writing; the same command may work later
	Unusable                    // the database is damaged, not ours or too new
	Interrupted                 // the user pressed Ctrl-C or cancelled a question
)

// Exit is the documented exit code of the kind.
func (k Kind) Exit() int {
	switch k {
	case Usage, NotFound, Refused, Busy, Unusable:
		return int(k)
	case Interrupted:
		return 130
	default:
		return 1
	}
}

// String is the stable word that stands as "code" in JSON errors.
func (k Kind) String() string {
	switch k {
	case Usage:
		return "usage"
	case NotFound:
		return "not_found"
	case Refused:
		return "refused"
	case Busy:
		return "busy"
	case Unusable:
		return "unusable"
	case Interrupted:
		return "interrupted"
	default:
		return "failure"
	}
}

// Text is a sentence that can be translated: the English format is the key to
// the other languages. An argument may itself be a Text or a Word.
type Text struct {
	Format string
	Args   []any
}

// Word is an argument that is translated before it is put into a sentence.
type Word string

// Names is what something is called in each language.
type Names struct{ EN, SV string }

// Localize gives the sentence in a language; t translates an English format
// and fills it.
func (t Text) Localize(_ string, translate func(string, ...any) string) string {
	return translate(t.Format, t.Args...)
}

// Localize gives the word in a language.
func (w Word) Localize(_ string, translate func(string, ...any) string) string {
	return translate(string(w))
}

// Localize gives the name in a language: "sv" or anything else for English.
func (n Names) Localize(language string, _ func(string, ...any) string) string {
	if language == "sv" {
		return n.SV
	}
	return n.EN
}

func (n Names) String() string { return n.EN }

// Say makes a Text.
func Say(format string, args ...any) Text { return Text{format, args} }

func (t Text) String() string {
	if len(t.Args) == 0 {
		return t.Format
	}
	return fmt.Sprintf(t.Format, t.Args...)
}

// Error is what every room returns when a user has to be told something: what
// is wrong, with which input, and what to do about it.
type Error struct {
	Kind Kind
	Text Text
	More []Text   // further lines, one a thing that is wrong
	Hint Text     // what to do; empty when there is nothing to say
	Got  string   // the word that was not known, if that is what is wrong
	Near []string // the words that would have been known, for a suggestion
	Err  error    // the cause, for errors.Is
}

// Errorf makes an Error whose English text is format filled with args.
func Errorf(k Kind, format string, args ...any) *Error {
	return &Error{Kind: k, Text: Say(format, args...)}
}

// WithHint gives e a line that tells what to do.
func (e *Error) WithHint(format string, args ...any) *Error {
	e.Hint = Say(format, args...)
	return e
}

// Unknown says that got is not among the known names of something: a stage, a
// unit, a coach.
func Unknown(what Word, got string, known []string) *Error {
	e := Errorf(NotFound, "there is no %s %q", what, got)
	e.Got, e.Near = got, known
	return e
}

// Because gives e a cause.
func (e *Error) Because(err error) *Error {
	e.Err = err
	return e
}

func (e *Error) Error() string { return e.Text.String() }

func (e *Error) Unwrap() error { return e.Err }

// KindOf is the kind of the first Error in err's chain, and Failure for any
// other error.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Failure
}
