package core

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"fairnotice/notices"
)

// river are the answers of a person at the desk, page by page, with seven times "I do not know".
var river = []map[string]string{
	{"program": "River Card", "languages": "en, es", "urgency": "ordinary", "gives": "A card for people who live in the county.", "open_to": "All people who live in the county can ask for one.", "own_words": "no"},
	{"place": "us-il-cook", "office": "River County Clerk", "office_kind": "county_agency", "office_phone": "312-555-0100", "office_address": "unknown", "office_page": "unknown"},
	{"open_now": "active", "costs": "unknown", "mandatory": "unknown", "is_not": "none", "ways": "online"},
	{"way.online.asks": "name, foreign_passport", "way.online.since": "unknown"},
	{"way.online.must": "all", "way.online.then": "unknown"},
	{"kept": "unknown", "company": "Hostwell"},
	{"company_does": "runs_website", "demanded": "no", "no_demand_by": "Dana Lee"},
	{"legal": "River Legal Aid", "legal_reach": "312-555-0101", "officers": "Family Hotline", "officers_reach": "312-555-0102", "helpers_independent": "yes"},
}

func put(t testing.TB, d *Desk, answers map[string]string) *Asked {
	t.Helper()
	args, _ := json.Marshal(map[string]any{"answers": answers})
	a := do[Asked](t, d, "interview.put", string(args))
	return &a
}

// riverDesk is a desk on which that interview has ended.
func riverDesk(t testing.TB) *Desk {
	t.Helper()
	d := New(today)
	do[Asked](t, d, "interview", `{"fresh":true}`)
	for _, answers := range river {
		for _, p := range put(t, d, answers).Pages {
			for _, q := range p.Prompts {
				if q.Fault != "" {
					t.Fatalf("%s: %s", q.Key, q.Fault)
				}
			}
		}
	}
	do[Finished](t, d, "interview.finish", "")
	return d
}

func TestInterview(t *testing.T) {
	d := New(today)
	a := do[Asked](t, d, "interview", "")
	if len(a.Pages) < 5 || a.Done != 0 || a.Finish || a.State.Open || a.State.Unsaved {
		t.Errorf("%+v", a)
	}
	for _, p := range a.Pages {
		if len(p.Prompts) > 7 {
			t.Errorf("%d questions on the page %q", len(p.Prompts), p.Title)
		}
		for _, q := range p.Prompts {
			if q.AskTitle == "" || strings.Contains(q.Hint, "Enter") || strings.Contains(q.Hint, "number") && !strings.Contains(q.Hint, "phone number") {
				t.Errorf("%+v", q)
			}
		}
	}
	// What cannot be taken is told beside its question, and the others are kept.
	got := put(t, d, map[string]string{"program": "River Card", "place": "us-il-cok", "office_phone": "ring us", "office": "TODO", "kept": "until it is back"})
	faults := map[string]string{}
	for _, p := range got.Pages {
		for _, q := range p.Prompts {
			faults[q.Key] = q.Fault
		}
	}
	for key, want := range map[string]string{"place": "Did you mean us-il-cook?", "office_phone": "must be a phone number", "office": "nobody has written yet", "kept": "If you do not know, say so."} {
		if !strings.Contains(faults[key], want) {
			t.Errorf("%s: %q", key, faults[key])
		}
	}
	if got.Done != 1 || got.Name != "river-card.yaml" || !got.State.Unsaved || got.State.Undo != "You answered questions on the page “The program”." {
		t.Errorf("%d %q %+v", got.Done, got.Name, got.State)
	}
	if says := no(t, d, "interview.finish", ""); !strings.HasPrefix(says, "One answer is missing that a notice needs:") {
		t.Error(says)
	}
	for key, f := range faults {
		if strings.ContainsAny(f, "`") {
			t.Errorf("%s: %s", key, f)
		}
	}
	// A question that was left open does not hide the answers behind it.
	if a := put(t, d, map[string]string{"languages": "en, es", "urgency": "food", "gives": "A card."}); a.Done != 4 {
		t.Errorf("%d answers", a.Done)
	}
	if a := put(t, d, map[string]string{"office_kind": "school"}); a.Done != 5 {
		t.Errorf("%d answers", a.Done)
	}
	do[Undone](t, d, "undo", "")
	do[Undone](t, d, "undo", "")
	// Undo takes the page back; the answers can be put down and opened again.
	do[Undone](t, d, "undo", "")
	if a := do[Asked](t, d, "interview", ""); a.Done != 0 {
		t.Errorf("%d answers are left", a.Done)
	}
	for _, answers := range river[:3] {
		put(t, d, answers)
	}
	saved := do[Saved](t, d, "save", "")
	if len(saved.Files) != 1 || saved.Files[0].Name != "river-card.yaml.answers" || saved.State.Unsaved {
		t.Fatalf("%+v", saved)
	}
	on := New(today)
	args, _ := json.Marshal(map[string]any{"files": []Blob{{"river-card.yaml (1).answers.txt", saved.Files[0].Bytes}}})
	if a := do[Answer](t, on, "start.open", string(args)); a.Go != "interview" {
		t.Errorf("%+v", a)
	}
	was, is := do[Asked](t, d, "interview", ""), do[Asked](t, on, "interview", "")
	if was.Done != is.Done || was.Done < 14 {
		t.Errorf("%d answers before, %d after", was.Done, is.Done)
	}
	for _, answers := range river[3:] {
		is = *put(t, on, answers)
	}
	if !is.Finish || len(is.Faults) > 0 {
		t.Errorf("%+v", is.Faults)
	}
	end := do[Finished](t, on, "interview.finish", "")
	if !end.State.Open || end.State.Errors != 0 || end.State.Program.File != "river-card.yaml" || !slices.Equal(end.Left, []string{"Spanish"}) || end.Questions < 30 {
		t.Errorf("%+v", end)
	}
	if says := no(t, on, "interview", ""); !strings.Contains(says, "To do") {
		t.Error(says)
	}
	if c := on.Changed(); len(c) != 2 || c["river-card.yaml"] == nil || c["river-card.yaml (1)"] != nil {
		t.Errorf("%v", sortedKeys(c))
	}
}

