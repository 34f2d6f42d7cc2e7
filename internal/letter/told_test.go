package letter_test

import (
	"errors"
	"strings"
	"testing"

	"sluss/internal/idea"
	"sluss/internal/letter"
)

// TestFaultsToldInOurWords breaks templates in every way that we know: what
// is wrong must be said by us, with line and column, and not by text/template.
func TestFaultsToldInOurWords(t *testing.T) {
	for text, want := range map[string]string{
		"Hej\n{{.Namn}}": "line 2, column 3: there is no field .Namn",
		"{{foo}}":        "there is no function foo",
		"{{$x}}":         "there is no variable $x",
		"{{if .Need}}a":  "an {{if}} or another block has no {{end}}",
		"a{{end}}":       "this {{end}} belongs to no block",
		"{{else}}":       "this {{else}} belongs to no block",
		"{{.Need":        "an action is not closed with }}",
		"{{/* a":         "an action is not closed with }}",
		"{{(.Need}}":     "an action is not closed with }}",
		"{{\"a}}":        "a text in quotes does not end",
		"{{`a}}":         "a text in quotes does not end",
		"{{if}}a{{end}}": "something is missing after if",
		"{{range .Number}}{{.}}{{end}}{{range .Title}}{{end}}": "there is nothing here to go through with range",
		"{{template \"x\"}}":  "there is no template x",
		"{{len 3}}":           "len does not take this value",
		"{{len}}":             "len takes another number of values",
		"{{@}}":               "@ cannot stand here",
		"{{.Need | 3}}":       "",
		"{{.Need }":           "} cannot stand here",
		"{{index .Title 99}}": "index does not take this value",
		"{{break}}":           "",
		"{{define \"a\"}}{{template \"a\"}}{{end}}{{template \"a\"}}": "the template uses itself",
	} {
		err := letter.Check(idea.Template{Name: "test", Lang: "en", Text: text})
		var e *idea.Error
		if !errors.As(err, &e) || e.Kind != idea.Usage {
			t.Errorf("%q: %v", text, err)
			continue
		}
		said := e.Error()
		if !strings.Contains(said, "is wrong on line ") || !strings.HasSuffix(said, want) {
			t.Errorf("%q: %s; should end in %q", text, said, want)
		}
		if want != "" && strings.Contains(said, "nothing that a template can do") {
			t.Errorf("%q: nobody says what is wrong", text)
		}
	}
}
