package render

import (
	"fmt"
	"regexp"
	"strings"

	"fairnotice/notices/source"
)

// Filled is a sheet that came back.
type Filled struct {
	Program string
	By      string
	On      source.Date
	Looked  bool // else told
	Answers []Filling
	Left    int                   // lines without an answer
	pos     map[string]source.Pos // of the lines at the top
	top     map[string]string
	how     string
}

// Filling is one answer of a sheet.
type Filling struct {
	ID     string
	Text   string // "" where the person does not know
	Knows  bool
	Ask    string // whom to ask instead
	Looked *bool  // where it was said for this answer alone
	Pos    source.Pos
}

const maxSheet = 256 << 10

var (
	lineLead   = regexp.MustCompile(`^[\s>|]*`)
	lineAnswer = regexp.MustCompile(`^(?i:Q)\s?-\s?([0-9A-Za-z]{4,10})\s*[=:]\s*(.*)$`)
	lineHead   = regexp.MustCompile(`^(?i)(program|your name|day of your answers[^=]*|looked or told)\s*=\s*(.*)$`)
	lineOwn    = regexp.MustCompile(`^(?:\(\d+\) |.*: questions for (?:the |IT$|counsel$)|\(Working paper; |\(End of the questions|\*|-{3,}|--$|_{3,}\s*$|={3,}|Only for:|About:|Asked before|For all |The notice waits|Write )`)
	dontKnow   = regexp.MustCompile(`(?i)^(?:i\s+)?(?:do\s*n[o']?t\s+know|not\s+known|no\s+idea|unknown)\s*(?:[;,.:]?\s*(?:please\s+)?ask(?:\s*:)?\s*(.*))?$`)
	oneHow     = regexp.MustCompile(`(?i)\s*\[\s*(looked|told)[^\]]*\]\s*$`)
	inQuotes   = regexp.MustCompile(`^"([^"]*)"\.?$|^'([^']*)'\.?$`)
	mailSigns  = strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u2007", " ", "\u200b", "", "\ufeff", "", "\u2060", "", "\u200e", "", "\u200f", "", "“", `"`, "”", `"`, "„", `"`, "‟", `"`, "‘", "'", "’", "'", "‚", "'",
		"‐", "-", "‑", "-", "–", "-", "—", "-", "−", "-", "…", "...", "\r\n", "\n", "\r", "\n", "\t", " ")
)

