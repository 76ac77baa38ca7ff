package locales

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"fairnotice/notices"
	"fairnotice/notices/source"
)

// TestPlanted: an error of each kind that a translation can bring is found, by the check that is meant for it, in the shipped Polish.
func TestPlanted(t *testing.T) {
	read := func(name string) string {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	en, pl, lock := read("en.toml"), read("pl.toml"), read("locks/pl.lock")
	change := func(text, id, to string) string {
		lines := strings.Split(text, "\n")
		for i, l := range lines {
			if strings.HasPrefix(l, `"`+id+`" = `) {
				lines[i] = `"` + id + `" = ` + to
				return strings.Join(lines, "\n")
			}
		}
		t.Fatalf("no %q", id)
		return ""
	}
	table := func(id, from, to string) string {
		at := strings.Index(pl, `["`+id+`"]`)
		if at < 0 || !strings.Contains(pl[at:], from) {
			t.Fatalf("no %q in %q", from, id)
		}
		return pl[:at] + strings.Replace(pl[at:], from, to, 1)
	}
	formOf := func(id, form string) string {
		at := strings.Index(pl, `["`+id+`"]`)
		for _, l := range strings.Split(pl[at:], "\n") {
			if strings.HasPrefix(l, form+" = ") {
				return l + "\n"
			}
		}
		t.Fatalf("no form %q of %q", form, id)
		return ""
	}
	shipped, problems := Shipped("en", "pl")
	if problems.Failed() {
		t.Fatal(problems)
	}
	all := func(en, pl, lock string) string {
		c, problems := Open(fstest.MapFS{"en.toml": {Data: []byte(en)}, "pl.toml": {Data: []byte(pl)}, "locks/pl.lock": {Data: []byte(lock)}})
		if c == nil {
			return problems.Error()
		}
		var b strings.Builder
		b.WriteString(c.Compare("pl").Error() + "\n" + c.CompareTerms("pl").Error() + "\n")
		l, _ := Find("pl")
		for _, id := range c.IDs("pl") {
			texts, _ := c.Texts("pl", id)
			if before, _ := shipped.Texts("pl", id); slices.Equal(before, texts) {
				texts = nil // judged as it is shipped, by another test
			}
			for _, s := range texts {
				for _, m := range MustNots("pl", s) {
					b.WriteString(id + " says " + m.Code + ": " + m.Match + "\n")
				}
				if what := foreign(l, s); what != "" {
					b.WriteString(id + " is " + what + "\n")
				}
			}
			if english, _ := c.Texts("en", id); texts != nil && len(strings.Fields(english[0])) > 2 && english[0] == texts[0] {
				b.WriteString(id + " is the English\n")
			}
			if state, _ := c.State("pl", id); state != source.Draft {
				b.WriteString(id + " is " + string(state) + "\n")
			}
		}
		return strings.TrimSpace(b.String())
	}
	if got := all(en, pl, lock); got != "" {
		t.Fatalf("something is wrong before anything is planted: %s", got)
	}
	for name, x := range map[string]struct{ en, pl, lock, want string }{
		"a missing form":                      {en, table("span.years", formOf("span.years", "few"), ""), lock, `has no form "few"`},
		"a form that the language has not":    {en, table("span.years", formOf("span.years", "few"), formOf("span.years", "few")+"other = \"{n} roku\"\n"), lock, `has the form "other", which Polish does not have`},
		"a number that is not said":           {en, table("span.years", formOf("span.years", "many"), "many = \"kilka lat\"\n"), lock, "does not say the number"},
		"a number too many":                   {en, change(pl, "ask.no_court", `"Żaden sąd tego nie sprawdził w 24 godziny."`), lock, "same numbers"},
		"a sentence that is not translated":   {en, change(pl, "ask.no_court", `"No court has checked it."`), lock, "is the English"},
		"a sentence that is not there":        {en, change(pl, "ask.no_court", `""`), lock, `"ask.no_court" is not there in Polish`},
		"another script":                      {en, change(pl, "ask.no_court", `"Суд этого не проверял."`), lock, "in the letters of another language"},
		"a word in another script":            {en, change(pl, "ask.no_court", `"Żaden sąd (суд) tego nie sprawdził."`), lock, "in another script"},
		"your data is safe":                   {en, change(pl, "ask.no_court", `"Twoje dane są bezpieczne w sądzie."`), lock, "ask.no_court says N1"},
		"a stale hash":                        {change(en, "ask.no_court", `"No court has looked at it."`), pl, lock, "ask.no_court is stale"},
		"a letter that looks like another":    {en, change(pl, "ask.no_court", "\"Żaden s\u0430d tego nie sprawdził.\""), lock, "another alphabet"},
		"a direction that is turned":          {en, change(pl, "ask.no_court", "\"Żaden sąd \u202etego nie sprawdził.\""), lock, "turns the direction"},
		"a template":                          {en, change(pl, "ask.no_court", `"{{.Env \"HOME\"}} sąd."`), lock, "signs of a markup language"},
		"a template with brackets of its own": {en, pl + "\n[\"zz.sad\"]\nleftDelim = \"<<\"\nother = \"<<.X>>\"\n", lock, `"leftDelim" is not a part of a message`},
		"a message in another one's place":    {en, pl + "\n[\"zz.sad\"]\nid = \"ask.no_court\"\nother = \"HIJACK\"\n", lock, `"id" is not a part of a message`},
		"a message that is there twice":       {en, "\"ask.no_court\" = \"x\"\n" + pl, lock, "ask.no_court"},
		"a term without its word":             {en, change(pl, "ask.no_court", `"Nikt tego nie sprawdził."`), lock, `does not have the word for "court"`},
		"the English legal word lost":         {en, change(pl, "ask.subpoena", `"ICE może poprosić o zapisy pismem."`), lock, `does not have the word for "administrative_subpoena"`},
		"a statement that became a question":  {en, change(pl, "ask.no_court", `"Żaden sąd tego nie sprawdził?"`), lock, "does not end like the English"},
		"markup":                              {en, change(pl, "ask.no_court", `"<b>Żaden sąd</b> tego nie sprawdził."`), lock, "markup"},
		"letters in two pieces":               {en, change(pl, "ask.no_court", "\"Z\u0307aden sąd tego nie sprawdził.\""), lock, "two pieces"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := all(x.en, x.pl, x.lock); !strings.Contains(got, x.want) {
				t.Errorf("it is not found: %.600s", got)
			}
		})
	}
}

