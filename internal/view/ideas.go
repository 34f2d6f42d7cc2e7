package view

import (
	"iter"
	"slices"
	"strconv"
	"strings"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/render"
)

// Idea is an idea in JSON. Its shape is a promise to scripts.
type Idea struct {
	Number      int64    `json:"number"`
	Title       string   `json:"title"`
	Kind        string   `json:"kind"`
	Stage       string   `json:"stage"`
	StageSince  string   `json:"stage_since"`
	DaysInStage int      `json:"days_in_stage"`
	Stuck       bool     `json:"stuck"`
	Reason      *string  `json:"reason"`
	MergedInto  *int64   `json:"merged_into"`
	Unit        *string  `json:"unit"`
	Coach       *string  `json:"coach"`
	Channel     *string  `json:"channel"`
	Received    string   `json:"received"`
	Registered  string   `json:"registered"`
	Due         *string  `json:"due"`
	Wake        *string  `json:"wake"`
	Answered    *string  `json:"answered"`
	AnswerBy    *string  `json:"answer_by"`
	AnswerLate  bool     `json:"answer_late"`
	Type        *string  `json:"type"`
	Newness     *string  `json:"newness"`
	Benefits    []string `json:"benefits"`
	Tags        []string `json:"tags"`
	Need        *string  `json:"need"`
	Whom        *string  `json:"whom"`
	Solution    *string  `json:"solution"`
	Value       *string  `json:"value"`
	Resources   *string  `json:"resources"`
	Risks       *string  `json:"risks"`
	Next        *string  `json:"next"`
	NextBy      *string  `json:"next_by"`
	Source      *string  `json:"source"`
	ExternalID  *string  `json:"external_id"`
	Owner       *string  `json:"owner"`
	Givers      []Giver  `json:"givers"`
}

// Giver is a giver in JSON. Name and contacts are null unless people were asked
// for.
type Giver struct {
	ID    int64   `json:"id"`
	Kind  string  `json:"kind"`
	Name  *string `json:"name"`
	Email *string `json:"email"`
	Phone *string `json:"phone"`
}

func ideaJSON(l desk.Listed) Idea {
	s := l.Sections
	return Idea{
		Number: l.Number, Title: l.Title, Kind: string(l.Kind), Stage: string(l.Stage),
		StageSince: stamp(l.StageSince), DaysInStage: l.Days, Stuck: l.Stuck, Reason: known(l.Reason), MergedInto: id(l.MergedInto),
		Unit: known(l.UnitName), Coach: known(l.CoachName), Channel: known(l.Channel),
		Received: string(l.Received), Registered: stamp(l.Registered), Due: known(l.Due), Wake: known(l.Wake),
		Answered: known(l.Answered), AnswerBy: known(l.AnswerBy), AnswerLate: l.Late, Type: known(l.Type), Newness: known(l.Newness), Benefits: benefitKeys(l.Benefits), Tags: append([]string{}, l.Tags...),
		Need: known(s[idea.Need]), Whom: known(s[idea.Whom]), Solution: known(s[idea.Solution]), Value: known(s[idea.Value]),
		Resources: known(s[idea.Resources]), Risks: known(s[idea.Risks]), Next: known(s[idea.Next]), NextBy: known(l.NextBy),
		Source: known(l.Source), ExternalID: known(l.ExternalID), Owner: known(l.OwnerName), Givers: giversJSON(l.From),
	}
}

func benefitKeys(all []idea.Benefit) []string {
	keys := []string{}
	for _, b := range all {
		keys = append(keys, string(b))
	}
	return keys
}

// benefits is kinds of value as people read them.
func (v View) benefits(all []idea.Benefit) string {
	words := make([]string, len(all))
	for i, b := range all {
		words[i] = v.word(string(b.Label()))
	}
	return strings.Join(words, ", ")
}

func giversJSON(givers []idea.Giver) []Giver {
	out := []Giver{}
	for _, g := range givers {
		out = append(out, Giver{ID: g.ID, Kind: string(g.Kind), Name: known(g.Name), Email: known(g.Email), Phone: known(g.Phone)})
	}
	return out
}

// ideaColumn is a field of an idea as a column of tables and CSV.
type ideaColumn struct {
	render.Column
	cell func(v View, l desk.Listed) render.Cell
}

