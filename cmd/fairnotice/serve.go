package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log"
	"net"
	"net/http"
	"net/netip"
	"os"
	"os/signal"
	"path"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"fairnotice/render"
	"fairnotice/render/web"
)

const localAddress = "127.0.0.1:8080"

func newServe(w world) *cobra.Command {
	c := &cobra.Command{
		Use:   "serve DIR",
		Short: "an edition as a web site, from memory, without a log",
		Long: `Serves public/ of a folder that build made: only files that its manifest names, and only if each is as the manifest says. Everything is
sent from memory, the same bytes and headers to everybody. What a reader sends but the method and the path is not looked at. Nothing is
logged, counted or written to the disk, and ten seconds after a connection has ended or fallen silent nothing of it is in the memory that
this program manages (on Linux, macOS and the BSDs a crash leaves no image of it either). What the system, a proxy or a network in front of it keeps is theirs.

It answers this computer alone unless --addr says otherwise. It has no certificate: towards the internet, put a web server with one in front
of it. Or publish public/ on any web server: the files are the same.

When build puts a new edition into the folder, it is served within two seconds, and no request is lost. Until the new one is whole, the
one before is served. Ctrl and C ends it: answers that have begun are finished.`,
		Example: `  fairnotice serve site
  fairnotice serve site --addr 127.0.0.1:9000`,
		Args: func(c *cobra.Command, args []string) error {
			switch {
			case len(args) == 0:
				return mistyped("serve needs the folder of an edition: the one that was named after --out when it was built.", w.typed.and("site"))
			case len(args) > 1:
				return mistyped(fmt.Sprintf("serve takes one folder; %s is too much.", quoted(args[1])), "fairnotice serve "+shell(args[0]))
			}
			return nil
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return nil, cobra.ShellCompDirectiveFilterDirs
		},
	}
	addr := c.Flags().String("addr", localAddress, "the address to answer at: number and port")
	_ = c.RegisterFlagCompletionFunc("addr", cobra.FixedCompletions([]string{localAddress}, cobra.ShellCompDirectiveNoFileComp))
	c.RunE = func(c *cobra.Command, args []string) error {
		at, err := w.address(*addr)
		if err != nil {
			return err
		}
		if err := w.editionFolder(args[0]); err != nil {
			return err
		}
		if w.again != nil {
			// Set at the start or not at all: that freed memory is overwritten, and that a crash prints nothing.
			if code, err := w.again(); err != nil {
				return undone("The program could not start itself again with the settings that empty its memory. " + sentence(err.Error()))
			} else if code >= 0 {
				return &fault{code: code}
			}
			if err := closeMemory(); err != nil {
				return undone("The memory of the program could not be closed to others. " + sentence(err.Error()))
			}
		}
		if !at.Addr().IsLoopback() {
			speak(c.ErrOrStderr(), &fault{code: fine, says: fmt.Sprintf("Other computers can reach %s. Without a certificate everybody on the way sees which notice is read.", at),
				hints: []string{"Put a web server with a certificate in front of it, and see that it keeps no log."}})
		}
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
		defer stop()
		if !c.Flags().Changed("addr") {
			*addr = ""
		}
		s := &server{folder: args[0], typed: *addr, limits: usualLimits, say: func(says string) { fmt.Fprintln(c.OutOrStdout(), says) }, warn: func(err error) { speak(c.ErrOrStderr(), err) }}
		return s.run(ctx, w, at)
	}
	return c
}

// limits bound what one reader can take of the server. Those of time are also how long a request stays in its memory.
type limits struct {
	header, read, write, idle, stop time.Duration
	connections                     int
	tick                            time.Duration // how often the folder is looked at, and freed memory given back
}

// With these a request is out of memory ten seconds after its connection fell silent: five until the connection is closed, and three
// ticks, since net/http keeps its buffers for two collections, and the third overwrites them.
var usualLimits = limits{header: 5 * time.Second, read: 5 * time.Second, write: 30 * time.Second, idle: 5 * time.Second, stop: 5 * time.Second, connections: 4000, tick: time.Second}

// headerBytes is the most that the head of a request may have. net/http adds 4 KiB of its own to what it is given.
const headerBytes = 8<<10 - 4<<10

// server serves the edition of one folder.
type server struct {
	folder  string // as typed
	typed   string // after --addr, or ""
	limits  limits
	say     func(string)
	warn    func(error)
	handler *web.Handler
	seen    fs.FileInfo // of the manifest that was read last
	broken  int         // for how many ticks the folder has not been whole
}

