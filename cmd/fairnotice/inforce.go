package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"time"

	"fairnotice/notices"
	"fairnotice/notices/source"
	"fairnotice/render"
)

// grace is how long an edition that was replaced may stay in force.
const grace = 48 * time.Hour

// before gives the edition that stands in the folder, and is being replaced, with the moment until which portals accept who has read it; nil
// where they may not, and where the older file is not the one that stands there. If the folder has this edition already, what it says of
// the one before holds until it is over: to build again makes it no longer. today is a day in UTC; 0 if nobody knows it.
func (m *made) before(e *render.Edition, today source.Day) *render.EditionMark {
	stands := standsIn(m.folder)
	if stands == nil || stands.Program != e.Program || today == 0 {
		return nil
	}
	y, mo, d := today.YMD()
	midnight := time.Date(y, time.Month(mo), d, 0, 0, 0, 0, time.UTC)
	if stands.Edition.Digest == e.Digest {
		for _, b := range stands.InForce[1:] {
			if until, err := time.Parse(time.RFC3339, b.Until); err == nil && until.After(midnight) && until.Sub(midnight) <= grace && b.Number < e.Number {
				return &b
			}
		}
		return nil
	}
	old := m.say.since
	if old == nil || stands.Edition.Number >= e.Number || old.Program.Edition.Number != stands.Edition.Number || old.Program.Edition.AsOf.Last != stands.Edition.AsOf {
		return nil
	}
	ch, err := notices.Changes(*old, notices.Side{Program: m.file.program, Book: m.file.book, On: m.say.day})
	if err != nil || !ch.OldWordsHold() {
		return nil
	}
	mark := stands.Edition
	mark.Until = midnight.Add(grace).Format(time.RFC3339)
	return &mark
}

// standsIn gives the edition.json of the edition in a folder, by the manifest that stands there or, if a build was stopped, stood there
// last; nil if there is none. Of a stopped build nothing is known but the edition itself.
func standsIn(folder string) *render.EditionFile {
	for _, name := range []string{manifestName, previousName} {
		raw, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			continue
		}
		m, err := render.ReadManifest(raw)
		if err != nil {
			return nil
		}
		f := &render.EditionFile{Program: m.Program, Edition: m.Edition, InForce: []render.EditionMark{m.Edition}}
		var said render.EditionFile
		if raw, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(render.EditionName))); err == nil && json.Unmarshal(raw, &said) == nil &&
			said.Edition == m.Edition && len(said.InForce) > 1 {
			f.InForce = append(f.InForce, said.InForce[1:]...)
		}
		return f
	}
	return nil
}
