package render

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	marktext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"sluss/internal/term"
)

// prose is Markdown that somebody wrote as HTML below a heading of a level.
// Tags in it are shown, images give way to their texts, and links lead to the
// web and to mail only.
func prose(markdown string, level int) (string, error) {
	var b bytes.Buffer
	if err := proseWriter(level).Convert([]byte(term.SafeText(markdown)), &b); err != nil {
		return "", err
	}
	return term.SafeText(b.String()), nil // once more: an entity can stand for a control character
}

// proseWriter reads and writes prose below a heading of a level.
func proseWriter(level int, more ...util.PrioritizedValue) goldmark.Markdown {
	return goldmark.New(goldmark.WithParser(parser.NewParser(
		parser.WithBlockParsers(util.Prioritized(parser.NewSetextHeadingParser(), 100), util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(parser.NewListParser(), 300), util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500), util.Prioritized(parser.NewATXHeadingParser(), 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700), util.Prioritized(parser.NewBlockquoteParser(), 800),
			util.Prioritized(parser.NewParagraphParser(), 1000)),
		parser.WithInlineParsers(util.Prioritized(parser.NewCodeSpanParser(), 100), util.Prioritized(parser.NewLinkParser(), 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300), util.Prioritized(parser.NewEmphasisParser(), 500)),
		parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
		parser.WithASTTransformers(append(more, util.Prioritized(taming{level}, 100))...),
	)))
}

// taming takes out of a text what may not be in a page, and puts its headings
// in order below ours.
type taming struct{ level int }

func (t taming) Transform(document *ast.Document, reader marktext.Reader, _ parser.Context) {
	var doubtful []ast.Node
	before, highest := t.level, highestHeading(document)
	_ = ast.Walk(document, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			n.Level = min(t.level+1+n.Level-highest, before+1, 6)
			before = n.Level
		case *ast.Image:
			doubtful = append(doubtful, n)
		case *ast.Link:
			if !isOutside(string(n.Destination)) {
				doubtful = append(doubtful, n)
			}
		case *ast.AutoLink:
			if n.AutoLinkType == ast.AutoLinkURL && !isOutside(string(n.URL(reader.Source()))) {
				doubtful = append(doubtful, n)
			}
		}
		return ast.WalkContinue, nil
	})
	for _, n := range doubtful {
		unlinked(n, reader.Source())
	}
}

// highestHeading is the level of the highest heading of a text.
func highestHeading(document *ast.Document) int {
	highest := 6
	_ = ast.Walk(document, func(n ast.Node, _ bool) (ast.WalkStatus, error) {
		if heading, ok := n.(*ast.Heading); ok {
			highest = min(highest, heading.Level)
		}
		return ast.WalkContinue, nil
	})
	return highest
}

// unlinked puts the text of a link in its place.
func unlinked(n ast.Node, source []byte) {
	parent := n.Parent()
	if auto, ok := n.(*ast.AutoLink); ok {
		parent.ReplaceChild(parent, n, ast.NewString(auto.Label(source)))
		return
	}
	for child := n.FirstChild(); child != nil; child = n.FirstChild() {
		parent.InsertBefore(parent, n, child)
	}
	parent.RemoveChild(parent, n)
}

// isOutside tells whether a link leads to the web or to mail and nowhere else.
func isOutside(link string) bool {
	scheme, rest, found := strings.Cut(link, ":")
	if !found {
		return false
	}
	switch strings.ToLower(scheme) {
	case "http", "https":
		return strings.HasPrefix(rest, "//")
	case "mailto":
		return true
	}
	return false
}
