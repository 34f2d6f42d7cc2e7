package idea

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

var tuesday = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

func stage(t *testing.T, key StageKey) Stage {
	t.Helper()
	s, err := DefaultProcess().Stage(key)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestMove(t *testing.T) {
	home := Stage{Key: "test", Names: Names{"test", "test"}, Kind: Testing, Gates: []Condition{HasNeed, HasUnit, HasOwner}}
	told := Stage{Key: "realised", Names: Names{"realised", "förverkligad"}, Kind: Realised, Gates: []Condition{HasAnswered}}
	ready := Idea{Number: 7, Stage: "received", StageSince: tuesday, Unit: 1, Owner: 2, Answered: "2026-11-20",
		Sections: map[Section]string{Need: "sol"}}
	lacking := Idea{Number: 7, Stage: "received", StageSince: tuesday}
	for name, c := range map[string]struct {
		i      Idea
		in     Entry
		says   string // of the refusal; empty: it is done
		lacks  int    // lines about what is missing
		forced bool
	}{
		"no gate":                 {lacking, Entry{To: stage(t, "dialogue"), At: tuesday}, "", 0, false},
		"back":                    {Idea{Number: 7, Stage: "test", StageSince: tuesday}, Entry{To: stage(t, "dialogue"), At: tuesday}, "", 0, false},
		"a gate that is met":      {ready, Entry{To: home, At: tuesday}, "", 0, false},
		"a gate that is not":      {lacking, Entry{To: home, At: tuesday}, "may not enter test yet", 3, false},
		"one thing missing":       {lacking, Entry{To: told, At: tuesday}, "may not enter realised yet", 1, false},
		"why is not force":        {lacking, Entry{To: home, Why: "ändå", At: tuesday}, "may not enter", 3, false},
		"force":                   {lacking, Entry{To: home, Why: "ändå", Force: true, At: tuesday}, "", 0, true},
		"force without why":       {lacking, Entry{To: home, Force: true, At: tuesday}, "--force needs a reason", 0, false},
		"force that is not used":  {ready, Entry{To: home, Why: "ändå", Force: true, At: tuesday}, "", 0, false},
		"there already":           {lacking, Entry{To: stage(t, "received"), At: tuesday}, "already in received", 0, false},
		"there, by force":         {lacking, Entry{To: stage(t, "received"), Why: "x", Force: true, At: tuesday}, "already in received", 0, false},
		"the same instant":        {lacking, Entry{To: stage(t, "dialogue"), At: tuesday}, "", 0, false},
		"before the last":         {lacking, Entry{To: stage(t, "dialogue"), At: tuesday.Add(-1)}, "cannot leave before that", 0, false},
		"before the last, forced": {lacking, Entry{To: stage(t, "dialogue"), Why: "x", Force: true, At: tuesday.Add(-1)}, "cannot leave before that", 0, false},
	} {
		changes, err := Move(c.i, Facts{}, c.in)
		if c.says != "" {
			var e *Error
			if !errors.As(err, &e) || e.Kind != Refused || !strings.Contains(e.Error(), c.says) || len(e.More) != c.lacks || e.Hint.Format == "" {
				t.Errorf("%s: %+v, not refused with %q and %d lines", name, err, c.says, c.lacks)
			}
			continue
		}
		if err != nil || len(changes) != 1 {
			t.Errorf("%s: %v, %v", name, changes, err)
			continue
		}
		want := Change{Subject: AnIdea, ID: 7, Field: FieldStage, Old: string(c.i.Stage), New: string(c.in.To.Key), Why: c.in.Why, Forced: c.forced, At: tuesday}
		if changes[0] != want {
			t.Errorf("%s: %+v, not %+v", name, changes[0], want)
		}
	}
}

// What an idea had only while it stood beside the way is gone when it comes
// back.
func TestMoveFromTheSide(t *testing.T) {
	parked := Idea{Number: 7, Stage: "parked", StageSince: tuesday, Wake: "2027-01-10"}
	changes, err := Move(parked, Facts{}, Entry{To: stage(t, "closed"), Cause: Declined, At: tuesday})
	if err != nil {
		t.Fatal(err)
	}
	got := map[Field][2]string{}
	for _, c := range changes {
		got[c.Field] = [2]string{c.Old, c.New}
	}
	want := map[Field][2]string{FieldStage: {"parked", "closed"}, FieldReason: {"", "declined"}, FieldWake: {"2027-01-10", ""}}
	if !maps.Equal(got, want) {
		t.Errorf("%v, not %v", got, want)
	}
}

// Every condition is met by one thing and by nothing else, and what is missing
// is told with a command that supplies it.
func TestConditions(t *testing.T) {
	full := Idea{Number: 7, Unit: 1, Owner: 2, Answered: "2026-11-20", Sections: map[Section]string{Need: "a", Solution: "b", Value: "c", Resources: "d"}}
	facts := Facts{Contact: true, Presented: true, Decided: true, Planned: true, Tested: true, Effect: true}
	take := map[Condition]func(*Idea, *Facts){
		HasNeed:       func(i *Idea, _ *Facts) { delete(i.Sections, Need) },
		HasSolution:   func(i *Idea, _ *Facts) { delete(i.Sections, Solution) },
		HasValue:      func(i *Idea, _ *Facts) { delete(i.Sections, Value) },
		HasResources:  func(i *Idea, _ *Facts) { delete(i.Sections, Resources) },
		HasContact:    func(_ *Idea, f *Facts) { f.Contact = false },
		HasUnit:       func(i *Idea, _ *Facts) { i.Unit = 0 },
		HasOwner:      func(i *Idea, _ *Facts) { i.Owner = 0 },
		HasAnswered:   func(i *Idea, _ *Facts) { i.Answered = "" },
		WasPresented:  func(_ *Idea, f *Facts) { f.Presented = false },
		HasDecision:   func(_ *Idea, f *Facts) { f.Decided = false },
		HasTestPlan:   func(_ *Idea, f *Facts) { f.Planned = false },
		HasTestResult: func(_ *Idea, f *Facts) { f.Tested = false },
		HasEffect:     func(_ *Idea, f *Facts) { f.Effect = false },
	}
	all := Stage{Key: "x", Gates: Conditions()}
	if missing := Missing(all, full, facts); len(missing) != 0 {
		t.Errorf("nothing is missing, but %v", missing)
	}
	for _, c := range Conditions() {
		if take[c] == nil {
			t.Errorf("the condition %s is not tested", c)
			continue
		}
		i, f := full, facts
		i.Sections = maps.Clone(full.Sections)
		take[c](&i, &f)
		if missing := Missing(all, i, f); !slices.Equal(missing, []Condition{c}) {
			t.Errorf("without %s, missing are %v", c, missing)
		}
		if said := supply(c, 7).String(); !strings.Contains(said, "sluss ") || !strings.Contains(said, "7") {
			t.Errorf("what supplies %s? %q", c, said)
		}
	}
	if missing := Missing(Stage{Gates: []Condition{"unheard-of"}}, full, facts); len(missing) != 1 {
		t.Error("a condition that nobody knows is met")
	}
}

func TestCheckWake(t *testing.T) {
	for wake, ok := range map[Day]bool{"": true, "2026-11-25": true, "2026-11-24": false, "2026-11-23": false} {
		if err := CheckWake(wake, "2026-11-24"); (err == nil) != ok || err != nil && KindOf(err) != Refused {
			t.Errorf("until %q: %v", wake, err)
		}
	}
}

func TestProcess(t *testing.T) {
	p := DefaultProcess()
	var path []string
	for _, s := range p.Path() {
		path = append(path, string(s.Key))
	}
	if got := strings.Join(path, " "); got != "received dialogue development presented test introduction realised" {
		t.Errorf("the way is %s", got)
	}
	if _, err := p.Stage("nowhere"); KindOf(err) != NotFound {
		t.Errorf("nowhere: %v", err)
	}
	if _, err := p[:3].OfKind(Closed); KindOf(err) != NotFound {
		t.Errorf("a process without an end: %v", err)
	}
	for _, k := range StageKinds() {
		if _, err := p.OfKind(k); err != nil {
			t.Errorf("no stage of the kind %s: %v", k, err)
		}
	}
}

func TestCleanLine(t *testing.T) {
	for in, want := range map[string]string{
		"":                                 "",
		" \t\n ":                           "",
		" Cyklar \r\n åt\u2028alla\u00a0 ": "Cyklar åt alla",
		"A\u030asa":                        "Åsa",
		"\u202eabc":                        "\u202eabc", // shown safely, stored as it is
		"a\x1b[31mb":                       "a\x1b[31mb",
		strings.Repeat("å", MaxLine):       strings.Repeat("å", MaxLine),
	} {
		if got, err := CleanLine("x", in); err != nil || got != want {
			t.Errorf("%q became %q (%v)", in, got, err)
		}
	}
	for _, bad := range []string{"\xff", "a\x00b", "\xed\xa0\x80", strings.Repeat("å", MaxLine+1)} {
		if got, err := CleanLine("x", bad); KindOf(err) != Usage || err == nil {
			t.Errorf("%q became %q (%v)", bad, got, err)
		}
	}
}

func TestCleanText(t *testing.T) {
	for in, want := range map[string]string{
		"":                                  "",
		"  \n\t\n":                          "",
		"a\r\nb\rc\n\n":                     "a\nb\nc",
		"  - en\n    - två ":                "  - en\n    - två",
		"fo\u0308r":                         "för",
		strings.Repeat("x", MaxText) + "\n": strings.Repeat("x", MaxText),
	} {
		if got, err := CleanText("x", in); err != nil || got != want {
			t.Errorf("%.40q became %.40q (%v)", in, got, err)
		}
	}
	for _, bad := range []string{"\xc3", "\x00", strings.Repeat("x", MaxText+1)} {
		if _, err := CleanText("x", bad); KindOf(err) != Usage || err == nil {
			t.Errorf("%.20q: %v", bad, err)
		}
	}
}

func TestCleanTag(t *testing.T) {
	for in, want := range map[string]string{"Energi": "energi", " ÅÄÖ ": "åäö", "energi-2026": "energi-2026", "a+b": "a+b", "E\u0301te\u0301": "été"} {
		if got, err := CleanTag(in); err != nil || got != want {
			t.Errorf("%q became %q (%v)", in, got, err)
		}
	}
	for _, bad := range []string{"", " ", "två ord", "a,b", "a;b", "+a", "-a", "#a", "a\u00a0b", "a\x00", "\xff"} {
		if got, err := CleanTag(bad); KindOf(err) != Usage || err == nil {
			t.Errorf("%q became %q (%v)", bad, got, err)
		}
	}
	got, err := CleanTags([]string{"B", "a", "b", "A"})
	if err != nil || !slices.Equal(got, []string{"b", "a"}) {
		t.Errorf("tags became %v (%v)", got, err)
	}
}

// What is clean stays as it is, and is in the form in which words are compared.
func TestCleanTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		line, lineErr := CleanLine("x", s)
		text, textErr := CleanText("x", s)
		tag, tagErr := CleanTag(s)
		if again, err := CleanLine("x", line); lineErr == nil && (err != nil || again != line || !norm.NFC.IsNormalString(line) || strings.ContainsAny(line, "\n\r\t")) {
			t.Fatalf("line %q became %q (%v)", line, again, err)
		}
		if again, err := CleanText("x", text); textErr == nil && (err != nil || again != text || !norm.NFC.IsNormalString(text) || strings.Contains(text, "\r")) {
			t.Fatalf("text %q became %q (%v)", text, again, err)
		}
		if again, err := CleanTag(tag); tagErr == nil && (err != nil || again != tag || len(strings.Fields(tag)) != 1) {
			t.Fatalf("tag %q became %q (%v)", tag, again, err)
		}
	})
}

