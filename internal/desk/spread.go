package desk

import (
	"context"
	"slices"
	"strconv"

	"sluss/internal/idea"
	"sluss/internal/report"
	"sluss/internal/store"
)

// SpreadLine is a telling with the ideas that its good examples tell of.
type SpreadLine struct {
	idea.Spread
	Of     []int64          // numbers of the ideas of its stories
	Titles map[int64]string // of these, and of its other ideas
}

// UptakeLine is an uptake with the idea that the good example tells of.
type UptakeLine struct {
	idea.Uptake
	Of    int64  // number of the idea
	Title string // of the good example
}

// SpreadSelection says which tellings, or uptakes, are wanted.
type SpreadSelection struct {
	Period    idea.Period
	Channels  []idea.SpreadChannel
	Audiences []idea.Audience
	Kinds     []idea.OrganisationKind
	Stories   []int64 // numbers of the ideas
}

// storyNames is what stories are called, by id.
type storyNames struct {
	numbers map[int64]int64
	titles  map[int64]string // by the number of the idea
}

func loadStoryNames(tx *store.Tx) (n storyNames, all []idea.Story, err error) {
	if all, err = tx.Stories(); err != nil {
		return n, nil, err
	}
	n = storyNames{map[int64]int64{}, map[int64]string{}}
	var without []int64
	for _, s := range all {
		n.numbers[s.ID] = s.Idea
		if n.titles[s.Idea] = titleOf(s, nil); n.titles[s.Idea] == "" {
			without = append(without, s.Idea)
		}
	}
	others, err := titles(tx, without)
	for number, title := range others {
		n.titles[number] = title
	}
	return n, all, err
}

func (n storyNames) spreads(tx *store.Tx, all []idea.Spread) ([]SpreadLine, error) {
	var numbers []int64
	for _, s := range all {
		numbers = append(numbers, s.Ideas...)
	}
	others, err := titles(tx, numbers)
	if err != nil {
		return nil, err
	}
	out := make([]SpreadLine, len(all))
	for k, s := range all {
		line := SpreadLine{Spread: s, Titles: map[int64]string{}}
		for _, number := range s.Ideas {
			line.Titles[number] = others[number]
		}
		for _, id := range s.Stories {
			line.Of = append(line.Of, n.numbers[id])
			line.Titles[n.numbers[id]] = n.titles[n.numbers[id]]
		}
		slices.Sort(line.Of)
		out[k] = line
	}
	return out, nil
}

func (n storyNames) uptake(u idea.Uptake) UptakeLine {
	return UptakeLine{Uptake: u, Of: n.numbers[u.Story], Title: n.titles[n.numbers[u.Story]]}
}

// storyOf is the story of an idea that has been published at some time: what was
// never published cannot have been told or taken up as a good example.
func storyOf(tx *store.Tx, number int64) (idea.Story, error) {
	if _, err := tx.Idea(number); err != nil {
		return idea.Story{}, err
	}
	all, err := tx.Stories(number)
	switch {
	case err != nil:
		return idea.Story{}, err
	case len(all) == 0:
		return idea.Story{}, idea.Errorf(idea.NotFound, "there is no good example of idea %d", number).WithHint("sluss story %d writes one", number)
	case all[0].Published == "":
		return idea.Story{}, idea.Errorf(idea.Refused, "the good example of idea %d has never been published", number).WithHint("sluss story publish %d publishes it", number)
	}
	return all[0], nil
}

// Spreads gives the selected tellings, the newest first.
func (d *Desk) Spreads(ctx context.Context, s SpreadSelection) (out []SpreadLine, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		out, err = spreads(tx, s)
		return err
	})
	return out, err
}

func spreads(tx *store.Tx, s SpreadSelection) ([]SpreadLine, error) {
	n, _, err := loadStoryNames(tx)
	if err != nil {
		return nil, err
	}
	f := idea.SpreadFilter{Period: s.Period, Channels: s.Channels, Audiences: s.Audiences}
	if f.Stories, err = storyIDs(tx, s.Stories); err != nil {
		return nil, err
	}
	all, err := tx.Spreads()
	if err != nil {
		return nil, err
	}
	return n.spreads(tx, slices.DeleteFunc(all, func(one idea.Spread) bool { return !f.Wants(one) }))
}

