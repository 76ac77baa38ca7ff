package exchange

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fairnotice/notices/source"
)

// weigh holds what a file says against what an export of today would hold.
func weigh(found content, want Book) Result {
	w := &scale{want: want, Result: Result{Repairs: found.repairs, Refused: found.refused}, xliff: found.xliff,
		by: map[string]*Unit{}, forms: map[string][]*Unit{}, row: map[string]entry{}, bad: map[string]bool{}, why: map[string]string{}}
	for i := range found.entries {
		if e := &found.entries[i]; !madeForm.MatchString(e.made) {
			e.made = "" // somebody wrote something else there
		}
	}
	for i := range want.Units {
		u := &want.Units[i]
		w.by[u.Key()] = u
		w.forms[u.ID] = append(w.forms[u.ID], u)
	}
	if p := w.language(found.entries); p != nil {
		return Result{Refused: source.Problems{*p}}
	}
	w.lost(found)
	taken := map[string]Accepted{}
	twice := map[string]bool{}
	for _, e := range found.entries {
		u := w.unit(e)
		if u == nil {
			continue
		}
		if before, again := w.row[e.key]; again {
			if !twice[e.key] && !w.same(before, e) {
				twice[e.key] = true
			}
			if w.holds(before) || !w.holds(e) {
				continue
			}
		}
		w.row[e.key] = e
	}
	for _, e := range found.entries {
		first, ok := w.row[e.key]
		if !ok || first.pos != e.pos {
			continue
		}
		u := w.by[e.key]
		if twice[e.key] {
			w.refuse(e, u, source.Error, "twice", "is in the file more than once, with different translations", "Keep the right row, and delete the others.", e.text)
			continue
		}
		if a, ok := w.judge(e, u); ok {
			taken[e.key] = a
		}
	}
	w.complete(taken)
	for i := range want.Units {
		u := &want.Units[i]
		k := u.Key()
		if a, ok := taken[k]; ok {
			w.Accepted = append(w.Accepted, a)
			continue
		}
		e, there := w.row[k]
		switch {
		case !there:
			w.gap(u, NoRow, source.Pos{})
		case !filled(e) && e.under != "":
			w.gap(u, Merged, e.pos)
		case !filled(e):
			w.gap(u, Empty, e.pos)
		case !w.bad[k]:
			w.gap(u, cmp.Or(w.why[k], Untranslated), e.pos)
		}
	}
	w.order()
	return w.Result
}

// scale is one reading.
type scale struct {
	Result
	want  Book
	xliff bool
	by    map[string]*Unit   // by key
	forms map[string][]*Unit // by id
	row   map[string]entry   // by key: the row that counts
	bad   map[string]bool    // by key: refused with an error
	why   map[string]string  // by key: why a text that is there was not taken, where it is not that it is the English
}

func (w *scale) gap(u *Unit, why string, pos source.Pos) {
	w.Missing = append(w.Missing, Gap{ID: u.ID, Form: u.Form, Why: why, Pos: pos, Had: u.shown() != ""})
}

func filled(e entry) bool {
	return e.formula || strings.ContainsFunc(e.text, func(r rune) bool { return !unicode.IsSpace(r) && noWidth(r) >= 0 })
}

// holds says that there is a translation in a row. In XLIFF, a text that nobody has translated is the English.
func (w *scale) holds(e entry) bool {
	return filled(e) && !(w.xliff && noSuffix(e.text) == noSuffix(e.english))
}

// same says that two rows of one text do not contradict each other.
func (w *scale) same(a, b entry) bool {
	return !w.holds(a) || !w.holds(b) || !a.formula && !b.formula && source.NFC(strings.TrimSpace(a.text)) == source.NFC(strings.TrimSpace(b.text))
}

// language refuses a file that was made for another language.
func (w *scale) language(entries []entry) *source.Problem {
	for _, e := range entries {
		tag, _, ok := strings.Cut(e.made, ":")
		if ok && w.by[e.key] != nil && !w.want.speaks(tag) {
			return whole("language", fmt.Sprintf("This file is for the language %s, and it was handed in for %s (%s).", Quote(tag), w.want.Language.English, w.want.Language.Tag),
				"Hand it in for its own language, or find the right file.")
		}
	}
	return nil
}

