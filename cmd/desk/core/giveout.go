package core

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/source"
	"fairnotice/render"
	"fairnotice/render/web"
)

// giveOps are the operations of the screen Give out: what can be handed to whom, and the files for it. Only a packet changes what is on the
// desk: what was sent is kept beside the file.
var giveOps = map[string]operation{
	"give":      func(d *Desk, _ json.RawMessage) (any, error) { return d.doors() },
	"give.make": giveMake,
}

// Doors is the answer of `give`: what can be handed over, to whom.
type Doors struct {
	Doors []Door `json:"doors"`
}

// Door is one way out: to paper, to the website, to whoever runs the upload page, to the reviewers.
type Door struct {
	ID    string   `json:"id"` // print, website, vendor, reviewers, everything
	Title string   `json:"title"`
	About string   `json:"about"`
	Ready bool     `json:"ready"` // it can be made now
	Why   []string `json:"why"`   // what is not ready, or what to know before it goes out, in whole sentences
	Makes []Make   `json:"makes"`
}

// Make is one thing behind a door: what give.make takes as `what`.
type Make struct {
	What      string `json:"what"`
	Title     string `json:"title"`
	About     string `json:"about"`
	Ready     bool   `json:"ready"`
	Why       string `json:"why"` // why it cannot be made; "" where it can
	Languages bool   `json:"languages"`
	Paper     bool   `json:"paper"` // the size of the paper can be chosen
	QR        bool   `json:"qr"`    // the code can open the public page
	Page      bool   `json:"page"`  // the address of the public page can be said
	Form      bool   `json:"form"`  // the address of a form elsewhere can be said
	Slow      bool   `json:"slow"`  // in a browser it takes a while: the page has to say so
}

// Given is the answer of give.make.
type Given struct {
	Files []GivenFile `json:"files"`
	Says  []string    `json:"says"` // what was made, and what to do with it
	State *State      `json:"state"`
}

// GivenFile is a file to download.
type GivenFile struct {
	Blob
	Type string `json:"type"` // of its content, such as text/html
}

// giving is one thing that can be made. Its maker gives the files, with names that are not taken elsewhere, and what to say of them.
type giving struct {
	Make
	door string
	make func(*Desk, order) ([]render.File, []string, error)
}

// order is what give.make is asked for: {what, language, paper?, qr?, page?, form?}. paper is "letter", "a4" or ""; qr is "plain", with the
// words in the code, or "page", with the address page; form is the address of a form elsewhere, for the vendor.
type order struct {
	What     string       `json:"what"`
	Language string       `json:"language"`
	Paper    render.Paper `json:"paper"`
	QR       string       `json:"qr"`
	Page     string       `json:"page"`
	Form     string       `json:"form"`
}

var doorTitles = []Door{
	{ID: "print", Title: "Print", About: "For the wall, the counter and the hand. Open a page and press Ctrl and P."},
	{ID: "website", Title: "Put it on our website", About: "Every notice in every language that can be shown. Any web server can serve the folder public."},
	{ID: "vendor", Title: "Send it to the company that runs the upload", About: "It puts the notice in front of the first file, and keeps the upload closed until its box is ticked."},
	{ID: "reviewers", Title: "Send it to reviewers", About: "Every sentence beside its facts and its law, in a page that opens without the internet."},
	{ID: "everything", Title: "Everything at once", About: "All of it in one zip, each in its own folder."},
}

