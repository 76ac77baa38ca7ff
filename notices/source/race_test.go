//go:build race

package source_test

// slower is how much more time the race detector is given.
const slower = 20
