// Package sheet reads and writes tables as CSV: what the standard says, what
// Excel makes of it, and what is found in the files of the world. It also
// writes them as workbooks.
package sheet

import (
	"fmt"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// Encoding is how the characters of a file are written as bytes.
type Encoding string

// The encodings that can be read.
const (
	UTF8        Encoding = "utf-8"
	Windows1252 Encoding = "windows-1252"
	UTF16LE     Encoding = "utf-16le"
	UTF16BE     Encoding = "utf-16be"
)

// Encodings lists the encodings that can be read.
func Encodings() []Encoding { return []Encoding{UTF8, Windows1252, UTF16LE, UTF16BE} }

// ParseEncoding finds an encoding by its name or a common other name, such as
// latin1 for windows-1252.
func ParseEncoding(name string) (Encoding, bool) {
	switch e := Encoding(strings.ToLower(name)); e {
	case UTF8, Windows1252, UTF16LE, UTF16BE:
		return e, true
	case "utf8":
		return UTF8, true
	case "cp1252", "ansi", "latin1", "latin-1", "iso-8859-1":
		return Windows1252, true
	}
	return "", false
}

// decoder is nil for UTF-8.
func (e Encoding) decoder() *encoding.Decoder {
	switch e {
	case Windows1252:
		return charmap.Windows1252.NewDecoder()
	case UTF16LE:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder()
	case UTF16BE:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder()
	}
	return nil
}

// Dialect is how a file is written.
type Dialect struct {
	Comma    rune // what stands between the cells
	Encoding Encoding
	BOM      bool // the file begins with a byte order mark
}

// Error says what is wrong with a file and where. Line and Column count from
// 1, Column in characters; 0 is nowhere in particular. Format and Hint are
// constant English sentences, fit to be looked up in another language.
type Error struct {
	Line, Column int
	Format       string
	Args         []any
	Hint         string // what to do; may be empty
}

func (e *Error) Error() string {
	text := fmt.Sprintf(e.Format, e.Args...)
	switch {
	case e.Line == 0:
		return text
	case e.Column == 0:
		return fmt.Sprintf("line %d: %s", e.Line, text)
	}
	return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, text)
}

func errorf(line, column int, format string, args ...any) *Error {
	return &Error{Line: line, Column: column, Format: format, Args: args}
}

func (e *Error) withHint(hint string) *Error {
	e.Hint = hint
	return e
}
