package render

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"

	"fairnotice/locales"
)

// A text message is cut off where a network, a telephone or a program for many messages likes. So it holds only sentences that may stand
// alone: each says what is kept, how long, who asked, what a court can do, or what the reader can do. A sentence that comforts, and is
// right only together with the next ("In person, you get your papers back." before "Your name stays"), is left out; the next then names
// the way ("In person: Your name stays").

// TextMessage is a short text, and what it costs to send. A network writes each part of it in one of two alphabets: in GSM-7 (3GPP TS
// 23.038, section 6.2.1 with its extension table) a part holds 160 letters, or 153 where there are several; one letter outside that
// alphabet puts the whole message into UCS-2, where a part holds 70, or 67. No letter is replaced to save a part.
type TextMessage struct {
	Text     string
	Alphabet string // "GSM-7" or "UCS-2"
	Units    int    // as the network counts: a letter of the extension table counts as two, and so does one beyond U+FFFF
	Parts    int    // how many messages are sent and paid for
	Costly   []rune // the letters that GSM-7 has not, each once, in order; empty in GSM-7
}

// SMS makes the text message of a notice: a line for each sentence, first the program's name, the date and the title. page is the
// address of the notice on the web, which is said at once; it may be "". Only the kinds before and at-upload are made to be sent.
func SMS(c *locales.Catalog, n *locales.Notice, page string) (TextMessage, error) {
	return sms(c, n, page)
}

func sms(c phrases, n *locales.Notice, page string) (TextMessage, error) {
	if why := n.Kind.NotByText(); why != "" {
		return TextMessage{}, fmt.Errorf("the kind %s is not sent as a text message: %s", n.Kind, why)
	}
	l := newLayouter(n.Language, comma(n.Language)) // the point that other forms put between things would cost 90 letters a part
	m := &messenger{rtl: n.Direction == "rtl", comma: l.between}
	if name := clean(n.Name.Text); name != "" && !strings.Contains(n.Title, name) {
		m.line(para{{Run: show(n.Name), Has: true}})
	}
	head := l.para(n.Title)
	if n.Edition.Date != "" {
		head.text(" ")
		head.runs([]locales.Run{{Text: n.Edition.Date, Dir: "auto"}})
		head[len(head)-1].Run.Round = true
	}
	m.line(head)
	if page != "" {
		first, err := c.Phrase(n.Language, "ui.read_first")
		if err != nil {
			return TextMessage{}, err
		}
		p := l.para(first)
		p.text(l.colon)
		p.runs([]locales.Run{{Text: page, Dir: "ltr"}})
		m.line(p)
	}
	if s := clean(n.OfficeWords); s != "" {
		m.line(para{{Before: s}})
	}
	facts, last := shortFacts(n)
	for _, s := range append(facts, last...) {
		b := l.stated(&s.Statement, true)
		if s.way != "" {
			way, err := c.Phrase(n.Language, "word.contact."+s.way)
			if err != nil {
				return TextMessage{}, err
			}
			p := l.para(way)
			p.text(l.colon)
			b.Para = append(p, b.Para...)
		}
		m.block(b)
	}
	return CountText(strings.TrimSuffix(m.buf.String(), "\n")), nil
}

// comforts are the sentences of the key facts that a text message leaves out: some would comfort alone, and the others say what the
// program is.
var comforts = []string{
	"key.seen.", "key.none.", "key.asked.none", "key.answer.declined", "key.answer.objected", "key.answer.quashed", "key.answer.withdrawn",
	"key.program", "key.free",
}

// ways are the sentences, further down, that say which way leaves fewer records, or that there is none.
var ways = []string{"do.way.in_person", "do.way.online", "do.way.mail", "do.way.phone", "do.way.kiosk", "do.way.from_others", "do.way.none", "do.way.unknown"}

// short is a statement of a text message. way is the way to apply that the sentence before it names, where that one is left out: in_person,
// mail or phone.
type short struct {
	locales.Statement
	way string
}

// shortFacts gives the statements of a notice that a text message holds: what there is to know, then what there is to do.
func shortFacts(n *locales.Notice) (facts, last []short) {
	way := ""
	for _, sec := range n.Sections {
		for _, g := range sec.Groups {
			for _, s := range g.Statements {
				id := strings.TrimSuffix(s.Message, "@office")
				isOne := func(of string) bool { return id == of || strings.HasPrefix(id, strings.TrimSuffix(of, ".")+".") }
				of := way
				way = ""
				switch {
				case sec.Layer == 1 && slices.ContainsFunc(comforts, isOne):
					if k, ok := strings.CutPrefix(id, "key.seen."); ok && slices.Contains([]string{"in_person", "mail", "phone"}, k) {
						way = k
					}
				case sec.Layer == 1 && id == "key.lawyer":
					last = append(last, short{Statement: s})
				case sec.Layer == 1 && isOne("key.leftover"):
					facts = append(facts, short{s, of})
				case sec.Layer == 1:
					facts = append(facts, short{Statement: s})
				case slices.ContainsFunc(ways, func(w string) bool { return id == w || strings.HasPrefix(id, "do.way.none.") }):
					last = slices.Insert(last, 0, short{Statement: s})
				}
			}
		}
	}
	return facts, last
}

