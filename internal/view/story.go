package view

import (
	"slices"
	"strconv"
	"strings"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/render"
)

// StoryState is how far the good example of an idea has come, in JSON.
type StoryState struct {
	Status    string   `json:"status"`
	Audience  string   `json:"audience"`
	Languages []string `json:"languages"`
	Published *string  `json:"published"`
	Pictures  int      `json:"pictures"`
}

// Story is a good example in JSON, as it stands in a list.
type Story struct {
	Number int64  `json:"number"`
	Title  string `json:"title"`
	StoryState
	Unit   *string  `json:"unit"`
	Tags   []string `json:"tags"`
	Lapses []Lapse  `json:"lapses"`
}

// Lapse is a giver whom a published example names or shows without consent.
type Lapse struct {
	Giver int64  `json:"giver"`
	Kind  string `json:"kind"`
	Since string `json:"since"`
}

// StoryCard is a good example in JSON, whole. Contact is null unless people were
// asked for.
type StoryCard struct {
	Story
	Changed  bool        `json:"changed"`
	Contact  *string     `json:"contact"`
	Versions []StoryText `json:"versions"`
	Images   []Picture   `json:"images"`
	Spread   []Spread    `json:"spread"`
	Uptakes  []Uptake    `json:"uptakes"`
}

// StoryText is a version of a good example in JSON.
type StoryText struct {
	Language  string     `json:"language"`
	Text      string     `json:"text"`
	Published bool       `json:"published"`
	Changed   bool       `json:"changed"`
	Found     []Exposure `json:"found"`
}

// Exposure is a place where somebody stands who does not agree, in JSON. Name is
// null unless people were asked for.
type Exposure struct {
	Line   int     `json:"line"`
	Column int     `json:"column"`
	What   string  `json:"what"`
	Who    string  `json:"who"`
	Name   *string `json:"name"`
}

// Picture is a picture of a good example in JSON.
type Picture struct {
	Picture   int     `json:"picture"`
	File      string  `json:"file"`
	Alt       string  `json:"alt"`
	Caption   *string `json:"caption"`
	Published bool    `json:"published"`
	Shows     []int64 `json:"shows"`
}

func storyState(s idea.Story) *StoryState {
	return &StoryState{Status: string(s.Status), Audience: string(s.Audience), Languages: s.Langs(), Published: known(s.Published), Pictures: len(s.Pictures)}
}

func storyJSON(l desk.StoryLine) Story {
	out := Story{Number: l.Idea, Title: l.Title, StoryState: *storyState(l.Story), Unit: known(l.UnitName), Tags: append([]string{}, l.Tags...), Lapses: []Lapse{}}
	for _, lapse := range l.Lapses {
		out.Lapses = append(out.Lapses, Lapse{lapse.Giver, string(lapse.Kind), string(lapse.Since)})
	}
	return out
}

func (v View) storyCardJSON(c desk.StoryCard) StoryCard {
	out := StoryCard{Story: storyJSON(c.StoryLine), Changed: c.Changed, Contact: known(c.OfficialName), Versions: []StoryText{}, Images: picturesJSON(c.Pictures),
		Spread: spreadsJSON(c.Spreads), Uptakes: uptakesJSON(c.Uptakes)}
	for _, t := range c.Texts {
		one := StoryText{Language: t.Lang, Text: t.Shown, Published: t.Out, Changed: t.Changed, Found: []Exposure{}}
		for _, x := range t.Found {
			one.Found = append(one.Found, Exposure{Line: x.Line, Column: x.Column, What: string(x.Trace), Who: x.Who.String(), Name: known(x.Name)})
		}
		out.Versions = append(out.Versions, one)
	}
	return out
}

func picturesJSON(pictures []idea.Picture) []Picture {
	out := []Picture{}
	for k, p := range pictures {
		out = append(out, Picture{Picture: k + 1, File: p.File, Alt: p.Alt, Caption: known(p.Caption), Published: p.Published, Shows: append([]int64{}, p.Shows...)})
	}
	return out
}

// storyState is how far a good example has come, in a line.
func (v View) storyLine(s idea.Story) string {
	line := v.t("%s", s.Status.Label())
	if s.Status == idea.StoryPublished {
		line = v.t("published on %s for %s", string(s.Published), s.Audience.Label())
	}
	return line + " (" + v.langs(s) + ")"
}

