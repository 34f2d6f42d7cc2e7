package cmd

import (
	"testing"

	"sluss/internal/idea"
	"sluss/internal/lang"
)

// Every word that completion offers is understood, in both languages.
func TestWordsOfSpreading(t *testing.T) {
	for _, language := range []lang.Lang{lang.Swedish, lang.English} {
		p := lang.New(language)
		for _, c := range idea.SpreadChannels() {
			for _, word := range []string{p.T(string(c)), p.T(string(c.Label()))} {
				if got, err := idea.FindSpreadChannel(word); got != c && word != p.T("another way") {
					t.Errorf("%s: %q is %q (%v)", language, word, got, err)
				}
			}
		}
		for _, part := range idea.NewsletterParts() {
			if got, err := idea.FindNewsletterPart(p.T(string(part))); got != part {
				t.Errorf("%s: %q is %q (%v)", language, p.T(string(part)), got, err)
			}
		}
		for _, a := range idea.Audiences() {
			if got, err := idea.FindAudience(p.T(string(a))); got != a {
				t.Errorf("%s: %q is %q (%v)", language, p.T(string(a)), got, err)
			}
		}
		for _, kind := range uptakeKinds() {
			want := idea.OrganisationKind(kind)
			if kind == "unit" {
				want = idea.OwnOrganisation
			}
			if got, err := idea.FindUptakeKind(p.T(string(kind))); got != want {
				t.Errorf("%s: %q is %q (%v)", language, p.T(string(kind)), got, err)
			}
		}
	}
}
