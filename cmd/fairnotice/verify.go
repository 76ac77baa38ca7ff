package main

import (
	"bytes"
	"fmt"
	"io"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"fairnotice/notices/source"
	"fairnotice/render"
	"fairnotice/render/web"
)

// verifyVerbs are the verbs of verify: live (10), review (20), ledger (30).
var verifyVerbs subverbs

func init() { verifyVerbs.add(10, newVerifyLive) }

func newVerify(w world) *cobra.Command {
	return verifyVerbs.under(w, &cobra.Command{
		Use:   "verify VERB",
		Short: "does what was published hold: is a portal's notice the edition's, and can all of it be seen",
		Long:  `Holds what others see against what was made. live opens a portal's page.`,
		Example: `  fairnotice verify live https://apply.example.gov/upload --edition site
  fairnotice verify live http://localhost:8080/ --edition site --lang ar`,
	})
}

func newVerifyLive(w world) *cobra.Command {
	c := &cobra.Command{
		Use:   "live URL --edition DIR",
		Short: "is what a portal shows the edition's words, and can every sentence be seen",
		Long: `Opens a portal's page in a browser that is installed (Chromium, Google Chrome, Microsoft Edge, Brave), unfolds the notice in each
language, and holds every sentence against the edition in DIR: is it there, in its order and in its words, large enough, dark
enough, in the window, and not cropped, covered or hidden, on a phone and on a desktop? It also looks whether the page names this
edition, whether the upload is closed before the box is ticked, and whether anything but the portal is asked, set or stored.

Only this address is visited, and what its page loads by itself. The browser has a new profile, which is deleted afterwards; it
ticks no box and sends no form. What is inside a frame is not looked at. A portal could show a checker other words than an
applicant: look from several places, and with a phone of your own.

Exit code 0: nothing is wrong. 1: something is. 3: it could not be looked at.`,
		Example: `  fairnotice verify live https://apply.example.gov/upload --edition site
  fairnotice verify live http://localhost:8080/ --edition site --lang es --kind at-upload --as json`,
		Args: func(c *cobra.Command, args []string) error {
			switch {
			case len(args) == 0:
				return mistyped("verify live needs the address of a page.", w.typed.and("https://apply.example.gov/upload"))
			case len(args) > 1:
				return mistyped(fmt.Sprintf("verify live takes one address; %s is too much.", quoted(args[1])), "fairnotice verify live --help")
			}
			return nil
		},
	}
	var dir, program string
	var langs []string
	c.Flags().StringVar(&dir, "edition", "", "the folder that build has written")
	c.Flags().StringSliceVar(&langs, "lang", nil, "look at this language alone; may be given more than once")
	c.Flags().StringVar(&program, "browser", "", "the browser to use")
	kind := addWords(c, w, "kind", "which notice the page shows; guess: by what is there", "guess", "before", "at-upload")
	as := addWords(c, w, "as", "the form of the answer", "text", "json")
	_ = c.MarkFlagDirname("edition")
	_ = c.MarkFlagFilename("browser")
	c.RunE = func(c *cobra.Command, args []string) error {
		address, err := w.pageAddress(args[0])
		if err != nil {
			return err
		}
		if dir == "" {
			return mistyped("verify live needs the folder of the edition that the page should show.", w.typed.and("--edition", "site"))
		}
		e, err := readEdition(dir)
		if err != nil {
			return err
		}
		tags, err := e.choose(w, langs)
		if err != nil {
			return err
		}
		k := kind.word
		if k == "guess" {
			k = ""
		} else if e.wanted(k, tags[0]) == nil {
			return mistyped(fmt.Sprintf("The edition in %s has no notice %s.", quoted(dir), quoted(k)), w.typed.with(k, "guess"))
		}
		b, err := openBrowser(program)
		if err != nil {
			return err
		}
		defer b.close()
		f, err := b.look(address, e, tags, k)
		if err != nil {
			return err
		}
		var out bytes.Buffer
		if as.word == "json" {
			err = f.json(&out, e)
		} else {
			f.text(&out, e)
		}
		if err == nil {
			_, err = c.OutOrStdout().Write(out.Bytes())
		}
		if err == nil && !f.fine() {
			return flawed("")
		}
		return err
	}
	return c
}

