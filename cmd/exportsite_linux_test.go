package cmd_test

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"
)

// publishedSite is a folder of pages: of hostile examples, of some in both
// languages, with a picture, and one with a text of 100 kB in one word.
func publishedSite(t *testing.T) (x *exported, folder string) {
	x = newExported(t)
	quiet := func(args ...string) {
		t.Helper()
		x.run(append([]string{"-o", x.path("said")}, args...)...)
	}
	story := func(number, in, text string) {
		t.Helper()
		if in == "en" {
			quiet("story", number, "--in", in, "--edit=false")
		}
		quiet("story", "edit", number, "--in", in, "--", text)
	}
	story("2", "sv", "# Filmer i stället för pärmar\n\nIdén kom från en medarbetare.\n\n## Behovet\n\nVikarierna får en pärm på hundra sidor.\n\n## Lärdomar\n\n- Korta filmer\n\n> Nu vet jag.\n\n`kod` [läs mer](https://exempel.se/)\n")
	story("2", "en", "# Films instead of binders\n\n## The need\n\nStaff get a binder of a hundred pages.\n")
	story("3", "en", "# Solar <b>roofs</b>\n\n## The need\n\nThe roofs lie idle.\n")
	story("4", "sv", "# "+strings.Repeat("Lång", 25_000)+"\n\n"+strings.Repeat("ord ", 25_000)+"\n\n"+strings.Repeat("x", 25_000))
	quiet("tag", "2", "film", "skola")
	quiet("tag", "3", "skola")
	quiet("edit", "2", "--type", "process")
	quiet("edit", "3", "--type", "product")
	drawing := image.NewRGBA(image.Rect(0, 0, 900, 300))
	for y := range 300 {
		for k := range 900 {
			drawing.Set(k, y, color.RGBA{byte(k), byte(y), 90, 255})
		}
	}
	f, err := os.Create(x.path("bild.png"))
	if err != nil || png.Encode(f, drawing) != nil || f.Close() != nil {
		t.Fatal(err)
	}
	quiet("story", "picture", "add", "2", x.path("bild.png"), "--alt", `En "platta" <med> film`, "--caption", hostile()[9])
	for _, number := range []string{"2", "3", "4"} {
		quiet("story", "publish", number, "--audience", "all", "--at", "2026-11-21")
	}
	folder = x.path("webb")
	x.run("export", "site", folder, "--link-base", "https://exempel.se/goda", "--title", `Goda exempel & "mer" <b>`)
	return x, folder
}

// pagesOf is the pages below a folder.
func pagesOf(t *testing.T, folder string) (pages []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, _ fs.DirEntry, err error) error {
		if filepath.Ext(path) == ".html" {
			pages = append(pages, path)
		}
		return err
	})
	if err != nil || len(pages) == 0 {
		t.Fatalf("%d pages; %v", len(pages), err)
	}
	return pages
}

// TestSiteInABrowser opens the pages in Chromium, as a reader does who got the
// folder.
func TestSiteInABrowser(t *testing.T) {
	b := newBrowser(t)
	_, folder := publishedSite(t)
	index := func(lang string) string { return filepath.Join(folder, lang, "index.html") }
	t.Run("axe", func(t *testing.T) { findsNothing(t, b, folder) })
	t.Run("search", func(t *testing.T) { searches(t, b, index("sv")) })
	t.Run("languages", func(t *testing.T) { speaks(t, b, index("sv"), index("en")) })
	t.Run("without script", func(t *testing.T) { readsWithoutScript(t, b, index("sv")) })
	t.Run("requests", func(t *testing.T) { staysHome(t, b, folder) })
	t.Run("policy", func(t *testing.T) { blocks(t, b, folder) })
	t.Run("keyboard", func(t *testing.T) { obeysKeys(t, b, index("sv")) })
	t.Run("hostile", func(t *testing.T) { isText(t, b, folder) })
}

