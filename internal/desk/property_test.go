package desk_test

import (
	"flag"
	"maps"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"sluss/internal/desk"
	"sluss/internal/idea"
)

// checks runs a property as often as there is time for: fewer times with -short.
func checks(t *testing.T, few, many int, property func(*rapid.T)) {
	if asked := flag.Lookup("rapid.checks"); asked.Value.String() == asked.DefValue {
		n := many
		if testing.Short() {
			n = few
		}
		if err := flag.Set("rapid.checks", strconv.Itoa(n)); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = flag.Set("rapid.checks", asked.DefValue) })
	}
	if err := flag.Set("rapid.nofailfile", "true"); err != nil { // the seed is enough
		t.Fatal(err)
	}
	if asked := flag.Lookup("rapid.seed"); asked.Value.String() == asked.DefValue {
		if err := flag.Set("rapid.seed", usualSeed); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = flag.Set("rapid.seed", asked.DefValue) })
	}
	rapid.Check(t, property)
}

// usualSeed makes a plain run of the tests the same for everybody. To look for
// what it does not find: go test ./internal/desk -rapid.seed=$RANDOM -rapid.checks=500
const usualSeed = "290"

// TestCommandsAgainstModel gives random commands by two coaches, compares what
// the desk shows, lists and logs with a plain model after each, undoes some in
// between and then all of them: every row must be what it was before.
func TestCommandsAgainstModel(t *testing.T) {
	folder, empty := t.TempDir(), emptyDB(t)
	checks(t, 20, 30, func(t *rapid.T) {
		m := newMachine(t, folder, empty, true)
		actions := m.commands()
		actions["undo"] = func(*rapid.T) {
			if len(m.steps) > 0 {
				m.undoModel()
			}
		}
		t.Repeat(actions)
		m.check()
		for len(m.steps) > 0 {
			m.undoModel()
		}
		m.check()
	})
}

// undoModel takes the last command back here and in the model.
func (m *machine) undoModel() {
	last, line := m.undoLast()
	m.model = m.model.back(last.model)
	if line.Name == "coach add" {
		m.model.coaches = slices.DeleteFunc(slices.Clone(m.model.coaches), func(name string) bool {
			return m.count("SELECT count(*) FROM coach WHERE name = ?", name) == 0
		})
	}
	m.compare()
}

// TestUndoInAnyOrder undoes commands in between, of either coach and in any
// order: each undo is whole or refused, and history and state agree after it.
func TestUndoInAnyOrder(t *testing.T) {
	folder, empty := t.TempDir(), emptyDB(t)
	checks(t, 20, 30, func(t *rapid.T) {
		m := newMachine(t, folder, empty, false)
		actions := m.commands()
		for _, name := range []string{"undo last", "undo any", "undo other"} {
			actions[name] = func(*rapid.T) { m.undo(name) }
		}
		actions[""] = func(*rapid.T) { m.check() }
		t.Repeat(actions)
	})
}

func (m *machine) undo(which string) {
	who := rapid.SampledFrom([]string{"Åsa", "Bo"}).Draw(m.T, "who")
	command := int64(0)
	if which != "undo last" {
		command = rapid.Int64Range(1, m.lastCommand()+1).Draw(m.T, "command")
	}
	before, last := m.dump(), m.lastCommand()
	_, err := m.desk(who).Undo(m.Context(), command)
	if err == nil {
		return
	}
	if kind := idea.KindOf(err); kind != idea.Refused && kind != idea.NotFound {
		m.Fatalf("the undo of %d is not refused: %v", command, err)
	}
	if now := m.dump(); now != before || m.lastCommand() != last {
		m.Fatalf("a refused undo changed something:\n%s", difference(before, now))
	}
}

