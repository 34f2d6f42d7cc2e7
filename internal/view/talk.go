package view

import (
	"strings"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/render"
)

// QuestionSet is a set of questions in JSON. Own tells that a coach has
// imported it.
type QuestionSet struct {
	Name      string     `json:"name"`
	SV        string     `json:"sv"`
	EN        string     `json:"en"`
	Kinds     []string   `json:"kinds"`
	Stages    []string   `json:"stages"`
	Own       bool       `json:"own"`
	Questions []Question `json:"questions"`
}

// Question is a question of a guided talk in JSON.
type Question struct {
	Key     string   `json:"key"`
	SV      string   `json:"sv"`
	EN      string   `json:"en"`
	HelpSV  *string  `json:"help_sv"`
	HelpEN  *string  `json:"help_en"`
	Fills   *string  `json:"fills"`
	Adds    bool     `json:"adds"`
	Choices []Choice `json:"choices"`
	When    *When    `json:"when"`
}

// Choice is an answer that a question takes, in JSON.
type Choice struct {
	Value string `json:"value"`
	SV    string `json:"sv"`
	EN    string `json:"en"`
}

// When is the condition of a question in JSON.
type When struct {
	Key      string   `json:"key"`
	Is       []string `json:"is"`
	Contains []string `json:"contains"`
	Answered *bool    `json:"answered"`
}

func setJSON(s idea.QuestionSet) QuestionSet {
	out := QuestionSet{Name: s.Name, SV: s.Title.SV, EN: s.Title.EN, Kinds: []string{}, Stages: append([]string{}, s.Stages...), Own: s.Own, Questions: []Question{}}
	for _, k := range s.Kinds {
		out.Kinds = append(out.Kinds, string(k))
	}
	for _, q := range s.Questions {
		one := Question{Key: q.Key, SV: q.Ask.SV, EN: q.Ask.EN, HelpSV: known(q.Help.SV), HelpEN: known(q.Help.EN), Fills: known(q.Fills),
			Adds: q.Adds, Choices: []Choice{}, When: whenJSON(q.When)}
		for _, c := range q.Choices {
			one.Choices = append(one.Choices, Choice{c.Value, c.Label.SV, c.Label.EN})
		}
		out.Questions = append(out.Questions, one)
	}
	return out
}

func whenJSON(w idea.When) *When {
	if w.Key == "" {
		return nil
	}
	out := &When{Key: w.Key, Is: append([]string{}, w.Is...), Contains: append([]string{}, w.Contains...)}
	if w.Answered != "" {
		yes := w.Answered == "yes"
		out.Answered = &yes
	}
	return out
}

// QuestionSets is a list of sets of questions.
func (v View) QuestionSets(all []idea.QuestionSet) render.Document {
	return render.Document{
		Sections: []render.Section{{Table: &render.Table{
			Columns: []render.Column{{Key: "name", Head: v.t("Name")}, {Key: "title", Head: v.t("Title"), Flex: true},
				{Key: "kinds", Head: v.t("Idea-givers"), Flex: true}, {Key: "stages", Head: v.t("Stages"), Flex: true},
				{Key: "questions", Head: v.t("Questions"), Right: true}, {Key: "own", Head: v.t("Comes from")}},
			Rows: render.RowsOf(rows(all, func(s idea.QuestionSet) []render.Cell {
				own := coded(v.t("that of sluss"), "false")
				if s.Own {
					own = coded(v.t("your own"), "true")
				}
				kinds := make([]string, len(s.Kinds))
				raw := make([]string, len(s.Kinds))
				for k, kind := range s.Kinds {
					kinds[k], raw[k] = v.word(string(kind)), string(kind)
				}
				return []render.Cell{text(s.Name), text(v.t("%s", s.Title)), coded(strings.Join(kinds, ", "), strings.Join(raw, ",")),
					coded(v.words(s.Stages), strings.Join(s.Stages, ",")), count(len(s.Questions)), own}
			})),
		}}},
		Items: items(seq(all), func(s idea.QuestionSet) any { return setJSON(s) }),
	}
}

// words is keys and kinds of stages as people read them: a key that has no word
// stays what it is.
func (v View) words(keys []string) string {
	out := make([]string, len(keys))
	for k, key := range keys {
		out[k] = v.word(key)
	}
	return strings.Join(out, ", ")
}

