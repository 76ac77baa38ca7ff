//go:build !js

package main

import (
	_ "embed"
	"os"

	"fairnotice/cmd/desk/page"
	"fairnotice/cmd/onefile"
)

//go:embed connect.js
var connect string

//go:embed worker.js
var worker string

func main() {
	p := onefile.Page{Command: "fairnotice/cmd/desk", Out: "desk.html", HTML: page.HTML(), Style: page.Style(), Script: page.Script(connect), Worker: worker, Most: 8_000_000}
	os.Exit(p.Run(os.Args[1:], os.Stdout, os.Stderr))
}
