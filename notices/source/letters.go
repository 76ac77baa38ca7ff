package source

import (
	"slices"
	"strings"
	"sync"
	"unicode"
)

// Which letters may stand together follows Unicode's report on security, UTS 39: section 5.2 (one script in a word, with Latin beside
// some), section 4 and the file confusables.txt (letters that look like those of another script), and the table of scripts that
// people write today (UAX 31, tables 5 and 7). It is stricter in numbers, as a digit read as another changes a promise.

// withLatin are the scripts in which a Latin name can grow together with a word, as in 使用PDF的 or الـPDF: few of their letters look like
// Latin ones. In a word of another script no Latin letter stands.
var withLatin = []string{"Han", "Hiragana", "Katakana", "Hangul", "Bopomofo", "Arabic", "Hebrew", "Thai", "Lao", "Khmer", "Myanmar", "Devanagari", "Bengali", "Gurmukhi",
	"Gujarati", "Oriya", "Tamil", "Telugu", "Kannada", "Malayalam", "Sinhala", "Ethiopic", "Tibetan", "Syriac", "Thaana", "Nko", "Adlam"}

// living are the other scripts in which people write today. Letters of all the rest stand only where somebody imitates with them.
var living = []string{"Latin", "Cyrillic", "Greek", "Armenian", "Georgian", "Cherokee", "Canadian_Aboriginal", "Tifinagh", "Lisu", "Osage", "Vai", "Mongolian", "Yi", "Javanese",
	"Balinese", "Sundanese", "Cham", "New_Tai_Lue", "Tai_Le", "Tai_Tham", "Tai_Viet", "Ol_Chiki", "Lepcha", "Limbu", "Meetei_Mayek", "Saurashtra", "Newa", "Chakma", "Hanifi_Rohingya",
	"Kayah_Li", "Miao", "Nyiakeng_Puachue_Hmong", "Pahawh_Hmong", "Wancho", "Mandaic", "Samaritan", "Batak", "Buginese", "Warang_Citi", "Syloti_Nagri", "Toto"}

// alike are the letters of other scripts that look like a Latin one.
var alike = map[string]string{
	"Cyrillic": "ЅІЈАВЕКМНОРСТУХЬагеорсухѕіјѡѴѵҮүһҽӀӏԁԌԛԜԝ", "Greek": "ͿΑΒΕΖΗΙΚΜΝΟΡΤΥΧαγινορσυϜϲϳϺ", "Armenian": "ՍՏՕագզհոռսցքօ",
	"Cherokee": "ᎠᎡᎢᎥᎩᎪᎫᎬᎳᎷᎻᎽᏀᏂᏃᏏᏒᏔᏕᏙᏚᏞᏟᏢᏦᏧᏳᏴꭵꮁꮃꮓꮩꮪꮯ", "Lisu": "ꓐꓑꓒꓓꓔꓖꓗꓙꓚꓜꓝꓟꓠꓡꓢꓣꓦꓧꓪꓫꓬꓮꓰꓲꓳꓴ",
	"Canadian_Aboriginal": "ᐯᑌᑭᑯᒍᒪᕁᕼᕽᖇᖯᖴᗅᗞᗪᗰᗷ", "Georgian": "ყჿ", "Tifinagh": "ⴸⴹⵏⵔⵕⵝ", "Osage": "𐒴𐓂𐓎𐓪𐓶", "Miao": "𖼈𖼊𖼖𖼨𖼵𖼺𖽀𖽂𖽃",
	"Warang_Citi": "𑢠𑢢𑢣𑢤𑢦𑢩𑢮𑢲𑢵𑢸𑢼𑣀𑣁𑣂𑣃𑣄𑣈𑣗𑣘𑣜", "Hebrew": "וטןסװ", "Ethiopic": "ሀዐ", "Malayalam": "ഠ", "Myanmar": "ဝ", "Oriya": "ଠ", "Nko": "ߊ",
}

// alikeLatin are the Latin letters that a reader of Cyrillic or Greek takes for her own.
const alikeLatin = "aceiopxyABCEHIKMNOPTXYZvj"

// scriptsOf gives the scripts in which a language is written, by its tag; nil where that is not known, or where it is written in several.
func scriptsOf(tag string) []string {
	base, rest, _ := strings.Cut(tag, "-")
	for part := range strings.SplitSeq(rest, "-") {
		if s, ok := byCode[part]; ok {
			return s
		}
	}
	return byLanguage()[base]
}

var (
	cjk    = []string{"Han", "Bopomofo", "Hiragana", "Katakana", "Hangul"}
	byCode = map[string][]string{"Latn": {"Latin"}, "Cyrl": {"Cyrillic"}, "Arab": {"Arabic"}, "Hebr": {"Hebrew"}, "Grek": {"Greek"}, "Deva": {"Devanagari"}, "Beng": {"Bengali"},
		"Hans": {"Han", "Bopomofo"}, "Hant": {"Han", "Bopomofo"}, "Cher": {"Cherokee"}, "Guru": {"Gurmukhi"}, "Mong": {"Mongolian"}, "Ethi": {"Ethiopic"}, "Tfng": {"Tifinagh"}, "Cans": {"Canadian_Aboriginal"}}
)

