// Package examples holds the program files of real programs that the desk opens for somebody who wants to try it.
package examples

import "embed"

// CityKey is the file of the Chicago CityKey with what belongs to it, and that of its older edition.
//
//go:embed citykey.yaml citykey citykey-2017.yaml citykey-2017
var CityKey embed.FS
