package cmd_test

import (
	"bytes"

	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	_ "modernc.org/sqlite"
)

// site is a database with the program beside it, which runs as a process of
// its own.
type site struct {
	*testing.T
	folder, program, db string
	env                 []string
}

// result is how a process ended. A signal is a code above 128, as in a shell.
type result struct {
	code     int
	out, err string
}

// newSite makes a folder that other users can look into, with a database in it.
func newSite(t *testing.T) *site {
	t.Helper()
	s := bareSite(t)
	s.must(s.run("init"))
	return s
}

// bareSite is a site without a database. The program is this test's own
// binary: under the name of sluss it is sluss.
func bareSite(t *testing.T) *site {
	t.Helper()
	folder, err := os.MkdirTemp("", "sluss-fault-*")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	self, err := os.Executable()
	if err == nil {
		err = errors.Join(os.Chmod(folder, 0o755), os.Mkdir(folder+"/data", 0o755))
	}
	if err != nil {
		t.Fatal(err)
	}
	s := &site{T: t, folder: folder, program: folder + "/sluss", db: folder + "/data/sluss.db"}
	if os.Link(self, s.program) != nil { // on another file system
		image, err := os.ReadFile(self)
		if err != nil || os.WriteFile(s.program, image, 0o755) != nil {
			t.Fatal("the program cannot be copied")
		}
	}
	s.env = []string{"HOME=" + folder, "SLUSS_DB=" + s.db, "SLUSS_COACH=Åsa", "SLUSS_LANG=en", "PATH=" + os.Getenv("PATH")}
	return s
}

func (s *site) command(name string, args ...string) (*exec.Cmd, *bytes.Buffer, *bytes.Buffer) {
	c := exec.CommandContext(s.Context(), name, args...)
	var out, problems bytes.Buffer
	c.Stdout, c.Stderr, c.Env, c.Dir = &out, &problems, s.env, s.folder
	return c, &out, &problems
}

func (s *site) run(args ...string) result { return s.exec(s.program, args...) }

// exec runs a program to its end. No fault may make sluss panic.
func (s *site) exec(name string, args ...string) result {
	s.Helper()
	c, out, problems := s.command(name, args...)
	return s.ended(c, c.Run(), out, problems)
}

func (s *site) ended(c *exec.Cmd, err error, out, problems *bytes.Buffer) result {
	s.Helper()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		s.Fatal(err)
	}
	r := result{c.ProcessState.ExitCode(), out.String(), problems.String()}
	if status, ok := c.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		r.code = 128 + int(status.Signal())
	}
	if strings.Contains(r.err, "goroutine ") || strings.Contains(r.err, "internal error") || strings.Contains(r.err, "panic") {
		s.Fatalf("%v died: %s", c.Args, r.err)
	}
	return r
}

// sh runs a script with sluss as $S.
func (s *site) sh(script string) result {
	s.Helper()
	return s.exec("/bin/sh", "-c", "S="+s.program+"\n"+script)
}

func (s *site) must(r result) result {
	s.Helper()
	if r.code != 0 {
		s.Fatalf("exit %d: %s", r.code, r.err)
	}
	return r
}

// want fails unless r ended with code and said part.
func (s *site) want(r result, code int, part string) {
	s.Helper()
	if r.code != code || !strings.Contains(r.err, part) {
		s.Errorf("exit %d, not %d, with %q; %q should be in it", r.code, code, r.err, part)
	}
}

// titles is the ideas that are there, by number. The database must be whole.
func (s *site) titles() map[int]string {
	s.Helper()
	s.must(s.run("db", "check", "--full"))
	list := s.must(s.run("list", "--json", "--jq", `.[] | "\(.number) \(.title)"`, "--limit", "0"))
	out := map[int]string{}
	for line := range strings.Lines(list.out) {
		number, title, _ := strings.Cut(strings.TrimSpace(line), " ")
		n, err := strconv.Atoi(number)
		if err != nil {
			s.Fatal(err)
		}
		out[n] = title
	}
	return out
}

func (s *site) holds(title string) bool {
	s.Helper()
	for _, t := range s.titles() {
		if t == title {
			return true
		}
	}
	return false
}

