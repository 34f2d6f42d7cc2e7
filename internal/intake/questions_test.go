package intake_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"sluss/internal/idea"
	"sluss/internal/intake"
)

func TestReadyQuestions(t *testing.T) {
	for _, p := range []idea.Process{idea.DefaultProcess(), idea.ShortProcess()} {
		sets, err := intake.QuestionSets(nil, p)
		if err != nil {
			t.Fatal(err)
		}
		for _, kind := range idea.GiverKinds() {
			for _, stage := range p {
				s, found := idea.ChooseQuestions(sets, kind, stage)
				if !found {
					t.Errorf("there are no questions for %s in %s", kind, stage.Key)
				}
				if stage.Kind == idea.Intake && !strings.HasSuffix(s.Name, "-first") {
					t.Errorf("%s in %s are asked with %s", kind, stage.Key, s.Name)
				}
				own := kind == idea.Employee || kind == idea.Resident || kind == idea.Company
				if stage.Kind == idea.Active && own != strings.HasPrefix(s.Name, string(kind)+"-") {
					t.Errorf("%s in %s are asked with %s", kind, stage.Key, s.Name)
				}
			}
		}
	}
}

// TestQuestionsRoundTrip writes the ready sets and reads them again, as a coach
// does who begins with them.
func TestQuestionsRoundTrip(t *testing.T) {
	for _, p := range []idea.Process{idea.DefaultProcess(), idea.ShortProcess()} {
		sets, err := intake.QuestionSets(nil, p)
		if err != nil {
			t.Fatal(err)
		}
		text, err := intake.QuestionsYAML(sets...)
		if err != nil {
			t.Fatal(err)
		}
		again, err := intake.ParseQuestions("sets.yaml", text, p)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(again, sets) {
			t.Errorf("what was read is not what was written:\n%s", text)
		}
	}
}

func TestOwnQuestionsComeFirst(t *testing.T) {
	own := idea.QuestionText{Name: "general", Text: "name: general\nsv: Egna\nen: Own\nquestions:\n  - {key: a, sv: Ax, en: Ax}\n"}
	sets, err := intake.QuestionSets([]idea.QuestionText{own}, idea.DefaultProcess())
	if err != nil {
		t.Fatal(err)
	}
	k := slices.IndexFunc(sets, func(s idea.QuestionSet) bool { return s.Name == "general" })
	if k < 0 || !sets[k].Own || len(sets[k].Questions) != 1 {
		t.Errorf("the own set does not stand in place of the other: %+v", sets)
	}
}

