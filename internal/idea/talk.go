package idea

import (
	"slices"
	"strings"
	"time"
)

// Reply is what was answered to a question of a guided talk.
type Reply struct {
	Key  string
	Text string // the value of a choice; classes as they are kept
	Seen string // what the idea held then; the same text means that nothing was said
}

// Talk is a guided talk that is not saved yet.
type Talk struct {
	ID        int64
	Idea      int64
	Questions string // the set as it was when the talk began, in YAML
	Replies   Replies
	Begun     time.Time // UTC
	Changed   time.Time // UTC
}

// Replies is the answers of a talk by the keys of the questions.
type Replies map[string]Reply

// Held is what an idea holds of what answers can go into, in words: the name of
// the unit, tags with spaces between.
type Held map[Field]string

// Gist is what a talk changes of an idea.
type Gist struct {
	Fields  map[Field]string // sections, the unit by name, classes
	Tags    []string         // added, or taken away with a minus in front
	Note    string
	Clashes []Clash
}

// Clash is an answer that would write over what somebody has changed since it
// was given.
type Clash struct {
	Question Question
	Now      string
	Mine     string
}

// Empty tells whether nothing changes.
func (o Gist) Empty() bool {
	return len(o.Fields) == 0 && len(o.Tags) == 0 && o.Note == "" && len(o.Clashes) == 0
}

// Replaces tells whether an answer to q stands in place of what the idea holds:
// the first question about it does, unless it says that it adds. Answers to
// further ones go below it.
func (s QuestionSet) Replaces(q Question) bool {
	first := slices.IndexFunc(s.Questions, func(o Question) bool { return o.Fills == q.Fills && !o.Adds })
	return q.Fills != "" && q.Fills != FieldNote && first >= 0 && s.Questions[first].Key == q.Key
}

// Path is the questions that are asked, given the answers so far.
func (s QuestionSet) Path(replies Replies) []Question {
	var path []Question
	asked := map[string]string{}
	for _, q := range s.Questions {
		before := s.Question(q.When.Key)
		if q.When.Key != "" && (before < 0 || !q.When.holds(s.Questions[before], asked[q.When.Key])) {
			continue
		}
		asked[q.Key] = replies[q.Key].Text
		path = append(path, q)
	}
	return path
}

// holds tells whether the condition is true of an answer to q.
func (w When) holds(q Question, answer string) bool {
	value := q.Value(answer)
	switch {
	case len(w.Is) > 0:
		return slices.ContainsFunc(w.Is, func(word string) bool { return Same(strings.TrimSpace(value), word) })
	case len(w.Contains) > 0:
		return slices.ContainsFunc(w.Contains, func(word string) bool { return Holds(answer, word) })
	}
	return (strings.TrimSpace(answer) != "") == (w.Answered == "yes")
}

// Value is the choice that a text is the label of, else the text.
func (q Question) Value(text string) string {
	for _, c := range q.Choices {
		if Same(text, c.Label.SV) || Same(text, c.Label.EN) {
			return c.Value
		}
	}
	return text
}

// Label is an answer as people read it in a language.
func (q Question) Label(text, language string) string {
	for _, c := range q.Choices {
		if c.Value == text {
			return c.Label.Localize(language, nil)
		}
	}
	return text
}

// Default is the answer that a question begins with: the one that was given,
// or what the idea holds now. seen is what it is compared with in the end.
func (s QuestionSet) Default(q Question, replies Replies, now Held) (text, seen string) {
	old, given := replies[q.Key]
	if given && old.Text != old.Seen {
		return old.Text, old.Seen
	}
	if s.Replaces(q) {
		return now[q.Fills], now[q.Fills]
	}
	return old.Text, ""
}

// Gist is what the answers to the questions that are asked change of an idea
// that holds now. What was not answered otherwise than it stood stays as it is
// now; what somebody has changed meanwhile is a clash.
func (s QuestionSet) Gist(replies Replies, now Held, language string) Gist {
	out := Gist{Fields: map[Field]string{}}
	for _, q := range s.Path(replies) {
		r, given := replies[q.Key]
		text := q.Label(r.Text, language)
		if !given || q.Fills == "" || text == r.Seen {
			continue
		}
		switch {
		case q.Fills == FieldTags:
			out.Tags = append(out.Tags, tagSteps(r)...)
		case s.Replaces(q):
			out.replace(q, r, text, now[q.Fills])
		case text == "":
		case q.Fills == FieldNote:
			out.Note = below(out.Note, q.paragraph(text, language))
		default:
			out.add(q, q.paragraph(text, language), now[q.Fills])
		}
	}
	return out
}

func (o *Gist) replace(q Question, r Reply, text, now string) {
	switch {
	case text == now:
		return
	case now != r.Seen:
		o.Clashes = append(o.Clashes, Clash{Question: q, Now: now, Mine: text})
	}
	o.Fields[q.Fills] = text
}

func (o *Gist) add(q Question, paragraph, now string) {
	base, changed := o.Fields[q.Fills]
	if !changed {
		base = now
	}
	o.Fields[q.Fills] = below(base, paragraph)
}

func below(text, paragraph string) string {
	if text == "" {
		return paragraph
	}
	return text + "\n\n" + paragraph
}

// paragraph is an answer that does not speak for itself with its question.
func (q Question) paragraph(text, language string) string {
	between := " "
	if strings.Contains(text, "\n") {
		between = "\n"
	}
	return q.Ask.Localize(language, nil) + between + text
}

// tagSteps is the tags that an answer adds, and with a minus those that it takes
// away.
func tagSteps(r Reply) (steps []string) {
	mine, seen := strings.Fields(r.Text), strings.Fields(r.Seen)
	for _, tag := range mine {
		if !slices.Contains(seen, tag) {
			steps = append(steps, tag)
		}
	}
	for _, tag := range seen {
		if !slices.Contains(mine, tag) {
			steps = append(steps, "-"+tag)
		}
	}
	return steps
}

// Settle is the answer to the question of a clash once it is decided.
func (c Clash) Settle(text string) Reply { return Reply{Key: c.Question.Key, Text: text, Seen: c.Now} }

// Remaining is the place in the path of the first question that was not asked
// yet; after the last one if all were.
func (s QuestionSet) Remaining(replies Replies) int {
	path := s.Path(replies)
	for k, q := range path {
		if _, asked := replies[q.Key]; !asked {
			return k
		}
	}
	return len(path)
}
