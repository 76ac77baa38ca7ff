package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"fairnotice/locales"
	"fairnotice/notices/ledger"
	"fairnotice/notices/source"
	"fairnotice/render"
	"fairnotice/render/web"
)

func init() { verifyVerbs.add(20, newVerifyReview) }

func newVerifyReview(w world) *cobra.Command {
	var q reviewQuestion
	var program string
	var keys []string
	c := &cobra.Command{
		Use:   "review FILE|DIR",
		Short: "are the words still those that reviewers signed; if not, which sentence is another",
		Long: `Of a program file: says of each language whether the words that it makes now are those that reviewers signed, as review status does, and names each
sentence that is another, whether somebody changed the file, a translation or the office's own words.

Of an edition's folder: holds each file against the manifest, and the texts against their digests, and names the sentence that was changed
by hand. With --program it also says who signed these words; with --ledger, whether this edition is in the ledger. Without --program, the
ledger alone says who is said to have signed them: whose key is whose it does not know. Get the key of a group from the group, and give it
with --reviewer-key.

Exit code 0: all that was signed holds, and all that is required is signed. 1: it does not. 3: it could not be looked at.`,
		Example: `  fairnotice verify review examples/citykey.yaml
  fairnotice verify review site --program examples/citykey.yaml
  fairnotice verify review site --ledger ledger
  fairnotice verify review site --ledger ledger --reviewer-key 'group:river.example=ssh-ed25519 AAAA…'`,
		Args: w.oneFile("verify review", "a program file, or the folder of an edition", "examples/citykey.yaml"),
	}
	q.flags(c, w)
	c.Flags().StringVar(&program, "program", "", "of a folder: the program file whose reviewers signed")
	c.Flags().StringArrayVar(&keys, "reviewer-key", nil, "of a folder, with --ledger: the id of a reviewer, = and their public key; may be given more than once")
	as := addWords(c, w, "as", "the form of the answer", "text", "json")
	c.RunE = func(c *cobra.Command, args []string) error {
		info, err := os.Stat(args[0])
		missing, folder := errors.Is(err, fs.ErrNotExist), err == nil && info.IsDir()
		who, err := w.reviewerKeys(keys)
		switch {
		case err != nil:
			return err
		case len(who) > 0 && (!folder || q.ledger == "" || program != ""):
			return mistyped("--reviewer-key goes together with the folder of an edition and --ledger, and without --program: a program file names its reviewers itself.", "fairnotice verify review site --ledger ledger --reviewer-key ID=KEY")
		case missing && program != "":
			return undone("There is no folder "+quoted(args[0])+".", "The folder of an edition is made by: fairnotice build "+shell(program)+" --out "+shell(args[0]))
		case folder:
			a, err := w.askFolder(args[0], program, q, who)
			if err != nil {
				return err
			}
			if err := a.print(c.OutOrStdout(), as.word); err != nil {
				return err
			}
			if !a.fine() {
				return flawed("")
			}
			return nil
		case program != "":
			return mistyped("--program goes together with the folder of an edition.", "fairnotice verify review "+shell(args[0]))
		}
		a, err := w.askReviews(args[0], q)
		if err != nil {
			return err
		}
		if err := a.print(c.OutOrStdout(), as.word); err != nil {
			return err
		}
		if !a.fine() {
			return flawed("")
		}
		return nil
	}
	return c
}

// folderAnswer is how it stands with an edition's folder.
type folderAnswer struct {
	dir      string
	manifest *render.Manifest
	files    []wrongFile
	others   []string // files among the public ones that the edition does not name
	record   string   // what the ledger says of it; "" without one
	recorded bool
	review   *reviewAnswer // nil without a program file
	kept     *keptReviews  // nil with a program file, and without a ledger
}

// wrongFile is a file that is not as the manifest says, or a text that has not its digest.
type wrongFile struct {
	File      string           `json:"file"`
	Says      string           `json:"says"`
	Sentences []sentenceChange `json:"sentences"`
}

func (a *folderAnswer) fine() bool {
	return len(a.files) == 0 && a.recorded && (a.review == nil || a.review.fine()) && (a.kept == nil || a.kept.fine())
}

// folderReader holds what is needed to name a sentence of a folder.
type folderReader struct {
	root     *os.Root
	manifest *render.Manifest
	old      *oldTexts
	intact   map[string][]byte // files as the manifest says
}

