package idea

import (
	"regexp"
	"strconv"
	"strings"
)

// Amount is a number that somebody measured or a sum of money, in decimal with
// a point: 40, -3, 12.5. The empty Amount is unknown. Text keeps just the
// decimals that were typed, which a binary fraction would not, and SQLite adds
// it up like a number.
type Amount string

// maxDigits is how many digits an amount can have: what fits a spreadsheet.
const maxDigits = 15

var amountForm = regexp.MustCompile(`^([-−]?)(\d+|\d{1,3}(?:[ \x{a0}\x{2009}\x{202f}]\d{3})+)(?:([.,])(\d+))?$`)

// FindAmount reads a number with a decimal comma or point and with spaces
// between thousands; the empty word is unknown. It returns Usage for anything
// else, and for 1,200 and 1.200, which some read as a thousand.
func FindAmount(word string) (Amount, error) {
	word = strings.TrimSpace(word)
	if word == "" {
		return "", nil
	}
	part := amountForm.FindStringSubmatch(word)
	if part == nil {
		return "", Errorf(Usage, "%q is no number", word).WithHint("write a number such as 40, 12.5 or 12,5, without a unit")
	}
	whole := strings.TrimLeft(onlyDigits(part[2]), "0")
	decimals := part[4]
	if len(decimals) == 3 && whole != "" && len(whole) <= 3 {
		return "", Errorf(Usage, "%q can be read in two ways", word).
			WithHint("write %s, or %s", whole+decimals, whole+part[3]+decimals+"0")
	}
	decimals = strings.TrimRight(decimals, "0")
	if len(whole)+len(decimals) > maxDigits {
		return "", Errorf(Usage, "%q has more than %d digits", word, maxDigits)
	}
	return joinAmount(part[1] != "", whole, decimals), nil
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

func joinAmount(negative bool, whole, decimals string) Amount {
	text := whole
	if whole == "" {
		text = "0"
	}
	if decimals != "" {
		text += "." + decimals
	}
	if negative && whole+decimals != "" {
		text = "-" + text
	}
	return Amount(text)
}

// Float is the number, and whether it is known.
func (a Amount) Float() (float64, bool) {
	f, err := strconv.ParseFloat(string(a), 64)
	return f, err == nil
}

// Localize gives the amount as it is written in a language: "sv" with a comma.
func (a Amount) Localize(language string, _ func(string, ...any) string) string {
	if language == "sv" {
		return strings.Replace(string(a), ".", ",", 1)
	}
	return string(a)
}
