//go:build !js

package web

import (
	"fmt"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"

	"fairnotice/notices"
)

const digestOfTest = "sha256:3707694e16c28c14e3a7541c1f84a000fd42eece387caef5f8115fd59f6a01c2"

// TestReceipt holds the two texts to the byte, and every near miss away.
func TestReceipt(t *testing.T) {
	r := Receipt{Program: "citykey", Number: 1, Digest: digestOfTest, Week: Week{2026, 47}}
	const long = "notice-receipt/v1\nprogram citykey\nedition 1 " + digestOfTest + "\nweek 2026-W47\n"
	if r.String() != long {
		t.Errorf("the receipt is %q", r.String())
	}
	const short = "notice-receipt/v1 3707694e16c28c14e3a7541c1f84a000 2026-W47\n"
	if got := r.Short().String(); got != short || len(got) > 61 {
		t.Errorf("the short receipt is %q, %d bytes", got, len(got))
	}
	if strings.Contains(short, r.Program) {
		t.Error("the short receipt names the program")
	}
	if got, err := ParseReceipt([]byte(long)); err != nil || got != r {
		t.Errorf("read back: %+v, %v", got, err)
	}
	r.Portal = "apply.example.gov"
	if got, err := ParseReceipt([]byte(r.String())); err != nil || got != r {
		t.Errorf("with a portal, read back: %+v, %v", got, err)
	}
	if got, err := ParseShortReceipt([]byte(short)); err != nil || got != r.Short() {
		t.Errorf("the short one, read back: %+v, %v", got, err)
	}
	for _, change := range [][2]string{
		{"\n", "\r\n"}, {"edition 1", "edition 01"}, {"edition 1", "edition 0"}, {"W47", "W54"}, {"W47", "w47"}, {"W47", "W00"}, {"citykey", "CityKey"}, {"citykey", ""},
		{"3707", "370"}, {"3707", "370G"}, {"3707", "37A7"}, {"program citykey\n", ""}, {"week 2026", "language es\nweek 2026"}, {"2026-W47\n", "2026-W47"}, {"2026-W47\n", "2026-W47\n\n"},
		{"v1", "v2"}, {"program", "portal \nprogram"}, {"program", "portal -a\nprogram"}, {"2026-W47", "2026-11-16"}, {"notice", "\ufeffnotice"}, {" ", "  "},
	} {
		for name, text := range map[string]string{"the receipt": long, "the short receipt": short} {
			text := strings.Replace(text, change[0], change[1], 1)
			if text == long || text == short {
				continue
			}
			_, err := ParseReceipt([]byte(text))
			_, err2 := ParseShortReceipt([]byte(text))
			if err == nil || err2 == nil {
				t.Errorf("%s with %q in the place of %q is taken", name, change[1], change[0])
			}
		}
	}
}

func FuzzReceipt(f *testing.F) {
	r := Receipt{Portal: "apply.example.gov", Program: "citykey", Number: 12, Digest: digestOfTest, Week: Week{2026, 53}}
	f.Add([]byte(r.String()))
	f.Add([]byte(r.Short().String()))
	r.Portal = ""
	f.Add([]byte(r.String()))
	f.Fuzz(func(t *testing.T, text []byte) {
		if r, err := ParseReceipt(text); err == nil && r.String() != string(text) {
			t.Errorf("%q is written again as %q", text, r.String())
		}
		if r, err := ParseShortReceipt(text); err == nil && r.String() != string(text) {
			t.Errorf("%q is written again as %q", text, r.String())
		}
	})
}

func TestWeek(t *testing.T) {
	for _, c := range []struct {
		y, m, d int
		want    string
	}{{2026, 11, 16, "2026-W47"}, {2026, 11, 22, "2026-W47"}, {2026, 11, 23, "2026-W48"}, {2027, 1, 3, "2026-W53"}, {2027, 1, 4, "2027-W01"}, {2024, 12, 30, "2025-W01"}, {2021, 1, 1, "2020-W53"}} {
		if got := WeekOf(c.y, c.m, c.d).String(); got != c.want {
			t.Errorf("the week of %d-%d-%d is %s, want %s", c.y, c.m, c.d, got, c.want)
		}
	}
	for text, ok := range map[string]bool{"2026-W53": true, "2025-W53": false, "2025-W52": true, "2026-W1": false, "2026-W00": false, "0000-W01": false, "-001-W01": false, "2026-47": false, "2026-W+1": false, "": false} {
		if w, err := ParseWeek(text); (err == nil) != ok || ok && w.String() != text {
			t.Errorf("%q: %v, %v", text, w, err)
		}
	}
	if a, b := (Week{2026, 53}), (Week{2027, 1}); !a.Before(b) || b.Before(a) || a.Before(a) {
		t.Error("weeks are not in order")
	}
}

// TestReceiptsAreTheSame downloads each file as many people, and from two builds: nothing of them, and nothing of the day, is in it.
func TestReceiptsAreTheSame(t *testing.T) {
	e := cityKey(t, notices.Before)
	week := Week{2026, 47}
	asked := ""
	qr := func(text string) ([]byte, error) { asked += text; return []byte("<svg></svg>"), nil }
	files, err := Receipts(e, week, qr)
	if err != nil {
		t.Fatal(err)
	}
	if asked != string(files[1].Bytes)+string(files[2].Bytes) {
		t.Errorf("the codes hold %q", asked)
	}
	again, err := Receipts(cityKey(t, notices.Before), week, qr)
	if err != nil || !reflect.DeepEqual(files, again) {
		t.Errorf("a second build makes other bytes (%v)", err)
	}
	site, err := NewSite(files)
	if err != nil {
		t.Fatal(err)
	}
	h := NewHandler(site)
	for _, f := range files {
		seen := map[string]int{}
		for i := range 1000 {
			r := httptest.NewRequest("GET", "/"+strings.TrimPrefix(f.Path, "public/"), nil)
			r.RemoteAddr = fmt.Sprintf("192.0.2.%d:%d", i%256, 1024+i)
			r.Header.Set("User-Agent", fmt.Sprintf("browser %d", i))
			r.Header.Set("Accept-Language", []string{"es", "ar", "zh", "ur"}[i%4])
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if w.Code != 200 {
				t.Fatalf("%s: %d", f.Path, w.Code)
			}
			seen[fmt.Sprint(w.Header())+w.Body.String()]++
		}
		if len(seen) != 1 {
			t.Errorf("%s came in %d forms", f.Path, len(seen))
		}
	}
	if _, err := Receipts(cityKey(t, notices.DemandReceived), week, qr); err == nil {
		t.Error("a program without a notice before the upload has receipts")
	}
}