// askFolder holds an edition's folder against its manifest, and against what else is known.
func (w world) askFolder(dir, program string, q reviewQuestion, who []ledger.Reviewer) (*folderAnswer, error) {
	view, err := ledgerKept(q.ledger)
	if err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, undone(fmt.Sprintf("The folder %s cannot be read: %s.", quoted(dir), reason(err)))
	}
	defer root.Close()
	data, err := root.ReadFile(manifestName)
	if err != nil {
		return nil, undone("There is no edition in the folder "+quoted(dir)+": it has no "+manifestName+".", "An edition is made by: fairnotice build FILE --out "+shell(dir))
	}
	m, err := render.ReadManifest(data)
	if err != nil {
		return nil, flawed(fmt.Sprintf("The edition in %s cannot be read. %s", quoted(dir), sentence(err.Error())))
	}
	a := &folderAnswer{dir: dir, manifest: m, recorded: true}
	r := &folderReader{root: root, manifest: m, intact: map[string][]byte{}, old: &oldTexts{view: view}}
	if program != "" {
		f, err := w.load(program, q.date.day)
		if err != nil {
			return nil, err
		}
		if f.program.Program.ID != m.Program {
			return nil, mistyped(fmt.Sprintf("The edition in %s is of the program %s, and %s is of %s.", quoted(dir), m.Program, quoted(program), f.program.Program.ID))
		}
		var ps source.Problems
		r.old, ps = f.oldTexts(view)
		judgements, more, err := f.judge(m.Texts, q.date.day)
		if err != nil {
			return nil, err
		}
		a.review = &reviewAnswer{file: f, edition: &render.Edition{Program: m.Program, Number: m.Edition.Number, Digest: m.Edition.Digest, Texts: m.Texts}, on: q.date.day,
			problems: append(more, ps...), sentences: map[int][]sentenceChange{}, lost: map[int]bool{}}
		for _, l := range m.Languages {
			a.review.tags = append(a.review.tags, l.Language)
		}
		a.review.judgements = judgements
	}
	a.files = r.faults()
	a.others = r.others()
	if a.review != nil {
		for i, j := range a.review.judgements {
			a.review.sentences[i], a.review.lost[i] = r.sentences(j)
		}
	}
	if view != nil {
		a.record, a.recorded = recordedIn(view, m)
		a.record += " Who signed the ledger was not looked at: that is for fairnotice verify ledger with --key."
		if a.review == nil {
			a.kept = r.kept(view, who, q.date.day)
		}
	}
	return a, nil
}

// recordedIn says what a ledger knows of an edition.
func recordedIn(v *ledger.View, m *render.Manifest) (string, bool) {
	var other *ledger.Entry
	for _, e := range v.Entries() {
		if e.Program != m.Program || e.Number != m.Edition.Number {
			continue
		}
		if e.Digest == m.Edition.Digest {
			return fmt.Sprintf("Edition %d is in the ledger %s with this digest, from %s on.", e.Number, v.Checkpoint().Origin, e.From), true
		}
		other = &e
	}
	if other != nil {
		return fmt.Sprintf("The ledger %s has edition %d with another digest (%s), so these are not the words that were published from %s on.", v.Checkpoint().Origin, other.Number, short(other.Digest), other.From), false
	}
	return fmt.Sprintf("The ledger %s does not have edition %d of %s.", v.Checkpoint().Origin, m.Edition.Number, m.Program), false
}

// faults finds every file that is not as the manifest says, and every text that has not its digest.
func (r *folderReader) faults() []wrongFile {
	var out []wrongFile
	broken := map[string]error{}
	for _, f := range r.manifest.Files {
		b, err := intact(r.root, f)
		if err != nil {
			broken[f.Path] = err
			continue
		}
		r.intact[f.Path] = b
	}
	for _, f := range r.manifest.Files {
		err := broken[f.Path]
		if err == nil {
			continue
		}
		x := wrongFile{File: f.Path, Says: "It is not as it was made: " + reason(err) + ".", Sentences: []sentenceChange{}}
		if errors.Is(err, fs.ErrNotExist) || !r.regular(f.Path) {
			out = append(out, x)
			continue
		}
		if b, err := r.root.ReadFile(f.Path); err == nil {
			x.Sentences = r.inPage(f.Path, b)
		}
		out = append(out, x)
	}
	// The manifest itself: do its texts have the digests that it names?
	lines := render.EditionDigest(r.manifest.Program, r.manifest.Edition.Number, r.manifest.Texts)
	if lines != r.manifest.Edition.Digest {
		out = append(out, wrongFile{File: manifestName, Says: "Its texts do not have the digest of the edition that it names."})
	}
	for _, t := range r.manifest.Texts {
		name := path.Join("office", t.Language, string(t.Kind)+".json")
		b, ok := r.intact[name]
		if !ok {
			continue // said already
		}
		canonical, err := canonicalOf(b)
		if err != nil || ledger.Hash(canonical) == t.Digest {
			continue
		}
		x := wrongFile{File: name, Says: "Its words do not have the digest of the text."}
		if was := r.old.text(t.Digest); was != nil {
			x.Sentences, _ = compareCanonical(string(t.Kind), was, canonical)
		}
		out = append(out, x)
	}
	return out
}

