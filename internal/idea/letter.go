package idea

import "slices"

// ATemplate is a template of a letter as something that changes.
const ATemplate Subject = "template"

// LetterName names a kind of letter to a giver.
type LetterName string

// LetterNames lists the kinds of letters, in the order of an idea's way.
func LetterNames() []LetterName {
	return []LetterName{"received", "question", "presented", "test", "declined", "realised"}
}

// NewsletterTemplate names the template of newsletters, which is kept beside
// those of letters.
const NewsletterTemplate LetterName = "newsletter"

// FindLetter gives the kind of letter that a word names, in either language. It
// returns NotFound for any other.
func FindLetter(word string) (LetterName, error) {
	name, err := findWord("letter", word, LetterNames(), map[string]LetterName{
		"inkommen": "received", "fråga": "question", "presenterad": "presented", "avböjd": "declined", "förverkligad": "realised"})
	if err == nil {
		return name, nil
	}
	var known []string
	for _, n := range LetterNames() {
		known = append(known, string(n))
	}
	return "", Unknown("letter", word, known)
}

// Template is a template of a letter in one language.
type Template struct {
	ID   int64 // 0: the one that the program brings with it
	Name LetterName
	Lang string // sv or en
	Text string
}

// FindTemplate picks the template of a name and language.
func FindTemplate(all []Template, name LetterName, lang string) (Template, bool) {
	k := slices.IndexFunc(all, func(t Template) bool { return t.Name == name && t.Lang == lang })
	if k < 0 {
		return Template{}, false
	}
	return all[k], true
}
