package cmd

import (
	"context"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"sluss/internal/store"
)

var update = flag.Bool("update", false, "write what the program says now into the scripts")

// TestMain lets the test binary be the program too: the scripts run it as a
// process of its own.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"sluss": func() { os.Exit(Main(os.Args[1:], os.Getenv)) }})
}

// TestScripts runs every script below testdata/script. A script is a session
// as a user types it, at eight in the morning (UTC) of 25 November 2026.
func TestScripts(t *testing.T) {
	var scripts []string
	err := filepath.WalkDir("testdata/script", func(path string, _ fs.DirEntry, err error) error {
		if filepath.Ext(path) == ".txtar" {
			scripts = append(scripts, path)
		}
		return err
	})
	if err != nil || len(scripts) == 0 {
		t.Fatalf("%d scripts; %v", len(scripts), err)
	}
	testscript.Run(t, testscript.Params{
		Files: scripts, Setup: setUp, UpdateScripts: *update, RequireUniqueNames: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "mode": mode, "now": now, "sql": query, "bytes": writeBytes, "only": only, "terminal": terminal, "version1": version1, "version2": version2,
		},
	})
}

// setUp gives a script a home, a clock and a coach, and looks at the end
// whether the database that it leaves is whole.
func setUp(e *testscript.Env) error {
	db := filepath.Join(e.WorkDir, "sluss.db")
	for name, value := range map[string]string{
		"HOME": filepath.Join(e.WorkDir, "home"), "XDG_CONFIG_HOME": "", "XDG_DATA_HOME": "", "XDG_STATE_HOME": "",
		"SLUSS_DB": db, "SLUSS_COACH": "anna", "SLUSS_NOW": "2026-11-25T08:00:00Z", "SLUSS_TIMEZONE": "Europe/Stockholm",
		"TZ": "Europe/Stockholm", "LANG": "C.UTF-8", "TERM": "xterm", "GORACE": "atexit_sleep_ms=0",
	} {
		e.Setenv(name, value)
	}
	t := e.T()
	e.Defer(func() {
		faults, err := check(db)
		if err != nil || len(faults) > 0 {
			t.Fatal("the database is not whole: ", err, faults)
		}
	})
	return nil
}

func check(path string) ([]string, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	db, err := store.Open(context.Background(), path)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	faults, err := db.Check(context.Background(), true)
	var out []string
	for _, f := range faults {
		out = append(out, f.String())
	}
	return out, err
}

// exits CODE COMMAND... runs a command that ends with just that code.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// mode FILE BITS compares who may do what with a file.
func mode(ts *testscript.TestScript, _ bool, args []string) {
	info, err := os.Stat(ts.MkAbs(args[0]))
	ts.Check(err)
	if got := fmt.Sprintf("%#o", info.Mode().Perm()); got != args[1] {
		ts.Fatalf("%s has the mode %s, want %s", args[0], got, args[1])
	}
}

// now TIME sets the clock.
func now(ts *testscript.TestScript, _ bool, args []string) { ts.Setenv("SLUSS_NOW", args[0]) }

// sql STATEMENT changes the database behind the program's back.
func query(ts *testscript.TestScript, _ bool, args []string) {
	db, err := sql.Open("sqlite", ts.Getenv("SLUSS_DB"))
	ts.Check(err)
	defer db.Close()
	_, err = db.Exec(args[0])
	ts.Check(err)
}

// bytes FILE TEXT writes a file of the bytes that a Go string literal means.
// TEXT*N is N times the text.
func writeBytes(ts *testscript.TestScript, _ bool, args []string) {
	literal, count, repeated := strings.Cut(args[1], "*")
	n := 1
	if repeated {
		var err error
		n, err = strconv.Atoi(count)
		ts.Check(err)
	}
	text, err := strconv.Unquote(`"` + strings.ReplaceAll(literal, `"`, `\"`) + `"`)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Repeat(text, n)), 0o600))
}

// only FOLDER NAME... tells that a folder holds these files and no other.
func only(ts *testscript.TestScript, _ bool, args []string) {
	entries, err := os.ReadDir(ts.MkAbs(args[0]))
	ts.Check(err)
	var got []string
	for _, entry := range entries {
		got = append(got, entry.Name())
	}
	if strings.Join(got, " ") != strings.Join(args[1:], " ") {
		ts.Fatalf("%s holds %q", args[0], got)
	}
}
