package render

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"unicode/utf8"

	"sluss/internal/term"
)

const indent = "  "

// writeJSON writes the value of d, or its items as an array, one at a time.
func writeJSON(w io.Writer, d Document, fields []string) error {
	out := bufio.NewWriter(w)
	if d.Items == nil {
		if err := writeValue(out, d.JSON, fields, ""); err != nil {
			return err
		}
		_ = out.WriteByte('\n')
		return out.Flush()
	}
	separator := "[\n" + indent
	for item, err := range d.Items {
		if err != nil {
			return err
		}
		_, _ = out.WriteString(separator)
		separator = ",\n" + indent
		if err := writeValue(out, item, fields, indent); err != nil {
			return err
		}
	}
	if separator[0] == '[' {
		_, _ = out.WriteString("[]\n")
	} else {
		_, _ = out.WriteString("\n]\n")
	}
	return out.Flush()
}

// checkFields refuses a field that the sample of d does not have.
func (d Document) checkFields(fields []string) error {
	if d.Sample == nil || len(fields) == 0 {
		return nil
	}
	_, err := encode(d.Sample, fields)
	return err
}

func writeValue(out *bufio.Writer, v any, fields []string, prefix string) error {
	text, err := encode(v, fields)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := json.Indent(&b, text, prefix, indent); err != nil {
		return err
	}
	_, err = out.Write(escapeControls(b.Bytes()))
	return err
}

// encode is v as JSON, and only the fields of it if there are any: of an
// object, or of each object of an array.
func encode(v any, fields []string) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	text := bytes.TrimSpace(b.Bytes())
	if len(fields) == 0 {
		return text, nil
	}
	return choose(text, fields)
}

func choose(text []byte, fields []string) ([]byte, error) {
	if text[0] != '[' {
		return chooseOne(text, fields)
	}
	var items []json.RawMessage
	if err := json.Unmarshal(text, &items); err != nil {
		return nil, err
	}
	out := []byte{'['}
	for i, item := range items {
		if i > 0 {
			out = append(out, ',')
		}
		chosen, err := chooseOne(item, fields)
		if err != nil {
			return nil, err
		}
		out = append(out, chosen...)
	}
	return append(out, ']'), nil
}

func chooseOne(text []byte, fields []string) ([]byte, error) {
	members, err := membersOf(text)
	if err != nil {
		return nil, err
	}
	out := []byte{'{'}
	for i, field := range fields {
		at := slices.IndexFunc(members, func(m member) bool { return m.key == field })
		if at < 0 {
			return nil, &UnknownField{Name: field, Known: keysOf(members)}
		}
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, members[at].name...)
		out = append(out, ':')
		out = append(out, members[at].value...)
	}
	return append(out, '}'), nil
}

// member is a key of an object with its value, both also as they are written.
type member struct {
	key   string
	name  []byte
	value json.RawMessage
}

// membersOf is the members of an object in their order; none of another value.
func membersOf(text []byte) ([]member, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		return nil, err
	}
	var members []member
	for d.More() {
		token, err := d.Token()
		if err != nil {
			return nil, err
		}
		m := member{key: fmt.Sprint(token)}
		if m.name, err = encode(m.key, nil); err != nil {
			return nil, err
		}
		if err := d.Decode(&m.value); err != nil {
			return nil, err
		}
		members = append(members, m)
	}
	return members, nil
}

func keysOf(members []member) []string {
	var keys []string
	for _, m := range members {
		keys = append(keys, m.key)
	}
	return keys
}

// escapeControls writes what steers a terminal as \u escapes, which leaves the
// value as it is: JSON itself only demands that of C0.
func escapeControls(text []byte) []byte {
	clean := func(r rune) bool { return r == '\n' || !term.IsControl(r) }
	at := controlAt(text)
	if at < 0 {
		return text
	}
	out := slices.Clone(text[:at])
	for rest := text[at:]; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		if clean(r) {
			out = append(out, rest[:size]...)
		} else {
			out = fmt.Appendf(out, `\u%04x`, r)
		}
		rest = rest[size:]
	}
	return out
}

// controlAt is the place of the first character that escapeControls escapes, or
// -1. Nearly all text is plain letters: those are looked at as bytes.
func controlAt(text []byte) int {
	for i := 0; i < len(text); {
		c := text[i]
		if c >= ' ' && c < 0x7f || c == '\n' {
			i++
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		if term.IsControl(r) {
			return i
		}
		i += size
	}
	return -1
}
