package view

import (
	"strings"

	"sluss/internal/desk"
	"sluss/internal/render"
	"sluss/internal/report"
)

// Spread is a telling in JSON. Reach is null when it is not known.
type Spread struct {
	ID       int64   `json:"id"`
	Day      string  `json:"day"`
	Channel  string  `json:"channel"`
	Audience string  `json:"audience"`
	Reach    *int64  `json:"reach"`
	Stories  []int64 `json:"stories"`
	Ideas    []int64 `json:"ideas"`
	Text     *string `json:"text"`
}

// Uptake is in JSON that somebody took a good example up.
type Uptake struct {
	ID    int64   `json:"id"`
	Day   string  `json:"day"`
	Story int64   `json:"story"`
	Title string  `json:"title"`
	Who   string  `json:"who"`
	Kind  string  `json:"kind"`
	Text  *string `json:"text"`
}

func spreadJSON(s desk.SpreadLine) Spread {
	return Spread{ID: s.ID, Day: string(s.Day), Channel: string(s.Channel), Audience: string(s.Audience), Reach: s.Reach,
		Stories: append([]int64{}, s.Of...), Ideas: append([]int64{}, s.Ideas...), Text: known(s.Text)}
}

func spreadsJSON(all []desk.SpreadLine) []Spread {
	out := make([]Spread, len(all))
	for k, s := range all {
		out[k] = spreadJSON(s)
	}
	return out
}

func uptakeJSON(u desk.UptakeLine) Uptake {
	return Uptake{ID: u.ID, Day: string(u.Day), Story: u.Of, Title: u.Title, Who: u.Organisation, Kind: string(u.Kind), Text: known(u.Text)}
}

func uptakesJSON(all []desk.UptakeLine) []Uptake {
	out := make([]Uptake, len(all))
	for k, u := range all {
		out[k] = uptakeJSON(u)
	}
	return out
}

func (v View) spreadColumns() []column[desk.SpreadLine] {
	return []column[desk.SpreadLine]{
		{render.Column{Key: "id", Head: v.t("No."), Right: true}, func(s desk.SpreadLine) render.Cell { return numbered(s.ID) }},
		{render.Column{Key: "day", Head: v.t("Day")}, func(s desk.SpreadLine) render.Cell { return text(string(s.Day)) }},
		{render.Column{Key: "channel", Head: v.t("By way of")}, func(s desk.SpreadLine) render.Cell {
			return coded(v.t("%s", s.Channel.Label()), string(s.Channel))
		}},
		{render.Column{Key: "audience", Head: v.t("Audience")}, func(s desk.SpreadLine) render.Cell {
			return coded(v.t("%s", s.Audience.Label()), string(s.Audience))
		}},
		{render.Column{Key: "reach", Head: v.t("Reach"), Right: true}, func(s desk.SpreadLine) render.Cell {
			if s.Reach == nil {
				return noFigure()
			}
			return count(int(*s.Reach))
		}},
		{render.Column{Key: "stories", Head: v.t("Good examples"), Flex: true}, func(s desk.SpreadLine) render.Cell { return toldCell(s.Of, s.Titles) }},
		{render.Column{Key: "ideas", Head: v.t("Ideas"), Flex: true}, func(s desk.SpreadLine) render.Cell { return toldCell(s.Ideas, s.Titles) }},
		{render.Column{Key: "text", Head: v.t("Note"), Flex: true}, func(s desk.SpreadLine) render.Cell { return coded(short(s.Text), s.Text) }},
	}
}

// toldCell names one thing that was told, or gives the numbers of several.
func toldCell(numbers []int64, titles map[int64]string) render.Cell {
	if len(numbers) == 1 {
		return coded(number64(numbers[0])+" "+titles[numbers[0]], number64(numbers[0]))
	}
	var words []string
	for _, n := range numbers {
		words = append(words, number64(n))
	}
	return text(strings.Join(words, " "))
}

// Spreads is a list of tellings.
func (v View) Spreads(all []desk.SpreadLine) render.Document {
	keys := []string{"id", "day", "channel", "audience", "reach", "stories", "text"}
	for _, s := range all {
		if len(s.Ideas) > 0 {
			keys = []string{"id", "day", "channel", "audience", "reach", "stories", "ideas", "text"}
			break
		}
	}
	table := columnTable(v.spreadColumns(), all, keys)
	table.Empty = v.t("Nothing is recorded: sluss spread add NUMBER --channel CHANNEL")
	return render.Document{
		Sections: []render.Section{{Table: table}},
		Records:  columnTable(v.spreadColumns(), all, nil),
		Items:    items(seq(all), func(s desk.SpreadLine) any { return spreadJSON(s) }),
	}
}

