package idea

import "time"

// Facts is what a gate needs to know of an idea beside the idea itself. Only
// those that the gate asks for need be there.
type Facts struct {
	Contact   bool // some giver can be reached by mail or phone
	Presented bool // the idea has been in a stage of the kind presented
	Decided   bool // a forum has taken a decision that leads to the stage
	Planned   bool // a test is planned or running
	Tested    bool // a test is finished
	Effect    bool // an effect is planned
}

// Entry is a wish to put an idea into a stage.
type Entry struct {
	To    Stage
	Why   string
	Force bool // pass the gates; Why must be there
	At    time.Time
	Wake  Day    // for a parked stage: when to look again
	Cause Reason // for a closed stage
	Into  int64  // for a merged idea: the one that it went into
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
	case WasPresented:
		return f.Presented
	case HasDecision:
		return f.Decided
	case HasTestPlan:
		return f.Planned
	case HasTestResult:
		return f.Tested
	case HasEffect:
		return f.Effect
	}
	return false
}

// gateError says what an idea lacks before it may enter a stage, with the
// command that supplies each thing.
func gateError(i Idea, to Stage, missing []Condition) error {
	e := Errorf(Refused, "idea %d may not enter %s yet", i.Number, to.Names)
	for _, c := range missing {
		e.More = append(e.More, supply(c, i.Number))
	}
	return e.WithHint("supply what is missing, or pass with --force --why \"…\", which is recorded")
}

func supply(c Condition, number int64) Text {
	switch c {
	case HasContact:
		return Say("a way to reach the giver is missing: sluss edit %d --giver NAME --email ADDRESS", number)
	case HasUnit:
		return Say("a receiving unit is missing: sluss edit %d --unit UNIT", number)
	case HasOwner:
		return Say("a named owner in the receiving unit is missing: sluss edit %d --owner NAME", number)
	case HasAnswered:
		return Say("an answer to the giver is missing: sluss answer %d \"…\" --channel mail --sent", number)
	case WasPresented:
		return Say("a presentation is missing: sluss present %d --forum FORUM --date DAY", number)
	case HasDecision:
		return Say("a decision is missing: sluss decide %d --forum FORUM --decision DECISION", number)
	case HasTestPlan:
		return Say("a plan of a test is missing: sluss test plan %d --belief \"…\" --method \"…\" --measure \"…\" --target \"…\"", number)
	case HasTestResult:
		return Say("the result of a test is missing: sluss test finish %d --result \"…\" --verdict supported --learnt \"…\"", number)
	case HasEffect:
		return Say("an effect is missing: sluss effect plan %d --measure \"…\" --before 40 --after 12", number)
	}
	return Say("the %s is missing: sluss edit %d --%s \"…\"", Word(c), number, string(c))
}

// CheckEntry returns Refused for what no gate and no force is about: i is in the
// stage already, or in.At lies before the last move.
func CheckEntry(i Idea, in Entry) error {
	if i.Stage == in.To.Key {
		return Errorf(Refused, "idea %d is already in %s", i.Number, in.To.Names).
			WithHint("sluss show %d tells how it stands", i.Number)
	}
	if in.At.Before(i.StageSince) {
		return Errorf(Refused, "idea %d entered its stage %s; it cannot leave before that", i.Number, DayOf(i.StageSince.In(in.At.Location()))).
			WithHint("give a later day with --at")
	}
	return nil
}

// Move gives the changes that put i into the stage of in. It returns
// Refused if the stage's gates are not met and in does not force them, if i is
// there already, if force comes without a why, or if in.At lies before the last
// move.
func Move(i Idea, f Facts, in Entry) ([]Change, error) {
	if err := CheckEntry(i, in); err != nil {
		return nil, err
	}
	missing := Missing(in.To, i, f)
	if len(missing) > 0 && !in.Force {
		return nil, gateError(i, in.To, missing)
	}
	if in.Force && in.Why == "" {
		return nil, Errorf(Refused, "--force needs a reason").WithHint("say why with --why")
	}
	changes := i.Set(FieldStage, string(in.To.Key))
	changes[0].Why, changes[0].Forced = in.Why, len(missing) > 0
	changes = append(changes, i.Set(FieldReason, string(in.Cause))...)
	changes = append(changes, i.Set(FieldMergedInto, reference(in.Into))...)
	changes = append(changes, i.Set(FieldWake, string(in.Wake))...)
	for k := range changes {
		changes[k].At = in.At
	}
	return changes, nil
}

// CheckWake returns Refused if an idea cannot be parked until wake, seen from
// the day today.
func CheckWake(wake, today Day) error {
	if wake != "" && wake <= today {
		return Errorf(Refused, "%s is not in the future", wake).WithHint("give a later day with --until")
	}
	return nil
}