// givings is all that can be made, in the order of the screen.
func givings() []giving {
	return []giving{
		{Make{What: "poster.html", Title: "A poster", About: "One page for the wall. It begins with the way that leaves fewer records.", Languages: true, Paper: true, QR: true, Page: true, Slow: true}, "print", (*Desk).poster},
		{Make{What: "handout.html", Title: "A handout", About: "The poster in one language, and in English on the back.", Languages: true, Paper: true, QR: true, Page: true, Slow: true}, "print", (*Desk).handout},
		{Make{What: "notice.html", Title: "The whole notice", About: "To read at a counter, or to take home.", Languages: true, Paper: true, Slow: true}, "print", (*Desk).printNotice},
		{Make{What: "large.html", Title: "The whole notice in large print", About: "No letter is smaller than 18 points.", Languages: true, Paper: true, Slow: true}, "print", (*Desk).large},
		{Make{What: "notice.docx", Title: "The whole notice for Word", About: "The same words. Change none of them there: change your answers here.", Languages: true, Paper: true, Slow: true}, "print", (*Desk).wordNotice},
		{Make{What: "read-aloud.txt", Title: "A text to read aloud", About: "For interpreters and telephone lines: one sentence on a line, numbers digit by digit.", Languages: true}, "print", (*Desk).readAloud},
		{Make{What: "sms.txt", Title: "A text message", About: "The key facts, without a sentence that comforts wrongly when the rest is cut off.", Languages: true, Page: true}, "print", (*Desk).textMessage},
		{Make{What: "staff-card.html", Title: "A card for staff", About: "In English: what to say, what not to promise, what to do when an officer hands over a paper.", Slow: true}, "print", (*Desk).staffCard},
		{Make{What: "website.zip", Title: "The website", About: "The folder as it goes on a web server, with a page that says what is what.", Form: true, Slow: true}, "website", (*Desk).website},
		{Make{What: "vendor.zip", Title: "For the company", About: "READ-ME-FIRST.html in it says what to do, for five kinds of upload pages.", Form: true, Slow: true}, "vendor", (*Desk).forVendor},
		{Make{What: "packet.zip", Title: "The packet for reviewers", About: "A working paper. It shows who could get what, and what is not known.", Slow: true}, "reviewers", (*Desk).forReviewers},
		{Make{What: "everything.zip", Title: "All of it", About: "The website, the vendor's files, the paper in every language, the packet, and your file.", Form: true, Slow: true}, "everything", (*Desk).everything},
	}
}

// doors says what can be handed over.
func (d *Desk) doors() (*Doors, error) {
	f, err := d.read()
	if err != nil {
		return nil, err
	}
	out := &Doors{}
	cannot := ""
	if n := len(f.Problems.Of(source.Error)); n > 0 {
		cannot = fmt.Sprintf("Your file has %s. Mend what stands under “To do” first.", Count(n, "error"))
	} else if !slices.ContainsFunc(d.languageStates(), func(s LanguageState) bool { return s.State != "held" }) {
		cannot = "No language can be shown yet. Look under “Languages”."
	}
	for _, door := range doorTitles {
		door.Ready, door.Why, door.Makes = cannot == "", []string{}, []Make{}
		for _, g := range givings() {
			if g.door == door.ID {
				g.Ready, g.Make.Why = cannot == "", cannot
				door.Makes = append(door.Makes, g.Make)
			}
		}
		if cannot != "" {
			door.Why = append(door.Why, cannot)
		} else {
			door.Why = append(door.Why, d.before(door.ID, f.Program)...)
		}
		if len(door.Makes) > 0 {
			out.Doors = append(out.Doors, door)
		}
	}
	return out, nil
}

// before is what somebody should know before a thing goes out.
func (d *Desk) before(door string, p *notices.Program) []string {
	out := []string{}
	var drafts, waiting []string
	states := d.languageStates()
	for _, s := range states {
		switch s.State {
		case "held":
			out = append(out, fmt.Sprintf("%s is left out. It wants %s", s.English, lower(s.Why)))
		case "draft":
			drafts = append(drafts, s.English)
		case "wait":
			waiting = append(waiting, s.English)
		}
	}
	which := List(drafts)
	if len(drafts) == len(states) && len(drafts) > 3 {
		which = "all languages"
	}
	if len(drafts) > 0 && door != "reviewers" {
		out = append(out, fmt.Sprintf("Nobody has reviewed the words in %s. The pages say so.", which))
	}
	if len(waiting) > 0 {
		out = append(out, "The desk is still looking at "+Count(len(waiting), "language")+".")
	}
	if n := len(notices.Questions(p)); n > 0 && door == "website" {
		out = append(out, fmt.Sprintf("%s not answered. The notice says of each that nobody knows.", are(n, "question")))
	}
	var required []string
	for _, r := range p.Reviewers {
		if r.Required {
			required = append(required, r.Name)
		}
	}
	switch {
	case door == "website" && len(required) > 0:
		out = append(out, fmt.Sprintf("Your file says that this goes out only after it was signed by %s. The desk does not look at signatures: IT can, with the command fairnotice publish.", List(required)))
	case door == "reviewers" && len(p.Reviewers) == 0:
		out = append(out, "Your file names no reviewers. The packet can be made all the same.")
	case door == "vendor":
		out = append(out, "If the form is on a site to which you can only link, say its address: the front door then leads to it.")
	}
	return out
}

