package ledger

import (
	"bytes"
	"strings"
	"testing"

	"fairnotice/notices/source"
)

// testTexts are the texts of a small edition: two kinds in three languages.
func testTexts() []Text {
	var out []Text
	for _, kind := range []string{"at-upload", "before"} {
		for _, tag := range []string{"ar", "en", "es"} {
			out = append(out, Text{kind, tag, Hash([]byte(kind + tag)), 100 + len(tag)})
		}
	}
	return out
}

func testGrounds() []Ground {
	return []Ground{{"law", "chicago-2-176", Hash([]byte("law1"))}, {"law", "il-local-records-act", Hash([]byte("law2"))}, {"demand", "ice-2025-04-17", Hash([]byte("demand"))}}
}

// editionDigest is the digest of an edition of texts.
func editionDigest(program source.ID, number string, texts []Text) string {
	lines := "fairnotice-edition/v1\nprogram " + string(program) + "\nedition " + number + "\n"
	for _, t := range texts {
		lines += t.line() + "\n"
	}
	return Hash([]byte(lines))
}

// testStatement is one by r, of what has been read in en and es.
func testStatement() Statement {
	s := Statement{Program: "citykey", Edition: 7, Digest: editionDigest("citykey", "7", testTexts()), Grounds: testGrounds(), Verdict: NoObjection,
		NotChecked: []string{"facts", "promises"}, Conditions: []string{"The phone number is answered in Spanish."}, Expires: mustDay("2027-11-21"),
		Reviewer: "group:river-legal-aid.example", Date: mustDay("2026-11-21")}
	for _, t := range testTexts() {
		s.Texts = append(s.Texts, StatementText{t, t.Language != "ar"})
	}
	return s
}

