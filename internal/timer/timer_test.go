package timer

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/robfig/cron/v3"
	"pgregory.net/rapid"

	"sluss/internal/idea"
)

var hostile = []string{"/home/anna/mina filer/sluss.db", "/srv/100%/sluss.db", `/a"b/c`, "/a'b", `/a\b`, "/å ö/sluss.db", "/a$HOME/b", "/a;b|c&d", "/a\tb", "/x*?[y]", "/%h/%%"}

func sample(every idea.Every, db string) Timer {
	return Timer{
		ID: Name(db, "idéer"), Title: "Sluss gör exporten idéer, 100%", Every: every, Begin: time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC),
		Program: "/usr/local/bin/sluss", Args: []string{"export", "run", "idéer", "--scheduled", "--db", db},
		Variables: []Variable{{"SLUSS_CONFIG", db + ".yaml"}},
	}
}

func everies() *rapid.Generator[idea.Every] {
	return rapid.Custom(func(t *rapid.T) idea.Every {
		at, _ := idea.Clock("00:00").Add(rapid.IntRange(0, 24*60-1).Draw(t, "minutes"))
		return idea.Every{Days: rapid.SampledFrom(idea.EveryDays()).Draw(t, "days"), At: at}
	})
}

// TestCronMeansTheSame asks another reader of crontabs when the line runs.
func TestCronMeansTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		every := everies().Draw(t, "every")
		line, err := sample(every, "/a/sluss.db").Line()
		if err != nil {
			t.Fatal(err)
		}
		spec := strings.Join(strings.Fields(line)[:5], " ")
		schedule, err := cron.ParseStandard(spec)
		if err != nil {
			t.Fatalf("%q: %v", spec, err)
		}
		now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 800*24*60).Draw(t, "minute")) * time.Minute)
		if got, want := schedule.Next(now), every.Next(now); !got.Equal(want) {
			t.Fatalf("%q runs at %v, and %v at %v", spec, got, every, want)
		}
	})
}

// cronCommand is what cron gives to the shell: up to the first % without a
// backslash, and \% is %.
func cronCommand(line string) string {
	fields := strings.SplitN(line, " ", 6)
	command, _, _ := strings.Cut(strings.ReplaceAll(fields[5], `\%`, "\x00"), "%")
	return strings.ReplaceAll(command, "\x00", "%")
}

// TestCronQuotes lets a shell run the command of the line, with a program in the
// place of sluss that tells its arguments.
func TestCronQuotes(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no sh here")
	}
	for _, db := range hostile {
		tm := sample(idea.Every{Days: idea.Daily, At: "07:00"}, db)
		tm.Program = "printf"
		tm.Args = append([]string{`%s\n`}, tm.Args...)
		line, err := tm.Line()
		if err != nil {
			t.Fatal(err)
		}
		command, found := strings.CutSuffix(cronCommand(line), " >/dev/null")
		if !found {
			t.Fatalf("%q", line)
		}
		out, err := exec.Command(sh, "-c", command).Output()
		if want := strings.Join(tm.Args[1:], "\n") + "\n"; err != nil || string(out) != want {
			t.Errorf("%q\ngives %q\n want %q; %v", line, out, want, err)
		}
	}
}

func TestWithLine(t *testing.T) {
	tm := sample(idea.Every{Days: idea.Daily, At: "07:00"}, "/a/sluss.db")
	line, err := tm.Line()
	if err != nil {
		t.Fatal(err)
	}
	marked := tm.Marked(line)
	for _, mine := range []string{"", "\n", "# mine\n0 0 * * * true\n", "MAILTO=anna\n\n@daily x", "# BEGIN other\n1\n# END other\n"} {
		with, err := WithLine(mine, tm.ID, marked)
		if err != nil || !strings.HasSuffix(with, marked) || !strings.HasPrefix(with, mine) {
			t.Errorf("%q gives %q, %v", mine, with, err)
		}
		again, err := WithLine(with, tm.ID, marked)
		if err != nil || again != with {
			t.Errorf("twice gives %q, %v", again, err)
		}
		more := with + "# later\n"
		changed, err := WithLine(more, tm.ID, "new\n")
		if err != nil || changed != strings.Replace(more, marked, "new\n", 1) {
			t.Errorf("a change gives %q, %v", changed, err)
		}
		without, err := WithLine(with, tm.ID, "")
		if err != nil || strings.TrimSuffix(without, "\n") != strings.TrimSuffix(mine, "\n") {
			t.Errorf("taken out of %q: %q, %v", with, without, err)
		}
	}
	for _, broken := range []string{begin(tm.ID) + "\nx\n", "x\n" + end(tm.ID) + "\n", begin(tm.ID) + "\n" + begin(tm.ID) + "\n" + end(tm.ID) + "\n"} {
		if _, err := WithLine(broken, tm.ID, marked); idea.KindOf(err) != idea.Refused {
			t.Errorf("%q gives %v", broken, err)
		}
	}
}

