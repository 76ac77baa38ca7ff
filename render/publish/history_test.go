package publish

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/ledger"
	"fairnotice/notices/source"
	"fairnotice/render"

	"golang.org/x/mod/sumdb/note"
)

// speaking is an edition whose notices say the given sentences: id and text, by kind and language.
func speaking(number int, texts map[string][]string) *render.Edition {
	e := &render.Edition{Program: "pantry", Number: number}
	for _, at := range sortedKeys(texts) {
		kind, tag, _ := strings.Cut(at, " ")
		n := &locales.Notice{Program: "pantry", Kind: notices.Kind(kind), Language: tag}
		var g locales.Group
		for _, s := range texts[at] {
			id, text, _ := strings.Cut(s, ": ")
			st := locales.Statement{ID: id, Text: text}
			if text, value, ok := strings.Cut(text, " = "); ok {
				st.Text, st.Values = text, []locales.Value{{Name: "on", Text: []string{value}}}
			}
			g.Statements = append(g.Statements, st)
		}
		n.Sections = []locales.Section{{Groups: []locales.Group{g}}}
		digest, size := render.TextDigest(n)
		n.Digest = digest
		e.Notices = append(e.Notices, n)
		e.Texts = append(e.Texts, render.TextLine{Kind: n.Kind, Language: tag, Digest: digest, Bytes: size})
	}
	e.Digest = render.EditionDigest(e.Program, number, e.Texts)
	return e
}

func sortedKeys[V any](m map[string]V) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// book is a ledger in a folder, with its key.
type book struct {
	dir  string
	log  *ledger.Log
	keys []note.Verifier
	last string
}

func newBook(t *testing.T) *book {
	t.Helper()
	secret, public := key(t, 7, "notices.example.org")
	signer, err := note.NewSigner(secret)
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := ledger.NewVerifier(public)
	if err != nil {
		t.Fatal(err)
	}
	b := &book{dir: t.TempDir(), keys: []note.Verifier{verifier}}
	if err := ledger.Create(b.dir, "notices.example.org/city", signer); err != nil {
		t.Fatal(err)
	}
	if b.log, err = ledger.Open(b.dir, signer, verifier); err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *book) add(t *testing.T, e *render.Edition, judged []ledger.Judgement, from source.Day) {
	t.Helper()
	entry, blobs := Entry(e, judged, from, b.last)
	if _, err := b.log.Publish(blobs, entry); err != nil {
		t.Fatal(err)
	}
	b.last = e.Digest
}

