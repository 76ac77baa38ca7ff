//go:build !js

package main

import (
	_ "embed"
	"os"

	"fairnotice/cmd/onefile"
)

// page is the page with places for the scripts, the program and their hashes.
//
//go:embed desk.html
var page string

//go:embed desk.js
var script string

func main() {
	p := onefile.Page{Command: "fairnotice/cmd/desk", Out: "desk.html", HTML: page, Script: script}
	os.Exit(p.Run(os.Args[1:], os.Stdout, os.Stderr))
}
