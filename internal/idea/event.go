package idea

import (
	"slices"
	"strconv"
	"time"
)

// Subject is a kind of thing that changes.
type Subject string

// The things that change.
const (
	AnIdea   Subject = "idea"
	AGiver   Subject = "giver"
	AUnit    Subject = "unit"
	ACoach   Subject = "coach"
	AContact Subject = "contact"
	ANetwork Subject = "network"
	AnAnswer Subject = "answer"
	AStage   Subject = "stage"
	AGate    Subject = "gate"

	AnActivity Subject = "activity"
)

// Word is what a kind of thing is called. A contact is a person here, not a
// way to reach somebody.
func (s Subject) Word() Word {
	switch s {
	case AContact:
		return "contact person"
	case AnAgendaItem:
		return "agenda item"
	case ATest:
		return "test card"
	case ATestNote:
		return "note about a test"
	case ASight:
		return "follow-up of an effect"
	case ATelling:
		return "told giver"
	case ATemplate:
		return "letter template"
	case AStory:
		return "good example"
	case AStoryVersion:
		return "text of a good example"
	case APicture:
		return "picture of a good example"
	case AMashupOutcome:
		return "outcome of a mashup"
	case AValue:
		return "value of a measure"
	case ATarget:
		return "target"
	case AProfile:
		return "saved export"
	case ASpread:
		return "spreading"
	case AnUptake:
		return "uptake"
	}
	return Word(s)
}

// Field is what changes of a thing. FieldSelf is the thing itself: from
// nothing to something when it is added, the other way when it is removed.
type Field string

// Fields that rules and reports know by name.
const (
	FieldSelf     Field = ""
	FieldTitle    Field = "title"
	FieldKind     Field = "kind"
	FieldStage    Field = "stage"
	FieldReason   Field = "reason"
	FieldUnit     Field = "unit"
	FieldOwner    Field = "owner"
	FieldCoach    Field = "coach"
	FieldChannel  Field = "channel"
	FieldReceived Field = "received"
	FieldDue      Field = "due"
	FieldWake     Field = "wake"
	FieldAnswered Field = "answered"
	FieldNextBy   Field = "next_by"
	FieldTag      Field = "tag"   // a set: one change a tag
	FieldGiver    Field = "giver" // a set: one change a giver
	FieldNote     Field = "note"  // a note is its own event; New is the text
	FieldName     Field = "name"
	FieldNameEN   Field = "name_en"
	FieldNameSV   Field = "name_sv"
	FieldEmail    Field = "email"
	FieldPhone    Field = "phone"
	FieldClosed   Field = "closed"
	FieldText     Field = "text"
	FieldStatus   Field = "status"
	FieldOn       Field = "given"
	FieldPosition Field = "position"
	FieldLimit    Field = "limit_days"
	FieldWip      Field = "wip"
	FieldRemoved  Field = "removed"
	FieldType     Field = "type"
	FieldNewness  Field = "newness"
	FieldBenefits Field = "benefits" // all of them in one value

	FieldMergedInto Field = "merged_into"
	FieldRelated    Field = "related"   // a set: one change a tie
	FieldPartOf     Field = "part_of"   // a set: one change a tie
	FieldBuildsOn   Field = "builds_on" // a set: one change a tie

	FieldParent       Field = "parent"    // the unit above
	FieldSuccessor    Field = "successor" // the unit that a merged one went into
	FieldEmployees    Field = "employees"
	FieldRole         Field = "role"
	FieldMember       Field = "member"  // a set: one change a contact
	FieldNetwork      Field = "network" // a set: one change a network
	FieldDay          Field = "day"
	FieldParticipants Field = "participants"
)

// Change is one field of one thing going from one value to another. Values are
// text: a number in decimal, a day as 2026-11-24, nothing as "". Its inverse
// has Old and New swapped, which is how undo works.
type Change struct {
	Subject Subject
	ID      int64
	Field   Field
	Old     string
	New     string
	Why     string
	Forced  bool      // a gate was passed with --force
	At      time.Time // when it happened; UTC. The zero time is the command's own
}

// Inverse is the change that takes c back.
func (c Change) Inverse() Change {
	c.Old, c.New = c.New, c.Old
	c.Why, c.Forced = "", false
	return c
}

// Event is a change that has been made.
type Event struct {
	Change
	Number  int64
	Command int64
	Live    bool // neither undone nor the undoing of another
}

// Command is a group of events that were made by one run of the program, in
// one transaction.
type Command struct {
	Number   int64
	At       time.Time // UTC, when it was recorded
	Who      int64
	Name     string // the verb, such as move
	Undoes   int64  // the command that this one took back; 0 is none
	UndoneBy int64  // the command that took this one back; 0 is none
	Events   []Event
}

// Value is what a field of an idea holds, written as in a Change. Sets and
// notes have no single value.
func (i Idea) Value(f Field) string {
	switch f {
	case FieldTitle:
		return i.Title
	case FieldKind:
		return string(i.Kind)
	case FieldStage:
		return string(i.Stage)
	case FieldReason:
		return string(i.Reason)
	case FieldUnit:
		return reference(i.Unit)
	case FieldOwner:
		return reference(i.Owner)
	case FieldCoach:
		return reference(i.Coach)
	case FieldChannel:
		return string(i.Channel)
	case FieldReceived:
		return string(i.Received)
	case FieldDue:
		return string(i.Due)
	case FieldWake:
		return string(i.Wake)
	case FieldNextBy:
		return string(i.NextBy)
	case FieldAnswered:
		return string(i.Answered)
	case FieldMergedInto:
		return reference(i.MergedInto)
	case FieldType:
		return string(i.Type)
	case FieldNewness:
		return string(i.Newness)
	case FieldBenefits:
		return JoinBenefits(i.Benefits)
	}
	return i.Sections[Section(f)]
}

func reference(id int64) string {
	if id == 0 {
		return ""
	}
	return strconv.FormatInt(id, 10)
}

// Set is the change of one field of i to a new value, and none if it holds
// that value already.
func (i Idea) Set(f Field, to string) []Change {
	old := i.Value(f)
	if old == to {
		return nil
	}
	return []Change{{Subject: AnIdea, ID: i.Number, Field: f, Old: old, New: to}}
}

// SetTags gives the changes that add and remove tags. What is there already, or
// not there, is left as it is.
func (i Idea) SetTags(add, remove []string) []Change {
	var changes []Change
	for _, tag := range add {
		if !slices.Contains(i.Tags, tag) {
			changes = append(changes, Change{Subject: AnIdea, ID: i.Number, Field: FieldTag, New: tag})
		}
	}
	for _, tag := range remove {
		if slices.Contains(i.Tags, tag) {
			changes = append(changes, Change{Subject: AnIdea, ID: i.Number, Field: FieldTag, Old: tag})
		}
	}
	return changes
}
