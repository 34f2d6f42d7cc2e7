package chart

import "math"

// whole tells whether all values are whole numbers.
func (c Chart) whole() bool {
	for _, s := range c.Series {
		for i := range c.Labels {
			if v := s.At(i); !math.IsNaN(v) && v != math.Trunc(v) {
				return false
			}
		}
	}
	return true
}

// lowest is the smallest value that is drawn.
func (c Chart) lowest() float64 {
	least := math.Inf(1)
	for i := range c.Labels {
		least = min(least, c.reach(i, false))
	}
	return least
}

// highest is the largest value that is drawn.
func (c Chart) highest() float64 {
	most := math.Inf(-1)
	for i := range c.Labels {
		most = max(most, c.reach(i, true))
	}
	return most
}

// largest is the largest distance from zero that is drawn.
func (c Chart) largest() float64 { return max(0, c.highest(), -c.lowest()) }

// reach is how far up or down the values under a label go: each for itself, or
// one after the other where they are stacked. Without values it is zero.
func (c Chart) reach(label int, up bool) float64 {
	far := 0.0
	for _, s := range c.Series {
		v := s.At(label)
		switch {
		case math.IsNaN(v), up != (v > 0):
		case c.Kind == Stacked:
			far += v
		case up:
			far = max(far, v)
		default:
			far = min(far, v)
		}
	}
	return min(max(far, -math.MaxFloat64), math.MaxFloat64)
}

// scaling is a round step for the values on an axis, and the first and last of
// them in steps, from zero or below to zero or above: so many steps, or one
// more. Whole values have whole steps.
func (c Chart) scaling(most int) (step, low, high float64) {
	least, greatest := c.lowest(), c.highest()
	raw := max(greatest/float64(most)-least/float64(most), 1e-300)
	power := math.Pow(10, math.Floor(math.Log10(raw)))
	step = 10 * power
	for _, n := range []float64{5, 2, 1} {
		if n*power >= raw {
			step = n * power
		}
	}
	if c.whole() {
		step = max(1, step)
	}
	low, high = math.Floor(least/step), math.Ceil(greatest/step)
	if low == high {
		high++
	}
	return step, low, high
}
