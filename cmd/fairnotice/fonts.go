package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"fairnotice/render/print"
)

// fonts is the typefaces of this machine. Files are read one after the other until a character is found, and each once.
type fonts struct {
	files []string
	faces []*print.Face
}

// fontFolders are the places in which a system keeps its typefaces.
func fontFolders() []string {
	home, _ := os.UserHomeDir()
	switch runtime.GOOS {
	case "windows":
		return []string{filepath.Join(os.Getenv("WINDIR"), "Fonts"), filepath.Join(os.Getenv("LocalAppData"), `Microsoft\Windows\Fonts`)}
	case "darwin":
		return []string{"/System/Library/Fonts", "/Library/Fonts", filepath.Join(home, "Library/Fonts"), "/System/Library/AssetsV2"}
	}
	out := []string{filepath.Join(home, ".fonts"), filepath.Join(home, ".local/share/fonts")}
	shared := os.Getenv("XDG_DATA_DIRS")
	if shared == "" {
		shared = "/usr/local/share:/usr/share"
	}
	for _, dir := range filepath.SplitList(shared) {
		out = append(out, filepath.Join(dir, "fonts"))
	}
	return out
}

// openFonts lists the files of typefaces of some folders.
func openFonts(folders []string) *fonts {
	f := &fonts{}
	for _, dir := range folders {
		_ = filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return nil // what cannot be read is not there
			}
			switch strings.ToLower(filepath.Ext(path)) {
			case ".ttf", ".otf", ".ttc", ".otc":
				// A typeface of last resort has a box for every character.
				if !strings.Contains(strings.ToLower(e.Name()), "lastresort") && !strings.Contains(strings.ToLower(e.Name()), "adobeblank") {
					f.files = append(f.files, path)
				}
			}
			return nil
		})
	}
	return f
}

// Has says that a typeface of this machine has a glyph for a character.
func (f *fonts) Has(r rune) bool {
	for _, face := range f.faces {
		if face.Has(r) {
			return true
		}
	}
	for len(f.files) > 0 {
		faces := readFont(f.files[0])
		f.files, f.faces = f.files[1:], append(f.faces, faces...)
		for _, face := range faces {
			if face.Has(r) {
				return true
			}
		}
	}
	return false
}

func readFont(path string) []*print.Face {
	file, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer file.Close()
	faces, _ := print.ReadFaces(file) // a file that is damaged has no glyphs
	return faces
}