func (v View) uptakeColumns() []column[desk.UptakeLine] {
	return []column[desk.UptakeLine]{
		{render.Column{Key: "id", Head: v.t("No."), Right: true}, func(u desk.UptakeLine) render.Cell { return numbered(u.ID) }},
		{render.Column{Key: "day", Head: v.t("Day")}, func(u desk.UptakeLine) render.Cell { return text(string(u.Day)) }},
		{render.Column{Key: "who", Head: v.t("Taken up by"), Flex: true}, func(u desk.UptakeLine) render.Cell { return text(u.Organisation) }},
		{render.Column{Key: "kind", Head: v.t("What it is")}, func(u desk.UptakeLine) render.Cell {
			return coded(v.t("%s", u.Kind.Label()), string(u.Kind))
		}},
		{render.Column{Key: "story", Head: v.t("Good example"), Flex: true}, func(u desk.UptakeLine) render.Cell {
			return coded(number64(u.Of)+" "+u.Title, number64(u.Of))
		}},
		{render.Column{Key: "text", Head: v.t("Note"), Flex: true}, func(u desk.UptakeLine) render.Cell { return coded(short(u.Text), u.Text) }},
	}
}

// Uptakes is a list of who took good examples up.
func (v View) Uptakes(all []desk.UptakeLine) render.Document {
	table := columnTable(v.uptakeColumns(), all, nil)
	table.Empty = v.t("Nothing is recorded: sluss uptake add NUMBER --who ORGANISATION")
	return render.Document{
		Sections: []render.Section{{Table: table}},
		Items:    items(seq(all), func(u desk.UptakeLine) any { return uptakeJSON(u) }),
	}
}

// SpreadFigures is what was spread in a period, in JSON.
type SpreadFigures struct {
	Published     int      `json:"published"`
	Tellings      int      `json:"tellings"`
	Told          int      `json:"told"`
	Reach         *int64   `json:"reach"`
	ReachKnown    int      `json:"reach_known"`
	Uptakes       int      `json:"uptakes"`
	TakenUp       int      `json:"taken_up"`
	Organisations int      `json:"organisations"`
	Examples      int      `json:"examples"`
	ShareTakenUp  *float64 `json:"share_taken_up"`
}

// SpreadTelling is the tellings of one channel or audience in JSON.
type SpreadTelling struct {
	Key        string `json:"key"`
	Tellings   int    `json:"tellings"`
	Told       int    `json:"told"`
	Reach      *int64 `json:"reach"`
	ReachKnown int    `json:"reach_known"`
}

// SpreadPart is a group of the report of spreading in JSON.
type SpreadPart struct {
	Key  string `json:"key"`
	Name string `json:"name"`
	SpreadFigures
}

// SpreadKind is the uptakes of one kind of organisation in JSON.
type SpreadKind struct {
	Kind          string `json:"kind"`
	Uptakes       int    `json:"uptakes"`
	TakenUp       int    `json:"taken_up"`
	Organisations int    `json:"organisations"`
}

// SpreadReport is the report of spreading in JSON. Days are the first and the
// last, and null where the period is open.
type SpreadReport struct {
	From      *string         `json:"from"`
	To        *string         `json:"to"`
	AsOf      string          `json:"as_of"`
	Known     *string         `json:"known_from"`
	Gap       *string         `json:"gap"`     // why nothing is known of the period: empty, too_early or not_yet
	Figures   *SpreadFigures  `json:"figures"` // null when nothing is known; so is compared
	Compared  *SpreadFigures  `json:"compared"`
	Channels  []SpreadTelling `json:"channels"`
	Audiences []SpreadTelling `json:"audiences"`
	Kinds     []SpreadKind    `json:"kinds"`
	By        *string         `json:"by"`
	Groups    []SpreadPart    `json:"groups"`
}

func reachJSON(f report.SpreadFigures) *int64 {
	if f.Counted == 0 {
		return nil
	}
	return &f.Reach
}

func spreadFiguresJSON(f report.SpreadFigures) SpreadFigures {
	return SpreadFigures{f.Published, f.Tellings, f.Told, reachJSON(f), f.Counted, f.Uptakes, f.TakenUp, f.Organisations, f.Known, number(f.Share)}
}

func spreadTellings(all []report.SpreadGroup) []SpreadTelling {
	out := []SpreadTelling{}
	for _, g := range all {
		out = append(out, SpreadTelling{g.Key, g.Tellings, g.Told, reachJSON(g.SpreadFigures), g.Counted})
	}
	return out
}

