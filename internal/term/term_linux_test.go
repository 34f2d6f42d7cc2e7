package term

import (
	"os"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// terminal opens a pseudo-terminal and gives its program's end and its user's.
func terminal(t *testing.T, columns uint16) (tty, user *os.File) {
	t.Helper()
	user, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = tty.Close(), user.Close() })
	if err := pty.Setsize(tty, &pty.Winsize{Rows: 24, Cols: columns}); err != nil {
		t.Fatal(err)
	}
	return tty, user
}

func echoes(t *testing.T, tty *os.File) bool {
	t.Helper()
	state, err := unix.IoctlGetTermios(int(tty.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	return state.Lflag&unix.ECHO != 0
}

func TestColumnsOfATerminal(t *testing.T) {
	for _, width := range []uint16{0, 20, 132} {
		tty, _ := terminal(t, width)
		if got := Columns(tty); got != int(width) {
			t.Errorf("a terminal of %d columns is %d wide", width, got)
		}
	}
}

func TestAnswersCursor(t *testing.T) {
	tty, user := terminal(t, 80)
	go func() {
		buf := make([]byte, 4)
		if _, err := user.Read(buf); err == nil && string(buf) == "\x1b[6n" {
			_, _ = user.WriteString("åb\x1b[1;1Rc")
		}
	}()
	s := &Streams{In: tty}
	answers, typed := s.AnswersCursor(tty, 10*time.Second)
	if !answers || string(typed) != "åbc" {
		t.Errorf("got %v and %q, want an answer and what was typed around it", answers, typed)
	}
	if !echoes(t, tty) {
		t.Error("the terminal does not echo after the question")
	}
}

func TestAnswersCursorOfASilentTerminal(t *testing.T) {
	tty, user := terminal(t, 80)
	if _, err := user.WriteString("ab"); err != nil {
		t.Fatal(err)
	}
	s := &Streams{In: tty}
	answers, typed := s.AnswersCursor(tty, 50*time.Millisecond)
	if answers || string(typed) != "ab" {
		t.Errorf("got %v and %q, want no answer and what was typed", answers, typed)
	}
	if !echoes(t, tty) {
		t.Error("the terminal does not echo after the question")
	}
}

func TestSave(t *testing.T) {
	tty, _ := terminal(t, 80)
	restore := (&Streams{In: tty}).Save()
	state, err := unix.IoctlGetTermios(int(tty.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	state.Lflag &^= unix.ECHO
	if err := unix.IoctlSetTermios(int(tty.Fd()), unix.TCSETS, state); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		restore()
		if !echoes(t, tty) {
			t.Error("echo is not back")
		}
	}
}
