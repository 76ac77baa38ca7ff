// Package core is the desk without its page: one program's folder in memory, and what somebody at the desk can ask of it. The page only
// shows what it answers. It runs in the browser, compiled for it, and in the command, which keeps the folder on a disk.
//
// An operation has a name and takes and gives JSON:
//
//	answer := desk.Do("notice", []byte(`{"kind":"before","languages":["en","es"]}`))
//
// What cannot be done is answered with {"error":{"says":"…","hint":"…"}}: a whole sentence, and what to do instead. What is wrong in the
// files of the person at the desk is no such error, but part of an answer. A file in JSON is {"name":…,"bytes":…}, its bytes in base64.
// An operation that changes something answers at least {"state":…}, a [State].
//
// The words of every answer are English for staff. What applicants read comes from package locales.
package core

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"fairnotice/notices"
	"fairnotice/notices/source"
)

// Desk is a program's folder in memory. It reads no clock, no disk and no network. It is safe for concurrent use: one operation after
// another.
type Desk struct {
	lock sync.Mutex
	day  source.Day
	held
	made made
}

// held is what lies on a desk. An operation that fails puts it back as it was; so a map is never changed, but replaced.
type held struct {
	name  string            // of the program file; "" where nothing is open
	files map[string][]byte // the program file and its companions; nobody changes the bytes of one
	down  map[string][]byte // the files as somebody put them down last
	first map[string][]byte // the files as they were opened
	past  []step            // what was changed, the last thing last

	stands []LanguageState // how far each language has come, as count found it last
	warned int             // how many warnings count found last
}

// step is one change, and how the files were before it.
type step struct {
	says string
	was  map[string][]byte // nil for a file that was not there
}

// New gives a desk with nothing on it. The day is today's: it decides which laws are past their check.
func New(day source.Day) *Desk { return &Desk{day: day} }

// Open lays a folder on the desk: the program file x.yaml, and what belongs to it in x/. Other files stay where they are. The error is a
// whole sentence.
func (d *Desk) Open(files map[string][]byte) error {
	d.lock.Lock()
	defer d.lock.Unlock()
	return d.open(files)
}

func (d *Desk) open(files map[string][]byte) error {
	name, mine, err := folder(files)
	if err != nil {
		if name, mine = loneAnswers(files); mine == nil {
			return err
		}
	}
	d.held, d.made = held{name: name, files: mine, down: mine, first: mine}, made{}
	return nil
}

// Do does one operation. It never panics, and always answers with JSON.
func (d *Desk) Do(op string, args []byte) (answer []byte) {
	d.lock.Lock()
	defer d.lock.Unlock()
	before, worked := d.held, false
	defer func() {
		if !worked && !before.same(&d.held) {
			d.held, d.made = before, made{}
		}
	}()
	defer func() {
		if r := recover(); r != nil {
			answer = refused(refuse(fmt.Sprintf("This is a fault of ours, in %q. Nothing was changed.", clip(op)), "Save your file, and open the desk again. "+short(fmt.Sprint(r))))
		}
	}()
	do := ops[op]
	if do == nil {
		return refused(refuse(fmt.Sprintf("The desk cannot do %q.", clip(op)), "This is a fault of ours: the page and the program do not fit together."))
	}
	if len(bytes.TrimSpace(args)) == 0 {
		args = []byte("{}")
	}
	said, err := do(d, args)
	if err != nil {
		return refused(err)
	}
	out, err := json.Marshal(said)
	if err != nil {
		return refused(refuse("The answer cannot be written. Nothing was changed.", "This is a fault of ours."))
	}
	worked = true
	return out
}

// Files gives all files that are on the desk. The map belongs to the caller; nobody may change the bytes.
func (d *Desk) Files() map[string][]byte {
	d.lock.Lock()
	defer d.lock.Unlock()
	return maps.Clone(d.files)
}

// Changed gives the files that are otherwise than when they were put down last; nil for one that is to be removed.
func (d *Desk) Changed() map[string][]byte {
	d.lock.Lock()
	defer d.lock.Unlock()
	return d.changed()
}

