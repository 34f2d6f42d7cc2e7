package letter

import (
	"crypto/sha256"
	"fmt"
	"io"
	address "net/mail"
	"time"

	"github.com/wneessen/go-mail"

	"sluss/internal/idea"
)

// Draft is a letter as a mail that nobody has sent.
type Draft struct {
	Letter
	HTML    string    // the body once more, as a page; empty for a letter that is text only
	Name    string    // of whom it goes to
	Address string    // for mail; empty leaves it to whoever sends the mail
	ID      string    // what the draft is known by here: letters, digits and hyphens
	At      time.Time // when it was written
}

// WriteMail writes the draft as a mail (RFC 5322) that mail programs open for
// sending (X-Unsent): as text, or with HTML as text and page, of which they show
// the one that they can (multipart/alternative, RFC 2046). It names no sender: the mail program does. It returns
// Refused for an address that is none.
func (d Draft) WriteMail(w io.Writer) error {
	m := mail.NewMsg(mail.WithCharset(mail.CharsetUTF8), mail.WithEncoding(mail.EncodingQP), mail.WithNoDefaultUserAgent())
	if d.Address != "" {
		to, err := address.ParseAddress(d.Address)
		if err != nil || to.Address != d.Address {
			return idea.Errorf(idea.Refused, "%q is no address for mail", d.Address).
				WithHint("correct it with: sluss giver edit GIVER --email ADDRESS").Because(err)
		}
		m.ToMailAddress(&address.Address{Name: d.Name, Address: d.Address})
	}
	m.Subject(d.Subject)
	m.SetDateWithValue(d.At)
	m.SetMessageIDWithValue(fmt.Sprintf("%s.%d@sluss.invalid", d.ID, d.At.Unix()))
	m.SetGenHeader("X-Unsent", "1")
	m.SetBodyString(mail.TypeTextPlain, d.Body+"\n")
	if d.HTML != "" {
		// The boundary cannot stand in what it was made of, and is the same every time.
		m.SetBoundary(fmt.Sprintf("sluss-%x", sha256.Sum256([]byte(d.Body+d.HTML)))[:40])
		m.AddAlternativeString(mail.TypeTextHTML, d.HTML)
	}
	_, err := m.WriteTo(w)
	return err
}