// lost says once that the column which names the English is gone.
func (w *scale) lost(found content) {
	for _, e := range found.entries {
		if e.made != "" || w.by[e.key] == nil || w.by[e.key].SourceHash == "" {
			continue
		}
		did := `some rows no longer say which English they were made from ("Made from" is empty), so their English was compared letter by letter`
		if !slices.ContainsFunc(found.entries, func(e entry) bool { return e.made != "" }) {
			did = `the rows no longer say which English they were made from ("Made from" is gone), so their English was compared letter by letter`
		}
		w.Repairs = append(w.Repairs, Repair{Did: []string{did}})
		return
	}
}

// unit finds the text that a row is for; nil, after it was said why, if there is none.
func (w *scale) unit(e entry) *Unit {
	if u := w.by[e.key]; u != nil {
		return u
	}
	id, form, _ := strings.Cut(e.key, "#")
	forms := w.forms[id]
	if len(forms) == 0 {
		w.Unknown = append(w.Unknown, Unknown{ID: e.key, Text: e.text, Pos: e.pos})
		return nil
	}
	if !filled(e) {
		return nil
	}
	var names []string
	for _, u := range forms {
		if u.Form != "" {
			names = append(names, fmt.Sprintf("%s (for %s)", u.Form, u.Numbers))
		}
	}
	what := fmt.Sprintf("has the plural form %s, which this text does not have in %s", Quote(form), w.want.Language.English)
	hint := "The forms of this text are: " + strings.Join(names, "; ") + "."
	switch {
	case len(names) == 0:
		what, hint = "is a plural form of a text that has none", "Write the translation in the row "+Quote(id)+"."
	case form == "":
		what = "does not say which plural form it is"
	}
	w.refuse(e, nil, source.Error, "form", what, hint, e.text)
	return nil
}

// refuse says what is wrong with a row. The subject of what is the translation.
func (w *scale) refuse(e entry, u *Unit, severity source.Severity, code, what, hint, text string) {
	message := place(e.pos, e.key) + "The translation " + what + ": " + Quote(text)
	if u != nil && severity == source.Error {
		w.bad[e.key] = true
	}
	w.Refused = append(w.Refused, source.Problem{Pos: e.pos, Path: e.key, Code: code, Message: message, Hint: hint, Severity: severity,
		Excerpt: visible(e.text)})
}

// judge repairs one text and says whether it may be kept.
func (w *scale) judge(e entry, u *Unit) (Accepted, bool) {
	kept := Accepted{ID: u.ID, Form: u.Form, Was: u.shown(), SourceHash: u.SourceHash, Pos: e.pos}
	raw := e.text
	if u.Form != "" {
		raw = noSuffix(raw)
	}
	fail := func(code, what, hint string) { w.refuse(e, u, source.Error, code, what, hint, raw) }
	if e.formula {
		fail("formula", "is a formula", "Write words. If they begin with =, put an apostrophe before them.")
		return kept, false
	}
	if !filled(e) || raw == "" {
		return kept, false
	}
	if len(raw) > longest || utf8.RuneCountInString(raw) > 4*u.most() {
		fail("length", fmt.Sprintf("is many times longer than the English (at most %d characters are taken)", u.most()), "Say what the English says, and nothing more.")
		return kept, false
	}
	if !w.holds(e) && raw != kept.Was {
		return kept, false
	}
	if why := w.older(e, u); why != "" {
		if raw == u.Before {
			w.why[e.key] = Older // nobody touched it
			return kept, false
		}
		fail("older-english", why, "Translate it in a new file. The English of today is: "+Quote(u.Source))
		return kept, false
	}
	if raw == kept.Was {
		kept.Text = raw // as it is there already: it was judged when it came in
		return kept, true
	}
	now, did := repair(raw, u.Source)
	if e.merged != "" {
		did = append(did, "the cells "+e.merged+" were merged, and the text counts for this row alone")
	}
	if now == "" {
		return kept, false
	}
	if same(now, u.Source) && now != kept.Was && (w.xliff || !u.Same && strings.ContainsFunc(u.Source, unicode.IsLower)) {
		if !w.xliff { // in XLIFF, that is how a text looks which nobody has translated
			w.refuse(e, u, source.Warning, "untranslated", "is the English itself, so it was not taken",
				"Translate it. If it is a name that is the same in the language, tell whoever sent you the file.", raw)
		}
		return kept, false
	}
	if len(did) > 0 {
		w.Repairs = append(w.Repairs, Repair{ID: u.ID, Form: u.Form, Pos: e.pos, Did: did, Was: raw, Now: now})
	}
	faults := 0
	w.meaning(now, u, func(code, what, hint string) { faults++; fail(code, what, hint) })
	kept.Text = now
	return kept, faults == 0
}

