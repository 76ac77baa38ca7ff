package main

import (
	"fmt"
	"io"

	"fairnotice/locales"
	"fairnotice/notices"
)

// ownWords says in a line how many sentences are in the office's own words; "" where none is.
func ownWords(w *notices.Wording) string {
	if w == nil {
		return ""
	}
	return fmt.Sprintf("Own words: the office replaces %s, decided by %s on %s.", count(len(w.Words), "sentence"), clean(w.DecidedBy), w.DecidedOn)
}

// ours prints what stands behind a sentence in the office's own words: who decided it, and what we would say.
func (f *programFile) ours(out io.Writer, st locales.Statement) {
	w := f.program.Wording
	_, own, ok := w.Of(st.ID, st.Message)
	if !ok || !st.Wording {
		return
	}
	fmt.Fprintf(out, "\nThe office's own words: decided by %s on %s.\n", clean(w.DecidedBy), w.DecidedOn)
	if own.Why != "" {
		for _, l := range wrap("Why: "+clean(own.Why), 96) {
			fmt.Fprintf(out, "    %s\n", l)
		}
	}
	says := clean(st.Ours)
	if says == "" {
		says = "We have no sentence in this language yet."
	}
	fmt.Fprintf(out, "Ours would be\n")
	for _, l := range wrap(says, 96) {
		fmt.Fprintf(out, "    %s\n", l)
	}
}
