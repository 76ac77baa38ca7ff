package locales

import (
	"strings"
	"testing"
	"testing/fstest"
)

const composeEnglish = "# English.\n\n# ---- one\n\n\"a.one\" = \"It is free.\"\n\"a.two\" = 'A \"notario\" is not a lawyer.'\n\n# ---- two\n\n\"b.one\" = \"It is kept.\"\n\n[\"span.days\"]\none = \"{n} day\"\nother = \"{n} days\"\n\n[\"span.years\"]\none = \"{n} year\"\nother = \"{n} years\"\n"

// TestSkeleton: a file with everything to fill in opens, says nothing yet, and asks for the forms of its language.
func TestSkeleton(t *testing.T) {
	l, _ := Find("pl")
	data, err := Skeleton(l, []byte(composeEnglish))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"# Polish: every", "\n# \"It is free.\"\n\"a.one\" = \"\"\n", "few = \"\" # for 2, 3, 4, 22 …\n", "many = \"\" # for 5, 6, 7, 8 …\n"} {
		if !strings.Contains(string(data), want) {
			t.Errorf("no %q in\n%s", want, data)
		}
	}
	if strings.Contains(string(data), "other = \"\"") {
		t.Error("Polish is asked for the form other")
	}
	c, problems := Open(fstest.MapFS{"en.toml": {Data: []byte(composeEnglish)}, "pl.toml": {Data: data}})
	if len(problems) != 1 || problems[0].Code != "empty" || c != nil {
		t.Errorf("%v", problems)
	}
	filled, err := Rewrite(data, []byte(composeEnglish), map[string]Texts{"a.one": {"": "To nic nie kosztuje."}})
	if err != nil {
		t.Fatal(err)
	}
	if c, problems = Open(fstest.MapFS{"en.toml": {Data: []byte(composeEnglish)}, "pl.toml": {Data: filled}}); c == nil || len(c.Compare("pl")) != 4 {
		t.Errorf("%v %v", problems, c.Compare("pl"))
	}
}

// TestRewrite: a message that is there keeps its line, a new one comes behind its neighbour, and nothing else changes.
func TestRewrite(t *testing.T) {
	file := "# state: draft\n\n# a remark of the translator\n\"a.one\" = \"Es gratis.\"\n\n\"b.one\" = \"Se guarda.\"   \n\n[\"span.years\"]\none = \"{n} año\"\nother = \"{n} años\"\n"
	got, err := Rewrite([]byte(file), []byte(composeEnglish), map[string]Texts{
		"a.two": {"": `Un "notario" no es abogado.`}, "b.one": {"": "Queda guardado."}, "span.days": {"one": "{n} día", "other": "{n} días"}})
	if err != nil {
		t.Fatal(err)
	}
	want := "# state: draft\n\n# a remark of the translator\n\"a.one\" = \"Es gratis.\"\n\"a.two\" = 'Un \"notario\" no es abogado.'\n\n\"b.one\" = \"Queda guardado.\"\n\n[\"span.years\"]\none = \"{n} año\"\nother = \"{n} años\"\n\n[\"span.days\"]\none = \"{n} día\"\nother = \"{n} días\"\n"
	if string(got) != want {
		t.Errorf("%s", got)
	}
	if problems := Judge(shipped[1], got); problems.Failed() {
		t.Error(problems)
	}
	for _, bad := range []map[string]Texts{{"c.none": {"": "x"}}, {"a.one": {"": `both " and '`}}, {"a.one": {}}} {
		if got, err := Rewrite([]byte(file), []byte(composeEnglish), bad); err == nil {
			t.Errorf("%v: %s", bad, got)
		}
	}
	same, err := Rewrite([]byte(file), []byte(composeEnglish), nil)
	if err != nil || string(same) != file {
		t.Errorf("%v: %s", err, same)
	}
}
