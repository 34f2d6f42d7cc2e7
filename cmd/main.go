// Package cmd is the command line: each file one command, which parses what
// was typed, gives the desk one job, and prints what comes of it.
package cmd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/spf13/cobra"

	"sluss/internal/idea"
)

// Main runs the program on the streams of the process and gives its exit code.
func Main(args []string, getenv func(string) string) (code int) {
	env := newEnv(args, getenv)
	defer func() {
		if p := recover(); p != nil {
			fmt.Fprintln(env.streams.Err, env.t("sluss: internal error; nothing was changed by this command unless it said so: %v", p))
			if getenv("SLUSS_DEBUG") != "" {
				fmt.Fprintf(env.streams.Err, "%s", debug.Stack())
			}
			code = 1
		}
	}()
	defer env.close()
	var ctx context.Context
	ctx, env.cancel = context.WithCancel(context.Background())
	env.stopped = ctx.Done()
	ran, err := env.execute(ctx, args)
	return env.exit(ran, err)
}

// execute runs one command and gives the one that it was.
func (env *Env) execute(ctx context.Context, args []string) (*cobra.Command, error) {
	root := newRoot(env)
	if env.word == "tag" {
		args = tagArguments(args)
	}
	root.SetArgs(args)
	return root.ExecuteContextC(ctx)
}

// watchSignals ends the context of the command at the first signal. A question
// that is open is left at once, with the terminal as it was. It costs half a
// millisecond, so only what can be half done begins with it.
func (env *Env) watchSignals() {
	if env.cancel == nil || env.signals != nil {
		return
	}
	env.signals = make(chan os.Signal, 1)
	signal.Notify(env.signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	go func() {
		for s := range env.signals {
			env.signal.Store(int32(signalNumber(s)))
			env.cancel()
			if restore := env.asking.Load(); restore != nil {
				(*restore)()
				os.Exit(128 + signalNumber(s))
			}
			signal.Reset()
		}
	}()
}

// helpWriter writes help. Cobra does not look whether that went well.
type helpWriter struct {
	out io.Writer
	err error
}

func (w *helpWriter) Write(p []byte) (n int, err error) {
	n, err = w.out.Write(p)
	if w.err == nil {
		w.err = err
	}
	return n, err
}

func signalNumber(s os.Signal) int {
	if number, ok := s.(syscall.Signal); ok {
		return int(number)
	}
	return int(syscall.SIGINT)
}

// exit prints an error and gives the exit code.
func (env *Env) exit(ran *cobra.Command, err error) int {
	if err == nil {
		err = env.help.err
	}
	if err == nil || errors.Is(err, syscall.EPIPE) {
		return 0
	}
	e := env.explain(ran, err)
	if refused := new(idea.Error); !errors.As(err, &refused) && env.db != nil && env.db.Changed() {
		e.More = append(e.More, idea.Say("the change is saved"))
	}
	env.printError(e)
	if s := env.signal.Load(); s != 0 {
		return 128 + int(s)
	}
	return e.Kind.Exit()
}
