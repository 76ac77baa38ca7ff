package locales

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"fairnotice/notices"
)

// The pseudo-languages are English made strange, for the test of layouts before a translation is there: PseudoLong is two fifths
// longer, with letters that stand tall and low, between brackets that show where a text was cut; PseudoRTL is written from right to
// left, in Arabic letters, and is as long as the English. Neither is in the table of languages: nobody reads in them, no file of a
// program names them and no edition holds them.
const (
	PseudoLong = "en-XA"
	PseudoRTL  = "ar-XB"
)

// IsPseudo tells the tag of a pseudo-language.
func IsPseudo(tag string) bool { return tag == PseudoLong || tag == PseudoRTL }

// strange gives the text of a pseudo-language. Digits and signs stay.
func strange(tag, s string) string {
	if s == "" {
		return ""
	}
	if tag == PseudoRTL {
		return strings.Map(func(r rune) rune { return swap(r, arabicFor) }, s)
	}
	var b strings.Builder
	b.WriteString("⟦")
	b.WriteString(strings.Map(func(r rune) rune { return swap(r, tallFor) }, strings.TrimRight(s, ".:?")))
	for more, pad := (2*utf8.RuneCountInString(s)+4)/5, []rune(" ñóñé"); more > 0; more -= len(pad) {
		b.WriteString(string(pad[:max(2, min(len(pad), more))]))
	}
	b.WriteString("⟧")
	b.WriteString(s[len(strings.TrimRight(s, ".:?")):])
	return b.String()
}

const plainLetters = "abcdefghijklmnopqrstuvwxyz"

var (
	tallFor   = []rune("áƀçđéƒğĥíĵķļɱñóƥɋřšţúṽŵẍýž")
	arabicFor = []rune("ابثدعفجهيخكلمنوپقرستؤڤىشغز")
)

func swap(r rune, for_ []rune) rune {
	if i := strings.IndexRune(plainLetters, r|0x20); i >= 0 && r < 0x80 && r > 0x40 {
		return for_[i]
	}
	return r
}

// sayPseudo says a notice in English and makes it strange: every sentence, heading, label and name that has words. Phones, addresses
// and citations stay as they are, as they do in every language.
func (c *Catalog) sayPseudo(n *notices.Notice, tag string) (*Notice, error) {
	out, err := c.Say(n, "en")
	if err != nil {
		return nil, fmt.Errorf("a pseudo-language is made from English: %w", err)
	}
	out.Language, out.Direction, out.Translation = tag, "ltr", Translation{State: "draft"}
	if tag == PseudoRTL {
		out.Direction = "rtl"
	}
	to := func(s *string) { *s = strange(tag, *s) }
	to(&out.Title)
	to(&out.OfficeWords)
	to(&out.Name.Text)
	for k, s := range out.Titles {
		out.Titles[k] = strange(tag, s)
	}
	values := func(vs []Value) {
		for i := range vs {
			v := &vs[i]
			to(&v.Label)
			for j := range v.Runs {
				if r := &v.Runs[j]; r.Dir == "auto" {
					to(&r.Text)
					v.Text[j] = r.Text
				}
			}
		}
	}
	for i := range out.Sections {
		s := &out.Sections[i]
		to(&s.Heading)
		values(s.Values)
		for j := range s.Groups {
			g := &s.Groups[j]
			to(&g.Heading)
			values(g.Values)
			for k := range g.Statements {
				to(&g.Statements[k].Text)
				values(g.Statements[k].Values)
			}
		}
	}
	return out, nil
}