// lower makes a sentence the end of another.
func lower(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

func giveMake(d *Desk, args json.RawMessage) (any, error) {
	o, err := take[order](args)
	if err != nil {
		return nil, err
	}
	all := givings()
	i := slices.IndexFunc(all, func(g giving) bool { return g.What == o.What || strings.TrimSuffix(g.What, path.Ext(g.What)) == o.What })
	if i < 0 {
		return nil, refuse(fmt.Sprintf("There is nothing called “%s” to make.", clip(o.What)), "This is a fault of ours: the page and the program do not fit together.")
	}
	f, err := d.whole()
	if err != nil {
		return nil, err
	}
	if err := o.judge(f.Program, all[i].Make); err != nil {
		return nil, err
	}
	files, says, err := all[i].make(d, o)
	if err != nil {
		return nil, err
	}
	out := &Given{Files: []GivenFile{}, Says: append([]string{}, says...)}
	if out.State, err = d.state(); err != nil {
		return nil, err
	}
	for _, f := range files {
		out.Files = append(out.Files, GivenFile{Blob{Name: f.Path, Bytes: f.Bytes}, contentType(f.Path)})
	}
	return out, nil
}

func contentType(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html;charset=utf-8"
	case ".txt":
		return "text/plain;charset=utf-8"
	case ".zip":
		return "application/zip"
	case ".docx":
		return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	}
	return "application/octet-stream"
}

// judge refuses what the page should not have asked, in words for whoever typed it.
func (o *order) judge(p *notices.Program, m Make) error {
	if m.Languages {
		switch {
		case o.Language == "" && len(p.Languages) == 1:
			o.Language = p.Languages[0]
		case o.Language == "":
			return refuse("Which language?", "Choose one of the languages of your file.")
		case !slices.Contains(p.Languages, o.Language):
			return refuse(fmt.Sprintf("Your file is not in the language “%s”.", clip(o.Language)), "Choose one of the languages of your file.")
		}
	}
	if o.Paper != "" && o.Paper != render.Letter && o.Paper != render.A4 {
		return refuse(fmt.Sprintf("There is no paper called “%s” here.", clip(string(o.Paper))), "Choose letter or A4.")
	}
	if o.QR == "page" && o.Page == "" {
		return refuse("The code needs the address of your page.", "Type the address at which the notice is on your website, or choose the code that holds the words.")
	}
	if o.Page != "" {
		what, hint := source.CheckAddress(o.Page)
		if what == "" && !strings.HasPrefix(o.Page, "https://") {
			what, hint = "This is no web page", "Type an address that begins with https://."
		}
		if what != "" {
			return refuse(Sentence(what), hint)
		}
	}
	if err := web.CheckForm(o.Form); err != nil {
		return refuse(Sentence(err.Error()), "Copy the address of the form from the address line of a browser.")
	}
	return nil
}

