package letter_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"sluss/internal/idea"
	"sluss/internal/letter"
)

func TestBuiltInNewsletters(t *testing.T) {
	for lang, empty := range map[string]string{"sv": "Inget nytt sedan 2026-11-01.", "en": "Nothing new since 2026-11-01."} {
		template := letter.BuiltIn(idea.NewsletterTemplate, lang)
		if err := letter.Check(template); err != nil {
			t.Errorf("%s: %v", lang, err)
		}
		l, err := letter.FillNews(template, letter.News{Since: "2026-11-01", Today: "2026-11-25"})
		if err != nil || !strings.HasSuffix(l.Subject, " 2026-11-25") || l.Body != empty {
			t.Errorf("%s: %v, %+v", lang, err, l)
		}
		l, err = letter.FillNews(template, letter.News{Since: "2026-11-01", Coach: "anna",
			Examples: []letter.NewsExample{{Title: "Sol", Summary: "En\n\nTvå", Unit: "Skola"}, {Title: "Vind", Summary: "Tre"}},
			Ideas:    []letter.NewsIdea{{Title: "Cykel", Need: "Behov", Unit: "Vård"}, {Title: "Buss"}},
			Tests:    []letter.NewsTest{{Title: "Tak", Belief: "Bär.", Started: "2026-11-02"}}})
		for _, want := range []string{"### Sol\n\nEn\n\nTvå\n\n*Skola*\n\n### Vind\n\nTre\n\n## ", "\n\n- **Cykel** (Vård): Behov\n- **Buss**\n\n## ", "\n- **Tak**: ", "\n\nanna"} {
			if err != nil || !strings.Contains(l.Body, want) || strings.Contains(l.Body, "\n\n\n") {
				t.Errorf("%s (%v): %q is not in\n%s", lang, err, want, l.Body)
			}
		}
	}
}

func TestBrokenNewslettersSayWhere(t *testing.T) {
	for text, want := range map[string]string{
		"Brev {{.Title}}":                                               "line 1, column 8: there is no field .Title",
		"å\n{{range .Examples}}åäö {{.Need}}":                           "line 2, column 26: an {{if}} or another block has no {{end}}",
		"å\n{{range .Examples}}åäö {{.Need}}{{end}}":                    "line 2, column 26: there is no field .Need",
		"{{range .Ideas}}{{range .Title}}{{end}}{{end}}":                "there is nothing here to go through with range",
		"{{range .Dates}}{{range 100000000}}xxxxxxxxxxxx{{end}}{{end}}": "the letter is too long",
	} {
		err := letter.Check(idea.Template{Name: idea.NewsletterTemplate, Lang: "sv", Text: text})
		var e *idea.Error
		if !errors.As(err, &e) || e.Kind != idea.Usage || !strings.Contains(e.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
			continue
		}
		if hint := e.Hint.String(); !strings.Contains(hint, "{{range .Dates}}{{.Day}}{{.To}}") {
			t.Errorf("the hint is %s", hint)
		}
	}
}

// The same draft is the same bytes, and what is in it cannot end a part.
func TestMailWithAPage(t *testing.T) {
	d := letter.Draft{Letter: letter.Letter{Subject: "Brev", Body: "--sluss-\n\n--\n.\nFrom"}, HTML: "<p>--sluss-</p>", ID: "x", At: time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC)}
	var one, two, other bytes.Buffer
	if err := errors.Join(d.WriteMail(&one), d.WriteMail(&two)); err != nil || !bytes.Equal(one.Bytes(), two.Bytes()) {
		t.Errorf("%v:\n%s\n%s", err, one.String(), two.String())
	}
	boundary := func(mail string) string {
		_, rest, _ := strings.Cut(mail, "boundary=")
		found, _, _ := strings.Cut(rest, "\r\n")
		return found
	}
	d.Body += boundary(one.String())
	if err := d.WriteMail(&other); err != nil || boundary(other.String()) == boundary(one.String()) {
		t.Errorf("%v: a body with the boundary keeps it", err)
	}
}
