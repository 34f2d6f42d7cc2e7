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
)

// RuleNames lists the rules.
func RuleNames() []RuleName { return []RuleName{AnswerDays, ApproveAnswers} }

// Explain tells what a rule is for.
func (r RuleName) Explain() Word {
	if r == AnswerDays {
		return "working days within which a giver is promised the first answer; 0 is no promise"
	}
	return "whether an answer must be approved before it is given: yes or no"
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
}

// ReadRules makes sense of the rules as they are kept.
func ReadRules(all []Rule) (r Rules) {
	for _, one := range all {
		switch one.Name {
		case AnswerDays:
			r.AnswerDays, _ = strconv.Atoi(one.Value)
		case ApproveAnswers:
			r.ApproveAnswers = one.Value == "yes"
		}
	}
	return r
}

// maxAnswerDays is a year of working days.
const maxAnswerDays = 260

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
	if r == ApproveAnswers {
		return yesOrNo(r, word)
	}
	n, err := strconv.Atoi(word)
	if err != nil || n < 0 || n > maxAnswerDays {
		return "", Errorf(Usage, "%s is a number of working days from 0 to %d, not %q", string(r), maxAnswerDays, word).
			WithHint("sluss rule set %s 10", string(r))
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
