//go:build race

package notices

// Under the race detector one value of each field is tried, not every one.
const raceEnabled = true
