package idea

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// ARule is a rule as something that changes.
const ARule Subject = "rule"

// FieldRule is what a rule says.
const FieldRule Field = "value"

// RuleName names a rule that all coaches who share a database have agreed on.
type RuleName string

// The rules.
const (
	AnswerDays     RuleName = "answer-days"
	ApproveAnswers RuleName = "approve-answers"
	SixMonths      RuleName = "six-months"
	LeastPeople    RuleName = "least-people"
)

// RuleNames lists the rules.
func RuleNames() []RuleName { return []RuleName{AnswerDays, ApproveAnswers, SixMonths, LeastPeople} }

// Explain tells what a rule is for.
func (r RuleName) Explain() Word {
	switch r {
	case AnswerDays:
		return "working days within which a giver is promised the first answer; 0 is no promise"
	case ApproveAnswers:
		return "whether an answer must be approved before it is given: yes or no"
	case SixMonths:
		return "whether reports mark what has waited six months for a decision (Förvaltningslagen 12 §): yes or no"
	}
	return "the smallest number of people that a report to be spread shows; 0 shows all"
}

// Rule is what the coaches have agreed on about one thing.
type Rule struct {
	ID    int64
	Name  RuleName
	Value string
}

// Rules is what all coaches who share a database have agreed on.
type Rules struct {
	AnswerDays     int // working days within which the first answer is promised; 0 is no promise
	ApproveAnswers bool
	SixMonths      bool // reports mark what has waited six months for a decision
	LeastPeople    int  // smaller counts of people are kept back in what is spread; 0 keeps nothing back
}

// ReadRules makes sense of the rules as they are kept.
func ReadRules(all []Rule) (r Rules) {
	for _, one := range all {
		switch one.Name {
		case AnswerDays:
			r.AnswerDays, _ = strconv.Atoi(one.Value)
		case ApproveAnswers:
			r.ApproveAnswers = one.Value == "yes"
		case SixMonths:
			r.SixMonths = one.Value == "yes"
		case LeastPeople:
			r.LeastPeople, _ = strconv.Atoi(one.Value)
		}
	}
	return r
}

// The largest values: a year of working days, and what would keep back all.
const (
	maxAnswerDays  = 260
	maxLeastPeople = 100
)

// FindRule gives the name of a rule that a word means. It returns NotFound for
// any other.
func FindRule(word string) (RuleName, error) {
	name := RuleName(strings.ToLower(strings.TrimSpace(word)))
	if slices.Contains(RuleNames(), name) {
		return name, nil
	}
	var known []string
	for _, r := range RuleNames() {
		known = append(known, string(r))
	}
	return "", Unknown("rule", word, known)
}

// Check gives a value as the rule keeps it. It returns Usage for one that the
// rule does not take.
func (r RuleName) Check(word string) (string, error) {
	word = strings.ToLower(norm.NFC.String(strings.TrimSpace(word)))
	switch r {
	case ApproveAnswers, SixMonths:
		return yesOrNo(r, word)
	case LeastPeople:
		return r.number(word, maxLeastPeople)
	}
	n, err := strconv.Atoi(word)
	if err != nil || n < 0 || n > maxAnswerDays {
		return "", Errorf(Usage, "%s is a number of working days from 0 to %d, not %q", string(r), maxAnswerDays, word).
			WithHint("sluss rule set %s 10", string(r))
	}
	return strconv.Itoa(n), nil
}

func (r RuleName) number(word string, most int) (string, error) {
	n, err := strconv.Atoi(word)
	if err != nil || n < 0 || n > most {
		return "", Errorf(Usage, "%s is a number from 0 to %d, not %q", string(r), most, word).
			WithHint("sluss rule set %s 5", string(r))
	}
	return strconv.Itoa(n), nil
}

func yesOrNo(r RuleName, word string) (string, error) {
	switch word {
	case "yes", "ja", "true", "on", "på":
		return "yes", nil
	case "no", "nej", "false", "off", "av":
		return "no", nil
	}
	return "", Errorf(Usage, "%s is yes or no, not %q", string(r), word).WithHint("sluss rule set %s yes", string(r))
}
