// Package web puts an edition in front of readers: the handler that serves its pages, and what stands at a portal's upload. It reads no
// clock, no disk and no network by itself: times and bytes are given to it.
//
// # The wire contract
//
// A portal's upload is closed until the notice of the edition in force was read and ticked. What follows is how a request says that, and
// what it is answered if it does not. [Guard] keeps it for Go; examples/portals holds guards for other stacks, and requests.json there
// the requests that all of them answer alike.
//
// The id of an edition is ed- and twelve hex digits in lower case. A request confirms an edition in one of two ways:
//
//	fair_notice_edition=ed-3fa94c0b7e12      two fields of a form: in multipart/form-data both before the first file,
//	fair_notice_read=yes                     in application/x-www-form-urlencoded anywhere in the body
//
//	Fair-Notice: edition=ed-3fa94c0b7e12; read=1      one header, for what sends no form
//
// The parameters of the header come in any order, each once, with spaces or tabs around the semicolons and nowhere else. If the header is
// there it decides alone. Twice, empty or with anything else in it, it confirms nothing. A field that comes twice with two values
// confirms nothing. A tick is yes, and nothing else is. What stands in the address never counts.
//
// This is asked of every request but GET, HEAD and OPTIONS. A body that is neither of the two kinds of forms (raw bytes, tus, JSON) needs
// the header. A multipart body begins with its boundary, its lines end in CRLF, and only a part with a Content-Disposition of form-data
// names a field. A part whose disposition names a filename, even an empty one, is a file (RFC 7578). The decision falls at the head of
// the first file, before a byte of the file is looked at; where no file comes, at the end of the body. Up to there a body may have 100
// parts and 65,536 bytes, and an urlencoded body as many bytes in all. More, or what two readers of multipart could take for two
// different things, confirms nothing.
//
// A request that confirms nothing is not confirmed; one that confirms an edition which is not in force has missed a change. A script is a
// request with the header, or one whose Accept does not name text/html:
//
//	script  not confirmed  428  {"error":"notice_not_confirmed","edition":"ed-…","in_force":["ed-…"],"notice":"/notice/"}
//	script  changed        412  {"error":"notice_changed","edition":"ed-…","in_force":["ed-…"],"notice":"/notice/","changed":"/notice/what-changed.html"}
//	form    either         422  a page with the notice in force, which says ui.refused or ui.changed and keeps what was typed; or 303 to one
//
// edition is the edition in force; in_force lists what is accepted at that moment; changed is empty where no page says what changed. Each
// refusal is sent with Cache-Control: no-store and Referrer-Policy: no-referrer and without a cookie, and the connection may be closed.
// After it nothing is kept: no file, no temporary file, no line of a log.
//
// # The edition in force
//
// edition.json of an edition says which editions are in force. The first of in_force is the edition itself. One before may follow, with
// the moment until which it is accepted:
//
//	{"program": id, "edition": {"number": 2, "as_of": "2026-11-20", "digest": "sha256:…", "id": "ed-…"},
//	 "in_force": [{the edition}, {"number": 1, "as_of": …, "digest": …, "id": "ed-…", "until": "2026-11-28T00:00:00Z"}], "texts": […]}
//
// until is RFC 3339 in UTC. A guard that reads none behind the first, or one that it cannot read, or one that is more than 48 hours away,
// does not accept that edition. A guard without an edition.json that it can read refuses everything, as not confirmed.
//
// # Drafts
//
// A portal that lets people save a form and come back stores the id of the edition with the draft. On return, if that edition is accepted,
// they go on; if not, the portal shows what changed and asks again. [InForce.Accepts] answers that. A draft of another edition is not
// confirmed by anything that was ticked before.
//
// # The token
//
// Where a policy wants that the notice was shown in the last half hour, the portal puts a token into the page, and the request brings it
// back as the field fair_notice_token or as token= in the header. It is base64url, without padding, of HMAC-SHA256 over
//
//	fair-notice-token/v1 LF edition LF portal LF bucket
//
// where bucket is the Unix time in seconds divided by 600, without the rest. The bucket of now and the two before are accepted, so at most
// 30 minutes. It holds nothing of the reader: all who are served in the same ten minutes have the same one. It is off unless a portal
// turns it on; then a request without a right one is not confirmed.
package web

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// The names of the contract.
const (
	HeaderName   = "Fair-Notice"
	FieldEdition = "fair_notice_edition"
	FieldRead    = "fair_notice_read"
	FieldToken   = "fair_notice_token"
)