// run serves until the context is done. Standard output hears of the beginning and of new editions; nothing hears of a request.
func (s *server) run(ctx context.Context, w world, at netip.AddrPort) error {
	m, site, err := s.load()
	if err != nil {
		return err
	}
	s.handler = web.NewHandler(site)
	debug.SetGCPercent(100) // a long run, unlike those of other verbs: collect often
	debug.FreeOSMemory()
	network := "tcp" // of all addresses, also those of four numbers
	if at.Addr().Is4() {
		network = "tcp4"
	}
	l, err := net.Listen(network, at.String())
	if err != nil {
		return w.noListener(s.typed, at, err)
	}
	h := &http.Server{
		Handler:                      s.handler,
		ConnContext:                  func(ctx context.Context, c net.Conn) context.Context { return web.WithLine(ctx, c.(*guest)) },
		DisableGeneralOptionsHandler: true,
		ReadHeaderTimeout:            s.limits.header,
		ReadTimeout:                  s.limits.read,
		WriteTimeout:                 s.limits.write,
		IdleTimeout:                  s.limits.idle,
		MaxHeaderBytes:               headerBytes,
		ErrorLog:                     log.New(io.Discard, "", 0), // it would hold addresses
	}
	done := make(chan error, 1)
	go func() { done <- h.Serve(newDoor(l, s.limits.connections)) }()
	s.say(fmt.Sprintf("%s is at http://%s/. Press Ctrl and C to stop.", s.name(m), l.Addr()))
	tick := time.NewTicker(s.limits.tick)
	defer tick.Stop()
	for {
		select {
		case err := <-done:
			return undone("The server has stopped: " + sentence(err.Error()))
		case <-ctx.Done():
			end, cancel := context.WithTimeout(context.Background(), s.limits.stop)
			defer cancel()
			if h.Shutdown(end) != nil {
				h.Close() // somebody reads too slowly to wait for
			}
			<-done
			return nil
		case <-tick.C:
			s.look()
			debug.FreeOSMemory() // collects, overwrites what is free, and gives it back
		}
	}
}

func (s *server) name(m *render.Manifest) string {
	return fmt.Sprintf("%s: edition %d of %s (%s)", clean(string(m.Program)), m.Edition.Number, m.Edition.AsOf, short(m.Edition.Digest))
}

// look takes up a new edition, once it is whole.
func (s *server) look() {
	const patience = 10 // ticks: build puts its files in place before its manifest, and may be at it
	now, err := os.Stat(filepath.Join(s.folder, manifestName))
	if err == nil && s.broken == 0 && os.SameFile(now, s.seen) && now.ModTime().Equal(s.seen.ModTime()) && now.Size() == s.seen.Size() {
		return
	}
	m, site, err := s.load()
	if err != nil {
		if s.broken++; s.broken == patience {
			f := &fault{}
			errors.As(err, &f)
			s.warn(&fault{code: fine, says: f.says + " The edition from before is served on.", hints: f.hints})
		}
		return
	}
	s.broken = 0
	s.handler.Swap(site)
	s.say(fmt.Sprintf("%s has taken its place.", s.name(m)))
}

// load reads and packs the edition of the folder. What the manifest does not name is not served, and what is otherwise than it says stops it.
func (s *server) load() (*render.Manifest, *web.Site, error) {
	root, err := os.OpenRoot(s.folder)
	if err != nil {
		return nil, nil, undone(fmt.Sprintf("The folder %s cannot be opened: %s.", quoted(s.folder), reason(err)))
	}
	defer root.Close()
	seen, err := root.Stat(manifestName)
	var raw []byte
	if err == nil {
		raw, err = root.ReadFile(manifestName)
	}
	if err != nil {
		return nil, nil, undone(fmt.Sprintf("The manifest of the edition in %s cannot be read: %s.", quoted(s.folder), reason(err)))
	}
	m, err := render.ReadManifest(raw)
	if err != nil {
		return nil, nil, flawed(fmt.Sprintf("The %s in %s is not the manifest of an edition. %s", manifestName, quoted(s.folder), sentence(err.Error())))
	}
	site := new(web.Site)
	public := 0
	for _, f := range m.Files {
		name, ok := strings.CutPrefix(f.Path, "public/")
		if !ok {
			continue
		}
		data, err := intact(root, f)
		if err == nil {
			err = site.Put(name, data)
		}
		if err != nil {
			return nil, nil, flawed(fmt.Sprintf("%s is not as the manifest of its edition says: %s. So nothing of it is served.", quoted(path.Join(s.folder, f.Path)), reason(err)),
				"Build the edition into this folder again.")
		}
		public++
	}
	if public == 0 {
		return nil, nil, flawed(fmt.Sprintf("The manifest in %s names no public file.", quoted(s.folder)))
	}
	s.seen = seen
	return m, site, nil
}

// intact reads a file of an edition, and refuses one that differs from what the manifest says.
func intact(root *os.Root, f render.ManifestFile) ([]byte, error) {
	info, err := root.Lstat(f.Path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, errors.New("it is missing")
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, errors.New("it is not a file")
	case info.Size() != int64(f.Bytes):
		return nil, fmt.Errorf("it has %s, not %d", count(int(info.Size()), "byte"), f.Bytes)
	}
	data, err := root.ReadFile(f.Path)
	if err != nil {
		return nil, err
	}
	if !f.Holds(data) {
		return nil, errors.New("its bytes were changed")
	}
	return data, nil
}

