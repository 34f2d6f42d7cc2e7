package cmd

import (
	"context"
	"slices"
	"strings"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/interview"
)

// mover is a command of the desk that puts ideas into another stage.
type mover = func(*desk.Desk, context.Context, desk.MoveInput) ([]desk.Moved, error)

// supplyMove asks for what the gates of a move still need.
func (env *Env) supplyMove(ctx context.Context, d *desk.Desk, in desk.MoveInput, move mover) (map[int64]desk.Supply, error) {
	return env.askMissing(ctx, d, in.Force, func() ([]desk.Moved, error) {
		in.Look = true
		found, err := move(d, ctx, in)
		for k := range found {
			if len(found) > 1 || found[k].To.Kind != idea.Presented {
				found[k].Classes = nil
			}
		}
		return found, err
	})
}

// supplyPresent asks for what the gate lacks when ideas are presented, and for
// the classes of each that no flag gives.
func (env *Env) supplyPresent(ctx context.Context, d *desk.Desk, in desk.PresentInput) (map[int64]desk.Supply, error) {
	return env.askMissing(ctx, d, in.Force || in.Remove, func() ([]desk.Moved, error) {
		in.Look = true
		taken, err := d.Present(ctx, in)
		found := movedOf(taken)
		for k := range found {
			found[k].Classes = slices.DeleteFunc(found[k].Classes, func(f idea.Field) bool { _, given := in.Classes[f]; return given })
		}
		return found, err
	})
}

// supplyDecide asks for what the gate lacks where a decision leads one idea.
// What several lack is listed.
func (env *Env) supplyDecide(ctx context.Context, d *desk.Desk, in desk.DecideInput) (map[int64]desk.Supply, error) {
	return env.askMissing(ctx, d, in.Force || len(in.Numbers) > 1, func() ([]desk.Moved, error) {
		in.Look = true
		taken, err := d.Decide(ctx, in)
		found := movedOf(taken)
		for k := range found {
			found[k].Classes = nil
		}
		return found, err
	})
}

func movedOf(taken []desk.Taken) []desk.Moved {
	moved := make([]desk.Moved, len(taken))
	for k := range taken {
		moved[k] = taken[k].Moved
	}
	return moved
}

// askMissing asks for what look finds missing, if there is somebody to ask. The
// answers are stored with what the command does, and so not at all if it is
// given up.
func (env *Env) askMissing(ctx context.Context, d *desk.Desk, quiet bool, look func() ([]desk.Moved, error)) (map[int64]desk.Supply, error) {
	if quiet || env.flags.yes || !env.mayAsk() {
		return nil, nil
	}
	found, err := look()
	if err != nil {
		return nil, err
	}
	units, err := d.Units(ctx)
	if err != nil {
		return nil, err
	}
	talks := env.gateTalks(found, units)
	if len(talks) == 0 {
		return nil, nil
	}
	supply := map[int64]desk.Supply{}
	return supply, env.ask(func(a interview.Asker) error {
		for _, t := range talks {
			t.a = a
			if err := t.run(); err != nil {
				return err
			}
			supply[t.of.Number] = t.supply
		}
		return nil
	})
}

// gateTalks is a talk about each idea that lacks something. There are none if
// one lacks what nobody can answer at once: then the refusal lists it all.
func (env *Env) gateTalks(found []desk.Moved, units []idea.Unit) (talks []*gateTalk) {
	for _, m := range found {
		t := &gateTalk{env: env, of: m, units: openUnits(units), supply: desk.Supply{Edit: desk.Edit{Fields: map[idea.Field]string{}}}}
		if !t.possible() {
			return nil
		}
		if len(m.Missing) > 0 || len(m.Classes) > 0 {
			talks = append(talks, t)
		}
	}
	return talks
}

func openUnits(units []idea.Unit) (names []string) {
	for _, u := range units {
		if !u.Closed {
			names = append(names, u.Name)
		}
	}
	return names
}

// gateTalk asks for what one idea lacks before it may enter a stage.
type gateTalk struct {
	env    *Env
	a      interview.Asker
	of     desk.Moved
	units  []string
	supply desk.Supply
}

