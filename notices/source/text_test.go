package source_test

import (
	"strings"
	"testing"

	"fairnotice/notices/source"
)

// TestHonestText: what people write in twelve languages is let through.
func TestHonestText(t *testing.T) {
	for _, s := range []string{
		"The city keeps a copy for 7 years.", "¿Qué guarda la ciudad? “Una copia”.", "l’État garde une copie : 7 ans — « rien d’autre »",
		"تحتفظ المدينة بنسخة لمدة ٧ سنوات.", "شهر یک نسخه نگه می‌دارد", "शहर एक प्रति रखता है", "ශ්‍රී ලංකාව", "നഗരം", "市政府保存副本七年。", "시는 사본을 보관합니다",
		"Thành phố giữ một bản sao", "Місто зберігає копію", "Miasto przechowuje kopię", "Magaaladu waxay haysaa nuqul", "ከተማው ቅጂ ይይዛል", "העירייה שומרת עותק",
		"PDF-файл (2 ГБ)", "Call ☎️ 311", "a\nb", "½ of 100 % = 50 ‰", "e-mail: help@example.org", "β-blocker", "", "İstanbul", "naïve café", "5 µg",
	} {
		if bad, what := source.CheckText(s); what != "" || bad != 0 {
			t.Errorf("%q: %U %s", s, bad, what)
		}
	}
}

// TestHostileText: what hides, turns around or imitates is refused, and named.
func TestHostileText(t *testing.T) {
	for s, want := range map[string]string{
		"we do \u202enot\u202c share": "direction", "a\u202ab": "direction", "a\u202bb": "direction", "a\u202db": "direction", "a\u2066b\u2069": "direction",
		"a\u2067b": "direction", "a\u2068b": "direction", "a\u200eb": "direction", "a\u200fb": "direction", "a\u061cb": "direction",
		"not\u200b": "width", "no\u2060t": "width", "\ufeffnot": "width", "a\u200cb": "joiner", "a\u200db": "joiner", "من\u200c": "joiner", "\u200cمن": "joiner",
		"a\U000e0041": "tag", "a\u00adb": "hyphen", "a\ufe01": "invisible", "a\ufe0f": "invisible", "a\U000e0100": "invisible", "a\u2800b": "blank",
		"a\u3164b": "blank", "a\u115fb": "blank", "n\u0336o": "strikes", "n\u20e5": "strikes", "a\x00b": "control", "a\x1b[31m": "control", "a\u0085b": "line",
		"a\u2028b": "line", "a\u2029b": "line", "a\tb": "tab", "a\rb": "control", "a\x7f": "control", "\ue000": "some computers", "\ufdd0": "no character",
		"\U0001ffff": "no character", "cafe\u0301": "two pieces", "\u212b": "two pieces", "\u0421ity": "alphabet", "cit\u0443": "alphabet", "p\u03bfrt": "alphabet",
		"a\xffb": "broken", "a" + strings.Repeat("\u0316", 9): "accents", "\ufff9x": "invisible", "a\u2061b": "invisible", "a\u206ab": "invisible",
	} {
		bad, what := source.CheckText(s)
		if !strings.Contains(what, want) || bad == 0 && s != "a\x00b" {
			t.Errorf("%q: %U %q, want %q", s, bad, what, want)
		}
	}
}

// TestDirectionEverywhere puts each of the twelve direction controls, raw and escaped, into a comment, a key, and a value.
func TestDirectionEverywhere(t *testing.T) {
	for _, r := range "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c" {
		for _, s := range []string{string(r), `\u` + hex(r)} {
			for _, text := range []string{"name: \"a" + s + "b\"\n", "name: {en: \"a" + s + "b\"}\n", "\"na" + s + "me\": x\n", "retention: {\"a" + s + "b\": {period: unknown}}\n",
				"gives: {is: x, by: \"" + s + "\"}\n", "languages: [\"" + s + "\"]\n"} {
				if _, _, ps := read(t, "fairnotice: 1\n"+text); !ps.Failed() || !strings.Contains(ps.Error(), "turns the direction") {
					t.Errorf("%q went through: %v", text, ps)
				}
			}
		}
		if _, _, ps := read(t, "fairnotice: 1 # "+string(r)+"\nname: x\n"); !ps.Failed() {
			t.Errorf("%U in a comment", r)
		}
	}
}