// commands is every command of the desk that writes, with what the model makes
// of it.
func (m *machine) commands() map[string]func(*rapid.T) {
	draw := &draws{m}
	several := func(real func(*desk.Desk, []int64) ([]desk.Card, error), model func(*world, *modelIdea) idea.Kind) {
		numbers := draw.numbers()
		m.run(func(d *desk.Desk) error {
			cards, err := real(d, numbers)
			return m.same(d, cards, err)
		}, func(w *world) idea.Kind {
			return w.each(numbers, func(i *modelIdea) idea.Kind { return model(w, i) })
		})
	}
	actions := map[string]func(*rapid.T){
		"add": func(*rapid.T) {
			draft := draw.draft()
			m.run(func(d *desk.Desk) error {
				card, err := d.Add(m.Context(), draft)
				if err != nil {
					return err
				}
				return m.same(d, []desk.Card{card}, err)
			}, func(w *world) idea.Kind {
				if draft.Coach == "" {
					draft.Coach = desk.Me
				}
				_, kind := w.add(draft, false, nil)
				return kind
			})
		},
		"import": func(*rapid.T) { m.imports(draw) },
		"edit": func(*rapid.T) {
			e := draw.edit()
			several(func(d *desk.Desk, n []int64) ([]desk.Card, error) { return d.Edit(m.Context(), n, e) },
				func(w *world, i *modelIdea) idea.Kind { return w.edit(i, e) })
		},
		"tag": func(*rapid.T) {
			tags := draw.tags()
			several(func(d *desk.Desk, n []int64) ([]desk.Card, error) { return d.Tag(m.Context(), n, tags) },
				func(_ *world, i *modelIdea) idea.Kind { tag(i, tags); return 0 })
		},
		"note": func(*rapid.T) {
			text, at := draw.of("text", "ringde", "mötet blev av", "ska prövas"), draw.day("at", -3, 0)
			several(func(d *desk.Desk, n []int64) ([]desk.Card, error) { return d.Note(m.Context(), n, text, at) },
				func(w *world, i *modelIdea) idea.Kind {
					when, _ := w.at(at)
					i.notes = append(i.notes, w.note(when, text))
					return 0
				})
		},
		"assign": func(*rapid.T) {
			coach := draw.coach()
			if coach == "" {
				coach = desk.None
			}
			several(func(d *desk.Desk, n []int64) ([]desk.Card, error) { return d.Assign(m.Context(), n, coach) },
				func(w *world, i *modelIdea) (kind idea.Kind) { i.coach, kind = w.coachNamed(coach); return kind })
		},
		"due": func(*rapid.T) {
			day := draw.day("due", 0, 9)
			several(func(d *desk.Desk, n []int64) ([]desk.Card, error) { return d.Due(m.Context(), n, day) },
				func(_ *world, i *modelIdea) idea.Kind { i.Due = day; return 0 })
		},
		"answer": func(*rapid.T) {
			in := desk.AnswerInput{Text: draw.of("text", "", "tack!", "vi prövar den"), Sent: draw.yes("sent"), Approve: draw.of("approve", "no", "no", "yes") == "yes", On: draw.day("on", -4, 0)}
			if in.Sent {
				in.Channel = idea.Channel(draw.of("channel", "mail", "phone"))
				if draw.of("to", "all", "all", "one") == "one" {
					in.Givers = []int64{rapid.Int64Range(1, 3).Draw(m.T, "told")}
				}
			}
			several(func(d *desk.Desk, n []int64) ([]desk.Card, error) { in.Numbers = n; return d.Answer(m.Context(), in) },
				func(w *world, i *modelIdea) idea.Kind { return w.answer(i, in) })
		},
		"next": func(*rapid.T) {
			in := desk.NextInput{Text: draw.of("text", "", "ring Åsa", "boka möte"), By: draw.day("by", 0, 9), Done: draw.of("done", "no", "no", "yes") == "yes"}
			in.Numbers = draw.numbers()
			m.run(func(d *desk.Desk) error { cards, err := d.Next(m.Context(), in); return m.same(d, cards, err) },
				func(w *world) idea.Kind {
					if in.Done == (in.Text != "" || in.By != "") {
						return idea.Usage
					}
					return w.each(in.Numbers, func(i *modelIdea) idea.Kind { return w.nextStep(i, in) })
				})
		},
		"rule set": func(*rapid.T) {
			value := draw.of("approve", "ja", "no", "kanske")
			m.run(func(d *desk.Desk) error { _, err := d.SetRule(m.Context(), "approve-answers", value); return err },
				func(w *world) idea.Kind {
					if value == "kanske" {
						return idea.Usage
					}
					w.approve = value == "ja"
					return 0
				})
		},
		"letter template": func(*rapid.T) {
			t := idea.Template{Name: idea.LetterName(draw.of("letter", "test", "declined")), Lang: "sv", Text: draw.of("text", "", "Om {{.Title}}", "{{.Fel}}", "Hej")}
			m.run(func(d *desk.Desk) error { _, err := d.SetTemplate(m.Context(), t); return err }, func(*world) idea.Kind {
				if t.Text == "" || t.Text == "{{.Fel}}" {
					return idea.Usage
				}
				return 0
			})
		},
		"letter template reset": func(*rapid.T) {
			name := idea.LetterName(draw.of("letter", "test", "declined"))
			m.run(func(d *desk.Desk) error { _, err := d.ResetTemplate(m.Context(), name, "sv"); return err },
				func(*world) idea.Kind { return 0 })
		},
	}
	actions["test plan"] = func(*rapid.T) {
		numbers := draw.numbers()[:1]
		m.run(func(d *desk.Desk) error {
			cards, err := d.PlanTest(m.Context(), numbers[0], plan())
			return m.same(d, cards, err)
		}, func(w *world) idea.Kind {
			return w.each(numbers, func(i *modelIdea) idea.Kind {
				if i.planned {
					return idea.Refused
				}
				i.planned = true
				return 0
			})
		})
	}
	maps.Copy(actions, m.moves(draw))
	maps.Copy(actions, m.registers(draw))
	maps.Copy(actions, m.organises(draw))
	maps.Copy(actions, m.bonds(draw))
	return actions
}

