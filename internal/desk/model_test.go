package desk_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"sluss/internal/desk"
	"sluss/internal/idea"
)

// world is what a database should hold, kept as plainly as possible: the
// program is compared with it. Its methods do what a command does and give the
// kind of error that it ends with, 0 for none.
type world struct {
	loc     *time.Location
	now     time.Time
	who     string
	ideas   map[int64]*modelIdea
	givers  []idea.Giver
	units   []idea.Unit
	coaches []string
	stages  idea.Process
	approve bool // answers must be approved
	ties    []idea.Tie

	lastIdea, lastGiver, lastUnit int64 // numbers are never used again

	organisation
}

type modelIdea struct {
	idea.Idea
	coach, registrar string
	notes            []string
	answers          []idea.Answer
	moves            []string
	from             []idea.StageKey // where each move began
	planned          bool            // a test
	touched          int             // changes that leave things as they were
}

func newWorld(loc *time.Location) *world {
	return &world{loc: loc, ideas: map[int64]*modelIdea{}, stages: idea.DefaultProcess(), organisation: organisation{last: map[string]int64{}}}
}

func (w *world) clone() *world {
	c := *w
	c.ideas = map[int64]*modelIdea{}
	for number, i := range w.ideas {
		copied := *i
		copied.Sections = maps.Clone(i.Sections)
		copied.Tags, copied.Givers = slices.Clone(i.Tags), slices.Clone(i.Givers)
		copied.notes, copied.answers = slices.Clone(i.notes), slices.Clone(i.answers)
		copied.moves, copied.from = slices.Clone(i.moves), slices.Clone(i.from)
		c.ideas[number] = &copied
	}
	c.organisation = w.organisation.clone()
	c.givers, c.units = slices.Clone(w.givers), slices.Clone(w.units)
	c.coaches, c.stages, c.ties = slices.Clone(w.coaches), slices.Clone(w.stages), slices.Clone(w.ties)
	return &c
}

// back is the world before a command, after its undo: coaches stay, and numbers
// that were given are not given again.
func (w *world) back(before *world) *world {
	c := before.clone()
	c.coaches, c.lastIdea, c.lastGiver, c.lastUnit = w.coaches, w.lastIdea, w.lastGiver, w.lastUnit
	for what, id := range w.last {
		c.last[what] = id
	}
	return c
}

func (w *world) giverOf(id int64) *idea.Giver {
	for k := range w.givers {
		if w.givers[k].ID == id {
			return &w.givers[k]
		}
	}
	return nil
}

func (w *world) today() idea.Day { return idea.DayOf(w.now) }

// at is when a command that is dated back to day happened.
func (w *world) at(day idea.Day) (time.Time, idea.Kind) {
	switch {
	case day == "" || day == w.today():
		return w.now, 0
	case day > w.today():
		return w.now, idea.Refused
	}
	y, m, d := day.Time(w.loc).Date()
	return time.Date(y, m, d, 23, 59, 59, int(999*time.Millisecond), w.loc), 0
}

func (w *world) unitNamed(name string) *idea.Unit {
	for k := range w.units {
		if strings.EqualFold(w.units[k].Name, name) {
			return &w.units[k]
		}
	}
	return nil
}

func (w *world) unitName(id int64) string {
	for _, u := range w.units {
		if u.ID == id {
			return u.Name
		}
	}
	return ""
}

func (w *world) openUnit(name string) (int64, idea.Kind) {
	if name == "" {
		return 0, 0
	}
	u := w.unitNamed(name)
	switch {
	case u == nil:
		return 0, idea.NotFound
	case u.Closed:
		return 0, idea.Refused
	}
	return u.ID, 0
}

func (w *world) coachNamed(name string) (string, idea.Kind) {
	switch {
	case name == "" || name == desk.None:
		return "", 0
	case name == desk.Me:
		return w.who, 0
	case slices.Contains(w.coaches, name):
		return name, 0
	}
	return "", idea.NotFound
}

func (w *world) meet(name string) {
	if !slices.Contains(w.coaches, name) {
		w.coaches = append(w.coaches, name)
	}
}

