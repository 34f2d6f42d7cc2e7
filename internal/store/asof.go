package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"modernc.org/sqlite"

	"sluss/internal/idea"
)

// AsOf is the database as it was at an instant: a copy in memory, which nothing
// can change, in which every command that was recorded later is taken back. If
// the clock has gone back in between, the order is that of the commands: the
// last one recorded at the instant or before it is the last that counts. It
// must be closed.
//
// What people were called who have been erased since is not known any more: they
// are as nameless as they are now. What belongs to no command is as follows: the
// process and rules that a database is born with are there, and guided talks
// that nobody has saved are not.
func (db *DB) AsOf(ctx context.Context, instant time.Time) (*DB, error) {
	past, err := db.inMemory(ctx)
	if err != nil {
		return nil, wrap(err, db.path)
	}
	if err := past.rewind(ctx, instant); err != nil {
		return nil, errors.Join(wrap(ended(ctx, err), db.path), past.Close())
	}
	return past, nil
}

// inMemory copies the database to one that is there until it is closed. Its
// connections share it; the first of them holds it.
func (db *DB) inMemory(ctx context.Context) (*DB, error) {
	name := fmt.Sprintf("file:sluss-%x?mode=memory&cache=shared&_pragma=journal_mode(off)&_pragma=trusted_schema(0)&_pragma=temp_store(2)", rand.Uint64())
	from, err := db.sql.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer from.Close()
	var holder driver.Conn
	err = from.Raw(func(conn any) error {
		backup, err := conn.(interface {
			NewBackup(string) (*sqlite.Backup, error)
		}).NewBackup(name)
		if err != nil {
			return err
		}
		if more, err := backup.Step(-1); err != nil || more {
			return errors.Join(err, backup.Finish())
		}
		holder, err = backup.Commit()
		return err
	})
	if err != nil {
		return nil, err
	}
	conn, err := sql.Open("sqlite", name)
	if err != nil {
		return nil, errors.Join(err, holder.Close())
	}
	conn.SetMaxOpenConns(2)
	past := newDB(conn, db.path)
	past.version, past.holder = db.version, holder
	return past, nil
}

func whatWas(path string) error {
	return idea.Errorf(idea.Refused, "this is %s as it was on an earlier day, and cannot be changed", path)
}