// moves is the commands that put an idea into another stage.
func (m *machine) moves(draw *draws) map[string]func(*rapid.T) {
	input := func() desk.MoveInput {
		return desk.MoveInput{Numbers: draw.numbers(), At: draw.day("at", -3, 1), Why: draw.of("why", "", "styrgruppen"), Force: draw.yes("force")}
	}
	return map[string]func(*rapid.T){
		"move": func(*rapid.T) {
			in := input()
			in.To = draw.of("to", "received", "dialogue", "development", "presented", "test", "introduction", "realised", "closed")
			m.run(func(d *desk.Desk) error { _, err := d.Move(m.Context(), in); return err },
				func(w *world) idea.Kind { return w.move(in) })
		},
		"park": func(*rapid.T) {
			in := input()
			in.Until = draw.day("until", 0, 9)
			m.run(func(d *desk.Desk) error { _, err := d.Park(m.Context(), in); return err },
				func(w *world) idea.Kind {
					if in.Until != "" && in.Until <= w.today() {
						return idea.Refused
					}
					return w.enter(in, func(*modelIdea) (idea.StageKey, idea.Kind) { return "parked", 0 })
				})
		},
		"close": func(*rapid.T) {
			in := input()
			in.Reason = rapid.SampledFrom(idea.Reasons()).Draw(m.T, "reason")
			m.run(func(d *desk.Desk) error { _, err := d.Close(m.Context(), in); return err },
				func(w *world) idea.Kind {
					return w.enter(in, func(*modelIdea) (idea.StageKey, idea.Kind) { return "closed", 0 })
				})
		},
		"reopen": func(*rapid.T) {
			in := input()
			m.run(func(d *desk.Desk) error { _, err := d.Reopen(m.Context(), in); return err },
				func(w *world) idea.Kind { return w.reopen(in) })
		},
	}
}

