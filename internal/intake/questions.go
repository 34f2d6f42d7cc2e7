package intake

import (
	"bytes"
	"embed"
	"errors"
	"io"
	"io/fs"
	"slices"
	"strings"

	"sluss/internal/idea"

	"go.yaml.in/yaml/v3"
)

// The sets of questions that the program brings with it, a file for each kind of
// giver.
//
//go:embed questions/*.yaml
var readyQuestions embed.FS

const questionsHelp = "sluss questions export shows how a set is written"

// setYAML is a set of questions as a file has it.
type setYAML struct {
	Name      string         `yaml:"name"`
	SV        string         `yaml:"sv"`
	EN        string         `yaml:"en"`
	Kinds     []string       `yaml:"kinds,omitempty,flow"`
	Stages    []string       `yaml:"stages,omitempty,flow"`
	Questions []questionYAML `yaml:"questions"`
}

type questionYAML struct {
	Key     string       `yaml:"key"`
	SV      string       `yaml:"sv"`
	EN      string       `yaml:"en"`
	HelpSV  string       `yaml:"help_sv,omitempty"`
	HelpEN  string       `yaml:"help_en,omitempty"`
	Fills   string       `yaml:"fills,omitempty"`
	Adds    bool         `yaml:"adds,omitempty"`
	Choices []choiceYAML `yaml:"choices,omitempty"`
	When    *whenYAML    `yaml:"when,omitempty,flow"`
}

type choiceYAML struct {
	Value string `yaml:"value"`
	SV    string `yaml:"sv"`
	EN    string `yaml:"en"`
}

type whenYAML struct {
	Key      string   `yaml:"key"`
	Is       []string `yaml:"is,omitempty"`
	Contains []string `yaml:"contains,omitempty"`
	Answered string   `yaml:"answered,omitempty"`
}

// QuestionsYAML writes sets of questions as ParseQuestions reads them, a document
// each.
func QuestionsYAML(sets ...idea.QuestionSet) ([]byte, error) {
	var out bytes.Buffer
	e := yaml.NewEncoder(&out)
	e.SetIndent(2)
	for _, s := range sets {
		if err := e.Encode(asYAML(s)); err != nil {
			return nil, err
		}
	}
	return out.Bytes(), e.Close()
}

func asYAML(s idea.QuestionSet) setYAML {
	file := setYAML{Name: s.Name, SV: s.Title.SV, EN: s.Title.EN, Stages: s.Stages}
	for _, k := range s.Kinds {
		file.Kinds = append(file.Kinds, string(k))
	}
	for _, q := range s.Questions {
		one := questionYAML{Key: q.Key, SV: q.Ask.SV, EN: q.Ask.EN, HelpSV: q.Help.SV, HelpEN: q.Help.EN, Fills: string(q.Fills), Adds: q.Adds}
		for _, c := range q.Choices {
			one.Choices = append(one.Choices, choiceYAML{c.Value, c.Label.SV, c.Label.EN})
		}
		if q.When.Key != "" {
			one.When = &whenYAML{q.When.Key, q.When.Is, q.When.Contains, q.When.Answered}
		}
		file.Questions = append(file.Questions, one)
	}
	return file
}

// QuestionSets is all sets of questions: those that coaches have imported, in
// place of and beside those that the program brings with it. Of the latter,
// stages that the process does not know are left out.
func QuestionSets(own []idea.QuestionText, p idea.Process) ([]idea.QuestionSet, error) {
	ready, err := readySets(p.KnownStages())
	if err != nil {
		return nil, err
	}
	var theirs []idea.QuestionSet
	for _, text := range own {
		sets, err := ParseQuestions(text.Name, []byte(text.Text), nil)
		if err != nil {
			return nil, err
		}
		theirs = append(theirs, sets...)
	}
	return idea.MergeQuestions(ready, theirs), nil
}

func readySets(stages []string) (all []idea.QuestionSet, err error) {
	names, err := fs.Glob(readyQuestions, "questions/*.yaml")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		text, err := readyQuestions.ReadFile(name)
		if err != nil {
			return nil, err
		}
		sets, err := ParseQuestions(name, text, nil)
		if err != nil {
			return nil, err
		}
		all = append(all, sets...)
	}
	for k, s := range all {
		all[k].Stages = slices.DeleteFunc(s.Stages, func(word string) bool { return !slices.Contains(stages, word) })
	}
	return all, nil
}

