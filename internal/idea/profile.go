package idea

import (
	"fmt"
	"strings"
	"time"
	"unicode"
)

// A profile is an export that is saved, a schedule says when it is made.
const (
	AProfile  Subject = "profile"
	ASchedule Subject = "schedule"
)

// Fields of profiles and schedules.
const (
	FieldCommand     Field = "command"
	FieldPeople      Field = "people"
	FieldProfile     Field = "profile"
	FieldEvery       Field = "every"
	FieldSince       Field = "since"
	FieldOnlyChanged Field = "only_changed"
)

// Profile is an export that is saved under a name. It holds words and no days:
// last-month is the month before the day on which it is run.
type Profile struct {
	ID      int64
	Name    string // letters, digits, - and _
	Command string // what a coach types after sluss, quoted for a shell, without -o
	File    string // an absolute path, with marks such as {date} in it
	People  bool   // with names and contacts of people
}

// CheckProfileName gives a name of a profile as it is kept. The name stands in
// the commands of timers, so it has no letters that these could misread.
func CheckProfileName(name string) (string, error) {
	name, err := CleanLine(AProfile.Word(), name)
	if err != nil {
		return "", err
	}
	name = strings.ToLower(name)
	fit := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '_' }
	const most = 40
	if name == "" || name[0] == '-' || len([]rune(name)) > most || strings.ContainsFunc(name, func(r rune) bool { return !fit(r) }) {
		return "", Errorf(Usage, "%q is no name for a saved export", name).
			WithHint("a name has at most %d letters, digits, hyphens and underscores, such as ideer-varje-vecka", most)
	}
	return name, nil
}

// Marks are what a path of a profile may have in place of the time of a run.
func Marks() []string {
	return []string{"{date}", "{year}", "{quarter}", "{month}", "{week}", "{period}"}
}

// FillMarks puts the time of a run into a path: {date} is 2026-11-25, {year}
// 2026, {quarter} 2026-q4, {month} 2026-11 and {week} 2026-W48, by ISO 8601.
// Each is whole, so that weeks around New Year keep their order. {period} is the
// period given. It returns Usage for another word in braces, and for {period}
// without a period.
func FillMarks(path string, at time.Time, period string) (string, error) {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(path, "{")
		out.WriteString(before)
		if !found {
			return out.String(), nil
		}
		word, after, closed := strings.Cut(rest, "}")
		if !closed {
			return "", Errorf(Usage, "%q has no end in %q", "{"+rest, path).WithHint("the marks are: %s", strings.Join(Marks(), ", "))
		}
		value, err := fillMark("{"+word+"}", at, period)
		if err != nil {
			return "", err
		}
		out.WriteString(value)
		path = after
	}
}

func fillMark(mark string, at time.Time, period string) (string, error) {
	switch mark {
	case "{date}":
		return at.Format(time.DateOnly), nil
	case "{year}":
		return at.Format("2006"), nil
	case "{quarter}":
		const months = 3
		return fmt.Sprintf("%04d-q%d", at.Year(), (int(at.Month())-1)/months+1), nil
	case "{month}":
		return at.Format("2006-01"), nil
	case "{week}":
		year, week := at.ISOWeek()
		return fmt.Sprintf("%04d-W%02d", year, week), nil
	case "{period}":
		if period == "" {
			return "", Errorf(Usage, "{period} stands for the period of the command, which has none").WithHint("give it a --period, such as last-month, or take another mark: {date}")
		}
		return period, nil
	}
	e := Errorf(Usage, "there is no mark %q", mark).WithHint("the marks are: %s", strings.Join(Marks(), ", "))
	e.Got, e.Near = mark, Marks()
	return "", e
}

// RunResult is how a run of a profile ended.
type RunResult string

// How a run can end.
const (
	RunWritten   RunResult = "written"
	RunUnchanged RunResult = "unchanged" // the file held the same already and was left alone
	RunFailed    RunResult = "failed"
)

// Label is the result in words.
func (r RunResult) Label() Word { return Word(r) }

// Run is one run of a profile.
type Run struct {
	ID        int64
	Profile   int64
	Name      string // of the profile, as it was then
	At        time.Time
	Took      time.Duration
	Scheduled bool
	File      string // the path with its marks filled in; empty if that failed
	Result    RunResult
	Rows      int   // less than 0 where the format has none
	Bytes     int64 // of the file
	SHA256    string
	Error     string // what was told, in the language of then
}