func (w *world) giver(kind idea.GiverKind, g idea.GiverDraft) (int64, idea.GiverKind, idea.Kind) {
	var unit int64
	if g.Unit != "" {
		u := w.unitNamed(g.Unit)
		if u == nil {
			return 0, "", idea.NotFound
		}
		unit = u.ID
	}
	asked := kind
	if kind == "" {
		kind = idea.Other
	}
	if g.Name == "" && g.Email == "" && g.Phone == "" {
		return 0, kind, 0
	}
	agree := func(a, b string) bool { return a == "" || b == "" || a == b }
	var same []int
	for k, s := range w.givers {
		if g.Name != "" && s.Name == g.Name && agree(s.Email, g.Email) && agree(s.Phone, g.Phone) && agree(string(s.Kind), string(asked)) {
			same = append(same, k)
		}
	}
	switch len(same) {
	case 0:
		w.lastGiver++
		id := w.lastGiver
		w.givers = append(w.givers, idea.Giver{ID: id, Kind: kind, Name: g.Name, Email: g.Email, Phone: g.Phone, Unit: unit})
		return id, kind, 0
	case 1:
		s := &w.givers[same[0]]
		if s.Email == "" {
			s.Email = g.Email
		}
		if s.Phone == "" {
			s.Phone = g.Phone
		}
		if s.Unit == 0 {
			s.Unit = unit
		}
		return s.ID, s.Kind, 0
	}
	return 0, "", idea.Refused
}

// add takes in a draft. known is what an import has found out already.
func (w *world) add(d idea.Draft, addUnits bool, known map[string]int64) (int64, idea.Kind) {
	i := &modelIdea{Idea: idea.Idea{Title: d.Title, Sections: map[idea.Section]string{}, Kind: d.Kind, Reason: d.Reason, Channel: d.Channel,
		Received: d.Received, Due: d.Due, Registered: w.now, Source: d.Source, ExternalID: d.ExternalID}, registrar: w.who}
	for s, text := range d.Sections {
		if text != "" {
			i.Sections[s] = text
		}
	}
	if i.Received == "" {
		i.Received = w.today()
	}
	switch {
	case i.Received > w.today():
		return 0, idea.Refused
	case i.Received == w.today():
		i.StageSince = w.now
	default:
		i.StageSince = i.Received.Time(w.loc)
	}
	i.Stage = "received"
	if d.Stage != "" {
		i.Stage = d.Stage
	}
	if i.Stage == "closed" && i.Reason == "" {
		return 0, idea.Refused
	}
	var kind idea.Kind
	if idea.Same(d.Coach, w.who) {
		d.Coach = desk.Me
	}
	if i.coach, kind = w.coachNamed(d.Coach); kind != 0 {
		return 0, kind
	}
	newUnit := false
	if i.Unit, kind = w.openUnit(d.Unit); kind == idea.NotFound && addUnits {
		newUnit = true
	} else if kind != 0 {
		return 0, kind
	}
	place := -1
	if d.Owner != "" {
		unit := i.Unit
		if newUnit {
			unit = -1
		}
		if place, kind = w.owner(d.Owner, unit); kind != 0 {
			return 0, kind
		}
	}
	key := giverKey(d)
	id, seen := known[key]
	giverKind := idea.Other
	if seen {
		giverKind = d.Kind
		if id != 0 {
			giverKind = w.giverOf(id).Kind
		}
	} else {
		if id, giverKind, kind = w.giver(d.Kind, d.Giver); kind != 0 {
			return 0, kind
		}
		if known != nil {
			known[key] = id
		}
	}
	if newUnit {
		i.Unit = w.addUnit(d.Unit, idea.Administration)
	}
	w.takeOn(i, d.Owner, place)
	if id != 0 {
		i.Givers = []int64{id}
	}
	if i.Kind == "" {
		i.Kind = giverKind
	}
	if i.Kind == "" {
		i.Kind = idea.Other
	}
	i.Tags = slices.Compact(slices.Sorted(slices.Values(d.Tags)))
	if d.Note != "" {
		i.notes = append(i.notes, w.note(w.now, d.Note))
	}
	i.moves = []string{fmt.Sprintf("%d %s: >%s %q false", i.StageSince.UnixMilli(), w.who, i.Stage, "")}
	i.from = []idea.StageKey{""}
	return w.number(i), 0
}

func (w *world) number(i *modelIdea) int64 {
	w.lastIdea++
	i.Number = w.lastIdea
	w.ideas[i.Number] = i
	return i.Number
}

func giverKey(d idea.Draft) string { return fmt.Sprint(d.Kind, d.Giver) }

