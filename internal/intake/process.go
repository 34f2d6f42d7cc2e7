package intake

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"sluss/internal/idea"

	"go.yaml.in/yaml/v3"
)

// stageYAML is a stage as a process file has it.
type stageYAML struct {
	Key       string   `yaml:"key"`
	NameEN    string   `yaml:"name_en"`
	NameSV    string   `yaml:"name_sv"`
	Kind      string   `yaml:"kind"`
	LimitDays int      `yaml:"limit_days,omitempty"`
	Wip       int      `yaml:"wip,omitempty"`
	Gates     []string `yaml:"gates,omitempty,flow"`
}

// ProcessYAML writes a process as ParseProcess reads it.
func ProcessYAML(p idea.Process) ([]byte, error) {
	var file struct {
		Stages []stageYAML `yaml:"stages"`
	}
	for _, s := range p {
		stage := stageYAML{Key: string(s.Key), NameEN: s.Names.EN, NameSV: s.Names.SV, Kind: string(s.Kind), LimitDays: s.LimitDays, Wip: s.Wip}
		for _, c := range s.Gates {
			stage.Gates = append(stage.Gates, string(c))
		}
		file.Stages = append(file.Stages, stage)
	}
	var out bytes.Buffer
	e := yaml.NewEncoder(&out)
	e.SetIndent(2)
	err := e.Encode(file)
	return out.Bytes(), err
}

// ParseProcess reads a process from YAML; name is the file's, for messages. It
// returns Usage or Refused, with line and column, for what is not YAML, for
// keys and words that do not exist, and for a process that ideas cannot go
// through.
func ParseProcess(name string, text []byte) (idea.Process, error) {
	const help = "sluss process export shows how a process is written"
	var document yaml.Node
	if err := yaml.Unmarshal(text, &document); err != nil {
		return nil, idea.Errorf(idea.Usage, "%s is not YAML: %s", name, strings.TrimPrefix(err.Error(), "yaml: ")).WithHint(help).Because(err)
	}
	if len(document.Content) == 0 {
		return nil, idea.Errorf(idea.Usage, "%s is empty", name).WithHint(help)
	}
	r := processReader{parser: parser{name}, list: document.Content[0]}
	if err := r.object(document.Content[0], []key{{"stages", r.readStages}}); err != nil {
		return nil, err
	}
	if at, err := r.stages.Check(); err != nil {
		node := r.list
		if at >= 0 && at < len(r.nodes) {
			node = r.nodes[at]
		}
		return nil, r.at(node, asError(err))
	}
	return r.stages, nil
}

// processReader reads stages and keeps where each of them stands.
type processReader struct {
	parser
	list   *yaml.Node
	nodes  []*yaml.Node
	stages idea.Process
}

func (r *processReader) readStages(n *yaml.Node) error {
	r.list = n
	return r.parser.list(n, func(item *yaml.Node) error {
		s, err := r.readStage(item)
		r.nodes, r.stages = append(r.nodes, item), append(r.stages, s)
		return err
	})
}

func (r *processReader) readStage(n *yaml.Node) (s idea.Stage, err error) {
	err = r.object(n, []key{
		{"key", r.text((*string)(&s.Key))},
		{"name_en", r.text(&s.Names.EN)},
		{"name_sv", r.text(&s.Names.SV)},
		{"kind", r.kind(&s.Kind)},
		{"limit_days", r.number(&s.LimitDays)},
		{"wip", r.number(&s.Wip)},
		{"gates", r.gates(&s.Gates)},
	})
	if err != nil {
		return s, err
	}
	if s, err = s.Clean(); err != nil {
		return s, r.at(n, asError(err))
	}
	return s, nil
}

func (r *processReader) kind(to *idea.StageKind) func(*yaml.Node) error {
	return r.word(func(word string) (err error) {
		*to, err = idea.FindStageKind(word)
		return err
	})
}

func (r *processReader) gates(to *[]idea.Condition) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		return r.parser.list(n, r.word(func(word string) error {
			c, err := idea.FindCondition(word)
			if err == nil && slices.Contains(*to, c) {
				err = idea.Errorf(idea.Usage, "%s stands here twice", idea.Word(c))
			}
			*to = append(*to, c)
			return err
		}))
	}
}

func (r *processReader) number(to *int) func(*yaml.Node) error {
	return r.word(func(word string) (err error) {
		if *to, err = strconv.Atoi(word); err != nil || *to < 0 {
			return idea.Errorf(idea.Usage, "%q is no whole number from 0 up", word)
		}
		return nil
	})
}

// word reads a text with find, whose error it gives a place.
func (p parser) word(find func(string) error) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		var word string
		if err := p.text(&word)(n); err != nil {
			return err
		}
		if err := find(word); err != nil {
			return p.at(n, asError(err))
		}
		return nil
	}
}
