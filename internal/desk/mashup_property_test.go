package desk_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sluss/internal/desk"
	"sluss/internal/idea"
)

// mashupTables is all that is kept of mashups, as text.
func (m *machine) mashupTables() string {
	var out strings.Builder
	for _, table := range []string{"mashup", "session", "participant", "mashup_outcome", "evaluation"} {
		rows, err := m.raw.Query("SELECT * FROM " + table + " ORDER BY id")
		if err != nil {
			m.Fatal(err)
		}
		columns, _ := rows.Columns()
		cells, dest := make([]any, len(columns)), make([]any, len(columns))
		for k := range cells {
			dest[k] = &cells[k]
		}
		for rows.Next() {
			if err := rows.Scan(dest...); err != nil {
				m.Fatal(err)
			}
			fmt.Fprintln(&out, table, cells)
		}
		if err := rows.Close(); err != nil {
			m.Fatal(err)
		}
	}
	return out.String()
}

// checkProgrammes looks for what no command may let be: sessions outside their
// mashup, or two at once in one room.
func (m *machine) checkProgrammes() {
	var wrong int
	err := m.raw.QueryRow(`SELECT (SELECT count(*) FROM session a JOIN session b ON a.id < b.id AND a.mashup = b.mashup AND a.day = b.day
			AND a.begins < b.ends AND b.begins < a.ends AND (lower(a.room) = lower(b.room) OR a.speakers = b.speakers AND a.speakers <> ''))
		+ (SELECT count(*) FROM session s JOIN mashup m ON m.id = s.mashup WHERE s.day < m.day OR s.day > m.last_day OR s.ends <= s.begins)
		+ (SELECT count(*) FROM mashup WHERE last_day < day)`).Scan(&wrong)
	if err != nil || wrong > 0 {
		m.Fatalf("%d sessions cannot be: %v\n%s", wrong, err, m.mashupTables())
	}
}

func (m *machine) commandCount() (n int) {
	if err := m.raw.QueryRow("SELECT count(*) FROM command").Scan(&n); err != nil {
		m.Fatal(err)
	}
	return n
}

// mashupCommands is commands about mashups with what a coach may say. They give
// the error of the desk.
func (m *machine) mashupCommands() map[string]func(*rapid.T) error {
	d, ctx := m.desk("anna"), m.Context()
	pick := func(t *rapid.T, what string, among ...string) string { return rapid.SampledFrom(among).Draw(t, what) }
	mashup := func(t *rapid.T) string { return pick(t, "mashup", "1", "1", "2", "Höst", "9") }
	number := func(t *rapid.T) int64 { return rapid.Int64Range(1, 5).Draw(t, "number") }
	day := func(t *rapid.T) string { return pick(t, "day", "2027-03-27", "2027-03-27", "2027-03-28", "2027-04-02") }
	session := func(t *rapid.T) desk.SessionInput {
		in := desk.SessionInput{Fields: map[idea.Field]string{
			idea.FieldBegins: pick(t, "begins", "9", "9", "9:30", "10", "02:30"), idea.FieldEnds: pick(t, "ends", "10", "10:30", "11"),
			idea.FieldRoom: pick(t, "room", "", "A", "a"), idea.FieldTitle: "X", idea.FieldDay: day(t)}}
		if name := pick(t, "speaker", "", "Bo", "Li"); name != "" {
			in.Speakers = []string{name}
		}
		return in
	}
	guest := func(t *rapid.T) idea.Participant {
		return idea.Participant{Name: pick(t, "name", "Bo", "Li", "Åsa"), Organisation: pick(t, "organisation", "", "Lund"),
			Email: pick(t, "email", "", "a@x.se", "A@x.se", "b@x.se"), Status: rapid.SampledFrom(append(idea.Attendances(), "")).Draw(t, "status")}
	}
	return map[string]func(*rapid.T) error{
		"add": func(t *rapid.T) error {
			_, err := d.AddMashup(ctx, map[idea.Field]string{idea.FieldName: pick(t, "name", "Höst", "Vår", "HÖST"), idea.FieldDay: day(t), idea.FieldLastDay: day(t)})
			return err
		},
		"edit": func(t *rapid.T) error {
			fields := map[idea.Field]string{idea.FieldDay: day(t)}
			if rapid.Bool().Draw(t, "last") {
				fields[idea.FieldLastDay] = day(t)
			}
			_, err := d.EditMashup(ctx, mashup(t), fields)
			return err
		},
		"rename": func(t *rapid.T) error {
			_, err := d.EditMashup(ctx, mashup(t), map[idea.Field]string{idea.FieldName: pick(t, "name", "Höst", "höst", "Vår")})
			return err
		},
		"remove": func(t *rapid.T) error {
			_, err := d.RemoveMashup(ctx, mashup(t))
			return err
		},
		"session add": func(t *rapid.T) error {
			_, err := d.AddSession(ctx, mashup(t), session(t))
			return err
		},
		"session move": func(t *rapid.T) error {
			in := session(t)
			delete(in.Fields, idea.FieldEnds)
			_, err := d.EditSession(ctx, "move", number(t), in)
			return err
		},
		"session remove": func(t *rapid.T) error {
			_, err := d.RemoveSessions(ctx, []int64{number(t)})
			return err
		},
		"invite": func(t *rapid.T) error {
			p := guest(t)
			_, err := d.AddParticipants(ctx, "invite", mashup(t), desk.ParticipantInput{Names: []string{p.Name}, Organisation: p.Organisation, Email: p.Email}, idea.Invited)
			return err
		},
		"attend": func(t *rapid.T) error {
			_, err := d.Attend(ctx, "came", mashup(t), []string{fmt.Sprint(number(t))}, rapid.Bool().Draw(t, "all"), rapid.SampledFrom(idea.Attendances()).Draw(t, "status"))
			return err
		},
		"guest edit": func(t *rapid.T) error {
			p := guest(t)
			_, err := d.EditParticipant(ctx, number(t), map[idea.Field]string{idea.FieldName: p.Name, idea.FieldEmail: p.Email})
			return err
		},
		"guest remove": func(t *rapid.T) error {
			_, err := d.RemoveParticipants(ctx, []int64{number(t)})
			return err
		},
		"import": func(t *rapid.T) error {
			people := rapid.SliceOfN(rapid.Custom(guest), 0, 4).Draw(t, "people")
			_, err := d.ImportParticipants(ctx, mashup(t), people, rapid.Bool().Draw(t, "dry"))
			return err
		},
		"outcome": func(t *rapid.T) error {
			_, err := d.AddMashupOutcome(ctx, mashup(t), desk.OutcomeInput{Organisation: "Lund", Text: "X"})
			return err
		},
		"outcome remove": func(t *rapid.T) error {
			_, err := d.RemoveMashupOutcomes(ctx, []int64{number(t)})
			return err
		},
		"evaluate": func(t *rapid.T) error {
			_, err := d.Evaluate(ctx, mashup(t), idea.Evaluation{Question: pick(t, "question", "", "Q", "q"), Answers: 3, Grade: idea.Amount(pick(t, "grade", "3", "4")), Scale: "5"})
			return err
		},
		"evaluate remove": func(t *rapid.T) error {
			_, err := d.RemoveEvaluation(ctx, mashup(t), pick(t, "question", "", "Q"))
			return err
		},
	}
}