// pageAddress reads the address of a page: only http and https, and whole.
func (w world) pageAddress(typed string) (string, error) {
	u, err := url.Parse(typed)
	if err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.User == nil {
		return u.String(), nil
	}
	switch {
	case err == nil && u.User != nil:
		return "", mistyped("An address with a name and a password in it is not opened: they would stand in the list of your commands.")
	case strings.HasPrefix(typed, "file:") || onDisk(typed):
		return "", mistyped(quoted(typed)+" is a file. live looks at a page that a server sends.", "Serve its folder, and give the address: http://localhost:8080/")
	case !strings.Contains(typed, "://") && typed != "":
		host, _, _ := strings.Cut(typed, "/")
		scheme := "https://"
		if name, _, _ := strings.Cut(host, ":"); name == "localhost" || name == "127.0.0.1" {
			scheme = "http://"
		}
		return "", mistyped(quoted(typed)+" is no whole address: it begins with https:// or http://.", w.typed.with(typed, scheme+typed))
	}
	return "", mistyped(quoted(typed)+" is no address of a page: it begins with https:// or http://, and a name follows.", "fairnotice verify live --help")
}

func onDisk(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

// verified is an edition as a folder holds it, each file held against the manifest.
type verified struct {
	dir      string
	manifest *render.Manifest
	tags     []string
	notices  map[string]*web.Wanted // by kind and language
}

// liveKinds are the notices that stand before an upload.
var liveKinds = []string{"before", "at-upload"}

// readEdition reads the notices of an edition that stand before an upload.
func readEdition(dir string) (*verified, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		if os.IsNotExist(err) {
			return nil, undone("There is no folder "+quoted(dir)+".", "An edition is made by: fairnotice build FILE --out "+shell(dir))
		}
		return nil, undone(fmt.Sprintf("The folder %s cannot be read: %s.", quoted(dir), reason(err)))
	}
	defer root.Close()
	data, err := root.ReadFile(manifestName)
	if up := filepath.Dir(filepath.Clean(dir)); err != nil {
		if _, missing := os.Stat(filepath.Join(up, manifestName)); missing == nil {
			return nil, undone(quoted(dir)+" is a part of an edition. verify live takes the whole folder.", "fairnotice verify live URL --edition "+shell(up))
		}
		return nil, undone("There is no edition in the folder "+quoted(dir)+": it has no "+manifestName+".", "An edition is made by: fairnotice build FILE --out "+shell(dir))
	}
	m, err := render.ReadManifest(data)
	if err != nil {
		return nil, undone(fmt.Sprintf("The edition in %s cannot be read. %s", quoted(dir), sentence(err.Error())))
	}
	e := &verified{dir: dir, manifest: m, notices: map[string]*web.Wanted{}}
	read := func(name string) ([]byte, error) {
		i := slices.IndexFunc(m.Files, func(f render.ManifestFile) bool { return f.Path == name })
		if i < 0 {
			return nil, nil
		}
		b, err := intact(root, m.Files[i])
		if err != nil {
			return nil, undone(fmt.Sprintf("The file %s in %s is not as it was made: %s.", quoted(name), quoted(dir), reason(err)), "Make the edition again: fairnotice build FILE --out "+shell(dir))
		}
		return b, nil
	}
	for _, l := range m.Languages {
		for _, kind := range liveKinds {
			data, err := read(path.Join("office", l.Language, kind+".json"))
			if err != nil {
				return nil, err
			}
			if data == nil {
				continue
			}
			n, err := web.ReadWanted(data)
			if err != nil {
				return nil, undone(fmt.Sprintf("The edition in %s cannot be read. %s", quoted(dir), sentence(err.Error())))
			}
			e.notices[kind+" "+l.Language] = n
		}
		if e.wanted("before", l.Language) == nil && e.wanted("at-upload", l.Language) == nil {
			continue
		}
		e.tags = append(e.tags, l.Language)
	}
	// What stands around the sentences, on the edition's own pages and on what the vendor is sent.
	for _, name := range []string{"public/index.html", "public/at-upload.html", "for-the-vendor/server-form.html", "for-the-vendor/element.json", "for-the-vendor/front-door.html"} {
		page, err := read(name)
		if err != nil {
			return nil, err
		}
		for _, n := range e.notices {
			n.Around(page)
		}
	}
	for _, n := range e.notices {
		page, err := read("public/" + n.Language + "/" + n.Kind + ".html")
		if err != nil {
			return nil, err
		}
		n.Around(page)
	}
	if len(e.tags) == 0 {
		return nil, undone("The edition in " + quoted(dir) + " has no notice that stands before an upload.")
	}
	return e, nil
}