func storyIDs(tx *store.Tx, numbers []int64) (ids []int64, err error) {
	for _, number := range numbers {
		_, _, s, err := findStory(tx, number)
		if err != nil {
			return nil, err
		}
		ids = append(ids, s.ID)
	}
	return ids, nil
}

// SpreadInput is what is told of a telling.
type SpreadInput struct {
	Day      idea.Day // empty is today
	Channel  idea.SpreadChannel
	Audience idea.Audience
	Reach    *int64
	Text     string
	Stories  []int64 // numbers of the ideas whose good examples were told
	Ideas    []int64 // numbers of other ideas that were told of
}

// AddSpread records that something was told. It returns Usage if nothing was,
// NotFound for an idea without a good example, and Refused for one that has
// never been published and for a day to come.
func (d *Desk) AddSpread(ctx context.Context, in SpreadInput) (line SpreadLine, err error) {
	err = d.update(ctx, "spread add", func(tx *store.Tx) error {
		line, err = d.addSpread(tx, in)
		return err
	})
	return line, err
}

func (d *Desk) addSpread(tx *store.Tx, in SpreadInput) (line SpreadLine, err error) {
	if in.Day, err = d.spreadDay(in.Day); err != nil {
		return line, err
	}
	if in.Text, err = idea.CleanText("the text", in.Text); err != nil {
		return line, err
	}
	var told []string
	for _, number := range in.Stories {
		s, err := storyOf(tx, number)
		if err != nil {
			return line, err
		}
		told = append(told, ref(s.ID))
	}
	for _, number := range in.Ideas {
		if _, err := tx.Idea(number); err != nil {
			return line, err
		}
	}
	if len(in.Stories)+len(in.Ideas) == 0 {
		return line, idea.Errorf(idea.Usage, "what was told?").WithHint("name good examples by the numbers of their ideas, or other ideas with --idea")
	}
	id, err := tx.Add(idea.ASpread, map[idea.Field]string{idea.FieldDay: string(in.Day), idea.FieldChannel: string(in.Channel),
		idea.FieldAudience: string(in.Audience), idea.FieldReach: participants(in.Reach), idea.FieldText: in.Text})
	if err != nil {
		return line, err
	}
	if err := addMembers(tx, id, idea.FieldStory, told); err != nil {
		return line, err
	}
	if err := addMembers(tx, id, idea.FieldIdea, numbersAsText(in.Ideas)); err != nil {
		return line, err
	}
	return spreadLine(tx, id)
}

func addMembers(tx *store.Tx, spread int64, f idea.Field, members []string) error {
	slices.Sort(members)
	for _, member := range slices.Compact(members) {
		if err := tx.Record(idea.Change{Subject: idea.ASpread, ID: spread, Field: f, New: member}); err != nil {
			return err
		}
	}
	return nil
}

func numbersAsText(numbers []int64) (out []string) {
	for _, n := range numbers {
		out = append(out, ref(n))
	}
	return out
}

func spreadLine(tx *store.Tx, id int64) (SpreadLine, error) {
	all, err := tx.Spreads()
	if err != nil {
		return SpreadLine{}, err
	}
	n, _, err := loadStoryNames(tx)
	if err != nil {
		return SpreadLine{}, err
	}
	at := slices.IndexFunc(all, func(s idea.Spread) bool { return s.ID == id })
	if at < 0 {
		return SpreadLine{}, idea.Errorf(idea.NotFound, "there is no spreading %d", id).WithHint("sluss spread list shows the numbers")
	}
	lines, err := n.spreads(tx, all[at:at+1])
	if err != nil {
		return SpreadLine{}, err
	}
	return lines[0], nil
}

