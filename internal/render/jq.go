package render

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/itchyny/gojq"

	"sluss/internal/term"
)

// jqTime is how long an expression may run: one can loop for ever.
const jqTime = 10 * time.Second

// JQError is the error for a jq expression that is wrong, fails, or takes too
// long; then it wraps [context.DeadlineExceeded].
type JQError struct {
	Expr string
	Err  error
}

func (e *JQError) Error() string { return fmt.Sprintf("jq %q: %v", e.Expr, e.Err) }

func (e *JQError) Unwrap() error { return e.Err }

// writeJQ writes the results of an expression over the JSON of d, one a line:
// strings as they are, other values as compact JSON. The expression sees
// neither environment nor files.
func writeJQ(w io.Writer, d Document, o Options) error {
	return runJQ(w, d, o, jqTime)
}

// CheckJQ returns a JQError for an expression that is wrong in itself.
func CheckJQ(expr string) error {
	_, err := compileJQ(expr)
	return err
}

func compileJQ(expr string) (*gojq.Code, error) {
	query, err := gojq.Parse(expr)
	if err != nil {
		return nil, &JQError{expr, err}
	}
	code, err := gojq.Compile(query)
	if err != nil {
		return nil, &JQError{expr, err}
	}
	return code, nil
}

func runJQ(w io.Writer, d Document, o Options, within time.Duration) error {
	code, err := compileJQ(o.JQ)
	if err != nil {
		return err
	}
	input, err := decoded(d, o.Fields)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	out := bufio.NewWriter(w)
	results := code.RunWithContext(ctx, input)
	for result, ok := results.Next(); ok; result, ok = results.Next() {
		if err, failed := result.(error); failed {
			if err := out.Flush(); err != nil {
				return err
			}
			return jqFailure(o.JQ, err)
		}
		if err := writeResult(out, result, o.TTY); err != nil {
			return err
		}
	}
	return out.Flush()
}

// jqFailure is nil for an expression that ended itself with halt.
func jqFailure(expr string, err error) error {
	var halt *gojq.HaltError
	if errors.As(err, &halt) && halt.Value() == nil {
		return nil
	}
	return &JQError{expr, err}
}

func writeResult(out *bufio.Writer, result any, tty bool) error {
	if s, ok := result.(string); ok {
		if tty {
			s = term.SafeText(s)
		}
		_, err := out.WriteString(s + "\n")
		return err
	}
	text, err := gojq.Marshal(result)
	if err != nil {
		return err
	}
	_, err = out.Write(append(escapeControls(text), '\n'))
	return err
}

// decoded is the JSON of d as plain values: maps, slices, strings, numbers.
func decoded(d Document, fields []string) (any, error) {
	if d.Items == nil {
		return plain(d.JSON, fields)
	}
	items := []any{}
	for item, err := range d.Items {
		if err != nil {
			return nil, err
		}
		value, err := plain(item, fields)
		if err != nil {
			return nil, err
		}
		items = append(items, value)
	}
	return items, nil
}

func plain(v any, fields []string) (any, error) {
	text, err := encode(v, fields)
	if err != nil {
		return nil, err
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var value any
	err = d.Decode(&value)
	return value, err
}
