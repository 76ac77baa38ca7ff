package locales

import (
	"fmt"
	"slices"
	"strings"

	"fairnotice/notices"
	"fairnotice/notices/source"
)

// CheckWording holds what an office says in its own words against what we say, in every language of the program that this catalogue
// has: said are the notices of the program, of every kind. The same is asked of an own sentence as of one of ours: what a notice must
// not say, the words of the termbase, the numbers, the sign at the end, the plural forms. And none may say less than ours: what is not
// known stays unknown, what is denied stays denied. It sees words, and no meaning: a person has to read both.
func (c *Catalog) CheckWording(p *notices.Program, said []*notices.Notice) source.Problems {
	if p.Wording == nil {
		return nil
	}
	e := &examiner{c: c, p: p, w: p.Wording, said: map[string]string{}, heads: map[string]bool{}}
	if e.en = c.english(); e.en == nil {
		return source.Problems{p.Wording.Doc.Problem("", "language", source.Error, "The office's own words cannot be judged, because our English is not at hand.", "Ask whoever gave you this program.")}
	}
	for _, n := range said {
		e.hear(n)
	}
	for _, id := range e.w.IDs() {
		if message, ok := e.find(id); ok {
			e.sentence(id, message)
		}
	}
	e.problems.Sort()
	return e.problems
}

// english gives the English of the catalogue, or that which lies beside its languages.
func (c *Catalog) english() *words {
	if w := c.words["en"]; w != nil {
		return w
	}
	for _, tag := range c.tags {
		if w := c.words[tag]; w.english != nil {
			return w.english()
		}
	}
	return nil
}

// examiner judges one file of own words.
type examiner struct {
	c        *Catalog
	en       *words
	p        *notices.Program
	w        *notices.Wording
	said     map[string]string // statement or message -> message
	heads    map[string]bool   // messages that are headings
	problems source.Problems
}

func (e *examiner) add(sev source.Severity, path, code, message, hint string) {
	e.problems = append(e.problems, e.w.Doc.Problem(path, code, sev, message, hint))
}

// hear notes which statements and headings a notice has.
func (e *examiner) hear(n *notices.Notice) {
	for i := range n.Sections {
		s := &n.Sections[i]
		e.heads[n.HeadingOf(s)] = true
		for _, g := range s.Groups {
			if g.Heading != "" {
				e.heads[groupHeading(g.Heading)] = true
			}
			for _, st := range g.Statements {
				e.said[st.ID], e.said[st.Message] = st.Message, st.Message
			}
		}
	}
}

// notTheirs are the families of messages that are no sentences of a notice, and the sentences by which readers know who speaks.
var notTheirs = []string{"title.", "value.", "item.", "word.", "span.", "date.", "ui.", "language.", "count.about", "about.voice.", "about.drafts", "tick."}

// find gives the message that an id of the file stands for; where it says that there is none, the file is wrong.
func (e *examiner) find(id source.ID) (message string, ok bool) {
	path, name := "words."+string(id), string(id)
	if plain, office := strings.CutSuffix(name, officeEnd); office {
		e.add(source.Error, path, "wording-id", fmt.Sprintf("%q has %s at its end.", name, officeEnd), fmt.Sprintf("Write %s: your words are said whoever speaks.", plain))
		return "", false
	}
	message, isSaid := e.said[name]
	if !isSaid {
		message = name
	}
	m := e.en.by[message]
	if m == nil {
		e.unknown(path, name)
		return "", false
	}
	heading := strings.HasPrefix(message, "section.") || strings.HasPrefix(message, "group.")
	if slices.ContainsFunc(notTheirs, func(f string) bool { return strings.HasPrefix(message, f) }) || !heading && ending(m.sample()) == 0 {
		e.add(source.Error, path, "wording-id", fmt.Sprintf("The words of %q cannot be replaced.", name),
			"Take this entry out. Only sentences of the notice and headings can be in your own words; not names, labels, titles, the words around the page, nor the sentences that say who wrote it and what people confirm.")
		return "", false
	}
	if !isSaid && !e.heads[message] && !strings.HasPrefix(message, "change.") && !strings.HasSuffix(message, ".changed") {
		e.add(source.Warning, path, "wording-unsaid", fmt.Sprintf("No notice of this program says %q, so nobody reads these words.", name), "Take the entry out, or leave it for the day on which the program file changes.")
	}
	return message, true
}

func (e *examiner) unknown(path, name string) {
	var ids []string
	for id := range e.said {
		ids = append(ids, id)
	}
	for id := range e.heads {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	hint := fmt.Sprintf("`fairnotice why %s` lists every sentence with its id.", e.p.File)
	if near := source.DidYouMean(name, ids); near != "" {
		hint = fmt.Sprintf("Did you mean %q? %s", near, hint)
	}
	e.add(source.Error, path, "wording-id", fmt.Sprintf("There is no sentence and no heading with the id %q.", name), hint)
}

// sentence judges one own sentence in every language.
func (e *examiner) sentence(id source.ID, message string) {
	own := e.w.Words[id]
	we := e.p.Voice == "office"
	var same []string // the languages in which it is the same as ours
	other := false
	for _, tag := range e.p.Languages {
		texts, forms := own.Texts(tag)
		w, err := e.c.get(tag)
		if len(texts) == 0 || err != nil || w.by[message] == nil {
			continue // said where the file was read, or of the language as a whole
		}
		x := &comparison{examiner: e, w: w, tag: tag, message: message, ours: w.by[message].voiced(we), english: e.en.by[message], we: we}
		for _, other := range own.Languages() {
			if said, _ := own.Texts(other); other != tag {
				x.same = append(x.same, said...)
			}
		}
		before := len(e.problems)
		path := func(form string) string { return own.Path + "." + form + "." + tag }
		if forms == nil {
			x.plain(path("say"), texts[0])
		} else {
			x.plural(own.Path, path, texts, forms)
		}
		switch {
		case own.Hash(tag) != x.ours.hash():
			other = true
		case len(e.problems) == before:
			same = append(same, path(append(forms, "say")[0]))
		}
	}
	if other { // it must stand there: nothing is filled in from ours
		return
	}
	for _, path := range same {
		e.add(source.Warning, path, "wording-same", "Your sentence is the same as ours.", "Take it out: when ours is made better, yours would stay as it is.")
	}
}
