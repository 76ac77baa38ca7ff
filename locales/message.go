package locales

import (
	"fmt"
	"strings"
)

// message is one message of one language, compiled: nothing is parsed after Open.
type message struct {
	text   string    // of a plain message
	forms  *[6]piece // of a plural message; nil for a plain one
	office *message  // the same in the office's own voice, or nil
}

// piece is one plural form, cut at its {n}.
type piece struct {
	set           bool
	counts        bool // whether {n} stands in it
	before, after string
}

const hole = "{n}"

// cut compiles one text of a message. It is the whole of our template language: {n}, once.
func cut(s string) (piece, error) {
	p := piece{set: true, before: s}
	if before, after, ok := strings.Cut(s, hole); ok {
		p.counts, p.before, p.after = true, before, after
	}
	if strings.ContainsAny(p.before, "{}") || strings.ContainsAny(p.after, "{}") {
		if strings.Contains(p.after, hole) {
			return p, fmt.Errorf("{n} stands in it twice")
		}
		return p, fmt.Errorf("it has curly brackets that are not {n}")
	}
	return p, nil
}

// voiced gives the message in the voice of the notice.
func (m *message) voiced(office bool) *message {
	if office && m.office != nil {
		return m.office
	}
	return m
}

// say says a plural message for a number, written by w.
func (m *message) say(r *rule, w writer, n int) (string, error) {
	f, err := r.form(n)
	if err != nil {
		return "", err
	}
	p := &m.forms[f]
	if !p.set {
		return "", fmt.Errorf("has no plural form %q, which the number %d needs", f, n)
	}
	if !p.counts {
		return p.before, nil
	}
	return p.before + w.number(n) + p.after, nil
}
