// Sluss is a command-line tool for idea coaches.
package main

import (
	"os"

	"sluss/cmd"
)

func main() { os.Exit(cmd.Main(os.Args[1:], os.Getenv)) }
