package cmd_test

import (
	"bytes"
	"encoding/json"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	nethtml "golang.org/x/net/html"

	"sluss/cmd"
)

// newsletter is the bytes of a newsletter about everything that there is.
func (x *exported) newsletter(ending string, args ...string) []byte {
	x.Helper()
	path := x.path("brev." + ending)
	x.run(append([]string{"newsletter", "--since", "2026-10-01", "-o", path}, args...)...)
	data, err := os.ReadFile(path)
	if err != nil {
		x.Fatal(err)
	}
	return data
}

// newNews is newExported with an example that has a title of 100 kB.
func newNews(t *testing.T) *exported {
	x := newExported(t)
	text := "# " + strings.TrimSpace(long) + "\n\n<script>alert(2)</script> ![x](http://x.se/x.png) [y](javascript:z)\n\n## =1+1\n\n" + long
	x.run("story", "edit", "1", text, "--in", "sv", "-o", x.path("said"))
	x.run("story", "publish", "1", "--at", "2026-11-20", "-o", x.path("said"))
	return x
}

// Everything that people wrote comes out of a newsletter as other readers read
// it, and nothing of it acts, fetches, or has looks that a mail program drops.
func TestNewsletterReadBack(t *testing.T) {
	x := newNews(t)
	t.Run("md", func(t *testing.T) {
		text := string(x.newsletter("md"))
		harmless := strings.NewReplacer(`\]`, "", `]\(`, "", `\!`, "").Replace(text)
		for _, bad := range []string{"<script", "<img", "](javascript", "![x](", "</"} {
			if strings.Contains(harmless, bad) {
				t.Errorf("there is %s in it", bad)
			}
		}
		if !visible(text) {
			t.Error("there are controls in it")
		}
		if n := strings.Count(text, "\n### "); n != len(hostile()) {
			t.Errorf("%d examples", n)
		}
	})
	t.Run("txt", func(t *testing.T) { readNews(t, string(x.newsletter("txt"))) })
	t.Run("html", func(t *testing.T) { readPage(t, x.newsletter("html")) })
	t.Run("eml", func(t *testing.T) { readMail(t, x.newsletter("eml")) })
	t.Run("eml by Python", func(t *testing.T) { mailByPython(t, x.newsletter("eml")) })
}

// readNews finds every title in what is to be read.
func readNews(t *testing.T, text string) {
	t.Helper()
	if !visible(text) {
		t.Error("there are controls in it")
	}
	text = strings.Join(strings.Fields(text), " ")
	for k, title := range titles() {
		if k > 0 && visible(title) && !strings.Contains(text, strings.Join(strings.Fields(title), " ")) {
			t.Errorf("%q is not to be read in it", title)
		}
	}
	if !strings.Contains(text, strings.TrimSpace(long)) {
		t.Error("the long title is not whole")
	}
}

func readPage(t *testing.T, data []byte) {
	t.Helper()
	readNews(t, tame(t, data))
	for z := nethtml.NewTokenizer(bytes.NewReader(data)); ; {
		switch z.Next() {
		case nethtml.ErrorToken:
			return
		case nethtml.StartTagToken, nethtml.SelfClosingTagToken:
			token := z.Token()
			if slices.Contains([]string{"style", "link", "div", "section"}, token.Data) {
				t.Errorf("there is a %s", token)
			}
			for _, a := range token.Attr {
				if a.Key == "class" || a.Key == "id" || a.Key == "style" && (strings.Contains(a.Val, "flex") || strings.Contains(a.Val, "url(")) {
					t.Errorf("there is %s", token)
				}
			}
		}
	}
}

func readMail(t *testing.T, data []byte) {
	for line := range strings.SplitSeq(string(data), "\r\n") {
		if len(line) > 998 || strings.ContainsAny(line, "\r\n") {
			t.Fatalf("not a line of a mail: %.100q", line)
		}
	}
	m, err := mail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil || subject != "Nyhetsbrev från idéslussen 2026-11-25" || m.Header.Get("X-Unsent") != "1" || m.Header.Get("From")+m.Header.Get("To")+m.Header.Get("Bcc") != "" {
		t.Errorf("the headers are %v (%v)", m.Header, err)
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("it is a %s (%v)", kind, err)
	}
	var kinds []string
	for r := multipart.NewReader(m.Body, params["boundary"]); ; {
		part, err := r.NextRawPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil || part.Header.Get("Content-Transfer-Encoding") != "quoted-printable" {
			t.Fatalf("%v, %v", part.Header, err)
		}
		kinds = append(kinds, part.Header.Get("Content-Type"))
		if len(kinds) == 1 {
			readNews(t, string(body))
		} else {
			readPage(t, body)
		}
	}
	if got := strings.Join(kinds, ", "); got != "text/plain; charset=UTF-8, text/html; charset=UTF-8" {
		t.Errorf("the parts are %s", got)
	}
}

