package main

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// forgets is how long after a connection has ended or fallen silent nothing of it is left, as serve --help says.
const forgets = 10 * time.Second

// running is a server in a process of its own, in an empty folder that is also its home and the place of its temporary files.
type running struct {
	cmd         *exec.Cmd
	address     string
	home        string
	out, voice  *bytes.Buffer
	outFinished chan struct{}
}

// serving starts a server as its users do. before stands in front of the command: a tracer, or nothing.
func serving(t *testing.T, name, site string, before ...string) *running {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	// The command is chosen by the name under which the program is called.
	link := filepath.Join(t.TempDir(), name)
	if err := os.Symlink(self, link); err != nil {
		t.Fatal(err)
	}
	args := append(before, link, "serve", site, "--addr", "127.0.0.1:0")
	r := &running{cmd: exec.Command(args[0], args[1:]...), home: t.TempDir(), out: new(bytes.Buffer), voice: new(bytes.Buffer), outFinished: make(chan struct{})}
	r.cmd.Dir, r.cmd.Stderr = r.home, r.voice
	r.cmd.Env = append(os.Environ(), "HOME="+r.home, "TMPDIR="+r.home)
	pipe, err := r.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.cmd.Process.Kill(); r.cmd.Wait() })
	lines := bufio.NewReader(pipe)
	first, err := lines.ReadString('\n')
	if err != nil {
		t.Fatalf("%v: %s", err, r.voice)
	}
	r.out.WriteString(first)
	r.address = regexp.MustCompile(`http://([^/]+)/`).FindStringSubmatch(first)[1]
	go func() { defer close(r.outFinished); io.Copy(r.out, lines) }()
	return r
}

// ofTracer is what strace itself says, such as that it missed the last moment of a thread.
var ofTracer = regexp.MustCompile(`(?m)^strace: .*\n`)

// stop ends it as Ctrl and C does, and wants it to end well, having said one line and left nothing in its folder.
func (r *running) stop(t *testing.T) {
	t.Helper()
	traced := len(r.cmd.Args) > 0 && strings.HasSuffix(r.cmd.Args[0], "strace")
	if traced {
		// The signal is for the server; the tracer ends with it.
		children, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", r.cmd.Process.Pid, r.cmd.Process.Pid))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range strings.Fields(string(children)) {
			pid, _ := strconv.Atoi(f)
			syscall.Kill(pid, syscall.SIGINT)
		}
	} else {
		r.cmd.Process.Signal(os.Interrupt)
	}
	<-r.outFinished
	if err := r.cmd.Wait(); err != nil {
		t.Errorf("it ended with %v", err)
	}
	voice := r.voice.String()
	if traced {
		voice = ofTracer.ReplaceAllString(voice, "")
	}
	if n := strings.Count(r.out.String(), "\n"); n != 1 || voice != "" {
		t.Errorf("it said %q and %q", r.out, voice)
	}
	left, err := os.ReadDir(r.home)
	if err != nil || len(left) > 0 {
		t.Errorf("it left %v, %v", left, err)
	}
}

