package lang_test

import (
	"slices"
	"strings"
	"testing"

	"sluss/internal/idea"
	"sluss/internal/lang"
)

func env(pairs ...string) func(string) string {
	return func(name string) string {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1]
			}
		}
		return ""
	}
}

func TestParse(t *testing.T) {
	for text, want := range map[string]lang.Lang{
		"sv": "sv", "SV": "sv", "sv_SE": "sv", "sv-SE": "sv", "sv_FI.UTF-8@euro": "sv", "svenska": "sv", "Swedish": "sv", " sv ": "sv",
		"en": "en", "en_GB.UTF-8": "en", "English": "en", "engelska": "en",
		"": "", "C": "", "de": "", "s": "", "svart": "", "_": "", ".": "", "@": "",
	} {
		if got, ok := lang.Parse(text); got != want || ok != (want != "") {
			t.Errorf("%q is %q, %v", text, got, ok)
		}
	}
}

func TestDetect(t *testing.T) {
	tests := []struct {
		env  func(string) string
		want lang.Lang
	}{
		{env(), "en"},
		{env("LANG", "sv_SE.UTF-8"), "sv"},
		{env("LANG", "en_US.UTF-8", "LC_MESSAGES", "sv_SE"), "sv"},
		{env("LANG", "sv_SE", "LC_ALL", "C"), "en"},
		{env("LANG", "sv_SE", "LC_MESSAGES", "de_DE"), "en"},
		{env("LANG", "en_US", "LC_ALL", "sv_SE"), "sv"},
		{env("LANG", "sv_SE", "LC_TIME", "en_GB"), "sv"},
	}
	for i, tt := range tests {
		if got := lang.Detect(tt.env); got != tt.want {
			t.Errorf("%d: %s, want %s", i, got, tt.want)
		}
	}
}

func TestT(t *testing.T) {
	names := idea.Names{EN: "received", SV: "inkommen"}
	inner := idea.Say("the process has no stage of the kind %s", idea.Word("test"))
	tests := []struct {
		format string
		args   []any
		en, sv string
	}{
		{"there is no idea %d", []any{14}, "there is no idea 14", "idé 14 finns inte"},
		{"%q is no %s", []any{"x", idea.Word("channel")}, `"x" is no channel`, `inkom via kan inte vara "x"`},
		{"idea %d is already in %s", []any{3, names}, "idea 3 is already in received", "idé 3 är redan i steget inkommen"},
		{"use one of: %s", []any{idea.List{idea.Word("mail"), "x", names}}, "use one of: mail, x, received", "använd något av: mejl, x, inkommen"},
		{"nobody translates %s", []any{inner}, "nobody translates the process has no stage of the kind test", "nobody translates processen har inget steg i kategorin test"},
		{"need", nil, "need", "behov"},
		{"100 %d", nil, "100 %d", "100 %d"},
	}
	for _, tt := range tests {
		if got := lang.New(lang.English).T(tt.format, tt.args...); got != tt.en {
			t.Errorf("en: got %q, want %q", got, tt.en)
		}
		if got := lang.New(lang.Swedish).T(tt.format, tt.args...); got != tt.sv {
			t.Errorf("sv: got %q, want %q", got, tt.sv)
		}
	}
}

func TestTLeavesItsArguments(t *testing.T) {
	args := []any{idea.Word("need")}
	lang.New(lang.Swedish).T("use one of: %s", args...)
	if args[0] != idea.Word("need") {
		t.Errorf("the caller's argument is now %v", args[0])
	}
}

func TestZeroPrinterIsEnglish(t *testing.T) {
	var p lang.Printer
	if p.Lang() != lang.English || p.T("need") != "need" || lang.New("de").Lang() != lang.English {
		t.Error(p.Lang(), p.T("need"))
	}
}

