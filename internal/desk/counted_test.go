package desk_test

import (
	"cmp"
	"fmt"
	"math"
	"math/big"
	"slices"
	"strings"
	"time"

	"sluss/internal/idea"
	"sluss/internal/report"
)

// asked is a part of a ledger over which figures are counted by their
// definitions in words.
type asked struct {
	*ledger
	from, to   string // to is the day after; empty is open
	until      string // what happened later is not seen
	own        []*tale
	merged     []*tale // ideas that are merged into others
	seen       []*tale // all that the filter takes: they tell which stages are in use
	workers    []*tale // own ideas by where their givers work
	tests      []ledgerTest
	effects    []ledgerEffect
	activities []ledgerActivity
	units      []ledgerUnit
	employers  []ledgerUnit
	apart      bool // activities do not belong to such parts
}

// tally is a figure as it should be.
type tally struct {
	how   string // count, sum, amount, share, rate, median, p85, km50, km85, longest
	items []report.Item
	per   float64
}

// over is what a filter leaves of a ledger. Nil takes all.
func (l *ledger) over(fits func(*tale) bool, units []int64) asked {
	a := asked{ledger: l, until: l.today}
	with := map[*tale]bool{}
	for _, t := range l.tales {
		if fits != nil && !fits(t) {
			continue
		}
		with[t] = true
		a.seen = append(a.seen, t)
		if t.into == 0 {
			a.own = append(a.own, t)
		} else {
			a.merged = append(a.merged, t)
		}
	}
	for _, x := range l.tests {
		if with[x.tale] {
			a.tests = append(a.tests, x)
		}
	}
	for _, x := range l.effects {
		if with[x.tale] {
			a.effects = append(a.effects, x)
		}
	}
	for _, x := range l.activities {
		if units == nil || slices.ContainsFunc(x.units, func(u int64) bool { return slices.Contains(units, u) }) {
			a.activities = append(a.activities, x)
		}
	}
	for _, u := range l.units {
		if units == nil || slices.Contains(units, u.id) {
			a.units = append(a.units, u)
			if u.employees > 0 && !u.closed {
				a.employers = append(a.employers, u)
			}
		}
	}
	a.workers = a.own
	return a
}

// only is the part with the ideas and the activities that fit.
func (a asked) only(fits func(*tale) bool, held func(ledgerActivity) bool) asked {
	no := func(t *tale) bool { return !fits(t) }
	a.own = slices.DeleteFunc(slices.Clone(a.own), no)
	a.merged = slices.DeleteFunc(slices.Clone(a.merged), no)
	a.workers = a.own
	a.tests = slices.DeleteFunc(slices.Clone(a.tests), func(x ledgerTest) bool { return !fits(x.tale) })
	a.effects = slices.DeleteFunc(slices.Clone(a.effects), func(x ledgerEffect) bool { return !fits(x.tale) })
	a.activities = slices.DeleteFunc(slices.Clone(a.activities), func(x ledgerActivity) bool { return held == nil || !held(x) })
	a.apart = held == nil
	return a
}

// group is the part of a group of a report.
func (a asked) group(by report.By, key string) asked {
	whole := a
	switch by {
	case report.ByUnit:
		unit := ledgerUnit{}
		for _, u := range a.ledger.units {
			if u.name == key && key != "" {
				unit = u
			}
		}
		a = a.only(func(t *tale) bool { return t.unit == unit.id }, func(x ledgerActivity) bool {
			return slices.Contains(x.units, unit.id) || unit.id == 0 && len(x.units) == 0
		})
		a.workers = slices.DeleteFunc(slices.Clone(whole.own), func(t *tale) bool { return t.works() != unit.id })
		a.employers = slices.DeleteFunc(slices.Clone(whole.employers), func(u ledgerUnit) bool { return u.id != unit.id })
		return a
	case report.ByKind:
		return a.only(func(t *tale) bool { return t.kind == key }, nil)
	case report.ByCoach:
		return a.only(func(t *tale) bool { return a.coaches[t.coach] == key }, nil)
	case report.ByTag:
		return a.only(func(t *tale) bool { return slices.Contains(t.tags, key) || key == "" && len(t.tags) == 0 }, nil)
	case report.ByStage:
		return a.only(func(t *tale) bool { s, there := t.at(whole.last()); return there && s.key == key }, nil)
	case report.ByNetwork:
		for id, name := range a.networks {
			if name == key {
				return a.only(func(t *tale) bool { return t.owner != 0 && slices.Contains(a.members[id], t.owner) },
					func(x ledgerActivity) bool { return slices.Contains(x.networks, id) })
			}
		}
		return a
	}
	from, to := partCalled(key)
	a.from = max(a.from, from)
	if a.to == "" || to < a.to {
		a.to = to
	}
	return a
}