func hex(r rune) string {
	const digits = "0123456789abcdef"
	return string([]byte{digits[r>>12&15], digits[r>>8&15], digits[r>>4&15], digits[r&15]})
}

func TestAddresses(t *testing.T) {
	type form struct {
		Page  string `yaml:"page" validate:"https_url"`
		Phone string `yaml:"phone" validate:"phone"`
		Lang  string `yaml:"lang" validate:"lang"`
		Slug  string `yaml:"slug" validate:"slug"`
	}
	for key, words := range map[string][]string{
		"page":  {"https://example.org", "https://www.example.gov/a?b=c&d#e", "https://example.org:8443/x", "https://user-name.example.org/@x", "https://example.org/a%20b"},
		"phone": {"311", "312-660-1370", "+1 (312) 660.1370"}, "lang": {"en", "es", "ar", "zh-Hans", "pt-BR", "hmn", "es-419", "zh-Hant-TW"},
		"slug": {"a", "us-il-chicago", "x_1", "a.b"},
		"page!": {"http://example.org", "javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "//evil.example", "/local", "example.org", "https:///x", "https://",
			"https://u@example.org", "https://u:p@example.org", "https:example.org", "HTTPS://example.org", "https://exa mple.org", "https://example.org\\@evil", "ftp://example.org",
			"https://localhost", "https://a..b", "https://example.org/<x>", "mailto:a@example.org", "tel:311", "https://%zz", "file:///etc/passwd"},
		"phone!": {"12", "call us", "311 or 312", "123456789012345678901", "311;ext=1", "٣١١٣١١"},
		"lang!":  {"english", "EN", "en_US", "zh_Hans", "zh", "i-klingon", "x", "en-us", "", "en-Latin"},
		"slug!":  {"A", "a b", "a/b", "../a", "-a", ".a", "a.", "ä", strings.Repeat("a", 65), "a..b"},
	} {
		name, bad := strings.CutSuffix(key, "!")
		for _, w := range words {
			var f form
			_, ps := source.Read("x.yaml", []byte(name+": '"+w+"'\n"), &f)
			if len(ps) > 1 || (len(ps) == 1) != bad {
				t.Errorf("%s %q: %v", name, w, ps)
			}
		}
	}
}

func TestDidYouMean(t *testing.T) {
	words := []string{"foreign_passport", "consular_id", "name", "phone", "as_of", "email"}
	for in, want := range map[string]string{"forein_passport": "foreign_passport", "Name": "name", "as of": "as_of", "emial": "email", "nmae": "name", "xyz": "", "": "",
		strings.Repeat("name", 100): "", "passport": ""} {
		if got := source.DidYouMean(in, words); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	if source.DidYouMean("name", nil) != "" {
		t.Error("a word out of nothing")
	}
}

func TestPrint(t *testing.T) {
	for _, c := range []struct {
		name string
		p    source.Problem
		want string
	}{
		{"no excerpt", source.Problem{Message: "M.", Hint: "H."}, "M. H.\n"},
		{"no place", source.Problem{Pos: source.Pos{File: "f"}, Message: "M.", Excerpt: "x"}, "f: M.\n"},
		{"wide", source.Problem{Pos: source.Pos{File: "f", Line: 3, Col: 3}, Message: "M.", Excerpt: "市政x"}, "f:3:3: M.\n     3 | 市政x\n       |     ^\n"},
		{"tab", source.Problem{Pos: source.Pos{File: "f", Line: 12, Col: 2}, Message: "M.", Excerpt: "\tx"}, "f:12:2: M.\n    12 |  x\n       |  ^\n"},
		{"accent", source.Problem{Pos: source.Pos{File: "f", Line: 1, Col: 3}, Message: "M.", Excerpt: "e\u0301x"}, "f:1:3: M.\n     1 | e\u0301x\n       |  ^\n"},
		{"escape", source.Problem{Pos: source.Pos{File: "f", Line: 1, Col: 1}, Message: "M.", Excerpt: "\x1b[31m\u202e"}, "f:1:1: M.\n     1 | \uFFFD[31m\uFFFD\n       | ^\n"},
		{"past the end", source.Problem{Pos: source.Pos{File: "f", Line: 1, Col: 99}, Message: "M.", Excerpt: "a"}, "f:1:99: M.\n     1 | a\n       |  ^\n"},
	} {
		var out strings.Builder
		source.Problems{c.p}.Print(&out)
		if out.String() != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, out.String(), c.want)
		}
	}
}

