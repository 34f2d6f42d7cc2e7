package desk

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"strings"
	"time"

	"sluss/internal/idea"
	"sluss/internal/store"
)

// Selection says which ideas are wanted, in the words of the user: names of
// stages, units and coaches. Me stands for the coach at the desk; none stands for
// no coach, no unit, and a type, newness or kind of value that is not known.
type Selection struct {
	Numbers  []int64
	Stages   []string
	Tags     []string // a minus in front leaves ideas with the tag out
	Units    []string
	Kinds    []string
	Coaches  []string
	Types    []string
	Newness  []string
	Benefits []string
	Received idea.Period
	Text     string
	Open     bool
	Waiting  bool // nobody has been answered about it
	Sort     idea.Sort
	Desc     bool
	Limit    int
	Compare  func(a, b string) int // the order of names in the user's language
	Whole    bool                  // with the sections
	People   bool                  // with the names and contacts of givers and owners

	withoutGivers bool // nobody asks who they are
}

// Flags says what ideas a selection leaves out, in the words of the command line.
func (s Selection) Flags() (out []string) {
	var until idea.Day
	if s.Received.To != "" {
		until = s.Received.To.Add(-1)
	}
	for _, f := range []struct {
		name   string
		values []string
	}{{"stage", s.Stages}, {"tag", s.Tags}, {"unit", s.Units}, {"kind", s.Kinds}, {"coach", s.Coaches}, {"type", s.Types}, {"newness", s.Newness},
		{"benefit", s.Benefits}, {"since", []string{string(s.Received.From)}}, {"until", []string{string(until)}}, {"text", []string{s.Text}}} {
		for _, value := range f.values {
			if value != "" {
				out = append(out, "--"+f.name+" "+value)
			}
		}
	}
	return out
}

// Me and None stand for coaches in a Selection and an assignment.
const (
	Me   = "me"
	None = "none"
)

// isReserved tells words that stand for a coach, in both languages.
func isReserved(name string) bool {
	return slices.Contains([]string{Me, "jag", None, "ingen"}, strings.ToLower(name))
}

func notAName(name string) error {
	return idea.Errorf(idea.Usage, "no coach can be called %q", name).WithHint("that word has a meaning of its own in commands")
}

// Listed is an idea with the names of what it refers to.
type Listed struct {
	idea.Idea
	In        idea.Stage
	UnitName  string
	CoachName string
	OwnerName string       // only with people
	From      []idea.Giver // names and contacts only with people
	Days      int          // how long it has stood in its stage
	Stuck     bool         // longer than the stage allows

	AnswerBy idea.Day // the day by which the first answer is promised, while nobody got it
	Late     bool     // that day has been
}

// Ideas gives the selected ideas one at a time, from one state of the database.
func (d *Desk) Ideas(ctx context.Context, s Selection) iter.Seq2[Listed, error] {
	return func(yield func(Listed, error) bool) {
		stopped := false
		err := d.db.View(ctx, func(tx *store.Tx) error {
			return d.eachIdea(tx, s, func(l Listed) bool {
				stopped = !yield(l, nil)
				return !stopped
			})
		})
		if err != nil && !stopped {
			yield(Listed{}, err)
		}
	}
}

func (d *Desk) eachIdea(tx *store.Tx, s Selection, yield func(Listed) bool) error {
	n, err := load(tx)
	if err != nil {
		return err
	}
	filter, err := d.filter(n, s)
	if err != nil {
		return err
	}
	depth := store.Short
	if s.Whole {
		depth = store.Whole
	}
	if s.Whole && s.withoutGivers {
		depth = store.WithoutGivers
	}
	promise, err := d.promise(tx)
	if err != nil {
		return err
	}
	var failed error
	now := d.now()
	list := func(i idea.Idea) bool {
		l := listed(n, i, now)
		if s.Whole || s.Waiting {
			promise.add(&l)
		}
		if s.People {
			failed = addPeople(tx, &l)
		}
		return failed == nil && yield(l)
	}
	if !byName(s.Sort) {
		err := tx.Ideas(filter, idea.Order{By: s.Sort, Desc: s.Desc, Limit: s.Limit}, depth, list)
		return cmp.Or(failed, err)
	}
	err = d.sorted(tx, n, filter, s, depth, list)
	return cmp.Or(failed, err)
}

func byName(s idea.Sort) bool {
	switch s {
	case idea.ByTitle, idea.ByUnit, idea.ByCoach, idea.ByStage:
		return true
	}
	return false
}

// sorted orders by names, which SQLite cannot do in Swedish. Of a limited list
// it keeps no more than are asked for.
func (d *Desk) sorted(tx *store.Tx, n names, f idea.Filter, s Selection, depth store.Depth, yield func(idea.Idea) bool) error {
	compare := func(a, b idea.Idea) int {
		order := compareBy(n, s, a, b)
		if s.Desc {
			order = -order
		}
		return cmp.Or(order, cmp.Compare(a.Number, b.Number))
	}
	var best []idea.Idea
	err := tx.Ideas(f, idea.Order{}, depth, func(i idea.Idea) bool {
		if s.Limit == 0 {
			best = append(best, i)
			return true
		}
		if at, _ := slices.BinarySearchFunc(best, i, compare); at < s.Limit {
			best = slices.Insert(best, at, i)
			best = best[:min(len(best), s.Limit)]
		}
		return true
	})
	if err != nil {
		return err
	}
	if s.Limit == 0 {
		slices.SortFunc(best, compare)
	}
	for _, i := range best {
		if !yield(i) {
			break
		}
	}
	return nil
}

