package cmd

import (
	"compress/gzip"
	"io"
	"os"

	"github.com/rogpeppe/go-internal/testscript"
)

// oldDatabases holds files that earlier programs wrote.
const oldDatabases = "../internal/store/testdata/"

// version1 FILE writes a database as the first release made it.
func version1(ts *testscript.TestScript, _ bool, args []string) { oldVersion(ts, "version1", args) }

// version2 FILE writes a database of the second schema, as its program made it.
func version2(ts *testscript.TestScript, _ bool, args []string) { oldVersion(ts, "version2", args) }

func oldVersion(ts *testscript.TestScript, version string, args []string) {
	packed, err := os.Open(oldDatabases + version + ".db.gz")
	ts.Check(err)
	defer packed.Close()
	plain, err := gzip.NewReader(packed)
	ts.Check(err)
	content, err := io.ReadAll(plain)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), content, 0o600))
}
