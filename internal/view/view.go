// Package view turns what the desk gives into documents, once for each thing.
package view

import (
	"math"
	"strconv"
	"time"

	"sluss/internal/idea"
	"sluss/internal/lang"
	"sluss/internal/render"
)

// View writes documents in one language and time zone.
type View struct {
	p   lang.Printer
	loc *time.Location
}

// New makes a View.
func New(p lang.Printer, loc *time.Location) View { return View{p, loc} }

// t translates a text; see lang.Printer.T.
func (v View) t(format string, args ...any) string { return v.p.T(format, args...) }

func (v View) word(w string) string {
	if w == "" {
		return ""
	}
	return v.p.T(w)
}

// stage is what a stage is called. One that was removed says so.
func (v View) stage(s idea.Stage) string {
	if s.Removed {
		return v.p.T("%s (removed)", s.Names)
	}
	return v.p.T("%s", s.Names)
}

// moment is an instant as people read it.
func (v View) moment(t time.Time) string { return t.In(v.loc).Format("2006-01-02 15:04") }

// day is the day of an instant. What was back-dated has no time that means
// anything.
func (v View) day(t time.Time) string { return v.moment(t)[:len(time.DateOnly)] }

// stamp is an instant as scripts read it.
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

func text(s string) render.Cell { return render.Cell{Text: s} }

// coded is a word that people read in their language and scripts as a key.
func coded(shown, key string) render.Cell { return render.Cell{Text: shown, Raw: key} }

func count(n int) render.Cell {
	return render.Cell{Text: strconv.Itoa(n), Raw: strconv.Itoa(n), Number: true}
}

// figure is a number with few decimals; a dash where there is none.
func (v View) figure(f float64, decimals int) render.Cell {
	if math.IsNaN(f) {
		return render.Cell{Text: "–", Void: true, Style: render.Dim}
	}
	return render.Cell{Text: v.p.Number(f, decimals), Raw: strconv.FormatFloat(f, 'f', decimals, 64), Number: true}
}

func (v View) share(f float64) render.Cell {
	if math.IsNaN(f) {
		return render.Cell{Text: "–", Void: true, Style: render.Dim}
	}
	return render.Cell{Text: v.p.Percent(f), Raw: strconv.FormatFloat(f, 'f', 4, 64), Number: true}
}

// known is s for JSON: null when there is none.
func known[T ~string](s T) *string {
	if s == "" {
		return nil
	}
	out := string(s)
	return &out
}

// number is f for JSON, to four decimals: null when there is none.
func number(f float64) *float64 {
	if math.IsNaN(f) {
		return nil
	}
	f = math.Round(f*1e4) / 1e4
	return &f
}

// each turns one sequence of rows into another.
func rows[T any](all []T, row func(T) []render.Cell) [][]render.Cell {
	out := make([][]render.Cell, len(all))
	for i, one := range all {
		out[i] = row(one)
	}
	return out
}
