package idea

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// What is kept of mashups.
const (
	AMashup        Subject = "mashup"
	ASession       Subject = "session"
	AParticipant   Subject = "participant"
	AMashupOutcome Subject = "mashup_outcome"
	AnEvaluation   Subject = "evaluation"

	FieldMashup       Field = "mashup"
	FieldLastDay      Field = "last_day"
	FieldPlace        Field = "place"
	FieldMode         Field = "mode" // whether people come to a place
	FieldRoom         Field = "room"
	FieldSpeakers     Field = "speakers" // names of people, one a line
	FieldOrganisation Field = "organisation"
	FieldQuestion     Field = "question"
	FieldAnswers      Field = "answers"
	FieldGrade        Field = "grade"
	FieldScale        Field = "scale"
)

// Mashup is a conference that spreads good examples: one or several days on
// which people from other municipalities and regions meet.
type Mashup struct {
	ID    int64
	Name  string
	Day   Day // the first
	To    Day // the last
	Place string
	Mode  MashupMode
	Text  string // Markdown
}

// MashupMode says whether people come to a place.
type MashupMode string

// How people take part in a mashup.
const (
	OnSite MashupMode = "on-site"
	Online MashupMode = "online"
	Both   MashupMode = "both"
)

// MashupModes lists how people can take part.
func MashupModes() []MashupMode { return []MashupMode{OnSite, Online, Both} }

// Label is what a way to take part is called.
func (m MashupMode) Label() Word {
	switch m {
	case OnSite:
		return "on site"
	case Both:
		return "on site and online"
	}
	return Word(m)
}

// FindMashupMode gives what a word names, in either language. It returns Usage
// with the legal words for any other.
func FindMashupMode(word string) (MashupMode, error) {
	return findWord("form of a mashup", word, MashupModes(), map[string]MashupMode{
		"on site": OnSite, "på plats": OnSite, "digitalt": Online, "på distans": Online, "båda": Both, "hybrid": Both})
}

// Has tells whether the mashup is held on a day.
func (m Mashup) Has(d Day) bool { return m.Day <= d && d <= m.To }

// CheckDays returns Usage for days that cannot be those of a mashup: the last
// before the first, or more than maxMashupDays of them.
func (m Mashup) CheckDays() error {
	switch {
	case !m.Day.Valid() || !m.To.Valid():
		return Errorf(Usage, "a mashup needs a day").WithHint("say it with --date, such as --date 2027-05-20")
	case m.To < m.Day:
		return Errorf(Usage, "the last day, %s, is before the first, %s", m.To, m.Day)
	case m.To.Sub(m.Day) >= maxMashupDays:
		return Errorf(Usage, "%s to %s is more than the %d days that a mashup can last", m.Day, m.To, maxMashupDays)
	}
	return nil
}

// maxMashupDays is the most days that a mashup can last: more is a typing
// error.
const maxMashupDays = 31

// Clock is a time of day, written 09:00. Times of one day compare and sort as
// text.
type Clock string

// FindClock reads a time of day: 9, 9:30, 09.30. It returns Usage for anything
// else.
func FindClock(word string) (Clock, error) {
	hour, minute, split := strings.Cut(strings.Replace(strings.TrimSpace(word), ".", ":", 1), ":")
	h, ok := digits(hour, 1, 2, 23)
	m := 0
	if split && ok {
		m, ok = digits(minute, 2, 2, 59)
	}
	if !ok {
		return "", Errorf(Usage, "%q is no time of day", word).WithHint("write it as 09:00, between 00:00 and 23:59")
	}
	return clock(h*60 + m), nil
}

func digits(s string, least, most, largest int) (int, bool) {
	if len(s) < least || len(s) > most || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil && n <= largest
}

func clock(minutes int) Clock {
	two := func(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }
	return Clock(two(minutes/60) + ":" + two(minutes%60))
}

// Minutes counts from midnight; 0 for no time.
func (c Clock) Minutes() int {
	if len(c) != 5 {
		return 0
	}
	h, _ := strconv.Atoi(string(c[:2]))
	m, _ := strconv.Atoi(string(c[3:]))
	return h*60 + m
}

// Add is the time so many minutes later. It reports false past midnight.
func (c Clock) Add(minutes int) (Clock, bool) {
	at := c.Minutes() + minutes
	if at < 0 || at >= 24*60 {
		return "", false
	}
	return clock(at), true
}

// Session is a part of the programme of a mashup, on one day, by the clock of
// the place.
type Session struct {
	ID     int64
	Mashup int64
	Day    Day
	Begins Clock
	Ends   Clock
	Room   string // empty: where all are
	Title  string
	Kind   SessionKind
	Idea   int64 // that it shows; 0 is none
	Story  int64 // that it shows; 0 is none
	Text   string

	Speakers []string // names of people
}