// columns lists every field of an idea. Their keys are also the headings that
// an import understands.
func (v View) columns(people bool) []ideaColumn {
	word := remembered(func(w string) string { return w }, v.word)
	stage := remembered(func(s idea.Stage) idea.StageKey { return s.Key }, v.stage)
	all := []ideaColumn{
		{render.Column{Key: "number", Head: v.t("No."), Right: true}, func(_ View, l desk.Listed) render.Cell {
			n := strconv.FormatInt(l.Number, 10)
			return render.Cell{Text: n, Raw: n, Number: true}
		}},
		{render.Column{Key: "title", Head: v.t("Title"), Flex: true}, func(_ View, l desk.Listed) render.Cell { return text(l.Title) }},
		{render.Column{Key: "stage", Head: v.t("Stage")}, func(_ View, l desk.Listed) render.Cell { return coded(stage(l.In), string(l.Stage)) }},
		{render.Column{Key: "days_in_stage", Head: v.t("Days"), Right: true}, daysCell},
		{render.Column{Key: "kind", Head: v.t("Kind"), Spare: true}, func(_ View, l desk.Listed) render.Cell { return coded(word(string(l.Kind)), string(l.Kind)) }},
		{render.Column{Key: "unit", Head: v.t("Unit"), Flex: true}, func(_ View, l desk.Listed) render.Cell { return text(l.UnitName) }},
		{render.Column{Key: "coach", Head: v.t("Coach"), Spare: true}, func(_ View, l desk.Listed) render.Cell { return text(l.CoachName) }},
		{render.Column{Key: "received", Head: v.t("Received"), Day: true, Spare: true}, func(_ View, l desk.Listed) render.Cell { return text(string(l.Received)) }},
		{render.Column{Key: "registered", Head: v.t("Registered"), Day: true}, func(v View, l desk.Listed) render.Cell {
			return coded(v.moment(l.Registered), stamp(l.Registered))
		}},
		{render.Column{Key: "channel", Head: v.t("Came by")}, func(_ View, l desk.Listed) render.Cell { return coded(word(string(l.Channel)), string(l.Channel)) }},
		{render.Column{Key: "due", Head: v.t("Due"), Day: true}, func(_ View, l desk.Listed) render.Cell { return text(string(l.Due)) }},
		{render.Column{Key: "wake", Head: v.t("Wakes"), Day: true}, func(_ View, l desk.Listed) render.Cell { return text(string(l.Wake)) }},
		{render.Column{Key: "answered", Head: v.t("Answered"), Day: true}, func(_ View, l desk.Listed) render.Cell { return text(string(l.Answered)) }},
		{render.Column{Key: "answer_by", Head: v.t("Answer by"), Day: true}, answerByCell},
		{render.Column{Key: "reason", Head: v.t("Reason")}, func(_ View, l desk.Listed) render.Cell { return coded(word(string(l.Reason)), string(l.Reason)) }},
		{render.Column{Key: "merged_into", Head: v.t("Merged into"), Right: true}, func(_ View, l desk.Listed) render.Cell { return numbered(l.MergedInto) }},
		{render.Column{Key: "type", Head: v.t("Type")}, func(_ View, l desk.Listed) render.Cell { return coded(word(string(l.Type.Label())), string(l.Type)) }},
		{render.Column{Key: "newness", Head: v.t("Newness")}, func(_ View, l desk.Listed) render.Cell {
			return coded(word(string(l.Newness.Label())), string(l.Newness))
		}},
		{render.Column{Key: "benefits", Head: v.t("Kinds of value"), Flex: true}, func(v View, l desk.Listed) render.Cell {
			return coded(v.benefits(l.Benefits), strings.Join(benefitKeys(l.Benefits), ","))
		}},
		{render.Column{Key: "tags", Head: v.t("Tags"), Flex: true}, func(_ View, l desk.Listed) render.Cell {
			return coded(strings.Join(l.Tags, " "), strings.Join(l.Tags, ","))
		}},
	}
	for _, s := range idea.Sections() {
		all = append(all, ideaColumn{render.Column{Key: string(s), Head: v.Section(s), Flex: true},
			func(_ View, l desk.Listed) render.Cell { return text(l.Sections[s]) }})
	}
	all = append(all,
		ideaColumn{render.Column{Key: "next_by", Head: v.t("Next step by"), Day: true}, func(_ View, l desk.Listed) render.Cell { return text(string(l.NextBy)) }},
		ideaColumn{render.Column{Key: "source", Head: v.t("Source")}, func(_ View, l desk.Listed) render.Cell { return text(l.Source) }},
		ideaColumn{render.Column{Key: "external_id", Head: v.t("External id")}, func(_ View, l desk.Listed) render.Cell { return text(l.ExternalID) }})
	if people {
		all = append(all, v.peopleColumns()...)
	}
	return all
}

// remembered is say with a memory: a word that stands in very many rows is
// translated once.
func remembered[T any, K comparable](key func(T) K, say func(T) string) func(T) string {
	said := map[K]string{}
	return func(one T) string {
		text, known := said[key(one)]
		if !known {
			text = say(one)
			said[key(one)] = text
		}
		return text
	}
}

