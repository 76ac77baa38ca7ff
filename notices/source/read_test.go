package source_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"fairnotice/notices/source"
)

const good = `# Every kind of value, written well.
fairnotice: 1
as_of: "2025-06-14"
languages: [en, es, zh-Hans]
mandatory: false
name: {en: City ID, es: Tarjeta}
gives: {is: {en: "A card.", is: "Skírteini."}, source: s1}
authority: none
contact: {name: no, phone: {is: 312-660-1370, confidence: unverified, but: [312-555-0100, {is: unknown, source: s2}]}, page: https://www.chicityclerk.com, zip: 02134}
retention:
  application_file: {period: {is: 7 years, source: s4, law: il-records, asked: [{who: vendor, on: 2025-05}]}, at_end: unknown, law: []}
  website_log:
    period: not_applicable
channels:
  online:
    name: Web
    phases:
      - id: portal
        from: 2024-12
        to: {is: 2025-06-13, source: s1, but: [{is: 2025-06-15, source: s2}]}
        rule: chicago-2-176@2024-06-12
        asks:
          - items: [name, date_of_birth]
            handling: stored
          - {items: [phone], handling: {is: stored, confidence: reported}}
        never_asks: {is: [photo], law: [a, b]}
        told: true
        how: {en: By letter., es: "Por carta."}
      - id: "2024"
        from: 2024
        to: open
        asks: unknown
suspended: {is: {since: 2025-06, what: [online]}, source: s1}
tested: none
routes: {leak: applies, broker: unknown}
counts:
  - {is: 87100, about: true}
`

func read(t *testing.T, text string) (program, *source.Doc, source.Problems) {
	t.Helper()
	var p program
	doc, ps := source.Read("p.yaml", []byte(text), &p)
	sound(t, doc, ps)
	return p, doc, ps
}

func TestReadGood(t *testing.T) {
	p, doc, ps := read(t, good)
	if len(ps) > 0 {
		t.Fatal(ps)
	}
	portal := p.Channels["online"].Phases[0]
	for _, c := range []struct {
		what      string
		got, want any
	}{
		{"a quoted day", p.AsOf.String(), "2025-06-14"},
		{"the word no as a name", p.Contact.Name.Name, "no"},
		{"a zip with a zero", p.Contact.Zip, "02134"},
		{"none for a list", fmt.Sprint(p.Authority.State == source.Known, p.Authority.Is != nil, len(p.Authority.Is)), "true true 0"},
		{"a long text with Icelandic", p.Gives.Is.In["is"], "Skírteini."},
		{"a text as a fact", portal.How.Is.In["es"], "Por carta."},
		{"a fact that disagrees", portal.To.But[0].Is.String() + string(portal.To.But[0].Source), "2025-06-15s2"},
		{"its path", portal.To.But[0].Path, "channels.online.phases.portal.to.but.0"},
		{"short in but", p.Contact.Phone.But[0].Is, "312-555-0100"},
		{"unknown in but", p.Contact.Phone.But[1].State, source.Unknown},
		{"one law", fmt.Sprint(p.Retention["application_file"].Period.Law), "[il-records]"},
		{"a list of laws", fmt.Sprint(portal.Never.Law), "[a b]"},
		{"asked", p.Retention["application_file"].Period.Asked[0].On.String(), "2025-05"},
		{"a period", p.Retention["application_file"].Period.Is.String(), "7 years"},
		{"not applicable", p.Retention["website_log"].Period.State, source.NotApplicable},
		{"absent", p.Retention["website_log"].AtEnd.State, source.Unsaid},
		{"a group as a fact", p.Suspended.Is.Since.String() + string(p.Suspended.Source), "2025-06s1"},
		{"none for a group", fmt.Sprint(p.Tested.Known(), p.Tested.Is), "true <nil>"},
		{"open", p.Channels["online"].Phases[1].To.Is.Open, true},
		{"a number", p.Counts[0].Is.Is, 87100},
		{"words as keys", p.Routes["leak"].Is, state("applies")},
		{"the place of a struct", portal.Path, "channels.online.phases.portal"},
		{"the place of an entry", p.Channels["online"].Phases[0].Asks.Is[1].Path, "channels.online.phases.portal.asks.1"},
		{"where a long fact begins", portal.To.Pos, source.Pos{File: "p.yaml", Line: 20, Col: 13}},
		{"where its value is", doc.Pos("channels.online.phases.portal.to.is"), source.Pos{File: "p.yaml", Line: 20, Col: 18}},
		{"the fact's path", doc.Pos("channels.online.phases.portal.to"), portal.To.Pos},
		{"nothing there, so above", doc.Pos("channels.online.phases.portal.to.none.such"), portal.To.Pos},
		{"the file", doc.Pos(""), source.Pos{File: "p.yaml", Line: 2, Col: 1}},
		{"an unknown top", doc.Pos("nothing"), source.Pos{File: "p.yaml", Line: 2, Col: 1}},
		{"has", doc.Has("channels.online.phases.2024.to") && !doc.Has("channels.online.phases.1.to"), true},
		{"a line", doc.Line(3), `as_of: "2025-06-14"`},
		{"no line", doc.Line(0) + doc.Line(9999), ""},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %v, want %v", c.what, c.got, c.want)
		}
	}
	leaves := doc.Leaves()
	for _, want := range []string{"fairnotice", "authority", "gives.is.en", "contact.phone.but.1.is", "retention.application_file.law",
		"channels.online.phases.portal.to.is", "channels.online.phases.portal.asks.0.items.1", "channels.online.phases.portal.to.but.0.source"} {
		if !slices.Contains(leaves, want) {
			t.Errorf("no leaf %s in %v", want, leaves)
		}
	}
	for i, leaf := range leaves[1:] {
		a, b := doc.Pos(leaves[i]), doc.Pos(leaf)
		if a.Line > b.Line || a.Line == b.Line && a.Col >= b.Col {
			t.Errorf("%s stands before %s in the list, and not in the file", leaves[i], leaf)
		}
	}
}