// wanted is a notice of the edition; nil where it has none.
func (e *verified) wanted(kind, tag string) *web.Wanted { return e.notices[kind+" "+tag] }

// choose gives the languages to look at: those that were typed, or all.
func (e *verified) choose(w world, typed []string) ([]string, error) {
	if len(typed) == 0 {
		return e.tags, nil
	}
	for _, t := range typed {
		if !slices.Contains(e.tags, t) {
			near := source.DidYouMean(t, e.tags)
			if near == "" {
				near = e.tags[0]
			}
			return nil, mistyped(fmt.Sprintf("The edition in %s is not in the language %s. It has %s.", quoted(e.dir), quoted(t), list(named(e.tags))), w.typed.with(t, near))
		}
	}
	return typed, nil
}

// begins gives the beginnings of all sentences in all languages.
func (e *verified) begins() []string {
	var out []string
	for _, key := range sortedKeys(e.notices) {
		out = append(out, e.notices[key].Begins()...)
	}
	return out
}

// there says whether texts hold most of one of the notices.
func (e *verified) there(texts []string) bool {
	for _, key := range sortedKeys(e.notices) {
		if found, of := e.notices[key].Found(texts, 1); of > 0 && found*2 > of {
			return true
		}
	}
	return false
}

// guess says which notice a page shows: the whole one, if some of what stands below its key facts is there.
func (e *verified) guess(texts, tags []string) string {
	for _, t := range tags {
		n := e.wanted("before", t)
		if n == nil {
			return "at-upload"
		}
		if found, of := n.Found(texts, 2, 3); found*4 > of {
			return "before"
		}
	}
	if e.wanted("at-upload", tags[0]) == nil {
		return "before"
	}
	return "at-upload"
}

// kindWords are the two kinds as people call them.
var kindWords = map[string]string{"before": "the notice before the upload", "at-upload": "the key facts at the upload"}

// text is the answer for people.
func (f *liveAnswer) text(out io.Writer, e *verified) {
	m := e.manifest
	guessed := ""
	if f.guessed {
		guessed = ", by what is there"
	}
	fmt.Fprintf(out, "%s\n", clean(f.facts.Address))
	hanging(out, 0, 2, fmt.Sprintf("Held against edition %d of %s (%s) of %s, %s. Looked at as %s%s.", m.Edition.Number, m.Edition.AsOf, short(m.Edition.Digest), m.Program, m.Edition.ID, kindWords[f.kind], guessed))
	if f.single != "" {
		hanging(out, 0, 2, fmt.Sprintf("It is a page in one language, so only %s was looked at.", named([]string{f.single})[0]))
	}
	fmt.Fprintln(out)
	for _, p := range f.page {
		hanging(out, 0, 2, fmt.Sprintf("The page: %s [%s]", clean(p.says), p.code))
	}
	sizes := make([]string, len(windows))
	for i, w := range windows {
		sizes[i] = fmt.Sprintf("%s (%d × %d)", w.Name, w.Width, w.Height)
	}
	for _, l := range f.languages {
		name := named([]string{l.tag})[0]
		if len(l.wrong) == 0 {
			hanging(out, 0, 2, fmt.Sprintf("%s: all %s are there, in their words and in sight, %s.", name, count(l.of, "sentence"), strings.Join(sizes, " and ")))
			continue
		}
		if l.wrong[0].Code == "absent" {
			hanging(out, 0, 2, fmt.Sprintf("%s: %s is not on the page. [absent]", name, kindWords[f.kind]))
			continue
		}
		fmt.Fprintf(out, "%s: %s wrong with %s.\n", name, are(len(l.wrong), "thing"), count(l.of, "sentence"))
		const most = 8 // of one kind
		shown := map[string]int{}
		for _, x := range l.wrong {
			if shown[x.Code]++; shown[x.Code] <= most {
				l.one(out, x)
			}
		}
		for _, code := range sortedKeys(shown) {
			if n := shown[code] - most; n > 0 {
				fmt.Fprintf(out, "  and %d more like it [%s]\n", n, code)
			}
		}
	}
	if f.fine() {
		fmt.Fprintf(out, "\nNothing is wrong.\n")
	}
}

