package cmd

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kballard/go-shellquote"
	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"

	"sluss/internal/idea"
	"sluss/internal/report"
	"sluss/internal/term"
	"sluss/internal/view"
)

// root is the whole tree of commands, in English.
func root() (*Env, *cobra.Command) {
	env := newEnv(nil, func(string) string { return "" })
	env.streams = &term.Streams{In: strings.NewReader(""), Out: &bytes.Buffer{}, Err: &bytes.Buffer{}}
	return env, newRoot(env)
}

// walk visits c and every command below it that help shows.
func walk(c *cobra.Command, visit func(*cobra.Command)) {
	visit(c)
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() && sub.Name() != "help" {
			walk(sub, visit)
		}
	}
}

// TestGenerated compares the reference, the manual pages, the completion scripts
// and the list of measures with what they were made of. The flag -update writes
// them anew.
func TestGenerated(t *testing.T) {
	want := map[string][]byte{}
	for name, generate := range map[string]func(*testing.T, map[string][]byte){
		"reference": reference, "manual": manual, "completions": completions, "measures": measures,
	} {
		t.Run(name, func(t *testing.T) { generate(t, want) })
	}
	if *update {
		write(t, want)
		return
	}
	for _, path := range slices.Sorted(maps.Keys(want)) {
		if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, want[path]) {
			t.Errorf("%s is not what the commands say now: go test ./cmd -run Generated -update", path)
		}
	}
	for _, path := range generated(t) {
		if want[path] == nil {
			t.Errorf("%s belongs to no command any more: go test ./cmd -run Generated -update", path)
		}
	}
}

// generated lists the files that lie where only generated ones do.
func generated(t *testing.T) (paths []string) {
	for _, pattern := range []string{"../docs/man/*", "../completions/*"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, found...)
	}
	return paths
}

