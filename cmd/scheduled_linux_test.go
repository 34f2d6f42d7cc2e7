package cmd

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// scheduled is a computer with a database and a clock, on which timers run.
type scheduled struct {
	t      *testing.T
	folder string
	clock  string
}

func newScheduled(t *testing.T) *scheduled {
	s := &scheduled{t, t.TempDir(), "2026-11-25T05:00:00Z"}
	s.want(0, "init", "--no-input")
	s.want(0, "add", "Solceller", "--kind", "resident")
	return s
}

func (s *scheduled) command(args ...string) *exec.Cmd {
	program, err := exec.LookPath("sluss")
	if err != nil {
		s.t.Fatal(err)
	}
	c := exec.CommandContext(context.WithoutCancel(s.t.Context()), program, args...)
	c.Dir = s.folder
	c.Env = append(os.Environ(), "HOME="+s.folder, "SLUSS_DB="+filepath.Join(s.folder, "sluss.db"), "SLUSS_COACH=anna", "SLUSS_TIMEZONE=Europe/Stockholm",
		"SLUSS_NOW="+s.clock, "TMPDIR="+s.folder)
	return c
}

// want runs sluss and wants an exit code; it gives all that was said.
func (s *scheduled) want(code int, args ...string) string {
	s.t.Helper()
	out, err := s.command(args...).CombinedOutput()
	got := 0
	if exit := new(exec.ExitError); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else if err != nil {
		s.t.Fatal(err)
	}
	if got != code {
		s.t.Fatalf("sluss %s at %s ends with %d, want %d: %s", strings.Join(args, " "), s.clock, got, code, out)
	}
	return string(out)
}

// TestADayOfScheduledRuns steps the clock through a day with many exports, some
// of which fail now and then.
func TestADayOfScheduledRuns(t *testing.T) {
	s := newScheduled(t)
	names := []string{"a", "b", "c", "full", "gone"}
	s.want(0, "export", "save", "full", "csv", "-o", filepath.Join(s.folder, "full.csv"))
	if err := os.Mkdir(filepath.Join(s.folder, "gone"), 0o700); err != nil {
		t.Fatal(err)
	}
	s.want(0, "export", "save", "gone", "csv", "-o", "gone/x.csv")
	for _, name := range names[:3] {
		s.want(0, "export", "save", name, "csv", "-o", name+"-{date}.csv")
	}
	for _, name := range names {
		s.want(0, "schedule", "add", name, "--every", "daily 07:00", "--for", "cron")
	}
	run := func(clock string, codes map[string]int) {
		s.clock = clock
		for _, name := range names {
			s.want(codes[name], "export", "run", name, "--scheduled")
		}
	}
	run("2026-11-25T06:00:00Z", nil)
	if got := s.want(0, "today", "--quiet"); got != "" {
		t.Errorf("after a good morning: %s", got)
	}
	if err := errors.Join(os.Remove(filepath.Join(s.folder, "full.csv")), os.Symlink("/dev/full", filepath.Join(s.folder, "full.csv")),
		os.RemoveAll(filepath.Join(s.folder, "gone"))); err != nil {
		t.Fatal(err)
	}
	run("2026-11-26T06:00:00Z", map[string]int{"full": 1, "gone": 3})
	s.clock = "2026-11-26T07:00:00Z"
	told := s.want(0, "today", "--quiet")
	if strings.Count(told, "failed") != 2 || strings.Contains(told, "not made") || !strings.Contains(told, "sluss export run full") {
		t.Errorf("after a bad morning: %s", told)
	}
	s.clock = "2026-11-27T09:00:00Z" // the computer was off
	if told := s.want(0, "today", "--quiet"); strings.Count(told, "2026-11-27 07:00 was not made") != len(names) {
		t.Errorf("after no morning: %s", told)
	}
	if err := errors.Join(os.Remove(filepath.Join(s.folder, "full.csv")), os.Mkdir(filepath.Join(s.folder, "gone"), 0o700)); err != nil {
		t.Fatal(err)
	}
	s.want(0, "export", "run", "--all", "--scheduled")
	if got := s.want(0, "today", "--quiet"); got != "" {
		t.Errorf("after all was made up for: %s", got)
	}
	var log []struct {
		Profile, Result string
		Rows, Bytes     *int64
		SHA256, Error   *string
	}
	if err := json.Unmarshal([]byte(s.want(0, "schedule", "log", "--json")), &log); err != nil {
		t.Fatal(err)
	}
	failed := 0
	for _, r := range log {
		if r.Result == "failed" {
			failed++
		}
		if (r.Result == "failed") != (r.Error != nil) || (r.SHA256 == nil) != (r.Error != nil) || (r.Rows == nil) != (r.Error != nil) {
			t.Errorf("%+v", r)
		}
	}
	if len(log) != 3*len(names) || failed != 2 {
		t.Errorf("%d runs, of which %d failed", len(log), failed)
	}
}

