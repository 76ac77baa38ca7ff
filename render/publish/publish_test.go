package publish

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/ledger"
	"fairnotice/notices/source"
	"fairnotice/render"

	"pgregory.net/rapid"
)

var (
	day     = source.NewDay(2025, 6, 14)
	someLaw = ledger.Ground{Kind: "law", ID: "il-local-records-act", Digest: ledger.Hash([]byte("law"))}
)

// said is an edition in some languages: the notices before and at-upload, whose words are the version of each text, "" for the first.
func said(version map[string]string, tags ...string) *render.Edition {
	e := &render.Edition{Program: "pantry", Number: 1}
	for _, tag := range tags {
		for _, kind := range []notices.Kind{notices.Before, notices.AtUpload} {
			n := &locales.Notice{Program: "pantry", Kind: kind, Language: tag, Translation: locales.Translation{State: "reviewed"},
				Sections: []locales.Section{{Groups: []locales.Group{{Statements: []locales.Statement{{ID: "a", Text: "Words in " + tag + version[string(kind)+" "+tag]}}}}}}}
			digest, size := render.TextDigest(n)
			n.Digest = digest
			e.Notices = append(e.Notices, n)
			e.Texts = append(e.Texts, render.TextLine{Kind: kind, Language: tag, Digest: digest, Bytes: size})
		}
	}
	e.Digest = render.EditionDigest(e.Program, e.Number, e.Texts)
	return e
}

// key is a secret with its public half, the same in each run.
func key(t fataler, n byte, name string) (secret, public string) {
	t.Helper()
	s, k, err := ledger.NewKey(bytes.NewReader(bytes.Repeat([]byte{n}, 64)), name)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return s, k.String()
}

type fataler interface {
	Helper()
	Fatalf(string, ...any)
}

// states is a statement about all texts of an edition of which the reviewer read some languages.
func states(e *render.Edition, reviewer string, read ...string) ledger.Statement {
	s := ledger.Statement{Program: e.Program, Edition: e.Number, Digest: e.Digest, Grounds: []ledger.Ground{someLaw}, Verdict: ledger.NoObjection, Reviewer: reviewer, Date: day}
	for _, t := range e.Texts {
		s.Texts = append(s.Texts, ledger.StatementText{Text: ledger.Text{Kind: string(t.Kind), Language: t.Language, Digest: t.Digest, Bytes: t.Bytes}, Reviewed: slices.Contains(read, t.Language)})
	}
	s.Put()
	return s
}

func signed(t fataler, text []byte, secret string) []byte {
	t.Helper()
	b, err := ledger.SignNote(text, secret)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return b
}

// judge reads a folder of reviews, and judges an edition by it.
func judge(t fataler, e *render.Edition, who []ledger.Reviewer, files map[string][]byte) []ledger.Judgement {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, b := range files {
		fsys[name] = &fstest.MapFile{Data: b}
	}
	reviews, ps := ledger.ReadReviews(fsys)
	if ps.Failed() {
		t.Fatalf("%v", ps)
	}
	now := ledger.Now{Program: e.Program, Grounds: []ledger.Ground{someLaw}, On: day}
	for _, x := range e.Texts {
		now.Texts = append(now.Texts, ledger.Text{Kind: string(x.Kind), Language: x.Language, Digest: x.Digest, Bytes: x.Bytes})
	}
	return ledger.Judge(now, who, reviews)
}

