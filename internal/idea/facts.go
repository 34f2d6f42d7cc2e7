package idea

// Life is what a report needs to know of an idea, but for what has happened to
// it since it came in.
type Life struct {
	Number     int64
	Title      string
	Kind       GiverKind
	Unit       int64
	Owner      int64
	Coach      int64
	Channel    Channel
	Received   Day
	Answered   Day // the first answer; empty when nobody has got one
	Reason     Reason
	MergedInto int64
	Tags       []string
	Givers     []int64
}