func (v View) langs(s idea.Story) string {
	names := make([]string, len(s.Versions))
	for k, lang := range s.Langs() {
		names[k] = v.t("%s", idea.LangWord(lang))
	}
	return strings.Join(names, ", ")
}

// Stories is a list of good examples.
func (v View) Stories(all []desk.StoryLine) render.Document {
	few := []string{"number", "title", "status", "audience", "languages", "unit", "published", "consent"}
	table := columnTable(v.storyColumns(), all, few)
	table.Empty = v.t("No good examples found.")
	return render.Document{
		Sections: []render.Section{{Table: table}},
		Records:  columnTable(v.storyColumns(), all, nil),
		Items:    items(seq(all), func(l desk.StoryLine) any { return storyJSON(l) }),
	}
}

func (v View) storyColumns() []column[desk.StoryLine] {
	return []column[desk.StoryLine]{
		{render.Column{Key: "number", Head: v.t("No."), Right: true}, func(l desk.StoryLine) render.Cell { return numbered(l.Idea) }},
		{render.Column{Key: "title", Head: v.t("Title"), Flex: true}, func(l desk.StoryLine) render.Cell { return text(l.Title) }},
		{render.Column{Key: "status", Head: v.t("Status")}, func(l desk.StoryLine) render.Cell {
			return coded(v.t("%s", l.Status.Label()), string(l.Status))
		}},
		{render.Column{Key: "audience", Head: v.t("For")}, func(l desk.StoryLine) render.Cell {
			return coded(v.t("%s", l.Audience.Label()), string(l.Audience))
		}},
		{render.Column{Key: "languages", Head: v.t("Language")}, func(l desk.StoryLine) render.Cell { return text(strings.Join(l.Langs(), " ")) }},
		{render.Column{Key: "unit", Head: v.t("Unit"), Spare: true}, func(l desk.StoryLine) render.Cell { return text(l.UnitName) }},
		{render.Column{Key: "tags", Head: v.t("Tags"), Flex: true}, func(l desk.StoryLine) render.Cell { return text(strings.Join(l.Tags, " ")) }},
		{render.Column{Key: "published", Head: v.t("Published")}, func(l desk.StoryLine) render.Cell { return text(string(l.Published)) }},
		{render.Column{Key: "pictures", Head: v.t("Pictures"), Right: true}, func(l desk.StoryLine) render.Cell { return count(len(l.Pictures)) }},
		{render.Column{Key: "consent", Head: v.t("Consent")}, func(l desk.StoryLine) render.Cell { return v.lapses(l.Lapses) }},
	}
}

// lapses says whose consent is missing.
func (v View) lapses(all []idea.Lapse) render.Cell {
	if len(all) == 0 {
		return render.Cell{}
	}
	var givers, raw []string
	for _, l := range all {
		if number := number64(l.Giver); !slices.Contains(raw, number) {
			givers, raw = append(givers, v.t("giver %d", l.Giver)), append(raw, number)
		}
	}
	return render.Cell{Text: v.t("missing: %s", strings.Join(givers, ", ")) + " !", Raw: strings.Join(raw, " "), Style: render.Warn}
}

// StoryDone tells what was done to good examples, a line each.
func (v View) StoryDone(all []desk.StoryLine, what func(desk.StoryLine) idea.Text) render.Document {
	d := v.Stories(all)
	d.Sections = nil
	for _, l := range all {
		d.Notes = append(d.Notes, v.t("%d %s: %s", l.Idea, l.Title, what(l)))
	}
	return d
}

// Story is one good example as it is published, or as it would be. langs are the
// versions that are shown, all without any.
func (v View) Story(c desk.StoryCard, langs []string) render.Document {
	d := render.Document{Title: number64(c.Idea) + " " + c.Title, JSON: v.storyCardJSON(c), Records: v.Stories([]desk.StoryLine{c.StoryLine}).Records}
	d.Sections = append(d.Sections, render.Section{Facts: v.storyFacts(c)})
	for _, t := range c.Texts {
		if len(langs) > 0 && !slices.Contains(langs, t.Lang) {
			continue
		}
		heading := ""
		if len(c.Texts) > 1 {
			heading = v.t("In %s", idea.LangWord(t.Lang))
		}
		d.Sections = append(d.Sections, render.Section{Heading: heading, Text: t.Shown})
	}
	if len(c.Pictures) > 0 {
		d.Sections = append(d.Sections, render.Section{Heading: v.t("Pictures"), Table: v.pictureTable(c.Pictures)})
	}
	if len(c.Spreads) > 0 {
		d.Sections = append(d.Sections, render.Section{Heading: v.t("Spreading"), Table: columnTable(v.spreadColumns(), c.Spreads, []string{"id", "day", "channel", "audience", "reach", "text"})})
	}
	if len(c.Uptakes) > 0 {
		d.Sections = append(d.Sections, render.Section{Heading: v.t("Taken up by"), Table: columnTable(v.uptakeColumns(), c.Uptakes, []string{"id", "day", "who", "kind", "text"})})
	}
	return d
}

