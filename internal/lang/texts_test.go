package lang_test

import (
	"errors"
	"fmt"
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"sluss/internal/lang"
)

const module = "sluss"

// formats says which arguments of a function or method are English formats.
var formats = map[string][]int{
	"Errorf":   {1},
	"WithHint": {0},
	"withHint": {0},
	"errorf":   {2},
	"wrong":    {1},
	"Say":      {0},
	"say":      {0},
	"T":        {0},
	"t":        {0},
	"N":        {1, 2},
}

// unspoken are the string types of package idea whose constants are not words
// that people read.
var unspoken = []string{"Day", "WaitingFor"}

func TestEveryTextHasSwedish(t *testing.T) {
	used := collect(t)
	swedish := lang.SwedishTexts()
	var missing, unused []string
	for text, place := range used {
		if _, ok := swedish[text]; !ok && hasWords(text) {
			missing = append(missing, fmt.Sprintf("\t%q: \"\", // %s", text, place))
		}
	}
	for text := range swedish {
		if _, ok := used[text]; !ok {
			unused = append(unused, fmt.Sprintf("\t%q", text))
		}
	}
	slices.Sort(missing)
	slices.Sort(unused)
	if len(missing) > 0 {
		t.Errorf("%d texts have no Swedish. Put these lines into internal/lang/swedish.go and fill them in:\n%s",
			len(missing), strings.Join(missing, "\n"))
	}
	if len(unused) > 0 {
		t.Errorf("%d texts are used by nothing. Take these lines out of internal/lang/swedish.go, or correct their English:\n%s",
			len(unused), strings.Join(unused, "\n"))
	}
}

func TestSwedishTakesTheSameArguments(t *testing.T) {
	for english, swedish := range lang.SwedishTexts() {
		if strings.TrimSpace(swedish) == "" {
			t.Errorf("%q: the Swedish is empty", english)
		}
		if en, sv := verbs(english), verbs(swedish); !maps.Equal(en, sv) {
			t.Errorf("%q takes %v\nbut the Swedish %q takes %v", english, en, swedish, sv)
		}
	}
}

func TestVerbs(t *testing.T) {
	for format, want := range map[string]map[int]string{
		"50 %% of %d %s":       {1: "%d", 2: "%s"},
		"%[2]s before %[1]q":   {1: "%q", 2: "%s"},
		"%.1f and %#x":         {1: "%.1f", 2: "%#x"},
		"%[2]s %[1]s, %[2]s":   {1: "%s", 2: "%s"},
		"nothing, not even 5%": {},
	} {
		if got := verbs(format); !maps.Equal(got, want) {
			t.Errorf("%q takes %v, want %v", format, got, want)
		}
	}
}

var verb = regexp.MustCompile(`%([-+#0]*)(?:\[(\d+)\])?(\d*(?:\.\d+)?)([a-zA-Z%])`)

// hasWords tells whether a format says anything of its own, unlike "%s: %s".
func hasWords(format string) bool {
	return strings.ContainsFunc(verb.ReplaceAllString(format, ""), unicode.IsLetter)
}

// verbs is what a format does with each of its arguments, by their numbers.
func verbs(format string) map[int]string {
	out := map[int]string{}
	next := 1
	for _, m := range verb.FindAllStringSubmatch(format, -1) {
		if m[4] == "%" {
			continue
		}
		if m[2] != "" {
			fmt.Sscan(m[2], &next)
		}
		out[next] = "%" + m[1] + m[3] + m[4]
		next++
	}
	return out
}

// collect gives every text in the program, and the first place where it
// stands.
func collect(t *testing.T) map[string]string {
	t.Helper()
	c := &collector{
		files:    token.NewFileSet(),
		packages: map[string]*types.Package{},
		texts:    map[string]string{},
	}
	for _, root := range []string{"../../cmd", "../../internal"} {
		err := filepath.WalkDir(root, func(dir string, d fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			if err != nil || !d.IsDir() {
				return err
			}
			if d.Name() == "testdata" {
				return fs.SkipDir
			}
			_, err = c.Import(module + strings.TrimPrefix(filepath.ToSlash(dir), "../.."))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(c.texts) == 0 {
		t.Fatal("no texts found")
	}
	return c.texts
}

// collector finds texts. It is the importer of the type checker too: it checks
// our own packages and takes all others for empty, which is enough to know the
// types of constants.
type collector struct {
	files    *token.FileSet
	packages map[string]*types.Package
	texts    map[string]string
}

func (c *collector) Import(name string) (*types.Package, error) {
	if p := c.packages[name]; p != nil {
		return p, nil
	}
	if !strings.HasPrefix(name, module+"/") {
		p := types.NewPackage(name, path.Base(name))
		p.MarkComplete()
		return p, nil
	}
	parsed, err := c.parse(filepath.Join("../..", strings.TrimPrefix(name, module)))
	if err != nil {
		return nil, err
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	check := types.Config{Importer: c, Error: func(error) {}}
	c.packages[name], _ = check.Check(name, c.files, parsed, info) // what others declare is unknown to it
	for _, file := range parsed {
		ast.Inspect(file, func(n ast.Node) bool {
			c.inspect(n, info, name)
			return true
		})
	}
	return c.packages[name], nil
}

func (c *collector) parse(dir string) ([]*ast.File, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var parsed []*ast.File
	for _, e := range entries {
		if e.IsDir() || !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(c.files, filepath.Join(dir, e.Name()), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		parsed = append(parsed, file)
	}
	return parsed, nil
}

func (c *collector) inspect(n ast.Node, info *types.Info, in string) {
	if call, ok := n.(*ast.CallExpr); ok {
		for _, i := range formats[called(call, in)] {
			if i < len(call.Args) {
				c.add(call.Args[i], info)
			}
		}
	}
	if e, ok := n.(ast.Expr); ok && spoken(info.Types[e].Type) {
		c.add(e, info)
	}
}

// called is the name of the function or method that is called, and empty for
// an Errorf that is not ours.
func called(call *ast.CallExpr, in string) string {
	switch fun := call.Fun.(type) {
	case *ast.Ident:
		if fun.Name == "Errorf" && in != module+"/internal/idea" {
			return ""
		}
		return fun.Name
	case *ast.SelectorExpr:
		from, _ := fun.X.(*ast.Ident)
		if fun.Sel.Name == "Errorf" && (from == nil || from.Name != "idea") {
			return ""
		}
		return fun.Sel.Name
	}
	return ""
}

// spoken tells whether the constants of a type are words that people read: the
// names of things in package idea, and all that can localize itself.
func spoken(t types.Type) bool {
	named, ok := t.(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return false
	}
	method, _, _ := types.LookupFieldOrMethod(named, false, nil, "Localize")
	if method != nil {
		return true
	}
	return named.Obj().Pkg().Path() == module+"/internal/idea" && !slices.Contains(unspoken, named.Obj().Name())
}

func (c *collector) add(e ast.Expr, info *types.Info) {
	value := info.Types[e].Value
	if value == nil || value.Kind() != constant.String {
		return
	}
	text := constant.StringVal(value)
	if _, seen := c.texts[text]; text == "" || seen {
		return
	}
	at := c.files.Position(e.Pos())
	c.texts[text] = fmt.Sprintf("%s:%d", strings.TrimPrefix(filepath.ToSlash(at.Filename), "../../"), at.Line)
}
