package idea

import "time"

// Reach is a fact that reports are made of: how many ideas came as far as a
// stage and no further.
type Reach struct {
	Stage StageKey
	Ideas int
}

// Entered is a fact that reports are made of: an idea entered a stage.
type Entered struct {
	Idea     int64
	Received Day
	Stage    StageKey
	At       time.Time
}

// UnitCount is a fact that reports are made of: how many ideas of a unit stand
// in a stage. Unit 0 is ideas without a unit.
type UnitCount struct {
	Unit     int64
	Stage    StageKey
	All      int
	Received int // received in the period
	Came     int // entered the stage in the period
}