// ReadSheet reads a sheet that came back by mail: quoted, wrapped, with other ends of lines, quotes and hyphens. It lists every line
// that is wrong in itself; what the answers mean is for [Answers] to say. Filled is never nil.
func ReadSheet(name string, data []byte) (*Filled, source.Problems) {
	f := &Filled{pos: map[string]source.Pos{}, top: map[string]string{}}
	var problems source.Problems
	bad := func(pos source.Pos, excerpt, code, message, hint string) {
		problems = append(problems, source.Problem{Pos: pos, Code: code, Severity: source.Error, Message: message, Hint: hint, Excerpt: excerpt})
	}
	if len(data) > maxSheet {
		bad(source.Pos{File: name, Line: 1, Col: 1}, "", "sheet", fmt.Sprintf("The sheet has %d bytes; at most %d can be read.", len(data), maxSheet), "Send the answers alone, without attachments.")
		return f, problems
	}
	if strings.ContainsRune(string(data[:min(len(data), 200)]), 0) || strings.HasPrefix(string(data), "PK\x03\x04") {
		bad(source.Pos{File: name, Line: 1, Col: 1}, "", "sheet", "This is not a plain text.", "Save the answers as plain text (UTF-8), or paste them into a text file.")
		return f, problems
	}
	lines := strings.Split(mailSigns.Replace(strings.ToValidUTF8(string(data), "\uFFFD")), "\n")
	seen := map[string]int{}
	for i := 0; i < len(lines); i++ {
		lead := lineLead.FindString(lines[i])
		line := strings.TrimSpace(lines[i][len(lead):])
		pos := source.Pos{File: name, Line: i + 1, Col: len([]rune(lead)) + 1}
		first := lines[i]
		head := lineHead.FindStringSubmatch(line)
		answer := lineAnswer.FindStringSubmatch(line)
		if head == nil && answer == nil {
			continue
		}
		value := func(s string) string {
			// An answer that mail broke, or that stands below its line, goes on up to the next line of the sheet. Behind the last line of
			// the sheet stands a signature: there only the lines go on that follow without a gap.
			to, whole := i, false
			for k := i + 1; k < len(lines); k++ {
				next := strings.TrimSpace(lineLead.ReplaceAllString(lines[k], ""))
				if lineOwn.MatchString(next) || lineHead.MatchString(next) || lineAnswer.MatchString(next) {
					to, whole = k-1, true
					break
				}
			}
			for k := i + 1; k <= to || !whole && k < len(lines); k++ {
				next := strings.TrimSpace(lineLead.ReplaceAllString(lines[k], ""))
				if next == "" && !whole {
					break
				}
				s += " " + next
				i = k
			}
			s = strings.Trim(strings.Join(strings.Fields(s), " "), "_ ")
			if m := inQuotes.FindStringSubmatch(s); m != nil {
				s = m[1] + m[2]
			}
			return strings.TrimSpace(s)
		}
		if head != nil {
			key := strings.ToLower(strings.Fields(head[1])[0])
			f.pos[key] = pos
			v := value(head[2])
			if v == "" {
				continue // perhaps the sheet stands below once more, empty
			}
			if old := f.top[key]; old != "" && old != v {
				bad(pos, first, "sheet-two", fmt.Sprintf("Two sheets stand in this text: %q and %q.", old, v), "Put each into a file of its own.")
			}
			f.top[key] = v
			switch key {
			case "program":
				f.Program = v
			case "your":
				f.By = v
			case "day":
				on, err := source.ParseDay(v)
				if err != nil {
					bad(pos, first, "sheet-day", fmt.Sprintf("The day of the answers is %q, which is not a day.", v), "Write year-month-day, such as 2025-06-14.")
					continue
				}
				f.On = source.On(on)
			case "looked":
				f.how = strings.ToLower(strings.Trim(v, ".!"))
				switch f.how {
				case "looked", "i looked", "i looked myself", "looked myself":
					f.how, f.Looked = "looked", true
				case "told", "i was told", "was told":
					f.how = "told"
				default:
					bad(pos, first, "sheet-how", fmt.Sprintf("It is not clear whether the person looked or was told: %q.", v), "Write looked, or told.")
				}
			}
			continue
		}
		id := strings.ToLower(answer[1])
		v := value(answer[2])
		if v == "" || strings.Trim(v, ". ") == "" {
			f.Left++
			continue
		}
		if at, twice := seen[id]; twice {
			bad(pos, first, "sheet-twice", fmt.Sprintf("The question Q-%s is answered twice; the first answer is on line %d.", id, at), "Keep one of the two.")
			continue
		}
		seen[id] = pos.Line
		a := Filling{ID: id, Text: v, Knows: true, Pos: pos}
		if m := oneHow.FindStringSubmatch(a.Text); m != nil {
			looked := strings.EqualFold(m[1], "looked")
			a.Looked, a.Text = &looked, strings.TrimSpace(oneHow.ReplaceAllString(a.Text, ""))
		}
		if m := dontKnow.FindStringSubmatch(strings.TrimRight(a.Text, ".!")); m != nil {
			a.Knows, a.Ask, a.Text = false, strings.Trim(m[1], " _.:"), ""
		}
		f.Answers = append(f.Answers, a)
	}
	if len(f.Answers) == 0 {
		return f, problems
	}
	top := func(key, code, message, hint string) {
		pos, ok := f.pos[key]
		if !ok {
			pos = source.Pos{File: name, Line: 1, Col: 1}
		}
		bad(pos, "", code, message, hint)
	}
	if f.By == "" {
		top("your", "sheet-by", "It is not said who answered.", "Write the name behind `Your name =`.")
	}
	if f.On.IsZero() && len(problems.Of(source.Error)) == 0 {
		top("day", "sheet-day", "It is not said on which day the questions were answered.", "Write it behind `Day of your answers =`, such as 2025-06-14.")
	}
	if f.how == "" {
		for _, a := range f.Answers {
			if a.Knows && a.Looked == nil {
				top("looked", "sheet-how", "It is not said whether the person looked or was told.", "Write looked, or told, behind `Looked or told =`.")
				break
			}
		}
	}
	return f, problems
}