// TestDecide is the table of what lets a language out.
func TestDecide(t *testing.T) {
	secret, public := key(t, 1, "river")
	other, _ := key(t, 2, "river")
	river := ledger.Reviewer{ID: "river", Name: "River Legal Aid", Keys: []string{public}, Languages: []string{"es"}, Required: true}
	now := said(nil, "en", "es")
	note := func(change func(*ledger.Statement)) map[string][]byte {
		s := states(now, "river", "es")
		if change != nil {
			change(&s)
		}
		return map[string][]byte{"a.note": signed(t, s.Bytes(), secret)}
	}
	older := states(said(map[string]string{"at-upload es": " before"}, "en", "es"), "river", "es")
	letter := ledger.Letter{Statement: states(now, "river", "es"), Letter: ledger.Hash([]byte("scan")), Size: 4, AttestedBy: "Ana Ruiz, Clerk", AttestedOn: day}
	gone := states(now, "river", "es")
	for _, c := range []struct {
		name  string
		who   func(*ledger.Reviewer)
		files map[string][]byte
		draft string // the language that nobody has reviewed
		allow bool   // drafts may be shown
		code  string // why es is held back; "" where it goes out
	}{
		{name: "signed for exactly these words", files: note(nil)},
		{name: "nobody signed", code: "nobody"},
		{name: "nobody signed, and nobody has to", who: func(r *ledger.Reviewer) { r.Required = false }},
		{name: "nobody signed, and they read another language", who: func(r *ledger.Reviewer) { r.Languages = []string{"fr"} }},
		{name: "signed older words of one kind", files: map[string][]byte{"a.note": signed(t, older.Bytes(), secret)}, code: "changed"},
		{name: "older words of a kind that they do not read", who: func(r *ledger.Reviewer) { r.Kinds = []string{"before"} }, files: map[string][]byte{"a.note": signed(t, older.Bytes(), secret)}},
		{name: "signed, another language alone", files: note(func(s *ledger.Statement) { *s = states(now, "river", "en") }), code: "not-reviewed"},
		{name: "objects", files: note(func(s *ledger.Statement) { s.Verdict = ledger.Objection }), code: "objection"},
		{name: "an objection of one who is not required", who: func(r *ledger.Reviewer) { r.Required = false }, files: note(func(s *ledger.Statement) { s.Verdict = ledger.Objection })},
		{name: "read, and not approved", files: note(func(s *ledger.Statement) { s.Verdict = ledger.ReadNotApproved }), code: "read-not-approved"},
		{name: "expired yesterday", files: note(func(s *ledger.Statement) { s.Date, s.Expires = day-30, day-1 }), code: "expired"},
		{name: "expires today", files: note(func(s *ledger.Statement) { s.Expires = day })},
		{name: "a law changed", files: note(func(s *ledger.Statement) { s.Grounds[0].Digest = ledger.Hash([]byte("the law as it was")) }), code: "lapsed"},
		{name: "a demand is new", files: note(func(s *ledger.Statement) { s.Grounds = nil }), code: "lapsed"},
		{name: "taken back", files: map[string][]byte{"a.note": signed(t, gone.Bytes(), secret),
			"a.revoked": signed(t, ledger.Revocation{Program: "pantry", Statement: gone.Hash(), Reviewer: "river", Date: day}.Bytes(), secret)}, code: "revoked"},
		{name: "another's key", files: map[string][]byte{"a.note": signed(t, gone.Bytes(), other)}, code: "unknown-signer"},
		{name: "a signature of something else", files: map[string][]byte{"a.note": bytes.Replace(signed(t, gone.Bytes(), secret), []byte("date 2025-06-14"), []byte("date 2025-06-13"), 1)}, code: "bad-signature"},
		{name: "a letter", files: map[string][]byte{"a.letter": letter.Bytes()}, code: "attested-unsigned"},
		{name: "a statement without a signature", files: map[string][]byte{"a.statement": gone.Bytes()}, code: "nobody"},
		{name: "a draft", files: note(nil), draft: "es", code: "draft"},
		{name: "a draft that may be shown", files: note(nil), draft: "es", allow: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			who := river
			if c.who != nil {
				c.who(&who)
			}
			e := said(nil, "en", "es")
			for _, n := range e.Notices {
				if n.Language == c.draft {
					n.Translation.State = "draft"
				}
			}
			a := Decide(Request{Notices: e.Notices, Drafts: c.allow, Reviewers: []ledger.Reviewer{who}, Judgements: judge(t, e, []ledger.Reviewer{who}, c.files)})
			want := []string{"en", "es"}
			if c.code != "" {
				want = []string{"en"}
				if len(a.Held) != 1 || a.Held[0].Language != "es" || len(a.Held[0].Reasons) != 1 || a.Held[0].Reasons[0].Code != c.code {
					t.Fatalf("held back: %v, want es because of %s", a.Held, c.code)
				}
				r := a.Held[0].Reasons[0]
				if !strings.HasSuffix(r.Says, ".") || c.code != "draft" && !strings.Contains(r.Says, "River Legal Aid") {
					t.Errorf("it says %q", r.Says)
				}
			} else if len(a.Held) != 0 {
				t.Errorf("held back: %v", a.Held)
			}
			if !slices.Equal(a.Out, want) {
				t.Errorf("out: %v, want %v", a.Out, want)
			}
		})
	}
}

// TestDecideLooks makes sure that a judgement is not believed that names other words, and that none at all lets nothing out.
func TestDecideLooks(t *testing.T) {
	secret, public := key(t, 1, "river")
	who := []ledger.Reviewer{{ID: "river", Name: "River", Keys: []string{public}, Languages: []string{"es"}, Required: true}}
	now := said(nil, "es")
	files := map[string][]byte{"a.note": signed(t, states(now, "river", "es").Bytes(), secret)}
	other := said(map[string]string{"before es": " after"}, "es")
	for _, c := range []struct {
		e      *render.Edition
		judged []ledger.Judgement
		held   int
	}{{now, judge(t, now, who, files), 0}, {other, judge(t, now, who, files), 1}, {now, nil, 1}} {
		if a := Decide(Request{Notices: c.e.Notices, Reviewers: who, Judgements: c.judged}); len(a.Held) != c.held {
			t.Errorf("held back: %v, want %d", a.Held, c.held)
		}
	}
}

