package idea

import (
	"regexp"
	"slices"
	"time"
)

// maxKey is how long the key of a stage may be.
const maxKey = 40

var keyForm = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// CheckKey returns Usage for what cannot be the key of a stage.
func CheckKey(key StageKey) error {
	if len(key) <= maxKey && keyForm.MatchString(string(key)) {
		return nil
	}
	return Errorf(Usage, "%q cannot be the key of a stage", string(key)).
		WithHint("a key is at most %d letters a to z, digits and hyphens, such as pilot-2", maxKey)
}

// Called tells whether a name is one of those of s, whatever its case.
func (s Stage) Called(name string) bool {
	return Same(string(s.Key), name) || Same(s.Names.EN, name) || Same(s.Names.SV, name)
}

// Clean makes the names of s fit to be stored and checks its other parts. It
// returns Usage for what a stage cannot be.
func (s Stage) Clean() (Stage, error) {
	if err := CheckKey(s.Key); err != nil {
		return s, err
	}
	for _, name := range []*string{&s.Names.EN, &s.Names.SV} {
		clean, err := CleanLine("the name", *name)
		if err != nil {
			return s, err
		}
		if clean == "" {
			return s, Errorf(Usage, "the stage %q needs a name in English and one in Swedish", string(s.Key))
		}
		*name = clean
	}
	if !slices.Contains(StageKinds(), s.Kind) {
		return s, unknownWord("kind of stage", string(s.Kind), StageKinds())
	}
	for k, c := range s.Gates {
		if !slices.Contains(Conditions(), c) {
			return s, unknownWord("condition", string(c), Conditions())
		}
		if slices.Contains(s.Gates[:k], c) {
			return s, Errorf(Usage, "the gate of %q holds %s twice", string(s.Key), Word(c))
		}
	}
	return s, checkLimits(s)
}

func checkLimits(s Stage) error {
	if s.LimitDays < 0 {
		return Errorf(Usage, "a limit of %d days makes no sense", s.LimitDays).WithHint("0 is no limit")
	}
	if s.Wip < 0 {
		return Errorf(Usage, "a limit of %d ideas makes no sense", s.Wip).WithHint("0 is no limit")
	}
	return nil
}

// Check tells whether ideas can go through p. It returns Refused with the place
// of the stage that is wrong, or -1 when p as a whole is.
func (p Process) Check() (int, error) {
	for k, s := range p {
		for _, other := range p[:k] {
			if other.Key == s.Key {
				return k, Errorf(Refused, "two stages have the key %q", string(s.Key)).WithHint("each stage has a key of its own")
			}
			for _, name := range []string{string(s.Key), s.Names.EN, s.Names.SV} {
				if other.Called(name) {
					return k, Errorf(Refused, "%q cannot be the name of a stage here", name).WithHint("choose a name that no other stage has")
				}
			}
		}
	}
	return p.checkOrder()
}

func (p Process) checkOrder() (int, error) {
	for _, kind := range []StageKind{Intake, Realised, Closed} {
		if _, err := p.OfKind(kind); err != nil {
			return -1, Errorf(Refused, "a process needs a stage of the kind %s", Word(kind)).
				WithHint("ideas come in, are realised, or are closed; sluss stage list shows the kinds")
		}
	}
	if p[0].Kind != Intake {
		return 0, Errorf(Refused, "the first stage must be of the kind %s", Word(Intake)).WithHint("new ideas enter it")
	}
	for k, s := range p[1:] {
		if p[k].Kind.Side() && !s.Kind.Side() {
			return k + 1, Errorf(Refused, "the stage %q stands behind one that is parked or closed", string(s.Key)).
				WithHint("parked and closed stages stand last")
		}
	}
	return 0, nil
}

// place is where a stage of a kind goes of itself: what is parked or closed
// last, what is realised before that, and all else before what is realised.
func (p Process) place(kind StageKind) int {
	for k, s := range p {
		if kind.Side() {
			break
		}
		if s.Kind.Side() || s.Kind == Realised && kind != Realised {
			return k
		}
	}
	return len(p)
}

