package web

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"fairnotice/render"
)

// A receipt says which words were published in a week. It is one file for everybody: nothing in it comes from a reader. So it does not say
// that anybody was there. It has lines of ASCII, each ended by LF, in this order and no other:
//
//	notice-receipt/v1
//	portal apply.example.gov          may be left out
//	program citykey
//	edition 1 sha256:…                its number and its digest, 64 hex digits
//	week 2026-W47                     ISO 8601
//
// The short receipt does not name the program. It is one line: the format, the first 32 hex digits of the edition's digest, and the week:
//
//	notice-receipt/v1 3707694e16c28c14e3a7541c1f84a000 2026-W47
//
// Both hold no language, no serial number, no time of day and no address of a page. What ParseReceipt and ParseShortReceipt take,
// String writes again in the same bytes; everything else they refuse.
const receiptFormat = "notice-receipt/v1"

// Receipt is what a receipt says.
type Receipt struct {
	Portal  string // a host name; "" where none is named
	Program string
	Number  int
	Digest  string // sha256:…
	Week    Week
}

// ShortReceipt is a receipt that does not name the program.
type ShortReceipt struct {
	Hash string // 32 hex digits
	Week Week
}

// Short is the same receipt without the program.
func (r Receipt) Short() ShortReceipt {
	return ShortReceipt{strings.TrimPrefix(r.Digest, "sha256:")[:32], r.Week}
}

// String is the receipt's text. It is one that ParseReceipt takes if the fields are.
func (r Receipt) String() string {
	portal := ""
	if r.Portal != "" {
		portal = "portal " + r.Portal + "\n"
	}
	return fmt.Sprintf("%s\n%sprogram %s\nedition %d %s\nweek %s\n", receiptFormat, portal, r.Program, r.Number, r.Digest, r.Week)
}

// String is the short receipt's text.
func (r ShortReceipt) String() string {
	return receiptFormat + " " + r.Hash + " " + r.Week.String() + "\n"
}

var (
	receiptLines = regexp.MustCompile(`\A` + receiptFormat + `\n(?:portal ([a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)\n)?program ([a-z0-9-]{1,64})\nedition ([1-9][0-9]{0,8}) (sha256:[0-9a-f]{64})\nweek ([0-9]{4}-W[0-9]{2})\n\z`)
	shortLine    = regexp.MustCompile(`\A` + receiptFormat + ` ([0-9a-f]{32}) ([0-9]{4}-W[0-9]{2})\n\z`)
)

// ParseReceipt reads a receipt, to the byte.
func ParseReceipt(text []byte) (Receipt, error) {
	m := receiptLines.FindSubmatch(text)
	if m == nil {
		return Receipt{}, errors.New("this is no receipt of the format " + receiptFormat)
	}
	week, err := ParseWeek(string(m[5]))
	if err != nil {
		return Receipt{}, err
	}
	number, err := strconv.Atoi(string(m[3]))
	return Receipt{string(m[1]), string(m[2]), number, string(m[4]), week}, err
}

// ParseShortReceipt reads a short receipt, to the byte.
func ParseShortReceipt(text []byte) (ShortReceipt, error) {
	m := shortLine.FindSubmatch(text)
	if m == nil {
		return ShortReceipt{}, errors.New("this is no short receipt of the format " + receiptFormat)
	}
	week, err := ParseWeek(string(m[2]))
	return ShortReceipt{string(m[1]), week}, err
}

// Week is a week of ISO 8601: from Monday to Sunday, the first of a year that which holds its 4 January.
type Week struct{ Year, Number int }

// WeekOf is the week of a day.
func WeekOf(year, month, day int) Week {
	y, n := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).ISOWeek()
	return Week{y, n}
}

func (w Week) String() string { return fmt.Sprintf("%04d-W%02d", w.Year, w.Number) }

// Before says whether a week is earlier than another.
func (w Week) Before(o Week) bool {
	return w.Year < o.Year || w.Year == o.Year && w.Number < o.Number
}

// ParseWeek reads a week as 2026-W47. Not every year has a week 53.
func ParseWeek(s string) (Week, error) {
	year, number, ok := strings.Cut(s, "-W")
	y, err := strconv.Atoi(year)
	n, err2 := strconv.Atoi(number)
	if !ok || err != nil || err2 != nil || s != (Week{y, n}).String() {
		return Week{}, fmt.Errorf("%q is no week. A week is written as 2026-W47, as ISO 8601 counts them", s)
	}
	// 28 December is always in the last week of its year.
	if last := WeekOf(y, 12, 28); n < 1 || n > last.Number || y < 1 {
		return Week{}, fmt.Errorf("there is no week %s: the last one of %d is %s", s, y, last)
	}
	return Week{y, n}, nil
}

// Receipts makes the receipts of an edition for a week: receipt.txt, receipt-short.txt, and receipt.html, which shows both and says before
// that what can happen to somebody on whom one is found. The names are the same for every program and every week, so that none tells more
// than the file. qr draws a text as a QR code in SVG. A program with no notice before the first upload has no receipts.
func Receipts(e *render.Edition, week Week, qr func(text string) ([]byte, error)) ([]render.File, error) {
	if len(e.Gates()) == 0 {
		return nil, errors.New("only a notice before the first upload has receipts, and this program has none")
	}
	r := Receipt{Program: string(e.Program), Number: e.Number, Digest: e.Digest, Week: week}
	long, short := r.String(), r.Short().String()
	if got, err := ParseReceipt([]byte(long)); err != nil || got != r {
		return nil, fmt.Errorf("the receipt of %s cannot be written: %w", e.Program, err)
	}
	k := newKit(e, "")
	w, err := k.many("kit/receipt.css", "receipt begin", func(w *pageWriter, g *render.Gate) {
		w.part("receipt part", receiptPart{g, week})
	})
	if err != nil {
		return nil, err
	}
	w.raw("\n</div>")
	w.part("receipt careful", k)
	for _, f := range []struct{ name, text, words string }{{"receipt.txt", long, ""}, {"receipt-short.txt", short, "receipt short"}} {
		if f.words != "" {
			w.part(f.words, k)
		}
		code, err := qr(f.text)
		if err != nil {
			return nil, err
		}
		w.part("receipt file", receiptFile{f.name, f.text})
		w.b.Write(code)
	}
	w.part("receipt end", nil)
	if w.err != nil {
		return nil, w.err
	}
	return []render.File{
		{Path: "public/receipt.html", Bytes: bytes.Clone(w.b.Bytes())},
		{Path: "public/receipt.txt", Bytes: []byte(long)},
		{Path: "public/receipt-short.txt", Bytes: []byte(short)},
	}, nil
}

type receiptPart struct {
	*render.Gate
	InWeek Week
}

type receiptFile struct{ Name, Text string }