// liveWords says of each code what is wrong, in words; %s is what was found.
var liveWords = map[string]string{
	"missing":   "this sentence is not on the page",
	"changed":   "this sentence says something else: “%s”",
	"added":     "after this sentence stands what the edition does not say: “%s”",
	"moved":     "this sentence stands in another place",
	"turned":    "a hidden character turns the direction of this sentence",
	"chip":      "what opens this language cannot be seen (%s)",
	"folded":    "this sentence is folded away, and no click unfolds it",
	"hidden":    "this sentence is hidden",
	"empty":     "this sentence has no room on the page",
	"small":     "the letters of this sentence are too small (%s; it takes 12)",
	"disguised": "the letters of this sentence are disguised",
	"struck":    "this sentence is struck through",
	"squeezed":  "the letters or the lines of this sentence lie on each other",
	"cropped":   "this sentence is cut off (by %s)",
	"covered":   "this sentence is covered (by %s)",
	"outside":   "no scrolling reaches this sentence",
	"faint":     "this sentence can hardly be told from what is behind it (contrast %s; it takes 4.5 to 1)",
	"unsure":    "nobody can tell by reckoning whether this sentence can be read: %s. Give it a plain background",
}

// says puts a code into words.
func (x liveWrong) says() string {
	words := liveWords[x.Code]
	if strings.Contains(words, "%s") {
		found := x.Found
		if found == "" {
			found = "something"
		}
		words = fmt.Sprintf(words, shortened(clean(found)))
	}
	if len(x.at) < len(windows) && len(x.at) > 0 {
		words = x.at[0].Name + ", " + words
	}
	return words
}

func (l *languageFinding) one(out io.Writer, x liveWrong) {
	words := x.says()
	words = strings.ToUpper(words[:1]) + words[1:]
	if x.Text == "" {
		hanging(out, 2, 4, fmt.Sprintf("%s. [%s]", words, x.Code))
		return
	}
	id := x.Code
	if x.ID != "" {
		id = x.ID + ", " + x.Code
	}
	hanging(out, 2, 4, fmt.Sprintf("“%s” [%s]", shortened(clean(x.Text)), id))
	hanging(out, 4, 4, words+".")
}

// json is the answer for machines.
func (f *liveAnswer) json(out io.Writer, e *verified) error {
	type wrong struct {
		web.Wrong
		Says   string `json:"says"`
		Widths []int  `json:"widths"` // of the windows in which it is so, in pixels
	}
	type language struct {
		Language  string  `json:"language"`
		Sentences int     `json:"sentences"`
		Wrong     []wrong `json:"wrong"`
	}
	type whole struct {
		Code string `json:"code"`
		Says string `json:"says"`
	}
	answer := struct {
		URL       string             `json:"url"`
		Program   source.ID          `json:"program"`
		Edition   render.EditionMark `json:"edition"`
		Kind      string             `json:"kind"`
		Guessed   bool               `json:"guessed"`
		Fine      bool               `json:"fine"`
		Page      []whole            `json:"page"`
		Languages []language         `json:"languages"`
	}{f.facts.Address, e.manifest.Program, e.manifest.Edition, f.kind, f.guessed, f.fine(), []whole{}, []language{}}
	for _, p := range f.page {
		answer.Page = append(answer.Page, whole{p.code, p.says})
	}
	for _, l := range f.languages {
		one := language{l.tag, l.of, []wrong{}}
		for _, x := range l.wrong {
			w := wrong{Wrong: x.Wrong, Says: x.says(), Widths: []int{}}
			for _, at := range x.at {
				w.Widths = append(w.Widths, at.Width)
			}
			one.Wrong = append(one.Wrong, w)
		}
		answer.Languages = append(answer.Languages, one)
	}
	return writeJSON(out, answer)
}
