package view

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/render"
)

// Work is what has been done with an idea beside talking, in JSON.
type Work struct {
	Meetings  []MeetingName `json:"meetings"`
	Decisions []Decision    `json:"decisions"`
	Tests     []Test        `json:"tests"`
	Effects   []Effect      `json:"effects"`
	Story     *StoryState   `json:"story"`
}

// MeetingName is a meeting in JSON.
type MeetingName struct {
	Forum string `json:"forum"`
	Day   string `json:"day"`
}

// Decision is a decision in JSON. By is null unless people were asked for.
type Decision struct {
	Forum    string  `json:"forum"`
	Day      string  `json:"day"`
	Decision string  `json:"decision"`
	Why      *string `json:"why"`
	By       *string `json:"by"`
}

// Test is a test card in JSON. Who is null unless people were asked for.
type Test struct {
	Idea     int64        `json:"idea"`
	State    string       `json:"state"`
	Belief   string       `json:"belief"`
	Method   string       `json:"method"`
	Measure  string       `json:"measure"`
	Target   string       `json:"target"`
	From     *string      `json:"from"`
	To       *string      `json:"to"`
	Who      *string      `json:"who"`
	Cost     *json.Number `json:"cost"`
	Started  *string      `json:"started"`
	Finished *string      `json:"finished"`
	Result   *string      `json:"result"`
	Verdict  *string      `json:"verdict"`
	Learnt   *string      `json:"learnt"`
	Notes    []TestNote   `json:"notes"`
}

// TestNote is a note about a test in JSON.
type TestNote struct {
	At   string `json:"at"`
	By   string `json:"by"`
	Text string `json:"text"`
}

// Effect is an effect in JSON: what was planned, and what was seen, oldest
// first.
type Effect struct {
	Idea     int64        `json:"idea"`
	State    string       `json:"state"`
	Measure  string       `json:"measure"`
	Before   json.Number  `json:"before"`
	After    json.Number  `json:"after"`
	Cost     *json.Number `json:"cost"`
	From     *string      `json:"from"`
	FollowUp *string      `json:"follow_up"`
	Seen     []Sight      `json:"seen"`
}

// Sight is what was seen of an effect, in JSON.
type Sight struct {
	Day    string       `json:"day"`
	Before *json.Number `json:"before"`
	After  json.Number  `json:"after"`
	Cost   *json.Number `json:"cost"`
	Text   *string      `json:"text"`
}

func workJSON(w desk.Work) Work {
	out := Work{Meetings: []MeetingName{}, Decisions: []Decision{}, Tests: []Test{}, Effects: []Effect{}}
	for _, m := range w.Meetings {
		out.Meetings = append(out.Meetings, MeetingName{m.Forum, string(m.Day)})
	}
	for _, one := range w.Decisions {
		out.Decisions = append(out.Decisions, decisionJSON(one))
	}
	for _, t := range w.Tests {
		out.Tests = append(out.Tests, testJSON(t))
	}
	for _, e := range w.Effects {
		out.Effects = append(out.Effects, effectJSON(e))
	}
	for _, s := range w.Stories {
		out.Story = storyState(s)
	}
	return out
}

func decisionJSON(one desk.DecisionLine) Decision {
	return Decision{Forum: one.ForumName, Day: string(one.Day), Decision: string(one.Resolution), Why: known(one.Why), By: known(one.By)}
}

func testJSON(t desk.TestLine) Test {
	out := Test{Idea: t.Idea, State: string(t.State), Belief: t.Belief, Method: t.Method, Measure: t.Measure, Target: t.Target,
		From: known(t.From), To: known(t.To), Who: known(t.Who), Cost: amount(t.Cost), Started: known(t.Started), Finished: known(t.Finished),
		Result: known(t.Result), Verdict: known(t.Verdict), Learnt: known(t.Learnt), Notes: []TestNote{}}
	for _, n := range t.Diary {
		out.Notes = append(out.Notes, TestNote{At: stamp(n.At), By: n.Who, Text: n.Text})
	}
	return out
}

