package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "fairnotice"

// room is what a package may do. Rules are about direct imports of non-test files.
type room struct {
	ours  []string // packages of this module
	doors []string // packages of others, and all below them: each enters through few doors
}

// rooms is the table of the house. A package that is not in it may not exist.
var rooms = map[string]room{
	"notices/source":   {doors: []string{"go.yaml.in/yaml/v4", "github.com/go-playground/validator/v10", "github.com/agext/levenshtein", "golang.org/x/text/unicode/norm"}},
	"notices/law":      {ours: []string{"notices/source"}},
	"notices/ledger":   {ours: []string{"notices/source"}, doors: []string{"golang.org/x/mod/sumdb", "github.com/hiddeco/sshsig", "golang.org/x/crypto/ssh"}},
	"notices":          {ours: []string{"notices/law", "notices/source"}, doors: []string{"github.com/invopop/jsonschema"}},
	"locales":          {ours: []string{"notices", "notices/source"}, doors: []string{"github.com/nicksnyder/go-i18n/v2", "github.com/BurntSushi/toml", "golang.org/x/text/language", "golang.org/x/text/unicode/norm"}},
	"locales/plain":    {ours: []string{"locales", "notices/source"}, doors: []string{"github.com/clipperhouse/uax29/v2"}},
	"locales/exchange": {ours: []string{"locales", "notices/source"}},
	"render":           {ours: []string{"locales", "notices", "notices/source"}},
	"render/print":     {ours: []string{"render", "locales", "notices", "notices/source"}, doors: []string{"github.com/boombuler/barcode"}},
	"render/packet":    {ours: []string{"render", "render/print", "locales", "notices", "notices/source", "notices/ledger"}},
	"render/web":       {ours: []string{"render"}},
	"render/publish":   {ours: []string{"locales", "notices", "notices/ledger", "notices/source", "render"}},
	"cmd/fairnotice":   {ours: []string{"notices", "notices/law", "notices/ledger", "notices/source", "locales", "locales/exchange", "locales/plain", "render", "render/packet", "render/print", "render/publish", "render/web", "cmd/desk/core", "cmd/desk/page"}, doors: []string{"github.com/inconshreveable/mousetrap", "golang.org/x/mod/sumdb/note", "github.com/spf13/cobra", "github.com/spf13/pflag", "golang.org/x/term", "github.com/chromedp/chromedp", "github.com/chromedp/cdproto"}},
	// A module of its own, with its own go.mod: only a path to the clouds.
	"cmd/fairnotice-cloud":     {ours: []string{"cmd/fairnotice-cloud/put"}, doors: []string{"gocloud.dev/blob"}},
	"cmd/fairnotice-cloud/put": {ours: []string{"render"}, doors: []string{"gocloud.dev/blob", "gocloud.dev/gcerrors"}},
	"cmd/desk":                 {ours: []string{"cmd/desk/core", "cmd/desk/page", "cmd/onefile", "notices/source"}},
	"cmd/desk/page":            {}, // the page of the desk: HTML, style, scripts
	"cmd/viewer":               {ours: []string{"notices", "notices/ledger", "notices/source", "locales", "render", "render/publish", "cmd/onefile"}, doors: []string{"golang.org/x/mod/sumdb/note"}},
	"cmd/desk/core":            {ours: []string{"notices", "notices/law", "notices/ledger", "notices/source", "locales", "locales/exchange", "locales/plain", "render", "render/packet", "render/print", "render/publish", "render/web", "examples"}},
	"examples":                 {}, // program files, for the desk
	"cmd/onefile":              {}, // puts a page for the browser into one file
	"cmd/release":              {}, // makes the archives that people download

	"examples/portals/go": {ours: []string{"notices", "notices/law", "notices/source", "locales", "render", "render/web"}},
}

// outside is what only cmd may touch: the disk, the network, other programs, the log.
var outside = []string{"os", "io/ioutil", "net", "log", "syscall", "plugin", "runtime/debug", "path/filepath"}

// theTop is all that may lie at the top of the repository.
var theTop = []string{".ci", ".git", ".gitignore", "CONTRIBUTING.md", "LICENSE", "Makefile", "NOTICE", "README.md", "SECURITY.md",
	"cmd", "dist", "examples", "go.mod", "go.sum", "locales", "notices", "render", "site"}

// mayImport is the rule.
func mayImport(dir, path string) bool {
	r := rooms[dir]
	first, rest, _ := strings.Cut(path, "/")
	in := func(list []string) bool {
		return slices.ContainsFunc(list, func(p string) bool { return below(path, p) })
	}
	switch {
	case first == module:
		return slices.Contains(r.ours, rest)
	case strings.Contains(first, "."):
		return in(r.doors)
	}
	if dir == "notices/ledger" && slices.Contains([]string{"os", "syscall", "path/filepath"}, path) {
		return true // it writes one folder, and locks it
	}
	return isCommand(dir) || path == "net/url" || dir == "render/web" && path == "net/http" || !in(outside)
}

// isCommand says that a package is a command: one of ours, or an example of one. The desk without its page is none: it runs in a browser.
func isCommand(dir string) bool {
	return dir != "cmd/desk/core" && (strings.HasPrefix(dir, "cmd/") || strings.HasPrefix(dir, "examples/"))
}

