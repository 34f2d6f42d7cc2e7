package cmd

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"sluss/internal/config"
	"sluss/internal/desk"
	"sluss/internal/file"
	"sluss/internal/idea"
	"sluss/internal/report"
	"sluss/internal/term"
)

// child is the environment of a command that this one runs: with the same
// database, held shut, and nobody at a terminal.
func (env *Env) child(words []string) *Env {
	child := newEnv(append(env.childFlags(), words...), env.getenv)
	child.streams = &term.Streams{In: strings.NewReader(""), Out: io.Discard, Err: &bytes.Buffer{}}
	child.help.out = io.Discard
	child.stopped = env.stopped
	if env.db != nil {
		child.db = env.db.Reader()
	}
	return child
}

// childFlags are the flags that stand before the words of a saved command, which
// may have others.
func (env *Env) childFlags() []string {
	flags := []string{"--no-input", "--lang", string(env.p.Lang())}
	if coach := env.config.Get(config.Coach); coach != "" {
		flags = append(flags, "--as", coach)
	}
	return flags
}

// made is what came of a call.
type made struct {
	rows int // less than 0 where the format has none
}

// run runs the command with its result in a file.
func (c *call) run(ctx context.Context, path string) (m made, err error) {
	words := append(append(c.env.childFlags(), c.words...), "--output", path)
	if c.site {
		words = append(append(c.env.childFlags(), c.words...), path)
	}
	unknown := int64(-1)
	c.env.rows = &unknown
	ran, err := c.env.execute(ctx, words)
	if err != nil {
		return m, c.env.explain(ran, err)
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return m, notSavable(strings.Join(c.words, " "))
	}
	return made{int(*c.env.rows)}, nil
}

// period is what the period of the command is called, with a last-month made to
// the month that it is now; empty when it has none.
func (c *call) period() (string, error) {
	word := ""
	if f := c.command.Flags().Lookup("period"); f != nil {
		word = f.Value.String()
	}
	if args := c.command.Flags().Args(); word == "" && c.command.Name() == "year" && len(args) > 0 {
		word = args[0]
	}
	p, err := c.env.period(word)
	switch {
	case err != nil || p == (idea.Period{}):
		return "", err
	case p.From == "":
		return ".." + string(p.To.Add(-1)), nil
	case p.To == "":
		return string(p.From) + "..", nil
	}
	return report.Called(p), nil
}

// runFlags say how saved exports are run.
type runFlags struct {
	all, scheduled, onlyChanged bool
}

