package ledger

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/mod/sumdb/note"
	"pgregory.net/rapid"

	"fairnotice/notices/source"
)

// bench is a folder of reviews being filled, with a reviewer who has a key.
type bench struct {
	t              testing.TB
	files          fstest.MapFS
	secret, public string
	now            Now
	who            Reviewer
}

func newBench(t testing.TB) *bench {
	secret, public, err := NewKey(rand.Reader, "group:river-legal-aid.example")
	if err != nil {
		t.Fatal(err)
	}
	return &bench{t, fstest.MapFS{}, secret, public.String(), Now{Program: "citykey", Texts: testTexts(), Grounds: testGrounds(), On: mustDay("2026-11-30")},
		Reviewer{ID: "group:river-legal-aid.example", Name: "River Legal Aid", Keys: []string{public.String()}, Languages: []string{"ar", "en", "es"}, Required: true}}
}

// put adds a statement, changed by edit, signed with a secret.
func (b *bench) put(name, secret string, edit func(*Statement)) Statement {
	s := testStatement()
	s.Conditions, s.NotChecked, s.Expires = nil, nil, 0
	if edit != nil {
		edit(&s)
	}
	texts := []Text{}
	for _, t := range s.Texts {
		texts = append(texts, t.Text)
	}
	s.Digest = editionDigest(s.Program, fmt.Sprint(s.Edition), texts)
	b.sign(name+".note", secret, s.Bytes())
	return s
}

func (b *bench) sign(name, secret string, text []byte) {
	signed, err := SignNote(text, secret)
	if err != nil {
		b.t.Fatal(err)
	}
	b.files[name] = &fstest.MapFile{Data: signed}
}

// states gives the state of each language.
func (b *bench) states() map[string]State {
	have, ps := ReadReviews(b.files)
	if len(ps) > 0 {
		b.t.Fatal(ps)
	}
	out := map[string]State{}
	for _, j := range Judge(b.now, []Reviewer{b.who}, have) {
		if j.Reviewer.ID == b.who.ID {
			out[j.Language] = j.State
		}
	}
	return out
}

func (b *bench) want(what string, en State) {
	b.t.Helper()
	if got := b.states()["en"]; got != en {
		b.t.Errorf("%s: en is %s, want %s", what, got, en)
	}
	for _, j := range b.judge() {
		if s := j.Says(); s == "" || strings.Contains(s, "%!") || !strings.HasSuffix(s, ".") {
			b.t.Errorf("%s: says %q", what, s)
		}
	}
}

func (b *bench) judge() []Judgement {
	have, _ := ReadReviews(b.files)
	return Judge(b.now, []Reviewer{b.who}, have)
}