func (b *book) view(t *testing.T) *ledger.View {
	t.Helper()
	v, err := ledger.Read(os.DirFS(b.dir), ledger.Policy{Keys: b.keys})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func (b *book) blob(hash string) string {
	digits := strings.TrimPrefix(hash, "sha256:")
	return filepath.Join(b.dir, "blob", "sha256", digits[:2], digits[2:])
}

// tell writes a history as lines.
func tell(past []Past) string {
	var b strings.Builder
	for _, p := range past {
		fmt.Fprintf(&b, "%d %s %s %v told=%v said=%d\n", p.Number, p.From, p.Until, p.Languages, p.Told, p.Said)
		for _, s := range p.Signoffs {
			fmt.Fprintf(&b, "  by %s: %s letter=%v\n", s.Statement.Reviewer, s.Statement.Verdict, s.Letter)
		}
		for _, g := range p.Gaps {
			switch {
			case g.Withheld != nil:
				fmt.Fprintf(&b, "  %s: withheld %s %s\n", g.What, g.Withheld.Reason, g.Withheld.On)
			case errors.Is(g.Err, fs.ErrNotExist):
				fmt.Fprintf(&b, "  %s: not there\n", g.What)
			default:
				fmt.Fprintf(&b, "  %s: changed\n", g.What)
			}
		}
		for _, c := range p.Changes {
			fmt.Fprintf(&b, "  %v %s: %q -> %q\n", c.Kinds, c.ID, c.Was, c.Is)
		}
	}
	return b.String()
}

// three are three editions: the second says less, something new and something else, and is not in Spanish.
func three(t *testing.T) (*book, []*render.Edition) {
	b := newBook(t)
	all := []*render.Edition{
		speaking(1, map[string][]string{
			"before en":    {"keep: We keep it for one year.", "law: Until this day: = 2025", "gone: You can ask."},
			"at-upload en": {"keep: We keep it for one year."},
			"before es":    {"keep: Un año."},
		}),
		speaking(2, map[string][]string{
			"before en":    {"keep: We keep it for two years.", "law: Until this day: = 2026", "new: It is free."},
			"at-upload en": {"keep: We keep it for two years."},
		}),
		speaking(3, map[string][]string{
			"before en":    {"keep: We keep it for two years.", "law: Until this day: = 2026", "new: It is free.", "more: Ask us."},
			"at-upload en": {"keep: We keep it for three years."},
			"before es":    {"keep: Dos años."},
		}),
	}
	secret, public := key(t, 1, "river")
	who := []ledger.Reviewer{{ID: "river", Name: "River", Keys: []string{public}, Languages: []string{"en"}}}
	letter := ledger.Letter{Statement: states(all[0], "group:letter", "es"), Letter: ledger.Hash([]byte("scan")), Size: 4, AttestedBy: "Clerk", AttestedOn: day}
	letter.Verdict = ledger.Objection
	who = append(who, ledger.Reviewer{ID: "group:letter", Name: "Letter", Languages: []string{"es"}})
	judged := judge(t, all[0], who, map[string][]byte{"a.note": signed(t, states(all[0], "river", "en").Bytes(), secret), "b.letter": letter.Bytes()})
	b.add(t, all[0], judged, day)
	b.add(t, all[1], nil, day+10)
	b.add(t, all[2], nil, day+20)
	return b, all
}

// TestHistory: a ledger alone tells what was said, sentence by sentence, with the days.
func TestHistory(t *testing.T) {
	b, all := three(t)
	v := b.view(t)
	if got := Programs(v); !slices.Equal(got, []source.ID{"pantry"}) {
		t.Error(got)
	}
	if got := Languages(v, "pantry"); !slices.Equal(got, []string{"en", "es"}) {
		t.Error(got)
	}
	past := History(v, "pantry", "en")
	slices.SortFunc(past[0].Signoffs, func(a, b Signoff) int { return strings.Compare(a.Statement.Reviewer, b.Statement.Reviewer) })
	const english = `1 2025-06-14 2025-06-24 [en es] told=true said=3
  by group:letter: objection letter=true
  by river: no-objection letter=false
  [before at-upload] keep: "" -> "We keep it for one year."
  [before] law: "" -> "Until this day: 2025"
  [before] gone: "" -> "You can ask."
2 2025-06-24 2025-07-04 [en] told=true said=3
  [before at-upload] keep: "We keep it for one year." -> "We keep it for two years."
  [before] law: "Until this day: 2025" -> "Until this day: 2026"
  [before] new: "" -> "It is free."
  [before] gone: "You can ask." -> ""
3 2025-07-04  [en es] told=true said=5
  [before] more: "" -> "Ask us."
  [at-upload] keep: "We keep it for two years." -> "We keep it for three years."
`
	if got := tell(past); got != english {
		t.Errorf("got\n%s\nwant\n%s", got, english)
	}
	if spanish := tell(History(v, "pantry", "es")); !strings.Contains(spanish, "2 2025-06-24 2025-07-04 [en] told=false said=0\n3 ") ||
		!strings.Contains(spanish, `[before] keep: "Un año." -> "Dos años."`) {
		t.Errorf("got\n%s", spanish)
	}
	if got := History(v, "other", "en"); got != nil {
		t.Error(got)
	}

	// What is withheld says so, is neither new nor gone, and the next edition is held against the last that is known.
	words := all[1].Notices[1]
	if words.Kind != notices.Before {
		t.Fatal(words.Kind)
	}
	if err := b.log.Withhold(words.Digest, ledger.CourtOrder, day+11); err != nil {
		t.Fatal(err)
	}
	got := tell(History(b.view(t), "pantry", "en"))
	for _, want := range []string{
		"  the notice before in en: withheld court-order 2025-06-25\n  [at-upload] keep: \"We keep it for one year.\" -> \"We keep it for two years.\"\n3 ",
		"  [before] keep: \"We keep it for one year.\" -> \"We keep it for two years.\"\n",
		"  [before] gone: \"You can ask.\" -> \"\"\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no\n%s in\n%s", want, got)
		}
	}
}

// TestHistoryGaps: a text that is gone or was changed is named, and so is a list of texts; nothing is made up in their place.
func TestHistoryGaps(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(t *testing.T, file string)
		want string
	}{
		{"gone", func(t *testing.T, file string) {
			if err := os.Remove(file); err != nil {
				t.Fatal(err)
			}
		}, "not there"},
		{"changed", func(t *testing.T, file string) {
			data, err := os.ReadFile(file)
			if err == nil {
				err = os.WriteFile(file, bytes.Replace(data, []byte("e"), []byte("a"), 1), 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
		}, "changed"},
	} {
		b, all := three(t)
		c.do(t, b.blob(all[2].Notices[0].Digest))
		c.do(t, b.blob(all[1].Digest))
		got := tell(History(b.view(t), "pantry", "en"))
		for _, want := range []string{"  the list of the texts of edition 2: " + c.want, "  the notice at-upload in en: " + c.want} {
			if !strings.Contains(got, want) {
				t.Errorf("%s: no %q in\n%s", c.name, want, got)
			}
		}
		if strings.Contains(got, "three years") {
			t.Errorf("%s: it tells what it cannot know\n%s", c.name, got)
		}
	}
}
