package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"modernc.org/sqlite"

	"sluss/internal/idea"
)

// Restored is what became of a restore.
type Restored struct {
	From int    // the version of the backup
	Kept string // the file that was there before; empty if there was none
}

// Restore puts the database in the file backup in the place of the one at path,
// whole or not at all, and upgrades it if an older program made it. The backup
// is checked first, and stays as it is. What was at path is kept beside it, in
// a file with now in its name. It returns Unusable if the backup is damaged,
// not ours or made by a newer program, and Busy if another program has the file
// at path open.
func Restore(ctx context.Context, backup, path string, now time.Time) (done Restored, err error) {
	if sameFile(backup, path) {
		return done, idea.Errorf(idea.Usage, "%s is the database itself", backup).WithHint("name a backup of it")
	}
	source, err := openAny(ctx, backup)
	if err != nil {
		return done, err
	}
	defer func() { err = errors.Join(err, wrap(source.Close(), backup)) }()
	faults, err := source.Check(ctx, true)
	if err == nil && len(faults) > 0 {
		damaged := idea.Errorf(idea.Unusable, "%s is damaged, and nothing was changed", backup).WithHint("restore another backup")
		damaged.More = faults
		err = damaged
	}
	if err != nil {
		return done, err
	}
	done.From = source.version
	prepare := func(draft string) error {
		if err := source.copyTo(ctx, draft, path); err != nil || source.version == SchemaVersion {
			return err
		}
		return migrateFile(ctx, draft, path)
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		if err := checkDrive(filepath.Dir(path)); err != nil {
			return done, err
		}
		return done, appear(path, prepare)
	}
	done.Kept = beside(path, "before", now)
	return done, inDraft(path, func(draft string) error {
		if err := prepare(draft); err != nil {
			return err
		}
		return patiently(ctx, path, func() error { return replace(ctx, draft, path, done.Kept) })
	})
}

func sameFile(a, b string) bool {
	one, err := os.Stat(a)
	if err != nil {
		return false
	}
	other, err := os.Stat(b)
	return err == nil && os.SameFile(one, other)
}

// migrateFile upgrades a copy that nobody else knows of; path is what it will
// be called.
func migrateFile(ctx context.Context, draft, path string) error {
	db, err := open(ctx, draft, "mode=rw", false)
	if err != nil {
		return err
	}
	return wrap(errors.Join(migrate(ctx, db.sql), db.Close()), path)
}

// replace puts the whole database in the file draft in the place of the one at
// path, after a copy of that one to kept. It writes into the file and does not
// put another under its name: whoever has the old one open or waits for it
// would go on with a file that is nowhere.
func replace(ctx context.Context, draft, path, kept string) (err error) {
	if err := looksRight(path); err != nil { // nor can any other program use it
		return swap(draft, path, kept)
	}
	present, err := lock(ctx, path)
	var damage *sqlite.Error
	if err != nil && idea.KindOf(err) == idea.Unusable && errors.As(err, &damage) {
		return swap(draft, path, kept)
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, wrap(present.Close(), path)) }()
	if err := appear(kept, func(copied string) error { return wrap(present.pages(ctx, copied, false), kept) }); err != nil {
		return err
	}
	if err := present.pages(ctx, draft, true); err != nil {
		if present.checkHeader(context.WithoutCancel(ctx)) == nil {
			os.Remove(kept) // it is the file itself
		}
		return wrap(ended(ctx, err), path)
	}
	return nil
}

// pages copies the database page by page to another file, or from it. It looks
// at nothing but pages, so that a damaged one can be kept too; what it changes
// is changed in one transaction.
func (db *DB) pages(ctx context.Context, other string, from bool) error {
	conn, err := db.sql.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	return conn.Raw(func(c any) error {
		begin := c.(interface {
			NewBackup(string) (*sqlite.Backup, error)
			NewRestore(string) (*sqlite.Backup, error)
		})
		copying, err := begin.NewBackup, error(nil)
		if from {
			copying = begin.NewRestore
		}
		pages, err := copying(dsn(other, "mode=rw"))
		if err != nil {
			return err
		}
		more, err := pages.Step(-1)
		if err == nil && more {
			err = fmt.Errorf("%d pages are left", pages.Remaining())
		}
		return errors.Join(err, pages.Finish())
	})
}

// swap puts the file draft in the place of one that is no database any more,
// which is kept with what lies beside it.
func swap(draft, path, kept string) error {
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() {
		return idea.Errorf(idea.Unusable, "%s is no file that can be replaced", path)
	}
	for _, ending := range []string{"-wal", "-shm", ""} { // what belongs to the old file must not meet the new one
		if err := os.Rename(path+ending, kept+ending); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fileError(err, path)
		}
	}
	if err := os.Rename(draft, path); err != nil {
		return fileError(errors.Join(err, os.Rename(kept, path)), path)
	}
	syncFolder(path)
	return nil
}