// numbered is the number of an idea, and nothing for none.
func numbered(n int64) render.Cell {
	if n == 0 {
		return render.Cell{}
	}
	return render.Cell{Text: number64(n), Number: true}
}

// answerByCell is the day by which an answer is promised, and a mark when that
// has been.
func answerByCell(_ View, l desk.Listed) render.Cell {
	c := coded(string(l.AnswerBy), string(l.AnswerBy))
	if l.Late {
		c.Text, c.Style = c.Text+" !", render.Warn
	}
	return c
}

func daysCell(_ View, l desk.Listed) render.Cell {
	c := count(l.Days)
	if l.Stuck {
		c.Text, c.Style = c.Text+" !", render.Warn
	}
	return c
}

func (v View) peopleColumns() []ideaColumn {
	join := func(part func(idea.Giver) string) func(View, desk.Listed) render.Cell {
		return func(_ View, l desk.Listed) render.Cell {
			var parts []string
			for _, g := range l.From {
				if part(g) != "" {
					parts = append(parts, part(g))
				}
			}
			return text(strings.Join(parts, "; "))
		}
	}
	return []ideaColumn{
		{render.Column{Key: "owner", Head: v.t("Owner")}, func(_ View, l desk.Listed) render.Cell { return text(l.OwnerName) }},
		{render.Column{Key: "giver", Head: v.t("Giver")}, join(func(g idea.Giver) string { return g.Name })},
		{render.Column{Key: "giver_email", Head: v.t("E-mail")}, join(func(g idea.Giver) string { return g.Email })},
		{render.Column{Key: "giver_phone", Head: v.t("Phone")}, join(func(g idea.Giver) string { return g.Phone })},
	}
}

// Section is the heading of a section.
func (v View) Section(s idea.Section) string {
	switch s {
	case idea.Need:
		return v.t("Need")
	case idea.Whom:
		return v.t("For whom")
	case idea.Solution:
		return v.t("Solution")
	case idea.Value:
		return v.t("Value")
	case idea.Resources:
		return v.t("Resources")
	case idea.Risks:
		return v.t("Risks")
	}
	return v.t("Next step")
}

// Ideas is a list of ideas. What people read has the most useful columns; CSV
// and a choice of fields have all. more names further columns to be seen.
func (v View) Ideas(list iter.Seq2[desk.Listed, error], people bool, more ...string) render.Document {
	shown := []string{"number", "title", "stage", "days_in_stage", "kind", "unit", "coach", "received"}
	shown = append(shown, more...)
	if people {
		shown = append(shown, "giver")
	}
	all := v.columns(people)
	var few []ideaColumn
	for _, c := range all {
		if slices.Contains(shown, c.Key) {
			few = append(few, c)
		}
	}
	return render.Document{
		Sections: []render.Section{{Table: v.ideaTable(few, list)}},
		Records:  v.ideaRecords(all, list),
		Items:    items(list, func(l desk.Listed) any { return ideaJSON(l) }),
		Sample:   Idea{},
	}
}

func (v View) ideaTable(cols []ideaColumn, list iter.Seq2[desk.Listed, error]) *render.Table {
	t := &render.Table{Empty: v.t("No ideas found.")}
	for _, c := range cols {
		t.Columns = append(t.Columns, c.Column)
	}
	t.Rows = func(yield func([]render.Cell, error) bool) {
		for l, err := range list {
			if err != nil {
				yield(nil, err)
				return
			}
			row := make([]render.Cell, len(cols))
			v.fill(row, cols, l)
			if !yield(row, nil) {
				return
			}
		}
	}
	return t
}

func (v View) fill(row []render.Cell, cols []ideaColumn, l desk.Listed) {
	for k, c := range cols {
		row[k] = c.cell(v, l)
	}
}

// ideaRecords is ideaTable whose rows are one row, filled anew.
func (v View) ideaRecords(cols []ideaColumn, list iter.Seq2[desk.Listed, error]) *render.Table {
	t := v.ideaTable(cols, list)
	row := make([]render.Cell, len(cols))
	t.Rows = func(yield func([]render.Cell, error) bool) {
		for l, err := range list {
			if err == nil {
				v.fill(row, cols, l)
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
	t.Pick = func(columns []int) iter.Seq2[[]render.Cell, error] {
		picked := make([]ideaColumn, len(columns))
		for k, column := range columns {
			picked[k] = cols[column]
		}
		return v.ideaRecords(picked, list).Rows
	}
	return t
}

func items[T any](list iter.Seq2[T, error], item func(T) any) iter.Seq2[any, error] {
	return func(yield func(any, error) bool) {
		for one, err := range list {
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(item(one), nil) {
				return
			}
		}
	}
}
