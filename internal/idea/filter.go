package idea

// Sort is an order in which ideas are listed.
type Sort string

// The orders. A minus in front turns an order round.
const (
	ByNumber   Sort = "number"
	ByReceived Sort = "received"
	ByTitle    Sort = "title"
	ByStage    Sort = "stage"
	ByUnit     Sort = "unit"
	ByCoach    Sort = "coach"
	ByDue      Sort = "due"
	ByAge      Sort = "age" // days in the stage, oldest first
)

// Sorts lists the orders.
func Sorts() []Sort {
	return []Sort{ByNumber, ByReceived, ByTitle, ByStage, ByUnit, ByCoach, ByDue, ByAge}
}

// Filter selects ideas. Several values of one field are alternatives;
// different fields must all hold. The zero Filter selects every idea.
type Filter struct {
	Numbers  []int64
	Stages   []StageKey
	Tags     []string
	NoTags   []string
	Units    []int64 // 0 selects ideas without a unit
	Kinds    []GiverKind
	Coaches  []int64 // 0 selects ideas without a coach
	Givers   []int64
	Types    []Type    // the empty type selects ideas whose type is not known
	Newness  []Newness // likewise
	Benefits []Benefit // likewise
	Received Period
	Text     string // words, all of which must occur
	Open     bool   // leave out what is closed or realised
	Own      bool   // leave out what is merged into another idea
	Waiting  bool   // only what no giver has been answered about
}

// Order is how a selection is sorted and where it ends.
type Order struct {
	By    Sort
	Desc  bool
	Limit int // 0 is no limit
}

// Everything tells whether f selects every idea.
func (f Filter) Everything() bool {
	words := len(f.Numbers) + len(f.Stages) + len(f.Tags) + len(f.NoTags) + len(f.Units) + len(f.Kinds) + len(f.Coaches) + len(f.Givers) +
		len(f.Types) + len(f.Newness) + len(f.Benefits) + len(f.Text)
	return words == 0 && f.Received == (Period{}) && !f.Open && !f.Own && !f.Waiting
}