// findsNothing runs axe-core on each kind of page, in both languages, light and
// dark, on a wide window and on one of 320 pixels, which is a window of 1280 at
// 400 % (WCAG 1.4.10): there it must not scroll sideways.
func findsNothing(t *testing.T, b *browser, folder string) {
	script := axe(t)
	bad := filepath.Join(folder, "bad.html")
	if err := os.WriteFile(bad, []byte(`<html><title>x</title><p style="color: #aaa">grey</p><img src="">`), 0o600); err != nil {
		t.Fatal(err)
	}
	defer os.Remove(bad)
	p := b.page(t, look{})
	p.open(bad)
	if faults := p.faults(script); len(faults) < 3 {
		t.Fatalf("a page that is wrong has %q", faults)
	}
	pages := []string{"index.html", "sv/index.html", "en/index.html", "sv/2.html", "en/2.html", "en/3.html", "sv/1.html", "sv/4.html", "sv/9.html", "sv/15.html"}
	for _, name := range pages {
		for _, l := range []look{{}, {dark: true}, {width: 320}, {width: 320, dark: true}} {
			t.Run(fmt.Sprintf("%s %d %v", name, l.width, l.dark), func(t *testing.T) {
				p := b.page(t, l)
				p.open(filepath.Join(folder, name))
				for _, fault := range p.faults(script) {
					t.Error(fault)
				}
				if got := p.text(`getComputedStyle(document.documentElement).colorScheme + " " + matchMedia("(prefers-color-scheme: dark)").matches`); got != fmt.Sprintf("light dark %v", l.dark) {
					t.Errorf("it is %s", got)
				}
				var wider int
				p.eval("document.documentElement.scrollWidth - innerWidth", &wider)
				if wider > 0 {
					t.Errorf("it is %d pixels wider than the window", wider)
				}
			})
		}
	}
}

const shownTitles = `[...document.querySelectorAll("#examples > li")].filter((li) => li.checkVisibility()).map((li) => li.querySelector("h2").textContent)`

// choose sets a field of the search as a reader does.
func (p *page) choose(name, value string) {
	p.Helper()
	if name == "q" {
		p.eval(`document.getElementById("q").focus(); document.getElementById("q").select()`, nil)
		p.press("Delete", 46)
		p.do("Input.insertText", map[string]any{"text": value})
		return
	}
	p.eval(fmt.Sprintf(`{const s = document.forms.find.elements[%q]; s.value = %q; if (s.value !== %[2]q) throw new Error("no " + %[2]q); s.dispatchEvent(new Event("input", {bubbles: true}))}`, name, value), nil)
}

func searches(t *testing.T, b *browser, index string) {
	p := b.page(t, look{})
	p.open(index)
	count := func() string { return p.text(`document.getElementById("shown").textContent`) }
	is := func(what string, want ...string) {
		t.Helper()
		if got := p.texts(shownTitles); !slices.Equal(got, want) {
			t.Errorf("%s shows %q, not %q", what, got, want)
		}
	}
	all := p.texts(shownTitles)
	if len(all) != len(hostile()) || count() != fmt.Sprintf("%d av %[1]d exempel visas", len(all)) {
		t.Errorf("%d are shown, and it says %q", len(all), count())
	}
	films := "Filmer i stället för pärmar"
	p.choose("q", "PÄRM vikar")
	is("two beginnings of words", films)
	if count() != fmt.Sprintf("1 av %d exempel visas", len(all)) {
		t.Errorf("it says %q", count())
	}
	p.choose("q", "pärm solceller")
	is("a word that is not there")
	if count() != "Inget exempel passar. Pröva andra ord eller färre val." {
		t.Errorf("it says %q", count())
	}
	p.choose("q", "")
	p.choose("tag", "skola")
	if got := p.texts(shownTitles); len(got) != 2 {
		t.Errorf("a tag shows %q", got)
	}
	p.choose("unit", `=Vård "<x>"`)
	is("a tag and a unit", films)
	p.choose("type", "process eller organisation")
	is("a tag, a unit and a type", films)
	p.choose("type", "produkt")
	is("filters that contradict each other")
	p.choose("type", "")
	p.choose("q", "film")
	is("a word and filters", films)

	kept := p.text("location.href")
	again := b.page(t, look{})
	again.open(strings.TrimPrefix(kept, "file://"))
	if got := again.texts(shownTitles); !slices.Equal(got, []string{films}) {
		t.Errorf("the address that it keeps shows %q", got)
	}
	p.eval(`document.getElementById("clear").click()`, nil)
	is("a cleared search", all...)
	var hidden bool
	if p.eval(`document.getElementById("clear").hidden && document.activeElement.id === "q"`, &hidden); !hidden {
		t.Error("the button to clear is there with nothing to clear")
	}
	p.open(filepath.Join(filepath.Dir(index), "2.html"))
	p.eval(`[...document.querySelectorAll(".tags a")].find((a) => a.textContent === "film").click()`, nil)
	<-p.loaded
	is("the tag on a page", films)
	if _, said := p.told(); len(said) > 0 {
		t.Errorf("it says %q", said)
	}
}

