package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"sluss/internal/idea"
	"sluss/internal/store"
)

// StoryLine is a story with what it says of its idea. Title is that of the
// version in the language asked for, or of another; Unit, Type and Tags are those
// of the idea.
type StoryLine struct {
	idea.Story
	Title    string
	Unit     int64
	UnitName string
	Type     idea.Type
	Tags     []string
	Lapses   []idea.Lapse // those whom the published story names or shows without consent today
}

// StorySelection says which stories are wanted. Of an audience are those that
// it may read; empty is all.
type StorySelection struct {
	Statuses []idea.StoryStatus
	Audience idea.Audience
	Langs    []string // there is a version in one of them; its title comes first
	Units    []string
	Tags     []string
	Period   idea.Period // published in it
	Lapsed   bool        // only those that name or show somebody without consent
}

// Stories gives the stories in the order of their ideas, with all versions and
// pictures: what exports and feeds are made of. What others may see
// is in [idea.StoryVersion].Published of a version, and the pictures that are
// Published, of stories that are published.
func (d *Desk) Stories(ctx context.Context, s StorySelection) (out []StoryLine, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		n, err := load(tx)
		if err != nil {
			return err
		}
		units, err := n.branches(s.Units)
		if err != nil {
			return err
		}
		tags, err := idea.CleanTags(s.Tags)
		if err != nil {
			return err
		}
		all, err := tx.Stories()
		if err != nil || len(all) == 0 {
			return err
		}
		lines, err := d.storyLines(tx, n, all, s.Langs...)
		for _, l := range lines {
			if s.wants(l, units, tags) {
				out = append(out, l)
			}
		}
		return err
	})
	return out, err
}

func (s StorySelection) wants(l StoryLine, units []int64, tags []string) bool {
	inLang := func(lang string) bool { _, found := l.Version(lang); return found }
	tagged := func(tag string) bool { return slices.Contains(l.Tags, tag) }
	switch {
	case len(s.Statuses) > 0 && !slices.Contains(s.Statuses, l.Status),
		s.Audience != "" && !l.Audience.Reaches(s.Audience),
		len(s.Langs) > 0 && !slices.ContainsFunc(s.Langs, inLang),
		len(units) > 0 && !slices.Contains(units, l.Unit),
		len(tags) > 0 && !slices.ContainsFunc(tags, tagged),
		s.Period != (idea.Period{}) && (l.Published == "" || !s.Period.Has(l.Published)),
		s.Lapsed && len(l.Lapses) == 0:
		return false
	}
	return true
}

// storyLines adds to stories what is known of their ideas and consents.
func (d *Desk) storyLines(tx *store.Tx, n names, all []idea.Story, langs ...string) ([]StoryLine, error) {
	consents, err := tx.Consents()
	if err != nil {
		return nil, err
	}
	numbers := make([]int64, len(all))
	for k, s := range all {
		numbers[k] = s.Idea
	}
	ideas := map[int64]idea.Idea{}
	if err := tx.Ideas(idea.Filter{Numbers: numbers}, idea.Order{}, store.WithoutGivers, func(i idea.Idea) bool {
		ideas[i.Number] = i
		return true
	}); err != nil {
		return nil, err
	}
	out := make([]StoryLine, len(all))
	for k, s := range all {
		i := ideas[s.Idea]
		out[k] = StoryLine{Story: s, Title: cmp.Or(titleOf(s, langs), i.Title), Unit: i.Unit, UnitName: n.unit(i.Unit), Type: i.Type, Tags: i.Tags,
			Lapses: s.Lapses(consents, d.Today())}
	}
	return out, nil
}

// titleOf is the title of the version in the first of the languages that there
// is, else of the first version that has one; that of the published text while
// the story is published.
func titleOf(s idea.Story, langs []string) string {
	versions := slices.Clone(s.Versions)
	slices.SortStableFunc(versions, func(a, b idea.StoryVersion) int {
		return cmp.Compare(placeOf(langs, a.Lang), placeOf(langs, b.Lang))
	})
	for _, v := range versions {
		text := v.Text
		if s.Status == idea.StoryPublished && v.Published != "" {
			text = v.Published
		}
		if title := idea.StoryTitle(text); title != "" {
			return title
		}
	}
	return ""
}

func placeOf(langs []string, lang string) int {
	if at := slices.Index(langs, lang); at >= 0 {
		return at
	}
	return len(langs)
}

