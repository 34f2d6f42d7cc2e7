package cmd

import (
	"cmp"
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/cheggaaa/pb/v3"
	"github.com/spf13/cobra"

	"sluss/internal/config"
	"sluss/internal/desk"
	"sluss/internal/file"
	"sluss/internal/idea"
	"sluss/internal/intake"
	"sluss/internal/sheet"
	"sluss/internal/view"
)

// badEnding is added to the name of a file for the file of its bad rows.
const badEnding = ".bad.csv"

// importFlags say how a file is read.
type importFlags struct {
	maps, sets, formats, splits      []string
	mapping, save                    string
	source, separator, encoding, bad string
	dryRun, skipBad, addUnits        bool
}

func newImport(env *Env) *cobra.Command {
	var flags importFlags
	c := &cobra.Command{
		Use:   "import FILE.csv",
		Short: env.t("Take in ideas from a CSV file"),
		Long: env.t(`Take in ideas from a CSV file; - is standard input. Separator and encoding are
found out. A column whose heading is the name of a field needs no mapping; say
the others with --map, and keep that for the next time with --save-mapping.

A bad row is named with line, column and reason, and then nothing is taken in;
--skip-bad takes in the rest and writes the bad rows to a file. A row that was
taken in before, by its number in the other system, adds nothing. A closed idea
needs a reason and a parked one a day to wake: in a column, or with --set for
all of them.

Fields: %s.`, strings.Join(intake.Fields(), ", ")),
		Example: `  sluss import ideer.csv --dry-run
  sluss import forslag.csv --map title=Rubrik --map need=Sammanfattning --set kind=resident
  sluss import forslag.csv --mapping goteborg --skip-bad`,
		Args: exactly(1, idea.Word("the name of a file")),
		RunE: func(c *cobra.Command, args []string) error {
			return env.importFile(c, args[0], flags)
		},
	}
	f := c.Flags()
	f.StringArrayVarP(&flags.maps, "map", "m", nil, env.t("`FIELD=COLUMN`; several columns with commas between: the first that is filled"))
	f.StringArrayVar(&flags.sets, "set", nil, env.t("`FIELD=VALUE` for every row"))
	f.StringArrayVar(&flags.formats, "date-format", nil, env.t("`FIELD=LAYOUT`: how 2 January 2006 is written in that column"))
	f.StringArrayVar(&flags.splits, "split", nil, env.t("`tags=SIGN`: what stands between tags in a cell"))
	f.StringVar(&flags.mapping, "mapping", "", env.t("a kept mapping, by its `NAME`, or a YAML file"))
	f.StringVar(&flags.save, "save-mapping", "", env.t("keep the mapping under this `NAME`"))
	f.StringVar(&flags.source, "source", "", env.t("the `NAME` of the system that the file comes from; else that of the mapping or the file"))
	f.StringVar(&flags.separator, "separator", "", env.t("the `SIGN` between cells, or tab; else found out"))
	f.StringVar(&flags.encoding, "encoding", "", env.t("`ENCODING`: utf-8, windows-1252, utf-16le or utf-16be; else found out"))
	f.BoolVarP(&flags.dryRun, "dry-run", "n", false, env.t("show what would happen"))
	f.BoolVar(&flags.skipBad, "skip-bad", false, env.t("leave bad rows out"))
	f.StringVar(&flags.bad, "bad", "", env.t("write bad rows to this `FILE`; else to FILE.bad.csv"))
	f.BoolVar(&flags.addUnits, "add-units", false, env.t("add units that are not known yet"))
	env.completeFlag(c, "mapping", env.completeMappings)
	return c
}

// mappingFor is what the flags say, then a kept mapping, then the headings.
func (env *Env) mappingFor(flags importFlags) (intake.Mapping, error) {
	m, err := intake.FlagMapping(flags.maps, flags.sets, flags.formats, flags.splits)
	if err != nil {
		return m, err
	}
	m.Source, m.Separator, m.Encoding = flags.source, flags.separator, flags.encoding
	if flags.mapping == "" {
		return m, nil
	}
	path := flags.mapping
	if !isPath(path) {
		if path, err = env.mappingPath(path); err != nil {
			return m, err
		}
	}
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return m, idea.Errorf(idea.NotFound, "there is no mapping at %s", path).WithHint("keep one with --save-mapping NAME")
	}
	if err != nil {
		return m, err
	}
	kept, err := intake.ParseMapping(path, text)
	return m.Or(kept), err
}

// isPath tells a mapping that is a file from the name of a kept one.
func isPath(mapping string) bool { return strings.ContainsAny(mapping, "/.\\") }