// speaks looks for a language on all that is written in another than the page.
func speaks(t *testing.T, b *browser, sv, en string) {
	p := b.page(t, look{})
	p.open(en)
	if got := p.text("document.documentElement.lang"); got != "en" {
		t.Errorf("the page is in %q", got)
	}
	const said = `[...document.querySelectorAll("#examples > li")].filter((li) => /Films|Solar|HYPER/.test(li.textContent)).map((li) =>
		[li.querySelector("h2").textContent, li.lang, li.querySelector("h2 a").getAttribute("href"), li.querySelector(".foreign")?.textContent].join("|"))`
	want := []string{"Solar <b>roofs</b>||3.html|", "Films instead of binders||2.html|", hostile()[0] + "|sv|../sv/1.html|In Swedish"}
	if got := p.texts(said); !slices.Equal(got, want) {
		t.Errorf("it lists %q", got)
	}
	p.choose("lang", "en")
	if got := p.texts(shownTitles); len(got) != 2 {
		t.Errorf("in English are %q", got)
	}
	p.eval(`document.querySelector("#examples li:not([hidden]) h2 a").click()`, nil)
	<-p.loaded
	if got := p.text(`document.documentElement.lang + document.querySelector("h1").textContent + document.querySelector("nav a").lang`); got != "enSolar <b>roofs</b>sv" {
		t.Errorf("its page says %q", got)
	}
	p.eval(`document.querySelector("nav a").click()`, nil)
	<-p.loaded
	if got := p.text("location.pathname"); got != filepath.Join(filepath.Dir(sv), "3.html") {
		t.Errorf("the other language leads to %s", got)
	}
	p.eval(`document.querySelector(".name a").click()`, nil)
	<-p.loaded
	if got := p.text("location.pathname"); got != sv {
		t.Errorf("the name of the site leads to %s", got)
	}
}

func readsWithoutScript(t *testing.T, b *browser, index string) {
	p := b.page(t, look{noScript: true})
	p.open(index)
	if got := p.texts(shownTitles); len(got) != len(hostile()) {
		t.Errorf("%d are shown", len(got))
	}
	var form bool
	if p.eval(`document.getElementById("find").checkVisibility() || document.getElementById("clear").checkVisibility()`, &form); form {
		t.Error("there is a search that does nothing")
	}
	if got := p.text(`document.getElementById("shown").textContent`); got != fmt.Sprintf("%d exempel", len(hostile())) {
		t.Errorf("it says %q", got)
	}
}

// staysHome opens every page, and sees what it asks for: itself and its pictures.
func staysHome(t *testing.T, b *browser, folder string) {
	for _, path := range pagesOf(t, folder) {
		p := b.page(t, look{})
		p.open(path)
		var seen bool
		if p.eval(`[...document.images].every((i) => i.complete && i.naturalWidth === 900 && i.alt)`, &seen); !seen {
			t.Errorf("%s: its picture is not seen", path)
		}
		asked, said := p.told()
		if strings.HasSuffix(path, "/2.html") != (len(asked) > 1) && !strings.Contains(path, "/en/") {
			t.Errorf("%s asks for %q", path, asked)
		}
		for _, address := range asked {
			if !strings.HasPrefix(address, "file://"+folder+"/") {
				t.Errorf("%s asks for %s", path, address)
			}
		}
		if len(said) > 0 {
			t.Errorf("%s says %q", path, said)
		}
	}
}

// blocks puts into pages what an attacker would, and sees that nothing of it
// runs or is fetched.
func blocks(t *testing.T, b *browser, folder string) {
	for _, name := range []string{"index.html", "sv/index.html", "sv/2.html"} {
		page, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		attack := `<main><script>window.bad = 1</script><p onclick="window.bad = 1" id="put-in" style="position: fixed">x</p><img src="nothing:" onerror="window.bad = 1" alt="">` +
			`<style>main { display: none }</style><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt=""><img src="https://exempel.se/x.png" alt="">` +
			`<script src="bad.js"></script><link rel="stylesheet" href="https://exempel.se/x.css"><iframe src="index.html"></iframe><form action="https://exempel.se/"></form>`
		path := filepath.Join(folder, filepath.Dir(name), "attacked.html")
		bad := filepath.Join(filepath.Dir(path), "bad.js")
		for file, text := range map[string]string{path: strings.Replace(string(page), "<main", attack+"</main><main", 1), bad: "window.bad = 1"} {
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			defer os.Remove(file)
		}
		p := b.page(t, look{})
		p.open(path)
		p.eval(`document.getElementById("put-in").click(); document.forms[document.forms.length - 1].submit(); {const s = document.createElement("script"); s.textContent = "window.bad = 1"; document.body.append(s)}`, nil)
		var ran bool
		if p.eval(`window.bad !== undefined || getComputedStyle(document.getElementById("put-in")).position === "fixed" || getComputedStyle(document.querySelector("main")).display === "none"`, &ran); ran {
			t.Errorf("%s: what was put in has run", name)
		}
		got, said := p.got()
		for _, address := range got {
			if address != "file://"+path && !strings.HasPrefix(address, "file://"+folder+"/pictures/") {
				t.Errorf("%s fetched %s", name, address)
			}
		}
		const attacks = 10
		if refused := slices.DeleteFunc(said, func(s string) bool { return !strings.HasPrefix(s, "error of security") }); len(refused) < attacks {
			t.Errorf("%s: %d refusals: %q", name, len(refused), refused)
		}
	}
}

