package idea

import (
	"cmp"
	"time"
)

// What is kept of tests.
const (
	ATest     Subject = "test_card"
	ATestNote Subject = "test_note"

	FieldBelief   Field = "belief"
	FieldMethod   Field = "method"
	FieldMeasure  Field = "measure"
	FieldTarget   Field = "target"
	FieldBegins   Field = "begins"
	FieldEnds     Field = "ends"
	FieldWho      Field = "who" // names of people
	FieldCost     Field = "cost"
	FieldStarted  Field = "started"
	FieldFinished Field = "finished"
	FieldResult   Field = "result"
	FieldVerdict  Field = "verdict"
	FieldLearnt   Field = "learnt"
)

// Test is a test card: how somebody finds out whether an idea holds.
type Test struct {
	ID       int64
	Idea     int64
	Belief   string // what we believe
	Method   string // how we find out
	Measure  string
	Target   string // of the measure
	From, To Day    // as planned; empty is open
	Who      string // names of people
	Cost     Amount
	Started  Day // empty: not yet
	Finished Day // empty: not yet
	Result   string
	Verdict  Verdict
	Learnt   string
	Notes    []TestNote // oldest first
}

// TestNote is something that a coach wrote down about a test.
type TestNote struct {
	Test int64
	At   time.Time
	Who  int64
	Text string
}

// Verdict says what a test tells of the belief.
type Verdict string

// Verdicts lists the verdicts.
func Verdicts() []Verdict { return []Verdict{"supported", "refuted", "inconclusive"} }

// FindVerdict gives the verdict that a word names, in either language. It
// returns Usage with the legal words for any other.
func FindVerdict(word string) (Verdict, error) {
	return findWord("verdict", word, Verdicts(), map[string]Verdict{
		"stöds": "supported", "motsägs": "refuted", "oklart": "inconclusive"})
}

// TestState says how far a test has come. A test that is overdue is running
// too.
type TestState string

// The states of a test.
const (
	TestPlanned  TestState = "planned"
	TestRunning  TestState = "running"
	TestOverdue  TestState = "overdue"
	TestFinished TestState = "finished"
)

// Label is the state as people read it.
func (s TestState) Label() Word {
	if s == TestPlanned {
		return "not started"
	}
	return Word(s)
}

// TestStates lists the states of a test.
func TestStates() []TestState {
	return []TestState{TestPlanned, TestRunning, TestOverdue, TestFinished}
}

// FindTestState gives the state that a word names, in either language. It
// returns Usage with the legal words for any other.
func FindTestState(word string) (TestState, error) {
	return findWord("state of a test", word, TestStates(), map[string]TestState{
		"planerad": TestPlanned, "planerat": TestPlanned, "pågår": TestRunning, "pågående": TestRunning,
		"försenad": TestOverdue, "försenat": TestOverdue, "klar": TestFinished, "klart": TestFinished})
}

// State is how far the test has come on a day.
func (t Test) State(today Day) TestState {
	switch {
	case t.Finished != "":
		return TestFinished
	case t.Started == "":
		return TestPlanned
	case t.To != "" && t.To < today:
		return TestOverdue
	}
	return TestRunning
}

// Days is the first and the last day of the test, as it was or else as it is
// planned; the last is the first for a test whose end is not known. Both are
// empty if no day is known.
func (t Test) Days() (first, last Day) {
	first, last = cmp.Or(t.Started, t.From, t.To, t.Finished), cmp.Or(t.Finished, t.To)
	return first, max(first, last)
}

// LastTest is the newest of an idea's tests, the only one that may not be
// finished. The oldest stands first. It reports false if there is none.
func LastTest(tests []Test) (Test, bool) {
	if len(tests) == 0 {
		return Test{}, false
	}
	return tests[len(tests)-1], true
}

// Check returns Usage for a plan that lacks something or ends before it begins.
func (t Test) Check() error {
	missing := lacking("--belief", t.Belief, "--method", t.Method, "--measure", t.Measure, "--target", t.Target)
	if len(missing) > 0 {
		return Errorf(Usage, "the plan of the test lacks %s", missing).
			WithHint("a plan says what we believe, how we find out, what we measure and which value we look for")
	}
	if t.From != "" && t.To != "" && t.To < t.From {
		return Errorf(Usage, "the test would end on %s, before it begins on %s", t.To, t.From)
	}
	return nil
}

