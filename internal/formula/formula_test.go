package formula_test

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sluss/internal/formula"
	"sluss/internal/idea"
)

// term is a formula as a plain Go value: what it is written as, and what it
// comes to by arithmetic in Go.
type term struct {
	text  string
	value float64
}

func measures() map[string]float64 {
	return map[string]float64{"received": 12, "realised": 3, "visitors": 1250.5, "nothing": math.NaN(), "zero": 0, "reached:test": 4, "reached:handed-over": -2}
}

func terms(depth int) *rapid.Generator[term] {
	leaf := rapid.OneOf(
		rapid.Map(rapid.IntRange(0, 1000), func(n int) term { return term{fmt.Sprint(n), float64(n)} }),
		rapid.Map(rapid.IntRange(0, 9999), func(n int) term { f := float64(n) / 16; return term{fmt.Sprintf("%.4f", f), f} }),
		rapid.Map(rapid.SampledFrom([]string{"received", "realised", "visitors", "nothing", "zero", "reached:test", "reached:handed-over"}), func(id string) term {
			return term{formula.Write(id), measures()[id]}
		}))
	if depth == 0 {
		return leaf
	}
	less := terms(depth - 1)
	return rapid.OneOf(leaf, rapid.Custom(func(t *rapid.T) term {
		a, b := less.Draw(t, "a"), less.Draw(t, "b")
		switch rapid.IntRange(0, 8).Draw(t, "what") {
		case 0:
			return term{"(" + a.text + " + " + b.text + ")", a.value + b.value}
		case 1:
			return term{"(" + a.text + "-" + b.text + ")", a.value - b.value}
		case 2:
			return term{"(" + a.text + ")*" + "(" + b.text + ")", a.value * b.value}
		case 3:
			quotient := a.value / b.value
			if b.value == 0 {
				quotient = math.NaN()
			}
			return term{"(" + a.text + ") / (" + b.text + " )", quotient}
		case 4:
			return term{"-(" + a.text + ")", -a.value}
		case 5:
			return term{"min(" + a.text + ", " + b.text + ")", math.Min(a.value, b.value)}
		case 6:
			return term{"max(" + a.text + "," + b.text + ")", math.Max(a.value, b.value)}
		case 7:
			return term{"round(" + a.text + ")", math.Round(a.value)}
		}
		return term{"abs(" + a.text + ")", math.Abs(a.value)}
	}))
}

// TestValue compares with arithmetic in Go. A division by a 0 that is written
// out is refused when the formula is read.
func TestValue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := terms(4).Draw(t, "term")
		f, err := formula.Parse(want.text)
		if err != nil {
			if !strings.Contains(err.Error(), "divides by 0") {
				t.Fatalf("%s: %v", want.text, err)
			}
			return
		}
		got := f.Value(func(id string) float64 { return measures()[id] })
		if got != want.value && !(math.IsNaN(got) && (math.IsNaN(want.value) || math.IsInf(want.value, 0))) {
			t.Fatalf("%s is %v, want %v", want.text, got, want.value)
		}
	})
}

func TestPrecedence(t *testing.T) {
	for text, want := range map[string]float64{
		"100 * realised / received":    25,
		"received - realised * 2":      6,
		"received - realised - 1":      8,
		"-realised + 1":                -2,
		"2 * -realised":                -6,
		`reached("test") / received`:   1.0 / 3,
		"reached('handed-over') + 2":   0,
		"max(1, received, realised)":   12,
		"min(received, realised) * .5": 1.5,
		"round(visitors / 100)":        13,
	} {
		f, err := formula.Parse(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got := f.Value(func(id string) float64 { return measures()[id] }); got != want {
			t.Errorf("%s is %v, want %v", text, got, want)
		}
	}
}

func TestNoValue(t *testing.T) {
	for _, text := range []string{"received / zero", "received / (realised - 3)", "nothing", "nothing * 0", "max(received, nothing)", "1 + other", "received * 1e308 * 1e308"} {
		f, err := formula.Parse(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		got := f.Value(func(id string) float64 {
			if v, ok := measures()[id]; ok {
				return v
			}
			return math.NaN()
		})
		if !math.IsNaN(got) {
			t.Errorf("%s is %v, want none", text, got)
		}
	}
}

// TestRefused says what is no arithmetic, and where.
func TestRefused(t *testing.T) {
	for text, want := range map[string]string{
		"":                          "the formula ends too early, after character 0",
		"received +":                "the formula ends too early, after character 10",
		"(received":                 "the formula ends too early, after character 9",
		"received * / realised":     `the formula cannot be read at character 12: "/"`,
		"received realised":         `the formula cannot be read at character 10: "realised"`,
		"0,5 * received":            `the formula cannot be read at character 2: ",5"`,
		"reached:test":              `the formula cannot be read at character 8: ":test"`,
		"received / 0":              "the formula divides by 0, at character 10",
		"received / (2 - 2.0)":      "the formula divides by 0, at character 10",
		"received > 3":              `">" cannot be in a formula, at character 10`,
		"received % 3":              `"%" cannot be in a formula, at character 10`,
		"2 ** 8":                    `"**" cannot be in a formula, at character 3`,
		"not received":              `"not" cannot be in a formula, at character 1`,
		"1 .. 3":                    `".." cannot be in a formula, at character 3`,
		`"text"`:                    `"text" cannot be in a formula, at character 1`,
		"received ? 1 : 2":          "",
		"true":                      "this is no arithmetic, at character 1 of the formula",
		"[1, 2]":                    "this is no arithmetic, at character 1 of the formula",
		"map([1], # * 2)":           "",
		"sum([1, 2])":               `"sum" cannot be in a formula, at character 1`,
		"let x = 1; x":              "",
		"reached(test)":             "this is no arithmetic, at character 1 of the formula",
		`reached("test", "x")`:      "this is no arithmetic, at character 1 of the formula",
		"received.number":           "",
		"env()":                     "",
		"abs(1, 2)":                 "abs takes another number of values, at character 1",
		"min()":                     "",
		"received // realised":      "a formula holds no comments",
		"now()":                     "",
		"received | max(1)":         `"|" cannot be in a formula, at character 10`,
		strings.Repeat("(", 100000): "",
	} {
		_, err := formula.Parse(text)
		var e *idea.Error
		if !errors.As(err, &e) || e.Kind != idea.Usage {
			t.Errorf("%.40s gives %v", text, err)
			continue
		}
		if want != "" && e.Error() != want {
			t.Errorf("%s\nsays  %s\nwant  %s", text, e, want)
		}
	}
}

func TestNames(t *testing.T) {
	for key, want := range map[string]bool{"visitors": true, "in": false, "not": false, "and": false, "let": false, "true": false, "nil": false, "count": true, "a1_b2": true} {
		if got := formula.Names(key); got != want {
			t.Errorf("%s can stand in a formula: %v, want %v", key, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"100 * realised / received", `reached("test")`, "min(1, 2)", "a ?? b", "((((", "-1e9", "x[1]", "å"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		parsed, err := formula.Parse(text)
		if err != nil {
			if idea.KindOf(err) != idea.Usage {
				t.Fatal(err)
			}
			return
		}
		if v := parsed.Value(func(string) float64 { return 1 }); math.IsInf(v, 0) {
			t.Fatalf("%q is infinite", text)
		}
	})
}
