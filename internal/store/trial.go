package store

import (
	"database/sql"
	"slices"
	"strings"
	"time"

	"sluss/internal/idea"
)

// IdeaTests gives the tests of an idea with their notes, oldest first.
func (tx *Tx) IdeaTests(number int64) ([]idea.Test, error) {
	tests, err := tx.tests("WHERE idea = ? ORDER BY id", number)
	if err != nil || len(tests) == 0 {
		return nil, err
	}
	err = tx.each(func(rows *sql.Rows) error {
		var n idea.TestNote
		var at int64
		if err := rows.Scan(&n.Test, &at, &n.Who, &n.Text); err != nil {
			return err
		}
		n.At = time.UnixMilli(at).UTC()
		t := &tests[slices.IndexFunc(tests, func(t idea.Test) bool { return t.ID == n.Test })]
		t.Notes = append(t.Notes, n)
		return nil
	}, `SELECT n.test_card, n.at, n.coach, n.text FROM test_card t JOIN test_note n ON n.test_card = t.id
		WHERE t.idea = ? ORDER BY n.id`, number)
	return tests, err
}

// Tests gives the tests of all ideas without their notes, in the order of the
// ideas; only those that are not finished if open.
func (tx *Tx) Tests(open bool) ([]idea.Test, error) {
	if open {
		return tx.tests("WHERE finished = '' ORDER BY idea, id")
	}
	return tx.tests("ORDER BY idea, id")
}

func (tx *Tx) tests(where string, args ...any) ([]idea.Test, error) {
	rows, c, err := tx.packed("test_card", testColumns(), where, args...)
	out := make([]idea.Test, rows)
	for k := range out {
		out[k] = c.test()
	}
	return out, err
}

func testColumns() []string {
	return strings.Fields("id idea belief method measure target begins ends who cost started finished result verdict learnt")
}

func (c *columns) test() idea.Test {
	return idea.Test{ID: c.whole(), Idea: c.whole(), Belief: c.text(), Method: c.text(), Measure: c.text(), Target: c.text(),
		From: c.day(), To: c.day(), Who: c.text(), Cost: idea.Amount(c.text()), Started: c.day(),
		Finished: c.day(), Result: c.text(), Verdict: idea.Verdict(c.text()), Learnt: c.text()}
}

// TestPlanned tells whether an idea has a test that is not finished.
func (tx *Tx) TestPlanned(number int64) (found bool, err error) {
	err = tx.row("SELECT EXISTS (SELECT 1 FROM test_card WHERE idea = ? AND finished = '')", number).Scan(&found)
	return found, err
}

// TestFinished tells whether an idea has a test with a result.
func (tx *Tx) TestFinished(number int64) (found bool, err error) {
	err = tx.row("SELECT EXISTS (SELECT 1 FROM test_card WHERE idea = ? AND finished <> '')", number).Scan(&found)
	return found, err
}
