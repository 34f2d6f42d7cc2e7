package idea

import "slices"

// What is kept of forums.
const (
	AForum       Subject = "forum"
	AnAgendaItem Subject = "agenda_item"
	ADecision    Subject = "decision"

	FieldForum      Field = "forum"
	FieldResolution Field = "resolution"
	FieldWhy        Field = "why"
	FieldTakenBy    Field = "taken_by" // names of people
)

// ForumKind says what sort of forum a forum is.
type ForumKind string

// The kinds of forums.
const (
	Council      ForumKind = "council"
	ConceptGroup ForumKind = "concept-group"
	Management   ForumKind = "management"
)

// ForumKinds lists the kinds of forums.
func ForumKinds() []ForumKind { return []ForumKind{Council, ConceptGroup, Management} }

// Label is the kind in full.
func (k ForumKind) Label() Word {
	switch k {
	case Council:
		return "idea council"
	case ConceptGroup:
		return "concept group"
	}
	return "management team"
}

// FindForumKind gives the kind of forum that a word names, in either language.
// It returns Usage with the legal words for any other.
func FindForumKind(word string) (ForumKind, error) {
	return findWord("kind of forum", word, ForumKinds(), map[string]ForumKind{
		"råd": Council, "idéråd": Council, "idea council": Council, "konceptgrupp": ConceptGroup, "concept group": ConceptGroup,
		"ledning": Management, "ledningsgrupp": Management, "management team": Management})
}

// Forum is where ideas are presented and decided on. A forum and a day are a
// meeting.
type Forum struct {
	ID   int64
	Name string
	Kind ForumKind
}

// AgendaItem is an idea on the agenda of a meeting.
type AgendaItem struct {
	ID    int64
	Forum int64
	Day   Day
	Idea  int64
}

// MeetingCount is how much a meeting has to do and has done.
type MeetingCount struct {
	Forum   int64
	Day     Day
	Ideas   int // on its agenda
	Decided int // of them and others
}

// NearMeeting picks the first meeting from today on, or the last one that has
// been: the other way round when the past comes first. It is empty when there
// is none. The days need no order.
func NearMeeting(days []Day, today Day, past bool) Day {
	var next, last Day
	for _, d := range days {
		if d >= today && (next == "" || d < next) {
			next = d
		}
		if d <= today && d > last {
			last = d
		}
	}
	if past && last != "" || next == "" {
		return last
	}
	return next
}

// Resolution is what a forum can decide of an idea.
type Resolution string

// The resolutions.
const (
	ToTest      Resolution = "test"
	ToIntroduce Resolution = "introduce"
	ToDevelop   Resolution = "develop"
	ToDecline   Resolution = "decline"
	ToPark      Resolution = "park"
	ToHandOver  Resolution = "hand-over"
	ToPostpone  Resolution = "postpone"
)

// Resolutions lists what a forum can decide.
func Resolutions() []Resolution {
	return []Resolution{ToTest, ToIntroduce, ToDevelop, ToDecline, ToPark, ToHandOver, ToPostpone}
}

// Label is the resolution as it stands in minutes.
func (r Resolution) Label() Word {
	switch r {
	case ToTest:
		return "to be tested"
	case ToIntroduce:
		return "to be introduced"
	case ToDevelop:
		return "to be developed further"
	case ToDecline:
		return "declined"
	case ToPark:
		return "parked"
	case ToHandOver:
		return "handed over"
	}
	return "postponed"
}

// FindResolution gives the resolution that a word names, in either language.
// It returns Usage with the legal words for any other.
func FindResolution(word string) (Resolution, error) {
	return findWord("resolution", word, Resolutions(), map[string]Resolution{
		"testa": ToTest, "prova": ToTest, "införa": ToIntroduce, "utveckla": ToDevelop, "avböja": ToDecline, "avslå": ToDecline,
		"vila": ToPark, "lämna-över": ToHandOver, "lämna över": ToHandOver, "bordlägga": ToPostpone})
}

// leads is the kind of stage that a resolution leads to, with the reason for
// closing; none for one that leaves the idea where it is.
func (r Resolution) leads() (StageKind, Reason) {
	switch r {
	case ToTest:
		return Testing, ""
	case ToIntroduce:
		return Introduction, ""
	case ToDevelop:
		return Active, ""
	case ToDecline:
		return Closed, Declined
	case ToPark:
		return Parked, ""
	case ToHandOver:
		return Closed, HandedOver
	}
	return "", ""
}

// Grounds lists the resolutions that let an idea into a stage of a kind: those
// that lead there, or all that lead on where none does.
func Grounds(k StageKind) []Resolution {
	var there []Resolution
	for _, r := range Resolutions() {
		if kind, _ := r.leads(); kind == k && k != "" {
			there = append(there, r)
		}
	}
	if len(there) == 0 {
		return []Resolution{ToTest, ToIntroduce, ToDevelop}
	}
	return there
}

// Decision is what a forum decided of an idea.
type Decision struct {
	ID         int64
	Idea       int64
	Forum      int64
	Day        Day
	Resolution Resolution
	Why        string
	By         string // who took it, if it was not the forum as a whole
}

// Resolve is the stage that a resolution takes an idea to from where it
// stands, with the reason for closing. It reports false when the idea stays:
// it is there already, the process has no such stage, or the resolution leads
// nowhere. What goes back into development goes to the last stage of it.
func (p Process) Resolve(r Resolution, i Idea) (to Stage, reason Reason, moves bool) {
	kind, reason := r.leads()
	if now, err := p.Stage(i.Stage); err == nil && now.Kind == kind && i.Reason == reason {
		return Stage{}, "", false
	}
	for _, s := range p {
		if s.Kind == kind && (to.Key == "" || kind == Active) {
			to = s
		}
	}
	return to, reason, to.Key != ""
}

func closedError(i Idea) error {
	return Errorf(Refused, "idea %d is closed", i.Number).WithHint("sluss reopen %d takes it up again", i.Number)
}

// CheckDecide returns Refused for a resolution about an idea that is merged
// into another, and for one that would take up a closed idea.
func CheckDecide(r Resolution, i Idea, now Stage) error {
	kind, _ := r.leads()
	switch {
	case i.MergedInto != 0:
		return mergedError(i)
	case now.Kind == Closed && kind != Closed:
		return closedError(i)
	}
	return nil
}

// Present is the stage where an idea is presented, for one that has not come
// as far. It reports false for one that has, and for a process without such a
// stage. It returns Refused for a closed idea and for a merged one.
func (p Process) Present(i Idea) (Stage, bool, error) {
	if i.MergedInto != 0 {
		return Stage{}, false, mergedError(i)
	}
	now, err := p.Stage(i.Stage)
	if err == nil && now.Kind == Closed {
		return Stage{}, false, closedError(i)
	}
	to, none := p.OfKind(Presented)
	if none != nil {
		return Stage{}, false, nil
	}
	early := slices.Contains([]StageKind{Intake, Active, Parked}, now.Kind)
	return to, err != nil || early, nil
}
