package render

import (
	"bytes"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"path"
	"strings"

	"fairnotice/locales"
	"fairnotice/notices/source"
)

// ManifestName is the path of the manifest of an edition, which is written last.
const ManifestName = "manifest.json"

// ManifestFormat is the format that a manifest names.
const ManifestFormat = "fairnotice-manifest/v1"

// Manifest says what an edition is made of. The hashes of its files are for transport and are in no digest.
type Manifest struct {
	Format    string             `json:"format"`
	Program   source.ID          `json:"program"`
	Published bool               `json:"published,omitempty"` // that it went out; one that was only built is a draft
	Edition   EditionMark        `json:"edition"`
	Texts     []TextLine         `json:"texts"`
	Languages []ManifestLanguage `json:"languages"`
	Closed    []ManifestClosed   `json:"closed,omitempty"` // languages of the program that the edition is not in
	Files     []ManifestFile     `json:"files"`
}

// ManifestClosed is a language in which the program cannot be shown: how many of its sentences are not translated, and how many were
// translated from words that have changed since; or one that was held back when the edition was published, and why: whole sentences for
// the staff, which no reader sees.
type ManifestClosed struct {
	Language string   `json:"language"`
	Missing  int      `json:"missing"`
	Stale    int      `json:"stale"`
	Held     []string `json:"held,omitempty"`
}

// EditionMark names an edition. Until is only in edition.json, on an edition that was replaced by a better one or one that only says the
// same in other words: the moment (RFC 3339, UTC) before which somebody who confirmed its words may still go on under them. It is at most
// 48 hours after the edition was replaced.
type EditionMark struct {
	Number int        `json:"number"`
	AsOf   source.Day `json:"as_of"`
	Digest string     `json:"digest"`
	ID     string     `json:"id"`
	Until  string     `json:"until,omitempty"`
}

// EditionFile is public/edition.json: which edition this is, which are in force, and the digest of each of its texts. The first of
// InForce is the edition itself; it alone has no Until.
type EditionFile struct {
	Program source.ID     `json:"program"`
	Edition EditionMark   `json:"edition"`
	InForce []EditionMark `json:"in_force"`
	Texts   []TextLine    `json:"texts"`
}

// EditionName is the path of an EditionFile in an edition.
const EditionName = "public/edition.json"

// ManifestLanguage says of a language who has reviewed its words.
type ManifestLanguage struct {
	Language    string              `json:"language"`
	Direction   string              `json:"direction"`
	Translation locales.Translation `json:"translation"`
}

// ManifestFile is one file of the edition.
type ManifestFile struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
	Bytes  int    `json:"bytes"`
	// Integrity is, of a script, the value of the attribute that lets a browser run it only if no byte was changed (W3C Subresource
	// Integrity): sha384- and base64. Other files have none.
	Integrity string `json:"integrity,omitempty"`
}

// Holds says whether b is what the manifest says of the file.
func (f ManifestFile) Holds(b []byte) bool { return len(b) == f.Bytes && sum(b) == "sha256:"+f.SHA256 }

func integrity(f File) string {
	if path.Ext(f.Path) != ".js" {
		return ""
	}
	h := sha512.Sum384(f.Bytes)
	return "sha384-" + base64.StdEncoding.EncodeToString(h[:])
}

// ReadManifest reads a manifest that an earlier build wrote. It refuses what is not one.
func ReadManifest(b []byte) (*Manifest, error) {
	var m Manifest
	if err := json.Unmarshal(b, &m); err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", ManifestName, err)
	}
	if m.Format != ManifestFormat {
		return nil, fmt.Errorf("%s is not of the format %s", ManifestName, ManifestFormat)
	}
	return &m, nil
}

// Plan says what must be written, in this order, and what must then be removed, so that a folder holds exactly the edition. old is
// the manifest that the folder has, or nil; have gives the SHA-256 in hex digits of a file in it. A file that is there already is
// not written; only files that the old manifest names are removed, and none by a path that leads out of the folder. A manifest
// that cannot be read, or is of another program, names nothing: ask ReadManifest before.
func Plan(old []byte, have func(path string) (sha256 string, ok bool), e *Edition) (write []File, remove []string) {
	keep := make(map[string]bool, len(e.Files))
	for _, f := range e.Files {
		keep[f.Path] = true
		if got, ok := have(f.Path); !ok || "sha256:"+got != sum(f.Bytes) {
			write = append(write, f)
		}
	}
	if len(old) == 0 {
		return write, nil
	}
	m, err := ReadManifest(old)
	if err != nil || m.Program != e.Program {
		return write, nil
	}
	for _, f := range m.Files {
		if keep[f.Path] || !local(f.Path) {
			continue
		}
		keep[f.Path] = true
		if _, ok := have(f.Path); ok {
			remove = append(remove, f.Path)
		}
	}
	return write, remove
}

// local says that p is a clean path below the folder, on every system.
func local(p string) bool {
	return p != "" && p != "." && path.Clean(p) == p && p[0] != '/' && p != ".." && !strings.HasPrefix(p, "../") && !strings.ContainsAny(p, "\\:\x00")
}

func manifestBytes(m *Manifest) ([]byte, error) {
	var b bytes.Buffer
	err := writeJSON(&b, m)
	return b.Bytes(), err
}