// SessionKind says what sort of session a session is.
type SessionKind string

// The kinds of sessions.
const (
	TalkSession     SessionKind = "talk"
	WorkshopSession SessionKind = "workshop"
	PanelSession    SessionKind = "panel"
	BreakSession    SessionKind = "break"
	OtherSession    SessionKind = "other"
)

// SessionKinds lists the kinds of sessions.
func SessionKinds() []SessionKind {
	return []SessionKind{TalkSession, WorkshopSession, PanelSession, BreakSession, OtherSession}
}

// FindSessionKind gives the kind of session that a word names, in either
// language. It returns Usage with the legal words for any other.
func FindSessionKind(word string) (SessionKind, error) {
	return findWord("kind of session", word, SessionKinds(), map[string]SessionKind{
		"föredrag": TalkSession, "panelsamtal": PanelSession, "paus": BreakSession, "annan": OtherSession, "annat": OtherSession})
}

// overlaps tells whether two sessions are held at the same time. One that ends
// when the other begins is not.
func (s Session) overlaps(o Session) bool {
	return s.Day == o.Day && s.Begins < o.Ends && o.Begins < s.Ends
}

// sharesSpeaker tells whether somebody speaks in both sessions.
func (s Session) sharesSpeaker(o Session) bool {
	return slices.ContainsFunc(s.Speakers, func(name string) bool {
		return slices.ContainsFunc(o.Speakers, func(other string) bool { return Same(name, other) })
	})
}

// When is the time of the session, such as 2027-05-20 09:00–09:45.
func (s Session) When() string {
	return string(s.Day) + " " + string(s.Begins) + "–" + string(s.Ends)
}

// CheckSession returns Usage for a session that does not end after it begins on
// the same day, and Refused for one outside the days of the mashup or at the
// same time as another in the same room or of the same speaker. Sessions
// without a room are all in the same place.
func (m Mashup) CheckSession(s Session, others []Session) error {
	switch {
	case s.Ends <= s.Begins:
		return Errorf(Usage, "a session ends on the day on which it begins, and after that: %s–%s does not", s.Begins, s.Ends).
			WithHint("make two sessions of one that goes on past midnight")
	case !m.Has(s.Day):
		return Errorf(Refused, "%s is not a day of %s, which is held %s", s.Day, m.Name, m.Days())
	}
	for _, o := range others {
		if o.ID == s.ID || !s.overlaps(o) {
			continue
		}
		if Same(s.Room, o.Room) && s.Room == "" {
			return Errorf(Refused, "session %d is at that time already: %s, %s", o.ID, o.Title, o.When()).
				WithHint("choose another time, or say with --room that one of them is in a room of its own")
		}
		if Same(s.Room, o.Room) {
			return Errorf(Refused, "session %d is in %s at that time already: %s, %s", o.ID, o.Room, o.Title, o.When()).
				WithHint("choose another time or another room")
		}
		if s.sharesSpeaker(o) {
			return Errorf(Refused, "a speaker is in session %d at that time already: %s, %s", o.ID, o.Title, o.When()).
				WithHint("choose another time or another speaker")
		}
	}
	return nil
}

// Days is the day of the mashup, or its first and last.
func (m Mashup) Days() Text {
	if m.Day == m.To {
		return Say("%s", string(m.Day))
	}
	return Say("%s to %s", string(m.Day), string(m.To))
}

// Participant is somebody on the list of a mashup.
type Participant struct {
	ID           int64
	Mashup       int64
	Name         string
	Organisation string
	Kind         OrganisationKind
	Email        string
	Status       Attendance
}

// OrganisationKind says what sort of organisation somebody comes from.
type OrganisationKind string

// The kinds of organisations.
const (
	OwnOrganisation   OrganisationKind = "own"
	OtherMunicipality OrganisationKind = "municipality"
	Region            OrganisationKind = "region"
	CompanyKind       OrganisationKind = "company"
	AssociationKind   OrganisationKind = "association"
	University        OrganisationKind = "university"
	OtherOrganisation OrganisationKind = "other"
)

// OrganisationKinds lists the kinds of organisations.
func OrganisationKinds() []OrganisationKind {
	return []OrganisationKind{OwnOrganisation, OtherMunicipality, Region, CompanyKind, AssociationKind, University, OtherOrganisation}
}

// Label is what a kind of organisation is called.
func (k OrganisationKind) Label() Word {
	switch k {
	case OwnOrganisation:
		return "our own organisation"
	case OtherMunicipality:
		return "another municipality"
	case OtherOrganisation:
		return "another organisation"
	}
	return Word(k)
}

