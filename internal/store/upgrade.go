package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/pressly/goose/v3"

	"sluss/internal/idea"
)

// Upgraded is what an upgrade did. Without a backup there was nothing to do.
type Upgraded struct {
	From, To int
	Backup   string // the file as it was before
}

// Upgrade brings the file at path to SchemaVersion, after a backup beside it
// whose name holds the old version and now. It is done whole or not at all, by
// one program at a time. It returns Busy if another program has the file open,
// and the errors of Open.
func Upgrade(ctx context.Context, path string, now time.Time) (done Upgraded, err error) {
	err = patiently(ctx, path, func() (err error) {
		done, err = tryUpgrade(ctx, path, now)
		return err
	})
	return done, err
}

func tryUpgrade(ctx context.Context, path string, now time.Time) (done Upgraded, err error) {
	opened, err := Open(ctx, path)
	if err == nil { // somebody else may have done it meanwhile
		return Upgraded{From: SchemaVersion, To: SchemaVersion}, opened.Close()
	}
	if !Old(err) {
		return done, err
	}
	db, err := lock(ctx, path)
	if err != nil {
		return done, err
	}
	defer func() { err = errors.Join(err, wrap(db.Close(), path)) }()
	return db.upgrade(ctx, now)
}

// upgrade is Upgrade with the file locked.
func (db *DB) upgrade(ctx context.Context, now time.Time) (Upgraded, error) {
	done := Upgraded{From: db.version, To: SchemaVersion}
	if db.version == SchemaVersion {
		return done, nil
	}
	backup := beside(db.path, fmt.Sprintf("v%d", db.version), now)
	if err := db.Backup(ctx, backup); err != nil {
		return done, err
	}
	if err := migrate(ctx, db.sql); err != nil {
		if db.checkHeader(context.WithoutCancel(ctx)) == nil && db.version == done.From {
			os.Remove(backup) // it is the file itself
		}
		return done, wrap(ended(ctx, err), db.path)
	}
	done.Backup = backup
	return done, nil
}

// migrate runs the migrations that a database has not seen.
func migrate(ctx context.Context, conn *sql.DB) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, conn, files)
	if err != nil {
		return err
	}
	_, err = provider.Up(ctx)
	return err
}

// patience is how long a program waits for the others to close a file.
const patience = 10 * time.Second

// patiently tries again, less and less often, as long as others have the file
// open. In between it does not have it open itself: two who wait with the file
// open would keep each other out.
func patiently(ctx context.Context, path string, try func() error) error {
	until := time.Now().Add(patience)
	for most := 20 * time.Millisecond; ; most = min(2*most, time.Second) {
		err := try()
		if err == nil || idea.KindOf(err) != idea.Busy {
			return err
		}
		if time.Now().After(until) {
			return idea.Errorf(idea.Busy, "another program has %s open; waited 10 seconds", path).WithHint("close it and try again").Because(err)
		}
		select {
		case <-ctx.Done():
			return wrap(ctx.Err(), path)
		case <-time.After(most/2 + rand.N(most/2)):
		}
	}
}

// lock opens the file at path for this program alone, until it is closed or
// the program dies. Who opens it meanwhile waits. It returns Busy at once if
// another program has the file open.
func lock(ctx context.Context, path string) (*DB, error) {
	conn, err := sql.Open("sqlite", waiting(path, "mode=rw", 0)+"&_pragma=locking_mode(exclusive)")
	if err != nil {
		return nil, wrap(err, path)
	}
	conn.SetMaxOpenConns(1)
	db := newDB(conn, path)
	_, err = conn.ExecContext(ctx, "BEGIN EXCLUSIVE; COMMIT") // takes what locking_mode keeps
	if err == nil {
		err = db.checkHeader(ctx)
	}
	if err != nil {
		conn.Close()
		return nil, wrap(err, path)
	}
	return db, nil
}

// beside is the name of a new file in the folder of path, with a word and a
// time in it.
func beside(path, word string, now time.Time) string {
	ending := filepath.Ext(path)
	begin := strings.TrimSuffix(path, ending) + "-" + word + "-" + now.Format("20060102-150405")
	name := begin + ending
	for n := 2; ; n++ {
		if _, err := os.Lstat(name); err != nil {
			return name
		}
		name = fmt.Sprintf("%s-%d%s", begin, n, ending)
	}
}

// older is the cause of the error of a file that Upgrade can open.
type older struct{ version int }

func (o older) Error() string { return fmt.Sprintf("schema %d", o.version) }

// Old tells whether Open failed because the file must be upgraded first.
func Old(err error) bool {
	var o older
	return errors.As(err, &o)
}

// tooOld refuses a file of an older program. One that nobody here may write to
// cannot be upgraded either.
func tooOld(path string, version int) error {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return idea.Errorf(idea.Unusable, "%s was made by an older sluss (schema %d; this program needs %d) and must be upgraded, but you may not write to it",
			path, version, SchemaVersion).
			WithHint("let its owner run sluss db upgrade, or make a copy of your own: sluss db restore FILE --to COPY").Because(err)
	}
	file.Close()
	return idea.Errorf(idea.Unusable, "%s was made by an older sluss (schema %d; this program needs %d)", path, version, SchemaVersion).
		WithHint("sluss db upgrade keeps a backup and upgrades it").Because(older{version})
}