// visits sends requests that say much about who sends them, each with the mark: in its address, agent, languages, referrer, cookie, path,
// query, body, a head that is too large, and in what is no request at all. Some connections are left open and silent, and given back.
// whoever sends comes from an address of its own. Every answer to a good request has the same head and body.
func visits(t *testing.T, address, mark string, requests int) (silent []net.Conn) {
	t.Helper()
	const workers = 8
	var mu sync.Mutex
	heads, bodies := map[string]int{}, map[string]int{}
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			var c net.Conn
			var r *bufio.Reader
			for n := w; n < requests; n += workers {
				if c == nil {
					from := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 77, byte(n>>8), byte(n)|1)}}
					var err error
					if c, err = from.Dial("tcp", address); err != nil {
						t.Error(err)
						return
					}
					r = bufio.NewReaderSize(c, 64<<10)
				}
				me := fmt.Sprintf("%s-%06d", mark, n)
				head := fmt.Sprintf("Host: %[1]s.example\r\nUser-Agent: %[1]s\r\nAccept-Language: %[1]s\r\nReferer: https://%[1]s.example/%[1]s\r\nCookie: a=%[1]s\r\nX-Forwarded-For: %[1]s\r\n"+
					"Forwarded: for=%[1]s\r\nIf-None-Match: \"%[1]s\"\r\nAuthorization: Basic %[1]s\r\nAccept-Encoding: %[1]s\r\n", me)
				good, over := true, false
				switch n % 100 {
				case 11:
					good = false
					fmt.Fprintf(c, "GET /%s HTTP/1.1\r\n%s\r\n", me, head)
				case 12:
					good = false
					fmt.Fprintf(c, "POST /?%s HTTP/1.1\r\n%sContent-Length: %d\r\n\r\n%s", me, head, len(me)*100, strings.Repeat(me, 100))
				case 13:
					good, over = false, true
					fmt.Fprintf(c, "GET / HTTP/1.1\r\n%sX: %s\r\n\r\n", head, strings.Repeat(me, 1000))
				case 14:
					good, over = false, true
					fmt.Fprintf(c, "%s", strings.Repeat(me, 20))
				case 15:
					good, over = false, true
					fmt.Fprintf(c, "GET / HTTP/1.1\r\n%s", head) // and gone
				case 16:
					good, over = false, true
					fmt.Fprintf(c, "%s\r\n\r\n", me)
				default:
					fmt.Fprintf(c, "GET /?%s HTTP/1.1\r\n%s\r\n", me, head)
				}
				if over {
					c.Close()
					c = nil
					continue
				}
				h, b, err := answer(r)
				if err != nil {
					t.Errorf("request %d: %v", n, err)
					return
				}
				if good {
					mu.Lock()
					heads[h]++
					bodies[b]++
					mu.Unlock()
				}
			}
			if c != nil {
				mu.Lock()
				silent = append(silent, c)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if len(heads) != 1 || len(bodies) != 1 {
		t.Errorf("%d blocks of headers, %d bodies", len(heads), len(bodies))
	}
	for h := range heads {
		t.Logf("%d answers: 1 block of headers, 1 body", heads[h])
	}
	return silent
}

// answer reads one answer: its head, and its body by its length.
func answer(r *bufio.Reader) (head, body string, err error) {
	length := 0
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return head, "", err
		}
		head += line
		if line == "\r\n" {
			break
		}
		fmt.Sscanf(line, "Content-Length: %d", &length)
	}
	b := make([]byte, length)
	_, err = io.ReadFull(r, b)
	return head, string(b), err
}

// newMark is a word that stands nowhere else.
func newMark() string {
	var b [9]byte
	rand.Read(b[:])
	return "m" + hex.EncodeToString(b[:])
}

// remembered counts how often words stand in the memory that a process can write to: its heap, its stacks, its variables.
func remembered(t *testing.T, pid int, words ...string) int {
	t.Helper()
	maps, err := os.ReadFile(fmt.Sprintf("/proc/%d/maps", pid))
	if err != nil {
		t.Fatal(err)
	}
	mem, err := os.Open(fmt.Sprintf("/proc/%d/mem", pid))
	if err != nil {
		t.Fatal(err)
	}
	defer mem.Close()
	found, read := 0, 0
	for _, line := range strings.Split(strings.TrimSpace(string(maps)), "\n") {
		var from, to uint64
		var may string
		if _, err := fmt.Sscanf(line, "%x-%x %s", &from, &to, &may); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(may, "rw") || strings.Contains(line, "[v") {
			continue
		}
		const step = 1 << 20
		for at := int64(from); at < int64(to); at += step {
			b := make([]byte, min(step, int64(to)-at))
			n, _ := mem.ReadAt(b, at) // what cannot be read is not there
			read += n
			for _, w := range words {
				found += bytes.Count(b[:n], []byte(w))
			}
		}
	}
	if read < 1<<20 {
		t.Fatalf("only %d bytes of its memory could be read", read)
	}
	return found
}

