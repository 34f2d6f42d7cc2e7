package view

import (
	"cmp"
	"strings"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/letter"
	"sluss/internal/render"
)

// Newsletter is a newsletter in JSON. Ideas are the numbers of new ones; LeftOut
// are the examples that the audience has been told before.
type Newsletter struct {
	Audience  string               `json:"audience"`
	Since     string               `json:"since"`
	AsOf      string               `json:"as_of"`
	Subject   string               `json:"subject"`
	Markdown  string               `json:"markdown"`
	Examples  []NewsletterExample  `json:"examples"`
	Ideas     []int64              `json:"ideas"`
	Decisions []NewsletterDecision `json:"decisions"`
	Tests     []NewsletterTest     `json:"tests"`
	Dates     []NewsletterDate     `json:"dates"`
	LeftOut   []int64              `json:"left_out"`
	Lapsed    int                  `json:"lapsed"`
	Older     int                  `json:"older"`
}

// NewsletterExample is a good example in a newsletter, in JSON.
type NewsletterExample struct {
	Number    int64  `json:"number"`
	Title     string `json:"title"`
	Language  string `json:"language"`
	Published string `json:"published"`
}

// NewsletterDecision is a decision in a newsletter, in JSON.
type NewsletterDecision struct {
	Number   int64  `json:"number"`
	Day      string `json:"day"`
	Forum    string `json:"forum"`
	Decision string `json:"decision"`
}

// NewsletterTest is a test in a newsletter, in JSON.
type NewsletterTest struct {
	Number   int64   `json:"number"`
	Started  *string `json:"started"`
	Finished *string `json:"finished"`
	Verdict  *string `json:"verdict"`
}

// NewsletterDate is something to come in a newsletter, in JSON.
type NewsletterDate struct {
	Day   string  `json:"day"`
	To    string  `json:"to"`
	Kind  string  `json:"kind"`
	Title string  `json:"title"`
	Place *string `json:"place"`
	Idea  *int64  `json:"idea"`
}

// maxNeed is how many characters of a need, a belief or what was learnt stand in
// a newsletter.
const maxNeed = 280

// NewsletterLetter fills the template of a newsletter; the body is Markdown. me
// signs it. It returns what letter.FillNews returns.
func (v View) NewsletterLetter(n desk.Newsletter, me string) (letter.Letter, error) {
	line := render.MarkdownLine
	news := letter.News{Audience: v.t("%s", n.Audience.Label()), Coach: line(me), Since: n.Since, Today: n.Today}
	for _, s := range n.Stories {
		text := storyBody(s.Text)
		news.Examples = append(news.Examples, letter.NewsExample{Number: s.Idea, Title: line(s.Title), Summary: render.MarkdownProse(storySummary(text)),
			Text: render.MarkdownProse(text), Unit: line(s.UnitName), Published: s.Published})
	}
	for _, l := range n.Ideas {
		news.Ideas = append(news.Ideas, letter.NewsIdea{Number: l.Number, Title: line(l.Title), Need: line(beginning(l.Sections[idea.Need])),
			Unit: line(l.UnitName), Kind: v.word(string(l.Kind)), Received: l.Received})
	}
	for _, one := range n.Decisions {
		news.Decisions = append(news.Decisions, letter.NewsDecision{Number: one.Idea, Title: line(one.Title), Decision: v.t("%s", one.Resolution.Label()),
			Forum: line(one.ForumName), Day: one.Day})
	}
	for _, t := range n.Tests {
		news.Tests = append(news.Tests, letter.NewsTest{Number: t.Idea, Title: line(t.Title), Belief: line(sentence(beginning(t.Belief))), Started: t.Started,
			Finished: t.Finished, Verdict: v.word(string(t.Verdict)), Learnt: line(sentence(beginning(t.Learnt)))})
	}
	for _, one := range n.Dates {
		d := letter.NewsDate{Day: one.Day, What: v.t("%s", one.Kind.Label()), Title: line(one.Title), Place: line(one.Place)}
		if one.To > one.Day {
			d.To = one.To
		}
		news.Dates = append(news.Dates, d)
	}
	l, err := letter.FillNews(n.Template, news)
	l.Subject = render.PlainLine(l.Subject)
	return l, err
}

// storyBody is the text of a good example below its title.
func storyBody(text string) string {
	if idea.StoryTitle(text) == "" {
		return strings.TrimSpace(text)
	}
	_, rest, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return strings.TrimSpace(rest)
}

// storySummary is the first two paragraphs of a text, whatever headings and lists
// stand between them.
func storySummary(text string) string {
	var out []string
	for block := range strings.SplitSeq(text, "\n\n") {
		block = strings.TrimSpace(block)
		if block == "" || strings.ContainsAny(block[:1], "#>|`~") || strings.HasPrefix(block, "- ") || strings.HasPrefix(block, "* ") {
			continue
		}
		if out = append(out, block); len(out) == 2 {
			break
		}
	}
	return strings.Join(out, "\n\n")
}

// beginning is the first paragraph of a text on one line, cut where it is long.
func beginning(text string) string {
	paragraph, _, _ := strings.Cut(strings.TrimSpace(text), "\n\n")
	line := strings.Join(strings.Fields(paragraph), " ")
	runes := []rune(line)
	if len(runes) <= maxNeed {
		return line
	}
	cut := string(runes[:maxNeed])
	if at := strings.LastIndexByte(cut, ' '); at > len(cut)/2 {
		cut = cut[:at]
	}
	return cut + "…"
}

// sentence is a line with a full stop where it has no end.
func sentence(line string) string {
	if line == "" || strings.ContainsAny(line[len(line)-1:], ".!?") || strings.HasSuffix(line, "…") {
		return line
	}
	return line + "."
}

// NewsletterMarkdown is a newsletter as Markdown.
func NewsletterMarkdown(l letter.Letter) string {
	return "# " + render.MarkdownLine(l.Subject) + "\n\n" + l.Body + "\n"
}

// Newsletter is a newsletter for JSON.
func (v View) Newsletter(n desk.Newsletter, l letter.Letter) render.Document {
	out := Newsletter{Audience: string(n.Audience), Since: string(n.Since), AsOf: string(n.Today), Subject: l.Subject, Markdown: NewsletterMarkdown(l),
		Examples: []NewsletterExample{}, Ideas: []int64{}, Decisions: []NewsletterDecision{}, Tests: []NewsletterTest{}, Dates: []NewsletterDate{},
		LeftOut: append([]int64{}, n.Before...), Lapsed: n.Lapsed, Older: n.Older}
	for _, s := range n.Stories {
		out.Examples = append(out.Examples, NewsletterExample{s.Idea, s.Title, s.Lang, string(s.Published)})
	}
	for _, i := range n.Ideas {
		out.Ideas = append(out.Ideas, i.Number)
	}
	for _, one := range n.Decisions {
		out.Decisions = append(out.Decisions, NewsletterDecision{one.Idea, string(one.Day), one.ForumName, string(one.Resolution)})
	}
	for _, t := range n.Tests {
		out.Tests = append(out.Tests, NewsletterTest{t.Idea, known(t.Started), known(t.Finished), known(t.Verdict)})
	}
	for _, one := range n.Dates {
		out.Dates = append(out.Dates, NewsletterDate{string(one.Day), string(cmp.Or(one.To, one.Day)), string(one.Kind), one.Title, known(one.Place), id(one.Idea)})
	}
	return render.Document{JSON: out}
}