// lacking lists the flags whose values are empty; each stands before its value.
func lacking(flagsAndValues ...string) (flags List) {
	for k := 0; k < len(flagsAndValues); k += 2 {
		if flagsAndValues[k+1] == "" {
			flags = append(flags, flagsAndValues[k])
		}
	}
	return flags
}

// CheckTests returns Refused for tests of an idea that no commands could lead
// to: one that ended but never started, or two at a time.
func CheckTests(number int64, tests []Test) error {
	for k, t := range tests {
		if t.Finished != "" && t.Started == "" {
			return Errorf(Refused, "the test of idea %d never started", number).WithHint("undo the later commands first; sluss log shows them")
		}
		if k > 0 && tests[k-1].Finished == "" {
			return Errorf(Refused, "idea %d has a test that is not finished", number).WithHint("undo the later commands first; sluss log shows them")
		}
	}
	return nil
}

// PlanTest returns Refused if the last of an idea's tests is not finished, or
// if the idea is merged into another.
func PlanTest(i Idea, tests []Test) error {
	if i.MergedInto != 0 {
		return mergedError(i)
	}
	last, found := LastTest(tests)
	if !found || last.Finished != "" {
		return nil
	}
	e := Errorf(Refused, "idea %d has a test that is not finished", i.Number)
	if last.Started == "" {
		return e.WithHint("sluss test edit %d changes its plan; sluss test start %d begins it", i.Number, i.Number)
	}
	return e.WithHint("sluss test finish %d ends it", i.Number)
}

// StartTest gives the changes that begin the planned test of an idea on a day.
// It returns Refused if there is none, or if it runs already.
func StartTest(number int64, tests []Test, on Day) ([]Change, error) {
	t, found := LastTest(tests)
	switch {
	case !found || t.Finished != "":
		return nil, noPlan(number)
	case t.Started != "":
		return nil, Errorf(Refused, "the test of idea %d runs since %s", number, t.Started).WithHint("sluss test finish %d ends it", number)
	}
	return []Change{t.change(FieldStarted, "", string(on))}, nil
}

// OpenTest is the test of an idea that is planned or runs. It returns Refused
// if there is none.
func OpenTest(number int64, tests []Test) (Test, error) {
	t, found := LastTest(tests)
	if !found || t.Finished != "" {
		return Test{}, noPlan(number)
	}
	return t, nil
}

// AnyTest is the last test of an idea. It returns Refused if there is none.
func AnyTest(number int64, tests []Test) (Test, error) {
	t, found := LastTest(tests)
	if !found {
		return Test{}, noPlan(number)
	}
	return t, nil
}

func noPlan(number int64) error {
	return Errorf(Refused, "idea %d has no planned test", number).WithHint("sluss test plan %d --belief \"…\"", number)
}

// Outcome is how a test ended.
type Outcome struct {
	On      Day
	Result  string
	Verdict Verdict
	Learnt  string
}

// Check returns Usage for an outcome that lacks something.
func (o Outcome) Check() error {
	missing := lacking("--result", o.Result, "--verdict", string(o.Verdict), "--learnt", o.Learnt)
	if len(missing) > 0 {
		return Errorf(Usage, "the end of the test lacks %s", missing).
			WithHint("a test ends with its result, a verdict and what was learnt")
	}
	return nil
}

// FinishTest gives the changes that end the running test of an idea. It returns
// Refused if there is none, if it never started, or if it would end before that.
func FinishTest(number int64, tests []Test, out Outcome) ([]Change, error) {
	t, found := LastTest(tests)
	switch {
	case !found:
		return nil, noPlan(number)
	case t.Finished != "":
		return nil, Errorf(Refused, "the test of idea %d was finished on %s", number, t.Finished).
			WithHint("sluss test plan %d plans another", number)
	case t.Started == "":
		return nil, Errorf(Refused, "the test of idea %d never started", number).
			WithHint("sluss test start %d --at DAY says when it did", number)
	case out.On < t.Started:
		return nil, Errorf(Refused, "the test of idea %d began on %s; it cannot end before that", number, t.Started).
			WithHint("give a later day with --at")
	}
	return []Change{t.change(FieldFinished, "", string(out.On)), t.change(FieldResult, "", out.Result),
		t.change(FieldVerdict, "", string(out.Verdict)), t.change(FieldLearnt, "", out.Learnt)}, nil
}

func (t Test) change(f Field, old, new string) Change {
	return Change{Subject: ATest, ID: t.ID, Field: f, Old: old, New: new}
}