// Questions is one set with its questions.
func (v View) Questions(s idea.QuestionSet) render.Document {
	return render.Document{
		Title: s.Name + ": " + v.t("%s", s.Title),
		Sections: []render.Section{{Table: &render.Table{
			Columns: []render.Column{{Key: "no", Head: v.t("No."), Right: true}, {Key: "key", Head: v.t("Key")}, {Key: "question", Head: v.t("Question"), Flex: true},
				{Key: "fills", Head: v.t("Fills")}, {Key: "when", Head: v.t("Asked when"), Flex: true}},
			Rows: render.RowsOf(func() [][]render.Cell {
				var out [][]render.Cell
				for k, q := range s.Questions {
					out = append(out, []render.Cell{count(k + 1), text(q.Key), text(v.t("%s", q.Ask)), coded(v.fills(q), string(q.Fills)), text(v.condition(q.When))})
				}
				return out
			}()),
		}}},
		JSON: setJSON(s),
	}
}

func (v View) fills(q idea.Question) string {
	label := v.Filled(q.Fills)
	if q.Adds {
		label = "+ " + label
	}
	return label
}

// Filled is what a field is called that answers of a talk go into.
func (v View) Filled(f idea.Field) string {
	switch f {
	case "":
		return ""
	case idea.FieldNote:
		return v.t("Note")
	case idea.FieldTags:
		return v.t("Tags")
	case idea.FieldUnit:
		return v.t("Unit")
	case idea.FieldType:
		return v.t("Type")
	case idea.FieldNewness:
		return v.t("Newness")
	case idea.FieldBenefits:
		return v.t("Kinds of value")
	}
	return v.Section(idea.Section(f))
}

func (v View) condition(w idea.When) string {
	switch {
	case w.Key == "":
		return ""
	case len(w.Is) > 0:
		return w.Key + " = " + strings.Join(w.Is, ", ")
	case len(w.Contains) > 0:
		return v.t("%s holds %s", w.Key, strings.Join(w.Contains, ", "))
	case w.Answered == "yes":
		return v.t("%s is answered", w.Key)
	}
	return v.t("%s is not answered", w.Key)
}

// QuestionsKept tells which sets of questions stand now.
func (v View) QuestionsKept(all []idea.QuestionSet) render.Document {
	d := v.QuestionSets(all)
	d.Records, d.Sections = d.Sections[0].Table, nil
	for _, s := range all {
		if s.Own {
			d.Notes = append(d.Notes, v.p.N(len(s.Questions), "%[2]s: your own set, with %[1]d question", "%[2]s: your own set, with %[1]d questions", s.Name))
		} else {
			d.Notes = append(d.Notes, v.t("%s: the set of sluss", s.Name))
		}
	}
	return d
}

// Talk is a talk that is not saved, in JSON. It tells nothing of what was said.
type Talk struct {
	Idea     int64   `json:"idea"`
	Title    *string `json:"title"`
	Set      string  `json:"set"`
	Answered int     `json:"answered"`
	Of       int     `json:"of"`
	Begun    string  `json:"begun"`
	Changed  string  `json:"changed"`
}

// Talks is a coach's talks that are not saved; sets are their questions, in the
// same order.
func (v View) Talks(all []desk.TalkLine, sets []idea.QuestionSet) render.Document {
	var out []Talk
	for k, t := range all {
		path := sets[k].Path(t.Replies)
		out = append(out, Talk{Idea: t.Idea, Title: known(t.Title), Set: sets[k].Name, Answered: sets[k].Remaining(t.Replies), Of: len(path),
			Begun: stamp(t.Begun), Changed: stamp(t.Changed)})
	}
	return render.Document{
		Sections: []render.Section{{Table: &render.Table{
			Empty: v.t("No interview waits to be gone on with."),
			Columns: []render.Column{{Key: "idea", Head: v.t("No."), Right: true}, {Key: "title", Head: v.t("Title"), Flex: true}, {Key: "set", Head: v.t("Questions")},
				{Key: "answered", Head: v.t("Answered"), Right: true}, {Key: "of", Head: v.t("Of"), Right: true}, {Key: "changed", Head: v.t("Last answer")}},
			Rows: render.RowsOf(func() [][]render.Cell {
				var cells [][]render.Cell
				for k, t := range out {
					title := coded(v.t("(gone)"), "")
					if t.Title != nil {
						title = text(*t.Title)
					}
					cells = append(cells, []render.Cell{numbered(t.Idea), title, text(t.Set), count(t.Answered), count(t.Of), coded(v.moment(all[k].Changed), t.Changed)})
				}
				return cells
			}()),
		}}},
		Items: items(seq(out), func(t Talk) any { return t }),
	}
}

// QuestionsGone tells that no set of questions has that name any more.
func (v View) QuestionsGone(name string) render.Document {
	return render.Document{Notes: []string{v.t("%s: removed", name)}, JSON: struct {
		Removed string `json:"removed"`
	}{name}}
}

// Discarded tells that drafts of talks were given up.
func (v View) Discarded(numbers []int64) render.Document {
	d := render.Document{Items: items(seq(numbers), func(n int64) any { return n })}
	for _, n := range numbers {
		d.Notes = append(d.Notes, v.t("%d: the draft is gone", n))
	}
	return d
}
