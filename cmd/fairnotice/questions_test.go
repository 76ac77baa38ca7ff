package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fairnotice/notices"
)

// fitting is an answer that fits a question.
func fitting(a notices.ToAsk) string {
	switch a.Takes.Kind {
	case notices.TakesWord:
		switch a.Field {
		case "tells_people":
			return "no"
		case "channels.phases.asks.handling":
			return "facts from it are written down, the paper is given back"
		}
		return a.Takes.Words[0]
	case notices.TakesPeriod:
		return "7 years"
	case notices.TakesDate, notices.TakesEnd:
		return "2025-06"
	case notices.TakesPhone:
		return "312-555-0100"
	case notices.TakesPage:
		return "https://www.example.org/notices"
	case notices.TakesNumber:
		return "3"
	case notices.TakesItem:
		return "Name, Home address, consular ID"
	case notices.TakesCopies:
		return "record at clerk; paper - Office of the City Clerk; backup: omicron"
	case notices.TakesHolds:
		return "from 2025-05-01, to open, reason demand, public yes"
	}
	return "City Hall, room 107"
}

// filledSheets answers every question of CityKey, on the sheets that the command printed.
func filledSheets(t *testing.T, w world, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	p, _ := notices.Read("citykey.yaml", data)
	var all bytes.Buffer
	for _, to := range notices.Askers() {
		sheet, stderr, code := fairnotice(t, w, "questions", file, "--for", to)
		if code != fine {
			t.Fatalf("%d %s", code, stderr)
		}
		for _, a := range notices.Asks(p, to) {
			sheet = strings.Replace(sheet, "\nQ-"+a.ID+" =\n", "\nQ-"+a.ID+" = "+fitting(a)+"\n", 1)
			if len(a.Places) == 1 {
				sheet = strings.Replace(sheet, "\nQ-"+a.Places[0].ID+" =\n", "\nQ-"+a.Places[0].ID+" = "+fitting(a)+"\n", 1)
			}
		}
		if to == "program" { // one of them at the head for all
			sheet = strings.NewReplacer("Your name =", "Your name = Ana Ruiz", "Day of your answers (such as 2025-06-14) =", "Day of your answers (such as 2025-06-14) = 2025-06-14",
				"Looked or told =", "Looked or told = looked").Replace(sheet)
		}
		all.WriteString(sheet + "\n")
	}
	return all.Bytes()
}

func workingCopy(t *testing.T) (w world, file string) {
	t.Helper()
	data, err := os.ReadFile(example("citykey"))
	if err != nil {
		t.Fatal(err)
	}
	file = filepath.Join(t.TempDir(), "citykey.yaml")
	if err := os.WriteFile(file, data, 0o640); err != nil {
		t.Fatal(err)
	}
	return world{today: edition1}, file
}

