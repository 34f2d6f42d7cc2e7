// Package idea is the domain of sluss: ideas, those who give them, the process
// that they go through and the rules that hold there. It does no input or
// output and knows no database.
package idea

import "time"

// Section names a part of an idea's text.
type Section string

// The sections of an idea, in the order in which they are asked and shown.
const (
	Need      Section = "need"
	Whom      Section = "whom"
	Solution  Section = "solution"
	Value     Section = "value"
	Resources Section = "resources"
	Risks     Section = "risks"
	Next      Section = "next"
)

// Sections lists every section in the order in which they are shown.
func Sections() []Section {
	return []Section{Need, Whom, Solution, Value, Resources, Risks, Next}
}

// GiverKind says what sort of giver an idea comes from.
type GiverKind string

// The kinds of givers.
const (
	Employee    GiverKind = "employee"
	Resident    GiverKind = "resident"
	Company     GiverKind = "company"
	Association GiverKind = "association"
	Other       GiverKind = "other"
)

// GiverKinds lists the kinds of givers.
func GiverKinds() []GiverKind {
	return []GiverKind{Employee, Resident, Company, Association, Other}
}

// Channel says how an idea reached the coaches, or an answer the giver.
type Channel string

// Channels lists the ways in which ideas and answers travel.
func Channels() []Channel {
	return []Channel{"mail", "phone", "visit", "meeting", "form", "paper"}
}

// Reason says why an idea was closed without being realised.
type Reason string

// Reasons for closing.
const (
	Declined   Reason = "declined"
	Merged     Reason = "merged"
	HandedOver Reason = "handed-over"
	Withdrawn  Reason = "withdrawn"
)

// Reasons lists the reasons that a coach can give. Merged is left out: only a
// merge gives it.
func Reasons() []Reason { return []Reason{Declined, HandedOver, Withdrawn} }

// Idea is an idea as it stands now. References to units, coaches, givers and
// contacts are their ids; 0 is none.
type Idea struct {
	Number     int64 // small, shown everywhere, never used again
	Title      string
	Sections   map[Section]string // Markdown; a missing section is an empty one
	Kind       GiverKind
	Stage      StageKey
	StageSince time.Time // UTC: when it entered the stage
	Reason     Reason    // set while closed
	MergedInto int64     // the idea that this one leads to while it is closed as merged; 0 is none
	Unit       int64     // the unit that the idea concerns and that would take it on
	Owner      int64     // the contact in that unit who takes it on
	Coach      int64
	Registrar  int64 // the coach who registered it
	Channel    Channel
	Received   Day       // when it reached us; waiting times run from here
	Registered time.Time // UTC: when it was written down here
	Due        Day
	Wake       Day // set while parked
	NextBy     Day // the day by which the next step is to be taken
	Answered   Day // when the giver got the first answer
	Type       Type
	Newness    Newness
	Benefits   []Benefit
	Source     string
	ExternalID string // its number in the system that it came from
	Tags       []string
	Givers     []int64
}

// Giver is someone whom ideas come from: a person, a company, a meeting.
type Giver struct {
	ID    int64
	Kind  GiverKind
	Name  string // may be empty: a giver can be unnamed
	Email string
	Phone string
	Unit  int64 // where an employee works; 0 is unknown
}

// UnitKind says what sort of unit a unit is.
type UnitKind string

// The kinds of units.
const (
	Administration  UnitKind = "administration"
	MunicipalEntity UnitKind = "company"
	Department      UnitKind = "department"
)

// Word is what the kind is called. A municipal company is not a company that
// gives ideas.
func (k UnitKind) Word() Word {
	if k == MunicipalEntity {
		return "municipal company"
	}
	return Word(k)
}

// UnitKinds lists the kinds of units.
func UnitKinds() []UnitKind { return []UnitKind{Administration, MunicipalEntity, Department} }

// Unit is an administration, a municipal company or a department.
type Unit struct {
	ID        int64
	Name      string
	Kind      UnitKind
	Parent    int64 // the unit above; 0 is none
	Closed    bool  // no new ideas; the old ones stay
	Successor int64 // the unit that this one was merged into; 0 is none
	Employees int   // how many work there, without the units under it; 0 is unknown
}

// Coach is someone who works with the ideas.
type Coach struct {
	ID   int64
	Name string
}

// Note is something that a coach wrote down about an idea.
type Note struct {
	Idea int64
	At   time.Time
	Who  int64
	Text string
}

// AnswerStatus says how far an answer to the giver has come.
type AnswerStatus string

// The states of an answer.
const (
	Drafted AnswerStatus = "draft"
	Given   AnswerStatus = "given"
)

// Answer is what the givers of an idea are told.
type Answer struct {
	ID      int64
	Idea    int64
	Text    string
	Status  AnswerStatus
	Channel Channel // how the first giver got it
	On      Day     // when the first giver got it
	Told    []Telling
}
