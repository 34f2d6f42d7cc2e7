package desk

import (
	"context"
	"slices"

	"sluss/internal/idea"
	"sluss/internal/store"
)

// ConsentLine is a consent with the giver's name and whether it counts today.
type ConsentLine struct {
	idea.Consent
	GiverName string // only with people
	State     idea.ConsentState
	Stories   []int64 // published stories that name or show the giver without any consent to it
}

// Consents gives what a giver has agreed to, or all givers for 0, in the order in
// which it was recorded. Without people the names are left out.
func (d *Desk) Consents(ctx context.Context, giver int64, people bool) (out []ConsentLine, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		var givers []int64
		if giver != 0 {
			givers = []int64{giver}
			if _, err := findGiver(tx, giver); err != nil {
				return err
			}
		}
		all, err := tx.Consents(givers...)
		if err != nil {
			return err
		}
		out, err = d.consentLines(tx, all, people)
		return err
	})
	return out, err
}

func (d *Desk) consentLines(tx *store.Tx, all idea.Consents, people bool) ([]ConsentLine, error) {
	lapses, err := d.lapses(tx)
	if err != nil {
		return nil, err
	}
	names := map[int64]string{}
	if people && len(all) > 0 {
		givers, err := tx.Givers()
		if err != nil {
			return nil, err
		}
		for _, g := range givers {
			names[g.ID] = g.Name
		}
	}
	out := make([]ConsentLine, len(all))
	for k, c := range all {
		out[k] = ConsentLine{Consent: c, GiverName: names[c.Giver], State: c.State(d.Today())}
		for number, lapsed := range lapses {
			if slices.ContainsFunc(lapsed, func(l idea.Lapse) bool { return l.Giver == c.Giver && l.Kind == c.Kind }) {
				out[k].Stories = append(out[k].Stories, number)
			}
		}
		slices.Sort(out[k].Stories)
	}
	return out, nil
}

// lapses gives who is named or shown without consent, by the numbers of the ideas
// of the published stories.
func (d *Desk) lapses(tx *store.Tx) (map[int64][]idea.Lapse, error) {
	stories, err := tx.Stories()
	if err != nil || len(stories) == 0 {
		return nil, err
	}
	consents, err := tx.Consents()
	out := map[int64][]idea.Lapse{}
	for _, s := range stories {
		if lapsed := s.Lapses(consents, d.Today()); len(lapsed) > 0 {
			out[s.Idea] = lapsed
		}
	}
	return out, err
}

// ConsentInput is what a giver agrees to.
type ConsentInput struct {
	Giver  int64
	Kinds  []idea.ConsentKind
	On     idea.Day // empty is today
	Until  idea.Day // the last day; empty is open
	How    idea.Channel
	People bool // the result has the name
}

// AddConsent records what a giver agrees to. It returns Refused if as much has
// been agreed to already.
func (d *Desk) AddConsent(ctx context.Context, in ConsentInput) (out []ConsentLine, err error) {
	if len(in.Kinds) == 0 {
		return nil, idea.Errorf(idea.Usage, "what does the giver agree to?").WithHint("say it with --named, --pictured or both")
	}
	if in.On, err = d.happened(in.On); err != nil {
		return nil, err
	}
	if in.Until != "" && in.Until < in.On {
		return nil, idea.Errorf(idea.Usage, "the consent would end on %s, before it begins on %s", in.Until, in.On)
	}
	err = d.update(ctx, "consent add", func(tx *store.Tx) error {
		if _, err := findGiver(tx, in.Giver); err != nil {
			return err
		}
		old, err := tx.Consents(in.Giver)
		if err != nil {
			return err
		}
		var added idea.Consents
		for _, kind := range in.Kinds {
			for _, c := range old {
				if c.Kind == kind && c.Withdrawn == "" && c.From <= in.On && (c.Until == "" || in.Until != "" && in.Until <= c.Until) {
					return idea.Errorf(idea.Refused, "giver %d has agreed to that already: %s", in.Giver, kind.Label()).
						WithHint("sluss consent list %d shows it", in.Giver)
				}
			}
			c := idea.Consent{Giver: in.Giver, Kind: kind, From: in.On, Until: in.Until, How: in.How}
			if c.ID, err = tx.Add(idea.AConsent, map[idea.Field]string{idea.FieldGiver: ref(c.Giver), idea.FieldKind: string(kind),
				idea.FieldOn: string(c.From), idea.FieldUntil: string(c.Until), idea.FieldHow: string(c.How)}); err != nil {
				return err
			}
			added = append(added, c)
		}
		out, err = d.consentLines(tx, added, in.People)
		return err
	})
	return out, err
}

// WithdrawConsent records that a giver does not agree any more, from a day on;
// empty is today, and no kinds are all. It returns Refused if there is no consent
// to withdraw. The lines say which published stories must be changed.
func (d *Desk) WithdrawConsent(ctx context.Context, giver int64, kinds []idea.ConsentKind, on idea.Day, people bool) (out []ConsentLine, err error) {
	if on, err = d.happened(on); err != nil {
		return nil, err
	}
	err = d.update(ctx, "consent withdraw", func(tx *store.Tx) error {
		if _, err := findGiver(tx, giver); err != nil {
			return err
		}
		all, err := tx.Consents(giver)
		if err != nil {
			return err
		}
		var ended idea.Consents
		for _, c := range all {
			wanted := len(kinds) == 0 || slices.Contains(kinds, c.Kind)
			if !wanted || c.Withdrawn != "" || c.Until != "" && c.Until < on {
				continue
			}
			c.Withdrawn = on
			if err := tx.Record(idea.Change{Subject: idea.AConsent, ID: c.ID, Field: idea.FieldWithdrawn, New: string(on)}); err != nil {
				return err
			}
			ended = append(ended, c)
		}
		if len(ended) == 0 {
			return idea.Errorf(idea.Refused, "giver %d has no consent to withdraw", giver).WithHint("sluss consent list %d shows what there was", giver)
		}
		out, err = d.consentLines(tx, ended, people)
		return err
	})
	return out, err
}

// storiesWaiting is the published stories that name or show somebody who does not
// agree to it, or will not by the horizon.
func storiesWaiting(tx *store.Tx, f idea.Filter, h idea.Horizon) (all []idea.Todo, err error) {
	stories, err := tx.Stories()
	if err != nil || len(stories) == 0 {
		return nil, err
	}
	consents, err := tx.Consents()
	if err != nil {
		return nil, err
	}
	for _, s := range stories {
		lapses := s.Lapses(consents, h.Today)
		for _, l := range s.Lapses(consents, h.Until) {
			now := slices.ContainsFunc(lapses, func(o idea.Lapse) bool { return o.Giver == l.Giver && o.Kind == l.Kind })
			if !now {
				lapses = append(lapses, l)
			}
		}
		if len(lapses) == 0 {
			continue
		}
		i, err := tx.Idea(s.Idea)
		if err != nil {
			return nil, err
		}
		if len(f.Coaches) > 0 && !slices.Contains(f.Coaches, i.Coach) {
			continue
		}
		seen := map[int64]bool{}
		for _, l := range lapses {
			if !seen[l.Giver] {
				all = append(all, idea.Todo{For: idea.ForConsent, By: l.Since, Idea: s.Idea, Title: i.Title, Coach: i.Coach, Of: l.Giver})
			}
			seen[l.Giver] = true
		}
	}
	return all, nil
}
