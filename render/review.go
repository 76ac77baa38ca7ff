package render

import (
	"bytes"
	"errors"
	"slices"
	"strings"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/source"
)

// reviewPage is the public page that says who has read the edition, and what that does not mean. It is in all languages of the edition
// and has no script. It is no notice: it is in no digest, for what was signed cannot name who signed it. The pages lead to it at their
// end; the key facts at the upload, the gates and the kiosk do not, as nobody shall take a group's name there for advice to go on.
const reviewPage = "review.html"

// Verdict is what a reader of the words said of them.
type Verdict string

const (
	Found     Verdict = "found"   // found no statement that they know to be wrong
	Objects   Verdict = "objects" // objects
	ReadAlone Verdict = "read"    // read the words, and does not say that they are right
)

// Reader is who has read the words of an edition, exactly as they are, and said something of them: a group, or a person. A name is not
// shown unless the program file names it for readers.
type Reader struct {
	Name       string
	Languages  []string // whose words they read
	Kinds      []notices.Kind
	Verdict    Verdict
	Letter     bool       // told by letter, so that nobody can verify it
	On, Until  source.Day // Until is 0 where nothing was said of it
	Path       string     // of the reader in the program file, such as reviewers.0
	Conditions []string   // as they wrote them
}

// reviewOf adds the page of who has read the edition, if there is anything to say: somebody did, or a named person has reviewed a
// translation.
func (e *Edition) reviewOf(c sayer, ns []*notices.Notice, readers []Reader) error {
	reviewed := func(n *locales.Notice) bool { return n.Translation.State == string(source.Reviewed) }
	if len(readers) == 0 && !slices.ContainsFunc(e.Notices, reviewed) {
		return nil
	}
	var back []otherKind
	for _, k := range others(ns, reviewKind) {
		back = append(back, otherKind{k, pageName(k)})
	}
	var said []*locales.Notice
	for _, n := range e.Notices {
		if n.Kind != ns[0].Kind {
			continue
		}
		page, err := c.Say(reviewNotice(ns[0], n, readers), n.Language)
		if closed := (*locales.Closed)(nil); errors.As(err, &closed) && len(said) > 0 {
			continue // the page has no words in this language yet
		}
		if err != nil {
			return err
		}
		page.Edition.Digest = e.Digest
		said = append(said, page)
	}
	if len(said) == 0 {
		return nil
	}
	var b bytes.Buffer
	if err := writePage(&b, c, said, pageOptions{other: back, leave: leavePage}); err != nil {
		return err
	}
	e.Files = append(e.Files, File{"public/" + reviewPage, b.Bytes()})
	return nil
}

// reviewKind is the kind of the page's own sentences, which no edition counts among its notices.
const reviewKind notices.Kind = "review"

// reviewNotice is the page's sentences in the language of a notice.
func reviewNotice(like *notices.Notice, said *locales.Notice, readers []Reader) *notices.Notice {
	n := &notices.Notice{Program: like.Program, Name: like.Name, Kind: reviewKind, Voice: like.Voice, People: like.People, AsOf: like.AsOf, Number: like.Number,
		Digits: like.Digits, Languages: like.Languages, File: like.File, Lock: like.Lock}
	who := notices.Section{ID: "review", Layer: 1}
	read := false
	for _, r := range readers {
		g := notices.Group{Heading: "review.who", Values: []notices.Value{{Name: "who", Kind: notices.VName, Parts: []notices.Part{{Name: r.Name}}}}}
		add := func(message string, vs ...notices.Value) {
			g.Statements = append(g.Statements, notices.Statement{ID: r.Path + "." + strings.Join(r.Languages, "-") + "." + message, Message: message, Values: vs,
				Because: []notices.Reason{{Pos: source.Pos{File: like.File}, Path: r.Path, On: source.On(r.On)}}})
		}
		var tongues []notices.Part
		for _, tag := range r.Languages {
			tongues = append(tongues, notices.Part{Key: "language." + strings.ToLower(tag)})
		}
		var pages []notices.Part
		for _, k := range r.Kinds {
			if k.Public() {
				pages = append(pages, notices.Part{Key: n.TitleOf(k)})
			}
		}
		if len(pages) > 0 {
			add("review.pages", notices.Value{Kind: notices.VLabel, Parts: pages})
		}
		add("review.languages", notices.Value{Name: "languages", Kind: notices.VLabel, Parts: tongues})
		add("review." + string(r.Verdict))
		if r.Letter {
			add("review.letter")
		}
		read = read || !r.Letter && r.Verdict == Found && slices.Contains(r.Languages, said.Language)
		add("review.on", notices.Value{Name: "on", Kind: notices.VDate, Parts: []notices.Part{{Date: source.On(r.On)}}})
		if r.Until != 0 {
			add("review.until", notices.Value{Name: "until", Kind: notices.VDate, Parts: []notices.Part{{Date: source.On(r.Until)}}})
		}
		for _, words := range r.Conditions {
			add("review.condition", notices.Value{Name: "title", Kind: notices.VName, Parts: []notices.Part{{Name: words}}})
		}
		who.Groups = append(who.Groups, g)
	}
	var alone notices.Group
	plain := func(to *notices.Group, path, message string, vs ...notices.Value) {
		to.Statements = append(to.Statements, notices.Statement{ID: message, Message: message, Values: vs,
			Because: []notices.Reason{{Pos: source.Pos{File: like.File}, Path: path}}})
	}
	if !read {
		plain(&alone, "reviewers", "review.none")
	}
	if said.Translation.State == string(source.Reviewed) {
		plain(&alone, "languages", "ui.reviewed", notices.Value{Name: "who", Kind: notices.VName, Parts: []notices.Part{{Name: said.Translation.By}}})
	}
	// What has no heading of its own stands before the groups, which each have one.
	if len(alone.Statements) > 0 {
		who.Groups = append([]notices.Group{alone}, who.Groups...)
	}
	n.Sections = append(n.Sections, who)
	if len(readers) > 0 {
		not := notices.Section{ID: "review_not", Layer: 1, Groups: []notices.Group{{}}}
		for _, m := range []string{"run", "advice", "facts", "other"} {
			plain(&not.Groups[0], "reviewers", "review.not."+m)
		}
		n.Sections = append(n.Sections, not)
	}
	return n
}
