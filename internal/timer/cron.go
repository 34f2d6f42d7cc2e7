package timer

import (
	"fmt"
	"strings"

	"sluss/internal/idea"
)

// maxCronLine is how long a line the crontab of Debian takes.
const maxCronLine = 998

// Line is the line of a crontab, by crontab(5). What the command says is thrown
// away; what goes wrong is mailed by cron.
func (t Timer) Line() (string, error) {
	if err := t.check(); err != nil {
		return "", err
	}
	var words []string
	for _, v := range t.Variables {
		words = append(words, v.Name+"="+shellWord(v.Value))
	}
	for _, word := range append([]string{t.Program}, t.Args...) {
		words = append(words, shellWord(word))
	}
	line := t.cronTime() + " " + strings.ReplaceAll(strings.Join(words, " "), "%", `\%`) + " >/dev/null"
	if len(line) > maxCronLine {
		return "", idea.Errorf(idea.Refused, "the line for cron would be %d letters long; the most is %d", len(line), maxCronLine).
			WithHint("give the database or the program a shorter path")
	}
	return line, nil
}

func (t Timer) cronTime() string {
	day, week := "*", "*"
	switch t.Every.Days {
	case idea.Daily:
	case idea.OnWeekdays:
		week = "1-5"
	case idea.OnFirst:
		day = "1"
	default:
		weekday, _ := t.Every.Days.Weekday()
		week = fmt.Sprint(int(weekday))
	}
	const hour = 60
	minutes := t.Every.At.Minutes()
	return fmt.Sprintf("%d %d %s * %s", minutes%hour, minutes/hour, day, week)
}

// shellWord is s as one word of sh(1).
func shellWord(s string) string {
	if s != "" && strings.Trim(s, strings.TrimSuffix(plainLetters, "=%$")) == "" {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// Marked is the line between the marks by which it is found again in a crontab.
func (t Timer) Marked(line string) string {
	return begin(t.ID) + "\n" + line + "\n" + end(t.ID) + "\n"
}

func begin(id string) string { return "# BEGIN " + id }

func end(id string) string { return "# END " + id }

// WithLine is a crontab with what stands between the marks of the timer put in
// its place, or at the end; empty text takes it and the marks out. All other
// lines stay as they are. It returns Refused for a crontab that has one mark
// without the other.
func WithLine(crontab, id, marked string) (string, error) {
	var out []string
	inside, done := false, false
	for line := range strings.Lines(crontab) {
		switch bare := strings.TrimRight(line, "\r\n"); {
		case bare == begin(id) && !inside:
			inside = true
			if !done {
				out = append(out, marked)
			}
			done = true
		case bare == end(id) && inside:
			inside = false
		case bare == begin(id) || bare == end(id):
			return "", brokenMarks(id)
		case !inside:
			out = append(out, line)
		}
	}
	if inside {
		return "", brokenMarks(id)
	}
	text := strings.Join(out, "")
	if done {
		return text, nil
	}
	if text != "" && !strings.HasSuffix(text, "\n") && marked != "" {
		text += "\n"
	}
	return text + marked, nil
}

func brokenMarks(id string) error {
	return idea.Errorf(idea.Refused, "the crontab has one of the lines %q and %q without the other", begin(id), end(id)).
		WithHint("put it right with crontab -e, then repeat the command")
}