// registers is the commands about units, givers, coaches and stages.
func (m *machine) registers(draw *draws) map[string]func(*rapid.T) {
	return map[string]func(*rapid.T){
		"unit add": func(*rapid.T) {
			name := draw.unit()
			m.run(func(d *desk.Desk) error { _, err := d.AddUnit(m.Context(), name, idea.Department, ""); return err },
				func(w *world) idea.Kind { return w.newUnit(name, idea.Department) })
		},
		"unit rename": func(*rapid.T) {
			from, to := draw.unit(), draw.unit()
			m.run(func(d *desk.Desk) error { _, err := d.RenameUnit(m.Context(), from, to); return err },
				func(w *world) idea.Kind { return w.renameUnit(from, to) })
		},
		"unit close": func(*rapid.T) {
			name, closed := draw.unit(), draw.yes("closed")
			m.run(func(d *desk.Desk) error { _, err := d.CloseUnit(m.Context(), name, closed); return err },
				func(w *world) idea.Kind { return w.closeUnit(name, closed) })
		},
		"unit remove": func(*rapid.T) {
			name := draw.unit()
			m.run(func(d *desk.Desk) error { _, err := d.RemoveUnit(m.Context(), name); return err },
				func(w *world) idea.Kind { return w.removeUnit(name) })
		},
		"coach add": func(*rapid.T) {
			name := draw.of("coach", "Cia", "Dag")
			m.run(func(d *desk.Desk) error { _, err := d.AddCoach(m.Context(), name); return err },
				func(w *world) idea.Kind {
					if slices.Contains(w.coaches, name) {
						return idea.Refused
					}
					w.coaches = append(w.coaches, name)
					return 0
				})
		},
		"giver add": func(*rapid.T) {
			kind, g := draw.kind(), draw.giver()
			m.run(func(d *desk.Desk) error { _, err := d.AddGiver(m.Context(), kind, g); return err },
				func(w *world) idea.Kind {
					if g.Name == "" && g.Email == "" && g.Phone == "" {
						return idea.Usage
					}
					_, _, k := w.giver(kind, g)
					return k
				})
		},
		"giver edit": func(*rapid.T) {
			id := rapid.Int64Range(1, 4).Draw(m.T, "giver")
			fields := map[idea.Field]string{idea.FieldPhone: draw.of("phone", "", "070", "071"), idea.FieldUnit: draw.of("unit", "", draw.unit())}
			m.run(func(d *desk.Desk) error { _, err := d.EditGiver(m.Context(), id, fields); return err },
				func(w *world) idea.Kind { return w.editGiver(id, fields) })
		},
		"stage edit": func(*rapid.T) {
			name, limit := draw.of("name", "prov", "pilot", "closed"), rapid.IntRange(-1, 2).Draw(m.T, "limit")
			m.run(func(d *desk.Desk) error {
				_, err := d.EditStage(m.Context(), "test", desk.StageEdit{SV: &name, LimitDays: &limit})
				return err
			}, func(w *world) idea.Kind {
				if limit < 0 {
					return idea.Usage
				}
				if name == "closed" {
					return idea.Refused
				}
				w.stages[4].Names.SV, w.stages[4].LimitDays = name, limit
				return 0
			})
		},
	}
}

func (m *machine) imports(draw *draws) {
	in := desk.ImportInput{DryRun: draw.yes("dry run"), SkipBad: draw.yes("skip bad"), AddUnits: draw.yes("add units")}
	rows := make([]desk.Incoming, rapid.IntRange(1, 5).Draw(m.T, "rows"))
	for k := range rows {
		rows[k].Line = k + 2
		if rapid.IntRange(0, 9).Draw(m.T, "bad") == 0 {
			continue
		}
		draft := draw.draft()
		draft.Source, draft.ExternalID = "fil", draw.of("id", "", "1", "2", "3", "4")
		draft.Stage = idea.StageKey(draw.of("stage", "", "", "test", "closed"))
		if draft.Stage == "closed" {
			draft.Reason = idea.Reason(draw.of("reason", "", "declined"))
		}
		rows[k].Draft = &draft
	}
	var got desk.Imported
	m.run(func(d *desk.Desk) (err error) {
		got, err = d.Import(m.Context(), in, func(yield func(desk.Incoming, error) bool) {
			for _, row := range rows {
				if !yield(row, nil) {
					return
				}
			}
		})
		return err
	}, func(w *world) idea.Kind {
		trial := w.clone()
		added, already, bad, keep := trial.imports(in, rows)
		for _, row := range rows {
			if row.Draft == nil {
				bad--
			}
		}
		if got.Added != added || got.Already != already || len(got.Bad) != bad {
			m.Fatalf("import says %+v; should be %d added, %d known, %d bad", got, added, already, bad)
		}
		if keep {
			*w = *trial
		}
		return 0
	})
}

func (w *world) editGiver(id int64, fields map[idea.Field]string) idea.Kind {
	g := w.giverOf(id)
	if g == nil {
		return idea.NotFound
	}
	g.Phone = fields[idea.FieldPhone]
	name := fields[idea.FieldUnit]
	if name == "" {
		g.Unit = 0
		return 0
	}
	u := w.unitNamed(name)
	if u == nil {
		return idea.NotFound
	}
	g.Unit = u.ID
	return 0
}