// TestStates has every state once.
func TestStates(t *testing.T) {
	b := newBench(t)
	b.want("nothing there", Nobody)
	signed := b.put("a", b.secret, nil)
	b.want("signed", Signed)
	if s := b.states(); s["es"] != Signed || s["ar"] != NotReviewed {
		t.Errorf("%v", s)
	}

	// Somebody else's key, and a name that the program file does not know.
	_, stranger, err := NewKey(rand.Reader, "group:river-legal-aid.example")
	if err != nil {
		t.Fatal(err)
	}
	mine := b.who.Keys
	b.who.Keys = []string{stranger.String()}
	b.want("by another key", UnknownSigner)
	b.who.Keys = nil
	b.want("without any key", UnknownSigner)
	b.who.Keys = mine
	js := func() []Judgement { have, _ := ReadReviews(b.files); return Judge(b.now, nil, have) }()
	if len(js) != 2 || js[0].State != UnknownSigner || js[0].Reviewer.ID != "group:river-legal-aid.example" || js[0].Reviewer.Required {
		t.Errorf("a reviewer whom nobody named: %+v", js)
	}

	// The words.
	b.now.Texts[4].Digest = Hash([]byte("other words")) // before en
	b.want("words changed", Changed)
	if j := b.judge(); !slices.Equal(j[1].Kinds, []string{"before"}) || j[1].Language != "en" || j[2].State != Signed {
		t.Errorf("%+v", j)
	}
	b.now.Texts = testTexts()
	b.who.Kinds = []string{"before"}
	b.now.Texts[1].Digest = Hash([]byte("other words")) // at-upload en
	b.want("words changed of a kind that they do not read", Signed)
	b.who.Kinds, b.now.Texts = nil, testTexts()
	b.now.Texts = append(b.now.Texts, Text{"poster", "en", Hash(nil), 3})
	b.want("a kind that was not there", NotReviewed)
	b.now.Texts = testTexts()

	// What nobody asked them to read, they cannot hold back.
	b.who.Languages = []string{"es"}
	if j := b.judge(); len(j) != 2 || j[0].Language != "en" || j[0].State != Signed || j[0].Reviewer.Required || !j[1].Reviewer.Required {
		t.Errorf("%+v", j)
	}
	b.who.Languages = []string{"ar", "en", "es"}

	// The law and the demands.
	b.now.Grounds[0].Digest = Hash([]byte("a new version"))
	b.want("law changed", Lapsed)
	if j := b.judge()[1]; len(j.Grounds) != 1 || j.Grounds[0].How != "changed" || !strings.Contains(j.Says(), "the law chicago-2-176 changed") {
		t.Errorf("%+v %s", j.Grounds, j.Says())
	}
	b.now.Grounds = testGrounds()[:2]
	b.want("demand gone", Lapsed)
	b.now.Grounds = append(testGrounds(), Ground{"demand", "ice-2026-01-01", Hash(nil)})
	b.want("demand new", Lapsed)
	if j := b.judge()[1]; !strings.Contains(j.Says(), "the demand ice-2026-01-01 is new") {
		t.Error(j.Says())
	}
	b.now.Grounds = testGrounds()

	// Its end.
	b.sign("a.revoked", b.secret, Revocation{Program: "citykey", Statement: signed.Hash(), Reviewer: signed.Reviewer, Date: signed.Date}.Bytes())
	b.want("taken back", TakenBack)
	b.sign("a.revoked", mustSecret(t), Revocation{Program: "citykey", Statement: signed.Hash(), Reviewer: signed.Reviewer, Date: signed.Date}.Bytes())
	b.want("taken back by somebody else", Signed)
	b.sign("a.revoked", b.secret, Revocation{Program: "citykey", Statement: Hash(nil), Reviewer: signed.Reviewer, Date: signed.Date}.Bytes())
	b.want("another one taken back", Signed)
	delete(b.files, "a.revoked")
	b.put("a", b.secret, func(s *Statement) { s.Expires = mustDay("2026-11-29") })
	b.want("expired", Expired)
	b.put("a", b.secret, func(s *Statement) { s.Expires = mustDay("2026-11-30") })
	b.want("on its last day", Signed)

	// What they said.
	b.put("a", b.secret, func(s *Statement) { s.Verdict = Objection })
	b.want("objection", Objects)
	b.now.Grounds[0].Digest = Hash([]byte("a new version"))
	b.want("an objection does not lapse", Objects)
	b.now.Grounds = testGrounds()
	b.now.Texts[4].Digest = Hash([]byte("other words"))
	b.want("an objection, and one kind changed", Objects)
	b.now.Texts = testTexts()
	b.put("a", b.secret, func(s *Statement) { s.Verdict = ReadNotApproved })
	b.want("not approved", NotApproved)

	// Several: the newest for exactly these words decides.
	b.put("a", b.secret, func(s *Statement) { s.Verdict = Objection })
	b.put("b", b.secret, func(s *Statement) { s.Date = mustDay("2026-11-22") })
	b.want("an objection, and a day later none", Signed)
	b.put("b", b.secret, func(s *Statement) { s.NotChecked = []string{"facts"} })
	b.want("both on one day", Objects)
	b.put("a", b.secret, func(s *Statement) { s.Date = mustDay("2026-11-22") })
	b.put("b", b.secret, func(s *Statement) { s.Date, s.Verdict = mustDay("2026-11-22"), Objection })
	b.want("both on one day, in the other order", Objects)
	b.put("a", b.secret, nil)
	b.put("b", b.secret, func(s *Statement) { s.Date, s.Expires = mustDay("2026-11-22"), mustDay("2026-11-23") })
	b.want("the newer one expired", Expired)
	b.put("b", b.secret, func(s *Statement) {
		s.Edition, s.Date, s.Verdict = 8, mustDay("2026-11-22"), Objection
		for i := range s.Texts {
			s.Texts[i].Digest = Hash([]byte("edition 8" + s.Texts[i].line()))
		}
	})
	b.want("an objection to words that are not there any more", Signed)
	delete(b.files, "b.note")

	// A letter.
	l := testLetter()
	l.Expires = 0
	b.files["l.letter"] = &fstest.MapFile{Data: l.Bytes()}
	b.want("signed, and a letter", Signed)
	l.Verdict, l.Date = Objection, mustDay("2026-11-23")
	b.files["l.letter"] = &fstest.MapFile{Data: l.Bytes()}
	b.want("signed, and later an objection by letter", Objects)
	l.Date = mustDay("2026-11-21")
	b.files["l.letter"] = &fstest.MapFile{Data: l.Bytes()}
	b.want("signed, and on that day an objection by letter", Objects)
	l = testLetter()
	b.files = fstest.MapFS{"l.letter": {Data: l.Bytes()}}
	b.want("a letter alone", AttestedUnsigned)
	if j := b.judge()[1]; !strings.Contains(j.Says(), "Nobody signed it.") || !strings.Contains(j.Says(), "Ana Ruiz") {
		t.Error(j.Says())
	}

	// Nobody signed it, or what is there is no signature.
	b.files = fstest.MapFS{"a.statement": {Data: signed.Bytes()}}
	b.want("not signed", Nobody)
	if j := b.judge()[1]; j.Review == nil || !strings.Contains(j.Says(), "nobody has signed it") {
		t.Error(j.Says())
	}
	b.files["a.statement.sig"] = &fstest.MapFile{Data: []byte("-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n")}
	b.want("no signature", BadSignature)
	b.put("b", b.secret, nil)
	b.want("no signature, and a good one", Signed)
	b.put("c", mustSecret(t), nil)
	b.sign("b.revoked", mustSecret(t), Revocation{Program: "citykey", Statement: signed.Hash(), Reviewer: signed.Reviewer, Date: signed.Date}.Bytes())
	b.files["d.revoked"] = &fstest.MapFile{Data: Revocation{Program: "citykey", Statement: signed.Hash(), Reviewer: signed.Reviewer, Date: signed.Date}.Bytes()}
	b.want("and strays", Signed)
	have, _ := ReadReviews(b.files)
	var strays []string
	for _, u := range have.Unproven("citykey", []Reviewer{b.who}) {
		strays = append(strays, u.Review.File+" "+string(u.State))
	}
	if !slices.Equal(strays, []string{"a.statement bad-signature", "b.revoked unknown-signer", "c.note unknown-signer", "d.revoked nobody"}) {
		t.Error(strays)
	}

	// Another program's.
	b.files = fstest.MapFS{}
	b.put("a", b.secret, func(s *Statement) { s.Program = "foodcard" })
	b.want("of another program", Nobody)
}

