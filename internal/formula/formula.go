// Package formula reads the arithmetic of measures: keys of measures, numbers,
// + - * / and brackets, min, max, round and abs. Nothing else is let in.
package formula

import (
	"errors"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"

	"sluss/internal/idea"
)

// Formula is a formula that can be counted.
type Formula struct {
	root ast.Node
	refs []Ref
}

// Ref is a measure that a formula speaks of.
type Ref struct {
	ID string // such as received or reached:test
	At int    // the character of the formula at which it stands, from 1
}

// Parse reads a formula. It returns Usage, with the place, for what is none, for
// what is no arithmetic, and for a division by a 0 that is written out.
func Parse(text string) (*Formula, error) {
	if strings.Contains(text, "//") || strings.Contains(text, "/*") {
		return nil, idea.Errorf(idea.Usage, "a formula holds no comments").WithHint("say in --definition what it means")
	}
	if at := strings.IndexByte(text, '|'); at >= 0 {
		return nil, withForm(idea.Errorf(idea.Usage, "%q cannot be in a formula, at character %d", "|", utf8.RuneCountInString(text[:at])+1))
	}
	tree, err := parser.Parse(text)
	var at *file.Error
	switch {
	case errors.As(err, &at) && strings.HasPrefix(at.Message, "unexpected token EOF"):
		return nil, unreadable(text, utf8.RuneCountInString(text))
	case errors.As(err, &at):
		return nil, unreadable(text, at.From)
	case err != nil:
		return nil, unreadable(text, 0)
	}
	f := &Formula{root: tree.Node}
	return f, f.check(f.root)
}

// unreadable says where a formula cannot be read.
func unreadable(text string, from int) error {
	all := []rune(text)
	rest := ""
	if from < len(all) {
		rest, _, _ = strings.Cut(strings.TrimSpace(string(all[from:])), " ")
	}
	if rest == "" {
		return withForm(idea.Errorf(idea.Usage, "the formula ends too early, after character %d", len(all)))
	}
	e := withForm(idea.Errorf(idea.Usage, "the formula cannot be read at character %d: %q", from+1, rest))
	before := string(all[:from])
	if word, item := lastWord(before), strings.TrimLeft(rest, ":"); item != rest && word != "" {
		e = e.WithHint("write %s for %s", Write(word+":"+lead(item)), word+":"+lead(item))
	} else if strings.HasPrefix(rest, ",") {
		e = e.WithHint("write decimals with a point: 0.5")
	}
	return e
}

// lastWord is the word that a text ends with.
func lastWord(text string) string { return text[len(strings.TrimRightFunc(text, inWord)):] }

// lead is the word that a text begins with.
func lead(text string) string { return text[:len(text)-len(strings.TrimLeftFunc(text, inWord))] }

func inWord(r rune) bool {
	return r == '_' || r == '-' || 'a' <= r && r <= 'z' || '0' <= r && r <= '9'
}

func withForm(e *idea.Error) *idea.Error {
	return e.WithHint("a formula is made of keys of measures, numbers, + - * / and brackets, and min, max, round and abs: 100 * realised / received")
}

// check lets only arithmetic in, and gathers what it speaks of.
func (f *Formula) check(n ast.Node) error {
	switch n := n.(type) {
	case *ast.IntegerNode, *ast.FloatNode:
		return nil
	case *ast.UnaryNode:
		if n.Operator != "-" && n.Operator != "+" {
			return forbidden(n, n.Operator)
		}
		return f.check(n.Node)
	case *ast.BinaryNode:
		return f.checkBinary(n)
	case *ast.IdentifierNode, *ast.CallNode:
		id, ok := called(n)
		if !ok {
			return forbidden(n, "")
		}
		f.refs = append(f.refs, Ref{ID: id, At: place(n)})
		return nil
	case *ast.BuiltinNode:
		return f.checkFunction(n)
	case *ast.StringNode:
		return forbidden(n, n.Value)
	}
	return forbidden(n, "")
}

