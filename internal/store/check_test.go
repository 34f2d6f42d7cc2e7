package store_test

import (
	"fmt"
	"slices"
	"testing"

	"sluss/internal/store"
)

// No command makes a circle; a file that another program wrote to, or an old
// one, may hold one. What leads into it or out of it is not named.
func TestCheckFindsCircles(t *testing.T) {
	path := version1(t)
	if _, err := store.Upgrade(t.Context(), path, upgradeTime); err != nil {
		t.Fatal(err)
	}
	db := open(t, path)
	raw := shell(t, path)
	for k := range 5 {
		run(t, raw, "INSERT INTO unit (id, name, kind) VALUES (?, ?, 'department')", 10+k, fmt.Sprint("U", k))
	}
	run(t, raw, `UPDATE unit SET parent = CASE id WHEN 10 THEN 11 WHEN 11 THEN 12 WHEN 12 THEN 11 WHEN 13 THEN 13 END, successor = CASE id WHEN 11 THEN 14 END WHERE id >= 10`)
	run(t, raw, "UPDATE unit SET parent = 14 WHERE id = 1")
	run(t, raw, "INSERT INTO idea_part_of (idea, other) VALUES (1, 2), (2, 1)")
	run(t, raw, "INSERT INTO idea_builds_on (idea, other) VALUES (1, 2)")
	faults, err := db.Check(t.Context(), false)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range faults {
		got = append(got, f.String())
	}
	if want := []string{"unit 11 lies under itself", "unit 12 lies under itself", "unit 13 lies under itself",
		"idea 1 is part of itself", "idea 2 is part of itself"}; !slices.Equal(got, want) {
		t.Errorf("it found %q", got)
	}
}
