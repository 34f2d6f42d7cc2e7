package cmd_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// rooms says which packages of ours each package may import.
var rooms = map[string]string{
	"alike":     "",
	"calendar":  "idea",
	"chart":     "term",
	"cmd":       "config desk file ical idea intake interview lang letter picture render report sheet site store term timer view",
	"config":    "",
	"desk":      "alike calendar idea letter report store",
	"file":      "",
	"formula":   "idea",
	"ical":      "idea",
	"idea":      "",
	"intake":    "idea sheet",
	"interview": "idea lang term",
	"lang":      "",
	"letter":    "idea",
	"picture":   "file idea",
	"render":    "chart sheet table term",
	"report":    "formula idea stat",
	"sheet":     "",
	"site":      "render term",
	"stat":      "",
	"store":     "idea",
	"table":     "term",
	"term":      "",
	"timer":     "file idea",
	"view":      "chart desk ical idea lang letter render report site",
}

// libraries says which packages may import a library. What is not named here
// may be imported by one package only.
var libraries = map[string]string{
	"github.com/agnivade/levenshtein": "config lang",
	"go.yaml.in/yaml/v3":              "config intake",
	"golang.org/x/sys/unix":           "file store term",
	"golang.org/x/text/unicode/norm":  "alike desk file idea intake lang store",
}

// homes says where the libraries live that the program rests on.
var homes = map[string]string{
	"github.com/AlecAivazis/survey/v2":  "interview",
	"github.com/expr-lang/expr/parser":  "formula",
	"github.com/go-analyze/charts":      "chart",
	"github.com/guptarohit/asciigraph":  "chart",
	"github.com/itchyny/gojq":           "render",
	"github.com/olekukonko/tablewriter": "table",
	"github.com/pressly/goose/v3":       "store",
	"github.com/spf13/cobra":            "cmd",
	"github.com/spf13/viper":            "config",
	"github.com/yuin/goldmark":          "render",
	"golang.org/x/text/collate":         "lang",
	"modernc.org/sqlite":                "store",
}

// TestRooms holds who may import whom. Tests may import more.
func TestRooms(t *testing.T) {
	users := map[string][]string{}
	for room, imports := range imports(t) {
		allowed, known := rooms[room]
		if !known {
			t.Errorf("the package %s is not in the table of rooms", room)
		}
		for _, path := range imports {
			if ours, found := strings.CutPrefix(path, "sluss/internal/"); found {
				if !slices.Contains(strings.Fields(allowed), ours) {
					t.Errorf("%s may not import %s", room, ours)
				}
			} else if first, _, _ := strings.Cut(path, "/"); strings.Contains(first, ".") {
				users[path] = append(users[path], room)
			}
		}
	}
	for path, home := range homes {
		if !slices.Equal(users[path], []string{home}) {
			t.Errorf("%s is imported by %v; its room is %s", path, users[path], home)
		}
	}
	for path, in := range users {
		slices.Sort(in)
		allowed := strings.Fields(libraries[path])
		foreign := slices.DeleteFunc(slices.Clone(in), func(room string) bool { return slices.Contains(allowed, room) })
		if len(in) > 1 && len(foreign) > 0 {
			t.Errorf("%s is imported by %v; one room for a library", path, in)
		}
	}
}

// imports is what each package imports, by its name.
func imports(t *testing.T) map[string][]string {
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "sluss/cmd", "sluss/internal/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]string{}
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		all[words[0][strings.LastIndex(words[0], "/")+1:]] = words[1:]
	}
	return all
}