// TestServeForgets: right after 10,000 requests their marks stand in the server's memory, and when the time that --help names is over,
// none does, though connections are still open on the readers' side. Nothing was said and no file was made.
func TestServeForgets(t *testing.T) {
	site := t.TempDir()
	siteOf(t, site, false)
	r := serving(t, "fairnotice-that-can-be-read", site)
	mark := newMark()
	silent := visits(t, r.address, mark, 10000)
	words := []string{mark, "127.77."}
	at := time.Now()
	if n := remembered(t, r.cmd.Process.Pid, words...); n == 0 {
		t.Error("no mark is found right after the requests: this test would see nothing")
	} else {
		t.Logf("right after the requests: %d marks", n)
	}
	time.Sleep(time.Until(at.Add(forgets)))
	if n := remembered(t, r.cmd.Process.Pid, words...); n > 0 {
		t.Errorf("after %v there are %d marks", forgets, n)
	}
	for _, c := range silent {
		c.Close()
	}
	r.stop(t)
}

// TestServeIsSealed: a crash leaves no image of the memory, and the process is started with the settings that empty it.
func TestServeIsSealed(t *testing.T) {
	site := t.TempDir()
	siteOf(t, site, false)
	r := serving(t, "fairnotice", site)
	proc := fmt.Sprintf("/proc/%d/", r.cmd.Process.Pid)
	limits, err := os.ReadFile(proc + "limits")
	if err != nil || !regexp.MustCompile(`(?m)^Max core file size +0 +0 +bytes`).Match(limits) {
		t.Errorf("%v\n%s", err, limits)
	}
	if os.Getuid() != 0 {
		if f, err := os.Open(proc + "mem"); err == nil {
			f.Close()
			t.Error("another process of the same user can read its memory")
		}
	} else if env, err := os.ReadFile(proc + "environ"); err != nil || !bytes.Contains(env, []byte("GODEBUG=asyncpreemptoff=1,clobberfree=1\x00")) || !bytes.Contains(env, []byte("GOTRACEBACK=none\x00")) {
		t.Errorf("it was not started with the settings that empty its memory (%v)", err)
	}
	r.stop(t)
}

// TestServeTouchesNothing watches the system calls of a server during 10,000 requests: it opens no file to write, makes none, connects to
// nobody, and writes to nothing but its readers.
func TestServeTouchesNothing(t *testing.T) {
	site := t.TempDir()
	siteOf(t, site, false)
	before, err := tree(site, true)
	if err != nil {
		t.Fatal(err)
	}
	trace := filepath.Join(t.TempDir(), "trace")
	r := serving(t, "fairnotice", site, "strace", "-f", "-qq", "--seccomp-bpf", "-o", trace, "-e",
		"trace=%file,%network,write,writev,pwrite64,pwritev,pwritev2,sendfile,splice,vmsplice,copy_file_range,ftruncate,fallocate,eventfd2,memfd_create,msync,process_vm_writev,execve")
	began, err := os.Stat(trace)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range visits(t, r.address, newMark(), 10000) {
		c.Close()
	}
	time.Sleep(1500 * time.Millisecond) // with a look at the folder
	ended, err := os.Stat(trace)
	if err != nil {
		t.Fatal(err)
	}
	r.stop(t)
	data, err := os.ReadFile(trace)
	if err != nil {
		t.Fatal(err)
	}
	calls, wrong := traced(data, began.Size(), ended.Size())
	for _, w := range wrong[:min(10, len(wrong))] {
		t.Error(w)
	}
	if calls["write"] < 9000 || calls["accept4"] < 50 || calls["newfstatat"] == 0 {
		t.Errorf("too little was seen: %v", calls)
	}
	t.Logf("system calls during the requests: %v", calls)
	after, err := tree(site, true)
	if err != nil {
		t.Fatal(err)
	}
	if d := difference(before, after); d != "" {
		t.Error(d)
	}
}

