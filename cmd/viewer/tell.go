// Command viewer is the ledger in the browser: a page in which anybody opens the folder of a ledger, or a zip of it, and reads which
// program promised what on which day. The page holds this package and the reader of ledgers, compiled for the browser; what is opened
// goes nowhere, and nothing is kept.
//
//	go run ./cmd/viewer --out dist/viewer
//
// writes that page as one file, ledger.html, which opens from a disk, a stick or a mail.
package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/ledger"
	"fairnotice/notices/source"
	"fairnotice/render"
	"fairnotice/render/publish"
)

// What is opened is bounded: a ledger of 100,000 editions has fewer files than most, and each is read up to its own bound.
const (
	mostFiles = 50_000
	mostRead  = 1 << 30 // bytes, of all files together, unpacked
)

// opened is a ledger that somebody opened.
type opened struct {
	view   *ledger.View
	policy ledger.Policy
	why    error // why it is not signed with the key that was given
}

// summary is what the page is told of a ledger when it was opened.
type summary struct {
	Error    string    `json:"error,omitempty"` // a whole sentence; then there is nothing else
	Hint     string    `json:"hint,omitempty"`
	Name     string    `json:"name"`
	Lines    int64     `json:"lines"`
	Root     string    `json:"root"`
	State    string    `json:"state"`   // signed, unknown, unsigned (by the key that was given) or damaged
	Says     []string  `json:"says"`    // whole sentences
	Signers  []string  `json:"signers"` // the names of all keys of the checkpoint
	Damage   []string  `json:"damage"`  // whole sentences, one for each file
	Withheld []string  `json:"withheld"`
	Revoked  []string  `json:"revoked"`
	Keys     []string  `json:"keys"` // changes of the ledger's key
	Programs []program `json:"programs"`
}

type program struct {
	ID        string     `json:"id"`
	Editions  int        `json:"editions"`
	Languages []language `json:"languages"`
}

// language is a language with its name in itself and in English, and how its text runs.
type language struct {
	Tag     string `json:"tag"`
	Own     string `json:"own"`
	English string `json:"english"`
	Dir     string `json:"dir"`
}

func languageOf(tag string) language {
	if l, ok := locales.Find(tag); ok {
		return language{tag, l.Name, l.English, l.Dir}
	}
	return language{tag, tag, tag, "auto"}
}

// file is one file of a folder that somebody opened.
type file struct {
	name string
	data []byte
}

// gather makes a file system of files, or of one zip file, and finds the ledger in it.
func gather(files []file) (fs.FS, string) {
	if len(files) == 1 && bytes.HasPrefix(files[0].data, []byte("PK\x03\x04")) {
		return rootOf(files[0].data)
	}
	if len(files) > mostFiles {
		return nil, fmt.Sprintf("These are more than %d files.", mostFiles)
	}
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	seen := map[string]bool{}
	for _, f := range files {
		if !fs.ValidPath(f.name) || seen[f.name] {
			continue
		}
		seen[f.name] = true
		w, err := z.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Store})
		if err == nil {
			_, err = w.Write(f.data)
		}
		if err != nil {
			return nil, "These files cannot be read."
		}
	}
	if err := z.Close(); err != nil {
		return nil, "These files cannot be read."
	}
	return rootOf(packed.Bytes())
}

// rootOf finds the folder of a zip file in which the checkpoint lies, the uppermost of several.
func rootOf(packed []byte) (fs.FS, string) {
	z, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, "This zip file is damaged."
	}
	if len(z.File) > mostFiles {
		return nil, fmt.Sprintf("There are more than %d files in it.", mostFiles)
	}
	best, found := "", false
	for _, f := range z.File {
		if !fs.ValidPath(f.Name) || path.Base(f.Name) != "checkpoint" {
			continue
		}
		if dir := path.Dir(f.Name); !found || strings.Count(dir, "/") < strings.Count(best, "/") || dir == "." {
			best, found = dir, true
		}
	}
	if !found {
		return nil, "There is no ledger here: no file is named checkpoint."
	}
	root, err := fs.Sub(z, best)
	if err != nil {
		return nil, "This zip file is damaged."
	}
	return &metered{root, new(int64)}, ""
}

