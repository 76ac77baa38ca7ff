// Package put copies the public files of an edition into a bucket.
//
// # The order
//
// It is the same for any object store, and for any network of caches in front of one:
//
//  1. what is no page: a page that is read before its parts are there would miss them
//  2. the pages that are in one language, then those in all of them, index.html at the end
//  3. edition.json: whoever reads it finds all that it speaks of
//  4. what the edition before had and this one has not is removed
//
// A portal asks edition.json which edition is in force. Between 2 and 3 a reader can see the new page while the old edition is in force; the
// portal then shows the notice again. The other way round it would take for confirmed what nobody could have read.
//
// # What it touches
//
// Each object that it puts there carries the program's id and the hash of its bytes. It replaces and removes nothing that does not carry
// that id. Files that are there as they should be are not sent again; so a copy that was stopped is finished by copying again.
package put

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"gocloud.dev/blob"
	"gocloud.dev/gcerrors"

	"fairnotice/render"
)

// CacheControl is what browsers are told about keeping a page, unless Options say otherwise: nothing is kept on a shared device.
const CacheControl = "no-store, no-transform"

// The names of what an object carries. Clouds allow few signs in them.
const (
	markProgram = "fairnoticeprogram"
	markHash    = "fairnoticesha256"
)

const editionName = "edition.json"

// Options of a copy.
type Options struct {
	Plain        bool   // pages are not packed
	CacheControl string // "" stands for CacheControl
}

// Edition is the public files of an edition as they will lie in a bucket, in their order.
type Edition struct {
	program string
	objects []object
}

type object struct {
	key                        string
	rank                       int
	body                       []byte
	content, encoding, caching string
	hash                       string
}

// Read reads the folder that build made. It refuses one whose files are not as its manifest says.
func Read(folder fs.FS, o Options) (*Edition, error) {
	raw, err := fs.ReadFile(folder, render.ManifestName)
	if err != nil {
		return nil, err
	}
	m, err := render.ReadManifest(raw)
	if err != nil {
		return nil, err
	}
	if o.CacheControl == "" {
		o.CacheControl = CacheControl
	}
	e := &Edition{program: string(m.Program)}
	for _, f := range m.Files {
		key, ok := strings.CutPrefix(f.Path, "public/")
		if !ok {
			continue
		}
		body, err := fs.ReadFile(folder, f.Path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("%s is missing", f.Path)
		}
		if err != nil {
			return nil, err
		}
		if !f.Holds(body) {
			return nil, fmt.Errorf("%s is not as the manifest says", f.Path)
		}
		obj := object{key: key, rank: rank(key), body: body, content: render.Headers(key, body)[0][1], caching: o.CacheControl}
		if path.Ext(key) == ".html" && !o.Plain {
			// Guards of any kind read edition.json, and not every library unpacks by itself; browsers do.
			if obj.body, err = packed(body); err != nil {
				return nil, err
			}
			obj.encoding = "gzip"
		}
		sum := sha256.Sum256(obj.body)
		obj.hash = hex.EncodeToString(sum[:])
		e.objects = append(e.objects, obj)
	}
	slices.SortFunc(e.objects, func(a, b object) int {
		if a.rank != b.rank {
			return a.rank - b.rank
		}
		return strings.Compare(a.key, b.key)
	})
	if n := len(e.objects); n == 0 || e.objects[n-1].key != editionName {
		return nil, fmt.Errorf("it has no public/%s", editionName)
	}
	return e, nil
}

// rank is the order of the package's comment. Objects of one rank are put side by side.
func rank(key string) int {
	switch {
	case key == editionName:
		return 4
	case key == "index.html":
		return 3
	case path.Ext(key) != ".html":
		return 0
	case strings.Contains(key, "/"):
		return 1
	}
	return 2
}

func packed(body []byte) ([]byte, error) {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(body); err != nil {
		return nil, err
	}
	err = z.Close()
	return b.Bytes(), err
}

// Plan is what has to be done so that a bucket holds exactly an edition.
type Plan struct {
	bucket  *blob.Bucket
	program string
	write   []object
	remove  []string
	same    int
}

// atOnce is how many requests to a cloud are under way at a time.
const atOnce = 8