func (w *world) note(at time.Time, text string) string {
	return fmt.Sprintf("%d %s: %s", at.UnixMilli(), w.who, text)
}

func (w *world) addUnit(name string, kind idea.UnitKind) int64 {
	w.lastUnit++
	w.units = append(w.units, idea.Unit{ID: w.lastUnit, Name: name, Kind: kind})
	return w.lastUnit
}

func (w *world) newUnit(name string, kind idea.UnitKind) idea.Kind {
	if w.unitNamed(name) != nil {
		return idea.Refused
	}
	w.addUnit(name, kind)
	return 0
}

func (w *world) renameUnit(from, to string) idea.Kind {
	u, other := w.unitNamed(from), w.unitNamed(to)
	switch {
	case u == nil:
		return idea.NotFound
	case other != nil && other.ID != u.ID:
		return idea.Refused
	}
	u.Name = to
	return 0
}

func (w *world) closeUnit(name string, closed bool) idea.Kind {
	u := w.unitNamed(name)
	if u == nil {
		return idea.NotFound
	}
	u.Closed = closed
	if !closed {
		u.Successor = 0
	}
	return 0
}

func (w *world) removeUnit(name string) idea.Kind {
	u := w.unitNamed(name)
	if u == nil {
		return idea.NotFound
	}
	id := u.ID
	for _, i := range w.ideas {
		if i.Unit == id {
			return idea.Refused
		}
	}
	if slices.ContainsFunc(w.givers, func(g idea.Giver) bool { return g.Unit == id }) || w.usesUnit(id) {
		return idea.Refused
	}
	w.units = slices.DeleteFunc(w.units, func(u idea.Unit) bool { return u.ID == id })
	return 0
}

// each does something with ideas one after another, until one refuses.
func (w *world) each(numbers []int64, do func(*modelIdea) idea.Kind) idea.Kind {
	for _, n := range numbers {
		i := w.ideas[n]
		if i == nil {
			return idea.NotFound
		}
		if kind := do(i); kind != 0 {
			return kind
		}
	}
	return 0
}

func (w *world) edit(i *modelIdea, e desk.Edit) (kind idea.Kind) {
	was := i.Kind
	fields := []idea.Field{idea.FieldTitle, idea.FieldKind, idea.FieldUnit, idea.FieldOwner, idea.FieldCoach,
		idea.FieldChannel, idea.FieldReceived, idea.FieldDue}
	for _, f := range fields {
		word, given := e.Fields[f]
		if !given {
			continue
		}
		switch f {
		case idea.FieldTitle:
			if word == "" {
				return idea.Usage
			}
			i.Title = word
		case idea.FieldKind:
			i.Kind = idea.GiverKind(word)
		case idea.FieldUnit:
			i.Unit, kind = w.openUnit(word)
		case idea.FieldOwner:
			var place int
			if place, kind = w.owner(word, i.Unit); kind == 0 {
				w.takeOn(i, word, place)
			}
		case idea.FieldCoach:
			i.coach, kind = w.coachNamed(word)
		case idea.FieldChannel:
			i.Channel = idea.Channel(word)
		case idea.FieldReceived:
			if idea.Day(word) > w.today() {
				return idea.Refused
			}
			i.Received = idea.Day(word)
		case idea.FieldDue:
			i.Due = idea.Day(word)
		}
		if kind != 0 {
			return kind
		}
	}
	for _, s := range idea.Sections() {
		if text, given := e.Fields[idea.Field(s)]; given {
			setSection(i, s, text)
			if s == idea.Next && text == "" {
				i.NextBy = ""
			}
		}
	}
	tag(i, e.Tags)
	for _, id := range e.Lose {
		k := slices.Index(i.Givers, id)
		if k < 0 {
			return idea.NotFound
		}
		i.Givers = slices.Delete(i.Givers, k, k+1)
		i.touched++
	}
	if e.Giver == (idea.GiverDraft{}) {
		return 0
	}
	if word, given := e.Fields[idea.FieldKind]; given {
		was = idea.GiverKind(word)
	}
	id, _, kind := w.giver(was, e.Giver)
	if kind == 0 && id != 0 && !slices.Contains(i.Givers, id) {
		i.Givers = append(i.Givers, id)
		slices.Sort(i.Givers)
	}
	return kind
}

func setSection(i *modelIdea, s idea.Section, text string) {
	if text == "" {
		delete(i.Sections, s)
		return
	}
	i.Sections[s] = text
}

