package render

import (
	"slices"
	"strings"
	"testing"

	"fairnotice/locales"
	"fairnotice/notices"
)

// TestCountText: texts whose parts are known. The lengths are reckoned by hand from 3GPP TS 23.038 and 23.040: 160 letters of seven bits
// or 70 of sixteen are in one part, and each part of several gives six bytes to its header.
func TestCountText(t *testing.T) {
	for _, c := range []struct {
		name, text, alphabet string
		units, parts         int
		costly               string
	}{
		{"nothing", "", "GSM-7", 0, 0, ""},
		{"a word", "Hello", "GSM-7", 5, 1, ""},
		{"one full part", strings.Repeat("a", 160), "GSM-7", 160, 1, ""},
		{"one letter more", strings.Repeat("a", 161), "GSM-7", 161, 2, ""},
		{"two full parts", strings.Repeat("a", 306), "GSM-7", 306, 2, ""},
		{"two full parts and one letter", strings.Repeat("a", 307), "GSM-7", 307, 3, ""},
		{"three full parts", strings.Repeat("a", 459), "GSM-7", 459, 3, ""},
		{"the letters of the extension count twice", "€[]{}\\^~|\f", "GSM-7", 20, 1, ""},
		{"80 of them fill a part", strings.Repeat("€", 80), "GSM-7", 160, 1, ""},
		{"81 do not, and none is divided", strings.Repeat("€", 81), "GSM-7", 162, 2, ""},
		{"153 is odd, so each part loses a unit", strings.Repeat("€", 153), "GSM-7", 306, 3, ""},
		{"the letters with marks that GSM-7 has", "àèéìòùÄÖÑÜäöñüÇØøÅåÆæßÉ¿¡§£¥¤", "GSM-7", 29, 1, ""},
		{"the Greek capitals that it has", "ΔΦΓΛΩΠΨΣΘΞ", "GSM-7", 10, 1, ""},
		{"and one that it has not", "Αθήνα", "UCS-2", 5, 1, "Αθήνα"},
		{"a small c with its tail is not there, though the capital is", "ça", "UCS-2", 2, 1, "ç"},
		{"the backquote is not there", "`", "UCS-2", 1, 1, "`"},
		{"a tab is not there", "\t", "UCS-2", 1, 1, "\t"},
		{"curly quotes", "It’s “new”", "UCS-2", 10, 1, "’“”"},
		{"a line feed is", "a\nb", "GSM-7", 3, 1, ""},
		{"one full part in UCS-2", strings.Repeat("я", 70), "UCS-2", 70, 1, "я"},
		{"one letter more in UCS-2", strings.Repeat("я", 71), "UCS-2", 71, 2, "я"},
		{"two full parts in UCS-2", strings.Repeat("я", 134), "UCS-2", 134, 2, "я"},
		{"two full parts and one letter in UCS-2", strings.Repeat("я", 135), "UCS-2", 135, 3, "я"},
		{"one letter makes all of them cost", strings.Repeat("a", 159) + "í", "UCS-2", 160, 3, "í"},
		{"the euro counts once there", "í" + strings.Repeat("€", 69), "UCS-2", 70, 1, "í"},
		{"a picture takes two units", "👍", "UCS-2", 2, 1, "👍"},
		{"35 of them fill a part", strings.Repeat("👍", 35), "UCS-2", 70, 1, "👍"},
		{"67 is odd, and none is divided", strings.Repeat("👍", 67), "UCS-2", 134, 3, "👍"},
		{"Spanish", "Puede ir en persona, y así deja menos papeles. Pregunte a un abogado: 312-555-0142", "UCS-2", 82, 2, "í"},
		{"Haitian Creole has è and ò alone", "Biwo a kenbe dokiman yo. Pèsonn pa di pou konbyen tan.", "GSM-7", 54, 1, ""},
		{"Chinese", "您可以问律师：https://example.org", "UCS-2", 26, 1, "您可以问律师："},
	} {
		m := CountText(c.text)
		if m.Alphabet != c.alphabet || m.Units != c.units || m.Parts != c.parts || string(m.Costly) != c.costly || m.Text != c.text {
			t.Errorf("%s: %s, %d units in %d parts, %q costs; want %s, %d in %d, %q", c.name, m.Alphabet, m.Units, m.Parts, string(m.Costly), c.alphabet, c.units, c.parts, c.costly)
		}
	}
	seen := map[rune]bool{}
	for _, r := range gsm7 + gsm7Extra {
		if seen[r] {
			t.Errorf("%q is in the alphabet twice", r)
		}
		seen[r] = true
	}
	if len(seen) != 127+10 { // 128 places, one of which leads to the extension table; with the page break, that has ten
		t.Errorf("the alphabet has %d letters", len(seen))
	}
}

// FuzzCountText: whatever the text, its parts hold its units, and no more parts are counted than are needed when each loses a unit.
func FuzzCountText(f *testing.F) {
	for _, s := range []string{"", "a", strings.Repeat("€", 153), strings.Repeat("👍", 67), "\xff", "ç€"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m := CountText(text)
		one, each := 160, 153
		if m.Alphabet == "UCS-2" {
			one, each = 70, 67
		}
		switch {
		case (m.Alphabet == "UCS-2") != (len(m.Costly) > 0):
			t.Error("the alphabet and the letters differ")
		case m.Units == 0 && m.Parts != 0 || m.Units > 0 && m.Units <= one && m.Parts != 1:
			t.Errorf("%d units, %d parts", m.Units, m.Parts)
		case m.Units > one && (m.Units > m.Parts*each || m.Parts > 1+m.Units/(each-1)):
			t.Errorf("%d units, %d parts", m.Units, m.Parts)
		}
		m.Says()
	})
}

