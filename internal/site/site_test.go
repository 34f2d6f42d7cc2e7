package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"html"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"sluss/internal/render"
)

// written is the files of s.
func written(t *testing.T, s Site) map[string]string {
	t.Helper()
	out := map[string]string{}
	if err := Write(s, func(name string, write func(io.Writer) error) error {
		if _, twice := out[name]; twice {
			t.Errorf("%s is written twice", name)
		}
		var b bytes.Buffer
		err := write(&b)
		out[name] = b.String()
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

func small() Site {
	drawing := Picture{Name: "7-ab.png", Alt: "Ett tak", Width: 4, Height: 2, Copy: func(w io.Writer) error { _, err := io.WriteString(w, "PNG"); return err }}
	sv := Example{Number: 7, Lang: "sv", Elsewhere: []string{"en"}, In: "På svenska", Title: "Tak", Published: "2026-11-25", Unit: "Skola", Type: "produkt",
		Tags: []string{"energi"}, Text: "Inledning.\n\n## Behovet\n\nTaken ligger *öde*.", Pictures: []Picture{drawing, drawing}}
	en := sv
	en.Lang, en.Elsewhere, en.In, en.Title, en.Text = "en", []string{"sv"}, "In English", "Roofs", "Idle."
	only := Example{Number: 9, Lang: "sv", In: "På svenska", Title: "Cyklar", Published: "2026-11-24", Unit: "Vård", Text: "Ja."}
	abroad := only
	abroad.In = "In Swedish"
	words := Words{Shown: "{shown}/{all}", Any: "Any", Unit: "Unit", Type: "Type", Tag: "Tag", Language: "Language"}
	return Site{Editions: []Edition{
		{Lang: "sv", Name: "På svenska", Title: "Exempel", Words: words, Examples: []Example{sv, only}, Compare: strings.Compare, Feed: &render.Feed{Title: "Exempel", Link: "https://x.se/"}},
		{Lang: "en", Name: "In English", Title: "Examples", Words: words, Examples: []Example{en, abroad}, Compare: strings.Compare},
	}}
}

func TestWrite(t *testing.T) {
	s := small()
	files := written(t, s)
	want := []string{"en/7.html", "en/index.html", "index.html", "pictures/7-ab.png", "sv/7.html", "sv/9.html", "sv/index.html", "sv/rss.xml"}
	if got := slices.Sorted(maps.Keys(files)); !slices.Equal(got, want) {
		t.Errorf("the files are %q", got)
	}
	if s.Pages() != 6 || s.Feeds() != 1 || len(s.Pictures()) != 1 {
		t.Errorf("%d pages, %d feeds, %d pictures", s.Pages(), s.Feeds(), len(s.Pictures()))
	}
	if !maps.Equal(files, written(t, small())) {
		t.Error("the same site has other bytes")
	}
	for name, parts := range map[string][]string{
		"index.html": {`<span lang="sv">Exempel</span> · <span lang="en">Examples</span>`, `<title>Exempel · Examples</title>`, `<a href="en/index.html" hreflang="en">In English</a>`},
		"sv/7.html": {`<html lang="sv">`, `<a href="../en/7.html" lang="en" hreflang="en">In English</a>`, `<link rel="alternate" hreflang="en" href="../en/7.html">`, `href="index.html#tag=energi"`,
			`<img src="../pictures/7-ab.png" alt="Ett tak" width="4" height="2">`, "<h2>Behovet</h2>", `title="Exempel" href="rss.xml"`},
		"sv/9.html": {"<p>Ja.</p>"},
		"en/index.html": {`<li lang="sv" data-unit="Vård" data-type="" data-tag="" data-lang="sv" data-words="cyklar ja vård">`, `<a href="../sv/9.html" hreflang="sv">Cyklar</a>`, `<span class="foreign">In Swedish</span>`,
			`<option value="sv">In Swedish</option>`},
		"sv/index.html": {`<p class="lead">Taken ligger öde.</p>`, `<form id="find" role="search" aria-label="" autocomplete="off" hidden>`, `<select id="by-tag" name="tag">`},
	} {
		for _, part := range parts {
			if !strings.Contains(files[name], part) {
				t.Errorf("%s has no %s:\n%s", name, part, files[name])
			}
		}
	}
	for name, part := range map[string]string{"sv/9.html": "hreflang", "en/7.html": "rss", "sv/index.html": "by-lang", "index.html": "noindex", "en/index.html": "by-type"} {
		if strings.Contains(files[name], part) {
			t.Errorf("%s has %s", name, part)
		}
	}
	s.Hidden = true
	for name, page := range written(t, s) {
		if strings.HasSuffix(name, ".html") && !strings.Contains(page, `<meta name="robots" content="noindex">`) {
			t.Errorf("%s is not hidden from search engines", name)
		}
	}
}

// TestPolicies holds the policy of each page to what stands in the page.
func TestPolicies(t *testing.T) {
	for name, page := range written(t, small()) {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		_, rest, _ := strings.Cut(page, `Content-Security-Policy" content="`)
		policy, _, _ := strings.Cut(rest, `"`)
		want := "default-src 'none'; img-src 'self'; style-src '" + inside(page, "style") + "'"
		if strings.HasSuffix(name, "/index.html") {
			want += "; script-src '" + inside(page, "script") + "'"
		} else if strings.Contains(page, "<script") {
			t.Errorf("%s has a script", name)
		}
		want += "; base-uri 'none'; form-action 'none'"
		if got := html.UnescapeString(policy); got != want {
			t.Errorf("%s: the policy is\n%s, not\n%s", name, got, want)
		}
		for _, never := range []string{" style=", " onclick", "@import", "url(", "http:"} {
			if strings.Contains(page, never) {
				t.Errorf("%s has %q", name, never)
			}
		}
	}
}

// inside is the hash of what stands between the tags of a name.
func inside(page, tag string) string {
	_, rest, _ := strings.Cut(page, "<"+tag+">")
	text, _, _ := strings.Cut(rest, "</"+tag+">")
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

func TestEmptySite(t *testing.T) {
	s := Site{Editions: []Edition{{Lang: "sv", Title: "Exempel", Words: Words{None: "Inga än."}}}}
	page := written(t, s)["sv/index.html"]
	if !strings.Contains(page, "<p>Inga än.</p>") || strings.Contains(page, "<form") || strings.Contains(page, "<script") {
		t.Errorf("it is\n%s", page)
	}
}

func TestWriteEndsAtTheFirstError(t *testing.T) {
	broken := errors.New("broken")
	for last := range 8 {
		count := 0
		err := Write(small(), func(_ string, write func(io.Writer) error) error {
			if count++; count > last {
				return broken
			}
			return write(io.Discard)
		})
		if err != broken || count != last+1 {
			t.Errorf("after %d files: %v, %d", last, err, count)
		}
	}
}

func TestCut(t *testing.T) {
	for text, want := range map[string]string{"kort": "kort", "": "", "ett två tre fyra": "ett två…", "ett två, tre": "ett två…", "xxxxxxxxxxxxxxx": "xxxxxxxxxx…", "åäöåäöåäöå": "åäöåäöåäöå"} {
		if got := cut(text, 10); got != want {
			t.Errorf("%q becomes %q, not %q", text, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		most := rapid.IntRange(1, 30).Draw(t, "most")
		got := cut(rapid.String().Draw(t, "text"), most)
		if utf8.RuneCountInString(got) > most+1 || !utf8.ValidString(got) {
			t.Fatalf("it is %q", got)
		}
	})
}

func TestSearched(t *testing.T) {
	if got := searched("Åka BUSS, åka tåg!", "e-post 2026", "कि"); got != "2026 buss e post tåg åka कि" {
		t.Errorf("the words are %q", got)
	}
}
