package source

import (
	"bytes"
	"strings"
	"testing"
)

func line(from, text string, state TranslationState, by string) Translated {
	day, _ := ParseDay("2026-11-26")
	return Translated{From: from, Text: text, State: state, On: day, By: by}
}

func TestLock(t *testing.T) {
	l, ps := ReadLock("x/translations.lock", nil)
	if l == nil || len(ps) > 0 {
		t.Fatal(ps)
	}
	en, pl := HashText("It is free."), HashText("To nic nie kosztuje.")
	l.Set("pl", "key.free", line(en, pl, Draft, "the maintainers"))
	l.Set("pl", "ask.no_court", line(en, pl, Reviewed, "Anna Example, court interpreter"))
	l.Set("es", "key.free", line(en, pl, Draft, "the maintainers"))
	want := lockFormat + "\n@ es draft 2026-11-26 the maintainers\nkey.free " + en + " " + pl +
		"\n@ pl draft 2026-11-26 the maintainers\nkey.free " + en + " " + pl + "\n@ pl reviewed 2026-11-26 Anna Example, court interpreter\nask.no_court " + en + " " + pl + "\n"
	if got := string(l.Bytes()); got != want {
		t.Errorf("%s", got)
	}
	again, ps := ReadLock("x", []byte("\ufeff"+strings.ReplaceAll(want, "\n", "\r\n")+"# a remark\r\n\r\n"))
	if again == nil || !bytes.Equal(again.Bytes(), l.Bytes()) {
		t.Error(ps)
	}
	for _, c := range []struct {
		id, from, text string
		want           TranslationState
	}{
		{"key.free", en, pl, Draft},
		{"ask.no_court", en, pl, Reviewed},
		{"ask.no_court", en, HashText("another"), Draft},
		{"ask.no_court", HashText("another"), pl, Stale},
		{"ask.no_court", HashText("another"), HashText("another"), Stale},
		{"ask.no_court", en, "", Missing},
		{"never.locked", en, pl, Draft},
	} {
		if got, who := l.State("pl", c.id, c.from, c.text); got != c.want || (got == Reviewed) != (who.By == "Anna Example, court interpreter" && who.Text == c.text) && got != Missing && got != Stale {
			t.Errorf("%+v: %s, %+v", c, got, who)
		}
	}
	if got, _ := (*Lock)(nil).State("pl", "key.free", en, pl); got != Draft {
		t.Error(got)
	}
}

// TestHashText: what Office programs change by themselves changes no hash; what a person changes does.
func TestHashText(t *testing.T) {
	same := []string{`“Food”  Pantry`, `"Food" Pantry `, "„Food“\u00a0Pantry", "\"Food\"\nPantry"}
	for _, s := range same {
		if HashText(s) != HashText(same[0]) {
			t.Errorf("%q has another hash", s)
		}
	}
	if HashText("se\u0301") != HashText("s\u00e9") {
		t.Error("NFD has another hash")
	}
	seen := map[string]string{}
	for _, s := range [][]string{{"a"}, {"b"}, {"A"}, {"a."}, {"a", "b"}, {"ab"}, {"a", ""}, {"", "a"}, {"a b"}, {"a", "b", ""}} {
		h := HashText(s...)
		if k := strings.Join(s, "|"); seen[h] != "" {
			t.Errorf("%q and %q have one hash", k, seen[h])
		} else {
			seen[h] = k
		}
	}
}

func TestLockRefuses(t *testing.T) {
	h := " 0123abcd 0123abcd\n"
	head := lockFormat + "\n"
	for text, want := range map[string]string{
		"hello\n":                                                 `does not begin with "fairnotice-translations/v1"`,
		head + "a.b" + h:                                          "belongs to no language",
		head + "@ pl draft\n":                                     "does not say which language",
		head + "@ pl checked 2026-11-26 A\n":                      "does not say which language",
		head + "@ pl draft 2026-11 A\n":                           `"2026-11" is no day`,
		head + "@ pl draft 2026-11-26 A\na.b 01 2\n":              "not an id with two hashes",
		head + "@ pl draft 2026-11-26 A\na.b 0123ABCD 0123abcd\n": "not an id with two hashes",
		head + "@ pl draft 2026-11-26 A\na.b" + h + "@ pl draft 2026-11-27 B\na.b" + h: `"a.b" stands there twice`,
		head + "@ pl draft 2026-11-26 A\u202e\n":                                       "The name has an invisible character",
	} {
		if l, ps := ReadLock("x/translations.lock", []byte(text)); l != nil || !strings.Contains(ps.Error(), want) || !strings.Contains(ps.Error(), "x/translations.lock") {
			t.Errorf("%.60q: %v", text, ps)
		}
	}
}

func FuzzReadLock(f *testing.F) {
	f.Add([]byte(lockFormat + "\n@ pl draft 2026-11-26 A\na.b 0123abcd 0123abcd\n"))
	f.Add([]byte(lockFormat + "\n@"))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, ps := ReadLock("x", data)
		if (l == nil) != ps.Failed() {
			t.Fatal("a lock with errors, or none without")
		}
		if l == nil {
			return
		}
		once := l.Bytes()
		again, ps := ReadLock("x", once)
		if again == nil || !bytes.Equal(again.Bytes(), once) {
			t.Fatalf("%v: %q", ps, once)
		}
	})
}