func effectJSON(e desk.EffectLine) Effect {
	out := Effect{Idea: e.Idea, State: string(e.State), Measure: e.Measure, Before: json.Number(e.Before), After: json.Number(e.After),
		Cost: amount(e.Cost), From: known(e.From), FollowUp: known(e.FollowUp), Seen: []Sight{}}
	for _, s := range e.Seen {
		out.Seen = append(out.Seen, Sight{Day: string(s.On), Before: amount(s.Before), After: json.Number(s.After), Cost: amount(s.Cost), Text: known(s.Text)})
	}
	return out
}

// amount is a for JSON: null when it is unknown.
func amount(a idea.Amount) *json.Number {
	if a == "" {
		return nil
	}
	n := json.Number(a)
	return &n
}

// amountCell is a number as people write it, and as CSV takes it.
func (v View) amountCell(a idea.Amount) render.Cell {
	if a == "" {
		return render.Cell{}
	}
	return render.Cell{Text: v.t("%s", a), Raw: string(a), Number: true}
}

// workSections is the parts of an idea's page that tell what has been done.
func (v View) workSections(w desk.Work, people bool) []render.Section {
	var out []render.Section
	if len(w.Meetings)+len(w.Decisions) > 0 {
		out = append(out, render.Section{Heading: v.t("Meetings and decisions"), Table: v.decisionTable(w, people)})
	}
	for _, t := range w.Tests {
		out = append(out, render.Section{Heading: v.t("Test card: %s", t.State.Label()), Facts: v.testFacts(t, people)})
		for _, n := range t.Diary {
			out = append(out, render.Section{Text: v.day(n.At) + " " + n.Who + "\n" + n.Text})
		}
	}
	if len(w.Effects) > 0 {
		out = append(out, render.Section{Heading: v.t("Effects"), Table: v.sightTable(w.Effects)})
	}
	return out
}

// decisionTable is the meetings of an idea with what they decided.
func (v View) decisionTable(w desk.Work, people bool) *render.Table {
	all := append([]desk.DecisionLine{}, w.Decisions...)
	for _, m := range w.Meetings {
		decided := func(one desk.DecisionLine) bool { return one.ForumName == m.Forum && one.Day == m.Day }
		if !slices.ContainsFunc(w.Decisions, decided) {
			all = append(all, desk.DecisionLine{ForumName: m.Forum, Decision: idea.Decision{Day: m.Day}})
		}
	}
	slices.SortStableFunc(all, func(a, b desk.DecisionLine) int { return cmp.Compare(a.Day, b.Day) })
	columns := []column[desk.DecisionLine]{
		{render.Column{Key: "day", Head: v.t("Meeting")}, func(one desk.DecisionLine) render.Cell { return text(string(one.Day)) }},
		{render.Column{Key: "forum", Head: v.t("Forum"), Flex: true}, func(one desk.DecisionLine) render.Cell { return text(one.ForumName) }},
		{render.Column{Key: "decision", Head: v.t("Decision")}, func(one desk.DecisionLine) render.Cell {
			if one.Resolution == "" {
				return render.Cell{Text: "–", Void: true, Style: render.Dim}
			}
			return coded(v.t("%s", one.Resolution.Label()), string(one.Resolution))
		}},
		{render.Column{Key: "why", Head: v.t("Why"), Flex: true}, func(one desk.DecisionLine) render.Cell { return text(one.Why) }},
	}
	if people {
		columns = append(columns, column[desk.DecisionLine]{render.Column{Key: "by", Head: v.t("Taken by"), Flex: true},
			func(one desk.DecisionLine) render.Cell { return text(one.By) }})
	}
	return columnTable(columns, all, nil)
}

func (v View) decision(one desk.DecisionLine) string {
	line := v.t("%s %s: %s", string(one.Day), one.ForumName, one.Resolution.Label())
	if one.Why != "" {
		line += " (" + one.Why + ")"
	}
	return line
}

func (v View) testFacts(t desk.TestLine, people bool) []render.Fact {
	var facts []render.Fact
	add := func(label, value string) {
		if value != "" {
			facts = append(facts, render.Fact{Label: label, Value: value})
		}
	}
	add(v.t("Belief"), t.Belief)
	add(v.t("Method"), t.Method)
	add(v.t("Measure"), t.Measure)
	add(v.t("Target"), t.Target)
	add(v.t("Planned"), span(t.From, t.To))
	if people {
		add(v.t("Who"), t.Who)
	}
	add(v.t("Cost"), v.t("%s", t.Cost))
	add(v.t("Started"), string(t.Started))
	add(v.t("Finished"), string(t.Finished))
	add(v.t("Result"), t.Result)
	add(v.t("Verdict"), v.word(string(t.Verdict)))
	add(v.t("Learnt"), t.Learnt)
	return facts
}