func TestN(t *testing.T) {
	p := lang.New(lang.English)
	for n, want := range map[int]string{0: "0 ideas in A", 1: "1 idea in A", 2: "2 ideas in A", 21: "21 ideas in A"} {
		if got := p.N(n, "%d idea in %s", "%d ideas in %s", "A"); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	for n, want := range map[int]string{1: "one idea in A, 100%", 2: "2 ideas in A, 100%"} {
		if got := p.N(n, "one idea in %s, 100%%", "%d ideas in %s, 100%%", "A"); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if got := p.N(1, "one idea", "%d ideas"); got != "one idea" {
		t.Errorf("got %q", got)
	}
	if got := lang.New(lang.Swedish).N(1, "%d day ago", "%d days ago"); got != "för 1 dag sedan" {
		t.Errorf("got %q", got)
	}
}

func TestNumbers(t *testing.T) {
	en, sv := lang.New(lang.English), lang.New(lang.Swedish)
	tests := []struct {
		f        float64
		decimals int
		en, sv   string
	}{
		{12.345, 1, "12.3", "12,3"}, {-0.04, 1, "0.0", "0,0"}, {-1.5, 1, "-1.5", "-1,5"}, {7, 0, "7", "7"}, {0.5, 2, "0.50", "0,50"},
	}
	for _, tt := range tests {
		if e, s := en.Number(tt.f, tt.decimals), sv.Number(tt.f, tt.decimals); e != tt.en || s != tt.sv {
			t.Errorf("%v: %q, %q", tt.f, e, s)
		}
	}
	if e, s := en.Percent(0.42), sv.Percent(0.42); e != "42%" || s != "42 %" {
		t.Errorf("%q, %q", e, s)
	}
}

func TestAgo(t *testing.T) {
	en, sv := lang.New(lang.English), lang.New(lang.Swedish)
	for days, want := range map[int][2]string{
		0: {"today", "i dag"}, 1: {"1 day ago", "för 1 dag sedan"}, 12: {"12 days ago", "för 12 dagar sedan"},
		-1: {"in 1 day", "om 1 dag"}, -3: {"in 3 days", "om 3 dagar"},
	} {
		if e, s := en.Ago(days), sv.Ago(days); e != want[0] || s != want[1] {
			t.Errorf("%d: %q, %q", days, e, s)
		}
	}
}

func TestCompare(t *testing.T) {
	tests := []struct {
		l    lang.Lang
		want string
	}{
		{lang.Swedish, "2 10 anna Bo é f z å Ä ö"},
		{lang.English, "2 10 å Ä anna Bo é f ö z"},
	}
	for _, tt := range tests {
		want := strings.Fields(tt.want)
		got := slices.Clone(want)
		slices.Reverse(got)
		slices.SortFunc(got, lang.New(tt.l).Compare())
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", tt.l, got, want)
		}
	}
	if lang.New(lang.Swedish).Compare()("ÅSA", "åsa") != 0 {
		t.Error("case makes a difference")
	}
}

func TestFold(t *testing.T) {
	same := [][2]string{{"ÅSA", "åsa"}, {"A\u030asa", "Åsa"}, {"STRASSE", "straße"}, {"Ö", "o\u0308"}}
	for _, pair := range same {
		if lang.Fold(pair[0]) != lang.Fold(pair[1]) {
			t.Errorf("%q and %q differ", pair[0], pair[1])
		}
	}
	for _, pair := range [][2]string{{"å", "a"}, {"ä", "a"}, {"ö", "o"}, {"é", "e"}} {
		if lang.Fold(pair[0]) == lang.Fold(pair[1]) {
			t.Errorf("%q and %q are the same", pair[0], pair[1])
		}
	}
}

func TestNearest(t *testing.T) {
	stages := []string{"received", "dialogue", "development", "presented", "test", "införande", "realised", "parked", "closed"}
	tests := []struct {
		word string
		most int
		want []string
	}{
		{"dialoge", 3, []string{"dialogue"}},
		{"TEST", 3, []string{"test"}},
		{"tset", 3, []string{"test"}},
		{"de", 3, []string{"development"}},
		{"best", 3, []string{"test"}},
		{"bast", 3, nil},
		{"parkde", 3, []string{"parked"}},
		{"re", 1, []string{"received"}},
		{"re", 3, []string{"received", "realised"}},
		{"INFÖRADNE", 3, []string{"införande"}},
		{"banan", 3, nil},
		{"x", 3, nil},
		{"", 3, nil},
		{"test", 0, nil},
		{"test", -1, nil},
	}
	for _, tt := range tests {
		if got := lang.Nearest(tt.word, stages, tt.most); !slices.Equal(got, tt.want) {
			t.Errorf("%q: got %q, want %q", tt.word, got, tt.want)
		}
	}
}
