package render

import (
	"encoding/json"
	"io"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/source"
)

type (
	jsonNotice struct {
		Program     source.ID           `json:"program"`
		Kind        notices.Kind        `json:"kind"`
		Language    string              `json:"language"`
		Direction   string              `json:"direction"`
		Voice       notices.Voice       `json:"voice"`
		AsOf        source.Day          `json:"as_of"`
		Digest      string              `json:"digest"`
		Edition     jsonEdition         `json:"edition"`
		Translation locales.Translation `json:"translation"`
		Name        string              `json:"name"`
		Title       string              `json:"title"`
		Sections    []jsonSection       `json:"sections"`
	}
	jsonEdition struct {
		Number int    `json:"number"`
		Digest string `json:"digest"`
	}
	jsonSection struct {
		ID      string      `json:"id"`
		Layer   int         `json:"layer"`
		Heading string      `json:"heading"`
		Values  []jsonValue `json:"values,omitempty"`
		Groups  []jsonGroup `json:"groups"`
	}
	jsonGroup struct {
		Heading    string          `json:"heading"`
		Values     []jsonValue     `json:"values,omitempty"`
		Statements []jsonStatement `json:"statements"`
	}
	jsonStatement struct {
		ID      string           `json:"id"`
		Message string           `json:"message"`
		Text    string           `json:"text"`
		Values  []jsonValue      `json:"values"`
		Covers  []notices.ItemID `json:"covers"`
		Because []jsonReason     `json:"because"`
	}
	jsonValue struct {
		Name  string            `json:"name"`
		Label string            `json:"label"`
		Kind  notices.ValueKind `json:"kind"`
		Text  []string          `json:"text"`
		Data  []string          `json:"data"`
	}
	jsonReason struct {
		File     string       `json:"file,omitempty"`
		Line     int          `json:"line,omitempty"`
		Column   int          `json:"column,omitempty"`
		Path     string       `json:"path,omitempty"`
		Source   source.ID    `json:"source,omitempty"`
		Law      source.ID    `json:"law,omitempty"`
		Citation string       `json:"citation,omitempty"`
		Rule     notices.Rule `json:"rule,omitempty"`
	}
)

// JSON writes a notice in the form that the package comment describes.
func JSON(w io.Writer, n *locales.Notice) error {
	digest, _ := TextDigest(n)
	out := jsonNotice{n.Program, n.Kind, n.Language, n.Direction, n.Voice, n.AsOf, digest,
		jsonEdition{n.Edition.Number, n.Edition.Digest}, n.Translation, n.Name.Text, n.Title, make([]jsonSection, 0, len(n.Sections))}
	for _, s := range n.Sections {
		sec := jsonSection{s.ID, s.Layer, s.Heading, jsonValues(s.Values), make([]jsonGroup, 0, len(s.Groups))}
		for _, g := range s.Groups {
			grp := jsonGroup{g.Heading, jsonValues(g.Values), make([]jsonStatement, 0, len(g.Statements))}
			for _, st := range g.Statements {
				grp.Statements = append(grp.Statements, jsonStatement{st.ID, st.Message, st.Text, jsonValues(st.Values), list(st.Covers), jsonReasons(st.Because)})
			}
			sec.Groups = append(sec.Groups, grp)
		}
		out.Sections = append(out.Sections, sec)
	}
	return writeJSON(w, out)
}

func jsonValues(vs []locales.Value) []jsonValue {
	out := make([]jsonValue, 0, len(vs))
	for _, v := range vs {
		out = append(out, jsonValue{v.Name, v.Label, v.Kind, list(v.Text), list(v.Data)})
	}
	return out
}

func jsonReasons(rs []notices.Reason) []jsonReason {
	out := make([]jsonReason, 0, len(rs))
	for _, r := range rs {
		out = append(out, jsonReason{r.Pos.File, r.Pos.Line, r.Pos.Col, r.Path, r.Source, r.Law, r.Cite, r.Rule})
	}
	return out
}

// list is s, never nil.
func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// writeJSON writes v indented, with the letters as they are.
func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	return e.Encode(v)
}
