package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"sluss/internal/alike"
	"sluss/internal/idea"
	"sluss/internal/store"
)

// Similar is an idea that is like another.
type Similar struct {
	Number     int64
	Title      string
	In         idea.Stage
	MergedInto int64
	Score      float64  // from 0 to 1, the same
	Shared     []string // its words that the other has too, in some form
}

// How ideas that are like another are looked for.
const (
	candidates = 200  // how many titles are compared
	closely    = 50   // how many of those whole
	common     = 2000 // a word that as many ideas have says little
	wordsMost  = 8    // how many words are looked for
	fewWords   = 2    // of the common words, how many are looked for when there are no others
	bodyWords  = 12   // how many words of the sections are tried
	compounds  = 3    // how many words are taken apart
	scoreLeast = 0.25 // what is less alike is not shown
)

// Alike is the score from which two ideas may well be the same.
const Alike = 0.5

// Similar gives the ideas that are most like one, best first. Those that are
// merged with it are left out.
func (d *Desk) Similar(ctx context.Context, number int64, limit int) (out []Similar, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		i, err := tx.Idea(number)
		if err != nil {
			return err
		}
		out, err = similar(tx, i)
		out = slices.DeleteFunc(out, func(s Similar) bool {
			return s.Number == i.Number || s.MergedInto == i.Number || s.Number == i.MergedInto || s.MergedInto != 0 && s.MergedInto == i.MergedInto
		})
		return err
	})
	if limit > 0 && len(out) > limit {
		out = out[:limit]
	}
	return out, err
}

// SimilarTo gives the ideas that may well be the same as a draft, best first.
func (d *Desk) SimilarTo(ctx context.Context, draft idea.Draft, limit int) (out []Similar, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		out, err = similar(tx, idea.Idea{Title: draft.Title, Sections: draft.Sections})
		return err
	})
	out = slices.DeleteFunc(out, func(s Similar) bool { return s.Score < Alike })
	return out[:min(len(out), limit)], err
}

func similar(tx *store.Tx, i idea.Idea) ([]Similar, error) {
	n, err := load(tx)
	if err != nil {
		return nil, err
	}
	text := alike.Read(i.Title, sections(i))
	words, err := rarest(tx, text)
	if err != nil {
		return nil, err
	}
	var beginnings []string
	for _, w := range words {
		beginnings = append(beginnings, w.Beginnings()...)
	}
	parts, err := parts(tx, words)
	if err != nil {
		return nil, err
	}
	found, err := tx.Candidates(beginnings, parts, candidates)
	if err != nil {
		return nil, err
	}
	scores := map[int64]float64{}
	for _, s := range found {
		scores[s.Number], _ = alike.Compare(text, alike.Read(s.Title, ""))
	}
	slices.SortStableFunc(found, func(a, b store.Said) int { return cmp.Compare(scores[b.Number], scores[a.Number]) })
	var out []Similar
	for _, s := range found[:min(len(found), closely)] {
		score, shared := alike.Compare(text, alike.Read(s.Title, s.Body))
		if score >= scoreLeast {
			out = append(out, Similar{s.Number, s.Title, n.stage(s.Stage), s.MergedInto, score, shared})
		}
	}
	other := func(s Similar) int { // of those that are equally near, the same title comes first
		if idea.Same(s.Title, i.Title) {
			return 0
		}
		return 1
	}
	slices.SortFunc(out, func(a, b Similar) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(other(a), other(b)), cmp.Compare(a.Number, b.Number))
	})
	return out, nil
}

func sections(i idea.Idea) string {
	var parts []string
	for _, s := range idea.Sections() {
		parts = append(parts, i.Sections[s])
	}
	return strings.Join(parts, "\n")
}

// rarest gives the words of a text by which to look for others: those of the
// title that few ideas have, and if there are not enough of them, of the
// sections.
func rarest(tx *store.Tx, t alike.Text) (out []alike.Word, err error) {
	words, err := byUse(tx, t.Title)
	if err != nil {
		return nil, err
	}
	if len(words) < wordsMost {
		longest := slices.SortedStableFunc(slices.Values(t.Body), func(a, b alike.Word) int { return cmp.Compare(len(b.Text), len(a.Text)) })
		more, err := byUse(tx, longest[:min(len(longest), bodyWords)])
		if err != nil {
			return nil, err
		}
		more = slices.DeleteFunc(more, func(u used) bool { return u.ideas >= common })
		words = append(words, more...)
	}
	for k, w := range words {
		if k == wordsMost || k >= fewWords && w.ideas >= common {
			break
		}
		out = append(out, w.Word)
	}
	return out, nil
}

// parts gives the words that the longest of some words are made of, as far as
// some ideas have them, and not too many.
func parts(tx *store.Tx, words []alike.Word) (out []string, err error) {
	long := slices.SortedStableFunc(slices.Values(words), func(a, b alike.Word) int { return cmp.Compare(len(b.Text), len(a.Text)) })
	for _, w := range long[:min(len(long), compounds)] {
		for _, forms := range w.Parts() {
			n, err := tx.HaveWord(common, forms...)
			if err != nil {
				return nil, err
			}
			if n > 0 && n < common {
				out = append(out, forms...)
			}
		}
	}
	return out, nil
}

// used is a word with the number of ideas that have it.
type used struct {
	alike.Word
	ideas int
}

// byUse orders words by the number of ideas that have them, few first.
func byUse(tx *store.Tx, words []alike.Word) (out []used, err error) {
	for _, w := range words {
		n, err := tx.HaveWord(common, w.Text)
		if err != nil {
			return nil, err
		}
		out = append(out, used{w, n})
	}
	slices.SortStableFunc(out, func(a, b used) int { return cmp.Compare(a.ideas, b.ideas) })
	return out, nil
}
