package idea

import "slices"

const (
	// AReportText is a coach's own text in the account of a period.
	AReportText Subject = "report_text"

	FieldPeriodFrom Field = "begins"
	FieldPeriodTo   Field = "ends"
	FieldPart       Field = "part"
)

// Part names a part of the account of a period.
type Part string

// The parts of the account.
const (
	PartSummary     Part = "summary"
	PartTargets     Part = "targets"
	PartFlow        Part = "flow"
	PartFunnel      Part = "funnel"
	PartTime        Part = "time"
	PartAnswers     Part = "answers"
	PartExamples    Part = "examples"
	PartTests       Part = "tests"
	PartEffect      Part = "effect"
	PartCoverage    Part = "coverage"
	PartGivers      Part = "givers"
	PartAnchoring   Part = "anchoring"
	PartClosed      Part = "closed"
	PartDefinitions Part = "definitions"
)

// Parts lists the parts of the account in their usual order.
func Parts() []Part {
	return []Part{PartSummary, PartTargets, PartFlow, PartFunnel, PartTime, PartAnswers, PartExamples, PartTests, PartEffect,
		PartCoverage, PartGivers, PartAnchoring, PartClosed, PartDefinitions}
}

// FindPart gives the part that a word means. It returns NotFound for any other.
func FindPart(word string) (Part, error) {
	if slices.Contains(Parts(), Part(word)) {
		return Part(word), nil
	}
	known := make([]string, len(Parts()))
	for k, p := range Parts() {
		known[k] = string(p)
	}
	return "", Unknown("part of the account", word, known)
}

// FindParts gives the parts that words name, each once. Without words it is all
// of them.
func FindParts(words []string) ([]Part, error) {
	if len(words) == 0 {
		return Parts(), nil
	}
	var parts []Part
	for _, word := range words {
		p, err := FindPart(word)
		if err != nil {
			return nil, err
		}
		if slices.Contains(parts, p) {
			return nil, Errorf(Usage, "the part %s is named twice", Word(p)).WithHint("name each part of the account once")
		}
		parts = append(parts, p)
	}
	return parts, nil
}

// ReportText is what a coach has written in a part of the account of a period.
type ReportText struct {
	ID     int64
	Period Period
	Part   Part
	Text   string // Markdown
}
