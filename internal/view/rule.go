package view

import (
	"sluss/internal/idea"
	"sluss/internal/render"
)

// Rule is a rule in JSON.
type Rule struct {
	Rule  string `json:"rule"`
	Value string `json:"value"`
}

func ruleJSON(r idea.Rule) Rule { return Rule{string(r.Name), r.Value} }

// Rules is what the coaches have agreed on.
func (v View) Rules(rules []idea.Rule) render.Document {
	return render.Document{
		Sections: []render.Section{{Table: &render.Table{
			Columns: []render.Column{{Key: "rule", Head: v.t("Rule")}, {Key: "value", Head: v.t("Current value")},
				{Key: "what", Head: v.t("What it says"), Flex: true}},
			Rows: render.RowsOf(rows(rules, func(r idea.Rule) []render.Cell {
				return []render.Cell{text(string(r.Name)), coded(v.ruleValue(r.Value), r.Value), text(v.t("%s", r.Name.Explain()))}
			})),
		}}},
		Items: items(seq(rules), func(r idea.Rule) any { return ruleJSON(r) }),
	}
}

// Rule tells what a rule says now.
func (v View) Rule(r idea.Rule) render.Document {
	d := v.Rules([]idea.Rule{r})
	d.Sections, d.Records, d.Items = nil, d.Sections[0].Table, nil
	d.Notes, d.JSON = []string{v.t("%s: %s", string(r.Name), v.ruleValue(r.Value))}, ruleJSON(r)
	return d
}

func (v View) ruleValue(value string) string {
	switch value {
	case "yes":
		return v.t("yes")
	case "no":
		return v.t("no")
	}
	return value
}