func (f *Formula) checkBinary(n *ast.BinaryNode) error {
	if !slices.Contains([]string{"+", "-", "*", "/"}, n.Operator) {
		return forbidden(n, n.Operator)
	}
	if err := f.check(n.Left); err != nil {
		return err
	}
	before := len(f.refs)
	if err := f.check(n.Right); err != nil {
		return err
	}
	if n.Operator == "/" && len(f.refs) == before && value(n.Right, nil) == 0 {
		return idea.Errorf(idea.Usage, "the formula divides by 0, at character %d", place(n)).WithHint("divide by a measure or by another number")
	}
	return nil
}

func (f *Formula) checkFunction(n *ast.BuiltinNode) error {
	switch {
	case !slices.Contains([]string{"min", "max", "round", "abs"}, n.Name):
		return forbidden(n, n.Name)
	case len(n.Arguments) == 0 || len(n.Arguments) > 1 && (n.Name == "round" || n.Name == "abs"):
		return idea.Errorf(idea.Usage, "%s takes another number of values, at character %d", n.Name, place(n)).
			WithHint("write round(x), abs(x), min(x, y) or max(x, y)")
	}
	for _, a := range n.Arguments {
		if err := f.check(a); err != nil {
			return err
		}
	}
	return nil
}

func forbidden(n ast.Node, what string) error {
	if what == "" {
		return withForm(idea.Errorf(idea.Usage, "this is no arithmetic, at character %d of the formula", place(n)))
	}
	return withForm(idea.Errorf(idea.Usage, "%q cannot be in a formula, at character %d", what, place(n)))
}

func place(n ast.Node) int { return n.Location().From + 1 }

// called is the id of the measure that a node names: received, or reached("test").
func called(n ast.Node) (string, bool) {
	switch n := n.(type) {
	case *ast.IdentifierNode:
		return n.Value, true
	case *ast.CallNode:
		name, isName := n.Callee.(*ast.IdentifierNode)
		if !isName || len(n.Arguments) != 1 {
			return "", false
		}
		item, isText := n.Arguments[0].(*ast.StringNode)
		if !isText {
			return "", false
		}
		return name.Value + ":" + item.Value, true
	}
	return "", false
}

// Write is the id of a measure as a formula has it: reached("test") for
// reached:test.
func Write(id string) string {
	key, item, found := strings.Cut(id, ":")
	if !found {
		return id
	}
	return key + `("` + item + `")`
}

// Refs lists the measures that the formula speaks of, in its order.
func (f *Formula) Refs() []Ref { return f.refs }

// Value counts the formula with the values of its measures, NaN for none. It is
// NaN when one of them is missing or something is divided by 0.
func (f *Formula) Value(of func(id string) float64) float64 {
	v := value(f.root, of)
	if math.IsInf(v, 0) {
		return math.NaN()
	}
	return v
}

func value(n ast.Node, of func(string) float64) float64 {
	switch n := n.(type) {
	case *ast.IntegerNode:
		return float64(n.Value)
	case *ast.FloatNode:
		return n.Value
	case *ast.UnaryNode:
		if n.Operator == "-" {
			return -value(n.Node, of)
		}
		return value(n.Node, of)
	case *ast.BinaryNode:
		return binary(n.Operator, value(n.Left, of), value(n.Right, of))
	case *ast.BuiltinNode:
		return function(n, of)
	}
	if id, ok := called(n); ok {
		return of(id)
	}
	return math.NaN()
}

func binary(operator string, a, b float64) float64 {
	switch {
	case operator == "+":
		return a + b
	case operator == "-":
		return a - b
	case operator == "*":
		return a * b
	case b == 0:
		return math.NaN()
	}
	return a / b
}

func function(n *ast.BuiltinNode, of func(string) float64) float64 {
	v := value(n.Arguments[0], of)
	switch n.Name {
	case "round":
		return math.Round(v)
	case "abs":
		return math.Abs(v)
	}
	for _, a := range n.Arguments[1:] {
		if n.Name == "min" {
			v = min(v, value(a, of))
		} else {
			v = max(v, value(a, of))
		}
	}
	return v
}

// Names tells whether a key can stand in a formula: some words mean something
// else there.
func Names(key string) bool {
	f, err := Parse(key)
	return err == nil && len(f.refs) == 1 && f.refs[0].ID == key
}
