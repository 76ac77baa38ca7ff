// Command fsck lets another program judge our ledgers: it writes ledgers of many sizes with notices/ledger, and the fsck of
// transparency.dev's Tessera, which shares no code with it, has to find each of them whole.
//
//	go run . 100
//
// It is a module of its own, so that what Tessera brings along is in nothing else.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"github.com/transparency-dev/merkle/rfc6962"
	"github.com/transparency-dev/tessera/api"
	"github.com/transparency-dev/tessera/client"
	judge "github.com/transparency-dev/tessera/fsck"
	"golang.org/x/mod/sumdb/note"
	"k8s.io/klog/v2"

	"fairnotice/notices/ledger"
	"fairnotice/notices/source"
)

const origin = "notices.example.org/city"

func main() {
	klog.LogToStderr(false)
	klog.SetOutput(io.Discard) // it says what it does; we say what came of it
	n := 100
	if len(os.Args) > 1 {
		var err error
		if n, err = strconv.Atoi(os.Args[1]); err != nil || n < 1 {
			fmt.Fprintln(os.Stderr, "fsck: how many sizes? go run . 100")
			os.Exit(2)
		}
	}
	if err := run(n); err != nil {
		fmt.Fprintln(os.Stderr, "fsck:", err)
		os.Exit(1)
	}
}

// sizes are n sizes of a ledger: around each edge of a bundle, and in between, up to some thousand lines.
func sizes(n int) []int {
	var out []int
	for _, s := range []int{1, 2, 3, 255, 256, 257, 511, 512, 513, 1000} {
		out = append(out, s)
	}
	for s := 4; len(out) < n; s += 37 {
		out = append(out, s)
	}
	return out[:n]
}

func run(n int) error {
	work, err := os.MkdirTemp("", "fsck")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	secret, public, err := note.GenerateKey(zeros{}, origin)
	if err != nil {
		return err
	}
	signer, err := note.NewSigner(secret)
	if err != nil {
		return err
	}
	verifier, err := note.NewVerifier(public)
	if err != nil {
		return err
	}
	for _, size := range sizes(n) {
		dir := filepath.Join(work, strconv.Itoa(size))
		if err := write(dir, size, signer, verifier); err != nil {
			return fmt.Errorf("a ledger of %d lines: %w", size, err)
		}
		if err := check(dir, verifier); err != nil {
			return fmt.Errorf("a ledger of %d lines: Tessera says: %w", size, err)
		}
		os.RemoveAll(dir)
	}
	// A judge that passes everything would be none.
	dir := filepath.Join(work, "damaged")
	if err := write(dir, 300, signer, verifier); err != nil {
		return err
	}
	for _, name := range []string{"tile/entries/000", "tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1", "checkpoint"} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		whole, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		bad := append([]byte(nil), whole...)
		bad[len(bad)/2] ^= 1
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			return err
		}
		if check(dir, verifier) == nil {
			return errors.New("Tessera does not notice that " + name + " was changed")
		}
		if err := os.WriteFile(path, whole, 0o600); err != nil {
			return err
		}
	}
	if err := check(dir, verifier); err != nil {
		return err
	}
	fmt.Printf("fsck: Tessera v1.0.4 finds ledgers of %d sizes whole, and sees each of 5 damages\n", n)
	return nil
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// write makes a ledger: all but seven of its lines at once, the others one by one.
func write(dir string, size int, s note.Signer, v note.Verifier) error {
	if err := ledger.Create(dir, origin, s); err != nil {
		return err
	}
	l, err := ledger.Open(dir, s, v)
	if err != nil {
		return err
	}
	edition := []byte("fairnotice-edition/v1\n")
	var entries []ledger.Entry
	for n := range size {
		entries = append(entries, ledger.Entry{Program: "city-rent-aid", Number: n + 1, Digest: ledger.Hash(edition), From: source.NewDay(2026, 1, 1) + source.Day(n)})
	}
	if first := max(0, size-7); first > 0 {
		if _, err := l.Publish([][]byte{edition}, entries[:first]...); err != nil {
			return err
		}
		entries = entries[first:]
	}
	for _, e := range entries {
		if _, err := l.Publish([][]byte{edition}, e); err != nil {
			return err
		}
	}
	return nil
}

// check lets Tessera judge a ledger from its public files.
func check(dir string, v note.Verifier) error {
	return judge.New(origin, v, client.FileFetcher{Root: dir}, hashes, judge.Opts{N: 2}).Check(context.Background())
}

// hashes gives the hashes of the lines of a bundle, as Tessera reads it.
func hashes(bundle []byte) ([][]byte, error) {
	var b api.EntryBundle
	if err := b.UnmarshalText(bundle); err != nil {
		return nil, err
	}
	var out [][]byte
	for _, e := range b.Entries {
		out = append(out, rfc6962.DefaultHasher.HashLeaf(e))
	}
	return out, nil
}