// metered counts what is read, so that a small file cannot unpack to more than a device holds.
type metered struct {
	fs.FS
	read *int64
}

type meteredFile struct {
	fs.File
	read *int64
}

func (m *metered) Open(name string) (fs.File, error) {
	f, err := m.FS.Open(name)
	if err != nil {
		return nil, err
	}
	if d, ok := f.(fs.ReadDirFile); ok {
		return d, nil
	}
	return &meteredFile{f, m.read}, nil
}

func (f *meteredFile) Read(b []byte) (int, error) {
	n, err := f.File.Read(b)
	if *f.read += int64(n); *f.read > mostRead && err == nil {
		return n, errors.New("there is more in it than this page reads")
	}
	return n, err
}

const howToOpen = "Open the folder of the ledger, in which there is a file named checkpoint, or a zip file of it."

// open reads a ledger with a key that somebody typed; "" is none.
func open(files []file, key string) (*opened, summary) {
	o := &opened{}
	if key = strings.TrimSpace(key); key != "" {
		v, err := ledger.NewVerifier(key)
		if err != nil {
			return nil, summary{Error: "What you wrote as the key is not the key of a ledger.",
				Hint: "A key has the ledger's name, a plus sign, eight letters and digits, another plus sign, and more letters and digits. Copy all of it, on one line. Without a key, leave the field empty."}
		}
		o.policy.Keys = []note.Verifier{v}
	}
	if len(files) == 1 && isProof(files[0].data) {
		said := o.proof(files[0].data)
		if !said.Good {
			return nil, summary{Error: said.Says, Hint: "A proof is judged with the key of its ledger; the whole ledger is not needed."}
		}
		return nil, summary{State: "proof", Says: []string{said.Says, "How sure that is depends on where you have the key from."}}
	}
	fsys, why := gather(files)
	if why != "" {
		return nil, summary{Error: why, Hint: howToOpen}
	}
	view, err := ledger.Read(fsys, o.policy)
	if err != nil && len(o.policy.Keys) > 0 { // by another key: the rest can be read all the same
		if view, _ = ledger.Read(fsys, ledger.Policy{}); view != nil {
			o.why, err = err, nil
		}
	}
	if err != nil {
		return nil, summary{Error: "This ledger cannot be used: " + strings.TrimSuffix(err.Error(), ".") + ".",
			Hint: "Either a file of it was changed, or the copy is not whole. Get another copy. If that is the same, tell the office and the groups that watch it, and keep this copy."}
	}
	o.view = view
	return o, o.summary()
}