func (env *Env) mappingPath(name string) (string, error) {
	paths := env.config.Paths()
	if paths.ConfigFile == "" {
		return "", paths.Err()
	}
	return filepath.Join(filepath.Dir(paths.ConfigFile), "mappings", name+".yaml"), nil
}

func (env *Env) saveMapping(name string, m intake.Mapping) error {
	if name != file.Slug(name, 100) {
		return idea.Errorf(idea.Usage, "%q cannot be the name of a mapping", name).WithHint("take a name of the letters a-z, digits and -, such as %s", file.Slug(name, 100))
	}
	path, err := env.mappingPath(name)
	if err != nil {
		return err
	}
	text, err := m.YAML()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return file.Write(path, 0o600, func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
}

func (env *Env) importFile(c *cobra.Command, path string, flags importFlags) error {
	m, err := env.mappingFor(flags)
	if err != nil {
		return err
	}
	d, err := env.desk(c.Context())
	if err != nil {
		return err
	}
	in, size, err := env.openInput(path)
	if err != nil {
		return err
	}
	defer in.Close()
	o, err := m.ReadOptions()
	if err != nil {
		return err
	}
	cells, err := sheet.NewReader(in, o)
	if err != nil {
		return intake.Explain(path, err)
	}
	if err := flags.checkBad(path); err != nil {
		return err
	}
	if flags.save != "" {
		if err := env.saveMapping(flags.save, m); err != nil {
			return err
		}
	}
	m = m.Or(intake.Default(cells.Header()))
	switch {
	case m.Source != "":
	case intake.Own(cells.Header()):
		m.Source = desk.Own
	default:
		m.Source = sourceOf(path, flags)
	}
	stages, err := d.Stages(c.Context())
	if err != nil {
		return err
	}
	rows, err := intake.New(cells, m, path, intake.Options{Process: desk.ProcessOf(stages), Location: d.Location()})
	if err != nil {
		return err
	}
	job := &importJob{env: env, path: path, cells: cells, rows: rows, bar: env.progress(size)}
	return job.run(c, d, flags)
}

// checkBad refuses to write bad rows over those of an earlier import, which
// somebody may be mending, unless the file was named.
func (f importFlags) checkBad(path string) error {
	if !f.skipBad || f.dryRun || f.bad != "" {
		return nil
	}
	if _, err := os.Lstat(badPath(path)); err != nil {
		return nil
	}
	return idea.Errorf(idea.Refused, "the bad rows of an earlier import are still in %s", badPath(path)).
		WithHint("take them in or remove the file, or name another with --bad FILE")
}

// sourceOf is what rows come from when nothing says so: the kept mapping, or the
// file, however often bad rows were mended and taken in again.
func sourceOf(path string, flags importFlags) string {
	for _, name := range []string{flags.save, flags.mapping} {
		if name != "" && !isPath(name) {
			return name
		}
	}
	name := filepath.Base(path)
	for strings.HasSuffix(name, badEnding) {
		name = strings.TrimSuffix(name, badEnding)
	}
	return strings.TrimSuffix(name, filepath.Ext(name))
}

func (env *Env) openInput(path string) (io.ReadCloser, int64, error) {
	if path == "-" {
		return io.NopCloser(env.input()), -1, nil
	}
	in, err := os.Open(path)
	if err != nil {
		return nil, 0, err
	}
	info, err := in.Stat()
	if err == nil && info.IsDir() {
		err = idea.Errorf(idea.Usage, "%s is a folder, not a file", path)
	}
	if err != nil {
		in.Close()
		return nil, 0, err
	}
	return in, info.Size(), nil
}

// progress is a bar on the terminal, and nothing where nobody looks.
func (env *Env) progress(size int64) *pb.ProgressBar {
	bar := pb.New64(size).Set(pb.CleanOnFinish, true).SetWriter(env.streams.Err)
	bar.SetTemplateString(`{{bar . "" "━" "━" " " ""}} {{percent . "` + env.t("%.0f%%") + `"}}`)
	if !env.streams.ErrTTY || env.streams.Dumb || env.config.Bool(config.Quiet) || env.config.Bool(config.Accessible) {
		bar.SetWriter(io.Discard)
	}
	return bar.Start()
}

// importJob is one run of an import.
type importJob struct {
	env   *Env
	path  string
	cells *sheet.Reader
	rows  *intake.Reader
	bar   *pb.ProgressBar
	bad   []view.BadRow
	raw   map[int][]string // the cells of rows, by line; of the bad ones in the end
}

func (j *importJob) run(c *cobra.Command, d *desk.Desk, flags importFlags) error {
	j.raw = map[int][]string{}
	done, err := d.Import(c.Context(), desk.ImportInput{DryRun: flags.dryRun, SkipBad: flags.skipBad, AddUnits: flags.addUnits}, j.incoming(flags.skipBad))
	j.bar.Finish()
	if err != nil {
		return err
	}
	missing := map[idea.Field]bool{}
	for _, row := range done.Bad {
		j.bad = append(j.bad, j.refused(row))
		missing[row.Field] = missing[row.Field] || row.Err.Kind == idea.NotFound
	}
	slices.SortStableFunc(j.bad, func(a, b view.BadRow) int { return cmp.Compare(a.Line, b.Line) })
	read := j.cells.Dialect()
	result := view.Imported{Path: j.path, DryRun: flags.dryRun, Encoding: string(read.Encoding), Separator: string(read.Comma), Imported: done, BadRows: j.bad, Unused: j.rows.Unused()}
	if len(j.bad) > 0 && !flags.skipBad {
		return j.env.badRows(result, missing)
	}
	if len(j.bad) > 0 && !flags.dryRun {
		if result.BadFile, err = j.writeBad(flags.bad); err != nil {
			return err
		}
	}
	return j.env.print(j.env.view().Imported(result))
}

// incoming reads the file row by row. The cells of each row are kept only where a
// bad one may have to be written again.
func (j *importJob) incoming(keep bool) iter.Seq2[desk.Incoming, error] {
	return func(yield func(desk.Incoming, error) bool) {
		for n := 0; ; n++ {
			record, err := j.rows.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(desk.Incoming{}, intake.Explain(j.path, err))
				return
			}
			if n%1000 == 0 {
				j.bar.SetCurrent(j.cells.Bytes())
			}
			if keep {
				j.raw[record.Line] = append([]string(nil), record.Raw...)
			}
			row := desk.Incoming{Line: record.Line, Draft: &record.Draft}
			if len(record.Problems) > 0 {
				row.Draft = nil
				for _, p := range record.Problems {
					j.bad = append(j.bad, view.BadRow{Line: p.Line, Column: p.Column, Header: p.Header, Value: p.Value, Reason: p.Text, Hint: p.Hint})
				}
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

// refused is a row that the desk found bad.
func (j *importJob) refused(row desk.BadRow) view.BadRow {
	e := j.env.withNearest(row.Err)
	return view.BadRow{Line: row.Line, Header: string(row.Field), Reason: e.Text, Hint: e.Hint}
}

// badRows is the error for a file with bad rows, some of which name what is
// missing in these fields: nothing was taken in.
func (env *Env) badRows(r view.Imported, missing map[idea.Field]bool) error {
	const most = 20
	e := idea.Errorf(idea.Refused, "%s has bad rows (%d); nothing was taken in", r.Path, view.BadLines(r.BadRows)).
		WithHint("mend them, or take in the rest with --skip-bad")
	switch {
	case missing[idea.FieldUnit]:
		e = e.WithHint("mend them, add new units with --add-units, or take in the rest with --skip-bad")
	case missing[idea.FieldCoach]:
		e = e.WithHint("mend them, add new coaches with sluss coach add, or take in the rest with --skip-bad")
	case sameHint(r.BadRows):
		e = e.WithHint("%s; or take in the rest with --skip-bad", r.BadRows[0].Hint)
	}
	for i, row := range r.BadRows {
		if i == most {
			e.More = append(e.More, idea.Say("and %d more", len(r.BadRows)-most))
			break
		}
		e.More = append(e.More, row.Told(r.Path))
	}
	return e
}

// sameHint tells whether one hint helps with all the rows.
func sameHint(rows []view.BadRow) bool {
	other := func(r view.BadRow) bool { return r.Hint.String() != rows[0].Hint.String() }
	return rows[0].Hint.Format != "" && !slices.ContainsFunc(rows, other)
}

// badPath is where the bad rows of a file go when nothing says so.
func badPath(path string) string {
	if path == "-" {
		path = "stdin"
	}
	return path + badEnding
}

// writeBad writes the bad rows as they were, each with what is wrong with it.
func (j *importJob) writeBad(path string) (string, error) {
	if path == "" {
		path = badPath(j.path)
	}
	return path, file.Write(path, 0o600, func(w io.Writer) error {
		out := sheet.NewWriter(w, sheet.WriteOptions{})
		if err := out.Write(values(append(j.cells.Header(), "sluss"))); err != nil {
			return err
		}
		written := map[int]bool{}
		for _, row := range j.bad {
			if written[row.Line] {
				continue
			}
			written[row.Line] = true
			told := j.env.t("%s", row.Told(j.path))
			if err := out.Write(values(append(j.raw[row.Line], told))); err != nil {
				return err
			}
		}
		return out.Flush()
	})
}

func values(cells []string) []sheet.Value {
	out := make([]sheet.Value, len(cells))
	for i, c := range cells {
		out[i] = sheet.Value{Text: c}
	}
	return out
}