// StoryPeople is who may be named in a story, for its placeholders.
type StoryPeople struct {
	Givers   []idea.Giver // of the idea; those who do not agree to be named have no name
	Official idea.Contact // the contact of the story; without an id for none
	UnitName string       // of the contact, else of the idea
	Coach    string       // of the idea
}

// Filler fills the placeholders of a text in a language.
type Filler func(lang, text string, p StoryPeople) string

// StoryCard is one story, whole.
type StoryCard struct {
	StoryLine
	Changed      bool   // there is more than what is published: an edited text or a new picture
	OfficialName string // only with people
	Texts        []StoryText
	Spreads      []SpreadLine // the newest first
	Uptakes      []UptakeLine // the newest first
}

// StoryText is a version of a story as others would read it.
type StoryText struct {
	idea.StoryVersion
	Shown   string // as published, or as it would be; see [Desk.Story]
	Out     bool   // Shown is the published text
	Changed bool   // the text is another than the published one
	Found   []Exposure
}

// Exposure is a place in a story where somebody stands who does not agree to it.
type Exposure struct {
	Lang    string // of the version; empty for a picture
	Picture int64  // the number of the picture in the story, from 1; 0 for a text
	Caption bool   // of the picture: its caption, else its alternative text
	Line    int
	Column  int
	Trace   idea.Trace
	Who     idea.Text // without the name
	Name    string    // only with people
}

// mark is what a filler and the search for people need.
type proof struct {
	finder   *idea.Finder
	people   StoryPeople
	consents idea.Consents
	days     []idea.Day
}

// proof loads everybody on record and what they agree to on all of some days.
// official is the contact whom the story names.
func (d *Desk) proof(tx *store.Tx, n names, i idea.Idea, official int64, days ...idea.Day) (p proof, err error) {
	p.days = days
	if p.consents, err = tx.Consents(); err != nil {
		return p, err
	}
	if p.people, err = p.forPlaceholders(tx, n, i, official); err != nil {
		return p, err
	}
	all, err := tx.People()
	if err != nil {
		return p, err
	}
	for k := range all {
		one := &all[k]
		switch one.Of {
		case idea.AGiver:
			one.Near = slices.Contains(i.Givers, one.ID)
			one.Named = p.consents.Cover(one.ID, idea.ToBeNamed, days...)
		case idea.AContact:
			one.Near = one.ID == i.Owner || one.ID == official
			one.Named = one.ID == official && official != 0
			one.Reach = one.Named
		case idea.ATest, idea.ADecision:
			one.Near = one.ID == i.Number
		}
	}
	things := make([]string, 0, len(n.units))
	for _, u := range n.units {
		things = append(things, u.Name)
	}
	p.finder = idea.NewFinder(all, things)
	return p, nil
}

func (p proof) forPlaceholders(tx *store.Tx, n names, i idea.Idea, official int64) (out StoryPeople, err error) {
	out.UnitName, out.Coach = n.unit(i.Unit), n.coach(i.Coach)
	if len(i.Givers) > 0 {
		if out.Givers, err = tx.Givers(i.Givers...); err != nil {
			return out, err
		}
	}
	for k, g := range out.Givers {
		out.Givers[k] = idea.Giver{ID: g.ID, Kind: g.Kind}
		if p.consents.Cover(g.ID, idea.ToBeNamed, p.days...) {
			out.Givers[k].Name = g.Name
		}
	}
	if official != 0 {
		if out.Official, err = tx.Contact(official); err != nil {
			return out, err
		}
		out.UnitName = cmp.Or(n.unit(out.Official.Unit), out.UnitName)
	}
	return out, nil
}

// exposures gives the places of a text where somebody stands who does not agree.
func (p proof) exposures(text string, people bool, at Exposure) (out []Exposure) {
	ruler := idea.NewRuler(text)
	for _, place := range p.finder.Exposed(text) {
		one := at
		one.Line, one.Column = ruler.At(place.From)
		one.Trace, one.Who = place.Trace, place.Person.Label()
		if people {
			one.Name = place.Person.Name
		}
		out = append(out, one)
	}
	return out
}

func (p proof) inPictures(pictures []idea.Picture, people bool) (out []Exposure) {
	for k, picture := range pictures {
		at := Exposure{Picture: int64(k + 1)}
		out = append(out, p.exposures(picture.Alt, people, at)...)
		at.Caption = true
		out = append(out, p.exposures(picture.Caption, people, at)...)
	}
	return out
}

