package term

import (
	"bytes"
	"strings"
	"testing"
)

func TestWantsColor(t *testing.T) {
	tests := []struct {
		name, color, env string
		tty, want        bool
	}{
		{"terminal", "auto", "", true, true},
		{"pipe", "auto", "", false, false},
		{"NO_COLOR", "auto", "NO_COLOR=1", true, false},
		{"an empty NO_COLOR says nothing", "auto", "NO_COLOR=", true, true},
		{"forced in a pipe", "auto", "CLICOLOR_FORCE=1", false, true},
		{"force 0 is no force", "auto", "CLICOLOR_FORCE=0", false, false},
		{"NO_COLOR goes before force", "auto", "NO_COLOR=1 CLICOLOR_FORCE=1", true, false},
		{"always goes before all", "always", "NO_COLOR=1", false, true},
		{"never goes before all", "never", "CLICOLOR_FORCE=1", true, false},
		{"dumb", "auto", "TERM=dumb", true, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			getenv := environment(test.env)
			s := &Streams{OutTTY: test.tty, Dumb: getenv("TERM") == "dumb"}
			if got := wantsColor(getenv, test.color, s); got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func environment(pairs string) func(string) string {
	env := map[string]string{}
	for _, pair := range strings.Fields(pairs) {
		name, value, _ := strings.Cut(pair, "=")
		env[name] = value
	}
	return func(name string) string { return env[name] }
}

func TestPaint(t *testing.T) {
	colored, plain := &Streams{Color: true}, &Streams{}
	if got := colored.Paint(Red, "sen"); got != "\x1b[31msen\x1b[0m" {
		t.Errorf("painted %q", got)
	}
	for _, got := range []string{plain.Paint(Red, "sen"), colored.Paint(Plain, "sen")} {
		if got != "sen" {
			t.Errorf("got %q, want the bare text", got)
		}
	}
}

func TestColumns(t *testing.T) {
	if got := Columns(&bytes.Buffer{}); got != 0 {
		t.Errorf("a buffer is %d columns wide", got)
	}
	for env, want := range map[string]int{"72": 72, "": 0, "0": 0, "-3": 0, "wide": 0} {
		if got := columns(env, &bytes.Buffer{}); got != want {
			t.Errorf("COLUMNS=%q gives %d, want %d", env, got, want)
		}
	}
}

func TestUnicodeLocale(t *testing.T) {
	for pairs, want := range map[string]bool{
		"": true, "LANG=sv_SE.UTF-8": true, "LANG=C.utf8": true, "LANG=sv_SE": true, "LANG=de_DE.UTF-8@euro": true,
		"LANG=C": false, "LANG=POSIX": false, "LANG=sv_SE.ISO-8859-1": false, "LANG=sv_SE.ISO8859-15@euro": false,
		"LANG=sv_SE.UTF-8 LC_ALL=C": false, "LANG=C LC_CTYPE=sv_SE.UTF-8": true, "LC_ALL=C.UTF-8 LC_CTYPE=C LANG=C": true,
	} {
		if got := unicodeLocale(environment(pairs)); got != want {
			t.Errorf("%q: got %v", pairs, got)
		}
	}
}