// StorySource is a version in JSON as it was written.
type StorySource struct {
	Number   int64  `json:"number"`
	Language string `json:"language"`
	Text     string `json:"text"`
}

// StorySource is a version as it was written, with its placeholders.
func (v View) StorySource(number int64, version idea.StoryVersion) render.Document {
	return render.Document{
		Sections: []render.Section{{Text: version.Text}},
		Records: &render.Table{
			Columns: []render.Column{{Key: "number", Head: v.t("No."), Right: true}, {Key: "language", Head: v.t("Language")}, {Key: "text", Head: v.t("Text"), Flex: true}},
			Rows:    render.RowsOf([][]render.Cell{{numbered(number), text(version.Lang), text(version.Text)}}),
		},
		JSON: StorySource{number, version.Lang, version.Text},
	}
}

func (v View) storyFacts(c desk.StoryCard) []render.Fact {
	facts := []render.Fact{{Label: v.t("Status"), Value: v.storyLine(c.Story)}}
	add := func(label, value string) {
		if value != "" {
			facts = append(facts, render.Fact{Label: label, Value: value})
		}
	}
	if c.Status != idea.StoryPublished {
		add(v.t("For"), v.t("%s", c.Audience.Label()))
	}
	add(v.t("Unit"), c.UnitName)
	add(v.t("Tags"), strings.Join(c.Tags, " "))
	add(v.t("Contact"), c.OfficialName)
	if c.Changed {
		add(v.t("Changed"), v.t("since it was published; sluss story publish %d publishes it anew", c.Idea))
	}
	for _, t := range c.Texts {
		for _, x := range t.Found {
			add(v.t("Stands in the way"), v.t("%s", x.Text()))
		}
	}
	for _, l := range c.Lapses {
		add(v.t("Consent is missing"), v.t("giver %d, %s, since %s", l.Giver, l.Kind.Label(), string(l.Since)))
	}
	return facts
}

// StoryPictures is the pictures of a good example.
func (v View) StoryPictures(c desk.StoryCard) render.Document {
	return render.Document{
		Sections: []render.Section{{Table: v.pictureTable(c.Pictures)}},
		Items:    items(seq(picturesJSON(c.Pictures)), func(p Picture) any { return p }),
	}
}

func (v View) pictureTable(pictures []idea.Picture) *render.Table {
	var lines [][]render.Cell
	for k, p := range pictures {
		state := coded(v.t("draft"), "false")
		if p.Published {
			state = coded(v.t("published"), "true")
		}
		shows := make([]string, len(p.Shows))
		for i, giver := range p.Shows {
			shows[i] = number64(giver)
		}
		lines = append(lines, []render.Cell{{Text: strconv.Itoa(k + 1), Number: true}, text(p.File), text(p.Alt), text(p.Caption), text(strings.Join(shows, " ")), state})
	}
	return &render.Table{
		Empty: v.t("No pictures."),
		Columns: []render.Column{{Key: "picture", Head: v.t("No."), Right: true}, {Key: "file", Head: v.t("File")}, {Key: "alt", Head: v.t("Alternative text"), Flex: true},
			{Key: "caption", Head: v.t("Caption"), Flex: true}, {Key: "shows", Head: v.t("Shows giver")}, {Key: "published", Head: v.t("Status")}},
		Rows: render.RowsOf(lines),
	}
}

// Consent is a consent in JSON. Name is null unless people were asked for.
type Consent struct {
	Giver     int64   `json:"giver"`
	Name      *string `json:"name"`
	Kind      string  `json:"kind"`
	From      string  `json:"from"`
	Until     *string `json:"until"`
	How       *string `json:"how"`
	Withdrawn *string `json:"withdrawn"`
	State     string  `json:"state"`
	Stories   []int64 `json:"stories"`
}