// Plan looks at a bucket. It refuses one in which something of somebody else, or of another program, stands at the place of a file.
func (e *Edition) Plan(ctx context.Context, b *blob.Bucket) (*Plan, error) {
	var keys []string
	for list := b.List(nil); ; {
		o, err := list.Next(ctx)
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("the bucket cannot be read: %w", err)
		}
		keys = append(keys, o.Key)
	}
	p := &Plan{bucket: b, program: e.program}
	there := make([]*blob.Attributes, len(keys))
	err := side(len(keys), func(i int) (err error) {
		if there[i], err = b.Attributes(ctx, keys[i]); gcerrors.Code(err) == gcerrors.NotFound {
			return nil // removed since
		} else if err != nil {
			return fmt.Errorf("%s cannot be looked at: %w", keys[i], err)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	has := map[string]*blob.Attributes{}
	for i, a := range there {
		if a != nil {
			has[keys[i]] = a
		}
	}
	wanted := map[string]bool{}
	for _, o := range e.objects {
		wanted[o.key] = true
		a := has[o.key]
		switch {
		case a != nil && a.Metadata[markProgram] == "":
			return nil, fmt.Errorf("the bucket holds a %s that is not ours; choose another bucket, or a part of this one with ?prefix=", o.key)
		case a != nil && a.Metadata[markProgram] != e.program:
			return nil, fmt.Errorf("the bucket holds the notices of another program, %q; choose another bucket, or a part of this one with ?prefix=", a.Metadata[markProgram])
		case a != nil && a.Metadata[markHash] == o.hash && a.Size == int64(len(o.body)) && a.ContentType == o.content && a.ContentEncoding == o.encoding && a.CacheControl == o.caching:
			p.same++
		default:
			p.write = append(p.write, o)
		}
	}
	for _, key := range keys {
		if a := has[key]; a != nil && !wanted[key] && a.Metadata[markProgram] == e.program {
			p.remove = append(p.remove, key)
		}
	}
	return p, nil
}

// Do carries the plan out. After an error a new plan has what is left to do.
func (p *Plan) Do(ctx context.Context) error {
	for rest := p.write; len(rest) > 0; {
		n := 1
		for n < len(rest) && rest[n].rank == rest[0].rank {
			n++
		}
		now := rest[:n]
		rest = rest[n:]
		err := side(n, func(i int) error {
			o := now[i]
			if err := p.writeOne(ctx, o); err != nil {
				return fmt.Errorf("%s cannot be written: %w", o.key, err)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return side(len(p.remove), func(i int) error {
		if err := p.bucket.Delete(ctx, p.remove[i]); err != nil && gcerrors.Code(err) != gcerrors.NotFound {
			return fmt.Errorf("%s cannot be removed: %w", p.remove[i], err)
		}
		return nil
	})
}

// writeOne puts one object whole, or not at all. (WriteAll of the library closes a writer after a failed write without giving the object
// up, and half of a page could stand there.)
func (p *Plan) writeOne(ctx context.Context, o object) error {
	ctx, giveUp := context.WithCancel(ctx)
	defer giveUp()
	sum := md5.Sum(o.body)
	w, err := p.bucket.NewWriter(ctx, o.key, &blob.WriterOptions{ContentType: o.content, ContentEncoding: o.encoding, CacheControl: o.caching,
		ContentMD5: sum[:], DisableContentTypeDetection: true, Metadata: map[string]string{markProgram: p.program, markHash: o.hash}})
	if err != nil {
		return err
	}
	if _, err := w.Write(o.body); err != nil {
		giveUp()
		w.Close()
		return err
	}
	return w.Close()
}

// String lists what would be done, in its order, a line for each file.
func (p *Plan) String() string {
	var b strings.Builder
	for _, o := range p.write {
		fmt.Fprintf(&b, "write  %s  %d bytes, %s\n", o.key, len(o.body), o.content)
	}
	for _, key := range p.remove {
		fmt.Fprintf(&b, "remove %s\n", key)
	}
	return b.String() + p.Sum() + "\n"
}

// Sum says how much there is to do, or was.
func (p *Plan) Sum() string {
	size := 0
	for _, o := range p.write {
		size += len(o.body)
	}
	return fmt.Sprintf("%d to write (%d bytes), %d as they should be, %d to remove", len(p.write), size, p.same, len(p.remove))
}

// side calls do for 0 to n-1, a few at a time, and gives the first error; after one, no more are begun.
func side(n int, do func(int) error) error {
	var (
		wg    sync.WaitGroup
		mu    sync.Mutex
		next  int
		first error
	)
	for range min(atOnce, n) {
		wg.Go(func() {
			for {
				mu.Lock()
				i := next
				next++
				stop := first != nil || i >= n
				mu.Unlock()
				if stop {
					return
				}
				if err := do(i); err != nil {
					mu.Lock()
					if first == nil {
						first = err
					}
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	return first
}
