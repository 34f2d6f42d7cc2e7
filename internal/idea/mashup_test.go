package idea_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sluss/internal/idea"
)

func TestFindClock(t *testing.T) {
	for word, want := range map[string]idea.Clock{
		"9": "09:00", "09": "09:00", "9:30": "09:30", "09.30": "09:30", " 23:59 ": "23:59", "0:00": "00:00", "00": "00:00",
		"": "", "24": "", "24:00": "", "9:60": "", "9:5": "", "9:": "", ":30": "", "-1": "", "9:30:00": "", "kl 9": "", "९": "", "+9": "", "009": "", "9.30.": "",
	} {
		got, err := idea.FindClock(word)
		if got != want || (err == nil) != (want != "") || err != nil && idea.KindOf(err) != idea.Usage {
			t.Errorf("%q is %q, %v; want %q", word, got, err, want)
		}
	}
}

func TestClockAdd(t *testing.T) {
	for _, tt := range []struct {
		from    idea.Clock
		minutes int
		want    idea.Clock
	}{{"09:00", 45, "09:45"}, {"23:00", 59, "23:59"}, {"23:00", 60, ""}, {"09:00", -540, "00:00"}, {"09:00", -541, ""}} {
		got, ok := tt.from.Add(tt.minutes)
		if got != tt.want || ok != (tt.want != "") {
			t.Errorf("%s and %d minutes is %q, %v", tt.from, tt.minutes, got, ok)
		}
	}
}

func TestClockOn(t *testing.T) {
	stockholm, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		day   idea.Day
		clock idea.Clock
		want  string // UTC
	}{
		{"2027-03-27", "09:00", "2027-03-27T08:00:00Z"}, {"2027-03-28", "01:59", "2027-03-28T00:59:00Z"},
		{"2027-03-28", "02:30", ""}, {"2027-03-28", "03:00", "2027-03-28T01:00:00Z"}, {"2027-03-28", "09:00", "2027-03-28T07:00:00Z"},
		{"2027-10-31", "01:30", "2027-10-30T23:30:00Z"}, {"2027-10-31", "09:00", "2027-10-31T08:00:00Z"},
	} {
		got, there := tt.clock.On(tt.day, stockholm)
		if there != (tt.want != "") || there && got.UTC().Format(time.RFC3339) != tt.want {
			t.Errorf("%s %s is %s, %v; want %s", tt.day, tt.clock, got.UTC(), there, tt.want)
		}
	}
}

func TestCheckDays(t *testing.T) {
	for _, tt := range []struct {
		from, to idea.Day
		good     bool
	}{{"2027-05-20", "2027-05-20", true}, {"2027-05-20", "2027-06-19", true}, {"2027-05-20", "2027-06-20", false},
		{"2027-05-20", "2027-05-19", false}, {"", "2027-05-19", false}, {"2027-05-20", "", false}, {"2027-02-30", "2027-03-01", false}} {
		if err := (idea.Mashup{Day: tt.from, To: tt.to}).CheckDays(); (err == nil) != tt.good {
			t.Errorf("%s to %s: %v", tt.from, tt.to, err)
		}
	}
}

func TestCheckSession(t *testing.T) {
	m := idea.Mashup{Name: "M", Day: "2027-05-20", To: "2027-05-21"}
	others := []idea.Session{
		{ID: 1, Day: "2027-05-20", Begins: "09:00", Ends: "10:00", Title: "Öppning", Speakers: []string{"Åsa Öberg"}},
		{ID: 2, Day: "2027-05-20", Begins: "10:00", Ends: "11:00", Room: "Sal A", Title: "A", Speakers: []string{"Nils Ek"}},
	}
	for _, tt := range []struct {
		what string
		s    idea.Session
		want idea.Kind // 0: it fits
	}{
		{"right after", idea.Session{Day: "2027-05-20", Begins: "10:00", Ends: "11:00"}, 0},
		{"right before", idea.Session{Day: "2027-05-20", Begins: "08:00", Ends: "09:00"}, 0},
		{"the same place", idea.Session{Day: "2027-05-20", Begins: "09:59", Ends: "11:00"}, idea.Refused},
		{"around it", idea.Session{Day: "2027-05-20", Begins: "08:00", Ends: "12:00"}, idea.Refused},
		{"within it", idea.Session{Day: "2027-05-20", Begins: "09:10", Ends: "09:20"}, idea.Refused},
		{"itself", idea.Session{ID: 1, Day: "2027-05-20", Begins: "09:10", Ends: "09:20"}, 0},
		{"another room", idea.Session{Day: "2027-05-20", Begins: "09:00", Ends: "10:00", Room: "Sal B"}, 0},
		{"the same room in other letters", idea.Session{Day: "2027-05-20", Begins: "10:30", Ends: "11:30", Room: "SAL A"}, idea.Refused},
		{"the other day", idea.Session{Day: "2027-05-21", Begins: "09:00", Ends: "10:00"}, 0},
		{"a speaker", idea.Session{Day: "2027-05-20", Begins: "09:30", Ends: "09:40", Room: "Sal B", Speakers: []string{"Bo", "åsa öberg"}}, idea.Refused},
		{"a speaker later", idea.Session{Day: "2027-05-20", Begins: "10:00", Ends: "11:00", Room: "Sal B", Speakers: []string{"Åsa Öberg"}}, 0},
		{"outside", idea.Session{Day: "2027-05-22", Begins: "09:00", Ends: "10:00"}, idea.Refused},
		{"no time at all", idea.Session{Day: "2027-05-21", Begins: "09:00", Ends: "09:00"}, idea.Usage},
		{"past midnight", idea.Session{Day: "2027-05-21", Begins: "23:00", Ends: "01:00"}, idea.Usage},
	} {
		err := m.CheckSession(tt.s, others)
		if (err == nil) != (tt.want == 0) || err != nil && idea.KindOf(err) != tt.want {
			t.Errorf("%s: %v", tt.what, err)
		}
	}
}

