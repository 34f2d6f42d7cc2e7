package intake

import (
	"bytes"
	"slices"
	"strings"

	"sluss/internal/idea"

	"go.yaml.in/yaml/v3"
)

// ParseMapping reads a mapping from YAML; name is the file's, for messages. It
// returns Usage, with line and column, for what is not YAML and for keys and
// fields that do not exist.
func ParseMapping(name string, text []byte) (Mapping, error) {
	var m Mapping
	var document yaml.Node
	if err := yaml.Unmarshal(text, &document); err != nil {
		return m, idea.Errorf(idea.Usage, "%s is not YAML: %s", name, strings.TrimPrefix(err.Error(), "yaml: ")).
			WithHint("--save-mapping NAME writes one to begin with").Because(err)
	}
	if len(document.Content) == 0 {
		return m, idea.Errorf(idea.Usage, "%s is empty", name).WithHint("--save-mapping NAME writes one to begin with")
	}
	root := document.Content[0]
	p := parser{name}
	err := p.object(root, []key{
		{"source", p.text(&m.Source)},
		{"separator", p.text(&m.Separator)},
		{"encoding", p.text(&m.Encoding)},
		{"columns", p.columns(&m.Columns)},
	})
	if err != nil {
		return m, err
	}
	if _, err := m.ReadOptions(); err != nil {
		return m, p.at(root, asError(err))
	}
	return m, nil
}

// YAML is m as ParseMapping reads it. White space around its texts, which
// means nothing in a mapping, should be off.
func (m Mapping) YAML() ([]byte, error) {
	var out bytes.Buffer
	e := yaml.NewEncoder(&out)
	e.SetIndent(2)
	err := e.Encode(m)
	return out.Bytes(), err
}

// parser reads the nodes of the mapping file name.
type parser struct{ name string }

// key is a key of an object and what reads its value.
type key struct {
	name string
	read func(*yaml.Node) error
}

func (p parser) at(n *yaml.Node, e *idea.Error) error {
	placed := *e
	placed.Text = idea.Say("%s, line %d, column %d: %s", p.name, n.Line, n.Column, e.Text)
	return &placed
}

func (p parser) object(n *yaml.Node, keys []key) error {
	if n.Kind != yaml.MappingNode {
		return p.at(n, idea.Errorf(idea.Usage, "here must stand keys with values").
			WithHint("there are: %s", strings.Join(names(keys), ", ")))
	}
	seen := map[string]bool{}
	for i := 0; i < len(n.Content); i += 2 {
		k, value := n.Content[i], n.Content[i+1]
		known := slices.IndexFunc(keys, func(known key) bool { return known.name == k.Value })
		if known < 0 {
			return p.at(k, oneOf(idea.Errorf(idea.Usage, "there is no key %q here", k.Value), k.Value, names(keys)))
		}
		if seen[k.Value] {
			return p.at(k, idea.Errorf(idea.Usage, "the key %q stands here twice", k.Value))
		}
		seen[k.Value] = true
		if err := keys[known].read(value); err != nil {
			return err
		}
	}
	return nil
}

func names(keys []key) []string {
	all := make([]string, len(keys))
	for i, k := range keys {
		all[i] = k.name
	}
	return all
}

func (p parser) text(to *string) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		if n.Kind != yaml.ScalarNode {
			return p.at(n, idea.Errorf(idea.Usage, "here must stand a text"))
		}
		if n.Tag != "!!null" {
			*to = n.Value
		}
		return nil
	}
}

// texts reads a list of texts, or one text alone.
func (p parser) texts(to *[]string) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		if n.Kind == yaml.ScalarNode {
			n = &yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{n}}
		}
		return p.list(n, func(item *yaml.Node) error {
			var text string
			if err := p.text(&text)(item); err != nil {
				return err
			}
			*to = append(*to, text)
			return nil
		})
	}
}

func (p parser) list(n *yaml.Node, read func(*yaml.Node) error) error {
	if n.Kind != yaml.SequenceNode {
		return p.at(n, idea.Errorf(idea.Usage, "here must stand a list, each line with a hyphen in front"))
	}
	for _, item := range n.Content {
		if err := read(item); err != nil {
			return err
		}
	}
	return nil
}

func (p parser) columns(to *[]ColumnMap) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		return p.list(n, func(item *yaml.Node) error {
			var c ColumnMap
			err := p.object(item, []key{
				{"field", p.text(&c.Field)},
				{"columns", p.texts(&c.Columns)},
				{"value", p.text(&c.Value)},
				{"format", p.text(&c.Format)},
				{"split", p.text(&c.Split)},
				{"values", p.values(&c.Values)},
			})
			if err != nil {
				return err
			}
			if wrong := c.check(); wrong != nil {
				return p.at(item, wrong)
			}
			*to = append(*to, c)
			return nil
		})
	}
}

func (p parser) values(to *[]Exchange) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		return p.list(n, func(item *yaml.Node) error {
			var e Exchange
			err := p.object(item, []key{{"from", p.text(&e.From)}, {"to", p.text(&e.To)}})
			*to = append(*to, e)
			return err
		})
	}
}
