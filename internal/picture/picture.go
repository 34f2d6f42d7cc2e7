// Package picture makes pictures fit to be published, and keeps them as files in
// a folder beside the database.
package picture

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"os"

	"sluss/internal/idea"
)

// Limits of a picture.
const (
	MaxBytes  = 30 << 20   // of the file
	MaxPixels = 50_000_000 // width times height
)

// Picture is a picture that is fit to be published: nothing but its pixels, as
// they are meant to be seen.
type Picture struct {
	Data   []byte
	Ending string // jpg or png
	Width  int
	Height int
}

// Name is what the file of the picture of an idea is called: the same for the
// same picture.
func (p Picture) Name(number int64) string {
	const enough = 8 // bytes of the sum, to tell pictures apart
	sum := sha256.Sum256(p.Data)
	return fmt.Sprintf("%d-%x.%s", number, sum[:enough], p.Ending)
}

// Read reads the picture in a file and writes it anew, so that nothing of the
// camera is left in it: no place, no time, no name, no smaller picture, no
// comment. A picture that lies on its side is put upright. A JPEG stays one; a PNG
// stays one too, and a GIF becomes one of its first picture. It returns Refused,
// with the name of the file, for what is no picture, for a picture in another
// format, and for one that is too large.
func Read(path string) (p Picture, err error) {
	data, err := load(path)
	if err != nil {
		return p, err
	}
	config, format, err := decodeConfig(data)
	if err != nil {
		return p, notAPicture(path, data, err)
	}
	if config.Width < 1 || config.Height < 1 || config.Width > MaxPixels/config.Height {
		return p, idea.Errorf(idea.Refused, "%s is %d by %d pixels; the most is %d million together", path, config.Width, config.Height, MaxPixels/1_000_000).
			WithHint("make it smaller and try again")
	}
	pixels, err := decode(format, data)
	if err != nil {
		return p, notAPicture(path, data, err)
	}
	p.Ending = "png"
	if format == "jpeg" {
		p.Ending = "jpg"
		pixels = upright(pixels, orientation(data))
	}
	p.Width, p.Height = pixels.Bounds().Dx(), pixels.Bounds().Dy()
	p.Data, err = encode(pixels, p.Ending)
	return p, err
}

func load(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, idea.Errorf(idea.Refused, "%s is no file", path)
	}
	data, err := io.ReadAll(io.LimitReader(f, MaxBytes+1))
	if err == nil && len(data) > MaxBytes {
		return nil, idea.Errorf(idea.Refused, "%s is larger than %d MB", path, MaxBytes>>20).WithHint("make it smaller and try again")
	}
	return data, err
}

var errFormat = errors.New("neither JPEG, PNG nor GIF")

// decodeConfig is that of the formats that are taken, whatever others the
// program has registered.
func decodeConfig(data []byte) (c image.Config, format string, err error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xd8")):
		format = "jpeg"
		c, err = jpeg.DecodeConfig(bytes.NewReader(data))
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
		format = "png"
		c, err = png.DecodeConfig(bytes.NewReader(data))
	case bytes.HasPrefix(data, []byte("GIF8")):
		format = "gif"
		c, err = gif.DecodeConfig(bytes.NewReader(data))
	default:
		err = errFormat
	}
	return c, format, err
}

func decode(format string, data []byte) (image.Image, error) {
	switch format {
	case "jpeg":
		return jpeg.Decode(bytes.NewReader(data))
	case "png":
		return png.Decode(bytes.NewReader(data))
	}
	return gif.Decode(bytes.NewReader(data)) // the first picture
}

func encode(pixels image.Image, ending string) ([]byte, error) {
	var out bytes.Buffer
	if ending == "png" {
		err := png.Encode(&out, pixels)
		return out.Bytes(), err
	}
	const quality = 90 // of 100: no difference to be seen
	err := jpeg.Encode(&out, pixels, &jpeg.Options{Quality: quality})
	return out.Bytes(), err
}

// notAPicture says what a file is instead of a picture, as far as its first bytes
// tell.
func notAPicture(path string, data []byte, err error) error {
	const hint = "save it as JPEG or PNG and add that"
	switch {
	case len(data) == 0:
		return idea.Errorf(idea.Refused, "%s is empty", path)
	case len(data) > 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP":
		return idea.Errorf(idea.Refused, "%s is a picture in the format %s, which sluss cannot clean", path, "WebP").WithHint(hint)
	case len(data) > 12 && string(data[4:8]) == "ftyp":
		return idea.Errorf(idea.Refused, "%s is a picture in the format %s, which sluss cannot clean", path, "HEIC or AVIF").WithHint(hint)
	case bytes.HasPrefix(data, []byte("II*\x00")) || bytes.HasPrefix(data, []byte("MM\x00*")):
		return idea.Errorf(idea.Refused, "%s is a picture in the format %s, which sluss cannot clean", path, "TIFF").WithHint(hint)
	case errors.Is(err, errFormat):
		return idea.Errorf(idea.Refused, "%s is no picture: it is neither JPEG, PNG nor GIF, whatever its name says", path).WithHint(hint)
	}
	return idea.Errorf(idea.Refused, "the picture %s is broken: %s", path, err).WithHint("open it in a picture program and save it again").Because(err)
}