// TestEveryAnswerFits: every question of the real file, answered on its sheet, is written into the file. Nothing is unknown any more
// but what only a person can write by hand; all comments are there; check is content; the mode is as it was.
func TestEveryAnswerFits(t *testing.T) {
	w, file := workingCopy(t)
	before, _ := os.ReadFile(file)
	sheets := filledSheets(t, w, file)
	for name, post := range map[string]func([]byte) []byte{
		"as it is": func(b []byte) []byte { return b },
		"quoted, with CR LF, curly quotes and other blanks": func(b []byte) []byte {
			b = bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n> "))
			return bytes.ReplaceAll(b, []byte("= "), []byte("=\u00a0"))
		},
		"twice as many lines": func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\n"), []byte("\n\n")) },
		"the answer below its line": func(b []byte) []byte {
			out := strings.ReplaceAll(string(b), "\nQ-", "\n> Q-")
			lines := strings.Split(out, "\n")
			for i, l := range lines {
				if id, value, ok := strings.Cut(l, " = "); ok && strings.HasPrefix(l, "> Q-") {
					lines[i] = id + " =\n\n" + value
				}
			}
			return []byte(strings.Join(lines, "\n") + "\n> --\n")
		},
	} {
		if err := os.WriteFile(file, before, 0o640); err != nil {
			t.Fatal(err)
		}
		sheet := filepath.Join(t.TempDir(), "sheet.txt")
		if err := os.WriteFile(sheet, post(sheets), 0o600); err != nil {
			t.Fatal(err)
		}
		stdout, stderr, code := fairnotice(t, w, "questions", file, "--answers", sheet, "--date", edition1.String())
		if code != fine {
			t.Errorf("%s: %d\n%s", name, code, stderr)
			continue
		}
		after, _ := os.ReadFile(file)
		p, ps := notices.Read("citykey.yaml", after)
		if ps.Failed() {
			t.Fatal(ps)
		}
		if open := notices.Questions(p); len(open) > 0 && name == "as it is" {
			for _, q := range open {
				if q.Field != "channels.phases.asks.refuse" {
					t.Errorf("%s is still unknown", q.Path)
				}
			}
		}
		if a, b := bytes.Count(before, []byte("#")), bytes.Count(after, []byte("#")); a != b {
			t.Errorf("%s: of %d comments %d are left", name, a, b)
		}
		if info, _ := os.Stat(file); info.Mode().Perm() != 0o640 {
			t.Errorf("the mode is %v", info.Mode())
		}
		kept, err := filepath.Glob(file + ".before-*")
		if err != nil || len(kept) == 0 {
			t.Fatal("the file as it was is not kept", err)
		}
		if old, _ := os.ReadFile(kept[0]); !bytes.Equal(old, before) {
			t.Error("what was kept is not the file as it was")
		}
		if !strings.Contains(stdout, "94 answers written") || !strings.Contains(stdout, "check says now: no errors") {
			t.Errorf("%s: %s", name, stdout)
		}
		if _, stderr, code := fairnotice(t, w, "check", file, "--date", edition1.String()); code != fine {
			t.Errorf("check: %d %s", code, stderr)
		}
	}
}

// TestWrongAnswers: every answer that does not fit is told at once, with its line and what to write, and nothing is written.
func TestWrongAnswers(t *testing.T) {
	w, file := workingCopy(t)
	before, _ := os.ReadFile(file)
	data, _ := notices.Read("citykey.yaml", before)
	wrong := map[notices.TakesKind]string{notices.TakesWord: "perhaps", notices.TakesPeriod: "seven years", notices.TakesDate: "last May", notices.TakesItem: "Nmae",
		notices.TakesCopies: "somewhere", notices.TakesHolds: "since ever", notices.TakesPhone: "ring us", notices.TakesPage: "www.example.org", notices.TakesNumber: "three"}
	var b strings.Builder
	b.WriteString("Program = citykey\nYour name = Ana Ruiz\nDay of your answers = 2025-06-14\nLooked or told = looked\n")
	var want []string
	line := 5
	for _, a := range notices.Asks(data, "") {
		if w, ok := wrong[a.Takes.Kind]; ok && a.Takes.Kind != notices.TakesPhone && a.Takes.Kind != notices.TakesPage {
			fmt.Fprintf(&b, "Q-%s = %s\n", a.ID, w)
			want = append(want, fmt.Sprintf("sheet.txt:%d:1: Q-%s (%s): ", line, a.ID, a.Text))
			line++
		}
	}
	fmt.Fprintf(&b, "Q-zzzz = yes\n")
	want = append(want, fmt.Sprintf("sheet.txt:%d:1: The file has no open question Q-zzzz.", line))
	sheet := filepath.Join(filepath.Dir(file), "sheet.txt")
	if err := os.WriteFile(sheet, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	stdout, stderr, code := fairnotice(t, w, "questions", file, "--answers", sheet)
	if code != fileFault || stdout != "" {
		t.Errorf("%d %s", code, stdout)
	}
	for _, s := range want {
		if !strings.Contains(stderr, s) {
			t.Errorf("%q is not told", s)
		}
	}
	if len(want) < 30 {
		t.Errorf("only %d questions", len(want))
	}
	if after, _ := os.ReadFile(file); !bytes.Equal(after, before) {
		t.Error("something was written")
	}
	if kept, _ := filepath.Glob(file + ".before-*"); len(kept) != 0 {
		t.Errorf("%v was kept", kept)
	}
}
