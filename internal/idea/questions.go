package idea

import (
	"cmp"
	"slices"
	"strings"
)

// AQuestionSet is a set of questions as something that changes.
const AQuestionSet Subject = "question set"

// FieldTags is all tags of an idea in one value, with spaces between.
const FieldTags Field = "tags"

// QuestionSet is the questions of a guided talk about an idea.
type QuestionSet struct {
	Name      string
	Title     Names
	Kinds     []GiverKind // the givers that it is for; none is all
	Stages    []string    // keys or kinds of the stages that it is for; none is all
	Questions []Question
	Own       bool // a coach has imported it
}

// Question is one question of a guided talk.
type Question struct {
	Key     string
	Ask     Names
	Help    Names
	Fills   Field // what of the idea the answer goes into; empty: it only leads to other questions
	Adds    bool  // the answer goes below what is there, and not in its place
	Choices []Choice
	When    When
}

// Choice is one of the answers that a question takes.
type Choice struct {
	Value string
	Label Names
}

// When is the condition on an earlier answer under which a question is asked.
type When struct {
	Key      string   // of the question that was asked before; empty: always
	Is       []string // the answer is one of these
	Contains []string // or it holds one of these
	Answered string   // or there is one: yes, or none: no
}

// QuestionText is a set of questions as the database keeps it.
type QuestionText struct {
	ID   int64
	Name string
	Text string // YAML
}

// Fillable lists what answers can go into.
func Fillable() []Field {
	fields := []Field{}
	for _, s := range Sections() {
		fields = append(fields, Field(s))
	}
	return append(fields, FieldNote, FieldTags, FieldUnit, FieldType, FieldNewness, FieldBenefits)
}

// FindFillable gives what a word names of that which answers can go into. It
// returns NotFound for any other.
func FindFillable(word string) (Field, error) {
	var known []string
	for _, f := range Fillable() {
		if string(f) == word {
			return f, nil
		}
		known = append(known, string(f))
	}
	return "", Unknown("section", word, known)
}

// IsSection tells whether a field is a section of an idea.
func (f Field) IsSection() bool { return slices.Contains(Sections(), Section(f)) }

// Question gives the place of a question, -1 if there is none of that key.
func (s QuestionSet) Question(key string) int {
	return slices.IndexFunc(s.Questions, func(q Question) bool { return q.Key == key })
}

