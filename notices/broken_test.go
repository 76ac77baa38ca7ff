package notices

import (
	"bytes"
	options "flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"fairnotice/notices/law"
	"fairnotice/notices/source"
)

var update = options.Bool("update", false, "write what is said now as what should be said")

// The files of testdata/broken. NAME.txt is base.yaml with a few words changed: what it is about, each place and what stands there instead,
// and what people are told. NAME.yaml is whole, where its very bytes matter, and NAME.golden is what people are told.
type broken struct {
	name string
	data []byte
	says string

	about string // of a .txt, all that stands before what it says
}

const says = "-- says --\n"

func brokenFiles(t testing.TB) []broken {
	t.Helper()
	read := func(name string) string {
		data, err := os.ReadFile(filepath.Join("testdata/broken", name))
		if err != nil && !*update {
			t.Fatal(err)
		}
		return string(data)
	}
	base := read("base.yaml")
	list, err := os.ReadDir("testdata/broken")
	if err != nil {
		t.Fatal(err)
	}
	var out []broken
	for _, f := range list {
		name, ext := strings.TrimSuffix(f.Name(), filepath.Ext(f.Name())), filepath.Ext(f.Name())
		switch {
		case name == "base" || ext == ".golden":
		case ext == ".yaml":
			out = append(out, broken{name: name, data: []byte(read(f.Name())), says: read(name + ".golden")})
		case ext == ".txt":
			about, said, _ := strings.Cut(read(f.Name()), says)
			text := base
			parts := strings.Split(about, "-- replace --\n")
			for _, edit := range parts[1:] {
				old, with, ok := strings.Cut(edit, "-- with --\n")
				if !ok || strings.Count(text, strings.TrimSuffix(old, "\n")) != 1 {
					t.Fatalf("%s: %q does not stand in base.yaml exactly once", name, old)
				}
				if with != "" {
					with, old = strings.TrimSuffix(with, "\n"), strings.TrimSuffix(old, "\n")
				}
				text = strings.Replace(text, old, with, 1)
			}
			out = append(out, broken{name: name, data: []byte(text), says: said, about: about})
		default:
			t.Fatalf("testdata/broken/%s is neither .txt, .yaml nor .golden", f.Name())
		}
	}
	long := base + strings.Repeat("# and so on\n", 1+(64<<10-len(base))/12)
	out = append(out, broken{name: "64-kib-and-1", data: []byte(long[:64<<10+1]),
		says: "64-kib-and-1.yaml:1:1: The file has 65537 bytes; at most 65536 can be read. Move what does not belong to this program into another file. [too-large]\n"})
	return out
}

// onThatDay is the day of the checks.
func onThatDay(t testing.TB) source.Day {
	t.Helper()
	day, err := source.ParseDay("2025-06-14")
	if err != nil {
		t.Fatal(err)
	}
	return day
}

func shippedBook(t testing.TB) *law.Book {
	t.Helper()
	book, problems := law.Shipped()
	if problems.Failed() {
		t.Fatal(problems)
	}
	return book
}

// judge is what a person gets who checks a file: what Load finds, and, if that is no error, what Check finds. Questions are left out:
// they are no faults.
func judge(file string, data []byte, book *law.Book, on source.Day) source.Problems {
	p, problems := Load(fstest.MapFS{file: &fstest.MapFile{Data: data}}, file)
	if !problems.Failed() {
		problems = append(problems, Check(p, book, on)...)
	}
	return slices.DeleteFunc(problems, func(p source.Problem) bool { return p.Severity == source.Question })
}

// TestBaseIsSound: nothing is wrong with the file that the others are made of.
func TestBaseIsSound(t *testing.T) {
	data, err := os.ReadFile("testdata/broken/base.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if problems := judge("base.yaml", data, shippedBook(t), onThatDay(t)); len(problems) > 0 {
		t.Error(problems)
	}
}