// same compares two texts as their letters are, after all that Office programs do.
func same(a, b string) bool {
	b, _ = repair(b, b)
	return a == b
}

// older says why a row does not count for the English of today; "" if it does.
func (w *scale) older(e entry, u *Unit) string {
	file := e.english
	if u.Form != "" {
		file = noSuffix(file)
	}
	equal := false
	if e.hasEnglish {
		now, _ := repair(file, u.Source)
		equal = same(now, u.Source)
	}
	_, hash, _ := strings.Cut(e.made, ":")
	switch {
	case u.SourceHash != "" && hash != "" && hash != u.SourceHash:
		return "was made from an older English, and the English has changed since"
	case u.SourceHash != "" && hash == u.SourceHash, equal:
		if e.hasEnglish && !equal {
			w.Repairs = append(w.Repairs, Repair{ID: u.ID, Form: u.Form, Pos: e.pos, Was: file, Now: u.Source,
				Did: []string{"the English was changed in the file; ours stays, and the translation was judged by it"}})
		}
		return ""
	case u.SourceHash == "" && !e.hasEnglish:
		return "" // nobody counts the English
	}
	return "cannot be told to be of the English of today, because the English in the file is different and the row no longer says what it was made from"
}

// meaning refuses what changes meaning, or what the text is not allowed to have.
func (w *scale) meaning(s string, u *Unit, fail func(code, what, hint string)) {
	const again = "Delete it and type the words around it again."
	if bad, what := source.CheckTextIn(w.want.Language.Tag, s, u.Source); what != "" {
		code := "invisible"
		switch {
		case strings.Contains(what, "address"):
			fail("address", "has "+what, "Copy web addresses, e-mail addresses and phone numbers letter by letter, and add none. "+english(u))
			return
		case strings.Contains(what, "direction"):
			code = "direction"
		case strings.Contains(what, "alphabet"):
			code = "script"
		}
		hint := again
		if code == "script" {
			hint = fmt.Sprintf("Type the word again on a keyboard for %s.", w.want.Language.English)
			what += ", in " + Quote(wordWith(s, bad))
		}
		fail(code, fmt.Sprintf("has %s (U+%04X)", what, bad), hint)
		if code != "script" {
			return // what nobody sees would be named again by the checks below
		}
	} else if word, what := letters(s, u.Source, w.want.Language.Script); what != "" {
		fail("script", what+", in the word "+Quote(word), fmt.Sprintf("Type it again on a keyboard for %s.", w.want.Language.English))
	}
	w.holes(s, u, fail)
	a, had := addresses(u.Source)
	b, has := addresses(s)
	w.numbers(s, u, had, has, fail)
	if lost, more := without(a, b), without(b, a); len(lost)+len(more) > 0 {
		var what string
		switch {
		case len(lost) > 0 && len(more) > 0:
			what = fmt.Sprintf("has %s, where the English has %s", visible(more[0]), visible(lost[0]))
		case len(lost) > 0:
			what = fmt.Sprintf("has lost %s", visible(lost[0]))
		default:
			what = fmt.Sprintf("has %s, which the English does not have", visible(more[0]))
		}
		fail("address", what, "Copy web addresses, e-mail addresses and phone numbers letter by letter, and add none. "+english(u))
	}
	a, b = marks(u.Source), marks(s)
	if more, lost := unique(without(b, a)), unique(without(a, b)); len(more) > 0 {
		fail("markup", "has signs of a markup language ("+visible(strings.Join(more, " "))+")", "Write words only: the page sets headings, links and emphasis itself.")
	} else if len(lost) > 0 {
		fail("markup", "has lost signs that the English has ("+visible(strings.Join(lost, " "))+")", "Copy them. "+english(u))
	}
	n, most := utf8.RuneCountInString(s), u.most()
	switch {
	case u.Limit > 0 && n > u.Limit:
		fail("length", fmt.Sprintf("has %d characters, and there is room for %d", n, u.Limit), fmt.Sprintf("Write it shorter by %d.", n-u.Limit))
	case n > most:
		fail("length", fmt.Sprintf("is much longer than the English (%d characters; at most %d are taken)", n, most),
			"Say what the English says, and nothing more. If it cannot be shorter, tell whoever sent you the file.")
	}
	if a, b := ending(u.Source), ending(s); a != b {
		what, hint := "does not end with "+signs[a]+", and the English does", "End it with the sign that the language has for "+signs[a]+"."
		switch {
		case a == 0:
			what, hint = "ends with "+signs[b]+", and the English ends without any sign", "Take the sign at the end away."
		case b != 0:
			what = "ends with " + signs[b] + ", and the English ends with " + signs[a]
		}
		if a == ':' {
			hint += " Names or dates follow it on the page."
		}
		fail("ending", what, hint)
	}
}

