package intake

import (
	"strings"

	"sluss/internal/idea"
)

// vocabulary finds the key of a word in either language. It keeps what it has
// found: a file says few words many times.
type vocabulary struct {
	find func(string) (string, error)
	keys map[string]string
}

func newVocabulary(field string, p idea.Process) *vocabulary {
	v := &vocabulary{keys: map[string]string{}}
	switch field {
	case "kind":
		v.find = keyed(idea.FindKind)
	case "channel":
		v.find = keyed(idea.FindChannel)
	case "reason":
		v.find = keyed(idea.FindReason)
		// No coach gives these as they stand, but a file can.
		v.keys["merged"], v.keys["sammanslagen"] = string(idea.Merged), string(idea.Merged)
		v.keys["handed over"] = string(idea.HandedOver)
	case "type":
		v.find = keyed(idea.FindType)
	case "newness":
		v.find = keyed(idea.FindNewness)
	case "benefits":
		v.find = func(words string) (string, error) {
			all, err := idea.FindBenefits(strings.ReplaceAll(words, ";", ","))
			return idea.JoinBenefits(all), err
		}
	case "stage":
		v.find = func(word string) (string, error) { return findStage(word, p) }
	}
	return v
}

func keyed[T ~string](find func(string) (T, error)) func(string) (string, error) {
	return func(word string) (string, error) {
		key, err := find(word)
		return string(key), err
	}
}

func findStage(word string, p idea.Process) (string, error) {
	var legal idea.List
	var near []string
	for _, s := range p {
		if idea.Same(word, string(s.Key)) || idea.Same(word, s.Names.EN) || idea.Same(word, s.Names.SV) {
			return string(s.Key), nil
		}
		legal = append(legal, s.Names)
		near = append(near, string(s.Key), s.Names.SV)
	}
	e := idea.Errorf(idea.Usage, "%q is no %s", word, idea.Word("stage")).WithHint("use one of: %s", legal)
	e.Got, e.Near = word, near
	return "", e
}

func (v *vocabulary) key(word string) (string, *idea.Error) {
	if key, ok := v.keys[word]; ok {
		return key, nil
	}
	key, err := v.find(word)
	if err != nil {
		return "", asError(err)
	}
	v.keys[word] = key
	return key, nil
}