// TestNumbersStayAsTheyAreWritten: a postal code keeps its zero, a year that is a name stays a name, a number of a law stays as it is.
func TestNumbersStayAsTheyAreWritten(t *testing.T) {
	data, err := os.ReadFile("testdata/broken/base.yaml")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(string(data), "    place: unknown\n", "    place: 02134\n", 1)
	text = strings.Replace(text, "      - id: counter\n", "      - id: 2017\n", 1)
	text = strings.Replace(text, "phone: 1-855-435-7693", "phone: 0118554357693", 1)
	p, problems := Read("numbers.yaml", []byte(text))
	if problems.Failed() {
		t.Fatal(problems)
	}
	if got := p.Program.Contact.Place.Is; got != "02134" {
		t.Errorf("the postal code became %q", got)
	}
	if got := p.Channels["in_person"].Phases[0].ID; got != "2017" {
		t.Errorf("the name of the phase became %q", got)
	}
	if got := p.Help[1].Phone.Is; got != "0118554357693" {
		t.Errorf("the phone number became %q", got)
	}
}

// TestBroken compares what people are told of each broken file, word for word.
func TestBroken(t *testing.T) {
	book, day := shippedBook(t), onThatDay(t)
	files := brokenFiles(t)
	if len(files) < 60 {
		t.Errorf("there are only %d broken files", len(files))
	}
	for _, f := range files {
		t.Run(f.name, func(t *testing.T) {
			problems := judge(f.name+".yaml", f.data, book, day)
			var got bytes.Buffer
			problems.Print(&got)
			if *update && f.name != "64-kib-and-1" {
				name, text := f.name+".golden", got.String()
				if f.about != "" {
					name, text = f.name+".txt", f.about+says+text
				}
				if err := os.WriteFile(filepath.Join("testdata/broken", name), []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
				f.says = got.String()
			}
			if got.String() != f.says {
				t.Errorf("it says\n%s\nand should say\n%s", got.String(), f.says)
			}
			if !problems.Failed() {
				t.Error("nothing is wrong with this file")
			}
			for _, p := range problems {
				plain(t, p)
			}
		})
	}
}

// plain holds a problem to the form in which people are told: whole sentences, what to write instead, the code last.
func plain(t *testing.T, p source.Problem) {
	t.Helper()
	for _, s := range []string{p.Message, p.Hint} {
		switch end := s[max(0, len(s)-1):]; {
		case s == "":
			t.Errorf("half of this problem is missing: %s", p.Error())
		case end != "." && end != "?" && !strings.HasSuffix(s, `."`) && !strings.HasSuffix(s, ".)"):
			t.Errorf("%q is not a whole sentence", s)
		}
		for _, alien := range []string{"map[", "struct", "nil", "%!", "interface", "yaml:", "json", "regexp", "source.ID", "notices.P", "panic"} {
			if strings.Contains(s, alien) {
				t.Errorf("%q speaks of %q", s, alien)
			}
		}
	}
	if p.Code == "" || !strings.HasSuffix(p.Error(), "["+p.Code+"]") {
		t.Errorf("the code does not stand last: %s", p.Error())
	}
	if p.Pos.Line < 1 || p.Pos.Col < 1 {
		t.Errorf("nobody can find this place: %s", p.Error())
	}
}

// TestBrokenIsCheap: however a file is broken, the answer comes within 100 ms, and takes no more than 64 MB in all.
func TestBrokenIsCheap(t *testing.T) {
	const most, room = 100 * time.Millisecond, 64 << 20
	book, day := shippedBook(t), onThatDay(t)
	for _, f := range brokenFiles(t) {
		best := time.Duration(1 << 62)
		var took uint64
		for range 20 { // the machine may have been busy with something else
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			judge(f.name+".yaml", f.data, book, day).Print(new(bytes.Buffer))
			best = min(best, time.Since(start))
			runtime.ReadMemStats(&after)
			took = after.TotalAlloc - before.TotalAlloc
			if best < most {
				break
			}
		}
		if best > most || took > room {
			t.Errorf("%s: %v and %d bytes", f.name, best, took)
		}
	}
}

// beyond are the codes of faults that a schema cannot express, with the reason.
var beyond = map[string]string{
	"encoding":         "bytes, before there are any values",
	"too-large":        "bytes",
	"empty-file":       "there is no value",
	"no-break-space":   "blanks of a line",
	"tab":              "blanks of a line",
	"character":        "characters that nobody sees are any characters to a schema",
	"curly-quotes":     "quotes are characters of the value to a schema",
	"placeholder":      "words like any others to a schema",
	"syntax":           "the form of a line",
	"duplicate-key":    "gone once the keys are read",
	"merge":            "gone once the keys are read",
	"anchor":           "gone once the values are read",
	"alias":            "gone once the values are read",
	"tag":              "gone once the values are read",
	"duplicate-id":     "compares two values",
	"reference":        "compares two values",
	"duplicate":        "compares two values",
	"custodian":        "counts values of a kind",
	"language":         "compares two values",
	"voice":            "compares two values",
	"status":           "compares two values",
	"verified":         "compares two values",
	"as_of":            "the day of an edition is one day, other dates need not be",
	"dates":            "compares two values",
	"but":              "whether a list is one of groups is a rule of the reader",
	"law":              "compares a value with the book of law",
	"disposal":         "compares two values",
	"law-due":          "compares a date with the day of the check",
	"reviewer":         "compares two entries",
	"unverified":       "a warning, and no error",
	"law-unverified":   "a warning, and no error",
	"wrong-word-maybe": "a misspelt unknown where any words may stand",
}

// rule says whether a code is that of a must-not or of an item of the checklist: those compare values.
func rule(code string) bool {
	return len(code) > 1 && strings.Contains("NCX", code[:1]) && strings.Trim(code[1:], "0123456789") == ""
}

// TestSchemaRefusesWhatItCan: of each broken file, the schema refuses what a schema can see.
func TestSchemaRefusesWhatItCan(t *testing.T) {
	s := compiled(t)
	book, day := shippedBook(t), onThatDay(t)
	used := map[string]bool{}
	refused := 0
	for _, f := range brokenFiles(t) {
		visible := ""
		for _, p := range judge(f.name+".yaml", f.data, book, day) {
			code := p.Code
			if code == "wrong-word" && strings.Contains(f.name, "misspelt-unknown") {
				code = "wrong-word-maybe"
			}
			if code == "wrong-date" && strings.Contains(p.Message, "no day") && strings.Contains(p.Message, "-02-29") {
				code = "dates"
			}
			used[code] = true
			if beyond[code] == "" && !rule(code) {
				visible = p.Error()
			}
		}
		bad, err := bySchema(s, f.data)
		switch {
		case visible != "" && bad == nil && err == nil:
			t.Errorf("%s: the schema takes it, and the reader says: %s", f.name, visible)
		case bad != nil:
			refused++
		}
	}
	for code := range beyond {
		if !used[code] && code != "disposal" && code != "law-due" && code != "unverified" && code != "law-unverified" && code != "duplicate" {
			t.Errorf("no broken file shows %q", code)
		}
	}
	t.Log(fmt.Sprint(refused, " broken files are refused by the schema, too"))
}

// Whoever writes a sentence where a list stands is told a list that can be right: an empty one would say less than is known.
func TestSentencesWhereListsStand(t *testing.T) {
	text := string(cityKeyProgram(t).Doc.Bytes())
	for from, c := range map[string][3]string{
		"    wants: unknown": {"    wants: all records", "[name, address]", "[all records]"},
		"office_says:":       {"office_says: it will refuse\nnot_read:", "Each entry of it begins with -", "[]"},
	} {
		if !strings.Contains(text, from) {
			t.Fatalf("the example has no %q", from)
		}
		_, ps := Read("citykey.yaml", []byte(strings.Replace(text, from, c[0], 1)))
		said := false
		for _, p := range ps {
			said = said || strings.Contains(p.Hint, c[1])
			if strings.Contains(p.Hint, c[2]) {
				t.Errorf("%s: %s", c[0], p.Hint)
			}
		}
		if !said {
			t.Errorf("%s: %v", c[0], ps)
		}
	}
}
