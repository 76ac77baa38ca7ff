// Package page is the page of the desk: its HTML, its style and its scripts, which are the same in the file that opens from a double
// click and behind `fairnotice desk`. The page computes nothing. It asks the core, and shows what the core answers.
//
// Each screen is one script file that registers itself:
//
//	screens.NAME = {title, short, lead, wide, needs, show(main, args), drop(files)}
//
// title is the heading, and the name in the list of screens where there is no short one; lead is the sentence below it. needs: "program" keeps the screen out of
// reach until a program is open. show draws into an empty element, and may be async. drop takes files that are dropped on the screen.
// Whoever puts the page together gives a script that defines connect(), which shell.js calls once the first screen is drawn:
//
//	connect() → {ready: Promise, send(op, args): Promise(answer), saves: "download" | "folder", folder: "where it saves, in words", programs: [{name}]}
//
// No script writes HTML from data, and none uses eval, inline handlers or inline styles: the policy of the page forbids them.
package page

import (
	"embed"
	"slices"
	"strings"
)

//go:embed desk.html *.css *.js
var files embed.FS

// HTML is the page, with the places {{policy}}, {{style}}, {{script}} and, behind everything that the first screen needs, {{program}}.
func HTML() string { return text("desk.html") }

// Style is the whole style of the page: desk.css, which holds what all screens share, and then the others.
func Style() string { return join(".css", []string{"desk.css"}, nil, "") }

// Script is the whole script of the page, with the script that defines connect().
func Script(connect string) string {
	return "\"use strict\";\n" + join(".js", []string{"dom.js", "ask.js", "shell.js"}, []string{"begin.js"}, connect)
}

// join puts the files with an ending together: some first, some last, the others between in the order of their names.
func join(ending string, first, last []string, before string) string {
	all, err := files.ReadDir(".")
	if err != nil {
		panic(err) // the files are in the program
	}
	var middle []string
	for _, f := range all {
		if n := f.Name(); strings.HasSuffix(n, ending) && !slices.Contains(first, n) && !slices.Contains(last, n) {
			middle = append(middle, n)
		}
	}
	var b strings.Builder
	for _, n := range slices.Concat(first, middle) {
		b.WriteString(text(n))
	}
	b.WriteString(before)
	for _, n := range last {
		b.WriteString(text(n))
	}
	return b.String()
}

func text(name string) string {
	data, err := files.ReadFile(name)
	if err != nil {
		panic(err) // the files are in the program
	}
	return string(data)
}