func (v View) spreadReportJSON(r report.SpreadReport) SpreadReport {
	out := SpreadReport{From: known(r.Period.From), AsOf: string(r.AsOf), Known: known(r.Dawn), Gap: known(r.Gap), Channels: spreadTellings(r.Channels),
		Audiences: spreadTellings(r.Audiences), Kinds: []SpreadKind{}, By: known(r.By), Groups: []SpreadPart{}}
	if r.Period.To != "" {
		out.To = known(r.Period.To.Add(-1))
	}
	if r.Gap == report.NoGap {
		counted := spreadFiguresJSON(r.Figures)
		out.Figures = &counted
	}
	if r.Compared != nil && r.Before == report.NoGap {
		seen := spreadFiguresJSON(*r.Compared)
		out.Compared = &seen
	}
	for _, k := range r.Kinds {
		out.Kinds = append(out.Kinds, SpreadKind{string(k.Kind), k.Uptakes, k.TakenUp, k.Organisations})
	}
	for _, g := range r.Groups {
		out.Groups = append(out.Groups, SpreadPart{g.Key, v.t("%s", g.Name), spreadFiguresJSON(g.SpreadFigures)})
	}
	return out
}

// spreadFigure is one line of the report of spreading.
type spreadFigure struct {
	key, name, means string
	cell             func(report.SpreadFigures) render.Cell
}

func (v View) spreadFigures() []spreadFigure {
	whole := func(part func(report.SpreadFigures) int) func(report.SpreadFigures) render.Cell {
		return func(f report.SpreadFigures) render.Cell { return count(part(f)) }
	}
	return []spreadFigure{
		{"published", v.t("Good examples published"), v.t("Good examples that were published last in the period."), whole(func(f report.SpreadFigures) int { return f.Published })},
		{"tellings", v.t("Times told"), v.t("Newsletters, meetings, pages and the like that are recorded with sluss spread or sluss newsletter --sent."), whole(func(f report.SpreadFigures) int { return f.Tellings })},
		{"told", v.t("Good examples told"), v.t("Good examples that were told at any of these times, each counted once."), whole(func(f report.SpreadFigures) int { return f.Told })},
		{"reach", v.t("Reach"), v.t("How many people were reached each time, added up where it is known. It is no number of different people: one who reads two newsletters counts twice."), reachCell},
		{"uptakes", v.t("Taken up"), v.t("How often others took a good example up, as recorded with sluss uptake."), whole(func(f report.SpreadFigures) int { return f.Uptakes })},
		{"taken_up", v.t("Good examples taken up"), v.t("Good examples that anybody took up in the period, each counted once."), whole(func(f report.SpreadFigures) int { return f.TakenUp })},
		{"organisations", v.t("Organisations"), v.t("Units, municipalities and others of different names that took something up in the period."), whole(func(f report.SpreadFigures) int { return f.Organisations })},
		{"share_taken_up", v.t("Share taken up"), v.t("Of all good examples published up to the end of the period, those that anybody has taken up by then."), func(f report.SpreadFigures) render.Cell { return v.share(f.Share) }},
	}
}

// unless is a figure, or none where nothing is known.
func unless(g report.Gap, figure render.Cell) render.Cell {
	if g != report.NoGap {
		return noFigure()
	}
	return figure
}

func reachCell(f report.SpreadFigures) render.Cell {
	if f.Counted == 0 {
		return noFigure()
	}
	return count(int(f.Reach))
}

// ReportSpread is what was spread in a period, and what came of it.
func (v View) ReportSpread(r report.SpreadReport) render.Document {
	d := render.Document{Title: v.t("Spreading"), Notes: v.spanNotes(r.Head), JSON: v.spreadReportJSON(r)}
	total := v.spreadTotal(r)
	d.Sections = append(d.Sections, render.Section{Table: total})
	d.Records = v.spreadTotal(r)
	if f := r.Figures; f.Tellings > f.Counted {
		d.Notes = append(d.Notes, v.p.N(f.Tellings-f.Counted, "The reach of %d time is not known.", "The reach of %d times is not known."))
	}
	if r.By != report.ByNothing {
		table := v.spreadGroups(r)
		table.Empty = v.t("Nothing was told or taken up.")
		d.Sections, d.Records = append(d.Sections, render.Section{Heading: v.spreadHeading(r.By), Table: table}), v.spreadGroups(r)
	} else {
		d.Sections = append(d.Sections, v.tellingSection(report.ByChannel, r.Channels)...)
		d.Sections = append(d.Sections, v.tellingSection(report.ByAudience, r.Audiences)...)
		d.Sections = append(d.Sections, v.kindSection(r.Kinds)...)
	}
	means := render.Section{Heading: v.t("Definitions"), Paper: true}
	for _, f := range v.spreadFigures() {
		means.Facts = append(means.Facts, render.Fact{Label: f.name, Value: f.means})
	}
	return withDefinitions(d, means)
}

