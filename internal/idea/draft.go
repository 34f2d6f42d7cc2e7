package idea

import (
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

// Draft is an idea on its way in, from flags, an interview or a file. Units,
// coaches and givers are named as people name them; the desk finds them.
type Draft struct {
	Title      string
	Sections   map[Section]string
	Kind       GiverKind // empty: the kind of the giver, else Other
	Stage      StageKey  // empty: the first stage
	Reason     Reason    // for a closed stage
	Unit       string
	Owner      string
	Coach      string
	Channel    Channel
	Received   Day // empty: today
	Due        Day
	NextBy     Day
	Wake       Day       // of a parked idea
	Answered   Day       // when the giver got the first answer
	Registered time.Time // the zero time: now
	Number     string    // what the file that it comes from calls it, if its ideas refer to each other
	MergedInto string    // the Number of the idea that this one leads to
	Tags       []string
	Type       Type
	Newness    Newness
	Benefits   []Benefit
	Giver      GiverDraft
	Note       string
	Source     string
	ExternalID string
}

// GiverDraft is a giver on the way in. All fields may be empty: a giver can be
// unnamed.
type GiverDraft struct {
	Name  string
	Email string
	Phone string
	Unit  string
}

// Clean makes every text of d fit to be stored and checks its words. It
// returns Usage for a missing title, text that cannot be stored, or an unknown
// kind or channel.
func (d Draft) Clean() (Draft, error) {
	var err error
	if d.Title, err = CleanLine("the title", d.Title); err != nil {
		return d, err
	}
	if d.Title == "" {
		return d, Errorf(Usage, "an idea needs a title").WithHint("give it in one line, in quotes")
	}
	sections := map[Section]string{}
	for section, text := range d.Sections {
		clean, err := CleanText(Word(section), text)
		if err != nil {
			return d, err
		}
		if clean != "" {
			sections[section] = clean
		}
	}
	d.Sections = sections
	if d.Kind != "" && !slices.Contains(GiverKinds(), d.Kind) {
		return d, unknownWord("kind", string(d.Kind), GiverKinds())
	}
	if d.Channel != "" && !slices.Contains(Channels(), d.Channel) {
		return d, unknownWord("channel", string(d.Channel), Channels())
	}
	if d.Tags, err = CleanTags(d.Tags); err != nil {
		return d, err
	}
	if d.Note, err = CleanText("the note", d.Note); err != nil {
		return d, err
	}
	for _, line := range []struct {
		field Word
		value *string
	}{
		{"the unit", &d.Unit}, {"the owner", &d.Owner}, {"the coach", &d.Coach},
		{"the source", &d.Source}, {"the external id", &d.ExternalID},
		{"the giver's name", &d.Giver.Name}, {"the giver's e-mail", &d.Giver.Email},
		{"the giver's phone", &d.Giver.Phone}, {"the giver's unit", &d.Giver.Unit},
	} {
		if *line.value, err = CleanLine(line.field, *line.value); err != nil {
			return d, err
		}
	}
	return d, CheckMail(d.Giver.Email)
}

func unknownWord[T ~string](what Word, got string, legal []T) error {
	words := make(List, len(legal))
	for i, l := range legal {
		words[i] = Word(l)
		if named, ok := any(l).(interface{ Word() Word }); ok {
			words[i] = named.Word()
		}
	}
	return Errorf(Usage, "%q is no %s", got, what).WithHint("use one of: %s", words)
}

// List is an argument that is written as its items with commas between.
type List []any

// Localize gives the list in a language.
func (l List) Localize(language string, translate func(string, ...any) string) string {
	out := ""
	for i, item := range l {
		if i > 0 {
			out += ", "
		}
		out += translate("%s", item)
	}
	return out
}

func (l List) String() string {
	return l.Localize("en", func(f string, args ...any) string { return Say(f, args...).String() })
}

// FindKind gives the kind of giver that a word names, in either language. It
// returns Usage with the legal words for any other.
func FindKind(word string) (GiverKind, error) {
	return findWord("kind", word, GiverKinds(), map[string]GiverKind{
		"medarbetare": Employee, "invånare": Resident, "företag": Company, "förening": Association, "annan": Other})
}

// FindChannel gives the channel that a word names, in either language. It
// returns Usage with the legal words for any other.
func FindChannel(word string) (Channel, error) {
	return findWord("channel", word, Channels(), map[string]Channel{
		"mejl": "mail", "telefon": "phone", "besök": "visit", "möte": "meeting", "formulär": "form", "papper": "paper"})
}

// FindReason gives the reason for closing that a word names, in either
// language. It returns Usage with the legal words for any other.
func FindReason(word string) (Reason, error) {
	return findWord("reason", word, Reasons(), map[string]Reason{
		"avböjd": Declined, "överlämnad": HandedOver, "återtagen": Withdrawn})
}

// FindUnitKind gives the kind of unit that a word names, in either language. It
// returns Usage with the legal words for any other.
func FindUnitKind(word string) (UnitKind, error) {
	return findWord("kind of unit", word, UnitKinds(), map[string]UnitKind{
		"förvaltning": Administration, "bolag": MunicipalEntity, "avdelning": Department})
}

func findWord[T ~string](what Word, word string, legal []T, swedish map[string]T) (T, error) {
	low := T(strings.ToLower(norm.NFC.String(strings.TrimSpace(word))))
	if slices.Contains(legal, low) {
		return low, nil
	}
	if found, ok := swedish[string(low)]; ok {
		return found, nil
	}
	return "", unknownWord(what, word, legal)
}
