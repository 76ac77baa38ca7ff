package locales

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fairnotice/notices"
	"fairnotice/notices/source"
)

// Everything in this file holds for every language that has a file, from the moment that it has one.

// labels are the families whose messages are no sentences; in those of mixed, some are: a law and what it says.
var (
	labels = []string{"section.", "group.", "value.", "item.", "word.", "span.", "date.", "title.", "ui.", "language."}
	mixed  = []string{"count.", "law.", "demand.", "unknown."}
)

func begins(id string, with []string) bool {
	return slices.ContainsFunc(with, func(l string) bool { return strings.HasPrefix(id, l) })
}

// each calls with every text of every shipped language.
func each(t *testing.T, call func(t *testing.T, l Language, id, text string)) {
	for _, tag := range ShippedTags() {
		t.Run(tag, func(t *testing.T) {
			c, problems := Shipped(tag)
			if problems.Failed() {
				t.Fatal(problems)
			}
			l, _ := Find(tag)
			for i, id := range c.IDs(tag) {
				if underRace && i%10 != 0 {
					continue
				}
				texts, _ := c.Texts(tag, id)
				for _, s := range texts {
					call(t, l, id, s)
				}
			}
		})
	}
}

func TestShippedOpens(t *testing.T) {
	if _, problems := Shipped(ShippedTags()...); len(ShippedTags()) > 0 && len(problems) > 0 {
		t.Error(problems)
	}
	// Every file of words belongs to a language of the table; the taglines are in all languages.
	entries, err := fs.ReadDir(os.DirFS("."), ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), ".toml")
		if ok && e.Name() != everywhereName && !slices.Contains(ShippedTags(), name) {
			t.Errorf("%s is no language of the table", e.Name())
		}
	}
	for _, tag := range ShippedTags() {
		if _, err := os.Stat("style/" + tag + ".toml"); err != nil {
			t.Errorf("nobody has written down what may not be said in %s", tag)
		}
	}
}

func TestShippedIDs(t *testing.T) {
	tags := ShippedTags()
	if len(tags) == 0 {
		return
	}
	if tags[0] != "en" {
		t.Fatal("there are translations, and no English")
	}
	for _, tag := range tags[1:] {
		t.Run(tag, func(t *testing.T) {
			c, problems := Shipped("en", tag)
			if problems.Failed() {
				t.Fatal(problems)
			}
			if ps := c.Compare(tag); len(ps) > 0 {
				t.Error(ps)
			}
		})
	}
}

// TestShippedCounts says every plural message for every number that a notice can say, and count.about for large ones.
func TestShippedCounts(t *testing.T) {
	for _, tag := range ShippedTags() {
		c, problems := Shipped(tag)
		if problems.Failed() {
			t.Fatal(problems)
		}
		w := c.words[tag]
		by := writerFor(t, tag, "auto")
		for _, id := range w.ids() {
			if w.by[id].forms == nil {
				continue
			}
			for n := 1; n <= most; n++ {
				if _, err := w.counted(id, false, by, n); err != nil {
					t.Fatal(err)
				}
			}
			if strings.HasPrefix(id, "count.") {
				for _, n := range []int{1000, 1001, 1002, 1003, 1011, 87100, 100_000, 1_000_000, 2_000_000, 12_345_678} {
					if _, err := w.counted(id, false, by, n); err != nil {
						t.Error(err)
					}
				}
			}
		}
	}
}

func TestShippedSaysNoMustNot(t *testing.T) {
	each(t, func(t *testing.T, l Language, id, text string) {
		for _, m := range MustNotsIn(l.Tag, ClassOf(id), text) {
			t.Errorf("%s says what may not be said (%s, %q): %s", id, m.Code, m.Match, text)
		}
	})
}

