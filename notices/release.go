package notices

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fairnotice/notices/source"
)

// Release gives the program file's bytes with the demand of a paper among its `demands:`, as one that may be told of, with who decided
// it and when. Comments and everything else stay as they are. An entry of the same id is brought to what the paper says. It refuses a
// demand that may not be told of, one that came after the day of the edition, and a file that does not know which demands came before:
// a list with this one alone would say that no other came. The error is for people.
func Release(p *Program, d *Paper, by string, on source.Day) ([]byte, error) {
	by = strings.TrimSpace(by)
	switch {
	case !d.Tellable():
		return nil, d.Doc.Problem("gag", "gag", source.Error, "Nobody has confirmed that the office may tell of this demand, so it is not released.",
			"If counsel has confirmed it, write `gag: {is: no, by: …, on: …}` in the demand file, with who said so and when.")
	case by == "":
		return nil, d.Doc.Problem("id", "released", source.Error, "It is not said who decided to release this demand.", "Write the name and the title, such as \"Ana Ruiz, City Clerk\".")
	case d.came() > p.Edition.AsOf.Last:
		return nil, p.Doc.Problem("edition.as_of", "as_of", source.Error, fmt.Sprintf("The facts in this file hold for %s, and the demand came later.", p.Edition.AsOf),
			fmt.Sprintf("Look whether the facts still hold, and write the day on which you looked, %s or later.", d.came()))
	case p.Demands.State != source.Known:
		return nil, p.Doc.Problem("demands", "C22", source.Error, "The file does not know which demands came before, and a list with this one alone would say that no other came.",
			"Write the others that may be listed, or `demands: none` with who stands behind it. Then release this one.")
	}
	e := d.Event()
	e.Released = &Released{By: by, On: source.On(on)}
	return edits(p, func(set func(path, value string), add func(path, value string)) {
		if i := slices.IndexFunc(p.Demands.Is, func(o Event) bool { return o.ID == e.ID }); i >= 0 {
			was, is := entry(&p.Demands.Is[i]), entry(&e)
			for _, key := range is {
				if j := slices.IndexFunc(was, func(o [2]string) bool { return o[0] == key[0] }); j < 0 || was[j][1] != key[1] {
					set("demands."+string(e.ID)+"."+key[0], key[1])
				}
			}
		} else if len(p.Demands.Is) == 0 {
			set("demands", "- "+strings.ReplaceAll(entryText(&e), "\n", "\n  "))
		} else {
			add("demands", entryText(&e))
		}
		for _, id := range sortedKeys(d.Sources) {
			if _, ok := p.Sources[id]; !ok {
				s := d.Sources[id]
				url := ""
				if s.URL != "" {
					url = ", url: " + source.Word(s.URL)
				}
				set("sources."+string(id), "{title: "+source.Word(s.Title)+url+", published: "+write(s.Published, source.Date.String)+", read: "+
					write(s.Read, source.Date.String)+", kind: "+string(s.Kind)+"}")
			}
		}
	})
}

// Pause gives the program file's bytes with a channel that is suspended since a day. Where the program is suspended already, the channel
// joins the others. It refuses a channel that the file does not have, and a program that has ended.
func Pause(p *Program, channel source.ID, since source.Day) ([]byte, error) {
	if _, ok := p.Channels[channel]; !ok {
		all := keysOfMap(p.Channels)
		hint := "This file has: " + strings.Join(all, ", ") + "."
		if near := source.DidYouMean(string(channel), all); near != "" {
			hint = fmt.Sprintf("Did you mean %q? %s", near, hint)
		}
		return nil, p.Doc.Problem("channels", "reference", source.Error, fmt.Sprintf("There is no channel %q in this file.", channel), hint)
	}
	s := p.Program.Status
	switch {
	case s.Is == "ended":
		return nil, p.Doc.Problem("program.status", "status", source.Error, "The program has ended, so no way to apply can be paused.", "Leave --pause out.")
	case s.Is == "suspended" && (len(s.Channels) == 0 || slices.Contains(s.Channels, channel)):
		return p.Doc.Bytes(), nil // paused already
	case s.Is == "suspended":
		return edits(p, func(set, _ func(path, value string)) {
			set("program.status.channels", "["+strings.Join(append(words(s.Channels), string(channel)), ", ")+"]")
		})
	}
	return edits(p, func(set, _ func(path, value string)) {
		set("program.status", fmt.Sprintf("is: suspended\nsince: %s\nchannels: [%s]", since, channel))
	})
}

