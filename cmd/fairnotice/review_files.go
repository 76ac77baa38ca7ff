package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fairnotice/cmd/desk/core"
	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/ledger"
	"fairnotice/notices/source"
	"fairnotice/render"
	"fairnotice/render/packet"
)

// reviews reads what lies in the folder of the file's reviews. Places of problems are as the person typed the file's name.
func (f *programFile) reviews() (*ledger.Reviews, source.Problems) {
	folder := commentsFolder(f.path)
	have, ps := ledger.ReadReviews(os.DirFS(folder))
	for i := range ps {
		ps[i].Pos.File = filepath.Join(folder, ps[i].Pos.File)
	}
	return have, ps
}

// reviewers are those whom the program file names.
func (f *programFile) reviewers() []ledger.Reviewer { return f.core().Reviewers() }

// now is what the file says on a day, in the words of an edition: what statements are held against.
func (f *programFile) now(texts []render.TextLine, on source.Day) (ledger.Now, error) {
	grounds, err := f.grounds(on)
	return ledger.Now{Program: f.program.Program.ID, Texts: core.TextsOf(texts), On: on, Grounds: grounds}, err
}

// grounds are the laws and demands on which the sentences of the file rest on a day.
func (f *programFile) grounds(on source.Day) ([]ledger.Ground, error) {
	all, err := f.core().Grounds(on)
	if err != nil {
		return nil, undone(fmt.Sprintf("What the notices of %s rest on cannot be told. %s", quoted(f.path), sentence(err.Error())))
	}
	return all, nil
}

// judge says how it stands with texts of the file's notices, on a day.
func (f *programFile) judge(texts []render.TextLine, on source.Day) ([]ledger.Judgement, source.Problems, error) {
	now, err := f.now(texts, on)
	if err != nil {
		return nil, nil, err
	}
	have, ps := f.reviews()
	return ledger.Judge(now, f.reviewers(), have), append(ps, f.unproven(have)...), nil
}

// unproven says of each file of the reviews that seems to say something, and counts for nothing, why.
func (f *programFile) unproven(have *ledger.Reviews) source.Problems {
	var ps source.Problems
	for _, u := range have.Unproven(f.program.Program.ID, f.reviewers()) {
		hint := "It counts for nothing. Ask them whether it is theirs, and move it away."
		if u.State == ledger.Nobody {
			hint = "It counts for nothing. Ask them whether it is theirs; if it is, its signature belongs beside it, in " + u.Review.File + ".sig."
		}
		ps = append(ps, source.Problem{Pos: source.Pos{File: filepath.Join(commentsFolder(f.path), u.Review.File), Line: 1, Col: 1}, Code: string(u.State), Severity: source.Error,
			Message: "This is " + u.Says(), Hint: hint})
	}
	return ps
}

// oldTexts finds a canonical text that was signed: in a record of what was sent, or in a ledger.
type oldTexts struct {
	records []*packet.Record
	view    *ledger.View
	same    map[string][]byte
}

// oldTexts reads the records beside the file. One that is not whole is a problem.
func (f *programFile) oldTexts(view *ledger.View) (*oldTexts, source.Problems) {
	o := &oldTexts{view: view, same: map[string][]byte{}}
	var ps source.Problems
	folder := commentsFolder(f.path)
	names, _ := filepath.Glob(filepath.Join(escapeGlob(folder), "*.sent"))
	slices.Sort(names)
	for _, name := range names {
		b, err := readBounded(name, packet.MaxRecord)
		var r *packet.Record
		if err == nil {
			r, err = packet.ReadRecord(b)
		}
		if err != nil {
			ps = append(ps, source.Problem{Pos: source.Pos{File: name, Line: 1, Col: 1}, Code: "record", Severity: source.Error, Message: sentence(err.Error()), Hint: "It is not used. Take it from a copy, or move it away."})
			continue
		}
		o.records = append(o.records, r)
	}
	return o, ps
}

// escapeGlob takes the meaning out of the signs of a pattern.
func escapeGlob(s string) string {
	return strings.NewReplacer(`[`, `[[]`, `*`, `[*]`, `?`, `[?]`).Replace(s)
}

// text gives the canonical text with a digest; nil where nothing has kept it.
func (o *oldTexts) text(digest string) []byte {
	if b, ok := o.same[digest]; ok {
		return b
	}
	for _, r := range o.records {
		for _, t := range r.Texts {
			if t.Digest == digest {
				return t.Canonical
			}
		}
	}
	if o.view != nil {
		if b, err := o.view.Blob(digest); err == nil {
			return b
		}
	}
	return nil
}