// Insert gives p with s after or before the stage next to it, or where its kind
// belongs when next is empty.
func (p Process) Insert(s Stage, next StageKey, before bool) Process {
	at := p.place(s.Kind)
	if k := slices.IndexFunc(p, func(o Stage) bool { return o.Key == next }); k >= 0 {
		at = k + 1
		if before {
			at = k
		}
	}
	return slices.Insert(slices.Clone(p), at, s)
}

// Without gives p without the stage of a key.
func (p Process) Without(key StageKey) Process {
	return slices.DeleteFunc(slices.Clone(p), func(s Stage) bool { return s.Key == key })
}

// Current gives the stages of p that are in use.
func (p Process) Current() Process {
	return slices.DeleteFunc(slices.Clone(p), func(s Stage) bool { return s.Removed })
}

// Retire puts the stages of old that p does not have behind those of p, marked
// as removed: one that was removed before stays behind the stage that it stood
// behind, and one that is removed now stands behind the last stage that an idea
// meets before or with its kind. Reports count on that order.
func (p Process) Retire(old Process) Process {
	all := slices.Clone(p)
	for k, s := range old {
		if _, err := p.Stage(s.Key); err == nil {
			continue
		}
		at := 0
		for n, other := range all {
			if s.Removed && k > 0 && other.Key == old[k-1].Key || !s.Removed && rank(other.Kind) <= rank(s.Kind) {
				at = n + 1
			}
		}
		s.Removed = true
		all = slices.Insert(all, at, s)
	}
	return all
}

func rank(k StageKind) int { return slices.Index(StageKinds(), k) }

// FindCondition gives the condition that a word names, in either language. It
// returns Usage with the legal words for any other.
func FindCondition(word string) (Condition, error) {
	return findWord("condition", word, Conditions(), map[string]Condition{
		"behov": HasNeed, "lösning": HasSolution, "nytta": HasValue, "resurser": HasResources, "kontakt": HasContact,
		"enhet": HasUnit, "mottagare": HasOwner, "återkoppling": HasAnswered, "presenterad": WasPresented,
		"beslut": HasDecision, "testplan": HasTestPlan, "testresultat": HasTestResult, "effekt": HasEffect})
}

// Explain says what the condition asks for.
func (c Condition) Explain() Word {
	switch c {
	case HasNeed:
		return "the need is written down"
	case HasSolution:
		return "the solution is written down"
	case HasValue:
		return "the value is written down"
	case HasResources:
		return "the resources are written down"
	case HasContact:
		return "the giver can be reached by mail or phone"
	case HasUnit:
		return "there is a receiving unit"
	case HasOwner:
		return "somebody in that unit takes the idea on"
	case HasAnswered:
		return "the giver has been answered"
	case WasPresented:
		return "the idea has been presented"
	case HasDecision:
		return "a forum has decided that the idea goes there"
	case HasTestPlan:
		return "a test is planned or running"
	case HasTestResult:
		return "a test has been finished"
	case HasEffect:
		return "an effect is planned"
	}
	return ""
}

// FindStageKind gives the kind of stage that a word names, in either language.
// It returns Usage with the legal words for any other.
func FindStageKind(word string) (StageKind, error) {
	return findWord("kind of stage", word, StageKinds(), map[string]StageKind{
		"inflöde": Intake, "pågående": Active, "presenterad": Presented, "införande": Introduction,
		"förverkligad": Realised, "vilande": Parked, "avslutad": Closed})
}

// Relocate gives the changes that put i at an instant into another stage
// because its own is removed. No gate holds it back: it is the process that
// changes. It returns Refused if i would be closed without a reason or parked
// without a day.
func Relocate(i Idea, from, to Stage, at time.Time) ([]Change, error) {
	if to.Kind.Side() && from.Kind != to.Kind {
		return nil, Errorf(Refused, "ideas cannot go from %s to %s without a day or a reason of their own", from.Names, to.Names).
			WithHint("name another stage, or park or close the ideas first")
	}
	changes := i.Set(FieldStage, string(to.Key))
	if !to.Kind.Side() {
		changes = append(append(changes, i.Set(FieldReason, "")...), i.Set(FieldWake, "")...)
	}
	for k := range changes {
		changes[k].At = at
	}
	return changes, nil
}
