package idea

import (
	"net/mail"
	"strings"
)

// CheckMail returns Usage for what is no address for mail, such as a name or two
// addresses at once. Whether somebody has the address it cannot know. An empty
// one is no address at all, and right.
func CheckMail(address string) error {
	a, err := mail.ParseAddress(address)
	if address == "" || err == nil && a.Address == address {
		return nil
	}
	return Errorf(Usage, "%q is no address for mail", address).WithHint("write it as asa@example.se")
}

// CheckMails is CheckMail for addresses with semicolons between, as an export
// writes those of several givers.
func CheckMails(addresses string) error {
	for part := range strings.SplitSeq(addresses, ";") {
		if err := CheckMail(strings.TrimSpace(part)); err != nil {
			return err
		}
	}
	return nil
}
