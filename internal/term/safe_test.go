package term

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestSafe(t *testing.T) {
	tests := []struct{ name, in, line, text string }{
		{"clean", "Återbruk på förskolan 👨‍👩‍👧", "Återbruk på förskolan 👨‍👩‍👧", "Återbruk på förskolan 👨‍👩‍👧"},
		{"colour", "a\x1b[31mb", "a‹ESC›[31mb", "a‹ESC›[31mb"},
		{"clipboard", "\x1b]52;c;cm0=\a", "‹ESC›]52;c;cm0=‹U+0007›", "‹ESC›]52;c;cm0=‹U+0007›"},
		{"C1", "a\u009b31mb", "a‹U+009B›31mb", "a‹U+009B›31mb"},
		{"bare C1 byte", "a\x9b31mb", "a‹0x9B›31mb", "a‹0x9B›31mb"},
		{"latin 1", "sk\xe5p", "sk‹0xE5›p", "sk‹0xE5›p"},
		{"half a letter", "a\xc3", "a‹0xC3›", "a‹0xC3›"},
		{"NUL and DEL", "\x00\x7f", "‹NUL›‹U+007F›", "‹NUL›‹U+007F›"},
		{"bidi", "a\u202eb\u2066c\u200fd\u061ce", "a‹U+202E›b‹U+2066›c‹U+200F›d‹U+061C›e", "a‹U+202E›b‹U+2066›c‹U+200F›d‹U+061C›e"},
		{"separators", "a\u2028b\u2029c", "a‹U+2028›b‹U+2029›c", "a‹U+2028›b‹U+2029›c"},
		{"line ends", "a\r\nb\nc\rd\te", "a b c d e", "a\nb\nc\nd    e"},
		{"replacement character", "a\ufffdb", "a\ufffdb", "a\ufffdb"},
		{"emoji joiners stay", "e\u0301 \u200d \ufe0f", "e\u0301 \u200d \ufe0f", "e\u0301 \u200d \ufe0f"},
		{"empty", "", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := Safe(test.in); got != test.line {
				t.Errorf("Safe(%q) = %q, want %q", test.in, got, test.line)
			}
			if got := SafeText(test.in); got != test.text {
				t.Errorf("SafeText(%q) = %q, want %q", test.in, got, test.text)
			}
		})
	}
}

func TestSafeCostsNothingWhenClean(t *testing.T) {
	title := strings.Repeat("Bättre skyltning vid återvinningen 👍🏽. ", 10)
	if n := testing.AllocsPerRun(100, func() { Safe(title); SafeText(title) }); n != 0 {
		t.Errorf("a clean text costs %v allocations", n)
	}
}

func FuzzSafe(f *testing.F) {
	for _, seed := range []string{"", "å\x1b[0m", "\u202e\u2029\x9b\x00\r\n", "\xc2\x1b", "\xf0\x9f\x91"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		line, text := Safe(s), SafeText(s)
		checkSafe(t, line, false)
		checkSafe(t, text, true)
		if Safe(line) != line || SafeText(text) != text {
			t.Errorf("%q is not safe after being made safe", s)
		}
	})
}

func checkSafe(t *testing.T, s string, lines bool) {
	t.Helper()
	if !utf8.ValidString(s) {
		t.Fatalf("%q is not UTF-8", s)
	}
	for _, r := range s {
		if r == '\n' && lines {
			continue
		}
		if r < ' ' || r >= 0x7f && r < 0xa0 || strings.ContainsRune("\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", r) {
			t.Fatalf("%q lets %U through", s, r)
		}
	}
}
