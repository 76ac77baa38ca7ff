package put

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"gocloud.dev/blob"
	"gocloud.dev/blob/driver"
	"gocloud.dev/blob/fileblob"
	"gocloud.dev/blob/memblob"
	"gocloud.dev/gcerrors"

	"fairnotice/render"
)

// folder is an edition as build leaves it.
func folder(program string, number int, public map[string]string) fstest.MapFS {
	out := fstest.MapFS{"office/en/before.txt": {Data: []byte("for the office")}}
	m := render.Manifest{Format: render.ManifestFormat, Edition: render.EditionMark{Number: number}}
	_ = json.Unmarshal([]byte(`"`+program+`"`), &m.Program)
	for name, text := range public {
		out["public/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	for _, path := range slices.Sorted(maps.Keys(out)) {
		sum := sha256.Sum256(out[path].Data)
		m.Files = append(m.Files, render.ManifestFile{Path: path, SHA256: hex.EncodeToString(sum[:]), Bytes: len(out[path].Data)})
	}
	raw, err := json.Marshal(m)
	if err != nil {
		panic(err)
	}
	out[render.ManifestName] = &fstest.MapFile{Data: raw}
	return out
}

var (
	older = folder("citykey", 1, map[string]string{"index.html": "one", "at-upload.html": "keys", "es/before.html": "uno", "so/before.html": "mid", "edition.json": "1", "element-1.js": "js", "receipt/w1.txt": "w1"})
	newer = folder("citykey", 2, map[string]string{"index.html": "two", "at-upload.html": "keys", "es/before.html": "dos", "ar/before.html": "اثنان", "edition.json": "2", "element-2.js": "js 2", "leave.html": "."})
)

func read(t *testing.T, f fs.FS, o Options) *Edition {
	t.Helper()
	e, err := Read(f, o)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func copyAll(t *testing.T, b *blob.Bucket, f fs.FS, o Options) *Plan {
	t.Helper()
	p, err := read(t, f, o).Plan(t.Context(), b)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Do(t.Context()); err != nil {
		t.Fatal(err)
	}
	return p
}

// holds says what of an edition a bucket holds: "" if it is all there, exactly, and nothing else of ours.
func holds(t *testing.T, b *blob.Bucket, e *Edition) string {
	t.Helper()
	wrong := []string{}
	want := map[string]bool{}
	for _, o := range e.objects {
		want[o.key] = true
		a, err := b.Attributes(context.Background(), o.key)
		if err != nil {
			wrong = append(wrong, o.key+": "+err.Error())
			continue
		}
		got, err := b.ReadAll(context.Background(), o.key)
		if err != nil || !bytes.Equal(got, o.body) {
			wrong = append(wrong, o.key+" has other bytes")
		}
		if a.ContentType != o.content || a.ContentEncoding != o.encoding || a.CacheControl != o.caching {
			wrong = append(wrong, fmt.Sprintf("%s is %q, %q, %q", o.key, a.ContentType, a.ContentEncoding, a.CacheControl))
		}
	}
	for list := b.List(nil); ; {
		o, err := list.Next(context.Background())
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if !want[o.Key] {
			wrong = append(wrong, o.Key+" is too much")
		}
	}
	return strings.Join(wrong, "; ")
}

// TestPut copies one edition and then another, into a bucket in memory and into a folder.
func TestPut(t *testing.T) {
	inFolder, err := fileblob.OpenBucket(t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string]*blob.Bucket{"memory": memblob.OpenBucket(nil), "folder": inFolder, "part": blob.PrefixedBucket(memblob.OpenBucket(nil), "notices/")} {
		for _, o := range []Options{{}, {Plain: true, CacheControl: "public, max-age=60"}} {
			t.Run(fmt.Sprint(name, o), func(t *testing.T) {
				copyAll(t, b, older, o)
				if w := holds(t, b, read(t, older, o)); w != "" {
					t.Error(w)
				}
				if p := copyAll(t, b, older, o); len(p.write)+len(p.remove) != 0 || p.same != 7 {
					t.Errorf("the same again: %s", p)
				}
				p := copyAll(t, b, newer, o)
				if w := holds(t, b, read(t, newer, o)); w != "" {
					t.Error(w)
				}
				if p.same != 1 || len(p.write) != 6 || len(p.remove) != 3 {
					t.Errorf("from one edition to the next: %s", p)
				}
			})
		}
		b.Close()
	}
}

// TestHeaders: pages are packed, what programs read is not; each has its type.
func TestHeaders(t *testing.T) {
	for _, o := range read(t, newer, Options{}).objects {
		want := map[string][2]string{
			"index.html": {"text/html; charset=utf-8", "gzip"}, "at-upload.html": {"text/html; charset=utf-8", "gzip"}, "es/before.html": {"text/html; charset=utf-8", "gzip"},
			"ar/before.html": {"text/html; charset=utf-8", "gzip"}, "leave.html": {"text/html; charset=utf-8", "gzip"},
			"edition.json": {"application/json", ""}, "element-2.js": {"text/javascript; charset=utf-8", ""},
		}[o.key]
		if o.content != want[0] || o.encoding != want[1] || o.caching != "no-store, no-transform" {
			t.Errorf("%s: %q, %q, %q", o.key, o.content, o.encoding, o.caching)
		}
		plain := newer["public/"+o.key].Data
		if o.encoding == "gzip" {
			z, err := gzip.NewReader(bytes.NewReader(o.body))
			if err != nil {
				t.Fatal(err)
			}
			if got, err := io.ReadAll(z); err != nil || !bytes.Equal(got, plain) {
				t.Errorf("%s: %q, %v", o.key, got, err)
			}
		} else if !bytes.Equal(o.body, plain) {
			t.Errorf("%s: %q", o.key, o.body)
		}
	}
}

// TestOrder: what the package's comment says.
func TestOrder(t *testing.T) {
	var got []string
	for _, o := range read(t, newer, Options{}).objects {
		got = append(got, o.key)
	}
	if want := "element-2.js ar/before.html es/before.html at-upload.html leave.html index.html edition.json"; strings.Join(got, " ") != want {
		t.Errorf("%s\nwant\n%s", strings.Join(got, " "), want)
	}
}

// TestFolderThatIsNotWhole is refused, and the file named.
func TestFolderThatIsNotWhole(t *testing.T) {
	for what, change := range map[string]func(fstest.MapFS){
		"public/index.html is not as the manifest says": func(f fstest.MapFS) { f["public/index.html"] = &fstest.MapFile{Data: []byte("bad")} },
		"public/es/before.html is missing":              func(f fstest.MapFS) { delete(f, "public/es/before.html") },
		"manifest.json":                                 func(f fstest.MapFS) { delete(f, "manifest.json") },
		"cannot be read":                                func(f fstest.MapFS) { f["manifest.json"] = &fstest.MapFile{Data: []byte("{")} },
		"it has no public/edition.json":                 func(f fstest.MapFS) { maps.Copy(f, folder("citykey", 1, map[string]string{"index.html": "one"})) },
	} {
		f := maps.Clone(older)
		change(f)
		if _, err := Read(f, Options{}); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("%v, want %s", err, what)
		}
	}
}

// TestForeign: what somebody else put into the bucket is neither replaced nor removed.
func TestForeign(t *testing.T) {
	ctx := t.Context()
	b := memblob.OpenBucket(nil)
	defer b.Close()
	if err := b.WriteAll(ctx, "somebody/else.txt", []byte("x"), nil); err != nil {
		t.Fatal(err)
	}
	copyAll(t, b, older, Options{})
	copyAll(t, b, newer, Options{})
	if ok, err := b.Exists(ctx, "somebody/else.txt"); !ok || err != nil {
		t.Error("somebody's file is gone", err)
	}
	if _, err := read(t, folder("pantry", 1, map[string]string{"index.html": "p", "edition.json": "p"}), Options{}).Plan(ctx, b); err == nil || !strings.Contains(err.Error(), `another program, "citykey"`) {
		t.Error(err)
	}
	if err := b.WriteAll(ctx, "index.html", []byte("theirs"), nil); err != nil {
		t.Fatal(err)
	}
	if _, err := read(t, newer, Options{}).Plan(ctx, b); err == nil || !strings.Contains(err.Error(), "index.html that is not ours") {
		t.Error(err)
	}
}

// TestFaults lets each operation of a copy fail, in each of three ways, and goes on as a person would: with the same command. Whenever
// the bucket holds an edition.json, all files are there that it speaks of; at the end it holds exactly the new edition.
func TestFaults(t *testing.T) {
	before, after := read(t, older, Options{}), read(t, newer, Options{})
	for _, from := range []*Edition{nil, before} {
		for _, way := range []string{"refused", "done all the same", "half"} {
			points := 0
			for at := 1; ; at++ {
				s := &store{objects: map[string]stored{}}
				b := blob.NewBucket(s)
				if from != nil {
					put(t, from, b)
				}
				s.check = func() {
					have, ok := s.objects[editionName]
					switch {
					case !ok && from != nil:
						t.Errorf("%s at %d: edition.json is gone", way, at)
					case !ok:
						return
					}
					of := after
					if string(have.body) != "2" {
						of = from
					}
					if of == nil {
						t.Errorf("%s at %d: edition.json is %q", way, at, have.body)
						return
					}
					for _, o := range of.objects {
						got, ok := s.objects[o.key]
						exact := ok && bytes.Equal(got.body, o.body)
						if of == from && ok && !exact { // the page of the new edition, under way
							exact = slices.ContainsFunc(after.objects, func(n object) bool { return n.key == o.key && bytes.Equal(n.body, got.body) })
						}
						if !exact {
							t.Errorf("%s at %d: edition.json %s is there, and not %s", way, at, have.body, o.key)
						}
					}
				}
				s.calls, s.failAt, s.way = 0, at, way
				err := try(t, after, b)
				if s.calls < at { // no operation was left to fail
					if err != nil {
						t.Fatal(err)
					}
					b.Close()
					break
				}
				points++
				if err == nil && way != "done all the same" && at <= len(after.objects) {
					t.Errorf("%s at %d: no error", way, at)
				}
				s.failAt = 0
				if err := try(t, after, b); err != nil {
					t.Fatalf("%s at %d, and again: %v", way, at, err)
				}
				if w := holds(t, b, after); w != "" {
					t.Fatalf("%s at %d, and again: %s", way, at, w)
				}
				b.Close()
			}
			if points < 2*len(after.objects) {
				t.Errorf("%s: only %d operations failed", way, points)
			}
			t.Logf("from %v, %s: %d operations", from != nil, way, points)
		}
	}
}

// TestFaultsAreSeen: if edition.json went first, TestFaults would see it.
func TestFaultsAreSeen(t *testing.T) {
	e := read(t, newer, Options{})
	for i := range e.objects {
		e.objects[i].rank = 1 // objects of one rank go side by side, in no order
		if e.objects[i].key == editionName {
			e.objects[i].rank = 0
		}
	}
	slices.SortFunc(e.objects, func(a, b object) int { return a.rank - b.rank })
	s := &store{objects: map[string]stored{}}
	early := false
	s.check = func() {
		_, ok := s.objects[editionName]
		_, all := s.objects["index.html"]
		early = early || ok && !all
	}
	b := blob.NewBucket(s)
	defer b.Close()
	if err := try(t, e, b); err != nil {
		t.Fatal(err)
	}
	if !early {
		t.Error("another order was not seen")
	}
}

func try(t *testing.T, e *Edition, b *blob.Bucket) error {
	p, err := e.Plan(t.Context(), b)
	if err != nil {
		return err
	}
	return p.Do(t.Context())
}

func put(t *testing.T, e *Edition, b *blob.Bucket) {
	t.Helper()
	if err := try(t, e, b); err != nil {
		t.Fatal(err)
	}
}

// store is a bucket in memory that fails when it is told to: at its nth operation, in one of three ways. After every operation check
// looks at it.
type store struct {
	mu      sync.Mutex
	objects map[string]stored
	check   func()
	calls   int
	failAt  int
	way     string
}

type stored struct {
	body []byte
	how  driver.Attributes
}

var errFault = errors.New("the line is dead")

// op is one operation: do does it.
func (s *store) op(do func(half bool)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls++
	fails := s.calls == s.failAt
	if !fails || s.way == "done all the same" {
		do(false)
	} else if s.way == "half" {
		do(true)
	}
	if s.check != nil {
		s.check()
	}
	if fails {
		return errFault
	}
	return nil
}

var errNone = errors.New("there is no such object")

func (s *store) ErrorCode(err error) gcerrors.ErrorCode {
	if errors.Is(err, errNone) {
		return gcerrors.NotFound
	}
	return gcerrors.Unknown
}
func (s *store) As(any) bool             { return false }
func (s *store) ErrorAs(error, any) bool { return false }
func (s *store) Close() error            { return nil }
func (s *store) Copy(context.Context, string, string, *driver.CopyOptions) error {
	return errors.ErrUnsupported
}
func (s *store) SignedURL(context.Context, string, *driver.SignedURLOptions) (string, error) {
	return "", errors.ErrUnsupported
}

func (s *store) Attributes(_ context.Context, key string) (*driver.Attributes, error) {
	var a *driver.Attributes
	err := s.op(func(bool) {
		if o, ok := s.objects[key]; ok {
			a = &o.how
		}
	})
	if err == nil && a == nil {
		err = errNone
	}
	return a, err
}

func (s *store) ListPaged(_ context.Context, o *driver.ListOptions) (*driver.ListPage, error) {
	page := new(driver.ListPage)
	err := s.op(func(bool) { // three on a page, so that there are pages
		keys := slices.Sorted(maps.Keys(s.objects))
		for _, k := range keys {
			if k <= string(o.PageToken) {
				continue
			}
			if len(page.Objects) == 3 {
				page.NextPageToken = []byte(page.Objects[2].Key)
				break
			}
			page.Objects = append(page.Objects, &driver.ListObject{Key: k, Size: int64(len(s.objects[k].body))})
		}
	})
	return page, err
}

func (s *store) Delete(_ context.Context, key string, _ *driver.DeleteOptions) error {
	found := false
	err := s.op(func(half bool) {
		if _, found = s.objects[key]; !half {
			delete(s.objects, key)
		}
	})
	if err == nil && !found {
		err = errNone
	}
	return err
}

// A reader is for the test alone, and is not an operation.
type reader struct {
	io.Reader
	a driver.ReaderAttributes
}

func (r *reader) Close() error                         { return nil }
func (r *reader) Attributes() *driver.ReaderAttributes { return &r.a }
func (r *reader) As(any) bool                          { return false }

func (s *store) NewRangeReader(_ context.Context, key string, _, _ int64, _ *driver.ReaderOptions) (driver.Reader, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	o, ok := s.objects[key]
	if !ok {
		return nil, errNone
	}
	return &reader{bytes.NewReader(o.body), driver.ReaderAttributes{ContentType: o.how.ContentType, Size: o.how.Size}}, nil
}

type upload struct {
	ctx context.Context
	s   *store
	key string
	how driver.Attributes
	b   bytes.Buffer
}

func (s *store) NewTypedWriter(ctx context.Context, key, content string, o *driver.WriterOptions) (driver.Writer, error) {
	u := &upload{ctx: ctx, s: s, key: key, how: driver.Attributes{ContentType: content, ContentEncoding: o.ContentEncoding, CacheControl: o.CacheControl, Metadata: o.Metadata}}
	return u, s.op(func(bool) {})
}

func (u *upload) Write(p []byte) (n int, err error) {
	err = u.s.op(func(half bool) {
		n = len(p)
		if half {
			n /= 2
		}
		u.b.Write(p[:n])
	})
	return n, err
}

// An object stands when it is whole: a store replaces the old by the new at the end, or not at all.
func (u *upload) Close() error {
	if err := u.ctx.Err(); err != nil {
		return err
	}
	return u.s.op(func(half bool) {
		if half {
			return
		}
		u.how.Size = int64(u.b.Len())
		u.s.objects[u.key] = stored{bytes.Clone(u.b.Bytes()), u.how}
	})
}

// TestAddress: the address of a folder, as it is typed, leads to fileblob.
func TestAddress(t *testing.T) {
	dir := t.TempDir()
	b, err := blob.OpenBucket(t.Context(), (&url.URL{Scheme: "file", Path: dir}).String())
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	copyAll(t, b, older, Options{Plain: true})
	if got, err := os.ReadFile(dir + "/es/before.html"); err != nil || string(got) != "uno" {
		t.Errorf("%q, %v", got, err)
	}
}
