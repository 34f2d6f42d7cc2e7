package intake_test

import (
	"slices"
	"strings"
	"testing"

	"sluss/internal/idea"
	"sluss/internal/intake"
	"sluss/internal/sheet"
)

func readGuests(t *testing.T, text string, maps, sets []string) (intake.Participants, error) {
	t.Helper()
	r, err := sheet.NewReader(strings.NewReader(text), sheet.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return intake.ReadParticipants(r, "f.csv", maps, sets)
}

func TestReadParticipants(t *testing.T) {
	for _, tt := range []struct {
		what, text string
		maps, sets []string
		want       []idea.Participant
		unused     []string
	}{
		{"Swedish headings", "Namn;Kommun;E-post;Status\nÅsa;Lund;asa@x.se;anmäld\n", nil, nil, []idea.Participant{{Name: "Åsa", Organisation: "Lund", Email: "asa@x.se", Status: "signed-up"}}, nil},
		{"our own export", "id,name,organisation,kind,email,status\n7,'=Åsa,Lund,municipality,asa@x.se,came\n", nil, nil,
			[]idea.Participant{{Name: "=Åsa", Organisation: "Lund", Kind: "municipality", Email: "asa@x.se", Status: "came"}}, []string{"id"}},
		{"two names", "Förnamn,Efternamn,Mejl\nÅsa,Öberg,\n,Ek,\n", nil, nil, []idea.Participant{{Name: "Åsa Öberg"}, {Name: "Ek"}}, nil},
		{"a form", "ID,E-postadress,Namn,Mejl\n1,anonymous,Åsa,asa@x.se\n", nil, nil, []idea.Participant{{Name: "Åsa", Email: "asa@x.se"}}, []string{"ID"}},
		{"mapped", "Vem,Var,Kommun\nÅsa,Region Skåne,x\n", []string{"name=Vem", "organisation=Var"}, []string{"status=kom", "kind=region"},
			[]idea.Participant{{Name: "Åsa", Organisation: "Region Skåne", Kind: "region", Status: "came"}}, []string{"Kommun"}},
		{"the first that is filled", "a,b\n,Åsa\nBo,x\n", []string{"name=a,b"}, nil, []idea.Participant{{Name: "Åsa"}, {Name: "Bo"}}, nil},
		{"nobody", "Namn\n\n \n", nil, nil, nil, nil},
	} {
		got, err := readGuests(t, tt.text, tt.maps, tt.sets)
		if err != nil || len(got.Problems) > 0 || !slices.Equal(got.People, tt.want) || !slices.Equal(got.Unused, tt.unused) {
			t.Errorf("%s: %+v, %v", tt.what, got, err)
		}
	}
}

func TestReadBadParticipants(t *testing.T) {
	got, err := readGuests(t, "Namn,Kommun,Mejl,Status,Slag\nÅsa,Lund,inte,anmäld,kommun\n,Lund,,,\nBo,Lund,\"bo@x.se\",kanske,planet\nBo,,,,,extra\nBo\n\"Bo\nEk\",,fel\n"+strings.Repeat("å", 501)+",,,,\n", nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	type place struct {
		line, column int
		header       string
	}
	var places []place
	for _, p := range got.Problems {
		places = append(places, place{p.Line, p.Column, p.Header})
	}
	want := []place{{2, 10, "Mejl"}, {3, 1, "Namn"}, {4, 19, "Status"}, {4, 26, "Slag"}, {5, 8, ""}, {6, 3, ""}, {8, 6, "Mejl"}, {8, 9, ""}, {9, 1, "Namn"}}
	slices.SortFunc(places, func(a, b place) int { return a.line*1000 + a.column - b.line*1000 - b.column })
	if !slices.Equal(places, want) {
		t.Errorf("problems at %v, want %v", places, want)
	}
	if len(got.People) != 0 {
		t.Errorf("taken in: %+v", got.People)
	}
}

func TestBadParticipantMapping(t *testing.T) {
	for _, tt := range []struct {
		text       string
		maps, sets []string
		part       string
	}{
		{"Kommun\nx\n", nil, nil, "no column gives a name"},
		{"Namn\nx\n", []string{"name=Vem"}, nil, `there is no column "Vem"`},
		{"Namn\nx\n", []string{"namn=Namn"}, nil, `there is no field "namn"`},
		{"Namn\nx\n", []string{"name"}, nil, "does not say"},
		{"Namn\nx\n", nil, []string{"status=kanske"}, "status of a participant"},
		{"Namn\nx\n", nil, []string{"kind=planet"}, "kind of organisation"},
		{"Namn\nx\n", nil, []string{"email=nej"}, "no address"},
		{"Namn,Namn\nx,y\n", nil, nil, "two columns are called"},
	} {
		if _, err := readGuests(t, tt.text, tt.maps, tt.sets); err == nil || idea.KindOf(err) != idea.Usage || !strings.Contains(err.Error(), tt.part) {
			t.Errorf("%q %v %v: %v", tt.text, tt.maps, tt.sets, err)
		}
	}
}
