package interview

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"

	"sluss/internal/idea"
	"sluss/internal/lang"
	"sluss/internal/term"
)

// The tests run the interviews below in a process of its own, the test binary
// again, whose terminal is a pseudo-terminal and whose output is a pipe.
const interviewEnv = "SLUSS_TEST_INTERVIEW"

func TestMain(m *testing.M) {
	if name := os.Getenv(interviewEnv); name != "" {
		os.Exit(runInterview(name))
	}
	os.Exit(m.Run())
}

type result struct {
	Answer string
	Yes    bool
	Kind   string
	Error  string
}

func runInterview(name string) int {
	s := &term.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, InTTY: true, ErrTTY: true}
	restore := Guard(s)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM)
	go func() {
		<-signals
		restore()
		os.Exit(143)
	}()
	a := New(s, lang.New(lang.English), os.Getenv("TEST_PLAIN") != "")
	var r result
	var err error
	switch name {
	case "line":
		r.Answer, err = a.Line(Question{Ask: "Rubrik", Help: "Kort och klart"})
	case "required":
		r.Answer, err = a.Line(Question{Ask: "Rubrik", Check: required})
	case "default":
		r.Answer, err = a.Line(Question{Ask: "Coach", Default: "Åsa\x1b[2J"})
	case "suggest":
		r.Answer, err = a.Line(Question{Ask: "Enhet", Suggest: units})
	case "text":
		r.Answer, err = a.Text(Question{Ask: "Behov", Help: "Vad är svårt?"})
	case "signs": // the second text shows what is left for it
		if r.Answer, err = a.Text(Question{Ask: "Behov", Signs: []string{"<"}}); err == nil {
			var next string
			next, err = a.Text(Question{Ask: "Lösning", Signs: []string{"<"}})
			r.Answer += "|" + next
		}
	case "choice":
		r.Answer, err = a.Choice(Question{Ask: "Vem?", Default: "company", Options: kinds()})
	case "confirm":
		r.Yes, err = a.Confirm(Question{Ask: "Spara?", Default: "no"})
	case "confirm-required":
		r.Yes, err = a.Confirm(Question{Ask: "Spara?"})
	}
	if err != nil {
		r.Error, r.Kind = err.Error(), idea.KindOf(err).String()
	}
	_ = json.NewEncoder(os.Stdout).Encode(r)
	return 0
}

func units(prefix string) []string {
	var out []string
	for _, unit := range []string{"Barn- och utbildning", "Barn\x1b[2Jcell", "Äldreomsorg", "Äldreboende"} {
		if strings.HasPrefix(lang.Fold(unit), lang.Fold(prefix)) {
			out = append(out, unit)
		}
	}
	return out
}

// person sits at the terminal of a program that runs.
type person struct {
	t      *testing.T
	cmd    *exec.Cmd
	out    bytes.Buffer
	master *os.File
	silent bool // the terminal does not tell where its cursor is

	mu    sync.Mutex
	all   []byte
	seen  []byte // what was not waited for yet
	asked int    // how much of seen was looked at for requests
	news  chan struct{}
	ended chan struct{}
}

func sitDown(t *testing.T, interview string, silent bool, env ...string) *person {
	t.Helper()
	p := &person{t: t, silent: silent, news: make(chan struct{}, 1), ended: make(chan struct{})}
	p.cmd = exec.Command(os.Args[0])
	p.cmd.Env = append(os.Environ(), append(env, interviewEnv+"="+interview, "TERM=xterm", "GORACE=atexit_sleep_ms=0")...)
	p.cmd.Stdout = &p.out
	master, err := pty.StartWithSize(p.cmd, &pty.Winsize{Rows: 24, Cols: 80})
	if err != nil {
		t.Fatal(err)
	}
	p.master = master
	go p.watch()
	t.Cleanup(func() {
		_ = p.cmd.Process.Kill()
		<-p.ended
		_ = master.Close()
	})
	return p
}

