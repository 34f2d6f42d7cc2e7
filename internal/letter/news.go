package letter

import (
	"reflect"
	"strings"

	"sluss/internal/idea"
)

// News is what the template of a newsletter can use. Its texts are Markdown: what
// is a line or a word is escaped, and Summary and Text are fit to stand under a
// heading of the third level. A field that is not known is empty.
type News struct {
	Audience  string
	Coach     string
	Since     idea.Day
	Today     idea.Day
	Examples  []NewsExample
	Ideas     []NewsIdea
	Decisions []NewsDecision
	Tests     []NewsTest
	Dates     []NewsDate
}

// NewsExample is a good example in a newsletter.
type NewsExample struct {
	Number    int64
	Title     string
	Summary   string // its first paragraphs
	Text      string // all of it below its title
	Unit      string
	Published idea.Day
}

// NewsIdea is a new idea in a newsletter.
type NewsIdea struct {
	Number   int64
	Title    string
	Need     string // the beginning, on one line
	Unit     string
	Kind     string // of whoever it came from
	Received idea.Day
}

// NewsDecision is a decision in a newsletter.
type NewsDecision struct {
	Number   int64 // of the idea
	Title    string
	Decision string
	Forum    string
	Day      idea.Day
}

// NewsTest is a test in a newsletter that began, or is finished.
type NewsTest struct {
	Number   int64 // of the idea
	Title    string
	Belief   string
	Started  idea.Day
	Finished idea.Day // empty: not yet
	Verdict  string
	Learnt   string
}

// NewsDate is something to come in a newsletter.
type NewsDate struct {
	Day   idea.Day
	To    idea.Day // the last day; empty for what lasts a day
	What  string   // a word, such as meeting
	Title string
	Place string
}

// NewsFields lists what the template of a newsletter can use, as it is written
// there.
func NewsFields() string {
	var parts []string
	all := reflect.TypeFor[News]()
	for k := range all.NumField() {
		f := all.Field(k)
		if f.Type.Kind() != reflect.Slice {
			parts = append(parts, "{{."+f.Name+"}}")
			continue
		}
		part := "{{range ." + f.Name + "}}"
		for i := range f.Type.Elem().NumField() {
			part += "{{." + f.Type.Elem().Field(i).Name + "}}"
		}
		parts = append(parts, part+"{{end}}")
	}
	return strings.Join(parts, " ")
}

// NewsList lists what the template of a newsletter can use, as people read it: the
// fields of each part stand in parentheses.
func NewsList() string {
	var parts []string
	all := reflect.TypeFor[News]()
	for k := range all.NumField() {
		f := all.Field(k)
		part := f.Name
		if f.Type.Kind() == reflect.Slice {
			var fields []string
			for i := range f.Type.Elem().NumField() {
				fields = append(fields, f.Type.Elem().Field(i).Name)
			}
			part += " (" + strings.Join(fields, ", ") + ")"
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ", ")
}

// maxNews is how long a newsletter may be, in bytes.
const maxNews = 16 * idea.MaxText

// FillNews makes a newsletter of its template: the first line is the subject, and
// the body is Markdown. It returns what [Fill] returns.
func FillNews(t idea.Template, n News) (Letter, error) { return fill(t, n, maxNews) }

// checkNews fills the template with everything that it can use, and with nothing.
func checkNews(t idea.Template) error {
	const day idea.Day = "2026-11-24"
	whole := News{Audience: "a", Coach: "a", Since: day, Today: day,
		Examples:  []NewsExample{{14, "a", "a", "a", "a", day}, {}},
		Ideas:     []NewsIdea{{14, "a", "a", "a", "a", day}, {}},
		Decisions: []NewsDecision{{14, "a", "a", "a", day}, {}},
		Tests:     []NewsTest{{14, "a", "a", day, day, "a", "a"}, {}},
		Dates:     []NewsDate{{day, day, "a", "a", "a"}, {}}}
	for _, n := range []News{whole, {}} {
		if _, err := FillNews(t, n); err != nil {
			return err
		}
	}
	return nil
}
