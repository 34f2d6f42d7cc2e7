package view

import (
	"strings"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/render"
)

// Imported is what became of a file.
type Imported struct {
	Path   string
	DryRun bool

	Encoding, Separator string // as the file was read
	desk.Imported
	BadRows []BadRow
	BadFile string   // where the bad rows were written
	Unused  []string // headings that nothing was taken from
}

// BadRow is something that is wrong with a row of a file.
type BadRow struct {
	Line, Column  int // column 0 is not known
	Header, Value string
	Reason, Hint  idea.Text
}

// BadLines is how many rows are bad: one can have several things wrong.
func BadLines(rows []BadRow) int {
	lines := map[int]bool{}
	for _, r := range rows {
		lines[r.Line] = true
	}
	return len(lines)
}

// Told tells in one line what is wrong and where.
func (r BadRow) Told(path string) idea.Text {
	if r.Column == 0 {
		return idea.Say("%s, line %d, %s: %s", path, r.Line, idea.Word(r.Header), r.Reason)
	}
	if r.Header == "" {
		return idea.Say("%s, line %d, column %d: %s", path, r.Line, r.Column, r.Reason)
	}
	return idea.Say("%s, line %d, column %d (%s): %s", path, r.Line, r.Column, r.Header, r.Reason)
}

type importedJSON struct {
	File      string       `json:"file"`
	DryRun    bool         `json:"dry_run"`
	Encoding  string       `json:"encoding"`
	Separator string       `json:"separator"`
	Added     int          `json:"added"`
	Already   int          `json:"already"`
	Bad       int          `json:"bad"`
	First     *int64       `json:"first"`
	Last      *int64       `json:"last"`
	BadFile   *string      `json:"bad_file"`
	Rows      []badRowJSON `json:"bad_rows"`
}

type badRowJSON struct {
	Line   int    `json:"line"`
	Column *int   `json:"column"`
	Header string `json:"header"`
	Reason string `json:"reason"`
}

// Imported tells what became of a file.
func (v View) Imported(i Imported) render.Document {
	bad := BadLines(i.BadRows)
	out := importedJSON{File: i.Path, DryRun: i.DryRun, Encoding: i.Encoding, Separator: i.Separator, Added: i.Added, Already: i.Already, Bad: bad,
		First: id(i.First), Last: id(i.Last), BadFile: known(i.BadFile), Rows: []badRowJSON{}}
	d := render.Document{}
	if i.DryRun {
		d.Notes = append(d.Notes, v.t("Nothing was changed: this shows what would happen."), v.t("The file is read as %s with %q between the cells.", i.Encoding, i.Separator))
	}
	added := v.p.N(i.Added, "%d idea added", "%d ideas added")
	if i.Added > 0 && !i.DryRun {
		span := number64(i.First)
		switch {
		case i.Last-i.First >= int64(i.Added): // some were taken out again
			span += " … " + number64(i.Last)
		case i.Last > i.First:
			span += "-" + number64(i.Last)
		}
		added = v.t("%s: %s", added, span)
	}
	d.Notes = append(d.Notes, added)
	if i.Already > 0 {
		d.Notes = append(d.Notes, v.p.N(i.Already, "%d row was there already", "%d rows were there already"))
	}
	if bad > 0 {
		d.Notes = append(d.Notes, v.p.N(bad, "%d bad row left out", "%d bad rows left out"))
	}
	if i.BadFile != "" {
		d.Notes = append(d.Notes, v.t("The bad rows are in %s", i.BadFile))
	}
	d = v.unused(d, i.Unused)
	for _, r := range i.BadRows {
		row := badRowJSON{Line: r.Line, Header: r.Header, Reason: v.t("%s", r.Reason)}
		if r.Column > 0 {
			row.Column = &r.Column
		}
		out.Rows = append(out.Rows, row)
		if i.DryRun {
			d.Notes = append(d.Notes, v.t("%s", r.Told(i.Path)))
		}
	}
	d.JSON = out
	return d
}

// unused tells which columns of a file fill nothing.
func (v View) unused(d render.Document, headings []string) render.Document {
	if len(headings) > 0 {
		d.Notes = append(d.Notes, v.t("Columns that nothing was taken from: %s", strings.Join(headings, ", ")))
	}
	return d
}