// TestEveryLineBroken spoils the good file line by line. What is found always has words and a place, and spoiling never goes
// unnoticed where the line held a value that is needed.
func TestEveryLineBroken(t *testing.T) {
	lines := strings.SplitAfter(good, "\n")
	for i := range lines {
		for name, spoil := range map[string]func(string) string{
			"no colon":      func(s string) string { return strings.Replace(s, ":", "", 1) },
			"no space":      func(s string) string { return strings.Replace(s, ": ", ":", 1) },
			"tab":           func(s string) string { return "\t" + s },
			"moved in":      func(s string) string { return " " + s },
			"no value":      func(s string) string { a, _, _ := strings.Cut(s, ":"); return a + ":\n" },
			"open quote":    func(s string) string { return strings.Replace(s, ": ", ": \"", 1) },
			"curly":         func(s string) string { return strings.Replace(s, ": ", ": “", 1) },
			"no bracket":    func(s string) string { return strings.Replace(s, "]", "", 1) },
			"no brace":      func(s string) string { return strings.Replace(s, "}", "", 1) },
			"bracket":       func(s string) string { return strings.Replace(s, "]", "]]", 1) },
			"cut":           func(s string) string { return s[:len(s)/2] + "\n" },
			"gone":          func(string) string { return "" },
			"twice":         func(s string) string { return s + s },
			"misspelled":    func(s string) string { return strings.Replace(s, "e", "ee", 1) },
			"right to left": func(s string) string { return strings.TrimSuffix(s, "\n") + "\u202e\n" },
			"no-break":      func(s string) string { return strings.Replace(s, " ", "\u00a0", 1) },
			"placeholder":   func(s string) string { a, _, _ := strings.Cut(s, ":"); return a + ": TODO\n" },
		} {
			broken := slices.Clone(lines)
			broken[i] = spoil(lines[i])
			_, _, ps := read(t, strings.Join(broken, ""))
			if len(ps) > 8 {
				t.Errorf("%s in line %d gives %d problems:\n%v", name, i+1, len(ps), ps)
			}
			if name == "right to left" && !ps.Failed() && i < len(lines)-1 {
				t.Errorf("%s in line %d goes unnoticed", name, i+1)
			}
		}
	}
}

