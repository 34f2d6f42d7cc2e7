package idea

import (
	"slices"
	"strings"
)

// Type says what sort of novelty an idea is.
type Type string

// Newness says how new an idea is to the world around.
type Newness string

// Benefit is a kind of value that an idea brings.
type Benefit string

// Types lists the types of ideas.
func Types() []Type { return []Type{"product", "service", "process", "communication"} }

// Newnesses lists how new an idea can be.
func Newnesses() []Newness { return []Newness{"first", "inspired", "taken-over"} }

// Benefits lists the kinds of value, in the order in which they are kept.
func Benefits() []Benefit {
	return []Benefit{"quality", "efficiency", "working-conditions", "participation", "political-goals"}
}

// Label is the type in full.
func (t Type) Label() Word {
	if t == "process" {
		return "process or organisation"
	}
	return Word(t)
}

// Label is the newness in full.
func (n Newness) Label() Word {
	switch n {
	case "first":
		return "first of its kind"
	case "inspired":
		return "inspired by others"
	case "taken-over":
		return "taken over from others"
	}
	return ""
}

// Label is the kind of value in full.
func (b Benefit) Label() Word {
	switch b {
	case "working-conditions":
		return "working conditions"
	case "political-goals":
		return "political goals"
	}
	return Word(b)
}

// FindType gives the type that a word names, in either language. It returns
// Usage with the legal words for any other.
func FindType(word string) (Type, error) {
	return findWord("type", word, Types(), map[string]Type{
		"produkt": "product", "tjänst": "service", "kommunikation": "communication",
		"process or organisation": "process", "process eller organisation": "process"})
}

// FindNewness gives the newness that a word names, in either language. It
// returns Usage with the legal words for any other.
func FindNewness(word string) (Newness, error) {
	return findWord("newness", word, Newnesses(), map[string]Newness{
		"först": "first", "inspirerad": "inspired", "övertagen": "taken-over",
		"first of its kind": "first", "inspired by others": "inspired", "taken over from others": "taken-over",
		"inspirerad av andra": "inspired", "övertagen från andra": "taken-over"})
}

// FindBenefits gives the kinds of value that words name, in either language and
// each once, in the order in which they are kept. A word may be several with
// commas between. It returns Usage with the legal words for any other.
func FindBenefits(words ...string) ([]Benefit, error) {
	var named []Benefit
	for _, word := range strings.Split(strings.Join(words, ","), ",") {
		if strings.TrimSpace(word) == "" {
			continue
		}
		b, err := findWord("kind of value", word, Benefits(), map[string]Benefit{
			"kvalitet": "quality", "effektivitet": "efficiency", "arbetsmiljö": "working-conditions",
			"delaktighet": "participation", "politiska mål": "political-goals", "politiska-mål": "political-goals",
			"working conditions": "working-conditions", "political goals": "political-goals"})
		if err != nil {
			return nil, err
		}
		named = append(named, b)
	}
	return slices.DeleteFunc(Benefits(), func(b Benefit) bool { return !slices.Contains(named, b) }), nil
}

// JoinBenefits writes kinds of value as a change and the database hold them.
func JoinBenefits(all []Benefit) string {
	words := make([]string, len(all))
	for i, b := range all {
		words[i] = string(b)
	}
	return strings.Join(words, " ")
}

// SplitBenefits reads what JoinBenefits has written.
func SplitBenefits(text string) []Benefit {
	var all []Benefit
	for _, word := range strings.Fields(text) {
		all = append(all, Benefit(word))
	}
	return all
}
