//go:build !race

package locales

const underRace = false
