package locales

import (
	"embed"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"

	"fairnotice/notices"
	"fairnotice/notices/source"
)

//go:embed formats/cldr.toml formats/more.toml formats/overrides.toml
var formatFiles embed.FS

// format is how a language writes dates and numbers. It stands beside sentences, never inside them.
type format struct {
	From        string   `toml:"from"`
	Months      []string `toml:"months"`
	Alone       []string `toml:"months_alone"`
	Day         string   `toml:"day"`
	Month       string   `toml:"month"`
	Year        string   `toml:"year"`
	Range       string   `toml:"range"`
	Group       string   `toml:"group"`
	NativeGroup string   `toml:"native_group"`
	GroupFrom   int      `toml:"group_from"`
	GroupThen   int      `toml:"group_then"`
}

// formats reads the files of the table's languages once. They are part of the program: a fault in them is a fault of the program, and a test reads
// them first.
var formats = sync.OnceValue(func() map[string]format {
	all := readFormats("formats/cldr.toml")
	for tag, o := range readFormats("formats/overrides.toml") {
		f := all[tag]
		if len(o.Months) > 0 {
			f.Months = o.Months
		}
		for _, s := range []struct {
			to   *string
			from string
		}{{&f.Day, o.Day}, {&f.Month, o.Month}, {&f.Year, o.Year}, {&f.Range, o.Range}, {&f.Group, o.Group}, {&f.NativeGroup, o.NativeGroup}} {
			if s.from != "" {
				*s.to = s.from
			}
		}
		if o.GroupFrom > 0 {
			f.GroupFrom = o.GroupFrom
		}
		all[tag] = f
	}
	return all
})

// more is the formats of languages that the table may get; nobody pays for reading them before.
var more = sync.OnceValue(func() map[string]format { return readFormats("formats/more.toml") })

func readFormats(name string) map[string]format {
	data, err := formatFiles.ReadFile(name)
	if err != nil {
		panic(err)
	}
	var m map[string]format
	if err := toml.Unmarshal(data, &m); err != nil {
		panic(fmt.Errorf("%s: %w", name, err))
	}
	return m
}

// formatOf gives the format of a language; without one, its months are missing, and a test of the table says so.
func formatOf(tag string) format {
	if f, ok := formats()[tag]; ok {
		return f
	}
	return more()[tag]
}

// writer writes the dates and numbers of one notice: a language's formats with the digits that were chosen.
type writer struct {
	f      format
	digits []rune // nil for 0-9
	group  string
}

func newWriter(l Language, f format, d notices.Digits) (writer, error) {
	w := writer{f: f, group: f.Group}
	native := false
	switch d {
	case "", "auto":
		native = l.Auto == "native"
	case "native":
		native = true
	case "latin":
	default:
		return w, fmt.Errorf("%q is not a kind of digits: auto, latin or native", string(d))
	}
	if native && l.Native != "" {
		w.digits, w.group = []rune(l.Native), f.NativeGroup
	}
	return w, nil
}

// number writes a whole number, with its thousands apart where the language does so.
func (w writer) number(n int) string {
	s := strconv.Itoa(n)
	neg := strings.HasPrefix(s, "-")
	s = strings.TrimPrefix(s, "-")
	grouped := w.f.GroupFrom > 0 && (n >= w.f.GroupFrom || -n >= w.f.GroupFrom)
	if !grouped && !neg && w.digits == nil {
		return s
	}
	var b strings.Builder
	if neg {
		b.WriteByte('-')
	}
	for i := range len(s) {
		if grouped && i > 0 && w.f.startsGroup(len(s)-i) {
			b.WriteString(w.group)
		}
		w.digit(&b, s[i])
	}
	return b.String()
}

// startsGroup says whether a group of digits begins where so many digits are left.
func (f *format) startsGroup(left int) bool {
	then := f.GroupThen
	if then == 0 {
		then = 3
	}
	return left >= 3 && (left-3)%then == 0
}

// plain writes a whole number without grouping: a year, or a day of the month.
func (w writer) plain(b *strings.Builder, n int) {
	s := strconv.Itoa(n)
	for i := range len(s) {
		w.digit(b, s[i])
	}
}

func (w writer) digit(b *strings.Builder, c byte) {
	if w.digits == nil || c < '0' || c > '9' {
		b.WriteByte(c)
		return
	}
	b.WriteRune(w.digits[c-'0'])
}

// date writes a date with the precision in which it was written.
func (w writer) date(d source.Date) string {
	y, m, day := d.First.YMD()
	var pattern string
	months := w.f.Months
	switch d.Precision() {
	case source.Exact:
		pattern = w.f.Day
	case source.Month:
		pattern = w.f.Month
		if w.f.Alone != nil {
			months = w.f.Alone
		}
	case source.Year:
		pattern = w.f.Year
	default:
		return ""
	}
	var b strings.Builder
	b.Grow(48)
	for pattern != "" {
		before, rest, ok := strings.Cut(pattern, "{")
		b.WriteString(before)
		if !ok {
			break
		}
		var part string
		part, pattern, _ = strings.Cut(rest, "}")
		switch part {
		case "d":
			w.plain(&b, day)
		case "month":
			b.WriteString(months[m-1])
		case "m":
			w.plain(&b, m)
		case "y":
			w.plain(&b, y)
		}
	}
	return b.String()
}

// between writes the time from one date to another.
func (w writer) between(from, to string) string {
	a, b, _ := strings.Cut(w.f.Range, "{from}")
	b, c, _ := strings.Cut(b, "{to}")
	return a + from + b + to + c
}
