package letter

import (
	"regexp"

	"sluss/internal/idea"
)

// messages is what text/template says, and how sluss says it. What stands in
// the parentheses of a pattern goes into the format.
var messages = []struct {
	pattern string
	format  idea.Word
}{
	{`^function "(.*)" not defined$`, "there is no function %s"},
	{`^undefined variable "(.*)"$`, "there is no variable %s"},
	{`can't evaluate field (\S+) in type`, "there is no field .%s"},
	{`^nil data; no entry for key "(.*)"`, "there is no field .%s"},
	{`^unexpected EOF$`, "an {{if}} or another block has no {{end}}"},
	{`^unexpected \{\{(end|else)\}\}`, "this {{%s}} belongs to no block"},
	{`^(?:unclosed action|unclosed left paren|unclosed comment)`, "an action is not closed with }}"},
	{`^comment ends before closing delimiter`, "an action is not closed with }}"},
	{`^unterminated (?:quoted|raw quoted) string`, "a text in quotes does not end"},
	{`^unterminated character constant`, "a text in quotes does not end"},
	{`^missing value for (\S+)`, "something is missing after %s"},
	{`^bad character \S+ '(.*)'`, "%s cannot stand here"},
	{`^unexpected bad character \S+ '(.*)'`, "%s cannot stand here"},
	{`^unexpected "(.*)" in `, "%s cannot stand here"},
	{`^unexpected <(.*)> in `, "%s cannot stand here"},
	{`^(?:expected|unexpected).*?"(.*?)"`, "%s cannot stand here"},
	{`wrong number of args for (\S+):`, "%s takes another number of values"},
	{`template "([^"]*)" not defined`, "there is no template %s"},
	{`exceeded maximum template depth`, "the template uses itself"},
	{`^(?:error calling|.*error calling) (\S+):`, "%s does not take this value"},
	{`the letter is too long`, "the letter is too long"},
	{`range can't iterate over`, "there is nothing here to go through with range"},
}

// told says in our own words what text/template says in English.
func told(what string) idea.Text {
	for _, m := range messages {
		found := regexp.MustCompile(m.pattern).FindStringSubmatch(what)
		if found == nil {
			continue
		}
		var args []any
		for _, part := range found[1:] {
			args = append(args, part)
		}
		return idea.Say(string(m.format), args...)
	}
	return idea.Say("this is nothing that a template can do")
}
