package config

import (
	"strconv"
	"strings"
	"time"
)

// Key names a setting.
type Key string

// The settings.
const (
	Lang       Key = "lang"
	DB         Key = "db"
	Coach      Key = "coach"
	Format     Key = "format"
	Color      Key = "color"
	Editor     Key = "editor"
	Limit      Key = "limit"
	NoInput    Key = "no_input"
	Accessible Key = "accessible"
	Quiet      Key = "quiet"
	Timezone   Key = "timezone"
	Excel      Key = "excel"

	ReportParts Key = "report_parts"
)

// Flag is the command-line flag of the setting, such as --no-input.
func (k Key) Flag() string {
	if k == Coach {
		return "--as" // --coach says whose an idea is
	}
	return "--" + strings.ReplaceAll(string(k), "_", "-")
}

// Variable is the environment variable of the setting, such as SLUSS_NO_INPUT.
func (k Key) Variable() string { return "SLUSS_" + strings.ToUpper(string(k)) }

// Kind says what sort of value a setting takes.
type Kind string

// The kinds of values.
const (
	String Kind = "string"
	Path   Kind = "path" // a leading ~/ is the home folder
	Zone   Kind = "timezone"
	Bool   Kind = "bool"
	Int    Kind = "int" // from 0 up
	OneOf  Kind = "one of"
)

// Help is a line of English that can be translated.
type Help string

// Localize gives the line in a language.
func (h Help) Localize(_ string, translate func(string, ...any) string) string {
	return translate(string(h))
}

// KeyInfo describes a setting.
type KeyInfo struct {
	Key     Key
	Kind    Kind
	Legal   []string // for OneOf
	Default string   // empty where it follows from the environment, as Help says
	Help    Help
}

// Keys lists the settings.
func Keys() []KeyInfo {
	return []KeyInfo{
		{Key: Lang, Kind: OneOf, Legal: []string{"sv", "en"}, Help: "language of texts; empty follows the locale"},
		{Key: DB, Kind: Path, Help: "the database file; empty is sluss.db in your data folder"},
		{Key: Coach, Kind: String, Help: "who you are; empty is your user name"},
		{Key: Format, Kind: OneOf, Legal: []string{"table", "json", "csv", "md", "html"}, Default: "table", Help: "how results are written"},
		{Key: Color, Kind: OneOf, Legal: []string{"auto", "always", "never"}, Default: "auto", Help: "when to use colour"},
		{Key: Editor, Kind: String, Help: "the program to write longer texts in; empty follows VISUAL and EDITOR"},
		{Key: Limit, Kind: Int, Default: "50", Help: "how many rows a list shows on a terminal; 0 shows all"},
		{Key: NoInput, Kind: Bool, Default: "false", Help: "never ask questions"},
		{Key: Accessible, Kind: Bool, Default: "false", Help: "plain lines for screen readers"},
		{Key: Quiet, Kind: Bool, Default: "false", Help: "say only what was asked for, and errors"},
		{Key: Timezone, Kind: Zone, Help: "time zone, such as Europe/Stockholm; empty is the computer's own"},
		{Key: Excel, Kind: Bool, Default: "false", Help: "write CSV for Swedish Excel"},
		{Key: ReportParts, Kind: String, Help: "parts of the account of a year, in their order; empty is all"},
	}
}

// find looks a setting up by its name.
func find(name string) (KeyInfo, bool) {
	for _, k := range Keys() {
		if string(k.Key) == name {
			return k, true
		}
	}
	return KeyInfo{}, false
}

// check gives a value as it is kept, or what is wrong with it.
func (k KeyInfo) check(value string) (string, *Error) {
	switch k.Kind {
	case Bool:
		return k.checkBool(value)
	case Int:
		if n, err := strconv.Atoi(value); err != nil || n < 0 {
			return "", k.wrong(value, "%s must be a whole number from 0 up, not %q", k.Key, value)
		}
	case OneOf:
		for _, legal := range k.Legal {
			if strings.EqualFold(value, legal) {
				return legal, nil
			}
		}
		e := k.wrong(value, "%s must be one of %s, not %q", k.Key, strings.Join(k.Legal, ", "), value)
		e.Nearest = nearest(value, k.Legal)
		return "", e
	case Zone:
		if _, err := time.LoadLocation(value); err != nil {
			return "", k.wrong(value, "there is no time zone %q", value).
				withHint("write a name such as Europe/Stockholm or UTC")
		}
	}
	if strings.ContainsAny(value, "\n\r\x00") {
		return "", k.wrong(value, "%s must be one line of text", k.Key)
	}
	return value, nil
}

func (k KeyInfo) checkBool(value string) (string, *Error) {
	switch strings.ToLower(value) {
	case "true", "yes", "on", "1", "ja", "på":
		return "true", nil
	case "false", "no", "off", "0", "nej", "av":
		return "false", nil
	}
	return "", k.wrong(value, "%s must be true or false, not %q", k.Key, value)
}

func (k KeyInfo) wrong(value, format string, args ...any) *Error {
	e := say(format, args...)
	e.Key, e.Value = k.Key, value
	return e
}
