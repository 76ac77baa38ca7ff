package print

import (
	"bytes"
	"encoding/binary"
	"os"
	"slices"
	"strings"
	"testing"
)

// TestMissing names each character that would be an empty box, its number, its language and its sentence, once; and asks about nothing that
// is never drawn. A line break ends a sentence.
func TestMissing(t *testing.T) {
	page := []byte(`<!DOCTYPE html><html lang="ar" dir="rtl"><head><title>Ж</title><style>/* Ж */</style></head><body><main>` +
		"<p>اتصل <bdi lang=\"en\" dir=\"ltr\">Ana &amp; Ж</bdi>\u200f الآن.</p>\n<ul><li lang=\"zh-Hans\">你好<br>吗</li><li>اتصل &#1046;</li></ul><p>Ж</p></main></body></html>")
	var asked []rune
	got := Missing(page, func(r rune) bool {
		asked = append(asked, r)
		return r != 'Ж' && r != '吗'
	})
	want := []Lack{{'Ж', "en", "Ana & Ж"}, {'吗', "zh-Hans", "吗"}, {'Ж', "ar", "اتصل Ж"}}
	if !slices.Equal(got, want) {
		t.Errorf("missing are %q, want %q", got, want)
	}
	if slices.ContainsFunc(asked, func(r rune) bool { return r == ' ' || r == '\n' || r == 0x200f }) {
		t.Errorf("asked about %q", asked)
	}
	if code := got[0].Code(); code != "U+0416" {
		t.Errorf("Ж is %s", code)
	}
	for _, r := range "Aж你🫨٣" {
		if !Assigned(r) {
			t.Errorf("%q is not assigned", r)
		}
	}
	for _, r := range []rune{0xe000, 0x10fffd, 0xffff, 0x0378} {
		if Assigned(r) {
			t.Errorf("%U is assigned", r)
		}
	}
}

// TestFaces reads typefaces of the system: one with a map of format 4, one with format 12, and a collection.
func TestFaces(t *testing.T) {
	for path, c := range map[string]struct{ has, not string }{
		"/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf":                {"Aéж1–", "你ا"},
		"/usr/share/fonts/truetype/noto/NotoNastaliqUrdu-Regular.ttf":        {"اےۂ۱", "你"},
		"/usr/share/fonts/truetype/noto/NotoSansSymbols2-Regular.ttf":        {"🖨", "🫨é"},
		"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc":             {"你한あA𠀋", "ا"},
		"/usr/share/fonts/truetype/noto/NotoSansDevanagari-Regular.ttf":      {"हक्षि", "你"},
		"/usr/share/fonts/truetype/noto/NotoSansAdlam-Regular.ttf":           {"𞤀", "é"},
		"/usr/share/fonts/truetype/noto/NotoSansMeroitic-Regular.ttf":        {"𐦀", "é"},
		"/usr/share/fonts/truetype/noto/NotoSansEthiopic-Regular.ttf":        {"አማ", "你"},
		"/usr/share/fonts/truetype/noto/NotoSansMyanmar-Regular.ttf":         {"မြန်", "你"},
		"/usr/share/fonts/truetype/noto/NotoSansBengali-Regular.ttf":         {"বাং", "你"},
		"/usr/share/fonts/truetype/noto/NotoSansGeorgian-Regular.ttf":        {"ქ", "你"},
		"/usr/share/fonts/truetype/noto/NotoSansArabic-Regular.ttf":          {"عربي", "你"},
		"/usr/share/fonts/truetype/noto/NotoSansKhmer-Regular.ttf":           {"ខ្មែរ", "你"},
		"/usr/share/fonts/truetype/noto/NotoSansCanadianAboriginal-Bold.ttf": {"ᐊ", "你"},
	} {
		f, err := os.Open(path)
		if err != nil {
			t.Fatalf("%v (make tools installs it)", err)
		}
		faces, err := ReadFaces(f)
		f.Close()
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		has := func(r rune) bool { return slices.ContainsFunc(faces, func(f *Face) bool { return f.Has(r) }) }
		for _, r := range c.has {
			if !has(r) {
				t.Errorf("%s has no %q", path, r)
			}
		}
		for _, r := range c.not {
			if has(r) {
				t.Errorf("%s has %q", path, r)
			}
		}
	}
}