func newExportRun(env *Env) *cobra.Command {
	var f runFlags
	c := &cobra.Command{
		Use:   "run NAME...",
		Short: env.t("Make saved exports"),
		Long: env.t(`Make saved exports. Each file is replaced whole or not at all, and each run is
written into the log that sluss schedule log shows. With several, one that fails
does not stop the others; the exit code is the highest of them. Two runs of the
same export never meet: the second ends with exit code 5.

With --only-if-changed a file that would hold the same bytes again is left alone.
--scheduled is how a timer runs it: nothing is asked, output is plain. A database
that can only be read is exported too; then the run is not in the log.`),
		Example: `  sluss export run ideer
  sluss export run --all --only-if-changed`,
		ValidArgsFunction: env.completeProfiles,
		Args: func(c *cobra.Command, args []string) error {
			if f.all {
				return none(c, args)
			}
			return atLeast(1, idea.Word("the name of a saved export, or --all"))(c, args)
		},
		RunE: func(c *cobra.Command, args []string) error {
			if f.scheduled {
				env.streams.InTTY, env.streams.OutTTY, env.streams.ErrTTY, env.streams.Color, env.streams.Width = false, false, false, false, 0
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			lines, err := d.FindProfiles(c.Context(), args)
			if f.all && err == nil {
				lines, err = d.Profiles(c.Context())
			}
			if err != nil {
				return err
			}
			return env.runProfiles(c, d, lines, f)
		},
	}
	c.Flags().BoolVar(&f.all, "all", false, env.t("all saved exports"))
	c.Flags().BoolVar(&f.onlyChanged, "only-if-changed", false, env.t("leave a file alone that would hold the same again"))
	c.Flags().BoolVar(&f.scheduled, "scheduled", false, env.t("as a timer does: ask nothing, say it plainly"))
	return c
}

// runProfiles runs all, whatever comes of each, and returns the error of the only
// one, or one of the worst kind.
func (env *Env) runProfiles(c *cobra.Command, d *desk.Desk, lines []desk.ProfileLine, f runFlags) error {
	var runs []idea.Run
	var failures []*idea.Error
	for _, l := range lines {
		run, failure := env.runProfile(c, d, l.Profile, f)
		runs = append(runs, run)
		if failure != nil {
			failures = append(failures, failure)
		}
		if c.Context().Err() != nil {
			break
		}
	}
	if len(lines) == 1 && len(failures) == 1 {
		return failures[0]
	}
	if err := env.print(env.view().Ran(runs)); err != nil || len(failures) == 0 {
		return err
	}
	worst := failures[0].Kind
	for _, e := range failures {
		if e.Kind.Exit() > worst.Exit() {
			worst = e.Kind
		}
	}
	return idea.Errorf(worst, "%d of %d saved exports failed", len(failures), len(lines)).WithHint("sluss schedule log tells more")
}

// runProfile runs one profile and writes the run into the log.
func (env *Env) runProfile(c *cobra.Command, d *desk.Desk, p idea.Profile, f runFlags) (idea.Run, *idea.Error) {
	began := env.now()
	run := idea.Run{Profile: p.ID, Name: p.Name, At: began, Scheduled: f.scheduled, Rows: -1, Result: idea.RunWritten}
	var failure *idea.Error
	if err := env.makeExport(c.Context(), p, &run, f.onlyChanged); err != nil {
		failure = env.explain(c, err)
		run.Result, run.Error = idea.RunFailed, env.told(failure)
	}
	run.Took = env.now().Sub(began)
	if err := d.LogRun(context.WithoutCancel(c.Context()), run); err != nil {
		fmt.Fprintln(env.streams.Err, env.t("warning: the run of %s is not in the log: %s", p.Name, env.told(env.explain(c, err))))
	}
	return run, failure
}

// told is the message of an error in one line.
func (env *Env) told(e *idea.Error) string {
	told := env.t("%s", e.Text)
	for _, more := range e.More {
		told += "; " + env.t("%s", more)
	}
	return told
}

// makeExport makes the file of a profile: first beside the database, then, when
// all of it is there, in its place.
func (env *Env) makeExport(ctx context.Context, p idea.Profile, run *idea.Run, onlyChanged bool) error {
	folder, err := env.workFolder()
	if err != nil {
		return err
	}
	lock, err := file.Lock(filepath.Join(folder, fmt.Sprintf("%d.lock", p.ID)))
	if errors.Is(err, file.ErrLocked) {
		return idea.Errorf(idea.Busy, "another run of %s is going on", p.Name).WithHint("try again when it is done")
	}
	if err != nil {
		return err
	}
	defer lock.Close()
	call, err := env.savedCall(p)
	if err != nil {
		return err
	}
	if run.File, err = call.fill(p.File); err != nil {
		return err
	}
	if err := checkFolder(filepath.Dir(run.File)); err != nil {
		return err
	}
	work := filepath.Join(folder, fmt.Sprint(p.ID))
	if err := cmp.Or(os.RemoveAll(work), os.Mkdir(work, 0o700)); err != nil { // a run that was killed may have left it
		return err
	}
	defer os.RemoveAll(work)
	draft := filepath.Join(work, filepath.Base(run.File))
	m, err := call.run(ctx, draft)
	_, _ = io.Copy(env.streams.Err, call.env.streams.Err.(io.Reader))
	if err != nil {
		return err
	}
	run.Rows = m.rows
	if call.site {
		return deliverSite(draft, run, onlyChanged)
	}
	return deliver(draft, run, onlyChanged)
}

// deliverSite puts a finished draft in the place of the folder of a run, or
// leaves the folder alone when it holds the same and only changes are wanted.
func deliverSite(draft string, run *idea.Run, onlyChanged bool) (err error) {
	if run.SHA256, run.Bytes, err = file.FolderSum(draft, siteList); err != nil {
		return err
	}
	if onlyChanged && file.HoldsListed(run.File, siteList, run.SHA256) {
		run.Result = idea.RunUnchanged
		return nil
	}
	err = writeSite(run.File, func(put file.Put) error { return file.CopyFolder(draft, siteList, put) })
	if err != nil {
		run.SHA256, run.Bytes, run.Rows = "", 0, -1
	}
	return err
}

// deliver puts a finished draft in the place of the file of a run, or leaves the
// file alone when it holds the same and only changes are wanted.
func deliver(draft string, run *idea.Run, onlyChanged bool) (err error) {
	if run.SHA256, run.Bytes, err = sum(draft); err != nil {
		return err
	}
	info, err := os.Stat(run.File)
	if onlyChanged && err == nil && info.Mode().IsRegular() && info.Size() == run.Bytes {
		if old, _, err := sum(run.File); err == nil && old == run.SHA256 {
			run.Result = idea.RunUnchanged
			return nil
		}
	}
	f, err := os.Open(draft)
	if err != nil {
		return err
	}
	defer f.Close()
	err = file.Write(run.File, 0o600, func(w io.Writer) error {
		_, err := io.Copy(w, f)
		return err
	})
	if err != nil {
		run.SHA256, run.Bytes, run.Rows = "", 0, -1
	}
	return err
}

// sum is the SHA-256 of a file and its size in bytes.
func sum(path string) (hash string, size int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	defer f.Close()
	h := sha256.New()
	size, err = io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)), size, err
}

// workFolder is a folder for what runs write and lock, beside the database; in
// the folder for temporary files where nothing can be written there.
func (env *Env) workFolder() (string, error) {
	path := env.db.Path()
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	folder := strings.TrimSuffix(path, filepath.Ext(path)) + "-runs"
	err := os.MkdirAll(folder, 0o700)
	if err == nil {
		return folder, nil
	}
	if !env.db.ReadOnly() {
		return "", err
	}
	key := sha256.Sum256([]byte(path))
	folder = filepath.Join(os.TempDir(), "sluss-runs-"+hex.EncodeToString(key[:8]))
	return folder, os.MkdirAll(folder, 0o700)
}