// TestProgramme adds sessions at random and compares what is let in with a
// calendar of minutes: a room and a speaker are in one session at a time, and
// what was refused would have been in two.
func TestProgramme(t *testing.T) {
	m := idea.Mashup{Name: "M", Day: "2027-05-20", To: "2027-05-21"}
	rapid.Check(t, func(t *rapid.T) {
		var in []idea.Session
		taken := map[string]int64{}
		for id := int64(1); id <= 12; id++ {
			begins := rapid.IntRange(0, 60).Draw(t, "begins")
			lasts := rapid.IntRange(1, 30).Draw(t, "lasts")
			s := idea.Session{ID: id, Day: rapid.SampledFrom([]idea.Day{"2027-05-20", "2027-05-21"}).Draw(t, "day"),
				Begins: idea.Clock(fmt.Sprintf("%02d:%02d", 9+begins/60, begins%60)), Ends: idea.Clock(fmt.Sprintf("%02d:%02d", 9+(begins+lasts)/60, (begins+lasts)%60)),
				Room:     rapid.SampledFrom([]string{"", "A", "a", "B"}).Draw(t, "room"),
				Speakers: rapid.SliceOfN(rapid.SampledFrom([]string{"Bo", "BO", "Åsa", "Li"}), 0, 2).Draw(t, "speakers")}
			var cells []string
			for minute := begins; minute < begins+lasts; minute++ {
				cells = append(cells, fmt.Sprintf("%s %d room %s", s.Day, minute, idea.Fold(s.Room)))
				for _, name := range s.Speakers {
					cells = append(cells, fmt.Sprintf("%s %d speaker %s", s.Day, minute, idea.Fold(name)))
				}
			}
			clash := false
			for _, c := range cells {
				clash = clash || taken[c] != 0
			}
			err := m.CheckSession(s, in)
			if (err != nil) != clash {
				t.Fatalf("%s in %q with %q among %v: %v, but the calendar says %v", s.When(), s.Room, s.Speakers, in, err, clash)
			}
			if err != nil {
				continue
			}
			in = append(in, s)
			for _, c := range cells {
				taken[c] = id
			}
		}
	})
}

func TestGuessOrganisationKind(t *testing.T) {
	for name, want := range map[string]idea.OrganisationKind{
		"Kristianstads kommun": "municipality", "Malmö stad": "municipality", "Region Skåne": "region", "Västra Götalandsregionen": "other",
		"Exempel AB": "company", "AB Exempel": "company", "Lunds universitet": "university", "Malmö högskola": "university", "": "other",
		"Stadium": "other", "Sveriges Kommuner": "other", "IDEELL FÖRENING": "association", "Föreningen Idé": "association", "Bygdens idrottsförening": "association", "Regionen": "other",
	} {
		if got := idea.GuessOrganisationKind(name); got != want {
			t.Errorf("%q is %s, want %s", name, got, want)
		}
	}
}

func TestFurther(t *testing.T) {
	for _, tt := range []struct{ is, told, want idea.Attendance }{
		{"invited", "signed-up", "signed-up"}, {"signed-up", "invited", "signed-up"}, {"cancelled", "signed-up", "cancelled"},
		{"absent", "came", "came"}, {"came", "absent", "came"}, {"signed-up", "", "signed-up"}, {"invited", "invited", "invited"},
	} {
		if got := tt.is.Further(tt.told); got != tt.want {
			t.Errorf("%s and %s is %s", tt.is, tt.told, got)
		}
	}
}

func TestCheckGrade(t *testing.T) {
	for _, tt := range []struct {
		e    idea.Evaluation
		good bool
	}{
		{idea.Evaluation{Answers: 48, Grade: "4.3", Scale: "5"}, true}, {idea.Evaluation{Answers: 1, Grade: "0", Scale: "10"}, true},
		{idea.Evaluation{Answers: 0, Grade: "4.3", Scale: "5"}, false}, {idea.Evaluation{Answers: -1, Grade: "4", Scale: "5"}, false},
		{idea.Evaluation{Answers: 3, Grade: "5.1", Scale: "5"}, false}, {idea.Evaluation{Answers: 3, Grade: "-1", Scale: "5"}, false},
		{idea.Evaluation{Answers: 3, Grade: "", Scale: "5"}, false}, {idea.Evaluation{Answers: 3, Grade: "1", Scale: ""}, false}, {idea.Evaluation{Answers: 3, Grade: "0", Scale: "0"}, false},
	} {
		if err := tt.e.CheckGrade(); (err == nil) != tt.good {
			t.Errorf("%+v: %v", tt.e, err)
		}
	}
}