// masked is a text with mask in place of all that nobody agreed to.
func (p proof) masked(text, mask string) string {
	var out strings.Builder
	end := 0
	for _, place := range p.finder.Exposed(text) {
		out.WriteString(text[end:place.From])
		out.WriteString(mask)
		end = place.To
	}
	out.WriteString(text[end:])
	return out.String()
}

// StoryReading says how a story is to be read.
type StoryReading struct {
	Fill   Filler
	Mask   string // stands in place of names, addresses and numbers that nobody agreed to
	Draft  bool   // the text as it is written now, of a published story too
	People bool   // with the names of those who stand in the way
}

// Story gives the story of an idea as others read it while it is published, and
// else as they would: placeholders are filled, and what names somebody who does
// not agree to it today is masked. It returns NotFound if there is none.
func (d *Desk) Story(ctx context.Context, number int64, r StoryReading) (c StoryCard, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		c, err = d.readStory(tx, number, r)
		return err
	})
	return c, err
}

func (d *Desk) readStory(tx *store.Tx, number int64, r StoryReading) (c StoryCard, err error) {
	n, i, s, err := findStory(tx, number)
	if err != nil {
		return c, err
	}
	lines, err := d.storyLines(tx, n, []idea.Story{s})
	if err != nil {
		return c, err
	}
	c.StoryLine = lines[0]
	p, err := d.proof(tx, n, i, s.Official, d.Today())
	if err != nil {
		return c, err
	}
	if r.People {
		c.OfficialName = p.people.Official.Name
	}
	out := s.Status == idea.StoryPublished && !r.Draft
	for _, v := range s.Versions {
		t := StoryText{StoryVersion: v, Shown: r.Fill(v.Lang, v.Text, p.people), Out: out && v.Published != ""}
		t.Changed = v.Published != "" && t.Shown != v.Published
		if t.Out {
			t.Shown = v.Published
		}
		t.Found = p.exposures(t.Shown, r.People, Exposure{Lang: v.Lang})
		t.Shown = p.masked(t.Shown, r.Mask)
		c.Changed = c.Changed || t.Changed || s.Status == idea.StoryPublished && v.Published == ""
		c.Texts = append(c.Texts, t)
	}
	c.Title = p.masked(c.Title, r.Mask)
	told := SpreadSelection{Stories: []int64{number}}
	if c.Spreads, err = spreads(tx, told); err != nil {
		return c, err
	}
	if c.Uptakes, err = uptakes(tx, told); err != nil {
		return c, err
	}
	for k, picture := range c.Pictures {
		c.Changed = c.Changed || s.Status == idea.StoryPublished && !picture.Published
		c.Pictures[k].Alt, c.Pictures[k].Caption = p.masked(picture.Alt, r.Mask), p.masked(picture.Caption, r.Mask)
	}
	return c, nil
}

func findStory(tx *store.Tx, number int64) (n names, i idea.Idea, s idea.Story, err error) {
	if n, err = load(tx); err != nil {
		return n, i, s, err
	}
	if i, err = tx.Idea(number); err != nil {
		return n, i, s, err
	}
	all, err := tx.Stories(number)
	if err == nil && len(all) == 0 {
		err = idea.Errorf(idea.NotFound, "idea %d has no good example", number).WithHint("sluss story %d writes one", number)
	}
	if err == nil {
		s = all[0]
	}
	return n, i, s, err
}

// StoryDraft is a version of a story as it was written, for an editor.
func (d *Desk) StoryDraft(ctx context.Context, number int64, lang string) (v idea.StoryVersion, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		_, _, s, err := findStory(tx, number)
		if err == nil {
			v, err = findVersion(s, lang)
		}
		return err
	})
	return v, err
}

func findVersion(s idea.Story, lang string) (idea.StoryVersion, error) {
	v, found := s.Version(lang)
	if !found {
		return v, idea.Errorf(idea.NotFound, "the good example of idea %d is not there in %s", s.Idea, idea.LangWord(lang)).
			WithHint("sluss story %d --in %s writes it", s.Idea, lang)
	}
	return v, nil
}

// StorySource is what write makes of an idea whose story is not begun, without
// the names of givers. It returns Refused if there is one in the language.
func (d *Desk) StorySource(ctx context.Context, number int64, lang string, write func(Card) string) (text string, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		_, text, err = d.storySource(tx, number, lang, write)
		return err
	})
	return text, err
}

