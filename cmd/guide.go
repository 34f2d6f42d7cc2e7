package cmd

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/intake"
	"sluss/internal/interview"
	"sluss/internal/term"
)

// What can be typed in place of an answer, and what a choice offers.
const (
	goBack  = "<"
	noWords = "-"
	asItIs  = "="
)

// guide leads through the questions of a set about one idea.
type guide struct {
	env     *Env
	ctx     context.Context
	d       *desk.Desk
	a       interview.Asker
	sitting desk.Sitting
	set     idea.QuestionSet
	text    string // the set in YAML
	replies idea.Replies
	saved   []desk.Card
	told    bool // a signal tells where the answers are
}

// sit finds out what is talked about, and with which questions.
func (g *guide) sit(number int64, resume bool, set string) (err error) {
	if number == 0 {
		if number, err = g.chooseDraft(); err != nil {
			return err
		}
		resume = true
	}
	if g.sitting, err = g.d.Sit(g.ctx, number); err != nil {
		return err
	}
	if g.sitting.Draft == nil && resume {
		return desk.NoTalk(number)
	}
	if g.sitting.Draft != nil {
		resumed, err := g.resume(resume)
		if err != nil || resumed {
			return err
		}
	}
	return g.begin(set)
}

// chooseDraft is the idea of the only draft, or of the one that is chosen.
func (g *guide) chooseDraft() (int64, error) {
	talks, err := g.d.Talks(g.ctx)
	talks = slices.DeleteFunc(talks, func(t desk.TalkLine) bool { return t.Title == "" })
	switch {
	case err != nil:
		return 0, err
	case len(talks) == 0:
		return 0, idea.Errorf(idea.Usage, "which idea? You have no draft of an interview to go on with").WithHint("sluss interview NUMBER begins one")
	case len(talks) == 1:
		return talks[0].Idea, nil
	}
	q := interview.Question{Ask: g.env.t("Which interview do you want to go on with?")}
	for _, t := range talks {
		q.Options = append(q.Options, interview.Option{Value: fmt.Sprint(t.Idea), Label: fmt.Sprintf("%d %s", t.Idea, t.Title)})
	}
	value, err := g.a.Choice(q)
	if err != nil {
		return 0, err
	}
	return number(value)
}

// resume goes on with the draft, if that is wanted, and else wipes it.
func (g *guide) resume(wanted bool) (bool, error) {
	draft := g.sitting.Draft
	if !wanted {
		const anew = "anew"
		choice, err := g.a.Choice(interview.Question{
			Ask: g.env.t("There is a draft of %s. What now?", draft.Changed.In(g.d.Location()).Format("2006-01-02 15:04")),
			Options: []interview.Option{{Value: "on", Label: g.env.t("go on with it")},
				{Value: anew, Label: g.env.t("begin anew; what the draft holds is wiped")}},
		})
		if err != nil {
			return false, err
		}
		if choice == anew {
			return false, g.d.DropTalks(g.ctx, g.sitting.Number)
		}
	}
	set, err := talkSet(*draft)
	g.set, g.text, g.replies = set, draft.Questions, draft.Replies
	g.warnOfSignals()
	return true, err
}

func (g *guide) begin(name string) (err error) {
	sets, err := g.env.questionSets(g.ctx, g.d)
	if err != nil {
		return err
	}
	found := true
	if name != "" {
		g.set, err = idea.FindQuestions(sets, name)
	} else {
		g.set, found = idea.ChooseQuestions(sets, g.sitting.Kind, g.sitting.In)
	}
	if err == nil && !found {
		err = idea.Errorf(idea.NotFound, "there are no questions for this idea").WithHint("sluss questions list shows all; --questions SET takes one of them")
	}
	if err != nil {
		return err
	}
	text, err := intake.QuestionsYAML(g.set)
	g.text, g.replies = string(text), idea.Replies{}
	return err
}

// run asks from the first question without an answer to the end.
func (g *guide) run() error {
	g.a.Say(g.env.t("%d %s: %s", g.sitting.Number, g.sitting.Title, g.set.Title))
	g.a.Say(g.env.t("Enter keeps what stands, %s goes back, %s empties.\nCtrl-C stops; each answer is kept at once as a draft.", goBack, noWords))
	for at := g.set.Remaining(g.replies); ; {
		back, done, err := g.step(at)
		switch {
		case idea.KindOf(err) == idea.Interrupted && err != nil:
			return g.stop(err)
		case err != nil:
			return g.keepsDraft(err)
		case done:
			return nil
		case !back:
			at++
		case at > 0:
			at--
		default:
			g.a.Say(g.env.t("This is the first question."))
		}
	}
}

