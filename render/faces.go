package render

import (
	"slices"
	"strings"

	"fairnotice/locales"
)

// faces is, for each family of typefaces that the tables of languages name, the fonts that systems have for it. latin is the page's own
// (Latin, Cyrillic and Greek letters), and what stands in no other.
var faces = map[string]string{
	"latin":      `system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Helvetica Neue",Arial,sans-serif`,
	"naskh":      `system-ui,-apple-system,"Segoe UI","Geeza Pro","Noto Sans Arabic","Noto Naskh Arabic",Tahoma,Arial,sans-serif`,
	"nastaliq":   `"Noto Nastaliq Urdu","Jameel Noori Nastaleeq","Urdu Typesetting","Noto Naskh Arabic",Tahoma,sans-serif`,
	"devanagari": `system-ui,-apple-system,"Nirmala UI","Noto Sans Devanagari",sans-serif`,
	"hans":       `system-ui,-apple-system,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif`,
	"hant":       `system-ui,-apple-system,"PingFang TC","Microsoft JhengHei","Noto Sans CJK TC","Noto Sans TC",sans-serif`,
	"hangul":     `system-ui,-apple-system,"Apple SD Gothic Neo","Malgun Gothic","Noto Sans CJK KR","Noto Sans KR",sans-serif`,
	"japanese":   `system-ui,-apple-system,"Hiragino Sans","Yu Gothic","Noto Sans CJK JP","Noto Sans JP",sans-serif`,
	"ethiopic":   `system-ui,"Nyala","Kefa","Noto Sans Ethiopic",sans-serif`,
	"bengali":    `system-ui,"Nirmala UI","Noto Sans Bengali",sans-serif`,
	"gujarati":   `system-ui,"Nirmala UI","Noto Sans Gujarati",sans-serif`,
	"gurmukhi":   `system-ui,"Nirmala UI","Noto Sans Gurmukhi",sans-serif`,
	"myanmar":    `system-ui,"Myanmar Text","Noto Sans Myanmar",sans-serif`,
	"khmer":      `system-ui,"Leelawadee UI","Noto Sans Khmer",sans-serif`,
	"tamil":      `system-ui,"Nirmala UI","Noto Sans Tamil",sans-serif`,
	"telugu":     `system-ui,"Nirmala UI","Noto Sans Telugu",sans-serif`,
	"malayalam":  `system-ui,"Nirmala UI","Noto Sans Malayalam",sans-serif`,
	"thai":       `system-ui,"Leelawadee UI","Noto Sans Thai",sans-serif`,
	"lao":        `system-ui,"Leelawadee UI","Noto Sans Lao",sans-serif`,
	"armenian":   `system-ui,"Segoe UI","Noto Sans Armenian",sans-serif`,
	"georgian":   `system-ui,"Segoe UI","Noto Sans Georgian",sans-serif`,
	"hebrew":     `system-ui,"Segoe UI","Arial Hebrew","Noto Sans Hebrew",Arial,sans-serif`,
}

// dense is the family for what has to be short, where the family of the language itself is tall: the key facts in Urdu, whose Nastaliq
// takes half as much height again.
var dense = map[string]struct{ face, line string }{"nastaliq": {"naskh", "1.8"}}

// further is what a family needs beside its fonts: Korean has spaces between words, and a word is not torn where a line ends.
var further = map[string]string{"hangul": ";word-break:keep-all"}

// tall is, for families whose letters reach far above and below their line, what keeps them whole where a page of paper ends: room inside
// each paragraph, which goes with it to the next page as a margin does not. The letters are a little smaller: these look larger than others
// of the same size.
var tall = map[string]struct{ size, line, above, below string }{"nastaliq": {"10.5pt", "2.15", ".65em", ".25em"}}

// typography writes the rules of the style sheet that depend on a language, from the tables of languages alone. A row's face and line
// are all that a new language needs. Every element that says its language has the face; --fn-l is the height of a line, which
// notice.css uses for paragraphs and, a little less, for headings.
func typography() string {
	base, _ := locales.Find("en")
	var b strings.Builder
	// What is in no particular language, or is Latin letters inside another script (a name, a phone number, a citation), has the page's own
	// face; so has the list of other languages, whose rows would otherwise inherit the face of the page's language.
	b.WriteString(":root,.fn-also{--fn-l:" + base.Line + "}\n.fn-page,.fn-also,bdi[dir=ltr],bdi[lang|=" + base.Tag + "],.fn-main li::marker{font-family:" + faces[base.Face] + "}\n")
	b.WriteString(languageRules(""))
	// On paper, the page of all languages says of the others that they are there: not of the one that is chosen.
	var chosen []string
	for _, l := range locales.Languages() {
		chosen = append(chosen, ".fn-langs:has(>[lang="+l.Tag+"][open])~.fn-also>[lang="+l.Tag+"]")
	}
	b.WriteString(strings.Join(slices.Compact(chosen), ",") + "{display:none}\n")
	for _, l := range locales.Languages() {
		if t, ok := tall[l.Face]; ok {
			part := "[lang|=" + l.Tag + "].fn-part"
			b.WriteString("@media print{" + part + "{font-size:" + t.size + ";--fn-l:" + t.line + "}" + part + " :is(p,li,h1,h2,h3,h4,.fn-answer):not(.fn-key *){padding-block:" +
				t.above + " " + t.below + ";margin-block:0;box-decoration-break:clone}}\n")
		}
	}
	return b.String()
}

// Typography is the same for what stands in somebody else's page: every rule begins with a selector, and changes nothing outside of it.
func Typography(within string) string {
	base, _ := locales.Find("en")
	return within + "{--fn-l:" + base.Line + "}\n" + within + "," + within + " bdi[dir=ltr]," + within + " bdi[lang|=" + base.Tag + "]{font-family:" + faces[base.Face] + "}\n" + languageRules(within+" ")
}

// languageRules writes the rules of every language that has not the page's own face and height of a line; each selector begins with within.
func languageRules(within string) string {
	base, _ := locales.Find("en")
	type kind struct{ face, line string }
	var order []kind
	tags := map[kind][]string{}
	for _, l := range locales.Everywhere() {
		k := kind{l.Face, l.Line}
		if tags[k] == nil {
			order = append(order, k)
		}
		tags[k] = append(tags[k], l.Tag)
	}
	var b strings.Builder
	write := func(selectors []string, face, line string) {
		b.WriteString(strings.Join(selectors, ",") + "{")
		if face != base.Face {
			b.WriteString("font-family:" + faces[face] + ";")
		}
		if line != base.Line || face != base.Face {
			b.WriteString("--fn-l:" + line)
		}
		b.WriteString(further[face])
		b.WriteString("}\n")
	}
	for _, k := range order {
		if k == (kind{base.Face, base.Line}) {
			continue
		}
		selectors, short := []string{}, []string{}
		for _, tag := range tags[k] {
			selectors = append(selectors, within+"[lang|="+tag+"]")
			short = append(short, within+"[lang|="+tag+"] .fn-key")
		}
		write(selectors, k.face, k.line)
		if d, ok := dense[k.face]; ok {
			write(short, d.face, d.line)
		}
	}
	return b.String()
}

// Style is the style sheet of every page of a notice.
func Style() (string, error) {
	set, err := templates()
	if err != nil {
		return "", err
	}
	return set.css, nil
}