// TestRotation: who trusts the old key trusts the new one; the old one signs no longer what is dated later.
func TestRotation(t *testing.T) {
	b := newBench(t)
	next, nextKey, err := NewKey(rand.Reader, b.who.ID)
	if err != nil {
		t.Fatal(err)
	}
	b.put("a", next, nil)
	b.want("by a key that is not known yet", UnknownSigner)
	r, err := RotateSecrets(b.secret, next, mustDay("2026-11-10"))
	if err != nil {
		t.Fatal(err)
	}
	b.files["r.rotation"] = &fstest.MapFile{Data: r.Bytes()}
	b.want("by the new key", Signed)
	b.put("a", b.secret, nil)
	b.want("by the old key, later", UnknownSigner)
	b.put("a", b.secret, func(s *Statement) { s.Date = mustDay("2026-11-10") })
	b.want("by the old key, before", Signed)
	last, _, err := NewKey(rand.Reader, b.who.ID)
	if err != nil {
		t.Fatal(err)
	}
	r2, err := RotateSecrets(next, last, mustDay("2026-11-15"))
	if err != nil {
		t.Fatal(err)
	}
	b.files["q.rotation"] = &fstest.MapFile{Data: r2.Bytes()}
	b.put("a", last, nil)
	b.want("by the third key", Signed)
	// One that the old key did not sign.
	s, err := note.NewSigner(last)
	if err != nil {
		t.Fatal(err)
	}
	forged, err := note.Sign(&note.Note{Text: fmt.Sprintf("notice-key-rotation/v1\nold %s\nnew %s\ndate 2026-11-10\n", b.public, nextKey)}, s)
	if err != nil {
		t.Fatal(err)
	}
	b.files["q.rotation"] = &fstest.MapFile{Data: forged}
	if _, ps := ReadReviews(b.files); len(ps) != 1 || !strings.Contains(ps[0].Message, "cannot be read") {
		t.Errorf("a rotation that the old key did not sign: %v", ps)
	}
	// keys.txt knows one more.
	b.files = fstest.MapFS{"keys.txt": {Data: []byte("notice-keys/v1\n# the clinic's second laptop\nkey " + b.who.ID + " " + nextKey.String() + "\n")}}
	b.put("a", next, nil)
	b.want("by a key of keys.txt", Signed)
	b.files["keys.txt"] = &fstest.MapFile{Data: []byte("notice-keys/v1\nkey group:other.example " + nextKey.String() + "\n")}
	b.want("by somebody else's key", UnknownSigner)
}

