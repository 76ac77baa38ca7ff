package locales

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
	"golang.org/x/text/language"
)

// Tagline is what a page says, in one language, to people whose language it is not in.
type Tagline struct {
	Language
	Important   string // This is important. It is also in this language.
	NotYet      string // This page is not in your language yet.
	Interpreter string // You can ask for an interpreter: — a number or a name follows
	Weak        bool   // whoever drafted it is least sure of it
}

// Everywhere gives the taglines, in the order in which pages list them: every language of the table, and many more. All of them are
// drafts. The list belongs to the caller.
func Everywhere() []Tagline { return slices.Clone(everywhere()) }

// everywhere is part of the program: a fault in it is a fault of the program, and a test reads it first.
var everywhere = sync.OnceValue(func() []Tagline {
	data, err := files.ReadFile(everywhereName)
	if err != nil {
		panic(err)
	}
	out, err := readEverywhere(shipped, data)
	if err != nil {
		panic(err)
	}
	return out
})

const everywhereName = "everywhere.toml"

// taglineRow is one table of everywhere.toml, which says itself what it holds.
type taglineRow struct {
	Tag         string   `toml:"tag"`
	Aliases     []string `toml:"aliases"`
	Name        string   `toml:"name"`
	English     string   `toml:"english"`
	Dir         string   `toml:"dir"`
	Script      string   `toml:"script"`
	Face        string   `toml:"face"`
	Line        string   `toml:"line"`
	Weak        bool     `toml:"weak"`
	Important   string   `toml:"important"`
	NotYet      string   `toml:"not_yet"`
	Interpreter string   `toml:"interpreter"`
}

// readEverywhere reads the file strictly: no key that it does not know, every key that a row needs, the checks that every word of the
// catalogue passes, and each language once. A language of the table may not describe itself a second time.
func readEverywhere(t table, data []byte) ([]Tagline, error) {
	fail := func(at, message string, args ...any) error {
		return fmt.Errorf("%s: %s: %s", everywhereName, at, fmt.Sprintf(message, args...))
	}
	if !utf8.Valid(data) {
		return nil, fail("the file", "it is not in UTF-8")
	}
	if i := strings.IndexFunc(string(data), turnsText); i >= 0 {
		return nil, fail(fmt.Sprintf("line %d", 1+strings.Count(string(data[:i]), "\n")), "an invisible character turns the direction of the text around")
	}
	var file struct {
		Language []taglineRow `toml:"language"`
	}
	meta, err := toml.Decode(string(data), &file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", everywhereName, err)
	}
	if more := meta.Undecoded(); len(more) > 0 {
		return nil, fail(more[0].String(), "it is not a part of a language here")
	}
	out := make([]Tagline, 0, len(file.Language))
	seen := map[string]bool{}
	for i, r := range file.Language {
		at := r.Tag
		if at == "" {
			return nil, fail(fmt.Sprintf("language %d", i+1), "it has no tag")
		}
		l := Language{Tag: r.Tag, Aliases: r.Aliases, Name: r.Name, English: r.English, Dir: r.Dir, Script: r.Script, Face: r.Face, Line: r.Line}
		if own := slices.IndexFunc(t, func(l Language) bool { return l.Tag == r.Tag }); own >= 0 {
			if len(r.Aliases) > 0 || r.Name+r.English+r.Dir+r.Script+r.Face+r.Line != "" {
				return nil, fail(at, "its name, direction, script and typeface stand in the table of languages already")
			}
			l = t[own]
		} else if parsed, err := language.Raw.Parse(r.Tag); err != nil || parsed.String() != r.Tag {
			return nil, fail(at, "it is not the tag of a language as BCP 47 writes it")
		}
		for _, tag := range append([]string{l.Tag}, l.Aliases...) {
			if seen[strings.ToLower(tag)] {
				return nil, fail(at, "the language %q is there twice", tag)
			}
			seen[strings.ToLower(tag)] = true
		}
		for _, w := range []struct{ key, text string }{{"name", l.Name}, {"english", l.English}, {"dir", l.Dir}, {"script", l.Script}, {"face", l.Face}, {"line", l.Line},
			{"important", r.Important}, {"not_yet", r.NotYet}, {"interpreter", r.Interpreter}} {
			if what, _ := faultOf(l, w.text); what != "" {
				return nil, fail(at, "%s has %s", w.key, what)
			}
			if strings.ContainsAny(w.text, "{}") {
				return nil, fail(at, "%s has curly brackets, and nothing stands for something else here", w.key)
			}
		}
		if l.Dir != "ltr" && l.Dir != "rtl" {
			return nil, fail(at, "dir is ltr or rtl")
		}
		if !endsInColon(r.Interpreter) {
			return nil, fail(at, "a number follows interpreter, so it ends in a colon")
		}
		out = append(out, Tagline{l, r.Important, r.NotYet, r.Interpreter, r.Weak})
	}
	for _, l := range t {
		if !seen[strings.ToLower(l.Tag)] {
			return nil, fail(l.Tag, "it has no sentences")
		}
	}
	return out, nil
}

// turnsText tells the characters that turn the direction of text around: the program sets direction itself.
func turnsText(r rune) bool {
	return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x200e || r == 0x200f || r == 0x61c
}

// endsInColon knows the colon, the wide colon of Chinese, and what stands for it in Amharic, Khmer and Armenian.
func endsInColon(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(":：፦៖՝", r)
}