// TestRules: each rule of validator that a field may have is told in our words, at the place of the element that breaks it.
func TestRules(t *testing.T) {
	var form struct {
		Short  string              `yaml:"short" validate:"min=3"`
		Long   string              `yaml:"long" validate:"max=3"`
		Len    string              `yaml:"len" validate:"len=2"`
		Few    []string            `yaml:"few" validate:"min=2"`
		Small  int                 `yaml:"small" validate:"gt=5"`
		Big    source.Fact[int]    `yaml:"big" validate:"lt=5"`
		One    string              `yaml:"one" validate:"oneof=red green"`
		Eq     int                 `yaml:"eq" validate:"eq=1"`
		Start  string              `yaml:"start" validate:"startswith=ab"`
		End    string              `yaml:"end" validate:"endswith=ab"`
		ASCII  string              `yaml:"ascii" validate:"ascii"`
		Other  string              `yaml:"other" validate:"uuid"`
		Map    map[string]string   `yaml:"map" validate:"dive,https_url"`
		Lists  [][]string          `yaml:"lists" validate:"dive,dive,phone"`
		Text   source.Text         `yaml:"text" validate:"max=4"`
		Facts  []source.Fact[int]  `yaml:"facts"`
		Number int                 `yaml:"number" validate:"https_url"`
		Listed source.Fact[[]item] `yaml:"listed" validate:"min=1"`
	}
	_, ps := source.Read("x.yaml", []byte(`short: ab
long: abcd
len: abc
few: [a]
small: 5
big: {is: 5, but: [6]}
one: gren
eq: 2
start: xx
end: xx
ascii: é
other: zz
map: {a: https://a.example, b: nowhere}
lists: [[311], [1]]
text: {en: short, es: ok}
facts: [1, unknown, x]
number: 3
listed: none
`), &form)
	want := []string{
		"x.yaml:1:8: `short` must have at least 3 characters, but this is \"ab\". Write 3 characters or more. [value]",
		"x.yaml:2:7: `long` must have at most 3 characters, but this is \"abcd\". Write 3 characters or fewer. [value]",
		"x.yaml:3:6: `len` must have exactly 2 characters, but this is \"abc\". [value]",
		"x.yaml:4:6: `few` must have at least 2 entries, but this is a list of 1. Write 2 entries or more. [value]",
		"x.yaml:5:8: `small` must be more than 5, but this is \"5\". [value]",
		"x.yaml:6:11: `big` must be less than 5, but this is \"5\". [value]",
		"x.yaml:6:20: Entry 1 of `but` must be less than 5, but this is \"6\". [value]",
		"x.yaml:7:6: `one` cannot be \"gren\". Did you mean \"green\"? Allowed: red, green. [value]",
		"x.yaml:8:5: `eq` must be 1, but this is \"2\". Write 1. [value]",
		"x.yaml:9:8: `start` must begin with \"ab\", but this is \"xx\". [value]",
		"x.yaml:10:6: `end` must end with \"ab\", but this is \"xx\". [value]",
		"x.yaml:11:8: `ascii` must have plain letters and digits only, but this is \"é\". [value]",
		"x.yaml:12:8: `other` is not in the form that is needed here: \"zz\". Compare it with the example that `fairnotice schema` gives. [value]",
		"x.yaml:13:32: `b` must be a whole web address, but this is \"nowhere\". Write, for example, https://www.example.gov/help. [value]",
		"x.yaml:14:17: Entry 1 of `lists` must be a phone number of 3 to 20 digits, but this is \"1\". Write digits, spaces and + - ( ) only, such as 312-555-0100 or +1 312 555 0100. [value]",
		"x.yaml:15:12: `en` must have at most 4 characters, but this is \"short\". Write 4 characters or fewer. [value]",
		"x.yaml:16:21: Entry 3 of `facts` must be a whole number, but this is \"x\". Write digits only, such as 1. If nobody knows, write unknown. [wrong-type]",
		"x.yaml:17:9: `number` cannot be judged by this rule. [value]",
	}
	got := strings.Split(ps.Error(), "\n")
	for i := range max(len(got), len(want)) {
		g, w := "", ""
		if i < len(got) {
			g = got[i]
		}
		if i < len(want) {
			w = want[i]
		}
		if g != w {
			t.Errorf("got  %s\nwant %s", g, w)
		}
	}
}
