package idea

import (
	"strconv"
	"time"
)

// Facts is what a gate needs to know of an idea beside the idea itself.
type Facts struct {
	Contact bool // some giver can be reached by mail or phone
}

// Entry is a wish to put an idea into a stage.
type Entry struct {
	To    Stage
	Why   string
	Force bool // pass the gates; Why must be there
	At    time.Time
	Wake  Day    // for a parked stage: when to look again
	Cause Reason // for a closed stage
}

// Missing lists the conditions of s that i does not meet.
func Missing(s Stage, i Idea, f Facts) []Condition {
	var missing []Condition
	for _, c := range s.Gates {
		if !meets(c, i, f) {
			missing = append(missing, c)
		}
	}
	return missing
}

func meets(c Condition, i Idea, f Facts) bool {
	switch c {
	case HasNeed:
		return i.Sections[Need] != ""
	case HasSolution:
		return i.Sections[Solution] != ""
	case HasValue:
		return i.Sections[Value] != ""
	case HasResources:
		return i.Sections[Resources] != ""
	case HasContact:
		return f.Contact
	case HasUnit:
		return i.Unit != 0
	case HasOwner:
		return i.Owner != 0
	case HasAnswered:
		return i.Answered != ""
	}
	return false
}

// GateError says what an idea lacks before it may enter a stage.
type GateError struct {
	Idea    Idea
	To      Stage
	Missing []Condition
}

func (e *GateError) Error() string {
	return "idea " + strconv.FormatInt(e.Idea.Number, 10) + " may not enter " + e.To.Names.EN + " yet"
}

// Move gives the changes that put i into the stage of in. It returns a
// *GateError if the stage's gates are not met and in does not force them, and
// Refused if i is there already, if force comes without a why, or if in.At lies
// before the last move.
func Move(i Idea, f Facts, in Entry) ([]Change, error) {
	if i.Stage == in.To.Key {
		return nil, Errorf(Refused, "idea %d is already in %s", i.Number, in.To.Names).
			WithHint("sluss show %d tells how it stands", i.Number)
	}
	if in.At.Before(i.StageSince) {
		return nil, Errorf(Refused, "idea %d entered its stage %s; it cannot leave before that", i.Number, DayOf(i.StageSince.In(in.At.Location()))).
			WithHint("give a later day with --at")
	}
	missing := Missing(in.To, i, f)
	if len(missing) > 0 && !in.Force {
		return nil, &GateError{Idea: i, To: in.To, Missing: missing}
	}
	if in.Force && in.Why == "" {
		return nil, Errorf(Refused, "--force needs a reason").WithHint("say why with --why")
	}
	changes := []Change{{Field: FieldStage, Old: string(i.Stage), New: string(in.To.Key),
		Why: in.Why, Forced: len(missing) > 0}}
	changes = addScalar(changes, FieldReason, string(i.Reason), string(in.Cause))
	changes = addScalar(changes, FieldWake, string(i.Wake), string(in.Wake))
	return about(i, in.At, changes), nil
}

func addScalar(changes []Change, field Field, old, to string) []Change {
	if old == to {
		return changes
	}
	return append(changes, Change{Field: field, Old: old, New: to})
}

func about(i Idea, at time.Time, changes []Change) []Change {
	for k := range changes {
		changes[k].Subject, changes[k].ID, changes[k].At = AnIdea, i.Number, at
	}
	return changes
}

// CheckWake returns Refused if an idea cannot be parked until wake, seen from
// the day today.
func CheckWake(wake, today Day) error {
	if wake != "" && wake <= today {
		return Errorf(Refused, "%s is not in the future", wake).WithHint("give a later day with --until")
	}
	return nil
}
