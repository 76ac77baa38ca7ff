// Package render turns a notice in one language into bytes, and the notices of a program into an edition: texts, digests, pages,
// manifest. It knows no law and no network, and is deterministic: the same notice gives the same bytes.
//
// # The words of the page
//
// All that a reader sees comes with the notice. These few phrases stand around it, and come from the catalogue:
//
//	ui.draft         Draft: no named person has reviewed these words.
//	ui.edition       Edition
//	ui.languages     Languages
//	ui.all_languages All languages
//	ui.one_language  The address of this page names the language. The page of all languages does not.
//	ui.digest        Check number
//	ui.exit          Leave this page
//	ui.read_first    Read this first
//	ui.go_on         Go on
//	ui.onward        Go on to the form
//	ui.upload_closed You cannot send files yet. Read this page and tick the box.
//	ui.upload_open   You can choose files now.
//	ui.refused       Your files were not taken. Read this page and tick the box. Then send them again.
//	ui.changed       This page has changed. Read it again and tick the box.
//	ui.kiosk         This page goes back to the list of languages when nobody touches it for two minutes.
//
// A receipt has its own: ui.receipt, ui.receipt.what, ui.receipt.same, ui.receipt.careful, ui.receipt.short and ui.week.
//
// What stands at the foot of a page for people whose language it is not in (that the notice is in theirs, too, or is not yet) comes from
// [locales.Everywhere].
//
// START-HERE.html is for the staff of an office, is in English, and its words are in its template.
//
// # The JSON of a notice
//
// JSON is a contract. Fields are never renamed or removed, and readers must pass over fields that they do not know.
//
//	{"program": id, "kind": one of notices.AllKinds, "language": tag, "direction": "ltr" | "rtl",
//	 "voice": "independent" | "office", "as_of": "2025-06-14", "digest": "sha256:…" of this text,
//	 "edition": {"number": 1, "digest": "sha256:…", or "" while the notice belongs to no edition},
//	 "translation": {"state": "draft" | "reviewed", "by": "", "on": ""}, "office_words": "…" if any, "title": "…",
//	 "sections": [{"id": "key_facts", "layer": 1 | 2 | 3, "heading": "…", "heading_wording": its id if the office's own,
//	   "values": [value, …] if any, "groups": [
//	   {"heading": "" if none, "heading_wording": its id if the office's own, "values": [value, …] if any, "statements": [
//	     {"id": unique in the notice, "message": id in the catalogue, "text": "…", "wording": true if the text is the office's own,
//	      "values": [value, …], "covers": ["C01", …], "because": [reason, …], never empty}]}]}]}
//
// office_words is the sentence that tells readers that the office wrote some of the words itself.
//
// A value is {"name", "label", "kind", "text": [as a reader sees it], "data": [the same for machines]}. A reason names what it has of
// {"file", "line", "column", "path", "source", "confidence", "by", "on", "law", "citation", "rule"}. Lists are never null.
//
// # The edition in force
//
// public/edition.json is a contract too, between an edition and the portals that show it; [EditionFile] is its shape:
//
//	{"program": id, "edition": {"number": 2, "as_of": "2026-11-20", "digest": "sha256:…", "id": "ed-…"},
//	 "in_force": [{the edition}, {the one before, "until": "2026-11-29T00:00:00Z"}],
//	 "texts": [{"kind", "language", "digest", "bytes"}, …]}
//
// Who confirmed an edition that is in force may upload. The one before is in it for at most 48 hours, and only where [notices.Changes]
// calls the difference better or wording only: a worse or an unclear change is never accepted under the old words.
package render

import (
	"io"

	"fairnotice/locales"
	"fairnotice/notices"
)

// phrases is the part of a catalogue that pages need.
type phrases interface {
	Phrase(tag, id string) (string, error)
}

// sayer is the part of a catalogue that an edition needs.
type sayer interface {
	phrases
	Say(n *notices.Notice, tag string) (*locales.Notice, error)
}

// HTML writes one notice as a whole page of one language.
func HTML(w io.Writer, c *locales.Catalog, n *locales.Notice) error {
	return writePage(w, c, []*locales.Notice{n}, pageOptions{})
}

// AllLanguages writes one page that holds the same notice in several languages. Nothing tells anybody which of them is read: no
// script, no form control, no address. With a single language it is the page of that language.
func AllLanguages(w io.Writer, c *locales.Catalog, ns []*locales.Notice) error {
	return writePage(w, c, ns, pageOptions{yet: true, ask: interpreterOf(ns)})
}

// Paper is a size of paper. The zero value leaves it to whoever prints.
type Paper string

// The sizes of paper.
const (
	Letter Paper = "letter"
	A4     Paper = "a4"
)

// Print writes one notice as a page for paper, all parts open, with a line at its foot for each other language in which it was said.
func Print(w io.Writer, c *locales.Catalog, n *locales.Notice, said []*locales.Notice, on Paper) error {
	return writePage(w, c, []*locales.Notice{n}, pageOptions{print: true, also: alsoIn(said, n.Language, nil), paper: on})
}
