//go:build !linux

package cmd

import "github.com/rogpeppe/go-internal/testscript"

func terminal(ts *testscript.TestScript, _ bool, _ []string) {
	ts.Fatalf("the pseudo-terminal of the tests is for Linux; begin the script with [!linux] skip")
}
