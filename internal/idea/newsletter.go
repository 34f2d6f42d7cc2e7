package idea

// NewsletterPart is a part of a newsletter.
type NewsletterPart string

// The parts of a newsletter.
const (
	NewsExamples  NewsletterPart = "examples"
	NewsIdeas     NewsletterPart = "ideas"
	NewsDecisions NewsletterPart = "decisions"
	NewsTests     NewsletterPart = "tests"
	NewsDates     NewsletterPart = "dates"
)

// NewsletterParts lists the parts of a newsletter, in its order.
func NewsletterParts() []NewsletterPart {
	return []NewsletterPart{NewsExamples, NewsIdeas, NewsDecisions, NewsTests, NewsDates}
}

// FindNewsletterPart gives the part that a word names, in either language. It
// returns Usage with the legal words for any other.
func FindNewsletterPart(word string) (NewsletterPart, error) {
	return findWord("part of a newsletter", word, NewsletterParts(), map[string]NewsletterPart{
		"exempel": NewsExamples, "idéer": NewsIdeas, "beslut": NewsDecisions, "tester": NewsTests, "datum": NewsDates})
}

// PartsFor is what a newsletter to an audience tells if nobody says. What is not
// published is told in the own organisation only.
func PartsFor(a Audience) []NewsletterPart {
	if a == Internal {
		return NewsletterParts()
	}
	return []NewsletterPart{NewsExamples, NewsDates}
}

// ComingDate is something in a newsletter that is still to come.
type ComingDate struct {
	Day   Day
	To    Day // the last day, for what lasts several
	Kind  DateKind
	Title string // of the mashup or the idea; of a meeting the forum
	Place string
	Idea  int64 // 0 for none
}

// DateKind says what is to come.
type DateKind string

// What can be to come.
const (
	MashupDate    DateKind = "mashup"
	MeetingDate   DateKind = "meeting"
	TestStartDate DateKind = "test-start"
	TestEndDate   DateKind = "test-end"
)

// Label is what is to come, as people read it.
func (k DateKind) Label() Word {
	switch k {
	case TestStartDate:
		return "a test begins"
	case TestEndDate:
		return "a test ends"
	}
	return Word(k)
}
