// Package store keeps everything in one SQLite file. It is the only room that
// knows SQL.
package store

import (
	"bytes"
	"context"
	"database/sql"
	"database/sql/driver"
	"embed"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"

	"modernc.org/sqlite"

	"sluss/internal/idea"
)

const (
	applicationID = 0x534C5553 // "SLUS", in the header of every database of ours

	// SchemaVersion is the newest migration that this program knows.
	SchemaVersion = 4
)

//go:embed migrations/*.sql
var migrations embed.FS

// DB is an open database.
type DB struct {
	sql      *sql.DB
	path     string
	version  int // of the schema
	readOnly bool
	reading  bool // only reads, whatever the file allows
	changed  bool
	lost     *bool       // a part of it could not be read, and SQLite was left where it stood
	holder   driver.Conn // of a copy in memory, what keeps it there
}

func newDB(conn *sql.DB, path string) *DB { return &DB{sql: conn, path: path, lost: new(bool)} }

// Path is the file's path.
func (db *DB) Path() string { return db.path }

// ReadOnly tells whether the file could be opened for reading only.
func (db *DB) ReadOnly() bool { return db.readOnly }

// Reader is the same open database for those who must not change it: Update
// returns Refused. Closing it is left to the owner of db.
func (db *DB) Reader() *DB {
	reader := *db
	reader.reading = true
	return &reader
}

// Changed tells whether a command has been recorded since the file was opened.
func (db *DB) Changed() bool { return db.changed }

// Close closes the database.
func (db *DB) Close() error {
	if *db.lost {
		return nil
	}
	err := db.sql.Close()
	if db.holder != nil {
		err = errors.Join(err, db.holder.Close())
	}
	return err
}

// Create makes a new database at path with the given process. The file appears
// whole or not at all, readable by its owner only. It returns Refused if there
// is a file already, Unusable if the folder lies on a network drive, and Failure
// if the folder cannot be written to.
func Create(ctx context.Context, path string, p idea.Process) error {
	if _, err := os.Lstat(path); err == nil {
		return idea.Errorf(idea.Refused, "there is already a file at %s", path).
			WithHint("use it as it is, or choose another place with --db")
	}
	folder := filepath.Dir(path)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fileError(err, path)
	}
	if err := checkDrive(folder); err != nil {
		return err
	}
	return appear(path, func(draft string) error { return wrap(build(ctx, draft, p), path) })
}

func checkDrive(folder string) error {
	if name := networkDrive(folder); name != "" {
		return idea.Errorf(idea.Unusable, "%s lies on a network drive (%s), where SQLite cannot keep several writers apart", folder, name).
			WithHint("choose a folder on a local disk with --db, or run sluss on a server where all coaches log in")
	}
	return nil
}

// appear makes a file at path that is there whole or not at all. fill writes it
// under another name, in a folder beside it; what it finds there is an empty
// file that only its owner may read.
func appear(path string, fill func(draft string) error) error {
	return inDraft(path, func(draft string) error {
		if err := fill(draft); err != nil {
			return err
		}
		if err := os.Link(draft, path); errors.Is(err, fs.ErrExist) {
			return idea.Errorf(idea.Refused, "there is already a file at %s", path)
		} else if err != nil && os.Rename(draft, path) != nil {
			return fileError(err, path)
		}
		syncFolder(path)
		return nil
	})
}

// inDraft runs use with an empty file that only its owner may read, in a folder
// beside path that is removed afterwards.
func inDraft(path string, use func(draft string) error) error {
	drafts, err := os.MkdirTemp(filepath.Dir(path), ".sluss-new-*")
	if err != nil {
		return fileError(err, path)
	}
	defer os.RemoveAll(drafts)
	draft := filepath.Join(drafts, "new.db")
	file, err := os.OpenFile(draft, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return fileError(err, path)
	}
	if err := file.Close(); err != nil {
		return fileError(err, path)
	}
	return use(draft)
}

// syncFolder makes the name of a file last too, where the system can promise that.
func syncFolder(path string) {
	if f, err := os.Open(filepath.Dir(path)); err == nil {
		_ = f.Sync()
		f.Close()
	}
}

