package idea

import "testing"

func TestFindAmount(t *testing.T) {
	for word, want := range map[string]Amount{
		"":             "",
		" 40 ":         "40",
		"12,5":         "12.5",
		"12.5":         "12.5",
		"12,50":        "12.5",
		"12,0":         "12",
		"007":          "7",
		"0":            "0",
		"-0,0":         "0",
		"-3":           "-3",
		"−3,25":        "-3.25",
		"0,125":        "0.125",
		"12,3750":      "12.375",
		"1 200":        "1200",
		"1\u00a0200,5": "1200.5",
		"1\u202f200":   "1200",
		"12 345 678":   "12345678",
		"1 200,500":    "1200.5",
		"12345,678":    "12345.678",
	} {
		if got, err := FindAmount(word); got != want || err != nil {
			t.Errorf("%q is %q, want %q (%v)", word, got, want, err)
		}
	}
}

func TestFindAmountRefuses(t *testing.T) {
	for _, word := range []string{"mycket", "12 kr", "1,200", "1.200", "-12,345", "1,2,3", "1.200,50", "1 20", "1  200", ".5", "5,", "+3", "1e3", "٣",
		"12345678901234,56"} {
		got, err := FindAmount(word)
		if KindOf(err) != Usage || err == nil {
			t.Errorf("%q is %q (%v), want a refusal", word, got, err)
		}
	}
}

func TestAmountInSwedish(t *testing.T) {
	if got := Amount("-12.5").Localize("sv", nil); got != "-12,5" {
		t.Errorf("got %q", got)
	}
	if got := Amount("-12.5").Localize("en", nil); got != "-12.5" {
		t.Errorf("got %q", got)
	}
}