func tag(i *modelIdea, words []string) {
	for _, word := range words {
		name, away := strings.CutPrefix(word, "-")
		i.Tags = slices.DeleteFunc(i.Tags, func(t string) bool { return t == name })
		if !away {
			i.Tags = append(i.Tags, name)
		}
	}
	slices.Sort(i.Tags)
}

// gates is written out here: the program reads them from the database.
func gatesOpen(w *world, i *modelIdea, to idea.StageKey) bool {
	need, home := i.Sections[idea.Need] != "", i.Unit != 0 && i.Owner != 0
	switch to {
	case "presented":
		return need
	case "test":
		return need && home && i.planned
	case "introduction":
		return home
	case "realised":
		return i.Answered != ""
	}
	return true
}

// enter moves all ideas or none, and refuses only after it has looked at all.
func (w *world) enter(in desk.MoveInput, target func(*modelIdea) (idea.StageKey, idea.Kind)) idea.Kind {
	at, kind := w.at(in.At)
	if kind != 0 {
		return kind
	}
	refused := idea.Kind(0)
	for _, n := range in.Numbers {
		i := w.ideas[n]
		if i == nil {
			return idea.NotFound
		}
		to, kind := target(i)
		switch open := gatesOpen(w, i, to); {
		case kind == idea.Refused:
			refused = kind
		case kind != 0:
			return kind
		case to == i.Stage, at.Before(i.StageSince), !open && !in.Force, in.Force && in.Why == "":
			refused = idea.Refused
		default:
			i.moves = append(i.moves, fmt.Sprintf("%d %s: %s>%s %q %t", at.UnixMilli(), w.who, i.Stage, to, in.Why, !open))
			i.from = append(i.from, i.Stage)
			i.Stage, i.StageSince, i.Reason, i.Wake, i.MergedInto = to, at, in.Reason, in.Until, 0
		}
	}
	return refused
}

func (w *world) move(in desk.MoveInput) idea.Kind {
	return w.enter(in, func(*modelIdea) (idea.StageKey, idea.Kind) {
		if in.To == "parked" || in.To == "closed" {
			return "", idea.Usage
		}
		return idea.StageKey(in.To), 0
	})
}

func (w *world) reopen(in desk.MoveInput) idea.Kind {
	return w.enter(in, func(i *modelIdea) (idea.StageKey, idea.Kind) {
		if i.Stage != "parked" && i.Stage != "closed" && i.Stage != "realised" {
			return "", idea.Refused
		}
		for k := len(i.from) - 1; k >= 0; k-- {
			if f := i.from[k]; f != "" && f != "parked" && f != "closed" {
				return f, 0
			}
		}
		return "received", 0
	})
}

func (w *world) answer(i *modelIdea, in desk.AnswerInput) idea.Kind {
	on := in.On
	if on == "" {
		on = w.today()
	}
	givers := i.Givers
	if len(in.Givers) > 0 {
		givers = in.Givers
	}
	for _, g := range givers {
		if !slices.Contains(i.Givers, g) {
			return idea.NotFound
		}
	}
	k := slices.IndexFunc(i.answers, func(a idea.Answer) bool { return a.Status != idea.Given })
	if last := len(i.answers) - 1; k < 0 && last >= 0 && in.Sent && (in.Text == "" || in.Text == i.answers[last].Text) {
		for _, g := range givers {
			if !told(i.answers[last], g) {
				k = last
			}
		}
	}
	switch {
	case k < 0 && in.Text == "":
		return idea.Usage
	case k < 0:
		i.answers = append(i.answers, idea.Answer{Text: in.Text, Status: idea.Drafted})
		k = len(i.answers) - 1
	case in.Text != "" && in.Text != i.answers[k].Text:
		i.answers[k].Text, i.answers[k].Status = in.Text, idea.Drafted
	}
	a := &i.answers[k]
	if in.Approve && a.Status == idea.Drafted {
		a.Status = idea.Approved
	}
	switch {
	case !in.Sent:
		return 0
	case on < i.Received, w.approve && a.Status == idea.Drafted:
		return idea.Refused
	}
	if a.Status = idea.Given; a.On == "" || on < a.On {
		a.Channel, a.On = in.Channel, on
	}
	if i.Answered == "" || on < i.Answered {
		i.Answered = on
	}
	a.Told = slices.Clone(a.Told)
	for _, g := range givers {
		if !told(*a, g) {
			a.Told = append(a.Told, idea.Telling{Giver: g, Channel: in.Channel, On: on})
		}
	}
	return 0
}