// editionFolder says in words why a folder cannot be served, where that is seen from its names.
func (w world) editionFolder(folder string) error {
	is := func(dir string) bool {
		info, err := os.Stat(filepath.Join(dir, manifestName))
		return err == nil && info.Mode().IsRegular()
	}
	if is(folder) {
		return nil
	}
	build := "fairnotice build examples/citykey.yaml --out " + shell(folder)
	info, err := os.Stat(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return undone(fmt.Sprintf("There is no folder %s.", quoted(folder)), build)
	case err != nil:
		return undone(fmt.Sprintf("The folder %s cannot be read: %s.", quoted(folder), reason(err)))
	case !info.IsDir() && strings.HasSuffix(strings.TrimSuffix(folder, ".txt"), ".yaml"):
		return mistyped(fmt.Sprintf("%s is a program file. serve takes the folder into which it was built.", quoted(folder)), "fairnotice build "+shell(folder)+" --out site", "fairnotice serve site")
	case !info.IsDir():
		if up := filepath.Dir(folder); is(up) {
			return mistyped(fmt.Sprintf("%s is a file. serve takes the folder.", quoted(folder)), w.typed.with(folder, up))
		}
		return mistyped(fmt.Sprintf("%s is a file. serve takes the folder of an edition.", quoted(folder)), build)
	}
	if up := filepath.Dir(filepath.Clean(folder)); is(up) {
		return mistyped(fmt.Sprintf("%s is a part of an edition. serve takes the whole folder, and serves its public/ alone.", quoted(folder)), w.typed.with(folder, up))
	}
	if _, err := os.Stat(filepath.Join(folder, nextName)); err == nil {
		return undone(fmt.Sprintf("A build into %s is not finished, or was stopped.", quoted(folder)), "Wait until it is done, or build again.")
	}
	var inside []string
	entries, _ := os.ReadDir(folder)
	for _, e := range entries {
		if dir := filepath.Join(folder, e.Name()); is(dir) {
			inside = append(inside, dir)
		}
	}
	if len(inside) > 0 {
		return mistyped(fmt.Sprintf("%s holds %s. serve takes one of them: %s.", quoted(folder), count(len(inside), "edition"), list(inside[:min(8, len(inside))])), w.typed.with(folder, inside[0]))
	}
	return undone(fmt.Sprintf("%s is not the folder of an edition: it has no %s.", quoted(folder), manifestName), build)
}

// address reads what was typed after --addr. A name is not looked up: that would be a request to somebody.
func (w world) address(typed string) (netip.AddrPort, error) {
	host, port, err := net.SplitHostPort(typed)
	if err != nil {
		host, port = typed, "8080"
		if _, e := strconv.Atoi(typed); e == nil {
			host, port = "127.0.0.1", typed
		}
		if a, e := netip.ParseAddr(strings.Trim(host, "[]")); e == nil {
			return netip.AddrPort{}, mistyped(fmt.Sprintf("--addr cannot be %s. It takes a number and a port.", quoted(typed)), w.typed.with(typed, netip.AddrPortFrom(a, portNumber(port)).String()))
		}
		return netip.AddrPort{}, mistyped(fmt.Sprintf("--addr cannot be %s. It takes a number and a port.", quoted(typed)), w.typed.with(typed, localAddress))
	}
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		return netip.AddrPort{}, mistyped(fmt.Sprintf("--addr cannot be %s. The port is a number up to 65535.", quoted(typed)), w.typed.with(typed, net.JoinHostPort(host, "8080")))
	}
	switch host {
	case "localhost":
		host = "127.0.0.1"
	case "":
		host = "::"
	}
	a, err := netip.ParseAddr(host)
	if err != nil {
		return netip.AddrPort{}, mistyped(fmt.Sprintf("--addr cannot be %s. It takes a number, and looks no name up.", quoted(typed)), w.typed.with(typed, net.JoinHostPort("127.0.0.1", port)))
	}
	return netip.AddrPortFrom(a, uint16(n)), nil
}

func portNumber(s string) uint16 {
	n, err := strconv.ParseUint(s, 10, 16)
	if err != nil {
		return 8080
	}
	return uint16(n)
}

// noListener says why an address cannot be answered at, and names one that may do. typed is what was typed after --addr, or "".
func (w world) noListener(typed string, at netip.AddrPort, err error) error {
	instead := func(a netip.Addr, port uint16) string {
		free := netip.AddrPortFrom(a, port).String()
		if typed == "" {
			return w.typed.and("--addr", free)
		}
		return w.typed.with(typed, free)
	}
	const inUseOnWindows = syscall.Errno(10048)
	switch {
	case errors.Is(err, syscall.EADDRINUSE) || errors.Is(err, inUseOnWindows):
		return undone(fmt.Sprintf("Another program answers at %s already.", at), instead(at.Addr(), max(at.Port()+1, 1024)))
	case errors.Is(err, fs.ErrPermission):
		return undone(fmt.Sprintf("The system does not let you answer at %s. Ports below 1024 are for administrators.", at), instead(at.Addr(), 8080))
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return undone(fmt.Sprintf("This computer does not have the address %s.", at.Addr()), instead(netip.MustParseAddr("127.0.0.1"), at.Port()))
	}
	if op := (*net.OpError)(nil); errors.As(err, &op) {
		err = op.Err
	}
	return undone(fmt.Sprintf("It is not possible to answer at %s: %s.", at, reason(err)))
}
