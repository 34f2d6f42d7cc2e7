package chart

import (
	"fmt"
	"math"
	"strings"
)

// Spark is values as a row of small bars, one character each, a space where
// there is none. The lowest bar is zero or the smallest value below it. With
// ascii it uses a ladder of signs that keep the order.
func Spark(values []float64, ascii bool) string {
	ladder := []rune("▁▂▃▄▅▆▇█")
	if ascii {
		ladder = []rune("_.-=#")
	}
	heights := heights(values)
	var b strings.Builder
	for _, h := range heights {
		if math.IsNaN(h) {
			b.WriteByte(' ')
			continue
		}
		b.WriteRune(ladder[int(math.Round(h*float64(len(ladder)-1)))])
	}
	return b.String()
}

// SparkSVG is the same as a small picture without words: what it shows must
// stand beside it.
func SparkSVG(values []float64) string {
	const step, height = 4, 16
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="spark" aria-hidden="true" focusable="false" width="%d" height="%d" viewBox="0 0 %d %d">`,
		step*len(values), height, step*len(values), height)
	for i, h := range heights(values) {
		if !math.IsNaN(h) {
			tall := 1 + h*(height-1)
			fmt.Fprintf(&b, `<rect x="%d" y="%.1f" width="%d" height="%.1f"/>`, step*i, height-tall, step-1, tall)
		}
	}
	b.WriteString("</svg>")
	return b.String()
}

// heights is values between 0 and 1.
func heights(values []float64) []float64 {
	s := Series{Values: values}
	low, high := 0.0, 0.0
	for i := range values {
		if v := s.At(i); !math.IsNaN(v) {
			low, high = min(low, v), max(high, v)
		}
	}
	out := make([]float64, len(values))
	for i := range values {
		out[i] = s.At(i)
		if !math.IsNaN(out[i]) {
			out[i] = part(out[i], low, high)
		}
	}
	return out
}

// part is how far v is on the way from low to high. It does not overflow.
func part(v, low, high float64) float64 {
	span := high/2 - low/2
	if span == 0 {
		return 0
	}
	return min(1, max(0, (v/2-low/2)/span))
}
