package locales

import (
	"encoding/json"

	"fairnotice/notices"
)

// reason is a Reason in the contract of `show --as json`: a place of the program file with what stands
// behind the fact, or a law with its citation, or both.
type reason struct {
	File       string `json:"file,omitempty"`
	Line       int    `json:"line,omitempty"`
	Column     int    `json:"column,omitempty"`
	Path       string `json:"path,omitempty"`
	Source     string `json:"source,omitempty"`
	Confidence string `json:"confidence,omitempty"`
	By         string `json:"by,omitempty"`
	On         string `json:"on,omitempty"`
	Law        string `json:"law,omitempty"`
	Citation   string `json:"citation,omitempty"`
	Rule       string `json:"rule,omitempty"`
}

// MarshalJSON writes the statement as `show --as json` promises it. The lists are never null.
func (s Statement) MarshalJSON() ([]byte, error) {
	out := struct {
		ID      string           `json:"id"`
		Message string           `json:"message"`
		Text    string           `json:"text"`
		Wording bool             `json:"wording,omitempty"`
		Values  []Value          `json:"values"`
		Covers  []notices.ItemID `json:"covers"`
		Because []reason         `json:"because"`
	}{s.ID, s.Message, s.Text, s.Wording, s.Values, s.Covers, make([]reason, len(s.Because))}
	if out.Values == nil {
		out.Values = []Value{}
	}
	if out.Covers == nil {
		out.Covers = []notices.ItemID{}
	}
	for i, b := range s.Because {
		out.Because[i] = reason{b.Pos.File, b.Pos.Line, b.Pos.Col, b.Path, string(b.Source), string(b.Confidence), b.By, b.On.String(), string(b.Law), b.Cite, string(b.Rule)}
	}
	return json.Marshal(out)
}
