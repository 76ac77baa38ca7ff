package source_test

import (
	"strings"
	"testing"

	"fairnotice/notices/source"
)

// attack is a text that must be refused, in a language or, with "", where none is known.
type attack struct{ name, lang, text, want string }

// attacks are ways to make a reader see another thing than what is written, or to send her elsewhere. The program file, the office's
// words, the law beside a program, translations, answers, comments and letters all go through the same check.
var attacks = []attack{
	// What turns the text around.
	{"right-to-left override", "en", "We do \u202eeton\u202c keep it.", "direction"},
	{"left-to-right override in Arabic", "ar", "لا نحتفظ \u202dبها\u202c", "direction"},
	{"embedding", "en", "Kept \u202b7 years\u202c.", "direction"},
	{"isolate that is closed", "en", "Kept \u20677 years\u2069.", "direction"},
	{"isolate that is left open", "ar", "\u2068سبع سنوات", "direction"},
	{"a mark of direction", "en", "30\u200f-7 days", "direction"},
	{"an Arabic mark of direction", "ar", "٣٠\u061c-٧", "direction"},
	{"a number moved by a Hebrew letter", "en", "Kept א 7 30 days", "right to left"},
	{"a number moved by an Arabic word", "", "We keep it for سنوات 30 7", "right to left"},
	{"a line separator", "en", "Never.\u2028Always.", "end of a line"},
	{"an override in a name of no language", "", "Clerk\u202e", "direction"},

	// What nobody sees.
	{"zero-width space", "en", "We do n\u200bot share.", "no width"},
	{"word joiner", "en", "no\u2060t", "no width"},
	{"byte-order mark", "", "\ufeffnot", "no width"},
	{"joiner among Latin letters", "en", "not\u200dified", "joiner"},
	{"joiner at the end of a Persian word", "fa", "شما\u200c ", "joiner"},
	{"soft hyphen", "en", "no\u00adt", "hyphen"},
	{"tag characters that spell", "en", "ok\U000e006e\U000e006f", "tag"},
	{"a tag that no table has", "en", "ok\U000e0fff", "invisible"},
	{"Mongolian vowel separator", "en", "no\u180et", "invisible"},
	{"combining grapheme joiner", "en", "no\u034ft", "invisible"},
	{"invisible times", "en", "30\u20627 days", "invisible"},
	{"Hangul filler", "ko", "보관\u3164합니다", "blank"},
	{"Braille blank", "en", "We share.\u2800", "blank"},
	{"Ogham space, a line", "en", "not\u1680kept", "blank"},
	{"Khmer vowel that is never seen", "km", "ក\u17b4", "invisible"},
	{"variation selector", "en", "no\ufe01t", "invisible"},
	{"a thousand blanks", "en", "We share." + strings.Repeat(" ", 1000) + "Not.", "long blank"},
	{"many empty lines", "en", "Kept.\n\n\n\n\n\nAnd sold.", "long blank"},
	{"many no-break spaces", "fr", "Oui.\u00a0\u00a0\u00a0\u00a0\u00a0Non.", "long blank"},
	{"escape sequence of a terminal", "", "\x1b[2Jnothing", "control"},
	{"backspaces", "en", "not\b\b\bnow", "control"},
	{"carriage return", "en", "We share.\rWe do not share.", "control"},
	{"null", "en", "a\x00b", "control"},
	{"next line", "en", "a\u0085b", "end of a line"},
	{"interlinear annotation", "en", "a\ufff9b\ufffac\ufffb", "invisible"},
	{"private use", "en", "\ue001kept", "some computers"},
	{"a lost letter", "en", "We do n\ufffdt keep it.", "lost"},
	{"an object that is not there", "en", "See \ufffc here", "lost"},
	{"broken bytes", "", "caf\xe9", "broken"},

	// What strikes out or hides.
	{"struck letters", "en", "n\u0336o\u0336t\u0336 kept", "strikes"},
	{"a slash through a letter", "en", "no\u0338t", "strikes"},
	{"a circle around letters", "en", "no\u20dd", "strikes"},
	{"thousands around a letter", "ru", "не\u0489", "strikes"},
	{"a pile of accents", "en", "n\u0300\u0301\u0302\u0303\u0304\u0305\u0306ot", "pile"},
	{"one accent many times", "vi", "n\u0323\u0323\u0323", "pile"},
	{"an accent on a full stop", "en", "kept .\u0301", "no letter"},
	{"an accent on a digit", "en", "7\u0305 years", "no letter"},
	{"a Hindi vowel on a Latin letter", "en", "n\u0940t", "another script"},
	{"two pieces", "es", "retencio\u0301n", "two pieces"},
	{"the sign for kelvin", "en", "\u212aept", "two pieces"},

	// What imitates.
	{"one Cyrillic letter", "en", "we never кeep it", "alphabet"},
	{"one Greek letter", "en", "pοrtal", "alphabet"},
	{"one Armenian letter", "en", "offiсe hօurs", "alphabet"},
	{"one Cherokee letter", "en", "Ꭺpply", "alphabet"},
	{"one Lisu letter", "en", "ꓚity", "alphabet"},
	{"one letter of Canadian syllabics", "en", "ᑭay", "alphabet"},
	{"one Latin letter in Ukrainian", "uk", "нe зберігаємо", "alphabet"},
	{"Cyrillic and Greek together", "", "жλ", "alphabet"},
	{"Arabic letter in an English word", "en", "papهr", "alphabet"},
	{"Devanagari and Bengali together", "", "कখ", "alphabet"},
	{"a word all Cyrillic, apple", "en", "Sign in with аррӏе now", "seem"},
	{"the same with no language known", "", "Sign in with аррӏе now", "seem"},
	{"a name all Cyrillic and alone", "", "аррӏе", "seem"},
	{"one Cyrillic word of one letter", "en", "We keep а copy", "seem"},
	{"Cyrillic word in Spanish", "es", "No se guarda ѕоѕ", "seem"},
	{"a word all Greek", "en", "The ΑΒΕ office", "seem"},
	{"a word all Lisu", "en", "ꓚꓲꓔꓬ of Chicago", "seem"},
	{"a word all Cherokee", "en", "ᏟᎥᏆᎩ ᎢᎡ clerk", "seem"},
	{"a word all Armenian", "fr", "La ոսօ ville", "seem"},
	{"Latin no in Russian", "ru", "Мы HE храним копии", "seem"},
	{"Latin No at the beginning", "ru", "He храним копии", "seem"},
	{"Latin letters alone in Ukrainian", "uk", "Ми храним cop тут", "seem"},
	{"a Russian sentence all in Latin letters", "ru", "He xopoo", "seem"},
	{"Old Italic", "en", "The 𐌀𐌁 office", "nobody writes"},
	{"Gothic", "en", "𐌰𐌱", "nobody writes"},
	{"wide letters", "en", "ｎｏｔ kept", "wide letter"},
	{"a wide digit", "en", "７ years", "wide digit"},
	{"bold letters of mathematics", "en", "𝗻𝗼𝘁 kept", "mathematics"},
	{"a digit of mathematics", "en", "𝟳 years", "mathematics"},
	{"a digit of seven lines", "en", "🯷 years", "ordinary one"},
	{"letters in circles", "en", "Ⓝⓞⓣ", "circle"},
	{"a number in a circle", "en", "⑦ years", "circle"},
	{"a number with its full stop", "en", "⒎5 years", "circle"},
	{"small capitals", "en", "ɴᴏᴛ", "phonetics"},
	{"an a of phonetics", "en", "pɑper", "phonetics"},
	{"raised letters", "en", "kept ⁿᵒᵗ", "raised"},
	{"a raised digit", "en", "7⁰ days", "raised"},
	{"a Roman number in one character", "en", "ⅶ years", "Roman"},
	{"joined letters of a PDF", "en", "oﬃce", "several letters"},
	{"a letter of a script face", "en", "ℯmail", "looks like letters"},
	{"a long s", "en", "ſhare", "old letter"},
	{"a letter that looks like a line", "en", "ǃ kept", "line"},
	{"a dot that is no full stop", "en", "example․gov", "full stop"},
	{"an Arabic letter for printers", "ar", "ﻻ نحتفظ", "printers"},
	{"a Chinese radical", "zh-Hans", "⼈员", "Chinese sign"},
	{"a Chinese square of signs", "zh-Hans", "㏎保存", "several signs"},
	{"a half letter of Katakana", "ja", "ｶﾞ保存", "narrow"},

	// Numbers.
	{"Bengali 4, which looks like 8", "en", "৪ years", "digit"},
	{"the same with no language known", "", "kept ৭ years", "digit"},
	{"two scripts in one number", "ar", "1٢ سنة", "inside a number"},
	{"Persian and Arabic digits in one number", "fa", "۱٢ سال", "inside a number"},
	{"Hindi digits in Arabic", "ar", "لمدة ७ سنوات", "digit"},

	// The wrong language.
	{"Russian where Spanish should be", "es", "Мы ничего не передаём", "another language"},
	{"Chinese where Arabic should be", "ar", "我们不保存", "another language"},
	{"Hindi where Urdu should be", "ur", "हम कुछ नहीं रखते", "another language"},

	// Addresses in words.
	{"javascript", "en", "Press javascript:alert(1) here", "runs a program"},
	{"JavaScript in capitals", "es", "JaVaScRiPt:alert(1)", "runs a program"},
	{"vbscript", "", "vbscript:msgbox(1)", "runs a program"},
	{"data", "en", "See data:text/html;base64,PHNjcmlwdD4=", "data"},
	{"a file of the reader", "en", "Open file:///C:/help", "file"},
	{"a page that others can read along", "en", "Look at http://example.org", "http"},
	{"a page with a name before it", "en", "Go to https://example.gov@evil.example/", "before the @"},
	{"an address without its beginning", "en", "Go to //evil.example/x", "without its beginning"},
	{"the number of a computer", "en", "https://3232235777/", "name of a site"},
	{"another number of a computer", "en", "https://192.168.1.1/", "number of a computer"},
	{"Cyrillic letters in the name of a site", "en", "https://аррӏе.example/", ""},
	{"the same behind xn--", "en", "https://xn--80ak6aa92e.com/", "xn--"},
	{"a backslash", "en", "https://example.gov\\@evil.example", "address"},
	{"hidden direction", "en", "https://example.gov/%E2%80%AEfdp", "hidden character"},
	{"hidden line", "en", "https://example.gov/a%0d%0aSet-Cookie", "hidden character"},
	{"hidden twice", "en", "https://example.gov/%252e%252e", "hidden twice"},
	{"a percent sign for nothing", "en", "https://example.gov/%zz", "address"},
	{"a port for mail", "en", "https://example.gov:25/", "number after"},
	{"a code of telephones", "en", "Call tel:*#06#", "something else than digits"},
	{"a call with more behind", "en", "tel:311;phone-context=evil", "behind its number"},
	{"a letter that is written already", "en", "mailto:help@example.gov?body=I+agree", "subject and nothing more"},
	{"a letter to several people", "en", "mailto:a@example.gov,b@evil.example", "one address"},
	{"a page of the browser", "en", "about:blank#x", "about"},
	{"a program of a telephone", "en", "intent://scan/#Intent;end", "intent"},
	{"a scheme of one's own", "en", "evil://x", "evil"},
}

