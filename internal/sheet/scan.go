package sheet

import (
	"bytes"
	"unicode/utf8"
)

// maxCells is the most columns that Excel has.
const maxCells = 16384

// span is where a cell lies in its record, quotes left out.
type span struct {
	start, end int
	quoted     bool
	doubled    bool // it holds doubled quotes
}

// state is how far the scanning of a record came.
type state int

const (
	whole    state = iota
	partial        // the record goes on after the data
	unclosed       // a quote at fault is never closed
	stray          // a quote at fault stands inside a quoted cell
	tooMany        // more cells than maxCells
)

// scanner finds the cells of records.
type scanner struct {
	comma  byte
	ends   [256]bool // the bytes that end an unquoted cell
	cells  []span    // the record last scanned
	breaks int       // line breaks inside its cells
	fault  int       // the quote that a state speaks of; -1 outside quotes
}

func newScanner(comma byte) *scanner {
	s := &scanner{comma: comma}
	s.ends[comma], s.ends['\n'], s.ends['\r'] = true, true, true
	return s
}

// record scans the record at the beginning of data and gives its length with
// its line end. Last says that nothing comes after data.
func (s *scanner) record(data []byte, last bool) (int, state) {
	s.cells, s.breaks = s.cells[:0], 0
	for i := 0; ; i++ {
		c, found := s.cell(data, i, last)
		if found != whole {
			return 0, found
		}
		i = c.end
		if c.quoted {
			i++
		}
		if i == len(data) && !last {
			return 0, partial
		}
		if len(s.cells) == maxCells {
			return 0, tooMany
		}
		s.cells = append(s.cells, c)
		if i == len(data) {
			return i, whole
		}
		if data[i] == s.comma {
			continue
		}
		return lineEnd(data, i, last)
	}
}

func lineEnd(data []byte, i int, last bool) (int, state) {
	switch {
	case data[i] == '\n':
		return i + 1, whole
	case i+1 == len(data) && !last:
		return 0, partial
	case i+1 < len(data) && data[i+1] == '\n':
		return i + 2, whole
	}
	return i + 1, whole
}

func (s *scanner) cell(data []byte, start int, last bool) (span, state) {
	if start < len(data) && data[start] == '"' {
		return s.quoted(data, start, last)
	}
	s.fault = -1
	end := start
	for end < len(data) && !s.ends[data[end]] {
		end++
	}
	return span{start: start, end: end}, whole
}

func (s *scanner) quoted(data []byte, open int, last bool) (span, state) {
	s.fault = open
	c := span{start: open + 1, quoted: true}
	for from := c.start; ; {
		n := bytes.IndexByte(data[from:], '"')
		if n < 0 && last {
			return c, unclosed
		}
		if n < 0 {
			return c, partial
		}
		c.end = from + n
		next := c.end + 1
		if next < len(data) && data[next] == '"' {
			c.doubled = true
			from = next + 1
			continue
		}
		s.breaks += breaks(data[c.start:c.end])
		if next < len(data) && !s.ends[data[next]] {
			s.fault = c.end
			return c, stray
		}
		return c, whole
	}
}

// blank tells whether the record last scanned is an empty line.
func (s *scanner) blank() bool {
	return len(s.cells) == 1 && !s.cells[0].quoted && s.cells[0].start == s.cells[0].end
}

// breaks counts the line breaks of text: CR LF, LF and CR.
func breaks(text []byte) int {
	n := bytes.Count(text, []byte{'\n'})
	if bytes.IndexByte(text, '\r') >= 0 {
		n += bytes.Count(text, []byte{'\r'}) - bytes.Count(text, []byte("\r\n"))
	}
	return n
}

// place is the line and column of the end of text, where text begins on line.
func place(text []byte, line int) (int, int) {
	line += breaks(text)
	return line, utf8.RuneCount(text[bytes.LastIndexAny(text, "\r\n")+1:]) + 1
}

// separator judges which of the usual separators the rows of sample agree on.
// A file of one column has none; then it is one that splits no row.
func separator(sample []byte, last bool) byte {
	var best score
	comma := byte(',')
	for _, c := range []byte(",;\t|") {
		if s := judge(newScanner(c), sample, last); s.better(best) {
			best, comma = s, c
		}
	}
	return comma
}

type score struct {
	agreement float64
	single    float64 // rows of one cell under one heading
}

func (s score) better(than score) bool {
	if s.agreement != than.agreement {
		return s.agreement > than.agreement
	}
	return s.single > than.single
}

// judge weighs how many rows are as wide as the headings, and how wide that
// is. A row that is at least split, as the headings are, counts a little.
func judge(s *scanner, sample []byte, last bool) score {
	const most = 100
	rows, width, alike := 0, 0, 0.0
	for rows < most && len(sample) > 0 {
		n, found := s.record(sample, last)
		if found != whole {
			break
		}
		sample = sample[n:]
		switch cells := len(s.cells); {
		case s.blank():
			continue
		case width == 0:
			width = cells
			continue
		case cells == width:
			alike++
		case cells > 1 && width > 1:
			alike += 0.1
		}
		rows++
	}
	if rows == 0 {
		rows, alike = 1, 1
	}
	if width == 1 {
		return score{single: alike}
	}
	return score{agreement: alike * alike / float64(rows) * float64(width-1)}
}