func consentJSON(c desk.ConsentLine) Consent {
	return Consent{Giver: c.Giver, Name: known(c.GiverName), Kind: string(c.Kind), From: string(c.From), Until: known(c.Until), How: known(c.How),
		Withdrawn: known(c.Withdrawn), State: string(c.State), Stories: append([]int64{}, c.Stories...)}
}

// Consents is a list of consents.
func (v View) Consents(all []desk.ConsentLine, people bool) render.Document {
	columns := []column[desk.ConsentLine]{
		{render.Column{Key: "giver", Head: v.t("Giver"), Right: true}, func(c desk.ConsentLine) render.Cell { return numbered(c.Giver) }},
	}
	if people {
		columns = append(columns, column[desk.ConsentLine]{render.Column{Key: "name", Head: v.t("Name"), Flex: true},
			func(c desk.ConsentLine) render.Cell { return text(c.GiverName) }})
	}
	day := func(key, head string, part func(desk.ConsentLine) idea.Day) column[desk.ConsentLine] {
		return column[desk.ConsentLine]{render.Column{Key: key, Head: head}, func(c desk.ConsentLine) render.Cell { return text(string(part(c))) }}
	}
	columns = append(columns,
		column[desk.ConsentLine]{render.Column{Key: "kind", Head: v.t("Agrees")}, func(c desk.ConsentLine) render.Cell {
			return coded(v.t("%s", c.Kind.Label()), string(c.Kind))
		}},
		day("from", v.t("From"), func(c desk.ConsentLine) idea.Day { return c.From }),
		day("until", v.t("Until"), func(c desk.ConsentLine) idea.Day { return c.Until }),
		column[desk.ConsentLine]{render.Column{Key: "how", Head: v.t("Given by")}, func(c desk.ConsentLine) render.Cell {
			return coded(v.word(string(c.How)), string(c.How))
		}},
		day("withdrawn", v.t("Withdrawn"), func(c desk.ConsentLine) idea.Day { return c.Withdrawn }),
		column[desk.ConsentLine]{render.Column{Key: "state", Head: v.t("State")}, func(c desk.ConsentLine) render.Cell {
			return coded(v.t("%s", c.State.Label()), string(c.State))
		}},
		column[desk.ConsentLine]{render.Column{Key: "stories", Head: v.t("To be changed")}, v.storiesToChange})
	table := columnTable(columns, all, nil)
	table.Empty = v.t("No consents found.")
	return render.Document{Sections: []render.Section{{Table: table}}, Items: items(seq(all), func(c desk.ConsentLine) any { return consentJSON(c) })}
}

func (v View) storiesToChange(c desk.ConsentLine) render.Cell {
	if len(c.Stories) == 0 {
		return render.Cell{}
	}
	numbers := make([]string, len(c.Stories))
	for k, n := range c.Stories {
		numbers[k] = number64(n)
	}
	line := strings.Join(numbers, " ")
	return render.Cell{Text: line + " !", Raw: line, Style: render.Warn}
}

// ConsentDone tells what was recorded of a giver's consents, and which published
// examples must be changed or withdrawn now.
func (v View) ConsentDone(all []desk.ConsentLine, people bool) render.Document {
	d := v.Consents(all, people)
	d.Sections = nil
	seen := map[int64]bool{}
	for _, c := range all {
		d.Notes = append(d.Notes, v.t("%s: %s, %s", v.t("giver %d", c.Giver), c.Kind.Label(), c.State.Label()))
	}
	for _, c := range all {
		for _, number := range c.Stories {
			if !seen[number] {
				d.Notes = append(d.Notes, v.t("the good example of idea %d names or shows the giver: change it and publish it anew with sluss story publish %d, or sluss story withdraw %d", number, number, number))
			}
			seen[number] = true
		}
	}
	return d
}

// StoryPublished tells for whom a good example is published.
func StoryPublished(l desk.StoryLine) idea.Text {
	return idea.Say("published on %s for %s", string(l.Published), l.Audience.Label())
}

// StoryWithdrawn tells that a good example is taken back.
func StoryWithdrawn(desk.StoryLine) idea.Text { return idea.Say("no longer published") }

// PictureAdded tells that a picture is kept as a file.
func PictureAdded(file string) func(desk.StoryLine) idea.Text {
	return func(l desk.StoryLine) idea.Text {
		return idea.Say("picture %d is added: %s", len(l.Pictures), file)
	}
}

// PictureRemoved tells that a picture is taken away.
func PictureRemoved(desk.StoryLine) idea.Text { return idea.Say("the picture is removed") }