// TestHostile answers each hostile file quickly and in little memory, with few words.
func TestHostile(t *testing.T) {
	fill := func(f func(i int) string) string {
		var b strings.Builder
		for i := 0; ; i++ {
			s := f(i)
			if b.Len()+len(s) > 64<<10-10 {
				return b.String()
			}
			b.WriteString(s)
		}
	}
	bomb := "a: &a [x,x,x,x,x,x,x,x,x]\n"
	for c := 'b'; c < 'k'; c++ {
		bomb += fmt.Sprintf("%c: &%c [%s]\n", c, c, strings.Repeat(fmt.Sprintf("*%c,", c-1), 9))
	}
	for name, text := range map[string]string{
		"brackets":          strings.Repeat("[", 64<<10),
		"braces":            strings.Repeat("{", 64<<10),
		"braces with keys":  fill(func(int) string { return "{a: " }),
		"hyphens":           strings.Repeat("- ", 32<<10),
		"question marks":    strings.Repeat("? ", 32<<10),
		"deep blocks":       fill(func(i int) string { return strings.Repeat(" ", i) + "a:\n" }),
		"empty lists":       "languages: [" + fill(func(int) string { return "[]," })[:65000] + "]",
		"commas":            "languages: [" + strings.Repeat("a,", 32000) + "]",
		"keys":              fill(func(i int) string { return fmt.Sprintf("k%d: 1\n", i) }),
		"keys in braces":    "{" + fill(func(i int) string { return fmt.Sprintf("%x,", i) }) + "}",
		"one key again":     fill(func(int) string { return "name: x\n" }),
		"misspelled words":  "channels: {a: {phases: [{id: a, from: 2025, to: open, asks: [{items: [" + fill(func(i int) string { return fmt.Sprintf("nme%d,", i) })[:60000] + "]}]}]}}",
		"misspelled keys":   fill(func(i int) string { return fmt.Sprintf("langauge%d: 1\n", i) }),
		"many counts":       "counts:\n" + fill(func(int) string { return " - {iss: 1}\n" })[:65000],
		"alias bomb":        bomb,
		"aliases":           "a: &a x\nb: [" + strings.Repeat("*a,", 20000) + "]",
		"tags":              fill(func(int) string { return "!!str " }),
		"anchors":           fill(func(i int) string { return fmt.Sprintf("&a%d ", i) }),
		"merges":            fill(func(int) string { return "<<: {a: 1}\n" }),
		"quotes":            strings.Repeat(`"`, 60000),
		"one long word":     "name: " + strings.Repeat("x", 60000),
		"one long key":      strings.Repeat("x", 60000) + ": 1",
		"colons":            strings.Repeat(":", 60000),
		"colons and spaces": strings.Repeat(": ", 30000),
		"newlines":          strings.Repeat("\n", 60000),
		"tabs":              strings.Repeat("\t", 60000),
		"tabs in lines":     "a: [\n" + strings.Repeat("\tx,\n", 15000),
		"direction":         strings.Repeat("\u202e", 20000),
		"direction lines":   strings.Repeat("\u202e\n", 16000),
		"marks":             "name: a" + strings.Repeat("\u0301", 30000),
		"letters in pieces": "name: " + strings.Repeat("e\u0301", 20000),
		"bytes":             strings.Repeat("\xff", 60000),
		"zeros":             strings.Repeat("\x00", 60000),
		"documents":         strings.Repeat("---\n", 16000),
		"block scalar":      "name: |\n" + strings.Repeat("  x\n", 16000),
		"escapes":           `name: "` + strings.Repeat(`\u202e`, 10000) + `"`,
		"comments":          strings.Repeat("#\n", 32000),
		"too large":         strings.Repeat("a", 64<<10+1),
		"much too large":    strings.Repeat("a: [", 4<<20),
		"long lines":        "gives: {" + fill(func(i int) string { return fmt.Sprintf("q%d: TODO, ", i) })[:65000] + "}",
		"buts":              "gives: {is: a, but: [" + strings.Repeat("{is: TODO},", 5000) + "]}",
	} {
		t.Run(name, func(t *testing.T) {
			var p program
			best := time.Hour
			var ps source.Problems
			var doc *source.Doc
			var before, after runtime.MemStats
			for range 3 { // the fastest of three: other programs run beside this one
				runtime.ReadMemStats(&before)
				start := time.Now()
				doc, ps = source.Read("h.yaml", []byte(text), &p)
				best = min(best, time.Since(start))
				runtime.ReadMemStats(&after)
			}
			sound(t, doc, ps)
			if !ps.Failed() && name != "one long word" && name != "block scalar" {
				t.Error("it was read without an error")
			}
			if limit := 100 * time.Millisecond * slower; best > limit {
				t.Errorf("it took %v", best)
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > 64<<20 {
				t.Errorf("it took %d MB", used>>20)
			}
			if len(ps) > 301 {
				t.Errorf("it gave %d problems", len(ps))
			}
			var out bytes.Buffer
			ps.Print(&out)
			if out.Len() > 400<<10 {
				t.Errorf("it printed %d bytes", out.Len())
			}
		})
	}
}

func TestSizeLimit(t *testing.T) {
	text := "fairnotice: 1\nname: x\n#"
	if _, _, ps := read(t, text+strings.Repeat("x", 64<<10-len(text))); len(ps) > 0 {
		t.Error("64 KiB were refused:", ps)
	}
	_, _, ps := read(t, text+strings.Repeat("x", 64<<10+1-len(text)))
	if len(ps) != 1 || ps[0].Code != "too-large" {
		t.Error("65,537 bytes:", ps)
	}
}

func TestNestingLimit(t *testing.T) {
	for _, c := range []struct {
		deep int
		code string
	}{{48, "wrong-type"}, {60, "too-deep"}} {
		_, _, ps := read(t, "gives: "+strings.Repeat("[", c.deep)+strings.Repeat("]", c.deep))
		if len(ps) == 0 || ps.Of(source.Error)[len(ps)-1].Code != c.code {
			t.Errorf("%d deep: %v", c.deep, ps)
		}
	}
}

func TestProblemJSON(t *testing.T) {
	_, _, ps := read(t, "fairnotice: 1\nname: X\nmandatory: yes\n")
	got, err := json.Marshal(ps)
	want := "[{\"file\":\"p.yaml\",\"line\":3,\"column\":12,\"path\":\"mandatory\",\"code\":\"wrong-type\",\"severity\":\"error\"," +
		"\"message\":\"`mandatory` must be true or false, but this is \\\"yes\\\".\",\"hint\":\"Write true.\"}]"
	if err != nil || string(got) != want {
		t.Errorf("got %s, %v", got, err)
	}
}

func TestDocProblem(t *testing.T) {
	_, doc, _ := read(t, good)
	p := doc.Problem("channels.online.phases.portal.to.nothing", "N7", source.Warning, "The end is not certain.", "Ask the office.")
	if got, want := p.Error(), "p.yaml:20:13: The end is not certain. Ask the office. [N7]"; got != want {
		t.Errorf("got %s", got)
	}
	if p.Excerpt != doc.Line(20) || p.Severity != source.Warning || p.Path != "channels.online.phases.portal.to.nothing" {
		t.Errorf("got %+v", p)
	}
}

// TestProgramMistakes: what no file can mend is a mistake of the program, and found at once.
func TestProgramMistakes(t *testing.T) {
	for name, into := range map[string]any{
		"no pointer": struct{}{},
		"a float": &struct {
			F float64 `yaml:"f"`
		}{},
		"a rule that does not exist": &struct {
			F string `yaml:"f" validate:"no_such_rule"`
		}{},
		"a key twice": &struct {
			F string `yaml:"f"`
			G string `yaml:"f"`
		}{},
		"is inside a fact": &struct {
			F source.Fact[struct {
				Is string `yaml:"is"`
			}] `yaml:"f"`
		}{},
		"numbers as keys": &struct {
			F map[int]string `yaml:"f"`
		}{},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("nobody noticed")
				}
			}()
			source.Read("x.yaml", []byte("f: x\n"), into)
		})
	}
}