// spreadDay is a day that has been, or today for none.
func (d *Desk) spreadDay(day idea.Day) (idea.Day, error) {
	switch {
	case day == "":
		return d.Today(), nil
	case !day.Valid():
		return "", idea.Errorf(idea.Usage, "%q is not a day", string(day)).WithHint("write it as 2026-11-24")
	case day > d.Today():
		return "", idea.Errorf(idea.Refused, "%s is not here yet", day).WithHint("record it when it has happened")
	}
	return day, nil
}

// SetReach records how many people a telling reached: that is often known later.
// It returns NotFound for a telling that there is not.
func (d *Desk) SetReach(ctx context.Context, id int64, reach *int64) (line SpreadLine, err error) {
	err = d.update(ctx, "spread reach", func(tx *store.Tx) error {
		old, err := spreadLine(tx, id)
		if err != nil {
			return err
		}
		if err := recordField(tx, idea.ASpread, id, idea.FieldReach, participants(old.Reach), participants(reach)); err != nil {
			return err
		}
		line, err = spreadLine(tx, id)
		return err
	})
	return line, err
}

// RemoveSpreads removes tellings that were recorded by mistake, all of them or
// none.
func (d *Desk) RemoveSpreads(ctx context.Context, ids []int64) ([]SpreadLine, error) {
	return removeEach(ctx, d, "spread remove", idea.ASpread, ids, spreadLine)
}

// Uptakes gives the selected uptakes, the newest first.
func (d *Desk) Uptakes(ctx context.Context, s SpreadSelection) (out []UptakeLine, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		out, err = uptakes(tx, s)
		return err
	})
	return out, err
}

func uptakes(tx *store.Tx, s SpreadSelection) (out []UptakeLine, err error) {
	n, _, err := loadStoryNames(tx)
	if err != nil {
		return nil, err
	}
	of, err := storyIDs(tx, s.Stories)
	if err != nil {
		return nil, err
	}
	all, err := tx.Uptakes()
	for _, u := range all {
		if s.Period.Has(u.Day) && (len(s.Kinds) == 0 || slices.Contains(s.Kinds, u.Kind)) && (len(of) == 0 || slices.Contains(of, u.Story)) {
			out = append(out, n.uptake(u))
		}
	}
	return out, err
}

// UptakeInput is that somebody took a good example up.
type UptakeInput struct {
	Story        int64    // number of the idea
	Day          idea.Day // empty is today
	Organisation string
	Kind         idea.OrganisationKind // empty: found out
	Text         string
}

// AddUptake records that somebody took a good example up. Without a kind it is
// that of the organisation where one of that name is known: a unit of ours, who
// took something up before, or was at a mashup; or what the name tells. It
// returns Usage if none of that does, and Refused if the same is recorded already.
func (d *Desk) AddUptake(ctx context.Context, in UptakeInput) (line UptakeLine, err error) {
	err = d.update(ctx, "uptake add", func(tx *store.Tx) error {
		if in.Day, err = d.spreadDay(in.Day); err != nil {
			return err
		}
		who, err := idea.CleanLine("the organisation", in.Organisation)
		if err != nil {
			return err
		}
		if who == "" {
			return idea.Errorf(idea.Usage, "who took it up?").WithHint("say which unit, municipality or other organisation with --who")
		}
		text, err := idea.CleanText("the text", in.Text)
		if err != nil {
			return err
		}
		s, err := storyOf(tx, in.Story)
		if err != nil {
			return err
		}
		if in.Kind == "" {
			if in.Kind, err = kindOf(tx, who); err != nil {
				return err
			}
		}
		before, err := tx.Uptakes()
		if err != nil {
			return err
		}
		for _, u := range before {
			if u.Story == s.ID && idea.Same(u.Organisation, who) {
				return idea.Errorf(idea.Refused, "%s has taken the good example of idea %d up already: uptake %d, on %s", u.Organisation, in.Story, u.ID, string(u.Day)).
					WithHint("sluss uptake remove %d takes that one away", u.ID)
			}
		}
		u := idea.Uptake{Story: s.ID, Day: in.Day, Organisation: who, Kind: in.Kind, Text: text}
		if u.ID, err = tx.Add(idea.AnUptake, map[idea.Field]string{idea.FieldStory: ref(u.Story), idea.FieldDay: string(u.Day),
			idea.FieldOrganisation: who, idea.FieldKind: string(u.Kind), idea.FieldText: text}); err != nil {
			return err
		}
		n, _, err := loadStoryNames(tx)
		line = n.uptake(u)
		return err
	})
	return line, err
}