func (g *guide) step(at int) (back, done bool, err error) {
	path := g.set.Path(g.replies)
	if at >= len(path) {
		return g.finish()
	}
	back, err = g.ask(path[at], at+1, len(path))
	return back, false, err
}

// ask asks one question and keeps the answer.
func (g *guide) ask(q idea.Question, n, of int) (back bool, err error) {
	text, seen := g.set.Default(q, g.replies, g.sitting.Held)
	answer, err := g.put(q, interview.Question{
		Ask:     g.env.t("%d of %d: %s", n, of, q.Ask),
		Help:    g.env.t("%s", q.Help),
		Default: text,
		Signs:   []string{goBack, noWords},
	})
	if err != nil || answer == goBack {
		return err == nil, err
	}
	reply := idea.Reply{Key: q.Key, Text: answer, Seen: seen}
	if old, there := g.replies[q.Key]; there && old == reply {
		return false, nil
	}
	if err := g.d.KeepReply(g.ctx, g.sitting.Number, g.text, reply); err != nil {
		return false, err
	}
	g.replies[q.Key] = reply
	g.warnOfSignals()
	return false, nil
}

// put asks in the way that fits what the answer goes into.
func (g *guide) put(q idea.Question, ask interview.Question) (string, error) {
	env := g.env
	switch {
	case len(q.Choices) > 0:
		for _, c := range q.Choices {
			ask.Options = append(ask.Options, interview.Option{Value: c.Value, Label: env.t("%s", c.Label)})
		}
		ask.Default = q.Value(ask.Default)
		return g.choose(ask)
	case q.Fills == idea.FieldType:
		ask.Options = options(env, idea.Types(), idea.Type.Label)
		return g.choose(ask)
	case q.Fills == idea.FieldNewness:
		ask.Options = options(env, idea.Newnesses(), idea.Newness.Label)
		return g.choose(ask)
	case q.Fills == idea.FieldBenefits:
		return g.benefits(ask)
	case q.Fills == idea.FieldUnit:
		return g.unit(ask)
	case q.Fills == idea.FieldTags:
		return g.tags(ask)
	case isLong(q.Fills) || strings.Contains(ask.Default, "\n"):
		ask.Check = unlessSign(longAnswer)
		answer, err := g.a.Text(ask)
		return clean(answer, ask.Default, err, idea.CleanText)
	}
	return g.line(ask, oneLine)
}

// isLong tells whether answers that go into a field may be several lines.
func isLong(f idea.Field) bool {
	return f == idea.FieldNote || f.IsSection() && f != idea.Field(idea.Whom) && f != idea.Field(idea.Next)
}

func (g *guide) line(ask interview.Question, check func(string) error) (string, error) {
	ask.Check = unlessSign(check)
	answer, err := g.a.Line(ask)
	return clean(answer, ask.Default, err, idea.CleanLine)
}

// clean is an answer as it is kept. What stood before is left as it was.
func clean(answer, before string, err error, clean func(idea.Word, string) (string, error)) (string, error) {
	switch {
	case err != nil || answer == before:
		return answer, err
	case strings.TrimSpace(answer) == noWords:
		return "", nil
	}
	return clean("the answer", strings.TrimSpace(answer))
}

func unlessSign(check func(string) error) func(string) error {
	return func(answer string) error {
		if word := strings.TrimSpace(answer); word == goBack || word == noWords || word == "" {
			return nil
		}
		return check(answer)
	}
}

// choose adds what is not an answer to the choices: to leave things as they are,
// and to go back.
func (g *guide) choose(ask interview.Question) (string, error) {
	before := ask.Default
	leave := interview.Option{Value: noWords, Label: g.env.t("no answer")}
	if before != "" && !slices.ContainsFunc(ask.Options, func(o interview.Option) bool { return o.Value == before }) {
		leave = interview.Option{Value: asItIs, Label: g.env.t("as it stands: %s", before)}
		ask.Default = asItIs
	}
	if before == "" {
		ask.Default = leave.Value
	}
	ask.Options = slices.Concat([]interview.Option{leave}, ask.Options, []interview.Option{{Value: goBack, Label: g.env.t("< back")}})
	answer, err := g.a.Choice(ask)
	switch {
	case answer == asItIs:
		answer = before
	case answer == noWords:
		answer = ""
	}
	return answer, err
}

