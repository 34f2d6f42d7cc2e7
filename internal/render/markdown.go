package render

import (
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"sluss/internal/chart"
	"sluss/internal/term"
)

// writeMarkdown writes d as GitHub Flavored Markdown.
func writeMarkdown(w io.Writer, d Document) error {
	p := newPaper(w)
	if d.Title != "" {
		p.block()
		p.line("# ", inline(d.Title))
	}
	for _, note := range d.Notes {
		p.block()
		p.line(paragraph(note))
	}
	for _, s := range d.Sections {
		if err := markdownSection(p, s); err != nil {
			return err
		}
	}
	return p.Flush()
}

func markdownSection(p *paper, s Section) error {
	if s.Heading != "" {
		p.block()
		size := "## "
		if s.Sub {
			size = "### "
		}
		p.line(size, inline(s.Heading))
	}
	if len(s.Facts) > 0 {
		p.block()
	}
	for _, f := range s.Facts {
		p.line(strings.TrimRight("- **"+inline(f.Label)+":** "+cell(f.Value), " "))
	}
	if text := foreignMarkdown(s.Text); text != "" {
		p.block()
		p.line(text)
	}
	if s.Table == nil {
		return nil
	}
	return markdownTable(p, *s.Table)
}

func markdownTable(p *paper, t Table) error {
	empty := true
	for row, err := range t.rows() {
		if err != nil {
			return err
		}
		if empty {
			markdownHead(p, t)
			empty = false
		}
		cells := make([]string, len(t.Columns))
		for i := range min(len(cells), len(row)) {
			cells[i] = cell(row[i].Text)
			if len(row[i].Spark) > 0 {
				cells[i] = strings.TrimSpace(cells[i] + " " + chart.Spark(row[i].Spark, false))
			}
			if row[i].Link != "" {
				cells[i] = "[" + cells[i] + "](" + row[i].Link + ")"
			}
		}
		p.line("| ", strings.Join(cells, " | "), " |")
	}
	if empty && t.Empty != "" {
		p.block()
		p.line(paragraph(t.Empty))
	}
	return nil
}

func markdownHead(p *paper, t Table) {
	if t.Caption != "" {
		p.block()
		p.line(paragraph(t.Caption))
	}
	p.block()
	heads, rules := make([]string, len(t.Columns)), make([]string, len(t.Columns))
	for i, c := range t.Columns {
		heads[i], rules[i] = cell(c.Head), "---"
		if c.Right {
			rules[i] = "---:"
		}
	}
	p.line("| ", strings.Join(heads, " | "), " |")
	p.line("| ", strings.Join(rules, " | "), " |")
}

// cell is inline that keeps line ends.
func cell(s string) string {
	var lines []string
	for line := range strings.SplitSeq(term.SafeText(strings.TrimSpace(s)), "\n") {
		lines = append(lines, inline(line))
	}
	return strings.Join(lines, "<br>")
}

// paragraph is inline for text that begins a line.
func paragraph(s string) string {
	s = inline(s)
	if s == "" {
		return s
	}
	if strings.IndexByte("+-=>", s[0]) >= 0 {
		return `\` + s
	}
	text := strings.TrimLeft(s, "0123456789")
	if mark, _, _ := strings.Cut(text, " "); len(text) < len(s) && (mark == "." || mark == ")") {
		return s[:len(s)-len(text)] + `\` + text
	}
	return s
}

// inline escapes plain text so that Markdown shows it as it is, on one line.
func inline(s string) string {
	s = strings.TrimSpace(term.Safe(s))
	var b strings.Builder
	before := ' '
	for i, r := range s {
		rest := s[i+utf8.RuneLen(r):]
		after, _ := utf8.DecodeRuneInString(rest)
		switch {
		case strings.ContainsRune("\\`*[]{}|~", r), r == '_' && !(isWord(before) && isWord(after)):
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '<':
			b.WriteString("&lt;")
		case r == '&' && isEntity(rest):
			b.WriteString("&amp;")
		case isAutolink(before, r, after):
			b.WriteRune(r)
			b.WriteString(unlink)
		case r == '#' && before == ' ':
			b.WriteString(`\#`)
		default:
			b.WriteRune(r)
		}
		before = r
	}
	return b.String()
}

// unlink parts the sign of an autolink from its name: a space without width.
const unlink = "&#8203;"

// isAutolink tells whether @ or # begins what GitHub links by itself: @name, #12.
func isAutolink(before, sign, after rune) bool {
	if isWord(before) || strings.ContainsRune("/&.+-", before) {
		return false
	}
	return sign == '@' && isWord(after) || sign == '#' && unicode.IsDigit(after)
}

