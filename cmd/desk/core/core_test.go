package core

import (
	"encoding/json"
	"strings"
	"testing"

	"fairnotice/notices/source"
)

var today = source.NewDay(2025, 7, 1)

// do does an operation that must work, and reads the answer.
func do[T any](t testing.TB, d *Desk, op, args string) T {
	t.Helper()
	out := d.Do(op, []byte(args))
	var bad struct {
		Error *struct{ Says, Hint string } `json:"error"`
	}
	if err := json.Unmarshal(out, &bad); err != nil || bad.Error != nil {
		t.Fatalf("%s %s: %s", op, args, out)
	}
	var a T
	if err := json.Unmarshal(out, &a); err != nil {
		t.Fatalf("%s: %v", op, err)
	}
	return a
}

// no does an operation that must be refused, and gives the words.
func no(t testing.TB, d *Desk, op, args string) string {
	t.Helper()
	var bad struct {
		Error *struct{ Says, Hint string } `json:"error"`
	}
	out := d.Do(op, []byte(args))
	if err := json.Unmarshal(out, &bad); err != nil || bad.Error == nil {
		t.Fatalf("%s %s was not refused: %.200s", op, args, out)
	}
	return bad.Error.Says + " " + bad.Error.Hint
}

func citykey(t testing.TB) *Desk {
	d := New(today)
	do[Answer](t, d, "start.example", "")
	return d
}

func TestExample(t *testing.T) {
	d := New(today)
	if s := do[Answer](t, d, "state", "").State; s.Open {
		t.Error("nothing was opened, and the desk says that something is open")
	}
	s := do[Answer](t, d, "start.example", "").State
	if !s.Open || s.Program.ID != "citykey" || s.Errors != 0 || s.Questions < 50 || len(s.Languages) != 16 || s.Unsaved || s.Undo != "" {
		t.Errorf("%+v", s)
	}
	for s.Counting {
		s = do[Answer](t, d, "count", "").State
	}
	for _, l := range s.Languages {
		if l.State == "held" || l.State == "wait" || l.Why == "" {
			t.Errorf("%+v", l)
		}
	}
	n := do[Shown](t, d, "notice", `{"kind":"before","languages":["es","ar"]}`)
	if len(n.Notices) != 2 || n.Notices[1].Dir != "rtl" || len(n.Notices[0].Sections) < 5 || len(n.Notices[1].Sections) != len(n.Notices[0].Sections) {
		t.Errorf("%+v", n)
	}
}

func TestSetAndUndo(t *testing.T) {
	d := citykey(t)
	before := do[FileText](t, d, "file", "").Text
	got := do[Set](t, d, "set", `{"path":"retention.application_file.period","value":"30 days"}`)
	if len(got.Changed.Lines) != 1 || !strings.Contains(*got.Changed.Lines[0].Is, "period: 30 days") || !strings.Contains(*got.Changed.Lines[0].Is, "# the code names a schedule") {
		t.Errorf("%+v", got.Changed)
	}
	if !got.State.Unsaved || got.State.Undo == "" || len(d.Changed()) != 1 {
		t.Errorf("%+v", got.State)
	}
	says, _ := json.Marshal(do[Shown](t, d, "notice", `{"kind":"before","languages":["en"]}`))
	if !strings.Contains(string(says), "30 days") {
		t.Error("the notice does not say 30 days")
	}
	u := do[Undone](t, d, "undo", "")
	if do[FileText](t, d, "file", "").Text != before || u.State.Unsaved || u.State.Undo != "" || len(u.Changed.Lines) != 1 {
		t.Errorf("%+v", u)
	}
	no(t, d, "undo", "")
	for _, bad := range []string{
		`{"path":"retention.application_file.period","value":"soon"}`,
		`{"path":"retention.application_file.period","value":""}`,
		`{"path":"retention.application_file.from","value":"maybe"}`,
		`{"path":"nowhere.at.all","value":"30 days"}`,
		`{"path":"channels.online.phases.portal.asks.2.handling","value":"eaten"}`,
		`{"path":"program.contact.phone","value":"call us"}`,
		`{"path":"retention.application_file.period","value":"7 years","looked":true}`,
	} {
		if says := no(t, d, "set", bad); strings.Contains(says, "fault of ours") {
			t.Errorf("%s: %s", bad, says)
		}
		if do[FileText](t, d, "file", "").Text != before || len(d.Changed()) > 0 {
			t.Fatalf("%s changed something", bad)
		}
	}
}

func TestWhy(t *testing.T) {
	d := citykey(t)
	n := do[Shown](t, d, "notice", `{"languages":["es"]}`).Notices[0]
	for _, s := range n.Sections {
		for _, g := range s.Groups {
			for _, st := range g.Statements {
				b := do[Because](t, d, "why", `{"language":"es","statement":"`+st.ID+`"}`)
				if b.Text != st.Text || b.English == "" || len(b.Answers)+len(b.Laws)+len(b.Rules) == 0 {
					t.Errorf("%s: %+v", st.ID, b)
				}
				for _, a := range b.Answers {
					if a.Label == "" || a.Value == "" || a.Line == 0 {
						t.Errorf("%s: %+v", st.ID, a)
					}
					if a.Editable {
						do[Editor](t, d, "fact", `{"path":"`+a.Path+`"}`)
					}
				}
			}
		}
	}
}

// BenchmarkEdit is what somebody waits for who changes an answer and looks at the notice.
func BenchmarkEdit(b *testing.B) {
	d := citykey(b)
	do[Shown](b, d, "notice", `{"languages":["en"]}`)
	for i := 0; b.Loop(); i++ {
		d.Do("set", []byte(`{"path":"retention.application_file.period","value":"`+[]string{"30 days", "40 days"}[i%2]+`"}`))
		d.Do("notice", []byte(`{"languages":["en"]}`))
	}
}

// TestCapital: a first letter of more than one byte, or a sign before it, stays whole.
func TestCapital(t *testing.T) {
	for s, want := range map[string]string{"": "", "a card": "A card", "água limpia": "Água limpia", "“card” is open": "“card” is open", "карта": "Карта"} {
		if got := capital(s); got != want {
			t.Errorf("%q is %q", s, got)
		}
	}
}
