package idea

import "slices"

// StageKey is the stable name of a stage. The names that people see can
// change; the key does not.
type StageKey string

// StageKind says what a stage is for. Reports count by kind, so that they
// survive a renaming.
type StageKind string

// The kinds of stages.
const (
	Intake       StageKind = "intake"
	Active       StageKind = "active"
	Presented    StageKind = "presented"
	Testing      StageKind = "test"
	Introduction StageKind = "introduction"
	Realised     StageKind = "realised"
	Parked       StageKind = "parked"
	Closed       StageKind = "closed"
)

// StageKinds lists the kinds of stages in the order in which an idea meets them.
func StageKinds() []StageKind {
	return []StageKind{Intake, Active, Presented, Testing, Introduction, Realised, Parked, Closed}
}

// Side tells whether the kind lies beside the way forward: parked and closed.
func (k StageKind) Side() bool { return k == Parked || k == Closed }

// Done tells whether an idea of this kind of stage needs no more work.
func (k StageKind) Done() bool { return k == Realised || k == Closed }

// Condition is something that must be there before an idea enters a stage.
type Condition string

// The conditions that a gate can hold.
const (
	HasNeed      Condition = "need"
	HasSolution  Condition = "solution"
	HasValue     Condition = "value"
	HasResources Condition = "resources"
	HasContact   Condition = "contact"
	HasUnit      Condition = "unit"
	HasOwner     Condition = "owner"
	HasAnswered  Condition = "answered"

	// WasPresented is that the idea has been in a stage of the kind presented.
	WasPresented Condition = "presented"

	HasDecision   Condition = "decision" // a forum let the idea go there
	HasTestPlan   Condition = "test-plan"
	HasTestResult Condition = "test-result"
	HasEffect     Condition = "effect" // planned or seen
)

// Conditions lists the conditions that a gate can hold.
func Conditions() []Condition {
	return []Condition{HasNeed, HasSolution, HasValue, HasResources, HasContact, HasUnit, HasOwner, HasAnswered, WasPresented,
		HasDecision, HasTestPlan, HasTestResult, HasEffect}
}

// Stage is a step of the process.
type Stage struct {
	ID        int64
	Key       StageKey
	Names     Names
	Kind      StageKind
	Position  int
	LimitDays int // days after which an idea here counts as stuck; 0 is no limit
	Wip       int // how many ideas should stand here at once at most; 0 is no limit
	Gates     []Condition
	Removed   bool // no idea enters any more; history still speaks of it
}

// Process is the stages in their order, the side doors last.
type Process []Stage

// ProcessName names a process that the program brings with it.
type ProcessName string

// The processes that the program brings with it.
const (
	TheDefault ProcessName = "default"
	TheShort   ProcessName = "short"
)

// ProcessNames lists the processes that the program brings with it.
func ProcessNames() []ProcessName { return []ProcessName{TheDefault, TheShort} }

// ReadyProcess is the process of that name. It returns NotFound for any other
// name.
func ReadyProcess(name string) (Process, error) {
	switch ProcessName(name) {
	case TheDefault:
		return DefaultProcess(), nil
	case TheShort:
		return ShortProcess(), nil
	}
	return nil, Unknown("process", name, []string{string(TheDefault), string(TheShort)})
}

// ShortProcess is for those who only want to know what waits, what is worked on
// and what is done.
func ShortProcess() Process {
	return Process{
		{Key: "received", Names: Names{"received", "inkommen"}, Kind: Intake, LimitDays: 10},
		{Key: "working", Names: Names{"working on it", "pågår"}, Kind: Active, LimitDays: 180},
		{Key: "realised", Names: Names{"done", "klar"}, Kind: Realised, Gates: []Condition{HasAnswered}},
		{Key: "parked", Names: Names{"parked", "vilande"}, Kind: Parked},
		{Key: "closed", Names: Names{"closed", "avslutad"}, Kind: Closed},
	}
}

// DefaultProcess is the process of a new database. An idea enters test only
// with a plan, a unit that would take it on and a named owner there: an idésluss
// was once closed because its pilots had no home to return to.
func DefaultProcess() Process {
	return Process{
		{Key: "received", Names: Names{"received", "inkommen"}, Kind: Intake, LimitDays: 10},
		{Key: "dialogue", Names: Names{"dialogue", "dialog"}, Kind: Active, LimitDays: 30},
		{Key: "development", Names: Names{"development", "utveckling"}, Kind: Active, LimitDays: 90},
		{Key: "presented", Names: Names{"presented", "presenterad"}, Kind: Presented, LimitDays: 60, Gates: []Condition{HasNeed}},
		{Key: "test", Names: Names{"test", "test"}, Kind: Testing, LimitDays: 120, Gates: []Condition{HasNeed, HasUnit, HasOwner, HasTestPlan}},
		{Key: "introduction", Names: Names{"introduction", "införande"}, Kind: Introduction, LimitDays: 180, Gates: []Condition{HasUnit, HasOwner}},
		{Key: "realised", Names: Names{"realised", "förverkligad"}, Kind: Realised, Gates: []Condition{HasAnswered}},
		{Key: "parked", Names: Names{"parked", "vilande"}, Kind: Parked},
		{Key: "closed", Names: Names{"closed", "avslutad"}, Kind: Closed},
	}
}

// Stage finds a stage by its key. It returns NotFound if there is none.
func (p Process) Stage(key StageKey) (Stage, error) {
	if i := slices.IndexFunc(p, func(s Stage) bool { return s.Key == key }); i >= 0 {
		return p[i], nil
	}
	return Stage{}, Errorf(NotFound, "there is no stage %q", key).
		WithHint("sluss stage list shows the stages")
}

// OfKind is the first stage of a kind. It returns NotFound if there is none.
func (p Process) OfKind(k StageKind) (Stage, error) {
	if i := slices.IndexFunc(p, func(s Stage) bool { return s.Kind == k }); i >= 0 {
		return p[i], nil
	}
	return Stage{}, Errorf(NotFound, "the process has no stage of the kind %s", Word(k)).
		WithHint("sluss stage list shows the stages")
}

// Path is the stages of the way forward, without the side doors.
func (p Process) Path() []Stage {
	var path []Stage
	for _, s := range p {
		if !s.Kind.Side() {
			path = append(path, s)
		}
	}
	return path
}
