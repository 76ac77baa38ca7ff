package exchange

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"fairnotice/locales"
	"fairnotice/notices/source"
)

// limit is how many characters a text may have: a key fact must be read at a glance, on a phone; any other text has room for what a
// language needs more than English, and no more than a message may have.
func limit(id, english string) int {
	if strings.HasPrefix(id, "key.") {
		return 150
	}
	return min(400, 5*utf8.RuneCountInString(english)/2+40)
}

// Library makes the book of a language of a catalogue that holds English, too: every message, one unit for each plural form, with what
// it is and how far it has come.
func Library(c *locales.Catalog, tag string) (Book, error) {
	l, err := locales.Lookup(tag)
	if err != nil {
		return Book{}, err
	}
	forms, err := l.Forms()
	if err != nil {
		return Book{}, err
	}
	b := Book{Language: l, Terms: terms(l.Tag)}
	for _, id := range c.IDs("en") {
		english, names := c.Texts("en", id)
		have, haveNames := c.Texts(l.Tag, id)
		state, _ := c.State(l.Tag, id)
		_, recorded := c.Lock(l.Tag).Of(l.Tag, id)
		u := Unit{ID: id, Recorded: recorded, State: string(state), Note: About(id, english[len(english)-1]), SourceHash: c.HashOf("en", id), Source: english[len(english)-1],
			Same: strings.HasPrefix(id, "language.")}
		u.Limit = limit(id, u.Source)
		if names == nil {
			u.Target = strings.Join(have, "")
			b.add(u)
			continue
		}
		for _, f := range forms {
			u := u
			u.Form, u.Numbers, u.Target = f.Name, f.Numbers, ""
			if f.Numbers == "1" {
				u.Source = english[0]
			}
			for i, n := range haveNames {
				if n == f.Name {
					u.Target = have[i]
				}
			}
			b.add(u)
		}
	}
	return b, nil
}

// add puts a unit into the book; what was translated from words of before stands beside it and not in it.
func (b *Book) add(u Unit) {
	if u.State == Stale {
		u.Before, u.Target = u.Target, ""
	}
	b.Units = append(b.Units, u)
}

// ProgramText is a text of a program: of its file, of a law that it brings along, or a sentence in the office's own words.
type ProgramText struct {
	Key   string                 // by which the lock knows it
	Text  source.Text            // of a text without a number
	Forms map[string]source.Text // of a sentence with a number, by plural form; nil otherwise
	Note  string                 // for the translator
}

// Hash is the hash of what the text says in a language; "" where it says nothing.
func (t ProgramText) Hash(tag string) string {
	if t.Forms == nil {
		if s := t.Text.In[tag]; strings.TrimSpace(s) != "" {
			return source.HashText(s)
		}
		return ""
	}
	var parts []string
	for _, f := range []string{"one", "two", "few", "many", "other"} {
		if s := t.Forms[f].In[tag]; strings.TrimSpace(s) != "" {
			parts = append(parts, f, s)
		}
	}
	if parts == nil {
		return ""
	}
	return source.HashText(parts...)
}

// Texts makes the book of a program's own texts in a language: from is the language that they are written in, lock says what was
// translated from what.
func Texts(program, from, tag string, lock *source.Lock, texts []ProgramText) (Book, error) {
	l, err := locales.Lookup(tag)
	if err != nil {
		return Book{}, err
	}
	forms, err := l.Forms()
	if err != nil {
		return Book{}, err
	}
	b := Book{Language: l, Program: program, Terms: terms(l.Tag)}
	for _, t := range texts {
		hash := t.Hash(from)
		if hash == "" {
			continue
		}
		state, _ := lock.State(l.Tag, t.Key, hash, t.Hash(l.Tag))
		_, recorded := lock.Of(l.Tag, t.Key)
		u := Unit{ID: t.Key, Recorded: recorded, State: string(state), SourceHash: hash, Note: t.Note}
		if t.Forms == nil {
			u.Source, u.Target = t.Text.In[from], t.Text.In[l.Tag]
			u.Limit = limit("", u.Source)
			b.add(u)
			continue
		}
		for _, f := range forms {
			u := u
			u.Form, u.Numbers, u.Target = f.Name, f.Numbers, t.Forms[f.Name].In[l.Tag]
			u.Source = t.Forms["other"].In[from]
			if one := t.Forms["one"].In[from]; f.Numbers == "1" && one != "" {
				u.Source = one
			}
			u.Limit = limit("", u.Source)
			b.add(u)
		}
	}
	return b, nil
}

// terms gives the termbase of a language for a translator.
func terms(tag string) []Term {
	mine := map[string][]string{}
	for _, t := range locales.Terms(tag) {
		mine[t.ID] = t.Forms
	}
	var out []Term
	for _, t := range locales.Terms("en") {
		note := "Every translation of an English text with this word holds one of these words."
		if len(mine[t.ID]) == 0 {
			note = "Choose one word, and use it everywhere."
		}
		out = append(out, Term{ID: t.ID, English: strings.ReplaceAll(t.ID, "_", " "), Forms: mine[t.ID], Note: note})
	}
	return out
}

// About tells a translator what a message is, by its id, and what stands beside it, by its English.
func About(id, english string) string {
	family, _, _ := strings.Cut(id, ".")
	about := map[string]string{
		"title":    "The title of a page.",
		"section":  "The heading of a part of the page. The first sentence below it answers it.",
		"group":    "A small heading.",
		"key":      "A key fact: the first thing on the page. Write it as short as you can.",
		"gave":     "Said to people who gave papers before.",
		"ui":       "A word of the page around the notice.",
		"language": "The name of a language, in yours.",
		"value":    "The label of a value: it stands before a colon, or at the head of a column.",
		"item":     "The name of a paper or a fact, in a list.",
		"word":     "A word that stands alone, in a list or beside a label.",
		"unknown":  "The name of an open question, in a list.",
		"span":     "A length of time. It stands alone, beside a label.",
		"count":    "About a number.",
		"law":      "About a law.",
		"demand":   "About a demand for records, or a paper that demands them.",
		"askback":  "A helper asks readers this, to see whether the page is clear.",
	}[family]
	if strings.HasSuffix(id, "@office") {
		about = strings.TrimSpace(about + " The office itself says it: we.")
	}
	if strings.HasSuffix(english, ":") {
		about = strings.TrimSpace(about + " Names, dates or papers follow it, in no case and no gender.")
	}
	return about
}

var targetLanguage = regexp.MustCompile(`<file[^>]*\starget-language\s*=\s*["']([A-Za-z0-9-]{1,64})["']`)

// LanguageOf tells which language a file that came back is for, by what the export wrote into it; "" if it does not say so, or says
// two things.
func LanguageOf(data []byte) string {
	if text, ok := decodeText(data); ok && strings.HasPrefix(strings.TrimLeft(text, " \t\r\n"), "<") {
		tag := ""
		for _, m := range targetLanguage.FindAllStringSubmatch(text, -1) {
			if tag != "" && tag != m[1] {
				return ""
			}
			tag = m[1]
		}
		return tag
	}
	found, problem := parse(data, Book{})
	if problem != nil {
		return ""
	}
	tag := ""
	for _, e := range found.entries {
		of, _, ok := strings.Cut(e.made, ":")
		if !ok {
			continue
		}
		if tag != "" && tag != of {
			return ""
		}
		tag = of
	}
	return tag
}
