package idea

// What is kept of consents.
const (
	AConsent Subject = "consent"

	FieldUntil     Field = "until"
	FieldHow       Field = "how"
	FieldWithdrawn Field = "withdrawn"
)

// ConsentKind says what a giver has agreed to.
type ConsentKind string

// The kinds of consent.
const (
	ToBeNamed    ConsentKind = "named"
	ToBePictured ConsentKind = "pictured"
)

// ConsentKinds lists the kinds of consent.
func ConsentKinds() []ConsentKind { return []ConsentKind{ToBeNamed, ToBePictured} }

// Label is the kind as people read it.
func (k ConsentKind) Label() Word {
	if k == ToBePictured {
		return "to be pictured"
	}
	return "to be named"
}

// Consent is what a giver has agreed to, and for how long.
type Consent struct {
	ID        int64
	Giver     int64
	Kind      ConsentKind
	From      Day     // when it was given
	Until     Day     // the last day; empty is open
	How       Channel // by which it was given; empty is unknown
	Withdrawn Day     // the day from which it does not count; empty: it was not withdrawn
}

// Covers tells whether the consent counts on a day.
func (c Consent) Covers(day Day) bool {
	return c.From <= day && (c.Until == "" || day <= c.Until) && (c.Withdrawn == "" || day < c.Withdrawn)
}

// Ends is the first day on which the consent does not count any more; empty if
// there is none.
func (c Consent) Ends() Day {
	switch {
	case c.Until == "":
		return c.Withdrawn
	case c.Withdrawn == "" || c.Until < c.Withdrawn:
		return c.Until.Add(1)
	}
	return c.Withdrawn
}

// ConsentState says whether a consent counts.
type ConsentState string

// The states of a consent.
const (
	ConsentValid     ConsentState = "valid"
	ConsentEnded     ConsentState = "ended"
	ConsentWithdrawn ConsentState = "withdrawn"
)

// Label is the state as people read it.
func (s ConsentState) Label() Word {
	switch s {
	case ConsentValid:
		return "counts"
	case ConsentEnded:
		return "has ended"
	}
	return "has been withdrawn"
}

// State is whether the consent counts on a day.
func (c Consent) State(today Day) ConsentState {
	switch {
	case c.Withdrawn != "" && c.Withdrawn <= today:
		return ConsentWithdrawn
	case !c.Covers(today):
		return ConsentEnded
	}
	return ConsentValid
}

// Consents is the consents of several givers.
type Consents []Consent

// Cover tells whether a giver has agreed to something on all of some days.
func (all Consents) Cover(giver int64, kind ConsentKind, days ...Day) bool {
	for _, day := range days {
		covered := false
		for _, c := range all {
			covered = covered || c.Giver == giver && c.Kind == kind && c.Covers(day)
		}
		if !covered {
			return false
		}
	}
	return true
}

// Lapsed is the first day on which a giver's consent to something did not count
// any more, seen from today. It is empty while it counts, and today if there is
// none on record.
func (all Consents) Lapsed(giver int64, kind ConsentKind, today Day) Day {
	if all.Cover(giver, kind, today) {
		return ""
	}
	last := Day("")
	for _, c := range all {
		if c.Giver == giver && c.Kind == kind {
			last = max(last, c.Ends())
		}
	}
	if last == "" || last > today {
		return today
	}
	return last
}

// Lapse is a giver whom a published story names or shows without consent.
type Lapse struct {
	Giver int64
	Kind  ConsentKind
	Since Day
}

// Lapses gives those whom s names or shows and who do not agree to that today.
// A story that is not published has none.
func (s Story) Lapses(all Consents, today Day) (out []Lapse) {
	if s.Status != StoryPublished {
		return nil
	}
	add := func(giver int64, kind ConsentKind) {
		lapse := Lapse{giver, kind, all.Lapsed(giver, kind, today)}
		if lapse.Since != "" && !containsLapse(out, lapse) {
			out = append(out, lapse)
		}
	}
	for _, giver := range s.Named {
		add(giver, ToBeNamed)
	}
	for _, p := range s.Pictures {
		if !p.Published {
			continue
		}
		for _, giver := range p.Shows {
			add(giver, ToBePictured)
		}
	}
	return out
}

func containsLapse(all []Lapse, l Lapse) bool {
	for _, one := range all {
		if one == l {
			return true
		}
	}
	return false
}