func TestAttacks(t *testing.T) {
	if len(attacks) < 60 {
		t.Fatalf("%d attacks; at least 60 are promised", len(attacks))
	}
	for _, a := range attacks {
		what, hint := source.TextFault(a.lang, a.text)
		if what == "" || hint == "" || !strings.Contains(what, a.want) {
			t.Errorf("%s (%s): %q got %q, %q; want %q", a.name, a.lang, a.text, what, hint, a.want)
		}
		// In the middle of an honest sentence it must be seen as well.
		if in := "We keep this: " + a.text + "\nThat is all."; a.lang == "en" && a.want != "another language" {
			if what, _ := source.TextFault("en", in); what == "" {
				t.Errorf("%s: not seen inside a sentence: %q", a.name, in)
			}
		}
	}
}

// TestHonestLanguages: what people write in earnest in a language is let through.
func TestHonestLanguages(t *testing.T) {
	for lang, texts := range map[string][]string{
		"en": {"We speak English, español, العربية, 中文 and українська.", "α and β", "CityKey™ № 5", "Form I-9 (2 pages)", "Kept 7–10 years; 50 % of them", "Hours: 9:30-5:00", "Hours:9-5", "Tel:312-555-0100",
			"Write to mailto:help@example.gov or tel:+1-312-555-0100 or sms:741741?body=HOME.", "See https://example.gov/a%20b (page 2).", "and/or 1/2", "We keep data: names.", "About:us", "½ a year", "m²", "a\n\nb",
			"Ł. Ñ. Ø. naïve İstanbul Işık", "“It’s” — …", "www.example.gov", "help@example.gov", "Zażółć gęślą jaźń", "7⃣", "C:\\files"},
		"es": {"¿Qué guarda? «Nada», 1.º y 2.ª", "Pregunte en español o en 中文."}, "fr": {"7\u00a0ans\u202f: «\u00a0rien\u00a0»"}, "vi": {"Thành phố giữ bản sao ở đây."},
		"uk": {"Оса", "а", "EBT, ICE, XI", "об'єкт п’ять", "рос", "Форма C", "№ 5", "PO Box 12"}, "ru": {"Сор", "не HTML", "ICE и CBP", "с 2025 года о копии", "ёлка й"},
		"ar": {"نموذج I-9 (2)", "٧ سنوات", "7 سنوات", "الـPDF", "CityKey", "مُحَمَّد"}, "ur": {"ہم ۷ سال رکھتے ہیں۔", "PDF فائل"}, "fa": {"می‌دارد ۱۲", "PDFها"}, "he": {"קובץ ה-PDF (2)", "סוס"},
		"hi": {"PDFको ७ वर्ष", "क़ज़ा"}, "zh-Hans": {"使用PDF的人（2）：保存。", "CityKey", "〇一二"}, "zh-Hant": {"ㄅㄆ", "㈱"}, "ko": {"PDF를 보관", "漢字", "ㄱ. 이름"},
		"ja": {"PDFを", "カード"}, "am": {"ከተማው ቅጂ ይይዛል"}, "my": {"မြို့တော်သည်"}, "km": {"ទីក្រុង"}, "th": {"เมืองเก็บPDFไว้"}, "bo": {"བོད་ཡིག"}, "chr": {"ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ"}, "el": {"Κατοικία ΟΧΙ", "α"},
		"hy": {"հոսք"}, "ka": {"ქალაქი"}, "so": {"Magaaladu waxay haysaa nuqul"}, "ht": {"Vil la kenbe yon kopi"}, "sr": {"Оса", "osa"},
		"": {"ⵜⴰⵎⴰⵣⵉⵖⵜ", "Місто зберігає копію", "İstanbul", "ᓄᓇᕗᑦ", "🏙️", "中文", "नमस्ते ७"},
	} {
		for _, s := range texts {
			if what, hint := source.TextFault(lang, s); what != "" {
				t.Errorf("%s %q: %s %s", lang, s, what, hint)
			}
		}
	}
	if what, _ := source.TextFault("uk", "фонд Hope", "the Hope fund"); what != "" {
		t.Errorf("a name that stands in English too: %s", what)
	}
	if what, _ := source.TextFault("uk", "фонд Hope"); what == "" {
		t.Error("a word whose letters all look Cyrillic, and which stands nowhere else")
	}
}