// spaces are for pages with margins: nobody sees in a text message that two words are kept together, and it would cost 90 letters a part.
var spaces = strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u200b", "")

// messenger writes paragraphs as lines, without wrapping them. Values are isolated as in plain text.
type messenger struct {
	buf   strings.Builder
	rtl   bool
	comma string
}

func (m *messenger) line(p para) {
	for _, pc := range p {
		m.buf.WriteString(spaces.Replace(pc.Before))
		if !pc.Has {
			continue
		}
		open, end := isolate(pc.Run, m.rtl), ""
		if open != "" {
			end = "\u2069"
		}
		if pc.Run.Round {
			open, end = "("+open, end+")"
		}
		m.buf.WriteString(open + pc.Run.Text + end)
	}
	m.buf.WriteByte('\n')
}

// block writes a sentence with its things: those after a colon on its line, and what is said about them after it.
func (m *messenger) block(b block) {
	p := b.Para
	add := func(list []para) {
		for i, q := range list {
			if i > 0 {
				p.text(m.comma)
			} else {
				p.text(" ")
			}
			p = append(p, q...)
		}
	}
	add(b.List)
	m.line(p)
	for _, more := range b.More {
		p = more.Para
		add(more.List)
		m.line(p)
	}
}

// gsm7 is the default alphabet, without its escape character; gsm7Extra is the extension table, each letter of which counts as two.
const (
	gsm7 = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
		"¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
	gsm7Extra = "\f^{}\\[~]|€"
)

// CountText counts a text as networks do. A letter that takes two units is never divided between two parts.
func CountText(text string) TextMessage {
	m := TextMessage{Text: text, Alphabet: "GSM-7"}
	for _, r := range text {
		if !strings.ContainsRune(gsm7, r) && !strings.ContainsRune(gsm7Extra, r) && !slices.Contains(m.Costly, r) {
			m.Costly = append(m.Costly, r)
		}
	}
	one, each := 160, 153
	size := func(r rune) int {
		if strings.ContainsRune(gsm7Extra, r) {
			return 2
		}
		return 1
	}
	if len(m.Costly) > 0 {
		m.Alphabet, one, each = "UCS-2", 70, 67
		size = func(r rune) int { return max(1, utf16.RuneLen(r)) }
	}
	for _, r := range text {
		m.Units += size(r)
	}
	switch {
	case m.Units == 0:
		return m
	case m.Units <= one:
		m.Parts = 1
		return m
	}
	room := 0
	for _, r := range text {
		if n := size(r); room < n {
			m.Parts++
			room = each - n
		} else {
			room -= n
		}
	}
	return m
}

// Says tells whoever sends the message, in whole sentences, what it costs and which letters make it long.
func (m TextMessage) Says() []string {
	out := []string{fmt.Sprintf("This text message is sent in %s.", partsOf(m.Parts))}
	if len(m.Costly) == 0 {
		return out
	}
	const most = 12
	var letters []string
	beyond := 0 // letters of another script than Latin
	for _, r := range m.Costly {
		if !isInvisible(r) {
			letters = append(letters, string(r))
		}
		if unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) {
			beyond++
		}
	}
	which := strings.Join(letters[:min(most, len(letters))], " ")
	if more := len(letters) - most; more > 0 {
		which += fmt.Sprintf(" and %d more", more)
	}
	out = append(out, "A part holds 70 letters here, and not 160, because of letters that the plain alphabet of text messages has not: "+which+".")
	if beyond == 0 {
		plain := CountText(strings.Map(func(r rune) rune {
			if slices.Contains(m.Costly, r) {
				return 'x'
			}
			return r
		}, m.Text))
		if plain.Parts < m.Parts {
			out = append(out, fmt.Sprintf("Without them it would be %s. Do not leave marks off a letter to save money: it can become another word.", partsOf(plain.Parts)))
		}
	}
	return out
}

func partsOf(n int) string {
	if n == 1 {
		return "1 part"
	}
	return fmt.Sprintf("%d parts", n)
}

// isInvisible says that a letter cannot be shown by itself.
func isInvisible(r rune) bool {
	return r == '\u00a0' || r == '\u202f' || r >= '\u200b' && r <= '\u200f' || r >= '\u2066' && r <= '\u2069'
}
