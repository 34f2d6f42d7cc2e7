package timer

import (
	"fmt"
	"strings"

	"sluss/internal/idea"
)

// Units is the service and the timer of systemd.user, by systemd.service(5),
// systemd.timer(5) and systemd.time(7). A run that the computer slept through is
// made up for.
func (t Timer) Units() (service, timer string, err error) {
	if err := t.check(); err != nil {
		return "", "", err
	}
	var s strings.Builder
	fmt.Fprintf(&s, "[Unit]\nDescription=%s\n\n[Service]\nType=oneshot\n", specifiers(t.Title))
	for _, v := range t.Variables {
		fmt.Fprintf(&s, "Environment=%s\n", unitWord(specifiers(v.Name+"="+v.Value)))
	}
	fmt.Fprintf(&s, "ExecStart=%s", unitWord(specifiers(t.Program)))
	for _, arg := range t.Args {
		s.WriteString(" " + unitWord(strings.ReplaceAll(specifiers(arg), "$", "$$")))
	}
	s.WriteString("\n")
	timer = fmt.Sprintf("[Unit]\nDescription=%s\n\n[Timer]\nOnCalendar=%s\nPersistent=true\n\n[Install]\nWantedBy=timers.target\n", specifiers(t.Title), t.onCalendar())
	return s.String(), timer, nil
}

func (t Timer) onCalendar() string {
	days := ""
	date := "*-*-*"
	switch t.Every.Days {
	case idea.Daily:
	case idea.OnWeekdays:
		days = "Mon..Fri "
	case idea.OnFirst:
		date = "*-*-01"
	default:
		day, _ := t.Every.Days.Weekday()
		days = day.String()[:3] + " "
	}
	at := days + date + " " + string(t.Every.At) + ":00"
	if t.Zone != "" {
		at += " " + t.Zone
	}
	return at
}

// specifiers guards the sign that systemd fills with names and paths.
func specifiers(s string) string { return strings.ReplaceAll(s, "%", "%%") }

// unitWord is s as one word of a line of a unit.
func unitWord(s string) string {
	if s != "" && strings.Trim(s, plainLetters) == "" {
		return s
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\t", `\t`).Replace(s) + `"`
}

// plainLetters are those that no system reads anything into.
const plainLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-,:=%$"