// TestUnknownGoesToWhom: who is named beside "I do not know" is the person on whose sheet the question comes.
func TestUnknownGoesToWhom(t *testing.T) {
	d := riverDesk(t)
	in, err := NewInterview("river-card.yaml", today, "say so")
	if err != nil {
		t.Fatal(err)
	}
	for _, answers := range river {
		for k, v := range answers {
			in.Answers[k] = v
		}
	}
	asks := map[string]string{}
	for _, p := range in.Prompts() {
		asks[p.Key] = p.Ask
	}
	f, err := d.read()
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, q := range notices.Questions(f.Program) {
		if key, _ := in.Asked(q.Path); key != "" && in.Answers[key] == "unknown" {
			if n++; asks[key] != string(q.Ask) {
				t.Errorf("%s: the interview says %s, the sheet is for %s (%s)", key, asks[key], q.Ask, q.Path)
			}
		}
	}
	t.Log(n, "of the unknown answers are questions")
	if n < 9 {
		t.Errorf("%d", n)
	}
}

// FuzzAnswers: a file of answers that somebody opens is gone on with, or refused in words; what is kept of it reads back the same.
func FuzzAnswers(f *testing.F) {
	for _, answers := range river {
		var b strings.Builder
		for _, k := range sortedKeys(answers) {
			b.WriteString(k + ": " + answers[k] + "\n")
		}
		f.Add([]byte(b.String()))
	}
	f.Add([]byte("program: A\nlanguages: en, es\nways: online, kiosk\nway.kiosk.asks: name, Tribal card\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		in, err := NewInterview("x.yaml", today, "say so")
		if err != nil {
			t.Fatal(err)
		}
		if ps := in.Read("x.yaml.answers", data, false); ps.Failed() {
			for _, p := range ps {
				if p.Message == "" {
					t.Errorf("%+v", p)
				}
			}
			return
		}
		again, _ := NewInterview("x.yaml", today, "say so")
		if ps := again.Read("x.yaml.answers", []byte(in.Lines()), false); ps.Failed() || again.Lines() != in.Lines() {
			t.Errorf("%v\n%s\n%s", ps, in.Lines(), again.Lines())
		}
	})
}