// ParseQuestions reads sets of questions from YAML; name is the file's, for
// messages. p is the process whose stages a set may name; nil takes any name. It
// returns Usage, with line and column, for what is not YAML, for keys and words
// that do not exist, and for sets that nobody can be asked with.
func ParseQuestions(name string, text []byte, p idea.Process) ([]idea.QuestionSet, error) {
	if len(text) > idea.MaxText {
		return nil, idea.Errorf(idea.Usage, "%s is %d bytes long; the most is %d", name, len(text), idea.MaxText)
	}
	var all []idea.QuestionSet
	documents := yaml.NewDecoder(bytes.NewReader(text))
	for {
		var document yaml.Node
		err := documents.Decode(&document)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, idea.Errorf(idea.Usage, "%s is not YAML: %s", name, strings.TrimPrefix(err.Error(), "yaml: ")).
				WithHint(questionsHelp).Because(err)
		}
		r := setReader{parser: parser{name}, head: &document}
		if len(document.Content) > 0 {
			r.head = document.Content[0]
		}
		if p != nil {
			r.stages = p.KnownStages()
		}
		s, err := r.read()
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(all, func(o idea.QuestionSet) bool { return o.Name == s.Name }) {
			return nil, r.at(r.head, idea.Errorf(idea.Usage, "there are two sets of the name %q", s.Name))
		}
		all = append(all, s)
	}
	if len(all) == 0 {
		return nil, idea.Errorf(idea.Usage, "%s is empty", name).WithHint(questionsHelp)
	}
	return all, nil
}

// setReader reads a set of questions and keeps where its parts stand.
type setReader struct {
	parser
	head   *yaml.Node
	stages []string
	items  []*yaml.Node
	whens  []*yaml.Node // of the questions; the question itself without a condition
	set    idea.QuestionSet
}

func (r *setReader) read() (idea.QuestionSet, error) {
	err := r.object(r.head, []key{
		{"name", r.text(&r.set.Name)},
		{"sv", r.line(&r.set.Title.SV)},
		{"en", r.line(&r.set.Title.EN)},
		{"kinds", r.kinds},
		{"stages", r.stageWords},
		{"questions", func(n *yaml.Node) error { return r.list(n, r.question) }},
	})
	if err != nil {
		return r.set, err
	}
	if err := r.set.CheckHead(); err != nil {
		return r.set, r.at(r.head, asError(err))
	}
	for k := range r.set.Questions {
		if err := r.set.CheckQuestion(k); err != nil {
			return r.set, r.at(r.items[k], asError(err))
		}
		if err := r.set.CheckWhen(k); err != nil {
			return r.set, r.at(r.whens[k], asError(err))
		}
	}
	return r.set, nil
}

func (r *setReader) kinds(n *yaml.Node) error {
	return r.list(n, r.word(func(word string) error {
		kind, err := idea.FindKind(word)
		r.set.Kinds = append(r.set.Kinds, kind)
		return err
	}))
}

func (r *setReader) stageWords(n *yaml.Node) error {
	return r.list(n, r.word(func(word string) error {
		r.set.Stages = append(r.set.Stages, word)
		if r.stages == nil || slices.Contains(r.stages, word) {
			return nil
		}
		return asUsage(idea.Unknown("stage", word, r.stages))
	}))
}

// asUsage is an unknown word in a file as a fault of the file.
func asUsage(err error) error {
	e := asError(err)
	e.Kind = idea.Usage
	return e
}

func (r *setReader) question(n *yaml.Node) error {
	var q idea.Question
	when := n
	err := r.object(n, []key{
		{"key", r.text(&q.Key)},
		{"sv", r.line(&q.Ask.SV)},
		{"en", r.line(&q.Ask.EN)},
		{"help_sv", r.prose(&q.Help.SV)},
		{"help_en", r.prose(&q.Help.EN)},
		{"fills", r.word(func(word string) (err error) {
			if q.Fills, err = idea.FindFillable(word); err != nil {
				err = asUsage(err)
			}
			return err
		})},
		{"adds", r.word(func(word string) error {
			if q.Adds = word == "true"; !q.Adds && word != "false" {
				return idea.Errorf(idea.Usage, "%q is neither true nor false", word)
			}
			return nil
		})},
		{"choices", func(n *yaml.Node) error { return r.list(n, r.choice(&q)) }},
		{"when", func(n *yaml.Node) error {
			when = n
			return r.condition(n, &q.When)
		}},
	})
	r.items, r.whens, r.set.Questions = append(r.items, n), append(r.whens, when), append(r.set.Questions, q)
	return err
}

func (r *setReader) choice(q *idea.Question) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		var c idea.Choice
		err := r.object(n, []key{{"value", r.text(&c.Value)}, {"sv", r.line(&c.Label.SV)}, {"en", r.line(&c.Label.EN)}})
		q.Choices = append(q.Choices, c)
		return err
	}
}

func (r *setReader) condition(n *yaml.Node, w *idea.When) error {
	err := r.object(n, []key{{"key", r.text(&w.Key)}, {"is", r.texts(&w.Is)}, {"contains", r.texts(&w.Contains)},
		{"answered", r.text(&w.Answered)}})
	switch w.Answered {
	case "true":
		w.Answered = "yes"
	case "false":
		w.Answered = "no"
	}
	return err
}

// line reads a text that is shown in one line.
func (r *setReader) line(to *string) func(*yaml.Node) error {
	return r.word(func(word string) (err error) {
		*to, err = idea.CleanLine("the text", word)
		return err
	})
}

func (r *setReader) prose(to *string) func(*yaml.Node) error {
	return r.word(func(word string) (err error) {
		*to, err = idea.CleanText("the text", word)
		return err
	})
}