// span is two days, either of which may be open.
func span(from, to idea.Day) string {
	if from == "" && to == "" {
		return ""
	}
	return strings.TrimSpace(string(from) + " – " + string(to))
}

// testLine is a test in one line.
func (v View) testLine(t desk.TestLine) string {
	if t.State != idea.TestFinished {
		return v.t("%s: %s", t.State.Label(), t.Belief)
	}
	return v.t("%s: %s; learnt: %s", idea.Word(t.Verdict), t.Belief, t.Learnt)
}

// Tests is a list of tests.
func (v View) Tests(tests []desk.TestLine, people bool) render.Document {
	few := []string{"number", "title", "state", "belief", "from", "to", "verdict"}
	table := columnTable(v.testColumns(people), tests, few)
	table.Empty = v.t("No tests found.")
	return render.Document{
		Sections: []render.Section{{Table: table}},
		Records:  columnTable(v.testColumns(people), tests, nil),
		Items:    items(seq(tests), func(t desk.TestLine) any { return testJSON(t) }),
		Sample:   Test{},
	}
}

// column is a field of something as a column of a table.
type column[T any] struct {
	render.Column
	cell func(T) render.Cell
}

// columnTable has the columns of some keys, or all without keys.
func columnTable[T any](all []column[T], list []T, keys []string) *render.Table {
	shown := slices.DeleteFunc(all, func(c column[T]) bool { return len(keys) > 0 && !slices.Contains(keys, c.Key) })
	table := &render.Table{}
	for _, c := range shown {
		table.Columns = append(table.Columns, c.Column)
	}
	table.Rows = render.RowsOf(rows(list, func(one T) []render.Cell {
		row := make([]render.Cell, len(shown))
		for k, c := range shown {
			row[k] = c.cell(one)
		}
		return row
	}))
	return table
}

func (v View) testColumns(people bool) []column[desk.TestLine] {
	plain := func(key, head string, part func(desk.TestLine) string) column[desk.TestLine] {
		return column[desk.TestLine]{render.Column{Key: key, Head: head, Flex: true}, func(t desk.TestLine) render.Cell { return text(part(t)) }}
	}
	day := func(key, head string, part func(desk.TestLine) idea.Day) column[desk.TestLine] {
		return column[desk.TestLine]{render.Column{Key: key, Head: head, Day: true}, func(t desk.TestLine) render.Cell { return text(string(part(t))) }}
	}
	all := []column[desk.TestLine]{
		{render.Column{Key: "number", Head: v.t("No."), Right: true}, func(t desk.TestLine) render.Cell {
			return render.Cell{Text: number64(t.Idea), Number: true}
		}},
		plain("title", v.t("Title"), func(t desk.TestLine) string { return t.Title }),
		{render.Column{Key: "state", Head: v.t("State")}, v.testState},
		plain("belief", v.t("Belief"), func(t desk.TestLine) string { return t.Belief }),
		plain("method", v.t("Method"), func(t desk.TestLine) string { return t.Method }),
		plain("measure", v.t("Measure"), func(t desk.TestLine) string { return t.Measure }),
		plain("target", v.t("Target"), func(t desk.TestLine) string { return t.Target }),
		day("from", v.t("From"), func(t desk.TestLine) idea.Day { return t.From }),
		day("to", v.t("To"), func(t desk.TestLine) idea.Day { return t.To }),
		{render.Column{Key: "cost", Head: v.t("Cost"), Right: true}, func(t desk.TestLine) render.Cell { return v.amountCell(t.Cost) }},
		day("started", v.t("Started"), func(t desk.TestLine) idea.Day { return t.Started }),
		day("finished", v.t("Finished"), func(t desk.TestLine) idea.Day { return t.Finished }),
		plain("result", v.t("Result"), func(t desk.TestLine) string { return t.Result }),
		{render.Column{Key: "verdict", Head: v.t("Verdict"), Spare: true}, func(t desk.TestLine) render.Cell {
			return coded(v.word(string(t.Verdict)), string(t.Verdict))
		}},
		plain("learnt", v.t("Learnt"), func(t desk.TestLine) string { return t.Learnt }),
	}
	if people {
		all = append(all, plain("who", v.t("Who"), func(t desk.TestLine) string { return t.Who }))
	}
	return all
}

