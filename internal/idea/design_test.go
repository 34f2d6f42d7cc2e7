package idea

import (
	"strings"
	"testing"
)

func keys(p Process) string {
	var out []string
	for _, s := range p {
		key := string(s.Key)
		if s.Removed {
			key = "(" + key + ")"
		}
		out = append(out, key)
	}
	return strings.Join(out, " ")
}

func TestReadyProcesses(t *testing.T) {
	for _, name := range ProcessNames() {
		p, err := ReadyProcess(string(name))
		if err != nil {
			t.Fatal(err)
		}
		if at, err := p.Check(); err != nil {
			t.Errorf("%s: stage %d: %v", name, at, err)
		}
		for _, s := range p {
			if _, err := s.Clean(); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	if _, err := ReadyProcess("lång"); KindOf(err) != NotFound {
		t.Errorf("there is a process lång: %v", err)
	}
}

func TestProcessCheck(t *testing.T) {
	stage := func(key StageKey, kind StageKind) Stage {
		return Stage{Key: key, Names: Names{"en " + string(key), "sv " + string(key)}, Kind: kind}
	}
	in, on, done, off, out := stage("in", Intake), stage("on", Active), stage("done", Realised), stage("off", Parked), stage("out", Closed)
	named := stage("x", Active)
	named.Names.SV = "EN On"
	for name, c := range map[string]struct {
		p  Process
		at int
		ok bool
	}{
		"shortest":       {Process{in, done, out}, 0, true},
		"whole":          {Process{in, on, done, off, out}, 0, true},
		"empty":          {nil, -1, false},
		"no intake":      {Process{on, done, out}, -1, false},
		"nothing done":   {Process{in, on, out}, -1, false},
		"nothing closed": {Process{in, on, done}, -1, false},
		"begins within":  {Process{on, in, done, out}, 0, false},
		"after the side": {Process{in, done, out, on}, 3, false},
		"key twice":      {Process{in, on, on, done, out}, 2, false},
		"name twice":     {Process{in, on, named, done, out}, 2, false},
	} {
		if at, err := c.p.Check(); at != c.at || (err == nil) != c.ok {
			t.Errorf("%s: %d %v", name, at, err)
		}
	}
}

func TestCheckKey(t *testing.T) {
	for key, ok := range map[StageKey]bool{
		"pilot": true, "pilot-2": true, "a": true, StageKey(strings.Repeat("a", 40)): true,
		"": false, "Pilot": false, "2": false, "å": false, "a b": false, "-a": false, "a-": false, "a--b": false, "a_b": false,
		StageKey(strings.Repeat("a", 41)): false, "a\n": false,
	} {
		if (CheckKey(key) == nil) != ok {
			t.Errorf("%q: %v", key, CheckKey(key))
		}
	}
}

func TestInsert(t *testing.T) {
	p := ShortProcess()
	for _, c := range []struct {
		kind   StageKind
		next   StageKey
		before bool
		want   string
	}{
		{Active, "", false, "received working new realised parked closed"},
		{Testing, "", false, "received working new realised parked closed"},
		{Realised, "", false, "received working realised new parked closed"},
		{Parked, "", false, "received working realised parked closed new"},
		{Active, "received", false, "received new working realised parked closed"},
		{Active, "received", true, "new received working realised parked closed"},
	} {
		if got := keys(p.Insert(Stage{Key: "new", Kind: c.kind}, c.next, c.before)); got != c.want {
			t.Errorf("%s by %q: %s, want %s", c.kind, c.next, got, c.want)
		}
	}
	if keys(p) != "received working realised parked closed" {
		t.Error("the process itself was changed")
	}
}

// TestRetire tells where history keeps the stages that a new process does not
// have: the funnel counts on that order.
func TestRetire(t *testing.T) {
	long, short := DefaultProcess(), ShortProcess()
	there := short.Retire(long)
	if got, want := keys(there), "received working (dialogue) (development) (presented) (test) (introduction) realised parked closed"; got != want {
		t.Errorf("short: %s, want %s", got, want)
	}
	back := long.Retire(there)
	if got, want := keys(back), "received dialogue development (working) presented test introduction realised parked closed"; got != want {
		t.Errorf("and back: %s, want %s", got, want)
	}
	if got := keys(back.Current().Retire(back)); got != keys(back) {
		t.Errorf("the same process again: %s, want %s", got, keys(back))
	}
}

func TestFindBenefits(t *testing.T) {
	for words, want := range map[string]string{
		"": "", " , ": "", "participation,quality": "quality participation", "Kvalitet, kvalitet": "quality",
		"politiska mål; ": "?", "political goals": "political-goals", "pengar": "?",
	} {
		got, err := FindBenefits(words)
		if (err != nil) != (want == "?") || err == nil && JoinBenefits(got) != want {
			t.Errorf("%q: %v %v", words, got, err)
		}
		if again := SplitBenefits(JoinBenefits(got)); JoinBenefits(again) != JoinBenefits(got) {
			t.Errorf("%v does not come back: %v", got, again)
		}
	}
}

func TestRelocate(t *testing.T) {
	p := DefaultProcess()
	stage := func(key StageKey) Stage { s, _ := p.Stage(key); return s }
	parked := Idea{Number: 1, Stage: "parked", Wake: "2027-01-01"}
	if changes, err := Relocate(parked, stage("parked"), stage("dialogue"), parked.StageSince); err != nil || len(changes) != 2 {
		t.Errorf("out of a side door: %v %v", changes, err)
	}
	if changes, err := Relocate(parked, stage("parked"), Stage{Key: "asleep", Kind: Parked}, parked.StageSince); err != nil || len(changes) != 1 {
		t.Errorf("to another of the kind: %v %v", changes, err)
	}
	if _, err := Relocate(Idea{Stage: "test"}, stage("test"), stage("closed"), parked.StageSince); KindOf(err) != Refused {
		t.Errorf("closed without a reason: %v", err)
	}
}