func build(ctx context.Context, path string, p idea.Process) (err error) {
	conn, err := sql.Open("sqlite", dsn(path, "mode=rw"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if err := migrate(ctx, conn); err != nil {
		return err
	}
	if err := insertProcess(ctx, conn, p); err != nil {
		return err
	}
	// Last: what lies in a WAL file when the disk is full stays there, without a
	// word, when the database is closed; and only the main file is moved to its place.
	if _, err := conn.ExecContext(ctx, "PRAGMA journal_mode = WAL"); err != nil {
		return err
	}
	// Whoever reads it needs room for a file beside it.
	var stages int
	return conn.QueryRowContext(ctx, "SELECT count(*) FROM stage").Scan(&stages)
}

// insertProcess writes the first process: what a database is born with is no
// change, and cannot be undone.
func insertProcess(ctx context.Context, conn *sql.DB, p idea.Process) error {
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for i, s := range p {
		if _, err := tx.ExecContext(ctx,
			"INSERT INTO stage (key, name_en, name_sv, kind, position, limit_days, wip) VALUES (?, ?, ?, ?, ?, ?, ?)",
			s.Key, s.Names.EN, s.Names.SV, s.Kind, i+1, s.LimitDays, s.Wip); err != nil {
			return err
		}
		for _, c := range s.Gates {
			if _, err := tx.ExecContext(ctx, "INSERT INTO gate (stage, condition) VALUES (?, ?)", s.Key, c); err != nil {
				return err
			}
		}
	}
	return tx.Commit()
}

// Open opens the database at path. It never makes a file. It returns NotFound if
// there is none, Unusable if the file is damaged, not ours or made by a newer or
// older version, Failure if it may not be read, and Busy if another program
// holds it. [Old] tells whether Upgrade is all that it needs.
func Open(ctx context.Context, path string) (*DB, error) {
	db, err := openAny(ctx, path)
	if err != nil {
		return nil, err
	}
	if db.version == SchemaVersion {
		return db, nil
	}
	if err := db.Close(); err != nil {
		return nil, wrap(err, path)
	}
	return nil, tooOld(path, db.version)
}

// openAny opens a database of this program or an older one.
func openAny(ctx context.Context, path string) (*DB, error) {
	if err := looksRight(path); err != nil {
		return nil, err
	}
	db, err := open(ctx, path, "mode=rw", false)
	if err == nil || !unwritable(err) {
		return db, err
	}
	if _, walErr := os.Stat(path + "-wal"); walErr == nil {
		return nil, idea.Errorf(idea.Failure, "no permission to write in %s, and %s has changes in %s that only a writer can read",
			filepath.Dir(path), filepath.Base(path), filepath.Base(path)+"-wal").
			WithHint("ask for write permission to the folder, or copy all files of the database to a folder of yours")
	}
	return open(ctx, path, "mode=ro&immutable=1", true)
}

func open(ctx context.Context, path, mode string, readOnly bool) (*DB, error) {
	conn, err := sql.Open("sqlite", dsn(path, mode))
	if err != nil {
		return nil, wrap(err, path)
	}
	conn.SetMaxOpenConns(2)
	db := newDB(conn, path)
	db.readOnly = readOnly
	if err := db.checkHeader(ctx); err != nil {
		conn.Close()
		return nil, err
	}
	return db, nil
}

// dsn percent-escapes the path: in a file: URI the signs ? # % mean other
// things.
func dsn(path, mode string) string { return waiting(path, mode, 10_000) }

// waiting is dsn with the milliseconds that SQLite waits for another program.
func waiting(path, mode string, wait int) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	escaped := (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()
	return "file:" + escaped + "?" + mode +
		"&_pragma=busy_timeout(" + strconv.Itoa(wait) + ")&_pragma=foreign_keys(1)&_pragma=trusted_schema(0)" +
		"&_pragma=temp_store(2)&_pragma=cache_size(-32000)&_txlock=immediate"
}

// looksRight checks what can be seen without SQLite, whose own messages would
// be the same for all of it.
func looksRight(path string) error {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return idea.Errorf(idea.NotFound, "there is no database at %s", path).
			WithHint("make one with sluss init, or name another with --db")
	}
	if err != nil {
		return fileError(err, path)
	}
	if info.IsDir() {
		return idea.Errorf(idea.Unusable, "%s is a folder, not a database", path).
			WithHint("name the file in it with --db")
	}
	if info.Size() == 0 {
		return idea.Errorf(idea.Unusable, "%s is empty, not a sluss database", path).
			WithHint("remove it and run sluss init, or restore a backup")
	}
	file, err := os.Open(path)
	if err != nil {
		return fileError(err, path)
	}
	defer file.Close()
	head := make([]byte, 16)
	if _, err := file.Read(head); err != nil {
		return fileError(err, path)
	}
	if !bytes.Equal(head, []byte("SQLite format 3\x00")) {
		return notOurs(path)
	}
	return nil
}

func notOurs(path string) error {
	return idea.Errorf(idea.Unusable, "%s is not a sluss database", path).
		WithHint("name another file with --db; sluss import reads CSV files")
}

func (db *DB) checkHeader(ctx context.Context) error {
	var id int
	row := db.sql.QueryRowContext(ctx, "SELECT (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version)")
	if err := row.Scan(&id, &db.version); err != nil {
		return wrap(err, db.path)
	}
	if id != applicationID {
		return notOurs(db.path)
	}
	if db.version > SchemaVersion {
		return idea.Errorf(idea.Unusable, "%s was made by a newer sluss (schema %d; this program knows %d)", db.path, db.version, SchemaVersion).
			WithHint("update this program")
	}
	return nil
}

// unwritable tells whether opening failed because SQLite may not write beside
// the file, as it must in WAL mode.
func unwritable(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && (e.Code()&0xff == 8 || e.Code()&0xff == 14)
}

// wrap turns an error of the driver into one that a user understands. It goes
// by result codes (sqlite.org/rescode.html), never by the driver's text.
func wrap(err error, path string) error {
	if err == nil {
		return nil
	}
	var known *idea.Error
	if errors.As(err, &known) {
		return err
	}
	if errors.Is(err, context.Canceled) {
		return idea.Errorf(idea.Interrupted, "interrupted; nothing was changed").Because(err)
	}
	var e *sqlite.Error
	if !errors.As(err, &e) {
		var cause *fs.PathError
		switch {
		case errors.As(err, &cause):
			return fileError(err, path)
		case errors.Is(err, sql.ErrTxDone): // the end of the context took it back
			return idea.Errorf(idea.Interrupted, "interrupted; nothing was changed").Because(err)
		}
		return err
	}
	switch e.Code() & 0xff {
	case 5, 6:
		return idea.Errorf(idea.Busy, "another command is writing to %s; waited 10 seconds", path).
			WithHint("try again").Because(err)
	case 8, 14:
		return idea.Errorf(idea.Failure, "no permission to write to %s or its folder; nothing was changed", path).
			WithHint("check who owns the file and the folder").Because(err)
	case 9:
		return idea.Errorf(idea.Interrupted, "interrupted; nothing was changed").Because(err)
	case 11, 26:
		return idea.Errorf(idea.Unusable, "%s is damaged (SQLite code %s)", path, strconv.Itoa(e.Code())).
			WithHint("restore the newest backup; sluss db check tells more").Because(err)
	case 13:
		return idea.Errorf(idea.Failure, "the disk that holds %s is full; nothing was changed", path).
			WithHint("make room and try again").Because(err)
	case 10:
		return idea.Errorf(idea.Failure, "%s could not be read or written (SQLite code %s); nothing was changed", path, strconv.Itoa(e.Code())).
			WithHint("see that the disk is not full, then run sluss db check").Because(err)
	}
	return idea.Errorf(idea.Failure, "the database answered with an error (SQLite code %s); nothing was changed", strconv.Itoa(e.Code())).
		WithHint("run sluss db check; if it finds nothing, this is a fault in sluss").Because(err)
}

func unreadable(path string) error {
	return idea.Errorf(idea.Failure, "a part of %s could not be read; nothing was changed", path).
		WithHint("see that the disk works and that nothing else writes over the file, then run sluss db check")
}

func fileError(err error, path string) error {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return idea.Errorf(idea.Failure, "no permission to use %s", path).
			WithHint("check who owns the file and the folder").Because(err)
	case errors.Is(err, fs.ErrNotExist):
		return idea.Errorf(idea.NotFound, "there is no folder for %s", path).Because(err)
	}
	var cause *fs.PathError
	if errors.As(err, &cause) {
		return idea.Errorf(idea.Failure, "%s could not be used: %s", path, cause.Err).Because(err)
	}
	return idea.Errorf(idea.Failure, "%s could not be used: %s", path, err).Because(err)
}