func isWord(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

func isEntity(rest string) bool {
	name, _, found := strings.Cut(rest[:min(len(rest), 40)], ";")
	return found && name != "" && strings.Trim(name, "#abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == ""
}

// foreignMarkdown makes Markdown that somebody wrote fit to stand in ours: no
// raw HTML, no images, no links but to the web, mail and headings, and no
// heading as high as ours. What it leaves open it closes.
func foreignMarkdown(s string) string {
	s = strings.TrimSpace(term.SafeText(s))
	var out, prose []string
	fence := ""
	flush := func() {
		if len(prose) > 0 {
			out = append(out, tame(strings.Join(prose, "\n")))
		}
		prose = nil
	}
	for line := range strings.SplitSeq(s, "\n") {
		switch {
		case fence != "":
			out = append(out, line)
			if closes(line, fence) {
				fence = ""
			}
		case opens(line) != "":
			flush()
			out, fence = append(out, opens(line)), fenceOf(opens(line))
		default:
			prose = append(prose, demote(line))
		}
	}
	flush()
	if fence != "" {
		out = append(out, fence)
	}
	return strings.Join(out, "\n")
}

// opens is the line that opens a block of code here, at the left edge, where it
// is code to every reader whatever lists and quotes went before it; "" if none
// does. Code that is further in is tamed like prose and ends with its list.
func opens(line string) string {
	text := strings.TrimLeft(line, " ")
	if len(line)-len(text) > 3 {
		return ""
	}
	mark := fenceOf(text)
	if len(mark) < 3 || mark[0] == '`' && strings.Contains(text[len(mark):], "`") {
		return ""
	}
	return text
}

// fenceOf is the run of ` or ~ that text begins with.
func fenceOf(text string) string {
	if text == "" || text[0] != '`' && text[0] != '~' {
		return ""
	}
	return text[:len(text)-len(strings.TrimLeft(text, text[:1]))]
}

func closes(line, fence string) bool {
	text := strings.TrimRight(line, " ")
	trimmed := strings.TrimLeft(text, " ")
	return len(text)-len(trimmed) <= 3 && len(trimmed) >= len(fence) && strings.Trim(trimmed, fence[:1]) == ""
}

// demote lowers a heading by two levels, and keeps a line of = or - from
// making the line above a heading.
func demote(line string) string {
	text := strings.TrimLeft(line, " >")
	marks := line[:len(line)-len(text)]
	if bare := strings.TrimRight(text, " "); bare != "" {
		switch {
		case strings.Trim(bare, "-") == "" && len(bare) >= 3:
			return marks + "***"
		case strings.Trim(bare, "-") == "", strings.Trim(bare, "=") == "":
			return marks + `\` + bare
		}
	}
	at := containerEnd(line)
	text = strings.TrimLeft(line[at:], "#")
	level := len(line) - at - len(text)
	if level < 1 || level > 6 || text != "" && text[0] != ' ' {
		return line
	}
	return line[:at] + strings.Repeat("#", min(level+2, 6)) + text
}

// containerEnd is where the text of a line begins after marks of lists and
// quotes.
func containerEnd(line string) int {
	for i := 0; ; {
		rest := line[i:]
		digits := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
		mark := rest[digits:]
		switch {
		case strings.HasPrefix(rest, " "), strings.HasPrefix(rest, ">"):
			i++
		case strings.HasPrefix(rest, "- "), strings.HasPrefix(rest, "* "), strings.HasPrefix(rest, "+ "):
			i += 2
		case digits > 0 && (strings.HasPrefix(mark, ". ") || strings.HasPrefix(mark, ") ")):
			i += digits + 2
		default:
			return i
		}
	}
}

// tame takes the force out of HTML, images, doubtful links and autolinks.
func tame(s string) string {
	var b strings.Builder
	before := ' '
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		rest := s[size:]
		after, next := utf8.DecodeRuneInString(rest)
		switch {
		case r == '\\' && after == '<':
		case r == '\\' && after < utf8.RuneSelf && unicode.IsOneOf([]*unicode.RangeTable{unicode.P, unicode.S}, after):
			b.WriteString(s[:size+next])
			rest = rest[next:]
		case r == '<':
			b.WriteString("&lt;")
		case r == '!' && after == '[':
			b.WriteString(`\!`)
		case r == ']' && (after == '(' || after == ':') && !isHarmless(rest[next:]):
			b.WriteString(`]\`)
		case isAutolink(before, r, after):
			b.WriteString(s[:size] + unlink)
		default:
			b.WriteRune(r)
		}
		before = r
		s = rest
	}
	return b.String()
}

// isHarmless tells whether the target of a link is of a kind that may stay.
// Whatever is written in a roundabout way is not.
func isHarmless(target string) bool {
	target = strings.TrimLeft(target, " \n")
	if strings.HasPrefix(target, "#") {
		return true
	}
	for _, scheme := range []string{"https://", "http://", "mailto:"} {
		if len(target) >= len(scheme) && strings.EqualFold(target[:len(scheme)], scheme) {
			return true
		}
	}
	return false
}
