package config

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
)

// env is an environment for tests.
type env map[string]string

func (e env) get(name string) string { return e[name] }

// home is an environment with a home folder, and a file of settings with the
// text, or none if the text is empty.
func home(t *testing.T, text string) (env, string) {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "sluss.yaml")
	if text != "" {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return env{"HOME": dir, "USERPROFILE": dir, "SLUSS_CONFIG": path}, path
}

func load(t *testing.T, flags map[Key]string, e env) *Config {
	t.Helper()
	c, err := Load(flags, e.get)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestOrderOfPower(t *testing.T) {
	tests := []struct {
		name, file, variable, flag string
		want                       Setting
	}{
		{"default", "", "", "", Setting{Value: "50", Origin: FromDefault}},
		{"file", "7", "", "", Setting{Value: "7", Origin: FromFile, Where: "FILE:2"}},
		{"variable", "7", "8", "", Setting{Value: "8", Origin: FromEnvironment, Where: "SLUSS_LIMIT"}},
		{"flag", "7", "8", "9", Setting{Value: "9", Origin: FromFlag, Where: "--limit"}},
		{"flag alone", "", "", "9", Setting{Value: "9", Origin: FromFlag, Where: "--limit"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := ""
			if tt.file != "" {
				text = "# mine\nlimit: " + tt.file + "\n"
			}
			e, path := home(t, text)
			e["SLUSS_LIMIT"] = tt.variable
			c := load(t, map[Key]string{Limit: tt.flag}, e)
			tt.want.Key, tt.want.Default = Limit, "50"
			tt.want.Where = strings.Replace(tt.want.Where, "FILE", path, 1)
			if got := setting(c, Limit); got != tt.want {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
		})
	}
}

func setting(c *Config, k Key) Setting {
	for _, s := range c.All() {
		if s.Key == k {
			return s
		}
	}
	return Setting{}
}

func TestEveryKeyFromEverySource(t *testing.T) {
	values := map[Kind]string{String: "a b", Path: "/x/y", Zone: "UTC", Bool: "true", Int: "3"}
	for _, k := range Keys() {
		value := values[k.Kind]
		if k.Kind == OneOf {
			value = k.Legal[len(k.Legal)-1]
		}
		e, _ := home(t, string(k.Key)+": "+value+"\n")
		if got := load(t, nil, e).Get(k.Key); got != value {
			t.Errorf("%s from the file: %q", k.Key, got)
		}
		e, _ = home(t, "")
		if got := load(t, map[Key]string{k.Key: value}, e).Get(k.Key); got != value {
			t.Errorf("%s from a flag: %q", k.Key, got)
		}
		e[k.Key.Variable()] = value
		if got := load(t, nil, e).Get(k.Key); got != value {
			t.Errorf("%s from a variable: %q", k.Key, got)
		}
		if k.Help == "" || k.Kind == "" {
			t.Errorf("%s has no help or kind", k.Key)
		}
	}
}

func TestNames(t *testing.T) {
	if got := NoInput.Flag() + " " + NoInput.Variable(); got != "--no-input SLUSS_NO_INPUT" {
		t.Error(got)
	}
}

func TestDefaults(t *testing.T) {
	dir := t.TempDir()
	e := env{"HOME": dir, "LOCALAPPDATA": dir, "XDG_DATA_HOME": dir, "LOGNAME": "anna", "EDITOR": "nano"}
	c := load(t, nil, e)
	want := map[Key]string{
		Lang: "", DB: filepath.Join(dir, "sluss", "sluss.db"), Coach: "anna", Format: "table", Color: "auto",
		Editor: "nano", Limit: "50", NoInput: "false", Accessible: "false", Quiet: "false", Timezone: "", Excel: "false", ReportParts: "",
	}
	follows := map[Key]string{Coach: "LOGNAME", Editor: "EDITOR"}
	for _, s := range c.All() {
		if s.Value != want[s.Key] || s.Default != s.Value || s.Origin != FromDefault || s.Where != follows[s.Key] {
			t.Errorf("%+v, want %q", s, want[s.Key])
		}
	}
	if len(c.All()) != len(want) {
		t.Errorf("%d settings", len(c.All()))
	}
	e["VISUAL"], e["USERNAME"], e["USER"] = "emacs", "bo", "cia"
	if got := load(t, nil, e); got.Get(Editor) != "emacs" || got.Get(Coach) != "cia" {
		t.Errorf("editor %q, coach %q", got.Get(Editor), got.Get(Coach))
	}
}

func TestValues(t *testing.T) {
	e, _ := home(t, "no_input: ja\nexcel: No\nquiet: on\nlimit: 0\nformat: CSV\ncoach: no\ndb: ~/idéer.db\neditor:\ntimezone: ~\n")
	c := load(t, nil, e)
	if !c.Bool(NoInput) || c.Bool(Excel) || !c.Bool(Quiet) || c.Int(Limit) != 0 {
		t.Error(c.All())
	}
	for k, want := range map[Key]string{
		Format: "csv", Coach: "no", Editor: "vi", Timezone: "", NoInput: "true",
		DB: filepath.Join(e["HOME"], "idéer.db"),
	} {
		if got := c.Get(k); got != want && k != Editor {
			t.Errorf("%s is %q, want %q", k, got, want)
		}
	}
	if s := setting(c, Editor); s.Origin != FromDefault {
		t.Errorf("an empty value counts as set: %+v", s)
	}
}

func TestFileProblems(t *testing.T) {
	tests := []struct {
		name, text, want string
		line             int
		key              Key
	}{
		{"unknown key", "lang: sv\nlimitt: 3\n", `FILE:2: there is no setting "limitt"; did you mean limit?`, 2, "limitt"},
		{"unknown and far", "zzz: 3\n", `FILE:1: there is no setting "zzz"; the settings are lang, db, coach, format, color, editor, limit, no_input, accessible, quiet, timezone, excel, report_parts`, 1, "zzz"},
		{"hyphen", "no-input: true\n", `FILE:1: there is no setting "no-input"; did you mean no_input?`, 1, "no-input"},
		{"longer word", "language: sv\n", `FILE:1: there is no setting "language"; did you mean lang?`, 1, "language"},
		{"not a number", "\nlimit: tio\n", `FILE:2: limit must be a whole number from 0 up, not "tio"`, 2, Limit},
		{"negative", "limit: -1\n", `FILE:1: limit must be a whole number from 0 up, not "-1"`, 1, Limit},
		{"not a bool", "quiet: kanske\n", `FILE:1: quiet must be true or false, not "kanske"`, 1, Quiet},
		{"not one of", "color: alway\n", `FILE:1: color must be one of auto, always, never, not "alway"; did you mean always?`, 1, Color},
		{"zone", "timezone: Europe/Skövde\n", `FILE:1: there is no time zone "Europe/Skövde"; write a name such as Europe/Stockholm or UTC`, 1, Timezone},
		{"list", "coach: [a, b]\n", "FILE:1: coach must have a single value", 1, Coach},
		{"two lines", "coach: |\n  a\n  b\n", "FILE:1: coach must be one line of text", 1, Coach},
		{"twice", "lang: sv\nlang: en\n", "FILE:2: lang is set twice, first on line 1", 2, ""},
		{"not a mapping", "# x\n- sv\n", "FILE:2: these are not settings; write one setting on a line, such as lang: sv", 2, ""},
		{"a word", "svenska\n", "FILE:1: these are not settings; write one setting on a line, such as lang: sv", 1, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e, path := home(t, tt.text)
			c, err := Load(map[Key]string{Format: "json"}, e.get)
			var fault *Error
			if !errors.As(err, &fault) {
				t.Fatalf("no error but %v", err)
			}
			if got := strings.ReplaceAll(err.Error(), path, "FILE"); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
			if fault.File != path || fault.Line != tt.line || fault.Column < 1 || fault.Key != tt.key {
				t.Errorf("%+v", fault)
			}
			if c.Get(Format) != "json" || c.Int(Limit) != 50 || c.Get(Color) != "auto" {
				t.Errorf("the rest cannot be used: %+v", c.All())
			}
		})
	}
}

func TestNotYAML(t *testing.T) {
	e, path := home(t, "lang: sv\ncoach: \"anna\nlimit: 3\n")
	c, err := Load(nil, e.get)
	var fault *Error
	if !errors.As(err, &fault) || fault.Line == 0 || !strings.HasPrefix(err.Error(), path+":") || !strings.Contains(err.Error(), "this is not YAML: ") {
		t.Fatalf("%v", err)
	}
	if strings.Contains(err.Error(), "yaml: ") {
		t.Errorf("the parser's own words show: %v", err)
	}
	if c.Get(Lang) != "" || c.Int(Limit) != 50 {
		t.Error(c.All())
	}
}

func TestUnreadable(t *testing.T) {
	e := env{"HOME": t.TempDir(), "SLUSS_CONFIG": t.TempDir()}
	c, err := Load(nil, e.get)
	var path *fs.PathError
	if !errors.As(err, &path) || strings.Count(err.Error(), e["SLUSS_CONFIG"]) != 1 {
		t.Errorf("%v", err)
	}
	if c.Get(Format) != "table" {
		t.Error(c.All())
	}
}

func TestAllProblemsAtOnce(t *testing.T) {
	e, path := home(t, "limit: x\nexcel: true\nfoo: 1\n")
	e["SLUSS_COLOR"] = "red"
	c, err := Load(map[Key]string{Lang: "fi"}, e.get)
	var all Problems
	if !errors.As(err, &all) || len(all) != 4 {
		t.Fatalf("%v", err)
	}
	var places []string
	for _, p := range all {
		places = append(places, p.Where())
	}
	want := []string{path + ":1", path + ":3", "--lang", "SLUSS_COLOR"}
	if !reflect.DeepEqual(places, want) {
		t.Errorf("got %q, want %q", places, want)
	}
	if !c.Bool(Excel) || c.Get(Color) != "auto" || c.Get(Lang) != "" {
		t.Error(c.All())
	}
}

func TestBadVariableLeavesTheFile(t *testing.T) {
	e, _ := home(t, "limit: 7\n")
	e["SLUSS_LIMIT"] = "x"
	if c, err := Load(nil, e.get); err == nil || c.Int(Limit) != 7 {
		t.Errorf("%v, limit %d", err, c.Int(Limit))
	}
}

func TestSet(t *testing.T) {
	tests := []struct {
		name, before string
		key          Key
		value, after string
	}{
		{"no file", "", Lang, "sv", "lang: sv\n"},
		{"change", "# a\n\nlang:   en   # b\n\n# c\nlimit: 3\n", Lang, "sv", "# a\n\nlang: sv # b\n\n# c\nlimit: 3\n"},
		{"add", "# a\nlimit: 3", Coach, "Åsa Öberg", "# a\nlimit: 3\ncoach: Åsa Öberg\n"},
		{"same", "lang: sv # x\n", Lang, "sv", "lang: sv # x\n"},
		{"quoted", "coach: 'x' # who\nlang: sv\n", Coach, "true", "coach: \"true\" # who\nlang: sv\n"},
		{"special", "lang: sv\n", Coach, "a: b # c", "lang: sv\ncoach: 'a: b # c'\n"},
		{"bool", "", Quiet, "ja", "quiet: true\n"},
		{"case", "", Format, "JSON", "format: json\n"},
		{"crlf", "# a\r\nlang: en\r\nlimit: 3\r\n", Lang, "sv", "# a\r\nlang: sv\r\nlimit: 3\r\n"},
		{"crlf add", "lang: en\r\n", Limit, "3", "lang: en\r\nlimit: 3\r\n"},
		{"several lines", "coach: >\n  a\n  b\nlang: en\n", Coach, "c", "coach: c\nlang: en\n"},
		{"list", "coach:\n  - a\n  - b\nlang: en\n", Coach, "c", "coach: c\nlang: en\n"},
		{"beside faults", "foo: 1\nlimit: x\n", Limit, "3", "foo: 1\nlimit: 3\n"},
		{"only comments", "# a\n", Limit, "3", "# a\nlimit: 3\n"},
		{"empty", "lang: sv\nlimit: 3\n", Lang, "", "limit: 3\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e, path := home(t, tt.before)
			c, _ := Load(nil, e.get)
			if err := c.Set(tt.key, tt.value); err != nil {
				t.Fatal(err)
			}
			if got := read(t, path); got != tt.after {
				t.Errorf("got\n%s\nwant\n%s", got, tt.after)
			}
			again, _ := Load(nil, e.get)
			if !reflect.DeepEqual(c.All(), again.All()) {
				t.Errorf("after Set %+v, after Load %+v", c.All(), again.All())
			}
		})
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestSetRefuses(t *testing.T) {
	tests := []struct {
		name, before string
		key          Key
		value, want  string
	}{
		{"unknown", "lang: sv\n", "langg", "sv", "did you mean lang?"},
		{"wrong kind", "lang: sv\n", Limit, "many", "whole number"},
		{"two lines", "lang: sv\n", Coach, "a\nb", "one line"},
		{"one-line mapping", "{lang: sv, limit: 3}\n", Lang, "en", "by hand"},
		{"one-line mapping, new", "{lang: sv}\n", Limit, "3", "by hand"},
		{"not YAML", "a: b: c\n", Limit, "3", "not YAML"},
		{"twice", "limit: 1\nlimit: 2\n", Limit, "3", "by hand"},
		{"ended", "lang: sv\n...\n", Limit, "3", "by hand"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e, path := home(t, tt.before)
			c, _ := Load(nil, e.get)
			var fault *Error
			if err := c.Set(tt.key, tt.value); !errors.As(err, &fault) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%v", err)
			}
			if got := read(t, path); got != tt.before {
				t.Errorf("the file has changed: %q", got)
			}
		})
	}
}