// most is how many characters a translation may have, whatever its limit: other languages are longer, but not by that much.
func (u *Unit) most() int { return utf8.RuneCountInString(u.Source)*5/2 + 40 }

// english shows what the translation is held against.
func english(u *Unit) string { return "The English is: " + Quote(u.Source) }

// holes holds what is in curly brackets against the English.
func (w *scale) holes(s string, u *Unit, fail func(code, what, hint string)) {
	want := map[string]int{}
	for _, h := range hole.FindAllString(u.Source, -1) {
		want[h]++
	}
	least := want["{n}"]
	if u.Form != "" { // the number stands once in a form, whatever the English does for its own
		want["{n}"], least = 1, 1
		if u.single() != "" {
			least = 0
		}
	}
	copied := english(u)
	got := map[string]int{}
	for _, h := range hole.FindAllString(s, -1) {
		got[h]++
	}
	rest := hole.ReplaceAllString(s, "")
	for _, h := range keys(want, got) {
		low := want[h]
		if h == "{n}" {
			low = least
		}
		switch {
		case got[h] < low && strings.ContainsAny(rest, "{}"):
			// said below
		case got[h] < low:
			fail("number", "has lost "+h+", the place where the number is put in", "Write "+h+" where the number goes. "+copied)
		case got[h] > want[h] && want[h] == 0:
			code := "number"
			if h != "{n}" {
				code = "bracket"
			}
			fail(code, "has "+h+", and nothing is put in there", "Take "+h+" out. "+copied)
		case got[h] > want[h]:
			fail("number", "has "+h+" more than once", "Write it once. "+copied)
		}
	}
	if strings.ContainsAny(rest, "{}") {
		hint := "Take the curly brackets out. "
		if len(want) > 0 {
			hint = "Write " + strings.Join(keys(want, nil), " and ") + " as in the English, with Latin letters, and no other curly brackets. "
		}
		fail("bracket", "has curly brackets that stand for nothing", hint+copied)
	}
}

// single is the one number that a form is for, or "".
func (u *Unit) single() string {
	n := strings.TrimSpace(u.Numbers)
	if u.Form == "" || n == "" || strings.Trim(n, "0123456789") != "" {
		return ""
	}
	return n
}

