package desk

import "iter"

// ahead reads a sequence on a second processor while its elements are used: a
// batch or two are read before they are asked for. The sequence has ended when
// the range over it does. A panic in it goes on where it is ranged over.
func ahead[T any](all iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		r := &readAhead[T]{full: make(chan []read[T]), empty: make(chan []read[T], batches), stop: make(chan struct{})}
		for range batches {
			r.empty <- make([]read[T], 0, batchSize)
		}
		go r.run(all)
		defer func() {
			close(r.stop)
			for range r.full { // until it has ended
			}
			if r.panicked != nil {
				panic(r.panicked)
			}
		}()
		for batch := range r.full {
			for _, one := range batch {
				if !yield(one.value, one.err) {
					return
				}
			}
			clear(batch)
			r.empty <- batch[:0]
		}
	}
}

const (
	batches   = 3
	batchSize = 64
)

type read[T any] struct {
	value T
	err   error
}

type readAhead[T any] struct {
	full, empty chan []read[T]
	stop        chan struct{}
	panicked    any
}

func (r *readAhead[T]) run(all iter.Seq2[T, error]) {
	defer close(r.full)
	defer func() { r.panicked = recover() }()
	batch := <-r.empty
	for value, err := range all {
		batch = append(batch, read[T]{value, err})
		if len(batch) < batchSize {
			continue
		}
		if !r.give(batch) {
			return
		}
		select {
		case batch = <-r.empty:
		case <-r.stop:
			return
		}
	}
	r.give(batch)
}

func (r *readAhead[T]) give(batch []read[T]) bool {
	select {
	case r.full <- batch:
		return true
	case <-r.stop:
		return false
	}
}