func TestDraftClean(t *testing.T) {
	d, err := Draft{Title: " Cyklar ", Sections: map[Section]string{Need: "a\r\n", Risks: " "}, Tags: []string{"A", "a"}, Kind: Employee, Channel: "mail",
		Giver: GiverDraft{Name: " Per  Ek "}}.Clean()
	if err != nil || d.Title != "Cyklar" || !maps.Equal(d.Sections, map[Section]string{Need: "a"}) || !slices.Equal(d.Tags, []string{"a"}) || d.Giver.Name != "Per Ek" {
		t.Errorf("%+v (%v)", d, err)
	}
	for name, bad := range map[string]Draft{
		"no title":     {},
		"white title":  {Title: " \n"},
		"long title":   {Title: strings.Repeat("x", MaxLine+1)},
		"bad section":  {Title: "x", Sections: map[Section]string{Next: "\x00"}},
		"bad kind":     {Title: "x", Kind: "robot"},
		"bad channel":  {Title: "x", Channel: "duva"},
		"bad tag":      {Title: "x", Tags: []string{"två ord"}},
		"bad note":     {Title: "x", Note: "\xff"},
		"bad unit":     {Title: "x", Unit: "\xff"},
		"bad owner":    {Title: "x", Owner: "\xff"},
		"bad giver":    {Title: "x", Giver: GiverDraft{Email: "\xff"}},
		"bad external": {Title: "x", ExternalID: "\x00"},
	} {
		if _, err := bad.Clean(); err == nil || KindOf(err) != Usage {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWords(t *testing.T) {
	kinds := map[string]GiverKind{"medarbetare": Employee, "Invånare": Resident, "FÖRETAG": Company, "fo\u0308rening": Association, "annan": Other}
	for _, k := range GiverKinds() {
		kinds[string(k)], kinds[" "+strings.ToUpper(string(k))] = k, k
	}
	for word, want := range kinds {
		if got, err := FindKind(word); err != nil || got != want {
			t.Errorf("%q is %q (%v)", word, got, err)
		}
	}
	for word, want := range map[string]Channel{"mejl": "mail", "telefon": "phone", "Besök": "visit", "möte": "meeting", "formulär": "form", "papper": "paper", "MAIL": "mail"} {
		if got, err := FindChannel(word); err != nil || got != want {
			t.Errorf("%q is %q (%v)", word, got, err)
		}
	}
	for word, want := range map[string]Reason{"avböjd": Declined, "överlämnad": HandedOver, "återtagen": Withdrawn, "handed-over": HandedOver} {
		if got, err := FindReason(word); err != nil || got != want {
			t.Errorf("%q is %q (%v)", word, got, err)
		}
	}
	if _, err := FindReason("merged"); KindOf(err) != Usage {
		t.Errorf("merged: %v", err)
	}
	for word, want := range map[string]UnitKind{"förvaltning": Administration, "bolag": MunicipalEntity, "avdelning": Department, "company": MunicipalEntity} {
		if got, err := FindUnitKind(word); err != nil || got != want {
			t.Errorf("%q is %q (%v)", word, got, err)
		}
	}
	for _, bad := range []string{"", "x", "medarbetar", "employees"} {
		var e *Error
		if _, err := FindKind(bad); !errors.As(err, &e) || e.Kind != Usage || !strings.Contains(e.Hint.String(), "employee, resident") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestSame(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{{"Åsa", "åsa", true}, {"Åsa", "A\u030asa", true}, {"Asa", "Åsa", false}, {"a", "ab", false}, {"", "", true}} {
		if Same(c.a, c.b) != c.same {
			t.Errorf("%q and %q", c.a, c.b)
		}
	}
	if !Holds("FÖRSKOLAN", "fo\u0308rs") || Holds("forskolan", "förs") || !Holds("x", "") {
		t.Error("Holds")
	}
}

func TestDay(t *testing.T) {
	for day, valid := range map[Day]bool{"2026-11-24": true, "2028-02-29": true, "2027-02-29": false, "1899-12-31": false, "1900-01-01": true,
		"": false, "2026-1-1": false, "26-01-01": false, "2026-11-24 ": false, "9999-12-31": true} {
		if day.Valid() != valid {
			t.Errorf("%q is valid: %t", day, !valid)
		}
	}
	if d := Day("2026-12-31").Add(1); d != "2027-01-01" {
		t.Errorf("the day after is %s", d)
	}
	if n := Day("2027-01-01").Sub("2026-01-01"); n != 365 {
		t.Errorf("a year is %d days", n)
	}
	open := Period{}
	year := Period{From: "2026-01-01", To: "2027-01-01"}
	if !open.Has("0001-01-01") || !year.Has("2026-01-01") || !year.Has("2026-12-31") || year.Has("2027-01-01") || year.Has("2025-12-31") {
		t.Error("periods are half open")
	}
}

// A day begins with its first instant wherever the coach is, also where summer
// time begins or ends at midnight.
func TestFirstInstantOfADay(t *testing.T) {
	check := func(t interface{ Fatalf(string, ...any) }, name string, d Day) {
		loc, err := time.LoadLocation(name)
		if err != nil {
			t.Fatalf("%v", err)
		}
		first := d.Time(loc)
		if DayOf(first) != d || DayOf(first.Add(-time.Nanosecond)) >= d {
			t.Fatalf("in %s, %s begins at %s", name, d, first)
		}
	}
	for name, days := range map[string][]Day{
		"Europe/Stockholm": {"2026-03-29", "2026-10-25"},
		"Africa/Cairo":     {"2026-04-24", "2026-10-30"}, // from 00:00 to 01:00, and back
		"America/Havana":   {"2026-03-08", "2026-11-01"}, // from 00:00 to 01:00; back from 01:00 to 00:00
		"Asia/Beirut":      {"2026-03-29", "2026-10-25"},
		"America/Santiago": {"2026-09-06", "2026-04-05"},
	} {
		for _, d := range days {
			check(t, name, d)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom([]string{"Europe/Stockholm", "Africa/Cairo", "America/Havana", "Asia/Beirut", "America/Santiago", "Australia/Lord_Howe", "UTC"}).Draw(t, "place")
		d := Day("2020-01-01").Add(rapid.IntRange(0, 4000).Draw(t, "day"))
		check(t, name, d)
		e := d.Add(rapid.IntRange(-900, 900).Draw(t, "to"))
		if d.Add(e.Sub(d)) != e {
			t.Fatalf("from %s to %s is %d days", d, e, e.Sub(d))
		}
	})
}

// The inverse of a change leads back, and what an idea's fields hold is what a
// change of them starts from.
func TestSetAndInverse(t *testing.T) {
	i := Idea{Number: 7, Title: "Cyklar", Unit: 3, Tags: []string{"a", "b"}, Sections: map[Section]string{Need: "x"}}
	if got := i.Set(FieldTitle, "Cyklar"); got != nil {
		t.Errorf("no change became %v", got)
	}
	got := i.Set(FieldUnit, "")
	if len(got) != 1 || got[0] != (Change{Subject: AnIdea, ID: 7, Field: FieldUnit, Old: "3"}) {
		t.Errorf("%+v", got)
	}
	forced := Change{Subject: AnIdea, ID: 7, Field: FieldStage, Old: "a", New: "b", Why: "x", Forced: true, At: tuesday}
	if back := forced.Inverse(); back.Old != "b" || back.New != "a" || back.Why != "" || back.Forced {
		t.Errorf("%+v", back)
	}
	changes := i.SetTags([]string{"a", "c"}, []string{"b", "d"})
	if len(changes) != 2 || changes[0].New != "c" || changes[1].Old != "b" {
		t.Errorf("%+v", changes)
	}
	for _, s := range Sections() {
		if i.Value(Field(s)) != i.Sections[s] {
			t.Errorf("the value of %s is %q", s, i.Value(Field(s)))
		}
	}
}

func TestKinds(t *testing.T) {
	for kind, exit := range map[Kind]int{Failure: 1, Usage: 2, NotFound: 3, Refused: 4, Busy: 5, Unusable: 6, Interrupted: 130} {
		err := error(Errorf(kind, "x %d", 1).WithHint("y").Because(errors.ErrUnsupported))
		if kind.Exit() != exit || KindOf(err) != kind || !errors.Is(err, errors.ErrUnsupported) || err.Error() != "x 1" {
			t.Errorf("%s: exit %d, %v", kind, kind.Exit(), err)
		}
	}
	if KindOf(errors.ErrUnsupported) != Failure {
		t.Error("any other error is a failure")
	}
}
