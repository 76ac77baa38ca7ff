package source

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The addresses that may stand in a file or in its words, and what each may have in it:
//
//	https://www.example.gov/help     a page: plain letters, the name of a site, no name or password, no number of a computer
//	tel:+1-312-555-0100              a number to call: digits with - . ( ) between them, perhaps ;ext=12
//	sms:741741                       a number to text: digits, perhaps ?body=HOME
//	mailto:help@example.gov          one person or office to write to, perhaps ?subject=CityKey
//
// No other kind of address is one that an applicant should open: http can be read on the way, javascript: and data: run a program,
// // takes its beginning from the page that it stands on.

// CheckAddress judges an address: what is wrong with it, and what to write instead; both are "" for one of the four kinds above.
func CheckAddress(s string) (what, hint string) {
	scheme, rest, ok := strings.Cut(s, ":")
	if !ok || strings.HasPrefix(s, "/") {
		return pageFault(s)
	}
	switch strings.ToLower(scheme) {
	case "tel":
		return dialFault(scheme, rest, "tel", "tel:+1-312-555-0100", "ext")
	case "sms":
		return dialFault(scheme, rest, "sms", "sms:741741", "body")
	case "mailto":
		return mailFault(scheme, rest)
	}
	return pageFault(s)
}

// sourceFault judges where something was read: a page, which may be one without https, as those of some courts and codes are.
func sourceFault(s string) (what, hint string) {
	if rest, ok := strings.CutPrefix(s, "http://"); ok {
		return pageFault("https://" + rest)
	}
	return pageFault(s)
}

// pageFault takes only addresses of pages that a reader can open without harm: https, a site with a name, nobody's password.
func pageFault(s string) (what, hint string) {
	const example = "Write, for example, https://www.example.gov/help."
	no := func(why string) (string, string) { return fmt.Sprintf("%s: %s", why, quote(s)), example }
	if i := strings.IndexFunc(s, func(r rune) bool { return r <= ' ' || r >= 0x7f || strings.ContainsRune("\"<>\\^`{|}", r) }); i >= 0 || len(s) > 2000 || s == "" {
		if i >= 0 {
			if r, _ := utf8.DecodeRuneInString(s[i:]); r >= 0x80 && strings.Contains(s, "://") {
				return fmt.Sprintf("has a letter in its address that is not of the plain alphabet (%s)", named(r)), "Type the address again, letter by letter, in the letters a to z."
			}
		}
		return fmt.Sprintf("must be the address of a web page, but this is %s", quote(s)), example
	}
	u, err := url.Parse(s)
	if err != nil {
		return fmt.Sprintf("must be the address of a web page, but this is %s", quote(s)), example
	}
	switch scheme := strings.ToLower(u.Scheme); scheme {
	case "https":
	case "http":
		return "is an address without protection: it begins with http", fmt.Sprintf("Write %s, if the page can be opened so.", clip("https"+s[len("http"):]))
	case "":
		if strings.HasPrefix(s, "//") || strings.HasPrefix(s, "/") || !strings.Contains(s, ".") {
			return fmt.Sprintf("must be a whole web address, but this is %s", quote(s)), example
		}
		return fmt.Sprintf("must be a whole web address, but this is %s", quote(s)), fmt.Sprintf("Write %s.", clip("https://"+s))
	default:
		return fmt.Sprintf("must be a web address that begins with https, but this begins with %s", quote(scheme+":")), example
	}
	host := u.Hostname()
	labels := strings.Split(host, ".")
	last := labels[len(labels)-1]
	switch {
	case u.User != nil:
		return "has a name or password before the @ in its address", "Delete what stands between // and @."
	case host == "" || u.Opaque != "" || len(labels) < 2 || strings.Contains(host, "..") || len(host) > 253:
		return no("has no name of a site in its address")
	case !strings.HasPrefix(s, "https://"):
		return fmt.Sprintf("must begin with https:// in small letters, but this is %s", quote(s)), example
	case strings.Trim(last, "0123456789") == "" || strings.HasPrefix(strings.ToLower(last), "0x") || strings.Contains(host, ":"):
		return no("has the number of a computer instead of the name of a site in its address")
	}
	for _, l := range labels {
		switch {
		case strings.HasPrefix(strings.ToLower(l), "xn--"):
			return no("has a part in its address that stands for letters which nobody can check there (xn--)")
		case l == "" || len(l) > 63 || l[0] == '-' || l[len(l)-1] == '-' || strings.Trim(strings.ToLower(l), "abcdefghijklmnopqrstuvwxyz0123456789-_") != "":
			return no("has no name of a site in its address")
		}
	}
	if port := u.Port(); port != "" || strings.HasSuffix(u.Host, ":") {
		if n, err := strconv.Atoi(port); err != nil || n > 65535 || n < 1024 && n != 443 {
			return no("has a number after the name of the site that no web page has")
		}
	}
	return escapeFault(s)
}