func (g *guide) unit(ask interview.Question) (string, error) {
	names, before := openUnits(g.sitting.Units), ask.Default
	ask.Suggest = beginning(names)
	answer, err := g.line(ask, func(answer string) error {
		if idea.Same(strings.TrimSpace(answer), before) || slices.ContainsFunc(names, func(n string) bool { return idea.Same(n, strings.TrimSpace(answer)) }) {
			return nil
		}
		return g.env.withNearest(idea.Unknown("unit", answer, names))
	})
	for _, name := range names {
		if idea.Same(name, answer) {
			answer = name
		}
	}
	return answer, err
}

func (g *guide) tags(ask interview.Question) (string, error) {
	known, err := g.d.Tags(g.ctx)
	if err != nil {
		return "", err
	}
	ask.Suggest = lastWord(" ", beginning(slices.Sorted(maps.Keys(known))))
	answer, err := g.line(ask, func(answer string) error {
		_, err := idea.CleanTags(tagList(answer))
		return err
	})
	if err != nil || answer == goBack {
		return answer, err
	}
	tags, err := idea.CleanTags(tagList(answer))
	return strings.Join(tags, " "), err
}

// lastWord offers words for the last of several that are typed.
func lastWord(between string, suggest func(string) []string) func(string) []string {
	return func(typed string) (out []string) {
		at := strings.LastIndex(typed, between) + 1
		for _, word := range suggest(strings.TrimSpace(typed[at:])) {
			out = append(out, strings.TrimSpace(typed[:at]+" "+word))
		}
		return out
	}
}

func (g *guide) benefits(ask interview.Question) (string, error) {
	var known []string
	for _, b := range idea.Benefits() {
		known = append(known, g.env.t("%s", b.Label()))
	}
	ask.Default = g.benefitWords(ask.Default)
	ask.Help = strings.TrimSpace(ask.Help + "\n" + g.env.t("Kinds of value: %s", strings.Join(known, ", ")))
	ask.Suggest = lastWord(",", beginning(known))
	answer, err := g.line(ask, func(answer string) error {
		_, err := idea.FindBenefits(answer)
		return err
	})
	if err != nil || answer == goBack {
		return answer, err
	}
	found, err := idea.FindBenefits(answer)
	return strings.ReplaceAll(idea.JoinBenefits(found), " ", ", "), err
}

// benefitWords is kinds of value as people read them.
func (g *guide) benefitWords(keys string) string {
	found, err := idea.FindBenefits(keys)
	if err != nil {
		return keys
	}
	words := make([]string, len(found))
	for k, b := range found {
		words[k] = g.env.t("%s", b.Label())
	}
	return strings.Join(words, ", ")
}

// finish shows what the answers change and saves it, if that is wanted.
func (g *guide) finish() (back, done bool, err error) {
	gist, err := g.settled()
	if err != nil {
		return false, false, err
	}
	if gist.Empty() {
		g.a.Say(g.env.t("Nothing has changed."))
		return false, true, g.wipe()
	}
	g.a.Say(g.summary(gist))
	const save, keep, discard = "save", "keep", "discard"
	choice, err := g.a.Choice(interview.Question{Ask: g.env.t("What now?"), Default: save, Options: []interview.Option{
		{Value: save, Label: g.env.t("save")}, {Value: goBack, Label: g.env.t("< back")},
		{Value: keep, Label: g.env.t("keep it as a draft")}, {Value: discard, Label: g.env.t("discard it")}}})
	switch {
	case err != nil || choice == goBack:
		return choice == goBack, false, err
	case choice == keep:
		g.a.Say(g.env.t("%s", kept(g.sitting.Number)))
		return false, true, nil
	case choice == discard:
		g.a.Say(g.env.t("The answers are discarded."))
		return false, true, g.wipe()
	}
	g.saved, err = g.d.SaveTalk(g.ctx, g.sitting.Number, g.set, g.replies, string(g.env.p.Lang()))
	if idea.KindOf(err) == idea.Refused {
		if fresh, failed := g.fresh(); failed == nil && len(fresh.Clashes) > 0 { // somebody was faster just now
			return g.finish()
		}
	}
	return false, err == nil, err
}

// fresh is what the answers change of the idea as it is now.
func (g *guide) fresh() (gist idea.Gist, err error) {
	if g.sitting, err = g.d.Sit(g.ctx, g.sitting.Number); err != nil {
		return gist, err
	}
	return g.set.Gist(g.replies, g.sitting.Held, string(g.env.p.Lang())), nil
}

// settled is what the answers change, once it is decided what becomes of those
// that would write over what somebody else has written since.
func (g *guide) settled() (idea.Gist, error) {
	gist, err := g.fresh()
	for err == nil && len(gist.Clashes) > 0 {
		for _, c := range gist.Clashes {
			if err := g.settle(c); err != nil {
				return gist, err
			}
		}
		gist, err = g.fresh()
	}
	return gist, err
}

