package cmd

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/creack/pty"
)

// TestReadme runs the commands in the console blocks of the README and of the
// pages about the work, from top to bottom in a folder each, at a terminal of 100
// columns and nine in the morning of 25 November 2026. What they answer must stand
// below them; a line … stands for lines that are left out. The flag -update writes
// the answers anew.
func TestReadme(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("needs a pseudo-terminal and sh")
	}
	for _, path := range []string{"../README.md", "../docs/process.md", "../docs/measures.md", "../docs/spread.md"} {
		t.Run(filepath.Base(path), func(t *testing.T) { readPage(t, path) })
	}
}

func readPage(t *testing.T, path string) {
	old, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	r := &reader{t: t, dir: t.TempDir()}
	r.read(strings.Split(string(old), "\n"))
	fresh := strings.Join(r.out, "\n")
	if t.Failed() {
		return
	}
	switch {
	case r.commands == 0:
		t.Error("the page has no console blocks")
	case fresh == string(old):
	case *update:
		if err := os.WriteFile(path, []byte(fresh), 0o644); err != nil {
			t.Fatal(err)
		}
	default:
		t.Errorf("%s shows what the program does not answer; go test ./cmd -run Readme -update writes it anew:\n%s", path, difference(string(old), fresh))
	}
}

// reader follows a page as somebody who tries everything out.
type reader struct {
	t        *testing.T
	dir      string
	out      []string // the lines of the page, with what came of the commands
	commands int
}

func (r *reader) read(lines []string) {
	inside := false
	for i := 0; i < len(lines); i++ {
		r.out = append(r.out, lines[i])
		switch {
		case lines[i] == "```console":
			inside = true
		case lines[i] == "```":
			inside = false
		case inside && strings.HasPrefix(lines[i], "$ "):
			i += r.command(lines[i:])
		}
	}
}

// command runs the command that lines begin with and gives how many more lines
// belong to it.
func (r *reader) command(lines []string) int {
	n := 1
	for ; strings.HasSuffix(lines[n-1], `\`); n++ {
		r.out = append(r.out, lines[n])
	}
	end := n
	for end < len(lines) && lines[end] != "```" && !strings.HasPrefix(lines[end], "$ ") {
		end++
	}
	answer, err := r.run(strings.TrimPrefix(strings.Join(lines[:n], "\n"), "$ "))
	short := shorten(answer, lines[n:end])
	if err != nil && len(short) < len(answer) {
		r.t.Errorf("%s: %v\n%s", lines[0], err, strings.Join(answer[max(0, len(answer)-10):], "\n"))
	}
	r.out = append(r.out, short...)
	r.commands++
	return end - 1
}

// shorten leaves out of an answer what was left out before.
func shorten(answer, before []string) []string {
	head := slices.Index(before, "…")
	tail := len(before) - head - 1
	if head < 0 || head+tail > len(answer) {
		return answer
	}
	return slices.Concat(answer[:head], []string{"…"}, answer[len(answer)-tail:])
}

// run gives what a command writes to a terminal, line by line, and how it ended.
func (r *reader) run(line string) ([]string, error) {
	master, tty, err := pty.Open()
	if err != nil {
		r.t.Skip("there is no pseudo-terminal: ", err)
	}
	defer master.Close()
	if err := pty.Setsize(tty, &pty.Winsize{Rows: 40, Cols: 100}); err != nil {
		r.t.Fatal(err)
	}
	c := exec.Command("sh", "-c", strings.Replace(line, "go run .", "sluss", 1))
	c.Dir, c.Stdout, c.Stderr = r.dir, tty, tty
	c.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + filepath.Join(r.dir, "home"), "USER=maja", "TERM=xterm", "LANG=C.UTF-8",
		"NO_COLOR=1", "TZ=Europe/Stockholm", "SLUSS_NOW=2026-11-25T08:00:00Z"}
	if err := c.Start(); err != nil {
		r.t.Fatal(err)
	}
	tty.Close()
	var shown bytes.Buffer
	_, _ = io.Copy(&shown, master) // Linux ends it with an error
	text := strings.ReplaceAll(shown.String(), "\r\n", "\n")
	text = strings.ReplaceAll(text, filepath.Join(r.dir, "home"), "/home/maja")
	var lines []string
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		lines = append(lines, line[strings.LastIndex(line, "\r")+1:]) // a progress bar was wiped away
	}
	return lines, c.Wait()
}

// difference is the first line in which two texts differ, in both.
func difference(a, b string) string {
	one, two := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(one), len(two)) {
		if one[i] != two[i] {
			return "README:  " + one[i] + "\nprogram: " + two[i]
		}
	}
	return "one of them goes on longer"
}
