package cmd

import (
	"maps"
	"net/mail"
	"slices"
	"strings"

	"sluss/internal/idea"
	"sluss/internal/interview"
)

// talk is the interview about a new idea.
type talk struct {
	env   *Env
	a     interview.Asker
	draft *idea.Draft
	units []idea.Unit
	tags  map[string]int
	alike func() []string // tells of ideas that may be the same as the draft
}

func (t *talk) run() error {
	t.a.Say(t.env.t("Enter skips a question. Ctrl-C ends without saving."))
	for _, ask := range []func() error{t.title, t.need, t.whom, t.kind, t.giver, t.unit, t.words, t.summary} {
		if err := ask(); err != nil {
			return err
		}
	}
	return nil
}

func (t *talk) line(to *string, q interview.Question) error {
	if *to != "" {
		return nil
	}
	answer, err := t.a.Line(q)
	*to = strings.TrimSpace(answer)
	return err
}

func (t *talk) title() error {
	return t.line(&t.draft.Title, interview.Question{Ask: t.env.t("What is the idea called?"), Check: func(answer string) error {
		title, err := idea.CleanLine("the title", answer)
		if err == nil && title == "" {
			err = idea.Errorf(idea.Usage, "an idea needs a title")
		}
		return err
	}})
}

func (t *talk) need() error {
	if t.draft.Sections[idea.Need] != "" {
		return nil
	}
	text, err := t.a.Text(interview.Question{Ask: t.env.t("What need does it meet?")})
	t.draft.Sections[idea.Need] = text
	return err
}

func (t *talk) whom() error {
	whom := t.draft.Sections[idea.Whom]
	err := t.line(&whom, interview.Question{Ask: t.env.t("For whom?")})
	t.draft.Sections[idea.Whom] = whom
	return err
}

func (t *talk) kind() error {
	if t.draft.Kind != "" {
		return nil
	}
	q := interview.Question{Ask: t.env.t("Who gives the idea?"), Default: string(idea.Employee)}
	for _, k := range idea.GiverKinds() {
		q.Options = append(q.Options, interview.Option{Value: string(k), Label: t.env.t("%s", idea.Word(k))})
	}
	kind, err := t.a.Choice(q)
	t.draft.Kind = idea.GiverKind(kind)
	return err
}

func (t *talk) giver() error {
	g := &t.draft.Giver
	if *g != (idea.GiverDraft{}) {
		return nil
	}
	if err := t.line(&g.Name, interview.Question{Ask: t.env.t("What is the giver's name?"), Check: oneLine}); err != nil || g.Name == "" {
		return err
	}
	return t.line(&g.Email, interview.Question{Ask: t.env.t("What is the giver's address for mail?"), Check: mailAddress})
}

func mailAddress(answer string) error {
	answer = strings.TrimSpace(answer)
	if a, err := mail.ParseAddress(answer); answer != "" && (err != nil || a.Address != answer) {
		return idea.Errorf(idea.Usage, "%q is no address for mail", answer)
	}
	return nil
}

func oneLine(answer string) error {
	_, err := idea.CleanLine("the answer", answer)
	return err
}

func (t *talk) unit() error {
	var names []string
	for _, u := range t.units {
		if !u.Closed {
			names = append(names, u.Name)
		}
	}
	if len(names) == 0 {
		return nil
	}
	return t.line(&t.draft.Unit, interview.Question{
		Ask:     t.env.t("Which unit does it concern?"),
		Suggest: beginning(names),
		Check: func(answer string) error {
			if answer == "" || slices.ContainsFunc(names, func(n string) bool { return idea.Same(n, strings.TrimSpace(answer)) }) {
				return nil
			}
			return t.env.withNearest(idea.Unknown("unit", answer, names))
		},
	})
}

func beginning(names []string) func(string) []string {
	return func(prefix string) []string {
		var out []string
		for _, n := range names {
			if idea.Holds(n, prefix) {
				out = append(out, n)
			}
		}
		return out
	}
}

func (t *talk) words() error {
	if len(t.draft.Tags) > 0 {
		return nil
	}
	answer, err := t.a.Line(interview.Question{
		Ask:     t.env.t("Tags, with spaces between?"),
		Suggest: beginning(slices.Sorted(maps.Keys(t.tags))),
		Check: func(answer string) error {
			_, err := idea.CleanTags(tagList(answer))
			return err
		},
	})
	t.draft.Tags = tagList(answer)
	return err
}

func tagList(answer string) []string {
	return strings.Fields(strings.ReplaceAll(answer, ",", " "))
}

func (t *talk) summary() error {
	d := t.draft
	if alike := t.alike(); len(alike) > 0 {
		t.a.Say(t.env.t("There is something like it already:") + "\n  " + strings.Join(alike, "\n  "))
	}
	lines := []string{d.Title}
	add := func(label, value string) {
		if value != "" {
			lines = append(lines, "  "+label+": "+strings.ReplaceAll(value, "\n", "\n    "))
		}
	}
	add(t.env.t("Need"), d.Sections[idea.Need])
	add(t.env.t("For whom"), d.Sections[idea.Whom])
	add(t.env.t("Kind"), t.env.t("%s", idea.Word(d.Kind)))
	add(t.env.t("Giver"), strings.TrimSpace(d.Giver.Name+" "+d.Giver.Email))
	add(t.env.t("Unit"), d.Unit)
	add(t.env.t("Tags"), strings.Join(d.Tags, " "))
	t.a.Say(strings.Join(lines, "\n"))
	yes, err := t.a.Confirm(interview.Question{Ask: t.env.t("Store it?"), Default: "yes"})
	if err == nil && !yes {
		err = idea.Errorf(idea.Interrupted, "cancelled; nothing was saved")
	}
	return err
}
