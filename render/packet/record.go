package packet

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fairnotice/notices"
	"fairnotice/notices/source"
	"fairnotice/render"
)

// Record says what was sent for review: the texts with their numbers, and what else the next packet compares. It lies in x/review/ beside
// a program file x.yaml, and is called like the edition, [RecordName].
//
// The file is UTF-8 with LF. Fields are separated by one blank, what follows a TAB is words:
//
//	notice-sent/v1
//	sent 2026-11-27
//	as-of 2025-06-14
//	fairnotice-edition/v1 …            the lines whose SHA-256 is the edition digest
//	law ID sha256:… TAB title          each ground of a review, in order
//	demand ID sha256:… TAB title
//	row PHASE HOLDER ITEM DEMAND TAB words    each exposure, sorted
//	kind before 1 2 3 …                the numbers of the statements of a kind, in reading order
//	words es                           then, for each number in turn, what stands in the canonical text:
//	1 TAB id TAB text
//	TAB name TAB text
//
// A text is put together again from its kind and its language, and held against its digest: a record in which one letter was changed is
// refused.
type Record struct {
	Program source.ID
	Number  int
	Digest  string // of the edition
	AsOf    source.Day
	Sent    source.Day
	Lines   []byte // of the edition digest
	Texts   []Text
	Grounds []Ground
	Rows    []Exposure // sorted
	Numbers map[notices.Kind][]int
	Blocks  map[string][]Block // by language; Blocks[l][n-1] has number n
}

// Block is one numbered statement in one language.
type Block struct {
	render.CanonicalLine
	Bytes []byte // as it stands in the canonical text
}

// Exposure is a row of the table of exposure, in words that stay the same as long as it does.
type Exposure struct{ Phase, Holder, Item, Demand, Words string }

func (x Exposure) key() string { return x.Phase + " " + x.Holder + " " + x.Item + " " + x.Demand }

// RecordName is the name of an edition's record: ed-, twelve hex digits of its digest, and .sent.
func RecordName(digest string) string { return render.EditionID(digest) + ".sent" }

// MaxRecord is the largest record that is read, in bytes: an edition of thirty languages has room in it.
const MaxRecord = 8 << 20

const recordVersion = "notice-sent/v1"

// Exposures puts the table of exposure into words.
func Exposures(rows []notices.Row) []Exposure {
	out := make([]Exposure, 0, len(rows))
	for _, r := range rows {
		x := Exposure{Phase: string(r.Phase), Holder: string(r.Holder), Item: string(r.Item), Demand: string(r.Demand)}
		if x.Item == "" {
			x.Item = "unknown"
		}
		exists := r.Existence.String()
		if r.Existence.Low != r.Existence.High {
			exists = fmt.Sprintf("unknown (%s to %s)", r.Existence.Low, r.Existence.High)
		}
		barrier := r.Barrier.String()
		if r.WouldBe != notices.NoWouldBe {
			barrier += " (would be " + r.WouldBe.String() + ")"
		}
		x.Words = plain("exists: " + exists + "; barrier: " + barrier + "; told: " + string(r.Told) + "; picked out: " + string(r.Select))
		out = append(out, x)
	}
	slices.SortStableFunc(out, func(a, b Exposure) int { return strings.Compare(a.key(), b.key()) })
	return out
}

// plain makes the words of a vocabulary readable.
func plain(s string) string { return strings.ReplaceAll(s, "_", " ") }