// files is what lies in the folder of the database.
func (s *site) files() []string {
	s.Helper()
	entries, err := os.ReadDir(filepath.Dir(s.db))
	if err != nil {
		s.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// slow leaves a test out with -short.
func slow(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("takes long")
	}
}

// What was reported done is there, however the program dies.
func TestKill(t *testing.T) {
	t.Parallel()
	rounds := 50
	if testing.Short() {
		rounds = 5
	}
	s := newSite(t)
	started := time.Now()
	s.must(s.run("add", "before"))
	usual := time.Since(started)
	told := map[int]string{1: "before"}
	killed := 0
	for round := range rounds {
		var wait sync.WaitGroup
		var lock sync.Mutex
		for writer := range 3 {
			wait.Go(func() {
				title := fmt.Sprintf("%d of %d", writer, round)
				c, out, problems := s.command(s.program, "add", title, "--note", strings.Repeat("x ", 5000), "--json", "--jq", ".number")
				if err := c.Start(); err != nil {
					t.Error(err)
					return
				}
				timer := time.AfterFunc(rand.N(2*usual), func() { _ = c.Process.Kill() })
				defer timer.Stop()
				r := s.ended(c, c.Wait(), out, problems)
				lock.Lock()
				defer lock.Unlock()
				if number, err := strconv.Atoi(strings.TrimSpace(r.out)); err == nil {
					told[number] = title
				} else if r.code != 128+int(syscall.SIGKILL) {
					t.Errorf("exit %d: %s", r.code, r.err)
				} else {
					killed++
				}
			})
		}
		wait.Wait()
	}
	there := s.titles()
	for number, title := range told {
		if there[number] != title {
			t.Errorf("idea %d was reported as %q, and is %q", number, title, there[number])
		}
	}
	t.Logf("%d reported, %d killed before, %d are there", len(told), killed, len(there))
	if killed == 0 {
		t.Error("nothing was killed")
	}
}

// Twenty coaches at once get a number each.
func TestManyAtOnce(t *testing.T) {
	processes, each := 20, 10
	if testing.Short() {
		processes, each = 8, 2
	}
	s := newSite(t)
	var wait sync.WaitGroup
	results := make(chan result, processes*each)
	for p := range processes {
		wait.Go(func() {
			for k := range each {
				results <- s.run("add", fmt.Sprintf("%d of %d", k, p), "--as", fmt.Sprint("coach ", p), "--giver", "Per Ek", "--json", "--jq", ".number")
			}
		})
	}
	wait.Wait()
	close(results)
	numbers := map[string]bool{}
	for r := range results {
		s.must(r)
		numbers[r.out] = true
	}
	if len(numbers) != processes*each || len(s.titles()) != processes*each {
		t.Errorf("%d numbers and %d ideas of %d", len(numbers), len(s.titles()), processes*each)
	}
	givers := s.must(s.run("giver", "list", "--json", "--jq", "length"))
	if strings.TrimSpace(givers.out) != "1" {
		t.Errorf("one giver became %s", givers.out)
	}
}

// A signal in the middle of an import ends it at once and leaves nothing.
func TestSignalDuringImport(t *testing.T) {
	for signal, code := range map[syscall.Signal]int{syscall.SIGINT: 130, syscall.SIGTERM: 143} {
		t.Run(signal.String(), func(t *testing.T) {
			s := newSite(t)
			c, out, problems := s.command(s.program, "import", "-", "--skip-bad", "--add-units")
			in, err := c.StdinPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
			// A pipe holds 64 KiB: when this is written, it is being read.
			rows := "title,unit,note\n" + strings.Repeat("Cyklar,Skola,ringde\n", 50_000)
			if _, err := in.Write([]byte(rows)); err != nil {
				t.Fatal(err)
			}
			if err := c.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			r := s.ended(c, c.Wait(), out, problems)
			s.want(r, code, "interrupted; nothing was changed")
			if len(s.titles()) != 0 || !slices.Equal(s.files(), []string{"sluss.db"}) {
				t.Errorf("there are %d ideas and %v", len(s.titles()), s.files())
			}
			if units := s.must(s.run("unit", "list", "--json")); strings.TrimSpace(units.out) != "[]" {
				t.Errorf("units are left: %s", units.out)
			}
			in.Close()
		})
	}
}

// A signal while a text is awaited ends the program too.
func TestSignalWhileReading(t *testing.T) {
	s := newSite(t)
	s.must(s.run("add", "Cyklar"))
	c, out, problems := s.command(s.program, "note", "1", "-")
	in, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := in.Write(bytes.Repeat([]byte("x"), 200_000)); err != nil { // see above
		t.Fatal(err)
	}
	if err := c.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	s.want(s.ended(c, c.Wait(), out, problems), 130, "interrupted")
}

// smallDisk runs a script where $D is a disk of a size, as the user who is
// root there.
func (s *site) smallDisk(size, script string) result {
	s.Helper()
	disk := s.folder + "/disk"
	if err := os.MkdirAll(disk, 0o755); err != nil {
		s.Fatal(err)
	}
	if s.exec("unshare", "-rm", "mount", "-t", "tmpfs", "none", disk).code != 0 {
		s.Skip("a file system of our own cannot be mounted here")
	}
	return s.exec("unshare", "-rm", "/bin/sh", "-c", fmt.Sprintf("S=%s; D=%s\nmount -t tmpfs -o size=%s none $D || exit 99\n%s", s.program, disk, size, script))
}

func TestDiskFull(t *testing.T) {
	t.Run("init", func(t *testing.T) {
		s := bareSite(t)
		r := s.smallDisk("40k", `$S init $D/x.db; echo $?; ls -A $D`)
		if r.out != "1\n" || !strings.Contains(r.err, "is full") {
			t.Errorf("%q, %q", r.out, r.err)
		}
	})
	t.Run("init in any room", func(t *testing.T) { // there is no database, or a whole one
		s := bareSite(t)
		for kilobytes := 100; kilobytes <= 1400; kilobytes += 20 {
			r := s.smallDisk(fmt.Sprintf("%dk", kilobytes), `$S init $D/x.db && $S --db $D/x.db db check --full; echo $?; ls -A $D`)
			if !strings.HasSuffix(r.out, "\n0\nx.db\n") && (r.out != "1\n" || !strings.Contains(r.err, "is full") && !strings.Contains(r.err, "disk is not full")) {
				t.Errorf("%d kB: %q, %q", kilobytes, r.out, r.err)
			}
		}
	})
	t.Run("add", func(t *testing.T) {
		s := bareSite(t)
		r := s.smallDisk("3m", `$S init $D/x.db >/dev/null || exit 98; export SLUSS_DB=$D/x.db
			n=0; while $S add "idé $n" --note "$(head -c 30000 /dev/zero | tr '\0' x)" >/dev/null; do n=$((n+1)); done
			echo $n $($S list --json --jq length --limit 0)
			$S db check --full >/dev/null && echo whole
			ls -A $D`)
		lines := strings.Fields(r.out)
		if len(lines) < 4 || lines[0] == "0" || lines[0] != lines[1] || lines[2] != "whole" || lines[3] != "x.db" {
			t.Errorf("%q, %q", r.out, r.err)
		}
		if !strings.Contains(r.err, "is full; nothing was changed") {
			t.Errorf("it says %q", r.err)
		}
	})
	t.Run("results", func(t *testing.T) {
		s := newSite(t)
		for range 3 {
			s.must(s.run("add", "Cyklar", "--need", strings.Repeat("behov ", 8000)))
		}
		r := s.smallDisk("60k", `echo old > $D/a.csv
			for c in "list --fields number,title,need -o $D/a.csv" "export csv -o $D/a.csv" "export md --each $D/md" "db backup $D/c.db"; do $S $c; echo $?; done
			$S add Sol -o $D/no/d.json; echo $?
			ls -A $D; ls -A $D/md; cat $D/a.csv`)
		if r.out != "1\n1\n1\n1\n3\na.csv\nmd\n1-cyklar.md\nold\n" {
			t.Errorf("%q, %q", r.out, r.err)
		}
		if strings.Count(r.err, "is full") != 4 || !strings.HasSuffix(strings.TrimSpace(r.err), "the change is saved") {
			t.Errorf("it says %q", r.err)
		}
	})
}

// Every format of an export is written whole or not at all: on a full disk, and
// where the folder is gone.
func TestExportsHaveRoomOrLeaveNothing(t *testing.T) {
	s := newSite(t)
	noise := make([]byte, 24_000) // that no workbook can press together
	for k := range noise {
		noise[k] = byte('a' + rand.IntN(26))
	}
	s.must(s.run("add", "Cyklar", "--need", string(noise)))
	s.must(s.run("activity", "add", "Idéverkstad", "--kind", "workshop", "--note", string(noise)))
	exports := map[string]string{"csv": "export csv", "json": "export json", "md": "export md --fields number,need", "html": "export html --fields number,need",
		"xlsx": "export xlsx", "rss": "export rss --of ideas --link-base https://exempel.se/", "ics": "export ics"}
	t.Run("folder gone", func(t *testing.T) {
		for ending, command := range exports {
			r := s.sh("$S " + command + " -o gone/a." + ending + "; echo $?; ls -d gone")
			if r.out != "3\n" || !strings.Contains(r.err, "there is no file or folder gone/a."+ending) {
				t.Errorf("%s: %q, %q", ending, r.out, r.err)
			}
		}
	})
	for ending, command := range exports {
		t.Run(ending, func(t *testing.T) {
			s := &site{T: t, folder: s.folder, program: s.program, db: s.db, env: s.env}
			r := s.smallDisk("8k", fmt.Sprintf("echo old > $D/a.%[1]s; $S %[2]s -o $D/a.%[1]s; echo $?; ls -A $D; cat $D/a.%[1]s", ending, command))
			if r.out != "1\na."+ending+"\nold\n" || !strings.Contains(r.err, "a."+ending+" could not be written: the disk is full") {
				t.Errorf("%q, %q", r.out, r.err)
			}
		})
	}
}

// A result that cannot be printed is a failure, and what was changed stays so.
func TestFullStream(t *testing.T) {
	s := newSite(t)
	r := s.sh(`$S add Cyklar >/dev/full`)
	s.want(r, 1, "the change is saved")
	if !s.holds("Cyklar") {
		t.Error("the idea is not there")
	}
	for _, command := range []string{"list", "list --json", "show 1", "export csv", "export json", "export md", "export html", "export xlsx", "export rss --link-base https://x.se", "export ics", "report funnel", "help", "--help", "db path", "db check", "log --format md", "version", "config show", "completion bash"} {
		r := s.sh("$S " + command + " >/dev/full")
		if r.code != 1 || !strings.Contains(r.err, "could not be written") {
			t.Errorf("%s: exit %d, %q", command, r.code, r.err)
		}
		if strings.Contains(r.err, "is saved") {
			t.Errorf("%s changed nothing, and says %q", command, r.err)
		}
	}
}

func TestStreamsAndSurroundings(t *testing.T) {
	s := newSite(t)
	s.must(s.sh(`$S add Cyklar <&- >&-`))
	s.must(s.sh(`$S list <&- >/dev/null 2>&-`))
	s.want(s.sh(`$S add <&-`), 2, "needs a title")
	s.want(s.sh(`$S note 1 - </dev/null`), 2, "the note is empty")
	s.want(s.sh(`$S move - dialogue </dev/null`), 2, "no number")
	if r := s.sh(`$S list --json | head -c 1`); r.code != 0 || r.err != "" {
		t.Errorf("exit %d: %q", r.code, r.err)
	}
	s.env = []string{"LC_ALL=C"}
	if r := s.must(s.run("--db", s.db, "list", "--json", "--jq", ".[].coach")); r.out != "Åsa\n" {
		t.Errorf("in the C locale: %q", r.out)
	}
	s.env = []string{} // nil would be our own
	s.must(s.run("--db", s.db, "list"))
	s.must(s.run("--help"))
	s.want(s.run("list"), 2, "--db")
	s.want(s.run("--db", s.db, "add", "Sol"), 2, "who you are")
	s.want(s.run("init"), 2, "--db")
	s.want(s.run("--db", s.db, "config", "set", "coach", "Bo"), 2, "HOME")
}

// as runs a script as nobody.
func (s *site) as(script string) result {
	s.Helper()
	if os.Getuid() != 0 || exec.Command("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "true").Run() != nil {
		s.Skip("only root can be somebody else")
	}
	return s.exec("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "/bin/sh", "-c", "S="+s.program+"\n"+script)
}

func TestPermissions(t *testing.T) {
	open := func(t *testing.T, folder, file fs.FileMode) *site {
		s := newSite(t)
		s.must(s.run("add", "Cyklar"))
		if err := errors.Join(os.Chmod(filepath.Dir(s.db), folder), os.Chmod(s.db, file)); err != nil {
			t.Fatal(err)
		}
		return s
	}
	reads := func(s *site) {
		s.Helper()
		if r := s.must(s.as(`$S list --json --jq '.[].title'`)); r.out != "Cyklar\n" {
			s.Errorf("it lists %q", r.out)
		}
		s.must(s.as(`$S search cyk && $S show 1 && $S report funnel && $S export csv && $S db check`))
	}
	t.Run("a file that can only be read", func(t *testing.T) {
		s := open(t, 0o777, 0o644)
		reads(s)
		s.want(s.as(`$S add Sol`), 1, "no permission to write")
		if s.holds("Sol") {
			t.Error("it was written all the same")
		}
	})
	t.Run("a folder that can only be read", func(t *testing.T) {
		for _, mode := range []fs.FileMode{0o644, 0o666} {
			s := open(t, 0o755, mode)
			reads(s)
			s.want(s.as(`$S add Sol`), 1, "no permission to write")
			s.want(s.as(`$S undo`), 1, "no permission to write")
			s.want(s.as(`$S init $(dirname $SLUSS_DB)/ny.db`), 1, "no permission")
			s.want(s.as(`$S list -o $(dirname $SLUSS_DB)/ny.csv`), 1, "no permission")
			if got := s.files(); !slices.Equal(got, []string{"sluss.db"}) {
				t.Errorf("the folder holds %v", got)
			}
		}
	})
	t.Run("changes that only a writer can read", func(t *testing.T) {
		s := open(t, 0o755, 0o644)
		hold := s.open()
		if _, err := hold.ExecContext(t.Context(), "UPDATE idea SET value = 'x'"); err != nil {
			t.Fatal(err)
		}
		s.must(s.sh(`cd data && cp sluss.db-wal kept`)) // as after the death of a writer
		if err := hold.Close(); err != nil {
			t.Fatal(err)
		}
		s.must(s.sh(`cd data && mv kept sluss.db-wal && chmod 644 *`))
		s.want(s.as(`$S list`), 1, "that only a writer can read")
	})
	t.Run("nothing at all", func(t *testing.T) {
		s := open(t, 0o755, 0o600)
		s.want(s.as(`$S list`), 1, "no permission")
		s.want(s.as(`$S add Sol`), 1, "no permission")
	})
	t.Run("not even the folder", func(t *testing.T) {
		s := open(t, 0o700, 0o600)
		s.want(s.as(`$S list`), 1, "no permission")
		s.want(s.as(`$S init`), 1, "no permission")
	})
}

// open is the database as another program has it open.
func (s *site) open() *sql.DB {
	s.Helper()
	db, err := sql.Open("sqlite", "file:"+s.db+"?mode=rw")
	if err != nil {
		s.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	s.Cleanup(func() { db.Close() })
	return db
}

// Who cannot write because another does, is told so, and can read meanwhile.
func TestBusy(t *testing.T) {
	slow(t)
	t.Parallel()
	s := newSite(t)
	s.must(s.run("add", "Cyklar"))
	db := s.open()
	if _, err := db.ExecContext(t.Context(), "BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	s.must(s.run("list"))
	started := time.Now()
	s.want(s.run("add", "Sol"), 5, "another command is writing")
	if took := time.Since(started); took < 9*time.Second || took > 25*time.Second {
		t.Errorf("it waited %s", took)
	}
	if _, err := db.ExecContext(t.Context(), "ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	if titles := s.titles(); len(titles) != 1 {
		t.Errorf("there are %v", titles)
	}
}

// fault is a system call that fails from time to time.
type fault struct {
	call, how string
	only      string // endings of the files that it is about, in words; empty is all
	most      int    // how many times are tried
}

// hit runs sluss with the n-th call of a kind failing, and tells whether it
// came to that.
func (s *site) hit(f fault, n int, args ...string) (result, bool) {
	s.Helper()
	log := s.folder + "/strace"
	words := []string{"-f", "-qq", "-o", log, "-e", "trace=" + f.call, "-e", fmt.Sprintf("inject=%s:%s:when=%d", f.call, f.how, n)}
	for _, ending := range strings.Fields(f.only) {
		words = append(words, "-P", s.db+strings.TrimPrefix(ending, "."))
	}
	r := s.exec("strace", append(append(words, s.program), args...)...)
	text, err := os.ReadFile(log)
	if err != nil {
		s.Fatal(err)
	}
	return r, bytes.Contains(text, []byte("(INJECTED)")) || r.code == 128+int(syscall.SIGKILL)
}

func needStrace(t *testing.T) {
	t.Helper()
	if exec.Command("strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync", "-e", "inject=fsync:error=EIO:when=1", "true").Run() != nil {
		t.Skip("strace cannot inject faults here")
	}
}

// The n-th call of the system fails, for every n: add is done and says so, or
// is not done and says that.
func TestFaultsInAdd(t *testing.T) {
	slow(t)
	t.Parallel()
	needStrace(t)
	for _, f := range []fault{
		{"pwrite64", "error=EIO", "", 30},
		{"pwrite64", "error=ENOSPC", ". .-wal", 30},
		{"pwrite64", "signal=SIGKILL", "", 30},
		{"fsync,fdatasync", "error=EIO", "", 10},
		{"fsync,fdatasync", "signal=SIGKILL", "", 10},
		{"pread64", "error=EIO", ". .-wal", 25},
		{"openat", "error=EACCES", ". .-wal .-shm", 10},
		{"openat", "error=EMFILE", ". .-wal .-shm", 10},
		{"ftruncate", "error=EIO", "", 5},
		{"fcntl", "error=EIO", ". .-wal .-shm", 20},
	} {
		t.Run(f.call+" "+f.how, func(t *testing.T) {
			s := newSite(t)
			fired := 0
			for n := 1; n <= f.most; n++ {
				title := fmt.Sprint("idé ", n)
				r, hit := s.hit(f, n, "add", title)
				if !hit {
					break
				}
				fired++
				done := s.holds(title)
				switch {
				case r.code == 128+int(syscall.SIGKILL):
					if r.out != "" && !done {
						t.Errorf("at %d it reported %q, and nothing is there", n, r.out)
					}
				case r.code == 0 && !done:
					t.Errorf("at %d it said %q, and nothing is there", n, r.out)
				case r.code != 0 && done:
					t.Errorf("at %d it said %q, and the idea is there", n, r.err)
				case r.code != 0 && r.code != 1 && r.code != 5 && r.code != 6:
					t.Errorf("at %d: exit %d, %q", n, r.code, r.err)
				}
			}
			if fired == 0 {
				t.Error("no call was hit")
			}
		})
	}
}

// The n-th call of the system fails, for every n: the file that export writes
// is the old one or the new one, and nothing lies beside it.
func TestFaultsInExport(t *testing.T) {
	slow(t)
	t.Parallel()
	needStrace(t)
	for _, f := range []fault{
		{"fsync", "error=EIO", "", 5},
		{"renameat,rename,renameat2", "error=EIO", "", 3},
		{"renameat,rename,renameat2", "signal=SIGKILL", "", 3},
		{"write", "error=ENOSPC", "", 12},
		{"fchmod,fchmodat,chmod", "error=EPERM", "", 4},
		{"pread64", "error=EIO", ". .-wal", 25},
	} {
		t.Run(f.call+" "+f.how, func(t *testing.T) {
			s := newSite(t)
			s.must(s.run("add", "Cyklar", "--need", strings.Repeat("behov ", 20_000)))
			path := filepath.Dir(s.db) + "/out.csv"
			s.must(s.run("export", "csv", "-o", path))
			whole, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			fired := 0
			for n := 1; n <= f.most; n++ {
				if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
					t.Fatal(err)
				}
				r, hit := s.hit(f, n, "export", "csv", "-o", path)
				if !hit {
					break
				}
				fired++
				now, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				killed := r.code == 128+int(syscall.SIGKILL)
				if !bytes.Equal(now, whole) && (string(now) != "old" || r.code == 0) {
					t.Errorf("at %d: exit %d, and the file holds %d bytes", n, r.code, len(now))
				}
				if !killed && !slices.Contains([]int{0, 1, 5, 6}, r.code) {
					t.Errorf("at %d: exit %d, %q", n, r.code, r.err)
				}
				left := slices.DeleteFunc(s.files(), func(name string) bool { return strings.HasPrefix(name, "sluss.db") || name == "out.csv" })
				if len(left) > 0 && !killed {
					t.Errorf("at %d: %v are left", n, left)
				}
				for _, name := range left {
					os.Remove(filepath.Join(filepath.Dir(s.db), name))
				}
			}
			if fired == 0 {
				t.Error("no call was hit")
			}
		})
	}
}

// A backup is there whole or not at all, whenever the program dies.
func TestKilledBackup(t *testing.T) {
	slow(t)
	t.Parallel()
	needStrace(t)
	s := newSite(t)
	s.must(s.run("add", "Cyklar"))
	path := filepath.Dir(s.db) + "/kopia.db"
	killed := 0
	for n := 1; n <= 60; n += 3 {
		r, hit := s.hit(fault{call: "pwrite64,linkat,fsync", how: "signal=SIGKILL"}, n, "db", "backup", path)
		if !hit {
			break
		}
		killed++
		if _, err := os.Stat(path); err == nil {
			if got := s.must(s.run("--db", path, "list", "--json", "--jq", ".[].title")); got.out != "Cyklar\n" {
				t.Errorf("at %d (exit %d) half a backup is there", n, r.code)
			}
			s.must(s.run("--db", path, "db", "check", "--full"))
			os.Remove(path)
		}
	}
	if killed == 0 {
		t.Error("nothing was killed")
	}
	s.titles()
}
