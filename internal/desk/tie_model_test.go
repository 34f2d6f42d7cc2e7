package desk_test

import (
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"sluss/internal/desk"
	"sluss/internal/idea"
)

// bonds is the commands that bring ideas together and part them.
func (m *machine) bonds(draw *draws) map[string]func(*rapid.T) {
	one := func() int64 { return draw.numbers()[0] }
	run := func(what func(*desk.Desk) ([]desk.Card, error), model func(*world) idea.Kind) {
		m.run(func(d *desk.Desk) error {
			cards, err := what(d)
			return m.same(d, cards, err)
		}, model)
	}
	return map[string]func(*rapid.T){
		"link": func(*rapid.T) {
			n, to, kind := draw.numbers(), one(), rapid.SampledFrom(idea.TieKinds()).Draw(m.T, "kind of tie")
			run(func(d *desk.Desk) ([]desk.Card, error) { return d.Link(m.Context(), n, to, kind) },
				func(w *world) idea.Kind {
					return w.each(n, func(i *modelIdea) idea.Kind { return w.link(i, to, kind) })
				})
		},
		"unlink": func(*rapid.T) {
			n, to := draw.numbers(), one()
			run(func(d *desk.Desk) ([]desk.Card, error) { return d.Unlink(m.Context(), n, to, "") },
				func(w *world) idea.Kind {
					return w.each(n, func(i *modelIdea) idea.Kind { return w.unlink(i.Number, to) })
				})
		},
		"merge": func(*rapid.T) {
			in := desk.MergeInput{Numbers: draw.numbers(), Into: one(), Why: draw.of("why", "", "samma sak")}
			run(func(d *desk.Desk) ([]desk.Card, error) {
				card, err := d.Merge(m.Context(), in)
				if err != nil {
					return nil, err
				}
				return []desk.Card{card}, nil
			}, func(w *world) idea.Kind { return w.merge(in) })
		},
		"split": func(*rapid.T) {
			n := one()
			run(func(d *desk.Desk) ([]desk.Card, error) {
				return d.Split(m.Context(), n, []string{"Del ett", "Del två"})
			}, func(w *world) idea.Kind {
				return w.each([]int64{n}, func(i *modelIdea) idea.Kind { return w.split(i, "Del ett", "Del två") })
			})
		},
	}
}

func (w *world) link(i *modelIdea, to int64, kind idea.TieKind) idea.Kind {
	other := w.ideas[to]
	switch {
	case other == nil:
		return idea.NotFound
	case other == i, i.MergedInto != 0, other.MergedInto != 0:
		return idea.Refused
	}
	w.tie(idea.Tie{From: i.Number, Kind: kind, To: to})
	if w.circle(kind, i.Number) {
		return idea.Refused
	}
	return 0
}

// tie adds a tie, if it is not there.
func (w *world) tie(t idea.Tie) {
	if t.Kind == idea.Related && t.From > t.To {
		t.From, t.To = t.To, t.From
	}
	if t.From != t.To && !slices.Contains(w.ties, t) {
		w.ties = append(w.ties, t)
	}
}

// circle tells whether the ties of a kind lead from an idea round to itself.
func (w *world) circle(kind idea.TieKind, from int64) bool {
	if kind == idea.Related {
		return false
	}
	seen := map[int64]bool{}
	ways := []int64{from}
	for len(ways) > 0 {
		at := ways[0]
		ways = ways[1:]
		for _, t := range w.ties {
			if t.Kind != kind || t.From != at || seen[t.To] {
				continue
			}
			if t.To == from {
				return true
			}
			seen[t.To] = true
			ways = append(ways, t.To)
		}
	}
	return false
}

func (w *world) unlink(a, b int64) idea.Kind {
	left := slices.DeleteFunc(slices.Clone(w.ties), func(t idea.Tie) bool {
		return t.From == a && t.To == b || t.From == b && t.To == a
	})
	if w.ideas[b] == nil || len(left) == len(w.ties) {
		return idea.NotFound
	}
	w.ties = left
	return 0
}