// TestSystemdTakesTheUnits lets systemd itself read units of all days and hostile
// paths.
func TestSystemdTakesTheUnits(t *testing.T) {
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("there is no systemd-analyze here")
	}
	folder := t.TempDir()
	program := filepath.Join(folder, "pro gram 100%")
	if err := os.WriteFile(program, []byte("#!/bin/sh\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	args := []string{"verify"}
	for k, days := range idea.EveryDays() {
		tm := sample(idea.Every{Days: days, At: "07:05"}, hostile[k%len(hostile)])
		tm.Program, tm.Zone = program, "Europe/Stockholm"
		tm.ID = Name(hostile[k%len(hostile)], string(days))
		service, units, err := tm.Units()
		if err != nil {
			t.Fatal(err)
		}
		servicePath, timerPath := UnitPaths(folder, tm.ID)
		if err := errors.Join(os.WriteFile(servicePath, []byte(service), 0o600), os.WriteFile(timerPath, []byte(units), 0o600)); err != nil {
			t.Fatal(err)
		}
		args = append(args, timerPath, servicePath)
	}
	c := exec.Command(analyze, args...)
	c.Env = append(os.Environ(), "SYSTEMD_LOG_LEVEL=warning")
	out, err := c.CombinedOutput()
	for line := range strings.Lines(string(out)) {
		if strings.Contains(line, "sluss-") {
			t.Error(line)
		}
	}
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestSystemdMeansTheSame asks systemd when the timer runs next.
func TestSystemdMeansTheSame(t *testing.T) {
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("there is no systemd-analyze here")
	}
	elapse := regexp.MustCompile(`Next elapse: \w+ (\d{4}-\d\d-\d\d \d\d:\d\d):00 UTC`)
	now := time.Now().UTC()
	for _, days := range idea.EveryDays() {
		every := idea.Every{Days: days, At: "07:05"}
		c := exec.Command(analyze, "calendar", Timer{Every: every}.onCalendar())
		c.Env = append(os.Environ(), "TZ=UTC", "LC_ALL=C")
		out, err := c.Output()
		found := elapse.FindSubmatch(out)
		if err != nil || found == nil {
			t.Fatalf("%s: %v\n%s", days, err, out)
		}
		if want := every.Next(now).Format("2006-01-02 15:04"); string(found[1]) != want && string(found[1]) != every.Next(time.Now().UTC()).Format("2006-01-02 15:04") {
			t.Errorf("%s runs at %s, want %s", days, found[1], want)
		}
	}
}

// splitUnit reads a line of a unit by systemd.service(5): quotes, escapes,
// specifiers, variables.
func splitUnit(line string) (words []string) {
	var word strings.Builder
	in, quoted := false, false
	for k := 0; k < len(line); k++ {
		c := line[k]
		switch {
		case c == '"':
			quoted, in = !quoted, true
		case c == ' ' && !quoted:
			if in {
				words = append(words, word.String())
				word.Reset()
			}
			in = false
		case c == '\\' && k+1 < len(line):
			k++
			word.WriteString(map[byte]string{'t': "\t"}[line[k]])
			if line[k] != 't' {
				word.WriteByte(line[k])
			}
		case (c == '%' || c == '$') && k+1 < len(line) && line[k+1] == c:
			k++
			word.WriteByte(c)
			in = true
		case c == '%' || c == '$':
			return []string{"a lone " + string(c)}
		default:
			word.WriteByte(c)
			in = true
		}
	}
	if in {
		words = append(words, word.String())
	}
	return words
}

func TestSystemdQuotes(t *testing.T) {
	for _, db := range hostile {
		tm := sample(idea.Every{Days: idea.Daily, At: "07:00"}, db)
		service, _, err := tm.Units()
		if err != nil {
			t.Fatal(err)
		}
		_, line, _ := strings.Cut(service, "ExecStart=")
		if got, want := splitUnit(strings.TrimSpace(line)), append([]string{tm.Program}, tm.Args...); !slices.Equal(got, want) {
			t.Errorf("%s\ngives %q\nwant  %q", line, got, want)
		}
	}
}

// TestTask holds the task against the elements of the Task Scheduler Schema.
func TestTask(t *testing.T) {
	for _, days := range idea.EveryDays() {
		text, err := sample(idea.Every{Days: days, At: "07:05"}, `C:\Användare\mina filer\sluss.db`).Task()
		if err != nil {
			t.Fatal(err)
		}
		if strings.ContainsFunc(text, func(r rune) bool { return r >= 0x80 }) {
			t.Errorf("it is not in ASCII: %s", text)
		}
		var path []string
		var seen []string
		values := map[string]string{}
		d := xml.NewDecoder(strings.NewReader(text))
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			switch token := token.(type) {
			case xml.StartElement:
				if token.Name.Space != "http://schemas.microsoft.com/windows/2004/02/mit/task" {
					t.Errorf("%s is in the name space %q", token.Name.Local, token.Name.Space)
				}
				path = append(path, token.Name.Local)
				seen = append(seen, strings.Join(path, "/"))
			case xml.EndElement:
				path = path[:len(path)-1]
			case xml.CharData:
				values[strings.Join(path, "/")] += strings.TrimSpace(string(token))
			}
		}
		for _, name := range seen {
			if !slices.ContainsFunc(documented(), func(known string) bool { return name == known || strings.HasPrefix(known, name+"/") }) {
				t.Errorf("%s: %s is no element of a task", days, name)
			}
		}
		if got, want := values["Task/Actions/Exec/Arguments"], `export run idéer --scheduled --db "C:\Användare\mina filer\sluss.db"`; got != want {
			t.Errorf("%s: the arguments are %q", days, got)
		}
		if got, want := values["Task/Triggers/CalendarTrigger/StartBoundary"], (idea.Every{Days: days, At: "07:05"}).Next(time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)); got != want.Format("2006-01-02T15:04:05") {
			t.Errorf("%s begins at %s", days, got)
		}
	}
	if _, err := sample(idea.Every{Days: idea.Daily, At: "07:00"}, `C:\100%\x.db`).Task(); idea.KindOf(err) != idea.Refused {
		t.Errorf("a variable gives %v", err)
	}
}

