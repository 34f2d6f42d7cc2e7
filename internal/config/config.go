// Package config finds the settings of the program: from flags, environment
// variables, the user's file and defaults, in that order of power.
package config

import (
	"runtime"

	"github.com/spf13/viper"
)

// Origin says where the value of a setting comes from.
type Origin string

// Localize gives the origin in a language.
func (o Origin) Localize(_ string, translate func(string, ...any) string) string {
	return translate(string(o))
}

// The origins, strongest first.
const (
	FromFlag        Origin = "flag"
	FromEnvironment Origin = "environment"
	FromFile        Origin = "file"
	FromDefault     Origin = "default"
)

// Setting is a setting with its value.
type Setting struct {
	Key            Key
	Value, Default string
	Origin         Origin
	Where          string // the flag, the variable or file:line; for a default the variable that it follows
}

// Config is the settings that hold in this run.
type Config struct {
	flags  map[Key]string
	getenv func(string) string
	paths  Paths
	values *viper.Viper
	where  map[Key]Setting // of what is not default: Origin and Where
}

// Load reads the settings. flags holds the flags that were given; getenv is
// [os.Getenv] outside tests. The Config can be used even if an error is
// returned: what is wrong is left out of it. The error is a [Problems]:
// unknown keys, values of the wrong kind, a file that is not YAML or cannot be
// read. A missing file is no error.
func Load(flags map[Key]string, getenv func(string) string) (*Config, error) {
	c := &Config{
		flags:  flags,
		getenv: getenv,
		paths:  findPaths(runtime.GOOS, getenv),
		values: viper.New(),
		where:  map[Key]Setting{},
	}
	var problems Problems
	problems = append(problems, c.loadFile()...)
	problems = append(problems, c.loadOverrides()...)
	c.loadDefaults()
	if problems != nil {
		return c, problems
	}
	return c, nil
}

func (c *Config) loadFile() Problems {
	f, err := readFile(c.paths.ConfigFile)
	if err != nil {
		return Problems{err}
	}
	entries, problems := f.entries()
	values := map[string]any{}
	for _, e := range entries {
		values[string(e.key)] = c.expand(e.key, e.value)
		c.where[e.key] = Setting{Origin: FromFile, Where: f.where(e.line)}
	}
	if len(values) > 0 {
		_ = c.values.MergeConfigMap(values) // it has no way to fail
	}
	return problems
}

// loadOverrides reads variables and then flags, which win.
func (c *Config) loadOverrides() (problems Problems) {
	override := func(k KeyInfo, value string, origin Origin, where string) {
		value, err := k.check(value)
		if err != nil {
			err.From = where
			problems = append(problems, err)
			return
		}
		c.values.Set(string(k.Key), c.expand(k.Key, value))
		c.where[k.Key] = Setting{Origin: origin, Where: where}
	}
	for _, k := range Keys() {
		if value := c.getenv(k.Key.Variable()); value != "" {
			override(k, value, FromEnvironment, k.Key.Variable())
		}
		if value := c.flags[k.Key]; value != "" {
			override(k, value, FromFlag, k.Key.Flag())
		}
	}
	return problems
}

func (c *Config) loadDefaults() {
	for _, k := range Keys() {
		c.values.SetDefault(string(k.Key), c.defaultOf(k))
	}
}

func (c *Config) defaultOf(k KeyInfo) string {
	switch k.Key {
	case DB:
		return below(c.paths.DataDir, "sluss.db")
	case Coach:
		return c.getenv(c.variableOf(k.Key))
	case Editor:
		if variable := c.variableOf(Editor); variable != "" {
			return c.getenv(variable)
		}
		if runtime.GOOS == "windows" {
			return "notepad"
		}
		return "vi"
	}
	return k.Default
}

// variableOf is the variable of other programs that a default follows; empty if
// none is set.
func (c *Config) variableOf(key Key) string {
	for _, name := range followed[key] {
		if c.getenv(name) != "" {
			return name
		}
	}
	return ""
}

// followed lists the variables that the default of a setting follows, the
// strongest first.
var followed = map[Key][]string{
	Coach:  {"USER", "USERNAME", "LOGNAME"},
	Editor: {"VISUAL", "EDITOR"},
	Lang:   {"LC_ALL", "LC_MESSAGES", "LANG"},
}

// expand puts the home folder into a path. A flag has met the shell already,
// but not every shell knows --db=~/x.
func (c *Config) expand(key Key, value string) string {
	if key == DB {
		return expandHome(value, homeOf(runtime.GOOS, c.getenv))
	}
	return value
}

// Get is the value of a setting as text.
func (c *Config) Get(k Key) string { return c.values.GetString(string(k)) }

// Bool is the value of a setting of the kind Bool.
func (c *Config) Bool(k Key) bool { return c.values.GetBool(string(k)) }

// Int is the value of a setting of the kind Int.
func (c *Config) Int(k Key) int { return c.values.GetInt(string(k)) }

// Paths is where the files of this user lie.
func (c *Config) Paths() Paths { return c.paths }

// All lists every setting with its value and where that comes from.
func (c *Config) All() []Setting {
	var all []Setting
	for _, k := range Keys() {
		s, found := c.where[k.Key]
		if !found {
			s.Origin, s.Where = FromDefault, c.variableOf(k.Key)
		}
		s.Key, s.Value, s.Default = k.Key, c.Get(k.Key), c.defaultOf(k)
		all = append(all, s)
	}
	return all
}

// Set gives a setting a value in the user's file and changes nothing else
// there: not the order, not the comments. It makes the file if there is none.
// It returns an *Error for an unknown key, a value of the wrong kind, or a
// file that cannot be changed. Flags and variables still win over the file. An
// empty value takes the setting out.
func (c *Config) Set(key Key, value string) error {
	info, ok := find(string(key))
	if !ok {
		return unknownKey(string(key))
	}
	if value == "" {
		return c.Unset(key)
	}
	value, err := info.check(value)
	if err != nil {
		return err
	}
	return c.change(func(f *file) *Error { return f.set(info, value) })
}

// Unset takes a setting out of the user's file; it is no error if it is not
// there. It returns an *Error for a key that is neither known nor in the file,
// or a file that cannot be changed.
func (c *Config) Unset(key Key) error {
	return c.change(func(f *file) *Error {
		if _, ok := find(string(key)); !ok && f.find(key) < 0 {
			return unknownKey(string(key))
		}
		return f.unset(key)
	})
}

func (c *Config) change(edit func(*file) *Error) error {
	if c.paths.ConfigFile == "" {
		return c.paths.Err()
	}
	f, err := readFile(c.paths.ConfigFile)
	if err != nil {
		return err
	}
	before := string(f.text)
	if err := edit(f); err != nil {
		return err
	}
	if string(f.text) == before {
		return nil
	}
	if err := f.write(); err != nil {
		return err
	}
	fresh, _ := Load(c.flags, c.getenv)
	*c = *fresh
	return nil
}