// merge looks at all ideas before it refuses, and at the ties last.
func (w *world) merge(in desk.MergeInput) idea.Kind {
	into := w.ideas[in.Into]
	for into != nil && into.MergedInto != 0 {
		into = w.ideas[into.MergedInto]
	}
	if into == nil {
		return idea.NotFound
	}
	refused := idea.Kind(0)
	for _, n := range in.Numbers {
		i := w.ideas[n]
		switch {
		case i == nil:
			return idea.NotFound
		case i == into, i.MergedInto != 0, i.Stage == "realised":
			refused = idea.Refused
		default:
			w.goInto(i, into, in.Why)
		}
	}
	for _, kind := range idea.TieKinds() {
		if refused == 0 && w.circle(kind, into.Number) {
			refused = idea.Refused
		}
	}
	return refused
}

func (w *world) goInto(i, into *modelIdea, why string) {
	if i.Stage != "closed" {
		at := w.now
		if at.Before(i.StageSince) {
			at = i.StageSince
		}
		i.moves = append(i.moves, fmt.Sprintf("%d %s: %s>closed %q false", at.UnixMilli(), w.who, i.Stage, why))
		i.from = append(i.from, i.Stage)
		i.Stage, i.StageSince, i.Wake = "closed", at, ""
	}
	i.Reason, i.MergedInto = idea.Merged, into.Number
	into.Givers = slices.Compact(slices.Sorted(slices.Values(slices.Concat(into.Givers, i.Givers))))
	into.Tags = slices.Compact(slices.Sorted(slices.Values(slices.Concat(into.Tags, i.Tags))))
	ties := w.ties
	w.ties = nil
	for _, t := range ties {
		switch i.Number {
		case t.From:
			t.From = into.Number
		case t.To:
			t.To = into.Number
		}
		w.tie(t)
	}
}

func (w *world) split(whole *modelIdea, titles ...string) idea.Kind {
	if whole.MergedInto != 0 {
		return idea.Refused
	}
	for _, title := range titles {
		part := &modelIdea{Idea: idea.Idea{Title: title, Sections: map[idea.Section]string{}, Kind: whole.Kind, Stage: "received", StageSince: w.now,
			Unit: whole.Unit, Channel: whole.Channel, Received: whole.Received, Registered: w.now,
			Tags: slices.Clone(whole.Tags), Givers: slices.Clone(whole.Givers)}, coach: whole.coach, registrar: w.who,
			moves: []string{fmt.Sprintf("%d %s: >received %q false", w.now.UnixMilli(), w.who, "")}, from: []idea.StageKey{""}}
		w.tie(idea.Tie{From: w.number(part), Kind: idea.PartOf, To: whole.Number})
	}
	return 0
}

// notesOf is the notes of an idea and of those that went into it.
func (w *world) notesOf(i *modelIdea) []string {
	notes := slices.Clone(i.notes)
	for _, other := range w.ideas {
		if other.MergedInto == i.Number {
			notes = append(notes, w.notesOf(other)...)
		}
	}
	return notes
}

// merged is the numbers of what went into an idea, at once or by way of others.
func (w *world) merged(number int64) (out []int64) {
	for _, other := range w.ideas {
		if other.MergedInto == number {
			out = append(append(out, other.Number), w.merged(other.Number)...)
		}
	}
	return out
}

// tellTies tells how an idea hangs together with others.
func (w *world) tellTies(number int64) string {
	var lines []string
	for _, t := range w.ties {
		switch number {
		case t.From:
			lines = append(lines, fmt.Sprintf("%s %d %t", t.Kind, t.To, false))
		case t.To:
			lines = append(lines, fmt.Sprintf("%s %d %t", t.Kind, t.From, t.Kind != idea.Related))
		}
	}
	var leads []int64
	for at := w.ideas[number].MergedInto; at != 0; at = w.ideas[at].MergedInto {
		leads = append(leads, at)
	}
	return tellTogether(lines, w.merged(number), leads)
}

func tellBonds(b desk.Bonds) string {
	var lines []string
	for _, t := range b.Ties {
		lines = append(lines, fmt.Sprintf("%s %d %t", t.Kind, t.Other.Number, t.Back))
	}
	var merged, leads []int64
	for _, one := range b.Merged {
		merged = append(merged, one.Number)
	}
	for _, one := range b.Leads {
		leads = append(leads, one.Number)
	}
	return tellTogether(lines, merged, leads)
}

func tellTogether(ties []string, merged, leads []int64) string {
	slices.Sort(ties)
	slices.Sort(merged)
	return fmt.Sprintf("ties: %s\nmerged: %v\nleads to: %v\n", strings.Join(ties, ", "), merged, leads)
}