func TestUnset(t *testing.T) {
	e, path := home(t, "# a\nlang: sv # b\n\n# c\nlimit: 3\n")
	c := load(t, nil, e)
	if err := c.Unset(Lang); err != nil {
		t.Fatal(err)
	}
	if got := read(t, path); got != "# a\n\n# c\nlimit: 3\n" || c.Get(Lang) != "" {
		t.Errorf("%q, lang %q", got, c.Get(Lang))
	}
	if err := c.Unset(Coach); err != nil {
		t.Error(err)
	}
	if err := c.Unset("lnag"); err == nil {
		t.Error("an unknown key is no error")
	}
}

func TestUnsetMakesNoFile(t *testing.T) {
	e, path := home(t, "")
	if err := load(t, nil, e).Unset(Lang); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v", err)
	}
}

func TestSetModes(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no file modes")
	}
	e, path := home(t, "")
	e["SLUSS_CONFIG"] = filepath.Join(filepath.Dir(path), "new", "deep", "config.yaml")
	if err := load(t, nil, e).Set(Lang, "sv"); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]fs.FileMode{"new": 0o700, "new/deep": 0o700, "new/deep/config.yaml": 0o600} {
		info, err := os.Stat(filepath.Join(filepath.Dir(path), name))
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v %v", name, info.Mode().Perm(), err)
		}
	}
	left, err := os.ReadDir(filepath.Dir(e["SLUSS_CONFIG"]))
	if err != nil || len(left) != 1 {
		t.Errorf("%v %v", left, err)
	}
}

