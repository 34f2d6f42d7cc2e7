package chart

import (
	"fmt"
	"html"
	"strings"

	"sluss/internal/term"
)

const (
	keyWidth  = 36 // of the sample of a series
	keyGap    = 28
	keyHeight = 22
	keyLeft   = 20
)

// key is where a series stands in the legend.
type key struct {
	series, x, y int
	name         string
}

// keys lays the series out in rows above the chart; none for one series.
func (c Chart) keys() []key {
	if !c.legend() {
		return nil
	}
	var out []key
	x, y := keyLeft, 10
	for n, s := range c.Series {
		name := term.Cut(term.Safe(s.Name), longest)
		width := keyWidth + 6 + term.Width(name)*letterWidth
		if x > keyLeft && x+width > svgWidth {
			x, y = keyLeft, y+keyHeight
		}
		out = append(out, key{n, x, y, name})
		x += width + keyGap
	}
	return out
}

func (c Chart) legendHeight() int {
	keys := c.keys()
	if len(keys) == 0 {
		return 0
	}
	return keys[len(keys)-1].y + keyHeight - 10
}

// legend shows how each series looks: its pattern, or its dashes and its mark.
func (p palette) legend(b *strings.Builder, c Chart) {
	for _, k := range c.keys() {
		if p.lines {
			fmt.Fprintf(b, `<path d="M %d %d h %d" stroke="%s" stroke-width="2" fill="none"%s/>`, k.x, k.y+8, keyWidth, colours()[k.series%6], dash(k.series))
			if c.marked() {
				p.mark(b, k)
			}
		} else {
			fmt.Fprintf(b, `<rect x="%d" y="%d" width="%d" height="16" fill="url(#%s-p%d)" stroke="%s"/>`, k.x, k.y, keyWidth, p.id, k.series, ink)
		}
		fmt.Fprintf(b, `<text x="%d" y="%d" font-size="16" fill="%s">%s</text>`+"\n", k.x+keyWidth+6, k.y+14, ink, html.EscapeString(k.name))
	}
}

// mark is the mark of a series as the library draws it at its values.
func (p palette) mark(b *strings.Builder, k key) {
	x, y, colour := k.x+keyWidth/2, k.y+8, colours()[k.series%6]
	switch k.series % len(shapes()) {
	case 0:
		fmt.Fprintf(b, `<circle cx="%d" cy="%d" r="4" fill="%s"/>`, x, y, colour)
	case 1:
		fmt.Fprintf(b, `<rect x="%d" y="%d" width="8" height="8" fill="%s"/>`, x-4, y-4, colour)
	case 2:
		fmt.Fprintf(b, `<path d="M %d %d l 5 5 l -5 5 l -5 -5 z" fill="%s"/>`, x, y-5, colour)
	case 3:
		fmt.Fprintf(b, `<circle cx="%d" cy="%d" r="4" fill="#fff" stroke="%s" stroke-width="2"/>`, x, y, colour)
	}
}
