package cmd_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// reportNames lists the reports that SQL counts too, in testdata/sql.
func reportNames() []string {
	return []string{"overview", "funnel", "flow", "time", "answers", "units", "givers", "realised", "tests", "effect", "anchoring", "coaches", "closed", "aging", "trend"}
}

// reportArgs is what is typed for a report about 2024.
func reportArgs(name string) []string {
	args := []string{"report", name, "--period", "2024"}
	switch name {
	case "overview":
		args = append(args[:1], args[2:]...)
	case "trend":
		args = append(args, "flow")
	}
	return args
}

// reportSQL is the SQL that gives the same figures as a report about 2024.
func reportSQL(t testing.TB, name string) string {
	parts := map[string]string{
		"overview": "all visit spans overview", "time": "all visit spans time moments", "answers": "answers moments",
		"realised": "ever_realised visit realised", "closed": "closed_now visit closed",
		"funnel": "funnel", "givers": "givers", "tests": "tests", "effect": "effect", "anchoring": "anchoring",
	}[name]
	if parts == "" {
		parts = "all visit " + name
	}
	var out strings.Builder
	for _, part := range strings.Fields(parts) {
		out.WriteString(readSQL(t, part))
	}
	return out.String()
}

func readSQL(t testing.TB, name string) string {
	text, err := os.ReadFile(filepath.Join("testdata", "sql", name+".sql"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestReportsEqualSQL takes every figure of every report from the program and
// from plain SQL, over the history that the benchmarks use: what is timed side
// by side gives the same answer.
func TestReportsEqualSQL(t *testing.T) {
	shell, err := exec.LookPath("sqlite3")
	if err != nil {
		t.Skip("needs the sqlite3 shell")
	}
	x := &bench{shell: shell, dir: t.TempDir()}
	x.build(t)
	x.fill(t, 2500)
	for _, name := range reportNames() {
		t.Run(name, func(t *testing.T) {
			said := figuresOfSQL(t, output(t, x.sql(reportSQL(t, name))()))
			ours := figuresOfJSON(t, name, output(t, x.sluss(append(reportArgs(name), "--with-people", "--json")...)()))
			if len(said) < 3 {
				t.Fatalf("SQL gives %d figures only", len(said))
			}
			for key, value := range said {
				if math.Abs(ours[key]-value) > 0.0001 {
					t.Errorf("%s is %v, and %v in SQL", key, ours[key], value)
				}
			}
			for key, value := range ours {
				if _, known := said[key]; !known && value != 0 {
					t.Errorf("%s is %v, and SQL does not know it", key, value)
				}
			}
		})
	}
}

func output(t testing.TB, c *exec.Cmd) []byte {
	t.Helper()
	var said bytes.Buffer
	c.Stderr = &said
	out, err := c.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s", c.Args, err, said.String())
	}
	return out
}

// byWorkingDays are the figures that SQL does not know: it has no working days.
var byWorkingDays = map[string]bool{"answered_in_time": true, "answers_inside": true, "answers_late": true}

// figuresOfSQL reads rows of measure, item, group and value, and the lists that
// two reports have.
func figuresOfSQL(t *testing.T, out []byte) map[string]float64 {
	figures := map[string]float64{}
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); {
		cells := strings.Split(lines.Text(), "|")
		switch {
		case cells[0] == "waiting":
			figures["waiting|"+cells[1]]++
		case cells[0] == "aging":
			for k, column := range []string{"days", "stays", "p50", "p85", "p95", "over"} {
				figures["aging|"+cells[1]+"|"+column], _ = strconv.ParseFloat(cells[4+k], 64)
			}
		case byWorkingDays[cells[0]] || cells[3] == "":
		default:
			value, err := strconv.ParseFloat(cells[3], 64)
			if err != nil {
				t.Fatalf("%q: %v", lines.Text(), err)
			}
			figures[strings.Join(cells[:3], "|")] = value
		}
	}
	return figures
}

// figuresOfJSON reads the figures of a report under the names that they have in
// SQL. Totals of what is grouped are left out: SQL groups alone.
func figuresOfJSON(t *testing.T, name string, out []byte) map[string]float64 {
	var r struct {
		Figures []struct {
			Measure       string
			Item          *string
			By, Group     *string
			Value, Before *float64
		}
		Weeks []struct {
			Until  string
			Stages map[string]float64
		}
		Waiting []struct{ Number int }
		Aging   []struct {
			Number            int
			Days, Stays, Over float64
			P50, P85, P95     *float64
		}
	}
	if err := json.Unmarshal(out, &r); err != nil {
		t.Fatal(err)
	}
	figures := map[string]float64{}
	for _, f := range r.Figures {
		if byWorkingDays[f.Measure] || f.By != nil && f.Group == nil {
			continue
		}
		group := ""
		if f.Group != nil {
			group = *f.By + ":" + *f.Group
			if name == "trend" {
				group = *f.Group
			}
		}
		item := ""
		if f.Item != nil {
			item = *f.Item
		}
		if f.Value != nil {
			figures[f.Measure+"|"+item+"|"+group] = *f.Value
		}
		if f.Before != nil {
			figures[f.Measure+"|"+item+"|before"] = *f.Before
		}
	}
	for _, w := range r.Weeks {
		for stage, n := range w.Stages {
			figures["week|"+stage+"|"+w.Until] = n
		}
	}
	for _, w := range r.Waiting {
		figures[fmt.Sprintf("waiting|%d", w.Number)]++
	}
	for _, a := range r.Aging {
		for column, value := range map[string]*float64{"days": &a.Days, "stays": &a.Stays, "p50": a.P50, "p85": a.P85, "p95": a.P95, "over": &a.Over} {
			if value != nil {
				figures[fmt.Sprintf("aging|%d|%s", a.Number, column)] = *value
			}
		}
	}
	return figures
}
