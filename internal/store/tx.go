package store

import (
	"context"
	"database/sql"
	"errors"
	"runtime/debug"
	"time"

	"sluss/internal/idea"
)

// Tx is a transaction: one command.
type Tx struct {
	tx      *sql.Tx
	ctx     context.Context
	name    string
	who     string
	at      time.Time
	command int64 // made by the first change
	coach   int64
	text    map[int64]bool // ideas whose words must be indexed again
	undoes  int64

	prepared map[string]*sql.Stmt
	ideaSQL  string
	tags     []any // of new ideas: number, tag, number, tag; not written yet
	fresh    int64 // the first idea that this transaction added
	last     int64 // and the last
	added    int   // how many it added
	told     int   // how many of them have their event
	untold   int64 // the first that has none
}

// Stamp says who gives a command, what it is called and when.
type Stamp struct {
	Name string // the verb, such as move
	Who  string // the coach's name
	At   time.Time
}

// Update runs fn in a transaction that writes. All that fn recorded is kept, or
// nothing if fn or the commit returns an error. It waits up to ten seconds for
// another writer and then returns Busy.
func (db *DB) Update(ctx context.Context, s Stamp, fn func(*Tx) error) error {
	if db.holder != nil {
		return whatWas(db.path)
	}
	if db.reading {
		return idea.Errorf(idea.Refused, "this command changes the database, and a saved export only reads")
	}
	if db.readOnly {
		return idea.Errorf(idea.Failure, "no permission to write to %s or its folder; nothing was changed", db.path).
			WithHint("check who owns the file and the folder")
	}
	sqlTx, err := db.begin(ctx, nil)
	if err != nil {
		return err
	}
	tx := &Tx{tx: sqlTx, ctx: ctx, name: s.Name, who: s.Who, at: s.At.UTC(), text: map[int64]bool{}, prepared: map[string]*sql.Stmt{}}
	err = db.guard(func() error {
		if err := tx.checkVersion(); err != nil {
			return err
		}
		if err := fn(tx); err != nil {
			return err
		}
		if err := errors.Join(tx.tellFresh(), tx.reindex(), tx.indexFresh()); err != nil {
			return err
		}
		return sqlTx.Commit()
	})
	if !*db.lost {
		tx.closePrepared()
	}
	if err != nil {
		db.giveBack(sqlTx)
		return wrap(ended(ctx, err), db.path)
	}
	db.changed = db.changed || tx.command != 0
	return nil
}

// View runs fn in a transaction that reads one state of the database.
func (db *DB) View(ctx context.Context, fn func(*Tx) error) error {
	sqlTx, err := db.begin(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	defer db.giveBack(sqlTx)
	err = db.guard(func() error { return fn(&Tx{tx: sqlTx, ctx: ctx}) })
	if err != nil {
		err = ended(ctx, err)
	}
	return wrap(err, db.path)
}

// Survey is View for who reads much: the file is mapped into memory, which is
// faster.
func (db *DB) Survey(ctx context.Context, fn func(*Tx) error) error {
	return db.View(ctx, func(tx *Tx) error {
		if err := tx.exec("PRAGMA mmap_size = 0x7fff0000"); err != nil {
			return err
		}
		return fn(tx)
	})
}

func (db *DB) begin(ctx context.Context, o *sql.TxOptions) (*sql.Tx, error) {
	if *db.lost {
		return nil, unreadable(db.path)
	}
	tx, err := db.sql.BeginTx(ctx, o)
	return tx, wrap(err, db.path)
}

// guard runs what reads or writes. A part of the file that is mapped into memory
// and cannot be read, because the disk fails or somebody else cuts the file off,
// is a fault of the process: it becomes an error here, and nothing more is done
// with the database.
func (db *DB) guard(run func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		fault := recover()
		if _, ok := fault.(interface{ Addr() uintptr }); ok {
			*db.lost, err = true, unreadable(db.path)
		} else if fault != nil {
			panic(fault)
		}
	}()
	return run()
}

func (db *DB) giveBack(tx *sql.Tx) {
	if !*db.lost {
		tx.Rollback()
	}
}

// ended is why a transaction failed: once its context has ended, database/sql
// has many errors for that, such as a closed statement.
func ended(ctx context.Context, err error) error {
	if cause := ctx.Err(); cause != nil {
		return cause
	}
	return err
}

// checkVersion refuses to write when a newer program has changed the schema
// since the file was opened.
func (tx *Tx) checkVersion() error {
	var version int
	if err := tx.row("SELECT user_version FROM pragma_user_version").Scan(&version); err != nil {
		return err
	}
	if version != SchemaVersion {
		return idea.Errorf(idea.Unusable, "the database was changed by a newer sluss just now").WithHint("update this program")
	}
	return nil
}

func (tx *Tx) exec(query string, args ...any) error {
	_, err := tx.tx.ExecContext(tx.ctx, query, args...)
	return err
}

func (tx *Tx) insert(query string, args ...any) (int64, error) {
	result, err := tx.tx.ExecContext(tx.ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

func (tx *Tx) row(query string, args ...any) *sql.Row {
	return tx.tx.QueryRowContext(tx.ctx, query, args...)
}

// each calls scan for every row of the query.
func (tx *Tx) each(scan func(*sql.Rows) error, query string, args ...any) error {
	rows, err := tx.tx.QueryContext(tx.ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// one scans a single row and tells whether there was one.
func (tx *Tx) one(dest []any, query string, args ...any) (bool, error) {
	err := tx.row(query, args...).Scan(dest...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}
