package store

import (
	"database/sql"
	"time"

	"sluss/internal/idea"
)

// Profiles gives the exports that are saved, by name.
func (tx *Tx) Profiles() ([]idea.Profile, error) {
	var out []idea.Profile
	err := tx.each(func(rows *sql.Rows) error {
		var p idea.Profile
		err := rows.Scan(&p.ID, &p.Name, &p.Command, &p.File, &p.People)
		out = append(out, p)
		return err
	}, "SELECT id, name, command, file, people FROM profile ORDER BY name")
	return out, err
}

// ProfileCalled gives the name of a saved export, also of one that was removed.
func (tx *Tx) ProfileCalled(id int64) (name string, err error) {
	found, err := tx.one([]any{&name}, "SELECT name FROM profile WHERE id = ?", id)
	if found || err != nil {
		return name, err
	}
	_, err = tx.one([]any{&name}, `SELECT old ->> '$.fields.name' FROM payload WHERE subject = ? AND subject_id = ? AND json_valid(old)
		ORDER BY event DESC LIMIT 1`, idea.AProfile, id)
	return name, err
}

// Schedules gives all schedules, in the order in which they were made.
func (tx *Tx) Schedules() ([]idea.Schedule, error) {
	var out []idea.Schedule
	err := tx.each(func(rows *sql.Rows) error {
		var s idea.Schedule
		var every string
		var since int64
		if err := rows.Scan(&s.ID, &s.Profile, &every, &since, &s.OnlyChanged); err != nil {
			return err
		}
		s.Since = time.UnixMilli(since).UTC()
		parsed, err := idea.ParseEvery(every)
		s.Every = parsed
		out = append(out, s)
		return err
	}, "SELECT id, profile, every, since, only_changed FROM schedule ORDER BY id")
	return out, err
}

// ScheduleProfile gives the profile of a schedule, also of one that was removed.
func (tx *Tx) ScheduleProfile(id int64) (profile int64, err error) {
	found, err := tx.one([]any{&profile}, "SELECT profile FROM schedule WHERE id = ?", id)
	if found || err != nil {
		return profile, err
	}
	_, err = tx.one([]any{&profile}, `SELECT CAST(old ->> '$.fields.profile' AS INTEGER) FROM payload WHERE subject = ? AND subject_id = ? AND json_valid(old)
		ORDER BY event DESC LIMIT 1`, idea.ASchedule, id)
	return profile, err
}

// Scheduled is a schedule with what is known of its runs; the zero time is
// never.
type Scheduled struct {
	idea.Schedule
	Name   string    // of the profile
	Done   time.Time // when a run that went well began last
	Failed time.Time // when one that failed began last
}

// Scheduled gives all schedules with their last runs.
func (tx *Tx) Scheduled() ([]Scheduled, error) {
	schedules, err := tx.Schedules()
	if err != nil || len(schedules) == 0 {
		return nil, err
	}
	profiles, err := tx.Profiles()
	if err != nil {
		return nil, err
	}
	called := map[int64]string{}
	for _, p := range profiles {
		called[p.ID] = p.Name
	}
	var out []Scheduled
	for _, s := range schedules {
		line := Scheduled{Schedule: s, Name: called[s.Profile]}
		if line.Done, err = tx.lastRun(s.Profile, false); err != nil {
			return nil, err
		}
		if line.Failed, err = tx.lastRun(s.Profile, true); err != nil {
			return nil, err
		}
		out = append(out, line)
	}
	return out, nil
}

func (tx *Tx) lastRun(profile int64, failed bool) (time.Time, error) {
	var at int64
	found, err := tx.one([]any{&at}, "SELECT at FROM run_log WHERE profile = ? AND (result = 'failed') = ? ORDER BY id DESC LIMIT 1", profile, failed)
	if !found || err != nil {
		return time.Time{}, err
	}
	return time.UnixMilli(at).UTC(), nil
}

// KeptRuns is how many runs of a profile the log keeps.
const KeptRuns = 1000

// AddRun writes a run into the log of runs. That is no event: nobody changed
// anything, and there is nothing to undo.
func (tx *Tx) AddRun(r idea.Run) error {
	var rows any
	if r.Rows >= 0 {
		rows = r.Rows
	}
	if err := tx.exec("INSERT INTO run_log (profile, name, at, took, scheduled, file, result, rows, bytes, sha256, error) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		r.Profile, r.Name, r.At.UTC().UnixMilli(), r.Took.Milliseconds(), r.Scheduled, r.File, r.Result, rows, r.Bytes, r.SHA256, r.Error); err != nil {
		return err
	}
	return tx.exec("DELETE FROM run_log WHERE profile = ?1 AND id <= (SELECT id FROM run_log WHERE profile = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)", r.Profile, KeptRuns)
}

// Runs gives the newest runs of a profile, or of all for 0, newest first; limit
// 0 is all.
func (tx *Tx) Runs(profile int64, limit int) ([]idea.Run, error) {
	if limit == 0 {
		limit = -1
	}
	where, args := "", []any{limit}
	if profile != 0 {
		where, args = "WHERE profile = ?2", []any{limit, profile}
	}
	var out []idea.Run
	err := tx.each(func(rows *sql.Rows) error {
		var r idea.Run
		var at, took int64
		err := rows.Scan(&r.ID, &r.Profile, &r.Name, &at, &took, &r.Scheduled, &r.File, &r.Result, &r.Rows, &r.Bytes, &r.SHA256, &r.Error)
		r.At, r.Took = time.UnixMilli(at).UTC(), time.Duration(took)*time.Millisecond
		out = append(out, r)
		return err
	}, `SELECT id, profile, name, at, took, scheduled, file, result, coalesce(rows, -1), bytes, sha256, error FROM run_log
		`+where+` ORDER BY id DESC LIMIT ?1`, args...)
	return out, err
}