func (r *folderReader) regular(name string) bool {
	info, err := r.root.Lstat(filepath.FromSlash(name))
	return err == nil && info.Mode().IsRegular()
}

// others lists what lies among the public files and is not of the edition.
func (r *folderReader) others() []string {
	var out []string
	named := map[string]bool{}
	for _, f := range r.manifest.Files {
		named[f.Path] = true
	}
	_ = fs.WalkDir(r.root.FS(), "public", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !named[name] && !strings.HasPrefix(path.Base(name), ".") {
			out = append(out, name)
		}
		return nil
	})
	return out
}

// wanted gives a notice of the edition as something trustworthy has it: its JSON, if that is as it was made and has its digest; else the
// words that were sent, or that a ledger keeps. nil where nothing has.
func (r *folderReader) wanted(kind, tag string) *web.Wanted {
	i := slices.IndexFunc(r.manifest.Texts, func(t render.TextLine) bool { return string(t.Kind) == kind && t.Language == tag })
	if i < 0 {
		return nil
	}
	t := r.manifest.Texts[i]
	if b, ok := r.intact[path.Join("office", tag, kind+".json")]; ok {
		if canonical, err := canonicalOf(b); err == nil && ledger.Hash(canonical) == t.Digest {
			if n, err := web.ReadWanted(b); err == nil {
				return n
			}
		}
	}
	lines, err := render.ReadCanonical(r.old.text(t.Digest))
	if err != nil || len(lines) == 0 {
		return nil
	}
	var sentences []web.Sentence
	for _, l := range lines {
		s := web.Sentence{ID: l.ID, Text: l.Text}
		for _, v := range l.Values {
			s.Values = append(s.Values, struct {
				Label string   `json:"label"`
				Text  []string `json:"text"`
			}{"", v.Text})
		}
		sentences = append(sentences, s)
	}
	return web.NewWanted(kind, tag, sentences)
}

// inPage names the sentences of a changed file that are not the edition's. Where the file is the JSON of a notice and nothing else keeps
// its words, the edition's own page of it is the measure.
func (r *folderReader) inPage(name string, b []byte) []sentenceChange {
	kinds, tags := r.of(name)
	var out []sentenceChange
	add := func(kind string, x web.Wrong) {
		out = append(out, sentenceChange{Kind: kind, ID: x.ID, Was: x.Text, Now: x.Found})
	}
	for _, kind := range kinds {
		for _, tag := range tags {
			n := r.wanted(kind, tag)
			if path.Ext(name) == ".json" {
				canonical, err := canonicalOf(b)
				if err != nil {
					continue
				}
				if n == nil { // turn it round: what does the page say where the file says this?
					mine, err := web.ReadWanted(b)
					if err != nil {
						continue
					}
					for _, measure := range []string{"public/" + tag + "/" + kind + ".html", "office/" + tag + "/" + kind + "-print.html", "office/" + tag + "/" + kind + ".txt"} {
						if page, ok := r.intact[measure]; ok {
							for _, x := range mine.JudgeSource(page) {
								x.Text, x.Found = x.Found, x.Text
								add(kind, x)
							}
							break
						}
					}
					continue
				}
				i := slices.IndexFunc(r.manifest.Texts, func(t render.TextLine) bool { return string(t.Kind) == kind && t.Language == tag })
				if was := r.old.text(r.manifest.Texts[i].Digest); was != nil {
					changes, _ := compareCanonical(kind, was, canonical)
					out = append(out, changes...)
				}
				continue
			}
			if n == nil {
				continue
			}
			for _, x := range n.JudgeSource(b) {
				add(kind, x)
			}
		}
	}
	return out
}

// of says which notices a file of an edition holds, by its name.
func (r *folderReader) of(name string) (kinds, tags []string) {
	all := func() (out []string) {
		for _, l := range r.manifest.Languages {
			out = append(out, l.Language)
		}
		return out
	}
	base := strings.TrimSuffix(path.Base(name), path.Ext(name))
	base = strings.TrimSuffix(base, "-print")
	switch base {
	case "index", "closes", "kiosk", "front-door":
		base = "before"
	case "server-form", "element":
		base = "at-upload"
	}
	if !slices.ContainsFunc(r.manifest.Texts, func(t render.TextLine) bool { return string(t.Kind) == base }) {
		return nil, nil
	}
	tag := path.Base(path.Dir(name))
	if slices.Contains(all(), tag) {
		return []string{base}, []string{tag}
	}
	return []string{base}, all()
}