// TestNeverMore: whatever is in a statement, it is signed for no language, no kind and no words that it does not list as reviewed, and
// for nobody but who signed it.
func TestNeverMore(t *testing.T) {
	b := newBench(t)
	_, stranger, err := NewKey(rand.Reader, "x")
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(rt *rapid.T) {
		b.files = fstest.MapFS{}
		b.now.Texts = testTexts()
		for i := range b.now.Texts {
			if rapid.IntRange(0, 4).Draw(rt, "changed") == 0 {
				b.now.Texts[i].Digest = Hash([]byte("changed"))
			}
		}
		b.now.Grounds = testGrounds()
		if rapid.IntRange(0, 3).Draw(rt, "law") == 0 {
			b.now.Grounds = b.now.Grounds[1:]
		}
		b.now.On = source.Day(int(mustDay("2026-11-21")) + rapid.IntRange(-5, 5).Draw(rt, "on"))
		b.who.Keys = []string{rapid.SampledFrom([]string{b.public, stranger.String()}).Draw(rt, "key")}
		b.who.Languages = []string{"en", "es", "ar"}
		type cell struct{ kind, tag string }
		may := map[cell]bool{} // what some statement vouches for
		for n := range rapid.IntRange(1, 3).Draw(rt, "statements") {
			read := rapid.SliceOfN(rapid.Bool(), 6, 6).Draw(rt, "read")
			if !slices.Contains(read, true) {
				continue
			}
			s := b.put(fmt.Sprint(n), b.secret, func(s *Statement) {
				for i := range s.Texts {
					s.Texts[i].Reviewed = read[i]
				}
				s.Verdict = rapid.SampledFrom(Verdicts).Draw(rt, "verdict")
				if rapid.Bool().Draw(rt, "expires") {
					s.Expires = s.Date + source.Day(rapid.IntRange(0, 4).Draw(rt, "days"))
				}
			})
			taken := rapid.IntRange(0, 5).Draw(rt, "revoked") == 0
			if taken {
				b.sign(fmt.Sprint(n, ".revoked"), b.secret, Revocation{Program: s.Program, Statement: s.Hash(), Reviewer: s.Reviewer, Date: s.Date}.Bytes())
			}
			for _, x := range s.Texts {
				if x.Reviewed && s.Verdict == NoObjection && !taken && (s.Expires == 0 || b.now.On <= s.Expires) && len(b.now.Grounds) == 3 &&
					b.who.Keys[0] == b.public && slices.Contains(b.now.Texts, x.Text) {
					may[cell{x.Kind, x.Language}] = true
				}
			}
		}
		have, _ := ReadReviews(b.files)
		for _, j := range Judge(b.now, []Reviewer{b.who, {ID: "group:other.example", Keys: []string{b.public}, Languages: []string{"en"}}}, have) {
			if j.Reviewer.ID != b.who.ID && j.State != Nobody {
				rt.Errorf("%s of %s in the name of somebody else", j.State, j.Reviewer.ID)
			}
			all := true
			for _, p := range j.Parts {
				if p.State == Signed && !may[cell{p.Kind, j.Language}] {
					rt.Errorf("%s in %s is signed, and nothing vouches for it", p.Kind, j.Language)
				}
				all = all && p.State == Signed
			}
			if (j.State == Signed) != all {
				rt.Errorf("%s is %s, and its kinds are %v", j.Language, j.State, j.Parts)
			}
		}
	})
}

