package desk_test

import (
	"database/sql"
	"encoding/csv"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"sluss/internal/calendar"
	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/report"
)

// TestReportsOfPetitions counts every report twice over real petitions, with
// work on them that is made up but the same in every run.
func TestReportsOfPetitions(t *testing.T) {
	o := newOffice(t)
	o.now = time.Date(2015, 2, 15, 9, 0, 0, 0, stockholm)
	numbers := o.petitions()
	o.work(numbers, rand.New(rand.NewPCG(5, 8)))
	o.corners()
	db, err := sql.Open("sqlite", "file:"+o.db.Path()+"?mode=rw")
	o.must(err)
	defer db.Close()
	whole := readLedger(o, db, string(idea.DayOf(o.now))).over(nil, nil)
	year := func(y int) idea.Period {
		return idea.Period{From: idea.Day(fmt.Sprintf("%d-01-01", y)), To: idea.Day(fmt.Sprintf("%d-01-01", y+1))}
	}
	before, earlier := year(2014), idea.Period{From: "2015-08-01", To: "2015-10-01"}
	to := idea.Period{From: idea.DayOf(o.now).Add(40), To: idea.DayOf(o.now).Add(70)} // is to come
	counted := 0
	for _, options := range []report.Options{
		{}, {By: report.ByQuarter}, {Period: year(2015), By: report.ByUnit, Against: &before}, {Period: idea.Period{From: "2015-11-01", To: "2016-01-01"}, Against: &earlier}, {Period: to, Against: &earlier},
		{Period: year(2014), By: report.ByStage}, {Period: idea.Period{From: "2015-03-04"}, By: report.ByCoach}, {Period: year(2015), By: report.ByMonth},
	} {
		for _, name := range report.Names() {
			r, err := o.desk("Åsa").Report(t.Context(), desk.ReportInput{Name: name, Options: options, People: true})
			o.must(err)
			for _, fault := range whole.against(r) {
				t.Errorf("%s of %+v: %s", name, options, fault)
			}
			for _, f := range r.Figures() {
				counted += len(f.Items)
			}
		}
	}
	if counted < 50_000 {
		t.Errorf("only %d things were counted", counted)
	}
}

// corners is what chance seldom brings: a unit of which all ideas are merged into
// others, one of them with a test, and an effect that was seen long after it began.
func (o *office) corners() {
	o.Helper()
	d := o.desk("Åsa")
	_, err := d.AddUnit(o.Context(), "Arkiv", idea.Department, "")
	o.must(err)
	card, err := d.Add(o.Context(), idea.Draft{Title: "Pärmar", Unit: "Arkiv"})
	o.must(err)
	_, err = d.PlanTest(o.Context(), card.Number, plan())
	o.must(err)
	_, err = d.StartTest(o.Context(), []int64{card.Number}, "")
	o.must(err)
	other, err := d.Add(o.Context(), idea.Draft{Title: "Hyllor"})
	o.must(err)
	_, err = d.Merge(o.Context(), desk.MergeInput{Numbers: []int64{card.Number}, Into: other.Number, Why: "samma sak"})
	o.must(err)
	_, err = d.CloseUnit(o.Context(), "Arkiv", true)
	o.must(err)
	_, err = d.PlanEffect(o.Context(), other.Number, map[idea.Field]string{idea.FieldMeasure: "liter", idea.FieldBefore: "7", idea.FieldAfter: "5", idea.FieldBegins: "2015-08-15"})
	o.must(err)
	_, err = d.SeeEffect(o.Context(), other.Number, desk.SightInput{After: "6"})
	o.must(err)
}

// petitions imports the real petitions; those that were reviewed come as such.
func (o *office) petitions() (numbers []int64) {
	o.Helper()
	file, err := os.Open("testdata/petitions.csv")
	o.must(err)
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	o.must(err)
	units := []string{"Skola", "Vård", "Teknik", ""}
	for _, unit := range units[:3] {
		_, err := o.desk("Åsa").AddUnit(o.Context(), unit, idea.Department, "")
		o.must(err)
	}
	_, err = o.desk("Åsa").SetEmployees(o.Context(), "Skola", 140)
	o.must(err)
	_, err = o.desk("Bo").AddForum(o.Context(), "Rådet", idea.Council)
	o.must(err)
	for _, s := range []idea.Stage{{Key: "pilot", Kind: idea.Testing}, {Key: "spread", Kind: idea.Realised}} { // a second of the kind
		s.Names = idea.Names{EN: string(s.Key), SV: string(s.Key)}
		_, err := o.desk("Bo").AddStage(o.Context(), s, desk.Place{Beside: map[idea.StageKey]string{"pilot": "test", "spread": "realised"}[s.Key]})
		o.must(err)
	}
	days := calendar.New()
	got, err := o.desk("Åsa").Import(o.Context(), desk.ImportInput{}, func(yield func(desk.Incoming, error) bool) {
		for k, row := range rows[1:] {
			d := &idea.Draft{Title: "Petition " + row[0], Received: idea.Day(row[1]), Kind: idea.GiverKinds()[k%3], Unit: units[k*7%4],
				Tags: strings.Fields(row[4]), Coach: []string{"Åsa", "Bo"}[k%2], Source: "petitions", ExternalID: row[0],
				Giver: idea.GiverDraft{Name: fmt.Sprint("Giver ", k*k%97)}}
			if d.Received > idea.DayOf(o.now) {
				d.Received = idea.DayOf(o.now)
			}
			switch {
			case row[3] == "Reviewed" && k%4 == 0:
				d.Stage, d.Reason, d.Answered = "closed", idea.Declined, d.Received.Add(k%50)
			case k%9 == 0 && d.Received < "2015-01-01": // on the last day, one day late
				d.Answered = days.After(d.Received, 10).Add(k % 2)
			}
			if !yield(desk.Incoming{Line: k + 2, Draft: d}, nil) {
				return
			}
		}
	})
	o.must(err)
	if got.Added != len(rows)-1 {
		o.Fatalf("%d ideas were added of %d petitions: %+v", got.Added, len(rows)-1, got)
	}
	for n := got.First; n <= got.Last; n++ {
		numbers = append(numbers, n)
	}
	return numbers
}

