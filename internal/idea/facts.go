package idea

import "reflect"

// Life is what a report needs to know of an idea, but for the stages that it has
// been in. What was not asked for is empty.
type Life struct {
	Number     int64
	Title      string
	Kind       GiverKind
	Unit       int64
	Owner      int64
	Coach      int64
	Channel    Channel
	Received   Day
	Answered   Day // the first answer; empty when nobody has got one
	Reason     Reason
	MergedInto int64
	Tags       []string
	Givers     []int64
	FirstNote  int64 // when the first note was written, in milliseconds since 1970; 0 when there is none
}

// Arrival is a move of an idea into a stage.
type Arrival struct {
	Stage StageKey
	At    int64 // milliseconds since 1970
}

// Trial is a test and when it was planned, in milliseconds since 1970: 0 if that is
// not looked at, or the test had started when the report first tells how things stood.
type Trial struct {
	Test
	Planned int64
}

// Look says which ideas a figure looks at, and what of them, so that no more is
// read. The zero Look is not known: it is everything.
type Look uint32

// What can be looked at.
const (
	LookIdeas     Look = 1 << iota // all ideas, whenever they came in
	LookReceived                   // the ideas that came in in the period
	LookRealised                   // the ideas that have ever been in a realised stage
	LookClosed                     // the ideas that have ever been in a closed stage
	LookStages                     // the stages that they have been in
	LookForced                     // which of these they came to past a gate
	LookNotes                      // when somebody first wrote about them
	LookDecisions                  // what forums have decided about them
	LookToTest                     // when forums have decided to test ideas
	LookTraits                     // kind, unit, owner, coach, channel and reason
	LookTags
	LookGivers
	LookHomes // where the givers work
	LookFirst // when the givers first gave an idea
	LookTitles
	LookTests   // tests, and the ideas that have any
	LookPlanned // when the tests were planned
	LookEffects // effects, and the ideas that have any
	LookBegun   // when the ideas whose effects have no day were realised
	LookActivities
	LookNowhere // only at what is small, such as units and recorded values
)

// Everything is all that can be looked at.
const Everything = LookNowhere - 1

// Has tells whether all of what is looked at.
func (l Look) Has(what Look) bool { return l == 0 || l&what == what }

// And is what is looked at by both.
func (l Look) And(other Look) Look {
	if l == 0 || other == 0 {
		return 0
	}
	return l | other
}

// lookTried is what is looked at of tests and effects alone.
const lookTried = LookToTest | LookTests | LookPlanned | LookEffects | LookBegun | LookActivities | LookNowhere

// Sought is the ideas that a report looks at, and what of them. What only counts
// on other days than those of the period need not be read.
type Sought struct {
	Filter
	Look   Look
	Period Period
	Ends   Day // the first at whose end the report tells how things stood
}

// Tried tells whether nothing of ideas is sought but that they have tests or
// effects.
func (s Sought) Tried() bool {
	return s.Look != 0 && s.Look&^lookTried == 0 && reflect.ValueOf(s.Filter).IsZero()
}
