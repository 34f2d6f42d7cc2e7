package cmd

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/creack/pty"
	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/sys/unix"
)

// terminal DIALOGUE COMMAND... runs a command at a pseudo-terminal, where
// somebody acts as the lines of the file DIALOGUE say:
//
//	size 40         the terminal has so many columns; first line only
//	see TEXT        wait until the text has come up
//	ask TEXT        the same, and until a line is read
//	choose TEXT     the same, and until keys are read one by one
//	type TEXT       type the text and Enter
//	key NAME        press enter, ctrl-c, ctrl-d, tab, up or down
//	signal TERM     send the process SIGTERM
//	exits CODE      the command ends with the code; 0 without this line
//
// Afterwards the terminal must echo again, unless it was SIGKILL. What was shown, without the escapes,
// is in the file screen.
func terminal(ts *testscript.TestScript, _ bool, args []string) {
	lines := strings.Split(strings.TrimSpace(ts.ReadFile(args[0])), "\n")
	columns, code := 80, 0
	if size, ok := strings.CutPrefix(lines[0], "size "); ok {
		columns, lines = atoi(ts, size), lines[1:]
	}
	p := sitDown(ts, columns, args[1], args[2:]...)
	defer p.leave()
	for _, line := range lines {
		verb, what, _ := strings.Cut(line, " ")
		switch verb {
		case "see":
			p.waitFor(what)
		case "ask":
			p.waitFor(what)
			p.waitFor("\x1b[6n") // survey asks twice for the cursor before it reads
			p.waitFor("\x1b[6n")
		case "choose":
			p.waitFor(what)
			p.waitForKeys()
		case "type":
			p.press(what + "\r")
		case "key":
			p.press(map[string]string{"enter": "\r", "ctrl-c": "\x03", "ctrl-d": "\x04", "tab": "\t", "up": "\x1b[A", "down": "\x1b[B"}[what])
		case "signal":
			ts.Check(p.cmd.Process.Signal(unix.SignalNum("SIG" + what)))
		case "exits":
			code = atoi(ts, what)
		default:
			ts.Fatalf("%q is no line of a dialogue", line)
		}
	}
	p.end(code)
}

func atoi(ts *testscript.TestScript, s string) int {
	n, err := strconv.Atoi(s)
	ts.Check(err)
	return n
}

const (
	patience = 20 * time.Second
	killed   = -1 // how a process ends that had no say in it
)

// person sits at the terminal of a program that runs.
type person struct {
	ts     *testscript.TestScript
	cmd    *exec.Cmd
	master *os.File

	mu    sync.Mutex
	all   []byte
	seen  []byte // what was not waited for yet
	asked int    // how much of all was looked at for requests
	news  chan struct{}
	ended chan struct{}
}

func sitDown(ts *testscript.TestScript, columns int, name string, args ...string) *person {
	p := &person{ts: ts, news: make(chan struct{}, 1), ended: make(chan struct{})}
	path, err := exec.LookPath(name)
	ts.Check(err)
	p.cmd = exec.Command(path, args...)
	p.cmd.Dir = ts.MkAbs(".")
	ts.Check(ts.Exec("env", "-0"))
	p.cmd.Env = strings.Split(strings.TrimSuffix(ts.ReadFile("stdout"), "\x00"), "\x00")
	p.master, err = pty.StartWithSize(p.cmd, &pty.Winsize{Rows: 24, Cols: uint16(columns)})
	ts.Check(err)
	go p.watch()
	return p
}

func (p *person) leave() {
	_ = p.cmd.Process.Kill()
	<-p.ended
	_ = p.master.Close()
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
	for {
		at := bytes.Index(p.all[p.asked:], []byte("\x1b[6n"))
		if at < 0 {
			return
		}
		place := "\x1b[10;9R"
		if bytes.HasSuffix(p.all[:p.asked+at], []byte("\x1b[999;999f")) {
			place = "\x1b[24;80R"
		}
		p.asked += at + 4
		_, _ = p.master.WriteString(place)
	}
}

// waitFor waits until text has come up on the screen since the last time.
func (p *person) waitFor(text string) {
	deadline := time.After(patience)
	for {
		p.mu.Lock()
		at := bytes.Index(p.seen, []byte(text))
		if at >= 0 {
			p.seen = p.seen[at+len(text):]
			p.mu.Unlock()
			return
		}
		shown := string(p.seen)
		p.mu.Unlock()
		select {
		case <-p.news:
		case <-deadline:
			p.ts.Fatalf("%q did not come up; the screen shows %q", text, shown)
		}
	}
}

// waitForKeys waits until keys are read as they are pressed.
func (p *person) waitForKeys() {
	for deadline := time.Now().Add(patience); p.mode()&unix.ICANON != 0; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			p.ts.Fatalf("keys are not read one by one")
		}
	}
}

func (p *person) press(keys string) {
	_, err := p.master.WriteString(keys)
	p.ts.Check(err)
}

func (p *person) mode() uint32 {
	state, err := unix.IoctlGetTermios(int(p.master.Fd()), unix.TCGETS)
	p.ts.Check(err)
	return state.Lflag
}

func (p *person) end(want int) {
	done := make(chan error, 1)
	go func() { done <- p.cmd.Wait() }()
	var err error
	select {
	case err = <-done:
	case <-time.After(patience):
		p.mu.Lock()
		defer p.mu.Unlock()
		p.ts.Fatalf("the program does not end; the screen shows %q", p.seen)
	}
	mode := p.mode()
	<-p.ended
	screen := strings.ReplaceAll(plain(p.all), "\r\n", "\n")
	p.ts.Check(os.WriteFile(p.ts.MkAbs("screen"), []byte(screen), 0o600))
	got := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	}
	if got != want {
		p.ts.Fatalf("exit code %d, want %d; the screen shows\n%s", got, want, screen)
	}
	if all := uint32(unix.ECHO | unix.ICANON | unix.ISIG); mode&all != all && want != killed {
		p.ts.Fatalf("the terminal does not echo afterwards")
	}
}

// plain is a screen without its escape sequences.
func plain(shown []byte) string {
	var out strings.Builder
	for i := 0; i < len(shown); i++ {
		if shown[i] != '\x1b' {
			out.WriteByte(shown[i])
			continue
		}
		for i++; i < len(shown) && (shown[i] == '[' || shown[i] == '?' || shown[i] == ';' || shown[i] >= '0' && shown[i] <= '9'); i++ {
		}
	}
	return out.String()
}