// sentenceChange is a statement that does not say what it said. Was or Now is "" where it was not there.
type sentenceChange struct {
	Kind string `json:"kind"`
	ID   string `json:"id"`
	Was  string `json:"was"`
	Now  string `json:"now"`
	At   string `json:"at,omitempty"` // where it comes from: file:line:col
}

// compareCanonical names the statements in which two canonical texts differ, in the order of the second.
func compareCanonical(kind string, was, now []byte) ([]sentenceChange, error) {
	old, err := render.ReadCanonical(was)
	if err != nil {
		return nil, err
	}
	new, err := render.ReadCanonical(now)
	if err != nil {
		return nil, err
	}
	said := map[string]string{}
	for _, l := range old {
		said[l.ID] = canonicalWords(l)
	}
	var out []sentenceChange
	kept := map[string]bool{}
	for _, l := range new {
		kept[l.ID] = true
		if w, ok := said[l.ID]; !ok || w != canonicalWords(l) {
			out = append(out, sentenceChange{Kind: kind, ID: l.ID, Was: w, Now: canonicalWords(l)})
		}
	}
	for _, l := range old {
		if !kept[l.ID] {
			out = append(out, sentenceChange{Kind: kind, ID: l.ID, Was: canonicalWords(l)})
		}
	}
	if len(out) == 0 && !bytes.Equal(was, now) {
		out = append(out, sentenceChange{Kind: kind, Was: "the same sentences in another order", Now: "the same sentences in this order"})
	}
	return out, nil
}

// canonicalWords are the words of a statement and of the values beside it, on one line.
func canonicalWords(l render.CanonicalLine) string {
	out := l.Text
	for _, v := range l.Values {
		out += " | " + strings.Join(v.Text, " | ")
	}
	return out
}

// sentences names the statements of a language that changed since somebody signed; whole is false where the words that were signed
// are kept nowhere.
func (o *oldTexts) sentences(f *programFile, e *render.Edition, j ledger.Judgement) (out []sentenceChange, whole bool) {
	whole = true
	for _, p := range j.Parts {
		if p.State != ledger.Changed || p.Review == nil {
			continue
		}
		n := e.Notice(notices.Kind(p.Kind), j.Language)
		at := slices.IndexFunc(p.Review.Statement.Texts, func(t ledger.StatementText) bool { return t.Kind == p.Kind && t.Language == j.Language })
		if n == nil || at < 0 {
			continue
		}
		was := o.text(p.Review.Statement.Texts[at].Digest)
		if was == nil {
			whole = false
			continue
		}
		changes, err := compareCanonical(p.Kind, was, render.Canonical(n))
		if err != nil {
			whole = false
			continue
		}
		for _, c := range changes {
			c.At = f.placeOf(n, c.ID)
			if !slices.ContainsFunc(out, func(o sentenceChange) bool { return o.ID == c.ID && o.Was == c.Was && o.Now == c.Now }) {
				out = append(out, c)
			}
		}
	}
	return out, whole
}

// placeOf says where a statement comes from: the first line of a file behind it; "" where there is none.
func (f *programFile) placeOf(n *locales.Notice, id string) string {
	for _, st := range statements(n) {
		if st.ID != id {
			continue
		}
		for _, wording := range []bool{true, false} { // the office's own words first
			for _, r := range st.Because {
				if r.Pos.File != "" && strings.HasSuffix(r.Pos.File, "wording.yaml") == wording {
					return f.at(r.Pos)
				}
			}
		}
	}
	return ""
}

// wordsChanged shows two sentences as one: what is the same stands once, what was is in [- -] and what is new in {+ +}.
func wordsChanged(was, now string) string {
	a, b := strings.Fields(was), strings.Fields(now)
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	var out []string
	out = append(out, a[:head]...)
	if old := a[head : len(a)-tail]; len(old) > 0 {
		out = append(out, "[-"+strings.Join(old, " ")+"-]")
	}
	if new := b[head : len(b)-tail]; len(new) > 0 {
		out = append(out, "{+"+strings.Join(new, " ")+"+}")
	}
	return strings.Join(append(out, a[len(a)-tail:]...), " ")
}

// ledgerKept reads a ledger for what it keeps; nil for "".
func ledgerKept(dir string) (*ledger.View, error) {
	if dir == "" {
		return nil, nil
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, undone("There is no folder "+quoted(dir)+" with a ledger.", "A ledger is made by: fairnotice ledger new "+shell(dir))
	}
	v, err := ledger.Read(os.DirFS(dir), ledger.Policy{})
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, undone("There is no ledger in the folder " + quoted(dir) + ".")
		}
		return nil, flawed(fmt.Sprintf("The ledger in %s does not hold. %s", quoted(dir), sentence(err.Error())), "fairnotice verify ledger "+shell(dir))
	}
	return v, nil
}
