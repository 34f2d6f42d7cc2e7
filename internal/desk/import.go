package desk

import (
	"context"
	"errors"
	"iter"

	"sluss/internal/idea"
	"sluss/internal/store"
)

// Incoming is a draft from a file. A nil Draft is a row that was found bad
// already.
type Incoming struct {
	Line  int
	Draft *idea.Draft
}

// BadRow is a row that cannot become an idea. Field is the draft's field that
// is wrong.
type BadRow struct {
	Line  int
	Field idea.Field
	Err   *idea.Error
}

// ImportInput says how a file is taken in.
type ImportInput struct {
	DryRun   bool
	SkipBad  bool // leave bad rows out instead of refusing the file
	AddUnits bool // add units that are not known yet
}

// Imported is what became of a file.
type Imported struct {
	Added   int
	Already int // rows whose source and external id are known
	Bad     []BadRow
	First   int64 // numbers of the ideas added
	Last    int64
}

// Own is the source of ideas that sluss itself exported. Their external id is
// the number that they had where they were exported.
const Own = "sluss"

// errRollback ends a transaction that shall leave nothing behind.
var errRollback = errors.New("roll back")

// Import adds the ideas of a file, all of them or none. Rows whose external id is
// known from the same source add nothing. With bad rows it adds nothing and
// says which, unless they are to be skipped.
func (d *Desk) Import(ctx context.Context, in ImportInput, rows iter.Seq2[Incoming, error]) (out Imported, err error) {
	err = d.update(ctx, "import", func(tx *store.Tx) error {
		intake, err := d.intake(tx)
		if err != nil {
			return err
		}
		intake.addUnits = in.AddUnits
		im := &importer{intake: intake, known: map[string]map[string]int64{}, numbers: map[string]int64{}}
		bad := 0
		for row, err := range rows {
			if err != nil {
				return err
			}
			if row.Draft == nil {
				bad++
				continue
			}
			if err := im.take(row); err != nil {
				return err
			}
		}
		if err := im.merge(); err != nil {
			return err
		}
		out = im.out
		if in.DryRun || !in.SkipBad && bad+len(out.Bad) > 0 {
			return errRollback
		}
		return nil
	})
	if errors.Is(err, errRollback) {
		err = nil
	}
	return out, err
}

type importer struct {
	*intake
	known map[string]map[string]int64 // by source: external ids, and -line for those of this file
	out   Imported

	numbers map[string]int64 // here, by the number in the file
	merges  []merging
}

// merging is an idea of the file that was merged into another.
type merging struct {
	row    Incoming
	number int64
	stage  idea.StageKey
}

// isHere tells whether a row that sluss exported is of an idea in this very
// database.
func (im *importer) isHere(draft *idea.Draft) bool {
	number := parseRef(draft.ExternalID)
	if added := im.out.First != 0 && number >= im.out.First; added {
		return false
	}
	i, err := im.tx.Idea(number)
	return err == nil && i.Title == draft.Title && i.Received == draft.Received
}

// take adds the idea of a row, or counts the row as known or bad.
func (im *importer) take(row Incoming) error {
	known, err := im.ids(row.Draft.Source)
	if err != nil {
		return err
	}
	if id := row.Draft.ExternalID; id != "" {
		switch before := known[id]; {
		case before == 0 && row.Draft.Source == Own && im.isHere(row.Draft):
			im.out.Already++
			im.call(row.Draft, parseRef(id))
			return nil
		case before > 0:
			im.out.Already++
			im.call(row.Draft, before)
			return nil
		case before < 0:
			im.bad(row, "external_id", idea.Errorf(idea.Refused, "%q stands already on line %d", id, -before))
			return nil
		}
		known[id] = -int64(row.Line)
	}
	number, field, err := im.add(*row.Draft)
	var refused *idea.Error
	if errors.As(err, &refused) && refused.Kind != idea.Failure && refused.Kind != idea.Interrupted {
		im.bad(row, field, refused)
		return nil
	}
	if err != nil {
		return err
	}
	if im.out.First == 0 {
		im.out.First = number
	}
	im.out.Last = number
	im.out.Added++
	im.call(row.Draft, number)
	if row.Draft.MergedInto != "" {
		im.merges = append(im.merges, merging{row, number, row.Draft.Stage})
	}
	return nil
}

// call keeps which idea the file speaks of by a number.
func (im *importer) call(draft *idea.Draft, number int64) {
	if draft.Number != "" {
		im.numbers[draft.Number] = number
	}
}

// merge lets the merged ideas of the file lead to those that they went into.
// One that leads nowhere is a bad row, and the idea is taken out again.
func (im *importer) merge() error {
	into := map[int64]int64{}
	for _, m := range im.merges {
		into[m.number] = im.numbers[m.row.Draft.MergedInto]
	}
	gone := map[int64]bool{}
	for _, m := range im.merges {
		if !leads(into, m.number) {
			im.bad(m.row, idea.FieldMergedInto, idea.Errorf(idea.Refused, "it was merged into %q, which leads to no idea of the file", m.row.Draft.MergedInto).
				WithHint("take in both in one file, by their numbers there"))
			im.out.Added--
			gone[m.number] = true
			if err := im.tx.Record(idea.Change{Subject: idea.AnIdea, ID: m.number, Field: idea.FieldStage, Old: string(m.stage)}); err != nil {
				return err
			}
			continue
		}
		if err := im.tx.Record(idea.Change{Subject: idea.AnIdea, ID: m.number, Field: idea.FieldMergedInto, New: ref(into[m.number])}); err != nil {
			return err
		}
	}
	for ; gone[im.out.First]; im.out.First++ {
	}
	for ; gone[im.out.Last]; im.out.Last-- {
	}
	if im.out.Added == 0 {
		im.out.First, im.out.Last = 0, 0
	}
	return nil
}

// leads tells whether merges lead from an idea to one that is not merged.
func leads(into map[int64]int64, number int64) bool {
	for range into {
		next, merged := into[number]
		if !merged {
			break
		}
		number = next
	}
	_, round := into[number]
	return number != 0 && !round
}

func (im *importer) bad(row Incoming, field idea.Field, err *idea.Error) {
	im.out.Bad = append(im.out.Bad, BadRow{Line: row.Line, Field: field, Err: err})
}

func (im *importer) ids(source string) (map[string]int64, error) {
	if known, ok := im.known[source]; ok {
		return known, nil
	}
	known, err := im.tx.ExternalIDs(source)
	im.known[source] = known
	return known, err
}
