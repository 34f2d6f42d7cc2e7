package idea

import "slices"

// Approved is the state of an answer that somebody has approved and nobody has
// got yet.
const Approved AnswerStatus = "approved"

// ATelling is that a giver got an answer, as something that changes.
const ATelling Subject = "telling"

// Telling says that a giver got an answer.
type Telling struct {
	ID      int64
	Answer  int64
	Giver   int64
	Channel Channel
	On      Day
}

// Untold is those of givers who have not got the answer.
func (a Answer) Untold(givers []int64) []int64 {
	return slices.DeleteFunc(slices.Clone(givers), func(g int64) bool {
		return slices.ContainsFunc(a.Told, func(t Telling) bool { return t.Giver == g })
	})
}

// Reached is the day on which a giver got the answer; for giver 0, who is not
// known, the day on which it was given at all.
func (a Answer) Reached(giver int64) Day {
	if giver == 0 {
		return a.On
	}
	if k := slices.IndexFunc(a.Told, func(t Telling) bool { return t.Giver == giver }); k >= 0 {
		return a.Told[k].On
	}
	return ""
}

// Waiting is the givers of an idea who have not got the newest answer that was
// given: all of them as long as none was.
func Waiting(i Idea, answers []Answer) []int64 {
	for k := len(answers) - 1; k >= 0; k-- {
		if answers[k].Status == Given {
			return answers[k].Untold(i.Givers)
		}
	}
	return slices.Clone(i.Givers)
}

// Current is the answer that a coach speaks of: the one that nobody has got
// yet, or else the newest, while some of givers lack it and text is its text or
// empty. It reports false if there is none.
func Current(answers []Answer, text string, givers []int64) (Answer, bool) {
	if k := slices.IndexFunc(answers, func(a Answer) bool { return a.Status != Given }); k >= 0 {
		return answers[k], true
	}
	if len(answers) == 0 {
		return Answer{}, false
	}
	newest := answers[len(answers)-1]
	same := text == "" || text == newest.Text
	return newest, same && len(newest.Untold(givers)) > 0
}

// Gives is an answer on its way to givers.
type Gives struct {
	Idea    Idea
	Answer  Answer
	Channel Channel
	On      Day
	New     bool // the text is of this very command
}

// Give gives the changes of the answer and the idea when givers get it: the
// day and the channel of an answer, and the day on which an idea was answered,
// are those of the first. It returns Refused for a day before the idea came in,
// and for an answer that the rules want approved and that is not.
func (g Gives) Give(r Rules) ([]Change, error) {
	i, a := g.Idea, g.Answer
	switch {
	case g.On < i.Received:
		return nil, Errorf(Refused, "idea %d came in on %s; it cannot be answered before that", i.Number, i.Received).
			WithHint("give a later day with --at")
	case r.ApproveAnswers && a.Status == Drafted && g.New:
		return nil, Errorf(Refused, "the answer to idea %d is not approved", i.Number).
			WithHint("draft it without --sent, and when it is right: sluss answer %d --approve", i.Number)
	case r.ApproveAnswers && a.Status == Drafted:
		return nil, Errorf(Refused, "the answer to idea %d is not approved", i.Number).
			WithHint("when it is right: sluss answer %d --approve", i.Number)
	}
	changes := a.set(FieldStatus, string(a.Status), string(Given))
	if a.On == "" || g.On < a.On {
		changes = append(changes, a.set(FieldChannel, string(a.Channel), string(g.Channel))...)
		changes = append(changes, a.set(FieldOn, string(a.On), string(g.On))...)
	}
	if i.Answered == "" || g.On < i.Answered {
		changes = append(changes, i.Set(FieldAnswered, string(g.On))...)
	}
	return changes, nil
}

// Approve gives the change that approves a draft, and none for an answer that
// is approved or given.
func (a Answer) Approve() []Change {
	if a.Status != Drafted {
		return nil
	}
	return a.set(FieldStatus, string(a.Status), string(Approved))
}

// Rewrite gives the changes of an answer that gets another text. What was
// approved is a draft again.
func (a Answer) Rewrite(text string) []Change {
	if text == "" || text == a.Text {
		return nil
	}
	return append(a.set(FieldText, a.Text, text), a.set(FieldStatus, string(a.Status), string(Drafted))...)
}

func (a Answer) set(f Field, from, to string) []Change {
	if from == to {
		return nil
	}
	return []Change{{Subject: AnAnswer, ID: a.ID, Field: f, Old: from, New: to}}
}
