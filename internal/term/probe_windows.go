package term

import (
	"io"
	"os"
	"time"

	"golang.org/x/sys/windows"
)

// AnswersCursor is true: on Windows the cursor's place is asked of the console
// itself.
func (s *Streams) AnswersCursor(io.Writer, time.Duration) (answers bool, typed []byte) {
	return true, nil
}

// acceptsEscapes switches on escape sequences in a console.
func acceptsEscapes(f *os.File, tty bool) bool {
	if !tty {
		return true
	}
	console := windows.Handle(f.Fd())
	var mode uint32
	if err := windows.GetConsoleMode(console, &mode); err != nil {
		return false
	}
	return windows.SetConsoleMode(console, mode|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING) == nil
}