// TestReadReviews: a folder that is not there is empty; what cannot be read is named, and counts for nothing; the rest counts.
func TestReadReviews(t *testing.T) {
	have, ps := ReadReviews(fstest.MapFS{}) // "." is there
	if len(have.All) != 0 || len(ps) != 0 {
		t.Error(have, ps)
	}
	b := newBench(t)
	b.put("good", b.secret, nil)
	b.files["ed-000000000000.sent"] = &fstest.MapFile{Data: bytes.Repeat([]byte("x"), maxReviewFile+1)} // somebody else's to read
	b.files["comments.txt"] = &fstest.MapFile{Data: []byte("x")}
	b.files["big.statement"] = &fstest.MapFile{Data: bytes.Repeat([]byte("x"), maxReviewFile+1)}
	b.files["html.note"] = &fstest.MapFile{Data: []byte("<script>alert(1)</script>")}
	b.files["a.letter"] = &fstest.MapFile{Data: testStatement().Bytes()}
	b.files["keys.txt"] = &fstest.MapFile{Data: []byte("notice-keys/v1\nkey nobody\n")}
	have, ps = ReadReviews(b.files)
	if len(have.All) != 1 {
		t.Errorf("%d reviews", len(have.All))
	}
	var names []string
	for _, p := range ps {
		names = append(names, p.Pos.File)
		if !strings.HasPrefix(p.Error(), p.Pos.File+":1:1: This file of a review cannot be read: ") {
			t.Error(p.Error())
		}
	}
	if !slices.Equal(names, []string{"a.letter", "big.statement", "html.note", "keys.txt"}) {
		t.Error(names)
	}
	many := fstest.MapFS{}
	for i := range maxReviewFiles + 1 {
		many[fmt.Sprintf("%04d.statement", i)] = &fstest.MapFile{Data: testStatement().Bytes()}
	}
	if have, ps := ReadReviews(many); len(have.All) != maxReviewFiles || len(ps) != 1 {
		t.Errorf("%d reviews, %v", len(have.All), ps)
	}
}

// TestBlobs: what is kept of a review is enough to check it again.
func TestBlobs(t *testing.T) {
	b := newBench(t)
	b.put("a", b.secret, nil)
	b.files["b.statement"] = &fstest.MapFile{Data: testStatement().Bytes()}
	_, key, sig := sshSigned(t, "ed25519", testStatement().Bytes(), Namespace)
	b.files["b.statement.sig"] = &fstest.MapFile{Data: sig}
	l := testLetter()
	b.files["c.letter"] = &fstest.MapFile{Data: l.Bytes()}
	have, _ := ReadReviews(b.files)
	var blobs [][]byte
	for _, r := range have.All {
		blobs = append(blobs, r.Blobs()...)
	}
	slices.SortFunc(blobs, bytes.Compare) // a ledger gives them in the order of their hashes
	b.who.Keys = append(b.who.Keys, key.String())
	again := ReviewsOf(blobs)
	if len(again.All) != len(have.All) {
		t.Fatalf("%d reviews, not %d", len(again.All), len(have.All))
	}
	for _, r := range again.All {
		if r.Letter == nil {
			if _, err := r.By([]Key{key, mustKey(b.public)}); err != nil {
				t.Errorf("%s: %v", r.File, err)
			}
		}
	}
}