func (d *Desk) changed() map[string][]byte {
	out := map[string][]byte{}
	for name, b := range d.files {
		if old, ok := d.down[name]; !ok || !bytes.Equal(old, b) {
			out[name] = b
		}
	}
	for name := range d.down {
		if _, ok := d.files[name]; !ok {
			out[name] = nil
		}
	}
	return out
}

// Kept says that what changed was put down.
func (d *Desk) Kept() {
	d.lock.Lock()
	defer d.lock.Unlock()
	d.kept()
}

func (d *Desk) kept() { d.down = d.files }

// change lays files on the desk in place of what is there (nil removes one), and remembers how they were, so that undo takes it back. says
// is what was done, in a whole sentence.
func (d *Desk) change(says string, files map[string][]byte) {
	was := map[string][]byte{}
	next := maps.Clone(d.files)
	if next == nil {
		next = map[string][]byte{}
	}
	for name, b := range files {
		if old, ok := next[name]; ok && b != nil && bytes.Equal(old, b) {
			continue
		}
		was[name] = next[name]
		if next[name] = b; b == nil {
			delete(next, name)
		}
	}
	if len(was) == 0 {
		return
	}
	const most = 200
	d.past = append(slices.Clone(d.past[max(0, len(d.past)-most):]), step{says, was})
	d.files, d.made = next, made{}
}

// text gives the program file as it stands, or an error where nothing is open.
func (d *Desk) text() ([]byte, error) {
	if d.name == "" {
		return nil, refuse("No file is open.", "Begin a new program, open your file, or try the example.")
	}
	return d.files[d.name], nil
}

// beside is the name of a companion of the program file: law/x.yaml, wording.yaml.
func (d *Desk) beside(name string) string { return notices.Beside(d.name) + "/" + name }

// same says that nothing was changed: what lies on a desk is the same, and not only alike.
func (h held) same(o *held) bool {
	return h.name == o.name && len(h.past) == len(o.past) && sameMap(h.files, o.files) && sameMap(h.down, o.down)
}

func sameMap(a, b map[string][]byte) bool {
	return maps.EqualFunc(a, b, func(x, y []byte) bool { return len(x) == len(y) && (len(x) == 0 || &x[0] == &y[0]) })
}

// refusal is why something cannot be done, for the person at the desk.
type refusal struct{ says, hint string }

func (r *refusal) Error() string { return strings.TrimSpace(r.says + " " + r.hint) }

// refuse says in a whole sentence what cannot be done, and what to do instead.
func refuse(says, hint string) error { return &refusal{says, hint} }

func refused(err error) []byte {
	r, ok := err.(*refusal)
	if !ok {
		r = &refusal{says: Sentence(err.Error())}
	}
	out, _ := json.Marshal(map[string]any{"error": map[string]string{"says": source.HidePrivateKeys(r.says), "hint": source.HidePrivateKeys(r.hint)}})
	return out
}

// problem is a refusal in the words of a problem of a file.
func problem(p source.Problem) error { return refuse(p.Message, p.Hint) }

// take reads the arguments of an operation.
func take[T any](args json.RawMessage) (T, error) {
	var a T
	if err := json.Unmarshal(args, &a); err != nil {
		return a, refuse("The page asked in a way that the desk does not understand.", "This is a fault of ours: "+short(err.Error()))
	}
	return a, nil
}

// mostName is how many characters a person's name and role may have.
const mostName = 200

// oneLine reads words that a person typed, on one line. what they are is said where they cannot be taken: the name, the reason.
func oneLine(what, s string, most int) (string, error) {
	s = strings.Join(strings.Fields(source.NFC(s)), " ")
	if err := noText(what, "", s); err != nil {
		return "", err
	}
	if n := len([]rune(s)); n > most {
		return "", refuse(fmt.Sprintf("The %s has %d characters; there is room for %d.", what, n, most), "Say it in fewer words.")
	}
	return s, nil
}

// noText refuses words in a language ("" for any) with a sign that no text may have.
func noText(what, tag, s string) error {
	if is, instead := source.TextFault(tag, s); is != "" {
		return refuse(fmt.Sprintf("In the %s stands %s.", what, is), instead)
	}
	return nil
}

// clip cuts what is repeated only to be recognised.
func clip(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

func short(s string) string { return Sentence(clip(s)) }