// storySource gives the story of the idea too, which is 0 if there is none in any
// language.
func (d *Desk) storySource(tx *store.Tx, number int64, lang string, write func(Card) string) (story int64, text string, err error) {
	card, err := d.card(tx, number, false)
	if err != nil {
		return 0, "", err
	}
	if card.MergedInto != 0 {
		return 0, "", idea.Errorf(idea.Refused, "idea %d is merged into idea %d", number, card.MergedInto).
			WithHint("sluss story %d tells of that one", card.MergedInto)
	}
	all, err := tx.Stories(number)
	if err != nil {
		return 0, "", err
	}
	if len(all) > 0 {
		story = all[0].ID
		if _, found := all[0].Version(lang); found {
			return 0, "", idea.Errorf(idea.Refused, "idea %d has a good example in %s already", number, idea.LangWord(lang)).
				WithHint("sluss story edit %d --in %s changes it; sluss story show %d shows it", number, lang, number)
		}
	}
	text, err = cleanStory(write(card))
	return story, text, err
}

// WriteStory begins the story of an idea in a language with what write makes of
// the idea, without the names of givers. It returns Refused if there is one.
func (d *Desk) WriteStory(ctx context.Context, number int64, lang string, write func(Card) string) (v idea.StoryVersion, err error) {
	err = d.update(ctx, "story", func(tx *store.Tx) error {
		story, text, err := d.storySource(tx, number, lang, write)
		if err != nil {
			return err
		}
		if story == 0 {
			if story, err = tx.Add(idea.AStory, map[idea.Field]string{"idea": ref(number), idea.FieldStatus: string(idea.StoryDraft),
				idea.FieldAudience: string(idea.Internal)}); err != nil {
				return err
			}
		}
		v = idea.StoryVersion{Story: story, Lang: lang, Text: text}
		v.ID, err = tx.Add(idea.AStoryVersion, map[idea.Field]string{"story": ref(story), idea.FieldLang: lang, idea.FieldText: v.Text})
		return err
	})
	return v, err
}

func cleanStory(text string) (string, error) {
	text, err := idea.CleanText("the good example", text)
	if err == nil && text == "" {
		err = idea.Errorf(idea.Usage, "the good example has no text")
	}
	return text, err
}

// StoryEdit is what is to be changed in a story. What is nil stays.
type StoryEdit struct {
	Lang     string
	Seen     *string // the text that the change starts from; nil takes the one that is there
	Text     *string
	Audience *idea.Audience
	Official *string // name or number of the contact; empty or none for none
}

// EditStory changes the story of an idea. What is published stays as it is until
// the story is published again; to take it from an audience is done at once. It
// returns Refused if somebody else changed the text meanwhile, and for a wider
// audience of what is published.
func (d *Desk) EditStory(ctx context.Context, number int64, e StoryEdit) error {
	return d.update(ctx, "story edit", func(tx *store.Tx) error {
		n, i, s, err := findStory(tx, number)
		if err != nil {
			return err
		}
		if err := editText(tx, s, e); err != nil {
			return err
		}
		if e.Audience != nil {
			if s.Status == idea.StoryPublished && *e.Audience != s.Audience && e.Audience.Reaches(s.Audience) {
				return idea.Errorf(idea.Refused, "the good example of idea %d is published for %s", number, idea.Word(s.Audience.Label())).
					WithHint("sluss story publish %d --audience %s publishes it for more", number, string(*e.Audience))
			}
			if err := recordField(tx, idea.AStory, s.ID, idea.FieldAudience, string(s.Audience), string(*e.Audience)); err != nil {
				return err
			}
		}
		return setOfficial(tx, n, i, &s, e.Official)
	})
}

func editText(tx *store.Tx, s idea.Story, e StoryEdit) error {
	if e.Text == nil {
		return nil
	}
	v, err := findVersion(s, e.Lang)
	if err != nil {
		return err
	}
	text, err := cleanStory(*e.Text)
	if err != nil {
		return err
	}
	seen := v.Text
	if e.Seen != nil {
		seen = *e.Seen
	}
	return recordField(tx, idea.AStoryVersion, v.ID, idea.FieldText, seen, text)
}