// TestShippedSentencesEnd: a statement ends like a sentence, and a label does not. (Compare holds the other languages to the same.)
func TestShippedSentencesEnd(t *testing.T) {
	each(t, func(t *testing.T, _ Language, id, text string) {
		switch end := ending(text); {
		case begins(id, mixed):
		case end == 0 && !begins(id, labels):
			t.Errorf("%s does not end in a full stop, a colon or a question mark: %s", id, text)
		case end == ':' && begins(id, labels) && !strings.HasPrefix(id, "ui."), end == '.' && begins(id, labels) && !strings.HasPrefix(id, "ui."):
			t.Errorf("%s is a label, and ends like a sentence: %s", id, text)
		}
	})
}

var latin = regexp.MustCompile(`[A-Za-z][A-Za-z0-9.'’-]*`)

// TestShippedIsTranslated: no English is left in another language. In a language of another script, words in Latin letters are
// names that people must recognize, from the list; in one of the same script, a sentence is not the English one.
func TestShippedIsTranslated(t *testing.T) {
	allowed := map[string]bool{}
	data, err := os.ReadFile("testdata/latin.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(string(data), "\n") {
		if word, _, _ := strings.Cut(line, "#"); strings.TrimSpace(word) != "" {
			for _, w := range strings.Fields(word) {
				allowed[w] = true
			}
		}
	}
	en := &Catalog{}
	if slices.Contains(ShippedTags(), "en") {
		var problems source.Problems
		if en, problems = Shipped("en"); problems.Failed() {
			t.Fatal(problems)
		}
	}
	each(t, func(t *testing.T, l Language, id, text string) {
		if l.Tag == "en" {
			return
		}
		if l.Script != "Latn" {
			for _, w := range latin.FindAllString(strings.ReplaceAll(text, "{n}", ""), -1) {
				if !allowed[strings.Trim(w, ".'’-")] {
					t.Errorf("%s has %q in Latin letters: %s", id, w, text)
				}
			}
			if strings.TrimSpace(latin.ReplaceAllString(text, "")) == "" {
				t.Errorf("%s is in Latin letters only: %s", id, text)
			}
			return
		}
		if texts, _ := en.Texts("en", id); len(strings.Fields(text)) > 2 && slices.Contains(texts, text) {
			t.Errorf("%s is the English: %s", id, text)
		}
	})
}

// TestShippedKnowsTheVocabulary: every item has its name.
func TestShippedKnowsTheVocabulary(t *testing.T) {
	for _, tag := range ShippedTags() {
		c, problems := Shipped(tag)
		if problems.Failed() {
			t.Fatal(problems)
		}
		want := []string{"date.open", "span.days", "span.weeks", "span.months", "span.years", "span.none", "span.until_event", "span.indefinite", "span.permanent", "count.about"}
		for _, k := range notices.AllKinds() {
			want = append(want, "title."+string(k))
		}
		for _, i := range notices.Vocabulary() {
			want = append(want, "item."+string(i.ID))
		}
		for _, id := range want {
			if !c.Has(tag, id) {
				t.Errorf("%s has no %s", tag, id)
			}
		}
	}
}

// TestShippedLocks: every lock that is built in can be read. (A catalogue reads it only when somebody asks how far a sentence has come.)
func TestShippedLocks(t *testing.T) {
	for _, tag := range ShippedTags() {
		if lock, problems := readLock(files, tag); lock == nil || len(problems) > 0 || len(lock.IDs(tag)) < 1000 {
			t.Errorf("%s: %v", tag, problems)
		}
	}
}

// TestNobodyHasReviewed: as long as no named person has, every shipped sentence says that it is a draft; and none is stale.
func TestNobodyHasReviewed(t *testing.T) {
	c, problems := Shipped()
	if problems.Failed() {
		t.Fatal(problems)
	}
	for _, tag := range c.Tags() {
		for _, id := range c.IDs(tag) {
			if state, line := c.State(tag, id); state != source.Draft || line.By == "" {
				t.Errorf("%s: %s is %q, by %q", tag, id, state, line.By)
			}
		}
	}
}
