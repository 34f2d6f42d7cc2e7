package cmd_test

import (
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// oldSite is a site whose database was made by the first release.
func oldSite(t *testing.T) *site {
	t.Helper()
	s := bareSite(t)
	s.writeOld(s.db)
	return s
}

func (s *site) writeOld(path string) {
	s.Helper()
	s.writeVersion(path, 1)
}

func (s *site) writeVersion(path string, version int) {
	s.Helper()
	packed, err := os.Open(fmt.Sprintf("../internal/store/testdata/version%d.db.gz", version))
	if err != nil {
		s.Fatal(err)
	}
	defer packed.Close()
	plain, err := gzip.NewReader(packed)
	if err != nil {
		s.Fatal(err)
	}
	bytes, err := io.ReadAll(plain)
	if err == nil {
		err = os.WriteFile(path, bytes, 0o600)
	}
	if err != nil {
		s.Fatal(err)
	}
}

var oldTitles = map[int]string{1: "Solceller på skoltak", 2: "Cykelpool"}

func (s *site) holdsOld(when string) {
	s.Helper()
	got := s.titles()
	if len(got) != 2 || got[1] != oldTitles[1] || got[2] != oldTitles[2] {
		s.Errorf("%s: there are %v", when, got)
	}
}

// wholeCopies looks at every database beside the one of the site, and removes
// them.
func (s *site) wholeCopies(when string) (n int) {
	s.Helper()
	for _, name := range s.files() {
		if strings.HasPrefix(name, "sluss.db") {
			continue
		}
		path := filepath.Join(filepath.Dir(s.db), name)
		if strings.HasSuffix(name, ".db") {
			n++
			if r := s.run("db", "restore", path, "--to", s.folder+"/copy.db", "--yes"); r.code != 0 {
				s.Errorf("%s: the copy %s is not whole: %s", when, name, r.err)
			}
			os.Remove(s.folder + "/copy.db")
		}
		os.RemoveAll(path)
	}
	return n
}

// Of many commands that find an old file at once one upgrades it, and makes the
// only backup; the others wait for it.
func TestUpgradeByManyAtOnce(t *testing.T) {
	for _, version := range []int{1, 2} {
		t.Run(fmt.Sprint(version), func(t *testing.T) { manyAtOnce(t, version) })
	}
}

func manyAtOnce(t *testing.T, version int) {
	s := bareSite(t)
	s.writeVersion(s.db, version)
	const programs = 8
	var wait sync.WaitGroup
	results := make([]result, programs)
	for k := range programs {
		wait.Go(func() { results[k] = s.run("list", "--json", "--jq", "length") })
	}
	wait.Wait()
	told := 0
	for _, r := range results {
		s.must(r)
		if r.out != "2\n" {
			t.Errorf("it lists %q", r.out)
		}
		if strings.Contains(r.err, fmt.Sprintf("is upgraded from version %d", version)) {
			told++
		}
	}
	if got := s.files(); told != 1 || len(got) != 2 {
		t.Errorf("%d upgraded it, and there are %v", told, got)
	}
	s.holdsOld("at the end")
}

// Whenever an upgrade dies or a call of the system fails, the file is the old
// one or the new one, and every backup is whole.
func TestFaultsInUpgrade(t *testing.T) {
	slow(t)
	t.Parallel()
	needStrace(t)
	for _, f := range []fault{
		{"pwrite64", "signal=SIGKILL", "", 400},
		{"pwrite64", "signal=SIGKILL", ". .-wal", 60},
		{"fsync,fdatasync,linkat,unlinkat", "signal=SIGKILL", "", 40},
		{"pwrite64", "error=ENOSPC", "", 400},
		{"fsync,fdatasync", "error=EIO", "", 30},
		{"linkat", "error=EIO", "", 5},
	} {
		t.Run(f.call+" "+f.how, func(t *testing.T) {
			s := bareSite(t)
			fired := 0
			for n := 1; n <= f.most; n += 1 + f.most/50 {
				for _, name := range s.files() {
					os.RemoveAll(filepath.Join(filepath.Dir(s.db), name))
				}
				s.writeVersion(s.db, 1+fired%2)
				when := fmt.Sprint("at ", n)
				r, hit := s.hit(f, n, "list")
				if !hit {
					break
				}
				fired++
				killed := r.code == 128+int(syscall.SIGKILL)
				if !killed && !slices.Contains([]int{0, 1, 5, 6}, r.code) {
					t.Errorf("%s: exit %d, %q", when, r.code, r.err)
				}
				if !killed {
					left := slices.DeleteFunc(s.files(), func(name string) bool { return strings.HasSuffix(name, ".db") })
					if len(left) > 0 && r.code != 0 && !strings.HasPrefix(left[0], "sluss.db") {
						t.Errorf("%s: %v are left", when, left)
					}
				}
				copies := s.wholeCopies(when)
				r = s.must(s.run("list"))
				if upgraded := !strings.Contains(r.err, "is upgraded"); upgraded && copies == 0 {
					t.Errorf("%s: it was upgraded without a backup", when)
				}
				s.holdsOld(when)
			}
			if fired == 0 {
				t.Error("no call was hit")
			}
		})
	}
}

// Whenever a restore dies or a call of the system fails, the database is what it
// was or what the backup holds, as the command says.
func TestFaultsInRestore(t *testing.T) {
	slow(t)
	t.Parallel()
	needStrace(t)
	for _, f := range []fault{
		{"pwrite64,linkat,fsync,fdatasync,unlinkat", "signal=SIGKILL", "", 900},
		{"pwrite64", "signal=SIGKILL", ". .-wal", 600},
		{"pwrite64", "error=ENOSPC", "", 900},
		{"fsync,fdatasync", "error=EIO", "", 40},
	} {
		t.Run(f.call+" "+f.how+f.only, func(t *testing.T) {
			s := oldSite(t)
			backup := s.folder + "/backup.db"
			s.writeOld(backup)
			s.must(s.run("add", "Efteråt"))
			s.wholeCopies("before")
			fired, restored := 0, 0
			for n := 1; n <= f.most; n += 1 + f.most/50 {
				when := fmt.Sprint("at ", n)
				r, hit := s.hit(f, n, "db", "restore", backup, "--yes")
				if !hit {
					break
				}
				fired++
				killed := r.code == 128+int(syscall.SIGKILL)
				if !killed && !slices.Contains([]int{0, 1, 5, 6}, r.code) {
					t.Errorf("%s: exit %d, %q", when, r.code, r.err)
				}
				there := s.holds("Efteråt")
				if !killed && there == (r.code == 0) {
					t.Errorf("%s: exit %d, %q; what was there before is there: %t", when, r.code, r.err, there)
				}
				if copies := s.wholeCopies(when); !there {
					restored++
					if copies == 0 {
						t.Errorf("%s: what was there before is not kept", when)
					}
					s.holdsOld(when)
					s.must(s.run("add", "Efteråt"))
				}
			}
			if fired == 0 {
				t.Error("no call was hit")
			}
			t.Logf("%d faults, the backup was restored at %d of them", fired, restored)
		})
	}
}

// Nobody upgrades or replaces a file under the hands of another program.
func TestUpgradeAndRestoreAreBusy(t *testing.T) {
	slow(t)
	t.Parallel()
	s := oldSite(t)
	backup := s.folder + "/backup.db"
	s.writeOld(backup)
	db := s.open()
	var n int
	if err := db.QueryRowContext(t.Context(), "SELECT count(*) FROM idea").Scan(&n); err != nil {
		t.Fatal(err)
	}
	s.want(s.run("list"), 5, "another program has "+s.db+" open")
	s.want(s.run("db", "restore", backup, "--yes"), 5, "another program has "+s.db+" open")
	if got := slices.DeleteFunc(s.files(), func(name string) bool { return strings.HasPrefix(name, "sluss.db") }); len(got) > 0 {
		t.Errorf("there are %v", got)
	}
	db.Close()
	s.must(s.run("list"))
	s.must(s.run("db", "restore", backup, "--yes"))
	s.holdsOld("at the end")
}

func TestUpgradeOnAFullDisk(t *testing.T) {
	s := bareSite(t)
	s.writeOld(s.folder + "/old.db")
	r := s.smallDisk("600k", `cp old.db $D/x.db; export SLUSS_DB=$D/x.db
		$S list; echo $?; ls -A $D; cmp old.db $D/x.db && echo same`)
	if r.out != "1\nx.db\nsame\n" || !strings.Contains(r.err, "is full") {
		t.Errorf("%q, %q", r.out, r.err)
	}
}

func TestUpgradeOfAFileThatCanOnlyBeRead(t *testing.T) {
	s := oldSite(t)
	if err := os.Chmod(s.db, 0o644); err != nil {
		t.Fatal(err)
	}
	s.want(s.as(`$S list`), 6, "you may not write to it")
	s.want(s.as(`$S db upgrade`), 6, "you may not write to it")
	if r := s.as(`cd $(mktemp -d) && $S db restore $SLUSS_DB --to x.db && $S --db x.db list --json --jq length --as Bo`); r.code != 0 || !strings.HasSuffix(r.out, "2\n") {
		t.Errorf("exit %d, %q, %q", r.code, r.out, r.err)
	}
	if got := s.files(); !slices.Equal(got, []string{"sluss.db"}) {
		t.Errorf("there are %v", got)
	}
}
