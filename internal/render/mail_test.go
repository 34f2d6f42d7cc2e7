package render_test

import (
	"strings"
	"testing"

	"sluss/internal/render"
)

func TestPlainText(t *testing.T) {
	for markdown, want := range map[string]string{
		"# Brev åäö\n\nHej **du**\noch *du*.": "Brev åäö\n========\n\nHej du\noch du.",
		"## Nytt\n\n### Sol\n\n#### Mer":      "Nytt\n====\n\nSol\n---\n\nMer",
		"- ett\n- två\n  - inne\n- tre":       "- ett\n- två\n  - inne\n- tre",
		"3. ett\n4. två":                      "3. ett\n4. två",
		"> sagt\n> så":                        "> sagt\n> så",
		"```\nkod  här\n```":                  "    kod  här",
		"[länk](https://x.se/a) <https://y.se> [a@b.se](mailto:a@b.se)": "länk (https://x.se/a) https://y.se a@b.se",
		"[x](javascript:y) ![bild](http://x.se/y.png)":                  "x bild",
		`\*inte\* \[så\] &lt;b&gt; \&amp;lt; &amp;amp; \\ 1\. a_b`:      `*inte* [så] <b> &amp;lt; &amp; \ 1. a_b`,
		"<script>alert(1)</script>":                                     "<script>alert(1)</script>",
		"a\n\n---\n\nb":                                                 "a\n\n---\n\nb",
		"&#27;[2J \u202ex":                                              "‹ESC›[2J ‹U+202E›x",
		"":                                                              "",
	} {
		if got := render.PlainText(markdown); got != want {
			t.Errorf("%q gives %q, want %q", markdown, got, want)
		}
	}
}

// What is plain text comes back from a line of Markdown as it was, wherever it
// stands.
func TestMarkdownLineComesBack(t *testing.T) {
	for _, text := range []string{"Sol & vind", "1. först", "- nej", "# rubrik", "a*b*c _d_", "[x](y) <b> &lt;", "@namn #12", "=1+1", "+46 42", `back\slash`, "| rör |", "~~x~~", "`kod`", "http://x.se"} {
		line := render.MarkdownLine(text)
		for _, around := range []string{"", "- ", "### ", "> ", "Om: "} {
			if got := render.PlainText(around + line); strings.Trim(got, "->\n ") != strings.Trim(strings.TrimSuffix(around, "### ")+text, "->\n ") && !strings.Contains(got, text) {
				t.Errorf("%q after %q comes back as %q", text, around, got)
			}
		}
		if got := render.PlainLine(line); got != text {
			t.Errorf("%q as a line comes back as %q", text, got)
		}
	}
}

func TestMailHTML(t *testing.T) {
	page, err := render.MailHTML(`<b>"Sol"</b>`, "# Sol\n\n## Ett\n\ntext [l](https://x.se)\n\n### Två\n\n- a\n\n## Tre\n\n> c\n\n---\n\n<script>x</script>", "sv")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`<html lang="sv">`, "<title>&lt;b&gt;&#34;Sol&#34;&lt;/b&gt;</title>", ">Sol</h1>", ">Ett</h2>", ">Två</h3>", ">Tre</h2>",
		`<a href="https://x.se" style="color:#0b5394;text-decoration:underline">l</a>`, `<ul style="`, `<li style="`, `<blockquote style="`, `<hr style="`, "&lt;script&gt;"} {
		if !strings.Contains(page, want) {
			t.Errorf("%s is not in\n%s", want, page)
		}
	}
	for _, bad := range []string{"<style", "<script", "class=", "flex", "<div"} {
		if strings.Contains(page, bad) {
			t.Errorf("%s is in\n%s", bad, page)
		}
	}
	again, err := render.MailHTML("x", "x", "")
	if err != nil || !strings.Contains(again, `<html lang="en">`) {
		t.Errorf("%v, %s", err, again)
	}
}
