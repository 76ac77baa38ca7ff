package render

import (
	"slices"
	"strings"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/source"
)

// What a page says to people whose language it is not in: at its foot, that the notice is also in the languages of the edition; and on
// the page of all languages, behind their chips, that it is not there yet in many more, with the number of an interpreter where the
// program names one. None of it is in a digest: it is of the page around the notice.

// also is the line of a language that the notice is in.
type also struct{ Lang, Dir, Text, Path string }

// yet is the chip of a language that the notice is not in.
type yet struct {
	Lang, Dir, Own, English string
	NotYet                  string
	Interpreter             string // "" where nobody is named
	Ask                     run
}

// alsoIn gives the lines of all the languages but one, "" for all; path, where it is not nil, leads to the page in a language.
func alsoIn(said []*locales.Notice, but string, path func(tag string) string) []also {
	var out []also
	for _, l := range locales.Everywhere() {
		if l.Tag == but || !slices.ContainsFunc(said, func(n *locales.Notice) bool { return n.Language == l.Tag }) {
			continue
		}
		a := also{Lang: l.Tag, Dir: l.Dir, Text: clean(l.Important)}
		if path != nil {
			a.Path = path(l.Tag)
		}
		out = append(out, a)
	}
	return out
}

// notYetIn gives the chips of all languages that the notice is not in; those that are closed for it are among them.
func notYetIn(said []*locales.Notice, ask run) []yet {
	var out []yet
	for _, l := range locales.Everywhere() {
		if slices.ContainsFunc(said, func(n *locales.Notice) bool { return n.Language == l.Tag }) {
			continue
		}
		y := yet{Lang: l.Tag, Dir: l.Dir, Own: l.Name, NotYet: clean(l.NotYet)}
		if l.English != l.Name {
			y.English = l.English
		}
		if ask.Text != "" {
			y.Interpreter, y.Ask = clean(l.Interpreter), ask
		}
		out = append(out, y)
	}
	return out
}

// fewNames is how many of their names stand on the fold of the languages that the notice is not in.
const fewNames = 5

// interpreterOf finds where a notice says that one can ask for an interpreter: the phone number, or else the page, or else the name. A
// number that nobody has called yields to the page, as it does in the key facts.
func interpreterOf(said []*locales.Notice) run {
	for _, n := range said {
		for i := range n.Sections {
			for _, g := range n.Sections[i].Groups {
				for _, s := range g.Statements {
					if strings.TrimSuffix(s.Message, "@office") != "do.help.interpreter" {
						continue
					}
					tried := func(r notices.Reason) bool {
						return r.Confidence == source.Unverified && strings.HasSuffix(r.Path, ".phone")
					}
					order := []notices.ValueKind{notices.VPhone, notices.VURL}
					if slices.ContainsFunc(s.Because, tried) {
						slices.Reverse(order)
					}
					for _, kind := range order {
						for _, v := range s.Values {
							if v.Kind == kind && len(v.Runs) > 0 {
								if r := show(v.Runs[0]); r.Tel != "" || r.Web != "" {
									return r
								}
							}
						}
					}
					for _, v := range s.Values {
						if len(v.Runs) > 0 && clean(v.Runs[0].Text) != "" {
							r := show(v.Runs[0])
							if r.Lang == "" {
								r.Lang = safeTag(n.Language)
							}
							return r
						}
					}
				}
			}
		}
	}
	return run{}
}