func write(t *testing.T, want map[string][]byte) {
	for _, path := range generated(t) {
		if want[path] == nil {
			_ = os.Remove(path)
		}
	}
	for path, text := range want {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// reference is the help of every command, one below the other.
func reference(_ *testing.T, files map[string][]byte) {
	env, root := root()
	page := &bytes.Buffer{}
	page.WriteString("# Commands\n\nThe help of every command, as `sluss COMMAND --help` prints it. A test makes this page; see CONTRIBUTING.md.\n")
	for _, g := range env.groups() {
		fmt.Fprintf(page, "\n%s ", g.title)
		var links []string
		for _, c := range root.Commands() {
			if c.GroupID == g.id {
				links = append(links, fmt.Sprintf("[%s](#sluss-%s)", c.Name(), c.Name()))
			}
		}
		page.WriteString(strings.Join(links, " · ") + "\n")
	}
	walk(root, func(c *cobra.Command) {
		help := &bytes.Buffer{}
		c.SetOut(help)
		_ = c.Help()
		fmt.Fprintf(page, "\n## %s\n\n```text\n%s\n```\n", c.CommandPath(), strings.TrimSpace(help.String()))
	})
	files[filepath.FromSlash("../docs/reference.md")] = page.Bytes()
}

// listMark is after what people have written about measures, and before what
// report explain says of each.
const listMark = "<!-- What follows is what sluss report explain says of each measure; a test writes it. -->\n"

// measures is the page about measures with a list of all at its end: what report
// explain says, by the first report that has them.
func measures(t *testing.T, files map[string][]byte) {
	path := filepath.FromSlash("../docs/measures.md")
	old, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	written, _, found := strings.Cut(string(old), listMark)
	if !found {
		t.Fatalf("%s has no line %q", path, listMark)
	}
	env, _ := root()
	page := bytes.NewBufferString(written + listMark)
	facts := &report.Facts{Stages: idea.DefaultProcess(), SixMonths: true, EffectMeasures: []string{"MEASURE"}}
	seen := map[string]bool{}
	for _, name := range report.Names() {
		list := &strings.Builder{}
		for _, table := range report.New(facts, name, report.Options{}).Tables {
			for k, m := range table.Measures {
				if !seen[m.Key] {
					seen[m.Key] = true
					describe(t, list, env.view(), table.Measures[k:])
				}
			}
		}
		if list.Len() > 0 {
			fmt.Fprintf(page, "\n### %s\n%s", name.Title(), list)
		}
	}
	files[path] = page.Bytes()
}

// describe tells of the first of some measures, and names those of the same key.
func describe(t *testing.T, list *strings.Builder, v view.View, all []report.Measure) {
	var ids []string
	for _, m := range all {
		if m.Key == all[0].Key {
			ids = append(ids, "`"+m.ID()+"`")
		}
	}
	document := v.Measures(all[:1])
	for item, err := range document.Items {
		m, ok := item.(view.MeasureJSON)
		if err != nil || !ok || m.Definition == "" || m.Formula == "" {
			t.Fatalf("%s: %v, %+v", ids[0], err, item)
		}
		fmt.Fprintf(list, "\n**%s** (%s", m.Name, m.Unit)
		if m.Better != nil {
			fmt.Fprintf(list, "; %s is better", *m.Better)
		}
		fmt.Fprintf(list, ")\\\n%s\\\n%s\\\nFormula: `%s`", strings.Join(ids, ", "), m.Definition, m.Formula)
		if m.Source != nil {
			fmt.Fprintf(list, "\\\nSource: %s", *m.Source)
		}
		list.WriteString("\n")
	}
}

func manual(t *testing.T, files map[string][]byte) {
	_, root := root()
	walk(root, func(c *cobra.Command) {
		c.DisableAutoGenTag = true
		page := &bytes.Buffer{}
		header := &doc.GenManHeader{Title: strings.ToUpper(manualName(c)), Section: "1", Source: "sluss", Manual: "sluss", Date: &time.Time{}}
		if err := doc.GenMan(c, header, page); err != nil {
			t.Fatal(err)
		}
		files[filepath.Join("..", "docs", "man", manualName(c)+".1")] = bytes.Replace(page.Bytes(), []byte(`"Jan 0001"`), []byte(`""`), 1)
	})
}

func manualName(c *cobra.Command) string { return strings.ReplaceAll(c.CommandPath(), " ", "-") }

func completions(t *testing.T, files map[string][]byte) {
	_, root := root()
	for shell, name := range map[string]string{"bash": "sluss.bash", "zsh": "_sluss", "fish": "sluss.fish", "powershell": "sluss.ps1"} {
		script := &bytes.Buffer{}
		if err := writeCompletion(root, shell, script); err != nil {
			t.Fatal(err)
		}
		files[filepath.Join("..", "completions", name)] = script.Bytes()
	}
}

// TestEveryCommandIsExplained looks at what help says of each command. A parent
// has no example of its own: it only leads to others.
func TestEveryCommandIsExplained(t *testing.T) {
	_, root := root()
	walk(root, func(c *cobra.Command) {
		if c.Short == "" {
			t.Errorf("%s does not say what it does", c.CommandPath())
		}
		if c.Example == "" && !c.HasSubCommands() {
			t.Errorf("%s has no example", c.CommandPath())
		}
	})
}

// TestExamples reads every example as the program would: the command, the flags
// and the number of arguments must be there. One example at least must show the
// command that it stands under.
func TestExamples(t *testing.T) {
	_, root := root()
	walk(root, func(c *cobra.Command) {
		own := c.HasSubCommands()
		for line := range strings.Lines(strings.ReplaceAll(c.Example, "\\\n", "")) {
			path, err := read(line)
			if err != nil {
				t.Errorf("%q: %v", strings.TrimSpace(line), err)
			}
			own = own || path == c.CommandPath()
		}
		if !own {
			t.Errorf("%s: no example shows it", c.CommandPath())
		}
	})
}

// read parses a line of the shell that runs sluss once, and gives the path of
// the command.
func read(line string) (string, error) {
	_, line, found := strings.Cut(line, "sluss ")
	if !found {
		return "", fmt.Errorf("it does not run sluss")
	}
	for _, end := range []string{" > ", " < ", " | "} {
		line, _, _ = strings.Cut(line, end)
	}
	words, err := shellquote.Split(strings.TrimRight(line, ")\n"))
	if err != nil {
		return "", err
	}
	_, root := root()
	c, rest, err := root.Find(tagArguments(words))
	if err != nil {
		return "", err
	}
	if err := c.ParseFlags(rest); err != nil {
		return "", err
	}
	return c.CommandPath(), c.ValidateArgs(c.Flags().Args())
}

// TestEveryTableIsDescribed looks for the tables of the schema in docs/data.md.
func TestEveryTableIsDescribed(t *testing.T) {
	page, err := os.ReadFile("../docs/data.md")
	if err != nil {
		t.Fatal(err)
	}
	migrations, err := filepath.Glob("../internal/store/migrations/*.sql")
	if err != nil || len(migrations) == 0 {
		t.Fatalf("%d migrations; %v", len(migrations), err)
	}
	for _, path := range migrations {
		schema, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range regexp.MustCompile(`CREATE (?:VIRTUAL )?TABLE (\w+)`).FindAllStringSubmatch(string(schema), -1) {
			if !bytes.Contains(page, []byte("`"+table[1]+"`")) {
				t.Errorf("docs/data.md does not tell what the table %s is for", table[1])
			}
		}
	}
}
