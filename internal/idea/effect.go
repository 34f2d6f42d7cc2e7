package idea

// What is kept of effects.
const (
	AnEffect Subject = "effect"
	ASight   Subject = "effect_seen"

	FieldBefore   Field = "value_before"
	FieldAfter    Field = "value_after"
	FieldFollowUp Field = "follow_up"
)

// Effect is something that an idea changes, as it was planned, with what was
// seen of it.
type Effect struct {
	ID       int64
	Idea     int64
	Measure  string // with its unit, such as hours a month
	Before   Amount
	After    Amount
	Cost     Amount  // of getting there
	From     Day     // when it begins
	FollowUp Day     // when to look what came of it
	Seen     []Sight // in the order of their days
}

// Sight is what was seen of an effect on a day.
type Sight struct {
	ID     int64
	Effect int64
	On     Day
	Before Amount // empty: as planned
	After  Amount
	Cost   Amount // empty: as planned
	Text   string
}

// EffectState says how far an effect has come.
type EffectState string

// The states of an effect.
const (
	EffectPlanned EffectState = "planned"
	EffectDue     EffectState = "follow-up"
	EffectSeen    EffectState = "seen"
)

// EffectStates lists the states of an effect.
func EffectStates() []EffectState { return []EffectState{EffectPlanned, EffectDue, EffectSeen} }

// Label is the state in full.
func (s EffectState) Label() Word {
	if s == EffectDue {
		return "to be followed up"
	}
	return Word(s)
}

// FindEffectState gives the state that a word names, in either language. It
// returns Usage with the legal words for any other.
func FindEffectState(word string) (EffectState, error) {
	return findWord("state of an effect", word, EffectStates(), map[string]EffectState{
		"planerad": EffectPlanned, "planerade": EffectPlanned, "uppmätt": EffectSeen, "uppmätta": EffectSeen, "uppföljning": EffectDue, "följa-upp": EffectDue})
}

// State is how far the effect has come on a day. It waits from the day of the
// follow-up until something has been seen on that day or later.
func (e Effect) State(today Day) EffectState {
	last := e.Last()
	switch {
	case e.FollowUp != "" && e.FollowUp <= today && last.On < e.FollowUp:
		return EffectDue
	case last.On != "":
		return EffectSeen
	}
	return EffectPlanned
}

// Last is what was seen last; the zero Sight if nothing was.
func (e Effect) Last() Sight {
	if len(e.Seen) == 0 {
		return Sight{}
	}
	return e.Seen[len(e.Seen)-1]
}

// Check returns Usage for an effect that lacks something, or that is followed
// up before it begins.
func (e Effect) Check() error {
	missing := lacking("--measure", e.Measure, "--before", string(e.Before), "--after", string(e.After))
	if len(missing) > 0 {
		return Errorf(Usage, "the effect lacks %s", missing).
			WithHint("an effect is a measure with its value before and the one that we look for after")
	}
	if e.From != "" && e.FollowUp != "" && e.FollowUp < e.From {
		return Errorf(Usage, "the effect would be followed up on %s, before it begins on %s", e.FollowUp, e.From)
	}
	return nil
}

// FindEffect picks the effect of an idea that a measure names; without a word
// the only one. It returns NotFound if there is none, and Usage if there are
// several and no word.
func FindEffect(number int64, effects []Effect, word string) (Effect, error) {
	known := make([]string, len(effects))
	list := make(List, len(effects))
	for k, e := range effects {
		known[k], list[k] = e.Measure, e.Measure
		if Same(e.Measure, word) {
			return e, nil
		}
	}
	switch {
	case len(effects) == 0:
		return Effect{}, Errorf(NotFound, "idea %d has no planned effect", number).
			WithHint("sluss effect plan %d --measure \"…\" --before 40 --after 12", number)
	case word != "":
		return Effect{}, Unknown("measure", word, known)
	case len(effects) > 1:
		return Effect{}, Errorf(Usage, "idea %d has several effects", number).WithHint("say which with --measure: %s", list)
	}
	return effects[0], nil
}

// See returns Refused for something that was seen before the effect began.
func (e Effect) See(s Sight) error {
	if e.From != "" && s.On < e.From {
		return Errorf(Refused, "the effect begins on %s; it cannot be seen before that", e.From).WithHint("give a later day with --at")
	}
	return nil
}
