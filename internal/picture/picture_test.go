package picture_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"sluss/internal/idea"
	"sluss/internal/picture"
)

// quarters is a picture whose quarters differ: red and green above, blue and
// white below.
func quarters(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{255, 0, 0, 255}
			switch {
			case x >= w/2 && y < h/2:
				c = color.RGBA{0, 255, 0, 255}
			case x < w/2 && y >= h/2:
				c = color.RGBA{0, 0, 255, 255}
			case x >= w/2:
				c = color.RGBA{255, 255, 255, 255}
			}
			m.Set(x, y, c)
		}
	}
	return m
}

func jpegOf(t *testing.T, m image.Image, parts ...[]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	data := b.Bytes()
	out := slices.Clone(data[:2])
	for _, part := range parts {
		out = append(out, part...)
	}
	return append(out, data[2:]...)
}

// exif is what a camera writes into a JPEG: how it was held, and where it was.
func exif(orientation uint16) []byte {
	const entries = 2
	tiff := append([]byte("MM\x00*"), 0, 0, 0, 8, 0, entries)
	tiff = binary.BigEndian.AppendUint16(tiff, 0x0112)
	tiff = append(tiff, 0, 3, 0, 0, 0, 1)
	tiff = binary.BigEndian.AppendUint16(tiff, orientation)
	tiff = append(tiff, 0, 0)
	tiff = append(tiff, 0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 40) // GPS
	tiff = append(tiff, "GPS 56.0465 12.6945 Canon"...)
	part := append([]byte("Exif\x00\x00"), tiff...)
	out := []byte{0xff, 0xe1}
	return append(binary.BigEndian.AppendUint16(out, uint16(len(part)+2)), part...)
}

func write(t *testing.T, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestNothingOfTheCameraIsLeft(t *testing.T) {
	comment := append([]byte{0xff, 0xfe, 0, 7}, "GPS 5"...)
	p, err := picture.Read(write(t, "a.jpg", jpegOf(t, quarters(16, 8), exif(1), comment)))
	if err != nil {
		t.Fatal(err)
	}
	for _, left := range []string{"Exif", "GPS", "Canon", "\xff\xe1", "\xff\xfe"} {
		if bytes.Contains(p.Data, []byte(left)) {
			t.Errorf("%q is left", left)
		}
	}
	if p.Ending != "jpg" || p.Width != 16 || p.Height != 8 {
		t.Errorf("%s %dx%d", p.Ending, p.Width, p.Height)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, quarters(8, 8)); err != nil {
		t.Fatal(err)
	}
	p, err = picture.Read(write(t, "a.png", chunk(b.Bytes(), "tEXt", "Author\x00Lind GPS")))
	if err != nil || bytes.Contains(p.Data, []byte("Lind")) || p.Ending != "png" {
		t.Errorf("of a PNG: %v, %s", err, p.Ending)
	}
}

// chunk puts a chunk behind the header of a PNG.
func chunk(data []byte, name, text string) []byte {
	const header = 33
	part := binary.BigEndian.AppendUint32(nil, uint32(len(text)))
	part = append(append(part, name...), text...)
	part = binary.BigEndian.AppendUint32(part, crc32.ChecksumIEEE([]byte(name+text)))
	return slices.Concat(data[:header], part, data[header:])
}

// TestAPictureIsPutUpright says which quarter stands above to the left, and which
// above to the right, for each way of holding a camera.
func TestAPictureIsPutUpright(t *testing.T) {
	for orientation, want := range map[uint16]string{
		1: "red green", 2: "green red", 3: "white blue", 4: "blue white",
		5: "red blue", 6: "blue red", 7: "white green", 8: "green white", 0: "red green", 9: "red green",
	} {
		p, err := picture.Read(write(t, "a.jpg", jpegOf(t, quarters(64, 32), exif(orientation))))
		if err != nil {
			t.Fatal(err)
		}
		m, err := jpeg.Decode(bytes.NewReader(p.Data))
		if err != nil {
			t.Fatal(err)
		}
		w, h := m.Bounds().Dx(), m.Bounds().Dy()
		if got := name(m.At(w/4, h/4)) + " " + name(m.At(3*w/4, h/4)); got != want {
			t.Errorf("%d: %s, want %s", orientation, got, want)
		}
		if turned := orientation >= 5 && orientation <= 8; (w < h) != turned {
			t.Errorf("%d: %d by %d", orientation, w, h)
		}
	}
}

func name(c color.Color) string {
	r, g, b, _ := c.RGBA()
	high := func(v uint32) bool { return v > 0x8000 }
	switch {
	case high(r) && high(g) && high(b):
		return "white"
	case high(r):
		return "red"
	case high(g):
		return "green"
	}
	return "blue"
}

func TestBrokenEXIFIsUpright(t *testing.T) {
	whole := exif(6)
	for n := 4; n < len(whole); n++ {
		part := slices.Clone(whole[:n])
		binary.BigEndian.PutUint16(part[2:], uint16(n-2))
		if _, err := picture.Read(write(t, "a.jpg", jpegOf(t, quarters(8, 8), part))); err != nil {
			t.Errorf("%d bytes of EXIF: %v", n, err)
		}
	}
}

func TestAnimationBecomesItsFirstPicture(t *testing.T) {
	palette := color.Palette{color.Black, color.White}
	var all gif.GIF
	for range 3 {
		all.Image, all.Delay = append(all.Image, image.NewPaletted(image.Rect(0, 0, 4, 2), palette)), append(all.Delay, 1)
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, &all); err != nil {
		t.Fatal(err)
	}
	p, err := picture.Read(write(t, "a.gif", b.Bytes()))
	if err != nil || p.Ending != "png" || p.Width != 4 {
		t.Fatal(err, p.Ending, p.Width)
	}
	if _, err := png.Decode(bytes.NewReader(p.Data)); err != nil {
		t.Error(err)
	}
}

func TestWhatIsNoPicture(t *testing.T) {
	whole := jpegOf(t, quarters(64, 64))
	huge := chunkless(100_000, 100_000)
	tests := map[string]struct {
		data []byte
		want string
	}{
		"text.jpg":   {[]byte("Hej, det här är en text"), "is no picture: it is neither JPEG, PNG nor GIF"},
		"page.png":   {[]byte("<svg onload=alert(1)>"), "is no picture"},
		"empty.png":  {nil, "is empty"},
		"broken.jpg": {whole[:len(whole)/2], "is broken"},
		"head.jpg":   {whole[:20], "is broken"},
		"a.webp":     {[]byte("RIFF\x00\x00\x00\x00WEBPVP8 "), "in the format WebP"},
		"a.heic":     {[]byte("\x00\x00\x00\x18ftypheic\x00"), "in the format HEIC or AVIF"},
		"a.tif":      {[]byte("II*\x00\x08\x00\x00\x00"), "in the format TIFF"},
		"huge.png":   {huge, "is 100000 by 100000 pixels; the most is 50 million"},
		"large.jpg":  {append(slices.Clone(whole), make([]byte, picture.MaxBytes)...), "is larger than 30 MB"},
	}
	for file, tt := range tests {
		path := write(t, file, tt.data)
		_, err := picture.Read(path)
		if idea.KindOf(err) != idea.Refused || err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v", file, err)
		}
	}
	if _, err := picture.Read(t.TempDir()); idea.KindOf(err) != idea.Refused {
		t.Errorf("a folder: %v", err)
	}
	if _, err := picture.Read(filepath.Join(t.TempDir(), "gone.jpg")); !os.IsNotExist(err) {
		t.Errorf("no file: %v", err)
	}
}

