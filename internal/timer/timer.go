// Package timer writes what the systems that start programs at set times want
// to read: units of systemd, lines of a crontab, tasks of Windows. It runs
// nothing.
package timer

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"time"

	"sluss/internal/file"
	"sluss/internal/idea"
)

// System is what starts a program at set times.
type System string

// The systems.
const (
	Systemd System = "systemd"
	Cron    System = "cron"
	Windows System = "windows"
)

// Systems lists the systems.
func Systems() []System { return []System{Systemd, Cron, Windows} }

// Of is the system that a computer has by the name of its operating system, as
// in runtime.GOOS.
func Of(goos string) System {
	switch goos {
	case "linux":
		return Systemd
	case "windows":
		return Windows
	}
	return Cron
}

// Variable is a variable of the environment, which a timer does not have of
// itself.
type Variable struct{ Name, Value string }

// Timer is a command and when it is to be run.
type Timer struct {
	ID        string // see Name
	Title     string // for people
	Every     idea.Every
	Zone      string // the time zone, such as Europe/Stockholm; empty is the computer's own
	Begin     time.Time
	Program   string // an absolute path
	Args      []string
	Variables []Variable
}

// Name is a name for the timer of something in a database that no other thing
// has, and that every system takes: letters a to z, digits and hyphens.
func Name(db, name string) string {
	sum := sha256.Sum256([]byte(db + "\x00" + name))
	return fmt.Sprintf("sluss-%s-%x", file.Slug(name, 40), sum[:4])
}

// check refuses what no system can read in its lines.
func (t Timer) check() error {
	for _, word := range t.words() {
		if strings.ContainsAny(word, "\n\r\x00") {
			return idea.Errorf(idea.Usage, "a timer cannot run a command with a line break in it: %q", word)
		}
	}
	return nil
}

func (t Timer) words() []string {
	words := append([]string{t.Program}, t.Args...)
	for _, v := range t.Variables {
		words = append(words, v.Value)
	}
	return words
}
