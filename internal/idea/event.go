package idea

import "time"

// Subject is a kind of thing that changes.
type Subject string

// The things that change.
const (
	AnIdea   Subject = "idea"
	AGiver   Subject = "giver"
	AUnit    Subject = "unit"
	ACoach   Subject = "coach"
	AnOwner  Subject = "owner"
	AnAnswer Subject = "answer"
	AStage   Subject = "stage"
	AGate    Subject = "gate"
)

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
