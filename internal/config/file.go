package config

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// file is the user's file of settings: its bytes, and where in them each
// setting stands.
type file struct {
	path  string
	text  []byte
	nodes []*yaml.Node // key, value, key, value …
}

// entry is a setting that stands in a file and has a legal value.
type entry struct {
	key   Key
	value string
	line  int
}

// readFile reads and parses a file. A missing one is empty.
func readFile(path string) (*file, *Error) {
	f := &file{path: path}
	if path == "" {
		return f, nil
	}
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return f, nil
	}
	if err != nil {
		return nil, f.fault(0, 0, say("the settings cannot be read: %s", reason(err)).because(err))
	}
	f.text = text
	return f, f.parse()
}

func (f *file) parse() *Error {
	f.nodes = nil
	var document yaml.Node
	if err := yaml.Unmarshal(f.text, &document); err != nil {
		line, text := yamlFault(err)
		return f.fault(line, 0, say("this is not YAML: %s", text).because(err))
	}
	if len(document.Content) == 0 {
		return nil
	}
	root := document.Content[0]
	switch {
	case root.Kind == yaml.MappingNode:
		f.nodes = root.Content
	case root.Tag != "!!null":
		return f.fault(root.Line, root.Column, say("these are not settings").
			withHint("write one setting on a line, such as lang: sv"))
	}
	return nil
}

// yamlFault takes apart the text of a YAML error, which is where the parser
// tells the line.
func yamlFault(err error) (line int, text string) {
	parts := regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)`).FindStringSubmatch(err.Error())
	if parts == nil {
		return 0, err.Error()
	}
	line, _ = strconv.Atoi(parts[1])
	return line, parts[2]
}

func (f *file) fault(line, column int, e *Error) *Error {
	e.File, e.Line, e.Column = f.path, line, column
	return e
}

func (f *file) where(line int) string { return (&Error{File: f.path, Line: line}).Where() }

// entries lists the legal settings of the file and what is wrong with the
// others. An empty value is as no setting.
func (f *file) entries() (entries []entry, problems Problems) {
	lines := map[string]int{}
	for pair := range slices.Chunk(f.nodes, 2) {
		name, node := pair[0].Value, pair[1]
		if first := lines[name]; first != 0 {
			e := say("%s is set twice, first on line %d", name, first)
			problems = append(problems, f.fault(pair[0].Line, pair[0].Column, e))
			continue
		}
		lines[name] = pair[0].Line
		value, at, err := checkNodes(pair[0], node)
		switch {
		case err != nil:
			problems = append(problems, f.fault(at.Line, at.Column, err))
		case value != "":
			entries = append(entries, entry{Key(name), value, pair[0].Line})
		}
	}
	return entries, problems
}

// checkNodes gives the value of a setting, or what is wrong and at which node.
func checkNodes(key, node *yaml.Node) (value string, at *yaml.Node, err *Error) {
	info, ok := find(key.Value)
	switch {
	case !ok:
		return "", key, unknownKey(key.Value)
	case node.Kind != yaml.ScalarNode:
		return "", node, info.wrong("", "%s must have a single value", info.Key)
	case node.Tag == "!!null" || node.Value == "":
		return "", node, nil
	}
	value, err = info.check(node.Value)
	return value, node, err
}

// find is the place of a key among the nodes, or -1.
func (f *file) find(key Key) int {
	for i := 0; i < len(f.nodes); i += 2 {
		if f.nodes[i].Value == string(key) {
			return i
		}
	}
	return -1
}

// set writes a setting into the text: on its line, or on a new last line.
func (f *file) set(info KeyInfo, value string) *Error {
	written := string(info.Key) + ": " + encode(info.Kind, value)
	i := f.find(info.Key)
	if i < 0 {
		return f.replace(info.Key, value, len(f.lines()), 0, written)
	}
	if comment := f.nodes[i+1].LineComment; comment != "" {
		written += " " + comment
	}
	first, count := f.extent(i)
	return f.replace(info.Key, value, first, count, written)
}

// unset takes a setting out of the text.
func (f *file) unset(key Key) *Error {
	i := f.find(key)
	if i < 0 {
		return nil
	}
	first, count := f.extent(i)
	return f.replace(key, "", first, count)
}

func encode(kind Kind, value string) string {
	if kind == Bool || kind == Int {
		return value
	}
	out, err := yaml.Marshal(value)
	if err != nil {
		return strconv.Quote(value)
	}
	return strings.TrimSuffix(string(out), "\n")
}

// lines is the text with each line end kept.
func (f *file) lines() [][]byte {
	lines := bytes.SplitAfter(f.text, []byte("\n"))
	if last := len(lines) - 1; len(lines[last]) == 0 {
		lines = lines[:last]
	}
	return lines
}

// extent is the lines of a setting: that of its key, and those below that are
// indented.
func (f *file) extent(i int) (first, count int) {
	first, count = f.nodes[i].Line-1, 1
	for _, line := range f.lines()[first+1:] {
		if line[0] != ' ' && line[0] != '\t' {
			break
		}
		count++
	}
	return first, count
}

// replace puts new lines for some of the text's, and makes sure that key has
// then its new value and no other setting has changed.
func (f *file) replace(key Key, value string, first, count int, written ...string) *Error {
	want := f.values()
	delete(want, string(key))
	if len(written) > 0 {
		want[string(key)] = value
	}
	end := "\n"
	if bytes.Contains(f.text, []byte("\r\n")) {
		end = "\r\n"
	}
	lines := f.lines()
	if n := len(lines); first == n && n > 0 && !bytes.HasSuffix(lines[n-1], []byte("\n")) {
		lines[n-1] = append(slices.Clone(lines[n-1]), end...)
	}
	var put [][]byte
	for _, line := range written {
		put = append(put, []byte(line+end))
	}
	f.text = bytes.Join(slices.Replace(lines, first, first+count, put...), nil)
	if err := f.parse(); err != nil || !maps.Equal(f.values(), want) {
		return f.fault(first+1, 0, say("%s cannot be changed here without touching other lines", key).
			withHint("change the file by hand, one setting on a line"))
	}
	return nil
}

// values is what the file says of each setting, for comparing.
func (f *file) values() map[string]string {
	values := map[string]string{}
	for pair := range slices.Chunk(f.nodes, 2) {
		text, err := yaml.Marshal(pair[1])
		if pair[1].Kind == yaml.ScalarNode || err != nil {
			text = []byte(pair[1].Value)
		}
		values[pair[0].Value] = string(text)
	}
	return values
}

// write puts the text in the place of the old file, in one step. A symbolic
// link stays one.
func (f *file) write() *Error {
	if err := f.tryWrite(); err != nil {
		return f.fault(0, 0, say("the settings cannot be written: %s", reason(err)).because(err))
	}
	return nil
}

func (f *file) tryWrite() error {
	path := f.path
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	temp, err := os.CreateTemp(filepath.Dir(path), ".config-*.yaml")
	if err != nil {
		return err
	}
	_, err = temp.Write(f.text)
	err = errors.Join(err, temp.Sync(), temp.Close())
	if err == nil {
		err = os.Rename(temp.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(temp.Name()))
	}
	return nil
}

// reason is an error of the system without the path, which we name already.
func reason(err error) string {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err.Error()
	}
	return err.Error()
}