func (o *opened) summary() summary {
	v := o.view
	cp := v.Checkpoint()
	s := summary{Name: cp.Origin, Lines: cp.Size, Root: cp.Root.String(), Signers: v.Signers(), Says: []string{}, Damage: []string{}, Withheld: []string{}, Revoked: []string{}, Keys: []string{}, Programs: []program{}}
	s.Says = append(s.Says, fmt.Sprintf("The ledger %s has %s. All of them together fit its checkpoint: no line was changed, taken out or put in since it was made.", cp.Origin, count(cp.Size, "line")))
	switch {
	case v.Signed():
		s.State = "signed"
		s.Says = append(s.Says, "The checkpoint is signed with the key that you gave. So whoever holds that key wrote this ledger. How sure that is depends on where you have the key from.")
	case o.why != nil:
		s.State = "unsigned"
		s.Says = append(s.Says, fmt.Sprintf("But that is not signed as it should be with the key that you gave: %s. Either the key is of another ledger, or somebody else made this one. Do not rely on it until you know which.", strings.TrimSuffix(o.why.Error(), ".")))
	default:
		s.State = "unknown"
		s.Says = append(s.Says, "You gave no key, so nobody knows who wrote this ledger: anybody could make one like it. Ask the office for its key, or better a group that watches it, and not the place from which you have these files.")
	}
	for _, f := range v.Check() {
		if len(s.Damage) == 1000 {
			s.Damage = append(s.Damage, "There is more, which is not listed.")
			break
		}
		s.Damage = append(s.Damage, fmt.Sprintf("%s: %s.", f.Path, strings.TrimSuffix(f.Says, ".")))
	}
	if n := len(s.Damage); n > 0 {
		s.State = "damaged"
		s.Says = append(s.Says, fmt.Sprintf("But %s not as the ledger says, or missing. The lines themselves hold; a text that was changed or is missing is named where it belongs.", are(n, "file")))
	} else {
		s.Says = append(s.Says, "Every text, signature and proof in it is the one that its line names.")
	}
	if none := v.Unproven(); len(none) > 0 {
		s.Says = append(s.Says, unproven(none))
	}
	for i, l := range v.Lines() {
		switch l := l.(type) {
		case ledger.Withheld:
			why := "by order of a court"
			if l.Reason == ledger.ByError {
				why = "because it was published by error"
			}
			s.Withheld = append(s.Withheld, fmt.Sprintf("Line %d: what has the hash %s is not given out any more since %s, %s. That it was there stays in the ledger.", i, l.Blob, day(l.On), why))
		case ledger.Revoked:
			s.Revoked = append(s.Revoked, fmt.Sprintf("Line %d: on %s a reviewer took back the statement %s.", i, day(l.On), l.Signoff))
		case ledger.Rotation:
			s.Keys = append(s.Keys, fmt.Sprintf("Line %d: the ledger got another key, signed by the old one and the new one.", i))
		}
	}
	editions := map[source.ID]int{}
	for _, e := range v.Entries() {
		editions[e.Program]++
	}
	for _, id := range publish.Programs(v) {
		p := program{ID: string(id), Editions: editions[id], Languages: []language{}}
		for _, tag := range publish.Languages(v, id) {
			p.Languages = append(p.Languages, languageOf(tag))
		}
		s.Programs = append(s.Programs, p)
	}
	return s
}

// unproven says of which editions the files of proofs are missing.
func unproven(es []ledger.Entry) string {
	const most = 10
	var names []string
	for _, e := range es[:min(len(es), most)] {
		names = append(names, fmt.Sprintf("edition %d of %s", e.Number, e.Program))
	}
	if more := len(es) - most; more > 0 {
		names = append(names, fmt.Sprintf("%d more", more))
	}
	return fmt.Sprintf("There is no proof in this copy of %s. The lines hold without it. Who wants to show somebody that an edition is in the ledger, without all of the ledger, needs the proof: ask the office for it.", list(names))
}

// edition is what the page tells of one edition in one language.
type edition struct {
	Line      int64    `json:"line"`
	Number    int      `json:"number"`
	Digest    string   `json:"digest"`
	From      string   `json:"from"`  // 2026-11-21, to be compared
	Until     string   `json:"until"` // the day on which the next one began; "" of the last
	Says      []string `json:"says"`  // whole sentences: from when, in which languages, who said what of it, what is withheld
	Against   string   `json:"against"`
	Changes   []change `json:"changes"`
	Sentences int      `json:"sentences"`
}

type change struct {
	ID  string `json:"id"`
	In  string `json:"in"` // in which notices
	Was string `json:"was"`
	Is  string `json:"is"`
}

// tell gives the history of a program in a language.
func (o *opened) tell(id, tag string) []edition {
	out := []edition{}
	last, whole := 0, true
	for _, p := range publish.History(o.view, source.ID(id), tag) {
		e := edition{Line: p.Line, Number: p.Number, Digest: p.Digest, From: p.From.String(), Sentences: p.Said, Changes: []change{}}
		held := fmt.Sprintf("It holds from %s on.", day(p.From))
		if p.Until != 0 {
			e.Until = p.Until.String()
			held = fmt.Sprintf("It held from %s until %s, when the next one began.", day(p.From), day(p.Until))
		}
		var names []string
		for _, t := range p.Languages {
			names = append(names, languageOf(t).English)
		}
		e.Says = append(e.Says, held)
		if len(names) > 0 {
			e.Says = append(e.Says, "It went out in "+list(names)+".")
		}
		for _, s := range p.Signoffs {
			e.Says = append(e.Says, signoffWords(s))
		}
		for _, g := range p.Gaps {
			e.Says = append(e.Says, gapWords(g))
		}
		switch {
		case !p.Told && len(p.Languages) > 0:
			e.Against = "It did not go out in this language."
		case !p.Told:
			e.Against = "What it said is not known from this copy."
		case last == 0:
			e.Against = "It is the first in this language. It said this:"
		case len(p.Changes) == 0 && len(p.Gaps) == 0 && whole:
			e.Against = fmt.Sprintf("It says the same as edition %d.", last)
		case whole:
			e.Against = fmt.Sprintf("What it says otherwise than edition %d:", last)
		default:
			e.Against = "What it says otherwise than those before it, as far as they are known:"
		}
		for _, c := range p.Changes {
			e.Changes = append(e.Changes, change{c.ID, kinds(c.Kinds), c.Was, c.Is})
		}
		if p.Told {
			last = p.Number
		}
		whole = len(p.Gaps) == 0
		out = append(out, e)
	}
	return out
}

