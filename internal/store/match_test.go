package store

import (
	"database/sql"
	"strings"
	"testing"

	"sluss/internal/idea"
)

// wordTable is an index of words such as ours, with one text.
func wordTable(t testing.TB, text string) *sql.DB {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { db.Close() })
	for _, query := range []string{
		`CREATE VIRTUAL TABLE words USING fts5 (title, body, tokenize = "unicode61 remove_diacritics 0", prefix = '2 3')`,
		"INSERT INTO words (title, body) VALUES ('', '" + strings.ReplaceAll(text, "'", "''") + "')",
	} {
		if _, err := db.ExecContext(t.Context(), query); err != nil {
			t.Fatal(err)
		}
	}
	return db
}

func found(t testing.TB, db *sql.DB, words string) (n int) {
	if err := db.QueryRowContext(t.Context(), "SELECT count(*) FROM words WHERE words MATCH ?", match(words)).Scan(&n); err != nil {
		t.Fatalf("search for %q, which is %q: %v", words, match(words), err)
	}
	return n
}

func TestMatch(t *testing.T) {
	db := wordTable(t, "Förskolan på Å lånar ut e-post och cyklar åt O'Brien, 100% C++ år 2026")
	for words, want := range map[string]int{
		"förskola": 1, "FÖRSKOLAN": 1, "fo\u0308rskolan": 1, "forskolan": 0, "skolan": 0, "på a": 0, "å": 1,
		"e-post": 1, "epost": 0, "o'brien": 1, "100%": 1, "c++": 1, "cyk* lån*": 1, "cyklar bilar": 0, `"lånar ut"`: 1, `"ut lånar"`: 0,
		`"cykl"`: 0, "title:cyklar": 0, "cyklar AND": 0, "NOT cyklar": 0, "cyklar OR bilar": 0, "body : cyklar": 0,
		"": 0, `"`: 0, "-": 0, "*": 0, "()": 0, "^cyklar": 1, "{title}": 0, "cyklar\x00lånar": 1, "\xff": 0, "20": 1,
	} {
		if n := found(t, db, words); n != want {
			t.Errorf("%q as %q finds %d, not %d", words, match(words), n, want)
		}
	}
	if n := found(t, db, strings.Repeat("cyklar ", 5000)); n != 1 {
		t.Errorf("very many words find %d", n)
	}
	if n := found(t, db, strings.Repeat(`"cyklar" (`, 5000)); n != 1 {
		t.Errorf("very many quotes find %d", n)
	}
}

// FuzzMatch looks for words that FTS5 takes as syntax.
func FuzzMatch(f *testing.F) {
	for _, words := range []string{"", `"`, `""`, "e-post", "a:b", "AND", "NEAR(a b, 2)", "c++", "o'brien", "a* b", "(", "^x", "\x00", "\xff", "å\u0308 fo\u0308r", "{a b}: c", `"a" + "b"`, "\U0001E900"} {
		f.Add(words)
	}
	db := wordTable(f, "cykel")
	f.Fuzz(func(t *testing.T, words string) {
		found(t, db, words)
		if clean, err := idea.CleanLine("x", words); err == nil && len(clean) < 100 {
			found(t, db, clean+` "`+clean)
		}
	})
}
