package core

import (
	"encoding/json"

	"fairnotice/notices"
	"fairnotice/notices/source"
	"fairnotice/render"
)

// pictureOps draw what stands in the tables: who keeps what, who can ask, what stands between, and where copies end.
var pictureOps = map[string]operation{
	"table":    table,
	"timeline": timeline,
}

// Pictured is the answer of `table`. Cannot says why there is none; "" where there is one.
type Pictured struct {
	render.Picture
	Cannot string `json:"cannot"`
}

// Timed is the answer of `timeline`. Cannot says why there is none; "" where there is one.
type Timed struct {
	render.Timeline
	Cannot string `json:"cannot"`
}

func table(d *Desk, _ json.RawMessage) (any, error) {
	r, cannot, err := d.drawable()
	if err != nil || cannot != "" {
		return Pictured{Cannot: cannot}, err
	}
	on := min(d.day, r.Program.Edition.AsOf.Last)
	rows, err := notices.Exposures(r.Program, r.Book, on)
	if err != nil {
		return nil, refuse("The picture cannot be drawn. "+Sentence(err.Error()), "Look under “To do”.")
	}
	cat, err := english()
	if err != nil {
		return nil, err
	}
	return Pictured{Picture: render.PictureOf(cat, r.Program, rows, on)}, nil
}

func timeline(d *Desk, _ json.RawMessage) (any, error) {
	r, cannot, err := d.drawable()
	if err != nil || cannot != "" {
		return Timed{Cannot: cannot}, err
	}
	on := min(d.day, r.Program.Edition.AsOf.Last)
	copies, err := notices.Copies(r.Program, r.Book, on)
	if err != nil {
		return nil, refuse("The picture cannot be drawn. "+Sentence(err.Error()), "Look under “To do”.")
	}
	cat, err := english()
	if err != nil {
		return nil, err
	}
	return Timed{Timeline: render.TimelineOf(cat, r.Program, copies, on)}, nil
}

// drawable gives the program where it has no errors, else a sentence that says why nothing can be drawn.
func (d *Desk) drawable() (*File, string, error) {
	r, err := d.read()
	if err != nil {
		return nil, "", err
	}
	if n := len(r.Problems.Of(source.Error)); n > 0 {
		return nil, "Your file has " + Count(n, "error") + ". Mend them first.", nil
	}
	return r, "", nil
}