func TestSetThroughLink(t *testing.T) {
	e, path := home(t, "lang: en\n")
	link := filepath.Join(t.TempDir(), "link.yaml")
	if err := os.Symlink(path, link); err != nil {
		t.Skip(err)
	}
	e["SLUSS_CONFIG"] = link
	if err := load(t, nil, e).Set(Lang, "sv"); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&fs.ModeSymlink == 0 || read(t, path) != "lang: sv\n" {
		t.Errorf("the link is gone: %v %v", info, err)
	}
}

func TestSetCannotWrite(t *testing.T) {
	e, path := home(t, "lang: sv\n")
	e["SLUSS_CONFIG"] = filepath.Join(path, "below", "a-file")
	c, _ := Load(nil, e.get)
	var fault *Error
	if err := c.Set(Lang, "en"); !errors.As(err, &fault) || fault.File != e["SLUSS_CONFIG"] {
		t.Errorf("%v", err)
	}
}

func TestFindPaths(t *testing.T) {
	tests := []struct {
		name, goos string
		env        env
		want       Paths
	}{
		{"linux", "linux", env{"HOME": "/h"}, Paths{"/h/.config/sluss/config.yaml", "/h/.local/share/sluss", "/h/.local/state/sluss"}},
		{"xdg", "linux", env{"HOME": "/h", "XDG_CONFIG_HOME": "/c", "XDG_DATA_HOME": "/d", "XDG_STATE_HOME": "/s"}, Paths{"/c/sluss/config.yaml", "/d/sluss", "/s/sluss"}},
		{"xdg without home", "linux", env{"XDG_DATA_HOME": "/d"}, Paths{"", "/d/sluss", ""}},
		{"relative xdg is ignored", "linux", env{"HOME": "/h", "XDG_DATA_HOME": "d"}, Paths{"/h/.config/sluss/config.yaml", "/h/.local/share/sluss", "/h/.local/state/sluss"}},
		{"tilde", "linux", env{"HOME": "/h", "XDG_DATA_HOME": "~/d", "SLUSS_CONFIG": "~/c.yaml"}, Paths{"/h/c.yaml", "/h/d/sluss", "/h/.local/state/sluss"}},
		{"another's home is no tilde of ours", "linux", env{"HOME": "/h", "SLUSS_CONFIG": "~bo/c.yaml"}, Paths{"~bo/c.yaml", "/h/.local/share/sluss", "/h/.local/state/sluss"}},
		{"nothing", "linux", env{}, Paths{}},
		{"mac", "darwin", env{"HOME": "/h"}, Paths{"/h/Library/Application Support/sluss/config.yaml", "/h/Library/Application Support/sluss", "/h/Library/Application Support/sluss"}},
		{"windows", "windows", env{"LOCALAPPDATA": "/l", "USERPROFILE": "/u"}, Paths{"/l/sluss/config.yaml", "/l/sluss", "/l/sluss"}},
		{"windows profile", "windows", env{"USERPROFILE": "/u"}, Paths{"/u/AppData/Local/sluss/config.yaml", "/u/AppData/Local/sluss", "/u/AppData/Local/sluss"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := findPaths(tt.goos, tt.env.get)
			for _, path := range []*string{&got.ConfigFile, &got.DataDir, &got.StateDir} {
				*path = filepath.ToSlash(*path)
			}
			if got != tt.want {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
		})
	}
}

func TestNoHome(t *testing.T) {
	c, err := Load(nil, env{}.get)
	if err != nil {
		t.Fatalf("a home is wanted before it is needed: %v", err)
	}
	if c.Get(DB) != "" || c.Get(Format) != "table" {
		t.Error(c.All())
	}
	variable := "HOME"
	if runtime.GOOS == "windows" {
		variable = "LOCALAPPDATA"
	}
	for _, err := range []error{c.Paths().Err(), c.Set(Lang, "sv")} {
		if err == nil || !strings.Contains(err.Error(), variable) {
			t.Errorf("%v", err)
		}
	}
	if err := findPaths("linux", env{"HOME": "/h"}.get).Err(); err != nil {
		t.Error(err)
	}
	if got := missingHome("windows").Error(); !strings.Contains(got, "LOCALAPPDATA") {
		t.Error(got)
	}
}

func BenchmarkLoadWithoutFile(b *testing.B) {
	e := env{"HOME": b.TempDir()}
	for b.Loop() {
		if _, err := Load(nil, e.get); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLoadWithFile(b *testing.B) {
	path := filepath.Join(b.TempDir(), "c.yaml")
	if err := os.WriteFile(path, []byte("# mine\nlang: sv\ndb: ~/x.db\nlimit: 20\n"), 0o600); err != nil {
		b.Fatal(err)
	}
	e := env{"HOME": b.TempDir(), "SLUSS_CONFIG": path}
	for b.Loop() {
		if _, err := Load(nil, e.get); err != nil {
			b.Fatal(err)
		}
	}
}