func (t *gateTalk) question(c idea.Condition) func() error {
	switch c {
	case idea.HasNeed:
		return t.section(idea.Need, t.env.t("What need does it meet?"))
	case idea.HasSolution:
		return t.section(idea.Solution, t.env.t("What is the solution?"))
	case idea.HasValue:
		return t.section(idea.Value, t.env.t("What value does it bring?"))
	case idea.HasResources:
		return t.section(idea.Resources, t.env.t("Which resources does it need?"))
	case idea.HasUnit:
		return t.unit
	case idea.HasOwner:
		return t.owner
	case idea.HasContact:
		return t.contact
	case idea.HasAnswered:
		return t.answer
	case idea.HasTestPlan:
		return t.testPlan
	}
	return nil
}

// testPlan asks for what a test card cannot be without.
func (t *gateTalk) testPlan() error {
	t.supply.Test = map[idea.Field]string{}
	for _, q := range []struct {
		field idea.Field
		ask   string
	}{
		{idea.FieldBelief, t.env.t("The test: what do we believe?")},
		{idea.FieldMethod, t.env.t("How do we find out?")},
		{idea.FieldMeasure, t.env.t("What do we measure?")},
		{idea.FieldTarget, t.env.t("Which value shows that we are right?")},
	} {
		answer, err := t.a.Line(interview.Question{Ask: q.ask, Check: must(oneLine)})
		if err != nil {
			return err
		}
		t.supply.Test[q.field] = answer
	}
	return nil
}

func (t *gateTalk) possible() bool {
	return !slices.ContainsFunc(t.of.Missing, func(c idea.Condition) bool {
		return t.question(c) == nil || c == idea.HasUnit && len(t.units) == 0
	})
}

func (t *gateTalk) run() error {
	if t.of.From.Key == t.of.To.Key {
		t.a.Say(t.env.t("%d %s", t.of.Number, t.of.Title))
	} else {
		t.a.Say(t.env.t("%d %s: %s → %s", t.of.Number, t.of.Title, t.of.From.Names, t.of.To.Names))
	}
	if len(t.of.Missing) > 0 {
		t.a.Say(t.env.t("This must be there first. Ctrl-C ends without saving."))
	}
	for _, c := range t.of.Missing {
		if err := t.question(c)(); err != nil {
			return err
		}
	}
	if len(t.of.Classes) == 0 {
		return nil
	}
	return t.class()
}

// must refuses an empty answer.
func must(check func(string) error) func(string) error {
	return func(answer string) error {
		if strings.TrimSpace(answer) == "" {
			return idea.Errorf(idea.Usage, "this must be there before the idea moves")
		}
		return check(answer)
	}
}

func (t *gateTalk) section(s idea.Section, ask string) func() error {
	return func() error {
		text, err := t.a.Text(interview.Question{Ask: ask, Check: must(longAnswer)})
		t.supply.Edit.Fields[idea.Field(s)] = text
		return err
	}
}

func longAnswer(answer string) error {
	_, err := idea.CleanText("the answer", answer)
	return err
}

func (t *gateTalk) unit() error {
	answer, err := t.a.Line(interview.Question{
		Ask:     t.env.t("Which unit receives it?"),
		Suggest: beginning(t.units),
		Check: must(func(answer string) error {
			if slices.ContainsFunc(t.units, func(n string) bool { return idea.Same(n, strings.TrimSpace(answer)) }) {
				return nil
			}
			return t.env.withNearest(idea.Unknown("unit", answer, t.units))
		}),
	})
	t.supply.Edit.Fields[idea.FieldUnit] = strings.TrimSpace(answer)
	return err
}

func (t *gateTalk) owner() error {
	unit := t.supply.Edit.Fields[idea.FieldUnit]
	if unit == "" {
		unit = t.of.UnitName
	}
	ask := t.env.t("Who takes it on?")
	if unit != "" {
		ask = t.env.t("Who takes it on in %s?", unit)
	}
	answer, err := t.a.Line(interview.Question{Ask: ask, Check: must(oneLine)})
	t.supply.Edit.Fields[idea.FieldOwner] = strings.TrimSpace(answer)
	return err
}

