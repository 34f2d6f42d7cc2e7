package view

import (
	"slices"
	"strings"
	"time"

	"sluss/internal/desk"
	"sluss/internal/ical"
	"sluss/internal/idea"
	"sluss/internal/render"
)

// DecisionRow is a decision in JSON with the idea that it is about. By is null
// unless people were asked for.
type DecisionRow struct {
	Number int64  `json:"number"`
	Title  string `json:"title"`
	Decision
}

// Decisions is a list of decisions.
func (v View) Decisions(all []desk.DecisionRow, people bool) render.Document {
	columns := []column[desk.DecisionRow]{
		{render.Column{Key: "number", Head: v.t("No."), Right: true}, func(o desk.DecisionRow) render.Cell { return numbered(o.Idea) }},
		{render.Column{Key: "title", Head: v.t("Title"), Flex: true}, func(o desk.DecisionRow) render.Cell { return text(o.Title) }},
		{render.Column{Key: "day", Head: v.t("Day"), Day: true}, func(o desk.DecisionRow) render.Cell { return text(string(o.Day)) }},
		{render.Column{Key: "forum", Head: v.t("Forum"), Flex: true}, func(o desk.DecisionRow) render.Cell { return text(o.ForumName) }},
		{render.Column{Key: "decision", Head: v.t("Decision")}, func(o desk.DecisionRow) render.Cell {
			return coded(v.t("%s", o.Resolution.Label()), string(o.Resolution))
		}},
		{render.Column{Key: "why", Head: v.t("Why"), Flex: true}, func(o desk.DecisionRow) render.Cell { return text(o.Why) }},
	}
	if people {
		columns = append(columns, column[desk.DecisionRow]{render.Column{Key: "by", Head: v.t("By"), Flex: true},
			func(o desk.DecisionRow) render.Cell { return text(o.By) }})
	}
	table := columnTable(columns, all, nil)
	table.Empty = v.t("No decisions found.")
	return render.Document{Sections: []render.Section{{Table: table}}, Sample: DecisionRow{},
		Items: items(seq(all), func(o desk.DecisionRow) any {
			return DecisionRow{Number: o.Idea, Title: o.Title, Decision: decisionJSON(o.DecisionLine)}
		})}
}

// StoryRow is a published example in one language, in JSON. Text is Markdown.
type StoryRow struct {
	Number    int64    `json:"number"`
	Title     string   `json:"title"`
	Language  string   `json:"language"`
	Audience  string   `json:"audience"`
	Unit      *string  `json:"unit"`
	Tags      []string `json:"tags"`
	Published string   `json:"published"`
	Text      string   `json:"text"`
}

func storyRowJSON(r desk.StoryRow) StoryRow {
	return StoryRow{Number: r.Idea, Title: r.Title, Language: r.Lang, Audience: string(r.Audience), Unit: known(r.UnitName),
		Tags: append([]string{}, r.Tags...), Published: string(r.Published), Text: r.Text}
}

// PublishedStories is a list of published examples with their texts. page, if
// not nil, names the file that tells more of one.
func (v View) PublishedStories(all []desk.StoryRow, page func(desk.StoryRow) string) render.Document {
	columns := []column[desk.StoryRow]{
		{render.Column{Key: "number", Head: v.t("No."), Right: true}, func(r desk.StoryRow) render.Cell { return numbered(r.Idea) }},
		{render.Column{Key: "title", Head: v.t("Title"), Flex: true}, func(r desk.StoryRow) render.Cell { return text(r.Title) }},
		{render.Column{Key: "language", Head: v.t("Language")}, func(r desk.StoryRow) render.Cell {
			return coded(v.t("%s", idea.LangWord(r.Lang)), r.Lang)
		}},
		{render.Column{Key: "audience", Head: v.t("For")}, func(r desk.StoryRow) render.Cell {
			return coded(v.t("%s", r.Audience.Label()), string(r.Audience))
		}},
		{render.Column{Key: "unit", Head: v.t("Unit"), Flex: true}, func(r desk.StoryRow) render.Cell { return text(r.UnitName) }},
		{render.Column{Key: "tags", Head: v.t("Tags"), Flex: true}, func(r desk.StoryRow) render.Cell { return text(strings.Join(r.Tags, " ")) }},
		{render.Column{Key: "published", Head: v.t("Published"), Day: true}, func(r desk.StoryRow) render.Cell { return text(string(r.Published)) }},
		{render.Column{Key: "text", Head: v.t("Text"), Flex: true}, func(r desk.StoryRow) render.Cell { return text(r.Text) }},
	}
	few := []string{"number", "title", "language", "audience", "unit", "tags", "published"}
	records := columnTable(slices.Clone(columns), all, nil)
	if page != nil {
		few = append(few, "page")
		columns = append(columns, column[desk.StoryRow]{render.Column{Key: "page", Head: v.t("Page")}, func(r desk.StoryRow) render.Cell {
			return render.Cell{Text: page(r), Link: page(r)}
		}})
	}
	table := columnTable(columns, all, few)
	table.Empty = v.t("No good examples found.")
	return render.Document{Title: v.t("Good examples"), Sections: []render.Section{{Table: table}}, Records: records, Sample: StoryRow{},
		Items: items(seq(all), func(r desk.StoryRow) any { return storyRowJSON(r) })}
}

