package notices

import (
	"bytes"
	"fmt"
	"io"
	"testing"

	"fairnotice/notices/law"
	"fairnotice/notices/source"

	"go.yaml.in/yaml/v4"
)

func writeYAML(w io.Writer, n *yaml.Node) error {
	text, err := yaml.Marshal(n)
	if err == nil {
		_, err = w.Write(text)
	}
	return err
}

// publicFace is all that a notice tells, both kinds, without places in the file.
func publicFace(t testing.TB, p *Program, book *law.Book) string {
	t.Helper()
	var out bytes.Buffer
	for _, kind := range Kinds() {
		n, err := Build(p, book, kind, p.Edition.AsOf.Last)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(&out, n.Program, n.Name, n.Kind, n.Voice, n.People, n.AsOf, n.Number, n.Digits, n.Languages)
		for _, s := range n.Sections {
			fmt.Fprintln(&out, "##", s.ID, s.Layer, plainValues(s.Values))
			for _, g := range s.Groups {
				fmt.Fprintln(&out, "--", g.Heading, plainValues(g.Values))
				for _, st := range g.Statements {
					fmt.Fprintln(&out, plainStatement(st))
					for _, r := range st.Because {
						r.Pos = source.Pos{}
						fmt.Fprintf(&out, "    %+v\n", r)
					}
				}
			}
		}
	}
	return out.String()
}

func plainStatement(st Statement) string {
	n := ""
	if st.N != nil {
		n = fmt.Sprint(*st.N)
	}
	return fmt.Sprint(st.ID, " ", st.Message, " ", n, " ", plainValues(st.Values))
}

func plainValues(vs []Value) string {
	out := ""
	for _, v := range vs {
		out += " " + v.Name + "(" + string(v.Kind) + ")="
		for _, p := range v.Parts {
			out += fmt.Sprint("[", p.Key, p.Text.Name, p.Text.In, p.Name, p.Date, p.To, p.N, p.About, p.Span, "]")
		}
	}
	return out
}

func firstDifference(a, b string) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	cut := func(s string) string { return s[max(0, min(i-60, len(s))):min(len(s), i+200)] }
	return fmt.Sprintf("\n%q\n%q", cut(a), cut(b))
}