const (
	mostBytes = 64 << 10 // of a body before the first file
	mostParts = 100
	grace     = 48 * time.Hour // in which an edition before may be accepted
)

// InForce is what an edition.json says is in force, and what a portal shows of it. It must not be changed once a Guard has it.
type InForce struct {
	Program string
	Edition string // the id of the edition itself; "" where none could be read, and then nothing is accepted
	// Form is server-form.html of the same edition: the notice, the edition and the tick, to stand in a form before its first file. With it
	// a Guard can show the form again that it refused.
	Form   []byte
	before []before
}

// before is an edition that is accepted until a moment.
type before struct {
	id    string
	until time.Time
}

// ParseEdition reads edition.json. It refuses what does not name an edition, or not the same one twice; an edition before that it cannot
// read is left out.
func ParseEdition(b []byte) (*InForce, error) {
	var file struct {
		Program string
		Edition struct{ ID string }
		InForce []struct {
			ID    string
			Until json.RawMessage
		} `json:"in_force"`
	}
	if err := json.Unmarshal(b, &file); err != nil {
		return nil, fmt.Errorf("edition.json cannot be read: %w", err)
	}
	f := &InForce{Program: file.Program, Edition: file.Edition.ID}
	switch {
	case !isEdition(f.Edition):
		return nil, fmt.Errorf("edition.json does not say which edition it is of")
	case len(file.InForce) == 0:
		return nil, fmt.Errorf("edition.json says that no edition is in force")
	case file.InForce[0].ID != f.Edition || file.InForce[0].Until != nil:
		return nil, fmt.Errorf("edition.json does not name %s first among the editions in force, without an end", f.Edition)
	}
	for _, e := range file.InForce[1:] {
		var said string
		if json.Unmarshal(e.Until, &said) != nil {
			continue
		}
		until, err := time.Parse("2006-01-02T15:04:05Z", said)
		if err != nil || !isEdition(e.ID) {
			continue
		}
		f.before = append(f.before, before{e.ID, until})
	}
	return f, nil
}

// Accepts reports whether an edition is in force at a moment.
func (f *InForce) Accepts(edition string, now time.Time) bool {
	return slices.Contains(f.Accepted(now), edition)
}

func (b *before) holds(now time.Time) bool { return now.Before(b.until) && b.until.Sub(now) <= grace }

// Accepted lists what is in force at a moment, the edition itself first; empty, never nil.
func (f *InForce) Accepted(now time.Time) []string {
	out := []string{}
	if f.Edition == "" {
		return out
	}
	out = append(out, f.Edition)
	for _, b := range f.before {
		if b.holds(now) {
			out = append(out, b.id)
		}
	}
	return out
}

// isEdition reports whether s is ed- and twelve hex digits in lower case.
func isEdition(s string) bool {
	hex, ok := strings.CutPrefix(s, "ed-")
	return ok && len(hex) == 12 && strings.Trim(hex, "0123456789abcdef") == ""
}

// confirmation is what a request says of the notice. Its zero value confirms nothing.
type confirmation struct {
	edition string // of the form, and ticked; else ""
	token   string
}

// confirmedBy reads the header's value. What it does not know, it does not pass over: it then confirms nothing.
func confirmedBy(header []string) confirmation {
	if len(header) != 1 {
		return confirmation{}
	}
	said := map[string]string{}
	for _, p := range strings.Split(header[0], ";") {
		name, value, _ := strings.Cut(strings.Trim(p, " \t"), "=")
		_, twice := said[name]
		switch {
		case twice || value == "":
			return confirmation{}
		case name == "edition", name == "read":
		case name == "token" && strings.Trim(value, base64url) == "":
		default:
			return confirmation{}
		}
		said[name] = value
	}
	return confirmed(said["edition"], said["read"] == "1", said["token"])
}

const base64url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

func confirmed(edition string, read bool, token string) confirmation {
	if !read || !isEdition(edition) {
		return confirmation{}
	}
	return confirmation{edition, token}
}

// Field is a field of a form, as it was typed.
type Field struct{ Name, Value string }

// confirmedIn reads the fields of a form.
func confirmedIn(fields []Field) confirmation {
	said := map[string]string{}
	for _, f := range fields {
		switch f.Name {
		case FieldEdition, FieldRead, FieldToken:
			if was, ok := said[f.Name]; ok && was != f.Value {
				return confirmation{}
			}
			said[f.Name] = f.Value
		}
	}
	return confirmed(said[FieldEdition], said[FieldRead] == "yes", said[FieldToken])
}