// notice is all that one notice of an edition says in a language.
type notice struct {
	Kind  string     `json:"kind"`
	Says  string     `json:"says"` // why it cannot be shown; ""
	Lines []sentence `json:"lines"`
}

type sentence struct {
	ID     string     `json:"id"`
	Text   string     `json:"text"`
	Values [][]string `json:"values"` // each a name and its texts
}

// text gives every sentence of an edition in a language.
func (o *opened) text(line int64, tag string) []notice {
	out := []notice{}
	for i, e := range o.view.Entries() {
		if i != line {
			continue
		}
		b, err := o.view.Blob(e.Digest)
		if err != nil {
			return append(out, notice{Kind: "All notices", Says: gapWords(publish.Gap{What: "the list of the texts", Withheld: withheld(err), Err: err})})
		}
		_, _, texts, err := render.ReadEditionLines(b)
		if err != nil {
			return append(out, notice{Kind: "All notices", Says: "The list of the texts cannot be read."})
		}
		for _, k := range append(notices.AllKinds(), "") {
			for _, t := range texts {
				if t.Language != tag || t.Kind != k && (k != "" || slices.Contains(notices.AllKinds(), t.Kind)) {
					continue
				}
				n := notice{Kind: kind(t.Kind), Lines: []sentence{}}
				b, err := o.view.Blob(t.Digest)
				var lines []render.CanonicalLine
				if err == nil {
					lines, err = render.ReadCanonical(b)
				}
				if err != nil {
					n.Says = gapWords(publish.Gap{What: "this notice", Withheld: withheld(err), Err: err})
				}
				for _, l := range lines {
					s := sentence{ID: l.ID, Text: l.Text, Values: [][]string{}}
					for _, v := range l.Values {
						s.Values = append(s.Values, append([]string{v.Name}, v.Text...))
					}
					n.Lines = append(n.Lines, s)
				}
				out = append(out, n)
			}
		}
	}
	return out
}

func withheld(err error) *ledger.Withheld {
	if w := (*ledger.WithheldError)(nil); errors.As(err, &w) {
		return &w.Withheld
	}
	return nil
}

// verdict is what the page says of a file that somebody kept.
type verdict struct {
	Good bool   `json:"good"`
	Says string `json:"says"`
}

// kept holds a checkpoint or a proof that somebody kept against the ledger.
func (o *opened) kept(data []byte) verdict {
	v := o.view
	if isProof(data) {
		said := o.proof(data)
		if said.Good && !o.has(data) {
			return verdict{false, "This proof holds, but its line is not in this ledger. Either the line was taken out, or this copy is the older one. Keep both."}
		}
		return said
	}
	if _, err := v.ConsistentWith(data); err != nil {
		if errors.Is(err, ledger.ErrFork) {
			return verdict{false, "The history was changed: what you kept is not a beginning of this ledger, though the same key signed both. Keep both, and tell the office and the groups that watch it."}
		}
		return verdict{false, "It does not fit: " + strings.TrimSuffix(err.Error(), ".") + "."}
	}
	if !v.Signed() {
		return verdict{true, "What you kept is a beginning of this ledger: nothing that it stood for was changed or taken out. Who signed the two, nobody knows without the key."}
	}
	return verdict{true, "What you kept is a beginning of this ledger: nothing that it stood for was changed or taken out since."}
}

// isProof tells a proof from a checkpoint.
func isProof(data []byte) bool { return bytes.HasPrefix(data, []byte("c2sp.org/tlog-proof@")) }