func (g *guide) settle(c idea.Clash) error {
	const mine, theirs, both = "mine", "theirs", "both"
	env := g.env
	g.a.Say(env.t("Meanwhile somebody else has changed this: %s", env.view().Filled(c.Question.Fills)))
	g.a.Say("  " + env.t("now: %s", indented(g.word(c.Question.Fills, c.Now))))
	g.a.Say("  " + env.t("your answer: %s", indented(g.word(c.Question.Fills, c.Mine))))
	q := interview.Question{Ask: env.t("Which is to stand?"), Options: []interview.Option{
		{Value: theirs, Label: env.t("what is there now")}, {Value: mine, Label: env.t("your answer")}}}
	if c.Question.Fills.IsSection() && c.Now != "" && c.Mine != "" {
		q.Options = append(q.Options, interview.Option{Value: both, Label: env.t("both, yours below")})
	}
	choice, err := g.a.Choice(q)
	if err != nil {
		return err
	}
	text := map[string]string{mine: c.Mine, theirs: c.Now, both: c.Now + "\n\n" + c.Mine}[choice]
	reply := c.Settle(text)
	if err := g.d.KeepReply(g.ctx, g.sitting.Number, g.text, reply); err != nil {
		return err
	}
	g.replies[reply.Key] = reply
	return nil
}

// word is what a field holds as people read it.
func (g *guide) word(f idea.Field, text string) string {
	switch {
	case text == "":
		return "–"
	case f == idea.FieldType:
		return g.env.t("%s", idea.Type(text).Label())
	case f == idea.FieldNewness:
		return g.env.t("%s", idea.Newness(text).Label())
	case f == idea.FieldBenefits:
		return g.benefitWords(text)
	}
	return text
}

// indented is a text whose further lines stand below a label.
func indented(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "\n", "\n    "), "\n    \n", "\n\n")
}

func (g *guide) summary(gist idea.Gist) string {
	lines := []string{g.env.t("This changes:")}
	add := func(f idea.Field, text string) {
		lines = append(lines, "  "+g.env.view().Filled(f)+": "+indented(text))
	}
	for _, f := range idea.Fillable() {
		if text, changed := gist.Fields[f]; changed {
			add(f, g.word(f, text))
		}
	}
	if len(gist.Tags) > 0 {
		steps := slices.Clone(gist.Tags)
		for k, tag := range steps {
			if !strings.HasPrefix(tag, "-") {
				steps[k] = "+" + tag
			}
		}
		add(idea.FieldTags, strings.Join(steps, " "))
	}
	if gist.Note != "" {
		add(idea.FieldNote, gist.Note)
	}
	return strings.Join(lines, "\n")
}

// said tells whether any answer says something.
func (g *guide) said() bool {
	for _, r := range g.replies {
		if r.Text != r.Seen {
			return true
		}
	}
	return false
}

// wipe takes the draft away, if there is one.
func (g *guide) wipe() error {
	if len(g.replies) == 0 {
		return nil
	}
	return g.d.DropTalks(g.ctx, g.sitting.Number)
}

// stop asks whether to keep the answers as a draft. Whoever does not answer
// keeps them.
func (g *guide) stop(cause error) error {
	if !g.said() {
		return errors.Join(g.wipe(), cause)
	}
	yes, err := g.a.Confirm(interview.Question{Ask: g.env.t("Keep the answers as a draft?"), Default: "yes"})
	if err == nil && !yes {
		if err := g.wipe(); err != nil {
			return err
		}
		return idea.Errorf(idea.Interrupted, "cancelled; nothing was saved")
	}
	e := &idea.Error{Kind: idea.Interrupted, Text: kept(g.sitting.Number)}
	return e.Because(cause)
}

// kept tells where the answers are.
func kept(number int64) idea.Text {
	return idea.Say("the answers are kept as a draft; sluss interview %d --resume goes on", number)
}

// keepsDraft adds to an error that the answers so far are there.
func (g *guide) keepsDraft(err error) error {
	e := g.env.explain(nil, err)
	if g.said() {
		e.More = append(e.More, kept(g.sitting.Number))
	}
	return e
}

// warnOfSignals has a signal that ends the program tell where the answers are,
// once some are kept.
func (g *guide) warnOfSignals() {
	restore := g.env.asking.Load()
	if restore == nil || g.told {
		return
	}
	g.told = true
	tell := func() {
		(*restore)()
		fmt.Fprintln(g.env.streams.Err, "\n"+term.Safe("sluss: "+g.env.t("%s", kept(g.sitting.Number))))
	}
	g.env.asking.Store(&tell)
}
