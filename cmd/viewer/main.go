//go:build !js

package main

import (
	_ "embed"
	"os"

	"fairnotice/cmd/onefile"
)

//go:embed viewer.html
var page string

//go:embed viewer.css
var style string

//go:embed viewer.js
var script string

func main() {
	p := onefile.Page{Command: "fairnotice/cmd/viewer", Out: "ledger.html", HTML: page, Style: style, Script: script, Most: 6_000_000}
	os.Exit(p.Run(os.Args[1:], os.Stdout, os.Stderr))
}