// FindOrganisationKind gives the kind of organisation that a word names, in
// either language. It returns Usage with the legal words for any other.
func FindOrganisationKind(word string) (OrganisationKind, error) {
	return findWord("kind of organisation", word, OrganisationKinds(), map[string]OrganisationKind{
		"egen": OwnOrganisation, "egna": OwnOrganisation, "kommun": OtherMunicipality, "annan kommun": OtherMunicipality, "företag": CompanyKind,
		"förening": AssociationKind, "lärosäte": University, "högskola": University, "universitet": University, "annan": OtherOrganisation})
}

// GuessOrganisationKind is what sort of organisation one of a name is, as far
// as the name tells: Region Skåne, Kristianstads kommun, Malmö stad, Exempel AB.
func GuessOrganisationKind(name string) OrganisationKind {
	words := strings.Fields(Fold(name))
	has := func(among ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(among, strings.Trim(w, ",.()")) })
	}
	switch {
	case len(words) == 0:
		return OtherOrganisation
	case has("universitet", "högskola", "university"):
		return University
	case has("ab", "aktiebolag", "hb", "kb", "ltd"):
		return CompanyKind
	case strings.Contains(Fold(name), "förening"):
		return AssociationKind
	case words[0] == "region" || words[len(words)-1] == "region":
		return Region
	case has("kommun", "stad", "municipality"):
		return OtherMunicipality
	}
	return OtherOrganisation
}

// Attendance says how far somebody on the list of a mashup has come.
type Attendance string

// How far somebody can have come.
const (
	Invited   Attendance = "invited"
	SignedUp  Attendance = "signed-up"
	Cancelled Attendance = "cancelled"
	Absent    Attendance = "absent" // had signed up and did not come
	Came      Attendance = "came"
)

// Attendances lists how far somebody can have come, in that order.
func Attendances() []Attendance { return []Attendance{Invited, SignedUp, Cancelled, Absent, Came} }

// Label is what a status is called.
func (a Attendance) Label() Word {
	switch a {
	case SignedUp:
		return "signed up"
	case Absent:
		return "did not come"
	}
	return Word(a)
}

// FindAttendance gives what a word names, in either language. It returns Usage
// with the legal words for any other.
func FindAttendance(word string) (Attendance, error) {
	return findWord("status of a participant", word, Attendances(), map[string]Attendance{
		"signed up": SignedUp, "inbjuden": Invited, "anmäld": SignedUp, "avanmäld": Cancelled, "återbud": Cancelled, "uteblev": Absent, "kom": Came})
}

// Expected tells whether somebody had signed up and not cancelled.
func (a Attendance) Expected() bool { return a == SignedUp || a == Absent || a == Came }

// Further is the one of two that lies further ahead: a file that tells of an
// earlier one takes nobody back.
func (a Attendance) Further(b Attendance) Attendance {
	all := Attendances()
	if slices.Index(all, b) > slices.Index(all, a) {
		return b
	}
	return a
}

// MashupOutcome is what somebody took home from a mashup.
type MashupOutcome struct {
	ID           int64
	Mashup       int64
	Organisation string
	Idea         int64 // that it is about; 0 is none
	Story        int64 // that it is about; 0 is none
	Text         string
}

// Evaluation is what those who took part answered to a question. The empty
// question asks for the mashup as a whole.
type Evaluation struct {
	ID       int64
	Mashup   int64
	Question string
	Answers  int
	Grade    Amount // the mean
	Scale    Amount // the best grade that could be given
	Text     string
}

// DefaultScale is the best grade where nothing else is said.
const DefaultScale Amount = "5"

// CheckGrade returns Usage for an evaluation that cannot be: no answers, a
// grade below 0 or above its scale.
func (e Evaluation) CheckGrade() error {
	grade, known := e.Grade.Float()
	scale, scaled := e.Scale.Float()
	switch {
	case e.Answers < 1 || e.Answers > MaxParticipants:
		return Errorf(Usage, "an evaluation is made of answers: %d is no number of them", e.Answers).WithHint("say how many with --answers")
	case !known:
		return Errorf(Usage, "which grade?").WithHint("say the mean with --grade, such as --grade 4.3")
	case !scaled || scale <= 0 || scale > 100:
		return Errorf(Usage, "%s cannot be the best grade", e.Scale).WithHint("say the best grade that could be given with --of, such as --of 5")
	case grade < 0 || grade > scale:
		return Errorf(Usage, "%s is no grade from 0 to %s", e.Grade, e.Scale).WithHint("say the best grade that could be given with --of")
	}
	return nil
}

// On is the instant of a time of day. It reports false for one that the clock
// of the place skips on that day, when summer time begins.
func (c Clock) On(d Day, loc *time.Location) (time.Time, bool) {
	midnight := d.Time(time.UTC)
	at := time.Date(midnight.Year(), midnight.Month(), midnight.Day(), 0, c.Minutes(), 0, 0, loc)
	return at, at.Hour()*60+at.Minute() == c.Minutes() && DayOf(at) == d
}