var byLanguage = sync.OnceValue(func() map[string][]string {
	out := map[string][]string{"zh": {"Han", "Bopomofo"}, "yue": {"Han", "Bopomofo"}, "ja": {"Han", "Hiragana", "Katakana"}, "ko": {"Hangul", "Han"}, "sr": {"Cyrillic", "Latin"}, "uz": {"Latin", "Cyrillic"}}
	for script, tags := range map[string]string{
		"Latin": `en es fr pl pt ht fil tl vi de it nl sv nb nn no da fi so sw yo ig ha zu xh tr az ro hr bs sq ca cs sk sl lt lv et hu id ms mg rw rn sn st ny wo ff ee ak tw om ln lg
			quc mam kjb qu ay gn nah hmn sm to haw ch mh chk pon ilo ceb hil war eu gl cy ga gd mt is lb eo nv`,
		"Cyrillic": "uk ru be bg mk kk ky tg tt", "Arabic": "ar ur fa prs ps ckb ug sd", "Hebrew": "he yi", "Greek": "el", "Armenian": "hy", "Georgian": "ka", "Devanagari": "hi ne mr sa mai bho",
		"Bengali": "bn as", "Gujarati": "gu", "Oriya": "or", "Tamil": "ta", "Telugu": "te", "Kannada": "kn", "Malayalam": "ml", "Sinhala": "si", "Thai": "th", "Lao": "lo", "Khmer": "km",
		"Myanmar": "my ksw kyu shn", "Ethiopic": "am ti", "Tibetan": "bo dz", "Cherokee": "chr", "Syriac": "syr aii", "Thaana": "dv",
	} {
		for tag := range strings.FieldsSeq(tags) {
			out[tag] = []string{script}
		}
	}
	return out
})

// scripts is Unicode's table of scripts as one list, in order.
var scripts = sync.OnceValue(func() []run {
	var out []run
	for name, t := range unicode.Scripts {
		if name == "Common" || name == "Inherited" {
			continue
		}
		for _, r := range t.R16 {
			out = addSpans(out, rune(r.Lo), rune(r.Hi), rune(r.Stride), name)
		}
		for _, r := range t.R32 {
			out = addSpans(out, rune(r.Lo), rune(r.Hi), rune(r.Stride), name)
		}
	}
	slices.SortFunc(out, func(a, b run) int { return int(a.lo - b.lo) })
	return out
})

// run is a run of characters of one script.
type run struct {
	lo, hi rune
	script string
}

func addSpans(out []run, lo, hi, stride rune, name string) []run {
	if stride == 1 {
		return append(out, run{lo, hi, name})
	}
	for r := lo; r <= hi; r += stride {
		out = append(out, run{r, r, name})
	}
	return out
}

// scriptOf gives the script of a character, as Unicode names it; "" for what all scripts share.
func scriptOf(r rune) string {
	switch {
	case r < 0x80:
		if r|0x20 >= 'a' && r|0x20 <= 'z' {
			return "Latin"
		}
		return ""
	case r >= 0xc0 && r < 0x250 && r != 0xd7 && r != 0xf7, r >= 0x1e00 && r < 0x1f00:
		return "Latin"
	case r >= 0x400 && r < 0x530 && r != 0x485 && r != 0x486:
		return "Cyrillic"
	case r >= 0x620 && r < 0x64b && r != 0x640, r >= 0x671 && r < 0x6d4:
		return "Arabic"
	case r >= 0x4e00 && r < 0xa000:
		return "Han"
	case r >= 0xac00 && r < 0xd7a4:
		return "Hangul"
	}
	all := scripts()
	i, _ := slices.BinarySearchFunc(all, r, func(s run, r rune) int {
		if s.hi < r {
			return -1
		}
		return 1
	})
	if i < len(all) && all[i].lo <= r {
		return all[i].script
	}
	return ""
}

// costume is a run of characters that are dressed up as others.
type costume struct {
	lo, hi rune
	what   string
}

