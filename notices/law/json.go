package law

import (
	"bytes"
	"encoding/json"

	"fairnotice/notices/source"
)

// view is an entry as `law --as json` prints it.
type view struct {
	ID         source.ID         `json:"id"`
	Kind       Kind              `json:"kind"`
	Where      source.ID         `json:"where"`
	Citation   string            `json:"citation"`
	Source     viewSource        `json:"source"`
	Force      *Force            `json:"force"`
	Effect     *Status           `json:"effect"`
	Words      *string           `json:"words"`
	Checked    viewChecked       `json:"checked"`
	Confidence source.Confidence `json:"confidence"`
}

type viewSource struct {
	Title string  `json:"title"`
	URL   *string `json:"url"`
}

type viewChecked struct {
	On   source.Date `json:"on"`
	By   string      `json:"by"`
	Next source.Date `json:"next"`
}

// JSON writes entries as they stand on a day, in the order given:
//
//	{"entries":[{"id","kind","where","citation","source":{"title","url"},"force","effect","words","checked":{"on","by","next"},"confidence"}]}
//
// Force and effect are null for what is no protection; url and words are null where nobody has them, or where the law has no version on
// that day.
func (b *Book) JSON(entries []*Entry, on source.Day) ([]byte, error) {
	out := struct {
		Entries []view `json:"entries"`
	}{make([]view, 0, len(entries))}
	for _, e := range entries {
		v := view{ID: e.ID, Kind: e.Kind, Where: e.Where, Citation: e.Citation,
			Source:  viewSource{e.Source.Title, known(e.Source.URL)},
			Words:   known(e.WordsOn(on)),
			Checked: viewChecked{e.Checked.On, e.Checked.By, e.Checked.Next}, Confidence: e.Confidence}
		if e.Kind == KindProtection {
			is := e.EffectOn(on).Is
			v.Force, v.Effect = &e.Force, &is
		}
		out.Entries = append(out.Entries, v)
	}
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(out); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

func known(f source.Fact[string]) *string {
	if f.State != source.Known {
		return nil
	}
	return &f.Is
}