// TestWhatATextMessageSays sorts every sentence of the key facts: into those that may stand alone, and those that would comfort alone. A
// new one has to be sorted by somebody.
func TestWhatATextMessageSays(t *testing.T) {
	alone := []string{"key.keep.", "key.unknown.", "key.leftover", "key.long.", "key.other_purpose", "key.asked.", "key.answer.complied", "key.answer.partial", "key.answer.partial_undisclosed",
		"key.answer.ordered", "key.answer.undisclosed", "key.answer.unknown", "key.answer.pending", "key.court", "key.lawyer"}
	cat, ps := locales.Shipped("en")
	if ps.Failed() {
		t.Fatal(ps)
	}
	is := func(id string) func(string) bool {
		return func(of string) bool { return id == of || strings.HasPrefix(id, strings.TrimSuffix(of, ".")+".") }
	}
	n := 0
	for _, id := range cat.IDs("en") {
		if !strings.HasPrefix(id, "key.") {
			continue
		}
		n++
		id = strings.TrimSuffix(id, "@office")
		comforts, may := slices.ContainsFunc(comforts, is(id)), slices.ContainsFunc(alone, is(id))
		if !comforts && !may || comforts && may && id != "key.asked.none" {
			t.Errorf("%s: may it stand alone in a text message? comforts: %v, may: %v", id, comforts, may)
		}
	}
	if n < 60 {
		t.Errorf("only %d sentences of the key facts were seen", n)
	}
	for _, id := range ways {
		if !cat.Has("en", id) {
			t.Errorf("there is no message %s", id)
		}
	}
}

// TestTextMessage: the sentences that comfort alone are left out, those of the office's own wording too; what to do comes last; what
// cannot be a text message is refused.
func TestTextMessage(t *testing.T) {
	st := func(message, text string, vs ...locales.Value) locales.Statement {
		return locales.Statement{ID: message, Message: message, Text: text, Values: vs}
	}
	n := &locales.Notice{Kind: notices.Before, Language: "en", Direction: "ltr", Title: "Before you apply", Name: locales.Run{Text: "CityKey"}, Edition: locales.EditionRef{Date: "June 14, 2025"},
		Sections: []locales.Section{
			{ID: "key_facts", Layer: 1, Heading: "Key facts", Groups: []locales.Group{{Statements: []locales.Statement{
				st("key.program", "This is what you get:", value(notices.VText, "", "a card")), st("key.keep.online@office", "We keep them."), st("key.lawyer", "You can ask a lawyer:", value(notices.VPhone, "Phone", "312-555-0142")),
				st("key.seen.in_person", "You get them back."), st("key.leftover.name", "Your name stays."),
				st("key.answer.complied", "The office gave them.", value(notices.VDate, "Date", "May 1, 2025", "2025")), st("key.answer.declined@office", "We said no.")}}}},
			{ID: "choices", Layer: 2, Heading: "What can you do?", Groups: []locales.Group{{Statements: []locales.Statement{
				st("do.way.phone", "You can call, which leaves fewer papers.", value(notices.VText, "Instead of", "By mail", "Online")), st("do.way.cost.none", "It costs you nothing."), st("do.way.none.law", "A law asks.")}}}},
		}}
	m, err := sms(words{}, n, "https://example.org/n")
	want := "CityKey\nBefore you apply (June 14, 2025)\nRead this first: https://example.org/n\nWe keep them.\nIn person: Your name stays.\nThe office gave them. (May 1, 2025), (2025)\n" +
		"A law asks.\nYou can call, which leaves fewer papers.\nInstead of: By mail, Online\nYou can ask a lawyer: 312-555-0142"
	if err != nil || m.Text != want || m.Alphabet != "GSM-7" {
		t.Errorf("%v\n got %q\nwant %q", err, m.Text, want)
	}
	for _, k := range notices.AllKinds() {
		n.Kind = k
		_, err := sms(words{}, n, "")
		if may := k == notices.Before || k == notices.AtUpload; may != (err == nil) {
			t.Errorf("%s: %v", k, err)
		}
	}
}

func TestTextMessageSays(t *testing.T) {
	for text, want := range map[string]string{
		"Hello":                  "This text message is sent in 1 part.",
		strings.Repeat("í", 160): "This text message is sent in 3 parts. A part holds 70 letters here, and not 160, because of letters that the plain alphabet of text messages has not: í. Without them it would be 1 part. Do not leave marks off a letter to save money: it can become another word.",
		"ماذا":                   "This text message is sent in 1 part. A part holds 70 letters here, and not 160, because of letters that the plain alphabet of text messages has not: م ا ذ.",
		"абвгдежзийклмн":         "This text message is sent in 1 part. A part holds 70 letters here, and not 160, because of letters that the plain alphabet of text messages has not: а б в г д е ж з и й к л and 2 more.",
	} {
		if got := strings.Join(CountText(text).Says(), " "); got != want {
			t.Errorf("%.10q\n got %s\nwant %s", text, got, want)
		}
	}
}