// TestCheckAddress: the four kinds of address, and nothing beside them.
func TestCheckAddress(t *testing.T) {
	for _, s := range []string{"https://example.org", "https://www.example.gov/a?b=c&d#e", "https://example.org:8443/x", "https://user-name.example.org/@x", "https://example.org/a%20b", "https://example.org/100%25",
		"tel:311", "tel:+1-312-555-0100", "tel:+1(312)555.0100", "tel:3125550100;ext=12", "sms:741741", "sms:+13125550100", "sms:741741?body=HOME", "mailto:help@example.gov", "mailto:first.last+x@mail.example.gov?subject=City%20Key"} {
		if what, hint := source.CheckAddress(s); what != "" || hint != "" {
			t.Errorf("%q: %s %s", s, what, hint)
		}
	}
	for _, s := range []string{"", "x", "http://example.org", "javascript:alert(1)", "data:text/html,x", "//evil.example", "/local", "https:///x", "https://", "https://u@example.org", "https:example.org", "HTTPS://example.org",
		"https://localhost", "https://127.0.0.1", "https://[::1]/", "https://0x7f.1", "https://a..b", "https://-a.example", "https://a_b.example-", "https://example.org:0/", "https://example.org:/", "https://example.org:70000",
		"https://example.org/%00", "https://example.org/%e2%80%ae", "https://example.org/%c3", "https://example.org/%2500", "https://example.org/\u202e", "https://xn--e1afmkfd.example", "https://пример.example",
		"tel:", "tel:12", "tel:*67", "tel:call", "TEL:311", "tel:1234567890123456", "tel:311,,1", "tel:٣١١", "sms:", "sms:741741;311", "sms:1?to=2", "sms:741741?body=a%0ab", "mailto:", "mailto:help", "mailto:help@localhost",
		"mailto:a@b.example,c@d.example", "mailto:a@b.example?cc=x@y.example", "mailto:a@b.example?subject=x&body=y", "mailto:a@xn--e1afmkfd.example", "Mailto:a@b.example", "ftp://example.org", "file:///etc/passwd", "blob:https://x.example", "about:blank"} {
		if what, hint := source.CheckAddress(s); what == "" || hint == "" {
			t.Errorf("%q went through: %q %q", s, what, hint)
		}
	}
}