// setOfficial makes a contact the one whom a story names.
func setOfficial(tx *store.Tx, n names, i idea.Idea, s *idea.Story, word *string) error {
	if word == nil {
		return nil
	}
	id := int64(0)
	if *word != "" && !isNone(*word) {
		c, err := n.findOwner(tx, *word, i.Unit)
		if err != nil {
			return err
		}
		if c.ID == 0 {
			return idea.Errorf(idea.NotFound, "there is no contact %q", *word).WithHint("sluss contact add \"%s\" adds one", *word)
		}
		id = c.ID
	}
	err := recordField(tx, idea.AStory, s.ID, idea.FieldOfficial, ref(s.Official), ref(id))
	s.Official = id
	return err
}

// PublishInput says how stories are to be published.
type PublishInput struct {
	Numbers  []int64
	Langs    []string       // the versions; empty is all
	Audience *idea.Audience // nil leaves it as it is
	Official *string        // see [StoryEdit]
	On       idea.Day       // empty is today
	Fill     Filler
	Picture  func(file string) error // tells what is wrong with the file of a picture; nil looks at none
	People   bool                    // errors may name those who stand in the way
}

// PublishStories publishes the stories of ideas as their texts are now, all or
// none. It returns Refused, with every place, if anybody on record is named in a
// text or in what is said of a picture, or seen in a picture, who did not agree to
// that on the day and today; and what is wrong with the file of a picture.
func (d *Desk) PublishStories(ctx context.Context, in PublishInput) (out []StoryLine, err error) {
	if in.On, err = d.happened(in.On); err != nil {
		return nil, err
	}
	err = d.update(ctx, "story publish", func(tx *store.Tx) error {
		refusals := &refusals{}
		for _, number := range in.Numbers {
			if err := refusals.add(d.publish(tx, number, in)); err != nil {
				return err
			}
		}
		if err := refusals.err(); err != nil {
			return err
		}
		out, err = d.linesOf(tx, in.Numbers)
		return err
	})
	return out, err
}

func (d *Desk) linesOf(tx *store.Tx, numbers []int64) ([]StoryLine, error) {
	n, err := load(tx)
	if err != nil {
		return nil, err
	}
	all, err := tx.Stories(numbers...)
	if err != nil {
		return nil, err
	}
	return d.storyLines(tx, n, all)
}

func (d *Desk) publish(tx *store.Tx, number int64, in PublishInput) error {
	n, i, s, err := findStory(tx, number)
	if err != nil {
		return err
	}
	if err := setOfficial(tx, n, i, &s, in.Official); err != nil {
		return err
	}
	for _, lang := range in.Langs {
		if _, err := findVersion(s, lang); err != nil {
			return err
		}
	}
	if err := in.lost(s.Pictures); err != nil {
		return err
	}
	p, err := d.proof(tx, n, i, s.Official, in.On, d.Today())
	if err != nil {
		return err
	}
	texts := map[int64]string{}
	all, found := "", p.inPictures(s.Pictures, in.People)
	for _, v := range s.Versions {
		text := v.Published
		if len(in.Langs) == 0 || slices.Contains(in.Langs, v.Lang) {
			text = in.Fill(v.Lang, v.Text, p.people)
			texts[v.ID] = text
		}
		found = append(found, p.exposures(text, in.People, Exposure{Lang: v.Lang})...)
		all += text + "\n\n"
	}
	for _, picture := range s.Pictures {
		all += picture.Alt + "\n\n" + picture.Caption + "\n\n"
	}
	if err := cmp.Or(exposed(number, found), p.unseen(s)); err != nil {
		return err
	}
	audience := s.Audience
	if in.Audience != nil {
		audience = *in.Audience
	}
	changes, err := s.Publish(texts, audience, in.On, p.finder.NamedIn(all))
	if err != nil {
		return err
	}
	return tx.RecordAll(changes)
}

// lost is what is wrong with the file of a picture.
func (in PublishInput) lost(pictures []idea.Picture) error {
	for _, picture := range pictures {
		if in.Picture == nil {
			return nil
		}
		if err := in.Picture(picture.File); err != nil {
			return err
		}
	}
	return nil
}

// exposed is the refusal to publish what names people who do not agree.
func exposed(number int64, found []Exposure) error {
	if len(found) == 0 {
		return nil
	}
	e := idea.Errorf(idea.Refused, "the good example of idea %d names people who have not agreed to it", number).
		WithHint("edit the text; or record that they agree with sluss consent add GIVER --named; or name one contact with --contact NAME")
	const most = 50 // places
	for k, one := range found {
		if k == most {
			e.More = append(e.More, idea.Say("and %d more places", len(found)-most))
			break
		}
		e.More = append(e.More, one.Text())
	}
	return e
}

