package main

import (
	"bytes"
	"net"
	"sync"
)

// door lets in no more connections than there are places; who comes then waits outside, where the system keeps the queue.
type door struct {
	net.Listener
	places chan struct{}
	closed chan struct{}
	once   sync.Once
}

func newDoor(l net.Listener, places int) *door {
	return &door{Listener: l, places: make(chan struct{}, places), closed: make(chan struct{})}
}

func (d *door) Accept() (net.Conn, error) {
	select {
	case d.places <- struct{}{}:
	case <-d.closed:
		return nil, net.ErrClosed
	}
	c, err := d.Listener.Accept()
	if err != nil {
		<-d.places
		return nil, err
	}
	return &guest{Conn: c, places: d.places}, nil
}

func (d *door) Close() error {
	d.once.Do(func() { close(d.closed) })
	return d.Listener.Close()
}

// guest is a connection that gives its place back when it ends. It takes two things from net/http that cost half of the processor's time
// and are of no use to a server that sends the same prepared bytes to everybody:
//
//   - Writing: the handler hands it a whole answer (see [web.Line]), which goes out in one write. Of the empty answer that net/http then
//     writes by itself nothing is sent.
//   - Reading: while a handler is at work, net/http reads one byte in the background, to learn whether the reader has gone. A handler that
//     waits for nothing is done before that could matter, and starting, interrupting and awaiting that read takes longer than the handler.
//     So it is told "nothing yet". That read is known by asking for one byte, after a read that ended with the end of a request's head.
type guest struct {
	net.Conn
	places   chan struct{}
	once     sync.Once
	complete bool // the last read ended with the end of a head
	answered bool // a whole answer was sent; the next write is net/http's empty one
	failed   error
}

func (g *guest) Read(p []byte) (int, error) {
	if len(p) == 1 && g.complete {
		return 0, nil
	}
	n, err := g.Conn.Read(p)
	g.complete = bytes.HasSuffix(p[:n], []byte("\r\n\r\n"))
	return n, err
}

// Answer sends a whole answer.
func (g *guest) Answer(whole []byte) {
	_, g.failed = g.Conn.Write(whole)
	g.answered = true
}

func (g *guest) Write(p []byte) (int, error) {
	if g.answered {
		g.answered = false
		if g.failed != nil {
			return 0, g.failed
		}
		return len(p), nil
	}
	return g.Conn.Write(p)
}

func (g *guest) Close() error {
	err := g.Conn.Close()
	g.once.Do(func() { <-g.places })
	return err
}
