package picture

import (
	"encoding/binary"
	"image"
	"image/color"
)

// orientation is how a camera held a JPEG, from 1 (upright) to 8, as EXIF has it
// in the tag 0x0112 (JEITA CP-3451). What cannot be read is upright.
func orientation(data []byte) int {
	const upright = 1
	for at := 2; at+4 <= len(data) && data[at] == 0xff; {
		marker, size := data[at+1], int(binary.BigEndian.Uint16(data[at+2:]))
		end := at + 2 + size
		if marker == 0xda || size < 2 || end > len(data) { // the pixels begin
			return upright
		}
		if part := data[at+4 : end]; marker == 0xe1 && len(part) > 6 && string(part[:6]) == "Exif\x00\x00" {
			return tiffOrientation(part[6:])
		}
		at = end
	}
	return upright
}

func tiffOrientation(tiff []byte) int {
	const upright, header, entry = 1, 8, 12
	if len(tiff) < header {
		return upright
	}
	var order binary.ByteOrder = binary.BigEndian
	if string(tiff[:2]) == "II" {
		order = binary.LittleEndian
	}
	at := int64(order.Uint32(tiff[4:]))
	if at < header || at+2 > int64(len(tiff)) {
		return upright
	}
	count := int64(order.Uint16(tiff[at:]))
	for k := range count {
		from := at + 2 + k*entry
		if from+entry > int64(len(tiff)) {
			return upright
		}
		if order.Uint16(tiff[from:]) != 0x0112 {
			continue
		}
		if o := int(order.Uint16(tiff[from+8:])); o >= 1 && o <= 8 {
			return o
		}
	}
	return upright
}

// upright turns and mirrors a picture as its orientation wants it.
func upright(from image.Image, orientation int) image.Image {
	if orientation == 1 {
		return from
	}
	b := from.Bounds()
	w, h := b.Dx(), b.Dy()
	size := image.Rect(0, 0, w, h)
	if orientation > 4 { // on its side
		size = image.Rect(0, 0, h, w)
	}
	out := image.NewRGBA(size)
	pixel := from.At
	if photo, ok := from.(*image.YCbCr); ok {
		pixel = func(x, y int) color.Color {
			c := photo.YCbCrAt(x, y)
			r, g, b := color.YCbCrToRGB(c.Y, c.Cb, c.Cr)
			return color.RGBA{r, g, b, 0xff}
		}
	}
	for y := range h {
		for x := range w {
			tx, ty := x, y
			switch orientation {
			case 2:
				tx = w - 1 - x
			case 3:
				tx, ty = w-1-x, h-1-y
			case 4:
				ty = h - 1 - y
			case 5:
				tx, ty = y, x
			case 6:
				tx, ty = h-1-y, x
			case 7:
				tx, ty = h-1-y, w-1-x
			case 8:
				tx, ty = y, w-1-x
			}
			out.Set(tx, ty, pixel(b.Min.X+x, b.Min.Y+y))
		}
	}
	return out
}
