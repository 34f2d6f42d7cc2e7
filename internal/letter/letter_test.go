package letter_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/quotedprintable"
	"net/mail"
	"reflect"
	"strings"
	"testing"
	"time"

	"sluss/internal/idea"
	"sluss/internal/letter"
)

func TestEveryBuiltInTemplateFills(t *testing.T) {
	for _, name := range idea.LetterNames() {
		for _, lang := range []string{"sv", "en"} {
			if err := letter.Check(letter.BuiltIn(name, lang)); err != nil {
				t.Errorf("%s (%s): %v", name, lang, err)
			}
			l, err := letter.Fill(letter.BuiltIn(name, lang), letter.Data{Title: "Lånecyklar", Number: 14, Coach: "anna"})
			if err != nil || !strings.Contains(l.Subject, "Lånecyklar") || !strings.HasSuffix(l.Body, "\nanna") || strings.Contains(l.Body, "\n\n\n") {
				t.Errorf("%s (%s): %v\n%s", name, lang, err, l.Text())
			}
		}
	}
}

func TestFieldsAreAll(t *testing.T) {
	var want []string
	for k := range reflect.TypeFor[letter.Data]().NumField() {
		want = append(want, reflect.TypeFor[letter.Data]().Field(k).Name)
	}
	if !reflect.DeepEqual(letter.Fields(), want) {
		t.Errorf("the fields are %v, listed are %v", want, letter.Fields())
	}
}

func TestFill(t *testing.T) {
	text := "Om  {{.Title}}\nförst\n\n{{if .Giver}}Hej {{.Giver}}{{end}}\n"
	l, err := letter.Fill(idea.Template{Text: text}, letter.Data{Title: "Sol", Giver: "Åsa"})
	if want := (letter.Letter{Subject: "Om Sol", Body: "först\n\nHej Åsa"}); err != nil || l != want {
		t.Errorf("%+v, %v", l, err)
	}
	// What people wrote is text, not a template.
	l, err = letter.Fill(idea.Template{Text: "{{.Title}}"}, letter.Data{Title: "{{.Coach}}", Coach: "x"})
	if err != nil || l.Text() != "{{.Coach}}" {
		t.Errorf("%+v, %v", l, err)
	}
}

func TestBrokenTemplatesSayWhere(t *testing.T) {
	for text, want := range map[string]string{
		"Hej {{.Foo}}":                       "line 1, column 7",
		"å {{.Title}}\nåäö {{.Title.X}}":     "line 2, column 13",
		"a\nb {{.Title}} {{end}}":            "line 2, column 16",
		"a\nåäö {{nope .Title}}":             "line 2, column 7",
		"a\nb {{if .Title}}\nc":              "line 3, column 1",
		"{{.Title | printf \"%d\" | bad}}":   "line 1, column 26",
		"{{range 100000000}}xxxxxxxx{{end}}": "the letter is too long",
		"a {{template \"x\"}}":               "line 1, column 14",
		"a {{\"{{\"}} {{bad}}":               "line 1, column 14",
	} {
		err := letter.Check(idea.Template{Name: "test", Lang: "sv", Text: text})
		if err == nil || !strings.Contains(err.Error(), want) || idea.KindOf(err) != idea.Usage {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func parse(t *testing.T, d letter.Draft) (*mail.Message, string, string) {
	t.Helper()
	out := &bytes.Buffer{}
	if err := d.WriteMail(out); err != nil {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(out.String(), "\r\n") {
		if len(line) > 998 || strings.ContainsAny(line, "\r\n") {
			t.Errorf("not a line of a mail: %q", line)
		}
	}
	m, err := mail.ReadMessage(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(quotedprintable.NewReader(m.Body))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		t.Fatal(err)
	}
	return m, subject, strings.ReplaceAll(string(body), "\r\n", "\n")
}

func TestWriteMail(t *testing.T) {
	at := time.Date(2026, 11, 25, 9, 0, 0, 0, time.FixedZone("", 3600))
	long := strings.Repeat("Åtgärd på väg ", 30)
	d := letter.Draft{Letter: letter.Letter{Subject: long, Body: "Hej Åsa!\n\n.\nFrom here\n" + strings.Repeat("ö", 2000)},
		Name: `Åsa "Sol" Öberg, rektor`, Address: "asa@example.se", ID: "14.received.3", At: at}
	m, subject, body := parse(t, d)
	to, err := mail.ParseAddress(m.Header.Get("To"))
	if err != nil || to.Name != d.Name || to.Address != d.Address {
		t.Errorf("to %v, %v", to, err)
	}
	if subject != strings.TrimSpace(long) && subject != long {
		t.Errorf("subject %q", subject)
	}
	if body != d.Body+"\n" {
		t.Errorf("body %q", body)
	}
	when, err := m.Header.Date()
	if err != nil || !when.Equal(at) {
		t.Errorf("date %v, %v", when, err)
	}
	want := "[Content-Transfer-Encoding Content-Type Date Message-Id Mime-Version Subject To X-Unsent]"
	var names []string
	for name := range m.Header {
		names = append(names, name)
	}
	if got := fmt.Sprint(sorted(names)); got != want || m.Header.Get("X-Unsent") != "1" {
		t.Errorf("headers %s", got)
	}
	if got := m.Header.Get("Content-Type"); !strings.EqualFold(got, "text/plain; charset=UTF-8") {
		t.Errorf("content type %s", got)
	}
}

func sorted(names []string) []string {
	for i := range names {
		for k := i; k > 0 && names[k] < names[k-1]; k-- {
			names[k], names[k-1] = names[k-1], names[k]
		}
	}
	return names
}

func TestNoHeaderCanBeSmuggledIn(t *testing.T) {
	evil := "Sol\r\nBcc: all@example.se\r\n\r\nX"
	m, subject, _ := parse(t, letter.Draft{Letter: letter.Letter{Subject: evil, Body: evil}, Name: evil, Address: "a@example.se", ID: "1"})
	if m.Header.Get("Bcc") != "" || subject != evil {
		t.Errorf("%v", m.Header)
	}
	for _, address := range []string{"a@example.se\r\nBcc: b@example.se", "inte en adress", "a@example.se, b@example.se", "@", "åsa"} {
		out := &bytes.Buffer{}
		err := letter.Draft{Address: address, ID: "1"}.WriteMail(out)
		var refused *idea.Error
		if !errors.As(err, &refused) || refused.Kind != idea.Refused || out.Len() > 0 {
			t.Errorf("%q: %v", address, err)
		}
	}
	m, _, _ = parse(t, letter.Draft{Name: "Åsa", ID: "1"})
	if m.Header.Get("To") != "" {
		t.Errorf("a letter without an address goes to %s", m.Header.Get("To"))
	}
}
