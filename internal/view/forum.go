package view

import (
	"cmp"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/render"
)

// Forum is a forum in JSON.
type Forum struct {
	ID       int64          `json:"id"`
	Name     string         `json:"name"`
	Kind     string         `json:"kind"`
	Last     *string        `json:"last"`
	Next     *string        `json:"next"`
	Meetings []MeetingCount `json:"meetings"`
}

// MeetingCount is how much a meeting has to do and has done, in JSON.
type MeetingCount struct {
	Day     string `json:"day"`
	Ideas   int    `json:"ideas"`
	Decided int    `json:"decided"`
}

func forumJSON(f desk.ForumLine) any {
	out := Forum{ID: f.ID, Name: f.Name, Kind: string(f.Kind), Last: known(f.Last), Next: known(f.Next), Meetings: []MeetingCount{}}
	for _, m := range f.Meetings {
		out.Meetings = append(out.Meetings, MeetingCount{Day: string(m.Day), Ideas: m.Ideas, Decided: m.Decided})
	}
	return out
}

// Forums is a list of forums.
func (v View) Forums(forums []desk.ForumLine) render.Document {
	return render.Document{Sections: []render.Section{{Table: v.forumTable(forums)}}, Items: items(seq(forums), forumJSON)}
}

// ForumLine is one forum, as a command has made it.
func (v View) ForumLine(f desk.ForumLine) render.Document {
	return render.Document{Sections: []render.Section{{Table: v.forumTable([]desk.ForumLine{f})}}, JSON: forumJSON(f)}
}

func (v View) forumTable(forums []desk.ForumLine) *render.Table {
	return &render.Table{
		Empty: v.t("No forums yet: sluss forum add NAME"),
		Columns: []render.Column{{Key: "name", Head: v.t("Forum"), Flex: true}, {Key: "kind", Head: v.t("Kind")},
			{Key: "last", Head: v.t("Last meeting")}, {Key: "next", Head: v.t("Next meeting")}, {Key: "meetings", Head: v.t("Meetings"), Right: true}},
		Rows: render.RowsOf(rows(forums, func(f desk.ForumLine) []render.Cell {
			return []render.Cell{text(f.Name), coded(v.t("%s", f.Kind.Label()), string(f.Kind)), text(string(f.Last)), text(string(f.Next)), count(len(f.Meetings))}
		})),
	}
}

// Forum is the page of one forum with its meetings.
func (v View) Forum(f desk.ForumLine) render.Document {
	return render.Document{
		Title: f.Name,
		JSON:  forumJSON(f),
		Sections: []render.Section{{Facts: []render.Fact{{Label: v.t("Kind"), Value: v.t("%s", f.Kind.Label())}}}, {Table: &render.Table{
			Empty: v.t("No meetings yet: sluss present NUMBER --date DAY"),
			Columns: []render.Column{{Key: "day", Head: v.t("Meeting")}, {Key: "ideas", Head: v.t("On the agenda"), Right: true},
				{Key: "decided", Head: v.t("Decisions"), Right: true}},
			Rows: render.RowsOf(rows(f.Meetings, func(m idea.MeetingCount) []render.Cell {
				return []render.Cell{text(string(m.Day)), count(m.Ideas), count(m.Decided)}
			})),
		}}},
	}
}

// Taken is what a meeting did with an idea, in JSON.
type Taken struct {
	Number   int64   `json:"number"`
	Title    string  `json:"title"`
	Forum    string  `json:"forum"`
	Day      string  `json:"day"`
	Decision *string `json:"decision"`
	From     string  `json:"from"`
	To       string  `json:"to"`
}

// Presented tells which ideas are on an agenda now, a line each.
func (v View) Presented(all []desk.Taken) render.Document {
	return v.taken(all, func(t desk.Taken) idea.Text { return idea.Say("on the agenda of %s, %s", t.Forum, string(t.On)) })
}

// Withdrawn tells which ideas are off an agenda now, a line each.
func (v View) Withdrawn(all []desk.Taken) render.Document {
	return v.taken(all, func(t desk.Taken) idea.Text { return idea.Say("off the agenda of %s, %s", t.Forum, string(t.On)) })
}

// Decided tells what was decided of ideas, a line each.
func (v View) Decided(all []desk.Taken) render.Document {
	return v.taken(all, func(t desk.Taken) idea.Text {
		return idea.Say("%s (%s, %s)", t.Resolution.Label(), t.Forum, string(t.On))
	})
}

func (v View) taken(all []desk.Taken, done func(desk.Taken) idea.Text) render.Document {
	d := render.Document{Items: items(seq(all), func(t desk.Taken) any {
		return Taken{Number: t.Number, Title: t.Title, Forum: t.Forum, Day: string(t.On), Decision: known(t.Resolution),
			From: string(t.From.Key), To: string(t.To.Key)}
	})}
	for _, t := range all {
		line := v.t("%d %s: %s", t.Number, t.Title, done(t))
		if t.From.Key != t.To.Key {
			line += "; " + v.stage(t.From) + " → " + v.stage(t.To)
		}
		d.Notes = append(d.Notes, line)
	}
	return d
}

// Meeting is a meeting in JSON.
type Meeting struct {
	Forum string        `json:"forum"`
	Kind  string        `json:"kind"`
	Day   string        `json:"day"`
	Ideas []MeetingItem `json:"ideas"`
}

// MeetingItem is an idea that a meeting takes up, in JSON. Decision is what this
// meeting decided; decisions holds those of others too.
type MeetingItem struct {
	Idea
	OnAgenda bool      `json:"on_agenda"`
	Decision *Decision `json:"decision"`
	Work
}