// proof judges a proof with the key that was given.
func (o *opened) proof(data []byte) verdict {
	if len(o.policy.Keys) == 0 {
		return verdict{false, "A proof can only be judged with the key of its ledger. Write the key into the field, and open the file again."}
	}
	p, err := ledger.CheckProof(data, o.policy)
	if err != nil {
		return verdict{false, "This proof does not hold: " + strings.TrimSuffix(err.Error(), ".") + "."}
	}
	what := fmt.Sprintf("line %d", p.Number)
	if e, ok := p.Line.(ledger.Entry); ok {
		what = fmt.Sprintf("edition %d of %s, which holds from %s on (%s)", e.Number, e.Program, day(e.From), e.Digest)
	}
	return verdict{true, fmt.Sprintf("This proof holds: the ledger %s has %s.", p.Checkpoint.Origin, what)}
}

// has says whether the line of a proof that holds is a line of the ledger that is open.
func (o *opened) has(data []byte) bool {
	p, err := ledger.CheckProof(data, o.policy)
	if err != nil || p.Checkpoint.Origin != o.view.Checkpoint().Origin {
		return false
	}
	for i, l := range o.view.Lines() {
		if i == p.Number {
			return bytes.Equal(l.Bytes(), p.Line.Bytes())
		}
	}
	return false
}

// signoffWords says what a statement says that was recorded with an edition.
func signoffWords(s publish.Signoff) string {
	st := s.Statement
	var names []string
	for _, t := range st.Texts {
		if n := languageOf(t.Language).English; t.Reviewed && !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	if len(names) == 0 {
		names = []string{"no language"}
	}
	how := "With it stands a signed statement of"
	if s.Letter {
		how = "With it stands a note of a letter, which nobody signed, of"
	}
	what := map[ledger.Verdict]string{
		ledger.NoObjection:     "they found no statement that they know to be wrong",
		ledger.Objection:       "they object",
		ledger.ReadNotApproved: "they read it and do not approve of it",
	}[st.Verdict]
	return fmt.Sprintf("%s %s, of %s: in %s %s. Whose key signed it, a ledger does not know. %s", how, st.Reviewer, day(st.Date), list(names), what, ledger.NotMeant)
}

// gapWords says what cannot be told.
func gapWords(g publish.Gap) string {
	what := strings.ToUpper(g.What[:1]) + g.What[1:]
	switch {
	case g.Withheld != nil && g.Withheld.Reason == ledger.CourtOrder:
		return fmt.Sprintf("%s is withheld since %s, by order of a court.", what, day(g.Withheld.On))
	case g.Withheld != nil:
		return fmt.Sprintf("%s is withheld since %s, because it was published by error.", what, day(g.Withheld.On))
	case errors.Is(g.Err, fs.ErrNotExist):
		return what + " is not in this copy of the ledger."
	case errors.Is(g.Err, io.ErrUnexpectedEOF):
		return what + " is cut off in this copy."
	}
	return what + " cannot be read: " + strings.TrimSuffix(g.Err.Error(), ".") + "."
}

var kindNames = map[notices.Kind]string{
	notices.Before: "before people send papers", notices.AtUpload: "at the upload", notices.AlreadyApplied: "for people who applied", notices.DemandReceived: "when a demand came", notices.WhatChanged: "what changed", notices.Poster: "on the poster", notices.AskBack: "what a helper asks",
}

// kind names a notice.
func kind(k notices.Kind) string {
	if n, ok := kindNames[k]; ok {
		return n
	}
	return string(k)
}

func kinds(ks []notices.Kind) string {
	var out []string
	for _, k := range ks {
		out = append(out, kind(k))
	}
	return list(out)
}

// day writes a day as people do.
func day(d source.Day) string {
	y, m, dd := d.YMD()
	return fmt.Sprintf("%d %s %d", dd, []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}[m-1], y)
}

func count(n int64, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func are(n int, what string) string {
	if n == 1 {
		return "1 " + what + " is"
	}
	return fmt.Sprintf("%d %ss are", n, what)
}

func list(words []string) string {
	if n := len(words); n > 1 {
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
	return strings.Join(words, "")
}