func TestWrongQuestions(t *testing.T) {
	const head = "name: x\nsv: X\nen: X\n"
	const a = "questions:\n  - {key: a, sv: Ax, en: Ax}\n"
	tests := map[string]struct{ text, want string }{
		"nothing":            {"", "q.yaml is empty"},
		"not YAML":           {"a: [", "q.yaml is not YAML: line 1: did not find expected node content"},
		"a list":             {"- 1\n", "q.yaml, line 1, column 1: here must stand keys with values"},
		"an unknown key":     {head + "colour: red\n", `q.yaml, line 4, column 1: there is no key "colour" here`},
		"no name":            {"sv: X\nen: X\n" + a, `q.yaml, line 1, column 1: "" is no name of a question set`},
		"a name with spaces": {"name: x y\nsv: X\nen: X\n" + a, `q.yaml, line 1, column 1: "x y" is no name of a question set`},
		"no questions":       {head, `q.yaml, line 1, column 1: the set "x" has no questions`},
		"no English title":   {"name: x\nsv: X\n" + a, "q.yaml, line 1, column 1: the text in one language is missing: en"},
		"an unknown stage":   {head + "stages: [test, attic]\n" + a, `q.yaml, line 4, column 16: there is no stage "attic"`},
		"an unknown kind":    {head + "kinds: [king]\n" + a, `q.yaml, line 4, column 9: "king" is no kind`},
		"an unknown section": {head + "questions:\n  - {key: a, sv: Ax, en: Ax, fills: moat}\n", `q.yaml, line 5, column 37: there is no section "moat"`},
		"no Swedish":         {head + "questions:\n  - {key: a, en: Ax}\n", "q.yaml, line 5, column 5: the text in one language is missing: sv"},
		"help in English":    {head + "questions:\n  - {key: a, sv: Ax, en: Ax, help_en: B}\n", "q.yaml, line 5, column 5: the text in one language is missing: sv"},
		"two of one key":     {head + a + "  - {key: a, sv: Bx, en: Bx}\n", `q.yaml, line 6, column 5: there are two questions of the key "a"`},
		"two sets":           {head + a + "---\n" + head + a, `q.yaml, line 7, column 1: there are two sets of the name "x"`},
		"when of nothing":    {head + a + "  - {key: b, sv: Bx, en: Bx, when: {key: c, is: x}}\n", `q.yaml, line 6, column 36: there is no question "c"`},
		"when of a later": {head + "questions:\n  - {key: b, sv: Bx, en: Bx, when: {key: c, is: x}}\n  - {key: c, sv: Cx, en: Cx}\n",
			`q.yaml, line 5, column 36: the question "c" comes later`},
		"when of itself":  {head + "questions:\n  - {key: b, sv: Bx, en: Bx, when: {key: b, is: x}}\n", `q.yaml, line 5, column 36: the question "b" comes later`},
		"when of two":     {head + a + "  - {key: b, sv: Bx, en: Bx, when: {key: a, is: x, answered: true}}\n", "q.yaml, line 6, column 36: a condition is one of is, contains and answered"},
		"when of no test": {head + a + "  - {key: b, sv: Bx, en: Bx, when: {key: a}}\n", "q.yaml, line 6, column 36: a condition is one of is, contains and answered"},
		"answered maybe":  {head + a + "  - {key: b, sv: Bx, en: Bx, when: {key: a, answered: maybe}}\n", `q.yaml, line 6, column 36: "maybe" is neither yes nor no`},
		"no such choice": {head + "questions:\n  - {key: a, sv: Ax, en: Ax, choices: [{value: x, sv: X, en: X}]}\n  - {key: b, sv: Bx, en: Bx, when: {key: a, is: y}}\n",
			`q.yaml, line 6, column 36: "y" is no answer to the question "a"`},
		"two choices": {head + "questions:\n  - {key: a, sv: Ax, en: Ax, choices: [{value: x, sv: X, en: X}, {value: x, sv: Y, en: Y}]}\n",
			`q.yaml, line 5, column 5: there are two choices of the value "x"`},
		"choices of a unit": {head + "questions:\n  - {key: a, sv: Ax, en: Ax, fills: unit, choices: [{value: x, sv: X, en: X}]}\n",
			`q.yaml, line 5, column 5: "unit" has choices of its own already`},
		"two units": {head + "questions:\n  - {key: a, sv: Ax, en: Ax, fills: unit}\n  - {key: b, sv: Ax, en: Ax, fills: unit}\n",
			`q.yaml, line 6, column 5: two questions fill "unit", which holds one answer`},
		"a unit that adds": {head + "questions:\n  - {key: a, sv: Ax, en: Ax, fills: unit, adds: true}\n", `q.yaml, line 5, column 5: the answer to "a" cannot add to anything`},
		"adds perhaps":     {head + "questions:\n  - {key: a, sv: Ax, en: Ax, fills: need, adds: perhaps}\n", `q.yaml, line 5, column 49: "perhaps" is neither true nor false`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := intake.ParseQuestions("q.yaml", []byte(test.text), idea.DefaultProcess())
			var e *idea.Error
			if !errors.As(err, &e) || e.Kind != idea.Usage || e.Text.String() != test.want {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}

// FuzzQuestions: whatever is read can be written and read again.
func FuzzQuestions(f *testing.F) {
	f.Add("name: x\nsv: X\nen: X\nquestions:\n  - {key: a, sv: Ax, en: Ax, fills: need}\n  - {key: b, sv: Bx, en: Bx, when: {key: a, contains: [x, y]}}\n")
	f.Add("---\n---\n")
	f.Add("&a [*a]")
	f.Fuzz(func(t *testing.T, text string) {
		sets, err := intake.ParseQuestions("q", []byte(text), nil)
		if err != nil {
			return
		}
		out, err := intake.QuestionsYAML(sets...)
		if err != nil {
			t.Fatal(err)
		}
		again, err := intake.ParseQuestions("q", out, nil)
		if err != nil || !reflect.DeepEqual(again, sets) {
			t.Errorf("%v: %q became %q", err, text, out)
		}
	})
}
