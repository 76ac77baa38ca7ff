package core

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"

	"fairnotice/examples"
)

// inThree is a desk with a program in three languages, so that all can be made quickly.
func inThree(t testing.TB) *Desk {
	t.Helper()
	text, err := examples.CityKey.ReadFile("citykey.yaml")
	if err != nil {
		t.Fatal(err)
	}
	d := New(today)
	name := "languages: [en, es, ar]"
	before, after, ok := strings.Cut(string(text), "\nlanguages:")
	if !ok {
		t.Fatal("the example has no languages")
	}
	_, after, _ = strings.Cut(after, "\n")
	arg, _ := json.Marshal(map[string]any{"files": []Blob{{Name: "card.yaml", Bytes: []byte(before + "\n" + name + "\n" + after)}}})
	if s := do[Answer](t, d, "start.open", string(arg)).State; s.Errors != 0 || len(s.Languages) != 3 {
		t.Fatalf("%+v", s)
	}
	return d
}

func unzipped(t testing.TB, b []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(data)
	}
	return out
}

// TestGive: every door is there, and everything behind a door can be made, in whole sentences; making changes nothing on the desk.
func TestGive(t *testing.T) {
	d := inThree(t)
	for do[Answer](t, d, "count", "").State.Counting {
	}
	doors := do[Doors](t, d, "give", "").Doors
	made := 0
	for _, door := range doors {
		if !door.Ready || door.Title == "" || door.About == "" || len(door.Makes) == 0 {
			t.Errorf("%+v", door)
		}
		for _, s := range door.Why {
			if !strings.HasSuffix(s, ".") || strings.Contains(s, "%!") {
				t.Errorf("%s: %q", door.ID, s)
			}
		}
		for _, m := range door.Makes {
			args := map[string]string{"what": m.What}
			if m.Languages {
				args["language"] = "ar"
			}
			raw, _ := json.Marshal(args)
			g := do[Given](t, d, "give.make", string(raw))
			made++
			if len(g.Files) != 1 || len(g.Files[0].Bytes) < 100 || g.State == nil || !strings.HasPrefix(g.Files[0].Name, "card-") || g.Files[0].Type == "" || len(g.Says) == 0 {
				t.Errorf("%s: %d files, says %q", m.What, len(g.Files), g.Says)
			}
			for _, s := range g.Says {
				if !strings.HasSuffix(s, ".") {
					t.Errorf("%s says %q, which is no sentence", m.What, s)
				}
			}
			if again := do[Given](t, d, "give.make", string(raw)); !bytes.Equal(again.Files[0].Bytes, g.Files[0].Bytes) {
				t.Errorf("%s is not the same a second time", m.What)
			}
		}
	}
	if made < len(givings()) || len(d.Changed()) != 1 { // the record of what was sent
		t.Errorf("%d were made; %v changed", made, d.Changed())
	}
}

// TestGiveSays: what somebody has to know before a thing goes out is said at its door.
func TestGiveSays(t *testing.T) {
	d := inThree(t)
	at := func(id string) string {
		for _, door := range do[Doors](t, d, "give", "").Doors {
			if door.ID == id {
				return fmt.Sprint(door.Ready, " ", strings.Join(door.Why, " "))
			}
		}
		t.Fatalf("no door %s", id)
		return ""
	}
	if got := at("print"); !strings.Contains(got, "The desk is still looking at 3 languages.") {
		t.Error(got)
	}
	for do[Answer](t, d, "count", "").State.Counting {
	}
	if got := at("print"); !strings.Contains(got, "true Nobody has reviewed the words in English, Spanish and Arabic. The pages say so.") {
		t.Error(got)
	}
	if got := at("website"); !strings.Contains(got, "questions are not answered. The notice says of each that nobody knows.") {
		t.Error(got)
	}
	if got := no(t, d, "give.make", `{"what":"sms.txt"}`); !strings.Contains(got, "Which language?") {
		t.Error(got)
	}
	if got := no(t, d, "give.make", `{"what":"sms.txt","language":"tlh"}`); !strings.Contains(got, "not in the language “tlh”") {
		t.Error(got)
	}
	if got := no(t, d, "give.make", `{"what":"sms.txt","language":"es","page":"http://example.org"}`); !strings.Contains(got, "https://") {
		t.Error(got)
	}
	if got := no(t, d, "give.make", `{"what":"vendor.zip","form":"forms.example.com"}`); !strings.Contains(got, "does not begin with https://") {
		t.Error(got)
	}
	if got := no(t, d, "give.make", `{"what":"notice.html","language":"es","paper":"legal"}`); !strings.Contains(got, "Choose letter or A4.") {
		t.Error(got)
	}
	if got := no(t, d, "give.make", `{"what":"a horse"}`); !strings.Contains(got, "a fault of ours") {
		t.Error(got)
	}
	g := do[Given](t, d, "give.make", `{"what":"sms","language":"es","page":"https://example.org/n"}`)
	if text := string(g.Files[0].Bytes); !strings.Contains(text, "Lea esto primero: https://example.org/n\n") || !strings.Contains(g.Says[0], "parts") || g.Files[0].Name != "card-text-message-es.txt" {
		t.Errorf("%q %q", text, g.Says)
	}
	if got := no(t, New(today), "give", ""); !strings.Contains(got, "No file is open.") {
		t.Error(got)
	}
	broken, _ := json.Marshal(map[string]any{"files": []Blob{{Name: "card.yaml", Bytes: []byte("fairnotice: 1\nprogram: {id: card}\n")}}})
	do[Answer](t, d, "start.open", string(broken))
	if got := at("website"); !strings.Contains(got, "false Your file has") || !strings.Contains(got, "Mend what stands under “To do” first.") {
		t.Error(got)
	}
	if got := no(t, d, "give.make", `{"what":"website.zip"}`); !strings.Contains(got, "no notice can be made") {
		t.Error(got)
	}
}

// TestGiveTogether: the vendor's zip is the one of the website, and the website names what it was made of.
func TestGiveTogether(t *testing.T) {
	d := inThree(t)
	site := unzipped(t, do[Given](t, d, "give.make", `{"what":"website.zip"}`).Files[0].Bytes)
	vendor := do[Given](t, d, "give.make", `{"what":"vendor.zip"}`).Files[0].Bytes
	if site["for-the-vendor.zip"] != string(vendor) || len(vendor) == 0 {
		t.Error("the vendor is sent something else than stands in the edition")
	}
	for _, name := range []string{"START-HERE.html", "public/index.html", "public/edition.json", "manifest.json", "office/ar/before.txt"} {
		if len(site[name]) == 0 {
			t.Errorf("the website has no %s", name)
		}
	}
	linked := do[Given](t, d, "give.make", `{"what":"vendor.zip","form":"https://forms.example.com/apply"}`)
	if len(d.Changed()) > 0 {
		t.Errorf("%v changed", d.Changed())
	}
	all := unzipped(t, do[Given](t, d, "give.make", `{"what":"everything.zip"}`).Files[0].Bytes)
	sent := sortedKeys(d.Changed())
	if len(sent) != 1 || !strings.HasSuffix(sent[0], ".sent") || all["your-file/"+sent[0]] == "" {
		t.Errorf("a packet is in the zip with everything, and kept of it is %v", sent)
	}
	if front := unzipped(t, linked.Files[0].Bytes)["for-the-vendor/front-door.html"]; !strings.Contains(front, "https://forms.example.com/apply") {
		t.Error("the front door does not lead to the form")
	}
}
