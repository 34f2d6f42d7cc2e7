package chart

import (
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"strconv"
	"strings"
)

// palette says how the series look: by patterns and dashes first, so that they
// are told apart in black and white.
type palette struct {
	id      string
	lines   bool
	samples bool // the places on the axis are samples, and have no ticks
}

// colours have a contrast of more than 4.5:1 with white.
func colours() []string {
	return []string{"#1f4e79", "#9a3b00", "#1b5e20", "#6a1b6a", "#004d4d", "#5d4037"}
}

// hatches are drawn in squares of 8 by 8.
func hatches() []string {
	return []string{"", "M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4", "M2,2 h3 v3 h-3 z", "M0,2 h8 M0,6 h8", "M0,4 h8 M4,0 v8", "M2,0 v8 M6,0 v8"}
}

func (p palette) patterns(series int) string {
	if p.lines {
		return ""
	}
	var b strings.Builder
	b.WriteString("<defs>\n")
	for i := range series {
		colour, hatch, paper := colours()[i%6], hatches()[i%6], "#fff"
		fill := "none"
		if i%6 == 2 {
			fill = colour
		}
		if i%6 == 0 {
			paper = colour
		}
		if i/6%2 == 1 { // the same ones once more, in white on colour
			paper, colour = colour, "#fff"
			if i%6 == 0 {
				paper = "#fff"
			}
		}
		fmt.Fprintf(&b, `<pattern id="%s-p%d" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="%s"/>`, p.id, i, paper)
		if hatch != "" {
			fmt.Fprintf(&b, `<path d="%s" stroke="%s" stroke-width="1.5" fill="%s"/>`, hatch, colour, fill)
		}
		b.WriteString("</pattern>\n")
	}
	b.WriteString("</defs>\n")
	return b.String()
}

// copy writes the elements of a drawing, only those that a drawing has and with
// nothing but what says where and how they stand.
func (p palette) copy(b *strings.Builder, drawing []byte) error {
	decoder := xml.NewDecoder(strings.NewReader(string(drawing)))
	words, left := "", false
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			words, left = "", p.samples && isTick(t)
			switch t.Name.Local {
			case "path", "circle", "text":
				if left {
					continue
				}
				fmt.Fprintf(b, "<%s%s>", t.Name.Local, p.attributes(t))
			}
		case xml.CharData:
			words += string(t)
		case xml.EndElement:
			switch t.Name.Local {
			case "text":
				b.WriteString(html.EscapeString(words) + "</text>\n")
			case "path", "circle":
				if !left {
					fmt.Fprintf(b, "</%s>\n", t.Name.Local)
				}
			}
		}
	}
}

// isTick tells whether a path is a short line down from the axis.
func isTick(e xml.StartElement) bool {
	for _, a := range e.Attr {
		var x, from, x2, to int
		if n, _ := fmt.Sscanf(strings.Join(strings.Fields(a.Value), " "), "M %d %d L %d %d", &x, &from, &x2, &to); n == 4 {
			return x == x2 && from-to == 5
		}
	}
	return false
}

func (p palette) attributes(e xml.StartElement) string {
	var b strings.Builder
	for _, a := range e.Attr {
		switch a.Name.Local {
		case "d", "x", "y", "cx", "cy", "r", "transform", "text-anchor":
			fmt.Fprintf(&b, ` %s="%s"`, a.Name.Local, html.EscapeString(strings.Join(strings.Fields(a.Value), " ")))
		case "style":
			for part := range strings.SplitSeq(a.Value, ";") {
				key, value, _ := strings.Cut(part, ":")
				b.WriteString(p.style(e.Name.Local, key, value))
			}
		}
	}
	return b.String()
}

func (p palette) style(element, key, value string) string {
	series, found := seriesOf(value)
	switch {
	case key == "fill" && found && !p.lines && element == "path":
		return fmt.Sprintf(` fill="url(#%s-p%d)" stroke="%s" stroke-width="1"`, p.id, series, ink)
	case key == "stroke" && found && !p.lines, key == "stroke" && value == "none":
		return ""
	case key == "stroke" && found:
		broken := ""
		if element == "path" {
			broken = dash(series)
		}
		return fmt.Sprintf(` stroke="%s"%s`, colours()[series%6], broken)
	case key == "fill" && found:
		return fmt.Sprintf(` fill="%s"`, colours()[series%6])
	case key == "fill", key == "stroke", key == "stroke-width", key == "font-size":
		return fmt.Sprintf(` %s="%s"`, key, html.EscapeString(value))
	}
	return ""
}

// seriesOf is the series that a colour stands for.
func seriesOf(colour string) (series int, found bool) {
	rest, found := strings.CutPrefix(colour, "rgb(1,1,")
	if !found {
		return 0, false
	}
	n, err := strconv.Atoi(strings.TrimSuffix(rest, ")"))
	return n - 10, err == nil && n >= 10
}

// dash is how the line of a series is broken.
func dash(series int) string {
	dashes := []string{"", "8 4", "2 3", "10 3 2 3", "14 4", "5 2 1 2 1 2"}
	if d := dashes[series%len(dashes)]; d != "" {
		return fmt.Sprintf(` stroke-dasharray="%s"`, d)
	}
	return ""
}