// sentences names what changed since a reviewer signed, in the words that the folder has.
func (r *folderReader) sentences(j ledger.Judgement) (out []sentenceChange, lost bool) {
	for _, p := range j.Parts {
		if p.State != ledger.Changed || p.Review == nil {
			continue
		}
		i := slices.IndexFunc(p.Review.Statement.Texts, func(t ledger.StatementText) bool { return t.Kind == p.Kind && t.Language == j.Language })
		was := r.old.text(p.Review.Statement.Texts[i].Digest)
		now, err := canonicalOf(r.intact[path.Join("office", j.Language, p.Kind+".json")])
		if was == nil || err != nil {
			lost = true
			continue
		}
		changes, err := compareCanonical(p.Kind, was, now)
		lost = lost || err != nil
		out = append(out, changes...)
	}
	return out, lost
}

// canonicalOf gives the canonical text of a notice from its JSON, office/LANG/KIND.json.
func canonicalOf(data []byte) ([]byte, error) {
	var said struct {
		Sections []struct {
			Heading string `json:"heading"`
			Own     string `json:"heading_wording"`
			Groups  []struct {
				Heading    string `json:"heading"`
				Own        string `json:"heading_wording"`
				Statements []struct {
					ID     string `json:"id"`
					Text   string `json:"text"`
					Values []struct {
						Name string   `json:"name"`
						Text []string `json:"text"`
					} `json:"values"`
				} `json:"statements"`
			} `json:"groups"`
		} `json:"sections"`
	}
	if err := json.Unmarshal(data, &said); err != nil {
		return nil, err
	}
	n := &locales.Notice{}
	for _, s := range said.Sections {
		section := locales.Section{Heading: s.Heading, Own: s.Own}
		for _, g := range s.Groups {
			group := locales.Group{Heading: g.Heading, Own: g.Own}
			for _, st := range g.Statements {
				to := locales.Statement{ID: st.ID, Text: st.Text}
				for _, v := range st.Values {
					to.Values = append(to.Values, locales.Value{Name: v.Name, Text: v.Text})
				}
				group.Statements = append(group.Statements, to)
			}
			section.Groups = append(section.Groups, group)
		}
		n.Sections = append(n.Sections, section)
	}
	return render.Canonical(n), nil
}

func (a *folderAnswer) print(out io.Writer, as string) error {
	var b bytes.Buffer
	if as == "json" {
		answer := struct {
			Folder   string      `json:"folder"`
			Program  source.ID   `json:"program"`
			Edition  int         `json:"edition"`
			Digest   string      `json:"digest"`
			Fine     bool        `json:"fine"`
			Files    int         `json:"files"`
			Wrong    []wrongFile `json:"wrong"`
			Others   []string    `json:"others"`
			Ledger   string      `json:"ledger,omitempty"`
			Recorded bool        `json:"recorded"`
			Review   any         `json:"review"`
			Kept     any         `json:"kept"` // of the reviews, in the ledger
		}{a.dir, a.manifest.Program, a.manifest.Edition.Number, a.manifest.Edition.Digest, a.fine(), len(a.manifest.Files), notNil(a.files), notNil(a.others), a.record, a.record != "" && a.recorded, nil, nil}
		if a.review != nil {
			answer.Review = a.review.machine()
		}
		if a.kept != nil {
			answer.Kept = a.kept.machine()
		}
		if err := writeJSON(&b, answer); err != nil {
			return err
		}
	} else {
		a.text(&b)
	}
	_, err := out.Write(b.Bytes())
	return err
}

func (a *folderAnswer) text(out *bytes.Buffer) {
	m := a.manifest
	fmt.Fprintf(out, "%s: edition %d of %s of %s (%s).\n", clean(a.dir), m.Edition.Number, m.Edition.AsOf, m.Program, short(m.Edition.Digest))
	if len(a.files) == 0 {
		hanging(out, 0, 2, fmt.Sprintf("All %s are as they were made, and all %s have their digests.", count(len(m.Files), "file"), count(len(m.Texts), "text")))
	} else {
		hanging(out, 0, 2, fmt.Sprintf("%s not as the edition was made, of %s.", are(len(a.files), "file"), count(len(m.Files), "file")))
		for _, f := range a.files {
			fmt.Fprintln(out)
			hanging(out, 0, 2, clean(f.File)+": "+clean(f.Says))
			for _, c := range f.Sentences {
				c.print(out)
			}
			if len(f.Sentences) == 0 {
				hanging(out, 4, 4, "No sentence of a notice could be named that is another.")
			}
		}
	}
	if len(a.others) > 0 {
		fmt.Fprintln(out)
		hanging(out, 0, 2, "Beside the edition's files, public/ holds: "+clean(list(a.others[:min(len(a.others), 8)]))+".")
	}
	if a.record != "" {
		fmt.Fprintln(out)
		hanging(out, 0, 2, a.record)
	}
	fmt.Fprintln(out)
	switch {
	case a.review != nil:
		a.review.text(out)
	case a.kept != nil:
		a.kept.text(out)
	default:
		hanging(out, 0, 2, "Who signed these words was not looked at: that takes --program and the program file, or --ledger.")
	}
}
