package cmd

import (
	"compress/gzip"
	"io"
	"os"

	"github.com/rogpeppe/go-internal/testscript"
)

// oldDatabase is a file that the first release wrote. Scripts run elsewhere.
const oldDatabase = "../internal/store/testdata/version1.db.gz"

// version1 FILE writes a database as the first release made it.
func version1(ts *testscript.TestScript, _ bool, args []string) {
	packed, err := os.Open(oldDatabase)
	ts.Check(err)
	defer packed.Close()
	plain, err := gzip.NewReader(packed)
	ts.Check(err)
	content, err := io.ReadAll(plain)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), content, 0o600))
}
