package render

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/source"
)

var (
	update = flag.Bool("update", false, "write the golden files anew")
	site   = flag.String("site", "", "write the edition of the test notice into this folder")
)

// words stands for a catalogue: it says the test notice from testdata, and the phrases of the page.
type words struct{}

var phrasesOf = map[string]map[string]string{
	"en": {"ui.draft": "Draft: no named person has reviewed these words.", "ui.edition": "Edition", "ui.languages": "Languages", "ui.all_languages": "All languages",
		"ui.one_language": "The address of this page names the language. The page of all languages does not.", "title.before": "Before you send us papers",
		"title.already-applied": "If you sent papers", "title.demand-received": "Demands", "ui.digest": "Check number"},
	"es": {"ui.draft": "Borrador: ninguna persona con nombre ha revisado estas palabras.", "ui.edition": "Edición", "ui.languages": "Idiomas", "ui.all_languages": "Todos los idiomas",
		"ui.one_language": "La dirección de esta página nombra el idioma. La página de todos los idiomas no lo hace.", "title.before": "Antes de enviarnos papeles",
		"title.already-applied": "Si envió papeles", "title.demand-received": "Exigencias", "ui.digest": "Número de control"},
	"ar": {"ui.draft": "مسودة: لم يراجع هذه الكلمات أي شخص معروف الاسم.", "ui.edition": "الإصدار", "ui.languages": "اللغات", "ui.all_languages": "كل اللغات",
		"ui.one_language": "عنوان هذه الصفحة يذكر اللغة. أما صفحة كل اللغات فلا.", "title.before": "قبل أن ترسل إلينا أوراقًا",
		"title.already-applied": "إذا أرسلت أوراقًا", "title.demand-received": "طلبات", "ui.digest": "رقم التحقق"},
}

// gateWords are the words of the gate, in the languages of the test notice.
var gateWords = map[string]map[string]string{
	"en": {"word.contact.in_person": "In person", "ui.receipt": "A record of these words", "ui.receipt.what": "It says which words were published.", "ui.receipt.same": "It is the same for everybody.", "ui.receipt.careful": "Someone who finds it can see it.", "ui.receipt.short": "The short one has no name.", "ui.week": "Week",
		"ui.exit": "Leave this page", "ui.kiosk": "This page closes.", "ui.read_first": "Read this first", "ui.go_on": "Go on", "ui.onward": "Go on to the form",
		"ui.upload_closed": "You cannot send files yet.", "ui.upload_open": "You can choose files now.", "ui.refused": "Your files were not taken.", "ui.changed": "This page has changed.",
		"tick.read": "I have read this page.", "tick.stored": "I know that the office will store what I send.", "tick.no_permission": "I do not give permission to share it.", "tick.no_permission.sent": "I do not give permission to share what I send."},
	"es": {"ui.receipt": "Constancia de estas palabras", "ui.receipt.what": "Dice qué palabras se publicaron.", "ui.receipt.same": "Es igual para todos.", "ui.receipt.careful": "Quien la encuentre puede verla.", "ui.receipt.short": "La corta no tiene nombre.", "ui.week": "Semana",
		"ui.exit": "Salir de esta página", "ui.kiosk": "Esta página se cierra.", "ui.read_first": "Lea esto primero", "ui.go_on": "Continuar", "ui.onward": "Ir al formulario",
		"ui.upload_closed": "Todavía no puede enviar archivos.", "ui.upload_open": "Ya puede enviar archivos.", "ui.refused": "No se aceptaron sus archivos.", "ui.changed": "Esta página cambió.",
		"tick.read": "He leído esta página.", "tick.stored": "Sé que la oficina guardará lo que envíe.", "tick.no_permission": "No doy permiso para compartirlo.", "tick.no_permission.sent": "No doy permiso para compartir lo que envíe."},
	"ar": {"ui.receipt": "سجل لهذه الكلمات", "ui.receipt.what": "يقول أي كلمات نُشرت.", "ui.receipt.same": "هو نفسه للجميع.", "ui.receipt.careful": "من يجده يستطيع رؤيته.", "ui.receipt.short": "القصير بلا اسم.", "ui.week": "الأسبوع",
		"ui.exit": "غادر هذه الصفحة", "ui.kiosk": "تُغلق هذه الصفحة.", "ui.read_first": "اقرأ هذا أولًا", "ui.go_on": "تابع", "ui.onward": "تابع إلى النموذج",
		"ui.upload_closed": "لا يمكنك إرسال ملفات بعد.", "ui.upload_open": "يمكنك إرسال ملفات الآن.", "ui.refused": "لم تُقبل ملفاتك.", "ui.changed": "تغيّرت هذه الصفحة.",
		"tick.read": "قرأت هذه الصفحة.", "tick.stored": "أعلم أن المكتب سيحفظ ما أرسله.", "tick.no_permission": "لا أسمح بمشاركته.", "tick.no_permission.sent": "لا أسمح بمشاركة ما أرسله."},
}

func (words) Phrase(tag, id string) (string, error) {
	if s, ok := phrasesOf[tag][id]; ok {
		return s, nil
	}
	if s, ok := gateWords[tag][id]; ok {
		return s, nil
	}
	return "", fmt.Errorf("no phrase %s in %s", id, tag)
}

