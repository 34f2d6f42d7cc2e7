package cmd_test

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// browser is a Chromium without a window, steered over two pipes with the
// DevTools protocol: messages in JSON, each ended by a NUL.
type browser struct {
	t       *testing.T
	in      *os.File
	lock    sync.Mutex
	last    int
	waiting map[int]chan reply
	pages   map[string]*page
}

type reply struct {
	ID        int
	SessionID string
	Method    string
	Params    json.RawMessage
	Result    json.RawMessage
	Error     *struct{ Message string }
}

// missing ends a test that needs something that is not there: it is skipped,
// and fails where SLUSS_BROWSER says that it must be run.
func missing(t *testing.T, format string, args ...any) {
	t.Helper()
	if os.Getenv("SLUSS_BROWSER") == "required" {
		t.Fatalf(format, args...)
	}
	t.Skipf("SKIPPED, THE PAGES ARE NOT TESTED IN A BROWSER: "+format, args...)
}

func newBrowser(t *testing.T) *browser {
	t.Helper()
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil && program == "" {
			program = path
		}
	}
	if program == "" {
		missing(t, "there is no Chromium; apt-get install chromium")
	}
	ours, theirs, err := pipes()
	if err != nil {
		t.Fatal(err)
	}
	args := []string{"--headless", "--remote-debugging-pipe", "--user-data-dir=" + t.TempDir(), "--disable-gpu", "--no-first-run", "--disable-quic",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars", "about:blank"}
	if os.Getuid() == 0 {
		args = append([]string{"--no-sandbox"}, args...)
	}
	c := exec.Command(program, args...)
	c.ExtraFiles = theirs
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	for _, f := range theirs {
		f.Close()
	}
	b := &browser{t: t, in: ours[0], waiting: map[int]chan reply{}, pages: map[string]*page{}}
	go b.read(ours[1])
	t.Cleanup(func() {
		ours[0].Close() // the end of the pipe ends Chromium
		killer := time.AfterFunc(10*time.Second, func() { _ = c.Process.Kill() })
		_ = c.Wait()
		killer.Stop()
		ours[1].Close()
	})
	return b
}

func pipes() (ours, theirs []*os.File, err error) {
	r1, w1, err := os.Pipe()
	r2, w2, wrong := os.Pipe()
	return []*os.File{w1, r2}, []*os.File{r1, w2}, errors.Join(err, wrong)
}

func (b *browser) read(out io.Reader) {
	messages := bufio.NewReader(out)
	for {
		message, err := messages.ReadBytes(0)
		b.lock.Lock()
		if err != nil {
			for _, c := range b.waiting {
				close(c)
			}
			b.waiting = nil
			b.lock.Unlock()
			return
		}
		var r reply
		if json.Unmarshal(message[:len(message)-1], &r) == nil {
			if c := b.waiting[r.ID]; c != nil {
				delete(b.waiting, r.ID)
				c <- r
			} else if p := b.pages[r.SessionID]; p != nil {
				p.heard(r)
			}
		}
		b.lock.Unlock()
	}
}

// call gives a command and waits for its result.
func (b *browser) call(session, method string, params map[string]any, result any) {
	b.t.Helper()
	c := make(chan reply, 1)
	b.lock.Lock()
	b.last++
	id := b.last
	if b.waiting == nil {
		b.lock.Unlock()
		b.t.Fatal("Chromium is gone")
	}
	b.waiting[id] = c
	b.lock.Unlock()
	if params == nil {
		params = map[string]any{}
	}
	message := map[string]any{"id": id, "method": method, "params": params}
	if session != "" {
		message["sessionId"] = session
	}
	line, err := json.Marshal(message)
	if err == nil {
		_, err = b.in.Write(append(line, 0))
	}
	if err != nil {
		b.t.Fatal(err)
	}
	select {
	case r, open := <-c:
		if !open {
			b.t.Fatalf("Chromium ended during %s", method)
		}
		if r.Error != nil {
			b.t.Fatalf("%s: %s", method, r.Error.Message)
		}
		if result != nil {
			if err := json.Unmarshal(r.Result, result); err != nil {
				b.t.Fatalf("%s: %v", method, err)
			}
		}
	case <-time.After(time.Minute):
		b.t.Fatalf("%s takes too long", method)
	}
}

