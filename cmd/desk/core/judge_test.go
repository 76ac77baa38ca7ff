package core

import (
	"encoding/json"
	"strings"
	"testing"
)

const oldNotice = `We take your privacy seriously. Your information is safe with us and will never be shared.
Documents submitted in connection with an application shall be retained in accordance with the applicable records retention schedule.`

func TestJudge(t *testing.T) {
	d := New(today)
	judge := func(name string, b []byte) *Verdict {
		args, _ := json.Marshal(map[string]any{"file": Blob{name, b}, "language": "en"})
		v := do[Verdict](t, d, "start.judge", string(args))
		return &v
	}
	args, _ := json.Marshal(map[string]any{"text": oldNotice})
	v := do[Verdict](t, d, "start.judge", string(args))
	if v.Meets || len(v.Facts) != 10 || v.Said > 3 || v.Grade == "" || !strings.Contains(v.Verdict, "of 10 basic facts") {
		t.Errorf("%+v", v)
	}
	safe := false
	for _, f := range v.Findings {
		safe = safe || strings.Contains(f.Text+f.Quote, "safe with us") && f.Hint != ""
	}
	if !safe {
		t.Errorf("a promise of safety was not found: %+v", v.Findings)
	}
	same := func(o *Verdict) {
		t.Helper()
		if o.Verdict != v.Verdict || o.Said != v.Said || len(o.Findings) != len(v.Findings) {
			t.Errorf("%+v\nis not\n%+v", o, v)
		}
	}
	lines := strings.Split(oldNotice, "\n")
	same(judge("old.txt", []byte("\xef\xbb\xbf"+oldNotice)))
	page := "<!DOCTYPE html><html><head><title>x</title><style>p{}</style></head><body><nav>Menu</nav><p>" + lines[0] + "</p><p>" + lines[1] + "</p><script>alert('safe')</script></body></html>"
	same(judge("old.html", []byte(page)))
	word, err := zipped(map[string][]byte{"word/document.xml": []byte(`<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>` + lines[0] + `</w:t></w:r><w:del><w:r><w:delText>never</w:delText><w:t>gone</w:t></w:r></w:del></w:p><w:p><w:r><w:t>` + lines[1] + `</w:t></w:r></w:p></w:body></w:document>`)})
	if err != nil {
		t.Fatal(err)
	}
	same(judge("old.docx", word))
	// Where the ten facts cannot be looked for, no notice meets the bar.
	for _, tag := range []string{"fr", "ar"} {
		args, _ = json.Marshal(map[string]any{"text": "Abc.", "language": tag})
		if v := do[Verdict](t, d, "start.judge", string(args)); len(v.Facts) > 0 || !strings.Contains(v.Verdict, "cannot be judged in this language") {
			t.Errorf("%s: %+v", tag, v)
		}
	}
	for name, b := range map[string][]byte{"a.pdf": []byte("%PDF-1.7"), "b.doc": []byte("\xd0\xcf\x11\xe0"), "c.txt": []byte("caf\xe9"), "d.docx": []byte("PK\x03\x04"), "e.txt": nil} {
		args, _ := json.Marshal(map[string]any{"file": Blob{name, b}})
		if says := no(t, d, "start.judge", string(args)); strings.Contains(says, "fault of ours") {
			t.Errorf("%s: %s", name, says)
		}
	}
}
