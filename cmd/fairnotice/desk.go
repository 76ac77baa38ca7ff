package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"fairnotice/notices/source"
)

func newDesk(w world) *cobra.Command {
	c := &cobra.Command{
		Use:   "desk [FOLDER|FILE]",
		Short: "the desk in the browser: everything by hand and eye, saved into the folder",
		Long: `Opens the desk in the default browser: answer questions, read the notices, mend what is named, print and hand over. What is changed is
saved at once into the folder: the one that is named, that of the file that is named, or this one. The file as it was before is kept
below, in x/kept/ for x.yaml.

It answers this computer alone, at an address that nobody can guess, and only that one page. Nothing leaves this computer. The address is
new each time. The desk ends when its page is closed and everything is saved, or with Ctrl and C.

On Windows a double click on the program opens the desk.`,
		Example: `  fairnotice desk
  fairnotice desk examples/citykey.yaml
  fairnotice desk notices --no-browser`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) > 1 {
				return mistyped(fmt.Sprintf("desk takes one folder or file; %s is too much.", quoted(args[1])), "fairnotice desk "+shell(args[0]))
			}
			return nil
		},
		ValidArgsFunction: programFiles,
	}
	alone := c.Flags().Bool("no-browser", false, "say the address, and open nothing")
	program := c.Flags().String("browser", "", "the browser to open the desk in (default the one of the system)")
	date := addDate(c, w)
	c.RunE = func(c *cobra.Command, args []string) error {
		where := "."
		if len(args) == 1 {
			where = args[0]
		} else if w.clicked {
			where = clickedFolder()
		}
		d, err := w.openDesk(where, date.day)
		if err != nil {
			return err
		}
		defer d.folder.Close()
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
		defer stop()
		d.say = func(says string) { fmt.Fprintln(c.OutOrStdout(), says) }
		d.warn = func(err error) { speak(c.ErrOrStderr(), err) }
		if !*alone {
			d.browse = func(address string) error { return openIn(*program, address) }
		}
		return d.run(ctx)
	}
	return c
}

// openDesk lays a folder, or a program file with its folder, on a desk. In a folder with one program file that one is opened.
func (w world) openDesk(where string, day source.Day) (*deskServer, error) {
	info, err := os.Stat(where)
	dir, name := where, ""
	switch {
	case errors.Is(err, fs.ErrNotExist) && filepath.Ext(where) == "":
		return nil, undone(fmt.Sprintf("There is no folder %s.", quoted(where)), "Make the folder first, or name another one.")
	case err == nil && info.IsDir():
	default:
		if err := w.readable(where); err != nil {
			return nil, err
		}
		dir, name = filepath.Split(where)
		if dir == "" {
			dir = "."
		}
	}
	folder, err := openDeskFolder(dir, day)
	if err != nil {
		return nil, err
	}
	d := newDeskServer(folder, day)
	if all := folder.programs(); name == "" && len(all) == 1 {
		name = all[0]
	}
	if name != "" {
		if err := d.open(name); err != nil {
			folder.Close()
			return nil, undone(err.Error())
		}
	}
	return d, nil
}

// clickedFolder is the folder in which the desk works after a double click: that of the program, where she sees what is saved. A program
// that was started out of a zip lies in a folder that the system empties, and one may lie where nobody may write: then it is the folder
// "Fair Notice" of the person's own.
func clickedFolder() string {
	self, err := os.Executable()
	if dir := filepath.Dir(self); err == nil && !strings.HasPrefix(filepath.Clean(dir)+string(filepath.Separator), filepath.Clean(os.TempDir())+string(filepath.Separator)) && writable(dir) {
		return dir
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "."
	}
	own := filepath.Join(home, "Fair Notice")
	if err := makeFolder(own); err != nil {
		return home
	}
	return own
}

// writable tries whether a file can be put into a folder.
func writable(dir string) bool {
	f, err := os.CreateTemp(dir, partPrefix)
	if err != nil {
		return false
	}
	f.Close()
	return os.Remove(f.Name()) == nil
}

// openIn opens an address in a browser, or in the default one. The address is that of a door which opens once, since other people who use
// this computer may see with which arguments a program was started.
func openIn(program, address string) error {
	var c *exec.Cmd
	switch {
	case program != "":
		c = exec.Command(program, address)
	case runtime.GOOS == "windows":
		c = exec.Command("rundll32", "url.dll,FileProtocolHandler", address)
	case runtime.GOOS == "darwin":
		c = exec.Command("open", address)
	default:
		c = exec.Command("xdg-open", address)
	}
	if err := c.Start(); err != nil {
		return err
	}
	go func() { _ = c.Wait() }() // some of these stay as long as the browser does
	return nil
}
