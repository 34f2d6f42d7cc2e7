package render

import (
	_ "embed" // the page and how it looks
	"html/template"
	"io"
	"slices"
	"unicode/utf8"

	"sluss/internal/term"
)

//go:embed badges.gohtml
var badgesTemplate string

//go:embed badges.css
var badgesStyle string

// Badges is cards with names, to be printed and cut out.
type Badges struct {
	Title  string // of the page in a browser; not printed
	Footer string // stands on every card
	Lang   string
	Cards  []Badge
}

// Badge is a card.
type Badge struct{ Name, Organisation string }

// badgesOnSheet is how many cards fit a sheet of A4: two by five, of 90 by 54 mm.
const badgesOnSheet = 10

// WriteBadges writes one self-contained page of HTML: sheets of A4 with cards.
func WriteBadges(w io.Writer, b Badges) error {
	page, err := template.New("").Parse(badgesTemplate)
	if err != nil {
		return err
	}
	type card struct{ Name, Organisation, Size string }
	var sheets [][]card
	for chunk := range slices.Chunk(b.Cards, badgesOnSheet) {
		var sheet []card
		for _, c := range chunk {
			sheet = append(sheet, card{term.Safe(c.Name), term.Safe(c.Organisation), badgeSize(c.Name)})
		}
		sheets = append(sheets, sheet)
	}
	return page.Execute(w, struct {
		Title, Footer, Lang string
		Style               template.CSS
		Sheets              [][]card
	}{term.Safe(b.Title), term.Safe(b.Footer), b.Lang, template.CSS(badgesStyle), sheets})
}

// badgeSize is how large a name is written, so that it fits its card.
func badgeSize(name string) string {
	switch n := utf8.RuneCountInString(name); {
	case n > 60:
		return "small"
	case n > 28:
		return "middle"
	}
	return "large"
}
