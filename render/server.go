package render

import (
	"bytes"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"text/template"
)

// The configuration of other people's web servers, with which they send what web.Handler sends: the headers of Headers, and no log. It is
// made from the public files of the edition, because a policy holds the hash of a style sheet. Paths, address and name are placeholders,
// each on a line that is marked CHANGE; a test puts others in their place and runs the servers.
const (
	serverRoot    = "/srv/notice/public"
	serverFolder  = "/srv/notice"
	serverAddress = "127.0.0.1"
	serverPort    = "8080"
	serverHost    = "notice.example.org"
)

// serverConfig is what the templates of the configurations see.
type serverConfig struct {
	Root, Folder, Host string
	Address, Port      string
	Types              []contentKind
	Same               []headerLine // on every answer
	Varying            []varying    // on every answer, and not the same on all
	Rare               []rare       // on some answers alone
	Kiosk              bool
}

type headerLine struct{ Name, Value string }

// contentKind is the type of the files with one ending. Value is without the character set, Full with it.
type contentKind struct{ Name, Value, Full string }

// varying is a header that depends on the file. Rules go from the most particular to the most general.
type varying struct {
	headerLine
	Variable, Default string
	Rules             []serverRule
}

// Listen is where the server listens.
func (c *serverConfig) Listen() string { return c.Address + ":" + c.Port }

// serverRule gives the value for the addresses that end as Regexp says, which begins with ~ as nginx and Caddy have it.
type serverRule struct{ Regexp, Value string }

// Reversed is for Apache, where the last rule holds.
func (v varying) Reversed() []serverRule {
	rules := slices.Clone(v.Rules)
	slices.Reverse(rules)
	return rules
}

// rare is a header of one file.
type rare struct {
	headerLine
	Matcher, Path, Regexp string
}

// serverFiles writes the configurations for the public files among those of an edition.
func serverFiles(files []File) ([]File, error) {
	data, err := serverData(files)
	if err != nil {
		return nil, err
	}
	var out []File
	for _, name := range []string{"Caddyfile", "README.txt", "apache.conf", "fairnotice.service", "nginx.conf"} {
		src, err := templateFiles.ReadFile("templates/server/" + name)
		if err != nil {
			return nil, err
		}
		t, err := template.New(name).Funcs(template.FuncMap{"quote": quoteConfig, "backquote": backquoteConfig, "bare": bareRegexp}).Parse(string(src))
		if err != nil {
			return nil, err
		}
		var b bytes.Buffer
		if err := t.Execute(&b, data); err != nil {
			return nil, fmt.Errorf("the configuration %s: %w", name, err)
		}
		out = append(out, File{"office/server/" + name, b.Bytes()})
	}
	return out, nil
}

// serverData sorts the headers of the public files into those that all have, the policy, and those of one file. It refuses what the
// configurations could not send: a header of one file that another server would leave out is a hole that nobody sees.
func serverData(files []File) (*serverConfig, error) {
	d := &serverConfig{Root: serverRoot, Folder: serverFolder, Address: serverAddress, Port: serverPort, Host: serverHost}
	policy := varying{headerLine: headerLine{Name: "Content-Security-Policy"}, Variable: "policy"}
	usual := map[string]string{} // by ending: the policy that most files with it have
	count := map[[2]string]int{}
	type public struct {
		name    string
		headers [][2]string
	}
	var all []public
	for _, f := range files {
		name, ok := strings.CutPrefix(f.Path, "public/")
		if !ok {
			continue
		}
		p := public{name, Headers(name, f.Bytes)}
		all = append(all, p)
		d.Kiosk = d.Kiosk || name == string(actKiosk)+".html"
		for _, h := range p.headers {
			if h[0] == policy.Name {
				ext := path.Ext(name)
				k := [2]string{ext, h[1]}
				count[k]++
				if was := [2]string{ext, usual[ext]}; count[k] > count[was] || count[k] == count[was] && k[1] < was[1] || usual[ext] == "" {
					usual[ext] = h[1]
				}
			}
		}
	}
	// What is no file of the edition, such as the answer that there is none, may do nothing.
	policy.Default = policyOf("", nil)
	slices.SortFunc(all, func(a, b public) int { return strings.Compare(a.name, b.name) })
	var particular, general []serverRule
	for i, p := range all {
		var same []headerLine
		for _, h := range p.headers {
			if !fitForConfig(h[1]) {
				return nil, fmt.Errorf("the header %s of %s cannot stand in a configuration: %q", h[0], p.name, h[1])
			}
			ext := path.Ext(p.name)
			switch h[0] {
			case "Content-Type":
				if ext != "" && !slices.ContainsFunc(d.Types, func(t contentKind) bool { return "."+t.Name == ext }) {
					bare, _, _ := strings.Cut(h[1], ";")
					d.Types = append(d.Types, contentKind{ext[1:], bare, h[1]})
				}
			case policy.Name:
				if h[1] != usual[ext] {
					particular = append(particular, serverRule{"~" + endsIn("/"+p.name), h[1]})
				}
			case "Clear-Site-Data":
				d.Rare = append(d.Rare, rare{headerLine{h[0], h[1]}, strings.TrimSuffix(path.Base(p.name), ext), "*/" + p.name, "~" + endsIn("/"+p.name)})
			default:
				same = append(same, headerLine{h[0], h[1]})
			}
		}
		if i > 0 && !slices.Equal(same, d.Same) {
			return nil, fmt.Errorf("%s has other headers than %s", p.name, all[0].name)
		}
		d.Same = same
	}
	for ext, value := range usual {
		if value != policy.Default {
			general = append(general, serverRule{"~" + endsIn(ext), value})
		}
		if ext == ".html" {
			general = append(general, serverRule{"~" + endsIn("/"), value}) // a folder answers with its index.html
		}
	}
	slices.SortFunc(d.Types, func(a, b contentKind) int { return strings.Compare(a.Name, b.Name) })
	slices.SortFunc(general, func(a, b serverRule) int { return strings.Compare(a.Regexp, b.Regexp) })
	policy.Rules = append(particular, general...)
	d.Varying = []varying{policy}
	return d, nil
}

// endsIn is a regular expression for addresses.
func endsIn(s string) string { return regexp.QuoteMeta(s) + "$" }

// bareRegexp is a rule's expression without the mark that nginx and Caddy want.
func bareRegexp(s string) string { return strings.TrimPrefix(s, "~") }

// fitForConfig reports whether a value means the same in all three configurations once it is quoted: ASCII, with nothing that one of them
// would replace.
func fitForConfig(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' || strings.ContainsRune("$%`{}\\", r) })
}

// quoteConfig puts a value, or a regular expression, between double quotes.
func quoteConfig(s string) string {
	return `"` + strings.ReplaceAll(s, `"`, `\"`) + `"`
}

// backquoteConfig puts a value between backquotes, for Caddy.
func backquoteConfig(s string) string { return "`" + s + "`" }
