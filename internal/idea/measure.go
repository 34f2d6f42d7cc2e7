package idea

import "regexp"

// What coaches measure themselves, as things that change, and their fields.
const (
	AMeasure Subject = "measure"
	AValue   Subject = "measure_value"
	ATarget  Subject = "aim" // its table has this name: target is a field of tests

	FieldKey        Field = "key"
	FieldCountedIn  Field = "counted_in"
	FieldBetter     Field = "better"
	FieldTogether   Field = "together"
	FieldFormula    Field = "formula"
	FieldDefinition Field = "definition"
	FieldSource     Field = "source"
	FieldFigure     Field = "figure"
	FieldGoal       Field = "goal"
)

// Better is the direction in which a measure is to go; empty is neither.
type Better string

// The directions.
const (
	HigherBetter Better = "higher"
	LowerBetter  Better = "lower"
)

// Betters lists the directions.
func Betters() []Better { return []Better{HigherBetter, LowerBetter} }

// FindBetter gives the direction that a word means, in either language; no
// direction for none and the empty word.
func FindBetter(word string) (Better, error) {
	const none Better = "none"
	if word == "" {
		return "", nil
	}
	b, err := findWord("direction", word, append(Betters(), none), map[string]Better{"högre": HigherBetter, "lägre": LowerBetter, "ingen": none})
	if b == none {
		b = ""
	}
	return b, err
}

// Together is how the values of a period are put together to one figure.
type Together string

// The ways.
const (
	TogetherSum  Together = "sum"
	TogetherMean Together = "mean"
	TogetherLast Together = "last"
)

// Togethers lists the ways.
func Togethers() []Together { return []Together{TogetherSum, TogetherMean, TogetherLast} }

// Explain tells how values are put together.
func (t Together) Explain() Word {
	switch t {
	case TogetherMean:
		return "the mean of the values of the period"
	case TogetherLast:
		return "the last value of the period"
	}
	return "the sum of the values of the period"
}

// FindTogether gives the way that a word means, in either language.
func FindTogether(word string) (Together, error) {
	return findWord("way to put values together", word, Togethers(), map[string]Together{
		"summa": TogetherSum, "medel": TogetherMean, "medelvärde": TogetherMean, "senaste": TogetherLast, "sista": TogetherLast})
}

// OwnMeasure is a measure that the coaches have defined: of values that they
// record, or of a formula over other measures.
type OwnMeasure struct {
	ID         int64
	Key        string
	Names      Names
	CountedIn  string // the unit of its values, such as visitors or %
	Better     Better
	Together   Together // empty with a formula
	Formula    string
	Definition string
	Source     string
}

const maxMeasureKey = 40

var measureKeyForm = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)

// CheckMeasureKey refuses (Usage) what cannot be the key of a measure.
func CheckMeasureKey(key string) error {
	if len(key) <= maxMeasureKey && measureKeyForm.MatchString(key) {
		return nil
	}
	return Errorf(Usage, "%q cannot be the key of a measure", key).
		WithHint("take small letters a-z, digits and single underscores, such as visitors or happy_givers; at most %d", maxMeasureKey)
}

// Clean makes a measure fit to be kept. Without a way to put values together it
// takes the mean of what is counted in %, and the sum of other values. It
// returns Usage for what cannot be.
func (m OwnMeasure) Clean() (OwnMeasure, error) {
	if err := CheckMeasureKey(m.Key); err != nil {
		return m, err
	}
	for _, one := range []struct {
		field Field
		line  *string
	}{{FieldNameEN, &m.Names.EN}, {FieldNameSV, &m.Names.SV}, {FieldCountedIn, &m.CountedIn}, {FieldFormula, &m.Formula}, {FieldSource, &m.Source}} {
		clean, err := CleanLine(Word(one.field), *one.line)
		if err != nil {
			return m, err
		}
		*one.line = clean
	}
	definition, err := CleanText(Word(FieldDefinition), m.Definition)
	if err != nil {
		return m, err
	}
	m.Definition = definition
	return m.complete()
}

func (m OwnMeasure) complete() (OwnMeasure, error) {
	switch {
	case m.Names.EN == "":
		m.Names.EN = m.Names.SV
	case m.Names.SV == "":
		m.Names.SV = m.Names.EN
	}
	if m.Names.EN == "" {
		return m, Errorf(Usage, "a measure needs a name").WithHint("give it with --name")
	}
	if Same(m.CountedIn, "share") || Same(m.CountedIn, "andel") {
		return m, Errorf(Usage, "a share is counted in percent").WithHint("say --unit % and record 90 for 90 of 100")
	}
	switch {
	case m.Formula != "" && m.Together != "":
		return m, Errorf(Usage, "a measure with a formula has no values to put together").WithHint("leave out --together")
	case m.Formula == "" && m.Together == "" && m.CountedIn == "%":
		m.Together = TogetherMean
	case m.Formula == "" && m.Together == "":
		m.Together = TogetherSum
	}
	return m, nil
}

// Fields is what is kept of a measure.
func (m OwnMeasure) Fields() map[Field]string {
	return map[Field]string{FieldKey: m.Key, FieldNameEN: m.Names.EN, FieldNameSV: m.Names.SV, FieldCountedIn: m.CountedIn, FieldBetter: string(m.Better),
		FieldTogether: string(m.Together), FieldFormula: m.Formula, FieldDefinition: m.Definition, FieldSource: m.Source}
}

// MeasureFields lists the fields of a measure that can change, in the order of
// their events.
func MeasureFields() []Field {
	return []Field{FieldNameEN, FieldNameSV, FieldCountedIn, FieldBetter, FieldTogether, FieldFormula, FieldDefinition, FieldSource}
}

// MeasureValue is a value of a measure that somebody recorded.
type MeasureValue struct {
	ID      int64
	Measure int64
	On      Day
	Value   Amount
	Note    string
}

// Fields is what is kept of a value.
func (v MeasureValue) Fields() map[Field]string {
	return map[Field]string{FieldMeasure: reference(v.Measure), FieldDay: string(v.On), FieldFigure: string(v.Value), FieldText: v.Note}
}

// Target is the goal of a measure for a period.
type Target struct {
	ID      int64
	Measure string // the id of a built-in measure, such as reached:test, or the key of an own one
	From    Day
	Through Day // the last day of the period
	Goal    Amount
}

// Period is the days of a target.
func (t Target) Period() Period { return Period{From: t.From, To: t.Through.Add(1)} }

// Fields is what is kept of a target.
func (t Target) Fields() map[Field]string {
	return map[Field]string{FieldMeasure: t.Measure, FieldBegins: string(t.From), FieldEnds: string(t.Through), FieldGoal: string(t.Goal)}
}