// traced reads a trace of system calls from one place to another: how many of each there are, and those that a server has no business to
// make while it answers.
func traced(trace []byte, from, to int64) (calls map[string]int, wrong []string) {
	calls = map[string]int{}
	guests := map[string]bool{} // descriptors of readers, and of the runtime's own alarm
	given := regexp.MustCompile(`(?:accept4|eventfd2)(?:\(| resumed).* = (\d+)$`)
	call := regexp.MustCompile(`^\d+ +(\w+)\(([^,)]*)(.*)$`)
	at := int64(0)
	for _, line := range strings.SplitAfter(string(trace), "\n") {
		inside := at >= from && at < to
		at += int64(len(line))
		line = strings.TrimSuffix(line, "\n")
		if m := given.FindStringSubmatch(line); m != nil {
			guests[m[1]] = true
		}
		m := call.FindStringSubmatch(line)
		if m == nil || !inside {
			continue
		}
		name, first, rest := m[1], m[2], m[3]
		calls[name]++
		switch {
		case slices.Contains([]string{"accept4", "getsockname", "getpeername", "setsockopt", "getsockopt", "shutdown", "newfstatat", "stat", "readlinkat", "eventfd2"}, name):
		case name == "write" && guests[strings.TrimSpace(first)]:
		case name == "openat" && strings.Contains(rest, "O_RDONLY") && !strings.Contains(rest, "O_CREAT"):
		default:
			wrong = append(wrong, line)
		}
	}
	return calls, wrong
}

// TestJudged: the judgement of a trace sees what it is there to see.
func TestJudged(t *testing.T) {
	head := "10 accept4(3, {sa_family=AF_INET}, [112 => 16], SOCK_CLOEXEC) = 7\n"
	for line, bad := range map[string]bool{
		`10 write(7, "HTTP/1.1 200 OK", 15) = 15`:                                          false,
		`10 newfstatat(AT_FDCWD, "site/manifest.json", {st_mode=S_IFREG|0644}, 0) = 0`:     false,
		`10 openat(AT_FDCWD, "site", O_RDONLY|O_CLOEXEC) = 9`:                              false,
		`10 write(2, "http: panic serving 127.0.0.1", 29) = 29`:                            true,
		`10 write(9, "somebody was here", 17) = 17`:                                        true,
		`10 openat(AT_FDCWD, "access.log", O_WRONLY|O_CREAT|O_APPEND|O_CLOEXEC, 0644) = 9`: true,
		`10 openat(AT_FDCWD, "site/manifest.json", O_RDWR|O_CLOEXEC) = 9`:                  true,
		`10 connect(9, {sa_family=AF_INET, sin_port=htons(443)}, 16) = 0`:                  true,
		`10 sendto(9, "x", 1, 0, NULL, 0) = 1`:                                             true,
		`10 mkdirat(AT_FDCWD, "x", 0755) = 0`:                                              true,
	} {
		_, wrong := traced([]byte(head+line+"\n"), 0, 1<<20)
		if (len(wrong) > 0) != bad {
			t.Errorf("%s: %v", line, wrong)
		}
	}
}

// TestServeManyReaders: 2,000 connections at once are all answered, in bounded memory, and so are those that come after them.
func TestServeManyReaders(t *testing.T) {
	site := t.TempDir()
	siteOf(t, site, false)
	r := serving(t, "fairnotice", site)
	const readers = 2000
	conns := make([]net.Conn, readers)
	for i := range conns {
		var err error
		if conns[i], err = net.Dial("tcp", r.address); err != nil {
			t.Fatalf("connection %d: %v", i, err)
		}
		defer conns[i].Close()
	}
	answered := make(chan error, readers)
	for _, c := range conns {
		go func() {
			c.SetDeadline(time.Now().Add(30 * time.Second))
			io.WriteString(c, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
			head, _, err := answer(bufio.NewReader(c))
			if err == nil && !strings.HasPrefix(head, "HTTP/1.1 200 OK") {
				err = fmt.Errorf("%.40q", head)
			}
			answered <- err
		}()
	}
	lost := 0
	for range conns {
		if err := <-answered; err != nil {
			lost++
			t.Log(err)
		}
	}
	if lost > 0 {
		t.Errorf("%d of %d were not answered", lost, readers)
	}
	rollup, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", r.cmd.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	var anon int
	for _, line := range strings.Split(string(rollup), "\n") {
		fmt.Sscanf(line, "Anonymous: %d kB", &anon)
	}
	t.Logf("with %d connections: %d MB of its own", readers, anon>>10)
	if anon > 96<<10 || anon == 0 {
		t.Errorf("%d connections take %d MB", readers, anon>>10)
	}
	got, err := http.Get("http://" + r.address + "/edition.json")
	if err != nil {
		t.Fatal(err)
	}
	got.Body.Close()
	http.DefaultClient.CloseIdleConnections()
	r.stop(t)
}
