package cmd_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"sluss/internal/file"
)

// withPages is a site with published examples, one of them with a large picture,
// and a folder of pages made of them.
func withPages(t *testing.T, examples int) (s *site, folder string) {
	t.Helper()
	s, picture := storySite(t)
	s.must(s.run("story", "picture", "add", "1", picture, "--alt", "Brus"))
	for number := 2; number <= examples; number++ {
		s.must(s.run("add", fmt.Sprint("Idé ", number), "--need", strings.Repeat("Behov. ", 50)))
		s.must(s.run("story", fmt.Sprint(number)))
	}
	s.must(s.run("story", "publish", fmt.Sprint("1-", examples), "--audience", "all"))
	folder = s.folder + "/webb"
	s.must(s.run("export", "site", folder))
	return s, folder
}

// whole fails unless a folder holds just what its list says.
func (s *site) whole(folder string) {
	s.Helper()
	hash, _, err := file.FolderSum(folder, ".sluss-site")
	if err != nil || !file.HoldsListed(folder, ".sluss-site", hash) {
		s.Fatalf("%s is not whole: %v", folder, err)
	}
}

func TestASiteHasRoomOrLeavesNothing(t *testing.T) {
	s, _ := withPages(t, 1)
	r := s.smallDisk("200k", `$S export site $D/webb; echo $?; ls -A $D`) // the picture has 360 kB
	if r.out != "1\n" || !strings.Contains(r.err, "/webb/pictures/1-") || !strings.Contains(r.err, "could not be written: the disk is full") {
		t.Errorf("%q, %q", r.out, r.err)
	}
	r = s.smallDisk("200k", `$S export site $D/webb --tag none && cp $D/webb/.sluss-site $D/before && $S export site $D/webb; echo $?; cd $D/webb
		sha256sum --quiet -c .sluss-site && cmp .sluss-site ../before && ls -A . ..`)
	if !strings.HasSuffix(r.out, "\n1\n.:\n.sluss-site\nen\nindex.html\nsv\n\n..:\nbefore\nwebb\n") || strings.Count(r.err, "the disk is full") != 1 {
		t.Errorf("%q, %q", r.out, r.err)
	}
}

func TestASiteNeedsItsFolder(t *testing.T) {
	s, folder := withPages(t, 2)
	closed := s.folder + "/closed"
	if err := os.Mkdir(closed, 0o755); err != nil {
		t.Fatal(err)
	}
	s.must(s.exec("chown", "-R", "65534:65534", s.folder+"/data"))
	if r := s.as(`$S export site ` + closed + `/webb`); r.code != 1 || !strings.Contains(r.err, "no permission to use "+closed+"/webb") {
		t.Errorf("exit %d: %s", r.code, r.err)
	}
	if r := s.as(`$S export site ` + folder); r.code != 1 || !strings.Contains(r.err, "no permission to use "+folder) { // another's
		t.Errorf("exit %d: %s", r.code, r.err)
	}
	s.whole(folder)
	s.want(s.run("export", "site", s.folder+"/gone/webb"), 3, "there is no folder "+s.folder+"/gone")
	s.want(s.run("export", "site", "/"), 4, "you are in the folder /")
	if entries, err := os.ReadDir(closed); err != nil || len(entries) > 0 {
		t.Errorf("%v, %v", entries, err)
	}
}

// TestASiteIsNeverHalf kills exports in the middle, and lets the renaming of the
// folders fail: there is always one whole folder of pages, and the next export
// leaves nothing else.
func TestASiteIsNeverHalf(t *testing.T) {
	rounds := 40
	if testing.Short() {
		rounds = 5
	}
	s, folder := withPages(t, 30)
	started := time.Now()
	s.must(s.run("export", "site", folder))
	usual := time.Since(started)
	killed, titles := 0, []string{"Ett", "Två"}
	for round := range rounds {
		c, out, problems := s.command(s.program, "export", "site", folder, "--title", titles[round%2])
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(rand.N(usual), func() { _ = c.Process.Kill() })
		if r := s.ended(c, c.Wait(), out, problems); r.code == 128+int(syscall.SIGKILL) {
			killed++
		} else {
			s.must(r)
		}
		timer.Stop()
		s.whole(folder)
	}
	if killed == 0 {
		t.Error("nothing was killed")
	}
	s.must(s.run("export", "site", folder))
	s.whole(folder)
	if left, err := filepath.Glob(s.folder + "/.webb*"); err != nil || len(left) > 0 {
		t.Errorf("%v is left", left)
	}
	t.Run("renaming fails", func(t *testing.T) {
		s := &site{T: t, folder: s.folder, program: s.program, db: s.db, env: s.env}
		needStrace(t)
		for call, code := range map[string]int{
			"renameat2:error=EIO":                        1, // the exchange itself
			"renameat2:error=EINVAL":                     0, // a file system without it: two steps
			"renameat2:error=EINVAL+renameat:error=EIO":  1, // and the first of them
			"renameat2:error=EINVAL+renameat:error=EIO2": 1, // and the second: the first is taken back
		} {
			args := []string{"-f", "-qq", "-o", "/dev/null"}
			for _, one := range strings.Split(call, "+") {
				if second, found := strings.CutSuffix(one, "EIO2"); found {
					one = second + "EIO:when=2"
				}
				args = append(args, "-e", "inject="+one)
			}
			r := s.exec("strace", append(args, s.program, "export", "site", folder, "--title", call)...)
			if r.code != code || code == 1 && !strings.Contains(r.err, folder+" could not be used") {
				t.Errorf("%s: exit %d: %s", call, r.code, r.err)
			}
			s.whole(folder)
			page, err := os.ReadFile(folder + "/sv/index.html")
			if new := strings.Contains(string(page), "<h1>"+call+"</h1>"); err != nil || new != (code == 0) {
				t.Errorf("%s: the new pages are there: %v, %v", call, new, err)
			}
			if left, err := filepath.Glob(s.folder + "/.webb*"); err != nil || len(left) > 0 {
				t.Errorf("%s: %v is left", call, left)
			}
		}
	})
}

// TestSiteIsStable makes the same pages in different surroundings.
func TestSiteIsStable(t *testing.T) {
	s, folder := withPages(t, 12)
	list := func() string {
		t.Helper()
		s.must(s.run("export", "site", folder, "--link-base", "https://exempel.se/"))
		data, err := os.ReadFile(folder + "/.sluss-site")
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	first, usual := list(), s.env
	for _, around := range [][]string{{"TZ=Pacific/Kiritimati", "LANG=sv_SE.UTF-8", "LC_ALL=sv_SE.UTF-8"}, {"TZ=America/Los_Angeles", "LANG=tr_TR.UTF-8"}, {"SLUSS_LANG=sv"}} {
		s.env = append(append([]string{}, usual...), around...)
		if got := list(); got != first {
			t.Errorf("with %v it is\n%s, not\n%s", around, got, first)
		}
	}
}