// mailByPython reads the mail with the reader of another language, where there is
// one.
func mailByPython(t *testing.T, data []byte) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("needs python3")
	}
	c := exec.CommandContext(t.Context(), python, "-c", `import email, email.policy, json, sys
m = email.message_from_binary_file(sys.stdin.buffer, policy=email.policy.default)
print(json.dumps({"subject": m["subject"], "unsent": m["x-unsent"], "kind": m.get_content_type(), "defects": len(m.defects) + sum(len(p.defects) for p in m.walk()),
  "parts": [[p.get_content_type(), p.get_content_charset(), p.get_content()] for p in m.iter_parts()]}))`)
	c.Stdin = bytes.NewReader(data)
	out, err := c.Output()
	var read struct {
		Subject, Unsent, Kind string
		Defects               int
		Parts                 [][3]string
	}
	if err != nil || json.Unmarshal(out, &read) != nil {
		t.Fatalf("%v: %.500s", err, out)
	}
	if read.Subject != "Nyhetsbrev från idéslussen 2026-11-25" || read.Unsent != "1" || read.Kind != "multipart/alternative" || read.Defects != 0 || len(read.Parts) != 2 {
		t.Fatalf("it reads %q, %q, %q, %d defects, %d parts", read.Subject, read.Unsent, read.Kind, read.Defects, len(read.Parts))
	}
	for k, kind := range []string{"text/plain", "text/html"} {
		if read.Parts[k][0] != kind || read.Parts[k][1] != "utf-8" {
			t.Errorf("part %d is %s, %s", k, read.Parts[k][0], read.Parts[k][1])
		}
	}
	readNews(t, read.Parts[0][2])
	readPage(t, []byte(read.Parts[1][2]))
}

// The same data gives the same bytes, whatever the time zone, the locale and the
// hour are.
func TestNewslettersAreStable(t *testing.T) {
	x := newNews(t)
	x.env["SLUSS_TIMEZONE"] = "Europe/Stockholm"
	for _, ending := range []string{"md", "html", "eml", "txt", "json"} {
		first := x.newsletter(ending)
		for _, around := range []map[string]string{
			{"TZ": "Pacific/Kiritimati", "LANG": "tr_TR.UTF-8"}, {"TZ": "America/Los_Angeles", "SLUSS_NOW": "2026-11-25T20:15:00Z"},
		} {
			then := *x
			then.env = map[string]string{}
			for _, env := range []map[string]string{x.env, around} {
				for name, value := range env {
					then.env[name] = value
				}
			}
			if again := then.newsletter(ending); !bytes.Equal(again, first) {
				t.Errorf("%s with %v differs", ending, around)
			}
		}
	}
}

// A newsletter that cannot be written is not recorded, and leaves nothing.
func TestNewsletterWholeOrNotAtAll(t *testing.T) {
	x := newExported(t)
	folder := x.path("shut")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{filepath.Join(folder, "inte", "brev.eml"), folder} {
		args := []string{"newsletter", "--format", "eml", "--sent", "--since", "2026-10-01", "-o", path}
		if code := cmd.Main(args, func(name string) string { return x.env[name] }); code != 1 && code != 3 { // it is no fault of the database
			t.Errorf("writing %s ends with %d", path, code)
		}
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) > 0 {
		t.Errorf("%v is left (%v)", entries, err)
	}
	x.run("spread", "list", "--format", "csv", "-o", x.path("spread.csv"))
	if data, err := os.ReadFile(x.path("spread.csv")); err != nil || strings.Count(string(data), "\n") != 1 {
		t.Errorf("recorded is %q (%v)", data, err)
	}
}
