package idea

import (
	"slices"
	"strconv"
	"strings"
)

// What is kept of spreading.
const (
	ASpread  Subject = "spread"
	AnUptake Subject = "uptake"

	FieldReach Field = "reach"
	FieldStory Field = "story" // of a spread a set: one change a story
	FieldIdea  Field = "idea"  // of a spread a set: one change an idea
)

// Spread is one telling: good examples and ideas were told to an audience.
type Spread struct {
	ID       int64
	Day      Day
	Channel  SpreadChannel
	Audience Audience // to whom it was told
	Reach    *int64   // how many people it reached; nil is unknown
	Text     string   // what it was called, or where; without names of people
	Stories  []int64  // ids
	Ideas    []int64  // numbers
}

// SpreadChannel is how something was told. The list is closed so that reports
// can count by it; Text says the rest.
type SpreadChannel string

// The channels of spreading.
const (
	ByNewsletter SpreadChannel = "newsletter"
	ByMail       SpreadChannel = "mail"
	ByMeeting    SpreadChannel = "meeting"
	ByConference SpreadChannel = "conference"
	ByWeb        SpreadChannel = "web"
	BySocial     SpreadChannel = "social"
	ByPress      SpreadChannel = "press"
	ByOther      SpreadChannel = "other"
)

// SpreadChannels lists the channels of spreading.
func SpreadChannels() []SpreadChannel {
	return []SpreadChannel{ByNewsletter, ByMail, ByMeeting, ByConference, ByWeb, BySocial, ByPress, ByOther}
}

// Label is what a channel is called.
func (c SpreadChannel) Label() Word {
	switch c {
	case BySocial:
		return "social media"
	case ByOther:
		return "another way"
	}
	return Word(c)
}

// FindSpreadChannel gives the channel that a word names, in either language. It
// returns Usage with the legal words for any other.
func FindSpreadChannel(word string) (SpreadChannel, error) {
	return findWord("way of spreading", word, SpreadChannels(), map[string]SpreadChannel{
		"nyhetsbrev": ByNewsletter, "mejl": ByMail, "möte": ByMeeting, "konferens": ByConference, "mashup": ByConference, "webb": ByWeb, "webben": ByWeb,
		"intranät": ByWeb, "sociala medier": BySocial, "sociala": BySocial, "social media": BySocial, "annat": ByOther, "annan": ByOther, "annat sätt": ByOther})
}

// MaxReach is the most people that one telling can reach.
const MaxReach = 100_000_000

// FindReach reads how many people were reached; the empty word is unknown. It
// returns Usage for anything that is no such number.
func FindReach(word string) (*int64, error) {
	if word == "" {
		return nil, nil
	}
	n, err := strconv.ParseInt(word, 10, 64)
	if err != nil || n < 0 || n > MaxReach {
		return nil, Errorf(Usage, "%q is no number of people", word).WithHint("write a whole number, such as 240")
	}
	return &n, nil
}

// SpreadFilter selects tellings; what is empty selects all.
type SpreadFilter struct {
	Period    Period
	Channels  []SpreadChannel
	Audiences []Audience
	Stories   []int64 // ids: one of them was told
}

// Wants tells whether s is selected.
func (f SpreadFilter) Wants(s Spread) bool {
	told := func(story int64) bool { return slices.Contains(s.Stories, story) }
	return f.Period.Has(s.Day) &&
		(len(f.Channels) == 0 || slices.Contains(f.Channels, s.Channel)) &&
		(len(f.Audiences) == 0 || slices.Contains(f.Audiences, s.Audience)) &&
		(len(f.Stories) == 0 || slices.ContainsFunc(f.Stories, told))
}

// Told is what an audience has been told already.
type Told struct {
	Stories map[int64]bool // by id
	Ideas   map[int64]bool // by number
}

// ToldTo gathers what was told to just this audience, through any channel.
func ToldTo(audience Audience, all []Spread) Told {
	told := Told{map[int64]bool{}, map[int64]bool{}}
	for _, s := range all {
		if s.Audience != audience {
			continue
		}
		for _, id := range s.Stories {
			told.Stories[id] = true
		}
		for _, number := range s.Ideas {
			told.Ideas[number] = true
		}
	}
	return told
}

// LastNewsletter is the newest newsletter to an audience. It reports false if
// there is none.
func LastNewsletter(audience Audience, all []Spread) (last Spread, found bool) {
	for _, s := range all {
		if s.Channel == ByNewsletter && s.Audience == audience && (!found || s.Day > last.Day || s.Day == last.Day && s.ID > last.ID) {
			last, found = s, true
		}
	}
	return last, found
}

// Uptake is that somebody else took a good example up: a unit of our own, a
// municipality, a region, a company.
type Uptake struct {
	ID           int64
	Story        int64 // id
	Day          Day
	Organisation string
	Kind         OrganisationKind
	Text         string
}

// FindUptakeKind is [FindOrganisationKind], with unit for our own organisation.
func FindUptakeKind(word string) (OrganisationKind, error) {
	if slices.Contains([]string{"unit", "enhet", "förvaltning"}, Fold(strings.TrimSpace(word))) {
		return OwnOrganisation, nil
	}
	return FindOrganisationKind(word)
}