// page is a tab.
type page struct {
	*browser
	*testing.T
	session string
	loaded  chan bool
	asked   []string // the addresses that it asked for
	refused []string // those of them that its policy forbids
	byID    map[string]string
	said    []string // problems of scripts and of security, and dialogs
}

// look says how a page is looked at.
type look struct {
	width    int // of the window in CSS pixels; 0 is 1280
	dark     bool
	noScript bool
}

func (b *browser) page(t *testing.T, l look) *page {
	t.Helper()
	var target struct{ TargetID string }
	b.call("", "Target.createTarget", map[string]any{"url": "about:blank"}, &target)
	var attached struct{ SessionID string }
	b.call("", "Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &attached)
	p := &page{browser: b, T: t, session: attached.SessionID, loaded: make(chan bool, 8), byID: map[string]string{}}
	b.lock.Lock()
	b.pages[p.session] = p
	b.lock.Unlock()
	t.Cleanup(func() { b.call("", "Target.closeTarget", map[string]any{"targetId": target.TargetID}, nil) })
	for _, domain := range []string{"Page", "Network", "Log", "Runtime"} {
		p.do(domain+".enable", nil)
	}
	if l.width == 0 {
		l.width = 1280
	}
	p.do("Emulation.setDeviceMetricsOverride", map[string]any{"width": l.width, "height": 900, "deviceScaleFactor": 1, "mobile": false})
	scheme := "light"
	if l.dark {
		scheme = "dark"
	}
	p.do("Emulation.setEmulatedMedia", map[string]any{"features": []map[string]any{{"name": "prefers-color-scheme", "value": scheme}}})
	p.do("Emulation.setScriptExecutionDisabled", map[string]any{"value": l.noScript})
	return p
}

func (p *page) do(method string, params map[string]any) {
	p.T.Helper()
	p.call(p.session, method, params, nil)
}

// heard keeps what a page tells of itself; the lock of the browser is held.
func (p *page) heard(r reply) {
	var e struct {
		RequestID        string
		Request          struct{ URL string }
		DocumentURL      string
		BlockedReason    string
		Entry            struct{ Source, Level, Text string }
		ExceptionDetails struct{ Text string }
		Message          string
	}
	_ = json.Unmarshal(r.Params, &e)
	switch r.Method {
	case "Page.loadEventFired":
		p.loaded <- true
	case "Network.requestWillBeSent":
		if strings.HasPrefix(e.DocumentURL, "chrome-error:") { // what Chromium shows in a frame that is refused
			return
		}
		p.asked = append(p.asked, e.Request.URL)
		p.byID[e.RequestID] = e.Request.URL
	case "Network.loadingFailed":
		if e.BlockedReason == "csp" {
			p.refused = append(p.refused, p.byID[e.RequestID])
		}
	case "Log.entryAdded":
		p.said = append(p.said, e.Entry.Level+" of "+e.Entry.Source+": "+e.Entry.Text)
	case "Runtime.exceptionThrown":
		p.said = append(p.said, "exception: "+e.ExceptionDetails.Text)
	case "Page.javascriptDialogOpening":
		p.said = append(p.said, "dialog: "+e.Message)
	}
}

// told is what the page asked for and said until now.
func (p *page) told() (asked, said []string) {
	p.lock.Lock()
	defer p.lock.Unlock()
	return slices.Clone(p.asked), slices.Clone(p.said)
}

// got is what the page asked for and its policy did not forbid, and what it said.
func (p *page) got() (fetched, said []string) {
	fetched, said = p.told()
	p.lock.Lock()
	defer p.lock.Unlock()
	return slices.DeleteFunc(fetched, func(address string) bool { return slices.Contains(p.refused, address) }), said
}

// open loads a file, and waits until all of it is there.
func (p *page) open(path string) {
	p.T.Helper()
	var answer struct{ ErrorText string }
	p.call(p.session, "Page.navigate", map[string]any{"url": "file://" + path}, &answer)
	if answer.ErrorText != "" {
		p.T.Fatalf("%s: %s", path, answer.ErrorText)
	}
	select {
	case <-p.loaded:
	case <-time.After(time.Minute):
		p.T.Fatalf("%s does not load", path)
	}
}

// eval gives the value of an expression in the page.
func (p *page) eval(expression string, value any) {
	p.T.Helper()
	var answer struct {
		Result           struct{ Value json.RawMessage }
		ExceptionDetails *struct {
			Text      string
			Exception struct{ Description string }
		}
	}
	p.call(p.session, "Runtime.evaluate", map[string]any{"expression": expression, "returnByValue": true, "awaitPromise": true}, &answer)
	if answer.ExceptionDetails != nil {
		p.T.Fatalf("%.200s: %s %s", expression, answer.ExceptionDetails.Text, answer.ExceptionDetails.Exception.Description)
	}
	if value != nil {
		if err := json.Unmarshal(answer.Result.Value, value); err != nil {
			p.T.Fatalf("%.200s gives %s: %v", expression, answer.Result.Value, err)
		}
	}
}

func (p *page) text(expression string) (s string) {
	p.T.Helper()
	p.eval(expression, &s)
	return s
}

func (p *page) texts(expression string) (all []string) {
	p.T.Helper()
	p.eval(expression, &all)
	return all
}

// press presses a key, such as Tab.
func (p *page) press(key string, code int) {
	p.T.Helper()
	event := map[string]any{"type": "keyDown", "key": key, "code": key, "windowsVirtualKeyCode": code}
	if key == "Enter" {
		event["text"] = "\r"
	}
	p.do("Input.dispatchKeyEvent", event)
	p.do("Input.dispatchKeyEvent", map[string]any{"type": "keyUp", "key": key, "code": key, "windowsVirtualKeyCode": code})
}

// axe-core is under the MPL 2.0 and 570 kB long: it is not kept here but fetched
// from its registry, in one version, and compared with its checksum.
const (
	axeVersion = "4.14.1"
	axeSum     = "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ=="
)

// axe is the script of axe-core.
func axe(t *testing.T) string {
	t.Helper()
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = t.TempDir()
	}
	packed := filepath.Join(cache, "sluss-test", "axe-core-"+axeVersion+".tgz")
	data, err := os.ReadFile(packed)
	if err != nil || sum512(data) != axeSum {
		data = fetchAxe(t)
		if os.MkdirAll(filepath.Dir(packed), 0o755) == nil {
			_ = os.WriteFile(packed, data, 0o644) // the next run fetches it again otherwise
		}
	}
	unpacked, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	for files := tar.NewReader(unpacked); ; {
		head, err := files.Next()
		if err != nil {
			t.Fatal("there is no axe.min.js: ", err)
		}
		if head.Name == "package/axe.min.js" {
			script, err := io.ReadAll(files)
			if err != nil {
				t.Fatal(err)
			}
			return string(script)
		}
	}
}