// chunkless is a PNG that says that it is so large, and holds nothing.
func chunkless(w, h uint32) []byte {
	header := binary.BigEndian.AppendUint32([]byte("IHDR"), w)
	header = append(binary.BigEndian.AppendUint32(header, h), 8, 6, 0, 0, 0)
	out := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), header...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(header))
}

func TestFolder(t *testing.T) {
	db := filepath.Join(t.TempDir(), "idéer.db")
	folder := picture.FolderOf(db)
	if folder != picture.Folder(strings.TrimSuffix(db, ".db")+"-pictures") {
		t.Fatal(folder)
	}
	p, err := picture.Read(write(t, "a.jpg", jpegOf(t, quarters(8, 8))))
	if err != nil {
		t.Fatal(err)
	}
	name := p.Name(14)
	if !strings.HasPrefix(name, "14-") || !strings.HasSuffix(name, ".jpg") || name != p.Name(14) || name == p.Name(15) {
		t.Error(name)
	}
	back, err := folder.Keep(name, p)
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]fs.FileMode{string(folder): 0o700, folder.Path(name): 0o600} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want && runtime.GOOS != "windows" {
			t.Errorf("%s: %v, %v", path, info.Mode(), err)
		}
	}
	back()
	if _, err := os.Stat(string(folder)); !os.IsNotExist(err) {
		t.Errorf("the folder is left: %v", err)
	}
	for range 2 { // the second time it is there
		if back, err = folder.Keep(name, p); err != nil {
			t.Fatal(err)
		}
	}
	if back(); !exists(folder.Path(name)) {
		t.Error("a picture that was there before is gone")
	}
	missing, unused, err := folder.Compare([]string{"14-gone.jpg"})
	if err != nil || !slices.Equal(missing, []string{"14-gone.jpg"}) || !slices.Equal(unused, []string{name}) {
		t.Error(missing, unused, err)
	}
	if err := folder.Remove("../" + filepath.Base(db)); idea.KindOf(err) != idea.Refused {
		t.Errorf("a file outside: %v", err)
	}
	if err := folder.Remove(name); err != nil || exists(folder.Path(name)) {
		t.Errorf("removed: %v", err)
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func TestReadingAFolder(t *testing.T) {
	f := picture.Folder(filepath.Join(t.TempDir(), "x-pictures"))
	var large bytes.Buffer
	if err := png.Encode(&large, quarters(900, 700)); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"1-a.jpg": jpegOf(t, quarters(16, 8)), "2-b.png": large.Bytes()} {
		if _, err := f.Keep(name, picture.Picture{Data: data}); err != nil {
			t.Fatal(err)
		}
		w, h, err := f.Size(name)
		if err != nil || w*h != 16*8 && w*h != 900*700 {
			t.Errorf("%s is %d by %d: %v", name, w, h, err)
		}
		var b bytes.Buffer
		if err := f.Copy(&b, name); err != nil || !bytes.Equal(b.Bytes(), data) {
			t.Errorf("%s has %d bytes: %v", name, b.Len(), err)
		}
	}
	if err := os.WriteFile(f.Path("3-c.png"), []byte("none"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := f.Size("3-c.png"); err == nil || !strings.Contains(err.Error(), "3-c.png is no picture") {
		t.Errorf("got %v", err)
	}
	for _, name := range []string{"gone.png", "../1-a.jpg"} {
		_, _, err := f.Size(name)
		if wrong := f.Copy(new(bytes.Buffer), name); err == nil || wrong == nil {
			t.Errorf("%s can be read", name)
		}
	}
}