// obeysKeys goes through the list with Tab alone: all that can be used is
// reached, in the order of the page, and is seen when it is.
func obeysKeys(t *testing.T, b *browser, index string) {
	p := b.page(t, look{})
	p.open(index)
	var want []string
	p.eval(`[...document.querySelectorAll("a, input, select, button")].filter((e) => e.checkVisibility()).map((e) => e.id || e.textContent)`, &want)
	var got []string
	for range want {
		p.press("Tab", 9)
		got = append(got, p.text(`document.activeElement.id || document.activeElement.textContent`))
		var seen bool
		if p.eval(`(() => {const e = document.activeElement, r = e.getBoundingClientRect(), s = getComputedStyle(e);
			return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2 && r.width > 0 && r.bottom > 0 && r.top < innerHeight})()`, &seen); !seen {
			t.Errorf("it is not seen that %q has the focus", got[len(got)-1])
		}
	}
	if !slices.Equal(got, want) || len(want) < len(hostile())+6 {
		t.Errorf("Tab reaches %q, not %q", got, want)
	}
	p.open(index)
	p.press("Tab", 9)
	p.press("Enter", 13)
	if got := p.text("document.activeElement.id"); got != "main" {
		t.Errorf("the first link leads to %q", got)
	}
}

// isText reads titles and texts that look like something else.
func isText(t *testing.T, b *browser, folder string) {
	titles := titles()
	for k, title := range titles {
		if k >= 1 && k <= 3 { // have other titles here
			continue
		}
		p := b.page(t, look{})
		p.open(filepath.Join(folder, "sv", fmt.Sprintf("%d.html", k+1)))
		got := p.text(`document.querySelector("h1").textContent`)
		if visible(title) && got != title || !visible(got) || !visible(p.text("document.body.innerText")) {
			t.Errorf("%q is %q", title, got)
		}
		if inside := p.texts(`[...document.querySelectorAll("h1 *, article script, article x, article textarea, article [onerror], article img")].map((e) => e.outerHTML)`); len(inside) > 0 {
			t.Errorf("%q became %q", title, inside)
		}
	}
	p := b.page(t, look{})
	p.open(filepath.Join(folder, "sv", "4.html"))
	var length int
	if p.eval(`document.querySelector(".text").textContent.length`, &length); length < 200_000 {
		t.Errorf("the long text has %d characters", length)
	}
	if title := p.text("document.title"); len([]rune(title)) > 200 {
		t.Errorf("the window is called %q", title)
	}
	if got := p.text(`document.querySelector(".name").textContent`); got != `Goda exempel & "mer" <b>` {
		t.Errorf("the site is called %q", got)
	}
}

// TestSiteFeeds reads the feeds with a parser of others, and follows their links.
func TestSiteFeeds(t *testing.T) {
	_, folder := publishedSite(t)
	for _, lang := range []string{"sv", "en"} {
		data, err := os.ReadFile(filepath.Join(folder, lang, "rss.xml"))
		if err != nil {
			t.Fatal(err)
		}
		feed, err := gofeed.NewParser().ParseString(string(data))
		if err != nil {
			t.Fatal(err)
		}
		if feed.Title != `Goda exempel & "mer" <b>` || feed.Language != lang || feed.Link != "https://exempel.se/goda/"+lang+"/index.html" || len(feed.Items) != len(hostile()) {
			t.Errorf("%q %q %q %d", feed.Title, feed.Language, feed.Link, len(feed.Items))
		}
		seen := map[string]bool{}
		for _, i := range feed.Items {
			name, found := strings.CutPrefix(i.Link, "https://exempel.se/goda/")
			if _, err := os.Stat(filepath.Join(folder, name)); err != nil || !found || seen[i.GUID] || !visible(i.Title) {
				t.Errorf("%q leads to %s: %v", i.Title, i.Link, err)
			}
			seen[i.GUID] = true
			tame(t, []byte(i.Description))
		}
	}
}

// TestSiteLinks follows every link of every page that stays in the folder.
func TestSiteLinks(t *testing.T) {
	_, folder := publishedSite(t)
	links := 0
	for _, page := range pagesOf(t, folder) {
		data, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range strings.Split(string(data), ` href="`)[1:] {
			link, _, _ := strings.Cut(part, `"`)
			name, _, _ := strings.Cut(link, "#")
			if strings.Contains(name, ":") || name == "" {
				continue
			}
			links++
			if _, err := os.Stat(filepath.Join(filepath.Dir(page), name)); err != nil {
				t.Errorf("%s leads to %s: %v", page, link, err)
			}
		}
	}
	if links < 4*len(hostile()) {
		t.Errorf("%d links", links)
	}
}