func compareBy(n names, s Selection, a, b idea.Idea) int {
	switch s.Sort {
	case idea.ByStage:
		return cmp.Compare(n.stage(a.Stage).Position, n.stage(b.Stage).Position)
	case idea.ByUnit:
		return s.Compare(n.unit(a.Unit), n.unit(b.Unit))
	case idea.ByCoach:
		return s.Compare(n.coach(a.Coach), n.coach(b.Coach))
	}
	return s.Compare(a.Title, b.Title)
}

func (d *Desk) filter(n names, s Selection) (idea.Filter, error) {
	f := idea.Filter{Numbers: s.Numbers, Received: s.Received, Text: s.Text, Open: s.Open, Waiting: s.Waiting}
	for _, word := range s.Stages {
		stage, err := n.findStage(word)
		if err != nil {
			return f, err
		}
		f.Stages = append(f.Stages, stage.Key)
	}
	var err error
	if f.Units, err = n.branchesOrNone(s.Units); err != nil {
		return f, err
	}
	if f.Types, err = orUnknown(s.Types, idea.FindType); err != nil {
		return f, err
	}
	if f.Newness, err = orUnknown(s.Newness, idea.FindNewness); err != nil {
		return f, err
	}
	if f.Benefits, err = benefitFilter(s.Benefits); err != nil {
		return f, err
	}
	for _, word := range s.Coaches {
		id, err := d.coachID(n, word)
		if err != nil {
			return f, err
		}
		f.Coaches = append(f.Coaches, id)
	}
	for _, word := range s.Kinds {
		kind, err := idea.FindKind(word)
		if err != nil {
			return f, err
		}
		f.Kinds = append(f.Kinds, kind)
	}
	return tagFilter(f, s.Tags)
}

// orUnknown reads words of a class; none stands for ideas where it is not known.
func orUnknown[T ~string](words []string, find func(string) (T, error)) (out []T, err error) {
	for _, word := range words {
		var found T
		if !isNone(word) {
			if found, err = find(word); err != nil {
				return nil, err
			}
		}
		out = append(out, found)
	}
	return out, nil
}

func benefitFilter(words []string) (out []idea.Benefit, err error) {
	for _, word := range words {
		if isNone(word) {
			out = append(out, "")
			continue
		}
		found, err := idea.FindBenefits(word)
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			return nil, idea.Errorf(idea.Usage, "the kind of value is empty").WithHint("name one, or none for what is not known")
		}
		out = append(out, found...)
	}
	return out, nil
}

// isNone tells whether a word stands for nothing, in either language.
func isNone(word string) bool {
	return slices.Contains([]string{None, "ingen", "inget"}, strings.ToLower(strings.TrimSpace(word)))
}

// branchesOrNone is branches, with 0 for none; a unit that is called so comes
// first.
func (n names) branchesOrNone(words []string) (out []int64, err error) {
	for _, word := range words {
		if isNone(word) && !slices.ContainsFunc(n.units, func(u idea.Unit) bool { return idea.Same(u.Name, word) }) {
			out = append(out, 0)
			continue
		}
		ids, err := n.branches([]string{word})
		if err != nil {
			return nil, err
		}
		out = append(out, ids...)
	}
	return out, nil
}

// wanted tells which ideas a selection is about, for what hangs on them.
func (d *Desk) wanted(tx *store.Tx, s Selection) (func(int64) bool, error) {
	n, err := load(tx)
	if err != nil {
		return nil, err
	}
	f, err := d.filter(n, s)
	if err != nil {
		return nil, err
	}
	if f.Everything() {
		return func(int64) bool { return true }, nil
	}
	found := map[int64]bool{}
	err = tx.Ideas(f, idea.Order{}, store.Short, func(i idea.Idea) bool {
		found[i.Number] = true
		return true
	})
	return func(number int64) bool { return found[number] }, err
}

func tagFilter(f idea.Filter, words []string) (idea.Filter, error) {
	for _, word := range words {
		list := &f.Tags
		if word != "" && word[0] == '-' {
			list, word = &f.NoTags, word[1:]
		}
		tag, err := idea.CleanTag(word)
		if err != nil {
			return f, err
		}
		if !slices.Contains(*list, tag) {
			*list = append(*list, tag)
		}
	}
	return f, nil
}

// coachID is the id of a coach, 0 for None.
func (d *Desk) coachID(n names, word string) (int64, error) {
	switch word {
	case None, "ingen":
		return 0, nil
	case Me, "jag":
		return d.me(n)
	}
	c, err := n.findCoach(word)
	return c.ID, err
}

// me is the id of the coach at the desk, if she has given a command before.
func (d *Desk) me(n names) (int64, error) {
	var known []string
	for _, c := range n.coaches {
		if idea.Same(c.Name, d.who) {
			return c.ID, nil
		}
		known = append(known, c.Name)
	}
	return 0, idea.Unknown("coach", d.who, known)
}

func (d *Desk) listed(n names, i idea.Idea) Listed { return listed(n, i, d.now()) }

func listed(n names, i idea.Idea, now time.Time) Listed {
	l := Listed{Idea: i, In: n.stage(i.Stage), UnitName: n.unit(i.Unit), CoachName: n.coach(i.Coach)}
	l.Days = max(0, idea.DayNumber(now)-idea.DayNumber(i.StageSince.In(now.Location())))
	l.Stuck = l.In.LimitDays > 0 && l.Days > l.In.LimitDays
	return l
}

func addPeople(tx *store.Tx, l *Listed) (err error) {
	if len(l.Givers) > 0 {
		if l.From, err = tx.Givers(l.Givers...); err != nil {
			return err
		}
	}
	if l.Owner == 0 {
		return nil
	}
	owner, err := tx.Contact(l.Owner)
	l.OwnerName = owner.Name
	return err
}
