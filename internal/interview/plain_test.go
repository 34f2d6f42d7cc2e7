package interview

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"sluss/internal/idea"
	"sluss/internal/lang"
	"sluss/internal/term"
)

// at makes a plain asker that reads the lines typed.
func at(typed string) (Asker, *bytes.Buffer) {
	var out bytes.Buffer
	s := &term.Streams{In: strings.NewReader(typed), Out: &bytes.Buffer{}, Err: &out, InTTY: true, ErrTTY: true}
	return New(s, lang.New(lang.English), true), &out
}

func required(answer string) error {
	if answer == "" {
		return idea.Errorf(idea.Usage, "an idea needs a title")
	}
	return nil
}

func kinds() []Option {
	return []Option{{"employee", "medarbetare"}, {"resident", "invånare"}, {"company", "företag\x1b[2J"}, {"association", "förening"}}
}

func wantsInterrupted(t *testing.T, err error) {
	t.Helper()
	if idea.KindOf(err) != idea.Interrupted {
		t.Errorf("got %v, want an interruption", err)
	}
}

func TestPlainLine(t *testing.T) {
	tests := []struct {
		name, typed string
		q           Question
		want        string
	}{
		{"answer", " Cykelväg \n", Question{Ask: "Rubrik"}, "Cykelväg"},
		{"default", "\n", Question{Ask: "Coach", Default: "Åsa"}, "Åsa"},
		{"again", "\nx\n", Question{Ask: "Rubrik", Check: required}, "x"},
		{"help", "?\nx\n", Question{Ask: "Rubrik", Help: "Kort"}, "x"},
		{"a question mark without help", "?\n", Question{Ask: "Rubrik"}, "?"},
		{"no line end", "x", Question{Ask: "Rubrik"}, "x"},
		{"end where none is needed", "", Question{Ask: "Rubrik"}, ""},
		{"arrow keys", "a\x1b[D\x1bOBb\x1b[1;5C\x07\n", Question{Ask: "Rubrik"}, "ab"},
		{"latin 1 is refused", "sk\xe5p\nskåp\n", Question{Ask: "Rubrik"}, "skåp"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			a, _ := at(test.typed)
			got, err := a.Line(test.q)
			if err != nil || got != test.want {
				t.Errorf("got %q and %v, want %q", got, err, test.want)
			}
		})
	}
}

func TestPlainLineEnds(t *testing.T) {
	for _, typed := range []string{"", "\n\n", "\x03\n"} {
		a, _ := at(typed)
		_, err := a.Line(Question{Ask: "Rubrik", Check: required})
		wantsInterrupted(t, err)
	}
}

func TestPlainText(t *testing.T) {
	for typed, want := range map[string]string{
		"ett\ntvå\n\n\nnästa\n":      "ett\ntvå",
		"ett\n\ntre\n\n\n":           "ett\n\ntre",
		"\nnästa\n":                  "gammalt",
		"ett":                        "ett",
		"":                           "gammalt",
		"  - punkt\n    under\n\n\n": "- punkt\n    under",
	} {
		a, _ := at(typed)
		got, err := a.Text(Question{Ask: "Behov", Help: "Vad?", Default: "gammalt"})
		if err != nil || got != want {
			t.Errorf("%q: got %q and %v, want %q", typed, got, err, want)
		}
	}
}

func TestPlainTextAsksAgain(t *testing.T) {
	q := Question{Ask: "Behov", Check: required}
	a, out := at("\nett\n\n\n")
	if got, err := a.Text(q); got != "ett" || err != nil || !strings.Contains(out.String(), "an idea needs a title") {
		t.Errorf("got %q, %v and %q", got, err, out)
	}
	a, _ = at("")
	_, err := a.Text(q)
	wantsInterrupted(t, err)
}

func TestPlainChoice(t *testing.T) {
	for typed, want := range map[string]string{
		"2\n": "resident", "Medarbetare\n": "employee", "inv\n": "resident", "association\n": "association",
		"\n": "company", "fö\n9\n0\n1\n": "employee",
	} {
		a, _ := at(typed)
		got, err := a.Choice(Question{Ask: "Vem?", Default: "company", Options: kinds()})
		if err != nil || got != want {
			t.Errorf("%q: got %q and %v, want %q", typed, got, err, want)
		}
	}
	a, _ := at("")
	_, err := a.Choice(Question{Ask: "Vem?", Default: "company", Options: kinds()})
	wantsInterrupted(t, err)
	a, _ = at("1\n")
	if _, err := a.Choice(Question{Ask: "Vem?"}); idea.KindOf(err) != idea.Failure {
		t.Errorf("a choice of nothing gives %v", err)
	}
}

