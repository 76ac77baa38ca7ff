//go:build race

package locales

// underRace says that the race detector looks on, under which everything takes ten times as long: what only reads words, in one
// goroutine, looks at every tenth then. The test runs it whole besides.
const underRace = true