// Text says where an exposure is and whose it is.
func (x Exposure) Text() idea.Text {
	who := x.Who
	if x.Name != "" {
		who = idea.Say("%s (%s)", x.Who, x.Name)
	}
	what := idea.Say("%s of %s", idea.Word(x.Trace), who)
	switch {
	case x.Picture == 0:
		return idea.Say("%s, line %d, character %d: %s", idea.LangWord(x.Lang), x.Line, x.Column, what)
	case x.Caption:
		return idea.Say("caption of picture %d, character %d: %s", x.Picture, x.Column, what)
	}
	return idea.Say("alternative text of picture %d, character %d: %s", x.Picture, x.Column, what)
}

// unseen returns Refused if a picture shows somebody who does not agree to it.
func (p proof) unseen(s idea.Story) error {
	var e *idea.Error
	for k, picture := range s.Pictures {
		for _, giver := range picture.Shows {
			if p.consents.Cover(giver, idea.ToBePictured, p.days...) {
				continue
			}
			if e == nil {
				e = idea.Errorf(idea.Refused, "the good example of idea %d shows people who have not agreed to it", s.Idea).
					WithHint("record that they agree with sluss consent add GIVER --pictured, or take the picture away with sluss story picture remove")
			}
			e.More = append(e.More, idea.Say("picture %d shows giver %d", k+1, giver))
		}
	}
	if e == nil {
		return nil
	}
	return e
}

// WithdrawStories takes published stories back, all or none. It returns Usage
// without a reason.
func (d *Desk) WithdrawStories(ctx context.Context, numbers []int64, why string) (out []StoryLine, err error) {
	if why, err = idea.CleanLine("the reason", why); err != nil {
		return nil, err
	}
	if why == "" {
		return nil, idea.Errorf(idea.Usage, "why is it withdrawn?").WithHint("say it with --why")
	}
	err = d.update(ctx, "story withdraw", func(tx *store.Tx) error {
		refusals := &refusals{}
		for _, number := range numbers {
			_, _, s, err := findStory(tx, number)
			if err != nil {
				return err
			}
			change, err := s.Withdraw(why)
			if err == nil {
				err = tx.Record(change)
			}
			if err := refusals.add(err); err != nil {
				return err
			}
		}
		if err := refusals.err(); err != nil {
			return err
		}
		out, err = d.linesOf(tx, numbers)
		return err
	})
	return out, err
}

// PictureInput is a picture that is to be added to a story. Place puts the file
// where it is kept, and gives a function that takes it away again.
type PictureInput struct {
	File    string
	Alt     string
	Caption string
	Shows   []int64 // givers who can be seen
	Place   func() (back func(), err error)
}

// AddPicture adds a picture to the story of an idea. File and row are there
// together or not at all. It returns Usage without an alternative text, and
// Refused for a picture that is there already.
func (d *Desk) AddPicture(ctx context.Context, number int64, in PictureInput) (out StoryLine, err error) {
	if in.Alt, err = idea.CleanLine("the alternative text", in.Alt); err != nil {
		return out, err
	}
	if in.Caption, err = idea.CleanLine("the caption", in.Caption); err != nil {
		return out, err
	}
	if in.Alt == "" {
		return out, idea.Errorf(idea.Usage, "the picture has no alternative text").
			WithHint("say with --alt what it shows, for those who cannot see it")
	}
	back := func() {}
	err = d.update(ctx, "story picture add", func(tx *store.Tx) error {
		_, _, s, err := findStory(tx, number)
		if err != nil {
			return err
		}
		if err := addPicture(tx, s, in); err != nil {
			return err
		}
		if back, err = in.Place(); err != nil {
			return err
		}
		lines, err := d.linesOf(tx, []int64{number})
		if err == nil {
			out = lines[0]
		}
		return err
	})
	if err != nil && back != nil {
		back()
	}
	return out, err
}