// TestImports keeps the rooms apart: data flows one way, and each third-party package has one door.
func TestImports(t *testing.T) {
	files := sources(t)
	for _, dir := range sorted(files) {
		if _, ok := rooms[dir]; !ok {
			t.Errorf("package %s is not in the table of rooms: say what it may import", dir)
		}
		for _, f := range files[dir] {
			for _, imp := range f.ast.Imports {
				if path := strings.Trim(imp.Path.Value, `"`); !mayImport(dir, path) {
					t.Errorf("%s: %s may not import %s", f.set.Position(imp.Pos()), dir, path)
				}
			}
		}
	}
	for dir := range rooms {
		if len(files[dir]) == 0 {
			t.Errorf("the table names %s, and there is no such package", dir)
		}
	}
}

// TestClock keeps the clock in cmd, and the end of the process in its two functions main.
func TestClock(t *testing.T) {
	banned := map[string][]string{"time": {"Now", "Since", "Until", "Local", "Tick", "After", "Sleep"}, "os": {"Exit"}, "log": {"Fatal", "Fatalf", "Fatalln"}}
	for dir, files := range sources(t) {
		for _, f := range files {
			for _, decl := range f.ast.Decls {
				fn, _ := decl.(*ast.FuncDecl)
				if isCommand(dir) && fn != nil && fn.Name.Name == "main" {
					continue
				}
				ast.Inspect(decl, func(n ast.Node) bool {
					sel, ok := n.(*ast.SelectorExpr)
					if !ok {
						return true
					}
					if x, ok := sel.X.(*ast.Ident); ok && x.Obj == nil && slices.Contains(banned[x.Name], sel.Sel.Name) {
						t.Errorf("%s: %s.%s belongs in func main of cmd", f.set.Position(sel.Pos()), x.Name, sel.Sel.Name)
					}
					return true
				})
			}
		}
	}
}

// TestTop keeps the top level as it is.
func TestTop(t *testing.T) {
	entries, err := os.ReadDir(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !slices.Contains(theTop, e.Name()) {
			t.Errorf("%s does not belong at the top level", e.Name())
		}
	}
}

// TestImportsCanFail plants each kind of offence and sees it found: a rule that nothing can break protects nothing.
func TestImportsCanFail(t *testing.T) {
	for _, c := range []struct {
		dir, path string
		want      bool
	}{
		{"render", "fairnotice/notices/law", false},
		{"notices", "fairnotice/locales", false},
		{"notices/source", "fairnotice/notices", false},
		{"locales", "go.yaml.in/yaml/v4", false},
		{"notices", "net/http", false},
		{"render", "os", false},
		{"locales/plain", "fairnotice/notices", false},
		{"locales/plain", "github.com/BurntSushi/toml", false},
		{"locales", "github.com/clipperhouse/uax29/v2/words", false},
		{"notices", "os/exec", false},
		{"notices/ledger", "os", true},
		{"notices/ledger", "os/exec", false},
		{"notices/ledger", "net", false},
		{"notices/ledger", "fairnotice/notices", false},
		{"notices", "golang.org/x/mod/sumdb/tlog", false},
		{"nowhere", "fairnotice/notices", false},
		{"locales/exchange", "fairnotice/notices", false},
		{"locales/exchange", "os", false},
		{"locales/exchange", "net/http", false},
		{"render", "github.com/xuri/excelize/v2", false},
		{"render", "net/http", false},
		{"examples/portals/go", "net", true},
		{"examples/portals/go", "github.com/spf13/cobra", false},
		{"render/web", "net", false},
		{"render/web", "log", false},
		{"render/web", "fairnotice/locales", false},
		{"render/web", "net/http", true},
		{"render", "fairnotice/locales", true},
		{"notices/source", "go.yaml.in/yaml/v4", true},
		{"locales/plain", "github.com/clipperhouse/uax29/v2/words", true},
		{"cmd/fairnotice", "gocloud.dev/blob", false},
		{"cmd/fairnotice", "os", true},
		{"cmd/desk/core", "os", false},
		{"cmd/desk/core", "net/http", false},
		{"cmd/desk/core", "fairnotice/cmd/fairnotice", false},
	} {
		got := mayImport(c.dir, c.path)
		if got != c.want {
			t.Errorf("%s importing %s: allowed is %v, want %v", c.dir, c.path, got, c.want)
		}
	}
}

type sourceFile struct {
	set *token.FileSet
	ast *ast.File
}

// sources parses every non-test Go file of the module, by package folder.
func sources(t *testing.T) map[string][]sourceFile {
	t.Helper()
	root := filepath.Join("..", "..")
	out := map[string][]sourceFile{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() && (name == "testdata" || name == "node_modules" || strings.HasPrefix(name, ".") && path != root) {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, path, nil, 0)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		dir, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		dir = filepath.ToSlash(dir)
		out[dir] = append(out[dir], sourceFile{set, f})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func sorted[V any](m map[string]V) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// below says whether an import path is a package or lies below it.
func below(path, of string) bool { return path == of || strings.HasPrefix(path, of+"/") }
