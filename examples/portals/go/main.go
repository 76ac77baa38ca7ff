// A small portal with the notice of a program in front of its upload: a form that works without JavaScript, several files, drafts, and a
// folder into which everything goes. It is an example: it listens on this machine alone, has no log-in and no virus scan.
//
//	go run ./examples/portals/go
//
// It writes no log, sets no cookie and keeps nothing of what it refuses.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"fairnotice/notices/source"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, time.Now); err != nil {
		fmt.Fprintln(os.Stderr, "portal:", err)
		os.Exit(1)
	}
}

// run serves until ctx ends. What is being sent then is taken to its end.
func run(ctx context.Context, args []string, out io.Writer, now func() time.Time) error {
	flags := flag.NewFlagSet("portal", flag.ContinueOnError)
	flags.SetOutput(out)
	addr := flags.String("addr", "127.0.0.1:8080", "the address to listen on; with port 0, one that is free")
	dir := flags.String("dir", "", "the folder for what is sent (default: a new one among the temporary files)")
	day := flags.String("date", "", "the day whose law and phases hold, as 2025-06-14 (default today)")
	program := flags.String("program", "examples/citykey.yaml", "the program file")
	since := flags.String("since", "", "the file of the older edition; then a page says what changed")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil
		}
		return err
	}
	today := now()
	if *day != "" {
		var err error
		if today, err = time.Parse(time.DateOnly, *day); err != nil {
			return fmt.Errorf("--date takes a day such as 2025-06-14, and not %q", *day)
		}
	}
	e, err := build(*program, *since, source.NewDay(today.Year(), int(today.Month()), today.Day()))
	if err != nil {
		return err
	}
	if *dir == "" {
		if *dir, err = os.MkdirTemp("", "fairnotice-portal-"); err != nil {
			return err
		}
	}
	kept, err := openFolder(*dir)
	if err != nil {
		return err
	}
	defer kept.Close()
	p, err := newPortal(e, kept, now)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", *addr)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "The portal is at http://%s/ and keeps what is sent in %s. Stop it with Ctrl+C.\n", l.Addr(), *dir)
	s := &http.Server{Handler: p.handler(), ErrorLog: log.New(io.Discard, "", 0), MaxHeaderBytes: 8 << 10,
		ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Minute, WriteTimeout: 31 * time.Minute, IdleTimeout: time.Minute}
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(l) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := s.Shutdown(grace); err != nil {
		_ = s.Close()
	}
	<-ended
	return nil
}