// Record gives the record of a packet.
func (p *Packet) Record() *Record {
	r := &Record{Program: p.Program, Number: p.Edition.Number, Digest: p.Edition.Digest, AsOf: p.Edition.AsOf, Sent: p.Sent, Texts: p.Texts, Grounds: p.Grounds,
		Rows: p.rows, Numbers: map[notices.Kind][]int{}, Blocks: map[string][]Block{}}
	lines := make([]render.TextLine, len(p.Texts))
	for i, t := range p.Texts {
		lines[i] = t.TextLine
	}
	r.Lines = render.EditionLines(p.Program, p.Edition.Number, lines)
	for _, k := range p.Kinds {
		for _, s := range k.Sections {
			for _, g := range s.Groups {
				r.Numbers[k.Kind] = append(r.Numbers[k.Kind], g.Numbers...)
			}
		}
	}
	for _, l := range p.Languages {
		blocks := make([]Block, len(p.Items))
		for _, k := range p.Kinds {
			for _, t := range p.Texts {
				if t.Kind == k.Kind && t.Language == l.Tag {
					for i, b := range cutBlocks(t.Canonical) {
						blocks[r.Numbers[k.Kind][i]-1] = b
					}
				}
			}
		}
		r.Blocks[l.Tag] = blocks
	}
	return r
}

// cutBlocks cuts a canonical text into its statements.
func cutBlocks(canonical []byte) []Block {
	var out []Block
	lines, err := render.ReadCanonical(canonical)
	if err != nil {
		return nil
	}
	for _, line := range lines {
		end := 0
		for n := 0; n <= len(line.Values); n++ {
			end += bytes.IndexByte(canonical[end:], '\n') + 1
		}
		out = append(out, Block{line, canonical[:end:end]})
		canonical = canonical[end:]
	}
	return out
}

// Bytes is the record as a file.
func (r *Record) Bytes() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\nsent %s\nas-of %s\n", recordVersion, r.Sent, r.AsOf)
	b.Write(r.Lines)
	for _, g := range r.Grounds {
		fmt.Fprintf(&b, "%s\t%s\n", g, g.Title)
	}
	for _, x := range r.Rows {
		fmt.Fprintf(&b, "row %s\t%s\n", x.key(), x.Words)
	}
	var kinds []string
	for k := range r.Numbers {
		kinds = append(kinds, string(k))
	}
	slices.Sort(kinds)
	for _, k := range kinds {
		b.WriteString("kind " + k)
		for _, n := range r.Numbers[notices.Kind(k)] {
			b.WriteString(" " + strconv.Itoa(n))
		}
		b.WriteByte('\n')
	}
	var tags []string
	for l := range r.Blocks {
		tags = append(tags, l)
	}
	slices.Sort(tags)
	for _, l := range tags {
		b.WriteString("words " + l + "\n")
		for i, block := range r.Blocks[l] {
			b.WriteString(strconv.Itoa(i+1) + "\t")
			b.Write(block.Bytes)
		}
	}
	return b.Bytes()
}

// Same reports whether another record says the same but for the day on which it was sent.
func (r *Record) Same(o *Record) bool {
	c := *o
	c.Sent = r.Sent
	return bytes.Equal(r.Bytes(), c.Bytes())
}

// ReadRecord reads a record, and holds each text against its digest. The error is a sentence.
func ReadRecord(data []byte) (*Record, error) {
	if len(data) > MaxRecord {
		return nil, fmt.Errorf("a record of what was sent has at most %d bytes, and this file has %d", MaxRecord, len(data))
	}
	r, err := readRecord(string(data))
	if err == nil && !bytes.Equal(r.Bytes(), data) {
		err = errors.New("it is not written as this program writes it")
	}
	if err != nil {
		return nil, fmt.Errorf("this is no whole record of what was sent: %w", err)
	}
	return r, nil
}

