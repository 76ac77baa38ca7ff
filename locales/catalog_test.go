package locales

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"unicode"
	"unicode/utf8"

	"github.com/BurntSushi/toml"

	"fairnotice/notices"
	"fairnotice/notices/source"
)

// openText reads one file of words.
func openText(tag, text string) (*Catalog, string) {
	c, problems := Open(fstest.MapFS{tag + ".toml": {Data: []byte(text)}}, tag)
	if problems.Failed() != (c == nil) {
		return nil, "a catalogue with problems, or none without"
	}
	return c, problems.Error()
}

// TestOpenRefuses: what a file of words may not do, and where it is said that it did.
func TestOpenRefuses(t *testing.T) {
	const years = "[\"span.years\"]\none = \"1 year\"\nother = \"{n} years\"\n"
	arabic := func(forms ...string) string {
		return "[\"span.years\"]\n" + strings.Join(forms, "\n") + "\n"
	}
	one, two, few, many, other := `one = "سنة واحدة"`, `two = "سنتان"`, `few = "{n} سنوات"`, `many = "{n} سنة"`, `other = "{n} سنة"`
	for name, c := range map[string]struct{ tag, text, want string }{
		"a bracket of its own":      {"en", `"a.b" = "Hello {name}"`, `en.toml:1:1: The message "a.b" cannot be used: it has curly brackets that are not {n}.`},
		"a count without forms":     {"en", "\n\"a.b\" = \"{n} years\"", `has no form "one"`},
		"an unclosed bracket":       {"en", `"a.b" = "Hello {n"`, `curly brackets`},
		"two counts":                {"en", "[\"a.b\"]\none = \"1\"\nother = \"{n} of {n}\"", `{n} stands in it twice`},
		"a template":                {"en", `"a.b" = "{{.Cfg.SMTPPassword}}"`, `signs of a markup language ({{)`},
		"a template with spaces":    {"en", `"a.b" = "{ {range 9} }"`, `curly brackets`},
		"a delimiter of its own":    {"en", "[\"a.b\"]\nleftDelim = \"<<\"\nother = \"x\"", `"leftDelim" is not a part of a message, in "a.b".`},
		"another delimiter":         {"en", "[\"a.b\"]\nrightdelim = \"<<\"\nother = \"x\"", `"rightdelim" is not a part`},
		"an id inside":              {"en", "\"a.b\" = \"x\"\n[\"a.c\"]\nid = \"a.b\"\nother = \"HIJACK\"", `"id" is not a part of a message, in "a.c"`},
		"an id in large letters":    {"en", "[\"a.c\"]\nID = \"a.b\"\nother = \"HIJACK\"", `"ID" is not a part`},
		"a hash":                    {"en", "[\"a.c\"]\nhash = \"x\"\nother = \"x\"", `"hash" is not a part`},
		"a translation":             {"en", "[\"a.c\"]\ntranslation = \"x\"\nother = \"x\"", `"translation" is not a part`},
		"a form misspelt":           {"en", "[\"a.c\"]\noen = \"x\"\nother = \"{n} x\"", `"oen" is not a part`},
		"a form misspelt alone":     {"en", "[\"a.c\"]\noen = \"x\"", `"oen" is not a part`},
		"a form in large letters":   {"en", "[\"a.c\"]\nOther = \"x\"", `"Other" is not a part`},
		"an id twice":               {"en", "\"a.b\" = \"x\"\n\"a.b\" = \"y\"", `en.toml:2:`},
		"an id without quotes":      {"en", "\n\nkeep.stored = \"x\"", `en.toml:3:1: "keep" is not the id of a message. An id stands in quotation marks`},
		"a table without quotes":    {"en", "[span.years]\nother = \"{n} years\"", `en.toml:1:1: "span" is not the id`},
		"a file that is a message":  {"en", `other = "x"`, `"other" is not the id of a message`},
		"a form as a table":         {"en", "[\"a.b\".one]\nother = \"x\"", `"one" of the message "a.b" is not a text`},
		"a message after a table":   {"en", years + "\"keep.stored\" = \"x\"", `"keep.stored" is not a part of a message, in "span.years". A table holds`},
		"a list":                    {"en", `"a.b" = ["x"]`, `The message "a.b" is not a text.`},
		"a number":                  {"en", `"a.b" = 1`, `is not a text`},
		"a date":                    {"en", `"a.b" = 2025-06-14`, `is not a text`},
		"an id in large letters 2":  {"en", `"A.b" = "x"`, `"A.b" is not the id`},
		"an id with a space":        {"en", `"a b.c" = "x"`, `is not the id`},
		"an id of another voice":    {"en", `"a.b@city" = "x"`, `is not the id`},
		"the office alone":          {"en", `"a.b@office" = "x"`, `The office says "a.b", and nobody else does.`},
		"the office counts":         {"en", "\"span.years@office\" = \"x\"\n" + years, `has plural forms and the other has none`},
		"not TOML":                  {"en", "\"a.b\" = \"x\"\n\"a.c\" = oops\n", `en.toml:2:`},
		"not UTF-8":                 {"en", "\"a.b\" = \"\xff\"", `not in UTF-8`},
		"nothing":                   {"en", "# only a comment\n", `The file has no message.`},
		"no words":                  {"en", `"a.b" = " "`, `has no words`},
		"nothing at all":            {"en", `"a.b" = ""`, `The file has no message`},
		"a space at the end":        {"en", `"a.b" = "x "`, `a space at its beginning or end`},
		"two spaces":                {"en", `"a.b" = "x  y"`, `two spaces`},
		"two lines":                 {"en", `"a.b" = "x\ny"`, `more than one line`},
		"a no-break space":          {"en", "\"a.b\" = \"x\u00a0y\"", `not the ordinary one (U+00A0)`},
		"a direction control":       {"en", `"a.b" = "x\u202Ey"`, `U+202E`},
		"a raw direction control":   {"en", "\"a.b\" = \"x\" # \u2067hidden\n", `en.toml:1:15: There is an invisible character`},
		"a mark of direction":       {"ar", `"a.b" = "نص\u200F"`, `U+200F`},
		"an isolate":                {"ar", `"a.b" = "\u2068نص\u2069"`, `U+2068`},
		"letters in two pieces":     {"es", "\"a.b\" = \"dia\u0301\"", `stored in two pieces`},
		"letters of two alphabets":  {"en", "\"a.b\" = \"p\u0430per\"", `another alphabet`},
		"an invisible space":        {"en", "\"a.b\" = \"x\u200by\"", `U+200B`},
		"HTML":                      {"en", `"a.b" = "<b>x</b>"`, `signs of a markup language (<)`},
		"an entity":                 {"en", `"a.b" = "a&nbsp;b"`, `markup`},
		"Markdown":                  {"en", `"a.b" = "see [this](x)"`, `markup`},
		"stars":                     {"en", `"a.b" = "**x**"`, `markup`},
		"an address":                {"en", `"a.b" = "see https://example.org"`, `markup`},
		"printf":                    {"en", `"a.b" = "%s"`, `markup`},
		"a long message":            {"en", `"a.b" = "` + strings.Repeat("x ", 300) + `y"`, `more than 400 characters`},
		"a form too few":            {"ar", arabic(one, two, few, other), `The message "span.years" has no form "many". It is needed for 11, 12, 13, 14, 15.`},
		"no other":                  {"ar", arabic(one, two, few, many), `has no form "other"`},
		"an empty form":             {"ar", arabic(one, `two = ""`, few, many, other), `has no form "two"`},
		"a form that is never said": {"ar", arabic(`zero = "لا سنة"`, one, two, few, many, other), `has the form "zero", for a number that no message says`},
		"a form of another tongue":  {"en", years + "two = \"2 years\"", `has the form "two", which English does not have`},
		"many in English":           {"en", years + "many = \"{n} years\"", `has the form "many", which English does not have`},
		"a count left out":          {"ar", arabic(one, two, `few = "سنوات"`, many, other), `The form "few" of the message "span.years" does not say the number: it has no {n}. This form stands for 3, 4, 5, 6, 7.`},
		"a count left out of other": {"en", "[\"a.b\"]\none = \"1 year\"\nother = \"years\"", `The form "other" of the message "a.b" does not say`},
		"many without its count":    {"es", "[\"a.b\"]\none = \"1\"\nmany = \"x\"\nother = \"{n}\"", `The form "many" of the message "a.b" does not say`},
	} {
		t.Run(name, func(t *testing.T) {
			if _, got := openText(c.tag, c.text); !strings.Contains(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestOpenTakes(t *testing.T) {
	for name, c := range map[string]struct{ tag, text string }{
		"a byte-order mark":         {"en", "\ufeff\"a.b\" = \"x\""},
		"ends of lines of Windows":  {"en", "\"a.b\" = \"x\"\r\n[\"a.c\"]\r\none = \"1 year\"\r\nother = \"{n} years\"\r\n"},
		"a table without a count":   {"en", "[\"a.b\"]\ndescription = \"said at the end\"\nother = \"Goodbye.\""},
		"one line for a table":      {"en", `"a.b" = {one = "1 year", other = "{n} years"}`},
		"many, from a million":      {"es", "[\"a.b\"]\none = \"1 año\"\nmany = \"{n} de años\"\nother = \"{n} años\""},
		"quotation marks":           {"en", `"a.b" = "They call it an \"administrative subpoena.\""`},
		"letters of another script": {"ar", `"a.b" = "طلبت ICE أوراق CityKey (administrative subpoena)."`},
		"vowel signs":               {"ar", `"a.b" = "تُعاد إليك أوراقك."`},
	} {
		t.Run(name, func(t *testing.T) {
			c, problems := openText(c.tag, c.text)
			if problems != "" || c == nil {
				t.Fatal(problems)
			}
		})
	}
}

// TestAllProblemsAtOnce: of all files, in order.
func TestAllProblemsAtOnce(t *testing.T) {
	_, problems := Open(fstest.MapFS{
		"en.toml": {Data: []byte("\"a.b\" = \"{x}\"\n\"a.c\" = \"<b>\"\n[\"a.d\"]\nother = \"{n}\"\n")},
		"ar.toml": {Data: []byte("\"a.b\" = \" \"\n")},
	}, "en", "ar", "fr")
	var got []string
	for _, p := range problems {
		got = append(got, fmt.Sprintf("%s:%d %s", p.Pos.File, p.Pos.Line, p.Code))
	}
	want := []string{":0 no-language", "ar.toml:1 text", "en.toml:1 bracket", "en.toml:2 text", "en.toml:3 form"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if problems[2].Excerpt != `"a.b" = "{x}"` {
		t.Errorf("%+v", problems[2])
	}
}

// TestNoOverride: where go-i18n lets one message take the place of another, by chance, ours never does.
func TestNoOverride(t *testing.T) {
	for range 200 {
		if c, problems := openText("en", "\"ui.consent\" = \"You must agree\"\n[\"ui.zz\"]\nid = \"ui.consent\"\nother = \"HIJACK\"\n"); c != nil {
			t.Fatal(problems)
		}
	}
}

func TestCompare(t *testing.T) {
	en := "\"a.a\" = \"Since 2017, in 3 places.\"\n\"a.b\" = \"x\"\n\"a.b@office\" = \"we\"\n\"a.c\" = \"y\"\n\"a.e\" = \"These:\"\n\"a.q\" = \"Who (if known)?\"\n[\"a.n\"]\none = \"1\"\nother = \"{n}\"\n[\"a.m\"]\none = \"1\"\nother = \"{n}\"\n"
	es := "\"a.a\" = \"Desde 2018, en 3 lugares.\"\n\"a.b\" = \"x\"\n\"a.z\" = \"z\"\n\"a.m\" = \"m\"\n\"a.e\" = \"Estos.\"\n\"a.q\" = \"¿Quién (si se sabe)?\"\n[\"a.c\"]\none = \"1\"\nother = \"{n}\"\n[\"a.n\"]\none = \"uno\"\nother = \"{n}\"\n"
	c, problems := Open(fstest.MapFS{"en.toml": {Data: []byte(en)}, "es.toml": {Data: []byte(es)}})
	if problems.Failed() {
		t.Fatal(problems)
	}
	var got []string
	for _, p := range c.Compare("es") {
		got = append(got, fmt.Sprintf("%s %d %s", p.Path, p.Pos.Line, p.Code))
	}
	want := []string{"a.b@office 0 not-translated", "a.a 1 numbers", "a.z 3 not-in-english", "a.m 4 plural", "a.e 5 ending", "a.c 7 plural"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
	if ps := c.Compare("en"); len(ps) > 0 {
		t.Error(ps)
	}
	if ps := c.Compare("fr"); !ps.Failed() {
		t.Error("compared with nothing")
	}
	small := small(t, "es")
	if ps := small.Compare("es"); !ps.Failed() {
		t.Error("compared without English")
	}
	for _, tag := range []string{"es", "ar"} {
		if ps := all(t).Compare(tag); len(ps) > 0 {
			t.Error(ps)
		}
	}
	if n := numerals("١٧ نيسان 2025, ۳"); !slices.Equal(n, []string{"17", "2025", "3"}) {
		t.Error(n)
	}
}

func all(t testing.TB) *Catalog { return small(t) }

func TestTextsAndPlaces(t *testing.T) {
	c := all(t)
	if texts, forms := c.Texts("ar", "span.years"); !slices.Equal(forms, []string{"one", "two", "few", "many", "other"}) || texts[2] != "{n} سنوات" {
		t.Error(texts, forms)
	}
	if texts, forms := c.Texts("en", "ui.print"); len(texts) != 1 || forms != nil {
		t.Error(texts, forms)
	}
	if texts, _ := c.Texts("en", "ui.nothing"); texts != nil {
		t.Error(texts)
	}
	if p := c.Pos("en", "keep.stored@office"); p.File != "en.toml" || p.Line != 33 {
		t.Error(p)
	}
	if !slices.IsSorted(c.IDs("es")) || !slices.Contains(c.IDs("es"), "keep.stored@office") || !c.Has("es", "ui.print") {
		t.Error(c.IDs("es"))
	}
	if got := c.Tags(); !slices.Equal(got, []string{"en", "es", "ar"}) {
		t.Error(got)
	}
}

// TestStates: a sentence is reviewed only by a named person, on a day, and only as it was read; one whose English has changed closes
// its language for a notice that says it, and for no other.
func TestStates(t *testing.T) {
	read := func(tag string) []byte {
		data, err := os.ReadFile(filepath.Join("testdata", "words", tag+".toml"))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	en, es := read("en"), read("es")
	open := func(en, es []byte, lock string) (*Catalog, source.Problems) {
		return Open(fstest.MapFS{"en.toml": {Data: en}, "es.toml": {Data: es}, "locks/es.lock": {Data: []byte(lock)}}, "es")
	}
	c, problems := open(en, es, "")
	if c == nil {
		t.Fatal(problems)
	}
	full, problems := Open(fstest.MapFS{"en.toml": {Data: en}, "es.toml": {Data: es}})
	if full == nil {
		t.Fatal(problems)
	}
	lock, _ := source.ReadLock("", nil)
	day, _ := source.ParseDay("2026-01-31")
	n := sample(t)
	for _, id := range c.IDs("es") {
		lock.Set("es", id, source.Translated{From: full.HashOf("en", id), Text: full.HashOf("es", id), State: source.Reviewed, On: day, By: "María Example, legal translator"})
	}
	n.Lock, _ = source.ReadLock("", nil)
	for _, s := range n.Sections {
		for _, v := range texts(s) {
			en, _ := v.For("en")
			es, _ := v.For("es")
			n.Lock.Set("es", v.Key(n.File), source.Translated{From: source.HashText(en), Text: source.HashText(es), State: source.Reviewed, On: day + 1, By: "Ana Example, interpreter"})
		}
	}
	whole := string(lock.Bytes())
	say := func(en, es []byte, lock string) (Translation, error) {
		c, problems := open(en, es, lock)
		if c == nil {
			t.Fatal(problems)
		}
		said, err := c.Say(n, "es")
		if err != nil {
			return Translation{}, err
		}
		return said.Translation, nil
	}
	edit := func(data []byte, from, to string) []byte {
		if !strings.Contains(string(data), from) {
			t.Fatalf("no %q", from)
		}
		return []byte(strings.Replace(string(data), from, to, 1))
	}
	for name, x := range map[string]struct {
		en, es []byte
		lock   string
		want   Translation
	}{
		"nobody":               {en, es, "", Translation{State: "draft"}},
		"two persons":          {en, es, whole, Translation{"reviewed", "Ana Example, interpreter, María Example, legal translator", "2026-02-01"}},
		"one sentence more":    {en, es, strings.Replace(whole, "keep.stored "+full.HashOf("en", "keep.stored"), "keep.other "+full.HashOf("en", "keep.stored"), 1), Translation{State: "draft"}},
		"a letter changed":     {en, edit(es, "Qué se guarda", "Qué se guardó"), whole, Translation{State: "draft"}},
		"a letter elsewhere":   {en, edit(es, "Imprimir", "Imprima"), whole, Translation{"reviewed", "Ana Example, interpreter, María Example, legal translator", "2026-02-01"}},
		"quotation marks":      {en, edit(es, "Pedidos que llegaron", "Pedidos que llegaron"), whole, Translation{"reviewed", "Ana Example, interpreter, María Example, legal translator", "2026-02-01"}},
		"translated, not read": {en, es, strings.Replace(whole, "@ es reviewed", "@ es draft", 1), Translation{State: "draft"}},
	} {
		if got, err := say(x.en, x.es, x.lock); err != nil || got != x.want {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	var closed *Closed
	if _, err := say(edit(en, "What is kept", "What is not kept"), es, whole); !errors.As(err, &closed) || len(closed.Stale) != 1 || closed.Stale[0].ID != "section.keep" {
		t.Errorf("a stale sentence is shown: %v", err)
	}
	if _, err := say(edit(en, "\"Print\"", "\"Print it\""), es, whole); err != nil {
		t.Errorf("a stale word that the notice does not say closes it: %v", err)
	}
	id, from := "", ""
	for _, s := range n.Sections {
		for _, v := range texts(s) {
			id, from = v.Key(n.File), v.In["en"]
			break
		}
	}
	line, _ := n.Lock.Of("es", id)
	line.From = source.HashText(from + " more")
	n.Lock.Set("es", id, line)
	if _, err := say(en, es, whole); !errors.As(err, &closed) || len(closed.Stale) != 1 || closed.Stale[0].ID != id {
		t.Errorf("a stale text of the program is shown: %v", err)
	}
	for name, text := range map[string]string{
		"another language": strings.Replace(whole, "@ es ", "@ pl ", 1),
		"no hash":          strings.Replace(whole, "ui.print "+full.HashOf("en", "ui.print"), "ui.print 12", 1),
		"not a lock":       "reviewed!",
	} {
		if c, problems := open(en, es, text); c != nil || !strings.Contains(problems.Error(), "locks/es.lock") {
			t.Errorf("%s: %v", name, problems)
		}
	}
}

// texts gives the texts of a program in a section.
func texts(s notices.Section) []source.Text {
	var out []source.Text
	for _, g := range s.Groups {
		for _, st := range g.Statements {
			for _, v := range st.Values {
				for _, p := range v.Parts {
					if p.Text.In != nil {
						out = append(out, p.Text)
					}
				}
			}
		}
	}
	return out
}

// TestQuick: what is read line by line is what a whole reader of TOML reads, at the same places.
func TestQuick(t *testing.T) {
	for _, tag := range ShippedTags() {
		data, err := files.ReadFile(tag + ".toml")
		if err != nil {
			t.Fatal(err)
		}
		if !sameAsTOML(t, string(data)) {
			t.Errorf("%s.toml is not read line by line: something in it is written otherwise than the package says", tag)
		}
	}
	for _, s := range []string{"\"a.b\" = \"x\" # more\n", "\"a.b\" = 'it''s'\n", "\"a.b\"=\"x\"", "[\"a.b\"]\none = \"x\"\none = \"y\"\n", "\"a.b\" = \"x\\u0041\"", "[a.b]\nother = \"x\"",
		"\"a.b\" = \"\"\"\n", "\"a.b\" = \"x\"\n\"a.b\" = \"y\"\n", "[\"a.b\"]\nother = \"x\"\n\"c.d\" = \"y\"\n", "\"a.b\" = \"x\x01\"", "\"a.b\" = \"x\\\"y\"", "\"a.b\" = \"x\\\\\"", "\"a.b\" = \"x\x00y\"", "\"a.b\" = \"x\u0085\"", "# \x7f\n\"a.b\" = \"x\""} {
		sameAsTOML(t, s)
	}
}

func sameAsTOML(t *testing.T, text string) bool {
	l, _ := Find("en")
	r := &reader{w: &words{lang: l, file: "en.toml"}, lines: strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")}
	got, ok := r.quick(text)
	if !ok {
		return false
	}
	var want map[string]any
	if _, err := toml.Decode(text, &want); err != nil {
		t.Errorf("read line by line, and no TOML: %v in %q", err, text)
		return true
	}
	if want == nil {
		want = map[string]any{}
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%q: %v, and TOML has %v", text, got, want)
	}
	at := r.w.at
	r.w.at = map[string]source.Pos{}
	r.places()
	if !maps.Equal(at, r.w.at) {
		t.Errorf("other places in %q: %v, %v", text, at, r.w.at)
	}
	return true
}

// TestReadersDoNotMeet: a catalogue is shared by everybody who reads.
func TestReadersDoNotMeet(t *testing.T) {
	c := all(t)
	var wait sync.WaitGroup
	for i := range 16 {
		wait.Go(func() {
			tag := c.Tags()[i%3]
			for range 20 {
				if _, err := c.Say(sample(t), tag); err != nil {
					t.Error(err)
				}
				if _, err := c.words[tag].counted("count.about", false, writer{}, 1_000_000+i); err != nil && tag != "es" {
					t.Error(err)
				}
				MustNots(tag, "x")
			}
		})
	}
	wait.Wait()
}

// TestOrdinary: what is let through without a closer look would pass it.
func TestOrdinary(t *testing.T) {
	n := 0
	for _, l := range Languages() {
		for r := rune(0); r < 0x11000; r++ {
			if !ordinary(string(r), l.Script) || r >= 0xd800 && r < 0xe000 {
				continue
			}
			n++
			for _, s := range []string{string(r), "a" + string(r) + "a", "ا" + string(r) + "ا", "क" + string(r) + "ा", "ن" + string(r) + "ا", "न" + string(r), "र" + string(r), "ळ" + string(r), "क़" + string(r), "क्" + string(r), "بَ" + string(r)} {
				if !ordinary(s, l.Script) {
					continue
				}
				if bad, what := source.CheckTextIn(l.Tag, s); what != "" {
					t.Errorf("%s %q has %s (%U)", l.Tag, s, what, bad)
				}
			}
			if r != ' ' && unicode.IsSpace(r) {
				t.Errorf("%U is a space", r)
			}
		}
	}
	if n < 200 {
		t.Error("nothing is ordinary")
	}
}

func FuzzOpen(f *testing.F) {
	for _, name := range []string{"en", "es", "ar"} {
		data, err := os.ReadFile(filepath.Join("testdata", "words", name+".toml"))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	for _, s := range []string{`"a.b" = "{{.X}}"`, "[\"a.b\"]\nid=\"a.c\"\nother=\"x\"", "[[a]]\n[a.b]\n", "\"a.b\"={one=\"{n}\",other=\"{n}\"}", "\ufeff", "other=\"x\"",
		"\"a.b\" = '''\nx'''", "\"a.b\" = \"\\u202E\"", "[\"a.b\"]\nleftDelim=\"<<\"\nother=\"<<range 30000000>>x<<end>>\""} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if utf8.Valid(data) {
			sameAsTOML(t, string(data))
		}
		fsys := fstest.MapFS{"en.toml": {Data: data}, "ar.toml": {Data: data}}
		for _, tag := range []string{"en", "ar"} {
			c, problems := Open(fsys, tag)
			if (c == nil) != problems.Failed() {
				t.Fatal("a catalogue with errors, or none without")
			}
			_ = problems.Error()
			if c == nil {
				continue
			}
			w := c.words[tag]
			for _, id := range c.IDs(tag) {
				texts, forms := c.Texts(tag, id)
				for _, s := range texts {
					if what, _ := faultOf(w.lang, s); what != "" {
						t.Fatalf("%q has %s", s, what)
					}
				}
				if forms == nil {
					if got, err := c.Phrase(tag, id); err != nil || got != texts[0] || strings.ContainsAny(got, "{}") {
						t.Fatalf("%q, %v", got, err)
					}
					continue
				}
				for _, n := range []int{1, 2, 3, 11, 100, 999} {
					got, err := w.counted(id, false, writer{}, n)
					if err != nil || strings.ContainsAny(got, "{}") || len(got) > 4*longest+8 {
						t.Fatalf("%d: %q, %v", n, got, err)
					}
				}
			}
		}
	})
}

func TestIDs(t *testing.T) {
	for id, want := range map[string]bool{"a.b": true, "keep.stored@office": true, "law.8-usc-1373.says": true, "law.chicago-2-176.2024-06-12.rule": true,
		"a": false, "": false, "@office": false, "a@office": false, ".a": false, "a.": false, "a..b": false, "8.a": false, "A.b": false, "a.B": false, "a b.c": false,
		"a.b@city": false, "a.b@office@office": false, "a.é": false, "_a.b": false, "a.b\n": false} {
		if isID(id) != want {
			t.Errorf("%q", id)
		}
	}
}