// told fails the test for an error that is no refusal.
func (m *machine) told(err error) {
	if kind := idea.KindOf(err); err != nil && kind != idea.Usage && kind != idea.NotFound && kind != idea.Refused {
		m.Fatal(err)
	}
}

// TestMashupsUndone gives commands about mashups at random and then undoes all:
// every row must be what it was before each of them. What is refused changes
// nothing.
func TestMashupsUndone(t *testing.T) {
	folder, empty := t.TempDir(), emptyDB(t)
	checks(t, 20, 40, func(t *rapid.T) {
		m := newMachine(t, folder, empty, false)
		var before []string
		actions := map[string]func(*rapid.T){"": func(*rapid.T) { m.checkProgrammes() }}
		for name, command := range m.mashupCommands() {
			actions[name] = func(t *rapid.T) {
				was, commands := m.mashupTables(), m.commandCount()
				err := command(t)
				m.told(err)
				switch changed := m.commandCount() > commands; {
				case changed && err == nil:
					before = append(before, was)
				case changed || was != m.mashupTables():
					t.Fatalf("%v, but something was changed", err)
				}
			}
		}
		t.Repeat(actions)
		for k := len(before) - 1; k >= 0; k-- {
			line, err := m.desk("anna").Undo(t.Context(), 0)
			if err != nil {
				t.Fatal(err)
			}
			if now := m.mashupTables(); now != before[k] {
				t.Fatalf("undone %s:\n%s\nbefore it was:\n%s", line.Name, now, before[k])
			}
		}
	})
}

// TestMashupsUndoneInAnyOrder undoes any command in between: each undo is whole
// or refused, and leaves a programme that a command could have made.
func TestMashupsUndoneInAnyOrder(t *testing.T) {
	folder, empty := t.TempDir(), emptyDB(t)
	checks(t, 20, 120, func(t *rapid.T) {
		m := newMachine(t, folder, empty, false)
		all := m.mashupCommands()
		_, err := m.desk("anna").AddMashup(t.Context(), map[idea.Field]string{idea.FieldName: "Höst", idea.FieldDay: "2027-03-27", idea.FieldLastDay: "2027-03-28"})
		if err != nil {
			t.Fatal(err)
		}
		actions := map[string]func(*rapid.T){"": func(*rapid.T) { m.checkProgrammes() }}
		for _, name := range []string{"add", "edit", "rename", "remove", "session add", "session move", "session remove", "import", "guest edit"} {
			actions[name] = func(t *rapid.T) { m.told(all[name](t)) }
		}
		for k := range 3 { // the programme is where undoing can do harm
			actions[fmt.Sprint("session add ", k)], actions[fmt.Sprint("session move ", k)] = actions["session add"], actions["session move"]
			actions[fmt.Sprint("undo ", k)] = func(t *rapid.T) {
				was := m.mashupTables()
				_, err := m.desk("anna").Undo(t.Context(), rapid.Int64Range(0, int64(m.commandCount())).Draw(t, "command"))
				m.told(err)
				if err != nil && was != m.mashupTables() {
					t.Fatalf("%v, but something was changed", err)
				}
			}
		}
		t.Repeat(actions)
	})
}
