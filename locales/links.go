package locales

import (
	"net/url"
	"strings"

	"fairnotice/notices/source"
)

// link gives a text that is an address as a whole as people read it, and as a link: a page, a number to call or to text, or somebody to
// write to. The link of any other text is "".
func link(s string) (shown, href string) {
	scheme, rest, _ := strings.Cut(s, ":")
	if what, _ := source.CheckAddress(s); what != "" {
		return s, ""
	}
	if scheme != "https" {
		s, _, _ = strings.Cut(rest, "?")
	}
	return s, scheme + ":" + rest
}

// phone gives a telephone number in machine form and the address that rings it. A number of ten digits is of the United States,
// as is one of eleven that begins with 1; short numbers, such as 311, are rung as they are. What cannot be read as a number has
// no address: it is shown, and nothing rings.
func phone(s string) (number, href string) {
	main, extension, _ := strings.Cut(strings.ToLower(s), "ext")
	if extension == "" {
		main, extension, _ = strings.Cut(main, "x")
	}
	digits, ok := dialled(main)
	more, fine := dialled(extension)
	if !ok || !fine || len(digits) < 3 || len(digits) > 15 {
		return s, ""
	}
	switch international := strings.HasPrefix(strings.TrimSpace(main), "+"); {
	case international:
		number = "+" + digits
	case len(digits) == 10:
		number = "+1" + digits
	case len(digits) == 11 && digits[0] == '1':
		number = "+" + digits
	case len(digits) <= 6:
		number = digits
	default:
		return s, ""
	}
	if more != "" {
		number += ";ext=" + more
	}
	return number, "tel:" + number
}

// dialled gives the digits of a number as people write it; false if something else stands among them.
func dialled(s string) (string, bool) {
	var b strings.Builder
	for i, r := range strings.TrimSpace(s) {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case r == '+' && i == 0 || strings.ContainsRune(" -().:/", r):
		default:
			return "", false
		}
	}
	return b.String(), true
}

// page gives the address of a web page in machine form, and as a link. Only https is a link: an address that is written without
// it gets it, and an address of another kind is shown and leads nowhere.
func page(s string) (address, href string) {
	full := s
	if !strings.Contains(full, ":") {
		full = "https://" + full
	}
	u, err := url.Parse(full)
	if err != nil || u.Scheme != "https" || u.User != nil || !strings.Contains(u.Hostname(), ".") || strings.ContainsAny(full, " \t\n\"'<>\\`") {
		return s, ""
	}
	return full, full
}