// TestKeptReviews: a ledger alone says who signed, who took it back, and that something is not there to be read.
func TestKeptReviews(t *testing.T) {
	b := newBench(t)
	b.now.Grounds, b.now.GroundsUnknown = nil, true
	st := b.put("a", b.secret, nil)
	b.sign("a.revoked", b.secret, Revocation{Program: "citykey", Statement: st.Hash(), Reviewer: st.Reviewer, Date: mustDay("2026-11-23")}.Bytes())
	signed, revoked := b.files["a.note"].Data, b.files["a.revoked"].Data
	s, v, _ := key(t, 1, origin)
	dir := t.TempDir()
	if err := Create(dir, origin, s); err != nil {
		t.Fatal(err)
	}
	l, err := Open(dir, s, v)
	if err != nil {
		t.Fatal(err)
	}
	want := func(what string, state State, gone int) {
		t.Helper()
		have, missing := read(t, os.DirFS(dir)).Reviews("citykey")
		got := Nobody
		for _, j := range Judge(b.now, []Reviewer{b.who}, have) {
			if j.Language == "en" {
				got = j.State
			}
		}
		if got != state || len(missing) != gone {
			t.Errorf("%s: en is %s, want %s; %d are missing, want %d", what, got, state, len(missing), gone)
		}
	}
	lines := []byte("fairnotice-edition/v1\nprogram citykey\nedition 7\n")
	e := Entry{Program: "citykey", Number: 7, Digest: Hash(lines), From: st.Date, Signoffs: []string{Hash(signed)}}
	if _, err := l.Publish([][]byte{lines, signed}, e); err != nil {
		t.Fatal(err)
	}
	want("signed", Signed, 0)
	if have, _ := read(t, os.DirFS(dir)).Reviews("foodcard"); len(have.All) > 0 {
		t.Error("another program has it too")
	}
	if _, err := l.Revoke(revoked, Revoked{Signoff: Hash(signed), By: Hash(revoked), On: mustDay("2026-11-23")}); err != nil {
		t.Fatal(err)
	}
	want("taken back", TakenBack, 0)
	if err := l.Withhold(Hash(revoked), CourtOrder, mustDay("2026-11-24")); err != nil {
		t.Fatal(err)
	}
	want("what took it back is withheld", TakenBack, 1)
}

// TestClaims: what a review says of words is no more than it says, and its key vouches for nobody.
func TestClaims(t *testing.T) {
	st := testStatement()
	st.Expires = mustDay("2026-11-30")
	r := &Review{Statement: st, Text: st.Bytes()}
	texts := testTexts()
	for on, past := range map[string]bool{"2026-11-30": false, "2026-12-01": true} {
		if says := r.Claims(texts, mustDay(on)); strings.Contains(says, "That day is past.") != past || !strings.Contains(says, "on exactly these words in ") {
			t.Errorf("on %s: %s", on, says)
		}
	}
	if r.SignedWith() != "No signature is kept with it." {
		t.Error(r.SignedWith())
	}
	for i := range texts {
		if texts[i].Language == "en" {
			texts[i].Digest = Hash([]byte("other words"))
			break
		}
	}
	if says := r.Claims(texts, st.Date); !strings.Contains(says, "en (only ") {
		t.Error(says)
	}
	for i := range texts {
		texts[i].Digest = Hash([]byte("other words"))
	}
	if says := r.Claims(texts, st.Date); says != "" {
		t.Error(says)
	}
	_, key, sig := sshSigned(t, "ed25519", st.Bytes(), Namespace)
	r.Signature = sig
	if got := r.SignedWith(); !strings.Contains(got, key.Short()) || !strings.Contains(got, "Nobody here vouches") {
		t.Error(got)
	}
	r.Text = append(r.Text, '!')
	if got := r.SignedWith(); got != "Its signature does not fit it." {
		t.Error(got)
	}
}

func mustKey(s string) Key {
	k, err := ParseKey(s)
	if err != nil {
		panic(err)
	}
	return k
}
