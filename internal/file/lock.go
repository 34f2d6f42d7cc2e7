package file

import "errors"

// ErrLocked says that another process keeps a file.
var ErrLocked = errors.New("another process keeps the file")
