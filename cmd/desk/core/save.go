package core

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"

	"fairnotice/notices"
)

// FileText is the answer of `file`: the program file as it stands.
type FileText struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

func (d *Desk) fileText() (FileText, error) {
	b, err := d.text()
	return FileText{d.name, string(b)}, err
}

// Saved is the answer of `save`: what is to be put down, and the state after that.
type Saved struct {
	State *State   `json:"state"`
	Files []Blob   `json:"files"` // one: the program file alone, or a zip of its folder
	Says  []string `json:"says"`
}

// save gives what somebody downloads: the program file alone where nothing else changed, else its folder as a zip. The program file as it was
// opened goes along in the zip, as x/kept/<first letters of its hash>.yaml.
func (d *Desk) save() (*Saved, error) {
	out := &Saved{}
	if name := d.answers(); name != "" {
		d.kept()
		out.Files = []Blob{{Name: name, Bytes: d.files[name]}}
		out.Says = []string{fmt.Sprintf("Your browser puts %q with your downloads. Open it here to go on with the questions.", name)}
		var err error
		out.State, err = d.state()
		return out, err
	}
	text, err := d.text()
	if err != nil {
		return nil, err
	}
	if len(d.files) == 1 {
		out.Files = []Blob{{Name: d.name, Bytes: text}}
		out.Says = []string{fmt.Sprintf("Your browser puts %q with your downloads. Put it where your file is.", d.name)}
	} else {
		b, err := zipped(d.folderFiles())
		if err != nil {
			return nil, err
		}
		name := path.Base(notices.Beside(d.name)) + ".zip"
		out.Files = []Blob{{Name: name, Bytes: b}}
		out.Says = []string{fmt.Sprintf("Your browser puts %q with your downloads. It holds your file, and what belongs to it.", name), "The file as you opened it is in it, too, in the folder kept."}
	}
	d.kept()
	out.State, err = d.state()
	return out, err
}

// folderFiles is the folder with the file as it was opened.
func (d *Desk) folderFiles() map[string][]byte {
	all := map[string][]byte{}
	for name, b := range d.files {
		all[name] = b
	}
	if old, ok := d.first[d.name]; ok && !bytes.Equal(old, d.files[d.name]) {
		sum := sha256.Sum256(old)
		all[d.beside("kept/"+hex.EncodeToString(sum[:4])+path.Ext(d.name))] = old
	}
	return all
}

// zipped packs files. The same files give the same bytes.
func zipped(files map[string][]byte) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range sortedKeys(files) {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(files[name])
		}
		if err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
