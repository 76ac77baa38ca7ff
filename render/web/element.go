package web

import (
	"crypto/sha256"
	"crypto/sha512"
	_ "embed"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"

	"fairnotice/render"
)

// What the element withstands of the style sheets of the page around it, beside the other ways to put a notice before an upload; gate.test.mjs
// does each of these in Chromium, and looks at the pixels:
//
//	a rule of the page                  element   server-form.html   the page in a frame
//	hides its key facts by class        holds     hidden             holds
//	font-size: 0                        holds     hidden             holds
//	opacity: 0                          holds     hidden             hidden
//	display: none                       holds     hidden             hidden
//	crops it to a line                  holds     hidden             hidden
//	covers it with something            hidden    hidden             hidden
//
// A rule for what is around the element (an ancestor that is transparent, cropped or moved away) hides all of the three, and display: none
// there takes the tick away with the words: the upload stays closed. No mode withstands a script of the page, which can do all that a
// reader can. So the server decides whether a file is taken, and `fairnotice verify live` whether the words can be seen.

//go:embed element.min.js
var element []byte

// Element gives the script that makes <fair-notice>, made of element.js by .ci/web/element.mjs. The name carries eight hex digits of its
// hash, so that no two versions have one name; sri is for the attribute integrity.
func Element() (name string, js []byte, sri string) {
	short := sha256.Sum256(element)
	long := sha512.Sum384(element)
	return "fair-notice-" + hex.EncodeToString(short[:4]) + ".js", element, "sha384-" + base64.StdEncoding.EncodeToString(long[:])
}

// ElementNotice is where the element's link leads unless a portal writes another address into its data: the page of all languages.
const ElementNotice = "/notice/"

// elementData is a contract: element.js reads it, and a portal may write another notice.
type elementData struct {
	Edition   string            `json:"edition"` // ed-…
	Notice    string            `json:"notice"`
	Languages []elementLanguage `json:"languages"`
}

type elementLanguage struct {
	Lang    string   `json:"lang"`
	Dir     string   `json:"dir"`
	Own     string   `json:"own"`
	English string   `json:"english"` // "" where it is the same
	Title   string   `json:"title"`
	Key     []string `json:"key"`
	Tick    []string `json:"tick"`
	Marks   []string `json:"marks"` // which edition, who wrote its words, that nobody has reviewed them
	Draft   bool     `json:"draft"` // nobody has reviewed its words, so a browser may translate them
	Back    string   `json:"back"`  // to the other languages
	Read    string   `json:"read"`
	Closed  string   `json:"closed"`
	Open    string   `json:"open"`
	Refused string   `json:"refused"`
	Changed string   `json:"changed"`
}

// ElementData gives what stands inside <fair-notice>, in <script type="application/json">: nothing in it ends a script. It fails if the
// edition holds no notice before the first upload, for there is nothing to confirm then.
func ElementData(e *render.Edition) ([]byte, error) {
	d := elementData{Edition: e.ID(), Notice: ElementNotice}
	for _, g := range e.Gates() {
		l := elementLanguage{Lang: g.Lang, Dir: g.Dir, Own: g.Own, English: g.English, Title: g.Title, Key: g.Key, Tick: g.Tick, Marks: []string{},
			Draft: g.Draft != "", Back: g.Languages, Read: g.ReadFirst, Closed: g.Closed, Open: g.Open, Refused: g.Refused, Changed: g.Changed}
		edition := ""
		if g.Date != "" {
			edition = g.EditionLabel + "\u2068" + g.Date + "\u2069 (\u2066" + g.Short + "\u2069)"
		}
		for _, m := range []string{edition, g.Office, g.Draft} {
			if m != "" {
				l.Marks = append(l.Marks, m)
			}
		}
		d.Languages = append(d.Languages, l)
	}
	if len(d.Languages) == 0 {
		return nil, errors.New("the edition has no notice for before the first upload, so there is nothing to confirm at it")
	}
	return json.Marshal(d)
}