// TestOutOnlySigned is the property that matters, over generated reviewers and reviews of every kind: no language goes out that a
// required reviewer has not signed for exactly these words, by what was generated and not by what was judged. And a language goes out
// where nothing is in the way.
func TestOutOnlySigned(t *testing.T) {
	out, held := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		tags := []string{"ar", "en", "es"}
		now := said(nil, tags...)
		older := said(map[string]string{rapid.SampledFrom([]string{"before", "at-upload"}).Draw(t, "kind") + " " + rapid.SampledFrom(tags).Draw(t, "changed"): " before"}, tags...)
		var who []ledger.Reviewer
		files := map[string][]byte{}
		good := map[string]bool{} // reviewer, kind and language: signed, and nothing takes it away
		bad := map[string]bool{}  // of a reviewer: something speaks against
		for i := range rapid.IntRange(0, 3).Draw(t, "reviewers") {
			id := fmt.Sprintf("group:%d", i)
			secret, public := key(t, byte(i+1), id)
			foreign, _ := key(t, byte(i+100), id)
			r := ledger.Reviewer{ID: id, Name: "Group " + id, Keys: []string{public}, Required: rapid.Bool().Draw(t, "required")}
			r.Languages = rapid.SliceOfNDistinct(rapid.SampledFrom(tags), 1, 3, rapid.ID).Draw(t, "languages")
			if rapid.Bool().Draw(t, "some kinds") {
				r.Kinds = []string{"before"}
			}
			who = append(who, r)
			for k := range rapid.IntRange(0, 2).Draw(t, "reviews") {
				of := rapid.SampledFrom([]*render.Edition{now, now, now, older}).Draw(t, "of")
				read := rapid.SliceOfNDistinct(rapid.SampledFrom(tags), 1, 3, rapid.ID).Draw(t, "read")
				s := states(of, id, read...)
				s.Verdict = rapid.SampledFrom([]ledger.Verdict{ledger.NoObjection, ledger.NoObjection, ledger.NoObjection, ledger.Objection, ledger.ReadNotApproved}).Draw(t, "verdict")
				s.Expires = rapid.SampledFrom([]source.Day{0, 0, day - 1, day, day + 1}).Draw(t, "expires")
				s.Date -= source.Day(rapid.IntRange(2, 9).Draw(t, "age"))
				lapsed := rapid.IntRange(0, 5).Draw(t, "law") == 0
				if lapsed {
					s.Grounds[0].Digest = ledger.Hash([]byte("before"))
				}
				name := fmt.Sprintf("%d-%d", i, k)
				how := rapid.SampledFrom([]string{"note", "note", "note", "foreign", "broken", "letter", "unsigned", "revoked"}).Draw(t, "how")
				switch how {
				case "note", "revoked":
					files[name+".note"] = signed(t, s.Bytes(), secret)
					if how == "revoked" {
						files[name+".revoked"] = signed(t, ledger.Revocation{Program: "pantry", Statement: s.Hash(), Reviewer: id, Date: day}.Bytes(), secret)
					}
				case "foreign":
					files[name+".note"] = signed(t, s.Bytes(), foreign)
				case "broken":
					b := signed(t, s.Bytes(), secret)
					other := s // a true statement of another edition, under the signature of this one
					other.Edition, other.Digest = 2, render.EditionDigest(s.Program, 2, of.Texts)
					files[name+".note"] = append(other.Bytes(), b[len(s.Bytes()):]...)
				case "letter":
					files[name+".letter"] = ledger.Letter{Statement: s, Letter: ledger.Hash(nil), Size: 1, AttestedBy: "Clerk", AttestedOn: day}.Bytes()
				case "unsigned":
					files[name+".statement"] = s.Bytes()
				}
				for _, x := range now.Texts {
					at := id + " " + string(x.Kind) + " " + x.Language
					exact := slices.ContainsFunc(s.Texts, func(o ledger.StatementText) bool {
						return o.Reviewed && o.Digest == x.Digest && o.Kind == string(x.Kind) && o.Language == x.Language
					})
					if how == "note" && exact && s.Verdict == ledger.NoObjection && !lapsed && (s.Expires == 0 || s.Expires >= day) {
						good[at] = true
					} else {
						bad[id] = true
					}
				}
			}
		}
		a := Decide(Request{Notices: now.Notices, Reviewers: who, Judgements: judge(t, now, who, files)})
		out, held = out+len(a.Out), held+len(a.Held)
		for _, tag := range tags {
			all, against := true, false
			for _, r := range who {
				if !r.Required || !slices.Contains(r.Languages, tag) {
					continue
				}
				against = against || bad[r.ID]
				for _, kind := range []string{"before", "at-upload"} {
					if len(r.Kinds) == 0 || slices.Contains(r.Kinds, kind) {
						all = all && good[r.ID+" "+kind+" "+tag]
					}
				}
			}
			goes := slices.Contains(a.Out, tag)
			if goes && !all {
				t.Fatalf("%s goes out, and a required reviewer has not signed exactly these words", tag)
			}
			if !goes && all && !against {
				t.Fatalf("%s is held back, and all have signed: %v", tag, a.Held)
			}
		}
	})
	if out == 0 || held == 0 {
		t.Errorf("%d went out and %d were held back: the property was not tried", out, held)
	}
}