func mustDay(s string) source.Day {
	d, err := source.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

const statementText = `notice-review/v1
program citykey
edition 7
edition-digest sha256:EDITION
text at-upload ar sha256:#1 102 not-reviewed
text at-upload en sha256:#2 102 reviewed
text at-upload es sha256:#3 102 reviewed
text before ar sha256:#4 102 not-reviewed
text before en sha256:#5 102 reviewed
text before es sha256:#6 102 reviewed
law chicago-2-176 sha256:#7
law il-local-records-act sha256:#8
demand ice-2025-04-17 sha256:#9
verdict no-objection
not-checked facts
not-checked promises
condition The phone number is answered in Spanish.
expires 2027-11-21
reviewer group:river-legal-aid.example
date 2026-11-21
`

// spelled puts the digests into a text.
func spelled(s Statement) string {
	text := strings.Replace(statementText, "sha256:EDITION", s.Digest, 1)
	digests := []string{}
	for _, t := range s.Texts {
		digests = append(digests, t.Digest)
	}
	for _, g := range s.Grounds {
		digests = append(digests, g.Digest)
	}
	for i, d := range digests {
		text = strings.Replace(text, "sha256:#"+string('1'+rune(i)), d, 1)
	}
	return text
}

func TestStatement(t *testing.T) {
	s := testStatement()
	want := spelled(s)
	if got := string(s.Bytes()); got != want {
		t.Fatalf("got\n%s\nwant\n%s", got, want)
	}
	again, err := ParseStatement([]byte(want))
	if err != nil {
		t.Fatal(err)
	}
	if again.Hash() != s.Hash() || again.Fault() != nil {
		t.Errorf("%+v is not %+v", again, s)
	}
	// As little as possible.
	s.Grounds, s.NotChecked, s.Conditions, s.Expires = nil, nil, nil, 0
	if again, err := ParseStatement(s.Bytes()); err != nil || again.Hash() != s.Hash() {
		t.Errorf("%v", err)
	}
}

// TestStatementRefused: each of these says something else, or the same thing twice.
func TestStatementRefused(t *testing.T) {
	whole := spelled(testStatement())
	line := func(prefix string) string {
		at := strings.Index(whole, "\n"+prefix) + 1
		return whole[at : at+strings.IndexByte(whole[at:], '\n')+1]
	}
	law1, law2 := line("law chicago"), line("law il-")
	for _, c := range [][2]string{
		{"", "\n"},
		{"notice-review/v1\n", "notice-review/v2\n"},
		{"notice-review/v1\n", ""},
		{"program citykey\n", "program ../citykey\n"},
		{"program citykey\n", "program CityKey\n"},
		{"program citykey\n", "program  citykey\n"},
		{"program citykey\n", "program citykey \n"},
		{"edition 7\n", "edition 07\n"},
		{"edition 7\n", "edition +7\n"},
		{"edition 7\n", "edition 0\n"},
		{"edition 7\n", "edition 8\n"},
		{"edition-digest sha256:", "edition-digest sha512:"},
		{"edition-digest sha256:", "edition-digest SHA256:"},
		{line("text before en"), ""},
		{line("text before en"), line("text before en") + line("text before en")},
		{line("text before en") + line("text before es"), line("text before es") + line("text before en")},
		{" 102 reviewed", " 103 reviewed"},
		{" 102 reviewed", " 102 Reviewed"},
		{" 102 reviewed", " 102 reviewed "},
		{" 102 reviewed", " 102"},
		{law1, law1 + law1},
		{law1 + law2, law2 + law1},
		{law1, "law ../x " + strings.Fields(law1)[2] + "\n"},
		{line("demand"), ""[:0] + line("demand") + law1},
		{"verdict no-objection", "verdict approved"},
		{"verdict no-objection\n", ""},
		{"verdict no-objection\n", "verdict no-objection\nverdict objection\n"},
		{"not-checked facts\n", "not-checked everything\n"},
		{"not-checked facts\nnot-checked promises\n", "not-checked promises\nnot-checked facts\n"},
		{"not-checked facts\n", "not-checked facts\nnot-checked facts\n"},
		{"in Spanish.", "in Spanish. "},
		{"in Spanish.", "in español."},
		{"in Spanish.", "in Spanish.\t"},
		{"condition The", "condition  The"},
		{"in Spanish.", "in Spanish." + strings.Repeat("x", 400)},
		{"expires 2027-11-21", "expires 2027-11"},
		{"expires 2027-11-21", "expires 2026-11-20"},
		{"expires 2027-11-21", "expires never"},
		{"reviewer group", "reviewer Group"},
		{"reviewer group:", "reviewer group/"},
		{"date 2026-11-21\n", "date 2026-02-30\n"},
		{"date 2026-11-21\n", "date 2026-11-21"},
		{"date 2026-11-21\n", "date 2026-11-21\n\n"},
		{"date 2026-11-21\n", "date 2026-11-21\r\n"},
		{"date 2026-11-21\n", "date 2026-11-21\nletter x\n"},
		{"date 2026-11-21\n", "date 2026-11-21\x00\n"},
		{" reviewed\n", " not-reviewed\n"}, // nothing of it was read
	} {
		n := 1
		if c[0] == " reviewed\n" {
			n = -1
		}
		bad := strings.Replace(whole, c[0], c[1], n)
		if bad == whole {
			t.Fatalf("%q is not in the statement", c[0])
		}
		if _, err := ParseStatement([]byte(bad)); err == nil {
			t.Errorf("%q in place of %q is read", c[1], c[0])
		}
	}
	if _, err := ParseStatement([]byte(strings.ReplaceAll(whole, "\n", "\r\n"))); err == nil || !strings.Contains(err.Error(), "attachment") {
		t.Errorf("ends of lines: %v", err)
	}
	if _, err := ParseStatement(bytes.Repeat([]byte("x"), maxReviewFile+1)); err == nil {
		t.Error("more than 1 MiB is read")
	}
	for i := range whole {
		if _, err := ParseStatement([]byte(whole[:i])); err == nil {
			t.Errorf("read when cut off at %d", i)
		}
	}
}

func testLetter() Letter {
	return Letter{Statement: testStatement(), Letter: Hash([]byte("a scan")), Size: 6, AttestedBy: "Ana Ruiz, Clerk", AttestedOn: mustDay("2026-11-23")}
}

func testRevocation() Revocation {
	s := testStatement()
	return Revocation{Program: s.Program, Statement: s.Hash(), Reason: "The office changed its promise.", Reviewer: s.Reviewer, Date: mustDay("2026-12-01")}
}

// TestKinds: a statement, a letter and a revocation are told apart by their first lines, and none is read as another.
func TestKinds(t *testing.T) {
	l, r := testLetter(), testRevocation()
	if again, err := ParseLetter(l.Bytes()); err != nil || !bytes.Equal(again.Bytes(), l.Bytes()) {
		t.Error(err)
	}
	if again, err := ParseRevocation(r.Bytes()); err != nil || again != r {
		t.Error(err)
	}
	r.Reason = ""
	if again, err := ParseRevocation(r.Bytes()); err != nil || again != r {
		t.Error(err)
	}
	if _, err := ParseStatement(l.Bytes()); err == nil {
		t.Error("a letter is read as a statement")
	}
	if _, err := ParseLetter(testStatement().Bytes()); err == nil {
		t.Error("a statement is read as a letter")
	}
	for _, bad := range []string{"attested-by Ana", "attested-by José", "attested-by  Ana", "letter sha256:1 6"} {
		key, _, _ := strings.Cut(bad, " ")
		b := string(l.Bytes())
		at := strings.Index(b, "\n"+key+" ") + 1
		b = b[:at] + bad + b[at+strings.IndexByte(b[at:], '\n'):]
		if _, err := ParseLetter([]byte(b)); (err == nil) != (bad == "attested-by Ana") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// FuzzStatement: what can be read formats back to the same bytes, whatever it is.
func FuzzStatement(f *testing.F) {
	f.Add(testStatement().Bytes())
	f.Add(testLetter().Bytes())
	f.Add(testRevocation().Bytes())
	s := testStatement()
	s.Grounds, s.NotChecked, s.Conditions, s.Expires = nil, nil, nil, 0
	f.Add(s.Bytes())
	f.Fuzz(func(t *testing.T, b []byte) {
		if s, err := ParseStatement(b); err == nil {
			if !bytes.Equal(s.Bytes(), b) || s.Fault() != nil {
				t.Errorf("%q is read, and is written %q", b, s.Bytes())
			}
		}
		if l, err := ParseLetter(b); err == nil && !bytes.Equal(l.Bytes(), b) {
			t.Errorf("%q is read, and is written %q", b, l.Bytes())
		}
		if r, err := ParseRevocation(b); err == nil && !bytes.Equal(r.Bytes(), b) {
			t.Errorf("%q is read, and is written %q", b, r.Bytes())
		}
		(&Reviews{}).readKeys(b) // must not panic
	})
}

// FuzzSignature: what is accepted as an armored signature or as a note is exactly what is written.
func FuzzSignature(f *testing.F) {
	f.Add([]byte("-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n"))
	f.Add([]byte("text\n\n— name AAAAAAAA\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if blob, err := unarmor(b); err == nil && !bytes.Contains(b, []byte("\r")) {
			again := "-----BEGIN SSH SIGNATURE-----\n" + folded(blob, 70) + "-----END SSH SIGNATURE-----\n"
			other := "-----BEGIN SSH SIGNATURE-----\n" + folded(blob, 64) + "-----END SSH SIGNATURE-----\n"
			if string(b) != again && string(b) != other {
				t.Errorf("%q is read, and is written %q", b, again)
			}
		}
		if _, err := CheckSSH([]byte("text\n"), b); err == nil {
			t.Errorf("a signature was made up: %q", b)
		}
		ParseKey(string(b))
		CheckNote(b)
	})
}