func (v View) spreadTotal(r report.SpreadReport) *render.Table {
	t := &render.Table{Columns: []render.Column{{Key: "measure", Head: v.t("Measure"), Flex: true}, {Key: "value", Head: v.t("Figure"), Right: true}}}
	if r.Compared != nil {
		t.Columns = append(t.Columns, render.Column{Key: "compared", Head: report.Called(*r.Compare), Right: true})
	}
	t.Rows = render.RowsOf(rows(v.spreadFigures(), func(f spreadFigure) []render.Cell {
		row := []render.Cell{coded(f.name, f.key), unless(r.Gap, f.cell(r.Figures))}
		if r.Compared != nil {
			row = append(row, unless(r.Before, f.cell(*r.Compared)))
		}
		return row
	}))
	return t
}

func (v View) tellingSection(by report.By, all []report.SpreadGroup) []render.Section {
	if len(all) == 0 {
		return nil
	}
	return []render.Section{{Heading: v.spreadHeading(by), Table: &render.Table{
		Columns: []render.Column{{Key: string(by), Head: v.spreadWay(by)}, {Key: "tellings", Head: v.t("Times told"), Right: true},
			{Key: "told", Head: v.t("Good examples told"), Right: true}, {Key: "reach", Head: v.t("Reach"), Right: true}},
		Rows: render.RowsOf(rows(all, func(g report.SpreadGroup) []render.Cell {
			return []render.Cell{coded(v.t("%s", g.Name), g.Key), count(g.Tellings), count(g.Told), reachCell(g.SpreadFigures)}
		})),
	}}}
}

func (v View) kindSection(all []report.KindUptakes) []render.Section {
	if len(all) == 0 {
		return nil
	}
	return []render.Section{{Heading: v.t("Who took it up"), Table: &render.Table{
		Columns: []render.Column{{Key: "kind", Head: v.t("Taken up by")}, {Key: "uptakes", Head: v.t("Taken up"), Right: true},
			{Key: "taken_up", Head: v.t("Good examples taken up"), Right: true}, {Key: "organisations", Head: v.t("Organisations"), Right: true}},
		Rows: render.RowsOf(rows(all, func(k report.KindUptakes) []render.Cell {
			return []render.Cell{coded(v.t("%s", k.Kind.Label()), string(k.Kind)), count(k.Uptakes), count(k.TakenUp), count(k.Organisations)}
		})),
	}}}
}

func (v View) spreadWay(by report.By) string {
	switch by {
	case report.ByChannel:
		return v.t("By way of")
	case report.ByAudience:
		return v.t("Audience")
	case report.ByStory:
		return v.t("Good example")
	}
	return v.groupHead(by)
}

// spreadHeading stands above the groups of the report.
func (v View) spreadHeading(by report.By) string {
	switch by {
	case report.ByChannel:
		return v.t("How it was told")
	case report.ByAudience:
		return v.t("To whom")
	case report.ByStory:
		return v.t("Good examples")
	}
	return v.by(by)
}

// spreadGroups is a row for each part. Of channels and audiences only tellings
// are known: who took something up does not tell where it was heard of.
func (v View) spreadGroups(r report.SpreadReport) *render.Table {
	wanted := map[string]bool{"tellings": true, "told": true, "reach": true}
	switch {
	case r.By.Times():
		wanted["published"], wanted["uptakes"], wanted["taken_up"], wanted["organisations"], wanted["share_taken_up"] = true, true, true, true, true
	case r.By == report.ByStory:
		wanted["told"], wanted["uptakes"], wanted["organisations"] = false, true, true
	}
	t := &render.Table{Columns: []render.Column{{Key: string(r.By), Head: v.spreadWay(r.By), Flex: true}}}
	var cells []func(report.SpreadFigures) render.Cell
	for _, f := range v.spreadFigures() {
		if wanted[f.key] {
			t.Columns, cells = append(t.Columns, render.Column{Key: f.key, Head: f.name, Right: true}), append(cells, f.cell)
		}
	}
	t.Rows = render.RowsOf(rows(r.Groups, func(g report.SpreadGroup) []render.Cell {
		name := v.t("%s", g.Name)
		if r.By == report.ByStory {
			name = g.Key + " " + name
		}
		row := []render.Cell{coded(name, g.Key)}
		for _, cell := range cells {
			row = append(row, cell(g.SpreadFigures))
		}
		return row
	}))
	return t
}