// TestRunsOfOneExportDoNotMeet holds a run in its middle by a pipe that nobody
// empties, kills it, and runs it again.
func TestRunsOfOneExportDoNotMeet(t *testing.T) {
	s := newScheduled(t)
	s.want(0, "add", "Lång", "--kind", "resident", "--need", strings.Repeat("å", 60_000)) // more than a pipe holds
	out := filepath.Join(s.folder, "out.csv")
	s.want(0, "export", "save", "one", "csv", "-o", out)
	s.want(0, "export", "save", "two", "csv", "-o", filepath.Join(s.folder, "two.csv"))
	if err := syscall.Mkfifo(out, 0o600); err != nil {
		t.Fatal(err)
	}
	first := s.command("export", "run", "one", "--scheduled")
	if err := first.Start(); err != nil {
		t.Fatal(err)
	}
	pipe, err := os.Open(out) // waits until the first has come as far as to write
	if err != nil {
		t.Fatal(err)
	}
	defer pipe.Close()
	if told := s.want(5, "export", "run", "one", "--scheduled"); !strings.Contains(told, "another run of one is going on") {
		t.Error(told)
	}
	s.want(0, "export", "run", "two", "--scheduled")
	if err := first.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = first.Wait()
	if err := os.Remove(out); err != nil {
		t.Fatal(err)
	}
	s.want(0, "export", "run", "one", "--scheduled")
	if left, err := os.ReadDir(filepath.Join(s.folder, "sluss-runs")); err != nil || len(left) != 2 {
		t.Errorf("the killed run left %v; %v", left, err)
	}
	text, err := os.ReadFile(out)
	if err != nil || !strings.Contains(string(text), "Solceller") {
		t.Errorf("%q; %v", text, err)
	}
	before, err := os.Stat(out)
	if err != nil {
		t.Fatal(err)
	}
	s.want(0, "export", "run", "one", "--scheduled", "--only-if-changed")
	if after, err := os.Stat(out); err != nil || !after.ModTime().Equal(before.ModTime()) || !os.SameFile(before, after) {
		t.Errorf("a file that would be the same was written again; %v", err)
	}
}

// TestAReadOnlyDatabaseIsExported hides the right to write, which root has always.
func TestAReadOnlyDatabaseIsExported(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may write everywhere")
	}
	s := newScheduled(t)
	out := t.TempDir()
	s.want(0, "export", "save", "one", "csv", "-o", filepath.Join(out, "one.csv"))
	if err := os.RemoveAll(filepath.Join(s.folder, "sluss-runs")); err != nil {
		t.Fatal(err)
	}
	db := filepath.Join(s.folder, "sluss.db")
	if err := errors.Join(os.Chmod(db, 0o400), os.Chmod(s.folder, 0o500)); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(s.folder, 0o700)
	c := s.command("export", "run", "one", "--scheduled")
	c.Env = append(c.Env, "TMPDIR="+out)
	told, err := c.CombinedOutput()
	if err != nil || !strings.Contains(string(told), "is not in the log") {
		t.Errorf("%s; %v", told, err)
	}
	if _, err := os.Stat(filepath.Join(out, "one.csv")); err != nil {
		t.Error(err)
	}
}

// TestSavedWordsKeepTheirMeaning reads saved words without -o again.
func TestSavedWordsKeepTheirMeaning(t *testing.T) {
	for typed, want := range map[string]string{
		"csv -o x.csv":                      "csv",
		"csv -ox.csv --tag a":               "csv --tag a",
		"csv --output=x.csv --tag -o":       "csv --tag -o",
		"csv --output x.csv -qo y.csv":      "csv -q",
		"csv -qt a -o x.csv":                "csv -qt a",
		"csv -t -o -o x.csv":                "csv -t -o",
		"csv --with-people -o x.csv --json": "csv --with-people --json",
		"csv -o x.csv -- -o":                "csv -- -o",
	} {
		env := newEnv(nil, func(string) string { return "" })
		c, _, err := newRoot(env).Find([]string{"export", "csv"})
		if err != nil {
			t.Fatal(err)
		}
		c.InheritedFlags()
		if got := strings.Join(withoutOutput(c.Flags(), strings.Fields(typed)), " "); got != want {
			t.Errorf("%q gives %q, want %q", typed, got, want)
		}
	}
}

// TestSavableCommandsExist looks for each command of the table.
func TestSavableCommandsExist(t *testing.T) {
	_, root := root()
	for _, path := range strings.Split(strings.ReplaceAll(savable, "\n", ""), "|") {
		c, rest, err := root.Find(strings.Fields(path))
		if path != "" && (err != nil || len(rest) > 0 || c == root) {
			t.Errorf("there is no command %q", path)
		}
	}
}
