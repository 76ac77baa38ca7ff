package render

import (
	"io"
	"strings"

	"fairnotice/locales"
)

// ReadAloud writes a notice for somebody who reads it to others, an interpreter or a helper, and for a telephone line that speaks:
//
//   - one sentence on a line, and one thing of a list on a line, each short enough for one breath;
//   - a heading stands alone, with one empty line after it and two before: there the reader stops;
//   - a telephone number is written digit by digit, in its groups: 3 1 2, 5 5 5, 0 1 4 2;
//   - a web or mail address is written as it is said, without what comes before its name: example.org/help;
//   - dates and numbers are those of the language, as in every other form.
//
// Every word is the notice's own; nothing is left out, and nothing is added. Values are isolated where the text or the value runs from
// right to left.
func ReadAloud(w io.Writer, n *locales.Notice) error {
	a := &reader{rtl: n.Direction == "rtl"}
	if name := clean(n.Name.Text); name != "" && !strings.Contains(n.Title, name) {
		a.say(para{{Run: show(n.Name), Has: true}})
	}
	a.say(para{{Before: clean(n.Title)}})
	if n.Edition.Date != "" { // the first digits of the digest are for looking up, and no use to the ear
		a.say(para{{Run: run{Text: clean(n.Edition.Date)}, Has: true}})
	}
	if s := clean(n.OfficeWords); s != "" {
		a.say(para{{Before: s}})
	}
	for _, s := range newLayouter(n.Language, comma(n.Language)).lay(n) {
		a.heading(s.Heading, 2)
		a.say(s.Answer)
		for _, b := range s.Blocks {
			a.block(b)
		}
	}
	_, err := io.WriteString(w, a.buf.String())
	return err
}

type reader struct {
	buf strings.Builder
	rtl bool
}

// heading stands alone between pauses.
func (a *reader) heading(p para, before int) {
	for range before {
		a.buf.WriteByte('\n')
	}
	a.say(p)
	a.buf.WriteByte('\n')
}

func (a *reader) block(b block) {
	if b.Head {
		a.heading(b.Para, 1)
		return
	}
	a.say(b.Para)
	for _, p := range b.List {
		a.say(p)
	}
	for _, m := range b.More {
		a.say(m.Para)
		for _, p := range m.List {
			a.say(p)
		}
	}
	for _, f := range b.Facts {
		a.block(f)
	}
}

// say writes a paragraph, a sentence on each line. Sentences end in the words of the catalogue alone: a full stop in a name or an address
// ends none.
func (a *reader) say(p para) {
	if len(p) == 0 {
		return
	}
	start := true // of a line
	for _, pc := range p {
		words := strings.ReplaceAll(pc.Before, "\u200b", "")
		for {
			if start {
				words = strings.TrimLeft(words, " ")
			}
			i := sentenceEnd(words, pc.Has)
			if i < 0 {
				break
			}
			a.buf.WriteString(words[:i] + "\n")
			words, start = words[i:], true
		}
		if start {
			words = strings.TrimLeft(words, " ")
		}
		a.buf.WriteString(words)
		start = start && words == ""
		if !pc.Has {
			continue
		}
		start = false
		v := pc.Run
		v.Text = spoken(v)
		v.Round = v.Round && words == " " // what belongs to the words before, as a citation does; a day is a thing of its own
		open, end := isolate(v, a.rtl), ""
		if open != "" {
			end = "\u2069"
		}
		if v.Round {
			open, end = "("+open, end+")"
		}
		a.buf.WriteString(open + v.Text + end)
	}
	if !start {
		a.buf.WriteByte('\n')
	}
}

// sentenceEnd gives where the first sentence ends that something follows, or -1. The catalogue has no abbreviations.
func sentenceEnd(s string, more bool) int {
	for i, r := range s {
		if !strings.ContainsRune(".?!؟۔।॥。？！።፧", r) {
			continue
		}
		end := i + len(string(r))
		rest := strings.TrimLeft(s[end:], "\"'”’»)）」』")
		end = len(s) - len(rest)
		if rest == "" && more || rest != "" && (rest[0] == ' ' || r >= 0x3000) {
			return end
		}
	}
	return -1
}

// spoken is a value as it is said.
func spoken(v run) string {
	switch {
	case v.Tel != "", strings.HasPrefix(v.Else, "sms:"):
		return digitByDigit(v.Text)
	case v.Web != "" && strings.Contains(v.Text, v.Web):
		return strings.TrimSuffix(strings.Replace(v.Text, "https://", "", 1), "/")
	}
	return v.Text
}

// digitByDigit writes the digits of a number apart, and its groups after commas. A number that is written without groups gets those of
// its country, or groups of three.
func digitByDigit(number string) string {
	var groups []string
	fresh := true
	for _, r := range number {
		switch {
		case r >= '0' && r <= '9':
			if fresh {
				groups = append(groups, "")
			}
			groups[len(groups)-1] += string(r)
			fresh = false
		case strings.ContainsRune(" -().:/", r):
			fresh = true
		default: // a plus, or a word such as ext
			if fresh || len(groups) == 0 {
				groups = append(groups, "")
			}
			groups[len(groups)-1] += string(r)
			fresh = false
		}
	}
	if len(groups) == 1 {
		groups = grouped(groups[0])
	}
	for i, g := range groups {
		var b strings.Builder
		var last rune
		for _, r := range g {
			if last != 0 && (isDigit(r) || isDigit(last)) && !(last == '+') {
				b.WriteByte(' ')
			}
			b.WriteRune(r)
			last = r
		}
		groups[i] = b.String()
	}
	return strings.Join(groups, ", ")
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// grouped cuts a number that is written in one piece.
func grouped(s string) []string {
	var cuts []int
	switch digits := strings.TrimPrefix(s, "+"); {
	case strings.Trim(digits, "0123456789") != "" || len(digits) <= 4:
		return []string{s}
	case len(digits) == 7:
		cuts = []int{3}
	case len(digits) == 10:
		cuts = []int{3, 6}
	case len(digits) == 11 && digits[0] == '1':
		cuts = []int{1, 4, 7}
	default:
		for i := 3; i < len(digits); i += 3 {
			cuts = append(cuts, i)
		}
	}
	plus := len(s) - len(strings.TrimPrefix(s, "+"))
	var out []string
	from := 0
	for _, c := range cuts {
		out = append(out, s[from:c+plus])
		from = c + plus
	}
	return append(out, s[from:])
}