func TestPlainChoiceChecksTheValue(t *testing.T) {
	q := Question{Ask: "Vem?", Options: kinds(), Check: func(value string) error {
		if value == "employee" {
			return errors.New("not this one")
		}
		return nil
	}}
	a, out := at("1\n2\n")
	if got, err := a.Choice(q); got != "resident" || err != nil || !strings.Contains(out.String(), "not this one") {
		t.Errorf("got %q, %v and %q", got, err, out)
	}
}

func TestPlainConfirm(t *testing.T) {
	for _, test := range []struct {
		typed, standard string
		want            bool
	}{
		{"j\n", "", true}, {"Ja\n", "no", true}, {"YES\n", "", true}, {"y\n", "", true},
		{"n\n", "yes", false}, {"nej\n", "", false}, {"no\n", "", false},
		{"\n", "yes", true}, {"\n", "no", false}, {"kanske\n\nja\n", "", true},
	} {
		a, _ := at(test.typed)
		got, err := a.Confirm(Question{Ask: "Spara?", Default: test.standard})
		if err != nil || got != test.want {
			t.Errorf("%q with the default %q: got %v and %v", test.typed, test.standard, got, err)
		}
	}
	for _, standard := range []string{"", "yes"} {
		a, _ := at("")
		yes, err := a.Confirm(Question{Ask: "Spara?", Default: standard})
		wantsInterrupted(t, err)
		if yes {
			t.Error("the end of the input says yes")
		}
	}
}

func TestPlainShowsNothingRaw(t *testing.T) {
	hostile := "a\x1b[2J\u202e"
	a, out := at("1\n?\nx\nx\n\n\nja\n")
	a.Say(hostile)
	_, _ = a.Choice(Question{Ask: hostile, Options: []Option{{"v", hostile}}})
	refuse := true
	_, _ = a.Line(Question{Ask: hostile, Help: hostile, Default: hostile, Check: func(string) error {
		if refuse {
			refuse = false
			return errors.New(hostile)
		}
		return nil
	}})
	_, _ = a.Text(Question{Ask: hostile, Help: hostile})
	_, _ = a.Confirm(Question{Ask: hostile})
	if strings.ContainsAny(out.String(), "\x1b\u202e") || strings.Count(out.String(), "‹ESC›") < 9 {
		t.Errorf("the screen shows %q", out)
	}
}

func TestQuestionsGoToTheTerminal(t *testing.T) {
	var out, errs bytes.Buffer
	for _, test := range []struct {
		outTTY, errTTY bool
		want           *bytes.Buffer
	}{{true, true, &errs}, {false, true, &errs}, {true, false, &out}} {
		out.Reset()
		errs.Reset()
		s := &term.Streams{In: strings.NewReader(""), Out: &out, Err: &errs, InTTY: true, OutTTY: test.outTTY, ErrTTY: test.errTTY}
		New(s, lang.New(lang.English), true).Say("hej")
		if test.want.String() != "hej\n" || out.Len()+errs.Len() != 4 {
			t.Errorf("%+v: output %q, errors %q", test, &out, &errs)
		}
	}
}

func TestPossible(t *testing.T) {
	for _, test := range []struct {
		in, out, err, want bool
	}{{true, true, true, true}, {true, false, true, true}, {true, true, false, true}, {true, false, false, false}, {false, true, true, false}} {
		if got := Possible(&term.Streams{InTTY: test.in, OutTTY: test.out, ErrTTY: test.err}); got != test.want {
			t.Errorf("%+v: got %v", test, got)
		}
	}
}

func TestPlainTextEndsAtASign(t *testing.T) {
	for typed, want := range map[string]string{
		" < \nrest\n":   "<",
		"< 3\n\n\n":     "< 3",
		"a\n<\n\n\n":    "a\n<",
		"<":             "<",
		"\x1b[A<\nrest": "<",
	} {
		a, _ := at(typed)
		got, err := a.Text(Question{Ask: "Behov", Signs: []string{"<"}})
		if err != nil || got != want {
			t.Errorf("%q: got %q and %v, want %q", typed, got, err, want)
		}
	}
}

func TestPlainTextShowsWhatStands(t *testing.T) {
	a, out := at("\n")
	got, err := a.Text(Question{Ask: "Behov", Default: "rad ett\nrad två\x1b[2J"})
	if err != nil || got != "rad ett\nrad två\x1b[2J" {
		t.Errorf("got %q and %v", got, err)
	}
	if !strings.Contains(out.String(), "(rad ett\nrad två‹ESC›[2J)\n") {
		t.Errorf("the screen shows %q", out)
	}
}
