package view

import (
	"cmp"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/letter"
	"sluss/internal/render"
)

// Letter is a letter in JSON. It names the giver: it is written to the giver.
type Letter struct {
	Idea     int64   `json:"idea"`
	Template string  `json:"template"`
	Lang     string  `json:"lang"`
	Giver    *int64  `json:"giver"`
	Name     *string `json:"name"`
	Email    *string `json:"email"`
	Subject  string  `json:"subject"`
	Body     string  `json:"body"`
}

// Template is the template of a letter in JSON. Own tells that coaches have put
// it in place of the one that the program brings with it.
type Template struct {
	Name string `json:"name"`
	Lang string `json:"lang"`
	Own  bool   `json:"own"`
	Text string `json:"text"`
}

// Written fills the template of a letter. Where the idea has no coach, me
// writes it. It returns what letter.Fill returns.
func (v View) Written(l desk.Letter, me string) (letter.Letter, error) {
	data := letter.Data{Number: l.Number, Title: l.Title, Need: l.Sections[idea.Need], Giver: l.To.Name,
		Coach: cmp.Or(l.CoachName, me), Unit: l.UnitName, Stage: v.stage(l.In), Reason: v.word(string(l.Reason)), Why: l.Why(),
		AnswerBy: l.AnswerBy, Today: l.Today}
	data.Answer, data.AnswerDay = l.Answer.Text, l.Answer.Reached(l.To.ID)
	return letter.Fill(l.Template, data)
}

// Letters is letters, one below the other.
func (v View) Letters(all []desk.Letter, written []letter.Letter) render.Document {
	var d render.Document
	var out []Letter
	for k, l := range all {
		w := written[k]
		d.Sections = append(d.Sections, render.Section{Heading: w.Subject, Text: "\n" + w.Body})
		out = append(out, Letter{Idea: l.Number, Template: string(l.Template.Name), Lang: l.Template.Lang, Giver: id(l.To.ID),
			Name: known(l.To.Name), Email: known(l.To.Email), Subject: w.Subject, Body: w.Body})
	}
	d.Records = &render.Table{
		Columns: []render.Column{{Key: "idea"}, {Key: "giver"}, {Key: "name"}, {Key: "email"}, {Key: "subject"}, {Key: "body"}},
		Rows: render.RowsOf(rows(out, func(l Letter) []render.Cell {
			giver := render.Cell{}
			if l.Giver != nil {
				giver = numbered(*l.Giver)
			}
			return []render.Cell{numbered(l.Idea), giver, text(unknown(l.Name)), text(unknown(l.Email)), text(l.Subject), text(l.Body)}
		})),
	}
	d.Items = items(seq(out), func(l Letter) any { return l })
	return d
}

// unknown is s, and nothing for none.
func unknown(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func templateJSON(t idea.Template) Template {
	return Template{Name: string(t.Name), Lang: t.Lang, Own: t.ID != 0, Text: t.Text}
}

// Templates is the templates of letters in one language.
func (v View) Templates(all []idea.Template) render.Document {
	return render.Document{
		Sections: []render.Section{{Table: &render.Table{
			Columns: []render.Column{{Key: "name", Head: v.t("Letter")}, {Key: "lang", Head: v.t("Language")}, {Key: "own", Head: v.t("Template")}},
			Rows: render.RowsOf(rows(all, func(t idea.Template) []render.Cell {
				own := coded(v.t("that of sluss"), "false")
				if t.ID != 0 {
					own = coded(v.t("your own"), "true")
				}
				return []render.Cell{text(string(t.Name)), text(t.Lang), own}
			})),
		}}},
		Items: items(seq(all), func(t idea.Template) any { return templateJSON(t) }),
	}
}

// Template is one template of a letter.
func (v View) Template(t idea.Template) render.Document {
	d := v.Templates([]idea.Template{t})
	d.Records, d.Items, d.JSON = d.Sections[0].Table, nil, templateJSON(t)
	d.Sections = []render.Section{{Text: t.Text}}
	return d
}

// Replaced tells which template of a letter stands now.
func (v View) Replaced(t idea.Template) render.Document {
	d := v.Template(t)
	d.Sections = nil
	if t.ID != 0 {
		d.Notes = []string{v.t("%s (%s): your own template", string(t.Name), t.Lang)}
	} else {
		d.Notes = []string{v.t("%s (%s): the template of sluss", string(t.Name), t.Lang)}
	}
	return d
}