// escapeFault judges what stands behind percent signs: written out, it would have to be text that could stand here.
func escapeFault(s string) (what, hint string) {
	if !strings.Contains(s, "%") {
		return "", ""
	}
	const again = "Open the page, and copy its address from the bar of the browser."
	plain, err := url.PathUnescape(s)
	switch {
	case err != nil:
		return fmt.Sprintf("has a percent sign in its address that stands for nothing: %s", quote(s)), again
	case hasEscape(plain):
		return fmt.Sprintf("has something in its address that was hidden twice: %s", quote(s)), again
	case !utf8.ValidString(plain):
		return fmt.Sprintf("has something hidden in its address: %s", quote(s)), again
	}
	prev := rune(0)
	for i, r := range plain {
		next, _ := utf8.DecodeRuneInString(plain[i+utf8.RuneLen(r):])
		if fault(prev, r, next) != "" || r < ' ' || r == '\\' {
			return fmt.Sprintf("has a hidden character in its address (%s)", named(r)), again
		}
		prev = r
	}
	return "", ""
}

// hasEscape says that a percent sign with two digits of a hexadecimal number stands in a text.
func hasEscape(s string) bool {
	const hex = "0123456789abcdefABCDEF"
	for i := 0; i+2 < len(s); i++ {
		if s[i] == '%' && strings.IndexByte(hex, s[i+1]) >= 0 && strings.IndexByte(hex, s[i+2]) >= 0 {
			return true
		}
	}
	return false
}

// dialFault judges a number to call or to text. A telephone obeys * and #, so there are none.
func dialFault(scheme, rest, want, example, more string) (what, hint string) {
	hint = "Write, for example, " + example + "."
	number, tail, has := strings.Cut(rest, map[string]string{"ext": ";", "body": "?"}[more])
	digits := 0
	for i, c := range number {
		switch {
		case c >= '0' && c <= '9':
			digits++
		case c == '+' && i == 0 || strings.ContainsRune("-.()", c):
		default:
			return fmt.Sprintf("has something else than digits in its number: %s", quote(scheme+":"+rest)), hint
		}
	}
	switch {
	case scheme != want:
		return fmt.Sprintf("must begin with %s: in small letters, but this is %s", want, quote(scheme+":"+rest)), hint
	case digits < 3 || digits > 15:
		return fmt.Sprintf("must have 3 to 15 digits in its number, but this is %s", quote(scheme+":"+rest)), hint
	case has:
		value, ok := strings.CutPrefix(tail, more+"=")
		allowed := "0123456789"
		if more == "body" {
			allowed += "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-._~+%"
		}
		if !ok || value == "" || len(value) > 160 || strings.Trim(value, allowed) != "" {
			return fmt.Sprintf("has something behind its number that does not belong there: %s", quote(scheme+":"+rest)), hint
		}
		return escapeFault(value)
	}
	return "", ""
}