// TestNumber is the table of numbers.
func TestNumber(t *testing.T) {
	for _, c := range []struct {
		number int
		digest string
		last   *Last
		again  bool
		says   string // a part of the error; "" where it may go out
	}{
		{1, "a", nil, false, ""},
		{4, "a", nil, false, ""},
		{2, "b", &Last{1, "a"}, false, ""},
		{1, "a", &Last{1, "a"}, true, ""},
		{1, "b", &Last{1, "a"}, false, "edition 1 went out already, and this one is not the same"},
		{3, "c", &Last{1, "a"}, false, "the last that went out is edition 1. No number is left out"},
		{1, "a", &Last{2, "b"}, false, "An older edition does not come back"},
	} {
		again, err := Number(c.number, c.digest, c.last)
		if again != c.again || (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("edition %d %s after %v: %v, %v", c.number, c.digest, c.last, again, err)
		}
	}
}

// TestReaders looks at who is told of, and what is kept.
func TestReaders(t *testing.T) {
	secret, public := key(t, 1, "river")
	who := []ledger.Reviewer{
		{ID: "nobody", Name: "Nobody", Languages: []string{"en"}},
		{ID: "river", Name: "River Legal Aid", Keys: []string{public}, Languages: []string{"en", "es"}},
		{ID: "group:letter", Name: "Letter Group", Languages: []string{"es"}},
	}
	e := said(nil, "ar", "en", "es")
	s := states(e, "river", "en", "es")
	s.Expires, s.Conditions = day+100, []string{"The phone is answered."}
	l := states(e, "group:letter", "es")
	l.Verdict = ledger.Objection
	letter := ledger.Letter{Statement: l, Letter: ledger.Hash([]byte("scan")), Size: 4, AttestedBy: "Clerk", AttestedOn: day}
	stranger, _ := key(t, 9, "stranger")
	note := signed(t, s.Bytes(), secret)
	files := map[string][]byte{"river.note": note, "l.letter": letter.Bytes(), "x.note": signed(t, states(e, "stranger", "en").Bytes(), stranger)}
	judged := judge(t, e, who, files)
	out := said(nil, "en", "es")
	got := fmt.Sprint(Readers(out, who, judged))
	both := []notices.Kind{notices.Before, notices.AtUpload}
	want := fmt.Sprint([]render.Reader{
		{Name: "River Legal Aid", Languages: []string{"en", "es"}, Kinds: both, Verdict: render.Found, On: day, Until: day + 100, Path: "reviewers.1", Conditions: []string{"The phone is answered."}},
		{Name: "Letter Group", Languages: []string{"es"}, Kinds: both, Verdict: render.Objects, Letter: true, On: day, Path: "reviewers.2"},
	})
	if got != want {
		t.Errorf("readers:\n%s\nwant\n%s", got, want)
	}
	if r := Readers(said(nil, "ar"), who, judged); len(r) != 0 {
		t.Errorf("of Arabic, which nobody read: %v", r)
	}
	entry, blobs := Entry(out, judged, day, "")
	wantSigned := []string{ledger.Hash(note), ledger.Hash(letter.Bytes())}
	slices.Sort(wantSigned)
	if !slices.Equal(entry.Signoffs, wantSigned) || entry.Digest != out.Digest || len(blobs) != 1+4+2 {
		t.Errorf("entry %v with %d blobs", entry, len(blobs))
	}
	for _, text := range out.Texts {
		if !slices.ContainsFunc(blobs, func(b []byte) bool { return ledger.Hash(b) == text.Digest }) {
			t.Errorf("the words of %s %s are not kept", text.Kind, text.Language)
		}
	}
	if again, err := ledger.ParseEntry(entry.Bytes()); err != nil || again.Digest != entry.Digest {
		t.Error(err)
	}
}