// contact asks how a giver can be reached, and who that is when nobody is known.
func (t *gateTalk) contact() (err error) {
	giver := &idea.GiverDraft{}
	if len(t.of.Givers) == 0 {
		giver = &t.supply.Edit.Giver
		if giver.Name, err = t.line(interview.Question{Ask: t.env.t("What is the giver's name?"), Check: oneLine}); err != nil {
			return err
		}
	}
	if giver.Email, err = t.line(interview.Question{Ask: t.env.t("What is the giver's address for mail? Enter if there is none."), Check: mailOrNone}); err != nil {
		return err
	}
	if giver.Email == "" {
		giver.Phone, err = t.line(interview.Question{Ask: t.env.t("What is the giver's telephone number?"), Check: must(oneLine)})
	}
	if len(t.of.Givers) > 0 {
		t.supply.Email, t.supply.Phone = giver.Email, giver.Phone
	}
	return err
}

func mailOrNone(answer string) error { return idea.CheckMail(strings.TrimSpace(answer)) }

func (t *gateTalk) line(q interview.Question) (string, error) {
	answer, err := t.a.Line(q)
	return strings.TrimSpace(answer), err
}

func (t *gateTalk) answer() (err error) {
	if t.supply.Answer, err = t.a.Text(interview.Question{Ask: t.env.t("What has the giver been told?"), Check: must(longAnswer)}); err != nil {
		return err
	}
	channel, err := t.a.Choice(interview.Question{Ask: t.env.t("How was the giver told?"), Options: options(t.env, idea.Channels(), func(c idea.Channel) idea.Word { return idea.Word(c) })})
	t.supply.Channel = idea.Channel(channel)
	return err
}

func options[T ~string](env *Env, all []T, label func(T) idea.Word) []interview.Option {
	out := make([]interview.Option, len(all))
	for k, one := range all {
		out[k] = interview.Option{Value: string(one), Label: env.t("%s", label(one))}
	}
	return out
}

// class asks for the classes, each of which Enter skips.
func (t *gateTalk) class() error {
	t.a.Say(t.env.t("For the statistics; Enter skips a question."))
	for _, f := range t.of.Classes {
		var value string
		var err error
		switch f {
		case idea.FieldType:
			value, err = t.choose(t.env.t("What type of idea is it?"), options(t.env, idea.Types(), idea.Type.Label))
		case idea.FieldNewness:
			value, err = t.choose(t.env.t("How new is it?"), options(t.env, idea.Newnesses(), idea.Newness.Label))
		case idea.FieldBenefits:
			value, err = t.benefits()
		}
		if err != nil {
			return err
		}
		if value != "" {
			t.supply.Edit.Fields[f] = value
		}
	}
	return nil
}

func (t *gateTalk) choose(ask string, options []interview.Option) (string, error) {
	const skip = "-"
	options = append([]interview.Option{{Value: skip, Label: t.env.t("not known")}}, options...)
	value, err := t.a.Choice(interview.Question{Ask: ask, Options: options, Default: skip})
	if value == skip {
		value = ""
	}
	return value, err
}

func (t *gateTalk) benefits() (string, error) {
	var known []string
	for _, b := range idea.Benefits() {
		known = append(known, t.env.t("%s", b.Label()))
	}
	t.a.Say(t.env.t("Kinds of value: %s", strings.Join(known, ", ")))
	return t.line(interview.Question{
		Ask: t.env.t("Which of them does it bring, with commas between?"),
		Suggest: func(prefix string) (out []string) {
			at := strings.LastIndex(prefix, ",") + 1
			for _, word := range beginning(known)(strings.TrimSpace(prefix[at:])) {
				out = append(out, strings.TrimSpace(prefix[:at]+" "+word))
			}
			return out
		},
		Check: func(answer string) error {
			_, err := idea.FindBenefits(answer)
			return err
		},
	})
}
