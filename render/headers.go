package render

import (
	"bytes"
	"html"
	"path"
	"strings"
)

// Headers gives the headers with which a public file of an edition is sent, in a fixed order, Content-Type first: by web.Handler, and by
// the servers whose configuration an edition brings along. name is the file's path below public/; body is its bytes, as a page says its
// own policy. They are the same for every reader. None of them is about the transport: no length, no encoding, no date, and no ETag or
// Last-Modified, which a browser would send back, and keep.
//
// Sources: the headers of SecureDrop's and GlobaLeaks' public pages, and the sites' own rule that a visit is nobody's business:
//
//	Cache-Control            nothing is kept on a shared device, and no proxy writes into the page
//	Content-Security-Policy  the page's own, and nobody puts it into a frame
//	Cross-Origin-*           no page of others can hold, load or measure it
//	Permissions-Policy       no device, no sensor, no advertising interface
//	Referrer-Policy          a link away does not say where it was
//	Clear-Site-Data          on the page that leaving leads to, alone: the browser forgets what it kept of this site, its log-in too
func Headers(name string, body []byte) [][2]string {
	h := [][2]string{
		{"Content-Type", contentType(name)},
		{"Cache-Control", "no-store, no-transform"},
		{"Content-Security-Policy", policyOf(name, body)},
		{"Cross-Origin-Embedder-Policy", "require-corp"},
		{"Cross-Origin-Opener-Policy", "same-origin"},
		{"Cross-Origin-Resource-Policy", "same-origin"},
		{"Permissions-Policy", permissions},
		{"Referrer-Policy", "no-referrer"},
		{"X-Content-Type-Options", "nosniff"},
	}
	if name == leavePage {
		h = append(h, [2]string{"Clear-Site-Data", `"cache", "cookies", "storage"`})
	}
	return h
}

// leavePage is where "leave this page" leads.
const leavePage = "leave.html"

// contentType goes by the ending of the name and by nothing else: the tables of a system differ from machine to machine.
func contentType(name string) string {
	if t, ok := contentTypes[strings.ToLower(path.Ext(name))]; ok {
		return t
	}
	return "application/octet-stream"
}

var contentTypes = map[string]string{
	".html": "text/html; charset=utf-8",
	".txt":  "text/plain; charset=utf-8",
	".md":   "text/markdown; charset=utf-8",
	".css":  "text/css; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".json": "application/json",
	".svg":  "image/svg+xml",
	".png":  "image/png",
	".ico":  "image/x-icon",
	".pdf":  "application/pdf",
	".zip":  "application/zip",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}

// noFrame stands at the end of every policy. A page cannot say it by itself: browsers take it from the header alone.
const noFrame = "; frame-ancestors 'none'"

// policyOf is the policy that a page carries in its head, which knows the hash of its style sheet and of its script if it has one. What
// is no page, or says none, may load nothing.
func policyOf(name string, body []byte) string {
	const none = "default-src 'none'; base-uri 'none'; form-action 'none'"
	if path.Ext(name) != ".html" {
		return "default-src 'none'" + noFrame
	}
	head, _, _ := bytes.Cut(body, []byte("<title>"))
	_, rest, ok := bytes.Cut(head, []byte(`<meta http-equiv="Content-Security-Policy" content="`))
	if !ok {
		return none + noFrame
	}
	said, _, ok := bytes.Cut(rest, []byte(`"`))
	policy := html.UnescapeString(string(said))
	if !ok || !strings.HasPrefix(policy, "default-src 'none';") || strings.ContainsFunc(policy, func(r rune) bool { return r < ' ' || r > '~' }) {
		return none + noFrame
	}
	return policy + noFrame
}

// permissions refuses everything that a page could ask a device for, and what browsers offer to advertisers.
var permissions = strings.Join([]string{
	"accelerometer=()", "attribution-reporting=()", "autoplay=()", "bluetooth=()", "browsing-topics=()", "camera=()", "clipboard-read=()",
	"clipboard-write=()", "compute-pressure=()", "display-capture=()", "encrypted-media=()", "fullscreen=()", "gamepad=()", "geolocation=()",
	"gyroscope=()", "hid=()", "identity-credentials-get=()", "idle-detection=()", "join-ad-interest-group=()", "local-fonts=()",
	"magnetometer=()", "microphone=()", "midi=()", "otp-credentials=()", "payment=()", "picture-in-picture=()", "publickey-credentials-get=()",
	"run-ad-auction=()", "screen-wake-lock=()", "serial=()", "storage-access=()", "usb=()", "web-share=()", "window-management=()",
	"xr-spatial-tracking=()",
}, ", ")
