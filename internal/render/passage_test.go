package render

import (
	"strings"
	"testing"
)

func TestReadPassage(t *testing.T) {
	for text, want := range map[string][3]string{
		"# A\n\nEtt *två*.":                          {"<h2>A</h2>\n<p>Ett <em>två</em>.</p>\n", "A Ett två.", "Ett två."},
		"Inledning.\n\n## B\n\nC & <d>\n\n## E\n\nf": {"<p>Inledning.</p>\n<h2>B</h2>\n<p>C &amp; &lt;d&gt;</p>\n<h2>E</h2>\n<p>f</p>\n", "Inledning. B C & <d> E f", "C & <d>"},
		"### B\n\n#### C\n\n### D":                   {"<h2>B</h2>\n<h3>C</h3>\n<h2>D</h2>\n", "B C D", ""},
		"Bara text.\n\n---\n\n- en\n- två":           {"<p>Bara text.</p>\n<hr>\n<ul>\n<li>en</li>\n<li>två</li>\n</ul>\n", "Bara text. en två", "Bara text."},
		"[länk](javascript:x) [o`r`d](https://x.se)": {"", "länk ord", "länk ord"},
		"&lt;script&gt; <b>":                         {"<p>&lt;script&gt; &lt;b&gt;</p>\n", "<script> <b>", "<script> <b>"},
		"":                                           {"", "", ""},
	} {
		p, err := ReadPassage(text, 1)
		if err != nil || want[0] != "" && string(p.HTML) != want[0] || p.Plain != want[1] || p.Lead != want[2] {
			t.Errorf("%q: %v\n%s%q %q", text, err, p.HTML, p.Plain, p.Lead)
		}
	}
}

func FuzzReadPassage(f *testing.F) {
	for _, text := range []string{"# A\n\nb", "<script>x</script>", "[a](https://x.se \"t>\")", "`<`", "&#x202e;", "<https://x.se/?a=<b>>", "a\\\nb", "![x](y)"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := ReadPassage(text, 1)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(p.HTML), "<script") || strings.Contains(string(p.HTML), "<img") || strings.ContainsAny(p.Plain+p.Lead, "\x00\x1b\u202e\n") {
			t.Errorf("%q becomes %q %q %q", text, p.HTML, p.Plain, p.Lead)
		}
		if !strings.Contains(text, "&") && strings.Count(p.Plain, "<") > strings.Count(text, "<") {
			t.Errorf("%q has the tags of %q", p.Plain, p.HTML)
		}
	})
}