// edits makes changes to the bytes of a program file, one after the other.
func edits(p *Program, do func(set, add func(path, value string))) ([]byte, error) {
	doc, data := p.Doc, p.Doc.Bytes()
	var failed error
	step := func(edit func(d *source.Doc) ([]byte, error)) {
		if failed != nil {
			return
		}
		if data, failed = edit(doc); failed == nil {
			var found source.Problems
			if doc, found = source.Open(p.File, data); len(found) > 0 {
				failed = found[0]
			}
		}
	}
	do(func(path, value string) {
		step(func(d *source.Doc) ([]byte, error) { return d.Set(path, value) })
	}, func(path, value string) {
		step(func(d *source.Doc) ([]byte, error) { return d.Append(path, value) })
	})
	if failed != nil {
		return nil, failed
	}
	if _, ps := Read(p.File, data); ps.Failed() {
		return nil, errors.Join(ps.Of(source.Error)[0])
	}
	return data, nil
}

// entry gives the keys of a demand with their values as a file writes them, in the order of the file.
func entry(e *Event) [][2]string {
	var out [][2]string
	add := func(key, value string) {
		if value != "" {
			out = append(out, [2]string{key, value})
		}
	}
	add("id", source.Word(string(e.ID)))
	add("may_be_listed", strconv.FormatBool(e.Listed))
	add("kind", string(e.Kind))
	add("from", string(e.From))
	add("to", source.Word(string(e.To)))
	add("dated", e.Dated.String())
	add("served", write(e.Served, source.Date.String))
	add("scope", string(e.Scope))
	add("how_many", write(e.HowMany, strconv.Itoa))
	add("asks", write(e.Asks, func(list []Predicate) string {
		parts := make([]string, len(list))
		for i, p := range list {
			s := "field: " + source.Word(string(p.Field))
			if !p.From.IsZero() {
				s += ", from: " + p.From.String()
			}
			if !p.To.IsZero() {
				s += ", to: " + p.To.String()
			}
			if len(p.Any) > 0 {
				s += ", any: " + idList(p.Any)
			}
			parts[i] = "{" + s + "}"
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}))
	add("wants", write(e.Wants, idList))
	add("answer", write(e.Answer, func(a Answer) string { return string(a) }))
	add("given", write(e.Given, func(g Given) string { return string(g) }))
	add("court", write(e.Court, func(c Court) string { return string(c) }))
	add("court_scope", write(e.CourtOn, func(c CourtScope) string { return string(c) }))
	if r := e.Released; r != nil {
		add("released", "{by: "+source.Word(r.By)+", on: "+r.On.String()+"}")
	}
	return out
}

func entryText(e *Event) string {
	keys := entry(e)
	lines := make([]string, len(keys))
	for i, k := range keys {
		lines[i] = k[0] + ": " + k[1]
	}
	return strings.Join(lines, "\n")
}

func idList(ids []source.ID) string {
	parts := make([]string, len(ids))
	for i, id := range ids {
		parts[i] = source.Word(string(id))
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// write gives a fact as a file writes it: short where nothing stands behind it. It is "" for a fact that is not said.
func write[T any](f source.Fact[T], is func(T) string) string {
	value := ""
	switch f.State {
	case source.Unsaid:
		return ""
	case source.Unknown:
		value = "unknown"
	case source.NotApplicable:
		value = "not_applicable"
	default:
		value = is(f.Is)
		if value == "[]" {
			value = "none"
		}
	}
	var more []string
	add := func(key, v string) {
		if v != "" {
			more = append(more, key+": "+v)
		}
	}
	if f.Source != "" {
		add("source", source.Word(string(f.Source)))
	}
	add("confidence", string(f.Confidence))
	if f.By != "" {
		add("by", source.Word(f.By))
	}
	add("on", f.On.String())
	if len(f.Law) > 0 {
		add("law", idList(f.Law))
	}
	if len(f.Asked) > 0 {
		parts := make([]string, len(f.Asked))
		for i, a := range f.Asked {
			parts[i] = "{who: " + source.Word(a.Who) + ", on: " + a.On.String() + "}"
		}
		add("asked", "["+strings.Join(parts, ", ")+"]")
	}
	if len(f.But) > 0 {
		parts := make([]string, len(f.But))
		for i, b := range f.But {
			parts[i] = write(b, is)
		}
		add("but", "["+strings.Join(parts, ", ")+"]")
	}
	if len(more) == 0 {
		return value
	}
	return "{is: " + value + ", " + strings.Join(more, ", ") + "}"
}