// StoryPage is one published example, to be handed on.
func (v View) StoryPage(r desk.StoryRow) render.Document {
	facts := []render.Fact{{Label: v.t("Published"), Value: string(r.Published)}}
	if r.UnitName != "" {
		facts = append(facts, render.Fact{Label: v.t("Unit"), Value: r.UnitName})
	}
	if len(r.Tags) > 0 {
		facts = append(facts, render.Fact{Label: v.t("Tags"), Value: strings.Join(r.Tags, " ")})
	}
	return render.Document{Title: r.Title, Sections: []render.Section{{Facts: facts}, {Text: bodyOf(r)}}, JSON: storyRowJSON(r)}
}

// bodyOf is the text of an example without the heading that is its title.
func bodyOf(r desk.StoryRow) string {
	if idea.StoryTitle(r.Text) != r.Title {
		return r.Text
	}
	_, rest, _ := strings.Cut(strings.TrimSpace(r.Text), "\n")
	return rest
}

// StoryFeed is published examples as news. link is where a page of them lies,
// of one or, for nil, of all.
func (v View) StoryFeed(all []desk.StoryRow, link func(*desk.StoryRow) string) render.Feed {
	f := render.Feed{Title: v.t("Good examples"), Link: link(nil), About: v.t("Good examples of what ideas became"), Lang: string(v.p.Lang())}
	for _, r := range all {
		f.Items = append(f.Items, render.FeedItem{ID: eventID("story-"+r.Lang, r.Idea, r.Past), Title: r.Title, Link: link(&r),
			At: r.Published.Time(time.UTC), Tags: r.Tags, Text: bodyOf(r)})
	}
	return f
}

// IdeaFeed is ideas as news: what they are called, the need and the solution.
func (v View) IdeaFeed(all []desk.Listed, link func(*desk.Listed) string) render.Feed {
	f := render.Feed{Title: v.t("Ideas"), Link: link(nil), About: v.t("Ideas that have come in"), Lang: string(v.p.Lang())}
	for _, l := range all {
		parts := slices.DeleteFunc([]string{l.Sections[idea.Need], l.Sections[idea.Solution]}, func(s string) bool { return s == "" })
		f.Items = append(f.Items, render.FeedItem{ID: eventID("idea", l.Number, desk.Past{Added: l.Registered}), Title: l.Title, Link: link(&l),
			At: l.Received.Time(time.UTC), Tags: l.Tags, Text: strings.Join(parts, "\n\n")})
	}
	return f
}

// Dates is what has a day as events of a calendar, in the order of its days.
func (v View) Dates(d desk.Dates) []ical.Session {
	var out []ical.Session
	day := func(id, what, more, where string, first, last idea.Day, past desk.Past) {
		out = append(out, ical.Session{ID: id, From: first.Time(time.UTC), To: last.Add(1).Time(time.UTC), AllDay: true,
			What: what, More: more, Where: where, Changed: past.Changed, Changes: past.Changes})
	}
	for _, a := range d.Activities {
		what := v.word(string(a.Kind)) + ": " + a.Title
		day(eventID("activity", a.ID, a.Past), what, a.Text, strings.Join(append(slices.Clone(a.UnitNames), a.NetworkNames...), ", "), a.Day, a.Day, a.Past)
	}
	for _, m := range d.Meetings {
		more := v.p.N(m.Ideas, "%d idea on the agenda", "%d ideas on the agenda")
		day("meeting-"+number64(m.Forum)+"-"+string(m.Day)+"@sluss", m.ForumName, more, "", m.Day, m.Day, m.Past)
	}
	for _, t := range d.Tests {
		first, last := t.Days()
		parts := slices.DeleteFunc([]string{t.Belief, t.Method, t.Who}, func(s string) bool { return s == "" })
		day(eventID("test", t.ID, t.Past), v.t("Test: %d %s", t.Idea, t.Title), strings.Join(parts, "\n"), "", first, last, t.Past)
	}
	for _, page := range d.Mashups {
		out = append(out, v.ProgrammeCalendar(page)...)
	}
	slices.SortStableFunc(out, func(a, b ical.Session) int {
		if order := a.From.Compare(b.From); order != 0 {
			return order
		}
		return strings.Compare(a.ID, b.ID)
	})
	return out
}

// ActivityOverview is a list of activities that leads to a page of each.
func (v View) ActivityOverview(all []desk.ActivityLine, page func(desk.ActivityLine) string) render.Document {
	d := v.Activities(all)
	table := d.Sections[0].Table
	cells := table.Rows
	table.Columns = append(table.Columns, render.Column{Key: "page", Head: v.t("Page")})
	table.Rows = func(yield func([]render.Cell, error) bool) {
		k := 0
		for row, err := range cells {
			if !yield(append(row, render.Cell{Text: page(all[k]), Link: page(all[k])}), err) {
				return
			}
			k++
		}
	}
	return d
}
