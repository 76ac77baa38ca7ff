package render

import (
	"bytes"
	"strings"

	"fairnotice/locales"
	"fairnotice/notices"
)

// Gate is what stands before an upload in one language: the key facts, the sentences that a reader confirms with one tick, and the words
// around them. Whoever shows it keeps the upload closed until they are confirmed. Its texts are plain: what writes them into HTML
// escapes them.
type Gate struct {
	Lang, Dir          string // a tag, and ltr or rtl
	Own, English       string // the names of the language; English is "" where it is the same
	Title              string // of the key facts, which stand at the upload
	WholeTitle         string // of the whole notice
	Program            string
	ProgramLang        string   // "" where nobody says it
	Key                []string // the key facts as sentences; each value is isolated for direction by U+2068 and U+2069 where it needs it
	Tick               []string // the lines of the one tick, in order; it is no consent to sharing (N15)
	Office             string   // that the office wrote some of the words itself; "" where it did not
	Draft              string   // that nobody has reviewed the words; "" where somebody has
	EditionLabel, Date string   // "Edition: ", and its day
	Short              string   // four hex digits, for people
	IDLabel            string   // "Check number: ", which stands before the edition's id

	// The words around it: ui.languages, ui.read_first and so on.
	Languages, ReadFirst, GoOn, Onward, Closed, Open, Refused, Changed, Exit string

	// The words of a receipt, ui.receipt and what follows it, and "Week: ".
	Receipt, ReceiptWhat, ReceiptSame, ReceiptCareful, ReceiptShort, WeekLabel string

	key, whole *locales.Notice
}

// Gates gives the gate in each language of the edition, in its order; none if the edition holds no notice before the first upload.
func (e *Edition) Gates() []Gate { return e.gates }

// KeyHTML is the key facts as the pages have them: one section with the class fn-key. Everything is escaped, and nothing has an id.
func (g *Gate) KeyHTML() []byte { return sectionsHTML(g.key, true) }

// WholeHTML is the whole notice before the first upload as the pages have it: its sections without their title, folded.
func (g *Gate) WholeHTML() []byte { return sectionsHTML(g.whole, false) }

// NotYetHTML is the chips of the languages that the edition is not in, behind one fold, as the page of all languages has them.
func (e *Edition) NotYetHTML() ([]byte, error) {
	set, err := templates()
	if err != nil {
		return nil, err
	}
	var before []*locales.Notice
	for i := range e.gates {
		before = append(before, e.gates[i].whole)
	}
	p := page{Yet: notYetIn(before, interpreterOf(e.Notices))}
	p.Few = p.Yet[:min(fewNames, len(p.Yet))]
	var b bytes.Buffer
	err = set.ExecuteTemplate(&b, "yet", &p)
	return b.Bytes(), err
}

// sectionsHTML writes the sections of a notice; headings begin at h3, for what is around them has a title of its own.
func sectionsHTML(n *locales.Notice, keyOnly bool) []byte {
	secs := lay(n)
	for i := range secs {
		if keyOnly && secs[i].Layer != 1 {
			secs = secs[:i]
			break
		}
	}
	b := newBody(true)
	b.notice(secs, false)
	return b.b
}

// newGate makes the gate of one language; atUpload is nil where the edition has no key facts of their own.
func newGate(c phrases, before, atUpload *locales.Notice) (Gate, error) {
	p, err := newPart(c, before, true, pageOptions{})
	if err != nil {
		return Gate{}, err
	}
	say := func(id string) string {
		s, e := c.Phrase(before.Language, id)
		if e != nil && err == nil {
			err = e
		}
		return clean(s)
	}
	if atUpload == nil {
		atUpload = before
	}
	g := Gate{Lang: p.Lang, Dir: p.Dir, Own: p.Own, English: p.English, Title: clean(atUpload.Title), WholeTitle: p.Title,
		Program: clean(before.Name.Text), ProgramLang: safeTag(before.Name.Lang), Key: keySentences(atUpload), Tick: []string{say("tick.read")},
		Office: p.Office, Draft: p.Draft, EditionLabel: p.EditionLabel, Date: p.Date, Short: p.Short, IDLabel: p.IDLabel,
		Languages: p.Back, ReadFirst: say("ui.read_first"), GoOn: say("ui.go_on"), Onward: say("ui.onward"), Closed: say("ui.upload_closed"),
		Open: say("ui.upload_open"), Refused: say("ui.refused"), Changed: say("ui.changed"), Exit: say("ui.exit"),
		Receipt: say("ui.receipt"), ReceiptWhat: say("ui.receipt.what"), ReceiptSame: say("ui.receipt.same"), ReceiptCareful: say("ui.receipt.careful"),
		ReceiptShort: say("ui.receipt.short"), WeekLabel: say("ui.week") + labelColon(before.Language), key: atUpload, whole: before}
	// The sentence about sharing leads on from the one about storing; where the notice does not say that the office stores what is sent, it
	// stands alone.
	if says(before, "tick.stored") {
		g.Tick = append(g.Tick, say("tick.stored"), say("tick.no_permission"))
	} else {
		g.Tick = append(g.Tick, say("tick.no_permission.sent"))
	}
	return g, err
}

// says reports whether a notice has a statement of a message.
func says(n *locales.Notice, message string) bool {
	for i := range n.Sections {
		for _, g := range n.Sections[i].Groups {
			for _, s := range g.Statements {
				if s.Message == message {
					return true
				}
			}
		}
	}
	return false
}

// gatesOf makes the gates of an edition, whose digest is known.
func (e *Edition) gatesOf(c phrases) error {
	for _, tag := range e.Languages() {
		before := e.Notice(notices.Before, tag)
		if before == nil {
			continue
		}
		g, err := newGate(c, before, e.Notice(notices.AtUpload, tag))
		if err != nil {
			return err
		}
		e.gates = append(e.gates, g)
	}
	return nil
}

// keySentences gives the key facts as one sentence each: what pages show as a list below a sentence stands on its line.
func keySentences(n *locales.Notice) []string {
	rtl := n.Direction == "rtl"
	var out []string
	add := func(ps ...para) {
		var b strings.Builder
		for i, p := range ps {
			if i == 1 {
				b.WriteString(" ")
			} else if i > 1 {
				b.WriteString(" · ")
			}
			b.WriteString(sentenceOf(p, rtl))
		}
		if b.Len() > 0 {
			out = append(out, b.String())
		}
	}
	fact := func(k *block) {
		line := append([]para{k.Para}, k.List...)
		for i := range k.More {
			line = append(append(line, k.More[i].Para), k.More[i].List...)
		}
		add(line...)
	}
	for _, s := range lay(n) {
		if s.Layer != 1 {
			break
		}
		for i := range s.Blocks {
			if b := &s.Blocks[i]; len(b.Facts) == 0 {
				fact(b)
			}
			for j := range s.Blocks[i].Facts {
				fact(&s.Blocks[i].Facts[j])
			}
		}
	}
	return out
}

// sentenceOf writes a paragraph as plain text, its values isolated as in the other plain texts.
func sentenceOf(p para, rtl bool) string {
	var b strings.Builder
	for i := range p {
		b.WriteString(p[i].Before)
		if !p[i].Has {
			continue
		}
		r := &p[i].Run
		iso := isolate(*r, rtl)
		if r.Round {
			b.WriteByte('(')
		}
		b.WriteString(iso + r.Text)
		if iso != "" {
			b.WriteString("\u2069")
		}
		if r.Round {
			b.WriteByte(')')
		}
	}
	return b.String()
}