func told(a idea.Answer, giver int64) bool {
	return slices.ContainsFunc(a.Told, func(t idea.Telling) bool { return t.Giver == giver })
}

func (w *world) nextStep(i *modelIdea, in desk.NextInput) idea.Kind {
	step := i.Sections[idea.Next]
	switch {
	case in.Done && step == "" && i.NextBy == "", in.Text == "" && !in.Done && step == "":
		return idea.Refused
	case in.Text != "":
		i.Sections[idea.Next] = in.Text
	case in.Done:
		delete(i.Sections, idea.Next)
	}
	i.NextBy = in.By
	return 0
}

// imports takes in rows, and tells whether they are to be kept.
func (w *world) imports(in desk.ImportInput, rows []desk.Incoming) (added, already, bad int, keep bool) {
	known := map[string]int64{}
	seen := map[string]bool{}
	stored := map[string]bool{}
	for _, i := range w.ideas {
		stored[i.Source+"\x00"+i.ExternalID] = i.ExternalID != ""
	}
	for _, row := range rows {
		if row.Draft == nil {
			bad++
			continue
		}
		key := row.Draft.Source + "\x00" + row.Draft.ExternalID
		switch {
		case stored[key]:
			already++
			continue
		case row.Draft.ExternalID != "" && seen[key]:
			bad++
			continue
		}
		seen[key] = true
		if _, kind := w.add(*row.Draft, in.AddUnits, known); kind != 0 {
			bad++
			continue
		}
		added++
	}
	return added, already, bad, !in.DryRun && (in.SkipBad || bad == 0)
}

// tell writes an idea in words, so that a difference can be read.
func (w *world) tell(i *modelIdea) string {
	var givers []idea.Giver
	for _, id := range i.Givers {
		givers = append(givers, *w.giverOf(id))
	}
	return telling(i.Idea, w.unitName(i.Unit), w.contactName(i.Owner), i.coach, i.registrar, givers, w.notesOf(i), i.answers, i.moves) + w.tellTies(i.Number)
}

func tellCard(c desk.Card) string {
	var notes, moves []string
	for _, n := range c.Notes {
		notes = append(notes, fmt.Sprintf("%d %s: %s", n.At.UnixMilli(), n.Who, n.Text)) // of merged ideas too
	}
	for _, m := range c.Moves {
		moves = append(moves, fmt.Sprintf("%d %s: %s>%s %q %t", m.At.UnixMilli(), m.Who, m.From.Key, m.To.Key, m.Why, m.Forced))
	}
	return telling(c.Idea, c.UnitName, c.OwnerName, c.CoachName, c.RegistrarName, c.From, notes, c.Answers, moves) + tellBonds(c.Bonds)
}

func telling(i idea.Idea, unit, owner, coach, registrar string, givers []idea.Giver, notes []string, answers []idea.Answer, moves []string) string {
	var b strings.Builder
	line := func(name string, value any) { fmt.Fprintf(&b, "%s: %v\n", name, value) }
	line("idea", i.Number)
	line("title", i.Title)
	for _, s := range idea.Sections() {
		line(string(s), i.Sections[s])
	}
	line("kind", i.Kind)
	line("stage", fmt.Sprint(i.Stage, " since ", i.StageSince.UnixMilli()))
	line("reason", fmt.Sprint(i.Reason, " ", i.MergedInto))
	line("people", fmt.Sprintf("%s, %s, %s, %s", unit, owner, coach, registrar))
	line("channel", i.Channel)
	line("days", fmt.Sprintf("%s %d %s %s %s %s", i.Received, i.Registered.UnixMilli(), i.Due, i.Wake, i.NextBy, i.Answered))
	line("source", i.Source+" "+i.ExternalID)
	line("tags", i.Tags)
	line("givers", givers)
	slices.Sort(notes) // those of several ideas stand by the clock, and the clock can stand still
	line("notes", strings.Join(notes, " | "))
	for _, a := range answers {
		line("answer", fmt.Sprint(a.Text, " ", a.Status, " ", a.Channel, " ", a.On))
		for _, t := range a.Told {
			line("told", fmt.Sprint(t.Giver, " ", t.Channel, " ", t.On))
		}
	}
	line("moves", strings.Join(moves, " | "))
	return b.String()
}
