//go:build unix

package term

import (
	"bytes"
	"io"
	"os"
	"regexp"
	"time"

	"golang.org/x/sys/unix"
	xterm "golang.org/x/term"
)

// AnswersCursor asks the terminal where its cursor is and tells whether an
// answer came within the time. What the user typed meanwhile is in typed and
// must be read before In.
func (s *Streams) AnswersCursor(out io.Writer, within time.Duration) (answers bool, typed []byte) {
	in, ok := s.In.(*os.File)
	if !ok {
		return false, nil
	}
	fd := int(in.Fd())
	state, err := xterm.MakeRaw(fd)
	if err != nil {
		return false, nil
	}
	defer func() { _ = xterm.Restore(fd, state) }()
	if _, err := io.WriteString(out, "\x1b[6n"); err != nil {
		return false, nil
	}
	report := regexp.MustCompile(`\x1b\[\d+;\d+R`)
	deadline := time.Now().Add(within)
	buf := make([]byte, 256)
	for readable(fd, time.Until(deadline)) {
		n, err := unix.Read(fd, buf)
		if n <= 0 || err != nil {
			break
		}
		typed = append(typed, buf[:n]...)
		if at := report.FindIndex(typed); at != nil {
			return true, bytes.Join([][]byte{typed[:at[0]], typed[at[1]:]}, nil)
		}
	}
	return false, typed
}

func readable(fd int, within time.Duration) bool {
	deadline := time.Now().Add(within)
	for {
		left := max(0, time.Until(deadline))
		var set unix.FdSet
		set.Set(fd)
		wait := unix.NsecToTimeval(left.Nanoseconds())
		n, err := unix.Select(fd+1, &set, nil, nil, &wait)
		if err != unix.EINTR {
			return err == nil && n > 0
		}
		if left == 0 {
			return false
		}
	}
}

func acceptsEscapes(*os.File, bool) bool { return true }