// documented are the elements that a task can have, of those that sluss uses.
func documented() []string {
	out := strings.Fields(`Task/RegistrationInfo/Description Task/Triggers/CalendarTrigger/StartBoundary Task/Triggers/CalendarTrigger/Enabled
		Task/Triggers/CalendarTrigger/ScheduleByDay/DaysInterval Task/Triggers/CalendarTrigger/ScheduleByWeek/WeeksInterval
		Task/Triggers/CalendarTrigger/ScheduleByMonth/DaysOfMonth/Day
		Task/Settings/MultipleInstancesPolicy Task/Settings/DisallowStartIfOnBatteries Task/Settings/StopIfGoingOnBatteries
		Task/Settings/StartWhenAvailable Task/Settings/ExecutionTimeLimit Task/Actions/Exec/Command Task/Actions/Exec/Arguments`)
	for d := time.Sunday; d <= time.Saturday; d++ {
		out = append(out, "Task/Triggers/CalendarTrigger/ScheduleByWeek/DaysOfWeek/"+d.String())
	}
	for m := time.January; m <= time.December; m++ {
		out = append(out, "Task/Triggers/CalendarTrigger/ScheduleByMonth/Months/"+m.String())
	}
	return out
}

// splitWindows reads arguments by the rules of CommandLineToArgvW.
func splitWindows(line string) (words []string) {
	word, in, quoted, slashes := "", false, false, 0
	flush := func() { word += strings.Repeat(`\`, slashes); slashes = 0 }
	for _, r := range line {
		switch {
		case r == '\\':
			slashes++
			in = true
		case r == '"':
			word += strings.Repeat(`\`, slashes/2)
			if slashes%2 == 1 {
				word += `"`
			} else {
				quoted = !quoted
			}
			slashes, in = 0, true
		case (r == ' ' || r == '\t') && !quoted:
			flush()
			if in {
				words = append(words, word)
			}
			word, in = "", false
		default:
			flush()
			word += string(r)
			in = true
		}
	}
	flush()
	if in {
		words = append(words, word)
	}
	return words
}

func TestWindowsQuotes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.StringMatching(`[a "\\å\t]{0,8}`), 1, 4).Draw(t, "words")
		var quoted []string
		for _, w := range words {
			quoted = append(quoted, windowsWord(w))
		}
		if got := splitWindows(strings.Join(quoted, " ")); !slices.Equal(got, words) {
			t.Fatalf("%q gives %q, want %q", quoted, got, words)
		}
	})
}

func TestNamesDiffer(t *testing.T) {
	names := map[string]bool{}
	for _, db := range []string{"/a.db", "/b.db"} {
		for _, name := range []string{"månad", "manad", "mån-ad"} {
			id := Name(db, name)
			if names[id] || strings.Trim(id, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
				t.Errorf("%s", id)
			}
			names[id] = true
		}
	}
}

func TestLineBreaksAreRefused(t *testing.T) {
	tm := sample(idea.Every{Days: idea.Daily, At: "07:00"}, "/a\nb")
	_, line := tm.Line()
	_, _, units := tm.Units()
	_, task := tm.Task()
	for _, err := range []error{line, units, task} {
		if idea.KindOf(err) != idea.Usage {
			t.Error(err)
		}
	}
}