// notices builds every kind of notice that an edition of the program holds.
func (d *Desk) notices() ([]*notices.Notice, error) {
	f, err := d.whole()
	if err != nil {
		return nil, err
	}
	var out []*notices.Notice
	for _, k := range f.Program.Kinds() {
		n, err := d.built(k)
		if err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, nil
}

// texts is the edition without its pages: every notice in every language, with the digest that stands on paper. It is worked out once for
// each change.
func (d *Desk) texts() (*render.Edition, *locales.Catalog, error) {
	ns, err := d.notices()
	if err != nil {
		return nil, nil, err
	}
	cat, err := Catalogue(ns[0].Languages)
	if err != nil {
		return nil, nil, err
	}
	if d.made.edition == nil {
		if d.made.edition, err = render.NewTexts(cat, ns); err != nil {
			return nil, nil, cannotSay(err)
		}
	}
	return d.made.edition, cat, nil
}

// cannotSay says why a notice is not there in a language.
func cannotSay(err error) error {
	if c := (*locales.Closed)(nil); errors.As(err, &c) {
		return refuse(fmt.Sprintf("The notice cannot be shown in %s. It wants %s", c.Language.English, lower(closedWords(c))), "Look under “Languages”.")
	}
	return refuse("The notice cannot be made. "+Sentence(err.Error()), "Look under “To do”.")
}

// of gives the edition where it has the notice in the language of an order.
func (d *Desk) of(o order) (*render.Edition, *locales.Catalog, error) {
	e, cat, err := d.texts()
	if err != nil {
		return nil, nil, err
	}
	if e.Notice(notices.Before, o.Language) != nil {
		return e, cat, nil
	}
	for _, c := range e.Closed {
		if c.Language.Tag == o.Language {
			return nil, nil, cannotSay(c)
		}
	}
	return nil, nil, refuse("This program has no such notice.", "Look under “To do”.")
}

// called gives a file of one language its name: citykey-notice-es.html.
func (d *Desk) called(what, language, end string, b []byte) []render.File {
	name := notices.Beside(path.Base(d.name)) + "-" + what
	if language != "" {
		name += "-" + language
	}
	return []render.File{{Path: name + end, Bytes: b}}
}

const (
	toPrint = "Open it in a browser, and press Ctrl and P. On a Mac, press Command and P."
	toShow  = "Everybody who hands it out should read it once."
)

// paper makes a page to print, or a Word file, in the language of an order.
func (d *Desk) paper(o order, name string, says ...string) ([]render.File, []string, error) {
	e, cat, err := d.of(o)
	if err != nil {
		return nil, nil, err
	}
	page := ""
	if o.QR == "page" {
		page = o.Page
	}
	p, err := NewPapers(cat, e, o.Language, o.Paper, page)
	if err != nil {
		return nil, nil, err
	}
	var b bytes.Buffer
	if err := p.Write(&b, name); err != nil {
		return nil, nil, err
	}
	end := path.Ext(name)
	return d.called(strings.TrimSuffix(name, end), o.Language, end, b.Bytes()), says, nil
}

func (d *Desk) printNotice(o order) ([]render.File, []string, error) {
	return d.paper(o, "notice.html", toPrint, toShow)
}

func (d *Desk) wordNotice(o order) ([]render.File, []string, error) {
	return d.paper(o, "notice.docx", "If words have to be others, change your answers here, and make the file again.", toShow)
}

func (d *Desk) large(o order) ([]render.File, []string, error) {
	return d.paper(o, "large.html", toPrint, toShow)
}

func (d *Desk) poster(o order) ([]render.File, []string, error) {
	return d.paper(o, "poster.html", toPrint, "It is one page. Hang it where people see it before they give anything.")
}

func (d *Desk) handout(o order) ([]render.File, []string, error) {
	return d.paper(o, "handout.html", toPrint, "Print it on both sides of one sheet.")
}

func (d *Desk) staffCard(order) ([]render.File, []string, error) {
	e, _, err := d.texts()
	if err != nil {
		return nil, nil, err
	}
	f, err := d.whole()
	if err != nil {
		return nil, nil, err
	}
	n := e.Notice(notices.Before, "en")
	if n == nil {
		return nil, nil, refuse("The card for staff is in English, and your file has no English.", "Add English to the languages of your file.")
	}
	var b bytes.Buffer
	if err := render.StaffCard(&b, f.Program, n); err != nil {
		return nil, nil, err
	}
	return d.called("staff-card", "", ".html", b.Bytes()), []string{toPrint, "Give it to everybody who works at the counter. It is not for the public."}, nil
}

// said is one notice in one language, without the others: what is read aloud or sent names no digest.
func (d *Desk) said(o order, kind notices.Kind) (*locales.Notice, error) {
	n, err := d.built(kind)
	if err != nil {
		return nil, err
	}
	said, err := d.say(n, o.Language)
	if err != nil {
		return nil, cannotSay(err)
	}
	return said, nil
}

func (d *Desk) readAloud(o order) ([]render.File, []string, error) {
	n, err := d.said(o, notices.Before)
	if err != nil {
		return nil, nil, err
	}
	var b bytes.Buffer
	if err := render.ReadAloud(&b, n); err != nil {
		return nil, nil, err
	}
	return d.called("read-aloud", n.Language, ".txt", b.Bytes()), []string{"An empty line is a pause. Telephone numbers are written digit by digit."}, nil
}

func (d *Desk) textMessage(o order) ([]render.File, []string, error) {
	n, err := d.said(o, notices.Before)
	if err != nil {
		return nil, nil, err
	}
	cat, err := Catalogue([]string{o.Language})
	if err != nil {
		return nil, nil, err
	}
	m, err := render.SMS(cat, n, o.Page)
	if err != nil {
		return nil, nil, err
	}
	return d.called("text-message", n.Language, ".txt", []byte(m.Text+"\n")), append(m.Says(), "Others read a telephone too. Send it only to people who asked for it."), nil
}

// edition makes every byte of the edition, as the command does, once for each change.
func (d *Desk) edition(o order) (*render.Edition, error) {
	if e := d.made.pages; e != nil && d.made.form == o.Form {
		return e, nil
	}
	ns, err := d.notices()
	if err != nil {
		return nil, err
	}
	cat, err := Catalogue(ns[0].Languages)
	if err != nil {
		return nil, err
	}
	e, err := render.NewEdition(cat, ns, func(e *render.Edition) ([]render.File, error) { return web.Kit(e, o.Form) })
	if err != nil {
		return nil, cannotSay(err)
	}
	d.made.pages, d.made.form = e, o.Form
	return e, nil
}

func (d *Desk) website(o order) ([]render.File, []string, error) {
	e, err := d.edition(o)
	if err != nil {
		return nil, nil, err
	}
	b, err := zipFiles(e.Files)
	if err != nil {
		return nil, nil, err
	}
	says := []string{"Unpack it, and open START-HERE.html first.", "Only the folder public goes on the web server. The others are for your office."}
	if len(e.Closed) > 0 {
		for _, c := range e.Closed {
			says = append(says, fmt.Sprintf("%s is not in it. It wants %s", c.Language.English, lower(closedWords(c))))
		}
	}
	return d.called("website", "", ".zip", b), says, nil
}

// vendorZip is what whoever runs the upload page is sent, in an edition.
const vendorZip = "for-the-vendor.zip"

func (d *Desk) forVendor(o order) ([]render.File, []string, error) {
	e, err := d.edition(o)
	if err != nil {
		return nil, nil, err
	}
	i := slices.IndexFunc(e.Files, func(f render.File) bool { return f.Path == vendorZip })
	if i < 0 {
		return nil, nil, refuse("This edition has no notice for an upload.", "Look under “To do”.")
	}
	return d.called("for-the-vendor", "", ".zip", e.Files[i].Bytes), []string{"Send it to whoever looks after the upload page. READ-ME-FIRST.html in it says what to do.", "It holds the words of this edition. After a change, send it again."}, nil
}

// apart says what is in the zip with everything, and what of it may not be given to everybody.
const apart = `What is in this folder
======================

website/        Start with START-HERE.html in it. Only the folder public goes on
                the web server. for-the-vendor.zip is for the company that runs
                the upload page.
paper/          For each language: what is printed, read aloud or sent.
for-reviewers/  For the reviewers alone. ` + render.Stamp + `
                It shows who could get what. Put it on no website.
your-file/      Your answers, as they stand now, with what belongs to them.
`

// everything is all that can be made, each in its own folder. What is for the public and what is not are never in one.
func (d *Desk) everything(o order) ([]render.File, []string, error) {
	f, err := d.whole()
	if err != nil {
		return nil, nil, err
	}
	p, again, err := d.packed()
	if err != nil {
		return nil, nil, err
	}
	all := []render.File{{Path: "READ-ME-FIRST.txt", Bytes: []byte(apart)}}
	add := func(folder string, files []render.File) {
		for _, f := range files {
			all = append(all, render.File{Path: folder + "/" + f.Path, Bytes: f.Bytes})
		}
	}
	e, err := d.edition(o)
	if err != nil {
		return nil, nil, err
	}
	add("website", e.Files)
	says := []string{"Unpack it, and open READ-ME-FIRST.txt first.", "The folder for-reviewers is a working paper: put it on no website."}
	for _, tag := range f.Program.Languages {
		if i := slices.IndexFunc(e.Closed, func(c *locales.Closed) bool { return c.Language.Tag == tag }); i >= 0 {
			says = append(says, fmt.Sprintf("%s is not in it. It wants %s", e.Closed[i].Language.English, lower(closedWords(e.Closed[i]))))
			continue
		}
		for _, g := range givings() {
			if g.door != "print" {
				continue
			}
			in := o
			if in.Language = tag; !g.Languages {
				in.Language = ""
			}
			files, _, err := g.make(d, in)
			if err != nil {
				return nil, nil, err
			}
			if !slices.ContainsFunc(all, func(h render.File) bool { return h.Path == "paper/"+files[0].Path }) {
				add("paper", files)
			}
		}
	}
	sent, err := PacketFiles(p, one)
	if err != nil {
		return nil, nil, err
	}
	add("for-reviewers", sent)
	if again == nil {
		d.keepSent(packetMade, p)
		says = append(says, keptSent)
	}
	for name, b := range d.files {
		all = append(all, render.File{Path: "your-file/" + name, Bytes: b})
	}
	b, err := zipFiles(all)
	if err != nil {
		return nil, nil, err
	}
	return d.called("everything", "", ".zip", b), says, nil
}

func zipFiles(files []render.File) ([]byte, error) {
	all := map[string][]byte{}
	for _, f := range files {
		all[f.Path] = f.Bytes
	}
	return zipped(all)
}