// Common letters that only one of the two ways to write Chinese has.
const (
	simplified  = "们国说这个时间对应该发现记录护电话号码网会给与为没么请让问题关开门长东书车马见贝还进过远运动务条样权机构证读谁调议许设访语诉负责账贴费资员图场块坏声处备复够头奖妈学宝实审宽导将层岁币师带帮广庆库庙废归当态总恋愿战户扫执拥择换据损摄携"
	traditional = "們國說這個時間對應該發現記錄護電話號碼網會給與為沒麼請讓問題關開門長東書車馬見貝還進過遠運動務條樣權機構證讀誰調議許設訪語訴負責賬貼費資員圖場塊壞聲處備複夠頭獎媽學寶實審寬導將層歲幣師帶幫廣慶庫廟廢歸當態總戀願戰掃執擁擇換據損攝攜"
)

// foreign says whether a text is not in the script of its language; names that a reader must recognize are let through.
func foreign(l Language, s string) string {
	for _, r := range s {
		if l.Script == "Hans" && strings.ContainsRune(traditional, r) || l.Script == "Hant" && strings.ContainsRune(simplified, r) {
			return "in the other Chinese letters (" + string(r) + "): " + s
		}
		if other := scriptOf(r); other != "" && other != "Latn" && !writes(l.Script, other) {
			return "in another script: " + s
		}
	}
	return ""
}

// TestScripts: no letter of a script that the language does not have, in the words, and in what the examples say in it.
func TestScripts(t *testing.T) {
	each(t, func(t *testing.T, l Language, id, text string) {
		if what := foreign(l, text); what != "" {
			t.Errorf("%s is %s", id, what)
		}
	})
	files, err := filepath.Glob("../examples/*.yaml")
	if err != nil || len(files) < 6 {
		t.Fatal(files, err)
	}
	saidAll(t, func(t *testing.T, _, n *Notice) {
		l, _ := Find(n.Language)
		valuesOf(n, func(where string, v *Value) {
			for i, r := range v.Runs {
				if r.Lang == "" && v.Kind != notices.VLaw {
					if what := foreign(l, v.Text[i]); what != "" {
						t.Errorf("%s: %s", where, what)
					}
				}
			}
		})
	})
}
