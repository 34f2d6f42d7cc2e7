package render

import (
	"bytes"
	"cmp"
	_ "embed" // the page
	"fmt"
	"html/template"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	marktext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"sluss/internal/term"
)

//go:embed mail.gohtml
var mailTemplate string

// MarkdownLine is plain text as one line of Markdown that shows it as it is,
// wherever it stands.
func MarkdownLine(s string) string { return paragraph(s) }

// MarkdownProse is Markdown that somebody wrote, fit to stand below a heading of
// the third level in ours.
func MarkdownProse(s string) string { return foreignMarkdown(s) }

// MailHTML is Markdown as a page that mail programs show: its looks stand in each
// element, it is laid out with tables, fetches nothing and runs nothing. It begins
// with a heading of the first level. lang is that of the text, and title is plain
// text.
func MailHTML(title, markdown, lang string) (string, error) {
	var body, page bytes.Buffer
	writer := proseWriter(0, util.Prioritized(mailLooks{}, 200))
	if err := writer.Convert([]byte(term.SafeText(markdown)), &body); err != nil {
		return "", err
	}
	t, err := template.New("").Parse(mailTemplate)
	if err != nil {
		return "", err
	}
	err = t.Execute(&page, struct {
		Lang, Title string
		Body        template.HTML
	}{cmp.Or(lang, "en"), term.Safe(title), template.HTML(linked(term.SafeText(body.String())))})
	return page.String(), err
}

// mailLooks gives each element of a mail its looks: mail programs drop style
// sheets.
type mailLooks struct{}

func (mailLooks) Transform(document *ast.Document, _ marktext.Reader, _ parser.Context) {
	_ = ast.Walk(document, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if looks := looksOf(n); entering && looks != "" {
			n.SetAttributeString("style", []byte(looks))
		}
		return ast.WalkContinue, nil
	})
}

func looksOf(n ast.Node) string {
	switch n := n.(type) {
	case *ast.Heading:
		size := max(16, 27-4*n.Level)
		if n.Level == 1 {
			return "margin:0 0 16px 0;font-size:24px;line-height:1.3;color:#1a1a1a"
		}
		return fmt.Sprintf("margin:24px 0 8px 0;font-size:%dpx;line-height:1.3;color:#1a1a1a", size)
	case *ast.Paragraph:
		return "margin:0 0 12px 0"
	case *ast.List:
		return "margin:0 0 12px 0;padding:0 0 0 24px"
	case *ast.ListItem:
		return "margin:0 0 6px 0"
	case *ast.Blockquote:
		return "margin:0 0 12px 0;padding:0 0 0 12px;border-left:3px solid #767676"
	case *ast.Link, *ast.AutoLink:
		return "color:#0b5394;text-decoration:underline"
	case *ast.ThematicBreak:
		return "border:0;border-top:1px solid #767676;margin:16px 0"
	}
	return ""
}

// PlainText is Markdown as text that reads well where there is no markup.
func PlainText(markdown string) string {
	source := []byte(term.SafeText(markdown))
	document := proseWriter(0).Parser().Parse(marktext.NewReader(source))
	p := plainText{source}
	return strings.TrimRight(term.SafeText(strings.Join(p.blocks(document), "\n\n")), "\n ")
}

// PlainLine is one line of Markdown as plain text.
func PlainLine(markdown string) string {
	source := []byte("# " + term.Safe(markdown))
	document := proseWriter(0).Parser().Parse(marktext.NewReader(source))
	return term.Safe(plainText{source}.inline(document.FirstChild()))
}

type plainText struct{ source []byte }

func (p plainText) blocks(parent ast.Node) (out []string) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		if block := p.block(n); block != "" {
			out = append(out, block)
		}
	}
	return out
}

func (p plainText) block(n ast.Node) string {
	switch n := n.(type) {
	case *ast.Heading:
		text := p.inline(n)
		if n.Level > 2 {
			return text
		}
		return text + "\n" + strings.Repeat(map[int]string{1: "=", 2: "-"}[n.Level], min(term.Width(text), 72))
	case *ast.List:
		return p.list(n)
	case *ast.Blockquote:
		return indentLines(strings.Join(p.blocks(n), "\n\n"), "> ", "> ")
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		var b strings.Builder
		for k := range n.Lines().Len() {
			line := n.Lines().At(k)
			b.Write(line.Value(p.source))
		}
		return indentLines(strings.TrimRight(b.String(), "\n"), "    ", "    ")
	case *ast.ThematicBreak:
		return "---"
	}
	return p.inline(n)
}

func (p plainText) list(list *ast.List) string {
	var out []string
	number := list.Start
	for n := list.FirstChild(); n != nil; n = n.NextSibling() {
		mark := "- "
		if list.IsOrdered() {
			mark = fmt.Sprintf("%d. ", number)
			number++
		}
		out = append(out, indentLines(strings.Join(p.blocks(n), "\n"), mark, strings.Repeat(" ", len(mark))))
	}
	return strings.Join(out, "\n")
}

func indentLines(text, first, rest string) string {
	return first + strings.ReplaceAll(text, "\n", "\n"+rest)
}

func (p plainText) inline(parent ast.Node) string {
	var b strings.Builder
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			b.WriteString(unescaped(n.Segment.Value(p.source)))
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte('\n')
			}
		case *ast.String:
			b.Write(n.Value)
		case *ast.CodeSpan:
			for c := n.FirstChild(); c != nil; c = c.NextSibling() {
				if text, ok := c.(*ast.Text); ok {
					b.Write(text.Segment.Value(p.source))
				}
			}
		case *ast.AutoLink:
			b.Write(n.Label(p.source))
		case *ast.Link:
			text, target := p.inline(n), strings.TrimPrefix(string(n.Destination), "mailto:")
			b.WriteString(text)
			if target != text {
				b.WriteString(" (" + target + ")")
			}
		default:
			b.WriteString(p.inline(n))
		}
	}
	return b.String()
}

// unescaped is the text of Markdown without its escapes.
func unescaped(source []byte) string {
	var b strings.Builder
	for k := 0; k < len(source); k++ {
		end := bytes.IndexByte(source[k:min(k+40, len(source))], ';')
		switch {
		case source[k] == '\\' && k+1 < len(source) && util.IsPunct(source[k+1]):
			k++
			b.WriteByte(source[k])
		case source[k] == '&' && end > 1:
			b.Write(util.ResolveEntityNames(util.ResolveNumericReferences(source[k : k+end+1])))
			k += end
		default:
			b.WriteByte(source[k])
		}
	}
	return linked(b.String())
}

// linked is a text without the sign that parts an autolink: only on pages that
// make links of names does it matter.
func linked(s string) string { return strings.ReplaceAll(s, "\u200b", "") }
