package web

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

// aNotice is a small notice: two statements have the same words and differ in their values, as those of real notices do.
func aNotice(t *testing.T) *Wanted {
	t.Helper()
	w, err := ReadWanted([]byte(`{"kind": "before", "language": "en", "direction": "ltr", "sections": [
	 {"layer": 1, "heading": "Key facts", "groups": [{"heading": "", "statements": [
	  {"id": "keep", "text": "The office keeps your papers.", "values": []},
	  {"id": "long", "text": "It keeps them this long:", "values": [{"label": "Time", "text": ["90 days"]}]}]}]},
	 {"layer": 2, "heading": "What is asked", "groups": [{"heading": "", "statements": [
	  {"id": "must", "text": "You must give these:", "values": [{"label": "Papers", "text": ["Name", "Photo"]}]},
	  {"id": "must.two", "text": "You must give these:", "values": [{"label": "Papers", "text": ["Papers of a child"]}]},
	  {"id": "court", "text": "A court can order it.", "values": []}]}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	w.Around([]byte(`<!DOCTYPE html><html lang="mul"><head><style>p{}</style></head><body><div lang="en"><h2>Key facts</h2><h2>What is asked</h2><p>Edition: <bdi>June 14</bdi> &amp; more</p></div><p lang="es">Otra cosa</p></body></html>`))
	return w
}

// shown is a survey of texts that can all be seen.
func shown(texts ...string) *Survey {
	s := &Survey{Looks: []Look{{Ink: [4]float64{0, 0, 0, 255}}}}
	for i, t := range texts {
		s.Texts = append(s.Texts, Shown{Text: t, State: "shown", Size: 16, Top: 20 * i, Box: 1})
	}
	return s
}

var honest = []string{"Key facts", " The office keeps\n your papers. ", "It keeps them this long: Time: ", "\u206890 days\u2069", "Edition: ", "June 14", "What is asked",
	"You must give these:", "Papers: ", "Name", " · ", "Photo", "You must give these: ", "Papers of a child", "A court can order it."}

func TestJudge(t *testing.T) {
	w := aNotice(t)
	change := func(old, new string) []string {
		out := slices.Clone(honest)
		for i := range out {
			out[i] = strings.ReplaceAll(out[i], old, new)
		}
		return slices.DeleteFunc(out, func(s string) bool { return s == "" })
	}
	insert := func(at int, s ...string) []string { return slices.Insert(slices.Clone(honest), at, s...) }
	for _, c := range []struct {
		name  string
		texts []string
		want  string
	}{
		{"as it is", honest, ""},
		{"in one text", []string{strings.Join(honest, " ")}, ""},
		{"a space is gone", change("your papers", "yourpapers"), "changed keep"},
		{"a space more", change("keeps", "ke eps"), "changed keep, changed long"},
		{"another number", change("90", "900"), "changed long"},
		{"a value gone", change("Photo", ""), "changed must"},
		{"another value", change("Photo", "Any paper"), "changed must"},
		{"a value more", insert(12, "Fingerprints"), "added must"},
		{"a label alone", change("Papers of a child", "Papers"), "changed must.two"},
		{"values of two changed", change("Papers of a child", "Name"), "changed must.two"},
		{"a sentence gone", change("A court can order it.", ""), "missing court"},
		{"both of the same words gone", change("You must give these:", ""), "changed must, changed must.two, added long"},
		{"a sentence more", insert(2, "Nobody else sees them."), "added keep"},
		{"one of the frame is none", insert(2, "June 14"), ""},
		{"the frame of another language is one", insert(2, "Otra cosa"), "added keep"},
		{"a sentence in front", insert(0, "None of this is true."), "added "},
		{"a sentence behind", insert(15, "None of this is true."), "added court"},
		{"turned", change("A court can order it.", "\u202eA court can order it."), "turned court"},
		{"in another place", append([]string{"A court can order it."}, honest[:14]...), "moved court"},
		{"nothing of it", []string{"Welcome", "Please apply"}, "absent "},
	} {
		var got []string
		for _, x := range w.Judge(&Survey{}, shown(c.texts...)) {
			got = append(got, x.Code+" "+x.ID)
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: %q, want %q", c.name, strings.Join(got, ", "), c.want)
		}
	}
}

// TestJudgeStyle gives one text each state, and each colour.
func TestJudgeStyle(t *testing.T) {
	w := aNotice(t)
	judge := func(change func(*Survey, *Shown)) string {
		s := shown(honest...)
		change(s, &s.Texts[14])
		var got []string
		for _, x := range w.Judge(&Survey{}, s) {
			got = append(got, x.Code+" "+x.ID)
		}
		return strings.Join(got, ", ")
	}
	for _, state := range []string{"folded", "hidden", "empty", "small", "disguised", "squeezed", "struck", "cropped", "covered", "outside"} {
		if got := judge(func(_ *Survey, x *Shown) { x.State = state }); got != state+" court" {
			t.Errorf("%s: %q", state, got)
		}
	}
	for size, want := range map[float64]string{12: "", 11.9: "small court"} {
		if got := judge(func(_ *Survey, x *Shown) { x.Size = size }); got != want {
			t.Errorf("%g pixels: %q", size, got)
		}
	}
	if got := judge(func(_ *Survey, x *Shown) { x.Top = 3 }); got != "moved court" {
		t.Errorf("shown above the one before: %q", got)
	}
	if got := judge(func(s *Survey, _ *Shown) { s.Pseudo = []Pseudo{{"not", 14}} }); got != "added court" {
		t.Errorf("words of a style sheet: %q", got)
	}
	look := func(ink string, unsure string, layers ...string) Look {
		colour := func(s string) (c [4]float64, opacity float64) {
			opacity = 1
			fmt.Sscanf(s, "%f %f %f %f %f", &c[0], &c[1], &c[2], &c[3], &opacity)
			return c, opacity
		}
		l := Look{Unsure: unsure}
		l.Ink, _ = colour(ink)
		for _, x := range layers {
			back, opacity := colour(x)
			l.Layers = append(l.Layers, struct {
				Back    [4]float64 `json:"back"`
				Opacity float64    `json:"opacity"`
			}{back, opacity})
		}
		return l
	}
	for _, c := range []struct {
		name string
		look Look
		want string
	}{
		{"the palest grey that may be", look("118 118 118 255", ""), ""}, // #767676 on white: 4.54
		{"a little paler", look("119 119 119 255", ""), "faint court"},   // #777777 on white: 4.48
		{"white on white", look("255 255 255 255", ""), "faint court"},
		{"black on black", look("0 0 0 255", "", "0 0 0 255 1"), "faint court"},
		{"transparent", look("0 0 0 0", ""), "faint court"},
		{"half transparent, still dark", look("0 0 0 160", ""), ""},
		{"thinned with all above it", look("0 0 0 255", "", "0 0 0 0 .5"), "faint court"},
		{"white on dark, thinned with it", look("255 255 255 255", "", "0 0 0 255 .3"), "faint court"},
		{"white on dark, behind it light", look("255 255 255 255", "", "0 0 0 255 1", "255 255 255 255 1"), ""},
		{"a picture behind it", look("0 0 0 255", "a picture"), "unsure court"},
		{"transparent before a picture", look("0 0 0 0", "a picture"), "faint court"},
	} {
		if got := judge(func(s *Survey, x *Shown) { s.Looks = append(s.Looks, c.look); x.Look = 1 }); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	if c := look("118 118 118 255", "").contrast(); math.Abs(c-4.54) > .01 {
		t.Errorf("#767676 on white is %.3f to 1", c)
	}
}

// TestJudgeChip wants one word of what has to be clicked to be in sight.
func TestJudgeChip(t *testing.T) {
	w := aNotice(t)
	chips := shown("English", "Languages")
	chips.Texts[1].State = "hidden"
	if got := w.Judge(chips, shown(honest...)); len(got) > 0 {
		t.Errorf("found %v", got)
	}
	chips.Texts[0].State = "covered"
	if got := w.Judge(chips, shown(honest...)); len(got) != 1 || got[0].Code != "chip" {
		t.Errorf("found %v", got)
	}
}

func TestReadWanted(t *testing.T) {
	for _, bad := range []string{"", "[]", "{}", `{"language": "en"}`, `{"language": "en", "sections": [{"groups": []}]}`} {
		if _, err := ReadWanted([]byte(bad)); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
	w := aNotice(t)
	if got := w.Begins(); len(got) != 5 || got[0] != "The office keeps your pa" {
		t.Errorf("beginnings: %q", got)
	}
	if found, of := w.Found(honest, 2, 3); found != 3 || of != 3 {
		t.Errorf("found %d of %d", found, of)
	}
}