func readRecord(data string) (*Record, error) {
	r := &Record{Numbers: map[notices.Kind][]int{}, Blocks: map[string][]Block{}}
	lines := strings.SplitAfter(data, "\n")
	at := 0
	next := func(prefix string) (string, bool) {
		if at < len(lines) && strings.HasPrefix(lines[at], prefix) && strings.HasSuffix(lines[at], "\n") {
			at++
			return strings.TrimSuffix(lines[at-1][len(prefix):], "\n"), true
		}
		return "", false
	}
	if rest, ok := next(recordVersion); !ok || rest != "" {
		return nil, fmt.Errorf("its first line is not %q", recordVersion)
	}
	var err error
	if s, ok := next("sent "); !ok {
		return nil, errors.New("it does not say when it was sent")
	} else if r.Sent, err = source.ParseDay(s); err != nil {
		return nil, err
	}
	if s, ok := next("as-of "); !ok {
		return nil, errors.New("it does not say for which day it holds")
	} else if r.AsOf, err = source.ParseDay(s); err != nil {
		return nil, err
	}
	from := at
	for _, prefix := range []string{"fairnotice-edition/v1", "program ", "edition "} {
		if _, ok := next(prefix); !ok {
			return nil, errors.New("the lines of its edition are missing")
		}
	}
	for ok := true; ok; {
		_, ok = next("text ")
	}
	r.Lines = []byte(strings.Join(lines[from:at], ""))
	var texts []render.TextLine
	if r.Program, r.Number, texts, err = render.ReadEditionLines(r.Lines); err != nil {
		return nil, err
	}
	r.Digest = digest(r.Lines)
	for at < len(lines) {
		kind, _, _ := strings.Cut(lines[at], " ")
		if kind != "law" && kind != "demand" {
			break
		}
		rest, _ := next(kind + " ")
		id, title, _ := strings.Cut(rest, "\t")
		id, hash, _ := strings.Cut(id, " ")
		r.Grounds = append(r.Grounds, Ground{kind, id, hash, title})
	}
	for {
		rest, ok := next("row ")
		if !ok {
			break
		}
		key, words, _ := strings.Cut(rest, "\t")
		f := strings.Split(key, " ")
		if len(f) != 4 {
			return nil, errors.New("a row does not name its phase, holder, item and demand")
		}
		r.Rows = append(r.Rows, Exposure{f[0], f[1], f[2], f[3], words})
	}
	for {
		rest, ok := next("kind ")
		if !ok {
			break
		}
		kind, rest, _ := strings.Cut(rest, " ")
		for _, f := range strings.Fields(rest) {
			n, err := strconv.Atoi(f)
			if err != nil {
				return nil, errors.New("a number of a statement is not a number")
			}
			r.Numbers[notices.Kind(kind)] = append(r.Numbers[notices.Kind(kind)], n)
		}
	}
	for {
		lang, ok := next("words ")
		if !ok {
			break
		}
		var blocks []Block
		for at < len(lines) && !strings.HasPrefix(lines[at], "words ") && lines[at] != "" {
			_, first, ok := strings.Cut(lines[at], "\t")
			at++
			var b strings.Builder
			b.WriteString(first)
			for at < len(lines) && strings.HasPrefix(lines[at], "\t") {
				b.WriteString(lines[at])
				at++
			}
			cut := cutBlocks([]byte(b.String()))
			if !ok || len(cut) != 1 {
				return nil, fmt.Errorf("statement %d in %s cannot be read", len(blocks)+1, lang)
			}
			blocks = append(blocks, cut[0])
		}
		r.Blocks[lang] = blocks
	}
	if at < len(lines)-1 || at == len(lines)-1 && lines[at] != "" {
		return nil, fmt.Errorf("line %d does not belong there", at+1)
	}
	for _, t := range texts {
		var b []byte
		for _, n := range r.Numbers[t.Kind] {
			if n < 1 || n > len(r.Blocks[t.Language]) {
				return nil, fmt.Errorf("there is no statement %d in %s", n, t.Language)
			}
			b = append(b, r.Blocks[t.Language][n-1].Bytes...)
		}
		if digest(b) != t.Digest || len(b) != t.Bytes {
			return nil, fmt.Errorf("the words of %s in %s are not those that were sent", t.Kind, t.Language)
		}
		r.Texts = append(r.Texts, Text{t, b})
	}
	return r, nil
}

// digest is "sha256:…" of b.
func digest(b []byte) string {
	h := sha256.Sum256(b)
	return "sha256:" + hex.EncodeToString(h[:])
}