// watch reads the screen and is the terminal: it tells where the cursor is.
func (p *person) watch() {
	defer close(p.ended)
	buf := make([]byte, 4096)
	for {
		n, err := p.master.Read(buf)
		p.mu.Lock()
		p.all = append(p.all, buf[:n]...)
		p.seen = append(p.seen, buf[:n]...)
		p.answerRequests()
		p.mu.Unlock()
		select {
		case p.news <- struct{}{}:
		default:
		}
		if err != nil {
			return
		}
	}
}

func (p *person) answerRequests() {
	for !p.silent {
		at := bytes.Index(p.seen[p.asked:], []byte("\x1b[6n"))
		if at < 0 {
			return
		}
		place := "\x1b[10;9R"
		if bytes.HasSuffix(p.seen[:p.asked+at], []byte("\x1b[999;999f")) {
			place = "\x1b[24;80R"
		}
		p.asked += at + 4
		_, _ = p.master.WriteString(place)
	}
}

// waitFor waits until text has come up on the screen since the last time.
func (p *person) waitFor(text string) {
	p.t.Helper()
	deadline := time.After(15 * time.Second)
	for {
		p.mu.Lock()
		at := bytes.Index(p.seen, []byte(text))
		if at >= 0 {
			p.seen = p.seen[at+len(text):]
			p.asked = max(0, p.asked-at-len(text))
			p.mu.Unlock()
			return
		}
		shown := string(p.seen)
		p.mu.Unlock()
		select {
		case <-p.news:
		case <-deadline:
			p.t.Fatalf("%q did not come up; the screen shows %q", text, shown)
		}
	}
}

// open waits until the question is there and keys are read: survey asks for
// the cursor twice before it reads a line.
func (p *person) open(text string) {
	p.t.Helper()
	p.waitFor(text)
	p.waitForReader()
}

func (p *person) waitForReader() {
	p.t.Helper()
	if !p.silent {
		p.waitFor("\x1b[6n")
		p.waitFor("\x1b[6n")
	}
}

// waitForKeys waits until keys are read as they are pressed.
func (p *person) waitForKeys() {
	p.t.Helper()
	for deadline := time.Now().Add(15 * time.Second); p.mode()&unix.ICANON != 0; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			p.t.Fatal("keys are not read one by one")
		}
	}
}

func (p *person) press(keys string) {
	p.t.Helper()
	if _, err := p.master.WriteString(keys); err != nil {
		p.t.Fatal(err)
	}
}

func (p *person) result() result {
	p.t.Helper()
	done := make(chan error, 1)
	go func() { done <- p.cmd.Wait() }()
	select {
	case err := <-done:
		if err != nil {
			p.t.Fatal(err)
		}
	case <-time.After(15 * time.Second):
		p.mu.Lock()
		defer p.mu.Unlock()
		p.t.Fatalf("the program does not end; the screen shows %q", p.seen)
	}
	if !p.echoes() {
		p.t.Error("the terminal does not echo afterwards")
	}
	var r result
	if err := json.Unmarshal(p.out.Bytes(), &r); err != nil {
		p.t.Fatalf("%v in %q", err, p.out.String())
	}
	return r
}

func (p *person) echoes() bool {
	const all = unix.ECHO | unix.ICANON | unix.ISIG
	return p.mode()&all == all
}

func (p *person) mode() uint32 {
	p.t.Helper()
	state, err := unix.IoctlGetTermios(int(p.master.Fd()), unix.TCGETS)
	if err != nil {
		p.t.Fatal(err)
	}
	return state.Lflag
}

func (p *person) wants(want result) {
	p.t.Helper()
	if got := p.result(); got != want {
		p.t.Errorf("got %+v, want %+v", got, want)
	}
}

var stopped = result{Kind: "interrupted", Error: "cancelled; nothing was saved"}