// kindOf is what sort of organisation one of a name is.
func kindOf(tx *store.Tx, who string) (idea.OrganisationKind, error) {
	n, err := load(tx)
	if err != nil {
		return "", err
	}
	if slices.ContainsFunc(n.units, func(u idea.Unit) bool { return idea.Same(u.Name, who) }) {
		return idea.OwnOrganisation, nil
	}
	before, err := tx.Uptakes()
	if err != nil {
		return "", err
	}
	for _, u := range before {
		if idea.Same(u.Organisation, who) {
			return u.Kind, nil
		}
	}
	participants, err := tx.Participants(0)
	if err != nil {
		return "", err
	}
	for _, p := range participants {
		if idea.Same(p.Organisation, who) && p.Kind != idea.OtherOrganisation {
			return p.Kind, nil
		}
	}
	if kind := idea.GuessOrganisationKind(who); kind != idea.OtherOrganisation {
		return kind, nil
	}
	return "", idea.Errorf(idea.Usage, "what is %q: a unit of your own, a municipality, a region, a company?", who).
		WithHint("say it with --kind: unit, municipality, region, company, association, university or other")
}

// RemoveUptakes removes uptakes that were recorded by mistake, all of them or
// none.
func (d *Desk) RemoveUptakes(ctx context.Context, ids []int64) (out []UptakeLine, err error) {
	err = d.update(ctx, "uptake remove", func(tx *store.Tx) error {
		all, err := uptakes(tx, SpreadSelection{})
		if err != nil {
			return err
		}
		known := byID(all, func(u UptakeLine) int64 { return u.ID })
		for _, id := range ids {
			u, there := known[id]
			if !there {
				return idea.Errorf(idea.NotFound, "there is no uptake %d", id).WithHint("sluss uptake list shows the numbers")
			}
			delete(known, id)
			if err := tx.Remove(idea.AnUptake, id); err != nil {
				return err
			}
			out = append(out, u)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// SpreadReport counts what was spread in a period.
func (d *Desk) SpreadReport(ctx context.Context, period idea.Period, by report.By, compare *idea.Period) (r report.SpreadReport, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		n, stories, err := loadStoryNames(tx)
		if err != nil {
			return err
		}
		s := report.Spreading{Stories: stories, Titles: n.titles}
		if s.Tells, err = tx.Spreads(); err != nil {
			return err
		}
		if s.Uptakes, err = tx.Uptakes(); err != nil {
			return err
		}
		if s.Begins, err = tx.Dawn(); err != nil {
			return err
		}
		r = s.Report(period, by, compare, d.Today())
		return nil
	})
	return r, err
}

// aboutSpread names what an event about spreading speaks of. Good examples have
// the numbers of their ideas.
func (l *EventLine) aboutSpread(tx *store.Tx) error {
	if l.Subject == idea.AnUptake {
		u, err := tx.UptakeOf(l.ID)
		if err != nil {
			return err
		}
		number, err := tx.StoryIdea(u.Story)
		l.Thing = idea.Say("%d (%s, %s)", l.ID, u.Organisation, idea.Say("good example %s", ref(number)))
		return err
	}
	s, err := tx.SpreadOf(l.ID)
	if err != nil {
		return err
	}
	l.Thing = idea.Say("%d (%s, %s)", l.ID, s.Channel.Label(), string(s.Day))
	if l.Field != idea.FieldStory {
		return nil
	}
	number, err := tx.StoryIdea(parseRef(l.Old + l.New))
	if l.Old != "" {
		l.OldName = strconv.FormatInt(number, 10)
	} else {
		l.NewName = strconv.FormatInt(number, 10)
	}
	return err
}
