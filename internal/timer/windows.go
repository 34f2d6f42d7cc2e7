package timer

import (
	"encoding/xml"
	"fmt"
	"strings"

	"sluss/internal/idea"
)

// task is a task of the Windows Task Scheduler. The elements and their order are
// those of the Task Scheduler Schema, version 1.2.
type task struct {
	XMLName      xml.Name `xml:"http://schemas.microsoft.com/windows/2004/02/mit/task Task"`
	Version      string   `xml:"version,attr"`
	Registration struct {
		Description string
	} `xml:"RegistrationInfo"`
	Trigger  calendarTrigger `xml:"Triggers>CalendarTrigger"`
	Settings taskSettings
	Exec     taskExec `xml:"Actions>Exec"`
}

type calendarTrigger struct {
	StartBoundary string
	Enabled       bool
	Day           *taskDay   `xml:"ScheduleByDay"`
	Week          *taskWeek  `xml:"ScheduleByWeek"`
	Month         *taskMonth `xml:"ScheduleByMonth"`
}

type taskDay struct {
	DaysInterval int
}

type taskWeek struct {
	WeeksInterval int
	Days          taskNames `xml:"DaysOfWeek"`
}

type taskMonth struct {
	Days   []int     `xml:"DaysOfMonth>Day"`
	Months taskNames `xml:"Months"`
}

// taskNames are empty elements.
type taskNames []string

func (n taskNames) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	if err := e.EncodeToken(start); err != nil {
		return err
	}
	for _, name := range n {
		if err := e.EncodeElement(struct{}{}, xml.StartElement{Name: xml.Name{Local: name}}); err != nil {
			return err
		}
	}
	return e.EncodeToken(start.End())
}

type taskSettings struct {
	MultipleInstancesPolicy    string
	DisallowStartIfOnBatteries bool
	StopIfGoingOnBatteries     bool
	StartWhenAvailable         bool
	ExecutionTimeLimit         string
}

type taskExec struct {
	Command   string
	Arguments string
}

// Task is the task for schtasks /Create /XML. It is written in ASCII, so that it
// is read right whatever the code page. A run that the computer slept through is
// made up for.
func (t Timer) Task() (string, error) {
	if err := t.check(); err != nil {
		return "", err
	}
	out := task{Version: "1.2"}
	out.Registration.Description = t.Title
	out.Trigger = t.trigger()
	out.Settings = taskSettings{MultipleInstancesPolicy: "IgnoreNew", StartWhenAvailable: true, ExecutionTimeLimit: "PT1H"}
	var args []string
	for _, arg := range t.Args {
		args = append(args, windowsWord(arg))
	}
	out.Exec = taskExec{Command: t.Program, Arguments: strings.Join(args, " ")}
	if strings.Contains(out.Exec.Command+out.Exec.Arguments, "%") {
		return "", idea.Errorf(idea.Refused, "Windows would take %% in the command for a variable: %s", out.Exec.Command+" "+out.Exec.Arguments).
			WithHint("give the database or the program a path without it")
	}
	text, err := xml.MarshalIndent(out, "", "  ")
	if err != nil {
		return "", err
	}
	return ascii(`<?xml version="1.0"?>` + "\n" + string(text) + "\n"), nil
}

func (t Timer) trigger() calendarTrigger {
	c := calendarTrigger{StartBoundary: t.Every.Next(t.Begin).Format("2006-01-02T15:04:05"), Enabled: true}
	switch t.Every.Days {
	case idea.Daily:
		c.Day = &taskDay{1}
	case idea.OnWeekdays:
		c.Week = &taskWeek{1, taskNames{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday"}}
	case idea.OnFirst:
		c.Month = &taskMonth{[]int{1}, taskNames{"January", "February", "March", "April", "May", "June", "July",
			"August", "September", "October", "November", "December"}}
	default:
		day, _ := t.Every.Days.Weekday()
		c.Week = &taskWeek{1, taskNames{day.String()}}
	}
	return c
}

// windowsWord is s as one argument by the rules of CommandLineToArgvW.
func windowsWord(s string) string {
	if s != "" && !strings.ContainsAny(s, " \t\"") {
		return s
	}
	var out strings.Builder
	out.WriteByte('"')
	slashes := 0
	for _, r := range s {
		if r == '"' {
			out.WriteString(strings.Repeat(`\`, slashes+1))
		}
		slashes++
		if r != '\\' {
			slashes = 0
		}
		out.WriteRune(r)
	}
	out.WriteString(strings.Repeat(`\`, slashes) + `"`)
	return out.String()
}

// ascii writes other letters as references.
func ascii(text string) string {
	var out strings.Builder
	for _, r := range text {
		if r < 0x80 {
			out.WriteRune(r)
		} else {
			fmt.Fprintf(&out, "&#%d;", r)
		}
	}
	return out.String()
}