func meetingJSON(m desk.Meeting) Meeting {
	out := Meeting{Forum: m.Forum.Name, Kind: string(m.Forum.Kind), Day: string(m.Day), Ideas: []MeetingItem{}}
	for _, i := range m.Items {
		item := MeetingItem{Idea: ideaJSON(i.Listed), OnAgenda: i.OnAgenda, Work: workJSON(i.Work)}
		if i.Decision != nil {
			decision := decisionJSON(desk.DecisionLine{Decision: *i.Decision, ForumName: m.Forum.Name})
			item.Decision = &decision
		}
		out.Ideas = append(out.Ideas, item)
	}
	return out
}

// Agenda is what a meeting takes up, with a page for each idea.
func (v View) Agenda(m desk.Meeting, people bool) render.Document {
	d := render.Document{Title: v.t("Agenda: %s, %s", m.Forum.Name, string(m.Day)), JSON: meetingJSON(m), Records: v.meetingTable(m, people)}
	table := v.meetingTable(m, people, "number", "title", "stage", "kind", "unit", "decision")
	table.Empty = v.t("Nothing is on the agenda.")
	d.Sections = []render.Section{{Table: table}}
	for _, i := range m.Items {
		d.Sections = append(d.Sections, render.Section{Heading: number64(i.Number) + " " + i.Title, Page: true, Facts: v.summaryFacts(i, people)})
		for _, s := range idea.Sections() {
			if i.Sections[s] != "" && s != idea.Next {
				d.Sections = append(d.Sections, render.Section{Heading: v.Section(s), Sub: true, Text: i.Sections[s]})
			}
		}
	}
	return d
}

// summaryFacts is what a forum has to know of an idea beside its text: never
// who gave it, unless people are asked for.
func (v View) summaryFacts(i desk.MeetingItem, people bool) []render.Fact {
	facts := []render.Fact{{Label: v.t("Stage"), Value: v.standing(i.Listed)}, {Label: v.t("Kind"), Value: v.word(string(i.Kind))}}
	add := func(label, value string) {
		if value != "" {
			facts = append(facts, render.Fact{Label: label, Value: value})
		}
	}
	if people {
		for _, g := range i.From {
			add(v.t("Giver"), v.giver(g, true))
		}
		add(v.t("Owner"), i.OwnerName)
	}
	add(v.t("Unit"), i.UnitName)
	add(v.t("Received"), string(i.Received))
	add(v.t("Type"), v.word(string(i.Type.Label())))
	add(v.t("Newness"), v.word(string(i.Newness.Label())))
	add(v.t("Kinds of value"), v.benefits(i.Benefits))
	for _, one := range i.Decisions {
		add(v.t("Decision"), v.decision(one))
	}
	for _, t := range i.Tests {
		add(v.t("Test"), v.testLine(t))
	}
	for _, e := range i.Effects {
		add(v.t("Effect"), v.effectLine(e))
	}
	return facts
}

// Minutes is what a meeting decided. Ideas that it only had on its agenda stand
// there without a decision.
func (v View) Minutes(m desk.Meeting, people bool) render.Document {
	table := v.meetingTable(m, people, "number", "title", "unit", "decision", "why", "by")
	table.Empty = v.t("Nothing was decided.")
	return render.Document{Title: v.t("Minutes: %s, %s", m.Forum.Name, string(m.Day)), JSON: meetingJSON(m), Records: v.meetingTable(m, people),
		Sections: []render.Section{{Table: table}}}
}

// meetingTable has the columns of some keys, or all. Who took a decision stands
// there only with people.
func (v View) meetingTable(m desk.Meeting, people bool, keys ...string) *render.Table {
	all := []column[desk.MeetingItem]{
		{render.Column{Key: "number", Head: v.t("No."), Right: true}, func(i desk.MeetingItem) render.Cell {
			return render.Cell{Text: number64(i.Number), Number: true}
		}},
		{render.Column{Key: "title", Head: v.t("Title"), Flex: true}, func(i desk.MeetingItem) render.Cell { return text(i.Title) }},
		{render.Column{Key: "stage", Head: v.t("Stage")}, func(i desk.MeetingItem) render.Cell { return coded(v.stage(i.In), string(i.Stage)) }},
		{render.Column{Key: "kind", Head: v.t("Kind"), Spare: true}, func(i desk.MeetingItem) render.Cell {
			return coded(v.word(string(i.Kind)), string(i.Kind))
		}},
		{render.Column{Key: "unit", Head: v.t("Unit"), Flex: true, Spare: true}, func(i desk.MeetingItem) render.Cell { return text(i.UnitName) }},
		{render.Column{Key: "decision", Head: v.t("Decision")}, v.resolution},
		{render.Column{Key: "why", Head: v.t("Why"), Flex: true}, func(i desk.MeetingItem) render.Cell {
			if i.Decision == nil {
				return render.Cell{}
			}
			return text(i.Decision.Why)
		}},
	}
	if people {
		all = append(all, column[desk.MeetingItem]{render.Column{Key: "by", Head: v.t("Taken by"), Flex: true}, func(i desk.MeetingItem) render.Cell {
			if i.Decision == nil {
				return render.Cell{}
			}
			return text(cmp.Or(i.Decision.By, m.Forum.Name))
		}})
	}
	return columnTable(all, m.Items, keys)
}

func (v View) resolution(i desk.MeetingItem) render.Cell {
	if i.Decision == nil {
		return render.Cell{Text: "–", Void: true, Style: render.Dim}
	}
	return coded(v.t("%s", i.Decision.Resolution.Label()), string(i.Decision.Resolution))
}
