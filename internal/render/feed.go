package render

import (
	"bufio"
	"encoding/xml"
	"io"
	"strings"
	"time"

	"sluss/internal/term"
)

// Feed is news that programs fetch from time to time (RSS 2.0). Its texts are
// raw: they are made safe here.
type Feed struct {
	Title, Link, About, Lang string
	Items                    []FeedItem // newest first
}

// FeedItem is one piece of news. Its id is the same for ever, so that a reader
// shows it once.
type FeedItem struct {
	ID, Title, Link string
	At              time.Time
	Tags            []string
	Text            string // Markdown
}

// rssTime is a time as RFC 822 has it, with the four digits of its successors.
const rssTime = "Mon, 02 Jan 2006 15:04:05 GMT"

type rssGUID struct {
	Permanent bool   `xml:"isPermaLink,attr"`
	ID        string `xml:",chardata"`
}

type rssItem struct {
	XMLName     xml.Name `xml:"item"`
	Title       string   `xml:"title"`
	Link        string   `xml:"link"`
	GUID        rssGUID  `xml:"guid"`
	Published   string   `xml:"pubDate"`
	Categories  []string `xml:"category"`
	Description string   `xml:"description,omitempty"`
}

// WriteFeed writes f. The same feed gives the same bytes: when it was built is
// not told. The text of an item is HTML as in a page of ours, without images
// and with links to the web only.
func WriteFeed(w io.Writer, f Feed) error {
	out := bufio.NewWriter(w)
	e := xml.NewEncoder(out)
	e.Indent("", indent)
	rss := xml.StartElement{Name: xml.Name{Local: "rss"}, Attr: []xml.Attr{{Name: xml.Name{Local: "version"}, Value: "2.0"}}}
	channel := xml.StartElement{Name: xml.Name{Local: "channel"}}
	if _, err := out.WriteString(xml.Header); err != nil {
		return err
	}
	for _, token := range []xml.Token{rss, channel} {
		if err := e.EncodeToken(token); err != nil {
			return err
		}
	}
	for _, part := range [][2]string{{"title", f.Title}, {"link", f.Link}, {"description", f.About}, {"language", f.Lang}} {
		if err := e.EncodeElement(term.Safe(part[1]), xml.StartElement{Name: xml.Name{Local: part[0]}}); err != nil {
			return err
		}
	}
	for _, i := range f.Items {
		item, err := i.rss()
		if err != nil {
			return err
		}
		if err := e.Encode(item); err != nil {
			return err
		}
	}
	for _, token := range []xml.Token{channel.End(), rss.End()} {
		if err := e.EncodeToken(token); err != nil {
			return err
		}
	}
	if err := e.Close(); err != nil {
		return err
	}
	if err := out.WriteByte('\n'); err != nil {
		return err
	}
	return out.Flush()
}

func (i FeedItem) rss() (rssItem, error) {
	text, err := prose(i.Text, 1)
	text = strings.TrimSpace(text)
	out := rssItem{Title: term.Safe(i.Title), Link: i.Link, GUID: rssGUID{ID: i.ID}, Published: i.At.UTC().Format(rssTime), Description: text}
	for _, tag := range i.Tags {
		out.Categories = append(out.Categories, term.Safe(tag))
	}
	return out, err
}