// costumes are characters that look like ordinary ones and are others: what Unicode's form NFKC would make ordinary, and what its file
// of confusable characters has beside that. What people write in earnest is not among them: № ™ ½ ² …, and the wide signs of Chinese.
var costumes = []costume{
	{0x17f, 0x17f, "an old letter that looks like another"},
	{0x1c0, 0x1c3, "a letter that looks like a line or a sign"},
	{0x1c4, 0x1cc, "two letters in one character"},
	{0x1f1, 0x1f3, "two letters in one character"},
	{0x251, 0x251, "a letter of phonetics that looks like another"},
	{0x261, 0x262, "a letter of phonetics that looks like another"},
	{0x274, 0x274, "a letter of phonetics that looks like another"},
	{0x280, 0x280, "a letter of phonetics that looks like another"},
	{0x299, 0x299, "a letter of phonetics that looks like another"},
	{0x29c, 0x29c, "a letter of phonetics that looks like another"},
	{0x29f, 0x29f, "a letter of phonetics that looks like another"},
	{0x2b0, 0x2b8, "a small raised letter"},
	{0x2d0, 0x2d0, "a sign that looks like a colon"},
	{0x2e0, 0x2e4, "a small raised letter"},
	{0x1d00, 0x1d2b, "a letter of phonetics that looks like another"},
	{0x1d2c, 0x1d6a, "a small raised letter"},
	{0x1d78, 0x1d78, "a small raised letter"},
	{0x1d9b, 0x1dbf, "a small raised letter"},
	{0x2024, 0x2024, "a dot that looks like a full stop"},
	{0x2070, 0x209f, "a small raised or lowered sign"},
	{0x2100, 0x2102, "a sign that looks like letters"},
	{0x2107, 0x2108, "a sign that looks like letters"},
	{0x210a, 0x2115, "a sign that looks like letters"},
	{0x2118, 0x211d, "a sign that looks like letters"},
	{0x2121, 0x2121, "a sign that looks like letters"},
	{0x2124, 0x2124, "a sign that looks like letters"},
	{0x2128, 0x2129, "a sign that looks like letters"},
	{0x212c, 0x2138, "a sign that looks like letters"},
	{0x213b, 0x214f, "a sign that looks like letters"},
	{0x2160, 0x2188, "a Roman number in one character"},
	{0x2215, 0x2215, "a slash that is not the ordinary one"},
	{0x2460, 0x24ff, "a number or letter in a circle or in brackets"},
	{0x2776, 0x2793, "a number or letter in a circle or in brackets"},
	{0x29f8, 0x29f8, "a slash that is not the ordinary one"},
	{0x2e80, 0x2fdf, "a part of a Chinese sign that looks like the sign itself"},
	{0x3200, 0x321b, "a number or letter in a circle or in brackets"},
	{0x321d, 0x3230, "a number or letter in a circle or in brackets"},
	{0x3232, 0x33ff, "several signs in one character"},
	{0xa730, 0xa731, "a letter of phonetics that looks like another"},
	{0xa770, 0xa770, "a small raised letter"},
	{0xa789, 0xa789, "a sign that looks like a colon"},
	{0xa7f2, 0xa7f4, "a small raised letter"},
	{0xab5c, 0xab5f, "a small raised letter"},
	{0xfb00, 0xfb17, "several letters in one character"},
	{0xfb1d, 0xfd3d, "a letter in a shape for printers"},
	{0xfd40, 0xfdf9, "a letter in a shape for printers"},
	{0xfdfc, 0xfdfc, "a letter in a shape for printers"},
	{0xfe10, 0xfe1f, "a sign in a shape for printers"},
	{0xfe30, 0xfe6f, "a sign in a shape for printers"},
	{0xfe70, 0xfefc, "a letter in a shape for printers"},
	{0xff0f, 0xff0f, "a slash that is not the ordinary one"},
	{0xff10, 0xff19, "a wide digit"},
	{0xff20, 0xff3a, "a wide letter"},
	{0xff41, 0xff5a, "a wide letter"},
	{0xff65, 0xffdc, "a narrow letter"},
	{0x10780, 0x107ba, "a small raised letter"},
	{0x1d400, 0x1d7ff, "a letter or digit of mathematics that looks like an ordinary one"},
	{0x1ee00, 0x1eeff, "a letter or digit of mathematics that looks like an ordinary one"},
	{0x1f100, 0x1f16b, "a number or letter in a circle or in brackets"},
	{0x1f170, 0x1f189, "a number or letter in a circle or in brackets"},
	{0x1fbf0, 0x1fbf9, "a digit that looks like an ordinary one"},
}

// costumeOf says what a character is that is dressed up as another; "" if it is none.
func costumeOf(r rune) string {
	i, _ := slices.BinarySearchFunc(costumes, r, func(c costume, r rune) int {
		if c.hi < r {
			return -1
		}
		return 1
	})
	if i < len(costumes) && costumes[i].lo <= r {
		return costumes[i].what
	}
	return ""
}

// zero gives the nought of the ten digits that a digit belongs to; 0 if it is no digit.
func zero(r rune) rune {
	if r >= '0' && r <= '9' {
		return '0'
	}
	if r < 0x660 || !unicode.Is(unicode.Nd, r) {
		return 0
	}
	for _, t := range unicode.Nd.R16 { // the ten of a script stand in a row, and rows of tens together
		if r >= rune(t.Lo) && r <= rune(t.Hi) {
			return r - (r-rune(t.Lo))%10
		}
	}
	for _, t := range unicode.Nd.R32 {
		if r >= rune(t.Lo) && r <= rune(t.Hi) {
			return r - (r-rune(t.Lo))%10
		}
	}
	return r
}

// digitScript is the script in which digits with this nought are at home.
func digitScript(zero rune) string {
	if zero == 0x660 || zero == 0x6f0 {
		return "Arabic"
	}
	return scriptOf(zero)
}

// rightToLeft tells the scripts that are written from right to left.
func rightToLeft(script string) bool {
	switch script {
	case "Arabic", "Hebrew", "Syriac", "Thaana", "Nko", "Adlam", "Mandaic", "Samaritan", "Hanifi_Rohingya":
		return true
	}
	return false
}