// partCalled is the period that a key such as 2026-W53, 2026-11, 2026-q4 or 2026
// names.
func partCalled(key string) (from, to string) {
	var year, part int
	start := func(month int) string {
		return time.Date(year, time.Month(month), 1, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
	}
	if n, _ := fmt.Sscanf(key, "%d-W%d", &year, &part); n == 2 {
		// Week 1 is the one with 4 January in it; weeks begin on a Monday.
		monday := time.Date(year, 1, 4, 0, 0, 0, 0, time.UTC)
		for monday.Weekday() != time.Monday {
			monday = monday.AddDate(0, 0, -1)
		}
		monday = monday.AddDate(0, 0, 7*(part-1))
		return monday.Format(time.DateOnly), monday.AddDate(0, 0, 7).Format(time.DateOnly)
	}
	if n, _ := fmt.Sscanf(key, "%d-q%d", &year, &part); n == 2 {
		return start(3*part - 2), start(3*part + 1)
	}
	if n, _ := fmt.Sscanf(key, "%d-%d", &year, &part); n == 2 {
		return start(part), start(part + 1)
	}
	fmt.Sscanf(key, "%d", &year)
	return start(1), start(13)
}

// works is where the giver works, or the unit that the idea concerns.
func (t *tale) works() int64 { return cmp.Or(t.home, t.unit) }

func (a asked) has(day string) bool {
	return day != "" && day >= a.from && (a.to == "" || day < a.to) && day <= a.until
}

// last is the last day of the period that is looked at.
func (a asked) last() string {
	if a.to == "" {
		return a.until
	}
	return min(dayAfter(a.to, -1), a.until)
}

// silent tells whether nothing is known of the period: it has not begun, or the
// first idea or activity of all came after it.
func (a asked) silent() bool {
	known := false
	see := func(day string) {
		known = known || day <= a.until && (a.to == "" || day < a.to)
	}
	for _, t := range a.ledger.tales {
		see(t.received)
	}
	for _, x := range a.ledger.activities {
		see(x.day)
	}
	return !known || a.from > a.until
}

// way is the stages on the way forward that are in use or were.
func (a asked) way() (out []ledgerStage) {
	for _, s := range a.stages {
		if !s.side() && (!s.removed || a.used(s.key)) {
			out = append(out, s)
		}
	}
	return out
}

func (a asked) used(key string) bool {
	return slices.ContainsFunc(a.seen, func(t *tale) bool {
		return slices.ContainsFunc(t.stays, func(s ledgerStay) bool { return s.stage.key == key })
	})
}

func (a asked) stage(key string) (place int, s ledgerStage) {
	for k, s := range a.way() {
		if s.key == key {
			return k, s
		}
	}
	return -1, s
}

func count(among []*tale, fits func(*tale) bool) (out tally) {
	out.how = "count"
	for _, t := range among {
		if fits(t) {
			out.items = append(out.items, report.Item{ID: t.number, In: true})
		}
	}
	return out
}

func share(among []*tale, of, in func(*tale) bool) (out tally) {
	out.how = "share"
	for _, t := range among {
		if of(t) {
			out.items = append(out.items, report.Item{ID: t.number, In: in(t)})
		}
	}
	return out
}

func (a asked) moves(fits func(from, to ledgerStage) bool) (out tally) {
	out.how = "count"
	for _, t := range a.own {
		for k := 1; k < len(t.stays); k++ {
			if a.has(t.stays[k].day) && fits(t.stays[k-1].stage, t.stays[k].stage) {
				out.items = append(out.items, report.Item{ID: t.number, In: true})
			}
		}
	}
	return out
}

func (a asked) into(kind string) tally {
	return a.moves(func(from, to ledgerStage) bool { return to.kind == kind && from.kind != kind })
}

func (a asked) received(t *tale) bool { return a.has(t.received) }

// figure counts a measure. It is false for one that it does not know.
func (a asked) figure(key, item string) (tally, bool) {
	for _, among := range []func(key, item string) (tally, bool){a.flows, a.ways, a.replies, a.ends, a.people, a.test, a.effect, a.times} {
		if out, known := among(key, item); known {
			return out, true
		}
	}
	return tally{}, false
}

// flows counts what came, moved and went.
func (a asked) flows(key, item string) (tally, bool) {
	switch key {
	case "received":
		return count(a.own, a.received), true
	case "received_from":
		return count(a.own, func(t *tale) bool { return a.received(t) && t.kind == item }), true
	case "taken_in_done":
		return count(a.own, func(t *tale) bool { return a.received(t) && t.stays[0].stage.done() }), true
	case "open_start":
		return count(a.own, func(t *tale) bool { return a.from != "" && t.inHand(min(dayAfter(a.from, -1), a.until)) }), true
	case "open_end":
		return count(a.own, func(t *tale) bool { return t.inHand(a.last()) }), true
	case "moved":
		return a.moves(func(_, _ ledgerStage) bool { return true }), true
	case "presented":
		return a.into("presented"), true
	case "tested":
		return a.into("test"), true
	case "realised":
		return a.into("realised"), true
	case "closed":
		return a.into("closed"), true
	case "reopened":
		return a.moves(func(from, to ledgerStage) bool { return from.done() && from.kind != to.kind }), true
	case "decided":
		return count(a.own, func(t *tale) bool { return a.has(t.decided(a.until)) }), true
	case "standing":
		return count(a.own, func(t *tale) bool { s, there := t.at(a.last()); return there && s.key == item }), true
	}
	return tally{}, false
}

// ways counts how far ideas came.
func (a asked) ways(key, item string) (tally, bool) {
	switch key {
	case "reached":
		return count(a.own, func(t *tale) bool { return a.received(t) && a.reached(t, item) }), true
	case "reached_share":
		return share(a.own, a.received, func(t *tale) bool { return a.reached(t, item) }), true
	case "conversion":
		place, _ := a.stage(item)
		return share(a.own, func(t *tale) bool { return a.received(t) && (place == 0 || a.reached(t, a.way()[place-1].key)) },
			func(t *tale) bool { return a.reached(t, item) }), true
	case "forced":
		out := tally{how: "count"}
		for _, t := range a.own {
			for _, s := range t.stays {
				if a.received(t) && s.forced && s.day <= a.until {
					out.items = append(out.items, report.Item{ID: t.number, In: true})
				}
			}
		}
		return out, true
	case "accepted":
		return share(a.own, a.received, func(t *tale) bool { return t.accepted(a.until) }), true
	case "realised_of_received":
		return share(a.own, a.received, func(t *tale) bool { return t.was(a.until, "realised") }), true
	case "realised_of_accepted":
		return share(a.own, func(t *tale) bool { return a.received(t) && t.accepted(a.until) },
			func(t *tale) bool { return t.was(a.until, "realised") }), true
	case "per_100_employees":
		return a.perHundred(), true
	}
	return tally{}, false
}

// replies counts answers and what waits.
func (a asked) replies(key, _ string) (tally, bool) {
	after := func(t *tale) bool { return a.promised(t) < a.until }
	switch key {
	case "answered_in_time":
		return share(slices.Concat(a.own, a.merged),
			func(t *tale) bool { return a.received(t) && (t.answer(a.until) != "" || t.into == 0 && after(t)) },
			func(t *tale) bool { return t.answer(a.until) != "" && t.answer(a.until) <= a.promised(t) }), true
	case "answers_inside":
		return count(a.own, func(t *tale) bool { return a.received(t) && t.answer(a.until) == "" && !after(t) }), true
	case "answers_late":
		return count(a.own, func(t *tale) bool { return a.received(t) && t.answer(a.until) == "" && after(t) }), true
	case "answers_given":
		return count(slices.Concat(a.own, a.merged), func(t *tale) bool { return a.has(t.answer(a.until)) }), true
	case "longest_waiting":
		out := count(a.own, func(t *tale) bool { return t.received <= a.last() && t.answer(a.last()) == "" })
		return a.aged(out, "longest"), true
	case "undecided_six_months":
		return count(a.own, func(t *tale) bool {
			return a.received(t) && t.inHand(a.until) && t.decided(a.until) == "" && sixMonthsLater(t.received) < a.until
		}), true
	case "open_age_median":
		return a.aged(count(a.own, func(t *tale) bool { return t.inHand(a.last()) }), "median"), true
	case "open_age_longest":
		return a.aged(count(a.own, func(t *tale) bool { return t.inHand(a.last()) }), "longest"), true
	case "stuck":
		return count(a.own, func(t *tale) bool {
			stay, _ := t.stayOn(a.last())
			return t.inHand(a.last()) && stay.stage.limit > 0 && daysBetween(stay.day, a.last()) > float64(stay.stage.limit)
		}), true
	}
	return tally{}, false
}

// ends counts why ideas were closed.
func (a asked) ends(key, item string) (tally, bool) {
	closed := func(t *tale) bool {
		s, there := t.at(a.until)
		return there && s.kind == "closed" && a.has(t.closedOn(a.until))
	}
	switch key {
	case "closed_still":
		return count(a.own, closed), true
	case "closed_reason":
		return count(a.own, func(t *tale) bool { return closed(t) && t.reason == item }), true
	case "closed_reason_share":
		return share(a.own, closed, func(t *tale) bool { return t.reason == item }), true
	case "closed_told":
		return share(a.own, closed, func(t *tale) bool { return t.answer(a.until) != "" }), true
	}
	return tally{}, false
}

// people counts who gave, and which units took part.
func (a asked) people(key, _ string) (tally, bool) {
	switch key {
	case "unnamed":
		return count(a.own, func(t *tale) bool { return a.received(t) && len(t.givers) == 0 }), true
	case "givers":
		return a.gave("count", func(string) bool { return true }), true
	case "first_timers":
		return a.gave("share", func(first string) bool { return first >= a.from }), true
	case "returning":
		return a.gave("share", func(first string) bool { return first < a.from }), true
	case "units_with_ideas":
		return a.covered(func(u ledgerUnit) bool {
			return slices.ContainsFunc(a.own, func(t *tale) bool { return a.received(t) && t.unit == u.id })
		}), true
	case "units_reached":
		return a.covered(func(u ledgerUnit) bool {
			return slices.ContainsFunc(a.activities, func(x ledgerActivity) bool { return a.has(x.day) && slices.Contains(x.units, u.id) })
		}), true
	case "activities", "participants", "activities_counted":
		return a.held(key), true
	}
	return tally{}, false
}

// times counts how long things took.
func (a asked) times(key, item string) (tally, bool) {
	for _, suffix := range []string{"_km_median", "_km_p85", "_ended", "_median", "_p85"} {
		if name, found := strings.CutSuffix(key, suffix); found {
			spans, known := a.spans(name, item)
			return a.timed(spans, suffix), known
		}
	}
	return tally{}, false
}

// aged gives the days since they came in to items.
func (a asked) aged(out tally, how string) tally {
	out.how = how
	for k, i := range out.items {
		for _, t := range a.own {
			if t.number == i.ID {
				out.items[k].Value = daysBetween(t.received, a.last())
			}
		}
	}
	return out
}

func (a asked) reached(t *tale, key string) bool {
	place, s := a.stage(key)
	return place == 0 || slices.ContainsFunc(t.stays, func(v ledgerStay) bool {
		return v.day <= a.until && !v.stage.side() && v.stage.position >= s.position
	})
}

// gave is the givers of the period.
func (a asked) gave(how string, in func(first string) bool) tally {
	out := tally{how: how}
	seen := map[int64]bool{}
	for _, t := range slices.Concat(a.own, a.merged) {
		for _, g := range t.givers {
			if a.received(t) && !seen[g] {
				seen[g] = true
				out.items = append(out.items, report.Item{ID: g, In: in(a.firstIdea[g])})
			}
		}
	}
	return out
}

func (a asked) perHundred() tally {
	out := tally{how: "rate"}
	for _, u := range a.employers {
		out.per += float64(u.employees)
		for _, t := range a.workers {
			if a.received(t) && t.kind == "employee" && t.works() == u.id {
				out.items = append(out.items, report.Item{ID: t.number, In: true})
			}
		}
	}
	return out
}

func (a asked) covered(in func(ledgerUnit) bool) tally {
	out := tally{how: "share"}
	for _, u := range a.units {
		if !u.closed {
			out.items = append(out.items, report.Item{ID: u.id, In: in(u)})
		}
	}
	return out
}

func (a asked) held(key string) tally {
	out := tally{how: map[string]string{"activities": "count", "participants": "sum", "activities_counted": "share"}[key]}
	for _, x := range a.activities {
		item := report.Item{ID: x.id, In: key != "activities_counted" || x.participants >= 0}
		if key == "participants" {
			item.Value = float64(x.participants)
		}
		if key == "participants" && a.has(x.day) {
			out.how = "amount" // they are not known where nobody was counted
		}
		if a.has(x.day) && (key != "participants" || x.participants >= 0) {
			out.items = append(out.items, item)
		}
	}
	return out
}

func (a asked) test(key, item string) (tally, bool) {
	last := a.last()
	fits := map[string]func(ledgerTest) bool{
		"tests_planned": func(x ledgerTest) bool { return x.planned <= last && (x.started == "" || x.started > last) },
		"tests_running": func(x ledgerTest) bool {
			return x.started != "" && x.started <= last && (x.finished == "" || x.finished > last)
		},
		"tests_started":  func(x ledgerTest) bool { return a.has(x.started) },
		"tests_finished": func(x ledgerTest) bool { return a.has(x.finished) },
		"verdict":        func(x ledgerTest) bool { return a.has(x.finished) && x.verdict == item },
		"tests_learnt":   func(x ledgerTest) bool { return a.has(x.finished) },
		"tests_run": func(x ledgerTest) bool {
			return x.started != "" && x.started <= last && last >= a.from && (x.finished == "" || x.finished >= a.from)
		},
		"tests_cost":              func(x ledgerTest) bool { _, ok := amount(x.cost); return ok && a.has(x.finished) },
		"decision_to_test_median": func(x ledgerTest) bool { return a.has(x.started) && x.decided() != "" },
	}[key]
	if fits == nil {
		return tally{}, false
	}
	out := tally{how: map[string]string{"tests_learnt": "share", "tests_cost": "amount", "decision_to_test_median": "median"}[key]}
	out.how = cmp.Or(out.how, "count")
	for _, x := range a.tests {
		if !fits(x) {
			continue
		}
		one := report.Item{ID: x.id, In: key != "tests_learnt" || x.learnt != ""}
		switch key {
		case "tests_cost":
			one.Value, _ = amount(x.cost)
		case "decision_to_test_median":
			one.Value = daysBetween(x.decided(), x.started)
		}
		out.items = append(out.items, one)
	}
	return out, true
}

// decided is the day of the last decision to test up to the start of the test.
func (x ledgerTest) decided() (day string) {
	for _, d := range x.tale.decisions {
		if d.resolution == "test" && d.day <= x.started {
			day = max(day, d.day)
		}
	}
	return day
}

func (a asked) effect(key, item string) (tally, bool) {
	out := tally{how: "amount"}
	if !strings.HasPrefix(key, "effect") {
		return out, false
	}
	if key == "effects_seen" {
		out.how = "share"
	}
	for _, e := range a.effects {
		day := cmp.Or(e.begins, e.tale.came(a.until, ofKind("realised")))
		if day == "" && a.from+a.to != "" || day != "" && (day < a.from || a.to != "" && day >= a.to) {
			continue
		}
		e.seen = slices.DeleteFunc(slices.Clone(e.seen), func(s ledgerSight) bool { return s.day > a.until })
		followed := len(e.seen) > 0
		one, ok := report.Item{ID: e.id, In: true}, true
		switch key {
		case "effects_seen":
			one.In = followed
		case "effect_cost":
			one.Value, ok = amount(e.cost)
		case "effect_cost_seen":
			if ok = followed; ok {
				one.Value, ok = amount(e.seen[len(e.seen)-1].cost)
			}
		case "effect_planned", "effect_planned_seen", "effect_seen":
			one.Value, ok = e.change(key == "effect_seen")
			ok = ok && strings.EqualFold(e.measure, item) && (key == "effect_planned" || followed)
		}
		if ok {
			out.items = append(out.items, one)
		}
	}
	return out, true
}

// ledgerSpan is something that began and ended; to is empty while it lasts.
type ledgerSpan struct {
	id       int64
	from, to string
}

func (a asked) spans(name, item string) (out []ledgerSpan, known bool) {
	if name == "first_answer" {
		for _, t := range a.own {
			out = append(out, ledgerSpan{t.number, t.received, t.answer(a.until)})
		}
		for _, t := range a.merged {
			if t.answer(a.until) != "" {
				out = append(out, ledgerSpan{t.number, t.received, t.answer(a.until)})
			}
		}
		return out, true
	}
	if name == "stage" {
		for _, t := range a.own {
			for k, s := range t.stays {
				if s.stage.key != item || s.day > a.until {
					continue
				}
				x := ledgerSpan{t.number, s.day, ""}
				if k+1 < len(t.stays) && t.stays[k+1].day <= a.until {
					x.to = t.stays[k+1].day
				}
				out = append(out, x)
			}
		}
		return out, true
	}
	end := map[string]func(*tale) string{
		"first_contact": func(t *tale) string { return t.contacted(a.until) },
		"decision":      func(t *tale) string { return t.decided(a.until) },
		"lead":          func(t *tale) string { return t.came(a.until, ofKind("realised", "closed")) },
		"lead_realised": func(t *tale) string { return t.came(a.until, ofKind("realised")) },
		"lead_closed":   func(t *tale) string { return t.came(a.until, ofKind("closed")) },
	}[name]
	if end == nil {
		return nil, false
	}
	for _, t := range a.own {
		if to := end(t); to != "" || !t.stays[0].stage.done() {
			out = append(out, ledgerSpan{t.number, t.received, to})
		}
	}
	return out, true
}

func (a asked) timed(spans []ledgerSpan, suffix string) tally {
	out := tally{how: map[string]string{"_ended": "count", "_median": "median", "_p85": "p85", "_km_median": "km50", "_km_p85": "km85"}[suffix]}
	for _, s := range spans {
		if strings.HasPrefix(suffix, "_km") {
			if a.has(s.from) {
				out.items = append(out.items, report.Item{ID: s.id, Value: daysBetween(s.from, cmp.Or(s.to, a.until)), In: s.to != ""})
			}
		} else if a.has(s.to) {
			out.items = append(out.items, report.Item{ID: s.id, Value: daysBetween(s.from, s.to), In: true})
		}
	}
	return out
}

// value is the figure that the items come to.
func (f tally) value() float64 {
	n, part, sum := float64(len(f.items)), 0.0, 0.0
	var values []float64
	for _, i := range f.items {
		sum += i.Value
		if i.In {
			part++
			values = append(values, i.Value)
		}
	}
	slices.Sort(values)
	switch f.how {
	case "count":
		return n
	case "sum":
		return sum
	case "amount": // of nothing that was written down there is none
		if n == 0 {
			return math.NaN()
		}
		return sum
	case "share":
		return part / n
	case "rate":
		if f.per == 0 {
			return math.NaN()
		}
		return 100 * n / f.per
	case "median":
		return typeSeven(values, 0.5)
	case "p85":
		return typeSeven(values, 0.85)
	case "longest":
		if n == 0 {
			return math.NaN()
		}
		return slices.MaxFunc(f.items, func(a, b report.Item) int { return cmp.Compare(a.Value, b.Value) }).Value
	case "km50":
		return waited(f.items, big.NewRat(1, 2))
	}
	return waited(f.items, big.NewRat(15, 100))
}

// typeSeven takes the place (n-1)p from 0 in sorted values.
func typeSeven(values []float64, p float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	place := p * float64(len(values)-1)
	low := int(place)
	high := min(low+1, len(values)-1)
	return values[low]*(1-(place-float64(low))) + values[high]*(place-float64(low))
}

// waited is the time at which the share that had not ended fell to left, by
// Kaplan and Meier in exact fractions; in the middle where it stayed at just
// left for a time.
func waited(items []report.Item, left *big.Rat) float64 {
	var times []float64
	for _, i := range items {
		times = append(times, i.Value)
	}
	slices.Sort(times)
	times = slices.Compact(times)
	survival := big.NewRat(1, 1)
	reached := math.NaN()
	for _, time := range times {
		var atRisk, ended int64
		for _, i := range items {
			if i.Value >= time {
				atRisk++
			}
			if i.Value == time && i.In {
				ended++
			}
		}
		survival.Mul(survival, big.NewRat(atRisk-ended, atRisk))
		below := survival.Cmp(left)
		if below < 0 && math.IsNaN(reached) {
			return time
		}
		if below < 0 {
			return (reached + time) / 2
		}
		if below == 0 && math.IsNaN(reached) {
			reached = time
		}
	}
	if !math.IsNaN(reached) {
		return (reached + times[len(times)-1]) / 2
	}
	return reached
}

// againstModel tells how a figure differs from what it should be; empty when it
// does not.
func (a asked) againstModel(f report.Figure) string {
	want, known := a.figure(f.Measure.Key, f.Measure.Item)
	if !known {
		return "nobody has counted " + f.Measure.ID() + " a second time"
	}
	if a.silent() || a.apart && f.Measure.Subject == idea.AnActivity {
		if f.Gap == report.NoGap || !math.IsNaN(f.Value) || f.N != 0 || f.Items != nil {
			return fmt.Sprintf("%s is %v of %d, of a period of which nothing is known", f.Measure.ID(), f.Value, f.N)
		}
		return ""
	}
	part := 0
	for _, i := range want.items {
		if i.In {
			part++
		}
	}
	sorted := func(all []report.Item) []report.Item {
		return slices.SortedFunc(slices.Values(all), func(a, b report.Item) int {
			return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Value, b.Value))
		})
	}
	value := want.value()
	same := math.Abs(value-f.Value) <= 1e-9*max(1, math.Abs(value)) || math.IsNaN(value) && math.IsNaN(f.Value)
	if same && f.N == len(want.items) && f.Part == part && slices.Equal(sorted(f.Items), sorted(want.items)) {
		return ""
	}
	return fmt.Sprintf("%s is %v of %d with %d in, made of %v,\nbut should be %v of %d with %d in, made of %v", f.Measure.ID(),
		f.Value, f.N, f.Part, sorted(f.Items), value, len(want.items), part, sorted(want.items))
}

// horizonOf is the last day that is looked at in q when it is compared with p:
// as long after its end as p is now, or as far into it.
func horizonOf(p, q idea.Period, today string) string {
	switch {
	case p.From == "" || p.To == "" || q.From == "" || q.To == "":
		return today
	case string(p.From) > today:
		return today
	case string(p.To) <= today:
		return min(today, dayAfter(string(q.To), int(daysBetween(string(p.To), today))))
	}
	return min(today, dayAfter(string(q.From), int(daysBetween(string(p.From), today))))
}
