package idea

import (
	"slices"
	"strings"
)

// What is kept of good examples.
const (
	AStory        Subject = "story"
	AStoryVersion Subject = "story_version"
	APicture      Subject = "story_picture"

	FieldAudience  Field = "audience"
	FieldPublished Field = "published" // of a story the day, of a version the text, of a picture whether it is
	FieldOfficial  Field = "official"  // the contact whom a story names
	FieldNamed     Field = "named"     // a set: one change a giver
	FieldLang      Field = "lang"
	FieldFile      Field = "file"
	FieldAlt       Field = "alt"
	FieldCaption   Field = "caption"
	FieldShows     Field = "shows" // a set: one change a giver
)

// Story is a good example: what an idea became, told to others. It has the
// number of its idea.
type Story struct {
	ID        int64
	Idea      int64
	Status    StoryStatus
	Audience  Audience
	Published Day     // when it was published last; empty: never
	Official  int64   // the contact whom it names, 0 for none
	Named     []int64 // the givers whom the published text names
	Versions  []StoryVersion
	Pictures  []Picture
}

// StoryVersion is a story in one language.
type StoryVersion struct {
	ID        int64
	Story     int64
	Lang      string // sv or en
	Text      string // as it is written now
	Published string // as it was when it was published last; empty: never
}

// Picture is a picture of a story.
type Picture struct {
	ID        int64
	Story     int64
	File      string  // its name in the folder of pictures
	Alt       string  // what it shows, for those who cannot see it
	Caption   string  // may be empty
	Published bool    // it was there when the story was published last
	Shows     []int64 // the givers who can be seen
}

// StoryStatus says whether a story is there for others.
type StoryStatus string

// The statuses of a story.
const (
	StoryDraft     StoryStatus = "draft"
	StoryPublished StoryStatus = "published"
	StoryWithdrawn StoryStatus = "withdrawn"
)

// StoryStatuses lists the statuses.
func StoryStatuses() []StoryStatus {
	return []StoryStatus{StoryDraft, StoryPublished, StoryWithdrawn}
}

// Label is the status as people read it.
func (s StoryStatus) Label() Word {
	if s == StoryWithdrawn {
		return "no longer published"
	}
	return Word(s)
}

// FindStoryStatus gives the status that a word names, in either language. It
// returns Usage with the legal words for any other.
func FindStoryStatus(word string) (StoryStatus, error) {
	return findWord("status of a story", word, StoryStatuses(), map[string]StoryStatus{
		"utkast": StoryDraft, "publicerad": StoryPublished, "publicerat": StoryPublished, "publicerade": StoryPublished,
		"återtagen": StoryWithdrawn, "återtaget": StoryWithdrawn, "återtagna": StoryWithdrawn})
}

// Audience says for whom a story is published.
type Audience string

// The audiences, from the smallest to the largest. Each holds those before it.
const (
	Internal       Audience = "internal"
	Municipalities Audience = "municipalities"
	Everybody      Audience = "all"
)

// Audiences lists the audiences from the smallest to the largest.
func Audiences() []Audience { return []Audience{Internal, Municipalities, Everybody} }

// Label is the audience as people read it.
func (a Audience) Label() Word {
	switch a {
	case Internal:
		return "the own organisation"
	case Municipalities:
		return "municipalities"
	}
	return "everybody"
}

// FindAudience gives the audience that a word names, in either language. It
// returns Usage with the legal words for any other.
func FindAudience(word string) (Audience, error) {
	return findWord("audience", word, Audiences(), map[string]Audience{
		"internt": Internal, "intern": Internal, "kommuner": Municipalities, "alla": Everybody})
}

// Reaches tells whether a story for a is for a reader of the audience b too:
// what is for municipalities is not for all, but is for the own organisation.
func (a Audience) Reaches(b Audience) bool {
	return slices.Index(Audiences(), a) >= slices.Index(Audiences(), b)
}

// LangWord is what a language is called: sv or en.
func LangWord(lang string) Word {
	if lang == "sv" {
		return "Swedish"
	}
	return "English"
}

// Version is the version of s in a language. It reports false if there is none.
func (s Story) Version(lang string) (StoryVersion, bool) {
	for _, v := range s.Versions {
		if v.Lang == lang {
			return v, true
		}
	}
	return StoryVersion{}, false
}

// Langs is the languages of s.
func (s Story) Langs() []string {
	out := make([]string, len(s.Versions))
	for k, v := range s.Versions {
		out[k] = v.Lang
	}
	return out
}

// Placeholders in the text of a story, which are filled when it is shown or
// published.
const (
	GiverPlace   = "{giver}"
	ContactPlace = "{contact}"
)

// StoryTitle is the first heading of a text; empty if it does not begin with
// one.
func StoryTitle(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	title, found := strings.CutPrefix(line, "# ")
	if !found {
		return ""
	}
	title, err := CleanLine("the title", title)
	if err != nil {
		return ""
	}
	return title
}

// Publish gives the changes that publish texts of s, by their versions, for an
// audience on a day. It returns Refused if there is nothing to publish.
func (s Story) Publish(texts map[int64]string, audience Audience, on Day, named []int64) ([]Change, error) {
	if len(texts) == 0 {
		return nil, Errorf(Refused, "the good example of idea %d has no text", s.Idea)
	}
	var out []Change
	set := func(subject Subject, id int64, f Field, old, new string) {
		if old != new {
			out = append(out, Change{Subject: subject, ID: id, Field: f, Old: old, New: new})
		}
	}
	set(AStory, s.ID, FieldAudience, string(s.Audience), string(audience))
	set(AStory, s.ID, FieldStatus, string(s.Status), string(StoryPublished))
	set(AStory, s.ID, FieldPublished, string(s.Published), string(on))
	for _, v := range s.Versions {
		if text, given := texts[v.ID]; given {
			set(AStoryVersion, v.ID, FieldPublished, v.Published, text)
		}
	}
	for _, p := range s.Pictures {
		if !p.Published {
			set(APicture, p.ID, FieldPublished, "0", "1")
		}
	}
	for _, giver := range s.Named {
		if !slices.Contains(named, giver) {
			set(AStory, s.ID, FieldNamed, reference(giver), "")
		}
	}
	for _, giver := range named {
		if !slices.Contains(s.Named, giver) {
			set(AStory, s.ID, FieldNamed, "", reference(giver))
		}
	}
	return out, nil
}

// Withdraw gives the change that takes s back. It returns Refused if it is not
// published.
func (s Story) Withdraw(why string) (Change, error) {
	if s.Status != StoryPublished {
		return Change{}, Errorf(Refused, "the good example of idea %d is not published", s.Idea).WithHint("sluss story list shows what is")
	}
	return Change{Subject: AStory, ID: s.ID, Field: FieldStatus, Old: string(s.Status), New: string(StoryWithdrawn), Why: why}, nil
}
