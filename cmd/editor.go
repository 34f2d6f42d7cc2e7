package cmd

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/kballard/go-shellquote"

	"sluss/internal/config"
	"sluss/internal/idea"
	"sluss/internal/interview"
)

// edit opens the user's editor on a text and gives what became of it. It returns
// Interrupted if the text comes back empty or unchanged, and Failure if the
// editor fails.
func (env *Env) edit(text, ending string) (string, error) {
	edited, err := env.editAnew(text, ending)
	if err == nil && edited == text {
		return "", asItWas()
	}
	return edited, err
}

func asItWas() error {
	return idea.Errorf(idea.Interrupted, "the text is empty or as it was; nothing was changed")
}

// editAnew is edit for a text that somebody has edited before: she may leave it as
// it is.
func (env *Env) editAnew(text, ending string) (string, error) {
	folder, err := os.MkdirTemp("", "sluss-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "sluss."+ending)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		return "", err
	}
	if err := env.runEditor(path); err != nil {
		return "", err
	}
	edited, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	if strings.TrimSpace(string(edited)) == "" {
		return "", asItWas()
	}
	return string(edited), nil
}

// runEditor starts the editor as git does: its setting may hold arguments, and
// the file is one more.
func (env *Env) runEditor(path string) error {
	command := env.config.Get(config.Editor)
	words, err := shellquote.Split(command)
	if err != nil || len(words) == 0 {
		return idea.Errorf(idea.Usage, "%q is no editor", command).WithHint("name one with: sluss config set editor nano")
	}
	c := exec.Command(words[0], append(words[1:], path)...)
	c.Stdin, c.Stdout, c.Stderr = env.streams.In, env.streams.Out, env.streams.Err
	env.watchSignals()
	if err := c.Run(); err != nil {
		return idea.Errorf(idea.Failure, "the editor %s failed: %s; nothing was changed", command, err).
			WithHint("name another with: sluss config set editor nano")
	}
	return nil
}

// editAgain asks whether to open the editor again on a text that was wrong. It
// returns Interrupted for no, and then the text is kept in a file.
func (env *Env) editAgain(text, ending string) error {
	err := env.ask(func(a interview.Asker) error {
		yes, err := a.Confirm(interview.Question{Ask: env.t("Edit again?"), Default: "yes"})
		if err == nil && !yes {
			err = idea.Errorf(idea.Interrupted, "cancelled; nothing was changed")
		}
		return err
	})
	if err == nil {
		return nil
	}
	path, failed := keep(text, ending)
	if failed != nil {
		return errors.Join(err, failed)
	}
	return idea.Errorf(idea.Interrupted, "cancelled; nothing was changed").WithHint("your text is in %s", path)
}

// keep writes a text that is not to be lost to a file of its own.
func keep(text, ending string) (string, error) {
	f, err := os.CreateTemp("", "sluss-*."+ending)
	if err != nil {
		return "", err
	}
	_, err = f.WriteString(text)
	return f.Name(), errors.Join(err, f.Close())
}
