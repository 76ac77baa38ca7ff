package render

import (
	"fairnotice/notices"
	"fairnotice/notices/source"
)

// Names calls what stands in a program file by its names and not by its paths, in English, for the staff.
type Names struct{ n *sheetNames }

// NewNames reads the names of a program. The words come from a catalogue that has English.
func NewNames(c phrases, p *notices.Program) (*Names, error) {
	n, err := newNames(c, p)
	return &Names{n}, err
}

// Place names a place of the file: the nearest thing above it that has a name; "" where nothing has.
func (n *Names) Place(path string) string { return n.n.place(path) }

// Text is a text in English, or in the first language of the file that it has.
func (n *Names) Text(t source.Text) string { return n.n.text(t) }

// Item is the name of a paper or fact that people give.
func (n *Names) Item(id source.ID) string {
	if own, ok := n.n.p.Items[id]; ok {
		return n.n.text(own.Name)
	}
	if s, err := n.n.c.Phrase("en", "item."+string(id)); err == nil {
		return s
	}
	return spaced(string(id))
}

// Holder names who keeps something; "" for somebody whom the file does not name.
func (n *Names) Holder(id source.ID) string {
	if h, ok := n.n.p.Holders[id]; ok {
		return n.n.text(h.Name)
	}
	for i, partner := range n.n.p.Partners.Is {
		if notices.PartnerID(i) == id {
			return n.n.text(partner.Name)
		}
	}
	return ""
}

// Value turns an answer in words into the value that the file takes at a field; else it says what is wrong and what to write.
func (n *Names) Value(f notices.Field, answer string) (value, message, hint string) {
	return n.n.value(notices.ToAsk{Field: f.Name, Text: f.Text, Takes: f.Takes}, answer)
}

// Choices are the words that a field takes, each with what it means.
func (n *Names) Choices(f notices.Field) ([][2]string, error) {
	return choices(n.n.c, notices.ToAsk{Field: f.Name, Takes: f.Takes})
}

// Fits says what kind of answer a field takes, with examples.
func Fits(f notices.Field) string { return fits(notices.ToAsk{Field: f.Name, Takes: f.Takes}) }

// Meaning is what a word of a field means.
func Meaning(field, word string) string { return meaning(field, word) }