func sum512(data []byte) string {
	sum := sha512.Sum512(data)
	return base64.StdEncoding.EncodeToString(sum[:])
}

func fetchAxe(t *testing.T) []byte {
	t.Helper()
	npm, err := exec.LookPath("npm")
	if err != nil {
		missing(t, "there is no npm to fetch axe-core with")
	}
	folder := t.TempDir()
	c := exec.CommandContext(t.Context(), npm, "pack", "axe-core@"+axeVersion, "--silent", "--pack-destination", folder)
	c.Dir = folder
	if out, err := c.CombinedOutput(); err != nil {
		missing(t, "axe-core cannot be fetched: %v\n%s", err, out)
	}
	data, err := os.ReadFile(filepath.Join(folder, "axe-core-"+axeVersion+".tgz"))
	if err != nil {
		t.Fatal(err)
	}
	if got := sum512(data); got != axeSum {
		t.Fatalf("axe-core %s has the checksum %s", axeVersion, got)
	}
	return data
}

// faults is what axe-core finds in a page, one line a place.
func (p *page) faults(axe string) []string {
	p.T.Helper()
	p.eval(axe+"; 0", nil)
	var found struct {
		Violations []struct {
			ID, Help string
			Nodes    []struct{ HTML, FailureSummary string }
		}
		Passes int
	}
	p.eval(`axe.run(document, {resultTypes: ["violations"]}).then((r) => ({violations: r.violations, passes: r.passes.length}))`, &found)
	if found.Passes == 0 {
		p.T.Error("axe-core looked at nothing")
	}
	var out []string
	for _, v := range found.Violations {
		for _, n := range v.Nodes {
			out = append(out, fmt.Sprintf("%s (%s): %.200s %s", v.ID, v.Help, n.HTML, strings.ReplaceAll(n.FailureSummary, "\n", " ")))
		}
	}
	return out
}
