package cmd

import (
	"os"
	"strings"
	"testing"
)

// TestTalkOnPage holds the page about the process to the talk that the script
// talk.txtar has at a terminal. The flag -update writes it anew.
func TestTalkOnPage(t *testing.T) {
	const page, begin, end = "../docs/process.md", "talk.txtar -->\n\n```text\n", "```\n"
	script, err := os.ReadFile("testdata/script/talk.txtar")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	_, shown, found := strings.Cut(string(script), "-- shown --\n")
	before, rest, there := strings.Cut(string(text), begin)
	old, after, ends := strings.Cut(rest, end)
	switch {
	case !found || !there || !ends || shown == "":
		t.Fatal("there is no talk in the script, or no place for it on the page")
	case old == shown:
	case *update:
		if err := os.WriteFile(page, []byte(before+begin+shown+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
	default:
		t.Errorf("the page shows another talk; go test ./cmd -run TalkOnPage -update writes it anew:\n%s", difference(old, shown))
	}
}