// TestInline: an embedded struct can give its keys to the one around it.
func TestInline(t *testing.T) {
	type Named struct {
		Name string `yaml:"name" need:"yes"`
	}
	var v struct {
		Named  `yaml:",inline"`
		Number int    `yaml:"number"`
		Hidden string `yaml:"-"`
		Plain  string
	}
	_, ps := source.Read("x.yaml", []byte("name: a\nnumber: 2\n"), &v)
	if len(ps) > 0 || v.Name != "a" || v.Number != 2 {
		t.Error(v, ps)
	}
	if _, ps = source.Read("x.yaml", []byte("Plain: a\n"), &v); len(ps) != 2 {
		t.Error(ps)
	}
}

func BenchmarkRead(b *testing.B) {
	var text strings.Builder
	text.WriteString("fairnotice: 1\nname: City ID\nretention:\n")
	for i := 0; text.Len() < 16<<10; i++ {
		fmt.Fprintf(&text, "  series_%d: {period: {is: 7 years, source: s4, law: [il-records], but: [{is: 90 days}]}, at_end: unknown} # a comment\n", i)
	}
	b.SetBytes(int64(text.Len()))
	b.ReportAllocs()
	for b.Loop() {
		var p program
		if _, ps := source.Read("b.yaml", []byte(text.String()), &p); len(ps) > 0 {
			b.Fatal(ps)
		}
	}
}