func (v View) testState(t desk.TestLine) render.Cell {
	c := coded(v.t("%s", t.State.Label()), string(t.State))
	if t.State == idea.TestOverdue {
		c.Text, c.Style = c.Text+" !", render.Warn
	}
	return c
}

// effectLine is an effect in one line: planned, and seen if it was.
func (v View) effectLine(e desk.EffectLine) string {
	line := v.t("%s: planned %s → %s", e.Measure, e.Before, e.After)
	if seen := e.Last(); seen.On != "" {
		line += ", " + v.t("seen %s on %s", seen.After, string(seen.On))
	}
	return line
}

// Effects is a list of effects with what was seen of them last.
func (v View) Effects(effects []desk.EffectLine) render.Document {
	return render.Document{
		Sections: []render.Section{{Table: v.effectTable(effects)}},
		Items:    items(seq(effects), func(e desk.EffectLine) any { return effectJSON(e) }),
		Sample:   Effect{},
	}
}

func (v View) effectTable(effects []desk.EffectLine) *render.Table {
	return &render.Table{
		Empty: v.t("No effects found."),
		Columns: []render.Column{{Key: "number", Head: v.t("No."), Right: true}, {Key: "title", Head: v.t("Title"), Flex: true}, {Key: "state", Head: v.t("State")},
			{Key: "measure", Head: v.t("Measure"), Flex: true}, {Key: "before", Head: v.t("Before"), Right: true}, {Key: "planned", Head: v.t("Planned"), Right: true},
			{Key: "seen", Head: v.t("Seen"), Right: true}, {Key: "seen_day", Head: v.t("On"), Spare: true, Day: true}, {Key: "cost", Head: v.t("Cost"), Right: true, Spare: true},
			{Key: "from", Head: v.t("From"), Spare: true, Day: true}, {Key: "follow_up", Head: v.t("Follow-up"), Day: true}},
		Rows: render.RowsOf(rows(effects, func(e desk.EffectLine) []render.Cell {
			state := coded(v.t("%s", e.State.Label()), string(e.State))
			if e.State == idea.EffectDue {
				state.Text, state.Style = state.Text+" !", render.Warn
			}
			last := e.Last()
			return []render.Cell{{Text: number64(e.Idea), Number: true}, text(e.Title), state, text(e.Measure), v.amountCell(e.Before), v.amountCell(e.After),
				v.amountCell(last.After), text(string(last.On)), v.amountCell(e.Cost), text(string(e.From)), text(string(e.FollowUp))}
		})),
	}
}

// sightTable is the effects of one idea: a line for the plan of each and one
// for each time that somebody looked.
func (v View) sightTable(effects []desk.EffectLine) *render.Table {
	var lines [][]render.Cell
	for _, e := range effects {
		about := text(e.Measure)
		plan := v.t("planned")
		if e.State == idea.EffectDue {
			plan = v.t("planned (%s)", e.State.Label())
		}
		lines = append(lines, []render.Cell{about, text(plan), v.amountCell(e.Before), v.amountCell(e.After), v.amountCell(e.Cost), text(span(e.From, e.FollowUp)), {}})
		for _, s := range e.Seen {
			lines = append(lines, []render.Cell{about, text(v.t("seen")), v.amountCell(s.Before), v.amountCell(s.After), v.amountCell(s.Cost), text(string(s.On)), text(s.Text)})
		}
	}
	return &render.Table{
		Columns: []render.Column{{Key: "measure", Head: v.t("Measure"), Flex: true}, {Key: "state", Head: v.t("State")}, {Key: "before", Head: v.t("Before"), Right: true},
			{Key: "after", Head: v.t("After"), Right: true}, {Key: "cost", Head: v.t("Cost"), Right: true}, {Key: "day", Head: v.t("When")}, {Key: "text", Head: v.t("Note"), Flex: true}},
		Rows: render.RowsOf(lines),
	}
}
