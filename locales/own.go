package locales

import (
	"fmt"

	"fairnotice/notices"
	"fairnotice/notices/source"
)

// office gives what the office says in its own words for a statement, or for a heading, which has a message only. How far the words
// have come in the language counts like that of a text of the program: they are translated from the language in which the office writes.
func (s *sayer) office(statement, message string, n *int) (own notices.Own, text string, ok bool) {
	id, own, ok := s.n.Wording.Of(statement, message)
	if !ok {
		return own, "", false
	}
	tag := s.w.lang.Tag
	if own.Hash(tag) == "" {
		tag = s.tag
	}
	s.stands(id, own, tag)
	s.own = true
	texts, forms := own.Texts(tag)
	if len(texts) == 0 {
		return own, "", true // the language is closed
	}
	m, err := ownMessage(texts, forms)
	switch {
	case err != nil:
	case n == nil && m.forms == nil:
		return own, m.text, true
	case n == nil || m.forms == nil:
		err = fmt.Errorf("must have forms for a number where our sentence has them, and nowhere else")
	default:
		text, err = m.say(s.w.rule, s.by, *n)
	}
	if err != nil {
		s.fail(fmt.Errorf("%s:%d:%d: the office's own words for %q: they cannot be said: %w", own.Pos.File, own.Pos.Line, own.Pos.Col, id, err))
	}
	return own, text, true
}

// stands notes how far an own sentence has come, once.
func (s *sayer) stands(id source.ID, own notices.Own, tag string) {
	key, from := notices.WordingKey(id), s.n.Original()
	if s.seen[key] || tag == from && own.Hash(tag) != "" {
		return
	}
	s.seen[key] = true
	untold := Untold{ID: key, English: own.Sample(from), Pos: own.Pos}
	text := own.Hash(tag)
	if text == "" {
		s.closed.Missing = append(s.closed.Missing, untold)
		return
	}
	state, line := s.n.Lock.State(s.w.lang.Tag, key, own.Hash(from), text)
	if state == source.Stale {
		s.closed.Stale = append(s.closed.Stale, untold)
	}
	s.stand.add(state, line)
}

// heading says the heading of a section or a group; own is its id where it is in the office's own words.
func (s *sayer) heading(id string) (text, own string) {
	if _, text, ok := s.office("", id, nil); ok {
		return text, id
	}
	return s.phrase(id), ""
}

// ours is what stands in the catalogue for a sentence that the office says in its own words; "" where the language has none.
func (s *sayer) ours(id string, n *int) string {
	text, err := "", error(nil)
	if n == nil {
		text, err = s.w.phrase(id, s.we)
	} else {
		text, err = s.w.counted(id, s.we, s.by, *n)
	}
	if err != nil {
		return ""
	}
	return text
}

// ownMessage compiles what an office says in a language.
func ownMessage(texts, forms []string) (*message, error) {
	if forms == nil {
		if p, err := cut(texts[0]); err != nil || p.counts {
			return nil, fmt.Errorf("{n} stands where there is no number, or curly brackets stand there")
		}
		return &message{text: texts[0]}, nil
	}
	m := &message{forms: &[len(formNames)]piece{}}
	for i, name := range forms {
		f, ok := formOf(name)
		p, err := cut(texts[i])
		if !ok || err != nil {
			return nil, fmt.Errorf("its form %q is not sound", name)
		}
		m.forms[f] = p
	}
	return m, nil
}
