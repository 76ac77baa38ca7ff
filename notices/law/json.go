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
	Route      *string           `json:"route"`
	Class      *Class            `json:"class"`
	Citation   string            `json:"citation"`
	Source     viewSource        `json:"source"`
	Force      *Force            `json:"force"`
	Effect     *Status           `json:"effect"`
	Decided    *source.Date      `json:"decided"`
	Outcome    *source.ID        `json:"outcome"`
	Words      *string           `json:"words"`
	Checked    viewChecked       `json:"checked"`
	Due        bool              `json:"due"`
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

// NotInForce is the effect, in JSON, of a protection that has no version on the day.
const NotInForce Status = "not_in_force"

// JSON writes entries as they stand on a day, in the order given; it is the contract of `fairnotice law --as json`:
//
//	{"entries":[{"id","kind","where","route","class","citation","source":{"title","url"},"force","effect","decided","outcome","words",
//	 "checked":{"on","by","next"},"due","confidence"}]}
//
// Null is what does not apply or what nobody has: route and class are of demands; force and effect (a [Status], or not_in_force where no
// version holds on the day) of protections; decided and outcome of rulings; url and words are null where they are unknown, words also
// where the law has no version on that day. Due says that the day of the next check has come.
func (b *Book) JSON(entries []*Entry, on source.Day) ([]byte, error) {
	out := struct {
		Entries []view `json:"entries"`
	}{make([]view, 0, len(entries))}
	for _, e := range entries {
		v := view{ID: e.ID, Kind: e.Kind, Where: e.Where, Citation: e.Citation,
			Source:  viewSource{e.Source.Title, known(e.Source.URL)},
			Words:   known(e.WordsOn(on)),
			Checked: viewChecked{e.Checked.On, e.Checked.By, e.Checked.Next}, Due: e.Due(on), Confidence: e.Confidence}
		switch {
		case e.Demand != nil:
			v.Route, v.Class = &e.Demand.Route, &e.Demand.Class
		case e.Ruling != nil:
			v.Decided, v.Outcome = &e.Ruling.Decided, &e.Ruling.Outcome
		default:
			is := e.EffectOn(on).Is
			if e.On(on) == nil {
				is = NotInForce
			}
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