// work is what two coaches do with ideas for a year. What a rule refuses is left
// undone.
func (o *office) work(numbers []int64, random *rand.Rand) {
	o.Helper()
	pick := func(words ...string) string { return words[random.IntN(len(words))] }
	back := func(days int) idea.Day { return idea.DayOf(o.now).Add(-random.IntN(days + 1)) }
	done, effects := 0, []int64{}
	for range 900 {
		o.now = o.now.Add(time.Duration(random.IntN(20*60)) * time.Minute)
		n := []int64{numbers[random.IntN(len(numbers))]}
		d := o.desk(pick("Åsa", "Bo"))
		var err error
		switch random.IntN(19) {
		case 0, 1, 2, 3:
			_, err = d.Move(o.Context(), desk.MoveInput{Numbers: n, To: pick("dialogue", "development", "presented", "test", "pilot", "introduction", "realised", "spread"), Force: true, Why: "prov", At: back(3)})
		case 4, 5, 6:
			_, err = d.Answer(o.Context(), desk.AnswerInput{Numbers: n, Text: "tack", Sent: true, Channel: "mail", On: back(9)})
		case 7:
			_, err = d.Close(o.Context(), desk.MoveInput{Numbers: n, Reason: idea.Reasons()[random.IntN(len(idea.Reasons()))], Why: "nej", Force: true})
		case 8:
			_, err = d.Reopen(o.Context(), desk.MoveInput{Numbers: n, Force: true, Why: "ny chans"})
		case 9:
			in := desk.DecideInput{Numbers: n, Forum: "Rådet", Why: "så", Resolution: idea.Resolutions()[random.IntN(7)], On: back(5), Force: true}
			if in.Resolution == idea.ToPark {
				in.Until = idea.DayOf(o.now).Add(90)
			}
			_, err = d.Decide(o.Context(), in)
		case 10, 11:
			fields := plan()
			fields[idea.FieldCost] = pick("", "100", "2500,5")
			if _, err = d.PlanTest(o.Context(), n[0], fields); err == nil {
				_, err = d.StartTest(o.Context(), n, back(6))
			}
		case 12:
			_, err = d.FinishTest(o.Context(), n, idea.Outcome{Result: "7", Verdict: idea.Verdicts()[random.IntN(3)], Learnt: pick("", "mycket")})
		case 13:
			_, err = d.PlanEffect(o.Context(), n[0], map[idea.Field]string{idea.FieldMeasure: pick("timmar", "kWh"), idea.FieldBefore: "40", idea.FieldAfter: pick("12,5", "50"), idea.FieldCost: pick("", "90"), idea.FieldBegins: pick("", string(back(100)))})
			if err == nil {
				effects = append(effects, n[0])
			}
		case 14:
			_, err = d.Merge(o.Context(), desk.MergeInput{Numbers: n, Into: numbers[random.IntN(len(numbers))], Why: "samma sak"})
		case 15:
			_, err = d.AddActivity(o.Context(), desk.ActivityInput{Fields: map[idea.Field]string{idea.FieldTitle: "Möte", idea.FieldKind: "meeting",
				idea.FieldDay: string(back(200)), idea.FieldParticipants: pick("", "3", "25")}, Units: slices.Compact([]string{"Skola", pick("Skola", "Vård")})})
		case 16, 17:
			_, err = d.Note(o.Context(), n, "ringde", back(20))
		case 18:
			if len(effects) > 0 {
				_, err = d.SeeEffect(o.Context(), effects[random.IntN(len(effects))], desk.SightInput{After: pick("20", "30"), Cost: pick("", "80")})
			}
		}
		if err == nil {
			done++
		} else if !errors.As(err, new(*idea.Error)) {
			o.Fatal(err)
		}
	}
	if done < 500 {
		o.Errorf("only %d commands were done", done)
	}
}
