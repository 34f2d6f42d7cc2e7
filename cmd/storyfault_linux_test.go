package cmd_test

import (
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
)

// noise writes a picture that cannot be made small.
func noise(t *testing.T, path string) {
	t.Helper()
	const side = 300
	random := rand.New(rand.NewPCG(1, 2))
	m := image.NewRGBA(image.Rect(0, 0, side, side))
	for y := range side {
		for x := range side {
			n := random.Uint32()
			m.Set(x, y, color.RGBA{byte(n), byte(n >> 8), byte(n >> 16), 255})
		}
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, m); err != nil {
		t.Fatal(err)
	}
	if err := f.Chmod(0o644); err != nil {
		t.Fatal(err)
	}
}

// storySite is a site with a good example and a picture beside it that is not
// added yet.
func storySite(t *testing.T) (s *site, file string) {
	t.Helper()
	s = newSite(t)
	s.must(s.run("add", "Lånecyklar"))
	s.must(s.run("story", "1"))
	file = s.folder + "/brus.png"
	noise(t, file)
	return s, file
}

// without fails unless the example has no picture and the database is whole.
func (s *site) without() {
	s.Helper()
	s.must(s.run("db", "check", "--full"))
	if r := s.must(s.run("story", "picture", "list", "1", "--jq", "length")); r.out != "0\n" {
		s.Errorf("the example has pictures: %s", r.out)
	}
}

func TestAPictureHasRoomOrLeavesNothing(t *testing.T) {
	s, file := storySite(t)
	r := s.smallDisk("100k", `ln -s $D `+s.folder+`/data/sluss-pictures; $S story picture add 1 `+file+` --alt Brus; echo $?; ls -A $D`)
	if r.out != "1\n" || !strings.Contains(r.err, "is full") {
		t.Errorf("%q, %q", r.out, r.err)
	}
	s.without()
}

func TestAPictureNeedsAFolder(t *testing.T) {
	s, file := storySite(t)
	if err := os.WriteFile(s.folder+"/data/sluss-pictures", nil, 0o600); err != nil { // a file in its place
		t.Fatal(err)
	}
	if r := s.run("story", "picture", "add", "1", file, "--alt", "Brus"); r.code != 1 || !strings.Contains(r.err, "sluss-pictures") {
		t.Errorf("exit %d: %s", r.code, r.err)
	}
	if err := os.Remove(s.folder + "/data/sluss-pictures"); err != nil {
		t.Fatal(err)
	}
	s.without()

	if err := os.Mkdir(s.folder+"/data/sluss-pictures", 0o755); err != nil { // root's, and nobody gives the command
		t.Fatal(err)
	}
	s.must(s.exec("chown", "65534:65534", s.folder+"/data", s.db))
	if r := s.as(`$S story picture add 1 ` + file + ` --alt Brus`); r.code != 1 || !strings.Contains(r.err, "no permission") || !strings.Contains(r.err, "sluss-pictures") {
		t.Errorf("exit %d: %s", r.code, r.err)
	}
	s.must(s.exec("chown", "0:0", s.folder+"/data", s.db))
	s.without()
}

// TestAPictureIsTakenBackWithItsRow lets the database fail at the end: the file is
// there already then.
func TestAPictureIsTakenBackWithItsRow(t *testing.T) {
	s, file := storySite(t)
	needStrace(t)
	s.want(s.exec("strace", "-f", "-qq", "-o", "/dev/null", "-e", "inject=pwrite64:error=ENOSPC", "-P", s.db, "-P", s.db+"-wal",
		s.program, "story", "picture", "add", "1", file, "--alt", "Brus"), 1, "is full")
	if entries, err := os.ReadDir(s.folder + "/data/sluss-pictures"); err == nil {
		t.Errorf("%d files are left", len(entries))
	}
	s.without()
}
