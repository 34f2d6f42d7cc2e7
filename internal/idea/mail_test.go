package idea_test

import (
	"testing"

	"sluss/internal/idea"
)

func TestCheckMail(t *testing.T) {
	for address, want := range map[string]bool{
		"": true, "asa@example.se": true, "åsa.öberg@exempel.se": true, "a+b@c": true,
		"asa": false, "asa@": false, "@example.se": false, "Åsa <asa@example.se>": false, "a@b.se, c@d.se": false,
		"a b@c.se": false, "<a@b.se>": false, "mailto:a@b.se": false, " a@b.se": false,
	} {
		if err := idea.CheckMail(address); (err == nil) != want || err != nil && idea.KindOf(err) != idea.Usage {
			t.Errorf("%q: %v", address, err)
		}
	}
	for addresses, want := range map[string]bool{"a@b.se; c@d.se": true, "a@b.se": true, "a@b.se; c": false} {
		if err := idea.CheckMails(addresses); (err == nil) != want {
			t.Errorf("%q: %v", addresses, err)
		}
	}
}