func TestRichLine(t *testing.T) {
	tests := []struct {
		name, interview, ask, keys string
		want                       result
	}{
		{"Swedish letters", "line", "Rubrik", "åäö ÅÄÖ é\r", result{Answer: "åäö ÅÄÖ é"}},
		{"backspace", "line", "Rubrik", "skoö\x7fla\r", result{Answer: "skola"}},
		{"moving", "line", "Rubrik", "kola\x1b[D\x1b[D\x1b[D\x1b[Ds\r", result{Answer: "skola"}},
		{"keys that survey stumbles at", "line", "Rubrik", "sk\x1b[1;5Co\x1bbl\x1b[15~a\x1b[200~\r", result{Answer: "skola"}},
		{"spaces around", "line", "Rubrik", "  skola \r", result{Answer: "skola"}},
		{"Ctrl-C", "line", "Rubrik", "sko\x03", stopped},
		{"Ctrl-D and no text", "line", "Rubrik", "\x04", result{}},
		{"Ctrl-D after text", "line", "Rubrik", "skola\x04", result{Answer: "skola"}},
		{"Ctrl-D where an answer is needed", "required", "Rubrik", "\x04", stopped},
		{"the default is given back raw", "default", "(Åsa‹ESC›[2J)", "\r", result{Answer: "Åsa\x1b[2J"}},
		{"another than the default", "default", "(Åsa‹ESC›[2J)", "Bo\r", result{Answer: "Bo"}},
		{"the one suggestion", "suggest", "Enhet", "barn\t\r", result{Answer: "Barn- och utbildning"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := sitDown(t, test.interview, false)
			p.open(test.ask)
			p.press(test.keys)
			p.wants(test.want)
		})
	}
}

func TestRichLineAsksAgain(t *testing.T) {
	p := sitDown(t, "required", false)
	p.open("Rubrik")
	p.press("\r")
	p.waitFor("an idea needs a title")
	p.open("Rubrik")
	p.press("Cykelväg\r")
	p.wants(result{Answer: "Cykelväg"})
}

func TestRichLineShowsHelp(t *testing.T) {
	p := sitDown(t, "line", false)
	p.waitFor("[? for help]")
	p.waitForReader()
	p.press("?\r")
	p.waitFor("Kort och klart")
	p.open("Rubrik")
	p.press("Cykelväg\r")
	p.wants(result{Answer: "Cykelväg"})
}

func TestRichLineLetsChooseAmongSuggestions(t *testing.T) {
	p := sitDown(t, "suggest", false)
	p.waitFor("[Tab for suggestions]")
	p.waitForReader()
	p.press("ä\t")
	p.waitFor("Äldreboende")
	p.waitForReader()
	p.press("\x1b[B")
	p.waitFor("> Äldreboende")
	p.waitForReader()
	p.press("\r")
	p.wants(result{Answer: "Äldreboende"})
}

func TestRichText(t *testing.T) {
	for name, test := range map[string]struct {
		keys []string
		want result
	}{
		"two empty lines": {[]string{"rad ett å\r", "\r", "rad tre\r", "\r", "\r"}, result{Answer: "rad ett å\n\nrad tre"}},
		"Ctrl-D":          {[]string{"rad ett\r", "rad två\x04"}, result{Answer: "rad ett\nrad två"}},
		"Enter skips":     {[]string{"\r"}, result{}},
		"Ctrl-C":          {[]string{"rad ett\r", "\x03"}, stopped},
	} {
		t.Run(name, func(t *testing.T) {
			p := sitDown(t, "text", false)
			p.waitFor("Behov")
			p.waitFor("Vad är svårt?")
			for _, keys := range test.keys {
				p.waitForReader()
				p.press(keys)
			}
			p.wants(test.want)
		})
	}
}

func TestRichTextEndsAtASign(t *testing.T) {
	for name, test := range map[string]struct {
		first []string
		want  string
	}{
		"alone":              {[]string{" < \r"}, "<|x"},
		"and Ctrl-D":         {[]string{"<\x04"}, "<|x"},
		"with more behind":   {[]string{"< 3\r", "\r", "\r"}, "< 3|x"},
		"in the second line": {[]string{"a\r", "<\r", "\r", "\r"}, "a\n<|x"},
	} {
		t.Run(name, func(t *testing.T) {
			p := sitDown(t, "signs", false)
			p.waitFor("Behov")
			for _, keys := range test.first {
				p.waitForReader()
				p.press(keys)
			}
			p.waitFor("Lösning")
			for _, keys := range []string{"x\r", "\r", "\r"} {
				p.waitForReader()
				p.press(keys)
			}
			p.wants(result{Answer: test.want})
		})
	}
}