func (words) Say(n *notices.Notice, tag string) (*locales.Notice, error) {
	b, err := os.ReadFile(filepath.Join("testdata", tag+".txt"))
	if err != nil {
		return nil, err
	}
	return parseNotice(string(b), tag, n.Kind)
}

// parseNotice reads the small form of the test notices: = section, == group heading, * id | text | values, an empty line between groups.
func parseNotice(src, tag string, kind notices.Kind) (*locales.Notice, error) {
	n := &locales.Notice{Program: "citykey", Kind: kind, Language: tag, Direction: "ltr", Voice: "independent", AsOf: source.NewDay(2025, 6, 14),
		Edition: locales.EditionRef{Number: 1}, Titles: map[notices.Kind]string{}, Translation: locales.Translation{State: "draft"}, Name: locales.Run{Text: "CityKey", Dir: "auto", Lang: "en"}}
	if tag == "ar" {
		n.Direction = "rtl"
	}
	for _, k := range notices.Kinds() {
		n.Titles[k] = phrasesOf[tag]["title."+string(k)]
	}
	fresh := true
	for i, line := range strings.Split(src, "\n") {
		mark, rest, _ := strings.Cut(line, " ")
		var s *locales.Section
		if len(n.Sections) > 0 {
			s = &n.Sections[len(n.Sections)-1]
		}
		switch mark {
		case "title:":
			n.Title = rest
		case "date:":
			n.Edition.Date = rest
		case "=":
			if kind == notices.AtUpload && len(n.Sections) == 1 {
				return n, nil
			}
			var id string
			var layer int
			if _, err := fmt.Sscan(rest, &id, &layer); err != nil {
				return nil, fmt.Errorf("line %d: %w", i+1, err)
			}
			heading, vals, _ := strings.Cut(rest[len(id)+3:], " | ")
			n.Sections = append(n.Sections, locales.Section{ID: id, Layer: layer, Heading: heading, Values: parseValues(vals)})
			fresh = true
		case "==":
			s.Groups = append(s.Groups, locales.Group{Heading: rest})
			fresh = false
		case "":
			fresh = true
		case "*":
			parts := strings.SplitN(rest, " | ", 3)
			if fresh {
				s.Groups = append(s.Groups, locales.Group{})
				fresh = false
			}
			st := locales.Statement{ID: parts[0], Message: parts[0], Text: parts[1], Covers: []notices.ItemID{"C01"},
				Because: []notices.Reason{{Pos: source.Pos{File: "citykey.yaml", Line: i + 1, Col: 3}, Path: "channels.online"}, {Law: "il-local-records-act", Cite: "50 ILCS 205/7"}}}
			if len(parts) == 3 {
				st.Values = parseValues(parts[2])
			}
			g := &s.Groups[len(s.Groups)-1]
			g.Statements = append(g.Statements, st)
		default:
			return nil, fmt.Errorf("line %d: %q", i+1, line)
		}
	}
	return n, nil
}

// parseValues reads kind; name; label; text {dir,lang,href}; text; … A kind begins a new value, a + a run
// that stands beside the one before.
func parseValues(s string) []locales.Value {
	kinds := map[string]bool{"label": true, "name": true, "date": true, "dates": true, "count": true, "place": true, "phone": true, "url": true, "law": true}
	var out []locales.Value
	fields := strings.Split(s, "; ")
	for i := 0; i < len(fields); i++ {
		if fields[i] == "" {
			continue
		}
		if kinds[fields[i]] && i+2 < len(fields) {
			out = append(out, locales.Value{Kind: notices.ValueKind(fields[i]), Name: fields[i+1], Label: fields[i+2]})
			i += 2
			continue
		}
		v := &out[len(out)-1]
		text, opts, _ := strings.Cut(strings.TrimSuffix(fields[i], "}"), " {")
		text, beside := strings.CutPrefix(text, "+")
		r := locales.Run{Text: text, Dir: "auto", Beside: beside}
		if o := strings.SplitN(opts, ",", 3); len(o) == 3 {
			r.Dir, r.Lang, r.Href = o[0], o[1], o[2]
		}
		v.Text = append(v.Text, text)
		v.Data = append(v.Data, text)
		v.Runs = append(v.Runs, r)
	}
	return out
}

// plan is the notice in no language that the tests build an edition of.
func testNotices(tags ...string) []*notices.Notice {
	var out []*notices.Notice
	for _, k := range notices.Kinds() {
		out = append(out, &notices.Notice{Program: "citykey", Kind: k, AsOf: source.NewDay(2025, 6, 14), Number: 1, Languages: tags})
	}
	return out
}

func testNotice(t testing.TB, tag string) *locales.Notice {
	t.Helper()
	n, err := words{}.Say(&notices.Notice{Kind: notices.Before}, tag)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func testEdition(t testing.TB, tags ...string) *Edition {
	t.Helper()
	e, err := newEdition(words{}, testNotices(tags...))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// golden compares with a file of testdata, and writes it with -update.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", "golden", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs from the golden file (go test -update writes it anew):\n%s", name, firstDifference(got, want))
	}
}

func firstDifference(got, want []byte) string {
	g, w := strings.Split(string(got), "\n"), strings.Split(string(want), "\n")
	for i := 0; i < len(g) && i < len(w); i++ {
		if g[i] != w[i] {
			return fmt.Sprintf("line %d\n got %q\nwant %q", i+1, g[i], w[i])
		}
	}
	return fmt.Sprintf("got %d lines, want %d", len(g), len(w))
}