// cleanKey refuses (Usage) a name of a set, a question or a choice that is
// awkward to type.
func cleanKey(what Word, key string) error {
	ok := key != "" && len(key) <= 40
	for _, r := range key {
		ok = ok && (r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' || r == '_')
	}
	if !ok {
		return Errorf(Usage, "%q is no %s", key, what).WithHint("use small letters a-z, digits and hyphens, at most 40")
	}
	return nil
}

// bothLanguages refuses (Usage) a text that is missing in a language.
func (n Names) bothLanguages() error {
	for _, one := range []struct{ lang, text string }{{"sv", n.SV}, {"en", n.EN}} {
		if strings.TrimSpace(one.text) == "" {
			return Errorf(Usage, "the text in one language is missing: %s", one.lang).WithHint("each question has a text in sv and one in en")
		}
	}
	return nil
}

// CheckHead refuses (Usage) a set without a name, a title in both languages or
// any question.
func (s QuestionSet) CheckHead() error {
	if err := cleanKey("name of a question set", s.Name); err != nil {
		return err
	}
	if err := s.Title.bothLanguages(); err != nil {
		return err
	}
	if len(s.Questions) == 0 {
		return Errorf(Usage, "the set %q has no questions", s.Name).WithHint("sluss questions export shows how a set is written")
	}
	return nil
}

// CheckQuestion refuses (Usage) the question at a place that has the key of
// another, lacks a language, or fills what it cannot.
func (s QuestionSet) CheckQuestion(at int) error {
	q := s.Questions[at]
	if err := cleanKey("key of a question", q.Key); err != nil {
		return err
	}
	if s.Question(q.Key) != at {
		return Errorf(Usage, "there are two questions of the key %q", q.Key)
	}
	if err := q.Ask.bothLanguages(); err != nil {
		return err
	}
	if q.Help != (Names{}) {
		if err := q.Help.bothLanguages(); err != nil {
			return err
		}
	}
	single := q.Fills == FieldUnit || q.Fills == FieldType || q.Fills == FieldNewness || q.Fills == FieldBenefits
	if q.Adds && (single || q.Fills == "") {
		return Errorf(Usage, "the answer to %q cannot add to anything", q.Key).WithHint("adds is for sections, tags and notes")
	}
	if single && !s.Replaces(q) {
		return Errorf(Usage, "two questions fill %q, which holds one answer", string(q.Fills))
	}
	if single && len(q.Choices) > 0 {
		return Errorf(Usage, "%q has choices of its own already", string(q.Fills)).WithHint("leave choices out")
	}
	return q.checkChoices()
}

func (q Question) checkChoices() error {
	for k, c := range q.Choices {
		if err := cleanKey("value of a choice", c.Value); err != nil {
			return err
		}
		if c.Value == "-" {
			return Errorf(Usage, "%q is no %s", c.Value, Word("value of a choice")).WithHint("it is what empties an answer")
		}
		if slices.ContainsFunc(q.Choices[:k], func(o Choice) bool { return o.Value == c.Value }) {
			return Errorf(Usage, "there are two choices of the value %q", c.Value)
		}
		if err := c.Label.bothLanguages(); err != nil {
			return err
		}
	}
	return nil
}

// CheckWhen refuses (Usage) the condition of the question at a place that
// speaks of a question that is not asked before it, or of no answer to it.
func (s QuestionSet) CheckWhen(at int) error {
	w := s.Questions[at].When
	tests := 0
	for _, given := range []bool{len(w.Is) > 0, len(w.Contains) > 0, w.Answered != ""} {
		if given {
			tests++
		}
	}
	if w.Key == "" && tests == 0 {
		return nil
	}
	before := s.Question(w.Key)
	switch {
	case tests != 1:
		return Errorf(Usage, "a condition is one of is, contains and answered").WithHint("such as: when: {key: tried, is: yes}")
	case before < 0:
		e := Errorf(Usage, "there is no question %q", w.Key)
		for _, q := range s.Questions[:at] {
			e.Near = append(e.Near, q.Key)
		}
		e.Got = w.Key
		return e
	case before >= at:
		return Errorf(Usage, "the question %q comes later", w.Key).WithHint("a condition speaks of a question that was asked before")
	case w.Answered != "" && w.Answered != "yes" && w.Answered != "no":
		return Errorf(Usage, "%q is neither yes nor no", w.Answered)
	}
	return s.Questions[before].takes(w.Is)
}

// takes refuses (Usage) words that are no answers to a question with choices.
func (q Question) takes(words []string) error {
	var known []string
	for _, c := range q.Choices {
		known = append(known, c.Value)
	}
	for _, word := range words {
		if len(known) > 0 && !slices.Contains(known, word) {
			e := Errorf(Usage, "%q is no answer to the question %q", word, q.Key)
			e.Got, e.Near = word, known
			return e
		}
	}
	return nil
}

// KnownStages is the words that a set can name stages by: their keys and kinds.
func (p Process) KnownStages() []string {
	var words []string
	for _, s := range p.Current() {
		words = append(words, string(s.Key))
	}
	for _, k := range StageKinds() {
		if !slices.Contains(words, string(k)) {
			words = append(words, string(k))
		}
	}
	return words
}

// ChooseQuestions picks the set for the ideas of a kind of giver in a stage:
// first by the giver, then by the stage; of equals, the coaches' own.
func ChooseQuestions(all []QuestionSet, kind GiverKind, in Stage) (best QuestionSet, found bool) {
	most := 0
	for _, s := range all {
		if points := s.fits(kind, in); points > most {
			best, most, found = s, points, true
		}
	}
	return best, found
}

// fits tells how closely a set is for something; 0 is not at all.
func (s QuestionSet) fits(kind GiverKind, in Stage) int {
	points := 1
	switch {
	case slices.Contains(s.Kinds, kind):
		points += 8
	case len(s.Kinds) > 0:
		return 0
	}
	switch {
	case slices.Contains(s.Stages, string(in.Key)):
		points += 4
	case slices.Contains(s.Stages, string(in.Kind)):
		points += 2
	case len(s.Stages) > 0:
		return 0
	}
	if s.Own {
		points++
	}
	return points
}

// FindQuestions gives the set of a name. It returns NotFound if there is none.
func FindQuestions(all []QuestionSet, name string) (QuestionSet, error) {
	var known []string
	for _, s := range all {
		if Same(s.Name, name) {
			return s, nil
		}
		known = append(known, s.Name)
	}
	return QuestionSet{}, Unknown("question set", name, known)
}

// MergeQuestions puts the coaches' own sets in place of those of the program
// that have their names, in the order of names.
func MergeQuestions(ready, own []QuestionSet) []QuestionSet {
	all := slices.Clone(own)
	for k := range all {
		all[k].Own = true
	}
	for _, s := range ready {
		if !slices.ContainsFunc(own, func(o QuestionSet) bool { return o.Name == s.Name }) {
			all = append(all, s)
		}
	}
	slices.SortFunc(all, func(a, b QuestionSet) int { return cmp.Compare(a.Name, b.Name) })
	return all
}