// numbers holds the digits of a text against those of the English. In a form for one number, the number may be a word, {n} or digits.
// Had and has are the two texts without their addresses.
func (w *scale) numbers(s string, u *Unit, had, has string, fail func(code, what, hint string)) {
	a, b := numerals(had), numerals(has)
	if one := u.single(); one != "" {
		if strings.Contains(u.Source, "{n}") {
			a = append(a, one)
		}
		if strings.Contains(s, "{n}") {
			b = append(b, one)
		}
		a, b = drop(a, one), drop(b, one)
	} else if u.Form != "" && !strings.Contains(u.Source, "{n}") {
		a = drop(a, "1") // the English form is for one number alone, and this one is not: {n} stands for it
	}
	slices.Sort(a)
	slices.Sort(b)
	if slices.Equal(a, b) {
		return
	}
	less, more := without(a, b), without(b, a)
	var what string
	switch {
	case len(less) > 0 && len(more) > 0:
		what = fmt.Sprintf("has the number %s, and the English has %s", more[0], less[0])
	case len(less) > 0:
		what = fmt.Sprintf("lacks the number %s", less[0])
	default:
		what = fmt.Sprintf("has the number %s, which the English does not have", more[0])
	}
	fail("digits", what, "Write every number in digits, as in the English. "+english(u))
}

// drop takes one n out of a list.
func drop(list []string, n string) []string {
	if i := slices.Index(list, n); i >= 0 {
		return slices.Delete(slices.Clone(list), i, i+1)
	}
	return list
}

// without lists what a has more of than b.
func without(a, b []string) []string {
	left := slices.Clone(b)
	var out []string
	for _, s := range a {
		if i := slices.Index(left, s); i >= 0 {
			left = slices.Delete(left, i, i+1)
			continue
		}
		out = append(out, s)
	}
	return out
}

func keys(maps ...map[string]int) []string {
	var out []string
	for _, m := range maps {
		for k := range m {
			if !slices.Contains(out, k) {
				out = append(out, k)
			}
		}
	}
	slices.Sort(out)
	return out
}

// complete takes back the forms of a message that would not be whole: a message needs all of its forms at once.
func (w *scale) complete(taken map[string]Accepted) {
	done := map[string]bool{}
	for i := range w.want.Units {
		u := &w.want.Units[i]
		if u.Form == "" || done[u.ID] {
			continue
		}
		done[u.ID] = true
		var have []*Unit
		var lack *Unit
		for _, f := range w.forms[u.ID] {
			switch _, ok := taken[f.Key()]; {
			case ok:
				have = append(have, f)
			case f.shown() == "" && lack == nil:
				lack = f
			}
		}
		if lack == nil || len(have) == 0 {
			continue
		}
		e := w.row[have[0].Key()]
		p := source.Problem{Pos: e.pos, Path: u.ID, Code: "forms", Severity: source.Error, Excerpt: visible(e.text),
			Hint: fmt.Sprintf("Write the form for %s too. %s", lack.Numbers, english(lack))}
		why := "is empty"
		if w.bad[lack.Key()] {
			why, p.Hint, p.Severity = "was refused", "Mend that form, and all of them can be taken.", source.Warning
		} else if _, there := w.row[lack.Key()]; !there {
			why = "has no row in the file"
		}
		var texts []string
		for _, f := range have {
			texts = append(texts, Quote(taken[f.Key()].Text))
			w.bad[f.Key()] = true
			delete(taken, f.Key())
		}
		p.Message = fmt.Sprintf("%s%d of the %d forms of this text wait, because a text with a number needs all of them, and the one for %s (%s) %s: %s",
			place(e.pos, u.ID), len(have), len(w.forms[u.ID]), lack.Numbers, lack.Form, why, strings.Join(texts, " "))
		w.Refused = append(w.Refused, p)
	}
}

// order puts the reports in the order of the file.
func (w *scale) order() {
	slices.SortStableFunc(w.Repairs, func(a, b Repair) int { return byPos(a.Pos, b.Pos) })
	slices.SortStableFunc(w.Refused, func(a, b source.Problem) int { return byPos(a.Pos, b.Pos) })
	slices.SortStableFunc(w.Unknown, func(a, b Unknown) int { return byPos(a.Pos, b.Pos) })
}