// mailFault judges an address to write to: of one person or office, and with nothing in the letter yet but its subject.
func mailFault(scheme, rest string) (what, hint string) {
	hint = "Write, for example, mailto:help@example.gov."
	box, query, has := strings.Cut(rest, "?")
	name, host, ok := strings.Cut(box, "@")
	fine := func(s, extra string) bool {
		return s != "" && strings.Trim(strings.ToLower(s), "abcdefghijklmnopqrstuvwxyz0123456789"+extra) == "" && !strings.Contains(s, "..") && !strings.HasPrefix(s, ".") && !strings.HasSuffix(s, ".")
	}
	switch {
	case scheme != "mailto":
		return fmt.Sprintf("must begin with mailto: in small letters, but this is %s", quote(scheme+":"+rest)), hint
	case !ok || !fine(name, "._+-") || len(name) > 64 || !fine(host, ".-") || !strings.Contains(host, ".") || strings.Contains(strings.ToLower(host), "xn--") || len(host) > 253:
		return fmt.Sprintf("must be one address to write to, but this is %s", quote(scheme+":"+rest)), hint
	case has:
		subject, ok := strings.CutPrefix(query, "subject=")
		if !ok || subject == "" || len(subject) > 200 || strings.Trim(strings.ToLower(subject), "abcdefghijklmnopqrstuvwxyz0123456789-._~+%") != "" {
			return fmt.Sprintf("may name a subject and nothing more, but this is %s", quote(scheme+":"+rest)), hint
		}
		return escapeFault(subject)
	}
	return "", ""
}

// schemes are the words before a colon that make what follows an address, wherever it stands; what must follow for them to do so.
var schemes = map[string]string{
	"tel": "", "sms": "", "mailto": "", "http": "", "https": "", "ftp": "/", "file": "/", "javascript": "", "vbscript": "", "livescript": "", "data": "data", "blob": "", "filesystem": "",
	"about": "blank", "view-source": "", "intent": "", "jar": "", "ws": "/", "wss": "/", "smsto": "", "callto": "", "facetime": "", "ms-settings": "",
}

// hostileAddress finds the first address in a text that none should follow. Words with a colon, such as Hours:9-5, are no addresses.
func hostileAddress(s string) (bad rune, what, hint string) {
	const longest = 2100 // of an address that is looked at
	for from := 0; ; {
		i := strings.IndexByte(s[from:], ':')
		if i < 0 {
			break
		}
		i += from
		from = i + 1
		start := i
		for start > max(0, i-40) && (isAlnum(s[start-1]) || s[start-1] == '+' || s[start-1] == '-' || s[start-1] == '.') {
			start--
		}
		scheme := strings.ToLower(s[start:i])
		follow, known := schemes[scheme]
		if scheme == "" || !known && !strings.HasPrefix(s[from:], "//") {
			continue
		}
		bad, _ = utf8.DecodeRuneInString(s[start:])
		if scheme == "javascript" || scheme == "vbscript" || scheme == "livescript" {
			return bad, "an address that runs a program", kinds
		}
		rest := s[from:min(len(s), from+longest)]
		if end := strings.IndexFunc(rest, func(r rune) bool {
			return r == ' ' || r == '\n' || r == 0xa0 || strings.ContainsRune("<>\"”»“", r)
		}); end >= 0 {
			rest = rest[:end]
		}
		rest = strings.TrimRight(rest, ".,;:!?)]}'’。，；：！？）」』、।۔؟")
		switch {
		case rest == "" || follow == "data" && !strings.ContainsAny(rest, "/,;") || follow != "" && follow != "data" && !strings.HasPrefix(rest, follow):
			continue
		case (scheme == "tel" || scheme == "sms") && !strings.ContainsAny(rest, "0123456789*#"):
			continue // a label: Tel:office
		case scheme != "https" && scheme != "http" && scheme != "tel" && scheme != "sms" && scheme != "mailto":
			return bad, fmt.Sprintf("an address that begins with %s:", clip(scheme)), kinds
		}
		if what, hint := CheckAddress(scheme + ":" + rest); what != "" {
			return bad, "an address that cannot stay as it is: it " + what, hint
		}
	}
	for from := 0; ; {
		i := strings.Index(s[from:], "//")
		if i < 0 {
			return 0, "", ""
		}
		i += from
		from = i + 2
		if begins := i == 0 || strings.IndexByte(" \n(\"'=", s[i-1]) >= 0; begins && len(s) > from && (isAlnum(s[from]) || s[from] >= 0x80) {
			return '/', "an address without its beginning", "Write https: before the two strokes."
		}
	}
}

// kinds is what to write instead of an address of another kind.
const kinds = "Take it out. An address can begin with https://, tel:, sms: or mailto:."

func isAlnum(c byte) bool { return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' }