func TestRichChoice(t *testing.T) {
	for name, test := range map[string]struct {
		keys string
		want result
	}{
		"default":            {"\r", result{Answer: "company"}},
		"arrow":              {"\x1b[A\r", result{Answer: "resident"}},
		"filter":             {"INVÅ\r", result{Answer: "resident"}},
		"filter, backspaces": {"fören\x7f\x7f\x7f\x7f\x7fmed\r", result{Answer: "employee"}},
		"Ctrl-C":             {"\x03", stopped},
		"Ctrl-D":             {"\x04", stopped},
		"Ctrl-D on nothing":  {"xyz\x04", stopped},
	} {
		t.Run(name, func(t *testing.T) {
			p := sitDown(t, "choice", false)
			p.waitFor("> företag‹ESC›[2J")
			p.waitFor("förening")
			p.waitForKeys()
			p.press(test.keys)
			p.wants(test.want)
		})
	}
}

func TestRichConfirm(t *testing.T) {
	for keys, want := range map[string]result{
		"j\r": {Yes: true}, "JA\r": {Yes: true}, "y\r": {Yes: true}, "yes\r": {Yes: true},
		"n\r": {}, "Nej\r": {}, "no\r": {}, "\r": {}, "\x04": stopped, "\x03": stopped,
	} {
		t.Run(keys, func(t *testing.T) {
			p := sitDown(t, "confirm", false)
			p.open("Spara? [y/N]")
			p.press(keys)
			p.wants(want)
		})
	}
}

func TestRichConfirmAsksAgain(t *testing.T) {
	p := sitDown(t, "confirm-required", false)
	p.open("Spara? [y/n]")
	p.press("kanske\r")
	p.waitFor("answer yes or no")
	p.open("Spara?")
	p.press("ja\r")
	p.wants(result{Yes: true})
}

func TestTypedBeforeTheQuestion(t *testing.T) {
	p := sitDown(t, "line", false)
	p.press("sko")
	p.open("Rubrik")
	p.press("la\r")
	p.wants(result{Answer: "skola"})
}

func TestSilentTerminal(t *testing.T) {
	p := sitDown(t, "line", true)
	p.waitFor("\x1b[6n")
	p.waitFor("Rubrik [? for help]: ")
	p.press("?\r")
	p.waitFor("Kort och klart")
	p.waitFor("Rubrik")
	p.press("\x1b[24;80Råterbrui\x7fk\x1b[D\r") // a late answer, and a key that plain lines know nothing of
	p.wants(result{Answer: "återbruk"})
}

func TestSilentTerminalKeepsWhatWasTyped(t *testing.T) {
	p := sitDown(t, "line", true)
	p.waitFor("\x1b[6n")
	p.press("tidig idé\r")
	p.wants(result{Answer: "tidig idé"})
}

func TestPlainTerminal(t *testing.T) {
	p := sitDown(t, "required", false, "TEST_PLAIN=1")
	p.waitFor("Rubrik: ")
	p.press("\r")
	p.waitFor("an idea needs a title")
	p.waitFor("Rubrik: ")
	p.press("\x04")
	p.wants(stopped)
	p.mu.Lock()
	defer p.mu.Unlock()
	if bytes.ContainsRune(p.all, '\x1b') {
		t.Errorf("plain questions hold escapes: %q", p.all)
	}
}

func TestSignalWhileAQuestionIsOpen(t *testing.T) {
	p := sitDown(t, "line", false)
	p.open("Rubrik")
	if p.echoes() {
		t.Fatal("survey left the echo on; the test proves nothing")
	}
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	p.waitFor("\x1b[?25h")
	err := p.cmd.Wait()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 143 {
		t.Errorf("ended with %v", err)
	}
	if !p.echoes() {
		t.Error("the terminal does not echo afterwards")
	}
}