func addPicture(tx *store.Tx, s idea.Story, in PictureInput) error {
	for k, p := range s.Pictures {
		if p.File == in.File {
			return idea.Errorf(idea.Refused, "the good example of idea %d has that picture already: number %d", s.Idea, k+1)
		}
	}
	for _, giver := range in.Shows {
		if _, err := findGiver(tx, giver); err != nil {
			return err
		}
	}
	id, err := tx.Add(idea.APicture, map[idea.Field]string{"story": ref(s.ID), idea.FieldFile: in.File, idea.FieldAlt: in.Alt, idea.FieldCaption: in.Caption})
	if err != nil {
		return err
	}
	slices.Sort(in.Shows)
	for _, giver := range slices.Compact(in.Shows) {
		if err := tx.Record(idea.Change{Subject: idea.APicture, ID: id, Field: idea.FieldShows, New: ref(giver)}); err != nil {
			return err
		}
	}
	return nil
}

// RemovePicture takes a picture of the story of an idea away by its number there,
// from 1: what is published has it no more. The file stays, so that this can be
// undone; [Desk.PictureFiles] tells which are used.
func (d *Desk) RemovePicture(ctx context.Context, number int64, picture int) (out StoryLine, err error) {
	err = d.update(ctx, "story picture remove", func(tx *store.Tx) error {
		_, _, s, err := findStory(tx, number)
		if err != nil {
			return err
		}
		if picture < 1 || picture > len(s.Pictures) {
			return idea.Errorf(idea.NotFound, "the good example of idea %d has no picture %d", number, picture).
				WithHint("sluss story picture list %d shows them", number)
		}
		if err := tx.Remove(idea.APicture, s.Pictures[picture-1].ID); err != nil {
			return err
		}
		lines, err := d.linesOf(tx, []int64{number})
		if err == nil {
			out = lines[0]
		}
		return err
	})
	return out, err
}

// PictureFiles gives the files of all pictures with the numbers of their ideas.
func (d *Desk) PictureFiles(ctx context.Context) (map[string]int64, error) {
	out := map[string]int64{}
	err := d.db.View(ctx, func(tx *store.Tx) error {
		all, err := tx.Stories()
		for _, s := range all {
			for _, p := range s.Pictures {
				out[p.File] = s.Idea
			}
		}
		return err
	})
	return out, err
}

// checkStories refuses an undo that would publish something anew, such as a story
// that was taken back, if that names or shows somebody without consent: what was
// published once may not be published any more.
func (d *Desk) checkStories(tx *store.Tx, undone idea.Command) error {
	touched := map[int64]bool{}
	for _, e := range undone.Events {
		var number int64
		var err error
		switch {
		case e.Subject == idea.AStory && e.Field == idea.FieldStatus && e.Old == string(idea.StoryPublished):
			number, err = tx.StoryIdea(e.ID)
		case e.Subject == idea.APicture && e.Field == idea.FieldSelf && e.New == "",
			e.Subject == idea.AStoryVersion && e.Field == idea.FieldPublished && e.Old != "":
			number, _, err = tx.StoryPart(e.Subject, e.ID)
		}
		if err != nil {
			return err
		}
		touched[number] = true
	}
	delete(touched, 0)
	for number := range touched {
		if err := d.checkStory(tx, number); err != nil {
			return err
		}
	}
	return nil
}

func (d *Desk) checkStory(tx *store.Tx, number int64) error {
	all, err := tx.Stories(number)
	if err != nil || len(all) == 0 || all[0].Status != idea.StoryPublished {
		return err
	}
	s := all[0]
	s.Pictures = slices.DeleteFunc(s.Pictures, func(p idea.Picture) bool { return !p.Published })
	n, err := load(tx)
	if err != nil {
		return err
	}
	i, err := tx.Idea(number)
	if err != nil {
		return err
	}
	p, err := d.proof(tx, n, i, s.Official, d.Today())
	if err != nil {
		return err
	}
	found := p.inPictures(s.Pictures, false)
	for _, v := range s.Versions {
		found = append(found, p.exposures(v.Published, false, Exposure{Lang: v.Lang})...)
	}
	return cmp.Or(exposed(number, found), p.unseen(s))
}

// aboutStories names what an event about a story or a consent speaks of.
func (l *EventLine) aboutStories(tx *store.Tx) error {
	switch l.Subject {
	case idea.AStory:
		number, err := tx.StoryIdea(l.ID)
		l.Thing = idea.Say("%d", number)
		return err
	case idea.AConsent:
		c, err := tx.Consent(l.ID)
		l.Thing = idea.Say("%s, %s", idea.Say("giver %d", c.Giver), c.Kind.Label())
		return err
	}
	number, name, err := tx.StoryPart(l.Subject, l.ID)
	l.Thing = idea.Say("%d (%s)", number, name)
	return err
}
