package timer

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"sluss/internal/file"
	"sluss/internal/idea"
)

// UnitFolder is where systemd looks for the units of a user, by
// systemd.unit(5). It returns Usage if the environment does not tell.
func UnitFolder(getenv func(string) string) (string, error) {
	base := getenv("XDG_CONFIG_HOME")
	if !filepath.IsAbs(base) {
		home := getenv("HOME")
		if home == "" {
			return "", idea.Errorf(idea.Usage, "the environment variable %s is not set, so there is no folder for your files", "HOME").
				WithHint("set it, or write the timer without --install")
		}
		base = filepath.Join(home, ".config")
	}
	return filepath.Join(base, "systemd", "user"), nil
}

// UnitPaths are the files of the service and the timer.
func UnitPaths(folder, id string) (service, timer string) {
	return filepath.Join(folder, id+".service"), filepath.Join(folder, id+".timer")
}

// InstallUnits writes the units into a folder and lets systemd start the timer.
// Files that are right already stay as they are. It tells what was done, also
// when it fails.
func (t Timer) InstallUnits(ctx context.Context, folder string) (done []idea.Text, err error) {
	service, timer, err := t.Units()
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	servicePath, timerPath := UnitPaths(folder, t.ID)
	for _, f := range []struct{ path, text string }{{servicePath, service}, {timerPath, timer}} {
		old, err := os.ReadFile(f.path)
		if err == nil && string(old) == f.text {
			done = append(done, idea.Say("%s is there already", f.path))
			continue
		}
		if err := file.Write(f.path, 0o600, func(w io.Writer) error { _, err := io.WriteString(w, f.text); return err }); err != nil {
			return done, err
		}
		done = append(done, idea.Say("wrote %s", f.path))
	}
	systemctl, err := exec.LookPath("systemctl")
	if err != nil {
		return append(done, idea.Say("systemctl is not here; the timer begins with: %s", "systemctl --user enable --now "+t.ID+".timer")), nil
	}
	for _, args := range [][]string{{"--user", "daemon-reload"}, {"--user", "enable", "--now", t.ID + ".timer"}} {
		if err := run(ctx, nil, systemctl, args...); err != nil {
			return done, err
		}
		done = append(done, idea.Say("ran %s", "systemctl "+strings.Join(args, " ")))
	}
	return append(done, idea.Say("it runs while you are logged in; %s lets it run always", "loginctl enable-linger")), nil
}

// RemoveUnits stops a timer and removes its units. It tells what was done; of a
// timer that is not there it says so.
func RemoveUnits(ctx context.Context, folder, id string) (done []idea.Text, err error) {
	servicePath, timerPath := UnitPaths(folder, id)
	systemctl, missing := exec.LookPath("systemctl")
	_, there := os.Stat(timerPath)
	if there == nil && missing == nil {
		args := []string{"--user", "disable", "--now", id + ".timer"}
		if err := run(ctx, nil, systemctl, args...); err != nil {
			return nil, err
		}
		done = append(done, idea.Say("ran %s", "systemctl "+strings.Join(args, " ")))
	}
	for _, path := range []string{timerPath, servicePath} {
		switch err := os.Remove(path); {
		case err == nil:
			done = append(done, idea.Say("removed %s", path))
		case !errors.Is(err, fs.ErrNotExist):
			return done, err
		}
	}
	if len(done) == 0 {
		return []idea.Text{idea.Say("there is no timer %s in %s", id, folder)}, nil
	}
	if missing == nil {
		err = run(ctx, nil, systemctl, "--user", "daemon-reload")
	}
	return done, err
}

// InstallLine puts the line into the crontab of the user, in the place of the one
// that is there. All other lines stay as they are.
func (t Timer) InstallLine(ctx context.Context) ([]idea.Text, error) {
	line, err := t.Line()
	if err != nil {
		return nil, err
	}
	changed, err := changeCrontab(ctx, t.ID, t.Marked(line))
	if err != nil {
		return nil, err
	}
	if !changed {
		return []idea.Text{idea.Say("the line is in your crontab already")}, nil
	}
	return []idea.Text{idea.Say("put the line into your crontab")}, nil
}

// RemoveLine takes the line of a timer out of the crontab of the user.
func RemoveLine(ctx context.Context, id string) ([]idea.Text, error) {
	changed, err := changeCrontab(ctx, id, "")
	if err != nil {
		return nil, err
	}
	if !changed {
		return []idea.Text{idea.Say("there is no line of it in your crontab")}, nil
	}
	return []idea.Text{idea.Say("took the line out of your crontab")}, nil
}

func changeCrontab(ctx context.Context, id, marked string) (changed bool, err error) {
	crontab, err := exec.LookPath("crontab")
	if err != nil {
		return false, idea.Errorf(idea.NotFound, "there is no program %s here", "crontab").
			WithHint("install cron, or take another system with --for").Because(err)
	}
	old, err := readCrontab(ctx, crontab)
	if err != nil {
		return false, err
	}
	text, err := WithLine(old, id, marked)
	if err != nil || text == old {
		return false, err
	}
	return true, run(ctx, strings.NewReader(text), crontab, "-")
}

// readCrontab gives the crontab of the user, empty when there is none: crontab -l
// fails then, and says so.
func readCrontab(ctx context.Context, crontab string) (string, error) {
	c := exec.CommandContext(ctx, crontab, "-l")
	c.Env = append(os.Environ(), "LC_ALL=C")
	var failed bytes.Buffer
	c.Stderr = &failed
	out, err := c.Output()
	if err != nil && strings.Contains(failed.String(), "no crontab") {
		return "", nil
	}
	if err != nil {
		return "", failure("crontab -l", failed.String(), err)
	}
	return string(out), nil
}

func run(ctx context.Context, in io.Reader, program string, args ...string) error {
	c := exec.CommandContext(ctx, program, args...)
	c.Stdin = in
	out, err := c.CombinedOutput()
	if err != nil {
		return failure(filepath.Base(program)+" "+strings.Join(args, " "), string(out), err)
	}
	return nil
}

// failure says what a program of the system answered.
func failure(command, answer string, err error) error {
	if answer = strings.Join(strings.Fields(answer), " "); answer == "" {
		answer = err.Error()
	}
	return idea.Errorf(idea.Failure, "%s failed: %s", command, answer).
		WithHint("put that right and repeat the command; what is done already is not done twice").Because(err)
}