// aFace is a file of a typeface with one map.
func aFace(format []byte) []byte {
	cmap := append([]byte{0, 0, 0, 1, 0, 3, 0, 10, 0, 0, 0, 12}, format...)
	b := append([]byte("\x00\x01\x00\x00"), 0, 1, 0, 0, 0, 0, 0, 0)
	b = append(b, "cmap\x00\x00\x00\x00"...)
	b = binary.BigEndian.AppendUint32(b, 28)
	b = binary.BigEndian.AppendUint32(b, uint32(len(cmap)))
	return append(b, cmap...)
}

func format12(kind uint16, groups ...uint32) []byte {
	b := binary.BigEndian.AppendUint16(nil, kind)
	b = append(b, 0, 0)
	b = binary.BigEndian.AppendUint32(b, uint32(16+4*len(groups)))
	b = append(b, 0, 0, 0, 0)
	b = binary.BigEndian.AppendUint32(b, uint32(len(groups)/3))
	for _, g := range groups {
		b = binary.BigEndian.AppendUint32(b, g)
	}
	return b
}

// TestFacesMadeUp: glyph 0 is the empty box itself, and a typeface of last resort has a box for everything.
func TestFacesMadeUp(t *testing.T) {
	for name, c := range map[string]struct {
		file []byte
		has  string
		not  string
	}{
		"a map":                     {aFace(format12(12, 'A', 'C', 1)), "ABC", "D@"},
		"the first is glyph 0":      {aFace(format12(12, 'A', 'C', 0)), "BC", "A"},
		"last resort":               {aFace(format12(13, 0, 0x10ffff, 1)), "", "Aا你"},
		"a group that runs on":      {aFace(format12(12, 'A', 0xffffffff, 1)), "", "A"},
		"fewer groups than it says": {append(aFace(format12(12, 'A', 'B', 1))[:28+12], 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff), "", "A"},
	} {
		faces, err := ReadFaces(bytes.NewReader(c.file))
		for _, r := range c.has {
			if err != nil || !faces[0].Has(r) {
				t.Errorf("%s: no %q (%v)", name, r, err)
			}
		}
		for _, r := range c.not {
			if err == nil && faces[0].Has(r) {
				t.Errorf("%s: has %q", name, r)
			}
		}
	}
	for _, file := range []string{"", "no face", "ttcf\x00\x01\x00\x00\xff\xff\xff\xff", "\x00\x01\x00\x00\xff\xff\x00\x00\x00\x00\x00\x00"} {
		if _, err := ReadFaces(strings.NewReader(file)); err == nil {
			t.Errorf("%q is a typeface", file)
		}
	}
}

// FuzzFaces: whatever lies among the typefaces of a system, it is read or refused, and in little time.
func FuzzFaces(f *testing.F) {
	f.Add(aFace(format12(12, 'A', 'C', 1)))
	f.Add(aFace([]byte{0, 4, 0, 32, 0, 0, 0, 4, 0, 4, 0, 1, 0, 0, 0, 'C', 0xff, 0xff, 0, 0, 0, 'A', 0xff, 0xff, 0, 1, 0, 1, 0, 0, 0, 0}))
	f.Add(append([]byte("ttcf\x00\x01\x00\x00\x00\x00\x00\x01\x00\x00\x00\x10"), aFace(nil)...))
	f.Fuzz(func(t *testing.T, file []byte) {
		faces, err := ReadFaces(bytes.NewReader(file))
		if err != nil {
			return
		}
		for _, face := range faces {
			for _, s := range face.spans {
				if s.first > s.last || s.last > 0x10ffff || !face.Has(rune(s.first)) {
					t.Errorf("a span from %U to %U", s.first, s.last)
				}
			}
		}
	})
}

// FuzzMissing: any bytes at all are taken for a page.
func FuzzMissing(f *testing.F) {
	f.Add([]byte(`<html lang="ar"><p>ا<bdi lang="en">x</bdi></p><style>`))
	f.Fuzz(func(t *testing.T, page []byte) {
		for _, l := range Missing(page, func(rune) bool { return false }) {
			if !strings.ContainsRune(l.Sentence, l.Char) {
				t.Errorf("%q does not stand in %q", l.Char, l.Sentence)
			}
		}
	})
}
